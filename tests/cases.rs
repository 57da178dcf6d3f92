//! Cases are files: `tests/cases/<code or area>/<name>.prm`, or a folder of that name with a `prm.toml`.
//!
//! What the compiler has to say is noted where it says it, and nothing else may be said:
//!
//! ```text
//! outcome 1 "…" satisfies R9     // ! P104 did you mean `R1`
//! outcome 1 "…" satisfies R9, R8 // ! P104 `R9` ! P104 `R8`
//! outcome 2 "…                      a line that takes no comment is spoken of by the next:
//! // ^ P005 never closed
//! requirement R1 "Keys"          // = covered
//! ```
//!
//! The words after a code are optional and occur in the message, the label or the help. `= STATUS` is the coverage of
//! the requirement declared on the line. In `prm.toml` and `prm.lock`, notes follow `#`. A case about which there is nothing to say
//! begins `//! none`; one that wants hints noted too, `//! hints`.
//!
//! Warnings and hints on wording and documents (P4xx to P6xx) count in the folders of their own family alone;
//! otherwise every case would have to be a perfect model. The models of `slips` are perfect but for one slip each.
//!
//! A case that is named like its code (`P104/unknown-requirement.prm`) has its full rendering in a snapshot beside it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use prm::codes;
use prm::diagnostic::{Diagnostic, Family, Severity};

use crate::support::{Compiled, Project, entries};

