//! Finds two processes with one purpose (ISO/IEC 33004, 5.3.3).

use std::borrow::Cow;

use super::{Wordings, goal};
use crate::checks::{Check, Context};
use crate::codes::REPEATED_PURPOSE;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Name, Stated};

/// P510: the goal is compared, what follows `is to`, since the opening names the process.
pub const CHECK: Check = Check { code: &REPEATED_PURPOSE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let processes = context.package().model.processes.iter().filter(|process| !process.broken);
    let stated = processes.filter_map(|process| Some((process.id, process.purpose?)));
    let purposes: Vec<(Name, Stated, Cow<'_, str>)> =
        stated.map(|(process, purpose)| (process, purpose, context.sources.text(purpose.text))).collect();
    let mut seen = Wordings::default();
    for (process, purpose, text) in &purposes {
        match seen.first_like(goal(text), purpose.text) {
            Some(first) if context.is_own(purpose.origin) => found.push(
                Diagnostic::new(&REPEATED_PURPOSE, purpose.text, "two processes have one purpose")
                    .about(SubjectKind::Process, context.program.name(*process))
                    .label("the same again")
                    .also(first, "first stated here")
                    .help("processes with one purpose are one process; join them, or say what tells them apart"),
            ),
            _ => {}
        }
    }
}
