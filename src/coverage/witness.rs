//! The proofs of a status: one for each link, joint set and line that gives it, and one for the parts. What these rest
//! on is told by its first, shortest proof.

use std::borrow::Cow;
use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::judge;
use super::judgement::{LineRef, Sides};
use super::{Coverage, Reason, Status, Step, chains};
use crate::graph::Incoming;
use crate::index::get;
use crate::model::{Exclusion, Link, Member, Model, Outcome, Program, RequirementId, Strength};

/// The proofs of the status of a requirement, the shortest first.
pub fn witnesses(coverage: &Coverage, program: &Program, requirement: RequirementId) -> Vec<Vec<Step>> {
    let Some(prover) = Prover::new(coverage, program) else { return Vec::new() };
    let mut proofs = match coverage.status(requirement) {
        Status::Covered => prover.covered(requirement),
        Status::Partial => prover.partial(requirement),
        Status::Excluded => prover.excluded(requirement),
        Status::Uncovered => Vec::new(),
    };
    proofs.sort_by_key(Vec::len);
    proofs
}

/// A rule that covers a row without a link: a line that names it or a row above it, or else its parts.
pub struct Rule<'a> {
    /// The row that a line names, or the one whose parts these are.
    pub row: RequirementId,
    line: Option<LineRef>,
    /// What has to be covered.
    pub premises: Cow<'a, [RequirementId]>,
}

/// The steps of a proof, and what they prove in full.
#[derive(Default)]
pub struct Proof {
    /// The steps.
    pub steps: Vec<Step>,
    proved: FxHashSet<RequirementId>,
}

/// Whoever looks for proofs.
#[derive(Clone, Copy)]
pub struct Prover<'a> {
    /// What was judged.
    pub coverage: &'a Coverage,
    /// The program.
    pub program: &'a Program,
    /// The model that was judged.
    pub model: &'a Model,
}

impl<'a> Prover<'a> {
    /// For the package asked for.
    pub fn new(coverage: &'a Coverage, program: &'a Program) -> Option<Self> {
        Some(Prover { coverage, program, model: &program.root()?.model })
    }

    fn outcome(&self, incoming: &Incoming) -> Option<(&'a Outcome, &'a Link)> {
        let outcome = self.model.outcome_at(incoming.process, incoming.position)?;
        Some((outcome, get(&outcome.links, incoming.link)?))
    }

    /// The step from a requirement to an outcome that is linked to it.
    fn link_step(&self, requirement: RequirementId, incoming: &Incoming) -> Option<Step> {
        let (outcome, link) = self.outcome(incoming)?;
        let stating = Member { id: outcome.id, is_there: true };
        let reason = match link.joint_set {
            None => Reason::Outcome { outcome: outcome.id, strength: link.strength },
            Some(_) => {
                Reason::Joint { outcomes: [stating].into_iter().chain(self.model.partners(outcome, link)).collect() }
            }
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

    /// A row and what is above it; for what is below another row, only as far as that row.
    pub fn rows<'b>(
        self,
        id: RequirementId,
        without: &'b [RequirementId],
    ) -> impl Iterator<Item = RequirementId> + use<'a, 'b> {
        std::iter::once(id).chain(self.program.above(id)).take_while(move |row| !without.contains(row))
    }

    /// The links of a row, each as a step; those that prove it covered, or all.
    pub fn links(self, row: RequirementId, full: bool) -> impl Iterator<Item = Step> + use<'a> {
        let links = self.coverage.incoming(self.program, row).into_iter();
        let links = links.filter(move |incoming| !full || self.is_full(incoming));
        links.filter_map(move |incoming| self.link_step(row, &incoming))
    }

    fn first_link(self, id: RequirementId, full: bool, without: &[RequirementId]) -> Option<Vec<Step>> {
        self.rows(id, without).find_map(|row| Some(self.below(id, row, self.links(row, full).next()?)))
    }

    /// A step for a row, as one for what is below it.
    pub fn below(self, id: RequirementId, row: RequirementId, step: Step) -> Vec<Step> {
        let above = Reason::Above { whole: row };
        let above = (id != row).then(|| Step { reason: above, requirement: id, span: self.span(id) });
        above.into_iter().chain([step]).collect()
    }

    /// The step from a whole to parts of it.
    pub fn parts_step(self, requirement: RequirementId, parts: Vec<RequirementId>) -> Step {
        Step { reason: Reason::Parts { parts }, requirement, span: self.span(requirement) }
    }

