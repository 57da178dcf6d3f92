//! The tree-sitter grammar of the editors takes and refuses what the compiler does, and sees mistakes in the same lines.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use prm::diagnostic::Diagnostic;
use prm::span::FileId;
use prm::syntax::{self, statements};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tree_sitter::{Node, Parser};

use crate::random;

/// The codes of shape. The others of the syntax are about what a word or a text says (P007 to P010, P015), about a
/// clause said twice, which the grammar takes too (P011), and about blocks too deep for people (P014).
const SHAPE: &[&str] = &["P001", "P002", "P003", "P004", "P005", "P006", "P012"];

#[test]
fn tree_sitter_takes_and_refuses_the_same_files() {
    let mut parser = parser();
    let mut faults = String::new();
    assert!(CORPUS.len() > 200, "{}", CORPUS.len());
    for path in CORPUS.iter() {
        // What is no UTF-8 is read by neither.
        let Ok(text) = fs::read_to_string(path) else { continue };
        if let Err(fault) = compare(&mut parser, &text) {
            faults.push_str(&format!("{}: {fault}\n", path.display()));
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Whether both find mistakes of shape in a text, or none does.
fn compare(parser: &mut Parser, text: &str) -> Result<(), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (parsed, diagnostics) = syntax::parse(FileId(0), text);
    // What was meant by a reference that is none, names tell; where it is mended, nothing more is said of the shape.
    let is_mended = parsed.nodes.iter().any(|node| node.broken) || !parsed.meant.is_empty();
    // What only looks like a sign of the language, or is not seen, both refuse: the compiler says that alone, and reads on
    // as it was meant. Where such a text ends, it tells by what may follow on the line, which no scanner of an editor sees.
    let is_invisible = diagnostics.iter().any(|diagnostic| ["P008", "P025"].contains(&diagnostic.code.code));
    let found: Vec<&Diagnostic> = diagnostics.iter().filter(|found| SHAPE.contains(&found.code.code)).collect();
    let tree = parser.parse(text, None).unwrap();
    let root = tree.root_node();
    match (found.first(), root.has_error()) {
        (None, false) | (Some(_), true) => Ok(()),
        (None, true) if is_invisible || is_mended => Ok(()),
        (None, true) => Err(format!("refused in line {}: {}", error_line(root), root.to_sexp())),
        // Braces that balance, of which the indentation says that one is missing here and one too many there: the
        // compiler heeds indentation where blocks do not fit, the editor does not.
        (Some(_), false) if found.iter().all(|found| matches!(found.code.code, "P003" | "P004")) => Ok(()),
        (Some(_), false) if found.iter().all(|found| found.message.ends_with("lacks its `{`")) => Ok(()),
        (Some(first), false) => Err(format!("taken, in spite of {} {}", first.code.code, first.message)),
    }
}

#[test]
fn tree_sitter_sees_mistakes_in_the_same_statements() {
    let mut parser = parser();
    let (mut seen, mut faults) = (0, String::new());
    for path in CORPUS.iter() {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let (tree, diagnostics) = syntax::parse(FileId(0), text);
        let errors = error_lines(parser.parse(text, None).unwrap().root_node());
        let line_of = |at: u32| text[..at as usize].matches('\n').count();
        // Where a brace lacks, the compiler looks at the indentation, and an editor at the end of the file.
        let is_by_layout =
            |found: &&Diagnostic| found.code.code == "P003" || found.message.starts_with("the block of this line");
        let in_lines = diagnostics.iter().filter(|found| SHAPE.contains(&found.code.code) && !is_by_layout(found));
        for found in in_lines {
            let at = found.primary.span.start;
            // Of a statement over several lines, each may see the mistake in another.
            let around = tree.nodes.iter().find(|node| node.start <= at && at <= node.end);
            let (first, last) = around.map_or((at, at), |node| (node.start, node.end));
            let lines = line_of(first)..=line_of(last);
            seen += 1;
            if !errors.iter().any(|error| error.start() <= lines.end() && lines.start() <= error.end()) {
                faults.push_str(&format!("{}:{}: {}\n", path.display(), lines.start() + 1, found.message));
            }
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(faults.is_empty(), "\n{faults}");
}

/// The lines, from 0, of every error below a node.
fn error_lines(node: Node<'_>) -> Vec<RangeInclusive<usize>> {
    let mut cursor = node.walk();
    let below: Vec<Node<'_>> = node.children(&mut cursor).filter(|child| child.has_error()).collect();
    // What lacks may be a token that has no node of its own.
    if node.is_error() || below.is_empty() {
        return vec![node.start_position().row..=node.end_position().row];
    }
    below.into_iter().flat_map(error_lines).collect()
}

#[test]
fn trees_are_as_noted() {
    let mut parser = parser();
    let folder = root().join("editors/tree-sitter-prm/test/corpus");
    let mut cases = 0;
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let bar = format!("{}\n", "=".repeat(18));
        let parts: Vec<&str> = text.split(&bar).skip(1).collect();
        for case in parts.chunks(2) {
            let (code, noted) = case[1].split_once("\n---\n").unwrap();
            let tree = parser.parse(code.trim_start_matches('\n'), None).unwrap();
            assert_eq!(shape_of(tree.root_node()), noted.split_whitespace().collect::<String>(), "{}", case[0]);
            cases += 1;
        }
    }
    assert!(cases > 10, "{cases}");
}

/// A tree as the corpus notes it, without fields and blanks.
fn shape_of(node: Node<'_>) -> String {
    if node.is_missing() {
        return format!("(MISSING\"{}\")", node.kind());
    }
    let mut cursor = node.walk();
    let children: String =
        node.children(&mut cursor).filter(|child| child.is_named() || child.is_missing()).map(shape_of).collect();
    format!("({}{children})", node.kind())
}

proptest! {
    #![proptest_config(random::cases(1000))]

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
        let mut text = fs::read_to_string(file.get(&CORPUS)).unwrap_or_default();
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
static CORPUS: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
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
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
