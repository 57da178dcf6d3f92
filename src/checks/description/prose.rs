//! A text cut into words, once, with what all checks of this family need to know about it.

use std::borrow::Cow;
use std::ops::Range;

pub use crate::diagnostic::words::uncapitalized;
use crate::english::{self, Classes, Key, Number};
pub use crate::english::{MODALS, Marks, Word, hash_of, is_modal, mix, plural_key};
use crate::source::{Sources, text};
use crate::span::{Span, narrow};

/// A text of the author's with its words.
#[derive(Clone, Copy, Debug)]
pub struct Prose<'p> {
    /// What it says.
    pub text: &'p str,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Its words.
    pub words: &'p [Word],
    /// All classes that occur.
    pub classes: Classes,
    /// All marks that occur.
    pub marks: Marks,
    /// The position of the verb that makes its statement.
    pub verb: Option<usize>,
    /// Where its words end: what a list puts behind them, such as `; and`, is no part of it.
    end: usize,
    /// Whether the text stands in the source byte for byte.
    is_plain: bool,
    literal: &'p str,
}

impl<'p> Prose<'p> {
    /// The text from one word to another, the last included.
    pub fn slice(&self, words: Range<usize>) -> &'p str {
        self.bytes(words).and_then(|bytes| self.text.get(bytes)).unwrap_or_default()
    }

    /// The place of some words.
    pub fn place(&self, words: Range<usize>) -> Span {
        let Some(bytes) = self.bytes(words) else { return self.span };
        let range =
            if self.is_plain { bytes.start + 1..bytes.end + 1 } else { text::literal_range(self.literal, bytes) };
        let from = self.span.start as usize;
        Span::new(self.span.file, from + range.start, from + range.end)
    }

    /// The text before a word, without the blank or comma between.
    pub fn before(&self, word: usize) -> &'p str {
        let end = self.words.get(word).map_or(self.text.len(), |word| word.start as usize);
        self.text.get(..end).unwrap_or_default().trim_end_matches([' ', ',', ';', '\n'])
    }

    /// The text from a word on.
    pub fn after(&self, word: usize) -> &'p str {
        let start = self.words.get(word).map_or(self.text.len(), |word| word.start as usize);
        self.text.get(start..).unwrap_or_default()
    }

    /// The words of a sentence, hyphenated ones counted once.
    pub fn count(&self) -> usize {
        self.words.iter().filter(|word| word.counts()).count()
    }

    /// Whether the word at a position is this one.
    pub fn is_word(&self, at: usize, key: Key) -> bool {
        self.words.get(at).is_some_and(|word| word.key == key)
    }

    /// Whether the word at a position is one of these.
    pub fn is_one(&self, at: usize, keys: &[Key]) -> bool {
        self.words.get(at).is_some_and(|word| keys.contains(&word.key))
    }

    /// Whether the words from a position on are these.
    pub fn has(&self, at: usize, words: &[Key]) -> bool {
        words.iter().enumerate().all(|(offset, key)| self.is_word(at + offset, *key))
    }

    /// Whether the word at a position has one of the classes.
    pub fn is(&self, at: usize, classes: Classes) -> bool {
        self.words.get(at).is_some_and(|word| word.is(classes))
    }

    /// Whether the word before a position has one of the classes.
    pub fn is_after(&self, at: usize, classes: Classes) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, classes))
    }

    /// Whether a word in a range begins a clause that depends on another.
    pub fn has_subordinate(&self, words: Range<usize>) -> bool {
        self.words.get(words).is_some_and(|words| words.iter().any(|word| word.is(Classes::SUBORDINATOR)))
    }

    /// Whether it begins with a verb in the imperative: `Ensure …`, `Review the …`, but not `Review results …`.
    pub fn is_imperative(&self) -> bool {
        english::is_imperative(self.words)
    }

    /// Whether a hyphen or a slash ties a word to the next.
    pub fn is_joined(&self, at: usize) -> bool {
        english::is_joined(self.words, at)
    }

    /// The subject of the sentence: the words before its verb, without article.
    pub fn subject(&self) -> &'p [Word] {
        let words = self.words.get(self.subject_start()..self.verb.unwrap_or(0)).unwrap_or_default();
        match words {
            [first, rest @ ..] if first.key == const { english::key("the") } => rest,
            _ => words,
        }
    }

    /// Where the subject begins: behind a clause that the sentence begins with.
    pub fn subject_start(&self) -> usize {
        let before = self.words.get(..self.verb.unwrap_or(0)).unwrap_or_default();
        if !english::opens(self.words, 0) {
            return 0;
        }
        before.iter().rposition(|word| word.marks.any(Marks::COMMA)).unwrap_or(0)
    }

    /// The number of the subject, where it is sure.
    pub fn number(&self) -> Option<Number> {
        english::number(self.words.get(self.subject_start()..self.verb?)?)
    }

    /// What stands behind a word, with a full stop: ` safe.`
    pub fn rest(&self, word: usize) -> String {
        let start = self.words.get(word).map_or(self.end, |word| word.end as usize);
        let text = self.text.get(start..self.end).unwrap_or_default();
        format!("{}.", text.trim_end_matches([' ', ',', ';', '.', '\n']))
    }

    /// Whether the word at a position belongs to the statement: not to a clause that depends on it, nor to an aside.
    pub fn is_stated(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| !word.marks.any(Marks::SUBORDINATE.union(Marks::ASIDE)))
    }

    /// Some words as a sentence of their own, where no bracket or quotation mark is cut in two.
    pub fn sentence(&self, words: Range<usize>) -> Option<String> {
        let start = self.words.get(words.start)?.start as usize;
        // A mark may open before the first word.
        let start = if words.start == 0 { 0 } else { start };
        let end = self.words.get(words.end).map_or(self.end, |next| next.start as usize);
        let text = self
            .text
            .get(start..end)?
            .trim_start_matches(|first: char| first.is_whitespace() || "-–—•*".contains(first));
        let text = text.trim_end_matches(|last: char| last.is_whitespace() || ",;.:–—-(".contains(last));
        let count = |mark: char| text.chars().filter(|character| *character == mark).count();
        let is_whole = count('(') == count(')') && count('"') % 2 == 0 && count('\u{201c}') == count('\u{201d}');
        (is_whole && !text.is_empty()).then(|| format!("{}.", capitalized(text)))
    }

    /// The text in backticks, clipped.
    pub fn quoted(&self) -> String {
        quote(self.text)
    }

    fn bytes(&self, words: Range<usize>) -> Option<Range<usize>> {
        let first = self.words.get(words.start)?;
        let last = self.words.get(words.end.checked_sub(1)?)?;
        Some(first.start as usize..last.end as usize)
    }
}

