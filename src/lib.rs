#![doc = include_str!("ARCHITECTURE.md")]
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::panic,
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod checks;
#[cfg(feature = "cli")]
pub mod cli;
pub mod codes;
pub mod compile;
pub mod coverage;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod english;
pub mod formatter;
pub mod graph;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod package;
pub mod render;
pub mod resolve;
pub mod review;
pub mod source;
pub mod span;
pub mod syntax;
pub mod writer;

use compile::Compilation;
use source::Files;

/// Compiles the package at a path: a file, or a folder with a `prm.toml`.
///
/// Every phase gives its product and its diagnostics, and none stops the next: all errors come out in one run.
///
/// ```
/// use prm::source::Memory;
///
/// let text = r#"term "key" "A secret that opens something.""#;
/// let files = Memory([("keys.prm".to_owned(), text.into())].into());
/// let compilation = prm::compile(&files, "keys.prm");
/// assert!(compilation.diagnostics.is_empty());
/// ```
pub fn compile(files: &dyn Files, path: &str) -> Compilation {
    let formats = emit::output::formats();
    let Ok(analysis) =
        compile::analyze::<std::convert::Infallible>(files, path, &formats, &mut package::Anew, &|| Ok(()));
    analysis.compilation
}
