//! What layers lost of the coverage that their bases had.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::judge;
use super::judgement::Judgement;
use super::{Coverage, Status};
use crate::model::{Exclusion, Lost, Program, RequirementId, Strength};

/// A requirement that fares worse because of what a layer did.
#[derive(Clone, Copy, Debug)]
pub struct Loss<'a> {
    /// The requirement or control, one of those that are counted.
    pub requirement: RequirementId,
    /// What lost it.
    pub cause: Cause<'a>,
}

/// What a layer did.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'a> {
    /// It replaced or left out an outcome, and the link went with it.
    Link(&'a Lost),
    /// It excluded something on which the requirement rested.
    Exclusion(&'a Exclusion),
}

/// For each statement that lost something, and each link that it lost, the first requirement that fares worse for it:
/// by the link itself, or through parts and lines of crosswalks that rested on it.
pub fn losses<'a>(coverage: &Coverage, program: &'a Program) -> Vec<Loss<'a>> {
    let Some(model) = program.root().map(|package| &package.model) else { return Vec::new() };
    let Some(before) = judge::judge_without_losses(program, model) else { return Vec::new() };
    let search = Search { coverage, program, before };
    let lost_by = search.lost_by();
    let links = model.lost.iter().filter(|lost| !states_again(program, lost)).filter_map(|lost| {
        let requirement = *lost_by.get(&lost.requirement)?;
        Some(Loss { requirement, cause: Cause::Link(lost) })
    });
    let exclusions = model.head.iter().flat_map(|head| &head.exclusions);
    let of_layers = exclusions.filter(|exclusion| judge::is_of_layer(program, exclusion));
    let excluded = of_layers.filter_map(|exclusion| {
        let mut reach = program.exclusion_reach(exclusion.requirement).into_iter();
        let requirement = reach.find_map(|id| lost_by.get(&id))?;
        Some(Loss { requirement: *requirement, cause: Cause::Exclusion(exclusion) })
    });
    links.chain(excluded).collect()
}

/// Whether the layer that took the place of an outcome states its link again: what a layer above it does not state once
/// more is lost there.
fn states_again(program: &Program, lost: &Lost) -> bool {
    let home = program.package_of(lost.by).map(|home| &program.package(home).model);
    let outcome = home.and_then(|home| home.outcome(lost.outcome)).filter(|_| lost.stated_by == lost.outcome);
    outcome.is_some_and(|outcome| {
        let is_as_far = |strength: Strength| strength == Strength::Full || lost.strength == Strength::Partial;
        outcome.links.iter().any(|link| link.requirement == lost.requirement && is_as_far(link.strength))
    })
}

struct Search<'a> {
    coverage: &'a Coverage,
    program: &'a Program,
    /// The statuses as they would be, had no layer lost anything.
    before: Judgement,
}

impl Search<'_> {
    fn is_worse(&self, id: RequirementId) -> bool {
        let now = self.coverage.status(id);
        let before = self.before.status.get(id.0 as usize).copied().unwrap_or(now);
        matches!(now, Status::Partial | Status::Uncovered) && before < now && !self.coverage.is_open(id)
    }

    /// For each row that something was lost at, the first counted requirement that fares worse for it. The search goes
    /// back from those: to what stands above them, to their parts, and across the lines that carried them.
    fn lost_by(&self) -> FxHashMap<RequirementId, RequirementId> {
        let mut lost_by: FxHashMap<RequirementId, RequirementId> = FxHashMap::default();
        let mut queue: VecDeque<RequirementId> = VecDeque::new();
        let counted = self.coverage.catalogs.iter().flat_map(|catalog| catalog.requirements.iter().copied());
        for id in counted.filter(|id| self.is_worse(*id)) {
            lost_by.insert(id, id);
            queue.push_back(id);
        }
        while let Some(id) = queue.pop_front() {
            let Some(requirement) = lost_by.get(&id).copied() else { continue };
            for above in self.program.above(id) {
                lost_by.entry(above).or_insert(requirement);
            }
            let behind = self
                .program
                .parts(id)
                .chain(std::iter::once(id).chain(self.program.above(id)).flat_map(|row| self.across(row)));
            for row in behind.collect::<Vec<_>>() {
                let is_excluded = self.coverage.status(row) == Status::Excluded;
                if (is_excluded || self.is_worse(row)) && !lost_by.contains_key(&row) {
                    lost_by.insert(row, requirement);
                    if !is_excluded {
                        queue.push_back(row);
                    }
                }
            }
        }
        lost_by
    }

    /// The requirements on the other sides of the lines that name a row.
    fn across(&self, row: RequirementId) -> Vec<RequirementId> {
        let sides = self.before.lines_of(row).flat_map(|line| line.across(row));
        sides.flat_map(|(far, _)| far).copied().collect()
    }
}
