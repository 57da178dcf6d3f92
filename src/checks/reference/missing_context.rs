//! Finds a model that does not say in which context it is used (ISO/IEC 33004, 5.3.1).

use super::missing_statement;
use crate::checks::{Check, Context};
use crate::codes::MISSING_CONTEXT;
use crate::diagnostic::Diagnostic;

/// P502.
pub const CHECK: Check = Check { code: &MISSING_CONTEXT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    missing_statement(
        context,
        found,
        &MISSING_CONTEXT,
        |head| head.context,
        "in which context it is used",
        "context \"Made for improving processes; not for audits.\"",
    );
}
