//! The assessment model as source: a package that uses the model, extends it, and states a practice for each draft.

use super::edits::Edits;
use super::existing::{Existing, Fate, View, extends};
use crate::document::Marked;
use crate::document::words::fill;
use crate::emit::Input;
use crate::emit::draft::{self, Draft};
use crate::emit::notice;
use crate::emit::page::Page;
use crate::model::{Name, Process};
use crate::package::lock;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};
use crate::writer::{self, Entry, Statement, Text};

/// A process with the drafts that it lacks.
type Drafts<'a> = (&'a Process, Vec<Draft>);

/// The source of the model asked for; empty for a package without a model.
pub fn pam_prm(input: &Input<'_>) -> String {
    let Some(page) = Page::new(*input) else { return String::new() };
    written(&fresh(&page, &View::new(&page, None, &[]).missing()))
}

/// The source of what a checked model gives: it has no id and no text that could not be written.
fn written(entries: &[Entry]) -> String {
    writer::file(entries).unwrap_or_default()
}

/// The source written over a file that its authors may have edited: with a draft for each outcome that no practice of
/// the package achieves, unless a layer leaves the outcome out. What stands in the file stays to the letter, but for
/// what it has lost:
///
/// - a reference to an outcome that is gone becomes a comment at its practice;
/// - what extends a process that is gone becomes a comment as a whole;
/// - what extends a process by its former id extends it by the present one;
/// - where an outcome is worded otherwise than a comment remembers, the comment says so.
///
/// Written again over its own result, it changes nothing. `None` for a file that is no assessment model of the model
/// asked for.
pub fn pam_prm_over(input: &Input<'_>, existing: &Existing) -> Option<String> {
    let page = Page::new(*input)?;
    let file = &existing.file;
    let is_beside = existing.beside.iter().any(|tree| extends(&page, tree) == Some(true));
    let needs_head = match extends(&page, file) {
        Some(true) => false,
        Some(false) => return None,
        None if is_beside => false,
        None if file.nodes.is_empty() => true,
        None => return None,
    };
    let beside = if needs_head { &[][..] } else { &existing.beside };
    let view = View::new(&page, Some(file), beside);
    let mut edits = Edits::new(&input.sources.file(file.file).text);
    for (node, fate) in &view.fates {
        mark(&view, file, *node, fate, &mut edits);
    }
    let drafts = view.missing();
    let below = if needs_head { fresh(&page, &drafts) } else { place(&view, file, drafts, &mut edits) };
    if !below.is_empty() {
        let gap = if needs_head { "" } else { "\n" };
        edits.append(&format!("{gap}{}", written(&below)));
    }
    Some(edits.finish())
}

/// A whole file.
fn fresh(page: &Page<'_>, drafts: &[Drafts<'_>]) -> Vec<Entry> {
    let id = page.name(page.head.id);
    let mut title = page.marked(page.head.title);
    if !super::says_what_it_is(page.words, title.marked()) {
        title = Marked::from_marked(fill(page.words.pam_titled, &[title.marked()]));
    }
    let note = draft::NOTE;
    let what_it_is = format!(
        "A process assessment model of {id}. A practice with the note \"{note}\" was made from its outcome:\n\
         complete it, and drop the note. Written again over this file, `prm build` keeps what stands in it."
    );
    let model = Statement::new(Kind::Model).id(format!("{id}-pam")).title(&title).word(Role::Base, id);
    // A file that is a package by itself may have a name that nobody can use.
    let base = Statement::new(Kind::Use).id(&page.package.name);
    let unnamed = |_| Entry::Comment(format!("Here, `use` the package of {id}, once it has a name that is an id."));
    let base = base.line().map_or_else(unnamed, |_| base.clone().into());
    let readable = |line: String| line.replace(writer::must_be_escaped, "\u{fffd}");
    let told = notice::lines(&page.input).into_iter().map(|line| Entry::Comment(readable(line)));
    let head = [Entry::Comment(what_it_is)].into_iter().chain(told);
    let head = head.chain([Entry::Blank, base, Entry::Blank, model.into()]);
    head.chain(drafts.iter().map(|(process, drafts)| extension(page, process, drafts))).collect()
}

/// A block of its own for the drafts of a process.
fn extension(page: &Page<'_>, process: &Process, drafts: &[Draft]) -> Entry {
    let block = Statement::new(Kind::ExtendProcess).id(page.name(process.id));
    let entries =
        drafts.iter().flat_map(|draft| [Entry::Comment(says(page, draft.achieves)), practice(page, draft).into()]);
    block.with_all(entries).into()
}

/// The comment that keeps the wording from which a practice was made, so that it is known when that changes.
fn says(page: &Page<'_>, outcome: Name) -> String {
    let said = page.model().outcome(outcome).map(|outcome| {
        let text = lock::normal(&page.input.sources.text(outcome.text));
        format!("{}{}{SAYS}{}", OUTCOME, page.number(outcome), text.replace(writer::must_be_escaped, "\u{fffd}"))
    });
    said.unwrap_or_default()
}

const OUTCOME: &str = "outcome ";
const SAYS: &str = " says: ";

