//! English, as far as checks and drafts need it: what a word is in a sentence, and the verb that it is a form of.
//!
//! The words stand in `words.txt`; the table of them, with all forms of the verbs, is made when the compiler is compiled.
//! A word that is not in it has no class, and the checks stay quiet about it.

mod clause;
mod forms;
mod imperative;
mod key;
mod words;

pub use clause::{
    MODALS, Number, is_imperative, is_joined, is_modal, likely_statement, number, opens, read, sure_statement,
};
pub use forms::third;
pub use imperative::imperative;
pub use key::{Key, fold, key};
pub use words::{Marks, Word, cut, hash_of, mix, plural_key};

/// What a word may be; several at once, for `plan` is a verb and a noun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)*
        }
    };
}

classes! {
    /// A verb as it stands after `to`.
    BASE = 0;
    /// The form of a verb that is neither a noun nor an adjective: `ensure`, not `plan`.
    PURE = 1;
    /// The third person: `holds`.
    THIRD = 2;
    /// The form in `ing`.
    GERUND = 3;
    /// The past participle: `kept`.
    PARTICIPLE = 4;
    /// `is` and `are`.
    IS = 5;
    /// `was` and `were`.
    WAS = 6;
    /// `be`, `been`, `being`.
    BE = 7;
    /// `has`, `have`, `does`, `do`.
    HAVE = 8;
    /// `shall`, `should`, `must`.
    STRONG_MODAL = 9;
    /// `may`, `can`, `will` and their like, some of which are nouns too.
    WEAK_MODAL = 10;
    /// `not`, `no`, `never` and their like, and `without`.
    NEGATION = 11;
    /// `appropriate` and its like.
    VAGUE = 12;
    /// Vague after `as`, `where`, `if` and `when`: `needed`.
    VAGUE_CLAUSE = 13;
    /// `efforts`, `attempts`, `strives`.
    EFFORT = 14;
    /// Begins a clause that depends on another: `that`, `until`.
    SUBORDINATOR = 15;
    /// Those of them that stand for a noun: `who`, `which`.
    RELATIVE = 16;
    /// `of`, `for`, `with`.
    PREPOSITION = 17;
    /// `the`, `each`, `its`.
    DETERMINER = 18;
    /// `and`, `or`, `but`.
    CONJUNCTION = 19;
    /// `it`, `they`.
    PRONOUN = 20;
    /// A verb that names no aim: `manage`.
    EMPTY = 21;
    /// What is done to a process above level 1: `monitored`.
    LEVEL = 22;
    /// More than one, without an `s`: `people`, `data`.
    PLURAL = 23;
    /// May say by which means: `by`, `using`.
    MEANS = 24;
    /// Persons, who may be `using` something without its being a means.
    PEOPLE = 25;
    /// Says nothing of its own subject: left out where texts are compared.
    FUNCTION = 26;
    /// Ends in `ing` and names a thing: `training`.
    NOUN_IN_ING = 27;
    /// An abbreviation whose full stop ends no sentence.
    ABBREVIATION = 28;
    /// A word that ends in `s` or `ed` and is a noun all the same.
    NOUN = 29;
    /// `process` and its plural.
    PROCESS = 30;
    /// Tells how, when or how often: `always`.
    ADVERB = 31;
}

impl Classes {
    /// No class.
    pub const NONE: Classes = Classes(0);

    /// Whether one of the classes is among them.
    pub const fn any(self, classes: Classes) -> bool {
        self.0 & classes.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, classes: Classes) -> Classes {
        Classes(self.0 | classes.0)
    }
}

/// A verb and the forms that advice needs.
#[derive(Debug, PartialEq, Eq)]
pub struct Verb {
    /// `keep`
    pub base: &'static str,
    /// `kept`
    pub participle: &'static str,
}

/// A word of the table.
struct Entry {
    classes: Classes,
    /// The verb that this is a form of.
    verb: Option<&'static Verb>,
}

include!(concat!(env!("OUT_DIR"), "/english.rs"));

/// The keys of some words.
pub const fn keys<const COUNT: usize>(words: [&str; COUNT]) -> [Key; COUNT] {
    let mut keys = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        keys[at] = key(words[at]);
        at += 1;
    }
    keys
}

/// Looks from the place of the key on, as far as the next free place.
fn find(key: Key) -> Option<&'static Entry> {
    let mut place = key::place(key, BITS);
    loop {
        // Free places hold no number of an entry.
        let number = usize::from(*PLACES.get(place)?);
        if *KEYS.get(number)? == key {
            return ENTRIES.get(number);
        }
        place = (place + 1) % PLACES.len();
    }
}

/// What a word is.
pub fn classes(key: Key) -> Classes {
    find(key).map_or(Classes::NONE, |entry| entry.classes)
}

/// The verb that a word is a form of.
pub fn verb(key: Key) -> Option<&'static Verb> {
    find(key)?.verb
}

/// How many words are of a class, so that a list of a check can be held against it.
#[cfg(test)]
pub fn count(class: Classes) -> usize {
    ENTRIES.iter().filter(|entry| entry.classes.any(class)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(word: &str, classes: Classes) -> bool {
        super::classes(key(word)).any(classes)
    }

    #[test]
    fn regular_forms() {
        for form in ["matches", "carries", "stays", "ties"] {
            assert!(is(form, Classes::THIRD), "{form}");
        }
        for form in ["planned", "identified", "agreed", "stored", "tied"] {
            assert!(is(form, Classes::PARTICIPLE), "{form}");
        }
        for form in ["agreeing", "storing", "tying", "planning"] {
            assert!(is(form, Classes::GERUND), "{form}");
        }
        for none in ["planed", "carrys", "storeing", "agreeed"] {
            assert_eq!(classes(key(none)), Classes::NONE, "{none}");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert!(is("Kept", Classes::PARTICIPLE) && is("organising", Classes::GERUND));
        assert!(is("labelled", Classes::PARTICIPLE) && is("labeled", Classes::PARTICIPLE));
        assert!(is("plan", Classes::BASE) && !is("plan", Classes::PURE) && is("ensure", Classes::PURE));
        assert_eq!(classes(key("zebra")), Classes::NONE);
        assert_eq!(verb(key("kept")), Some(&Verb { base: "keep", participle: "kept" }));
        assert_eq!(verb(key("zebra")), None);
    }
}
