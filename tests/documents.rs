//! The documents, read back by a renderer of GFM.

use std::collections::BTreeSet;
use std::path::Path;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options};
use proptest::prelude::*;

use prm::compile::Compilation;
use prm::emit::markdown::markdown;
use prm::emit::pam::{pam, pam_prm};
use prm::emit::telling::Telling;
use prm::emit::{self, draft};

use crate::random;
use crate::support::Project;

/// For those who still work on the model.
const DRAFT: Telling = Telling { provenance: false, draft: true, drawings: false };

/// Texts that would break a table or bring in markup of their own, as they stand in the source, and as they show.
const HOSTILE: &[(&str, &str)] = &[
    ("a|b || c", "a|b || c"),
    (r"one \\| two \\\\| three", r"one | two \| three"),
    ("<script>alert(1)</script> <b>x</b> <!-- y", "<script>alert(1)</script> <b>x</b> <!-- y"),
    ("a `` lone pair, `code|pipe`, ```", "a `` lone pair, `code|pipe`, ```"),
    ("lone * star, **two, _under, snake_case_name", "lone * star, **two, _under, snake_case_name"),
    (r"line\nbreak\n\n# Heading\n- item", "line break # Heading - item"),
    (
        "closing ]] and [link](javascript:alert(1)) and ![image](x)",
        "closing ]] and [link](javascript:alert(1)) and ![image](x)",
    ),
    ("&lt; &#124; &copy; R&D", "< | © R&D"),
    ("# heading #", "# heading #"),
    ("1. item", "1. item"),
    ("- dash", "- dash"),
    ("--- x", "--- x"),
    ("ends in a backslash \\\\", "ends in a backslash \\"),
    ("$a$ ~~b~~ ^c^ @d :e: www.f.example/g*_h ftp://h", "$a$ ~~b~~ ^c^ @d :e: www.f.example/g*_h ftp://h"),
    (
        "<https://example.org/a_b*c?d&e> https://example.org/x_y_z.",
        "https://example.org/a_b*c?d&e https://example.org/x_y_z.",
    ),
    ("連絡事項が特定されている。「引用」", "連絡事項が特定されている。「引用」"),
    ("תהליך ניהול مرحبا", "תהליך ניהול مرحبا"),
    ("*emphasis*, **strong** and `code`", "emphasis, strong and code"),
];

#[test]
fn cells_show_what_authors_wrote() {
    let compiled = compiled(&hostile());
    for (document, wanted) in [(markdown(&checked(&compiled), false), 2), (pam(&checked(&compiled), false), 1)] {
        let cells = cells(&document);
        for (number, (_, shown)) in HOSTILE.iter().enumerate() {
            let outcome = format!("{} {shown}", number + 1);
            let found = cells.iter().filter(|cell| **cell == outcome.trim() || cell.contains(shown)).count();
            assert!(cells.iter().any(|cell| *cell == outcome.trim()), "{outcome:?} is in no cell of\n{cells:#?}");
            assert!(found >= wanted, "{shown:?}");
        }
    }
}

#[test]
fn nothing_of_an_author_becomes_markup() {
    let compiled = compiled(&hostile());
    for document in [markdown(&checked(&compiled), false), pam(&checked(&compiled), false)] {
        let arena = Arena::new();
        let headings = std::cell::RefCell::new(Vec::new());
        for node in comrak::parse_document(&arena, &document, &options()).descendants() {
            match &node.data.borrow().value {
                NodeValue::HtmlBlock(_) | NodeValue::Image(_) | NodeValue::CodeBlock(_) => panic!("{:?}", node.data),
                NodeValue::HtmlInline(html) => assert!(html.starts_with("<a id=\"anchor-") || html == "</a>", "{html}"),
                NodeValue::Link(link) => {
                    let safe = ["#", "https://", "http://", "mailto:"].iter().any(|start| link.url.starts_with(start));
                    assert!(safe, "{}", link.url);
                }
                NodeValue::Heading(_) => headings.borrow_mut().push(shown(node)),
                _ => {}
            }
        }
        // All but the titles of authors' elements is ours; an author's own headings are none of a document's.
        assert!(headings.borrow().iter().all(|heading| heading != "Heading" && heading != "heading"));
    }
}

