//! The addresses that links may lead to.

use crate::render::printable;

/// Whether a link may lead there; nothing but pages and mailboxes, and no character that a table or a link trips over.
pub(super) fn is_address(address: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"].iter().find(|scheme| address.starts_with(**scheme));
    scheme.is_some_and(|scheme| address.len() > scheme.len()) && !address.contains(is_foreign)
}

fn is_foreign(character: char) -> bool {
    character.is_whitespace() || printable::acts(character) || matches!(character, '<' | '>' | '|' | '\\' | '`')
}

/// Whether an address begins with a scheme; a single letter before a colon is a disk.
pub(super) fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_part = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'-' | b'.');
    scheme.len() > 1 && scheme.as_bytes()[0].is_ascii_alphabetic() && scheme.bytes().all(is_part)
}

/// The first address that stands bare in some words, by its bytes.
pub(super) fn bare_address(words: &str) -> Option<std::ops::Range<usize>> {
    let ends =
        |character: char| character.is_whitespace() || character.is_control() || matches!(character, '<' | '(' | ')');
    let mut from = 0;
    while let Some(at) = words[from..].find("http").map(|at| from + at) {
        from = at + 4;
        let rest = &words[at..];
        let is_begun = rest.starts_with("http://") || rest.starts_with("https://");
        if !is_begun || words[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let stretch = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let address = stretch.trim_end_matches(|character: char| character.is_ascii_punctuation() && character != '/');
        if is_address(address) {
            return Some(at..at + address.len());
        }
        // What keeps this from being an address keeps all that begin before it.
        from = address.rfind(is_foreign).map_or(from, |foreign| at + foreign);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_a_scheme() {
        for (address, has) in [
            ("https://x.example/a", true),
            ("data:image/png;base64,x", true),
            ("file:a.svg", true),
            ("c:\\a.svg", false),
            ("a b:c.svg", false),
            ("a.svg", false),
            (":a.svg", false),
            ("", false),
        ] {
            assert_eq!(has_scheme(address), has, "{address}");
        }
    }
}
