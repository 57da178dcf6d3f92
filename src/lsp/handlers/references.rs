//! Where a name is used: in all packages, or in one file.

use lsp_types as lsp;
use serde_json::json;

use super::Fault;
use crate::lsp::uses;
use crate::lsp::workspace::Workspace;

/// `textDocument/references`.
pub fn references(workspace: &Workspace, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(mention) = view.mention_at(view.offset(at.position)) else { return Ok(None) };
    let mut uses: Vec<uses::Use> = mention.symbols.iter().flat_map(|symbol| uses::of(workspace, symbol)).collect();
    uses.retain(|found| params.context.include_declaration || !found.is_declaration);
    let mut places: Vec<lsp::Location> =
        uses.iter().map(|found| workspace.location(&found.snapshot, found.span)).collect();
    if workspace.asking.takes_parts() {
        places.chunks(TOGETHER).for_each(|some| workspace.asking.part(json!(some)));
        places.clear();
    }
    Ok(Some(places))
}

/// How many places are told together, where a client takes the answer in parts.
const TOGETHER: usize = 200;

/// `textDocument/documentHighlight`.
pub fn highlight(
    workspace: &Workspace,
    params: lsp::DocumentHighlightParams,
) -> Result<Option<Vec<lsp::DocumentHighlight>>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(mention) = view.mention_at(view.offset(at.position)) else { return Ok(None) };
    let uses = mention.symbols.iter().flat_map(|symbol| uses::in_file(&view.snapshot, view.file, symbol));
    let highlights = uses.map(|found| {
        let kind =
            if found.is_declaration { lsp::DocumentHighlightKind::Write } else { lsp::DocumentHighlightKind::Read };
        lsp::DocumentHighlight { range: workspace.location(&view.snapshot, found.span).range, kind: Some(kind) }
    });
    Ok(Some(highlights.collect()))
}
