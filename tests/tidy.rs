//! The house keeps itself clean: floors, codes, words, sizes, and the packages that come with the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use prm::codes;
use prm::diagnostic::{Code, Family};
use prm::model::ReqKind;
use prm::package::{standard_names, standard_package};

use crate::cases;
use crate::support::Project;

/// The floors, the lowest first. A module imports from its own floor's row only what is named behind it.
const FLOORS: &[(&str, &str)] = &[
    ("span", ""),
    ("hands", ""),
    ("index", "span"),
    ("english", ""),
    ("source", "span"),
    ("diagnostic", "span source"),
    ("codes", "diagnostic"),
    ("syntax", "span source diagnostic codes"),
    ("model", "span index source"),
    ("render", "span source diagnostic codes syntax"),
    ("package", "span hands source diagnostic codes syntax render"),
    ("formatter", "span source diagnostic codes syntax"),
    ("writer", "span source syntax formatter"),
    ("document", "span source render writer"),
    ("pictures", "span source diagnostic codes syntax package document"),
    ("graph", "index model"),
    ("review", "span source model package"),
    ("resolve", "span index source diagnostic codes syntax model package"),
    ("unknown", "span source diagnostic codes syntax model package resolve"),
    ("coverage", "span index model graph"),
    ("measure", "span index model"),
    ("checks", "span hands index english source diagnostic codes model package review graph unknown coverage measure"),
    (
        "compile",
        "span index hands source diagnostic codes syntax package pictures model review resolve graph unknown coverage measure checks",
    ),
    ("diff", "span source model coverage measure compile"),
    (
        "emit",
        "span index english source diagnostic codes syntax render package formatter writer model review graph coverage \
         measure checks compile diff document pictures",
    ),
    ("import", "span source diagnostic syntax model package writer measure compile document emit"),
    (
        "lsp",
        "span index source diagnostic codes syntax model package formatter writer review graph resolve coverage compile \
         document emit",
    ),
    (
        "cli",
        "hands document source diagnostic codes syntax render package formatter writer model coverage review checks compile diff emit import lsp",
    ),
];

