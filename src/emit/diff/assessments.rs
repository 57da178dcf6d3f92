//! What differs between two assessments, as text, Markdown or JSON.

use std::io;

use serde::Serialize;

use super::markdown::{begun, sentence};
use crate::diff::assessments::{AssessmentDiff, Ends, Level, ProcessChange, RatingChange, Way};
use crate::document::words::{EN, Words, fill};
use crate::document::{Document, Inline};
use crate::emit::json::{Layout, print};
use crate::emit::notice::Said;

/// The id of the schema; its number changes when a reader would have to.
const SCHEMA: &str = "https://prm-lang.org/schema/assessment-diff-1.json";

/// The difference as text for people, behind the notices of both sides.
pub fn text(diff: &AssessmentDiff, notices: &[Said<'_>]) -> String {
    let mut lines: Vec<String> =
        notices.iter().map(|said| format!("Notice of {}: {}", said.of, flat(&said.text))).collect();
    if !notices.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!("{} “{}” → {} “{}”", diff.old.0, diff.old.1, diff.new.0, diff.new.1));
    for process in &diff.processes {
        lines.push(String::new());
        lines.push(format!("{} {} {}: {}", sign(process.way), process.id, process.title, levels(&EN, process)));
        lines.extend(process.attributes.iter().map(|change| format!("    {}", told(change))));
        lines.extend(process.ratings.iter().map(|change| format!("        {}", told(change))));
    }
    lines.push(String::new());
    lines.push(totals(&EN, diff));
    lines.join("\n") + "\n"
}

/// The same as a document in the words of a language, for a review.
pub fn document(words: &'static Words, diff: &AssessmentDiff, notices: &[Said<'_>]) -> Document {
    let mut document = begun(words, &format!("{} → {}", diff.old.1, diff.new.1), notices);
    document.paragraph(Inline::plain(&sentence(&totals(words, diff))));
    let levels_of = diff.processes.iter().map(|process| {
        let named = format!("{} {}", process.id, process.title);
        [&named, way(words, process.way), &levels(words, process)].map(Inline::plain).into()
    });
    let own = words.differences;
    let head = [words.process, own.which_way, words.level_head];
    document.told_table(own.told_assessed, own.levels, &head, levels_of);
    for (caption, of) in [(own.attributes, true), (words.ratings, false)] {
        let rows = diff.processes.iter().flat_map(|process| {
            let changes = if of { &process.attributes } else { &process.ratings };
            changes.iter().map(|change| {
                let (was, is) = (ends(words, change.old.as_ref()), ends(words, change.new.as_ref()));
                let way = way(words, change.way);
                [&process.id, &change.place, &change.subject, way, &was, &is].map(Inline::plain).into()
            })
        });
        let head = [words.process, own.where_head, own.what_head, own.which_way, own.was_head, own.is_head];
        document.told_table(own.told_assessed, caption, &head, rows);
    }
    document.settle();
    document
}

fn way(words: &Words, way: Way) -> &'static str {
    match way {
        Way::Rose => words.differences.way_rose,
        Way::Fell => words.differences.way_fell,
        Way::Same => words.differences.way_same,
        Way::Other => words.differences.way_other,
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sign(way: Way) -> &'static str {
    match way {
        Way::Rose => "+",
        Way::Fell => "-",
        Way::Same | Way::Other => "~",
    }
}

fn told(change: &RatingChange) -> String {
    let place = if change.place.is_empty() { String::new() } else { format!(" ({})", change.place) };
    let (was, is) = (ends(&EN, change.old.as_ref()), ends(&EN, change.new.as_ref()));
    format!("{} {}{place}: {was} → {is}", sign(change.way), change.subject)
}

fn ends(words: &Words, ends: Option<&Ends>) -> String {
    match ends {
        None => words.not_rated.to_owned(),
        Some((low, high)) if low == high => low.clone(),
        Some((low, high)) => fill(words.from_to, &[low, high]),
    }
}

/// "level 1 → 1 to 2, target 2 → 3".
fn levels(words: &Words, process: &ProcessChange) -> String {
    let reached = |level: Option<Level>| match level {
        None => words.differences.not_looked_at.to_owned(),
        Some(Level { reached: (low, high), .. }) if low == high => low.to_string(),
        Some(Level { reached: (low, high), .. }) => fill(words.from_to, &[&low.to_string(), &high.to_string()]),
    };
    let target = |level: Option<Level>| level.map(|level| level.target);
    let (was, is) = (target(process.old), target(process.new));
    let own = words.differences;
    let level = fill(own.level_changed, &[&reached(process.old), &reached(process.new)]);
    let aim = match (was, is) {
        (Some(was), Some(is)) if was != is => fill(own.aim_changed, &[&was.to_string(), &is.to_string()]),
        (Some(target), _) | (None, Some(target)) => fill(own.aim, &[&target.to_string()]),
        (None, None) => return level,
    };
    fill(own.level_aimed, &[&level, &aim])
}

