//! After a keystroke in a link: the package as it would be if the outcome were bound anew, all names being what they were.
//!
//! All that the program says of others is shared with that of the compilation; the graph and the coverage are made anew, and
//! the checks that look at links run anew, on everything. What the others found stays, for they look at no links; but where
//! a name means nothing, or did, lost lines leave something else open, and what they explain is told otherwise.

use std::cmp::Ordering;

use super::{Compilation, Learnt};
use crate::checks::{self, Context};
use crate::codes;
use crate::coverage::{self, Coverage};
use crate::diagnostic::{self, Diagnostic, Family};
use crate::graph;
use crate::index::Idx;
use crate::model::{Outcome, Process, Program};
use crate::package::Loaded;
use crate::resolve::{self, Guesses};
use crate::source::Sources;
use crate::span::Span;
use crate::syntax::tree::{NodeId, Tree};
use crate::unknown::Unknown;

/// What a compilation found, and what was learnt on the way.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// The compilation.
    pub compilation: &'a Compilation,
    /// The packages as they were written.
    pub loaded: &'a [Loaded],
    /// What was learnt.
    pub learnt: &'a Learnt,
}

impl Base<'_> {
    /// The position of a finding among those of the compilation.
    pub fn position(&self, found: &Diagnostic) -> Option<usize> {
        self.compilation.diagnostics.iter().position(|known| known == found)
    }
}

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

/// What binding some links gives beside them.
type Bound = (Vec<Diagnostic>, Guesses);

/// A package in which some links are others.
pub struct Relinked {
    program: Program,
    coverage: Coverage,
    /// What lost lines leave open, where that may be something else.
    lost: Option<Lost>,
}

/// What lost lines leave open.
struct Lost {
    unknown: Unknown,
    /// What is said of the names of the links.
    said: Vec<Diagnostic>,
    /// What was said of them.
    unsaid: Vec<Diagnostic>,
}

/// What is gone, by position among the findings, and what is said instead.
pub type Changes = (Vec<usize>, Vec<Diagnostic>);

impl Relinked {
    /// The package of a compilation with a process whose outcomes have other links.
    pub fn new(
        base: Base<'_>,
        edited: &Sources,
        (at, process): (Idx<Process>, &Process),
        links: &Links<'_>,
    ) -> Option<Relinked> {
        let mut program = base.compilation.program.clone();
        let package = base.loaded.last()?;
        let bind = |program: &mut Program, tree: &Tree, which: usize| {
            let outcomes = links.outcomes.iter().map(|(outcome, nodes)| (nodes[which], at, *outcome));
            resolve::resolve_links(program, tree, &outcomes.collect::<Vec<_>>(), package, edited)
        };
        let before = bind(&mut program, links.old, 0);
        let root = program.root_id()?;
        program.packages_of_files.insert(links.new.file, root);
        let stands = program.packages.last_mut()?.model.processes.get_mut(at.at())?;
        stands.clone_from(process);
        for (outcome, nodes) in &links.outcomes {
            stands.outcomes.get_mut(outcome.at())?.origin.span = links.new.head(nodes[1]);
        }
        let now = bind(&mut program, &links.new, 1);
        let lost = lost(base, &program, edited, links, before, now)?;
        let unknown = lost.as_ref().map_or(&base.learnt.unknown, |lost| &lost.unknown);
        let graph = graph::build(&program, &program.package(root).model);
        let coverage = coverage::cover(&program, graph, unknown.requirements());
        Some(Relinked { program, coverage, lost })
    }

    /// What a check looks at there.
    pub fn seen<'a>(&'a self, context: Context<'a>) -> Context<'a> {
        let unknown = self.lost.as_ref().map_or(context.unknown, |lost| &lost.unknown);
        Context { program: &self.program, coverage: Some(&self.coverage), unknown, ..context }
    }

    /// The process at a position.
    pub fn process(&self, at: Idx<Process>) -> Option<&Process> {
        self.program.root()?.model.process_at(at)
    }

    /// Whether lost lines may leave something else open.
    pub fn is_lost(&self) -> bool {
        self.lost.is_some()
    }

