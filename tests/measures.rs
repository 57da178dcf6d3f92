//! What comes of ratings: the table of levels, cases by hand, and random assessments against a computation of their own.
//!
//! The computation here shares nothing with that of the compiler: it fills in what is missing first, and then finds the
//! mean by the midpoints between weights, the median by counting, and the level from the top down.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use serde_json::Value;

use crate::random;
use crate::support::{Compiled, Project};

/// The first assessment of what is compiled, as JSON.
fn assessments(compiled: &Compiled) -> Vec<Value> {
    let checked = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let mut json = Vec::new();
    prm::write_json(&checked, &mut json).unwrap();
    let document: Value = serde_json::from_slice(&json).unwrap();
    document["assessments"].as_array().unwrap().clone()
}

fn profile<'a>(assessment: &'a Value, process: &str, instance: Option<&str>) -> &'a Value {
    let profiles = assessment["profiles"].as_array().unwrap();
    let is_it = |row: &&Value| row["process"] == process && row["instance"].as_str() == instance;
    profiles.iter().find(is_it).unwrap_or_else(|| panic!("no profile of {process} for {instance:?}"))
}

const HOUSE: &str = r#"use iso33020-2015
model house "House model" { measured by iso33020-2015 }
process K.1 "Key custody" {
  purpose "The purpose of key custody is to keep keys in known hands."
  outcome 1 "Keys are listed."
  outcome 2 "Losses are reported."
}
"#;

fn house(head: &str, rates: &str) -> Value {
    let text = format!("{HOUSE}assessment a \"A\" of house {{\n{head}\n}}\n{rates}\n");
    assessments(&Project::text(text).compile()).remove(0)
}

#[test]
fn levels_are_reached_as_the_table_says() {
    // 1.1, then 2.1 and 2.2, then 3.1 and 3.2; `-` is not rated.
    let rows = [
        ("P", "F F", "F F", 0, 0),
        ("P", "N P", "- -", 0, 0),
        ("L", "F F", "F F", 1, 1),
        ("F", "L L", "F F", 2, 2),
        ("F", "F P", "F F", 1, 1),
        ("F", "F F", "L L", 3, 3),
        ("F", "F F", "L P", 2, 2),
        ("F", "F -", "- -", 1, 3),
    ];
    for (first, second, third, low, high) in rows {
        let ratings = [first, second, third].join(" ");
        let ids = ["PA.1.1", "PA.2.1", "PA.2.2", "PA.3.1", "PA.3.2"];
        let lines = ids.iter().zip(ratings.split(' ')).filter(|(_, rating)| *rating != "-");
        let lines: String = lines.map(|(id, rating)| format!("attribute {id} rated {rating}\n")).collect();
        let found = house("method R2\ntarget K.1 level 3", &format!("rate K.1 in a {{\n{lines}}}"));
        let level = &profile(&found, "K.1", None)["level"];
        assert_eq!(*level, serde_json::json!({ "low": low, "high": high, "target": 3 }), "{ratings}");
    }
}

#[test]
fn ratings_are_joined_as_the_method_says() {
    let cases = [
        // The mean of F and P is 2, of F and N 1.5, the lower of two; the median of an even number is the lower.
        ("mean", "F", "P", "L"),
        ("mean", "F", "N", "P"),
        ("median", "F", "P", "P"),
        ("lowest", "F", "L", "L"),
    ];
    for (how, one, other, joined) in cases {
        let rates = format!("rate K.1 in a {{ outcome 1 rated {one}\noutcome 2 rated {other} }}");
        let found = house(&format!("method R1 {how}\ntarget K.1 level 1"), &rates);
        assert_eq!(profile(&found, "K.1", None)["attributes"][0]["rating"], joined, "{how} of {one} and {other}");
    }
}

