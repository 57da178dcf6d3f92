//! A table of processes: a row for each process, outcome or practice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::{Draft, Fact, Said, Tie, What};
use super::super::heads::Head;
use super::super::ids::split;
use super::super::report::Action;
use super::super::settle::refs;
use super::{Headed, Rows, practices};

const USED: &[Head] = &[
    Head::Id,
    Head::Title,
    Head::Text,
    Head::Group,
    Head::Process,
    Head::ProcessName,
    Head::Purpose,
    Head::Context,
    Head::OutcomeNumber,
    Head::Outcome,
    Head::PracticeId,
    Head::Practice,
    Head::Achieves,
    Head::Requirements,
    Head::Partly,
    Head::Consumes,
    Head::Produces,
    Head::Note,
];

/// Where groups and processes stand among the drafts, by what they are called.
#[derive(Debug, Default)]
pub(super) struct Index {
    groups: FxHashMap<String, usize>,
    ids: FxHashMap<String, At>,
    names: FxHashMap<String, At>,
    /// The process that was read last.
    pub(super) last: Option<At>,
    /// Information items, by their ids or titles.
    pub(super) items: FxHashSet<String>,
}

impl Index {
    /// Where the process of an id or a name stands.
    pub(super) fn at(&self, id: &str) -> Option<At> {
        self.ids.get(id).or_else(|| self.names.get(id)).copied()
    }
}

/// Where a process stands: in a group, or alone.
pub(super) type At = (Option<usize>, usize);

pub(super) fn read(headed: &Headed, rows: &mut Rows) {
    // A table that names no process is of the one before it.
    let names_some = [Head::Id, Head::Process, Head::ProcessName, Head::Title, Head::Purpose];
    let names_some = names_some.into_iter().any(|head| headed.has(head));
    let mut last: Option<At> = rows.known.last.filter(|_| !names_some);
    let mut last_group: Option<usize> = None;
    let has_name = headed.has(Head::ProcessName) || headed.has(Head::Title);
    let name_of = |row| {
        let title = || headed.cell(row, Head::Title).filter(|_| !headed.has(Head::ProcessName));
        headed.cell(row, Head::ProcessName).or_else(title)
    };
    // An id beside outcomes is that of the process; that of the outcome, where rows go on below the name of a process.
    let are_numbers = headed.has(Head::Process)
        || has_name
            && headed.has(Head::Outcome)
            && headed.rows.iter().any(|row| {
                headed.cell(row, Head::Id).is_some()
                    && headed.cell(row, Head::Outcome).is_some()
                    && name_of(row).is_none_or(|name| name.is_told)
            });
    for row in &headed.rows {
        if let Some(said) = headed.cell(row, Head::Group) {
            last_group = Some(group(rows, said));
        }
        let said = headed.cell(row, Head::Process).or_else(|| headed.cell(row, Head::Id).filter(|_| !are_numbers));
        let (mut id, mut name) = (said.cloned(), name_of(row).cloned());
        if let Some(said) = said.filter(|_| !has_name) {
            // One column for both: "COM.01 Communication", "Communication".
            match split(&said.words) {
                (Some(first), title) => {
                    id = Some(said.part(first));
                    name = Some(Said { words: title.to_owned(), ..said.clone() });
                }
                (None, words)
                    if words.contains(char::is_whitespace)
                        || !words.contains(|c: char| c.is_ascii_digit() || c == '.') =>
                {
                    (id, name) = (None, Some(said.clone()));
                }
                (None, _) => {}
            }
        }
        let purpose = headed.cell(row, Head::Purpose).filter(|said| !said.is_told);
        let is_new = id.is_some() || name.is_some() || purpose.is_some();
        let of_practice = headed.cell(row, Head::Practice).and_then(|said| practices::process_of(&said.words));
        let at = match of_practice.and_then(|id| rows.known.at(id)).or(last) {
            Some(at) if !is_new => at,
            _ => process(rows, last_group, id.as_ref(), name.as_ref()),
        };
        last = Some(at);
        rows.known.last = last;
        fill(headed, row, rows, at, (id.as_ref(), name.as_ref()), are_numbers);
    }
}

