//! Finds outcomes about managing the process itself, which is above capability level 1 (PD-O10).

use std::ops::Range;

use super::prose::{Prose, is_same};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{Classes, Key, keys};
use crate::model::Outcome;

/// P431.
pub const CHECK: Check = Check { code: &codes::ABOVE_BASIC_LEVEL, run: Look::Outcome(check) };

/// Looks for the process as the subject of a verb such as `monitored`, and for what its work takes: responsibilities.
fn check(described: &Described<'_, '_>, _: &Outcome, outcome: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(verb) = outcome.verb.filter(|verb| outcome.is(*verb, Classes::IS)) else { return };
    let level = (verb + 1..verb + 4).find(|at| outcome.is(*at, Classes::LEVEL));
    let at = match subject(described, outcome, verb) {
        Some(Subject::Process) => level,
        Some(Subject::Management) => Some(verb),
        None => None,
    };
    let Some(at) = at else { return };
    diagnostics.push(
        Diagnostic::new(
            &codes::ABOVE_BASIC_LEVEL,
            outcome.place(0..at + 1),
            format!("the outcome {} is about managing the process itself", outcome.quoted()),
        )
        .label("belongs to capability level 2 or above")
        .help("state a result of doing the work; how the work is managed is the subject of the measurement framework"),
    );
}

/// What an outcome is about.
enum Subject {
    /// The process, its performance or its work products.
    Process,
    /// What somebody who manages the process provides: objectives, responsibilities.
    Management,
}

/// Reads the subject, which begins or ends in the process itself.
fn subject(described: &Described<'_, '_>, outcome: &Prose<'_>, verb: usize) -> Option<Subject> {
    const PROVIDED: [Key; 5] = keys(["objectives", "responsibilities", "authorities", "resources", "roles"]);
    let subject = outcome.subject();
    let start = verb - subject.len();
    let is = |at: usize, words: &[Key]| outcome.is_one(at, words);
    if subject.len() == 2 && is(start, const { &keys(["process"]) }) && is(start + 1, const { &keys(["performance"]) })
    {
        return Some(Subject::Process);
    }
    // `the performance of the … process`: what is named behind the last `of` or `for`.
    let joint = (start..verb)
        .rev()
        .find(|at| is(*at, const { &keys(["of", "for"]) }) && is_itself(described, outcome, *at + 1..verb));
    let Some(joint) = joint else {
        return is_itself(described, outcome, start..verb).then_some(Subject::Process);
    };
    match () {
        () if is(start, &PROVIDED) => Some(Subject::Management),
        () if joint == start + 1 && is(start, const { &keys(["performance"]) }) => Some(Subject::Process),
        () if joint == start + 2
            && is(start, const { &keys(["work"]) })
            && is(start + 1, const { &keys(["products"]) }) =>
        {
            Some(Subject::Process)
        }
        () => None,
    }
}

/// Whether some words name the process that they are said of: by its title, or as `this process`.
fn is_itself(described: &Described<'_, '_>, outcome: &Prose<'_>, words: Range<usize>) -> bool {
    let is = |at: usize, names: &[Key]| outcome.is_one(at, names);
    let start = if is(words.start, const { &keys(["the"]) }) { words.start + 1 } else { words.start };
    let ends_in_process = words.end > start && is(words.end - 1, const { &keys(["process"]) });
    let end = if ends_in_process { words.end - 1 } else { words.end };
    match end.saturating_sub(start) {
        0 => ends_in_process,
        1 if ends_in_process && is(start, const { &keys(["this", "standard", "defined", "whole", "its"]) }) => true,
        _ => is_same(outcome.slice(start..end), described.name()),
    }
}