#[test]
fn rows_have_the_cells_of_their_header() {
    for project in [hostile(), standard()] {
        let compiled = compiled(&project);
        for document in [markdown(&checked(&compiled), false), pam(&checked(&compiled), false)] {
            let arena = Arena::new();
            for node in comrak::parse_document(&arena, &document, &options()).descendants() {
                if let NodeValue::Table(table) = &node.data.borrow().value {
                    assert!(node.children().all(|row| row.children().count() == table.num_columns));
                }
            }
            // What breaks out of a table would stand in a paragraph with its bars.
            let paragraphs = nodes(&document, |value| matches!(value, NodeValue::Paragraph));
            assert!(paragraphs.iter().all(|paragraph| !paragraph.starts_with('|')), "{document}");
        }
    }
}

#[test]
fn links_lead_to_headings() {
    let mut options = options();
    options.extension.header_ids = Some(String::new());
    for project in [hostile(), standard(), layered()] {
        let compiled = compiled(&project);
        for document in [markdown(&checked(&compiled), false), pam(&checked(&compiled), false)] {
            let html = comrak::markdown_to_html(&document, &options);
            for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                let is_there = html.contains(&format!("id=\"{link}\""))
                    || document.contains(&format!("<a id=\"{link}\">"))
                    || html.contains(&format!("id=\"{}\"", percent_decoded(link)));
                // The links that comrak puts beside headings lead to themselves.
                assert!(is_there, "{link} leads nowhere");
            }
        }
    }
}

#[test]
fn documents_of_the_standard_model() {
    let compiled = compiled(&standard());
    let document = markdown(&checked(&compiled), DRAFT);
    for cell in ["Process ID", "Purpose", "Context", "Outcomes", "Requirements traceability", "covered"] {
        assert!(cells(&document).iter().any(|other| other == cell), "{cell}");
    }
    assert!(document.contains("requirements and controls: "), "{document}");
    assert!(document.contains("uncovered.\n"));
    // Word lists decide nothing, and of this one the author says nothing.
    let open: Vec<&str> = document.lines().filter(|line| line.contains("Not stated")).collect();
    assert!(open.iter().all(|line| line.starts_with("| 5.4 (outcome kind)")), "{open:#?}");
    let assessment = pam(&checked(&compiled), false);
    assert!(assessment.contains("They are no checklist"));
    assert!(assessment.contains("| e) Process attributes and levels | level 0: no attributes; level 1: PA.1.1;"));
    assert!(assessment.contains("\nDraft, to be completed by its authors.\n"));
    // The wording is not that of the document that it follows, as the notices say in their own words.
    let source = "ISO/IEC TS 33052:2016";
    let assessment: String = assessment.lines().filter(|line| !line.starts_with("Notice of ")).collect();
    assert!(assessment.contains(&format!("after {source}")));
    assert_eq!(assessment.matches(source).count(), assessment.matches(&format!("after {source}")).count());
}

#[test]
fn layers_are_told() {
    let compiled = compiled(&layered());
    let document = markdown(&checked(&compiled), false);
    let cells = cells(&document);
    for cell in ["outcome 2 replaced by “Top”: Sharper.", "Top: outcome 2", "Not used here.", "X.2"] {
        assert!(cells.iter().any(|other| other == cell), "{cell}\n{document}");
    }
}

