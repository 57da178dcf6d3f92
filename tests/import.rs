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

/// Ranges of ids stand for so many requirements, and a reference for no more than anybody writes.
#[test]
fn ranges_have_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |count: usize, cell: &str| -> String {
        let rows = (0..count).map(|row| format!("P.{row};Name {row};Things are kept {row};{cell}\n"));
        format!("Process ID;Process name;Outcome;Requirements\n{}", rows.collect::<String>())
    };
    // 34 controls each, so that the ranges of all rows together mean more than are read.
    std::fs::write(folder.path().join("many.csv"), rows(4_000, "A.8.1-A.8.34")).unwrap();
    std::fs::write(folder.path().join("long.csv"), rows(2, &"A.5.1-".repeat(100_000))).unwrap();
    for (name, links, said) in [("many", 99_994, "more than 100000 requirements stand in ranges"), ("long", 0, "")] {
        let arguments = ["import", &format!("{name}.csv"), "--covers", "iso27001-2022", "-o", &format!("{name}.prm")];
        let run = prm().current_dir(folder.path()).args(arguments).output().unwrap();
        let report = String::from_utf8(run.stderr).unwrap();
        assert!(report.contains(said), "{name}: {}", report.chars().take(2_000).collect::<String>());
        let made = std::fs::read_to_string(folder.path().join(format!("{name}.prm"))).unwrap();
        // What is not read stands in notes.
        let linked = made.lines().filter(|line| !line.contains("Traceability in the source"));
        assert_eq!(linked.map(|line| line.matches("A.8.").count()).sum::<usize>(), links, "{name}");
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

/// What it is about, a table, the arguments, what comes of it, and what is told.
type Made<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

/// Tables as people make them.
#[test]
fn tables_of_any_make() {
    let cases: &[Made<'_>] = &[
        (
            "sums, pages and notes are no rows",
            "ID,Title,Text\n1,Keys,Kept.\nPage 1 of 2\n2,Doors,Shut.\nTotal,2\nNote: as of May\n\n* yearly\nsee the manual\n",
            &[],
            &["requirement 1 \"Keys\"", "requirement 2 \"Doors\""],
            &["6 taken", "its row sums up others", "the number of a page", "it is a note", "it stands below the table"],
        ),
        (
            "tables below each other",
            "Process ID,Process name\nP.1,Keys\n\nOutcomes\nProcess ID,No.,Outcome\nP.1,1,Keys are kept.\n\nTerm,Definition\nkey,what opens\n",
            &[],
            &["process P.1 \"Keys\" {\n  outcome 1 \"Keys are kept.\"\n}", "term \"key\" \"what opens\""],
            &["it stands above the heads"],
        ),
        (
            "tables beside each other",
            "ID,Title,,Term,Definition\n1,Keys,,key,what opens\n2,Doors,,,\n",
            &[],
            &["requirement 1 \"Keys\"", "requirement 2 \"Doors\"", "term \"key\" \"what opens\""],
            &["0 left out"],
        ),
        (
            "a column that is blank parts no table",
            "ID,Title,,Text,Note\n1,Keys,,Kept.,Daily\n",
            &[],
            &["requirement 1 \"Keys\" \"Kept.\" { note \"Daily\" }"],
            &["0 left out"],
        ),
        (
            "levels, as NIST has them",
            "Function,Category,Subcategory,Implementation Examples\nGOVERN (GV): Rules are known,,,\n\
             ,Context (GV.OC): The context is known,,\n,,GV.OC-01: The mission is known,Ex1: Tell it\n,,,Ex2: Ask\n\
             ,,GV.OC-02: [Withdrawn: Moved to GV.OC-01],gone\nPROTECT (PR),Access (PR.AA),PR.AA-01: Keys are kept,\n",
            &[],
            &[
                "clause GV \"GOVERN\" {\n    note \"Rules are known\"\n    clause GV.OC \"Context\" {",
                "requirement GV.OC-01 \"The mission is known\" {\n        note \"Implementation Examples: Ex1: Tell it\"\n        note \"Implementation Examples: Ex2: Ask\"",
                "clause PR.AA \"Access\" {\n      requirement PR.AA-01 \"Keys are kept\"",
            ],
            &["2 left out", "it is withdrawn"],
        ),
        (
            "levels of other names",
            "Domain,Area,Practice\nA Access,A.1 Keys,A.1.1 Keys are kept\n,,A.1.2 Keys are counted\n",
            &["--map", "level-1=Domain", "--map", "level-2=Area", "--map", "level-3=Practice"],
            &["clause A \"Access\" {\n    clause A.1 \"Keys\" {\n      requirement A.1.1 \"Keys are kept\""],
            &["0 left out"],
        ),
        (
            "a category alone is what a row is",
            "ID,Title,Category\n1,Rules,clause\n1.1,Keys,requirement\n",
            &[],
            &["clause 1 \"Rules\" {\n    requirement 1.1 \"Keys\""],
            &["it says what the row is"],
        ),
        (
            "ranges and other lists",
            "Process,Outcome,Satisfies\nP.1 Keys,A is done.,A.5.1-A.5.3\n,B is done.,A.5.1–3; 7.4.a\n,C is done.,A.5.9 to A.5.10\n\
             ,D is done.,A.5.16/A.5.18\n,E is done.,\"see ISO/IEC 27001:2022 A.5.1\"\n,F is done.,n/a\n,G is done.,A.5.3-A.5.1\n",
            &["--covers", "iso27001-2022"],
            &[
                "satisfies A.5.1, A.5.2, A.5.3\n",
                "satisfies A.5.1, A.5.2, A.5.3, 7.4.a\n",
                "satisfies A.5.9, A.5.10\n",
                "satisfies A.5.16, A.5.18\n",
                "satisfies A.5.1\n",
                "outcome 6 \"F is done.\"\n",
                "outcome 7 \"G is done.\" { note \"Traceability in the source: A.5.3-A.5.1\" }",
            ],
            &["`A.5.1-A.5.3` is A.5.1, A.5.2, A.5.3", "it says that there is none"],
        ),
        (
            "ids that are easily taken for each other",
            "ID,Title\nA.1,Keys\na.01,Doors\n",
            &[],
            &["requirement a.01-2 \"Doors\" { label \"a.01\" }"],
            &["`a.01` and `A.1` differ only in case or leading zeros"],
        ),
        (
            "a process and its id, a list with what leads in to it",
            "Process ID,Process,Outcomes\nP.1,Keys,\"As a result of this process:\n1) Keys are kept.\n2) Keys are counted.\"\n",
            &[],
            &["process P.1 \"Keys\" {\n  outcome 1 \"Keys are kept.\"\n  outcome 2 \"Keys are counted.\"\n}"],
            &["leads in to the list, and is left out"],
        ),
        (
            "a card, with names that are not known",
            "Process ID,K.1\nProcess name,Keys\nPurpose,The purpose is to keep keys.\nOutcome 1,Keys are kept.\nOutcome 2,Keys are counted.\nOwner,Ann\nOwner,Bob\n",
            &[],
            &[
                "outcome 1 \"Keys are kept.\"\n  outcome 2 \"Keys are counted.\"",
                "owner \"Ann\"",
                "note \"Owner: Bob\"",
            ],
            &["0 left out"],
        ),
        (
            "heads with brackets",
            "Control Identifier,Control (or Control Enhancement) Name,Control Text (normative)\nAC-1,Keys,Kept.\nAC-2,Doors,[Withdrawn: Incorporated into AC-1]\n",
            &[],
            &["control AC-1 \"Keys\" \"Kept.\""],
            &["it is withdrawn"],
        ),
    ];
    for (what, table, arguments, written, told) in cases {
        let (code, text, report) = of_csv(table.as_bytes(), arguments);
        assert_eq!(code, 0, "{what}: {report}");
        written.iter().for_each(|part| assert!(text.contains(part), "{what}: {part}\n{text}\n{report}"));
        told.iter().for_each(|part| assert!(report.contains(part), "{what}: {part}\n{text}\n{report}"));
        assert!(
            !report.contains("error[P0") && !report.contains("error[P1") && !report.contains("error[P2"),
            "{what}: {report}"
        );
    }
}

/// A document of Word: a heading above tables, each a list of rows, each a list of cells.
fn document(heading: &str, tables: &[&[&[&str]]]) -> Vec<u8> {
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let cell = |cell: &&str| format!("<w:tc>{}</w:tc>", cell.split('\n').map(paragraph).collect::<String>());
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let table = |rows: &&[&[&str]]| format!("<w:tbl>{}</w:tbl><w:p/>", rows.iter().map(row).collect::<String>());
    let tables: String = tables.iter().map(table).collect();
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let heading = format!("<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>{heading}</w:t></w:r></w:p>");
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                "{relations}<Relationship Id=\"a\" Type=\"{of}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!("{relations}<Relationship Id=\"h\" Type=\"{of}/header\" Target=\"header1.xml\"/></Relationships>"),
        ),
        ("word/header1.xml", format!("<w:hdr {w}>{}</w:hdr>", paragraph("Draft of May"))),
        ("word/document.xml", format!("<w:document {w}><w:body>{heading}{tables}</w:body></w:document>")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document of very many paragraphs is small when it is packed; where it is XML by itself, no part of it is named.
#[test]
fn documents_have_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let many = format!("x</w:t></w:r></w:p>{}<w:p><w:r><w:t>", "<w:p/>".repeat(200_001));
    for (name, bytes, said) in [
        ("many.docx", document(&many, &[]), "it has more than 200000 paragraphs"),
        (
            "declared.reqif",
            b"<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><REQ-IF>&x;</REQ-IF>".to_vec(),
            ": it declares a document type",
        ),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let run = prm().current_dir(folder.path()).args(["import", name, "-o", "out.prm"]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && err.contains(said), "{name}: {err}");
        assert!(!folder.path().join("out.prm").exists(), "{name}");
    }
}

