//! The practices of a cell, as assessment models print them: "SWE.1.BP1: Specify … [Outcome 1, 2]", with notes below.

use super::super::draft::{Draft, Fact, Said, Tie, What};
use super::super::heads;
use super::super::settle::refs;

/// The lines of a practice.
#[derive(Default)]
struct Lines<'a> {
    mark: Option<&'a str>,
    text: Vec<&'a str>,
    notes: Vec<&'a str>,
}

/// The practices of a cell: those of a list in it, each with its mark, or the one that it is.
pub(super) fn practices(said: &Said) -> Vec<Draft> {
    let mut found: Vec<Lines<'_>> = Vec::new();
    for line in said.words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (mark(line), found.last_mut()) {
            (Some((mark, rest)), _) => {
                found.push(Lines { mark: Some(mark), text: vec![rest], ..Lines::default() });
            }
            (None, Some(last)) if last.mark.is_some() && (is_note(line) || !last.notes.is_empty()) => {
                last.notes.push(line);
            }
            (None, Some(last)) => last.text.push(line),
            (None, None) => found.push(Lines { text: vec![line], ..Lines::default() }),
        }
    }
    let whole = |words: &str| Said { words: words.to_owned(), ..said.clone() };
    let draft = |(at, Lines { mark, text, notes }): (usize, Lines<'_>)| {
        let mut draft = Draft::new(What::Practice);
        draft.id = mark.map(|mark| said.part(mark));
        let words = text.join("\n");
        let (words, achieved) = mark.and_then(|_| achieved(&words)).unwrap_or((&words, ""));
        draft.text = Some(if at == 0 { whole(words) } else { said.part(words) });
        draft.facts = notes.into_iter().map(|note| (Fact::Note, said.part(note))).collect();
        if !achieved.is_empty() {
            draft.refs.push(refs(Tie::Achieves, said.part(achieved)));
        }
        draft
    };
    found.into_iter().enumerate().map(draft).collect()
}

/// The process that the mark of a practice names: "SWE.1" of "SWE.1.BP1: …".
pub(super) fn process_of(words: &str) -> Option<&str> {
    mark(words.trim())?.0.rsplit_once('.').map(|(process, _)| process)
}

/// The mark with which a practice begins, and what follows: "BP1: …", "SWE.1.BP1. …".
pub(super) fn mark(line: &str) -> Option<(&str, &str)> {
    let (first, rest) = line.split_once(|character: char| character == ':' || character.is_whitespace())?;
    let code = first.trim_end_matches(['.', ')']);
    let number = code.rsplit('.').next().and_then(|last| last.strip_prefix("BP").or(last.strip_prefix("bp")))?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let rest = rest.trim_start_matches([':', ' ', '\t', '–', '-']);
    (is_number && !rest.is_empty()).then_some((code, rest))
}

fn is_note(line: &str) -> bool {
    let first = line.split([' ', ':']).next().unwrap_or_default();
    ["NOTE", "Note", "Anmerkung", "ANMERKUNG", "Remarque"].contains(&first)
}

/// A text without the outcomes that stand in brackets at its end, and these: "… [Outcome 1, 2]".
fn achieved(words: &str) -> Option<(&str, &str)> {
    let (text, inner) = words.trim_end().strip_suffix(']')?.rsplit_once('[')?;
    let (name, ids) = inner.trim().split_once([' ', ':'])?;
    (heads::find(name) == Some(heads::Head::Outcome)).then_some((text.trim_end(), ids.trim_start_matches([':', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_practices() {
        let told = |words: &str| -> Vec<String> {
            let shown = |draft: Draft| {
                let [id, text] = [draft.id, draft.text].map(|said| said.map(|said| said.words).unwrap_or_default());
                let ids: Vec<String> = draft.refs.into_iter().flat_map(|refs| refs.ids).collect();
                format!("{id}|{text}|{}|{}", ids.join("+"), draft.facts.len())
            };
            practices(&Said::new(words, "A1")).into_iter().map(shown).collect()
        };
        assert_eq!(
            told("SWE.1.BP1: Specify them. [Outcome 1, 2]\nNOTE 1: Or not.\nBP2: Keep\nthem."),
            ["SWE.1.BP1|Specify them.|1+2|1", "BP2|Keep\nthem.||0"]
        );
        assert_eq!(told("Count keys [daily]\nand doors"), ["|Count keys [daily]\nand doors||0"]);
        assert_eq!(told("BP1"), ["|BP1||0"]);
        assert_eq!(process_of("SWE.1.BP1: Specify"), Some("SWE.1"));
        assert_eq!(process_of("BP1: Specify"), None);
    }
}
