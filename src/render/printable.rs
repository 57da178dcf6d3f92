//! Text of users made fit for a terminal: nothing in it moves the cursor, changes colours or reverses the line.

use std::borrow::Cow;

/// A text on one line; its line breaks become spaces.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let joined = text.lines().collect::<Vec<_>>().join(" ");
    Cow::Owned(joined.replace('\t', " ").chars().map(visible).collect())
}

/// A text that keeps its lines.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.lines().map(line).collect::<Vec<_>>().join("\n"))
}

/// A stretch of a line of source; tabs stay, because frames know how wide they are.
pub(super) fn source(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if character == '\t' { '\t' } else { visible(character) }).collect())
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The character, or one that can be seen in its place.
fn visible(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // Controls of the second block, what reverses text, separators of lines, and marks without width.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\u{ad}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(line("a\r\nb\tc\u{1b}[31m\u{202e}"), "a b c␛[31m\u{fffd}");
        assert_eq!(lines("ä\nb\r\n"), "ä\nb");
        assert_eq!(source("\tö\u{7}"), "\tö␇");
    }
}
