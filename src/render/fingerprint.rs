//! What a finding is known by from one run to the next, wherever its lines have moved meanwhile.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What a finding is about, as a number, and which of those that have the same number it is.
///
/// It is of the code and the subject; where a finding is about nothing that has an id, of the code, the message and the
/// text at its place. Neither file nor line counts, nor how the text is broken into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    of: u64,
    nth: u32,
}

impl Fingerprint {
    /// Which of those that are about the same it is, from 1.
    pub fn nth(self) -> u32 {
        self.nth
    }
}

/// Sixteen digits, a colon and a count: the form that GitHub knows as `primaryLocationLineHash`.
impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}:{}", self.of, self.nth)
    }
}

/// The fingerprint of each finding of a run; no two are the same.
pub fn fingerprints(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Fingerprint> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let fingerprint = |diagnostic: &Diagnostic| {
        let of = about(diagnostic, sources);
        let nth = counts.entry(of).or_default();
        *nth += 1;
        Fingerprint { of, nth: *nth }
    };
    diagnostics.iter().map(fingerprint).collect()
}

/// More of the text at a place, in bytes, does not count: a place may be a whole file, and there may be thousands.
const LONGEST: usize = 1024;

fn about(diagnostic: &Diagnostic, sources: &Sources) -> u64 {
    let mut hash = hmac_sha256::Hash::new();
    let mut add = |part: &str| {
        hash.update(part);
        hash.update([0]);
    };
    add(diagnostic.code.code);
    match &diagnostic.subject {
        Some(subject) => add(&subject.id),
        None => {
            add(&diagnostic.message);
            let text = sources.slice(diagnostic.primary.span);
            text[..text.floor_char_boundary(LONGEST)].split_whitespace().for_each(add);
        }
    }
    hash.finalize().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}