#[test]
fn imports_go_down_only() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        let Some((_, below)) = FLOORS.iter().find(|(floor, _)| *floor == module) else {
            assert!(matches!(module.as_str(), "lib" | "main"), "{module} is on no floor");
            continue;
        };
        for used in paths(&path, &text).iter().filter_map(|path| path.first()) {
            let is_module = FLOORS.iter().any(|(floor, _)| floor == used);
            if is_module && *used != module && !below.split(' ').any(|floor| floor == used) {
                faults.push(format!("{} imports {used}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Files, clocks, threads, the terminal: what only the command and the transport of the language server know.
const EFFECTS: &[&str] = &[
    "std::{",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "io::stderr",
    "io::stdin",
    "io::stdout",
    "print!(",
    "println!(",
];

#[test]
fn the_core_has_no_effects() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if matches!(module_of(&path).as_str(), "cli" | "lsp" | "main") {
            continue;
        }
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for (line, effect) in code.flat_map(|line| EFFECTS.iter().map(move |effect| (line, effect))) {
            if line.contains(effect) {
                faults.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What the library promises: everything else may change from one version to the next.
const PUBLIC: &str = "\
    Artifact CODES CatalogCoverage Checked Code Colour Compilation Coverage Diagnostic Edit Entry Facts Family FileId Files Form Formatted \
    GraphFormat GraphScope Label Memory MessageFormat OUTPUTS Options Output Position Refused Request Severity Source \
    Sources Span Status Subject SubjectKind Summary Unfaithful Unreadable colours compile format graph output render write_json";

#[test]
fn the_library_offers_a_few_names() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for (before, line) in text.lines().zip(text.lines().skip(1)).filter(|(_, line)| line.starts_with("pub mod")) {
        assert_eq!(before, "#[doc(hidden)]", "{line}");
    }
    let mut names = BTreeSet::new();
    for item in text.split("\npub use ").skip(1) {
        let (path, _) = item.split_once(';').unwrap();
        let list = path.rsplit_once('{').map_or(path, |(_, list)| list.trim_end_matches('}'));
        names.extend(list.split(',').map(|name| name.rsplit([' ', ':']).next().unwrap()));
    }
    names.extend(text.split("\npub fn ").skip(1).map(|item| item.split(['(', '<']).next().unwrap()));
    assert_eq!(names, PUBLIC.split(' ').collect());
}

/// How many crates the core may stand on: whoever takes the compiler in as a library, to run in a page too, pays them all.
const CORE: usize = 45;

#[test]
fn the_core_stands_on_few_crates() {
    let tree = |features: &[&str]| -> BTreeSet<String> {
        let arguments = ["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none"];
        let run = Command::new(env!("CARGO")).args(arguments).args(features).current_dir(root()).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let tree = String::from_utf8(run.stdout).unwrap();
        tree.lines().map(|line| line.split(" (").next().unwrap().to_owned()).collect()
    };
    let core = tree(&["--no-default-features"]);
    assert!(core.len() <= CORE, "{} crates, {CORE} may be: {core:#?}", core.len());
    let whole = tree(&[]);
    for name in ["clap", "ctrlc", "indicatif", "lsp-server", "miette", "notify", "rust_xlsxwriter", "schemars"] {
        let holds = |tree: &BTreeSet<String>| tree.iter().any(|line| line.split(' ').next() == Some(name));
        assert!(holds(&whole) && !holds(&core), "{name}");
    }
}

/// Files that import each other, over however many others, are one file in pieces. A module and what stands in its
/// folder belong together, and are not meant.
#[test]
fn no_circle_of_files() {
    let files = sources();
    let modules: BTreeSet<Vec<String>> = files.iter().map(|(path, _)| module_path(path)).collect();
    let mut imports: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (path, text) in &files {
        let from = module_path(path);
        let to = paths(path, text).into_iter().filter_map(|path| {
            (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|module| modules.contains(module))
        });
        let is_near = |to: &Vec<String>| to.starts_with(&from) || from.starts_with(to);
        imports.insert(from.clone(), to.filter(|to| !is_near(to)).collect());
    }
    // Who imports nobody that is left, or is imported by nobody, is in no circle.
    loop {
        let imported: BTreeSet<_> = imports.values().flatten().cloned().collect();
        let is_done = |(from, to): &(&Vec<String>, &BTreeSet<_>)| to.is_empty() || !imported.contains(*from);
        let done: Vec<_> = imports.iter().filter(is_done).map(|(from, _)| from.clone()).collect();
        if done.is_empty() {
            break;
        }
        done.iter().for_each(|from| drop(imports.remove(from)));
        imports.values_mut().for_each(|to| to.retain(|to| !done.contains(to)));
    }
    let circles: Vec<String> = imports.iter().map(|(from, to)| format!("{from:?} imports {to:?}")).collect();
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn imports_are_read() {
    let text = "use crate::{span::{self, FileId}, source};\n// crate::no\nuse super::super::names;\nlet a = crate::x::Y::new();";
    let read = paths(&root().join("src/lsp/handlers/hover.rs"), text);
    let read: Vec<String> = read.iter().map(|path| path.join("::")).collect();
    assert_eq!(read, ["span::self", "span::FileId", "source", "lsp::names", "x::Y::new"]);
}

#[test]
fn every_code_is_given_somewhere() {
    let text: String = sources().into_iter().map(|(_, text)| text).collect();
    let constant = |code: &&&Code| code.name.to_uppercase().replace('-', "_");
    let given = codes::ALL.iter().filter(|code| code.retired.is_none());
    let silent: Vec<&&Code> = given.filter(|code| !text.contains(&constant(code))).collect();
    assert!(silent.is_empty(), "nothing gives {silent:?}");
}

#[test]
fn codes_and_names_are_given_once_and_in_order() {
    for pair in codes::ALL.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    let former = |code: &'static Code| code.formerly.iter().copied();
    let mut names: Vec<&str> = codes::ALL.iter().flat_map(|code| [code.name].into_iter().chain(former(code))).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_code_begins_with_its_family() {
    for code in codes::ALL {
        let word = code.family.word();
        assert_eq!((&code.code[..2], &word[2..]), (&word[..2], "xx"), "{}", code.code);
        assert_eq!(Family::find(word), Some(code.family));
    }
    assert!(Family::ALL.is_sorted());
    assert_eq!((Family::find("P9xx"), Family::find("p4xx"), Family::find("P4")), (None, None, None));
}

#[test]
fn messages_obey_their_grammar() {
    let mut faults = Vec::new();
    for case in cases::all() {
        for diagnostic in case.project().compile().0.diagnostics {
            let message = &diagnostic.message;
            let starts_well = message.starts_with(|c: char| c.is_lowercase() || c == '`');
            let own_words = message.split('`').step_by(2).collect::<String>();
            let leaks = ["k_", "Rule::", "Some(", "None"].iter().any(|word| own_words.contains(word));
            if !starts_well || message.ends_with('.') || leaks || message.contains('\n') {
                faults.push(format!("{}: {message}", case.name));
            }
            if diagnostic.help.is_none() && diagnostic.code != &codes::MALFORMED_MANIFEST {
                faults.push(format!("{}: no help: {message}", case.name));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_standard_library_is_whole() {
    for folder in
        root().join("stdlib").read_dir().unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let (manifest, embedded) = standard_package(name).unwrap_or_else(|| panic!("{name} is not in package::stdlib"));
        assert!(standard_names().contains(&name));
        assert_eq!(manifest, fs::read_to_string(folder.join("prm.toml")).unwrap());
        let mut files: Vec<(String, String)> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "prm"))
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
            .collect();
        files.sort();
        assert!(files.iter().map(|(path, text)| (path.as_str(), text.as_str())).eq(embedded), "{name}");
    }
}

#[test]
fn packages_that_come_along_are_silent() {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["stdlib", "examples"] {
        let folder = root().join(folder);
        paths.extend(folder.read_dir().unwrap().map(|entry| entry.unwrap().path()));
    }
    // The packages of the example organization rest on each other, and are looked at by `examples`; what was imported is
    // by `into`, and what `thousand` makes by the test of its name.
    let others = ["holes.prm", "meridian", "import", "thousand"];
    for path in paths.into_iter().filter(|path| !others.iter().any(|other| path.ends_with(other))) {
        let lines = Project::read(&path).compile().lines();
        assert_eq!(lines, "", "{}", path.display());
    }
}

#[test]
fn packages_that_come_along_are_laid_out() {
    let mut folders: Vec<PathBuf> = ["stdlib", "examples"].map(|folder| root().join(folder)).into();
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "prm") {
                let text = fs::read_to_string(&path).unwrap();
                assert_eq!(prm::formatter::format(&text).unwrap().text, text, "{}: run `prm fmt`", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 15, "{count}");
}

#[test]
fn the_reference_model_covers_its_catalog() {
    let compiled = Project::read(&root().join("stdlib/iso33052")).compile();
    let summary = compiled.0.coverage.catalogs[0].summary;
    assert_eq!((summary.uncovered, summary.partial), (0, 0));
    assert_eq!(compiled.0.program.root().unwrap().model.processes.len(), 26);
}

#[test]
fn processes_of_the_reference_models_have_few_outcomes() {
    for (name, count) in [("iso33052", 26), ("iso33052-2022", 32)] {
        let compiled = Project::read(&root().join("stdlib").join(name)).compile();
        let model = &compiled.0.program.root().unwrap().model;
        assert_eq!(model.processes.len(), count);
        for process in &model.processes {
            // Eight are for risk management: assessment and treatment are long in ISO/IEC 27001.
            let outcomes = process.outcomes.len();
            let most = if compiled.0.program.name(process.id) == "COM.11" { 8 } else { 7 };
            assert!((3..=most).contains(&outcomes), "{}: {outcomes}", compiled.0.program.name(process.id));
        }
    }
}

/// Parts stand for their whole: a whole that said more than its parts would be covered by less than it asks for.
#[test]
fn a_requirement_of_the_editions_says_nothing_beside_its_parts() {
    let compiled = Project::read(&root().join("stdlib/iso27001-2013-2022")).compile();
    let program = &compiled.0.program;
    let mut wholes = 0;
    for (at, requirement) in program.requirements.iter().enumerate() {
        let has_parts = requirement.subtree_end.0 as usize > at + 1;
        if has_parts && requirement.kind != ReqKind::Clause {
            wholes += 1;
            assert!(requirement.text.is_none(), "{}", program.name(requirement.id));
        }
    }
    assert_eq!(wholes, 18);
}

#[test]
fn climate_change_is_not_the_whole_context() {
    let model = |met: &str| {
        let text = format!(
            "use iso27001-2022\nmodel m \"Model\" {{ covers iso27001-2022:4.1 }}\nprocess K.1 \"Keys\" {{ outcome 1 \"Known.\" \
             satisfies {met} }}"
        );
        Project::text(text).compile().0.coverage.catalogs[0].summary
    };
    for met in ["4.1.climate", "4.1.issues"] {
        assert_eq!((model(met).covered, model(met).uncovered), (1, 1), "{met}");
    }
    assert_eq!(model("4.1").covered, 2);
}

#[test]
fn files_stay_small_enough_to_read() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 800)
        .map(|(path, lines)| format!("{}: {lines}", path.display()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every source file with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn one_version_of_rust_is_asked_for() {
    let (_, rest) = include_str!("../Cargo.toml").split_once("rust-version = \"").unwrap();
    let version = rest.split('"').next().unwrap();
    assert!(
        include_str!("../README.md").contains(&format!("({version} or later)")),
        "the README names another than {version}"
    );
}

/// The module that a file is, from the crate down.
fn module_path(path: &Path) -> Vec<String> {
    let below = path.strip_prefix(root().join("src")).unwrap().with_extension("");
    let mut names: Vec<String> = below.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
    names.pop_if(|last| last == "mod");
    names
}

/// Every path that a file writes from `crate` or `super`, from the crate down; groups are taken apart.
fn paths(path: &Path, text: &str) -> Vec<Vec<String>> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    // What stands in braces behind a path belongs to it over several lines.
    let code: String = code.flat_map(|line| [line, "\n"]).collect();
    let module = module_path(path);
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = [rest.find("crate::"), rest.find("super::")].into_iter().flatten().min() {
        let mut above = if rest[at..].starts_with("crate") { Vec::new() } else { module.clone() };
        let is_whole = !rest[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        rest = &rest[at..];
        while let Some(behind) = rest.strip_prefix("super::") {
            above.pop();
            rest = behind;
        }
        rest = rest.strip_prefix("crate::").unwrap_or(rest);
        if is_whole {
            tree(&above, rest, &mut found);
        }
    }
    found
}

/// Reads a path or a group of paths below a module; gives what follows it.
fn tree<'t>(above: &[String], text: &'t str, found: &mut Vec<Vec<String>>) -> &'t str {
    if let Some(mut group) = text.strip_prefix('{') {
        loop {
            group = tree(above, group.trim_start_matches([',', ' ', '\n']), found);
            match group.trim_start().strip_prefix(',') {
                Some(more) if !more.trim_start().starts_with('}') => group = more,
                more => return more.unwrap_or(group).trim_start().trim_start_matches('}'),
            }
        }
    }
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    let path = [above, &[text[..end].to_owned()]].concat();
    match text[end..].strip_prefix("::") {
        Some(below) => tree(&path, below, found),
        None => {
            found.push(path);
            &text[end..]
        }
    }
}
