//! Documents from cover to bibliography: what stands where, under which number, and whose words it is.

use prm::document::{Block, Document};
use prm::emit::graph::{GraphFormat, GraphScope, render};
use prm::emit::{json, markdown, pam, soa};
use serde_json::Value;

use crate::support::{Compiled, Project};

const BASE: &str = r#"
model keys "Key model" {
  edition "1"
  foreword "The foreword of keys."
  introduction "The introduction of keys."
  scope "The scope of keys."
  overview "The overview of keys."
  note "The note of keys."
}
group A "Apart"
process A.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys."
  context "Drawn in [[drawing]], after [[iso1]]."
  outcome 1 "Keys are known."
}
annex drawing "A drawing" "The annex of keys."
reference iso1 "ISO 1"
term "key" "what opens a lock" {
  also "opener"
  source "[[iso1]], 3.1"
  note "Locks are terms of their own."
}
"#;

const LAYER: &str = r#"
use keys
use iso33004
model acme "Acme" extends keys {
  foreword "The foreword of acme."
  introduction "The introduction of acme."
  overview "See [[drawing]], [[more]] and [[iso9]]."
  order groups C, A
  conforms iso33004:5.5 "Read by two."
}
group C "Close"
group B "Between"
group D "Deep in C" { formerly E }
extend group A {
  group A2 "Within"
  group A1 "Within as well"
}
process B.1 "Book keeping" {
  purpose "The purpose of B.1."
  outcome 1 "Books are kept."
}
process C.1 "Care" {
  purpose "The purpose of C.1."
  outcome 1 "Keys are cared for."
}
process Z "Last" {
  purpose "The purpose of Z."
  outcome 1 "All is done."
}
annex more "More" "See [[drawing]]."
annex drawing "Another drawing" "Text."
reference iso9 "ISO 9" "Quality" normative
reference iso2 "ISO 2" "Second"
"#;

fn layer() -> Compiled {
    Project::new()
        .with("base/prm.toml", "[package]\nname = \"keys\"\n")
        .with("base/keys.prm", BASE)
        .with("prm.toml", "[package]\nname = \"acme\"\n[dependencies]\nkeys = { path = \"base\" }\n")
        .with("acme.prm", LAYER)
        .at("")
        .compile()
}

/// The headings of the first level below the title, and those below one of them, with their numbers.
fn headings(document: &Document, below: &str) -> Vec<String> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    let mut within = String::new();
    let mut shown = Vec::new();
    for (heading, number) in headings.zip(document.numbers()) {
        let words = [number.unwrap_or_default(), heading.words.shown().to_owned()].join(" ").trim().to_owned();
        if heading.level == 2 {
            within.clone_from(&words);
        }
        if heading.level == 2 || heading.level == 3 && within.contains(below) {
            shown.push(words);
        }
    }
    shown
}

