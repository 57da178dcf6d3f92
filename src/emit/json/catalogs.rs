//! Catalogs and crosswalks.

use crate::model::{CatalogId, CrosswalkId, Line, RequirementId};

use super::each::Each;
use super::reader::Reader;
use super::rows::{CatalogRow, CrosswalkRow, LineRow, RequirementRow};

pub fn catalog(read: Reader<'_>, id: CatalogId) -> CatalogRow<'_> {
    let catalog = read.program().catalog(id);
    CatalogRow {
        id: read.name(catalog.id),
        title: read.text(catalog.title),
        edition: read.maybe(catalog.edition),
        source: read.maybe(catalog.source),
        tailorable: catalog.tailorable,
        for_models: catalog.for_models,
        requirements: Each::new(move || catalog.requirements().map(move |id| requirement(read, id))),
        notes: read.notes(&catalog.remarks),
        origin: read.origin(catalog.origin),
    }
}

fn requirement(read: Reader<'_>, id: RequirementId) -> RequirementRow<'_> {
    let requirement = read.program().requirement(id);
    RequirementRow {
        id: read.name(requirement.id),
        kind: requirement.kind.word(),
        parent: requirement.parent.map(|parent| read.requirement(parent)),
        title: read.text(requirement.title),
        text: read.maybe(requirement.text),
        label: read.maybe(requirement.label),
        notes: read.notes(&requirement.remarks),
        origin: read.origin(requirement.origin),
    }
}

pub fn crosswalk(read: Reader<'_>, id: CrosswalkId) -> CrosswalkRow<'_> {
    let crosswalk = read.program().crosswalk(id);
    let catalog = |side: Option<CatalogId>| side.map(|id| read.name(read.program().catalog(id).id));
    CrosswalkRow {
        id: read.name(crosswalk.id),
        title: read.text(crosswalk.title),
        from: catalog(crosswalk.from),
        to: catalog(crosswalk.to),
        source: read.maybe(crosswalk.source),
        lines: crosswalk.lines.iter().map(|row| line(read, row)).collect(),
        new: read.requirements(&crosswalk.new),
        withdrawn: read.requirements(&crosswalk.withdrawn),
        notes: read.notes(&crosswalk.remarks),
        origin: read.origin(crosswalk.origin),
    }
}

fn line<'a>(read: Reader<'a>, line: &Line) -> LineRow<'a> {
    let (file, number) = read.place(line.span);
    LineRow {
        left: read.requirements(&line.left),
        relation: line.relation.words(),
        right: read.requirements(&line.right),
        because: read.maybe(line.because),
        notes: read.notes(&line.remarks),
        file,
        line: number,
    }
}
