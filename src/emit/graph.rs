//! Pictures of a model: the process map, and the graph from processes over outcomes to requirements.
//!
//! A picture is gathered once, as nodes and edges, and then written in the form asked for.

mod dot;
mod look;
mod map;
mod mermaid;
mod picture;
mod svg;
mod trace;

use super::Input;
use super::page::Page;
use crate::model::{Name, ReqKind, RequirementId};

/// The form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphFormat {
    /// The language of Graphviz.
    Dot,
    /// The language of Mermaid.
    Mermaid,
    /// A picture ready to be put into a document.
    Svg,
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphScope {
    /// Groups, processes and their relations.
    Map,
    /// Processes, practices, outcomes, and the requirements that they satisfy.
    Traceability,
    /// Of these what stands below a clause or is one, and what satisfies it.
    Clause(RequirementId),
}

/// The picture of a whole model, or of one process: then its neighbours on the map, or its own requirements.
pub fn render(input: &Input<'_>, format: GraphFormat, scope: GraphScope, process: Option<Name>) -> String {
    let picture = match scope {
        GraphScope::Map => map::picture(input, process),
        GraphScope::Traceability => trace::picture(input, process, &[], ""),
        GraphScope::Clause(clause) => {
            let called = Page::new(*input).map(|page| part_called(&page, Some(clause), &[])).unwrap_or_default();
            trace::picture(input, process, &[clause], &called)
        }
    };
    match format {
        GraphFormat::Dot => dot::write(&picture),
        GraphFormat::Mermaid => mermaid::write(&picture),
        GraphFormat::Svg => match scope {
            GraphScope::Map => svg::map::write(&picture),
            GraphScope::Traceability | GraphScope::Clause(_) => svg::trace::write(&picture),
        },
    }
}

/// How many boxes of a trace stand below each other on a page.
const PAGE: usize = 40;

/// A part of a trace: what it is called, and its picture as SVG.
#[derive(Debug)]
pub struct TracePart {
    /// The clause that it shows; of what stands in none, or of a part of a long clause, from where to where it goes.
    pub called: String,
    /// The picture.
    pub svg: String,
}

/// The trace of a whole model, in parts where it is longer than a page: by clause, and a long clause page by page.
pub fn trace_parts(page: &Page<'_>) -> Vec<TracePart> {
    let input = &page.input;
    let judged = input.coverage.catalogs.iter().map(|covered| covered.requirements.len()).sum::<usize>();
    let outcomes = input.program.root().into_iter().flat_map(|root| &root.model.processes);
    let outcomes = outcomes.map(|process| process.outcomes.len()).sum::<usize>();
    if judged == 0 || judged.max(outcomes) <= PAGE {
        return vec![TracePart {
            called: String::new(),
            svg: render(input, GraphFormat::Svg, GraphScope::Traceability, None),
        }];
    }
    let mut parts = Vec::new();
    for covered in &input.coverage.catalogs {
        part(page, &covered.requirements, 0, &mut parts);
    }
    parts
}

/// Some requirements, by the clauses that they stand in at a depth; what is longer than a page, by the clauses in these.
fn part(page: &Page<'_>, rows: &[RequirementId], depth: usize, parts: &mut Vec<TracePart>) {
    let program = page.input.program;
    let clause = |row: &RequirementId| {
        let is_clause = |above: &RequirementId| program.requirement(*above).kind == ReqKind::Clause;
        let path: Vec<RequirementId> = program.standing_in(*row).filter(is_clause).collect();
        path.iter().rev().nth(depth).copied()
    };
    for own in rows.chunk_by(|one, next| clause(one) == clause(next)) {
        let within = own.first().and_then(clause);
        if own.len() > PAGE && within.is_some() {
            part(page, own, depth + 1, parts);
            continue;
        }
        for some in own.chunks(PAGE) {
            let called = part_called(page, within, some);
            let svg = svg::trace::write(&trace::picture(&page.input, None, some, &called));
            parts.push(TracePart { called, svg });
        }
    }
}

fn part_called(page: &Page<'_>, clause: Option<RequirementId>, rows: &[RequirementId]) -> String {
    let title = |id: RequirementId| page.text(page.input.program.requirement(id).title);
    match (clause, rows) {
        (Some(clause), _) => format!("{} {}", page.cited(clause), title(clause).shown()),
        (None, [first, .., last]) => format!("{} – {}", page.cited(*first), page.label(*last)),
        (None, rows) => rows.iter().map(|id| format!("{} {}", page.cited(*id), title(*id).shown())).collect(),
    }
}
