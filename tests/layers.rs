//! Random stacks of layers, each against a naive computation of what they leave; and what must not matter to it.

pub mod stack;
mod told;
mod written;

use std::collections::BTreeMap;

use prm::coverage::Status;
use prm::emit::{json, markdown, pam, why};
use prm::model::{ReqKind, RequirementId};
use prm::package::lock::Lock;
use prm::review;
use serde_json::Value;

use crate::support::{Compiled, Project};
use stack::Stack;

/// How many stacks are judged.
const STACKS: u64 = 400;

#[test]
fn what_layers_leave_is_what_a_naive_computation_leaves() {
    let (mut conflicts, mut compared) = (0, 0);
    for seed in 0..STACKS {
        let stack = Stack::random(seed);
        let compiled = stack.project(false).compile();
        let expected = stack.expected();
        let disagreements = compiled.0.diagnostics.iter().filter(|found| found.code.code == "P209").count();
        let Some(expected) = expected else {
            assert!(disagreements > 0, "seed {seed}: no disagreement is told\n{}", stack.text());
            conflicts += 1;
            continue;
        };
        assert!(compiled.0.checked().is_some(), "seed {seed}:\n{}\n{}", compiled.lines(), stack.text());
        // What was left out, and kept above, is told in the history alone.
        let is_kept = |fact: &String| !fact.contains(": omitted by ");
        let told: Vec<String> = told::facts(&json(&compiled)).into_iter().filter(is_kept).collect();
        let expected_facts = expected.facts.clone();
        let lacking: Vec<&String> = expected_facts.iter().filter(|fact| !told.contains(fact)).collect();
        let too_much: Vec<&String> = told.iter().filter(|fact| !expected_facts.contains(fact)).collect();
        assert!(told == expected_facts, "seed {seed}: not told {lacking:#?}, told {too_much:#?}\n{}", stack.text());
        assert_eq!(statuses(&compiled), expected.statuses, "seed {seed}\n{}", stack.text());
        compared += 1;
    }
    assert!(conflicts > STACKS / 20 && compared > STACKS / 3, "{conflicts} conflicts, {compared} compared");
}

#[test]
fn the_order_of_bases_and_packages_does_not_matter() {
    for seed in 0..STACKS / 4 {
        let stack = Stack::random(seed);
        let (plain, turned) = (stack.project(false).compile(), stack.project(true).compile());
        assert_eq!(messages(&plain), messages(&turned), "seed {seed}\n{}", stack.text());
        let (Some(one), Some(other)) = (plain.0.checked(), turned.0.checked()) else { continue };
        assert_eq!(without_head(&plain), without_head(&turned), "seed {seed}\n{}", stack.text());
        // Documents name the bases in the order in which the head does, and the findings that begin where it names one in
        // the order of what the bases cover.
        let document = |text: String| {
            let naming =
                ["| P301 |", "| P302 |", "| Extends", ", built on ", "printed as the reference model words them"];
            let lines = text.lines().filter(|line| !naming.iter().any(|words| line.contains(words)));
            let (mut findings, mut lines): (Vec<_>, Vec<_>) =
                lines.map(str::to_owned).partition(|line| line.starts_with("| P3"));
            findings.sort();
            lines.append(&mut findings);
            lines
        };
        assert_eq!(document(markdown::markdown(&one, true)), document(markdown::markdown(&other, true)), "seed {seed}");
        assert_eq!(document(pam::pam(&one, true)), document(pam::pam(&other, true)), "seed {seed}");
    }
}

#[test]
fn a_layer_that_changes_nothing_changes_nothing_but_the_head() {
    for seed in 0..STACKS / 4 {
        let stack = Stack::random(seed);
        let (plain, layered) = (stack.project(false).compile(), stack.with_idle_layer().compile());
        let (Some(one), Some(other)) = (plain.0.checked(), layered.0.checked()) else { continue };
        assert_eq!(without_head(&plain), without_head(&layered), "seed {seed}\n{}", stack.text());
        let body = |text: String| text.split_once("\n## 2 ").map(|(_, body)| body.to_owned());
        // Annex B says what the head of the model says.
        let chapters = |text: String| body(text).unwrap().split("\n## Annex B").next().unwrap().to_owned();
        let (one, other) = (markdown::markdown(&one, false), markdown::markdown(&other, false));
        assert_eq!(chapters(one), chapters(other), "seed {seed}\n{}", stack.text());
    }
}