#[test]
fn cases_say_what_they_note() {
    let mut failures = String::new();
    let cases = all();
    assert!(cases.len() > 40, "only {} cases were found", cases.len());
    for case in cases {
        for problem in case.problems() {
            writeln!(failures, "{}: {problem}", case.name).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn cases_named_like_their_code_look_as_in_their_snapshots() {
    for case in all() {
        let stem = case.path.file_stem().unwrap().to_str().unwrap();
        let area = case.name.split('/').next().unwrap();
        if !codes::ALL.iter().any(|code| code.code == area && code.name == stem) {
            continue;
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(case.path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let compiled = case.project().compile();
        let shown: Vec<Diagnostic> = compiled.shown().filter(|found| case.counts(found)).cloned().collect();
        let plain = prm::render::MessageFormat::Plain;
        let text = prm::render::diagnostics(plain, &shown, &compiled.0.sources, false);
        assert!(text.lines().count() < 60, "{stem}: a rendering that nobody will read");
        settings.bind(|| insta::assert_snapshot!(stem, text));
    }
}

/// A case.
pub struct Case {
    /// `P104/unknown-requirement`.
    pub name: String,
    path: PathBuf,
}

/// Every case, in order.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    for area in entries(&root).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&area) {
            if path.is_dir() || path.extension().is_some_and(|extension| extension == "prm") {
                cases.push(Case::at(path));
            }
        }
    }
    cases
}

/// A note in a case.
#[derive(Clone, Debug)]
enum Note {
    Diagnostic { code: String, words: String },
    Status(String),
}

impl Case {
    fn at(path: PathBuf) -> Case {
        let area = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let name = format!("{area}/{}", path.file_name().unwrap().to_str().unwrap());
        Case { name, path }
    }

    /// The files of the case.
    pub fn project(&self) -> Project {
        Project::read(&self.path)
    }

    /// Whether a diagnostic has to be noted.
    pub fn counts(&self, diagnostic: &Diagnostic) -> bool {
        let family = diagnostic.code.family;
        let is_manner = matches!(family, Family::Description | Family::Reference | Family::Assessment)
            && diagnostic.severity != Severity::Error;
        !is_manner || self.name.starts_with("slips/") || self.name.starts_with(family.word().trim_end_matches('x'))
    }

    /// What the case has to say for itself, as in the first comment of its files.
    fn has_directive(&self, word: &str) -> bool {
        let directive = format!("//! {word}");
        self.project().files().values().any(|text| String::from_utf8_lossy(text).lines().any(|line| line == directive))
    }

    fn problems(&self) -> Vec<String> {
        let project = self.project();
        let notes = notes(&project);
        let compiled = project.compile();
        let mut problems = Vec::new();
        if notes.is_empty() != self.has_directive("none") {
            problems.push("either notes or `//! none`".to_owned());
        }
        for unreadable in &compiled.0.unreadable {
            problems.push(format!("{}: {}", unreadable.path, unreadable.problem));
        }
        let with_hints = self.has_directive("hints");
        let mut unmatched: Vec<(&(String, usize), Note)> = Vec::new();
        for (place, note) in notes.iter().flat_map(|(place, notes)| notes.iter().map(move |note| (place, note))) {
            match note {
                Note::Status(status) => problems.extend(wrong_status(&compiled, place, status)),
                Note::Diagnostic { .. } => unmatched.push((place, note.clone())),
            }
        }
        for diagnostic in &compiled.0.diagnostics {
            let is_hint = diagnostic.severity == Severity::Hint;
            if !self.counts(diagnostic) || (is_hint && !with_hints) {
                continue;
            }
            let place = compiled.place(diagnostic);
            let said = said(diagnostic);
            let fits = |(at, note): &(&(String, usize), Note)| match note {
                Note::Diagnostic { code, words } => {
                    **at == place && code == diagnostic.code.code && said.contains(words.as_str())
                }
                Note::Status(_) => false,
            };
            match unmatched.iter().position(fits) {
                Some(found) => drop(unmatched.remove(found)),
                None => {
                    let (file, line) = place;
                    problems.push(format!("{file}:{line}: not noted: {}: {said}", diagnostic.code.code));
                }
            }
        }
        for ((file, line), note) in unmatched {
            if let Note::Diagnostic { code, words } = note {
                problems.push(format!("{file}:{line}: noted, but not said: {code} {words}"));
            }
        }
        problems
    }
}

/// All that a diagnostic says.
fn said(diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.as_deref().unwrap_or_default();
    let labels = diagnostic.secondary.iter().map(|label| label.text.as_str());
    let parts = [diagnostic.message.as_str(), &diagnostic.primary.text, help].into_iter().chain(labels);
    parts.collect::<Vec<_>>().join("; ")
}

fn wrong_status(compiled: &Compiled, place: &(String, usize), status: &str) -> Option<String> {
    let (file, line) = place;
    let rows: Vec<_> = compiled.statuses().into_iter().filter(|row| row.0 == *file && row.1 == *line).collect();
    match rows.as_slice() {
        [(.., id, actual)] if actual.word() != status => {
            Some(format!("{file}:{line}: `{id}` is {}, not {status}", actual.word()))
        }
        [_] => None,
        _ => Some(format!("{file}:{line}: {} requirements are declared on this line, not one", rows.len())),
    }
}

/// The notes of a project by file and line.
fn notes(project: &Project) -> BTreeMap<(String, usize), Vec<Note>> {
    let mut notes: BTreeMap<(String, usize), Vec<Note>> = BTreeMap::new();
    for (file, text) in project.files() {
        let mark = if file.ends_with(".prm") { "//" } else { "#" };
        let mut above = 0;
        for (number, line) in (1..).zip(String::from_utf8_lossy(text).lines()) {
            let of_above = format!("{mark} ^ ");
            let (at, body) = if let Some(body) = line.trim_start().strip_prefix(&of_above) {
                (above, format!("! {body}"))
            } else {
                above = number;
                let starts = ["!", "="].map(|sign| line.rfind(&format!("{mark} {sign} ")));
                let Some(start) = starts.into_iter().flatten().max() else { continue };
                (number, line[start + mark.len() + 1..].to_owned())
            };
            notes.entry((file.clone(), at)).or_default().extend(parse_notes(&body));
        }
    }
    notes
}

/// The notes in `! P104 words ! P105`, or `= covered`.
fn parse_notes(body: &str) -> Vec<Note> {
    body.split("! ")
        .map(str::trim)
        .filter(|note| !note.is_empty())
        .map(|note| match note.strip_prefix("= ") {
            Some(status) => Note::Status(status.trim().to_owned()),
            None => {
                let (code, words) = note.split_once(' ').unwrap_or((note, ""));
                Note::Diagnostic { code: code.to_owned(), words: words.trim().to_owned() }
            }
        })
        .collect()
}
