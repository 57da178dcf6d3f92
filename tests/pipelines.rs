//! What pipelines read of `prm check`: findings that are kept apart and known again, reports that their readers take.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Output};

use insta::assert_snapshot;
use roxmltree::{Document, Node};
use serde_json::Value;
use tempfile::TempDir;

use prm::codes;
use prm::diagnostic::{Diagnostic, Severity};
use prm::render::{self, MessageFormat, Told};
use prm::source::Sources;
use prm::span::Span;

use crate::support::assert_follows;

/// What a small model lacks is no matter here.
const MANIFEST: &str = "[package]\nname = \"house\"\n[lints]\nP501 = \"allow\"\nP502 = \"allow\"\nP503 = \"allow\"\n\
    P504 = \"allow\"\nP411 = \"allow\"\nP425 = \"allow\"\n";

/// Three controls without an outcome at one `covers`, two findings of one code about one outcome, and a slip of the pen.
const MODEL: &str = "\
catalog rules \"Rules\" {
  control A.1 \"Locks\"
  control A.2 \"Bars\"
  control A.3 \"Doors\"
  control A.4 \"Keys\"
}

model house \"House\" {
  covers rules
}

process K.1 \"Keys\" {
  purpose \"To keep keys.\"
  outcome 1 \"Keys are cut.\" satisfies A.1
}

term \"lock\" \"A thing that keys open.\"
term \"lock\" \"A thing that keys close.\"
";

/// A layer over the house, which finds its holes there.
const LAYER: &str = "use house\n\nmodel top \"Top\" extends house {\n}\n";

fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (path, text) in files {
        put(&place, path, text);
    }
    place
}

fn put(place: &TempDir, path: &str, text: &str) {
    let path = place.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn house() -> TempDir {
    place(&[("house/prm.toml", MANIFEST), ("house/house.prm", MODEL)])
}

fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn check(place: &TempDir, form: &str) -> String {
    prm(place, &["check", "house", "--message-format", form]).1
}

/// A valid log of SARIF.
fn sarif(place: &TempDir, path: &str) -> Value {
    let log = serde_json::from_str(&prm(place, &["check", path, "--message-format", "sarif"]).1).unwrap();
    assert_follows(&serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).unwrap(), &log);
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

/// The fingerprint that GitHub goes by, of each finding, with its code and line.
fn known_by(log: &Value) -> BTreeMap<String, (String, u64)> {
    let facts = results(log).iter().map(|result| {
        let fingerprints = &result["partialFingerprints"];
        assert_eq!(fingerprints["prm/v1"], fingerprints["primaryLocationLineHash"]);
        let line = result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap();
        let code = result["ruleId"].as_str().unwrap().to_owned();
        (fingerprints["prm/v1"].as_str().unwrap().to_owned(), (code, line))
    });
    facts.collect()
}

#[test]
fn findings_at_one_line_are_kept_apart_and_known_again_where_lines_have_moved() {
    let place = house();
    let log = sarif(&place, "house");
    let before = known_by(&log);
    let holes: Vec<u64> = before.values().filter(|(code, _)| code == "P301").map(|(_, line)| *line).collect();
    assert_eq!(holes, [9, 9, 9]);
    assert_eq!(before.len(), results(&log).len(), "each has a fingerprint of its own");
    let is_form = |key: &String| {
        key.split_once(':').is_some_and(|(hash, count)| {
            hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && count.parse::<u32>().is_ok()
        })
    };
    assert!(before.keys().all(is_form), "{before:?}");

    // Lines above, other white space, another file.
    let moved = format!("// new\n\n\n{}", MODEL.replace("  covers", "\n      covers"));
    let (terms, rest) = moved.split_once("term").map(|(rest, terms)| (format!("term{terms}"), rest)).unwrap();
    put(&place, "house/house.prm", rest);
    put(&place, "house/terms.prm", &terms);
    let after = known_by(&sarif(&place, "house"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_ne!(before, after);

    // A hole that is closed is one alert less, and the others stay.
    put(&place, "house/house.prm", &rest.replace("satisfies A.1", "satisfies A.1, A.3"));
    let closed = known_by(&sarif(&place, "house"));
    assert!(closed.len() == before.len() - 1 && closed.keys().all(|key| before.contains_key(key)), "{closed:?}");
}

/// Two terms of one text, two processes of one slip, and two findings of one code about one requirement.
const TWINS: &str = "\
catalog rules \"Rules\" {
  control A.1 \"Locks\"
}
catalog laws \"Laws\" {
  requirement L.1 \"Doors\"
}
crosswalk one \"One\" from rules to laws {
}
crosswalk two \"Two\" from rules to laws {
}
term \"lock\" \"What [[vaults]] have.\"
term \"door\" \"What [[vaults]] want.\"
model house \"House\" {
  covers laws through one, two
}
process K.1 \"Keys\" {
  purpose \"To keep keys.\"
  outcome 1 \"Keys are cut.\" satisfies L.1, L.2
  outcome 2 \"Keys are kept.\" satisfies L.2
}
";

