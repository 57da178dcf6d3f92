//! What stands beside the text: what an outcome is said to meet, and how the requirements fare that it names.

use lsp_types as lsp;

use super::Fault;
use crate::coverage::Status;
use crate::diagnostic::words::count;
use crate::lsp::facts;
use crate::lsp::workspace::{View, Workspace};
use crate::model::Strength;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role};

/// `textDocument/inlayHint`.
pub fn hints(workspace: &Workspace, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>, Fault> {
    let view = workspace.view(&params.text_document.uri).filter(|_| !workspace.client.no_hints);
    let Some(view) = view else { return Ok(None) };
    let bytes = view.offset(params.range.start)..view.offset(params.range.end);
    let positions = view.positions();
    let first = view.node_at(bytes.start).unwrap_or(0);
    let mut hints = Vec::new();
    for node in first..view.tree.before(bytes.end).end {
        let told = match view.tree.node(node).kind {
            Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome => outcome(&view, node),
            _ => Vec::new(),
        };
        for (at, label, tooltip) in told {
            hints.push(lsp::InlayHint {
                position: positions.position(at),
                label: label.into(),
                kind: None,
                text_edits: None,
                tooltip: Some(tooltip.into()),
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    Ok(Some(hints))
}

/// Behind the number of an outcome, how many requirements it is said to meet; behind a reference, the status of what is not
/// covered by it.
fn outcome(view: &View<'_>, node: NodeId) -> Vec<(usize, String, String)> {
    let program = view.snapshot.program();
    let model = program.packages.get(view.package.0 as usize).map(|package| &package.model);
    let Some(span) = view.tree.arg(node, Role::Id) else { return Vec::new() };
    let id = view.tree.full_id(node, view.text());
    let Some(outcome) = id.zip(model).and_then(|(id, model)| model.outcome(program.names.get(&id)?)) else {
        return Vec::new();
    };
    let mut hints = Vec::new();
    let proved = facts::proved(&view.snapshot, outcome);
    if !proved.is_empty() {
        let names: Vec<&str> = proved.iter().map(|id| program.name(program.requirement(*id).id)).collect();
        let tooltip = format!("Said to be met, alone or with others: {}", names.join(", "));
        hints.push((span.end as usize, format!("meets {}", proved.len()), tooltip));
    }
    let coverage = &view.snapshot.compilation.coverage;
    for reference in view.tree.all(node, Role::Ref) {
        let written = view.text().get(reference.range()).unwrap_or_default();
        let [requirement] = view.names().sight().requirement(written, false).all()[..] else { continue };
        let link = outcome.links.iter().find(|link| link.requirement == requirement);
        let status = coverage.status(requirement);
        let is_clause = program.requirement(requirement).kind == crate::model::ReqKind::Clause;
        let is_as_said = status == Status::Covered && link.is_none_or(|link| link.strength == Strength::Full);
        if is_clause || is_as_said {
            continue;
        }
        let linked = coverage.incoming(program, requirement).len();
        let tooltip = format!("`{written}` is {}; {} linked to it", status.word(), count(linked, "outcome"));
        hints.push((reference.end as usize, status.word().to_owned(), tooltip));
    }
    hints
}
