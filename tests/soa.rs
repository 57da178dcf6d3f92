//! Statements of applicability, read back as auditors and their spreadsheets would.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use prm::emit::soa;
use serde_json::Value;

use crate::support::{Compiled, Project, assert_follows};

const STACK: &str = r#"
catalog old "Rules of last year" {
  clause O "Controls" {
    control O.1 "Keys"
    control O.2 "Doors"
  }
}
catalog now "Rules of this year" {
  edition "2026"
  requirement R.1 "The house is led."
  clause C "Controls" {
    control C.2 "Keys are known" { label "C-2" }
    control C.10 "Doors are locked"
    control C.3 "Visits are recorded"
    control C.4 "The garden is watched"
    control C.5 "Parcels are checked" {
      requirement C.5.a "On arrival"
      requirement C.5.b "On the way out"
    }
    control C.6 "Lights are on"
  }
}
crosswalk old-now "Last year to this" from old to now {
  O.1, O.2 equals C.2 because "Two became one."
}
field owner "Owner" on process
field seen "Last seen" on outcome
model house "House model" {
  covers now through old-now
  exclude C.4 because "The house has no garden."
}
process K.1 "Keys" {
  owner "Ann | =1+1"
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are **listed**." satisfies O.1
  outcome 2 "Doors are locked, see [[K.1.1]]." satisfies O.2 { seen "in May" }
  outcome 3 "Locks are checked." satisfies C.10 together with K.2.1 because "The lock alone is no locked door."
}
process K.2 "Visits" {
  purpose "The purpose of the visits process is to know who is there."
  outcome 1 "Visits are recorded." satisfies R.1, C.5.a partly satisfies C.3 because "Only by day."
}
"#;

fn compiled(text: &str) -> Compiled {
    Project::text(text).compile()
}

fn csv(compiled: &Compiled) -> String {
    soa::csv(&compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines())))
}

fn xlsx(compiled: &Compiled) -> Vec<u8> {
    let mut bytes = Vec::new();
    soa::write_xlsx(&compiled.0.checked().unwrap(), &mut bytes).unwrap();
    bytes
}

fn json(compiled: &Compiled) -> Value {
    let mut bytes = Vec::new();
    soa::write_json(&compiled.0.checked().unwrap(), &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let read = names.into_iter().map(|name| {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "a formula in {name}");
        let range = book.worksheet_range(&name).unwrap();
        let cell = |cell: &Data| match cell {
            Data::Empty => String::new(),
            other => other.to_string(),
        };
        (name.clone(), range.rows().map(|row| row.iter().map(cell).collect()).collect())
    });
    read.collect()
}

#[test]
fn each_control_is_applicable_or_not_and_says_why() {
    insta::assert_snapshot!(csv(&compiled(STACK)));
}

#[test]
fn the_document_shows_each_clause() {
    insta::assert_snapshot!(soa::markdown(&compiled(STACK).0.checked().unwrap()));
}

#[test]
fn the_workbook_holds_what_the_table_holds() {
    let compiled = compiled(STACK);
    let sheets = sheets(xlsx(&compiled));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Summary", "now"]);
    let csv = csv(&compiled);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    for (row, record) in sheets[1].1.iter().zip(reader.records().map(Result::unwrap)) {
        let cells: Vec<&str> = record.iter().skip(1).collect();
        let same = row
            .iter()
            .zip(&cells)
            .all(|(ours, theirs)| ours == theirs || Some(ours.as_str()) == theirs.strip_prefix('\''));
        assert!(same, "{row:?} and {cells:?}");
    }
    assert_eq!(sheets[1].1.len(), 7);
    let summary = sheets[0].1.iter().find(|row| row[0] == "now").unwrap();
    assert_eq!(summary[2..8], ["6", "5", "1", "2", "2", "1"], "{summary:?}");
}

#[test]
fn bytes_are_the_same_on_every_run() {
    assert_eq!(xlsx(&compiled(STACK)), xlsx(&compiled(STACK)));
}

