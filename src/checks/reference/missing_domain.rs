//! Finds a model that does not say for which domain it is made (ISO/IEC 33004, 5.3.1).

use super::missing_statement;
use crate::checks::{Check, Context};
use crate::codes::MISSING_DOMAIN;
use crate::diagnostic::Diagnostic;

/// P501.
pub const CHECK: Check = Check { code: &MISSING_DOMAIN, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    missing_statement(
        context,
        found,
        &MISSING_DOMAIN,
        |head| head.domain,
        "for which domain it is made",
        "domain \"Security of hospital networks\"",
    );
}
