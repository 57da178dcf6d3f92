//! `prm/coverage`, which is none of the protocol: how far the model of a file covers what it has to, as it is being
//! written, for a view beside the text.

use serde_json::{Value, json};

use super::{Fault, path_of};
use crate::coverage::Status;
use crate::document::words::EN;
use crate::emit::report::miss_and_place;
use crate::lsp::facts;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::model::RequirementId;
use crate::span::Span;

/// How many near misses and links are told of a requirement.
const TOLD: usize = 3;

/// The catalogs that the model covers, with their requirements and what is nearest to meeting those that are not met;
/// nothing for a package without a model.
pub fn coverage(workspace: &Workspace, params: &Value) -> Result<Value, Fault> {
    let path = path_of(params).unwrap_or_default();
    let Some(snapshot) = workspace.snapshots(&path).into_iter().next() else { return Ok(Value::Null) };
    let program = snapshot.program();
    let Some(head) = program.root().and_then(|package| package.model.head.as_ref()) else { return Ok(Value::Null) };
    let sources = &snapshot.compilation.sources;
    let mut catalogs = Vec::new();
    for catalog in &snapshot.compilation.coverage.catalogs {
        let row = program.catalog(catalog.catalog);
        let clauses: Vec<&str> =
            catalog.clauses.iter().map(|clause| program.name(program.requirement(*clause).id)).collect();
        let mut requirements = Vec::new();
        for id in &catalog.requirements {
            if workspace.asking.is_cancelled() {
                return Err(Fault::cancelled());
            }
            requirements.push(requirement(workspace, &snapshot, *id));
        }
        catalogs.push(json!({
            "id": program.name(row.id), "title": sources.text(row.title), "clauses": clauses,
            "summary": facts::summary(catalog), "requirements": requirements,
        }));
    }
    Ok(json!({ "id": program.name(head.id), "title": sources.text(head.title), "catalogs": catalogs }))
}

fn requirement(workspace: &Workspace, snapshot: &Snapshot, id: RequirementId) -> Value {
    let program = snapshot.program();
    let coverage = &snapshot.compilation.coverage;
    let row = program.requirement(id);
    let status = coverage.status(id);
    let location = |span: Span| workspace.location(snapshot, span);
    let told: Vec<Value> = match status {
        Status::Uncovered | Status::Partial => {
            let misses = coverage.misses(program, id);
            let words = misses.iter().take(TOLD).map(|miss| miss_and_place(program, coverage, &EN, miss));
            words.map(|(text, span)| json!({ "text": text, "location": span.map(location) })).collect()
        }
        Status::Covered | Status::Excluded => {
            let linked = coverage.incoming(program, id).into_iter().take(TOLD);
            let outcome = |name| program.root().and_then(|package| package.model.outcome(name));
            let links = linked.filter_map(|incoming| Some((incoming.outcome, outcome(incoming.outcome)?)));
            let told = links.map(|(name, outcome)| {
                let place = location(snapshot.id_of(outcome.origin.span));
                json!({ "text": program.name(name), "location": place })
            });
            told.collect()
        }
    };
    json!({
        "id": program.name(row.id), "title": snapshot.compilation.sources.text(row.title), "status": status.word(),
        "location": location(snapshot.id_of(row.origin.span)), "near": told,
    })
}
