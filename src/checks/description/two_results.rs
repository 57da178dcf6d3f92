//! Finds outcomes with two results (PD-O3).

use super::prose::{Marks, Prose, Word, is_or_are, propose};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes, Key, key, keys};
use crate::model::Outcome;

/// P423.
pub const CHECK: Check = Check { code: &codes::TWO_RESULTS, run: Look::Outcome(check) };

/// Looks for a second clause.
fn check(_: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((at, kind)) = second(outcome) else { return };
    let (message, label, help) = match kind {
        Kind::Clause => ("states two results", "the second begins here", clauses(outcome, at)),
        Kind::Alternative => (
            "leaves open which result it means",
            "`and` or `or`?",
            "say which of them holds, or make two outcomes of it".to_owned(),
        ),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::TWO_RESULTS,
            outcome.place(at..(at + 3).min(outcome.words.len())),
            format!("the outcome {} {message}", outcome.quoted()),
        )
        .label(label)
        .help(help),
    );
}

/// What to do about a second clause. One that speaks of the first (`it`, `their`) cannot stand alone.
fn clauses(outcome: &Prose<'_>, at: usize) -> String {
    const BACKWARDS: [Key; 9] = keys(["it", "its", "they", "them", "their", "this", "these", "those", "such"]);
    // The joining word itself belongs to neither half.
    let from = if outcome.is(at, Classes::CONJUNCTION) || is_joiner(outcome, at) { at + 1 } else { at };
    let rest = from..outcome.words.len();
    let is_backwards = rest.clone().any(|at| outcome.is_one(at, &BACKWARDS));
    // `Costs are known, prices are fair, and …` has a third one.
    let has_more = (outcome.verb.unwrap_or(0) + 1..at).any(|comma| {
        let words = outcome.words.get(comma..at).unwrap_or_default();
        words.first().is_some_and(|first| first.marks.any(Marks::COMMA)) && english::sure_statement(words).is_some()
    });
    if has_more {
        return "make an outcome of each".to_owned();
    }
    let halves = (outcome.sentence(0..at), outcome.sentence(rest));
    match halves {
        (Some(first), Some(second)) if !is_backwards => {
            format!("make two outcomes of it: {} and {}", propose(&first), propose(&second))
        }
        (Some(first), _) if is_backwards && from == at => {
            format!("keep {}; make the rest an outcome of its own, or a note if it only explains", propose(&first))
        }
        _ => "make an outcome of each".to_owned(),
    }
}

/// In which way there are two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A second clause with its own verb.
    Clause,
    /// `and/or`.
    Alternative,
}

/// Where a second result begins.
pub fn second(outcome: &Prose<'_>) -> Option<(usize, Kind)> {
    if let Some(at) = second_sentence(outcome) {
        return Some((at, Kind::Clause));
    }
    if !outcome.classes.any(Classes::CONJUNCTION.and(Classes::SUBORDINATOR)) {
        return None;
    }
    let verb = outcome.verb?;
    let either = const { [key("and"), key("or")] };
    let is_either = |at: &usize| outcome.has(*at, &either) && outcome.is_joined(*at);
    if let Some(at) = (0..outcome.words.len()).find(is_either) {
        return Some((at, Kind::Alternative));
    }
    second_clause(outcome, verb).map(|at| (at, Kind::Clause))
}

/// Behind a semicolon or a full stop, where both sides of it are sentences: a list may have such marks, too.
fn second_sentence(outcome: &Prose<'_>) -> Option<usize> {
    const ENDS: Marks = Marks::SEMICOLON.union(Marks::STOP);
    if !outcome.marks.any(ENDS) {
        return None;
    }
    let is_end = |word: &Word| word.marks.any(ENDS) && !word.marks.any(Marks::ASIDE);
    let is_sentence = |words: &[Word]| {
        // `…; see annex A` points elsewhere.
        let is_told = words.len() > 1 && words.first().is_some_and(|first| first.key != const { key("see") });
        is_told && (english::sure_statement(words).is_some() || english::is_imperative(words))
    };
    let mut start = 0;
    let mut has_first = false;
    for at in 1..=outcome.words.len() {
        if !outcome.words.get(at).is_none_or(is_end) {
            continue;
        }
        let is_one = is_sentence(outcome.words.get(start..at)?);
        if has_first && is_one {
            return Some(start);
        }
        has_first |= is_one;
        start = at;
    }
    None
}

