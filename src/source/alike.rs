//! Characters that only look like those of the language: word processors write them by themselves.

use std::borrow::Cow;

/// Whether a character separates words as a blank does.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() && !character.is_control()
}

/// Whether a character is taken for the mark of a text.
pub fn is_quote(character: char) -> bool {
    is_double_quote(character) || is_single_quote(character)
}

/// Whether a character is taken for the mark of a text, and can be no apostrophe.
pub fn is_double_quote(character: char) -> bool {
    matches!(character, '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}')
}

fn is_single_quote(character: char) -> bool {
    matches!(character, '\'' | '`' | '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{2032}')
}

/// Whether a character is taken for `-`.
pub fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether a character is taken for nothing.
pub fn is_nothing(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

/// Whether a character turns round the direction in which what follows is shown.
pub fn is_override(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The letters that one character stands for, as typesetters join them.
pub fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// A word as it was meant: its dashes plain, its letters apart, without what nobody sees.
pub fn plain(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let unseen = |character: &char| is_nothing(*character) || is_override(*character);
    let mut meant = String::with_capacity(word.len());
    for character in word.chars().filter(|character| !unseen(character)) {
        match ligature(character) {
            Some(letters) => meant.push_str(letters),
            None => meant.push(if is_dash(character) { '-' } else { character }),
        }
    }
    if meant == word { Cow::Borrowed(word) } else { Cow::Owned(meant) }
}

/// The letter from A to Z that a letter of another script looks like.
pub fn latin(character: char) -> Option<char> {
    const GREEK_AND_CYRILLIC: &str = "\u{391}A\u{392}B\u{395}E\u{396}Z\u{397}H\u{399}I\u{39a}K\u{39c}M\u{39d}N\u{39f}O\u{3a1}P\u{3a4}T\u{3a5}Y\u{3a7}X\u{3bf}o\
         \u{410}A\u{412}B\u{415}E\u{41a}K\u{41c}M\u{41d}H\u{41e}O\u{420}P\u{421}C\u{422}T\u{425}X\u{405}S\u{406}I\
         \u{430}a\u{435}e\u{43e}o\u{440}p\u{441}c\u{443}y\u{445}x\u{456}i";
    if character.is_ascii() {
        return None;
    }
    let mut pairs = GREEK_AND_CYRILLIC.chars();
    while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
        if other == character {
            return Some(latin);
        }
    }
    None
}

/// What a character is called by people.
pub fn name(character: char) -> String {
    let name = match character {
        '\u{2013}' => "an en dash",
        '\u{2014}' => "an em dash",
        '\u{2011}' => "a non-breaking hyphen",
        '\u{2212}' => "a minus sign",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{feff}' => "a byte-order mark",
        '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' => "a curly quote",
        '\u{201a}' | '\u{201e}' => "a low quote",
        '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' => "an angle quote",
        '\'' => "a single quote",
        '`' => "a grave accent",
        _ if ligature(character).is_some() => "a ligature",
        _ if is_dash(character) => "a dash",
        _ if is_quote(character) => "a quotation mark",
        _ => "an invisible character",
    };
    format!("{name} (U+{:04X})", u32::from(character))
}

/// A literal without its marks, be they plain or only look so, and how many bytes the first one has.
pub fn unquoted(literal: &str) -> (&str, usize) {
    let is_mark = |character: char| character == '"' || is_quote(character);
    // Of single quotes, two or three may stand for one.
    let mark = literal.chars().next().filter(|mark| is_single_quote(*mark));
    let marks = mark.map_or(1, |mark| literal.chars().take(3).take_while(|next| *next == mark).count());
    let mut inner = literal;
    for _ in 0..marks {
        let less = inner.strip_prefix(is_mark).unwrap_or(inner);
        inner = less.strip_suffix(is_mark).unwrap_or(less);
    }
    let start: usize = literal.chars().take(marks).filter(|mark| is_mark(*mark)).map(char::len_utf8).sum();
    // Angle quotes have blanks within them in French.
    let is_angle = literal.starts_with(['\u{ab}', '\u{bb}']);
    let trimmed = if is_angle { inner.trim_start_matches(is_blank) } else { inner };
    let start = start + inner.len() - trimmed.len();
    (if is_angle { trimmed.trim_end_matches(is_blank) } else { trimmed }, start)
}

/// How long the mark of a text of several lines is which three quotes make that only look so, at the start of `text`.
pub fn block_mark(text: &str) -> Option<usize> {
    let mut marks = text.char_indices().take_while(|(_, mark)| is_quote(*mark) && *mark != '`');
    marks.nth(2).map(|(at, last)| at + last.len_utf8())
}

/// What stands between the marks of a text of several lines, be they plain or only look so, and where it begins.
pub fn block(literal: &str) -> Option<(&str, usize)> {
    let is_plain = literal.starts_with("\"\"\"");
    let start = if is_plain { 3 } else { block_mark(literal).filter(|_| literal.contains('\n'))? };
    let inner = literal.get(start..)?;
    if let Some(inner) = inner.strip_suffix("\"\"\"") {
        return Some((inner, start));
    }
    let mark = inner.char_indices().rev().nth(2).filter(|(at, _)| inner.get(*at..).and_then(block_mark).is_some());
    Some((mark.map_or(inner, |(at, _)| &inner[..at]), start))
}

/// The literal that is meant by one whose marks only look so, which stands over several lines, or within which marks
/// stand as they are.
pub fn literal(written: &str) -> String {
    let (mut inner, _) = unquoted(written);
    inner = inner.strip_prefix("&quot;").and_then(|rest| rest.strip_suffix("&quot;")).unwrap_or(inner);
    // Marks that were doubled are one.
    while let Some(less) = inner.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        inner = less;
    }
    let mut meant = String::with_capacity(inner.len() + 2);
    let mut is_escaped = false;
    for line in inner.replace("\"\"", "\"").split('\n') {
        let line = if meant.is_empty() { line.trim_end() } else { line.trim() };
        if !meant.is_empty() {
            meant.push(' ');
        }
        for character in line.chars() {
            if character == '"' && !is_escaped {
                meant.push('\\');
            }
            is_escaped = character == '\\' && !is_escaped;
            meant.push(character);
        }
    }
    format!("\"{}\"", meant.trim_matches(|character: char| is_blank(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_read_as_what_was_meant() {
        assert_eq!(plain("key\u{2013}reg\u{ad}ister"), "key-register");
        assert_eq!(plain("satis\u{fb01}es"), "satisfies");
        assert!(matches!(plain("key-register"), Cow::Borrowed(_)));
        assert_eq!(literal("\u{201c}Keys of today\u{2019}s shift.\u{201d}"), "\"Keys of today\u{2019}s shift.\"");
        assert_eq!(literal("\u{ab}\u{a0}Keys \"here\".\u{a0}\u{bb}"), "\"Keys \\\"here\\\".\"");
        assert_eq!(literal("\"Keys\n    are known.\""), "\"Keys are known.\"");
        assert_eq!(literal("\"\"Keys.\"\""), "\"Keys.\"");
        assert_eq!(literal("\"The \"\"old\"\" key.\""), "\"The \\\"old\\\" key.\"");
        assert_eq!(unquoted("\u{201e}Keys\u{201c}"), ("Keys", 3));
        assert_eq!(block("\u{201c}\u{201c}\u{201c}\nKeys\n\u{201d}\u{201d}\u{201d}"), Some(("\nKeys\n", 9)));
        assert_eq!(block("\"\"\"\nKeys\n\u{201d}\u{201d}\u{201d}"), Some(("\nKeys\n", 3)));
        assert_eq!(block("\"\u{201c}\u{2018}Keys\u{2019}\u{201d}\""), None);
    }
}
