//! The indicators of a process: its base practices, written or drafted, and its information items.

use crate::document::Inline;
use crate::emit::page::Page;
use crate::emit::{draft, judged};
use crate::model::{Name, Outcome, Practice, Process, Remarks};

/// A process with its indicators.
pub(super) struct Indicators<'a> {
    /// The process.
    pub(super) process: &'a Process,
    /// Its practices, in source order.
    pub(super) practices: Vec<BasePractice<'a>>,
    /// The items that it needs or makes, in the order in which they are named.
    pub(super) items: Vec<ItemUse>,
}

/// A base practice as it is printed.
pub(super) struct BasePractice<'a> {
    /// Its full id.
    pub(super) id: String,
    /// Its name and its text.
    pub(super) text: Inline,
    /// Whether it waits for its authors.
    pub(super) is_draft: bool,
    /// The outcomes that it achieves.
    pub(super) achieves: Vec<Name>,
    /// Notes.
    pub(super) remarks: Option<&'a Remarks>,
}

/// What a process has to do with an information item.
pub(super) struct ItemUse {
    /// The item.
    pub(super) item: Name,
    /// Whether a practice needs it.
    pub(super) is_input: bool,
    /// Whether a practice or an outcome brings it about.
    pub(super) is_output: bool,
    /// The outcomes that it shows.
    pub(super) shows: Vec<Name>,
}

impl<'a> Indicators<'a> {
    /// The indicators of a process.
    pub(super) fn of(page: &Page<'_>, process: &'a Process) -> Indicators<'a> {
        let written = process.practices.iter().map(|practice| written(page, practice));
        let drafted = draft::practices(&page.input, process).into_iter().map(|draft| BasePractice {
            id: draft.id,
            text: Inline::text(&draft.text, page).draft(page.words.draft),
            is_draft: true,
            achieves: vec![draft.achieves],
            remarks: None,
        });
        Indicators { process, practices: written.chain(drafted).collect(), items: items(process) }
    }

    /// The id of the process.
    pub(super) fn id<'p>(&self, page: &Page<'p>) -> &'p str {
        page.name(self.process.id)
    }

    /// The numbers of some outcomes of the process, in its order; another process's outcome by its full id.
    pub(super) fn numbers(&self, page: &Page<'_>, outcomes: &[Name]) -> Inline {
        let own = self.process.outcomes.iter().filter(|outcome| outcomes.contains(&outcome.id));
        let own_ids: Vec<Name> = own.clone().map(|outcome| outcome.id).collect();
        let own = own.map(|outcome| Inline::plain(page.number(outcome)));
        let foreign = outcomes.iter().filter(|outcome| !own_ids.contains(outcome));
        Inline::join(own.chain(foreign.map(|outcome| page.outcome_link(*outcome))), ", ")
    }

    /// The outcomes that some practice achieves.
    pub(super) fn achieved(&self) -> impl Iterator<Item = &'a Outcome> + '_ {
        let is_achieved =
            |outcome: &&Outcome| self.practices.iter().any(|practice| practice.achieves.contains(&outcome.id));
        self.process.outcomes.iter().filter(is_achieved)
    }
}

fn written<'a>(page: &Page<'_>, practice: &'a Practice) -> BasePractice<'a> {
    let text = page.text_if(practice.name).told(&page.text(practice.text));
    let is_draft = draft::is_marked(&page.input, practice);
    let outcomes = judged::reworded(&page.input, practice).into_iter().map(|outcome| page.name(outcome));
    let outcomes: Vec<&str> = outcomes.collect();
    let text = match outcomes.as_slice() {
        [] => text,
        outcomes => Inline::filled(page.words.earlier_wording, &[&text, &Inline::plain(&outcomes.join(", "))]),
    };
    BasePractice {
        id: page.name(practice.id).to_owned(),
        text: if is_draft { text.draft(page.words.draft) } else { text },
        is_draft,
        achieves: practice.achieves.iter().map(|outcome| outcome.id).collect(),
        remarks: Some(&practice.remarks),
    }
}

fn items(process: &Process) -> Vec<ItemUse> {
    let mut items: Vec<ItemUse> = Vec::new();
    for practice in &process.practices {
        for item in &practice.consumes {
            entry(&mut items, item.id).is_input = true;
        }
        for item in &practice.produces {
            output(&mut items, item.id, practice.achieves.iter().map(|outcome| outcome.id));
        }
    }
    for outcome in &process.outcomes {
        for item in &outcome.produces {
            output(&mut items, item.id, [outcome.id]);
        }
    }
    items
}

fn output(items: &mut Vec<ItemUse>, item: Name, shows: impl IntoIterator<Item = Name>) {
    let entry = entry(items, item);
    entry.is_output = true;
    for outcome in shows {
        if !entry.shows.contains(&outcome) {
            entry.shows.push(outcome);
        }
    }
}

fn entry(items: &mut Vec<ItemUse>, item: Name) -> &mut ItemUse {
    let at = items.iter().position(|entry| entry.item == item).unwrap_or_else(|| {
        items.push(ItemUse { item, is_input: false, is_output: false, shows: Vec::new() });
        items.len() - 1
    });
    &mut items[at]
}
