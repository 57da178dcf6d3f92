//! What goes with an element that a layer leaves out: the coverage that it gave, and what others say of it.

use rustc_hash::FxHashMap;

use crate::model::{Dropped, Lost, Model, Name, Outcome, Target};
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

/// What is said of elements that are gone is dropped, and noted. A joint set keeps its place for the member, and is
/// incomplete.
pub fn drop_references(model: &mut Model, gone: &Gone) {
    let mut dropped: Vec<Dropped> = Vec::new();
    let mut drop = |targets: &mut Vec<Target>| {
        targets.retain(|target| {
            let by = gone.get(&target.id);
            dropped.extend(by.map(|by| Dropped { id: target.id, reference: target.span, by: *by }));
            by.is_none()
        });
    };
    for process in &mut model.processes {
        for outcome in &mut process.outcomes {
            drop(&mut outcome.produces);
        }
        for practice in &mut process.practices {
            drop(&mut practice.achieves);
            drop(&mut practice.consumes);
            drop(&mut practice.produces);
        }
        let mut targets: Vec<Target> = process.relations.iter().map(|relation| relation.target).collect();
        drop(&mut targets);
        process.relations.retain(|relation| !gone.contains_key(&relation.target.id));
    }
    model.dropped.extend(dropped);
    lose_members(model, gone);
}

/// Joint sets that miss a member meet nothing in full any more.
fn lose_members(model: &mut Model, gone: &Gone) {
    let mut lost: Vec<Lost> = Vec::new();
    for outcome in model.processes.iter().flat_map(|process| &process.outcomes) {
        for link in &outcome.links {
            for member in outcome.partners(link) {
                let by = gone.get(&member.id);
                lost.extend(by.map(|by| Lost {
                    requirement: link.requirement,
                    outcome: member.id,
                    stated_by: outcome.id,
                    strength: link.strength,
                    link: link.span,
                    by: *by,
                }));
            }
        }
    }
    model.lost.extend(lost);
}
