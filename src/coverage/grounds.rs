//! What a status rests on, told whole: every proof of it, and every proof of what these rest on. What is needed is told
//! apart from what would do by itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::judgement::LineRef;
use super::witness::{Known, Proof, Prover};
use super::{Coverage, Reason, Status, Step};
use crate::model::{Member, Name, Program, RequirementId, Strength, Text};
use crate::span::Span;

/// How many requirements are asked for one answer. Beyond that, what a proof rests on is told by its shortest proof.
const BUDGET: usize = 2_000;

/// How far a proof is followed, for the same reason.
const DEEPEST: usize = 200;

/// What a status rests on.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// The ways in which it is met, and what contributes to it.
    pub ways: Vec<Way>,
    /// The lines of crosswalks that carry it over or tie it, each once.
    pub lines: Vec<Carried>,
}

/// A way in which a requirement is met, or something that contributes to it.
#[derive(Clone, Debug)]
pub struct Way {
    /// The steps of the proof before what it rests on: a link, or a line or the parts; for what is met with a whole of
    /// it, that before them.
    pub head: Vec<Step>,
    /// Whether it meets the requirement in full, by itself.
    pub is_full: bool,
    /// The outcomes.
    pub basis: Basis,
}

/// Outcomes that a status rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// An outcome or a joint set.
    Claim(Claim),
    /// All of these are needed.
    All(Vec<Basis>),
    /// Each of these will do; of what contributes, each does.
    Any(Vec<Basis>),
}

/// What an outcome or a joint set claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The outcome, or all members of the joint set, the one that states it first, whether they are there or not.
    pub members: Vec<Member>,
    /// How far the link goes.
    pub strength: Strength,
    /// What it is linked to, and why.
    pub links: Vec<(RequirementId, Option<Text>)>,
}

/// A line of a crosswalk on the way to an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The line.
    pub at: LineRef,
    /// What it carries to.
    pub to: RequirementId,
    /// What it carries from.
    pub from: Vec<RequirementId>,
}

impl Grounds {
    /// The claims of all ways, those of ways in full first.
    pub fn claims(&self) -> Vec<&Claim> {
        let mut claims = Vec::new();
        for is_full in [true, false] {
            self.ways.iter().filter(|way| way.is_full == is_full).for_each(|way| way.basis.list(&mut claims));
        }
        claims
    }

    /// The outcomes of all ways that are there, members of joint sets included, each once.
    pub fn outcomes(&self) -> Vec<Name> {
        let mut seen = FxHashSet::default();
        let members = self.claims().into_iter().flat_map(|claim| &claim.members);
        let there = members.filter(|member| member.is_there).map(|member| member.id);
        there.filter(|outcome| seen.insert(*outcome)).collect()
    }

    /// What the ways in full, or the others, rest on, as a choice in which nothing comes twice; none without such ways.
    pub fn choice(&self, is_full: bool) -> Vec<Basis> {
        let ways = self.ways.iter().filter(|way| way.is_full == is_full);
        match Basis::any(ways.map(|way| way.basis.clone()).collect()) {
            Basis::Any(ways) => ways,
            one => vec![one],
        }
    }
}

impl Claim {
    /// What it says of outcomes: in what order a joint set is stated means nothing.
    fn key(&self) -> (Vec<Member>, bool) {
        let mut members = self.members.clone();
        members.sort_unstable();
        (members, self.strength == Strength::Full)
    }

    fn is_one_of(&self, members: &FxHashSet<Member>) -> bool {
        matches!(self.members.as_slice(), [only] if members.contains(only))
    }
}

impl Basis {
    /// What is needed as a whole.
    pub fn all(mut parts: Vec<Basis>) -> Basis {
        if let [Basis::Claim(_)] = parts.as_slice() {
            return parts.remove(0);
        }
        // An outcome that is needed as a member of a joint set is needed.
        let in_sets: FxHashSet<Member> = parts.iter().filter_map(Basis::joint).flatten().copied().collect();
        parts.retain(|part| !matches!(part, Basis::Claim(claim) if claim.is_one_of(&in_sets)));
        Basis::combined(parts, Basis::All, |part| match part {
            Basis::All(parts) => Ok(parts),
            other => Err(other),
        })
    }

    /// The members of a joint set.
    fn joint(&self) -> Option<&[Member]> {
        match self {
            Basis::Claim(claim) if claim.members.len() > 1 => Some(&claim.members),
            _ => None,
        }
    }

    /// What there is a choice of.
    pub fn any(parts: Vec<Basis>) -> Basis {
        Basis::combined(parts, Basis::Any, |part| match part {
            Basis::Any(parts) => Ok(parts),
            other => Err(other),
        })
    }

