//! What is nearest to meeting a requirement.

use super::judge;
use super::judgement::LineRef;
use super::{Coverage, Miss, Status};
use crate::index::get;
use crate::model::{Program, ReqKind, RequirementId, Strength};

/// How many neighbours are worth a look.
const NEIGHBOURS: usize = 2;

/// How many are looked at: a catalog may have thousands of rows side by side.
const LOOKED_AT: usize = 20;

/// What is nearest to meeting a requirement that is not met in full.
pub fn misses(coverage: &Coverage, program: &Program, requirement: RequirementId) -> Vec<Miss> {
    let mut misses = Vec::new();
    parts(coverage, program, requirement, &mut misses);
    for id in std::iter::once(requirement).chain(program.above(requirement)) {
        misses.extend(misses_of_row(coverage, program, id));
    }
    if misses.is_empty() {
        neighbours(coverage, program, requirement, &mut misses);
    }
    misses
}

/// What a row itself has: its links, and the lines that it stands on.
pub fn misses_of_row(coverage: &Coverage, program: &Program, requirement: RequirementId) -> Vec<Miss> {
    let mut misses = Vec::new();
    links(coverage, program, requirement, &mut misses);
    lines(coverage, program, requirement, &mut misses);
    misses
}

fn parts(coverage: &Coverage, program: &Program, requirement: RequirementId, misses: &mut Vec<Miss>) {
    for part in program.parts(requirement) {
        let status = coverage.status(part);
        if matches!(status, Status::Partial | Status::Uncovered) {
            misses.push(Miss::Part { part, status });
        }
    }
}

fn links(coverage: &Coverage, program: &Program, id: RequirementId, misses: &mut Vec<Miss>) {
    let Some(model) = program.root().map(|package| &package.model) else { return };
    for incoming in coverage.incoming(program, id) {
        let outcome = model.outcome_at(incoming.process, incoming.position);
        let Some((outcome, link)) = outcome.and_then(|outcome| Some((outcome, get(&outcome.links, incoming.link)?)))
        else {
            continue;
        };
        match link.joint_set {
            Some(set) if !judge::is_complete(model, outcome, set) => {
                let members = outcome.joint_sets.get(set as usize).into_iter().flatten();
                let missing = members.filter(|member| model.member(member).is_none()).map(|member| member.id).collect();
                misses.push(Miss::Incomplete { outcome: outcome.id, missing, span: link.span });
            }
            None if link.strength == Strength::Partial => {
                misses.push(Miss::Contribution { outcome: outcome.id, span: link.span });
            }
            _ => {}
        }
    }
}

fn lines(coverage: &Coverage, program: &Program, id: RequirementId, misses: &mut Vec<Miss>) {
    for sides in coverage.judgement.lines_of(id) {
        let LineRef { crosswalk, line } = sides.at;
        let Some(written) = program.crosswalk(crosswalk).lines.get(line as usize) else { continue };
        let is_on = |side: &[RequirementId]| side.binary_search(&id).is_ok();
        let is_from_left = sides.carries_right && is_on(&sides.right);
        if is_from_left || sides.carries_left && is_on(&sides.left) {
            misses.push(Miss::Line { crosswalk, line, is_from_left, span: written.span });
        }
    }
}

/// The nearest rows of the catalog that outcomes meet.
fn neighbours(coverage: &Coverage, program: &Program, requirement: RequirementId, misses: &mut Vec<Miss>) {
    let Some(parent) = program.requirement(requirement).parent else { return };
    let mut siblings: Vec<RequirementId> = behind(program, parent, requirement)
        .take(LOOKED_AT)
        .chain(before(program, parent, requirement).take(LOOKED_AT))
        .filter(|id| coverage.status(*id) == Status::Covered)
        .filter(|id| program.requirement(*id).kind != ReqKind::Clause)
        .collect();
    siblings.sort_by_key(|id| (id.0.abs_diff(requirement.0), id.0));
    let met = siblings
        .into_iter()
        .take(LOOKED_AT)
        .filter_map(|id| Some((id, coverage.incoming(program, id).first().copied()?)));
    for (sibling, incoming) in met.take(NEIGHBOURS) {
        let outcome = program.root().and_then(|package| package.model.outcome(incoming.outcome));
        if let Some(span) = outcome.map(|outcome| outcome.origin.span) {
            misses.push(Miss::Neighbour { requirement: sibling, outcome: incoming.outcome, span });
        }
    }
}

/// The rows behind a row, in the same block.
fn behind(program: &Program, parent: RequirementId, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
    let end = program.requirement(parent).subtree_end;
    let next = move |id: &RequirementId| Some(program.requirement(*id).subtree_end).filter(|next| *next < end);
    std::iter::successors(next(&id), next)
}

/// The rows before a row, in the same block, the nearest first.
fn before(program: &Program, parent: RequirementId, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
    // The row in front is the last below the sibling in front, or that sibling itself.
    let previous = move |id: &RequirementId| {
        let last = id.0.checked_sub(1).map(RequirementId).filter(|last| *last > parent)?;
        std::iter::once(last)
            .chain(program.standing_in(last))
            .find(|row| program.requirement(*row).parent == Some(parent))
    };
    std::iter::successors(previous(&id), previous)
}
