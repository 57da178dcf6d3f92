//! The command from outside: exit codes, streams, and files that stay whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::assert_follows;

const BROKEN: &str = "process K.1 {\n}\n";
const FINE: &str = "term \"key\" \"A secret.\"\n";
const MANIFEST: &str = "[package]\nname = \"p\"\nversion = \"1.0.0\"\n";

fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}

#[test]
fn exit_codes() {
    let place = place(&[("fine.prm", FINE), ("broken.prm", BROKEN), ("empty/x.txt", "")]);
    fs::write(place.path().join("latin.prm"), b"term \"k\xe9y\" \"x\"").unwrap();
    for (arguments, code) in [
        (&["check", "fine.prm"][..], 0),
        (&["check", "broken.prm"], 1),
        (&["check", "nowhere.prm"], 2),
        (&["check", "empty"], 2),
        (&["check", "latin.prm"], 2),
        (&["check", "--frobnicate"], 2),
        (&["build", "fine.prm", "--format", "json"], 0),
        (&["build", "fine.prm", "--format", "markdown"], 2),
        (&["build", "fine.prm"], 2),
        (&["build", "broken.prm", "--format", "json"], 1),
        (&["build", "fine.prm", "--format", "json", "-o", "no/such/folder.json"], 2),
        (&["build", "fine.prm", "--format", "json", "-o", "empty"], 2),
        (&["explain", "P301"], 0),
        (&["explain", "uncovered-requirement"], 0),
        (&["explain", "outcome"], 0),
        (&["explain", "P999"], 2),
        (&["why", "R1", "fine.prm"], 2),
        (&["schema"], 0),
        (&["completions", "bash"], 0),
        (&["man"], 0),
        (&["new", "made"], 0),
        (&["new", "made"], 2),
        (&["check", "made", "--deny", "warnings"], 0),
        (&["why", "R1", "made"], 0),
        (&["why", "R9", "made"], 2),
        (&["graph", "made", "--format", "dot"], 0),
        (&["build", "made"], 0),
    ] {
        let (found, out, err) = prm(&place, arguments);
        assert_eq!(found, code, "prm {arguments:?}\n{out}{err}");
    }
    assert!(Path::new(&place.path().join("made/made.md")).is_file());
}

#[test]
fn broken_models_leave_old_files_alone() {
    let place = place(&[("broken.prm", BROKEN), ("out.json", "old")]);
    let (code, ..) = prm(&place, &["build", "broken.prm", "--format", "json", "-o", "out.json"]);
    assert_eq!(code, 1);
    assert_eq!(fs::read_to_string(place.path().join("out.json")).unwrap(), "old");
    assert_eq!(place.path().read_dir().unwrap().count(), 2);
}

#[test]
fn only_check_prints_diagnostics_on_standard_output_and_for_machines_alone() {
    let place = place(&[("broken.prm", BROKEN)]);
    let (_, out, err) = prm(&place, &["check", "broken.prm", "--message-format", "short"]);
    assert!(out.starts_with("broken.prm:1:13: error[P002]: "), "{out}");
    assert_eq!(err, "");
    let (_, out, err) = prm(&place, &["check", "broken.prm"]);
    assert!(out.is_empty() && err.contains("P002") && !err.contains('\u{1b}'));
    let (_, out, err) = prm(&place, &["build", "broken.prm", "--format", "json", "--message-format", "short"]);
    assert!(out.is_empty() && err.contains("P002"));
    let (_, _, err) = prm(&place, &["check", "broken.prm", "--color", "always"]);
    assert!(err.contains('\u{1b}'));
}

#[test]
fn an_unreadable_file_hides_no_errors_of_the_others() {
    let place = place(&[("p/prm.toml", "[package]\nname = \"p\"\n"), ("p/broken.prm", BROKEN)]);
    fs::write(place.path().join("p/latin.prm"), b"\xff").unwrap();
    let (code, _, err) = prm(&place, &["check", "p"]);
    assert_eq!(code, 2);
    assert!(err.contains("P002") && err.contains("latin.prm"), "{err}");
}

#[test]
fn a_clause_without_requirements_is_not_covered_in_full() {
    let text = "model m \"Model\" {\n  covers c:9\n}\ncatalog c \"Catalog\" {\n  clause 9 \"Empty\"\n}\n";
    let place = place(&[("a.prm", text)]);
    let (_, out, err) = prm(&place, &["coverage", "a.prm"]);
    assert!(out.contains("nothing to cover") && !out.contains('%') && !out.contains('█'), "{out}{err}");
}

#[test]
fn outputs_are_the_same_bytes_and_fit_their_schema() {
    let place = place(&[]);
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/assessment");
    let model = model.to_str().unwrap();
    let build = || prm(&place, &["build", model, "--format", "json"]).1;
    let json = build();
    assert_eq!(json, build());
    let schema = serde_json::from_str(&prm(&place, &["schema"]).1).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_follows(&schema, &value);
    assert!(!json.contains(env!("CARGO_MANIFEST_DIR")));
}

