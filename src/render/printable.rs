//! Text of users made fit to be shown: nothing in it moves the cursor, changes colours, reverses the line, or is taken
//! for a command by who reads a log. The one place for all that is shown to people; forms for machines escape as they
//! say, and ask here what has to be.

use std::borrow::Cow;

/// A text on one line; its line breaks become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_seen(text) {
        return Cow::Borrowed(text);
    }
    let joined = text.lines().collect::<Vec<_>>().join(" ");
    Cow::Owned(tamed(joined.replace('\t', " ").chars().map(visible).collect()))
}

/// A text that keeps its lines.
pub fn lines(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let lines = text.lines().map(|text| no_command(&line(text)).into_owned());
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// A stretch of a line of source; tabs stay, because frames know how wide they are.
pub fn source(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_seen(text) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|character| if character == '\t' { '\t' } else { visible(character) });
    Cow::Owned(tamed(shown.collect()))
}

/// A result for people, whole: its lines stay, and, where it `is_painted`, its colours.
pub fn result(text: &str, is_painted: bool) -> Cow<'_, str> {
    let is_usual = |byte: u8| matches!(byte, b'\n' | b' '..=b'~');
    if text.bytes().all(is_usual) && !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_inclusive('\n').map(|line| result_line(line, is_painted)).collect())
}

fn result_line(line: &str, is_painted: bool) -> String {
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    let mut shown = String::with_capacity(line.len() + 1);
    let mut parts = line.split('\u{1b}');
    shown.push_str(&source(parts.next().unwrap_or_default()));
    for part in parts {
        // A colour is `ESC [`, numbers, and `m`.
        let rest = part.strip_prefix('[').filter(|_| is_painted);
        let is_color = rest.is_some_and(|rest| {
            rest.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';').starts_with('m')
        });
        shown.push(if is_color { '\u{1b}' } else { '␛' });
        shown.push_str(&source(part));
    }
    no_command(&shown).into_owned() + end
}

/// A line that no log takes for a command, as those of GitHub do where it begins with two colons. It is printable.
pub fn no_command(line: &str) -> Cow<'_, str> {
    let begins_one = line.trim_start().starts_with("::");
    if begins_one { Cow::Owned(line.replacen("::", ": :", 1)) } else { Cow::Borrowed(line) }
}

/// A text without what logs take for a command wherever it stands in a line: `##vso[` on Azure, `##[` there and on GitHub,
/// `##teamcity[`. The second mark is shown as another, no wider.
fn tamed(text: String) -> String {
    if holds_command(&text) { with_second_marks(&text, "♯") } else { text }
}

/// The places of the second marks of commands.
fn commands(text: &str) -> impl Iterator<Item = usize> {
    let second = text.match_indices('#').map(|(at, _)| at).filter(|at| text[..*at].ends_with('#'));
    second.filter(|at| text[at + 1..].trim_start_matches(|next: char| next.is_ascii_alphabetic()).starts_with('['))
}

fn holds_command(text: &str) -> bool {
    commands(text).next().is_some()
}

fn with_second_marks(text: &str, mark: &str) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len() + 16), 0);
    for at in commands(text) {
        out.push_str(&text[done..at]);
        out.push_str(mark);
        done = at + 1;
    }
    out + &text[done..]
}

/// A text in which `escape` writes what would act, beyond the controls of ASCII, which every format has a word on.
pub fn escaped(text: &str, escape: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if !character.is_ascii() && acts(character) { escape(&mut out, character) } else { out.push(character) }
    }
    Cow::Owned(out)
}

/// A text of JSON.
pub fn json(text: &str) -> Cow<'_, str> {
    let escaped = escaped(text, |out, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    });
    // It stands in a string, since nowhere else has JSON such a mark.
    if holds_command(&escaped) { Cow::Owned(with_second_marks(&escaped, "\\u0023")) } else { escaped }
}

/// Words in a document: what would turn them round, or spell others that nobody sees, is shown. Marks and joints stay
/// as they are, since scripts need them, and they move nothing but the letters beside them.
pub fn document(text: &str) -> Cow<'_, str> {
    if is_of_ascii(text) || !text.chars().any(overrides) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars().map(|character| if overrides(character) { visible(character) } else { character }).collect(),
    )
}

