//! Links: what `[[…]]` refers to, and the packages after `use`.

use lsp_types as lsp;

use super::Fault;
use crate::lsp::names::declarations;
use crate::lsp::workspace::Workspace;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;

/// `textDocument/documentLink`.
pub fn links(workspace: &Workspace, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let (names, text, positions) = (view.names(), view.text(), view.positions());
    let mut links = Vec::new();
    for (node, statement) in (0..).zip(&view.tree.nodes) {
        for arg in view.tree.args(node) {
            let is_used = statement.kind == Kind::Use && arg.role == Role::Id;
            let is_text = arg.role.is_text();
            let written = || text.get(arg.start as usize..arg.end as usize).unwrap_or_default();
            let may_refer = is_text && statement.kind != Kind::Term && written().contains("[[");
            if !(is_used || may_refer) {
                continue;
            }
            for mention in names.mentions(text, &view.tree, node, arg) {
                let Some(symbol) = mention.symbols.first() else { continue };
                let Some((place, _)) = declarations(&view.snapshot, view.package, symbol).into_iter().next() else {
                    continue;
                };
                let location = workspace.location(&view.snapshot, place);
                let start = location.range.start;
                // Editors that know the fragment go to the line; the others open the file.
                let target = format!("{}#L{},{}", location.uri.0, start.line + 1, start.character + 1);
                links.push(lsp::DocumentLink {
                    range: positions.range(mention.bytes),
                    target: Some(lsp::Uri(target)),
                    tooltip: Some(format!("{} {}", symbol.what.word(), symbol.id)),
                    data: None,
                });
            }
        }
    }
    Ok(Some(links))
}
