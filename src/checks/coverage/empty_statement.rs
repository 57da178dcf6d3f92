//! Finds a statement of applicability without a row (ISO/IEC 27001, 6.1.3 d). Asked when one is written.

use crate::checks::Context;
use crate::codes::EMPTY_STATEMENT;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P307.
pub fn empty_statement(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = &context.package().model.head else { return };
    let mut rows = context.coverage.into_iter().flat_map(|coverage| &coverage.catalogs).flat_map(|c| &c.requirements);
    if rows.any(|id| context.program.is_tailorable(*id)) {
        return;
    }
    let message = match head.covers.is_empty() {
        true => "the model covers no catalog, so that its statement of applicability is empty",
        false => "no catalog that the model covers has controls, so that its statement of applicability is empty",
    };
    found.push(
        Diagnostic::new(&EMPTY_STATEMENT, head.origin.span, message)
            .about(SubjectKind::Model, context.program.name(head.id))
            .label("states nothing")
            .help("cover a catalog that has controls, as in `covers iso27001-2022`"),
    );
}
