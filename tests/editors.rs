//! What the editors' files say of the language is what the compiler says: their lists of words are made of its table, their
//! queries and snippets are read. What needs more than Rust is in `editors/test`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use prm::span::FileId;
use prm::syntax;
use prm::syntax::shape::{Names, Part};
use prm::syntax::statements::{self, ALL, CLAUSE_WORDS, Kind, Statement};
use prm::syntax::tree::Role;
use tree_sitter::{Language, Query};

use crate::readme::held;
use crate::support::assert_follows;

/// The words of the language as the editors' files list them.
struct Words {
    /// Those that begin a statement.
    begin: Vec<&'static str>,
    /// Those of them that have the id of what they declare behind them.
    declare: Vec<&'static str>,
    /// The others.
    others: Vec<&'static str>,
    /// Those of which a second word tells more, and the second words.
    changes: Vec<&'static str>,
    changed: Vec<&'static str>,
    /// Those that carry a statement on from the start of a line.
    clauses: Vec<&'static str>,
    /// The other words within statements.
    within: Vec<&'static str>,
    /// Those that say how the two sides of a crosswalk's line relate, and those that begin to.
    relations: Vec<&'static str>,
    relate: Vec<&'static str>,
}

fn words() -> Words {
    let begin: Vec<&str> = statements::statement_words().collect();
    let declares = |word: &&str| {
        ALL.iter().filter(|row| row.word == *word).any(|row| {
            let made_up = [Names::New, Names::NewNumber, Names::Own];
            matches!(row.parts.first(), Some(Part::One(Role::Id, names, _)) if made_up.contains(names))
        })
    };
    let (declare, others) = begin.iter().copied().partition(declares);
    let pairs = || ALL.iter().filter_map(|row| row.word.split_once(' '));
    let (clauses, within): (Vec<_>, Vec<_>) = CLAUSE_WORDS.iter().partition(|row| row.begins);
    let relations = within.iter().filter(|row| row.of().all(|of| of.kind == Kind::Line));
    let relate = relations.clone().filter(|row| row.beginning(Kind::Line).is_some());
    Words {
        begin,
        declare,
        others,
        changes: once_each(pairs().map(|pair| pair.0)),
        changed: once_each(pairs().map(|pair| pair.1)),
        clauses: clauses.iter().map(|row| row.word).collect(),
        relations: relations.clone().map(|row| row.word).collect(),
        relate: relate.map(|row| row.word).collect(),
        within: within.iter().map(|row| row.word).collect(),
    }
}

fn once_each(words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(*word)).collect()
}

/// A file, with what stands between two marks made anew; the marks stay.
fn made(path: &str, parts: &[(&str, &str, String)]) -> String {
    let text = parts.iter().fold(read(path), |text, (from, to, made)| {
        let (before, rest) = text.split_once(from).unwrap_or_else(|| panic!("{path}: no {from}"));
        let (_, after) = rest.split_once(to).unwrap_or_else(|| panic!("{path}: no {to} behind {from}"));
        format!("{before}{from}{made}{to}{after}")
    });
    held(path, &text);
    text
}

/// Words with something around each, in lines that begin alike and are no longer than is good.
fn lines(words: &[&str], around: impl Fn(&str) -> String, begin: &str) -> String {
    let mut lines = String::new();
    let mut width = usize::MAX;
    for word in words.iter().map(|word| around(word)) {
        if width.saturating_add(1 + word.len()) > 118 {
            let end = if lines.is_empty() { "" } else { "\n" };
            lines += &format!("{end}{begin}{word}");
            width = begin.len() + word.len();
        } else {
            lines += &format!(" {word}");
            width += 1 + word.len();
        }
    }
    lines
}

