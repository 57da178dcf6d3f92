//! Text on one line, safe in cells, headings, list items and paragraphs alike.

use std::borrow::{Borrow, Cow};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::render::printable;

/// What a reference leads to: a heading, a table or a figure. Copies share their text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub Rc<str>);

/// Text on one line: what a reader sees of it, and which part is what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    shown: String,
    /// The parts in order, each before those within it. Words behind the last of them are a part of their own.
    nodes: Vec<Node>,
    /// How many bytes of what is shown the nodes tell of.
    told: usize,
}

/// A part of a line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    kind: Kind,
    /// How many bytes of what is shown are its own.
    length: usize,
    /// How many of the nodes behind it stand within it.
    within: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Strong,
    Emphasis,
    Inserted,
    Struck,
    Code,
    Link(Box<Address>),
    Reference(Key),
    Footnote,
    Draft,
    Break,
}

/// Where a link leads, and what may be shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    address: String,
    title: String,
}

/// A line, or what stands within a part of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line<'a> {
    shown: &'a str,
    nodes: &'a [Node],
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words, shown as they stand.
    Text(&'a str),
    /// Words of weight.
    Strong(Line<'a>),
    /// Words that are stressed.
    Emphasis(Line<'a>),
    /// Words that an edition has and the one before it had not.
    Inserted(Line<'a>),
    /// Words that the edition before had, and this one has no more.
    Struck(Line<'a>),
    /// What a machine reads.
    Code(&'a str),
    /// Words that lead to a page or a mailbox, by its address, and what is shown beside them.
    Link {
        /// A web or mail address.
        address: &'a str,
        /// What a renderer may show beside; may be empty.
        title: &'a str,
        /// What is shown.
        words: Line<'a>,
    },
    /// Words that lead to what has the key.
    Reference {
        /// The key of a heading, a table or a figure.
        key: &'a Key,
        /// What is shown.
        words: Line<'a>,
    },
    /// A remark at the foot of the page.
    Footnote(Line<'a>),
    /// Says that what stands before it waits for its authors.
    Draft(&'a str),
    /// The line ends here.
    Break,
}

/// What is shown around the words of a footnote where it stands.
const FOOTNOTE: (&str, &str) = (" (", ")");

impl<'a> Line<'a> {
    /// Words and no more.
    fn of(words: &'a str) -> Line<'a> {
        Line { shown: words, nodes: &[] }
    }

    /// What a reader sees, without markup.
    pub fn shown(self) -> &'a str {
        self.shown
    }

    /// Whether there is nothing to see.
    pub fn is_empty(self) -> bool {
        self.shown.is_empty()
    }

    /// Its parts, in order.
    pub fn parts(self) -> Parts<'a> {
        Parts(self)
    }

    /// What a reader sees where nothing can lead anywhere: behind the words of a link stands its address.
    pub fn with_addresses(self) -> String {
        let shown = |part: Part<'_>| match part {
            Part::Text(words) | Part::Code(words) => words.to_owned(),
            Part::Strong(words)
            | Part::Emphasis(words)
            | Part::Inserted(words)
            | Part::Struck(words)
            | Part::Reference { words, .. } => words.with_addresses(),
            Part::Link { address, words, .. } => {
                let words = words.with_addresses();
                let is_told = words.contains(address.trim_start_matches("mailto:"));
                if is_told { words } else { format!("{words} ({address})") }
            }
            Part::Footnote(words) => format!(" ({})", words.with_addresses()),
            Part::Draft(mark) => mark.to_owned(),
            Part::Break => " ".to_owned(),
        };
        self.parts().map(shown).collect()
    }

    /// The part that it is, where it is one.
    fn only_part(self) -> Option<Part<'a>> {
        let mut parts = self.parts();
        parts.next().filter(|_| parts.next().is_none())
    }

    /// The words, where there is nothing but words.
    pub fn only_words(self) -> Option<&'a str> {
        match self.only_part()? {
            Part::Text(words) => Some(words),
            _ => None,
        }
    }

    /// The address and the words, where there is nothing but one link.
    pub fn only_link(self) -> Option<(&'a str, &'a str)> {
        match self.only_part()? {
            Part::Link { address, words, .. } => Some((address, words.shown)),
            Part::Strong(words) | Part::Emphasis(words) => words.only_link(),
            _ => None,
        }
    }
}

/// The parts of a line, in order.
#[derive(Clone, Debug)]
pub struct Parts<'a>(Line<'a>);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let Line { shown, nodes } = self.0;
        let Some((node, nodes)) = nodes.split_first() else {
            self.0 = Line::default();
            return (!shown.is_empty()).then_some(Part::Text(shown));
        };
        let (shown, shown_behind) = shown.split_at(node.length);
        let (nodes, nodes_behind) = nodes.split_at(node.within);
        self.0 = Line { shown: shown_behind, nodes: nodes_behind };
        let words = Line { shown, nodes };
        Some(match &node.kind {
            Kind::Text => Part::Text(shown),
            Kind::Strong => Part::Strong(words),
            Kind::Emphasis => Part::Emphasis(words),
            Kind::Inserted => Part::Inserted(words),
            Kind::Struck => Part::Struck(words),
            Kind::Code => Part::Code(shown),
            Kind::Link(to) => Part::Link { address: &to.address, title: &to.title, words },
            Kind::Reference(key) => Part::Reference { key, words },
            Kind::Footnote => {
                Part::Footnote(Line { shown: &shown[FOOTNOTE.0.len()..shown.len() - FOOTNOTE.1.len()], nodes })
            }
            Kind::Draft => Part::Draft(shown),
            Kind::Break => Part::Break,
        })
    }
}

