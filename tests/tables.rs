//! All that a model says, as tables: separated values, a workbook and Parquet hold the same cells.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use prm::emit::output::{Refused, Request, find};
use prm::package::manifest::Options;
use serde_json::Value;

use crate::docx::read::Parts;
use crate::support::{Compiled, Project};

/// What readers of tables stumble over: ids that look like numbers and dates, cells that look like formulas, lists, escapes.
const MODEL: &str = r#"
model acme "Acme" {
  edition "2027-03"
  notice "Internal."
  covers rules
  exclude 5.3 because "Nobody does it."
  apply 5.10 because "=1+1" { state planned }
}
catalog rules "Rules" {
  clause 5 "Controls" {
    control 5.1 "Keys" "Keys are kept." {
      requirement 5.1.a "Count" "They are counted."
      control 5.1.e "More" "They are counted twice."
    }
    control 5.10 "Doors" { label "1-2" }
    control 5.3 "Windows"
  }
}
catalog old "Old rules" {
  requirement 01.10 "Keys"
  requirement 1E5 "Doors"
}
crosswalk over "Carried over" from old to rules {
  01.10 subset of 5.1.a, 5.10 because "Both; =one."
  withdrawn 1E5
  new 5.3
}
field owner "Owner" on process
item list "List, \"kept\"" kind record
group K "Keys"
process K.1 "Key management" in K {
  owner "=cmd|x"
  purpose "The purpose of key management is to keep keys."
  context """
    Of keys:

    - those of houses,
    - _x0041_ and others; +1
    """
  outcome 1 "Keys are counted." satisfies 5.1.a produces list
  outcome 2 "Keys are kept." partly satisfies 5.1 satisfies 5.10 together with K.1.1
  practice BP1 "Count keys" "Count keys, and write them down." achieves 1, 2 produces list
}
process K.2 "Door management" in K {
  purpose "The purpose of door management is to keep doors."
  outcome 1 "Doors are shut."
}
"#;

/// The files of an output, by their names.
fn files(compiled: &Compiled, format: &str) -> Result<BTreeMap<String, Vec<u8>>, Refused> {
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let options = Options::default();
    let written = find(format).unwrap().forms[0].make(&input, &Request::new(&options))?.into_iter().map(|artifact| {
        let mut bytes = Vec::new();
        (artifact.write)(&mut bytes).unwrap();
        (artifact.path, bytes)
    });
    Ok(written.collect())
}

/// The tables as separated values, by their names: the heads, and the rows.
fn values(compiled: &Compiled) -> BTreeMap<String, Vec<Vec<String>>> {
    let read = |bytes: &[u8]| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let files = files(compiled, "csv").unwrap();
    files.iter().filter_map(|(path, bytes)| Some((path.strip_suffix(".csv")?.to_owned(), read(bytes)))).collect()
}

/// Whether a cell of separated values says what another says: it has an apostrophe before what a spreadsheet would run.
fn is_same(guarded: &str, cell: &str) -> bool {
    let mut guarded = guarded.chars().peekable();
    let mut before = '\n';
    for character in cell.chars() {
        let is_guard = guarded.peek() == Some(&'\'') && character != '\'' && ";\n\t".contains(before);
        if is_guard {
            guarded.next();
        }
        if guarded.next() != Some(character) {
            return false;
        }
        before = character;
    }
    guarded.next().is_none()
}

/// The models whose tables are looked at: one that is hard to read, and those of the library and the examples.
fn models() -> Vec<Compiled> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = ["stdlib/iso33052-2022", "stdlib/nist-csf-2.0-iso27001-2022", "examples/two-worlds.prm"];
    let others = others.iter().map(|path| Project::read(&root.join(path)).compile());
    [Project::text(MODEL).compile()].into_iter().chain(others).collect()
}

/// What says how the tables are to be read names their columns, and that all are text.
#[test]
fn tables_of_a_model() {
    let compiled = Project::text(MODEL).compile();
    let mut files = files(&compiled, "csv").unwrap();
    let descriptor: Value = serde_json::from_slice(&files.remove("").unwrap()).unwrap();
    assert_eq!(descriptor["notices"], serde_json::json!(["Internal."]));
    let shown: Vec<String> =
        files.iter().map(|(path, bytes)| format!("# {path}\n{}", String::from_utf8_lossy(bytes))).collect();
    let shown = shown.concat();
    for resource in descriptor["resources"].as_array().unwrap() {
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert!(fields.iter().all(|field| field["type"] == "string"));
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        let head = format!("# {}\n{}\n", resource["path"].as_str().unwrap(), names.join(","));
        assert!(shown.contains(&head), "{head}\n{shown}");
    }
    assert_eq!(descriptor["resources"].as_array().unwrap().len(), files.len());
    insta::assert_snapshot!("tables", shown);
}

