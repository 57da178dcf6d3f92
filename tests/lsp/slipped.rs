//! A slip in a sound model, and everything that can be done about it, done: afterwards only that is said which is said of
//! the sound model, or of the sound model to which the same was done, or in which the name that was chosen stands.
//!
//! With `PROPTEST_CASES=1000` in the environment, so many models are mended.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value, json};

use super::editor::{Editor, applied};
use super::fixes::{CONSEQUENCES, Said, mended, said};
use super::text;
use crate::layers::stack::Stack;
use crate::random;
use crate::support::Project;
use crate::worlds::world::{Dice, World};

/// How many models, and how many things that are done in each.
const MODELS: u32 = 60;
const DONE: usize = 8;

const FILE: &str = "main.prm";

#[test]
fn a_slip_in_a_sound_model_is_mended_without_a_word_more() {
    let mut editor = Editor::start(&BTreeMap::new());
    let (mut problems, mut steps) = (Vec::new(), 0);
    let models = random::cases(MODELS).cases;
    for seed in 0..u64::from(models) {
        let sound = sound(seed);
        let mut dice = Dice(seed ^ 0x511b);
        let slip = slip(&sound, &mut dice);
        let slipped = slip.as_ref().map_or(&sound, |slip| &slip.text);
        let trial = Trial {
            sound: &sound,
            slip: slip.as_ref(),
            slipped,
            of_sound: said(&Project::text(sound.as_str())),
            before: said(&Project::text(slipped.as_str())),
        };
        for action in actions(&mut editor, slipped).iter().take(DONE) {
            steps += 1;
            let wrong = trial.step(action);
            problems.extend(wrong.map(|wrong| {
                let what = slip.as_ref().map_or_else(|| "no slip".to_owned(), |slip| slip.what(&sound));
                format!("seed {seed}, {what}, {}: {wrong}", text(&action["title"]))
            }));
        }
    }
    editor.stop();
    assert!(problems.is_empty(), "{} of {steps} steps:\n{}", problems.len(), problems.join("\n"));
    assert!(steps > models as usize / 2, "only {steps} steps in {models} models");
}

/// A small model in one file.
fn sound(seed: u64) -> String {
    let project = match seed % 2 {
        0 => World::random(seed / 2).project(),
        _ => Stack::random(seed / 2).project(false),
    };
    let files = project.files();
    let text = |path: &str| files.get(path).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    // Of layers, the lowest stands alone.
    let lowest = ["l0/l0.prm", "base/a.prm", "a.prm"].into_iter().find_map(text).unwrap();
    lowest + &text("base/z.prm").or_else(|| text("z.prm")).unwrap_or_default()
}

/// What can be done about what is said of a text.
fn actions(editor: &mut Editor, written: &str) -> Vec<Value> {
    let compiled = Project::text(written).compile();
    let lines: BTreeSet<usize> = compiled.shown().map(|found| compiled.place(found).1).collect();
    editor.open(FILE, written);
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    // What was slipped is said first.
    for line in lines.into_iter().take(DONE) {
        let place = json!({ "line": line - 1, "character": 0 });
        let params = json!({
            "textDocument": { "uri": editor.uri(FILE) }, "range": { "start": place, "end": place },
            "context": { "diagnostics": [] },
        });
        let answer = editor.ask("textDocument/codeAction", params).unwrap();
        let here = answer.as_array().into_iter().flatten().filter(|action| mended(action).is_some());
        all.extend(here.filter(|action| seen.insert(action.to_string())).cloned());
    }
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri(FILE) } }));
    // What is wrong with the shape and with names comes before what is found in the model.
    all.sort_by_key(|action| mended(action).is_some_and(|(code, _)| code.as_str() > "P3"));
    all
}

/// A model with a slip, and what is said of it.
struct Trial<'a> {
    sound: &'a str,
    slip: Option<&'a Slip>,
    slipped: &'a str,
    of_sound: Said,
    before: Said,
}

