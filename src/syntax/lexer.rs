//! Text to tokens. The lexer settles the layout: where a statement ends, and where it goes on (contract, section 2).
//!
//! Each token is a byte, of which the grammar sees the character, beside its place in the text. Comments are put aside
//! and kept.

use memchr::{memchr, memchr2, memchr3, memmem};

use super::words::{self, Begins};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::text::escape;
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
    };
    lexer.run();
    lexer.report_control_characters();
    lexer.report_overrides();
    let Lexer { kinds, places, comments, is_cut_off, diagnostics, .. } = lexer;
    (Tokens { kinds, places, comments, is_cut_off }, diagnostics.into_kept())
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
                Class::Id | Class::Odd => self.word(),
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
        let under_way = !matches!(self.kinds.last(), None | Some(&(terminal::END | terminal::OPEN | terminal::CLOSE)));
        if under_way {
            let end = self.places.last().map_or(0, |place| place.1);
            self.kinds.push(terminal::END);
            self.places.push((end, end));
        }
    }

    fn single(&mut self, kind: u8) {
        self.at += 1;
        self.push(kind, self.at - 1, self.at);
    }

    fn word(&mut self) {
        let start = self.at;
        self.at = start + self.ids(start);
        // Hardly ever does a word go on with what no id can hold.
        let mut is_plain = self.at > start;
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Odd => self.at += 1,
                Class::Slash if !matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => self.at += 1,
                Class::Id => self.at += self.ids(self.at),
                _ => break,
            }
            is_plain = false;
        }
        let word = &self.bytes[start..self.at];
        // The words of the language are of small letters.
        let may_mean = is_plain && word[0].is_ascii_lowercase() && word[word.len() - 1].is_ascii_lowercase();
        let kind = if may_mean { terminal_of(&self.text[start..self.at]) } else { terminal::WORD };
        self.push(kind, start, self.at);
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
                self.at = self.bytes.len();
                return self.unclosed_text(start, "\"");
            };
            at += found;
            match self.bytes[at] {
                b'"' => {
                    self.at = at + 1;
                    return;
                }
                b'\n' => {
                    self.at = if self.bytes[at - 1] == b'\r' { at - 1 } else { at };
                    return self.unclosed_text(start, "\"");
                }
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
        self.at = self.bytes.len();
        self.is_cut_off = true;
        self.unclosed_text(start, "\"\"\"");
    }

    fn unclosed_text(&mut self, start: usize, mark: &str) {
        let (rest, help) = if mark.len() == 1 {
            ("line", "close the text with `\"` on the same line; a text of several lines stands between `\"\"\"`")
        } else {
            ("file", "close the text with `\"\"\"`; until then, the rest of the file is taken for text")
        };
        let span = Span::new(self.file, start, start + mark.len());
        self.diagnostics.push(
            Diagnostic::new(&codes::UNCLOSED_TEXT, span, "this text is never closed")
                .label(format!("opened here, and open to the end of the {rest}"))
                .help(help),
        );
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
        for &(start, end) in &self.places {
            let token = &self.text[start as usize..end as usize];
            for (offset, character) in token.char_indices() {
                let lone_return = character == '\r' && !token[offset + 1..].starts_with('\n');
                if is_control(character) || lone_return {
                    let at = start as usize + offset;
                    let code = u32::from(character);
                    let span = Span::new(self.file, at, at + character.len_utf8());
                    self.diagnostics.push(
                        Diagnostic::new(
                            &codes::CONTROL_CHARACTER,
                            span,
                            format!("invisible control character U+{code:04X}"),
                        )
                        .label("here")
                        .help("delete the character; it usually comes along when text is copied from another program"),
                    );
                }
            }
        }
    }
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
