//! The graph of traceability: process → outcome → requirement, and practice → outcome.

use rustc_hash::{FxHashMap, FxHashSet};

use super::picture::{Cluster, Edge, EdgeKind, Node, NodeKind, Picture, model_title, plain, process_node, titled};
use crate::document::words::fill;
use crate::emit::page::Page;
use crate::emit::{Input, notice, order};
use crate::model::{Element, Link, Model, Name, Outcome, Practice, Process, Program, RequirementId, Strength, Text};

/// The graph of the package asked for, or of one process. The whole shows all requirements that are judged, those
/// without a link included: they are the gaps. With clauses, which are called something together, it keeps to these and
/// what stands below them, and to what satisfies that.
pub fn picture<'a>(input: &'a Input<'a>, only: Option<Name>, clauses: &'a [RequirementId], called: &str) -> Picture {
    let empty = Picture::of(input);
    let Some((package, page)) = input.program.root().zip(Page::new(*input)) else { return empty };
    let title = model_title(input, package);
    let words = empty.words.drawings;
    let description = match only {
        Some(process) => fill(words.trace_of_process, &[input.program.name(process)]),
        None if clauses.is_empty() => fill(words.trace_told, &[&title]),
        None => fill(words.trace_of_clause, &[&title, called]),
    };
    let title = titled(input, title, only);
    let title = if called.is_empty() { title } else { format!("{title}: {called}") };
    let mut gather = Gather {
        input,
        clauses,
        picture: Picture { title, description, notices: notice::drawn(&page), ..empty },
        page: &page,
        positions: FxHashMap::default(),
        foreign: FxHashMap::default(),
        judged: input.coverage.catalogs.iter().flat_map(|row| &row.requirements).map(|id| (*id, None)).collect(),
    };
    let processes = order::processes(input);
    let is_shown = |process: &&&Process| {
        only.is_none_or(|id| id == process.id)
            && (clauses.is_empty() || process.outcomes.iter().any(|outcome| gather.has(outcome)))
    };
    let shown: Vec<&Process> = processes.iter().filter(is_shown).copied().collect();
    for process in shown {
        gather.process(process);
    }
    gather.joint_sets(&package.model, &processes, only);
    if only.is_none() {
        let judged = input.coverage.catalogs.iter().flat_map(|row| &row.requirements);
        let is_shown = |id: &&RequirementId| {
            clauses.is_empty() || clauses.iter().any(|clause| is_in(input.program, *clause, **id))
        };
        for requirement in judged.filter(is_shown) {
            gather.requirement(*requirement);
        }
    }
    gather.name_catalogs();
    gather.picture
}

struct Gather<'a> {
    input: &'a Input<'a>,
    /// What it keeps to; nothing where it shows all.
    clauses: &'a [RequirementId],
    page: &'a Page<'a>,
    picture: Picture,
    /// The outcomes met so far.
    positions: FxHashMap<Name, usize>,
    /// The clusters of processes of which only the outcomes are shown that complete a joint set.
    foreign: FxHashMap<Name, usize>,
    /// The requirements that are judged or linked to, with their nodes once they have one.
    judged: FxHashMap<RequirementId, Option<usize>>,
}

