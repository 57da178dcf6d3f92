//! Characters that mean something in AsciiDoc, written as character references: no backslash and no macro keeps them all.

/// Writes `text` behind what is already in `out`, so that it is shown as it stands.
///
/// `starts` says that nothing stands before it on its line, where some characters would begin a block. White space is one
/// space, and none where a line begins.
pub(super) fn push(out: &mut String, text: &str, starts: bool) {
    let text = squeezed(text, starts || out.ends_with([' ', '\n']));
    let mark = if starts { block_mark(&text) } else { None };
    let mut before: Option<char> = None;
    let mut rest = text.chars().peekable();
    let mut at = 0;
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        if mark == Some(at) || acts(before, character, after) {
            reference(out, character);
        } else {
            out.push(character);
        }
        before = Some(character);
        at += character.len_utf8();
    }
}

/// Lines of code, each mark of them as a character reference.
pub(super) fn code(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let is_usual = character.is_alphanumeric() || matches!(character, ' ' | '\n' | '\t' | ',');
        if is_usual { out.push(character) } else { reference(&mut out, character) }
    }
    out
}

fn reference(out: &mut String, character: char) {
    out.push_str(&format!("&#{};", u32::from(character)));
}

/// Whether a character may mean more than itself between its neighbours; at the ends of a text anything may stand beside.
fn acts(before: Option<char>, character: char, after: Option<char>) -> bool {
    let beside = |wanted: &[char]| after.is_none_or(|after| wanted.contains(&after));
    match character {
        ';' | '*' | '_' | '`' | '#' | '^' | '~' | '+' | '|' | '{' | '}' | '[' | ']' | '<' | '>' | '&' | '\\' | '"' => {
            true
        }
        '$' | '@' | '=' | '\'' => true,
        ':' => after != Some(' '),
        '(' => before == Some('(') || beside(&['(', 'C', 'R', 'T']),
        ')' => before == Some(')') || after == Some(')'),
        '-' => before.is_none_or(|before| before == '-') || beside(&['-', '>']),
        // One at the end of a sentence is none of several.
        '.' => before.is_none_or(|before| before == '.') || after == Some('.'),
        '/' | '%' => before.is_none(),
        other => other == '\u{feff}' || !other.is_ascii() && other.is_whitespace(),
    }
}

/// The text with its white space squeezed; what stands at its beginning goes where a space stands already.
fn squeezed(text: &str, drops_first: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_space = drops_first;
    for character in text.chars() {
        let is_blank = character.is_ascii_whitespace();
        if !is_blank || !is_space {
            out.push(if is_blank { ' ' } else { character });
        }
        is_space = is_blank;
    }
    out
}

/// Where the character stands whose escape keeps a line from being read as an item of a list or a note.
fn block_mark(text: &str) -> Option<usize> {
    let word = text.find(|character: char| !character.is_alphanumeric())?;
    let first = &text[..word];
    let is_number = first.chars().all(|digit| digit.is_ascii_digit() || "ivxlcdmIVXLCDM".contains(digit));
    let is_marked = word > 0 && text[word..].starts_with(['.', ')', ':']);
    let is_label = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"].contains(&first);
    let ends = matches!(text[word..].chars().nth(1), None | Some(' '));
    let is_item = !text[word..].starts_with(':') && (is_number || first.chars().count() == 1);
    (is_marked && ends && (is_label || is_item)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_mean_themselves() {
        let escaped = |text: &str| {
            let mut out = String::new();
            push(&mut out, text, true);
            out
        };
        assert_eq!(escaped("a|b*"), "a&#124;b&#42;");
        assert_eq!(escaped("  Processes: COM.01, a - b (see 5.2)."), "Processes: COM.01, a - b (see 5.2).");
        assert_eq!(escaped("1. x"), "1&#46; x");
        assert_eq!(escaped("iv) x"), "iv&#41; x");
        assert_eq!(escaped("NOTE: x"), "NOTE&#58; x");
        assert_eq!(escaped("Note: x\n y"), "Note: x y");
        assert_eq!(escaped(".T ... --"), "&#46;T &#46;&#46;&#46; &#45;&#45;");
        assert_eq!(escaped("a:: b"), "a&#58;: b");
        assert_eq!(escaped("a\u{a0}b"), "a&#160;b");
    }
}
