//! The shape of the output. The names are the contract; the comments are the descriptions in the JSON Schema.

mod catalogs;
mod elements;
mod framework;
mod head;
pub mod judgements;
mod proof;

use std::borrow::Cow;

use serde::Serialize;

use super::each::Each;
use crate::render::json::Diagnostic;

pub use catalogs::{CatalogRow, CrosswalkRow, LineRow, RequirementRow};
pub use elements::{
    AnnexRow, GroupRow, ItemRow, LinkRow, OutcomeRow, PracticeRow, ProcessRow, ReferenceRow, RelationRow, TermRow,
};
pub use framework::{AchievementRow, AttributeRow, FrameworkRow, GenericPracticeRow, LevelRow, RatingRow};
pub use head::{
    AllowRow, ApplicationRow, BaseRow, ConformityRow, CoverRow, DeclaredFieldRow, DropRow, ExclusionRow, ModelRow,
    NoticeRow, OmissionRow,
};
pub use proof::{CatalogCoverageRow, NoticedCoverageRow, RequirementCoverageRow, StepRow, SummaryRow};

/// A text of the author's.
pub type Words<'a> = Cow<'a, str>;

/// A resolved model: all that was written, and all that was concluded from it. What is absent is null; lists are never
/// absent. Texts are CommonMark in which `[[ID]]` refers to an element, a requirement or a term.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm model"))]
pub struct Document<'a> {
    /// The id of the schema that describes this document; its number changes when a reader would have to.
    pub schema: &'static str,
    /// What the package says of its model; null for a package without one.
    pub model: Option<ModelRow<'a>>,
    /// The process groups, in source order.
    pub groups: Each<'a, GroupRow<'a>>,
    /// The processes, in the order that the model asks for.
    pub processes: Each<'a, ProcessRow<'a>>,
    /// The information items, in source order.
    pub items: Each<'a, ItemRow<'a>>,
    /// The terms, in source order.
    pub terms: Each<'a, TermRow<'a>>,
    /// The documents that are cited, in source order.
    pub references: Each<'a, ReferenceRow<'a>>,
    /// The annexes of the model's own, in source order.
    pub annexes: Each<'a, AnnexRow<'a>>,
    /// What readers must be told of the texts in this document.
    pub notices: Each<'a, NoticeRow<'a>>,
    /// The catalogs that the package sees, and those that its crosswalks lead through, by id.
    pub catalogs: Each<'a, CatalogRow<'a>>,
    /// The crosswalks between those catalogs, by id.
    pub crosswalks: Each<'a, CrosswalkRow<'a>>,
    /// The measurement framework of the model.
    pub framework: Option<FrameworkRow<'a>>,
    /// How completely the model covers each catalog that it covers.
    pub coverage: Each<'a, CatalogCoverageRow<'a>>,
    /// What the model says of controls that apply, as written in each layer: one entry for each id.
    pub applications: Each<'a, ApplicationRow<'a>>,
    /// The fields that elements may carry: those of the package and of the bases of its model.
    pub declared_fields: Each<'a, DeclaredFieldRow<'a>>,
    /// The checks that do not apply somewhere, with the reasons: those of the package and of all that it uses.
    pub allows: Each<'a, AllowRow<'a>>,
    /// Notes in blocks at the top of the package's files that have no object here.
    pub notes: Vec<NoteRow<'a>>,
    /// What the compiler has to say. Files are named relative to the folders of their packages.
    pub diagnostics: Each<'a, Diagnostic>,
    /// What people have judged of what the model claims; null for a package without a lock file.
    pub judgements: Option<judgements::JudgementsRow<'a>>,
}

/// What elements carry beside what they say.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedRow<'a> {
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Values of declared fields.
    pub fields: Vec<FieldRow<'a>>,
    /// What each layer did to it.
    pub history: Vec<ChangeRow<'a>>,
    /// Where its present text stands.
    pub origin: OriginRow<'a>,
}

/// A note: its text, or, of one in a block that has no object here, what it is a note to.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Note"))]
#[serde(untagged)]
pub enum NoteRow<'a> {
    /// What it says.
    Text(Words<'a>),
    /// One in a block within this one.
    Inner {
        /// The word of the statement in whose block it stands.
        #[serde(rename = "in")]
        within: &'a str,
        /// What it says.
        text: Words<'a>,
        /// Where it stands.
        origin: OriginRow<'a>,
    },
}

/// Where something comes from.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Origin"))]
pub struct OriginRow<'a> {
    /// The package.
    pub package: &'a str,
    /// The file, relative to the folder of the package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The id of the model that put it there; null in a package without a model.
    pub layer: Option<&'a str>,
}

/// What a layer did to an element.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Change"))]
pub struct ChangeRow<'a> {
    /// The id of the model.
    pub layer: Option<&'a str>,
    /// What it did.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["added", "extended", "replaced", "omitted", "stated"])))]
    pub action: &'static str,
    /// `purpose` or `context`, where not the element as a whole is meant.
    pub what: Option<&'static str>,
    /// Why.
    pub because: Option<Words<'a>>,
    /// The file, relative to the folder of its package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
}

/// The value of a field that the model or one of its bases declares.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Field"))]
pub struct FieldRow<'a> {
    /// The field.
    pub id: &'a str,
    /// What documents print for it; null if the declaration is not at hand.
    pub title: Option<Words<'a>>,
    /// What it says.
    pub text: Words<'a>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}