/// A process of an assessment model: a card of one column, its practices, and a matrix that ties them to outcomes.
#[test]
fn a_process_as_assessment_models_print_it() {
    let folder = tempfile::tempdir().unwrap();
    let card: &[&[&str]] = &[
        &["Process ID"],
        &["SWE.1"],
        &["Process name"],
        &["Analysis"],
        &["Process purpose"],
        &["The purpose is to analyse."],
        &["Process outcomes"],
        &["1) Needs are known.\n2) Needs are agreed."],
    ];
    let practices: &[&[&str]] = &[
        &["Base Practices"],
        &["SWE.1.BP1: Find needs. Ask for them.\nNOTE 1: All of them."],
        &["SWE.1.BP2: Agree. Do so."],
    ];
    let matrix: &[&[&str]] = &[
        &["SWE.1 Analysis", "Outcome 1", "Outcome 2"],
        &["Output Information Items", "", ""],
        &["17-00 Requirement", "X", "X"],
        &["Base Practices", "", ""],
        &["BP1: Find needs", "X", ""],
        &["BP2: Agree", "", "?"],
    ];
    let annex: &[&[&str]] = &[&["SWE.2 Design", "Outcome 1"], &["BP1: Draw", "X"]];
    std::fs::write(folder.path().join("pam.docx"), document("1 Software (SWE)", &[card, practices, matrix, annex]))
        .unwrap();
    let run = prm().current_dir(folder.path()).args(["import", "pam.docx"]).output().unwrap();
    let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(run.status.code(), Some(0), "{err}");
    assert!(err.contains("the process that it is of stands in no table before it"), "{err}");
    insta::assert_snapshot!("import_pam.docx", format!("{out}\n--- report\n{err}"));
}

