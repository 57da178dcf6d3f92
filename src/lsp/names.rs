//! What an id means, wherever it stands: what is looked for at each place, asked of what the package sees.

use std::borrow::Cow;
use std::ops::Range;

use super::snapshot::Snapshot;
pub use crate::model::What;
use crate::model::{
    Assessed, AssessmentId, FieldKind, Framework, FrameworkId, Name, PackageId, RequirementId, Sight, Subject, Thing,
    Want, term_key,
};
use crate::resolve::field_kind;
use crate::source::text;
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Role, Tree};

/// Something with a name, the same in every compilation that knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    /// What it is.
    pub what: What,
    /// The package that declares it: its folder, or its file.
    pub home: String,
    /// Its full id; of a requirement, with its catalog; of a term, in lower case.
    pub id: String,
}

/// A name in a text: where it stands, and what it means.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The bytes of the name, without brackets and catalog.
    pub bytes: Range<usize>,
    /// What it names; several where it is ambiguous.
    pub symbols: Vec<Symbol>,
}

/// The names that a package sees.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The compilation.
    pub snapshot: &'a Snapshot,
    /// The package.
    pub package: PackageId,
}

impl<'a> Names<'a> {
    /// The names that the package of a file sees.
    pub fn of_file(snapshot: &'a Snapshot, file: FileId) -> Option<Names<'a>> {
        snapshot.tree(file).map(|(package, _)| Names { snapshot, package })
    }

    /// Where a package is: its folder, or its file; `<stdlib>/…` for the standard library, wherever it was read.
    pub fn home(&self, package: PackageId) -> String {
        let Some(loaded) = self.snapshot.loaded.get(package.0 as usize) else { return String::new() };
        let file = loaded.manifest.file.or_else(|| loaded.trees.first().map(|tree| tree.file));
        let home = match (loaded.manifest.file, file.map(|file| self.snapshot.source(file))) {
            (Some(_), Some(source)) => source.folder.clone(),
            (None, Some(source)) => source.display(),
            (_, None) => loaded.name.clone(),
        };
        match self.snapshot.standard.as_ref().and_then(|standard| home.strip_prefix(standard.as_str())) {
            Some(rest) => format!("<stdlib>{rest}"),
            None => home,
        }
    }

    fn symbol(&self, what: What, package: PackageId, id: impl Into<String>) -> Symbol {
        Symbol { what, home: self.home(package), id: id.into() }
    }

    /// What the package sees.
    pub fn sight(&self) -> Sight<'a> {
        self.snapshot.program().sight(self.package)
    }

    /// What an id means.
    pub fn find(&self, want: Want<'_>, written: &str) -> Vec<Symbol> {
        let found = self.sight().find(want, written).all();
        found.into_iter().map(|thing| self.of(thing, written)).collect()
    }

    /// Something that was found, as a symbol; `written` is the name by which it was found.
    fn of(&self, thing: Thing, written: &str) -> Symbol {
        let program = self.snapshot.program();
        match thing {
            Thing::Package(package) => self.symbol(What::Package, package, written),
            // An alias is the own package's, whatever it stands for.
            Thing::Alias(_) => self.symbol(What::Alias, self.package, written),
            Thing::Model(package) => self.symbol(What::Model, package, written),
            Thing::Element(home, element, id) => {
                self.symbol(element.what(), self.declaring(home, id), program.name(id))
            }
            Thing::Catalog(id) => {
                let catalog = program.catalog(id);
                self.symbol(What::Catalog, catalog.origin.package, program.name(catalog.id))
            }
            Thing::Requirement(id) => self.of_requirement(id),
            Thing::Crosswalk(id) => {
                let crosswalk = program.crosswalk(id);
                self.symbol(What::Crosswalk, crosswalk.origin.package, program.name(crosswalk.id))
            }
            Thing::Framework(id) => {
                let framework = program.framework(id);
                self.symbol(What::Framework, framework.origin.package, program.name(framework.id))
            }
            Thing::Assessment(id) => {
                let assessment = program.assessment(id);
                self.symbol(What::Assessment, assessment.origin.package, program.name(assessment.id))
            }
            Thing::Exhibit(id) => {
                let exhibit = program.exhibit(id);
                self.symbol(What::Exhibit, exhibit.origin.package, program.name(exhibit.id))
            }
            Thing::Measure(framework, Subject::Attribute(_)) => self.of_part(What::Attribute, framework, thing),
            Thing::Measure(framework, _) => self.of_part(What::Achievement, framework, thing),
            Thing::Rating(framework, _) => self.of_part(What::Rating, framework, thing),
            Thing::Level(framework, _) => self.of_part(What::Level, framework, thing),
            Thing::Term(home, at) => {
                let term = self.sight().term(home, at);
                self.symbol(What::Term, term.map_or(home, |term| term.origin.package), term_key(written))
            }
            Thing::Field(home, at) => {
                let field = self.sight().field(home, at);
                self.symbol(What::Field, field.map_or(home, |field| field.origin.package), written)
            }
        }
    }

