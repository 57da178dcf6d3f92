//! Colours by meaning, as far as syntax knows it: words of the language, names, texts with the references in them.

use std::ops::Range;

use super::lexer::{self, terminal};
use super::statements::Kind;
use super::tree::{Arg, NodeId, Role, Tree};
use crate::source::text;
use crate::span::FileId;

/// What a stretch of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Colour {
    /// A word of the language.
    Keyword,
    /// A text; the names in its brackets are stretches of their own.
    Text,
    /// A comment.
    Comment,
    /// A number.
    Number,
    /// The id that a statement gives what it declares.
    Id,
    /// The name of something.
    Name,
}

impl Colour {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Colour::Keyword => "keyword",
            Colour::Text => "text",
            Colour::Comment => "comment",
            Colour::Number => "number",
            Colour::Id => "id",
            Colour::Name => "name",
        }
    }
}

/// A stretch of a file, and what it is.
pub type Stretch<T> = (Range<usize>, T);

/// The stretches of a file that have a colour, in order; none holds another. What is broken has those that were read.
///
/// ```
/// use prm::Colour;
///
/// let text = r#"term "key" "what opens a lock""#;
/// assert_eq!(prm::colours(text)[..2], [(0..4, Colour::Keyword), (5..10, Colour::Text)]);
/// ```
pub fn colours(text: &str) -> Vec<Stretch<Colour>> {
    let (tree, _) = super::parse(FileId(0), text);
    stretches(text, &tree, 0..text.len(), &mut |_, arg| names(text, arg))
}

/// The names in an argument.
fn names(text: &str, arg: &Arg) -> Vec<Stretch<Colour>> {
    let bytes = arg.start as usize..arg.end as usize;
    let written = text.get(bytes.clone()).unwrap_or_default();
    if arg.role.is_text() {
        let within = |range: Range<usize>| bytes.start + range.start..bytes.start + range.end;
        return text::references(written).into_iter().map(|(_, range)| (within(range), Colour::Name)).collect();
    }
    let colour = match arg.role {
        Role::Id => Colour::Id,
        _ if lexer::terminal_of(written) != terminal::WORD => Colour::Keyword,
        _ => Colour::Name,
    };
    vec![(bytes, colour)]
}

/// The stretches that touch some bytes. The names in arguments are for the caller to find and to colour.
pub fn stretches<T: From<Colour>>(
    text: &str,
    tree: &Tree,
    bytes: Range<usize>,
    names: &mut dyn FnMut(NodeId, &Arg) -> Vec<Stretch<T>>,
) -> Vec<Stretch<T>> {
    // The statement that they begin in, and the first behind them.
    let first = tree.at(bytes.start).unwrap_or(0);
    let last = tree.before(bytes.end).end;
    let from = tree.nodes.get(first as usize).map_or(0, |node| node.start as usize).min(bytes.start);
    let to = tree.nodes.get(last as usize).map_or(text.len(), |node| node.start as usize).max(bytes.end);
    let mut found: Vec<Stretch<T>> = Vec::new();
    for node in first..last {
        for arg in tree.args(node) {
            argument(text, tree, node, arg, names, &mut found);
        }
        // What is left over of a statement's words are those of the language: of two at one place the name counts.
        let statement = tree.node(node);
        if matches!(statement.kind, Kind::Garbage | Kind::Other | Kind::FieldValue) {
            continue;
        }
        let head = statement.start as usize..(statement.end as usize).min(to);
        let Some(written) = text.get(head.clone()) else { continue };
        let (lexed, _) = lexer::lex(FileId(0), written);
        let words = lexed.places.iter().zip(&lexed.kinds).filter(|(_, kind)| **kind > terminal::WORD);
        let place = |(start, end): &(u32, u32)| head.start + *start as usize..head.start + *end as usize;
        found.extend(words.map(|(of, _)| (place(of), Colour::Keyword.into())));
    }
    let comments = tree.comments.iter().map(|(start, end)| *start as usize..*end as usize);
    let near = comments.filter(|comment| comment.start < to && from < comment.end);
    found.extend(near.map(|comment| (comment, Colour::Comment.into())));
    found.sort_by_key(|(stretch, _)| stretch.start);
    let mut end = 0;
    found.retain(|(stretch, _)| {
        let is_free = stretch.start >= end && !stretch.is_empty();
        end = if is_free { stretch.end } else { end };
        is_free
    });
    found.retain(|(stretch, _)| stretch.start < bytes.end && bytes.start < stretch.end);
    found
}

/// An argument: a number, names, or a text between the names in it.
fn argument<T: From<Colour>>(
    text: &str,
    tree: &Tree,
    node: NodeId,
    arg: &Arg,
    names: &mut dyn FnMut(NodeId, &Arg) -> Vec<Stretch<T>>,
    found: &mut Vec<Stretch<T>>,
) {
    let bytes = arg.start as usize..arg.end as usize;
    let is_text = arg.role.is_text();
    let written = text.get(bytes.clone()).unwrap_or_default();
    if !is_text && arg.role.is_mark() {
        return;
    }
    if arg.role == Role::Number {
        found.push((bytes, Colour::Number.into()));
        return;
    }
    if is_text && (tree.is_name_of_term(node, arg.role) || !written.contains("[[")) {
        found.push((bytes, Colour::Text.into()));
        return;
    }
    let mut from = bytes.start;
    for (name, colour) in names(node, arg) {
        if is_text && from < name.start {
            found.push((from..name.start, Colour::Text.into()));
        }
        from = name.end;
        found.push((name, colour));
    }
    if is_text && from < bytes.end {
        found.push((from..bytes.end, Colour::Text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with the word for its colour before each stretch.
    fn coloured(text: &str) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for (bytes, colour) in colours(text) {
            shown += &text[from..bytes.start];
            shown += &format!("{}<{}>", colour.word(), &text[bytes.clone()]);
            from = bytes.end;
        }
        shown + &text[from..]
    }

    #[test]
    fn each_stretch_by_its_meaning() {
        let text =
            "process A.1 \"Ä [[key]] ü\" { // here\n  outcome 1 \"x\" satisfies c:R1, R2\n}\nterm \"[[a\" \"b\"\n";
        let expected = "keyword<process> id<A.1> text<\"Ä [[>name<key>text<]] ü\"> { comment<// here>\n  keyword<outcome> \
                        id<1> text<\"x\"> keyword<satisfies> name<c:R1>, name<R2>\n}\nkeyword<term> text<\"[[a\"> text<\"b\">\n";
        assert_eq!(coloured(text), expected);
    }

    #[test]
    fn what_is_broken_keeps_what_was_read() {
        assert_eq!(coloured(""), "");
        let shown = coloured("process A.1 \"x\" {\n  purpos \"y\"\n  outcome 1 \"never closed\n");
        assert!(shown.starts_with("keyword<process> id<A.1> text<\"x\"> {"), "{shown}");
        assert!(shown.contains("keyword<outcome> id<1>"), "{shown}");
    }
}
