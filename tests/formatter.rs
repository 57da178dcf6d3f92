//! The formatter: one layout, the same meaning, and nothing lost.

use prm::formatter::{self, Formatted};

use crate::cases;

/// Laid out twice it is the same; that it says the same is proved by `format` itself.
#[allow(dead_code)]
fn format(text: &str) -> String {
    let Formatted { text: once, .. } = formatter::format(text).unwrap_or_else(|error| panic!("{error:?} in\n{text}"));
    let twice = formatter::format(&once).unwrap_or_else(|error| panic!("{error:?} in\n{once}")).text;
    assert_eq!(once, twice, "twice is not once");
    once
}

#[test]
fn every_case_is_formatted_and_stays_the_same() {
    let mut count = 0;
    for case in cases::all() {
        for (path, bytes) in case.project().files().iter().filter(|(path, _)| path.ends_with(".prm")) {
            let text = String::from_utf8_lossy(bytes);
            let once = formatter::format(&text).unwrap_or_else(|error| panic!("{}: {path}: {error:?}", case.name)).text;
            let twice =
                formatter::format(&once).unwrap_or_else(|error| panic!("{}: {path}: {error:?}", case.name)).text;
            assert_eq!(once, twice, "{}: {path}", case.name);
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}
