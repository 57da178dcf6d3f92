//! Finds outcomes of one process of which only some end in a full stop (PD-O16).

use super::prose::Marks;
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P437.
pub const CHECK: Check = Check { code: &codes::UNEVEN_FULL_STOPS, run: Look::Process(check) };

/// Reports the outcomes that end unlike the first.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut outcomes = described.outcomes().filter(|(outcome, prose)| !outcome.broken && !prose.words.is_empty());
    let Some((_, first)) = outcomes.next() else { return };
    let has_stop = first.marks.any(Marks::FINAL_STOP);
    for (outcome, prose) in outcomes {
        if prose.marks.any(Marks::FINAL_STOP) == has_stop || !described.context.is_own(outcome.origin) {
            continue;
        }
        let (label, help) = if has_stop {
            ("lacks its full stop", "end it with a full stop, as the first outcome does")
        } else {
            ("ends in a full stop", "leave the full stop out, as the first outcome does")
        };
        let message = format!("the outcome {} ends unlike the first", prose.quoted());
        diagnostics.push(Diagnostic::new(&codes::UNEVEN_FULL_STOPS, prose.span, message).label(label).help(help));
    }
}
