//! What a model says of itself.

use crate::compile::Allow;
use crate::emit::notice;
use crate::model::{Application, Conformity, Cover, Drop, Exclusion, Field, Head, Omission, Order, Package, State};

use super::reader::Reader;
use super::rows::{
    AllowRow, ApplicationRow, BaseRow, ConformityRow, CoverRow, DeclaredFieldRow, DropRow, ExclusionRow, ModelRow,
    NoticeRow, OmissionRow,
};

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

fn drop<'a>(read: Reader<'a>, drop: &Drop) -> DropRow<'a> {
    DropRow {
        catalog: read.name(read.program().catalog(drop.catalog).id),
        because: read.maybe(drop.because),
        notes: read.notes_at(drop.origin),
        origin: read.origin(drop.origin),
    }
}

/// What readers must be told.
pub fn notices(read: Reader<'_>) -> Vec<NoticeRow<'_>> {
    let told = notice::of_all(&read.input).into_iter();
    let row = |notice: notice::Told| NoticeRow {
        of: read.name(notice.of),
        kind: notice.what.word(),
        text: read.text(notice.text),
        origin: read.origin(notice.origin),
    };
    told.map(row).collect()
}

fn omission<'a>(read: Reader<'a>, omission: &Omission) -> OmissionRow<'a> {
    OmissionRow {
        id: read.name(omission.id),
        because: read.maybe(omission.because),
        notes: read.notes_at(omission.origin),
        origin: read.origin(omission.origin),
    }
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

fn conformity<'a>(read: Reader<'a>, conformity: &Conformity) -> ConformityRow<'a> {
    ConformityRow {
        catalog: read.catalog_of(conformity.requirement),
        requirement: read.requirement(conformity.requirement),
        text: read.text(conformity.text),
        notes: read.notes_at(conformity.origin),
        origin: read.origin(conformity.origin),
    }
}

fn exclusion<'a>(read: Reader<'a>, exclusion: &Exclusion) -> ExclusionRow<'a> {
    ExclusionRow {
        catalog: read.catalog_of(exclusion.requirement),
        requirement: read.requirement(exclusion.requirement),
        because: read.maybe(exclusion.because),
        notes: read.notes_at(exclusion.origin),
        origin: read.origin(exclusion.origin),
    }
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
