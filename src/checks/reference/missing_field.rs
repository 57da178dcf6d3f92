//! Finds elements without a field that is required of their kind.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::MISSING_FIELD;
use crate::diagnostic::{Diagnostic, SubjectKind, words};
use crate::model::{Field, FieldKind, Head, Name, Origin, Remarks, RequirementId};
use crate::span::Span;

/// P512: asked only of what the layer of the field, or one above it, adds.
pub const CHECK: Check = Check { code: &MISSING_FIELD, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut fields = Fields { context, required: Default::default(), known: FxHashSet::default(), found };
    for field in context.package().fields.iter().filter(|field| field.required) {
        fields.required[field.on as usize].push(field);
    }
    if fields.required.iter().all(Vec::is_empty) {
        return;
    }
    let all = context.program.packages.iter().flat_map(|package| &package.fields);
    fields.known.extend(all.map(|field| field.id));
    let model = &context.package().model;
    for process in model.processes.iter().filter(|process| !process.broken) {
        fields.ask(FieldKind::Process, process.id, process.origin, &process.remarks);
    }
    for outcome in model.processes.iter().flat_map(|process| &process.outcomes).filter(|outcome| !outcome.broken) {
        fields.ask(FieldKind::Outcome, outcome.id, outcome.origin, &outcome.remarks);
    }
    model.head.iter().for_each(|head| fields.ask(FieldKind::Model, head.id, head.origin, &head.remarks));
    model.groups.iter().for_each(|group| fields.ask(FieldKind::Group, group.id, group.origin, &group.remarks));
    model.items.iter().for_each(|item| fields.ask(FieldKind::Item, item.id, item.origin, &item.remarks));
    model.head.iter().for_each(|head| fields.ask_of_controls(head));
}

struct Fields<'a, 'f> {
    context: &'a Context<'a>,
    /// What is required of each kind.
    required: [Vec<&'a Field>; FieldKind::ALL.len()],
    /// Every word that is a field.
    known: FxHashSet<Name>,
    found: &'f mut Vec<Diagnostic>,
}

/// How many words of a block that are no field may be misspelt ones.
const SLIPS: usize = 8;

impl Fields<'_, '_> {
    /// Each `apply`, once; what it does not state is that of the one that it stands over.
    fn ask_of_controls(&mut self, head: &Head) {
        let mut asked = FxHashSet::default();
        let program = self.context.program;
        for row in head.applications.iter().filter(|row| asked.insert(row.origin.span)) {
            let mut remarks = row.remarks.clone();
            let holds =
                |of: RequirementId| of == row.requirement || program.above(row.requirement).any(|above| above == of);
            let under = head
                .applications
                .iter()
                .filter(|other| other.origin.span != row.origin.span && holds(other.requirement));
            let stated: Vec<_> = under.flat_map(|other| other.remarks.fields()).cloned().collect();
            remarks.body().fields.extend(stated);
            self.ask(FieldKind::Control, program.requirement(row.requirement).id, row.origin, &remarks);
        }
    }

    fn ask(&mut self, kind: FieldKind, id: Name, origin: Origin, remarks: &Remarks) {
        let required = &self.required[kind as usize];
        if required.is_empty() {
            return;
        }
        let context = self.context;
        let extended = || remarks.history().iter().find(|change| context.is_own(change.origin));
        let place = if context.is_own(origin) { Some(origin) } else { extended().map(|change| change.origin) };
        let Some(place) = place else { return };
        let stated: FxHashSet<Name> = remarks.fields().iter().map(|value| value.field).collect();
        // A word that is no field was probably meant for one; it has been reported.
        let slips: Vec<&str> = remarks
            .fields()
            .iter()
            .map(|value| value.field)
            .filter(|word| !self.known.contains(word))
            .take(SLIPS)
            .map(|word| context.program.name(word))
            .collect();
        for field in required.iter().filter(|field| !stated.contains(&field.id)) {
            let word = context.program.name(field.id);
            if !slips.iter().any(|slip| words::nearest(slip, [word]).is_some()) {
                self.found.push(diagnostic(context, field, id, place.span));
            }
        }
    }
}

fn diagnostic(context: &Context<'_>, field: &Field, id: Name, span: Span) -> Diagnostic {
    let word = context.program.name(field.id);
    let kind = field.on.word();
    Diagnostic::new(&MISSING_FIELD, span, format!("the {kind} `{}` lacks the field `{word}`", context.program.name(id)))
        .about(subject(field.on), context.program.name(id))
        .label(format!("expected `{word} \"…\"` in its block"))
        .also(field.origin.span, format!("required of {} here", words::article(kind)))
        .help(format!("add `{word} \"…\"` (“{}”) to its block", context.sources.text(field.title)))
}

fn subject(kind: FieldKind) -> SubjectKind {
    match kind {
        FieldKind::Process => SubjectKind::Process,
        FieldKind::Outcome => SubjectKind::Outcome,
        FieldKind::Model => SubjectKind::Model,
        FieldKind::Group => SubjectKind::Group,
        FieldKind::Item => SubjectKind::Item,
        FieldKind::Control => SubjectKind::Requirement,
    }
}
