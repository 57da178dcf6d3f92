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
}