    /// What the checks that look at links find otherwise. Nothing where it is not certain of which package something was
    /// found.
    pub fn of_links(&self, compilation: &Compilation, found: Vec<Diagnostic>) -> Option<Changes> {
        let (mut gone, mut said) = (Vec::new(), Vec::new());
        let all = compilation.diagnostics.iter().enumerate();
        let mut before = all.filter(|(_, found)| checks::looks_at_links(found.code, self.is_lost())).peekable();
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
        let is_certain = gone.iter().all(|(_, found)| is_own(compilation, found));
        is_certain.then(|| (gone.into_iter().map(|(at, _)| at).collect(), said))
    }

    /// What is said otherwise of the names in the links, and what of other checks lost lines explain now, or do not explain
    /// any more. Of other names nothing is said otherwise: in a link nothing is declared that they could mean.
    pub fn of_lost_lines(&self, base: Base<'_>, edited: &Sources) -> Changes {
        let (mut gone, mut said) = (Vec::new(), Vec::new());
        let Some(Lost { unknown, said: new, unsaid }) = &self.lost else { return (gone, said) };
        let Base { compilation, learnt, .. } = base;
        gone.extend(unsaid.iter().filter_map(|found| base.position(found)));
        said.extend(new.iter().filter(|found| !unknown.may_know(edited, found)).cloned());
        let is_left = |found: &Diagnostic| !is_own(compilation, found) || !checks::looks_at_links(found.code, true);
        let explained = |found: &Diagnostic| unknown.explains(&self.program, found);
        let all = compilation.diagnostics.iter().enumerate().filter(|(_, found)| found.code.is_lack);
        gone.extend(all.filter(|(_, found)| is_left(found) && explained(found)).map(|(at, _)| at));
        said.extend(learnt.explained.iter().filter(|found| is_left(found) && !explained(found)).cloned());
        (gone, said)
    }
}

fn is_own(compilation: &Compilation, found: &Diagnostic) -> bool {
    compilation.program.package_of(found.primary.span) == compilation.program.root_id()
}

/// What lost lines leave open where names in links mean nothing, or meant nothing before. Nothing where there is more to say
/// of the outcomes, or it depends on the rest of the package.
#[expect(clippy::option_option, reason = "that nothing changes is another answer than none")]
fn lost(
    base: Base<'_>,
    program: &Program,
    edited: &Sources,
    links: &Links<'_>,
    (unsaid, unguessed): Bound,
    (said, guessed): Bound,
) -> Option<Option<Lost>> {
    let Base { compilation, loaded, learnt } = base;
    let mut slips: Vec<&Diagnostic> = learnt.slips.iter().collect();
    for found in &unsaid {
        slips.remove(slips.iter().position(|slip| *slip == found)?);
    }
    if slips.iter().any(|slip| links.may_be_of(slip.primary.span)) {
        return None;
    }
    if said.is_empty() && unsaid.is_empty() {
        return Some(None);
    }
    // What is ambiguous is looked up once for all that name it, and what is counted is not all there.
    let is_simple = |found: &Diagnostic| found.code.family == Family::Names && found.more == 0;
    let is_first = unsaid.iter().all(|found| *found.code != codes::AMBIGUOUS_REQUIREMENT);
    let are_simple = slips.iter().all(|slip| slip.more == 0) && unsaid.iter().chain(&said).all(is_simple);
    if !is_first || !are_simple || !resolve::suggests_for_all(slips.len() + said.len(), program) {
        return None;
    }
    let mut guesses = learnt.guesses.clone().without(&unguessed)?;
    guesses.append(guessed);
    let is_unreadable = !compilation.unreadable.is_empty();
    let mut unknown = Unknown::find(program, &compilation.sources, loaded, guesses, &slips, is_unreadable);
    let text = &compilation.sources.file(links.old.file).text;
    for (_, [old, new]) in &links.outcomes {
        let head = links.new.head(*new);
        if said.iter().any(|found| head.holds(found.primary.span)) {
            unknown.takes_in(program, text, links.old, *old, edited.as_written(head));
        }
    }
    Some(Some(Lost { unknown, said, unsaid }))
}
