//! Ids that clash: the same twice, or nearly the same.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::similar_key;
use crate::span::Span;

/// Ids of one namespace by what is left when case and leading zeros are ignored.
#[derive(Default)]
pub struct Similar<'a> {
    seen: FxHashMap<String, (&'a str, Span)>,
}

impl<'a> Similar<'a> {
    /// Takes in an id; reports it if it differs from one before only in case or zero padding.
    pub fn check(&mut self, id: &'a str, span: Span) -> Option<Diagnostic> {
        match self.seen.entry(similar_key(id)) {
            Entry::Vacant(entry) => {
                entry.insert((id, span));
                None
            }
            // The same id twice is another matter, and reported as that.
            Entry::Occupied(entry) if entry.get().0 == id => None,
            Entry::Occupied(entry) => {
                let (other, place) = *entry.get();
                Some(
                    Diagnostic::new(
                        &codes::SIMILAR_ID,
                        span,
                        format!("`{id}` and `{other}` differ only in case or leading zeros"),
                    )
                    .label("easily taken for the other")
                    .also(place, "the other")
                    .help("give one of them an id that nobody can mistake"),
                )
            }
        }
    }
}

/// Whether an id could be similar to a different one: plain ids need no look.
pub fn is_suspicious(id: &str) -> bool {
    let bytes = id.as_bytes();
    bytes.iter().any(u8::is_ascii_uppercase)
        || bytes.iter().enumerate().any(|(at, byte)| {
            *byte == b'0'
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
                && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit())
        })
}

/// One id for two elements.
pub fn duplicate(what: &str, id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&codes::DUPLICATE_ID, span, format!("the {what} `{id}` is declared twice"))
        .label("declared again here")
        .also(first, "first declared here")
        .help("give one of them another id, or delete one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_and_case_are_ignored() {
        assert_eq!(similar_key("ORG.01"), "org.1");
        assert_eq!(similar_key("ORG.10"), "org.10");
        assert_eq!(similar_key("a.001.0"), "a.1.0");
        assert!(is_suspicious("01") && is_suspicious("a.01") && !is_suspicious("10") && !is_suspicious("1.0"));
    }
}
