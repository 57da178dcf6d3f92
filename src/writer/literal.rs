//! Texts between quotes.

use std::fmt::Write as _;

use crate::source::text::{Piece, pieces};

/// What a text says: its words, and the references in it. Two brackets among the words are brackets, no reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Piece>);

impl Text {
    /// A text of these pieces, one behind the other.
    pub fn of(given: impl IntoIterator<Item = Piece>) -> Text {
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in given {
            match (piece, pieces.last_mut()) {
                (Piece::Words(words), _) if words.is_empty() => {}
                (Piece::Words(words), Some(Piece::Words(before))) => before.push_str(&words),
                (Piece::Reference(target), _) => pieces.push(Piece::Reference(target.trim().to_owned())),
                (piece, _) => pieces.push(piece),
            }
        }
        Text(pieces)
    }

    /// What a literal says, quotes included.
    pub fn of_literal(literal: &str) -> Text {
        Text::of(pieces(literal))
    }

    /// The literal, or what is wrong; with `is_free`, several lines stay lines.
    pub(super) fn written(&self, is_free: bool) -> Result<String, String> {
        let characters = || self.0.iter().flat_map(|piece| words(piece).chars());
        if let Some(control) =
            characters().find(|character| character.is_control() && !matches!(character, '\n' | '\t'))
        {
            return Err(format!("a text cannot hold the control character U+{:04X}", u32::from(control)));
        }
        if characters().all(char::is_whitespace) {
            return Err("a text has to say something, and this is empty".to_owned());
        }
        if is_free && characters().any(|character| character == '\n') {
            let block = self.block();
            if self.is_said_by(&block) {
                return Ok(block);
            }
        }
        let line = self.line();
        let is_said = self.is_said_by(&line);
        is_said.then_some(line).ok_or_else(|| "the references in a text cannot be written as they stand".to_owned())
    }

    /// Whether a literal says this and nothing else.
    pub(super) fn is_said_by(&self, literal: &str) -> bool {
        pieces(literal) == self.0
    }

    fn line(&self) -> String {
        let mut line = String::from("\"");
        let mut pieces = self.0.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Reference(target) => {
                    line.push_str("[[");
                    escape(target, false, &mut line);
                    line.push_str("]]");
                }
                Piece::Words(words) => escape(words, pieces.peek().is_some(), &mut line),
            }
        }
        line.push('"');
        line
    }

    fn block(&self) -> String {
        let mut block = String::from("\"\"\"\n");
        for piece in &self.0 {
            match piece {
                Piece::Reference(target) => block.extend(["[[", target, "]]"]),
                Piece::Words(words) => block.push_str(&words.replace("\"\"\"", "\\\"\"\"").replace("[[", "\\[[")),
            }
        }
        block.push_str("\n\"\"\"");
        if block.chars().any(must_be_escaped) { String::new() } else { block }
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Text {
        Text::of([Piece::Words(words.to_owned())])
    }
}

impl From<String> for Text {
    fn from(words: String) -> Text {
        Text::of([Piece::Words(words)])
    }
}

fn words(piece: &Piece) -> &str {
    let (Piece::Words(words) | Piece::Reference(words)) = piece;
    words
}

/// Writes words as they stand on one line; behind them may be a bracket.
fn escape(words: &str, is_before_bracket: bool, line: &mut String) {
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().or(is_before_bracket.then_some('['));
        match character {
            '\n' => line.push_str("\\n"),
            '\t' => line.push_str("\\t"),
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '[' if next == Some('[') => line.push_str("\\["),
            hidden if must_be_escaped(hidden) => {
                // Writing to a String cannot fail.
                let _ = write!(line, "\\u{{{:x}}}", u32::from(hidden));
            }
            other => line.push(other),
        }
    }
}

/// Characters that nobody sees and that change how a line is read: control characters, those of direction, breaks of
/// lines and paragraphs, marks of byte order, invisible operators, tags.
pub fn must_be_escaped(character: char) -> bool {
    let is_hidden = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    is_hidden || character.is_control() && !matches!(character, '\n' | '\t')
}

/// Something from outside as a message may show it: on one line, not too long.
pub(super) fn shown(given: &str) -> String {
    let mut shown = String::new();
    let mut characters = given.chars();
    escape(&characters.by_ref().take(60).collect::<String>(), false, &mut shown);
    if characters.next().is_some() { shown + "…" } else { shown }
}