/// The group of a name, anew or again.
fn group(rows: &mut Rows, said: &Said) -> usize {
    let words = said.words.trim();
    if let Some(at) = rows.known.groups.get(words).copied() {
        rows.tell(Action::Merged, "name of a group", "", said, "it is stated before");
        return at;
    }
    let mut draft = Draft::new(What::Group);
    let (id, title) = split(words);
    draft.id = id.map(|id| said.part(id));
    if id.is_none() && words.len() <= 5 && words.chars().all(|character| character.is_ascii_uppercase()) {
        draft.id = Some(said.part(words));
    }
    draft.title = Some(Said { words: title.to_owned(), ..said.clone() });
    rows.drafts.push(draft);
    rows.known.groups.insert(words.to_owned(), rows.drafts.len() - 1);
    rows.drafts.len() - 1
}

/// The process of an id, or of a name where it has none, anew or again.
fn process(rows: &mut Rows, group: Option<usize>, id: Option<&Said>, name: Option<&Said>) -> At {
    let [id, name] = [id, name].map(|said| said.map(|said| said.words.trim().to_owned()));
    let known = match (&id, &name) {
        (Some(id), _) => rows.known.ids.get(id),
        (None, Some(name)) => rows.known.names.get(name),
        (None, None) => None,
    };
    if let Some(at) = known {
        return *at;
    }
    let draft = Draft::new(What::Process);
    let at = match group {
        Some(group) => {
            rows.drafts[group].inner.push(draft);
            (Some(group), rows.drafts[group].inner.len() - 1)
        }
        None => {
            rows.drafts.push(draft);
            (None, rows.drafts.len() - 1)
        }
    };
    if let Some(id) = id {
        rows.known.ids.insert(id, at);
    }
    if let Some(name) = name {
        rows.known.names.entry(name).or_insert(at);
    }
    at
}

