//! Tables of ours, edited elsewhere, back into the package that they are from: a row in [`ALL`] for each.
//!
//! `against` finds what was edited, `source` makes edits of sources that leave all other bytes as they are. What came of
//! them is compiled, and the table of it has to say what was asked for: else nothing is handed over.

mod against;
mod ratings;
mod soa;
mod source;

use std::collections::BTreeMap;
use std::io;

use super::draft::Said;
use super::report::{Action, Line, Report};
use super::table::{Table, Tables};
use super::{File, Options, Refused, csv, form, ods, xlsx};
use crate::compile::{Checked, Compilation};
use crate::diagnostic::words;
use crate::source::{Entry, Files, join};
use crate::span::FileId;
use against::{Change, Column, Part, Row, Rows, Rules};
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
    /// How to write it anew.
    made_by: &'static str,
    /// The kinds of its rows.
    parts: &'static [Part],
    /// The head that some words stand for.
    head: fn(&str) -> String,
    /// The tables as they would be written now.
    now: fn(&Checked<'_>) -> Result<Vec<Table>, Refused>,
    /// What is done with what stands under a head of a part.
    column: fn(&Checked<'_>, usize, &str) -> Column,
    /// Whether two words under a head mean the same.
    means: for<'c> fn(&'c Checked<'_>) -> Means<'c>,
    /// Makes edits of the rows that were changed, and tells of each what became of its cells.
    edit: fn(&Checked<'_>, &[Change], &mut Edits<'_>) -> Vec<Vec<Told>>,
}

/// Every table that can be read back.
pub const ALL: &[Back] = &[soa::SOA, ratings::RATINGS];

/// The table of a name.
pub fn find(name: &str) -> Option<&'static Back> {
    ALL.iter().find(|back| back.name == name)
}

/// Whether two words under a head mean the same.
type Means<'c> = Box<dyn Fn(&str, &str, &str) -> bool + 'c>;

/// What became of an edited cell: its head, and why it is left out, or what there is to say of what was taken.
struct Told {
    head: String,
    said: Said,
    outcome: Result<&'static str, String>,
    /// What the table is to say then, where that is not to the letter what the cell says.
    wanted: Option<String>,
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
            format!("it has no row below the heads {}", words::list(back.parts[0].keys, "and", 9).replace('`', "")),
            format!("give the table that `prm build --format {}` wrote", back.made_by),
        ));
    }
    let base = base.map(|file| rows(back, &checked, &[*file], options)).transpose()?;
    let column = |part: usize, head: &str| (back.column)(&checked, part, head);
    let means = (back.means)(&checked);
    let rules = Rules { parts: back.parts, column: &column, means: &means };
    let compared = against::compare(&now, &given, base.as_ref(), &rules);
    let mut lines = given.lines;
    lines.extend(compared.lines);
    let mut edits = Edits::new(checked.sources);
    let asked = edited(back, &checked, &compared.changes, &mut edits, &mut lines);
    let made = texts(files, &checked, edits)?;
    prove(back, (files, path), &made, &compilation, &asked)?;
    let mut remarks = given.remarks;
    if compared.missing > 0 {
        let rows = super::report::counted(compared.missing, "row");
        remarks.push(format!("missing in it: {rows} of what it speaks of; what the source says there stays"));
    }
    Ok(Edited { files: made, report: Report { lines, remarks }, conflicts: compared.conflicts })
}

/// A row that is to say something: which, and the words under each head.
struct Asked {
    part: usize,
    /// Its key, where it is not new.
    key: Option<Vec<String>>,
    id: String,
    says: Vec<(String, String)>,
}

/// The rows of tables of ours.
fn rows(back: &Back, checked: &Checked<'_>, files: &[File<'_>], options: &Options) -> Result<Rows, Refused> {
    let program = checked.program;
    let names: Vec<String> = program.catalogs.iter().map(|row| program.name(row.id).to_owned()).collect();
    let mut all = Tables::default();
    let mut sources = Vec::new();
    for file in files {
        let Tables { tables, lines, remarks } = tables(file, options)?;
        sources.push(tables);
        all.lines.extend(lines);
        all.remarks.extend(remarks);
    }
    let mut rows = Rows::of(sources, back.parts, back.head, &names);
    rows.lines.extend(all.lines);
    rows.remarks.extend(all.remarks);
    Ok(rows)
}

/// The rows of the table that would be written now.
fn now(back: &Back, checked: &Checked<'_>) -> Result<Rows, Refused> {
    Ok(Rows::of(vec![(back.now)(checked)?], back.parts, back.head, &[]))
}

/// Makes edits of what was changed; what became of each cell is told.
fn edited(
    back: &Back,
    checked: &Checked<'_>,
    changes: &[Change],
    edits: &mut Edits<'_>,
    lines: &mut Vec<Line>,
) -> Vec<Asked> {
    let mut all = Vec::new();
    for (change, told) in changes.iter().zip((back.edit)(checked, changes, edits)) {
        // A row that is known by what it says has another name when that was edited.
        let is_renamed = back.parts[change.now.part].grows_by.iter().any(|head| change.edit(head).is_some());
        let is_named = !change.is_new() && !is_renamed;
        let key = is_named.then(|| change.now.key.clone());
        let mut asked = Asked { part: change.now.part, key, id: change.id(), says: Vec::new() };
        for Told { head, said, outcome, wanted } in told {
            let (action, note) = match outcome {
                Ok(note) => (Action::Changed, note.to_owned()),
                Err(why) => (Action::LeftOut, why),
            };
            if action == Action::Changed {
                asked.says.push((head.clone(), wanted.unwrap_or_else(|| change.wants(&head))));
            }
            lines.push(Line { action, what: format!("“{head}”"), id: change.id(), place: said.place, note });
        }
        all.push(asked);
    }
    all
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
    let means = (back.means)(&checked);
    let says = |row: &Row, head: &str, wanted: &str| {
        let words = row.words(head);
        one_line(&words) == one_line(wanted) || means(head, &words, wanted)
    };
    for Asked { part, key, id, says: asked } in asked.iter().filter(|asked| !asked.says.is_empty()) {
        let is_same = |row: &Row| asked.iter().all(|(head, wanted)| says(row, head, wanted));
        let row = match key {
            Some(key) => now.find(*part, key),
            None => now.rows.iter().find(|row| row.part == *part && is_same(row)),
        };
        let is_so = |head: &str, wanted: &str| row.map_or(wanted.is_empty(), |row| says(row, head, wanted));
        let wrong = asked.iter().find(|(head, wanted)| !is_so(head, wanted));
        if let Some((head, wanted)) = wrong {
            let would = row.map(|row| row.words(head)).unwrap_or_default();
            return Err(Refused::new(
                format!("“{head}” of {id} would say “{}” in place of “{}”", one_line(&would), one_line(wanted)),
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
