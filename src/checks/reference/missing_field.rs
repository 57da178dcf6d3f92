//! Finds elements without a field that is required of their kind.

use crate::checks::Context;
use crate::codes::MISSING_FIELD;
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Field, FieldKind, Name, Origin, Remarks};
use crate::span::Span;

/// P512: asked only of what the layer of the field, or one above it, adds.
pub fn missing_field(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = &context.package().model;
    for field in context.package().fields.iter().filter(|field| field.required) {
        let mut ask = |id: Name, origin: Origin, remarks: &Remarks| {
            let has =
                remarks.fields().iter().any(|value| value.field == field.id || is_slip(context, value.field, field));
            let extended = remarks.history().iter().find(|change| context.is_own(change.origin));
            let place = if context.is_own(origin) { Some(origin) } else { extended.map(|change| change.origin) };
            if let Some(origin) = place.filter(|_| !has) {
                found.push(diagnostic(context, field, id, origin.span));
            }
        };
        match field.on {
            FieldKind::Process => model
                .processes
                .iter()
                .filter(|process| !process.broken)
                .for_each(|process| ask(process.id, process.origin, &process.remarks)),
            FieldKind::Outcome => {
                let outcomes = model.processes.iter().flat_map(|process| &process.outcomes);
                outcomes
                    .filter(|outcome| !outcome.broken)
                    .for_each(|outcome| ask(outcome.id, outcome.origin, &outcome.remarks));
            }
            FieldKind::Model => model.head.iter().for_each(|head| ask(head.id, head.origin, &head.remarks)),
            FieldKind::Group => model.groups.iter().for_each(|group| ask(group.id, group.origin, &group.remarks)),
            FieldKind::Item => model.items.iter().for_each(|item| ask(item.id, item.origin, &item.remarks)),
        }
    }
}

/// Whether a word that is no field was probably meant for this one; it has been reported.
fn is_slip(context: &Context<'_>, written: Name, field: &Field) -> bool {
    let is_field = context.program.packages.iter().flat_map(|package| &package.fields).any(|other| other.id == written);
    !is_field && words::nearest(context.program.name(written), [context.program.name(field.id)]).is_some()
}

fn diagnostic(context: &Context<'_>, field: &Field, id: Name, span: Span) -> Diagnostic {
    let word = context.program.name(field.id);
    let kind = field.on.word();
    Diagnostic::new(&MISSING_FIELD, span, format!("the {kind} `{}` lacks the field `{word}`", context.program.name(id)))
        .label(format!("expected `{word} \"…\"` in its block"))
        .also(field.origin.span, format!("required of {} here", words::article(kind)))
        .help(format!("add `{word} \"…\"`: {}", context.sources.text(field.title)))
}
