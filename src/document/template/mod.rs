//! Templates of the user's own: they lay out a document, of which they are given the tree as data and each part of it as it
//! is printed (`docs/documents.md` has the names).

#[cfg(feature = "templates")]
mod data;
#[cfg(feature = "templates")]
mod engine;

use super::inline::Inline;
#[cfg(not(feature = "templates"))]
use super::setting::{Template, Unprintable};
use super::tree::{Block, Document};

#[cfg(feature = "templates")]
pub(super) use engine::render;

/// What prints the parts of a document, one after the other.
#[cfg_attr(not(feature = "templates"), allow(dead_code, reason = "templates alone ask for parts"))]
pub(super) trait Printer {
    /// A line.
    fn line(&mut self, line: &Inline) -> String;
    /// A block, of the document itself or within another.
    fn block(&mut self, block: &Block, is_at_top: bool) -> String;
    /// Another that has printed as much.
    fn fork(&self) -> Box<dyn Printer + '_>;
    /// How words are written that mean nothing but themselves.
    fn escape(&self) -> fn(&str) -> String;
    /// What there is besides, by its name, before the blocks.
    fn before(&mut self, _: &Document) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// What there is besides once all blocks are printed; the sections behind them by their ids and titles.
    fn behind(&mut self, _: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// Lays a document out.
///
/// # Errors
/// Always: this build knows no templates.
#[cfg(not(feature = "templates"))]
pub(super) fn render(
    template: &Template<'_>,
    _: &Document,
    _: &mut dyn Printer,
    _: Vec<[&str; 3]>,
) -> Result<Vec<u8>, Unprintable> {
    Err(Unprintable {
        problem: format!("this build of the compiler knows no templates such as `{}`", template.path),
        help: "build it with the feature `templates`".to_owned(),
    })
}
