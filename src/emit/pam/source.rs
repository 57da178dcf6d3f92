//! The assessment model as source: a package that uses the model, extends it, and states a practice for each draft.

use super::edits::Edits;
use super::existing::{Existing, Fate, View, extends};
use crate::document::Marked;
use crate::emit::Input;
use crate::emit::draft::{self, Draft};
use crate::emit::page::Page;
use crate::formatter;
use crate::model::Process;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

/// A process with the drafts that it lacks.
type Drafts<'a> = (&'a Process, Vec<Draft>);

/// The source of the model asked for; empty for a package without a model.
pub fn pam_prm(input: &Input<'_>) -> String {
    let Some(page) = Page::new(*input) else { return String::new() };
    let text = fresh(&page, &View::new(&page, None, &[]).missing()).concat();
    formatter::format(&text).map_or(text, |formatted| formatted.text)
}

/// The source written over a file that its authors may have edited: with a draft for each outcome that no practice of
/// the package achieves, unless a layer leaves the outcome out. What stands in the file stays to the letter, but for
/// what it has lost:
///
/// - a reference to an outcome that is gone becomes a comment at its practice;
/// - what extends a process that is gone becomes a comment as a whole;
/// - what extends a process by its former id extends it by the present one.
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
    edits.append(&below);
    Some(edits.finish())
}

/// A whole file, line by line.
fn fresh(page: &Page<'_>, drafts: &[Drafts<'_>]) -> Vec<String> {
    let id = page.name(page.head.id);
    let title = page.marked(page.head.title);
    let title = if super::says_what_it_is(title.marked()) {
        title.literal()
    } else {
        Marked::from_marked(format!("{}: {}", title.marked(), super::KIND)).literal()
    };
    let mut lines = vec![
        format!(
            "// A process assessment model of {id}. A practice with the note \"{}\" was made from its outcome:\n",
            draft::NOTE
        ),
        "// complete it, and drop the note. Written again over this file, `prm build` keeps what stands in it.\n"
            .to_owned(),
        "\n".to_owned(),
        format!("use {}\n", page.package.name),
        "\n".to_owned(),
        format!("model {id}-pam {title} extends {id}\n"),
    ];
    lines.extend(drafts.iter().flat_map(|(process, drafts)| extension(page, process, drafts)));
    lines
}

/// A block of its own for the drafts of a process.
fn extension(page: &Page<'_>, process: &Process, drafts: &[Draft]) -> Vec<String> {
    let opening = format!("extend process {} {{\n", page.name(process.id));
    let practices = drafts.iter().map(|draft| format!("  {}\n", practice(page, draft)));
    ["\n".to_owned(), opening].into_iter().chain(practices).chain(["}\n".to_owned()]).collect()
}

fn practice(page: &Page<'_>, draft: &Draft) -> String {
    let outcome = page.model().outcome(draft.achieves).map(|outcome| page.number(outcome)).unwrap_or_default();
    let Draft { own_id, text, .. } = draft;
    format!("practice {own_id} {} achieves {outcome} {{ note \"{}\" }}", text.literal(), draft::NOTE)
}

/// Puts drafts into the blocks of their processes; gives the lines of those whose process has none.
fn place(view: &View<'_>, file: &Tree, drafts: Vec<Drafts<'_>>, edits: &mut Edits<'_>) -> Vec<String> {
    let mut below = Vec::new();
    for (process, drafts) in drafts {
        match view.block(file, process) {
            Some(block) => {
                let practices: Vec<String> = drafts.iter().map(|draft| practice(view.page, draft)).collect();
                let start = file.node(block).start;
                let last = file.children(block).last().map(|child| file.node(child).start);
                edits.add_to_block(start, last, file.node(block).close, &practices);
            }
            None => below.extend(extension(view.page, process, &drafts)),
        }
    }
    below
}

/// Marks what a block has lost.
fn mark(view: &View<'_>, file: &Tree, block: NodeId, fate: &Fate<'_>, edits: &mut Edits<'_>) {
    let model = view.page.name(view.page.head.id);
    match fate {
        Fate::Kept(process) => {
            for practice in file.children(block) {
                mark_practice(view, file, practice, process, edits);
            }
        }
        Fate::Renamed(process) => {
            if let Some(id) = file.arg(block, Role::Id) {
                edits.replace(id.range(), view.page.name(process.id));
            }
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
    let clause_left = if left.is_empty() { String::new() } else { format!("achieves {}", left.join(", ")) };
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
