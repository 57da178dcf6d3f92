//! `A.5,2`, `KEY.1,3`: a comma where a stop is meant makes two names of one. It is said once.

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Sources;
use crate::span::{Span, narrow};

/// The names that a name and its neighbours make with a stop instead of the comma between: where they stand, and what
/// would have been meant.
fn joined(sources: &Sources, span: Span) -> impl Iterator<Item = (Span, String)> {
    let text = &sources.file(span.file).text;
    let is_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let before = before
        .strip_suffix(',')
        .map_or("", |before| before.rfind(|character| !is_id(character)).map_or(before, |at| &before[at..]));
    let before = before.trim_start_matches(|character| !is_id(character));
    let behind = behind.strip_prefix(',').unwrap_or_default();
    let behind = &behind[..behind.find(|character| !is_id(character)).unwrap_or(behind.len())];
    let length = |part: &str| if part.is_empty() { 0 } else { narrow(part.len()) + 1 };
    let sides = [(length(before), 0), (0, length(behind))];
    sides.into_iter().filter(|sides| *sides != (0, 0)).map(move |(left, right)| {
        let place = Span { start: span.start - left, end: span.end + right, ..span };
        (place, sources.as_written(place).replace(',', "."))
    })
}

/// The name that was meant, and where it stands, if it means something and its parts do not.
pub fn meant(sources: &Sources, span: Span, is_known: impl Fn(&str) -> bool) -> Option<(Span, String)> {
    let bytes = sources.file(span.file).text.as_bytes();
    let is_comma = |at: Option<usize>| at.is_some_and(|at| bytes.get(at) == Some(&b','));
    if !is_comma((span.start as usize).checked_sub(1)) && !is_comma(Some(span.end as usize)) {
        return None;
    }
    joined(sources, span)
        .find(|(place, meant)| is_known(meant) && !sources.as_written(*place).split(',').all(&is_known))
}

/// Says it, if it was not said of the other part.
pub fn report(sources: &Sources, place: Span, meant: String, diagnostics: &mut Findings) {
    if diagnostics.last().is_some_and(|said| said.primary.span == place) {
        return;
    }
    let message = format!("a comma stands in `{}`", sources.as_written(place));
    let found = Diagnostic::new(&codes::MALFORMED_ID, place, message).label("expected a stop");
    diagnostics.push(found.help(format!("write `{meant}`")).perhaps(meant));
}
