//! The outputs: pure functions from what is known of a model to text.

pub mod commonmark;
pub mod draft;
pub mod markdown;
pub mod order;
mod page;
pub mod pam;
pub mod text;

use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::model::Program;
use crate::source::Sources;

/// What an emitter works from: the package asked for is the last of the program.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Everything that is known.
    pub program: &'a Program,
    /// The texts.
    pub sources: &'a Sources,
    /// The coverage of the package asked for.
    pub coverage: &'a Coverage,
    /// What was found, sorted.
    pub diagnostics: &'a [Diagnostic],
}
