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
use crate::model::{Name, RequirementId};

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
        GraphScope::Traceability => trace::picture(input, process, None),
        GraphScope::Clause(clause) => trace::picture(input, process, Some(clause)),
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
