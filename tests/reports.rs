//! Reports on assessments, read as a sponsor, a spreadsheet and a program would.

use std::fs;
use std::io::Cursor;
use std::process::Command;

use calamine::{Reader, Xlsx};
use prm::diff;
use prm::document::markdown::markdown as print;
use prm::document::words::EN;
use prm::emit::output::{Request, find};
use prm::emit::{self, assessment};
use prm::package::manifest::Options;
use serde_json::Value;

use crate::support::{Compiled, Project, assert_follows};

const HOUSE: &str = r#"
framework feet "Feet" {
  notice "Told of feet."
  scale {
    rating N "Not" 0 15
    rating P "Partly" 15 50 { label "P*" }
    rating L "Largely" 50 85
    rating F "Fully" 85 100
  }
  level 0 "None"
  level 1 "Done" {
    attribute PA.1.1 "Performance" { achievement a "It is done." }
  }
  level 2 "Led" {
    attribute PA.2.1 "Led" {
      achievement a "It is planned."
      achievement b "It is followed."
    }
    attribute PA.2.2 "Kept" { achievement a "Products are kept." }
  }
}
model house "House model" {
  notice "Told of the house."
  measured by feet
}
group G "Rooms"
process G.1 "Keys <of> the house" in G {
  purpose "The purpose of keys is to keep keys."
  outcome 1 "Keys are listed."
  outcome 2 "Keys are held."
}
process G.2 "Locks" in G {
  purpose "The purpose of locks is to keep doors shut."
  outcome 1 "Doors are locked."
}
item book "Book of keys" kind record
rules ours "Ours" { class 2 { instances 1 kinds 1 } }
assessment a26 "House, 2026" of house {
  sponsor "The owner"
  class 2
  assessor lead "A. N." "Ten years."
  assessor "B. M."
  method R1 mean
  target G level 2
  target G.2 level 1
  instances north, south of G.1
}
exhibit E1 "Book, *open*" kind record {
  shows item book at "Shelf"
  note "Seen in May."
}
exhibit E2 "Talk" kind talk
rate G.1 in a26 for north {
  outcome 1 rated F by E1
  outcome 2 rated 63 % by E1, E2 because "Two are lent."
  achievement PA.2.1.a rated L by E1
  attribute PA.2.2 rated P by E1
  strength "All keys have tags." of 1
}
rate G.1 in a26 for south {
  outcome 1 rated L
  outcome 2 rated P because "Half of them." { note "Counted twice." }
  attribute PA.2.1 rated N
  weakness "Tags fade."
}
rate G.1 in a26 {
  attribute PA.2.2 rated L by E1 because "South keeps them in the north."
}
rate G.2 in a26 {
  outcome 1 rated F by E2
}
"#;

fn make(compiled: &Compiled, form: &str, assessment: Option<&str>) -> Result<Vec<(String, Vec<u8>)>, String> {
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let mut options = Options::default();
    options.assessment = assessment.map(str::to_owned);
    let form = find("assessment").unwrap().form(Some(form)).unwrap();
    let made = form.make(&input, &Request::new(&options));
    let made = made.map_err(|refused| format!("{}: {}", refused.problem, refused.help))?;
    let files = made.into_iter().map(|artifact| {
        let mut bytes = Vec::new();
        (artifact.write)(&mut bytes).unwrap();
        (artifact.path, bytes)
    });
    Ok(files.collect())
}

fn text(compiled: &Compiled, form: &str) -> String {
    String::from_utf8(make(compiled, form, None).unwrap().remove(0).1).unwrap()
}

#[test]
fn the_report_says_what_came_and_how() {
    let compiled = Project::text(HOUSE).compile();
    insta::assert_snapshot!(text(&compiled, "markdown"));
}