#[test]
fn editors_list_the_words_of_the_language() {
    let words = words();
    let quoted = |word: &str| format!("\"{word}\"");
    let plain = |word: &str| word.to_owned();
    let all_within = [words.clauses.as_slice(), &words.within].concat();

    let items = |words: &[&str]| {
        let items: String = words.iter().map(|word| format!("      <item>{word}</item>\n")).collect();
        format!("\n{items}")
    };
    let list = |name: &'static str| format!("<list name=\"{name}\">");
    let lists = [("declarations", &words.declare), ("statements", &words.others), ("clause words", &words.clauses)];
    let names = lists.map(|(name, of)| (list(name), items(of)));
    let others = (list("other words"), items(&words.within));
    let lists: Vec<_> =
        names.iter().chain([&others]).map(|(name, of)| (name.as_str(), "    </list>", of.clone())).collect();
    made("editors/kate/prm.xml", &lists);

    // A word that `:syntax keyword` takes for an option stands by itself.
    let others: Vec<&str> = words.others.iter().copied().filter(|word| *word != "extend").collect();
    let declarations = lines(&words.declare, plain, "syntax keyword prmDeclaration nextgroup=prmId skipwhite ");
    let clauses: Vec<&str> = all_within.iter().copied().filter(|word| !words.relations.contains(word)).collect();
    let clauses = lines(&clauses, plain, "syntax keyword prmClause ");
    let statements = lines(&others, plain, "syntax keyword prmStatement ");
    let relations = lines(&words.relations, plain, "syntax keyword prmRelation ");
    made(
        "editors/vim/syntax/prm.vim",
        &[
            ("and without.\n", "\n\" A word that", format!("{declarations}\n{statements}")),
            ("\" Words within statements.\n", "\n\n", format!("{clauses}\n{relations}")),
        ],
    );
    let clauses = lines(&words.clauses, |word| format!("{word}\\|"), "").replace(' ', "").replace('\n', "'\n  \\ . '");
    let clauses = clauses.trim_end_matches("\\|").to_owned();
    made("editors/vim/indent/prm.vim", &[("'^\\s*\\%(\"\\|\\%('\n  \\ . '", "\\)\\%(\\s\\|$\\)\\)'", clauses)]);

    let list = |words: &[&str]| lines(words, quoted, "    ").trim_start().to_owned();
    made(
        "editors/emacs/prm-mode.el",
        &[
            ("(defconst prm-declaration-words\n  '(", ")\n", list(&words.declare)),
            ("(defconst prm-statement-words\n  '(", ")\n", list(&words.others)),
            ("(defconst prm-clause-words\n  '(", ")\n", list(&words.clauses)),
            ("(defconst prm-other-words\n  '(", ")\n", list(&words.within)),
            ("(defconst prm-change-words\n  '(", ")\n", list(&words.changes)),
            ("(defconst prm-changed-words\n  '(", ")\n", list(&words.changed)),
        ],
    );

    let start = "\"(?:^|(?<=[{}]))\\\\s*(";
    let (declarations, change) = (
        format!("\"declarations\": {{\n      \"match\": {start}"),
        format!("\"statements\": {{\n      \"patterns\": [\n        {{\n          \"match\": {start}"),
    );
    let changes = format!("{})[ \\\\t]+({}", words.changes.join("|"), words.changed.join("|"));
    let statement = format!(
        "\"3\": {{\n              \"name\": \"constant.other.reference.prm\"\n            }}\n          }}\n        }},\n        {{\n          \"match\": {start}"
    );
    let word = "keyword.other.clause.prm\",\n      \"match\": \"(?<![\\\\w.:/-])(?:";
    let (clause, other) = (
        format!("\"clause-words\": {{\n      \"name\": \"{word}"),
        format!("\"within-words\": {{\n      \"name\": \"{word}"),
    );
    let all = [words.declare.as_slice(), &words.others].concat();
    made(
        "editors/textmate/syntaxes/prm.tmLanguage.json",
        &[
            (&declarations, ")[ \\\\t]+", words.declare.join("|")),
            (&change, ")(?!", changes),
            (&statement, ")(?!", all.join("|")),
            (&clause, ")(?!", words.clauses.join("|")),
            (&other, ")(?!", words.within.join("|")),
        ],
    );
}

