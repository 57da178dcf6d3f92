//! The imperative of a past participle, for drafts: `kept` comes of what somebody has to `keep`.

use super::{Classes, classes, key, verb};

/// States that are brought about by making something so.
const MADE: &[&str] = &["available", "aware", "known"];

/// Participles, and words that look like one, that tell of a state which nobody brings about.
const STATES: &str = "\
    advanced arisen become come concerned cost deceased detailed expected experienced fallen felt forgotten gone got \
    hit hundred indeed intended interested involved lain let lost meant need needed quit related required risen said \
    sat skilled slept speed stood stuck supposed swum talented unchanged unrelated wanted";

/// The imperative of the verb that a word is the past participle of.
pub fn imperative(word: &str) -> Option<String> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        || STATES.split(' ').any(|state| state == word)
    {
        return None;
    }
    if MADE.contains(&word) {
        return Some(format!("make {word}"));
    }
    // "Re-assessed", "co-ordinated": the prefix has no part in it.
    if let Some((prefix, verb)) = word.rsplit_once('-') {
        return imperative(verb).map(|verb| format!("{prefix}-{verb}"));
    }
    if !classes(key(word)).any(Classes::PARTICIPLE) {
        return regular(word);
    }
    let base = verb(key(word))?.base;
    // Who writes `organised` writes `organise`.
    match base.strip_suffix("ize").filter(|stem| word.strip_suffix("ised") == Some(stem)) {
        Some(stem) => Some(format!("{stem}ise")),
        None => Some(base.to_owned()),
    }
}

/// Of verbs that the table does not have, by the letters before the ending.
fn regular(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ed").filter(|stem| stem.len() >= 2 && stem.contains(is_vowel))?;
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    // "Agreed": the verb ends in "ee".
    if stem.ends_with('e') {
        return Some(format!("{stem}e"));
    }
    if let Some(single) = undoubled(stem) {
        return Some(single.to_owned());
    }
    Some(if drops_e(stem) { format!("{stem}e") } else { stem.to_owned() })
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// `plann` is from "plan"; `assess` and `staff` are as they are.
fn undoubled(stem: &str) -> Option<&str> {
    let last = stem.chars().next_back()?;
    let single = &stem[..stem.len() - last.len_utf8()];
    (single.ends_with(last) && matches!(last, 'b' | 'd' | 'g' | 'l' | 'm' | 'n' | 'p' | 'r' | 't')).then_some(single)
}

/// Whether a stem lost an "e" before the ending: `defin`, `stor`, `approv`.
fn drops_e(stem: &str) -> bool {
    let mut letters = stem.chars().rev();
    let (Some(last), Some(before)) = (letters.next(), letters.next()) else { return false };
    let long_vowel = letters.next().is_some_and(is_vowel) && is_vowel(before);
    match last {
        'c' | 's' | 'v' | 'z' | 'u' => !stem.ends_with("ss"),
        'g' => matches!(before, 'a' | 'd' | 'e' | 'n' | 'r' | 'l'),
        'l' => !is_vowel(before) && before != 'r' || matches!(before, 'a' | 'i' | 'o' | 'u') && !long_vowel,
        _ if !is_vowel(before) => false,
        'r' if before == 'o' => {
            !["monitor", "tailor", "author", "anchor", "mirror", "sponsor", "factor"].contains(&stem)
        }
        'r' => before != 'e' && !long_vowel,
        't' if stem.ends_with("creat") => true,
        't' => matches!(before, 'a' | 'o' | 'u') && !long_vowel || stem.ends_with("uat") || stem.ends_with("iat"),
        'n' => !long_vowel && matches!(before, 'i' | 'u' | 'a'),
        'b' | 'd' | 'k' | 'm' | 'p' => !long_vowel,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::imperative;

    #[test]
    fn participles_find_their_verbs() {
        let pairs = "\
            planned plan, controlled control, identified identify, agreed agree, kept keep, defined define, \
            determined determine, maintained maintain, stored store, monitored monitor, recorded record, \
            approved approve, authorized authorize, managed manage, logged log, assessed assess, \
            evaluated evaluate, initiated initiate, treated treat, limited limit, communicated communicate, \
            executed execute, reported report, handled handle, scheduled schedule, compiled compile, \
            developed develop, provided provide, reviewed review, published publish, matched match, \
            issued issue, reduced reduce, checked check, described describe, named name, confirmed confirm, \
            claimed claim, positioned position, assigned assign, secured secure, prepared prepare, \
            delivered deliver, repaired repair, cleared clear, submitted submit, interpreted interpret, \
            completed complete, labelled label, mapped map, removed remove, re-assessed re-assess, \
            arranged arrange, continued continue, exceeded exceed, inventoried inventory, deployed deploy, \
            enforced enforce, used use, guided guide, acquired acquire, drilled drill, organised organise, \
            organized organize, labeled label, frozen freeze, done do";
        for (participle, verb) in pairs.split(", ").filter_map(|pair| pair.split_once(' ')) {
            assert_eq!(imperative(participle).as_deref(), Some(verb), "{participle}");
        }
        for word in "required-by ready competent required shed red lost gone".split(' ') {
            assert_eq!(imperative(word), None, "{word}");
        }
    }
}