#[test]
fn a_disagreement_shows_all_places() {
    let base =
        "model keys \"Keys\"\nprocess K.1 \"Keys\" {\n  purpose \"For all.\"\n  outcome 1 \"Keys are known.\"\n}\n";
    let layer = |name: &str| {
        format!(
            "use keys\nmodel {name} \"Layer\" extends keys\nextend process K.1 {{\n  replace outcome 1 \"By {name}.\" because \"So.\"\n}}\n"
        )
    };
    let manifest = |name: &str, uses: &[&str]| {
        let uses: String = uses.iter().map(|used| format!("{used} = {{ path = \"../{used}\" }}\n")).collect();
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n[dependencies]\n{uses}")
    };
    let project = Project::new()
        .with("keys/prm.toml", manifest("keys", &[]))
        .with("keys/keys.prm", base)
        .with("one/prm.toml", manifest("one", &["keys"]))
        .with("one/one.prm", layer("one"))
        .with("two/prm.toml", manifest("two", &["keys"]))
        .with("two/two.prm", layer("two"))
        .with("acme/prm.toml", manifest("acme", &["one", "two"]))
        .with("acme/acme.prm", "use one\nuse two\nmodel acme \"Acme\" extends one, two\n")
        .at("acme");
    let compiled = project.compile();
    let found = compiled.0.diagnostics.iter().find(|found| found.code.code == "P209").unwrap();
    assert_eq!(compiled.place(found), ("acme/acme.prm".to_owned(), 3));
    let places: Vec<String> =
        found.secondary.iter().map(|label| compiled.0.sources.file(label.span.file).display()).collect();
    assert_eq!(places, ["one/one.prm", "two/two.prm"]);
}

const CHAIN: &str = r#"use iso27001-2022

catalog law "A law" {
  requirement L1 "Access" "Access is controlled."
  requirement L2 "Logs" "Logs are kept."
}
catalog sector "Rules of the sector" {
  requirement S1 "Access" "Access is controlled."
  requirement S2 "Logs" "Logs are kept."
}
catalog group-rules "Rules of the group" {
  requirement G1 "Access" "Access is controlled."
  requirement G2 "Logs" "Logs are kept."
}
crosswalk law-sector "Law to sector" from law to sector {
  L1 equals S1
  L2 equals S2
}
crosswalk sector-group "Sector to group" from sector to group-rules {
  S1 equivalent to G1
  S2 intersects G2
}
crosswalk group-iso "Group to ISO" from group-rules to iso27001-2022 {
  allow unreached-target because "Two of them."
  G1 superset of A.5.15
  G2 equals A.8.15
}
model chain "Chain" {
  covers iso27001-2022:A.5 through law-sector, sector-group, group-iso
}
process K.1 "Access" {
  purpose "For all."
  outcome 1 "Access is controlled." satisfies L1
  outcome 2 "Logs are kept." satisfies L2
}
"#;

#[test]
fn a_chain_through_two_other_frameworks_shows_every_hop_and_its_weakest_line_decides() {
    let compiled = Project::text(CHAIN).compile();
    let checked = compiled.0.checked().unwrap();
    let why = |id: &str| {
        let rows = (0..).map(RequirementId).take(compiled.0.program.requirements.len());
        let row = rows.into_iter().find(|row| compiled.0.program.full_id(*row) == id).unwrap();
        why::requirement(&checked, row)
    };
    let strong = "A.5.15 “Access control” (iso27001-2022) is covered
└─ group-iso carries A.5.15 over from group-rules:G1 (G1 superset of A.5.15) (main.prm:25)
   └─ sector-group carries group-rules:G1 over from sector:S1 (S1 equivalent to G1) (main.prm:20)
      └─ law-sector carries sector:S1 over from law:L1 (L1 equals S1) (main.prm:16)
         └─ K.1.1 satisfies law:L1 (main.prm:33)
            └─ “Access is controlled.”
";
    assert_eq!(why("iso27001-2022:A.5.15"), strong);
    let weak = "A.8.15 “Logging” (iso27001-2022) is partial
└─ group-iso ties A.8.15 to group-rules:G2 (G2 equals A.8.15) (main.prm:26)
   └─ sector-group ties group-rules:G2 to sector:S2 (S2 intersects G2) (main.prm:21)
      └─ law-sector carries sector:S2 over from law:L2 (L2 equals S2) (main.prm:17)
         └─ K.1.2 satisfies law:L2 (main.prm:34)
            └─ “Logs are kept.”
";
    assert_eq!(why("iso27001-2022:A.8.15").split("to be added").next(), Some(weak));
}

