//! Finds links that nobody has judged, in a package that keeps judgements.

use crate::checks::Context;
use crate::codes::UNJUDGED_LINK;
use crate::diagnostic::Diagnostic;
use crate::review::State;

/// P721.
pub fn unjudged_link(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review) = context.review else { return };
    found.extend(review.links.iter().filter(|link| link.state() == State::New).map(|link| {
        Diagnostic::new(&UNJUDGED_LINK, link.span, format!("nobody has judged whether `{}`", link.claim))
            .label("not in the lock file")
            .help(format!("if it holds, say why: `prm review --accept {} --because \"…\"`", link.claim.reference()))
    }));
}