#[test]
fn the_tree_sitter_grammar_lists_the_words_and_statements_of_the_language() {
    let words = words();
    let quoted = |word: &str| format!("\"{word}\"");
    let single = |word: &str| format!("'{word}',");
    let rules: Vec<String> = ALL.iter().map(|row| rule(row.kind)).chain(["other".to_owned()]).collect();
    // Where an id stands behind the first word, the line may turn out to be one of a crosswalk.
    let names_first = |row: &&Statement| {
        let role = row.parts.first().and_then(Part::role);
        row.kind != Kind::Line
            && !row.word.contains(' ')
            && role.is_some_and(|role| !matches!(role, Role::Title | Role::Text))
    };
    let conflicts: Vec<String> =
        ALL.iter().filter(names_first).map(|row| rule(row.kind)).chain(["other".to_owned()]).collect();
    let symbols = |rules: &[String], begin: &str| {
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        lines(&rules, |rule| format!("$.{rule},"), begin)
    };
    let relations: Vec<String> = words.relate.iter().map(|word| format!("'{word}'")).collect();
    made(
        "editors/tree-sitter-prm/grammar.js",
        &[
            ("const STATEMENT_WORDS = [\n", "\n];", lines(&words.begin, single, "  ")),
            ("const RELATIONS = [", "];", relations.join(", ")),
            ("conflicts: $ => [\n", "\n  ].map", symbols(&conflicts, "    ")),
            ("_statement: $ => choice(\n", "\n    ),", symbols(&rules, "      ")),
        ],
    );
    let longest = words.clauses.iter().map(|word| word.len()).max().unwrap();
    made(
        "editors/tree-sitter-prm/src/scanner.c",
        &[
            ("CLAUSE_WORDS[] = {\n", "\n};", lines(&words.clauses, |word| format!("\"{word}\","), "    ")),
            ("LONGEST_CLAUSE_WORD = ", " }", longest.to_string()),
        ],
    );
    let within = [words.clauses.as_slice(), &words.within].concat();
    let own = made(
        "editors/tree-sitter-prm/queries/highlights.scm",
        &[
            ("; begin statements\n[\n", "\n]", lines(&words.begin, quoted, "  ")),
            ("; within statements\n[\n", "\n]", lines(&within, quoted, "  ")),
        ],
    );
    let translated = |to: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        CAPTURES.iter().fold(own.clone(), |text, row| text.replace(row.0, to(row)))
    };
    held("editors/helix/queries/prm/highlights.scm", &translated(|row| row.1));
    held("editors/zed/languages/prm/highlights.scm", &translated(|row| row.2));
}

#[test]
fn the_tree_sitter_parser_has_every_statement_and_word() {
    let language: Language = tree_sitter_prm::LANGUAGE.into();
    let missing = |name: &str, is_rule: bool| language.id_for_node_kind(name, is_rule) == 0;
    let rules = ALL.iter().map(|row| rule(row.kind)).filter(|rule| missing(rule, true));
    let words = statements::words().filter(|word| missing(word, false)).map(str::to_owned);
    let missing: Vec<String> = rules.chain(words).collect();
    assert!(missing.is_empty(), "make the parser again (editors/tree-sitter-prm/README.md): it lacks {missing:?}");
}

/// The name of a statement's rule.
fn rule(kind: Kind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
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
        // The server offers every statement itself, and what is tabbed over should claim nothing.
        let prefix = snippet["prefix"].as_str().unwrap();
        assert!(statements::statement_words().all(|word| word != prefix), "{name}: the server has `{prefix}` itself");
        let lines: Vec<&str> = match &snippet["body"] {
            serde_json::Value::Array(lines) => lines.iter().map(|line| line.as_str().unwrap()).collect(),
            line => vec![line.as_str().unwrap()],
        };
        let model = without_places(&(lines.join("\n") + "\n"));
        let (tree, diagnostics) = syntax::parse(FileId(0), &model);
        assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}\n{model}");
        let claims = tree.nodes.iter().filter(|node| matches!(node.kind, Kind::Exclude | Kind::Apply | Kind::Conforms));
        let links = tree.args.iter().filter(|arg| arg.role == Role::Satisfies);
        assert_eq!((claims.count(), links.count()), (0, 0), "{name}: it claims something");
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