fn statuses(compiled: &Compiled) -> BTreeMap<String, Status> {
    let program = &compiled.0.program;
    let rows = (0..).map(RequirementId).zip(&program.requirements).filter(|(_, row)| row.kind != ReqKind::Clause);
    rows.map(|(id, row)| (program.name(row.id).to_owned(), compiled.0.coverage.status(id))).collect()
}

/// What is said, and where, in no order.
fn messages(compiled: &Compiled) -> Vec<String> {
    // A gap begins at the first name that brings in what asks: in another order that is another column.
    let line = |line: &str| match line.split_once(": error[P301]").or_else(|| line.split_once(": warning[P302]")) {
        Some((place, told)) => format!("{}: P30x{told}", place.rsplit_once(':').unwrap().0),
        None => line.to_owned(),
    };
    let mut messages: Vec<String> = compiled.lines().lines().map(line).collect();
    messages.sort();
    messages
}

fn json(compiled: &Compiled) -> Value {
    let mut out = Vec::new();
    json::write(&compiled.0.checked().unwrap(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

/// The JSON without what the model says of itself, and without diagnostics.
fn without_head(compiled: &Compiled) -> Value {
    let mut value = json(compiled);
    let all = value.as_object_mut().unwrap();
    all.remove("model");
    all.remove("diagnostics");
    value
}

/// A base, a layer that replaces and adds, and one on top that leaves out.
fn three() -> Project {
    let manifest = |name: &str, uses: &str| {
        let uses = if uses.is_empty() { String::new() } else { format!("{uses} = {{ path = \"../{uses}\" }}\n") };
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n[dependencies]\n{uses}")
    };
    let keys = "catalog c \"Rules\" {
  control R1 \"One\"
  control R2 \"Two\"
}
model keys \"Keys\" {
  covers c
}
group K \"Keys\"
process K.1 \"Key custody\" {
  purpose \"The purpose of the key custody process is to keep keys.\"
  outcome 1 \"Keys are known.\" satisfies R1
  outcome 2 \"Holders are known.\" satisfies R2
  practice BP1 \"List the keys.\" achieves 1 produces list
}
group L \"Locks\"
process L.1 \"Locks\" {
  purpose \"The purpose of the locks process is to keep locks.\"
  outcome 1 \"Locks are known.\" satisfies R2
}
item list \"List of keys\" kind register
field owner \"Owner\" on process
";
    let one = "use keys
model one \"One\" extends keys
extend process K.1 {
  owner \"Anna\"
  replace purpose \"The purpose of the key custody process is to own keys.\" because \"Owners care.\"
  replace outcome 1 \"Keys are listed.\" because \"A list is asked for.\" satisfies R1
  outcome 3 \"Losses are known.\" satisfies R2 together with K.1.2
}
";
    let acme = "use one
model acme \"Acme\" extends one {
  exclude R2 because \"Not here.\"
}
omit L because \"No locks.\"
extend process K.1 {
  replace outcome 1 \"Keys are listed daily.\" because \"Daily.\" satisfies R1
}
";
    Project::new()
        .with("keys/prm.toml", manifest("keys", ""))
        .with("keys/keys.prm", keys)
        .with("one/prm.toml", manifest("one", "keys"))
        .with("one/one.prm", one)
        .with("acme/prm.toml", manifest("acme", "one"))
        .with("acme/acme.prm", acme)
        .at("acme")
}

