//! Process measurement frameworks (ISO/IEC 33003, 33020): the capability dimension.

use super::process::{Origin, Remarks};
use super::{Name, Text};
use crate::span::Span;

/// A framework, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameworkId(pub u32);

/// A measurement framework.
#[derive(Debug)]
pub struct Framework {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The edition.
    pub edition: Option<Text>,
    /// The document that it follows.
    pub source: Option<Text>,
    /// What readers must be told of its texts.
    pub notice: Option<Text>,
    /// The rating scale, in source order.
    pub ratings: Vec<Rating>,
    /// The capability levels, in source order.
    pub levels: Vec<Level>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A rating: holds above `from` and up to `to` percent.
#[derive(Debug)]
pub struct Rating {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The percentage above which it holds.
    pub from: f64,
    /// The percentage up to which it holds.
    pub to: f64,
    /// What documents print for its id.
    pub label: Option<Text>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// A capability level.
#[derive(Debug)]
pub struct Level {
    /// Its number, as written.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// Its process attributes.
    pub attributes: Vec<Attribute>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// A process attribute.
#[derive(Debug)]
pub struct Attribute {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// What is achieved where it is.
    pub achievements: Vec<Achievement>,
    /// Its generic practices.
    pub practices: Vec<GenericPractice>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// An achievement of a process attribute.
#[derive(Debug)]
pub struct Achievement {
    /// Its letter or number.
    pub id: Name,
    /// What is achieved.
    pub text: Text,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// A generic practice.
#[derive(Debug)]
pub struct GenericPractice {
    /// Its id.
    pub id: Name,
    /// Its name, where it has two texts.
    pub name: Option<Text>,
    /// What is done.
    pub text: Text,
    /// The achievements of its attribute that it serves.
    pub achieves: Vec<Name>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}
