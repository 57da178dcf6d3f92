//! Ids that clash: the same twice, or nearly the same.

use hashbrown::HashTable;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{is_similar, similarity};
use crate::span::Span;

/// Ids of one namespace by what is left when case and leading zeros are ignored.
#[derive(Default)]
pub struct Similar<'a> {
    seen: HashTable<(&'a str, Span)>,
}

impl<'a> Similar<'a> {
    /// Forgets all ids, for the next namespace.
    pub fn clear(&mut self) {
        self.seen.clear();
    }

    /// Takes in an id; reports it if it differs from one before only in case or zero padding.
    pub fn check(&mut self, id: &'a str, span: Span) -> Option<Diagnostic> {
        let hash = similarity(id);
        match self.seen.find(hash, |(other, _)| is_similar(other, id)) {
            None => {
                self.seen.insert_unique(hash, (id, span), |(other, _)| similarity(other));
                None
            }
            // The same id twice is another matter, and reported as that.
            Some((other, _)) if *other == id => None,
            Some((other, place)) => Some(
                Diagnostic::new(
                    &codes::SIMILAR_ID,
                    span,
                    format!("`{id}` and `{other}` differ only in case or leading zeros"),
                )
                .label("easily taken for the other")
                .also(*place, "the other")
                .help("give one of them an id that nobody can mistake"),
            ),
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

/// One thing that one package says twice, in different statements.
pub fn twice(message: String, place: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&codes::STATED_TWICE, place, message)
        .label("the second time")
        .also(first, "the first time")
        .help("keep one of the two: where statements stand among the files means nothing, so neither would count before the other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_with_capitals_or_padding_can_be_similar() {
        assert!(is_suspicious("01") && is_suspicious("a.01") && !is_suspicious("10") && !is_suspicious("1.0"));
    }
}
