//! The steps of a proof in words, the same in all outputs.

use super::{Input, said};
use crate::coverage::{Reason, Status, Step};
use crate::document::words::{Words, fill};
use crate::model::{CatalogId, CrosswalkId, Name, RequirementId, Strength};

/// A step as a sentence, without a full stop. Requirements of `home` are named by their ids alone, those of other
/// catalogs with the catalog before them.
pub fn sentence(input: &Input<'_>, words: &Words, step: &Step, home: Option<CatalogId>) -> String {
    let telling = Telling { input, home, words };
    let shown = telling.requirement(step.requirement);
    let status = input.coverage.status(step.requirement);
    let is_partial = status == Status::Partial;
    match &step.reason {
        Reason::Outcome { outcome, strength } => {
            let proof = match strength {
                Strength::Full => words.proof_satisfies,
                Strength::Partial => words.proof_partly,
            };
            fill(proof, &[telling.name(*outcome), &shown])
        }
        Reason::Joint { outcomes } => {
            let ids: Vec<Name> = outcomes.iter().map(|member| member.id).collect();
            let missing: Vec<Name> =
                outcomes.iter().filter(|member| !member.is_there).map(|member| member.id).collect();
            let proof = match missing.len() {
                0 => words.proof_joint,
                1 => words.proof_joint_lacks_one,
                _ => words.proof_joint_lacks,
            };
            fill(proof, &[&telling.names(&ids), &shown, &telling.names(&missing)])
        }
        Reason::Above { whole } => fill(words.proof_stands_in, &[&shown, &telling.requirement(*whole)]),
        Reason::Parts { parts } => {
            let proof = match status {
                Status::Partial => words.proof_parts_partial,
                Status::Excluded => words.proof_parts_excluded,
                _ => words.proof_parts,
            };
            fill(proof, &[&shown, &telling.requirements(parts)])
        }
        Reason::Line { crosswalk, line, others } => {
            let proof = if is_partial { words.proof_ties } else { words.proof_carries };
            let name = telling.name(input.program.crosswalk(*crosswalk).id);
            fill(proof, &[name, &shown, &telling.requirements(others), &telling.quoted(*crosswalk, *line)])
        }
        Reason::Exclusion { excluded } => telling.excluded(step, *excluded),
    }
}

struct Telling<'a> {
    input: &'a Input<'a>,
    home: Option<CatalogId>,
    words: &'a Words,
}

impl<'a> Telling<'a> {
    fn name(&self, name: Name) -> &'a str {
        self.input.program.name(name)
    }

    fn names(&self, names: &[Name]) -> String {
        self.enumerate(names.iter().map(|name| self.name(*name).to_owned()).collect())
    }

    fn requirement(&self, id: RequirementId) -> String {
        let row = self.input.program.requirement(id);
        if self.home == Some(row.catalog) { self.name(row.id).to_owned() } else { self.input.program.full_id(id) }
    }

    fn requirements(&self, ids: &[RequirementId]) -> String {
        self.enumerate(ids.iter().map(|id| self.requirement(*id)).collect())
    }

    /// The line of a crosswalk.
    fn quoted(&self, crosswalk: CrosswalkId, line: u32) -> String {
        let Some(line) = self.input.program.crosswalk(crosswalk).lines.get(line as usize) else { return String::new() };
        self.input.program.line_words(line, said::relation(self.words, line.relation))
    }

    fn excluded(&self, step: &Step, excluded: RequirementId) -> String {
        let head = self.input.program.root().and_then(|package| package.model.head.as_ref());
        let stated = head.and_then(|head| head.exclusions.iter().find(|row| row.span == step.span));
        let reason = stated.and_then(|row| row.because).map(|because| self.input.sources.text(because));
        let because = reason.as_deref().map(|because| because.trim_end_matches('.'));
        let shown = self.requirement(step.requirement);
        let words = self.words;
        let of = self.requirement(excluded);
        match (excluded == step.requirement, because) {
            (true, None) => fill(words.proof_excludes, &[&shown]),
            (true, Some(because)) => fill(words.proof_excludes_because, &[&shown, because]),
            (false, None) => fill(words.proof_excludes_within, &[&of, &shown]),
            (false, Some(because)) => fill(words.proof_excludes_within_because, &[&of, &shown, because]),
        }
    }

    /// `a, b and c`.
    fn enumerate(&self, mut names: Vec<String>) -> String {
        match names.pop() {
            Some(last) if !names.is_empty() => format!("{}{}{last}", names.join(", "), self.words.and),
            last => last.unwrap_or_default(),
        }
    }
}