#[test]
fn findings_that_are_alike_are_known_by_what_they_say_and_not_by_their_order() {
    let place = place(&[("house/prm.toml", MANIFEST)]);
    // Each finding with the line that it is told at, and what it says.
    let known = |text: &str| -> BTreeSet<(String, String)> {
        put(&place, "house/house.prm", text);
        let found = check(&place, "json");
        let found = found.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let line = |found: &Value| text.lines().nth(found["line"].as_u64().unwrap() as usize - 1).unwrap().to_owned();
        found.map(|found| (found["fingerprint"].to_string(), line(&found) + &found["message"].to_string())).collect()
    };
    let swap = |text: &str, one: &str, other: &str| text.replace(one, "\0").replace(other, one).replace('\0', other);
    let before = known(TWINS);
    let alike = |code: &str| before.iter().filter(|(_, said)| said.contains(code)).count();
    assert_eq!((alike("[[vaults]]"), alike("L.2"), alike("no line of")), (2, 2, 2), "{before:?}");
    let lines: Vec<&str> = TWINS.lines().collect();
    let mut moved = swap(TWINS, lines[10], lines[11]);
    moved = swap(&moved, lines[17], lines[18]);
    moved = swap(&moved, &lines[6..8].join("\n"), &lines[8..10].join("\n"));
    assert_ne!(moved, TWINS);
    assert_eq!(before, known(&moved));
    // What is mended is gone, and nothing else is new.
    let mended = known(&TWINS.replace("What [[vaults]] have", "What they have"));
    assert!(mended.is_subset(&before) && mended.len() == before.len() - 1, "{mended:?}");
    // How lines are broken is no matter.
    let keys = |known: BTreeSet<(String, String)>| known.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    let broken = TWINS.replace("\" satisfies", "\"\n\n      satisfies").replace("\"lock\" ", "\"lock\"\n  ");
    assert_eq!(keys(before), keys(known(&broken)));
}

