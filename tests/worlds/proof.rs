//! Proofs, checked step by step against what is written.

use prm::coverage::{Reason, Status, Step};
use prm::model::{Program, ReqKind, RequirementId};

use super::world::World;
use crate::support::Compiled;

/// What is wrong with some proof of a covered, partial or excluded requirement.
pub fn problem(world: &World, compiled: &Compiled) -> Option<String> {
    let program = &compiled.0.program;
    let coverage = &compiled.0.coverage;
    let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
    for (id, row) in rows {
        let name = program.name(row.id);
        let witnesses = coverage.witnesses(program, id);
        let status = coverage.status(id);
        if witnesses.is_empty() != (status == Status::Uncovered) {
            return Some(format!("{name} is {} and has {} proofs", status.word(), witnesses.len()));
        }
        for steps in &witnesses {
            let checker = Checker { world, program, steps, in_full: status == Status::Covered };
            if let Some(fault) = checker.fault(id, status) {
                return Some(format!("{name} is {}, but {fault}\n{steps:#?}", status.word()));
            }
        }
    }
    None
}

struct Checker<'a> {
    world: &'a World,
    program: &'a Program,
    steps: &'a [Step],
    in_full: bool,
}

impl Checker<'_> {
    fn fault(&self, id: RequirementId, status: Status) -> Option<String> {
        if self.steps.first().is_none_or(|step| step.requirement != id) {
            return Some("its proof does not begin with it".to_owned());
        }
        if let Some(step) = self.steps.iter().find(|step| !self.is_written(step)) {
            return Some(format!("this is not written: {step:?}"));
        }
        if status == Status::Excluded {
            return (!self.excludes(id)).then(|| "what is excluded is not around it".to_owned());
        }
        let is_chain = |left_out| self.in_full || self.begins_well(id, left_out);
        if !is_chain(None) {
            return Some("its chain comes back to a catalog".to_owned());
        }
        if !self.proves(id, None) {
            return Some("its proof has a gap".to_owned());
        }
        let is_idle = |step: &usize| self.proves(id, Some(*step)) && is_chain(Some(*step));
        let idle = (0..self.steps.len()).find(is_idle);
        idle.map(|step| format!("its proof does not need step {step}"))
    }

    /// Whether the proof of an exclusion is one step, to what is around the requirement or, for what has its parts
    /// excluded, in it.
    fn excludes(&self, id: RequirementId) -> bool {
        let [Step { reason: Reason::Exclusion { excluded }, .. }] = self.steps else { return false };
        let is_around = |inner: RequirementId, outer: RequirementId| {
            let mut ids = std::iter::successors(Some(inner), |id| self.program.requirement(*id).parent);
            ids.any(|id| id == outer)
        };
        let mut below = self.program.below(id);
        is_around(id, *excluded) || below.any(|part| is_around(part, *excluded))
    }

    /// Whether the steps, one of them left out, lead along a chain that neither enters the catalog that it began in
    /// again nor, before its end, the one that it ends in; or need no chain.
    fn begins_well(&self, id: RequirementId, left_out: Option<usize>) -> bool {
        let catalog = |id: RequirementId| self.program.requirement(id).catalog;
        let begins = super::naive::begins(self.world);
        let mut passed = vec![catalog(id)];
        for (_, step) in self.steps.iter().enumerate().filter(|(number, _)| Some(*number) != left_out) {
            let rests_on = match &step.reason {
                Reason::Line { others, .. } => {
                    passed.push(catalog(others[0]));
                    others
                }
                Reason::Parts { parts } => parts,
                Reason::Above { .. } => continue,
                Reason::Outcome { .. } | Reason::Joint { .. } | Reason::Exclusion { .. } => return passed.len() == 1,
            };
            let (start, before) = passed.split_last().unwrap();
            let is_chain = !before.contains(start) && before.iter().skip(1).all(|catalog| *catalog != passed[0]);
            if rests_on.iter().all(|id| begins[self.row(*id)]) && (passed.len() == 1 || is_chain) {
                return true;
            }
        }
        false
    }

    /// The number at the end of an id.
    fn number(&self, id: &str) -> usize {
        id.rsplit(['.', 'R']).next().unwrap().parse().unwrap()
    }

    fn row(&self, id: RequirementId) -> usize {
        self.number(self.program.name(self.program.requirement(id).id))
    }

    /// Whether what a step rests on is written in the model.
    fn is_written(&self, step: &Step) -> bool {
        let row = self.row(step.requirement);
        let outcome = |name: &prm::model::Name| self.number(self.program.name(*name));
        match &step.reason {
            Reason::Outcome { outcome: name, .. } => self
                .world
                .links_of(outcome(name))
                .iter()
                .any(|link| link.rows.contains(&row) && link.together.is_empty()),
            Reason::Joint { outcomes, missing } => {
                let numbers: Vec<usize> = outcomes.iter().map(outcome).collect();
                let gone: Vec<usize> =
                    numbers[1..].iter().copied().filter(|at| self.world.omitted.contains(at)).collect();
                gone == missing.iter().map(outcome).collect::<Vec<_>>()
                    && self
                        .world
                        .links_of(numbers[0])
                        .iter()
                        .any(|link| link.rows.contains(&row) && link.together == numbers[1..])
            }
            Reason::Above { whole } => self.program.above(step.requirement).any(|above| above == *whole),
            Reason::Parts { parts } => {
                let all: Vec<RequirementId> = self.program.parts(step.requirement).collect();
                !parts.is_empty() && parts.iter().all(|part| all.contains(part))
            }
            Reason::Line { crosswalk, line, others } => {
                let at = self.number(&self.program.name(self.program.crosswalk(*crosswalk).id)[1..]);
                let line = &self.world.crosswalks[at].lines[*line as usize];
                let others: Vec<usize> = others.iter().map(|other| self.row(*other)).collect();
                let (near, far) = if line.left.contains(&row) && others.iter().all(|row| line.right.contains(row)) {
                    (&line.left, &line.right)
                } else {
                    (&line.right, &line.left)
                };
                self.world.crosswalks[at].in_force
                    && near.contains(&row)
                    && !others.is_empty()
                    && others.iter().all(|row| far.contains(row))
            }
            Reason::Exclusion { excluded } => self.world.exclusions.contains(&self.row(*excluded)),
        }
    }

    /// Whether the steps, one of them left out, lead from what is written to the requirement.
    fn proves(&self, id: RequirementId, left_out: Option<usize>) -> bool {
        let mut shown: Vec<RequirementId> = Vec::new();
        loop {
            let next = self.steps.iter().enumerate().find(|(number, step)| {
                Some(*number) != left_out && !shown.contains(&step.requirement) && self.follows(step, &shown)
            });
            match next {
                Some((_, step)) => shown.push(step.requirement),
                None => return shown.contains(&id),
            }
        }
    }

    /// Whether a step follows from what has been shown.
    fn follows(&self, step: &Step, shown: &[RequirementId]) -> bool {
        let is_shown = |id: &RequirementId| shown.contains(id);
        match &step.reason {
            Reason::Outcome { strength, .. } => !self.in_full || *strength == prm::model::Strength::Full,
            Reason::Joint { missing, .. } => !self.in_full || missing.is_empty(),
            Reason::Above { whole } => is_shown(whole),
            Reason::Parts { parts } => {
                let all = self.program.parts(step.requirement);
                let others_are_excluded = |part: RequirementId| parts.contains(&part) || self.is_excluded(part);
                parts.iter().all(is_shown) && (!self.in_full || all.into_iter().all(others_are_excluded))
            }
            Reason::Line { crosswalk, line, others } => {
                let line = &self.program.crosswalk(*crosswalk).lines[*line as usize];
                let on = |side: &[(RequirementId, prm::span::Span)], id: RequirementId| {
                    side.iter().any(|(other, _)| *other == id)
                };
                let whole = |side: &[(RequirementId, prm::span::Span)]| side.iter().all(|(id, _)| is_shown(id));
                let carries = (line.relation.carries_right() && on(&line.right, step.requirement) && whole(&line.left))
                    || (line.relation.carries_left() && on(&line.left, step.requirement) && whole(&line.right));
                others.iter().all(is_shown) && (!self.in_full || carries)
            }
            Reason::Exclusion { .. } => true,
        }
    }

    fn is_excluded(&self, id: RequirementId) -> bool {
        super::naive::judge(self.world)[self.row(id)] == Some(Status::Excluded)
    }
}
