#![doc = include_str!("ARCHITECTURE.md")]
#![cfg_attr(not(test), warn(clippy::expect_used, clippy::panic, clippy::unreachable, clippy::unwrap_used))]

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

pub use compile::compile;
