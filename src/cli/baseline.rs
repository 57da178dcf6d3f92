//! `prm check --baseline`: what was found before passes, and what is new fails.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::disk::Disk;
use super::failure::Failure;
use super::{Run, git};
use crate::diagnostic::words::count;
use crate::render::fingerprint::{FORM, Fingerprint, fingerprints};
use crate::source::Files;

/// What is known, by fingerprint.
pub struct Baseline(FxHashSet<Fingerprint>);

/// What came of a baseline.
pub struct Passed {
    known: usize,
    gone: usize,
}

impl Baseline {
    /// The baseline in a file that `check --message-format json` printed, or of the package at `REV:PATH`.
    ///
    /// # Errors
    /// Where there is no such file or revision, or it is no baseline.
    pub fn read(argument: &str) -> Result<Baseline, Failure> {
        if git::is_revision(argument) {
            let (files, at) = git::open(argument)?;
            let compilation = crate::compile(&files, &at);
            if let Some(unreadable) = compilation.unreadable.first() {
                return Err(Failure::unreadable(unreadable));
            }
            let known = fingerprints(&compilation.diagnostics, &compilation.sources);
            return Ok(Baseline(known.into_iter().collect()));
        }
        let wrong = |problem: String| Failure::new(format!("cannot read the baseline `{argument}`: {problem}"), HELP);
        let bytes = Disk.read_given(argument).map_err(|error| wrong(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?;
        // PowerShell writes a mark before what it redirects.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let known = lines.map(|(number, line)| known(number, line).map_err(&wrong));
        Ok(Baseline(known.collect::<Result<_, _>>()?))
    }

    /// Takes what is known out of what a run shows, so that it counts for nothing.
    pub fn pass(&self, run: &mut Run) -> Passed {
        let sources = &run.compilation.sources;
        let is_known = fingerprints(&run.shown, sources).into_iter().map(|found| self.0.contains(&found));
        let is_known: Vec<bool> = is_known.collect();
        // Hints that are not shown are not gone; and of files that could not be read nothing is.
        let all =
            fingerprints(&run.compilation.diagnostics, sources).into_iter().chain(fingerprints(&run.shown, sources));
        let all: FxHashSet<Fingerprint> = all.collect();
        let gone = self.0.iter().filter(|known| !all.contains(*known)).count();
        let mut is_new = is_known.iter().map(|is_known| !is_known);
        run.shown.retain(|_| is_new.next().unwrap_or(true));
        Passed {
            known: is_known.iter().filter(|is_known| **is_known).count(),
            gone: if run.compilation.unreadable.is_empty() { gone } else { 0 },
        }
    }
}

const HELP: &str = "write it with `prm check PATH --message-format json > FILE`, or name a revision, as in `main:acme`";

/// The fingerprint in a line; else what is wrong with it.
fn known(number: usize, line: &str) -> Result<Fingerprint, String> {
    let object: Value = serde_json::from_str(line).unwrap_or_default();
    match (object.get("fingerprint").and_then(Value::as_str), object.get("code")) {
        // Compared, they would make all that is known new, or hide what is.
        (Some(named), _) => Fingerprint::read(named).ok_or_else(|| {
            format!("line {number} has a fingerprint of another form than `{FORM}`, of another version of prm")
        }),
        (None, Some(Value::Null)) => Err(format!("line {number} is of a run that could not be done")),
        _ => Err(format!("line {number} is no finding")),
    }
}

impl Passed {
    /// What was not shown, and what the baseline need no longer hold; nothing where there is neither.
    pub fn words(&self) -> Option<String> {
        let findings = |number, kind: &str| count(number, &format!("{kind}finding"));
        let known = (self.known > 0).then(|| format!("{} not shown", findings(self.known, "known ")));
        let is = if self.gone == 1 { "is" } else { "are" };
        let gone = findings(self.gone, "");
        let gone = (self.gone > 0).then(|| format!("{gone} of the baseline {is} gone: write it anew"));
        let words: Vec<String> = known.into_iter().chain(gone).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }
}
