//! How wide text is, without knowing the font: rather too wide than too narrow.

use unicode_width::UnicodeWidthChar;

use crate::render::printable;

/// The width of a line in a sans-serif font of a size.
pub fn width(line: &str, size: f64) -> f64 {
    line.chars().map(advance).sum::<f64>() * size
}

/// The width of a character as a share of the size of the font.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | ' ' => 0.36,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '-' | 'I' => 0.44,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' | '&' => 0.76,
        _ => match c.width() {
            Some(0) => 0.0,
            Some(2) => 1.1,
            _ => 0.64,
        },
    }
}

/// A text in lines that are no wider than `limit`. Nothing of it is left out: a figure with a cut title is none.
pub fn wrap(text: &str, limit: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| cut(word, limit, size)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size) <= limit {
            line = longer;
            continue;
        }
        lines.push(std::mem::replace(&mut line, word));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word in pieces, none wider than a line: text in scripts without blanks, or a very long word.
fn cut(word: &str, limit: f64, size: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0.0;
    for c in word.chars() {
        let step = advance(c) * size;
        if used + step > limit && used > 0.0 {
            pieces.push(String::new());
            used = 0.0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        used += step;
    }
    pieces
}

/// Text as it may stand in XML, in an element or in quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable::document(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if !matches!(c, '\n' | '\t') && printable::acts(c) => out.push_str(&format!("&#{};", c as u32)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_double() {
        assert!(width("情報", 10.0) > 2.0 * width("ab", 10.0) - 10.0);
        assert!(wrap("情報セキュリティマネジメント", 60.0, 10.0).len() > 2);
    }

    #[test]
    fn lines_fit_and_nothing_is_cut() {
        let title = "Operational implementation and control of a management system";
        let lines = wrap(title, 100.0, 11.0);
        assert!(lines.iter().all(|line| width(line, 11.0) <= 100.0), "{lines:?}");
        assert_eq!(lines.join(" "), title);
        assert!(wrap("", 90.0, 11.0).is_empty());
    }
}
