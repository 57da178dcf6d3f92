//! The statement as JSON. The names are the contract; the comments are the descriptions in the JSON Schema.

use std::borrow::Cow;
use std::io;

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::document::Counts;
use super::row::{Row, asked_by, field_values, fields, layers_of, processes_of, rows};
use crate::coverage::{Basis, Carried, CatalogCoverage};
use crate::document::words::EN;
use crate::emit::assessment::{OutcomeRatings, Rated};
use crate::emit::json::judgements::{JudgementsRow, judgements};
use crate::emit::json::{Layout, print};
use crate::emit::notice::{self, Said};
use crate::emit::page::Page;
use crate::emit::report::miss_words;
use crate::model::{AssessmentId, Exclusion, Member, Process, RequirementId, State, Strength, Text};

/// The id of the schema; its number changes when a reader would have to.
const SCHEMA: &str = "https://prm-lang.org/schema/soa-1.json";

type Words<'a> = Cow<'a, str>;

/// A statement of applicability (ISO/IEC 27001, 6.1.3 d). What is absent is null; lists are never absent. Texts are
/// CommonMark in which `[[ID]]` refers to an element, a requirement or a term.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "prm statement of applicability"))]
struct Document<'a> {
    /// The id of the schema that describes this document.
    schema: &'static str,
    /// What readers must be told of the texts in it.
    notices: Vec<Said<'a>>,
    /// The model that makes the statement.
    model: ModelRow<'a>,
    /// The assessment whose ratings the rows tell; null where none was asked for.
    assessment: Option<AssessedRow<'a>>,
    /// The catalogs that the model covers, by id.
    catalogs: Vec<CatalogRow<'a>>,
    /// What people have judged of what the model claims; null for a package without a lock file.
    judgements: Option<JudgementsRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Model"))]
struct ModelRow<'a> {
    /// Its id.
    id: &'a str,
    /// Its title.
    title: Words<'a>,
    /// Its edition.
    edition: Option<Words<'a>>,
    /// The document that it follows.
    source: Option<Words<'a>>,
    /// The package, and its version.
    package: &'a str,
    version: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Assessment"))]
struct AssessedRow<'a> {
    /// Its id.
    id: &'a str,
    /// Its title.
    title: Words<'a>,
    /// What a rating of capability is no evidence of.
    told: &'static str,
}

/// How far what meets a row was rated.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Capability"))]
struct CapabilityRow<'a> {
    /// `rated` where all of it was, `open` where some was, `not rated` where nothing was.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["rated", "open", "not rated"])))]
    state: &'static str,
    /// The id of the rating: the lowest of what is needed together, the highest of what can stand for each other; null
    /// where not all was rated.
    rating: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Catalog"))]
struct CatalogRow<'a> {
    /// Its id.
    catalog: &'a str,
    /// Its title.
    title: Words<'a>,
    /// Its edition.
    edition: Option<Words<'a>>,
    /// The clauses that are covered; empty for the whole catalog.
    clauses: Vec<&'a str>,
    /// The counts of the rows.
    summary: SummaryRow,
    /// Its controls, and the requirements of a tailorable catalog, in the catalog's order.
    rows: Vec<ControlRow<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Summary"))]
struct SummaryRow {
    total: usize,
    /// All that are not excluded.
    applicable: usize,
    covered: usize,
    partial: usize,
    excluded: usize,
    uncovered: usize,
}

/// A control, or a requirement of a tailorable catalog.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Row"))]
struct ControlRow<'a> {
    /// Its id, without the catalog's.
    id: &'a str,
    /// What documents print for its id.
    label: Option<Words<'a>>,
    /// What it is.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["control", "requirement"])))]
    kind: &'static str,
    /// Its title.
    title: Words<'a>,
    /// The clause that it stands in.
    clause: Option<&'a str>,
    /// Whether it applies: false for what is excluded.
    applicable: bool,
    /// How far it is put into practice, as `apply` states.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["implemented", "partial", "planned", "none", null])))]
    state: Option<&'static str>,
    /// How the model meets it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["covered", "partial", "excluded", "uncovered"])))]
    status: &'static str,
    /// How far what meets it was rated in the assessment; null where none was asked for, and for what does not apply or is
    /// not met.
    capability: Option<CapabilityRow<'a>>,
    /// Why it applies: what `apply` says, else who covers the catalog; empty where it does not.
    inclusion: Vec<InclusionRow<'a>>,
    /// Why it, or a part of it, does not apply.
    exclusion: Vec<ExclusionRow<'a>>,
    /// The processes that meet it or contribute.
    processes: Vec<ProcessRow<'a>>,
    /// The ways in which outcomes meet it, each of which will do, then what contributes to it.
    ways: Vec<WayRow<'a>>,
    /// The links that these rest on, what meets it in full first.
    outcomes: Vec<OutcomeRow<'a>>,
    /// The lines of crosswalks that carry it over.
    through: Vec<ThroughRow<'a>>,
    /// The models whose word it is: who worded the outcomes, linked them, and says that it applies or excludes it.
    layers: Vec<&'a str>,
    /// What the processes, the outcomes and the control itself say in their fields.
    fields: Vec<FieldRow<'a>>,
    /// What would have to be added; empty for what is covered or excluded.
    missing: Vec<String>,
}

