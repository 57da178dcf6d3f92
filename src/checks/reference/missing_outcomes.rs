//! Finds processes without an outcome (ISO/IEC 33004, 5.4).

use rustc_hash::FxHashMap;

use crate::checks::{Check, Context};
use crate::codes::MISSING_OUTCOMES;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Name, Omission, PackageId, Process};

/// P508.
pub const CHECK: Check = Check { code: &MISSING_OUTCOMES, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in context.own_processes().filter(|process| process.outcomes.is_empty() && !process.broken) {
        let id = context.program.name(process.id);
        found.push(
            Diagnostic::new(&MISSING_OUTCOMES, process.origin.span, format!("the process `{id}` has no outcome"))
                .about(SubjectKind::Process, id)
                .label("this process")
                .help("say what is observably true when it works: `outcome 1 \"… is …\"`"),
        );
    }
    left_without(context, found);
}

/// Processes of a base of which layers left out every outcome: told where the last went, and by which others.
fn left_without(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    if model.omissions.is_empty() {
        return;
    }
    let mut omissions: FxHashMap<Name, Vec<&Omission>> = FxHashMap::default();
    for omission in &model.omissions {
        let process = context
            .program
            .name(omission.id)
            .rsplit_once('.')
            .and_then(|(process, _)| context.program.names.get(process));
        omissions.entry(process.unwrap_or(omission.id)).or_default().push(omission);
    }
    let bare = |process: &&Process| process.outcomes.is_empty() && !process.broken && !context.is_own(process.origin);
    for process in model.processes.iter().filter(bare) {
        // A base that is without them already has been told.
        let told = |base: &PackageId| {
            let process = context.program.package(*base).model.process(process.id);
            process.is_some_and(|process| process.outcomes.is_empty())
        };
        let Some((last, others)) = omissions.get(&process.id).and_then(|all| all.split_last()) else { continue };
        if context.package().scope.stands_on.iter().any(told) {
            continue;
        }
        let id = context.program.name(process.id);
        let message = format!("the process `{id}` is left without an outcome");
        let diagnostic = Diagnostic::new(&MISSING_OUTCOMES, last.span, message)
            .about(SubjectKind::Process, id)
            .label("its last outcomes are left out here")
            .also(process.origin.span, "the process")
            .help(format!("leave out the whole process, `omit {id} because \"…\"`, or give it outcomes of your own"));
        found.push(others.iter().fold(diagnostic, |told, other| told.also(other.span, "left out before")));
    }
}
