//! Comments of a ballot: tied to the model, listed where they stand, and written back.

use std::path::Path;
use std::process::{Command, Output};

use prm::document::words::EN;
use prm::emit::comments::{Column, Comment, Tied, Ties};
use tempfile::TempDir;

use crate::support::Project;

/// A model with a clause for each kind of thing that a comment can name.
const MODEL: &str = r#"use iso27001-2022

model house "House model" {
  edition "2026"
  domain "Housekeeping"
  covers iso27001-2022
  foreword "Agreed by the house."
}

group COM "Common"

process COM.01 "Communication management" {
  purpose "The purpose of communication management is to give people what they need to know."
  outcome 1 "Matters to be told are identified." satisfies 7.4.a
  outcome 2 "Those who are to be told are identified." satisfies 7.4.c
  practice BP1 "Find out what has to be told" achieves 1
}

process COM.02 "Records, keeping of" {
  purpose "The purpose of keeping of records is to find again what was settled."
  outcome 1 "Records are kept." satisfies 7.5.3
}

term "interested party" "person or organization that can affect or be affected"

annex words "How the processes work together" "They talk."
"#;

/// What national bodies say, in the columns of ISO.
const TABLE: &str = "\
Template for comments and secretariat observations,,,,,,,
MB/NC¹,Line number (e.g. 17),Clause/ Subclause (e.g. 3.1),Paragraph/ Figure/ Table (e.g. Table 1),Type of com-ment²,Comments,Proposed change,Observations of the secretariat
DE 001,,General,,ge,The document is too long.,Make it shorter.,
FR 001,112,5.2,outcome 2,te,\"Who tells them?
And when?\",Add an outcome.,Accepted.
UK 001,,COM.02,,ed,=Records is no verb.,,
UK 002,,Clause 3.1,,ed,The term is not used.,Delete it.,
US 001,,9.9,,te,This clause is wrong.,Delete it.,Not there.
US 002,,5.9.1,,te,So is this.,,
JP 001,,Communication management,Table 1,te,The table is hard to read.,,
JP 002,,5.2 Records,,te,Says two things.,,
CN 001,,\"5.2, 5.3\",,ge,Both are too short.,,
CN 002,,A,,ge,The annex is long.,,
CN 003,,interested party,,te,Define affect.,,
KR 001,,,COM.01.BP1,te,How?,,
KR 002,,How the processes work together,,ge,Say more.,,
SE 001,,5.2,Table 99,te,No such table.,,
SE 002,,7.4,,te,A number of another standard.,,
SE 003,,A.5.23,,te,A control.,,
";

struct House(TempDir);

impl House {
    fn new() -> House {
        let house = House(tempfile::tempdir().unwrap());
        house.with("house.prm", MODEL).with("ballot.csv", TABLE)
    }

