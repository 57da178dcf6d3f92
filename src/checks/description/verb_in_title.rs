//! Finds process titles that begin with a verb (PD-T2).

use super::prose::{Prose, capitalized, uncapitalized};
use super::{Check, Described, Look};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::english::{self, Classes};

/// P402.
pub const CHECK: Check = Check { code: &codes::VERB_IN_TITLE, run: Look::Process(check) };

/// Looks at the first word of the title.
fn check(described: &Described<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(title) = described.title() else { return };
    let [first, _, ..] = title.words else { return };
    // `Training` and `Planning` name things, and so do `Change management` and `Release`.
    let is_gerund = first.is(Classes::GERUND) && first.is(Classes::PURE) && !first.is(Classes::NOUN_IN_ING);
    if title.is_joined(0) || !(is_gerund || title.is_imperative()) {
        return;
    }
    let verb = title.slice(0..1);
    let help = match noun_phrase(&title) {
        Some(phrase) => format!("name the process by a noun: `{phrase}`"),
        None => "name the process by a noun, as in `Key management`".to_owned(),
    };
    diagnostics.push(
        Diagnostic::new(
            &codes::VERB_IN_TITLE,
            title.place(0..1),
            format!("the title {} begins with the verb `{verb}`", title.quoted()),
        )
        .label("expected a noun")
        .help(help),
    );
}

/// `Manage keys` → `Key management`.
fn noun_phrase(title: &Prose<'_>) -> Option<String> {
    let (first, objects) = title.words.split_first()?;
    if objects.len() > 3 || objects.iter().any(|word| !word.is_content()) {
        return None;
    }
    let verb = english::verb(first.key)?.base;
    let (_, noun) = NOUNS.iter().find(|(base, _)| *base == verb)?;
    let object = title.slice(1..title.words.len());
    let last = objects.last()?;
    let object = if last.is_plural() { singular(object) } else { object.to_owned() };
    Some(format!("{} {noun}", capitalized(&uncapitalized(&object))))
}

/// `access rights` → `access right`, `policies` → `policy`.
fn singular(noun: &str) -> String {
    match (noun.strip_suffix("ies"), noun.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (_, Some(stem)) => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

/// Verbs that titles begin with, and their nouns.
const NOUNS: &[(&str, &str)] = &[
    ("manage", "management"),
    ("handle", "handling"),
    ("maintain", "maintenance"),
    ("develop", "development"),
    ("implement", "implementation"),
    ("define", "definition"),
    ("identify", "identification"),
    ("evaluate", "evaluation"),
    ("assess", "assessment"),
    ("analyze", "analysis"),
    ("analyse", "analysis"),
    ("verify", "verification"),
    ("validate", "validation"),
    ("protect", "protection"),
    ("improve", "improvement"),
    ("acquire", "acquisition"),
    ("operate", "operation"),
    ("deliver", "delivery"),
    ("provide", "provision"),
    ("recover", "recovery"),
    ("integrate", "integration"),
    ("select", "selection"),
    ("resolve", "resolution"),
    ("communicate", "communication"),
    ("prevent", "prevention"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_lose_their_plural() {
        assert_eq!(singular("access rights"), "access right");
        assert_eq!(singular("policies"), "policy");
    }
}
