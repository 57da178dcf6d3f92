//! Finds outcomes whose subject is another process, or what another process is about (PD-O11).

use super::prose::{Prose, Word, hash_of, quote};
use super::survey::Naming;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::Classes;
use crate::model::Outcome;

/// The longest subject that can be a title.
const MOST_WORDS: usize = 12;

/// P432.
pub const CHECK: Check = Check { code: &codes::OUTCOME_ELSEWHERE, run: Look::Outcome(check) };

/// Looks the subject up among the titles.
fn check(described: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let subject = match outcome.subject() {
        [rest @ .., last] if !rest.is_empty() && last.is(Classes::PROCESS) => rest,
        subject => subject,
    };
    if subject.is_empty() || subject.len() > MOST_WORDS {
        return;
    }
    let Some((other, naming)) = described.survey.process_named(hash_of(subject)) else { return };
    if other == described.index || (naming == Naming::Object && speaks_of(described, subject)) {
        return;
    }
    let Some(process) = described.context.package().model.processes.get(other as usize) else { return };
    let title = described.context.sources.text(process.title);
    let end = outcome.verb.unwrap_or(1);
    let message = match naming {
        Naming::Title => format!("the outcome {} is about the process {}", outcome.quoted(), quote(&title)),
        Naming::Object => format!("the outcome {} seems to belong to the process {}", outcome.quoted(), quote(&title)),
    };
    let mut diagnostic = Diagnostic::new(&codes::OUTCOME_ELSEWHERE, outcome.place(0..end), message)
        .label("the subject of another process")
        .help("state a result of this process, or move the outcome to the other one");
    if process.title.file == outcome.span.file || described.context.is_own(process.origin) {
        diagnostic = diagnostic.also(process.title, "this process");
    }
    diagnostics.push(diagnostic);
}

/// Whether the process itself is about the subject, by its title or its purpose.
fn speaks_of(described: &Described<'_, '_>, subject: &[Word]) -> bool {
    let has = |prose: Option<Prose<'_>>| {
        prose.is_some_and(|prose| {
            subject.iter().any(|word| word.is_content() && prose.words.iter().any(|other| other.stem() == word.stem()))
        })
    };
    has(described.title()) || has(described.purpose())
}
