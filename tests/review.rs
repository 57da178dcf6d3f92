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
    review::review(&compiled.0.program, &compiled.0.sources, lock, &compiled.0.locked.others)
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

/// A line of a crosswalk rests on the parts of both its sides, and on what it says of them.
#[test]
fn lines_rest_on_parts_and_on_their_relation() {
    let base = BASE.replace("  R1 equals N1\n", "  R1 equals N1\n  R2 superset of N2\n").replace(
        "has a holder.\"\n",
        "has a holder.\"\n  requirement N2 \"Loss\" { requirement N2.a \"Day\" \"In a day.\" }\n",
    );
    let lock = accepted(&project(&base, "use keys\nmodel acme \"Acme\" extends keys"));
    let line = "house-1:R2 superset of house-2:N2";
    for (old, new, expected) in [
        ("In a day.", "In an hour.", vec![format!("{line}: house-2:N2.a")]),
        (
            "Its lock is changed.",
            "Its lock is new.",
            vec![
                "K.1.2 satisfies house-1:R2 together with K.1.3: house-1:R2.b".to_owned(),
                format!("{line}: house-1:R2.b"),
            ],
        ),
        ("superset of", "equals", vec!["house-1:R2 equals house-2:N2: ".to_owned()]),
    ] {
        let changed = base.replace(old, new);
        assert_ne!(changed, base);
        let found = suspects(&project(&changed, "use keys\nmodel acme \"Acme\" extends keys"), &lock);
        assert_eq!(found, expected, "{new}");
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

/// What became of each link, with the base that judged it.
fn fates(review: &Review, compiled: &Compiled) -> Vec<String> {
    let by = |link: &review::Reviewed| {
        link.judged_by.map(|base| format!(" by {}", compiled.0.program.name(base))).unwrap_or_default()
    };
    review.links.iter().map(|link| format!("{} {}{}", link.claim.reference(), link.state().word(), by(link))).collect()
}

/// The fates of the links of a project under its own lock file, if it has one.
fn fates_in(project: &Project) -> Vec<String> {
    let compiled = project.compile();
    let lock = compiled.0.locked.lock.clone().unwrap_or_default();
    fates(&review_of(&compiled, &lock), &compiled)
}

/// The layer over its base, which has judged all its links.
fn over_a_judged_base(layer: &str) -> Project {
    let base = project(BASE, layer).at("base");
    let lock = review_of(&base.compile(), &Lock::default()).accept(|_| true, "Read with the base.");
    base.at("").with("base/prm.lock", lock::write(&lock))
}

#[test]
fn judgements_of_a_base_hold_in_its_layers() {
    let layer = over_a_judged_base(LAYER);
    let before = [
        "K.1.1/house-1:R1 inherited by keys",
        // The layer has put another wording in its place.
        "K.1.2/house-1:R2 suspect by keys",
        "K.1.acme-1/house-1:R1 new",
        "house-1:R1/house-2:N1 inherited by keys",
    ];
    assert_eq!(fates_in(&layer), before);
    // What the base has judged is never written down as the layer's own judgement.
    let lock = review_of(&layer.compile(), &Lock::default()).accept(|_| true, "Ours.");
    let own: Vec<String> = lock.judgements.iter().map(|one| one.claim.reference()).collect();
    assert_eq!(own, ["K.1.2/house-1:R2", "K.1.acme-1/house-1:R1"]);
    assert!(lock.judgements.iter().all(|one| one.because == "Ours."));
    let nothing = review_of(&layer.compile(), &Lock::default()).accept(|_| false, "Ours.");
    assert_eq!(nothing, Lock::default());
    let layer = layer.with("prm.lock", lock::write(&lock));
    let after = [
        "K.1.1/house-1:R1 inherited by keys",
        "K.1.2/house-1:R2 judged",
        "K.1.acme-1/house-1:R1 judged",
        "house-1:R1/house-2:N1 inherited by keys",
    ];
    assert_eq!(fates_in(&layer), after);
    // The base says something else than what it judged.
    let changed = layer.clone().with("base/keys.prm", BASE.replace("Every key has a holder.", "Every key has one."));
    assert_eq!(fates_in(&changed)[3], "house-1:R1/house-2:N1 suspect by keys");
    let lines = changed.compile().lines();
    assert!(lines.contains("base/keys.prm:13:3: warning[P720]: `house-2:N1` has changed"), "{lines}");
    // The nearest base that has judged the texts of today is named.
    let top = layer
        .with("top/prm.toml", "[package]\nname = \"top\"\n[dependencies]\nacme = { path = \"..\" }\n")
        .with("top/top.prm", "use acme\nmodel top \"Top\" extends acme\n")
        .at("top");
    let of_two = [
        "K.1.1/house-1:R1 inherited by keys",
        "K.1.2/house-1:R2 inherited by acme",
        "K.1.acme-1/house-1:R1 inherited by acme",
        "house-1:R1/house-2:N1 inherited by keys",
    ];
    assert_eq!(fates_in(&top), of_two);
    // Both have judged it: of the nearer one only an old wording, so that of the other holds.
    let old =
        Lock { judgements: accepted(&project(&BASE.replace("are known", "are named"), LAYER)).judgements, ..lock };
    let top = top.with("prm.lock", lock::write(&old));
    assert_eq!(fates_in(&top)[0], of_two[0]);
    assert_eq!(fates_in(&top)[3], "house-1:R1/house-2:N1 inherited by acme");
}

#[test]
fn only_bases_judge_for_a_model() {
    let stranger = "use keys\nmodel acme \"Acme\" { covers house-1 }\n\
        process K.1 \"Key custody\" { outcome 1 \"Holders of keys are known.\" satisfies house-1:R1 }\n";
    assert_eq!(fates_in(&over_a_judged_base(stranger)), ["K.1.1/house-1:R1 new"]);
}

#[test]
fn a_broken_lock_of_a_base_is_told_at_its_place() {
    let compiled = over_a_judged_base(LAYER).with("base/prm.lock", "version = 7\n").compile();
    assert!(compiled.lines().contains("base/prm.lock:1:11: error[P023]"), "{}", compiled.lines());
}

#[test]
fn what_is_accepted_at_once_is_one_act() {
    let project = project(BASE, LAYER);
    let compiled = project.compile();
    let one = review_of(&compiled, &Lock::default()).accept(|claim| reference::means("K.1.1", claim), "Read.");
    assert_eq!(one.judgements[0].at_once, None);
    let all = review_of(&compiled, &one).accept(|_| true, "All of it.");
    let review = review_of(&compiled, &all);
    assert_eq!(review.acts().into_iter().collect::<Vec<_>>(), [((None, 3, "All of it."), 3)]);
    // One of them is judged by itself later; the act was of three all the same.
    let changed = project.with("base/keys.prm", BASE.replace("Every key has a holder.", "Every key has one."));
    let changed = changed.compile();
    let again = review_of(&changed, &all).accept(|_| true, "Looked at.");
    assert_eq!(review_of(&changed, &again).acts().into_iter().collect::<Vec<_>>(), [((None, 3, "All of it."), 2)]);
    let text = lock::write(&again);
    assert_eq!(text.matches("at-once = 3\n").count(), 2, "{text}");
}

/// What the command says of a layer over a judged base.
#[test]
fn the_command_says_whose_judgement_it_was() {
    let place = tempfile::tempdir().unwrap();
    for (path, bytes) in over_a_judged_base(LAYER).files().iter().filter(|(path, _)| *path != "main.prm") {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let prm = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(&place).output().unwrap();
        [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
    };
    let shown = |arguments: &[&str]| prm(arguments)[0].clone();
    insta::assert_snapshot!(shown(&["review"]));
    let [_, told] = prm(&["review", "--accept-all", "--because", "Ours."]);
    assert!(told.ends_with("4 links: 2 judged, 2 judged by keys, 0 suspect, 0 new\n"), "{told}");
    insta::assert_snapshot!(shown(&["review"]));
    let json: serde_json::Value = serde_json::from_str(&shown(&["review", "--format", "json"])).unwrap();
    assert_eq!(json["summary"]["judged"], 2);
    assert_eq!(json["summary"]["inherited"], 2);
    let acts = serde_json::json!([
        {"judged_by": null, "at_once": 2, "because": "Ours.", "judgements": 2},
        {"judged_by": "keys", "at_once": 3, "because": "Read with the base.", "judgements": 2},
    ]);
    assert_eq!(json["acts"], acts);
    let row = |at: usize| ["state", "judged_by", "because", "at_once"].map(|key| json["links"][at][key].clone());
    assert_eq!(serde_json::json!(row(0)), serde_json::json!(["inherited", "keys", "Read with the base.", 3]));
    assert_eq!(serde_json::json!(row(1)), serde_json::json!(["judged", null, "Ours.", 2]));
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
    let at_once = proptest::option::of(2..=u32::MAX);
    let judgement = |(claim, because, at_once)| Judgement { claim, because, at_once };
    (prop_oneof![link, line], "[a-z]\\PC{0,20}", at_once).prop_map(judgement)
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
        let lock = Lock { judgements, texts: texts.collect(), records: Vec::new() };
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
    let now = |lock: &Lock| review::review(&compiled.program, &compiled.sources, lock, &[]);
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

const CLAIMS: &str = r#"
catalog house-1 "Old rules" {
  control C1 "Custody" "Keys are in known hands." {
    requirement C1.a "List" "Hands are listed."
  }
  control C2 "Garden" "The garden gate is locked."
}
catalog about "About models" {
  for models
  requirement M1 "Domain" "The domain is stated." {
    requirement M1.a "Name" "The domain is named."
  }
}
model keys "Keys" {
  covers house-1
  apply C1 because "Customers ask for it." { state planned }
  exclude C2 because "There is no garden."
  conforms M1 "It is stated above."
}
item list "Key list" kind register { characteristic "Names each holder." }
process K.1 "Key custody" {
  purpose "The purpose of the key custody process is to keep keys in safe hands."
  outcome 1 "Holders of keys are known." satisfies C1 produces list
  practice BP1 "Listing" "List the holders of keys." achieves 1 produces list
  practice BP2 "Ask for keys that nobody listed." achieves K.1.1 consumes list
}
"#;

/// Every kind of claim, and for each text the claims that rest on it.
#[test]
fn whatever_rests_on_other_words_is_reviewed() {
    let project = |text: &str| Project::new().with("prm.toml", "[package]\nname = \"keys\"\n").with("keys.prm", text);
    let lock = accepted(&project(CLAIMS));
    let told: Vec<String> = lock.judgements.iter().map(|one| one.claim.to_string()).collect();
    let (link, applies, excludes, conforms) = (
        "K.1.1 satisfies house-1:C1",
        "keys applies house-1:C1",
        "keys excludes house-1:C2",
        "keys conforms to about:M1",
    );
    let (achieves, also, shows, makes, needs) = (
        "K.1.BP1 achieves K.1.1",
        "K.1.BP2 achieves K.1.1",
        "K.1.1 produces list",
        "K.1.BP1 produces list",
        "K.1.BP2 consumes list",
    );
    assert_eq!(told, [link, shows, achieves, makes, also, needs, conforms, applies, excludes]);
    let words: Vec<&str> = review::KINDS.iter().flat_map(|kind| kind.words).copied().collect();
    for one in &told {
        assert!(words.iter().any(|word| one.contains(&format!(" {word} "))), "{one}");
    }
    let rows: [(&str, &str, &[&str]); 15] = [
        ("Holders of keys are known.", "Holders are known.", &[link, shows, achieves, also]),
        ("Ask for keys that", "Look for keys that", &[also, needs]),
        ("\"Key list\"", "\"List of keys\"", &[shows, makes, needs]),
        ("Keys are in known hands.", "Keys are in safe hands.", &[link, applies]),
        ("\"Garden\"", "\"Park\"", &[excludes]),
        ("\"Domain\"", "\"Field\"", &[conforms]),
        ("The domain is named.", "The domain is told.", &[conforms]),
        ("List the holders", "Write down the holders", &[achieves, makes]),
        ("\"Listing\"", "\"Lists\"", &[achieves, makes]),
        ("Names each holder.", "Names the holders.", &[shows, makes, needs]),
        ("Hands are listed.", "Hands are written down.", &[link, applies]),
        ("The garden gate is locked.", "Gates are locked.", &[excludes]),
        ("There is no garden.", "The garden has no gate.", &[excludes]),
        ("Customers ask for it.", "The law asks for it.", &[applies]),
        ("It is stated above.", "See above.", &[conforms]),
    ];
    for (old, new, expected) in rows {
        let changed = CLAIMS.replace(old, new);
        assert_ne!(changed, CLAIMS);
        let found = suspects(&project(&changed), &lock);
        let found: Vec<&str> = found.iter().map(|one| one.split(": ").next().unwrap()).collect();
        assert_eq!(found, expected, "{new}");
    }
    // Who replaced a practice, or an outcome with its items, judged the wording that was there.
    let layer = "use keys\nmodel acme \"Acme\" extends keys\nextend process K.1 {\n  \
        replace outcome 1 \"Holders are known by name.\" because \"So.\" satisfies house-1:C1 produces list\n  \
        replace practice BP2 \"Look for keys.\" because \"So.\" achieves 1 consumes list\n}\n";
    let lock = accepted(&self::project(CLAIMS, layer));
    for (old, new, expected) in [
        ("Holders of keys are known.", "Holders are known.", vec![link, shows]),
        ("Ask for keys that", "Find the keys that", vec![also, needs]),
    ] {
        let found = suspects(&self::project(&CLAIMS.replace(old, new), layer), &lock);
        let found: Vec<&str> = found.iter().map(|one| one.split(": ").next().unwrap()).collect();
        assert_eq!(found, expected, "{new}");
    }
    let lock = accepted(&project(CLAIMS));
    // What a model says stands elsewhere: the same claim. What it says the other way round is another.
    assert_eq!(suspects(&project(&CLAIMS.replace("state planned", "state implemented")), &lock), Vec::<String>::new());
    let weaker = CLAIMS.replace("satisfies C1 produces", "partly satisfies C1 because \"So.\" produces");
    assert_eq!(suspects(&project(&weaker), &lock), ["K.1.1 partly satisfies house-1:C1: "]);
    let turned = CLAIMS.replace("  exclude C2 because", "  apply C2 because");
    assert_eq!(suspects(&project(&turned), &lock), ["keys applies house-1:C2: "]);
    // Each can be named by both its sides, by either, and by who says it.
    let review = review_of(&project(CLAIMS).compile(), &Lock::default());
    for (wanted, count) in [("keys", 3), ("keys/C2", 1), ("K.1.BP2", 2), ("K.1", 6), ("list", 3), ("C1", 2)] {
        let named = review.links.iter().filter(|one| reference::means(wanted, &one.claim)).count();
        assert_eq!((review.settle(wanted).is_ok(), named), (true, count), "{wanted}");
    }
    // Claims of a former process are found again.
    let renamed = CLAIMS.replace("K.1", "L.7").replace("  purpose", "  formerly K.1\n  purpose");
    assert_eq!(suspects(&project(&renamed), &lock), Vec::<String>::new());
}

/// A lock file from before other claims than links were reviewed is read; what it does not know is new, and that is said.
#[test]
fn a_lock_file_of_links_alone_is_read_and_told() {
    let project = Project::new()
        .with("prm.toml", "[package]\nname = \"keys\"\n[lints]\nunjudged-link = \"warn\"\n")
        .with("keys.prm", CLAIMS);
    let mut old = accepted(&project);
    assert!(lock::write(&old).contains("\nversion = 2\n"));
    old.judgements.retain(|one| one.claim.noun() == "link");
    let text = lock::write(&old);
    assert!(text.contains("\nversion = 1\n") && !text.contains("[[claim]]"), "{text}");
    let compiled = project.with("prm.lock", text).compile();
    let review = review_of(&compiled, compiled.0.locked.lock.as_ref().unwrap());
    assert_eq!((review.count(State::Judged), review.count(State::New), review.unknown_to_lock()), (1, 8, 8));
    let shown = prm::emit::review::text(&compiled.0.checked().unwrap(), &review, false);
    assert!(shown.contains("  8 of these are no links; the lock file has judgements of links alone"), "{shown}");
    assert!(shown.ends_with("9 claims: 1 judged, 0 suspect, 8 new\n"), "{shown}");
    let unjudged = compiled.shown().filter(|found| found.code.code == "P721");
    assert!(unjudged.map(|found| found.primary.text.contains("links alone")).eq([true; 8]));
}

/// What a layer words anew marks the practices that a base stated for the old wording, until somebody has judged them.
#[test]
fn practices_on_an_earlier_wording_are_marked() {
    let layer = "use keys\nmodel acme \"Acme\" extends keys\nextend process K.1 {\n  \
        replace outcome 1 \"Holders are known by name.\" because \"So.\" satisfies house-1:C1\n  \
        practice BP3 \"Name the holders.\" achieves 1\n}\n";
    let project = project(CLAIMS, layer);
    let told = |project: &Project| {
        let compiled = project.compile();
        let checked = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
        let mut bytes = Vec::new();
        prm::write_json(&checked, &mut bytes).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let practices = json["processes"][0]["practices"].as_array().unwrap().iter();
        let reworded: Vec<usize> = practices.map(|one| one["reworded"].as_array().unwrap().len()).collect();
        let telling = prm::emit::telling::Telling::default();
        let [pam, model] = [prm::emit::pam::pam, prm::emit::markdown::markdown].map(|made| made(&checked, telling));
        let act = "in one act, of 8 claims, because “First review.”";
        assert_eq!(pam.contains(act), model.contains(act), "{model}");
        (reworded, pam.matches("(stated for an earlier wording of K.1.1)").count(), pam, json["judgements"].clone())
    };
    let (reworded, marks, pam, judgements) = told(&project);
    assert_eq!((reworded, marks), (vec![1, 1, 0], 2), "{pam}");
    assert_eq!(judgements, serde_json::Value::Null);
    // Judged as it is now, it is marked no more, and what was judged at once is one act.
    let judged = project.clone().with("prm.lock", lock::write(&accepted(&project)));
    let (reworded, marks, pam, judgements) = told(&judged);
    assert_eq!((reworded, marks), (vec![0, 0, 0], 0), "{pam}");
    assert_eq!(judgements["acts"][0]["judgements"], judgements["summary"]["total"]);
    assert!(pam.contains("in one act, of 8 claims, because “First review.”"), "{pam}");
    // Worded otherwise once more, in the same package: the lock file remembers.
    let again = judged.with("acme.prm", layer.replace("by name", "by their names"));
    assert_eq!(told(&again).0, [1, 1, 1]);
    // The judgement of a base on its own wording is none on that of the layer.
    let base = Project::new().with("prm.toml", "[package]\nname = \"keys\"\n").with("keys.prm", CLAIMS);
    let layered = project.with("base/prm.lock", lock::write(&accepted(&base))).with("prm.lock", "version = 1\n");
    let fates = fates_in(&layered);
    assert!(fates.contains(&"K.1.BP1/K.1.1 suspect by keys".to_owned()), "{fates:?}");
    assert!(fates.contains(&"keys/house-1:C2 inherited by keys".to_owned()), "{fates:?}");
}
