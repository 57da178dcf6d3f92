//! The statuses of all requirements: the least that fulfil what is said of each kind.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::judgement::{Judgement, LineRef, Sides};
use super::{Status, chains};
use crate::model::{
    Application, Exclusion, Head, Lost, Model, Outcome, PackageId, Program, ReqKind, RequirementId, Strength,
};
use crate::span::{Span, narrow};

/// Judges all requirements of a program by a model.
pub fn judge(program: &Program, model: &Model) -> Judgement {
    judge_with(program, model, &[])
}

/// Judges as if some requirements were met besides those that are.
pub fn judge_with(program: &Program, model: &Model, met: &[RequirementId]) -> Judgement {
    let Some(head) = &model.head else { return Judgement::default() };
    let excluded = exclusions(program, head.exclusions.iter(), &head.applications);
    judge_claims(program, head, excluded, &claims(program, model, &[], met, None))
}

/// Judges as if the link, or the exclusion, that is written at a place were not there.
pub fn judge_without(program: &Program, model: &Model, place: Span) -> Judgement {
    let Some(head) = &model.head else { return Judgement::default() };
    let others = head.exclusions.iter().filter(|exclusion| exclusion.span != place);
    let excluded = exclusions(program, others, &head.applications);
    judge_claims(program, head, excluded, &claims(program, model, &[], &[], Some(place)))
}

/// Judges as if no layer had lost a link or excluded anything; `None` where none did.
pub fn judge_without_losses(program: &Program, model: &Model) -> Option<Judgement> {
    let head = model.head.as_ref()?;
    let is_first = |exclusion: &&Exclusion| !is_of_layer(program, exclusion);
    if model.lost.is_empty() && head.exclusions.iter().all(|exclusion| is_first(&exclusion)) {
        return None;
    }
    let excluded = exclusions(program, head.exclusions.iter().filter(is_first), &head.applications);
    Some(judge_claims(program, head, excluded, &claims(program, model, &model.lost, &[], None)))
}

/// Whether a layer excludes something that its base did not.
pub fn is_of_layer(program: &Program, exclusion: &Exclusion) -> bool {
    !program.package(exclusion.origin.package).scope.stands_on.is_empty()
}

fn judge_claims(program: &Program, head: &Head, excluded_by: Vec<Option<RequirementId>>, claims: &Claims) -> Judgement {
    let count = program.requirements.len();
    let mut judge = Judge {
        program,
        result: Judgement {
            status: vec![Status::Uncovered; count],
            depth: vec![0; count],
            excluded_by,
            partial_by_itself: vec![false; count],
            lines: lines_in_force(program, head),
            ..Judgement::default()
        },
    };
    for (number, excluded) in judge.result.excluded_by.iter().enumerate() {
        if excluded.is_some() {
            judge.result.status[number] = Status::Excluded;
        }
    }
    judge.index_lines();
    judge.cover(claims);
    judge.contribute(claims);
    judge.tie();
    judge.result
}

/// Whether all members of an outcome's joint set are there; with itself alone an outcome does nothing jointly.
pub fn is_complete(model: &Model, outcome: &Outcome, set: u32) -> bool {
    outcome.joint_sets.get(set as usize).is_some_and(|members| {
        let is_alone = members.is_empty() && !outcome.with_itself.is_empty();
        !is_alone && members.iter().all(|member| model.member(member).is_some())
    })
}

/// What outcomes claim of each row, on itself or on something above it.
struct Claims {
    full: Vec<bool>,
    partial: Vec<bool>,
}

fn claims(program: &Program, model: &Model, restored: &[Lost], met: &[RequirementId], without: Option<Span>) -> Claims {
    let count = program.requirements.len();
    let mut claims = Claims { full: vec![false; count], partial: vec![false; count] };
    for outcome in model.processes.iter().flat_map(|process| &process.outcomes) {
        // Many links may share one large set.
        let sets = 0..narrow(outcome.joint_sets.len());
        let complete: Vec<bool> = sets.map(|set| is_complete(model, outcome, set)).collect();
        for link in outcome.links.iter().filter(|link| Some(link.span) != without) {
            let is_there = |set: u32| complete.get(set as usize).copied().unwrap_or(false);
            let whole = link.strength == Strength::Full && link.joint_set.is_none_or(is_there);
            let side = if whole { &mut claims.full } else { &mut claims.partial };
            side[link.requirement.0 as usize] = true;
        }
    }
    for lost in restored {
        let side = if lost.strength == Strength::Full { &mut claims.full } else { &mut claims.partial };
        side[lost.requirement.0 as usize] = true;
    }
    met.iter().for_each(|id| claims.full[id.0 as usize] = true);
    hand_down(program, 0..narrow(count), &mut claims.full);
    hand_down(program, 0..narrow(count), &mut claims.partial);
    claims
}

