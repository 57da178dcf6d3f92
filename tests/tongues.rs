//! Documents in each language that there are words for: nothing of ours is left in English.

use std::collections::BTreeSet;

use prm::document::markdown::markdown as print;
use prm::document::words::{ALL, EN};
use prm::emit::comments::{self, Column, Comment, Ties};
use prm::emit::telling::Telling;
use prm::emit::{self, assessment, markdown, pam, said, soa, web};
use prm::syntax::statements;
use prm::{GraphFormat, GraphScope};

use crate::support::{Compiled, Project};

/// A model and a layer over it, in words that no language has: each begins with q, so that all others are ours.
fn project(language: &str) -> Project {
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
    let base = r#"
catalog qold "Qold" {
  source "QOLD 1"
  control O.1 "Qa"
  control O.2 "Qb"
  control O.3 "Qc"
  control O.4 "Qd"
}
catalog qnew "Qnew" {
  source "QNEW 2"
  edition "2026"
  notice "Qnotice."
  requirement R.0 "Qlone" "Qasked."
  clause 1 "Qclause" {
    note "Qnote."
    control C.1 "Qfirst" "Qasked."
    control C.2 "Qsecond"
    control C.3 "Qthird" {
      requirement C.3.a "Qpart"
      requirement C.3.b "Qother"
    }
  }
  clause 2 "Qmore" {
    control C.4 "Qfourth"
    control C.5 "Qfifth"
    requirement C.6 "Qsixth"
  }
}
catalog qeven "Qeven" {
  tailorable
  requirement E.1 "Qeven"
  requirement E.2 "Qodd"
}
crosswalk qwalk "Qwalk" from qold to qnew {
  O.1 equals C.4
  O.2 subset of C.5 because "Qreason."
  withdrawn O.3, O.4
  new C.1, C.2, C.3
}
framework qframe "Qframe" {
  source "QFRAME 1"
  scale {
    rating N "Qnone" 0 50 { note "Qmeans." }
    rating F "Qfull" 50 100
  }
  level 0 "Qzero"
  level 1 "Qone" {
    attribute PA.1.1 "Qpa" {
      achievement a "Qachieved." { note "Qnote." }
      practice GP.1 "Qdone." achieves a
    }
  }
  level 2 "Qtwo" {
    attribute PA.2.1 "Qpb" { achievement a "Qachieved." }
    attribute PA.2.2 "Qpc" { achievement a "Qachieved." }
  }
}
field qowner "Qowner" on process
model qbase "Qbase" {
  source "QBASE 3"
  edition "1"
  domain "Qdomain."
  context "Qcontext."
  consensus "Qconsensus."
  covers qnew through qwalk
  covers qeven
  exclude C.2 because "Qreason."
}
group A "Qgroup" "Qtext."
group B "Qinner" "Qtext."
process A.1 "Qprocess" in A {
  purpose "Qpurpose."
  context "Qcontext."
  qowner "Qann"
  outcome 1 "Qstated." satisfies C.1 together with A.1.2 because "Qreason." { note "Qnote." }
  outcome 2 "Qstated qtwice." partly satisfies C.3.a satisfies O.1 produces qitem
  outcome 3 "Qstated qthrice." satisfies O.2 partly satisfies R.0
  practice BP1 "Qpractised." achieves 1 consumes qitem produces qitem
  supports A.2 "Qhow."
  informs A.2
  follows A.3
  formerly A.0
  note "Qnote."
  note "Qnote."
}
process A.2 "Qtwo" {
  purpose "Qpurpose."
  outcome 1 "Qstated." satisfies C.6, E.1
}
process A.3 "Qthree" {
  purpose "Qpurpose."
  outcome 1 "Qstated."
}
item qitem "Qitem" kind qkind {
  characteristic "Qlook."
  note "Qnote."
}
term "qterm" "qdefinition" {
  also "qalso"
  source "QSOURCE 4"
  note "Qnote."
}
reference qref "QREF 5" "Qtitle"
reference qnorm "QNORM 6" "Qtitle" normative
annex qannex "Qannex" "Qtext."
"#;
    let own = format!(
        r#"use qbase
model qown "Qown" extends qbase {{
  language {language}
  notice "Qnotice."
  foreword "Qforeword."
  community "Qcommunity."
  measured by qframe
  allow P601 because "Qreason."
  apply C.1 because "Qreason." {{ state planned }}
  note "Qnote."
}}
rules qrules "Qrules" {{
  class qclass {{
    instances 2
    kinds 2
  }}
}}
assessment qseen "Qseen" of qown {{
  sponsor "Qann"
  class qclass
  assessor lead "Qann" "Qlearned."
  assessor "Qbob"
  method R1 mean
  target A level 2
  instances qnorth, qsouth of A.1
  note "Qnote."
}}
assessment qall "Qall" of qown {{
  method R1 mean
  takes qseen
  target A level 1
}}
exhibit qe "Qevidence" kind qkind {{
  shows item qitem at "Qshelf"
  note "Qnote."
}}
rate A.1 in qseen for qnorth {{
  outcome 1 rated F by qe because "Qreason." {{ note "Qnote." }}
  achievement PA.2.1.a rated N
  attribute PA.2.2 rated N
  strength "Qstrong." of 1
}}
rate A.1 in qseen for qsouth {{
  outcome 1 rated F
  weakness "Qweak."
}}
rate A.1 in qseen {{ attribute PA.2.2 rated F because "Qreason." }}
extend process A.1 {{
  replace outcome 1 "Qstated qanew." because "Qreason." satisfies C.1
  replace purpose "Qpurpose qnew." because "Qreason."
  note "Qnote."
}}
omit A.3 because "Qreason." {{ note "Qnote." }}
"#
    );
    Project::new()
        .with("qbase/prm.toml", manifest("qbase"))
        .with("qbase/qbase.prm", base)
        .with("qown/prm.toml", manifest("qown") + "[dependencies]\nqbase = { path = \"../qbase\" }\n")
        .with("qown/qown.prm", own)
        .at("qown")
}

