//! The source of an assessment model, written over files that their authors have edited.

use std::sync::Arc;

use prm::emit::pam::{Existing, pam_prm, pam_prm_over};
use prm::syntax::parse;
use proptest::prelude::*;

use crate::random;
use crate::support::{Compiled, Project};

/// A model of three processes with three outcomes each.
const BASE: &str = r#"
model house "House model"
process K.1 "Key custody" {
  purpose "Keys are in known hands."
  outcome 1 "Keys are listed."
  outcome 2 "Losses are reported."
  outcome 3 "Locks are changed."
}
process K.2 "Key making" {
  purpose "There is a key for each door."
  outcome 1 "Keys are cut."
  outcome 2 "Copies are counted."
  outcome 3 "Blanks are kept."
}
process K.3 "Lock care" {
  purpose "Locks work."
  outcome 1 "Locks are oiled."
  outcome 2 "Worn locks are found."
  outcome 3 "Worn locks are replaced."
}
"#;

const HEAD: &str = "use house\nmodel house-pam \"House assessment\" extends house\n";

const MANIFEST: &str = "[package]\nname = \"house\"\nversion = \"1.0.0\"\n";

/// The model with an outcome less, and without a process.
fn reduced() -> String {
    let without_outcome = BASE.replace("  outcome 3 \"Locks are changed.\"\n", "");
    without_outcome[..without_outcome.find("process K.3").unwrap()].to_owned()
}

fn base(text: &str) -> Compiled {
    let compiled = Project::new().with("prm.toml", MANIFEST).with("house.prm", text).compile();
    assert!(compiled.0.checked().is_some(), "{}", compiled.lines());
    compiled
}

/// What is written over a file, with other files beside it.
fn over(base: &str, file: &str, beside: &[&str]) -> Option<String> {
    let mut compiled = self::base(base);
    let sources = &mut compiled.0.sources;
    let mut tree = |path: &str, text: &str| {
        let file = sources.add("pam", path, text.to_owned());
        let (tree, found) = parse(file, text);
        assert!(found.is_empty(), "{found:?}\n{text}");
        Arc::new(tree)
    };
    let file = tree("pam.prm", file);
    let beside = beside.iter().map(|text| tree("beside.prm", text)).collect();
    pam_prm_over(&compiled.0.checked().unwrap(), &Existing { file, beside })
}

/// What is written over a file, which still compiles, and changes no more when it is written again.
fn settled(base: &str, file: &str) -> String {
    let written = over(base, file, &[]).expect("it extends the model");
    let project = Project::new()
        .with("house/prm.toml", MANIFEST)
        .with("house/house.prm", base)
        .with(
            "pam/prm.toml",
            "[package]\nname = \"pam\"\nversion = \"1.0.0\"\n[dependencies]\nhouse = { path = \"../house\" }\n",
        )
        .with("pam/pam.prm", written.as_str())
        .at("pam");
    let compiled = project.compile();
    assert!(!compiled.0.has_errors(), "{}\n{written}", compiled.lines());
    let model = &compiled.0.program.root().unwrap().model;
    for process in &model.processes {
        let achieved: Vec<_> = process.practices.iter().flat_map(|practice| &practice.achieves).collect();
        for outcome in &process.outcomes {
            assert!(achieved.iter().any(|target| target.id == outcome.id), "an outcome has no practice\n{written}");
        }
    }
    assert_eq!(over(base, &written, &[]).as_deref(), Some(written.as_str()), "written twice");
    written
}

#[test]
fn a_new_file_changes_no_more() {
    let fresh = pam_prm(&base(BASE).0.checked().unwrap());
    assert_eq!(settled(BASE, &fresh), fresh);
    assert_eq!(settled(BASE, ""), fresh);
    assert_eq!(settled(BASE, "// Mine.\n\n"), format!("// Mine.\n\n{fresh}"));
}

#[test]
fn a_base_that_nobody_can_use_by_its_name_is_asked_for() {
    let project = Project::new().with("my model.prm", BASE).at("my model.prm");
    let source = pam_prm(&project.compile().0.checked().unwrap());
    assert!(
        source.contains("\n\n// Here, `use` the package of house, once it has a name that is an id.\n\nmodel "),
        "{source}"
    );
}

