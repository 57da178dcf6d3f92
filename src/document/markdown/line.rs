//! Writes what stands on one line.

use std::rc::Rc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::escape;
use crate::document::inline::{Key, Line, Part};

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have several lines.
    Paragraph,
    /// Where there is one line only.
    Line,
    /// In a cell of a table.
    Cell,
}

/// The line, its references with their anchors; one that leads nowhere is words.
pub(super) fn write(out: &mut String, line: Line<'_>, place: Place, anchors: &FxHashMap<Key, Rc<str>>) {
    let begun = out.len();
    // Marks may be read otherwise beside what else stands there; words without marks are better than that.
    for marks in [Marks::Stars, Marks::InTurn, Marks::None] {
        out.truncate(begun);
        Pen { out, begun, place, anchors, marks }.inline(line);
        if marks == Marks::None || is_clear(line) || reads_back(line, &out[begun..]) {
            return;
        }
    }
}

/// How emphasis is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// With stars.
    Stars,
    /// With low lines right behind stars.
    InTurn,
    /// Not at all.
    None,
}

/// A picture with its other text.
pub(super) fn picture(alternative: &str, file: &str) -> String {
    let mut out = String::from("![");
    escape::push(&mut out, alternative, false);
    format!("{out}](<{}>)", addressed(file))
}

struct Pen<'a> {
    out: &'a mut String,
    /// Where the line begins.
    begun: usize,
    place: Place,
    anchors: &'a FxHashMap<Key, Rc<str>>,
    marks: Marks,
}

impl Pen<'_> {
    fn inline(&mut self, line: Line<'_>) {
        line.parts().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Text(words) => self.words(words),
            Part::Draft(mark) => self.words(mark),
            Part::Strong(words) => self.marked(words, 2),
            Part::Emphasis(words) => self.marked(words, 1),
            Part::Inserted(words) => self.marked(words, 2),
            Part::Struck(words) => {
                self.out.push_str("~~");
                self.inline(words);
                self.out.push_str("~~");
            }
            Part::Code(code) => self.code(code),
            Part::Link { address, title, words } => self.link(address, title, words),
            Part::Reference { key, words } => match self.anchors.get(key) {
                Some(anchor) => {
                    self.out.push('[');
                    self.linked(words);
                    for words in ["](#", anchor, ")"] {
                        self.out.push_str(words);
                    }
                }
                None => self.linked(words),
            },
            Part::Footnote(words) => {
                self.words(" (");
                self.inline(words);
                self.words(")");
            }
            Part::Break if self.place == Place::Paragraph => self.out.push_str("\\\n"),
            Part::Break => self.out.push(' '),
        }
    }

    /// What of the line is written.
    fn written(&self) -> &str {
        &self.out[self.begun..]
    }

    fn words(&mut self, words: &str) {
        let starts = self.written().is_empty() || self.written().ends_with('\n');
        let words = if starts { words.trim_start_matches(' ') } else { words };
        escape::push(self.out, words, starts);
    }

    /// The words of a link are escaped as if nothing stood before them.
    fn linked(&mut self, words: Line<'_>) {
        for part in words.parts() {
            match part {
                Part::Text(words) => escape::push(self.out, words, true),
                other => self.part(other),
            }
        }
    }

    fn marked(&mut self, words: Line<'_>, length: usize) {
        let marks = match self.marks {
            Marks::InTurn if self.written().ends_with('*') => "__",
            Marks::InTurn | Marks::Stars => "**",
            Marks::None => "",
        };
        let mark = marks.get(..length).unwrap_or_default();
        self.out.push_str(mark);
        self.inline(words);
        self.out.push_str(mark);
    }

    fn code(&mut self, code: &str) {
        let longest = code.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let ticks = "`".repeat(longest + 1);
        // A pipe in code cannot be written so that all renderers of tables agree on it.
        if self.place == Place::Cell && code.contains('|') || self.written().ends_with('`') {
            return self.words(&format!("{ticks}{code}{ticks}"));
        }
        let is_blank = code.bytes().all(|byte| byte == b' ');
        let pad = if !is_blank && (code.starts_with(['`', ' ']) || code.ends_with(['`', ' '])) { " " } else { "" };
        self.out.push_str(&format!("{ticks}{pad}{code}{pad}{ticks}"));
    }

    fn link(&mut self, address: &str, title: &str, words: Line<'_>) {
        if title.is_empty() && words.only_words() == Some(address) {
            return self.out.push_str(&format!("<{}>", guarded(address)));
        }
        self.out.push('[');
        self.linked(words);
        self.out.push_str(&format!("](<{}>", guarded(address)));
        if !title.is_empty() {
            self.out.push_str(&format!(" \"{}\"", quoted(title)));
        }
        self.out.push(')');
    }
}

