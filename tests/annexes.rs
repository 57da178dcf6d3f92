//! Annexes A and B of a document: what each requirement is met by, and how the model stands to ISO/IEC 33004.

use prm::emit::{markdown, pam, report};

use crate::support::Project;

/// An annex of the document of a model.
fn annex(text: &str, letter: char) -> String {
    let compiled = Project::text(text).compile();
    let document = markdown::markdown(&compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines())), false);
    let from = document.find(&format!("## Annex {letter}")).unwrap();
    let rest = &document[from..];
    let end = rest[3..].find("\n## ").map_or(rest.len(), |end| end + 3);
    rest[..end].trim_end().to_owned()
}

const RULES: &str = r#"
catalog old "Rules of last year" {
  control O1 "Keys"
  control O2 "Doors"
}
catalog now "Rules of this year" {
  control T1 "Under no clause"
  clause 1 "Keys" {
    requirement 1.1 "The whole" "Keys are in known hands." {
      requirement 1.1.a "Listed"
      requirement 1.1.b "Counted"
    }
    requirement 1.2 "Parts" {
      requirement 1.2.a "Given out"
      requirement 1.2.b "Taken back"
    }
    requirement 1.3 "A part" {
      requirement 1.3.a "Lost"
      requirement 1.3.b "Found"
    }
    clause 1.4 "Inner heading" {
      control 1.4.1 "Together"
      control 1.4.2 "Carried over"
      control 1.4.3 "Carried over by many"
      control 1.4.4 "Tied"
    }
    clause 1.5 "Heading of nothing"
  }
  clause 2 "Left out" {
    control 2.1 "With its clause"
    control 2.2 "With its clause and its parts" {
      requirement 2.2.a "Part"
    }
  }
  clause 3 "Not asked for" {
    control 3.1 "Not listed"
  }
  control T2 "Left out by itself"
}
catalog more "Rules of a guild" {
  clause G "Guild" {
    control G.1 "One"
  }
  clause H "House" {
    control H.1 "Two"
  }
}
crosswalk old-now "Last year to this" from old to now {
  O1 equals 1.4.2
  O1 equals 1.4.3
  O2 equals 1.4.3
  O1, O2 equals 1.4.3
  O2, O1 equals 1.4.3
  O1 intersects 1.4.4
}
crosswalk old-more "Last year to the guild" from old to more {
  O1 equals H.1
}
model house "House model" {
  covers now:1 through old-now
  covers now:2
  covers more:G
  exclude 2 because "Nobody visits."
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed." satisfies 1.1, 1.2.a, O1
  outcome 2 "Doors are locked." satisfies 1.2.b, O2
  outcome 3 "Locks are checked." satisfies 1.4.1 together with K.1.2
  outcome 4 "Losses are known." partly satisfies 1.3.a
}
"#;

#[test]
fn annex_a_tells_what_each_requirement_is_met_by() {
    insta::assert_snapshot!(annex(RULES, 'A'));
}

#[test]
fn annex_a_lists_what_stands_under_no_clause() {
    let text = RULES.replace("covers now:1", "covers now").replace("exclude 2 ", "exclude 2, T2 ");
    let annex = annex(&text, 'A');
    let lines: Vec<&str> =
        annex.lines().filter(|line| line.contains("T1") || line.contains("T2") || line.starts_with('#')).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

const CONFORMITY: &str = r#"
catalog iso33004 "What a model must state" {
  clause 5 "Models" {
    requirement 5.3 "Content" {
      requirement 5.3.1 "Statements" {
        requirement 5.3.1.domain "Domain"
        requirement 5.3.1.relations "Relations" { label "5.3.1 c)" }
      }
      requirement 5.3.10 "Begins alike"
    }
    requirement 5.31 "Begins alike"
    requirement 5.4 "Descriptions" {
      requirement 5.4.sufficient "Sufficient"
      requirement 5.4.suf "Begins another's id"
    }
    requirement 5.6 "None of the annex's"
  }
}
catalog own "Rules of the house" {
  requirement 5.4 "Ours"
}
model house "House model" {
  context   "For one house."
  community "Those who live in it."
  conforms 5.3.1 "The house is the domain."
  conforms 5.3.10 "Said of what begins alike."
  conforms 5.31 "Said of what begins alike, too."
  conforms 5.6 "Said of what the annex does not list."
  conforms 5.4.suf "Said of what begins another's id."
  conforms own:5.4 "Said of rules of our own."
  conforms 5.4.sufficient "Judged by those who live in it."
  covers own
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed."
  outcome 2 "Doors are locked." satisfies own:5.4
  supports K.2
}
process K.2 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are counted."
}
"#;

