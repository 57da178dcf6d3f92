//! Catalogs that are known here: what references of a source may mean.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

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
    /// The ids as they stand.
    exact: FxHashSet<String>,
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
        self.exact.insert(id.to_owned());
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
        self.exact.contains(id)
    }

    /// The id that is meant: as it stands, or as the standard prints it ("6.1.2 c) 1)", "A.5.1", "Clause 5.1").
    pub fn find(&self, written: &str) -> Option<&str> {
        if let Some(id) = self.exact.get(written.trim()) {
            return Some(id);
        }
        let bare = bare(written);
        self.ids.get(&bare).map(String::as_str)
    }

    /// How many of these it has.
    pub fn count<'a>(&self, written: impl IntoIterator<Item = &'a str>) -> usize {
        written.into_iter().filter(|written| self.find(written).is_some()).count()
    }
}

/// What is left of an id without the marks between its parts, and without the word that says what it is.
fn bare(written: &str) -> String {
    let words = written.split_whitespace().filter(|word| {
        let word = word.trim_end_matches(['.', ':']);
        !["clause", "control", "annex", "section", "art", "article", "§", "kapitel", "abschnitt", "ziffer", "artikel"]
            .contains(&word.to_lowercase().as_str())
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
