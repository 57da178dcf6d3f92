//! The status of each requirement, and its proof.

mod chains;
mod grounds;
pub mod judge;
mod judgement;
mod losses;
mod misses;
mod reach;
mod sole;
mod witness;

use rustc_hash::FxHashMap;

use crate::graph::{Graph, Incoming};
use crate::model::{
    CatalogId, Cover, CrosswalkId, Exclusion, Head, Member, Name, Program, ReqKind, RequirementId, Strength,
};
use crate::span::Span;
use judgement::Judgement;

pub use grounds::{Basis, Carried, Claim, Grounds, Way};
pub use losses::{Cause, Loss};

/// How a requirement fares; the first that holds counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Status {
    /// The model excludes it.
    Excluded,
    /// It is met in full.
    Covered,
    /// Something contributes to it.
    Partial,
    /// Nothing does.
    Uncovered,
}

impl Status {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Status::Excluded => "excluded",
            Status::Covered => "covered",
            Status::Partial => "partial",
            Status::Uncovered => "uncovered",
        }
    }
}

/// How many requirements and controls have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// All of them.
    pub total: usize,
    /// Met in full.
    pub covered: usize,
    /// Met in part.
    pub partial: usize,
    /// Excluded by the model.
    pub excluded: usize,
    /// Met by nothing.
    pub uncovered: usize,
}

impl Summary {
    /// Counts one more.
    pub fn count(&mut self, status: Status) {
        self.total += 1;
        match status {
            Status::Covered => self.covered += 1,
            Status::Partial => self.partial += 1,
            Status::Excluded => self.excluded += 1,
            Status::Uncovered => self.uncovered += 1,
        }
    }
}

/// The coverage of one catalog by the model.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CatalogCoverage {
    /// The catalog.
    pub catalog: CatalogId,
    /// The clauses that are covered; empty for the whole catalog.
    pub clauses: Vec<RequirementId>,
    /// The places of the `covers` statements.
    pub asked_at: Vec<Span>,
    /// The counts.
    pub summary: Summary,
    /// The requirements and controls that are counted, in source order.
    pub requirements: Vec<RequirementId>,
}

/// A step of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it rests on.
    pub reason: Reason,
    /// What it shows the status of.
    pub requirement: RequirementId,
    /// Where that is written.
    pub span: Span,
}

/// What a step of a proof rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An outcome meets the requirement, or, as a `Partial` link, contributes to it.
    Outcome {
        /// The outcome.
        outcome: Name,
        /// How far its link goes.
        strength: Strength,
    },
    /// Outcomes meet it together.
    Joint {
        /// The members, whether they are there or not; the first states the set.
        outcomes: Vec<Member>,
    },
    /// What it stands in is met, or contributed to.
    Above {
        /// What it stands in.
        whole: RequirementId,
    },
    /// Its parts are met; for a partial status, the part that is.
    Parts {
        /// The parts.
        parts: Vec<RequirementId>,
    },
    /// A line of a crosswalk carries it over, or ties it, to the others.
    Line {
        /// The crosswalk.
        crosswalk: CrosswalkId,
        /// The line, by position.
        line: u32,
        /// What stands on the other side.
        others: Vec<RequirementId>,
    },
    /// The model excludes it, or what it stands in.
    Exclusion {
        /// What the model excludes.
        excluded: RequirementId,
    },
}

/// What stands between a requirement and full coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// A part is not met.
    Part {
        /// The part.
        part: RequirementId,
        /// Its status.
        status: Status,
    },
    /// An outcome contributes, but only in part.
    Contribution {
        /// The outcome.
        outcome: Name,
        /// Where that is written.
        span: Span,
    },
    /// A joint set lacks members.
    Incomplete {
        /// The outcome that states the set.
        outcome: Name,
        /// The members that are not there.
        missing: Vec<Name>,
        /// Where that is written.
        span: Span,
    },
    /// A line of a crosswalk would carry it, were all on the other side covered.
    Line {
        /// The crosswalk.
        crosswalk: CrosswalkId,
        /// The line, by position.
        line: u32,
        /// Whether the other side is the left one.
        is_from_left: bool,
        /// Where that is written.
        span: Span,
    },
    /// A neighbour in the catalog is met by this outcome, which may be the one to look at.
    Neighbour {
        /// The neighbour.
        requirement: RequirementId,
        /// The outcome.
        outcome: Name,
        /// Where that is written.
        span: Span,
    },
}

