#![doc = include_str!("ARCHITECTURE.md")]
#![cfg_attr(not(test), warn(clippy::expect_used, clippy::panic, clippy::unreachable, clippy::unwrap_used))]

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
pub mod emit;
#[doc(hidden)]
pub mod formatter;
#[doc(hidden)]
pub mod graph;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod package;
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

pub use codes::ALL as CODES;
pub use compile::{Checked, Compilation, Facts, compile};
pub use coverage::{CatalogCoverage, Coverage, Status, Summary};
pub use diagnostic::{Code, Diagnostic, Edit, Label, Severity};
pub use emit::graph::{GraphFormat, GraphScope, render as graph};
pub use emit::json::write as write_json;
pub use emit::markdown::markdown;
pub use formatter::{Formatted, Replacement, Unfaithful, format, format_range};
pub use package::Unreadable;
pub use render::{MessageFormat, diagnostics as render};
pub use source::lines::Position;
pub use source::{Entry, Files, Memory, Source, Sources};
pub use span::{FileId, Span};
