//! What a package sees: what it declares, what it uses, and what the bases of its model see.
//!
//! Resolution settles it once, as a [`Scope`]; whoever has to know what an id means, or which ids could stand at a
//! place, asks through a [`Sight`]: who binds, who prints, and the editor.

use rustc_hash::{FxHashMap, FxHashSet};

use super::framework::Rating;
use super::{
    AssessmentId, CatalogId, CrosswalkId, Element, ExhibitId, Field, FieldKind, FrameworkId, Model, Name, Omission,
    Package, PackageId, Program, RequirementId, Subject, Term, Text, What,
};
use crate::index::{Idx, each};
use crate::source::alike;
use crate::span::{Span, narrow};

/// What a package sees.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The packages whose catalogs, frameworks, crosswalks, models, terms and fields it sees: itself, those that it
    /// uses, and what the bases of its model see; in order.
    pub packages: Vec<PackageId>,
    /// Their catalogs, in the order of their declaration.
    pub catalogs: Vec<CatalogId>,
    /// The packages with the models that its model extends, in order; without those that others of them extend.
    pub bases: Vec<PackageId>,
    /// The packages of all models that its model extends, directly or through others, in order.
    pub stands_on: Vec<PackageId>,
    /// Where its source names the models that it extends, in order, then the packages that it uses, with the packages
    /// that these names bring.
    pub named: Vec<(PackageId, Span)>,
    /// The packages that it uses, by the names that it has for them.
    pub uses: FxHashMap<Name, PackageId>,
    /// The packages that it has an alias for, and the place of the alias.
    pub aliases: FxHashMap<Name, (PackageId, Span)>,
    /// The terms by their words, as [`term_key`] has them: a package, and a position among the terms of its model.
    pub terms: FxHashMap<String, (PackageId, u32)>,
    /// Those of them that several packages which are used define differently, where neither the package nor its bases do.
    pub unclear_terms: FxHashMap<String, Vec<(PackageId, u32)>>,
    /// The fields by id and kind: a package, and a position among its fields.
    pub fields: FxHashMap<(Name, FieldKind), (PackageId, u32)>,
}

/// The words of a term as they are compared.
pub fn term_key(words: &str) -> String {
    let blank = |character: char| if alike::is_blank(character) { ' ' } else { character };
    words.to_lowercase().chars().map(blank).collect()
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want<'a> {
    /// A package that is used.
    Package,
    /// An alias of such a package.
    Alias,
    /// A model.
    Model,
    /// A model to extend: one of another package that is seen; those of packages that are used are offered.
    Base,
    /// An element of the own model, of this kind, or of any.
    Element(Option<What>),
    /// An element of a base, of this kind, or of any that a layer may leave out; what the own model does to it does not
    /// count.
    OfBase(Option<What>),
    /// An outcome, by its number in the process with this id, else by its full id.
    OutcomeOf(&'a str),
    /// A catalog, by its id or an alias.
    Catalog,
    /// A requirement, control or clause; those that are made of models are looked at last.
    Requirement,
    /// What a model may conform to; the requirements that are made of models are looked at first.
    Conformity,
    /// One of this catalog, which may stand before it: a side of a crosswalk.
    RequirementOf(CatalogId),
    /// A crosswalk.
    Crosswalk,
    /// A measurement framework.
    Framework,
    /// A model that is measured by a framework.
    Measured,
    /// An assessment.
    Assessment,
    /// An exhibit; those of the own package are looked at first.
    Exhibit,
    /// An item of a model that is seen; those of the own model are looked at first.
    Shown,
    /// An element of the model of this package, of this kind or of any.
    ElementOf(PackageId, Option<What>),
    /// An outcome of the model of this package, by its number in the process with this id, else by its full id.
    OutcomeIn(PackageId, &'a str),
    /// An attribute of a framework, or an achievement, by the id of its attribute and its own.
    Measure(FrameworkId),
    /// A rating of a framework.
    Rating(FrameworkId),
    /// A level of a framework.
    Level(FrameworkId),
    /// A term.
    Term,
    /// A field on blocks of this kind.
    Field(FieldKind),
    /// What may stand in double brackets: an element, else a requirement, else a term.
    Text,
}

/// What rules define for assessments, by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfRules {
    /// What is asked of an assessment.
    Class,
    /// How independent its assessors are.
    Independence,
}

impl OfRules {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            OfRules::Class => "class",
            OfRules::Independence => "kind of independence",
        }
    }
}