/// By hand: weights 0, 1 and 2.5. Up has 1, 1 and 0, of which the mean is 2/3, nearest to 1; down has 2.5, 2.5 and 1, which is
/// 2, nearest to 2.5; across, 2.5 and 1 come to 1.75, as far from either, so the lower.
#[test]
fn a_scale_of_ones_own_counts_as_it_weighs() {
    let compiled = Project::text(include_str!("cases/assessments/own-scale.prm")).compile();
    let found = assessments(&compiled).into_iter().find(|row| row["id"] == "autumn").unwrap();
    for (instance, first, second, level) in
        [(Some("up"), "sideways", "up", 1), (Some("down"), "up", "sideways", 2), (None, "up", "sideways", 2)]
    {
        let profile = profile(&found, "G.1", instance);
        let ratings = [0, 1].map(|at| profile["attributes"][at]["rating"].as_str());
        assert_eq!(ratings, [Some(first), Some(second)], "{instance:?}");
        assert_eq!(
            (&profile["level"]["low"], &profile["level"]["high"]),
            (&level.into(), &level.into()),
            "{instance:?}"
        );
    }
}

#[test]
fn within_an_instance_comes_first() {
    // North: F and N make P (1.5); south: F and F make F. Their mean is L; over all four at once it would be L too, but
    // by the lowest it is P, and N over all four.
    let rates = "rate K.1 in a for north { outcome 1 rated F\noutcome 2 rated N }
        rate K.1 in a for south { outcome 1 rated F\noutcome 2 rated F }";
    let head = |how: &str| format!("method R1 {how}\ntarget K.1 level 1\ninstances north, south of K.1");
    let found = house(&head("mean"), rates);
    assert_eq!(profile(&found, "K.1", Some("north"))["attributes"][0]["rating"], "P");
    assert_eq!(profile(&found, "K.1", None)["attributes"][0]["rating"], "L");
    assert_eq!(profile(&house(&head("median"), rates), "K.1", None)["attributes"][0]["rating"], "N");
}

#[test]
fn a_line_for_the_attribute_wins_and_what_it_departs_from_is_kept() {
    let rates =
        "rate K.1 in a { outcome 1 rated P\noutcome 2 rated P\nattribute PA.1.1 rated L because \"So it is.\" }";
    let found = house("method R1 mean\ntarget K.1 level 1", rates);
    assert_eq!(profile(&found, "K.1", None)["attributes"][0]["rating"], "L");
    let line = found["ratings"].as_array().unwrap().iter().find(|row| row["subject"] == "PA.1.1").unwrap();
    assert_eq!((line["rating"].as_str(), line["computed"].as_str()), (Some("L"), Some("P")));
}

#[test]
fn gaps_name_what_is_wanted_and_what_lowers_it() {
    let rates =
        "rate K.1 in a { outcome 1 rated F\noutcome 2 rated P\nattribute PA.2.1 rated F\nattribute PA.2.2 rated P }";
    let found = house("method R1 lowest\ntarget K.1 level 2", rates);
    let gap = |attribute: &str, wanted: &str, low: &str, by: &str| serde_json::json!({ "process": "K.1", "attribute": attribute, "wanted": wanted, "low": low, "high": low, "lowered_by": [by] });
    assert_eq!(found["gaps"], serde_json::json!([gap("PA.1.1", "F", "P", "K.1.2"), gap("PA.2.2", "L", "P", "PA.2.2")]));
}

#[test]
fn profiles_are_taken_from_below_up_to_their_targets() {
    let text = format!(
        "{HOUSE}
        assessment north \"North\" of house {{ method R2\ntarget K.1 level 1 }}
        assessment south \"South\" of house {{ method R2\ntarget K.1 level 2 }}
        assessment all \"All\" of house {{ method R2 lowest\ntarget K.1 level 2\ntakes north, south }}
        rate K.1 in north {{ attribute PA.1.1 rated F\nattribute PA.2.1 rated F }}
        rate K.1 in south {{ attribute PA.1.1 rated L\nattribute PA.2.1 rated F\nattribute PA.2.2 rated F }}"
    );
    let all = assessments(&Project::text(text).compile()).remove(2);
    let attributes = profile(&all, "K.1", None)["attributes"].as_array().unwrap();
    let ratings: Vec<_> = attributes.iter().map(|row| row["rating"].as_str()).collect();
    // What is beyond the target of one is not rated there, and open here.
    assert_eq!(ratings, [Some("L"), None, None]);
    assert_eq!((attributes[1]["low"].as_str(), attributes[1]["high"].as_str()), (Some("N"), Some("F")));
    assert_eq!(profile(&all, "K.1", Some("north"))["level"]["high"], 2);
}

