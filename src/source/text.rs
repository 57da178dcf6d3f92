//! What a text literal says: quotes, escapes and indentation undone, references found.

use std::borrow::Cow;
use std::ops::Range;

use super::alike;

/// Stands for an escaped `[` while references are looked for. No text can hold it: control characters are refused.
const GUARDED_BRACKET: char = '\u{1}';

/// The value of a literal `"…"` or `"""…"""`, given as it stands in the source, quotes included.
///
/// An unclosed literal has the value of what there is; an unknown escape stands for itself.
pub fn value(literal: &str) -> Cow<'_, str> {
    match marked(literal) {
        Cow::Owned(text) if text.contains(GUARDED_BRACKET) => Cow::Owned(text.replace(GUARDED_BRACKET, "[")),
        other => other,
    }
}

/// A stretch of a text: words, or a reference in double brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Words(String),
    /// What stands between `[[` and `]]`, trimmed.
    Reference(String),
}

/// The value of a literal, cut up at its references.
pub fn pieces(literal: &str) -> Vec<Piece> {
    let text = marked(literal);
    let plain = |words: &str| Piece::Words(words.replace(GUARDED_BRACKET, "["));
    let mut pieces = Vec::new();
    let mut from = 0;
    for range in reference_ranges(&text) {
        if from < range.start {
            pieces.push(plain(&text[from..range.start]));
        }
        pieces.push(Piece::Reference(target(&text[range.start + 2..range.end - 2])));
        from = range.end;
    }
    if from < text.len() {
        pieces.push(plain(&text[from..]));
    }
    pieces
}

/// The references of a literal: what they name, and the bytes of the literal that the brackets enclose.
pub fn references(literal: &str) -> Vec<(String, Range<usize>)> {
    if memchr::memmem::find(literal.as_bytes(), b"[[").is_none() {
        return Vec::new();
    }
    let mut text = String::new();
    let mut offsets = Vec::new();
    decode(literal, &mut |piece, at| {
        text.push_str(piece);
        offsets.extend((0..piece.len()).map(|byte| at + byte));
    });
    let raw = |at: usize| offsets.get(at).copied().unwrap_or(literal.len());
    reference_ranges(&text)
        .into_iter()
        .map(|range| (range.start + 2, range.end - 2))
        .map(|(start, end)| (target(&text[start..end]), raw(start)..raw(end)))
        .collect()
}

/// The first reference of a literal that is never closed: from its brackets as far as what it names may go.
pub fn open_reference(literal: &str) -> Option<Range<usize>> {
    memchr::memmem::find(literal.as_bytes(), b"[[")?;
    let text = marked(literal);
    let end = |at: usize| text[at + 2..].find(['[', ']', '\n']).filter(|end| text[at + 2 + end..].starts_with(']'));
    let named = |at: usize| at + end(at).map_or(2, |end| end + 3);
    brackets(&text).1.first().map(|at| literal_range(literal, *at..named(*at)))
}

/// What is named between brackets; within a table, a bar stands behind a backslash.
fn target(between: &str) -> String {
    let blank = |character: char| if alike::is_blank(character) { ' ' } else { character };
    between.trim().chars().map(blank).collect::<String>().replace("\\|", "|")
}

/// The bytes of a literal that some bytes of its value come from.
pub fn literal_range(literal: &str, value: Range<usize>) -> Range<usize> {
    let (mut length, mut start, mut end) = (0, literal.len(), literal.len());
    decode(literal, &mut |piece, at| {
        let here = length..length + piece.len();
        if here.contains(&value.start) {
            start = at + value.start - here.start;
        }
        if value.end > here.start && value.end <= here.end {
            end = at + value.end - here.start;
        }
        length = here.end;
    });
    start.min(end)..end
}

/// The value of a literal in which an escaped bracket is still told from a bare one.
fn marked(literal: &str) -> Cow<'_, str> {
    if let Some(text) = plain(literal) {
        return Cow::Borrowed(text);
    }
    if alike::block(literal).is_none() && memchr::memchr2(b'\\', b'\n', literal.as_bytes()).is_none() {
        return Cow::Borrowed(alike::unquoted(literal).0);
    }
    let mut text = String::with_capacity(literal.len());
    decode(literal, &mut |piece, _| text.push_str(piece));
    Cow::Owned(text)
}

