//! A picture before it has a form: nodes in clusters, and edges between them.

use crate::coverage::Status;
use crate::document::words::Words;
use crate::emit::{Input, said};
use crate::model::{Name, Package, Process, RelationKind, Text};
use crate::source::text::{self, Piece};

/// A picture.
#[derive(Debug)]
pub struct Picture {
    /// Our words in it.
    pub words: &'static Words,
    /// What it is called.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What its readers must be told of the texts in it, a line each.
    pub notices: Vec<String>,
    /// Its clusters; one that stands in another comes after it.
    pub clusters: Vec<Cluster>,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// Nodes that belong together.
#[derive(Debug)]
pub struct Cluster {
    /// Its id.
    pub id: String,
    /// What it is called; may be empty.
    pub title: String,
    /// The cluster that it stands in, by position.
    pub parent: Option<usize>,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// An id that no other node has.
    pub key: String,
    /// The id that is shown.
    pub id: String,
    /// The words beside it; may be empty.
    pub text: String,
    /// Its cluster, by position.
    pub cluster: Option<usize>,
    /// Of a requirement that is judged: its status.
    pub status: Option<Status>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A process.
    Process,
    /// A practice of a process.
    Practice,
    /// An outcome of a process.
    Outcome,
    /// A requirement or control.
    Requirement,
}

impl NodeKind {
    /// Its word, as a class of styles.
    pub fn word(self) -> &'static str {
        match self {
            NodeKind::Process => "process",
            NodeKind::Practice => "practice",
            NodeKind::Outcome => "outcome",
            NodeKind::Requirement => "requirement",
        }
    }
}

impl Node {
    /// Its class of styles: for a requirement its status, else its kind.
    pub fn class(&self) -> &'static str {
        self.status.map_or(self.kind.word(), Status::word)
    }
}

/// An edge.
#[derive(Debug)]
pub struct Edge {
    /// The node at its tail, by position.
    pub from: usize,
    /// The node at its head, by position.
    pub to: usize,
    /// What it says.
    pub kind: EdgeKind,
    /// What the author says of it; may be empty.
    pub text: String,
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A process supports another.
    Supports,
    /// A process informs another.
    Informs,
    /// A process follows another.
    Follows,
    /// A process has an outcome.
    Has,
    /// A practice achieves an outcome.
    Achieves,
    /// An outcome satisfies a requirement by itself.
    Satisfies,
    /// An outcome contributes to a requirement.
    PartlySatisfies,
    /// An outcome is a member of a set that satisfies a requirement.
    JointlySatisfies,
}

impl EdgeKind {
    /// The kinds of the process map.
    pub const MAP: [EdgeKind; 3] = [EdgeKind::Supports, EdgeKind::Informs, EdgeKind::Follows];

    /// The kinds of the graph of traceability, but for the plain ones.
    pub const TRACE: [EdgeKind; 4] =
        [EdgeKind::Satisfies, EdgeKind::JointlySatisfies, EdgeKind::PartlySatisfies, EdgeKind::Achieves];

    /// Its verb: the tail of the edge is the subject, its head the object.
    pub fn verb(self, words: &Words) -> &'static str {
        let drawings = words.drawings;
        match self {
            EdgeKind::Supports => words.supports,
            EdgeKind::Informs => words.informs,
            EdgeKind::Follows => words.follows,
            EdgeKind::Has => drawings.has,
            EdgeKind::Achieves => drawings.achieves,
            EdgeKind::Satisfies => drawings.satisfies,
            EdgeKind::PartlySatisfies => drawings.partly_satisfies,
            EdgeKind::JointlySatisfies => drawings.jointly_satisfies,
        }
    }

    /// A word without blanks: its class of styles.
    pub fn class(self) -> &'static str {
        match self {
            EdgeKind::PartlySatisfies => "partial",
            EdgeKind::JointlySatisfies => "joint",
            EdgeKind::Satisfies => "full",
            EdgeKind::Supports => "supports",
            EdgeKind::Informs => "informs",
            EdgeKind::Follows => "follows",
            EdgeKind::Has => "has",
            EdgeKind::Achieves => "achieves",
        }
    }
}

