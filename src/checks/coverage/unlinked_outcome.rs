//! Finds outcomes without a link and in no joint set, where the model covers something.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::UNLINKED_OUTCOME;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P304.
pub const CHECK: Check = Check { code: &UNLINKED_OUTCOME, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    if context.coverage.is_none_or(|coverage| coverage.catalogs.is_empty()) {
        return;
    }
    let outcomes = || model.processes.iter().flat_map(|process| &process.outcomes);
    let partners: FxHashSet<Name> = outcomes()
        .flat_map(|outcome| outcome.joint_sets.iter().flatten())
        .filter(|member| !member.gone)
        .map(|member| member.id)
        .collect();
    for outcome in
        outcomes().filter(|outcome| outcome.links.is_empty() && !outcome.broken && !partners.contains(&outcome.id))
    {
        let id = context.program.name(outcome.id);
        found.push(
            Diagnostic::new(&UNLINKED_OUTCOME, outcome.text, format!("the outcome `{id}` satisfies no requirement"))
                .about(SubjectKind::Outcome, id)
.label("without a link")
                .help("add `satisfies …` if it meets a requirement, or `allow unlinked-outcome because \"…\"` if it is wanted for its own sake"),
        );
    }
}
