//! Names that are wrong: each that may have been meant, each catalog that an id could be of, and the package that has
//! what is named.

use super::{Action, place};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, words};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::View;
use crate::model::{CatalogId, ReqKind, RequirementId, Sight, Thing, Want};
use crate::package::{standard_names, standard_package};
use crate::resolve::field_kind;
use crate::span::{FileId, Span};
use crate::syntax;
use crate::syntax::statements::{Kind, standing_in};
use crate::syntax::tree::{Arg, NodeId, Role, Tree};
use crate::writer::Statement;

/// How many names are proposed for one.
const PROPOSED: usize = 8;

/// A name that may have been meant.
struct Candidate {
    /// What is written for it.
    written: String,
    /// What it is called.
    title: String,
}

/// Where a name is wrong.
struct Place<'a> {
    snapshot: &'a Snapshot,
    view: &'a View<'a>,
    tree: &'a Tree,
    node: NodeId,
    arg: Arg,
    /// The part of the argument that is wrong.
    span: Span,
}

/// Whether it is said of a name that something else may have been meant.
pub fn is_of_name(code: &Code) -> bool {
    UNKNOWN
        .iter()
        .chain(&[&codes::UNKNOWN_STATEMENT, &codes::UNKNOWN_CHECK, &codes::UNKNOWN_PACKAGE])
        .any(|of| *of == code)
}

/// One action for each name that may have been meant, and for each package that has what is named.
pub fn mending(view: &View<'_>, found: &Diagnostic, number: usize, actions: &mut Vec<Action>) {
    let Some(place) = Place::of(view, found.primary.span) else { return };
    let is = |codes: &[&Code]| codes.contains(&found.code);
    let candidates = if is(&[&codes::AMBIGUOUS_REQUIREMENT, &codes::AMBIGUOUS_TEXT_REFERENCE]) {
        place.twins()
    } else if is(&[&codes::UNKNOWN_STATEMENT]) {
        place.statements()
    } else if is(&[&codes::UNKNOWN_CHECK]) {
        place.checks()
    } else if is(&[&codes::UNKNOWN_PACKAGE]) {
        place.packages()
    } else if is(UNKNOWN) {
        place.nearest()
    } else {
        return;
    };
    // Which of several catalogs is meant, is said by a catalog in the place of an alias.
    let span =
        if is(&[&codes::AMBIGUOUS_REQUIREMENT]) && place.kind() != Kind::Covers { place.whole() } else { place.span };
    let fits = |candidate: &Candidate| {
        !place.is_taken(&candidate.written)
            && place.can_be_excluded(&candidate.written)
            && place.has_lines(&candidate.written)
    };
    let candidates = candidates.into_iter().filter(fits);
    let certain = found.edit.as_ref().filter(|edit| edit.is_certain).map(|edit| edit.text.as_str());
    for Candidate { written, title } in candidates.take(PROPOSED) {
        let about = if title.is_empty() { String::new() } else { format!(" ({title})") };
        let is_certain = certain == Some(written.as_str());
        let action = Action::fix(format!("Change to `{written}`{about}"), number, 0, vec![(span, written)]);
        actions.push(Action { is_certain, ..action });
    }
    if !is(&[&codes::UNKNOWN_PACKAGE, &codes::UNKNOWN_STATEMENT, &codes::UNKNOWN_CHECK]) {
        actions.extend(place.uses().into_iter().filter_map(|package| place.bring_in(&package, number)));
    }
}

/// What is said of a name that finds nothing.
const UNKNOWN: &[&Code] = &[
    &codes::UNKNOWN_REQUIREMENT,
    &codes::UNKNOWN_CATALOG,
    &codes::UNKNOWN_OUTCOME,
    &codes::UNKNOWN_ITEM,
    &codes::UNKNOWN_PROCESS,
    &codes::UNKNOWN_GROUP,
    &codes::UNKNOWN_FRAMEWORK,
    &codes::UNKNOWN_CROSSWALK,
    &codes::UNKNOWN_TEXT_REFERENCE,
    &codes::UNKNOWN_BASE,
    &codes::UNKNOWN_ELEMENT,
];

