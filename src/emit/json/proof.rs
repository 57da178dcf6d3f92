//! Coverage and its proofs.

use crate::coverage::{CatalogCoverage, Reason, Step, Summary};
use crate::emit::proof;
use crate::model::RequirementId;

use super::each::Each;
use super::head;
use super::reader::{Reader, strength};
use super::rows::{CatalogCoverageRow, NoticedCoverageRow, RequirementCoverageRow, StepRow, SummaryRow};

/// The catalogs that were judged; none for a package without a model.
pub fn judged<'a>(read: Reader<'a>) -> impl Iterator<Item = &'a CatalogCoverage> + use<'a> {
    let has_model = read.program().root().is_some_and(|package| package.model.head.is_some());
    read.input.catalogs().filter(move |_| has_model)
}

pub fn catalog<'a>(read: Reader<'a>, judged: &'a CatalogCoverage) -> CatalogCoverageRow<'a> {
    CatalogCoverageRow {
        catalog: read.name(read.program().catalog(judged.catalog).id),
        clauses: judged.clauses.iter().map(|clause| read.requirement(*clause)).collect(),
        summary: summary(judged.summary),
        requirements: Each::new(move || judged.requirements.iter().map(move |id| requirement(read, *id))),
    }
}

/// The row of a catalog where nothing stands above it that could tell the notices.
pub fn with_notices<'a>(read: Reader<'a>, judged: &'a CatalogCoverage) -> NoticedCoverageRow<'a> {
    NoticedCoverageRow { coverage: catalog(read, judged), notices: head::notices(read) }
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
        Reason::Joint { outcomes } => {
            row.kind = "joint";
            row.rests_on = outcomes.iter().map(|member| read.name(member.id).to_owned()).collect();
            row.missing = outcomes.iter().filter(|one| !one.is_there).map(|one| read.name(one.id)).collect();
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

/// A step as a sentence, with its capital and its full stop.
fn sentence(read: Reader<'_>, step: &Step) -> String {
    let sentence = proof::sentence(&read.input, step, None);
    match sentence
        .strip_prefix("the ")
        .map(|rest| ("The ", rest))
        .or(sentence.strip_prefix("of ").map(|rest| ("Of ", rest)))
    {
        Some((first, rest)) => format!("{first}{rest}."),
        None => format!("{sentence}."),
    }
}
