//! A table of ours after it was edited, against the one that would be written now: what was changed, cell by cell.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::Said;
use super::super::report::{Action, Line};
use super::super::table::{Cell, Table};
use crate::emit::assessment::sheet::{MADE, mark};

/// What is done with what stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// It names the row.
    Key,
    /// What was changed is taken back.
    Editable,
    /// It is computed from elsewhere, and cannot be changed here.
    Computed,
    /// It is computed too, and where it is other than it would be now, the source has changed since the table was made.
    Witness,
    /// What the row speaks of: where it is other than it would be now, nothing of the row is taken back.
    Ground,
    /// Names with commas between: what several tables name is joined.
    Names,
    /// Marks of what the row said when it was written.
    Marks,
}

/// Rows of one kind, which stand in tables that have all their heads.
#[derive(Debug)]
pub struct Part {
    /// The heads that name a row; where the first has no column, the table is called by it.
    pub keys: &'static [&'static str],
    /// Heads that tell its tables from those of other parts.
    pub others: &'static [&'static str],
    /// The heads of which marks are kept, in their order.
    pub marked: fn() -> Vec<&'static str>,
    /// The heads under which a row says what it is there for, where rows may be added: a blank one is a place for more.
    pub grows_by: &'static [&'static str],
}

impl Part {
    fn is_head(&self, heads: &[String]) -> bool {
        self.keys.iter().skip(1).chain(self.others).all(|key| heads.iter().any(|head| head == key))
            && (self.keys.len() > 1 || self.keys.iter().all(|key| heads.iter().any(|head| head == key)))
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The part that it is of, by its position.
    pub part: usize,
    /// The source that it is from, by its position.
    source: usize,
    /// What names it.
    pub key: Vec<String>,
    /// Each cell under its head, blank ones too.
    pub cells: Vec<(String, Said)>,
    /// The marks of what stood under some heads when it was written.
    marks: Vec<(&'static str, String)>,
}

impl Row {
    /// What stands under a head.
    pub fn get(&self, head: &str) -> Option<&Said> {
        self.cells.iter().find(|(other, _)| other == head).map(|(_, said)| said)
    }

    /// Its words under a head, as they are compared; nothing where there is no such column.
    pub fn words(&self, head: &str) -> String {
        self.get(head).map(|said| plain(&said.words)).unwrap_or_default()
    }

    /// Whether words are those that stood under a head when it was written; nothing where that is not known.
    fn was(&self, head: &str, words: &str) -> Option<bool> {
        let kept = self.marks.iter().find(|(other, _)| *other == head);
        kept.map(|(_, kept)| *kept == mark(words))
    }

    fn is_new(&self) -> bool {
        self.key.last().is_some_and(String::is_empty)
    }
}

/// The rows of tables, and what stands in them outside of rows.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The rows, in the order of the source.
    pub rows: Vec<Row>,
    /// What became of other cells.
    pub lines: Vec<Line>,
    /// What else there is to tell.
    pub remarks: Vec<String>,
    at: FxHashMap<(usize, Vec<String>), Vec<usize>>,
}

impl Rows {
    /// The rows of the tables of each source. Where the first key of a part has no column, the table is called by it: as
    /// one of `names`, of which a sheet has but the begin. `known` is the head that some words stand for.
    pub fn of(sources: Vec<Vec<Table>>, parts: &[Part], known: fn(&str) -> String, names: &[String]) -> Rows {
        let mut found = Rows::default();
        for (source, tables) in sources.into_iter().enumerate() {
            for table in tables {
                found.table(source, table, parts, known, names);
            }
        }
        for (at, row) in found.rows.iter().enumerate() {
            found.at.entry((row.part, row.key.clone())).or_default().push(at);
        }
        found
    }

