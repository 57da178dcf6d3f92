//! Any text is normal input: nothing panics, and nothing takes more than time in proportion to its size.

use proptest::prelude::*;

use crate::random;
use crate::support::Project;

pub const MODEL: &str = include_str!("../src/cli/new/model.prm");
pub const LAYERS: &str = include_str!("cases/layers/acme/acme.prm");

proptest! {
    #![proptest_config(random::cases(300))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        Project::text(bytes).compile();
    }

    #[test]
    fn any_tokens(picks in proptest::collection::vec(0..TOKENS.len(), 0..120)) {
        let text: String = picks.into_iter().map(|pick| format!("{} ", TOKENS[pick])).collect();
        Project::text(text).compile();
    }

    #[test]
    fn cut_and_broken_models(cut in 0..MODEL.len(), pick in 0..TOKENS.len(), drop in 0..40_usize) {
        for text in [MODEL, LAYERS] {
            let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let rest = (cut + drop..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            Project::text(&text[..cut]).compile();
            Project::text(format!("{}{}{}", &text[..cut], TOKENS[pick], &text[rest..])).compile();
        }
    }
}

pub const TOKENS: &[&str] = &[
    "{",
    "}",
    "\"",
    "\"text\"",
    "\"\"\"",
    "//",
    "/*",
    "*/",
    ",",
    "\n",
    "\n  ",
    "process K.1 \"Keys\"",
    "outcome 1 \"A is b.\"",
    "satisfies R1",
    "partly",
    "because",
    "together with K.1.1",
    "in",
    "catalog c \"C\" {",
    "requirement R1 \"One\"",
    "control R1 \"One\"",
    "crosswalk x \"X\" from c to c {",
    "R1 equals R1",
    "model m \"M\" {",
    "covers c through x",
    "exclude R1 because \"x\"",
    "extends m",
    "extend process K.1 {",
    "omit K.1 because \"x\"",
    "replace outcome 1 \"x\" because \"y\"",
    "use iso27001-2013",
    "[[",
    "\\",
    "framework f \"F\" {",
    "scale {",
    "rating N \"N\" 0 100",
    "level 0 \"L\" {",
    "attribute PA.1.1 \"P\" {",
    "achievement a \"x\"",
    "\u{0}",
    "é",
    "allow P301 because \"x\"",
    "field f \"F\" on process required",
    "term \"t\" \"T\"",
    "item i \"I\" kind plan",
    "practice BP1 \"Do it.\" achieves 1 produces i",
    "group K \"K\" {",
];

/// Sizes at which anything quadratic would take minutes.
const MANY: usize = 10_000;

#[test]
fn braces_and_quotes_without_end() {
    for (number, text) in [
        "{".repeat(MANY),
        "}".repeat(MANY),
        "process a \"A\" {\n".repeat(MANY),
        "\"".repeat(MANY),
        "\"\n".repeat(MANY),
        "/*".repeat(MANY),
        ",".repeat(MANY),
        format!("process {} \"x\"", "a.".repeat(MANY)),
        format!("outcome 1 \"{}\"", "[[".repeat(MANY)),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(!Project::text(text).compile().0.diagnostics.is_empty(), "{number}");
    }
}

#[test]
fn many_of_everything() {
    let many = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let processes = many(&|n| {
        format!("process P{n} \"Process {n}\" {{\npurpose \"x\"\noutcome 1 \"A{n} is b.\" satisfies R{n}\n}}\n")
    });
    let parts = many(&|n| format!("requirement R{n} \"Part\"\n"));
    let model = format!(
        "model m \"M\" {{ covers c }}\ncatalog c \"C\" {{ requirement R \"Whole\" {{ {parts} }} }}\n{processes}"
    );
    let compiled = Project::text(model).compile();
    assert_eq!(compiled.0.coverage.catalogs[0].summary.covered, MANY + 1);
    for text in [
        many(&|_| "process P \"Twice\" { }\n".to_owned()),
        many(&|n| format!("use package-{n}\n")),
        many(&|n| format!("wrong{n} line\n")),
        format!("process P \"P\" {{ {} }}", many(&|n| format!("supports Q{n}\n"))),
        format!("process P \"P\" {{ {} }}", many(&|_| "allow P304 because \"x\"\n".to_owned())),
        format!("process P \"P\" {{ outcome 1 \"A is b.\" {} }}", many(&|n| format!("satisfies R{n}\n"))),
        many(&|n| format!("// {n}\n")),
        format!(
            "model m \"M\" {{ covers c }}\ncatalog c \"C\" {{ clause 1 \"C\" {{ {} }} }}",
            many(&|n| format!("control R{n} \"R\"\n"))
        ),
        many(&|n| format!("term \"Term {n}\" \"Said of {n}.\"\n")),
        many(&|_| "purpose \"For all.\" \"Too much.\"\n".to_owned()),
        format!("catalog c \"C\" {{ {} {} }}", many(&|n| format!("requirement R{n} \"R\" {{\n")), "}".repeat(MANY)),
    ] {
        Project::text(text).compile();
    }
}

#[test]
fn two_runs_say_the_same() {
    let project = Project::text(LAYERS).with("other.prm", MODEL);
    assert_eq!(project.compile().lines(), project.compile().lines());
}
