//! Makes the parser again from `grammar.js`, as `tree-sitter generate --js-runtime native --abi 14` does, by cargo alone.
//!
//! Its argument is the folder of another grammar than the one that it lies in.

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/..").to_owned());
    let usual: Option<&str> = None;
    let mut notes = Vec::new();
    let level = OptLevel::default();
    generate_parser_in_directory(folder, usual, usual, 14, None, Some("native"), true, level, &mut notes)?;
    Ok(())
}