    fn table(&mut self, source: usize, table: Table, parts: &[Part], known: fn(&str) -> String, names: &[String]) {
        self.remarks.extend(table.remarks.iter().map(|remark| format!("{}: {remark}", table.name)));
        let heads = |row: &Vec<Cell>| row.iter().map(|cell| known(&plain(&cell.said.words))).collect::<Vec<_>>();
        let found = table.rows.iter().enumerate().find_map(|(at, row)| {
            let heads = heads(row);
            parts.iter().position(|part| part.is_head(&heads)).map(|part| (at, part, heads))
        });
        let Some((at, part, heads)) = found else {
            self.remarks.push(format!("{}: nothing of it can be taken back", table.name));
            return;
        };
        for cell in table.rows[..=at].iter().flatten().filter(|cell| !cell.is_blank()) {
            self.tell(Action::Taken, "head", String::new(), &cell.said, "");
        }
        let name = names.iter().find(|name| name.chars().take(31).eq(table.name.chars())).cloned();
        for cells in table.rows.into_iter().skip(at + 1) {
            let row = Row { part, source, ..Row::default() };
            self.row(row, &parts[part], &heads, name.as_deref(), cells);
        }
    }

    fn row(&mut self, mut row: Row, part: &Part, heads: &[String], name: Option<&str>, cells: Vec<Cell>) {
        if cells.iter().all(Cell::is_blank) {
            return;
        }
        let first = cells.iter().find(|cell| !cell.is_blank()).map(|cell| cell.said.place.clone()).unwrap_or_default();
        let mut cells = cells.into_iter();
        for head in heads {
            let mut said = cells.next().map(|cell| cell.said).unwrap_or_default();
            if said.is_blank() {
                said.place = format!("{first}, row, “{head}”");
            }
            if !head.is_empty() {
                row.cells.push((head.clone(), said));
            } else if !said.is_blank() {
                self.tell(Action::LeftOut, "cell", String::new(), &said, "its column has no head");
            }
        }
        for cell in cells.filter(|cell| !cell.is_blank()) {
            self.tell(Action::LeftOut, "cell", String::new(), &cell.said, "its column has no head");
        }
        let of_key =
            |key: &&str| row.get(key).map_or_else(|| name.unwrap_or_default().to_owned(), |said| plain(&said.words));
        row.key = part.keys.iter().map(of_key).collect();
        let marked = (part.marked)();
        let marks: Vec<String> = row.words(MADE).split_whitespace().map(str::to_owned).collect();
        if marks.len() == marked.len() {
            row.marks = marked.into_iter().zip(marks).collect();
        }
        self.rows.push(row);
    }

    fn tell(&mut self, action: Action, what: &str, id: String, said: &Said, note: &str) {
        self.lines.push(line(action, what, &id, said, note));
    }

    /// The row of a key, where it is there once.
    pub fn find(&self, part: usize, key: &[String]) -> Option<&Row> {
        match self.at.get(&(part, key.to_vec())).map(Vec::as_slice) {
            Some([only]) => self.rows.get(*only),
            _ => None,
        }
    }

    /// Whether a row stands in its source twice.
    fn is_twice(&self, row: &Row) -> bool {
        let same = self.at.get(&(row.part, row.key.clone())).into_iter().flatten();
        same.filter(|at| self.rows[**at].source == row.source).count() > 1
    }