/// The coverage of a model.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Coverage {
    /// One entry for each catalog that the model covers, in the order of their ids.
    pub catalogs: Vec<CatalogCoverage>,
    judgement: Judgement,
    graph: Graph,
    /// The requirements whose status rests on what is not known, by number; empty where all is known.
    open: Vec<bool>,
}

/// Judges the coverage of the package asked for. Of some requirements it is not known whether they are met, because lines
/// that name them are broken: that counts nowhere, but is not said to be missing either.
pub fn cover(program: &Program, graph: Graph, unknown: &[RequirementId]) -> Coverage {
    let Some(package) = program.root() else { return Coverage::default() };
    let judgement = judge::judge(program, &package.model);
    let catalogs = package.model.head.as_ref().map_or_else(Vec::new, |head| catalogs(program, head, &judgement));
    let mut open = Vec::new();
    if !unknown.is_empty() && package.model.head.is_some() {
        let met = judge::judge_with(program, &package.model, unknown);
        open.extend(judgement.status.iter().zip(&met.status).map(|(now, then)| now != then));
        unknown.iter().for_each(|id| open[id.0 as usize] = true);
    }
    Coverage { catalogs, judgement, graph, open }
}

/// The statuses of all requirements, by number, as if the link or the exclusion that is written at a place were not
/// there.
pub fn statuses_without(program: &Program, place: Span) -> Vec<Status> {
    program.root().map_or_else(Vec::new, |package| judge::judge_without(program, &package.model, place).status)
}

/// What the model covers, catalog by catalog; several `covers` of one catalog make one entry, their union.
fn catalogs(program: &Program, head: &Head, judgement: &Judgement) -> Vec<CatalogCoverage> {
    let mut covers: FxHashMap<CatalogId, Vec<&Cover>> = FxHashMap::default();
    for cover in &head.covers {
        covers.entry(cover.catalog).or_default().push(cover);
    }
    let mut ids: Vec<CatalogId> = covers.keys().copied().collect();
    ids.sort_unstable();
    ids.sort_by(|a, b| program.name(program.catalog(*a).id).cmp(program.name(program.catalog(*b).id)));
    ids.into_iter().map(|catalog| catalog_coverage(program, &covers[&catalog], judgement, catalog)).collect()
}

fn catalog_coverage(
    program: &Program,
    covers: &[&Cover],
    judgement: &Judgement,
    catalog: CatalogId,
) -> CatalogCoverage {
    let whole = covers.iter().any(|cover| cover.clause.is_none());
    let clauses: Vec<RequirementId> =
        if whole { Vec::new() } else { covers.iter().filter_map(|cover| cover.clause).collect() };
    let mut asked: Vec<RequirementId> = clauses.clone();
    asked.sort_unstable();
    let mut asked = asked.into_iter().peekable();
    // One past the last row of the clauses before a row; rows come in source order.
    let mut end = RequirementId(0);
    let mut is_below = |id: RequirementId| {
        while let Some(clause) = asked.next_if(|clause| *clause < id) {
            end = end.max(program.requirement(clause).subtree_end);
        }
        id < end
    };
    let is_counted = |id: &RequirementId| (whole || is_below(*id)) && program.requirement(*id).kind != ReqKind::Clause;
    let requirements: Vec<RequirementId> = program.catalog(catalog).requirements().filter(is_counted).collect();
    let mut summary = Summary::default();
    for id in &requirements {
        summary.count(judgement.status[id.0 as usize]);
    }
    CatalogCoverage {
        catalog,
        clauses,
        asked_at: covers.iter().map(|cover| cover.origin.span).collect(),
        summary,
        requirements,
    }
}

