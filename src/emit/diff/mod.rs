//! A difference between two models, as text, Markdown or JSON, or as a redline in the forms of documents.

pub mod assessments;
mod json;
mod markdown;
mod redline;
mod sections;
mod text;

#[cfg(feature = "schema")]
pub use json::schema;
pub use json::write as write_json;
pub(super) use markdown::begun;
pub use markdown::{document, markdown};
pub use redline::{Release, history, redline};
pub use text::text;
