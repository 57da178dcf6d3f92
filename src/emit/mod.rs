//! What becomes of a compiled model: documents, data, pictures. Emitters are pure: they write text, nobody's files.

pub mod graph;
pub mod json;

use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::model::Program;
use crate::source::Sources;

/// What emitters look at.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Everything that is known.
    pub program: &'a Program,
    /// The texts.
    pub sources: &'a Sources,
    /// The coverage of the package asked for.
    pub coverage: &'a Coverage,
    /// What was found, in order.
    pub diagnostics: &'a [Diagnostic],
}