/// An `apply` or a `covers` statement.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Inclusion"))]
struct InclusionRow<'a> {
    /// The model whose `apply` statement says that it applies.
    applied_by: Option<&'a str>,
    /// The model whose `covers` statement calls for it.
    covered_by: Option<&'a str>,
    /// The reason that `apply` gives.
    because: Option<Words<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Exclusion"))]
struct ExclusionRow<'a> {
    /// What is excluded: the row, something above it, or a part of it.
    excluded: &'a str,
    /// The model that excludes it.
    excluded_by: Option<&'a str>,
    /// Why.
    because: Option<Words<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Process"))]
struct ProcessRow<'a> {
    /// Its id.
    id: &'a str,
    /// Its title.
    title: Words<'a>,
    /// The model that put it there.
    layer: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Way"))]
struct WayRow<'a> {
    /// `full` for what meets it by itself, `partial` for what contributes.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["full", "partial"])))]
    strength: &'static str,
    /// The outcomes.
    outcomes: Need<'a>,
}

/// An outcome by its full id; or what is needed as a whole, or what each of will do.
#[derive(Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Need"))]
enum Need<'a> {
    Outcome(&'a str),
    All { all: Vec<Need<'a>> },
    Any { any: Vec<Need<'a>> },
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Outcome"))]
struct OutcomeRow<'a> {
    /// Its full id.
    id: &'a str,
    /// What is observably true; null where the model has no such outcome.
    text: Option<Words<'a>>,
    /// How far its link goes; `full` in a joint set, too.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["full", "partial"])))]
    strength: &'static str,
    /// The full ids of the other members of its joint set.
    together: Vec<&'a str>,
    /// Those of them that are not there; an outcome that has such an id now is another one.
    missing: Vec<&'a str>,
    /// What it is linked to, with its catalog: the row, or what leads to it.
    requirement: String,
    /// The reason of the link.
    because: Option<Words<'a>>,
    /// The model that put its present text there.
    layer: Option<&'a str>,
    /// The file, relative to the folder of its package.
    file: Option<&'a str>,
    /// The line, from 1.
    line: Option<usize>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Through"))]
struct ThroughRow<'a> {
    /// The crosswalk.
    crosswalk: &'a str,
    /// What the left side of its line is to the right side.
    relation: &'static str,
    /// What is carried to, with its catalog.
    to: String,
    /// What it is carried from, with their catalogs.
    from: Vec<String>,
    /// Why the line holds.
    because: Option<Words<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Field"))]
struct FieldRow<'a> {
    /// The field.
    id: &'a str,
    /// The process, outcome or control that carries it.
    of: &'a str,
    /// What it says; null for one that says nothing where another does.
    text: Option<Words<'a>>,
}

/// The schema.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    crate::emit::schema::of::<Document<'static>>(SCHEMA)
}

/// Writes the statement.
pub fn write(page: &Page<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let ratings = OutcomeRatings::asked(&page.input, page.model());
    let document = Document {
        schema: SCHEMA,
        notices: notice::of_all(&page.input).into_iter().map(|told| told.said(&page.input)).collect(),
        model: ModelRow {
            id: page.name(page.head.id),
            title: text(page, page.head.title),
            edition: page.head.edition.map(|edition| text(page, edition)),
            source: page.head.source.map(|source| text(page, source)),
            package: &page.package.name,
            version: page.package.version.as_deref(),
        },
        assessment: page.input.rated.map(|id| assessed(page, id)),
        catalogs: page.input.catalogs().map(|coverage| catalog(page, ratings.as_ref(), coverage)).collect(),
        judgements: page.input.review.map(|review| judgements(page.input.program, review)),
    };
    print(&document, Layout::of(&page.input), out)
}

fn text<'a>(page: &Page<'a>, text: Text) -> Words<'a> {
    page.input.sources.text(text)
}

