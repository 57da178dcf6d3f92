//! What a judgement found: the statuses, and the lines of crosswalks that decided.

use rustc_hash::FxHashMap;

use super::Status;
use crate::model::{CrosswalkId, RequirementId};

/// A line of a crosswalk in force: the crosswalk, and the line's position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineRef {
    /// The crosswalk.
    pub crosswalk: CrosswalkId,
    /// The line, by position.
    pub line: u32,
}

/// What the judgement found, requirement by requirement.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The statuses; clauses are `Uncovered`.
    pub status: Vec<Status>,
    /// How many rules lie between a covered requirement and the outcomes; 0 for others.
    pub depth: Vec<u32>,
    /// What excludes it.
    pub excluded_by: Vec<Option<RequirementId>>,
    /// Whether it is partial by its own links and parts.
    pub partial_by_itself: Vec<bool>,
    /// The lines in force that decide something.
    pub lines: Vec<Sides>,
    /// The lines in force with the requirement on one of their sides, by their positions in `lines`.
    pub numbers_of: FxHashMap<RequirementId, Vec<u32>>,
}

impl Judgement {
    /// The lines in force that name a row, by their positions in `lines`.
    pub fn numbers_of(&self, row: RequirementId) -> &[u32] {
        self.numbers_of.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The lines in force that name a row.
    pub fn lines_of(&self, row: RequirementId) -> impl Iterator<Item = &Sides> {
        self.numbers_of(row).iter().filter_map(|number| self.lines.get(*number as usize))
    }

    /// Whether chains of lines begin at a row: it is covered, or partial without any line.
    pub fn begins_chains(&self, row: RequirementId) -> bool {
        let number = row.0 as usize;
        self.status.get(number) == Some(&Status::Covered) || self.partial_by_itself.get(number) == Some(&true)
    }

    /// All rows that lines in force name.
    pub fn rows_on_lines(&self) -> impl Iterator<Item = RequirementId> {
        self.numbers_of.keys().copied()
    }
}

/// A line with its sides, each in the order of the catalog.
#[derive(Debug)]
pub struct Sides {
    /// Which line.
    pub at: LineRef,
    /// What stands on the left.
    pub left: Vec<RequirementId>,
    /// What stands on the right.
    pub right: Vec<RequirementId>,
    /// Whether the left, covered, carries the right.
    pub carries_right: bool,
    /// Whether the right, covered, carries the left.
    pub carries_left: bool,
}

impl Sides {
    /// For each side that a row stands on: the other side, and whether that, covered, carries the row.
    pub fn across(&self, row: RequirementId) -> impl Iterator<Item = (&[RequirementId], bool)> {
        let sides = [(&self.right, &self.left, self.carries_right), (&self.left, &self.right, self.carries_left)];
        let on = sides.into_iter().filter(move |(near, ..)| near.binary_search(&row).is_ok());
        on.map(|(_, far, carries)| (far.as_slice(), carries))
    }
}
