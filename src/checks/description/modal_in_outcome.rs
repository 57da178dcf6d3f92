//! Finds requirement words in outcomes (PD-O7).

use std::ops::Range;

use super::prose::{Prose, Word, is_modal, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes, Key, Number, key, keys};
use crate::model::Outcome;

/// P428.
pub const CHECK: Check = Check { code: &codes::MODAL_IN_OUTCOME, run: Look::Outcome(check) };

/// Looks for `shall` and its like.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (at, end) = match (modal(outcome), phrase(outcome)) {
        (Some(at), _) => (at, at + 1),
        (None, Some(at)) => (at, at + 2),
        (None, None) => return,
    };
    let word = outcome.slice(at..end);
    let help = match statement(outcome, at..end) {
        Some(statement) => format!("state it as a fact: {}", propose(&statement)),
        None => "state it as a fact, in the present tense; what is asked for is said by requirements".to_owned(),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::MODAL_IN_OUTCOME,
            outcome.place(at..end),
            format!("the outcome has the requirement word{} `{word}`", if end > at + 1 { "s" } else { "" }),
        )
        .label("expected a statement of fact")
        .help(help),
    );
}

/// The first requirement word of the statement itself; in a clause that depends on it, it only describes something.
pub fn modal(prose: &Prose<'_>) -> Option<usize> {
    (0..prose.words.len()).find(|at| prose.is_stated(*at) && is_modal(prose.words, *at))
}

/// The verb of the statement, where it asks for something with the `to` behind it: `have to be`, `need to be`, `are to be`.
fn phrase(outcome: &Prose<'_>) -> Option<usize> {
    let verb = outcome.verb?;
    let is = |at: usize, words: &[Key]| outcome.is_one(at, words);
    // `All a user has to do is …` has another verb.
    let asks = is(verb, const { &keys(["have", "has", "need", "needs"]) })
        && outcome.is(verb + 2, Classes::BASE.and(Classes::BE))
        && !outcome.is(verb + 3, Classes::IS)
        || is(verb, const { &keys(["is", "are"]) })
            && is(verb + 2, const { &keys(["be"]) })
            && outcome.words.get(verb + 3).is_some_and(Word::is_participle);
    (asks && is(verb + 1, const { &keys(["to"]) })).then_some(verb)
}

/// `Keys shall be stored` → `Keys are stored`. `May` and `can` say something else than the fact would.
fn statement(outcome: &Prose<'_>, modal: Range<usize>) -> Option<String> {
    let Range { start: at, end } = modal;
    let is_alone = !(at + 1..outcome.words.len()).any(|at| outcome.is_stated(at) && is_modal(outcome.words, at));
    let is_fact = end > at + 1 || outcome.is(at, Classes::STRONG_MODAL) || outcome.is_word(at, const { key("will") });
    if outcome.verb != Some(at) || !is_alone || !is_fact {
        return None;
    }
    let verb = (end..outcome.words.len()).find(|at| !outcome.words.get(*at).is_some_and(|word| word.is_adverb()))?;
    let is_singular = outcome.number()? == Number::Singular;
    let is = |word: &str| outcome.is_word(verb, key(word));
    let finite = match () {
        () if is("be") => if is_singular { "is" } else { "are" }.to_owned(),
        () if is("have") => if is_singular { "has" } else { "have" }.to_owned(),
        () if !outcome.is(verb, Classes::BASE) || outcome.is(verb, Classes::FUNCTION) => return None,
        () if is_singular => english::third(outcome.slice(verb..verb + 1)),
        () => outcome.slice(verb..verb + 1).to_owned(),
    };
    let before = outcome.before(at);
    let adverbs = outcome.slice(end..verb);
    let rest = outcome.rest(verb);
    // `always are kept`, but `are always kept`, and `always hold`.
    let parts = if is("be") { [before, &finite, adverbs] } else { [before, adverbs, &finite] };
    let words: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(super::prose::capitalized(&format!("{}{rest}", words.join(" "))))
}