/// Some words of the author's in backticks, on one line and clipped.
pub fn quote(text: &str) -> String {
    const LONGEST: usize = 72;
    let mut line = String::with_capacity(text.len().min(LONGEST) + 2);
    line.push('`');
    for (count, character) in text.trim().chars().enumerate() {
        if count == LONGEST {
            line.truncate(line.trim_end().len());
            line.push('…');
            break;
        }
        line.push(match character {
            '`' => '\'',
            _ if character.is_whitespace() => ' ',
            _ => character,
        });
    }
    line.push('`');
    line
}

/// A rewording in backticks, whole: a help that breaks off helps nobody.
pub fn propose(sentence: &str) -> String {
    let mut proposed = String::with_capacity(sentence.len() + 2);
    proposed.push('`');
    let is_usual = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'`';
    if sentence.bytes().fold(true, |usual, byte| usual & is_usual(byte)) && !sentence.contains("  ") {
        proposed.push_str(sentence.trim());
    } else {
        proposed.push_str(&sentence.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" "));
    }
    proposed.push('`');
    proposed
}

/// `is` or `are`, as some words ask, where that is sure.
pub fn is_or_are(subject: &[Word]) -> Option<&'static str> {
    Some(match english::number(subject)? {
        Number::Singular => "is",
        Number::Plural => "are",
    })
}

/// A text with its first letter in the upper case.
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + characters.as_str())
}

/// Whether two texts are the same but for case, blanks, hyphens and slashes.
pub fn is_same(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    fn bytes(text: &str) -> impl Iterator<Item = u8> + '_ {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase())
    }
    // Nearly all texts need no table.
    if one.is_ascii() && other.is_ascii() { bytes(one).eq(bytes(other)) } else { letters(one).eq(letters(other)) }
}

