//! The chains of crosswalk lines that make requirements partial.
//!
//! A chain goes over lines of any relation, and within a catalog from a requirement to what is below it and from a part
//! to its wholes. It begins at what is covered, or partial without any line; it enters neither the catalog that it
//! began in again nor, before its end, the one that it ends in. So what a chain reaches from one catalog to another is
//! what a plain search reaches that stays out of both: no set of passed catalogs has to be kept.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Status;
use super::judgement::{Judgement, LineRef};
use crate::model::{CatalogId, Program, RequirementId};

/// The uncovered requirements that chains make partial.
pub fn tied(program: &Program, judgement: &Judgement) -> Vec<RequirementId> {
    let search = Search { program, judgement };
    let starts = search.starts();
    // What no search reaches, wherever it may go, need not be looked for.
    let all: Vec<RequirementId> = starts.values().flatten().copied().collect();
    let anywhere = search.from(&all, None, None).into_iter().map(|arrival| arrival.node);
    let mut open: FxHashSet<RequirementId> = anywhere.filter(|id| search.status(*id) == Status::Uncovered).collect();
    let mut found = Vec::new();
    for (start, rows) in &starts {
        if open.is_empty() {
            break;
        }
        let arrivals = search.from(rows, Some(*start), None);
        // Most are reached on a way that was not in their catalog before; only for the others another is looked for.
        let mut again: BTreeSet<CatalogId> = BTreeSet::new();
        for (arrival, is_new) in arrivals.iter().zip(search.new_catalogs(&arrivals)) {
            if is_new && open.remove(&arrival.node) {
                found.push(arrival.node);
            } else if open.contains(&arrival.node) {
                again.insert(search.catalog(arrival.node));
            }
        }
        for end in again {
            let ends = search.from(rows, Some(*start), Some(end)).into_iter().map(|arrival| arrival.node);
            found.extend(ends.filter(|node| search.catalog(*node) == end && open.remove(node)));
        }
    }
    found
}

/// A step of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// What it leads to.
    pub node: RequirementId,
    /// The requirement on the near side of the line: the node itself, one above it, or a part of it.
    pub entered: RequirementId,
    /// The line.
    pub line: LineRef,
    /// The requirement on the far side.
    pub other: RequirementId,
}

/// A chain to one of some rows, its last step first, that stays out of the catalog in which it is to end; none where
/// one of them begins a chain, or no chain leads to them.
pub fn chain(program: &Program, judgement: &Judgement, rows: &[RequirementId], end: CatalogId) -> Option<Vec<Tie>> {
    let search = Search { program, judgement };
    if let Some(ties) = search.back(rows, end) {
        return Some(ties);
    }
    // The nearest beginnings are in catalogs that the way passes; it may go round them.
    search.starts().into_iter().filter(|(start, _)| *start != end).find_map(|(start, seeds)| {
        let arrivals = search.from(&seeds, Some(start), Some(end));
        let last = arrivals.iter().position(|arrival| rows.contains(&arrival.node))?;
        let before = |arrival: &&Arrival| arrival.before.and_then(|(before, _)| arrivals.get(before));
        let way = std::iter::successors(arrivals.get(last), before);
        Some(way.filter_map(|arrival| arrival.before.map(|(_, tie)| tie)).collect())
    })
}

/// A row that a search reached; and the arrival from which it did, with the step, but for those that it began with.
struct Arrival {
    node: RequirementId,
    before: Option<(usize, Tie)>,
}

struct Search<'a> {
    program: &'a Program,
    judgement: &'a Judgement,
}

