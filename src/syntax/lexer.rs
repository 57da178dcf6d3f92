//! Text to tokens. The lexer settles the layout: where a statement ends, and where it goes on.
//!
//! Each token is a byte, of which the grammar sees the character, beside its place in the text. Comments are put aside
//! and kept.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::conflicts;
use super::words::{self, Begins};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::text::escape;
use crate::source::{Meant, alike};
use crate::span::{FileId, Span, narrow};

/// The bytes of the tokens; their characters are named at the end of `grammar/prm.pest`.
pub mod terminal {
    /// A text.
    pub const QUOTED: u8 = b'"';
    /// A comma.
    pub const COMMA: u8 = b',';
    /// An opening brace.
    pub const OPEN: u8 = b'(';
    /// A closing brace.
    pub const CLOSE: u8 = b')';
    /// The end of a statement.
    pub const END: u8 = b'.';
    /// A word that the language gives no meaning.
    pub const WORD: u8 = super::words::PLAIN;
    /// The sign of percent: a word like any other, but behind a rating.
    pub const PERCENT: u8 = 0xa5;
}

pub use words::terminal_of;

/// Whether a word begins a clause, with which a statement goes on at the start of a line.
pub fn begins_clause(terminal: u8) -> bool {
    words::begins(terminal) == Begins::Clause
}

/// The tokens of a file.
#[derive(Debug, Default)]
pub struct Tokens {
    /// The terminal of each token.
    pub kinds: Vec<u8>,
    /// Where each token begins and ends.
    pub places: Vec<(u32, u32)>,
    /// The comments, marks included.
    pub comments: Vec<(u32, u32)>,
    /// Whether a comment or a block of text is open to the end of the file, and costs what it should hold no more.
    pub is_cut_off: bool,
    /// The words that are read as others.
    pub meant: Meant,
    /// The texts that are open to the end of their lines, or of the file.
    pub unclosed: Vec<Unclosed>,
}

/// A text that is never closed.
#[derive(Clone, Copy, Debug)]
pub struct Unclosed {
    /// Where its mark begins.
    pub start: u32,
    /// One past its mark.
    pub end: u32,
    /// Whether it costs the rest of the file, and not of its line alone.
    is_block: bool,
}

impl Unclosed {
    /// What there is to say of it.
    pub fn diagnostic(self, file: FileId) -> Diagnostic {
        let (rest, help) = match self.is_block {
            false => {
                ("line", "close the text with `\"` on the same line; a text of several lines stands between `\"\"\"`")
            }
            true => ("file", "close the text with `\"\"\"`; until then, the rest of the file is taken for text"),
        };
        let span = Span { file, start: self.start, end: self.end };
        Diagnostic::new(&codes::UNCLOSED_TEXT, span, "this text is never closed")
            .label(format!("opened here, and open to the end of the {rest}"))
            .help(help)
    }
}

/// Cuts a text into tokens.
pub fn lex(file: FileId, text: &str) -> (Tokens, Vec<Diagnostic>) {
    let mut lexer = Lexer {
        file,
        text,
        bytes: text.as_bytes(),
        at: 0,
        kinds: Vec::with_capacity(text.len() / 6),
        places: Vec::with_capacity(text.len() / 6),
        comments: Vec::new(),
        diagnostics: Findings::default(),
        new_line: false,
        is_cut_off: false,
        meant: Meant::default(),
        unclosed: Vec::new(),
        no_bent_end: false,
        passed_over: Vec::new(),
    };
    lexer.conflicts();
    lexer.run();
    lexer.report_control_characters();
    lexer.report_overrides();
    let Lexer { kinds, places, comments, is_cut_off, meant, unclosed, diagnostics, .. } = lexer;
    (Tokens { kinds, places, comments, is_cut_off, meant, unclosed }, diagnostics.into_kept())
}

struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    kinds: Vec<u8>,
    places: Vec<(u32, u32)>,
    comments: Vec<(u32, u32)>,
    diagnostics: Findings,
    /// Whether a line break lies before the next token.
    new_line: bool,
    is_cut_off: bool,
    meant: Meant,
    unclosed: Vec<Unclosed>,
    /// Whether no marks that stand alone end a text of several lines from here on, so that nobody looks again.
    no_bent_end: bool,
    /// Marks of merges and the versions that are not read, the last first.
    passed_over: Vec<(usize, usize)>,
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Quote,
    Comma,
    Open,
    Close,
    Slash,
    /// A character that ids may have.
    Id,
    /// Any other; part of a word that is no id.
    Odd,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Odd; 256];
    let mut byte = 0;
    while byte < 128 {
        let character = byte as u8;
        classes[byte] = match character {
            b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
            b'"' => Class::Quote,
            b',' => Class::Comma,
            b'{' => Class::Open,
            b'}' => Class::Close,
            b'/' => Class::Slash,
            b'-' | b'_' | b'.' | b':' => Class::Id,
            _ if character.is_ascii_alphanumeric() => Class::Id,
            _ => Class::Odd,
        };
        byte += 1;
    }
    classes
};

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Space => self.space(),
                Class::Id => self.word(),
                Class::Odd if self.passes_over() => {}
                Class::Odd => match self.character(self.at) {
                    blank if alike::is_blank(blank) => self.at += blank.len_utf8(),
                    blank if is_odd_blank(blank) => {
                        self.control_character(self.at, blank);
                        self.at += blank.len_utf8();
                    }
                    mark if alike::is_quote(mark) => self.alike_text(),
                    '&' if self.bytes[self.at..].starts_with(ENTITY) => self.entity(),
                    '\\' if self.text[self.at + 1..self.line_end(self.at)].trim().is_empty() => self.joined_line(),
                    _ => self.word(),
                },
                Class::Quote => self.quoted(),
                Class::Comma => self.single(terminal::COMMA),
                Class::Open => self.single(terminal::OPEN),
                Class::Close => self.single(terminal::CLOSE),
                Class::Slash => match self.bytes.get(self.at + 1) {
                    Some(b'/') => self.line_comment(),
                    Some(b'*') => self.block_comment(),
                    _ => self.word(),
                },
            }
        }
        self.end_statement();
    }

    /// Finds what merges left, and says so.
    fn conflicts(&mut self) {
        let conflicts = conflicts::find(self.text);
        self.diagnostics.extend(conflicts.iter().map(|conflict| conflict.diagnostic(self.file, self.text)));
        self.passed_over = conflicts.iter().flat_map(conflicts::Conflict::passed_over).collect();
        self.passed_over.reverse();
    }

    /// Whether what stands here is passed over, as a comment is.
    fn passes_over(&mut self) -> bool {
        while self.passed_over.pop_if(|(start, _)| *start < self.at).is_some() {}
        let Some((start, end)) = self.passed_over.pop_if(|(start, _)| *start == self.at) else { return false };
        self.comments.push((narrow(start), narrow(end)));
        self.at = end;
        true
    }

    fn space(&mut self) {
        let rest = &self.bytes[self.at..];
        let mut length = 0;
        for byte in rest {
            match byte {
                b'\n' => self.new_line = true,
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
            length += 1;
        }
        self.at += length;
    }

    fn character(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or_default()
    }

    fn push(&mut self, kind: u8, start: usize, end: usize) {
        if self.new_line {
            self.new_line = false;
            let goes_on = matches!(kind, terminal::QUOTED | terminal::OPEN)
                || begins_clause(kind)
                || self.kinds.last() == Some(&terminal::COMMA);
            if !goes_on {
                self.end_statement();
            }
        }
        if kind == terminal::CLOSE {
            self.end_statement();
        }
        self.kinds.push(kind);
        self.places.push((narrow(start), narrow(end)));
    }

    /// Ends the statement that is under way, if one is.
    fn end_statement(&mut self) {
        if self.is_under_way() {
            let end = self.places.last().map_or(0, |place| place.1);
            self.kinds.push(terminal::END);
            self.places.push((end, end));
        }
    }

    fn is_under_way(&self) -> bool {
        !matches!(self.kinds.last(), None | Some(&(terminal::END | terminal::OPEN | terminal::CLOSE)))
    }

    fn single(&mut self, kind: u8) {
        self.at += 1;
        self.push(kind, self.at - 1, self.at);
    }

    fn word(&mut self) {
        let start = self.at;
        self.at = start + self.ids(start);
        self.word_from(start);
    }

    /// A word that began before here.
    fn word_from(&mut self, start: usize) {
        // Hardly ever does a word go on with what no id can hold.
        let mut is_plain = self.at > start;
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Odd => {
                    let character = self.character(self.at);
                    let is_entity = character == '&' && self.bytes[self.at..].starts_with(ENTITY);
                    let is_blank = alike::is_blank(character) || is_odd_blank(character);
                    if is_blank || alike::is_double_quote(character) || is_entity {
                        break;
                    }
                    self.at += character.len_utf8();
                }
                Class::Slash if !matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => self.at += 1,
                Class::Id => self.at += self.ids(self.at),
                _ => break,
            }
            is_plain = false;
        }
        let word = &self.bytes[start..self.at];
        if !is_plain {
            return self.odd_word(start);
        }
        // The words of the language are of small letters.
        let may_mean = word[0].is_ascii_lowercase() && word[word.len() - 1].is_ascii_lowercase();
        let kind = if may_mean { terminal_of(&self.text[start..self.at]) } else { terminal::WORD };
        self.push(kind, start, self.at);
    }

    /// A blank that a web page wrote as a word.
    fn entity(&mut self) {
        let span = Span::new(self.file, self.at, self.at + ENTITY.len());
        self.at += ENTITY.len();
        self.diagnostics.push(
            Diagnostic::new(&codes::LOOK_ALIKE, span, "`&nbsp;` stands where a blank is meant")
                .label("of a web page")
                .help("write a blank; characters are written as they are")
                .replace_with(" "),
        );
    }

    /// A backslash at the end of a line, as shells and scripts join lines.
    fn joined_line(&mut self) {
        let span = Span::new(self.file, self.at, self.at + 1);
        self.at += 1;
        self.diagnostics.push(
            Diagnostic::new(&codes::NOT_A_STATEMENT, span, "a backslash joins no lines")
                .label("nothing is expected here")
                .help("delete it: behind a comma, and before a clause or a text, a statement goes on by itself")
                .replace_with(""),
        );
    }

    /// A word with characters that no id has: those that only look so, or like nothing, are read as what was meant.
    fn odd_word(&mut self, start: usize) {
        let written = &self.text[start..self.at];
        if let Some(number) = written.strip_suffix('%').filter(|number| self.is_percentage(number)) {
            let sign = start + number.len();
            if sign > start {
                self.push(terminal::WORD, start, sign);
            }
            return self.push(terminal::PERCENT, sign, self.at);
        }
        let Cow::Owned(meant) = alike::plain(written) else {
            return self.push(terminal::WORD, start, self.at);
        };
        // Where a dash may stand between two numbers, who knows the numbers has to tell.
        let is_alike = |character: &char| {
            alike::is_dash(*character) || alike::is_nothing(*character) || alike::ligature(*character).is_some()
        };
        // Of a dash alone the statement tells that it does not go on with it.
        if let Some(first) = written.chars().find(is_alike).filter(|_| !is_range(written) && meant != "-") {
            let span = Span::new(self.file, start, self.at);
            self.diagnostics.push(look_alike(span, first, &meant));
        }
        if !meant.is_empty() {
            self.push(terminal_of(&meant), start, self.at);
            self.meant.insert((narrow(start), narrow(self.at)), meant);
        }
    }

    /// Whether what stands before a sign of percent, with or without a blank, is the rating of something.
    fn is_percentage(&self, number: &str) -> bool {
        let behind = self.kinds.len().checked_sub(if number.is_empty() { 2 } else { 1 });
        behind.and_then(|at| self.kinds.get(at)).is_some_and(|kind| *kind == terminal_of("rated"))
            && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
    }

    /// A text between marks that only look like those of the language.
    fn alike_text(&mut self) {
        let start = self.at;
        let mark = self.character(start);
        let block = alike::block_mark(&self.text[start..]).filter(|_| !self.no_bent_end).map(|length| start + length);
        if let Some(end) = block.and_then(|from| self.alike_block_end(from)) {
            self.at = end;
            self.report_alike_block(start, end, mark);
            return self.push(terminal::QUOTED, start, self.at);
        }
        let Some(end) = self.alike_end(start + mark.len_utf8(), alike::is_double_quote(mark)) else {
            return match alike::is_double_quote(mark) {
                true => {
                    self.at = self.line_end(start);
                    self.unclosed_text(start, start + mark.len_utf8(), false);
                    self.push(terminal::QUOTED, start, self.at);
                }
                // An apostrophe that went astray.
                false => {
                    self.at += mark.len_utf8();
                    self.word_from(start);
                }
            };
        };
        self.at = end;
        self.report_alike_text(start, mark);
        self.push(terminal::QUOTED, start, self.at);
    }

    /// One past the three marks that end a text of several lines, one of which only looks so: they stand alone.
    fn alike_block_end(&mut self, from: usize) -> Option<usize> {
        let mut start = from;
        while start < self.text.len() {
            let end = self.line_end(start);
            let line = &self.text[start..end];
            let marks = line.trim_start();
            let length = if marks.starts_with("\"\"\"") { Some(3) } else { alike::block_mark(marks) };
            if let Some(length) = length.filter(|_| start > from) {
                return Some(end - marks.len() + length);
            }
            start = memchr(b'\n', &self.bytes[end..]).map_or(self.text.len(), |at| end + at + 1);
        }
        self.no_bent_end = true;
        None
    }

    /// Of a text of several lines: which of its marks only look so.
    fn report_alike_block(&mut self, start: usize, end: usize, mark: char) {
        let inner = alike::block(&self.text[start..end]).map_or("", |(inner, _)| inner);
        self.diagnostics.push(
            Diagnostic::new(
                &codes::LOOK_ALIKE,
                Span::new(self.file, start, end),
                format!("{} stands where `\"` is meant", alike::name(mark)),
            )
            .label("a text of several lines stands between `\"\"\"`")
            .help("write three straight quotes before it and behind it; word processors bend quotes by themselves")
            .replace_with(format!("\"\"\"{inner}\"\"\"")),
        );
    }

    fn report_alike_text(&mut self, start: usize, mark: char) {
        let span = Span::new(self.file, start, self.at);
        let meant = alike::literal(&self.text[start..self.at]);
        // What one word between single quotes is that has a number, is seen where it stands: an id has no quotes at all.
        let inner = meant.trim_matches('"');
        let is_certain =
            alike::is_double_quote(mark) || inner.contains(' ') || !inner.contains(|c: char| c.is_ascii_digit());
        let diagnostic =
            Diagnostic::new(&codes::LOOK_ALIKE, span, format!("{} stands where `\"` is meant", alike::name(mark)))
                .label("a text stands between straight quotes")
                .help("write `\"` before it and behind it; word processors bend quotes by themselves");
        self.diagnostics.push(if is_certain { diagnostic.replace_with(meant) } else { diagnostic.perhaps(meant) });
    }

    /// One past the mark that ends a text on its line: the first behind which a statement could go on, else the last.
    fn alike_end(&self, from: usize, is_double: bool) -> Option<usize> {
        let line = &self.text[from..self.line_end(from)];
        let closes = |character: char| match is_double {
            true => character == '"' || alike::is_double_quote(character),
            false => alike::is_quote(character) && !alike::is_double_quote(character),
        };
        let mut ends = line.char_indices().filter(|(_, character)| closes(*character));
        let ends: Vec<usize> = ends.by_ref().map(|(at, character)| at + character.len_utf8()).collect();
        let goes_on = |end: &&usize| may_go_on(&line[**end..]);
        ends.iter().find(goes_on).or(ends.last().filter(|_| is_double)).map(|end| from + end)
    }

    fn line_end(&self, from: usize) -> usize {
        let end = memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |at| from + at);
        // A return without a line feed is no end of a line.
        let ends = end < self.bytes.len() && end > from && self.bytes[end - 1] == b'\r';
        if ends { end - 1 } else { end }
    }

    /// How many characters of ids stand in a row.
    fn ids(&self, from: usize) -> usize {
        let rest = &self.bytes[from..];
        rest.iter().position(|byte| CLASSES[*byte as usize] != Class::Id).unwrap_or(rest.len())
    }

    fn quoted(&mut self) {
        let start = self.at;
        if self.bytes[start..].starts_with(b"\"\"\"") {
            self.block_text(start)
        } else {
            self.line_text(start)
        }
        self.push(terminal::QUOTED, start, self.at);
    }

    fn line_text(&mut self, start: usize) {
        let mut at = start + 1;
        loop {
            let Some(found) = memchr3(b'"', b'\\', b'\n', &self.bytes[at..]) else {
                return self.open_text(start);
            };
            at += found;
            match self.bytes[at] {
                b'"' => {
                    self.at = at + 1;
                    return;
                }
                b'\n' => return self.open_text(start),
                _ => match escape(&self.text[at..]) {
                    Some((taken, _)) => at += taken,
                    None => {
                        self.unknown_escape(at);
                        at += 1;
                    }
                },
            }
        }
    }

    fn block_text(&mut self, start: usize) {
        let mut at = start + 3;
        while let Some(found) = memchr2(b'"', b'\\', &self.bytes[at..]) {
            at += found;
            let here = &self.bytes[at..];
            if here.starts_with(b"\\\"\"\"") {
                at += 4;
            } else if here.starts_with(b"\"\"\"") {
                // Of four or five quotes in a row, the last three close.
                let quotes = here.iter().take(5).take_while(|byte| **byte == b'"').count();
                self.at = at + quotes;
                return;
            } else {
                at += 1;
            }
        }
        // Marks that only look so may end it.
        if let Some(end) = self.alike_block_end(start + 3) {
            let mark = self.text[..end].chars().next_back().unwrap_or_default();
            self.at = end;
            return self.report_alike_block(start, end, mark);
        }
        self.at = self.bytes.len();
        self.is_cut_off = true;
        self.unclosed_text(start, start + 3, true);
    }

    /// A text whose line ends before it: one of the marks that only look so may end it, or a line that follows.
    fn open_text(&mut self, start: usize) {
        // A straight mark that is escaped only looks as if it ended the text.
        let ends = |end: &usize| !self.text[..*end].ends_with('"') && may_go_on(&self.text[*end..self.line_end(*end)]);
        if let Some(end) = self.alike_end(start + 1, true).filter(ends) {
            let mark = self.text[..end].chars().next_back().unwrap_or_default();
            self.at = end;
            return self.report_alike_text(start, mark);
        }
        self.at = self.line_end(start);
        // Right behind a word, and last on its line, a mark closes what none opens.
        let closes = self.text[..start].ends_with(|before: char| !before.is_whitespace())
            && self.text[start + 1..self.at].trim().is_empty();
        let Some(end) = self.wrapped_end(self.at).filter(|_| !closes) else {
            return self.unclosed_text(start, start + 1, false);
        };
        let first = Span::new(self.file, start, self.at);
        self.at = end;
        self.diagnostics.push(
            Diagnostic::new(&codes::UNCLOSED_TEXT, first, "this text goes on over the end of its line")
                .label("a text in single quotes ends with its line")
                .help("write it on one line; a text of several lines stands between `\"\"\"`")
                .with_edit(Span::new(self.file, start, end), alike::literal(&self.text[start..end])),
        );
    }

    /// Where a text ends that was broken over lines: on the first that has a mark, which is its only one and closes.
    fn wrapped_end(&self, mut from: usize) -> Option<usize> {
        for _ in 0..WRAPPED {
            let start = from + memchr(b'\n', &self.bytes[from..])? + 1;
            from = self.line_end(start);
            let line = &self.text[start..from];
            let first = line.split_whitespace().next().unwrap_or_default();
            let mark = line.find('"');
            let begins = |word: &str| words::begins(terminal_of(word)) == Begins::Clause;
            match mark {
                None if begins(first) || line.contains(['{', '}']) || first.is_empty() || first.starts_with("//") => {
                    return None;
                }
                None => {}
                Some(at) => {
                    let (before, behind) = (&line[..at], &line[at + 1..]);
                    let closes = before.trim_end().len() == at && !before.trim().is_empty() && !behind.contains('"');
                    return (closes && may_go_on(behind)).then_some(start + at + 1);
                }
            }
        }
        None
    }

    fn unclosed_text(&mut self, start: usize, behind: usize, is_block: bool) {
        self.unclosed.push(Unclosed { start: narrow(start), end: narrow(behind), is_block });
    }

    fn unknown_escape(&mut self, at: usize) {
        let next = self.text[at + 1..].chars().next().filter(|character| !character.is_control());
        let width = 1 + next.map_or(0, char::len_utf8);
        let span = Span::new(self.file, at, at + width);
        let written = &self.text[at..at + width];
        self.diagnostics.push(
            Diagnostic::new(&codes::UNKNOWN_ESCAPE, span, format!("`{written}` is not an escape"))
                .label("no such escape")
                .help("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t`, `\\[` and `\\u{…}`; a backslash itself is written `\\\\`"),
        );
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let mut end = start + memchr(b'\n', rest).unwrap_or(rest.len());
        if self.bytes[end - 1] == b'\r' {
            end -= 1;
        }
        self.comments.push((narrow(start), narrow(end)));
        self.at = end;
    }

    fn block_comment(&mut self) {
        let start = self.at;
        match memmem::find(&self.bytes[start + 2..], b"*/") {
            Some(length) => self.at = start + 2 + length + 2,
            None => {
                self.at = self.bytes.len();
                self.is_cut_off = true;
                let span = Span::new(self.file, start, start + 2);
                self.diagnostics.push(
                    Diagnostic::new(&codes::UNCLOSED_COMMENT, span, "this comment is never closed")
                        .label("opened here, and open to the end of the file")
                        .help("close the comment with `*/`; comments do not nest"),
                );
            }
        }
        // A comment over several lines breaks the line like any other line break.
        self.new_line |= memchr(b'\n', &self.bytes[start..self.at]).is_some();
        self.comments.push((narrow(start), narrow(self.at)));
    }

    /// What overrides the direction of reading makes a line look as if it said something else, in comments as well.
    fn report_overrides(&mut self) {
        for at in memmem::find_iter(self.bytes, b"\xe2\x80").chain(memmem::find_iter(self.bytes, b"\xe2\x81")) {
            let character = self.text.get(at..).and_then(|rest| rest.chars().next());
            let Some(character @ ('\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) = character else { continue };
            let (code, span) = (u32::from(character), Span::new(self.file, at, at + character.len_utf8()));
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::CONTROL_CHARACTER,
                    span,
                    format!("the character U+{code:04X} overrides the direction of reading"),
                )
                .label("from here on, what is shown is not what is there")
                .help(format!("delete it; a text that really needs it says `\\u{{{code:x}}}`")),
            );
        }
    }

    /// Control characters in texts and words; in comments they harm nobody.
    fn report_control_characters(&mut self) {
        let is_control = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
        if !may_hold_control_characters(self.bytes) {
            return;
        }
        for (start, end) in self.places.clone() {
            let token = &self.text[start as usize..end as usize];
            for (offset, character) in token.char_indices() {
                let lone_return = character == '\r' && !token[offset + 1..].starts_with('\n');
                if is_control(character) || lone_return {
                    self.control_character(start as usize + offset, character);
                }
            }
        }
    }

    fn control_character(&mut self, at: usize, character: char) {
        let span = Span::new(self.file, at, at + character.len_utf8());
        let message = format!("invisible control character U+{:04X}", u32::from(character));
        self.diagnostics.push(
            Diagnostic::new(&codes::CONTROL_CHARACTER, span, message)
                .label("here")
                .help("delete the character; it usually comes along when text is copied from another program")
                .replace_with(if is_odd_blank(character) { " " } else { "" }),
        );
    }
}