    /// A part of a framework, by its id behind the framework's.
    fn of_part(&self, what: What, framework: FrameworkId, part: Thing) -> Symbol {
        let program = self.snapshot.program();
        let whole = program.framework(framework);
        let id = self.sight().full_id(part).unwrap_or_default();
        self.symbol(what, whole.origin.package, format!("{}:{id}", program.name(whole.id)))
    }

    /// The lowest package that has an element of the own model, or of a base; of another model, of those that it has.
    fn declaring(&self, home: PackageId, name: Name) -> PackageId {
        let program = self.snapshot.program();
        let has = |package: &&PackageId| program.package(**package).model.index.contains_key(&name);
        let own = program.package(self.package).scope.stands_on.iter();
        let whose = if own.clone().any(|base| *base == home) { self.package } else { home };
        program.package(whose).scope.stands_on.iter().find(has).copied().unwrap_or(home)
    }

    /// The model that is assessed where a statement stands, and its framework.
    pub fn assessed(&self, text: &str, tree: &Tree, node: NodeId) -> Option<Assessed> {
        self.snapshot.program().assessment(self.assessment_around(text, tree, node)?).of
    }

    fn assessment_around(&self, text: &str, tree: &Tree, node: NodeId) -> Option<AssessmentId> {
        let is_whole = |node: &NodeId| matches!(tree.node(*node).kind, Kind::Assessment | Kind::Rate);
        let whole = std::iter::once(node).chain(tree.around(node)).find(is_whole)?;
        let named = tree.arg(whole, Role::InAssessment).or_else(|| tree.arg(whole, Role::Id))?;
        self.sight().assessment(text.get(named.range())?)
    }

    /// The framework in whose block a statement stands.
    pub fn framework_around(&self, text: &str, tree: &Tree, node: NodeId) -> Option<FrameworkId> {
        let framework = tree.around(node).find(|around| tree.node(*around).kind == Kind::Framework)?;
        self.sight().framework(text.get(tree.arg(framework, Role::Id)?.range())?)
    }