/// The words of several texts, in buffers that are used again for the next process.
#[derive(Debug, Default)]
pub struct Cutter<'a> {
    words: Vec<Word>,
    texts: Vec<Cut<'a>>,
}

/// A text that was cut, by its position in its [`Cutter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextId(u32);

#[derive(Debug)]
struct Cut<'a> {
    text: Cow<'a, str>,
    literal: &'a str,
    span: Span,
    words: Range<usize>,
    classes: Classes,
    marks: Marks,
    verb: Option<usize>,
    end: usize,
    hash: u64,
}

impl<'a> Cutter<'a> {
    /// Forgets all texts, and keeps the buffers.
    pub fn clear(&mut self) {
        self.words.clear();
        self.texts.clear();
    }

    /// Cuts the text literal at a place.
    pub fn cut(&mut self, sources: &'a Sources, span: Span) -> TextId {
        let literal = sources.slice(span);
        let text = text::value(literal);
        let from = self.words.len();
        let mut cut = Cut {
            text,
            literal,
            span,
            words: from..from,
            classes: Classes::NONE,
            marks: Marks::default(),
            verb: None,
            end: 0,
            hash: 0,
        };
        cut.marks = english::cut(&cut.text, &mut self.words);
        cut.end = cut.text.len();
        // A list of a standard ends its items in `; and`.
        while let [.., _, last] = self.words.get(from..).unwrap_or_default()
            && last.is(Classes::CONJUNCTION)
            && !last.marks.any(Marks::HYPHEN)
        {
            cut.end = last.start as usize;
            self.words.pop();
        }
        cut.words.end = self.words.len();
        cut.verb = english::read(self.words.get_mut(from..).unwrap_or_default());
        for word in self.words.get(from..).unwrap_or_default() {
            cut.classes = cut.classes.and(word.classes);
            cut.marks.add(word.marks);
            cut.hash = mix(cut.hash, word.key);
        }
        self.texts.push(cut);
        TextId(narrow(self.texts.len() - 1))
    }

