//! What readers must be told stands in every output that prints the texts, in every form, through every layer.

use std::io::Cursor;
use std::process::Command;

use calamine::{Reader, Xlsx};
use prm::emit::ALL;
use prm::emit::output::Request;
use prm::package::manifest::Options;
use tempfile::TempDir;

use crate::docx::read::Parts;
use crate::support::Project;

const BASE: &str = r#"
model keys "Keys" {
  source "ISO/IEC TS 33052:2016"
  edition "2016"
  notice "Told of keys: independent wording."
  covers old
  measured by frame
}
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys."
  outcome 1 "Keys are known." satisfies A.1
}
catalog old "Old rules" {
  source "ISO/IEC 27001:2013"
  notice "Told of old: independent wording."
  control A.1 "Keys"
}
framework frame "Frame" {
  notice "Told of frame."
  scale { rating N "Not" 0 100 }
  level 1 "One" {
    attribute PA.1 "One" {
      achievement a "Done."
      practice GP.1 "Do." achieves a
    }
  }
}
"#;

const TOP: &str = r#"
use keys
model top "Top" extends keys {
  notice """
    Told of top,
    over two lines.
    """
  covers now through over
}
catalog now "New rules" {
  notice "Told of now."
  control B.1 "Keys"
}
crosswalk over "Over" from old to now {
  notice "Told of over."
  A.1 equals B.1
}
assessment seen "Seen" of top { target K.1 level 1 }
"#;

const TOLD: [&str; 6] = ["Told of keys", "Told of old", "Told of frame", "Told of top", "Told of now", "Told of over"];

/// How a model, or a catalog, is cited that follows a document and is not that document.
const AFTER: &str = "after ISO/IEC TS 33052:2016; independent wording";

fn project() -> Project {
    Project::new()
        .with("base/prm.toml", "[package]\nname = \"keys\"\n")
        .with("base/keys.prm", BASE)
        .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nkeys = { path = \"../base\" }\n")
        .with("top/top.prm", TOP)
        .at("top")
}

/// The texts of the first sheet of a workbook.
fn first_sheet(bytes: Vec<u8>) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().flatten().map(|cell| cell.to_string() + "\n").collect()
}

#[test]
fn every_output_of_build_tells_its_readers() {
    let compiled = project().compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    for output in ALL {
        for form in output.forms {
            let options = Options::default();
            let Ok(made) = form.make(&input, &Request::new(&options)) else {
                assert!(output.format == "parquet" && !cfg!(feature = "parquet"), "{}", output.format);
                continue;
            };
            let are_tables = ["csv", "xlsx", "parquet"].contains(&output.format);
            let mut bytes = Vec::new();
            made.into_iter().for_each(|artifact| (artifact.write)(&mut bytes).unwrap());
            let text = match form.name {
                "docx" => Parts::of(&bytes).plain(),
                "adoc" => String::from_utf8(bytes).unwrap().replace("&#59;", ";").replace("&#58;", ":"),
                _ if form.is_binary => first_sheet(bytes),
                // Beside its descriptor it is no text.
                "parquet" => String::from_utf8_lossy(&bytes).into_owned(),
                _ => String::from_utf8(bytes).unwrap(),
            };
            let what = format!("{} as {}", output.format, form.name);
            // A table has no place for it.
            if form.name == "csv" && !are_tables {
                continue;
            }
            // Documents of one thing tell of that: a catalog, crosswalks, the model and those below it.
            let own: Option<&[&str]> = match (output.format, form.name) {
                ("oscal", "catalog") => Some(&["Told of now"]),
                ("oscal", "mapping") => Some(&["Told of over"]),
                ("oscal", _) => Some(&["Told of keys", "Told of top"]),
                ("assessment", _) => Some(&["Told of keys", "Told of frame", "Told of top"]),
                _ => None,
            };
            if let Some(own) = own {
                own.iter().for_each(|told| assert!(text.contains(told), "{what} lacks {told}:\n{text}"));
                continue;
            }
            TOLD.iter().for_each(|told| assert!(text.contains(told), "{what} lacks {told}:\n{text}"));
            // Data have the source and the notice as they are.
            if form.name != "json" && !are_tables {
                assert!(text.contains(AFTER), "{what} lacks {AFTER}:\n{text}");
                assert_eq!(text.matches("TS 33052:2016").count(), text.matches(AFTER).count(), "{what}:\n{text}");
            }
        }
    }
}

/// Every command that prints texts of a model, and whether it is for machines.
const COMMANDS: &[(&[&str], bool)] = &[
    (&["coverage", "top"], false),
    (&["coverage", "top", "--format", "json"], true),
    (&["why", "B.1", "top"], false),
    (&["why", "K.1", "top"], false),
    (&["graph", "top", "--format", "dot"], false),
    (&["graph", "top", "--format", "mermaid"], false),
    (&["graph", "top", "--format", "svg"], false),
    (&["graph", "top", "--format", "svg", "--view", "trace"], false),
    (&["graph", "top", "--format", "dot", "--view", "trace"], false),
    (&["diff", "base", "top"], true),
    (&["diff", "base", "top", "--format", "markdown"], true),
    (&["diff", "base", "top", "--format", "json"], true),
    (&["review", "top"], false),
    (&["review", "top", "--format", "json"], true),
];

#[test]
fn every_command_that_prints_texts_tells_its_readers() {
    let place = TempDir::new().unwrap();
    for (path, content) in project().files() {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    for (arguments, is_data) in COMMANDS {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(*arguments).current_dir(&place).output().unwrap();
        let text = String::from_utf8(run.stdout).unwrap();
        TOLD.iter().for_each(|told| assert!(text.contains(told), "{arguments:?} lacks {told}:\n{text}"));
        assert!(*is_data || text.contains(AFTER), "{arguments:?} lacks {AFTER}:\n{text}");
    }
}

#[test]
fn a_notice_of_any_characters_leaves_the_source_of_an_assessment_model_whole() {
    let text = "model m \"M\" {\n  notice \"Odd: \\u{200b}\\u{61c}\\u{2028}\\u{fff9} */ ends.\"\n}\n\
                process K.1 \"Keys\" {\n  purpose \"To keep.\"\n  outcome 1 \"Keys are kept.\"\n}\n";
    let compiled = Project::text(text).compile();
    let source = prm::emit::pam::pam_prm(&compiled.0.checked().unwrap());
    assert!(source.contains("practice BP1 \"Keep keys.\"") && source.contains("// Notice of m: Odd:"), "{source}");
}
