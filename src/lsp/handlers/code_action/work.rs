//! The steps of an author's work: satisfy, exclude, draft practices.

use lsp_types::CodeActionKind as ActionKind;

use super::{Action, mend, place};
use crate::codes;
use crate::coverage::{Miss, Status};
use crate::diagnostic::{Diagnostic, Subject};
use crate::document::Marked;
use crate::document::words::EN;
use crate::emit::draft;
use crate::lsp::names::{self, process_around};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::View;
use crate::model::{Name, Outcome, ReqKind, RequirementId};
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};
use crate::writer::Statement;

/// How many outcomes are proposed for a requirement, and requirements for an outcome.
const PROPOSED: usize = 4;

/// How many gaps are looked at for those that lie near an outcome.
const LOOKED_AT: usize = 200;

/// What can be done about a diagnostic beyond the edit that it proposes.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    let snapshot = &*view.snapshot;
    let code = found.code;
    if (*code == codes::UNCOVERED_REQUIREMENT || *code == codes::PARTIAL_REQUIREMENT)
        && let Some(requirement) = found.subject.as_ref().and_then(|subject| subject_of(snapshot, subject))
    {
        for part in open_parts(snapshot, requirement).into_iter().take(PROPOSED) {
            let outcomes = candidates(snapshot, part);
            actions.extend(outcomes.into_iter().filter_map(|outcome| satisfy(snapshot, part, outcome, Some(number))));
        }
        // What something contributes to is not what is left out.
        let excluded = exclude(snapshot, requirement, number);
        actions.extend(excluded.filter(|_| *code == codes::UNCOVERED_REQUIREMENT));
    }
    if !code.forbids_output() {
        actions.extend(mend::allow(snapshot, found, number));
    }
}

/// What can be done at a place, whether anything is wrong there or not.
pub fn at(view: &View<'_>, offset: usize, actions: &mut Vec<Action>) {
    let snapshot = &*view.snapshot;
    let program = snapshot.program();
    let Some(node) = view.node_at(offset).filter(|node| offset <= view.tree.node(*node).end as usize) else { return };
    let model = program.root().map(|package| &package.model);
    match view.tree.node(node).kind {
        Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome if view.package == snapshot.root_package() => {
            let id = view.tree.full_id(node, view.text());
            let name = id.and_then(|id| program.names.get(&id));
            // Of two with one number, the model has the first.
            let is_there = |outcome: &&Outcome| {
                view.tree.node(node).kind != Kind::Outcome || outcome.origin.span == view.tree.head(node)
            };
            if let Some(outcome) = name.and_then(|name| model?.outcome(name)).filter(is_there) {
                for requirement in gaps_near(snapshot, outcome.id) {
                    let action = satisfy(snapshot, requirement, outcome, None);
                    actions.extend(action.map(|action| Action { kind: ActionKind::RefactorRewrite, ..action }));
                }
            }
        }
        Kind::Requirement | Kind::Control => {
            let symbol = super::super::code_lens::symbol(view, node);
            let requirement = symbol.and_then(|symbol| names::requirement(snapshot, &symbol));
            let status = requirement.map(|requirement| snapshot.compilation.coverage.status(requirement));
            if let Some(requirement) =
                requirement.filter(|_| matches!(status, Some(Status::Uncovered | Status::Partial)))
            {
                for part in open_parts(snapshot, requirement).into_iter().take(PROPOSED) {
                    for outcome in candidates(snapshot, part) {
                        let action = satisfy(snapshot, part, outcome, None);
                        actions.extend(action.map(|action| Action { kind: ActionKind::RefactorRewrite, ..action }));
                    }
                }
            }
        }
        Kind::Process => actions.extend(draft_practices(view, node)),
        _ => {}
    }
    actions.extend(formerly(view, node));
    if let Some(process) = process_around(&view.tree, node).filter(|_| view.tree.node(node).kind != Kind::Process) {
        actions.extend(draft_practices(view, process));
    }
}

/// The requirement that a diagnostic is about: `catalog:id`.
fn subject_of(snapshot: &Snapshot, subject: &Subject) -> Option<RequirementId> {
    let program = snapshot.program();
    let (_, id) = subject.id.split_once(':')?;
    let rows = program.index.requirements(program.names.get(id)?);
    // Of two with one id in a catalog, links and exclusions reach the first alone.
    let mut same = rows.iter().copied().filter(|row| program.full_id(*row) == subject.id);
    same.next().filter(|_| same.next().is_none())
}

