//! Finds requirements that one outcome names twice, or in full and in part.

use rustc_hash::FxHashMap;

use super::named;
use crate::checks::{Check, Context};
use crate::codes::REPEATED_LINK;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{Link, Name, Outcome, PackageId, RequirementId, Strength};

/// P309: of the links that one package states. Two joint sets of different members are two ways to meet a requirement.
pub const CHECK: Check = Check { code: &REPEATED_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    for outcome in context.package().model.processes.iter().flat_map(|process| &process.outcomes) {
        if !outcome.broken && may_repeat(&outcome.links) {
            look(context, outcome, found);
        }
    }
}

/// Whether two links may name one requirement: of a few, as nearly all outcomes have, that is seen without a table.
fn may_repeat(links: &[Link]) -> bool {
    const FEW: usize = 16;
    let is_known = |at: usize, link: &Link| links[..at].iter().any(|other| other.requirement == link.requirement);
    links.len() > FEW || links.iter().enumerate().any(|(at, link)| is_known(at, link))
}

fn look(context: &Context<'_>, outcome: &Outcome, found: &mut Vec<Diagnostic>) {
    let mut known: FxHashMap<(RequirementId, Option<PackageId>), Vec<&Link>> = FxHashMap::default();
    for link in outcome.links.iter().filter(|link| is_written(context, link)) {
        let known = known.entry((link.requirement, context.program.package_of(link.span))).or_default();
        // What one reference may have meant is no second reference.
        let first = known.iter().find(|first| first.span != link.span && !are_two_ways(outcome, first, link));
        if let Some(first) = first {
            found.push(diagnostic(context, outcome.id, first, link));
        }
        known.push(link);
    }
}

/// Whether a reference names its requirement, and was not taken for it.
fn is_written(context: &Context<'_>, link: &Link) -> bool {
    let id = context.program.name(context.program.requirement(link.requirement).id);
    context.sources.slice(link.span).ends_with(id)
}

fn are_two_ways(outcome: &Outcome, one: &Link, other: &Link) -> bool {
    let members = |link: &Link| {
        let set = outcome.joint_sets.get(link.joint_set? as usize)?;
        let mut members: Vec<_> = set.iter().map(|member| (member.id, member.gone)).collect();
        members.sort_unstable();
        members.dedup();
        Some(members)
    };
    matches!((members(one), members(other)), (Some(one), Some(other)) if one != other)
}

fn diagnostic(context: &Context<'_>, outcome: Name, first: &Link, link: &Link) -> Diagnostic {
    let (id, row) = (context.program.name(outcome), named(context, link.requirement));
    let is_part = |link: &Link| link.strength == Strength::Partial || link.joint_set.is_some();
    let (message, help) = if is_part(first) == is_part(link) {
        (format!("`{id}` names {row} twice"), "keep one of the two")
    } else {
        (
            format!("`{id}` meets {row} in full, and in part"),
            "decide which of the two is true, and take the other out: alone, an outcome of a joint set meets a part",
        )
    };
    Diagnostic::new(&REPEATED_LINK, link.span, message)
        .about(SubjectKind::Outcome, id)
        .label("the second time")
        .also(first.span, "the first time")
        .help(help)
}
