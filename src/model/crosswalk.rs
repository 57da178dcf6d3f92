//! Crosswalks: how two catalogs correspond.

use super::process::{Origin, Remarks};
use super::{CatalogId, Name, RequirementId, Text};
use crate::span::Span;

/// A crosswalk, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CrosswalkId(pub u32);

/// What the left side of a line, as a whole, is to the right side as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The same words.
    Equals,
    /// Other words, the same meaning.
    EquivalentTo,
    /// The left is a part of the right.
    SubsetOf,
    /// The right is a part of the left.
    SupersetOf,
    /// They have something in common.
    Intersects,
}

impl Relation {
    /// The words of the language.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Equals => "equals",
            Relation::EquivalentTo => "equivalent to",
            Relation::SubsetOf => "subset of",
            Relation::SupersetOf => "superset of",
            Relation::Intersects => "intersects",
        }
    }

    /// What the right side is to the left.
    #[must_use]
    pub fn reversed(self) -> Relation {
        match self {
            Relation::SubsetOf => Relation::SupersetOf,
            Relation::SupersetOf => Relation::SubsetOf,
            other => other,
        }
    }

    /// Whether what is known of the left side carries over to the right side in full.
    pub fn carries_right(self) -> bool {
        matches!(self, Relation::Equals | Relation::EquivalentTo | Relation::SupersetOf)
    }

    /// Whether what is known of the right side carries over to the left side in full.
    pub fn carries_left(self) -> bool {
        matches!(self, Relation::Equals | Relation::EquivalentTo | Relation::SubsetOf)
    }
}

/// A crosswalk.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The catalog of the left sides.
    pub from: Option<CatalogId>,
    /// The catalog of the right sides.
    pub to: Option<CatalogId>,
    /// Its lines, in source order.
    pub lines: Vec<Line>,
    /// Requirements of the second catalog without a counterpart.
    pub new: Vec<(RequirementId, Span)>,
    /// Requirements of the first catalog without a counterpart.
    pub withdrawn: Vec<(RequirementId, Span)>,
    /// The document that it follows.
    pub source: Option<Text>,
    /// What readers must be told of its texts.
    pub notice: Option<Text>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A line of a crosswalk.
#[derive(Clone, Debug)]
pub struct Line {
    /// The left side.
    pub left: Vec<(RequirementId, Span)>,
    /// What it is to the right side.
    pub relation: Relation,
    /// The right side.
    pub right: Vec<(RequirementId, Span)>,
    /// Why.
    pub because: Option<Text>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The line.
    pub span: Span,
}