#[test]
fn json_follows_its_schema_and_names_sources() {
    let json = json(&compiled(STACK));
    let schema: Value = serde_json::from_str(&soa::schema()).unwrap();
    assert_follows(&schema, &json);
    let rows = json["catalogs"][0]["rows"].as_array().unwrap();
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    assert_eq!(row("C.2")["through"][0]["from"], serde_json::json!(["old:O.1", "old:O.2"]));
    assert_eq!(row("C.2")["outcomes"][1]["requirement"], "old:O.2");
    assert_eq!(row("C.10")["outcomes"][0]["together"], serde_json::json!(["K.2.1"]));
    assert_eq!(row("C.4")["applicable"], false);
    assert_eq!(row("C.6")["status"], "uncovered");
    assert!(!row("C.3")["missing"].as_array().unwrap().is_empty());
}

const CHOICES: &str = r#"
catalog old "Rules of last year" {
  clause O "Controls" {
    control O.1 "Keys"
    control O.2 "Doors"
    control O.3 "Visits"
  }
}
catalog now "Rules of this year" {
  clause N "Controls" {
    control N.1 "Keys and doors"
    control N.2 "Parcels" {
      requirement N.2.a "On arrival"
      requirement N.2.b "On the way out"
    }
    control N.4 "Lights"
  }
}
crosswalk old-now "Last year to this" from old to now {
  O.1, O.2 equals N.1
  O.3 intersects N.4 because "A visitor needs light."
}
field seen "Last seen" on outcome
model house "House model" {
  covers now through old-now
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed." satisfies O.1
  outcome 2 "Keys are tagged." satisfies O.1 because "A tag is a list."
  outcome 3 "Doors are locked." satisfies O.2 { seen "in May" }
  outcome 4 "Parcels are opened." satisfies N.2.a, N.2.b
  outcome 5 "Visits are recorded." satisfies O.3
  outcome 6 "Locks are checked." satisfies N.1 together with K.1.4
  outcome 7 "Parcels are weighed." partly satisfies N.1
}
"#;

#[test]
fn what_is_needed_together_is_no_choice() {
    let compiled = compiled(CHOICES);
    let csv = csv(&compiled);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let column = |title: &str| heads.iter().position(|head| head == title).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, title: &str| rows[row][column(title)].to_owned();
    assert_eq!(
        cell(0, "Outcomes"),
        "K.1.6 Locks are checked. – together with K.1.4 Parcels are opened.\n\
         or (K.1.1 Keys are listed. (old O.1) – or K.1.2 Keys are tagged. (old O.1) (because: A tag is a list.)) – and \
         K.1.3 Doors are locked. (old O.2)\n\
         in part K.1.7 Parcels are weighed."
    );
    let seen = cell(0, "Last seen");
    assert!(seen.contains("K.1.3: in May") && seen.contains("K.1.1: not stated"), "{seen}");
    assert_eq!(cell(1, "Outcomes"), "K.1.4 Parcels are opened. (N.2.a, N.2.b)");
    assert_eq!(cell(2, "Outcomes"), "in part K.1.5 Visits are recorded. (old O.3)");

    let json = json(&compiled);
    let rows = json["catalogs"][0]["rows"].as_array().unwrap();
    assert_follows(&serde_json::from_str(&soa::schema()).unwrap(), &json);
    assert_eq!(
        rows[0]["ways"],
        serde_json::json!([
            { "strength": "full", "outcomes": { "all": ["K.1.6", "K.1.4"] } },
            { "strength": "full", "outcomes": { "all": [{ "any": ["K.1.1", "K.1.2"] }, "K.1.3"] } },
            { "strength": "partial", "outcomes": "K.1.7" },
        ])
    );
    assert_eq!(rows[1]["ways"], serde_json::json!([{ "strength": "full", "outcomes": "K.1.4" }]));
    assert_eq!(rows[0]["outcomes"].as_array().unwrap().len(), 5);
    assert_eq!(rows[0]["outcomes"][2]["because"], "A tag is a list.");
}

const TWO: &str = r#"
catalog old "Rules of last year" {
  control O.1 "Keys"
  control O.2 "Doors"
}
catalog now "Rules of this year" {
  control N.1 "Keys"
}
field evidence "Evidence" on outcome
field owner "Owner" on control
model house "House & home" {
  edition "2"
  covers old
  covers now
  apply N.1 because "Asked for by [the insurer](https://insurer.example/terms)." {
    owner "[Ann](mailto:ann@house.example)"
  }
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed." satisfies N.1 {
    evidence "[Tickets](https://tickets.example/q?a=1&b=2#top)"
  }
  outcome 2 "Keys are tagged." satisfies O.1
  outcome 3 "Doors are shut." partly satisfies O.2
}
"#;

