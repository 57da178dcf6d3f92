//! The house keeps itself clean: floors, codes, words, sizes, and the packages that come with the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use prm::codes;
use prm::model::ReqKind;
use prm::package::{standard_names, standard_package};

use crate::cases;
use crate::support::Project;

/// The floors, the lowest first. A module imports from its own floor's row only what is named behind it.
const FLOORS: &[(&str, &str)] = &[
    ("span", ""),
    ("source", "span"),
    ("diagnostic", "span source"),
    ("codes", "diagnostic"),
    ("syntax", "span source diagnostic codes"),
    ("model", "span"),
    ("render", "span source diagnostic codes"),
    ("package", "span source diagnostic codes syntax"),
    ("formatter", "span source diagnostic codes syntax"),
    ("writer", "span source syntax formatter"),
    ("graph", "model"),
    ("review", "span source model package"),
    ("resolve", "span source diagnostic codes syntax model package"),
    ("coverage", "span model graph"),
    ("checks", "span source diagnostic codes model review graph coverage"),
    ("compile", "span source diagnostic codes package model review resolve graph coverage checks"),
    ("diff", "span source model coverage compile"),
    ("document", "span source writer"),
    (
        "emit",
        "span source diagnostic codes syntax render package formatter writer model review graph coverage checks compile \
         diff document",
    ),
    (
        "lsp",
        "span source diagnostic codes syntax model package formatter writer graph resolve coverage compile document emit",
    ),
    (
        "cli",
        "source diagnostic codes syntax render package formatter writer model coverage review checks compile diff emit lsp",
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
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for used in code.flat_map(|line| line.split("crate::").skip(1)) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_module = FLOORS.iter().any(|(floor, _)| *floor == used);
            if is_module && used != module && !below.split(' ').any(|floor| floor == used) {
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
    Artifact CODES CatalogCoverage Checked Code Compilation Coverage Diagnostic Edit Entry Facts FileId Files Form Formatted \
    GraphFormat GraphScope Label Memory MessageFormat OUTPUTS Options Output Position Refused Request Severity Source \
    Sources Span Status Summary Unfaithful Unreadable compile format graph output render write_json";

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

#[test]
fn every_code_is_given_somewhere() {
    let names: BTreeMap<String, &str> = constants();
    let text: String =
        sources().into_iter().filter(|(path, _)| !path.ends_with("codes.rs")).map(|(_, text)| text).collect();
    let silent: Vec<&String> = names.keys().filter(|name| !text.contains(name.as_str())).collect();
    assert!(silent.is_empty(), "nothing gives {silent:?}");
    assert_eq!(names.len(), codes::ALL.len());
}

/// The constants of the register.
fn constants() -> BTreeMap<String, &'static str> {
    let text = fs::read_to_string(root().join("src/codes.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.trim().split_once(" \"P"));
    rows.filter(|(name, _)| name.chars().all(|c| c.is_uppercase() || c == '_'))
        .map(|(name, _)| (name.to_owned(), ""))
        .collect()
}

#[test]
fn codes_and_names_are_given_once_and_in_order() {
    for pair in codes::ALL.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    let mut names: Vec<&str> = codes::ALL.iter().map(|code| code.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), codes::ALL.len());
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
            if diagnostic.help.is_none() && !diagnostic.code.code.starts_with("P02") {
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
    // The packages of the example organization rest on each other, and are looked at by `examples`.
    for path in paths.into_iter().filter(|path| !path.ends_with("holes.prm") && !path.ends_with("meridian")) {
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
