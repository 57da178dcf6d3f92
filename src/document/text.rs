//! A text of the author's on its way into a document: its value, with its references told from bare brackets.

use crate::source::Sources;
use crate::source::text::{Piece, pieces};
use crate::span::Span;
use crate::writer::Text;

/// Stands before what a reference names. No text can hold it: control characters are refused.
pub const REFERENCE_OPENS: char = '\u{2}';
/// Stands behind what a reference names.
pub const REFERENCE_CLOSES: char = '\u{3}';

/// A text with its references marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    text: String,
    place: Option<Span>,
}

impl Marked {
    /// What the literal at a place says.
    pub fn at(sources: &Sources, place: Span) -> Marked {
        Marked::of_literal(sources.slice(place)).standing(place)
    }

    /// What a literal says, quotes included.
    pub fn of_literal(literal: &str) -> Marked {
        Marked::with(literal, |_| None)
    }

    /// What a literal says, references named otherwise where `rename` says so.
    pub fn with(literal: &str, rename: impl Fn(&str) -> Option<String>) -> Marked {
        let mut marked = String::with_capacity(literal.len());
        for piece in pieces(literal) {
            match piece {
                Piece::Words(words) => marked.extend(words.chars().filter(|character| is_kept(*character))),
                Piece::Reference(target) => {
                    let target = rename(&target).unwrap_or(target);
                    marked.push(REFERENCE_OPENS);
                    marked.extend(target.chars().filter(|character| is_kept(*character)));
                    marked.push(REFERENCE_CLOSES);
                }
            }
        }
        Marked::from_marked(marked)
    }

    /// A text that was made from a marked one.
    pub fn from_marked(text: String) -> Marked {
        Marked { text, place: None }
    }

    /// Itself, as the literal at a place says it. Pictures that it names are asked for by that; without a place they are
    /// words.
    #[must_use]
    pub fn standing(self, place: Span) -> Marked {
        Marked { place: Some(place), ..self }
    }

    /// The place of the literal.
    pub fn place(&self) -> Option<Span> {
        self.place
    }

    /// The text with its marks.
    pub fn marked(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to print.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text as a program reads it: references in double brackets.
    pub fn value(&self) -> String {
        self.text.replace(REFERENCE_OPENS, "[[").replace(REFERENCE_CLOSES, "]]")
    }
}

impl From<&Marked> for Text {
    fn from(marked: &Marked) -> Text {
        let mut parts = marked.text.split(REFERENCE_OPENS);
        let first = parts.next().unwrap_or_default();
        let rest = parts.flat_map(|part| {
            let (target, words) = part.split_once(REFERENCE_CLOSES).unwrap_or((part, ""));
            [Piece::Reference(target.to_owned()), Piece::Words(words.to_owned())]
        });
        Text::of([Piece::Words(first.to_owned())].into_iter().chain(rest))
    }
}

/// Control characters mark references and links here, so none of the author's may come in.
fn is_kept(character: char) -> bool {
    !character.is_control() || matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_kept_apart_from_words() {
        for literal in [r#""plain""#, r#""a \"b\" \\ c\nd""#, r#""see [[X.1]], not \[[Y]]""#, r#""[[[X.1]]]""#] {
            assert_eq!(Text::from(&Marked::of_literal(literal)), Text::of_literal(literal), "{literal}");
        }
        assert_eq!(Marked::of_literal(r#""see [[ X.1 ]]""#).value(), "see [[X.1]]");
    }
}
