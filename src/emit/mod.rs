//! What becomes of a compiled model: documents, data, pictures. Emitters are pure: they write text, nobody's files.

pub mod commonmark;
mod csv;
pub mod diff;
pub mod draft;
pub mod graph;
pub mod json;
pub mod markdown;
pub mod order;
mod page;
pub mod pam;
pub mod proof;
pub mod provenance;
pub mod report;
pub mod review;
#[cfg(feature = "schema")]
mod schema;
pub mod soa;
pub mod text;
pub mod why;

/// What emitters look at: a model that may be shown.
pub use crate::compile::Checked as Input;
