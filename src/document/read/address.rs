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

/// Where a picture is, seen from the document: a web address as it stands, or a file below the folder of the document
/// that its text names from a folder. `None` for what is neither, or no picture by its name.
pub(super) fn picture_file(folder: &str, address: &str) -> Option<String> {
    if address.starts_with("https://") || address.starts_with("http://") {
        return is_address(address).then(|| address.to_owned());
    }
    let is_picture = |end: &&str| address.len() > end.len() && address.to_lowercase().ends_with(*end);
    let is_odd = |character: char| is_foreign(character) && character != ' ' || character == ':';
    if address.starts_with('/') || address.contains(is_odd) || ![".svg", ".png", ".jpg", ".jpeg"].iter().any(is_picture)
    {
        return None;
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    Some(path.join("/"))
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
    fn pictures_stay_below_the_folder_of_the_document() {
        for (folder, address, file) in [
            ("", "a.svg", Some("a.svg")),
            ("sub/deep", "../a b.PNG", Some("sub/a b.PNG")),
            ("sub", "./figures//a.jpeg", Some("sub/figures/a.jpeg")),
            ("sub", "https://x.example/a", Some("https://x.example/a")),
            ("sub", "../../a.svg", None),
            ("", "../a.svg", None),
            ("", "/etc/a.svg", None),
            ("", "file:a.svg", None),
            ("", "c:\\a.svg", None),
            ("", "javascript:a.svg", None),
            ("", "data:image/svg+xml,a.svg", None),
            ("", "a.exe", None),
            ("", ".svg", None),
            ("", "", None),
        ] {
            assert_eq!(picture_file(folder, address).as_deref(), file, "{folder} {address}");
        }
    }
}
