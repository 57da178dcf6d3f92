//! The steps of an author's work: satisfy, exclude, allow, declare, draft.

use lsp_types::CodeActionKind as ActionKind;

use super::{Action, place};
use crate::codes;
use crate::coverage::{Miss, Status};
use crate::diagnostic::{Diagnostic, Subject};
use crate::document::Marked;
use crate::emit::draft;
use crate::lsp::names::{self, process_around};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::View;
use crate::model::{Name, Outcome, ReqKind, RequirementId};
use crate::source::text;
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
        for outcome in candidates(snapshot, requirement) {
            actions.extend(satisfy(snapshot, requirement, outcome, Some(number)));
        }
        actions.extend(exclude(snapshot, requirement, Some(number)));
    }
    let declared = if *code == codes::UNKNOWN_ITEM {
        let id = snapshot.compilation.sources.slice(found.primary.span);
        let item = Statement::new(Kind::Item).id(id).title(id).word(Role::ItemKind, "record");
        Some((format!("Declare the item `{id}`"), item))
    } else if *code == codes::UNKNOWN_TEXT_REFERENCE {
        mentioned(snapshot, found.primary.span)
            .map(|term| (format!("Declare the term “{term}”"), Statement::new(Kind::Term).title(term).text("…")))
    } else {
        None
    };
    let declared = declared.and_then(|(title, statement)| Some((title, statement.line().ok()?)));
    if let (Some((title, line)), Some((_, tree))) = (declared, snapshot.tree(found.primary.span.file)) {
        let edits = vec![place::end_of_file(snapshot, tree, &line)];
        actions.push(Action {
            title,
            kind: ActionKind::QuickFix,
            mends: Some(number),
            is_certain: false,
            effort: 1,
            edits,
        });
    }
    let missing = if *code == codes::MISSING_PURPOSE {
        Some(("Add its purpose", Statement::new(Kind::Purpose).text("The purpose of this process is to …")))
    } else if *code == codes::MISSING_OUTCOMES {
        Some(("Add an outcome", Statement::new(Kind::Outcome).id("1").text("…")))
    } else {
        None
    };
    let missing = missing.and_then(|(title, statement)| Some((title, statement.line().ok()?)));
    if let (Some((title, line)), Some((tree, node))) =
        (missing, snapshot.statement(statement_of(snapshot, found.primary.span)))
    {
        let edits = vec![place::first_in_block(snapshot, tree, node, &line)];
        actions.push(Action {
            title: title.to_owned(),
            kind: ActionKind::QuickFix,
            mends: Some(number),
            is_certain: false,
            effort: 1,
            edits,
        });
    }
    if !code.forbids_output() {
        actions.extend(allow(snapshot, found, number));
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
            if let Some(outcome) = name.and_then(|name| model?.outcome(name)) {
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
                for outcome in candidates(snapshot, requirement) {
                    let action = satisfy(snapshot, requirement, outcome, None);
                    actions.extend(action.map(|action| Action { kind: ActionKind::RefactorRewrite, ..action }));
                }
            }
        }
        Kind::Process => actions.extend(draft_practices(view, node)),
        _ => {}
    }
    if let Some(process) = process_around(&view.tree, node).filter(|_| view.tree.node(node).kind != Kind::Process) {
        actions.extend(draft_practices(view, process));
    }
}

/// The requirement that a diagnostic is about: `catalog:id`.
fn subject_of(snapshot: &Snapshot, subject: &Subject) -> Option<RequirementId> {
    let program = snapshot.program();
    let (_, id) = subject.id.split_once(':')?;
    let rows = program.index.requirements(program.names.get(id)?);
    rows.iter().copied().find(|row| program.full_id(*row) == subject.id)
}

/// What a reference in a text names, by the place of the name.
fn mentioned(snapshot: &Snapshot, place: Span) -> Option<String> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, place))?;
    let text = tree.args(node).iter().find(|arg| arg.start <= place.start && place.end <= arg.end)?;
    let references = text::references(snapshot.compilation.sources.slice(tree.span(text)));
    let at = (place.start - text.start) as usize;
    references.into_iter().find(|(_, bytes)| bytes.start <= at && at <= bytes.end).map(|(name, _)| name)
}

/// The head of the statement in which a place is.
fn statement_of(snapshot: &Snapshot, place: Span) -> Span {
    let Some((_, tree)) = snapshot.tree(place.file) else { return place };
    tree.at(place.start as usize).map_or(place, |node| tree.head(node))
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
    let open = counted.filter(|id| matches!(coverage.status(*id), Status::Uncovered | Status::Partial));
    let open: Vec<RequirementId> = open.take(LOOKED_AT).collect();
    let is_near =
        |id: &&RequirementId| coverage.misses(program, **id).iter().filter_map(outcome_of).any(|near| near == outcome);
    let mut near: Vec<RequirementId> = open.iter().filter(is_near).take(PROPOSED).copied().collect();
    if near.is_empty() {
        near.extend(open.into_iter().take(PROPOSED));
    }
    near
}

