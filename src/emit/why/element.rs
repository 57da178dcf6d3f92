//! What an element of the model is, what layers did to it, what it satisfies, and how that fares.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::tree::Tree;
use crate::compile::Checked;
use crate::document::words::EN;
use crate::emit::provenance::{self, Event};
use crate::emit::report::place;
use crate::model::{
    AnyElement, Element, Fate, Group, Item, Member, Model, Name, Outcome, Practice, Process, ReqKind, RequirementId,
    Target,
};

/// The answer for an element of the model; `None` if there is none with this id.
pub fn element(input: &Checked<'_>, id: Name) -> Option<String> {
    let model = &input.program.root()?.model;
    let (subject, element) = subject(input, model, id)?;
    let mut text = format!("{subject} ({})\n", place(input, element.origin().span));
    text.push_str(&what_for(input, model, id, true).draw());
    let history = history(input, model, id, element);
    if !input.program.root().is_some_and(|package| package.scope.stands_on.is_empty()) {
        text.push_str(&format!("history:\n{}", history.draw()));
    }
    Some(text)
}

/// The answer for an element that a layer left out; `None` if no base has one with this id.
pub fn omitted(input: &Checked<'_>, id: Name) -> Option<String> {
    let omitted = provenance::omitted(input, id)?;
    let (subject, element) = subject(input, omitted.model, id)?;
    let mut history = history(input, omitted.model, id, element);
    let with = match omitted.named == id {
        true => String::new(),
        false => format!(", with {}", input.program.name(omitted.named)),
    };
    history.add(0, format!("{}{with}", omitted.event.words));
    reason(input, &omitted.event, &mut history);
    let was_for = what_for(input, omitted.model, id, false);
    let head = match was_for.is_empty() {
        true => "",
        false => "it was there before:\n",
    };
    Some(format!("{subject} is left out\n{}{head}{}", history.draw(), was_for.draw()))
}

/// The answer for an id that an element had in an earlier edition; `None` if none had.
pub fn renamed(input: &Checked<'_>, id: &str) -> Option<String> {
    let Fate::Renamed { now, place: at } = input.program.root()?.model.fate(input.program, id)? else { return None };
    let answer = element(input, input.program.names.get(&now)?)?;
    Some(format!("{id} is {now} now ({})\n{answer}", place(input, at)))
}

/// What an element is, in words, and the element.
fn subject<'a>(input: &Checked<'_>, model: &'a Model, id: Name) -> Option<(String, &'a dyn AnyElement)> {
    let position = model.index.get(&id)?;
    let element = model.at(*position)?;
    let title = input.sources.text(element.title()).replace('\n', " ");
    Some((format!("{} {} “{title}”", position.what().word(), input.program.name(id)), element))
}

/// What layers did to an element; of a process, to its texts and fields too, of a group or item to its fields.
fn history(input: &Checked<'_>, model: &Model, id: Name, element: &dyn AnyElement) -> Tree {
    let events = match model.process(id) {
        Some(process) => {
            let parts = provenance::process(input, &EN, process, true).into_iter();
            // Outcomes and practices answer for themselves.
            parts.filter(|(what, _)| !what.contains("outcome ") && !what.starts_with("practice ")).collect()
        }
        None => provenance::whole(input, &EN, "", element.origin(), element.remarks()),
    };
    told(input, events)
}

/// Events in words, each with what was there before, and why.
pub(super) fn told(input: &Checked<'_>, events: Vec<(String, Event)>) -> Tree {
    let mut tree = Tree::default();
    for (what, event) in events {
        let what = if matches!(what.as_str(), "" | "process") { String::new() } else { format!("{what} ") };
        tree.add(0, format!("{what}{}", event.words));
        if let Some(old) = event.old {
            tree.add(1, format!("before: {}", before(input, old)));
        }
        reason(input, &event, &mut tree);
    }
    tree
}

/// The first line of what was said before.
fn before(input: &Checked<'_>, old: crate::span::Span) -> String {
    let line = input.sources.slice(old).lines().next().unwrap_or_default();
    format!("`{}` ({})", line.trim(), place(input, old))
}

