//! One slip, one message: `tests/cases/slips/*.slips` make one slip each in a model that has none.
//!
//! ```text
//! # name-of-the-slip
//! - a line of the model as it stands there; several lines follow each other
//! + the line with the slip; `\u{a0}` is that character
//! ! P002 words that the message has
//! ```
//!
//! Exactly what is noted is said, by all families and with hints; `! none` is silence. The model is `crosswalk.prm` for
//! `catalogs.slips`, `layer/layer.prm` for `layers.slips`, `assessed.prm` for `assessments.slips`,
//! `manifest.toml` for `manifests.slips`, and else its base, `layer/keys/keys.prm`. To add a slip, write
//! these lines.
//!
//! What a message proposes is tried too, here and in all other cases: after the edit the message is gone, and nothing is
//! broken that was whole.

mod anywhere;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use prm::diagnostic::{Diagnostic, Edit};
use prm::span::FileId;

use crate::cases;
use crate::support::{Compiled, Project};

/// A slip.
struct Slip {
    name: String,
    project: Project,
    notes: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/slips")
}

fn all() -> Vec<Slip> {
    let files = folder().read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "slips")).collect();
    files.sort();
    files.iter().flat_map(|path| slips_of(path)).collect()
}

fn slips_of(path: &Path) -> Vec<Slip> {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let model = match stem {
        "catalogs" => "crosswalk.prm",
        "layers" => "layer/layer.prm",
        "assessments" => "assessed.prm",
        "manifests" => "manifest.toml",
        _ => "layer/keys/keys.prm",
    };
    let model = std::fs::read_to_string(folder().join(model)).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let entries = text.split("\n# ").skip(1);
    let slips = entries.map(|entry| slip(&format!("{stem}/"), entry, &model));
    match stem {
        "layers" => slips.map(|slip| over_base(slip, "layer.prm")).collect(),
        "manifests" => slips.map(|slip| over_base(slip, "prm.toml")).collect(),
        _ => slips.collect(),
    }
}

/// The slip in a file of a layer over a base.
fn over_base(slip: Slip, file: &str) -> Slip {
    let made = slip.project.files()["main.prm"].clone();
    Slip { project: Project::read(&folder().join("layer")).with(file, made), ..slip }
}

fn slip(stem: &str, entry: &str, model: &str) -> Slip {
    let mut lines = entry.lines();
    let name = format!("{stem}{}", lines.next().unwrap());
    let (mut old, mut new, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines.filter(|line| !line.is_empty()) {
        match line.split_at(2) {
            ("- ", rest) => old.push(rest),
            ("+ ", rest) => new.push(decoded(rest)),
            ("! ", "none") => {}
            ("! ", rest) => {
                let (code, words) = rest.split_once(' ').unwrap_or((rest, ""));
                notes.push((code.to_owned(), decoded(words)));
            }
            _ => panic!("{name}: `{line}` is no line of a slip"),
        }
    }
    let old = format!("\n{}\n", old.join("\n"));
    let at = model.find(&old).unwrap_or_else(|| panic!("{name}: the model has no such lines:{old}"));
    let made = format!("{}\n{}\n{}", &model[..at], new.join("\n"), &model[at + old.len()..]);
    Slip { name, project: Project::text(made), notes }
}

/// A line with its escapes undone.
fn decoded(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}

#[test]
fn one_slip_is_one_message() {
    let (mut failures, mut many) = (String::new(), 0);
    let slips = all();
    assert!(slips.len() > 300, "only {} slips", slips.len());
    for Slip { name, project, notes } in &slips {
        let found = project.compile().0.diagnostics;
        many += usize::from(found.len() > 1);
        let mut open: Vec<&(String, String)> = notes.iter().collect();
        for diagnostic in &found {
            let fits =
                |note: &&(String, String)| note.0 == diagnostic.code.code && diagnostic.message.contains(&note.1);
            match open.iter().position(fits) {
                Some(at) => drop(open.remove(at)),
                None => {
                    writeln!(failures, "{name}: not noted: {} {}", diagnostic.code.code, diagnostic.message).unwrap()
                }
            }
        }
        for (code, words) in open {
            writeln!(failures, "{name}: noted, but not said: {code} {words}").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    // A slip that leaves something undone is told beside what is not done.
    assert!(many * 78 <= slips.len() * 5, "{many} of {} slips give more than one message", slips.len());
}

#[test]
fn slips_are_laid_out_and_stay_what_they_are() {
    for Slip { name, project, .. } in all() {
        let file = if project.path().is_empty() { "layer.prm" } else { project.path() };
        let text = String::from_utf8(project.files()[file].clone()).unwrap();
        let once = prm::formatter::format(&text).unwrap_or_else(|_| panic!("{name}: unfaithful")).text;
        let twice = prm::formatter::format(&once).unwrap_or_else(|_| panic!("{name}: unfaithful")).text;
        assert_eq!(once, twice, "{name}");
    }
}

/// Whether nothing else is said of a model while a line of it is broken, which names are meant.
fn is_breach(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.code.starts_with("P0") || diagnostic.code.code.starts_with("P1")
}

fn counts<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in found {
        *counts.entry((diagnostic.code.code.to_owned(), diagnostic.message.clone())).or_default() += 1;
    }
    counts
}

/// The project after an edit, if it is in one of its files.
fn edited(project: &Project, compiled: &Compiled, edit: &Edit) -> Option<Project> {
    let path = compiled.0.sources.file(edit.span.file).display();
    let bytes = project.files().get(&path)?;
    let (mark, text) = match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) => ("\u{feff}", rest),
        None => ("", bytes.as_slice()),
    };
    let text = std::str::from_utf8(text).ok()?;
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    Some(project.clone().with(&path, [mark, &text[..start], &edit.text, &text[end..]].concat()))
}