/// Marks the practices of a block whose outcomes are worded otherwise than when they were made: what the outcome said
/// stays to be read until their authors have looked at it.
fn mark_reworded(view: &View<'_>, file: &Tree, block: NodeId, process: &Process, edits: &mut Edits<'_>) {
    let node = file.node(block);
    let Some(close) = node.close else { return };
    let text = &view.page.input.sources.file(file.file).text;
    let is_between =
        |start: u32| file.children(block).all(|child| !(file.node(child).start..file.node(child).end).contains(&start));
    for (start, end) in
        file.comments.iter().filter(|(start, _)| (node.start..close).contains(start) && is_between(*start))
    {
        let comment = text.get(*start as usize..*end as usize).unwrap_or_default().trim_end();
        let told = comment.strip_prefix("// ").and_then(|told| told.strip_prefix(OUTCOME)?.split_once(SAYS));
        let Some((number, old)) = told else { continue };
        let Some(outcome) = view.achieved_by(process, number) else { continue };
        let present = says(view.page, outcome);
        if present.split_once(SAYS).is_some_and(|(_, now)| now != old) {
            let lines = [format!("reworded: {OUTCOME}{number} said: {old}"), present];
            edits.comment_anew(*start as usize, comment.len(), &lines);
        }
    }
}

fn practice(page: &Page<'_>, draft: &Draft) -> Statement {
    let outcome = page.model().outcome(draft.achieves).map(|outcome| page.number(outcome)).unwrap_or_default();
    let of_text = |text: Text| {
        let practice = Statement::new(Kind::Practice).id(&draft.own_id).text(text).achieves([outcome]);
        practice.with(Statement::new(Kind::Note).text(draft::NOTE))
    };
    let practice = of_text(Text::from(&draft.text));
    // Turned round, a sentence may have a reference between backticks, where none can be.
    if practice.line().is_ok() { practice } else { of_text(Text::from(draft.text.value())) }
}

/// Puts drafts into the blocks of their processes; gives the blocks for those whose process has none.
fn place(view: &View<'_>, file: &Tree, drafts: Vec<Drafts<'_>>, edits: &mut Edits<'_>) -> Vec<Entry> {
    let mut below = Vec::new();
    for (process, drafts) in drafts {
        match view.block(file, process) {
            Some(block) => {
                let lines = |draft: &Draft| {
                    let line = practice(view.page, draft).line().ok();
                    line.map(|line| [format!("// {}", says(view.page, draft.achieves)), line])
                };
                let practices: Vec<String> = drafts.iter().filter_map(lines).flatten().collect();
                let start = file.node(block).start;
                let last = file.children(block).last().map(|child| file.node(child).start);
                edits.add_to_block(start, last, file.node(block).close, &practices);
            }
            None => below.push(extension(view.page, process, &drafts)),
        }
    }
    below
}

/// Marks what a block has lost.
fn mark(view: &View<'_>, file: &Tree, block: NodeId, fate: &Fate<'_>, edits: &mut Edits<'_>) {
    let model = view.page.name(view.page.head.id);
    match fate {
        Fate::Kept(process) => {
            mark_reworded(view, file, block, process, edits);
            for practice in file.children(block) {
                mark_practice(view, file, practice, process, edits);
            }
        }
        Fate::Renamed(process) => {
            if let Some(id) = file.arg(block, Role::Id) {
                edits.replace(id.range(), view.page.name(process.id));
            }
            mark_reworded(view, file, block, process, edits);
            for practice in file.children(block) {
                mark_practice(view, file, practice, process, edits);
            }
        }
        Fate::Gone => {
            let id = file.arg(block, Role::Id).map(|id| view.page.input.sources.slice(id)).unwrap_or_default();
            let node = file.node(block);
            let end = node.close.map_or(node.end, |close| close + 1);
            let why = format!("lost: {model} has no process {id} any more; what was written for it:");
            edits.comment_out(node.start, end, &why);
        }
        Fate::Unknown => {}
    }
}

/// Takes the references to outcomes that are gone out of a practice, and says so in a comment.
fn mark_practice(view: &View<'_>, file: &Tree, practice: NodeId, process: &Process, edits: &mut Edits<'_>) {
    let node = file.node(practice);
    if !matches!(node.kind, Kind::Practice | Kind::ReplacePractice) {
        return;
    }
    let slice = |span: Span| view.page.input.sources.slice(span);
    let achieved: Vec<Span> = file.all(practice, Role::Achieved).collect();
    let (lost, left): (Vec<Span>, Vec<Span>) = achieved.iter().partition(|span| view.is_lost(process, slice(**span)));
    let present = |span: Span| view.present(process, slice(span));
    let is_renamed = left.iter().any(|span| present(*span) != slice(*span));
    let (Some(clause), Some(last)) = (file.arg(practice, Role::Achieves), achieved.last()) else { return };
    if lost.is_empty() && !is_renamed {
        return;
    }
    let left: Vec<String> = left.iter().map(|span| present(*span)).collect();
    let clause_left = if left.is_empty() {
        String::new()
    } else {
        Statement::new(Kind::Practice).id("BP").text("Do.").achieves(left).clauses().unwrap_or_default()
    };
    let comments: Vec<_> = file.comments.iter().filter(|(start, _)| (clause.end..last.end).contains(start)).collect();
    edits.rewrite_list(clause.range().start..last.range().end, &clause_left, &comments);
    if !lost.is_empty() {
        let lost: Vec<&str> = lost.iter().map(|span| slice(*span)).collect();
        let such = if lost.len() == 1 { "no such outcome" } else { "no such outcomes" };
        let model = view.page.name(view.page.head.id);
        let (lost, process) = (lost.join(", "), view.page.name(process.id));
        edits.comment_before(node.start, &format!("lost: achieves {lost}; {process} of {model} has {such} any more"));
    }
}