impl Inline {
    /// Words without markup, shown as they stand.
    pub fn plain(words: &str) -> Inline {
        let mut inline = Inline::default();
        inline.push_words(&flat(words));
        inline
    }

    /// Words in bold.
    pub fn strong(words: &str) -> Inline {
        let plain = Inline::plain(words);
        if plain.is_empty() { plain } else { Inline::of(Part::Strong(plain.as_line())) }
    }

    /// Words that lead to a heading, if the document has it.
    pub fn link(key: &Key, words: &str) -> Inline {
        Inline::of(Part::Reference { key, words: Inline::plain(words).as_line() })
    }

    /// A single part.
    pub fn of(part: Part<'_>) -> Inline {
        let mut inline = Inline::default();
        inline.push_part(part);
        inline
    }

    /// Itself as what writers go through.
    pub fn as_line(&self) -> Line<'_> {
        Line { shown: &self.shown, nodes: &self.nodes }
    }

    /// Its parts, in order.
    pub fn parts(&self) -> Parts<'_> {
        self.as_line().parts()
    }

    /// What a reader sees, without markup.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What a reader sees where nothing can lead anywhere: behind the words of a link stands its address.
    pub fn with_addresses(&self) -> String {
        self.as_line().with_addresses()
    }

    /// The address and the words, where there is nothing but one link.
    pub fn only_link(&self) -> Option<(&str, &str)> {
        self.as_line().only_link()
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Puts a part behind it. All words of a document go through here: none of them acts where it is shown.
    pub fn push_part(&mut self, part: Part<'_>) {
        match part {
            Part::Text(words) => self.push_words(words),
            Part::Code(code) => self.push_node(Kind::Code, "", Line::of(&printable::document(code)), ""),
            Part::Strong(words) => self.push_node(Kind::Strong, "", words, ""),
            Part::Emphasis(words) => self.push_node(Kind::Emphasis, "", words, ""),
            Part::Inserted(words) => self.push_node(Kind::Inserted, "", words, ""),
            Part::Struck(words) => self.push_node(Kind::Struck, "", words, ""),
            Part::Link { address, title, words } => {
                let (address, title) = (address.to_owned(), printable::document(title).into_owned());
                self.push_node(Kind::Link(Box::new(Address { address, title })), "", words, "");
            }
            Part::Reference { key, words } => self.push_node(Kind::Reference(key.clone()), "", words, ""),
            Part::Footnote(words) => self.push_node(Kind::Footnote, FOOTNOTE.0, words, FOOTNOTE.1),
            Part::Draft(mark) => self.push_node(Kind::Draft, "", Line::of(mark), ""),
            Part::Break => self.push_node(Kind::Break, "", Line::of(" "), ""),
        }
    }

    /// Puts a node behind it that shows a line between words.
    fn push_node(&mut self, kind: Kind, before: &str, line: Line<'_>, behind: &str) {
        self.end_words();
        self.nodes.push(Node {
            kind,
            length: before.len() + line.shown.len() + behind.len(),
            within: line.nodes.len(),
        });
        self.nodes.extend_from_slice(line.nodes);
        for words in [before, line.shown, behind] {
            self.shown.push_str(words);
        }
        self.told = self.shown.len();
    }

    /// Makes a node of the words behind the last one, before something is put behind them.
    fn end_words(&mut self) {
        if self.told < self.shown.len() {
            self.nodes.push(Node { kind: Kind::Text, length: self.shown.len() - self.told, within: 0 });
            self.told = self.shown.len();
        }
    }

    /// Puts more behind it.
    pub fn push(&mut self, more: &Inline) {
        if more.nodes.is_empty() && more.is_empty() {
            return;
        }
        self.end_words();
        self.nodes.extend_from_slice(&more.nodes);
        self.shown.push_str(&more.shown);
        self.told += more.told;
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

    /// Itself, marked as a draft.
    #[must_use]
    pub fn draft(mut self, mark: &str) -> Inline {
        self.push_words(" ");
        self.push_part(Part::Draft(mark));
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
    pub fn join(parts: impl IntoIterator<Item = impl Borrow<Inline>>, between: &str) -> Inline {
        let mut joined = Inline::default();
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                joined.push_words(between);
            }
            joined.push(part.borrow());
        }
        joined
    }

    /// Gives each reference that has no words the label of what it leads to.
    pub(super) fn settle(&mut self, labels: &FxHashMap<Key, String>) {
        let is_open = |part: Part<'_>| matches!(part, Part::Reference { words, .. } if words.is_empty());
        if !self.parts().any(is_open) {
            return;
        }
        let open = std::mem::take(self);
        for part in open.parts() {
            match part {
                Part::Reference { key, words } if words.is_empty() => {
                    let label = Inline::plain(labels.get(key).map_or("", String::as_str));
                    self.push_part(Part::Reference { key, words: label.as_line() });
                }
                part => self.push_part(part),
            }
        }
    }

    fn push_words(&mut self, words: &str) {
        if !words.is_empty() {
            self.end_words();
            self.shown.push_str(&printable::document(words));
        }
    }
}

