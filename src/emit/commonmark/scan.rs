//! Cuts a text on one line into what of CommonMark is kept, and words.
//!
//! Kept are code spans, emphasis, and links to web and mail addresses. All else is words, to be shown as typed: raw
//! HTML, character references, images. A mark without its partner is words too.

use crate::emit::text::{REFERENCE_CLOSES, REFERENCE_OPENS};

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Shown as it stands.
    Words(String),
    /// A code span, with its backticks.
    Code(&'a str),
    /// A run of `*` or `_` that begins or ends emphasis, or does neither.
    Run { mark: char, length: usize, opens: bool, closes: bool },
    /// What a reference names.
    Reference(&'a str),
    /// An address that is shown as it is.
    Address(&'a str),
    /// Words that lead to an address.
    Linked { words: &'a str, address: &'a str },
}

/// The tokens of a text without line breaks.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut scan = Scan { text, at: 0, words: String::new(), tokens: Vec::new(), unclosed: Vec::new() };
    while let Some(character) = text[scan.at..].chars().next() {
        let (token, length) = scan.next(character);
        match token {
            Some(token) => scan.push(token),
            None => scan.words.push_str(shown(&text[scan.at..scan.at + length])),
        }
        scan.at += length;
    }
    scan.flush();
    scan.tokens
}

/// What words look like without the backslash that guarded them.
fn shown(words: &str) -> &str {
    match words.strip_prefix('\\') {
        Some(guarded) if guarded.len() == 1 => guarded,
        _ => words,
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    words: String,
    tokens: Vec<Token<'a>>,
    /// Lengths of backtick runs that have no partner in what follows.
    unclosed: Vec<usize>,
}

impl<'a> Scan<'a> {
    /// What stands here, and how long it is; words where there is no token.
    fn next(&mut self, character: char) -> (Option<Token<'a>>, usize) {
        let rest = &self.text[self.at..];
        let found = match character {
            // A pipe is no mark of CommonMark: a backslash before it is meant as one.
            '\\' if rest.as_bytes().get(1).is_some_and(|next| next.is_ascii_punctuation() && *next != b'|') => {
                return (None, 2);
            }
            '`' => return self.code(rest),
            '*' | '_' => return self.run(character, rest),
            REFERENCE_OPENS => rest.find(REFERENCE_CLOSES).map(|end| (Token::Reference(&rest[1..end]), end + 1)),
            '<' => in_angles(rest),
            '[' if !self.text[..self.at].ends_with('!') => linked(rest),
            'h' if !self.before().is_some_and(char::is_alphanumeric) => bare_address(rest),
            _ => None,
        };
        found.map_or((None, character.len_utf8()), |(token, length)| (Some(token), length))
    }

    fn push(&mut self, token: Token<'a>) {
        self.flush();
        self.tokens.push(token);
    }

    fn flush(&mut self) {
        if !self.words.is_empty() {
            self.tokens.push(Token::Words(std::mem::take(&mut self.words)));
        }
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn code(&mut self, rest: &'a str) -> (Option<Token<'a>>, usize) {
        let ticks = run_length(rest, b'`');
        let Some(end) = closing_ticks(rest, ticks, &mut self.unclosed) else { return (None, ticks) };
        let content = &rest[ticks..end - ticks];
        // A pipe in code cannot be written so that all renderers of tables agree on it.
        if content.contains(['|', REFERENCE_OPENS]) || content.trim().is_empty() {
            return (None, ticks);
        }
        (Some(Token::Code(&rest[..end])), end)
    }

    fn run(&self, mark: char, rest: &str) -> (Option<Token<'a>>, usize) {
        let length = run_length(rest, mark as u8);
        let (before, after) = (Side::of(self.before()), Side::of(rest[length..].chars().next()));
        if length > 3 || before == Side::Unsure || after == Side::Unsure {
            return (None, length);
        }
        let left = after != Side::Space && (after != Side::Mark || before != Side::Word);
        let right = before != Side::Space && (before != Side::Mark || after != Side::Word);
        let (opens, closes) = match mark {
            '_' => (left && (!right || before == Side::Mark), right && (!left || after == Side::Mark)),
            _ => (left, right),
        };
        let token = (opens || closes).then_some(Token::Run { mark, length, opens, closes });
        (token, length)
    }
}

/// What a run of `*` or `_` has beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Word,
    Mark,
    /// Versions of CommonMark differ on whether it is punctuation.
    Unsure,
}

impl Side {
    fn of(neighbour: Option<char>) -> Side {
        match neighbour {
            None => Side::Space,
            Some(character) if character.is_whitespace() => Side::Space,
            Some(character) if character.is_alphanumeric() => Side::Word,
            Some(character) if character.is_ascii() => Side::Mark,
            Some(_) => Side::Unsure,
        }
    }
}

fn run_length(text: &str, mark: u8) -> usize {
    text.bytes().take_while(|byte| *byte == mark).count()
}

/// One past the run that closes the code span at the start of `rest`.
fn closing_ticks(rest: &str, ticks: usize, unclosed: &mut Vec<usize>) -> Option<usize> {
    if unclosed.contains(&ticks) {
        return None;
    }
    let mut at = ticks;
    while let Some(found) = rest[at..].find('`') {
        let length = run_length(&rest[at + found..], b'`');
        at += found + length;
        if length == ticks {
            return Some(at);
        }
    }
    // What is not found now is not found later either.
    unclosed.push(ticks);
    None
}

/// Whether a link may lead there; nothing but pages and mailboxes, and no character that a table or a link trips over.
fn is_address(address: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"].iter().find(|scheme| address.starts_with(**scheme));
    let is_plain = |character: char| {
        !character.is_whitespace()
            && !character.is_control()
            && !matches!(character, '<' | '>' | '|' | '\\' | '`' | '(' | ')')
    };
    scheme.is_some_and(|scheme| address.len() > scheme.len()) && address.chars().all(is_plain)
}

fn in_angles(rest: &str) -> Option<(Token<'_>, usize)> {
    let end = rest.find(['>', ' '])?;
    let address = rest[..end].strip_prefix('<').filter(|address| is_address(address))?;
    rest[end..].starts_with('>').then_some((Token::Address(address), end + 1))
}

fn bare_address(rest: &str) -> Option<(Token<'_>, usize)> {
    if !rest.starts_with("http") {
        return None;
    }
    let ends =
        |character: char| character.is_whitespace() || character.is_control() || matches!(character, '<' | '(' | ')');
    let address = rest[..rest.find(ends).unwrap_or(rest.len())]
        .trim_end_matches(|character: char| character.is_ascii_punctuation() && character != '/');
    is_address(address).then_some((Token::Address(address), address.len()))
}

fn linked(rest: &str) -> Option<(Token<'_>, usize)> {
    let stop = rest[1..].find(['[', ']', REFERENCE_OPENS, '`'])? + 1;
    let words = &rest[1..stop];
    let target = rest[stop..].strip_prefix("](")?;
    let end = target.find([')', ' '])?;
    let address = &target[..end];
    let is_link = target[end..].starts_with(')') && is_address(address) && !words.trim().is_empty();
    is_link.then_some((Token::Linked { words, address }, stop + 2 + end + 1))
}