    fn combined(
        parts: Vec<Basis>,
        make: impl Fn(Vec<Basis>) -> Basis,
        unwrap: impl Fn(Basis) -> Result<Vec<Basis>, Basis>,
    ) -> Basis {
        let mut kept: Vec<Basis> = Vec::new();
        let mut claims: FxHashMap<(Vec<Member>, bool), usize> = FxHashMap::default();
        for part in parts.into_iter().flat_map(|part| unwrap(part).unwrap_or_else(|one| vec![one])) {
            let known = match &part {
                Basis::Claim(claim) => *claims.entry(claim.key()).or_insert(kept.len()),
                other => kept.iter().position(|known| known.is_same(other)).unwrap_or(kept.len()),
            };
            match kept.get_mut(known) {
                Some(known) => known.take_in(part),
                None => kept.push(part),
            }
        }
        match kept.pop() {
            Some(only) if kept.is_empty() => only,
            last => make(kept.into_iter().chain(last).collect()),
        }
    }

    /// Whether two say the same of outcomes, be it of different requirements.
    fn is_same(&self, other: &Basis) -> bool {
        let are = |a: &[Basis], b: &[Basis]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b));
        match (self, other) {
            (Basis::Claim(a), Basis::Claim(b)) => a.key() == b.key(),
            (Basis::All(a), Basis::All(b)) | (Basis::Any(a), Basis::Any(b)) => are(a, b),
            _ => false,
        }
    }

    /// Takes over what another, that says the same, is linked to.
    fn take_in(&mut self, other: Basis) {
        match (self, other) {
            (Basis::Claim(known), Basis::Claim(other)) => {
                let news = other.links.into_iter().filter(|link| !known.links.contains(link)).collect::<Vec<_>>();
                known.links.extend(news);
            }
            (Basis::All(known), Basis::All(other)) | (Basis::Any(known), Basis::Any(other)) => {
                known.iter_mut().zip(other).for_each(|(known, other)| known.take_in(other));
            }
            _ => {}
        }
    }

    fn list<'a>(&'a self, claims: &mut Vec<&'a Claim>) {
        match self {
            Basis::Claim(claim) => claims.push(claim),
            Basis::All(parts) | Basis::Any(parts) => parts.iter().for_each(|part| part.list(claims)),
        }
    }
}

/// What the status of a requirement rests on.
pub fn grounds(coverage: &Coverage, program: &Program, requirement: RequirementId) -> Grounds {
    let Some(prover) = Prover::new(coverage, program) else { return Grounds::default() };
    let mut search = Search { prover, path: Vec::new(), left: BUDGET, lines: Vec::new() };
    let ways = match coverage.status(requirement) {
        Status::Covered => search.of_covered(requirement),
        Status::Partial => search.contributions(requirement, &[]),
        Status::Excluded | Status::Uncovered => Vec::new(),
    };
    let mut told = FxHashSet::default();
    let mut lines = search.lines;
    lines.retain(|line| told.insert((line.at, line.to, line.from.clone())));
    Grounds { ways, lines }
}

struct Search<'a> {
    prover: Prover<'a>,
    /// What is being proved, so that nothing proves itself.
    path: Vec<RequirementId>,
    left: usize,
    lines: Vec<Carried>,
}

