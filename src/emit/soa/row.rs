//! What the statement says of one control.

use rustc_hash::FxHashSet;

use crate::coverage::judge::applications_of;
use crate::coverage::{CatalogCoverage, Grounds, Status};
use crate::emit::page::Page;
use crate::model::{
    Application, Cover, Element, Exclusion, Field, FieldKind, Link, Name, Origin, Outcome, Process, Remarks, ReqKind,
    RequirementId, State, Text,
};

/// A control, or, in a tailorable catalog, a requirement.
pub struct Row<'a> {
    /// Which.
    pub requirement: RequirementId,
    /// The clause that it stands in.
    pub clause: Option<RequirementId>,
    /// How it fares.
    pub status: Status,
    /// What says that it applies, the nearest first.
    pub applied: Vec<&'a Application>,
    /// What excludes it, or a part of it, each with its reason.
    pub excluded: Vec<&'a Exclusion>,
    /// What meets it or contributes to it.
    pub grounds: Grounds,
}

impl<'a> Row<'a> {
    /// How far it is put into practice; what the nearest `apply` does not state is that of the one that it stands over.
    pub fn state(&self) -> Option<State> {
        self.applied.iter().find_map(|row| row.state)
    }

    /// What is said of it in a field.
    fn said(&self, field: Name) -> Option<Text> {
        let mut values = self.applied.iter().flat_map(|row| row.remarks.fields());
        values.find(|value| value.field == field).map(|value| value.text)
    }

    /// Why it applies, as the nearest `apply` says.
    pub fn reason(&self) -> Option<&'a Application> {
        self.applied.first().copied()
    }
}

impl Row<'_> {
    /// Whether the control applies.
    pub fn applies(&self) -> bool {
        self.status != Status::Excluded
    }
}

/// The rows of a catalog, in its order: controls, and where it is tailorable requirements as well.
pub fn rows<'a>(page: &'a Page<'a>, coverage: &'a CatalogCoverage) -> impl Iterator<Item = Row<'a>> + 'a {
    let ids = coverage.requirements.iter().copied();
    ids.filter(|id| page.input.program.is_tailorable(*id)).map(move |id| row(page, id))
}

fn row<'a>(page: &Page<'a>, id: RequirementId) -> Row<'a> {
    let program = page.input.program;
    let status = page.input.coverage.status(id);
    let clause = program.standing_in(id).find(|above| program.requirement(*above).kind == ReqKind::Clause);
    let applies = status != Status::Excluded;
    Row {
        requirement: id,
        clause,
        status,
        applied: if applies { applications_of(program, page.head, id) } else { Vec::new() },
        excluded: excluded(page, id),
        grounds: page.input.coverage.grounds(program, id),
    }
}

/// The exclusions that hold for a control, or else for parts of it.
fn excluded<'a>(page: &Page<'a>, id: RequirementId) -> Vec<&'a Exclusion> {
    let program = page.input.program;
    let mut found = page.input.coverage.exclusions(program, id);
    if found.is_empty() {
        let of_parts = program.below(id).filter(|part| program.above(*part).any(|above| above == id));
        let mut told = FxHashSet::default();
        let exclusions = of_parts.flat_map(|part| page.input.coverage.exclusions(program, part));
        found.extend(exclusions.filter(|exclusion| told.insert(exclusion.span)));
    }
    found
}

fn add<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// The outcomes of a row that are there, partners in joint sets included, each once.
pub fn outcomes_of<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<&'a Outcome> {
    row.grounds.outcomes().into_iter().filter_map(|name| page.model().outcome(name)).collect()
}

/// The processes of those outcomes, each once.
pub fn processes_of<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<&'a Process> {
    let mut positions = Vec::new();
    for outcome in outcomes_of(page, row) {
        if let Some(Element::Outcome(process, _)) = page.model().index.get(&outcome.id) {
            add(&mut positions, *process);
        }
    }
    positions.into_iter().filter_map(|process| page.model().process_at(process)).collect()
}

/// The models whose word a row is: who worded the outcomes, who linked them, and who says that it applies, or excludes it.
pub fn layers_of(page: &Page<'_>, row: &Row<'_>) -> Vec<Name> {
    let mut origins: Vec<Origin> = outcomes_of(page, row).into_iter().map(|outcome| outcome.origin).collect();
    for claim in row.grounds.claims() {
        let outcomes = claim.members.iter().filter_map(|member| page.model().outcome_of(*member));
        origins.extend(outcomes.flat_map(|outcome| {
            let is_meant = |link: &&Link| claim.links.iter().any(|(of, _)| *of == link.requirement);
            let links = outcome.links.iter().filter(is_meant);
            links.map(|link| page.input.program.origin_of(link.span, outcome.origin))
        }));
    }
    match row.applies() {
        true => origins.extend(row.reason().map(|reason| reason.origin)),
        false => origins.extend(row.excluded.iter().map(|exclusion| exclusion.origin)),
    }
    let mut layers: Vec<Name> = Vec::new();
    origins.into_iter().filter_map(|origin| origin.layer).for_each(|layer| add(&mut layers, layer));
    layers
}

/// The fields that processes, outcomes and controls may carry; each becomes a column.
pub fn fields<'a>(page: &Page<'a>) -> Vec<&'a Field> {
    let is_shown = |field: &&Field| matches!(field.on, FieldKind::Process | FieldKind::Outcome | FieldKind::Control);
    page.package.fields.iter().filter(is_shown).collect()
}

/// What the processes or outcomes of a row, or the control itself, say in a field: each of them, if only one says
/// something, so that what one of two says is not taken for what both do.
pub fn field_values<'a>(page: &Page<'a>, row: &Row<'_>, field: &Field) -> Vec<(Name, Option<Text>)> {
    let value = |id: Name, remarks: &Remarks| {
        (id, remarks.fields().iter().find(|value| value.field == field.id).map(|value| value.text))
    };
    let values: Vec<(Name, Option<Text>)> = match field.on {
        FieldKind::Control if row.applies() => {
            let id = page.input.program.requirement(row.requirement).id;
            vec![(id, row.said(field.id))]
        }
        FieldKind::Control => {
            let id = |exclusion: &Exclusion| page.input.program.requirement(exclusion.requirement).id;
            row.excluded.iter().map(|exclusion| value(id(exclusion), &exclusion.remarks)).collect()
        }
        FieldKind::Outcome => {
            outcomes_of(page, row).into_iter().map(|outcome| value(outcome.id, &outcome.remarks)).collect()
        }
        _ => processes_of(page, row).into_iter().map(|process| value(process.id, &process.remarks)).collect(),
    };
    if values.iter().any(|(_, said)| said.is_some()) { values } else { Vec::new() }
}

/// The `covers` statements that ask for a row.
pub fn asked_by<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<&'a Cover> {
    let program = page.input.program;
    let catalog = program.requirement(row.requirement).catalog;
    let holds =
        |clause: RequirementId| row.requirement > clause && row.requirement < program.requirement(clause).subtree_end;
    let asks = |cover: &&Cover| cover.catalog == catalog && cover.clause.is_none_or(holds);
    page.head.covers.iter().filter(asks).collect()
}