/// `satisfies REF` at an outcome.
fn satisfy(snapshot: &Snapshot, requirement: RequirementId, outcome: &Outcome, mends: Option<usize>) -> Option<Action> {
    let program = snapshot.program();
    let (tree, node) = snapshot.statement(outcome.origin.span)?;
    let reference = reference(snapshot, requirement);
    let clause = Statement::new(Kind::Outcome).id("1").text("…").satisfies([&reference]).clauses().ok()?;
    let title = snapshot.compilation.sources.text(program.requirement(requirement).title);
    Some(Action {
        title: format!("Satisfy `{reference}` “{title}” from `{}`", program.name(outcome.id)),
        kind: ActionKind::QuickFix,
        mends,
        is_certain: false,
        effort: 1,
        edits: vec![place::clause(snapshot, tree, node, &clause)],
    })
}

/// The id of a requirement, with its catalog where it would not be clear without.
fn reference(snapshot: &Snapshot, id: RequirementId) -> String {
    snapshot.program().sight(snapshot.root_package()).reference(id)
}

/// `exclude REF because "…"` in the model.
fn exclude(snapshot: &Snapshot, requirement: RequirementId, mends: Option<usize>) -> Option<Action> {
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
    let line = Statement::new(Kind::Exclude).word(Role::Ref, &reference).because("…").line().ok()?;
    Some(Action {
        title: format!("Exclude `{reference}` with a reason"),
        kind: ActionKind::QuickFix,
        mends,
        is_certain: false,
        effort: 2,
        edits: vec![place::behind(snapshot, tree, model, last, &line)],
    })
}

/// `allow CODE because "…"` in the block that it has to stand in.
fn allow(snapshot: &Snapshot, found: &Diagnostic, number: usize) -> Option<Action> {
    let (tree, node) = snapshot.statement(statement_of(snapshot, found.primary.span))?;
    let around = || std::iter::once(node).chain(tree.around(node));
    // The block that it stands in says it; a statement at the top gets one.
    let block =
        around().find(|node| tree.node(*node).open.is_some()).unwrap_or_else(|| around().last().unwrap_or(node));
    let can_hold = |kind: Kind| !matches!(kind, Kind::Use | Kind::Garbage | Kind::Other);
    let line = Statement::new(Kind::Allow).word(Role::Check, found.code.name).because("…").line().ok()?;
    can_hold(tree.node(block).kind).then(|| Action {
        title: format!("Allow `{}` here with a reason", found.code.name),
        kind: ActionKind::QuickFix,
        mends: Some(number),
        is_certain: false,
        effort: 3,
        edits: vec![place::first_in_block(snapshot, tree, block, &line)],
    })
}

/// One practice for each outcome of a process that has none.
fn draft_practices(view: &View<'_>, node: NodeId) -> Option<Action> {
    let tree: &Tree = &view.tree;
    let of_kind = |kind: Kind| tree.children(node).filter(move |child| tree.node(*child).kind == kind);
    if tree.node(node).kind != Kind::Process || of_kind(Kind::Practice).next().is_some() {
        return None;
    }
    let last = of_kind(Kind::Outcome).last()?;
    let sources = &view.snapshot.compilation.sources;
    let taken: Vec<&str> =
        of_kind(Kind::Outcome).filter_map(|outcome| Some(sources.slice(tree.arg(outcome, Role::Id)?))).collect();
    let free = (1..).map(|number: u32| format!("BP{number}")).filter(|id| !taken.contains(&id.as_str()));
    let mut lines = Vec::new();
    for (outcome, id) in of_kind(Kind::Outcome).zip(free) {
        let (Some(number), Some(text)) = (tree.arg(outcome, Role::Id), tree.arg(outcome, Role::Text)) else { continue };
        let draft = draft::practice(&Marked::at(sources, text));
        let practice = Statement::new(Kind::Practice).id(id).text(&draft).achieves([sources.slice(number)]);
        lines.extend(practice.line());
    }
    let (place, _) = place::behind(&view.snapshot, tree, node, Some(last), "");
    let edits =
        lines.iter().map(|line| place::behind(&view.snapshot, tree, node, Some(last), line).1).collect::<String>();
    Some(Action {
        title: "Draft practices, one for each outcome".to_owned(),
        kind: ActionKind::RefactorRewrite,
        mends: None,
        is_certain: false,
        effort: 1,
        edits: vec![(place, format!("\n{edits}"))],
    })
}