    /// The id of the process that is rated where a line stands.
    pub fn rated<'t>(&self, text: &'t str, tree: &Tree, node: NodeId) -> Option<&'t str> {
        let is_rate = |node: &NodeId| tree.node(*node).kind == Kind::Rate;
        let rate = std::iter::once(node).chain(tree.around(node)).find(is_rate)?;
        text.get(tree.arg(rate, Role::Subject)?.range())
    }

    /// The instances that are named of the process that is rated where a line stands.
    pub fn instances(&self, text: &str, tree: &Tree, node: NodeId) -> Vec<String> {
        let program = self.snapshot.program();
        let process = self.rated(text, tree, node).and_then(|id| program.names.get(id));
        let Some(assessment) = self.assessment_around(text, tree, node) else { return Vec::new() };
        let lines = program.assessment(assessment).instances.iter().filter(|line| Some(line.process) == process);
        lines.flat_map(|line| &line.names).map(|(name, _)| program.name(*name).to_owned()).collect()
    }

    /// A requirement as a symbol.
    pub fn of_requirement(&self, id: RequirementId) -> Symbol {
        let program = self.snapshot.program();
        self.symbol(
            What::Requirement,
            program.catalog(program.requirement(id).catalog).origin.package,
            program.full_id(id),
        )
    }

    /// The names in an argument of a statement. The text may be newer than the compilation.
    pub fn mentions(&self, text: &str, tree: &Tree, node: NodeId, arg: &Arg) -> Vec<Mention> {
        let bytes = arg.start as usize..arg.end as usize;
        let Some(written) = text.get(bytes.clone()) else { return Vec::new() };
        match arg.role {
            _ if tree.is_name_of_term(node, arg.role) => {
                let symbols = self.find(Want::Term, &text::value(written));
                vec![Mention { bytes, symbols }]
            }
            role if role.is_text() => text::references(written)
                .into_iter()
                .flat_map(|(target, range)| {
                    self.in_brackets(&target, bytes.start + range.start..bytes.start + range.end)
                })
                .collect(),
            Role::Check => {
                let code = crate::codes::find(written);
                let check = |code: &crate::diagnostic::Code| Symbol {
                    what: What::Check,
                    home: String::new(),
                    id: code.code.to_owned(),
                };
                code.map(|code| Mention { bytes, symbols: vec![check(code)] }).into_iter().collect()
            }
            role => match self.want(text, tree, node, role, written) {
                Some((want, id)) => self.named(want, bytes, written, &id),
                None => Vec::new(),
            },
        }
    }

    /// A name, by its full id; a catalog before the id of a requirement is a name of its own.
    fn named(&self, want: Want<'_>, bytes: Range<usize>, written: &str, id: &str) -> Vec<Mention> {
        match (want, written.split_once(':')) {
            (Want::Requirement | Want::Conformity | Want::RequirementOf(_), Some((catalog, _))) => {
                let colon = bytes.start + catalog.len();
                vec![
                    Mention { bytes: bytes.start..colon, symbols: self.catalog_or_alias(catalog) },
                    Mention { bytes: colon + 1..bytes.end, symbols: self.find(want, id) },
                ]
            }
            (Want::Catalog, _) => vec![Mention { bytes, symbols: self.catalog_or_alias(written) }],
            _ => match self.find(want, id) {
                // A reference that finds nothing is a name all the same.
                symbols
                    if symbols.is_empty()
                        && !matches!(want, Want::Requirement | Want::Conformity | Want::RequirementOf(_)) =>
                {
                    Vec::new()
                }
                symbols => vec![Mention { bytes, symbols }],
            },
        }
    }

    /// A reference in a text; a catalog before the id is a name of its own.
    fn in_brackets(&self, target: &str, bytes: Range<usize>) -> Vec<Mention> {
        let whole = Mention { bytes: bytes.clone(), symbols: self.find(Want::Text, target) };
        let Some((catalog, id)) = target.split_once(':') else { return vec![whole] };
        let is_plain = bytes.len() == target.len();
        let symbols = self.catalog_or_alias(catalog);
        if symbols.is_empty() || !is_plain {
            return vec![whole];
        }
        let colon = bytes.start + catalog.len();
        let requirement = Mention { bytes: bytes.end - id.len()..bytes.end, symbols: whole.symbols };
        vec![Mention { bytes: bytes.start..colon, symbols }, requirement]
    }

    fn catalog_or_alias(&self, written: &str) -> Vec<Symbol> {
        match self.find(Want::Alias, written) {
            alias if alias.is_empty() => self.find(Want::Catalog, written),
            alias => alias,
        }
    }

    /// What is looked for where an argument stands, and the id by which it is found.
    pub fn want<'t>(
        &self,
        text: &'t str,
        tree: &Tree,
        node: NodeId,
        role: Role,
        written: &'t str,
    ) -> Option<(Want<'t>, Cow<'t, str>)> {
        let kind = tree.node(node).kind;
        let element = |what| Want::Element(Some(what));
        let want = match role {
            Role::Id => return self.own_id(text, tree, node, written),
            Role::Ref => match kind {
                Kind::Measured => Want::Framework,
                Kind::Conforms => Want::Conformity,
                Kind::Drops => Want::Catalog,
                Kind::Covers if !written.contains(':') => Want::Catalog,
                Kind::New => self.side(text, tree, node, Role::ToCatalog)?,
                Kind::Withdrawn => self.side(text, tree, node, Role::FromCatalog)?,
                _ => Want::Requirement,
            },
            Role::Left => self.side(text, tree, node, Role::FromCatalog)?,
            Role::Right => self.side(text, tree, node, Role::ToCatalog)?,
            Role::Alias => Want::Alias,
            Role::Base => Want::Base,
            Role::InGroup => element(What::Group),
            Role::Partner => element(What::Outcome),
            Role::Target => element(What::Process),
            Role::Consumed | Role::Produced => element(What::Item),
            Role::Omitted => Want::OfBase(None),
            Role::Achieved => Want::OutcomeOf(text.get(tree.arg(process_around(tree, node)?, Role::Id)?.range())?),
            Role::FromCatalog | Role::ToCatalog => Want::Catalog,
            Role::Through => Want::Crosswalk,
            Role::Assessed => Want::Measured,
            Role::InAssessment | Role::Taken => Want::Assessment,
            Role::CitedExhibit => Want::Exhibit,
            Role::Shown => Want::Shown,
            Role::OwnLeast | Role::LowerLeast => Want::Rating(self.framework_around(text, tree, node)?),
            Role::Aimed | Role::Instanced | Role::Grade | Role::Value | Role::Subject | Role::OfSubject => {
                self.of_assessed(text, tree, node, role, written)?
            }
            _ => return None,
        };
        Some((want, Cow::Borrowed(written)))
    }

    /// What is looked for in the model that is assessed, or in its framework.
    fn of_assessed<'t>(&self, text: &'t str, tree: &Tree, node: NodeId, role: Role, written: &str) -> Option<Want<'t>> {
        let of = self.assessed(text, tree, node)?;
        let outcome = || Some(Want::OutcomeIn(of.model, self.rated(text, tree, node)?));
        Some(match (role, tree.node(node).kind) {
            (Role::Aimed, _) => Want::ElementOf(of.model, None),
            (Role::Instanced, _) | (Role::Subject, Kind::Rate) => Want::ElementOf(of.model, Some(What::Process)),
            (Role::Grade, _) => Want::Level(of.framework),
            (Role::Value, _) if tree.has(node, Role::Percent) => return None,
            (Role::Value, _) => Want::Rating(of.framework),
            (Role::Subject, Kind::RateOutcome) => outcome()?,
            (Role::OfSubject, _) if !self.find(outcome()?, written).is_empty() => outcome()?,
            _ => Want::Measure(of.framework),
        })
    }

    /// A side of the crosswalk that a line stands in; what it is looked up in must be one catalog.
    fn side(&self, text: &str, tree: &Tree, node: NodeId, role: Role) -> Option<Want<'static>> {
        let crosswalk = tree.node(node).parent.filter(|parent| tree.node(*parent).kind == Kind::Crosswalk)?;
        let catalog = text.get(tree.arg(crosswalk, role)?.range())?;
        self.sight().catalog(catalog).first().map(Want::RequirementOf)
    }

    /// What a statement declares, or speaks of first.
    fn own_id<'t>(
        &self,
        text: &'t str,
        tree: &Tree,
        node: NodeId,
        written: &'t str,
    ) -> Option<(Want<'t>, Cow<'t, str>)> {
        let kind = tree.node(node).kind;
        let full = || tree.full_id(node, text).map(Cow::Owned);
        let want = match kind {
            Kind::Use => Want::Package,
            Kind::Model => Want::Model,
            Kind::Field => {
                let on = text.get(tree.arg(node, Role::OnKind)?.range())?;
                Want::Field(FieldKind::ALL.into_iter().find(|kind| kind.word() == on)?)
            }
            Kind::FieldValue | Kind::Other => Want::Field(field_kind(tree.node(tree.node(node).parent?).kind)?),
            Kind::Catalog => Want::Catalog,
            Kind::Clause | Kind::Requirement | Kind::Control => {
                let catalog = tree.around(node).find(|parent| tree.node(*parent).kind == Kind::Catalog)?;
                let catalog = text.get(tree.arg(catalog, Role::Id)?.range())?;
                return Some((Want::Requirement, Cow::Owned(format!("{catalog}:{written}"))));
            }
            Kind::Crosswalk => Want::Crosswalk,
            Kind::Framework => Want::Framework,
            Kind::Assessment => Want::Assessment,
            Kind::Exhibit => Want::Exhibit,
            Kind::Rating => Want::Rating(self.framework_around(text, tree, node)?),
            Kind::Level => Want::Level(self.framework_around(text, tree, node)?),
            Kind::Attribute => Want::Measure(self.framework_around(text, tree, node)?),
            Kind::Achievement => {
                let attribute = tree.around(node).find(|around| tree.node(*around).kind == Kind::Attribute)?;
                let attribute = text.get(tree.arg(attribute, Role::Id)?.range())?;
                let want = Want::Measure(self.framework_around(text, tree, node)?);
                return Some((want, Cow::Owned(format!("{attribute}.{written}"))));
            }
            _ => {
                // `extend process` and the like speak of an element of a base.
                let (of_base, word) =
                    kind.word().split_once(' ').map_or((false, kind.word()), |(_, word)| (true, word));
                let what = What::of_element(word)?;
                let want = if of_base { Want::OfBase(Some(what)) } else { Want::Element(Some(what)) };
                let is_part = matches!(what, What::Outcome | What::Practice);
                return Some((want, if is_part { full()? } else { Cow::Borrowed(written) }));
            }
        };
        Some((want, Cow::Borrowed(written)))
    }
}

