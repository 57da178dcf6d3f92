//! What the editors know of the language is what the compiler knows: the tree-sitter grammar takes and refuses the
//! same files, and every list of words is the compiler's.

use std::fs;
use std::path::{Path, PathBuf};

use prm::diagnostic::Diagnostic;
use prm::span::FileId;
use prm::syntax::{self, statements};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tree_sitter::{Node, Parser};

/// The codes of shape. The others of the syntax are about what a word or a text says (P007 to P010, P015), about a
/// clause said twice, which the grammar takes too (P011), and about blocks too deep for people (P014).
const SHAPE: &[&str] = &["P001", "P002", "P003", "P004", "P005", "P006", "P012"];

#[test]
fn tree_sitter_takes_and_refuses_the_same_files() {
    let mut parser = parser();
    let mut faults = String::new();
    let files = corpus();
    assert!(files.len() > 200, "{}", files.len());
    for path in files {
        // What is no UTF-8 is read by neither.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if let Err(fault) = compare(&mut parser, &text) {
            faults.push_str(&format!("{}: {fault}\n", path.display()));
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Whether both find mistakes of shape in a text, or none does.
fn compare(parser: &mut Parser, text: &str) -> Result<(), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (_, diagnostics) = syntax::parse(FileId(0), text);
    // Of a line that begins with an invisible character, only that is said.
    let is_invisible = diagnostics.iter().any(|diagnostic| diagnostic.code.code == "P008");
    let found: Vec<&Diagnostic> = diagnostics.iter().filter(|found| SHAPE.contains(&found.code.code)).collect();
    let tree = parser.parse(text, None).unwrap();
    let root = tree.root_node();
    match (found.first(), root.has_error()) {
        (None, false) | (Some(_), true) => Ok(()),
        (None, true) if is_invisible => Ok(()),
        (None, true) => Err(format!("refused in line {}: {}", error_line(root), root.to_sexp())),
        // Braces that balance, of which the indentation says that one is missing here and one too many there: the
        // compiler heeds indentation where blocks do not fit, the editor does not.
        (Some(_), false) if found.iter().all(|found| matches!(found.code.code, "P003" | "P004")) => Ok(()),
        (Some(first), false) => Err(format!("taken, in spite of {} {}", first.code.code, first.message)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tree_sitter_reads_any_tokens_like_the_compiler(tokens in prop::collection::vec(token(), 0..24)) {
        let text = tokens.concat();
        let compared = compare(&mut parser(), &text);
        prop_assert!(compared.is_ok(), "{}\n{text}", compared.unwrap_err());
    }

    #[test]
    fn tree_sitter_reads_damaged_files_like_the_compiler(
        file in any::<Index>(), damage in prop::collection::vec((any::<Index>(), 0..12usize, token()), 1..4),
    ) {
        let files = corpus();
        let mut text = fs::read_to_string(file.get(&files)).unwrap_or_default();
        text.truncate(text.floor_char_boundary(8000));
        for (at, taken, token) in damage {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + taken).min(text.len()));
            text.replace_range(start..end, &token);
        }
        let compared = compare(&mut parser(), &text);
        prop_assert!(compared.is_ok(), "{}\n{text}", compared.unwrap_err());
    }
}

/// Something that means something to the lexer, with what stands before it.
fn token() -> impl Strategy<Value = String> {
    let words: Vec<&str> = statements::words().collect();
    const MARKS: &[&str] = &[
        ",",
        "{",
        "}",
        "\"Text\"",
        "\"\"",
        "\"\"\"a\n b\"\"\"\"",
        "\"open",
        "\"\"\"",
        "\\\"",
        "// c\n",
        "/* c */",
        "/* c\n */",
        "/*",
        "\"a \\\" [[b]] \\[[ [[\"",
        "\"\\u{e4}\\q\"",
        "\"\"\"\\\"\"\" [[a]] \\[[\"\"\"",
    ];
    const IDS: &[&str] =
        &["A.1", "b", "c:A.1", "7", "a..b", ":", "a/b", "/", "/a", "ä", "?", "in/", "a:b:c", "\u{1}", "\u{a0}"];
    const SPACES: &[&str] = &[" ", " ", " ", "\n", "\n  ", "\r\n", "", "\t", "\r"];
    let space = select(SPACES);
    let token = prop_oneof![5 => select(words), 3 => select(MARKS), 2 => select(IDS)];
    (space, token).prop_map(|(space, token)| format!("{space}{token}"))
}

/// The line, from 1, of the first error below a node.
fn error_line(node: Node<'_>) -> usize {
    let mut cursor = node.walk();
    let below = node.children(&mut cursor).find(|child| child.has_error());
    match below {
        Some(child) if !node.is_error() => error_line(child),
        _ => node.start_position().row + 1,
    }
}

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_prm::LANGUAGE.into()).unwrap();
    parser
}

/// Every file of the language that the project has.
fn corpus() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = ["stdlib", "examples", "tests"].map(|folder| root().join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "prm") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
