//! Draft practices: an outcome ("Keys are rotated.") turned into what brings it about ("Rotate keys.").
//!
//! A draft is a start for an author who knows the process, not a practice; every output marks it as one.

use super::{Input, said};
use crate::document::text::{Marked, REFERENCE_CLOSES, REFERENCE_OPENS};
use crate::document::words::{Words, fill};
use crate::english::imperative;
use crate::model::{Name, Outcome, Practice, Process};

/// A practice that nobody has written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its own id: `BP1`.
    pub own_id: String,
    /// Its full id: `COM.01.BP1`.
    pub id: String,
    /// What is done.
    pub text: Marked,
    /// The outcome that it achieves.
    pub achieves: Name,
}

/// The note that marks a practice in a source as a draft.
pub const NOTE: &str = "draft";

/// Whether a practice of a source is still marked as a draft.
pub fn is_marked(input: &Input<'_>, practice: &Practice) -> bool {
    practice.remarks.notes().iter().any(|note| input.sources.text(*note) == NOTE)
}

/// One draft for each outcome of a process that none of its practices achieves.
pub fn practices(input: &Input<'_>, process: &Process) -> Vec<Draft> {
    missing(input, process, |_| true, |_| false)
}

/// As [`practices`], for the outcomes that are wanted. Ids that are taken elsewhere are left out.
pub fn missing(
    input: &Input<'_>,
    process: &Process,
    is_wanted: impl Fn(&Outcome) -> bool,
    is_taken_elsewhere: impl Fn(&str) -> bool,
) -> Vec<Draft> {
    let (process_id, words) = (input.program.name(process.id), said::words(input));
    let mut number = 0;
    let draft = |outcome: &Outcome| {
        let (own_id, id) = loop {
            number += 1;
            let own_id = format!("BP{number}");
            let id = format!("{process_id}.{own_id}");
            if !is_taken(input, &id) && !is_taken_elsewhere(&id) {
                break (own_id, id);
            }
        };
        Draft { own_id, id, text: practice(&Marked::at(input.sources, outcome.text), words), achieves: outcome.id }
    };
    let is_achieved = |outcome: &Outcome| {
        process.practices.iter().flat_map(|practice| &practice.achieves).any(|target| target.id == outcome.id)
    };
    process.outcomes.iter().filter(|outcome| !is_achieved(outcome) && is_wanted(outcome)).map(draft).collect()
}

/// Outcomes may be numbered like practices, and processes named like them.
fn is_taken(input: &Input<'_>, id: &str) -> bool {
    let name = input.program.names.get(id);
    let index = input.program.root().map(|package| &package.model.index);
    name.zip(index).is_some_and(|(name, index)| index.contains_key(&name))
}

/// The practice that an outcome suggests; "Achieve: …" where its sentence is of another form.
pub fn practice(outcome: &Marked, words: &Words) -> Marked {
    let sentence = outcome.marked();
    Marked::from_marked(turned(sentence).unwrap_or_else(|| fill(words.achieve, &[sentence.trim()])))
}

/// Words that begin a clause of its own, whose verb is not that of the sentence.
const SUBORDINATORS: &[&str] = &[
    "that", "which", "who", "whom", "whose", "where", "when", "whenever", "while", "if", "as", "until", "before",
    "after", "what", "how", "why", "because", "since", "so", "whether", "unless", "than", "wherever",
];

/// "X is done so." turned into "Do X so."
fn turned(sentence: &str) -> Option<String> {
    let words = words(sentence);
    let (stop, words) = without_stop(words)?;
    let verb_at = main_verb(&words)?;
    let subject = &words[..verb_at];
    let mut rest = &words[verb_at + copula_length(&words, verb_at)?..];
    let adverbs = adverbs(rest);
    rest = &rest[adverbs.len()..];
    let (mut verbs, length) = joined_verbs(rest)?;
    let comma = if rest[length - 1].ends_with(',') { "," } else { "" };
    rest = &rest[length..];
    if goes_on(rest) {
        return None;
    }
    let subject = match subject {
        // "It is ensured that …" and "It is settled what …" have their subject behind the verb.
        [it] if it.eq_ignore_ascii_case("it") => {
            rest.first().filter(|word| SUBORDINATORS.contains(&word.as_str()))?;
            Vec::new()
        }
        _ => lowered(subject),
    };
    let mut behind = adverbs.to_vec();
    if let Some((verb, state)) = STATES.iter().find(|(verb, _)| *verb == verbs) {
        behind.insert(0, (*state).to_owned());
        verbs = verb[..verb.len() - state.len()].trim().to_owned();
    } else if let Some((particle, after)) = particle(rest) {
        verbs = format!("{verbs} {particle}");
        rest = after;
    }
    let mut parts = [vec![verbs], subject, behind].concat();
    if let Some(last) = parts.last_mut() {
        last.push_str(comma);
    }
    parts.extend_from_slice(rest);
    Some(format!("{}{stop}", parts.join(" ").trim_end_matches(',')))
}

