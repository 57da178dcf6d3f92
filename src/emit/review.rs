//! What became of the judgements of a model's links, for people.

use super::report::place;
use super::{Input, notice};
use crate::diagnostic::words::count;
use crate::package::lock::Judgement;
use crate::review::{Change, Review, Reviewed, State};

/// The open links, and how many there are of each sort.
pub fn text(input: &Input<'_>, review: &Review, color: bool) -> String {
    let mut text = notice::above(input);
    let mut section = |head: String, code: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            let head = if color { format!("\x1b[{code}m{head}\x1b[0m") } else { head };
            text.push_str(&format!("{head}\n{}\n", entries.concat()));
        }
    };
    let links = |state: State| review.links.iter().filter(move |link| link.state() == state);
    let suspect: Vec<String> = links(State::Suspect).map(|link| suspect(input, review, link)).collect();
    section(count(suspect.len(), "suspect link"), "31", suspect);
    let new: Vec<String> =
        links(State::New).map(|link| format!("  {} ({})\n", link.claim, place(input, link.span))).collect();
    section(count(new.len(), "new link"), "33", new);
    let vanished: Vec<String> = review.vanished.iter().map(vanished).collect();
    section(format!("{} without a link", count(vanished.len(), "judgement")), "90", vanished);
    text + &summary(review) + "\n"
}

/// `312 links: 300 judged, 2 suspect, 10 new`.
pub fn summary(review: &Review) -> String {
    let states = [State::Judged, State::Suspect, State::New];
    let counts = states.map(|state| format!("{} {}", review.count(state), state.word()));
    let mut text = format!("{}: {}", count(review.links.len(), "link"), counts.join(", "));
    if !review.vanished.is_empty() {
        text.push_str(&format!("; {} without a link", count(review.vanished.len(), "judgement")));
    }
    text
}

fn suspect(input: &Input<'_>, review: &Review, link: &Reviewed) -> String {
    let mut text = format!("  {} ({})\n", link.claim, place(input, link.span));
    for change in &link.changes {
        text.push_str(&self::change(input, review, change));
    }
    if let Some(Judgement { because, .. }) = &link.judgement {
        text.push_str(&format!("    was judged because “{because}”\n"));
    }
    text
}

fn change(input: &Input<'_>, review: &Review, change: &Change) -> String {
    let now = |id: &str| {
        let wording = review.texts.get(id);
        wording.map(|wording| (place(input, wording.span), wording.text.as_str())).unwrap_or_default()
    };
    match change {
        Change::Reworded { id, old } => {
            let (place, text) = now(id);
            let old = old.as_ref().map(|old| format!("      said “{old}”\n")).unwrap_or_default();
            format!("    {id} ({place})\n{old}      says “{text}”\n")
        }
        Change::Added { id } => {
            let (place, text) = now(id);
            format!("    rests on {id} as well now ({place})\n      says “{text}”\n")
        }
        Change::Gone { id, old } => {
            let old = old.as_ref().map(|old| format!("      said “{old}”\n")).unwrap_or_default();
            format!("    no longer rests on {id}\n{old}")
        }
        Change::Claimed { old } => format!("    was judged as {old}\n"),
    }
}

fn vanished(judgement: &Judgement) -> String {
    format!("  {}\n    was judged because “{}”\n", judgement.claim, judgement.because)
}