#[test]
fn a_document_is_laid_out_as_a_standard_is() {
    let compiled = layer();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let document = markdown::document(&input, false).unwrap();
    assert_eq!(
        headings(&document, "Process descriptions"),
        [
            "Foreword",
            "Introduction",
            "1 Scope",
            "2 Normative references",
            "3 Terms and definitions",
            "4 Overview of the process reference model",
            "5 Process descriptions",
            "5.1 General",
            "5.2 C.1 Care",
            "5.3 A.1 Key custody",
            "5.4 B.1 Book keeping",
            "5.5 Z Last",
            "Annex A (informative) Requirements and the outcomes that satisfy them",
            "Annex B (informative) Statement of conformity to ISO/IEC 33004",
            "Annex C (informative) More",
            "Annex D (informative) Another drawing",
            "Bibliography",
        ]
    );
    let overview = headings(&document, "Overview");
    assert_eq!(
        overview[6..13],
        [
            "4.1 General",
            "4.2 Process map",
            "4.3 Group C Close",
            "4.4 Group A Apart",
            "4.5 Group A2 Within",
            "4.6 Group A1 Within as well",
            "4.7 Group B Between",
        ]
    );
    let text = markdown::markdown(&input, false);
    for words in [
        // Annexes by their letters, what is cited by its designation.
        "See [Annex D](#annex-d-informative-another-drawing), [Annex C](#annex-c-informative-more) and [ISO 9](#2-normative-references).",
        "\n- ISO 9, Quality\n",
        "\n1. ISO 1\n2. ISO 2, Second\n3. ISO/IEC 33004:2015",
        // An entry of terms.
        "### 3.1 key\n\nopener\n\nwhat opens a lock\n\nNote 1 to entry: Locks are terms of their own.\n\n\\[SOURCE: [ISO 1](#bibliography), 3.1\\]",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let assessment = pam::pam(&input, false);
    assert!(assessment.contains("See [Annex F](#annex-f-informative-another-drawing), [Annex E]("), "{assessment}");
}

#[test]
fn the_words_of_a_base_are_no_words_of_its_layer() {
    let compiled = layer();
    let input = compiled.0.checked().unwrap();
    for text in [markdown::markdown(&input, false), pam::pam(&input, false), soa::markdown(&input)] {
        for words in ["foreword", "introduction", "scope", "overview", "note", "annex"] {
            assert!(!text.contains(&format!("The {words} of keys.")), "{words}\n{text}");
        }
        assert!(text.contains("## Foreword\n\nThe foreword of acme.\n"), "{text}");
    }
    // The base means its own annex, whatever the layer calls one of its own.
    let text = markdown::markdown(&input, false);
    assert!(text.contains("Drawn in “A drawing” (annex of “Key model”), after [ISO 1](#bibliography)."), "{text}");
}

#[test]
fn groups_stand_in_the_order_that_the_model_states() {
    let compiled = layer();
    let input = compiled.0.checked().unwrap();
    let mut bytes = Vec::new();
    json::write(&input, &mut bytes).unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    let ids = |list: &str| -> Vec<String> {
        json[list].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("groups"), ["C", "A", "A2", "A1", "B", "D"]);
    assert_eq!(ids("processes"), ["C.1", "A.1", "B.1", "Z"]);
    for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Svg] {
        let picture = render(&input, format, GraphScope::Map, None);
        let at = |words: &str| picture.find(words).unwrap_or_else(|| panic!("{words} is not in {picture}"));
        assert!(at("Close") < at("Apart") && at("Apart") < at("Between"), "{picture}");
    }
    for text in [markdown::markdown(&input, false), pam::pam(&input, false)] {
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
        assert!(at("| Care |") < at("| Key custody |") && at("| Key custody |") < at("| Book keeping |"), "{text}");
    }
}

#[test]
fn pictures_cut_no_title_and_say_the_same_without_colours() {
    let long = "Direction of all that the organization does for those whom it serves, and control over it";
    let text = format!(
        "model m \"{long}\" {{\n  covers c\n}}\ncatalog c \"C\" {{\n  requirement 1 \"One\"\n  requirement 2 \"Two\"\n  \
         requirement 3 \"Three\"\n}}\ngroup A \"{long}\"\nprocess A.1 \"{long}\" {{\n  purpose \"To do.\"\n  \
         outcome 1 \"{long}.\"\n    satisfies 1\n    partly satisfies 2\n}}\n"
    );
    let compiled = Project::text(text).compile();
    let input = compiled.0.checked().unwrap();
    for scope in [GraphScope::Map, GraphScope::Traceability] {
        let svg = render(&input, GraphFormat::Svg, scope, None);
        assert!(!svg.contains('…'), "{svg}");
        // All words of each title are seen, in lines.
        let seen: Vec<&str> = svg.split("<text").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).collect();
        let titles = seen.join(" ").matches(long).count();
        assert!(titles >= 2, "{titles}\n{svg}");
    }
    let svg = render(&input, GraphFormat::Svg, GraphScope::Traceability, None);
    let (dot, mermaid) = (
        render(&input, GraphFormat::Dot, GraphScope::Traceability, None),
        render(&input, GraphFormat::Mermaid, GraphScope::Traceability, None),
    );
    for (class, color, dashes) in
        [("covered", "#d9f2e2", ""), ("partial", "#fdf0c8", "6 3"), ("uncovered", "#fcdcdc", "")]
    {
        assert!([&svg, &dot, &mermaid].iter().all(|picture| picture.contains(color)), "{class}");
        assert!(svg.contains(&format!(">{class}</text>")) && dot.contains(&format!("[label=\"{class}\"")), "{class}");
        assert!(mermaid.contains(&format!("[\"{class}\"]:::{class}")), "{mermaid}");
        assert!(svg.contains(&format!("stroke-dasharray:{dashes}")) || dashes.is_empty(), "{svg}");
    }
    assert!(dot.contains("rounded,filled,dashed") && mermaid.contains("stroke-width:3px"), "{dot}{mermaid}");
    // The lines of a kind look alike in all three, those of the keys included.
    for (color, dashes) in [("#2b5c9e", ""), ("#b4590c", ",stroke-dasharray:6 3")] {
        assert!(svg.contains(&format!("stroke:{color}")) && dot.contains(&format!("color=\"{color}\"")), "{dot}");
        let line = mermaid.lines().find(|line| line.contains(&format!(" stroke:{color},"))).unwrap();
        let numbers: Vec<&str> = line.trim().split(' ').nth(1).unwrap().split(',').collect();
        assert!(numbers.len() == 2 && line.ends_with(&format!("stroke-width:1.3px{dashes}")), "{line}");
    }
    // Each line of the drawing has its look, and there are no more.
    let styled = mermaid.lines().filter_map(|line| line.trim().strip_prefix("linkStyle "));
    let styled: usize = styled.map(|line| line.split(' ').next().unwrap().split(',').count()).sum();
    let arrows = ["--> ", "-->|", "-.-> ", "-.->|", "==> ", "==>|", " --- ", "--o|", "--o "];
    let drawn = mermaid.lines().filter(|line| arrows.iter().any(|arrow| line.contains(arrow))).count();
    assert_eq!(styled, drawn, "{mermaid}");
}

