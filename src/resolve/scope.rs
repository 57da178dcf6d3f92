//! Settles what a package sees: what it declares, what it uses, and what the bases of its model
//! see.

use super::State;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{CatalogId, Package, PackageId, Program, Scope, term_key};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;

/// What a package sees of others; what it declares itself is not known yet.
pub fn of_others(state: &mut State, loaded: &Loaded, own: PackageId, sources: &Sources) -> Scope {
    let mut scope = Scope { packages: vec![own], ..Scope::default() };
    for used in &loaded.uses {
        let id = PackageId(narrow(used.package));
        scope.packages.push(id);
        let name = state.program.names.intern(sources.slice(used.span));
        scope.uses.insert(name, id);
        if let Some(alias) = used.alias {
            let name = state.program.names.intern(sources.slice(alias));
            let (first, place) = *scope.aliases.entry(name).or_insert((id, alias));
            if first != id {
                let diagnostic = unclear(alias, sources).also(place, "it stands for another package already");
                state.report(diagnostic.help("give each package an alias of its own"));
            }
        }
    }
    bases(&state.program, sources, extends(loaded), &mut scope);
    let used = loaded.uses.iter().map(|used| (PackageId(u32::try_from(used.package).unwrap_or(u32::MAX)), used.span));
    scope.named.extend(used);
    // In order but for the first few, which this way of sorting sees.
    scope.packages.sort();
    scope.packages.dedup();
    scope
}

/// The places of the ids of the models that the package's own extends: of the first, if there are two.
fn extends(loaded: &Loaded) -> Vec<Span> {
    let models = loaded.trees.iter().flat_map(|tree| tree.top().map(move |node| (tree, node)));
    let own = models.into_iter().find(|(tree, node)| tree.node(*node).kind == Kind::Model && tree.has(*node, Role::Id));
    own.into_iter().flat_map(|(tree, node)| tree.all(node, Role::Base)).collect()
}

/// The packages whose models the own model extends; what they see is seen too, and may be a base in its turn.
fn bases(program: &Program, sources: &Sources, mut extends: Vec<Span>, scope: &mut Scope) {
    let is_model = |id: &PackageId, name: &str| {
        let head = program.packages.get(id.0 as usize).and_then(|package| package.model.head.as_ref());
        head.is_some_and(|head| program.name(head.id) == name)
    };
    loop {
        let seen = |name: &str| scope.packages.iter().copied().filter(|id| is_model(id, name)).min();
        let found = extends.iter().enumerate().find_map(|(at, name)| Some((at, seen(sources.slice(*name))?)));
        let Some((at, base)) = found else { break };
        scope.named.push((base, extends.swap_remove(at)));
        scope.bases.push(base);
        scope.packages.extend(&program.package(base).scope.packages);
    }
    // The order in which bases are named, or read, means nothing; what one of them extends comes with it.
    scope.bases.sort_unstable();
    scope.bases.dedup();
    scope.named.sort_unstable_by_key(|(_, span)| *span);
    let indirect: Vec<PackageId> =
        scope.bases.iter().flat_map(|base| program.package(*base).scope.stands_on.iter().copied()).collect();
    scope.stands_on = scope.bases.iter().chain(&indirect).copied().collect();
    scope.stands_on.sort();
    scope.stands_on.dedup();
    scope.bases.retain(|base| !indirect.contains(base));
}

/// Adds what the package declares itself to what it sees, once its model is laid over its bases.
pub fn with_own(state: &mut State, package: &mut Package, own: PackageId, sources: &Sources) {
    let program = &state.program;
    let scope = &package.scope;
    let catalogs: Vec<CatalogId> = scope.packages.iter().flat_map(|id| program.catalogs_of(*id)).collect();
    let mut scope = Scope { catalogs, ..std::mem::take(&mut package.scope) };
    words(program, package, own, sources, &mut scope);
    let taken: Vec<(Span, Span)> = aliases_like_catalogs(program, &scope);
    package.scope = scope;
    for (alias, catalog) in taken {
        let diagnostic = unclear(alias, sources).also(catalog, "the id of a catalog of another package");
        state.report(diagnostic.help("choose an alias that is the id of no catalog"));
    }
}

/// The aliases that are also the ids of catalogs of other packages, with the statements of these, in order.
fn aliases_like_catalogs(program: &Program, scope: &Scope) -> Vec<(Span, Span)> {
    let taken = scope.aliases.iter().filter_map(|(alias, (package, place))| {
        let catalog = program.index.catalog(*alias).filter(|id| scope.catalogs.binary_search(id).is_ok())?;
        let origin = program.catalog(catalog).origin;
        (origin.package != *package).then_some((*place, origin.span))
    });
    let mut taken: Vec<(Span, Span)> = taken.collect();
    taken.sort_unstable();
    taken
}

fn unclear(alias: Span, sources: &Sources) -> Diagnostic {
    let message = format!("the alias `{}` could mean two things", sources.slice(alias));
    Diagnostic::new(&codes::UNCLEAR_ALIAS, alias, message).label("not clear")
}

/// The terms and fields: the own wording counts before that of bases, and that before the wording of packages that are
/// used. What another package has from its bases is not its own to show.
fn words(program: &Program, package: &Package, own: PackageId, sources: &Sources, scope: &mut Scope) {
    let Scope { packages, terms, fields, unclear_terms, .. } = scope;
    let is_base = |home: PackageId| package.scope.stands_on.binary_search(&home).is_ok();
    let definition = |(home, at): (PackageId, u32)| {
        let home = if home == own { package } else { program.package(home) };
        home.model.terms.get(at as usize).map(|term| sources.text(term.text))
    };
    let mut add = |home: PackageId, package: &Package, is_meant: &dyn Fn(PackageId) -> bool| {
        for (at, term) in (0..).zip(&package.model.terms).filter(|(_, term)| is_meant(term.origin.package)) {
            for name in std::iter::once(&term.term).chain(&term.also) {
                let key = term_key(&sources.text(*name));
                let known = *terms.entry(key.clone()).or_insert((home, at));
                let are_both_used = [known.0, home].into_iter().all(|home| home != own && !is_base(home));
                if known.0 != home && are_both_used && definition(known) != definition((home, at)) {
                    unclear_terms.entry(key).or_insert_with(|| vec![known]).push((home, at));
                }
            }
        }
        for (at, field) in (0..).zip(&package.fields).filter(|(_, field)| is_meant(field.origin.package)) {
            fields.entry((field.id, field.on)).or_insert((home, at));
        }
    };
    add(own, package, &|home| home == own);
    add(own, package, &|home| home != own);
    for other in packages.iter().filter(|other| **other != own) {
        add(*other, program.package(*other), &|home| home == *other);
    }
}