/// What an id means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T = Thing> {
    /// Nothing.
    None,
    /// One thing.
    One(T),
    /// Several: it is ambiguous.
    Several(Vec<T>),
}

/// Something that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A package.
    Package(PackageId),
    /// A package, by an alias.
    Alias(PackageId),
    /// The model of a package.
    Model(PackageId),
    /// An element of the model of a package, with its full id.
    Element(PackageId, Element, Name),
    /// A catalog.
    Catalog(CatalogId),
    /// A requirement, control or clause.
    Requirement(RequirementId),
    /// A crosswalk.
    Crosswalk(CrosswalkId),
    /// A measurement framework.
    Framework(FrameworkId),
    /// An assessment.
    Assessment(AssessmentId),
    /// An exhibit.
    Exhibit(ExhibitId),
    /// An attribute or an achievement of a framework.
    Measure(FrameworkId, Subject),
    /// A rating of a framework, by position.
    Rating(FrameworkId, Idx<Rating>),
    /// A level of a framework, by position.
    Level(FrameworkId, u32),
    /// A term of the model of a package, by position.
    Term(PackageId, u32),
    /// A field of a package, by position.
    Field(PackageId, u32),
}

impl<T> Found<T> {
    /// Of what was found, the same in other words.
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Found<U> {
        match self {
            Found::None => Found::None,
            Found::One(one) => Found::One(change(one)),
            Found::Several(several) => Found::Several(several.into_iter().map(change).collect()),
        }
    }

    /// What was found; where nothing was, what something else gives.
    fn or_else(self, other: impl FnOnce() -> Found<T>) -> Found<T> {
        if matches!(self, Found::None) { other() } else { self }
    }

    /// All that was found.
    pub fn all(self) -> Vec<T> {
        self.into_iter().collect()
    }

    /// What was found; of several things the first.
    pub fn first(self) -> Option<T> {
        self.into_iter().next()
    }
}

impl<T> IntoIterator for Found<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, several) = match self {
            Found::None => (None, Vec::new()),
            Found::One(one) => (Some(one), Vec::new()),
            Found::Several(several) => (None, several),
        };
        one.into_iter().chain(several)
    }
}

impl<T> From<Vec<T>> for Found<T> {
    fn from(mut all: Vec<T>) -> Found<T> {
        match all.len() {
            0 | 1 => all.pop().into(),
            _ => Found::Several(all),
        }
    }
}

impl<T> From<Option<T>> for Found<T> {
    fn from(found: Option<T>) -> Found<T> {
        found.map_or(Found::None, Found::One)
    }
}

/// A package looking around: what an id means there, and which ids there are.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    program: &'a Program,
    id: PackageId,
    package: &'a Package,
}

impl Program {
    /// What a package sees.
    pub fn sight(&self, id: PackageId) -> Sight<'_> {
        Sight::new(self, id, self.package(id))
    }
}

