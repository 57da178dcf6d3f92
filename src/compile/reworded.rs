//! After a keystroke in a process: what is said anew, without a compilation.
//!
//! Nothing but the checks reads the texts of a process (titles aside), as long as what they name in brackets stays. So where
//! its statement has kept its shape, and what it says is said nowhere else, the program, the graph and the coverage stay,
//! and so does all that was found elsewhere. Where links are others, [`relinked`](super::relinked) tells what comes of
//! them. Where anything is odd there is no answer, and the package is compiled.

pub use super::edited::Edit;
use super::edited::{Differences, Wording};
use super::relinked::{self, Relinked};
use super::{Allowed, Compilation, Learnt, is_wanted, weigh};
use crate::checks::{self, Context};
use crate::diagnostic::{self, Code, Diagnostic, Family};
use crate::hands::One;
use crate::index::Idx;
use crate::model::{PackageId, Process};
use crate::package::Loaded;
use crate::span::{FileId, Span};
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
    let Compilation { sources, program, .. } = compilation;
    let root = program.root_id()?;
    let context = context(compilation, learnt, root);
    let is_own = program.packages_of_files.get(&edit.old.file) == Some(&root);
    if !is_own || compilation.review.is_some() || compilation.locked.lock.is_some() || !checks::is_all_english(&context)
    {
        return None;
    }
    let node = edit.statement().filter(|node| edit.old.whole(*node).range().len() <= MOST)?;
    let now = edit.new.whole(node);
    let mut edited = sources.clone();
    let file = edited.add("", "", edit.text.get(now.range())?.to_owned());
    let Differences { wordings, relinked: changed } = edit.differences(sources, node, file)?;
    if wordings.len() > MOST_TEXTS || is_faulty(compilation, edit, node) {
        return None;
    }
    let head = edit.old.head(node);
    let processes = &program.package(root).model.processes;
    let (index, old) = (0..).zip(processes).find(|(_, process)| process.origin.span == head)?;
    let new = patched(old, &wordings)?;
    let at = Idx::new(index as usize);
    let relinked = match changed.as_slice() {
        [] => None,
        nodes => {
            let links = edit.links(node, file, old, nodes)?;
            Some(Relinked::new((compilation, loaded, learnt), &edited, (at, &new), &links)?)
        }
    };
    let after = Context { sources: &edited, ..context };
    let (after, new) = match &relinked {
        None => (after, &new),
        Some(relinked) => (relinked.seen(after), relinked.process(at)?),
    };
    let purposes = learnt.purposes.get_or_init(|| checks::purposes(&context));
    let known = (&learnt.survey, purposes.as_slice());
    let was_meant = |text| wordings.iter().any(|wording| wording.old == text);
    let is_meant = |text| wordings.iter().any(|wording| wording.new == text);
    if !checks::are_alone(&context, known, (index, old), &was_meant)
        || !checks::are_alone(&after, known, (index, new), &is_meant)
    {
        return None;
    }
    let manifest = &loaded.last()?.manifest;
    let allowed = Allowed::new(program, &compilation.allows);
    let look = |context: &Context<'_>, look: &dyn Fn(&dyn Fn(&Code) -> bool, &mut Vec<Diagnostic>)| {
        let mut found = Vec::new();
        look(&|code| is_wanted(code, context, manifest), &mut found);
        weigh(&mut found, context, manifest);
        found.retain(|found| !allowed.holds(&edit.moved_back(found, file, now)));
        diagnostic::sort(&mut found);
        found.dedup();
        found
    };
    let look_at = |context: &Context<'_>, process: &Process| {
        look(context, &|is_wanted, found| {
            checks::run_on_texts(context, &learnt.survey, (index, process), is_wanted, found);
        })
    };
    let position = |found: &Diagnostic| compilation.diagnostics.iter().position(|known| known == found);
    let mut gone: Vec<usize> = look_at(&context, old).iter().map(position).collect::<Option<_>>()?;
    let mut said = look_at(&after, new);
    if relinked.is_some() {
        let of_links = look(&after, &|is_wanted, found| checks::run_on_links(&after, is_wanted, found));
        let (others, new) = relinked::differences(compilation, of_links)?;
        gone.extend(others);
        said.extend(new);
    }
    gone.sort_unstable();
    let stays = |at: usize| gone.binary_search(&at).is_err();
    let kept = compilation.diagnostics.iter().enumerate().filter(|(at, _)| stays(*at)).map(|(_, found)| found);
    let heads: Vec<Span> = changed.iter().map(|node| edit.old.head(*node)).collect();
    let is_clear = kept.chain(&said).all(|found| is_clear(found, &heads, edit.old.file, edit.change));
    let is_relinked = relinked.is_some();
    is_clear.then_some(Reworded { gone, said, file, start: now.start as usize, is_relinked })
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
