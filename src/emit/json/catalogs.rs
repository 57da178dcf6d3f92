//! Catalogs and crosswalks.

use serde::Serialize;

use super::each::Each;
use super::reader::Reader;
use super::rows::{NoteRow, OriginRow, Words};
use crate::model::{CatalogId, CrosswalkId, Line, RequirementId};

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

pub fn catalog(read: Reader<'_>, id: CatalogId) -> CatalogRow<'_> {
    let catalog = read.program().catalog(id);
    CatalogRow {
        id: read.name(catalog.id),
        title: read.text(catalog.title),
        edition: read.maybe(catalog.edition),
        source: read.maybe(catalog.source),
        tailorable: catalog.tailorable,
        for_models: catalog.for_models,
        requirements: Each::new(move || catalog.requirements().map(move |id| requirement(read, id))),
        notes: read.notes(&catalog.remarks),
        origin: read.origin(catalog.origin),
    }
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

fn requirement(read: Reader<'_>, id: RequirementId) -> RequirementRow<'_> {
    let requirement = read.program().requirement(id);
    RequirementRow {
        id: read.name(requirement.id),
        kind: requirement.kind.word(),
        parent: requirement.parent.map(|parent| read.requirement(parent)),
        title: read.text(requirement.title),
        text: read.maybe(requirement.text),
        label: read.maybe(requirement.label),
        notes: read.notes(&requirement.remarks),
        origin: read.origin(requirement.origin),
    }
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

pub fn crosswalk(read: Reader<'_>, id: CrosswalkId) -> CrosswalkRow<'_> {
    let crosswalk = read.program().crosswalk(id);
    let catalog = |side: Option<CatalogId>| side.map(|id| read.name(read.program().catalog(id).id));
    CrosswalkRow {
        id: read.name(crosswalk.id),
        title: read.text(crosswalk.title),
        from: catalog(crosswalk.from),
        to: catalog(crosswalk.to),
        source: read.maybe(crosswalk.source),
        lines: crosswalk.lines.iter().map(|row| line(read, row)).collect(),
        new: read.requirements(&crosswalk.new),
        withdrawn: read.requirements(&crosswalk.withdrawn),
        notes: read.notes(&crosswalk.remarks),
        origin: read.origin(crosswalk.origin),
    }
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

fn line<'a>(read: Reader<'a>, line: &Line) -> LineRow<'a> {
    let (file, number) = read.place(line.span);
    LineRow {
        left: read.requirements(&line.left),
        relation: line.relation.words(),
        right: read.requirements(&line.right),
        because: read.maybe(line.because),
        notes: read.notes(&line.remarks),
        file,
        line: number,
    }
}
