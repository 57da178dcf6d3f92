//! Positions of the protocol: lines from 0, columns in the units that client and server have agreed on.

use std::cell::Cell;
use std::ops::Range;

use lsp_types::Position;

use crate::source::lines::{Encoding, Lines};
use crate::span::narrow;

/// The byte of a position.
pub fn offset(text: &str, lines: &Lines, position: Position, encoding: Encoding) -> usize {
    lines.offset(text, position.line as usize, position.character as usize, encoding)
}

/// The positions of bytes of one text. Asked in the order of the text, it takes time in proportion to the text, however
/// long its lines are.
pub struct Positions<'a> {
    text: &'a str,
    lines: &'a Lines,
    encoding: Encoding,
    /// The last answer: its byte and its position.
    last: Cell<(usize, Position)>,
}

impl<'a> Positions<'a> {
    /// Prepares for questions on a text.
    pub fn new(text: &'a str, lines: &'a Lines, encoding: Encoding) -> Positions<'a> {
        Positions { text, lines, encoding, last: Cell::new((0, Position::new(0, 0))) }
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.lines.line(offset);
        let (known, position) = self.last.get();
        let (from, column) = if position.line as usize == line && known <= offset {
            (known, position.character as usize)
        } else {
            (self.lines.range(self.text, line).start, 0)
        };
        let column = column + self.encoding.length(self.text.get(from..offset).unwrap_or_default());
        let position = Position::new(narrow(line), narrow(column));
        self.last.set((offset, position));
        position
    }

    /// The range of some bytes.
    pub fn range(&self, bytes: Range<usize>) -> lsp_types::Range {
        lsp_types::Range::new(self.position(bytes.start), self.position(bytes.end.max(bytes.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_go_on_from_the_last() {
        let text = "ä\tb\r\n😀ü x\n";
        let lines = Lines::new(text);
        let positions = Positions::new(text, &lines, Encoding::Utf16);
        let asked = [('ä', 0, 0), ('b', 0, 2), ('ü', 1, 2), ('x', 1, 4), ('\t', 0, 1), ('😀', 1, 0)];
        for (character, line, column) in asked {
            let at = text.find(character).unwrap();
            assert_eq!(positions.position(at), Position::new(line, column));
            assert_eq!(offset(text, &lines, Position::new(line, column), Encoding::Utf16), at);
        }
        assert_eq!(positions.range(0..99).end, Position::new(2, 0));
    }
}
