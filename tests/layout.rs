//! What files may look like, and what their texts say: what a case with notes cannot show.

use prm::model::Process;

use crate::support::{Compiled, Project};

fn purpose(literal: &str) -> String {
    let compiled = Project::text(format!("process K.1 \"Keys\" {{\n  purpose {literal}\n}}\n")).compile();
    assert!(!compiled.lines().contains("error[P0"), "{}", compiled.lines());
    let process = process(&compiled, "K.1");
    compiled.0.sources.text(process.purpose.unwrap().text).into_owned()
}

#[test]
fn escapes_stand_for_their_characters() {
    assert_eq!(purpose(r#""a \"b\" \\ c\n\td \[[e]] \u{e9}\u{1F511}""#), "a \"b\" \\ c\n\td [[e]] é🔑");
}

#[test]
fn blocks_of_text_are_taken_as_they_stand() {
    assert_eq!(purpose("\"\"\"\n    a \\n \\\" \"\" \\\"\"\" \\[[b]]\n    \"\"\""), "a \\n \\\" \"\" \"\"\" [[b]]");
}

#[test]
fn blocks_of_text_are_dedented() {
    // Blank lines, text on the opening line and the closing line do not count.
    assert_eq!(purpose("\"\"\"\n      a\n\n    b\n        c\n\"\"\""), "  a\n\nb\n    c");
    assert_eq!(purpose("\"\"\"a\n      b\n        c\n  \"\"\""), "a\nb\n  c");
    assert_eq!(purpose("\"\"\"a\n      b\"\"\""), "a\nb");
    assert_eq!(purpose("\"\"\"\n    a\n\n    \"\"\""), "a\n");
    assert_eq!(purpose("\"\"\"\r\n    a\r\n    b\r\n    \"\"\""), "a\nb");
}

#[test]
fn a_byte_order_mark_counts_for_no_column() {
    let compiled = Project::text("\u{feff}wrong\n").compile();
    assert!(compiled.lines().starts_with("main.prm:1:1: error[P102]"), "{}", compiled.lines());
}

#[test]
fn line_breaks_of_any_system_are_one() {
    let text = "process K.1 \"Keys\" {\n  purpose \"For [[é]].\"\n  outcome 1 \"Known.\"\n    satisfies R1\n}\n";
    let unix = Project::text(text).compile();
    let windows = Project::text(text.replace('\n', "\r\n")).compile();
    assert_eq!(unix.lines(), windows.lines());
    assert_eq!(unix.lines().matches("[P1").count(), 2, "{}", unix.lines());
}

#[test]
fn columns_count_characters() {
    let compiled = Project::text("term \"🔑é\" \"[[x]]\"\n").compile();
    assert!(compiled.lines().starts_with("main.prm:1:14: error[P113]"), "{}", compiled.lines());
}

#[test]
fn files_that_are_no_text_are_named_beside_the_errors_of_the_others() {
    let manifest = "[package]\nname = \"house\"\nversion = \"1.0.0\"\n";
    let project = Project::new().with("prm.toml", manifest).with("a.prm", vec![0xff, 0xfe]).with("b.prm", "wrong\n");
    let compiled = project.compile();
    assert!(compiled.lines().contains("b.prm:1:1: error[P102]"), "{}", compiled.lines());
    assert_eq!(compiled.0.unreadable.len(), 1);
}

#[test]
fn processes_have_their_group_by_place_by_name_or_by_prefix() {
    let text = r#"
        group A "A" { process X.1 "One" { } group A.B "B" { process X.2 "Two" { } } }
        group C "C"
        group C.D "D"
        process X.3 "Three" in C { }
        process C.1 "Four" { }
        process C.D.1 "Five" { }
        process C.DE.1 "Six" { }
        process E.1 "Seven" { }
    "#;
    let compiled = Project::text(text).compile();
    let groups = ["X.1", "X.2", "X.3", "C.1", "C.D.1", "C.DE.1", "E.1"].map(|id| group(&compiled, id));
    assert_eq!(groups, ["A", "A.B", "C", "C", "C.D", "C", ""]);
}

fn process<'a>(compiled: &'a Compiled, id: &str) -> &'a Process {
    let program = &compiled.0.program;
    program.root().unwrap().model.process(program.names.get(id).unwrap()).unwrap()
}

fn group(compiled: &Compiled, id: &str) -> String {
    process(compiled, id).group.map(|group| compiled.0.program.name(group).to_owned()).unwrap_or_default()
}
