//! Finds two processes with one purpose (ISO/IEC 33004, 5.3.3).

use rustc_hash::FxHashMap;

use super::folded;
use crate::checks::Context;
use crate::codes::REPEATED_PURPOSE;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// P510: the goal is compared, what follows `is to`, since the opening names the process.
pub fn repeated_purpose(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<String, Span> = FxHashMap::default();
    for process in context.package().model.processes.iter().filter(|process| !process.broken) {
        let Some(purpose) = process.purpose else { continue };
        let text = folded(&context.sources.text(purpose.text));
        let goal = text.split_once(" is to ").map_or(text.as_str(), |(_, goal)| goal).to_owned();
        match seen.get(&goal) {
            None => {
                seen.insert(goal, purpose.text);
            }
            Some(first) if context.is_own(purpose.origin) => found.push(
                Diagnostic::new(&REPEATED_PURPOSE, purpose.text, "two processes have one purpose")
                    .label("the same again")
                    .also(*first, "first stated here")
                    .help("processes with one purpose are one process; join them, or say what tells them apart"),
            ),
            Some(_) => {}
        }
    }
}
