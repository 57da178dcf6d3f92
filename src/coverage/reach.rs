//! From which requirements lines in force lead to a catalog that is covered.

use rustc_hash::FxHashSet;

use super::Coverage;
use crate::model::{Program, RequirementId};

/// For each row, whether it is one of a covered catalog, or lines in force lead from it, from what it stands in, or from
/// what is below it, to one.
pub fn reach(coverage: &Coverage, program: &Program) -> Vec<bool> {
    let mut reached = vec![false; program.requirements.len()];
    let mut queue: Vec<RequirementId> = Vec::new();
    for catalog in &coverage.catalogs {
        for row in program.catalog(catalog.catalog).requirements() {
            reached[row.0 as usize] = true;
            queue.push(row);
        }
    }
    let mut lines: FxHashSet<u32> = FxHashSet::default();
    while let Some(row) = queue.pop() {
        for number in coverage.judgement.numbers_of(row).iter().filter(|number| lines.insert(**number)) {
            let sides = coverage.judgement.lines.get(*number as usize);
            for near in sides.into_iter().flat_map(|line| line.left.iter().chain(&line.right)) {
                let around = program.standing_in(*near).chain(program.below(*near)).chain([*near]);
                for row in around.collect::<Vec<_>>() {
                    if !std::mem::replace(&mut reached[row.0 as usize], true) {
                        queue.push(row);
                    }
                }
            }
        }
    }
    reached
}
