//! What a model says of itself.

use serde::Serialize;

use super::{CarriedRow, FieldRow, NoteRow, OriginRow, Words};

/// What a package says of its model, with what its bases leave standing.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Model"))]
pub struct ModelRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The package that holds it.
    pub package: &'a str,
    /// The version of that package.
    pub version: Option<&'a str>,
    /// The language of the package's texts, as in BCP 47.
    pub language: &'a str,
    /// The models that it extends, directly or through others, the nearest first.
    pub extends: Vec<BaseRow<'a>>,
    /// The edition.
    pub edition: Option<Words<'a>>,
    /// The document that it follows.
    pub source: Option<Words<'a>>,
    /// The domain for which it is made.
    pub domain: Option<Words<'a>>,
    /// The context in which it is used.
    pub context: Option<Words<'a>>,
    /// The community of interest.
    pub community: Option<Words<'a>>,
    /// How far consensus was sought.
    pub consensus: Option<Words<'a>>,
    /// The foreword of the document.
    pub foreword: Option<Words<'a>>,
    /// The introduction of the document.
    pub introduction: Option<Words<'a>>,
    /// The scope of the document, in the place of the one that is made.
    pub scope: Option<Words<'a>>,
    /// What the document says of its processes as a whole.
    pub overview: Option<Words<'a>>,
    /// What completeness is checked against, as written in each layer.
    pub covers: Vec<CoverRow<'a>>,
    /// What layers took away of what is covered below them.
    pub drops: Vec<DropRow<'a>>,
    /// The id of the measurement framework.
    pub measured_by: Option<&'a str>,
    /// The author's statements on requirements that no check can decide.
    pub conforms: Vec<ConformityRow<'a>>,
    /// What does not apply: one entry for each id.
    pub exclusions: Vec<ExclusionRow<'a>>,
    /// What layers left out of their bases.
    pub omissions: Vec<OmissionRow<'a>>,
    /// The order of processes.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["id", "title", "source"])))]
    pub order_by: &'static str,
    /// The groups that come first among those that share a parent, in their order.
    pub order_groups: Vec<&'a str>,
    /// Notes, fields, history and origin.
    #[serde(flatten)]
    pub carried: CarriedRow<'a>,
}

/// A model that the model extends, and what it says of itself alone.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Base"))]
pub struct BaseRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// Its edition.
    pub edition: Option<Words<'a>>,
    /// The document that it follows.
    pub source: Option<Words<'a>>,
    /// Its author's statements on requirements that no check can decide.
    pub conforms: Vec<ConformityRow<'a>>,
    /// Its foreword.
    pub foreword: Option<Words<'a>>,
    /// Its introduction.
    pub introduction: Option<Words<'a>>,
    /// Its scope.
    pub scope: Option<Words<'a>>,
    /// What its document says of its processes as a whole.
    pub overview: Option<Words<'a>>,
}

/// A `drops` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Drop"))]
pub struct DropRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// Why.
    pub because: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// What readers must be told of the texts of a model, catalog, framework or crosswalk.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Notice"))]
pub struct NoticeRow<'a> {
    /// The id of what it is about.
    pub of: &'a str,
    /// What that is.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["model", "catalog", "framework", "crosswalk"])))]
    pub kind: &'static str,
    /// What it says.
    pub text: Words<'a>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A `covers` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Cover"))]
pub struct CoverRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The part of it, if not all.
    pub clause: Option<&'a str>,
    /// The crosswalks that carry coverage over.
    pub through: Vec<&'a str>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A `conforms` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Conformity"))]
pub struct ConformityRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The requirement.
    pub requirement: &'a str,
    /// What the author says of it.
    pub text: Words<'a>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// One id of an `exclude` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Exclusion"))]
pub struct ExclusionRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The control, requirement or clause.
    pub requirement: &'a str,
    /// Why it does not apply.
    pub because: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// One id of an `apply` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Application"))]
pub struct ApplicationRow<'a> {
    /// The catalog.
    pub catalog: &'a str,
    /// The control, requirement or clause.
    pub requirement: &'a str,
    /// How far it is put into practice.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["implemented", "partial", "planned", "none", null])))]
    pub state: Option<&'static str>,
    /// Why it applies.
    pub because: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Fields.
    pub fields: Vec<FieldRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// One id of an `omit` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Omission"))]
pub struct OmissionRow<'a> {
    /// The group, process, outcome, practice or item.
    pub id: &'a str,
    /// Why it is left out.
    pub because: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A `field` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DeclaredField"))]
pub struct DeclaredFieldRow<'a> {
    /// Its id: the word of its statement.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The elements that may carry it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["process", "outcome", "model", "group", "item", "control"])))]
    pub on: &'static str,
    /// Whether each of them must carry it.
    pub required: bool,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it is declared.
    pub origin: OriginRow<'a>,
}

/// An `allow` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Allow"))]
pub struct AllowRow<'a> {
    /// The code of the check: `P302`.
    pub code: &'static str,
    /// Its name: `partial-requirement`.
    pub name: &'static str,
    /// Why it does not apply.
    pub because: Option<Words<'a>>,
    /// The first word of the statement in whose block it does not apply; `model` stands for the whole model.
    pub statement: &'a str,
    /// The full id of what that statement is about; null for what has no id.
    pub id: Option<&'a str>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}
