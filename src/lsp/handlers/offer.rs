//! What a list of completions holds.

use lsp_types as lsp;

use crate::lsp::convert;
use crate::lsp::workspace::Workspace;

/// Something that may be written.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// What the list shows.
    pub label: String,
    /// What is written, if not the label.
    pub insert: Option<String>,
    /// The same with places to fill in.
    pub snippet: Option<String>,
    /// What it is.
    pub kind: Option<lsp::CompletionItemKind>,
    /// Beside the label.
    pub detail: String,
    /// In a box of its own, in Markdown.
    pub documentation: String,
    /// What else finds it.
    pub also: String,
    /// Offers of a lower rank come first.
    pub rank: u8,
}

/// An offer as the protocol has it, for a range; `number` is its place in the list.
pub fn item(workspace: &Workspace, offer: Offer, range: lsp::Range, number: usize) -> lsp::CompletionItem {
    let snippet = offer.snippet.filter(|_| workspace.client.snippets);
    let format = snippet.as_ref().map(|_| lsp::InsertTextFormat::Snippet);
    let new_text = snippet.or(offer.insert).unwrap_or_else(|| offer.label.clone());
    let documentation = convert::markup(workspace, offer.documentation);
    lsp::CompletionItem {
        sort_text: Some(format!("{}{number:05}", offer.rank)),
        filter_text: (!offer.also.is_empty()).then(|| format!("{} {}", offer.label, offer.also)),
        label: offer.label,
        kind: offer.kind,
        detail: (!offer.detail.is_empty()).then_some(offer.detail),
        documentation: (!documentation.value.is_empty()).then(|| documentation.into()),
        insert_text_format: format,
        text_edit: Some(lsp::TextEdit { range, new_text }.into()),
        ..lsp::CompletionItem::default()
    }
}