/// The workbook has a sheet for each table, with the same cells, all text; heads stay and have a filter.
#[test]
fn a_workbook_has_the_cells_of_the_tables() {
    for compiled in models() {
        let mut tables = values(&compiled);
        let bytes = files(&compiled, "xlsx").unwrap().remove("").unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        let names = book.sheet_names();
        assert_eq!(names.first().map(String::as_str), Some("about"));
        let parts = Parts::of(&bytes);
        for (number, name) in names.iter().enumerate() {
            let range = book.worksheet_range(name).unwrap();
            let is_text = |cell: &Data| matches!(cell, Data::String(_) | Data::Empty);
            assert!(range.rows().flatten().all(is_text), "{name}");
            let sheet = parts.text(&format!("xl/worksheets/sheet{}.xml", number + 1));
            assert!(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""), "{name}: {sheet}");
            assert_eq!(sheet.contains("<autoFilter "), range.height() > 1, "{name}");
            assert!(!sheet.contains("<f>"), "{name}");
            if name == "about" {
                continue;
            }
            let table = tables.remove(name).unwrap();
            assert_eq!(range.height(), table.len(), "{name}");
            for (row, cells) in range.rows().zip(&table) {
                assert_eq!(row.len(), cells.len(), "{name}");
                for (cell, guarded) in row.iter().zip(cells) {
                    assert!(is_same(guarded, &cell.to_string()), "{name}: {guarded:?} and {cell:?}");
                }
            }
        }
        assert!(tables.is_empty(), "{:?}", tables.keys());
    }
}

/// The first sheet tells what the others are, and what readers have to be told.
#[test]
fn a_workbook_tells_what_its_sheets_are() {
    let bytes = files(&Project::text(MODEL).compile(), "xlsx").unwrap().remove("").unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("about").unwrap();
    let rows: Vec<String> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    for told in ["||Acme", "acme||Internal.", "coverage|status|excluded, covered, partial or uncovered"] {
        assert!(rows.iter().any(|row| row == told), "{told}: {rows:#?}");
    }
}

/// What no cell can hold is not cut off.
#[test]
fn a_workbook_holds_all_or_is_not_made() {
    for (length, fits) in [(32_767, true), (32_768, false)] {
        let text = format!("process P \"P\" {{\n  purpose \"{}\"\n}}\nmodel m \"M\"\n", "x".repeat(length));
        let made = files(&Project::text(text).compile(), "xlsx");
        assert_eq!(made.is_ok(), fits, "{length}");
        if let Err(refused) = made {
            assert_eq!(
                refused.problem,
                "`purpose` of row 2 of `processes` has 32768 characters, and a cell holds 32767"
            );
            assert!(refused.help.contains("--format csv"), "{}", refused.help);
        }
    }
}

/// Without the feature it is said how to get it.
#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_said_to_be_a_feature() {
    let refused = files(&Project::text(MODEL).compile(), "parquet").unwrap_err();
    assert_eq!(refused.problem, "this program was built without the feature `parquet`");
    assert!(refused.help.contains("--features parquet"), "{}", refused.help);
}

/// Parquet has the cells of the tables too; what is empty is absent.
#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_cells_of_the_tables() {
    use std::io::Write;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    for compiled in models() {
        let mut files = files(&compiled, "parquet").unwrap();
        let descriptor: Value = serde_json::from_slice(&files.remove("").unwrap()).unwrap();
        let named = descriptor["resources"].as_array().unwrap().iter().map(|resource| &resource["path"]);
        assert_eq!(named.filter(|path| files.contains_key(path.as_str().unwrap())).count(), files.len());
        let mut tables = values(&compiled);
        for (path, bytes) in files {
            let name = path.strip_suffix(".parquet").unwrap();
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            let mut table = tables.remove(name).unwrap().into_iter();
            let heads = table.next().unwrap();
            let columns = reader.metadata().file_metadata().schema_descr().columns();
            assert_eq!(columns.iter().map(|column| column.name()).collect::<Vec<_>>(), heads, "{name}");
            let mut rows = reader.get_row_iter(None).unwrap();
            for cells in table {
                let row = rows.next().unwrap().unwrap();
                for ((_, field), guarded) in row.get_column_iter().zip(&cells) {
                    match field {
                        Field::Null => assert_eq!(guarded, "", "{name}"),
                        Field::Str(cell) => {
                            assert!(!cell.is_empty() && is_same(guarded, cell), "{name}: {guarded:?} and {cell:?}")
                        }
                        other => panic!("{name}: {other:?}"),
                    }
                }
            }
            assert!(rows.next().is_none(), "{name}");
        }
        assert!(tables.is_empty());
    }
}