    /// A line with what stands on its other side, in the order in which that is written.
    fn line_step(self, requirement: RequirementId, at: LineRef, others: &[RequirementId]) -> Option<Step> {
        let line = self.program.crosswalk(at.crosswalk).lines.get(at.line as usize)?;
        let meant: FxHashSet<RequirementId> = others.iter().copied().collect();
        let mut said = FxHashSet::default();
        let written = line.left.iter().chain(&line.right).map(|(id, _)| *id);
        let others = written.filter(|id| meant.contains(id) && said.insert(*id)).collect();
        let reason = Reason::Line { crosswalk: at.crosswalk, line: at.line, others };
        Some(Step { reason, requirement, span: line.span })
    }

    fn span(self, id: RequirementId) -> crate::span::Span {
        self.program.requirement(id).origin.span
    }

    fn covered(self, id: RequirementId) -> Vec<Vec<Step>> {
        let links = self.rows(id, &[]).flat_map(|row| self.links(row, true).map(move |step| self.below(id, row, step)));
        let mut proofs: Vec<Vec<Step>> = links.collect();
        for rule in self.rules(id, &[id]) {
            // What gives it to something above must rest on neither.
            let known = Known::without(self, vec![id, rule.row], &rule.premises);
            if rule.premises.iter().all(|premise| known.depth(*premise).is_some()) {
                let mut proof = Proof { steps: self.rule_steps(id, &rule), ..Proof::default() };
                self.prove(&rule.premises, &known, &mut proof);
                proofs.push(said_once(proof.steps));
            }
        }
        proofs
    }

    /// The steps from a row to what a rule rests on.
    pub fn rule_steps(self, id: RequirementId, rule: &Rule<'_>) -> Vec<Step> {
        match rule.line {
            None => vec![self.parts_step(id, rule.premises.to_vec())],
            Some(at) => self
                .line_step(rule.row, at, &rule.premises)
                .map_or_else(Vec::new, |step| self.below(id, rule.row, step)),
        }
    }