impl Search<'_> {
    fn of_covered(&mut self, id: RequirementId) -> Vec<Way> {
        let mut ways = self.full_ways(id);
        let told: FxHashSet<Span> = ways.iter().filter_map(|way| way.head.first()).map(|step| step.span).collect();
        for step in self.prover.links(id, false).filter(|step| !told.contains(&step.span)) {
            ways.push(self.claimed(vec![step], false));
        }
        ways
    }

    fn claimed(&self, head: Vec<Step>, is_full: bool) -> Way {
        let basis = Basis::all(head.iter().filter_map(|step| self.claim(step)).map(Basis::Claim).collect());
        Way { head, is_full, basis }
    }

    fn claim(&self, step: &Step) -> Option<Claim> {
        let (members, strength) = match &step.reason {
            Reason::Outcome { outcome, strength } => (vec![Member { id: *outcome, is_there: true }], *strength),
            Reason::Joint { outcomes } => (outcomes.clone(), Strength::Full),
            _ => return None,
        };
        let outcome = self.prover.model.outcome_of(*members.first()?);
        let link = outcome.and_then(|outcome| outcome.links.iter().find(|link| link.span == step.span));
        let links = vec![(step.requirement, link.and_then(|link| link.because))];
        Some(Claim { members, strength, links })
    }

    /// The ways in which a covered row is met that rest on nothing that is being proved.
    fn full_ways(&mut self, id: RequirementId) -> Vec<Way> {
        let prover = self.prover;
        let rows: Vec<RequirementId> = prover.rows(id, &self.path).collect();
        let links = rows.iter().flat_map(|row| prover.links(*row, true).map(move |step| prover.below(id, *row, step)));
        let mut ways: Vec<Way> = links.map(|head| self.claimed(head, true)).collect();
        let without = if self.path.is_empty() { vec![id] } else { self.path.clone() };
        for rule in prover.rules(id, &without) {
            if rule.premises.iter().any(|premise| *premise == id || *premise == rule.row) {
                continue;
            }
            let (length, told) = (self.path.len(), self.lines.len());
            self.path.extend([id].into_iter().chain((rule.row != id).then_some(rule.row)));
            let head = prover.rule_steps(id, &rule);
            self.tell_lines(&head);
            let premises: Option<Vec<Basis>> = rule.premises.iter().map(|premise| self.full(*premise)).collect();
            self.path.truncate(length);
            match premises {
                Some(premises) => ways.push(Way { head, is_full: true, basis: Basis::all(premises) }),
                None => self.lines.truncate(told),
            }
        }
        ways.sort_by_key(|way| matches!(way.head.first().map(|step| &step.reason), Some(Reason::Parts { .. })));
        ways
    }

    /// What a covered row rests on; `None` where it rests on what is being proved.
    fn full(&mut self, id: RequirementId) -> Option<Basis> {
        if self.prover.coverage.status(id) != Status::Covered {
            return None;
        }
        if self.left == 0 || self.path.len() > DEEPEST {
            return self.shortest(id);
        }
        self.left -= 1;
        let ways = self.full_ways(id);
        (!ways.is_empty()).then(|| Basis::any(ways.into_iter().map(|way| way.basis).collect()))
    }

    /// What the shortest proof of a covered row rests on.
    fn shortest(&mut self, id: RequirementId) -> Option<Basis> {
        let known = Known::without(self.prover, self.path.clone(), &[id]);
        known.depth(id)?;
        let mut proof = Proof::default();
        self.prover.prove(&[id], &known, &mut proof);
        self.tell_lines(&proof.steps);
        Some(self.claimed(proof.steps, true).basis)
    }

    fn tell_lines(&mut self, steps: &[Step]) {
        let line = |step: &Step| match &step.reason {
            Reason::Line { crosswalk, line, others } => {
                let at = LineRef { crosswalk: *crosswalk, line: *line };
                Some(Carried { at, to: step.requirement, from: others.clone() })
            }
            _ => None,
        };
        self.lines.extend(steps.iter().filter_map(line));
    }

    /// What contributes to a row, but for what a whole of it has.
    fn contributions(&mut self, id: RequirementId, without: &[RequirementId]) -> Vec<Way> {
        let prover = self.prover;
        let mut ways = self.contributing_links(id, without);
        for (row, at, far) in prover.sides_above(id, without) {
            let Some((head, starts)) = prover.tie_head(id, row, at, far) else { continue };
            self.tell_lines(&head);
            let bases: Vec<Basis> = starts.into_iter().flat_map(|start| self.started(start)).collect();
            ways.push(Way { head, is_full: false, basis: Basis::any(bases) });
        }
        let around = if without.is_empty() { &[id] } else { without };
        ways.extend(self.of_parts(id, |search, part| search.contributions(part, around)));
        ways
    }

    fn contributing_links(&self, id: RequirementId, without: &[RequirementId]) -> Vec<Way> {
        let prover = self.prover;
        let rows = prover.rows(id, without);
        let links = rows.flat_map(|row| prover.links(row, false).map(move |step| prover.below(id, row, step)));
        links.map(|head| self.claimed(head, false)).collect()
    }

    /// The parts that are met at least in part, as one way.
    fn of_parts(
        &mut self,
        id: RequirementId,
        mut partly: impl FnMut(&mut Self, RequirementId) -> Vec<Way>,
    ) -> Option<Way> {
        let mut found: Vec<(RequirementId, Basis)> = Vec::new();
        for part in self.prover.program.parts(id).collect::<Vec<_>>() {
            let bases = match self.prover.coverage.status(part) {
                Status::Covered => self.full(part).into_iter().collect(),
                Status::Partial => partly(self, part).into_iter().map(|way| way.basis).collect(),
                Status::Excluded | Status::Uncovered => Vec::new(),
            };
            if !bases.is_empty() {
                found.push((part, Basis::any(bases)));
            }
        }
        let (parts, bases): (Vec<RequirementId>, Vec<Basis>) = found.into_iter().unzip();
        let head = vec![self.prover.parts_step(id, parts)];
        (!bases.is_empty()).then(|| Way { head, is_full: false, basis: Basis::any(bases) })
    }

    /// What the beginning of a chain rests on: it is covered, or partial without any line.
    fn started(&mut self, start: RequirementId) -> Vec<Basis> {
        if self.prover.coverage.status(start) == Status::Covered {
            return self.full(start).into_iter().collect();
        }
        let mut ways = self.contributing_links(start, &[]);
        ways.extend(self.of_parts(start, |search, part| {
            let basis = Basis::any(search.started(part));
            let begins = search.prover.coverage.judgement.begins_chains(part);
            begins.then(|| Way { head: Vec::new(), is_full: false, basis }).into_iter().collect()
        }));
        ways.into_iter().map(|way| way.basis).collect()
    }
}
