//! What differs, by the process or catalog in which it is shown, and in words.

use crate::coverage::{Status, Summary};
use crate::diff::{CatalogChange, Change, Diff, Effect, FactChange, How, Side, StatusChange, What};
use crate::document::words::{Counted, EN, Words, counted, fill};
use crate::emit::said;
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
        let kind = change.section();
        let is_own = kind == change.kind;
        let id = side.within.as_deref().unwrap_or(&side.id);
        let at = *known.entry((kind, id)).or_insert_with(|| {
            let title = diff.titles.get(&(kind, id.to_owned())).map_or(side.title.as_str(), String::as_str);
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

/// "was 3", "was COM.01.3, as `formerly` says" where an element has another id now.
pub fn renaming(words: &Words, change: &Change, section: &Section<'_>) -> Option<String> {
    let old = change.old.as_ref()?;
    let sentence = match change.renamed? {
        How::Id => words.differences.was_id,
        How::Formerly => words.differences.was_id_formerly,
        How::Wording => words.differences.was_id_wording,
    };
    Some(fill(sentence, &[own_id(old, section)]))
}

/// Where an element stood and stands.
pub fn moving(words: &Words, change: &Change) -> Option<String> {
    let (old, new) = change.moved.as_ref()?;
    let [old, new] = [old, new].map(|place| place.as_deref().unwrap_or(words.differences.no_group));
    Some(fill(words.differences.moved_from, &[old, new]))
}

/// What a fact is called: `purpose`, `satisfies iso27001-2022:A.5.1`, `owner`.
pub fn fact_name(words: &Words, fact: &FactChange) -> String {
    match (words.statement(fact.property), fact.key.as_str()) {
        _ if fact.property == "field" => fact.key.clone(),
        (property, "") => property.to_owned(),
        (property, key) => format!("{property} {key}"),
    }
}

/// What a fact says; "yes" where it says nothing but that it is there.
pub fn value(words: &Words, fact: &FactChange, said: Option<&str>) -> String {
    match said {
        Some("") => words.yes.to_owned(),
        Some(said) if fact.property == "satisfies" => strength(words, said),
        Some(said) => said.to_owned(),
        None => String::new(),
    }
}

/// "in full together with X" in the words of a language.
fn strength(words: &Words, said: &str) -> String {
    let (word, rest) = match (said.strip_prefix(EN.in_full), said.strip_prefix(EN.in_part_word)) {
        (Some(rest), _) => (words.in_full, rest),
        (_, Some(rest)) => (words.in_part_word, rest),
        _ => return said.to_owned(),
    };
    format!("{word}{}", rest.replacen(EN.together, words.together, 1))
}

/// "satisfies A, B together with X; partly satisfies C because …; produces I" of what was added or removed.
pub fn links(words: &Words, change: &Change) -> Option<String> {
    let said = |fact: &FactChange| fact.new.clone().or_else(|| fact.old.clone()).unwrap_or_default();
    let mut clauses: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for fact in change.facts.iter().filter(|fact| matches!(fact.property, "satisfies" | "produces")) {
        let value = said(fact);
        let (clause, rest) = match (fact.property, value.strip_prefix(EN.in_part_word)) {
            ("produces", _) => (words.differences.link_produces, value.as_str()),
            (_, Some(rest)) => (words.differences.link_partly, rest),
            (_, None) => (words.differences.link_satisfies, value.strip_prefix(EN.in_full).unwrap_or(&value)),
        };
        match clauses.iter_mut().find(|(known, more, _)| *known == clause && more == rest) {
            Some((_, _, ids)) => ids.push(&fact.key),
            None => clauses.push((clause, rest.to_owned(), vec![&fact.key])),
        }
    }
    let clauses: Vec<String> = clauses
        .into_iter()
        .map(|(clause, rest, ids)| fill(clause, &[&ids.join(", ")]) + &rest.replacen(EN.together, words.together, 1))
        .collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

/// "covered 118 → 117, uncovered 0 → 1", or what it means that one side does not cover the catalog.
pub fn summary(words: &Words, change: &CatalogChange) -> String {
    match (&change.old, &change.new) {
        (None, Some(new)) => fill(words.differences.covered_now, &[&counts(words, new)]),
        (Some(old), None) => fill(words.differences.covered_no_more, &[&counts(words, old)]),
        (Some(old), Some(new)) => {
            let pairs = [
                (Status::Covered, old.covered, new.covered),
                (Status::Partial, old.partial, new.partial),
                (Status::Excluded, old.excluded, new.excluded),
                (Status::Uncovered, old.uncovered, new.uncovered),
            ];
            let changed = pairs.iter().filter(|(_, old, new)| old != new);
            let told = changed.map(|(status, old, new)| format!("{} {old} → {new}", said::status(words, *status)));
            let told: Vec<String> = told.collect();
            if told.is_empty() { words.differences.counts_same.to_owned() } else { told.join(", ") }
        }
        (None, None) => String::new(),
    }
}

fn counts(words: &Words, summary: &Summary) -> String {
    let Summary { total, covered, partial, excluded, uncovered } = *summary;
    let total = counted(&words.requirements_counted, total, &[]);
    let [covered, partial, excluded, uncovered] =
        [covered, partial, excluded, uncovered].map(|count: usize| count.to_string());
    fill(words.differences.coverage_counts, &[&total, &covered, &partial, &excluded, &uncovered])
}

/// Whether the requirements of a catalog are listed: of one that is covered on one side alone, the counts say it.
pub fn is_listed(change: &CatalogChange) -> bool {
    change.old.is_some() && change.new.is_some()
}

/// The id of a requirement, with its old one where that was another.
pub fn requirement_id(words: &Words, row: &StatusChange) -> String {
    match (&row.old_id, &row.new_id) {
        (Some(old), Some(new)) if old != new => fill(words.differences.id_was, &[new, old]),
        (old, new) => new.clone().or_else(|| old.clone()).unwrap_or_default(),
    }
}

/// What a change of status means.
pub fn effect(words: &Words, effect: Effect) -> &'static str {
    match effect {
        Effect::Gained => words.differences.effect_gained,
        Effect::Lost => words.differences.effect_lost,
        Effect::Changed => words.differences.effect_changed,
        Effect::New => words.differences.effect_new,
        Effect::Gone => words.differences.effect_gone,
    }
}

/// "covered → uncovered; was met by TEC.04.2".
pub fn status_words(words: &Words, row: &StatusChange) -> String {
    let word = |status: Option<Status>, id: &Option<String>| match (status, id) {
        (Some(status), _) => said::status(words, status),
        (None, Some(_)) => words.differences.not_counted_lower,
        (None, None) => words.differences.not_there_lower,
    };
    let told = format!("{} → {}", word(row.old, &row.old_id), word(row.new, &row.new_id));
    let names = |outcomes: &[String]| {
        let (first, rest) = outcomes.split_at(outcomes.len().min(4));
        let first = first.join(", ");
        if rest.is_empty() { first } else { fill(words.differences.and_more, &[&first, &rest.len().to_string()]) }
    };
    match row.effect {
        Effect::Lost if !row.old_outcomes.is_empty() => {
            fill(words.differences.was_met_by, &[&told, &names(&row.old_outcomes)])
        }
        Effect::Gained if !row.new_outcomes.is_empty() => {
            fill(words.differences.is_met_by, &[&told, &names(&row.new_outcomes)])
        }
        _ => told,
    }
}

/// "2 added, 1 removed, 3 changed; 1 requirement lost coverage".
pub fn totals(words: &Words, diff: &Diff) -> String {
    if diff.is_empty() {
        return words.differences.no_difference.to_owned();
    }
    let counts = diff.counts();
    let told = |(number, forms): (usize, &Counted)| (number > 0).then(|| counted(forms, number, &[]));
    let changes = [
        (counts.added, &words.differences.added_counted),
        (counts.removed, &words.differences.removed_counted),
        (counts.changed, &words.differences.changed_counted),
    ];
    let coverage = [(counts.gained, &words.differences.gained_counted), (counts.lost, &words.differences.lost_counted)];
    let parts =
        [changes.into_iter().filter_map(told).collect::<Vec<_>>(), coverage.into_iter().filter_map(told).collect()];
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| part.join(", ")).collect();
    if parts.is_empty() { words.differences.coverage_differs.to_owned() } else { parts.join("; ") }
}

/// A text of several lines on one.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