    /// The rules that could cover a row, but for those that rest on rows which are not to be used.
    pub fn rules(self, id: RequirementId, without: &[RequirementId]) -> Vec<Rule<'a>> {
        let is_met = |part| matches!(self.coverage.status(part), Status::Covered | Status::Excluded);
        let mut rules = Vec::new();
        if self.program.parts(id).all(is_met) {
            let parts = self.program.parts(id).filter(|part| self.coverage.status(*part) == Status::Covered);
            let premises: Vec<RequirementId> = parts.collect();
            if !premises.is_empty() && without.iter().all(|unused| !premises.contains(unused)) {
                rules.push(Rule { row: id, line: None, premises: premises.into() });
            }
        }
        for row in std::iter::once(id).chain(self.program.above(id)) {
            // Of its rows, what is to be proved is asked for its own lines; what is below it is not.
            if row != id && !without.contains(&id) && without.contains(&row) {
                break;
            }
            for (line, far, _) in self.sides(row).filter(|(.., carries)| *carries) {
                if without.iter().all(|unused| far.binary_search(unused).is_err()) {
                    rules.push(Rule { row, line: Some(line.at), premises: far.into() });
                }
            }
        }
        rules
    }

    fn sides(self, row: RequirementId) -> impl Iterator<Item = (&'a Sides, &'a [RequirementId], bool)> {
        let lines = self.coverage.judgement.lines_of(row);
        lines.flat_map(move |line| line.across(row).map(move |(far, carries)| (line, far, carries)))
    }

    /// The shortest proofs of some rows, as steps in which what a step rests on follows it. Nothing is proved twice.
    pub fn prove(self, goals: &[RequirementId], known: &Known<'_>, proof: &mut Proof) {
        let mut open: Vec<RequirementId> = goals.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            if !proof.proved.insert(id) {
                continue;
            }
            if let Some(links) = self.first_link(id, true, &known.without) {
                proof.steps.extend(links);
                continue;
            }
            let is_before =
                |premise: &RequirementId| known.depth(*premise).is_some_and(|at| Some(at) < known.depth(id));
            let mut rules = self.rules(id, &known.without).into_iter();
            if let Some(rule) = rules.find(|rule| rule.premises.iter().all(is_before)) {
                proof.steps.extend(self.rule_steps(id, &rule));
                open.extend(rule.premises.iter().rev());
            }
        }
    }

    fn partial(self, id: RequirementId) -> Vec<Vec<Step>> {
        let links =
            self.rows(id, &[]).flat_map(|row| self.links(row, false).map(move |step| self.below(id, row, step)));
        let mut proofs: Vec<Vec<Step>> = links.collect();
        proofs.extend(self.ties(id, &[]));
        proofs.extend(self.by_parts(id, id));
        proofs
    }

    /// A proof for each line that ties a row, or a row above it, to something covered or partial.
    fn ties(self, id: RequirementId, without: &[RequirementId]) -> Vec<Vec<Step>> {
        let proof = |(row, at, far)| {
            let (steps, starts) = self.tie_head(id, row, at, far)?;
            let mut proof = Proof { steps, ..Proof::default() };
            starts.into_iter().for_each(|start| self.prove_start(start, &mut proof));
            Some(said_once(proof.steps))
        };
        self.sides_above(id, without).into_iter().filter_map(proof).collect()
    }

    /// The lines on which a row, or a row above it, stands, each with that row and what stands on its other side.
    pub fn sides_above(
        self,
        id: RequirementId,
        without: &[RequirementId],
    ) -> Vec<(RequirementId, LineRef, &'a [RequirementId])> {
        let lines =
            self.rows(id, without).flat_map(|row| self.sides(row).map(move |(line, far, _)| (row, line.at, far)));
        lines.collect()
    }

    /// The steps over a line to where a chain begins, and what is there; `None` where nothing is.
    pub fn tie_head(
        self,
        id: RequirementId,
        row: RequirementId,
        at: LineRef,
        far: &[RequirementId],
    ) -> Option<(Vec<Step>, Vec<RequirementId>)> {
        let catalog = |id: RequirementId| self.program.requirement(id).catalog;
        let judgement = &self.coverage.judgement;
        let is_open =
            |other: &RequirementId| catalog(*other) != catalog(id) && self.coverage.status(*other) != Status::Excluded;
        let open: Vec<RequirementId> = far.iter().copied().filter(is_open).collect();
        let starts: Vec<RequirementId> = open.iter().copied().filter(|other| judgement.begins_chains(*other)).collect();
        if !starts.is_empty() {
            return Some((self.below(id, row, self.line_step(row, at, &starts)?), starts));
        }
        let ties = chains::chain(self.program, judgement, &open, catalog(id))?;
        let mut steps = self.below(id, row, self.line_step(row, at, &[ties.first()?.node])?);
        for tie in &ties {
            let step = self.line_step(tie.entered, tie.line, &[tie.other])?;
            let is_part = tie.node != tie.entered && !self.program.above(tie.node).any(|row| row == tie.entered);
            match is_part {
                true => steps.extend(self.down_to_part(tie.node, tie.entered).into_iter().chain([step])),
                false => steps.extend(self.below(tie.node, tie.entered, step)),
            }
        }
        Some((steps, vec![ties.last()?.other]))
    }

    /// Proves where a chain begins: covered, or partial without any line.
    fn prove_start(self, start: RequirementId, proof: &mut Proof) {
        if self.coverage.status(start) == Status::Covered {
            self.prove(&[start], &Known::all(self), proof);
        } else if let Some(links) = self.first_link(start, false, &[]) {
            proof.steps.extend(links);
        } else {
            let parts = self.program.parts(start).filter(|part| self.coverage.judgement.begins_chains(*part));
            let parts: Vec<RequirementId> = parts.collect();
            proof.steps.push(self.parts_step(start, parts.clone()));
            parts.into_iter().for_each(|part| self.prove_start(part, proof));
        }
    }

    /// The proof by the parts that are met at least in part, and not only by what a whole of theirs is met by.
    fn by_parts(self, id: RequirementId, whole: RequirementId) -> Option<Vec<Step>> {
        let proofs = self.program.parts(id).filter_map(|part| Some((part, self.first_of_part(part, whole)?)));
        let (parts, proofs): (Vec<RequirementId>, Vec<Vec<Step>>) = proofs.unzip();
        let step = (!parts.is_empty()).then(|| self.parts_step(id, parts))?;
        Some(said_once(std::iter::once(step).chain(proofs.into_iter().flatten()).collect()))
    }

    fn first_of_part(self, part: RequirementId, whole: RequirementId) -> Option<Vec<Step>> {
        match self.coverage.status(part) {
            Status::Covered => {
                let mut proof = Proof::default();
                self.prove(&[part], &Known::all(self), &mut proof);
                Some(proof.steps)
            }
            Status::Partial => self.first_link(part, false, &[whole]).or_else(|| {
                let others = self.by_parts(part, whole).into_iter().chain(self.ties(part, &[whole]));
                others.min_by_key(Vec::len)
            }),
            Status::Excluded | Status::Uncovered => None,
        }
    }

    /// The steps from a whole down to a part of it, or a part of a part.
    fn down_to_part(self, whole: RequirementId, part: RequirementId) -> Vec<Step> {
        let mut way: Vec<RequirementId> = vec![part];
        way.extend(self.program.standing_in(part).take_while(|above| *above != whole));
        way.reverse();
        let mut at = whole;
        let mut steps = Vec::new();
        for next in way {
            steps.push(self.parts_step(at, vec![next]));
            at = next;
        }
        steps
    }

    fn excluded(self, requirement: RequirementId) -> Vec<Vec<Step>> {
        let stated = self.coverage.exclusions(self.program, requirement);
        if stated.is_empty() {
            let parts: Vec<RequirementId> = self.program.parts(requirement).collect();
            let reasons: Vec<Vec<Step>> = parts.iter().flat_map(|part| self.excluded(*part)).collect();
            let step = (!reasons.is_empty()).then(|| self.parts_step(requirement, parts));
            let proof = step.map(|step| said_once([step].into_iter().chain(reasons.into_iter().flatten()).collect()));
            return proof.into_iter().collect();
        }
        let step = |exclusion: &&Exclusion| {
            let reason = Reason::Exclusion { excluded: exclusion.requirement };
            vec![Step { reason, requirement, span: exclusion.span }]
        };
        stated.iter().map(step).collect()
    }
}

