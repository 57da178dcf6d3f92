//! A table of requirements: a row each, in each other by their ids.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, Fact, Said, What};
use super::super::heads::{self, Head};
use super::super::ids::split;
use super::super::report::Action;
use super::levels::{Open, Row, is_withdrawn};
use super::{Headed, Rows};

const USED: &[Head] = &[
    Head::Id,
    Head::Title,
    Head::Text,
    Head::Kind,
    Head::Parent,
    Head::Note,
    Head::Level(1),
    Head::Level(2),
    Head::Level(3),
];

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

pub(super) fn read(headed: &Headed, is_named: bool, rows: &mut Rows) {
    let are_controls = headed.columns.iter().any(|(head, words)| {
        let words = heads::plain(words);
        matches!(head, Some(Head::Id | Head::Title | Head::Text))
            && ["control", "maßnahme", "mesure"].iter().any(|word| words.contains(word))
    });
    let mut flat: Vec<Row> = Vec::new();
    let mut section = None;
    let mut open = Open::default();
    for cells in &headed.rows {
        open.take(headed, cells, &mut flat, rows);
        let mut draft = Draft::new(What::Requirement);
        draft.id = headed.cell(cells, Head::Id).cloned();
        draft.title = headed.cell(cells, Head::Title).cloned();
        draft.text = headed.cell(cells, Head::Text).cloned();
        draft.facts = headed.cells(cells, Head::Note).into_iter().map(|said| (Fact::Note, said.clone())).collect();
        draft.fields = headed.others(cells, USED);
        let [kind, parent] = [Head::Kind, Head::Parent].map(|head| headed.cell(cells, head));
        let is_nameless = draft.id.is_none() && draft.title.is_none() && draft.text.is_none();
        let is_gone = [&draft.title, &draft.text].into_iter().flatten().any(|said| is_withdrawn(&said.words));
        let why = match open.last() {
            Some(Some(row)) if is_nameless => {
                // Its cells say more of what the columns of levels name.
                flat[row].draft.facts.append(&mut draft.facts);
                flat[row].draft.fields.append(&mut draft.fields);
                Some("its row has no id, no title and no text")
            }
            Some(None) if is_nameless => Some("it is withdrawn"),
            _ if is_gone => Some("it is withdrawn"),
            _ => is_nameless.then_some("its row has no id, no title and no text"),
        };
        if let Some(why) = why {
            let own = [draft.id, draft.title, draft.text].into_iter().flatten();
            let others = draft.facts.into_iter().map(|(_, said)| said);
            let others = others.chain(draft.fields.into_iter().map(|(_, said)| said));
            for said in own.chain(others).chain([kind, parent].into_iter().flatten().cloned()) {
                rows.leave(&said, "cell", why);
            }
            continue;
        }
        let is_alone =
            draft.title.is_none() && draft.text.is_none() && draft.facts.is_empty() && draft.fields.is_empty();
        let mut is_section = false;
        if let Some(said) = draft.id.take_if(|said| is_alone && is_heading(&said.words)) {
            // A row of one cell with words is a heading: "A.5 Organizational controls", "People".
            is_section = true;
            let (id, title) = split(&said.words);
            draft.id = id.map(|id| said.part(id));
            draft.title = Some(Said { words: title.to_owned(), ..said.clone() });
        }
        let known = kind.and_then(|said| of_kind(&said.words)).or(is_section.then_some(What::Clause));
        if let Some(said) = kind {
            match known {
                Some(_) => rows.tell(Action::Merged, "kind of a row", &id_of(&draft), said, "it says what the row is"),
                None => draft.fields.push((head_of(headed, Head::Kind), said.clone())),
            }
        }
        if let Some(said) = parent {
            rows.tell(Action::Merged, "what a row stands in", &id_of(&draft), said, "the row stands in it");
        }
        let parent = parent.map(|said| said.words.trim().to_owned());
        let within = section.filter(|_| !is_section);
        if is_section {
            section = Some(flat.len());
        }
        flat.push(Row { id: id_of(&draft), parent, kind: known, section: within, above: open.within(), draft });
    }
    if flat.is_empty() {
        return;
    }
    let mut catalog = Draft::new(What::Catalog);
    catalog.title = is_named.then(|| of_sheet(&headed.name));
    catalog.inner = nested(flat, are_controls, rows);
    rows.drafts.push(catalog);
}