/// How web pages write a blank at which no line breaks.
const ENTITY: &[u8] = b"&nbsp;";

/// Whether a control character stands for a blank: what breaks a page or a line for printers does.
fn is_odd_blank(character: char) -> bool {
    matches!(character, '\u{b}' | '\u{c}' | '\u{85}')
}

/// Of how many lines a text may be that was broken over its line.
pub const WRAPPED: usize = 8;

/// What there is to say of a word in which something only looks as it should.
pub fn look_alike(span: Span, character: char, meant: &str) -> Diagnostic {
    let instead = match alike::ligature(character) {
        Some(letters) => format!("stands where `{letters}` is meant"),
        None if alike::is_dash(character) => "stands where `-` is meant".to_owned(),
        None => "stands here, which nobody sees".to_owned(),
    };
    Diagnostic::new(&codes::LOOK_ALIKE, span, format!("{} {instead}", alike::name(character)))
        .label(if meant.is_empty() { "nothing is meant here".to_owned() } else { format!("read as `{meant}`") })
        .help("it usually comes along when text is copied from another program; write it anew")
        .replace_with(meant)
}

/// Whether a dash may stand between two numbers: then a range may be meant.
pub fn is_range(word: &str) -> bool {
    let mut sides = word.split(alike::is_dash);
    let (Some(one), Some(other), None) = (sides.next(), sides.next(), sides.next()) else { return false };
    let is_number = |side: &str| side.ends_with(|last: char| last.is_ascii_digit());
    is_number(one) && is_number(other) && !word.chars().any(alike::is_nothing)
}