/// What is known to be covered, and how many rules lie between it and the outcomes.
pub struct Known<'a> {
    prover: Prover<'a>,
    /// The rows that are not to be used.
    without: Vec<RequirementId>,
    /// What was found to be covered without them.
    found: FxHashMap<RequirementId, u32>,
}

impl<'a> Known<'a> {
    fn all(prover: Prover<'a>) -> Self {
        Known { prover, without: Vec::new(), found: FxHashMap::default() }
    }

    /// Finds which of some rows, and of what they may rest on, are covered without others: from what links prove on, as
    /// the judge does.
    pub fn without(prover: Prover<'a>, without: Vec<RequirementId>, goals: &[RequirementId]) -> Self {
        let mut known = Known { without, ..Known::all(prover) };
        let mut seen: FxHashSet<RequirementId> = known.without.iter().copied().collect();
        let mut open: Vec<RequirementId> = goals.to_vec();
        // What each rule covers, and how many rows it still waits for; and who waits for a row.
        let mut waiting: Vec<(RequirementId, usize)> = Vec::new();
        let mut waits_for: FxHashMap<RequirementId, Vec<usize>> = FxHashMap::default();
        let mut queue: VecDeque<(RequirementId, u32)> = VecDeque::new();
        while let Some(id) = open.pop() {
            if prover.coverage.status(id) != Status::Covered || !seen.insert(id) {
                continue;
            }
            if prover.first_link(id, true, &known.without).is_some() {
                queue.push_back((id, 1));
                continue;
            }
            for rule in prover.rules(id, &known.without) {
                rule.premises.iter().for_each(|row| waits_for.entry(*row).or_default().push(waiting.len()));
                waiting.push((id, rule.premises.len()));
                open.extend(rule.premises.iter());
            }
        }
        while let Some((id, depth)) = queue.pop_front() {
            if known.found.contains_key(&id) {
                continue;
            }
            known.found.insert(id, depth);
            for rule in waits_for.get(&id).into_iter().flatten() {
                waiting[*rule].1 -= 1;
                if waiting[*rule].1 == 0 {
                    queue.push_back((waiting[*rule].0, depth + 1));
                }
            }
        }
        known
    }

    /// How many rules lie between a row and the outcomes; `None` for what is not known to be covered.
    pub fn depth(&self, id: RequirementId) -> Option<u32> {
        if !self.without.is_empty() {
            return self.found.get(&id).copied();
        }
        let depth = self.prover.coverage.judgement.depth.get(id.0 as usize).copied();
        depth.filter(|_| self.prover.coverage.status(id) == Status::Covered)
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
