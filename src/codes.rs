//! The register of codes, put together from the pages of `prm explain`: the head of a page in `src/explain` is the row
//! of its code, and names its constant here (`uncovered-requirement` is [`UNCOVERED_REQUIREMENT`]).
//!
//! A retired code keeps its page, and its number is never used again.

use crate::diagnostic::{Code, Family, Severity, words};

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// The code with this code (`P301`), this name (`uncovered-requirement`) or this former name.
pub fn find(wanted: &str) -> Option<&'static Code> {
    among(ALL, wanted)
}

fn among(rows: &[&'static Code], wanted: &str) -> Option<&'static Code> {
    rows.iter().find(|row| row.code == wanted || row.name == wanted || row.formerly.contains(&wanted)).copied()
}

/// The code or name that a misspelt one was probably meant for.
pub fn nearest(wrong: &str) -> Option<&'static str> {
    words::nearest(wrong, ALL.iter().flat_map(|row| [row.name, row.code]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_names_still_work() {
        static RENAMED: Code = Code { formerly: &["bare-requirement"], ..UNCOVERED_REQUIREMENT };
        for word in ["P301", "uncovered-requirement", "bare-requirement"] {
            assert_eq!(among(&[&CYCLE, &RENAMED], word), Some(&RENAMED), "{word}");
        }
        assert_eq!(among(&[&RENAMED], "bare"), None);
    }
}