/// What stands between the marks of a literal on one line that has nothing to undo, as nearly all have.
pub fn plain(literal: &str) -> Option<&str> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = !literal.starts_with("\"\"\"") && memchr::memchr2(b'\\', b'\n', text.as_bytes()).is_none();
    is_plain.then_some(text)
}

/// Hands out the value of a literal piece by piece, each with its offset in the literal.
fn decode(literal: &str, push: &mut dyn FnMut(&str, usize)) {
    if let Some((inner, start)) = alike::block(literal) {
        block(inner, start, push);
    } else {
        line(literal, push);
    }
}

fn line(literal: &str, push: &mut dyn FnMut(&str, usize)) {
    let (inner, mut at) = alike::unquoted(literal);
    let literal = &literal[..at + inner.len()];
    while let Some(found) = memchr::memchr2(b'\\', b'\n', &literal.as_bytes()[at..]) {
        push(&literal[at..at + found], at);
        at += found;
        if literal.as_bytes()[at] == b'\n' {
            // A text that went on over the end of its line, which was reported.
            let rest = literal[at..].trim_start();
            push(" ", at);
            at = literal.len() - rest.len();
            continue;
        }
        let (taken, character) = escape(&literal[at..]).unwrap_or((1, '\\'));
        let guarded = if character == '[' { GUARDED_BRACKET } else { character };
        push(guarded.encode_utf8(&mut [0; 4]), at);
        at += taken;
    }
    push(&literal[at..], at);
}

/// The escape at the start of `text` (which starts with a backslash): how long it is, and what it stands for.
pub fn escape(text: &str) -> Option<(usize, char)> {
    match text.as_bytes().get(1)? {
        b'"' => Some((2, '"')),
        b'\\' => Some((2, '\\')),
        b'n' => Some((2, '\n')),
        b't' => Some((2, '\t')),
        b'[' => Some((2, '[')),
        b'u' => {
            let digits = text.get(2..)?.strip_prefix('{')?;
            let length = digits.find('}').filter(|length| (1..=6).contains(length))?;
            let hexadecimal = digits[..length].bytes().all(|digit| digit.is_ascii_hexdigit());
            let code = u32::from_str_radix(&digits[..length], 16).ok().filter(|_| hexadecimal)?;
            let character = char::from_u32(code)?;
            (!character.is_control() || matches!(character, '\n' | '\t')).then_some((length + 4, character))
        }
        _ => None,
    }
}

/// The text between the marks of a block.
fn block(inner: &str, start: usize, push: &mut dyn FnMut(&str, usize)) {
    for (number, (line, at)) in dedented(inner).into_iter().enumerate() {
        if number > 0 {
            push("\n", (start + at).saturating_sub(1));
        }
        unguard(line, start + at, push);
    }
}

/// The lines of a block `"""…"""`, given as it stands in the source: dedented, their escapes as they are.
pub fn lines_of_block(literal: &str) -> impl Iterator<Item = &str> {
    let inner = literal.strip_prefix("\"\"\"").unwrap_or(literal);
    dedented(inner.strip_suffix("\"\"\"").unwrap_or(inner)).into_iter().map(|(line, _)| line)
}

/// The lines between the marks of a block, each with its offset: dedented by the least-indented line, without the
/// outer line breaks.
fn dedented(inner: &str) -> Vec<(&str, usize)> {
    let mut at = 0;
    let mut lines: Vec<(&str, usize)> = Vec::new();
    for line in inner.split('\n') {
        lines.push((line.strip_suffix('\r').unwrap_or(line), at));
        at += line.len() + 1;
    }
    let several = lines.len() > 1;
    let blank = |line: Option<&(&str, usize)>| line.is_some_and(|(text, _)| text.trim().is_empty());
    let closing_alone = several && blank(lines.last());
    let opening_alone = several && blank(lines.first());
    if closing_alone {
        lines.pop();
    }
    if opening_alone && !lines.is_empty() {
        lines.remove(0);
    }
    // Text on the opening line does not count for the dedent, and is not dedented.
    let on_opening_line = usize::from(!opening_alone);
    let indent = lines
        .iter()
        .skip(on_opening_line)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, _)| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    for (number, (line, at)) in lines.iter_mut().enumerate() {
        let cut = if number < on_opening_line { 0 } else { indent.min(line.len()) };
        // A blank line may be shorter than the indent, and hold no more than white space.
        *line = if line.trim().is_empty() { "" } else { &line[cut..] };
        *at += cut;
    }
    lines
}