    fn with(self, name: &str, text: &str) -> House {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn prm(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_prm")).current_dir(self.0.path()).args(arguments).output().unwrap()
    }

    /// What goes to standard output and what to standard error, of a run that ends with a code.
    fn told(&self, arguments: &[&str], code: i32) -> (String, String) {
        let run = self.prm(arguments);
        let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(run.status.code(), Some(code), "{arguments:?}: {err}");
        (out, err)
    }

    /// The table that comes of another.
    fn table(&self, name: &str) -> String {
        self.told(&["comments", name, "house.prm", "--format", "csv"], 0).0
    }
}

/// The rows of a table, without the heads and without the last column, which is ours.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
    let row = |row: csv::StringRecord| row.iter().take(row.len() - 1).map(str::to_owned).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn comments_stand_where_they_belong() {
    let house = House::new();
    let (out, err) = house.told(&["comments", "ballot.csv", "house.prm"], 0);
    insta::assert_snapshot!(format!("{out}--- standard error\n{err}"));
    assert_eq!(house.told(&["comments", "ballot.csv", "house.prm", "--strict"], 1).0, out);
}

#[test]
fn every_comment_comes_out_once_and_as_it_was() {
    let house = House::new();
    let table = house.table("ballot.csv");
    let mut said = rows(&table);
    assert_eq!(said.len(), TABLE.matches("\n").count() - 3);
    said.sort();
    let mut meant =
        rows(&TABLE.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>().replace("\n\n", "\n"));
    // The last column of the source is the observation, which `rows` leaves out there.
    meant.iter_mut().for_each(|row| {
        let is_answered = if row[0] == "FR 001" {
            "Accepted."
        } else if row[0] == "US 001" {
            "Not there."
        } else {
            ""
        };
        row.push(is_answered.to_owned());
        row[5] = row[5].replace("=Records", "'=Records");
    });
    meant.sort();
    assert_eq!(said, meant);
    for form in ["markdown", "html", "adoc"] {
        let (out, _) = house.told(&["comments", "ballot.csv", "house.prm", "--format", form], 0);
        for row in &meant {
            assert_eq!(out.matches(&row[0]).count(), 1, "{form}: {}", row[0]);
        }
    }
}

#[test]
fn what_is_written_is_read_again_and_stays() {
    let house = House::new();
    let table = house.table("ballot.csv");
    let house = house.with("again.csv", &table);
    assert_eq!(house.table("again.csv"), table);
    house.told(&["comments", "ballot.csv", "house.prm", "--format", "docx", "-o", "again.docx"], 0);
    assert_eq!(house.table("again.docx"), table);
}

#[test]
fn observations_are_put_to_the_comments_of_another_table() {
    let house = House::new();
    let answered =
        TABLE.replace("Make it shorter.,", "Make it shorter.,Not accepted.").replace("Accepted.\n", "Noted.\n");
    let house = house.with("answered.csv", &answered).with(
        "nl.csv",
        "Member body;Clause;Type;Comment;Proposed change;Our number\nNL;5.2;ed;Twice.;;7\nNL;5.2;ed;Twice.;;8\n",
    );
    let arguments = ["comments", "ballot.csv", "house.prm", "--format", "csv", "--merge", "answered.csv", "nl.csv"];
    let (out, _) = house.told(&arguments, 0);
    let said = rows(&out);
    assert_eq!(said.len(), rows(&house.table("ballot.csv")).len() + 2);
    let observation = |body: &str| said.iter().find(|row| row[0] == body).unwrap()[7].clone();
    assert_eq!(observation("DE 001"), "Not accepted.");
    assert_eq!(observation("FR 001"), "Accepted.\nNoted.");
    let numbers: Vec<&str> = said.iter().filter(|row| row[0] == "NL").map(|row| row[8].as_str()).collect();
    assert_eq!(numbers, ["7", "8"]);
}

#[test]
fn a_table_without_heads_is_known_by_its_kinds() {
    let house = House::new();
    let body: String = TABLE.lines().skip(2).map(|line| format!("{line}\n")).collect();
    let house = house.with("headless.csv", &body);
    assert_eq!(rows(&house.table("headless.csv")), rows(&house.table("ballot.csv")));
}

#[test]
fn what_is_no_table_of_comments_is_refused() {
    let house = House::new().with("other.csv", "Colour,Size\nred,3\n").with("x.json", "{}").with("x.odd", "");
    for (name, words) in [
        ("other.csv", "holds no table of comments"),
        ("x.json", "holds no table of comments"),
        ("x.odd", "does not show what it is"),
        ("missing.csv", "cannot read"),
    ] {
        let (out, err) = house.told(&["comments", name, "house.prm"], 2);
        assert!(out.is_empty() && err.contains(words), "{name}: {err}");
    }
    let (_, err) = house.told(&["comments", "ballot.csv", "house.prm", "--format", "csv", "-o", "./ballot.csv"], 2);
    assert!(err.contains("would take the place"), "{err}");
    assert_eq!(std::fs::read_to_string(house.path("ballot.csv")).unwrap(), TABLE);
    assert!(Path::new(&house.path("house.prm")).exists());
    let house = house.with("broken.prm", "process X \"X\" {\n  outcome \n}\nmodel m \"M\"\n");
    house.told(&["comments", "ballot.csv", "broken.prm"], 1);
}

/// Excel makes one number of 5.2 and 5.20: it is taken for the one that is there, and where both are, for none.
#[test]
fn what_a_spreadsheet_made_of_a_number_is_not_guessed() {
    let compiled = Project::text(MODEL).compile();
    let tied = |readings: &[&str]| {
        let mut comment =
            Comment { readings: readings.iter().map(|one| (*one).to_owned()).collect(), ..Comment::default() };
        comment.cells[Column::Clause as usize] = readings[0].to_owned();
        let comments = [comment];
        Ties::of(&compiled.0.checked().unwrap(), &comments, &EN).unwrap().rows[0].1.clone()
    };
    let Tied::At(place, None) = tied(&["5.2", "5.20"]) else { panic!("5.2 is there") };
    assert_eq!(place.id.as_deref(), Some("COM.01"));
    for (readings, words) in [(["5.2", "5.3"], "may have been typed"), (["7.4", "7.40"], "nor what else")] {
        let Tied::Nothing(why) = tied(&readings) else { panic!("{readings:?}") };
        assert!(why.contains(words), "{why}");
    }
}
