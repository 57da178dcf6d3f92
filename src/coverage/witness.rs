//! The shortest proofs of a status.

use rustc_hash::FxHashSet;

use super::judge::{self, LineRef};
use super::{Coverage, Reason, Status, Step, chains};
use crate::graph::Incoming;
use crate::index::get;
use crate::model::{Line, Link, Model, Outcome, Program, RequirementId, Strength};

/// How many proofs are told where they lead over something above: enough to see, few enough to read.
const FROM_ABOVE: usize = 8;

/// The shortest proofs of the status of a requirement.
pub fn witnesses(coverage: &Coverage, program: &Program, requirement: RequirementId) -> Vec<Vec<Step>> {
    let Some(package) = program.root() else { return Vec::new() };
    let prover = Prover { coverage, program, model: &package.model };
    match coverage.status(requirement) {
        Status::Covered => prover.covered(requirement),
        Status::Partial => prover.partial(requirement),
        Status::Excluded => prover.excluded(requirement),
        Status::Uncovered => Vec::new(),
    }
}

struct Prover<'a> {
    coverage: &'a Coverage,
    program: &'a Program,
    model: &'a Model,
}

impl<'a> Prover<'a> {
    fn outcome(&self, incoming: &Incoming) -> Option<(&'a Outcome, &'a Link)> {
        let outcome = self.model.outcome_at(incoming.process, incoming.position)?;
        Some((outcome, get(&outcome.links, incoming.link)?))
    }

    /// The step from a requirement to an outcome that is linked to it.
    fn link_step(&self, requirement: RequirementId, incoming: &Incoming) -> Option<Step> {
        let (outcome, link) = self.outcome(incoming)?;
        let reason = match link.joint_set.and_then(|set| outcome.joint_sets.get(set as usize)) {
            None => Reason::Outcome { outcome: outcome.id, strength: link.strength },
            Some(members) => Reason::Joint {
                outcomes: std::iter::once(outcome.id).chain(members.iter().map(|member| member.id)).collect(),
                missing: members
                    .iter()
                    .map(|member| member.id)
                    .filter(|id| self.model.outcome(*id).is_none())
                    .collect(),
            },
        };
        Some(Step { reason, requirement, span: link.span })
    }

    /// Whether a link alone proves its requirement covered.
    fn is_full(&self, incoming: &Incoming) -> bool {
        self.outcome(incoming).is_some_and(|(outcome, link)| {
            link.strength == Strength::Full
                && link.joint_set.is_none_or(|set| judge::is_complete(self.model, outcome, set))
        })
    }

    /// Proofs by the links of a requirement, or else by those of the nearest thing above it that has some.
    fn by_links(&self, requirement: RequirementId, full: bool) -> Vec<Vec<Step>> {
        let proofs = |id: RequirementId| -> Vec<Vec<Step>> {
            let links = self.coverage.incoming(self.program, id);
            let links = links.iter().filter(|incoming| !full || self.is_full(incoming));
            links.filter_map(|incoming| self.link_step(id, incoming)).map(|step| vec![step]).collect()
        };
        let direct = proofs(requirement);
        if !direct.is_empty() {
            return direct;
        }
        for whole in self.program.above(requirement) {
            let found = proofs(whole);
            if !found.is_empty() {
                return found
                    .into_iter()
                    .take(FROM_ABOVE)
                    .map(|proof| std::iter::once(self.above_step(requirement, whole)).chain(proof).collect())
                    .collect();
            }
        }
        Vec::new()
    }

    fn above_step(&self, requirement: RequirementId, whole: RequirementId) -> Step {
        Step { reason: Reason::Above { whole }, requirement, span: self.program.requirement(requirement).origin.span }
    }

    fn covered(&self, requirement: RequirementId) -> Vec<Vec<Step>> {
        let by_links = self.by_links(requirement, true);
        if !by_links.is_empty() {
            return by_links;
        }
        let mut proof = Vec::new();
        self.prove(requirement, &mut proof);
        vec![said_once(proof)]
    }

    /// One shortest proof: a row of steps in which what a step rests on follows it. Nothing is proved twice.
    fn prove(&self, requirement: RequirementId, proof: &mut Vec<Step>) {
        let mut proved: FxHashSet<RequirementId> = FxHashSet::default();
        let mut open = vec![requirement];
        while let Some(id) = open.pop() {
            if !proved.insert(id) {
                continue;
            }
            if let Some(links) = self.by_links(id, true).into_iter().next() {
                proof.extend(links);
            } else if let Some((steps, premises)) = self.derivation(id) {
                proof.extend(steps);
                open.extend(premises.into_iter().rev());
            }
        }
    }

    /// The rule that covers a requirement without a link, and what it rests on.
    fn derivation(&self, id: RequirementId) -> Option<(Vec<Step>, Vec<RequirementId>)> {
        let depth = self.depth(id);
        let parts: Vec<RequirementId> =
            self.program.parts(id).filter(|part| self.coverage.status(*part) == Status::Covered).collect();
        let all_met = || {
            self.program.parts(id).all(|part| matches!(self.coverage.status(part), Status::Covered | Status::Excluded))
        };
        if !parts.is_empty() && all_met() && parts.iter().all(|part| self.depth(*part) < depth) {
            let span = self.program.requirement(id).origin.span;
            return Some((vec![Step { reason: Reason::Parts { parts: parts.clone() }, requirement: id, span }], parts));
        }
        std::iter::once(id).chain(self.program.above(id)).find_map(|carried| {
            let (at, others) = self.lines(carried).find_map(|at| Some((at, self.carrying(at, carried, depth)?)))?;
            let mut steps = Vec::new();
            if carried != id {
                steps.push(self.above_step(id, carried));
            }
            steps.push(self.line_step(carried, at, others.clone())?);
            Some((steps, others))
        })
    }

