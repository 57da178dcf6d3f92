//! Reads the texts of authors: CommonMark with tables, by pulldown-cmark.
//!
//! A picture alone in its paragraph is a figure, and its text the caption. Raw HTML and other pictures are words, shown as
//! they were typed; so are links that lead neither to a page nor to a mailbox. Headings become
//! paragraphs, but in annexes, where they part the text. Where a text has to stay on one line, only what stands within lines is read.

mod address;
mod events;

use super::inline::{Inline, Key, Part, flat};
use super::text::{Marked, REFERENCE_CLOSES, REFERENCE_OPENS};
use super::tree::{Block, Document, Heading, Note, Numbering};
use crate::source::text;
use crate::span::Span;
use events::Reader;

/// The deepest level that a heading may have.
const DEEPEST_HEADING: usize = 6;

/// Finds what references name.
pub trait Resolve {
    /// Where a reference leads, and what is shown for it.
    fn resolve(&self, target: &str) -> (Option<Key>, String);

    /// The picture that the text at a place names by an address that has no scheme; none where it cannot be shown.
    fn picture(&self, _text: Span, _address: &str) -> Option<Shown> {
        None
    }
}

/// A picture that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its file, from the folder of the document.
    pub file: String,
    /// Which it is of the pictures that were looked at.
    pub picture: usize,
}

/// The addresses without a scheme by which a text names the pictures that stand alone in their paragraphs.
pub fn pictures(text: &Marked) -> Vec<String> {
    struct Asked(std::cell::RefCell<Vec<String>>);
    impl Resolve for Asked {
        fn resolve(&self, _: &str) -> (Option<Key>, String) {
            (None, String::new())
        }

        fn picture(&self, _: Span, address: &str) -> Option<Shown> {
            self.0.borrow_mut().push(address.to_owned());
            None
        }
    }
    let asked = Asked(std::cell::RefCell::default());
    read(text, &asked);
    asked.0.into_inner()
}

/// The blocks of a text.
pub fn read(text: &Marked, resolve: &dyn Resolve) -> Vec<Block> {
    let source = Source { place: text.place(), ..Source::of(text.marked()) };
    Reader::new(&source, resolve, true).blocks()
}

/// The blocks of a text that may have parts: its headings are headings, of the levels 1 to 6 that the author gave them.
pub fn read_parts(text: &Marked, resolve: &dyn Resolve) -> Vec<Block> {
    let source = Source { place: text.place(), ..Source::of(text.marked()) };
    Reader::new(&source, resolve, true).with_headings().blocks()
}

impl Document {
    /// A text of the author's that its headings part, below the heading that was put there last.
    ///
    /// Whatever levels the author gave them, the first ones are those right below it, and none is left out. No text hangs
    /// above the parts of what it stands in: it is a part itself.
    pub fn parted_text(&mut self, text: &Marked, resolve: &dyn Resolve) {
        let general = self.words().general;
        let above = self.blocks.iter().rev().find_map(|block| match block {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        });
        let mut blocks = read_parts(text, resolve);
        settle_levels(&mut blocks, above.unwrap_or(1));
        let level_of = |block: &Block| match block {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        };
        let levels: Vec<Option<usize>> = blocks.iter().map(level_of).collect();
        let mut last = above.unwrap_or(1);
        let mut begins = true;
        for (at, block) in blocks.into_iter().enumerate() {
            let next = levels[at..].iter().flatten().next().copied();
            if let Some(level) = levels[at] {
                (last, begins) = (level, true);
            } else if std::mem::take(&mut begins) && next.is_some_and(|next| next > last) {
                let words = Inline::plain(general);
                let (keys, numbering) = (Vec::new(), Numbering::Counted);
                self.blocks.push(Block::Heading(Heading { level: last + 1, keys, numbering, role: None, words }));
            }
            self.blocks.push(block);
        }
    }

    /// A text of the author's in block position.
    pub fn text(&mut self, text: &Marked, resolve: &dyn Resolve) {
        self.blocks.extend(read(text, resolve));
    }

