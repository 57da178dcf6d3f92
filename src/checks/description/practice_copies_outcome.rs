//! Finds practices that only copy an outcome (PD-A4).

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::prose::{Prose, Word};
use super::{Check, Described, Look, PracticeProse};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P442.
pub const CHECK: Check = Check { code: &codes::PRACTICE_COPIES_OUTCOME, run: Look::Practice(check) };

/// Compares the texts of the practice with the outcomes of its process.
fn check(described: &Described<'_, '_>, practice: PracticeProse<'_>, diagnostics: &mut Vec<Diagnostic>) {
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
    // Found by hash: a process may have thousands of both.
    let wordings = described.texts.wordings.get_or_init(|| {
        let mut first = FxHashMap::default();
        for (position, (_, outcome)) in described.outcomes().enumerate() {
            first.entry(wording(&outcome)).or_insert(position);
        }
        first
    });
    [practice.name, Some(practice.text)].into_iter().flatten().find_map(|text| {
        let position = wordings.get(&wording(&text))?;
        let outcome = described.cutter.prose(*described.texts.outcomes.get(*position)?);
        outcome.words.iter().map(key).eq(text.words.iter().map(key)).then_some((text, outcome))
    })
}

fn wording(text: &Prose<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    text.words.iter().for_each(|word| hasher.write_u128(word.key));
    hasher.finish()
}

fn key(word: &Word) -> crate::english::Key {
    word.key
}
