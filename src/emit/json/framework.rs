//! The measurement framework of the model.

use serde::{Serialize, Serializer};

use super::reader::Reader;
use super::rows::{NoteRow, OriginRow, Words};
use crate::model::{Achievement, Attribute, Decimal, Framework, GenericPractice, Level, Rating, Reached};

/// A process measurement framework: the capability dimension.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Framework"))]
pub struct FrameworkRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The edition.
    pub edition: Option<Words<'a>>,
    /// The document that it follows.
    pub source: Option<Words<'a>>,
    /// The rating scale, in source order.
    pub ratings: Vec<RatingRow<'a>>,
    /// When a level is reached; null where that is left to the two highest ratings of the scale.
    pub reached: Option<ReachedRow<'a>>,
    /// The capability levels, in source order.
    pub levels: Vec<LevelRow<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

/// The framework that the model is measured by.
pub fn row(read: Reader<'_>) -> Option<FrameworkRow<'_>> {
    let head = read.program().root()?.model.head.as_ref()?;
    let framework = read.program().framework(head.measured_by?.0);
    Some(FrameworkRow {
        id: read.name(framework.id),
        title: read.text(framework.title),
        edition: read.maybe(framework.edition),
        source: read.maybe(framework.source),
        ratings: framework.ratings.iter().map(|row| rating(read, row)).collect(),
        reached: framework.reached.and_then(|row| reached(read, framework, row)),
        levels: framework.levels.iter().map(|row| level(read, row)).collect(),
        notes: read.notes(&framework.remarks),
        origin: read.origin(framework.origin),
    })
}

/// When a level is reached, by the lowest ratings that will do.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Reached"))]
pub struct ReachedRow<'a> {
    /// What the attributes of the level have at least.
    pub own: &'a str,
    /// What those of lower levels have.
    pub lower: &'a str,
}

fn reached<'a>(read: Reader<'a>, framework: &'a Framework, row: Reached) -> Option<ReachedRow<'a>> {
    let id = |at| framework.rating(at).map(|rating| read.name(rating.id));
    Some(ReachedRow { own: id(row.own)?, lower: id(row.lower)? })
}

/// A rating: holds above the first percentage and up to the second; the lowest also at its first.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rating"))]
pub struct RatingRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The percentage above which it holds.
    #[serde(serialize_with = "percentage")]
    pub from: f64,
    /// The percentage up to which it holds.
    #[serde(serialize_with = "percentage")]
    pub to: f64,
    /// What documents print for its id.
    pub label: Option<Words<'a>>,
    /// What it counts in a mean; null where that is its place in the scale, from 0.
    #[serde(serialize_with = "maybe_percentage")]
    pub weight: Option<f64>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
}

fn rating<'a>(read: Reader<'a>, rating: &Rating) -> RatingRow<'a> {
    RatingRow {
        id: read.name(rating.id),
        title: read.text(rating.title),
        from: rating.from,
        to: rating.to,
        label: read.maybe(rating.label),
        #[allow(clippy::cast_precision_loss)] // Of nine digits and six decimals nothing is lost.
        weight: rating.weight.map(|(weight, _)| weight.0 as f64 / Decimal::ONE as f64),
        notes: read.notes(&rating.remarks),
    }
}

/// A capability level.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Level"))]
pub struct LevelRow<'a> {
    /// Its number, as text.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// Its process attributes.
    pub attributes: Vec<AttributeRow<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
}

fn level<'a>(read: Reader<'a>, level: &Level) -> LevelRow<'a> {
    LevelRow {
        id: read.name(level.id),
        title: read.text(level.title),
        attributes: level.attributes.iter().map(|row| attribute(read, row)).collect(),
        notes: read.notes(&level.remarks),
    }
}

/// A process attribute.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Attribute"))]
pub struct AttributeRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// What is achieved where the attribute is.
    pub achievements: Vec<AchievementRow<'a>>,
    /// Its generic practices.
    pub practices: Vec<GenericPracticeRow<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
}

fn attribute<'a>(read: Reader<'a>, attribute: &Attribute) -> AttributeRow<'a> {
    AttributeRow {
        id: read.name(attribute.id),
        title: read.text(attribute.title),
        achievements: attribute.achievements.iter().map(|row| achievement(read, row)).collect(),
        practices: attribute.practices.iter().map(|row| practice(read, row)).collect(),
        notes: read.notes(&attribute.remarks),
    }
}

/// An achievement of a process attribute.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Achievement"))]
pub struct AchievementRow<'a> {
    /// Its letter or number.
    pub id: &'a str,
    /// What is achieved.
    pub text: Words<'a>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
}

fn achievement<'a>(read: Reader<'a>, achievement: &Achievement) -> AchievementRow<'a> {
    AchievementRow {
        id: read.name(achievement.id),
        text: read.text(achievement.text),
        notes: read.notes(&achievement.remarks),
    }
}

/// A generic practice.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "GenericPractice"))]
pub struct GenericPracticeRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name, where it has two texts.
    pub name: Option<Words<'a>>,
    /// What is done.
    pub text: Words<'a>,
    /// The achievements of its attribute that it serves.
    pub achieves: Vec<&'a str>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
}

fn practice<'a>(read: Reader<'a>, practice: &GenericPractice) -> GenericPracticeRow<'a> {
    GenericPracticeRow {
        id: read.name(practice.id),
        name: read.maybe(practice.name),
        text: read.text(practice.text),
        achieves: read.names(&practice.achieves),
        notes: read.notes(&practice.remarks),
    }
}

/// Whole percentages are written without a decimal point, as they are in the source.
fn percentage<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() <= f64::from(u32::MAX) {
        #[allow(clippy::cast_possible_truncation)] // It is whole, and small enough.
        return serializer.serialize_i64(*value as i64);
    }
    serializer.serialize_f64(*value)
}

/// The same, where there may be none.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)] // As serde asks for it.
pub fn maybe_percentage<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => percentage(value, serializer),
        None => serializer.serialize_none(),
    }
}