    /// A text that was cut since the last [`clear`](Cutter::clear).
    pub fn prose(&self, id: TextId) -> Prose<'_> {
        let Some(cut) = self.texts.get(id.0 as usize) else {
            let span = Span::new(crate::span::FileId(0), 0, 0);
            let (classes, marks) = (Classes::NONE, Marks::default());
            return Prose {
                text: "",
                span,
                words: &[],
                classes,
                marks,
                verb: None,
                end: 0,
                is_plain: true,
                literal: "",
            };
        };
        Prose {
            text: &cut.text,
            span: cut.span,
            words: self.words.get(cut.words.clone()).unwrap_or_default(),
            classes: cut.classes,
            marks: cut.marks,
            verb: cut.verb,
            end: cut.end,
            is_plain: matches!(cut.text, Cow::Borrowed(_)) && !cut.literal.starts_with("\"\"\""),
            literal: cut.literal,
        }
    }

    /// A number that texts of the same words share.
    pub fn hash(&self, id: TextId) -> u64 {
        self.texts.get(id.0 as usize).map_or(0, |cut| cut.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text and looks at it.
    fn look<T>(text: &str, ask: impl Fn(Prose<'_>) -> T) -> T {
        let mut sources = Sources::default();
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let literal = format!("\"{escaped}\"");
        let file = sources.add("", "a.prm", format!("  {literal}\n"));
        let mut cutter = Cutter::default();
        let id = cutter.cut(&sources, Span::new(file, 2, 2 + literal.len()));
        ask(cutter.prose(id))
    }

    fn verb(text: &str) -> Option<String> {
        look(text, |prose| prose.verb.map(|at| prose.slice(at..at + 1).to_owned()))
    }

    #[test]
    fn texts_are_cut_into_words() {
        let words = |text: &str| look(text, |prose| prose.words.len());
        assert_eq!(words("Keys are rotated."), 3);
        assert_eq!(words("See A.5.1, and [[COM.01]] – `shall not`; don't."), 6);
        assert_eq!(words(""), 0);
        assert_eq!(words("…"), 0);
        assert_eq!(words("naïve “users”"), 2);
        assert_eq!(words("Marke™ ™"), 2);
        assert_eq!(look("A well-known key/lock pair", |prose| prose.count()), 5);
        assert!(!look("must-have", |prose| prose.classes.any(MODALS)));
        assert!(!look("`must`", |prose| prose.classes.any(MODALS)));
    }

    #[test]
    fn sentences_end_before_a_capital() {
        let stops = |text: &str| look(text, |prose| prose.marks.any(Marks::STOP));
        assert!(stops("One ends. Another begins."));
        assert!(!stops("One ends."));
        assert!(!stops("Keys, e.g. Those of J. Doe, are kept, etc. as agreed in 1.5 hours."));
        assert!(stops("One ends\n\nAnother begins"));
    }

    #[test]
    fn the_main_verb_is_found() {
        for (text, expected) in [
            ("Keys are rotated.", Some("are")),
            ("Persons who communicate are designated.", Some("are")),
            ("Information that systems need is created.", Some("is")),
            ("A policy holds for all keys.", Some("holds")),
            ("Keys match their locks.", Some("match")),
            ("Staff agree on the rules.", Some("agree")),
            ("Customers learn of incidents within 24 hours.", Some("learn")),
            ("Use of cloud services follows agreed rules.", Some("follows")),
            ("Each key carries a label.", Some("carries")),
            ("Everyone knows the rules.", Some("knows")),
            ("The policy squeaks loudly.", Some("squeaks")),
            ("Keys will be rotated.", Some("will")),
            ("Rotation of keys.", None),
            ("List of controls.", None),
            ("A register of keys that are in use.", None),
            ("Rotate keys.", None),
            ("Keys rotated.", None),
            ("Plans and records.", None),
            ("Keys were rotated.", Some("were")),
        ] {
            assert_eq!(verb(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn modal_verbs_are_told_from_nouns() {
        let modal = |text: &str| look(text, |prose| (0..prose.words.len()).any(|at| is_modal(prose.words, at)));
        for text in
            ["Keys can be read.", "Keys must not leave.", "Staff may enter.", "It will escrow.", "It should hold."]
        {
            assert!(modal(text), "{text}");
        }
        for text in [
            "The will of the owner is known.",
            "Oil is kept in a can.",
            "Tests are held in May.",
            "Good will is shown.",
        ] {
            assert!(!modal(text), "{text}");
        }
    }

    #[test]
    fn imperatives_are_told_from_nouns() {
        let imperative = |text: &str| look(text, |prose| prose.is_imperative());
        for text in ["Ensure that keys are kept.", "Review the results.", "Rotate keys.", "Manage keys"] {
            assert!(imperative(text), "{text}");
        }
        for text in
            ["Review results are recorded.", "Change management", "Own keys are kept.", "Complete records are kept."]
        {
            assert!(!imperative(text), "{text}");
        }
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        let stem = |text: &str| look(text, |prose| prose.words.first().map(Word::stem));
        for (one, other) in [("keys", "key"), ("kept", "keep"), ("policies", "policy"), ("planned", "plans")] {
            assert_eq!(stem(one), stem(other));
        }
        assert_ne!(stem("keys"), stem("keyed up"));
        assert_eq!(stem("access"), stem("Access"));
    }

    #[test]
    fn places_lead_back_to_the_source() {
        look("Say \"yes\", then go.", |prose| {
            let place = prose.place(2..4);
            assert_eq!((place.start, place.end), (16, 23));
        });
        look("Keys are kept.", |prose| {
            let place = prose.place(1..2);
            assert_eq!((place.start, place.end), (8, 11));
        });
    }

    #[test]
    fn quotations_are_short_and_on_one_line() {
        assert_eq!(quote("a `b`\nc"), "`a 'b' c`");
        assert_eq!(quote(&"x ".repeat(100)).chars().count(), 2 + 71 + 1);
        assert_eq!(uncapitalized("Key management"), "key management");
        assert_eq!(uncapitalized("IT service"), "IT service");
        assert!(is_same("Non-conformity management", "nonconformity  management"));
        assert!(is_same("Product/service", "product service"));
    }
}
