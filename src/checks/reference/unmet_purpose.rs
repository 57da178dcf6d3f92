//! Finds a purpose of whose words no outcome takes up one (ISO/IEC 33004, 5.4). A hint only.

use super::goal;
use crate::checks::description::is_in_english;
use crate::checks::{Check, Context};
use crate::codes::UNMET_PURPOSE;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Process;
use crate::span::Span;

/// P511.
pub const CHECK: Check = Check { code: &UNMET_PURPOSE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    context.own_processes().for_each(|process| look(context, process, found));
}

/// Looks at one process.
pub fn look(context: &Context<'_>, process: &Process, found: &mut Vec<Diagnostic>) {
    let is_read = |place: Span| {
        let home = context.program.package_of(place).map(|home| context.program.package(home));
        home.is_none_or(|home| is_in_english(home, context.sources))
    };
    let purpose = process.purpose.filter(|_| !process.outcomes.is_empty() && !process.broken);
    let Some(purpose) = purpose.filter(|purpose| is_read(purpose.text)) else { return };
    if !process.outcomes.iter().all(|outcome| is_read(outcome.text)) {
        return;
    }
    let wanted: Vec<Stem> = stems(goal(&context.sources.text(purpose.text))).collect();
    let takes_up = |text: &str| stems(text).any(|stem| wanted.contains(&stem));
    let taken_up = || process.outcomes.iter().any(|outcome| takes_up(&context.sources.text(outcome.text)));
    if !wanted.is_empty() && !taken_up() {
        found.push(
            Diagnostic::new(&UNMET_PURPOSE, purpose.text, "no outcome takes up a word of the purpose")
                .about(SubjectKind::Process, context.program.name(process.id))
                .label("what it is for")
                .help("the outcomes together have to be enough for the purpose; say in one of them what becomes true of it"),
        );
    }
}

/// The first letters of a word, so that `protect` meets `protected`.
type Stem = [char; 5];

/// The longer words of a text, cut to their first letters.
fn stems(text: &str) -> impl Iterator<Item = Stem> + '_ {
    let words = text.split(|character: char| !character.is_alphabetic());
    words.filter_map(|word| {
        let mut stem = ['\0'; 5];
        let letters = word.chars().flat_map(char::to_lowercase);
        let length = stem.iter_mut().zip(letters).map(|(place, letter)| *place = letter).count();
        (length >= 4).then_some(stem)
    })
}