/// Of OSCAL, JSON is read: its other forms are called by their names.
#[test]
fn other_forms_of_oscal_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, said) in [
        ("a.xml", "<catalog/>", "OSCAL is read as JSON, not as XML"),
        ("a.json", "<catalog/>", "it is XML"),
        ("a.yaml", "catalog:\n  uuid: x\n", "it is OSCAL in YAML, a `catalog`"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let run = prm().current_dir(folder.path()).args(["import", name]).output().unwrap();
        let err = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && err.contains(said), "{name}: {err}");
    }
}

/// A profile names its catalog by the file; patterns choose of its controls.
#[test]
fn a_profile_and_its_catalog_are_read_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = r#"{"catalog": {"metadata": {"title": "Rules"}, "controls": [{"id": "a-1", "title": "Keys"}, {"id": "a-2", "title": "Doors"}, {"id": "b-1", "title": "Lamps"}]}}"#;
    let profile = r#"{"profile": {"metadata": {"title": "Ours"}, "imports": [{"href": "rules.v1_catalog.json", "include-controls": [{"matching": [{"pattern": "a-*"}]}], "exclude-controls": [{"with-ids": ["a-2"]}]}]}}"#;
    std::fs::write(folder.path().join("rules.v1_catalog.json"), catalog).unwrap();
    std::fs::write(folder.path().join("ours.json"), profile).unwrap();
    for files in [["ours.json", "rules.v1_catalog.json"], ["rules.v1_catalog.json", "ours.json"]] {
        let run = prm().current_dir(folder.path()).arg("import").args(files).output().unwrap();
        let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(run.status.code(), Some(0), "{err}");
        let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = "covers rules.v1_catalog exclude rules.v1_catalog:b-1, rules.v1_catalog:a-2 because";
        assert!(
            words.contains(wanted) && words.contains("catalog rules.v1_catalog \"Rules\""),
            "{files:?}: {out}\n{err}"
        );
    }
}