/// Whether a statement could go on with this, behind a text.
fn may_go_on(rest: &str) -> bool {
    let rest = rest.trim_start();
    let word = rest.split(|character: char| !character.is_ascii_alphabetic()).next().unwrap_or_default();
    let follows = |character: char| matches!(character, '{' | '}' | ',' | '"') || alike::is_double_quote(character);
    rest.is_empty()
        || rest.starts_with(follows)
        || rest.starts_with("//")
        || rest.starts_with("/*")
        || words::begins(terminal_of(word)) != Begins::Nothing
        || matches!(word, "normative" | "required")
}

/// Whether a C0 character or DEL, the lead byte of the C1 characters, or a return without a line feed is there.
///
/// Nearly all stretches of nearly all texts hold plain characters and line breaks only, which is seen without a branch.
fn may_hold_control_characters(bytes: &[u8]) -> bool {
    let is_unusual = |byte: u8| (byte < 0x20) & (byte != b'\n') | (byte >= 0x7f);
    let is_suspicious = |byte: u8| match byte {
        b'\t' | b'\n' | b'\r' => false,
        ..0x20 | 0x7f | 0xc2 => true,
        _ => false,
    };
    let lone_return = memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
    lone_return
        || bytes.chunks(256).any(|stretch| {
            stretch.iter().fold(false, |found, byte| found | is_unusual(*byte))
                && stretch.iter().any(|byte| is_suspicious(*byte))
        })
}

/// Whether a word begins a statement or a clause, so that no field may have its name.
pub fn begins_statement_or_clause(word: &str) -> bool {
    words::begins(terminal_of(word)) != Begins::Nothing
}
