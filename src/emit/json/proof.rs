//! Coverage and its proofs.

use crate::coverage::{CatalogCoverage, Reason, Status, Step, Summary};
use crate::model::{CrosswalkId, RequirementId, Strength};

use super::each::Each;
use super::reader::{Reader, strength};
use super::rows::{CatalogCoverageRow, RequirementCoverageRow, StepRow, SummaryRow};

/// The catalogs that were judged; none for a package without a model.
pub fn judged(read: Reader<'_>) -> &[CatalogCoverage] {
    let has_model = read.program().root().is_some_and(|package| package.model.head.is_some());
    if has_model { &read.input.coverage.catalogs } else { &[] }
}

pub fn catalog<'a>(read: Reader<'a>, judged: &'a CatalogCoverage) -> CatalogCoverageRow<'a> {
    CatalogCoverageRow {
        catalog: read.name(read.program().catalog(judged.catalog).id),
        clauses: judged.clauses.iter().map(|clause| read.requirement(*clause)).collect(),
        summary: summary(judged.summary),
        requirements: Each::new(move || judged.requirements.iter().map(move |id| requirement(read, *id))),
    }
}

fn summary(counts: Summary) -> SummaryRow {
    let Summary { total, covered, partial, excluded, uncovered } = counts;
    SummaryRow { total, covered, partial, excluded, uncovered }
}

fn requirement(read: Reader<'_>, id: RequirementId) -> RequirementCoverageRow<'_> {
    let proofs = read.input.coverage.witnesses(read.program(), id);
    RequirementCoverageRow {
        id: read.requirement(id),
        status: read.input.coverage.status(id).word(),
        witnesses: proofs.iter().map(|proof| proof.iter().map(|row| step(read, row)).collect()).collect(),
    }
}

fn step<'a>(read: Reader<'a>, step: &Step) -> StepRow<'a> {
    let (file, line) = read.place(step.span);
    let mut row = StepRow {
        kind: "",
        catalog: read.catalog_of(step.requirement),
        requirement: read.requirement(step.requirement),
        rests_on: Vec::new(),
        missing: Vec::new(),
        strength: None,
        crosswalk: None,
        file,
        line,
        text: sentence(read, step),
    };
    let full_ids = |ids: &[RequirementId]| ids.iter().map(|id| read.program().full_id(*id)).collect();
    match &step.reason {
        Reason::Outcome { outcome, strength: far } => {
            row.kind = "outcome";
            row.rests_on = vec![read.name(*outcome).to_owned()];
            row.strength = Some(strength(*far));
        }
        Reason::Joint { outcomes, missing } => {
            row.kind = "joint";
            row.rests_on = outcomes.iter().map(|outcome| read.name(*outcome).to_owned()).collect();
            row.missing = read.names(missing);
        }
        Reason::Above { whole } => (row.kind, row.rests_on) = ("above", full_ids(&[*whole])),
        Reason::Parts { parts } => (row.kind, row.rests_on) = ("parts", full_ids(parts)),
        Reason::Line { crosswalk, others, .. } => {
            (row.kind, row.rests_on) = ("crosswalk", full_ids(others));
            row.crosswalk = Some(read.name(read.program().crosswalk(*crosswalk).id));
        }
        Reason::Exclusion { excluded } => (row.kind, row.rests_on) = ("exclusion", full_ids(&[*excluded])),
    }
    row
}

/// A step as a sentence.
fn sentence(read: Reader<'_>, step: &Step) -> String {
    let shown = read.program().full_id(step.requirement);
    let list = |ids: &[RequirementId]| enumerate(ids.iter().map(|id| read.requirement(*id)));
    let is_partial = read.input.coverage.status(step.requirement) == Status::Partial;
    match &step.reason {
        Reason::Outcome { outcome, strength } => {
            let verb = if *strength == Strength::Full { "satisfies" } else { "partly satisfies" };
            format!("{} {verb} {shown}.", read.name(*outcome))
        }
        Reason::Joint { outcomes, missing } => {
            let members = enumerate(outcomes.iter().map(|outcome| read.name(*outcome)));
            let gap = match missing.as_slice() {
                [] => String::new(),
                missing => format!("; missing: {}", enumerate(missing.iter().map(|name| read.name(*name)))),
            };
            format!("{members} satisfy {shown} together{gap}.")
        }
        Reason::Above { whole } => format!("{shown} stands in {}.", read.requirement(*whole)),
        Reason::Parts { parts } if is_partial => {
            format!("Of the parts of {shown}, {} is met, or in part.", list(parts))
        }
        Reason::Parts { parts } => format!("The parts of {shown} are met: {}.", list(parts)),
        Reason::Line { crosswalk, line, others } => {
            let verb = if is_partial { "ties" } else { "carries" };
            let name = read.name(read.program().crosswalk(*crosswalk).id);
            let preposition = if is_partial { "to" } else { "over from" };
            let others = enumerate(others.iter().map(|id| read.program().full_id(*id)));
            format!("{name} {verb} {shown} {preposition} {others}{}.", quoted(read, *crosswalk, *line))
        }
        Reason::Exclusion { excluded } => excluded_because(read, step, *excluded),
    }
}

/// The line of a crosswalk, in brackets.
fn quoted(read: Reader<'_>, crosswalk: CrosswalkId, line: u32) -> String {
    let Some(line) = read.program().crosswalk(crosswalk).lines.get(line as usize) else { return String::new() };
    let side = |ids| read.requirements(ids).join(", ");
    format!(" ({} {} {})", side(&line.left), line.relation.words(), side(&line.right))
}

fn excluded_because(read: Reader<'_>, step: &Step, excluded: RequirementId) -> String {
    let head = read.program().root().and_then(|package| package.model.head.as_ref());
    let stated = head.and_then(|head| head.exclusions.iter().find(|row| row.requirement == excluded));
    let reason = match stated.and_then(|row| row.because) {
        Some(because) => format!(": {}", read.text(because)),
        None => ".".to_owned(),
    };
    let shown = read.program().full_id(step.requirement);
    if excluded == step.requirement {
        return format!("The model excludes {shown}{reason}");
    }
    format!("The model excludes {}, in which {shown} stands{reason}", read.requirement(excluded))
}

/// `a, b and c`.
fn enumerate<T: Into<String>>(ids: impl Iterator<Item = T>) -> String {
    let ids: Vec<String> = ids.map(Into::into).collect();
    match ids.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => ids.concat(),
    }
}
