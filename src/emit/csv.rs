//! Comma-separated values (RFC 4180), with line feeds, that no spreadsheet runs as formulas.

use std::borrow::Cow;

use crate::render::printable;

/// Adds a record.
pub fn push<Cell: AsRef<str>>(table: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            table.push(',');
        }
        let cell = printable::document(cell.as_ref());
        let cell = harmless(&cell);
        if cell.contains([',', '"', '\n', '\r']) {
            table.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        } else {
            table.push_str(&cell);
        }
    }
    table.push('\n');
}

/// What begins a formula, in full-width signs too.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula. Where semicolons separate, as in much of Europe, quotes within a row
/// are nothing special: what stands behind a semicolon or on a new line is a cell by itself.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let is_end = |character| matches!(character, ';' | '\t' | '\r' | '\n');
    if !cell.starts_with(SIGNS) && !cell.contains(is_end) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 1);
    for (number, piece) in cell.split_inclusive(is_end).enumerate() {
        let is_formula = piece.starts_with(SIGNS) && (number == 0 || !is_item(piece));
        if is_formula || number == 0 && piece.starts_with(['\t', '\r', '\n']) {
            out.push('\'');
        }
        out.push_str(piece);
    }
    Cow::Owned(out)
}

/// An item of a list: a dash, and words that compute nothing and call nothing.
fn is_item(line: &str) -> bool {
    line.strip_prefix("- ")
        .is_some_and(|words| words.starts_with(char::is_alphabetic) && !words.contains(['|', '(', '!']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_signs_of_their_own() {
        let mut table = String::new();
        push(&mut table, ["plain words", "one, two", "say \"hi\"", ""]);
        push(&mut table, ["=1+1", "two\nlines", "\r", "＠x"]);
        push(&mut table, ["a;=1+1", "a\n- item\n- cmd|' /C x'!A\n@b", "a; -1", "a\u{202e}b"]);
        assert_eq!(
            table,
            "plain words,\"one, two\",\"say \"\"hi\"\"\",\n'=1+1,\"two\nlines\",\"'\r\",'＠x\n\
            a;'=1+1,\"a\n- item\n'- cmd|' /C x'!A\n'@b\",a; -1,a\u{fffd}b\n"
        );
    }
}
