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

use std::convert::Infallible;

use hands::{Hands, One};

// What the library offers stands below, by name. The modules are open to the command, the tests and the benchmarks, and
// may change from one version to the next.
#[doc(hidden)]
pub mod checks;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod codes;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod coverage;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod english;
#[doc(hidden)]
pub mod formatter;
#[doc(hidden)]
pub mod graph;
#[doc(hidden)]
pub mod hands;
#[cfg(feature = "import")]
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod index;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod measure;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod package;
#[doc(hidden)]
pub mod pictures;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod review;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod span;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod unknown;
#[doc(hidden)]
pub mod writer;

pub use codes::ALL as CODES;
pub use compile::{Checked, Compilation, Facts};
pub use coverage::{CatalogCoverage, Coverage, Status, Summary};
pub use diagnostic::{Code, Diagnostic, Edit, Family, Label, Severity, Subject, SubjectKind};
pub use emit::ALL as OUTPUTS;
pub use emit::graph::{GraphFormat, GraphScope, render as graph};
pub use emit::json::write as write_json;
pub use emit::output::{Artifact, Form, Output, Refused, Request, find as output};
pub use formatter::{Formatted, Unfaithful, format};
pub use package::{Unreadable, manifest::Options};
pub use render::{MessageFormat, diagnostics as render};
pub use source::lines::Position;
pub use source::{Entry, Files, Memory, Source, Sources};
pub use span::{FileId, Span};
pub use syntax::colours::{Colour, colours};

/// Compiles the package at a path: a file, or a folder with a `prm.toml`.
///
/// Every phase gives its product and its diagnostics, and none stops the next: all errors come out in one run.
///
/// ```
/// use prm::Memory;
///
/// let text = r#"term "key" "secret that opens something""#;
/// let files = Memory([("keys.prm".to_owned(), text.into())].into());
/// let compilation = prm::compile(&files, "keys.prm");
/// assert!(compilation.diagnostics.is_empty());
/// ```
pub fn compile(files: &dyn Files, path: &str) -> Compilation {
    compile_asking(files, path, &|_, _| true, &One)
}

/// The same, but only checks look whose codes `asks` wants: who shows no other findings need not wait for them. The work
/// is shared among hands.
pub(crate) fn compile_asking(
    files: &dyn Files,
    path: &str,
    asks: &compile::Asks<'_>,
    hands: &dyn Hands,
) -> Compilation {
    let formats = emit::output::formats();
    let parser = &mut package::Anew(hands);
    let Ok(analysis) = compile::analyze::<Infallible>(files, path, &formats, parser, asks, &|| Ok(()));
    analysis.compilation
}
