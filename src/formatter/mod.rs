//! One layout for every file, without options (`docs/format.md` describes it).
//!
//! The layout is worked out over the tokens of the lexer: white space is all that changes, and only where the language
//! lets a line end or go on. `head` breaks a statement into lines, `print` walks the file, `broken` says what is left
//! alone, and `same` holds the result against the text that it was made from, before anybody sees it.

mod broken;
mod head;
mod print;
mod same;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::span::FileId;
use crate::syntax::lexer::{self, Tokens};
use crate::syntax::tree::Tree;
use broken::Care;

/// A text in its canonical layout.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Formatted {
    /// The text: line breaks are line feeds, and there is no byte-order mark.
    pub text: String,
    /// The bytes of the given text that are broken, and were left as they stand.
    pub broken: Vec<Range<usize>>,
    /// Places that mean the same in both texts, in their order: ends of tokens behind which a line begins.
    anchors: Vec<Anchor>,
}

/// What to put in place of some bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// The layout would have said something else than the text: a defect of the formatter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unfaithful {
    /// The byte of the text near which the two begin to differ.
    pub offset: usize,
}

/// A place in the text that was given, and the same place in the text that was made.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    given: usize,
    made: usize,
}

/// U+FEFF, which is a byte-order mark at the head of a file, and nowhere else.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Lays a file out. What is broken stays as it stands, byte for byte.
///
/// # Errors
/// Where the result, parsed again, does not have the same statements, texts and comments.
pub fn format(text: &str) -> Result<Formatted, Unfaithful> {
    let (bare, mark) = without_mark(text);
    let given = Parsed::new(bare);
    let is_sound = given.diagnostics.is_empty() && broken::parts(&given, Care::Part).is_empty();
    // Braces that do not match are read with the help of the indentation, and then a neighbour can matter.
    let cares: &[Care] = if is_sound { &[Care::Part] } else { &[Care::Part, Care::Rest, Care::All] };
    let mut difference = 0;
    for care in cares {
        let formatted = print::print(&given, &broken::parts(&given, *care));
        match same::difference(&given, &Parsed::new(without_mark(&formatted.text).0)) {
            None => return Ok(formatted.moved_by(mark)),
            Some(offset) => difference = offset,
        }
    }
    if is_sound {
        return Err(Unfaithful { offset: difference + mark });
    }
    // Where even a last line feed would be read otherwise, behind a lone carriage return say, nothing changes.
    Ok(Formatted { text: text.to_owned(), broken: std::iter::once(0..text.len()).collect(), anchors: Vec::new() })
}

/// Lays out the lines of the statements, comments and braces that touch some bytes of a text, and nothing else.
/// `None` where they are in order already.
///
/// # Errors
/// Like those of [`format()`].
pub fn format_range(text: &str, range: Range<usize>) -> Result<Option<Replacement>, Unfaithful> {
    let formatted = format(text)?;
    let (bare, mark) = without_mark(text);
    let Some(replacement) = formatted.touching(text, range) else { return Ok(None) };
    let patched = [&text[mark..replacement.range.start.max(mark)], &replacement.text, &text[replacement.range.end..]];
    match same::difference(&Parsed::new(bare), &Parsed::new(&patched.concat())) {
        None => Ok(Some(replacement)),
        Some(offset) => Err(Unfaithful { offset: offset + mark }),
    }
}

impl Formatted {
    /// The lines that touch `range`, if they are not laid out already.
    fn touching(&self, text: &str, range: Range<usize>) -> Option<Replacement> {
        // A line is touched from its first character on; the white space before it belongs to nobody.
        let content = |anchor: &Anchor| {
            let rest = &text[anchor.given..];
            anchor.given + (rest.len() - rest.trim_start().len())
        };
        let lines = self.anchors.len().checked_sub(1)?;
        let first = self.anchors[1..].partition_point(|next| next.given < range.start);
        let mut last = first;
        while last < lines && content(&self.anchors[last]) <= range.end {
            last += 1;
        }
        let (from, to) = (self.anchors.get(first)?, self.anchors.get(last)?);
        let made = self.text.get(from.made..to.made)?;
        let given = from.given..to.given;
        (text.get(given.clone())? != made).then(|| Replacement { range: given, text: made.to_owned() })
    }

    fn moved_by(mut self, mark: usize) -> Formatted {
        for anchor in self.anchors.iter_mut().filter(|anchor| anchor.given > 0) {
            anchor.given += mark;
        }
        for range in &mut self.broken {
            *range = range.start + mark..range.end + mark;
        }
        self
    }
}

/// A text without its byte-order mark, and the length of the mark. Of two, the second begins a word that is broken, and
/// would be the mark if the first went.
fn without_mark(text: &str) -> (&str, usize) {
    let bare = text.strip_prefix(BYTE_ORDER_MARK).filter(|bare| !bare.starts_with(BYTE_ORDER_MARK)).unwrap_or(text);
    (bare, text.len() - bare.len())
}

/// A comment with its line breaks as line feeds; the returns before them, and at its end, are white space.
fn comment_words(comment: &str) -> Cow<'_, str> {
    if !comment.contains('\r') {
        return Cow::Borrowed(comment);
    }
    let lines: Vec<&str> = comment.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    Cow::Owned(lines.join("\n"))
}

/// A text, its tokens and its tree.
struct Parsed<'a> {
    text: &'a str,
    tokens: Tokens,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

impl Parsed<'_> {
    fn new(text: &str) -> Parsed<'_> {
        let file = FileId(0);
        let (tokens, _) = lexer::lex(file, text);
        let (tree, diagnostics) = crate::syntax::parse(file, text);
        Parsed { text, tokens, tree, diagnostics }
    }

    /// What stands at a place.
    fn slice(&self, place: (u32, u32)) -> &str {
        self.text.get(place.0 as usize..place.1 as usize).unwrap_or_default()
    }
}
