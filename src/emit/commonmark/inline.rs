//! Text on one line, safe in cells, headings, list items and paragraphs alike.

use super::escape;
use super::scan::{Token, tokens};
use crate::emit::text::Marked;

/// Emphasis nested deeper than this is shown as typed.
const DEEPEST_EMPHASIS: usize = 8;

pub(super) const LINK_OPENS: char = '\u{4}';
pub(super) const LINK_TURNS: char = '\u{5}';
pub(super) const LINK_CLOSES: char = '\u{6}';

/// What a link leads to: the key of a heading, which the document knows once all of it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link(pub String);

/// Finds what references name.
pub trait Resolve {
    /// Where a reference leads, and what is shown for it.
    fn resolve(&self, target: &str) -> (Option<Link>, String);
}

/// Text on one line, as Markdown and as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    pub(super) markdown: String,
    pub(super) shown: String,
}

impl Inline {
    /// Words without markup, shown as they stand.
    pub fn plain(words: &str) -> Inline {
        let mut inline = Inline::default();
        inline.push_words(&flat(words));
        inline
    }

    /// Words in bold; they begin and end with a letter or a digit.
    pub fn strong(words: &str) -> Inline {
        let plain = Inline::plain(words);
        if plain.is_empty() {
            return plain;
        }
        Inline { markdown: format!("**{}**", plain.markdown), shown: plain.shown }
    }

    /// Words that lead to a heading, if the document has it.
    pub fn link(link: &Link, words: &str) -> Inline {
        let plain = Inline::plain(words);
        let markdown = format!("{LINK_OPENS}{}{LINK_TURNS}{}{LINK_CLOSES}", link.0, plain.markdown);
        Inline { markdown, shown: plain.shown }
    }

    /// A text of the author's: line breaks become spaces, safe markup is kept.
    pub fn text(text: &Marked, resolve: &dyn Resolve) -> Inline {
        Inline::line(text.marked(), resolve)
    }

    pub(super) fn line(marked: &str, resolve: &dyn Resolve) -> Inline {
        let line = flat(marked);
        let tokens = tokens(&line);
        let kept = paired(&tokens);
        let mut inline = Inline::default();
        for (token, kept) in tokens.iter().zip(kept) {
            match token {
                Token::Words(words) => inline.push_words(words),
                Token::Code(code) => inline.push_code(code),
                Token::Run { mark, length, .. } if kept => inline.markdown.extend(std::iter::repeat_n(*mark, *length)),
                Token::Run { mark, length, .. } => inline.push_words(&String::from(*mark).repeat(*length)),
                Token::Reference(target) => inline.push_reference(target, resolve),
                Token::Address(address) => inline.push_address(address),
                Token::Linked { words, address } => {
                    let words = Inline::plain(words);
                    inline.markdown.push_str(&format!("[{}](<{}>)", words.markdown, guarded(address)));
                    inline.shown.push_str(&words.shown);
                }
            }
        }
        inline
    }

    /// What a reader sees, without markup.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Puts more behind it.
    pub fn push(&mut self, more: &Inline) {
        self.markdown.push_str(&more.markdown);
        self.shown.push_str(&more.shown);
    }

    /// Itself, and words behind it.
    #[must_use]
    pub fn then(mut self, words: &str) -> Inline {
        self.push_words(words);
        self
    }

    /// Itself, and more behind it.
    #[must_use]
    pub fn and(mut self, more: &Inline) -> Inline {
        self.push(more);
        self
    }

    /// Itself as the name of what is told behind it: "Name: text".
    #[must_use]
    pub fn told(self, text: &Inline) -> Inline {
        if self.is_empty() || text.is_empty() {
            return self.and(text);
        }
        let between = if self.shown.ends_with(['.', ':', '!', '?']) { " " } else { ": " };
        self.then(between).and(text)
    }

    /// All of them, with words between.
    pub fn join(parts: impl IntoIterator<Item = Inline>, between: &str) -> Inline {
        let mut joined = Inline::default();
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                joined.push_words(between);
            }
            joined.push(&part);
        }
        joined
    }

    fn push_words(&mut self, words: &str) {
        let starts = self.markdown.is_empty();
        escape::push(&mut self.markdown, words, starts);
        self.shown.push_str(words);
    }

    fn push_code(&mut self, code: &str) {
        self.markdown.push_str(code);
        self.shown.push_str(code.trim_matches('`').trim());
    }

    fn push_reference(&mut self, target: &str, resolve: &dyn Resolve) {
        let (link, shown) = resolve.resolve(target);
        match link {
            Some(link) => self.push(&Inline::link(&link, &shown)),
            None => self.push_words(&shown),
        }
    }

    fn push_address(&mut self, address: &str) {
        self.markdown.push_str(&format!("<{}>", guarded(address)));
        self.shown.push_str(address);
    }
}

/// An address in which no character reference is read.
fn guarded(address: &str) -> String {
    address.replace('&', "&amp;")
}

/// The text on one line; its ends trimmed, a backslash that broke a line dropped.
fn flat(text: &str) -> String {
    let mut lines = text.split('\n').map(str::trim).peekable();
    let mut flat = String::with_capacity(text.len());
    while let Some(line) = lines.next() {
        let breaks = line.len() - line.trim_end_matches('\\').len();
        let line = if breaks % 2 == 1 && lines.peek().is_some() { &line[..line.len() - 1] } else { line };
        if !flat.is_empty() && !line.is_empty() {
            flat.push(' ');
        }
        flat.extend(line.chars().map(|character| if character == '\t' { ' ' } else { character }));
    }
    flat
}

/// Which runs are one of a pair. Only runs of one length pair up, so that what is written is what renderers read.
fn paired(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut kept = vec![false; tokens.len()];
    let mut openers: Vec<(usize, char, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Run { mark, length, opens, closes } = token else { continue };
        let partner = openers.iter().rposition(|(_, other, size)| other == mark && size == length).filter(|_| *closes);
        if let Some(partner) = partner {
            kept[openers[partner].0] = true;
            kept[at] = true;
            openers.truncate(partner);
        } else if *opens && openers.len() < DEEPEST_EMPHASIS {
            openers.push((at, *mark, *length));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Resolve for Nothing {
        fn resolve(&self, target: &str) -> (Option<Link>, String) {
            (None, target.to_owned())
        }
    }

    fn markdown(literal: &str) -> String {
        Inline::text(&Marked::of_literal(literal), &Nothing).markdown
    }

    #[test]
    fn safe_markup_is_kept_and_the_rest_is_shown() {
        assert_eq!(markdown(r#""an *apt* **and `safe`** text""#), "an *apt* **and `safe`** text");
        assert_eq!(markdown(r#""a *b, `c, __d*""#), r"a *b, \`c, \_\_d*");
        assert_eq!(markdown(r#""`a|b` 2 * 3""#), r"\`a\|b\` 2 \* 3");
        assert_eq!(markdown(r#""<b>x</b> <https://a.example/?b&c>""#), "&lt;b>x&lt;/b> <https://a.example/?b&amp;c>");
        assert_eq!(markdown(r#""[a](javascript:b) ![c](https://d)""#), r"\[a\](javascript:b) !\[c\](<https://d>)");
        assert_eq!(markdown(r#""one\ntwo\\\n  three \\*x\\*""#), r"one two three \*x\*");
        assert_eq!(markdown(r#""see [[COM.01]]!""#), r"see COM.01\!");
    }
}
