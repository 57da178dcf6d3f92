//! Judgements of links: what makes a link suspect, what does not, and that the lock file keeps what it is told.

use std::process::Command;

use prm::model::natural_order;
use prm::package::lock::{self, Claim, Fingerprint, Judgement, Lock, Mark};
use prm::review::{self, Change, Review, State, reference};
use proptest::prelude::*;

use crate::random;
use crate::support::{Compiled, Project};

const BASE: &str = r#"
catalog house-1 "Old rules" {
  requirement R1 "Custody" "Keys are in known hands."
  requirement R2 "Loss" "A lost key is replaced." {
    requirement R2.a "Report" "Its loss is reported."
    requirement R2.b "Lock" "Its lock is changed."
  }
}
catalog house-2 "New rules" {
  requirement N1 "Custody" "Every key has a holder."
}
crosswalk old-new "From old to new" from house-1 to house-2 {
  R1 equals N1
}
model keys "Keys" { covers house-2 through old-new }
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys in safe hands."
  outcome 1 "Holders of keys are known."
    satisfies R1
  outcome 2 "Lost keys are replaced."
    satisfies R2 together with K.1.3
  outcome 3 "Locks are changed."
}
"#;

const LAYER: &str = r#"
use keys
model acme "Acme" extends keys
extend process K.1 {
  outcome acme-1 "Holders of keys are listed." satisfies house-1:R1
  replace outcome 2 "Lost keys are replaced in a day." because "Service level."
    satisfies R2 together with K.1.3
}
"#;

fn project(base: &str, layer: &str) -> Project {
    Project::new()
        .with("base/prm.toml", "[package]\nname = \"keys\"\n")
        .with("base/keys.prm", base)
        .with("prm.toml", "[package]\nname = \"acme\"\n[dependencies]\nkeys = { path = \"base\" }\n")
        .with("acme.prm", layer)
}

fn review_of(compiled: &Compiled, lock: &Lock) -> Review {
    review::review(&compiled.0.program, &compiled.0.sources, lock)
}

/// The lock after everything was accepted, as it is read back from its file.
fn accepted(project: &Project) -> Lock {
    let compiled = project.compile();
    assert!(compiled.0.checked().is_some(), "{}", compiled.lines());
    let text = lock::write(&review_of(&compiled, &Lock::default()).accept(|_| true, "First review."));
    let again = project.clone().with("prm.lock", text).compile();
    again.0.locked.lock.unwrap()
}

/// The suspect links, each with the texts that have changed.
fn suspects(project: &Project, lock: &Lock) -> Vec<String> {
    let review = review_of(&project.compile(), lock);
    assert!(review.vanished.is_empty(), "{:?}", review.vanished);
    let suspects = review.links.iter().filter(|link| link.state() == State::Suspect);
    suspects
        .map(|link| {
            let ids: Vec<&str> = link.changes.iter().filter_map(Change::id).collect();
            format!("{}: {}", link.claim, ids.join(" "))
        })
        .collect()
}

#[test]
fn a_changed_text_reaches_every_link_that_rests_on_it() {
    let lock = accepted(&project(BASE, LAYER));
    let joint = "K.1.2 satisfies house-1:R2 together with K.1.3";
    let rows: [(&str, &str, &[&str]); 8] = [
        // Through the layer, and through the crosswalk.
        (
            "Keys are in known hands.",
            "Keys are in named hands.",
            &[
                "K.1.1 satisfies house-1:R1: house-1:R1",
                "K.1.acme-1 satisfies house-1:R1: house-1:R1",
                "house-1:R1 equals house-2:N1: house-1:R1",
            ],
        ),
        ("Every key has a holder.", "Every key has one.", &["house-1:R1 equals house-2:N1: house-2:N1"]),
        ("Holders of keys are known.", "Holders are known.", &["K.1.1 satisfies house-1:R1: K.1.1"]),
        // The title of a requirement is a part of what it says.
        ("\"Loss\"", "\"Loss of keys\"", &["K.1.2 satisfies house-1:R2 together with K.1.3: house-1:R2"]),
        // A link to a whole rests on its parts, and one of a joint set on its partners.
        ("Its lock is changed.", "Its lock and keys are.", &[&format!("{joint}: house-1:R2.b")]),
        ("requirement R2.b", "requirement R2.c", &[&format!("{joint}: house-1:R2.c house-1:R2.b")]),
        ("Locks are changed.", "Locks are new.", &[&format!("{joint}: K.1.3")]),
        // Who replaced an outcome judged the wording that was there.
        ("Lost keys are replaced.", "Lost keys are found.", &[&format!("{joint}: keys:K.1.2")]),
    ];
    for (old, new, expected) in rows {
        let base = BASE.replace(old, new);
        assert_ne!(base, BASE);
        let found = suspects(&project(&base, LAYER), &lock);
        match old {
            // A part under another id with the same text is the same text.
            "requirement R2.b" => assert_eq!(found, Vec::<String>::new()),
            _ => assert_eq!(found, expected, "{new}"),
        }
    }
}

