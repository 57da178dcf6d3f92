//! Second pass: every reference of a package connected with what it names.

mod lookup;
mod model;
mod printed;
mod texts;

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use lookup::Ambiguity;
use printed::Printed;

use super::State;
use super::collect::{Declared, Pending};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::index::{Idx, get_mut};
use crate::model::{
    CatalogId, CrosswalkId, Element, Line, Link, Name, Origin, Outcome, Package, PackageId, Practice, Process,
    Relation, RequirementId, Sight, Strength, Target, Want, What,
};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Role, Tree};

/// How many misspelt names get a suggestion; a file with more is broken in another way, and the search is not free.
const SUGGESTIONS: usize = 300;

/// How many names are looked at for suggestions, all together: in a model of a million names the search is dear.
const LOOKS: usize = 2_000_000;

/// Connects the references of a package.
pub fn bind(
    state: &mut State,
    package: &mut Package,
    id: PackageId,
    pending: &[Pending],
    loaded: &Loaded,
    sources: &Sources,
) {
    let mut binder = Binder::new(state, package, id, loaded, sources);
    for statement in pending {
        let Some(tree) = loaded.trees.get(statement.tree as usize) else { continue };
        binder.statement(tree, statement.node, statement.what);
    }
    binder.group_by_prefix();
    binder.former_ids();
    binder.texts();
}

/// Whether each of so many misspelt names gets a suggestion, among so many names.
pub fn suggests_for_all(misspelt: usize, names: usize) -> bool {
    misspelt < SUGGESTIONS && misspelt.saturating_mul(names) < LOOKS
}

/// Connects the links of some outcomes of a package that is bound, as the statements of a tree say them.
pub fn links(
    state: &mut State,
    package: &mut Package,
    id: PackageId,
    tree: &Tree,
    outcomes: &[(NodeId, Idx<Process>, Idx<Outcome>)],
    (loaded, sources): (&Loaded, &Sources),
) {
    let mut binder = Binder::new(state, package, id, loaded, sources);
    outcomes.iter().for_each(|(node, process, outcome)| binder.outcome(tree, *node, *process, *outcome));
}

struct Binder<'a> {
    state: &'a mut State,
    package: &'a mut Package,
    id: PackageId,
    loaded: &'a Loaded,
    sources: &'a Sources,
    suggestions: usize,
    looks: usize,
    /// The references that are ambiguous, by how they are written; those to what models conform to are the second.
    ambiguities: [FxHashMap<String, Rc<Ambiguity>>; 2],
    /// Those in texts.
    ambiguities_of_texts: FxHashMap<String, Rc<Ambiguity>>,
    /// What people may write for the requirements of all catalogs that are seen, or of one; made at the first slip.
    printed: FxHashMap<Option<CatalogId>, Rc<Printed>>,
    /// The reference before this one, if it opened a bracket.
    bracket: Option<Span>,
}

