//! What the README shows is what happens: its commands are run, its files compiled, its pictures made from real
//! output, and the tables of the language reference come from the table of statements.
//!
//! A `console` block is run line by line in a folder that holds copies of `examples/` and `stdlib/`. A line `...`
//! stands for any lines; `exit=1` behind the word `console` is the exit code that its commands have. A block with a
//! file name behind its language is written to that file. `UPDATE=1 cargo test` renews the pictures and the tables.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Parser;
use prm::syntax::statements::{self, Kind};

const PRM: &str = env!("CARGO_BIN_EXE_prm");

/// The pages whose commands are run: each with the folder from which they are, and how many there are at least.
const PAGES: &[(&str, &str, usize)] = &[
    ("README.md", "", 15),
    ("docs/authors.md", "", 5),
    ("docs/assessments.md", "examples/meridian", 6),
    ("docs/review.md", "examples", 3),
    ("examples/meridian/README.md", "examples/meridian", 8),
];

#[test]
fn commands_show_what_they_show() {
    for (page, folder, least) in PAGES {
        let ran = run_page(page, folder);
        assert!(ran >= *least, "{page}: only {ran} commands were run");
    }
}

fn run_page(page: &str, folder: &str) -> usize {
    let workspace = workspace();
    let home = workspace.path().join(folder);
    let text = fs::read_to_string(root().join(page)).unwrap();
    let mut ran = 0;
    for block in blocks(&text) {
        let mut words = block.info.split_whitespace();
        match (words.next(), words.next()) {
            (Some("console"), exit) => {
                let exit = exit.map_or(0, |exit| exit.strip_prefix("exit=").unwrap().parse().unwrap());
                ran += console(page, &home, &block, exit);
            }
            (Some("sh" | "bash" | "shell"), _) => panic!("{page}:{}: commands stand in `console` blocks", block.line),
            (Some(_), Some(file)) => {
                fs::create_dir_all(home.join(file).parent().unwrap()).unwrap();
                fs::write(home.join(file), block.lines.join("\n") + "\n").unwrap();
            }
            _ => {}
        }
    }
    ran
}

