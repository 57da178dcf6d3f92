//! What an id means, wherever it stands: by the rules of `resolve`, asked of what it found.

use std::ops::Range;

use super::snapshot::Snapshot;
use crate::model::{CatalogId, Element, Name, Origin, PackageId, RequirementId};
use crate::source::text;
use crate::span::{FileId, Span};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Role, Tree};

/// What a name can be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum What {
    Package,
    Alias,
    Model,
    Group,
    Process,
    Outcome,
    Practice,
    Item,
    Term,
    Field,
    Catalog,
    Requirement,
    Crosswalk,
    Framework,
    Check,
}

impl What {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            What::Package => "package",
            What::Alias => "alias",
            What::Model => "model",
            What::Group => "group",
            What::Process => "process",
            What::Outcome => "outcome",
            What::Practice => "practice",
            What::Item => "item",
            What::Term => "term",
            What::Field => "field",
            What::Catalog => "catalog",
            What::Requirement => "requirement",
            What::Crosswalk => "crosswalk",
            What::Framework => "framework",
            What::Check => "check",
        }
    }

    fn of(element: Element) -> What {
        match element {
            Element::Group(_) => What::Group,
            Element::Process(_) => What::Process,
            Element::Outcome(..) => What::Outcome,
            Element::Practice(..) => What::Practice,
            Element::Item(_) => What::Item,
        }
    }
}

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

    /// The packages whose words count here: the own one, those that it uses, and the bases.
    fn seen(&self) -> impl Iterator<Item = PackageId> + '_ {
        let used = self.snapshot.loaded.get(self.package.0 as usize).into_iter().flat_map(|package| &package.uses);
        let used = used.filter_map(|used| u32::try_from(used.package).ok().map(PackageId));
        std::iter::once(self.package).chain(used).chain(self.snapshot.bases(self.package).iter().rev().copied())
    }

    /// The element of the model, or of a base, with this full id.
    pub fn element(&self, id: &str, is_meant: impl Fn(What) -> bool) -> Option<Symbol> {
        let program = self.snapshot.program();
        let name = program.names.get(id)?;
        let own = std::iter::once(self.package).chain(self.snapshot.bases(self.package).iter().rev().copied());
        let found =
            own.filter_map(|package| program.packages.get(package.0 as usize)?.model.index.get(&name)).next()?;
        let what = Some(What::of(*found)).filter(|what| is_meant(*what))?;
        Some(self.symbol(what, self.declaring(name), id))
    }

    /// The lowest package that has an element of the own model.
    fn declaring(&self, name: Name) -> PackageId {
        let has = |package: &&PackageId| self.snapshot.program().package(**package).model.index.contains_key(&name);
        self.snapshot.bases(self.package).iter().find(has).copied().unwrap_or(self.package)
    }

    /// The catalogs with an id or alias.
    pub fn catalogs(&self, id: &str) -> Vec<CatalogId> {
        let program = self.snapshot.program();
        let Some(loaded) = self.snapshot.loaded.get(self.package.0 as usize) else { return Vec::new() };
        let aliased = loaded
            .uses
            .iter()
            .find(|used| used.alias.is_some_and(|alias| self.snapshot.compilation.sources.slice(alias) == id));
        if let Some(used) = aliased {
            let of_package =
                |(_, catalog): &(CatalogId, &crate::model::Catalog)| catalog.origin.package.0 as usize == used.package;
            return (0..).map(CatalogId).zip(&program.catalogs).filter(of_package).map(|(id, _)| id).collect();
        }
        let sees = &program.package(self.package).sees;
        sees.iter().copied().filter(|catalog| program.name(program.catalog(*catalog).id) == id).take(1).collect()
    }

    /// The requirements that `7.4.a` or `iso27001-2013:7.4.a` may mean.
    pub fn requirements(&self, written: &str) -> Vec<RequirementId> {
        let program = self.snapshot.program();
        let (catalogs, id) = match written.split_once(':') {
            Some((catalog, id)) => (self.catalogs(catalog), id),
            None => (program.package(self.package).sees.clone(), written),
        };
        let Some(name) = program.names.get(id) else { return Vec::new() };
        let mut found: Vec<RequirementId> = Vec::new();
        for id in self.snapshot.requirements(name) {
            let catalog = program.requirement(*id).catalog;
            // Of an id that a catalog declares twice the first counts.
            if catalogs.contains(&catalog) && found.iter().all(|first| program.requirement(*first).catalog != catalog) {
                found.push(*id);
            }
        }
        found
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

    /// A catalog as a symbol.
    pub fn of_catalog(&self, id: CatalogId) -> Symbol {
        let catalog = self.snapshot.program().catalog(id);
        self.symbol(What::Catalog, catalog.origin.package, self.snapshot.program().name(catalog.id))
    }

    /// The term of these words.
    pub fn term(&self, words: &str) -> Option<Symbol> {
        let key = words.to_lowercase();
        let program = self.snapshot.program();
        let sources = &self.snapshot.compilation.sources;
        let packages = self.seen().filter_map(|package| program.packages.get(package.0 as usize));
        let mut terms = packages.flat_map(|package| &package.model.terms);
        let term = terms.find(|term| sources.text(term.term).to_lowercase() == key)?;
        Some(self.symbol(What::Term, term.origin.package, key))
    }

    /// The field of this word.
    pub fn field(&self, word: &str) -> Option<Symbol> {
        let program = self.snapshot.program();
        let name = program.names.get(word)?;
        let packages = self.seen().filter_map(|package| program.packages.get(package.0 as usize));
        let field = packages.flat_map(|package| &package.fields).find(|field| field.id == name)?;
        Some(self.symbol(What::Field, field.origin.package, word))
    }

    /// The model with an id, among the packages that are seen.
    fn model(&self, id: &str) -> Option<Symbol> {
        let program = self.snapshot.program();
        let head = |package: &PackageId| program.packages.get(package.0 as usize)?.model.head.as_ref();
        let package = self.seen().find(|package| head(package).is_some_and(|head| program.name(head.id) == id))?;
        Some(self.symbol(What::Model, package, id))
    }

    fn package_named(&self, name: &str) -> Option<Symbol> {
        let loaded = self.snapshot.loaded.get(self.package.0 as usize)?;
        let slice = |span| self.snapshot.compilation.sources.slice(span);
        let used = loaded.uses.iter().find(|used| slice(used.span) == name)?;
        Some(self.symbol(What::Package, PackageId(u32::try_from(used.package).ok()?), name))
    }

    fn declared(&self, what: What, id: &str, all: impl Iterator<Item = (Name, Origin)>) -> Option<Symbol> {
        let name = self.snapshot.program().names.get(id)?;
        let mut all = all;
        let (_, origin) = all.find(|(other, _)| *other == name)?;
        Some(self.symbol(what, origin.package, id))
    }

    /// What a reference in a text means: an element, else requirements, else a term.
    pub fn in_text(&self, target: &str) -> Vec<Symbol> {
        if let Some(element) = self.element(target, |_| true) {
            return vec![element];
        }
        let requirements = self.requirements(target);
        if !requirements.is_empty() {
            return requirements.into_iter().map(|id| self.of_requirement(id)).collect();
        }
        self.term(target).into_iter().collect()
    }

    /// The names in an argument of a statement. The text may be newer than the compilation.
    pub fn mentions(&self, text: &str, tree: &Tree, node: NodeId, arg: &Arg) -> Vec<Mention> {
        let bytes = arg.start as usize..arg.end as usize;
        let Some(written) = text.get(bytes.clone()) else { return Vec::new() };
        match arg.role {
            Role::Title if tree.node(node).kind == Kind::Term => {
                let symbols = self.term(&text::value(written)).into_iter().collect();
                vec![Mention { bytes, symbols }]
            }
            Role::Title | Role::Text | Role::Reason | Role::ExtraText => text::references(written)
                .into_iter()
                .flat_map(|(target, range)| {
                    self.in_brackets(&target, bytes.start + range.start..bytes.start + range.end)
                })
                .collect(),
            Role::Ref | Role::Left | Role::Right => self.reference(text, tree, node, arg),
            _ => match self.word(text, tree, node, arg.role, written) {
                Some(symbol) => vec![Mention { bytes, symbols: vec![symbol] }],
                None => Vec::new(),
            },
        }
    }

    /// A reference in a text; a catalog before the id is a name of its own.
    fn in_brackets(&self, target: &str, bytes: Range<usize>) -> Vec<Mention> {
        let whole = Mention { bytes: bytes.clone(), symbols: self.in_text(target) };
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

    /// `7.4.a`, `iso27001-2013:7.4.a`, or, in some statements, a catalog or a framework.
    fn reference(&self, text: &str, tree: &Tree, node: NodeId, arg: &Arg) -> Vec<Mention> {
        let bytes = arg.start as usize..arg.end as usize;
        let Some(written) = text.get(bytes.clone()) else { return Vec::new() };
        let kind = tree.node(node).kind;
        let program = self.snapshot.program();
        if kind == Kind::Measured {
            let all = program.frameworks.iter().map(|framework| (framework.id, framework.origin));
            let symbols = self.declared(What::Framework, written, all).into_iter().collect();
            return vec![Mention { bytes, symbols }];
        }
        let Some((catalog, _)) = written.split_once(':') else {
            let symbols = match kind {
                Kind::Covers => self.catalogs(written).into_iter().map(|id| self.of_catalog(id)).collect(),
                _ => self.requirements_at(text, tree, node, arg.role, written),
            };
            return vec![Mention { bytes, symbols }];
        };
        let colon = bytes.start + catalog.len();
        let catalogs = self.catalog_or_alias(catalog);
        vec![
            Mention { bytes: bytes.start..colon, symbols: catalogs },
            Mention { bytes: colon + 1..bytes.end, symbols: self.requirements_at(text, tree, node, arg.role, written) },
        ]
    }

    fn catalog_or_alias(&self, written: &str) -> Vec<Symbol> {
        match self.alias(written) {
            Some(alias) => vec![alias],
            None => self.catalogs(written).into_iter().map(|id| self.of_catalog(id)).collect(),
        }
    }

    fn alias(&self, written: &str) -> Option<Symbol> {
        let slice = |span| self.snapshot.compilation.sources.slice(span);
        let uses = &self.snapshot.loaded.get(self.package.0 as usize)?.uses;
        let found = uses.iter().any(|used| used.alias.is_some_and(|alias| slice(alias) == written));
        found.then(|| self.symbol(What::Alias, self.package, written))
    }

    /// The requirements that a reference may mean; in a crosswalk, those of the catalog of its side.
    fn requirements_at(&self, text: &str, tree: &Tree, node: NodeId, role: Role, written: &str) -> Vec<Symbol> {
        let mut found = self.requirements(written);
        let kind = tree.node(node).kind;
        let is_to = role == Role::Right || kind == Kind::New;
        let crosswalk = tree.node(node).parent.filter(|parent| tree.node(*parent).kind == Kind::Crosswalk);
        if let Some(crosswalk) = crosswalk.filter(|_| matches!(kind, Kind::Line | Kind::New | Kind::Withdrawn)) {
            let side = if is_to { Role::ToCatalog } else { Role::FromCatalog };
            let catalog = tree.arg(crosswalk, side).and_then(|span| text.get(span.range()));
            if let Some(catalogs) = catalog.map(|catalog| self.catalogs(catalog)) {
                found.retain(|id| catalogs.contains(&self.snapshot.program().requirement(*id).catalog));
            }
        }
        found.into_iter().map(|id| self.of_requirement(id)).collect()
    }

    /// What a word that is no reference to a requirement names.
    fn word(&self, text: &str, tree: &Tree, node: NodeId, role: Role, written: &str) -> Option<Symbol> {
        let program = self.snapshot.program();
        match role {
            Role::Id => self.own_id(text, tree, node, written),
            Role::Alias => self.alias(written),
            Role::Base => self.model(written),
            Role::InGroup => self.element(written, |what| what == What::Group),
            Role::Partner => self.element(written, |what| what == What::Outcome),
            Role::Target => self.element(written, |what| what == What::Process),
            Role::Consumed | Role::Produced => self.element(written, |what| what == What::Item),
            Role::Omitted => self.element(written, |_| true),
            Role::Achieved => {
                let process = full_id(text, tree, node, written);
                let is_outcome = |what| what == What::Outcome;
                process.and_then(|full| self.element(&full, is_outcome)).or_else(|| self.element(written, is_outcome))
            }
            Role::FromCatalog | Role::ToCatalog => self.catalog_or_alias(written).into_iter().next(),
            Role::Through => {
                let all = program.crosswalks.iter().map(|crosswalk| (crosswalk.id, crosswalk.origin));
                self.declared(What::Crosswalk, written, all)
            }
            Role::Check => {
                let code = crate::codes::find(written)?;
                Some(Symbol { what: What::Check, home: String::new(), id: code.code.to_owned() })
            }
            _ => None,
        }
    }

    /// What a statement declares, or speaks of first.
    fn own_id(&self, text: &str, tree: &Tree, node: NodeId, written: &str) -> Option<Symbol> {
        let program = self.snapshot.program();
        match tree.node(node).kind {
            Kind::Use => self.package_named(written),
            Kind::Model => self.model(written),
            Kind::Group | Kind::ExtendGroup => self.element(written, |what| what == What::Group),
            Kind::Process | Kind::ExtendProcess => self.element(written, |what| what == What::Process),
            Kind::Item | Kind::ExtendItem | Kind::ReplaceItem => self.element(written, |what| what == What::Item),
            Kind::Outcome | Kind::ReplaceOutcome => {
                self.element(&full_id(text, tree, node, written)?, |what| what == What::Outcome)
            }
            Kind::Practice | Kind::ReplacePractice => {
                self.element(&full_id(text, tree, node, written)?, |what| what == What::Practice)
            }
            Kind::Field | Kind::FieldValue | Kind::Other => self.field(written),
            Kind::Catalog => self.catalogs(written).first().map(|id| self.of_catalog(*id)),
            Kind::Clause | Kind::Requirement | Kind::Control => {
                let catalog = text.get(tree.arg(catalog_around(tree, node)?, Role::Id)?.range())?;
                self.requirements(&format!("{catalog}:{written}")).first().map(|id| self.of_requirement(*id))
            }
            Kind::Crosswalk => {
                let all = program.crosswalks.iter().map(|crosswalk| (crosswalk.id, crosswalk.origin));
                self.declared(What::Crosswalk, written, all)
            }
            Kind::Framework => {
                let all = program.frameworks.iter().map(|framework| (framework.id, framework.origin));
                self.declared(What::Framework, written, all)
            }
            _ => None,
        }
    }
}

/// `COM.01.1` for what is written `1` in the block of the process `COM.01`.
pub fn full_id(text: &str, tree: &Tree, node: NodeId, written: &str) -> Option<String> {
    let process = process_around(tree, node)?;
    Some(format!("{}.{written}", text.get(tree.arg(process, Role::Id)?.range())?))
}

/// The process, or extension of one, that a statement stands in.
pub fn process_around(tree: &Tree, node: NodeId) -> Option<NodeId> {
    around(tree, node).find(|parent| matches!(tree.node(*parent).kind, Kind::Process | Kind::ExtendProcess))
}

fn catalog_around(tree: &Tree, node: NodeId) -> Option<NodeId> {
    around(tree, node).find(|parent| tree.node(*parent).kind == Kind::Catalog)
}

/// The statements that a statement stands in, the nearest first.
pub fn around(tree: &Tree, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(tree.node(node).parent, |parent| tree.node(*parent).parent)
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
        What::Group | What::Process | What::Outcome | What::Practice | What::Item => {
            let own = program.packages.get(viewer.0 as usize);
            for package in own.into_iter().chain(packages().map(|(_, package)| package)) {
                places
                    .extend(program.names.get(&symbol.id).and_then(|name| element_place(package, name)).map(from_head));
            }
        }
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
            let same = terms.filter(|term| sources.text(term.term).to_lowercase() == symbol.id);
            places.extend(same.map(|term| (term.term, term.origin.span)));
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
        What::Catalog | What::Crosswalk | What::Framework => {
            let catalogs = program.catalogs.iter().map(|catalog| (What::Catalog, catalog.id, catalog.origin));
            let crosswalks =
                program.crosswalks.iter().map(|crosswalk| (What::Crosswalk, crosswalk.id, crosswalk.origin));
            let frameworks =
                program.frameworks.iter().map(|framework| (What::Framework, framework.id, framework.origin));
            let all = catalogs.chain(crosswalks).chain(frameworks);
            let same = all.filter(|(what, id, origin)| {
                *what == symbol.what && program.name(*id) == symbol.id && names.home(origin.package) == symbol.home
            });
            places.extend(same.map(|(_, _, origin)| from_head(origin.span)));
        }
        What::Check => {}
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
    let rows = program.names.get(id).map_or(&[][..], |name| snapshot.requirements(name));
    let is_meant = |row: &&RequirementId| {
        let of = program.catalog(program.requirement(**row).catalog);
        program.name(of.id) == catalog && names.home(of.origin.package) == home
    };
    rows.iter().filter(is_meant).take(1).copied().collect()
}

/// The head of the statement that declares an element, or states it anew.
fn element_place(package: &crate::model::Package, name: Name) -> Option<Span> {
    let model = &package.model;
    let process = |number: u32| model.processes.get(number as usize);
    Some(match *model.index.get(&name)? {
        Element::Group(number) => model.groups.get(number as usize)?.origin.span,
        Element::Process(number) => process(number)?.origin.span,
        Element::Outcome(number, outcome) => process(number)?.outcomes.get(outcome as usize)?.origin.span,
        Element::Practice(number, practice) => process(number)?.practices.get(practice as usize)?.origin.span,
        Element::Item(number) => model.items.get(number as usize)?.origin.span,
    })
}

/// The top of a package: its manifest, or its file.
fn package_place(snapshot: &Snapshot, package: PackageId) -> Option<(Span, Span)> {
    let loaded = snapshot.loaded.get(package.0 as usize)?;
    let file = loaded.manifest.file.or_else(|| loaded.trees.first().map(|tree| tree.file))?;
    let top = Span { file, start: 0, end: 0 };
    Some((top, top))
}
