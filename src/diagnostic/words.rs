//! The grammar of messages: plurals, lists, quotations, and the nearest name.

/// `1 outcome`, `2 outcomes`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// The plural of a noun of this language's manual.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with('s') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// `a`, `b` and `c`; at most `most` names, then how many more.
pub fn list<S: AsRef<str>>(names: &[S], joiner: &str, most: usize) -> String {
    first_of(&names[..names.len().min(most)], names.len(), joiner)
}

/// The first of `total` names, as [`list`] has them.
pub fn first_of<S: AsRef<str>>(first: &[S], total: usize, joiner: &str) -> String {
    let mut list = String::with_capacity(24 * first.len());
    for (number, name) in first.iter().enumerate() {
        let is_last = number > 0 && number + 1 == first.len() && total <= first.len();
        let between = if is_last { [" ", joiner, " `"] } else { [if number > 0 { ", " } else { "" }, "`", ""] };
        between.into_iter().chain([name.as_ref(), "`"]).for_each(|part| list.push_str(part));
    }
    if total > first.len() {
        list.push_str(&format!(" and {} more", total - first.len()));
    }
    list
}

/// `a` or `an`, and the noun.
pub fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

/// A text with its first letter in the lower case, unless its first word is an acronym or a name with inner capitals.
pub fn uncapitalized(text: &str) -> String {
    let first_word = text.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
    if first_word.chars().skip(1).any(char::is_uppercase) || first_word.chars().count() == 1 && first_word != "A" {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + characters.as_str())
}

/// The candidate nearest to a misspelt name, if one is near enough to have been meant, or the one that begins with it.
///
/// Optimal string alignment counts a swapped pair of letters as one slip. Of equally near candidates the first in
/// order wins, so that the answer never depends on hashing.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (near, begun) = near_and_begun(wrong, candidates);
    near.first().or(begun.first().filter(|_| begun.len() == 1)).copied()
}

/// All candidates that are as near as the nearest, in order; of what is typed half, those that begin with it.
pub fn all_nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let (near, begun) = near_and_begun(wrong, candidates);
    if near.is_empty() && begun.len() <= BEGUN { begun } else { near }
}

/// How many letters are enough to tell what is typed half, and how many names may begin so to be told.
const HALF: usize = 2;
const BEGUN: usize = 8;

/// The nearest candidates, and those that begin with what is written, both in order.
fn near_and_begun<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> (Vec<&'a str>, Vec<&'a str>) {
    // Longer names are no ids that somebody typed; without the bound a long one would cost its square.
    if wrong.len() > 80 {
        return (Vec::new(), Vec::new());
    }
    let allowed = match wrong.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        length => (length / 3).min(4),
    };
    let lower = wrong.to_lowercase();
    let letters_of_wrong = letters(&lower);
    let mut best = allowed;
    let mut nearest: Vec<&str> = Vec::new();
    let mut begun: Vec<&str> = Vec::new();
    for candidate in candidates {
        if wrong.len() >= HALF && candidate.get(..wrong.len()).is_some_and(|half| half.eq_ignore_ascii_case(wrong)) {
            begun.push(candidate);
        }
        if candidate.len().abs_diff(wrong.len()) > best || candidate == wrong {
            continue;
        }
        // A slip takes away one letter and brings in one, at most: this settles nearly all candidates.
        let differing = (letters(candidate) ^ letters_of_wrong).count_ones() as usize;
        if differing > 2 * best && lower.is_ascii() && candidate.is_ascii() {
            continue;
        }
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        if distance < best {
            nearest.clear();
        }
        if distance <= best {
            best = distance;
            nearest.push(candidate);
        }
    }
    for names in [&mut nearest, &mut begun] {
        names.sort_unstable();
        names.dedup();
    }
    // What goes on as it begins is likelier than what differs in two letters.
    if best > 1 && (1..=BEGUN).contains(&begun.len()) {
        nearest.clear();
    }
    (nearest, begun)
}

/// The letters of a text that occur in it, without regard to case: a bit each, some share one.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists() {
        assert_eq!(count(1, "outcome"), "1 outcome");
        assert_eq!(count(2, "policy"), "2 policies");
        assert_eq!(list(&["a", "b", "c"], "or", 5), "`a`, `b` or `c`");
        assert_eq!(list(&["a", "b", "c"], "and", 2), "`a`, `b` and 1 more");
    }

    #[test]
    fn nearest_takes_slips_and_leaves_strangers() {
        assert_eq!(nearest("otucome", ["process", "outcome"]), Some("outcome"));
        assert_eq!(nearest("COM.1", ["COM.01", "TEC.01"]), Some("COM.01"));
        assert_eq!(nearest("zebra", ["outcome", "process"]), None);
        assert_eq!(all_nearest("outc", ["outcome", "process"]), ["outcome"]);
        assert_eq!(all_nearest("LO", ["LOCK.1", "KEY.1", "LOCK.2"]), ["LOCK.1", "LOCK.2"]);
    }
}
