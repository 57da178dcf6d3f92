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
            let has = remarks.fields().iter().any(|value| value.field == field.id);
            if !has && context.is_own(origin) {
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

fn diagnostic(context: &Context<'_>, field: &Field, id: Name, span: Span) -> Diagnostic {
    let word = context.program.name(field.id);
    let kind = field.on.word();
    Diagnostic::new(&MISSING_FIELD, span, format!("the {kind} `{}` lacks the field `{word}`", context.program.name(id)))
        .label(format!("expected `{word} \"…\"` in its block"))
        .also(field.origin.span, format!("required of {} here", words::article(kind)))
        .help(format!("add `{word} \"…\"`: {}", context.sources.text(field.title)))
}