    fn depth(&self, id: RequirementId) -> u32 {
        self.coverage.judgement.depth.get(id.0 as usize).copied().unwrap_or(0)
    }

    fn lines(&self, id: RequirementId) -> impl Iterator<Item = LineRef> + '_ {
        self.coverage.judgement.lines_of(id).map(|line| line.at)
    }

    fn line(&self, at: LineRef) -> Option<&'a Line> {
        self.program.crosswalk(at.crosswalk).lines.get(at.line as usize)
    }

    /// The other side of a line that carries a requirement, if all of it was covered before.
    fn carrying(&self, at: LineRef, id: RequirementId, depth: u32) -> Option<Vec<RequirementId>> {
        let line = self.line(at)?;
        let is_met =
            |other: &RequirementId| self.coverage.status(*other) == Status::Covered && self.depth(*other) < depth;
        let side = |side: &[(RequirementId, crate::span::Span)]| -> Vec<RequirementId> {
            side.iter().map(|(id, _)| *id).collect()
        };
        let (left, right) = (side(&line.left), side(&line.right));
        if line.relation.carries_right() && right.contains(&id) && left.iter().all(is_met) {
            return Some(left);
        }
        (line.relation.carries_left() && left.contains(&id) && right.iter().all(is_met)).then_some(right)
    }

    fn line_step(&self, requirement: RequirementId, at: LineRef, others: Vec<RequirementId>) -> Option<Step> {
        let span = self.line(at)?.span;
        Some(Step { reason: Reason::Line { crosswalk: at.crosswalk, line: at.line, others }, requirement, span })
    }

    fn partial(&self, requirement: RequirementId) -> Vec<Vec<Step>> {
        let by_links = self.by_links(requirement, false);
        if !by_links.is_empty() {
            return by_links;
        }
        let mut proof = Vec::new();
        self.prove_partial(requirement, &mut proof);
        vec![said_once(proof)]
    }

    /// One shortest proof that something contributes.
    fn prove_partial(&self, requirement: RequirementId, proof: &mut Vec<Step>) {
        let mut id = requirement;
        // Down through parts that are met at least in part, as far as links or lines are reached.
        while self.coverage.judgement.partial_by_itself.get(id.0 as usize).copied().unwrap_or(false) {
            if let Some(links) = self.by_links(id, false).into_iter().next() {
                proof.extend(links);
                return;
            }
            let met = |part: &RequirementId| matches!(self.coverage.status(*part), Status::Covered | Status::Partial);
            let parts: Vec<RequirementId> = self.program.parts(id).filter(met).collect();
            let covered = parts.iter().find(|part| self.coverage.status(**part) == Status::Covered);
            let Some(part) = covered
                .or_else(|| parts.iter().find(|part| self.coverage.judgement.partial_by_itself[part.0 as usize]))
            else {
                break;
            };
            let span = self.program.requirement(id).origin.span;
            proof.push(Step { reason: Reason::Parts { parts: vec![*part] }, requirement: id, span });
            if covered.is_some() {
                return self.prove(*part, proof);
            }
            id = *part;
        }
        self.prove_tie(id, proof);
    }

    /// Back along the lines to where the chain begins.
    fn prove_tie(&self, id: RequirementId, proof: &mut Vec<Step>) {
        let end = self.program.requirement(id).catalog;
        let ties = chains::chain(self.program, &self.coverage.judgement, &[id], end).unwrap_or_default();
        for tie in &ties {
            if self.program.above(tie.node).any(|above| above == tie.entered) {
                proof.push(self.above_step(tie.node, tie.entered));
            } else if tie.node != tie.entered {
                proof.extend(self.down_to_part(tie.node, tie.entered));
            }
            proof.extend(self.line_step(tie.entered, tie.line, vec![tie.other]));
        }
        if let Some(start) = ties.last().map(|tie| tie.other) {
            match self.coverage.status(start) {
                Status::Covered => self.prove(start, proof),
                _ => self.prove_partial(start, proof),
            }
        }
    }

    /// The steps from a whole down to a part of it, or a part of a part.
    fn down_to_part(&self, whole: RequirementId, part: RequirementId) -> Vec<Step> {
        let mut way: Vec<RequirementId> = vec![part];
        way.extend(self.program.standing_in(part).take_while(|above| *above != whole));
        way.reverse();
        let mut at = whole;
        let mut steps = Vec::new();
        for next in way {
            let span = self.program.requirement(at).origin.span;
            steps.push(Step { reason: Reason::Parts { parts: vec![next] }, requirement: at, span });
            at = next;
        }
        steps
    }

    fn excluded(&self, requirement: RequirementId) -> Vec<Vec<Step>> {
        let Some(excluded) = self.coverage.excluded_by(requirement) else { return Vec::new() };
        let head = self.model.head.as_ref();
        let statement =
            head.and_then(|head| head.exclusions.iter().find(|exclusion| exclusion.requirement == excluded));
        let step = statement.map(|exclusion| Step {
            reason: Reason::Exclusion { excluded },
            requirement,
            span: exclusion.span,
        });
        step.into_iter().map(|step| vec![step]).collect()
    }
}

/// A proof without its repetitions; of each step the last stays, so that it still follows all that rests on it.
fn said_once(proof: Vec<Step>) -> Vec<Step> {
    let mut said = FxHashSet::default();
    let mut steps: Vec<Step> = proof
        .into_iter()
        .rev()
        .filter(|step| said.insert((step.requirement, step.span, std::mem::discriminant(&step.reason))))
        .collect();
    steps.reverse();
    steps
}
