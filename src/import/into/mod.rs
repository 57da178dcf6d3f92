//! Tables of ours, edited elsewhere, back into the package that they are from: a row in [`ALL`] for each.
//!
//! `against` finds what was edited, `source` makes edits of sources that leave all other bytes as they are. What came of
//! them is compiled, and the table of it has to say what was asked for: else nothing is handed over.

mod against;
mod soa;
mod source;

use std::collections::BTreeMap;
use std::io;

use super::draft::Said;
use super::report::{Action, Line, Report};
use super::table::Tables;
use super::{File, Options, Refused, csv, form, ods, xlsx};
use crate::compile::{Checked, Compilation};
use crate::source::{Entry, Files, join};
use crate::span::FileId;
use against::{Change, Column, Rows};
use source::Edits;

/// What some editors put before a text.
const MARK: &str = "\u{feff}";

/// A table of ours that can be read back.
#[derive(Debug)]
pub struct Back {
    /// Its name: the value of `--as`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// The heads that name a row; the first may be the name of its sheet.
    keys: &'static [&'static str],
    /// The table as it would be written now.
    now: fn(&Checked<'_>) -> String,
    /// What is done with what stands under a head.
    column: fn(&Checked<'_>, &str) -> Column,
    /// Whether two words under a head mean the same.
    means: fn(&str, &str, &str) -> bool,
    /// Makes edits of a row that was changed, and tells what became of each cell.
    edit: fn(&Checked<'_>, &Change, &mut Edits<'_>) -> Vec<Told>,
}

/// Every table that can be read back.
pub const ALL: &[Back] = &[soa::SOA];

/// The table of a name.
pub fn find(name: &str) -> Option<&'static Back> {
    ALL.iter().find(|back| back.name == name)
}

/// What became of an edited cell: its head, and why it is left out, or what there is to say of what was taken.
struct Told {
    head: String,
    said: Said,
    outcome: Result<&'static str, String>,
}

/// What came of reading tables back.
#[derive(Debug)]
pub struct Edited {
    /// The files that change, each with its whole text.
    pub files: BTreeMap<String, String>,
    /// What became of each cell.
    pub report: Report,
    /// How many edits met a source that has changed since.
    pub conflicts: usize,
}

/// Reads tables back into the package at a path; `base` is the table as it was before it was edited, where it was kept.
///
/// # Errors
/// Where a file is no table, the package has errors that forbid outputs, or what was asked for cannot be said.
pub fn read(
    back: &Back,
    given: &[File<'_>],
    base: Option<&File<'_>>,
    (files, path): (&dyn Files, &str),
    options: &Options,
) -> Result<Edited, Refused> {
    let compilation = crate::compile(files, path);
    let broken = || Refused::new("the package has errors that have to be mended first", "see `prm check`");
    let checked = compilation.checked().ok_or_else(broken)?;
    let now = now(back, &checked)?;
    let given = rows(back, &checked, given, options)?;
    if given.rows.is_empty() {
        return Err(Refused::new(
            format!("it has no row below the heads {}", back.keys.join(" and ")),
            format!("give the table that `prm build --format {}` wrote", back.name),
        ));
    }
    let base = base.map(|file| rows(back, &checked, &[*file], options)).transpose()?;
    let compared = against::compare(&now, &given, base.as_ref(), |head| (back.column)(&checked, head), back.means);
    let mut lines = given.lines;
    lines.extend(compared.lines);
    let mut edits = Edits::new(checked.sources);
    let asked = edited(back, &checked, &compared.changes, &mut edits, &mut lines);
    let made = texts(files, &checked, edits)?;
    prove(back, (files, path), &made, &compilation, &asked)?;
    Ok(Edited { files: made, report: Report { lines, remarks: given.remarks }, conflicts: compared.conflicts })
}

/// A cell that is to say something: the key of its row, its head, and the words.
type Asked = (Vec<String>, String, String);

/// The rows of tables of ours.
fn rows(back: &Back, checked: &Checked<'_>, files: &[File<'_>], options: &Options) -> Result<Rows, Refused> {
    let program = checked.program;
    let names: Vec<String> = program.catalogs.iter().map(|row| program.name(row.id).to_owned()).collect();
    let mut all = Tables::default();
    for file in files {
        let Tables { tables, lines, remarks } = tables(file, options)?;
        all.tables.extend(tables);
        all.lines.extend(lines);
        all.remarks.extend(remarks);
    }
    let mut rows = Rows::of(all.tables, back.keys, &names);
    rows.lines.extend(all.lines);
    rows.remarks.extend(all.remarks);
    Ok(rows)
}

