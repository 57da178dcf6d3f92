//! A matrix of indicators, as assessment models print them: practices and information items by rows, the outcomes of one
//! process by columns, marks between.

use super::super::draft::{Draft, Refs, Said, Tie, What};
use super::super::heads;
use super::super::ids::split;
use super::super::report::Action;
use super::model::At;
use super::{Cell, Headed, Rows, matrix, practices};

/// Ties the practices and the items of its rows to the outcomes of the process that it names, or that stands before it.
pub(super) fn read(headed: &Headed, rows: &mut Rows) {
    let first = headed.columns.first().map_or("", |(_, words)| words.as_str());
    let at = match split(first).0 {
        Some(id) => rows.known.at(id),
        None => rows.known.at(first.trim()).or(rows.known.last),
    };
    let Some(at) = at else {
        for cell in headed.rows.iter().flatten().filter(|cell| !cell.is_blank()) {
            rows.leave(&cell.said, "cell", "the process that it is of stands in no table before it");
        }
        return;
    };
    for row in &headed.rows {
        let Some(name) = row.first().filter(|cell| !cell.is_blank()).map(|cell| cell.said.clone()) else {
            for cell in row.iter().filter(|cell| !cell.is_blank()) {
                rows.leave(&cell.said, "cell", "its row does not say what it is of");
            }
            continue;
        };
        let marks = marks(headed, row, rows);
        let is_heading = marks.is_empty() && practices::mark(&name.words).is_none() && split(&name.words).0.is_none();
        if is_heading {
            rows.tell(Action::Merged, "heading", "", &name, "it says what stands below it");
        } else if let Some((mark, text)) = practices::mark(name.words.trim()) {
            practice(at, (mark, text), &name, marks, rows);
        } else {
            item(at, &name, marks, rows);
        }
    }
}

/// The outcomes that are marked in a row, each with its mark.
fn marks(headed: &Headed, row: &[Cell], rows: &mut Rows) -> Vec<(String, Said)> {
    let mut found = Vec::new();
    for (cell, (_, words)) in row.iter().zip(&headed.columns).skip(1).filter(|(cell, _)| !cell.is_blank()) {
        match heads::numbered(words).filter(|_| matrix::is_mark(&cell.said.words)) {
            Some(number) => found.push((number.to_owned(), cell.said.clone())),
            None => rows.leave(&cell.said, "cell", "it is no mark that is known"),
        }
    }
    found
}

fn practice(at: At, (mark, text): (&str, &str), name: &Said, marks: Vec<(String, Said)>, rows: &mut Rows) {
    let last = |id: &str| id.rsplit('.').next().unwrap_or(id).to_lowercase();
    let is_it = |draft: &&mut Draft| {
        let id = draft.id.as_ref().map(|said| last(&said.words));
        draft.what == What::Practice && id == Some(last(mark))
    };
    let achieved = marks.into_iter().map(|(number, said)| Refs { tie: Tie::Achieves, said, ids: vec![number] });
    let process = rows.process(at);
    if let Some(found) = process.inner.iter_mut().find(is_it) {
        found.refs.extend(achieved);
        rows.tell(Action::Merged, "practice", mark, name, "it says which practice its row is of");
        return;
    }
    let mut draft = Draft::new(What::Practice);
    draft.id = Some(name.part(mark));
    draft.text = Some(Said { words: text.to_owned(), ..name.clone() });
    draft.refs = achieved.collect();
    process.inner.push(draft);
}

fn item(at: At, name: &Said, marks: Vec<(String, Said)>, rows: &mut Rows) {
    let (id, title) = split(&name.words);
    let key = id.unwrap_or(title).to_lowercase();
    let is_new = rows.known.items.insert(key);
    if is_new {
        let mut draft = Draft::new(What::Item);
        draft.id = id.map(|id| name.part(id));
        draft.title = Some(Said { words: title.to_owned(), ..name.clone() });
        rows.drafts.push(draft);
    } else {
        rows.tell(Action::Merged, "information item", title, name, "it is stated before");
    }
    let (mut lost, process) = (Vec::new(), rows.process(at));
    let mut outcomes: Vec<(String, &mut Draft)> = Vec::new();
    for draft in process.inner.iter_mut().filter(|draft| draft.what == What::Outcome) {
        let own =
            draft.id.as_ref().map_or_else(|| (outcomes.len() + 1).to_string(), |said| said.words.trim().to_owned());
        outcomes.push((own.trim_matches(['(', ')', '.']).to_owned(), draft));
    }
    for (number, said) in marks {
        match outcomes.iter_mut().find(|(own, _)| *own == number) {
            Some((_, outcome)) => {
                outcome.refs.push(Refs { tie: Tie::Produces, said, ids: vec![id.unwrap_or(title).to_owned()] });
            }
            None => lost.push(said),
        }
    }
    for said in lost {
        rows.leave(&said, "mark", "the process has no such outcome");
    }
}