fn assessed<'a>(page: &Page<'a>, id: AssessmentId) -> AssessedRow<'a> {
    let assessment = page.input.program.assessment(id);
    AssessedRow { id: page.name(assessment.id), title: text(page, assessment.title), told: EN.capability_only }
}

fn capability<'a>(page: &Page<'a>, ratings: &OutcomeRatings, row: &Row<'_>) -> Option<CapabilityRow<'a>> {
    let rated = ratings.of_row(row.status, &row.grounds)?;
    let (state, rank) = match rated {
        Rated::As(rank) => ("rated", Some(rank)),
        Rated::Open => ("open", None),
        Rated::Not => ("not rated", None),
    };
    let measured = page.input.measures.of(page.input.rated?)?;
    let of = page.input.program.assessment(measured.assessment).of?;
    let rating = rank.and_then(|rank| page.input.program.framework(of.framework).rating(measured.scale.rating(rank)?));
    Some(CapabilityRow { state, rating: rating.map(|rating| page.name(rating.id)) })
}

fn own_id<'a>(page: &Page<'a>, id: RequirementId) -> &'a str {
    page.name(page.input.program.requirement(id).id)
}

fn catalog<'a>(page: &Page<'a>, ratings: Option<&OutcomeRatings>, coverage: &CatalogCoverage) -> CatalogRow<'a> {
    let catalog = page.input.program.catalog(coverage.catalog);
    let counts = Counts::of(page, coverage).summary;
    CatalogRow {
        catalog: page.name(catalog.id),
        title: text(page, catalog.title),
        edition: catalog.edition.map(|edition| text(page, edition)),
        clauses: coverage.clauses.iter().map(|clause| own_id(page, *clause)).collect(),
        summary: SummaryRow {
            total: counts.total,
            applicable: counts.total - counts.excluded,
            covered: counts.covered,
            partial: counts.partial,
            excluded: counts.excluded,
            uncovered: counts.uncovered,
        },
        rows: rows(page, coverage).map(|row| control(page, ratings, &row)).collect(),
    }
}

fn control<'a>(page: &Page<'a>, ratings: Option<&OutcomeRatings>, row: &Row<'_>) -> ControlRow<'a> {
    let requirement = page.input.program.requirement(row.requirement);
    let exclusion = |exclusion: &&Exclusion| ExclusionRow {
        excluded: own_id(page, exclusion.requirement),
        excluded_by: page.layer(exclusion.origin),
        because: exclusion.because.map(|because| text(page, because)),
    };
    ControlRow {
        id: page.name(requirement.id),
        label: requirement.label.map(|label| text(page, label)),
        kind: requirement.kind.word(),
        title: text(page, requirement.title),
        clause: row.clause.map(|clause| own_id(page, clause)),
        applicable: row.applies(),
        state: row.state().map(State::word),
        status: row.status.word(),
        capability: ratings.and_then(|ratings| capability(page, ratings, row)),
        inclusion: inclusion(page, row),
        exclusion: row.excluded.iter().map(exclusion).collect(),
        processes: processes_of(page, row).into_iter().map(|one| process(page, one)).collect(),
        ways: ways(page, row),
        outcomes: outcomes(page, row),
        through: row.grounds.lines.iter().map(|line| through(page, line)).collect(),
        layers: layers_of(page, row).into_iter().map(|layer| page.name(layer)).collect(),
        fields: of_fields(page, row),
        missing: missing(page, row),
    }
}

fn inclusion<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<InclusionRow<'a>> {
    if !row.applies() {
        return Vec::new();
    }
    if let Some(reason) = row.reason() {
        let because = reason.because.map(|because| text(page, because));
        return vec![InclusionRow { applied_by: page.layer(reason.origin), covered_by: None, because }];
    }
    let covers = asked_by(page, row).into_iter().map(|cover| InclusionRow {
        applied_by: None,
        covered_by: page.layer(cover.origin),
        because: None,
    });
    covers.collect()
}

