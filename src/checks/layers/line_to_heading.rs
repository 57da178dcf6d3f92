//! Finds lines of crosswalks to a clause: a clause requires nothing, so the line decides nothing.

use crate::checks::Context;
use crate::codes::LINE_TO_HEADING;
use crate::diagnostic::{Diagnostic, words};
use crate::model::ReqKind;

/// P701.
pub fn line_to_heading(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let own = context.program.crosswalks.iter().filter(|crosswalk| context.is_own(crosswalk.origin));
    for line in own.flat_map(|crosswalk| &crosswalk.lines) {
        for (id, span) in line.left.iter().chain(&line.right) {
            let row = context.program.requirement(*id);
            if row.kind != ReqKind::Clause {
                continue;
            }
            let below: Vec<&str> = context
                .program
                .children(*id)
                .map(|child| context.program.name(context.program.requirement(child).id))
                .collect();
            found.push(
                Diagnostic::new(
                    &LINE_TO_HEADING,
                    *span,
                    format!("`{}` is a clause, so this line decides nothing", context.program.name(row.id)),
                )
                .label("a heading requires nothing itself")
                .also(row.origin.span, "declared here")
                .help(format!("name what stands below it: {}", words::list(&below, "and", 6))),
            );
        }
    }
}
