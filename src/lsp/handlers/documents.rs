//! `prm/document` and `prm/graph`, which are none of the protocol: what the model of a file becomes, as it is being
//! written, for a view beside the text.

use serde_json::{Value, json};

use super::{Fault, path_of};
use crate::compile::Checked;
use crate::diagnostic::Severity;
use crate::emit::graph::{GraphFormat, GraphScope, render};
use crate::emit::markdown::markdown;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;

/// The document as `prm build --format markdown` writes it; nothing for a package without a model.
pub fn document(workspace: &Workspace, params: &Value) -> Result<Value, Fault> {
    shown(workspace, params, |input| Ok(markdown(input, false)))
}

/// The picture that `prm graph` draws, as SVG: the `view` is `map` or `trace`, of the whole model or of a `process`.
pub fn graph(workspace: &Workspace, params: &Value) -> Result<Value, Fault> {
    shown(workspace, params, |input| {
        let scope = match params["view"].as_str() {
            None | Some("map") => GraphScope::Map,
            Some("trace") => GraphScope::Traceability,
            Some(other) => return Err(Fault::refused(format!("there is no view `{other}`: it is `map` or `trace`"))),
        };
        let process = match params["process"].as_str() {
            None => None,
            Some(id) => {
                let model = input.program.root().map(|package| &package.model);
                let name = input.program.names.get(id);
                let name = name.filter(|name| model.is_some_and(|model| model.process(*name).is_some()));
                Some(name.ok_or_else(|| Fault::refused(format!("there is no process `{id}`")))?)
            }
        };
        Ok(render(input, GraphFormat::Svg, scope, process))
    })
}

/// What a model becomes, with its id and title; of one that is not known for certain, what is in the way.
fn shown(
    workspace: &Workspace,
    params: &Value,
    show: impl Fn(&Checked<'_>) -> Result<String, Fault>,
) -> Result<Value, Fault> {
    let path = path_of(params).unwrap_or_default();
    let Some(snapshot) = workspace.snapshots(&path).into_iter().next() else { return Ok(Value::Null) };
    let program = snapshot.program();
    let Some(head) = program.root().and_then(|package| package.model.head.as_ref()) else { return Ok(Value::Null) };
    let Some(checked) = snapshot.compilation.checked() else { return Err(Fault::refused(in_the_way(&snapshot))) };
    let title = snapshot.compilation.sources.text(head.title);
    Ok(json!({ "id": program.name(head.id), "title": title, "text": show(&checked)? }))
}

/// The first error that has to be mended before a model is shown.
fn in_the_way(snapshot: &Snapshot) -> String {
    let all = &snapshot.compilation.diagnostics;
    if let Some(file) = snapshot.compilation.unreadable.first() {
        return format!("{}: {}", file.path, file.problem);
    }
    let first = all.iter().find(|found| found.severity == Severity::Error && found.code.forbids_output());
    let Some(first) = first else { return "the model has errors".to_owned() };
    let source = snapshot.source(first.primary.span.file);
    let line = source.position(first.primary.span.start as usize).line;
    let message = first.message_with_rest();
    format!("{}:{line}: {}: {message}", source.path, first.code.code)
}
