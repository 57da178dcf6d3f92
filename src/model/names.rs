//! Interned ids.

use std::cmp::Ordering;
use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::span::narrow;

/// An id that occurs somewhere in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u32);

/// The table of ids: each is stored once, and compared by number.
///
/// All stand in one string, one behind the other; a large model has a million of them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Finds a name by the hash of what it says.
    table: HashTable<Name>,
    text: String,
    /// Where each ends in the string; it begins where the one before ends.
    ends: Vec<u32>,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        let Names { table, text, ends } = self;
        table.reserve(more, |name| hash(slice(text, ends, *name)));
        ends.reserve(more);
    }

    /// The name of an id, new or known.
    pub fn intern(&mut self, id: &str) -> Name {
        self.intern_end(self.text.len(), |text| text.push_str(id))
    }

    /// The name of the full id of something in an element: `COM.01` and `1` make `COM.01.1`.
    pub fn intern_full(&mut self, element: Name, own: &str) -> Name {
        let start = self.text.len();
        let element = self.range(element);
        self.intern_end(start, |text| {
            text.extend_from_within(element);
            text.push('.');
            text.push_str(own);
        })
    }

    /// Interns what is written behind the ids that there are, and takes it back if it is known.
    fn intern_end(&mut self, start: usize, write: impl FnOnce(&mut String)) -> Name {
        write(&mut self.text);
        let Names { table, text, ends } = self;
        let id = &text[start..];
        let hash_of_id = hash(id);
        if let Some(known) = table.find(hash_of_id, |name| slice(text, ends, *name) == id) {
            let known = *known;
            text.truncate(start);
            return known;
        }
        let name = Name(narrow(ends.len()));
        ends.push(narrow(text.len()));
        table.insert_unique(hash_of_id, name, |name| hash(slice(text, ends, *name)));
        name
    }

    /// The name of an id, if it occurs anywhere.
    pub fn get(&self, id: &str) -> Option<Name> {
        self.table.find(hash(id), |name| self.text(*name) == id).copied()
    }

    /// What a name says.
    pub fn text(&self, name: Name) -> &str {
        slice(&self.text, &self.ends, name)
    }

    fn range(&self, name: Name) -> std::ops::Range<usize> {
        range(&self.ends, name)
    }
}

fn range(ends: &[u32], name: Name) -> std::ops::Range<usize> {
    let number = name.0 as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize);
    start..ends.get(number).map_or(start, |end| *end as usize)
}

fn slice<'t>(text: &'t str, ends: &[u32], name: Name) -> &'t str {
    text.get(range(ends, name)).unwrap_or_default()
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
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
    similar_letters(id).map(char::from).collect()
}

/// Whether two ids have one [`similar_key`].
pub fn is_similar(one: &str, other: &str) -> bool {
    similar_letters(one).eq(similar_letters(other))
}

/// A number that ids with one [`similar_key`] share.
pub fn similarity(id: &str) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    similar_letters(id).for_each(|letter| hasher.write_u8(letter));
    hasher.finish()
}

fn similar_letters(id: &str) -> impl Iterator<Item = u8> + '_ {
    let bytes = id.as_bytes();
    let mut starts_number = true;
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let more_digits = || bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if starts_number && *byte == b'0' && more_digits() {
            return None;
        }
        starts_number = !byte.is_ascii_digit();
        Some(byte.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stored_once() {
        let mut names = Names::default();
        let (process, outcome) = (names.intern("COM.01"), names.intern("COM.01.1"));
        assert_eq!(names.intern("COM.01"), process);
        assert_eq!(names.intern_full(process, "1"), outcome);
        let accented = names.intern_full(process, "é");
        assert_eq!(names.text(accented), "COM.01.é");
        assert_eq!((names.get("COM.01.1"), names.get("COM.01.2")), (Some(outcome), None));
        assert_eq!((names.text(process), names.text(Name(9))), ("COM.01", ""));
    }

    #[test]
    fn padding_and_case_are_ignored() {
        for (id, key) in [("ORG.01", "org.1"), ("ORG.10", "org.10"), ("a.001.0", "a.1.0"), ("001", "1"), ("a00", "a0")]
        {
            assert_eq!(similar_key(id), key);
            assert!(is_similar(id, key) && similarity(id) == similarity(key));
        }
        assert!(!is_similar("1.0", "10"));
    }

    #[test]
    fn numbers_compare_as_numbers() {
        let mut ids = ["COM.10", "COM.2", "A.5.1", "COM.02", "A.5"];
        ids.sort_by(|a, b| natural_order(a, b));
        assert_eq!(ids, ["A.5", "A.5.1", "COM.02", "COM.2", "COM.10"]);
    }
}
