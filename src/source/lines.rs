//! The only conversion between byte offsets and lines and columns.

use std::sync::OnceLock;

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text start; found out at the first question, since most files are never asked about.
#[derive(Debug, Default)]
pub struct Lines {
    starts: OnceLock<Vec<u32>>,
}

impl Lines {
    /// The position of a byte offset; one beyond the text counts as its end, one within a character as its start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let starts = self.starts(text);
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = starts.get(line.wrapping_sub(1)).map_or(0, |start| *start as usize);
        Position { line, column: 1 + text.get(start..offset).map_or(0, |before| before.chars().count()) }
    }

    fn starts(&self, text: &str) -> &[u32] {
        self.starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ä\nöü x\r\n😀y";
        let lines = Lines::default();
        let at = |needle: &str| lines.position(text, text.find(needle).unwrap_or(text.len()));
        assert_eq!(at("x"), Position { line: 2, column: 4 });
        assert_eq!(at("y"), Position { line: 3, column: 2 });
        assert_eq!(at("nothing"), Position { line: 3, column: 3 });
    }
}
