//! Annexes A and B of a document: what each requirement is met by, and how the model stands to ISO/IEC 33004.

use prm::emit::markdown;

use crate::support::Project;

/// An annex of the document of a model.
fn annex(text: &str, letter: char) -> String {
    let compiled = Project::text(text).compile();
    let document = markdown::markdown(&compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines())), false);
    let from = document.find(&format!("## Annex {letter}")).unwrap();
    let rest = &document[from..];
    let end = rest[3..].find("\n## ").map_or(rest.len(), |end| end + 3);
    rest[..end].trim_end().to_owned()
}

const RULES: &str = r#"
catalog old "Rules of last year" {
  control O1 "Keys"
  control O2 "Doors"
}
catalog now "Rules of this year" {
  control T1 "Under no clause"
  clause 1 "Keys" {
    requirement 1.1 "The whole" "Keys are in known hands." {
      requirement 1.1.a "Listed"
      requirement 1.1.b "Counted"
    }
    requirement 1.2 "Parts" {
      requirement 1.2.a "Given out"
      requirement 1.2.b "Taken back"
    }
    requirement 1.3 "A part" {
      requirement 1.3.a "Lost"
      requirement 1.3.b "Found"
    }
    clause 1.4 "Inner heading" {
      control 1.4.1 "Together"
      control 1.4.2 "Carried over"
      control 1.4.3 "Carried over by many"
      control 1.4.4 "Tied"
    }
    clause 1.5 "Heading of nothing"
  }
  clause 2 "Left out" {
    control 2.1 "With its clause"
    control 2.2 "With its clause and its parts" {
      requirement 2.2.a "Part"
    }
  }
  clause 3 "Not asked for" {
    control 3.1 "Not listed"
  }
  control T2 "Left out by itself"
}
catalog more "Rules of a guild" {
  clause G "Guild" {
    control G.1 "One"
  }
  clause H "House" {
    control H.1 "Two"
  }
}
crosswalk old-now "Last year to this" from old to now {
  O1 equals 1.4.2
  O1 equals 1.4.3
  O2 equals 1.4.3
  O1, O2 equals 1.4.3
  O2, O1 equals 1.4.3
  O1 intersects 1.4.4
}
crosswalk old-more "Last year to the guild" from old to more {
  O1 equals H.1
}
model house "House model" {
  covers now:1 through old-now
  covers now:2
  covers more:G
  exclude 2 because "Nobody visits."
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed." satisfies 1.1, 1.2.a, O1
  outcome 2 "Doors are locked." satisfies 1.2.b, O2
  outcome 3 "Locks are checked." satisfies 1.4.1 together with K.1.2
  outcome 4 "Losses are known." partly satisfies 1.3.a
}
"#;

#[test]
fn annex_a_tells_what_each_requirement_is_met_by() {
    insta::assert_snapshot!(annex(RULES, 'A'));
}

#[test]
fn annex_a_lists_what_stands_under_no_clause() {
    let text = RULES.replace("covers now:1", "covers now").replace("exclude 2 ", "exclude 2, T2 ");
    let annex = annex(&text, 'A');
    let lines: Vec<&str> =
        annex.lines().filter(|line| line.contains("T1") || line.contains("T2") || line.starts_with('#')).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

const CONFORMITY: &str = r#"
catalog iso33004 "What a model must state" {
  clause 5 "Models" {
    requirement 5.3 "Content" {
      requirement 5.3.1 "Statements" {
        requirement 5.3.1.domain "Domain"
        requirement 5.3.1.relations "Relations" { label "5.3.1 c)" }
      }
      requirement 5.3.10 "Begins alike"
    }
    requirement 5.31 "Begins alike"
    requirement 5.4 "Descriptions" {
      requirement 5.4.sufficient "Sufficient"
      requirement 5.4.suf "Begins another's id"
    }
    requirement 5.6 "None of the annex's"
  }
}
catalog own "Rules of the house" {
  requirement 5.4 "Ours"
}
model house "House model" {
  context   "For one house."
  community "Those who live in it."
  conforms 5.3.1 "The house is the domain."
  conforms 5.3.10 "Said of what begins alike."
  conforms 5.31 "Said of what begins alike, too."
  conforms 5.6 "Said of what the annex does not list."
  conforms 5.4.suf "Said of what begins another's id."
  conforms own:5.4 "Said of rules of our own."
  conforms 5.4.sufficient "Judged by those who live in it."
  covers own
}
process K.1 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are listed."
  outcome 2 "Doors are locked." satisfies own:5.4
  supports K.2
}
process K.2 "Keys" {
  purpose "The purpose of the keys process is to keep keys in known hands."
  outcome 1 "Keys are counted."
}
"#;

#[test]
fn annex_b_says_how_each_clause_is_met() {
    insta::assert_snapshot!(annex(CONFORMITY, 'B'));
}
