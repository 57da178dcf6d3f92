//! What a package says once its names are resolved: typed, without syntax and without serialization.
//!
//! Texts are places in the sources, ids are interned names. References within a model are full ids, looked up in the
//! model at hand, so that a layer above may replace what they name; references to requirements are final.

mod assessment;
mod catalog;
mod crosswalk;
mod element;
mod fate;
mod framework;
mod head;
mod index;
mod names;
mod process;
mod scope;
mod texts;
mod what;

pub use assessment::{
    AchievementAt, Aim, Assessed, Assessment, AssessmentId, AssessmentInput, Assessor, AttributeAt, Class, Exhibit,
    ExhibitId, Independence, Instances, Joining, Method, Observation, Rate, RatingMethod, RecordedLine, Rules, Subject,
    Verdict,
};
pub use catalog::{Catalog, CatalogId, ReqKind, Requirement, RequirementId};
pub use crosswalk::{Crosswalk, CrosswalkId, Line, Relation};
pub use element::{AnyElement, Dropped, Element, Lost, Model, Omission, Replaced, Was};
pub use fate::Fate;
pub use framework::{Achievement, Attribute, Decimal, Framework, FrameworkId, GenericPractice, Level, Rating, Reached};
pub use head::{Application, Conformity, Cover, Drop, Exclusion, Head, Notice, Order, State};
pub use index::Index;
pub use names::{Name, Names, is_similar, natural_order, similar_key, similarity};
pub use process::Relation as ProcessRelation;
pub use process::*;
pub use scope::{Found, OfRules, Scope, Sight, Thing, Want, term_key};
pub use what::What;

use rustc_hash::FxHashMap;

use crate::span::{FileId, Span, narrow};

/// A package, by its position in [`Program::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PackageId(pub u32);

/// Everything that one compilation knows: the package asked for and all that it uses.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The interned ids.
    pub names: Names,
    /// The packages, each after those that it uses; the last is the one asked for.
    pub packages: Vec<Package>,
    /// The catalogs of all packages.
    pub catalogs: Vec<Catalog>,
    /// The requirements of all catalogs, headings included; each catalog's in a row.
    pub requirements: Vec<Requirement>,
    /// The crosswalks of all packages.
    pub crosswalks: Vec<Crosswalk>,
    /// The measurement frameworks of all packages.
    pub frameworks: Vec<Framework>,
    /// The assessments of all packages.
    pub assessments: Vec<Assessment>,
    /// The ratings of all packages, in source order.
    pub rates: Vec<Rate>,
    /// The exhibits of all packages.
    pub exhibits: Vec<Exhibit>,
    /// What assessments of each class have to have, of all packages.
    pub rules: Vec<Rules>,
    /// The notes in the blocks of statements that carry nothing else, by the places of their heads.
    pub notes: FxHashMap<Span, Remarks>,
    /// The package of each file.
    pub packages_of_files: FxHashMap<FileId, PackageId>,
    /// What all packages declare for others, by id.
    pub index: Index,
}

/// A package.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version, if its manifest states one.
    pub version: Option<String>,
    /// Whether it comes with the compiler.
    pub is_standard: bool,
    /// What it describes, its bases included.
    pub model: Model,
    /// What it sees.
    pub scope: Scope,
    /// The fields that its blocks may carry.
    pub fields: Vec<Field>,
    /// Notes in blocks at the top of its files that outputs have no object for.
    pub notes: Vec<InnerNote>,
}

impl Program {
    /// The package asked for.
    pub fn root(&self) -> Option<&Package> {
        self.packages.last()
    }

    /// The position of the package asked for.
    pub fn root_id(&self) -> Option<PackageId> {
        self.packages.len().checked_sub(1).map(|at| PackageId(narrow(at)))
    }

    /// A package.
    ///
    /// # Panics
    /// For the id of another program's package; so do its siblings below.
    pub fn package(&self, id: PackageId) -> &Package {
        &self.packages[id.0 as usize]
    }

