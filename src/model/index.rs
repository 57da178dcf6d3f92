//! What all packages declare for others, by id.

use rustc_hash::FxHashMap;

use super::{AssessmentId, CatalogId, CrosswalkId, ExhibitId, FrameworkId, Name, RequirementId};
use crate::span::narrow;

/// What all packages declare for others, by id.
#[derive(Clone, Debug, Default)]
pub struct Index {
    catalogs: FxHashMap<Name, CatalogId>,
    crosswalks: FxHashMap<Name, Vec<CrosswalkId>>,
    frameworks: FxHashMap<Name, Vec<FrameworkId>>,
    assessments: FxHashMap<Name, Vec<AssessmentId>>,
    exhibits: FxHashMap<Name, Vec<ExhibitId>>,
    requirements: FxHashMap<Name, Rows>,
    /// What [`Rows::Several`] counts.
    several: Vec<Vec<RequirementId>>,
}

/// The requirements with one id: most have theirs alone, so no list is kept for it.
#[derive(Clone, Copy, Debug)]
enum Rows {
    One(RequirementId),
    Several(u32),
}

impl Index {
    /// The catalog with an id; of several, which is reported, the first.
    pub fn catalog(&self, id: Name) -> Option<CatalogId> {
        self.catalogs.get(&id).copied()
    }

    /// The crosswalks with an id, in the order of their declaration.
    pub fn crosswalks(&self, id: Name) -> &[CrosswalkId] {
        self.crosswalks.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The frameworks with an id, in the order of their declaration.
    pub fn frameworks(&self, id: Name) -> &[FrameworkId] {
        self.frameworks.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The assessments with an id, in the order of their declaration.
    pub fn assessments(&self, id: Name) -> &[AssessmentId] {
        self.assessments.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The exhibits with an id, in the order of their declaration.
    pub fn exhibits(&self, id: Name) -> &[ExhibitId] {
        self.exhibits.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The requirements, controls and clauses with an id, in order; of one catalog at most one, the first.
    pub fn requirements(&self, id: Name) -> &[RequirementId] {
        match self.requirements.get(&id) {
            Some(Rows::One(only)) => std::slice::from_ref(only),
            Some(Rows::Several(at)) => self.several.get(*at as usize).map_or(&[], Vec::as_slice),
            None => &[],
        }
    }

    /// Makes room for so many requirements more.
    pub fn reserve(&mut self, requirements: usize) {
        self.requirements.reserve(requirements);
    }

    /// Adds a catalog; gives the one that has the id already, which stays.
    pub fn add_catalog(&mut self, id: Name, catalog: CatalogId) -> Option<CatalogId> {
        let first = *self.catalogs.entry(id).or_insert(catalog);
        (first != catalog).then_some(first)
    }

    /// Adds a crosswalk; gives the first with its id, if that is another.
    pub fn add_crosswalk(&mut self, id: Name, crosswalk: CrosswalkId) -> Option<CrosswalkId> {
        let twins = self.crosswalks.entry(id).or_default();
        twins.push(crosswalk);
        twins.first().copied().filter(|first| *first != crosswalk)
    }

    /// Adds a framework; gives the first with its id, if that is another.
    pub fn add_framework(&mut self, id: Name, framework: FrameworkId) -> Option<FrameworkId> {
        let twins = self.frameworks.entry(id).or_default();
        twins.push(framework);
        twins.first().copied().filter(|first| *first != framework)
    }

    /// Adds an assessment; gives the first with its id, if that is another.
    pub fn add_assessment(&mut self, id: Name, assessment: AssessmentId) -> Option<AssessmentId> {
        let twins = self.assessments.entry(id).or_default();
        twins.push(assessment);
        twins.first().copied().filter(|first| *first != assessment)
    }

    /// Adds an exhibit; those of several packages may have one id.
    pub fn add_exhibit(&mut self, id: Name, exhibit: ExhibitId) {
        self.exhibits.entry(id).or_default().push(exhibit);
    }

    /// Adds a requirement of the catalog that is being read, whose rows begin at `first_row`; gives the one of the
    /// same catalog that has the id already, which stays.
    pub fn add_requirement(&mut self, id: Name, row: RequirementId, first_row: RequirementId) -> Option<RequirementId> {
        let twin = self.requirements(id).last().copied().filter(|twin| *twin >= first_row);
        if twin.is_some() {
            return twin;
        }
        let next = Rows::Several(narrow(self.several.len()));
        match self.requirements.get(&id).copied() {
            None => {
                self.requirements.insert(id, Rows::One(row));
            }
            Some(Rows::One(first)) => {
                self.requirements.insert(id, next);
                self.several.push(vec![first, row]);
            }
            Some(Rows::Several(at)) => {
                if let Some(rows) = self.several.get_mut(at as usize) {
                    rows.push(row);
                }
            }
        }
        None
    }
}
