//! Finds links that nobody has judged, in a package that keeps judgements.

use super::about;
use crate::checks::{Check, Context};
use crate::codes::UNJUDGED_LINK;
use crate::diagnostic::Diagnostic;
use crate::review::State;

/// P721.
pub const CHECK: Check = Check { code: &UNJUDGED_LINK, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review) = context.review else { return };
    found.extend(review.links.iter().filter(|link| link.state() == State::New).map(|link| {
        about(Diagnostic::new(&UNJUDGED_LINK, link.span, format!("nobody has judged whether `{}`", link.claim)), link)
            .label("not in the lock file")
            .help(format!("if it holds, say why: `prm review --accept {} --because \"…\"`", link.claim.reference()))
    }));
}