impl Trial<'_> {
    /// What is wrong after a step.
    fn step(&self, action: &Value) -> Option<String> {
        let (code, message) = mended(action)?;
        let title = text(&action["title"]);
        let changes: BTreeMap<String, Vec<Value>> = serde_json::from_value(action["edit"]["changes"].clone()).ok()?;
        let after = applied(self.slipped, changes.values().next()?);
        let now = said(&Project::text(after.as_str()));
        let count = |said: &Said| -> usize {
            let same = said.iter().filter(|((of, words), _)| *of == code && message.starts_with(words.as_str()));
            same.map(|(_, count)| count).sum()
        };
        // Of several parts that are open, each has a step of its own.
        let is_part = code == "P302" && title.starts_with("Satisfy");
        if count(&now) >= count(&self.before) && !is_part {
            return Some(format!("{code} is still said: {message}"));
        }
        let chosen = self.slip.is_some_and(|slip| slip.is_chosen(self.sound, &after));
        let of_same = self.of_same(changes.values().next()?);
        let allowed = CONSEQUENCES.iter().filter(|(begin, ..)| title.starts_with(begin));
        let allowed: Vec<&str> = allowed.flat_map(|(_, codes, _)| codes.iter().copied()).collect();
        let known = |said: &Said, key: &(String, String)| said.get(key).copied().unwrap_or(0);
        // Of two that share an id, the second is none; who has an id of its own again is judged.
        let shares = |said: &Said| said.keys().any(|(code, _)| code == "P201");
        let chosen = chosen || shares(&self.before) && !shares(&self.of_sound) && !shares(&now);
        // Who mends a name elsewhere that was declared by another's id, takes that for what is meant: it is judged.
        let is_of_name = code.as_str() < "P2";
        let chosen = chosen || is_of_name && self.slip.is_some_and(|slip| slip.is_of_declaration(self.sound));
        let (new, _) = now.iter().find(|(key, count)| {
            let is_judged = chosen && key.0.as_str() > "P3";
            let said = [&self.of_sound, &self.before, &of_same].map(|said| known(said, key));
            let is_known = said.iter().any(|said| *count <= said);
            !is_known && !is_judged && !allowed.contains(&key.0.as_str())
        })?;
        Some(format!("{} is new: {}\n{}", new.0, new.1, changed(self.slipped, &after)))
    }

    /// What is said of the sound model when the same is done there; nothing where that is in the line of the slip.
    fn of_same(&self, edits: &[Value]) -> Said {
        let line = self.slip.map(|slip| self.sound[..slip.place.start].matches('\n').count());
        let lines = |edit: &Value| ["start", "end"].map(|end| edit["range"][end]["line"].as_u64());
        let line = line.map(|line| u64::try_from(line).unwrap());
        let is_there = edits.iter().flat_map(lines).any(|at| at == line);
        if is_there { Said::new() } else { said(&Project::text(applied(self.sound, edits))) }
    }
}

/// The lines in which two texts differ.
fn changed(one: &str, other: &str) -> String {
    let other: Vec<&str> = other.lines().collect();
    let one: Vec<&str> = one.lines().collect();
    let minus = one.iter().filter(|line| !other.contains(line)).map(|line| format!("    - {line}\n"));
    let plus = other.iter().filter(|line| !one.contains(line)).map(|line| format!("    + {line}\n"));
    minus.chain(plus).collect()
}

/// A slip: what stands in the place of something of the sound text.
struct Slip {
    text: String,
    place: Range<usize>,
    new: String,
}

impl Slip {
    fn new(sound: &str, place: Range<usize>, new: &str) -> Option<Slip> {
        let text = [&sound[..place.start], new, &sound[place.end..]].concat();
        (text != sound).then(|| Slip { text, place, new: new.to_owned() })
    }

    fn what(&self, sound: &str) -> String {
        let line = sound[..self.place.start].matches('\n').count() + 1;
        format!("`{}` → `{}` in line {line}", &sound[self.place.clone()], self.new)
    }

