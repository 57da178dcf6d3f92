//! The forms of regular words.

/// The third person: `match` → `matches`, `carry` → `carries`.
pub fn third(base: &str) -> String {
    match base.strip_suffix('y') {
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        Some(stem) if !stem.ends_with(VOWELS) => format!("{stem}ies"),
        _ => format!("{base}s"),
    }
}

/// What no `y` changes behind.
pub const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