    /// The package that a place belongs to.
    pub fn package_of(&self, place: Span) -> Option<PackageId> {
        self.packages_of_files.get(&place.file).copied()
    }

    /// Where something comes from that stands in an element with this origin, or that a layer added to it.
    pub fn origin_of(&self, place: Span, element: Origin) -> Origin {
        let package = self.package_of(place).unwrap_or(element.package);
        let layer = self.package(package).model.head.as_ref().map(|head| head.id);
        Origin { package, span: place, layer }
    }

    /// Whether the model of one package extends that of another, directly or through others.
    pub fn is_above(&self, one: PackageId, other: PackageId) -> bool {
        self.package(one).scope.stands_on.binary_search(&other).is_ok()
    }

    /// A catalog.
    pub fn catalog(&self, id: CatalogId) -> &Catalog {
        &self.catalogs[id.0 as usize]
    }

    /// The catalogs that a package declares, in order.
    pub fn catalogs_of(&self, package: PackageId) -> impl Iterator<Item = CatalogId> + use<> {
        let from = self.catalogs.partition_point(|catalog| catalog.origin.package < package);
        let to = self.catalogs.partition_point(|catalog| catalog.origin.package <= package);
        (from..to).map(|at| CatalogId(narrow(at)))
    }

    /// The requirement, control or clause with an id in a catalog; of several, which is reported, the first.
    pub fn requirement_of(&self, catalog: CatalogId, id: Name) -> Option<RequirementId> {
        let rows = &self.catalog(catalog).rows;
        let twins = self.index.requirements(id);
        let at = twins.partition_point(|twin| twin.0 < rows.start);
        twins.get(at).copied().filter(|twin| twin.0 < rows.end)
    }

    /// A requirement, control or clause.
    pub fn requirement(&self, id: RequirementId) -> &Requirement {
        &self.requirements[id.0 as usize]
    }

    /// A crosswalk.
    pub fn crosswalk(&self, id: CrosswalkId) -> &Crosswalk {
        &self.crosswalks[id.0 as usize]
    }

    /// A measurement framework.
    pub fn framework(&self, id: FrameworkId) -> &Framework {
        &self.frameworks[id.0 as usize]
    }

    /// An assessment.
    pub fn assessment(&self, id: AssessmentId) -> &Assessment {
        &self.assessments[id.0 as usize]
    }

    /// An exhibit.
    pub fn exhibit(&self, id: ExhibitId) -> &Exhibit {
        &self.exhibits[id.0 as usize]
    }

    /// The full id of what is rated: `TEC.04.1`, `PA.2.1.a`, `PA.2.1`.
    pub fn subject_id(&self, framework: FrameworkId, subject: Subject) -> String {
        let framework = self.framework(framework);
        let name = |at| framework.attribute(at).map_or("", |attribute| self.name(attribute.id));
        match subject {
            Subject::Outcome(id) => self.name(id).to_owned(),
            Subject::Attribute(at) => name(at).to_owned(),
            Subject::Achievement(at) => {
                let letter = framework.achievement(at).map_or("", |achievement| self.name(achievement.id));
                format!("{}.{letter}", name(at.of))
            }
        }
    }

    /// A class of assessments, as the rules that a package sees define it.
    pub fn class(&self, package: &Package, word: Name) -> Option<&assessment::Class> {
        let rules =
            self.rules.iter().filter(|rules| package.scope.packages.binary_search(&rules.origin.package).is_ok());
        rules.flat_map(|rules| &rules.classes).find(|class| class.word == word)
    }