#[test]
fn why_tells_what_an_element_is_where_it_comes_from_and_what_it_is_good_for() {
    let compiled = three().compile();
    let checked = compiled.0.checked().unwrap();
    let name = |id: &str| compiled.0.program.names.get(id).unwrap();
    assert_eq!(
        why::element(&checked, name("K.1.1")).unwrap(),
        "outcome K.1.1 “Keys are listed daily.” (acme.prm:7)
├─ satisfies c:R1 “One”: covered
└─ is achieved by K.1.BP1
history:
├─ added by keys (keys: keys.prm:11)
├─ replaced by one (one: one.prm:6)
│  ├─ before: `outcome 1 \"Keys are known.\" satisfies R1` (keys: keys.prm:11)
│  └─ because “A list is asked for.”
└─ replaced by acme (acme.prm:7)
   ├─ before: `replace outcome 1 \"Keys are listed.\" because \"A list is asked for.\" satisfies R1` (one: one.prm:6)
   └─ because “Daily.”
"
    );
    assert_eq!(
        why::omitted(&checked, name("L.1.1")).unwrap(),
        "outcome L.1.1 “Locks are known.” is left out
├─ added by keys (keys: keys.prm:18)
└─ left out by acme (acme.prm:5), with L
   └─ because “No locks.”
it was there before:
└─ satisfied c:R2 “Two”: excluded now
"
    );
    let tells = |id: &str, wanted: &[&str]| {
        let told = why::element(&checked, name(id)).or_else(|| why::omitted(&checked, name(id))).unwrap();
        for words in wanted {
            assert!(told.contains(words), "{id}: {words}\n{told}");
        }
    };
    let purpose = "purpose replaced by one (one: one.prm:5)";
    tells("K.1", &["process K.1 “Key custody” (keys: keys.prm:9)", purpose, "“Owners care.”", "owner stated by one"]);
    tells("K.1.2", &["satisfies c:R2 “Two” together with K.1.3: excluded"]);
    tells("K.1.BP1", &["achieves K.1.1 “Keys are listed daily.”", "produces list “List of keys”"]);
    tells("K", &["holds the process K.1 “Key custody”", "added by keys (keys: keys.prm:8)"]);
    tells("list", &["is produced by K.1.BP1 “List the keys.”"]);
    tells("L", &["group L “Locks” is left out", "left out by acme (acme.prm:5)"]);
    tells("L.1", &["is left out", ", with L", "outcome L.1.1"]);
}

