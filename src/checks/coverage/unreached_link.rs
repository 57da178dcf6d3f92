//! Finds links that serve no catalog which the model covers.

use super::named;
use crate::checks::{Check, Context};
use crate::codes::UNREACHED_LINK;
use crate::diagnostic::{Diagnostic, SubjectKind};

/// P312: a link of the package itself, from which no lines in force lead to a covered catalog.
pub const CHECK: Check = Check { code: &UNREACHED_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage.filter(|coverage| !coverage.catalogs.is_empty()) else { return };
    let is_own = |place| context.whole || context.program.package_of(place) == Some(context.package);
    let outcomes = || context.package().model.processes.iter().flat_map(|process| &process.outcomes);
    let links = || outcomes().flat_map(|outcome| outcome.links.iter().map(move |link| (outcome, link)));
    let catalog_of = |id| context.program.requirement(id).catalog;
    let is_covered = |id| coverage.catalogs.iter().any(|covered| covered.catalog == catalog_of(id));
    if links().all(|(_, link)| is_covered(link.requirement)) {
        return;
    }
    let reach = coverage.reach(context.program);
    for (outcome, link) in links().filter(|(_, link)| is_own(link.span)) {
        if reach.get(link.requirement.0 as usize) == Some(&true) {
            continue;
        }
        let catalog = context.program.catalog(catalog_of(link.requirement));
        let name = context.program.name(catalog.id);
        found.push(
            Diagnostic::new(
                &UNREACHED_LINK,
                link.span,
                format!(
                    "the link to {} of `{name}` serves nothing that the model covers",
                    named(context, link.requirement)
                ),
            )
            .about(SubjectKind::Outcome, context.program.name(outcome.id))
            .label("counts nowhere")
            .help(format!(
                "cover the catalog, `covers {name}`, or put a crosswalk from it in force: `covers … through …`"
            )),
        );
    }
}