    /// What an id says.
    pub fn name(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// The requirements, controls and clauses that a requirement stands in, the nearest first.
    pub fn standing_in(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
        std::iter::successors(self.requirement(id).parent, |parent| self.requirement(*parent).parent)
    }

    /// What is "above" a requirement: what it stands in, but for an enhancement, and what is
    /// below it, not the controls that it enhances.
    pub fn above(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
        let mut below_enhancement = false;
        let mut child = id;
        self.standing_in(id).filter(move |parent| {
            let kind = self.requirement(*parent).kind;
            below_enhancement |= self.requirement(child).kind == ReqKind::Control && kind == ReqKind::Control;
            child = *parent;
            !(below_enhancement && kind == ReqKind::Control)
        })
    }

    /// A row and what it is above of.
    pub fn reach(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
        let below = self.below(id).filter(move |row| self.above(*row).any(|above| above == id));
        std::iter::once(id).chain(below)
    }

    /// What a requirement is a part of.
    pub fn whole(&self, id: RequirementId) -> Option<RequirementId> {
        let row = self.requirement(id);
        let parent = row.parent.filter(|_| row.kind == ReqKind::Requirement)?;
        (self.requirement(parent).kind != ReqKind::Clause).then_some(parent)
    }

    /// The parts of a requirement or control: the requirements directly below it.
    pub fn parts(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
        let whole = self.requirement(id);
        let is_whole = whole.kind != ReqKind::Clause;
        self.children(id).filter(move |part| is_whole && self.requirement(*part).kind == ReqKind::Requirement)
    }

    /// Whether a requirement may be excluded with a reason: a control, or any requirement of a tailorable catalog.
    pub fn is_tailorable(&self, id: RequirementId) -> bool {
        let row = self.requirement(id);
        match row.kind {
            ReqKind::Control => true,
            ReqKind::Requirement => self.catalog(row.catalog).tailorable,
            ReqKind::Clause => false,
        }
    }

    /// The requirements and controls that an exclusion takes out.
    pub fn exclusion_reach(&self, excluded: RequirementId) -> Vec<RequirementId> {
        let row = self.requirement(excluded);
        let tailorable = self.catalog(row.catalog).tailorable;
        match row.kind {
            ReqKind::Requirement if !tailorable => Vec::new(),
            ReqKind::Requirement | ReqKind::Control => self.reach(excluded).collect(),
            ReqKind::Clause => self
                .below(excluded)
                .filter(|id| match self.requirement(*id).kind {
                    ReqKind::Clause => false,
                    ReqKind::Control => true,
                    ReqKind::Requirement => tailorable || self.is_part_of_control(*id),
                })
                .collect(),
        }
    }

    /// Whether a requirement is a part of a control, directly or through requirements.
    pub fn is_part_of_control(&self, id: RequirementId) -> bool {
        self.standing_in(id).any(|above| self.requirement(above).kind == ReqKind::Control)
    }

    /// What stands directly below a requirement, control or clause, in source order.
    pub fn children(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + '_ {
        let end = self.requirement(id).subtree_end;
        let first = RequirementId(id.0 + 1);
        std::iter::successors((first.0 < end.0).then_some(first), move |child| {
            let next = self.requirement(*child).subtree_end;
            (next.0 < end.0).then_some(next)
        })
    }

    /// Everything below a requirement, control or clause, in source order.
    pub fn below(&self, id: RequirementId) -> impl Iterator<Item = RequirementId> + use<> {
        (id.0 + 1..self.requirement(id).subtree_end.0).map(RequirementId)
    }

    /// `iso27001-2013:7.4.a`.
    pub fn full_id(&self, id: RequirementId) -> String {
        let requirement = self.requirement(id);
        format!("{}:{}", self.name(self.catalog(requirement.catalog).id), self.name(requirement.id))
    }

    /// The line of a crosswalk, with a word for its relation: `A.5.1.1, A.5.1.2 equals A.5.1`.
    pub fn line_words(&self, line: &Line, relation: &str) -> String {
        let side = |ids: &[(RequirementId, Span)]| {
            let ids: Vec<&str> = ids.iter().map(|(id, _)| self.name(self.requirement(*id).id)).collect();
            ids.join(", ")
        };
        format!("{} {relation} {}", side(&line.left), side(&line.right))
    }
}

/// A note, label or other text of the author's: its place, quotes included.
pub type Text = Span;
