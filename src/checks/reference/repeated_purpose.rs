//! Finds two processes with one purpose (ISO/IEC 33004, 5.3.3).

use std::borrow::Cow;

use super::{Wordings, goal};
use crate::checks::Context;
use crate::codes::REPEATED_PURPOSE;
use crate::diagnostic::Diagnostic;
use crate::model::{Process, Stated};

/// P510: the goal is compared, what follows `is to`, since the opening names the process.
pub fn repeated_purpose(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let stated = |process: &Process| process.purpose.filter(|_| !process.broken);
    let purposes: Vec<(Stated, Cow<'_, str>)> = context
        .package()
        .model
        .processes
        .iter()
        .filter_map(stated)
        .map(|purpose| (purpose, context.sources.text(purpose.text)))
        .collect();
    let mut seen = Wordings::default();
    for (purpose, text) in &purposes {
        match seen.first_like(goal(text), purpose.text) {
            Some(first) if context.is_own(purpose.origin) => found.push(
                Diagnostic::new(&REPEATED_PURPOSE, purpose.text, "two processes have one purpose")
                    .label("the same again")
                    .also(first, "first stated here")
                    .help("processes with one purpose are one process; join them, or say what tells them apart"),
            ),
            _ => {}
        }
    }
}
