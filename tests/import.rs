//! What others have written, read: each file of `tests/import`, with its report; and files that are not what they seem.

use std::path::Path;
use std::process::Command;

use calamine::Reader;

fn prm() -> Command {
    Command::new(env!("CARGO_BIN_EXE_prm"))
}

/// A file, the arguments beside it, and what comes of it: the source, the report for people, and what the compiler says.
#[test]
fn files_of_others_become_sources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".args") && !name.ends_with(".py"))
        .collect();
    names.sort();
    assert!(names.len() >= 11);
    for name in names {
        let arguments = std::fs::read_to_string(folder.join(&name).with_extension("args")).unwrap_or_default();
        let mut command = prm();
        let run =
            command.current_dir(&folder).arg("import").args(arguments.split_whitespace()).arg(&name).output().unwrap();
        let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(run.status.code(), Some(0), "{name}: {err}");
        insta::assert_snapshot!(format!("import_{name}"), format!("{out}\n--- report\n{err}"));
    }
}

/// The report of a file, a line each: what became of a value, what it is, and where it stands.
fn told(name: &str) -> Vec<[String; 3]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let run = prm().current_dir(&folder).args(["import", name, "--message-format", "json"]).output().unwrap();
    let report = String::from_utf8(run.stderr).unwrap();
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        ["action", "what", "place"].map(|key| line[key].as_str().unwrap().to_owned())
    };
    report.lines().map(line).collect()
}

/// Each value of a source is told once.
#[test]
fn counts_add_up() {
    for (name, values) in [("controls.csv", 21), ("terms.csv", 10), ("items.csv", 12), ("canteen.ods", 15)] {
        let lines: Vec<_> = told(name).into_iter().filter(|[_, what, _]| what != "comment").collect();
        assert_eq!(lines.len(), values, "{name}: {lines:?}");
        let mut places: Vec<&str> = lines.iter().map(|[_, _, place]| place.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), values, "{name}: a value is told twice");
    }
}

/// Eight lines that stand for a hundred million words.
const LAUGHS: &[u8] =
    b"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\nobjects: {framework: *g}\n";

/// Trees that are deeper, or larger, than anything that people write.
#[test]
fn trees_have_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("deep.json", format!("{{\"catalog\": {}", "{\"groups\": [".repeat(100_000)), "recursion limit"),
        ("many.json", format!("{{\"catalog\": [{}0]}}", "{\"a\":0},".repeat(1_100_000)), "more than 2000000 values"),
        ("deep.yaml", format!("objects: {}", "[".repeat(100_000)), "it is no YAML that can be read"),
    ];
    for (name, text, said) in cases {
        std::fs::write(folder.path().join(name), text).unwrap();
        let run = prm().current_dir(folder.path()).args(["import", name, "-o", "out.prm"]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{name}: {err}");
        assert!(err.contains(said), "{name}: {err}");
        assert!(!folder.path().join("out.prm").exists(), "{name}");
    }
}

/// The values of a tree, each once: all that is neither a list nor has names.
fn leaves(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter().map(leaves).sum(),
        serde_json::Value::Object(fields) => fields.values().map(leaves).sum(),
        _ => 1,
    }
}

/// Of documents of any make each value is told, and none twice.
#[test]
fn each_value_of_a_tree_is_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["basic-catalog.json", "strange-catalog.json", "mapping.json", "profile.json"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let arguments = std::fs::read_to_string(folder.join(name).with_extension("args")).unwrap_or_default();
        let beside = arguments.split_whitespace().filter(|argument| argument.ends_with(".json"));
        let beside: usize = beside
            .map(|file| leaves(&serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap()))
            .sum();
        let mut command = prm();
        let command = command.current_dir(&folder).arg("import").args(arguments.split_whitespace());
        let run = command.args([name, "--message-format", "json"]).output().unwrap();
        let report = String::from_utf8(run.stderr).unwrap();
        let lines: Vec<serde_json::Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut places: Vec<&str> = lines.iter().map(|line| line["place"].as_str().unwrap()).collect();
        places.sort_unstable();
        let twice: Vec<&[&str]> = places.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
        assert_eq!(lines.len(), leaves(&document) + beside, "{name}: {report}");
    }
}

