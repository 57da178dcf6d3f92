//! Writes CommonMark with GFM tables that hold whatever an author wrote.
//!
//! Nothing of the author's reaches a document but through [`Inline`] and [`Document::blocks`], which understand the
//! little of CommonMark that is safe and write everything else so that it shows as it was typed. Raw HTML never passes.

mod block;
mod document;
mod escape;
mod inline;
mod scan;
mod slug;

pub use document::Document;
pub use inline::{Inline, Link, Resolve};
