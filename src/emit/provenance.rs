//! Which layer added, replaced or left out what, where and why.

use super::Input;
use super::report::place;
use crate::model::{Action, FieldValue, Model, Name, Origin, Process, Remarks, Stated, Text};
use crate::span::Span;

/// What a layer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// "added", "extended", "replaced".
    pub did: &'static str,
    /// The model that did it, and where: "by acme (acme.prm:12)".
    pub by: String,
    /// Why.
    pub because: Option<Text>,
    /// What was said before, where it was replaced.
    pub old: Option<Span>,
}

impl Event {
    fn new(input: &Input<'_>, did: &'static str, span: Span, because: Option<Text>, old: Option<Span>) -> Event {
        let head =
            input.program.package_of(span).and_then(|package| input.program.package(package).model.head.as_ref());
        let at = place(input, span);
        let by = match head {
            Some(head) => format!("by {} ({at})", input.program.name(head.id)),
            None => format!("in {at}"),
        };
        Event { did, by, because, old }
    }

    /// "replaced by acme (acme.prm:12)".
    pub fn words(&self) -> String {
        format!("{} {}", self.did, self.by)
    }
}

/// What layers did to an element, the lowest first: one added it, others may have extended or replaced it.
pub fn element(input: &Input<'_>, origin: Origin, remarks: &Remarks) -> Vec<Event> {
    wording(input, "added", origin, remarks, None)
}

/// What layers did to a purpose or context.
pub fn text(input: &Input<'_>, what: &'static str, stated: Stated, remarks: &Remarks) -> Vec<Event> {
    wording(input, "stated", stated.origin, remarks, Some(what))
}

fn wording(
    input: &Input<'_>,
    first: &'static str,
    origin: Origin,
    remarks: &Remarks,
    what: Option<&'static str>,
) -> Vec<Event> {
    let changes: Vec<_> = remarks.history().iter().filter(|change| change.what == what).collect();
    let replaced = changes.iter().find(|change| change.action == Action::Replaced);
    // Of what was replaced, the origin is where the present text stands; the first text stood elsewhere.
    let begin = replaced.and_then(|change| change.old).unwrap_or(origin.span);
    let added = Event::new(input, first, begin, None, None);
    let later = changes
        .iter()
        .map(|change| Event::new(input, did(change.action), change.origin.span, change.because, change.old));
    std::iter::once(added).chain(later).collect()
}

/// What a layer did, in words.
pub fn did(action: Action) -> &'static str {
    match action {
        Action::Omitted => "left out",
        action => action.word(),
    }
}

/// What layers did to a process and to each part of it, by the name of the part; practices where they are wanted.
pub fn process(input: &Input<'_>, process: &Process, with_practices: bool) -> Vec<(String, Event)> {
    let mut told: Vec<(String, Event)> = Vec::new();
    let mut tell = |what: &str, events: Vec<Event>| {
        told.extend(events.into_iter().map(|event| (what.to_owned(), event)));
    };
    tell("process", element(input, process.origin, &process.remarks));
    for (what, stated) in [("purpose", process.purpose), ("context", process.context)] {
        tell(what, stated.map(|stated| text(input, what, stated, &process.remarks)).unwrap_or_default());
    }
    for outcome in &process.outcomes {
        let what = format!("outcome {}", input.sources.slice(outcome.number));
        tell(&what, element(input, outcome.origin, &outcome.remarks));
        fields(input, &outcome.remarks, &mut tell, &format!(" of {what}"));
    }
    for practice in process.practices.iter().filter(|_| with_practices) {
        let what = format!("practice {}", input.sources.slice(practice.own_id));
        tell(&what, element(input, practice.origin, &practice.remarks));
    }
    for relation in &process.relations {
        let what = format!("{} {}", relation.kind.word(), input.program.name(relation.target.id));
        tell(&what, vec![Event::new(input, "added", relation.origin.span, None, None)]);
    }
    fields(input, &process.remarks, &mut tell, "");
    let inside = format!("{}.", input.program.name(process.id));
    for omission in input.program.root().into_iter().flat_map(|root| &root.model.omissions) {
        let id = input.program.name(omission.id);
        if id.starts_with(&inside) {
            tell(id, vec![Event::new(input, "left out", omission.span, omission.because, None)]);
        }
    }
    told
}

/// What layers did to an element that has no parts, and to its fields.
pub fn whole(input: &Input<'_>, what: &str, origin: Origin, remarks: &Remarks) -> Vec<(String, Event)> {
    let mut told: Vec<(String, Event)> =
        element(input, origin, remarks).into_iter().map(|event| (what.to_owned(), event)).collect();
    let mut tell =
        |what: &str, events: Vec<Event>| told.extend(events.into_iter().map(|event| (what.to_owned(), event)));
    fields(input, remarks, &mut tell, "");
    told
}

fn fields(input: &Input<'_>, remarks: &Remarks, tell: &mut impl FnMut(&str, Vec<Event>), of: &str) {
    let stated = |value: &FieldValue| vec![Event::new(input, "stated", value.origin.span, None, None)];
    for value in remarks.fields() {
        tell(&format!("{}{of}", input.program.name(value.field)), stated(value));
    }
}

/// What left out an element that is not there any more: itself, or with what it stood in. The id is one that a base
/// knows, whose model as it was before comes along.
pub struct Omitted<'a> {
    /// The model of the base that still has it.
    pub model: &'a Model,
    /// What the layer named: the element, or what it stood in.
    pub named: Name,
    /// Which layer, where and why.
    pub event: Event,
}

/// What left out an element, if a layer did.
pub fn omitted<'a>(input: &Input<'a>, id: Name) -> Option<Omitted<'a>> {
    let root = input.program.root()?;
    // The uppermost base that has it says what it was.
    let mut bases = root.scope.stands_on.iter().rev().map(|base| &input.program.package(*base).model);
    let model = bases.find(|model| model.index.contains_key(&id))?;
    let wholes = model.wholes(id);
    let mut omissions = root.model.omissions.iter().rev();
    let omission = omissions.find(|omission| wholes.contains(&omission.id))?;
    let event = Event::new(input, "left out", omission.span, omission.because, None);
    Some(Omitted { model, named: omission.id, event })
}
