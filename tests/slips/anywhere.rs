//! Slips at every place of the models of `tests/cases/slips`: each text, brace, comma, word and id, slipped in each way in
//! which people slip. At most five of 78 may give more than one message.
//!
//! Every seventh is tried; with `PRM_SLIPS=1` in the environment, all are, which takes a minute.

use std::fmt::Write;
use std::ops::Range;

use prm::syntax::statements;

use super::folder;
use crate::support::Project;

const STEP: usize = 7;

#[test]
fn one_slip_anywhere_is_one_message() {
    let step = std::env::var("PRM_SLIPS").ok().and_then(|step| step.parse().ok()).unwrap_or(STEP);
    let (mut tried, mut many, mut shown) = (0, 0, String::new());
    for file in ["layer/keys/keys.prm", "crosswalk.prm", "layer/layer.prm"] {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        for (place, new) in slips(&text).into_iter().step_by(step) {
            let made = [&text[..place.start], &new, &text[place.end..]].concat();
            if made == text {
                continue;
            }
            let project = match file {
                "layer/layer.prm" => Project::read(&folder().join("layer")).with("layer.prm", made),
                _ => Project::text(made),
            };
            let found = project.compile().0.diagnostics;
            tried += 1;
            if found.len() > 1 {
                many += 1;
                let said: Vec<String> =
                    found.iter().take(3).map(|found| format!("{} {}", found.code.code, found.message)).collect();
                writeln!(shown, "{file}: `{}` → `{new}`: {}", &text[place], said.join("; ")).unwrap();
            }
        }
    }
    assert!(tried > 200, "only {tried} slips");
    assert!(many * 78 <= tried * 5, "{many} of {tried} slips give more than one message:\n{shown}");
}

/// All slips in a text: what stands where, and what is written instead.
fn slips(text: &str) -> Vec<(Range<usize>, String)> {
    let mut slips = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if first.is_whitespace() => first.len_utf8(),
            ',' | '{' | '}' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || ",{}\"".contains(c)).unwrap_or(rest.len()),
        };
        let token = &rest[..length];
        if !token.starts_with("//") && !first.is_whitespace() {
            slips.extend(ways(token).into_iter().map(|new| (at..at + length, new)));
        }
        at += length;
    }
    slips
}

/// What people write instead of a text, a mark, a word of the language or an id.
fn ways(token: &str) -> Vec<String> {
    if let Some(inner) = token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let curly = format!("\u{201c}{inner}\"");
        let angle = format!("\u{ab}\u{a0}{inner}\u{a0}\u{bb}");
        return vec![
            format!("{inner}\""),
            format!("\"{inner}"),
            inner.to_owned(),
            curly,
            angle,
            format!("{token}*"),
            format!("{token};"),
        ];
    }
    let other = match token {
        "{" => "[",
        "}" => "]",
        "," => ";",
        _ if statements::words().any(|word| word == token) => {
            let (first, rest) = token.split_at(1);
            return vec![
                format!("{}{rest}", first.to_uppercase()),
                token.to_uppercase(),
                token[..token.len().div_ceil(2).max(2).min(token.len())].to_owned(),
                format!("{token}:"),
                String::new(),
            ];
        }
        _ => {
            return vec![
                format!("{token}."),
                token.replacen(['.', '-'], " ", 1),
                token.replacen('.', ",", 1),
                token[..token.len() - 1].to_owned(),
                format!("({token})"),
                format!("\"{token}\""),
                String::new(),
            ];
        }
    };
    vec![String::new(), format!("{token}{token}"), other.to_owned()]
}
