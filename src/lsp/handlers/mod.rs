//! The requests: a file each, a row each in [`ALL`]; and what the server offers.

mod calls;
mod code_action;
mod code_lens;
mod completion;
mod coverage;
mod definition;
mod diagnostics;
mod documents;
mod folding;
mod formatting;
mod hover;
mod inlay_hint;
mod layers;
mod links;
mod manifest;
mod offer;
mod references;
mod rename;
mod signature;
mod symbols;
mod tokens;

use lsp_server::ErrorCode;
use lsp_types::{self as lsp, Request};
use serde::Serialize;
use serde_json::{Value, json};

use super::address;
pub use super::asking::{Fault, Patience};
use super::workspace::{Client, Workspace};
use crate::emit::meaning::meaning;
use crate::source::lines::Encoding;

pub use diagnostics::{faulty_paths, of_file as diagnostics, of_syntax as syntax_diagnostics};

/// Where a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Between two keystrokes: it takes no time.
    Here,
    /// On another thread.
    Beside,
    /// On a third: it looks at everything.
    Long,
}

/// A request that is answered.
pub struct Handler {
    /// Its name.
    pub method: &'static str,
    /// How long it waits.
    pub patience: Patience,
    /// Where it is answered.
    pub lane: Lane,
    /// What is done, for people.
    pub title: &'static str,
    /// Answers it, with JSON.
    pub answer: fn(&Workspace, Value) -> Result<Vec<u8>, Fault>,
}

macro_rules! handlers {
    ($($patience:ident $lane:ident $request:ident $answer:path $(, $title:literal)?;)*) => {
        /// Every request that is answered.
        pub const ALL: &[Handler] = &[$(Handler {
            method: lsp::$request::METHOD.as_str(),
            patience: Patience::$patience,
            lane: Lane::$lane,
            title: concat!($($title)?),
            answer: |workspace, params| typed::<lsp::$request>(workspace, params, $answer),
        }),*];
    };
}

handlers! {
    Glance Here CompletionRequest completion::completion;
    Glance Here HoverRequest hover::hover;
    Glance Here DefinitionRequest definition::definition;
    Repository Long ReferencesRequest references::references, "Looking for references";
    Rest Beside DocumentHighlightRequest references::highlight;
    Package Here PrepareRenameRequest rename::prepare;
    Repository Long RenameRequest rename::rename, "Renaming";
    Rest Beside CodeActionRequest code_action::actions;
    Links Beside CodeLensRequest code_lens::lenses;
    Links Beside InlayHintRequest inlay_hint::hints;
    Package Here CallHierarchyPrepareRequest calls::prepare;
    Everything Beside CallHierarchyIncomingCallsRequest calls::incoming;
    Everything Beside CallHierarchyOutgoingCallsRequest calls::outgoing;
    Package Beside TypeHierarchyPrepareRequest layers::prepare;
    Everything Beside TypeHierarchySupertypesRequest layers::supertypes;
    Repository Long TypeHierarchySubtypesRequest layers::subtypes, "Looking for layers";
    Glance Here SignatureHelpRequest signature::help;
    None Beside DocumentSymbolRequest symbols::outline;
    Everything Long WorkspaceSymbolRequest symbols::search, "Looking for names";
    None Beside DocumentFormattingRequest formatting::whole;
    None Beside DocumentRangeFormattingRequest formatting::range;
    None Beside FoldingRangeRequest folding::folding;
    None Beside SelectionRangeRequest folding::selection;
    Glance Beside DocumentLinkRequest links::links;
    Glance Beside SemanticTokensRequest tokens::full;
    Glance Beside SemanticTokensDeltaRequest tokens::delta;
    Glance Beside SemanticTokensRangeRequest tokens::range;
    Findings Beside DocumentDiagnosticRequest diagnostics::document;
    Everything Long WorkspaceDiagnosticRequest diagnostics::workspace, "Checking all packages";
}

/// The requests that are none of the protocol.
const OWN: &[Handler] = &[
    Handler {
        method: "prm/coverage",
        patience: Patience::Package,
        lane: Lane::Long,
        title: "Looking at the coverage",
        answer: |workspace, params| written(&coverage::coverage(workspace, &params)?),
    },
    Handler {
        method: "prm/document",
        patience: Patience::Package,
        lane: Lane::Long,
        title: "Laying the document out",
        answer: |workspace, params| written(&documents::document(workspace, &params)?),
    },
    Handler {
        method: "prm/graph",
        patience: Patience::Package,
        lane: Lane::Long,
        title: "Drawing the model",
        answer: |workspace, params| written(&documents::graph(workspace, &params)?),
    },
    Handler {
        method: "prm/explain",
        patience: Patience::None,
        lane: Lane::Here,
        title: "",
        answer: |_, params| written(&explain(&params)?),
    },
    Handler {
        method: "prm/acceptLink",
        patience: Patience::Package,
        lane: Lane::Beside,
        title: "",
        answer: |workspace, params| written(&code_action::accept(workspace, &params)?),
    },
];

/// The handler of a request.
pub fn find(method: &str) -> Option<&'static Handler> {
    ALL.iter().chain(OWN).find(|handler| handler.method == method)
}

fn typed<R: Request>(
    workspace: &Workspace,
    params: Value,
    answer: fn(&Workspace, R::Params) -> Result<R::Result, Fault>,
) -> Result<Vec<u8>, Fault> {
    let invalid = |error: serde_json::Error| Fault { code: ErrorCode::InvalidParams, message: error.to_string() };
    let params = serde_json::from_value(params).map_err(invalid)?;
    written(&answer(workspace, params)?)
}

fn written(answer: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let internal = |error: serde_json::Error| Fault { code: ErrorCode::InternalError, message: error.to_string() };
    serde_json::to_vec(answer).map_err(internal)
}

/// `prm/explain`, which is none of the protocol: what a `word` means, a code or the first of a statement, as Markdown.
fn explain(params: &Value) -> Result<Value, Fault> {
    let word = params["word"].as_str().unwrap_or_default();
    let meaning = meaning(word).map_err(|(problem, help)| Fault::refused(format!("{problem}; {help}")))?;
    Ok(json!({ "text": meaning.text() }))
}

/// The path of the file that a request is about, if it is about one.
pub fn path_of(params: &Value) -> Option<String> {
    params.pointer("/textDocument/uri").and_then(Value::as_str).map(address::path)
}

/// What the server offers to a client.
pub fn capabilities(client: &Client) -> Value {
    let encoding = if client.encoding == Encoding::Utf8 { "utf-8" } else { "utf-16" };
    let mut capabilities = json!({
        "positionEncoding": encoding,
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "completionProvider": { "triggerCharacters": ["[", ":", ".", ",", " "] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": { "workDoneProgress": true },
        "documentHighlightProvider": true,
        "renameProvider": { "prepareProvider": true, "workDoneProgress": true },
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": { "workDoneProgress": true },
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": true,
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "documentLinkProvider": {},
        "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll"] },
        "codeLensProvider": {},
        "inlayHintProvider": true,
        "callHierarchyProvider": true,
        "typeHierarchyProvider": true,
        "signatureHelpProvider": { "triggerCharacters": [" ", ","] },
        "semanticTokensProvider": {
            "legend": { "tokenTypes": tokens::TYPES, "tokenModifiers": tokens::MODIFIERS },
            "full": { "delta": true },
            "range": true,
        },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if client.pulls {
        capabilities["diagnosticProvider"] = json!({ "identifier": "prm", "interFileDependencies": true, "workspaceDiagnostics": true, "workDoneProgress": true });
    }
    capabilities
}
