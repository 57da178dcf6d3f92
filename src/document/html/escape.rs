//! Text in HTML that is XML too.

use crate::render::printable;

/// The text, every mark of it as a character reference, and what XML cannot hold as a sign that something was there.
/// What would act where it is shown is shown.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in printable::document(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// The attribute that lets a text find its own direction; nothing where none of it is written from the right.
pub(super) fn direction(text: &str) -> &'static str {
    let is_from_right = |character: char| matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if !text.is_ascii() && text.chars().any(is_from_right) { " dir=\"auto\"" } else { "" }
}
