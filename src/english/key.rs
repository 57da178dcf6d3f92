//! How a word is looked up.

/// A word by its first sixteen bytes, in lower case.
pub type Key = u128;

/// Lower case for ASCII letters, without harm to digits and to what joins words.
const LOWER: Key = 0x2020_2020_2020_2020_2020_2020_2020_2020;

/// The key of a word.
pub const fn key(word: &str) -> Key {
    let bytes = word.as_bytes();
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() && at < 16 {
        key |= (bytes[at] as Key) << (8 * at);
        at += 1;
    }
    fold(key, at)
}

/// The key of the first `length` of sixteen bytes.
pub const fn fold(bytes: Key, length: usize) -> Key {
    let mask = if length >= 16 { Key::MAX } else { (1 << (8 * length)) - 1 };
    (bytes | LOWER) & mask
}

/// Where the table begins to look for a key, if it has two to the power of `bits` places.
pub const fn place(key: Key, bits: u32) -> usize {
    let folded = key as u64 ^ (key >> 64) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}
