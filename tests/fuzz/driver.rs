//! Mutates seeds, and goes on from what makes the compiler say something new.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::{fs, panic};

use zip::ZipArchive;

use super::targets::{PIECES, Target};

/// Texts larger than this tell nothing new, and take long.
const LONGEST: usize = 2_000;

/// Inputs larger than this do; a part of an archive is whole only if it is long.
const LARGEST: usize = 20_000;

/// So many inputs are gone on from; then they are all seeds enough.
const MOST: usize = 50_000;

/// What came of it.
#[derive(Default)]
pub struct Done {
    /// How many inputs were tried.
    pub executions: usize,
    /// How many of them were gone on from.
    pub kept: usize,
    /// The shortest input for each place that failed.
    pub failures: BTreeMap<String, Vec<u8>>,
}

/// Tries mutations of what is in the pool as long as it is told to go on.
pub fn try_out(target: &Target, mut pool: Vec<Vec<u8>>, start: u64, mut go_on: impl FnMut(usize) -> bool) -> Done {
    let mut done = Done::default();
    let mut dice = Dice(hash(target.0.as_bytes()) ^ start);
    let (mut seen, seeds) = (BTreeSet::new(), pool.len());
    while go_on(done.executions) {
        let is_seed = done.executions < seeds;
        let input = if is_seed { pool[done.executions].clone() } else { mutated(&pool, &mut dice) };
        done.executions += 1;
        match panic::catch_unwind(|| (target.2)(&input)) {
            Ok(facts) => {
                let known = seen.len();
                seen.extend(facts);
                if seen.len() > known && pool.len() < MOST && !is_seed {
                    pool.push(input);
                    done.kept += 1;
                }
            }
            Err(said) => {
                let words = said.downcast_ref::<String>().map(String::as_str);
                let words = words.or_else(|| said.downcast_ref::<&str>().copied()).unwrap_or_default();
                let shortest = done.failures.entry(words.chars().take(60).collect()).or_insert_with(|| input.clone());
                if input.len() < shortest.len() {
                    *shortest = input;
                }
            }
        }
    }
    done
}

/// An input, changed here and there: bytes, words and lines come, go, and change places.
fn mutated(pool: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut input = pool[dice.below(pool.len())].clone();
    let is_long = input.len() > LONGEST;
    for _ in 0..=dice.below(6) {
        let at = dice.below(input.len() + 1);
        let end = (at + 1 + dice.below(24)).min(input.len());
        match dice.below(14) {
            0 => drop(input.splice(at..end, [])),
            1 => {
                let part = input[at.min(end)..end].to_vec();
                let to = dice.below(input.len() + 1);
                input.splice(to..to, part);
            }
            2 | 3 => {
                let other = &pool[dice.below(pool.len())];
                let from = dice.below(other.len() + 1);
                let part = other[from..(from + dice.below(200)).min(other.len())].to_vec();
                input.splice(at..at, part);
            }
            4 if at < input.len() => input[at] ^= 1 << dice.below(8),
            5 => input.truncate(at),
            6..9 => parts(&mut input, dice, is_line),
            9..12 => parts(&mut input, dice, is_word),
            _ => drop(input.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
        }
    }
    input.truncate(if is_long { LARGEST } else { LONGEST });
    input
}

/// One of the parts of an input goes, comes twice, or changes its place with another.
fn parts(input: &mut Vec<u8>, dice: &mut Dice, is_one: fn(u8, u8) -> bool) {
    let mut parts: Vec<&[u8]> = input.chunk_by(|one, next| is_one(*one, *next)).collect();
    if parts.is_empty() {
        return;
    }
    let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
    let next = (one + 1) % parts.len();
    match dice.below(4) {
        0 => drop(parts.remove(one)),
        1 => parts.insert(other, parts[one]),
        2 => parts.swap(one, other),
        _ => parts.swap(one, next),
    }
    *input = parts.concat();
}

fn is_line(one: u8, _: u8) -> bool {
    one != b'\n'
}

/// Whether two bytes that follow each other are of one word.
fn is_word(one: u8, next: u8) -> bool {
    let kind = |byte: u8| match byte {
        b' ' => 0,
        b'\n' => 1,
        b'"' => 2,
        _ if byte.is_ascii_punctuation() && !b"-._:".contains(&byte) => byte,
        _ => 3,
    };
    kind(one) == kind(next)
}

/// The files of this kind of all cases, examples and standard packages, the long ones in pieces; of an archive
/// (`.xlsx!xml`) the parts of that kind, whole, because half of one is refused at its end.
pub fn seeds(root: &Path, end: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for folder in ["tests/cases", "tests/import", "tests/ratings", "examples", "stdlib"] {
        files(&root.join(folder), &mut found);
    }
    found.sort();
    let (end, parts) = end.split_once('!').map_or((end, None), |(end, parts)| (end, Some(parts)));
    let named = found.into_iter().filter(|path| path.to_str().is_some_and(|path| path.ends_with(end)));
    let read = |path: PathBuf| fs::read(path).unwrap();
    match parts {
        Some(parts) => named.flat_map(|path| within(&read(path), parts)).collect(),
        None if end == ".xlsx" => named.map(read).collect(),
        None => named.flat_map(|path| pieces(&read(path))).collect(),
    }
}

/// What an archive holds of a kind.
fn within(archive: &[u8], end: &str) -> Vec<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        if part.name().unwrap().ends_with(end) && part.size() <= LARGEST as u64 {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            parts.push(bytes);
        }
    }
    parts
}

/// A file, or parts of it that begin where nothing is indented.
fn pieces(text: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces: Vec<Vec<u8>> = vec![Vec::new()];
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let piece = pieces.last().map_or(0, Vec::len);
        let begins = line.first().is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'}');
        if piece + line.len() > LONGEST / 2 && (begins || piece > LONGEST) {
            pieces.push(Vec::new());
        }
        pieces.last_mut().into_iter().for_each(|piece| piece.extend(line));
    }
    // Of a long file, which repeats itself, a few.
    pieces.truncate(8);
    pieces.iter_mut().for_each(|piece| piece.truncate(LONGEST));
    pieces
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => files(&entry.path(), found),
            kind if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
}

struct Dice(u64);

impl Dice {
    /// xorshift64*.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % bound.max(1)
    }
}

/// FNV-1a.
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
