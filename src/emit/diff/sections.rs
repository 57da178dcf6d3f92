//! What differs, by the process or catalog in which it is shown, and in words.

use crate::coverage::{Status, Summary};
use crate::diagnostic::words::count;
use crate::diff::{CatalogChange, Change, Diff, Effect, FactChange, How, Side, StatusChange, What};
use crate::model::natural_order;

/// A process, catalog or other element with the changes that are shown below it.
pub struct Section<'a> {
    /// What it is.
    pub kind: What,
    /// Its id, on the new side if it is there.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its own change.
    pub own: Option<&'a Change>,
    /// The changes below it.
    pub below: Vec<&'a Change>,
}

/// The sections, in the order of the changes.
pub fn sections(diff: &Diff) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut known: rustc_hash::FxHashMap<(What, &str), usize> = rustc_hash::FxHashMap::default();
    for change in &diff.changes {
        let Some(side) = change.new.as_ref().or(change.old.as_ref()) else { continue };
        let kind = match change.kind {
            What::Outcome | What::Practice => What::Process,
            What::Requirement => What::Catalog,
            own => own,
        };
        let is_own = kind == change.kind;
        let id = side.within.as_deref().unwrap_or(&side.id);
        let at = *known.entry((kind, id)).or_insert_with(|| {
            let title = diff.titles.get(id).map_or(side.title.as_str(), String::as_str);
            sections.push(Section { kind, id, title, own: None, below: Vec::new() });
            sections.len() - 1
        });
        match sections.get_mut(at) {
            Some(section) if is_own => section.own = Some(change),
            Some(section) => section.below.push(change),
            None => {}
        }
    }
    // Outcomes come behind all processes in the list of changes; here each stands with its own.
    sections.sort_by_key(|section| section.kind);
    for section in &mut sections {
        section.below.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| natural_order(shown_id(a), shown_id(b))));
    }
    sections
}

fn shown_id(change: &Change) -> &str {
    change.new.as_ref().or(change.old.as_ref()).map_or("", |side| &side.id)
}

/// The id of a side within its section: `3` of `COM.01.3`.
pub fn own_id<'a>(side: &'a Side, section: &Section<'_>) -> &'a str {
    if side.within.as_deref() == Some(section.id) && side.id != section.id { &side.own_id } else { &side.id }
}

/// "was 3", "was COM.01.3, by `formerly`" where an element has another id now.
pub fn renaming(change: &Change, section: &Section<'_>) -> Option<String> {
    let old = change.old.as_ref()?;
    let how = match change.renamed? {
        How::Id => String::new(),
        How::Formerly => ", as `formerly` says".to_owned(),
        How::Wording => ", by the same wording".to_owned(),
    };
    Some(format!("was {}{how}", own_id(old, section)))
}

/// Where an element stood and stands.
pub fn moving(change: &Change) -> Option<String> {
    let (old, new) = change.moved.as_ref()?;
    let place = |place: &Option<String>| place.as_deref().unwrap_or("no group").to_owned();
    Some(format!("moved from {} to {}", place(old), place(new)))
}

/// What a fact is called: `purpose`, `satisfies iso27001-2022:A.5.1`, `owner`.
pub fn fact_name(fact: &FactChange) -> String {
    match (fact.property, fact.key.as_str()) {
        ("field", key) => key.to_owned(),
        (property, "") => property.to_owned(),
        (property, key) => format!("{property} {key}"),
    }
}

