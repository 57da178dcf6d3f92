//! Groups, processes and what stands in them; items and terms.

use serde::Serialize;

use super::reader::{Reader, strength};
use super::rows::{CarriedRow, ChangeRow, NoteRow, OriginRow, Words};
use crate::emit::draft::{self, Draft};
use crate::emit::judged;
use crate::model::{Annex, Group, Item, Link, Outcome, Practice, Process, ProcessRelation, Reference, Term};

/// A process group.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Group"))]
pub struct GroupRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// What it holds together.
    pub text: Option<Words<'a>>,
    /// The group that it stands in.
    pub parent: Option<&'a str>,
    /// Ids that it had in earlier editions.
    pub formerly: Vec<&'a str>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

pub fn group<'a>(read: Reader<'a>, group: &'a Group) -> GroupRow<'a> {
    GroupRow {
        id: read.name(group.id),
        title: read.text(group.title),
        text: read.maybe(group.text),
        parent: group.parent.map(|parent| read.name(parent)),
        formerly: read.formerly(&group.remarks),
        carried: read.carried(&group.remarks, group.origin),
    }
}

/// A process.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Process"))]
pub struct ProcessRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The id of its group.
    pub group: Option<&'a str>,
    /// What it is for.
    pub purpose: Option<Words<'a>>,
    /// Where the present wording of the purpose stands.
    pub purpose_origin: Option<OriginRow<'a>>,
    /// Where it sits among its neighbours.
    pub context: Option<Words<'a>>,
    /// Where the present wording of the context stands.
    pub context_origin: Option<OriginRow<'a>>,
    /// Its outcomes, in source order.
    pub outcomes: Vec<OutcomeRow<'a>>,
    /// Its base practices, in source order.
    pub practices: Vec<PracticeRow<'a>>,
    /// Its relations to other processes, in source order.
    pub relations: Vec<RelationRow<'a>>,
    /// Ids that it had in earlier editions.
    pub formerly: Vec<&'a str>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

pub fn process<'a>(read: Reader<'a>, process: &'a Process) -> ProcessRow<'a> {
    let outcomes = process.outcomes.iter().map(|row| outcome(read, row));
    let drafts = if read.with_drafts { draft::practices(&read.input, process) } else { Vec::new() };
    let practices = process.practices.iter().map(|row| practice(read, row));
    let practices = practices.chain(drafts.iter().map(|row| drafted(read, process, row)));
    let relations = process.relations.iter().map(|row| relation(read, row));
    ProcessRow {
        id: read.name(process.id),
        title: read.text(process.title),
        group: process.group.map(|group| read.name(group)),
        purpose: process.purpose.map(|stated| read.text(stated.text)),
        purpose_origin: process.purpose.map(|stated| read.origin(stated.origin)),
        context: process.context.map(|stated| read.text(stated.text)),
        context_origin: process.context.map(|stated| read.origin(stated.origin)),
        outcomes: outcomes.collect(),
        practices: practices.collect(),
        relations: relations.collect(),
        formerly: read.formerly(&process.remarks),
        carried: read.carried(&process.remarks, process.origin),
    }
}

/// An observable result of a process.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Outcome"))]
pub struct OutcomeRow<'a> {
    /// Its full id: the id of its process, a dot, its number.
    pub id: &'a str,
    /// Its number within its process, as text.
    pub number: &'a str,
    /// What is observably true.
    pub text: Words<'a>,
    /// What it satisfies: one entry for each reference.
    pub satisfies: Vec<LinkRow<'a>>,
    /// The information items that are its evidence.
    pub produces: Vec<&'a str>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

fn outcome<'a>(read: Reader<'a>, outcome: &'a Outcome) -> OutcomeRow<'a> {
    OutcomeRow {
        id: read.name(outcome.id),
        number: read.input.sources.slice(outcome.number),
        text: read.text(outcome.text),
        satisfies: outcome.links.iter().map(|row| link(read, outcome, row)).collect(),
        produces: read.targets(&outcome.produces),
        carried: read.carried(&outcome.remarks, outcome.origin),
    }
}

/// A link from an outcome to a requirement, control or clause.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Link"))]
pub struct LinkRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The requirement, control or clause.
    pub requirement: &'a str,
    /// `full`: it meets it (in a joint set: together with the others); `partial`: it contributes to it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["full", "partial"])))]
    pub strength: &'static str,
    /// The full ids of the other members of its joint set.
    pub together: Vec<&'a str>,
    /// Those of them that are not there; an outcome that has such an id now is another one.
    pub missing: Vec<&'a str>,
    /// Why, or how far.
    pub because: Option<Words<'a>>,
    /// Where the reference stands, and the layer that stated it.
    pub origin: OriginRow<'a>,
}

fn link<'a>(read: Reader<'a>, outcome: &Outcome, link: &Link) -> LinkRow<'a> {
    LinkRow {
        catalog: read.catalog_of(link.requirement),
        requirement: read.requirement(link.requirement),
        strength: strength(link.strength),
        together: read.targets(outcome.partners(link)),
        missing: read.missing(outcome, link),
        because: read.maybe(link.because),
        origin: read.origin(read.program().origin_of(link.span, outcome.origin)),
    }
}

