//! What the editors' files say of the language is what the compiler says: words, queries, snippets. What needs more than
//! Rust is in `editors/test`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use prm::span::FileId;
use prm::syntax::{self, statements};
use tree_sitter::{Language, Query};

use crate::readme::held;

#[test]
fn every_editor_knows_every_word_and_no_other() {
    let begin: BTreeSet<String> = statements::statement_words().map(str::to_owned).collect();
    let carry_on: BTreeSet<String> =
        statements::CLAUSE_WORDS.iter().filter(|row| row.begins).map(|row| row.word.to_owned()).collect();
    let within: BTreeSet<String> = statements::CLAUSE_WORDS.iter().map(|row| row.word.to_owned()).collect();
    let text_mate = read("editors/textmate/syntaxes/prm.tmLanguage.json");
    let vim = read("editors/vim/syntax/prm.vim");
    let indent = read("editors/vim/indent/prm.vim");
    let emacs = read("editors/emacs/prm-mode.el");
    let kate = read("editors/kate/prm.xml");
    let grammar = read("editors/tree-sitter-prm/grammar.js");
    let scanner = read("editors/tree-sitter-prm/src/scanner.c");
    let highlights = read("editors/tree-sitter-prm/queries/highlights.scm");
    let lists = [
        ("tree-sitter, grammar", &begin, quoted(between(&grammar, "STATEMENT_WORDS = [", "]"), '\'')),
        ("tree-sitter, scanner", &carry_on, quoted(between(&scanner, "CLAUSE_WORDS[] = {", "}"), '"')),
        ("tree-sitter, statements", &begin, quoted(between(&highlights, "; begin statements", "]"), '"')),
        ("tree-sitter, clauses", &within, quoted(between(&highlights, "; within statements", "]"), '"')),
        ("TextMate, statements", &begin, alternatives(between(&text_mate, "\"statements\": {", "\"fields\""), 2)),
        ("TextMate, clauses", &carry_on, alternatives(between(&text_mate, "\"clause-words\"", "}"), 1)),
        (
            "TextMate, clauses and what is in them",
            &within,
            alternatives(between(&text_mate, "\"clause-words\"", "\"references\": {"), 2),
        ),
        ("Vim, statements", &begin, of_vim(&vim, &["prmDeclaration", "prmStatement"])),
        ("Vim, clauses", &within, of_vim(&vim, &["prmClause", "prmRelation"])),
        ("Vim, indentation", &carry_on, alternatives(&strings(between(&indent, "let s:clause", "function!")), 1)),
        ("Emacs, statements", &begin, quoted(between(&emacs, "declaration-words", "The other words that"), '"')),
        ("Emacs, clauses", &carry_on, quoted(between(&emacs, "clause-words", "\"Words that"), '"')),
        ("Emacs, all within", &within, quoted(between(&emacs, "clause-words", "\"The other words within"), '"')),
        ("Kate, statements", &begin, items(&kate, &["declarations", "statements"])),
        ("Kate, clauses", &within, items(&kate, &["clause words", "other words"])),
    ];
    for (editor, words, mut known) in lists {
        // What no list of words can name, since it means something else to the editor, stands by itself.
        if editor == "Vim, statements" || editor == "Kate, statements" {
            known.insert("extend".to_owned());
        }
        let missing: Vec<&String> = words.difference(&known).collect();
        let strange: Vec<&String> = known.difference(words).collect();
        assert!(missing.is_empty() && strange.is_empty(), "{editor}: missing {missing:?}, strange {strange:?}");
    }
}

/// The words in quotes; others than words are left out.
fn quoted(text: &str, quote: char) -> BTreeSet<String> {
    text.split(quote).skip(1).step_by(2).filter(|word| is_word(word)).map(str::to_owned).collect()
}

/// What stands in single quotes, in one piece, with the bars of Vim's patterns laid bare.
fn strings(text: &str) -> String {
    text.split('\'').skip(1).step_by(2).collect::<String>().replace("\\|", "|")
}

/// The words of the longest lists of alternatives, `a|b|c`.
fn alternatives(text: &str, lists: usize) -> BTreeSet<String> {
    let mut found: Vec<&str> = text.split(['(', ')', '"', '\\', ' ', ':']).filter(|part| part.contains('|')).collect();
    found.sort_by_key(|list| std::cmp::Reverse(list.len()));
    found
        .into_iter()
        .take(lists)
        .flat_map(|list| list.split('|'))
        .filter(|word| is_word(word))
        .map(str::to_owned)
        .collect()
}

fn of_vim(text: &str, groups: &[&str]) -> BTreeSet<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("syntax keyword ")?.split_once(' '));
    let words = lines.filter(|(group, _)| groups.contains(group)).flat_map(|(_, words)| words.split(' '));
    words.filter(|word| is_word(word) && *word != "skipwhite").map(str::to_owned).collect()
}

