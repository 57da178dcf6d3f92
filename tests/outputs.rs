//! All outputs: the same bytes on every run, whatever the order in which files are read and statements are spread.

use std::collections::BTreeMap;
use std::path::Path;

use prm::compile::Compilation;
use prm::emit::graph::{GraphFormat, GraphScope, render};
use prm::emit::report::{self, Filter};
use prm::emit::{json, markdown, pam};
use prm::render::{MessageFormat, diagnostics};
use prm::source::{Entry, Files, Memory};
use proptest::prelude::*;
use serde_json::Value;

use crate::random;
use crate::support::Project;
use crate::worlds::world::World;

const ALL: Filter = Filter { uncovered: true, partial: true, rest: true };

/// Every output of a compilation, by its name.
fn outputs(compilation: &Compilation) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for format in MessageFormat::ALL {
        let text = diagnostics(*format, &compilation.diagnostics, &compilation.sources, false);
        all.insert(format!("diagnostics {}", format.word()), text);
    }
    let input = compilation.checked().expect("nothing is broken");
    let written = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    all.insert("json".to_owned(), written(&|out| json::write(&input, out)));
    all.insert("pam json".to_owned(), written(&|out| json::write_pam(&input, out)));
    all.insert("coverage json".to_owned(), written(&|out| json::write_coverage(&input, |_| true, out)));
    all.insert("coverage csv".to_owned(), report::csv(&input, ALL));
    all.insert("coverage text".to_owned(), report::text(&input, ALL, false));
    all.insert("markdown".to_owned(), markdown::markdown(&input, true));
    all.insert("pam".to_owned(), pam::pam(&input, true));
    all.insert("pam prm".to_owned(), pam::pam_prm(&input));
    for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Svg] {
        for scope in [GraphScope::Map, GraphScope::Traceability] {
            all.insert(format!("graph {format:?} {scope:?}"), render(&input, format, scope, None));
        }
    }
    all
}

/// Files that a disk lists in another order on each machine.
struct Backwards(Memory);

impl Files for Backwards {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> std::io::Result<Vec<Entry>> {
        let mut entries = self.0.list(folder)?;
        entries.reverse();
        Ok(entries)
    }
}

fn assert_steady(project: &Project, path: &str, what: &str) {
    let files = || Memory(project.files().clone());
    let once = outputs(&prm::compile(&files(), path));
    assert_same(&once, &outputs(&prm::compile(&files(), path)), what);
    assert_same(&once, &outputs(&prm::compile(&Backwards(files()), path)), what);
}

fn assert_same(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>, what: &str) {
    for (name, text) in one {
        let differs = text.lines().zip(other[name].lines()).find(|(a, b)| a != b);
        assert!(*text == other[name], "{name} of {what} differs: {differs:?}");
    }
}

#[test]
fn packages_give_the_same_bytes_in_any_order_of_files() {
    for folder in ["stdlib", "examples"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap();
            // What is neither a file nor a package is a folder of packages that rest on each other.
            let ats = match (path.is_file(), path.join("prm.toml").is_file()) {
                (true, _) => vec![name],
                (_, true) => vec![""],
                // What was imported, and what is made by a script, is looked at where it is made.
                _ if ["import", "thousand"].contains(&name) => Vec::new(),
                _ => vec!["group", "subsidiary", "unit"],
            };
            for at in ats {
                assert_steady(&Project::read(&path), at, name);
            }
        }
    }
}

#[test]
fn random_models_give_the_same_bytes_in_any_order_of_files() {
    for seed in 0..100 {
        let world = World::random(seed).shuffled(seed);
        assert_steady(&world.project(), "", &world.text());
    }
}

/// A model whose processes, one statement each, may stand in any order.
#[derive(Clone, Debug)]
struct Spread {
    head: String,
    processes: Vec<String>,
}

impl Spread {
    /// The package with its processes in some order, spread over several files.
    fn project(&self, order: &[usize], files: usize) -> Project {
        let manifest = "[package]\nname = \"m\"\nversion = \"1.0.0\"\n";
        let mut texts = vec![String::new(); files];
        for (at, process) in order.iter().enumerate() {
            texts[at % files].push_str(&self.processes[*process]);
        }
        let project = Project::new().with("prm.toml", manifest).with("m.prm", self.head.as_str());
        texts
            .iter()
            .enumerate()
            .fold(project, |project, (number, text)| project.with(&format!("{}/p.prm", 9 - number), text.as_str()))
    }
}

