//! After a keystroke in a process: what is said anew, without a compilation.
//!
//! Nothing but the checks reads the texts of a process (titles aside), as long as what they name in brackets stays. So where
//! its statement has kept its shape, and what it says is said nowhere else, the program, the graph and the coverage stay,
//! and so does all that was found elsewhere. Where links are others, `relinked` tells what comes of
//! them. Where anything is odd there is no answer, and the package is compiled.

pub use super::edited::Edit;
use super::edited::{Differences, Wording};
use super::relinked::{Base, Relinked};
use super::{Allowed, Compilation, Learnt, is_wanted, weigh};
use crate::checks::{self, Context};
use crate::diagnostic::{self, Code, Diagnostic, Family};
use crate::hands::One;
use crate::index::{Idx, each};
use crate::model::{PackageId, Process};
use crate::package::Loaded;
use crate::package::manifest::Manifest;
use crate::source::Sources;
use crate::span::{FileId, Span, narrow};
use crate::syntax::Change;
use crate::syntax::tree::NodeId;

/// A longer statement, in bytes, is left to the compilation, which nobody waits for.
const MOST: usize = 1 << 18;

/// More texts at once are left to it too: each is held against all others.
const MOST_TEXTS: usize = 16;

/// What a change within a process does to the findings of a compilation.
#[derive(Debug)]
pub struct Reworded {
    /// Those that are gone, by position, in order.
    pub gone: Vec<usize>,
    /// What is said instead. Places in `file` are bytes of the new text behind `start`, all others are of the compilation.
    pub said: Vec<Diagnostic>,
    /// Stands for the statement as it is now: no file of the compilation has this number.
    pub file: FileId,
    /// Where the statement begins in the new text.
    pub start: usize,
    /// Whether links are others, and with them the coverage.
    pub is_relinked: bool,
}

/// What a change does to the findings, where it changes words and links within a process, and nothing else.
pub fn reworded(compilation: &Compilation, loaded: &[Loaded], learnt: &Learnt, edit: Edit<'_>) -> Option<Reworded> {
    let step = Step::new(Base { compilation, loaded, learnt }, edit)?;
    let before = context(compilation, learnt, compilation.program.root_id()?);
    let relinked = match step.differences.relinked.as_slice() {
        [] => None,
        nodes => {
            let links = edit.links(step.node, step.file, step.old, nodes)?;
            Some(Relinked::new(step.base, &step.edited, (step.at, &step.new), &links)?)
        }
    };
    let after = Context { sources: &step.edited, ..before };
    let (after, new) = match &relinked {
        None => (after, &step.new),
        Some(relinked) => (relinked.seen(after), relinked.process(step.at)?),
    };
    if !step.are_alone(&before, &after, new) {
        return None;
    }
    let mut gone: Vec<usize> =
        step.look_at(&before, step.old).iter().map(|found| step.base.position(found)).collect::<Option<_>>()?;
    let mut said = step.look_at(&after, new);
    if let Some(relinked) = &relinked {
        let mut found = Vec::new();
        checks::run_on_links(&after, relinked.is_lost(), |code| step.is_wanted(&after, code), &mut found);
        let found = step.said(&after, found);
        for (others, new) in [relinked.of_links(compilation, found)?, relinked.of_lost_lines(step.base, &step.edited)] {
            gone.extend(others);
            said.extend(new);
        }
        step.settle(&mut said);
    }
    gone.sort_unstable();
    gone.dedup();
    step.is_clear(&gone, &said).then_some(())?;
    let start = edit.new.whole(step.node).start as usize;
    Some(Reworded { gone, said, file: step.file, start, is_relinked: relinked.is_some() })
}

/// A change within a process, and how what is found there counts.
struct Step<'a> {
    base: Base<'a>,
    edit: Edit<'a>,
    /// The statement of the process, in both trees.
    node: NodeId,
    /// The files, and beside them one that holds the statement as it is now.
    edited: Sources,
    file: FileId,
    differences: Differences,
    /// The process, its position, and as it is with the new texts.
    old: &'a Process,
    at: Idx<Process>,
    new: Process,
    manifest: &'a Manifest,
    allowed: Allowed<'a>,
}

