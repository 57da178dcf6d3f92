//! Finds a process without a relation in a model where others have them (ISO/IEC 33004, 5.3.1). A hint only.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::UNRELATED_PROCESS;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Name;

/// P506.
pub const CHECK: Check = Check { code: &UNRELATED_PROCESS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let processes = &context.package().model.processes;
    let related: FxHashSet<Name> = processes
        .iter()
        .flat_map(|process| process.relations.iter().flat_map(|relation| [process.id, relation.target.id]))
        .collect();
    if related.is_empty() {
        return;
    }
    for process in context.own_processes().filter(|process| !related.contains(&process.id) && !process.broken) {
        let id = context.program.name(process.id);
        found.push(
            Diagnostic::new(&UNRELATED_PROCESS, process.id_span, format!("`{id}` has no relation to another process"))
                .about(SubjectKind::Process, id)
                .label("stands alone")
                .help("say which process it `supports`, `informs` or `follows`"),
        );
    }
}
