//! Elements as lists of facts, free of layout: what two models are compared by.

use super::Renames;
use crate::compile::Checked;
use crate::model::{Origin, Text, What};
use crate::source::text::{Piece as TextPiece, pieces};
use crate::span::{Span, narrow};

/// Where something is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the folder of its package.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// An element with all that it says.
#[derive(Debug)]
pub struct Element {
    pub kind: What,
    /// The full id.
    pub id: String,
    /// The id within its process or catalog.
    pub own_id: String,
    /// The process or catalog that it is shown with.
    pub within: Option<String>,
    /// What it stands in.
    pub parent: Option<String>,
    /// Its title, or its text.
    pub title: String,
    /// What tells that it is the same under another id; empty for nothing.
    pub wording: String,
    pub formerly: Vec<String>,
    pub facts: Vec<Fact>,
    pub place: Place,
}

/// A statement of an element.
#[derive(Debug)]
pub struct Fact {
    /// The word of the statement.
    pub property: &'static str,
    /// What it is about.
    pub key: Words,
    /// What it says of it.
    pub value: Words,
}

/// A text in which ids are told from other words, so that a new id makes no difference elsewhere.
pub type Words = Vec<Piece>;

#[derive(Clone, Debug)]
pub enum Piece {
    Text(String),
    /// Ids whose order means nothing.
    Ids(Vec<String>),
}

/// The text, with the ids of the other side.
pub fn flat(words: &[Piece], renames: &Renames) -> String {
    let mut flat = String::new();
    for piece in words {
        match piece {
            Piece::Text(text) => flat.push_str(text),
            Piece::Ids(ids) => {
                let mut ids: Vec<&str> =
                    ids.iter().map(|id| renames.get(id).map_or(id.as_str(), String::as_str)).collect();
                ids.sort_unstable();
                ids.dedup();
                flat.push_str(&ids.join(", "));
            }
        }
    }
    flat
}

/// The statements in the order in which they are shown.
const ORDER: &[&str] = &[
    "title",
    "text",
    "definition",
    "edition",
    "source",
    "domain",
    "extends",
    "community",
    "consensus",
    "purpose",
    "context",
    "name",
    "kind",
    "from",
    "to",
    "tailorable",
    "required",
    "label",
    "covers",
    "exclude",
    "apply",
    "state",
    "omit",
    "measured by",
    "order by",
    "conforms",
    "satisfies",
    "achieves",
    "consumes",
    "produces",
    "supports",
    "informs",
    "follows",
    "characteristic",
    "line",
    "new",
    "withdrawn",
    "formerly",
    "replace",
];

/// The place of a statement among others.
pub fn position(property: &str) -> usize {
    ORDER.iter().position(|known| *known == property).unwrap_or(ORDER.len())
}

/// A key by which ids sort as people count: `COM.2` before `COM.10`.
pub fn sort_key(id: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(id.len() + 4);
    let mut rest = id;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 { digits } else { first.len_utf8() };
        if digits > 0 {
            let number = rest[..digits].trim_start_matches('0');
            // A digit comes before letters, shorter numbers before longer ones.
            key.push(b'0');
            key.extend(narrow(number.len()).to_be_bytes());
            key.extend(number.bytes());
        } else {
            key.extend(rest[..length].bytes());
        }
        rest = &rest[length..];
    }
    // What is equal as a number may differ in zeros.
    key.push(0);
    key.extend(id.bytes());
    key
}

/// Makes facts from what a model says.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub input: &'a Checked<'a>,
}

impl<'a> Reader<'a> {
    /// What an id says.
    pub fn name(self, name: crate::model::Name) -> String {
        self.input.program.name(name).to_owned()
    }

    /// A text on one line, white space counted once, its references told from its words.
    pub fn words(self, text: Text) -> Words {
        let mut words: Words = Vec::new();
        let mut plain = String::new();
        for piece in pieces(self.input.sources.slice(text)) {
            match piece {
                // Two brackets that are no reference stay what they are.
                TextPiece::Words(text) => plain.push_str(&text.replace("[[", "\\[[")),
                TextPiece::Reference(id) => {
                    plain.push_str("[[");
                    words.push(Piece::Text(std::mem::take(&mut plain)));
                    words.push(Piece::Ids(vec![id.split_whitespace().collect::<Vec<_>>().join(" ")]));
                    plain.push_str("]]");
                }
            }
        }
        words.push(Piece::Text(plain));
        on_one_line(words)
    }

    /// A text as it is shown.
    pub fn text(self, text: Text) -> String {
        flat(&self.words(text), &Renames::default())
    }

    /// Where an element is written.
    pub fn place(self, origin: Origin) -> Place {
        self.place_of(origin.span)
    }

    fn place_of(self, span: Span) -> Place {
        let sources = self.input.sources;
        Place { file: sources.file(span.file).path.clone(), line: sources.position(span).line }
    }
}

/// Runs of white space become one space, at the ends none.
fn on_one_line(words: Words) -> Words {
    let mut after_space = true;
    let mut kept: Words = Vec::with_capacity(words.len());
    for piece in words {
        match piece {
            Piece::Text(text) => {
                let mut line = String::with_capacity(text.len());
                for character in text.chars() {
                    if character.is_whitespace() {
                        if !after_space {
                            line.push(' ');
                        }
                        after_space = true;
                    } else {
                        line.push(character);
                        after_space = false;
                    }
                }
                kept.push(Piece::Text(line));
            }
            ids => {
                after_space = false;
                kept.push(ids);
            }
        }
    }
    if let Some(Piece::Text(last)) = kept.last_mut() {
        last.truncate(last.trim_end().len());
    }
    kept
}

/// Facts in the making.
pub struct Facts<'a> {
    pub read: Reader<'a>,
    pub facts: Vec<Fact>,
}

impl<'a> Facts<'a> {
    pub fn new(read: Reader<'a>) -> Facts<'a> {
        Facts { read, facts: Vec::new() }
    }

    pub fn add(&mut self, property: &'static str, key: Words, value: Words) {
        self.facts.push(Fact { property, key, value });
    }

    /// A text of the author's.
    pub fn text(&mut self, property: &'static str, text: Option<Text>) {
        if let Some(text) = text {
            let words = self.read.words(text);
            self.add(property, Vec::new(), words);
        }
    }

    /// Something that is listed, and what is said of it.
    pub fn listed(&mut self, property: &'static str, id: String, value: Option<Text>) {
        let value = value.map(|text| self.read.words(text)).unwrap_or_default();
        self.add(property, vec![Piece::Ids(vec![id])], value);
    }

    /// Words of ours.
    pub fn plain(&mut self, property: &'static str, value: &str) {
        self.add(property, Vec::new(), vec![Piece::Text(value.to_owned())]);
    }
}
