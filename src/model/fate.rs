//! What became of elements that are not there: a layer left them out, or they have another id now.

use super::{Element, Model, Name, Omission, PackageId, Program};
use crate::span::Span;

/// What became of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// An element had it in an earlier edition.
    Renamed {
        /// The id that it has now.
        now: String,
        /// Where its former id is stated.
        place: Span,
    },
    /// A layer left out the element, or what it stood in.
    LeftOut(Span),
}

impl Model {
    /// What became of an id that no element has.
    pub fn fate(&self, program: &Program, id: &str) -> Option<Fate> {
        self.renamed(program, id).or_else(|| self.left_out(program, id).map(|omission| Fate::LeftOut(omission.span)))
    }

    /// The element that had an id in an earlier edition: what stood in a process that was called otherwise stands in it.
    fn renamed(&self, program: &Program, id: &str) -> Option<Fate> {
        let groups = self.groups.iter().map(|group| (group.id, &group.remarks));
        let processes = self.processes.iter().map(|process| (process.id, &process.remarks));
        groups.chain(processes).find_map(|(now, remarks)| {
            remarks.formerly().iter().find_map(|(former, place)| {
                let rest = id.strip_prefix(program.name(*former))?;
                let now = format!("{}{rest}", program.name(now));
                let is_there = program.names.get(&now).is_some_and(|name| self.index.contains_key(&name));
                ((rest.is_empty() || rest.starts_with('.')) && is_there).then_some(Fate::Renamed { now, place: *place })
            })
        })
    }

    /// The last omission of an element with a full id, or of the process or group whose id begins its own.
    pub fn left_out(&self, program: &Program, id: &str) -> Option<&Omission> {
        let holds = |whole: &str| id.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.omissions.iter().rev().find(|omission| holds(program.name(omission.id)))
    }

    /// An element, the process that it stands in, and the groups around.
    pub fn wholes(&self, id: Name) -> Vec<Name> {
        let mut wholes = vec![id];
        let process = match self.index.get(&id) {
            Some(Element::Process(at) | Element::Outcome(at, _) | Element::Practice(at, _)) => self.process_at(*at),
            _ => None,
        };
        wholes.extend(process.map(|process| process.id));
        let group = process.map_or_else(|| self.group(id).and_then(|group| group.parent), |process| process.group);
        let mut next = group.and_then(|group| self.group(group));
        while let Some(group) = next.filter(|group| !wholes.contains(&group.id)) {
            wholes.push(group.id);
            next = group.parent.and_then(|parent| self.group(parent));
        }
        wholes
    }

    /// The statement that left out an element which a text or a reference of some package means; what has its id now is
    /// another. None where it is there.
    pub fn omission_for(&self, program: &Program, home: PackageId, id: Name) -> Option<&Omission> {
        if self.omissions.is_empty() {
            return None;
        }
        let wholes = program.package(home).model.wholes(id);
        let means_new = |by: PackageId| home == by || program.is_above(home, by);
        let mut omissions = self.omissions.iter().rev();
        omissions.find(|omission| wholes.contains(&omission.id) && !means_new(omission.origin.package))
    }
}