fn reason(input: &Checked<'_>, event: &Event, tree: &mut Tree) {
    if let Some(because) = event.because {
        tree.add(1, format!("because “{}”", input.sources.text(because).replace('\n', " ")));
    }
}

/// What an element is good for: what its outcomes satisfy, what it achieves, makes and needs.
fn what_for(input: &Checked<'_>, model: &Model, id: Name, is_there: bool) -> Tree {
    let mut tree = Tree::default();
    let telling = Telling { input, model, is_there, carried: OnceCell::new() };
    model.group(id).into_iter().for_each(|group| telling.group(group, &mut tree));
    model.process(id).into_iter().for_each(|process| telling.process(process, &mut tree));
    model.outcome(id).into_iter().for_each(|outcome| telling.outcome(outcome, 0, &mut tree));
    if let Some(Element::Practice(process, at)) = model.index.get(&id) {
        model.practice_at(*process, *at).into_iter().for_each(|practice| telling.practice(practice, &mut tree));
    }
    model.item(id).into_iter().for_each(|item| telling.item(item, &mut tree));
    tree
}

struct Telling<'a> {
    input: &'a Checked<'a>,
    model: &'a Model,
    /// Whether the element is there, so that what it satisfies can be judged by it.
    is_there: bool,
    /// What rests on each outcome by lines of crosswalks, once it was asked for.
    carried: OnceCell<FxHashMap<Name, Vec<RequirementId>>>,
}

