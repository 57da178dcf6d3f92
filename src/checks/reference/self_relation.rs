//! Finds relations of a process to itself.

use crate::checks::{Check, Context};
use crate::codes::SELF_RELATION;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P514.
pub const CHECK: Check = Check { code: &SELF_RELATION, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for process in &context.package().model.processes {
        let to_itself = process.relations.iter().filter(|relation| relation.target.id == process.id);
        for relation in to_itself.filter(|relation| {
            context.whole || context.program.package_of(relation.target.span) == Some(context.package)
        }) {
            let (id, word) = (context.program.name(process.id), relation.kind.word());
            found.push(
                Diagnostic::new(
                    &SELF_RELATION,
                    relation.target.span,
                    format!("`{word}` relates the process `{id}` to itself"),
                )
                .about(SubjectKind::Process, id)
                .label("the process itself")
                .help("name another process; the architecture of a model is what its processes are to each other"),
            );
        }
    }
}
