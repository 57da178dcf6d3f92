//! What a package says once its names are resolved: typed, without syntax and without serialization.
//!
//! Texts are places in the sources, ids are interned names. References within a model are full ids, looked up in the
//! model at hand, so that a layer above may replace what they name; references to requirements are final.

mod catalog;
mod crosswalk;
mod fate;
mod framework;
mod head;
mod index;
mod names;
mod process;
mod scope;
mod texts;
mod what;

pub use catalog::{Catalog, CatalogId, ReqKind, Requirement, RequirementId};
pub use crosswalk::{Crosswalk, CrosswalkId, Line, Relation};
pub use fate::Fate;
pub use framework::{Achievement, Attribute, Framework, FrameworkId, GenericPractice, Level, Rating};
pub use head::{Application, Conformity, Cover, Drop, Exclusion, Head, Notice, Order, State};
pub use index::Index;
pub use names::{Name, Names, is_similar, natural_order, similar_key, similarity};
pub use process::{
    Action, Annex, AnyElement, Change, Element, Field, FieldKind, FieldValue, Group, InnerNote, Item, Link, Member,
    Origin, Outcome, Practice, Process, Reference, Relation as ProcessRelation, RelationKind, Remarks, Stated,
    Strength, Target, Term,
};
pub use scope::{Found, Scope, Sight, Thing, Want, term_key};
pub use what::What;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::index::{Idx, each, get, get_mut};
use crate::span::{FileId, Span, narrow};

/// A package, by its position in [`Program::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PackageId(pub u32);

/// Everything that one compilation knows: the package asked for and all that it uses.
#[derive(Debug, Default)]
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
    /// The notes in the blocks of statements that carry nothing else, by the places of their heads.
    pub notes: FxHashMap<Span, Remarks>,
    /// The package of each file.
    pub packages_of_files: FxHashMap<FileId, PackageId>,
    /// What all packages declare for others, by id.
    pub index: Index,
}

/// A package.
#[derive(Debug)]
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

/// The processes of a package and of the bases of its model.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The model statement; `None` for a package without a model.
    pub head: Option<Head>,
    /// The process groups, in source order.
    pub groups: Vec<Group>,
    /// The processes, in source order.
    pub processes: Vec<Process>,
    /// The information items, in source order.
    pub items: Vec<Item>,
    /// The terms, in source order.
    pub terms: Vec<Term>,
    /// The annexes of its own, in source order; those of bases are theirs.
    pub annexes: Vec<Annex>,
    /// The documents that are cited, in source order.
    pub references: Vec<Reference>,
    /// The element of each full id.
    pub index: FxHashMap<Name, Element>,
    /// What layers left out.
    pub omissions: Vec<Omission>,
    /// Links that went with an outcome which a layer replaced or left out.
    pub lost: Vec<Lost>,
    /// What a base says of an element that a layer left out.
    pub dropped: Vec<Dropped>,
    /// What elements said that a layer stated anew.
    pub replaced: Vec<Replaced>,
}

/// An element that a layer left out.
#[derive(Clone, Debug)]
pub struct Omission {
    /// Its full id.
    pub id: Name,
    /// The place of its id in the `omit` statement.
    pub span: Span,
    /// Why.
    pub because: Option<Text>,
    /// The statement.
    pub origin: Origin,
}

/// A link that went with an outcome, or that lost a member of its joint set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The requirement, control or clause.
    pub requirement: RequirementId,
    /// The outcome that was replaced or left out.
    pub outcome: Name,
    /// The outcome that states the link: the same, or, where a member of a joint set is gone, the one that is left.
    pub stated_by: Name,
    /// How far the link went.
    pub strength: Strength,
    /// Where the link stood.
    pub link: Span,
    /// The statement that lost it.
    pub by: Span,
}

/// What an element said before a layer stated it anew, of all that it does not keep.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Its full id; of a term its words as they are compared.
    pub id: Name,
    /// The statement that took its place.
    pub by: Span,
    /// What it satisfied.
    pub links: Vec<Link>,
    /// The elements that it achieved, consumed or produced, each with the word for it.
    pub said: Vec<(&'static str, Target)>,
    /// Texts of other statements in its block, each with the word for it.
    pub texts: Vec<(&'static str, Text)>,
}

/// A reference to an element that a layer left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The element.
    pub id: Name,
    /// Where the reference stood.
    pub reference: Span,
    /// The statement that left the element out.
    pub by: Span,
    /// What referred to it, and how.
    pub was: Was,
}

/// How an element was referred to, and by the full id of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Was {
    /// An outcome or a practice produces an item.
    Produced(Name),
    /// A practice consumes an item.
    Consumed(Name),
    /// A practice achieves an outcome.
    Achieved(Name),
    /// A process has a relation to another.
    Related(Name, Box<ProcessRelation>),
}

impl Model {
    /// The process at a position.
    pub fn process_at(&self, at: Idx<Process>) -> Option<&Process> {
        get(&self.processes, at)
    }

    /// The outcome at a position in the process at another.
    pub fn outcome_at(&self, process: Idx<Process>, at: Idx<Outcome>) -> Option<&Outcome> {
        get(&self.process_at(process)?.outcomes, at)
    }

    /// The practice at a position in the process at another.
    pub fn practice_at(&self, process: Idx<Process>, at: Idx<Practice>) -> Option<&Practice> {
        get(&self.process_at(process)?.practices, at)
    }

