//! Finds processes without an outcome (ISO/IEC 33004, 5.4).

use crate::checks::Context;
use crate::codes::MISSING_OUTCOMES;
use crate::diagnostic::Diagnostic;

/// P508.
pub fn missing_outcomes(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in context.own_processes().filter(|process| process.outcomes.is_empty() && !process.broken) {
        let id = context.program.name(process.id);
        found.push(
            Diagnostic::new(&MISSING_OUTCOMES, process.origin.span, format!("the process `{id}` has no outcome"))
                .label("this process")
                .help("say what is observably true when it works: `outcome 1 \"… is …\"`"),
        );
    }
    left_without(context, found);
}

/// Processes of a base of which this layer left out every outcome.
fn left_without(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    for omission in model.omissions.iter().filter(|omission| context.is_own(omission.origin)) {
        let omitted = context.program.name(omission.id);
        let process = omitted.rsplit_once('.').and_then(|(process, _)| context.program.names.get(process));
        let Some(process) = process.and_then(|id| model.process(id)).filter(|process| process.outcomes.is_empty())
        else {
            continue;
        };
        let id = context.program.name(process.id);
        found.push(
            Diagnostic::new(&MISSING_OUTCOMES, omission.span, format!("the process `{id}` is left without an outcome"))
                .label("its last outcomes are left out here")
                .also(process.origin.span, "the process")
                .help(format!(
                    "leave out the whole process, `omit {id} because \"…\"`, or give it outcomes of your own"
                )),
        );
    }
}
