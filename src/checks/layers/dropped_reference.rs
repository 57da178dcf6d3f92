//! Finds what a base says of an element that a layer left out: its relations, practices and items, and its texts.

use std::collections::BTreeMap;

use crate::checks::{Check, Context};
use crate::codes::DROPPED_REFERENCE;
use crate::diagnostic::Diagnostic;
use crate::model::{Found, Name, Thing, Want};
use crate::source::text;
use crate::span::Span;

/// P704: once for each element that a statement leaves out.
pub const CHECK: Check = Check { code: &DROPPED_REFERENCE, run: check };

/// How many references are shown.
const SHOWN: usize = 4;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.coverage.is_none() {
        return;
    }
    let model = &context.package().model;
    let mut of: BTreeMap<(Span, &str), Vec<Span>> = BTreeMap::new();
    for dropped in &model.dropped {
        of.entry((dropped.by, context.program.name(dropped.id))).or_default().push(dropped.reference);
    }
    for (by, id, place) in in_texts(context) {
        of.entry((by, context.program.name(id))).or_default().push(place);
    }
    for ((by, id), mut places) in of {
        places.sort_unstable();
        places.dedup();
        let how_often = match places.len() {
            1 => String::new(),
            2 => " twice".to_owned(),
            many => format!(" {many} times"),
        };
        let message = format!("a base refers to `{id}`{how_often}, which is left out");
        let mut diagnostic = Diagnostic::new(&DROPPED_REFERENCE, by, message)
            .label("left out here")
            .help("look whether what remains makes sense; state it anew in the layer where it does not");
        for place in places.iter().take(SHOWN) {
            diagnostic = diagnostic.also(*place, "this reference is dropped");
        }
        found.push(diagnostic);
    }
}

/// References in texts of bases to what a layer left out: the statement that did so, the element, and the place.
fn in_texts(context: &Context<'_>) -> Vec<(Span, Name, Span)> {
    let (program, model) = (context.program, &context.package().model);
    if model.omissions.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for literal in model.texts() {
        let Some(home) = program.package_of(literal).filter(|home| *home != context.package) else { continue };
        let slice = context.sources.slice(literal);
        if memchr::memmem::find(slice.as_bytes(), b"[[").is_none() {
            continue;
        }
        for (target, range) in text::references(slice) {
            let Found::One(Thing::Element(_, _, id)) = program.sight(home).find(Want::Text, &target) else { continue };
            if let Some(omission) = model.omission_for(program, home, id) {
                let start = literal.start as usize;
                let place = Span::new(literal.file, start + range.start, start + range.end);
                found.push((omission.origin.span, id, place));
            }
        }
    }
    found
}