impl Search<'_> {
    fn status(&self, id: RequirementId) -> Status {
        self.judgement.status[id.0 as usize]
    }

    fn catalog(&self, id: RequirementId) -> CatalogId {
        self.program.requirement(id).catalog
    }

    /// The rows on lines at which chains begin, by catalog.
    fn starts(&self) -> BTreeMap<CatalogId, Vec<RequirementId>> {
        let mut starts: BTreeMap<CatalogId, Vec<RequirementId>> = BTreeMap::new();
        for id in self.judgement.rows_on_lines().filter(|id| self.judgement.begins_chains(*id)) {
            starts.entry(self.catalog(id)).or_default().push(id);
        }
        starts.values_mut().for_each(|rows| rows.sort_unstable());
        starts
    }

    /// All that chains reach from some rows of one catalog without entering it again, the nearest first; at another
    /// catalog they end.
    fn from(&self, rows: &[RequirementId], start: Option<CatalogId>, end: Option<CatalogId>) -> Vec<Arrival> {
        let mut reached: FxHashSet<RequirementId> = rows.iter().copied().collect();
        let mut arrivals: Vec<Arrival> = rows.iter().map(|node| Arrival { node: *node, before: None }).collect();
        // From whichever row a side of a line is left, the same is reached.
        let mut left: FxHashSet<(u32, *const RequirementId)> = FxHashSet::default();
        let mut next = 0;
        while let Some(node) = arrivals.get(next).map(|arrival| arrival.node) {
            let goes_on = next < rows.len() || Some(self.catalog(node)) != end;
            for number in self.judgement.numbers_of(node).iter().filter(|_| goes_on) {
                let Some(line) = self.judgement.lines.get(*number as usize) else { continue };
                for (far, _) in line.across(node) {
                    if !left.insert((*number, far.as_ptr())) {
                        continue;
                    }
                    for entered in far.iter().copied().filter(|id| Some(self.catalog(*id)) != start) {
                        for to in self.tied_with(entered).filter(|to| reached.insert(*to)) {
                            let tie = Tie { node: to, entered, line: line.at, other: node };
                            arrivals.push(Arrival { node: to, before: Some((next, tie)) });
                        }
                    }
                }
            }
            next += 1;
        }
        arrivals
    }

    /// The way back from some rows to the nearest row at which a chain begins.
    fn back(&self, rows: &[RequirementId], end: CatalogId) -> Option<Vec<Tie>> {
        let mut reached: FxHashSet<RequirementId> = rows.iter().copied().collect();
        let mut arrivals: Vec<Arrival> = rows.iter().map(|node| Arrival { node: *node, before: None }).collect();
        let mut left: FxHashSet<(u32, *const RequirementId)> = FxHashSet::default();
        let mut next = 0;
        while let Some(node) = arrivals.get(next).map(|arrival| arrival.node) {
            for entered in self.entries(node) {
                for number in self.judgement.numbers_of(entered) {
                    let Some(line) = self.judgement.lines.get(*number as usize) else { continue };
                    for (far, _) in line.across(entered).filter(|(far, _)| left.insert((*number, far.as_ptr()))) {
                        let is_open =
                            |id: &RequirementId| self.catalog(*id) != end && self.status(*id) != Status::Excluded;
                        for other in far.iter().copied().filter(is_open).filter(|id| reached.insert(*id)) {
                            let tie = Tie { node, entered, line: line.at, other };
                            arrivals.push(Arrival { node: other, before: Some((next, tie)) });
                            if self.judgement.begins_chains(other) && self.is_left_for_good(&arrivals) {
                                return Some(way(&arrivals));
                            }
                        }
                    }
                }
            }
            next += 1;
        }
        None
    }

    /// Whether the way from the last arrival does not enter its catalog again.
    fn is_left_for_good(&self, arrivals: &[Arrival]) -> bool {
        let Some(start) = arrivals.last().map(|last| self.catalog(last.node)) else { return false };
        way(arrivals).iter().all(|tie| self.catalog(tie.node) != start)
    }

    /// Where a line may enter a catalog to make a row partial: at the row, at what is above it, at a part of it.
    fn entries(&self, node: RequirementId) -> Vec<RequirementId> {
        let mut entries: Vec<RequirementId> = std::iter::once(node).chain(self.program.above(node)).collect();
        let mut parts: Vec<RequirementId> = self.program.parts(node).collect();
        while let Some(part) = parts.pop() {
            if self.status(part) != Status::Excluded {
                entries.push(part);
                parts.extend(self.program.parts(part));
            }
        }
        entries.retain(|id| self.status(*id) != Status::Excluded);
        entries
    }

    /// What becomes partial with a row at the end of a line: what it is above of, and what it is a part of.
    fn tied_with(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> {
        let is_there = |id: &RequirementId| self.status(*id) != Status::Excluded;
        let wholes = std::iter::successors(self.program.whole(id), |id| self.program.whole(*id)).take_while(is_there);
        let rows = Some(id).filter(is_there).map(|id| self.program.reach(id).filter(is_there).chain(wholes));
        rows.into_iter().flatten()
    }

    /// For each arrival, whether the way to it was not in its catalog before.
    fn new_catalogs(&self, arrivals: &[Arrival]) -> Vec<bool> {
        let mut onward: Vec<Vec<usize>> = vec![Vec::new(); arrivals.len()];
        let mut open: Vec<(usize, bool)> = Vec::new();
        for (number, arrival) in arrivals.iter().enumerate() {
            match arrival.before {
                Some((before, _)) => onward[before].push(number),
                None => open.push((number, true)),
            }
        }
        // How often the way to where the walk stands was in each catalog.
        let mut passed: FxHashMap<CatalogId, usize> = FxHashMap::default();
        let mut is_new = vec![false; arrivals.len()];
        while let Some((number, is_entered)) = open.pop() {
            let times = passed.entry(self.catalog(arrivals[number].node)).or_default();
            if !is_entered {
                *times -= 1;
                continue;
            }
            is_new[number] = *times == 0;
            *times += 1;
            open.push((number, false));
            open.extend(onward[number].iter().map(|next| (*next, true)));
        }
        is_new
    }
}

/// The steps from where a search back began to its last arrival.
fn way(arrivals: &[Arrival]) -> Vec<Tie> {
    let before = |arrival: &&Arrival| arrival.before.and_then(|(before, _)| arrivals.get(before));
    let mut ties: Vec<Tie> = std::iter::successors(arrivals.last(), before)
        .filter_map(|arrival| arrival.before.map(|(_, tie)| tie))
        .collect();
    ties.reverse();
    ties
}
