//! Text to tree. This floor knows what statements look like, not what a process is for.
//!
//! `lexer` cuts the text into tokens, `parser` runs the grammar over them, `nest` finds out which statement stands in
//! which block. Each step gives what it could save, with the diagnostics of what it could not.

pub mod colours;
mod conflicts;
pub mod lexer;
mod nest;
mod parser;
mod recover;
mod reparse;
pub mod shape;
mod slips;
pub mod statements;
mod table;
pub mod tree;
mod words;

use crate::diagnostic::{Diagnostic, Findings};
use crate::span::FileId;
use tree::Tree;

#[cfg(test)]
#[path = "../../tests/random.rs"]
mod random;

pub use nest::DEPTH;
pub use recover::{recover, recover_as, recover_clause};
pub use reparse::{Change, reparse};

/// Reads a file. There is always a tree, however broken the text.
pub fn parse(file: FileId, text: &str) -> (Tree, Vec<Diagnostic>) {
    let (tokens, lexed) = lexer::lex(file, text);
    let (flat, parsed) = parser::parse(file, text, &tokens);
    let (tree, nested) = nest::nest(flat, text, tokens.comments, tokens.is_cut_off);
    let found: Findings = lexed.into_iter().chain(parsed).chain(nested).collect();
    (tree, found.into_kept())
}