/// Hands what holds of a row down to all rows that it is above of, in a range of whole catalogs; `holds` begins with
/// its first row. Rows stand before what is below them.
pub fn hand_down(program: &Program, rows: Range<u32>, holds: &mut [bool]) {
    // What holds of a clause goes to everything below; what holds of a control stops at its enhancements.
    let mut of_clauses = vec![false; holds.len()];
    for (number, id) in rows.clone().map(RequirementId).enumerate() {
        let row = program.requirement(id);
        let Some(parent) = row.parent else {
            of_clauses[number] = holds[number] && row.kind == ReqKind::Clause;
            continue;
        };
        let parent_row = program.requirement(parent);
        let above = (parent.0 - rows.start) as usize;
        let is_enhancement = row.kind == ReqKind::Control && parent_row.kind == ReqKind::Control;
        let from_clauses = of_clauses[above];
        let from_parent = !is_enhancement && holds[above];
        of_clauses[number] = from_clauses || (row.kind == ReqKind::Clause && holds[number]);
        holds[number] = holds[number] || from_clauses || from_parent;
    }
}

/// What excludes each row, if anything: of the statements that exclude or apply it that of the nearest layer, and in one
/// layer the one that names the least around it.
fn exclusions<'a>(
    program: &Program,
    exclusions: impl Iterator<Item = &'a Exclusion>,
    applications: &[Application],
) -> Vec<Option<RequirementId>> {
    let mut excluded: Vec<Option<RequirementId>> = vec![None; program.requirements.len()];
    let mut statements: Vec<(PackageId, RequirementId, bool)> = exclusions
        .map(|row| (row.origin.package, row.requirement, true))
        .chain(applications.iter().map(|row| (row.origin.package, row.requirement, false)))
        .collect();
    // A package stands behind those that it is built on, and a row behind what it stands in: the last one decides.
    statements.sort_unstable();
    statements.dedup();
    for (_, requirement, excludes) in statements {
        for id in program.exclusion_reach(requirement) {
            excluded[id.0 as usize] = excludes.then_some(requirement);
        }
    }
    // What has parts, all of them excluded, is excluded; parts stand behind their whole.
    for number in (0..excluded.len()).rev() {
        let id = RequirementId(narrow(number));
        let mut parts = program.parts(id).peekable();
        if excluded[number].is_none() && parts.peek().is_some() {
            let all: Option<Vec<RequirementId>> = parts.map(|part| excluded[part.0 as usize]).collect();
            excluded[number] = all.and_then(|all| all.first().copied());
        }
    }
    excluded
}

/// The `apply` statements that hold for a control, the nearest first: those over which no exclusion stands.
pub fn applications_of<'a>(program: &Program, head: &'a Head, id: RequirementId) -> Vec<&'a Application> {
    let holds = |of: RequirementId| of == id || program.above(id).any(|above| above == of);
    let key = |package: PackageId, requirement: RequirementId| (package, requirement);
    let excluded = head.exclusions.iter().filter(|row| holds(row.requirement));
    let over = excluded.map(|row| key(row.origin.package, row.requirement)).max();
    let mut found: Vec<&Application> = head.applications.iter().filter(|row| holds(row.requirement)).collect();
    found.retain(|row| over.is_none_or(|over| key(row.origin.package, row.requirement) > over));
    found.sort_by_key(|row| std::cmp::Reverse(key(row.origin.package, row.requirement)));
    found
}

/// The lines in force that decide something: those without a clause on them.
fn lines_in_force(program: &Program, head: &Head) -> Vec<Sides> {
    let side = |side: &[(RequirementId, crate::span::Span)]| {
        let mut ids: Vec<RequirementId> = side.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let mut lines = Vec::new();
    for crosswalk in head.crosswalks_in_force() {
        for (number, line) in program.crosswalk(crosswalk).lines.iter().enumerate() {
            let mut ids = line.left.iter().chain(&line.right);
            if ids.any(|(id, _)| program.requirement(*id).kind == ReqKind::Clause) {
                continue;
            }
            lines.push(Sides {
                at: LineRef { crosswalk, line: narrow(number) },
                left: side(&line.left),
                right: side(&line.right),
                carries_right: line.relation.carries_right(),
                carries_left: line.relation.carries_left(),
            });
        }
    }
    lines
}

struct Judge<'a> {
    program: &'a Program,
    result: Judgement,
}

