//! The process reference models that an assessment model is for.

use crate::document::Inline;
use crate::emit::markdown::edition_of;
use crate::emit::page::Page;
use crate::model::{Head, Name, Process, Text};

/// The models whose processes are assessed: the model asked for, or, where it adds no more than indicators to its
/// bases, those bases.
pub(super) fn models<'a>(page: &Page<'a>) -> Vec<&'a Head> {
    let mut models: Vec<&Head> = Vec::new();
    let mut open = vec![page.head];
    while let Some(head) = open.pop() {
        let bases: Vec<&Head> = head.extends.iter().filter_map(|base| head_of(page, *base)).collect();
        if bases.is_empty() || describes(page, head.id) {
            if models.iter().all(|known| known.id != head.id) {
                models.push(head);
            }
        } else {
            open.extend(bases.into_iter().rev());
        }
    }
    models
}

/// Title, source and edition of a reference model, and what it is built on.
pub(super) fn cited(page: &Page<'_>, model: &Head) -> Inline {
    let cited = page.text(model.title).then(": ").and(&edition(page, model));
    let bases = model.extends.iter().filter_map(|base| head_of(page, *base)).map(|base| edition(page, base));
    let bases = Inline::join(bases, ", ");
    if bases.is_empty() { cited } else { cited.then(", built on ").and(&bases) }
}

/// Source and edition of a model as it states them itself.
pub(super) fn edition(page: &Page<'_>, model: &Head) -> Inline {
    let is_own = |text: &Text, of: fn(&Head) -> Option<Text>| {
        let mut bases = model.extends.iter().filter_map(|base| head_of(page, *base));
        bases.all(|base| of(base) != Some(*text))
    };
    let source = model.source.filter(|source| is_own(source, |head| head.source));
    let edition = model.edition.filter(|edition| is_own(edition, |head| head.edition));
    let cited = edition_of(page, model.id, source, edition);
    // Many a source names its edition: "ISO/IEC TS 33052:2016".
    match source.zip(edition).map(|(source, edition)| (page.text(source), page.text(edition))) {
        Some((source, edition)) if !source.shown().contains(edition.shown()) => cited.then(", edition ").and(&edition),
        _ => cited,
    }
}

/// Where the description of a process comes from, and which layers above changed it.
pub(super) fn of_process(page: &Page<'_>, process: &Process) -> Inline {
    let stated = process.purpose.iter().chain(&process.context).map(|stated| stated.origin.layer);
    let outcomes = process.outcomes.iter().map(|outcome| outcome.origin.layer);
    let mut layers: Vec<Name> = Vec::new();
    for layer in std::iter::once(process.origin.layer).chain(stated).chain(outcomes).flatten() {
        if !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    let mut layers = layers.into_iter().map(|layer| match head_of(page, layer) {
        Some(model) => edition(page, model),
        None => Inline::plain(page.name(layer)),
    });
    let first = layers.next().unwrap_or_default();
    let changed = Inline::join(layers, ", ");
    if changed.is_empty() { first } else { first.then(", changed by ").and(&changed) }
}

/// Whether a layer says anything of the processes as a reference model describes them.
fn describes(page: &Page<'_>, layer: Name) -> bool {
    let model = page.model();
    let is_layers = |origin: &crate::model::Origin| origin.layer == Some(layer);
    let of_process = |process: &Process| {
        let mut stated = process.purpose.iter().chain(&process.context);
        is_layers(&process.origin)
            || stated.any(|stated| is_layers(&stated.origin))
            || process.outcomes.iter().any(|outcome| is_layers(&outcome.origin))
    };
    model.processes.iter().any(of_process) || model.omissions.iter().any(|omission| is_layers(&omission.origin))
}

fn head_of<'a>(page: &Page<'a>, model: Name) -> Option<&'a Head> {
    let heads = page.input.program.packages.iter().filter_map(|package| package.model.head.as_ref());
    heads.into_iter().find(|head| head.id == model)
}
