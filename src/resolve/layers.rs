//! Lays a model over its bases: what the bases say is taken in, and what the layer says of it is done to it.

mod apply;
mod gone;
mod head;
mod join;

use super::collect::{Collected, Declared, Pending};
use super::{State, did_you_mean};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Field, Found, Head, Model, Package, PackageId, Program, Sight, Want};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::Span;
use crate::syntax::tree::Role;

/// Lays the model of a package over those that it extends, and gives the statements whose references are still to be
/// connected, by their places in the whole.
pub fn lay(
    state: &mut State,
    collected: Collected,
    loaded: &Loaded,
    own: PackageId,
    sources: &Sources,
) -> (Package, Vec<Pending>) {
    let Collected { mut package, pending, layering } = collected;
    unknown_bases(state, &package, own, &pending, loaded, sources);
    let bases = &package.scope.bases;
    if bases.is_empty() && layering.is_empty() {
        return (package, pending);
    }
    let (mut base, conflicts) = join::join(&state.program, sources, bases);
    // An annex is of the model that states it alone.
    base.annexes.clear();
    index(&mut base);
    let bases: Vec<&Package> = bases.iter().map(|base| state.program.package(*base)).collect();
    let differing = inherit_fields(&state.program, sources, &mut package, &bases);
    state.diagnostics.extend(differing);
    let own = std::mem::take(&mut package.model);
    let mut layers = apply::Layers::new(state, base, &own, sources);
    layers.omit(&layering);
    let mut pending = layers.add_own(own, pending);
    for statement in layering {
        layers.apply(statement, &mut pending);
    }
    layers.report_conflicts(&conflicts);
    package.model = layers.finish();
    (package, pending)
}

/// Takes over what the bases say of themselves, and the model does not.
pub fn inherit_head(state: &mut State, package: &mut Package, sources: &Sources) {
    let bases = package.scope.bases.iter().filter_map(|base| state.program.package(*base).model.head.clone());
    let bases: Vec<Head> = bases.collect();
    let drops = package.model.head.as_ref().is_some_and(|head| !head.drops.is_empty());
    if drops || !bases.is_empty() {
        head::inherit(state, &mut package.model, &bases, sources);
    }
}

/// The element of each full id. Where two elements have one id, which is reported, the first counts.
fn index(model: &mut Model) {
    let mut index = std::mem::take(&mut model.index);
    index.clear();
    for (element, id) in model.elements() {
        index.entry(id).or_insert(element);
    }
    model.index = index;
}

/// Fields of the bases may stand in the layer's blocks, and are required there as below. Of those of one id and kind the
/// nearest counts; two that differ, neither above the other, are a disagreement.
fn inherit_fields(program: &Program, sources: &Sources, package: &mut Package, bases: &[&Package]) -> Vec<Diagnostic> {
    let own = package.fields.len();
    let mut found = Vec::new();
    for field in bases.iter().flat_map(|base| &base.fields) {
        let same = |known: &Field| known.id == field.id && known.on == field.on;
        let Some(at) = package.fields.iter().position(same) else {
            package.fields.push(field.clone());
            continue;
        };
        let Some(known) = package.fields.get_mut(at).filter(|_| at >= own) else { continue };
        let (one, other) = (known.origin, field.origin);
        if one.span == other.span || program.is_above(one.package, other.package) {
            continue;
        }
        let says_same = sources.text(known.title) == sources.text(field.title) && known.required == field.required;
        if program.is_above(other.package, one.package) {
            *known = field.clone();
        } else if let Some(head) = package.model.head.as_ref().filter(|_| !says_same) {
            let (id, kind) = (program.name(field.id), field.on.word());
            found.push(
                Diagnostic::new(
                    &codes::CONFLICTING_LAYERS,
                    head.origin.span,
                    format!("the bases declare the field `{id}` on {} differently", words::article(kind)),
                )
                .label("extends both")
                .also(one.span, "one base")
                .also(other.span, "another")
                .help(format!("settle it: declare it anew in this package, `field {id} \"…\" on {kind}`")),
            );
        }
    }
    found
}

fn unknown_bases(
    state: &mut State,
    package: &Package,
    own: PackageId,
    pending: &[Pending],
    loaded: &Loaded,
    sources: &Sources,
) {
    let Some(statement) = pending.iter().find(|statement| matches!(statement.what, Declared::Model)) else { return };
    let Some(tree) = loaded.trees.get(statement.tree as usize) else { return };
    let sight = Sight::new(&state.program, own, package);
    let wrong: Vec<Span> = tree
        .all(statement.node, Role::Base)
        .filter(|span| sight.find(Want::Base, sources.slice(*span)) == Found::None)
        .collect();
    if wrong.is_empty() {
        return;
    }
    let known: Vec<String> =
        sight.candidates(Want::Base).filter_map(|base| sight.id(base)).map(str::to_owned).collect();
    for span in wrong {
        let written = sources.slice(span);
        let own = package.model.head.as_ref().is_some_and(|head| state.program.name(head.id) == written);
        let title = written.strip_prefix('"').and_then(|title| title.strip_suffix('"'));
        let is_titled = |id: &&str| {
            let heads = state.program.packages.iter().filter_map(|package| package.model.head.as_ref());
            let mut heads = heads.filter(|head| state.program.name(head.id) == *id);
            title.is_some_and(|title| heads.any(|head| sources.text(head.title) == title))
        };
        let ids = || known.iter().map(String::as_str);
        let near = ids().find(is_titled).or_else(|| words::nearest(written, ids()));
        let diagnostic = if own {
            Diagnostic::new(&codes::CYCLE, span, format!("the model `{written}` extends itself"))
                .label("itself")
                .help("name another model, or leave out `extends`")
        } else {
            let diagnostic =
                Diagnostic::new(&codes::UNKNOWN_BASE, span, format!("there is no model `{written}` to extend"))
                    .label("unknown model");
            match near {
                Some(near) => did_you_mean(diagnostic, written, near),
                None if title.is_some() => diagnostic.help("write the id of the model, as it stands behind `model`"),
                None => diagnostic.help(format!("bring in the package of that model: `use {written}`")),
            }
        };
        state.report(diagnostic);
    }
}
