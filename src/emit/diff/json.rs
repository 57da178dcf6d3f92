//! A difference as JSON. The names are the contract; the comments are the descriptions in the JSON Schema.

use std::io;

use serde::Serialize;

use crate::coverage::{Status, Summary};
use crate::diff::{CatalogChange, Change, Counts, Diff, FactChange, Side, StatusChange, Word, words};
use crate::emit::json::{Layout, print};
use crate::emit::notice::Said;

/// The id of the schema; its number changes when a reader would have to.
const SCHEMA: &str = "https://prm-lang.org/schema/diff-1.json";

/// What differs between two models. What is absent is null; lists are never absent. White space in texts counts as one
/// space.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm difference"))]
struct Document<'a> {
    /// The id of the schema that describes this document.
    schema: &'static str,
    /// What readers must be told of the texts of both sides.
    notices: &'a [Said<'a>],
    /// How many differences there are.
    summary: SummaryRow,
    /// The elements that differ.
    changes: Vec<ChangeRow<'a>>,
    /// The catalogs whose coverage differs.
    coverage: Vec<CatalogRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Summary"))]
struct SummaryRow {
    /// Elements that were added.
    added: usize,
    /// Elements that were removed.
    removed: usize,
    /// Elements on both sides that differ.
    changed: usize,
    /// Requirements that gained coverage.
    gained: usize,
    /// Requirements that lost coverage.
    lost: usize,
}

/// An element that differs. A catalog that was added or removed speaks for its requirements.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Change"))]
struct ChangeRow<'a> {
    /// What happened to it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["added", "removed", "changed"])))]
    change: &'static str,
    /// What it is; `requirement` stands for controls and clauses, too.
    kind: &'static str,
    /// Its full id, on the new side if it is there; a requirement's with its catalog.
    id: &'a str,
    /// What it was; null if it was added.
    old: Option<SideRow<'a>>,
    /// What it is now; null if it was removed.
    new: Option<SideRow<'a>>,
    /// How it was found to be the same under another id; null if its own id is the same.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["id", "formerly", "wording", null])))]
    renamed: Option<&'static str>,
    /// Where it stood and stands, if that is elsewhere.
    moved: Option<MovedRow<'a>>,
    /// What it says otherwise; of what was added or removed, all that it says.
    facts: Vec<FactRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Side"))]
struct SideRow<'a> {
    /// Its full id.
    id: &'a str,
    /// Its title, or its text where it has no title.
    title: &'a str,
    /// The file, relative to the folder of its package.
    file: &'a str,
    /// The line, from 1.
    line: usize,
}

/// A group, process or clause; null for none.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Moved"))]
struct MovedRow<'a> {
    old: Option<&'a str>,
    new: Option<&'a str>,
}

/// A statement that differs.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Fact"))]
struct FactRow<'a> {
    /// The word of the statement; `field` for a field, `line` for a line of a crosswalk or framework.
    property: &'static str,
    /// What it is about, if a block may hold several: the requirement of a link, the field, the process of a relation.
    key: &'a str,
    /// What it said; null if it was not there.
    old: Option<&'a str>,
    /// What it says; null if it is not there.
    new: Option<&'a str>,
    /// The words of both; empty if one side is null.
    words: Vec<WordRow>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Words"))]
struct WordRow {
    /// On which side they stand.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["both", "old", "new"])))]
    side: &'static str,
    /// The words.
    text: String,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogCoverage"))]
struct CatalogRow<'a> {
    /// The catalog.
    catalog: &'a str,
    /// The counts before; null if it was not covered.
    old: Option<CountsRow>,
    /// The counts now; null if it is covered no more.
    new: Option<CountsRow>,
    /// The requirements whose status differs.
    requirements: Vec<StatusRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Counts"))]
#[allow(missing_docs)]
struct CountsRow {
    total: usize,
    covered: usize,
    partial: usize,
    excluded: usize,
    uncovered: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Status"))]
struct StatusRow<'a> {
    /// Its id before, without the catalog's; null if the catalog did not have it.
    old_id: Option<&'a str>,
    /// Its id now; null if the catalog does not have it any more.
    new_id: Option<&'a str>,
    /// Its title.
    title: &'a str,
    /// Its status before; null if it was not counted.
    old: Option<&'static str>,
    /// Its status now; null if it is not counted.
    new: Option<&'static str>,
    /// What that means; covered and excluded count as settled alike.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["gained", "lost", "changed", "new", "gone"])))]
    effect: &'static str,
    /// The outcomes that proved the old status.
    old_outcomes: &'a [String],
    /// The outcomes that prove the new status.
    new_outcomes: &'a [String],
}

/// The JSON Schema (draft 2020-12) of what [`write()`] writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    crate::emit::schema::of::<Document<'static>>(SCHEMA)
}

/// Writes the difference.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(diff: &Diff, notices: &[Said<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    let Counts { added, removed, changed, gained, lost, .. } = diff.counts();
    let document = Document {
        schema: SCHEMA,
        notices,
        summary: SummaryRow { added, removed, changed, gained, lost },
        changes: diff.changes.iter().map(change).collect(),
        coverage: diff.coverage.iter().map(catalog).collect(),
    };
    print(&document, Layout::Lines, out)
}

fn change(change: &Change) -> ChangeRow<'_> {
    let what = match (&change.old, &change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    ChangeRow {
        change: what,
        kind: change.kind.word(),
        id: change.new.as_ref().or(change.old.as_ref()).map_or("", |side| &side.id),
        old: change.old.as_ref().map(side),
        new: change.new.as_ref().map(side),
        renamed: change.renamed.map(crate::diff::How::word),
        moved: change.moved.as_ref().map(|(old, new)| MovedRow { old: old.as_deref(), new: new.as_deref() }),
        facts: change.facts.iter().map(fact).collect(),
    }
}

fn side(side: &Side) -> SideRow<'_> {
    SideRow { id: &side.id, title: &side.title, file: &side.place.file, line: side.place.line }
}

fn fact(fact: &FactChange) -> FactRow<'_> {
    let row = |word: Word| match word {
        Word::Same(text) => WordRow { side: "both", text },
        Word::Old(text) => WordRow { side: "old", text },
        Word::New(text) => WordRow { side: "new", text },
    };
    let both = fact.old.as_deref().zip(fact.new.as_deref());
    FactRow {
        property: fact.property,
        key: &fact.key,
        old: fact.old.as_deref(),
        new: fact.new.as_deref(),
        words: both.map(|(old, new)| words(old, new).into_iter().map(row).collect()).unwrap_or_default(),
    }
}

fn catalog(change: &CatalogChange) -> CatalogRow<'_> {
    let counts = |summary: &Summary| {
        let Summary { total, covered, partial, excluded, uncovered } = *summary;
        CountsRow { total, covered, partial, excluded, uncovered }
    };
    CatalogRow {
        catalog: &change.catalog,
        old: change.old.as_ref().map(counts),
        new: change.new.as_ref().map(counts),
        requirements: change.requirements.iter().map(status).collect(),
    }
}

fn status(row: &StatusChange) -> StatusRow<'_> {
    StatusRow {
        old_id: row.old_id.as_deref(),
        new_id: row.new_id.as_deref(),
        title: &row.title,
        old: row.old.map(Status::word),
        new: row.new.map(Status::word),
        effect: row.effect.word(),
        old_outcomes: &row.old_outcomes,
        new_outcomes: &row.new_outcomes,
    }
}
