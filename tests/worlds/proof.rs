//! Proofs, checked step by step against what is written.

use std::collections::BTreeSet;

use prm::coverage::{Basis, Reason, Status, Step};
use prm::model::{CatalogId, Name, Program, ReqKind, RequirementId};

use super::world::World;
use crate::support::Compiled;

/// What is wrong with some proof of a covered, partial or excluded requirement.
pub fn problem(world: &World, compiled: &Compiled) -> Option<String> {
    let program = &compiled.0.program;
    let expected = super::naive::witnesses(world);
    let begins = super::naive::begins(world);
    let statuses = super::naive::judge(world);
    let coverage = &compiled.0.coverage;
    let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
    for (id, row) in rows {
        let name = program.name(row.id);
        let witnesses = coverage.witnesses(program, id);
        let status = coverage.status(id);
        if witnesses.is_empty() != (status == Status::Uncovered) {
            return Some(format!("{name} is {} and has {} proofs", status.word(), witnesses.len()));
        }
        let number = |id: &str| -> usize { id.rsplit(['.', 'R']).next().unwrap().parse().unwrap() };
        let said: BTreeSet<String> = witnesses.iter().map(|steps| first_step(program, steps)).collect();
        if said != expected[number(name)] {
            return Some(format!("{name} is {} by {said:?}, and not {:?}", status.word(), expected[number(name)]));
        }
        for steps in &witnesses {
            let checker = Checker {
                world,
                program,
                steps,
                begins: &begins,
                statuses: &statuses,
                in_full: status == Status::Covered,
            };
            if let Some(fault) = checker.fault(id, status) {
                return Some(format!("{name} is {}, but {fault}\n{steps:#?}", status.word()));
            }
        }
    }
    None
}

/// What is wrong with what is told of the outcomes that some status rests on: those of a way are not enough by
/// themselves, or one of some proof is not named.
pub fn grounds_problem(world: &World, compiled: &Compiled) -> Option<String> {
    let program = &compiled.0.program;
    let coverage = &compiled.0.coverage;
    let number = |name: &Name| program.name(*name).rsplit('.').next().unwrap().parse::<usize>().unwrap();
    let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
    for (id, row) in rows {
        let name = program.name(row.id);
        let grounds = coverage.grounds(program, id);
        let named: BTreeSet<usize> = grounds.outcomes().iter().map(number).collect();
        let mut proofs = coverage.witnesses(program, id);
        for way in &grounds.ways {
            let others = way.head.iter().flat_map(|step| match &step.reason {
                Reason::Line { others, .. } if way.is_full => others.as_slice(),
                _ => &[],
            });
            // What the line carries proves nothing of what it is carried from.
            let carried: Vec<RequirementId> = way.head.iter().map(|step| step.requirement).collect();
            let of_others = others.flat_map(|other| coverage.witnesses(program, *other));
            proofs.extend(of_others.filter(|steps| steps.iter().all(|step| !carried.contains(&step.requirement))));
        }
        let known = proofs.iter().flatten().flat_map(|step| match &step.reason {
            Reason::Outcome { outcome, .. } => vec![*outcome],
            Reason::Joint { outcomes } => there(outcomes),
            _ => Vec::new(),
        });
        if let Some(lost) = known.map(|name| number(&name)).find(|outcome| !named.contains(outcome)) {
            return Some(format!("{name} rests on {lost} too, and {named:?} is told"));
        }
        let mut judged: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
        for (choice, way) in (0..3).flat_map(|choice| grounds.choice(true).into_iter().map(move |way| (choice, way))) {
            let mut needed = Vec::new();
            pick(&way, choice, &mut needed);
            let needed: BTreeSet<usize> = needed.iter().map(number).collect();
            if !judged.insert(needed.clone()) {
                continue;
            }
            let mut alone = world.clone();
            alone.omitted.extend((0..world.outcomes.len()).filter(|outcome| !needed.contains(outcome)));
            let row: usize = name.rsplit(['.', 'R']).next().unwrap().parse().unwrap();
            if super::naive::judge(&alone)[row] != Some(Status::Covered) {
                return Some(format!("{name} is not covered by {needed:?} alone, as {way:?} says"));
            }
        }
    }
    None
}

/// The members of a joint set that are there.
fn there(members: &[prm::model::Member]) -> Vec<Name> {
    members.iter().filter(|member| member.is_there).map(|member| member.id).collect()
}

/// The outcomes of a way, in one of its choices.
fn pick(basis: &Basis, choice: usize, needed: &mut Vec<Name>) {
    match basis {
        Basis::Claim(claim) => needed.extend(there(&claim.members)),
        Basis::All(parts) => parts.iter().for_each(|part| pick(part, choice, needed)),
        Basis::Any(parts) => pick(&parts[choice % parts.len()], choice, needed),
    }
}