impl<'a> Step<'a> {
    fn new(base: Base<'a>, edit: Edit<'a>) -> Option<Step<'a>> {
        let Base { compilation, loaded, learnt } = base;
        let Compilation { sources, program, .. } = compilation;
        let root = program.root_id()?;
        let is_own = program.packages_of_files.get(&edit.old.file) == Some(&root);
        let is_reviewed = compilation.review.is_some() || compilation.locked.lock.is_some();
        if !is_own || is_reviewed || !checks::is_all_english(&context(compilation, learnt, root)) {
            return None;
        }
        let node = edit.statement().filter(|node| edit.old.whole(*node).range().len() <= MOST)?;
        let mut edited = sources.clone();
        let file = edited.add("", "", edit.text.get(edit.new.whole(node).range())?.to_owned());
        let differences = edit.differences(sources, node, file)?;
        if differences.wordings.len() > MOST_TEXTS || is_faulty(compilation, edit, node) {
            return None;
        }
        let head = edit.old.head(node);
        let (at, old) =
            each(&program.package(root).model.processes).find(|(_, process)| process.origin.span == head)?;
        let new = patched(old, &differences.wordings)?;
        let manifest = &loaded.last()?.manifest;
        let allowed = Allowed::new(program, &compilation.allows);
        Some(Step { base, edit, node, edited, file, differences, old, at, new, manifest, allowed })
    }

    /// Whether nothing is to be said elsewhere of the texts that are others, before and after.
    fn are_alone(&self, before: &Context<'_>, after: &Context<'_>, new: &Process) -> bool {
        let Learnt { survey, purposes, .. } = self.base.learnt;
        let known = (survey, purposes.get_or_init(|| checks::purposes(before)).as_slice());
        let index = narrow(self.at.at());
        let wordings = &self.differences.wordings;
        let was_meant = |text| wordings.iter().any(|wording| wording.old == text);
        let is_meant = |text| wordings.iter().any(|wording| wording.new == text);
        checks::are_alone(before, known, (index, self.old), &was_meant)
            && checks::are_alone(after, known, (index, new), &is_meant)
    }

    fn is_wanted(&self, context: &Context<'_>, code: &Code) -> bool {
        is_wanted(code, context, self.manifest)
    }

    /// What of that which checks have found is said.
    fn said(&self, context: &Context<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        // What lost lines explain is not.
        weigh(&mut found, context, self.manifest);
        self.settle(&mut found);
        found
    }

    /// What is said of the texts of the process.
    fn look_at(&self, context: &Context<'_>, process: &Process) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let (survey, process) = (&self.base.learnt.survey, (narrow(self.at.at()), process));
        checks::run_on_texts(context, survey, process, |code| self.is_wanted(context, code), &mut found);
        self.said(context, found)
    }

    /// Drops what is allowed, and puts the rest in order.
    fn settle(&self, found: &mut Vec<Diagnostic>) {
        let whole = self.edit.new.whole(self.node);
        found.retain(|found| !self.allowed.holds(&self.edit.moved_back(found, self.file, whole)));
        diagnostic::sort(found);
        found.dedup();
    }

    /// Whether all that is said from now on moves along with the text.
    fn is_clear(&self, gone: &[usize], said: &[Diagnostic]) -> bool {
        let old = self.edit.old;
        let heads: Vec<Span> = self.differences.relinked.iter().map(|node| old.head(*node)).collect();
        let all = self.base.compilation.diagnostics.iter().enumerate();
        let kept = all.filter(|(at, _)| gone.binary_search(at).is_err()).map(|(_, found)| found);
        kept.chain(said).all(|found| is_clear(found, &heads, old.file, self.edit.change))
    }
}

/// Whether there is anything to say of the syntax of a statement, as it was or as it is.
fn is_faulty(compilation: &Compilation, edit: Edit<'_>, node: NodeId) -> bool {
    let is_within = |found: &Diagnostic, whole: Span| {
        let place = found.primary.span;
        found.code.family == Family::Syntax && whole.range().contains(&(place.start as usize))
    };
    let (before, now) = (edit.old.whole(node), edit.new.whole(node));
    let mut said_before = compilation.diagnostics.iter().filter(|found| found.primary.span.file == before.file);
    said_before.any(|found| is_within(found, before)) || edit.syntax.iter().any(|found| is_within(found, now))
}

fn context<'a>(compilation: &'a Compilation, learnt: &'a Learnt, package: PackageId) -> Context<'a> {
    Context {
        program: &compilation.program,
        sources: &compilation.sources,
        package,
        coverage: Some(&compilation.coverage),
        measures: &compilation.measures,
        review: None,
        records: &[],
        unknown: &learnt.unknown,
        hands: &One,
        whole: false,
    }
}

/// The process with the new texts; nothing where one of them is none of its own, or layers have changed it.
fn patched(old: &Process, wordings: &[Wording]) -> Option<Process> {
    let mut process = old.clone();
    let outcomes = old.outcomes.iter().map(|outcome| &outcome.remarks);
    let practices = old.practices.iter().map(|practice| &practice.remarks);
    let mut remarks = [&old.remarks].into_iter().chain(outcomes).chain(practices);
    if old.broken || remarks.any(|remarks| !remarks.history().is_empty()) {
        return None;
    }
    let mut is_found = vec![false; wordings.len()];
    process.each_text(&mut |text| {
        if let Some(at) = wordings.iter().position(|wording| wording.old == *text) {
            is_found[at] = true;
            *text = wordings[at].new;
        }
    });
    is_found.into_iter().all(|found| found).then_some(process)
}

/// Whether a finding has no place in which a change begins or ends: it moves along with the text. A statement that
/// changes at its very end, where something is added, would have to be another place.
fn is_clear(found: &Diagnostic, heads: &[Span], file: FileId, change: Change) -> bool {
    let (from, to) = (change.start, change.start + change.removed);
    let is_clear = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        let is_beside = start < end && (end <= from || start >= to) && !heads.contains(&span);
        span.file != file || end < from || start > to || (start < from && end > to) || is_beside
    };
    let labels = std::iter::once(&found.primary).chain(&found.secondary).map(|label| label.span);
    labels.chain(found.edit.iter().map(|edit| edit.span)).all(is_clear)
}