fn spread() -> impl Strategy<Value = (Spread, Vec<usize>, usize)> {
    let link = (0..8usize, 0..4usize, 0..6usize, 0..2usize);
    let outcome = proptest::collection::vec(link, 0..3);
    let process = (proptest::collection::vec(outcome, 2), 0..3usize, 0..6usize);
    let by = prop_oneof![Just("id"), Just("title")];
    (proptest::collection::vec(process, 6), by).prop_flat_map(|(processes, by)| {
        let head = format!(
            "model m \"Model\" {{\n  covers c\n  covers d through x\n  order by {by}\n}}\ngroup K \"Keys\"\n\
             catalog c \"C\" {{\n  requirement R0 \"Zero\" {{\n    requirement R1 \"One\"\n    requirement R2 \"Two\"\n  }}\n  \
             control R3 \"Three\"\n  control R4 \"Four\"\n  clause R5 \"Five\" {{\n    control R6 \"Six\"\n    control R7 \"Seven\"\n  }}\n}}\n\
             catalog d \"D\" {{\n  control S1 \"One\"\n  control S2 \"Two\"\n}}\n\
             crosswalk x \"X\" from c to d {{\n  R3, R4 equals S1\n  R6 subset of S2\n}}\n"
        );
        let processes: Vec<String> = processes.iter().enumerate().map(|(number, process)| statement(number, process)).collect();
        let order = Just((0..processes.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(Spread { head, processes }), order, 1..4usize)
    })
}

type Links = Vec<(usize, usize, usize, usize)>;

fn statement(number: usize, (outcomes, title, follows): &(Vec<Links>, usize, usize)) -> String {
    let mut text = format!("process K.{number} \"Process {title}\" {{\n  purpose \"For all of {number}.\"\n");
    for (at, links) in outcomes.iter().enumerate() {
        text.push_str(&format!("  outcome {} \"Thing {number} {at} is so.\"\n", at + 1));
        for (requirement, kind, other, of) in links {
            text.push_str(&match kind {
                0 => format!("    partly satisfies R{requirement}\n"),
                1 if *other != number => format!("    satisfies R{requirement} together with K.{other}.{}\n", of + 1),
                _ => format!("    satisfies R{requirement}\n"),
            });
        }
    }
    if *follows != number {
        text.push_str(&format!("  follows K.{follows}\n"));
    }
    text + "}\n"
}

proptest! {
    #![proptest_config(random::cases(60))]

    #[test]
    fn where_processes_stand_makes_no_difference_but_to_places((spread, order, files) in spread()) {
        let plain: Vec<usize> = (0..spread.processes.len()).collect();
        let one = spread.project(&plain, 1).compile();
        let other = spread.project(&order, files).compile();
        prop_assert!(one.0.checked().is_some(), "{}", one.lines());
        let (one, other) = (outputs(&one.0), outputs(&other.0));
        for (name, text) in one.iter().filter(|(name, _)| !name.starts_with("diagnostics")) {
            prop_assert_eq!(without_places(text), without_places(&other[name]), "{}", name);
        }
    }
}

/// A text without the places that it names; what stands in the order of places is put into another.
fn without_places(text: &str) -> String {
    if let Ok(mut value) = serde_json::from_str::<Value>(text) {
        strip(&mut value);
        return value.to_string();
    }
    let mut lines: Vec<String> = text.lines().map(without_place).collect();
    if let Some(first) = lines.iter().position(|line| line == "| Code | Error | Where |") {
        let end = lines[first..].iter().position(String::is_empty).map_or(lines.len(), |length| first + length);
        lines[first..end].sort();
    }
    lines.join("\n")
}

fn without_place(line: &str) -> String {
    let mut parts = line.split(".prm:");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.truncate(bare.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1));
        bare.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    bare
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for key in ["file", "line", "column", "end_line", "end_column"] {
                object.remove(key);
            }
            object.values_mut().for_each(strip);
            if let Some(Value::Array(found)) = object.get_mut("diagnostics") {
                found.sort_by_key(Value::to_string);
            }
            if let Some(Value::Array(related)) = object.get_mut("related") {
                related.sort_by_key(Value::to_string);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

/// A package is used for its crosswalk; the catalogs that it leads through are shown, though the model sees them not.
#[test]
fn json_holds_the_catalogs_and_crosswalks_that_the_model_rests_on() {
    let manifest = |name: &str, uses: &[&str]| {
        let uses: String = uses.iter().map(|used| format!("{used} = {{ path = \"../{used}\" }}\n")).collect();
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n[dependencies]\n{uses}")
    };
    let catalog = |id: &str, letter: &str| {
        format!("catalog {id} \"Rules\" {{\n  requirement {letter}10 \"Ten\"\n  requirement {letter}2 \"Two\"\n}}\n")
    };
    let crosswalk = |id: &str, from: (&str, &str), to: (&str, &str)| {
        format!(
            "crosswalk {id} \"Carried over\" from {} to {} {{\n  {}2 equals {}2\n  {}10 equals {}10\n}}\n",
            from.0, to.0, from.1, to.1, from.1, to.1
        )
    };
    let (old, new, far, idle) = (("old", "O"), ("new", "N"), ("far", "F"), ("idle", "I"));
    let project = Project::new()
        .with("rules/prm.toml", manifest("rules", &[]))
        .with("rules/rules.prm", catalog("old", "O") + &catalog("far", "F") + &catalog("idle", "I"))
        .with("walks/prm.toml", manifest("walks", &["rules"]))
        .with(
            "walks/walks.prm",
            format!(
                "use rules\n{}{}{}{}",
                catalog("new", "N"),
                crosswalk("x10", old, new),
                crosswalk("x9", new, old),
                crosswalk("x8", far, idle)
            ),
        )
        .with("house/prm.toml", manifest("house", &["walks"]))
        .with(
            "house/house.prm",
            "use walks
model house \"House\" {
  covers new through x10
}
process K.1 \"Keys\" {
  purpose \"The purpose of the keys process is to keep keys in known hands.\"
  outcome 1 \"Keys are listed.\" satisfies N2, N10
}
",
        )
        .at("house");
    let value: Value = serde_json::from_str(&outputs(&project.compile().0)["json"]).unwrap();
    let ids = |key: &str| {
        let rows = value[key].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    assert_eq!(ids("catalogs"), ["new", "old"]);
    // The way back is shown as well, though it is not in force: both of its catalogs are there.
    assert_eq!(ids("crosswalks"), ["x9", "x10"]);
}

#[test]
fn json_loses_nothing_of_a_package_without_a_model() {
    let compiled = Project::text(
        r#"
        field owner "Owner" on process required
        process K.1 "Key custody" {
          allow number-of-outcomes because "Two say it all."
          owner "Warden"
          purpose "The purpose of the key custody process is to keep every key in known hands."
          outcome 1 "Keys are listed with their holders." { allow P302 because "So far." }
          outcome 2 "Lost keys are reported on the same day."
        }
        "#,
    )
    .compile();
    let value: Value = serde_json::from_str(&outputs(&compiled.0)["json"]).unwrap();
    assert_eq!(value["model"], Value::Null);
    assert_eq!(value["declared_fields"][0]["id"], "owner");
    assert_eq!(value["declared_fields"][0]["required"], true);
    let allows: Vec<String> = value["allows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {} {} {}",
                row["code"], row["name"], row["because"], row["statement"], row["id"], row["origin"]["line"]
            )
        })
        .collect();
    assert_eq!(
        allows,
        [
            r#""P425" "number-of-outcomes" "Two say it all." "process" "K.1" 4"#,
            r#""P302" "partial-requirement" "So far." "outcome" "K.1.1" 7"#,
        ]
    );
}

