//! Comma-separated values (RFC 4180), with line feeds, that no spreadsheet runs as formulas.

use std::borrow::Cow;

/// Adds a record.
pub fn push<Cell: AsRef<str>>(table: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            table.push(',');
        }
        let cell = harmless(cell.as_ref());
        if cell.contains([',', '"', '\n', '\r']) {
            table.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        } else {
            table.push_str(&cell);
        }
    }
    table.push('\n');
}

/// A cell that no spreadsheet takes for a formula, in full-width signs neither.
fn harmless(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_signs_of_their_own() {
        let mut table = String::new();
        push(&mut table, ["plain words", "one, two", "say \"hi\"", ""]);
        push(&mut table, ["=1+1", "two\nlines", "\r", "＠x"]);
        assert_eq!(table, "plain words,\"one, two\",\"say \"\"hi\"\"\",\n'=1+1,\"two\nlines\",\"'\r\",'＠x\n");
    }
}
