//! Workbooks to rate in: written, filled in as assessors do, and read back into the package, with all that can go wrong.

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::Reader;

/// A model, its framework with a refined scale, and an assessment whose layout is its author's own.
const PACKAGE: &str = include_str!("ratings/spring.prm");

struct House(tempfile::TempDir);

/// A cell of a workbook: the sheet, the row that is known by a word in it, the head, and what stands there then.
type Edit<'e> = (&'e str, &'e str, &'e str, &'e str);

impl House {
    fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("house.prm"), PACKAGE).unwrap();
        House(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).current_dir(self.0.path()).args(arguments).output().unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
    }

    fn source(&self) -> String {
        std::fs::read_to_string(self.path("house.prm")).unwrap()
    }

    fn change(&self, from: &str, to: &str) {
        assert!(self.source().contains(from), "{from}");
        std::fs::write(self.path("house.prm"), self.source().replacen(from, to, 1)).unwrap();
    }

    fn build(&self, name: &str) {
        let (code, said) = self.run(&["build", "house.prm", "--format", "assessment", "--as", "sheet", "-o", name]);
        assert!(code < 2 && self.path(name).exists(), "{said}");
    }

    fn import(&self, files: &[&str]) -> (i32, String) {
        self.run(&[&["import"], files, &["--as", "ratings", "--into", "house.prm"]].concat())
    }

    /// Writes the workbook, and then again as another program does it, with its sheets changed.
    fn edited(&self, name: &str, change: impl FnOnce(&mut Vec<Sheet>)) {
        self.build(name);
        let mut sheets = read(&self.path(name));
        change(&mut sheets);
        write(&sheets, &self.path(name));
    }

    /// The same, with cells changed.
    fn filled(&self, name: &str, edits: &[Edit<'_>]) {
        self.edited(name, |sheets| edits.iter().for_each(|edit| put(sheets, *edit)));
    }
}

/// A sheet: its name, and its cells.
#[derive(Clone)]
struct Sheet(String, Vec<Vec<String>>);

fn read(path: &Path) -> Vec<Sheet> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let names = book.sheet_names();
    let cells = |name: &String, book: &mut calamine::Xlsx<_>| {
        let range = book.worksheet_range(name).unwrap();
        let (rows, columns) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
        let cell = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect()
    };
    names.iter().map(|name| Sheet(name.clone(), cells(name, &mut book))).collect()
}

