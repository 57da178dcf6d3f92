//! Interned ids.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

/// An id that occurs somewhere in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u32);

/// The table of ids: each is stored once, and compared by number.
#[derive(Debug, Default)]
pub struct Names {
    numbers: FxHashMap<Box<str>, Name>,
    texts: Vec<Box<str>>,
}

impl Names {
    /// The name of an id, new or known.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.numbers.get(text) {
            return *name;
        }
        let name = Name(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(text.into());
        self.numbers.insert(text.into(), name);
        name
    }

    /// The name of an id, if it occurs anywhere.
    pub fn get(&self, text: &str) -> Option<Name> {
        self.numbers.get(text).copied()
    }

    /// What a name says.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }
}

/// The order of ids in documents: numbers in them compared as numbers, so that `COM.2` comes before `COM.10`.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    while let (Some(a_first), Some(b_first)) = (a_rest.chars().next(), b_rest.chars().next()) {
        if a_first.is_ascii_digit() && b_first.is_ascii_digit() {
            let (a_number, a_after) = digits(a_rest);
            let (b_number, b_after) = digits(b_rest);
            let by_value = a_number.len().cmp(&b_number.len()).then_with(|| a_number.cmp(b_number));
            if by_value != Ordering::Equal {
                return by_value;
            }
            (a_rest, b_rest) = (a_after, b_after);
        } else if a_first == b_first {
            a_rest = &a_rest[a_first.len_utf8()..];
            b_rest = &b_rest[b_first.len_utf8()..];
        } else {
            return a_first.cmp(&b_first);
        }
    }
    // What is the same as a number may differ in leading zeros.
    a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b))
}

/// The digits at the start, without leading zeros, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (text[..end].trim_start_matches('0'), &text[end..])
}

/// What is left of an id when case and leading zeros are ignored: ids with one key are easily taken for each other.
pub fn similar_key(id: &str) -> String {
    let mut key = String::with_capacity(id.len());
    let bytes = id.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let starts_number = !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
            || key.ends_with(|last: char| !last.is_ascii_digit());
        let more_digits = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let padding = *byte == b'0' && starts_number && more_digits;
        if !padding {
            key.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_as_numbers() {
        let mut ids = ["COM.10", "COM.2", "A.5.1", "COM.02", "A.5"];
        ids.sort_by(|a, b| natural_order(a, b));
        assert_eq!(ids, ["A.5", "A.5.1", "COM.02", "COM.2", "COM.10"]);
    }
}
