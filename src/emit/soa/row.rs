//! What the statement says of one control.

use rustc_hash::FxHashMap;

use crate::coverage::judge::applications_of;
use crate::coverage::{CatalogCoverage, Reason, Status};
use crate::emit::page::Page;
use crate::index::get;
use crate::model::{
    Application, Cover, CrosswalkId, Element, Exclusion, Field, FieldKind, Name, Outcome, Process, Remarks, ReqKind,
    RequirementId, State, Strength, Text,
};

/// A control, or, in a tailorable catalog, a requirement.
pub struct Row<'a> {
    /// Which.
    pub requirement: RequirementId,
    /// The clause that it stands in.
    pub clause: Option<RequirementId>,
    /// How it fares.
    pub status: Status,
    /// What the model says to include it: the links' reasons, each with its outcome.
    pub included: Vec<(Name, Text)>,
    /// What says that it applies, the nearest first.
    pub applied: Vec<&'a Application>,
    /// What excludes it, or a part of it, each with its reason.
    pub excluded: Vec<&'a Exclusion>,
    /// The outcomes that meet it or contribute, in the order of their proofs.
    pub outcomes: Vec<Contribution>,
    /// The lines of crosswalks that carry it over.
    pub through: Vec<Through>,
}

/// An outcome that meets a control, or contributes to it.
#[derive(Clone, PartialEq)]
pub struct Contribution {
    /// The outcome.
    pub outcome: Name,
    /// How far its link goes.
    pub strength: Strength,
    /// The other members of its joint set.
    pub together: Vec<Name>,
    /// What the outcome itself is linked to: the control, or what leads to it.
    pub of: RequirementId,
}

/// A line of a crosswalk on the way to an outcome.
#[derive(Clone, PartialEq)]
pub struct Through {
    /// The crosswalk.
    pub crosswalk: CrosswalkId,
    /// Its line, by position.
    pub line: usize,
    /// What the line carries to.
    pub to: RequirementId,
    /// What it carries from.
    pub from: Vec<RequirementId>,
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
    let mut exclusions = Exclusions::default();
    for exclusion in &page.head.exclusions {
        exclusions.entry(exclusion.requirement).or_default().push(exclusion);
    }
    let ids = coverage.requirements.iter().copied();
    ids.filter(|id| page.input.program.is_tailorable(*id)).map(move |id| row(page, &exclusions, id))
}

/// The exclusions of each requirement: every layer may state one.
type Exclusions<'a> = FxHashMap<RequirementId, Vec<&'a Exclusion>>;

fn row<'a>(page: &Page<'a>, exclusions: &Exclusions<'a>, id: RequirementId) -> Row<'a> {
    let program = page.input.program;
    let status = page.input.coverage.status(id);
    let clause = program.standing_in(id).find(|above| program.requirement(*above).kind == ReqKind::Clause);
    let applies = status != Status::Excluded;
    let (outcomes, through) = if applies { met_by(page, id) } else { Default::default() };
    Row {
        requirement: id,
        clause,
        status,
        included: if applies { included(page, id) } else { Vec::new() },
        applied: if applies { applications_of(program, page.head, id) } else { Vec::new() },
        excluded: excluded(page, exclusions, id),
        outcomes,
        through,
    }
}

/// The reasons of the links that name a control itself.
fn included(page: &Page<'_>, id: RequirementId) -> Vec<(Name, Text)> {
    let incoming = page.input.coverage.incoming(page.input.program, id);
    let reason = |link: &crate::graph::Incoming| {
        let outcome = page.model().outcome(link.outcome)?;
        Some((link.outcome, get(&outcome.links, link.link)?.because?))
    };
    incoming.iter().filter_map(reason).collect()
}

/// The exclusions that hold for a control or its parts.
fn excluded<'a>(page: &Page<'a>, exclusions: &Exclusions<'a>, id: RequirementId) -> Vec<&'a Exclusion> {
    let by = page.input.coverage.excluded_by(id);
    let parts = page.input.program.parts(id).filter_map(|part| page.input.coverage.excluded_by(part));
    let mut ids: Vec<RequirementId> = by.map_or_else(|| parts.collect(), |by| vec![by]);
    ids.dedup();
    ids.iter().filter_map(|id| exclusions.get(id)).flatten().copied().collect()
}

fn met_by(page: &Page<'_>, id: RequirementId) -> (Vec<Contribution>, Vec<Through>) {
    let mut outcomes = Vec::new();
    let mut through = Vec::new();
    let proofs = page.input.coverage.witnesses(page.input.program, id);
    for step in proofs.iter().flatten() {
        match &step.reason {
            Reason::Outcome { outcome, strength } => {
                add(&mut outcomes, contribution(*outcome, *strength, Vec::new(), step.requirement));
            }
            Reason::Joint { outcomes: members, .. } => {
                if let Some((first, others)) = members.split_first() {
                    add(&mut outcomes, contribution(*first, Strength::Full, others.to_vec(), step.requirement));
                }
            }
            Reason::Line { crosswalk, line, others } => add(
                &mut through,
                Through { crosswalk: *crosswalk, line: *line as usize, to: step.requirement, from: others.clone() },
            ),
            Reason::Above { .. } | Reason::Parts { .. } | Reason::Exclusion { .. } => {}
        }
    }
    for link in page.input.coverage.incoming(page.input.program, id) {
        let Some(outcome) = page.model().outcome(link.outcome) else { continue };
        let partners = get(&outcome.links, link.link).map_or(&[][..], |link| outcome.partners(link));
        let partners = partners.iter().filter(|partner| !partner.gone).map(|partner| partner.id).collect();
        add(&mut outcomes, contribution(link.outcome, link.strength, partners, id));
    }
    // What meets it in full is what a reader looks for.
    outcomes.sort_by_key(|one| one.strength == Strength::Partial);
    (outcomes, through)
}

fn contribution(outcome: Name, strength: Strength, together: Vec<Name>, of: RequirementId) -> Contribution {
    Contribution { outcome, strength, together, of }
}

fn add<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// The outcomes of a row that are there, partners in joint sets included, each once.
pub fn outcomes_of<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<&'a Outcome> {
    let mut names: Vec<Name> = Vec::new();
    for one in &row.outcomes {
        add(&mut names, one.outcome);
        one.together.iter().for_each(|partner| add(&mut names, *partner));
    }
    names.into_iter().filter_map(|name| page.model().outcome(name)).collect()
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

/// The models that put there what decides: the outcomes, or the exclusion.
pub fn layers_of<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<&'a str> {
    let mut layers: Vec<&str> = Vec::new();
    for outcome in outcomes_of(page, row) {
        page.layer(outcome.origin).into_iter().for_each(|layer| add(&mut layers, layer));
    }
    if !row.applies() {
        let excluding = row.excluded.iter().filter_map(|exclusion| page.layer(exclusion.origin));
        excluding.for_each(|layer| add(&mut layers, layer));
    }
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
        FieldKind::Control => {
            let id = page.input.program.requirement(row.requirement).id;
            vec![(id, row.said(field.id))]
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