#[test]
fn assessment_models_name_the_models_that_they_are_for() {
    let top = r#"
use base
model top "Assessment model of base" extends base
extend process X.1 {
  practice A "Do A." achieves 1
  practice B "Do B." achieves 2 { note "draft" }
}
extend process X.2 { practice A "Do A." achieves 1 }
"#;
    let base = r#"
model base "Base" {
  source "Handbook"
  edition "3"
  covers c
}
catalog c "Catalog" {
  requirement R1 "One"
  requirement R2 "Two"
}
process X.1 "One" {
  purpose "P."
  outcome 1 "A is done." satisfies R1
  outcome 2 "B is done."
}
process X.2 "Two" {
  purpose "P."
  outcome 1 "A."
}
"#;
    let project = layered().with("base/base.prm", base).with("top/top.prm", top);
    let document = pam(&checked(&compiled(&project)), DRAFT);
    let cells = cells(&document);
    for cell in [
        "Assessment model of base",
        "Base, edition 3, version 1.0.0, after Handbook",
        "Do B. (draft)",
        "Two",
        "uncovered",
        "no outcome meets `R2` “Two” of `c`",
    ] {
        assert!(cells.iter().any(|other| other == cell), "{cell}\n{document}");
    }
    assert!(document.starts_with("# Assessment model of base\n"));
    assert!(document.contains("2 requirements and controls: 1 covered, 0 partial, 0 excluded, 1 uncovered."));
    assert!(document.contains("\nDraft, to be completed by its authors.\n"));
    // A layer that says something of the processes is a reference model of its own.
    let changed = format!("{top}omit X.1.2 because \"No.\"\n")
        .replace("  practice B \"Do B.\" achieves 2 { note \"draft\" }\n", "");
    let document = pam(&checked(&compiled(&project.with("top/top.prm", changed))), false);
    assert!(document.contains("| Process assessment model | of Assessment model of base |"), "{document}");
    assert!(
        document.contains(
            "Assessment model of base, version 1.0.0, built on Base, edition 3, version 1.0.0, after Handbook"
        )
    );
    assert!(!document.contains("to be completed by"));
}

#[test]
fn without_a_framework_the_capability_dimension_is_left_out() {
    let compiled = compiled(&hostile());
    let document = pam(&checked(&compiled), false);
    assert!(document.contains("The capability dimension is left out"));
    assert!(document.contains("**Not met**: the model names no measurement framework."));
}

#[test]
fn the_source_of_an_assessment_model_compiles() {
    let base = standard().files().clone();
    let compiled = compiled(&standard());
    let mut project = Project::new();
    for (path, text) in base {
        project = project.with(&format!("base/{path}"), text);
    }
    let manifest =
        "[package]\nname = \"pam\"\nversion = \"1.0.0\"\n[dependencies]\niso33052 = { path = \"../base\" }\n";
    let project = project.with("pam/prm.toml", manifest).with("pam/pam.prm", pam_prm(&checked(&compiled))).at("pam");
    let extended = project.compile();
    assert!(!extended.0.has_errors(), "{}", extended.lines());
    let model = &extended.0.program.root().unwrap().model;
    assert_eq!(model.processes.len(), 26);
    for process in &model.processes {
        assert_eq!(process.practices.len(), process.outcomes.len());
        assert!(draft::practices(&checked(&extended.0), process).is_empty());
    }
}

#[test]
fn documents_are_the_same_every_time() {
    for project in [hostile(), standard(), layered()] {
        let (once, again) = (compiled(&project), compiled(&project));
        assert_eq!(markdown(&checked(&once), false), markdown(&checked(&again), false));
        assert_eq!(pam(&checked(&once), false), pam(&checked(&again), false));
        assert_eq!(pam_prm(&checked(&once)), pam_prm(&checked(&again)));
    }
}

