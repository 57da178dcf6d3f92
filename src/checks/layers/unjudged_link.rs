//! Finds links and other claims that nobody has judged, in a package that keeps judgements.

use super::about;
use crate::checks::{Check, Context};
use crate::codes::UNJUDGED_LINK;
use crate::diagnostic::Diagnostic;
use crate::review::{Review, Reviewed, State};

/// P721.
pub const CHECK: Check = Check { code: &UNJUDGED_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review) = context.review else { return };
    found.extend(review.links.iter().filter(|link| link.state() == State::New).map(|link| {
        about(
            context,
            Diagnostic::new(&UNJUDGED_LINK, link.span, format!("nobody has judged whether `{}`", link.claim)),
            link,
        )
        .label(label(review, link))
        .help(format!("if it holds, say why: `prm review --accept {} --because \"…\"`", link.claim.reference()))
    }));
}

/// Who has judged all links and then hears of other claims is told why.
fn label(review: &Review, link: &Reviewed) -> &'static str {
    if link.claim.noun() != "link" && review.unknown_to_lock() > 0 {
        return "not in the lock file, which has judgements of links alone, as it had before others were asked for";
    }
    "not in the lock file"
}
