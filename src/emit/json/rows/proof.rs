//! Coverage and its proofs.

use serde::Serialize;

use super::NoticeRow;
use crate::emit::json::each::Each;

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

/// The same by itself, with what readers must be told of the texts in it.
#[derive(Serialize)]
pub struct NoticedCoverageRow<'a> {
    /// How completely the model covers a catalog.
    #[serde(flatten)]
    pub coverage: CatalogCoverageRow<'a>,
    /// The notices.
    pub notices: Vec<NoticeRow<'a>>,
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