/// In a statement of applicability each row is settled; what is no row of it may stay as it is.
#[test]
fn rows_of_a_statement_of_applicability_that_are_met_in_part_are_errors() {
    let text = r#"
catalog rules "Rules" {
  requirement R1 "The house is led."
  control C1 "Keys are known."
  control C2 "Doors are locked."
}
model house "House model" {
  covers rules
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed." partly satisfies R1, C1
    satisfies C2
}
"#;
    let place = place(&[("house.prm", text)]);
    let found = |format: &str| {
        let (code, _, errors) = prm(&place, &["build", "--format", format, "--message-format", "short", "house.prm"]);
        let partial = errors.lines().filter(|line| line.contains("[P302]")).map(|line| {
            let severity = line.split(' ').nth(1).unwrap().split('[').next().unwrap();
            format!("{severity} {}", line.split('`').nth(1).unwrap())
        });
        (code, partial.collect::<Vec<String>>())
    };
    assert_eq!(found("soa"), (1, vec!["warning R1".to_owned(), "error C1".to_owned()]));
    assert_eq!(found("json"), (0, vec!["warning R1".to_owned(), "warning C1".to_owned()]));
}

/// A model that leaves a requirement uncovered: an error, but none that forbids output.
const GAP: &str = r#"
model gap "Gap" {
  covers rules
  domain "Houses"
  context "For tests."
  community "Testers."
  consensus "None was sought."
}
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep every key in known hands."
  outcome 1 "Keys are listed with their holders." satisfies R1
  outcome 2 "Lost keys are reported on the same day." satisfies R1
  outcome 3 "Keys are returned when a holder leaves." satisfies R1
}
catalog rules "Rules" {
  requirement R1 "Holders"
  requirement R2 "Returns"
}
"#;

/// A model with warnings alone.
const WARNED: &str = "model w \"Warned\"\n";

/// Of one catalog, only its own rows are held to be settled; the manifest says it like the command line.
#[test]
fn a_statement_and_a_report_keep_to_one_catalog() {
    let model = "catalog c \"C\" {\n  control C.1 \"One\"\n}\ncatalog d \"D\" {\n  control D.1 \"Two\"\n}\n\
                 model m \"M\" {\n  covers c\n  covers d\n}\nprocess K.1 \"Keys\" {\n  purpose \"To keep keys.\"\n  \
                 outcome 1 \"Keys are cut.\" satisfies C.1\n  outcome 2 \"Keys are kept.\" partly satisfies D.1\n}\n";
    let manifest =
        "[package]\nname = \"p\"\n[[output]]\nformat = \"soa\"\nas = \"csv\"\npath = \"c.csv\"\ncatalog = \"c\"\n";
    let place = place(&[("p/prm.toml", manifest), ("p/m.prm", model)]);
    let (code, out, err) = prm(&place, &["build", "p", "--format", "soa", "--catalog", "c"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("C.1") && !out.contains("D.1"), "{out}");
    assert_eq!(prm(&place, &["build", "p", "--format", "soa", "--catalog", "d"]).0, 1);
    assert_eq!(prm(&place, &["build", "p"]).0, 0);
    let written = fs::read_to_string(place.path().join("p/c.csv")).unwrap();
    assert!(written.contains("C.1") && !written.contains("D.1"), "{written}");
    let (_, out, _) = prm(&place, &["coverage", "p", "--format", "json", "--catalog", "d"]);
    assert!(out.contains("D.1") && !out.contains("C.1"), "{out}");
    for arguments in [&["build", "p", "--format", "soa", "--catalog", "cc"][..], &["coverage", "p", "--catalog", "cc"]]
    {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains("no catalog `cc`") && err.contains("did you mean `c`?"), "{err}");
    }
    let (code, _, err) = prm(&place, &["build", "p", "--format", "json", "--catalog", "c"]);
    assert!(code == 2 && err.contains("`--catalog` goes with"), "{err}");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn broken_models_give_no_output_whatever_is_asked() {
    let place = place(&[("broken.prm", BROKEN), ("old", "old")]);
    for arguments in [
        &["build", "broken.prm", "--format", "json", "-o", "old"][..],
        &["build", "broken.prm", "--format", "markdown", "-o", "old"],
        &["build", "broken.prm", "--format", "pam", "-o", "old"],
        &["coverage", "broken.prm", "-o", "old"],
        &["graph", "broken.prm", "-o", "old"],
        &["build", "broken.prm", "--format", "json"],
        &["coverage", "broken.prm"],
        &["graph", "broken.prm"],
        &["why", "R1", "broken.prm"],
    ] {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!((code, out.as_str()), (1, ""), "prm {arguments:?}");
        assert!(err.contains("P002"), "prm {arguments:?}: {err}");
        assert_eq!(fs::read_to_string(place.path().join("old")).unwrap(), "old");
        assert_eq!(names(place.path()), ["broken.prm", "old"]);
    }
}

#[test]
fn models_with_gaps_are_written_and_the_exit_code_tells() {
    let place = place(&[("gap.prm", GAP)]);
    for arguments in [
        &["build", "gap.prm", "--format", "json"][..],
        &["build", "gap.prm", "--format", "markdown"],
        &["build", "gap.prm", "--format", "pam"],
        &["coverage", "gap.prm"],
        &["coverage", "gap.prm", "--format", "csv"],
        &["coverage", "gap.prm", "--format", "json"],
        &["graph", "gap.prm", "--view", "trace"],
        &["why", "R2", "gap.prm"],
    ] {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!(code, 1, "prm {arguments:?}: {err}");
        // The assessment model goes by practices; the requirement is in the others.
        let shown = if arguments.contains(&"pam") { "K.1" } else { "R2" };
        assert!(out.contains(shown), "prm {arguments:?}: {out}");
    }
    assert_eq!(prm(&place, &["build", "gap.prm", "--format", "json", "-o", "gap.json"]).0, 1);
    assert!(fs::read_to_string(place.path().join("gap.json")).unwrap().contains("P301"));
}

#[test]
fn what_needs_a_model_says_so() {
    let place = place(&[("fine.prm", FINE)]);
    for arguments in [
        &["build", "fine.prm", "--format", "markdown", "-o", "out"][..],
        &["build", "fine.prm", "--format", "pam", "-o", "out"],
        &["coverage", "fine.prm", "-o", "out"],
        &["graph", "fine.prm", "-o", "out"],
        &["why", "R1", "fine.prm"],
    ] {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "prm {arguments:?}");
        assert!(err.contains("no model"), "{err}");
    }
    let (code, out, _) = prm(&place, &["build", "fine.prm", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &value["model"], &value["coverage"]), (0, &serde_json::Value::Null, &serde_json::json!([])));
    assert_eq!(names(place.path()), ["fine.prm"]);
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let place = place(&[("w.prm", WARNED)]);
    for arguments in [&["check", "w.prm"][..], &["coverage", "w.prm"], &["build", "w.prm", "--format", "json"]] {
        assert_eq!(prm(&place, arguments).0, 0, "prm {arguments:?}");
        let denied: Vec<&str> = arguments.iter().copied().chain(["--deny", "warnings"]).collect();
        assert_eq!(prm(&place, &denied).0, 1, "prm {denied:?}");
    }
}