/// What has to be met of a requirement: its parts that are not met, the smallest of them, or itself. A link to the whole
/// would be coarser than they are.
fn open_parts(snapshot: &Snapshot, requirement: RequirementId) -> Vec<RequirementId> {
    let program = snapshot.program();
    let coverage = &snapshot.compilation.coverage;
    let is_open = |id: &RequirementId| matches!(coverage.status(*id), Status::Uncovered | Status::Partial);
    let mut open = vec![requirement];
    let mut smallest = Vec::new();
    while let Some(next) = open.pop() {
        let mut parts: Vec<RequirementId> = program.parts(next).filter(is_open).collect();
        if parts.is_empty() {
            smallest.push(next);
        }
        parts.reverse();
        open.extend(parts);
    }
    smallest
}

/// The outcomes of the package that may be the ones to meet a requirement.
fn candidates(snapshot: &Snapshot, requirement: RequirementId) -> Vec<&Outcome> {
    let program = snapshot.program();
    let Some(model) = program.root().map(|package| &package.model) else { return Vec::new() };
    let misses = snapshot.compilation.coverage.misses(program, requirement);
    let mut names: Vec<Name> = misses.iter().filter_map(outcome_of).collect();
    let mut seen = Vec::new();
    names.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(*name);
        is_new
    });
    let own = names.into_iter().filter_map(|name| model.outcome(name));
    own.filter(|outcome| outcome.origin.package == snapshot.root_package()).take(PROPOSED).collect()
}

fn outcome_of(miss: &Miss) -> Option<Name> {
    match miss {
        Miss::Contribution { outcome, .. } | Miss::Incomplete { outcome, .. } | Miss::Neighbour { outcome, .. } => {
            Some(*outcome)
        }
        Miss::Part { .. } | Miss::Line { .. } => None,
    }
}

/// The gaps that lie nearest to an outcome; if none does, the first ones.
fn gaps_near(snapshot: &Snapshot, outcome: Name) -> Vec<RequirementId> {
    let program = snapshot.program();
    let coverage = &snapshot.compilation.coverage;
    let counted = coverage.catalogs.iter().flat_map(|catalog| catalog.requirements.iter().copied());
    let is_open = |id: &RequirementId| matches!(coverage.status(*id), Status::Uncovered | Status::Partial);
    let open = counted.filter(|id| is_open(id) && program.parts(*id).next().is_none());
    let open: Vec<RequirementId> = open.take(LOOKED_AT).collect();
    let is_near =
        |id: &&RequirementId| coverage.misses(program, **id).iter().filter_map(outcome_of).any(|near| near == outcome);
    let mut near: Vec<RequirementId> = open.iter().filter(is_near).take(PROPOSED).copied().collect();
    if near.is_empty() {
        near.extend(open.into_iter().take(PROPOSED));
    }
    near
}

/// `satisfies REF` at an outcome; one that does so in part does so in full.
fn satisfy(snapshot: &Snapshot, requirement: RequirementId, outcome: &Outcome, mends: Option<usize>) -> Option<Action> {
    let program = snapshot.program();
    let reference = reference(snapshot, requirement);
    let edit = match outcome.links.iter().find(|link| link.requirement == requirement) {
        Some(link) => in_full(snapshot, link.span)?,
        None => {
            let (tree, node) = snapshot.statement(outcome.origin.span)?;
            let clause =
                Statement::new(Kind::Outcome).id("1").text(mend::HOLE).satisfies([&reference]).clauses().ok()?;
            place::clause(snapshot, tree, node, &clause)
        }
    };
    let title = snapshot.compilation.sources.text(program.requirement(requirement).title);
    let title = format!("Satisfy `{reference}` “{title}” from `{}`", program.name(outcome.id));
    Some(Action { mends, ..Action::fix(title, 0, 1, vec![edit]) })
}

/// The word `partly` taken from a clause that names one requirement.
fn in_full(snapshot: &Snapshot, link: Span) -> Option<(Span, String)> {
    let (tree, node) = snapshot.statement(mend::statement_of(snapshot, link))?;
    let args = tree.args(node);
    let at = args.iter().position(|arg| tree.span(arg) == link)?;
    let is_alone = args.get(at + 1).is_none_or(|next| next.role != Role::Ref);
    match args.get(..at)? {
        [.., partly, satisfies] if partly.role == Role::Partly && satisfies.role == Role::Satisfies && is_alone => {
            Some((Span { end: satisfies.start, ..tree.span(partly) }, String::new()))
        }
        _ => None,
    }
}

/// The id of a requirement, with its catalog where it would not be clear without.
fn reference(snapshot: &Snapshot, id: RequirementId) -> String {
    snapshot.program().sight(snapshot.root_package()).reference(id)
}

