//! Finds lines of crosswalks to a clause: a clause requires nothing, so the line decides nothing.

use crate::checks::coverage::named;
use crate::checks::{Check, Context};
use crate::codes::LINE_TO_HEADING;
use crate::diagnostic::{Diagnostic, SubjectKind, words};
use crate::model::ReqKind;

/// P701.
pub const CHECK: Check = Check { code: &LINE_TO_HEADING, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
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
                    format!("{} is a clause, so this line decides nothing", named(context, *id)),
                )
                .about(SubjectKind::Requirement, context.program.full_id(*id))
                .label("a heading requires nothing itself")
                .also(row.origin.span, "declared here")
                .help(format!("name what stands below it: {}", words::list(&below, "and", 6))),
            );
        }
    }
}