#[test]
fn links_keep_their_addresses() {
    let compiled = compiled(TWO);
    let table = csv(&compiled);
    assert!(table.contains("Asked for by the insurer (https://insurer.example/terms)."), "{table}");
    assert!(table.contains("Tickets (https://tickets.example/q?a=1&b=2#top)"), "{table}");
    assert!(table.contains("Ann (mailto:ann@house.example)"), "{table}");

    let bytes = xlsx(&compiled);
    let now = sheets(bytes.clone()).remove(1).1;
    let at = |title: &str| now[0].iter().position(|head| head == title).unwrap();
    assert_eq!(now[1][at("Evidence")], "Tickets");
    assert_eq!(now[1][at("Owner")], "Ann");
    assert_eq!(now[1][at("Justification for inclusion")], "Asked for by the insurer (https://insurer.example/terms).");
    let part = |path: &str| {
        let mut book = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        std::io::read_to_string(book.by_name(path).unwrap()).unwrap()
    };
    let targets = part("xl/worksheets/_rels/sheet2.xml.rels");
    assert!(targets.contains("https://tickets.example/q?a=1&amp;b=2"), "{targets}");
    assert!(targets.contains("mailto:ann@house.example"), "{targets}");
    // The page is set up: the title above it, its number below, the heading of the table again.
    let sheet = part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("House &amp;&amp; home, edition 2") && sheet.contains("Page &amp;P of &amp;N"), "{sheet}");
    assert!(sheet.contains("fitToHeight=\"0\"") && sheet.contains("orientation=\"landscape\""), "{sheet}");
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn the_workbook_says_what_the_json_says() {
    for text in [STACK, CHOICES, TWO] {
        let compiled = compiled(text);
        let (json, sheets) = (json(&compiled), sheets(xlsx(&compiled)));
        for (catalog, (_, sheet)) in json["catalogs"].as_array().unwrap().iter().zip(&sheets[1..]) {
            let at = |title: &str| sheet[0].iter().position(|head| head == title).unwrap();
            let rows = catalog["rows"].as_array().unwrap();
            assert_eq!(rows.len() + 1, sheet.len());
            for (row, cells) in rows.iter().zip(&sheet[1..]) {
                assert_eq!(cells[at("Control")], *row["label"].as_str().or(row["id"].as_str()).unwrap());
                assert_eq!(cells[at("Title")], *row["title"].as_str().unwrap());
                assert_eq!(cells[at("Status")], *row["status"].as_str().unwrap());
                assert_eq!(cells[at("State")], *row["state"].as_str().unwrap_or_default());
                assert_eq!(cells[at("Applicable")] == "yes", row["applicable"] == true);
                let lines = |list: &str, title: &str| {
                    let count = cells[at(title)].lines().count();
                    assert_eq!(row[list].as_array().unwrap().len(), count, "{title} of {row}");
                };
                lines("ways", "Outcomes");
                lines("processes", "Processes");
                lines("through", "Through");
                lines("exclusion", "Justification for exclusion");
                lines("inclusion", "Justification for inclusion");
                for outcome in row["outcomes"].as_array().unwrap() {
                    assert!(cells[at("Outcomes")].contains(outcome["id"].as_str().unwrap()), "{row}");
                }
            }
        }
    }
}

/// A row is no higher than Excel lets it be, so a column with a long text is wider.
#[test]
fn rows_fit_their_texts() {
    let because = "Some words that say why, and go on. ".repeat(150);
    let compiled = compiled(&format!(
        "catalog c \"Rules\" {{\n  control X \"One\"\n  control Y \"Two\"\n}}\nmodel m \"M\" {{\n  covers c\n  exclude X because \
         \"{because}\"\n  exclude Y because \"Short.\"\n}}"
    ));
    let mut book = zip::ZipArchive::new(Cursor::new(xlsx(&compiled))).unwrap();
    let sheet = std::io::read_to_string(book.by_name("xl/worksheets/sheet2.xml").unwrap()).unwrap();
    let sheet = roxmltree::Document::parse(&sheet).unwrap();
    let number =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).map(|text| text.parse::<f64>().unwrap());
    let width = sheet.descendants().filter(|node| node.has_tag_name("col")).find(|col| number(col, "min") == Some(6.0));
    let width = number(&width.unwrap(), "width").unwrap();
    let heights: Vec<f64> =
        sheet.descendants().filter(|node| node.has_tag_name("row")).filter_map(|row| number(&row, "ht")).collect();
    assert!(heights[1] <= 409.0 && heights[1] / 15.0 * width >= because.len() as f64, "{width} {heights:?}");
    // That of a short text is the usual one, and not said.
    assert_eq!(heights.len(), 2, "{heights:?}");
}