impl Gather<'_> {
    /// Whether a link leads to what is shown: to the clause, to what stands below it, or to what it stands in.
    fn leads(&self, link: &Link) -> bool {
        let (program, id) = (self.input.program, link.requirement);
        let is_near = |clause: &RequirementId| is_in(program, *clause, id) || is_in(program, id, *clause);
        self.clauses.is_empty() || self.clauses.iter().any(is_near)
    }

    /// Whether an outcome has a link that is shown.
    fn has(&self, outcome: &Outcome) -> bool {
        outcome.links.iter().any(|link| self.leads(link))
    }

    fn process(&mut self, process: &Process) {
        let node = process_node(self.input, process);
        let cluster = Some(self.picture.clusters.len());
        self.picture.clusters.push(Cluster { id: node.id.clone(), title: node.text.clone(), parent: None });
        let whole = self.node(Node { cluster, ..node });
        for outcome in
            process.outcomes.iter().filter(|outcome| self.clauses.is_empty() || self.has(outcome)).collect::<Vec<_>>()
        {
            let position = self.element(NodeKind::Outcome, outcome.id, outcome.text, cluster);
            self.positions.insert(outcome.id, position);
            self.edge(whole, position, EdgeKind::Has, None);
            self.links(outcome, position);
        }
        for practice in &process.practices {
            self.practice(practice, cluster);
        }
    }

    fn practice(&mut self, practice: &Practice, cluster: Option<usize>) {
        let is_shown = |id: Name| self.positions.contains_key(&id);
        if !self.clauses.is_empty() && !practice.achieves.iter().any(|target| is_shown(target.id)) {
            return;
        }
        let shown = practice.name.unwrap_or(practice.text);
        let position = self.element(NodeKind::Practice, practice.id, shown, cluster);
        for target in &practice.achieves {
            // An outcome of another process is an error (P603), and may not have been met yet.
            if let Some(outcome) = self.positions.get(&target.id).copied() {
                self.edge(position, outcome, EdgeKind::Achieves, None);
            }
        }
    }

    fn links(&mut self, outcome: &Outcome, position: usize) {
        for link in outcome.links.iter().filter(|link| self.leads(link)).collect::<Vec<_>>() {
            let requirement = self.requirement(link.requirement);
            self.edge(position, requirement, edge_kind(link), link.because);
        }
    }

    /// The lines from all members of each joint set, of which the outcome that states it may be in another process.
    fn joint_sets(&mut self, model: &Model, processes: &[&Process], only: Option<Name>) {
        let mut drawn: FxHashSet<(usize, usize)> = self.picture.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        for outcome in processes.iter().flat_map(|process| &process.outcomes) {
            let links = outcome.links.iter().filter(|link| link.joint_set.is_some() && self.leads(link));
            for link in links.collect::<Vec<_>>() {
                let partners = outcome.partners(link).iter().filter(|partner| !partner.gone).map(|partner| partner.id);
                let members: Vec<Name> = std::iter::once(outcome.id).chain(partners).collect();
                if !members.iter().any(|member| is_within(model, *member, only)) {
                    continue;
                }
                let requirement = self.requirement(link.requirement);
                for member in members {
                    let Some(position) = self.member(model, member) else { continue };
                    if drawn.insert((position, requirement)) {
                        self.edge(position, requirement, EdgeKind::JointlySatisfies, None);
                    }
                }
            }
        }
    }

    /// The node of a member of a joint set; one of a process that is not shown gets a cluster of its own. None for one
    /// that a layer has left out.
    fn member(&mut self, model: &Model, id: Name) -> Option<usize> {
        if let Some(position) = self.positions.get(&id) {
            return Some(*position);
        }
        let outcome = model.outcome(id)?;
        let process = process_of(model, id)?;
        let cluster = *self.foreign.entry(process.id).or_insert_with(|| {
            let Node { id, text, .. } = process_node(self.input, process);
            self.picture.clusters.push(Cluster { id, title: text, parent: None });
            self.picture.clusters.len() - 1
        });
        let position = self.element(NodeKind::Outcome, id, outcome.text, Some(cluster));
        self.positions.insert(id, position);
        Some(position)
    }

    /// The node of a requirement, made when it is first needed.
    fn requirement(&mut self, id: RequirementId) -> usize {
        let known = self.judged.get(&id).copied();
        if let Some(Some(position)) = known {
            return position;
        }
        let program = self.input.program;
        let requirement = program.requirement(id);
        let position = self.node(Node {
            kind: NodeKind::Requirement,
            key: program.full_id(id),
            id: self.page.label(id).to_owned(),
            text: plain(self.input, requirement.title),
            cluster: None,
            status: known.map(|_| self.input.coverage.status(id)),
        });
        self.judged.insert(id, Some(position));
        position
    }

    /// Where requirements of several catalogs meet, each says of which it is.
    fn name_catalogs(&mut self) {
        let program = self.input.program;
        let shown = self.judged.iter().filter_map(|(id, position)| Some(((*position)?, *id)));
        let shown: Vec<(usize, RequirementId)> = shown.collect();
        let catalog = |id: RequirementId| program.requirement(id).catalog;
        let Some(first) = shown.first().map(|(_, id)| catalog(*id)) else { return };
        if shown.iter().any(|(_, id)| catalog(*id) != first) {
            shown.into_iter().for_each(|(position, id)| self.picture.nodes[position].id = self.page.cited(id));
        }
    }

    fn element(&mut self, kind: NodeKind, id: Name, text: Text, cluster: Option<usize>) -> usize {
        let id = self.input.program.name(id).to_owned();
        self.node(Node { kind, key: id.clone(), id, text: plain(self.input, text), cluster, status: None })
    }

    fn node(&mut self, node: Node) -> usize {
        self.picture.nodes.push(node);
        self.picture.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind, because: Option<Text>) {
        let text = because.map_or_else(String::new, |text| plain(self.input, text));
        self.picture.edges.push(Edge { from, to, kind, text });
    }
}

/// Whether a requirement is a clause, or stands below it.
fn is_in(program: &Program, clause: RequirementId, id: RequirementId) -> bool {
    clause <= id && id < program.requirement(clause).subtree_end
}

/// The process of an outcome.
fn process_of(model: &Model, outcome: Name) -> Option<&Process> {
    match model.index.get(&outcome)? {
        Element::Outcome(process, _) => model.process_at(*process),
        _ => None,
    }
}

/// Whether an outcome is one of the process asked for, or all are.
fn is_within(model: &Model, outcome: Name, only: Option<Name>) -> bool {
    only.is_none() || process_of(model, outcome).map(|process| process.id) == only
}

fn edge_kind(link: &Link) -> EdgeKind {
    match (link.strength, link.joint_set) {
        (Strength::Partial, _) => EdgeKind::PartlySatisfies,
        (Strength::Full, Some(_)) => EdgeKind::JointlySatisfies,
        (Strength::Full, None) => EdgeKind::Satisfies,
    }
}