#[test]
fn diagnostics_have_one_shape() {
    let holes = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/holes.prm");
    let compiled = Project::read(&holes).compile();
    let outputs = outputs(&compiled.0);
    let value: Value = serde_json::from_str(&outputs["json"]).unwrap();
    let lines: Vec<Value> =
        outputs["diagnostics json"].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut inside = value["diagnostics"].clone();
    let mut outside = Value::Array(lines);
    // What a finding is known by from one run to the next is of use to who reads messages alone.
    for line in outside.as_array_mut().unwrap() {
        assert!(line.as_object_mut().unwrap().remove("fingerprint").is_some_and(|key| key.is_string()));
    }
    assert_eq!(inside.as_array().unwrap().len(), outside.as_array().unwrap().len());
    // Files are named from other folders; all else is the same.
    strip(&mut inside);
    strip(&mut outside);
    assert_eq!(inside, outside);
    assert_eq!(value["diagnostics"][0]["file"], "holes.prm");
}

#[test]
fn lines_are_drawn_from_all_members_of_a_joint_set() {
    let text = r#"
model m "M" { covers c }
catalog c "C" { requirement R1 "One" }
process A.1 "A" {
  purpose "P."
  outcome 1 "A is done." satisfies R1 together with B.1.1, B.1.2
}
process B.1 "B" {
  purpose "P."
  outcome 1 "B is done." satisfies R1 together with A.1.1, B.1.2
  outcome 2 "C is done."
}
"#;
    let compiled = Project::text(text).compile();
    let input = compiled.0.checked().unwrap();
    let process = compiled.0.program.names.get("B.1");
    for only in [None, process] {
        let dot = render(&input, GraphFormat::Dot, GraphScope::Traceability, only);
        for member in ["A.1.1", "B.1.1", "B.1.2"] {
            assert_eq!(dot.matches(&format!("\"{member}\" -> \"c:R1\"")).count(), 1, "{dot}");
        }
    }
    let mermaid = render(&input, GraphFormat::Mermaid, GraphScope::Traceability, None);
    assert_eq!(mermaid.lines().filter(|line| line.contains(" ==> ") && line.contains("n")).count(), 3, "{mermaid}");
    let svg = render(&input, GraphFormat::Svg, GraphScope::Traceability, None);
    assert_eq!(svg.matches("satisfies with others c:R1").count() + svg.matches("satisfies with others R1").count(), 3);
}

