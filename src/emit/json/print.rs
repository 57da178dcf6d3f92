//! The one way in which outputs write JSON.
//!
//! serde_json looks at each byte of a text for what has to be escaped, one after the other. Here a text is known to have
//! nothing of the kind by many bytes at once, as nearly all are; what is no such text, serde_json writes.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{self, Error as _, Impossible, SerializeMap};
use serde_json::ser::Formatter;

use crate::emit::Input;
use crate::render::printable;

/// Bytes that are written at once: outputs have a hundred times as many as a buffer of the usual size.
const BUFFER: usize = 1 << 16;

/// What stands between two values, as deep as nearly all of them are.
const BREAK: &[u8] = b",\n                                                ";

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// For people: a value a line, two blanks deeper for each level.
    Lines,
    /// On one line, without blanks between values.
    Compact,
}

impl Layout {
    /// The layout that is asked for.
    pub fn of(input: &Input<'_>) -> Layout {
        if input.is_compact { Layout::Compact } else { Layout::Lines }
    }
}

/// Writes a document of JSON, and a line break behind it. What would act where it is shown stands as its number.
///
/// # Errors
/// Where `out` cannot be written.
pub fn print(document: &impl Serialize, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer { out, bytes: Vec::with_capacity(2 * BUFFER), layout, depth: 0 };
    document.serialize(&mut writer)?;
    writer.bytes.push(b'\n');
    writer.out.write_all(&writer.bytes)?;
    writer.out.flush()
}

struct Writer<'o> {
    out: &'o mut dyn Write,
    /// What is not written yet.
    bytes: Vec<u8>,
    layout: Layout,
    depth: usize,
}

impl Writer<'_> {
    /// Begins a list or an object.
    fn open(&mut self, bracket: u8) {
        self.depth += 1;
        self.bytes.push(bracket);
    }

    /// Goes to the place of what stands next, behind a comma where something stands before it.
    fn line(&mut self, with_comma: bool) -> io::Result<()> {
        if self.bytes.len() >= BUFFER {
            self.out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        let blanks = if self.layout == Layout::Lines { self.depth * 2 } else { 0 };
        let end = if self.layout == Layout::Lines { BREAK.len().min(2 + blanks) } else { 1 };
        self.bytes.extend_from_slice(&BREAK[usize::from(!with_comma)..end]);
        self.bytes.resize(self.bytes.len() + (2 + blanks).saturating_sub(BREAK.len()), b' ');
        Ok(())
    }

    /// A text that has nothing to be escaped.
    fn plain(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'"');
    }

    fn colon(&mut self) {
        self.bytes.extend_from_slice(if self.layout == Layout::Lines { b": " } else { b":" });
    }
}

/// Whether a text stands in JSON as it is. Most are short, and are looked at eight bytes at once, the last eight again.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_usual = |byte: &u8| (b' '..0x80).contains(byte) && *byte != b'"' && *byte != b'\\';
    let Some(last) = bytes.last_chunk() else { return bytes.iter().all(is_usual) };
    let blocks = bytes.as_chunks().0.iter().chain([last]);
    blocks.fold(0, |odd, block| odd | odd_bytes(u64::from_le_bytes(*block))) == 0
}

/// Something but zero where one of eight bytes is a control, a quote, a backslash, or none of ASCII.
fn odd_bytes(block: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |limit: u8, block: u64| block.wrapping_sub(EACH * u64::from(limit));
    let is = |byte: u8| below(1, block ^ (EACH * u64::from(byte)));
    (block | (below(b' ', block) | is(b'"') | is(b'\\')) & !block) & (EACH * 0x80)
}

/// Escapes what serde_json does not.
struct Tame;

impl Formatter for Tame {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        match fragment.is_ascii() {
            true => out.write_all(fragment.as_bytes()),
            false => out.write_all(printable::json(fragment).as_bytes()),
        }
    }
}

/// Why nothing more is written.
#[derive(Debug)]
struct Failed(io::Error);

impl Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(message: T) -> Failed {
        Failed(io::Error::other(message.to_string()))
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Failed {
        Failed(error)
    }
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Failed {
        Failed(error.into())
    }
}

impl From<Failed> for io::Error {
    fn from(failed: Failed) -> io::Error {
        failed.0
    }
}

type Written = Result<(), Failed>;

/// What serde_json writes.
macro_rules! by_serde_json {
    ($($name:ident: $value:ty,)*) => {
        $(fn $name(self, value: $value) -> Written {
            let mut serializer = serde_json::Serializer::with_formatter(&mut self.bytes, Tame);
            Ok(value.serialize(&mut serializer)?)
        })*
    };
}