#[test]
fn drawings_speak_the_language_of_the_model_and_call_requirements_as_documents_do() {
    let text = "model m \"Modell\" {\n  language de\n  covers c\n  covers d\n}\ncatalog c \"C\" {\n  source \"ISO 1\"\n  \
                requirement 1.a \"Eins\" { label \"1 a)\" }\n}\ncatalog d \"D\" {\n  source \"ISO 2\"\n  requirement 2 \"Zwei\"\n}\n\
                process A.1 \"Eins\" {\n  purpose \"Tut.\"\n  outcome 1 \"Ist getan.\"\n    satisfies 1.a\n    partly satisfies 2\n}\n";
    let compiled = Project::text(text).compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    for format in [GraphFormat::Dot, GraphFormat::Mermaid, GraphFormat::Svg] {
        let trace = render(&input, format, GraphScope::Traceability, None);
        for words in ["erfüllt teilweise", "abgedeckt", "Rückverfolgbarkeit von Modell", "ISO 1, 1 a)", "ISO 2, 2"] {
            assert!(trace.contains(words), "{words}\n{trace}");
        }
        assert!(!trace.contains("satisfies") && !trace.contains(">partial<"), "{trace}");
    }
}

/// Headings in an annex part it, whatever levels they were given; no text hangs above the parts of what it stands in, and
/// elsewhere a heading is a paragraph.
#[test]
fn headings_part_the_annexes_of_an_author() {
    let text = "language de\n  note \"# No part\"\n}\nannex a \"Anhang\" \"\"\"\n  Vorweg.\n\n  ## Erster\n\n  Text.\n\n  ##### Tief\n\n  Text.\n\n  \
                ## Zweiter\n\n  ### Gleich\n\n  > # Zitat\n\n  # Oben\n  \"\"\"\nannex b \"Noch einer\" \"# Nur ein Teil\"\n";
    let compiled = Project::text(format!("model m \"M\" {{\n  {text}")).compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let document = markdown::document(&input, false).unwrap();
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    let told: Vec<String> = headings
        .zip(document.numbers())
        .map(|(heading, number)| format!("{} {} {}", heading.level, number.unwrap_or_default(), heading.words.shown()))
        .skip_while(|told| !told.contains("Anhang C"))
        .collect();
    let expected = [
        "2 Anhang C (informativ) Anhang",
        "3 C.1 Allgemeines",
        "3 C.2 Erster",
        "4 C.2.1 Allgemeines",
        "4 C.2.2 Tief",
        "3 C.3 Zweiter",
        "4 C.3.1 Gleich",
        "3 C.4 Oben",
        "2 Anhang D (informativ) Noch einer",
        "3 D.1 Nur ein Teil",
    ];
    assert_eq!(told, expected);
    assert!(markdown::markdown(&input, false).contains("No part"));
}
