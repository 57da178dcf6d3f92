//! The measurement framework of the model.

use crate::model::{Achievement, Attribute, GenericPractice, Level, Rating};

use super::reader::Reader;
use super::rows::{AchievementRow, AttributeRow, FrameworkRow, GenericPracticeRow, LevelRow, RatingRow};

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
        levels: framework.levels.iter().map(|row| level(read, row)).collect(),
        notes: read.notes(&framework.remarks),
        origin: read.origin(framework.origin),
    })
}

fn rating<'a>(read: Reader<'a>, rating: &Rating) -> RatingRow<'a> {
    RatingRow {
        id: read.name(rating.id),
        title: read.text(rating.title),
        from: rating.from,
        to: rating.to,
        label: read.maybe(rating.label),
        notes: read.notes(&rating.remarks),
    }
}

fn level<'a>(read: Reader<'a>, level: &Level) -> LevelRow<'a> {
    LevelRow {
        id: read.name(level.id),
        title: read.text(level.title),
        attributes: level.attributes.iter().map(|row| attribute(read, row)).collect(),
        notes: read.notes(&level.remarks),
    }
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

fn achievement<'a>(read: Reader<'a>, achievement: &Achievement) -> AchievementRow<'a> {
    AchievementRow {
        id: read.name(achievement.id),
        text: read.text(achievement.text),
        notes: read.notes(&achievement.remarks),
    }
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