#[test]
fn a_log_holds_as_many_results_as_code_scanners_take_and_says_so() {
    let mut sources = Sources::default();
    let file = sources.add("", "a.prm", "a\n".to_owned());
    let row = |code, severity, number: usize| {
        let mut row = Diagnostic::new(code, Span::new(file, 0, 1), format!("{number}"));
        row.severity = severity;
        row
    };
    let mut found: Vec<Diagnostic> =
        (0..25_000).map(|number| row(&codes::PARTIAL_REQUIREMENT, Severity::Warning, number)).collect();
    found.insert(0, row(&codes::UNCOVERED_REQUIREMENT, Severity::Hint, 25_000));
    found.push(row(&codes::UNCOVERED_REQUIREMENT, Severity::Error, 25_001));
    found.push(row(&codes::CONTROL_CHARACTER, Severity::Error, 25_002));
    let read = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let text = render::report(MessageFormat::Sarif, &found, &[], &sources, false);
    let log = read(text.clone());
    let said: Vec<&str> = results(&log).iter().map(|result| result["message"]["text"].as_str().unwrap()).collect();
    // In their order, without what is least grave.
    let kept = (0..24_998).chain([25_001, 25_002]).map(|number| number.to_string());
    assert!(said.iter().copied().eq(kept.collect::<Vec<_>>()), "{} {:?}", said.len(), &said[..3]);
    let invocation = &log["runs"][0]["invocations"][0];
    let told = |invocation: &Value, at: usize| {
        invocation["toolExecutionNotifications"][at]["message"]["text"].as_str().unwrap().to_owned()
    };
    assert!(told(invocation, 0).starts_with("3 findings are left out"), "{invocation}");
    assert_eq!(
        (&invocation["executionSuccessful"], &invocation["toolExecutionNotifications"][0]["level"]),
        (&true.into(), &"warning".into())
    );
    // That it could not be written after all takes nothing of that away.
    let failure = Told { severity: Severity::Error, message: "the disk is full".to_owned() };
    let log = read(render::document_with(MessageFormat::Sarif, &text, &[failure]));
    let invocation = &log["runs"][0]["invocations"][0];
    assert!(told(invocation, 0).starts_with("3 findings") && told(invocation, 1) == "the disk is full", "{invocation}");
    assert_eq!((&invocation["executionSuccessful"], results(&log).len()), (&false.into(), 25_000));

    let few = read(render::report(MessageFormat::Sarif, &found[..25_000], &[], &sources, false));
    assert!(results(&few).len() == 25_000 && few["runs"][0]["invocations"][0].as_object().unwrap().len() == 1);
}