#[test]
fn what_a_base_left_out_and_the_model_keeps_is_part_of_the_history() {
    let keys = "model keys \"Keys\"\nprocess K.1 \"Keys\" {\n  formerly D.1\n  purpose \"For all.\"\n  outcome 1 \"Keys are known.\"\n  practice BP1 \"List the keys.\" achieves 1\n}\n";
    let manifest = |name: &str, uses: &[&str]| {
        let uses: String = uses.iter().map(|used| format!("{used} = {{ path = \"../{used}\" }}\n")).collect();
        format!("[package]\nname = \"{name}\"\n[dependencies]\n{uses}")
    };
    let project = Project::new()
        .with("keys/prm.toml", manifest("keys", &[]))
        .with("keys/keys.prm", keys)
        .with("one/prm.toml", manifest("one", &["keys"]))
        .with("one/one.prm", "use keys\nmodel one \"One\" extends keys\nomit K.1.1 because \"Not here.\"\n")
        .with("two/prm.toml", manifest("two", &["keys"]))
        .with(
            "two/two.prm",
            "use keys\nmodel two \"Two\" extends keys\nextend process K.1 {\n  extend outcome 1 {\n    note \"Here.\"\n  }\n}\n",
        )
        .with("acme/prm.toml", manifest("acme", &["one", "two"]))
        .with(
            "acme/acme.prm",
            "use one\nuse two\nmodel acme \"Acme\" extends one, two\nextend process K.1 {\n  extend outcome 1 {\n    note \"Kept.\"\n  }\n}\n",
        )
        .at("acme");
    let compiled = project.compile();
    let json = json(&compiled);
    let outcome = &json["processes"][0]["outcomes"][0];
    let history = outcome["history"].as_array().unwrap().iter();
    let told: Vec<String> = history.map(|row| format!("{} {}", row["action"], row["layer"])).collect();
    assert_eq!(told, [r#""added" "keys""#, r#""omitted" "one""#, r#""extended" "two""#, r#""extended" "acme""#]);
    assert_eq!(outcome["history"][1]["because"], "Not here.");
    // What was dropped with it is there again.
    assert_eq!(json["processes"][0]["practices"][0]["achieves"][0], "K.1.1");
    let checked = compiled.0.checked().unwrap();
    let name = compiled.0.program.names.get("K.1.1").unwrap();
    let told = why::element(&checked, name).unwrap();
    assert!(told.contains("left out by one (one: one.prm:3)") && told.contains("“Not here.”"), "{told}");
    // An id of an earlier edition is known.
    let told = why::renamed(&checked, "D.1.1").unwrap();
    assert!(told.starts_with("D.1.1 is K.1.1 now (keys: keys.prm:3)\noutcome K.1.1 “Keys are known.”"), "{told}");
    assert_eq!(why::renamed(&checked, "D.1.9"), None);
}

#[test]
fn a_text_of_a_base_leads_to_no_other_element_of_the_id() {
    let manifest = |name: &str, uses: &str| {
        let uses = if uses.is_empty() { String::new() } else { format!("{uses} = {{ path = \"../{uses}\" }}\n") };
        format!("[package]\nname = \"{name}\"\n[dependencies]\n{uses}")
    };
    let project = Project::new()
        .with("keys/prm.toml", manifest("keys", ""))
        .with(
            "keys/keys.prm",
            "model keys \"Keys\"\nprocess K.1 \"Keys\" {\n  note \"Old: [[K.2]].\"\n}\nprocess K.2 \"Doors\"\n",
        )
        .with("less/prm.toml", manifest("less", "keys"))
        .with("less/less.prm", "use keys\nmodel less \"Less\" extends keys\nomit K.2 because \"Not here.\"\n")
        .with("acme/prm.toml", manifest("acme", "less"))
        .with(
            "acme/acme.prm",
            "use less\nmodel acme \"Acme\" extends less\nextend process K.1 {\n  note \"New: [[K.2]].\"\n}\nprocess K.2 \"Gates\"\n",
        )
        .at("acme");
    let document = markdown::markdown(&project.compile().0.checked().unwrap(), false);
    assert!(document.contains("Old: K.2.") && document.contains("New: [K.2](#"), "{document}");
}

#[test]
fn why_of_a_member_names_the_whole_set_and_what_lines_carry_on() {
    let compiled = Project::text(
        "catalog old \"Old\" {\n  control O.1 \"Keys\"\n  control O.2 \"Doors\"\n}\n\
         catalog now \"Now\" { control N.1 \"Keys and doors\" }\n\
         crosswalk old-now \"C\" from old to now {\n  O.1, O.2 equals N.1\n}\n\
         model m \"M\" {\n  covers old\n  covers now through old-now\n}\n\
         process K.1 \"Keys\" {\n  outcome 1 \"A.\" satisfies O.1 together with K.1.2, K.1.3\n  outcome 2 \"B.\"\n  \
         outcome 3 \"C.\"\n  outcome 4 \"D.\" satisfies O.2\n}",
    )
    .compile();
    let checked = compiled.0.checked().unwrap();
    let tells = |id: &str| why::element(&checked, compiled.0.program.names.get(id).unwrap()).unwrap();
    let carried = "counts towards now:N.1 “Keys and doors”, through a crosswalk: covered";
    assert!(
        tells("K.1.2").contains("satisfies old:O.1 “Keys” together with K.1.1, K.1.3: covered"),
        "{}",
        tells("K.1.2")
    );
    for id in ["K.1.1", "K.1.2", "K.1.3", "K.1.4"] {
        assert_eq!(tells(id).matches(carried).count(), 1, "{}", tells(id));
    }
}

/// A gap begins where the model asked for brings in what asks, and is allowed there and where a base asks.
#[test]
fn gaps_begin_where_the_model_asks() {
    let found = |base: &str, covers: &str, model: &str| {
        let compiled = Project::new()
            .with("one/prm.toml", "[package]\nname = \"one\"\n")
            .with(
                "one/one.prm",
                format!(
                    "catalog c \"C\" {{\n  control R1 \"One\"\n  control R2 \"Two\"\n}}\nmodel one \"One\" {{\n  {base}\n  \
                     covers c {covers}\n}}\nprocess K.1 \"K\" {{\n  outcome 1 \"A.\" partly satisfies R2\n}}\n"
                ),
            )
            .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\none = { path = \"../one\" }\n")
            .with("top/top.prm", format!("use one\n\nmodel top \"Top\" extends one {{\n  {model}\n}}\n"))
            .at("top")
            .compile();
        let gaps = compiled.0.diagnostics.iter().filter(|found| matches!(found.code.code, "P301" | "P302"));
        let at = |found: &prm::diagnostic::Diagnostic| {
            let (file, line) = compiled.place(found);
            let also = found.secondary.first().map(|label| compiled.0.sources.position(label.span).line);
            format!("{} {file}:{line} {}", found.code.code, also.unwrap_or_default())
        };
        gaps.map(at).collect::<Vec<_>>()
    };
    let extends = ["P301 top/top.prm:3 7", "P302 top/top.prm:3 7"];
    assert_eq!(found("", "", ""), extends);
    assert_eq!(found("", "", "covers c"), ["P301 top/top.prm:4 2", "P302 top/top.prm:4 3"]);
    assert_eq!(found("", "{ allow P301 because \"x\" }", ""), extends[1..]);
    assert_eq!(found("allow P302 because \"x\"", "", ""), extends[..1]);
    assert_eq!(found("", "", "allow P301 because \"x\""), extends[1..]);
    assert_eq!(found("", "{ allow P301 because \"x\" }", "covers c").len(), 2);
}

#[test]
fn provenance_stands_in_documents_where_it_is_asked_for() {
    let compiled = three().compile();
    let checked = compiled.0.checked().unwrap();
    let told = [
        "process added by keys (keys: keys.prm:9)",
        "purpose replaced by one (one: one.prm:5): Owners care.",
        "outcome 1 added by keys (keys: keys.prm:11)",
        "outcome 1 replaced by one (one: one.prm:6): A list is asked for.",
        "outcome 1 replaced by acme (acme.prm:7): Daily.",
        "outcome 3 added by one (one: one.prm:7)",
        "owner stated by one (one: one.prm:4)",
    ];
    let in_both = ["| L | acme | acme.prm:5 | No locks. |", "item added by keys (keys: keys.prm:20)"];
    for (document, more) in [
        (markdown::markdown(&checked, true), "Reason: Not here. (excluded by acme, acme.prm:3)"),
        (pam::pam(&checked, true), "practice BP1 added by keys (keys: keys.prm:13)"),
    ] {
        for words in told.iter().chain(&in_both).chain([&more]) {
            assert!(document.contains(words), "{words}\n{document}");
        }
    }
    for document in [markdown::markdown(&checked, false), pam::pam(&checked, false)] {
        assert!(!document.contains("Provenance") && !document.contains("keys.prm"), "{document}");
    }
}

#[test]
fn what_is_added_to_an_outcome_has_its_own_origin_and_leaves_that_of_the_outcome() {
    let project = Project::new()
        .with("keys/prm.toml", "[package]\nname = \"keys\"\n")
        .with(
            "keys/keys.prm",
            "catalog c \"Rules\" {\n  control R1 \"One\"\n  control R2 \"Two\"\n}\nmodel keys \"Keys\" {\n  covers c\n}\nprocess K.1 \"Keys\" {\n  purpose \"For all.\"\n  outcome 1 \"Keys are known.\" satisfies R1\n}\nfield owner \"Owner\" on control\n",
        )
        .with("acme/prm.toml", "[package]\nname = \"acme\"\n[dependencies]\nkeys = { path = \"../keys\" }\n")
        .with(
            "acme/acme.prm",
            "use keys\nmodel acme \"Acme\" extends keys {\n  apply R2, R1 because \"By contract.\" {\n    state partial\n    owner \"Porter\"\n  }\n}\nextend process K.1 {\n  extend outcome 1\n    satisfies R2 {\n    note \"Added.\"\n  }\n}\n",
        )
        .at("acme");
    let json = json(&project.compile());
    let outcome = &json["processes"][0]["outcomes"][0];
    assert_eq!(outcome["text"], "Keys are known.");
    assert_eq!((&outcome["origin"]["layer"], &outcome["origin"]["line"]), (&"keys".into(), &10.into()));
    assert_eq!(outcome["notes"][0], "Added.");
    assert_eq!(
        (&outcome["history"][0]["action"], &outcome["history"][1]["action"]),
        (&"added".into(), &"extended".into())
    );
    let links = outcome["satisfies"].as_array().unwrap();
    let origins: Vec<String> = links
        .iter()
        .map(|link| format!("{} {} {}", link["requirement"], link["origin"]["layer"], link["origin"]["line"]))
        .collect();
    assert_eq!(origins, [r#""R1" "keys" 10"#, r#""R2" "acme" 10"#]);
    let applications = json["applications"].as_array().unwrap();
    let told: Vec<String> = applications.iter().map(|row| format!("{} {}", row["requirement"], row["state"])).collect();
    assert_eq!(told, [r#""R2" "partial""#, r#""R1" "partial""#]);
    assert_eq!(applications[0]["because"], "By contract.");
    assert_eq!(applications[0]["fields"][0]["title"], "Owner");
    assert_eq!(applications[0]["origin"]["line"], 3);
}

#[test]
fn a_term_that_is_stated_anew_keeps_its_names_each_once() {
    let keys = "model keys \"Keys\"\nterm \"vault\" \"A room.\" {\n  also \"strongroom\"\n  also \"safe room\"\n}\n";
    let acme = "use keys\nmodel acme \"Acme\" extends keys\n\
                replace term \"strongroom\" \"A room with a lock.\" because \"So.\" {\n  also \"vault\"\n}\n";
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
    let compiled = Project::new()
        .with("keys/prm.toml", manifest("keys"))
        .with("keys/keys.prm", keys)
        .with("acme/prm.toml", format!("{}[dependencies]\nkeys = {{ path = \"../keys\" }}\n", manifest("acme")))
        .with("acme/acme.prm", acme)
        .at("acme")
        .compile();
    assert_eq!(json(&compiled)["terms"][0]["also"], serde_json::json!(["safe room", "vault"]));
}

/// A set whose member was left out says the same of itself, whether another outcome has the id of the member now or not.
#[test]
fn an_id_that_is_used_again_is_nowhere_taken_for_what_had_it() {
    let over = |number: &str| {
        let project = Project::read(std::path::Path::new("tests/cases/layers/id-used-again"));
        let layer = format!(
            "use less\nmodel acme \"Acme\" extends less {{\n  covers d through c-d\n}}\n\
             catalog d \"New rules\" {{\n  control D1 \"One\"\n}}\n\
             crosswalk c-d \"C\" from c to d {{\n  C2 intersects D1\n}}\n\
             extend process K.2 {{\n  outcome {number} \"Shutters are known.\" satisfies C1\n}}\n"
        );
        project.with("acme.prm", layer).compile()
    };
    let told = |compiled: &Compiled| {
        let checked = compiled.0.checked().unwrap();
        let program = &compiled.0.program;
        let id = |wanted: &str| {
            let mut ids = (0..program.requirements.len()).map(|at| RequirementId(u32::try_from(at).unwrap()));
            ids.find(|id| program.full_id(*id) == wanted).unwrap()
        };
        let (c2, d1) = (id("c:C2"), id("d:D1"));
        let lines = |text: &str, with: &[&str]| -> Vec<String> {
            let said = |line: &&str| with.iter().any(|word| line.contains(word));
            text.lines().filter(said).map(str::to_owned).collect()
        };
        let mut soa = Vec::new();
        prm::emit::soa::write_json(&checked, &mut soa).unwrap();
        let soa: Value = serde_json::from_slice(&soa).unwrap();
        let all = prm::emit::report::Filter { uncovered: true, partial: true, rest: true };
        let model = json(compiled);
        let claims = review::review(program, &compiled.0.sources, &Lock::default(), &[]).links;
        let outcome = program.names.get("K.1.2").unwrap();
        let hover = why::element(&checked, outcome).unwrap();
        let witnesses = |at: usize, row: usize| model["coverage"][at]["requirements"][row].clone();
        let mut told = vec![why::requirement(&checked, c2), why::requirement(&checked, d1), hover];
        let rows = ["| C2 |", "|C2|", "C2,", "D1", "K.1.2"];
        told.extend(lines(&markdown::markdown(&checked, false), &rows));
        told.extend(lines(&pam::pam(&checked, false), &["K.1.2"]));
        told.extend(lines(&prm::emit::soa::csv(&checked), &rows));
        told.extend(lines(&prm::emit::soa::markdown(&checked), &rows));
        told.extend(lines(&prm::emit::report::csv(&checked, all), &rows));
        told.push(model["processes"][0].to_string());
        told.push(witnesses(0, 1).to_string());
        told.push(witnesses(1, 0).to_string());
        told.push(soa["catalogs"][0]["rows"][1].to_string());
        told.push(soa["catalogs"][1].to_string());
        told.extend(
            claims.iter().filter(|link| link.claim.left[0].id == "K.1.2").map(|link| format!("{:?}", link.claim)),
        );
        told
    };
    let (again, otherwise) = (told(&over("2")), told(&over("7")));
    for (one, other) in again.iter().zip(&otherwise) {
        assert_eq!(one, other);
    }
    assert_eq!(again.len(), otherwise.len());
    assert!(again.iter().any(|told| told.contains("K.2.2 (which is not there)")), "{again:#?}");
}
