//! What `prm why` says that cases do not show: what is nearest to meeting a requirement.

use std::path::Path;

use prm::emit::why;
use prm::model::RequirementId;

use crate::support::Project;

#[test]
fn what_is_nearest_is_told_and_nothing_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/coverage/near-misses.prm");
    let compiled = Project::read(&path).compile();
    let (checked, program) = (compiled.0.checked().unwrap(), &compiled.0.program);
    let mut told = String::new();
    for id in (0..).map(RequirementId).take(program.requirements.len()) {
        if let Some((_, nearest)) = why::requirement(&checked, id).split_once("nearest to it:\n") {
            let words = nearest.lines().map(|line| line.trim_matches(|letter: char| " ├─└│".contains(letter)));
            told.push_str(&format!("{}: {}\n", program.full_id(id), words.collect::<Vec<_>>().join("; ")));
        }
    }
    insta::assert_snapshot!(told);
}

const WORDS: &str = r#"
catalog k "Rules" { requirement R1 "Keys" }
catalog l "Old rules" { requirement O1 "Keys" }
crosswalk lk "Old to new" from l to k { O1 equals R1 }
crosswalk kl "New to old" from k to l { R1 equals O1 }
framework scale "Capability" {
  scale {
    rating N "Not" 0 50
    rating F "Fully" 50 100
  }
  level 1 "Done" {
    attribute PA.1 "Results" {
      achievement a "Outcomes are there."
      achievement b "Outcomes stay there."
      practice GP.1 "Bring outcomes about." achieves a
    }
  }
}
model keys "Keys" {
  covers k through lk
  measured by scale
  owner "The guild"
}
field owner "Owner" on process required
field owner "Owner" on model
field due "Due" on item
term "lamp" "A light." { also "light" }
process K.1 "Key custody" {
  owner "Smith"
  outcome 1 "Keys are kept." satisfies O1
}
"#;

/// Whatever a word names that stands in a model or is seen by it, with what rests on it.
#[test]
fn every_word_that_is_declared_is_known() {
    let compiled = Project::text(WORDS).compile();
    let checked = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let told = |word: &str| why::others(&checked, word).unwrap_or_else(|| panic!("nothing is told of {word}"));
    for (word, expected) in [
        ("keys", &["model keys “Keys”", "covers k through lk", "is measured by scale"] as &[&str]),
        ("k", &["catalog k “Rules”", "keys covers it"]),
        ("l", &["catalog l “Old rules”", "the model does not cover it"]),
        ("lk", &["crosswalk lk “Old to new”", "from l to k", "lines: 1; new: 0; withdrawn: 0", "in force, named at"]),
        ("kl", &["not in force"]),
        (
            "scale",
            &["framework scale “Capability”", "measures the model", "level 1 “Done”", "attribute PA.1 “Results”"],
        ),
        (
            "PA.1",
            &["achievement a “Outcomes are there.”", "is achieved by GP.1 “Bring outcomes about.”", "achievement b"],
        ),
        ("PA.1.b", &["attribute PA.1 “Results”", "achievement b “Outcomes stay there.”"]),
        ("GP.1", &["generic practice GP.1", "of the attribute PA.1 “Results” in the framework scale", "achieves a"]),
        ("owner", &["on process, required", "K.1: “Smith”", "on model", "keys: “The guild”"]),
        ("due", &["field due “Due”", "on item", "nothing states it"]),
        ("lamp", &["term “lamp”", "“A light.”", "also “light”"]),
        ("LIGHT", &["term “lamp”"]),
    ] {
        let told = told(word);
        for words in expected {
            assert!(told.contains(words), "{word}, {words}:\n{told}");
        }
    }
    assert!(!told("PA.1.b").contains("achievement a"));
    for word in ["PA.1.c", "PA", "PA.1.", "a", "nothing", ""] {
        assert_eq!(why::others(&checked, word), None, "{word}");
    }
}