/// A model in which every hostile text stands in every kind of place.
fn hostile() -> Project {
    let long = "A".repeat(300);
    let quoted = |text: &str| format!("\"{text}\"");
    let titled = |text: &str| format!("\"T {text}\"");
    let mut source = format!("model m {} {{\n  context {}\n", titled(HOSTILE[0].0), quoted(HOSTILE[2].0));
    for (text, _) in HOSTILE {
        source.push_str(&format!("  note {}\n", quoted(text)));
    }
    source.push_str("  covers c\n}\n");
    source.push_str("catalog c \"C\" {\n  clause 1 \"One\" {\n");
    for (number, (text, _)) in HOSTILE.iter().enumerate() {
        source.push_str(&format!("    requirement 1.{number} {} {}\n", titled(text), quoted(text)));
    }
    source.push_str("  }\n}\n");
    source.push_str(&format!("process {long} {} {{\n  purpose {}\n", titled(HOSTILE[1].0), quoted(HOSTILE[3].0)));
    for (number, (text, _)) in HOSTILE.iter().enumerate() {
        let link = if number % 2 == 0 { "satisfies" } else { "partly satisfies" };
        source.push_str(&format!(
            "  outcome {} {} {link} 1.{number} because {}\n",
            number + 1,
            quoted(text),
            quoted(text)
        ));
    }
    source.push_str("}\n");
    for (number, (text, _)) in HOSTILE.iter().enumerate() {
        source.push_str(&format!("group G{number} {} {}\n", titled(text), quoted(text)));
        source.push_str(&format!("term {} {}\n", titled(text), quoted(text)));
        source.push_str(&format!(
            "item i{number} {} kind record {{ characteristic {} }}\n",
            titled(text),
            quoted(text)
        ));
    }
    Project::text(source)
}

fn standard() -> Project {
    Project::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib/iso33052"))
}

fn layered() -> Project {
    let base = r#"
model base "Base"
process X.1 "One" {
  purpose "P."
  outcome 1 "A is done."
  outcome 2 "B is done."
}
process X.2 "Two" {
  purpose "P."
  outcome 1 "A."
}
"#;
    let top = r#"
use base
model top "Top" extends base
extend process X.1 { replace outcome 2 "B is done at once." because "Sharper." }
omit X.2 because "Not used here."
"#;
    let manifest = |name: &str, more: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{more}");
    Project::new()
        .with("base/prm.toml", manifest("base", ""))
        .with("base/base.prm", base)
        .with("top/prm.toml", manifest("top", "[dependencies]\nbase = { path = \"../base\" }\n"))
        .with("top/top.prm", top)
        .at("top")
}

fn compiled(project: &Project) -> Compilation {
    project.compile().0
}

/// The model, which has no error that forbids output.
fn checked(compilation: &Compilation) -> prm::emit::Input<'_> {
    let broken: Vec<&str> = compilation
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.forbids_output())
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    compilation.checked().unwrap_or_else(|| panic!("{broken:?}"))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options
}

/// What the cells of all tables show.
fn cells(document: &str) -> Vec<String> {
    nodes(document, |value| matches!(value, NodeValue::TableCell))
}

fn nodes(document: &str, is_wanted: fn(&NodeValue) -> bool) -> Vec<String> {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, document, &options());
    let wanted = root.descendants().filter(|node| is_wanted(&node.data.borrow().value));
    wanted.map(|node| shown(node)).collect()
}

/// The text below a node, as a reader sees it.
fn shown<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&format!("{} {}", code.info, code.literal)),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn percent_decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Text that an author might write, with everything in it that means something to CommonMark, as a literal holds it.
fn junk() -> impl Strategy<Value = String> {
    let marks = proptest::sample::select(vec![
        "|",
        "||",
        "<",
        ">",
        "<b>",
        "</b>",
        "<script>",
        "<!--",
        "-->",
        "`",
        "``",
        "```",
        "\\n",
        "\\n\\n",
        "\\n# ",
        "\\n- ",
        "\\n1. ",
        "\\n> ",
        "\\n---\\n",
        "\\n===\\n",
        "\\n    ",
        "\\n| a | b |\\n| - | - |\\n",
        "\\[[ ",
        "]]",
        "[x](y)",
        "![x](y.svg)",
        "[x]: /y",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "#",
        "-",
        "+",
        "1.",
        "1)",
        "&amp;",
        "&#124;",
        "&",
        "\\\\",
        "\\\\|",
        "\\t",
        "$",
        "http://a.b/c|d",
        "<http://a.b>",
        "a@b.c",
        "é",
        "連",
        "\u{2028}",
        " ",
        "  ",
        "x",
        "\\\"",
        ":::",
        "%",
        "{",
        "}",
        "^[n]",
        "[^1]",
    ]);
    proptest::collection::vec(marks, 0..8).prop_map(|marks| marks.concat())
}

