//! What a model says of itself.

use super::process::{Origin, Remarks};
use super::{CatalogId, CrosswalkId, FrameworkId, Name, RequirementId, Text};
use crate::span::Span;

/// The order of processes in documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By id, numbers compared as numbers.
    Id,
    /// By title, without regard to case.
    Title,
    /// As written.
    #[default]
    Source,
}

/// A model statement with what its bases leave standing.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The ids of the models that it extends.
    pub extends: Vec<Name>,
    /// The language of the package's texts, as in BCP 47: the place of the word. English if left out.
    pub language: Option<Span>,
    /// The edition.
    pub edition: Option<Text>,
    /// The document that it follows.
    pub source: Option<Text>,
    /// The domain for which it is made (ISO/IEC 33004, 5.3.1).
    pub domain: Option<Text>,
    /// The context in which it is used (ISO/IEC 33004, 5.3.1).
    pub context: Option<Text>,
    /// The community of interest (ISO/IEC 33004, 5.3.2).
    pub community: Option<Text>,
    /// How far consensus was sought (ISO/IEC 33004, 5.3.2).
    pub consensus: Option<Text>,
    /// The foreword of the document.
    pub foreword: Option<Text>,
    /// The introduction of the document.
    pub introduction: Option<Text>,
    /// The scope of the document, in the place of the one that is made.
    pub scope: Option<Text>,
    /// What the document says of its processes as a whole.
    pub overview: Option<Text>,
    /// What readers must be told of the texts, those of the bases first.
    pub notices: Vec<Notice>,
    /// What completeness is checked against.
    pub covers: Vec<Cover>,
    /// What the model and its bases take away of what is covered below them.
    pub drops: Vec<Drop>,
    /// The crosswalks that dropped `covers` name; they stay in force.
    pub dropped_through: Vec<CrosswalkId>,
    /// The measurement framework, and where it is named.
    pub measured_by: Option<(FrameworkId, Span)>,
    /// The author's statements on requirements that no check can decide.
    pub conforms: Vec<Conformity>,
    /// What does not apply.
    pub exclusions: Vec<Exclusion>,
    /// What applies, and why.
    pub applications: Vec<Application>,
    /// The order of processes.
    pub order: Order,
    /// Where the order is stated.
    pub order_stated: Option<Span>,
    /// The order of groups that share a parent.
    pub order_groups: Vec<Name>,
    /// Where the order of groups is stated.
    pub order_groups_stated: Option<Span>,
    /// Notes, fields and the like.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A `covers` statement.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The catalog.
    pub catalog: CatalogId,
    /// The part of it, if not all.
    pub clause: Option<RequirementId>,
    /// The crosswalks that carry coverage over.
    pub through: Vec<CrosswalkId>,
    /// Where it stands.
    pub origin: Origin,
}

/// A `notice` of a model.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The model.
    pub of: Name,
    /// What it says.
    pub text: Text,
    /// Where it stands.
    pub origin: Origin,
}

/// A `drops` statement.
#[derive(Clone, Debug)]
pub struct Drop {
    /// The catalog.
    pub catalog: CatalogId,
    /// Why.
    pub because: Option<Text>,
    /// Where it stands.
    pub origin: Origin,
}

/// A `conforms` statement.
#[derive(Clone, Debug)]
pub struct Conformity {
    /// The requirement.
    pub requirement: RequirementId,
    /// What the author says of it.
    pub text: Text,
    /// Where it stands.
    pub origin: Origin,
}

/// One excluded id of an `exclude` statement.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The control, clause or requirement.
    pub requirement: RequirementId,
    /// The place of its id.
    pub span: Span,
    /// Why it does not apply.
    pub because: Option<Text>,
    /// Fields.
    pub remarks: Remarks,
    /// Where the statement stands.
    pub origin: Origin,
}

/// How far a control that applies is put into practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Implemented,
    /// A part of it is.
    Partial,
    /// It is going to be.
    Planned,
    /// It is not.
    None,
}

impl State {
    /// All of them.
    pub const ALL: [State; 4] = [State::Implemented, State::Partial, State::Planned, State::None];

    /// The word in sources and outputs.
    pub fn word(self) -> &'static str {
        match self {
            State::Implemented => "implemented",
            State::Partial => "partial",
            State::Planned => "planned",
            State::None => "none",
        }
    }
}

/// One id of an `apply` statement.
#[derive(Clone, Debug)]
pub struct Application {
    /// The control, clause or requirement.
    pub requirement: RequirementId,
    /// The place of its id.
    pub span: Span,
    /// How far it is put into practice.
    pub state: Option<State>,
    /// Why it applies.
    pub because: Option<Text>,
    /// Notes and fields.
    pub remarks: Remarks,
    /// Where the statement stands.
    pub origin: Origin,
}

impl Head {
    /// The crosswalks in force: those that some `through` of the model or its bases names, in order.
    pub fn crosswalks_in_force(&self) -> Vec<CrosswalkId> {
        let covers = self.covers.iter().flat_map(|cover| &cover.through);
        let mut crosswalks: Vec<CrosswalkId> = covers.chain(&self.dropped_through).copied().collect();
        crosswalks.sort_unstable();
        crosswalks.dedup();
        crosswalks
    }
}
