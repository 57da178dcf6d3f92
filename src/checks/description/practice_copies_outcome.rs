//! Finds practices that only copy an outcome (PD-A4).

use super::prose::{Prose, Word};
use super::{Described, PracticeProse};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// Compares the texts of the practice with the outcomes of its process.
pub fn check(described: &Described<'_, '_>, practice: PracticeProse<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((text, outcome)) = copied(described, &practice) else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::PRACTICE_COPIES_OUTCOME,
            text.span,
            format!("the practice {} only copies an outcome", text.quoted()),
        )
        .label("expected what to do")
        .also(outcome.span, "the outcome")
        .help("an outcome is the result, and a practice what leads to it: say what to do, as in `Rotate keys.`"),
    );
}

/// The text of the practice that an outcome has too, and that outcome's.
pub fn copied<'s>(described: &Described<'s, '_>, practice: &PracticeProse<'s>) -> Option<(Prose<'s>, Prose<'s>)> {
    [practice.name, Some(practice.text)].into_iter().flatten().find_map(|text| {
        let same = |outcome: &Prose<'_>| outcome.words.iter().map(key).eq(text.words.iter().map(key));
        described.outcomes().map(|(_, outcome)| outcome).find(same).map(|outcome| (text, outcome))
    })
}

fn key(word: &Word) -> super::lexicon::Key {
    word.key
}