    /// Whether the id of a declaration is another's.
    fn is_of_declaration(&self, sound: &str) -> bool {
        let before = sound[..self.place.start].split_whitespace().next_back().unwrap_or_default();
        DECLARED.contains(&before) && sound.split_whitespace().any(|word| word == self.new)
    }

    /// Whether a mended text is the sound one but for what stands where the slip was.
    fn is_chosen(&self, sound: &str, after: &str) -> bool {
        let (before, behind) = (&sound[..self.place.start], &sound[self.place.end..]);
        after.len() >= before.len() + behind.len() && after.starts_with(before) && after.ends_with(behind)
    }
}

/// A word, a text or a sign, by its place.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            _ if first.is_whitespace() => first.len_utf8(),
            ',' | '{' | '}' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || ",{}\"".contains(c)).unwrap_or(rest.len()),
        };
        if !first.is_whitespace() {
            tokens.push(at..at + length);
        }
        at += length;
    }
    tokens
}

/// One slip at a random place, as people make them; or none.
fn slip(sound: &str, dice: &mut Dice) -> Option<Slip> {
    if dice.chance(10) {
        return None;
    }
    let tokens = tokens(sound);
    (0..50).find_map(|_| {
        let number = dice.below(tokens.len());
        slip_at(sound, &tokens, number, dice)
    })
}

fn slip_at(sound: &str, tokens: &[Range<usize>], number: usize, dice: &mut Dice) -> Option<Slip> {
    let place = tokens[number].clone();
    let token = &sound[place.clone()];
    let before = number.checked_sub(1).map_or("", |before| &sound[tokens[before].clone()]);
    let whole = number.checked_sub(1).map_or(place.start, |before| tokens[before].start)..place.end;
    if let Some(inside) = token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return match dice.below(6) {
            0 => Slip::new(sound, place, &format!("\"{inside}")),
            1 => Slip::new(sound, place, &format!("{inside}\"")),
            2 => Slip::new(sound, place, &format!("\u{201c}{inside}\u{201d}")),
            3 => Slip::new(sound, place, &format!("'{inside}'")),
            4 if before == "because" => Slip::new(sound, whole, ""),
            5 if before == "because" => Slip::new(sound, place, ""),
            _ => None,
        };
    }
    match token {
        "," | "{" | "}" => match dice.below(2) {
            0 => Slip::new(sound, place, ""),
            _ => Slip::new(sound, place, &format!("{token}{token}")),
        },
        _ if before == "outcome" && dice.chance(50) => Slip::new(sound, place, ""),
        // The id of another of the same kind.
        _ if DECLARED.contains(&before) => {
            let same = (1..tokens.len())
                .filter(|other| sound[tokens[other - 1].clone()] == *before && sound[tokens[*other].clone()] != *token);
            let same: Vec<usize> = same.collect();
            let other = same.get(dice.below(same.len()))?;
            Slip::new(sound, place, &sound[tokens[*other].clone()])
        }
        _ => {
            let letters: Vec<char> = token.chars().collect();
            let at = dice.below(letters.len());
            let (one, other): (String, String) = (letters[..at].iter().collect(), letters[at + 1..].iter().collect());
            let letter = letters[at];
            let new = match dice.below(5) {
                0 if letters.len() > 1 => format!("{one}{other}"),
                1 => format!("{one}{letter}{letter}{other}"),
                2 => {
                    let mut letters = letters.clone();
                    letters.swap(at, (at + 1) % token.len());
                    letters.into_iter().collect()
                }
                3 => format!("{token} {token}"),
                _ => format!("{token}:"),
            };
            Slip::new(sound, place, &new)
        }
    }
}

/// What is declared by an id.
const DECLARED: &[&str] =
    &["catalog", "clause", "requirement", "control", "crosswalk", "process", "outcome", "practice", "group", "item"];
