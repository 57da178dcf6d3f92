//! The steps of a proof in words, the same in all outputs.

use super::Input;
use crate::coverage::{Reason, Status, Step};
use crate::model::{CatalogId, CrosswalkId, Name, RequirementId};

/// A step as a sentence, without a full stop. Requirements of `home` are named by their ids alone, those of other
/// catalogs with the catalog before them.
pub fn sentence(input: &Input<'_>, step: &Step, home: Option<CatalogId>) -> String {
    let telling = Telling { input, home };
    let shown = telling.requirement(step.requirement);
    let status = input.coverage.status(step.requirement);
    let is_partial = status == Status::Partial;
    match &step.reason {
        Reason::Outcome { outcome, strength } => {
            let verb = strength.verb();
            format!("{} {verb} {shown}", telling.name(*outcome))
        }
        Reason::Joint { outcomes } => {
            let ids: Vec<Name> = outcomes.iter().map(|member| member.id).collect();
            let missing: Vec<Name> =
                outcomes.iter().filter(|member| !member.is_there).map(|member| member.id).collect();
            let gap = match missing.as_slice() {
                [] => String::new(),
                [one] => format!(", but {} is missing", telling.name(*one)),
                several => format!(", but {} are missing", telling.names(several)),
            };
            format!("{} together satisfy {shown}{gap}", telling.names(&ids))
        }
        Reason::Above { whole } => format!("{shown} stands in {}", telling.requirement(*whole)),
        Reason::Parts { parts } if is_partial => {
            format!("of the parts of {shown}, {} is met, or in part", telling.requirements(parts))
        }
        Reason::Parts { parts } if status == Status::Excluded => {
            format!("the parts of {shown} are excluded: {}", telling.requirements(parts))
        }
        Reason::Parts { parts } => format!("the parts of {shown} are met: {}", telling.requirements(parts)),
        Reason::Line { crosswalk, line, others } => {
            let (verb, preposition) = if is_partial { ("ties", "to") } else { ("carries", "over from") };
            let name = telling.name(input.program.crosswalk(*crosswalk).id);
            let others = telling.requirements(others);
            format!("{name} {verb} {shown} {preposition} {others}{}", telling.quoted(*crosswalk, *line))
        }
        Reason::Exclusion { excluded } => telling.excluded(step, *excluded),
    }
}

struct Telling<'a> {
    input: &'a Input<'a>,
    home: Option<CatalogId>,
}

impl<'a> Telling<'a> {
    fn name(&self, name: Name) -> &'a str {
        self.input.program.name(name)
    }

    fn names(&self, names: &[Name]) -> String {
        enumerate(names.iter().map(|name| self.name(*name).to_owned()).collect())
    }

    fn requirement(&self, id: RequirementId) -> String {
        let row = self.input.program.requirement(id);
        if self.home == Some(row.catalog) { self.name(row.id).to_owned() } else { self.input.program.full_id(id) }
    }

    fn requirements(&self, ids: &[RequirementId]) -> String {
        enumerate(ids.iter().map(|id| self.requirement(*id)).collect())
    }

    /// The line of a crosswalk, in brackets.
    fn quoted(&self, crosswalk: CrosswalkId, line: u32) -> String {
        let Some(line) = self.input.program.crosswalk(crosswalk).lines.get(line as usize) else { return String::new() };
        format!(" ({})", self.input.program.line_words(line))
    }

    fn excluded(&self, step: &Step, excluded: RequirementId) -> String {
        let head = self.input.program.root().and_then(|package| package.model.head.as_ref());
        let stated = head.and_then(|head| head.exclusions.iter().find(|row| row.span == step.span));
        let reason = stated.and_then(|row| row.because).map(|because| self.input.sources.text(because));
        let reason = reason.map(|because| format!(": {}", because.trim_end_matches('.'))).unwrap_or_default();
        let shown = self.requirement(step.requirement);
        if excluded == step.requirement {
            return format!("the model excludes {shown}{reason}");
        }
        format!("the model excludes {}, in which {shown} stands{reason}", self.requirement(excluded))
    }
}

/// `a, b and c`.
fn enumerate(mut names: Vec<String>) -> String {
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}