/// "satisfies A, B together with X; partly satisfies C because …; produces I" of what was added or removed.
pub fn links(change: &Change) -> Option<String> {
    let said = |fact: &FactChange| fact.new.clone().or_else(|| fact.old.clone()).unwrap_or_default();
    let mut clauses: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for fact in change.facts.iter().filter(|fact| matches!(fact.property, "satisfies" | "produces")) {
        let value = said(fact);
        let (word, rest) = match value.strip_prefix("in part") {
            Some(rest) => ("partly satisfies", rest),
            None => (fact.property, value.strip_prefix("in full").unwrap_or(&value)),
        };
        match clauses.iter_mut().find(|(known, more, _)| *known == word && more == rest) {
            Some((_, _, ids)) => ids.push(&fact.key),
            None => clauses.push((word, rest.to_owned(), vec![&fact.key])),
        }
    }
    let clauses: Vec<String> =
        clauses.into_iter().map(|(word, rest, ids)| format!("{word} {}{rest}", ids.join(", "))).collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

/// "covered 118 → 117, uncovered 0 → 1", or what it means that one side does not cover the catalog.
pub fn summary(change: &CatalogChange) -> String {
    match (&change.old, &change.new) {
        (None, Some(new)) => format!("is covered now: {}", counts(new)),
        (Some(old), None) => format!("is covered no more: {}", counts(old)),
        (Some(old), Some(new)) => {
            let pairs = [
                ("covered", old.covered, new.covered),
                ("partial", old.partial, new.partial),
                ("excluded", old.excluded, new.excluded),
                ("uncovered", old.uncovered, new.uncovered),
            ];
            let changed = pairs.iter().filter(|(_, old, new)| old != new);
            let changed: Vec<String> = changed.map(|(word, old, new)| format!("{word} {old} → {new}")).collect();
            if changed.is_empty() { "the counts stay the same".to_owned() } else { changed.join(", ") }
        }
        (None, None) => String::new(),
    }
}

fn counts(summary: &Summary) -> String {
    format!(
        "{}: {} covered, {} partial, {} excluded, {} uncovered",
        count(summary.total, "requirement"),
        summary.covered,
        summary.partial,
        summary.excluded,
        summary.uncovered
    )
}

/// Whether the requirements of a catalog are listed: of one that is covered on one side alone, the counts say it.
pub fn is_listed(change: &CatalogChange) -> bool {
    change.old.is_some() && change.new.is_some()
}

/// The id of a requirement, with its old one where that was another.
pub fn requirement_id(row: &StatusChange) -> String {
    match (&row.old_id, &row.new_id) {
        (Some(old), Some(new)) if old != new => format!("{new} (was {old})"),
        (old, new) => new.clone().or_else(|| old.clone()).unwrap_or_default(),
    }
}

/// "covered → uncovered; TEC.04.2 met it".
pub fn status_words(row: &StatusChange) -> String {
    let word = |status: Option<Status>, id: &Option<String>| match (status, id) {
        (Some(status), _) => status.word(),
        (None, Some(_)) => "not counted",
        (None, None) => "not there",
    };
    let mut words = format!("{} → {}", word(row.old, &row.old_id), word(row.new, &row.new_id));
    let names = |outcomes: &[String]| {
        let (first, rest) = outcomes.split_at(outcomes.len().min(4));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        first.join(", ") + &more
    };
    match row.effect {
        Effect::Lost if !row.old_outcomes.is_empty() => {
            words.push_str(&format!("; was met by {}", names(&row.old_outcomes)));
        }
        Effect::Gained if !row.new_outcomes.is_empty() => {
            words.push_str(&format!("; met by {}", names(&row.new_outcomes)));
        }
        _ => {}
    }
    words
}

/// "2 added, 1 removed, 3 changed; 1 requirement lost coverage".
pub fn totals(diff: &Diff) -> String {
    if diff.is_empty() {
        return "no difference".to_owned();
    }
    let counts = diff.counts();
    let told = |number: usize, word: &str| (number > 0).then(|| format!("{number} {word}"));
    let changes = [told(counts.added, "added"), told(counts.removed, "removed"), told(counts.changed, "changed")];
    let coverage = [
        (counts.gained > 0).then(|| format!("{} gained coverage", count(counts.gained, "requirement"))),
        (counts.lost > 0).then(|| format!("{} lost coverage", count(counts.lost, "requirement"))),
    ];
    let parts = [changes.into_iter().flatten().collect::<Vec<_>>(), coverage.into_iter().flatten().collect()];
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| part.join(", ")).collect();
    if parts.is_empty() { "the coverage differs".to_owned() } else { parts.join("; ") }
}

/// A text of several lines on one.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
