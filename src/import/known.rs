//! Catalogs that are known here: what references of a source may mean.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{Catalog, Program, ReqKind};
use crate::source::{Memory, Sources};

/// A catalog that is known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// The package that declares it; `None` where the source itself does.
    pub package: Option<String>,
    /// What people write for its requirements, without the marks between the parts, and their ids.
    ids: FxHashMap<String, String>,
    /// The ids as they stand, with their places in their order, and in that.
    exact: FxHashMap<String, usize>,
    rows: Vec<String>,
    /// What may be excluded of it, in its order, and the control that each adds to.
    controls: Vec<(String, Option<String>)>,
}

impl Known {
    /// A catalog that a source brings along.
    pub fn of(id: &str, ids: impl IntoIterator<Item = (String, String)>) -> Known {
        let mut known = Known { id: id.to_owned(), ..Known::default() };
        for (written, id) in ids {
            known.add(&written, &id);
        }
        known
    }

    fn add(&mut self, written: &str, id: &str) {
        self.ids.entry(bare(written)).or_insert_with(|| id.to_owned());
        self.ids.entry(bare(id)).or_insert_with(|| id.to_owned());
        if !self.exact.contains_key(id) {
            self.exact.insert(id.to_owned(), self.rows.len());
            self.rows.push(id.to_owned());
        }
    }

    /// Says that a row may be excluded, and which control it adds to.
    pub fn add_control(&mut self, id: &str, within: Option<&str>) {
        self.controls.push((id.to_owned(), within.map(str::to_owned)));
    }

    /// What may be excluded of it, in its order, and the control that each adds to.
    pub fn controls(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.controls.iter().map(|(id, within)| (id.as_str(), within.as_deref()))
    }

    /// Whether it has a requirement of exactly this id.
    pub fn has(&self, id: &str) -> bool {
        self.exact.contains_key(id)
    }

    /// The id that is meant: as it stands, or as the standard prints it ("6.1.2 c) 1)", "A.5.1", "Clause 5.1").
    pub fn find(&self, written: &str) -> Option<&str> {
        if let Some((id, _)) = self.exact.get_key_value(written.trim()) {
            return Some(id);
        }
        let bare = bare(written);
        self.ids.get(&bare).map(String::as_str)
    }

    /// The ids that are meant, where not one alone is: those of a range ("A.5.1-A.5.4", "5.1 to 5.4"), or several that
    /// nothing but a blank or a slash tells apart. Empty where one of them is not there, and of what nobody would write: a
    /// small file could mean millions of them.
    pub fn several(&self, written: &str) -> Vec<&str> {
        if written.len() > LONGEST {
            return Vec::new();
        }
        let range = RANGES.iter().flat_map(|mark| written.match_indices(mark)).find_map(|(at, mark)| {
            let (first, last) = (&written[..at], written[at + mark.len()..].trim());
            let first = self.find(first)?;
            // "A.5.1-4" is short for "A.5.1-A.5.4".
            let stem = first.trim_end_matches(|character: char| character.is_ascii_digit());
            let last = self.find(last).or_else(|| self.find(&format!("{stem}{last}")))?;
            self.range(first, last)
        });
        range.unwrap_or_else(|| {
            let parts = written.split(['/', '+', '&', ' ', '\u{a0}']).filter(|part| !part.is_empty());
            parts.map(|part| self.find(part)).collect::<Option<Vec<&str>>>().unwrap_or_default()
        })
    }

    /// The rows from one to another, of those that are as deep as these.
    fn range(&self, first: &str, last: &str) -> Option<Vec<&str>> {
        let at = |id: &str| self.exact.get(id).copied();
        let depth = |id: &str| id.matches('.').count();
        let rows = self.rows.get(at(first)?..=at(last)?)?;
        let found: Vec<&str> = rows.iter().map(String::as_str).filter(|row| depth(row) == depth(first)).collect();
        (depth(first) == depth(last) && (2..=MOST).contains(&found.len())).then_some(found)
    }

    /// How many of these it has.
    pub fn count<'a>(&self, written: impl IntoIterator<Item = &'a str>) -> usize {
        written.into_iter().filter(|written| self.find(written).is_some() || !self.several(written).is_empty()).count()
    }
}

/// The longest reference that may mean several ids, in bytes, and how many a range may be of.
const LONGEST: usize = 200;
const MOST: usize = 1_000;

/// What stands between the first and the last of a range.
const RANGES: &[&str] = &["–", "—", "…", "...", "..", " to ", " through ", " bis ", " à ", "-"];

/// Words before an id that are no part of it.
const WORDS: &[&str] = &[
    "clause",
    "control",
    "annex",
    "section",
    "art",
    "article",
    "§",
    "kapitel",
    "abschnitt",
    "ziffer",
    "artikel",
    "see",
    "siehe",
    "vgl",
    "cf",
    "voir",
    "iso",
    "iso/iec",
    "din",
];

/// Whether a word is the number of a standard: "27001:2022".
fn is_standard(word: &str) -> bool {
    word.split_once(':').is_some_and(|(number, year)| {
        let is_number = |part: &str| part.len() >= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number(number) && is_number(year)
    })
}

/// What is left of an id without the marks between its parts, and without the word that says what it is.
fn bare(written: &str) -> String {
    let words = written.split_whitespace().filter(|word| {
        let word = word.trim_end_matches(['.', ':']);
        !WORDS.contains(&word.to_lowercase().as_str()) && !is_standard(word)
    });
    let kept = words.flat_map(str::chars).map(|character| match character {
        '(' | ')' | '[' | ']' | '§' | ',' => '.',
        other => other.to_ascii_lowercase(),
    });
    let kept: String = kept.collect();
    kept.split('.').filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join(".")
}

/// The catalogs of the packages that come with the compiler, which are the same for every file that is read.
pub fn standard() -> &'static [Known] {
    static CATALOGS: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let uses: String = crate::package::standard_names().iter().map(|package| format!("use {package}\n")).collect();
        let file = "import.prm";
        let compilation = crate::compile(&Memory([(file.to_owned(), uses.into_bytes())].into()), file);
        of_program(&compilation.program, &compilation.sources)
    });
    &CATALOGS
}

/// All catalogs of a program.
pub fn of_program(program: &Program, sources: &Sources) -> Vec<Known> {
    program.catalogs.iter().map(|catalog| known(program, sources, catalog)).collect()
}

fn known(program: &Program, sources: &Sources, of: &Catalog) -> Known {
    let package = program.package(of.origin.package).name.clone();
    let mut known = Known { id: program.name(of.id).to_owned(), package: Some(package), ..Known::default() };
    for row in of.requirements() {
        let requirement = program.requirement(row);
        let id = program.name(requirement.id);
        let label = requirement.label.map(|label| sources.text(label));
        known.add(label.as_deref().unwrap_or(id), id);
        if program.is_tailorable(row) {
            let above = program.standing_in(row).find(|above| program.requirement(*above).kind == ReqKind::Control);
            known.add_control(id, above.map(|above| program.name(program.requirement(above).id)));
        }
    }
    known
}