#[test]
fn layout_comments_order_and_reasons_change_nothing() {
    let lock = accepted(&project(BASE, LAYER));
    for (old, new) in [
        ("\"Keys are in known hands.\"", "\"\"\"\n    Keys are in\n      known hands.\n    \"\"\""),
        ("satisfies R1", "// looked at\n    satisfies R1 because \"It says so.\""),
        ("R1 equals N1", "  R1   equals N1 because \"The same words.\""),
        ("catalog house-1 \"Old rules\"", "catalog house-1 \"Very old rules\""),
        ("process K.1 \"Key custody\"", "process K.1 \"Custody of keys\""),
    ] {
        let base = BASE.replace(old, new);
        assert_ne!(base, BASE);
        assert_eq!(suspects(&project(&base, LAYER), &lock), Vec::<String>::new(), "{new}");
    }
}

#[test]
fn judgements_follow_texts_and_former_ids() {
    let lock = accepted(&project(BASE, LAYER));
    // An outcome is put before the others: all numbers move on.
    let shifted = BASE
        .replace("outcome 3", "outcome 4")
        .replace("outcome 2", "outcome 3")
        .replace("outcome 1 ", "outcome 1 \"Keys are counted.\" satisfies R1\n  outcome 2 ")
        .replace("K.1.3", "K.1.4");
    let layer = LAYER.replace("outcome 2", "outcome 3").replace("K.1.3", "K.1.4");
    let review = review_of(&project(&shifted, &layer).compile(), &lock);
    let open: Vec<String> = review
        .links
        .iter()
        .filter(|link| link.is_open())
        .map(|link| format!("{} {}", link.state().word(), link.claim))
        .collect();
    assert_eq!(open, ["new K.1.1 satisfies house-1:R1"]);
    assert!(review.vanished.is_empty());
    // A process has another id and another wording: the former id tells which judgement it had.
    let renamed = BASE.replace("K.1", "KEY.7").replace("are known.", "are named.");
    let layer = LAYER.replace("K.1", "KEY.7");
    let review = review_of(&project(&renamed, &layer).compile(), &lock);
    assert_eq!((review.count(State::New), review.vanished.len()), (1, 1));
    let renamed = renamed.replace("  purpose", "  formerly K.1\n  purpose");
    let found = suspects(&project(&renamed, &layer), &lock);
    assert_eq!(found, ["KEY.7.1 satisfies house-1:R1: KEY.7.1"]);
}

#[test]
fn a_layer_between_shows_where_the_wording_above_stayed() {
    // The layer replaces what the base says; then the base says it otherwise, and so does the layer.
    let lock = accepted(&project(BASE, LAYER));
    let base = BASE.replace("Lost keys are replaced.", "Lost keys are found.");
    let layer = LAYER.replace("replaced in a day", "replaced in an hour");
    let found = suspects(&project(&base, &layer), &lock);
    assert_eq!(found, ["K.1.2 satisfies house-1:R2 together with K.1.3: K.1.2"]);
    // The first replacement of an outcome is a change of the outcome alone.
    let plain = LAYER.replace("replace outcome 2", "replace outcome 1").replace("R2 together with K.1.3", "R1");
    let found =
        suspects(&project(BASE, &plain), &accepted(&project(BASE, "use keys\nmodel acme \"Acme\" extends keys")));
    assert_eq!(found, ["K.1.1 satisfies house-1:R1: K.1.1"]);
}

