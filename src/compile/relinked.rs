//! After a keystroke in a link: the package as it would be if the outcome were bound anew, all names being what they were.
//!
//! All that the program says of others is shared with that of the compilation; the graph and the coverage are made anew, and
//! the checks that look at links run anew, on everything. What the others found stays, for they look at no links.

use std::cmp::Ordering;

use super::{Compilation, Learnt};
use crate::checks::{self, Context};
use crate::coverage::{self, Coverage};
use crate::diagnostic::{self, Diagnostic};
use crate::graph;
use crate::index::Idx;
use crate::model::{Outcome, Process, Program};
use crate::package::Loaded;
use crate::resolve;
use crate::source::Sources;
use crate::span::Span;
use crate::syntax::tree::{NodeId, Tree};

/// The outcomes of a process with other links: their statements in a tree of the old text, and in one that holds the
/// statement of the process alone.
pub struct Links<'a> {
    /// The tree of the old text.
    pub old: &'a Tree,
    /// That of the statement.
    pub new: Tree,
    /// The outcomes, by their positions, with their statements in both.
    pub outcomes: Vec<(Idx<Outcome>, [NodeId; 2])>,
}

impl Links<'_> {
    /// Whether what is wrong at a place may have to do with what the outcomes say: it is in their statements, or in one that
    /// they stand in, of which all may be lost.
    fn may_be_of(&self, place: Span) -> bool {
        let blocks = |outcome: &NodeId| std::iter::once(*outcome).chain(self.old.around(*outcome));
        let mut heads = self.outcomes.iter().flat_map(|(_, nodes)| blocks(&nodes[0])).map(|node| self.old.head(node));
        heads.any(|head| head.file == place.file && head.start <= place.end && place.start <= head.end)
    }
}

/// A package in which some links are others.
pub struct Relinked {
    program: Program,
    coverage: Coverage,
}

impl Relinked {
    /// The package of a compilation with a process whose outcomes have other links; nothing where there is more to say of
    /// these than to what they lead.
    pub fn new(
        (compilation, loaded, learnt): (&Compilation, &[Loaded], &Learnt),
        edited: &Sources,
        (at, process): (Idx<Process>, &Process),
        links: &Links<'_>,
    ) -> Option<Relinked> {
        if learnt.slips.iter().any(|slip| links.may_be_of(slip.primary.span)) {
            return None;
        }
        let mut program = compilation.program.clone();
        let package = loaded.last()?;
        let bind = |program: &mut Program, tree: &Tree, which: usize| {
            let outcomes = links.outcomes.iter().map(|(outcome, nodes)| (nodes[which], at, *outcome));
            let outcomes: Vec<_> = outcomes.collect();
            let (said, _) = resolve::resolve_links(program, tree, &outcomes, package, edited);
            said.is_empty().then_some(())
        };
        bind(&mut program, links.old, 0)?;
        let root = program.root_id()?;
        program.packages_of_files.insert(links.new.file, root);
        let stands = program.packages.last_mut()?.model.processes.get_mut(at.at())?;
        stands.clone_from(process);
        for (outcome, nodes) in &links.outcomes {
            stands.outcomes.get_mut(outcome.at())?.origin.span = links.new.head(nodes[1]);
        }
        bind(&mut program, &links.new, 1)?;
        let graph = graph::build(&program, &program.package(root).model);
        let coverage = coverage::cover(&program, graph, learnt.unknown.requirements());
        Some(Relinked { program, coverage })
    }

    /// What a check looks at there.
    pub fn seen<'a>(&'a self, context: Context<'a>) -> Context<'a> {
        Context { program: &self.program, coverage: Some(&self.coverage), ..context }
    }

    /// The process at a position.
    pub fn process(&self, at: Idx<Process>) -> Option<&Process> {
        self.program.root()?.model.process_at(at)
    }
}

/// What the checks that look at links found in a compilation and do not find any more, by position, and what they find
/// instead. Nothing where it is not certain of which package something was found.
pub fn differences(compilation: &Compilation, found: Vec<Diagnostic>) -> Option<(Vec<usize>, Vec<Diagnostic>)> {
    let (mut gone, mut said) = (Vec::new(), Vec::new());
    let all = compilation.diagnostics.iter().enumerate();
    let mut before = all.filter(|(_, found)| checks::looks_at_links(found.code)).peekable();
    let mut now = found.into_iter().peekable();
    loop {
        let order = match (before.peek(), now.peek()) {
            (Some((_, one)), Some(other)) => diagnostic::order(one, other, |place| place),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        let one = if order == Ordering::Greater { None } else { before.next() };
        let other = if order == Ordering::Less { None } else { now.next() };
        if one.map(|(_, one)| one) != other.as_ref() {
            gone.extend(one);
            said.extend(other);
        }
    }
    // What is found of a package that is used, whoever uses it, was not looked for anew.
    let is_own = |found: &Diagnostic| compilation.program.package_of(found.primary.span) == compilation.program.root_id();
    let is_certain = gone.iter().all(|(_, found)| is_own(found));
    is_certain.then(|| (gone.into_iter().map(|(at, _)| at).collect(), said))
}
