//! Finds requirements of the second catalog of a crosswalk that no line reaches, and that are not new.

use super::correspondence::{Side, own, report};
use crate::checks::{Check, Context};
use crate::codes::UNREACHED_TARGET;
use crate::diagnostic::Diagnostic;

/// P706.
pub const CHECK: Check = Check { code: &UNREACHED_TARGET, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for side in own(context).filter_map(|crosswalk| Side::right(context, crosswalk)) {
        report(context, &UNREACHED_TARGET, &side, found);
    }
}
