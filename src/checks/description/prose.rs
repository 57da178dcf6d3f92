//! A text cut into words, once, with what all checks of this family need to know about it.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

pub use crate::diagnostic::words::uncapitalized;
use crate::english::{self, Classes, Key};
use crate::source::{Sources, text};
use crate::span::{Span, narrow};

/// What stands around a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    /// A comma before it.
    pub const COMMA: Marks = Marks(1);
    /// A semicolon before it.
    pub const SEMICOLON: Marks = Marks(1 << 1);
    /// The end of a sentence before it.
    pub const STOP: Marks = Marks(1 << 2);
    /// A hyphen that ties it to the word before.
    pub const HYPHEN: Marks = Marks(1 << 3);
    /// A slash that ties it to the word before.
    pub const SLASH: Marks = Marks(1 << 4);
    /// Some other sign before it: a colon, a dash, a bracket, a quotation mark.
    pub const SIGN: Marks = Marks(1 << 5);
    /// It begins with a capital letter.
    pub const CAPITAL: Marks = Marks(1 << 6);
    /// A reference or a code span: no word of the author's sentence.
    pub const OPAQUE: Marks = Marks(1 << 7);
    /// The text ends in a full stop.
    pub const FINAL_STOP: Marks = Marks(1 << 8);

    /// Whether one of the marks is among them.
    pub const fn any(self, marks: Marks) -> bool {
        self.0 & marks.0 != 0
    }

    fn add(&mut self, marks: Marks) {
        self.0 |= marks.0;
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its first bytes in lower case.
    pub key: Key,
    /// What it may be.
    pub classes: Classes,
    start: u32,
    end: u32,
    /// What stands before it, and how it is written.
    pub marks: Marks,
}

impl Word {
    /// Whether it has one of the classes.
    pub const fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// Whether it says something of the subject of its text.
    pub const fn is_content(&self) -> bool {
        !self.is(Classes::FUNCTION) && !self.marks.any(Marks::OPAQUE)
    }

    /// Whether it looks like a noun or pronoun for several.
    pub fn is_plural(&self) -> bool {
        self.is(Classes::PLURAL) || (self.ends_in(b's') && !self.is(Classes::NOUN))
    }

    /// Whether it is the form of a verb that follows `is`.
    pub fn is_participle(&self) -> bool {
        self.is(Classes::PARTICIPLE)
            || (self.classes.0 & !Classes::FUNCTION.0 == 0 && self.len() > 4 && self.ends_with(b"ed"))
    }

    /// Whether it is a verb in `ing`.
    pub fn is_gerund(&self) -> bool {
        self.is(Classes::GERUND) || (self.classes == Classes::NONE && self.len() > 5 && self.ends_with(b"ing"))
    }

    /// Whether it counts as a word of its own: `well-known` is one word.
    pub const fn counts(&self) -> bool {
        !self.marks.any(Marks::HYPHEN)
    }

    const fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    fn ends_in(&self, letter: u8) -> bool {
        self.ends_with(&[letter])
    }

    /// Whether it has this ending; words longer than their key have none.
    pub fn ends_with(&self, ending: &[u8]) -> bool {
        let length = self.len();
        length <= 16 && self.key.to_le_bytes().get(..length).is_some_and(|bytes| bytes.ends_with(ending))
    }

    /// Whether it begins with the letter that a stem begins with, as all forms of a word do.
    pub const fn may_have_stem(&self, stem: Key) -> bool {
        self.key as u8 == stem as u8
    }

    /// A number that the forms of one word share: `keys` and `key`, `kept` and `keeping`.
    pub fn stem(&self) -> Key {
        if let Some(verb) = english::verb(self.key) {
            return english::key(verb.base);
        }
        let length = self.len().min(16);
        let cut = match () {
            () if length > 4 && self.ends_with(b"ies") => {
                return english::fold(self.key, length - 3) | ending(b'y', length - 3);
            }
            () if length > 3 && self.ends_in(b's') && !self.is(Classes::NOUN) && !self.ends_with(b"ss") => 1,
            () => 0,
        };
        english::fold(self.key, length - cut)
    }
}

/// A letter at a position of a key.
fn ending(letter: u8, at: usize) -> Key {
    Key::from(letter) << (8 * at)
}