/// An address in which no character reference is read.
fn guarded(address: &str) -> String {
    address.replace('&', "&amp;")
}

/// A file as an address.
fn addressed(file: &str) -> String {
    let mut address = String::new();
    for character in file.chars() {
        match character {
            '<' | '>' | '|' | '\\' | '`' | '%' | '&' | '#' | '?' => {
                address.push_str(&format!("%{:02X}", u32::from(character)));
            }
            _ if character.is_control() => address.push(' '),
            other => address.push(other),
        }
    }
    address
}

/// The words of a title, every mark of them as a character reference.
fn quoted(title: &str) -> String {
    let quote = |character: char| match character {
        _ if character.is_ascii_punctuation() && !matches!(character, '.' | ',' | '-' | '(' | ')') => {
            format!("&#{};", u32::from(character))
        }
        other => other.to_string(),
    };
    title.chars().map(quote).collect()
}

/// Whether the marks of a line, if it has any, stand where nobody can take them for anything else: around words that
/// begin and end with a letter or a digit, behind a space and before a space or a mark.
fn is_clear(line: Line<'_>) -> bool {
    let mut parts = line.parts().peekable();
    let mut before = None;
    while let Some(part) = parts.next() {
        let is_clear = match part {
            Part::Strong(words) | Part::Emphasis(words) => {
                words.only_words().is_some_and(|words| {
                    words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric)
                }) && before.is_none_or(|before| matches!(before, Part::Text(before) if before.ends_with(' ')))
                    && parts.peek().is_none_or(
                        |behind| matches!(behind, Part::Text(behind) if behind.starts_with([' ', '.', ':', ','])),
                    )
            }
            Part::Link { words, .. } | Part::Reference { words, .. } | Part::Footnote(words) => is_clear(words),
            _ => true,
        };
        if !is_clear {
            return false;
        }
        before = Some(part);
    }
    true
}

/// Whether what was written is read as what was meant: the same words under the same marks.
fn reads_back(line: Line<'_>, written: &str) -> bool {
    let (mut meant, mut read) = (String::new(), String::new());
    sign(line, &mut meant);
    for event in Parser::new(written) {
        match event {
            Event::Start(Tag::Emphasis) => read.push('\u{1}'),
            Event::Start(Tag::Strong) => read.push('\u{2}'),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => read.push('\u{3}'),
            Event::Text(words) | Event::Code(words) => read.extend(words.chars().filter(|c| !c.is_whitespace())),
            _ => {}
        }
    }
    meant == read
}

fn sign(line: Line<'_>, signed: &mut String) {
    for part in line.parts() {
        match part {
            Part::Text(words) | Part::Code(words) => {
                signed.extend(words.chars().filter(|character| !character.is_whitespace()));
            }
            Part::Strong(words) | Part::Emphasis(words) | Part::Inserted(words) => {
                signed.push(if matches!(part, Part::Emphasis(_)) { '\u{1}' } else { '\u{2}' });
                sign(words, signed);
                signed.push('\u{3}');
            }
            Part::Struck(words) | Part::Link { words, .. } | Part::Reference { words, .. } => sign(words, signed),
            Part::Footnote(words) => {
                signed.push('(');
                sign(words, signed);
                signed.push(')');
            }
            Part::Draft(mark) => signed.push_str(mark),
            Part::Break => {}
        }
    }
}
