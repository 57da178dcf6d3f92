//! Finds outcomes that are not numbered 1, 2, 3 in order (PD-O14).

use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// P435.
pub const CHECK: Check = Check { code: &codes::OUTCOME_ORDER, run: Look::Process(check) };

/// Counts along. A number that is no plain number, such as `acme-1`, is an organization's own and ends the counting.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let (mut expected, mut repeated) = (0, 0);
    for outcome in &described.process.outcomes {
        let number = described.context.sources.slice(outcome.number);
        expected += 1;
        let Ok(value) = number.parse::<usize>() else { return };
        if outcome.broken || !described.context.is_own(outcome.origin) {
            return;
        }
        // One that stands there twice is reported as such: it may be one too many, or have the number of the next.
        if value < expected && value > 0 && is_repeated(described, number, outcome.number) {
            repeated += 1;
            continue;
        }
        if value == expected || value + repeated == expected {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                &codes::OUTCOME_ORDER,
                outcome.number,
                format!("outcome `{number}` stands where outcome `{expected}` was expected"),
            )
            .label(format!("expected `{expected}`"))
            .help("number the outcomes 1, 2, 3 in the order in which they stand; references to them change with it"),
        );
        return;
    }
}

fn is_repeated(described: &Described<'_, '_>, number: &str, place: crate::span::Span) -> bool {
    let earlier = described.process.outcomes.iter().take_while(|outcome| outcome.number != place);
    earlier.into_iter().any(|outcome| described.context.sources.slice(outcome.number) == number)
}
