//! A difference between two models, as text, Markdown or JSON.

pub mod assessments;
mod json;
mod markdown;
mod sections;
mod text;

#[cfg(feature = "schema")]
pub use json::schema;
pub use json::write as write_json;
pub use markdown::{document, markdown};
pub use text::text;
