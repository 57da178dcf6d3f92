//! The answer to `prm why`, as a tree: the proof of a requirement's status, or what would have to be added; or what an
//! element of the model is, what layers did to it, and what it is good for; or what else a word names.

mod element;
mod others;
mod rated;
mod tree;

use rustc_hash::FxHashMap;

use super::proof::sentence;
use super::report::{miss_words, place};
use crate::compile::Checked;
use crate::coverage::{Reason, Status, Step};
use crate::document::words::EN;
use crate::model::{Name, ReqKind, RequirementId};
pub use element::{element, omitted, renamed};
pub use others::others;
pub use rated::rated;
use tree::Tree;

/// How many proofs are told.
const PROOFS: usize = 12;

/// Why a requirement, control or clause has its status.
pub fn requirement(input: &Checked<'_>, id: RequirementId) -> String {
    let row = input.program.requirement(id);
    let status = input.coverage.status(id);
    let mut tree = Tree::default();
    let title = input.sources.text(row.title);
    let catalog = input.program.name(input.program.catalog(row.catalog).id);
    let own = input.program.name(row.id);
    if row.kind == ReqKind::Clause {
        clause(input, id, &mut tree);
        return format!(
            "{own} “{title}” ({catalog}) is a clause: a heading, which requires nothing itself\n{}",
            tree.draw()
        );
    }
    let witnesses = input.coverage.witnesses(input.program, id);
    for witness in witnesses.iter().take(PROOFS) {
        proof(input, id, witness, &mut tree);
    }
    if witnesses.len() > PROOFS {
        tree.add(0, format!("and {} more proofs like these", witnesses.len() - PROOFS));
    }
    let mut text = format!("{own} “{title}” ({catalog}) is {}\n{}", status.word(), tree.draw());
    if matches!(status, Status::Partial | Status::Uncovered) {
        text.push_str(&to_add(input, id));
    }
    text
}

/// A proof: what a step rests on stands below it.
fn proof(input: &Checked<'_>, root: RequirementId, steps: &[Step], tree: &mut Tree) {
    let mut depths: FxHashMap<RequirementId, usize> = FxHashMap::default();
    depths.insert(root, 0);
    for step in steps {
        let depth = depths.get(&step.requirement).copied().unwrap_or(0);
        let premises: &[RequirementId] = match &step.reason {
            Reason::Above { whole } => std::slice::from_ref(whole),
            Reason::Parts { parts } => parts,
            Reason::Line { others, .. } => others,
            _ => &[],
        };
        for premise in premises {
            depths.entry(*premise).or_insert(depth + 1);
        }
        for line in words(input, root, step) {
            tree.add(depth + usize::from(line.starts_with('“')), line);
        }
    }
}

/// A step in words with its place, and what its outcomes say.
fn words(input: &Checked<'_>, root: RequirementId, step: &Step) -> Vec<String> {
    let home = input.program.requirement(root).catalog;
    let mut lines = vec![format!("{} ({})", sentence(input, &EN, step, Some(home)), place(input, step.span))];
    match &step.reason {
        Reason::Outcome { outcome, .. } => lines.extend(says(input, *outcome)),
        Reason::Joint { outcomes } => {
            let there = outcomes.iter().filter(|member| member.is_there);
            lines.extend(there.filter_map(|member| says(input, member.id)));
        }
        _ => {}
    }
    lines
}

fn says(input: &Checked<'_>, outcome: Name) -> Option<String> {
    let outcome = input.program.root()?.model.outcome(outcome)?;
    Some(format!("“{}”", input.sources.text(outcome.text).replace('\n', " ")))
}

/// What would have to be added.
fn to_add(input: &Checked<'_>, id: RequirementId) -> String {
    let row = input.program.requirement(id);
    let own = input.program.name(row.id);
    let mut tree = Tree::default();
    tree.add(0, format!("an outcome that meets it: `satisfies {own}`"));
    if row.kind == ReqKind::Control {
        tree.add(0, format!("or, in the model, its exclusion: `exclude {own} because \"…\"`"));
    }
    let misses = input.coverage.misses(input.program, id);
    if !misses.is_empty() {
        tree.add(0, "nearest to it:".to_owned());
    }
    for miss in &misses {
        let (words, at) = miss_words(input, &EN, miss);
        tree.add(1, format!("{words}{}", at.map(|at| format!(" ({at})")).unwrap_or_default()));
    }
    format!("to be added:\n{}", tree.draw())
}

fn clause(input: &Checked<'_>, id: RequirementId, tree: &mut Tree) {
    for below in input.program.below(id).filter(|row| input.program.requirement(*row).kind != ReqKind::Clause) {
        let row = input.program.requirement(below);
        tree.add(
            0,
            format!(
                "{} {}: {}",
                input.program.name(row.id),
                input.coverage.status(below).word(),
                input.sources.text(row.title)
            ),
        );
    }
}
