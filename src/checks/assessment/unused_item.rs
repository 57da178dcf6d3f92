//! Finds information items that nothing produces or consumes.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::UNUSED_ITEM;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P604.
pub const CHECK: Check = Check { code: &UNUSED_ITEM, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    if model.items.is_empty() {
        return;
    }
    let of_outcomes =
        model.processes.iter().flat_map(|process| &process.outcomes).flat_map(|outcome| &outcome.produces);
    let practices = model.processes.iter().flat_map(|process| &process.practices);
    let of_practices = practices.flat_map(|practice| practice.consumes.iter().chain(&practice.produces));
    let used: FxHashSet<Name> = of_outcomes.chain(of_practices).map(|target| target.id).collect();
    for item in model.items.iter().filter(|item| !used.contains(&item.id) && context.is_own(item.origin)) {
        let id = context.program.name(item.id);
        found.push(
            Diagnostic::new(&UNUSED_ITEM, item.id_span, format!("nothing produces or consumes the item `{id}`"))
                .about(SubjectKind::Item, id)
                .label("not used")
                .help(format!("name it where it is made or needed: `produces {id}` or `consumes {id}`, or delete it")),
        );
    }
}
