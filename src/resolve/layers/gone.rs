//! What goes with an element that a layer leaves out: the coverage that it gave, and what others say of it.

use rustc_hash::FxHashMap;

use crate::model::{Action, AnyElement, Dropped, Lost, Model, Name, Outcome, Target, Was};
use crate::span::Span;

/// The ids that are gone, each with the statement that left it out.
pub type Gone = FxHashMap<Name, Span>;

/// Notes the links that go with an outcome.
pub fn lose_links(model: &mut Model, outcome: &Outcome, by: Span) {
    model.lost.extend(outcome.links.iter().map(|link| Lost {
        requirement: link.requirement,
        outcome: outcome.id,
        stated_by: outcome.id,
        strength: link.strength,
        link: link.span,
        by,
    }));
}

/// What is said of elements that are gone is dropped, and noted, where it means these and not what has their ids now. A
/// joint set keeps its place for the member, and is incomplete.
pub fn drop_references(model: &mut Model, gone: &Gone, means: impl Fn(Span, Span) -> bool) {
    let of = |target: &Target| gone.get(&target.id).copied().filter(|by| means(target.span, *by));
    let mut dropped: Vec<Dropped> = Vec::new();
    let mut drop = |targets: &mut Vec<Target>, was: &dyn Fn() -> Was| {
        targets.retain(|target| {
            let by = of(target);
            dropped.extend(by.map(|by| Dropped { id: target.id, reference: target.span, by, was: was() }));
            by.is_none()
        });
    };
    for process in &mut model.processes {
        for outcome in &mut process.outcomes {
            drop(&mut outcome.produces, &|| Was::Produced(outcome.id));
        }
        for practice in &mut process.practices {
            drop(&mut practice.achieves, &|| Was::Achieved(practice.id));
            drop(&mut practice.consumes, &|| Was::Consumed(practice.id));
            drop(&mut practice.produces, &|| Was::Produced(practice.id));
        }
    }
    for process in &mut model.processes {
        process.relations.retain(|relation| {
            let (id, reference) = (relation.target.id, relation.target.span);
            let was = || Was::Related(process.id, Box::new(relation.clone()));
            let by = of(&relation.target);
            dropped.extend(by.map(|by| Dropped { id, reference, by, was: was() }));
            by.is_none()
        });
    }
    model.dropped.extend(dropped);
    lose_members(model, of);
}

/// Joint sets that miss a member meet nothing in full any more.
fn lose_members(model: &mut Model, of: impl Fn(&Target) -> Option<Span>) {
    let mut lost: Vec<Lost> = Vec::new();
    for outcome in model.processes.iter_mut().flat_map(|process| &mut process.outcomes) {
        for link in &outcome.links {
            for member in outcome.partners(link) {
                let by = of(member);
                lost.extend(by.map(|by| Lost {
                    requirement: link.requirement,
                    outcome: member.id,
                    stated_by: outcome.id,
                    strength: link.strength,
                    link: link.span,
                    by,
                }));
            }
        }
        for member in outcome.joint_sets.iter_mut().flatten() {
            member.gone |= of(member).is_some();
        }
    }
    model.lost.extend(lost);
}

/// Takes back what was dropped with elements that are there after all, where what said it still says it.
pub fn take_back(model: &mut Model, is_there: impl Fn(Name) -> bool) {
    for outcome in model.processes.iter_mut().flat_map(|process| &mut process.outcomes) {
        for member in outcome.joint_sets.iter_mut().flatten() {
            member.gone &= !is_there(member.id);
        }
    }
    let (back, dropped) = std::mem::take(&mut model.dropped).into_iter().partition(|dropped| is_there(dropped.id));
    model.dropped = dropped;
    for dropped in back {
        give_back(model, dropped);
    }
}

fn give_back(model: &mut Model, dropped: Dropped) {
    let target = Target::new(dropped.id, dropped.reference);
    let add = |targets: &mut Vec<Target>, says: bool| {
        if says && !targets.contains(&target) {
            targets.push(target);
            targets.sort_by_key(|target| target.span);
        }
    };
    let says = |element: &dyn AnyElement| {
        let added = element.remarks().history().iter().filter(|change| change.action == Action::Extended);
        added.map(|change| change.origin.span).chain([element.origin().span]).any(|statement| {
            let range = statement.range();
            statement.file == dropped.reference.file && range.contains(&(dropped.reference.start as usize))
        })
    };
    match dropped.was {
        Was::Related(process, relation) => {
            if let Some(process) = model.processes.iter_mut().find(|known| known.id == process)
                && !process.relations.contains(&relation)
            {
                process.relations.push(*relation);
            }
        }
        Was::Produced(id) | Was::Consumed(id) | Was::Achieved(id) => {
            for process in &mut model.processes {
                for outcome in process.outcomes.iter_mut().filter(|outcome| outcome.id == id) {
                    let says = says(outcome);
                    add(&mut outcome.produces, says);
                }
                for practice in process.practices.iter_mut().filter(|practice| practice.id == id) {
                    let says = says(practice);
                    let targets = match dropped.was {
                        Was::Achieved(_) => &mut practice.achieves,
                        Was::Consumed(_) => &mut practice.consumes,
                        _ => &mut practice.produces,
                    };
                    add(targets, says);
                }
            }
        }
    }
}