#[test]
fn percentages_fall_into_the_band_that_holds_them() {
    for (percent, rating) in
        [("0", "N"), ("15", "N"), ("15.1", "P"), ("50", "P"), ("85", "L"), ("85.5", "F"), ("100", "F")]
    {
        let rates = format!("rate K.1 in a {{ attribute PA.1.1 rated {percent} % }}");
        let found = house("method R2\ntarget K.1 level 1", &rates);
        assert_eq!(profile(&found, "K.1", None)["attributes"][0]["rating"], rating, "{percent}");
    }
}

/// Choices, one after the other; where they end, all that follow are 0.
struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        self.0.next().map_or(0, |byte| *byte as usize % most)
    }

    fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }
}

/// A framework: its scale from the lowest, and for each level from 1 the achievements of its attributes.
#[derive(Debug)]
struct Framework {
    ids: Vec<String>,
    /// In tenths of a percent.
    tops: Vec<u32>,
    /// In thousandths.
    weights: Option<Vec<i128>>,
    reached: Option<(usize, usize)>,
    levels: Vec<Vec<usize>>,
}

impl Framework {
    fn choose(tape: &mut Tape<'_>) -> Framework {
        let plain = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let nine = vec![vec![1], vec![3, 2], vec![2, 2], vec![2, 2], vec![2, 1]];
        let nplf = (plain(&["N", "P", "L", "F"]), vec![150, 500, 850, 1000]);
        match tape.below(4) {
            0 => Framework { ids: nplf.0, tops: nplf.1, weights: None, reached: None, levels: nine },
            1 => {
                let mut ten = nine;
                ten[2].push(3);
                Framework { ids: nplf.0, tops: nplf.1, weights: None, reached: Some((2, 3)), levels: ten }
            }
            2 => Framework {
                ids: plain(&["N", "P-minus", "P-plus", "L-minus", "L-plus", "F"]),
                tops: vec![150, 325, 500, 675, 850, 1000],
                weights: None,
                reached: Some((3, 5)),
                levels: nine,
            },
            _ => Framework::own(tape),
        }
    }

    fn own(tape: &mut Tape<'_>) -> Framework {
        let count = 1 + tape.below(6);
        let tops = (1..=count).map(|number| u32::try_from(1000 * number / count).unwrap()).collect();
        let mut weight = 0;
        let weights = (0..count).map(|_| {
            weight += 1 + i128::try_from(tape.below(200)).unwrap() * 25;
            weight
        });
        let weights: Vec<i128> = weights.collect();
        let reached = (tape.below(count), tape.below(count));
        let levels = (0..1 + tape.below(3)).map(|_| (0..tape.below(3)).map(|_| tape.below(4)).collect()).collect();
        Framework {
            ids: (0..count).map(|number| format!("r{number}")).collect(),
            tops,
            weights: tape.chance(6).then_some(weights),
            reached: tape.chance(6).then_some(reached),
            levels,
        }
    }

    fn weight(&self, rank: usize) -> i128 {
        self.weights.as_ref().map_or(i128::try_from(rank).unwrap() * 1000, |weights| weights[rank])
    }

