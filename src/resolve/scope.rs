//! What a package sees: its own catalogs, frameworks, crosswalks and terms, those of the packages that it uses, and
//! those that the bases of its model see.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use super::State;
use crate::model::{CatalogId, Name, Package, PackageId, RequirementId};
use crate::package::Loaded;
use crate::source::Sources;

/// What a package sees.
#[derive(Default)]
pub struct Scope {
    /// The catalogs, in the order of their declaration.
    pub catalogs: Vec<CatalogId>,
    /// The catalogs of each alias.
    pub aliases: FxHashMap<Name, Vec<CatalogId>>,
    /// The requirement with each id; several where it is ambiguous.
    pub requirements: FxHashMap<Name, Found>,
    /// The requirements that share an id: what [`Found::Several`] counts.
    pub ambiguous: Vec<Vec<RequirementId>>,
    /// The terms, in lower case.
    pub terms: FxHashSet<String>,
    /// The packages whose frameworks, crosswalks and models it sees, itself included, in order.
    pub packages: Vec<PackageId>,
    /// The packages with the models that its model extends, in order; without those that others of them extend.
    pub bases: Vec<PackageId>,
    /// All packages whose models its model extends, directly or through others, in order.
    pub stands_on: Vec<PackageId>,
}

/// The requirements with one id.
#[derive(Clone, Copy)]
pub enum Found {
    /// One.
    One(RequirementId),
    /// Several, in different catalogs: their position in [`Scope::ambiguous`].
    Several(usize),
}

/// Finds out what a package sees; `package` is what it declares itself.
pub fn scope(state: &mut State, packages: &[Loaded], number: usize, package: &Package, sources: &Sources) -> Scope {
    let own = PackageId(u32::try_from(number).unwrap_or(u32::MAX));
    let mut scope = Scope { packages: vec![own], ..Scope::default() };
    for used in &packages[number].uses {
        let id = PackageId(u32::try_from(used.package).unwrap_or(u32::MAX));
        if !scope.packages.contains(&id) {
            scope.packages.push(id);
        }
        if let Some(alias) = used.alias {
            let name = state.program.names.intern(sources.slice(alias));
            let catalogs = catalogs_of(state, id);
            scope.aliases.entry(name).or_default().extend(catalogs);
        }
    }
    bases(state, package, &mut scope);
    let mut catalogs: Vec<CatalogId> = scope.packages.iter().flat_map(|id| catalogs_of(state, *id)).collect();
    for base in &scope.bases {
        let base = state.program.package(*base);
        catalogs.extend(&base.sees);
        scope.packages.extend(&base.sees_packages);
    }
    scope.packages.sort_unstable();
    scope.packages.dedup();
    catalogs.sort_unstable();
    catalogs.dedup();
    scope.catalogs = catalogs;
    index_requirements(state, &mut scope);
    index_terms(state, package, sources, &mut scope);
    scope
}

fn catalogs_of(state: &State, package: PackageId) -> Vec<CatalogId> {
    (0..)
        .map(CatalogId)
        .zip(&state.program.catalogs)
        .filter(|(_, catalog)| catalog.origin.package == package)
        .map(|(id, _)| id)
        .collect()
}

/// The packages whose models the own model extends; what they see is seen too.
fn bases(state: &State, package: &Package, scope: &mut Scope) {
    let Some(head) = &package.model.head else { return };
    for base in &head.extends {
        let found = scope.packages.iter().find(|id| {
            let model = state.program.packages.get(id.0 as usize).map(|package| &package.model);
            model.and_then(|model| model.head.as_ref()).is_some_and(|head| head.id == *base)
        });
        if let Some(found) = found.copied()
            && !scope.bases.contains(&found)
        {
            scope.bases.push(found);
        }
    }
    // The order in which bases are named, or read, means nothing; what one of them extends comes with it.
    scope.bases.sort_unstable();
    let below = |base: &PackageId| state.program.package(*base).stands_on.clone();
    let indirect: Vec<PackageId> = scope.bases.iter().flat_map(below).collect();
    scope.stands_on = scope.bases.iter().copied().chain(indirect.iter().copied()).collect();
    scope.stands_on.sort_unstable();
    scope.stands_on.dedup();
    scope.bases.retain(|base| !indirect.contains(base));
}

fn index_requirements(state: &State, scope: &mut Scope) {
    let rows: usize = scope.catalogs.iter().map(|id| state.program.catalog(*id).rows.len()).sum();
    scope.requirements.reserve(rows);
    for id in scope.catalogs.iter().flat_map(|id| state.program.catalog(*id).requirements()) {
        let requirement = state.program.requirement(id);
        // Of an id that a catalog declares twice, which is reported, the first counts.
        if state.requirements.get(&(requirement.catalog, requirement.id)) != Some(&id) {
            continue;
        }
        match scope.requirements.entry(requirement.id) {
            Entry::Vacant(entry) => {
                entry.insert(Found::One(id));
            }
            Entry::Occupied(mut entry) => match *entry.get() {
                Found::Several(several) => scope.ambiguous[several].push(id),
                Found::One(first) => {
                    entry.insert(Found::Several(scope.ambiguous.len()));
                    scope.ambiguous.push(vec![first, id]);
                }
            },
        }
    }
}

fn index_terms(state: &State, package: &Package, sources: &Sources, scope: &mut Scope) {
    let used = scope.packages.iter().filter_map(|id| state.program.packages.get(id.0 as usize));
    let terms = used.chain([package]).flat_map(|package| &package.model.terms);
    scope.terms = terms.map(|term| sources.text(term.term).to_lowercase()).collect();
}
