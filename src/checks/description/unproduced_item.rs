//! Finds information items that are consumed and that nothing produces (PD-N3).

use super::{Check, Look};
use rustc_hash::FxHashSet;

use super::prose::quote;
use super::survey::Survey;
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P453.
pub const CHECK: Check = Check { code: &codes::UNPRODUCED_ITEM, run: Look::Package(check) };

/// Compares what is consumed with what is produced; items of the kind `external` come from outside.
fn check(context: &Context<'_>, _: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    if model.items.is_empty() {
        return;
    }
    let mut produced: FxHashSet<Name> = FxHashSet::default();
    for process in &model.processes {
        produced.extend(process.outcomes.iter().flat_map(|outcome| &outcome.produces).map(|target| target.id));
        produced.extend(process.practices.iter().flat_map(|practice| &practice.produces).map(|target| target.id));
    }
    let practices = || model.processes.iter().flat_map(|process| &process.practices);
    let mut reported: FxHashSet<Name> = FxHashSet::default();
    for consumed in practices().flat_map(|practice| &practice.consumes) {
        let Some(item) = model.item(consumed.id) else { continue };
        let is_external = item.kind.is_some_and(|kind| context.program.name(kind) == "external");
        if is_external || !context.is_own(item.origin) || produced.contains(&item.id) || !reported.insert(item.id) {
            continue;
        }
        let title = context.sources.text(item.title);
        diagnostics.push(
            Diagnostic::new(
                &codes::UNPRODUCED_ITEM,
                item.id_span,
                format!("nothing produces the information item {}", quote(&title)),
            )
            .about(SubjectKind::Item, context.program.name(item.id))
            .label("consumed, but never produced")
            .also(consumed.span, "consumed here")
            .help("name it with `produces` where it arises; if it comes from outside, say so by `kind external`"),
        );
    }
}