impl Telling<'_> {
    fn name(&self, id: Name) -> &str {
        self.input.program.name(id)
    }

    fn quoted(&self, text: crate::model::Text) -> String {
        self.input.sources.text(text).replace('\n', " ")
    }

    fn group(&self, group: &Group, tree: &mut Tree) {
        for inner in self.model.groups.iter().filter(|inner| inner.parent == Some(group.id)) {
            tree.add(0, format!("holds the group {} “{}”", self.name(inner.id), self.quoted(inner.title)));
        }
        for process in self.model.processes.iter().filter(|process| process.group == Some(group.id)) {
            tree.add(0, format!("holds the process {} “{}”", self.name(process.id), self.quoted(process.title)));
        }
    }

    fn process(&self, process: &Process, tree: &mut Tree) {
        for outcome in &process.outcomes {
            tree.add(0, format!("outcome {} “{}”", self.name(outcome.id), self.quoted(outcome.text)));
            self.outcome(outcome, 1, tree);
        }
    }

    fn outcome(&self, outcome: &Outcome, depth: usize, tree: &mut Tree) {
        let mut is_linked = false;
        for link in &outcome.links {
            let partners: Vec<Member> = self.model.partners(outcome, link).collect();
            self.link(link.strength.verb(), link.requirement, &partners, depth, tree);
            is_linked = true;
        }
        // Sets that other outcomes state.
        for (partners, requirement) in self.sets_with(outcome.id) {
            self.link("satisfies", requirement, &partners, depth, tree);
            is_linked = true;
        }
        if !is_linked {
            tree.add(depth, "satisfies no requirement".to_owned());
        }
        for requirement in self.carried_on(outcome.id) {
            let row = self.input.program.requirement(*requirement);
            let status = self.input.coverage.status(*requirement).word();
            let id = self.input.program.full_id(*requirement);
            tree.add(depth, format!("counts towards {id} “{}”, through a crosswalk: {status}", self.quoted(row.title)));
        }
        for item in &outcome.produces {
            tree.add(depth, format!("is shown by {}", self.name(item.id)));
        }
        let process =
            self.model.processes.iter().find(|process| process.outcomes.iter().any(|own| own.id == outcome.id));
        let practices = process.into_iter().flat_map(|process| &process.practices);
        for practice in practices.filter(|practice| names(&practice.achieves, outcome.id)) {
            tree.add(depth, format!("is achieved by {}", self.name(practice.id)));
        }
    }

    /// The requirements that rest on an outcome by lines of crosswalks, those of all covered catalogs.
    fn carried_on(&self, outcome: Name) -> &[RequirementId] {
        let find = || {
            let mut found: FxHashMap<Name, Vec<RequirementId>> = FxHashMap::default();
            let catalog = |id: RequirementId| self.input.program.requirement(id).catalog;
            let counted = self.input.coverage.catalogs.iter().flat_map(|catalog| &catalog.requirements);
            for id in counted.filter(|_| self.is_there) {
                for claim in self.input.coverage.grounds(self.input.program, *id).claims() {
                    if claim.links.iter().all(|(of, _)| catalog(*of) != catalog(*id)) {
                        claim.members.iter().filter(|member| member.is_there).for_each(|member| {
                            let ids = found.entry(member.id).or_default();
                            if ids.last() != Some(id) {
                                ids.push(*id);
                            }
                        });
                    }
                }
            }
            found
        };
        self.carried.get_or_init(find).get(&outcome).map_or(&[], Vec::as_slice)
    }

    /// The sets that other outcomes state with an outcome: the other members, and what they satisfy together.
    fn sets_with(&self, id: Name) -> Vec<(Vec<Member>, RequirementId)> {
        let mut sets: Vec<(Vec<Member>, RequirementId)> = Vec::new();
        for outcome in self.model.processes.iter().flat_map(|process| &process.outcomes) {
            for link in &outcome.links {
                let meant = Member { id, is_there: true };
                let mut members: Vec<Member> = self.model.partners(outcome, link).collect();
                if members.contains(&meant) {
                    members.insert(0, Member { id: outcome.id, is_there: true });
                    members.retain(|member| *member != meant);
                    sets.push((members, link.requirement));
                }
            }
        }
        sets
    }

    fn link(&self, verb: &str, requirement: RequirementId, partners: &[Member], depth: usize, tree: &mut Tree) {
        let row = self.input.program.requirement(requirement);
        let named = |member: &Member| {
            let gap = if member.is_there { "" } else { " (which is not there)" };
            format!("{}{gap}", self.name(member.id))
        };
        let partners: Vec<String> = partners.iter().map(named).collect();
        let together =
            if partners.is_empty() { String::new() } else { format!(" together with {}", partners.join(", ")) };
        let status = match row.kind {
            ReqKind::Clause => String::new(),
            _ if self.is_there => format!(": {}", self.input.coverage.status(requirement).word()),
            _ => format!(": {} now", self.input.coverage.status(requirement).word()),
        };
        let verb = if self.is_there { verb.to_owned() } else { verb.replace("satisfies", "satisfied") };
        let id = self.input.program.full_id(requirement);
        tree.add(depth, format!("{verb} {id} “{}”{together}{status}", self.quoted(row.title)));
    }

    fn practice(&self, practice: &Practice, tree: &mut Tree) {
        for target in &practice.achieves {
            let text = self.model.outcome(target.id).map(|outcome| format!(" “{}”", self.quoted(outcome.text)));
            tree.add(0, format!("achieves {}{}", self.name(target.id), text.unwrap_or_default()));
        }
        for (verb, items) in [("consumes", &practice.consumes), ("produces", &practice.produces)] {
            for item in items {
                let title = self.model.item(item.id).map(|item| format!(" “{}”", self.quoted(item.title)));
                tree.add(0, format!("{verb} {}{}", self.name(item.id), title.unwrap_or_default()));
            }
        }
        if tree.is_empty() {
            tree.add(0, "achieves no outcome".to_owned());
        }
    }

    fn item(&self, item: &Item, tree: &mut Tree) {
        for process in &self.model.processes {
            for outcome in process.outcomes.iter().filter(|outcome| names(&outcome.produces, item.id)) {
                tree.add(0, format!("shows {} “{}”", self.name(outcome.id), self.quoted(outcome.text)));
            }
            for practice in &process.practices {
                for (verb, items) in [("is produced by", &practice.produces), ("is consumed by", &practice.consumes)] {
                    if names(items, item.id) {
                        let words = self.quoted(practice.name.unwrap_or(practice.text));
                        tree.add(0, format!("{verb} {} “{words}”", self.name(practice.id)));
                    }
                }
            }
        }
        if tree.is_empty() {
            tree.add(0, "nothing produces or consumes it".to_owned());
        }
    }
}

fn names(targets: &[Target], id: Name) -> bool {
    targets.iter().any(|target| target.id == id)
}
