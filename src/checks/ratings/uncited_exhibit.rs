//! Finds evidence that no rating rests on.

use rustc_hash::FxHashSet;

use super::own_exhibits;
use crate::checks::{Check, Context};
use crate::codes::UNCITED_EXHIBIT;
use crate::diagnostic::Diagnostic;
use crate::model::ExhibitId;

/// P813.
pub const CHECK: Check = Check { code: &UNCITED_EXHIBIT, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // A rating that is not known may cite any.
    if context.program.assessments.iter().any(|assessment| !assessment.has_all_ratings) {
        return;
    }
    let verdicts = context.program.rates.iter().flat_map(|rate| &rate.verdicts);
    let cited: FxHashSet<ExhibitId> = verdicts.flat_map(|verdict| &verdict.exhibits).map(|(id, _)| *id).collect();
    for (_, exhibit) in own_exhibits(context).filter(|(id, _)| !cited.contains(id)) {
        found.push(
            Diagnostic::new(
                &UNCITED_EXHIBIT,
                exhibit.origin.span,
                format!("no rating rests on `{}`", context.program.name(exhibit.id)),
            )
            .label("not cited")
            .help("cite it where it was looked at, `by EXHIBIT`, or leave it out"),
        );
    }
}
