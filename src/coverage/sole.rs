//! Requirements that hang on one outcome alone.

use rustc_hash::FxHashMap;

use super::judge;
use super::{Coverage, Status};
use crate::index::get;
use crate::model::{Model, Name, Program, ReqKind, RequirementId, Strength};

/// The outcomes that every proof of a requirement needs; `None` until something is known.
type Needed = Option<Vec<Name>>;

/// The covered requirements of the covered catalogs whose every proof needs one outcome and no other.
///
/// What a proof needs is the union of what its premises need; what a requirement needs is what all its proofs need:
/// the greatest solution, found by going round until nothing changes.
pub fn sole_outcomes(coverage: &Coverage, program: &Program) -> Vec<(RequirementId, Name)> {
    let Some(package) = program.root() else { return Vec::new() };
    let mut search = Search { coverage, program, model: &package.model, needed: FxHashMap::default() };
    let mut rows: Vec<RequirementId> = (0..)
        .map(RequirementId)
        .zip(&program.requirements)
        .filter(|(id, row)| row.kind != ReqKind::Clause && coverage.status(*id) == Status::Covered)
        .map(|(id, _)| id)
        .collect();
    // To and fro: parts stand behind their whole, and chains of lines lead either way.
    while rows.iter().filter(|id| search.update(**id)).count() > 0 {
        rows.reverse();
    }
    let counted = coverage.catalogs.iter().flat_map(|catalog| &catalog.requirements);
    counted
        .filter_map(|id| match search.needed.get(id)?.as_deref()? {
            [only] => Some((*id, *only)).filter(|_| !coverage.is_open(*id)),
            _ => None,
        })
        .collect()
}

struct Search<'a> {
    coverage: &'a Coverage,
    program: &'a Program,
    model: &'a Model,
    needed: FxHashMap<RequirementId, Needed>,
}

impl Search<'_> {
    fn update(&mut self, id: RequirementId) -> bool {
        let mut needed: Needed = None;
        for row in std::iter::once(id).chain(self.program.above(id)) {
            self.by_links(row, &mut needed);
            self.by_lines(row, &mut needed);
        }
        self.by_parts(id, &mut needed);
        let old = self.needed.insert(id, needed.clone());
        old != Some(needed)
    }

    fn by_links(&self, row: RequirementId, needed: &mut Needed) {
        for incoming in self.coverage.incoming(self.program, row) {
            let Some(outcome) = self.model.outcome_at(incoming.process, incoming.position) else {
                continue;
            };
            let Some(link) = get(&outcome.links, incoming.link).filter(|link| link.strength == Strength::Full) else {
                continue;
            };
            let mut proof = vec![outcome.id];
            if let Some(set) = link.joint_set {
                if !judge::is_complete(self.model, outcome, set) {
                    continue;
                }
                proof.extend(outcome.joint_sets.get(set as usize).into_iter().flatten().map(|member| member.id));
            }
            also_proved_by(needed, proof);
        }
    }

    fn by_parts(&self, id: RequirementId, needed: &mut Needed) {
        // What is covered has no parts that are not, but for those that are excluded.
        let parts = self.program.parts(id).filter(|part| self.coverage.status(*part) == Status::Covered);
        let parts: Vec<RequirementId> = parts.collect();
        if !parts.is_empty() {
            self.by_all(parts.into_iter(), needed);
        }
    }

    fn by_lines(&self, row: RequirementId, needed: &mut Needed) {
        for line in self.coverage.judgement.lines_of(row) {
            for (far, _) in line.across(row).filter(|(_, carries)| *carries) {
                self.by_all(far.iter().copied(), needed);
            }
        }
    }

    /// A proof that rests on several requirements.
    fn by_all(&self, premises: impl Iterator<Item = RequirementId>, needed: &mut Needed) {
        let mut proof: Vec<Name> = Vec::new();
        for premise in premises {
            match self.needed.get(&premise) {
                // It is not met, or nothing is known yet and it may need anything: the proof says nothing.
                None | Some(None) => return,
                Some(Some(names)) => proof.extend(names),
            }
        }
        also_proved_by(needed, proof);
    }
}

fn also_proved_by(needed: &mut Needed, mut proof: Vec<Name>) {
    proof.sort_unstable();
    proof.dedup();
    *needed = Some(match needed.take() {
        None => proof,
        Some(old) => old.into_iter().filter(|name| proof.contains(name)).collect(),
    });
}
