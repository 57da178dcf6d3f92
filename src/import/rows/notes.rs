//! Rows that are no rows of their table: sums, numbers of pages, and notes within and below it.

use super::super::heads;
use super::{Cell, Headed, Rows};

/// What sums begin with.
const SUMS: &[&str] = &[
    "total",
    "totals",
    "subtotal",
    "sum",
    "count",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "anzahl",
    "somme",
    "sous-total",
    "nombre",
];

/// What numbers of pages begin with.
const PAGES: &[&str] = &["page", "seite"];

/// What notes begin with.
const NOTES: &[&str] =
    &["note", "notes", "anmerkung", "hinweis", "remarque", "legend", "legende", "légende", "source", "quelle", "key"];

/// Takes away the rows that are none of the table, and tells them; `gaps` are the rows that stand behind blank ones.
pub(super) fn apart(headed: &mut Headed, gaps: &[usize], rows: &mut Rows) {
    // A table of one column has nothing but rows of one cell.
    if headed.columns.iter().filter(|(_, words)| !words.is_empty()).count() < 2 {
        return;
    }
    let alone = |row: &Vec<Cell>| own(row).nth(1).is_none();
    let below = headed.rows.iter().rposition(|row| !alone(row)).map_or(0, |last| last + 1);
    let below = gaps.iter().copied().find(|gap| *gap >= below).unwrap_or(headed.rows.len());
    let why = |number: usize, row: &[Cell]| -> Option<&'static str> {
        let mut own = own(row);
        let first = own.next()?;
        let words = heads::plain(&first.said.words);
        match own.next() {
            _ if SUMS.contains(&words.as_str()) => Some("its row sums up others"),
            None if number >= below => Some("it stands below the table"),
            None if is_page(&words) => Some("it is the number of a page"),
            None if is_note(&words) => Some("it is a note, and no row of the table"),
            _ => None,
        }
    };
    let whys: Vec<_> = headed.rows.iter().enumerate().map(|(number, row)| why(number, row)).collect();
    let mut kept = Vec::new();
    for (row, why) in std::mem::take(&mut headed.rows).into_iter().zip(whys) {
        match why {
            None => kept.push(row),
            Some(why) => {
                row.iter().filter(|cell| !cell.is_blank()).for_each(|cell| rows.leave(&cell.said, "cell", why))
            }
        }
    }
    headed.rows = kept;
}

/// The cells of a row that say something of their own.
fn own(row: &[Cell]) -> impl Iterator<Item = &Cell> {
    row.iter().filter(|cell| !cell.is_blank() && !cell.is_covered)
}

/// "Page 1", "Page 1 of 2", "Seite 1/2".
fn is_page(words: &str) -> bool {
    let rest = PAGES.iter().find_map(|word| words.strip_prefix(word)).filter(|rest| rest.starts_with(' '));
    let is_count = |word: &str| ["of", "von", "sur", "/"].contains(&word) || word.split('/').all(is_number);
    rest.is_some_and(|rest| rest.split_whitespace().all(is_count))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "Note: …", "* …", "¹ …"
fn is_note(words: &str) -> bool {
    let first = words.split([' ', ':']).next().unwrap_or_default();
    let has_colon = words[first.len()..].trim_start().starts_with(':');
    has_colon && NOTES.contains(&first) || words.starts_with(['*', '†', '‡', '¹', '²', '³'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_notes_are_known() {
        for page in ["page 1", "page 1 of 2", "seite 3/4", "page 1 / 2"] {
            assert!(is_page(page), "{page}");
        }
        for note in ["note: see below", "* yearly", "¹ as of today", "quelle : iso"] {
            assert!(is_note(note), "{note}");
        }
        for other in ["page layout", "pages", "note taking", "notes of meetings", "key management"] {
            assert!(!is_page(other) && !is_note(other), "{other}");
        }
    }
}