#[test]
fn one_catalog_of_several_is_told_alone() {
    let compiled = compiled(TWO);
    let checked = compiled.0.checked().unwrap();
    let kept = prm::emit::keep_to(&checked, "now").unwrap();
    let filter = prm::emit::report::Filter { uncovered: true, partial: true, rest: true };
    let texts = [
        soa::csv(&kept),
        soa::markdown(&kept),
        prm::emit::report::csv(&kept, filter),
        prm::emit::report::text(&kept, filter, false),
    ];
    for text in texts {
        assert!(text.contains("N.1") && !text.contains("O.1"), "{text}");
    }
    let mut bytes = Vec::new();
    soa::write_xlsx(&kept, &mut bytes).unwrap();
    assert_eq!(sheets(bytes).len(), 2);
    let Err(refused) = prm::emit::keep_to(&checked, "nwo") else { panic!("there is no such catalog") };
    assert!(refused.help.starts_with("did you mean `now`? it covers `now` and `old`"), "{}", refused.help);
}

/// A base's reason for what a layer excludes for another is not the layer's.
#[test]
fn the_nearest_layer_says_why_not() {
    let project = Project::new()
        .with("base/prm.toml", "[package]\nname = \"base\"")
        .with(
            "base/b.prm",
            "catalog c \"Rules\" {\n  control C.1 \"One\"\n  control C.2 \"Two\"\n}\n\
             model base \"B\" {\n  covers c\n  exclude C.1 because \"Of the base.\"\n  exclude C.2 because \"Of old.\"\n}",
        )
        .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nbase = { path = \"../base\" }")
        .with("top/t.prm", "use base\nmodel top \"T\" extends base { exclude C.1 because \"Of the top.\" }");
    let compiled = project.at("top").compile();
    let table = csv(&compiled);
    assert!(table.contains("Of the top.") && table.contains("Of old.") && !table.contains("Of the base."), "{table}");
    let checked = compiled.0.checked().unwrap();
    let told = prm::emit::why::requirement(&checked, prm::model::RequirementId(0));
    assert!(told.contains("Of the top") && !told.contains("Of the base"), "{told}");
}