/// The schema by which editors complete and check `prm.toml` is the compiler's, and takes what the compiler takes.
#[test]
fn the_schema_of_manifests_takes_what_the_compiler_takes() {
    let schema = prm::emit::schemas().into_iter().find(|schema| schema.name == "manifest").unwrap();
    let text = (schema.text)();
    held("editors/prm.toml.schema.json", &text);
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let json = |text: &str| serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    // Each key of the table is one that the reader knows, and the other way round.
    let keys = "[package]\nname = \"a\"\nversion = \"1\"\n[dependencies]\nb = { path = \"../b\" }\n[lints]\nP301 = \"allow\"\nP4xx = \"warn\"\nmissing-purpose = \"deny\"\n[[output]]\nformat = \"soa\"\nas = \"csv\"\npath = \"a.csv\"\ncatalog = \"c\"\n[[output]]\nformat = \"markdown\"\npath = \"a.md\"\nprovenance = true\ndraft = true\n[[output]]\nformat = \"html\"\npath = \"a.html\"\ntemplate = \"b.html\"\n[[output]]\nformat = \"docx\"\npath = \"a.docx\"\ntemplate = \"house.docx\"\n[[output]]\nformat = \"assessment\"\npath = \"r.md\"\nassessment = \"a\"\n[[output]]\nformat = \"json\"\npath = \"a.json\"\ncompact = true\n";
    let read = |text: &str| prm::package::manifest::read(FileId(0), text, "", &prm::emit::output::formats()).1;
    assert!(read(keys).is_empty(), "{:?}", read(keys));
    for table in prm::package::keys::TABLES {
        assert!(keys.contains(table.head) && table.keys.iter().all(|key| keys.contains(&format!("{} = ", key.name))));
    }
    for (level, _) in prm::package::keys::LEVELS {
        assert!(keys.contains(&format!("\"{level}\"")));
    }
    assert_follows(&schema, &json(keys));
    for (what, instead) in [
        ("name = \"a\"\n", ""),
        ("version", "versoin"),
        ("path = \"../b\"", "paht = \"../b\""),
        ("P301", "P104"),
        ("\"allow\"", "\"ignore\""),
        ("\"soa\"", "\"sao\""),
        ("\"csv\"", "\"tsv\""),
        ("true", "\"yes\""),
        ("[lints]", "[lint]"),
        ("path = \"a.md\"\n", ""),
        ("\"house.docx\"", "1"),
    ] {
        let slip = keys.replacen(what, instead, 1);
        assert!(!read(&slip).is_empty(), "{slip}");
        let is_taken = std::panic::catch_unwind(|| assert_follows(&schema, &json(&slip))).is_ok();
        assert!(!is_taken, "{slip}");
    }
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

/// What the manifest of the extension for VS Code names is there: commands in its source, files beside it or copied by its
/// script, contexts that are set.
#[test]
fn what_the_extension_contributes_is_there() {
    let manifest: serde_json::Value = serde_json::from_str(&read("editors/vscode/package.json")).unwrap();
    let source: String = files(&root().join("editors/vscode/src"), "ts").iter().map(|path| read_path(path)).collect();
    let contributed = manifest["contributes"]["commands"].as_array().unwrap();
    let commands: Vec<&str> = contributed.iter().map(|row| row["command"].as_str().unwrap()).collect();
    for command in &commands {
        assert!(source.contains(&format!("\"{command}\"")), "nothing is done at `{command}`");
    }
    let copied = manifest["scripts"]["grammar"].as_str().unwrap();
    let mut texts = Vec::new();
    collect_texts(&manifest["contributes"], &mut texts);
    let (mut used, mut seen) = (0, 0);
    for text in texts {
        let parts = text.split(|mark: char| !(mark.is_alphanumeric() || "._-/:".contains(mark)));
        for part in parts {
            let command = part.strip_prefix("command:").or_else(|| part.strip_prefix("onCommand:"));
            let command = command.filter(|command| command.starts_with("prm."));
            if let Some(command) = command.filter(|command| !command.ends_with(".focus")) {
                assert!(commands.contains(&command), "`{command}` is no command");
                used += 1;
            }
            if let Some(context) = part.strip_prefix("onContext:") {
                assert!(source.contains(&format!("\"{context}\"")), "nobody sets `{context}`");
            }
            let is_file = [".json", ".svg", ".png", ".md"].iter().any(|ending| part.ends_with(ending));
            if is_file && !part.contains(':') {
                let name = part.trim_start_matches("./");
                let is_there = root().join("editors/vscode").join(name).is_file();
                let is_copied = name.rsplit('/').next().is_some_and(|file| copied.contains(file));
                assert!(is_there || is_copied || name.starts_with("prm."), "there is no `{part}`");
                seen += 1;
            }
        }
    }
    assert!(commands.len() > 5 && used > 2 && seen > 5, "{} {used} {seen}", commands.len());
}

fn collect_texts<'a>(value: &'a serde_json::Value, texts: &mut Vec<&'a str>) {
    match value {
        serde_json::Value::String(text) => texts.push(text),
        serde_json::Value::Array(all) => all.iter().for_each(|one| collect_texts(one, texts)),
        serde_json::Value::Object(all) => all.values().for_each(|one| collect_texts(one, texts)),
        _ => {}
    }
}

fn read_path(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
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