/// The statements that say something of one thing once in a package.
const ONCE: [&[Kind]; 4] = [
    &[Kind::Exclude, Kind::Apply],
    &[Kind::Omit],
    &[Kind::ExtendItem, Kind::ReplaceItem],
    &[Kind::ExtendOutcome, Kind::ReplaceOutcome, Kind::ReplacePractice],
];

impl<'a> Place<'a> {
    fn of(view: &'a View<'a>, span: Span) -> Option<Place<'a>> {
        let snapshot = &*view.snapshot;
        let (_, tree) = snapshot.tree(span.file)?;
        let node = tree.at(span.start as usize)?;
        let holds = |arg: &&Arg| arg.start <= span.start && span.end <= arg.end;
        let word = || Arg { role: Role::ExtraWord, start: span.start, end: span.end };
        let arg = tree.args(node).iter().find(holds).copied().unwrap_or_else(word);
        Some(Place { snapshot, view, tree, node, arg, span })
    }

    fn text(&self) -> &'a str {
        &self.snapshot.source(self.tree.file).text
    }

    fn slice(&self, span: Span) -> &'a str {
        self.snapshot.compilation.sources.slice(span)
    }

    fn sight(&self) -> Sight<'a> {
        self.snapshot.program().sight(self.view.package)
    }

    fn kind(&self) -> Kind {
        self.tree.node(self.node).kind
    }

    /// What is looked for here, and what stands before the wrong part of its id: a catalog with its colon, or the
    /// process that the number of an outcome leaves out.
    fn sought(&self) -> Option<(Want<'a>, String)> {
        if is_text(self.arg.role) {
            let before = self.text().get(self.arg.start as usize..self.span.start as usize)?;
            let name = &before[before.rfind("[[")? + 2..];
            return Some((Want::Text, name.to_owned()));
        }
        let written = self.text().get(self.arg.start as usize..self.arg.end as usize)?;
        let names = self.view.names();
        let (want, full) = names.want(self.text(), self.tree, self.node, self.arg.role, written)?;
        let before = match full.strip_suffix(written) {
            Some(process) if !process.is_empty() => process.to_owned(),
            _ => self.text().get(self.arg.start as usize..self.span.start as usize)?.to_owned(),
        };
        Some((want, before))
    }

    /// The names that are nearest to what is written, of those that would do.
    fn nearest(&self) -> Vec<Candidate> {
        let Some((want, before)) = self.sought() else { return Vec::new() };
        let written = self.slice(self.span);
        let sight = self.sight();
        let is_prefix = self.arg.end != self.span.end && !is_text(self.arg.role);
        // Behind the colon of a catalog stands an id, or the colon is what is wrong.
        if is_prefix && self.arg.end == self.span.end + 1 {
            return Vec::new();
        }
        let wants: Vec<Want<'_>> = match before.strip_suffix(':') {
            Some(catalog) => sight.catalog(catalog).all().into_iter().map(Want::RequirementOf).collect(),
            // What is wrong is the catalog before the id.
            None if is_prefix => vec![Want::Catalog, Want::Alias],
            None if want == Want::Catalog => vec![Want::Catalog, Want::Alias],
            None => vec![want],
        };
        let mut known: Vec<(String, Thing)> = Vec::new();
        for want in &wants {
            let all =
                sight.candidates(*want).filter_map(|thing| Some((self.name(&sight, *want, thing, &before)?, thing)));
            known.extend(all);
        }
        let mut candidates = Vec::new();
        for near in words::all_nearest(written, known.iter().map(|(name, _)| name.as_str())) {
            for (_, thing) in known.iter().filter(|(name, _)| name == near) {
                // Of an id in several catalogs, each is told apart.
                let full = match (thing, before.is_empty()) {
                    (Thing::Requirement(id), true) if !matches!(wants[..], [Want::RequirementOf(_)]) => {
                        sight.reference(*id)
                    }
                    _ => near.to_owned(),
                };
                candidates.push(Candidate { written: full, title: self.title(*thing) });
            }
        }
        let terms = if want == Want::Text { self.terms(written) } else { Vec::new() };
        candidates.extend(terms);
        candidates
    }

    /// How a thing is named behind what stands before the place.
    fn name(&self, sight: &Sight<'a>, want: Want<'_>, thing: Thing, before: &str) -> Option<String> {
        let id = sight.id(thing)?;
        match want {
            Want::RequirementOf(_) => Some(id.to_owned()),
            Want::OutcomeOf(process) => {
                let number = id.strip_prefix(process).and_then(|rest| rest.strip_prefix('.'));
                Some(number.unwrap_or(id).to_owned())
            }
            _ if before.is_empty() => Some(id.to_owned()),
            _ => id.strip_prefix(before).map(str::to_owned),
        }
    }

    /// The terms that are nearest to a name in a text.
    fn terms(&self, written: &str) -> Vec<Candidate> {
        let scope = &self.sight().package_of(self.view.package).scope;
        let mut keys: Vec<&str> = scope.terms.keys().map(String::as_str).collect();
        keys.sort_unstable();
        let near = words::all_nearest(written, keys);
        near.into_iter().map(|term| Candidate { written: term.to_owned(), title: "a term".to_owned() }).collect()
    }

    fn title(&self, thing: Thing) -> String {
        let program = self.snapshot.program();
        let say = |span: Span| self.snapshot.compilation.sources.text(span).replace('\n', " ");
        let sight = self.sight();
        match thing {
            Thing::Requirement(id) => say(program.requirement(id).title),
            Thing::Catalog(id) => say(program.catalog(id).title),
            Thing::Crosswalk(id) => say(program.crosswalk(id).title),
            Thing::Framework(id) => say(program.framework(id).title),
            Thing::Model(home) => sight.model(home).head.as_ref().map(|head| say(head.title)).unwrap_or_default(),
            Thing::Element(home, element, _) => {
                sight.model(home).at(element).map(|element| say(element.title())).unwrap_or_default()
            }
            Thing::Field(home, at) => sight.field(home, at).map(|field| say(field.title)).unwrap_or_default(),
            Thing::Alias(home) | Thing::Package(home) => sight.package_of(home).name.clone(),
            Thing::Assessment(id) => say(program.assessment(id).title),
            Thing::Exhibit(id) => say(program.exhibit(id).title),
            Thing::Measure(..) | Thing::Rating(..) | Thing::Level(..) => {
                sight.title(thing).map(say).unwrap_or_default()
            }
            Thing::Term(..) => String::new(),
        }
    }

    /// What an ambiguous id could be, each with its catalog.
    fn twins(&self) -> Vec<Candidate> {
        let program = self.snapshot.program();
        let sight = self.sight();
        let written = self.slice(self.whole());
        let title = |id: CatalogId| self.title(Thing::Catalog(id));
        match sight.requirement(written, self.kind() == Kind::Conforms).all() {
            several if several.len() > 1 => several
                .into_iter()
                .map(|id| {
                    let of = title(program.requirement(id).catalog);
                    let title = format!("{}, of “{of}”", self.title(Thing::Requirement(id)));
                    Candidate { written: program.full_id(id), title }
                })
                .collect(),
            _ => {
                let id = |id: CatalogId| program.name(program.catalog(id).id).to_owned();
                let all = sight.catalog(self.slice(self.span)).all().into_iter();
                all.map(|catalog| Candidate { written: id(catalog), title: title(catalog) }).collect()
            }
        }
    }

    /// Whether the statement names this already; of what is said once in a package, any of its kind.
    fn is_taken(&self, name: &str) -> bool {
        let role = self.arg.role;
        let names = |node: NodeId| self.tree.all(node, role).any(|other| self.slice(other) == name);
        if is_text(role) || names(self.node) {
            return !is_text(role);
        }
        let Some(kinds) = ONCE.iter().find(|kinds| kinds.contains(&self.kind())) else { return false };
        let of_kind = (0..).zip(&self.tree.nodes).filter(|(_, node)| kinds.contains(&node.kind));
        let parent = self.tree.node(self.node).parent;
        let mut twins = of_kind.filter(|(_, node)| node.parent == parent || kinds.contains(&Kind::Omit));
        twins.any(|(node, _)| names(node))
    }

    /// Whether a requirement may stand where it is written: `exclude` takes what can be excluded.
    fn can_be_excluded(&self, name: &str) -> bool {
        let program = self.snapshot.program();
        let is_open = |id: &RequirementId| {
            let row = program.requirement(*id);
            row.kind != ReqKind::Requirement || program.catalog(row.catalog).tailorable
        };
        self.kind() != Kind::Exclude || self.sight().requirement(name, false).all().iter().any(is_open)
    }

    /// Whether a catalog may stand where it is written: it has what the lines of the crosswalk name on its side.
    fn has_lines(&self, name: &str) -> bool {
        let (left, right) = match self.arg.role {
            Role::FromCatalog => (Role::Left, Kind::Withdrawn),
            Role::ToCatalog => (Role::Right, Kind::New),
            _ => return true,
        };
        let sight = self.sight();
        let catalogs = sight.catalog(name).all();
        let is_there = |id: &str| catalogs.iter().any(|catalog| sight.requirement_of(*catalog, id).is_some());
        let named = self.tree.children(self.node).flat_map(|line| {
            let role = if self.tree.node(line).kind == right { Role::Ref } else { left };
            self.tree.all(line, role)
        });
        let mut named = named.map(|id| self.slice(id));
        named.all(is_there)
    }

    /// The whole name of which a part is wrong.
    fn whole(&self) -> Span {
        let starts = [self.arg.start, self.span.start];
        let start = starts[usize::from(is_text(self.arg.role))];
        Span { start, ..self.span }
    }

    /// The words with which a statement may begin where one begins with another.
    fn statements(&self) -> Vec<Candidate> {
        let parent = self.tree.node(self.node).parent.map(|parent| self.tree.node(parent).kind);
        let sight = self.sight();
        let fields = parent.and_then(field_kind).into_iter().flat_map(|on| sight.candidates(Want::Field(on)));
        let fields: Vec<(&str, String)> =
            fields.filter_map(|field| Some((sight.id(field)?, self.title(field)))).collect();
        let rows = standing_in(parent).map(|row| (row.word, String::new())).filter(|(word, _)| !word.is_empty());
        nearest_of(self.slice(self.span), rows.chain(fields))
    }

    fn checks(&self) -> Vec<Candidate> {
        let allowed = codes::ALL.iter().filter(|code| !code.forbids_output());
        let rows = allowed.flat_map(|row| [row.name, row.code].map(|name| (name, row.summary.to_owned())));
        nearest_of(self.slice(self.span), rows)
    }

    fn packages(&self) -> Vec<Candidate> {
        let known = self.within_reach();
        nearest_of(self.slice(self.span), known.iter().map(|name| (name.as_str(), String::new())))
    }

    /// The packages that could be used: the dependencies, then the standard library.
    fn within_reach(&self) -> Vec<String> {
        let loaded = self.snapshot.loaded.get(self.view.package.0 as usize);
        let own = loaded.into_iter().flat_map(|package| &package.manifest.dependencies);
        let mut names: Vec<String> = own.map(|dependency| dependency.name.clone()).collect();
        let standard = standard_names().into_iter().map(str::to_owned).filter(|name| !names.contains(name));
        names.extend(standard.collect::<Vec<_>>());
        names
    }

    /// The packages that are not used, and have what is named.
    fn uses(&self) -> Vec<String> {
        let Some((want, _)) = self.sought() else { return Vec::new() };
        let written = self.slice(self.whole());
        let (kinds, id): (&[Kind], &str) = match (want, written.split_once(':')) {
            (Want::Requirement | Want::Conformity | Want::Text | Want::Catalog, Some((catalog, _))) => {
                (&[Kind::Catalog], catalog)
            }
            // A link to a clause would claim all that stands in it.
            (Want::Requirement, None) => (&[Kind::Requirement, Kind::Control], written),
            (Want::Conformity | Want::Text, None) => (&[Kind::Requirement, Kind::Control, Kind::Clause], written),
            (Want::Catalog, None) => (&[Kind::Catalog], written),
            (Want::Framework, _) => (&[Kind::Framework], written),
            (Want::Crosswalk, _) => (&[Kind::Crosswalk], written),
            (Want::Base, _) => (&[Kind::Model], written),
            _ => return Vec::new(),
        };
        let program = self.snapshot.program();
        let scope = &self.sight().package_of(self.view.package).scope;
        let is_used = |name: &String| program.names.get(name).is_some_and(|name| scope.uses.contains_key(&name));
        let own = self.snapshot.loaded.get(self.view.package.0 as usize).map(|package| package.name.as_str());
        let mut names = self.within_reach();
        let is_link = want == Want::Requirement;
        names.retain(|name| !is_used(name) && Some(name.as_str()) != own && self.declares(name, kinds, id, is_link));
        names.truncate(PROPOSED);
        names
    }

    /// Whether a package declares an id by a statement of one of these kinds, where links reach it.
    fn declares(&self, package: &str, kinds: &[Kind], id: &str, is_link: bool) -> bool {
        let holds = |tree: &Tree, text: &str| {
            let is_reached = !is_link || tree.nodes.iter().all(|node| node.kind != Kind::ForModels);
            let of_kind = (0..).zip(&tree.nodes).filter(|(_, node)| is_reached && kinds.contains(&node.kind));
            of_kind.filter_map(|(node, _)| tree.arg(node, Role::Id)).any(|found| text.get(found.range()) == Some(id))
        };
        for snapshot in self.view.workspace.all_snapshots() {
            if let Some(loaded) = snapshot.loaded.iter().find(|loaded| loaded.name == package) {
                return loaded.trees.iter().any(|tree| holds(tree, &snapshot.source(tree.file).text));
            }
        }
        let files = standard_package(package).map(|(_, files)| files).unwrap_or_default();
        let may_hold = files.into_iter().filter(|(_, text)| text.contains(id));
        may_hold.into_iter().any(|(_, text)| holds(&syntax::parse(FileId(0), text).0, text))
    }

    /// `use PACKAGE`, behind those that are there, or before everything else.
    fn bring_in(&self, package: &str, number: usize) -> Option<Action> {
        let line = Statement::new(Kind::Use).id(package).line().ok()?;
        let last = self.tree.top().filter(|node| self.tree.node(*node).kind == Kind::Use).last();
        let edit = place::at_top(self.snapshot, self.tree, last, &line);
        Some(Action::fix(format!("Add `{line}`"), number, 1, vec![edit?]))
    }
}

/// The nearest of some names.
fn nearest_of<'n>(written: &str, rows: impl IntoIterator<Item = (&'n str, String)>) -> Vec<Candidate> {
    let rows: Vec<(&str, String)> = rows.into_iter().collect();
    let near = words::all_nearest(written, rows.iter().map(|(name, _)| *name));
    let title = |name: &str| rows.iter().find(|(known, _)| *known == name).map(|(_, title)| title.clone());
    near.into_iter()
        .map(|name| Candidate { written: name.to_owned(), title: title(name).unwrap_or_default() })
        .collect()
}

/// Whether an argument is a text, in which names stand in brackets.
fn is_text(role: Role) -> bool {
    role.is_text()
}
