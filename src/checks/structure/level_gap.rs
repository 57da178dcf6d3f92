//! Finds capability levels that do not count up from 0 or 1 without a gap.

use super::own_frameworks;
use crate::checks::{Check, Context};
use crate::codes::LEVEL_GAP;
use crate::diagnostic::Diagnostic;

/// P211.
pub const CHECK: Check = Check { code: &LEVEL_GAP, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for framework in own_frameworks(context) {
        let first = framework.levels.first().map(|level| context.program.name(level.id));
        let first = usize::from(first == Some("1"));
        for (number, level) in (first..).zip(&framework.levels) {
            let written = context.program.name(level.id);
            if written != number.to_string() {
                found.push(
                    Diagnostic::new(
                        &LEVEL_GAP,
                        level.span,
                        format!("level `{written}` stands where level `{number}` is due"),
                    )
                    .label(format!("expected `level {number}`"))
                    .help("levels are numbered 0, 1, 2 …, or 1, 2, 3 …, without a gap"),
                );
                break;
            }
        }
    }
}