/// The process, or extension of one, that a statement stands in.
pub fn process_around(tree: &Tree, node: NodeId) -> Option<NodeId> {
    tree.around(node).find(|parent| matches!(tree.node(*parent).kind, Kind::Process | Kind::ExtendProcess))
}

/// Where a symbol is declared: the places of its name and of the statement's head, its present wording first.
pub fn declarations(snapshot: &Snapshot, viewer: PackageId, symbol: &Symbol) -> Vec<(Span, Span)> {
    let program = snapshot.program();
    let names = Names { snapshot, package: viewer };
    let sources = &snapshot.compilation.sources;
    let packages = || (0..).map(PackageId).zip(&program.packages).filter(|(id, _)| names.home(*id) == symbol.home);
    let from_head = |head: Span| (snapshot.id_of(head), head);
    let mut places = Vec::new();
    match symbol.what {
        What::Package => places.extend(packages().filter_map(|(id, _)| package_place(snapshot, id))),
        What::Alias => {
            let loaded = packages().filter_map(|(id, _)| snapshot.loaded.get(id.0 as usize));
            let aliases = loaded.flat_map(|package| &package.uses).filter_map(|used| used.alias);
            places.extend(aliases.filter(|alias| sources.slice(*alias) == symbol.id).map(|alias| (alias, alias)));
        }
        What::Model => {
            places.extend(
                packages().filter_map(|(_, package)| Some(from_head(package.model.head.as_ref()?.origin.span))),
            );
        }
        What::Term => {
            let terms = packages().flat_map(|(_, package)| &package.model.terms);
            let names = |term: &'_ crate::model::Term| {
                let origin = term.origin.span;
                std::iter::once(term.term)
                    .chain(term.also.iter().copied())
                    .map(move |name| (name, origin))
                    .collect::<Vec<_>>()
            };
            places.extend(terms.flat_map(names).filter(|(name, _)| term_key(&sources.text(*name)) == symbol.id));
        }
        What::Field => {
            let fields = packages().flat_map(|(_, package)| &package.fields);
            let same = fields.filter(|field| program.name(field.id) == symbol.id);
            places.extend(same.map(|field| from_head(field.origin.span)));
        }
        What::Requirement => {
            let rows = names_of_requirement(snapshot, &symbol.id, &symbol.home, names);
            places.extend(rows.into_iter().map(|id| from_head(program.requirement(id).origin.span)));
        }
        What::Level | What::Attribute | What::Achievement | What::Rating => {
            places.extend(part_places(snapshot, symbol, names).map(from_head));
        }
        What::Catalog | What::Crosswalk | What::Framework | What::Assessment | What::Exhibit => {
            let assessments = program.assessments.iter().map(|row| (What::Assessment, row.id, row.origin));
            let exhibits = program.exhibits.iter().map(|row| (What::Exhibit, row.id, row.origin));
            let catalogs = program.catalogs.iter().map(|catalog| (What::Catalog, catalog.id, catalog.origin));
            let crosswalks =
                program.crosswalks.iter().map(|crosswalk| (What::Crosswalk, crosswalk.id, crosswalk.origin));
            let frameworks =
                program.frameworks.iter().map(|framework| (What::Framework, framework.id, framework.origin));
            let all = catalogs.chain(crosswalks).chain(frameworks).chain(assessments).chain(exhibits);
            let same = all.filter(|(what, id, origin)| {
                *what == symbol.what && program.name(*id) == symbol.id && names.home(origin.package) == symbol.home
            });
            places.extend(same.map(|(_, _, origin)| from_head(origin.span)));
        }
        What::Check => {}
        // All others are elements of models.
        _ => {
            let own = program.packages.get(viewer.0 as usize);
            for package in own.into_iter().chain(packages().map(|(_, package)| package)) {
                let element = program.names.get(&symbol.id).and_then(|name| package.model.element(name));
                places.extend(element.map(|element| from_head(element.origin().span)));
            }
        }
    }
    let mut seen: Vec<Span> = Vec::new();
    places.retain(|(_, head)| {
        let is_new = !seen.contains(head);
        seen.push(*head);
        is_new
    });
    places
}

