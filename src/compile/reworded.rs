//! After a keystroke in a text of a process: what is said of the process anew, without a compilation.
//!
//! Nothing but the checks reads these texts (titles aside), as long as what they name in brackets stays. So where the
//! statement of a process has kept its shape, and what it says is said nowhere else, the program, the graph and the coverage
//! stay, and so does all that was found elsewhere. Where anything is odd there is no answer, and the package is compiled.

use super::{Allowed, Compilation, Learnt, weigh};
use crate::checks::{self, Context};
use crate::diagnostic::{self, Diagnostic, Family};
use crate::hands::One;
use crate::model::{PackageId, Process, Text};
use crate::package::Loaded;
use crate::source::{Sources, text};
use crate::span::{FileId, Span};
use crate::syntax::Change;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Tree};

/// A longer statement, in bytes, is left to the compilation, which nobody waits for.
const MOST: usize = 1 << 18;

/// More texts at once are left to it too: each is held against all others.
const MOST_TEXTS: usize = 16;

/// A text of which a compilation knows the state before a change.
#[derive(Clone, Copy)]
pub struct Edit<'a> {
    /// The tree that was compiled.
    pub old: &'a Tree,
    /// That of the text as it is now.
    pub new: &'a Tree,
    /// The text as it is now.
    pub text: &'a str,
    /// What its syntax has to say.
    pub syntax: &'a [Diagnostic],
    /// The change between the two.
    pub change: Change,
}

/// What a change of words does to the findings of a compilation.
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
}

/// A text before and after the change.
struct Wording {
    old: Text,
    new: Text,
}

/// What a change of words does to the findings, where it does nothing else.
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
    let (before, now) = (edit.old.whole(node), edit.new.whole(node));
    let mut edited = sources.clone();
    let file = edited.add("", "", edit.text.get(now.range())?.to_owned());
    let wordings = edit.wordings(sources, node, file).filter(|wordings| wordings.len() <= MOST_TEXTS)?;
    let is_faulty = |found: &Diagnostic, whole: Span| {
        found.code.family == Family::Syntax && whole.range().contains(&(found.primary.span.start as usize))
    };
    let said_before = compilation.diagnostics.iter().filter(|found| found.primary.span.file == before.file);
    let mut of_syntax = edit.syntax.iter();
    if said_before.clone().any(|found| is_faulty(found, before)) || of_syntax.any(|found| is_faulty(found, now)) {
        return None;
    }
    let model = &program.package(root).model;
    let head = edit.old.head(node);
    let (index, old) = (0..).zip(&model.processes).find(|(_, process)| process.origin.span == head)?;
    let new = patched(old, &wordings)?;
    let after = Context { sources: &edited, ..context };
    let purposes = learnt.purposes.get_or_init(|| checks::purposes(&context));
    let known = (&learnt.survey, purposes.as_slice());
    let was_meant = |text| wordings.iter().any(|wording| wording.old == text);
    let is_meant = |text| wordings.iter().any(|wording| wording.new == text);
    if !checks::are_alone(&context, known, (index, old), &was_meant)
        || !checks::are_alone(&after, known, (index, &new), &is_meant)
    {
        return None;
    }
    let manifest = &loaded.last()?.manifest;
    let allowed = Allowed::new(program, &compilation.allows);
    let look = |context: &Context<'_>, process: &Process| {
        let mut found = Vec::new();
        let is_wanted = |code: &_| manifest.lints.wants(code);
        checks::run_on_texts(context, &learnt.survey, (index, process), is_wanted, &mut found);
        weigh(&mut found, context, manifest);
        found.retain(|found| !allowed.holds(&moved_back(found, &wordings)));
        diagnostic::sort(&mut found);
        found.dedup();
        found
    };
    let position = |found: &Diagnostic| compilation.diagnostics.iter().position(|known| known == found);
    let mut gone: Vec<usize> = look(&context, old).iter().map(position).collect::<Option<_>>()?;
    gone.sort_unstable();
    let stays = |at: usize| gone.binary_search(&at).is_err();
    let said = look(&after, &new);
    let kept = compilation.diagnostics.iter().enumerate().filter(|(at, _)| stays(*at)).map(|(_, found)| found);
    let is_clear = kept.chain(&said).all(|found| is_clear(found, before.file, edit.change));
    is_clear.then_some(Reworded { gone, said, file, start: now.start as usize })
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