#[test]
fn outcomes_without_a_practice_get_drafts_in_the_block_of_their_process() {
    let file = format!(
        "{HEAD}extend process K.1 {{\n    practice BP01 \"Mine.\" achieves 1, 3 // my way\n  }} // end\nomit K.2, K.3 because \"No.\"\n"
    );
    insta::assert_snapshot!(settled(BASE, &file), @r#"
    use house
    model house-pam "House assessment" extends house
    extend process K.1 {
        practice BP01 "Mine." achieves 1, 3 // my way
        // outcome 2 says: Losses are reported.
        practice BP2 "Report losses." achieves 2 { note "draft" }
      } // end
    omit K.2, K.3 because "No."
    "#);
}

#[test]
fn files_beside_count() {
    let beside = format!(
        "{HEAD}extend process K.1 {{ practice A \"All.\" achieves 1, 2, K.1.3 }}\nomit K.2.2 because \"No.\"\n"
    );
    let written = over(BASE, "", &[&beside]).unwrap();
    assert!(!written.contains("model") && !written.contains("K.1") && !written.contains("Count"), "{written}");
    assert!(
        written.contains(
            "extend process K.2 {\n  // outcome 1 says: Keys are cut.\n  practice BP1 \"Cut keys.\" achieves 1"
        ),
        "{written}"
    );
    assert_eq!(over(BASE, &written, &[&beside]).as_deref(), Some(written.as_str()));
}

#[test]
fn what_is_lost_is_marked() {
    let file = format!(
        r#"{HEAD}extend process K.1 {{
  practice A "All." achieves 1, /* why */ 2, 3 // together
  practice B "None."
    achieves K.1.3
    consumes list
  practice C "None either." achieves 3
  practice D "More." {{ note "x" }} practice E "Same line." achieves 3, // third
    /* first */ 1 produces list
}}
extend process K.3 {{ practice A """
    Oil.
    """ achieves 1 // one

}} item list "List" kind register
"#
    );
    insta::assert_snapshot!(settled(&reduced(), &file), @r##"
    use house
    model house-pam "House assessment" extends house
    extend process K.1 {
      // lost: achieves 3; K.1 of house has no such outcome any more
      practice A "All." achieves 1, 2 /* why */  // together
      // lost: achieves K.1.3; K.1 of house has no such outcome any more
      practice B "None."
        consumes list
      // lost: achieves 3; K.1 of house has no such outcome any more
      practice C "None either."
      practice D "More." { note "x" } /* lost: achieves 3; K.1 of house has no such outcome any more */ practice E "Same line." achieves 1 // third
    /* first */  produces list
    }
    // lost: house has no process K.3 any more; what was written for it:
    // extend process K.3 { practice A """
    //     Oil.
    //     """ achieves 1 // one
    //
    // }
     item list "List" kind register

    extend process K.2 {
      // outcome 1 says: Keys are cut.
      practice BP1 "Cut keys." achieves 1 { note "draft" }
      // outcome 2 says: Copies are counted.
      practice BP2 "Count copies." achieves 2 { note "draft" }
      // outcome 3 says: Blanks are kept.
      practice BP3 "Keep blanks." achieves 3 { note "draft" }
    }
    "##);
}

#[test]
fn former_ids_are_brought_up_to_date() {
    let renamed = BASE.replace("process K.1 \"Key custody\" {", "process C.1 \"Key custody\" {\n  formerly K.1");
    let file = format!("{HEAD}extend process K.1 {{\n  practice A \"All.\" achieves 1, K.1.2 // so\n}}\n");
    let written = settled(&renamed, &file);
    assert!(written.contains("extend process C.1 {\n  practice A \"All.\" achieves 1, C.1.2 // so\n"), "{written}");
    // Where its practices are there already, the former block is kept as a comment.
    let twice = format!("{file}extend process C.1 {{ practice A \"Other.\" achieves 1 }}\n");
    assert!(settled(&renamed, &twice).contains("// extend process K.1 {\n//   practice A"));
}

#[test]
fn practices_of_a_reworded_outcome_are_marked() {
    let file = settled(BASE, HEAD);
    assert!(file.contains("  // outcome 1 says: Keys are cut.\n  practice BP1 \"Cut keys.\""), "{file}");
    // Whatever its authors have made of the practice, the comment remembers what it was made from.
    let file = file.replace("\"Cut keys.\" achieves 1 { note \"draft\" }", "\"Cutting\" \"Have keys cut.\" achieves 1");
    let base = BASE
        .replace("Keys are cut.", "Keys are cut by two.")
        .replace("process K.2 \"", "process C.2 \"")
        .replace("  outcome 1 \"Keys are cut by two.", "  formerly K.2\n  outcome 1 \"Keys are cut by two.");
    let written = settled(&base, &file);
    let marked = "extend process C.2 {\n  // reworded: outcome 1 said: Keys are cut.\n  // outcome 1 says: Keys are cut by two.\n  practice BP1 \"Cutting\"";
    assert!(written.contains(marked), "{written}");
    assert_eq!(written.matches("reworded").count(), 1, "{written}");
}

#[test]
fn ids_of_a_renamed_process_are_taken() {
    let renamed = BASE.replace("process K.1 \"Key custody\" {", "process C.1 \"Key custody\" {\n  formerly K.1");
    let file = format!(
        "{HEAD}extend process K.1 {{\n  practice BP1 \"Mine.\" achieves 1\n  practice BP3 \"Too.\" achieves 2\n}}\n"
    );
    let written = settled(&renamed, &file);
    assert!(written.contains("  practice BP2 \"Change locks.\" achieves 3 { note \"draft\" }\n"), "{written}");
}

#[test]
fn other_bases_are_left_alone() {
    let file = "use house\nuse other\nmodel both \"Both\" extends house, other\nextend process Z.1 { practice A \"Z.\" achieves 9 }\n";
    assert!(over(BASE, file, &[]).unwrap().starts_with(file));
}