fn fill(
    headed: &Headed,
    row: &[super::Cell],
    rows: &mut Rows,
    at: At,
    (id, name): (Option<&Said>, Option<&Said>),
    are_numbers: bool,
) {
    let mut process = match at {
        (Some(group), inner) => std::mem::replace(&mut rows.drafts[group].inner[inner], Draft::new(What::Process)),
        (None, inner) => std::mem::replace(&mut rows.drafts[inner], Draft::new(What::Process)),
    };
    let is_first = process.id.is_none() && process.title.is_none() && process.inner.is_empty();
    let mut once = |slot: &mut Option<Said>, said: Option<&Said>, what: &str| {
        let Some(said) = said else { return };
        match slot {
            None => *slot = Some(said.clone()),
            Some(before) if before.words.trim() == said.words.trim() => {
                rows.tell(Action::Merged, what, "", said, "it is stated before");
            }
            Some(before) => {
                let note = format!("at {} it is stated otherwise, and that is taken", before.place);
                rows.leave(said, what, &note);
            }
        }
    };
    once(&mut process.id, id, "id of a process");
    once(&mut process.title, name, "name of a process");
    for (head, fact) in [(Head::Purpose, Fact::Purpose), (Head::Context, Fact::Context)] {
        let mut slot = process.facts.iter().position(|(known, _)| *known == fact).map(|at| process.facts.remove(at).1);
        once(&mut slot, headed.cell(row, head), &format!("{} of a process", fact.word()));
        process.facts.extend(slot.map(|said| (fact, said)));
    }
    let requirements: Vec<_> =
        headed.cells(row, Head::Requirements).into_iter().map(|said| refs(Tie::Satisfies, said.clone())).collect();
    let partly: Vec<_> =
        headed.cells(row, Head::Partly).into_iter().map(|said| refs(Tie::Partly, said.clone())).collect();
    let text = headed.cell(row, Head::Outcome);
    let mut outcomes = text.map(|said| outcomes(said, headed.cell(row, Head::OutcomeNumber))).unwrap_or_default();
    let mut of_cell = headed.cell(row, Head::Practice).map(practices::practices).unwrap_or_default();
    let mut others = of_cell.split_off(of_cell.len().min(1));
    let practice = of_cell.pop().map(|mut draft| {
        draft.id = headed.cell(row, Head::PracticeId).cloned().or(draft.id);
        for (head, tie) in [(Head::Achieves, Tie::Achieves), (Head::Consumes, Tie::Consumes)] {
            let said = headed.cells(row, head).into_iter();
            draft.refs.extend(said.map(|said| refs(tie, said.clone())));
        }
        draft
    });
    let notes = headed.cells(row, Head::Note).into_iter().map(|said| (Fact::Note, said.clone()));
    let fields = headed.others(row, USED);
    let has_practice = practice.is_some();
    let mut practice = practice;
    let produced: Vec<_> =
        headed.cells(row, Head::Produces).into_iter().map(|said| refs(Tie::Produces, said.clone())).collect();
    // A row that only says more of the outcome above it.
    let goes_on = outcomes.is_empty() && practice.is_none() && id.is_none_or(|said| said.is_told);
    let above = process.inner.last_mut().filter(|last| goes_on && last.what == What::Outcome);
    if let (Some(above), true) = (above, !requirements.is_empty() || !partly.is_empty()) {
        above.refs.extend(requirements.into_iter().chain(partly).chain(produced));
        above.facts.extend(notes);
        above.fields.extend(fields);
    } else {
        match (outcomes.as_mut_slice(), &mut practice) {
            ([only], _) => {
                only.refs.extend(requirements.into_iter().chain(partly));
                only.facts.extend(notes);
                only.fields.extend(fields);
                match &mut practice {
                    Some(practice) => practice.refs.extend(produced),
                    None => only.refs.extend(produced),
                }
            }
            ([], Some(practice)) if others.is_empty() => {
                practice.facts.extend(notes);
                practice.fields.extend(fields);
                practice.refs.extend(produced);
                unplaced(
                    rows,
                    requirements.into_iter().chain(partly).map(|refs| refs.said),
                    "only outcomes satisfy requirements",
                );
            }
            (several, _) => {
                process.facts.extend(notes);
                process.fields.extend(fields);
                let why = if several.is_empty() {
                    "no outcome stands in its row"
                } else {
                    "several outcomes stand in its row, and it does not say which it is of"
                };
                for refs in requirements.into_iter().chain(partly).chain(produced) {
                    let words = match refs.tie {
                        Tie::Produces => "Items in the source",
                        _ => "Traceability in the source",
                    };
                    let note = format!("{words}: {}", refs.ids.join(", "));
                    let said = refs.said.part(note);
                    rows.tell(
                        Action::Changed,
                        refs.tie.words(),
                        "",
                        &refs.said,
                        &format!("{why}; it is a note of the process"),
                    );
                    process.facts.push((Fact::Note, said));
                }
            }
        }
    }
    if !has_practice {
        let of_practice = [Head::PracticeId, Head::Achieves, Head::Consumes]
            .into_iter()
            .flat_map(|head| headed.cells(row, head).into_iter().cloned());
        unplaced(rows, of_practice, "no practice stands in its row");
    }
    if outcomes.is_empty() {
        unplaced(rows, headed.cells(row, Head::OutcomeNumber).into_iter().cloned(), "no outcome stands in its row");
    }
    // A title beside a name, a text beside a purpose.
    let title = headed.cell(row, Head::Title).filter(|_| headed.has(Head::ProcessName));
    let text = headed.cell(row, Head::Text);
    let number = headed.cell(row, Head::Id).filter(|_| are_numbers);
    let mut rest: Vec<&Said> = [title, text, number].into_iter().flatten().collect();
    if let ([only], Some(number)) = (outcomes.as_mut_slice(), number)
        && only.id.as_ref().is_none_or(|id| id.is_told)
    {
        only.id = Some(number.clone());
        rest.retain(|said| *said != number);
    }
    if is_first
        && process.text.is_none()
        && let Some(text) = text
    {
        process.text = Some(text.clone());
        rest.retain(|said| *said != text);
    }
    for said in rest {
        process.facts.push((Fact::Note, said.clone()));
    }
    process.inner.extend(outcomes);
    process.inner.extend(practice);
    process.inner.append(&mut others);
    match at {
        (Some(group), inner) => rows.drafts[group].inner[inner] = process,
        (None, inner) => rows.drafts[inner] = process,
    }
}