/// What help quotes that begins with the word of a statement is a statement, or the rest of one; `it is written` shows a
/// form instead.
#[test]
fn what_help_quotes_is_of_the_language() {
    let cases = cases::all().into_iter().map(|case| (case.name.clone(), case.project()));
    let slips = all().into_iter().map(|slip| (slip.name, slip.project));
    let (mut failures, mut seen) = (String::new(), BTreeSet::new());
    for (name, project) in cases.chain(slips) {
        for diagnostic in project.compile().0.diagnostics {
            let help = diagnostic.help.unwrap_or_default();
            let mut parts = help.split('`');
            while let (Some(before), Some(quoted)) = (parts.next(), parts.next()) {
                let is_form =
                    before.ends_with("it is written ") || before.ends_with("say why, for those who ask later: ");
                let begins = quoted.split(' ').next().and_then(prm::syntax::statements::Kind::of_word).is_some();
                if is_form || !begins || !quoted.contains(' ') || !seen.insert(quoted.to_owned()) {
                    continue;
                }
                // An ellipsis stands for what only the author knows: a text, or what goes on as it is.
                let whole = quoted.replace("{ … }", "{ }").replace("\"…\"", "\"Text\"");
                let whole = whole.trim_end_matches(" …");
                // What only the author knows may be an id too; and `outcome 1` is what an outcome is called.
                let is_name =
                    whole.split(' ').count() == 2 && (whole.starts_with("outcome ") || whole.starts_with("level "));
                if whole.contains('…')
                    || !whole.contains(' ')
                    || is_name
                    || ["measured by", "order by", "order groups"].contains(&whole)
                {
                    continue;
                }
                let told = prm::syntax::parse(FileId(0), whole).1;
                for found in told {
                    writeln!(failures, "{name}: {}: `{quoted}`: {}", diagnostic.code.code, found.message).unwrap();
                }
            }
        }
    }
    assert!(seen.len() > 60, "only {} statements are quoted", seen.len());
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn what_is_proposed_mends_what_was_said_and_breaks_nothing() {
    let cases = cases::all().into_iter().map(|case| (case.name.clone(), case.project()));
    let slips = all().into_iter().map(|slip| (slip.name, slip.project));
    let (mut failures, mut tried) = (String::new(), 0);
    for (name, project) in cases.chain(slips) {
        let compiled = project.compile();
        let before = counts(&compiled.0.diagnostics);
        for diagnostic in compiled.0.diagnostics.iter().take(40) {
            let Some(edit) = &diagnostic.edit else { continue };
            let Some(mended) = edited(&project, &compiled, edit) else { continue };
            tried += 1;
            let what = format!("{name}: {} {} → `{}`", diagnostic.code.code, diagnostic.message, edit.text);
            let after = mended.compile();
            let now = counts(&after.0.diagnostics);
            let key = (diagnostic.code.code.to_owned(), diagnostic.message.clone());
            if now.get(&key).copied().unwrap_or(0) >= before[&key] {
                writeln!(failures, "{what}: it is said still").unwrap();
            }
            // A guess may be wrong about what it cannot know; what is certain breaks nothing.
            let broken = after.0.diagnostics.iter().filter(|found| is_breach(found));
            for found in broken.filter(|_| edit.is_certain) {
                let key = (found.code.code.to_owned(), found.message.clone());
                if now[&key] > before.get(&key).copied().unwrap_or(0) {
                    writeln!(failures, "{what}: then {} {}", found.code.code, found.message).unwrap();
                }
            }
        }
    }
    assert!(tried > 300, "only {tried} edits were tried");
    assert!(failures.is_empty(), "\n{failures}");
}
