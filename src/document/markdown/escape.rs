//! Characters that mean something in Markdown, written so that they mean themselves.

/// Writes `text` behind what is already in `out`, so that every renderer shows it as it stands.
///
/// `starts` says that nothing stands before it in its paragraph, where some characters would begin a block.
pub(super) fn push(out: &mut String, text: &str, starts: bool) {
    let bytes = text.as_bytes();
    let begins = if starts { block_mark(text) } else { None };
    let first = out.chars().next_back().filter(|_| !starts);
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !MAY_MEAN[usize::from(*byte)] && begins != Some(at) {
            continue;
        }
        let before = || text[..at].chars().next_back().or(first);
        let rest = &text[at + 1..];
        let instead = match byte {
            _ if begins == Some(at) => ESCAPED,
            b'\\' | b'`' | b'*' | b'[' | b']' | b'~' | b'$' | b'^' => ESCAPED,
            // Within a word it is no mark in any dialect, and escaped it would be ugly to read.
            b'_' if is_word(before()) && is_word(rest.chars().next()) => continue,
            b'_' => ESCAPED,
            b'<' => "&lt;",
            b'&' if begins_entity(rest) => "&amp;",
            // Renderers disagree on a pipe behind a backslash; none disagrees on the entity.
            b'|' if before() == Some('\\') => "&#124;",
            b'|' => ESCAPED,
            // Closes a heading behind a space.
            b'#' if before().is_none_or(char::is_whitespace) => ESCAPED,
            b'@' if !is_word(before()) => ESCAPED,
            // Before a link it would make an image of it.
            b'!' if rest.is_empty() => ESCAPED,
            // What looks like an address would become a link, and end where the renderer thinks that it ends.
            b':' if rest.starts_with("//") => "&#58;",
            b'.' if at >= 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"www") => "&#46;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(instead);
        done = if instead == ESCAPED { at } else { at + 1 };
    }
    out.push_str(&text[done..]);
}

/// Stands before a character that means itself.
const ESCAPED: &str = "\\";

/// The bytes that may mean something wherever they stand; all are of ASCII.
const MAY_MEAN: [bool; 256] = {
    let (marks, mut may_mean, mut at) = (b"\\`*[]~$^_<&|#@!:.", [false; 256], 0);
    while at < marks.len() {
        may_mean[marks[at] as usize] = true;
        at += 1;
    }
    may_mean
};

fn is_word(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_alphanumeric)
}

/// Where the character stands whose escape keeps `text` from being read as a list, a quotation or a rule.
fn block_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '#' | '>' | '-' | '+' | '=' | ':' | '%') {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks = (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']);
    let ends = text.get(digits + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
    (marks && ends).then_some(digits)
}

/// Whether `&` before `rest` begins a character reference.
fn begins_entity(rest: &str) -> bool {
    let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    length > 0 && rest[length..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text, true);
        out
    }

    #[test]
    fn marks_mean_themselves() {
        assert_eq!(escaped("a|b"), r"a\|b");
        assert_eq!(escaped(r"a\|b"), r"a\\&#124;b");
        assert_eq!(escaped("<script>"), "&lt;script>");
        assert_eq!(escaped("R&D, &amp;"), "R&D, &amp;amp;");
        assert_eq!(escaped("snake_case _x_"), r"snake_case \_x\_");
        assert_eq!(escaped("# C# #"), r"\# C# \#");
        assert_eq!(escaped("12. x"), r"12\. x");
        assert_eq!(escaped("1.2 x"), "1.2 x");
        assert_eq!(escaped("---"), r"\---");
        assert_eq!(escaped("wow!"), r"wow\!");
        assert_eq!(escaped("ftp://x, www.y"), "ftp&#58;//x, www&#46;y");
    }
}
