//! A text cut into words, with what each word may be and what stands around it.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::{Classes, Key, classes, fold, key, verb};

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
    /// Within brackets or quotation marks, which the sentence around them is whole without.
    pub const ASIDE: Marks = Marks(1 << 9);
    /// In a clause that depends on another.
    pub const SUBORDINATE: Marks = Marks(1 << 10);

    /// Whether one of the marks is among them.
    pub const fn any(self, marks: Marks) -> bool {
        self.0 & marks.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn union(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Takes in more of them.
    pub fn add(&mut self, marks: Marks) {
        self.0 |= marks.0;
    }

    fn remove(&mut self, marks: Marks) {
        self.0 &= !marks.0;
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its first bytes in lower case.
    pub key: Key,
    /// What it may be.
    pub classes: Classes,
    /// Its last eight bytes in lower case, the last one lowest.
    tail: u64,
    /// Where it begins in its text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
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
        const SINGULAR: [&[u8]; 5] = [b"ss", b"us", b"is", b"'s", b"\xb9s"];
        self.is(Classes::PLURAL)
            || (self.ends_with(b"s")
                && !self.is(Classes::NOUN.and(Classes::FUNCTION))
                && (self.classes != Classes::NONE || !SINGULAR.iter().any(|ending| self.ends_with(ending))))
    }

    /// Whether it names persons by what they do: `engineers`, `suppliers`.
    pub fn is_agent(&self) -> bool {
        self.len() > 6 && (self.ends_with(b"ers") || self.ends_with(b"ors"))
    }

    /// Whether it tells how, when or how often.
    pub fn is_adverb(&self) -> bool {
        self.is(Classes::ADVERB) || (self.classes.0 & !Classes::VAGUE.0 == 0 && self.len() > 4 && self.ends_with(b"ly"))
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

    /// Whether it has this ending of at most eight bytes.
    pub fn ends_with(&self, ending: &[u8]) -> bool {
        self.len() >= ending.len() && self.tail.to_be_bytes().ends_with(ending)
    }

    /// Whether it begins with the letter that a stem begins with, as all forms of a word do.
    pub const fn may_have_stem(&self, stem: Key) -> bool {
        self.key as u8 == stem as u8
    }

    /// A number that the forms of one word share: `keys` and `key`, `kept` and `keeping`.
    pub fn stem(&self) -> Key {
        if let Some(verb) = verb(self.key) {
            return key(verb.base);
        }
        let length = self.len().min(16);
        let cut = match () {
            () if self.len() > length => 0,
            () if length > 4 && self.ends_with(b"ies") => {
                return fold(self.key, length - 3) | ending(b'y', length - 3);
            }
            () if length > 3 && self.ends_with(b"s") && !self.is(Classes::NOUN) && !self.ends_with(b"ss") => 1,
            () => 0,
        };
        fold(self.key, length - cut)
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
pub fn cut(text: &str, out: &mut Vec<Word>) -> Marks {
    let bytes = text.as_bytes();
    let first = out.len();
    let mut at = 0;
    let mut marks = Marks::default();
    let mut open = Open::default();
    let mut aside = Aside { first, ..Aside::default() };
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
            // Of a blank there is nothing to say.
            at += usize::from(bytes.get(at) == Some(&b' '));
        } else {
            aside.look(text, at, out);
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

/// The brackets and quotation marks that are open.
#[derive(Default)]
struct Aside {
    /// The first word of the text.
    first: usize,
    /// How deep in brackets, and the first word in the outermost.
    depth: usize,
    bracket: usize,
    /// The mark that ends the quotation, and its first word.
    quotation: Option<(&'static str, usize)>,
}

impl Aside {
    /// Looks at a sign. Only what is closed again is set aside.
    fn look(&mut self, text: &str, at: usize, out: &mut [Word]) {
        let Some(rest) = text.get(at..) else { return };
        if let Some((close, from)) = self.quotation {
            if rest.starts_with(close) {
                self.quotation = None;
                for word in out.iter_mut().skip(from) {
                    word.marks.add(Marks::ASIDE);
                    // What is quoted is only mentioned.
                    word.classes = Classes::NONE;
                }
            }
            return;
        }
        match rest.chars().next() {
            Some('(') => {
                self.bracket = if self.depth == 0 { out.len() } else { self.bracket };
                self.depth += 1;
            }
            // `a)` numbers what follows.
            Some(')') if self.depth == 1 => {
                self.depth = 0;
                out.iter_mut().skip(self.bracket).for_each(|word| word.marks.add(Marks::ASIDE));
            }
            Some(')') if self.depth > 1 => self.depth -= 1,
            Some(')') if out.len() == self.first + 1 => out.iter_mut().skip(self.first).for_each(|word| {
                word.marks.add(Marks::ASIDE);
                word.classes = Classes::NONE;
            }),
            Some('"') => self.quotation = Some(("\"", out.len())),
            Some('\u{201c}' | '\u{201f}') => self.quotation = Some(("\u{201d}", out.len())),
            Some('\u{201e}') => self.quotation = Some(("\u{201c}", out.len())),
            _ => {}
        }
    }
}

/// Takes in a word.
fn push(text: &str, place: Range<usize>, marks: Marks, first: usize, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut marks = marks;
    if bytes.get(place.start).is_some_and(u8::is_ascii_uppercase) {
        marks.add(Marks::CAPITAL);
    }
    let own = key_at(bytes, place.clone());
    let mut classes = classes(own);
    if marks.any(Marks::HYPHEN) {
        // A part of a compound is what the compound is, which no table knows.
        classes = Classes::NONE;
        if let Some(before) = out.get_mut(first..).and_then(<[Word]>::last_mut) {
            before.classes = Classes::NONE;
        }
    }
    // `Class A` names it.
    if place.len() == 1 && marks.any(Marks::CAPITAL) && out.len() > first && !marks.any(Marks::STOP) {
        classes = Classes::NONE;
    }
    if let Some(before) = out.get_mut(first..).and_then(<[Word]>::last_mut).filter(|_| marks.any(Marks::STOP)) {
        let is_initial = before.len() == 1 && before.marks.any(Marks::CAPITAL);
        let starts_anew = text.get(place.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        if !starts_anew || is_initial || before.is(Classes::ABBREVIATION) || is_dotted(text, before) {
            marks.remove(Marks::STOP);
        }
        // `No. 5` denies nothing.
        if before.key == const { key("no") } {
            before.classes = Classes::NONE;
        }
    }
    out.push(word(bytes, place, own, classes, marks));
}

/// Whether it is letters with stops between: `U.S.`, `p.m.`
fn is_dotted(text: &str, word: &Word) -> bool {
    let letters = text.get(word.start as usize..word.end as usize).unwrap_or_default();
    letters.contains('.')
        && letters.split('.').all(|part| part.len() == 1 && !part.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The word at a place.
fn word(bytes: &[u8], place: Range<usize>, key: Key, classes: Classes, marks: Marks) -> Word {
    let from = place.end.saturating_sub(8).max(place.start);
    let tail = bytes.get(from..place.end).unwrap_or_default();
    // As in keys, which are in lower case: 0x99, the end of an apostrophe, becomes 0xb9.
    let tail = tail.iter().fold(0, |tail, byte| tail << 8 | u64::from(byte | 0x20));
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Word { key, classes, tail, start: offset(place.start), end: offset(place.end), marks }
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
    fold(Key::from_le_bytes(block), length)
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
    marks.add(Marks::OPAQUE);
    let key = key_at(text.as_bytes(), at..end);
    out.push(word(text.as_bytes(), at..end, key, Classes::NONE, *marks));
    *marks = Marks::default();
    end
}