/// The requirement that a symbol stands for.
pub fn requirement(snapshot: &Snapshot, symbol: &Symbol) -> Option<RequirementId> {
    let names = Names { snapshot, package: snapshot.root_package() };
    names_of_requirement(snapshot, &symbol.id, &symbol.home, names).first().copied()
}

fn names_of_requirement(snapshot: &Snapshot, id: &str, home: &str, names: Names<'_>) -> Vec<RequirementId> {
    let program = snapshot.program();
    let Some((catalog, id)) = id.split_once(':') else { return Vec::new() };
    let rows = program.names.get(id).map_or(&[][..], |name| program.index.requirements(name));
    let is_meant = |row: &&RequirementId| {
        let of = program.catalog(program.requirement(**row).catalog);
        program.name(of.id) == catalog && names.home(of.origin.package) == home
    };
    rows.iter().filter(is_meant).take(1).copied().collect()
}

/// The statement of a part of a framework.
fn part_places(snapshot: &Snapshot, symbol: &Symbol, names: Names<'_>) -> Option<Span> {
    let program = snapshot.program();
    let (whole, id) = symbol.id.split_once(':')?;
    let mut all = (0..).map(FrameworkId).zip(&program.frameworks);
    let is_it = |row: &Framework| program.name(row.id) == whole && names.home(row.origin.package) == symbol.home;
    let (framework, row) = all.find(|(_, row)| is_it(row))?;
    let want = match symbol.what {
        What::Rating => Want::Rating(framework),
        What::Level => Want::Level(framework),
        _ => Want::Measure(framework),
    };
    match names.sight().find(want, id).first()? {
        Thing::Rating(_, at) => row.rating(at).map(|rating| rating.span),
        Thing::Level(_, at) => row.level_at(at).map(|level| level.span),
        Thing::Measure(_, Subject::Attribute(at)) => row.attribute(at).map(|attribute| attribute.span),
        Thing::Measure(_, Subject::Achievement(at)) => row.achievement(at).map(|achievement| achievement.span),
        _ => None,
    }
}

/// The top of a package: its manifest, or its file.
fn package_place(snapshot: &Snapshot, package: PackageId) -> Option<(Span, Span)> {
    let loaded = snapshot.loaded.get(package.0 as usize)?;
    let file = loaded.manifest.file.or_else(|| loaded.trees.first().map(|tree| tree.file))?;
    let top = Span { file, start: 0, end: 0 };
    Some((top, top))
}
