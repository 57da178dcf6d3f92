//! Whether all is stated that ISO/IEC 33002 asks to be recorded: a row each, in words of our own.

use super::View;
use super::tables::{facts, seen_in_taken};
use crate::document::words::fill;
use crate::document::{Cell, Inline, Table};
use crate::model::Verdict;

/// What a row comes to.
enum State {
    Stated(String),
    InPart(String),
    Missing(String),
}

/// The table.
pub fn table(view: &View<'_>) -> Table {
    let words = view.words();
    let told =
        facts(view).into_iter().filter(|(name, _)| *name != words.closed).map(|(name, fact)| match fact.is_empty() {
            true => (name, State::Missing(String::new())),
            false => (name, State::Stated(fact.shown().to_owned())),
        });
    let results = [
        (words.competence, competence(view)),
        (words.asked_by_class, of_class(view)),
        (words.all_rated, all_rated(view)),
        (words.evidence_each, evidence(view)),
        (words.closed, closed(view)),
    ];
    let rows = told.chain(results).map(|(asks, state)| {
        let (status, shown) = match state {
            State::Stated(shown) => (Inline::plain(words.stated), shown),
            State::InPart(shown) => (Inline::strong(words.stated_in_part), shown),
            State::Missing(shown) => (Inline::strong(words.not_stated), shown),
        };
        [Inline::plain(asks), status, Inline::plain(&shown)].map(Cell::from).into()
    });
    let head = [words.asks_for, words.status, words.shown_of_it].map(Inline::plain);
    Table { caption: Inline::plain(words.conformity_33002), ..Table::under(head, rows.collect()) }
}

/// So many of so many.
fn share(view: &View<'_>, part: usize, all: usize) -> State {
    let told = fill(view.words().so_many_of, &[&part.to_string(), &all.to_string()]);
    match part {
        0 => State::Missing(told),
        part if part == all => State::Stated(told),
        _ => State::InPart(told),
    }
}

fn competence(view: &View<'_>) -> State {
    let assessors = &view.assessment.input.assessors;
    share(view, assessors.iter().filter(|one| one.competence.is_some()).count(), assessors.len())
}

/// What rules in sight ask for, by the class.
fn of_class(view: &View<'_>) -> State {
    let words = view.words();
    let Some(class) = view.class() else { return State::Missing(words.no_rules.to_owned()) };
    let figure = |name: &str, number: Option<u32>| number.map(|number| format!("{name}: {number}"));
    let asked = [figure(words.instances, class.instances), figure(words.kinds_of_evidence, class.kinds)];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    if asked.is_empty() { State::Missing(words.no_rules.to_owned()) } else { State::Stated(asked.join("; ")) }
}

/// How many attributes of processes are rated for certain.
fn all_rated(view: &View<'_>) -> State {
    let results: Vec<_> = view.wholes().flat_map(|profile| &profile.attributes).collect();
    let rated = results.iter().filter(|result| result.is_rated && result.interval.only().is_some()).count();
    share(view, rated, results.len())
}

/// How many ratings above the lowest cite evidence.
fn evidence(view: &View<'_>) -> State {
    let is_above = |line: &&Verdict| {
        let rank = line.rating.and_then(|rating| view.measured.scale.rank(rating));
        rank.is_some_and(|rank| rank > view.measured.scale.open().low)
    };
    // Of ratings that were made elsewhere, this one shows nothing.
    if let Some(elsewhere) = seen_in_taken(view).filter(|_| view.rates().next().is_none()) {
        return State::Missing(elsewhere);
    }
    let lines: Vec<&Verdict> = view.rates().flat_map(|rate| &rate.verdicts).filter(is_above).collect();
    share(view, lines.iter().filter(|line| !line.exhibits.is_empty()).count(), lines.len())
}

fn closed(view: &View<'_>) -> State {
    match view.assessment.closed {
        Some(closed) => State::Stated(view.page.text(closed).shown().to_owned()),
        None => State::Missing(view.words().assessment_open.to_owned()),
    }
}
