//! Finds purposes with more than one goal (PD-P5).

use super::prose::{Marks, Prose, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, key};

/// P414.
pub const CHECK: Check = Check { code: &codes::TWO_GOALS, run: Look::Purpose(check) };

/// Looks for a further goal behind the first.
fn check(described: &Described<'_, '_>, purpose: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(second) = described.goal().and_then(|goal| second_goal(purpose, goal)) else { return };
    let first = described.goal().map_or("", |goal| {
        let end = purpose.before(second).len();
        let start = purpose.text.len() - purpose.after(goal).len();
        purpose.text.get(start..end).unwrap_or_default()
    });
    diagnostics.push(
        Diagnostic::new(
            &codes::TWO_GOALS,
            purpose.place(second..(second + 3).min(purpose.words.len())),
            "the purpose has more than one goal",
        )
        .label("a further goal")
        .help(format!(
            "keep the one that matters, such as to {}; a second goal asks for a second process",
            propose(first)
        )),
    );
}

/// The position where a second goal begins.
fn second_goal(purpose: &Prose<'_>, goal: usize) -> Option<usize> {
    let mut is_nested = false;
    for at in goal + 1..purpose.words.len() {
        // `as well as to train`, but not `staff as well as visitors`
        if purpose.has(at, &const { [key("as"), key("well"), key("as")] }) && is_verb(purpose, at + 3) {
            return Some(at);
        }
        if !is_goal(purpose, at) || purpose.words.get(at).is_none_or(|word| word.marks.any(Marks::ASIDE)) {
            continue;
        }
        let is_marked = |at: usize| purpose.words.get(at).is_some_and(|word| word.marks.any(Marks::COMMA));
        let is_joined = purpose.is_after(at, Classes::CONJUNCTION);
        // `to enable people to grow and to stay` has one goal; only a comma tells what belongs to the purpose itself.
        if is_joined && (!is_nested || is_marked(at - 1)) {
            return Some(at - 1);
        }
        if is_marked(at) {
            return Some(at);
        }
        is_nested = true;
    }
    None
}

/// Whether a verb follows, with `to` or without.
fn is_verb(purpose: &Prose<'_>, at: usize) -> bool {
    let verb = if purpose.is_word(at, const { key("to") }) { at + 1 } else { at };
    purpose.is(verb, Classes::BASE)
        && (verb > at || purpose.is(verb, Classes::PURE) || purpose.is(verb + 1, Classes::DETERMINER))
}

/// Whether a `to` at a position leads to a verb, not to a noun: `access to systems`, `in response to change`.
fn is_goal(purpose: &Prose<'_>, at: usize) -> bool {
    let is_verb = purpose.is(at + 1, Classes::BASE) && !purpose.is_joined(at + 1);
    let is_sure = purpose.is(at + 1, Classes::PURE)
        || purpose.is(at + 2, Classes::DETERMINER)
        || (purpose.is_after(at, Classes::CONJUNCTION)
            && purpose.words.get(at + 2).is_some_and(|next| {
                !next.is(Classes::PREPOSITION.and(Classes::CONJUNCTION).and(Classes::IS))
                    && !next.marks.any(Marks::COMMA)
            }));
    purpose.is_word(at, const { key("to") }) && is_verb && is_sure
}
