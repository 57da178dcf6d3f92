//! Catalogs and crosswalks.

use serde::Serialize;

use super::{NoteRow, OriginRow, Words};
use crate::emit::json::each::Each;

/// A catalog: one edition of a standard.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Catalog"))]
pub struct CatalogRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The edition.
    pub edition: Option<Words<'a>>,
    /// The document that it follows.
    pub source: Option<Words<'a>>,
    /// Whether its requirements may be excluded like controls.
    pub tailorable: bool,
    /// Whether its requirements are made of models.
    pub for_models: bool,
    /// Its clauses, requirements and controls, in source order; what stands in something follows it.
    pub requirements: Each<'a, RequirementRow<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

/// A row of a catalog.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Requirement"))]
pub struct RequirementRow<'a> {
    /// Its id, without the catalog's.
    pub id: &'a str,
    /// A clause requires nothing itself; a control may be excluded.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["clause", "requirement", "control"])))]
    pub kind: &'static str,
    /// The id of the row that it stands in.
    pub parent: Option<&'a str>,
    /// Its title.
    pub title: Words<'a>,
    /// What is required.
    pub text: Option<Words<'a>>,
    /// What documents print for its id.
    pub label: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

/// A crosswalk: how two catalogs correspond. It holds in both directions.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Crosswalk"))]
pub struct CrosswalkRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The catalog of the left sides.
    pub from: Option<&'a str>,
    /// The catalog of the right sides.
    pub to: Option<&'a str>,
    /// The document that it follows.
    pub source: Option<Words<'a>>,
    /// Its lines, in source order.
    pub lines: Vec<LineRow<'a>>,
    /// Requirements of the second catalog without a counterpart.
    pub new: Vec<&'a str>,
    /// Requirements of the first catalog without a counterpart.
    pub withdrawn: Vec<&'a str>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

/// A line of a crosswalk.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Line"))]
pub struct LineRow<'a> {
    /// Requirements of the first catalog.
    pub left: Vec<&'a str>,
    /// What the left side, as a whole, is to the right side as a whole.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["equals", "equivalent to", "subset of", "superset of", "intersects"])))]
    pub relation: &'static str,
    /// Requirements of the second catalog.
    pub right: Vec<&'a str>,
    /// Why.
    pub because: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// The file, relative to the folder of its package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
}
