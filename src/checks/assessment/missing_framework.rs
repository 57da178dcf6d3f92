//! Finds an assessment model without a measurement framework (ISO/IEC 33004, 6.1). Asked when one is written.

use crate::checks::Context;
use crate::codes::MISSING_FRAMEWORK;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P605.
pub fn missing_framework(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|head| head.measured_by.is_none()) else { return };
    found.push(
        Diagnostic::new(&MISSING_FRAMEWORK, head.origin.span, "the model names no measurement framework")
            .about(SubjectKind::Model, context.program.name(head.id))
            .label("the capability dimension is left out")
            .help("name one, as in `measured by iso33020-2015`, and bring it in with `use iso33020-2015`"),
    );
}
