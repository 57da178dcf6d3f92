//! Finds processes with unusually few or many outcomes (PD-O4).

use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::words::count;

/// With fewer, the purpose can hardly be reached.
const FEWEST: usize = 3;
/// Usual are seven; models in good repute have nine.
const MOST: usize = 9;

/// P425.
pub const CHECK: Check = Check { code: &codes::NUMBER_OF_OUTCOMES, run: Look::Process(check) };

/// Counts the outcomes.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let process = described.process;
    let number = process.outcomes.len();
    // A process without any is reported as an error; one that a layer extends is not the layer's to judge.
    if number == 0 || (FEWEST..=MOST).contains(&number) {
        return;
    }
    let id = described.context.program.name(process.id);
    let (label, help) = if number < FEWEST {
        (
            format!("expected at least {FEWEST}"),
            "add what else has to be so before the purpose is reached, or make the process part of another",
        )
    } else {
        (
            format!("expected at most {MOST}"),
            "split the process in two, each with a purpose of its own, or join outcomes that state one result",
        )
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::NUMBER_OF_OUTCOMES,
            process.id_span,
            format!("the process `{id}` has {}", count(number, "outcome")),
        )
        .label(label)
        .help(format!("three to seven are usual: {help}")),
    );
}