#[test]
fn the_profile_goes_on_to_spreadsheets() {
    let compiled = Project::text(HOUSE).compile();
    insta::assert_snapshot!(text(&compiled, "csv"), @r"
    assessment,process,title,instance,attribute,rating,low,high,level_low,level_high,target
    a26,G.1,Keys <of> the house,north,PA.1.1,L,L,L,1,1,2
    a26,G.1,Keys <of> the house,north,PA.2.1,,P*,L,1,1,2
    a26,G.1,Keys <of> the house,north,PA.2.2,P*,P*,P*,1,1,2
    a26,G.1,Keys <of> the house,south,PA.1.1,P*,P*,P*,0,0,2
    a26,G.1,Keys <of> the house,south,PA.2.1,N,N,N,0,0,2
    a26,G.1,Keys <of> the house,south,PA.2.2,,N,F,0,0,2
    a26,G.1,Keys <of> the house,,PA.1.1,P*,P*,P*,0,0,2
    a26,G.1,Keys <of> the house,,PA.2.1,,N,P*,0,0,2
    a26,G.1,Keys <of> the house,,PA.2.2,L,L,L,0,0,2
    a26,G.2,Locks,,PA.1.1,F,F,F,1,1,1
    ");
}

#[test]
fn data_follow_their_schema() {
    let compiled = Project::text(HOUSE).compile();
    let schema = emit::schemas().into_iter().find(|schema| schema.name == "assessment").unwrap();
    let document: Value = serde_json::from_str(&text(&compiled, "json")).unwrap();
    assert_follows(&serde_json::from_str(&(schema.text)()).unwrap(), &document);
    assert_eq!(document["assessment"]["id"], "a26");
    assert_eq!(document["notices"].as_array().unwrap().len(), 2);
}

#[test]
fn a_workbook_has_a_sheet_for_each_table() {
    let compiled = Project::text(HOUSE).compile();
    let bytes = make(&compiled, "xlsx", None).unwrap().remove(0).1;
    assert_eq!(bytes, make(&compiled, "xlsx", None).unwrap().remove(0).1);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 9, "{names:?}");
    let cells = |book: &mut Xlsx<Cursor<Vec<u8>>>, at: usize| -> Vec<Vec<String>> {
        let range = book.worksheet_range_at(at).unwrap().unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(cells(&mut book, 1)[1], ["G.1 Keys <of> the house", "P*", "N to P*", "L", "0", "2"]);
    assert_eq!(cells(&mut book, 2)[1], ["G.1 Keys <of> the house (north)", "L", "P* to L", "P*", "1", "2"]);
}

#[test]
fn the_drawing_tells_nothing_by_colour_alone() {
    let compiled = Project::text(HOUSE).compile();
    let files = make(&compiled, "markdown", None).unwrap();
    let (path, svg) = &files[1];
    let svg = std::str::from_utf8(svg).unwrap();
    assert_eq!(path, "figures/assessment-a26-1.svg");
    let told = |words: &str| assert!(svg.contains(words), "{words} in {svg}");
    // Letters on shades, levels beside targets, what is open, and the same in words.
    [">L</text>", ">N–P*</text>", ">0 of 2</text>", ">1 of 1</text>", "stroke-dasharray", "<polygon"]
        .into_iter()
        .for_each(told);
    told("<title>G.1 Keys &lt;of&gt; the house: level 0, target 2. G.2 Locks: level 1, target 1.</title>");
    read_whole(svg);
    let page = text(&compiled, "html");
    assert!(
        page.contains("data:image/svg+xml;base64,") && page.contains("alt=\"G.1 Keys &lt;of&gt; the house: level 0")
    );
    let files = make(&compiled, "docx", None).unwrap();
    assert_eq!(files.len(), 1, "the document holds its drawing");
}

/// Fails where an element that is opened is not closed, in order.
fn read_whole(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn a_model_of_many_processes_is_drawn_page_by_page() {
    let processes = (1..=40).map(|number| {
        format!("process M.{number} \"Process number {number} of a model that has many\" in M {{\n  purpose \"Q.\"\n  outcome 1 \"Q.\"\n}}\n")
    });
    let text = HOUSE.replace("target G level 2", "target G, M level 2")
        + "group M \"Many\"\n"
        + &processes.collect::<String>();
    let compiled = Project::text(text).compile();
    let files = make(&compiled, "markdown", None).unwrap();
    assert_eq!(files.len(), 1 + 3);
    for process in (1..=40).map(|number| format!("M.{number} ")) {
        let shown =
            files[1..].iter().filter(|(_, svg)| std::str::from_utf8(svg).unwrap().contains(&format!(">{process}")));
        assert_eq!(shown.count(), 1, "{process}");
    }
}

#[test]
fn it_is_clear_which_assessment_is_meant() {
    let one = Project::text(HOUSE).compile();
    assert_eq!(
        make(&one, "csv", Some("a62")).unwrap_err(),
        "there is no assessment `a62`: did you mean `a26`? there is `a26`"
    );
    let two = HOUSE.to_owned() + "assessment b \"B\" of house { target G level 1 }";
    let two = Project::text(two).compile();
    assert_eq!(make(&two, "csv", None).unwrap_err(), "it could be of `a26` or `b`: name one with `--assessment`");
    assert!(make(&two, "csv", Some("b")).is_ok());
    let none = Project::text("term \"key\" \"A thing.\"").compile();
    assert!(make(&none, "markdown", None).unwrap_err().starts_with("this package has no assessment"));
}

/// The house a year later: renamed, better in one thing, worse in another, with one process more in scope.
fn later() -> String {
    let later = HOUSE.replace("a26", "a27").replace("House, 2026", "House, 2027");
    let later =
        later.replace("process G.1 \"Keys <of> the house\" in G {", "process K.1 \"Keys\" in G {\n  formerly G.1");
    let later = later.replace("of G.1", "of K.1").replace("rate G.1", "rate K.1");
    let later = later.replace("outcome 2 rated P because", "outcome 2 rated F because");
    later.replace("outcome 1 rated F by E2", "outcome 1 rated P by E2")
}

#[test]
fn what_rose_and_fell_is_told_process_by_process() {
    let (old, new) = (Project::text(HOUSE).compile(), Project::text(later()).compile());
    let (before, after) = (old.0.checked().unwrap(), new.0.checked().unwrap_or_else(|| panic!("{}", new.lines())));
    let [one, two] = [(&before, "a26"), (&after, "a27")].map(|(input, id)| {
        (input, assessment::pick(input, Some(id)).unwrap_or_else(|refused| panic!("{}", refused.problem)).id)
    });
    let found = diff::assessments::assessments(one, two).unwrap();
    insta::assert_snapshot!(emit::diff::assessments::text(&found, &[]));
    let mut bytes = Vec::new();
    emit::diff::assessments::write_json(&found, &[], &mut bytes).unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = emit::schemas().into_iter().find(|schema| schema.name == "assessment-diff").unwrap();
    assert_follows(&serde_json::from_str(&(schema.text)()).unwrap(), &document);
    let ways: Vec<&Value> = document["processes"].as_array().unwrap().iter().map(|row| &row["way"]).collect();
    assert_eq!(ways, ["rose", "fell"]);
    assert!(
        print(&emit::diff::assessments::document(&EN, &found, &[])).contains("| K.1 | south | K.1.2 | rose | P | F |")
    );
    let same = diff::assessments::assessments(one, one).unwrap();
    assert_eq!((same.processes.len(), same.same), (0, 2));
}

#[test]
fn the_arithmetic_is_told_to_who_asks() {
    let compiled = Project::text(HOUSE).compile();
    let input = compiled.0.checked().unwrap();
    let view = assessment::pick(&input, None).unwrap_or_else(|refused| panic!("{}", refused.problem)).in_english();
    let told = |reference: &str| emit::why::rated(&view, reference);
    let answers =
        ["G.1.PA.1.1", "G.1.PA.2.1", "G.1.PA.2.2", "G.1", "G.1.2", "G.1.PA.2.1.a"].map(|of| told(of).unwrap());
    insta::assert_snapshot!(answers.join("\n"));
    assert_eq!(["G", "G.1.3", "G.1.PA.9.9", "G.11", ""].map(told), [const { None }; 5]);
}

/// The house, with controls that its outcomes meet in every way there is.
fn covering() -> String {
    let catalogs = r#"
catalog old "Old" {
  control O.1 "Lists"
  control O.2 "Hands"
}
catalog now "Now" {
  control C.1 "Either"
  control C.2 "Both"
  control C.3 "Parts" {
    requirement C.3.a "One"
    requirement C.3.b "Other"
  }
  control C.4 "Carried over"
  control C.5 "Never rated"
  control C.6 "Half rated"
  control C.7 "Not met"
  control C.8 "In part"
}
crosswalk old-now "Old to now" from old to now { O.1, O.2 equals C.4 }
"#;
    let covers = HOUSE.replace("  measured by feet\n", "  measured by feet\n  covers now through old-now\n");
    let one =
        covers.replace("\"Keys are listed.\"\n", "\"Keys are listed.\" satisfies C.1, O.1 partly satisfies C.8\n");
    let two = "\"Keys are held.\" satisfies C.1, C.3.a, O.2 satisfies C.2 together with G.2.1\n";
    let two = one.replace("\"Keys are held.\"\n", two);
    let more = "\"Doors are locked.\" satisfies C.3.b satisfies C.6 together with G.2.2\n  outcome 2 \"Locks hold.\" satisfies C.5\n";
    two.replace("\"Doors are locked.\"\n", more) + catalogs
}

#[test]
fn a_statement_of_applicability_tells_how_far_what_meets_a_control_was_rated() {
    let compiled = Project::text(covering()).compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let made = |form: &str, assessment: Option<&str>| {
        let mut options = Options::default();
        options.assessment = assessment.map(str::to_owned);
        let form = find("soa").unwrap().form(Some(form)).unwrap();
        let mut bytes = Vec::new();
        (form.make(&input, &Request::new(&options)).map_err(|refused| refused.problem)?.remove(0).write)(&mut bytes)
            .unwrap();
        Ok::<_, String>(String::from_utf8(bytes).unwrap())
    };
    let table = made("csv", Some("a26")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let at = |title: &str| head.iter().position(|known| known == title).unwrap();
    let rated: Vec<(String, String)> = rows
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[at("Control")].to_owned(), row[at("Rated capability")].to_owned()))
        .collect();
    let expected = [
        ("C.1", "L"),
        ("C.2", "P*"),
        ("C.3", "P*"),
        ("C.4", "P*"),
        ("C.5", "not rated"),
        ("C.6", "open"),
        ("C.7", ""),
        ("C.8", "L"),
    ];
    assert_eq!(rated, expected.map(|(control, rating)| (control.to_owned(), rating.to_owned())));
    let document = made("markdown", Some("a26")).unwrap();
    assert!(document.contains("in the assessment “House, 2026”"), "{document}");
    assert!(document.contains("no evidence of conformity"), "{document}");
    assert!(!made("csv", None).unwrap().contains("Rated capability"));
    // The same as data: the state, and the id of the rating.
    let json: serde_json::Value = serde_json::from_str(&made("json", Some("a26")).unwrap()).unwrap();
    assert_eq!((&json["assessment"]["id"], &json["assessment"]["title"]), (&"a26".into(), &"House, 2026".into()));
    assert!(json["assessment"]["told"].as_str().unwrap().contains("no evidence of conformity"));
    for (row, (control, rating)) in json["catalogs"][0]["rows"].as_array().unwrap().iter().zip(expected) {
        assert_eq!(row["id"], control);
        let id = rating.trim_end_matches('*');
        let wanted = match rating {
            "" => serde_json::Value::Null,
            "open" | "not rated" => serde_json::json!({ "state": rating, "rating": null }),
            _ => serde_json::json!({ "state": "rated", "rating": id }),
        };
        assert_eq!(row["capability"], wanted, "{control}");
    }
    let json: serde_json::Value = serde_json::from_str(&made("json", None).unwrap()).unwrap();
    assert_eq!(
        (&json["assessment"], &json["catalogs"][0]["rows"][0]["capability"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!(made("csv", Some("a25")).unwrap_err(), "there is no assessment `a25`");
}

/// Ratings are reviewed like links: who changes what was rated is told, and so is who reads the report.
#[test]
fn a_rating_on_an_older_wording_is_shown_as_such() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("house.prm");
    let prm = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place.path()).output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    fs::write(&file, HOUSE).unwrap();
    prm(&["review", "house.prm", "--accept-all", "--because", "Read with the owner."]);
    let accepted = prm(&["review", "house.prm"]);
    assert!(accepted.ends_with("9 claims: 9 judged, 0 suspect, 0 new\n"), "{accepted}");
    let report = ["build", "house.prm", "--format", "assessment"];
    assert!(!prm(&report).contains("older wording"));
    let changed = [
        ("Keys are held.", "Keys are held at home.", 2),
        ("It is planned.", "It is planned each year.", 2),
        ("Products are kept.", "Products are kept safe.", 2),
        ("outcome 1 rated L", "outcome 1 rated P", 0),
    ];
    for (old, new, suspects) in changed {
        assert!(HOUSE.contains(old), "{old}");
        fs::write(&file, HOUSE.replace(old, new)).unwrap();
        let shown = prm(&["review", "house.prm"]);
        assert!(shown.contains(&format!("{suspects} suspect, 0 new")), "{new}: {shown}");
        assert_eq!(prm(&report).matches("It was made on an older wording.").count(), suspects, "{new}");
    }
    // A new id of the process carries its ratings on.
    let renamed =
        HOUSE.replace("process G.1 \"Keys <of> the house\" in G {", "process K.1 \"Keys\" in G {\n  formerly G.1");
    fs::write(&file, renamed.replace("of G.1", "of K.1").replace("rate G.1", "rate K.1")).unwrap();
    let shown = prm(&["review", "house.prm"]);
    assert!(shown.contains("0 suspect, 0 new"), "{shown}");
}

#[test]
fn a_package_without_a_model_reports_on_that_of_another() {
    let (house, assessment) = HOUSE.split_at(HOUSE.find("rules ours").unwrap());
    let compiled = Project::new()
        .with("house/prm.toml", "[package]\nname = \"house\"\n")
        .with("house/house.prm", house)
        .with("seen/prm.toml", "[package]\nname = \"seen\"\n[dependencies]\nhouse = { path = \"../house\" }\n")
        .with("seen/seen.prm", format!("use house\n{assessment}"))
        .at("seen")
        .compile();
    let shown = text(&compiled, "markdown");
    assert!(shown.contains("Told of feet.") && shown.contains("Told of the house."), "{shown}");
    assert!(shown.contains("G.1.2 Keys are held. | L (63\u{a0}%)"), "{shown}");
}
