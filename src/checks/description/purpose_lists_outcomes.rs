//! Finds purposes that list the outcomes (PD-P7).

use super::prose::{Marks, Prose, Word};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::Key;

/// As many commas are still a sentence.
const MOST_COMMAS: usize = 2;
/// With fewer words of its own, a goal is sure to share them.
const FEWEST_WORDS: usize = 4;

/// P416.
pub const CHECK: Check = Check { code: &codes::PURPOSE_LISTS_OUTCOMES, run: Look::Purpose(check) };

/// Counts commas, and the words that the outcomes say again.
fn check(described: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(goal) = described.goal() else { return };
    let words = purpose.words.get(goal..).unwrap_or_default();
    let commas = words.iter().filter(|word| word.marks.any(Marks::COMMA)).count();
    let message = if commas > MOST_COMMAS {
        format!("the purpose is a list with {commas} commas")
    } else if repeats_outcomes(described, words) {
        "the purpose says little but what the outcomes say".to_owned()
    } else {
        return;
    };
    diagnostics.push(
        Diagnostic::new(&codes::PURPOSE_LISTS_OUTCOMES, purpose.place(goal..purpose.words.len()), message)
            .label("expected one goal")
            .help("say what all the outcomes are good for, and leave them to speak for themselves"),
    );
}

/// Whether the outcomes take up more than three of five words of the goal, those of the title left out.
fn repeats_outcomes(described: &Described<'_, '_>, goal: &[Word]) -> bool {
    let title: Vec<Key> = described.title().map_or_else(Vec::new, |title| title.words.iter().map(Word::stem).collect());
    let mut words: Vec<Key> =
        goal.iter().filter(|word| word.is_content()).map(Word::stem).filter(|stem| !title.contains(stem)).collect();
    words.sort_unstable();
    words.dedup();
    let all = words.len();
    if all < FEWEST_WORDS {
        return false;
    }
    for (_, outcome) in described.outcomes() {
        for word in outcome.words.iter().filter(|word| word.is_content()) {
            // The forms of a word begin with one letter, so most words need no second look.
            if !words.iter().any(|stem| word.may_have_stem(*stem)) {
                continue;
            }
            let stem = word.stem();
            words.retain(|word| *word != stem);
        }
    }
    (all - words.len()) * 5 >= all * 3
}