/// The key of a word with an `s` behind it.
pub fn plural_key(word: &Word) -> Key {
    if word.len() < 16 { word.key | ending(b's', word.len()) } else { word.key }
}

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
    /// The position of the first finite verb of its main clause.
    pub verb: Option<usize>,
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
        let Some(first) = self.words.first() else { return false };
        first.is(Classes::BASE)
            && !self.is_joined(0)
            && (first.is(Classes::PURE) || (self.is(1, Classes::DETERMINER) && !first.is(Classes::DETERMINER)))
    }

    /// Whether a hyphen or a slash ties a word to the next.
    pub fn is_joined(&self, at: usize) -> bool {
        self.words.get(at + 1).is_some_and(|next| next.marks.any(Marks::HYPHEN.union(Marks::SLASH)))
    }

    /// The subject of the sentence: the words before its verb, without article.
    pub fn subject(&self) -> &'p [Word] {
        let words = self.words.get(..self.verb.unwrap_or(0)).unwrap_or_default();
        match words {
            [first, rest @ ..] if first.key == const { english::key("the") } => rest,
            _ => words,
        }
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

impl Marks {
    /// Both together.
    #[must_use]
    pub const fn union(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
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

/// A text with its first letter in the upper case.
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Whether two texts are the same but for case, blanks, hyphens and slashes.
pub fn is_same(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(other))
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
            hash: 0,
        };
        cut.marks = words(&cut.text, &mut self.words);
        cut.words.end = self.words.len();
        let words = self.words.get(from..).unwrap_or_default();
        for word in words {
            cut.classes = cut.classes.and(word.classes);
            cut.marks.add(word.marks);
            cut.hash = mix(cut.hash, word.key);
        }
        cut.verb = main_verb(words, cut.classes);
        self.texts.push(cut);
        TextId(narrow(self.texts.len() - 1))
    }

    /// A text that was cut since the last [`clear`](Cutter::clear).
    pub fn prose(&self, id: TextId) -> Prose<'_> {
        let Some(cut) = self.texts.get(id.0 as usize) else {
            let span = Span::new(crate::span::FileId(0), 0, 0);
            let (classes, marks) = (Classes::NONE, Marks::default());
            return Prose { text: "", span, words: &[], classes, marks, verb: None, is_plain: true, literal: "" };
        };
        Prose {
            text: &cut.text,
            span: cut.span,
            words: self.words.get(cut.words.clone()).unwrap_or_default(),
            classes: cut.classes,
            marks: cut.marks,
            verb: cut.verb,
            is_plain: matches!(cut.text, Cow::Borrowed(_)) && !cut.literal.starts_with("\"\"\""),
            literal: cut.literal,
        }
    }

    /// A number that texts of the same words share.
    pub fn hash(&self, id: TextId) -> u64 {
        self.texts.get(id.0 as usize).map_or(0, |cut| cut.hash)
    }
}

/// A number for a sequence of words.
pub fn hash_of(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| mix(hash, word.key))
}

/// Takes one more word into the number for a sequence.
pub fn mix(hash: u64, key: Key) -> u64 {
    FxBuildHasher.hash_one((hash, key))
}

/// What a byte is to words.
const LETTER: u8 = 1;
/// Ends a word, unless what follows says otherwise: `.`, `'` and the first byte of typographic signs.
const MAYBE: u8 = 2;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let value = byte as u8;
        kinds[byte] = match value {
            b'.' | b'\'' | 0xe2 => MAYBE,
            b'_' | 0x80.. => LETTER,
            _ if value.is_ascii_alphanumeric() => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

fn kind(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).map_or(0, |byte| KINDS[usize::from(*byte)])
}

/// How many letters stand in a row.
fn letters(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| KINDS[usize::from(*byte)] != LETTER).unwrap_or(rest.len())
}

/// Whether a word goes on at a byte that may or may not end it: `A.5`, `don't`, `1.9`, but not `end.` and no dash.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(0xe2) => bytes.get(at + 1) != Some(&0x80) || bytes.get(at + 2) == Some(&0x99),
        _ => kind(bytes, at + 1) == LETTER,
    }
}

/// Cuts a text into words; returns the marks at its end.
fn words(text: &str, out: &mut Vec<Word>) -> Marks {
    let bytes = text.as_bytes();
    let first = out.len();
    let mut at = 0;
    let mut marks = Marks::default();
    let mut open = Open::default();
    while at < bytes.len() {
        let start = at;
        at += letters(bytes, at);
        while at > start && kind(bytes, at) == MAYBE && goes_on(bytes, at) {
            at += 1;
            at += letters(bytes, at);
        }
        // A typographic letter such as `™` begins a word of its own.
        if at == start && bytes.get(at) == Some(&0xe2) && goes_on(bytes, at) {
            at += 3;
        }
        if at > start {
            push(text, start..at, marks, first, out);
            marks = Marks::default();
        } else {
            at = sign(text, at, &mut marks, out.len() > first, &mut open, out);
        }
    }
    // What stands behind the last word concerns the text only.
    let mut end = Marks::default();
    if text.trim_end().ends_with('.') {
        end.add(Marks::FINAL_STOP);
    }
    end
}