#[test]
fn annex_b_says_how_each_clause_is_met() {
    insta::assert_snapshot!(annex(CONFORMITY, 'B'));
}

/// A model whose faults are known: one outcome about managing the process, one that is no statement.
const BASE: &str = r#"
use iso33004
model base "Keys" {
  domain    "Keys of one house."
  context   "For those who open and close."
  community "Those who live in the house."
  consensus "None was sought."
  source    "House rules of 2016"
  conforms iso33004:5.4.sufficient "Judged by those who live in the house."
  conforms iso33004:5.5 "Read by two of them."
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "The keys process is planned."
  outcome 2 "Keys are listed."
  outcome 3 "Keys are counted."
  outcome 4 "Listing of keys."
}
process K.2 "Doors" {
  purpose "The purpose of the doors process is to keep doors shut."
  outcome 1 "Doors are locked."
  outcome 2 "Doors are found open."
  outcome 3 "Doors are mended."
}
"#;

const OWN: &str = "use base\nmodel own \"Our keys\" extends base { }\n";

/// What is done to the base and to the layer, and what the row of a statement says of that, by hand.
type Truth = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static str,
    char,
    &'static str,
    &'static str,
);
const TRUE_OF: &[Truth] = &[
    // An empty layer has the findings of its base, each once.
    ("an empty layer", &[], "", "", 'B', "5.4 (basic level)", "**Not stated**. P431 (word lists): 1 finding (P431)."),
    (
        "an empty layer",
        &[],
        "",
        "",
        'B',
        "5.4 (outcome kind)",
        "**Not stated**. P421, P422, P429 (word lists): 1 finding (P421).",
    ),
    (
        "an empty layer",
        &[],
        "",
        "",
        'B',
        "5.3.1 (relations)",
        "**Not met**: nothing is said of how the processes relate. P505: 1 finding (P505).",
    ),
    // That processes belong together says nothing of how one relates to another.
    (
        "groups alone",
        &[("process K.1 \"Keys\" {", "group K \"House\"\nprocess K.1 \"Keys\" {")],
        "",
        "",
        'B',
        "5.3.1 (relations)",
        "By construction: the processes are sorted into groups; no relation between single processes is stated. P505: no findings.",
    ),
    (
        "a relation",
        &[("  purpose \"The purpose of the doors", "  supports K.1\n  purpose \"The purpose of the doors")],
        "",
        "",
        'B',
        "5.3.1 (relations)",
        "By construction: the overview tells 1 relation, in which 2 of 2 processes stand. P505: no findings.",
    ),
    ("no framework", &[], "", "", 'A', "6.3.5 a)", "**Not met**: the model names no measurement framework."),
    (
        "a framework without an edition",
        &[
            ("  source    ", "  edition \"1\"\n  measured by comfort\n  source    "),
            (
                "process K.1 \"Keys\" {",
                "framework comfort \"Comfort\" {\n  scale { rating N \"No\" 0 50\n rating F \"Full\" 50 100\n }\n  level 0 \"None\" {}\n  level 1 \"Done\" {\n attribute A.1 \"Done\" {\n achievement a \"It is done.\"\n practice G.1 \"Do it.\" achieves a\n}\n}\n}\nprocess K.1 \"Keys\" {",
            ),
        ],
        "",
        "",
        'A',
        "6.3.3",
        "**Not met**: no edition is stated by “Comfort”.",
    ),
    ("an empty layer", &[], "", "", 'B', "5.3.3 (unique)", "P509, P510: no findings."),
    // What a check had nothing to look at, or cannot read, it does not pass.
    (
        "texts in Dutch",
        &[("  source    ", "  language  nl\n  source    ")],
        "",
        "",
        'B',
        "5.4 (basic level)",
        "**Not stated**. P431 (word lists): nothing to look at, for it reads English alone, and the texts are in another language.",
    ),
    // The texts of a base are in its own language.
    (
        "a layer in Dutch",
        &[("extends base { }", "extends base {\n  language nl\n}")],
        "",
        "",
        'B',
        "5.4 (basic level)",
        "**Not stated**. P431 (word lists): 1 finding (P431); not looked at: the texts of “Our keys”, which are in another language.",
    ),
    (
        "an empty layer",
        &[],
        "",
        "",
        'B',
        "5.4 (sufficient)",
        "**Not stated**. P425: no findings. P301, P302, P304: nothing to look at, for the model covers nothing. Statement of “Keys”, on its own model: Judged by those who live in the house.",
    ),
    // A base speaks of itself.
    (
        "an empty layer",
        &[],
        "",
        "",
        'B',
        "5.5",
        "**Not stated**. Statement of “Keys”, on its own model: Read by two of them.",
    ),
    ("an empty layer", &[], "", "", 'B', "5.3.2 (consensus)", "Stated by “Keys”, and not anew."),
    (
        "a layer that speaks for itself",
        &[
            ("{ }", "{ consensus \"Agreed by the board.\"\n conforms iso33004:5.5 \"Read by us.\" }"),
            ("use base", "use base\nuse iso33004"),
        ],
        "",
        "",
        'B',
        "5.5",
        "The author's statement: Read by us. Statement of “Keys”, on its own model: Read by two of them.",
    ),
    (
        "consensus of the layer",
        &[("{ }", "{ consensus \"Agreed by the board.\" }")],
        "",
        "",
        'B',
        "5.3.2 (consensus)",
        "Stated by the author.",
    ),
    // What somebody set aside is counted, with the reason, and whose it was.
    (
        "allowed in the base",
        &[(
            "outcome 4 \"Listing of keys.\"",
            "outcome 4 \"Listing of keys.\" { allow P421 because \"House *style*.\" }",
        )],
        "",
        "",
        'B',
        "5.4 (outcome kind)",
        "**Not stated**. P421, P422, P429 (word lists): 1 finding, set aside: House *style*. (“Keys”).",
    ),
    (
        "allowed by the layer",
        &[("{ }", "{ allow P431 because \"We plan it.\" }")],
        "",
        "",
        'B',
        "5.4 (basic level)",
        "**Not stated**. P431 (word lists): 1 finding, set aside: We plan it. (“Our keys”).",
    ),
    (
        "allowed and not allowed",
        &[("outcome 2 \"Keys are listed.\"", "outcome 2 \"Lists of keys.\" { allow P421 because \"Short.\" }")],
        "",
        "",
        'B',
        "5.4 (outcome kind)",
        "**Not stated**. P421, P422, P429 (word lists): 1 finding (P421); 1 finding, set aside: Short. (“Keys”).",
    ),
    (
        "switched off by the layer",
        &[],
        "",
        "P431 = \"allow\"",
        'B',
        "5.4 (basic level)",
        "**Not stated**. P431 (word lists): 1 finding, set aside: check switched off (“Our keys”).",
    ),
    (
        "switched off by the base",
        &[],
        "P431 = \"allow\"",
        "",
        'B',
        "5.4 (basic level)",
        "**Not stated**. P431 (word lists): 1 finding, set aside: check switched off (“Keys”).",
    ),
    (
        "switched off where nothing is to be found",
        &[],
        "",
        "P509 = \"allow\"",
        'B',
        "5.3.3 (unique)",
        "P510: no findings. P509: check switched off (“Our keys”).",
    ),
    (
        "a text that is not there, and was allowed",
        &[("  domain    \"Keys of one house.\"\n", ""), ("{ }", "{ allow P501 because \"Anywhere.\" }")],
        "",
        "",
        'B',
        "5.3.1 (domain)",
        "**Not stated**. P501: 1 finding, set aside: Anywhere. (“Our keys”).",
    ),
    // Drafts are no indicators.
    (
        "drafts alone",
        &[],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "**Not met**: 7 of 7 outcomes have drafts only. P508: no findings. P601: nothing to look at, for the model has no practice.",
    ),
    (
        "drafts alone",
        &[],
        "",
        "",
        'A',
        "6.3.2 (mapping)",
        "**Not met**: there are no indicators but drafts. P602, P603: nothing to look at, for the model has no practice. P604: nothing to look at, for the model has no information item.",
    ),
    (
        "drafts beside what shows an outcome",
        &[
            ("\"Keys are listed.\"", "\"Keys are listed.\" produces list"),
            ("use iso33004", "use iso33004\nitem list \"List\" kind record"),
        ],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "**Not met**: 7 of 7 outcomes have drafts only; 1 of them has an information item to show. P508: no findings. P601: nothing to look at, for the model has no practice.",
    ),
    // One process is like no other, and relates to none.
    (
        "one process",
        &[("{ }", "{ }\nomit K.2 because \"No doors.\"")],
        "",
        "",
        'B',
        "5.3.1 (relations)",
        "By construction: the model has 1 process. P505: nothing to look at, for the model has one process alone.",
    ),
    (
        "one process",
        &[("{ }", "{ }\nomit K.2 because \"No doors.\"")],
        "",
        "",
        'B',
        "5.3.3 (unique)",
        "P509, P510: nothing to look at, for the model has one process alone.",
    ),
    (
        "no process",
        &[("{ }", "{ }\nomit K.1, K.2 because \"No doors.\"")],
        "",
        "",
        'B',
        "5.4 (elements)",
        "P507, P508: nothing to look at, for the model has no process.",
    ),
    (
        "no process",
        &[("{ }", "{ }\nomit K.1, K.2 because \"No doors.\"")],
        "",
        "",
        'B',
        "5.4 (outcome kind)",
        "**Not stated**. P421, P422, P429 (word lists): nothing to look at, for the model has no process.",
    ),
    // What is met in part only is a finding; what asks for nothing is not met.
    (
        "in part only",
        &[
            ("use iso33004", "use iso33004\ncatalog c \"C\" { control C.1 \"One\" \"One is.\" }"),
            ("  source    ", "  covers c\n  source    "),
            ("are listed.\"", "are listed.\" partly satisfies C.1"),
        ],
        "P304 = \"allow\"\nP425 = \"allow\"",
        "P304 = \"allow\"\nP425 = \"allow\"",
        'B',
        "5.4 (sufficient)",
        "**Not stated**. P301, P302: 1 finding (P302). P304, P425: 6 findings, set aside: check switched off (“Our keys”). Statement of “Keys”, on its own model: Judged by those who live in the house.",
    ),
    (
        "a catalog without requirements",
        &[
            ("use iso33004", "use iso33004\ncatalog c \"C\" { clause C \"Nothing\" }"),
            ("  source    ", "  covers c\n  source    "),
        ],
        "",
        "",
        'B',
        "5.4 (sufficient)",
        "**Not stated**. P304, P425: 7 findings (P304). P301, P302: nothing to look at, for what the model covers asks for nothing. Statement of “Keys”, on its own model: Judged by those who live in the house.",
    ),
    (
        "one practice",
        &[("{ }", "{ }\nextend process K.1 { practice BP1 \"List the keys.\" achieves 2 }")],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "**Not met**: 6 of 7 outcomes have drafts only. P508, P601: 3 findings (P601).",
    ),
    (
        "a practice that is a draft still",
        &[("{ }", "{ }\nextend process K.1 { practice BP1 \"List.\" achieves 1, 2, 3, 4 { note \"draft\" } }")],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "**Not met**: 7 of 7 outcomes have drafts only. P508, P601: no findings.",
    ),
    (
        "practices for all",
        &[(
            "{ }",
            "{ }\nextend process K.1 { practice BP1 \"List.\" achieves 1, 2, 3, 4 }\nextend process K.2 { practice BP1 \"Lock.\" achieves 1, 2, 3 }",
        )],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "P508, P601: no findings.",
    ),
    // Nor are practices that were stated for other words.
    (
        "an outcome reworded above its practices",
        &[
            (
                "outcome 2 \"Keys are listed.\"",
                "practice BP1 \"List.\" achieves 1, 2, 3, 4\noutcome 2 \"Keys are listed.\"",
            ),
            ("{ }", "{ }\nextend process K.1 { replace outcome 2 \"Keys are written down.\" because \"So.\" }"),
        ],
        "",
        "",
        'A',
        "6.3.1 (assessment indicators) a)",
        "**Not met**: 3 of 7 outcomes have drafts only; 1 of 7 outcomes has only practices that were stated for an earlier wording. P508, P601: no findings.",
    ),
    (
        "an outcome reworded above its practices",
        &[
            (
                "outcome 2 \"Keys are listed.\"",
                "practice BP1 \"List.\" achieves 1, 2, 3, 4\noutcome 2 \"Keys are listed.\"",
            ),
            (
                "{ }",
                "{ }\nextend process K.1 {\nreplace outcome 2 \"Keys are written down.\" because \"So.\"\npractice BP2 \"Write keys down.\" achieves 2\n}",
            ),
        ],
        "",
        "",
        'A',
        "6.3.2 (mapping)",
        "**Not met**: 1 of 5 ties between practices and outcomes was stated for an earlier wording of the outcome. P602, P603: no findings. P604: nothing to look at, for the model has no information item.",
    ),
    // What no check decides and nobody states, what is no framework's, and whose wording it is.
    (
        "an empty layer",
        &[],
        "",
        "",
        'A',
        "6.2 (processes)",
        "**Not stated**. P501, P502, P503, P504, P505, P507, P508, P509, P510, P513: 1 finding (P505).",
    ),
    ("an empty layer", &[], "", "", 'A', "6.2 (quality)", "**Not stated**."),
    ("an empty layer", &[], "", "", 'A', "6.3.3", "**Not met**: no edition is stated by “Keys”."),
    (
        "an empty layer",
        &[],
        "",
        "",
        'A',
        "6.3.4",
        "By construction: processes, purposes and outcomes are printed as “Keys” words them; nothing is said of how they are worded in the document that “Keys” follows.",
    ),
];