#[test]
fn findings_of_a_base_are_told_where_the_package_asked_for_names_it() {
    let place = house();
    put(&place, "house/house.prm", MODEL.split("term").next().unwrap());
    put(&place, "top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nhouse = { path = \"../house\" }\n");
    put(&place, "top/top.prm", LAYER);
    let log = sarif(&place, "top");
    let holes: Vec<&Value> = results(&log).iter().filter(|result| result["ruleId"] == "P301").collect();
    assert_eq!(holes.len(), 3);
    for hole in holes {
        let place = &hole["locations"][0]["physicalLocation"];
        assert_eq!(
            (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
            (&"top/top.prm".into(), &3.into())
        );
    }
    let (_, github, _) = prm(&place, &["check", "top", "--message-format", "github"]);
    assert!(github.contains("::error file=top/top.prm,line=3,"), "{github}");
    for form in ["gitlab", "junit"] {
        let (_, out, _) = prm(&place, &["check", "top", "--message-format", form]);
        assert!(out.contains("top/top.prm"), "{out}");
        assert!(form == "junit" || !out.contains("house/house.prm"), "{out}");
    }

    // What comes with the compiler lies in no checkout.
    put(&place, "mine.prm", "use iso33052\nmodel mine \"Mine\" extends iso33052 { }\nomit TEC.08 because \"None.\"\n");
    let log = sarif(&place, "mine.prm");
    let at: BTreeSet<&str> = results(&log)
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert_eq!(at, BTreeSet::from(["mine.prm"]));
    assert!(results(&log).iter().any(|result| result["ruleId"] == "P301"));
}

#[test]
fn a_log_says_what_was_checked_and_where_more_is_to_be_read() {
    let place = house();
    put(&place, "alone/a.prm", MODEL);
    let log = sarif(&place, "house");
    let run = &log["runs"][0];
    assert_eq!(
        log["$schema"],
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    );
    assert_eq!(run["automationDetails"]["id"], "prm/house/");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert_eq!(run["tool"]["driver"]["informationUri"], env!("CARGO_PKG_REPOSITORY"));
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        // The page that it leads to is there, in this repository.
        let page = rule["helpUri"].as_str().unwrap().rsplit_once("/main/").unwrap().1;
        assert!(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page).is_file(), "{page}");
    }
    let base = &results(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"];
    assert!(run["originalUriBaseIds"].get(base.as_str().unwrap()).is_some(), "{base}");
    assert_eq!(sarif(&place, "alone/a.prm")["runs"][0]["automationDetails"]["id"], "prm/alone/a.prm/");

    fs::write(place.path().join("house/latin.prm"), b"\xff").unwrap();
    assert_eq!(sarif(&place, "house")["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn gitlab_is_told_what_it_shows() {
    let place = house();
    put(&place, "house/latin.prm", "");
    let report: Value = serde_json::from_str(&check(&place, "gitlab")).unwrap();
    let schema: Value = serde_json::from_str(include_str!("schemas/gitlab-code-quality.json")).unwrap();
    assert_follows(&schema, &report);
    assert_snapshot!(report[0], @r#"{"check_name":"uncovered-requirement","description":"no outcome meets `A.2` “Bars” of `rules`","fingerprint":"P301:f397c9b64875e01f:1","location":{"lines":{"begin":9,"end":9},"path":"house/house.prm"},"severity":"major"}"#);
    let keys = |report: &Value| -> BTreeSet<String> {
        report.as_array().unwrap().iter().map(|entry| entry["fingerprint"].to_string()).collect()
    };
    assert_eq!(keys(&report).len(), report.as_array().unwrap().len());

    fs::write(place.path().join("house/latin.prm"), b"\xff").unwrap();
    let (code, out, _) = prm(&place, &["check", "house", "--message-format", "gitlab"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_follows(&schema, &report);
    let last = report.as_array().unwrap().last().unwrap();
    assert_eq!((code, &last["severity"]), (2, &"blocker".into()));

    put(&place, "clean.prm", "term \"key\" \"secret of a door\"\n");
    assert_eq!(prm(&place, &["check", "clean.prm", "--message-format", "gitlab"]).1, "[]\n");
}

/// Holds a report to what the schema of Jenkins asks, and its counts to its cases.
fn assert_is_junit(report: &str) {
    let document = Document::parse(report).unwrap_or_else(|error| panic!("{error}: {report}"));
    let attributes = |node: Node, required: &[&str], optional: &[&str]| {
        let names: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        assert!(required.iter().all(|name| names.contains(name)), "{node:?}");
        assert!(names.iter().all(|name| required.contains(name) || optional.contains(name)), "{node:?}");
    };
    let elements =
        |node: Node<'_, '_>| node.children().filter(Node::is_element).map(|node| node.id()).collect::<Vec<_>>();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    attributes(root, &[], &["name"]);
    for suite in elements(root).into_iter().filter_map(|id| document.get_node(id)) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        attributes(suite, &["name", "tests", "failures", "errors"], &["skipped"]);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for case in elements(suite).into_iter().filter_map(|id| document.get_node(id)) {
            assert_eq!(case.tag_name().name(), "testcase");
            attributes(case, &["name"], &["classname"]);
            assert!(names.insert(case.attribute("name")), "{case:?}: two of one name are taken for one");
            *counts.entry("tests").or_default() += 1;
            for outcome in elements(case).into_iter().filter_map(|id| document.get_node(id)) {
                attributes(outcome, &[], &["type", "message"]);
                let count = match outcome.tag_name().name() {
                    "failure" => "failures",
                    "error" => "errors",
                    "skipped" => "skipped",
                    other => panic!("{other}"),
                };
                *counts.entry(count).or_default() += 1;
            }
        }
        for name in ["tests", "failures", "errors", "skipped"] {
            let count = counts.get(name).copied().unwrap_or_default().to_string();
            assert_eq!(suite.attribute(name), Some(count.as_str()), "{name}: {report}");
        }
    }
}

#[test]
fn junit_has_a_case_for_each_finding_and_one_for_a_file_without() {
    let place = house();
    put(&place, "house/fine.prm", "term \"key\" \"secret of a door\"\n");
    put(
        &place,
        "house/house.prm",
        &MODEL.split("term").next().unwrap().replace("  control A.2 \"Bars\"\n  control A.3 \"Doors\"\n", ""),
    );
    let report = check(&place, "junit");
    assert_is_junit(&report);
    assert_snapshot!(report, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="prm">
      <testsuite name="house/fine.prm" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="house/fine.prm" name="nothing found"/>
      </testsuite>
      <testsuite name="house/house.prm" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="house/house.prm" name="P301 uncovered-requirement: rules:A.4">
          <failure type="P301" message="no outcome meets `A.4` “Keys” of `rules`">house/house.prm:7:3: error[P301]: no outcome meets `A.4` “Keys” of `rules`
    help: add `satisfies A.4` to the outcome that meets it, or exclude it: `exclude A.4 because &quot;…&quot;`
    </failure>
        </testcase>
      </testsuite>
      <testsuite name="house/prm.toml" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="house/prm.toml" name="nothing found"/>
      </testsuite>
    </testsuites>
    "#);
    assert_eq!(report, check(&place, "junit"));

    // A warning fails nothing, unless it fails the run.
    let warned = MODEL.replace("satisfies A.1", "satisfies A.1, A.2, A.3\n    partly satisfies A.4");
    put(&place, "house/house.prm", warned.split("term").next().unwrap());
    let (code, out, _) = prm(&place, &["check", "house", "--message-format", "junit"]);
    assert!(code == 0 && out.contains("<skipped type=\"P302\"") && !out.contains("<failure"), "{out}");
    let (code, out, _) = prm(&place, &["check", "house", "--message-format", "junit", "--deny", "warnings"]);
    assert!(code == 1 && out.contains("<failure type=\"P302\""), "{out}");

    fs::write(place.path().join("house/latin.prm"), b"\xff").unwrap();
    let (code, out, _) = prm(&place, &["check", "house", "--message-format", "junit"]);
    assert_is_junit(&out);
    assert!(code == 2 && out.contains("<error message=\"cannot read `house/latin.prm`"), "{out}");
}

#[test]
fn a_failure_behind_findings_stands_in_the_same_document() {
    let place = house();
    put(&place, "house/house.prm", MODEL.split("term").next().unwrap());
    let build = |form: &str| {
        let (code, _, err) =
            prm(&place, &["build", "house", "--format", "json", "-o", "no/such/folder", "--message-format", form]);
        assert_eq!(code, 2, "{err}");
        err
    };
    let report: Vec<Value> = serde_json::from_str(&build("gitlab")).unwrap();
    assert!(report.len() == 4 && report[3]["severity"] == "blocker", "{report:?}");
    let report = build("junit");
    assert_is_junit(&report);
    assert!(report.contains("P301") && report.contains("<error message="), "{report}");
}

#[test]
fn whatever_a_text_holds_reports_can_be_read() {
    let odd = "a]]>b <c> & \"d\" 'e' \u{1b}\u{0}\u{8}\u{b}\u{202e}\u{fffe}\u{ffff}\r\nf";
    let mut sources = Sources::default();
    let file = sources.add("", "<a&\"]]>.prm", format!("{odd}\n"));
    let diagnostic = |severity| {
        let mut diagnostic = Diagnostic::new(&codes::CONTROL_CHARACTER, Span::new(file, 0, 3), odd).help(odd);
        diagnostic.severity = severity;
        diagnostic
    };
    let found = [Severity::Error, Severity::Warning, Severity::Hint].map(diagnostic);
    let report = render::diagnostics(MessageFormat::Junit, &found, &sources, false);
    assert_is_junit(&report);
    let document = Document::parse(&report).unwrap();
    let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert!(failure.attribute("message").unwrap().starts_with("a]]>b <c> & \"d\" 'e' ␛"), "{report}");
    let report: Value =
        serde_json::from_str(&render::diagnostics(MessageFormat::Gitlab, &found, &sources, false)).unwrap();
    assert!(report[0]["description"].as_str().unwrap().starts_with("a]]>b"));
}

#[test]
fn what_is_in_the_baseline_passes_and_what_is_new_fails() {
    let place = house();
    put(&place, "house/house.prm", MODEL.split("term").next().unwrap());
    put(&place, "known.json", &check(&place, "json"));
    let known =
        |arguments: &[&str]| prm(&place, &[&["check", "house", "--baseline", "known.json"], arguments].concat());
    let (code, _, err) = known(&[]);
    assert_eq!((code, err.lines().count()), (0, 1), "{err}");
    assert!(err.starts_with("checked `house`: ") && err.ends_with("; 3 known findings not shown\n"), "{err}");

    // A byte-order mark is none of its words.
    put(&place, "marked.json", &format!("\u{feff}{}", check(&place, "json")));
    assert_eq!(prm(&place, &["check", "house", "--baseline", "marked.json"]).0, 0);

    // Lines move, one hole is closed, and one is new.
    let moved = format!("\n\n{}", MODEL.split("term").next().unwrap());
    put(&place, "house/house.prm", &moved.replace("satisfies A.1", "satisfies A.2"));
    let (code, out, err) = known(&["--message-format", "short"]);
    assert!(code == 1 && out.lines().count() == 1 && out.contains("`A.1`"), "{out}");
    assert_eq!(err, "2 known findings not shown; 1 finding of the baseline is gone: write it anew\n");

    // What could not be read is not gone.
    fs::write(place.path().join("house/latin.prm"), b"\xff").unwrap();
    let (code, _, err) = known(&[]);
    assert!(code == 2 && !err.contains("gone"), "{err}");
}

#[test]
fn a_baseline_that_is_none_is_refused() {
    let place = house();
    let failed = prm(&place, &["check", "nowhere", "--message-format", "json"]).1;
    for (name, text, words) in [
        ("a.sarif", check(&place, "sarif"), "line 1 is no finding"),
        ("b.json", "{\"code\":\"P301\"}\n".to_owned(), "line 1 is no finding"),
        ("c.json", check(&place, "json") + "[1", "is no finding"),
        ("d.json", failed, "is of a run that could not be done"),
        ("e.json", check(&place, "json").replace("prm/v1:", ""), "line 1 has a fingerprint of another form"),
        ("f.json", check(&place, "json").replace("prm/v1:", "prm/v2:"), "line 1 has a fingerprint of another form"),
        ("g.json", check(&place, "json").replace(":1\"", ":+1\""), "line 1 has a fingerprint of another form"),
    ] {
        put(&place, name, &text);
        let (code, out, err) = prm(&place, &["check", "house", "--baseline", name]);
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "");
        assert!(code == 2 && out.is_empty() && err.contains(words), "{name}: {err}");
    }
    for none in ["nowhere.json", "house", "nowhere:house"] {
        let (code, out, err) = prm(&place, &["check", "house", "--baseline", none]);
        assert!(code == 2 && out.is_empty() && err.contains(none), "{none}: {err}");
    }
    // A clean run prints nothing, and knows nothing.
    put(&place, "empty.json", "");
    assert_eq!(prm(&place, &["check", "house", "--baseline", "empty.json"]).0, 1);
}

#[test]
fn a_revision_is_a_baseline() {
    let place = house();
    put(&place, "house/house.prm", MODEL.split("term").next().unwrap());
    for arguments in [&["init", "-q", "."][..], &["add", "."], &["commit", "-qm", "one"]] {
        let identity = ["-c", "user.name=n", "-c", "user.email=a@b"];
        let git = Command::new("git").args(identity).args(arguments).current_dir(&place).status().unwrap();
        assert!(git.success(), "{arguments:?}");
    }
    let moved = format!("\n\n{}", MODEL.split("term").next().unwrap());
    put(&place, "house/house.prm", &moved);
    let (code, _, err) = prm(&place, &["check", "house", "--baseline", "HEAD:house"]);
    assert!(code == 0 && err.ends_with("; 3 known findings not shown\n"), "{err}");
    put(&place, "house/house.prm", &moved.replace("satisfies A.1", "satisfies A.2"));
    assert_eq!(prm(&place, &["check", "house", "--baseline", "HEAD:house"]).0, 1);
}
