//! Process measurement frameworks (ISO/IEC 33003, 33020): the capability dimension.

use super::process::{Origin, Remarks};
use super::{Name, Text};
use crate::index::Idx;
use crate::span::Span;

/// A framework, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FrameworkId(pub u32);

/// A measurement framework.
#[derive(Clone, Debug)]
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
    /// When a level is reached, where that is said.
    pub reached: Option<Reached>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A rating: holds above `from` and up to `to` percent.
#[derive(Clone, Debug)]
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
    /// What it counts in a mean, where that is said, and where.
    pub weight: Option<(Decimal, Span)>,
    /// Notes and the like.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// When a level is reached: the ratings, by position, that its own attributes and those of lower levels have at least.
#[derive(Clone, Copy, Debug)]
pub struct Reached {
    /// Of its own attributes.
    pub own: Idx<Rating>,
    /// Of those of lower levels.
    pub lower: Idx<Rating>,
    /// The statement.
    pub span: Span,
}

/// A decimal number, exactly as it is written: so many millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i64);

impl Decimal {
    /// One.
    pub const ONE: i64 = 1_000_000;

    /// Reads digits, with a point before at most six decimals; up to nine digits stand before it.
    pub fn read(written: &str) -> Option<Decimal> {
        let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || whole.len() > 9 || decimals.len() > 6 {
            return None;
        }
        let millionths: i64 = format!("{decimals:0<6}").parse().ok()?;
        Some(Decimal(whole.parse::<i64>().ok()? * Decimal::ONE + millionths))
    }
}

/// A capability level.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
