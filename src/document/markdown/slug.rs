//! The anchors that renderers give to headings.
//!
//! GitHub, comrak and pandoc's reader of GFM share the rule: lower case, punctuation dropped, hyphens for spaces, and a
//! number behind what occurs again.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

/// The anchors of the headings so far.
#[derive(Default)]
pub(super) struct Slugs {
    taken: FxHashSet<Rc<str>>,
    counts: FxHashMap<Rc<str>, usize>,
}

impl Slugs {
    /// The anchor of the next heading; `None` where renderers may disagree on it.
    pub(super) fn next(&mut self, heading: &str) -> Option<Rc<str>> {
        let base: Rc<str> = slug(heading)?.into();
        let mut unique = base.clone();
        while self.taken.contains(&unique) {
            let count = self.counts.entry(base.clone()).or_default();
            *count += 1;
            unique = format!("{base}-{count}").into();
        }
        self.taken.insert(unique.clone());
        Some(unique)
    }
}

fn slug(heading: &str) -> Option<String> {
    let mut slug = String::with_capacity(heading.len());
    for character in heading.trim().chars().flat_map(char::to_lowercase) {
        match character {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(character),
            _ if character.is_ascii_alphanumeric() => slug.push(character),
            _ if character.is_ascii() || is_dropped(character) => {}
            _ if character.is_alphabetic() => slug.push(character),
            // Marks, symbols, digits of other scripts: the rules were not written with them in mind.
            _ => return None,
        }
    }
    (!slug.is_empty()).then_some(slug)
}

/// Dashes, quotation marks, ellipses and the punctuation of Chinese and Japanese.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '«' | '»' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.next("5.2 COM.01 Über_uns – R&D").as_deref(), Some("52-com01-über_uns--rd"));
        assert_eq!(slugs.next("A 1").as_deref(), Some("a-1"));
        assert_eq!(slugs.next("A").as_deref(), Some("a"));
        assert_eq!(slugs.next("A").as_deref(), Some("a-2"));
        assert_eq!(slugs.next("व्यवहार"), None);
    }
}