fn totals(words: &Words, diff: &AssessmentDiff) -> String {
    let count = |way: Way| diff.processes.iter().filter(|process| process.way == way).count();
    let ratings =
        |way: Way| diff.processes.iter().flat_map(|process| &process.ratings).filter(|row| row.way == way).count();
    let counts = [
        count(Way::Rose),
        count(Way::Fell),
        count(Way::Same) + diff.same,
        count(Way::Other),
        ratings(Way::Rose),
        ratings(Way::Fell),
        ratings(Way::Other),
    ];
    let counts = counts.map(|count| count.to_string());
    fill(words.differences.assessed_totals, &counts.each_ref().map(String::as_str))
}

/// What differs between two assessments. What is absent is null; lists are never absent.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm difference of assessments"))]
struct Root<'a> {
    /// The id of the schema that describes this document.
    schema: &'static str,
    /// What readers must be told of the texts of both sides.
    notices: &'a [Said<'a>],
    /// The assessment as it was.
    old: SideRow<'a>,
    /// As it is.
    new: SideRow<'a>,
    /// The processes in which something differs.
    processes: Vec<ProcessRow<'a>>,
    /// How many are the same on both sides.
    same: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Side"))]
struct SideRow<'a> {
    /// Its id.
    id: &'a str,
    /// Its title.
    title: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Process"))]
struct ProcessRow<'a> {
    /// Its id, on the new side if it is there.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// Which way its level went.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["rose", "fell", "same", "other"])))]
    way: &'static str,
    /// Its level before; null where it was not looked at.
    old: Option<LevelRow>,
    /// Its level now; null where it is not looked at.
    new: Option<LevelRow>,
    /// The attributes of the process as a whole that differ.
    attributes: Vec<RatingRow<'a>>,
    /// The ratings that were made, and differ.
    ratings: Vec<RatingRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Level"))]
struct LevelRow {
    /// The lowest that it may be.
    low: u32,
    /// The highest.
    high: u32,
    /// What is wanted.
    target: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rating"))]
struct RatingRow<'a> {
    /// The unit or the instance of which it is; empty for the process as a whole.
    place: &'a str,
    /// The full id of what is rated.
    subject: &'a str,
    /// Which way it went.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["rose", "fell", "other"])))]
    way: &'static str,
    /// What it was; null where nothing was rated.
    old: Option<EndsRow<'a>>,
    /// What it is; null where nothing is rated.
    new: Option<EndsRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Ends"))]
struct EndsRow<'a> {
    /// The lowest rating that it may be.
    low: &'a str,
    /// The highest.
    high: &'a str,
}

/// Writes the difference as JSON.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_json(diff: &AssessmentDiff, notices: &[Said<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    fn side((id, title): &(String, String)) -> SideRow<'_> {
        SideRow { id, title }
    }
    let level = |level: Level| LevelRow { low: level.reached.0, high: level.reached.1, target: level.target };
    let processes = diff.processes.iter().map(|process| ProcessRow {
        id: &process.id,
        title: &process.title,
        way: process.way.word(),
        old: process.old.map(level),
        new: process.new.map(level),
        attributes: process.attributes.iter().map(rating).collect(),
        ratings: process.ratings.iter().map(rating).collect(),
    });
    let root = Root {
        schema: SCHEMA,
        notices,
        old: side(&diff.old),
        new: side(&diff.new),
        processes: processes.collect(),
        same: diff.same,
    };
    print(&root, Layout::Lines, out)
}

fn rating(change: &RatingChange) -> RatingRow<'_> {
    fn ends(ends: &Ends) -> EndsRow<'_> {
        EndsRow { low: &ends.0, high: &ends.1 }
    }
    RatingRow {
        place: &change.place,
        subject: &change.subject,
        way: change.way.word(),
        old: change.old.as_ref().map(ends),
        new: change.new.as_ref().map(ends),
    }
}

/// The JSON Schema (draft 2020-12) of what [`write_json`] writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    crate::emit::schema::of::<Root<'static>>(SCHEMA)
}
