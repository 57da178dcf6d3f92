//! The pages of `prm explain`: the wrong example gives its code and nothing else, the right one nothing.

use prm::codes;
use prm::diagnostic::{Code, Severity};
use prm::source::Memory;

#[test]
fn examples_of_the_description_checks_show_what_they_say() {
    let mut faults = Vec::new();
    for code in codes::ALL.iter().filter(|code| code.code.starts_with("P4")) {
        let [wrong, right] = ["Wrong", "Right"].map(|heading| found_in(code, heading));
        if wrong.iter().any(|(found, _)| found != code.code) || wrong.is_empty() {
            faults.push(format!("{}, wrong: {wrong:?}", code.code));
        }
        if !right.is_empty() {
            faults.push(format!("{}, right: {right:?}", code.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The codes that an example gives, with their messages. Hints are looked at on the pages of hints only.
fn found_in(code: &Code, heading: &str) -> Vec<(String, String)> {
    let section = code.page.split_once(&format!("## {heading}\n\n```prm\n")).map_or("", |(_, rest)| rest);
    let example = section.split_once("```").map_or("", |(example, _)| example);
    assert!(!example.is_empty(), "{} has no example {heading:?}", code.code);
    let files = Memory([("example.prm".to_owned(), example.into())].into());
    let least = if code.severity == Severity::Hint { Severity::Hint } else { Severity::Warning };
    prm::compile(&files, "example.prm")
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity <= least)
        .map(|diagnostic| (diagnostic.code.code.to_owned(), diagnostic.message))
        .collect()
}

#[test]
fn examples_of_other_checks_are_well_described() {
    for code in codes::ALL.iter().filter(|code| !code.code.starts_with("P4")) {
        for heading in ["Wrong", "Right"] {
            if !code.page.contains(&format!("## {heading}\n\n```prm\n")) {
                continue;
            }
            let found = found_in(code, heading);
            assert!(!found.iter().any(|(found, _)| found.starts_with("P4")), "{}, {heading}: {found:?}", code.code);
        }
    }
}
