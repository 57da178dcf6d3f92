//! Text on one line, safe in cells, headings, list items and paragraphs alike.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::render::printable;

/// What a reference leads to: a heading, a table or a figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub String);

/// Text on one line: its parts, and what a reader sees of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    parts: Vec<Part>,
    shown: String,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words, shown as they stand.
    Text(String),
    /// Words of weight.
    Strong(Inline),
    /// Words that are stressed.
    Emphasis(Inline),
    /// Words that an edition has and the one before it had not.
    Inserted(Inline),
    /// Words that the edition before had, and this one has no more.
    Struck(Inline),
    /// What a machine reads.
    Code(String),
    /// Words that lead to a page or a mailbox, by its address, and what is shown beside them.
    Link {
        /// A web or mail address.
        address: String,
        /// What a renderer may show beside; may be empty.
        title: String,
        /// What is shown.
        words: Inline,
    },
    /// Words that lead to what has the key.
    Reference {
        /// The key of a heading, a table or a figure.
        key: Key,
        /// What is shown.
        words: Inline,
    },
    /// A remark at the foot of the page.
    Footnote(Inline),
    /// Says that what stands before it waits for its authors.
    Draft(&'static str),
    /// The line ends here.
    Break,
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
        if plain.is_empty() { plain } else { Inline::of(Part::Strong(plain)) }
    }

    /// Words that lead to a heading, if the document has it.
    pub fn link(key: &Key, words: &str) -> Inline {
        Inline::of(Part::Reference { key: key.clone(), words: Inline::plain(words) })
    }

    /// A single part.
    pub fn of(part: Part) -> Inline {
        let mut inline = Inline::default();
        inline.push_part(part);
        inline
    }

    /// Its parts, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What a reader sees, without markup.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What a reader sees where nothing can lead anywhere: behind the words of a link stands its address.
    pub fn with_addresses(&self) -> String {
        let shown = |part: &Part| match part {
            Part::Text(words) | Part::Code(words) => words.clone(),
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
            Part::Draft(mark) => (*mark).to_owned(),
            Part::Break => " ".to_owned(),
        };
        self.parts.iter().map(shown).collect()
    }

    /// The address and the words, where there is nothing but one link.
    pub fn only_link(&self) -> Option<(&str, &str)> {
        match self.parts.as_slice() {
            [Part::Link { address, words, .. }] => Some((address, words.shown())),
            [Part::Strong(words) | Part::Emphasis(words)] => words.only_link(),
            _ => None,
        }
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Puts a part behind it. All words of a document go through here: none of them acts where it is shown.
    pub fn push_part(&mut self, mut part: Part) {
        if let Part::Text(words) | Part::Code(words) | Part::Link { title: words, .. } = &mut part
            && let Cow::Owned(shown) = printable::document(words)
        {
            *words = shown;
        }
        match &part {
            Part::Text(words) | Part::Code(words) => self.shown.push_str(words),
            Part::Strong(words) | Part::Emphasis(words) | Part::Inserted(words) | Part::Struck(words) => {
                self.shown.push_str(&words.shown);
            }
            Part::Link { words, .. } | Part::Reference { words, .. } => self.shown.push_str(&words.shown),
            Part::Footnote(words) => self.shown.push_str(&format!(" ({})", words.shown)),
            Part::Draft(mark) => self.shown.push_str(mark),
            Part::Break => self.shown.push(' '),
        }
        self.parts.push(part);
    }

    /// Puts more behind it.
    pub fn push(&mut self, more: &Inline) {
        self.parts.extend_from_slice(&more.parts);
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

    /// Itself, marked as a draft.
    #[must_use]
    pub fn draft(mut self, mark: &'static str) -> Inline {
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

    /// Gives each reference that has no words the label of what it leads to.
    pub(super) fn settle(&mut self, labels: &FxHashMap<Key, String>) {
        let is_open = |part: &Part| matches!(part, Part::Reference { words, .. } if words.is_empty());
        if !self.parts.iter().any(is_open) {
            return;
        }
        for part in std::mem::take(self).parts {
            match part {
                Part::Reference { key, .. } if is_open(&part) && labels.contains_key(&key) => {
                    let words = Inline::plain(labels.get(&key).map_or("", String::as_str));
                    self.push_part(Part::Reference { key, words });
                }
                part => self.push_part(part),
            }
        }
    }

    fn push_words(&mut self, words: &str) {
        if !words.is_empty() {
            self.push_part(Part::Text(words.to_owned()));
        }
    }
}

/// The text on one line; its ends trimmed, a backslash that broke a line dropped.
pub(super) fn flat(text: &str) -> String {
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
