//! What others have written, read into `.prm`: one reader a file, a row each in [`ALL`].
//!
//! A reader makes [`draft::Draft`]s, each value with its place in the source; tables go through `rows`. `settle`
//! makes statements of them, which the writer of `.prm` writes, and tells what became of each value. What was written
//! is compiled, so that nothing is handed over that could not be.

mod archive;
mod card;
mod ciso;
mod comments;
mod csv;
mod docx;
pub mod draft;
mod eaten;
pub mod heads;
mod ids;
pub mod into;
mod known;
mod ods;
mod oscal;
pub mod report;
mod reqif;
mod rows;
mod settle;
mod table;
mod tree;
mod xlsx;
mod xml;

pub use comments::comments;
pub use known::Known;
pub use rows::Mapping;
pub use settle::Wanted;

use crate::diagnostic::{Diagnostic, Family, Severity};
use crate::model::Program;
use crate::source::{Memory, Sources};
use crate::writer;
use draft::Draft;
use report::{Line, Report};

/// A form of files that can be read.
#[derive(Debug)]
pub struct Importer {
    /// Its name: the value of `--as`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What names of such files end in.
    pub endings: &'static [&'static str],
    read: fn(&File<'_>, &Options) -> Result<Reading, Refused>,
    /// The tables of a file as they stand, for forms that are made of some.
    tables: Option<ReadTables>,
}

/// Reads the tables of a file as they stand.
type ReadTables = fn(&File<'_>, &Options) -> Result<table::Tables, Refused>;

/// Every form that can be read. Adding a row here is the whole registration.
pub const ALL: &[Importer] = &[
    Importer {
        name: "csv",
        about: "Tables as separated values: catalogs, models, crosswalks, matrices, items, terms",
        endings: &["csv", "tsv", "txt"],
        read: csv::read,
        tables: Some(csv::tables),
    },
    Importer {
        name: "oscal",
        about: "OSCAL in JSON: catalogs, profiles, mappings of catalogs",
        endings: &["json"],
        read: oscal::read,
        tables: None,
    },
    Importer {
        name: "ciso",
        about: "Libraries of CISO Assistant in YAML: frameworks, mappings of frameworks",
        endings: &["yaml", "yml"],
        read: ciso::read,
        tables: None,
    },
    Importer {
        name: "xlsx",
        about: "Workbooks of Excel: such tables, one or several a file",
        endings: &["xlsx", "xlsm", "xltx", "xls"],
        read: xlsx::read,
        tables: Some(xlsx::tables),
    },
    Importer {
        name: "ods",
        about: "Spreadsheets of LibreOffice: such tables",
        endings: &["ods", "ots"],
        read: ods::read,
        tables: Some(ods::tables),
    },
    Importer {
        name: "docx",
        about: "Documents of Word: tables of processes, traceability, terms and definitions",
        endings: &["docx", "docm", "dotx", "doc"],
        read: docx::read,
        tables: Some(docx::tables),
    },
    Importer {
        name: "reqif",
        about: "ReqIF, plain or packed: catalogs, and models where objects are processes and outcomes",
        endings: &["reqif", "reqifz"],
        read: reqif::read,
        tables: None,
    },
];

/// A file to be read.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, as it was given.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What stands under which head.
    pub mapping: Mapping,
    /// The encoding of texts that do not say theirs.
    pub encoding: Option<String>,
    /// What is wanted besides.
    pub wanted: Wanted,
    /// Whether it is one of several files: places say then in which.
    pub is_one_of_several: bool,
}

impl Options {
    /// A place in a file, or a part of it, as it is told.
    fn within(&self, file: &File<'_>, place: &str) -> String {
        if self.is_one_of_several { format!("{}: {place}", file.name) } else { place.to_owned() }
    }
}

/// What a reader found.
#[derive(Debug, Default)]
pub struct Reading {
    /// The elements.
    pub drafts: Vec<Draft>,
    /// What became already of values that no element has.
    pub lines: Vec<Line>,
    /// What is taken for what, for people to look at.
    pub preview: Vec<String>,
    /// What else there is to tell.
    pub remarks: Vec<String>,
    /// Where a value stands, for each value, in the order of the source; empty where the drafts are in that order.
    pub places: Vec<String>,
}

impl Reading {
    fn of(rows: rows::Rows) -> Reading {
        let rows::Rows { drafts, lines, preview, remarks, places, .. } = rows;
        Reading { drafts, lines, preview, remarks, places }
    }