    fn text(&self, tape: &mut Tape<'_>) -> String {
        let mut scale: Vec<String> = Vec::new();
        for (rank, id) in self.ids.iter().enumerate() {
            let from = if rank == 0 { 0 } else { self.tops[rank - 1] };
            let to = self.tops[rank];
            let weight = self.weights.as_ref().map(|weights| weights[rank]);
            let weight = weight.map(|weight| format!(" {{ weight {}.{:03} }}", weight / 1000, weight % 1000));
            let band = format!("{}.{} {}.{}", from / 10, from % 10, to / 10, to % 10);
            scale.push(format!("    rating {id} \"Rating\" {band}{}\n", weight.unwrap_or_default()));
        }
        // The order of a scale is that of its figures, not of its lines.
        if tape.chance(3) {
            scale.reverse();
        }
        let mut text = format!("framework own \"Own\" {{\n  scale {{\n{}  }}\n", scale.concat());
        if let Some((own, lower)) = self.reached {
            writeln!(text, "  reached {} below {}", self.ids[own], self.ids[lower]).unwrap();
        }
        text.push_str("  level 0 \"Zero\"\n");
        for (level, attributes) in (1..).zip(&self.levels) {
            writeln!(text, "  level {level} \"Level\" {{").unwrap();
            for (number, achievements) in (1..).zip(attributes) {
                writeln!(text, "    attribute PA.{level}.{number} \"Attribute\" {{").unwrap();
                for number in 0..*achievements {
                    let letter = char::from(b'a' + u8::try_from(number).unwrap());
                    writeln!(text, "      achievement {letter} \"It is there.\"").unwrap();
                }
                text.push_str("    }\n");
            }
            text.push_str("  }\n");
        }
        text + "}\n"
    }
}

/// An assessment of one process, and what it takes.
#[derive(Debug)]
struct Case {
    id: String,
    method: Option<usize>,
    joining: Option<usize>,
    target: usize,
    named: Vec<String>,
    takes: Vec<Case>,
    /// By the instance and the subject.
    ratings: BTreeMap<(Option<String>, String), usize>,
}

const METHODS: [&str; 3] = ["R1", "R2", "R3"];
const JOININGS: [&str; 3] = ["mean", "median", "lowest"];

impl Case {
    fn choose(tape: &mut Tape<'_>, id: &str, framework: &Framework, outcomes: usize) -> Case {
        let takes = if id.len() < 3 && tape.chance(4) { 1 + tape.below(2) } else { 0 };
        let mut case = Case {
            id: id.to_owned(),
            method: (!tape.chance(1)).then(|| tape.below(3)),
            joining: tape.chance(8).then(|| tape.below(3)),
            target: 1 + tape.below(framework.levels.len()),
            named: (0..tape.below(4)).map(|number| format!("i{number}")).collect(),
            takes: (0..takes).map(|number| Case::choose(tape, &format!("{id}{number}"), framework, outcomes)).collect(),
            ratings: BTreeMap::new(),
        };
        let has_instances = !case.named.is_empty() || !case.takes.is_empty();
        for instance in std::iter::once(None).chain(case.named.clone().into_iter().map(Some)) {
            for (level, attributes) in (1..).zip(&framework.levels) {
                for number in 1..=attributes.len() {
                    if tape.chance(if has_instances && instance.is_none() { 1 } else { 4 }) {
                        let key = (instance.clone(), format!("PA.{level}.{number}"));
                        case.ratings.insert(key, tape.below(framework.ids.len()));
                    }
                }
            }
            if instance.is_some() || !has_instances {
                for subject in subjects(framework, outcomes) {
                    if tape.chance(9) {
                        case.ratings.insert((instance.clone(), subject), tape.below(framework.ids.len()));
                    }
                }
            }
        }
        case
    }