fn documents(compiled: &Compiled) -> Vec<(&'static str, String)> {
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let telling = |draft| Telling { provenance: true, draft, drawings: true };
    // What checks have found is said by them, in English.
    let model = |telling| print(&markdown::document(&input, telling).unwrap());
    let unfound = model(telling(true)).rsplit_once("\n## ").unwrap().0.to_owned();
    let page = web::html(&input, true).unwrap();
    let page = page[page.find("<body>").unwrap()..page.find("<script>").unwrap()].to_owned();
    let report = |id| assessment::pick(&input, Some(id)).unwrap_or_else(|refused| panic!("{}", refused.problem));
    let drawn = |page: &str| page.split("<svg").map(|part| part.rsplit("</svg>").next().unwrap().to_owned()).collect();
    vec![
        ("model", model(telling(false))),
        ("draft", unfound),
        ("pam", print(&pam::document(&input, telling(false)).unwrap())),
        ("soa", print(&soa::document_told(&input, telling(false)).unwrap())),
        ("page", drawn(&page)),
        ("assessment", print(&assessment::document(&report("qseen")))),
        ("roll-up", print(&assessment::document(&report("qall")))),
        ("drawings", drawings(&input)),
        ("comments", print(&comments::document(&tied(&input, &ballot()), &[]))),
        ("reassessed", reassessed(&input)),
    ]
}

/// What drawings say in all their parts.
fn drawings(input: &prm::Checked<'_>) -> String {
    let clause = input.coverage.catalogs[0].requirements[1];
    let process = input.program.names.get("A.1");
    let views = [
        (GraphScope::Map, None),
        (GraphScope::Map, process),
        (GraphScope::Traceability, None),
        (GraphScope::Traceability, process),
        (GraphScope::Clause(clause), None),
    ];
    let drawn = views.map(|(scope, process)| prm::graph(input, GraphFormat::Svg, scope, process));
    let texts = drawn.iter().flat_map(|svg| {
        svg.split("<text").skip(1).chain(svg.split("<title").skip(1)).chain(svg.split("<desc").skip(1))
    });
    texts.filter_map(|text| Some(text.split_once('>')?.1.split('<').next()?.to_owned() + "\n")).collect()
}

/// Comments of each fate.
fn ballot() -> Vec<Comment> {
    let said = ["", "A.1", "3.1, 5.2", "9.9", "5.9.1", "Qprocess", "Qtitle", "5.2"];
    let mut all: Vec<Comment> = said.iter().map(|clause| comment(clause, "")).collect();
    all.extend([comment("5.2", "Table 1"), comment("5.2", "Table 99"), comment("5.2", "Table 4")]);
    all.push(Comment { readings: vec!["5.2".to_owned(), "5.3".to_owned()], ..comment("5.2", "") });
    all.push(Comment { readings: vec!["99".to_owned()], ..comment("99", "") });
    all
}

