//! Finds requirements of the first catalog of a crosswalk that no line carries over, and that were not withdrawn.

use super::correspondence::{Side, own, report};
use crate::checks::{Check, Context};
use crate::codes::DROPPED_SOURCE;
use crate::diagnostic::Diagnostic;

/// P705.
pub const CHECK: Check = Check { code: &DROPPED_SOURCE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for side in own(context).filter_map(|crosswalk| Side::left(context, crosswalk)) {
        report(context, &DROPPED_SOURCE, &side, found);
    }
}
