//! Finds information items of an assessed model that no evidence shows. Indicators are no checklist: a hint.

use rustc_hash::FxHashSet;

use super::own_assessments;
use crate::checks::{Check, Context};
use crate::codes::UNSHOWN_ITEM;
use crate::diagnostic::{Diagnostic, words};
use crate::model::Name;

/// P814.
pub const CHECK: Check = Check { code: &UNSHOWN_ITEM, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let seen = &context.package().scope.packages;
    let exhibits = context.program.exhibits.iter().filter(|row| seen.binary_search(&row.origin.package).is_ok());
    let shown: FxHashSet<Name> = exhibits.flat_map(|exhibit| &exhibit.shows).map(|target| target.id).collect();
    for (_, assessment) in own_assessments(context).filter(|(_, row)| row.is_whole && row.has_all_ratings) {
        let Some(of) = assessment.of else { continue };
        let items = context.program.package(of.model).model.items.iter();
        let left: Vec<&str> =
            items.filter(|item| !shown.contains(&item.id)).map(|item| context.program.name(item.id)).collect();
        if left.is_empty() {
            continue;
        }
        let are = if left.len() == 1 { "is" } else { "are" };
        found.push(
            Diagnostic::new(
                &UNSHOWN_ITEM,
                assessment.origin.span,
                format!("no evidence shows {}, which {are} in the model", words::list(&left, "or", 6)),
            )
            .label("not looked at")
            .help(
                "say of an exhibit what it shows, `shows item ID`; indicators are no checklist, so it need not be all",
            ),
        );
    }
}
