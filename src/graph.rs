//! The coverage graph of a model, on petgraph: group → process → outcome → requirement, practice → outcome,
//! requirement → requirement.

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Element, Model, Name, Order, Program, RequirementId, Strength, natural_order};

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A requirement, control or clause.
    Requirement(RequirementId),
    /// A group, by position in the model.
    Group(u32),
    /// A process, by position in the model.
    Process(u32),
    /// An outcome, by the positions of its process and its own.
    Outcome(u32, u32),
    /// A practice, by the positions of its process and its own.
    Practice(u32, u32),
}

/// An edge of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A group holds a process, a process an outcome.
    Holds,
    /// A practice achieves an outcome.
    Achieves,
    /// A clause or requirement holds another.
    Contains,
    /// An outcome is linked to a requirement: its link, by position.
    Links(u32),
}

/// The graph of a model.
#[derive(Debug, Default)]
pub struct Graph {
    edges: DiGraph<Node, Edge>,
}

/// A link as seen from its requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The outcome.
    pub outcome: Name,
    /// The position of its process in the model.
    pub process: u32,
    /// Its position in the process.
    pub position: u32,
    /// Its link, by position.
    pub link: u32,
    /// How far it goes.
    pub strength: Strength,
    /// Whether it is one of a joint set.
    pub joint: bool,
}

/// Builds the graph of a model.
pub fn build(program: &Program, model: &Model) -> Graph {
    let parts: usize = model.processes.iter().map(|process| process.outcomes.len() + process.practices.len()).sum();
    let nodes = program.requirements.len() + model.groups.len() + model.processes.len() + parts;
    // At most one edge leads to each node from what holds it; the others are links.
    let outcomes = model.processes.iter().flat_map(|process| &process.outcomes);
    let links: usize = outcomes.map(|outcome| outcome.links.len()).sum();
    let practices = model.processes.iter().flat_map(|process| &process.practices);
    let achieves: usize = practices.map(|practice| practice.achieves.len()).sum();
    let mut edges = DiGraph::with_capacity(nodes, nodes + links + achieves);
    // INVARIANT: the node of a requirement has the index of the requirement, since these come first.
    for id in (0..program.requirements.len()).map(narrow).map(RequirementId) {
        edges.add_node(Node::Requirement(id));
    }
    for (id, requirement) in program.requirements.iter().enumerate() {
        if let Some(parent) = requirement.parent {
            edges.add_edge(NodeIndex::new(parent.0 as usize), NodeIndex::new(id), Edge::Contains);
        }
    }
    let groups: Vec<NodeIndex> =
        (0..model.groups.len()).map(|group| edges.add_node(Node::Group(narrow(group)))).collect();
    let mut builder = Builder { edges, groups, model };
    for number in order(program, model) {
        builder.process(number);
    }
    Graph { edges: builder.edges }
}

/// The processes by position: as written, or by id where the model orders its processes; then no proof depends on the
/// file that a process stands in.
fn order(program: &Program, model: &Model) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..model.processes.len()).collect();
    if model.head.as_ref().is_some_and(|head| head.order != Order::Source) {
        let id = |number: &usize| program.name(model.processes[*number].id);
        numbers.sort_by(|a, b| natural_order(id(a), id(b)));
    }
    numbers
}

struct Builder<'a> {
    edges: DiGraph<Node, Edge>,
    groups: Vec<NodeIndex>,
    model: &'a Model,
}

impl Builder<'_> {
    fn process(&mut self, number: usize) {
        let process = &self.model.processes[number];
        let own = narrow(number);
        let node = self.edges.add_node(Node::Process(own));
        if let Some(Element::Group(group)) = process.group.and_then(|group| self.model.index.get(&group)) {
            self.edges.add_edge(self.groups[*group as usize], node, Edge::Holds);
        }
        let first = self.edges.node_count();
        for (position, outcome) in process.outcomes.iter().enumerate() {
            let outcome_node = self.edges.add_node(Node::Outcome(own, narrow(position)));
            self.edges.add_edge(node, outcome_node, Edge::Holds);
            for (link, target) in outcome.links.iter().enumerate() {
                let requirement = NodeIndex::new(target.requirement.0 as usize);
                self.edges.add_edge(outcome_node, requirement, Edge::Links(narrow(link)));
            }
        }
        for (position, practice) in process.practices.iter().enumerate() {
            let practice_node = self.edges.add_node(Node::Practice(own, narrow(position)));
            for target in &practice.achieves {
                if let Some(Element::Outcome(of, outcome)) = self.model.index.get(&target.id)
                    && *of == own
                {
                    self.edges.add_edge(practice_node, NodeIndex::new(first + *outcome as usize), Edge::Achieves);
                }
            }
        }
    }
}

impl Graph {
    /// The links that name a requirement, control or clause itself, in the order of their processes.
    pub fn incoming(&self, model: &Model, requirement: RequirementId) -> Vec<Incoming> {
        let node = NodeIndex::new(requirement.0 as usize);
        if node.index() >= self.edges.node_count() {
            return Vec::new();
        }
        let links = self.edges.edges_directed(node, Direction::Incoming);
        let mut incoming: Vec<Incoming> =
            links.filter_map(|edge| self.link(model, edge.source(), *edge.weight())).collect();
        incoming.reverse();
        incoming
    }

    fn link(&self, model: &Model, source: NodeIndex, edge: Edge) -> Option<Incoming> {
        let (Edge::Links(link), Node::Outcome(process, position)) = (edge, *self.edges.node_weight(source)?) else {
            return None;
        };
        let outcome = model.processes.get(process as usize)?.outcomes.get(position as usize)?;
        let target = outcome.links.get(link as usize)?;
        let joint = target.joint_set.is_some();
        Some(Incoming { outcome: outcome.id, process, position, link, strength: target.strength, joint })
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
