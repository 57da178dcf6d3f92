//! Finds a model that does not say how far consensus was sought (ISO/IEC 33004, 5.3.2).

use super::missing_statement;
use crate::checks::{Check, Context};
use crate::codes::MISSING_CONSENSUS;
use crate::diagnostic::Diagnostic;

/// P504.
pub const CHECK: Check = Check { code: &MISSING_CONSENSUS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    missing_statement(
        context,
        found,
        &MISSING_CONSENSUS,
        |head| head.consensus,
        "how far consensus was sought",
        "consensus \"None was sought.\"",
    );
}
