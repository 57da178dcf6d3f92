//! The process reference models that an assessment model is for.

use crate::document::Inline;
use crate::emit::naming::named;
use crate::emit::page::Page;
use crate::model::{Head, Name, Origin, Process};

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

/// The title of a reference model, its edition and version, the document that it follows, and what it is built on.
pub(super) fn cited(page: &Page<'_>, model: &Head) -> Inline {
    let cited = named(page, model);
    let bases = model.extends.iter().filter_map(|base| head_of(page, *base)).map(|base| named(page, base));
    let bases = Inline::join(bases, page.words.and_on);
    if bases.is_empty() { cited } else { Inline::filled(page.words.built_on, &[&cited, &bases]) }
}

/// Where the description of a process comes from, and which layers above changed it, the lowest first.
pub(super) fn of_process(page: &Page<'_>, process: &Process) -> Inline {
    let stated = process.purpose.iter().chain(&process.context).map(|stated| stated.origin);
    let outcomes = process.outcomes.iter().map(|outcome| outcome.origin);
    let mut layers: Vec<Origin> = std::iter::once(process.origin).chain(stated).chain(outcomes).collect();
    // A package stands behind those that it uses.
    layers.sort_by_key(|origin| origin.package);
    layers.dedup_by_key(|origin| origin.layer);
    let mut layers = layers.into_iter().filter_map(|origin| origin.layer).map(|layer| match head_of(page, layer) {
        Some(model) => named(page, model),
        None => Inline::plain(page.called(layer)),
    });
    let first = layers.next().unwrap_or_default();
    layers.fold(first, |told, layer| Inline::filled(page.words.changed_by_model, &[&told, &layer]))
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