#[test]
fn every_form_goes_where_it_belongs() {
    let place = place(&[("gap.prm", GAP)]);
    for form in ["short", "json", "sarif", "github", "junit"] {
        let (code, out, err) = prm(&place, &["check", "gap.prm", "--message-format", form, "--color", "always"]);
        assert_eq!((code, err.as_str()), (1, ""), "{form}");
        assert!(out.contains("P301") && !out.contains('\u{1b}'), "{form}: {out}");
        let (_, out, err) = prm(&place, &["coverage", "gap.prm", "--message-format", form]);
        assert!(out.starts_with("rules"), "{form}: {out}");
        assert!(err.contains("P301"), "{form}: {err}");
    }
    for form in ["human", "plain"] {
        let (_, out, err) = prm(&place, &["check", "gap.prm", "--message-format", form]);
        assert!(out.is_empty() && err.contains("P301"), "{form}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let place = place(&[("gap.prm", GAP)]);
    let coloured = |no_color: &str, color: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prm"));
        let command = command.args(["check", "gap.prm", "--color", color]).env("NO_COLOR", no_color);
        command.current_dir(&place).output().unwrap().stderr.contains(&0x1b)
    };
    assert!(!coloured("", "auto") && !coloured("1", "auto") && !coloured("", "never"));
    assert!(coloured("", "always") && coloured("1", "always"));
    assert_eq!(prm(&place, &["check", "gap.prm", "--color", "sometimes"]).0, 2);
}

#[test]
fn files_are_named_as_their_readers_see_them() {
    let manifest = "[package]\nname = \"p\"\nversion = \"1\"\n[[output]]\nformat = \"json\"\npath = \"made.json\"\n";
    let place = place(&[("p/prm.toml", manifest), ("p/deep/gap.prm", GAP), ("p/x/y", "")]);
    let (_, out, _) = prm(&place, &["check", "p", "--message-format", "short"]);
    assert!(out.starts_with("p/deep/gap.prm:3:3: error[P301]: "), "{out}");
    // The path of an [[output]] is relative to the package, that of `-o` to the current folder.
    assert_eq!(prm(&place, &["build", "p"]).0, 1);
    assert_eq!(prm(&place, &["build", "p", "--format", "json", "-o", "here.json"]).0, 1);
    let made = fs::read_to_string(place.path().join("p/made.json")).unwrap();
    assert_eq!(made, fs::read_to_string(place.path().join("here.json")).unwrap());
    assert!(made.contains("\"deep/gap.prm\"") && !made.contains("p/deep"), "{made}");
    // From inside the package, and from a folder below it.
    for (folder, path, shown) in [("p", ".", "deep/gap.prm:3:3:"), ("p/x", "..", "../deep/gap.prm:3:3:")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prm"));
        let command = command.args(["check", path, "--message-format", "short"]);
        let output = command.current_dir(place.path().join(folder)).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(out.starts_with(shown), "{folder} {path}: {out}");
    }
}

/// A manifest with outputs, each its lines.
fn with_outputs(outputs: &[&str]) -> String {
    outputs.iter().fold(MANIFEST.to_owned(), |manifest, output| format!("{manifest}[[output]]\n{output}\n"))
}

#[test]
fn an_output_of_the_manifest_is_what_the_command_line_would_make() {
    let manifest = with_outputs(&[
        "format = \"json\"\npath = \"json\"",
        "format = \"markdown\"\npath = \"markdown\"\nprovenance = true",
        "format = \"pam\"\npath = \"pam\"\nprovenance = false",
        "format = \"soa\"\nas = \"csv\"\npath = \"csv\"",
        "format = \"pam\"\nas = \"json\"\npath = \"drafts\"",
        "format = \"json\"\npath = \"line\"\ncompact = true",
        "format = \"soa\"\nas = \"json\"\npath = \"stated\"\ncompact = true",
    ]);
    let place = place(&[("p/prm.toml", &manifest), ("p/gap.prm", GAP)]);
    assert_eq!(prm(&place, &["build", "p"]).0, 1);
    for (path, arguments) in [
        ("json", &["json"][..]),
        ("markdown", &["markdown", "--provenance"]),
        ("pam", &["pam"]),
        ("csv", &["soa", "--as", "csv"]),
        ("drafts", &["pam", "--as", "json"]),
        ("line", &["json", "--compact"]),
        ("stated", &["soa", "--as", "json", "--compact"]),
    ] {
        let (_, out, _) = prm(&place, &[&["build", "p", "--format"], arguments].concat());
        assert!(!out.is_empty() && fs::read_to_string(place.path().join("p").join(path)).unwrap() == out, "{path}");
    }
    // What is asked for a statement and an assessment model stands in neither's neighbours.
    let json = fs::read_to_string(place.path().join("p/json")).unwrap();
    let drafts = fs::read_to_string(place.path().join("p/drafts")).unwrap();
    assert!(!json.contains("P605") && drafts.contains("P605"), "{drafts}");
}

/// In each form of data there is: the same values, without a byte between them.
#[test]
fn compact_data_are_the_same_on_one_line() {
    let text = GAP.to_owned() + "term \"gap\" \"A  \\\"gap\\\" : {\\n}.\"\n";
    let place = place(&[("gap.prm", &text)]);
    let assessed = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/meridian/assessed");
    for (path, arguments) in [
        ("gap.prm", &["build", "--format", "json"][..]),
        ("gap.prm", &["build", "--format", "pam", "--as", "json"]),
        ("gap.prm", &["build", "--format", "soa", "--as", "json"]),
        (assessed, &["build", "--assessment", "A25", "--format", "assessment", "--as", "json"]),
        ("gap.prm", &["coverage", "--format", "json"]),
    ] {
        let (_, lines, err) = prm(&place, &[arguments, &[path]].concat());
        assert!(lines.starts_with(['{', '[']) && lines.lines().count() > 5, "{arguments:?} {lines}{err}");
        let (_, line, err) = prm(&place, &[arguments, &[path, "--compact"]].concat());
        let value: serde_json::Value = serde_json::from_str(&lines).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value, "{arguments:?} {err}");
        assert_eq!(line.len(), value.to_string().len() + 1, "{arguments:?} {line}");
    }
}