/// Above a layer that replaced an outcome, one that adds to it, and one that replaces it again.
#[test]
fn a_judgement_rests_on_the_wording_that_was_replaced_last() {
    let top = |base: &str, layer: &str, deed: &str| {
        project(base, layer)
            .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nacme = { path = \"..\" }\n")
            .with("top/top.prm", format!("use acme\nmodel top \"Top\" extends acme\nextend process K.1 {{ {deed} }}\n"))
            .at("top")
    };
    let (base, layer) =
        (BASE.replace("Lost keys are replaced.", "Lost keys are found."), LAYER.replace("a day", "a week"));
    for (deed, base, layer, changed) in [
        ("extend outcome 2 { note \"At once.\" }", base.as_str(), LAYER, "keys:K.1.2"),
        (
            "replace outcome 2 \"Lost keys are made.\" because \"So.\" satisfies house-1:R2 together with K.1.3",
            BASE,
            layer.as_str(),
            "acme:K.1.2",
        ),
    ] {
        let before = top(BASE, LAYER, deed).compile();
        assert!(before.0.checked().is_some(), "{}", before.lines());
        let lock = review_of(&before, &Lock::default()).accept(|_| true, "First review.");
        let found = suspects(&top(base, layer, deed), &lock);
        assert_eq!(found, [format!("K.1.2 satisfies house-1:R2 together with K.1.3: {changed}")]);
    }
}

#[test]
fn what_is_not_accepted_stays_as_it_was() {
    let before = project(BASE, LAYER);
    let lock = accepted(&before);
    let after = project(&BASE.replace("known hands", "safe hands"), LAYER);
    let review = review_of(&after.compile(), &lock);
    let only = review.accept(|claim| reference::means("K.1.1/R1", claim), "Known is safe.");
    let changed: Vec<&Judgement> = only.judgements.iter().filter(|one| !lock.judgements.contains(one)).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].because, "Known is safe.");
    assert_eq!(suspects(&after, &only).len(), 2);
    // Both wordings are kept as long as a judgement rests on them.
    assert_eq!(only.texts.keys().filter(|mark| mark.id == "house-1:R1").count(), 2);
    let all = review_of(&after.compile(), &only).accept(|_| true, "Read again.");
    assert_eq!(all.texts.keys().filter(|mark| mark.id == "house-1:R1").count(), 1);
    assert_eq!(suspects(&after, &all), Vec::<String>::new());
    // Nothing open: nothing changes, and the bytes are the same.
    let again = review_of(&after.compile(), &all).accept(|_| true, "Once more.");
    assert_eq!(lock::write(&again), lock::write(&all));
}

#[test]
fn a_judgement_without_its_link_is_forgotten_when_told() {
    let lock = accepted(&project(BASE, LAYER));
    let layer = LAYER.replace(" satisfies house-1:R1", "");
    let review = review_of(&project(BASE, &layer).compile(), &lock);
    assert_eq!(review.vanished.len(), 1);
    assert!(!review.is_settled());
    assert_eq!(review.accept(|_| false, "No."), lock);
    let lock = review.accept(|claim| reference::means("K.1", claim), "The list is gone.");
    assert!(review_of(&project(BASE, &layer).compile(), &lock).is_settled());
}

#[test]
fn references_name_links() {
    let review = review_of(&project(BASE, LAYER).compile(), &Lock::default());
    let named = |wanted: &str| {
        let links = review.links.iter().filter(|link| reference::means(wanted, &link.claim));
        (review.settle(wanted).is_ok(), links.count())
    };
    for (wanted, count) in [
        ("K.1", 3),
        ("K.1.3", 1),
        ("R1", 3),
        ("house-2:N1", 1),
        ("R2.b", 1),
        ("old-new", 1),
        ("K.1/R1", 2),
        ("K.1.1/R1", 1),
    ] {
        assert_eq!(named(wanted), (true, count), "{wanted}");
    }
    for wanted in ["", "K", "R9", "K.1.1/N1", "/", "K.1.1/R1/R1"] {
        assert_eq!(named(wanted), (false, 0), "{wanted}");
    }
}

