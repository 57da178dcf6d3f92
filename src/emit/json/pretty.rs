//! The one way in which outputs write JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::render::printable;

/// Bytes that are written at once: outputs have a hundred times as many as a buffer of the usual size.
const BUFFER: usize = 1 << 16;

/// Writes a document of JSON, laid out for people. What would act where it is shown stands as its number.
///
/// # Errors
/// Where `out` cannot be written.
pub fn pretty(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(BUFFER, out);
    document.serialize(&mut Serializer::with_formatter(&mut out, Layout::default()))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The layout of serde_json's own, which writes the blanks before a line one pair at a time.
#[derive(Default)]
struct Layout {
    depth: usize,
    /// Whether something stands in the innermost list or object.
    is_filled: bool,
}

/// Blanks for more levels than any output has; deeper ones are written in turns.
const BLANKS: &[u8] = &[b' '; 64];

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.is_filled {
            self.line(out, b"\n")?;
        }
        out.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.line(out, if is_first { b"\n" } else { b",\n" })
    }

    fn line<W: ?Sized + Write>(&mut self, out: &mut W, before: &[u8]) -> io::Result<()> {
        out.write_all(before)?;
        let mut left = self.depth * 2;
        while left > 0 {
            let some = left.min(BLANKS.len());
            out.write_all(&BLANKS[..some])?;
            left -= some;
        }
        Ok(())
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.next(out, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        match fragment.is_ascii() {
            true => out.write_all(fragment.as_bytes()),
            false => out.write_all(printable::json(fragment).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_acts_and_nothing_is_lost() {
        let text = "a\u{202e}b\u{9b}\u{200d}\u{e0041}é\n";
        let mut bytes = Vec::new();
        pretty(&[text], &mut bytes).unwrap();
        let written = String::from_utf8(bytes).unwrap();
        assert_eq!(written, "[\n  \"a\\u202eb\\u009b\\u200d\\udb40\\udc41é\\n\"\n]\n");
        assert_eq!(serde_json::from_str::<[String; 1]>(&written).unwrap(), [text]);
    }
}