/// Texts that a spreadsheet would run, or that would break a row, and how the table holds them.
const HOSTILE: &[(&str, &str)] = &[
    ("=1+1", "'=1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("＝1", "'＝1"),
    (r"\t=1", "'=1"),
    (r#"say \"yes\", then no"#, r#"say "yes", then no"#),
    (r"one\ntwo", "one two"),
    ("=HYPERLINK(\\\"http://x\\\")", "'=HYPERLINK(\"http://x\")"),
];

#[test]
fn no_cell_is_run_as_a_formula() {
    let exclusions: String =
        (0..HOSTILE.len()).map(|at| format!("  exclude X.{at} because \"{}\"\n", HOSTILE[at].0)).collect();
    let controls: String = (0..HOSTILE.len()).map(|at| format!("  control X.{at} \"{} x\"\n", HOSTILE[at].0)).collect();
    let text = format!("catalog c \"=1 c\" {{\n{controls}}}\nmodel m \"=1 m\" {{\n  covers c\n{exclusions}}}\n");
    let compiled = compiled(&text);
    let table = csv(&compiled);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let reasons: Vec<String> = reader.records().map(|row| row.unwrap()[6].to_owned()).collect();
    let wanted: Vec<&str> = HOSTILE.iter().map(|(_, wanted)| *wanted).collect();
    assert_eq!(reasons, wanted);
    // A workbook says which cells are text, so nothing is put before them.
    let sheets = sheets(xlsx(&compiled));
    assert_eq!(sheets[1].1[1][5], "=1+1");
}

#[test]
fn requirements_of_a_tailorable_catalog_are_rows() {
    let table = csv(&compiled(
        "catalog c \"Rules\" {\n  tailorable\n  requirement R.1 \"One\" {\n    requirement R.1.a \"Part\"\n  }\n}\n\
         model m \"M\" {\n  covers c\n  exclude R.1 because \"No.\"\n}",
    ));
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains("R.1.a") && table.contains("R.1: No."), "{table}");
}

#[test]
fn what_is_excluded_by_its_parts_says_why_for_each() {
    let compiled = compiled(
        "catalog c \"Rules\" {\n  tailorable\n  requirement R.1 \"One\" {\n    requirement R.1.a \"Part\"\n    \
         requirement R.1.b \"Other\"\n  }\n}\nmodel m \"M\" {\n  covers c\n  exclude R.1.a because \"No a.\"\n  \
         exclude R.1.b because \"No b.\"\n}",
    );
    assert!(csv(&compiled).contains("\"R.1.a: No a.\nR.1.b: No b.\""), "{}", csv(&compiled));
    let checked = compiled.0.checked().unwrap();
    let told = prm::emit::why::requirement(&checked, prm::model::RequirementId(0));
    assert!(told.contains("the parts of R.1 are excluded: R.1.a and R.1.b"), "{told}");
    assert!(told.contains("the model excludes R.1.b: No b"), "{told}");
    let document = prm::emit::markdown::markdown(&checked, false);
    assert!(document.contains("| R.1 | One | **Excluded**: all its parts are excluded |"), "{document}");
}

#[test]
fn models_without_rows_say_so() {
    for (text, words) in [
        ("model m \"M\" { }", "covers no catalog"),
        ("catalog c \"Rules\" { requirement R.1 \"One\" }\nmodel m \"M\" { covers c }", "no controls"),
    ] {
        let compiled = compiled(text);
        let document = soa::markdown(&compiled.0.checked().unwrap());
        assert!(document.contains(words), "{document}");
        assert_eq!(csv(&compiled).lines().count(), 1);
        assert!(!xlsx(&compiled).is_empty());
    }
}

#[test]
fn sheets_have_names_of_their_own() {
    let long = "a-catalog-with-a-very-long-name-of-many-words";
    let mut text = String::new();
    let mut covers = String::new();
    for name in [format!("{long}-1"), format!("{long}-2"), "summary".to_owned(), "History".to_owned()] {
        text.push_str(&format!("catalog {name} \"Rules\" {{ control {name}.X \"One\" }}\n"));
        covers.push_str(&format!("covers {name}\n"));
    }
    let sheets = sheets(xlsx(&compiled(&format!("{text}model m \"M\" {{\n{covers}}}"))));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let wanted =
        ["Summary", "History~2", "a-catalog-with-a-very-long-name", "a-catalog-with-a-very-long-na~2", "summary~2"];
    assert_eq!(names, wanted);
}

#[test]
fn a_cell_holds_no_more_than_it_can() {
    let text = format!(
        "catalog c \"Rules\" {{ control X \"One\" }}\nmodel m \"M\" {{\n  covers c\n  exclude X because \"{}\"\n}}",
        "long ".repeat(20_000)
    );
    let sheets = sheets(xlsx(&compiled(&text)));
    assert!(sheets[1].1[1][5].ends_with('…'));
}

#[test]
fn of_several_layers_the_nearest_says_why_a_control_applies() {
    let base = "catalog c \"Controls\" {\n  clause X \"All\" {\n    control X.1 \"One\"\n    control X.2 \"Two\"\n  }\n}\n\
                model base \"Keys\" {\n  covers c\n  apply X because \"All of them.\" { state planned }\n}\n";
    let own = "use base\nmodel own \"Our keys\" extends base {\n  apply X.1 because \"This first.\" { state implemented }\n}\n";
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
    let project = Project::new()
        .with("base/prm.toml", manifest("base"))
        .with("base/base.prm", base)
        .with("own/prm.toml", format!("{}[dependencies]\nbase = {{ path = \"../base\" }}\n", manifest("own")))
        .with("own/own.prm", own)
        .at("own");
    let table = csv(&project.compile());
    for (control, said) in [("X.1", "This first.,,implemented"), ("X.2", "All of them.,,planned")] {
        let row = table.lines().find(|line| line.contains(&format!(",{control},"))).unwrap();
        assert!(row.contains(said), "{row}");
    }
}

/// Whoever excludes a control answers for that like one who applies it; the word of a layer on a link is its own.
#[test]
fn exclusions_have_owners_and_layers_answer_for_their_links() {
    let base = "catalog c \"Rules\" {\n  control C.1 \"One\"\n  control C.2 \"Two\"\n  clause D \"Rest\" {\n    control D.1 \"Three\" {\n      \
                requirement D.1.a \"Part\"\n    }\n  }\n}\n\
                model base \"B\" {\n  covers c\n}\nprocess K.1 \"Keys\" {\n  \
                purpose \"The purpose of the keys process is to keep keys.\"\n  outcome 1 \"Keys are listed.\"\n}\n";
    let top = "use base\nfield owner \"Owner\" on control required\nfield due \"Next review\" on control\nmodel top \"T\" extends base {\n  \
               apply C.1 because \"Law.\" { owner \"Ann\" }\n  exclude C.2 because \"No gate.\" {\n    owner \"Bob\"\n    due \"2027-05-01\"\n  }\n  \
               exclude D because \"No rest.\"\n}\n\
               extend process K.1 {\n  extend outcome 1 satisfies C.1\n}\n";
    let project = |top: &str| {
        Project::new()
            .with("base/prm.toml", "[package]\nname = \"base\"")
            .with("base/b.prm", base)
            .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nbase = { path = \"../base\" }")
            .with("top/t.prm", top)
            .at("top")
    };
    let compiled = project(top).compile();
    let table = csv(&compiled);
    for row in [
        "C.1,One,yes,Law.,,,covered,K.1 Keys,K.1.1 Keys are listed.,,\"base\ntop\",Ann,,",
        "C.2,Two,no,,No gate.,,excluded,,,,top,Bob,2027-05-01,",
        "D.1,Three,no,,D: No rest.,,excluded,,,,top,,,",
    ] {
        assert!(table.contains(row), "{row}\n{table}");
    }
    let told = json(&compiled);
    let excluded = &told["catalogs"][0]["rows"][1];
    assert_eq!(excluded["exclusion"][0]["excluded_by"], "top", "{excluded}");
    assert_eq!(excluded["fields"][1]["text"], "2027-05-01", "{excluded}");
    // Whoever asks for an owner asks where a control applies: the exclusion of D has none.
    assert!(!compiled.lines().contains("[P512]"), "{}", compiled.lines());
    let lines = project(&top.replace(" { owner \"Ann\" }", "")).compile().lines();
    assert_eq!(lines.matches("[P512]").count(), 1, "{lines}");
}

/// A field may be called like a column or a row that is made, or like another field: no two bear one heading.
#[test]
fn no_two_columns_or_rows_have_one_heading() {
    let text = "catalog c \"C\" { control C.1 \"One\" }\nmodel m \"M\" {\n  covers c\n  apply C.1 because \"So.\" { own \"Smith\" }\n}\n\
                field evidence \"Evidence\" on process\nfield status \"status\" on outcome\nfield own \"Owner\" on control\n\
                field owner \"Owner\" on process\nfield plain \"Plain\" on process\n\
                item list \"List\" kind record\n\
                process P.1 \"Keys\" {\n  evidence \"A log.\"\n  owner \"Miller\"\n  plain \"So.\"\n  \
                outcome 1 \"Keys are kept.\" satisfies C.1 produces list {\n    status \"new\"\n  }\n}\n";
    let compiled = Project::text(text).compile();
    let checked = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let table = soa::csv(&checked);
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let mut once = head.clone();
    once.sort_unstable_by_key(|title| title.to_lowercase());
    once.dedup_by_key(|title| title.to_lowercase());
    assert_eq!(once.len(), head.len(), "{head:?}");
    for title in [
        "Evidence",
        "status (field status on outcome)",
        "Owner (field owner on process)",
        "Owner (field own on control)",
        "Plain",
    ] {
        assert!(head.contains(&title), "{title}: {head:?}");
    }
    let document = prm::emit::markdown::markdown(&checked, false);
    for row in ["| Evidence | **1**", "| Evidence (field evidence on process) | A log. |", "| Owner | Miller |"] {
        assert!(document.contains(row), "{row}\n{document}");
    }
}
