//! `[lints]` and `allow`: codes, names and families.

use prm::codes;
use prm::diagnostic::{Family, Severity, SubjectKind};

use crate::support::{Compiled, Project};

/// A model with a warning (P401), a hint (P436) and an error (P508) in two families.
const HOUSE: &str = r#"
process K.1 "K.1" {
  purpose "The purpose of the K.1 process is to keep every key in known hands."
  outcome 1 "Keys are kept as appropriate."
  outcome 2 "Keys are issued to named holders."
  outcome 3 "Returned keys are checked."
}
process K.2 "Lock care" {
  purpose "The purpose of the lock care process is to keep every lock in order."
}
"#;

fn with(lints: &str) -> Compiled {
    let manifest = format!("[package]\nname = \"house\"\nversion = \"1.0.0\"\n[lints]\n{lints}\n");
    Project::new().with("house.prm", HOUSE).with("prm.toml", manifest).at("").compile()
}

/// The severities of three codes under some lints.
fn severities(lints: &str) -> [Option<&'static str>; 3] {
    let compiled = with(lints);
    ["P401", "P436", "P508"].map(|code| {
        let found = compiled.0.diagnostics.iter().find(|found| found.code.code == code);
        found.map(|found| found.severity.word())
    })
}

#[test]
fn a_family_is_switched_as_a_whole() {
    let [warning, hint, error] = [Some("warning"), Some("hint"), Some("error")];
    assert_eq!(severities(""), [warning, hint, error]);
    assert_eq!(severities("P4xx = \"allow\""), [None, None, error]);
    assert_eq!(severities("P4xx = \"deny\""), [error, error, error]);
    assert_eq!(severities("P5xx = \"warn\""), [warning, hint, warning]);
    assert_eq!(severities("P8xx = \"allow\""), [warning, hint, error]);
}

#[test]
fn a_code_or_name_goes_before_its_family() {
    let [warning, error] = [Some("warning"), Some("error")];
    for lints in ["P4xx = \"allow\"\nP401 = \"deny\"", "P401 = \"deny\"\nP4xx = \"allow\""] {
        assert_eq!(severities(lints), [error, None, error]);
    }
    for lints in ["vague-outcome = \"warn\"\nP4xx = \"allow\"", "P4xx = \"allow\"\nvague-outcome = \"warn\""] {
        assert_eq!(severities(lints), [None, warning, error]);
    }
}

#[test]
fn a_family_switches_nothing_on() {
    let covered = format!(
        "catalog rules \"Rules\" {{ requirement 1 \"Keys\" }}\nmodel house \"House\" {{ covers rules }}\n{}",
        HOUSE.replace("of keys", "").replace("named holders.\"", "named holders.\" satisfies 1"),
    );
    let said = |lints: &str| {
        let manifest = format!("[package]\nname = \"house\"\nversion = \"1.0.0\"\n[lints]\n{lints}\n");
        let project = Project::new().with("house.prm", covered.as_str()).with("prm.toml", manifest).at("");
        project.compile().codes().contains("P306")
    };
    assert!(!said("P3xx = \"deny\""));
    assert!(said("P306 = \"warn\"\nP3xx = \"allow\""));
}

#[test]
fn families_that_are_none_or_protected_are_refused() {
    for (lint, code, help) in [
        ("P4", "P116", "did you mean `P4xx`?"),
        ("P4XX", "P116", "did you mean `P4xx`?"),
        ("p4xx", "P116", "did you mean `P4xx`?"),
        ("P44", "P116", "did you mean `P404`?"),
        ("zebra", "P116", "`prm explain` lists the checks"),
        ("P0xx", "P117", "mend what it points at; only P301 and above are for the author to judge"),
        ("P2xx", "P117", "mend what it points at; only P301 and above are for the author to judge"),
    ] {
        let compiled = with(&format!("{lint} = \"allow\""));
        let found: Vec<_> = compiled.0.diagnostics.iter().filter(|found| found.code.family == Family::Names).collect();
        assert_eq!(found.len(), 1, "{lint}");
        assert_eq!((found[0].code.code, found[0].help.as_deref()), (code, Some(help)), "{lint}");
    }
}

#[test]
fn allow_takes_no_family() {
    let text = HOUSE.replace("  outcome 1", "  allow P4xx because \"Old.\"\n  outcome 1");
    let compiled = Project::text(text).compile();
    let found = compiled.0.diagnostics.iter().find(|found| *found.code == codes::UNKNOWN_CHECK).unwrap();
    assert_eq!(found.help.as_deref(), Some("`allow` takes one check; a family stands in `[lints]` of `prm.toml`"));
    assert!(compiled.codes().contains("P401"));
}

#[test]
fn rows_say_where_they_come_from() {
    let row = codes::find("missing-domain").unwrap();
    assert_eq!((row.code, row.since, row.source), ("P501", "0.1.0", Some("ISO/IEC 33004:2015, 5.3.1")));
    assert_eq!((row.family, row.severity, row.retired), (Family::Reference, Severity::Warning, None));
    assert_eq!(codes::find("P401").unwrap().source, None);
    for code in codes::ALL {
        assert!(code.page.contains(&format!("\n- Finds: {}\n", code.summary)), "{}", code.code);
    }
}

/// What a finding is about stays the same where the text moves.
#[test]
fn findings_say_what_they_are_about() {
    let compiled = with("");
    let about = |code: &str| {
        let found = compiled.0.diagnostics.iter().find(|found| found.code.code == code).unwrap();
        found.subject.as_ref().map(|subject| (subject.kind, subject.id.as_str()))
    };
    assert_eq!(about("P401"), Some((SubjectKind::Process, "K.1")));
    assert_eq!(about("P436"), Some((SubjectKind::Outcome, "K.1.1")));
    assert_eq!(about("P508"), Some((SubjectKind::Process, "K.2")));
}
