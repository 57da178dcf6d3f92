//! A traceability matrix: outcomes or processes by rows, requirements by columns, marks between.

use super::super::draft::{Draft, Refs, Tie, What};
use super::super::report::{Action, Line};
use super::{Headed, Rows, left_out};

/// Marks that say that a requirement is met in full.
const FULL: &[&str] = &["f", "full", "3", "voll", "complet", "c"];
/// Marks that say that something is there, not how much.
const SOME: &[&str] =
    &["x", "●", "•", "✓", "✔", "+", "yes", "ja", "oui", "p", "partial", "1", "2", "○", "o", "◐", "(x)"];

/// Whether nearly all cells between the heads and the first column are marks.
pub(super) fn has_marks(headed: &Headed<'_>) -> bool {
    let cells = headed
        .rows
        .iter()
        .flat_map(|row| headed.columns.iter().zip(row))
        .filter(|((head, words), cell)| head.is_none() && !words.is_empty() && !cell.is_blank());
    let (mut marks, mut all) = (0_usize, 0_usize);
    for (_, cell) in cells {
        all += 1;
        marks += usize::from(is_mark(&cell.said.words));
    }
    all > 0 && marks * 10 >= all * 8
}

fn is_mark(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    FULL.contains(&words.as_str()) || SOME.contains(&words.as_str())
}

/// Adds the links of a matrix to the outcomes of the tables beside it, by their ids.
pub(super) fn read(headed: &Headed<'_>, rows: &mut Rows) {
    for row in headed.rows {
        let cells: Vec<_> = headed.columns.iter().zip(row).filter(|(_, cell)| !cell.is_blank()).collect();
        let Some((_, first)) = cells.iter().find(|((head, _), _)| head.is_some()) else {
            rows.lines.extend(
                cells
                    .iter()
                    .map(|(_, cell)| left_out(&cell.said, "cell", "its row does not say which outcome it is of")),
            );
            continue;
        };
        let id = first.said.words.trim().to_owned();
        let Some(outcome) = find(&mut rows.drafts, &id) else {
            let why = format!("no table beside it has an outcome `{id}`");
            rows.lines.extend(
                cells.iter().filter(|(_, cell)| !cell.said.is_told).map(|(_, cell)| left_out(&cell.said, "cell", &why)),
            );
            continue;
        };
        let mut told = Vec::new();
        for ((head, words), cell) in cells {
            let mark = cell.said.words.trim().to_lowercase();
            if head.is_some() {
                told.push((Action::Merged, cell.said.clone(), "it says which outcome its row is of".to_owned()));
            } else if !is_mark(&mark) {
                told.push((Action::LeftOut, cell.said.clone(), "it is no mark that is known".to_owned()));
            } else {
                let tie = if FULL.contains(&mark.as_str()) { Tie::Satisfies } else { Tie::Partly };
                outcome.refs.push(Refs { tie, said: cell.said.clone(), ids: vec![words.clone()] });
            }
        }
        for (action, said, note) in told {
            rows.lines.push(Line { action, what: "cell".to_owned(), id: id.clone(), place: said.place, note });
        }
    }
    rows.remarks.push(format!(
        "{}: marks that do not say how far a requirement is met are links in part (`partly satisfies`)",
        headed.table.name
    ));
}

/// The outcome of a full id: that of its process, a mark between, and its own.
fn find<'a>(drafts: &'a mut [Draft], id: &str) -> Option<&'a mut Draft> {
    for draft in drafts {
        if draft.what == What::Group {
            if let Some(found) = find(&mut draft.inner, id) {
                return Some(found);
            }
        } else if draft.what == What::Process {
            let process = draft.id.as_ref().map(|said| said.words.trim().to_owned()).unwrap_or_default();
            for (at, outcome) in draft.inner.iter_mut().filter(|inner| inner.what == What::Outcome).enumerate() {
                let own = outcome.id.as_ref().map_or_else(|| (at + 1).to_string(), |said| said.words.trim().to_owned());
                if own == id
                    || format!("{process}.{own}") == id
                    || format!("{process}-{own}") == id
                    || format!("{process} {own}") == id
                {
                    return Some(outcome);
                }
            }
        }
    }
    None
}