#[test]
fn several_outputs_are_written_all_or_none() {
    let manifest = with_outputs(&["format = \"json\"\npath = \"a.json\"", "format = \"markdown\"\npath = \"b.md\""]);
    let place = place(&[("p/prm.toml", &manifest), ("p/gap.prm", GAP), ("p/a.json", "old"), ("p/b.md/x", "")]);
    let (code, _, err) = prm(&place, &["build", "p"]);
    assert!(code == 2 && err.contains("b.md"), "{err}");
    assert_eq!(fs::read_to_string(place.path().join("p/a.json")).unwrap(), "old");
    assert_eq!(names(&place.path().join("p")), ["a.json", "b.md", "gap.prm", "prm.toml"]);
}

#[test]
fn help_and_completions_name_every_output() {
    let place = place(&[]);
    let help = |command: &str| {
        let words = prm(&place, &[command, "--help"]).1;
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let schema = help("schema");
    let help = help("build");
    let script = prm(&place, &["completions", "bash"]).1;
    for output in prm::emit::ALL {
        assert!(help.contains(&format!("- {}:", output.format)), "{help}");
        assert!(script.contains(output.format));
        for form in output.forms.iter().filter(|_| output.has_forms()) {
            assert!(help.contains(&format!("- {}:", form.name)) && script.contains(form.name), "{help}");
        }
    }
    assert!(
        help.contains(
            "of pam markdown, docx, adoc, html, json or prm; of soa markdown, docx, adoc, html, csv, json or xlsx"
        ),
        "{help}"
    );
    for command in
        ["`prm build --format json`", "`prm build --format soa --as json`", "`prm diff --format json`", "`prm.toml`"]
    {
        assert!(schema.contains(command), "{schema}");
    }
}

/// What is wrong with a template is told, and nothing is written; in a manifest it is one of the package's own files.
#[test]
fn pages_are_laid_out_by_templates() {
    let manifest = "[package]\nname = \"p\"\nversion = \"1\"\n[[output]]\nformat = \"html\"\npath = \"o.html\"\n\
                    template = \"house.html\"\n";
    let model = "model m \"Mo<del\"\nprocess P \"P\" {\n  purpose \"P.\"\n  outcome 1 \"O.\"\n}\n";
    let files = [
        ("p/prm.toml", manifest),
        ("p/m.prm", model),
        ("p/house.html", "<p>{{ title.text }}</p>\n"),
        ("bad", "{{ no }}"),
    ];
    let place = place(&files);
    let read = |path: &str| std::fs::read_to_string(place.path().join(path)).ok();
    assert_eq!(prm(&place, &["build", "p"]).0, 0);
    assert_eq!(read("p/o.html").as_deref(), Some("<p>Mo&lt;del</p>\n"));
    let build = |template: &str, output: &str| {
        prm(&place, &["build", "p", "--format", "adoc", "--template", template, "-o", output])
    };
    assert_eq!(build("p/house.html", "x.adoc").0, 0);
    assert_eq!(read("x.adoc").as_deref(), Some("<p>Mo&#60;del</p>\n"));
    for (template, output, told) in
        [("bad", "y", "line 1 (`{{ no }}`)"), ("none", "y", "none"), ("bad", "bad", "its template")]
    {
        let (code, _, err) = build(template, output);
        assert!(code == 2 && err.contains(told) && err.contains("nothing was written"), "{template}: {err}");
    }
    assert_eq!((read("y"), read("bad").as_deref()), (None, Some("{{ no }}")));
    let (code, _, err) = prm(&place, &["build", "p", "--format", "markdown", "--template", "bad"]);
    assert!(code == 2 && err.contains("`--template` goes with"), "{err}");
    for (template, told) in [("../bad", "no file of the package's own"), ("o.html", "its template")] {
        let other = manifest.replace("house.html", template);
        std::fs::write(place.path().join("p/prm.toml"), other).unwrap();
        let (code, _, err) = prm(&place, &["build", "p"]);
        assert!(code == 1 && err.contains(told), "{template}: {err}");
    }
}

#[test]
fn the_current_folder_is_the_path_left_out() {
    let place = place(&[("prm.toml", "[package]\nname = \"p\"\nversion = \"1\"\n"), ("gap.prm", GAP)]);
    for (arguments, code) in [(&["check"][..], 1), (&["coverage"], 1), (&["why", "R1"], 1), (&["build"], 2)] {
        assert_eq!(prm(&place, arguments).0, code, "prm {arguments:?}");
    }
}

#[test]
fn a_broken_manifest_is_an_error_of_the_model() {
    let place = place(&[("p/prm.toml", "[package\n"), ("p/fine.prm", FINE), ("q/fine.prm", FINE)]);
    let (code, out, _) = prm(&place, &["check", "p", "--message-format", "short"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("p/prm.toml:1:") && out.contains("error[P020]"), "{out}");
    let (code, _, err) = prm(&place, &["check", "q"]);
    assert_eq!(code, 2);
    assert!(err.contains("prm.toml"), "{err}");
}

#[test]
fn what_does_not_exist_is_answered_with_what_is_near() {
    let place = place(&[("gap.prm", GAP)]);
    for (arguments, near) in [
        (&["explain", "uncovered-requirment"][..], "uncovered-requirement"),
        (&["why", "R3", "gap.prm"], "did you mean `R"),
        (&["graph", "gap.prm", "--process", "K.2"], "did you mean `K.1`"),
        (&["chekc", "gap.prm"], "check"),
    ] {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "prm {arguments:?}");
        assert!(err.contains(near), "prm {arguments:?}: {err}");
    }
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let place = place(&[("gap.prm", GAP)]);
    for arguments in [
        &["build", "gap.prm", "--format", "json", "--as", "prm"][..],
        &["build", "gap.prm", "--as", "prm"],
        &["build", "gap.prm", "--format", "soa", "--as", "prm"],
        &["build", "gap.prm", "--provenance"],
        &["build", "gap.prm", "--format", "json", "--provenance"],
        &["build", "gap.prm", "--format", "pam", "--as", "prm", "--provenance"],
        &["build", "gap.prm", "-o", "out"],
        &["build", "gap.prm", "--format", "odt"],
        &["build", "gap.prm", "--format", "json", "--template", "x.docx"],
        &["build", "gap.prm", "--template", "x.docx"],
        &["build", "gap.prm", "--compact"],
        &["build", "gap.prm", "--format", "markdown", "--compact"],
        &["build", "gap.prm", "--format", "soa", "--as", "csv", "--compact"],
        &["coverage", "gap.prm", "--compact"],
        &["coverage", "gap.prm", "--format", "csv", "--compact"],
        &["check", "gap.prm", "--deny", "hints"],
        &["new", "not a name"],
        &["new", "no/such/folder"],
        &[],
    ] {
        let (code, out, err) = prm(&place, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "prm {arguments:?}: {err}");
        assert!(!err.is_empty(), "prm {arguments:?}");
    }
    assert_eq!(names(place.path()), ["gap.prm"]);
}

#[test]
fn help_is_no_failure() {
    let place = place(&[]);
    for command in ["check", "build", "coverage", "why", "explain", "graph", "schema", "new", "completions", "man"] {
        let (code, out, err) = prm(&place, &[command, "--help"]);
        assert_eq!((code, err.as_str()), (0, ""), "prm {command} --help");
        assert!(out.contains("Usage: prm"), "{out}");
    }
    let version = prm(&place, &["-V"]).1;
    assert_eq!(version.lines().next(), Some(concat!("prm ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let place = place(&[("gap.prm", GAP)]);
    for (arguments, code) in [
        (&["explain"][..], 0),
        (&["schema"], 0),
        (&["man"], 0),
        (&["build", "gap.prm", "--format", "json"], 1),
        (&["check", "gap.prm", "--message-format", "sarif"], 1),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prm"));
        let command = command.args(arguments).current_dir(&place).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "prm {arguments:?}: {err}");
        assert!(!err.contains("panic") && !err.contains("Broken pipe"), "prm {arguments:?}: {err}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = place(&[("gap.prm", GAP), ("real.json", "old")]);
    let real = place.path().join("real.json");
    symlink("real.json", place.path().join("link.json")).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(prm(&place, &["build", "gap.prm", "--format", "json", "-o", "link.json"]).0, 1);
    assert!(fs::read_to_string(&real).unwrap().contains("P301"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(place.path()), ["gap.prm", "link.json", "real.json"]);
}

#[test]
fn fmt_writes_what_changes_and_nothing_else() {
    let loose = "term   \"key\" \"A secret.\"";
    let files =
        [("p/prm.toml", MANIFEST), ("p/a.prm", FINE), ("p/deep/b.prm", loose), ("p/deep/own/prm.toml", MANIFEST)];
    let place = place(&files);
    fs::write(place.path().join("p/deep/own/c.prm"), loose).unwrap();
    let read = |path: &str| fs::read_to_string(place.path().join(path)).unwrap();
    let written = |path: &str| fs::metadata(place.path().join(path)).unwrap().modified().unwrap();
    let before = written("p/a.prm");

    let (code, out, err) = prm(&place, &["fmt", "--check", "p"]);
    assert_eq!((code, read("p/deep/b.prm").as_str()), (1, loose));
    let diff = "--- p/deep/b.prm\n+++ p/deep/b.prm\n@@ -1 +1 @@\n-term   \"key\" \"A secret.\"\n\\ No newline at end of file\n\
                +term \"key\" \"A secret.\"\n";
    assert_eq!(out, diff);
    assert!(err.contains("1 of 2 files"), "{err}");
    let (_, colored, _) = prm(&place, &["fmt", "--check", "p", "--color", "always"]);
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), diff);

    assert_eq!(prm(&place, &["fmt", "p"]), (0, String::new(), "laid out p/deep/b.prm\n".to_owned()));
    assert_eq!((read("p/deep/b.prm").as_str(), read("p/deep/own/c.prm").as_str()), (FINE, loose));
    assert_eq!(written("p/a.prm"), before, "a file that is laid out was written");
    assert_eq!(prm(&place, &["fmt", "--check", "p"]), (0, String::new(), String::new()));
}

#[test]
fn fmt_leaves_broken_parts_and_goes_on_behind_unreadable_files() {
    let place = place(&[("a.prm", "term   \"a\" \"b\"\noutcom   3 bad\n"), ("b.txt", "x")]);
    fs::write(place.path().join("latin.prm"), b"term \"k\xe9y\" \"x\"").unwrap();
    let (code, _, err) = prm(&place, &["fmt", "latin.prm", "a.prm"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("line 2") && err.contains("UTF-8"), "{err}");
    assert_eq!(fs::read_to_string(place.path().join("a.prm")).unwrap(), "term \"a\" \"b\"\noutcom   3 bad\n");
    for arguments in [&["fmt", "b.txt"][..], &["fmt", "nowhere.prm"], &["fmt", "."], &["fmt"]] {
        assert_eq!(prm(&place, arguments).0, 2, "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(place.path().join("b.txt")).unwrap(), "x");
}

#[test]
fn fmt_goes_on_behind_a_file_in_disorder() {
    let place = place(&[]);
    fs::create_dir(place.path().join("p")).unwrap();
    fs::write(place.path().join("p/prm.toml"), "[package]\nname = \"p\"\nversion = \"1.0.0\"\n").unwrap();
    for (name, text) in [
        ("a", "} process K.1   \"Keys\" // later"),
        ("b", "catalog  c \"Rules\" { req } // to do"),
        ("c", "// a\r\r\n"),
        ("d", "\u{feff}\u{feff}term"),
        ("e", "\"\"\""),
        ("z", "term  \"key\"   \"A secret.\""),
    ] {
        fs::write(place.path().join(format!("p/{name}.prm")), text).unwrap();
    }
    let (code, _, err) = prm(&place, &["fmt", "p"]);
    assert_eq!((code, err.ends_with("laid out p/z.prm\n")), (0, true), "{err}");
    assert_eq!(prm(&place, &["fmt", "--check", "p"]).0, 0);
}

#[test]
fn fmt_reads_standard_input() {
    let fmt = |arguments: &[&str], text: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prm"))
            .arg("fmt")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(fmt(&["-"], b"term  \"key\"   \"A secret.\""), (0, FINE.to_owned()));
    assert_eq!(fmt(&["-", "--check"], FINE.as_bytes()), (0, String::new()));
    assert_eq!(fmt(&["-", "--check"], b"term  \"key\" \"x\"\n").0, 1);
    assert_eq!(fmt(&["-"], b"\xff"), (2, String::new()));
}

/// A folder with the package `house` and one that holds its assessment model.
fn assessed(source: &str) -> TempDir {
    let model = "model house \"House\" {\n}\nprocess K.1 \"Keys\" {\n  purpose \"P.\"\n  outcome 1 \"Keys are cut.\"\n  outcome 2 \"Keys are kept.\"\n}\n";
    place(&[
        ("house/prm.toml", "[package]\nname = \"house\"\nversion = \"1.0.0\"\n"),
        ("house/house.prm", model),
        (
            "pam/prm.toml",
            "[package]\nname = \"pam\"\nversion = \"1.0.0\"\n[dependencies]\nhouse = { path = \"../house\" }\n",
        ),
        ("pam/model.prm", "use house\nmodel house-pam \"House PAM\" extends house\n"),
        ("pam/keys/keys.prm", source),
    ])
}

const RENEW: &[&str] = &["build", "house", "--format", "pam", "--as", "prm", "-o", "pam/keys/keys.prm"];

#[test]
fn assessment_models_keep_what_their_authors_wrote() {
    let source = "\u{feff}extend process K.1 {\n  practice BP1   \"Mine.\" achieves 1 // so\n}\n";
    let place = assessed(source);
    let path = place.path().join("pam/keys/keys.prm");
    let (code, _, err) = prm(&place, RENEW);
    assert_eq!(code, 0, "{err}");
    let written = fs::read_to_string(&path).unwrap();
    let draft = "  // outcome 2 says: Keys are kept.\n  practice BP2 \"Keep keys.\" achieves 2 { note \"draft\" }\n}\n";
    assert_eq!(written, source.replace("}\n", draft));
    assert_eq!(prm(&place, RENEW).0, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
    let (code, _, err) = prm(&place, &["check", "pam"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn assessment_models_with_errors_are_not_written_over() {
    let source = "extend process K.1 {\n  practice BP1 \"Mine achieves 1\n}\n";
    let place = assessed(source);
    let (code, _, err) = prm(&place, &[RENEW, &["--message-format", "short"]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("pam/keys/keys.prm:2:16: error[P005]"), "{err}");
    assert_eq!(fs::read_to_string(place.path().join("pam/keys/keys.prm")).unwrap(), source);
}

#[test]
fn what_is_no_assessment_model_is_not_written_over() {
    let place = assessed("");
    for path in ["house/house.prm", "pam/prm.toml"] {
        let old = fs::read_to_string(place.path().join(path)).unwrap();
        let (code, _, err) = prm(&place, &["build", "house", "--format", "pam", "--as", "prm", "-o", path]);
        assert_ne!(code, 0, "{err}");
        assert!(err.contains(path), "{err}");
        assert_eq!(fs::read_to_string(place.path().join(path)).unwrap(), old);
    }
}

/// The marks of comments of several lines taken away: all of them, or all but one.
fn taken_into_use(text: &str, only: Option<usize>) -> String {
    let mut parts = text.split("/*\n");
    let mut source = parts.next().unwrap().to_owned();
    for (number, part) in parts.enumerate() {
        let (example, rest) = part.split_once("*/\n").unwrap();
        source.push_str(if only.is_none_or(|only| only == number) { example } else { "" });
        source.push_str(rest);
    }
    source
}

#[test]
fn a_new_layer_is_complete_and_its_examples_are_right() {
    for (base, count) in [("iso33052", 6), ("iso33052-2022", 6), ("./own", 4)] {
        let own = "model own \"Own\" {\n  domain \"D.\"\n  community \"C.\"\n  consensus \"None.\"\n  covers rules\n}\nprocess K.1 \"Key custody\" {\n  \
                   purpose \"The purpose of the key custody process is to keep keys in known hands.\"\n  \
                   outcome 1 \"Keys are listed.\"\n    satisfies R1\n  outcome 2 \"Keys are returned.\"\n    satisfies R2\n}\n\
                   catalog rules \"Rules\" {\n  requirement R1 \"One\"\n  requirement R2 \"Two\"\n}\n";
        let place = place(&[("own/prm.toml", &MANIFEST.replace("\"p\"", "\"own\"")), ("own/own.prm", own)]);
        fs::create_dir(place.path().join("made")).unwrap();
        let path = place.path().join("made/house/house.prm");
        let (code, _, err) = prm(&place, &["new", "made/house", "--from", base]);
        assert_eq!(code, 0, "{err}");
        let text = fs::read_to_string(&path).unwrap();
        let silent = |what: &str| {
            let (code, out, err) = prm(&place, &["check", "made/house", "--message-format", "short"]);
            assert!(code == 0 && !out.contains("error"), "{base}: {what}: {out}{err}");
            out
        };
        let plain = silent("plain");
        assert_eq!(plain, "", "{base}");
        let (_, coverage, _) = prm(&place, &["coverage", "made/house"]);
        assert!(coverage.contains("100 %"), "{coverage}");
        assert_eq!(prm(&place, &["fmt", "--check", "made/house"]).0, 0, "{text}");

        let examples = text.matches("/*\n").count();
        assert_eq!(examples, count, "{text}");
        fs::write(&path, taken_into_use(&text, None)).unwrap();
        assert_eq!(silent("all"), plain);
        // The exclusion and the omission go together; each of the others stands alone.
        for number in (0..examples).filter(|number| !text.contains("omit") || !matches!(number, 0 | 4)) {
            fs::write(&path, taken_into_use(&text, Some(number))).unwrap();
            assert_eq!(silent("one"), plain, "{number}");
        }
    }
}

#[test]
fn what_nothing_can_be_built_on_is_named() {
    let place =
        place(&[("p/prm.toml", MANIFEST), ("p/a.prm", FINE), ("bad/prm.toml", MANIFEST), ("bad/a.prm", BROKEN)]);
    for (from, words) in [
        ("iso33025", "did you mean `iso33052`?"),
        ("nothing-like-it", "`iso33052-2022`, or the folder of a"),
        ("iso27001-2022", "describes no model"),
        ("p", "describes no model"),
        ("p/a.prm", "is a file"),
        ("bad", "has errors"),
    ] {
        let (code, _, err) = prm(&place, &["new", "made", "--from", from]);
        assert!(code == 2 && err.contains(words), "{from}: {err}");
    }
    assert_eq!(prm(&place, &["new", "iso33052", "--from", "iso33052"]).0, 2);
    assert_eq!(names(place.path()), ["bad", "p"]);
}

#[test]
fn links_are_accepted_by_the_alias_of_a_package() {
    let model = "use rules as R\nmodel m \"M\" {\n  covers rules\n}\nprocess K.1 \"Keys\" {\n  purpose \"To keep keys.\"\n  \
                 outcome 1 \"Keys are kept.\" satisfies R:1\n  outcome 2 \"Keys are cut.\" satisfies R:2\n}\n";
    let manifest = "[package]\nname = \"m\"\n[dependencies]\nrules = { path = \"rules\" }\n";
    let rules = "catalog rules \"Rules\" {\n  control 1 \"One\"\n  control 2 \"Two\"\n}\n";
    let place = place(&[
        ("prm.toml", manifest),
        ("m.prm", model),
        ("rules/prm.toml", "[package]\nname = \"rules\"\n"),
        ("rules/rules.prm", rules),
    ]);
    for (wanted, said) in [
        ("R:1", "accepted 1 link"),
        ("K.1.2/R:2", "accepted 1 link"),
        ("R:3", "nothing that is claimed has to do with `R:3`"),
    ] {
        let (_, _, told) = prm(&place, &["review", "--accept", wanted, "--because", "It is so."]);
        assert!(told.contains(said), "{wanted}: {told}");
    }
}

#[test]
fn findings_are_counted_and_need_not_fail() {
    let model = "process K.1 \"Keys\" {\n  purpose \"So.\"\n  outcome 1 \"Keys are kept.\"\n}\n";
    let place = place(&[
        ("a.prm", &format!("{model}{}", model.replace("K.1", "K.2").replace("Keys", "Locks"))),
        ("broken.prm", BROKEN),
    ]);
    let (exit, shown, _) = prm(&place, &["check", "a.prm", "--statistics"]);
    assert_eq!(exit, 0, "{shown}");
    let counts: Vec<usize> =
        shown.lines().map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect();
    assert!(counts.is_sorted_by(|one, next| one >= next) && counts[0] == 2, "{shown}");
    let (_, data, _) = prm(&place, &["check", "a.prm", "--statistics", "--message-format", "json"]);
    assert_eq!(data.lines().count(), counts.len());
    assert!(data.starts_with("{\"code\":\""), "{data}");
    assert_eq!(prm(&place, &["check", "broken.prm", "--statistics"]).0, 1);
    assert_eq!(prm(&place, &["check", "broken.prm", "--exit-zero"]).0, 0);
    assert_eq!(prm(&place, &["check", "nowhere.prm", "--exit-zero"]).0, 2, "what could not be done is no finding");
}

#[test]
fn config_tells_what_is_in_force_and_whence() {
    let manifest = format!(
        "{MANIFEST}[dependencies]\nbase = {{ path = \"../base\" }}\n[lints]\nP425 = \"allow\"\nP502 = \"allow\"\n[[output]]\nformat = \"json\"\npath = \"p.json\"\n"
    );
    let base = MANIFEST.replace("\"p\"", "\"base\"");
    let model = "use base\nuse iso33004\nmodel p \"P\" {\n  conforms 5.3.1 \"By us.\"\n}\nprocess K.1 \"Keys\" {\n  allow P402 because \"It is the name.\"\n}\n";
    let place = place(&[("p/prm.toml", &manifest), ("p/p.prm", model), ("base/prm.toml", &base), ("base/b.prm", FINE)]);
    let (exit, shown, _) = prm(&place, &["config", "p"]);
    assert_eq!(exit, 0);
    for line in [
        "package   p 1.0.0 (p/prm.toml)",
        "on        base 1.0.0 (base)",
        "writes    p.json (json)",
        "P425 number-of-outcomes       allowed  `[lints]` of p/prm.toml",
        "allowed  p/p.prm:7: It is the name.",
        "the model claims conformity, which makes an error of this warning",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.lines().any(|line| line.contains("P502") && line.contains("claims conformity")), "{shown}");
    assert_eq!(prm(&place, &["config", "nowhere"]).0, 2);
}

#[test]
fn the_version_tells_what_comes_with_it() {
    let place = place(&[]);
    let (exit, shown, _) = prm(&place, &["--version"]);
    assert_eq!(exit, 0);
    assert!(shown.starts_with(&format!("prm {}", env!("CARGO_PKG_VERSION"))), "{shown}");
    for package in prm::package::standard_names() {
        assert!(shown.contains(&format!("  {package} ")), "{package}\n{shown}");
    }
    assert!(shown.contains("ISO/IEC 27001:2022 with Amendment 1:2024"), "{shown}");
}