#[test]
fn the_command_keeps_judgements() {
    let place = tempfile::tempdir().unwrap();
    let prm = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(&place).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (run.status.code().unwrap(), text(run.stdout) + &text(run.stderr))
    };
    let write = |path: &str, text: &str| std::fs::write(place.path().join(path), text).unwrap();
    let read = |path: &str| std::fs::read_to_string(place.path().join(path)).unwrap_or_default();
    write("keys.prm", BASE);
    let because = ["--because", "Read with the key holders."];
    assert_eq!(prm(&["review", "keys.prm"]).0, 0);
    assert_eq!(prm(&["review", "keys.prm", "--deny", "warnings"]).0, 1);
    assert_eq!(prm(&["review", "keys.prm", "--accept-all"]).0, 2);
    assert_eq!(prm(&["review", "keys.prm", "--accept-all", "--because", " . "]).0, 2);
    assert_eq!(prm(&["review", "keys.prm", because[0], because[1]]).0, 2);
    assert_eq!(prm(&["review", "keys.prm", "--accept", "K.9", because[0], because[1]]).0, 2);
    let (code, shown) = prm(&["review", "--accept", "K.1", "keys.prm", because[0], because[1]]);
    assert!(code == 2 && !shown.is_empty(), "{shown}");
    assert_eq!(read("keys.prm.lock"), "");
    let (code, shown) = prm(&["review", "keys.prm", "--accept-all", because[0], because[1]]);
    assert_eq!(code, 0);
    assert!(
        shown.ends_with("accepted 3 links; wrote `keys.prm.lock`\n3 links: 3 judged, 0 suspect, 0 new\n"),
        "{shown}"
    );
    let lock = read("keys.prm.lock");
    assert_eq!(prm(&["check", "keys.prm", "--message-format", "short"]).1.matches("P720").count(), 0);

    write("keys.prm", &BASE.replace("known hands", "safe hands"));
    assert_eq!(prm(&["check", "keys.prm", "--message-format", "short"]).1.matches("P720").count(), 2);
    let (code, shown) = prm(&["review", "keys.prm"]);
    assert_eq!(code, 0);
    let result = shown.split("warning[").next().unwrap().trim_end();
    insta::assert_snapshot!(result);
    assert!(!shown.contains("P720"), "{shown}");
    assert_eq!(prm(&["review", "keys.prm", "--deny", "warnings"]).0, 1);
    let json: serde_json::Value =
        serde_json::from_str(prm(&["review", "keys.prm", "--format", "json"]).1.split("warning").next().unwrap())
            .unwrap();
    assert_eq!(json["summary"]["suspect"], 2);
    assert_eq!(json["links"][0]["changes"][0]["old"], "Custody: Keys are in known hands.");

    // A broken lock file is an error, and is left alone.
    write("keys.prm.lock", &lock.replace("known hands", "other hands"));
    let (code, shown) = prm(&["review", "keys.prm", "--accept-all", because[0], because[1]]);
    assert!(code == 1 && shown.contains("P023"), "{shown}");
    assert_eq!(read("keys.prm.lock"), lock.replace("known hands", "other hands"));
    // A broken model, too, leaves it alone.
    write("keys.prm.lock", &lock);
    write("keys.prm", &BASE.replace("satisfies R1", "satisfies R99"));
    assert_eq!(prm(&["review", "keys.prm", "--accept-all", because[0], because[1]]).0, 1);
    assert_eq!(read("keys.prm.lock"), lock);
    assert_eq!(place.path().read_dir().unwrap().count(), 2, "something was left behind");
}

fn mark() -> impl Strategy<Value = Mark> {
    let fingerprint =
        proptest::option::weighted(0.9, "[ -~é“]{0,12}").prop_map(|text| text.as_deref().map(Fingerprint::of));
    ("[A-Z]\\.[1-9][0-9]?", fingerprint).prop_map(|(id, fingerprint)| Mark { id, fingerprint })
}

fn marks(least: usize) -> impl Strategy<Value = Vec<Mark>> {
    proptest::collection::vec(mark(), least..4)
}

fn judgement() -> impl Strategy<Value = Judgement> {
    let link = (prop_oneof![Just("satisfies"), Just("partly satisfies")], marks(1), mark(), marks(0), marks(0))
        .prop_map(|(relation, left, right, parts, replaces)| Claim {
            crosswalk: None,
            relation: relation.to_owned(),
            left,
            right: vec![right],
            parts,
            replaces,
        });
    let line = ("[a-z]{1,3}", "[a-z ]{1,9}", marks(1), marks(1), marks(0)).prop_map(
        |(crosswalk, relation, left, right, parts)| Claim {
            crosswalk: Some(crosswalk),
            relation,
            left,
            right,
            parts,
            replaces: Vec::new(),
        },
    );
    (prop_oneof![link, line], "[a-z]\\PC{0,20}").prop_map(|(claim, because)| Judgement { claim, because })
}

