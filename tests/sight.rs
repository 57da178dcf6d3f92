//! What a package sees, held against two others: what the editor finds is what the compiler bound, for every argument
//! of every case and of random stacks of packages; and of these a naive reading of the rules says what is seen.

mod completion;
mod packages;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use prm::compile::{Analysis, analyze};
use prm::diagnostic::Diagnostic;
use prm::lsp::names::{Mention, Names};
use prm::lsp::snapshot::Snapshot;
use prm::model::{CatalogId, Element, Model, Name, PackageId, Program, RequirementId, Target};
use prm::package::Parse;
use prm::source::{Memory, Source};
use prm::span::{FileId, Span};
use prm::syntax::statements::Kind;
use prm::syntax::tree::{Arg, NodeId, Role, Tree};

use crate::cases;
use crate::layers::stack::Stack;
use crate::support::Project;
use packages::Packages;

/// How many random stacks of each kind are asked.
const STACKS: u64 = 500;

#[test]
fn the_editor_finds_what_the_compiler_bound_in_every_case() {
    let mut failures = String::new();
    let mut asked = 0;
    for case in cases::all() {
        let mut found = Finding::of(&case.project());
        asked += found.hold();
        found.problems.iter().for_each(|problem| writeln!(failures, "{}: {problem}", case.name).unwrap());
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(asked > 3000, "only {asked} names were asked for");
}

#[test]
fn the_editor_finds_what_the_compiler_bound_in_what_comes_along() {
    for name in ["examples", "stdlib"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let project = Project::read(&folder);
        let roots = project.files().keys().filter_map(|path| path.strip_suffix("/prm.toml"));
        for root in roots.map(str::to_owned).collect::<Vec<String>>() {
            let mut found = Finding::of(&project.clone().at(&root));
            found.hold();
            assert!(found.problems.is_empty(), "{root}: {:#?}", found.problems);
        }
    }
}

#[test]
fn the_editor_finds_what_the_compiler_bound_in_stacks_of_layers() {
    for seed in 0..STACKS {
        let mut found = Finding::of(&Stack::random(seed).project(false));
        assert!(found.hold() > 10, "seed {seed}: hardly a name was asked for");
        assert!(found.problems.is_empty(), "seed {seed}: {:#?}", found.problems);
    }
}

#[test]
fn a_package_sees_what_the_rules_say() {
    let (mut seen, mut hidden) = (0, 0);
    for seed in 0..STACKS {
        let packages = Packages::random(seed);
        let mut found = Finding::of(&packages.project());
        found.hold();
        assert!(found.problems.is_empty(), "seed {seed}: {:#?}\n{}", found.problems, packages.text());
        for (package, line, is_seen) in packages.expected() {
            let is_faulty = found.is_faulty(&format!("p{package}/p{package}.prm"), line);
            let all = || {
                prm::render::diagnostics(
                    prm::render::MessageFormat::Short,
                    &found.snapshot.compilation.diagnostics,
                    &found.snapshot.compilation.sources,
                    false,
                )
            };
            assert!(
                is_faulty != is_seen,
                "seed {seed}: p{package}.prm:{line}, seen: {is_seen}\n{}\n{}",
                packages.text(),
                all()
            );
            *(if is_seen { &mut seen } else { &mut hidden }) += 1;
        }
    }
    assert!(seen > STACKS * 10 && hidden > STACKS * 5, "{seen} are seen, {hidden} are not");
}

#[test]
fn documents_of_a_layer_read_a_base_as_it_was_meant() {
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n");
    let base = "catalog a \"A\" {\n  requirement R1 \"One\" {\n    label \"one)\"\n  }\n}\nmodel base \"Base\"\nprocess K.1 \"Keys\" {\n  purpose \"To be as in [[R1]].\"\n  outcome 1 \"It is so.\" satisfies R1\n}\n";
    let layer = "use base\ncatalog b \"B\" {\n  requirement R1 \"Another one\" {\n    label \"another)\"\n  }\n}\nmodel layer \"Layer\" extends base {\n  covers a\n}\n";
    for (name, catalogs) in [("a", ["a", "b"]), ("b", ["b", "a"])] {
        // Whichever catalog comes first, the base's own is meant.
        let rename = |text: &str| {
            text.replace(" a ", &format!(" {}0 ", catalogs[0]))
                .replace(" b ", &format!(" {}0 ", catalogs[1]))
                .replace("covers a", &format!("covers {}0", catalogs[0]))
        };
        let project = Project::new()
            .with("base/prm.toml", manifest("base"))
            .with("base/base.prm", rename(base))
            .with("layer/prm.toml", manifest("layer") + "[dependencies]\nbase = { path = \"../base\" }\n")
            .with("layer/layer.prm", rename(layer))
            .at("layer");
        let compiled = project.compile();
        let text = prm::emit::markdown::markdown(&compiled.0.checked().unwrap(), false);
        let purpose = text.lines().find(|line| line.contains("To be as in")).unwrap();
        assert!(purpose.contains("one)") && !purpose.contains("another"), "{name}: {purpose}");
    }
}

/// Every file is parsed anew, and its tree kept.
struct Keep;

impl Parse for Keep {
    fn parse(&mut self, file: FileId, source: &Source) -> (Arc<Tree>, Vec<Diagnostic>) {
        let (tree, found) = prm::syntax::parse(file, &source.text);
        (Arc::new(tree), found)
    }
}

/// What the compiler bound a name to: what it is, and its full id.
type Bound = (&'static str, String);

/// A compilation whose names are asked for one by one.
struct Finding {
    snapshot: Snapshot,
    /// By the ends of references: the catalog before an id is a name of its own.
    bound: BTreeMap<(FileId, u32), Bound>,
    problems: Vec<String>,
}

impl Finding {
    fn of(project: &Project) -> Finding {
        let files = Memory(project.files().clone());
        let analysis: Result<Analysis, ()> = analyze(&files, project.path(), &[], &mut Keep, &|_, _| true, &|| Ok(()));
        let snapshot = Snapshot::new(project.path().to_owned(), analysis.unwrap(), Default::default(), None);
        let mut binding = Binding { snapshot: &snapshot, bound: BTreeMap::new() };
        binding.program();
        let bound = binding.bound;
        Finding { snapshot, bound, problems: Vec::new() }
    }

    /// Compares everything; gives how many names there were.
    fn hold(&mut self) -> usize {
        let mut asked = 0;
        let mut open = std::mem::take(&mut self.bound);
        let mut problems = Vec::new();
        for (number, loaded) in (0..).zip(&self.snapshot.loaded) {
            let names = Names { snapshot: &self.snapshot, package: PackageId(number) };
            for tree in &loaded.trees {
                let text = &self.snapshot.source(tree.file).text;
                for node in 0..NodeId::try_from(tree.nodes.len()).unwrap() {
                    for arg in tree.args(node) {
                        for mention in names.mentions(text, tree, node, arg) {
                            asked += 1;
                            let end = (tree.file, u32::try_from(mention.bytes.end).unwrap());
                            let bound = open.remove(&end);
                            problems.extend(self.problem(tree, node, arg, &mention, bound));
                        }
                    }
                }
            }
        }
        for ((file, end), bound) in open {
            let place = Span { file, start: end.saturating_sub(1), end };
            // What is read as something else is no word of the editor's.
            let is_meant = |tree: &std::sync::Arc<Tree>| tree.file == file && !tree.meant.is_empty();
            let is_meant = self.snapshot.loaded.iter().flat_map(|loaded| &loaded.trees).any(is_meant);
            if !self.is_wrong(place) && !is_meant {
                problems.push(format!("{}: {bound:?} is no name for the editor", self.place(place)));
            }
        }
        self.problems = problems;
        asked
    }

    /// What is wrong with what the editor finds.
    fn problem(&self, tree: &Tree, node: NodeId, arg: &Arg, mention: &Mention, bound: Option<Bound>) -> Option<String> {
        let span = Span::new(tree.file, mention.bytes.start, mention.bytes.end);
        let found: Vec<Bound> = mention.symbols.iter().map(|symbol| (symbol.what.word(), symbol.id.clone())).collect();
        let at = || format!("{}: `{}`", self.place(span), self.snapshot.compilation.sources.slice(span));
        let kind = tree.node(node).kind;
        if self.is_broken(tree, node) {
            return None;
        }
        let is_agreed = match found.as_slice() {
            // What is wrong with an id is not the fault of the catalog before it; nor is a requirement unknown where a
            // clause is wanted.
            [(what, _)] => {
                let is_before_id = matches!(*what, "catalog" | "alias") && bound.is_none();
                is_before_id || kind == Kind::Covers || !self.is_wrong(span)
            }
            // Of an id in an unknown catalog nothing is said.
            _ if is_text(arg.role) => self.is_wrong(span),
            _ => self.is_wrong(tree.span(arg)),
        };
        match bound {
            Some(bound) if !self.is_wrong(span) && !self.is(&found, &bound) => {
                Some(format!("{}: the compiler bound {bound:?}, the editor finds {found:?}", at()))
            }
            _ if refers(kind, arg.role) && !is_agreed => {
                Some(format!("{}: the editor finds {found:?}, the compiler says {:?}", at(), self.said(span)))
            }
            _ => None,
        }
    }

    /// Whether what was found is what was bound; an alias is as good as the one catalog that it stands for.
    fn is(&self, found: &[Bound], bound: &Bound) -> bool {
        let is_alias = matches!(found, [("alias", _)]) && bound.0 == "catalog";
        is_alias || found == std::slice::from_ref(bound)
    }

    /// What is said of names (P1xx) at a place.
    fn said(&self, span: Span) -> Vec<&str> {
        let all = self.snapshot.compilation.diagnostics.iter();
        let here = all.filter(|diagnostic| {
            let place = diagnostic.primary.span;
            let is_of_names =
                diagnostic.code.code.starts_with("P1") && !["P116", "P117"].contains(&diagnostic.code.code);
            is_of_names && place.file == span.file && place.start < span.end && span.start < place.end
        });
        here.map(|diagnostic| diagnostic.message.as_str()).collect()
    }

    fn is_wrong(&self, span: Span) -> bool {
        !self.said(span).is_empty()
    }

    /// Whether a statement, or one around it, is not what it should be, so that its references are not looked at.
    fn is_broken(&self, tree: &Tree, node: NodeId) -> bool {
        let codes = ["P0", "P2"];
        std::iter::once(node).chain(tree.around(node)).any(|node| {
            let head = tree.head(node);
            let all = self.snapshot.compilation.diagnostics.iter();
            let mut here = all.filter(|found| {
                let place = found.primary.span;
                place.file == head.file && place.start < head.end && head.start < place.end
            });
            here.any(|found| {
                codes.iter().any(|family| found.code.code.starts_with(family))
                    || found.code.code == "P102"
                    || found.code.code == "P103"
            })
        })
    }

    fn place(&self, span: Span) -> String {
        let sources = &self.snapshot.compilation.sources;
        format!("{}:{}", sources.file(span.file).display(), sources.position(span).line)
    }

    /// Whether the compiler finds fault with a name on a line.
    fn is_faulty(&self, file: &str, line: usize) -> bool {
        let sources = &self.snapshot.compilation.sources;
        let mut all = self.snapshot.compilation.diagnostics.iter().filter(|found| found.code.code.starts_with("P1"));
        all.any(|found| {
            let span = found.primary.span;
            sources.file(span.file).display() == file && sources.position(span).line == line
        })
    }
}

/// Whether an argument is a text, in which references stand in brackets.
fn is_text(role: Role) -> bool {
    matches!(role, Role::Title | Role::Text | Role::Reason | Role::ExtraText)
}

/// Whether an argument refers to something, so that the compiler finds just one thing or complains.
fn refers(kind: Kind, role: Role) -> bool {
    use Role::*;
    match role {
        Ref | Base | InGroup | Partner | Target | Consumed | Produced | Omitted | Through | FromCatalog | ToCatalog => {
            true
        }
        Achieved => kind == Kind::Practice || kind == Kind::ReplacePractice,
        Left | Right => true,
        Title if kind == Kind::Term => false,
        _ => is_text(role),
    }
}

/// Reads off a program what its references were bound to.
struct Binding<'a> {
    snapshot: &'a Snapshot,
    bound: BTreeMap<(FileId, u32), Bound>,
}

impl Binding<'_> {
    fn add(&mut self, span: Span, what: &'static str, id: &str) {
        self.bound.insert((span.file, span.end), (what, id.to_owned()));
    }

    fn program(&mut self) {
        let program = self.snapshot.program();
        for crosswalk in &program.crosswalks {
            self.named(
                crosswalk.origin.span,
                Role::FromCatalog,
                "catalog",
                crosswalk.from.map(|id| catalog(program, id)),
            );
            self.named(crosswalk.origin.span, Role::ToCatalog, "catalog", crosswalk.to.map(|id| catalog(program, id)));
            let lines = crosswalk.lines.iter().flat_map(|line| line.left.iter().chain(&line.right));
            for (id, span) in lines.chain(&crosswalk.new).chain(&crosswalk.withdrawn) {
                self.requirement(*span, *id);
            }
        }
        for (number, package) in (0..).zip(&program.packages) {
            self.model(PackageId(number), &package.model);
        }
    }

    fn requirement(&mut self, span: Span, id: RequirementId) {
        let id = self.snapshot.program().full_id(id);
        self.add(span, "requirement", &id);
    }

    fn targets(&mut self, what: &'static str, targets: &[Target]) {
        for target in targets {
            let id = self.snapshot.program().name(target.id).to_owned();
            self.add(target.span, what, &id);
        }
    }

    /// The arguments with a role of the statement whose head is at a place, in order.
    fn named<'n>(&mut self, head: Span, role: Role, what: &'static str, ids: impl IntoIterator<Item = &'n str>) {
        let Some((tree, node)) = self.snapshot.statement(head) else { return };
        let spans: Vec<Span> = tree.all(node, role).collect();
        for (span, id) in spans.into_iter().zip(ids) {
            self.add(span, what, id);
        }
    }

    fn model(&mut self, package: PackageId, model: &Model) {
        let program = self.snapshot.program();
        for process in &model.processes {
            for outcome in &process.outcomes {
                outcome.links.iter().for_each(|link| self.requirement(link.span, link.requirement));
                outcome.joint_sets.iter().for_each(|set| self.targets("outcome", set));
                self.targets("item", &outcome.produces);
            }
            for practice in &process.practices {
                self.targets("outcome", &practice.achieves);
                self.targets("item", &practice.consumes);
                self.targets("item", &practice.produces);
            }
            process
                .relations
                .iter()
                .for_each(|relation| self.targets("process", std::slice::from_ref(&relation.target)));
            if process.origin.package == package {
                self.named(process.origin.span, Role::InGroup, "group", process.group.map(|group| program.name(group)));
            }
            for value in process.remarks.fields() {
                self.named(value.origin.span, Role::Id, "field", [program.name(value.field)]);
            }
        }
        for omission in &model.omissions {
            self.add(omission.span, omitted(program, package, omission.id), program.name(omission.id));
        }
        let Some(head) = &model.head else { return };
        for cover in head.covers.iter().filter(|cover| cover.origin.package == package) {
            match cover.clause {
                Some(clause) => {
                    self.named(cover.origin.span, Role::Ref, "requirement", [program.full_id(clause).as_str()])
                }
                None => self.named(cover.origin.span, Role::Ref, "catalog", [catalog(program, cover.catalog)]),
            }
            let (tree, node) = self.snapshot.statement(cover.origin.span).unwrap();
            // Where one is wrong, which of them it is cannot be told here.
            if tree.all(node, Role::Through).count() == cover.through.len() {
                let ids = cover.through.iter().map(|id| program.name(program.crosswalk(*id).id));
                self.named(cover.origin.span, Role::Through, "crosswalk", ids);
            }
        }
        if let Some((framework, head)) = head.measured_by {
            self.named(head, Role::Ref, "framework", [program.name(program.framework(framework).id)]);
        }
        for row in &head.conforms {
            self.named(row.origin.span, Role::Ref, "requirement", [program.full_id(row.requirement).as_str()]);
        }
        head.exclusions.iter().for_each(|exclusion| self.requirement(exclusion.span, exclusion.requirement));
    }
}

fn catalog(program: &Program, id: CatalogId) -> &str {
    program.name(program.catalog(id).id)
}

/// What kind of thing a base has by an id that a layer leaves out.
fn omitted(program: &Program, package: PackageId, id: Name) -> &'static str {
    let bases = program.package(package).scope.stands_on.iter().rev().chain([&package]);
    let element = bases.filter_map(|base| program.package(*base).model.index.get(&id)).next();
    element.map_or("nothing", |element: &Element| element.what().word())
}
