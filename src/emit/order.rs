//! The order of processes in documents.

use super::Input;
use crate::model::{Model, Order, Process, natural_order};

/// The processes of the model asked for, in the order that it states: by id, by title, or as written.
pub fn processes<'a>(input: &Input<'a>) -> Vec<&'a Process> {
    let Some(package) = input.program.root() else { return Vec::new() };
    let mut processes: Vec<&Process> = package.model.processes.iter().collect();
    let by_id = |a: &Process, b: &Process| natural_order(input.program.name(a.id), input.program.name(b.id));
    match order(&package.model) {
        Order::Source => {}
        Order::Id => processes.sort_by(|a, b| by_id(a, b)),
        Order::Title => {
            let mut titled: Vec<(String, &Process)> =
                processes.iter().map(|process| (input.sources.text(process.title).to_lowercase(), *process)).collect();
            titled.sort_by(|(a_title, a), (b_title, b)| a_title.cmp(b_title).then_with(|| by_id(a, b)));
            processes = titled.into_iter().map(|(_, process)| process).collect();
        }
    }
    processes
}

fn order(model: &Model) -> Order {
    model.head.as_ref().map_or(Order::Source, |head| head.order)
}
