//! Groups, processes and what stands in them; items, terms and fields.

use super::{Name, PackageId, RequirementId, Text};
use crate::span::{Span, narrow};

/// Where an element comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The package.
    pub package: PackageId,
    /// The statement's head.
    pub span: Span,
    /// The model that put it there; `None` in a package without a model.
    pub layer: Option<Name>,
}

/// What any block may carry; mostly empty, so it takes one word of memory then.
#[derive(Clone, Debug, Default)]
pub struct Remarks(pub Option<Box<RemarksBody>>);

/// The content of [`Remarks`].
#[derive(Clone, Debug, Default)]
pub struct RemarksBody {
    /// Notes, in source order.
    pub notes: Vec<Text>,
    /// Notes in blocks within its own that outputs have no object for.
    pub inner: Vec<InnerNote>,
    /// Fields, in source order.
    pub fields: Vec<FieldValue>,
    /// Former ids with their places.
    pub formerly: Vec<(Name, Span)>,
    /// What layers did to the element, the lowest first.
    pub history: Vec<Change>,
}

/// A note in the block of a statement that outputs have no object for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InnerNote {
    /// The word of the statement.
    pub within: &'static str,
    /// What it says.
    pub text: Text,
    /// Where it stands.
    pub origin: Origin,
}

/// What a layer did to an element.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it did.
    pub action: Action,
    /// The purpose or context, where not the element as a whole is meant.
    pub what: Option<&'static str>,
    /// Why.
    pub because: Option<Text>,
    /// Where, and by which layer.
    pub origin: Origin,
    /// Where the wording stood that was replaced.
    pub old: Option<Span>,
}

/// The things that a layer can do to an element of a base that is there nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It added to it.
    Extended,
    /// It stated it anew.
    Replaced,
    /// It left it out, and a layer above keeps it.
    Omitted,
}

impl Action {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Action::Extended => "extended",
            Action::Replaced => "replaced",
            Action::Omitted => "omitted",
        }
    }
}

impl Remarks {
    /// Notes, in source order.
    pub fn notes(&self) -> &[Text] {
        self.0.as_ref().map_or(&[], |body| &body.notes)
    }

    /// Notes in blocks within its own that outputs have no object for.
    pub fn inner(&self) -> &[InnerNote] {
        self.0.as_ref().map_or(&[], |body| &body.inner)
    }

    /// Fields, in source order.
    pub fn fields(&self) -> &[FieldValue] {
        self.0.as_ref().map_or(&[], |body| &body.fields)
    }

    /// Former ids with their places.
    pub fn formerly(&self) -> &[(Name, Span)] {
        self.0.as_ref().map_or(&[], |body| &body.formerly)
    }

    /// What layers did to the element, the lowest first.
    pub fn history(&self) -> &[Change] {
        self.0.as_ref().map_or(&[], |body| &body.history)
    }

    /// The content, to add to it.
    pub fn body(&mut self) -> &mut RemarksBody {
        self.0.get_or_insert_default()
    }
}

/// The value of a field.
#[derive(Clone, Debug)]
pub struct FieldValue {
    /// The field.
    pub field: Name,
    /// What it says.
    pub text: Text,
    /// Where it stands.
    pub origin: Origin,
}

/// A text that a layer may state anew.
#[derive(Clone, Copy, Debug)]
pub struct Stated {
    /// What it says.
    pub text: Text,
    /// Where its present wording stands.
    pub origin: Origin,
}

/// A process group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id.
    pub id: Name,
    /// The place of its id.
    pub id_span: Span,
    /// Its title.
    pub title: Text,
    /// What it holds together.
    pub text: Option<Text>,
    /// The group that it stands in.
    pub parent: Option<Name>,
    /// Notes, fields, former ids.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A process.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its id.
    pub id: Name,
    /// The place of its id.
    pub id_span: Span,
    /// Its title.
    pub title: Text,
    /// Its group: by place, by `in`, or by the longest prefix of its id.
    pub group: Option<Name>,
    /// What it is for.
    pub purpose: Option<Stated>,
    /// Where it sits.
    pub context: Option<Stated>,
    /// Its outcomes, in source order.
    pub outcomes: Vec<Outcome>,
    /// Its base practices, in source order.
    pub practices: Vec<Practice>,
    /// Its relations to other processes, in source order.
    pub relations: Vec<Relation>,
    /// Notes, fields, former ids.
    pub remarks: Remarks,
    /// Whether its statement was malformed; then nothing is asked of it.
    pub broken: bool,
    /// Where it is declared.
    pub origin: Origin,
}

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its full id: `COM.01.1`.
    pub id: Name,
    /// The place of its number.
    pub number: Span,
    /// What is observably true.
    pub text: Text,
    /// What it satisfies: one link for each reference.
    pub links: Vec<Link>,
    /// The members of its joint sets, itself left out; a link names its set by position.
    pub joint_sets: Vec<Vec<Target>>,
    /// Where its joint sets name the outcome itself, which is a slip.
    pub with_itself: Vec<Span>,
    /// The items that are its evidence.
    pub produces: Vec<Target>,
    /// Notes and fields.
    pub remarks: Remarks,
    /// Whether its statement was malformed.
    pub broken: bool,
    /// Where its present text stands.
    pub origin: Origin,
}

impl Outcome {
    /// The other members of the joint set that a link belongs to; none where it meets its requirement alone.
    pub fn partners(&self, link: &Link) -> &[Target] {
        link.joint_set.and_then(|set| self.joint_sets.get(set as usize)).map_or(&[], Vec::as_slice)
    }