impl Coverage {
    /// The status of a requirement or control.
    pub fn status(&self, requirement: RequirementId) -> Status {
        self.judgement.status.get(requirement.0 as usize).copied().unwrap_or(Status::Uncovered)
    }

    /// Whether a requirement might fare better, were a line not broken that names it or what it rests on.
    pub fn is_open(&self, requirement: RequirementId) -> bool {
        self.open.get(requirement.0 as usize).copied().unwrap_or(false)
    }

    /// The links that name a requirement, control or clause itself, in the order of the model.
    pub fn incoming(&self, program: &Program, requirement: RequirementId) -> Vec<Incoming> {
        program.root().map_or_else(Vec::new, |package| self.graph.incoming(&package.model, requirement))
    }

    /// What excludes a requirement: itself, or something that it stands in.
    pub fn excluded_by(&self, requirement: RequirementId) -> Option<RequirementId> {
        self.judgement.excluded_by.get(requirement.0 as usize).copied().flatten()
    }

    /// The statements that exclude a requirement: of those that name it, or the nearest thing around it, those of the
    /// nearest layers. None where its parts are excluded one by one.
    pub fn exclusions<'a>(&self, program: &'a Program, requirement: RequirementId) -> Vec<&'a Exclusion> {
        let is_around =
            |by: &RequirementId| *by == requirement || program.standing_in(requirement).any(|around| around == *by);
        let Some(by) = self.excluded_by(requirement).filter(is_around) else { return Vec::new() };
        let head = program.root().and_then(|package| package.model.head.as_ref());
        let stated: Vec<&Exclusion> =
            head.into_iter().flat_map(|head| &head.exclusions).filter(|row| row.requirement == by).collect();
        let is_overruled =
            |row: &&Exclusion| stated.iter().any(|other| program.is_above(other.origin.package, row.origin.package));
        stated.iter().copied().filter(|row| !is_overruled(row)).collect()
    }

    /// The shortest proofs of a status, each a row of steps that begins at the requirement; none if it is uncovered.
    pub fn witnesses(&self, program: &Program, requirement: RequirementId) -> Vec<Vec<Step>> {
        witness::witnesses(self, program, requirement)
    }

    /// What a status rests on: all its proofs, and all proofs of what these rest on.
    pub fn grounds(&self, program: &Program, requirement: RequirementId) -> Grounds {
        grounds::grounds(self, program, requirement)
    }

    /// What layers lost of the coverage that their bases had, each with the statement that lost it.
    pub fn losses<'a>(&self, program: &'a Program) -> Vec<Loss<'a>> {
        losses::losses(self, program)
    }

    /// What is nearest to meeting a requirement that is not met in full.
    pub fn misses(&self, program: &Program, requirement: RequirementId) -> Vec<Miss> {
        misses::misses(self, program, requirement)
    }

    /// As `misses`, but only what a row itself has: its links and lines, not its parts or what it stands in.
    pub fn misses_of_row(&self, program: &Program, requirement: RequirementId) -> Vec<Miss> {
        misses::misses_of_row(self, program, requirement)
    }

    /// What is not covered on a side of a line of a crosswalk, in the order in which it is written.
    pub fn lacking(
        &self,
        program: &Program,
        crosswalk: CrosswalkId,
        line: u32,
        is_left: bool,
    ) -> impl Iterator<Item = RequirementId> {
        let line = program.crosswalk(crosswalk).lines.get(line as usize);
        let side = line.map(|line| if is_left { &line.left } else { &line.right });
        side.into_iter().flatten().map(|(id, _)| *id).filter(|id| self.status(*id) != Status::Covered)
    }

    /// For each row, whether lines in force lead from it to a catalog that is covered, or it is of one.
    pub fn reach(&self, program: &Program) -> Vec<bool> {
        reach::reach(self, program)
    }

    /// The covered requirements of the covered catalogs that hang on one outcome alone, with that outcome.
    pub fn sole_outcomes(&self, program: &Program) -> Vec<(RequirementId, Name)> {
        sole::sole_outcomes(self, program)
    }
}