/// The pages of the manual.
fn chapters() -> Vec<(String, String)> {
    let pages = crate::support::entries(&root().join("docs"));
    let pages = pages.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Whatever the manual shows is of the form that it says: commands have these options, models and manifests can be read.
#[test]
fn what_the_manual_shows_can_be_written() {
    let (mut commands, mut models, mut manifests) = (0, 0, 0);
    for (page, text) in chapters() {
        for block in blocks(&text) {
            let lines = block.lines.join("\n") + "\n";
            let place = format!("docs/{page}:{}", block.line);
            match block.info.split(' ').next() {
                Some("console") => {
                    let shown = block.lines.iter().filter_map(|line| line.strip_prefix("$ prm "));
                    for command in shown.map(|command| command.split(['#', '>', '<', '|']).next().unwrap()) {
                        let words = ["prm"].into_iter().chain(words(command));
                        if let Err(error) = prm::cli::args::Arguments::try_parse_from(words) {
                            panic!("{place}: `prm {command}`: {error}");
                        }
                        commands += 1;
                    }
                }
                Some("prm") => {
                    let (_, found) = prm::syntax::parse(prm::span::FileId(0), &lines);
                    assert!(found.is_empty(), "{place}: {found:?}");
                    models += 1;
                }
                // A lock file is no manifest.
                Some("toml") if !lines.contains("[[link]]") => {
                    let head = "[package]\nname = \"shown\"\nversion = \"1.0.0\"\n";
                    let manifest = if lines.contains("[package]") { lines } else { format!("{head}{lines}") };
                    let project = crate::support::Project::new().with("prm.toml", manifest).at("");
                    let found = project.compile().lines();
                    // Packages beside it are not there.
                    let mut found = found.lines().filter(|line| !line.contains("[P022]"));
                    assert_eq!(found.find(|line| line.contains("[P0")), None, "{place}");
                    manifests += 1;
                }
                _ => {}
            }
        }
    }
    assert!(commands > 40 && models > 15 && manifests > 10, "{commands} {models} {manifests}");
}

/// From the page of contents every chapter can be reached, and its headings are where it says.
#[test]
fn the_manual_has_a_page_of_contents() {
    let contents = fs::read_to_string(root().join("docs/README.md")).unwrap();
    let targets: Vec<&str> = contents.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    for (page, _) in chapters().iter().filter(|(page, _)| page != "README.md") {
        assert!(
            targets.iter().any(|target| target.split('#').next() == Some(page)),
            "docs/README.md leads nowhere to {page}"
        );
    }
    for target in targets {
        let (page, heading) = target.split_once('#').unwrap_or((target, ""));
        let path = root().join("docs").join(page);
        assert!(path.exists(), "docs/README.md: {target}");
        let anchor = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let is_there = |text: &str| text.lines().any(|line| line.starts_with('#') && anchor(line) == heading);
        assert!(heading.is_empty() || is_there(&fs::read_to_string(path).unwrap()), "docs/README.md: {target}");
    }
}

#[test]
fn models_that_are_shown_are_models() {
    for page in ["README.md", "docs/language.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let shown: Vec<Block<'_>> = blocks(&text).filter(|block| block.info == "prm").collect();
        assert!(!shown.is_empty(), "{page} shows no model");
        for block in shown {
            let home = workspace();
            fs::write(home.path().join("shown.prm"), block.lines.join("\n") + "\n").unwrap();
            // A picture that one of them names.
            fs::write(home.path().join("incident.svg"), "<svg/>\n").unwrap();
            let (output, code) = run(home.path(), &["check", "shown.prm", "--deny", "warnings"]);
            assert_eq!(code, 0, "{page}:{}: {output}", block.line);
        }
    }
}

/// The files that the page on the language shows by name are a package with its bases.
#[test]
fn layers_that_are_shown_are_layers() {
    let text = fs::read_to_string(root().join("docs/language.md")).unwrap();
    let home = workspace();
    for block in blocks(&text) {
        let Some((_, path)) = block.info.split_once(' ') else { continue };
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, block.lines.join("\n") + "\n").unwrap();
    }
    let (output, code) = run(home.path(), &["check", "layers", "--deny", "warnings"]);
    assert_eq!(code, 0, "{output}");
    // What the comments there say would be said.
    let path = home.path().join("layers/acme.prm");
    let acme = fs::read_to_string(&path).unwrap();
    let restated = "because \"Acme hands out keys daily.\"\n    produces key-book";
    for (part, code) in [("term \"bar\"", "P114"), (restated, "P709")] {
        assert!(acme.contains(part), "{part}");
        let without: String = match part {
            "term \"bar\"" => {
                acme.lines().filter(|line| !line.starts_with(part)).map(|line| format!("{line}\n")).collect()
            }
            _ => acme.replace(part, "because \"Acme hands out keys daily.\""),
        };
        fs::write(&path, without).unwrap();
        let (output, _) = run(home.path(), &["check", "layers"]);
        assert!(output.contains(code), "{part}: {output}");
    }
    fs::write(&path, acme).unwrap();
    let (output, _) = run(home.path(), &["why", "LCK.01", "layers"]);
    assert!(output.contains("LCK.01 is KEY.01 now"), "{output}");
}

/// The page on the language shows every statement in an example, all of which are compiled.
#[test]
fn every_statement_is_shown() {
    let text = fs::read_to_string(root().join("docs/language.md")).unwrap();
    let mut missing: Vec<Kind> =
        statements::ALL.iter().map(|row| row.kind).filter(|kind| *kind != Kind::Other).collect();
    for block in blocks(&text).filter(|block| block.info.split(' ').next() == Some("prm")) {
        let (tree, found) = prm::syntax::parse(prm::span::FileId(0), &(block.lines.join("\n") + "\n"));
        assert!(found.is_empty(), "docs/language.md:{}: {found:?}", block.line);
        missing.retain(|kind| tree.nodes.iter().all(|node| node.kind != *kind));
    }
    missing.retain(|kind| *kind != Kind::FieldValue);
    assert!(missing.is_empty(), "no example has {missing:?}");
}

#[test]
fn examples_check_in_silence() {
    for path in ["examples/first.prm", "examples/acme", "examples/assessment", "stdlib/iso33052"] {
        let (output, code) = run(&root(), &["check", path, "--message-format", "short", "--deny", "warnings"]);
        assert_eq!((output.as_str(), code), ("", 0), "{path}");
    }
}

