//! Tables of ours, edited as people edit them, back into the package: only what was edited, all other bytes as they are.

use std::path::Path;
use std::process::Command;

use calamine::Reader;

/// A model whose layout is its author's own.
const MODEL: &str = r#"// Kept by Ann.
catalog rules "Rules" {
  clause C "Controls" {
    control C.1 "Keys"
    control C.2 "Doors" { label "C-2" }
    control C.3 "Garden"
    control C.4 "Parcels"
    control C.5 "Visits"
    control C.6 "Lamps"
    control C.7 "Pets"
  }
}
field due "Due" on control
field owner "Owner" on process
model house "House" {
    covers rules
    exclude C.3, C.4 because "The house has neither."   // since 2020
    exclude C.5 because "Nobody comes."

    apply C.1 because "Keys matter." { state planned }
    /* The next two
       go together. */
    apply C.2, C.6 because "By law." {
        state partial
        due "May"
    }
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys."
  outcome 1 "Keys are kept." satisfies C.1, C.2, C.6, C.7
}
"#;

struct House(tempfile::TempDir);

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("house.prm"), MODEL).unwrap();
        House(folder)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).current_dir(self.0.path()).args(arguments).output().unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
    }

    fn source(&self) -> String {
        std::fs::read_to_string(self.0.path().join("house.prm")).unwrap()
    }

    fn change(&self, from: &str, to: &str) {
        assert!(self.source().contains(from), "{from}");
        std::fs::write(self.0.path().join("house.prm"), self.source().replace(from, to)).unwrap();
    }

    /// Writes the table, with cells edited: the control, the head, and what stands there then.
    fn table(&self, name: &str, edits: &[(&str, &str, &str)]) {
        self.run(&["build", "house.prm", "--format", "soa", "--as", "csv", "-o", name]);
        let path = self.0.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let records: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        let mut writer = csv::Writer::from_path(&path).unwrap();
        let at = |head: &str| records[0].iter().position(|other| other == head).unwrap_or_else(|| panic!("{head}"));
        for record in &records {
            let mut cells: Vec<&str> = record.iter().collect();
            for (_, head, words) in edits.iter().filter(|(control, ..)| record[at("Control")] == **control) {
                cells[at(head)] = words;
            }
            writer.write_record(cells).unwrap();
        }
    }

    fn import(&self, name: &str) -> (i32, String) {
        self.run(&["import", name, "--as", "soa", "--into", "house.prm"])
    }
}

const YES: &str = "Justification for inclusion";
const NO: &str = "Justification for exclusion";

#[test]
fn what_was_edited_comes_back_and_nothing_else() {
    let house = House::new();
    house.table("same.csv", &[]);
    let (code, said) = house.import("same.csv");
    assert_eq!((code, house.source().as_str()), (0, MODEL), "{said}");
    let edits = [
        ("C.1", "State", "implemented"),
        ("C.1", "Due", "June; =soon"),
        ("C-2", "State", "Planned"),
        ("C.3", NO, "The garden was \"sold\"."),
        ("C.4", "Applicable", "Ja"),
        ("C.4", NO, ""),
        ("C.4", YES, "Parcels come daily."),
        ("C.5", NO, "Nobody ever comes."),
        ("C.6", "Applicable", "no"),
        ("C.6", YES, ""),
        ("C.6", "State", ""),
        ("C.6", "Due", ""),
        ("C.6", NO, "There is daylight."),
        ("C.7", YES, "There is a cat."),
        ("C.7", "State", "none"),
    ];
    house.table("soa.csv", &edits);
    let (code, said) = house.import("soa.csv");
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!(format!("{}--- report\n{said}", house.source()));
    // What comes of it says what was asked for, so that a second time there is nothing to do.
    let now = house.source();
    let (code, said) = house.import("soa.csv");
    assert_eq!((code, house.source()), (0, now), "{said}");
    let (code, said) = house.run(&["fmt", "--check", "house.prm"]);
    assert!(code < 2, "{said}");
}