    /// A text of the author's as a note, behind words of ours, which may say what it is a note to.
    pub fn note(&mut self, label: &str, to: &str, text: &Marked, resolve: &dyn Resolve) {
        self.blocks.push(Block::Note(Note::read(label, to, text, resolve)));
    }
}

impl Note {
    /// A text of the author's as a note, behind words of ours, which may say what it is a note to.
    pub fn read(label: &str, to: &str, text: &Marked, resolve: &dyn Resolve) -> Note {
        Note { label: Inline::plain(label), to: to.to_owned(), blocks: read(text, resolve) }
    }
}

/// Puts headings on the levels below another one, so that none is left out between them.
fn settle_levels(blocks: &mut [Block], above: usize) {
    // The levels of the author's that are open, with what became of them.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for block in blocks {
        let Block::Heading(heading) = block else { continue };
        open.retain(|(own, _)| *own < heading.level);
        let level = open.last().map_or(above, |(_, level)| *level) + 1;
        open.push((heading.level, level));
        heading.level = level.min(DEEPEST_HEADING);
    }
}

impl Inline {
    /// What a literal says, where it stands on one line and nothing in it can mean more than itself.
    pub fn unmarked(literal: &str) -> Option<Inline> {
        let words = text::plain(literal)?;
        let is_plain = is_plain(words) && (words.is_ascii() || !words.contains(char::is_control));
        is_plain.then(|| Inline::plain(words))
    }

    /// A text of the author's: line breaks become spaces, no line begins a block, safe markup is kept.
    pub fn text(text: &Marked, resolve: &dyn Resolve) -> Inline {
        let line = flat(text.marked());
        if is_plain(&line) {
            return Inline::of(Part::Text(&line));
        }
        // Behind a reference to nothing and a space, no mark begins a block.
        let source = Source::of(&format!("{REFERENCE_OPENS}{REFERENCE_CLOSES} {line}"));
        Reader::new(&source, resolve, false).line()
    }
}

/// Whether nothing in a line can mean more than itself.
fn is_plain(line: &str) -> bool {
    let may_mean = |byte: u8| {
        (byte == b'\\')
            | (byte == b'`')
            | (byte == b'*')
            | (byte == b'_')
            | (byte == b'[')
            | (byte == b'<')
            | (byte == b'&')
            | byte.is_ascii_control()
    };
    // To the end, since many bytes are looked at at once then.
    !line.bytes().fold(false, |may, byte| may | may_mean(byte))
        && (memchr::memchr(b':', line.as_bytes()).is_none() || !line.contains("http"))
}

/// A text with a number in place of what each reference names, in which nothing is a mark of CommonMark.
struct Source {
    text: String,
    targets: Vec<String>,
    /// Where the literal stands, by which pictures are asked for.
    place: Option<Span>,
}

impl Source {
    fn of(marked: &str) -> Source {
        let mut source = Source { text: String::with_capacity(marked.len()), targets: Vec::new(), place: None };
        let mut pieces = marked.split(REFERENCE_OPENS);
        source.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (target, words) = piece.split_once(REFERENCE_CLOSES).unwrap_or((piece, ""));
            source.text.push_str(&format!("{REFERENCE_OPENS}{}{REFERENCE_CLOSES}{words}", source.targets.len()));
            source.targets.push(target.to_owned());
        }
        source
    }

    /// The reference at the start of a stretch, which begins with its mark: what it names, and what follows.
    fn reference<'a>(&self, stretch: &'a str) -> (&str, &'a str) {
        let (number, rest) = stretch[REFERENCE_OPENS.len_utf8()..].split_once(REFERENCE_CLOSES).unwrap_or_default();
        (number.parse().ok().and_then(|at: usize| self.targets.get(at)).map_or("", String::as_str), rest)
    }

    /// A stretch as it was typed, references in their brackets.
    fn typed(&self, stretch: &str) -> String {
        let mut typed = String::with_capacity(stretch.len());
        let mut rest = stretch;
        while let Some(at) = rest.find(REFERENCE_OPENS) {
            typed.push_str(&rest[..at]);
            let (target, behind) = self.reference(&rest[at..]);
            typed.push_str(&format!("[[{target}]]"));
            rest = behind;
        }
        typed.push_str(rest);
        typed
    }
}
