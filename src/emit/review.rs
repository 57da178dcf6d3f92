//! What became of the judgements of a model's links, for people.

use super::report::place;
use super::{Input, notice};
use crate::diagnostic::words::count;
use crate::model::Name;
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
    let open = |sort: &str, number: usize| count(number, &format!("{sort} {}", review.noun()));
    section(open("suspect", suspect.len()), "31", suspect);
    let mut new: Vec<String> =
        links(State::New).map(|link| format!("  {} ({})\n", link.claim, place(input, link.span))).collect();
    let number = new.len();
    new.extend(unknown_to_lock(review));
    section(open("new", number), "33", new);
    let vanished: Vec<String> = review.vanished.iter().map(vanished).collect();
    section(format!("{} without a {}", count(vanished.len(), "judgement"), review.noun()), "90", vanished);
    section("judgements given at once".to_owned(), "90", acts(input, review));
    text + &summary(input, review) + "\n"
}

/// `312 links: 20 judged, 280 judged by group, 2 suspect, 10 new`.
pub fn summary(input: &Input<'_>, review: &Review) -> String {
    let of = |state: State| format!("{} {}", review.count(state), state.word());
    let by = |(base, count): (Name, usize)| format!("{count} judged by {}", input.program.name(base));
    let mut counts = vec![of(State::Judged)];
    counts.extend(review.inherited().into_iter().map(by));
    counts.extend([State::Suspect, State::New].map(of));
    let mut text = format!("{}: {}", count(review.links.len(), review.noun()), counts.join(", "));
    if !review.vanished.is_empty() {
        text.push_str(&format!("; {} without a {}", count(review.vanished.len(), "judgement"), review.noun()));
    }
    text
}

fn suspect(input: &Input<'_>, review: &Review, link: &Reviewed) -> String {
    let mut text = format!("  {} ({})\n", link.claim, place(input, link.span));
    for change in &link.changes {
        text.push_str(&self::change(input, review, change));
    }
    if let Some(Judgement { because, .. }) = &link.judgement {
        let by = link.judged_by.map(|base| format!(" by {}", input.program.name(base))).unwrap_or_default();
        text.push_str(&format!("    was judged{by} because “{because}”\n"));
    }
    text
}

/// Why there are new claims in a package whose links have all been judged.
fn unknown_to_lock(review: &Review) -> Option<String> {
    let new = review.unknown_to_lock();
    let are = if new == 1 { "is no link" } else { "are no links" };
    (new > 0).then(|| {
        format!("  {new} of these {are}; the lock file has judgements of links alone, as it had before others were asked for\n")
    })
}

/// One entry for all that was accepted at once: a single reason was given for it, whatever was read.
fn acts(input: &Input<'_>, review: &Review) -> Vec<String> {
    let act = |((by, at_once, because), count): ((Option<Name>, u32, &str), usize)| {
        let of = by.map(|base| format!(" of {}", input.program.name(base))).unwrap_or_default();
        let others = at_once.saturating_sub(1);
        format!("  {}{of}, each at once with {others} more, because “{because}”\n", self::count(count, "judgement"))
    };
    review.acts().into_iter().map(act).collect()
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
