//! Ids that the language has, out of what other people write for ids.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::model::similar_key;

/// An id that the language has: itself, where it is one.
///
/// Segments of ASCII letters, digits, `-` and `_` with dots between them. Brackets open a segment (`21(2)(a)` is
/// `21.2.a`), what else is no such character becomes a hyphen; the empty text where nothing is left.
pub fn legal(id: &str) -> Cow<'_, str> {
    let id = id.trim();
    if is_legal(id) {
        return Cow::Borrowed(id);
    }
    let mut made = String::with_capacity(id.len());
    for character in id.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' => made.push(character),
            '(' | '[' => made.push('.'),
            ')' | ']' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => made.push('-'),
            other => made.push_str(plain(other)),
        }
    }
    let segments = made.split('.').map(|segment| {
        let words: Vec<&str> = segment.split('-').filter(|word| !word.is_empty()).collect();
        words.join("-")
    });
    let segments: Vec<String> = segments.filter(|segment| !segment.is_empty()).collect();
    Cow::Owned(segments.join("."))
}

/// Whether it is an id of the language.
pub fn is_legal(id: &str) -> bool {
    let is_segment = |segment: &str| {
        !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    id.split('.').all(is_segment)
}

/// An id, and the words behind it, where words begin with an id: "5 Organizational controls".
pub fn split(words: &str) -> (Option<&str>, &str) {
    let words = words.trim();
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let id = first.trim_end_matches(['.', ':']);
    let rest = rest.trim_start_matches([' ', ':', '-', '–', '—']).trim();
    let is_code = id.chars().any(|character| character.is_ascii_digit())
        || id.len() <= 5 && !id.is_empty() && id.chars().all(|character| character.is_ascii_uppercase());
    if is_code && is_legal(id) && rest.chars().any(char::is_alphabetic) { (Some(id), rest) } else { (None, words) }
}

/// A letter in the letters that ids have.
fn plain(character: char) -> &'static str {
    match character {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        'à' | 'á' | 'â' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'î' | 'ï' => "i",
        'ô' => "o",
        'ù' | 'û' => "u",
        'É' | 'È' | 'Ê' => "E",
        'Ç' => "C",
        'À' | 'Â' => "A",
        _ => "-",
    }
}

/// Ids that are given out once each, those that are easily taken for each other too: by what is left of them without case
/// and leading zeros, the first that was given out, and the number that the next one is tried with.
#[derive(Debug, Default)]
pub struct Taken(FxHashMap<String, (String, usize)>);

impl Taken {
    /// Whether it is free; it is taken then.
    pub fn take(&mut self, id: &str) -> bool {
        let key = similar_key(id);
        let is_free = !self.0.contains_key(&key);
        if is_free {
            self.0.insert(key, (id.to_owned(), 2));
        }
        is_free
    }

    /// The id, or with the first number behind it that makes it free.
    pub fn free(&mut self, id: &str) -> String {
        if self.take(id) {
            return id.to_owned();
        }
        loop {
            // Many of the same words have not to try again what the others have.
            let (_, next) = self.0.entry(similar_key(id)).or_insert_with(|| (id.to_owned(), 2));
            let other = format!("{id}-{next}");
            *next += 1;
            if self.take(&other) {
                return other;
            }
        }
    }

    /// Why an id is not free.
    pub fn reason(&self, id: &str) -> String {
        match self.0.get(&similar_key(id)) {
            Some((other, _)) if other != id => format!("`{id}` and `{other}` differ only in case or leading zeros"),
            _ => format!("`{id}` is there already"),
        }
    }
}

/// The ids in a value that names several: between commas, semicolons, line breaks, and the word for "and".
pub fn listed(value: &str) -> Vec<String> {
    let parts = value.split([',', ';', '\n', '\r', '|']);
    let parts = parts.flat_map(|part| {
        [" and ", " und ", " et "]
            .into_iter()
            .fold(vec![part], |parts, word| parts.into_iter().flat_map(|part| part.split(word)).collect())
    });
    parts
        .map(|part| part.trim().trim_start_matches(['-', '•', '–', '—']).trim().to_owned())
        .filter(|part| !part.is_empty() && !NONE.contains(&part.to_lowercase().as_str()))
        .collect()
}

/// What people write where there is none.
const NONE: &[&str] = &["n/a", "n.a.", "none", "keine", "keiner", "entfällt", "aucun", "aucune", "/"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_others_become_ids() {
        for (given, made) in [
            ("5.1", "5.1"),
            ("AC-2(1)", "AC-2.1"),
            ("6.1.2 c) 1)", "6.1.2-c-1"),
            ("21(2)(a)", "21.2.a"),
            ("§ 30", "30"),
            ("Prüfung 3", "Pruefung-3"),
            ("PR.AA–01", "PR.AA-01"),
            ("..a..b..", "a.b"),
            ("日本", ""),
        ] {
            assert_eq!(legal(given), made, "{given}");
            assert!(made.is_empty() || is_legal(&legal(given)), "{given}");
        }
    }

    #[test]
    fn ids_that_are_easily_taken_for_each_other_are_given_out_once() {
        let mut taken = Taken::default();
        assert_eq!(["A.1", "a.01", "A.1", "B"].map(|id| taken.free(id)), ["A.1", "a.01-2", "A.1-3", "B"]);
        assert_eq!(taken.reason("a.01"), "`a.01` and `A.1` differ only in case or leading zeros");
        assert_eq!(taken.reason("A.1"), "`A.1` is there already");
    }

    #[test]
    fn a_cell_names_several() {
        assert_eq!(listed("5.1, 5.2;5.3\n• 5.4 and 5.5"), ["5.1", "5.2", "5.3", "5.4", "5.5"]);
        assert!(listed(" ,\n").is_empty() && listed("N/A").is_empty() && listed("—").is_empty());
    }
}
