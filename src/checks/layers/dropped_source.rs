//! Finds requirements of the first catalog of a crosswalk that no line carries over, and that were not withdrawn.

use super::correspondence::{Side, own, report};
use crate::checks::Context;
use crate::codes::DROPPED_SOURCE;
use crate::diagnostic::Diagnostic;

/// P705.
pub fn dropped_source(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for side in own(context).filter_map(Side::left) {
        report(context, &DROPPED_SOURCE, &side, found);
    }
}
