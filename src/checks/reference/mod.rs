//! P5xx: what a reference model states (ISO/IEC 33004, clause 5).

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::{Check, Context};
use crate::diagnostic::{Code, Diagnostic, SubjectKind};
use crate::model::{Head, Process, Text};

include!(concat!(env!("OUT_DIR"), "/reference.rs"));

pub use unmet_purpose::look as unmet_purpose;

/// Reports a model that lacks one of the texts that it has to state.
fn missing_statement(
    context: &Context<'_>,
    found: &mut Vec<Diagnostic>,
    code: &'static Code,
    text: fn(&Head) -> Option<Text>,
    what: &str,
    example: &str,
) {
    let Some(head) = context.package().model.head.as_ref() else { return };
    // A base that is not there, which is reported, may have said it.
    let is_there = |base| {
        context.program.packages.iter().any(|package| package.model.head.as_ref().is_some_and(|head| head.id == base))
    };
    if !head.extends.iter().all(|base| is_there(*base)) {
        return;
    }
    if text(head).is_none() && context.is_own(head.origin) {
        found.push(
            Diagnostic::new(code, head.origin.span, format!("the model does not say {what}"))
                .about(SubjectKind::Model, context.program.name(head.id))
                .label("this model")
                .help(format!("say so in its block, as in `{example}`")),
        );
    }
}

/// Wordings that occurred, compared without regard to case, white space and a full stop.
#[derive(Default)]
struct Wordings<'a> {
    /// Each with its hash, so that a table that grows need not read it again.
    seen: HashTable<(u64, &'a str, Text)>,
}

impl<'a> Wordings<'a> {
    /// Takes in a wording, with the text that it stands in; gives the first text with the same one, if there is one.
    fn first_like(&mut self, wording: &'a str, text: Text) -> Option<Text> {
        let own = hash(wording);
        let is_like = |(hash, other, _): &(u64, &str, Text)| *hash == own && folded(other).eq(folded(wording));
        let found = self.seen.find(own, is_like).map(|(.., text)| *text);
        if found.is_none() {
            self.seen.insert_unique(own, (own, wording, text), |(hash, ..)| *hash);
        }
        found
    }
}

/// A number that wordings share which are like each other.
fn hash(wording: &str) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for word in wording.trim_end().trim_end_matches('.').split_whitespace() {
        // Nearly all characters need no table.
        for character in word.chars() {
            match character.is_ascii() {
                true => hasher.write_u32(u32::from(character.to_ascii_lowercase())),
                false => character.to_lowercase().for_each(|letter| hasher.write_u32(u32::from(letter))),
            }
        }
    }
    hasher.finish()
}

/// What the processes of a package name as their goals, as numbers that like ones share; 0 where one names none.
pub fn purposes(context: &Context<'_>) -> Vec<u64> {
    context.package().model.processes.iter().map(|process| goal_hash(context, process)).collect()
}

fn goal_hash(context: &Context<'_>, process: &Process) -> u64 {
    process.purpose.map_or(0, |purpose| hash(goal(&context.sources.text(purpose.text))))
}

/// Whether no other process has the purpose of this one.
pub fn is_alone(context: &Context<'_>, purposes: &[u64], index: u32, process: &Process) -> bool {
    let own = goal_hash(context, process);
    (0..).zip(purposes).all(|(other, hash)| other == index || *hash != own)
}

/// The characters of a text in lower case, one space between its words, without the full stop.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    let words = text.trim_end().trim_end_matches('.').split_whitespace().enumerate();
    words
        .flat_map(|(number, word)| (number > 0).then_some(' ').into_iter().chain(word.chars()))
        .flat_map(char::to_lowercase)
}

/// What a purpose names as its goal: what follows `is to`.
fn goal(purpose: &str) -> &str {
    let mut before = "";
    let mut opens = false;
    for (number, (at, word)) in words(purpose).enumerate() {
        if opens {
            return &purpose[at..];
        }
        opens = before.eq_ignore_ascii_case("is") && word.eq_ignore_ascii_case("to") && number > 1;
        before = word;
    }
    purpose
}

/// The words of a text, each with the byte that it begins at.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let start = at;
        // White space may be more than one byte; the next word begins behind it.
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_compared_without_case_white_space_and_full_stop() {
        let same = |one: &str, other: &str| folded(one).eq(folded(other));
        assert!(same("Keys  are\nKept.", "keys are kept") && same("Über.", "ÜBER"));
        assert!(!same("Keys are kept", "Keys arekept"));
    }

    #[test]
    fn the_goal_stands_behind_is_to() {
        assert_eq!(goal("The purpose of X IS\nto keep it."), "keep it.");
        assert_eq!(goal("It is to\u{a0}be"), "be");
        assert_eq!(goal("Keep it to yourself."), "Keep it to yourself.");
        assert_eq!(goal("What it is to"), "What it is to");
    }
}
