//! The graph of the coverage, on petgraph: outcome → requirement, an edge for each link.
//!
//! What groups, processes and requirements hold is told by the model; only links are asked for from their far end.

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::index::{Idx, get};
use crate::model::{Link, Model, Name, Order, Outcome, Process, Program, RequirementId, Strength, natural_order};

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    /// A requirement, control or clause: the one with the number of the node.
    Requirement,
    /// An outcome, by the positions of its process and its own.
    Outcome(Idx<Process>, Idx<Outcome>),
}

/// The graph of a model. Each edge is a link, by its position in the outcome.
#[derive(Debug, Default)]
pub struct Graph {
    edges: DiGraph<Node, Idx<Link>>,
}

/// A link as seen from its requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The outcome.
    pub outcome: Name,
    /// The position of its process in the model.
    pub process: Idx<Process>,
    /// Its position in the process.
    pub position: Idx<Outcome>,
    /// Its link, by position.
    pub link: Idx<Link>,
    /// How far it goes.
    pub strength: Strength,
    /// Whether it is one of a joint set.
    pub joint: bool,
}

/// Builds the graph of a model.
pub fn build(program: &Program, model: &Model) -> Graph {
    let outcomes = || model.processes.iter().flat_map(|process| &process.outcomes);
    let links = outcomes().map(|outcome| outcome.links.len()).sum();
    let mut edges = DiGraph::with_capacity(program.requirements.len() + outcomes().count(), links);
    // INVARIANT: the node of a requirement has the index of the requirement, since these come first.
    program.requirements.iter().for_each(|_| _ = edges.add_node(Node::Requirement));
    for number in order(program, model) {
        for (position, outcome) in model.processes[number].outcomes.iter().enumerate() {
            let node = edges.add_node(Node::Outcome(Idx::new(number), Idx::new(position)));
            for (link, target) in outcome.links.iter().enumerate() {
                edges.add_edge(node, NodeIndex::new(target.requirement.0 as usize), Idx::new(link));
            }
        }
    }
    Graph { edges }
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

    fn link(&self, model: &Model, source: NodeIndex, link: Idx<Link>) -> Option<Incoming> {
        let Node::Outcome(process, position) = *self.edges.node_weight(source)? else { return None };
        let outcome = model.outcome_at(process, position)?;
        let target = get(&outcome.links, link)?;
        let joint = target.joint_set.is_some();
        Some(Incoming { outcome: outcome.id, process, position, link, strength: target.strength, joint })
    }
}