/// The name of a sheet, which is no value of it.
pub(super) fn of_sheet(name: &str) -> Said {
    Said { words: name.to_owned(), is_told: true, ..Said::default() }
}

/// Whether the words are no id: there are several, or one without a digit.
fn is_heading(words: &str) -> bool {
    let words = words.trim();
    words.contains(char::is_whitespace) && words.chars().any(char::is_alphabetic) && {
        let (id, title) = split(words);
        id.is_none() || title.chars().filter(|character| character.is_alphabetic()).count() > 2
    }
}

fn id_of(draft: &Draft) -> String {
    draft.id.as_ref().map(|said| said.words.trim().to_owned()).unwrap_or_default()
}

fn head_of(headed: &Headed, head: Head) -> String {
    headed.columns.iter().find(|(known, _)| *known == Some(head)).map(|(_, words)| words.clone()).unwrap_or_default()
}

fn of_kind(words: &str) -> Option<What> {
    let words = heads::plain(words);
    let one = words.strip_suffix("ies").map_or_else(|| words.clone(), |stem| format!("{stem}y"));
    KINDS
        .iter()
        .find(|(_, known)| known.iter().any(|word| one == *word || one == format!("{word}s")))
        .map(|(what, _)| *what)
}

/// The rows in each other: where a column says what a row stands in, else below the longest id that begins its own.
fn nested(flat: Vec<Row>, are_controls: bool, rows: &mut Rows) -> Vec<Draft> {
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    for (number, row) in flat.iter().enumerate() {
        if !row.id.is_empty() {
            at.entry(row.id.clone()).or_insert(number);
        }
    }
    // Headings that only the column of parents names.
    let mut headings = Headings::default();
    let mut parents: Vec<Option<Parent>> = Vec::with_capacity(flat.len());
    for (number, row) in flat.iter().enumerate() {
        let stated = row.parent.as_deref().filter(|parent| *parent != row.id.as_str());
        parents.push(match stated {
            Some(parent) => {
                match at.get(parent).or_else(|| at.get(parent.split_whitespace().next().unwrap_or_default())) {
                    Some(row) if *row != number => Some(Parent::Row(*row)),
                    _ => Some(Parent::Heading(headings.of(parent))),
                }
            }
            None => {
                let by_id = || above(&row.id, &at).filter(|row| *row != number);
                row.above.or_else(by_id).or(row.section).map(Parent::Row)
            }
        });
    }
    // What would stand in itself by going round stands at the top.
    let circles: Vec<usize> = (0..flat.len()).filter(|row| goes_round(*row, &parents)).collect();
    for row in circles {
        parents[row] = None;
        rows.remarks.push(format!("`{}` would stand in itself: it stands at the top", flat[row].id));
    }
    let mut has_children = vec![false; flat.len()];
    for parent in parents.iter().flatten() {
        if let Parent::Row(row) = parent {
            has_children[*row] = true;
        }
    }
    let mut drafts: Vec<Option<Draft>> = Vec::with_capacity(flat.len());
    for (Row { kind, mut draft, .. }, has_children) in flat.into_iter().zip(has_children) {
        let otherwise = if are_controls { What::Control } else { What::Requirement };
        draft.what = kind.unwrap_or(if has_children && draft.text.is_none() { What::Clause } else { otherwise });
        drafts.push(Some(draft));
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); headings.drafts.len()];
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
                let mut draft = headings.drafts[heading].clone();
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

/// Headings that no row is, by what they are called.
#[derive(Default)]
struct Headings {
    drafts: Vec<Draft>,
    at: FxHashMap<String, usize>,
}

impl Headings {
    /// The heading of these words: "5 Organizational controls" has an id and a title.
    fn of(&mut self, words: &str) -> usize {
        if let Some(at) = self.at.get(words) {
            return *at;
        }
        let told = |words: &str| Said { words: words.to_owned(), is_told: true, ..Said::default() };
        let (id, title) = split(words);
        let slug = super::super::ids::legal(&words.to_lowercase().replace(' ', "-")).into_owned();
        let mut draft = Draft::new(What::Clause);
        draft.id = Some(told(id.unwrap_or(&slug)));
        draft.title = Some(told(title));
        self.drafts.push(draft);
        self.at.insert(words.to_owned(), self.drafts.len() - 1);
        self.drafts.len() - 1
    }
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