    /// The outcome with a full id.
    pub fn outcome(&self, id: Name) -> Option<&Outcome> {
        match self.index.get(&id)? {
            Element::Outcome(process, outcome) => self.outcome_at(*process, *outcome),
            _ => None,
        }
    }

    /// The outcome that a member of a joint set means, if it is there.
    pub fn member(&self, member: &Target) -> Option<&Outcome> {
        self.outcome(member.id).filter(|_| !member.gone)
    }

    /// The other members of the joint set that a link of an outcome belongs to.
    pub fn partners<'a>(&'a self, outcome: &'a Outcome, link: &Link) -> impl Iterator<Item = Member> + use<'a> {
        let targets = outcome.partners(link).iter();
        targets.map(|target| Member { id: target.id, is_there: self.member(target).is_some() })
    }

    /// The outcome that a member is, if it is there.
    pub fn outcome_of(&self, member: Member) -> Option<&Outcome> {
        self.outcome(member.id).filter(|_| member.is_there)
    }

    /// A group and all groups in it.
    pub fn groups_from(&self, id: Name) -> FxHashSet<Name> {
        let mut found: FxHashSet<Name> = [id].into_iter().collect();
        // Groups nest a few levels deep; going round until nothing is new is quick.
        loop {
            let count = found.len();
            let inner = self.groups.iter().filter(|group| group.parent.is_some_and(|parent| found.contains(&parent)));
            found.extend(inner.map(|group| group.id).collect::<Vec<_>>());
            if found.len() == count {
                return found;
            }
        }
    }

    /// The process with an id.
    pub fn process(&self, id: Name) -> Option<&Process> {
        match self.index.get(&id)? {
            Element::Process(process) => self.process_at(*process),
            _ => None,
        }
    }

    /// The group with an id.
    pub fn group(&self, id: Name) -> Option<&Group> {
        match self.index.get(&id)? {
            Element::Group(group) => get(&self.groups, *group),
            _ => None,
        }
    }

    /// The element at a position.
    pub fn at(&self, element: Element) -> Option<&dyn AnyElement> {
        Some(match element {
            Element::Group(at) => get(&self.groups, at)?,
            Element::Process(at) => self.process_at(at)?,
            Element::Outcome(process, at) => self.outcome_at(process, at)?,
            Element::Practice(process, at) => self.practice_at(process, at)?,
            Element::Item(at) => get(&self.items, at)?,
            Element::Annex(at) => get(&self.annexes, at)?,
            Element::Reference(at) => get(&self.references, at)?,
        })
    }

    /// The element at a position, to be changed.
    pub fn at_mut(&mut self, element: Element) -> Option<&mut dyn AnyElement> {
        Some(match element {
            Element::Group(at) => get_mut(&mut self.groups, at)?,
            Element::Process(at) => get_mut(&mut self.processes, at)?,
            Element::Outcome(process, at) => get_mut(&mut get_mut(&mut self.processes, process)?.outcomes, at)?,
            Element::Practice(process, at) => get_mut(&mut get_mut(&mut self.processes, process)?.practices, at)?,
            Element::Item(at) => get_mut(&mut self.items, at)?,
            Element::Annex(at) => get_mut(&mut self.annexes, at)?,
            Element::Reference(at) => get_mut(&mut self.references, at)?,
        })
    }

    /// The element with a full id.
    pub fn element(&self, id: Name) -> Option<&dyn AnyElement> {
        self.at(*self.index.get(&id)?)
    }

    /// All elements with their ids, in order: groups, processes with what stands in them, items, annexes, references.
    pub fn elements(&self) -> impl Iterator<Item = (Element, Name)> + '_ {
        let groups = each(&self.groups).map(|(at, group)| (Element::Group(at), group.id));
        let processes = each(&self.processes).flat_map(|(at, process)| {
            let outcomes = each(&process.outcomes).map(move |(own, outcome)| (Element::Outcome(at, own), outcome.id));
            let practices =
                each(&process.practices).map(move |(own, practice)| (Element::Practice(at, own), practice.id));
            std::iter::once((Element::Process(at), process.id)).chain(outcomes).chain(practices)
        });
        let items = each(&self.items).map(|(at, item)| (Element::Item(at), item.id));
        let annexes = each(&self.annexes).map(|(at, annex)| (Element::Annex(at), annex.id));
        let references = each(&self.references).map(|(at, reference)| (Element::Reference(at), reference.id));
        groups.chain(processes).chain(items).chain(annexes).chain(references)
    }

    /// The document that is cited, by its id.
    pub fn reference(&self, id: Name) -> Option<&Reference> {
        match self.index.get(&id)? {
            Element::Reference(reference) => get(&self.references, *reference),
            _ => None,
        }
    }

    /// The annex with an id.
    pub fn annex(&self, id: Name) -> Option<&Annex> {
        match self.index.get(&id)? {
            Element::Annex(annex) => get(&self.annexes, *annex),
            _ => None,
        }
    }

    /// The information item with an id.
    pub fn item(&self, id: Name) -> Option<&Item> {
        match self.index.get(&id)? {
            Element::Item(item) => get(&self.items, *item),
            _ => None,
        }
    }
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
}

/// A note, label or other text of the author's: its place, quotes included.
pub type Text = Span;
