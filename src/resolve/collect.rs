//! First pass: what a package declares. No reference is looked at.

mod texts;

use rustc_hash::FxHashMap;

use super::State;
use super::heads;
use super::ids::{Similar, duplicate, is_suspicious};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::index::Idx;
use crate::model::{
    AnyElement, Catalog, CatalogId, Element, Field, FieldKind, Group, Item, Model, Name, Origin, Outcome, Package,
    PackageId, Practice, Process, Remarks, ReqKind, Requirement, RequirementId, Scope, Stated, Term,
};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::lexer;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

/// A statement whose references the second pass connects.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// The tree, by position in the package.
    pub tree: u32,
    /// The statement.
    pub node: NodeId,
    /// What it declares.
    pub what: Declared,
}

/// What a statement declares.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// A model.
    Model,
    /// An element of the model.
    Element(Element),
    /// What a layer adds to an outcome of a base, by the positions of the outcome.
    Addition(Idx<Process>, Idx<Outcome>),
    /// A crosswalk, by position in the program.
    Crosswalk(u32),
    /// A framework, by position in the program.
    Framework(u32),
}

/// A statement about an element of a base.
#[derive(Debug)]
pub enum Layering {
    /// `extend process`.
    Process(Box<Extension>),
    /// `extend group`: its processes are declared like any others.
    Group { id: Span, remarks: Remarks, origin: Origin },
    /// `extend item`.
    Item { id: Span, characteristics: Vec<Span>, remarks: Remarks, origin: Origin },
    /// `replace item`.
    ReplaceItem { item: Item, because: Option<Span> },
    /// `replace term`.
    Term { term: Term, because: Option<Span> },
    /// `omit`.
    Omit { ids: Vec<Span>, because: Option<Span>, origin: Origin },
}

/// What stands in the block of an `extend process`.
#[derive(Debug)]
pub struct Extension {
    /// The place of the process's id.
    pub id: Span,
    /// The tree, by position in the package.
    pub tree: u32,
    /// The statement.
    pub node: NodeId,
    /// A purpose stated, or stated anew.
    pub purpose: Option<Restated>,
    /// A context stated, or stated anew.
    pub context: Option<Restated>,
    /// Outcomes added, or stated anew.
    pub outcomes: Vec<(NodeId, Outcome, Replacing)>,
    /// What is added to outcomes.
    pub additions: Vec<Addition>,
    /// Practices added, or stated anew.
    pub practices: Vec<(NodeId, Practice, Replacing)>,
    /// Notes, fields, former ids.
    pub remarks: Remarks,
    /// The statement.
    pub origin: Origin,
}

/// An `extend outcome`.
#[derive(Debug)]
pub struct Addition {
    /// The statement.
    pub node: NodeId,
    /// The full id of the outcome.
    pub id: Name,
    /// The place of its number.
    pub number: Span,
    /// Notes and fields.
    pub remarks: Remarks,
    /// Where it stands.
    pub origin: Origin,
}

/// Whether something is stated anew, and why.
#[derive(Clone, Copy, Debug)]
pub enum Replacing {
    /// It is added.
    No,
    /// It takes the place of what the base says.
    Because(Option<Span>),
}

/// A purpose or context in an `extend process`.
#[derive(Clone, Copy, Debug)]
pub struct Restated {
    /// What it says.
    pub stated: Stated,
    /// Whether with `replace`.
    pub replacing: Replacing,
}

/// What a package declares.
#[derive(Debug)]
pub struct Collected {
    /// The package, with its own elements.
    pub package: Package,
    /// The statements whose references are to be connected.
    pub pending: Vec<Pending>,
    /// The statements about elements of bases.
    pub layering: Vec<Layering>,
}

/// Declares what the files of a package declare.
pub fn collect(state: &mut State, loaded: &Loaded, scope: Scope, id: PackageId, sources: &Sources) -> Collected {
    let layer = model_id(loaded, sources).map(|name| state.program.names.intern(name));
    let package = Package {
        name: loaded.name.clone(),
        version: loaded.manifest.version.clone(),
        is_standard: loaded.is_standard,
        model: Model::default(),
        scope,
        fields: Vec::new(),
        notes: Vec::new(),
    };
    let mut collector = Collector {
        state,
        sources,
        id,
        layer,
        package,
        pending: Vec::new(),
        layering: Vec::new(),
        fields: FxHashMap::default(),
        terms: FxHashMap::default(),
    };
    collector.reserve(loaded);
    for (number, tree) in (0..).zip(&loaded.trees) {
        collector.file(number, tree);
    }
    collector.report_similar();
    Collected { package: collector.package, pending: collector.pending, layering: collector.layering }
}