/// Behind the verb, where a joining word is followed by a subject and a verb of its own.
fn second_clause(outcome: &Prose<'_>, verb: usize) -> Option<usize> {
    // `to ensure risks and issues are treated`: what is ensured, known or said is no second result.
    const VERBS: [Key; 16] = keys([
        "ensure",
        "assure",
        "confirm",
        "show",
        "demonstrate",
        "know",
        "believe",
        "agree",
        "understand",
        "see",
        "say",
        "state",
        "prove",
        "assume",
        "guarantee",
        "require",
    ]);
    const OPENERS: [Key; 6] = keys(["that", "whether", "what", "how", "why", "which"]);
    // Nobody joins more in earnest.
    const MOST: usize = 16;
    // Behind the last joining word there is nothing to find.
    let end = (verb..outcome.words.len()).rev().find(|at| is_joiner(outcome, *at))?;
    let mut last = None;
    let mut joiners = 0;
    let (mut is_inside, mut is_content) = (false, false);
    for at in verb..=end {
        let is = |words: &[Key]| outcome.is_one(at, words);
        let verb_of_saying =
            outcome.words.get(at).filter(|word| !word.is_participle()).and_then(|word| english::verb(word.key));
        is_content |=
            is(const { &keys(["sure"]) }) || verb_of_saying.is_some_and(|verb| VERBS.contains(&key(verb.base)));
        joiners += usize::from(is_joiner(outcome, at));
        if joiners > MOST {
            return last;
        }
        if at > verb && is_joiner(outcome, at) && !is_content && has_own_clause(outcome, at + 1) {
            let is_marked = outcome.words.get(at).is_some_and(|word| word.marks.any(Marks::COMMA))
                || !outcome.is(at, Classes::CONJUNCTION);
            // Where no noun stands before, the word cannot join two.
            let is_behind_verb =
                outcome.words.get(at - 1).is_some_and(|before| before.is_participle() || before.is_adverb());
            match () {
                () if is_marked || is_behind_verb && !is_inside => return Some(at),
                () if is_inside => {}
                () => last = Some(at),
            }
        } else if english::opens(outcome.words, at) {
            is_inside = true;
            is_content |= is(&OPENERS);
        }
    }
    last
}

/// Whether a word may join two clauses; `while` may, where it means `but`.
fn is_joiner(outcome: &Prose<'_>, at: usize) -> bool {
    let [and, but, whereas, r#while] = const { [key("and"), key("but"), key("whereas"), key("while")] };
    outcome.words.get(at).is_some_and(|word| {
        !word.marks.any(Marks::ASIDE)
            && ([and, but, whereas].contains(&word.key) || (word.key == r#while && word.marks.any(Marks::COMMA)))
    })
}

/// The verb behind one who does something: `the quality manager trains new staff`. Of `trains` alone nobody could tell.
fn doer(words: &[Word]) -> Option<usize> {
    const BODIES: [Key; 6] = keys(["board", "committee", "team", "organization", "organisation", "management"]);
    const FARTHEST: usize = 6;
    words.first().filter(|first| first.is(Classes::DETERMINER))?;
    let acts = |word: &Word| {
        word.is_content() && [b"er", b"or"].iter().any(|ending| word.ends_with(*ending)) || BODIES.contains(&word.key)
    };
    // `the customer orders received`, `the supplier audits of the year` have none.
    let no_object =
        Classes::CONJUNCTION.and(Classes::PREPOSITION).and(Classes::IS).and(Classes::WAS).and(Classes::HAVE);
    let has_object = |next: &Word| !next.is(no_object) && !next.is_participle() && !next.marks.any(Marks::COMMA);
    (2..words.len().min(FARTHEST)).find(|at| {
        words.get(at - 1).is_some_and(acts)
            && words.get(*at).is_some_and(|verb| verb.is(Classes::THIRD))
            && words.get(at + 1).is_some_and(has_object)
    })
}

/// Whether a subject and its own verb begin at a position: `and are kept` has no subject, `and staff who are …` no verb.
fn has_own_clause(outcome: &Prose<'_>, from: usize) -> bool {
    let Some(rest) = outcome.words.get(from..) else { return false };
    let is_marked =
        from.checked_sub(1).and_then(|at| outcome.words.get(at)).is_some_and(|joiner| joiner.marks.any(Marks::COMMA));
    let verb = english::likely_statement(rest).or_else(|| doer(rest).filter(|_| is_marked));
    let Some(verb) = verb else { return false };
    let (Some(first), Some(subject)) = (rest.first(), rest.get(..verb)) else { return false };
    // `and agreed and the scope …` goes on with the verb before.
    let is_opening = |word: &Word| !word.is(Classes::PREPOSITION.and(Classes::SUBORDINATOR));
    let goes_on = (first.is_participle() || first.is_adverb())
        && rest.get(1).is_none_or(|next| {
            next.is(Classes::CONJUNCTION.and(Classes::PREPOSITION).and(Classes::DETERMINER))
                || next.marks.any(Marks::COMMA)
        });
    let is_noun = |word: &Word| {
        !word.is_adverb() && (!word.is(Classes::FUNCTION) || word.is(Classes::PRONOUN) || word.is(Classes::DETERMINER))
    };
    // `…, and those that matter are met`: some of what was spoken of before.
    let is_part = first.key == const { key("those") } && english::opens(rest, 1);
    let is_there = first.key == const { key("there") };
    let agrees = match rest.get(verb).map(|word| word.key) {
        Some(word) if word == const { key("is") } || word == const { key("has") } => is_or_are(subject) != Some("are"),
        Some(word) if word == const { key("are") } => is_or_are(subject) != Some("is"),
        _ => true,
    };
    is_opening(first) && !goes_on && !is_part && (subject.iter().any(is_noun) && agrees || is_there)
}
