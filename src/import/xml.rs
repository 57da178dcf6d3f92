//! XML, piece by piece: no entity is expanded but those of XML itself, nothing is fetched, and depth is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::Refused;

/// How deep elements may stand in each other.
const DEPTH: usize = 256;

/// A text of XML that is read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    name: String,
    depth: usize,
}

/// A piece of it.
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// An element ends.
    Close(End<'a>),
    /// Text.
    Text(Cow<'a, str>),
}

/// The begin of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

/// The end of an element.
pub(super) struct End<'a>(BytesEnd<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub(super) fn local(&self) -> &str {
        local(self.0.name().0)
    }

    /// Whether it has this name, whatever its prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.local() == name
    }

    /// An attribute by its name, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| local(attribute.key.0) == name)?;
        let value = match quick_xml::escape::unescape(&found.value) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        };
        Some(Cow::Owned(value))
    }

    /// Whether a switch of a format is on: it is, where it has no value.
    pub(super) fn is_on(&self) -> bool {
        self.get("val").is_none_or(|value| matches!(value.trim(), "1" | "true" | "on"))
    }

    /// Whether an attribute says yes.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
    }

    /// A number in an attribute, at most so much.
    pub(super) fn number(&self, name: &str, most: usize) -> Option<usize> {
        let value = self.get(name)?;
        let digits = value.trim();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<usize>().unwrap_or(usize::MAX).min(most))
    }
}

impl End<'_> {
    /// Its name without the prefix.
    pub(super) fn local(&self) -> &str {
        local(self.0.name().0)
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'a> Xml<'a> {
    /// Begins to read; `name` is what the text is called where something is wrong with it.
    pub(super) fn new(text: &'a str, name: &str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, name: name.to_owned(), depth: 0 }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Where it is no XML, stops before its elements are closed, declares a document type, or is nested too deeply.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Refused> {
        loop {
            let event = self.reader.read_event().map_err(|error| self.refused(&error.to_string()))?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(self.refused("its elements stand too deep in each other"));
                    }
                    Piece::Open(Tag(tag))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(End(tag))
                }
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(reference) => {
                    let name = reference.clone().into_inner();
                    let meant = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(Cow::Owned(character.to_string())),
                        _ => quick_xml::escape::resolve_predefined_entity(&name).map(Cow::Borrowed),
                    };
                    match meant {
                        Some(meant) => Piece::Text(meant),
                        None => return Err(self.refused(&format!("it has an entity `&{name};` of its own"))),
                    }
                }
                Event::DocType(_) => return Err(self.refused("it declares a document type")),
                Event::Eof if self.depth > 0 => return Err(self.refused("it is cut off")),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    fn refused(&self, problem: &str) -> Refused {
        Refused::new(
            match self.name.as_str() {
                // The file itself, and no part of an archive.
                "it" => problem.to_owned(),
                name => format!("`{name}` in it cannot be read: {problem}"),
            },
            "save it again with the program it is from",
        )
    }
}

/// The text of bytes of XML: by the mark at its begin, else by the encoding that it names, else UTF-8.
///
/// # Errors
/// Where it is not in that encoding.
pub(super) fn decoded(bytes: Vec<u8>, name: &str) -> Result<String, Refused> {
    let refused = |encoding: &str| {
        Refused::new(format!("`{name}` in it is not in {encoding}"), "save it again with the program it is from")
    };
    let named = || {
        let begin = &bytes[..bytes.len().min(200)];
        let begin = String::from_utf8_lossy(begin).into_owned();
        let rest = begin.split("encoding=").nth(1)?.get(1..)?.to_owned();
        let label = rest.split(['"', '\'']).next()?.to_owned();
        encoding_rs::Encoding::for_label(label.as_bytes())
    };
    let encoding = encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).or_else(named);
    match encoding.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        Some(encoding) => {
            let (text, _, has_errors) = encoding.decode(&bytes);
            if has_errors { Err(refused(encoding.name())) } else { Ok(text.into_owned()) }
        }
        None => {
            let text = String::from_utf8(bytes).map_err(|_| refused("UTF-8"))?;
            Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        }
    }
}