fn write(sheets: &[Sheet], path: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    for Sheet(name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, words) in (0..).zip(cells) {
                sheet.write_string(row, column, words).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

fn heads(sheet: &Sheet) -> (usize, &Vec<String>) {
    let found = sheet.1.iter().enumerate().find(|(_, row)| row.iter().any(|cell| cell == "As made"));
    found.unwrap_or_else(|| panic!("{}: no heads", sheet.0))
}

fn put(sheets: &mut [Sheet], (name, row, head, words): Edit<'_>) {
    let sheet = sheets.iter_mut().find(|sheet| sheet.0 == name).unwrap_or_else(|| panic!("no sheet {name}"));
    let (at, heads) = heads(sheet);
    let column = heads.iter().position(|other| other == head).unwrap_or_else(|| panic!("no head {head}"));
    let keys: Vec<&str> = row.split(' ').collect();
    if row.is_empty() {
        let width = heads.len();
        sheet.1.push(vec![String::new(); width]);
    }
    let is_it = |cells: &&mut Vec<String>| match row {
        "" => cells.iter().all(String::is_empty),
        _ => keys.iter().all(|key| cells.iter().any(|cell| cell == key)),
    };
    let cells = sheet.1.iter_mut().skip(at + 1).find(is_it);
    words.clone_into(&mut cells.unwrap_or_else(|| panic!("no row {row}"))[column]);
}

#[test]
fn what_was_filled_in_comes_back_and_nothing_else() {
    let house = House::new();
    house.build("same.xlsx");
    let (code, said) = house.import(&["same.xlsx"]);
    assert_eq!((code, house.source().as_str()), (0, PACKAGE), "{said}");
    let edits = [
        ("K.1", "up K.1.1", "Rating", "f+"),
        ("K.1", "up K.1.2", "Rating", "62,5 %"),
        ("K.1", "up K.1.2", "Evidence", "E2;E3"),
        ("K.1", "up K.1.2", "Reason", "Two of \"nine\" were missing; see [[K.2]]."),
        ("K.1", "up PA.2", "Reason", ""),
        ("K.1", "up PA.2", "Evidence", "E2"),
        ("K.1", "up PA.2.a", "Rating", "Largely"),
        ("K.1", "down K.1.2", "Rating", "0"),
        ("K.1", "down K.1.1", "Rating", "few"),
        ("K.2", "K.2.1", "Rating", "full"),
        ("Evidence", "", "ID", "E3"),
        ("Evidence", "E3", "Title", "List of keys"),
        ("Evidence", "E3", "Kind", "document"),
        ("Evidence", "E3", "Kept at", "Folder 3"),
        ("Evidence", "E1", "Title", "Book of all keys"),
        ("Strengths and weaknesses", "K.2 strength", "Text", "Doors are new."),
        ("Strengths and weaknesses", "K.2 strength", "Speaks of", "1"),
    ];
    house.filled("spring.xlsx", &edits);
    let (code, said) = house.import(&["spring.xlsx"]);
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!(format!("{}--- report\n{said}", house.source()));
    // A second time there is nothing to do.
    let now = house.source();
    let (code, said) = house.import(&["spring.xlsx"]);
    assert_eq!((code, house.source()), (0, now), "{said}");
    let (code, said) = house.run(&["check", "house.prm"]);
    assert!(code < 2, "{said}");
}

/// What is taken away in the table goes in the source; the text of a weakness can be another.
#[test]
fn ratings_are_taken_away_and_texts_changed() {
    let house = House::new();
    house.filled(
        "spring.xlsx",
        &[
            ("K.1", "up PA.2", "Rating", ""),
            ("K.1", "up PA.2", "Evidence", ""),
            ("K.1", "up PA.2", "Reason", ""),
            ("Strengths and weaknesses", "K.1 up weakness", "Text", "Keys hang outside the door."),
        ],
    );
    let (code, said) = house.import(&["spring.xlsx"]);
    let line = "    attribute PA.2   rated few by E1,\n        E2\n        because \"Nobody watches [[K.2]].\"\n";
    let wanted = PACKAGE.replace(line, "").replace("hang outside.", "hang outside the door.");
    assert_eq!((code, house.source()), (0, wanted), "{said}");
}

/// Two assessors rate apart: what they say together is taken, names are joined, and what differs is theirs to agree on.
#[test]
fn two_workbooks_are_merged() {
    let house = House::new();
    house.filled(
        "ann.xlsx",
        &[
            ("K.1", "down K.1.1", "Rating", "full"),
            ("K.1", "down K.1.1", "Evidence", "E1"),
            ("K.1", "down K.1.2", "Rating", "few"),
            ("K.2", "K.2.1", "Rating", "mostly"),
        ],
    );
    house.filled(
        "bob.xlsx",
        &[
            ("K.1", "down K.1.1", "Rating", "Wholly"),
            ("K.1", "down K.1.1", "Rating", "full"),
            ("K.1", "down K.1.1", "Evidence", "E2"),
            ("K.1", "down K.1.2", "Rating", "mostly"),
            ("K.1", "up K.1.2", "Rating", "few"),
        ],
    );
    let (code, said) = house.import(&["ann.xlsx", "bob.xlsx"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("conflict: another table says “mostly”: agree on one"), "{said}");
    assert!(said.contains("conflict: another table says “few”: agree on one"), "{said}");
    let source = house.source();
    assert!(
        source.contains("outcome 1 rated full by E1, E2\n") && !source.contains("outcome 2 rated mostly"),
        "{source}"
    );
    assert!(source.contains("outcome 2 rated few\n    attribute PA.2"), "{source}");
    assert!(source.contains("\nrate K.2 in spring {\n  outcome 1 rated mostly\n}\n"), "{source}");

    // One after the other comes to the same: what one left blank takes nothing of the other away.
    let house = House::new();
    house.filled("ann.xlsx", &[("K.1", "down K.1.1", "Rating", "full"), ("K.2", "K.2.1", "Rating", "mostly")]);
    house.filled("bob.xlsx", &[("K.1", "down K.1.2", "Rating", "few"), ("K.2", "K.2.1", "Rating", "few")]);
    assert_eq!(house.import(&["ann.xlsx"]).0, 0);
    let (code, said) = house.import(&["bob.xlsx"]);
    assert!(code == 1 && said.contains("conflict: the source says now “mostly”"), "{said}");
    let source = house.source();
    for line in ["  outcome 1 rated full\n  outcome 2 rated few\n", "rate K.2 in spring {\n  outcome 1 rated mostly\n}"]
    {
        assert!(source.contains(line), "{source}");
    }
}

#[test]
fn ratings_rest_on_the_words_that_were_rated() {
    for (from, to, said) in [
        ("Keys are counted.", "Keys are counted daily.", "its wording has changed since the table was made"),
        ("It is watched.", "It is watched well.", "its wording has changed"),
    ] {
        let house = House::new();
        house.filled("spring.xlsx", &[("K.1", "up K.1.2", "Rating", "few"), ("K.1", "up PA.2.b", "Rating", "few")]);
        house.change(from, to);
        let (code, report) = house.import(&["spring.xlsx"]);
        assert!(code == 1 && report.contains(said), "{report}");
        assert_eq!(house.source().matches("rated few").count(), 2, "{report}");
    }
    // A rating that the source has changed since is not set back, with or without the table as it was.
    let house = House::new();
    house.build("base.xlsx");
    house.filled("spring.xlsx", &[("K.1", "up K.1.1", "Rating", "full")]);
    house.change("rated mostly", "rated few");
    for base in [&[][..], &["--base", "base.xlsx"]] {
        let before = house.source();
        let arguments = [&["import", "spring.xlsx", "--as", "ratings", "--into", "house.prm"], base].concat();
        let (code, report) = house.run(&arguments);
        assert!(code == 1 && report.contains("conflict: the source says now “few”"), "{report}");
        assert_eq!(house.source(), before);
    }
}

/// Each of these is told, takes nothing that is not surely meant, and leaves the rest as it is.
#[test]
fn hostile_edits_are_told() {
    let house = House::new();
    for (sheet, row, head, words, said) in [
        ("K.1", "down K.1.1", "Rating", "G", "`G` is no rating of the scale: it has `full`, `mostly`, `few` and `0`"),
        ("K.1", "down K.1.1", "Rating", "full / few", "is no rating of the scale"),
        ("K.1", "down K.1.1", "Rating", "120 %", "falls into no rating"),
        ("K.1", "down K.1.1", "Rating", "-5 %", "falls into no rating"),
        ("K.1", "down K.1.1", "Rating", "NaN%", "falls into no rating"),
        ("K.1", "down K.1.1", "Rating", "63", "is no rating of the scale"),
        ("K.1", "down K.1.1", "Evidence", "E1", "its row has no rating"),
        ("K.1", "down K.1.1", "Reason", "Well.", "its row has no rating"),
        ("K.1", "up K.1.1", "Rating", "", "take"),
        ("K.1", "up K.1.1", "Evidence", "E9", "there is no evidence `E9`"),
        ("K.1", "up K.1.1", "What is rated", "Keys are lost.", "it is computed"),
        ("K.1", "up K.1.1", "ID", "K.1.9", "the source has no such row now"),
        ("K.1", "up K.1.1", "ID", "K.1.2", "the table has this row twice"),
        ("K.1", "up K.1.1", "Assessment", "autumn", "the source has no such row now"),
        ("Evidence", "E2", "Kept at", "", "it is not taken away here"),
        ("Evidence", "E2", "Kind", "no word", "a kind is a word"),
        ("Evidence", "", "ID", "E3", "it has no title"),
        ("Evidence", "", "Title", "A list", "it has no id"),
        ("Strengths and weaknesses", "K.1 up weakness", "Kind", "strength", "the text alone is changed here"),
        ("Strengths and weaknesses", "K.2 strength", "Speaks of", "1", "it says nothing under “Text”"),
    ] {
        house.filled("spring.xlsx", &[(sheet, row, head, words)]);
        let (code, report) = house.import(&["spring.xlsx"]);
        assert!(code == 0 && report.contains(said), "{head} {words}: {code} {report}");
        assert_eq!(house.source(), PACKAGE, "{head} {words}: {report}");
        let (code, _) = house.run(&["import", "spring.xlsx", "--as", "ratings", "--into", "house.prm", "--strict"]);
        assert_eq!(code, 1, "{head} {words}");
    }
}

#[test]
fn sheets_and_rows_may_be_moved() {
    let house = House::new();
    house.edited("spring.xlsx", |sheets| {
        put(sheets, ("K.1", "down K.1.2", "Rating", "few"));
        let ratings = sheets.iter_mut().find(|sheet| sheet.0 == "K.1").unwrap();
        // Turned upside down below the heads, with the columns too, under another name; some rows are gone.
        let (at, _) = heads(ratings);
        ratings.1[at + 1..].reverse();
        ratings.1.iter_mut().for_each(|row| row.reverse());
        ratings.1.truncate(at + 8);
        "Keys (B. M.)".clone_into(&mut ratings.0);
        sheets.reverse();
        sheets.retain(|sheet| sheet.0 != "K.2");
    });
    let (code, said) = house.import(&["spring.xlsx"]);
    assert!(code == 0 && said.contains("missing in it: 9 rows"), "{said}");
    let wanted = format!("{PACKAGE}\nrate K.1 in spring for down {{\n  outcome 2 rated few\n}}\n");
    assert_eq!(house.source(), wanted, "{said}");
}

/// Without its marks, a row takes nothing away: whether a cell was edited cannot be told.
#[test]
fn a_row_without_marks_only_adds() {
    let house = House::new();
    house.edited("spring.xlsx", |sheets| {
        for edit in [
            ("K.1", "up K.1.1", "Rating", ""),
            ("K.1", "up K.1.1", "Evidence", ""),
            ("K.1", "up K.1.2", "Rating", "few"),
            ("K.1", "up K.1.1", "As made", ""),
            ("K.1", "up K.1.2", "As made", "what?"),
        ] {
            put(sheets, edit);
        }
    });
    let (code, said) = house.import(&["spring.xlsx"]);
    assert!(code == 1 && said.contains("conflict: the source says now “mostly”"), "{said}");
    let line = "    outcome 1 rated mostly by E1   // seen twice\n";
    assert_eq!(house.source(), PACKAGE.replace(line, &format!("{line}    outcome 2 rated few\n")), "{said}");
}

/// What Excel makes of what is typed: a percentage, a number, a truth, a date.
#[test]
fn numbers_of_spreadsheets_are_ratings_where_they_can_be() {
    let house = House::new();
    for (value, format, said) in [
        (0.63, "0%", Ok("rated 63 %")),
        (0.625, "0.0%", Ok("rated 62.5 %")),
        (0.0, "General", Ok("rated 0")),
        (0.63, "General", Err("`0.63` is no rating of the scale")),
        (45_000.0, "yyyy-mm-dd", Err("is no rating of the scale")),
    ] {
        house.build("spring.xlsx");
        let sheets = read(&house.path("spring.xlsx"));
        let ratings = sheets.iter().find(|sheet| sheet.0 == "K.2").unwrap();
        let (at, heads) = heads(ratings);
        let row =
            (at + 1..).zip(&ratings.1[at + 1..]).find(|(_, row)| row.iter().any(|cell| cell == "K.2.1")).unwrap().0;
        let column = heads.iter().position(|head| head == "Rating").unwrap();
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0..).zip(&ratings.1) {
            for (column, words) in (0..).zip(cells) {
                sheet.write_string(row, column, words).unwrap();
            }
        }
        let format = rust_xlsxwriter::Format::new().set_num_format(format);
        let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
        sheet.write_number_with_format(row, column, value, &format).unwrap();
        book.save(house.path("spring.xlsx")).unwrap();
        let (code, report) = house.import(&["spring.xlsx"]);
        assert_eq!(code, 0, "{report}");
        match said {
            Ok(line) => {
                assert!(house.source().contains(&format!("  outcome 1 {line}\n")), "{}\n{report}", house.source())
            }
            Err(said) => assert!(report.contains(said) && house.source() == PACKAGE, "{report}"),
        }
        std::fs::write(house.path("house.prm"), PACKAGE).unwrap();
    }
}

#[test]
fn a_closed_assessment_is_a_record() {
    let house = House::new();
    house.change("  method R1 mean\n", "  method R1 mean\n  closed \"In May.\"\n");
    let before = house.source();
    house.filled("spring.xlsx", &[("K.1", "up K.1.1", "Rating", "full"), ("K.2", "K.2.1", "Rating", "full")]);
    let (code, said) = house.import(&["spring.xlsx"]);
    assert!(code == 0 && said.contains("the assessment is closed: change it in the source"), "{said}");
    assert_eq!(house.source(), before);
}

/// What was recorded may be changed for a reason alone, and recording anew forgets what was before.
#[test]
fn a_record_holds_what_was_closed() {
    let house = House::new();
    std::fs::write(house.path("prm.toml"), "[package]\nname = \"house\"\n").unwrap();
    let close = |id: &str| house.run(&["review", ".", "--close", id]);
    let (code, said) = close("spring");
    assert!(code == 2 && said.contains("the assessment `spring` is not closed"), "{said}");
    house.change("  method R1 mean\n", "  method R1 mean\n  closed \"In May.\"\n");
    let (code, said) = close("sprig");
    assert!(code == 2 && said.contains("no assessment `sprig`") && said.contains("`spring`"), "{said}");
    assert!(!house.path("prm.lock").exists());
    let found = || {
        let arguments = ["check", ".", "--message-format", "short"];
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).current_dir(house.0.path()).args(arguments).output().unwrap();
        let said = String::from_utf8(run.stdout).unwrap();
        said.lines().filter(|line| line.contains("P806")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (code, said) = close("spring");
    assert!(code == 0 && said.contains("recorded `spring`: ") && said.contains("prm.lock"), "{said}");
    assert_eq!(found(), [""; 0]);
    let lock = std::fs::read(house.path("prm.lock")).unwrap();
    house.change("rated mostly by E1 ", "rated full by E1 ");
    assert_eq!(found().len(), 1, "{:?}", found());
    house.change("rated full by E1 ", "rated full by E1 amended because \"Misread.\" ");
    assert_eq!(found(), [""; 0]);
    // What ratings rest on is no line of the record.
    house.change("Book of keys", "Book of all keys");
    house.change("  method R1 mean\n", "\n  // Ours.\n  method   R1   mean\n");
    assert_eq!(found(), [""; 0]);
    house.change("  target K.2 level 1\n", "");
    assert_eq!(found().len(), 1, "{:?}", found());
    assert_eq!(std::fs::read(house.path("prm.lock")).unwrap(), lock);
    assert_eq!(close("spring").0, 0);
    assert_eq!(found(), [""; 0]);
}

#[test]
fn what_goes_with_comments_and_notes_stays() {
    for (from, to) in [
        ("by E1,\n", "by E1, // look\n"),
        ("because \"Nobody watches [[K.2]].\"", "because \"Nobody watches [[K.2]].\" { note \"Ask Bob.\" }"),
    ] {
        let house = House::new();
        house.change(from, to);
        let before = house.source();
        let taken_away = ["Rating", "Evidence", "Reason"].map(|head| ("K.1", "up PA.2", head, ""));
        house.filled("spring.xlsx", &taken_away);
        let (code, said) = house.import(&["spring.xlsx"]);
        assert!(code == 0 && said.contains("a comment or a note would go with it"), "{said}");
        assert_eq!(house.source(), before);
    }
}

#[test]
fn marks_and_line_ends_stay() {
    let house = House::new();
    let windows = format!("\u{feff}{}", PACKAGE.replace('\n', "\r\n"));
    std::fs::write(house.path("house.prm"), &windows).unwrap();
    house.filled("spring.xlsx", &[("K.2", "K.2.1", "Rating", "few"), ("K.1", "up K.1.1", "Rating", "few")]);
    let (code, said) = house.import(&["spring.xlsx"]);
    let added = "\r\nrate K.2 in spring {\r\n  outcome 1 rated few\r\n}\r\n";
    let wanted = format!("{}{added}", windows.replace("rated mostly", "rated few"));
    assert_eq!((code, house.source()), (0, wanted), "{said}");
}

#[test]
fn what_is_no_workbook_of_ours_changes_nothing() {
    let house = House::new();
    std::fs::write(house.path("other.csv"), "id,title\n1,Keys\n").unwrap();
    std::fs::write(house.path("bomb.xlsx"), [b'P', b'K', 3, 4].repeat(1000)).unwrap();
    for (file, said) in [("other.csv", "no row below the heads"), ("bomb.xlsx", "cannot read")] {
        let (code, report) = house.import(&[file]);
        assert!(code == 2 && report.contains(said), "{report}");
        assert_eq!(house.source(), PACKAGE);
    }
}

/// LibreOffice opens the workbook, writes it anew, and what was rated in it comes back.
#[test]
fn libre_office_opens_and_saves_it() {
    let Ok(version) = Command::new("soffice").arg("--version").output() else {
        eprintln!("skipped: `soffice` (LibreOffice) is not installed");
        return;
    };
    assert!(version.status.success());
    let house = House::new();
    house.build("made.xlsx");
    let convert = |to: &str, folder: &str, file: &str| {
        let profile = format!("-env:UserInstallation=file://{}", house.path("profile").display());
        let run = Command::new("soffice")
            .current_dir(house.0.path())
            .args([&profile, "--headless", "--convert-to", to, "--outdir", folder, file])
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
    };
    for (form, file) in [("xlsx", "again/made.xlsx"), ("ods", "again/made.ods")] {
        convert(form, "again", "made.xlsx");
        let (code, said) = house.run(&["import", file, "--as", "ratings", "--into", "house.prm", "--strict"]);
        assert_eq!((code, house.source().as_str()), (0, PACKAGE), "{said}");
    }
    let mut sheets = read(&house.path("again/made.xlsx"));
    put(&mut sheets, ("K.2", "K.2.1", "Rating", "63 %"));
    write(&sheets, &house.path("filled.xlsx"));
    convert("xlsx", "again", "filled.xlsx");
    let (code, said) = house.import(&["again/filled.xlsx"]);
    assert_eq!(code, 0, "{said}");
    assert!(house.source().contains("  outcome 1 rated 63 %\n"), "{}", house.source());
    // Every sheet has a page, as it is printed.
    convert("pdf", "again", "made.xlsx");
    assert!(std::fs::read(house.path("again/made.pdf")).unwrap().len() > 10_000);
}