/// The two escapes of a block: `\"""` and `\[[`.
fn unguard(line: &str, start: usize, push: &mut dyn FnMut(&str, usize)) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'\\', line.as_bytes()) {
        let guarded = if line[at + 1..].starts_with("\"\"\"") {
            "\"\"\""
        } else if line[at + 1..].starts_with("[[") {
            "\u{1}["
        } else {
            continue;
        };
        push(&line[from..at], start + from);
        push(guarded, start + at + 1);
        from = at + 1 + guarded.len();
    }
    push(&line[from..], start + from);
}

/// The ranges of `[[…]]`, brackets included, outside of code spans.
fn reference_ranges(text: &str) -> Vec<Range<usize>> {
    brackets(text).0
}

/// The ranges of `[[…]]`, and where one opens that none closes on its line.
fn brackets(text: &str) -> (Vec<Range<usize>>, Vec<usize>) {
    let bytes = text.as_bytes();
    let (mut ranges, mut open) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'`', b'[', &bytes[at..]) {
        at += found;
        if bytes[at] == b'`' {
            let guards = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            at = if guards % 2 == 1 { at + 1 } else { skip_code(bytes, at) };
            continue;
        }
        if bytes.get(at + 1) != Some(&b'[') {
            at += 1;
            continue;
        }
        let Some(length) = text[at + 2..].find("]]") else {
            open.push(at);
            break;
        };
        let end = at + 2 + length;
        // Of `[[a [[b]]` the inner pair is meant; a line break inside means that none is.
        let start = text[at..end].rfind("[[").map_or(at, |inner| at + inner);
        let target = &text[start + 2..end];
        let is_broken = target.contains('\n');
        if start > at || is_broken {
            open.push(at);
        }
        if !target.trim().is_empty() && !is_broken {
            ranges.push(start..end + 2);
        }
        at = end + 2;
    }
    (ranges, open)
}

/// Where a code span that begins at `at` ends; just behind its backticks where it is never closed.
fn skip_code(bytes: &[u8], at: usize) -> usize {
    let run = |from: usize| bytes[from..].iter().take_while(|byte| **byte == b'`').count();
    let ticks = run(at);
    let mut from = at + ticks;
    while let Some(found) = memchr::memchr(b'`', &bytes[from..]) {
        let length = run(from + found);
        from += found + length;
        // A code span stays in its paragraph; a block of code may hold blank lines.
        if length == ticks && (ticks > 2 || memchr::memmem::find(&bytes[at..from], b"\n\n").is_none()) {
            return from;
        }
        if length == ticks {
            break;
        }
    }
    at + ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_a_line() {
        assert_eq!(value(r#""plain""#), "plain");
        assert_eq!(value(r#""a \"b\" \\ \u{e9}\n\[[x]]""#), "a \"b\" \\ é\n[[x]]");
    }

    #[test]
    fn blocks_are_dedented() {
        assert_eq!(value("\"\"\"\n    one\n\n      two\n    \"\"\""), "one\n\n  two");
        assert_eq!(value("\"\"\"one\n    two\n    three\"\"\""), "one\ntwo\nthree");
        assert_eq!(value("\"\"\"\r\n  a \\\"\"\" b\r\n  \"\"\""), "a \"\"\" b");
        assert_eq!(value("\"\"\"\"\"\""), "");
        assert_eq!(value("\"\"\"\n\"\"\""), "");
    }

    #[test]
    fn references_keep_their_place() {
        let literal = r#""é \n see [[A.1]], \[[not]], `[[code]]` and [[ B ]].""#;
        let found = references(literal);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["A.1", "B"]);
        assert_eq!(&literal[found[0].1.clone()], "A.1");
        assert_eq!(literal_range(r#""\\ \" ab c""#, 4..6), 7..9);
        assert_eq!(literal_range("\"\"\"\n  a\n  b c\n  \"\"\"", 2..5), 10..13);
        assert_eq!(references(r#""\\` [[A]] \\`, ` [[B\\|C]]\n\n`""#).len(), 2);
        assert_eq!(pieces(r#""[[b\\|c]]""#), [Piece::Reference("b|c".into())]);
        assert_eq!(pieces(r#""a [[b]]""#), [Piece::Words("a ".into()), Piece::Reference("b".into())]);
    }
}
