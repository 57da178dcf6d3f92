//! Coverage against a second opinion: thousands of random models, each judged again by `naive`, which knows the table
//! of the manual and nothing else. Every proof is checked step by step, too.

mod naive;
mod proof;
pub mod world;

use std::collections::BTreeMap;

use prm::coverage::{Reason, Status};
use prm::diagnostic::Family;
use prm::model::{ReqKind, RequirementId};

use crate::support::Compiled;
use world::World;

/// How many models are judged.
const MODELS: u64 = 4000;

#[test]
fn statuses_are_those_of_the_table() {
    for seed in 0..MODELS {
        let world = World::random(seed);
        if problem(&world).is_some() {
            let world = world.shrink(|smaller| problem(smaller).is_some());
            panic!("seed {seed}: {}\n\n{}", problem(&world).unwrap(), world.text());
        }
    }
}

#[test]
fn proofs_prove() {
    // Every fourth, so that large ones are among them.
    for seed in (0..MODELS).step_by(4) {
        let world = World::random(seed);
        if proof::problem(&world, &world.project().compile()).is_some() {
            let unproved = |world: &World| proof::problem(world, &world.project().compile());
            let world = world.shrink(|smaller| unproved(smaller).is_some());
            panic!("seed {seed}: {}\n\n{}", unproved(&world).unwrap(), world.text());
        }
    }
}

#[test]
fn grounds_are_enough_and_whole() {
    for seed in (0..MODELS).step_by(80) {
        let world = World::random(seed);
        let fault = |world: &World| proof::grounds_problem(world, &world.project().compile());
        if fault(&world).is_some() {
            let world = world.shrink(|smaller| fault(smaller).is_some());
            panic!("seed {seed}: {}\n\n{}", fault(&world).unwrap(), world.text());
        }
    }
}

#[test]
fn order_of_files_and_statements_does_not_matter() {
    for seed in 0..400 {
        let world = World::random(seed);
        let plain = world.project().compile();
        let shuffled = world.shuffled(seed).project().compile();
        assert_eq!(statuses(&plain), statuses(&shuffled), "seed {seed}\n\n{}", world.text());
        assert_eq!(messages(&plain), messages(&shuffled), "seed {seed}\n\n{}", world.text());
    }
}

/// Models that are all alike would prove nothing.
#[test]
fn models_show_every_status_and_every_proof() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..MODELS / 8 {
        // Larger models come later.
        let compiled = World::random(seed * 8).project().compile();
        let program = &compiled.0.program;
        let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
        for (id, _) in rows {
            let status = compiled.0.coverage.status(id).word();
            *seen.entry(status.to_owned()).or_default() += 1;
            for steps in compiled.0.coverage.witnesses(program, id) {
                let lines = steps.iter().filter(|step| matches!(step.reason, Reason::Line { .. })).count();
                *seen.entry(format!("{status} over {} lines", lines.min(3))).or_default() += 1;
                for step in &steps {
                    *seen.entry(format!("{status} by {}", word(&step.reason))).or_default() += 1;
                }
            }
        }
    }
    let total: usize = ["covered", "partial", "excluded", "uncovered"].iter().map(|status| seen[*status]).sum();
    for status in ["covered", "partial", "excluded", "uncovered"] {
        assert!(seen[status] * 20 > total, "too few are {status}: {seen:#?}");
    }
    let rare = [
        "excluded by an exclusion",
        "covered by a joint set",
        "covered by something above",
        "covered by parts",
        "covered over 2 lines",
        "covered over 3 lines",
        "partial by an incomplete joint set",
        "partial by something above",
        "partial by parts",
        "partial over 2 lines",
        "partial over 3 lines",
    ];
    for kind in rare {
        assert!(seen.get(kind).is_some_and(|count| *count >= 5), "too few are {kind}: {seen:#?}");
    }
}

fn word(reason: &Reason) -> &'static str {
    match reason {
        Reason::Outcome { .. } => "an outcome",
        Reason::Joint { outcomes } if outcomes.iter().all(|member| member.is_there) => "a joint set",
        Reason::Joint { .. } => "an incomplete joint set",
        Reason::Above { .. } => "something above",
        Reason::Parts { .. } => "parts",
        Reason::Line { .. } => "a line",
        Reason::Exclusion { .. } => "an exclusion",
    }
}

/// What the compiler and the second opinion disagree on.
fn problem(world: &World) -> Option<String> {
    let compiled = world.project().compile();
    if compiled.0.checked().is_none() {
        return Some(format!("the model is broken:\n{}", compiled.lines()));
    }
    let expected = naive::judge(world);
    let actual = statuses(&compiled);
    for (row, expected) in expected.iter().enumerate() {
        let actual = actual.get(&format!("R{row}")).copied();
        if actual != *expected {
            let word = |status: Option<Status>| status.map_or("nothing", Status::word);
            return Some(format!("R{row} is {}, and should be {}", word(actual), word(*expected)));
        }
    }
    for catalog in &compiled.0.coverage.catalogs {
        let number: usize =
            compiled.0.program.name(compiled.0.program.catalog(catalog.catalog).id)[1..].parse().unwrap();
        let counted = naive::counted(world, number);
        let count = |status| counted.iter().filter(|row| expected[**row] == Some(status)).count();
        let summary = catalog.summary;
        let said = [summary.total, summary.covered, summary.partial, summary.excluded, summary.uncovered];
        let due = [
            counted.len(),
            count(Status::Covered),
            count(Status::Partial),
            count(Status::Excluded),
            count(Status::Uncovered),
        ];
        if said != due {
            return Some(format!("c{number} counts {said:?}, and should count {due:?}"));
        }
    }
    for (code, due) in naive::diagnostics(world) {
        let said = compiled.0.diagnostics.iter().filter(|diagnostic| diagnostic.code.code == code).count();
        if said != due {
            return Some(format!("{code} is said {said} times, and should be said {due} times"));
        }
    }
    None
}

/// The statuses of requirements and controls by their ids, each of which only one catalog has.
fn statuses(compiled: &Compiled) -> BTreeMap<String, Status> {
    let program = &compiled.0.program;
    let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
    rows.map(|(id, row)| (program.name(row.id).to_owned(), compiled.0.coverage.status(id))).collect()
}

/// What is said, without the places. The wording and order of outcomes (P4xx) have to do with their order, and of lines
/// that contradict each other (P707, P708) the later ones are told.
fn messages(compiled: &Compiled) -> Vec<String> {
    let mut messages: Vec<String> = compiled
        .0
        .diagnostics
        .iter()
        .filter(|found| found.code.family != Family::Description && !matches!(found.code.code, "P707" | "P708"))
        .map(|found| format!("{} {} ({} places)", found.code.code, found.message, found.secondary.len()))
        .collect();
    messages.sort();
    messages
}
