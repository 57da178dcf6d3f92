//! Coverage and its proofs.

use serde::Serialize;

use super::each::Each;
use super::head::{self, NoticeRow};
use super::reader::{Reader, strength};
use crate::coverage::{CatalogCoverage, Reason, Step, Summary};
use crate::document::words::EN;
use crate::emit::proof;
use crate::model::RequirementId;

/// How completely the model covers a catalog.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogCoverage"))]
pub struct CatalogCoverageRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The clauses that are covered; empty for the whole catalog.
    pub clauses: Vec<&'a str>,
    /// The counts.
    pub summary: SummaryRow,
    /// The requirements and controls, in source order.
    pub requirements: Each<'a, RequirementCoverageRow<'a>>,
}

pub fn catalog<'a>(read: Reader<'a>, judged: &'a CatalogCoverage) -> CatalogCoverageRow<'a> {
    CatalogCoverageRow {
        catalog: read.name(read.program().catalog(judged.catalog).id),
        clauses: judged.clauses.iter().map(|clause| read.requirement(*clause)).collect(),
        summary: summary(judged.summary),
        requirements: Each::new(move || judged.requirements.iter().map(move |id| requirement(read, *id))),
    }
}

/// The same by itself, with what readers must be told of the texts in it.
#[derive(Serialize)]
pub struct NoticedCoverageRow<'a> {
    /// How completely the model covers a catalog.
    #[serde(flatten)]
    pub coverage: CatalogCoverageRow<'a>,
    /// The notices.
    pub notices: Vec<NoticeRow<'a>>,
}

/// The row of a catalog where nothing stands above it that could tell the notices.
pub fn with_notices<'a>(read: Reader<'a>, judged: &'a CatalogCoverage) -> NoticedCoverageRow<'a> {
    NoticedCoverageRow { coverage: catalog(read, judged), notices: head::notices(read) }
}

/// How many requirements and controls have each status; clauses are not counted.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Summary"))]
pub struct SummaryRow {
    /// All of them.
    pub total: usize,
    /// Met in full.
    pub covered: usize,
    /// Met in part.
    pub partial: usize,
    /// Excluded by the model.
    pub excluded: usize,
    /// Met by nothing.
    pub uncovered: usize,
}

fn summary(counts: Summary) -> SummaryRow {
    let Summary { total, covered, partial, excluded, uncovered } = counts;
    SummaryRow { total, covered, partial, excluded, uncovered }
}

/// The status of a requirement or control.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RequirementCoverage"))]
pub struct RequirementCoverageRow<'a> {
    /// The requirement or control.
    pub id: &'a str,
    /// How it fares.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["covered", "partial", "excluded", "uncovered"])))]
    pub status: &'static str,
    /// The shortest proofs, each a row of steps that begins at the requirement; none if it is uncovered.
    pub witnesses: Vec<Vec<StepRow<'a>>>,
}

fn requirement(read: Reader<'_>, id: RequirementId) -> RequirementCoverageRow<'_> {
    let proofs = read.input.coverage.witnesses(read.program(), id);
    RequirementCoverageRow {
        id: read.requirement(id),
        status: read.input.coverage.status(id).word(),
        witnesses: proofs.iter().map(|proof| proof.iter().map(|row| step(read, row)).collect()).collect(),
    }
}

/// A step of a proof.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Step"))]
pub struct StepRow<'a> {
    /// What the step rests on: a link of an outcome, a joint set, what the requirement stands in, its parts, a line of a
    /// crosswalk, an exclusion.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["outcome", "joint", "above", "parts", "crosswalk", "exclusion"])))]
    pub kind: &'static str,
    /// The catalog of the requirement.
    pub catalog: &'a str,
    /// The requirement whose status the step shows.
    pub requirement: &'a str,
    /// The full ids that it rests on: outcomes (`outcome`, `joint`), else requirements (`catalog:id`).
    pub rests_on: Vec<String>,
    /// Members of a joint set that are not there.
    pub missing: Vec<&'a str>,
    /// Of a link of an outcome: how far it goes.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["full", "partial", null])))]
    pub strength: Option<&'static str>,
    /// The crosswalk of the line.
    pub crosswalk: Option<&'a str>,
    /// The file, relative to the folder of its package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The step as a sentence.
    pub text: String,
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

/// The catalogs that were judged; none for a package without a model.
pub fn judged<'a>(read: Reader<'a>) -> impl Iterator<Item = &'a CatalogCoverage> + use<'a> {
    let has_model = read.program().root().is_some_and(|package| package.model.head.is_some());
    read.input.catalogs().filter(move |_| has_model)
}

/// A step as a sentence, with its capital and its full stop.
fn sentence(read: Reader<'_>, step: &Step) -> String {
    let sentence = proof::sentence(&read.input, &EN, step, None);
    match sentence
        .strip_prefix("the ")
        .map(|rest| ("The ", rest))
        .or(sentence.strip_prefix("of ").map(|rest| ("Of ", rest)))
    {
        Some((first, rest)) => format!("{first}{rest}."),
        None => format!("{sentence}."),
    }
}