#[test]
fn other_files_are_not_written_over() {
    for file in [BASE, "model other \"Other\" extends another\n", "term \"key\" \"A secret.\"\n"] {
        assert_eq!(over(BASE, file, &[]), None, "{file}");
    }
}

/// A practice as an author may write it, and the outcomes that it achieves.
fn practice() -> impl Strategy<Value = (String, Vec<u32>)> {
    let spot = || prop_oneof![Just(" "), Just("   "), Just("\n    "), Just(" // é, \"x\"\n   "), Just(" /* a\n b */ ")];
    let comma = prop_oneof![Just(", "), Just(","), Just(",\n      "), Just(" /* c */, // d\n      ")];
    let texts = prop_oneof![
        Just("\"Do it.\""),
        Just("\"Name }\" \"Text { achieves 9\""),
        Just("\"\"\"\n      Lines // of\n\n      text\n      \"\"\""),
    ];
    let tail = prop_oneof![
        Just(""),
        Just(" // tail"),
        Just(" { note \"draft\" }"),
        Just(" {\n    note \"odd   note\"\n    }"),
        Just("\n    produces list"),
    ];
    let outcomes = proptest::sample::subsequence(vec![1, 2, 3], 0..=3).prop_shuffle();
    (spot(), spot(), spot(), comma, texts, tail, outcomes).prop_map(|(one, two, three, comma, text, tail, outcomes)| {
        let list = outcomes.iter().map(u32::to_string).collect::<Vec<_>>().join(comma);
        let achieves = if list.is_empty() { String::new() } else { format!("{two}achieves{three}{list}") };
        // What goes on behind a line of its own would end the statement.
        let one = if one.contains('\n') { " " } else { one };
        let three = achieves.replace("achieves\n", "achieves ").replace("achieves //", "achieves /*x*/ //");
        (format!("practice ID{one}{text}{three}{tail}"), outcomes)
    })
}

/// A file as authors may leave it: its text, and its practices with their processes.
fn file() -> impl Strategy<Value = (String, Vec<(u32, String, Vec<u32>)>)> {
    let layout = prop_oneof![Just(("{\n  ", "\n  ", "\n}\n")), Just(("{ // opens\n", "\n\n\t", " // closes\n  }\n"))];
    let block = (1..=3u32, layout, proptest::collection::vec(practice(), 0..4));
    let between =
        prop_oneof![Just("\n"), Just("// between\n"), Just("/* two\nlines */\n"), Just("item i \"I\" kind plan\n")];
    let parts = proptest::collection::vec((block, between), 0..4);
    (parts, any::<bool>()).prop_map(|(parts, is_windows)| {
        let mut text = format!("{HEAD}item list \"List\" kind register\n");
        let (mut all, mut has_item) = (Vec::new(), false);
        for ((process, (open, gap, close), practices), between) in parts {
            let mut written = Vec::new();
            for (practice, outcomes) in practices {
                let practice = practice.replace("ID", &format!("P{}", all.len()));
                let practice = if is_windows { practice.replace('\n', "\r\n") } else { practice };
                all.push((process, practice.clone(), outcomes));
                written.push(practice);
            }
            text.push_str(&format!("extend process K.{process} {open}{}{close}", written.join(gap)));
            if !between.starts_with("item") || !std::mem::replace(&mut has_item, true) {
                text.push_str(between);
            }
        }
        (if is_windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }, all)
    })
}

proptest! {
    #![proptest_config(random::cases(150))]

    #[test]
    fn what_authors_wrote_stays_to_the_letter((text, practices) in file()) {
        prop_assume!(is_sound(&text));
        let written = settled(BASE, &text);
        for (_, practice, _) in &practices {
            prop_assert!(written.contains(practice.as_str()), "{}\n{}", practice, written);
        }
        // Without what was added, it is the file again.
        let kept: Vec<&str> = text.lines().collect();
        let mut lines = written.lines();
        for line in kept {
            prop_assert!(lines.any(|other| other == line), "{:?}\n{}", line, written);
        }
    }

    #[test]
    fn what_is_lost_costs_nothing_else((text, practices) in file()) {
        prop_assume!(is_sound(&text));
        let written = settled(&reduced(), &text);
        let bare: String = written.lines().map(|line| format!("{}\n", line.strip_prefix("// ").or_else(|| line.strip_prefix("//")).unwrap_or(line))).collect();
        for (process, practice, outcomes) in &practices {
            let is_touched = *process == 1 && outcomes.contains(&3);
            let practice = practice.replace('\r', "");
            prop_assert!(is_touched || bare.contains(practice.as_str()) || written.replace('\r', "").contains(&practice), "{}\n{}", practice, written);
            // Of a practice that lost something, all the words are there.
            let id: String = practice.chars().take_while(|c| *c != '"').collect();
            prop_assert!(bare.contains(id.trim_end()), "{}\n{}", id, written);
        }
    }
}

/// Whether a file is one that its authors could have: it compiles with the model that it was made for.
fn is_sound(text: &str) -> bool {
    let mut sources = prm::source::Sources::default();
    let file = sources.add("", "pam.prm", text.to_owned());
    parse(file, text).1.is_empty()
}
