//! Ids that the language has, out of what other people write for ids.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

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

/// Ids that are given out once each, with the number that the next one of the same words is tried with.
#[derive(Debug, Default)]
pub struct Taken(FxHashMap<String, usize>);

impl Taken {
    /// Whether it is free; it is taken then.
    pub fn take(&mut self, id: &str) -> bool {
        let is_free = !self.0.contains_key(id);
        if is_free {
            self.0.insert(id.to_owned(), 2);
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
            let next = self.0.entry(id.to_owned()).or_insert(2);
            let other = format!("{id}-{next}");
            *next += 1;
            if self.take(&other) {
                return other;
            }
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
        .filter(|part| !part.is_empty())
        .collect()
}

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
    fn a_cell_names_several() {
        assert_eq!(listed("5.1, 5.2;5.3\n• 5.4 and 5.5"), ["5.1", "5.2", "5.3", "5.4", "5.5"]);
        assert!(listed(" ,\n").is_empty());
    }
}
