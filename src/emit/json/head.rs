//! What a model says of itself.

use serde::Serialize;

use super::reader::Reader;
use super::rows::{CarriedRow, FieldRow, NoteRow, OriginRow, Words};
use crate::compile::Allow;
use crate::emit::notice::{self, Said};
use crate::model::{Application, Conformity, Cover, Drop, Exclusion, Field, Head, Omission, Order, Package, State};

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

/// The row of the model; `None` for a package without one.
pub fn row(read: Reader<'_>) -> Option<ModelRow<'_>> {
    let package = read.program().root()?;
    let head = package.model.head.as_ref()?;
    Some(ModelRow {
        id: read.name(head.id),
        title: read.text(head.title),
        package: &package.name,
        version: package.version.as_deref(),
        language: head.language.map_or("en", |word| read.input.sources.slice(word)),
        extends: bases(read, package),
        edition: read.maybe(head.edition),
        source: read.maybe(head.source),
        domain: read.maybe(head.domain),
        context: read.maybe(head.context),
        community: read.maybe(head.community),
        consensus: read.maybe(head.consensus),
        foreword: read.maybe(head.foreword),
        introduction: read.maybe(head.introduction),
        scope: read.maybe(head.scope),
        overview: read.maybe(head.overview),
        covers: head.covers.iter().map(|row| cover(read, row)).collect(),
        drops: head.drops.iter().map(|row| drop(read, row)).collect(),
        measured_by: head.measured_by.map(|(id, _)| read.name(read.program().framework(id).id)),
        conforms: head.conforms.iter().map(|row| conformity(read, row)).collect(),
        exclusions: head.exclusions.iter().map(|row| exclusion(read, row)).collect(),
        omissions: package.model.omissions.iter().map(|row| omission(read, row)).collect(),
        order_by: order_by(head.order),
        order_groups: read.names(&head.order_groups),
        carried: read.carried(&head.remarks, head.origin),
    })
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

/// The models that a model extends, the nearest first.
fn bases<'a>(read: Reader<'a>, package: &'a Package) -> Vec<BaseRow<'a>> {
    let stands_on = package.scope.stands_on.iter().rev();
    let heads = stands_on.filter_map(|base| read.program().package(*base).model.head.as_ref());
    let row = |head: &'a Head| BaseRow {
        id: read.name(head.id),
        title: read.text(head.title),
        edition: read.maybe(head.edition),
        source: read.maybe(head.source),
        conforms: head.conforms.iter().map(|row| conformity(read, row)).collect(),
        foreword: read.maybe(head.foreword),
        introduction: read.maybe(head.introduction),
        scope: read.maybe(head.scope),
        overview: read.maybe(head.overview),
    };
    heads.map(row).collect()
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

fn drop<'a>(read: Reader<'a>, drop: &Drop) -> DropRow<'a> {
    DropRow {
        catalog: read.name(read.program().catalog(drop.catalog).id),
        because: read.maybe(drop.because),
        notes: read.notes_at(drop.origin),
        origin: read.origin(drop.origin),
    }
}

/// What readers must be told of the texts of a model, catalog, framework or crosswalk.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Notice"))]
pub struct NoticeRow<'a> {
    /// Of what, and what it says.
    #[serde(flatten)]
    pub said: Said<'a>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// What readers must be told.
pub fn notices(read: Reader<'_>) -> Vec<NoticeRow<'_>> {
    let told = notice::of_all(&read.input).into_iter();
    told.map(|told| NoticeRow { said: told.said(&read.input), origin: read.origin(told.origin) }).collect()
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

fn cover<'a>(read: Reader<'a>, cover: &Cover) -> CoverRow<'a> {
    let crosswalks = cover.through.iter().map(|id| read.name(read.program().crosswalk(*id).id));
    CoverRow {
        catalog: read.name(read.program().catalog(cover.catalog).id),
        clause: cover.clause.map(|clause| read.requirement(clause)),
        through: crosswalks.collect(),
        notes: read.notes_at(cover.origin),
        origin: read.origin(cover.origin),
    }
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

fn conformity<'a>(read: Reader<'a>, conformity: &Conformity) -> ConformityRow<'a> {
    ConformityRow {
        catalog: read.catalog_of(conformity.requirement),
        requirement: read.requirement(conformity.requirement),
        text: read.text(conformity.text),
        notes: read.notes_at(conformity.origin),
        origin: read.origin(conformity.origin),
    }
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
    /// Fields.
    pub fields: Vec<FieldRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

fn exclusion<'a>(read: Reader<'a>, exclusion: &Exclusion) -> ExclusionRow<'a> {
    ExclusionRow {
        catalog: read.catalog_of(exclusion.requirement),
        requirement: read.requirement(exclusion.requirement),
        because: read.maybe(exclusion.because),
        notes: read.notes(&exclusion.remarks),
        fields: read.fields(&exclusion.remarks),
        origin: read.origin(exclusion.origin),
    }
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

/// One id of an `apply` statement.
pub fn application<'a>(read: Reader<'a>, application: &Application) -> ApplicationRow<'a> {
    ApplicationRow {
        catalog: read.catalog_of(application.requirement),
        requirement: read.requirement(application.requirement),
        state: application.state.map(State::word),
        because: read.maybe(application.because),
        notes: read.notes(&application.remarks),
        fields: read.fields(&application.remarks),
        origin: read.origin(application.origin),
    }
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

fn omission<'a>(read: Reader<'a>, omission: &Omission) -> OmissionRow<'a> {
    OmissionRow {
        id: read.name(omission.id),
        because: read.maybe(omission.because),
        notes: read.notes_at(omission.origin),
        origin: read.origin(omission.origin),
    }
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

/// A `field` statement.
pub fn declared_field<'a>(read: Reader<'a>, field: &Field) -> DeclaredFieldRow<'a> {
    DeclaredFieldRow {
        id: read.name(field.id),
        title: read.text(field.title),
        on: field.on.word(),
        required: field.required,
        notes: read.notes_at(field.origin),
        origin: read.origin(field.origin),
    }
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

/// An `allow` statement.
pub fn allow<'a>(read: Reader<'a>, allow: &Allow) -> AllowRow<'a> {
    AllowRow {
        code: allow.code.code,
        name: allow.code.name,
        because: read.maybe(allow.because),
        statement: read.input.sources.slice(allow.statement),
        id: allow.id.map(|id| read.name(id)),
        notes: read.notes_at(allow.origin),
        origin: read.origin(allow.origin),
    }
}

fn order_by(order: Order) -> &'static str {
    match order {
        Order::Id => "id",
        Order::Title => "title",
        Order::Source => "source",
    }
}
