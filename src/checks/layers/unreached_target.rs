//! Finds requirements of the second catalog of a crosswalk that no line reaches, and that are not new.

use super::correspondence::{Side, own, report};
use crate::checks::Context;
use crate::codes::UNREACHED_TARGET;
use crate::diagnostic::Diagnostic;

/// P706.
pub fn unreached_target(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for side in own(context).filter_map(Side::right) {
        report(context, &UNREACHED_TARGET, &side, found);
    }
}