/// Each cell of a workbook that another reader finds is told once, and no other.
#[test]
fn each_cell_of_a_workbook_is_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["controls.xlsx", "processes.xlsx", "sheets.xlsx"] {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join(name)).unwrap();
        let mut found: Vec<String> = Vec::new();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            let (rows, columns) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                if !matches!(value, calamine::Data::Empty) {
                    let letter = char::from(b'A' + u8::try_from(column).unwrap() + u8::try_from(columns).unwrap());
                    found.push(format!("{sheet}!{letter}{}", row + 1 + usize::try_from(rows).unwrap()));
                }
            }
        }
        let lines = told(name).into_iter().filter(|[_, what, _]| what != "comment");
        let mut places: Vec<String> = lines.map(|[_, _, place]| place).collect();
        found.sort();
        places.sort();
        assert_eq!(places, found, "{name}");
    }
}

/// Of a file of ReqIF each value is told once: those of objects, specifications, relations and their groups, defaults, names,
/// titles, comments, relations, texts before they were made simpler, and files in texts.
#[test]
fn each_value_of_a_specification_is_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for name in ["house.reqif", "untyped.reqif"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let values = document.descendants().filter(roxmltree::Node::is_element).map(|node| {
            let is_named = |name: &str| usize::from(node.attribute(name).is_some_and(|said| !said.trim().is_empty()));
            match node.tag_name().name() {
                name if name.starts_with("ATTRIBUTE-VALUE-") => 1,
                "TITLE" | "COMMENT" | "object" | "THE-ORIGINAL-VALUE" => 1,
                "SPEC-RELATION" => 1 + is_named("LONG-NAME") + is_named("DESC"),
                "SPEC-OBJECT" | "SPECIFICATION" | "SPEC-HIERARCHY" | "RELATION-GROUP" => {
                    is_named("LONG-NAME") + is_named("DESC")
                }
                _ => 0,
            }
        });
        let mut places: Vec<String> = told(name).into_iter().map(|[_, _, place]| place).collect();
        places.retain(|place| !place.ends_with(", IDENTIFIER"));
        assert_eq!(places.len(), values.sum::<usize>(), "{name}: {places:?}");
        places.sort_unstable();
        assert!(places.windows(2).all(|pair| pair[0] != pair[1]), "{name}: a value is told twice");
    }
}

#[test]
fn what_is_not_what_it_seems_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.csv", b"", "it has no rows"),
        ("blank.csv", b",,\n,,\n", "it has no rows"),
        ("wide.csv", b"i\x00d\x00,\x00t\x00", "its encoding cannot be told"),
        ("what.pdf", b"%PDF", "does not show what it is"),
        ("nothing.csv", b"one,two\nthree,four\n", "nothing could be taken"),
        ("cut.json", b"{\"catalog\": {\"groups\": [", "it is no JSON, or not all of it"),
        ("two.json", b"{\"catalog\": {}} {}", "it is no JSON, or not all of it"),
        ("list.json", b"[1]", "it is no OSCAL"),
        ("other.json", b"{\"component-definition\": {}}", "it begins with `component-definition`"),
        ("empty.json", b"{\"mapping-collection\": {}}", "it maps nothing"),
        ("latin.json", b"{\"catalog\": {\"id\": \"\xfc\"}}", "it is no UTF-8: byte"),
        ("cut.yaml", b"objects: {framework: [", "it is no YAML that can be read"),
        ("other.yaml", b"a: 1", "it has no `objects`"),
        ("none.yaml", b"objects: {threats: [{a: b}]}", "it has neither a framework nor a mapping"),
        ("tag.yaml", b"objects: {framework: !!python/x {name: a}}", "it is no YAML that can be read"),
        ("other.reqif", b"<reqif/>", "it begins with `reqif`"),
        ("empty.reqif", b"", "it has no element"),
        ("none.reqif", b"<REQ-IF/>", "it has no object"),
        ("text.reqif", b"id,title", "it has no element"),
        ("cut.reqifz", b"PK\x03\x04", "it is cut off"),
        ("laughs.yaml", LAUGHS, "it is no YAML that can be read"),
    ];
    for (name, bytes, said) in cases {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let mut command = prm();
        let run = command.current_dir(folder.path()).args(["import", name, "-o", "out.prm"]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{name}: {err}");
        assert!(err.contains(said), "{name}: {err}");
        assert!(!folder.path().join("out.prm").exists(), "{name}");
    }
}

#[test]
fn an_import_replaces_no_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "id,title\n1,Keys\n").unwrap();
    std::fs::write(folder.path().join("a.prm"), "mine").unwrap();
    let run = prm().current_dir(folder.path()).args(["import", "a.csv", "-o", "a.prm"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.prm")).unwrap(), "mine");
}

/// What comes of a file of separated values: the source, and the report.
fn of_csv(bytes: &[u8], arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), bytes).unwrap();
    let run = prm().current_dir(folder.path()).args(["import", "a.csv"]).args(arguments).output().unwrap();
    let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (run.status.code().unwrap(), out, err)
}