fn comment(clause: &str, paragraph: &str) -> Comment {
    let mut comment = Comment::default();
    comment.cells[Column::Clause as usize] = clause.to_owned();
    comment.cells[Column::Paragraph as usize] = paragraph.replace("Table", "Tab.");
    comment
}

fn tied<'c>(input: &prm::Checked<'_>, comments: &'c [Comment]) -> Ties<'c> {
    Ties::of(input, comments, said::words(input)).unwrap()
}

/// What differs between two assessments, in either direction.
fn reassessed(input: &prm::Checked<'_>) -> String {
    let ids = ["qseen", "qall"].map(|id| assessment::pick(input, Some(id)).unwrap_or_else(|_| panic!("{id}")).id);
    let told = [[0, 1], [1, 0]].map(|[old, new]| {
        let found = prm::diff::assessments::assessments((input, ids[old]), (input, ids[new])).unwrap();
        print(&emit::diff::assessments::document(said::words(input), &found, &[]))
    });
    told.concat()
}

/// The words that a reader sees which no author wrote, and no standard or check is called by.
fn ours(document: &str) -> BTreeSet<String> {
    let mut shown = String::new();
    let mut is_tag = false;
    for character in document.chars() {
        is_tag = (is_tag || character == '<') && character != '>';
        shown.push(if is_tag { ' ' } else { character });
    }
    let words = shown.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/' | '#')));
    let is_ours = |word: &&str| word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
    let words = words.map(|word| word.trim_matches(['.', ':', '-', '/'])).filter(is_ours).map(str::to_lowercase);
    words.filter(|word| !word.starts_with('q')).collect()
}

#[test]
fn nothing_of_ours_is_left_in_english() {
    // Words that both languages have.
    let shared: &[(&str, &str)] = &[
        (
            "de",
            "name version status code element text iso iec anchor was matrix tab normative information attribute assessor assessors assessment assessments profile",
        ),
        (
            "fr",
            "figure normative informative document documents note version source introduction relation relations consensus \
             provenance code applicable iso iec article anchor description descriptions base construction effort \
             identification information omission dimension dimensions place instance instances exclusion inclusion justification \
             type observations format tab",
        ),
    ];
    let english = documents(&project("en").compile());
    let mut all: Vec<String> = Vec::new();
    for words in ALL.into_iter().filter(|words| words.tag != EN.tag) {
        let shared = shared.iter().find(|(tag, _)| *tag == words.tag).unwrap().1;
        let shared: BTreeSet<&str> = shared.split_whitespace().collect();
        for ((name, said), (_, english)) in documents(&project(words.tag).compile()).into_iter().zip(&english) {
            let (said, english) = (ours(&said), ours(english));
            assert!(english.len() > 15 && said.len() > 15, "{name} says hardly anything");
            let left: Vec<&String> =
                said.intersection(&english).filter(|word| !shared.contains(word.as_str())).collect();
            if !left.is_empty() {
                all.push(format!("{name} in {}: {left:?}", words.tag));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_region_has_the_words_of_its_language_and_no_other_language_has_ours() {
    let shown = |language: &str| {
        let compiled = project(language).compile();
        let document = markdown::document(&compiled.0.checked().unwrap(), false).unwrap();
        let numbers: Vec<String> = document.numbers().into_iter().flatten().collect();
        let annex = numbers.iter().find(|number| number.contains(" A (")).unwrap().clone();
        (document.language.clone(), document.texts.clone(), annex, document.labels()[0].clone())
    };
    let told = |words: [&str; 4]| words.map(str::to_owned).into();
    assert_eq!(shown("de-CH"), told(["de-CH", "", "Anhang A (informativ)", "Tabelle 1"]));
    assert_eq!(shown("fr"), told(["fr", "", "Annexe A (informative)", "Tableau 1"]));
    assert_eq!(shown("nl"), told(["en", "nl", "Annex A (informative)", "Table 1"]));
}

#[test]
fn every_statement_that_may_carry_a_note_has_a_name() {
    let unprinted = ["use", "note", "allow", "for", ""];
    for words in ALL.into_iter().filter(|words| words.tag != EN.tag) {
        for statement in statements::ALL.iter().filter(|statement| !unprinted.contains(&statement.word)) {
            let plain = statement.word.split(' ').next_back().unwrap_or_default();
            let is_named = words.statements.iter().any(|(known, _)| *known == plain);
            assert!(is_named, "{}: {plain}", words.tag);
        }
    }
}