#[test]
fn pictures_are_made_from_real_output() {
    let home = workspace();
    run(home.path(), &["graph", "examples/holes.prm", "--view", "trace", "-o", "coverage.svg"]);
    held("docs/coverage.svg", &fs::read_to_string(home.path().join("coverage.svg")).unwrap());
    run(home.path(), &["graph", "examples/holes.prm", "-o", "map.svg"]);
    held("docs/map.svg", &fs::read_to_string(home.path().join("map.svg")).unwrap());
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let shown = blocks(&text).find(|block| block.info == "prm badges.prm").unwrap();
    fs::write(home.path().join("badges.prm"), shown.lines.join("\n") + "\n").unwrap();
    let (colour, _) = run(home.path(), &["check", "badges.prm", "--color", "always"]);
    held("docs/diagnostics.svg", &terminal("prm check badges.prm", &colour));
}

/// Drawings of the manual that `prm` makes itself; photographs of pages are made by `docs/pictures/make`.
#[test]
fn drawings_of_the_manual_are_made_by_the_program() {
    let home = workspace();
    for (name, arguments) in [
        ("neighbours", &["graph", "examples/acme", "--process", "TEC.04"][..]),
        ("clause", &["graph", "stdlib/iso33052", "--view", "trace", "--clause", "10"]),
    ] {
        let drawing = format!("{name}.svg");
        let (said, code) = run(home.path(), &[arguments, &["-o", &drawing]].concat());
        assert_eq!(code, 0, "{said}");
        held(&format!("docs/pictures/{drawing}"), &fs::read_to_string(home.path().join(drawing)).unwrap());
    }
    let (said, code) = run(
        &home.path().join("examples/meridian"),
        &["build", "assessed", "--format", "assessment", "--assessment", "A26", "--as", "adoc", "-o", "a26.adoc"],
    );
    assert_eq!(code, 0, "{said}");
    let drawing = home.path().join("examples/meridian/figures/assessment-A26-1.svg");
    held("docs/pictures/profile.svg", &fs::read_to_string(drawing).unwrap());
}

/// The pages of the manual and the README, each with the way from it to `docs/pictures`.
fn pages() -> Vec<(String, String)> {
    chapters()
        .into_iter()
        .chain([("../README.md".to_owned(), fs::read_to_string(root().join("README.md")).unwrap())])
        .collect()
}

#[test]
fn each_picture_is_there_is_small_and_is_shown() {
    let folder = root().join("docs/pictures");
    let mut shown: Vec<String> = Vec::new();
    for (page, text) in pages() {
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let Some((_, name)) = target.split_once("pictures/") else { continue };
            assert!(folder.join(name).is_file(), "{page}: {target} is not there");
            shown.push(name.to_owned());
        }
        let is_told = |text: &&str| text.split(']').next().unwrap().len() > 10;
        assert!(text.split("![").skip(1).all(|alternative| is_told(&alternative)), "{page}: a picture says nothing");
    }
    let mut bytes = 0;
    for file in crate::support::entries(&folder) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name == "make" || shown.iter().any(|shown| shown == name), "no page shows docs/pictures/{name}");
        let size = fs::metadata(&file).unwrap().len();
        assert!(size < 80_000, "docs/pictures/{name} has {size} bytes");
        bytes += size;
    }
    assert!(bytes < 600_000, "docs/pictures has {bytes} bytes");
}

/// Of each output of `prm build` the manual has a picture, or a part of the file, which is what is written.
#[test]
fn each_output_is_shown() {
    let home = workspace();
    let pages = pages();
    let mut samples = String::new();
    for (page, text) in &pages {
        for part in text.split("<!-- sample: ").skip(1) {
            let (command, rest) = part.split_once(" -->\n").unwrap();
            let shown = blocks(rest).next().unwrap().lines.join("\n");
            assert!(rest.starts_with("```") && shown.len() > 40, "{page}: {command}: nothing is shown");
            let out = tempfile::tempdir().unwrap();
            let file = out.path().join("out");
            let (said, code) =
                run(home.path(), &[&["build"], &words(command)[..], &["-o", file.to_str().unwrap()]].concat());
            assert_eq!(code, 0, "{page}: {command}: {said}");
            let written: Vec<String> =
                files_below(out.path()).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
            assert!(written.iter().any(|text| text.contains(&shown)), "{page}: {command} does not write\n{shown}");
            samples.push_str(&format!("{command} "));
        }
    }
    // Parquet is no sight; its tables are those of the others.
    for output in prm::OUTPUTS.iter().filter(|output| output.format != "parquet") {
        let picture = format!("](pictures/{}.", output.format);
        let sample = format!("--format {} ", output.format);
        let is_shown = samples.contains(&sample) || pages.iter().any(|(_, text)| text.contains(&picture));
        assert!(is_shown, "the manual shows nothing of `--format {}`", output.format);
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = crate::support::entries(folder).into_iter();
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn the_reference_holds_every_statement() {
    let path = root().join("docs/language.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- begin: statements -->\n", "<!-- end: statements -->");
    let (before, rest) = text.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    held("docs/language.md", &format!("{before}{begin}\n{}{end}{after}", tables()));
}

/// A fenced block.
struct Block<'a> {
    info: &'a str,
    line: usize,
    lines: Vec<&'a str>,
}

fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let mut lines = text.lines().enumerate();
    std::iter::from_fn(move || {
        let (number, info) = lines.find_map(|(number, line)| Some((number, line.strip_prefix("```")?)))?;
        let lines = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        Some(Block { info, line: number + 1, lines })
    })
}