/// Whether a character acts on more than the letters beside it.
fn overrides(character: char) -> bool {
    let is_usual =
        matches!(character, '\n' | '\r' | '\t' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}');
    let is_joint = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}');
    acts(character) && !is_usual && !is_joint
}

/// Whether a character does something where it is printed, or cannot be seen at all.
pub fn acts(character: char) -> bool {
    visible(character) != character
}

/// Whether a text is of characters of ASCII alone that are seen as they are, and no command.
pub(super) fn is_plain(text: &str) -> bool {
    is_of_ascii(text) && (memchr::memchr(b'#', text.as_bytes()).is_none() || !text.contains("##"))
}

/// Whether a text is of characters of ASCII alone that are seen as they are.
fn is_of_ascii(text: &str) -> bool {
    // To the end, since many bytes are looked at at once then.
    text.bytes().fold(true, |is_seen, byte| is_seen & matches!(byte, b' '..=b'~'))
}

/// Whether each character of a text is seen as it is, of whatever script.
fn is_seen(text: &str) -> bool {
    let is_seen = |character: char| matches!(character, ' '..='~') || !character.is_ascii() && !acts(character);
    text.chars().all(is_seen) && !holds_command(text)
}

/// The character, or one that can be seen in its place.
fn visible(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // Controls of the second block, what reverses text, separators of lines, and marks without width.
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => '\u{fffd}',
        '\u{2060}'..='\u{206f}' | '\u{ad}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
        // Fillers of Hangul, and tags, which spell words that nobody sees.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
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
        let marks = [0x200b..0x2010, 0x202a..0x202f, 0x2060..0x2070, 0xe0000..0xe0080, 0x80..0xa0];
        let marks = marks.into_iter().flatten().chain([0x180e, 0x3164, 0xfeff]).filter_map(char::from_u32);
        for mark in marks {
            let text = format!("a{mark}b");
            for shown in [line(&text), lines(&text), source(&text), result(&text, true)] {
                assert_eq!(shown, "a\u{fffd}b", "{mark:?}");
            }
            let json = json(&format!("\"{text}\"")).into_owned();
            assert!(json.is_ascii(), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn documents_keep_what_scripts_need() {
        let kept = "a\n\tb\u{ad}می\u{200c}خواهم 👩\u{200d}🔬 \u{200f}\u{61c}\u{feff}";
        assert_eq!(document(kept), kept);
        for mark in ['\u{202e}', '\u{2066}', '\u{2028}', '\u{9b}', '\u{206a}', '\u{fff9}', '\u{e0041}'] {
            assert_eq!(document(&format!("a{mark}b")), "a\u{fffd}b", "{mark:?}");
        }
        assert_eq!(document("\u{1b}["), "␛[");
    }

    #[test]
    fn results_keep_their_lines_and_their_own_colours() {
        assert_eq!(result("a\n\u{1b}[1;31mb\u{1b}[0m\u{1b}[2J\n", true), "a\n\u{1b}[1;31mb\u{1b}[0m␛[2J\n");
        assert_eq!(result("\u{1b}[1mb\rc", false), "␛[1mb␍c");
        assert_eq!(result("a::b\n  ::error::x\n a ##[add]", false), "a::b\n  : :error::x\n a #♯[add]");
    }

    #[test]
    fn no_log_finds_a_command_anywhere_in_a_line() {
        for command in
            ["##[error]x", "a ##vso[task.setvariable variable=a]b", "###VSO[a]", "##teamcity[a", "ä##x##y[", "##\t##a["]
        {
            let json = json(&serde_json::to_string(command).unwrap()).into_owned();
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), command);
            for shown in [line(command), lines(command), source(command), result(command, false), json.into()] {
                assert_eq!(commands(&shown).count(), 0, "{shown}");
            }
        }
        for text in ["## a [b]", "#vso[", "##", "a##b", "[##]"] {
            for shown in [line(text), lines(text), source(text), result(text, false), json(text)] {
                assert_eq!(shown, text);
            }
        }
        // The second line of a text is the first of a line on the screen.
        assert_eq!(lines("a\n ::error::b"), "a\n : :error::b");
    }
}
