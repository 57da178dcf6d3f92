//! The status of each requirement, and its proof (contract, section 4).

use crate::model::{CatalogId, CrosswalkId, Name, Program, RequirementId, Strength};
use crate::span::Span;

/// How a requirement fares; the first that holds counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[allow(missing_docs)]
pub struct Summary {
    pub total: usize,
    pub covered: usize,
    pub partial: usize,
    pub excluded: usize,
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

/// A link as seen from its requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The outcome.
    pub outcome: Name,
    /// Its link, by position.
    pub link: u32,
    /// How far it goes.
    pub strength: Strength,
    /// Whether it is one of a joint set.
    pub joint: bool,
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
    Outcome { outcome: Name, strength: Strength },
    /// Outcomes meet it together; the first states the set. `missing` are members that are not there.
    Joint { outcomes: Vec<Name>, missing: Vec<Name> },
    /// What it stands in is met, or contributed to.
    Above { whole: RequirementId },
    /// Its parts are met; for a partial status, the part that is.
    Parts { parts: Vec<RequirementId> },
    /// A line of a crosswalk carries it over, or ties it, to the others.
    Line { crosswalk: CrosswalkId, line: u32, others: Vec<RequirementId> },
    /// The model excludes it, or what it stands in.
    Exclusion { excluded: RequirementId },
}

/// The coverage of a model.
#[derive(Debug, Default)]
pub struct Coverage {
    /// One entry for each catalog that the model covers, in the order of their ids.
    pub catalogs: Vec<CatalogCoverage>,
}

impl Coverage {
    /// The status of a requirement or control.
    pub fn status(&self, _requirement: RequirementId) -> Status {
        Status::Uncovered
    }

    /// The links that name a requirement, control or clause itself.
    pub fn incoming(&self, _requirement: RequirementId) -> &[Incoming] {
        &[]
    }

    /// The shortest proofs of a status, each a row of steps that begins at the requirement; none if it is uncovered.
    pub fn witnesses(&self, _program: &Program, _requirement: RequirementId) -> Vec<Vec<Step>> {
        Vec::new()
    }
}