/// Runs the commands of a block; gives how many there were.
fn console(page: &str, home: &Path, block: &Block<'_>, exit: i32) -> usize {
    let mut lines: VecDeque<&str> = block.lines.iter().copied().collect();
    let mut ran = 0;
    while let Some(line) = lines.pop_front() {
        let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{page}:{}: `{line}`", block.line));
        let mut expected = Vec::new();
        while let Some(line) = lines.pop_front_if(|line| !line.starts_with("$ ")) {
            expected.push(line);
        }
        let command = command.split_once(" #").map_or(command, |(command, _)| command).trim();
        let Some((output, code)) = execute(home, command) else {
            assert!(expected.is_empty(), "`{command}` is not run, and may show nothing");
            continue;
        };
        ran += 1;
        let actual: Vec<&str> = output.lines().map(str::trim_end).collect();
        let place = format!("{page}:{}: $ {command}", block.line);
        assert!(matches(&expected, &actual), "{place}\n--- shown\n{}\n--- real\n{output}", expected.join("\n"));
        assert_eq!(code, exit, "{place}: its exit code\n{output}");
    }
    ran
}

/// The output and exit code of a command; nothing for those which a test cannot run.
fn execute(home: &Path, command: &str) -> Option<(String, i32)> {
    if matches!(command, "cargo test" | "cargo install --path ." | "cargo build --release") {
        return None;
    }
    if let Some(file) = command.strip_prefix("head -n 12 ") {
        let text = fs::read_to_string(home.join(file)).unwrap();
        return Some((text.lines().take(12).map(|line| format!("{line}\n")).collect(), 0));
    }
    let (command, file) = command.split_once(" > ").map_or((command, None), |(command, file)| (command, Some(file)));
    let arguments = command.strip_prefix("cargo run --release -- ").or(command.strip_prefix("prm ")).unwrap();
    let (output, code) = run(home, &words(arguments));
    match file {
        None => Some((output, code)),
        Some(file) => {
            fs::write(home.join(file), output).unwrap();
            Some((String::new(), code))
        }
    }
}

/// The words of a command; a text in double quotes is one.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect()
}

/// Runs the command; both streams go to one place, as on a terminal.
fn run(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let both = tempfile::NamedTempFile::new().unwrap();
    let status = Command::new(PRM)
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(fs::OpenOptions::new().append(true).open(both.path()).unwrap())
        .stderr(fs::OpenOptions::new().append(true).open(both.path()).unwrap())
        .status()
        .unwrap();
    (fs::read_to_string(both.path()).unwrap(), status.code().unwrap())
}

/// Whether lines are as shown, `...` standing for any lines.
fn matches(shown: &[&str], real: &[&str]) -> bool {
    match shown.split_first() {
        None => real.is_empty(),
        Some((&"...", rest)) => (0..=real.len()).any(|skipped| matches(rest, &real[skipped..])),
        Some((first, rest)) => real.split_first().is_some_and(|(line, real)| first == line && matches(rest, real)),
    }
}

/// A folder with copies of what the README refers to.
fn workspace() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for folder in ["examples", "stdlib"] {
        copy(&root().join(folder), &home.path().join(folder));
    }
    home
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a file of the project with what it has to be, or renews it.
pub fn held(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, text).unwrap();
        return;
    }
    let found = fs::read_to_string(file).unwrap_or_default();
    assert!(found == text, "{path} is out of date: run `UPDATE=1 cargo test`, and look at the difference");
}