/// A model with a text in every kind of place; each text has a word of its own before and behind the junk.
fn filled(junk: &[String]) -> (Project, usize) {
    let mut count = 0;
    let mut text = || {
        count += 1;
        // A word behind the mark of a fence would be its info string, which no reader sees.
        format!("\"w{count}a {}\\n\\nw{count}z\"", junk[count % junk.len()])
    };
    let mut source = format!("model m {} {{\n  edition {}\n  source {}\n  domain {}\n", text(), text(), text(), text());
    source.push_str(&format!("  context {}\n  community {}\n  note {}\n  covers c\n", text(), text(), text()));
    source.push_str(&format!("  measured by f\n  exclude A.1 because {}\n}}\n", text()));
    source.push_str(&format!("group K {} {} {{ note {} }}\n", text(), text(), text()));
    source.push_str(&format!("process K.1 {} {{\n  purpose {}\n  context {}\n", text(), text(), text()));
    source.push_str(&format!("  outcome 1 {} satisfies R1 because {} partly satisfies R2\n", text(), text()));
    source.push_str(&format!(
        "  outcome 2 {} produces i\n  practice A {} {} achieves 1 produces i\n",
        text(),
        text(),
        text()
    ));
    source.push_str(&format!("  supports K.2 {}\n  note {}\n}}\n", text(), text()));
    source.push_str(&format!("process K.2 {} {{\n  purpose {}\n  outcome 1 {}\n}}\n", text(), text(), text()));
    source.push_str(&format!(
        "item i {} kind plan {{ characteristic {} }}\nterm {} {}\n",
        text(),
        text(),
        text(),
        text()
    ));
    source.push_str(&format!("catalog c {} {{\n  requirement R1 {} {}\n", text(), text(), text()));
    source.push_str(&format!(
        "  requirement R2 {}\n  requirement R3 {}\n  control A.1 {}\n}}\n",
        text(),
        text(),
        text()
    ));
    source.push_str(&format!(
        "framework f {} {{\n  scale {{ rating N {} 0 100 }}\n  level 0 \"None\"\n  level 1 {} {{\n",
        text(),
        text(),
        text()
    ));
    source.push_str(&format!("    attribute PA.1.1 {} {{\n      achievement a {}\n", text(), text()));
    source.push_str(&format!("      practice GP.1 {} achieves a\n    }}\n  }}\n}}\n", text()));
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>";
    (Project::text(source).with("y.svg", picture), count)
}

/// What a reader sees of the structure of a document: headings, and how many cells each row of each table has, but for
/// tables of authors.
fn skeleton(document: &str) -> (usize, Vec<usize>) {
    let headings = nodes(document, |value| matches!(value, NodeValue::Heading(_))).len();
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, document, &options());
    let is_ours = |node: &&AstNode<'_>| node.parent().is_some_and(|table| !shown(table).starts_with("ab"));
    let rows = root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::TableRow(_)));
    let rows = rows.filter(is_ours);
    (headings, rows.map(|row| row.children().count()).collect())
}