/// The rows of the table that would be written now.
fn now(back: &Back, checked: &Checked<'_>) -> Result<Rows, Refused> {
    let text = (back.now)(checked);
    if text.is_empty() {
        return Err(Refused::new("the package has no model", "name the package that the table is from"));
    }
    rows(back, checked, &[File { name: "now.csv", bytes: text.as_bytes() }], &Options::default())
}

/// Makes edits of what was changed; what became of each cell is told.
fn edited(
    back: &Back,
    checked: &Checked<'_>,
    changes: &[Change],
    edits: &mut Edits<'_>,
    lines: &mut Vec<Line>,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for change in changes {
        for Told { head, said, outcome } in (back.edit)(checked, change, edits) {
            let (action, note) = match outcome {
                Ok(note) => (Action::Changed, note.to_owned()),
                Err(why) => (Action::LeftOut, why),
            };
            if action == Action::Changed {
                asked.push((change.now.key.clone(), head.clone(), change.wants(&head)));
            }
            lines.push(Line { action, what: format!("“{head}”"), id: change.id(), place: said.place, note });
        }
    }
    asked
}

/// The files that change, each with its whole text.
fn texts(files: &dyn Files, checked: &Checked<'_>, edits: Edits<'_>) -> Result<BTreeMap<String, String>, Refused> {
    let (made, refused) = edits.finish();
    if let Some(span) = refused.first() {
        let place = checked.sources.position(*span);
        let file = &checked.sources.file(span.file).path;
        return Err(Refused::new(
            format!("a comment or a note would go with the statement at {file}:{}", place.line),
            "put it before the statement, and import again",
        ));
    }
    // A byte-order mark is no part of a source, and stays all the same.
    let marked = |(id, text): (FileId, String)| {
        let source = checked.sources.file(id);
        let path = join(&source.folder, &source.path);
        let has_mark = files.read(&path).is_ok_and(|bytes| bytes.starts_with(MARK.as_bytes()));
        let text = if has_mark { format!("{MARK}{text}") } else { text };
        (path, text)
    };
    Ok(made.into_iter().map(marked).collect())
}

/// The tables of a file.
fn tables(file: &File<'_>, options: &Options) -> Result<Tables, Refused> {
    match form(file.name).map(|importer| importer.name) {
        Some("xlsx") => xlsx::tables(file, options),
        Some("ods") => ods::tables(file, options),
        _ => csv::tables(file, options),
    }
}

/// That the package with its new files says what was asked for.
fn prove(
    back: &Back,
    (files, path): (&dyn Files, &str),
    made: &BTreeMap<String, String>,
    before: &Compilation,
    asked: &[Asked],
) -> Result<(), Refused> {
    if made.is_empty() {
        return Ok(());
    }
    let after = crate::compile(&Over { files, made }, path);
    let help = "change it in the source; tell us of it, if the table can say it";
    let Some(checked) = after.checked() else {
        let known: Vec<&str> = before.diagnostics.iter().map(|found| found.message.as_ref()).collect();
        let new = after.diagnostics.iter().find(|found| !known.contains(&found.message.as_ref()));
        let what = new.map(|found| found.message.to_string()).unwrap_or_default();
        return Err(Refused::new(format!("the package would have an error: {what}"), help));
    };
    let now = now(back, &checked)?;
    let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    for (key, head, wanted) in asked {
        let says = now.find(key).map(|row| row.words(head)).unwrap_or_default();
        let is_same = one_line(&says) == one_line(wanted) || (back.means)(head, &says, wanted);
        if !is_same {
            return Err(Refused::new(
                format!(
                    "“{head}” of {} would say “{}” in place of “{}”",
                    key.join(":"),
                    one_line(&says),
                    one_line(wanted)
                ),
                help,
            ));
        }
    }
    Ok(())
}

/// Files with some of them changed.
struct Over<'a> {
    files: &'a dyn Files,
    made: &'a BTreeMap<String, String>,
}

impl Files for Over<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.made.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.files.read(path),
        }
    }

    fn read_given(&self, path: &str) -> io::Result<Vec<u8>> {
        if self.made.contains_key(path) { self.read(path) } else { self.files.read_given(path) }
    }

    fn read_below(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        match self.made.get(&join(folder, path)) {
            Some(text) => Ok(Some(text.clone().into_bytes())),
            None => self.files.read_below(folder, path),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn real(&self, path: &str) -> String {
        self.files.real(path)
    }
}