/// What a proof begins with, as the second opinion writes it.
fn first_step(program: &Program, steps: &[Step]) -> String {
    let id = |id: RequirementId| program.name(program.requirement(id).id);
    let number = |name: &prm::model::Name| program.name(*name).rsplit('.').next().unwrap().parse::<usize>().unwrap();
    let given = steps.iter().find(|step| !matches!(step.reason, Reason::Above { .. })).unwrap();
    let row = id(given.requirement);
    match &given.reason {
        Reason::Outcome { outcome, .. } => format!("{row} by {} with []", number(outcome)),
        Reason::Joint { outcomes } => {
            let others: Vec<usize> = outcomes[1..].iter().map(|member| number(&member.id)).collect();
            format!("{row} by {} with {others:?}", number(&outcomes[0].id))
        }
        Reason::Line { crosswalk, line, .. } => {
            format!("{row} by line {line} of {}", &program.name(program.crosswalk(*crosswalk).id)[1..])
        }
        Reason::Parts { .. } => "parts".to_owned(),
        Reason::Exclusion { .. } => "exclusion".to_owned(),
        Reason::Above { .. } => unreachable!(),
    }
}

struct Checker<'a> {
    world: &'a World,
    program: &'a Program,
    steps: &'a [Step],
    begins: &'a [bool],
    statuses: &'a [Option<Status>],
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
        let is_chain = |left_out| {
            let start = self.starts(id, &[self.program.requirement(id).catalog], left_out);
            self.in_full || start.is_some_and(|rows| rows.iter().all(|row| self.proves(*row, left_out)))
        };
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

    /// Whether the proof of an exclusion leads to what is around the requirement or, for what has its parts excluded,
    /// around each of these.
    fn excludes(&self, id: RequirementId) -> bool {
        let is_around = |inner: RequirementId, outer: RequirementId| {
            let mut ids = std::iter::successors(Some(inner), |id| self.program.requirement(*id).parent);
            ids.any(|id| id == outer)
        };
        let Some(step) = self.steps.iter().find(|step| step.requirement == id) else { return false };
        match &step.reason {
            Reason::Exclusion { excluded } => is_around(id, *excluded),
            Reason::Parts { parts } => parts.iter().all(|part| self.excludes(*part)),
            _ => false,
        }
    }

    /// Where the chains begin along which the steps, one of them left out, lead: such as neither enter the catalog that
    /// they began in again nor, before their end, the one that they end in. `passed` is where they have been.
    fn starts(&self, id: RequirementId, passed: &[CatalogId], left_out: Option<usize>) -> Option<Vec<RequirementId>> {
        let steps = self.steps.iter().enumerate().filter(|(number, _)| Some(*number) != left_out);
        let (_, step) = steps.into_iter().find(|(_, step)| step.requirement == id)?;
        let (mut passed, mut starts) = (passed.to_vec(), Vec::new());
        let rests_on = match &step.reason {
            Reason::Outcome { .. } | Reason::Joint { .. } => return (passed.len() == 1).then_some(starts),
            Reason::Exclusion { .. } => return None,
            Reason::Above { whole } => return self.starts(*whole, &passed, left_out),
            Reason::Line { others, .. } => {
                passed.push(self.program.requirement(others[0]).catalog);
                others
            }
            Reason::Parts { parts } => parts,
        };
        // A chain that goes on for ever has left out where it begins.
        let (start, before) = passed.split_last()?;
        let is_chain = !before.contains(start) && before.iter().skip(1).all(|catalog| *catalog != passed[0]);
        for row in rests_on {
            match self.begins[self.row(*row)] && (passed.len() == 1 || is_chain) {
                true => starts.push(*row),
                false if passed.len() > self.steps.len() + 1 => return None,
                false => starts.extend(self.starts(*row, &passed, left_out)?),
            }
        }
        Some(starts)
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
            Reason::Joint { outcomes } => {
                let numbers: Vec<usize> = outcomes.iter().map(|member| outcome(&member.id)).collect();
                let missing = outcomes.iter().filter(|member| !member.is_there);
                let gone: Vec<usize> =
                    numbers[1..].iter().copied().filter(|at| self.world.omitted.contains(at)).collect();
                gone == missing.map(|member| outcome(&member.id)).collect::<Vec<_>>()
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
            Reason::Joint { outcomes } => !self.in_full || outcomes.iter().all(|member| member.is_there),
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
        self.statuses[self.row(id)] == Some(Status::Excluded)
    }
}