/// The id of the first model statement: the layer that everything in the package belongs to.
fn model_id<'a>(loaded: &Loaded, sources: &'a Sources) -> Option<&'a str> {
    loaded.trees.iter().find_map(|tree| {
        let model = tree.top().find(|node| tree.node(*node).kind == Kind::Model)?;
        tree.arg(model, Role::Id).map(|span| sources.slice(span))
    })
}

struct Collector<'a> {
    state: &'a mut State,
    sources: &'a Sources,
    id: PackageId,
    layer: Option<Name>,
    package: Package,
    pending: Vec<Pending>,
    layering: Vec<Layering>,
    /// Where each field is declared.
    fields: FxHashMap<(Name, FieldKind), Span>,
    /// Where each term is first declared, in lower case, and by which statement; `None` for an admitted name.
    terms: FxHashMap<String, (Span, Option<Kind>)>,
}

impl Collector<'_> {
    /// Makes room for what the files declare, so that no table grows in steps.
    fn reserve(&mut self, loaded: &Loaded) {
        let count = |is_meant: fn(Kind) -> bool| -> usize {
            loaded.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| is_meant(node.kind)).count()
        };
        let rows = count(|kind| matches!(kind, Kind::Clause | Kind::Requirement | Kind::Control));
        let parts = count(|kind| matches!(kind, Kind::Outcome | Kind::Practice));
        let processes = count(|kind| kind == Kind::Process);
        let groups = count(|kind| kind == Kind::Group);
        let others =
            loaded.trees.iter().map(|tree| tree.top().filter(|node| tree.node(*node).kind != Kind::Process).count());
        let others = groups + others.sum::<usize>();
        self.state.program.names.reserve(rows + parts + processes + others);
        self.state.program.requirements.reserve(rows);
        self.state.program.index.reserve(rows);
        self.pending.reserve(parts + processes);
        self.package.model.index.reserve(parts + processes + others);
        self.package.model.processes.reserve(processes);
    }

    fn file(&mut self, number: u32, tree: &Tree) {
        self.notes_of_lines(tree);
        let mut node = 0;
        while let Some(statement) = tree.nodes.get(node as usize) {
            // Rows of catalogs, outcomes and the like are taken with the statement that they stand in.
            let inside = match statement.kind {
                Kind::Catalog => self.catalog(tree, node),
                Kind::Crosswalk => heads::crosswalk(self.state, tree, node, self.origin(tree, node), self.sources)
                    .map(|at| self.later(number, node, Declared::Crosswalk(at))),
                Kind::Framework => heads::framework(self.state, tree, node, self.origin(tree, node), self.sources)
                    .map(|at| self.later(number, node, Declared::Framework(at))),
                Kind::Model => self.model(number, tree, node),
                Kind::Process => self.process(number, tree, node),
                Kind::Group => {
                    self.group(tree, node);
                    None
                }
                Kind::Item => self.item(tree, node),
                Kind::ExtendProcess => self.extend_process(number, tree, node),
                Kind::ExtendGroup => {
                    let id = tree.arg(node, Role::Id);
                    let group = id.map(|id| Layering::Group {
                        id,
                        remarks: self.remarks(tree, node),
                        origin: self.origin(tree, node),
                    });
                    self.layering.extend(group);
                    None
                }
                Kind::ExtendItem => self.extend_item(tree, node),
                Kind::ReplaceItem => {
                    let because = tree.arg(node, Role::Reason);
                    let item = self.item_body(tree, node);
                    self.layering.extend(item.map(|item| Layering::ReplaceItem { item, because }));
                    Some(())
                }
                Kind::Omit => {
                    let (ids, because) = (tree.all(node, Role::Omitted).collect(), tree.arg(node, Role::Reason));
                    self.layering.push(Layering::Omit { ids, because, origin: self.origin(tree, node) });
                    Some(())
                }
                Kind::Field => self.field(tree, node),
                _ => self.beside(tree, node),
            };
            node = if inside.is_some() { statement.subtree_end.max(node + 1) } else { node + 1 };
        }
    }

    fn later(&mut self, tree: u32, node: NodeId, what: Declared) {
        self.pending.push(Pending { tree, node, what });
    }

    fn origin(&self, tree: &Tree, node: NodeId) -> Origin {
        Origin { package: self.id, span: tree.head(node), layer: self.layer }
    }

    fn name(&mut self, span: Span) -> Name {
        self.state.program.names.intern(self.sources.slice(span))
    }

    /// The full id of something that stands in a process.
    fn full_name(&mut self, process: Name, span: Span) -> Name {
        self.state.program.names.intern_full(process, self.sources.slice(span))
    }

    /// Declares a full id; `false` if it is taken.
    fn declare(&mut self, id: Name, span: Span, element: Element) -> bool {
        let model = &mut self.package.model;
        let first = *model.index.entry(id).or_insert(element);
        if first != element {
            let (what, other) = (element.what().word(), first.what().word());
            let first = model.at(first).map_or(span, AnyElement::id_span);
            let text = self.state.program.name(id);
            let diagnostic = if other == what {
                duplicate(what, text, span, first)
            } else {
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    span,
                    format!("`{text}` is declared as {} and as {}", words::article(other), words::article(what)),
                )
                .label(format!("the {what} with this id"))
                .also(first, format!("the {other} with this id"))
                .help("groups, processes, outcomes, practices, items, annexes and references share their ids; give one of them another")
            };
            self.state.report(diagnostic);
            return false;
        }
        true
    }

    fn model(&mut self, number: u32, tree: &Tree, node: NodeId) -> Option<()> {
        let origin = self.origin(tree, node);
        if let Some(head) = &self.package.model.head {
            self.state.report(
                Diagnostic::new(&codes::SECOND_MODEL, origin.span, "a package describes one model")
                    .label("a second model")
                    .also(head.origin.span, "the first")
                    .help("put this model into a package of its own"),
            );
            return Some(());
        }
        let remarks = self.remarks(tree, node);
        let head = heads::model(self.state, tree, node, origin, remarks, self.sources)?;
        self.package.model.head = Some(head);
        self.later(number, node, Declared::Model);
        Some(())
    }

    fn group(&mut self, tree: &Tree, node: NodeId) {
        let Some(id_span) = tree.arg(node, Role::Id) else { return };
        let id = self.name(id_span);
        let position = Idx::new(self.package.model.groups.len());
        self.declare(id, id_span, Element::Group(position));
        let group = Group {
            id,
            id_span,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            text: tree.arg(node, Role::Text),
            parent: self.group_around(tree, node),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        };
        self.package.model.groups.push(group);
    }

    /// The group in whose block a statement stands.
    fn group_around(&mut self, tree: &Tree, node: NodeId) -> Option<Name> {
        let parent = tree.node(node).parent?;
        match tree.node(parent).kind {
            Kind::Group | Kind::ExtendGroup => tree.arg(parent, Role::Id).map(|span| self.name(span)),
            _ => None,
        }
    }

    fn process(&mut self, number: u32, tree: &Tree, node: NodeId) -> Option<()> {
        let id_span = tree.arg(node, Role::Id)?;
        let id = self.name(id_span);
        let position = Idx::new(self.package.model.processes.len());
        let is_new = self.declare(id, id_span, Element::Process(position));
        let count = |kind: Kind| tree.children(node).filter(|child| tree.node(*child).kind == kind).count();
        let process = Process {
            id,
            id_span,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            group: self.group_around(tree, node),
            purpose: self.stated(tree, node, Kind::Purpose),
            context: self.stated(tree, node, Kind::Context),
            outcomes: Vec::with_capacity(count(Kind::Outcome)),
            practices: Vec::with_capacity(count(Kind::Practice)),
            relations: Vec::new(),
            remarks: self.remarks(tree, node),
            broken: tree.node(node).broken || !is_new,
            origin: self.origin(tree, node),
        };
        self.package.model.processes.push(process);
        self.later(number, node, Declared::Element(Element::Process(position)));
        for child in tree.children(node) {
            self.part(number, tree, child, id, position, is_new);
        }
        Some(())
    }

    /// An outcome or practice; those of a process that is declared twice claim no ids.
    fn part(&mut self, number: u32, tree: &Tree, node: NodeId, process: Name, position: Idx<Process>, claims: bool) {
        match tree.node(node).kind {
            Kind::Outcome => {
                let Some(outcome) = self.outcome(tree, node, process) else { return };
                let at = Idx::new(self.package.model.processes.last().map_or(0, |process| process.outcomes.len()));
                if claims {
                    self.declare(outcome.id, outcome.number, Element::Outcome(position, at));
                }
                if let Some(process) = self.package.model.processes.last_mut() {
                    process.outcomes.push(outcome);
                }
                self.later(number, node, Declared::Element(Element::Outcome(position, at)));
            }
            Kind::Practice => {
                let Some(practice) = self.practice(tree, node, process) else { return };
                let at = Idx::new(self.package.model.processes.last().map_or(0, |process| process.practices.len()));
                if claims {
                    self.declare(practice.id, practice.own_id, Element::Practice(position, at));
                }
                if let Some(process) = self.package.model.processes.last_mut() {
                    process.practices.push(practice);
                }
                self.later(number, node, Declared::Element(Element::Practice(position, at)));
            }
            _ => {}
        }
    }

    fn outcome(&mut self, tree: &Tree, node: NodeId, process: Name) -> Option<Outcome> {
        let number = tree.arg(node, Role::Id)?;
        Some(Outcome {
            id: self.full_name(process, number),
            number,
            text: tree.arg(node, Role::Text).unwrap_or(number),
            links: Vec::new(),
            joint_sets: Vec::new(),
            with_itself: Vec::new(),
            produces: Vec::new(),
            remarks: self.remarks(tree, node),
            broken: tree.node(node).broken,
            origin: self.origin(tree, node),
        })
    }

    fn practice(&mut self, tree: &Tree, node: NodeId, process: Name) -> Option<Practice> {
        let own_id = tree.arg(node, Role::Id)?;
        let texts: Vec<Span> = tree.all(node, Role::Text).collect();
        let (name, text) = match texts.as_slice() {
            [name, text, ..] => (Some(*name), *text),
            [text] => (None, *text),
            [] => (None, own_id),
        };
        Some(Practice {
            id: self.full_name(process, own_id),
            own_id,
            name,
            text,
            achieves: Vec::new(),
            consumes: Vec::new(),
            produces: Vec::new(),
            remarks: self.remarks(tree, node),
            broken: tree.node(node).broken,
            origin: self.origin(tree, node),
        })
    }

    fn stated(&mut self, tree: &Tree, node: NodeId, kind: Kind) -> Option<Stated> {
        let statement = tree.children(node).find(|child| tree.node(*child).kind == kind)?;
        let text = tree.arg(statement, Role::Text)?;
        Some(Stated { text, origin: self.origin(tree, statement) })
    }

    fn item(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let item = self.item_body(tree, node)?;
        let position = Idx::new(self.package.model.items.len());
        self.declare(item.id, item.id_span, Element::Item(position));
        self.package.model.items.push(item);
        Some(())
    }

    fn item_body(&mut self, tree: &Tree, node: NodeId) -> Option<Item> {
        let id_span = tree.arg(node, Role::Id)?;
        Some(Item {
            id: self.name(id_span),
            id_span,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            kind: tree.arg(node, Role::ItemKind).map(|span| self.name(span)),
            characteristics: characteristics(tree, node),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        })
    }

    fn extend_item(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let id = tree.arg(node, Role::Id)?;
        let (remarks, origin) = (self.remarks(tree, node), self.origin(tree, node));
        self.layering.push(Layering::Item { id, characteristics: characteristics(tree, node), remarks, origin });
        Some(())
    }

    fn extend_process(&mut self, number: u32, tree: &Tree, node: NodeId) -> Option<()> {
        let id = tree.arg(node, Role::Id)?;
        let process = self.name(id);
        let mut extension = Extension {
            id,
            tree: number,
            node,
            purpose: self.restated(tree, node, Kind::Purpose, Kind::ReplacePurpose),
            context: self.restated(tree, node, Kind::Context, Kind::ReplaceContext),
            outcomes: Vec::new(),
            additions: Vec::new(),
            practices: Vec::new(),
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        };
        for child in tree.children(node) {
            let kind = tree.node(child).kind;
            let replacing = match kind {
                Kind::ReplaceOutcome | Kind::ReplacePractice => Replacing::Because(tree.arg(child, Role::Reason)),
                _ => Replacing::No,
            };
            match kind {
                Kind::Outcome | Kind::ReplaceOutcome => {
                    extension
                        .outcomes
                        .extend(self.outcome(tree, child, process).map(|outcome| (child, outcome, replacing)));
                }
                Kind::ExtendOutcome => extension.additions.extend(self.addition(tree, child, process)),
                Kind::Practice | Kind::ReplacePractice => {
                    extension
                        .practices
                        .extend(self.practice(tree, child, process).map(|practice| (child, practice, replacing)));
                }
                _ => {}
            }
        }
        self.layering.push(Layering::Process(Box::new(extension)));
        Some(())
    }

    fn addition(&mut self, tree: &Tree, node: NodeId, process: Name) -> Option<Addition> {
        let number = tree.arg(node, Role::Id)?;
        let (remarks, origin) = (self.remarks(tree, node), self.origin(tree, node));
        Some(Addition { node, id: self.full_name(process, number), number, remarks, origin })
    }

    fn restated(&mut self, tree: &Tree, node: NodeId, plain: Kind, replace: Kind) -> Option<Restated> {
        let statement = tree.children(node).find(|child| tree.node(*child).kind == replace);
        let reason = statement.and_then(|statement| tree.arg(statement, Role::Reason));
        let anew =
            self.stated(tree, node, replace).map(|stated| Restated { stated, replacing: Replacing::Because(reason) });
        anew.or_else(|| self.stated(tree, node, plain).map(|stated| Restated { stated, replacing: Replacing::No }))
    }

    fn field(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let id_span = tree.arg(node, Role::Id)?;
        let word = self.sources.slice(id_span);
        if lexer::begins_statement_or_clause(word) {
            self.state.report(
                Diagnostic::new(&codes::RESERVED_FIELD, id_span, format!("a field cannot be named `{word}`"))
                    .label("a word of the language")
                    .help("choose a word that begins no statement and no clause"),
            );
        }
        let kind_span = tree.arg(node, Role::OnKind)?;
        let kind_word = self.sources.slice(kind_span);
        let Some(on) = FieldKind::ALL.into_iter().find(|kind| kind.word() == kind_word) else {
            let known = FieldKind::ALL.map(FieldKind::word);
            let help = words::nearest(kind_word, known).map_or_else(
                || format!("fields stand on {}", words::list(&known, "or", 9)),
                |near| format!("did you mean `{near}`?"),
            );
            self.state.report(
                Diagnostic::new(
                    &codes::UNKNOWN_KIND,
                    kind_span,
                    format!("`{kind_word}` is no kind of element that carries fields"),
                )
                .label("unknown kind")
                .help(help),
            );
            return Some(());
        };
        let id = self.name(id_span);
        if let Some(first) = self.fields.get(&(id, on)).copied() {
            self.state.report(duplicate("field", word, id_span, first));
            return Some(());
        }
        self.fields.insert((id, on), tree.head(node));
        let field = Field {
            id,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            on,
            required: tree.has(node, Role::Required),
            origin: self.origin(tree, node),
        };
        self.package.fields.push(field);
        Some(())
    }

    /// Notes, fields and former ids in a block.
    fn remarks(&mut self, tree: &Tree, block: NodeId) -> Remarks {
        heads::remarks(self.state, tree, block, self.origin(tree, block), self.sources)
    }

    fn catalog(&mut self, tree: &Tree, node: NodeId) -> Option<()> {
        let id_span = tree.arg(node, Role::Id)?;
        let id = self.name(id_span);
        let catalog = CatalogId(narrow(self.state.program.catalogs.len()));
        if let Some(first) = self.state.program.index.add_catalog(id, catalog) {
            let first = self.state.program.catalog(first);
            let text = self.sources.slice(id_span);
            let mut diagnostic = duplicate("catalog", text, id_span, first.origin.span);
            if first.origin.package != self.id {
                diagnostic =
                    diagnostic.help("two packages declare this catalog; use only one of them, or rename yours");
            }
            self.state.report(diagnostic);
        }
        let text = |kind: Kind| heads::single_text(tree, node, kind);
        let first_row = narrow(self.state.program.requirements.len());
        let head = Catalog {
            id,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            edition: text(Kind::Edition),
            source: text(Kind::Source),
            tailorable: tree.children(node).any(|child| tree.node(child).kind == Kind::Tailorable),
            for_models: tree.children(node).any(|child| tree.node(child).kind == Kind::ForModels),
            notice: text(Kind::Notice),
            rows: first_row..first_row,
            remarks: self.remarks(tree, node),
            origin: self.origin(tree, node),
        };
        self.state.program.catalogs.push(head);
        self.rows(tree, node, catalog);
        let end = narrow(self.state.program.requirements.len());
        if let Some(catalog) = self.state.program.catalogs.last_mut() {
            catalog.rows.end = end;
        }
        Some(())
    }

    /// The clauses, requirements and controls of a catalog.
    fn rows(&mut self, tree: &Tree, catalog_node: NodeId, catalog: CatalogId) {
        let mut open: Vec<(NodeId, RequirementId)> = Vec::new();
        let mut similar = Similar::default();
        let end = tree.node(catalog_node).subtree_end;
        for node in catalog_node + 1..end {
            self.close_rows(&mut open, tree, node);
            let kind = match tree.node(node).kind {
                Kind::Clause => ReqKind::Clause,
                Kind::Requirement => ReqKind::Requirement,
                Kind::Control => ReqKind::Control,
                _ => continue,
            };
            let Some(id_span) = tree.arg(node, Role::Id) else { continue };
            let id = self.name(id_span);
            let position = RequirementId(narrow(self.state.program.requirements.len()));
            let first_row = RequirementId(self.state.program.catalog(catalog).rows.start);
            if let Some(first) = self.state.program.index.add_requirement(id, position, first_row) {
                let first = self.state.program.requirement(first).origin.span;
                self.state.report(duplicate("requirement", self.sources.slice(id_span), id_span, first));
            }
            let written = self.sources.slice(id_span);
            if let Some(diagnostic) = similar.check(written, id_span) {
                self.state.report(diagnostic);
            }
            let row = Requirement {
                id,
                kind,
                catalog,
                parent: open.last().map(|(_, row)| *row),
                subtree_end: position,
                title: tree.arg(node, Role::Title).unwrap_or(id_span),
                text: tree.arg(node, Role::Text),
                label: heads::single_text(tree, node, Kind::Label),
                remarks: self.remarks(tree, node),
                origin: self.origin(tree, node),
            };
            self.state.program.requirements.push(row);
            open.push((node, position));
        }
        self.close_rows(&mut open, tree, end);
    }

    /// Ends the rows whose blocks end before `node`.
    fn close_rows(&mut self, open: &mut Vec<(NodeId, RequirementId)>, tree: &Tree, node: NodeId) {
        while let Some((row_node, row)) = open.last().copied() {
            if tree.node(row_node).subtree_end > node {
                return;
            }
            let end = RequirementId(narrow(self.state.program.requirements.len()));
            if let Some(row) = self.state.program.requirements.get_mut(row.0 as usize) {
                row.subtree_end = end;
            }
            open.pop();
        }
    }

    /// Ids of the model that differ only in case or zero padding.
    fn report_similar(&mut self) {
        let model = &self.package.model;
        let by_itself = model.elements().filter(|(element, _)| match element {
            Element::Process(at) => model.process_at(*at).is_some_and(|process| !process.broken),
            Element::Outcome(..) | Element::Practice(..) => false,
            _ => true,
        });
        let places = by_itself.filter_map(|(element, _)| Some(model.at(element)?.id_span()));
        let mut similar = Similar::default();
        let mut found: Vec<Diagnostic> =
            places.filter_map(|span| similar.check(self.sources.slice(span), span)).collect();
        for process in model.processes.iter().filter(|process| !process.broken) {
            let outcomes = process.outcomes.iter().map(|outcome| outcome.number);
            let parts = outcomes.chain(process.practices.iter().map(|practice| practice.own_id));
            if parts.clone().any(|span| is_suspicious(self.sources.slice(span))) {
                similar.clear();
                found.extend(parts.filter_map(|span| similar.check(self.sources.slice(span), span)));
            }
        }
        self.state.diagnostics.extend(found);
    }
}

/// The texts of the statements of a kind in a block.
fn texts_of(tree: &Tree, block: NodeId, kind: Kind) -> Vec<Span> {
    let statements = tree.children(block).filter(|child| tree.node(*child).kind == kind);
    statements.filter_map(|child| tree.arg(child, Role::Text)).collect()
}

/// What to look for in an information item.
fn characteristics(tree: &Tree, node: NodeId) -> Vec<Span> {
    texts_of(tree, node, Kind::Characteristic)
}
