//! `prm config`: what is in force for a package, and where each comes from.

use super::args::{Color, ConfigArguments};
use super::failure::Failure;
use super::{Exit, Run, output};
use crate::codes;
use crate::diagnostic::{Code, Severity};
use crate::render::printable;

/// Tells what is in force.
pub fn run(arguments: &ConfigArguments, color: Color) -> Result<Exit, Failure> {
    let run = Run::new(&arguments.input, color);
    let exit = run.report_only(|diagnostic| diagnostic.code.forbids_output())?;
    let text: String = lines(&run).iter().map(|line| format!("{}\n", printable::line(line))).collect();
    output::write_text(None, &[], &text, false)?;
    // What the model has to be mended for is said by `prm check`; here what cannot be read counts.
    Ok(if exit == Exit::Failed { exit } else { Exit::Fine })
}

fn lines(run: &Run) -> Vec<String> {
    let Some(root) = run.compilation.program.root() else { return vec!["there is no package".to_owned()] };
    let from = manifest(run).unwrap_or_else(|| "no prm.toml".to_owned());
    let version = root.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    let mut lines = vec![format!("package   {}{version} ({from})", root.name)];
    lines.extend(packages(run));
    lines.extend(outputs(run));
    lines.push("checks    as they are, but for".to_owned());
    let known = lines.len();
    lines.extend(lints(run).chain(claims(run)).chain(allows(run)).map(|line| format!("  {line}")));
    if lines.len() == known {
        lines.pop();
        lines.push("checks    as they are: no `[lints]`, no `allow`, no claim of conformity".to_owned());
    }
    lines
}

/// The manifest, as diagnostics name it.
fn manifest(run: &Run) -> Option<String> {
    run.compilation.manifest.file.map(|file| run.compilation.sources.file(file).display())
}

/// The packages that it stands on, and where each comes from.
fn packages(run: &Run) -> Vec<String> {
    let program = &run.compilation.program;
    let others = program.packages.iter().rev().skip(1).rev();
    others
        .map(|package| {
            let given = run.compilation.manifest.dependencies.iter().find(|given| given.name == package.name);
            let from = match (given, package.is_standard) {
                (_, true) => "comes with prm".to_owned(),
                (Some(given), _) => given.folder.clone(),
                (None, _) => "a package of another".to_owned(),
            };
            let version = package.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
            format!("on        {}{version} ({from})", package.name)
        })
        .collect()
}

fn outputs(run: &Run) -> impl Iterator<Item = String> {
    run.compilation.manifest.outputs.iter().map(|output| {
        let form = output.form.as_deref().map(|form| format!(" as {form}")).unwrap_or_default();
        format!("writes    {} ({}{form})", output.path, output.format)
    })
}

/// The checks to which `[lints]` gives another level.
fn lints(run: &Run) -> impl Iterator<Item = String> {
    let from = manifest(run).unwrap_or_default();
    let lints = &run.compilation.manifest.lints;
    let changed = codes::ALL.iter().filter_map(|code| Some((code, lints.level(code)?)));
    let changed = changed.filter(|(code, level)| *level != code.severity);
    let word = |level: Severity| if level == Severity::Off { "allowed" } else { level.word() };
    changed.map(move |(code, level)| row(code, word(level), &format!("`[lints]` of {from}")))
}

/// The checks that are errors because the model claims conformity.
fn claims(run: &Run) -> impl Iterator<Item = String> {
    let root = run.compilation.program.root().and_then(|package| package.model.head.as_ref());
    let head = root.filter(|head| !head.conforms.is_empty());
    let lints = &run.compilation.manifest.lints;
    let held = codes::ALL.iter().filter(move |code| head.is_some() && code.is_held_to_claims());
    let held = held.filter(|code| lints.level(code).is_none());
    held.map(|code| {
        row(code, Severity::Error.word(), "the model claims conformity, which makes an error of this warning")
    })
}

/// The checks that do not apply somewhere.
fn allows(run: &Run) -> impl Iterator<Item = String> {
    let Run { compilation, .. } = run;
    compilation.allows.iter().map(|allow| {
        let because = allow.because.map(|text| format!(": {}", compilation.sources.text(text))).unwrap_or_default();
        let whole = if allow.package.is_some() { "the whole package, " } else { "" };
        let place = compilation.sources.position(allow.origin.span);
        let path = compilation.sources.file(allow.origin.span.file).display();
        row(allow.code, "allowed", &format!("{whole}{path}:{}{because}", place.line))
    })
}

fn row(code: &Code, level: &str, from: &str) -> String {
    format!("{} {:24} {level:8} {from}", code.code, code.name)
}
