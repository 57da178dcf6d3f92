//! Catalogs: sets of requirements, one edition of a standard each.

use super::process::{Origin, Remarks};
use super::{Name, Text};

/// A catalog, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CatalogId(pub u32);

/// A requirement, control or clause, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequirementId(pub u32);

/// What a row of a catalog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReqKind {
    /// A heading; requires nothing itself.
    Clause,
    /// Must be covered.
    Requirement,
    /// Must be covered, or excluded with a reason.
    Control,
}

impl ReqKind {
    /// The word of its statement.
    pub fn word(self) -> &'static str {
        match self {
            ReqKind::Clause => "clause",
            ReqKind::Requirement => "requirement",
            ReqKind::Control => "control",
        }
    }
}

/// A catalog.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The edition.
    pub edition: Option<Text>,
    /// The document that it follows.
    pub source: Option<Text>,
    /// Whether its requirements may be excluded like controls.
    pub tailorable: bool,
    /// Whether its requirements are made of models: `conforms` speaks to them, links do not.
    pub for_models: bool,
    /// What readers must be told of its texts.
    pub notice: Option<Text>,
    /// Its rows, in source order: a range of the program's requirements.
    pub rows: std::ops::Range<u32>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

impl Catalog {
    /// Its clauses, requirements and controls, in source order.
    pub fn requirements(&self) -> impl DoubleEndedIterator<Item = RequirementId> + use<> {
        self.rows.clone().map(RequirementId)
    }
}

/// A row of a catalog: a clause, a requirement or a control.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its id, without the catalog's.
    pub id: Name,
    /// What it is.
    pub kind: ReqKind,
    /// The catalog.
    pub catalog: CatalogId,
    /// The row that it stands in.
    pub parent: Option<RequirementId>,
    /// One past the last row below it.
    pub subtree_end: RequirementId,
    /// Its title.
    pub title: Text,
    /// What is required.
    pub text: Option<Text>,
    /// What documents print for its id.
    pub label: Option<Text>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}