impl<'w, 'o> ser::Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Open<'w, 'o>;
    type SerializeTuple = Open<'w, 'o>;
    type SerializeTupleStruct = Open<'w, 'o>;
    type SerializeTupleVariant = Impossible<(), Failed>;
    type SerializeMap = Open<'w, 'o>;
    type SerializeStruct = Open<'w, 'o>;
    type SerializeStructVariant = Impossible<(), Failed>;

    by_serde_json! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_bytes: &[u8],
    }

    fn serialize_str(self, text: &str) -> Written {
        if is_plain(text) {
            self.plain(text);
            return Ok(());
        }
        Ok(text.serialize(&mut serde_json::Serializer::with_formatter(&mut self.bytes, Tame))?)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.bytes.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut object = self.serialize_map(Some(1))?;
        object.serialize_entry(variant, value)?;
        SerializeMap::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w, 'o>, Failed> {
        self.open(b'[');
        Ok(Open { writer: self, is_filled: false, bracket: b']' })
    }

    fn serialize_tuple(self, length: usize) -> Result<Open<'w, 'o>, Failed> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Open<'w, 'o>, Failed> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Failed>, Failed> {
        Err(no_shape(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w, 'o>, Failed> {
        self.open(b'{');
        Ok(Open { writer: self, is_filled: false, bracket: b'}' })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Open<'w, 'o>, Failed> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Failed>, Failed> {
        Err(no_shape(variant))
    }
}

/// What no output has: what schemas say of it would be hard to read.
fn no_shape(what: &str) -> Failed {
    Failed::custom(format!("`{what}` has a shape that no output has"))
}

/// A list or an object that is being written.
struct Open<'w, 'o> {
    writer: &'w mut Writer<'o>,
    is_filled: bool,
    /// What ends it.
    bracket: u8,
}

impl Open<'_, '_> {
    /// Goes to the place of the next value.
    fn next(&mut self) -> io::Result<()> {
        self.writer.line(std::mem::replace(&mut self.is_filled, true))
    }

    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.next()?;
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Written {
        self.writer.depth -= 1;
        if self.is_filled {
            self.writer.line(false)?;
        }
        self.writer.bytes.push(self.bracket);
        Ok(())
    }
}

/// What values of a list do.
macro_rules! list {
    ($($shape:ident: $add:ident,)*) => {
        $(impl ser::$shape for Open<'_, '_> {
            type Ok = ();
            type Error = Failed;

            fn $add<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
                self.value(value)
            }

            fn end(self) -> Written {
                self.close()
            }
        })*
    };
}

list! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
}

impl SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Written {
        self.next()?;
        let start = self.writer.bytes.len();
        key.serialize(&mut *self.writer)?;
        match self.writer.bytes.get(start) {
            Some(b'"') => Ok(()),
            _ => Err(no_shape("a key that is no text")),
        }
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.writer.colon();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStruct for Open<'_, '_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.next()?;
        self.writer.plain(name);
        self.writer.colon();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    fn printed(document: &impl Serialize, layout: Layout) -> String {
        let mut bytes = Vec::new();
        print(document, layout, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_in_it_acts_and_nothing_is_lost() {
        let text = "a\u{202e}b\u{9b}\u{200d}\u{e0041}é\n";
        let written = printed(&[text], Layout::Lines);
        assert_eq!(written, "[\n  \"a\\u202eb\\u009b\\u200d\\udb40\\udc41é\\n\"\n]\n");
        assert_eq!(serde_json::from_str::<[String; 1]>(&written).unwrap(), [text]);
    }

    /// Every shape of serde that outputs have.
    #[derive(Serialize)]
    struct Row<'a> {
        numbers: (i8, u64, f64, f32, char, bool),
        nothing: (Option<u8>, (), Nothing),
        some: Option<&'a str>,
        named: Named,
        pair: Pair,
        words: Vec<Word>,
        empty: (Vec<u8>, BTreeMap<String, u8>),
        #[serde(flatten)]
        rest: BTreeMap<&'a str, Value>,
    }

    #[derive(Serialize)]
    struct Nothing;

    #[derive(Serialize)]
    struct Named(String);

    #[derive(Serialize)]
    struct Pair(u8, String);

    #[derive(Serialize)]
    enum Word {
        Alone,
        With(u8),
    }

    #[test]
    fn it_is_what_serde_json_writes() {
        let at = |byte: u8, at: usize| format!("{}{}b", "a".repeat(at), char::from(byte));
        let mut texts: Vec<String> =
            (0..=255).flat_map(|byte| [1, 6, 7, 8, 15, 20].map(|place| at(byte, place))).collect();
        texts.retain(|text| !text.chars().any(printable::acts) || text.is_ascii());
        let odd = ["", "é \"\\ /", "\u{10ffff}\u{fffd}", "long enough for several blocks, and \" in the last"];
        texts.extend(odd.map(String::from));
        let row = Row {
            numbers: (-1, u64::MAX, 1.0, 0.1, '"', true),
            nothing: (None, (), Nothing),
            some: Some("so"),
            named: Named("n\"".to_owned()),
            pair: Pair(0, "p".to_owned()),
            words: vec![Word::Alone, Word::With(3)],
            empty: (Vec::new(), BTreeMap::new()),
            rest: [("a\nb", json!({"deep": [[[{}]], 1.5, texts]}))].into(),
        };
        let value = serde_json::to_value(&row).unwrap();
        assert_eq!(printed(&row, Layout::Lines), serde_json::to_string_pretty(&row).unwrap() + "\n");
        assert_eq!(printed(&row, Layout::Compact), serde_json::to_string(&row).unwrap() + "\n");
        assert_eq!(printed(&value, Layout::Compact), serde_json::to_string(&value).unwrap() + "\n");
    }

    /// A document of more bytes than are written at once, and a disk that is full.
    #[test]
    fn what_cannot_be_written_is_said() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let long = vec!["a text"; 100_000];
        let length = printed(&long, Layout::Lines).len();
        for room in [0, BUFFER + 100, length - 1] {
            let said = print(&long, Layout::Lines, &mut Full(room)).unwrap_err();
            assert_eq!(said.kind(), io::ErrorKind::StorageFull, "{room}");
        }
        assert!(print(&long, Layout::Lines, &mut Full(length)).is_ok());
        let no_text = BTreeMap::from([(1, 2)]);
        assert!(print(&no_text, Layout::Lines, &mut Vec::new()).is_err());
    }
}