/// The tables of the reference: for each block, the statements that may stand in it.
fn tables() -> String {
    let mut text = String::new();
    let any: Vec<&str> = statements::ALL
        .iter()
        .filter(|row| row.places.contains(&statements::Place::AnyBlock))
        .map(|row| row.word)
        .collect();
    for block in std::iter::once(None).chain(statements::ALL.iter().map(|row| Some(row.kind))) {
        let rows: Vec<_> = statements::standing_in(block).filter(|row| !any.contains(&row.word)).collect();
        if rows.is_empty() {
            continue;
        }
        let heading = match block {
            None => "At the top of a file".to_owned(),
            Some(kind) => format!("In a block of `{}`", kind.word()),
        };
        text.push_str(&format!("### {heading}\n\n| statement | meaning |\n| --- | --- |\n"));
        for row in rows {
            text.push_str(&format!("| `{}` | {} |\n", row.shape().replace('|', "\\|"), row.meaning));
        }
        text.push('\n');
    }
    text.push_str("### In every block\n\n| statement | meaning |\n| --- | --- |\n");
    for row in statements::ALL.iter().filter(|row| any.contains(&row.word) && row.kind != Kind::Other) {
        text.push_str(&format!("| `{}` | {} |\n", row.shape(), row.meaning));
    }
    text.push('\n');
    for (heading, begins) in [("Words that begin a clause", true), ("Words within a clause", false)] {
        text.push_str(&format!("### {heading}\n\n| word | in | meaning |\n| --- | --- | --- |\n"));
        for row in statements::CLAUSE_WORDS.iter().filter(|row| row.begins == begins) {
            let shape = if row.begins { row.shape() } else { row.word };
            let of: Vec<String> = row.of().map(|row| statement_name(row.kind)).collect();
            text.push_str(&format!("| `{shape}` | {} | {} |\n", of.join(", "), row.meaning));
        }
        text.push('\n');
    }
    text
}

fn statement_name(kind: Kind) -> String {
    match kind.word() {
        "" => "a line of a crosswalk".to_owned(),
        word => format!("`{word}`"),
    }
}

/// What a terminal shows, as a picture.
fn terminal(command: &str, output: &str) -> String {
    const WIDTH: usize = 102;
    let rows: Vec<Vec<Span>> = std::iter::once(vec![Span { text: format!("$ {command}"), class: "dim" }])
        .chain(output.lines().map(spans))
        .collect();
    let height = rows.len() * 18 + 28;
    let width = WIDTH * 8 + 32;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"What `{command}` shows\">\n<style>\n\
         text{{font:13px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#e6edf3;white-space:pre}}\n\
         .red{{fill:#ff7b72}}.yellow{{fill:#e3b341}}.blue{{fill:#79c0ff}}.green{{fill:#7ee787}}.dim{{fill:#9da7b1}}\n\
         .bold{{font-weight:bold}}\n</style>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n"
    );
    for (number, row) in rows.iter().enumerate() {
        let y = number * 18 + 28;
        svg.push_str(&format!("<text x=\"16\" y=\"{y}\" xml:space=\"preserve\">"));
        for span in row {
            let text = span.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            svg.push_str(&match span.class {
                "" => text,
                class => format!("<tspan class=\"{class}\">{text}</tspan>"),
            });
        }
        svg.push_str("</text>\n");
    }
    svg + "</svg>\n"
}

struct Span {
    text: String,
    class: &'static str,
}

/// A line with escape sequences, cut where its colour changes.
fn spans(line: &str) -> Vec<Span> {
    let mut class = "";
    let mut spans = Vec::new();
    for (number, part) in line.split("\x1b[").enumerate() {
        let (codes, text) = if number == 0 { ("", part) } else { part.split_once('m').unwrap() };
        class = match codes {
            "0" => "",
            "31" | "38;5;9" => "red",
            "33" | "38;5;11" => "yellow",
            "34" | "36" => "blue",
            "32" => "green",
            "1" if class.is_empty() => "bold",
            _ => class,
        };
        if number == 0 && text.is_empty() {
            continue;
        }
        spans.push(Span { text: text.to_owned(), class });
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}
