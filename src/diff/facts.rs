//! Elements as lists of facts, free of layout: what two models are compared by.

use std::borrow::Cow;

use super::Renames;
use crate::compile::Checked;
use crate::model::{Text, What};
use crate::source::text::{self, Piece as TextPiece, pieces};
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
pub struct Element<'a> {
    pub kind: What,
    /// The full id.
    pub id: Cow<'a, str>,
    /// The id within its process or catalog.
    pub own_id: Cow<'a, str>,
    /// The process or catalog that it is shown with.
    pub within: Option<&'a str>,
    /// What it stands in.
    pub parent: Option<Cow<'a, str>>,
    /// Its title, or its text.
    pub title: Cow<'a, str>,
    /// What tells that it is the same under another id; empty for nothing.
    pub wording: Wording<'a>,
    pub formerly: Vec<&'a str>,
    pub facts: Vec<Fact<'a>>,
    /// Where it is written.
    pub span: Span,
}

/// A title, or else nothing, and a text.
pub type Wording<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A statement of an element.
#[derive(Debug)]
pub struct Fact<'a> {
    /// The word of the statement.
    pub property: &'static str,
    /// What it is about.
    pub key: Words<'a>,
    /// What it says of it.
    pub value: Words<'a>,
}

/// A text in which ids are told from other words, so that a new id makes no difference elsewhere.
pub type Words<'a> = Vec<Piece<'a>>;

#[derive(Clone, Debug)]
pub enum Piece<'a> {
    Text(Cow<'a, str>),
    /// An id.
    Id(Cow<'a, str>),
    /// Ids whose order means nothing.
    Ids(Vec<Cow<'a, str>>),
}

/// An id of the old side, as it is on the new side.
pub fn renamed<'b>(id: &'b str, renames: &'b Renames) -> &'b str {
    if renames.is_empty() { id } else { renames.get(id).map_or(id, String::as_str) }
}

/// Whether facts say the same, one by one, with the ids of the new side. What says the same in another order is for
/// those to see who take the facts to pieces.
pub fn are_same(old: &[Fact<'_>], new: &[Fact<'_>], renames: &Renames) -> bool {
    let same = |old: &[Piece<'_>], new: &[Piece<'_>]| {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new, renames))
    };
    let are_same = |(old, new): (&Fact<'_>, &Fact<'_>)| {
        old.property == new.property && same(&old.key, &new.key) && same(&old.value, &new.value)
    };
    old.len() == new.len() && old.iter().zip(new).all(are_same)
}

fn is_same(old: &Piece<'_>, new: &Piece<'_>, renames: &Renames) -> bool {
    match (old, new) {
        (Piece::Text(old), Piece::Text(new)) => old == new,
        (Piece::Id(old), Piece::Id(new)) => renamed(old, renames) == new,
        (Piece::Ids(old), Piece::Ids(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| renamed(old, renames) == new)
        }
        _ => false,
    }
}

/// The text, with the ids of the other side.
pub fn flat(words: &[Piece<'_>], renames: &Renames) -> String {
    let mut flat = String::new();
    for piece in words {
        match piece {
            Piece::Text(text) => flat.push_str(text),
            Piece::Id(id) => flat.push_str(renamed(id, renames)),
            Piece::Ids(ids) => {
                let mut ids: Vec<&str> = ids.iter().map(|id| renamed(id, renames)).collect();
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
    pub fn name(self, name: crate::model::Name) -> &'a str {
        self.input.program.name(name)
    }

    /// A text on one line, white space counted once, its references told from its words.
    pub fn words(self, text: Text) -> Words<'a> {
        let literal = self.input.sources.slice(text);
        if let Cow::Borrowed(value) = text::value(literal)
            && is_on_one_line(value)
        {
            return vec![Piece::Text(Cow::Borrowed(value))];
        }
        let mut words: Words<'a> = Vec::new();
        let mut plain = String::new();
        for piece in pieces(literal) {
            match piece {
                // Two brackets that are no reference stay what they are.
                TextPiece::Words(text) => plain.push_str(&text.replace("[[", "\\[[")),
                TextPiece::Reference(id) => {
                    plain.push_str("[[");
                    words.push(Piece::Text(std::mem::take(&mut plain).into()));
                    words.push(Piece::Id(id.split_whitespace().collect::<Vec<_>>().join(" ").into()));
                    plain.push_str("]]");
                }
            }
        }
        words.push(Piece::Text(plain.into()));
        on_one_line(words)
    }

    /// A text as it is shown.
    pub fn text(self, text: Text) -> Cow<'a, str> {
        let mut words = self.words(text);
        match (words.pop(), words.is_empty()) {
            (Some(Piece::Text(text)), true) => text,
            (last, _) => {
                words.extend(last);
                flat(&words, &Renames::default()).into()
            }
        }
    }

    /// Where something is written.
    pub fn place(self, span: Span) -> Place {
        let sources = self.input.sources;
        Place { file: sources.file(span.file).path.clone(), line: sources.line(span) }
    }
}

/// Whether a text without line breaks is plainly what `on_one_line` makes of it, and has no references. Other texts than
/// of ASCII are looked at there.
fn is_on_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // To the end, since many bytes are looked at at once then.
    let is_plain = bytes.iter().fold(true, |is, byte| is & matches!(byte, b' '..=b'~') & (*byte != b'['));
    let has_gap = bytes.windows(2).fold(false, |has, pair| has | ((pair[0] == b' ') & (pair[1] == b' ')));
    is_plain && !has_gap && !text.starts_with(' ') && !text.ends_with(' ')
}

/// Runs of white space become one space, at the ends none.
fn on_one_line(words: Words<'_>) -> Words<'_> {
    let mut after_space = true;
    let mut kept: Words<'_> = Vec::with_capacity(words.len());
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
                kept.push(Piece::Text(line.into()));
            }
            ids => {
                after_space = false;
                kept.push(ids);
            }
        }
    }
    if let Some(Piece::Text(last)) = kept.last_mut() {
        let length = last.trim_end().len();
        last.to_mut().truncate(length);
    }
    kept
}

/// Facts in the making.
pub struct Facts<'a> {
    pub read: Reader<'a>,
    pub facts: Vec<Fact<'a>>,
}

impl<'a> Facts<'a> {
    pub fn new(read: Reader<'a>) -> Facts<'a> {
        Facts { read, facts: Vec::new() }
    }

    pub fn add(&mut self, property: &'static str, key: Words<'a>, value: Words<'a>) {
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
    pub fn listed(&mut self, property: &'static str, id: impl Into<Cow<'a, str>>, value: Option<Text>) {
        let value = value.map(|text| self.read.words(text)).unwrap_or_default();
        self.add(property, vec![Piece::Id(id.into())], value);
    }

    /// Words of ours.
    pub fn plain(&mut self, property: &'static str, value: &'a str) {
        self.add(property, Vec::new(), vec![Piece::Text(value.into())]);
    }
}
