//! The words of the language, each with the character that stands for it in the grammar.
//!
//! Both are read off the last part of `grammar/prm.pest` while the compiler is built; nothing else knows them. A token is
//! a byte here and a character to pest, the Latin-1 character of that byte.

use super::statements::{ALL, CLAUSE_WORDS};

const GRAMMAR: &[u8] = include_bytes!("../../grammar/prm.pest");

/// A word that the language gives no meaning.
pub const PLAIN: u8 = b'0';

/// What a word may begin at the start of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// Nothing: the language does not know it, or only within a clause.
    Nothing,
    /// A statement.
    Statement,
    /// A clause, with which the statement above goes on.
    Clause,
}

#[derive(Clone, Copy)]
struct Word {
    word: &'static [u8],
    terminal: u8,
    /// The next word of as many letters with the same first letter.
    next: Option<u8>,
}

/// No word of the language is longer; one that is does not compile.
const LONGEST: usize = 24;
const COUNT: usize = count();
const WORDS: [Word; COUNT] = read();

/// For each first letter and length, the last word that has both.
static INDEX: [[Option<u8>; LONGEST]; 26] = {
    let mut index = [[None; LONGEST]; 26];
    let mut at = 0;
    while at < COUNT {
        index[(WORDS[at].word[0] - b'a') as usize][WORDS[at].word.len()] = Some(at as u8);
        at += 1;
    }
    index
};

static LINKED: [Word; COUNT] = {
    let mut words = WORDS;
    let mut at = 0;
    while at < COUNT {
        let mut before = at;
        while before > 0 && words[at].next.is_none() {
            before -= 1;
            let (one, other) = (words[at].word, words[before].word);
            if one[0] == other[0] && one.len() == other.len() {
                words[at].next = Some(before as u8);
            }
        }
        at += 1;
    }
    words
};

static BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Nothing; 256];
    let mut at = 0;
    while at < ALL.len() {
        begins[terminal_of_first(ALL[at].word) as usize] = Begins::Statement;
        at += 1;
    }
    at = 0;
    while at < CLAUSE_WORDS.len() {
        if CLAUSE_WORDS[at].begins {
            begins[terminal_of_first(CLAUSE_WORDS[at].word) as usize] = Begins::Clause;
        }
        at += 1;
    }
    begins[PLAIN as usize] = Begins::Nothing;
    begins
};

/// The terminal of a word.
pub fn terminal_of(word: &str) -> u8 {
    let word = word.as_bytes();
    let letter = word.first().map_or(0, |first| first.wrapping_sub(b'a'));
    let of_letter = INDEX.get(usize::from(letter)).and_then(|lengths| lengths.get(word.len()).copied());
    let mut next = of_letter.flatten();
    while let Some(number) = next {
        let found = &LINKED[usize::from(number)];
        if found.word == word {
            return found.terminal;
        }
        next = found.next;
    }
    PLAIN
}

/// What the word of a terminal may begin.
pub fn begins(terminal: u8) -> Begins {
    BEGINS[usize::from(terminal)]
}

/// The words of the grammar, in its order.
#[cfg(test)]
pub fn all() -> impl Iterator<Item = (&'static str, u8)> {
    WORDS.iter().map(|word| (std::str::from_utf8(word.word).unwrap(), word.terminal))
}

/// Whether a line of the grammar names a word: `k_process = _{ "4" }`.
const fn names_word(at: usize) -> bool {
    GRAMMAR[at] == b'k' && GRAMMAR[at + 1] == b'_' && GRAMMAR[at - 1] == b'\n'
}

const fn count() -> usize {
    let (mut at, mut count) = (1, 0);
    while at + 1 < GRAMMAR.len() {
        count += names_word(at) as usize;
        at += 1;
    }
    count
}

const fn read() -> [Word; COUNT] {
    let mut words = [Word { word: &[], terminal: PLAIN, next: None }; COUNT];
    let (mut at, mut count) = (1, 0);
    while count < COUNT {
        if names_word(at) {
            let start = at + 2;
            let end = find(b' ', start);
            let mark = find(b'"', end);
            words[count] =
                Word { word: GRAMMAR.split_at(end).0.split_at(start).1, terminal: terminal_at(mark + 1), next: None };
            count += 1;
        }
        at += 1;
    }
    words
}

const fn find(byte: u8, mut at: usize) -> usize {
    while GRAMMAR[at] != byte {
        at += 1;
    }
    at
}

/// The byte of the Latin-1 character that stands in quotes in the grammar.
const fn terminal_at(at: usize) -> u8 {
    let (terminal, past) = match GRAMMAR[at] {
        ascii @ ..0x80 => (ascii, at + 1),
        lead => ((lead << 6) | (GRAMMAR[at + 1] & 0x3f), at + 2),
    };
    assert!(GRAMMAR[at] < 0xc4 && GRAMMAR[past] == b'"', "a word has one character, up to `ÿ`");
    terminal
}

/// The terminal of the first of some words.
pub const fn terminal_of_first(words: &str) -> u8 {
    let words = words.as_bytes();
    let mut number = 0;
    while number < COUNT {
        let word = WORDS[number].word;
        let mut at = 0;
        while at < word.len() && at < words.len() && word[at] == words[at] {
            at += 1;
        }
        if at == word.len() && (at == words.len() || words[at] == b' ') {
            return WORDS[number].terminal;
        }
        number += 1;
    }
    assert!(words.is_empty(), "a word of the table has no character in the grammar");
    PLAIN
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::lexer::terminal;
    use super::super::parse;
    use super::super::statements::{self, Kind};
    use super::*;
    use crate::span::FileId;

    #[test]
    fn grammar_and_table_have_the_same_words() {
        let of_table: BTreeSet<&str> = statements::words().collect();
        let of_grammar: BTreeSet<&str> = all().map(|(word, _)| word).collect();
        assert_eq!(of_grammar, of_table);
        assert_eq!(of_grammar.len(), COUNT, "a word stands twice in the grammar");
    }

    #[test]
    fn each_word_has_a_character_of_its_own() {
        let mut taken =
            BTreeSet::from([terminal::QUOTED, terminal::COMMA, terminal::OPEN, terminal::CLOSE, terminal::END]);
        taken.insert(PLAIN);
        for (word, terminal) in all() {
            assert!(taken.insert(terminal), "{word}: `{}` stands for another", char::from(terminal));
            assert!(terminal > PLAIN && !(0x7f..0xa1).contains(&terminal) && terminal != 0xad, "{word}");
            assert_eq!(terminal_of(word), terminal, "{word}");
        }
        for word in statements::statement_words() {
            let (tree, _) = parse(FileId(0), &format!("{word} x \"y\", z\n"));
            assert_ne!(tree.node(0).kind, Kind::Other, "`{word}` is no `statement_word` of the grammar");
        }
        for word in ["", "ä", "a", "process1", "Process", "proces", "x".repeat(300).as_str()] {
            assert_eq!(terminal_of(word), PLAIN, "{word}");
        }
    }
}