impl Edit<'_> {
    /// The process within whose statement the change is, where it has the same shape in both trees.
    fn statement(&self) -> Option<NodeId> {
        let Edit { old, new, change, .. } = self;
        let last = old.before(change.start).last()?;
        let node = std::iter::once(last).chain(old.around(last)).find(|node| old.node(*node).kind == Kind::Process)?;
        let whole = old.whole(node).range();
        let is_within = whole.start < change.start && change.start + change.removed < whole.end;
        let is_sound = |tree: &Tree| tree.is_orderly && !tree.is_cut_off && tree.meant.is_empty();
        let is_whole = is_within && is_sound(old) && is_sound(new);
        let is_as_long = old.nodes.len() == new.nodes.len() && old.args.len() == new.args.len();
        let same = |id: NodeId| {
            let (one, other) = (old.node(id), new.node(id));
            let shape = |tree: &Tree| tree.args(id).iter().map(|arg| arg.role).collect::<Vec<_>>();
            one.kind == other.kind
                && one.parent == other.parent
                && one.subtree_end == other.subtree_end
                && one.open.is_some() == other.open.is_some()
                && one.close.is_some() == other.close.is_some()
                && !(one.broken || other.broken)
                && shape(old) == shape(new)
        };
        (is_whole && is_as_long && (node..old.node(node).subtree_end).all(same)).then_some(node)
    }

    /// The arguments of a statement that differ, where all of them are plain texts. The new ones are in a file that holds
    /// the statement alone.
    fn wordings(&self, sources: &Sources, node: NodeId, file: FileId) -> Option<Vec<Wording>> {
        let start = self.new.node(node).start;
        let mut wordings = Vec::new();
        for id in node..self.old.node(node).subtree_end {
            for (one, other) in self.old.args(id).iter().zip(self.new.args(id)) {
                let before = sources.as_written(self.old.span(one));
                let now = self.text.get(other.start as usize..other.end as usize)?;
                if before == now {
                    continue;
                }
                if !is_plain(one, before) || !is_plain(other, now) || targets(before) != targets(now) {
                    return None;
                }
                let new = Span { file, start: other.start - start, end: other.end - start };
                wordings.push(Wording { old: self.old.span(one), new });
            }
        }
        Some(wordings)
    }
}

/// Whether a text is on one line, says something, and holds no mark that more than the checks read.
fn is_plain(arg: &Arg, literal: &str) -> bool {
    arg.role.is_text()
        && literal.len() > 2
        && literal.starts_with('"')
        && !literal.starts_with("\"\"\"")
        && !literal.contains(['\n', '\r', '\\'])
        && !literal.contains("![")
        && text::open_reference(literal).is_none()
        && literal.contains(char::is_alphanumeric)
}

/// What a text names in brackets.
fn targets(literal: &str) -> Vec<String> {
    text::references(literal).into_iter().map(|(target, _)| target).collect()
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

/// The same at a place of the old text, to see what holds it.
fn moved_back(found: &Diagnostic, wordings: &[Wording]) -> Diagnostic {
    let mut found = found.clone();
    if let Some(wording) = wordings.iter().find(|wording| wording.new.holds(found.primary.span)) {
        found.primary.span = wording.old;
    }
    found
}

/// Whether a finding has no place at which a change begins, ends or is: it moves along with the text.
fn is_clear(found: &Diagnostic, file: FileId, change: Change) -> bool {
    let (from, to) = (change.start, change.start + change.removed);
    let is_clear = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        span.file != file || end < from || start > to || (start < from && end > to)
    };
    let labels = std::iter::once(&found.primary).chain(&found.secondary).map(|label| label.span);
    labels.chain(found.edit.iter().map(|edit| edit.span)).all(is_clear)
}