    /// How many rows of parts that do not grow are not among those of others, of what these speak of.
    fn missing(&self, given: &Rows, parts: &[Part]) -> usize {
        let about = |row: &Row| (row.part, row.key.first().cloned());
        let spoken: FxHashSet<(usize, Option<String>)> = given.rows.iter().map(about).collect();
        let is_missing = |row: &&Row| {
            parts[row.part].grows_by.is_empty()
                && spoken.contains(&about(row))
                && !given.at.contains_key(&(row.part, row.key.clone()))
        };
        self.rows.iter().filter(is_missing).count()
    }
}

fn line(action: Action, what: &str, id: &str, said: &Said, note: &str) -> Line {
    Line { action, what: what.to_owned(), id: id.to_owned(), place: said.place.clone(), note: note.to_owned() }
}

/// The words of a cell as they are compared: without what keeps a spreadsheet from running them, and blanks at ends.
pub fn plain(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace(['\r', '\u{b}'], "\n").replace('\u{a0}', " ");
    let mut out = String::with_capacity(words.len());
    let mut before = '\n';
    let mut rest = words.chars().peekable();
    while let Some(character) = rest.next() {
        let is_guard = character == '\''
            && matches!(before, '\n' | ';' | '\t')
            && rest.peek().is_some_and(|next| "=+-@＝＋－＠\t\n".contains(*next));
        if !is_guard {
            out.push(character);
        }
        before = character;
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A row of which cells were edited.
#[derive(Clone, Debug)]
pub struct Change {
    /// As it would be written now; without cells where it is new.
    pub now: Row,
    /// The heads of what was edited, and what they are to say.
    pub edits: Vec<(String, Said)>,
}

impl Change {
    /// What stands under a head after the edit.
    pub fn wants(&self, head: &str) -> String {
        let edited = self.edits.iter().find(|(other, _)| other == head).map(|(_, said)| plain(&said.words));
        edited.unwrap_or_else(|| self.now.words(head))
    }

    /// The edit under a head.
    pub fn edit(&self, head: &str) -> Option<&Said> {
        self.edits.iter().find(|(other, _)| other == head).map(|(_, said)| said)
    }

    /// Whether the row is new.
    pub fn is_new(&self) -> bool {
        self.now.cells.is_empty()
    }

    /// What the row is called in reports.
    pub fn id(&self) -> String {
        id(&self.now)
    }
}

fn id(row: &Row) -> String {
    row.key.iter().filter(|key| !key.is_empty()).cloned().collect::<Vec<_>>().join(":")
}

/// What was edited, and what became of all that was not.
#[derive(Debug, Default)]
pub struct Compared {
    /// The rows that were edited.
    pub changes: Vec<Change>,
    /// What became of each other cell.
    pub lines: Vec<Line>,
    /// How many edits met a source that has changed, or one another.
    pub conflicts: usize,
    /// How many rows were not given.
    pub missing: usize,
}

/// What columns are, and what in them means the same.
pub struct Rules<'r> {
    /// The parts.
    pub parts: &'r [Part],
    /// What is done with what stands under a head of a part.
    pub column: &'r dyn Fn(usize, &str) -> Column,
    /// Whether two words under a head mean the same.
    pub means: &'r dyn Fn(&str, &str, &str) -> bool,
}

/// Compares what is given with what would be written now, and, where it is known, with what it was edited from.
pub fn compare(now: &Rows, given: &Rows, base: Option<&Rows>, rules: &Rules<'_>) -> Compared {
    let mut compared = Compared { missing: now.missing(given, rules.parts), ..Compared::default() };
    for row in &given.rows {
        let there = now.find(row.part, &row.key);
        let part = &rules.parts[row.part];
        let is_new = !part.grows_by.is_empty() && (row.is_new() || part.keys.len() == 1);
        let why = match there {
            Some(_) if given.is_twice(row) => "the table has this row twice",
            Some(there) => {
                compared.row(there, row, base.map(|base| base.find(row.part, &row.key)), rules);
                continue;
            }
            None if is_new => {
                compared.new_row(now, row, rules);
                continue;
            }
            None => "the source has no such row now",
        };
        for (head, said) in row.cells.iter().filter(|(_, said)| !said.is_blank()) {
            compared.lines.push(line(Action::LeftOut, &format!("“{head}”"), &id(row), said, why));
        }
    }
    compared.merge(rules);
    compared
}

impl Compared {
    fn row(&mut self, now: &Row, given: &Row, base: Option<Option<&Row>>, rules: &Rules<'_>) {
        let column = |head: &str| (rules.column)(now.part, head);
        let is_other = |head: &str, said: &Said| plain(&said.words) != now.words(head);
        let differs = |kind: Column| {
            let mut known = given.cells.iter().filter(|(head, _)| now.get(head).is_some());
            known.find(|(head, said)| column(head) == kind && is_other(head, said))
        };
        let is_moved = base.is_none() && differs(Column::Witness).is_some();
        let ground = differs(Column::Ground).map(|(head, said)| match given.was(head, &plain(&said.words)) {
            Some(true) => "conflict: its wording has changed since the table was made: look at it again",
            _ => "conflict: the wording in this row is not that of the source",
        });
        let is_marked = !(rules.parts[now.part].marked)().is_empty();
        let mut edits = Vec::new();
        for (head, said) in &given.cells {
            let words = plain(&said.words);
            let mut tell = |action: Action, note: &str| {
                if !said.is_blank() || action != Action::Taken {
                    self.lines.push(line(action, &format!("“{head}”"), &id(given), said, note));
                }
            };
            if now.get(head).is_none() {
                if !said.is_blank() {
                    tell(Action::LeftOut, "the source has no such column now");
                }
                continue;
            }
            let there = now.words(head);
            if words == there || (rules.means)(head, &words, &there) {
                tell(Action::Taken, "");
                continue;
            }
            let old = base.map(|row| row.map(|row| row.words(head)).unwrap_or_default());
            let was = |words: &str| old.as_deref().map(|old| old == words).or_else(|| given.was(head, words));
            let is_blind = is_marked && !there.is_empty() && was(&there).is_none();
            match column(head) {
                Column::Key | Column::Marks => tell(Action::Taken, ""),
                _ if was(&words) == Some(true) => {
                    tell(Action::Changed, "it was not edited; the source says otherwise since");
                }
                Column::Computed | Column::Witness | Column::Ground => {
                    tell(
                        Action::LeftOut,
                        "it is computed, and cannot be changed here: change what it is computed from",
                    );
                }
                Column::Editable | Column::Names
                    if is_moved || ground.is_some() || is_blind || was(&there) == Some(false) =>
                {
                    self.conflicts += 1;
                    let note = match (is_moved, ground) {
                        (true, _) => {
                            "conflict: the source has changed since the table was made; make it again".to_owned()
                        }
                        (_, Some(ground)) => ground.to_owned(),
                        _ => format!("conflict: the source says now “{}”", there.replace('\n', " / ")),
                    };
                    tell(Action::LeftOut, &note);
                }
                Column::Editable | Column::Names => edits.push((head.clone(), said.clone())),
            }
        }
        if !edits.is_empty() {
            self.changes.push(Change { now: now.clone(), edits });
        }
    }

    /// A row that is not there; one that says nothing is a place that was not used, and one that says what another says
    /// in its place is that.
    fn new_row(&mut self, now: &Rows, given: &Row, rules: &Rules<'_>) {
        let is_edit = |head: &str| matches!((rules.column)(given.part, head), Column::Editable | Column::Names);
        let said: Vec<&(String, Said)> = given.cells.iter().filter(|(_, said)| !said.is_blank()).collect();
        let place = |row: &Row| row.key.split_last().map(|(_, place)| place.to_vec());
        let says_so = |row: &Row, head: &str, words: &str| {
            row.words(head) == words || (rules.means)(head, &row.words(head), words)
        };
        let is_it = |row: &&Row| {
            row.part == given.part
                && !row.is_new()
                && place(row) == place(given)
                && said
                    .iter()
                    .filter(|(head, _)| (rules.column)(given.part, head) == Column::Editable)
                    .all(|(head, said)| says_so(row, head, &plain(&said.words)))
        };
        let is_used = rules.parts[given.part].grows_by.iter().any(|head| !given.words(head).is_empty());
        let is_new = is_used && !(given.is_new() && now.rows.iter().any(|row| is_it(&row)));
        // Of a row that has a name of its own, that is new too.
        let is_said = |head: &str| is_edit(head) || !given.is_new() && rules.parts[given.part].keys.contains(&head);
        let (edits, others): (Vec<_>, Vec<_>) = said.into_iter().partition(|(head, _)| is_new && is_said(head));
        for (head, said) in others {
            self.lines.push(line(Action::Taken, &format!("“{head}”"), &id(given), said, ""));
        }
        if is_new {
            let now = Row { cells: Vec::new(), ..given.clone() };
            self.changes.push(Change { now, edits: edits.into_iter().cloned().collect() });
        }
    }

    /// Joins what several tables say of one row: what they say alike is said once, names are joined, and what differs is
    /// left to those who have to agree on it.
    fn merge(&mut self, rules: &Rules<'_>) {
        let mut merged: Vec<Change> = Vec::new();
        let mut at: FxHashMap<(usize, Vec<String>, String), usize> = FxHashMap::default();
        for change in std::mem::take(&mut self.changes) {
            // New rows that have no name of their own are told apart by all that they say.
            let said = change.edits.iter().map(|(head, said)| format!("{head}\t{}\n", plain(&said.words)));
            let said = if change.now.is_new() { said.collect() } else { String::new() };
            match at.entry((change.now.part, change.now.key.clone(), said)) {
                Entry::Vacant(place) => {
                    place.insert(merged.len());
                    merged.push(change);
                }
                Entry::Occupied(place) => {
                    let first = &mut merged[*place.get()];
                    for (head, said) in change.edits {
                        self.join(first, head, said, rules);
                    }
                }
            }
        }
        merged.retain(|change| !change.edits.is_empty());
        self.changes = merged;
    }

    fn join(&mut self, first: &mut Change, head: String, said: Said, rules: &Rules<'_>) {
        let what = format!("“{head}”");
        let id = first.id();
        let Some(at) = first.edits.iter().position(|(other, _)| *other == head) else {
            // What two tables do not agree on is taken from neither.
            let is_disputed =
                self.lines.iter().any(|line| line.what == what && line.id == id && line.note.contains(DISPUTED));
            match is_disputed {
                true => self.dispute(&what, &id, &said, ""),
                false => first.edits.push((head, said)),
            }
            return;
        };
        let (one, other) = (plain(&first.edits[at].1.words), plain(&said.words));
        if one == other || (rules.means)(&head, &one, &other) {
            self.lines.push(line(Action::Taken, &what, &id, &said, "another table says the same"));
        } else if (rules.column)(first.now.part, &head) == Column::Names {
            let there = first.now.words(&head);
            first.edits[at].1.words = joined(&there, &one, &other);
            self.lines.push(line(Action::Merged, &what, &id, &said, "joined with what another table names"));
        } else {
            let (_, before) = first.edits.remove(at);
            self.dispute(&what, &id, &before, &other);
            self.dispute(&what, &id, &said, &one);
        }
    }

    fn dispute(&mut self, what: &str, id: &str, said: &Said, other: &str) {
        self.conflicts += 1;
        let note = format!("{DISPUTED} “{}”: agree on one", other.replace('\n', " / "));
        self.lines.push(line(Action::LeftOut, what, id, said, &note));
    }
}

/// How it begins that two tables say different things.
const DISPUTED: &str = "conflict: another table says";

/// The names in a cell.
pub fn names(words: &str) -> impl Iterator<Item = &str> {
    words.split([',', ';', '\n', ' ', '\t']).filter(|name| !name.is_empty())
}

/// What two tables name: all that either added, and nothing that either took away.
fn joined(there: &str, one: &str, other: &str) -> String {
    let mut all: Vec<&str> = Vec::new();
    let has = |words: &str, name: &str| names(words).any(|other| other == name);
    for name in names(one).chain(names(other)) {
        let is_taken_away = has(there, name) && !(has(one, name) && has(other, name));
        if !is_taken_away && !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}