/// Takes in a word.
fn push(text: &str, place: Range<usize>, marks: Marks, first: usize, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut marks = marks;
    if bytes.get(place.start).is_some_and(u8::is_ascii_uppercase) {
        marks.add(Marks::CAPITAL);
    }
    let key = key_at(bytes, place.clone());
    let mut classes = english::classes(key);
    if marks.any(Marks::HYPHEN) {
        // A part of a compound is what the compound is, which no table knows.
        classes = Classes::NONE;
        if let Some(before) = out.get_mut(first..).and_then(<[Word]>::last_mut) {
            before.classes = Classes::NONE;
        }
    }
    if marks.any(Marks::STOP) {
        let is_abbreviated = out.get(first..).and_then(<[Word]>::last).is_some_and(|before| {
            before.is(Classes::ABBREVIATION) || (before.len() == 1 && before.marks.any(Marks::CAPITAL))
        });
        let starts_anew = text.get(place.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        if is_abbreviated || !starts_anew {
            marks.0 &= !Marks::STOP.0;
        }
    }
    out.push(Word { key, classes, start: narrow(place.start), end: narrow(place.end), marks });
}

/// The key of the word at a place.
fn key_at(bytes: &[u8], place: Range<usize>) -> Key {
    let length = place.len();
    let mut block = [0; 16];
    match bytes.get(place.start..place.start + 16) {
        Some(whole) => block.copy_from_slice(whole),
        None => {
            let rest = bytes.get(place.start..).unwrap_or_default();
            if let Some(room) = block.get_mut(..rest.len().min(16)) {
                room.copy_from_slice(rest.get(..room.len()).unwrap_or_default());
            }
        }
    }
    english::fold(Key::from_le_bytes(block), length)
}

/// Takes in what stands between words; returns where it ends.
fn sign(text: &str, at: usize, marks: &mut Marks, is_inside: bool, open: &mut Open, out: &mut Vec<Word>) -> usize {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| kind(bytes, at) == LETTER;
    match bytes.get(at) {
        Some(b' ') => {}
        Some(b',') => marks.add(Marks::COMMA),
        Some(b';') => marks.add(Marks::SEMICOLON),
        Some(b'.' | b'!' | b'?') if is_inside => marks.add(Marks::STOP),
        Some(b'-' | b'/') if is_inside && is_letter(at + 1) && at > 0 && is_letter(at - 1) => {
            marks.add(if bytes.get(at) == Some(&b'-') { Marks::HYPHEN } else { Marks::SLASH });
        }
        Some(b'\n') if bytes.get(at + 1) == Some(&b'\n') && is_inside => marks.add(Marks::STOP),
        Some(b'`') => return opaque(text, at, "`", marks, &mut open.0, out),
        Some(b'[') if bytes.get(at + 1) == Some(&b'[') => {
            return opaque(text, at, "]]", marks, &mut open.1, out);
        }
        Some(0xe2) => {
            marks.add(Marks::SIGN);
            return at + 3;
        }
        Some(b'\n' | b'\t' | b'\r') => {}
        _ => marks.add(Marks::SIGN),
    }
    at + 1
}

/// Whether a code span, or a reference, was found open: then no other closes, and none is looked for.
#[derive(Default)]
struct Open(bool, bool);

/// Takes in a code span or a reference as one word without classes.
fn opaque(text: &str, at: usize, close: &str, marks: &mut Marks, open: &mut bool, out: &mut Vec<Word>) -> usize {
    let inside = at + close.len();
    let length = if *open { None } else { text.get(inside..).and_then(|rest| rest.find(close)) };
    let Some(length) = length else {
        *open = true;
        return at + 1;
    };
    let end = inside + length + close.len();
    let key = key_at(text.as_bytes(), at..end);
    marks.add(Marks::OPAQUE);
    out.push(Word { key, classes: Classes::NONE, start: narrow(at), end: narrow(end), marks: *marks });
    *marks = Marks::default();
    end
}

/// The first finite verb of the main clause.
///
/// A form of `is`, `has` or a modal verb is certain, so it goes before a verb that may be a noun: in "Records that
/// systems need are kept", `are` is found.
fn main_verb(words: &[Word], classes: Classes) -> Option<usize> {
    let certain = Classes::IS.and(Classes::HAVE);
    if classes.any(certain) {
        let found = (1..words.len()).find(|at| is_main(words, *at, certain));
        if found.is_some() {
            return found;
        }
    }
    let is_pure = |at: usize| words.get(at).is_some_and(|word| word.is(Classes::PURE));
    let is_sure = |at: &usize| is_modal(words, *at) || (is_pure(*at) && is_finite(words, *at));
    let mut positions = 1..words.len();
    positions.clone().find(is_sure).or_else(|| positions.find(|at| is_finite(words, *at)))
}

fn is_main(words: &[Word], at: usize, classes: Classes) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    words.get(at).is_some_and(|word| word.is(classes))
        && before.is_some_and(|before| !before.is(Classes::RELATIVE) || before.is(Classes::DETERMINER))
        // `to have`, `who may have` and the like are not finite.
        && !before.is_some_and(|before| before.key == const { english::key("to") } || before.is(MODALS))
}

