//! Finds two processes with one title (ISO/IEC 33004, 5.3.3).

use std::borrow::Cow;

use super::Wordings;
use crate::checks::{Check, Context};
use crate::codes::REPEATED_TITLE;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Element, Process};

/// P509.
pub const CHECK: Check = Check { code: &REPEATED_TITLE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // One that stands there twice is reported as such.
    let model = &context.package().model;
    let first_of = |id| match model.index.get(&id) {
        Some(Element::Process(first)) => model.process_at(*first),
        _ => None,
    };
    let is_first = |process: &Process| first_of(process.id).is_none_or(|first| first.title == process.title);
    let processes = || model.processes.iter().filter(|process| !process.broken && is_first(process));
    let titles: Vec<Cow<'_, str>> = processes().map(|process| context.sources.text(process.title)).collect();
    let mut seen = Wordings::default();
    for (process, title) in processes().zip(&titles) {
        match seen.first_like(title, process.title) {
            Some(first) if context.is_own(process.origin) => found.push(
                Diagnostic::new(&REPEATED_TITLE, process.title, format!("two processes have the title `{title}`"))
                    .about(SubjectKind::Process, context.program.name(process.id))
                    .label("the second")
                    .also(first, "the first")
                    .help("give one of them the title that tells it from the other"),
            ),
            _ => {}
        }
    }
}
