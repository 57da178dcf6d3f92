//! A difference between two models, as text, Markdown or JSON, or as a redline in the forms of documents.

pub mod assessments;
mod json;
mod markdown;
mod redline;
mod sections;
mod text;

use super::Input;
use super::page::Page;
use crate::diff::Diff;

#[cfg(feature = "schema")]
pub use json::schema;
pub use json::write as write_json;
pub(super) use markdown::begun;
pub use markdown::{document, markdown};
pub use redline::{Release, history, redline};
pub use text::text;

/// A difference as documents tell it: models, catalogs and crosswalks are called as on the new side, or else on the old.
#[must_use]
pub fn for_people(diff: &Diff, old: &Input<'_>, new: &Input<'_>) -> Diff {
    let pages = [old, new].into_iter().filter_map(|input| Page::new(*input));
    let names = pages.flat_map(|page| page.names()).collect();
    diff.clone().with_names(&names)
}