/// The text on one line; its ends trimmed, a backslash that broke a line dropped.
pub(super) fn flat(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_none() {
        return Cow::Borrowed(text.trim());
    }
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
    Cow::Owned(flat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_were_put_there() {
        let key = Key("process a".into());
        let inner = Inline::plain("one").then(" two").and(&Inline::strong("three"));
        let mut line = Inline::default();
        let parts = [
            Part::Text("a"),
            Part::Text("b"),
            Part::Strong(inner.as_line()),
            Part::Reference { key: &key, words: inner.as_line() },
            Part::Break,
            Part::Link { address: "https://x.example", title: "t", words: inner.as_line() },
            Part::Footnote(inner.as_line()),
            Part::Code("c"),
            Part::Draft("(draft)"),
            Part::Text("z"),
        ];
        parts.into_iter().for_each(|part| line.push_part(part));
        assert_eq!(line.parts().collect::<Vec<_>>(), parts);
        assert_eq!(line.shown(), "abone twothreeone twothree one twothree (one twothree)c(draft)z");
        let nested = Inline::of(Part::Emphasis(line.as_line()));
        assert!(matches!(nested.parts().next(), Some(Part::Emphasis(words)) if words.parts().eq(parts)));
        let joined = Inline::join(parts.map(Inline::of), "");
        assert_eq!(joined, line);
        assert_eq!(Inline::join([&joined, &Inline::default()], ""), line);
        assert_eq!(Inline::default().and(&line).parts().count(), parts.len());
    }

    #[test]
    fn lines_become_one() {
        for (text, line) in [
            (" a b ", "a b"),
            ("a \n  b\n", "a b"),
            ("a\\\nb", "a b"),
            ("a\\\\\nb", "a\\\\ b"),
            ("a\\", "a\\"),
            ("a\tb", "a b"),
        ] {
            assert_eq!(flat(text), line, "{text:?}");
        }
    }
}
