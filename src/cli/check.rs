//! `prm check`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::json;

use super::args::{CheckArguments, Color};
use super::baseline::Baseline;
use super::failure::Failure;
use super::{Exit, Run, disk, output, watch};
use crate::diagnostic::words::count;
use crate::diagnostic::{self, Code, Severity};
use crate::render::MessageFormat;

/// Checks a model and reports everything.
pub fn run(arguments: &CheckArguments, color: Color) -> Result<Exit, Failure> {
    if arguments.watch {
        return watch::run(&arguments.input, true, color, |run| once(&Run { is_check: true, ..run }, None));
    }
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    // What is known, hints too, is not gone: with a baseline all is looked for.
    let all =
        |_: &Code, severity| baseline.is_some() || arguments.input.diagnostics.pedantic || severity != Severity::Hint;
    let path = disk::from_here(&arguments.input.path);
    let run = Run::asking(&disk::Disk, &path, &arguments.input.diagnostics, color, &all);
    let mut run = Run { is_check: true, ..run };
    let passed = baseline.and_then(|baseline| baseline.pass(&mut run).words());
    let exit = if arguments.statistics { statistics(&run)? } else { once(&run, passed)? };
    let exit = if arguments.exit_zero && exit == Exit::Errors { Exit::Fine } else { exit };
    // The process ends here, and the system takes its memory back at once; piece by piece it would take longer.
    std::mem::forget(run);
    Ok(exit)
}

/// How many findings there are of each check, most first.
fn statistics(run: &Run) -> Result<Exit, Failure> {
    let mut counts: BTreeMap<(&str, &str), (&str, usize)> = BTreeMap::new();
    for found in &run.shown {
        let row = counts.entry((found.code.code, found.severity.word())).or_insert((found.code.name, 0));
        row.1 += diagnostic::count([found]);
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, (_, number))| (Reverse(*number), *code));
    let text = if run.format == MessageFormat::Json {
        let row = |((code, severity), (name, count))| json!({"code": code, "name": name, "severity": severity, "count": count});
        rows.into_iter().map(row).map(|row| format!("{row}\n")).collect()
    } else {
        let row = |((code, severity), (name, count))| format!("{count:6}  {code}  {severity:7}  {name}\n");
        rows.into_iter().map(row).collect::<String>()
    };
    let exit = run.report_only(|_| false)?;
    output::write_text(None, &[], &text, false)?;
    Ok(exit)
}

fn once(run: &Run, passed: Option<String>) -> Result<Exit, Failure> {
    let exit = run.report()?;
    let closing = (run.format.for_people() && run.compilation.unreadable.is_empty()).then(|| closing(run));
    let words: Vec<String> = closing.into_iter().chain(passed).collect();
    if !words.is_empty() {
        output::say(words.join("; "));
    }
    Ok(exit)
}

/// What was looked at, so that silence is never mistaken for nothing done.
fn closing(run: &Run) -> String {
    let program = &run.compilation.program;
    let Some(package) = program.root() else { return "checked nothing".to_owned() };
    let model = &package.model;
    let outcomes = model.processes.iter().map(|process| process.outcomes.len()).sum();
    let mut parts = Vec::new();
    if !model.processes.is_empty() {
        parts.push(count(model.processes.len(), "process"));
        parts.push(count(outcomes, "outcome"));
    }
    if run.compilation.checked().is_some() {
        for catalog in &run.compilation.coverage.catalogs {
            let name = program.name(program.catalog(catalog.catalog).id);
            let counts = catalog.summary;
            let excluded = if counts.excluded > 0 { format!(" ({} excluded)", counts.excluded) } else { String::new() };
            parts.push(format!(
                "{} of {} of `{name}` covered{excluded}",
                counts.covered,
                count(counts.total, "requirement")
            ));
        }
    }
    if parts.is_empty() {
        format!("checked `{}`", package.name)
    } else {
        format!("checked `{}`: {}", package.name, parts.join(", "))
    }
}