#[test]
fn rows_say_what_is_true_of_mutated_models() {
    let mut faults = Vec::new();
    for (what, edits, of_base, of_own, letter, row, expected) in TRUE_OF {
        let mut texts = [BASE.to_owned(), OWN.to_owned()];
        for (old, new) in *edits {
            assert!(texts.iter().any(|text| text.contains(old)), "{what}: {old}");
            texts = texts.map(|text| text.replace(old, new));
        }
        let [base, own] = texts;
        let manifest = |name: &str, more: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{more}\n");
        let compiled = Project::new()
            .with("base/prm.toml", manifest("base", &format!("[lints]\n{of_base}")))
            .with("base/base.prm", base)
            .with(
                "own/prm.toml",
                manifest("own", &format!("[dependencies]\nbase = {{ path = \"../base\" }}\n[lints]\n{of_own}")),
            )
            .with("own/own.prm", own)
            .at("own")
            .compile();
        let checked = compiled.0.checked().unwrap_or_else(|| panic!("{what}: {}", compiled.lines()));
        let document = if *letter == 'B' { markdown::markdown(&checked, false) } else { pam::pam(&checked, false) };
        let line = document.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap_or_default();
        let cell = line.split(" | ").nth(2).unwrap_or_default();
        if cell != *expected {
            faults.push(format!("{what}, {row}:\n  {cell}\nand not\n  {expected}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn clauses_are_called_what_the_catalog_calls_them() {
    let project = |uses: &str| {
        Project::text(format!(
            "{uses}\n{}",
            BASE.replace("use iso33004", "")
                .lines()
                .filter(|line| !line.contains("conforms"))
                .collect::<Vec<_>>()
                .join("\n")
        ))
    };
    let labels = |project: Project| {
        let compiled = project.compile();
        let checked = compiled.0.checked().unwrap();
        let documents = markdown::markdown(&checked, false) + &pam::pam(&checked, false);
        let rows = documents.lines().filter(|line| line.starts_with("| 5.") || line.starts_with("| 6."));
        rows.map(|row| row.split(" | ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels(project("")), labels(project("use iso33004")));
}

/// Of outcomes with one fault, two stand in the blocks of an `allow`, one before them, and one in another file, at the bytes
/// of such a block.
#[test]
fn an_allow_sets_aside_what_stands_in_its_block_alone() {
    let process = |id: &str, allow: &str| {
        format!(
            "process {id} \"Keys {id}\" {{\n{allow}\noutcome 1 \"Listing of keys.\"\noutcome 2 \"Doors are locked.\"\n}}\n"
        )
    };
    let before = format!("model m \"Keys\"\n{}", process("K.1", ""));
    let allowed = process("K.2", "allow P421 because \"So it is said.\"");
    let last = process("K.3", "allow P421 because \"By us.\"");
    let other = format!("// {}\n{}", "-".repeat(before.len()), process("K.4", ""));
    let fault = other.find("Listing").unwrap();
    assert!((before.len()..before.len() + allowed.len()).contains(&fault));
    let manifest = "[package]\nname = \"house\"\nversion = \"1.0.0\"\n";
    let project =
        Project::new().with("prm.toml", manifest).with("a.prm", before + &allowed + &last).with("b.prm", other);
    let document = markdown::markdown(&project.compile().0.checked().unwrap(), false);
    let row = document.lines().find(|line| line.contains("| 5.4 (outcome kind)")).unwrap();
    let told =
        "2 findings (P421); 1 finding, set aside: So it is said. (“Keys”); 1 finding, set aside: By us. (“Keys”).";
    assert!(row.contains(told), "{row}");
}

#[test]
fn what_is_said_of_assessment_models_stands_in_theirs() {
    let text = "use iso33004\nmodel m \"Keys\" {\n  conforms iso33004:ID \"Said of it.\"\n}\n";
    for (id, is_there) in [("5.4.sufficient", true), ("5.5", true), ("6.2.quality", false), ("6.3.5.a", false)] {
        assert_eq!(annex(&text.replace("ID", id), 'B').contains("Said of it."), is_there, "{id}");
    }
}

#[test]
fn further_statements_of_a_base_are_told_as_its_own() {
    let base =
        "catalog c \"Rules\" {\n  requirement Q1 \"One\"\n}\nmodel base \"Keys\" {\n  conforms Q1 \"So it is.\"\n}\n";
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
    let project = Project::new()
        .with("base/prm.toml", manifest("base"))
        .with("base/base.prm", base)
        .with("own/prm.toml", format!("{}[dependencies]\nbase = {{ path = \"../base\" }}\n", manifest("own")))
        .with("own/own.prm", OWN)
        .at("own");
    let document = markdown::markdown(&project.compile().0.checked().unwrap(), false);
    let row = document.lines().find(|line| line.starts_with("| Rules, Q1")).unwrap();
    assert!(row.contains("So it is. (statement of “Keys”, on its own model)"), "{row}");
}

#[test]
fn a_choice_of_outcomes_is_set_off_from_what_is_needed_besides() {
    let text = "catalog old \"Old\" {\n  requirement O1 \"One\"\n  requirement O2 \"Two\"\n}\n\
                catalog new \"New\" { requirement N1 \"Both\" }\n\
                crosswalk x \"Old to new\" from old to new { O1, O2 equals N1 }\n\
                model m \"Keys\" { covers new through x }\n\
                process K.1 \"Keys\" {\n  outcome 1 \"Keys are listed.\" satisfies O1\n  \
                outcome 2 \"Keys are numbered.\" satisfies O1\n  outcome 3 \"Keys are counted.\" satisfies O2\n}\n";
    let annex = annex(text, 'A');
    let row = annex.lines().find(|line| line.starts_with("| N1")).unwrap();
    let words = row.replace("(#52-k1-keys)", "");
    assert!(words.contains("from O1 and O2 (([K.1.1]; [K.1.2]) and [K.1.3])"), "{words}");
}

/// Two controls became one, by a line that says why; and the one is met in another way too.
const CARRIED: &str = r#"
catalog old "Old" {
  control O.1 "Locks"
  control O.2 "Bars"
}
catalog new "New" {
  control N.1 "Doors"
  control N.2 "Bells"
}
crosswalk w "Old to new" from old to new {
  O.1, O.2 equals N.1 because "Two controls became one."
}
model m "M" {
  covers new through w
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep doors shut."
  outcome 1 "Locks are fitted." satisfies O.1
  outcome 2 "Bars are fitted." satisfies O.2
  outcome 3 "Doors are walled up." satisfies N.1
  outcome 4 "Bells ring." partly satisfies N.2
}
"#;

#[test]
fn what_is_needed_together_is_told_from_a_choice_and_lines_say_why() {
    let compiled = Project::text(CARRIED).compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let text = markdown::markdown(&input, false);
    let row = text.lines().find(|line| line.starts_with("| N.1 |")).unwrap();
    let row = plain(row);
    assert!(
        row.ends_with(
            "K.1.3; through “Old to new” from O.1 and O.2 (K.1.1 and K.1.2). “Old to new”, O.1, O.2 equals N.1: Two controls became one. |"
        ),
        "{row}"
    );
    let filter = report::Filter { uncovered: true, partial: true, rest: true };
    let table = report::csv(&input, filter);
    let expected = "catalog,id,label,kind,title,status,outcomes,ways\nnew,N.1,,control,Doors,covered,K.1.3 K.1.1 K.1.2,K.1.3; \
                    K.1.1 + K.1.2\nnew,N.2,,control,Bells,partial,K.1.4,in part K.1.4\n";
    assert_eq!(table, expected);
}

/// A line without the addresses of its links.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        plain.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, rest)| rest);
    }
    (plain + rest).replace('[', "")
}
