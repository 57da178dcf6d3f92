//! Finds titles, purposes, outcomes, practices and reasons of more than one paragraph.

use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Remarks, Text};

/// P461.
pub const CHECK: Check = Check { code: &codes::SEVERAL_PARAGRAPHS, run: Look::Package(check) };

/// Looks at what the package itself says.
fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    for (what, text) in texts(context) {
        let is_own = context.whole || context.program.package_of(text) == Some(context.package);
        // Whatever has several paragraphs goes over several lines, or says so.
        let slice = context.sources.slice(text);
        let may_be = is_own && (slice.contains('\n') || slice.contains("\\n"));
        if may_be && has_more(&context.sources.text(text)) {
            diagnostics.push(
                Diagnostic::new(&codes::SEVERAL_PARAGRAPHS, text, format!("the {what} is more than one paragraph"))
                    .label("expected one paragraph")
                    .help("say it in one paragraph, and the rest in a `note` or in the `context`"),
            );
        }
    }
}

/// Whether a text has a second paragraph, or another block such as a list or a table.
fn has_more(text: &str) -> bool {
    let begins_block = |line: &str| {
        let line = line.trim_start();
        let number = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let is_number = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
        ["- ", "* ", "+ ", "> ", "# ", "## ", "```", "~~~", "|"].iter().any(|mark| line.starts_with(mark)) || is_number
    };
    let mut lines = text.trim().lines();
    lines.next().is_some() && lines.any(|line| line.trim().is_empty() || begins_block(line))
}

fn texts(context: &Context<'_>) -> Vec<(&'static str, Text)> {
    let model = &context.package().model;
    let mut texts = Vec::new();
    let reasons = |texts: &mut Vec<(&'static str, Text)>, remarks: &Remarks| {
        texts.extend(remarks.history().iter().filter_map(|change| Some(("reason", change.because?))));
    };
    if let Some(head) = &model.head {
        texts.push(("title", head.title));
        let excluded = head.exclusions.iter().map(|row| row.because);
        let applied = head.applications.iter().map(|row| row.because);
        let dropped = head.drops.iter().map(|row| row.because);
        texts.extend(excluded.chain(applied).chain(dropped).flatten().map(|reason| ("reason", reason)));
    }
    for group in &model.groups {
        texts.push(("title", group.title));
    }
    for process in &model.processes {
        texts.push(("title", process.title));
        texts.extend(process.purpose.map(|purpose| ("purpose", purpose.text)));
        reasons(&mut texts, &process.remarks);
        for outcome in &process.outcomes {
            texts.push(("outcome", outcome.text));
            texts.extend(outcome.links.iter().filter_map(|link| Some(("reason", link.because?))));
            reasons(&mut texts, &outcome.remarks);
        }
        for practice in &process.practices {
            let parts = practice.name.into_iter().chain([practice.text]);
            texts.extend(parts.map(|text| ("practice", text)));
            reasons(&mut texts, &practice.remarks);
        }
    }
    for item in &model.items {
        texts.push(("title", item.title));
        reasons(&mut texts, &item.remarks);
    }
    texts.extend(model.terms.iter().map(|term| ("term", term.term)));
    texts.extend(model.annexes.iter().map(|annex| ("title", annex.title)));
    texts.extend(model.omissions.iter().filter_map(|omission| Some(("reason", omission.because?))));
    let program = context.program;
    let rows = program.catalogs_of(context.package).flat_map(|catalog| program.catalog(catalog).requirements());
    texts.extend(rows.map(|row| ("title", program.requirement(row).title)));
    let crosswalks = program.crosswalks.iter().filter(|crosswalk| crosswalk.origin.package == context.package);
    texts.extend(crosswalks.flat_map(|crosswalk| &crosswalk.lines).filter_map(|line| Some(("reason", line.because?))));
    texts.sort_unstable_by_key(|(_, text)| *text);
    texts.dedup_by_key(|(_, text)| *text);
    texts
}
