//! Text as XML has it.

/// Puts words behind XML: its marks escaped, and what XML 1.0 forbids replaced, or no program opens the file.
pub(super) fn push(out: &mut String, words: &str) {
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return out.push_str(words);
    }
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

/// Words within XML.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    push(&mut out, words);
    out
}

/// Numbers and names between fixed pieces of XML; words of others go through [`push`].
macro_rules! put {
    ($out:expr, $($piece:tt)*) => {{
        // Writing to a String cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut $out, format_args!($($piece)*));
    }};
}
pub(super) use put;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_xml_forbids_comes_in() {
        for character in (0..=0x11_0000).filter_map(char::from_u32) {
            if character <= '\u{ff}' || ('\u{ff00}'..='\u{10000}').contains(&character) {
                let xml = format!("<a b=\"{0}\">{0}</a>", escaped(&character.to_string()));
                assert!(roxmltree::Document::parse(&xml).is_ok(), "{character:?}");
            }
        }
        assert_eq!(escaped("<a & \"b\">\u{1}\u{fffe}"), "&lt;a &amp; &quot;b&quot;&gt;\u{fffd}\u{fffd}");
    }
}
