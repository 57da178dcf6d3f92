//! Finds a model that does not say who its community of interest is (ISO/IEC 33004, 5.3.2).

use super::missing_statement;
use crate::checks::{Check, Context};
use crate::codes::MISSING_COMMUNITY;
use crate::diagnostic::Diagnostic;

/// P503.
pub const CHECK: Check = Check { code: &MISSING_COMMUNITY, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    missing_statement(
        context,
        found,
        &MISSING_COMMUNITY,
        |head| head.community,
        "who its community of interest is",
        "community \"Hospitals and those who assess them.\"",
    );
}
