//! The register of codes: one row for each page of `prm explain`, which begins with it.

use std::fmt::Write;
use std::path::Path;

/// The facts at the head of a page, in their order; those that end in `?` may be left out.
const FACTS: [&str; 7] = ["Finds", "Severity", "Since", "Waits?", "Rests on?", "Formerly?", "Retired?"];

/// For what checks wait that tell of something missing.
const WAITS: &str = "until the lines are mended that may be what is missing";

/// The register as source text.
pub fn register(folder: &Path) -> String {
    let (mut text, mut names) = (String::new(), Vec::new());
    for (path, page) in crate::files(folder, "md") {
        let (constant, row) = row(&path, &page).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        text.push_str(&row);
        names.push(format!("&{constant}"));
    }
    write!(text, "/// Every code, in order.\npub const ALL: &[&Code] = &[{}];\n", names.join(", ")).expect("no effect");
    text
}

/// The constant of a page, and its definition.
fn row(path: &Path, page: &str) -> Result<(String, String), String> {
    let mut lines = page.lines();
    let heading = lines.next().and_then(|line| line.strip_prefix("# ")).and_then(|line| line.split_once(": "));
    let (code, name) = heading.ok_or("the page does not begin `# P301: name`")?;
    if path.file_stem().is_none_or(|stem| stem != code) {
        return Err(format!("the page is headed {code}"));
    }
    let facts: Vec<_> = lines.skip(1).map_while(|line| line.strip_prefix("- ")).collect();
    let mut facts = facts.iter().map(|line| line.split_once(": ").unwrap_or((line, ""))).peekable();
    let [summary, severity, since, waits, source, formerly, retired] =
        FACTS.map(|fact| facts.next_if(|(key, _)| *key == fact.trim_end_matches('?')).map(|(_, value)| value));
    if let Some((key, _)) = facts.next() {
        return Err(format!("`{key}` is none of {FACTS:?}, or out of order"));
    }
    let missing = |fact: &str| format!("the head of the page does not say `- {fact}: …`");
    let (summary, since) = (summary.ok_or_else(|| missing("Finds"))?, since.ok_or_else(|| missing("Since"))?);
    let severity = match severity {
        Some("error") => "Error",
        Some("warning") => "Warning",
        Some("hint") => "Hint",
        Some("off") => "Off",
        _ => return Err(missing("Severity")),
    };
    if waits.is_some_and(|waits| waits != WAITS) {
        return Err(format!("a check that waits does so {WAITS}"));
    }
    let formerly: Vec<&str> = formerly.map_or_else(Vec::new, |names| names.split(", ").collect());
    let constant = name.to_uppercase().replace('-', "_");
    let row = format!(
        "#[doc = {summary:?}]
pub const {constant}: Code = Code {{
    code: {code:?}, name: {name:?}, family: Family::of({code:?}), severity: Severity::{severity}, summary: {summary:?},
    since: {since:?}, is_lack: {}, source: {source:?}, formerly: &{formerly:?}, retired: {retired:?}, page: include_str!({path:?}),
}};
",
        waits.is_some()
    );
    Ok((constant, row))
}
