//! Where a name is declared. Of what a layer states anew, its wording and that of the base.

use lsp_types as lsp;

use super::Fault;
use crate::lsp::names::declarations;
use crate::lsp::workspace::Workspace;

/// `textDocument/definition`.
pub fn definition(
    workspace: &Workspace,
    params: lsp::DefinitionParams,
) -> Result<Option<lsp::DefinitionResponse>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(mention) = view.mention_at(view.offset(at.position)) else { return Ok(None) };
    let places = mention.symbols.iter().flat_map(|symbol| declarations(&view.snapshot, view.package, symbol));
    let locations: Vec<lsp::Location> = places.map(|(id, _)| workspace.location(&view.snapshot, id)).collect();
    Ok((!locations.is_empty()).then(|| lsp::Definition::LocationList(locations).into()))
}
