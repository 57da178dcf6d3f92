//! Finds two targets for one process, or for one group, that differ.

use rustc_hash::FxHashMap;

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::CONFLICTING_TARGETS;
use crate::diagnostic::Diagnostic;

/// P801.
pub const CHECK: Check = Check { code: &CONFLICTING_TARGETS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, assessment) in own_assessments(context) {
        let mut first = FxHashMap::default();
        for aim in &assessment.aims {
            for of in &aim.of {
                let (level, place) = *first.entry(of.id).or_insert((aim.level, of.span));
                if level == aim.level {
                    continue;
                }
                let message =
                    format!("`{}` has the targets level {level} and level {}", context.program.name(of.id), aim.level);
                found.push(
                    Diagnostic::new(&CONFLICTING_TARGETS, of.span, message)
                        .label(format!("level {} here", aim.level))
                        .also(place, format!("level {level} here"))
                        .help("keep one of the two; a process may have another target than its group"),
                );
            }
        }
    }
}
