//! A traceability matrix: outcomes or processes by rows, requirements by columns, marks between.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, Fact, Refs, Said, Tie, What};
use super::super::heads::Head;
use super::super::report::Action;
use super::{Cell, Headed, Rows};

/// Marks that say that a requirement is met in full.
const FULL: &[&str] = &["f", "full", "3", "voll", "complet", "c"];
/// Marks that say that something is there, not how much.
const SOME: &[&str] =
    &["x", "●", "•", "✓", "✔", "+", "yes", "ja", "oui", "p", "partial", "1", "2", "○", "o", "◐", "(x)"];

/// Whether nearly all cells between the heads and the first column are marks.
pub(super) fn has_marks(columns: &[(Option<Head>, String)], rows: &[Vec<Cell>]) -> bool {
    let cells = rows
        .iter()
        .flat_map(|row| columns.iter().zip(row))
        .filter(|((head, words), cell)| head.is_none() && !words.is_empty() && !cell.is_blank());
    let (mut marks, mut all) = (0_usize, 0_usize);
    for (_, cell) in cells {
        all += 1;
        marks += usize::from(is_mark(&cell.said.words));
    }
    all > 0 && marks * 10 >= all * 8
}

/// Whether words are a mark.
pub(super) fn is_mark(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    FULL.contains(&words.as_str()) || SOME.contains(&words.as_str())
}

/// Adds the links of a matrix to the outcomes of the tables beside it, by their ids.
pub(super) fn read(headed: &Headed, rows: &mut Rows) {
    let outcomes = outcomes(&rows.drafts);
    for row in &headed.rows {
        let cells: Vec<(usize, &Said)> =
            row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(|(at, cell)| (at, &cell.said)).collect();
        let is_name = |at: usize| headed.columns.get(at).is_some_and(|(head, _)| head.is_some());
        let Some((_, first)) = cells.iter().find(|(at, _)| is_name(*at)) else {
            for (_, said) in cells {
                rows.leave(said, "cell", "its row does not say which outcome it is of");
            }
            continue;
        };
        let id = first.words.trim().to_owned();
        let Some(path) = outcomes.get(&id) else {
            let why = format!("no table beside it has an outcome or a process `{id}`");
            for (_, said) in cells {
                rows.leave(said, "cell", &why);
            }
            continue;
        };
        let mut links: Vec<Refs> = Vec::new();
        for (at, said) in cells {
            let mark = said.words.trim().to_lowercase();
            let head = headed.head.get(at).map(|cell| &cell.said);
            match head.filter(|head| !head.is_blank() && !is_name(at)) {
                None => rows.tell(Action::Merged, "cell", &id, said, "it says which outcome its row is of"),
                Some(_) if !is_mark(&mark) => {
                    rows.tell(Action::LeftOut, "cell", &id, said, "it is no mark that is known")
                }
                Some(head) => {
                    let tie = if FULL.contains(&mark.as_str()) { Tie::Satisfies } else { Tie::Partly };
                    let said = Said { doubt: head.doubt.clone(), readings: head.readings.clone(), ..said.clone() };
                    links.push(Refs { tie, said, ids: vec![head.words.trim().to_owned()] });
                }
            }
        }
        let Some(draft) = at_path(&mut rows.drafts, path) else { continue };
        if draft.what == What::Outcome {
            draft.refs.extend(links);
            continue;
        }
        // A process does not meet requirements, its outcomes do: what its row says is kept for the author.
        let ids: Vec<&str> = links.iter().filter_map(|refs| refs.ids.first()).map(String::as_str).collect();
        let note = format!("Traceability in the source: {}", ids.join(", "));
        if let Some(first) = links.first() {
            draft.facts.push((Fact::Note, first.said.part(note)));
        }
        for refs in &links {
            let why = "its row is of a process, and outcomes meet requirements: it is a note of the process";
            rows.tell(Action::Changed, "mark", &id, &refs.said, why);
        }
    }
    rows.remarks.push(format!(
        "{}: marks that do not say how far a requirement is met are links in part (`partly satisfies`)",
        headed.name
    ));
}

/// Where each outcome and process stands among the drafts, by all that a matrix may call it.
fn outcomes(drafts: &[Draft]) -> FxHashMap<String, Vec<usize>> {
    let mut found = FxHashMap::default();
    for (at, draft) in drafts.iter().enumerate() {
        match draft.what {
            What::Group => {
                for (inner, process) in draft.inner.iter().enumerate().filter(|(_, inner)| inner.what == What::Process)
                {
                    of_process(process, &[at, inner], &mut found);
                }
            }
            What::Process => of_process(draft, &[at], &mut found),
            _ => {}
        }
    }
    found
}

fn of_process(draft: &Draft, path: &[usize], found: &mut FxHashMap<String, Vec<usize>>) {
    let words = |said: &Option<Said>| said.as_ref().map(|said| said.words.trim().to_owned()).unwrap_or_default();
    let process = words(&draft.id);
    let outcomes = draft.inner.iter().enumerate().filter(|(_, inner)| inner.what == What::Outcome);
    for (number, (at, outcome)) in outcomes.enumerate() {
        let own = outcome.id.as_ref().map_or_else(|| (number + 1).to_string(), |said| said.words.trim().to_owned());
        let own = own.trim_end_matches([')', '.']).trim_start_matches('(').to_owned();
        let path: Vec<usize> = path.iter().copied().chain([at]).collect();
        for name in [
            format!("{process}.{own}"),
            format!("{process}-{own}"),
            format!("{process} {own}"),
            format!("{process} {own})"),
            format!("{process} ({own})"),
            own,
        ] {
            found.entry(name).or_insert_with(|| path.clone());
        }
    }
    for name in [process, words(&draft.title)] {
        found.entry(name).or_insert_with(|| path.to_vec());
    }
}

fn at_path<'a>(drafts: &'a mut [Draft], path: &[usize]) -> Option<&'a mut Draft> {
    let (first, rest) = path.split_first()?;
    let draft = drafts.get_mut(*first)?;
    if rest.is_empty() { Some(draft) } else { at_path(&mut draft.inner, rest) }
}
