//! Finds assessments that do not state all of their input (ISO/IEC 33002).

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::UNSTATED_INPUT;
use crate::diagnostic::Diagnostic;
use crate::model::AssessmentInput;

/// P810.
pub const CHECK: Check = Check { code: &UNSTATED_INPUT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, assessment) in own_assessments(context).filter(|(_, row)| row.is_whole) {
        let missing = missing(&assessment.input);
        let Some((last, others)) = missing.split_last() else { continue };
        let list = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        let id = context.program.name(assessment.id);
        found.push(
            Diagnostic::new(
                &UNSTATED_INPUT,
                assessment.origin.span,
                format!("the assessment `{id}` does not state its {list}"),
            )
            .label("input that ISO/IEC 33002 asks for")
            .help("state each on a line of its own; where there is none, say so: `constraint \"None.\"`"),
        );
    }
}

/// What is not stated, in the order of the manual.
fn missing(input: &AssessmentInput) -> Vec<&'static str> {
    let stated = [
        ("sponsor", input.sponsor.is_some()),
        ("purpose", input.purpose.is_some()),
        ("unit", input.unit.is_some()),
        ("period", input.period.is_some()),
        ("constraints", !input.constraints.is_empty()),
        ("documented process", input.documented.is_some()),
        ("class", input.class.is_some()),
        ("independence", input.independence.is_some()),
        ("lead assessor", input.assessors.iter().any(|assessor| assessor.is_lead)),
        ("method", input.method.is_some()),
    ];
    stated.into_iter().filter(|(_, is_stated)| !is_stated).map(|(what, _)| what).collect()
}
