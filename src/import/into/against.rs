//! A table of ours after it was edited, against the one that would be written now: what was changed, cell by cell.

use rustc_hash::FxHashMap;

use super::super::draft::Said;
use super::super::report::{Action, Line};
use super::super::table::{Cell, Table};

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
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What names it.
    pub key: Vec<String>,
    /// Each cell under its head, blank ones too.
    pub cells: Vec<(String, Said)>,
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
    at: FxHashMap<Vec<String>, Vec<usize>>,
}

impl Rows {
    /// The rows of tables below the heads `keys`, which name them. Where the first of these has no column, the table is
    /// called by it: as one of `names`, of which a sheet has but the begin.
    pub fn of(tables: Vec<Table>, keys: &[&str], names: &[String]) -> Rows {
        let mut found = Rows::default();
        for table in tables {
            found.remarks.extend(table.remarks.iter().map(|remark| format!("{}: {remark}", table.name)));
            let is_head = |row: &Vec<Cell>| keys[1..].iter().all(|key| row.iter().any(|cell| head(cell) == *key));
            let Some(at) = table.rows.iter().position(is_head) else {
                found.remarks.push(format!("{}: nothing of it can be taken back", table.name));
                continue;
            };
            let heads: Vec<String> = table.rows[at].iter().map(head).collect();
            for cell in table.rows[..=at].iter().flatten().filter(|cell| !cell.is_blank()) {
                found.tell(Action::Taken, "head", String::new(), &cell.said, "");
            }
            let name = names.iter().find(|name| name.chars().take(31).eq(table.name.chars())).cloned();
            for cells in table.rows.into_iter().skip(at + 1) {
                found.row(keys, &heads, name.as_deref(), cells);
            }
        }
        for (at, row) in found.rows.iter().enumerate() {
            found.at.entry(row.key.clone()).or_default().push(at);
        }
        found
    }

    fn row(&mut self, keys: &[&str], heads: &[String], name: Option<&str>, cells: Vec<Cell>) {
        if cells.iter().all(Cell::is_blank) {
            return;
        }
        let first = cells.iter().find(|cell| !cell.is_blank()).map(|cell| cell.said.place.clone()).unwrap_or_default();
        let mut row = Row::default();
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
        row.key = keys.iter().map(of_key).collect();
        self.rows.push(row);
    }

    fn tell(&mut self, action: Action, what: &str, id: String, said: &Said, note: &str) {
        self.lines.push(line(action, what, &id, said, note));
    }

    /// The row of a key, where it is there once.
    pub fn find(&self, key: &[String]) -> Option<&Row> {
        match self.at.get(key).map(Vec::as_slice) {
            Some([only]) => self.rows.get(*only),
            _ => None,
        }
    }
}

fn line(action: Action, what: &str, id: &str, said: &Said, note: &str) -> Line {
    Line { action, what: what.to_owned(), id: id.to_owned(), place: said.place.clone(), note: note.to_owned() }
}

fn head(cell: &Cell) -> String {
    plain(&cell.said.words)
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
    /// As it would be written now.
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

    /// What the row is called in reports.
    pub fn id(&self) -> String {
        self.now.key.join(":")
    }
}

/// What was edited, and what became of all that was not.
#[derive(Debug, Default)]
pub struct Compared {
    /// The rows that were edited.
    pub changes: Vec<Change>,
    /// What became of each other cell.
    pub lines: Vec<Line>,
    /// How many edits met a source that has changed.
    pub conflicts: usize,
}

/// Compares what is given with what would be written now, and, where it is known, with what it was edited from.
pub fn compare(
    now: &Rows,
    given: &Rows,
    base: Option<&Rows>,
    column: impl Fn(&str) -> Column,
    means: fn(&str, &str, &str) -> bool,
) -> Compared {
    let mut compared = Compared::default();
    for row in &given.rows {
        let id = row.key.join(":");
        let why = match (now.find(&row.key), given.find(&row.key)) {
            (Some(there), Some(_)) => {
                compared.row(there, row, base.map(|base| base.find(&row.key)), &column, means);
                continue;
            }
            (None, _) => "the statement has no such row now",
            (_, None) => "the table has this row twice",
        };
        for (head, said) in row.cells.iter().filter(|(_, said)| !said.is_blank()) {
            compared.lines.push(line(Action::LeftOut, &format!("“{head}”"), &id, said, why));
        }
    }
    compared
}

impl Compared {
    fn row(
        &mut self,
        now: &Row,
        given: &Row,
        base: Option<Option<&Row>>,
        column: &impl Fn(&str) -> Column,
        means: fn(&str, &str, &str) -> bool,
    ) {
        let id = given.key.join(":");
        let is_other = |head: &str, said: &Said| plain(&said.words) != now.words(head);
        let is_moved = base.is_none()
            && given
                .cells
                .iter()
                .any(|(head, said)| now.get(head).is_some() && column(head) == Column::Witness && is_other(head, said));
        let mut edits = Vec::new();
        for (head, said) in &given.cells {
            let what = format!("“{head}”");
            let words = plain(&said.words);
            let mut tell = |action: Action, note: &str| {
                if !said.is_blank() || action != Action::Taken {
                    self.lines.push(line(action, &what, &id, said, note));
                }
            };
            if now.get(head).is_none() {
                if !said.is_blank() {
                    tell(Action::LeftOut, "the statement has no such column now");
                }
                continue;
            }
            let there = now.words(head);
            if words == there || means(head, &words, &there) {
                tell(Action::Taken, "");
                continue;
            }
            let old = base.map(|row| row.map(|row| row.words(head)).unwrap_or_default());
            match column(head) {
                Column::Key => tell(Action::Taken, ""),
                _ if old.as_deref() == Some(words.as_str()) => {
                    tell(Action::Changed, "it was not edited; the source says otherwise since");
                }
                Column::Computed | Column::Witness => {
                    tell(
                        Action::LeftOut,
                        "it is computed, and cannot be changed here: change what it is computed from",
                    );
                }
                Column::Editable if is_moved || old.is_some_and(|old| old != there) => {
                    self.conflicts += 1;
                    let note = match is_moved {
                        true => "conflict: the source has changed since the table was made; make it again".to_owned(),
                        false => format!("conflict: the source says now “{}”", there.replace('\n', " / ")),
                    };
                    tell(Action::LeftOut, &note);
                }
                Column::Editable => edits.push((head.clone(), said.clone())),
            }
        }
        if !edits.is_empty() {
            self.changes.push(Change { now: now.clone(), edits });
        }
    }
}