proptest! {
    #![proptest_config(random::cases(120))]

    #[test]
    fn texts_keep_to_their_places(junk in proptest::collection::vec(junk(), 7)) {
        let (project, count) = filled(&junk);
        let (plain, _) = filled(&["plain".to_owned()]);
        let (compiled, plain) = (compiled(&project), compiled(&plain));
        for write in [markdown as fn(&prm::emit::Input<'_>, bool) -> String, pam] {
            let document = write(&checked(&compiled), true);
            let harmless = write(&checked(&plain), true);
            prop_assert_eq!(skeleton(&document), skeleton(&harmless), "{}", document);
            let arena = Arena::new();
            for node in comrak::parse_document(&arena, &document, &options()).descendants() {
                match &node.data.borrow().value {
                    NodeValue::HtmlBlock(_) => prop_assert!(false, "{:?}", node.data),
                    NodeValue::Image(picture) => prop_assert_eq!(&picture.url, "y.svg"),
                    NodeValue::HtmlInline(html) => {
                        prop_assert!(html.starts_with("<a id=\"anchor-") || html == "</a>", "{}", html);
                    }
                    NodeValue::Link(link) => prop_assert!(!link.url.starts_with("javascript"), "{}", link.url),
                    _ => {}
                }
            }
            // Each text is whole in one place: a cell, a heading, or a paragraph with what follows it.
            let cells = cells(&document);
            let headings = nodes(&document, |value| matches!(value, NodeValue::Heading(_)));
            let whole = shown(comrak::parse_document(&arena, &document, &options()));
            for number in 1..=count {
                let (first, last) = (format!("w{number}a"), format!("w{number}z"));
                prop_assert_eq!(whole.contains(&first), harmless.contains(&first), "{} in\n{}", first, document);
                prop_assert_eq!(whole.contains(&last), harmless.contains(&last), "{} in\n{}", last, document);
                for place in cells.iter().chain(&headings) {
                    prop_assert_eq!(place.contains(&first), place.contains(&last), "{}", place);
                }
            }
        }
    }
}

#[test]
fn a_clean_document_shows_gaps_and_nothing_else_of_the_checks() {
    let text = r#"
model m "M" {
  covers c
}
catalog c "C" {
  source "ISO 1:2020"
  clause 1 "One" {
    requirement 1.1 "A"
    requirement 1.2 "B"
  }
  clause 2 "Two" {
    requirement 2.1 "D"
    requirement 2.2 "E"
  }
}
process P.1 "First" {
  purpose "To do."
  outcome 1 "It is done."
    satisfies 1.1
    partly satisfies 2.1
}
"#;
    let compiled = compiled(&Project::text(text));
    let input = checked(&compiled);
    for (clean, draft) in [(markdown(&input, false), markdown(&input, DRAFT)), (pam(&input, false), pam(&input, DRAFT))]
    {
        for words in ["| Status |", "**uncovered**", "P301", "## Findings"] {
            assert!(words == "P301" || !clean.contains(words), "{words}\n{clean}");
            assert!(draft.contains(words), "{words}\n{draft}");
        }
        // Each gap is told in its row.
        let rows: Vec<&str> = clean.lines().filter(|line| line.contains("**None**")).collect();
        assert!(rows.iter().any(|row| row.starts_with("| 1.2 ")) && rows.iter().any(|row| row.starts_with("| 2.2 ")));
        assert!(clean.lines().any(|line| line.starts_with("| 2.1 ") && line.contains("**In part only**")), "{clean}");
        // What is printed is called by its document.
        assert!(!clean.contains("| c |") && clean.contains("ISO 1:2020"), "{clean}");
    }
    let both = cells(&markdown(&input, false));
    let matrix = both.windows(3).any(|cells| cells == ["P.1", "x", "part"]);
    assert!(matrix, "{both:#?}");
}

/// What a document of people calls a model, a catalog, a framework or a crosswalk: never by the id of a package.
#[test]
fn no_package_is_called_by_its_id() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut looked = 0;
    for (place, at) in [
        ("examples/acme", ""),
        ("examples/assessment", ""),
        ("examples/meridian", "unit"),
        ("examples/meridian", "assessed"),
        ("examples/two-worlds.prm", "two-worlds.prm"),
        ("stdlib/iso33052", ""),
        ("stdlib/iso33052-2022", ""),
    ] {
        let compiled = Project::read(&root.join(place)).at(at).compile();
        let input = compiled.0.checked().unwrap_or_else(|| panic!("{place}: {}", compiled.lines()));
        let program = &compiled.0.program;
        let models = program.packages.iter().filter_map(|package| package.model.head.as_ref()).map(|head| head.id);
        let catalogs = program.catalogs.iter().map(|row| row.id).chain(program.crosswalks.iter().map(|row| row.id));
        let ids = models.chain(catalogs).chain(program.frameworks.iter().map(|row| row.id)).map(|id| program.name(id));
        let ids = ids.chain(program.packages.iter().map(|package| package.name.as_str()));
        // One without a digit or a hyphen may be a word.
        let ids: BTreeSet<&str> =
            ids.filter(|id| id.contains(|one: char| one.is_ascii_digit() || one == '-')).collect();
        let assessed = emit::assessment::pick(&input, None).ok();
        let documents = [
            emit::markdown::document(&input, false),
            emit::pam::document(&input, false),
            emit::soa::document_told(&input, false),
            assessed.map(|view| emit::assessment::document(&view)),
        ];
        for document in documents.into_iter().flatten() {
            let mut text = prm::document::markdown::markdown(&document);
            while let Some((from, to)) = text.find("](").and_then(|from| Some((from, from + text[from..].find(')')?))) {
                text.replace_range(from..=to, "]");
            }
            let is_of_id = |one: char| one.is_alphanumeric() || matches!(one, '-' | '.' | '_');
            let words = text.split(|one: char| !is_of_id(one)).map(|word| word.trim_matches('.'));
            let named: BTreeSet<&str> = words.filter(|word| ids.contains(word)).collect();
            assert!(named.is_empty(), "{place} {at}, {}: {named:?}", document.title.shown());
            looked += 1;
        }
    }
    assert!(looked > 15, "{looked}");
}