    fn text(&self, framework: &Framework, tape: &mut Tape<'_>, text: &mut String) {
        writeln!(text, "assessment {} \"One\" of own-model {{\n  target K.1 level {}", self.id, self.target).unwrap();
        if let Some(method) = self.method {
            let joining = self.joining.map_or("", |joining| JOININGS[joining]);
            writeln!(text, "  method {} {joining}", METHODS[method]).unwrap();
        }
        if !self.named.is_empty() {
            writeln!(text, "  instances {} of K.1", self.named.join(", ")).unwrap();
        }
        for taken in &self.takes {
            writeln!(text, "  takes {}", taken.id).unwrap();
        }
        text.push_str("}\n");
        for ((instance, subject), rank) in &self.ratings {
            let of = instance.as_ref().map_or_else(String::new, |instance| format!(" for {instance}"));
            let word = match subject.split('.').count() {
                1 => "outcome",
                3 => "attribute",
                _ => "achievement",
            };
            // As a word, or as the percentage where its band ends.
            let top = framework.tops[*rank];
            let value =
                if tape.chance(3) { format!("{}.{} %", top / 10, top % 10) } else { framework.ids[*rank].clone() };
            writeln!(text, "rate K.1 in {}{of} {{ {word} {subject} rated {value} because \"So.\" }}", self.id).unwrap();
        }
        self.takes.iter().for_each(|taken| taken.text(framework, tape, text));
    }

    /// The rating of an attribute, of one instance or of the process, with `fill` in the place of all that is missing;
    /// `None` for an instance that is taken, and has its own.
    fn rating(
        &self,
        framework: &Framework,
        outcomes: usize,
        instance: Option<&str>,
        attribute: (usize, usize),
        fill: usize,
    ) -> usize {
        if let Some(taken) = self.takes.iter().find(|taken| Some(taken.id.as_str()) == instance) {
            let is_beyond = attribute.0 > taken.target;
            return if is_beyond { fill } else { taken.rating(framework, outcomes, None, attribute, fill) };
        }
        let stated = |subject: &str| self.ratings.get(&(instance.map(str::to_owned), subject.to_owned())).copied();
        if let Some(rank) = stated(&format!("PA.{}.{}", attribute.0, attribute.1)) {
            return rank;
        }
        let instances: Vec<&str> =
            self.takes.iter().map(|taken| taken.id.as_str()).chain(self.named.iter().map(String::as_str)).collect();
        if instance.is_none() && !instances.is_empty() {
            let ranks: Vec<usize> = instances
                .iter()
                .map(|instance| self.rating(framework, outcomes, Some(instance), attribute, fill))
                .collect();
            return match (self.method, self.joining) {
                (Some(2), _) => fill,
                _ if ranks.len() == 1 => ranks[0],
                (Some(_), Some(joining)) => join(framework, joining, &ranks),
                _ => fill,
            };
        }
        let below: Vec<String> = subjects(framework, outcomes)
            .into_iter()
            .filter(|subject| is_below(framework, subject, attribute))
            .collect();
        match (self.method, self.joining) {
            (Some(0), Some(joining)) if !below.is_empty() => {
                let ranks: Vec<usize> = below.iter().map(|subject| stated(subject).unwrap_or(fill)).collect();
                join(framework, joining, &ranks)
            }
            _ => fill,
        }
    }

    fn level(&self, framework: &Framework, outcomes: usize, instance: Option<&str>, fill: usize) -> usize {
        let last = framework.ids.len() - 1;
        let (own, lower) = framework.reached.unwrap_or((last.saturating_sub(1), last));
        let rating = |level: usize, number| self.rating(framework, outcomes, instance, (level, number), fill);
        let all = |level: usize, least: usize| {
            (1..=framework.levels[level - 1].len()).all(|number| rating(level, number) >= least)
        };
        let holds = |level: usize| all(level, own) && (1..level).all(|below| all(below, lower));
        (1..=self.target).rev().find(|level| (1..=*level).all(holds)).unwrap_or(0)
    }
}

/// The outcomes, and the achievements of all attributes but those of the lowest level.
fn subjects(framework: &Framework, outcomes: usize) -> Vec<String> {
    let mut all: Vec<String> = (1..=outcomes).map(|number| number.to_string()).collect();
    let lowest = framework.levels.iter().position(|attributes| !attributes.is_empty());
    for (level, attributes) in framework.levels.iter().enumerate().filter(|(level, _)| Some(*level) != lowest) {
        for (number, achievements) in (1..).zip(attributes) {
            let letters = (b'a'..).take(*achievements).map(char::from);
            all.extend(letters.map(|letter| format!("PA.{}.{number}.{letter}", level + 1)));
        }
    }
    all
}