impl Judge<'_> {
    fn status(&self, id: RequirementId) -> Status {
        self.result.status[id.0 as usize]
    }

    fn index_lines(&mut self) {
        for (number, line) in self.result.lines.iter().enumerate() {
            let number = narrow(number);
            for id in line.left.iter().chain(&line.right) {
                let numbers = self.result.numbers_of.entry(*id).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
    }

    /// Covered: the least set that the rules close. A queue in the order of discovery gives the shortest proofs.
    fn cover(&mut self, claims: &Claims) {
        let mut queue: VecDeque<RequirementId> = VecDeque::new();
        for (number, row) in self.program.requirements.iter().enumerate() {
            if claims.full[number] && row.kind != ReqKind::Clause {
                self.set_covered(RequirementId(narrow(number)), 1, &mut queue);
            }
        }
        // What each direction of a line still waits for, and who waits for a row.
        let mut waiting: Vec<usize> = Vec::new();
        let mut waits_for: FxHashMap<RequirementId, Vec<usize>> = FxHashMap::default();
        for line in &self.result.lines {
            for (others, carries) in [(&line.left, line.carries_right), (&line.right, line.carries_left)] {
                if carries {
                    others.iter().for_each(|id| waits_for.entry(*id).or_default().push(waiting.len()));
                }
                waiting.push(if carries { others.len() } else { usize::MAX });
            }
        }
        let mut open_parts = self.open_parts();
        while let Some(id) = queue.pop_front() {
            let depth = self.result.depth[id.0 as usize] + 1;
            for direction in waits_for.get(&id).into_iter().flatten() {
                waiting[*direction] -= 1;
                if waiting[*direction] == 0 {
                    let line = &self.result.lines[direction / 2];
                    let carried = if direction % 2 == 0 { &line.right } else { &line.left };
                    let reached: Vec<RequirementId> = carried.iter().flat_map(|id| self.program.reach(*id)).collect();
                    reached.into_iter().for_each(|id| self.set_covered(id, depth, &mut queue));
                }
            }
            if let Some(whole) = self.program.whole(id) {
                open_parts[whole.0 as usize] -= 1;
                if open_parts[whole.0 as usize] == 0 {
                    self.set_covered(whole, depth, &mut queue);
                }
            }
        }
    }

    /// How many parts of each row are not excluded.
    fn open_parts(&self) -> Vec<u32> {
        let mut open = vec![0; self.program.requirements.len()];
        for id in (0..self.program.requirements.len()).map(narrow).map(RequirementId) {
            if let Some(whole) = self.program.whole(id).filter(|_| self.status(id) != Status::Excluded) {
                open[whole.0 as usize] += 1;
            }
        }
        open
    }

    fn set_covered(&mut self, id: RequirementId, depth: u32, queue: &mut VecDeque<RequirementId>) {
        let number = id.0 as usize;
        if self.result.status[number] == Status::Uncovered {
            self.result.status[number] = Status::Covered;
            self.result.depth[number] = depth;
            queue.push_back(id);
        }
    }

    /// Partial by its own links and parts.
    fn contribute(&mut self, claims: &Claims) {
        // Parts stand behind their whole, so going backwards sees them first.
        for number in (0..self.program.requirements.len()).rev() {
            let id = RequirementId(narrow(number));
            let open =
                self.result.status[number] == Status::Uncovered && self.program.requirement(id).kind != ReqKind::Clause;
            let has_met_part =
                || self.program.parts(id).any(|part| matches!(self.status(part), Status::Covered | Status::Partial));
            if open && (claims.partial[number] || has_met_part()) {
                self.result.status[number] = Status::Partial;
                self.result.partial_by_itself[number] = true;
            }
        }
    }

    /// Partial through lines of any relation.
    fn tie(&mut self) {
        for id in chains::tied(self.program, &self.result) {
            self.result.status[id.0 as usize] = Status::Partial;
        }
    }
}
