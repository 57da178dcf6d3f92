//! A table of requirements: a row each, in each other by their ids.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, Fact, Said, What};
use super::super::heads::{self, Head};
use super::{Headed, Rows, left_out};

const USED: &[Head] = &[Head::Id, Head::Title, Head::Text, Head::Kind, Head::Parent, Head::Note];

/// Words by which rows say what they are.
const KINDS: &[(What, &[&str])] = &[
    (
        What::Clause,
        &[
            "clause",
            "heading",
            "function",
            "category",
            "family",
            "group",
            "chapter",
            "section",
            "überschrift",
            "kapitel",
            "titre",
            "chapitre",
        ],
    ),
    (What::Control, &["control", "enhancement", "maßnahme", "mesure", "contrôle"]),
    (What::Requirement, &["requirement", "subcategory", "anforderung", "exigence"]),
];

pub(super) fn read(headed: &Headed<'_>, rows: &mut Rows) {
    let are_controls = headed.columns.iter().any(|(head, words)| {
        let words = heads::plain(words);
        matches!(head, Some(Head::Id | Head::Title | Head::Text))
            && ["control", "maßnahme", "mesure"].iter().any(|word| words.contains(word))
    });
    let mut flat: Vec<(String, Option<String>, Option<What>, Draft)> = Vec::new();
    for row in headed.rows {
        let mut draft = Draft::new(What::Requirement);
        draft.id = headed.cell(row, Head::Id).cloned();
        draft.title = headed.cell(row, Head::Title).cloned();
        draft.text = headed.cell(row, Head::Text).cloned();
        draft.facts = headed.cells(row, Head::Note).map(|said| (Fact::Note, said.clone())).collect();
        draft.fields = headed.others(row, USED);
        if draft.id.is_none() && draft.title.is_none() && draft.text.is_none() {
            let said = draft.facts.iter().map(|(_, said)| said).chain(draft.fields.iter().map(|(_, said)| said));
            rows.lines.extend(
                said.filter(|said| !said.is_told)
                    .map(|said| left_out(said, "cell", "its row has no id, no title and no text")),
            );
            continue;
        }
        let kind = headed.cell(row, Head::Kind);
        let known = kind.and_then(|said| of_kind(&said.words));
        if let Some(said) = kind {
            match known {
                Some(_) => rows.lines.push(super::Line {
                    action: super::Action::Merged,
                    what: "kind of a row".to_owned(),
                    id: id_of(&draft),
                    place: said.place.clone(),
                    note: "it says what the row is".to_owned(),
                }),
                None => draft.fields.push((head_of(headed, Head::Kind), said.clone())),
            }
        }
        let parent = headed.cell(row, Head::Parent).map(|said| {
            rows.lines.push(super::Line {
                action: super::Action::Merged,
                what: "what a row stands in".to_owned(),
                id: id_of(&draft),
                place: said.place.clone(),
                note: String::new(),
            });
            said.words.trim().to_owned()
        });
        flat.push((id_of(&draft), parent, known, draft));
    }
    if flat.is_empty() {
        return;
    }
    let mut catalog = Draft::new(What::Catalog);
    catalog.inner = nested(flat, are_controls, rows);
    rows.drafts.push(catalog);
}

fn id_of(draft: &Draft) -> String {
    draft.id.as_ref().map(|said| said.words.trim().to_owned()).unwrap_or_default()
}

fn head_of(headed: &Headed<'_>, head: Head) -> String {
    headed.columns.iter().find(|(known, _)| *known == Some(head)).map(|(_, words)| words.clone()).unwrap_or_default()
}

fn of_kind(words: &str) -> Option<What> {
    let words = heads::plain(words);
    KINDS
        .iter()
        .find(|(_, known)| known.iter().any(|word| words == *word || words == format!("{word}s")))
        .map(|(what, _)| *what)
}