fn is_below(framework: &Framework, subject: &str, (level, number): (usize, usize)) -> bool {
    let lowest = framework.levels.iter().position(|attributes| !attributes.is_empty());
    match lowest == Some(level - 1) {
        true => !subject.contains('.'),
        false => subject.starts_with(&format!("PA.{level}.{number}.")),
    }
}

fn join(framework: &Framework, how: usize, ranks: &[usize]) -> usize {
    let count = i128::try_from(ranks.len()).unwrap();
    let last = framework.ids.len() - 1;
    match how {
        // Up to the midpoint between two weights the lower is the nearest, or as near.
        0 => {
            let sum: i128 = ranks.iter().map(|rank| framework.weight(*rank)).sum();
            let is_up_to = |rank: &usize| 2 * sum <= count * (framework.weight(*rank) + framework.weight(*rank + 1));
            (0..last).find(is_up_to).unwrap_or(last)
        }
        // Half of them are no higher.
        1 => (0..last)
            .find(|rank| 2 * ranks.iter().filter(|other| *other <= rank).count() >= ranks.len())
            .unwrap_or(last),
        _ => ranks.iter().copied().fold(last, usize::min),
    }
}

/// Holds all profiles of a case to the computation here.
fn hold(case: &Case, framework: &Framework, outcomes: usize, found: &[Value]) {
    let row = found.iter().find(|row| row["id"] == *case.id).unwrap();
    let instances = case.takes.iter().map(|taken| taken.id.clone()).chain(case.named.clone());
    for instance in std::iter::once(None).chain(instances.map(Some)) {
        let profile = profile(row, "K.1", instance.as_deref());
        let ends = [0, framework.ids.len() - 1];
        let mut attributes = profile["attributes"].as_array().unwrap().iter();
        for level in 1..=case.target {
            for number in 1..=framework.levels[level - 1].len() {
                let attribute = attributes.next().unwrap();
                assert_eq!(attribute["id"], format!("PA.{level}.{number}"));
                let due = ends.map(|fill| {
                    let rank = case.rating(framework, outcomes, instance.as_deref(), (level, number), fill);
                    framework.ids[rank].as_str()
                });
                let is = [attribute["low"].as_str().unwrap(), attribute["high"].as_str().unwrap()];
                assert_eq!(is, due, "PA.{level}.{number} of {instance:?} in {}", case.id);
                let is_open = attribute["rating"].is_null();
                assert!(is_open || attribute["rating"] == due[0] && due[0] == due[1]);
            }
        }
        assert!(attributes.next().is_none());
        let due = ends.map(|fill| case.level(framework, outcomes, instance.as_deref(), fill));
        assert_eq!(profile["level"], serde_json::json!({ "low": due[0], "high": due[1], "target": case.target }));
    }
    case.takes.iter().for_each(|taken| hold(taken, framework, outcomes, found));
}

proptest! {
    #![proptest_config(random::cases(150))]

    #[test]
    fn random_assessments_come_out_as_another_computation_has_them(choices in prop::collection::vec(any::<u8>(), 600)) {
        let tape = &mut Tape(choices.iter());
        let framework = Framework::choose(tape);
        let outcomes = 1 + tape.below(5);
        let case = Case::choose(tape, "a", &framework, outcomes);
        let mut text = framework.text(tape);
        text.push_str("model own-model \"Own\" { measured by own }\nprocess K.1 \"Key custody\" {\n  purpose \"To keep keys.\"\n");
        (1..=outcomes).for_each(|number| writeln!(text, "  outcome {number} \"Result {number} is there.\"").unwrap());
        text.push_str("}\n");
        case.text(&framework, tape, &mut text);
        let compiled = Project::text(text).compile();
        hold(&case, &framework, outcomes, &assessments(&compiled));
    }
}