    /// Itself, with what became of other values, and what else there is to tell.
    fn with(mut self, lines: Vec<Line>, remarks: Vec<String>) -> Reading {
        self.lines.extend(lines);
        self.remarks.extend(remarks);
        self
    }
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is in the way, as said of the file.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

impl Refused {
    fn new(problem: impl Into<String>, help: impl Into<String>) -> Refused {
        Refused { problem: problem.into(), help: help.into() }
    }
}

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// The source, in its canonical layout. Empty where nothing could be taken.
    pub text: String,
    /// What became of each value.
    pub report: Report,
    /// What is taken for what.
    pub preview: Vec<String>,
    /// What the compiler says of it, a line each: errors first.
    pub findings: Vec<String>,
}

/// The names that `--map` has for what may stand in a column.
pub fn head_names() -> impl Iterator<Item = &'static str> {
    heads::HEADS.iter().map(|(_, name, _)| *name)
}

/// What may stand in a column, by its name.
pub fn head(name: &str) -> Option<heads::Head> {
    heads::named(name)
}

/// Whether it is an id of the language.
pub fn is_id(id: &str) -> bool {
    ids::is_legal(id)
}

/// The catalogs of a program, as what references of a source may mean.
pub fn known_of(program: &Program, sources: &Sources) -> Vec<Known> {
    known::of_program(program, sources)
}

/// The form of a file, by its name.
pub fn form(name: &str) -> Option<&'static Importer> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    ALL.iter().find(|importer| importer.endings.contains(&ending.as_str()))
}

/// The form of a name.
pub fn find(name: &str) -> Option<&'static Importer> {
    ALL.iter().find(|importer| importer.name == name)
}

/// Reads files of one form into one source. `known` are the catalogs of the package that it is for, besides those that
/// come with the compiler.
///
/// # Errors
/// Where a file is not of the form, is too large for it, or holds nothing; the first is told.
pub fn import(
    importer: &Importer,
    files: &[File<'_>],
    options: &Options,
    known: &[Known],
) -> Result<Imported, (usize, Refused)> {
    let mut reading = Reading::default();
    let options = &Options { is_one_of_several: files.len() > 1, ..options.clone() };
    for (at, file) in files.iter().enumerate() {
        let Reading { drafts, lines, preview, remarks, places } =
            (importer.read)(file, options).map_err(|refused| (at, refused))?;
        reading.drafts.extend(drafts);
        reading.lines.extend(lines);
        reading.preview.extend(preview);
        reading.remarks.extend(remarks);
        reading.places.extend(places);
    }
    let name = files.first().map_or("", |file| file.name);
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut all = known::standard().to_vec();
    all.retain(|standard| known.iter().all(|other| other.id != standard.id));
    all.extend_from_slice(known);
    if let Some(covers) = options.wanted.covers.as_deref() {
        let is_brought = reading.drafts.iter().any(|draft| draft.what == draft::What::Catalog);
        if !is_brought && all.iter().all(|known| known.id != covers) {
            let problem = format!("the catalog `{covers}` that it is to cover is not known");
            return Err((
                0,
                Refused::new(problem, "name one that comes with prm, or the package that has it with `--with`"),
            ));
        }
    }
    let report = Report { lines: reading.lines, remarks: reading.remarks };
    let mut settled = settle::settle(&reading.drafts, stem, &options.wanted, &all, report);
    settled.report.order(&reading.places);
    let text = match settled.entries.is_empty() {
        true => String::new(),
        false => writer::file(&settled.entries).map_err(|fault| {
            (
                0,
                Refused::new(
                    format!("what was read of it cannot be written: {fault}"),
                    "tell us of it: this is a fault of prm",
                ),
            )
        })?,
    };
    let findings = if known.is_empty() { findings(&text) } else { Vec::new() };
    Ok(Imported { text, report: settled.report, preview: reading.preview, findings })
}

/// What the compiler says of a source: what forbids outputs, a line each, and how much else there is.
fn findings(text: &str) -> Vec<String> {
    let file = "imported.prm";
    let compilation = crate::compile(&Memory([(file.to_owned(), text.as_bytes().to_vec())].into()), file);
    let count = |severity| compilation.diagnostics.iter().filter(|found| found.severity == severity).count();
    let is_broken =
        |found: &&Diagnostic| matches!(found.code.family, Family::Syntax | Family::Names | Family::Structure);
    let line = |found: &Diagnostic| {
        let place = compilation.sources.position(found.primary.span);
        format!("line {}: {}[{}]: {}", place.line, found.severity.word(), found.code.code, found.message)
    };
    let mut lines: Vec<String> = compilation.diagnostics.iter().filter(is_broken).map(line).collect();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > lines.len() {
        let [errors, warnings] =
            [(errors, "error"), (warnings, "warning")].map(|(count, word)| report::counted(count, word));
        lines.push(format!("`prm check` tells {errors} and {warnings} of it"));
    }
    lines
}