/// The rows in each other: where a column says what a row stands in, else below the longest id that begins its own.
fn nested(flat: Vec<(String, Option<String>, Option<What>, Draft)>, are_controls: bool, rows: &mut Rows) -> Vec<Draft> {
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    for (number, (id, ..)) in flat.iter().enumerate() {
        if !id.is_empty() {
            at.entry(id.clone()).or_insert(number);
        }
    }
    // Headings that only the column of parents names.
    let mut headings: Vec<(String, Draft)> = Vec::new();
    let mut parents: Vec<Option<Parent>> = Vec::with_capacity(flat.len());
    for (number, (id, parent, ..)) in flat.iter().enumerate() {
        let stated = parent.as_deref().filter(|parent| *parent != id.as_str());
        parents.push(match stated {
            Some(parent) => {
                match at.get(parent).or_else(|| at.get(parent.split_whitespace().next().unwrap_or_default())) {
                    Some(row) if *row != number => Some(Parent::Row(*row)),
                    _ => Some(Parent::Heading(heading(&mut headings, parent))),
                }
            }
            None => above(id, &at).filter(|row| *row != number).map(Parent::Row),
        });
    }
    // What would stand in itself by going round stands at the top.
    let circles: Vec<usize> = (0..flat.len()).filter(|row| goes_round(*row, &parents)).collect();
    for row in circles {
        parents[row] = None;
        rows.remarks.push(format!("`{}` would stand in itself: it stands at the top", flat[row].0));
    }
    let mut has_children = vec![false; flat.len()];
    for parent in parents.iter().flatten() {
        if let Parent::Row(row) = parent {
            has_children[*row] = true;
        }
    }
    let mut drafts: Vec<Option<Draft>> = Vec::with_capacity(flat.len());
    for ((_, _, kind, mut draft), has_children) in flat.into_iter().zip(has_children) {
        let otherwise = if are_controls { What::Control } else { What::Requirement };
        draft.what = kind.unwrap_or(if has_children && draft.text.is_none() { What::Clause } else { otherwise });
        drafts.push(Some(draft));
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); headings.len()];
    let mut top = Vec::new();
    for (row, parent) in parents.iter().enumerate() {
        match parent {
            Some(Parent::Row(parent)) => children[*parent].push(row),
            Some(Parent::Heading(heading)) => {
                if within[*heading].is_empty() {
                    top.push(Err(*heading));
                }
                within[*heading].push(row);
            }
            None => top.push(Ok(row)),
        }
    }
    let mut made = Vec::new();
    for one in top {
        match one {
            Ok(row) => made.extend(gather(row, &mut drafts, &children)),
            Err(heading) => {
                let mut draft = headings[heading].1.clone();
                draft.inner = within[heading].iter().filter_map(|row| gather(*row, &mut drafts, &children)).collect();
                made.push(draft);
            }
        }
    }
    made
}

#[derive(Clone, Copy)]
enum Parent {
    Row(usize),
    Heading(usize),
}

fn goes_round(row: usize, parents: &[Option<Parent>]) -> bool {
    let mut at = row;
    for _ in 0..parents.len().min(64) {
        match parents[at] {
            Some(Parent::Row(above)) if above == row => return true,
            Some(Parent::Row(above)) => at = above,
            _ => return false,
        }
    }
    true
}

/// A heading that no row is, by what it is called: "5 Organizational controls" has an id and a title.
fn heading(headings: &mut Vec<(String, Draft)>, words: &str) -> usize {
    if let Some(at) = headings.iter().position(|(known, _)| known == words) {
        return at;
    }
    let told = |words: &str| Said { words: words.to_owned(), is_told: true, ..Said::default() };
    let (id, title) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let is_id =
        id.chars().any(|character| character.is_ascii_digit()) && super::super::ids::is_legal(id.trim_end_matches('.'));
    let mut draft = Draft::new(What::Clause);
    let slug = super::super::ids::legal(&words.to_lowercase().replace(' ', "-")).into_owned();
    draft.id = Some(told(if is_id { id.trim_end_matches('.') } else { &slug }));
    draft.title = Some(told(if is_id && !title.trim().is_empty() { title.trim() } else { words }));
    headings.push((words.to_owned(), draft));
    headings.len() - 1
}

/// The row with the longest id that begins another, up to a mark between parts.
fn above(id: &str, at: &FxHashMap<String, usize>) -> Option<usize> {
    let marks = id
        .char_indices()
        .filter(|(place, character)| *place > 0 && matches!(character, '.' | '-' | '(' | ' ' | '/'))
        .map(|(place, _)| place);
    let marks: Vec<usize> = marks.collect();
    marks.into_iter().rev().find_map(|place| at.get(id[..place].trim()).copied())
}

fn gather(row: usize, drafts: &mut [Option<Draft>], children: &[Vec<usize>]) -> Option<Draft> {
    let mut draft = drafts[row].take()?;
    draft.inner = children[row].iter().filter_map(|child| gather(*child, drafts, children)).collect();
    Some(draft)
}
