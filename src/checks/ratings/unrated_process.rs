//! Finds processes in scope of which attributes are not rated. Once the assessment is closed, that is an error.

use rustc_hash::FxHashMap;

use super::own_measured;
use crate::checks::{Check, Context};
use crate::codes::UNRATED_PROCESS;
use crate::diagnostic::{Diagnostic, Severity, SubjectKind, words};
use crate::model::{Assessment, Name, Program};
use crate::span::Span;

/// P808.
pub const CHECK: Check = Check { code: &UNRATED_PROCESS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (assessment, measured) in own_measured(context) {
        let Some(of) = assessment.of else { continue };
        let framework = context.program.framework(of.framework);
        let mut aimed: FxHashMap<Name, Span> = FxHashMap::default();
        for aim in assessment.aims.iter().flat_map(|aim| &aim.of) {
            aimed.entry(aim.id).or_insert(aim.span);
        }
        for profile in measured.profiles.iter().filter(|profile| profile.instance.is_none()) {
            let open = profile.attributes.iter().filter(|result| !result.is_rated || result.interval.only().is_none());
            let names = open.filter_map(|result| framework.attribute(result.attribute));
            let names: Vec<&str> = names.map(|attribute| context.program.name(attribute.id)).collect();
            if names.is_empty() {
                continue;
            }
            let process = context.program.name(profile.process);
            let are = if names.len() == 1 { "is" } else { "are" };
            let message =
                format!("{} of `{process}` {are} not rated, or not as a whole", words::list(&names, "and", 6));
            let place = place(context.program, assessment, &aimed, profile.process);
            let mut diagnostic = Diagnostic::new(&UNRATED_PROCESS, place, message)
                .about(SubjectKind::Process, process)
                .label("in scope")
                .help("rate what is missing; or lower the target, and say what is not looked at");
            if let Some(closed) = assessment.closed {
                diagnostic.severity = Severity::Error;
                diagnostic = diagnostic.also(closed, "the assessment is closed");
            }
            found.push(diagnostic);
        }
    }
}

/// Where the target of a process is stated: by itself, or by the innermost of its groups.
fn place(program: &Program, assessment: &Assessment, aimed: &FxHashMap<Name, Span>, process: Name) -> Span {
    let wholes = assessment.of.map(|of| program.package(of.model).model.wholes(process)).unwrap_or_default();
    wholes.iter().find_map(|whole| aimed.get(whole)).copied().unwrap_or(assessment.origin.span)
}