impl From<RelationKind> for EdgeKind {
    fn from(kind: RelationKind) -> EdgeKind {
        match kind {
            RelationKind::Supports => EdgeKind::Supports,
            RelationKind::Informs => EdgeKind::Informs,
            RelationKind::Follows => EdgeKind::Follows,
        }
    }
}

/// What stands in what, by position.
#[derive(Debug)]
pub struct Outline {
    /// The clusters that stand in no other.
    pub roots: Vec<usize>,
    /// The clusters that stand in each cluster.
    pub children: Vec<Vec<usize>>,
    /// The nodes that stand in each cluster itself.
    pub members: Vec<Vec<usize>>,
    /// The nodes that stand in no cluster.
    pub loose: Vec<usize>,
}

impl Picture {
    /// One without anything in it yet, in the language of a model.
    pub fn of(input: &Input<'_>) -> Picture {
        let (title, description) = (String::new(), String::new());
        let words = said::words(input);
        Picture { words, title, description, notices: vec![], clusters: vec![], nodes: vec![], edges: vec![] }
    }

    /// What it shows, and what its readers must be told.
    pub fn told(&self) -> String {
        std::iter::once(&self.description).chain(&self.notices).cloned().collect::<Vec<_>>().join("\n")
    }

    /// What stands in what.
    pub fn outline(&self) -> Outline {
        let lists = || vec![Vec::new(); self.clusters.len()];
        let mut outline = Outline { roots: Vec::new(), children: lists(), members: lists(), loose: Vec::new() };
        for (position, cluster) in self.clusters.iter().enumerate() {
            match cluster.parent.and_then(|parent| outline.children.get_mut(parent)) {
                Some(children) => children.push(position),
                None => outline.roots.push(position),
            }
        }
        for (position, node) in self.nodes.iter().enumerate() {
            match node.cluster.and_then(|cluster| outline.members.get_mut(cluster)) {
                Some(members) => members.push(position),
                None => outline.loose.push(position),
            }
        }
        outline
    }

    /// The edge as a sentence without a full stop, and what the author says of it.
    pub fn sentence(&self, edge: &Edge) -> String {
        let id = |node: usize| self.nodes.get(node).map_or("", |node| &node.id);
        let said = if edge.text.is_empty() { String::new() } else { format!(": {}", edge.text) };
        format!("{} {} {}{said}", id(edge.from), edge.kind.verb(self.words), id(edge.to))
    }
}

/// A text on one line, with its references as plain ids, and without what no picture can hold.
pub fn plain(input: &Input<'_>, text: Text) -> String {
    let pieces = text::pieces(input.sources.slice(text));
    let said: String = pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) | Piece::Reference(words) => words,
        })
        .collect();
    let printable: String = said.chars().map(|c| if is_printable(c) { c } else { ' ' }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters can be written as escapes, but neither XML nor Graphviz takes them.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The node of a process, in no cluster.
pub fn process_node(input: &Input<'_>, process: &Process) -> Node {
    let id = input.program.name(process.id).to_owned();
    let text = plain(input, process.title);
    Node { kind: NodeKind::Process, key: id.clone(), id, text, cluster: None, status: None }
}

/// The title of a picture of one process alone: "Acme: TEC.04 Incident management".
pub fn titled(input: &Input<'_>, model: String, only: Option<Name>) -> String {
    let process = only.and_then(|id| input.program.root()?.model.process(id));
    match process {
        Some(process) => format!("{model}: {} {}", input.program.name(process.id), plain(input, process.title)),
        None => model,
    }
}

/// What the model is called: its title, or the name of a package without one.
pub fn model_title(input: &Input<'_>, package: &Package) -> String {
    package.model.head.as_ref().map_or_else(|| package.name.clone(), |head| plain(input, head.title))
}
