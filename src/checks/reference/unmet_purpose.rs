//! Finds a purpose of whose words no outcome takes up one (ISO/IEC 33004, 5.4). A hint only.

use rustc_hash::FxHashSet;

use super::folded;
use crate::checks::Context;
use crate::codes::UNMET_PURPOSE;
use crate::diagnostic::Diagnostic;

/// P511.
pub fn unmet_purpose(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in context.own_processes().filter(|process| !process.outcomes.is_empty() && !process.broken) {
        let Some(purpose) = process.purpose else { continue };
        let text = folded(&context.sources.text(purpose.text));
        let goal = text.split_once(" is to ").map_or(text.as_str(), |(_, goal)| goal);
        let wanted = stems(goal);
        let outcomes = process.outcomes.iter().map(|outcome| folded(&context.sources.text(outcome.text)));
        let taken_up = outcomes.flat_map(|outcome| stems(&outcome)).any(|stem| wanted.contains(&stem));
        if !wanted.is_empty() && !taken_up {
            found.push(
                Diagnostic::new(&UNMET_PURPOSE, purpose.text, "no outcome takes up a word of the purpose")
                    .label("what it is for")
                    .help("the outcomes together have to be enough for the purpose; say in one of them what becomes true of it"),
            );
        }
    }
}

/// The longer words of a text, cut to their first letters, so that `protect` meets `protected`.
fn stems(text: &str) -> FxHashSet<String> {
    let words = text.split(|character: char| !character.is_alphabetic()).filter(|word| word.chars().count() >= 4);
    words.map(|word| word.chars().take(5).collect()).collect()
}
