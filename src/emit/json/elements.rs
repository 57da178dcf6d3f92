//! Groups, processes and what stands in them; items and terms.

use crate::emit::draft::{self, Draft};
use crate::emit::judged;
use crate::model::{Annex, Group, Item, Link, Outcome, Practice, Process, ProcessRelation, Reference, Term};

use super::reader::{Reader, strength};
use super::rows::{
    AnnexRow, GroupRow, ItemRow, LinkRow, OutcomeRow, PracticeRow, ProcessRow, ReferenceRow, RelationRow, TermRow,
};

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

fn relation<'a>(read: Reader<'a>, relation: &ProcessRelation) -> RelationRow<'a> {
    RelationRow {
        kind: relation.kind.word(),
        target: read.name(relation.target.id),
        text: read.maybe(relation.text),
        notes: read.notes_at(relation.origin),
        origin: read.origin(relation.origin),
    }
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

pub fn term<'a>(read: Reader<'a>, term: &'a Term) -> TermRow<'a> {
    TermRow {
        term: read.text(term.term),
        definition: read.text(term.text),
        also: read.texts(&term.also),
        source: read.maybe(term.source),
        carried: read.carried(&term.remarks, term.origin),
    }
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

pub fn annex<'a>(read: Reader<'a>, annex: &'a Annex) -> AnnexRow<'a> {
    AnnexRow {
        id: read.name(annex.id),
        title: read.text(annex.title),
        text: read.text(annex.text),
        notes: read.notes(&annex.remarks),
        origin: read.origin(annex.origin),
    }
}