fn items(xml: &str, lists: &[&str]) -> BTreeSet<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
    let lists = document.descendants().filter(|node| node.attribute("name").is_some_and(|name| lists.contains(&name)));
    lists
        .flat_map(|list| list.descendants())
        .filter_map(|node| node.text())
        .filter(|word| is_word(word))
        .map(str::to_owned)
        .collect()
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

/// Captures of the grammar's own queries, and what they are called by Helix and Zed.
const CAPTURES: &[(&str, &str, &str)] = &[
    ("@keyword.operator", "@keyword.operator", "@keyword"),
    ("@function.macro", "@function.macro", "@function"),
    ("@constant.builtin", "@constant.builtin", "@constant"),
    ("@module", "@namespace", "@namespace"),
    ("@number", "@constant.numeric", "@number"),
    ("@string.escape", "@constant.character.escape", "@string.escape"),
    ("@markup.heading", "@markup.heading", "@title"),
    ("@markup.link", "@markup.link", "@link_text"),
];

#[test]
fn helix_and_zed_colour_what_the_grammar_colours() {
    let own = read("editors/tree-sitter-prm/queries/highlights.scm");
    let translated = |to: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        CAPTURES.iter().fold(own.clone(), |text, row| text.replace(row.0, to(row)))
    };
    held("editors/helix/queries/prm/highlights.scm", &translated(|row| row.1));
    held("editors/zed/languages/prm/highlights.scm", &translated(|row| row.2));
}

#[test]
fn queries_fit_the_grammar() {
    let language: Language = tree_sitter_prm::LANGUAGE.into();
    let mut queries = 0;
    for folder in ["tree-sitter-prm/queries", "helix/queries/prm", "zed/languages/prm"] {
        for path in files(&root().join("editors").join(folder), "scm") {
            let query = Query::new(&language, &fs::read_to_string(&path).unwrap());
            assert!(query.is_ok(), "{}: {}", path.display(), query.unwrap_err());
            queries += 1;
        }
    }
    assert!(queries > 12, "{queries}");
}

#[test]
fn snippets_are_models() {
    let text = read("editors/vscode/snippets/prm.json");
    let snippets: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    for (name, snippet) in snippets {
        let lines: Vec<&str> = match &snippet["body"] {
            serde_json::Value::Array(lines) => lines.iter().map(|line| line.as_str().unwrap()).collect(),
            line => vec![line.as_str().unwrap()],
        };
        let model = without_places(&(lines.join("\n") + "\n"));
        let (_, diagnostics) = syntax::parse(FileId(0), &model);
        assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}\n{model}");
    }
}

/// A snippet as it is inserted: `${1:words}` gives its words, `${1|one,two|}` the first, `$0` nothing.
fn without_places(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some((before, place)) = rest.split_once('$') {
        text.push_str(before);
        rest = match place.strip_prefix('{') {
            Some(place) => {
                let (inside, after) = place.split_once('}').unwrap();
                let words = inside.trim_start_matches(|c: char| c.is_ascii_digit());
                text.push_str(words.strip_prefix(':').unwrap_or(words.trim_matches('|').split(',').next().unwrap()));
                after
            }
            None => place.strip_prefix('0').unwrap(),
        };
    }
    text + rest
}

#[test]
fn settings_of_editors_can_be_read() {
    for path in ["textmate/package.json", "textmate/language-configuration.json", "vscode/package.json"] {
        let _: serde_json::Value = serde_json::from_str(&read(&format!("editors/{path}"))).unwrap();
    }
    for path in ["kate/lspclient.json", "jetbrains/template.json", "tree-sitter-prm/tree-sitter.json"] {
        let _: serde_json::Value = serde_json::from_str(&read(&format!("editors/{path}"))).unwrap();
    }
    let helix: toml::Table = read("editors/helix/languages.toml").parse().unwrap();
    assert_eq!(helix["language-server"]["prm"]["args"][0].as_str(), Some("lsp"));
    for path in ["zed/extension.toml", "zed/languages/prm/config.toml"] {
        let _: toml::Table = read(&format!("editors/{path}")).parse().unwrap();
    }
    let lock = read("editors/vscode/package-lock.json");
    assert!(!lock.contains("file:") && !lock.contains("localhost"));
}

/// Neovim, where there is one (`NVIM_PROGRAM` names it): opens a model with a mistake without a screen, and has to show its
/// diagnostics, a hover and completions.
#[test]
fn neovim_shows_what_the_server_says() {
    let nvim = std::env::var("NVIM_PROGRAM").unwrap_or_else(|_| "nvim".to_owned());
    if Command::new(&nvim).arg("--version").output().is_err() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(&nvim)
        .args(["--clean", "--headless", "--cmd", "set rtp+=editors/neovim", "editors/tests/badges.prm"])
        .args(["--cmd", &format!("let g:prm_program = '{}'", env!("CARGO_BIN_EXE_prm"))])
        .args(["-c", "luafile editors/tests/neovim.lua"])
        .current_dir(root())
        .envs(["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"].map(|name| (name, home.path())))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("neovim: hover") && said.contains("neovim: completion"), "{said}");
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
