//! Columns that are levels, as NIST has them: a cell names a function, a category or a subcategory, and says what it is.

use super::super::draft::{Draft, Said, What};
use super::super::heads::Head;
use super::super::ids::{self, split};
use super::super::report::Action;
use super::{Cell, Headed, Rows};

/// A row of the table: its id, what it stands in, what it says that it is.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    pub(super) kind: Option<What>,
    /// The heading above, where it is a row of the table itself.
    pub(super) section: Option<usize>,
    /// What it stands in by the columns of its row.
    pub(super) above: Option<usize>,
    pub(super) draft: Draft,
}

impl Default for Row {
    fn default() -> Row {
        let draft = Draft::new(What::Requirement);
        Row { id: String::new(), parent: None, kind: None, section: None, above: None, draft }
    }
}

/// What is open at a row, the outermost first.
#[derive(Default)]
pub(super) struct Open(Vec<Level>);

struct Level {
    number: u8,
    words: String,
    /// Its row of the catalog; none where it is withdrawn.
    row: Option<usize>,
}

impl Open {
    /// What stands innermost: its row of the catalog, or none where it is withdrawn.
    pub(super) fn last(&self) -> Option<Option<usize>> {
        self.0.last().map(|level| level.row)
    }

    /// The row of the catalog in which the next one stands.
    pub(super) fn within(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|level| level.row)
    }

    /// Opens what the cells of a row name anew.
    pub(super) fn take(&mut self, headed: &Headed, cells: &[Cell], flat: &mut Vec<Row>, rows: &mut Rows) {
        let deepest = headed.columns.iter().filter_map(|(head, _)| level(*head)).max();
        for ((head, _), cell) in headed.columns.iter().zip(cells).filter(|(_, cell)| !cell.is_blank()) {
            let Some(number) = level(*head) else { continue };
            let words = cell.said.words.trim();
            if self.0.iter().any(|open| open.number == number && open.words == words) {
                rows.tell(Action::Merged, "what a row stands in", "", &cell.said, "it is stated before");
                continue;
            }
            self.0.retain(|open| open.number < number);
            let row = if is_withdrawn(words) {
                rows.leave(&cell.said, "cell", "it is withdrawn");
                None
            } else {
                let draft = named(&cell.said);
                let id = draft.id.as_ref().map(|said| said.words.clone()).unwrap_or_default();
                let kind = (Some(number) < deepest).then_some(What::Clause);
                flat.push(Row { id, kind, above: self.within(), draft, ..Row::default() });
                Some(flat.len() - 1)
            };
            self.0.push(Level { number, words: words.to_owned(), row });
        }
    }
}

fn level(head: Option<Head>) -> Option<u8> {
    match head {
        Some(Head::Level(number)) => Some(number),
        _ => None,
    }
}

/// Whether words say that what they are about is no longer there: "ID.AM-6: [Withdrawn: Incorporated into GV.RR-02]".
pub(super) fn is_withdrawn(words: &str) -> bool {
    let at = words.to_ascii_lowercase().find("[withdrawn");
    at.and_then(|at| words.get(..at)).is_some_and(|before| {
        let before = before.trim();
        before.is_empty() || before.ends_with([':', '.', ')']) || is_code(before)
    })
}

/// What a cell names: "PR.AA-01: Identities are managed", "Asset Management (ID.AM): Assets are known", "GOVERN (GV)", "GV".
fn named(said: &Said) -> Draft {
    let words = said.words.trim();
    let mut draft = Draft::new(What::Requirement);
    let whole = |words: &str| Some(Said { words: words.trim().to_owned(), ..said.clone() });
    let (head, rest) = words.split_once(':').map_or((words, ""), |(head, rest)| (head.trim_end(), rest.trim()));
    let bracketed = head.strip_suffix(')').and_then(|head| head.rsplit_once('('));
    match bracketed.filter(|(title, id)| !title.trim().is_empty() && ids::is_legal(id)) {
        Some((title, id)) => {
            (draft.id, draft.title) = (Some(said.part(id)), whole(title));
            draft.text = Some(said.part(rest)).filter(|text| !text.is_blank());
        }
        None if ids::is_legal(head) && (!rest.is_empty() || is_code(head)) => match rest {
            "" => draft.id = whole(head),
            rest => (draft.id, draft.title) = (Some(said.part(head)), whole(rest)),
        },
        None => {
            let (id, title) = split(words);
            (draft.id, draft.title) = (id.map(|id| said.part(id)), whole(title));
        }
    }
    draft
}

/// Whether one word is an id, and no word: it has a digit, a mark between parts, or capitals alone.
fn is_code(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit() || c == '.') || word.chars().all(|c| c.is_ascii_uppercase() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_name_and_say() {
        for (cell, [id, title, text]) in [
            ("PR.AA-01: Identities are managed: all.", ["PR.AA-01", "Identities are managed: all.", ""]),
            ("Asset Management (ID.AM): Assets are known.", ["ID.AM", "Asset Management", "Assets are known."]),
            ("GOVERN (GV)", ["GV", "GOVERN", ""]),
            ("GV.OC", ["GV.OC", "", ""]),
            ("PROTECT", ["PROTECT", "", ""]),
            ("Protect", ["", "Protect", ""]),
            ("5 Organizational controls", ["5", "Organizational controls", ""]),
            ("Plans (and the like) are made", ["", "Plans (and the like) are made", ""]),
        ] {
            let draft = named(&Said::new(cell, "A1"));
            let of = |said: Option<Said>| said.map(|said| said.words).unwrap_or_default();
            assert_eq!([of(draft.id), of(draft.title), of(draft.text)], [id, title, text], "{cell}");
        }
        assert!(is_withdrawn("ID.AM-06: [Withdrawn: Moved]") && is_withdrawn(" [withdrawn]"));
        assert!(!is_withdrawn("Consent [withdrawn by the subject] ends it"));
    }
}
