//! Which layer added, replaced or left out what, where and why.

use super::Input;
use super::report::place;
use crate::document::words::{EN, Words, fill};
use crate::model::{Action, FieldValue, Model, Name, Origin, Process, Remarks, Stated, Text};
use crate::span::Span;

/// What a layer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it did, the model that did it, and where: "replaced by acme (acme.prm:12)".
    pub words: String,
    /// Why.
    pub because: Option<Text>,
    /// What was said before, where it was replaced.
    pub old: Option<Span>,
}

/// What was done, in the words of a language.
type Did = (&'static Words, &'static str);

impl Event {
    fn new(input: &Input<'_>, (words, did): Did, span: Span, because: Option<Text>, old: Option<Span>) -> Event {
        let head =
            input.program.package_of(span).and_then(|package| input.program.package(package).model.head.as_ref());
        let at = place(input, span);
        let words = match head {
            Some(head) => fill(words.did_by, &[did, input.program.name(head.id), &at]),
            None => fill(words.did_in, &[did, &at]),
        };
        Event { words, because, old }
    }
}

/// What layers did to an element, the lowest first: one added it, others may have extended or replaced it.
pub fn element(input: &Input<'_>, words: &'static Words, origin: Origin, remarks: &Remarks) -> Vec<Event> {
    wording(input, (words, words.did_add), origin, remarks, None)
}

/// What layers did to a purpose or context.
pub fn text(
    input: &Input<'_>,
    words: &'static Words,
    what: &'static str,
    stated: Stated,
    remarks: &Remarks,
) -> Vec<Event> {
    wording(input, (words, words.did_state), stated.origin, remarks, Some(what))
}

fn wording(input: &Input<'_>, first: Did, origin: Origin, remarks: &Remarks, what: Option<&'static str>) -> Vec<Event> {
    let changes: Vec<_> = remarks.history().iter().filter(|change| change.what == what).collect();
    let replaced = changes.iter().find(|change| change.action == Action::Replaced);
    // Of what was replaced, the origin is where the present text stands; the first text stood elsewhere.
    let begin = replaced.and_then(|change| change.old).unwrap_or(origin.span);
    let added = Event::new(input, first, begin, None, None);
    let later = changes.iter().map(|change| {
        Event::new(input, (first.0, did(first.0, change.action)), change.origin.span, change.because, change.old)
    });
    std::iter::once(added).chain(later).collect()
}

/// What a layer did, in words.
pub fn did(words: &Words, action: Action) -> &'static str {
    match action {
        Action::Extended => words.did_extend,
        Action::Replaced => words.did_replace,
        Action::Omitted => words.did_omit,
    }
}

/// What layers did to a process and to each part of it, by the name of the part; practices where they are wanted.
pub fn process(
    input: &Input<'_>,
    words: &'static Words,
    process: &Process,
    with_practices: bool,
) -> Vec<(String, Event)> {
    let mut told: Vec<(String, Event)> = Vec::new();
    let mut tell = |what: &str, events: Vec<Event>| {
        told.extend(events.into_iter().map(|event| (what.to_owned(), event)));
    };
    tell(words.the_process, element(input, words, process.origin, &process.remarks));
    for (what, stated) in [("purpose", process.purpose), ("context", process.context)] {
        tell(
            words.statement(what),
            stated.map(|stated| text(input, words, what, stated, &process.remarks)).unwrap_or_default(),
        );
    }
    for outcome in &process.outcomes {
        let what = fill(words.the_outcome, &[input.sources.slice(outcome.number)]);
        tell(&what, element(input, words, outcome.origin, &outcome.remarks));
        fields(input, words, &outcome.remarks, &mut tell, &what);
    }
    for practice in process.practices.iter().filter(|_| with_practices) {
        let what = fill(words.the_practice, &[input.sources.slice(practice.own_id)]);
        tell(&what, element(input, words, practice.origin, &practice.remarks));
    }
    for relation in &process.relations {
        let what = format!("{} {}", words.statement(relation.kind.word()), input.program.name(relation.target.id));
        tell(&what, vec![Event::new(input, (words, words.did_add), relation.origin.span, None, None)]);
    }
    fields(input, words, &process.remarks, &mut tell, "");
    let inside = format!("{}.", input.program.name(process.id));
    for omission in input.program.root().into_iter().flat_map(|root| &root.model.omissions) {
        let id = input.program.name(omission.id);
        if id.starts_with(&inside) {
            tell(id, vec![Event::new(input, (words, words.did_omit), omission.span, omission.because, None)]);
        }
    }
    told
}

/// What layers did to an element that has no parts, and to its fields.
pub fn whole(
    input: &Input<'_>,
    words: &'static Words,
    what: &str,
    origin: Origin,
    remarks: &Remarks,
) -> Vec<(String, Event)> {
    let mut told: Vec<(String, Event)> =
        element(input, words, origin, remarks).into_iter().map(|event| (what.to_owned(), event)).collect();
    let mut tell =
        |what: &str, events: Vec<Event>| told.extend(events.into_iter().map(|event| (what.to_owned(), event)));
    fields(input, words, remarks, &mut tell, "");
    told
}

fn fields(
    input: &Input<'_>,
    words: &'static Words,
    remarks: &Remarks,
    tell: &mut impl FnMut(&str, Vec<Event>),
    of: &str,
) {
    let stated = |value: &FieldValue| vec![Event::new(input, (words, words.did_state), value.origin.span, None, None)];
    for value in remarks.fields() {
        let field = input.program.name(value.field);
        let what = if of.is_empty() { field.to_owned() } else { fill(words.of, &[field, of]) };
        tell(&what, stated(value));
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
    let event = Event::new(input, (&EN, EN.did_omit), omission.span, omission.because, None);
    Some(Omitted { model, named: omission.id, event })
}