/// `exclude REF because "…"` in the model.
fn exclude(snapshot: &Snapshot, requirement: RequirementId, number: usize) -> Option<Action> {
    let program = snapshot.program();
    let row = program.requirement(requirement);
    if row.kind != ReqKind::Control && !program.catalog(row.catalog).tailorable {
        return None;
    }
    let head = program.root()?.model.head.as_ref()?;
    let (tree, model) = snapshot.statement(head.origin.span)?;
    let of_kind = |kind: Kind| tree.children(model).filter(move |child| tree.node(*child).kind == kind).last();
    let last = of_kind(Kind::Exclude).or_else(|| of_kind(Kind::Covers));
    let reference = reference(snapshot, requirement);
    let line = Statement::new(Kind::Exclude).word(Role::Ref, &reference).because(mend::HOLE).line().ok()?;
    let edit = place::behind(snapshot, tree, model, last, &line)?;
    Some(Action::fix(format!("Exclude `{reference}` with a reason"), number, 2, vec![edit]))
}

/// `formerly ID` in a group or a process that was renamed in this session.
fn formerly(view: &View<'_>, node: NodeId) -> Option<Action> {
    let (snapshot, tree) = (&*view.snapshot, &*view.tree);
    if !matches!(tree.node(node).kind, Kind::Group | Kind::Process) {
        return None;
    }
    let mention = view.mention_at(tree.arg(node, Role::Id)?.start as usize)?;
    let old = view.workspace.former(mention.symbols.first()?)?;
    let of_kind = |kind: Kind| tree.children(node).filter(move |child| tree.node(*child).kind == kind);
    let said = of_kind(Kind::Formerly).flat_map(|line| tree.all(line, Role::Former));
    let is_alive = |name: Name| view.names().sight().model(view.package).index.contains_key(&name);
    let mut said = said.map(|former| snapshot.compilation.sources.slice(former));
    if said.any(|former| former == old) || snapshot.program().names.get(&old).is_some_and(is_alive) {
        return None;
    }
    let line = Statement::new(Kind::Formerly).word(Role::Former, &old).line().ok()?;
    let last = of_kind(Kind::Formerly).last();
    let edit = place::behind(snapshot, tree, node, last, &line)?;
    let title = format!("Record its former id: `{line}`");
    Some(Action { kind: ActionKind::RefactorRewrite, mends: None, ..Action::fix(title, 0, 1, vec![edit]) })
}

/// One practice for each outcome of a process that has none.
fn draft_practices(view: &View<'_>, node: NodeId) -> Option<Action> {
    let tree: &Tree = &view.tree;
    let of_kind = |kind: Kind| tree.children(node).filter(move |child| tree.node(*child).kind == kind);
    if tree.node(node).kind != Kind::Process || of_kind(Kind::Practice).next().is_some() {
        return None;
    }
    let last = of_kind(Kind::Outcome).last()?;
    // Of what has the id of something else, nobody could say what it achieves.
    let whole = tree.whole(node);
    let is_double = |found: &Diagnostic| {
        *found.code == codes::DUPLICATE_ID
            && std::iter::once(&found.primary).chain(&found.secondary).any(|label| {
                label.span.file == view.file && whole.start <= label.span.start && label.span.end <= whole.end
            })
    };
    if view.snapshot.compilation.diagnostics.iter().any(is_double) {
        return None;
    }
    let sources = &view.snapshot.compilation.sources;
    let taken: Vec<&str> =
        of_kind(Kind::Outcome).filter_map(|outcome| Some(sources.slice(tree.arg(outcome, Role::Id)?))).collect();
    let free = (1..).map(|number: u32| format!("BP{number}")).filter(|id| !taken.contains(&id.as_str()));
    let mut lines = Vec::new();
    for (outcome, id) in of_kind(Kind::Outcome).zip(free) {
        let (Some(number), Some(text)) = (tree.arg(outcome, Role::Id), tree.arg(outcome, Role::Text)) else { continue };
        let draft = draft::practice(&Marked::at(sources, text), &EN);
        let practice = Statement::new(Kind::Practice).id(id).text(&draft).achieves([sources.slice(number)]);
        lines.extend(practice.line());
    }
    let place = place::behind(&view.snapshot, tree, node, Some(last), "")?.0;
    let written = |line: &String| place::behind(&view.snapshot, tree, node, Some(last), line).map(|(_, text)| text);
    let edits: String = lines.iter().filter_map(written).collect();
    let title = "Draft practices, one for each outcome".to_owned();
    let edits = vec![(place, format!("\n{edits}"))];
    Some(Action { kind: ActionKind::RefactorRewrite, mends: None, ..Action::fix(title, 0, 1, edits) })
}