    /// Adds links, with the joint sets that they name by position.
    pub fn add_links(&mut self, links: &[Link], joint_sets: &[Vec<Target>]) {
        for link in links {
            let mut link = link.clone();
            let set = link.joint_set.and_then(|set| joint_sets.get(set as usize));
            link.joint_set = set.map(|set| {
                let same = |known: &Vec<Target>| {
                    known.iter().map(|member| member.span).eq(set.iter().map(|member| member.span))
                };
                let at = self.joint_sets.iter().position(same).unwrap_or(self.joint_sets.len());
                if at == self.joint_sets.len() {
                    self.joint_sets.push(set.clone());
                }
                narrow(at)
            });
            self.links.push(link);
        }
    }
}

/// How far a link claims to meet its requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// In full, or, in a joint set, in full together with the others.
    Full,
    /// It contributes.
    Partial,
}

impl Strength {
    /// What an outcome does to the requirement, in the words of the language.
    pub fn verb(self) -> &'static str {
        match self {
            Strength::Full => "satisfies",
            Strength::Partial => "partly satisfies",
        }
    }
}

/// A link from an outcome to a requirement.
#[derive(Clone, Debug)]
pub struct Link {
    /// The requirement, control or clause.
    pub requirement: RequirementId,
    /// The place of the reference.
    pub span: Span,
    /// How far it goes.
    pub strength: Strength,
    /// The joint set that the link belongs to: a position in the outcome's joint sets.
    pub joint_set: Option<u32>,
    /// Why, or how far.
    pub because: Option<Text>,
}

/// A reference to an element of the model by its full id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The full id.
    pub id: Name,
    /// The place of the reference.
    pub span: Span,
    /// Whether a layer left out what is meant; an element that has the id now is another one.
    pub gone: bool,
}

impl Target {
    /// A reference to an element that is there.
    pub fn new(id: Name, span: Span) -> Target {
        Target { id, span, gone: false }
    }
}

/// A member of a joint set, as the set means it: by its id alone, an outcome that has the id now would be taken for one
/// that a layer left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Member {
    /// The full id.
    pub id: Name,
    /// Whether it is there.
    pub is_there: bool,
}

/// A base practice.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Its full id: `COM.01.BP1`.
    pub id: Name,
    /// The place of its own id.
    pub own_id: Span,
    /// Its name, where it has two texts.
    pub name: Option<Text>,
    /// What is done.
    pub text: Text,
    /// The outcomes that it achieves.
    pub achieves: Vec<Target>,
    /// The items that it needs.
    pub consumes: Vec<Target>,
    /// The items that it makes.
    pub produces: Vec<Target>,
    /// Notes and fields.
    pub remarks: Remarks,
    /// Whether its statement was malformed.
    pub broken: bool,
    /// Where its present text stands.
    pub origin: Origin,
}

/// What a process is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// It helps it to work.
    Supports,
    /// It tells it what it needs to know.
    Informs,
    /// It takes up where it ends.
    Follows,
}

impl RelationKind {
    /// The word of its statement.
    pub fn word(self) -> &'static str {
        match self {
            RelationKind::Supports => "supports",
            RelationKind::Informs => "informs",
            RelationKind::Follows => "follows",
        }
    }
}

/// A relation between processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Which.
    pub kind: RelationKind,
    /// The other process.
    pub target: Target,
    /// In which way.
    pub text: Option<Text>,
    /// Where it stands.
    pub origin: Origin,
}

/// An information item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: Name,
    /// The place of its id.
    pub id_span: Span,
    /// Its title.
    pub title: Text,
    /// Its kind: plan, record, report …
    pub kind: Option<Name>,
    /// What to look for in it.
    pub characteristics: Vec<Text>,
    /// Notes and fields.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// An annex of the author's.
#[derive(Clone, Debug)]
pub struct Annex {
    /// Its id.
    pub id: Name,
    /// The place of its id.
    pub id_span: Span,
    /// Its title.
    pub title: Text,
    /// What it says.
    pub text: Text,
    /// Notes.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A document that is cited.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its id.
    pub id: Name,
    /// The place of its id.
    pub id_span: Span,
    /// How it is cited: `ISO/IEC 27000:2018`.
    pub designation: Text,
    /// Its title.
    pub title: Option<Text>,
    /// Whether it has to be at hand for this document to be used.
    pub normative: bool,
    /// Notes.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// A term.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its words as they are compared.
    pub key: Name,
    /// The term.
    pub term: Text,
    /// Its definition.
    pub text: Text,
    /// Other names that are admitted for it.
    pub also: Vec<Text>,
    /// The document that it is taken from.
    pub source: Option<Text>,
    /// Notes, and what layers did to it.
    pub remarks: Remarks,
    /// Where it is declared.
    pub origin: Origin,
}

/// The kinds of blocks that a field may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Processes.
    Process,
    /// Outcomes.
    Outcome,
    /// The model.
    Model,
    /// Groups.
    Group,
    /// Information items.
    Item,
    /// Controls: what the model says of them.
    Control,
}

impl FieldKind {
    /// All kinds.
    pub const ALL: [FieldKind; 6] = [
        FieldKind::Process,
        FieldKind::Outcome,
        FieldKind::Model,
        FieldKind::Group,
        FieldKind::Item,
        FieldKind::Control,
    ];

    /// The word of the statement.
    pub fn word(self) -> &'static str {
        match self {
            FieldKind::Process => "process",
            FieldKind::Outcome => "outcome",
            FieldKind::Model => "model",
            FieldKind::Group => "group",
            FieldKind::Item => "item",
            FieldKind::Control => "control",
        }
    }
}

/// A declared field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id: the word of its statement.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The blocks that it may stand in.
    pub on: FieldKind,
    /// Whether each of them must carry it.
    pub required: bool,
    /// Where it is declared.
    pub origin: Origin,
}