/// Labels, designations and titles may refer to each other and to themselves: they are shown as they are written there.
#[test]
fn what_names_something_may_name_itself() {
    let text = "reference iso \"ISO [[iso]] [[two]]\" \"A title [[iso]]\"\nreference two \"[[iso]]\" \"A title [[two]]\"\n\
                annex extra \"Extra [[extra]] [[more]]\" \"See [[extra]] and [[iso]].\"\nannex more \"More [[extra]]\" \"See [[extra]].\"\n\
                term \"key\" \"thing, [[key]]\"\nitem log \"Log [[log]]\" kind record\nuse iso33020-2015\n\
                catalog rules \"Rules\" {\n  source \"The rules, [[R1]]\"\n\
                requirement R1 \"One, [[R2]]\" \"A text.\" { label \"see [[R2]] [[R1]]\" }\n\
                requirement R2 \"Two\" \"A text.\" { label \"[[R1]]\" }\n}\n\
                model m \"M [[K.1]]\" {\n  covers rules\n  measured by iso33020-2015\n}\ngroup G \"Group [[G]] [[K.1]]\"\n\
                process K.1 \"Key care [[K.1]]\" in G {\n  purpose \"To keep keys, see [[R1]], [[iso]], [[extra]].\"\n\
                outcome 1 \"Keys are kept [[K.1.1]].\" satisfies R1\n  outcome 2 \"Keys are known [[log]].\" satisfies R2 produces log\n\
                practice BP1 \"Keep [[K.1.BP1]]\" achieves 1\n}\n";
    let compiled = Project::text(text).compile();
    let (input, options) = (compiled.0.checked().unwrap(), prm::Options::default());
    for form in prm::OUTPUTS.iter().flat_map(|output| output.forms).filter(|form| form.name != "mapping") {
        // A package without an assessment, or with other needs, says so; nothing goes round in a circle.
        for artifact in form.make(&input, &prm::Request::new(&options)).into_iter().flatten() {
            (artifact.write)(&mut std::io::sink()).unwrap();
        }
    }
    assert!(prm::emit::markdown::markdown(&input, false).contains("[see rules:R2 rules:R1]"));
}
