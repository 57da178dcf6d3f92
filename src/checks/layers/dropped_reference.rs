//! Finds what a base says of an element that a layer left out.

use crate::checks::{Check, Context};
use crate::codes::DROPPED_REFERENCE;
use crate::diagnostic::Diagnostic;

/// P704.
pub const CHECK: Check = Check { code: &DROPPED_REFERENCE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    for dropped in &context.package().model.dropped {
        let id = context.program.name(dropped.id);
        found.push(
            Diagnostic::new(&DROPPED_REFERENCE, dropped.by, format!("a base refers to `{id}`, which is left out"))
                .label("left out here")
                .also(dropped.reference, "this reference is dropped")
                .help("look whether what remains makes sense; state it anew in the layer where it does not"),
        );
    }
}