#[test]
fn separated_values_in_all_encodings() {
    let text = "id;title\r\n1;Schlüssel\r\n";
    let little: Vec<u8> = [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let windows: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let marked = format!("\u{feff}{text}").into_bytes();
    let dos: Vec<u8> = text.chars().map(|character| if character == 'ü' { 0x81 } else { character as u8 }).collect();
    for (bytes, arguments) in [
        (text.as_bytes(), &[][..]),
        (&marked, &[]),
        (&little, &[]),
        (&big, &[]),
        (&windows, &[]),
        (&dos, &["--encoding", "cp850"]),
        (&dos, &["--encoding", "CP437"]),
    ] {
        let (code, out, err) = of_csv(bytes, arguments);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("requirement 1 \"Schlüssel\""), "{arguments:?}: {out}");
    }
    assert!(of_csv(&windows, &[]).2.contains("was taken for windows-1252"));
    let (code, _, err) = of_csv(&dos, &[]);
    assert!(code == 2 && err.contains("--encoding"), "{err}");
    let (code, _, err) = of_csv(&dos, &["--encoding", "klingon"]);
    assert!(code == 2 && err.contains("there is no encoding `klingon`"), "{err}");
}

#[test]
fn separated_values_that_are_uneven() {
    let text = b"sep=;\r\nid;title;text\r\n\r\n1;Keys\r\n2;\"Locks\r\nand doors\";They are kept.;more\r\n3;Lamps\r\n";
    let (code, out, err) = of_csv(text, &["--message-format", "json"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("\"Locks and doors\""), "{out}");
    let places: Vec<String> = err
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["place"].as_str().unwrap().to_owned())
        .collect();
    // A row is named by the line on which it begins.
    for place in ["line 2, column A", "line 4, column A", "line 5, column D", "line 7, column B"] {
        assert!(places.iter().any(|other| other == place), "{place}: {places:?}");
    }
    assert_eq!(places.len(), 3 + 2 + 4 + 2);
}

#[test]
fn a_catalog_that_is_not_known_is_refused() {
    let (code, _, err) = of_csv(b"process,outcome,satisfies\nP.1,Keys are kept.,5.1\n", &["--covers", "nowhere"]);
    assert!(code == 2 && err.contains("`nowhere`"), "{err}");
}

/// The number 5.1 of a spreadsheet was 5.1 or 5.10: a catalog that has one of them decides, and one that has both does
/// not; then nothing is linked, and the cell is told.
#[test]
fn a_number_that_may_be_two_ids_is_linked_only_where_the_catalog_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows =
        [["Process", "Name", "Purpose", "Outcome"], ["K.1", "Keys", "The purpose is to keep keys.", "Keys are kept."]];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    sheet.write_string(0, 4, "Satisfies").unwrap();
    sheet.write_number(1, 4, 5.1).unwrap();
    std::fs::write(folder.path().join("keys.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    for (others, linked) in [("", Some("satisfies 5.1\n")), ("  requirement 5.10 \"Ten\"\n", None)] {
        let rules = format!("catalog rules \"Rules\" {{\n  requirement 5.1 \"One\"\n{others}}}\n");
        std::fs::write(folder.path().join("rules.prm"), rules).unwrap();
        let arguments = ["import", "keys.xlsx", "--covers", "rules", "--with", "rules.prm"];
        let run = prm().current_dir(folder.path()).args(arguments).output().unwrap();
        let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        match linked {
            Some(link) => assert!(out.contains(link), "{out}{err}"),
            None => {
                assert!(!out.contains("satisfies"), "{out}{err}");
                assert!(err.contains("!E2: left out") && err.contains("`5.1` or `5.10`"), "{err}");
            }
        }
    }
}

/// What names a column, a catalog or a model may be no title: then one is made of it.
#[test]
fn what_is_no_title_becomes_one() {
    let table = b"Process ID;Name;Purpose;No.;Outcome;5;Ow\x0ener\nP.1;Post;To bring post.;1;Post is there.;x;Ann\n";
    let (exit, text, said) = of_csv(table, &["--id", "post", "--title", "7"]);
    assert_eq!(exit, 0, "{said}");
    for written in ["\"Model 7\"", "\"Owner\""] {
        assert!(text.contains(written), "{written}\n{text}");
    }
    let (exit, text, said) = of_csv(b"Term;Definition;Sy\x0enonym s\nkey;What opens;x\n5;A number;y\n", &[]);
    assert_eq!(exit, 0, "{said}");
    assert!(text.contains("Synonym s: x") && !text.contains("A number"), "{text}");
    assert!(said.contains("a name with a letter"), "{said}");
}
