//! Trees to a program: first every name is declared, then every reference is connected, so that the order of
//! statements and files never matters.
//!
//! `statements` settles what each line is, `collect` declares, `layers` lays a model over its bases, `bind` connects.

mod assess;
mod bind;
mod collect;
mod commas;
mod empty;
mod heads;
mod ids;
mod layers;
mod scope;
mod statements;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::index::Idx;
use crate::model::{Fate, Name, Origin, Outcome, PackageId, Process, Program, RequirementId, Text, is_similar};
use crate::package::Loaded;
use crate::package::manifest::find_check;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

pub use statements::field_kind;

/// What resolution gives.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The packages with their names connected.
    pub program: Program,
    /// The `allow` statements.
    pub allows: Vec<Allow>,
    /// What names that mean nothing may have meant.
    pub guesses: Guesses,
}

/// What names that mean nothing, or several things, may have meant: it is not linked, and not said to be missing.
#[derive(Clone, Debug, Default)]
pub struct Guesses {
    /// Requirements, controls and clauses.
    pub requirements: Vec<RequirementId>,
    /// Elements of models, by their full ids.
    pub elements: Vec<Name>,
}

/// An `allow` statement.
#[derive(Clone, Copy, Debug)]
pub struct Allow {
    /// The check that does not apply.
    pub code: &'static Code,
    /// The block that it stands in.
    pub block: Span,
    /// The package, where the block is the model's: then the whole package is meant.
    pub package: Option<u32>,
    /// Why it does not apply.
    pub because: Option<Text>,
    /// The first word of the statement in whose block it stands.
    pub statement: Span,
    /// The full id of what that statement is about, where it has one.
    pub id: Option<Name>,
    /// Where it stands.
    pub origin: Origin,
}

/// Resolves packages, each after those that it uses.
pub fn resolve(packages: &mut [Loaded], sources: &Sources) -> (Resolved, Vec<Diagnostic>) {
    let mut state = State::default();
    for (number, loaded) in packages.iter_mut().enumerate() {
        let id = PackageId(narrow(number));
        let scope = statements::settle(&mut state, loaded, id, sources);
        loaded.trees.iter().for_each(|tree| empty::empty_texts(&mut state, tree, sources));
        state.program.packages_of_files.extend(loaded.trees.iter().map(|tree| (tree.file, id)));
        let collected = collect::collect(&mut state, loaded, scope, id, sources);
        let (mut package, pending) = layers::lay(&mut state, collected, loaded, id, sources);
        scope::with_own(&mut state, &mut package, id, sources);
        bind::bind(&mut state, &mut package, id, &pending, loaded, sources);
        layers::inherit_head(&mut state, &mut package, sources);
        let layer = package.model.head.as_ref().map(|head| head.id);
        collect_allows(&mut state, loaded, number, layer, sources);
        state.program.packages.push(package);
        assess::assess(&mut state, id, loaded, sources);
    }
    let State { program, allows, guesses, diagnostics, .. } = state;
    (Resolved { program, allows, guesses }, diagnostics.into_kept())
}

impl Guesses {
    /// Takes out what other guesses name, once for each; nothing where one of them was not made.
    pub fn without(mut self, others: &Guesses) -> Option<Guesses> {
        for other in &others.requirements {
            self.requirements.swap_remove(self.requirements.iter().position(|guess| guess == other)?);
        }
        for other in &others.elements {
            self.elements.swap_remove(self.elements.iter().position(|guess| guess == other)?);
        }
        Some(self)
    }

    /// Takes in what others name.
    pub fn append(&mut self, others: Guesses) {
        self.requirements.extend(others.requirements);
        self.elements.extend(others.elements);
    }
}

/// Whether, of so many slips, each gets the suggestions that it has when it is the only one.
pub fn suggests_for_all(slips: usize, program: &Program) -> bool {
    bind::suggests_for_all(slips, program.names.len())
}

/// Connects the links of some outcomes of the package asked for anew, as the statements of a tree say them now, by the
/// names of a program that is resolved; gives what there is to say of them, and what they may have meant.
pub fn resolve_links(
    program: &mut Program,
    tree: &Tree,
    outcomes: &[(NodeId, Idx<Process>, Idx<Outcome>)],
    loaded: &Loaded,
    sources: &Sources,
) -> (Vec<Diagnostic>, Guesses) {
    let mut state = State { program: std::mem::take(program), ..State::default() };
    let id = state.program.root_id();
    if let Some((id, mut package)) = id.zip(state.program.packages.pop()) {
        bind::links(&mut state, &mut package, id, tree, outcomes, (loaded, sources));
        state.program.packages.push(package);
    }
    *program = state.program;
    (state.diagnostics.into_kept(), state.guesses)
}

/// What grows from package to package.
#[derive(Default)]
struct State {
    program: Program,
    allows: Vec<Allow>,
    guesses: Guesses,
    /// The packages whose models name a framework that is not there.
    unknown_measures: Vec<PackageId>,
    diagnostics: Findings,
}

impl State {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// Proposes the name that was probably meant. Where it is the same but for case and leading zeros, it is the only one
/// that can be.
fn did_you_mean(diagnostic: Diagnostic, written: &str, near: &str) -> Diagnostic {
    let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
    if is_similar(written, near) { diagnostic.replace_with(near) } else { diagnostic.perhaps(near) }
}

/// Says what became of the element that was meant.
fn tell_fate(diagnostic: Diagnostic, written: &str, fate: &Fate) -> Diagnostic {
    match fate {
        Fate::Renamed { now, place } => diagnostic
            .also(*place, "the id that it had")
            .help(format!("`{written}` is `{now}` now: write the present id"))
            .replace_with(now),
        Fate::LeftOut(place) => {
            diagnostic.also(*place, "left out here").help("name what is there, or keep it: take it out of the `omit`")
        }
    }
}

fn collect_allows(state: &mut State, loaded: &Loaded, package: usize, layer: Option<Name>, sources: &Sources) {
    for tree in &loaded.trees {
        for (node, statement) in (0..).zip(&tree.nodes).filter(|(_, statement)| statement.kind == Kind::Allow) {
            let (Some(span), Some(parent)) = (tree.arg(node, Role::Check), statement.parent) else { continue };
            match find_check(sources.slice(span), span) {
                Err(diagnostic) => state.report(*diagnostic),
                Ok(code) => {
                    let whole = tree.node(parent).kind == Kind::Model;
                    let number = narrow(package);
                    state.allows.push(Allow {
                        code,
                        block: tree.whole(parent),
                        package: whole.then_some(number),
                        because: tree.arg(node, Role::Reason),
                        statement: word(tree, parent, sources),
                        id: tree
                            .full_id(parent, &sources.file(tree.file).text)
                            .map(|id| state.program.names.intern(&id)),
                        origin: Origin { package: PackageId(number), span: tree.head(node), layer },
                    });
                }
            }
        }
    }
}

/// The first word of a statement.
fn word(tree: &Tree, node: u32, sources: &Sources) -> Span {
    let head = tree.head(node);
    let length = sources.slice(head).find(|character: char| !character.is_alphanumeric()).unwrap_or(head.range().len());
    Span { end: head.start + narrow(length), ..head }
}
