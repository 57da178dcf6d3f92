//! The answer to `prm why`: the proof of a requirement's status, or what would have to be added, as a tree.

use rustc_hash::FxHashMap;

use super::report::{miss_words, place};
use crate::compile::Checked;
use crate::coverage::{Reason, Status, Step};
use crate::model::{Name, Outcome, Process, ReqKind, RequirementId, Strength};

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
        for line in words(input, step) {
            tree.add(depth + usize::from(line.starts_with('“')), line);
        }
    }
}

/// A step in words, and what the outcome says.
fn words(input: &Checked<'_>, step: &Step) -> Vec<String> {
    let name = |name: Name| input.program.name(name);
    let list = |ids: &[RequirementId]| {
        ids.iter().map(|id| name(input.program.requirement(*id).id)).collect::<Vec<_>>().join(", ")
    };
    let own = name(input.program.requirement(step.requirement).id);
    let at = place(input, step.span);
    match &step.reason {
        Reason::Outcome { outcome, strength } => {
            let verb = if *strength == Strength::Full { "satisfies" } else { "partly satisfies" };
            let mut lines = vec![format!("{} {verb} {own} ({at})", name(*outcome))];
            lines.extend(says(input, *outcome));
            lines
        }
        Reason::Joint { outcomes, missing } => {
            let members: Vec<&str> = outcomes.iter().map(|outcome| name(*outcome)).collect();
            let gap: Vec<&str> = missing.iter().map(|outcome| name(*outcome)).collect();
            let gap = if gap.is_empty() { String::new() } else { format!(", but {} is missing", gap.join(", ")) };
            let mut lines = vec![format!("{} together satisfy {own}{gap} ({at})", members.join(", "))];
            lines.extend(outcomes.iter().filter_map(|outcome| says(input, *outcome)));
            lines
        }
        Reason::Above { whole } => vec![format!("{own} stands in {}", list(&[*whole]))],
        Reason::Parts { parts } => vec![format!("{own} has parts: {}", list(parts))],
        Reason::Line { crosswalk, line, others } => {
            let row = input.program.crosswalk(*crosswalk);
            let relation = row.lines.get(*line as usize).map_or("relates to", |line| line.relation.words());
            let others: Vec<String> = others.iter().map(|id| input.program.full_id(*id)).collect();
            vec![format!("{} ties {own} to {}, by a line with `{relation}` ({at})", name(row.id), others.join(", "))]
        }
        Reason::Exclusion { excluded } => {
            let because = input.program.root().and_then(|root| root.model.head.as_ref()).and_then(|head| {
                head.exclusions
                    .iter()
                    .find(|exclusion| exclusion.requirement == *excluded)
                    .and_then(|exclusion| exclusion.because)
            });
            let mut lines = vec![format!("the model excludes {} ({at})", list(&[*excluded]))];
            lines.extend(because.map(|text| format!("“{}”", input.sources.text(text))));
            lines
        }
    }
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
        let (words, at) = miss_words(input, miss);
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

/// What an outcome satisfies.
pub fn outcome(input: &Checked<'_>, outcome: &Outcome) -> String {
    let mut tree = Tree::default();
    links(input, outcome, 0, &mut tree);
    if outcome.links.is_empty() {
        tree.add(0, "it satisfies no requirement by itself".to_owned());
    }
    format!(
        "{} “{}” ({})\n{}",
        input.program.name(outcome.id),
        input.sources.text(outcome.text),
        place(input, outcome.origin.span),
        tree.draw()
    )
}

/// What a process satisfies, outcome by outcome.
pub fn process(input: &Checked<'_>, process: &Process) -> String {
    let mut tree = Tree::default();
    for outcome in &process.outcomes {
        tree.add(0, format!("{} “{}”", input.program.name(outcome.id), input.sources.text(outcome.text)));
        links(input, outcome, 1, &mut tree);
    }
    format!(
        "{} “{}” ({})\n{}",
        input.program.name(process.id),
        input.sources.text(process.title),
        place(input, process.origin.span),
        tree.draw()
    )
}

fn links(input: &Checked<'_>, outcome: &Outcome, depth: usize, tree: &mut Tree) {
    for link in &outcome.links {
        let row = input.program.requirement(link.requirement);
        let partners: Vec<&str> = link
            .joint_set
            .and_then(|set| outcome.joint_sets.get(set as usize))
            .into_iter()
            .flatten()
            .map(|member| input.program.name(member.id))
            .collect();
        let verb = if link.strength == Strength::Full { "satisfies" } else { "partly satisfies" };
        let together =
            if partners.is_empty() { String::new() } else { format!(" together with {}", partners.join(", ")) };
        tree.add(
            depth,
            format!("{verb} {} “{}”{together}", input.program.full_id(link.requirement), input.sources.text(row.title)),
        );
    }
}

/// Lines with their depths, drawn as a tree.
#[derive(Default)]
struct Tree {
    lines: Vec<(usize, String)>,
}

impl Tree {
    fn add(&mut self, depth: usize, text: String) {
        self.lines.push((depth, text));
    }

    fn draw(&self) -> String {
        // Going backwards, a depth is open while a line of it, or of one that holds it, is still to come.
        let deepest = self.lines.iter().map(|(depth, _)| *depth).max().unwrap_or(0);
        let mut open = vec![false; deepest + 2];
        let mut drawn: Vec<String> = Vec::new();
        for (depth, text) in self.lines.iter().rev() {
            let trunk: String = open[..*depth].iter().map(|open| if *open { "│  " } else { "   " }).collect();
            let branch = if open[*depth] { "├─ " } else { "└─ " };
            drawn.push(format!("{trunk}{branch}{text}\n"));
            open[*depth] = true;
            open[depth + 1..].fill(false);
        }
        drawn.into_iter().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn branches_are_drawn_to_their_ends() {
        let tree = Tree {
            lines: [(0, "a"), (1, "b"), (1, "c"), (0, "d")].map(|(depth, text)| (depth, text.to_owned())).into(),
        };
        assert_eq!(tree.draw(), "├─ a\n│  ├─ b\n│  └─ c\n└─ d\n");
    }
}
