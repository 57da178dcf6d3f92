//! Finds exclusions of what outcomes are said to meet.

use rustc_hash::FxHashMap;

use super::named;
use crate::checks::{Check, Context};
use crate::codes::EXCLUDED_LINK;
use crate::coverage::Status;
use crate::diagnostic::{Diagnostic, SubjectKind, words};
use crate::model::{Exclusion, Link, Name, ReqKind, RequirementId, natural_order};

/// P308: one for each exclusion, of what a link names or of what is above it.
pub const CHECK: Check = Check { code: &EXCLUDED_LINK, run: check };

/// How many links are shown.
const SHOWN: usize = 3;

/// An outcome with a link of its own.
type Linked<'a> = (Name, &'a Link);

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(head) = context.package().model.head.as_ref().filter(|_| context.coverage.is_some()) else { return };
    if head.exclusions.is_empty() {
        return;
    }
    let excluded: FxHashMap<RequirementId, Vec<Linked<'_>>> = linked(context, &head.exclusions);
    for exclusion in &head.exclusions {
        let Some(links) = excluded.get(&exclusion.requirement) else { continue };
        found.push(diagnostic(context, exclusion, links));
    }
}

/// For each row that is excluded, the links that it takes the meaning from.
fn linked<'a>(context: &Context<'a>, exclusions: &[Exclusion]) -> FxHashMap<RequirementId, Vec<Linked<'a>>> {
    let mut excluded: FxHashMap<RequirementId, Vec<Linked<'_>>> =
        exclusions.iter().map(|exclusion| (exclusion.requirement, Vec::new())).collect();
    let outcomes = context.package().model.processes.iter().flat_map(|process| &process.outcomes);
    for (outcome, link) in outcomes.flat_map(|outcome| outcome.links.iter().map(|link| (outcome.id, link))) {
        // What a nearer layer applies is not excluded any more.
        let is_clause = context.program.requirement(link.requirement).kind == ReqKind::Clause;
        let status = context.coverage.map(|coverage| coverage.status(link.requirement));
        if !is_clause && status != Some(Status::Excluded) {
            continue;
        }
        for row in std::iter::once(link.requirement).chain(context.program.above(link.requirement)) {
            if let Some(links) = excluded.get_mut(&row) {
                links.push((outcome, link));
            }
        }
    }
    excluded.retain(|_, links| !links.is_empty());
    // Where an outcome stands among the files means nothing.
    let name = |linked: &Linked<'a>| context.program.name(linked.0);
    excluded.values_mut().for_each(|links| links.sort_by(|one, other| natural_order(name(one), name(other))));
    excluded
}

fn diagnostic(context: &Context<'_>, exclusion: &Exclusion, links: &[Linked<'_>]) -> Diagnostic {
    let mut outcomes: Vec<&str> = links.iter().map(|(outcome, _)| context.program.name(*outcome)).collect();
    outcomes.dedup();
    let verb = if outcomes.len() == 1 { "is" } else { "are" };
    let outcomes = words::list(&outcomes, "and", 4);
    let mut diagnostic = Diagnostic::new(
        &EXCLUDED_LINK,
        exclusion.span,
        format!("{} is excluded, and {outcomes} {verb} said to meet it", named(context, exclusion.requirement)),
    )
    .about(SubjectKind::Requirement, context.program.full_id(exclusion.requirement))
    .label("does not apply, by this")
    .help("if it applies after all, take the exclusion out; if not, take the links away, or `allow excluded-link because \"…\"`");
    for (outcome, link) in links.iter().take(SHOWN) {
        diagnostic = diagnostic.also(link.span, format!("`{}` is linked to it", context.program.name(*outcome)));
    }
    diagnostic
}
