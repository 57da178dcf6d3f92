//! Groups, processes and what stands in them; items and terms.

use serde::Serialize;

use super::{CarriedRow, ChangeRow, NoteRow, OriginRow, Words};

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