/// A base practice.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Practice"))]
pub struct PracticeRow<'a> {
    /// Its full id: the id of its process, a dot, its own.
    pub id: Words<'a>,
    /// Its name, where it has two texts.
    pub name: Option<Words<'a>>,
    /// What is done.
    pub text: Words<'a>,
    /// The full ids of the outcomes that it achieves.
    pub achieves: Vec<&'a str>,
    /// Those of them that were worded anew since it named them, and were not judged again with it.
    pub reworded: Vec<&'a str>,
    /// The information items that it needs.
    pub consumes: Vec<&'a str>,
    /// The information items that it makes.
    pub produces: Vec<&'a str>,
    /// Whether it waits for its authors: the compiler proposed it, or it has the note `draft`.
    pub draft: bool,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// What each layer did to it.
    pub history: Vec<ChangeRow<'a>>,
    /// Where its present text stands.
    pub origin: OriginRow<'a>,
}

fn practice<'a>(read: Reader<'a>, practice: &'a Practice) -> PracticeRow<'a> {
    PracticeRow {
        id: read.name(practice.id).into(),
        name: read.maybe(practice.name),
        text: read.text(practice.text),
        achieves: read.targets(&practice.achieves),
        reworded: read.names(&judged::reworded(&read.input, practice)),
        consumes: read.targets(&practice.consumes),
        produces: read.targets(&practice.produces),
        draft: draft::is_marked(&read.input, practice),
        notes: read.notes(&practice.remarks),
        history: read.history(&practice.remarks, practice.origin),
        origin: read.origin(practice.origin),
    }
}

/// A practice that the compiler proposes; it stands nowhere yet, so its outcome's process is its place.
fn drafted<'a>(read: Reader<'a>, process: &'a Process, draft: &Draft) -> PracticeRow<'a> {
    PracticeRow {
        id: draft.id.clone().into(),
        name: None,
        text: draft.text.value().into(),
        achieves: vec![read.name(draft.achieves)],
        reworded: Vec::new(),
        consumes: Vec::new(),
        produces: Vec::new(),
        draft: true,
        notes: Vec::new(),
        history: Vec::new(),
        origin: read.origin(process.origin),
    }
}

/// A relation of a process to another.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Relation"))]
pub struct RelationRow<'a> {
    /// Which.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["supports", "informs", "follows"])))]
    pub kind: &'static str,
    /// The id of the other process.
    pub target: &'a str,
    /// In which way.
    pub text: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

fn relation<'a>(read: Reader<'a>, relation: &ProcessRelation) -> RelationRow<'a> {
    RelationRow {
        kind: relation.kind.word(),
        target: read.name(relation.target.id),
        text: read.maybe(relation.text),
        notes: read.notes_at(relation.origin),
        origin: read.origin(relation.origin),
    }
}

/// An information item.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Item"))]
pub struct ItemRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// Its kind: plan, record, report …
    pub kind: Option<&'a str>,
    /// What to look for in it.
    pub characteristics: Vec<Words<'a>>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

pub fn item<'a>(read: Reader<'a>, item: &'a Item) -> ItemRow<'a> {
    ItemRow {
        id: read.name(item.id),
        title: read.text(item.title),
        kind: item.kind.map(|kind| read.name(kind)),
        characteristics: read.texts(&item.characteristics),
        carried: read.carried(&item.remarks, item.origin),
    }
}

/// A term and its definition.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Term"))]
pub struct TermRow<'a> {
    /// The term.
    pub term: Words<'a>,
    /// Its definition.
    pub definition: Words<'a>,
    /// Other names that are admitted for it.
    pub also: Vec<Words<'a>>,
    /// The document that it is taken from.
    pub source: Option<Words<'a>>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

pub fn term<'a>(read: Reader<'a>, term: &'a Term) -> TermRow<'a> {
    TermRow {
        term: read.text(term.term),
        definition: read.text(term.text),
        also: read.texts(&term.also),
        source: read.maybe(term.source),
        carried: read.carried(&term.remarks, term.origin),
    }
}

/// A document that is cited.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Reference"))]
pub struct ReferenceRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// How it is cited.
    pub designation: Words<'a>,
    /// Its title.
    pub title: Option<Words<'a>>,
    /// Whether it has to be at hand for this document to be used.
    pub normative: bool,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

pub fn reference<'a>(read: Reader<'a>, cited: &'a Reference) -> ReferenceRow<'a> {
    ReferenceRow {
        id: read.name(cited.id),
        designation: read.text(cited.designation),
        title: read.maybe(cited.title),
        normative: cited.normative,
        notes: read.notes(&cited.remarks),
        origin: read.origin(cited.origin),
    }
}

/// An annex of the author's.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Annex"))]
pub struct AnnexRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// What it says.
    pub text: Words<'a>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

pub fn annex<'a>(read: Reader<'a>, annex: &'a Annex) -> AnnexRow<'a> {
    AnnexRow {
        id: read.name(annex.id),
        title: read.text(annex.title),
        text: read.text(annex.text),
        notes: read.notes(&annex.remarks),
        origin: read.origin(annex.origin),
    }
}
