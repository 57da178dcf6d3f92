//! Finds practices that do not begin with a verb in the imperative (PD-A1).

use super::practice_copies_outcome::copied;
use super::prose::{Prose, capitalized, quote, uncapitalized};
use super::{Check, Described, Look, PracticeProse};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes};

/// P441.
pub const CHECK: Check = Check { code: &codes::PRACTICE_NOT_IMPERATIVE, run: Look::Practice(check) };

/// Looks at the first word of the name and of the text; one of them in the imperative is enough.
fn check(described: &Described<'_, '_>, practice: PracticeProse<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let first = practice.name.unwrap_or(practice.text);
    if may_be_imperative(&first) || may_be_imperative(&practice.text) || copied(described, &practice).is_some() {
        return;
    }
    let help = match imperative(&practice.text) {
        Some(imperative) => format!("say what to do: {}", quote(&imperative)),
        None => "say what to do, beginning with the verb, as in `Rotate keys.`".to_owned(),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::PRACTICE_NOT_IMPERATIVE,
            first.place(0..1),
            format!("the practice {} does not begin with what to do", first.quoted()),
        )
        .label("expected a verb such as `Keep` or `Review`")
        .help(help),
    );
}

/// Whether a text may be an instruction. No list holds all verbs, so only what cannot be one is found.
fn may_be_imperative(practice: &Prose<'_>) -> bool {
    let Some(first) = practice.words.first() else { return true };
    let second = usize::from(first.ends_with(b"ly"));
    if practice.is(second, Classes::BASE) && !practice.is(second, Classes::DETERMINER) {
        // `Review results are recorded.` begins with a noun.
        let is_statement = practice.verb.is_some_and(|verb| {
            practice.is(verb, Classes::IS) && !practice.has_subordinate(0..verb) && !practice.is(second, Classes::PURE)
        });
        return !is_statement;
    }
    // In tasks, `shall`, `should` and `may` give the force.
    if practice.classes.any(super::prose::MODALS) {
        return true;
    }
    const NOUN_ENDINGS: [&[u8]; 6] = [b"tion", b"sion", b"ment", b"ance", b"ence", b"ity"];
    let is_noun = NOUN_ENDINGS.iter().any(|ending| first.ends_with(ending)) || first.is_gerund();
    let other = Classes::DETERMINER.and(Classes::PRONOUN).and(Classes::THIRD).and(Classes::PLURAL);
    let is_statement =
        practice.verb.is_some_and(|verb| practice.is(verb, Classes::IS) && !practice.has_subordinate(0..verb));
    !(is_noun || first.is(other) || is_statement)
}

/// `Keys are rotated.` → `Rotate keys.`
fn imperative(practice: &Prose<'_>) -> Option<String> {
    let verb = practice.verb.filter(|verb| practice.is(*verb, Classes::IS))?;
    let participle = practice.words.get(verb + 1).filter(|word| word.is(Classes::PARTICIPLE))?;
    let base = english::verb(participle.key)?.base;
    let subject = uncapitalized(practice.before(verb));
    let rest = practice.after(verb + 2);
    let end = if practice.words.len() > verb + 2 { format!(" {rest}") } else { ".".to_owned() };
    Some(format!("{} {subject}{end}", capitalized(base)))
}
