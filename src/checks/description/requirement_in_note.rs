//! Finds notes that state a requirement (PD-N1).

use super::prose::{Cutter, Prose, is_modal};
use super::survey::Survey;
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::Classes;
use crate::model::{Origin, Process, Remarks};
use crate::span::Span;

/// P451.
pub const CHECK: Check = Check { code: &codes::REQUIREMENT_IN_NOTE, run: Look::Package(check) };

/// Looks for `shall`, `should` and `must` in the notes of what the package itself declares.
fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    read(context, notes(context), diagnostics);
}

/// Looks at the notes of one process.
pub fn of_process(context: &Context<'_>, process: &Process, diagnostics: &mut Vec<Diagnostic>) {
    let own = with_notes(process).filter(|(origin, _)| origin.package == context.package);
    read(context, own.flat_map(|(_, remarks)| remarks.notes()).copied(), diagnostics);
}

fn read(context: &Context<'_>, notes: impl Iterator<Item = Span>, diagnostics: &mut Vec<Diagnostic>) {
    let mut cutter = Cutter::default();
    for span in notes {
        cutter.clear();
        let note = cutter.cut(context.sources, span);
        look(&cutter.prose(note), diagnostics);
    }
}

fn look(note: &Prose<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !note.classes.any(Classes::STRONG_MODAL) {
        return;
    }
    let states = |at: &usize| {
        note.is(*at, Classes::STRONG_MODAL)
            && is_modal(note.words, *at)
            && !note.has_subordinate(sentence(note, *at)..*at)
    };
    let Some(at) = (0..note.words.len()).find(states) else { return };
    let word = note.slice(at..at + 1);
    diagnostics.push(
        Diagnostic::new(
            &codes::REQUIREMENT_IN_NOTE,
            note.place(at..at + 1),
            format!("the note states a requirement with `{word}`"),
        )
        .label("notes only explain")
        .help("say it in an outcome or a practice, or explain it here without asking for anything"),
    );
}

/// Where the sentence around a word begins.
fn sentence(note: &Prose<'_>, at: usize) -> usize {
    let begins = |at: &usize| note.words.get(*at).is_some_and(|word| word.marks.any(super::prose::Marks::STOP));
    (0..=at).rev().find(begins).unwrap_or(0)
}

/// A process and what stands in it, with what they carry.
fn with_notes(process: &Process) -> impl Iterator<Item = (Origin, &Remarks)> {
    let outcomes = process.outcomes.iter().map(|outcome| (outcome.origin, &outcome.remarks));
    let practices = process.practices.iter().map(|practice| (practice.origin, &practice.remarks));
    std::iter::once((process.origin, &process.remarks)).chain(outcomes).chain(practices)
}

/// All notes of the package's own elements.
fn notes<'a>(context: &Context<'a>) -> impl Iterator<Item = Span> + use<'a> {
    let package = context.package;
    let model = &context.program.package(package).model;
    let processes = model.processes.iter().flat_map(with_notes);
    let groups = model.groups.iter().map(|group| (group.origin, &group.remarks));
    let items = model.items.iter().map(|item| (item.origin, &item.remarks));
    let own = processes.chain(groups).chain(items).filter(move |(origin, _)| origin.package == package);
    own.flat_map(|(_, remarks): (_, &'a Remarks)| remarks.notes()).copied()
}