/// What a thing is made, rather than what is done to it; the state stands behind the thing: "Make the policy known."
const STATES: &[(&str, &str)] = &[("Make available", "available"), ("Make aware", "aware"), ("Make known", "known")];

/// "up", "out" or "down", where it belongs to the verb, and what follows it.
fn particle(rest: &[String]) -> Option<(&str, &[String])> {
    let (first, after) = rest.split_first()?;
    let leads_on = after.first().is_some_and(|next| matches!(next.as_str(), "of" | "to" | "in" | "for"));
    (matches!(first.as_str(), "up" | "out" | "down") && !leads_on).then_some((first.as_str(), after))
}

/// The words of a sentence; code and references are one word each, whatever is in them.
fn words(sentence: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut in_code = false;
    let mut in_reference = false;
    for character in sentence.chars() {
        match character {
            '`' => in_code = !in_code,
            REFERENCE_OPENS => in_reference = true,
            REFERENCE_CLOSES => in_reference = false,
            _ => {}
        }
        match words.last_mut() {
            Some(word) if !character.is_whitespace() || in_code || in_reference => word.push(character),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The full stop, if there is one, and the words without it; nothing for more than one sentence.
fn without_stop(mut words: Vec<String>) -> Option<(&'static str, Vec<String>)> {
    let last = words.last_mut()?;
    let stop = match last.strip_suffix('.') {
        Some(bare) => {
            *last = bare.to_owned();
            "."
        }
        None => "",
    };
    let ends = |word: &String| word.ends_with(['.', '!', '?', ';', ':']);
    (!words.iter().any(ends)).then_some((stop, words))
}

/// Where the verb of the main clause stands: a form of "to be" and a participle.
fn main_verb(words: &[String]) -> Option<usize> {
    let mut candidates = (1..words.len()).filter(|at| is_passive(words, *at));
    let first = candidates.find(|at| !SUBORDINATORS.contains(&lower(&words[at - 1]).as_str()))?;
    // "Persons whose work is planned are trained": behind a relative clause the later verb is that of the sentence.
    let is_relative = |word: &String| matches!(lower(word).as_str(), "whose" | "who" | "which" | "that" | "whom");
    let is_bound = |word: &String| SUBORDINATORS.contains(&lower(word).as_str());
    if words[..first].iter().any(is_relative) {
        let later = candidates.find(|at| !words[first + 1..*at].iter().any(is_bound));
        return later.or(Some(first));
    }
    Some(first)
}

fn is_passive(words: &[String], at: usize) -> bool {
    let Some(length) = copula_length(words, at) else { return false };
    let rest = &words[at + length..];
    rest.get(adverbs(rest).len()).is_some_and(|word| imperative(word.trim_end_matches(',')).is_some())
}

/// How many words of "to be" stand here.
fn copula_length(words: &[String], at: usize) -> Option<usize> {
    match (words.get(at)?.as_str(), words.get(at + 1).map(String::as_str)) {
        ("has" | "have", Some("been")) | ("is" | "are", Some("being")) => Some(2),
        ("is" | "are", _) => Some(1),
        _ => None,
    }
}

/// The adverbs before a participle.
fn adverbs(words: &[String]) -> &[String] {
    let is_adverb =
        |word: &String| word.ends_with("ly") || matches!(word.as_str(), "always" | "also" | "well" | "both");
    let count = words.iter().take_while(|word| is_adverb(word)).count();
    &words[..count]
}

/// The imperatives of "recorded, classified and approved", and how many words that was.
fn joined_verbs(words: &[String]) -> Option<(String, usize)> {
    let verb_at = |at: usize| words.get(at).and_then(|word| imperative(word.trim_end_matches(',')));
    let mut verbs = capitalized(&verb_at(0)?);
    let mut length = 1;
    loop {
        let comma = if words[length - 1].ends_with(',') { "," } else { "" };
        let conjunction = words.get(length).filter(|word| matches!(word.as_str(), "and" | "or"));
        let joint = usize::from(conjunction.is_some());
        let adverbs = adverbs(words.get(length + joint..).unwrap_or_default());
        let at = length + joint + adverbs.len();
        let Some(verb) = verb_at(at).filter(|_| !comma.is_empty() || conjunction.is_some()) else {
            return Some((verbs, length));
        };
        let between: Vec<&str> = words[length..at].iter().map(String::as_str).chain([verb.as_str()]).collect();
        verbs.push_str(&format!("{comma} {}", between.join(" ")));
        length = at + 1;
    }
}

/// Whether a second statement follows: "…, and operators are trained".
fn goes_on(rest: &[String]) -> bool {
    let Some(verb) = (0..rest.len()).find(|at| copula_length(rest, *at).is_some()) else { return false };
    let before = &rest[..verb];
    !before.iter().any(|word| SUBORDINATORS.contains(&lower(word).as_str()))
}

/// The subject as it stands within a sentence. What is written with further capitals or digits keeps its first one.
fn lowered(subject: &[String]) -> Vec<String> {
    let mut subject = subject.to_vec();
    if let Some(first) = subject.first_mut() {
        let mut characters = first.chars();
        let head = characters.next().filter(|head| head.is_uppercase());
        let is_word =
            characters.clone().all(|character| character.is_lowercase() || matches!(character, '-' | ',' | '\''));
        if let Some(head) = head.filter(|_| is_word) {
            *first = head.to_lowercase().chain(characters).collect();
        }
    }
    subject
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or(String::new(), |head| head.to_uppercase().chain(characters).collect())
}

fn lower(word: &str) -> String {
    word.trim_end_matches(',').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(outcome: &str) -> String {
        practice(&Marked::from_marked(outcome.to_owned()), &crate::document::words::EN).value()
    }

    #[test]
    fn passive_sentences_become_imperatives() {
        for (outcome, practice) in [
            ("Keys are rotated.", "Rotate keys."),
            ("A register of keys is kept", "Keep a register of keys"),
            ("Access is limited to holders of a permit.", "Limit access to holders of a permit."),
            ("Keys are recorded, uniquely identified and approved.", "Record, uniquely identify and approve keys."),
            ("Keys are recorded, classified and approved.", "Record, classify and approve keys."),
            ("ISO documents are regularly reviewed.", "Review ISO documents regularly."),
            ("Information that is kept is protected.", "Protect information that is kept."),
            ("Persons whose work is planned are trained.", "Train persons whose work is planned."),
            ("Changes are approved before they are made.", "Approve changes before they are made."),
            ("It is settled what to communicate.", "Settle what to communicate."),
            ("Logs are kept, where possible, in a vault.", "Keep logs, where possible, in a vault."),
            ("The policy is known to personnel.", "Make the policy known to personnel."),
            ("Duties are assigned and known.", "Assign and make known duties."),
            ("A statement of needs is drawn up as planned.", "Draw up a statement of needs as planned."),
            ("Screens are kept out of sight.", "Keep screens out of sight."),
            ("Needs, legal ones included, are determined.", "Determine needs, legal ones included."),
            ("Risks have been assessed.", "Assess risks."),
            ("The `is kept` flag is set.", "Set the `is kept` flag."),
        ] {
            assert_eq!(drafted(outcome), practice);
        }
    }

    #[test]
    fn other_sentences_are_achieved() {
        for outcome in [
            "Labels show the class of information.",
            "Persons are competent.",
            "Keys are backed up, and operators are trained.",
            "Keys are kept. Staff is trained.",
            "Keys are not shared.",
            "What is needed",
            "",
        ] {
            assert_eq!(drafted(outcome), format!("Achieve: {outcome}"));
        }
    }
}