#[test]
fn a_workbook_comes_back_too() {
    let house = House::new();
    house.run(&["build", "house.prm", "--format", "soa", "--as", "xlsx", "-o", "soa.xlsx"]);
    let path = house.0.path().join("soa.xlsx");
    let (code, said) = house.run(&["import", "soa.xlsx", "--as", "soa", "--into", "house.prm", "--strict"]);
    assert_eq!((code, house.source().as_str()), (0, MODEL), "{said}");
    // Written again by another program, with one cell changed.
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let range = book.worksheet_range("rules").unwrap();
    let mut again = rust_xlsxwriter::Workbook::new();
    let sheet = again.add_worksheet().set_name("rules").unwrap();
    for (row, column, value) in range.used_cells() {
        let words = value.to_string();
        let words = if words == "planned" { "implemented".to_owned() } else { words };
        sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), words).unwrap();
    }
    again.save(&path).unwrap();
    let (code, said) = house.run(&["import", "soa.xlsx", "--as", "soa", "--into", "house.prm"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(house.source(), MODEL.replace("state planned", "state implemented"), "{said}");
}

#[test]
fn a_changed_source_is_never_overwritten() {
    let house = House::new();
    house.table("base.csv", &[]);
    house.table("soa.csv", &[("C.5", NO, "Nobody ever comes."), ("C.1", "State", "partial")]);
    house.change("Nobody comes.", "Nobody is let in.");
    house.change("By law.", "By the law.");
    let before = house.source();
    let (code, said) = house.run(&["import", "soa.csv", "--as", "soa", "--into", "house.prm", "--base", "base.csv"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("conflict: the source says now “Nobody is let in.”"), "{said}");
    assert_eq!(house.source(), before.replace("state planned", "state partial"), "{said}");
    // Without the table as it was, what is computed tells that the row is of another day.
    let house = House::new();
    house.table("soa.csv", &[("C.1", "State", "partial"), ("C.5", NO, "Nobody ever comes.")]);
    house.change("Keys are kept.", "Keys are kept by Ann.");
    let (code, said) = house.import("soa.csv");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("conflict: the source has changed since the table was made"), "{said}");
    assert!(house.source().contains("state planned") && house.source().contains("Nobody ever comes."), "{said}");
}

#[test]
fn what_cannot_come_back_is_told() {
    let house = House::new();
    for (control, head, words, said) in [
        ("C.1", "Title", "All keys", "it is computed"),
        ("C.1", "Status", "partial", "it is computed"),
        ("C.1", "State", "done", "a state is"),
        ("C.1", "Applicable", "perhaps", "neither `yes` nor `no`"),
        ("C.1", "Applicable", "no", "an exclusion has to say why"),
        ("C.1", YES, "", "has to have a reason"),
        ("C.1", NO, "Because.", "what applies has none"),
        ("C.3", "State", "planned", "what does not apply has none"),
        ("C.7", "State", "planned", "has to have a reason"),
        ("C.7", "Owner", "Bob", "it is computed"),
        ("C.7", "Control", "C.8", "no such row"),
        ("C.7", "Control", "C.6", "this row twice"),
    ] {
        house.table("soa.csv", &[(control, head, words)]);
        let (code, report) = house.import("soa.csv");
        assert!(code == 0 && report.contains(said), "{head} {words}: {report}");
        assert_eq!(house.source(), MODEL, "{head} {words}: {report}");
        let (code, _) = house.run(&["import", "soa.csv", "--as", "soa", "--into", "house.prm", "--strict"]);
        assert_eq!(code, 1, "{head} {words}");
    }
}

#[test]
fn marks_and_line_ends_stay() {
    let house = House::new();
    let windows = format!("\u{feff}{}", MODEL.replace('\n', "\r\n"));
    std::fs::write(house.0.path().join("house.prm"), &windows).unwrap();
    house.table("soa.csv", &[("C.1", "State", "none"), ("C.7", YES, "There is a cat.")]);
    let (code, said) = house.import("soa.csv");
    assert_eq!(code, 0, "{said}");
    let added = "    }\r\n    apply C.7 because \"There is a cat.\"\r\n}\r\n";
    let wanted = windows.replace("state planned", "state none").replacen("    }\r\n}\r\n", added, 1);
    assert_eq!(house.source(), wanted, "{said}");
}

/// A statement that would go takes nothing along that its author wrote beside it.
#[test]
fn comments_and_notes_are_not_lost() {
    for (from, to) in [
        ("{ state planned }", "{ note \"Ask Ann.\" }"),
        ("{ state planned }", "{\n        // Ask Ann.\n        state planned\n    }"),
    ] {
        let house = House::new();
        house.change(from, to);
        house.table("soa.csv", &[("C.1", "Applicable", "no"), ("C.1", NO, "No keys."), ("C.1", YES, "")]);
        let before = house.source();
        let (code, said) = house.import("soa.csv");
        assert!(
            code == 2 && said.contains("a comment or a note would go with the statement at house.prm:20"),
            "{said}"
        );
        assert_eq!(house.source(), before);
    }
}

#[test]
fn what_is_no_table_of_ours_changes_nothing() {
    let house = House::new();
    house.table("soa.csv", &[("C.1", "State", "implemented")]);
    std::fs::write(house.0.path().join("other.csv"), "id,title\n1,Keys\n").unwrap();
    for (arguments, said) in [
        (&["other.csv", "--as", "soa", "--into", "house.prm"][..], "no row below the heads Catalog and Control"),
        (&["soa.csv", "--as", "soa"], "--into"),
        (&["soa.csv", "--into", "house.prm"], "--as soa"),
        (&["soa.csv", "--as", "soa", "--into", "nowhere"], "has errors"),
        (&["soa.csv", "--as", "soa", "--into", "house.prm", "-o", "a.prm"], "--output"),
    ] {
        let (code, report) = house.run(&[&["import"], arguments].concat());
        assert!(code == 2 && report.contains(said), "{arguments:?}: {report}");
        assert_eq!(house.source(), MODEL);
    }
    let (code, report) = house.run(&["import", "soa.csv", "--as", "soa", "--into", "house.prm", "--dry-run"]);
    assert!(code == 0 && report.contains("would change `house.prm`"), "{report}");
    assert_eq!(house.source(), MODEL);
}

/// One import of each form, with its report. `UPDATE=1 cargo test examples_of_imports` renews them.
#[test]
fn examples_of_imports_are_what_comes_of_them() {
    let samples = [
        "controls.csv",
        "processes.xlsx",
        "canteen.ods",
        "model.docx",
        "basic-catalog.json",
        "framework.yaml",
        "house.reqif",
    ];
    let mut forms: Vec<&str> = samples.iter().filter_map(|name| Some(prm::import::form(name)?.name)).collect();
    forms.dedup();
    assert_eq!(forms.len(), prm::import::ALL.len(), "a form has no example");
    for name in samples {
        let run = Command::new(env!("CARGO_BIN_EXE_prm"))
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import"))
            .args(["import", name])
            .output()
            .unwrap();
        hold(&format!("{name}.prm"), &run.stdout);
        hold(&format!("{name}.report.txt"), &run.stderr);
    }
}

/// What stands in `examples/import` under a name is what comes of it now.
fn hold(name: &str, made: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/import").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let held = std::fs::read(&path).unwrap_or_default();
    assert!(held == made, "{} is out of date: run `UPDATE=1 cargo test examples_of_imports`", path.display());
}

/// The package, its statement of applicability before and after somebody edited it, and what comes of it.
#[test]
fn examples_of_imports_have_an_edited_statement() {
    let house = House::new();
    house.run(&["fmt", "house.prm"]);
    house.table("before.csv", &[]);
    let edits = [
        ("C.1", "State", "implemented"),
        ("C-2", "Due", "June"),
        ("C.5", "Applicable", "yes"),
        ("C.5", NO, ""),
        ("C.5", YES, "Guests are welcome again."),
        ("C.7", "Title", "Cats"),
    ];
    house.table("edited.csv", &edits);
    // Somebody else has changed what one of the cells says since.
    house.change("due \"May\"", "due \"April\"");
    let read = |name: &str| std::fs::read(house.0.path().join(name)).unwrap();
    for name in ["house.prm", "before.csv", "edited.csv"] {
        hold(&format!("soa/{name}"), &read(name));
    }
    let arguments = ["import", "edited.csv", "--as", "soa", "--into", "house.prm", "--base", "before.csv"];
    let (code, report) = house.run(&arguments);
    assert_eq!(code, 1, "a conflict: {report}");
    hold("soa/house.after.prm", &read("house.prm"));
    hold("soa/report.txt", report.as_bytes());
}