fn unplaced(rows: &mut Rows, said: impl IntoIterator<Item = Said>, why: &str) {
    for said in said {
        rows.leave(&said, "cell", why);
    }
}

/// The outcomes of a cell: one, or those of a list in it.
fn outcomes(said: &Said, number: Option<&Said>) -> Vec<Draft> {
    let mut parts = listed(&said.words);
    // "As a result of this process:" is no outcome.
    let leads = |(mark, text): &(Option<String>, String)| mark.is_none() && text.trim_end().ends_with(':');
    let lead = (parts.len() > 1 && leads(&parts[0])).then(|| parts.remove(0).1);
    let doubt = lead.map(|lead| format!("“{}” leads in to the list, and is left out", lead.trim()));
    let said = &Said { doubt: said.doubt.clone().or(doubt), ..said.clone() };
    let several = parts.len() > 1;
    let draft = |(at, (mark, text)): (usize, (Option<String>, String))| {
        let mut draft = Draft::new(What::Outcome);
        draft.id = number.filter(|_| !several).cloned().or_else(|| mark.map(|mark| said.part(mark)));
        draft.text = Some(if at == 0 { Said { words: text, ..said.clone() } } else { said.part(text) });
        draft
    };
    let mut drafts: Vec<Draft> = parts.into_iter().enumerate().map(draft).collect();
    if let (true, Some(number), Some(first)) = (several, number, drafts.first_mut()) {
        first.facts.push((Fact::Note, number.clone()));
    }
    drafts
}

/// The items of a list in a text, each with its mark: "a) …", "1. …", "(2) …", "• …". A text without a list is one.
pub(in crate::import) fn listed(words: &str) -> Vec<(Option<String>, String)> {
    let mut items: Vec<(Option<String>, String)> = Vec::new();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (marked(line), items.last_mut()) {
            (Some((mark, rest)), _) => items.push((mark, rest.to_owned())),
            (None, Some((_, text))) => {
                text.push('\n');
                text.push_str(line);
            }
            (None, None) => items.push((None, line.to_owned())),
        }
    }
    // Only lines that all have marks are a list; a first line without one leads in to it.
    match items.as_slice() {
        [_, _, ..] | [(Some(_), _)] => items,
        _ => vec![(None, words.to_owned())],
    }
}

fn marked(line: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = line.strip_prefix(['•', '–', '—', '·', '▪', '*']).or_else(|| line.strip_prefix("- ")) {
        return Some((None, rest.trim()));
    }
    let open = line.strip_prefix('(').unwrap_or(line);
    let end = open.find([')', '.'])?;
    let (mark, rest) = (&open[..end], &open[end + 1..]);
    let is_mark = !mark.is_empty()
        && mark.len() <= 3
        && (mark.bytes().all(|byte| byte.is_ascii_digit())
            || mark.len() <= 2 && mark.bytes().all(|byte| byte.is_ascii_lowercase()));
    (is_mark && rest.starts_with([' ', '\t', '\u{a0}'])).then(|| (Some(mark.to_owned()), rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn lists_in_cells_are_lists() {
        let items = |words| {
            listed(words)
                .into_iter()
                .map(|(mark, text)| format!("{}|{text}", mark.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(items("a) One.\nb) Two\n   more."), ["a|One.", "b|Two\nmore."]);
        assert_eq!(items("1. One.\n2. Two."), ["1|One.", "2|Two."]);
        assert_eq!(items("• One.\n• Two."), ["|One.", "|Two."]);
        assert_eq!(items("Keys are kept.\nSafely."), ["|Keys are kept.\nSafely."]);
        assert_eq!(items("e.g. keys are kept"), ["|e.g. keys are kept"]);
        assert_eq!(items("3.2 of them"), ["|3.2 of them"]);
    }
}