fn process<'a>(page: &Page<'a>, process: &'a Process) -> ProcessRow<'a> {
    ProcessRow { id: page.name(process.id), title: text(page, process.title), layer: page.layer(process.origin) }
}

fn ways<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<WayRow<'a>> {
    let of = |is_full: bool, strength: &'static str| {
        let ways = row.grounds.choice(is_full).into_iter();
        ways.map(move |way| WayRow { strength, outcomes: need(page, &way) })
    };
    of(true, "full").chain(of(false, "partial")).collect()
}

fn need<'a>(page: &Page<'a>, basis: &Basis) -> Need<'a> {
    let needs = |parts: &[Basis]| parts.iter().map(|part| need(page, part)).collect();
    match basis {
        Basis::Claim(claim) => match claim.members.as_slice() {
            [only] => Need::Outcome(page.name(only.id)),
            members => {
                let there = members.iter().filter(|member| member.is_there);
                Need::All { all: there.map(|member| Need::Outcome(page.name(member.id))).collect() }
            }
        },
        Basis::All(parts) => Need::All { all: needs(parts) },
        Basis::Any(parts) => Need::Any { any: needs(parts) },
    }
}

/// Each link of the outcomes; of a joint set, those of the outcome that states it.
fn outcomes<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<OutcomeRow<'a>> {
    let mut told = FxHashSet::default();
    let claims = row.grounds.claims().into_iter();
    let links = claims.flat_map(|claim| claim.links.iter().map(move |link| (&claim.members, claim.strength, link)));
    let links = links.filter(|(members, strength, link)| told.insert((*members, *strength == Strength::Full, link.0)));
    links.filter_map(|(members, strength, link)| outcome(page, members, strength, *link)).collect()
}

fn outcome<'a>(
    page: &Page<'a>,
    members: &[Member],
    strength: Strength,
    (of, because): (RequirementId, Option<Text>),
) -> Option<OutcomeRow<'a>> {
    let (first, others) = members.split_first()?;
    let outcome = page.model().outcome_of(*first);
    let sources = page.input.sources;
    Some(OutcomeRow {
        id: page.name(first.id),
        text: outcome.map(|outcome| text(page, outcome.text)),
        strength: if strength == Strength::Full { "full" } else { "partial" },
        together: others.iter().map(|partner| page.name(partner.id)).collect(),
        missing: others.iter().filter(|partner| !partner.is_there).map(|partner| page.name(partner.id)).collect(),
        requirement: page.input.program.full_id(of),
        because: because.map(|because| text(page, because)),
        layer: outcome.and_then(|outcome| page.layer(outcome.origin)),
        file: outcome.map(|outcome| sources.file(outcome.origin.span.file).path.as_str()),
        line: outcome.map(|outcome| sources.line(outcome.origin.span)),
    })
}

fn through<'a>(page: &Page<'a>, line: &Carried) -> ThroughRow<'a> {
    let program = page.input.program;
    let crosswalk = program.crosswalk(line.at.crosswalk);
    let stated = crosswalk.lines.get(line.at.line as usize);
    ThroughRow {
        crosswalk: page.name(crosswalk.id),
        relation: stated.map_or("", |line| line.relation.words()),
        to: program.full_id(line.to),
        from: line.from.iter().map(|id| program.full_id(*id)).collect(),
        because: stated.and_then(|line| line.because).map(|because| text(page, because)),
    }
}

fn of_fields<'a>(page: &Page<'a>, row: &Row<'_>) -> Vec<FieldRow<'a>> {
    let values = |field| field_values(page, row, field).into_iter();
    let row = |id, of, said: Option<Text>| FieldRow {
        id: page.name(id),
        of: page.name(of),
        text: said.map(|said| text(page, said)),
    };
    fields(page).into_iter().flat_map(|field| values(field).map(move |(of, said)| row(field.id, of, said))).collect()
}

fn missing(page: &Page<'_>, row: &Row<'_>) -> Vec<String> {
    use crate::coverage::Status;
    match row.status {
        Status::Covered | Status::Excluded => Vec::new(),
        Status::Partial | Status::Uncovered => {
            let misses = page.input.coverage.misses(page.input.program, row.requirement);
            misses.iter().map(|miss| miss_words(&page.input, &EN, miss).0).collect()
        }
    }
}