proptest! {
    #![proptest_config(random::cases(64))]

    /// What is written is read back, whatever the texts hold.
    #[test]
    fn a_lock_file_says_what_it_was_told(
        judgements in proptest::collection::vec(judgement(), 0..8),
        texts in proptest::collection::vec(("[A-Z][1-9]", "\\PC{0,30}"), 0..6),
    ) {
        let mut judgements = judgements;
        judgements.sort_by_key(|judgement| judgement.claim.crosswalk.is_some());
        let mut known = std::collections::BTreeSet::new();
        judgements.retain(|one| known.insert((one.claim.crosswalk.clone(), one.claim.to_string())));
        let texts = texts.into_iter().map(|(id, text)| {
            (Mark { id, fingerprint: Some(Fingerprint::of(&text)) }, text)
        });
        let lock = Lock { judgements, texts: texts.collect() };
        let text = lock::write(&lock);
        let compiled = Project::text("").with("main.prm.lock", text.clone()).compile();
        prop_assert_eq!(compiled.lines(), "", "{}", text);
        prop_assert_eq!(compiled.0.locked.lock.unwrap(), lock);
    }

    /// However a lock file is cut or changed, it is read, or complained of in its place.
    #[test]
    fn a_damaged_lock_file_is_no_disaster(at in 0usize..2000, with in "[ -~\n]{0,3}") {
        let mut text = lock::write(&accepted(&project(BASE, LAYER)));
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let cut = boundary(at)..boundary(at + with.len()).max(boundary(at));
        text.replace_range(cut, &with);
        let compiled = project(BASE, LAYER).with("prm.lock", text).compile();
        let found = compiled.codes().contains("P023");
        prop_assert!(found == compiled.0.locked.lock.is_none());
    }
}

#[test]
fn entries_stand_in_the_order_of_their_ids() {
    let lock = accepted(&project(BASE, LAYER));
    let outcomes: Vec<&str> = lock
        .judgements
        .iter()
        .filter(|one| one.claim.crosswalk.is_none())
        .map(|one| one.claim.left[0].id.as_str())
        .collect();
    assert!(outcomes.is_sorted_by(|a, b| natural_order(a, b).is_le()), "{outcomes:?}");
}

#[test]
fn the_fingerprint_is_the_hash_that_the_header_names() {
    // printf %s 'Keys are in known hands.' | sha256sum | cut -c1-16
    assert_eq!(Fingerprint::of("Keys are in known hands.").to_string(), "7b7b77455d8a73ed");
    assert_eq!(lock::normal(" Keys  are\n in\tknown hands. "), "Keys are in known hands.");
}

const KEYS: &str = "model m \"M\" { covers k }\ncatalog k \"K\" { requirement r \"Keys\" }\n\
    process X \"Key custody\" { outcome 1 \"Keys are kept.\" satisfies r\n outcome 2 \"Keys are found.\" satisfies r }\n";

/// Two texts with one fingerprint cannot be found in a test; a lock file that has another text for it can be made.
#[test]
fn a_text_is_compared_and_not_its_fingerprint_alone() {
    let files = prm::Memory([("m.prm".to_owned(), KEYS.into())].into());
    let compiled = prm::compile(&files, "m.prm");
    let now = |lock: &Lock| review::review(&compiled.program, &compiled.sources, lock);
    let states = |review: &Review| review.links.iter().map(review::Reviewed::state).collect::<Vec<_>>();
    let mut lock = now(&Lock::default()).accept(|_| true, "so");
    assert_eq!(states(&now(&lock)), [State::Judged, State::Judged]);
    let outcome = lock.texts.iter_mut().find(|(mark, _)| mark.id == "X.1").unwrap();
    *outcome.1 = "Keys are lost.".to_owned();
    let suspect = now(&lock);
    assert_eq!(states(&suspect), [State::Suspect, State::Judged]);
    let old = Some("Keys are lost.".to_owned());
    assert_eq!(suspect.links[0].changes, [Change::Reworded { id: "X.1".to_owned(), old }]);
    // What was not accepted is as suspect in the new lock file as in the old one; what was is so no more.
    let other = suspect.accept(|claim| claim.reference() != "X.1/k:r", "so");
    assert_eq!(states(&now(&other)), [State::Suspect, State::Judged]);
    assert_eq!(states(&now(&suspect.accept(|_| true, "so"))), [State::Judged, State::Judged]);
}
