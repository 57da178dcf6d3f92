//! Finds lines of closed assessments that are not as they were recorded, and do not say why.

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::CHANGED_RECORD;
use crate::diagnostic::Diagnostic;
use crate::review::closed::{Difference, differences, lines};

/// P806.
pub const CHECK: Check = Check { code: &CHANGED_RECORD, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (id, assessment) in own_assessments(context) {
        let name = context.program.name(assessment.id);
        let record = context.records.iter().find(|record| record.assessment == name);
        let (Some(closed), Some(record)) = (assessment.closed, record) else { continue };
        for difference in differences(record, lines(context.program, context.sources, id)) {
            let (place, message, label) = match difference {
                Difference::Changed(line) => {
                    (line.span, format!("`{name}` is closed, and this line is not as it was recorded"), "changed since")
                }
                Difference::Gone(text) => {
                    (closed, format!("`{name}` is closed, and a line of its record is gone: `{text}`"), "closed here")
                }
            };
            found.push(
                Diagnostic::new(&CHANGED_RECORD, place, message)
                    .label(label)
                    .also(closed, "the assessment is closed")
                    .help(format!("write it as it was; or end the line that takes its place with `amended because \"…\"`; `prm review --close {name}` records it anew")),
            );
        }
    }
}