impl<'a> Binder<'a> {
    fn new(
        state: &'a mut State,
        package: &'a mut Package,
        id: PackageId,
        loaded: &'a Loaded,
        sources: &'a Sources,
    ) -> Binder<'a> {
        Binder {
            state,
            package,
            id,
            loaded,
            sources,
            suggestions: SUGGESTIONS,
            looks: LOOKS,
            ambiguities: Default::default(),
            ambiguities_of_texts: FxHashMap::default(),
            printed: FxHashMap::default(),
            bracket: None,
        }
    }

    fn statement(&mut self, tree: &Tree, node: NodeId, what: Declared) {
        match what {
            Declared::Model => self.model(tree, node),
            Declared::Element(Element::Process(process)) => self.process(tree, node, process),
            Declared::Element(Element::Outcome(process, outcome)) => self.outcome(tree, node, process, outcome),
            Declared::Addition(process, outcome) => self.addition(tree, node, process, outcome),
            Declared::Element(Element::Practice(process, practice)) => self.practice(tree, node, process, practice),
            Declared::Element(_) => {}
            Declared::Crosswalk(crosswalk) => self.crosswalk(tree, node, crosswalk),
            Declared::Framework(framework) => self.framework(tree, node, framework),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.state.diagnostics.push(diagnostic);
    }

    /// What the package sees.
    fn sight(&self) -> Sight<'_> {
        Sight::new(&self.state.program, self.id, self.package)
    }

    fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// Whether one more misspelt name is looked for among so many names.
    fn search(&mut self, names: usize) -> Option<()> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        (self.looks > 0).then(|| self.looks = self.looks.saturating_sub(names))
    }

    fn process(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>) {
        if let Some(span) = tree.arg(node, Role::InGroup) {
            self.in_group(tree, node, process, span);
        }
        for child in tree.children(node) {
            self.relation(tree, child, process);
        }
        if let Some(process) = self.package.model.processes.get_mut(process.at()) {
            process.relations.shrink_to_fit();
        }
    }

    fn in_group(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>, span: Span) {
        let written = self.slice(span);
        let Some(group) = self.element(written, What::Group) else {
            return self.unknown_element(&codes::UNKNOWN_GROUP, What::Group, span);
        };
        let Some(process) = self.package.model.processes.get_mut(process.at()) else { return };
        match process.group {
            Some(around) if around != group => {
                let around = self.state.program.name(around).to_owned();
                let mut diagnostic = Diagnostic::new(
                    &codes::GROUP_CONTRADICTION,
                    span,
                    format!("`in {written}` contradicts the group `{around}` that the process stands in"),
                )
                .label("another group")
                .help("delete `in …`, or move the process out of the block");
                if let Some(parent) = tree.node(node).parent {
                    diagnostic = diagnostic.also(tree.head(parent), "the process stands in this block");
                }
                self.report(diagnostic);
            }
            _ => process.group = Some(group),
        }
    }

    fn outcome(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>, outcome: Idx<Outcome>) {
        let Some(own) = self.package.model.outcome_at(process, outcome).map(|outcome| outcome.id) else { return };
        let (links, joint_sets, with_itself, produces) = self.links(tree, node, own);
        let process = self.package.model.processes.get_mut(process.at());
        if let Some(outcome) = process.and_then(|process| get_mut(&mut process.outcomes, outcome)) {
            outcome.links = links;
            outcome.joint_sets = joint_sets;
            outcome.with_itself = with_itself;
            outcome.produces = produces;
        }
    }

    /// What a layer adds to an outcome of a base.
    fn addition(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>, outcome: Idx<Outcome>) {
        let Some(own) = self.package.model.outcome_at(process, outcome).map(|outcome| outcome.id) else { return };
        let (links, joint_sets, with_itself, produces) = self.links(tree, node, own);
        let process = self.package.model.processes.get_mut(process.at());
        if let Some(outcome) = process.and_then(|process| get_mut(&mut process.outcomes, outcome)) {
            outcome.add_links(&links, &joint_sets);
            outcome.with_itself.extend(with_itself);
            outcome.produces.extend(produces);
        }
    }

    /// The links of an outcome, its joint sets, where these name itself, and the items that it produces.
    fn links(&mut self, tree: &Tree, node: NodeId, own: Name) -> (Vec<Link>, Vec<Vec<Target>>, Vec<Span>, Vec<Target>) {
        let (mut links, mut joint_sets, mut with_itself) = (Vec::new(), Vec::new(), Vec::new());
        let mut produces = Vec::new();
        let mut strength = Strength::Full;
        // The links of the statement's present clause begin here; `together` and `because` speak of all of them.
        let mut clause = 0;
        let mut partners: Vec<Target> = Vec::new();
        let mut is_whole = true;
        let args = tree.args(node);
        links.reserve_exact(count(args, Role::Ref));
        produces.reserve_exact(count(args, Role::Produced));
        for (number, arg) in args.iter().enumerate() {
            let span = tree.span(arg);
            match arg.role {
                Role::Satisfies | Role::Partly => {
                    // `partly` is followed by its own `satisfies`.
                    if arg.role == Role::Satisfies && number > 0 && args[number - 1].role == Role::Partly {
                        continue;
                    }
                    strength = if arg.role == Role::Partly { Strength::Partial } else { Strength::Full };
                    clause = links.len();
                    is_whole = true;
                }
                Role::Ref => {
                    for requirement in self.linkable(span) {
                        links.push(Link { requirement, span, strength, joint_set: None, because: None });
                    }
                }
                Role::Partner => {
                    match self.partner(span, own) {
                        Some(id) if id == own => with_itself.push(span),
                        Some(id) => partners.push(Target::new(id, span)),
                        None => is_whole = false,
                    }
                    if args.get(number + 1).is_none_or(|next| next.role != Role::Partner) {
                        let mut partners = std::mem::take(&mut partners);
                        partners.shrink_to_fit();
                        let set = is_whole.then_some(narrow(joint_sets.len()));
                        for link in links.iter_mut().skip(clause) {
                            link.joint_set = set;
                            // With a member that is not known the set is not known, and this outcome a part of it.
                            link.strength = if is_whole { link.strength } else { Strength::Partial };
                        }
                        is_whole.then(|| joint_sets.push(partners));
                    }
                }
                Role::Reason => links.iter_mut().skip(clause).for_each(|link| link.because = Some(span)),
                Role::Produced => produces.extend(self.item(span)),
                _ => {}
            }
        }
        joint_sets.shrink_to_fit();
        (links, joint_sets, with_itself, produces)
    }

    /// A member of a joint set.
    fn partner(&mut self, span: Span, own: Name) -> Option<Name> {
        let found = self.element(self.slice(span), What::Outcome);
        if found.is_none() && !self.comma_in_outcome(span) {
            self.unknown_outcome(span, own);
        }
        found
    }

    fn practice(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>, practice: Idx<Practice>) {
        let Some(owner) = self.package.model.process_at(process).map(|process| process.id) else { return };
        let args = tree.args(node);
        let room = |role: Role| Vec::with_capacity(count(args, role));
        let (mut achieves, mut consumes, mut produces) =
            (room(Role::Achieved), room(Role::Consumed), room(Role::Produced));
        for arg in args {
            let span = tree.span(arg);
            match arg.role {
                Role::Achieved => achieves.extend(self.achieved(span, owner)),
                Role::Consumed => consumes.extend(self.item(span)),
                Role::Produced => produces.extend(self.item(span)),
                _ => {}
            }
        }
        if let Some(practice) = self.practice_mut(process, practice) {
            practice.achieves = achieves;
            practice.consumes = consumes;
            practice.produces = produces;
        }
    }

    fn practice_mut(&mut self, process: Idx<Process>, practice: Idx<Practice>) -> Option<&mut Practice> {
        get_mut(&mut self.package.model.processes.get_mut(process.at())?.practices, practice)
    }

    /// An outcome that a practice achieves: by its number in the process, else by its full id.
    fn achieved(&mut self, span: Span, process: Name) -> Option<Target> {
        let written = self.slice(span);
        let found = self.sight().outcome_of(self.state.program.name(process), written).map(|(_, id)| id);
        if found.is_none() {
            self.unknown_number(span, process);
        }
        found.map(|id| Target::new(id, span))
    }

    fn item(&mut self, span: Span) -> Option<Target> {
        let written = self.slice(span);
        match self.element(written, What::Item) {
            Some(id) => Some(Target::new(id, span)),
            None => {
                self.unknown_element(&codes::UNKNOWN_ITEM, What::Item, span);
                None
            }
        }
    }

    fn crosswalk(&mut self, tree: &Tree, node: NodeId, crosswalk: u32) {
        let from = tree.arg(node, Role::FromCatalog).and_then(|span| self.linkable_catalog(span));
        let to = tree.arg(node, Role::ToCatalog).and_then(|span| self.linkable_catalog(span));
        let whose = self.state.program.crosswalks.get(crosswalk as usize).map(|crosswalk| crosswalk.origin);
        let Some(whose) = whose else { return };
        let (from, to) = if self.is_turned(tree, node, from, to) { (to, from) } else { (from, to) };
        let (mut lines, mut new, mut withdrawn) = (Vec::new(), Vec::new(), Vec::new());
        for child in tree.children(node) {
            match tree.node(child).kind {
                Kind::Line => lines.extend(self.line(tree, child, [from, to], whose)),
                Kind::New => new.extend(self.side(tree, child, Role::Ref, [to, from])),
                Kind::Withdrawn => withdrawn.extend(self.side(tree, child, Role::Ref, [from, to])),
                _ => {}
            }
        }
        if let Some(crosswalk) = self.state.program.crosswalks.get_mut(crosswalk as usize) {
            crosswalk.from = from;
            crosswalk.to = to;
            crosswalk.lines = lines;
            crosswalk.new = new;
            crosswalk.withdrawn = withdrawn;
        }
    }

    fn line(&mut self, tree: &Tree, node: NodeId, [from, to]: [Option<CatalogId>; 2], whose: Origin) -> Option<Line> {
        let relation = tree.args(node).iter().find_map(|arg| match arg.role {
            Role::Equals => Some(Relation::Equals),
            Role::Equivalent => Some(Relation::EquivalentTo),
            Role::Subset => Some(Relation::SubsetOf),
            Role::Superset => Some(Relation::SupersetOf),
            Role::Intersects => Some(Relation::Intersects),
            _ => None,
        })?;
        if self.is_turned_round(tree, node, relation, [from, to]) {
            return None;
        }
        let left = self.side(tree, node, Role::Left, [from, to]);
        let right = self.side(tree, node, Role::Right, [to, from]);
        // A side of which a name is wrong is shorter than its author meant: the line says nothing then.
        let whole =
            left.len() == tree.all(node, Role::Left).count() && right.len() == tree.all(node, Role::Right).count();
        whole.then(|| Line {
            left,
            relation,
            right,
            because: tree.arg(node, Role::Reason),
            remarks: super::heads::notes(tree, node, whose),
            span: tree.head(node),
        })
    }

    /// The requirements of one side; the other catalog tells a slip of sides from one of names.
    fn side(
        &mut self,
        tree: &Tree,
        node: NodeId,
        role: Role,
        [catalog, other]: [Option<CatalogId>; 2],
    ) -> Vec<(RequirementId, Span)> {
        let Some(catalog) = catalog else { return Vec::new() };
        let kind = tree.node(node).kind;
        let spans = tree.all(node, role);
        spans
            .flat_map(|span| self.requirement_in(span, catalog, other, kind).into_iter().map(move |id| (id, span)))
            .collect()
    }

    /// Whether a line has its sides in the wrong order, which is reported.
    fn is_turned_round(
        &mut self,
        tree: &Tree,
        node: NodeId,
        relation: Relation,
        sides: [Option<CatalogId>; 2],
    ) -> bool {
        let [Some(from), Some(to)] = sides else { return false };
        let all_of = |role: Role, catalog: CatalogId| {
            tree.all(node, role).all(|span| self.sight().requirement_of(catalog, self.slice(span)).is_some())
        };
        let is_round = all_of(Role::Left, to) && all_of(Role::Right, from);
        if !is_round || all_of(Role::Left, from) || all_of(Role::Right, to) {
            return false;
        }
        let list = |role: Role| tree.all(node, role).map(|span| self.slice(span)).collect::<Vec<_>>().join(", ");
        let turned = format!("{} {} {}", list(Role::Right), relation.reversed().words(), list(Role::Left));
        let first = tree.all(node, Role::Left).next().unwrap_or_else(|| tree.head(node));
        let last = tree.all(node, Role::Right).last().unwrap_or(first);
        let place = Span { end: last.end, ..first };
        let (from, to) = (self.catalog_name(from), self.catalog_name(to));
        self.report(
            Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, place, "this line is the wrong way round")
                .label(format!("expected something of `{from}` on the left, and of `{to}` on the right"))
                .help(format!("turn it round: `{turned}`"))
                .replace_with(turned),
        );
        true
    }

    fn framework(&mut self, tree: &Tree, node: NodeId, framework: u32) {
        let Some(framework) = self.state.program.frameworks.get(framework as usize) else { return };
        let mut found = Vec::new();
        for attribute in framework.levels.iter().flat_map(|level| &level.attributes) {
            let known: FxHashSet<Name> = attribute.achievements.iter().map(|achievement| achievement.id).collect();
            for practice in &attribute.practices {
                for id in practice.achieves.iter().filter(|id| !known.contains(id)) {
                    let id = self.state.program.name(*id);
                    let span = achieved_place(tree, node, practice.span, id, self.sources);
                    let names: Vec<&str> = attribute
                        .achievements
                        .iter()
                        .map(|achievement| self.state.program.name(achievement.id))
                        .collect();
                    found.push(
                        Diagnostic::new(
                            &codes::UNKNOWN_ACHIEVEMENT,
                            span,
                            format!("the attribute has no achievement `{id}`"),
                        )
                        .label("unknown achievement")
                        .also(attribute.span, format!("it has {}", words::list(&names, "and", 9)))
                        .help("a generic practice serves the achievements of the attribute that it stands in"),
                    );
                }
            }
        }
        self.state.diagnostics.extend(found);
    }

    /// Whether all lines of a crosswalk name the catalogs the other way round than its head, which is reported.
    fn is_turned(&mut self, tree: &Tree, node: NodeId, from: Option<CatalogId>, to: Option<CatalogId>) -> bool {
        let (Some(from), Some(to)) = (from, to) else { return false };
        let sight = self.sight();
        let has = |catalog: CatalogId, span: Span| sight.requirement_of(catalog, self.slice(span)).is_some();
        let mut turned = 0;
        for child in tree.children(node).take(TURNED) {
            let sides = match tree.node(child).kind {
                Kind::Line => [(Role::Left, from, to), (Role::Right, to, from)],
                Kind::New => [(Role::Ref, to, from); 2],
                Kind::Withdrawn => [(Role::Ref, from, to); 2],
                _ => continue,
            };
            for (role, catalog, other) in sides {
                let mut references = tree.all(child, role);
                if !references.all(|span| has(other, span) && !has(catalog, span)) {
                    return false;
                }
            }
            turned += 1;
        }
        let ends = tree.arg(node, Role::FromCatalog).zip(tree.arg(node, Role::ToCatalog));
        let Some((one, other)) = ends.filter(|_| turned > 1) else { return false };
        let place = Span { end: other.end, ..one };
        let meant = format!("{} to {}", self.slice(other), self.slice(one));
        self.report(
            Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, place, "this crosswalk is the wrong way round")
                .label("its lines name these catalogs in the other order")
                .help(format!("write `from {meant}`: the left sides are looked up in the catalog after `from`"))
                .replace_with(meant),
        );
        true
    }

    /// The crosswalk with an id, in the packages that are seen.
    fn through(&mut self, span: Span) -> Option<CrosswalkId> {
        let found = self.sight().crosswalk(self.slice(span));
        if found.is_none() {
            self.unknown_name(&codes::UNKNOWN_CROSSWALK, What::Crosswalk, Want::Crosswalk, span);
        }
        found
    }
}

/// How many arguments have a role.
fn count(args: &[Arg], role: Role) -> usize {
    args.iter().filter(|arg| arg.role == role).count()
}

/// How many lines of a crosswalk tell whether it is the wrong way round.
const TURNED: usize = 1000;

/// The place of an achievement's letter in a generic practice.
fn achieved_place(tree: &Tree, framework: NodeId, practice: Span, id: &str, sources: &Sources) -> Span {
    let nodes = framework..tree.node(framework).subtree_end;
    let node = nodes.into_iter().find(|node| tree.head(*node) == practice);
    let place = node.and_then(|node| tree.all(node, Role::Achieved).find(|span| sources.slice(*span) == id));
    place.unwrap_or(practice)
}
