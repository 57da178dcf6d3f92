//! Which way words are written, and in which script: word processors have to be told, run by run.

/// How a stretch of words is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// From left to right, with letters that any font of Europe has.
    Plain,
    /// From right to left; the tag of its language.
    Backwards(&'static str),
    /// With the signs of East Asia; the tag of its language, where it can be told.
    Eastern(Option<&'static str>),
}

/// Whether words are written from right to left: their first letter says so.
pub(super) fn is_backwards(words: &str) -> bool {
    !words.is_ascii() && matches!(words.chars().find_map(strong), Some(Script::Backwards(_)))
}

/// The stretches of words that are set alike. What has no direction, such as a space, goes with what stands before it,
/// at the beginning with what follows, and between two directions with that of the paragraph.
pub(super) fn stretches(words: &str, is_backwards: bool) -> Vec<(Script, &str)> {
    let around = if is_backwards { Script::Backwards("ar-SA") } else { Script::Plain };
    let mut stretches: Vec<(Script, &str)> = Vec::new();
    let (mut start, mut script) = (0, None);
    // Where the letters of the stretch end, and what has no direction begins.
    let mut settled = 0;
    for (at, character) in words.char_indices() {
        let Some(next) = strong(character) else {
            // A number is read the way of the letters before it.
            if character.is_ascii_digit() && script == Some(Script::Plain) {
                settled = at + 1;
            }
            continue;
        };
        match script {
            None => script = Some(next),
            Some(before) if alike(before, next) => {}
            Some(before) => {
                let turns = matches!(before, Script::Backwards(_)) != matches!(next, Script::Backwards(_));
                let goes_with_next = turns && matches!(next, Script::Backwards(_)) == is_backwards;
                let end = if goes_with_next { settled } else { at };
                stretches.push((before, &words[start..end]));
                (start, script) = (end, Some(next));
            }
        }
        settled = at + character.len_utf8();
    }
    let last = script.unwrap_or(around);
    let end = if last == Script::Plain && is_backwards { settled } else { words.len() };
    stretches.push((last, &words[start..end]));
    stretches.push((around, &words[end..]));
    stretches.retain(|(_, words)| !words.is_empty());
    stretches
}

fn alike(one: Script, other: Script) -> bool {
    match (one, other) {
        (Script::Eastern(_), Script::Eastern(_)) => one == other || other == Script::Eastern(None),
        _ => one == other,
    }
}

/// How a character is set; nothing for one that goes with those beside it, such as digits and marks.
fn strong(character: char) -> Option<Script> {
    match character {
        _ if character.is_ascii() => character.is_ascii_alphabetic().then_some(Script::Plain),
        '\u{200e}' => Some(Script::Plain),
        '\u{200f}' => Some(Script::Backwards("ar-SA")),
        // Digits of Arabic are written from left to right.
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => None,
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Some(Script::Backwards("he-IL")),
        '\u{600}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Some(Script::Backwards("ar-SA")),
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => {
            Some(Script::Eastern(Some("ja-JP")))
        }
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => {
            Some(Script::Eastern(Some("ko-KR")))
        }
        '\u{2e80}'..='\u{303f}'
        | '\u{3100}'..='\u{312f}'
        | '\u{31a0}'..='\u{31ef}'
        | '\u{3200}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff65}'
        | '\u{20000}'..='\u{3ffff}' => Some(Script::Eastern(None)),
        _ => character.is_alphabetic().then_some(Script::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_their_direction_turns() {
        let (hebrew, arabic) = (Script::Backwards("he-IL"), Script::Backwards("ar-SA"));
        assert_eq!(stretches("plain, 1.", false), [(Script::Plain, "plain, 1.")]);
        assert_eq!(stretches("a תהליך b", false), [(Script::Plain, "a "), (hebrew, "תהליך"), (Script::Plain, " b")]);
        assert_eq!(
            stretches("مرحبا ISO 9001!", true),
            [(arabic, "مرحبا "), (Script::Plain, "ISO 9001"), (arabic, "!")]
        );
        assert_eq!(stretches("1. ", true), [(arabic, "1. ")]);
        assert_eq!(stretches("", true), []);
        let eastern = [(Script::Eastern(None), "連絡"), (Script::Eastern(Some("ja-JP")), "が"), (Script::Plain, "x")];
        assert_eq!(stretches("連絡がx", false), eastern[..]);
        assert!(is_backwards("12 – תהליך x") && !is_backwards("x תהליך") && !is_backwards("12"));
    }
}