impl<'a> Sight<'a> {
    /// What a package sees that need not be in the program yet.
    pub fn new(program: &'a Program, id: PackageId, package: &'a Package) -> Sight<'a> {
        Sight { program, id, package }
    }

    /// What an id means.
    pub fn find(&self, want: Want<'_>, written: &str) -> Found {
        match want {
            Want::Package => self
                .name(written)
                .and_then(|name| self.package.scope.uses.get(&name))
                .copied()
                .map(Thing::Package)
                .into(),
            Want::Alias => self.alias(written).map(Thing::Alias).into(),
            Want::Model => self.models().find(|thing| self.id(*thing) == Some(written)).into(),
            Want::Base => {
                let is_other = |thing: &Thing| *thing != Thing::Model(self.id);
                self.models().filter(is_other).find(|thing| self.id(*thing) == Some(written)).into()
            }
            Want::Element(what) => {
                self.element(written, what).map(|(element, id)| Thing::Element(self.id, element, id)).into()
            }
            Want::OfBase(what) => self.of_base(written, what).into(),
            Want::OutcomeOf(process) => {
                self.outcome_of(process, written).map(|(element, id)| Thing::Element(self.id, element, id)).into()
            }
            Want::Catalog => self.catalog(written).map(Thing::Catalog),
            Want::Requirement => self.requirement(written, false).map(Thing::Requirement),
            Want::Conformity => self.requirement(written, true).map(Thing::Requirement),
            Want::RequirementOf(catalog) => self.requirement_of(catalog, written).map(Thing::Requirement).into(),
            Want::Crosswalk => self.crosswalk(written).map(Thing::Crosswalk).into(),
            Want::Framework => self.framework(written).map(Thing::Framework).into(),
            Want::Measured => self.measured().find(|thing| self.id(*thing) == Some(written)).into(),
            Want::Assessment => self.assessment(written).map(Thing::Assessment).into(),
            Want::Exhibit => self.exhibit(written).map(Thing::Exhibit).into(),
            Want::Shown => {
                let item = |home| self.element_of(home, written, Some(What::Item));
                item(self.id).or_else(|| self.homes().find_map(item)).into()
            }
            Want::ElementOf(home, what) => self.element_of(home, written, what).into(),
            Want::OutcomeIn(home, process) => {
                let what = Some(What::Outcome);
                let by_number = self.element_of(home, &format!("{process}.{written}"), what);
                by_number.or_else(|| self.element_of(home, written, what)).into()
            }
            Want::Measure(_) | Want::Rating(_) | Want::Level(_) => {
                self.candidates(want).find(|thing| self.full_id(*thing).as_deref() == Some(written)).into()
            }
            Want::Term => {
                let key = term_key(written);
                let thing = |(home, at): &(PackageId, u32)| Thing::Term(*home, *at);
                match self.package.scope.unclear_terms.get(&key) {
                    Some(several) => Found::Several(several.iter().map(thing).collect()),
                    None => self.package.scope.terms.get(&key).map(thing).into(),
                }
            }
            Want::Field(on) => {
                let field = self.name(written).and_then(|name| self.package.scope.fields.get(&(name, on)));
                field.map(|(home, at)| Thing::Field(*home, *at)).into()
            }
            Want::Text => self
                .find(Want::Element(None), written)
                .or_else(|| self.find(Want::Requirement, written))
                .or_else(|| self.find(Want::Term, written)),
        }
    }

    fn name(&self, written: &str) -> Option<Name> {
        self.program.names.get(written)
    }

    fn sees(&self, package: PackageId) -> bool {
        self.package.scope.packages.binary_search(&package).is_ok()
    }

    /// The package that an alias stands for.
    pub fn alias(&self, written: &str) -> Option<PackageId> {
        self.package.scope.aliases.get(&self.name(written)?).map(|(package, _)| *package)
    }

    /// The element of the own model with a full id, if it is of the kind that is meant.
    pub fn element(&self, id: &str, what: Option<What>) -> Option<(Element, Name)> {
        let name = self.name(id)?;
        let element = *self.package.model.index.get(&name)?;
        what.is_none_or(|what| element.what() == what).then_some((element, name))
    }

    /// An outcome, by its number in a process, else by its full id.
    pub fn outcome_of(&self, process: &str, written: &str) -> Option<(Element, Name)> {
        let what = Some(What::Outcome);
        self.element(&[process, ".", written].concat(), what).or_else(|| self.element(written, what))
    }

    /// The element of the nearest base that has one with this full id, if it is of the kind that is meant.
    fn of_base(&self, id: &str, what: Option<What>) -> Option<Thing> {
        let name = self.name(id)?;
        let mut bases = self.package.scope.stands_on.iter().rev();
        let found = |base: &PackageId| Some((*base, *self.program.package(*base).model.index.get(&name)?));
        let (base, element) = bases.find_map(found)?;
        (element.may_be(what) && self.is_left(name)).then_some(Thing::Element(base, element, name))
    }

    /// Whether an element of some base is one of all bases together: none of them left it out. What the own model
    /// leaves out is.
    fn is_left(&self, id: Name) -> bool {
        let model = &self.package.model;
        let written = self.program.name(id);
        let mut own = model.omissions.iter().filter(|omission| omission.origin.package == self.id);
        let takes = |omission: &Omission| {
            let rest = written.strip_prefix(self.program.name(omission.id));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        model.index.contains_key(&id) || own.any(takes)
    }

    /// The catalogs with an id or alias; of an alias that is the id of another catalog, which is an error, that too.
    pub fn catalog(&self, written: &str) -> Found<CatalogId> {
        let Some(name) = self.name(written) else { return Found::None };
        let by_id = self.program.index.catalog(name);
        let by_id = by_id.filter(|id| self.package.scope.catalogs.binary_search(id).is_ok());
        let Some((package, _)) = self.package.scope.aliases.get(&name) else { return by_id.into() };
        let mut catalogs: Vec<CatalogId> = self.program.catalogs_of(*package).chain(by_id).collect();
        catalogs.sort_unstable();
        catalogs.dedup();
        catalogs.into()
    }

    /// The requirements, controls and clauses that `7.4.a` or `iso27001-2013:7.4.a` may mean. Of an id alone, those
    /// that are made of models are looked at first or last.
    pub fn requirement(&self, written: &str, models_first: bool) -> Found<RequirementId> {
        match written.split_once(':') {
            Some((catalog, id)) => {
                let Some(name) = self.name(id) else { return Found::None };
                let catalogs = self.catalog(catalog).into_iter();
                catalogs.filter_map(|catalog| self.program.requirement_of(catalog, name)).collect::<Vec<_>>().into()
            }
            None => self.name(written).map_or(Found::None, |name| self.bare(name, models_first)),
        }
    }

    /// The requirements with an id, in the catalogs that are seen.
    fn bare(&self, id: Name, models_first: bool) -> Found<RequirementId> {
        // Most ids have one row alone: then there is nothing to choose.
        if let [_] = self.program.index.requirements(id) {
            return self.twins(id).next().into();
        }
        let (first, last): (Vec<_>, Vec<_>) = self.twins(id).partition(|row| self.for_models(*row) == models_first);
        if first.is_empty() { last.into() } else { first.into() }
    }

    fn for_models(&self, row: RequirementId) -> bool {
        self.program.catalog(self.program.requirement(row).catalog).for_models
    }

    fn twins(&self, id: Name) -> impl Iterator<Item = RequirementId> + use<'a> {
        let Sight { program, package, .. } = *self;
        let catalogs = &package.scope.catalogs;
        let twins = program.index.requirements(id);
        // Of two long lists, the shorter is gone through.
        let (by_catalog, by_row) =
            if catalogs.len() < twins.len() { (catalogs.as_slice(), &[][..]) } else { (&[][..], twins) };
        let is_seen = |row: &RequirementId| catalogs.binary_search(&program.requirement(*row).catalog).is_ok();
        let by_catalog = by_catalog.iter().filter_map(move |catalog| program.requirement_of(*catalog, id));
        by_catalog.chain(by_row.iter().copied().filter(is_seen))
    }

    /// A requirement of one catalog, which may stand before it.
    pub fn requirement_of(&self, side: CatalogId, written: &str) -> Option<RequirementId> {
        let id = match written.split_once(':') {
            Some((catalog, id)) => Some(id).filter(|_| self.catalog(catalog).into_iter().any(|found| found == side))?,
            None => written,
        };
        self.program.requirement_of(side, self.name(id)?)
    }

    /// The crosswalk with an id.
    pub fn crosswalk(&self, id: &str) -> Option<CrosswalkId> {
        let mut twins = self.program.index.crosswalks(self.name(id)?).iter().copied();
        twins.find(|crosswalk| self.sees(self.program.crosswalk(*crosswalk).origin.package))
    }

    /// The framework with an id.
    pub fn framework(&self, id: &str) -> Option<FrameworkId> {
        let mut twins = self.program.index.frameworks(self.name(id)?).iter().copied();
        twins.find(|framework| self.sees(self.program.framework(*framework).origin.package))
    }

    /// The assessment with an id.
    pub fn assessment(&self, id: &str) -> Option<AssessmentId> {
        let mut twins = self.program.index.assessments(self.name(id)?).iter().copied();
        twins.find(|assessment| self.sees(self.program.assessment(*assessment).origin.package))
    }

    /// The exhibit with an id; one of the own package, if there is one.
    pub fn exhibit(&self, id: &str) -> Option<ExhibitId> {
        let twins = self.program.index.exhibits(self.name(id)?);
        let home = |exhibit: &ExhibitId| self.program.exhibit(*exhibit).origin.package;
        let own = twins.iter().find(|exhibit| home(exhibit) == self.id);
        own.or_else(|| twins.iter().find(|exhibit| self.sees(home(exhibit)))).copied()
    }

    /// The element of the model of a package with a full id, if it is of the kind that is meant.
    fn element_of(&self, home: PackageId, id: &str, what: Option<What>) -> Option<Thing> {
        let name = self.name(id)?;
        let element = *self.model(home).index.get(&name)?;
        what.is_none_or(|what| element.what() == what).then_some(Thing::Element(home, element, name))
    }

    /// The models that are seen and measured.
    fn measured(&self) -> impl Iterator<Item = Thing> + use<'a> {
        let sight = *self;
        let is_measured =
            move |home: PackageId| sight.model(home).head.as_ref().is_some_and(|head| head.measured_by.is_some());
        self.models().filter(move |thing| matches!(thing, Thing::Model(home) if is_measured(*home)))
    }

    /// The attributes of a framework, each with its achievements behind it.
    fn measures(&self, framework: FrameworkId) -> impl Iterator<Item = Thing> + use<'a> {
        self.program.framework(framework).attributes().flat_map(move |(at, attribute)| {
            let achievements = (0..narrow(attribute.achievements.len()))
                .map(move |achievement| Subject::Achievement(super::AchievementAt { of: at, achievement }));
            std::iter::once(Subject::Attribute(at)).chain(achievements).map(move |it| Thing::Measure(framework, it))
        })
    }

    /// The classes, or the kinds of independence, that the rules in sight define: each word, its place, and what is said
    /// of it.
    pub fn defined_by_rules(&self, what: OfRules) -> impl Iterator<Item = (Name, Span, Option<Text>)> + use<'a> {
        let scope = &self.package.scope;
        let rules = self.program.rules.iter();
        let seen = rules.filter(move |rules| scope.packages.binary_search(&rules.origin.package).is_ok());
        seen.flat_map(move |rules| {
            let classes = rules.classes.iter().map(|class| (class.word, class.span, None));
            let independences = rules.independences.iter().map(|one| (one.word, one.span, one.text));
            let (classes, independences) = match what {
                OfRules::Class => (Some(classes), None),
                OfRules::Independence => (None, Some(independences)),
            };
            classes.into_iter().flatten().chain(independences.into_iter().flatten())
        })
    }

    /// The id of something, as it is written where several could be meant: of an achievement behind its attribute's.
    pub fn full_id(&self, thing: Thing) -> Option<String> {
        match thing {
            Thing::Measure(framework, subject) => Some(self.program.subject_id(framework, subject)),
            _ => self.id(thing).map(str::to_owned),
        }
    }

    /// What could stand where something is looked for, each thing once, in the order of its declaration; what comes
    /// of hashing is put in the order of the packages.
    pub fn candidates(&self, want: Want<'_>) -> Box<dyn Iterator<Item = Thing> + 'a> {
        let Sight { program, id, package } = *self;
        let scope = &package.scope;
        let sees = move |home: PackageId| scope.packages.binary_search(&home).is_ok();
        match want {
            Want::Package => Box::new(in_order(scope.uses.values().copied()).map(Thing::Package)),
            Want::Alias => Box::new(in_order(scope.aliases.values().map(|(package, _)| *package)).map(Thing::Alias)),
            Want::Model => Box::new(self.models()),
            // A model that is seen through a base is seen no longer where that base is left out.
            Want::Base => Box::new(self.models().filter(move |thing| match thing {
                Thing::Model(home) => *home != id && scope.uses.values().any(|used| used == home),
                _ => false,
            })),
            Want::Element(what) => Box::new(elements(id, &package.model, what)),
            Want::OfBase(what) => Box::new(self.of_bases(what)),
            Want::OutcomeOf(process) => {
                let process = self.element(process, Some(What::Process));
                Box::new(elements(id, &package.model, Some(What::Outcome)).filter(move |thing| {
                    match (thing, process) {
                        (Thing::Element(_, Element::Outcome(at, _), _), Some((Element::Process(process), _))) => {
                            *at == process
                        }
                        _ => false,
                    }
                }))
            }
            Want::Catalog => Box::new(scope.catalogs.iter().copied().map(Thing::Catalog)),
            Want::Requirement | Want::Conformity => Box::new(
                scope.catalogs.iter().flat_map(|id| program.catalog(*id).requirements()).map(Thing::Requirement),
            ),
            Want::RequirementOf(side) => Box::new(program.catalog(side).requirements().map(Thing::Requirement)),
            Want::Crosswalk => {
                let all = (0..).map(CrosswalkId).zip(&program.crosswalks);
                Box::new(all.filter(move |(_, row)| sees(row.origin.package)).map(|(id, _)| Thing::Crosswalk(id)))
            }
            Want::Framework => {
                let all = (0..).map(FrameworkId).zip(&program.frameworks);
                Box::new(all.filter(move |(_, row)| sees(row.origin.package)).map(|(id, _)| Thing::Framework(id)))
            }
            Want::Measured => Box::new(self.measured()),
            Want::Assessment => {
                let all = (0..).map(AssessmentId).zip(&program.assessments);
                Box::new(all.filter(move |(_, row)| sees(row.origin.package)).map(|(id, _)| Thing::Assessment(id)))
            }
            Want::Exhibit => {
                let all = (0..).map(ExhibitId).zip(&program.exhibits);
                Box::new(all.filter(move |(_, row)| sees(row.origin.package)).map(|(id, _)| Thing::Exhibit(id)))
            }
            Want::Shown => {
                let sight = *self;
                let mut known = FxHashSet::default();
                let all = self.homes().flat_map(move |home| elements(home, sight.model(home), Some(What::Item)));
                Box::new(all.filter(move |thing| matches!(thing, Thing::Element(_, _, id) if known.insert(*id))))
            }
            Want::ElementOf(home, what) => Box::new(elements(home, self.model(home), what)),
            Want::OutcomeIn(home, process) => {
                let prefix = format!("{process}.");
                let all = elements(home, self.model(home), Some(What::Outcome));
                Box::new(all.filter(
                    move |thing| matches!(thing, Thing::Element(_, _, id) if program.name(*id).starts_with(&prefix)),
                ))
            }
            Want::Measure(framework) => Box::new(self.measures(framework)),
            Want::Rating(framework) => {
                Box::new(each(&program.framework(framework).ratings).map(move |(at, _)| Thing::Rating(framework, at)))
            }
            Want::Level(framework) => Box::new(
                (0..).zip(&program.framework(framework).levels).map(move |(at, _)| Thing::Level(framework, at)),
            ),
            Want::Term => Box::new(in_order(self.clear_terms()).map(|(home, at)| Thing::Term(home, at))),
            Want::Field(on) => {
                let fields = scope.fields.iter().filter(move |((_, kind), _)| *kind == on).map(|(_, place)| *place);
                Box::new(in_order(fields).map(|(home, at)| Thing::Field(home, at)))
            }
            Want::Text => {
                let parts = [Want::Element(None), Want::Requirement, Want::Term].map(|want| self.candidates(want));
                Box::new(parts.into_iter().flatten())
            }
        }
    }

    /// The terms of which it is clear what they mean.
    fn clear_terms(&self) -> impl Iterator<Item = (PackageId, u32)> + use<'a> {
        let scope = &self.package.scope;
        scope.terms.iter().filter(|(words, _)| !scope.unclear_terms.contains_key(*words)).map(|(_, place)| *place)
    }

    /// The elements of all bases, the nearest base first, each id once.
    fn of_bases(&self, what: Option<What>) -> impl Iterator<Item = Thing> + use<'a> {
        let sight = *self;
        let program = self.program;
        let mut known = FxHashSet::default();
        let bases = self.package.scope.stands_on.iter().rev();
        let all = bases.flat_map(move |base| elements(*base, &program.package(*base).model, what));
        let mut is_new =
            move |element: Element, id: Name| element.may_be(what) && known.insert(id) && sight.is_left(id);
        all.filter(move |thing| matches!(thing, Thing::Element(_, element, id) if is_new(*element, *id)))
    }

    /// The id of something that is written as an id; of a term nothing, since it is written as a text.
    pub fn id(&self, thing: Thing) -> Option<&'a str> {
        let program = self.program;
        let name = match thing {
            Thing::Package(package) => return Some(&self.package_of(package).name),
            Thing::Alias(package) => {
                let aliases = self.package.scope.aliases.iter().filter(|(_, (of, _))| *of == package);
                *aliases.min_by_key(|(_, (_, place))| *place)?.0
            }
            Thing::Model(package) => self.model(package).head.as_ref()?.id,
            Thing::Element(_, _, id) => id,
            Thing::Catalog(catalog) => program.catalog(catalog).id,
            Thing::Requirement(requirement) => program.requirement(requirement).id,
            Thing::Crosswalk(crosswalk) => program.crosswalk(crosswalk).id,
            Thing::Framework(framework) => program.framework(framework).id,
            Thing::Assessment(assessment) => program.assessment(assessment).id,
            Thing::Exhibit(exhibit) => program.exhibit(exhibit).id,
            Thing::Measure(framework, Subject::Attribute(at)) => program.framework(framework).attribute(at)?.id,
            Thing::Measure(framework, Subject::Achievement(at)) => program.framework(framework).achievement(at)?.id,
            Thing::Measure(_, Subject::Outcome(id)) => id,
            Thing::Rating(framework, at) => program.framework(framework).rating(at)?.id,
            Thing::Level(framework, at) => program.framework(framework).level_at(at)?.id,
            Thing::Term(..) => return None,
            Thing::Field(package, at) => self.field(package, at)?.id,
        };
        Some(program.name(name))
    }

    /// What a part of a framework is called; of an achievement, what it says.
    pub fn title(&self, part: Thing) -> Option<Text> {
        match part {
            Thing::Measure(framework, Subject::Attribute(at)) => {
                self.program.framework(framework).attribute(at).map(|row| row.title)
            }
            Thing::Measure(framework, Subject::Achievement(at)) => {
                self.program.framework(framework).achievement(at).map(|row| row.text)
            }
            Thing::Rating(framework, at) => self.program.framework(framework).rating(at).map(|row| row.title),
            Thing::Level(framework, at) => self.program.framework(framework).level_at(at).map(|row| row.title),
            _ => None,
        }
    }

    /// How a requirement is written where it should be clear which is meant: with its catalog where several that are
    /// seen have its id.
    pub fn reference(&self, requirement: RequirementId) -> String {
        let id = self.program.requirement(requirement).id;
        let for_models = self.for_models(requirement);
        match self.twins(id).filter(|twin| self.for_models(*twin) == for_models).nth(1) {
            Some(_) => self.program.full_id(requirement),
            None => self.program.name(id).to_owned(),
        }
    }

    /// The models of the packages that are seen.
    fn models(&self) -> impl Iterator<Item = Thing> + use<'a> {
        self.homes().map(Thing::Model)
    }

    /// The packages that are seen and have a model.
    fn homes(&self) -> impl Iterator<Item = PackageId> + use<'a> {
        let sight = *self;
        let homes = self.package.scope.packages.iter().copied();
        homes.filter(move |home| sight.model(*home).head.is_some())
    }

    /// A package, which may be the own one.
    pub fn package_of(&self, package: PackageId) -> &'a Package {
        if package == self.id { self.package } else { self.program.package(package) }
    }

    /// The model of a package.
    pub fn model(&self, package: PackageId) -> &'a Model {
        &self.package_of(package).model
    }

    /// A term, as [`Thing::Term`] has it.
    pub fn term(&self, package: PackageId, at: u32) -> Option<&'a Term> {
        self.model(package).terms.get(at as usize)
    }

    /// A field, as [`Thing::Field`] has it.
    pub fn field(&self, package: PackageId, at: u32) -> Option<&'a Field> {
        self.package_of(package).fields.get(at as usize)
    }
}

/// The elements of a model, or those of a kind, in its order.
fn elements(home: PackageId, model: &Model, what: Option<What>) -> impl Iterator<Item = Thing> + '_ {
    model
        .elements()
        .filter(move |(element, _)| what.is_none_or(|what| element.what() == what))
        .map(move |(element, id)| Thing::Element(home, element, id))
}

/// What comes of hashing, in order, each thing once.
fn in_order<T: Ord>(things: impl Iterator<Item = T>) -> std::vec::IntoIter<T> {
    let mut things: Vec<T> = things.collect();
    things.sort_unstable();
    things.dedup();
    things.into_iter()
}
