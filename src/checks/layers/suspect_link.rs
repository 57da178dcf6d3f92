//! Finds links and other claims that rest on texts which have changed since somebody judged them.

use super::about;
use crate::checks::{Check, Context};
use crate::codes::SUSPECT_LINK;
use crate::diagnostic::{Diagnostic, words};
use crate::review::{Change, Reviewed, State};

/// P720.
pub const CHECK: Check = Check { code: &SUSPECT_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review) = context.review else { return };
    for link in review.links.iter().filter(|link| link.state() == State::Suspect) {
        let mut diagnostic =
            Diagnostic::new(&SUSPECT_LINK, link.span, message(link)).label(label(context, link)).help(help(link));
        for (id, what) in link.changes.iter().filter_map(|change| place(change, link)) {
            if let Some(wording) = review.texts.get(id) {
                diagnostic = diagnostic.also(wording.span, what);
            }
        }
        found.push(about(context, diagnostic, link));
    }
}

fn message(link: &Reviewed) -> String {
    let claimed = link.changes.iter().find_map(|change| match change {
        Change::Claimed { old } => Some(old),
        _ => None,
    });
    if let Some(old) = claimed {
        return format!("`{}` was judged as `{old}`", link.claim);
    }
    let ids: Vec<&str> = link.changes.iter().filter_map(Change::id).collect();
    let have = if ids.len() == 1 { "has" } else { "have" };
    let (ids, noun) = (words::list(&ids, "and", 3), link.claim.noun());
    format!("{ids} {have} changed since the {noun} `{}` was judged", link.claim)
}

fn label(context: &Context<'_>, link: &Reviewed) -> String {
    let by = link.judged_by.map(|base| format!(" by `{}`", context.program.name(base))).unwrap_or_default();
    let because = link.judgement.as_ref().map(|judgement| judgement.because.as_str()).unwrap_or_default();
    format!("judged{by} before the change: “{because}”")
}

/// A text to point at, and what to say of it.
fn place<'a>(change: &'a Change, link: &Reviewed) -> Option<(&'a str, String)> {
    match change {
        Change::Reworded { id, .. } => Some((id, "this text has changed".to_owned())),
        Change::Added { id } => Some((id, format!("the {} rests on this as well now", link.claim.noun()))),
        Change::Gone { .. } | Change::Claimed { .. } => None,
    }
}

fn help(link: &Reviewed) -> String {
    let old = link.changes.iter().find_map(|change| match change {
        Change::Reworded { id, old: Some(old) } => Some(format!("`{id}` said “{old}”; ")),
        Change::Gone { id, old: Some(old) } => Some(format!("`{id}` is gone, and said “{old}”; ")),
        _ => None,
    });
    format!(
        "{}change the {}, or say why it still holds: `prm review --accept {} --because \"…\"`",
        old.unwrap_or_default(),
        link.claim.noun(),
        link.claim.reference()
    )
}