/// A large model is drawn clause by clause: each link and each requirement is in the drawing of its clause, and in no other.
#[test]
fn the_trace_of_a_clause_keeps_to_it() {
    let text = r#"
model m "M" { covers c }
catalog c "C" {
  clause 4 "Four" { requirement 4.1 "One" { requirement 4.1.a "Part" } requirement 4.2 "Open" }
  clause 5 "Five" { requirement 5.1 "Two" }
}
process A.1 "A" {
  purpose "P."
  outcome 1 "A is done." satisfies 4.1.a
  outcome 2 "B is done." satisfies 5.1 together with B.1.1
  practice BP1 "Do A." achieves 1
  practice BP2 "Do B." achieves 2
}
process B.1 "B" {
  purpose "P."
  outcome 1 "C is done." satisfies 4
}
process D.1 "D" {
  purpose "P."
  outcome 1 "D is done."
}
"#;
    let compiled = Project::text(text).compile();
    let input = compiled.0.checked().unwrap();
    let drawn = |id: &str| {
        let catalog = input.program.index.catalog(input.program.names.get("c").unwrap()).unwrap();
        let clause = input.program.requirement_of(catalog, input.program.names.get(id).unwrap()).unwrap();
        let dot = render(&input, GraphFormat::Dot, GraphScope::Clause(clause), None);
        let of =
            ["c:4.1", "c:4.1.a", "c:4.2", "c:5.1", "c:4", "A.1.1", "A.1.2", "A.1.BP1", "A.1.BP2", "B.1.1", "D.1.1"];
        of.into_iter().filter(|id| dot.contains(&format!("\"{id}\" ["))).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(drawn("4"), "c:4.1 c:4.1.a c:4.2 c:4 A.1.1 A.1.BP1 B.1.1");
    assert_eq!(drawn("5"), "c:5.1 A.1.2 A.1.BP2 B.1.1");
    assert_eq!(drawn("4.1.a"), "c:4.1.a c:4 A.1.1 A.1.BP1 B.1.1");
}