/// Modal verbs of either strength.
pub const MODALS: Classes = Classes::STRONG_MODAL.and(Classes::WEAK_MODAL);

/// Whether a word is a modal verb, and not the noun `will`, `can` or `may`.
pub fn is_modal(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    if !word.is(MODALS) || word.marks.any(Marks::HYPHEN) {
        return false;
    }
    let [shall, should, would, could, cannot] = const {
        [
            english::key("shall"),
            english::key("should"),
            english::key("would"),
            english::key("could"),
            english::key("cannot"),
        ]
    };
    if [shall, should, would, could, cannot].contains(&word.key) {
        return true;
    }
    // The month.
    if word.key == const { english::key("may") } && word.marks.any(Marks::CAPITAL) && at > 0 {
        return false;
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    if before.is_some_and(|before| {
        before.is(Classes::DETERMINER.and(Classes::PREPOSITION)) && !before.is(Classes::SUBORDINATOR)
    }) {
        return false;
    }
    let no_verb = Classes::IS
        .and(Classes::WAS)
        .and(Classes::PREPOSITION)
        .and(Classes::DETERMINER)
        .and(Classes::CONJUNCTION)
        .and(Classes::THIRD)
        .and(MODALS);
    words.get(at + 1).is_some_and(|next| {
        next.is(Classes::BASE.and(Classes::BE).and(Classes::HAVE).and(Classes::NEGATION)) || !next.is(no_verb)
    })
}

/// Whether a word may well be a verb in the present tense: `The register holds …`, `Keys match …`.
fn is_finite(words: &[Word], at: usize) -> bool {
    let (Some(word), Some(before)) = (words.get(at), at.checked_sub(1).and_then(|before| words.get(before))) else {
        return false;
    };
    if word.marks.any(Marks::OPAQUE) || before.is(Classes::RELATIVE) {
        return false;
    }
    let no_subject = Classes::PREPOSITION.and(Classes::DETERMINER).and(MODALS).and(Classes::NEGATION);
    let is_behind_noun = !before.is(no_subject) || before.is(Classes::PRONOUN.and(Classes::PLURAL));
    if word.is(Classes::THIRD) {
        // `Plans and records` are nouns, `opens and closes` are not.
        let is_list = before.is(Classes::CONJUNCTION) && !word.is(Classes::PURE);
        return is_behind_noun && !is_list;
    }
    if word.is(Classes::BASE) {
        return is_behind_noun && before.is_plural() && !before.is(Classes::CONJUNCTION);
    }
    // A verb that the table does not know; of nouns only the usual endings can be told.
    const NOUN_ENDINGS: [&[u8]; 8] = [b"ss", b"ions", b"ments", b"ities", b"ers", b"ors", b"nesses", b"ances"];
    word.classes == Classes::NONE
        && !word.marks.any(Marks::CAPITAL)
        && word.ends_in(b's')
        && !NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending))
        && is_behind_noun
        && !before.is(Classes::CONJUNCTION)
        && at + 1 < words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text and looks at it.
    fn look<T>(text: &str, ask: impl Fn(Prose<'_>) -> T) -> T {
        let mut sources = Sources::default();
        let literal = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
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
            ("Keys were rotated.", None),
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
