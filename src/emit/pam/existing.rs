//! What authors have written of an assessment model, seen from the model that it extends.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::emit::draft::{self, Draft};
use crate::emit::order;
use crate::emit::page::Page;
use crate::model::{Element, Name, Process, similar_key};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

/// The files in which an assessment model stands; their texts are among the sources of the compilation.
#[derive(Debug)]
pub struct Existing {
    /// The file that is written.
    pub file: Arc<Tree>,
    /// The other files of its package.
    pub beside: Vec<Arc<Tree>>,
}

/// What has become of the process that a block extends.
pub(super) enum Fate<'a> {
    /// It is there.
    Kept(&'a Process),
    /// It is there by another id.
    Renamed(&'a Process),
    /// It is gone.
    Gone,
    /// The model asked for does not know, for it is not the only base.
    Unknown,
}

/// What is known of the files, and of the model that they extend.
pub(super) struct View<'a> {
    pub(super) page: &'a Page<'a>,
    /// The blocks of the file that extend processes, in the order of the text.
    pub(super) fates: Vec<(NodeId, Fate<'a>)>,
    /// The outcomes that some practice achieves.
    achieved: FxHashSet<Name>,
    /// The ids that the files leave out.
    omitted: FxHashSet<&'a str>,
    /// The full ids of outcomes that the files add.
    added: FxHashSet<String>,
    /// What may not be taken for a new id, by `similar_key`.
    taken: FxHashSet<String>,
    /// The processes by their former ids.
    former: FxHashMap<&'a str, &'a Process>,
    is_sole_base: bool,
}

impl<'a> View<'a> {
    /// A view of the file that is written, if there is one, and those beside it.
    pub(super) fn new(page: &'a Page<'a>, file: Option<&'a Tree>, beside: &'a [Arc<Tree>]) -> View<'a> {
        let mut view = View {
            page,
            fates: Vec::new(),
            achieved: FxHashSet::default(),
            omitted: FxHashSet::default(),
            added: FxHashSet::default(),
            taken: FxHashSet::default(),
            former: former(page),
            is_sole_base: true,
        };
        let trees = || file.into_iter().chain(beside.iter().map(Arc::as_ref));
        for tree in trees() {
            view.declare(tree);
        }
        for tree in trees() {
            let is_written = file.is_some_and(|file| file.file == tree.file);
            for block in tree.top().filter(|node| tree.node(*node).kind == Kind::ExtendProcess) {
                let fate = view.fate(tree, block);
                if let Fate::Renamed(process) = fate {
                    let present = page.name(process.id);
                    tree.children(block).for_each(|part| view.declare_part(tree, part, present));
                }
                if let Fate::Kept(process) | Fate::Renamed(process) = fate {
                    view.achieve(tree, block, process);
                }
                if is_written {
                    view.fates.push((block, fate));
                }
            }
        }
        view
    }

    /// The drafts that each process lacks, in the order of the model.
    pub(super) fn missing(&self) -> Vec<(&'a Process, Vec<Draft>)> {
        let page = self.page;
        let processes = order::processes(&page.input).into_iter().filter(|process| !self.is_omitted(process));
        let drafts = processes.map(|process| {
            let is_wanted = |outcome: &crate::model::Outcome| {
                !self.achieved.contains(&outcome.id) && !self.omitted.contains(page.name(outcome.id))
            };
            let is_taken = |id: &str| self.taken.contains(&similar_key(id));
            (process, draft::missing(&page.input, process, is_wanted, is_taken))
        });
        drafts.filter(|(_, drafts)| !drafts.is_empty()).collect()
    }

    /// The last block of the file that extends a process, one with practices before others.
    pub(super) fn block(&self, file: &Tree, process: &Process) -> Option<NodeId> {
        let is_of = |fate: &Fate<'_>| matches!(fate, Fate::Kept(one) | Fate::Renamed(one) if one.id == process.id);
        let blocks = self.fates.iter().filter(|(_, fate)| is_of(fate)).map(|(block, _)| *block);
        let blocks = blocks.filter(|block| file.node(*block).close.is_some());
        let has_practices = |block: NodeId| file.children(block).any(|child| file.node(child).kind == Kind::Practice);
        blocks.max_by_key(|block| (has_practices(*block), *block))
    }

    /// Whether an outcome that a practice of a process achieves is gone.
    pub(super) fn is_lost(&self, process: &Process, reference: &str) -> bool {
        let own = format!("{}.{reference}", self.page.name(process.id));
        let is_added = self.added.contains(&own) || self.added.contains(reference);
        self.is_sole_base && !is_added && self.outcome(process, reference).is_none()
    }

    /// A reference to an outcome, with the former id of a process brought up to date.
    pub(super) fn present(&self, process: &Process, reference: &str) -> String {
        match self.outcome(process, reference) {
            Some((_, Some(present))) => present,
            _ => reference.to_owned(),
        }
    }

    /// The outcome of a process that a number names.
    pub(super) fn achieved_by(&self, process: &Process, number: &str) -> Option<Name> {
        self.outcome(process, number).map(|(outcome, _)| outcome)
    }

    /// The outcome that a reference names, and its present id where it is named by a former one.
    fn outcome(&self, process: &Process, reference: &str) -> Option<(Name, Option<String>)> {
        let known =
            |id: &str| self.page.input.program.names.get(id).filter(|name| self.page.model().outcome(*name).is_some());
        let own = known(&format!("{}.{reference}", self.page.name(process.id)));
        if let Some(name) = own.or_else(|| known(reference)) {
            return Some((name, None));
        }
        let (former, number) = reference.rsplit_once('.')?;
        let present = format!("{}.{number}", self.page.name(self.former.get(former)?.id));
        known(&present).map(|name| (name, Some(present)))
    }

    /// Takes in the ids of a file.
    fn declare(&mut self, tree: &'a Tree) {
        let sources = self.page.input.sources;
        for node in tree.top() {
            let id = tree.arg(node, Role::Id).map(|id| sources.slice(id)).unwrap_or_default();
            match tree.node(node).kind {
                Kind::Model => self.is_sole_base &= tree.all(node, Role::Base).count() <= 1,
                Kind::Omit => self.omitted.extend(tree.all(node, Role::Omitted).map(|id| sources.slice(id))),
                Kind::Process | Kind::ExtendProcess => {
                    self.taken.insert(similar_key(id));
                    for child in tree.children(node) {
                        self.declare_part(tree, child, id);
                    }
                }
                Kind::Group | Kind::Item => {
                    self.taken.insert(similar_key(id));
                }
                _ => {}
            }
        }
    }

    fn declare_part(&mut self, tree: &Tree, part: NodeId, process: &str) {
        let kind = tree.node(part).kind;
        let Some(own) = tree.arg(part, Role::Id).filter(|_| matches!(kind, Kind::Outcome | Kind::Practice)) else {
            return;
        };
        let id = format!("{process}.{}", self.page.input.sources.slice(own));
        self.taken.insert(similar_key(&id));
        if kind == Kind::Outcome {
            self.added.insert(id);
        }
    }

    fn fate(&self, tree: &Tree, block: NodeId) -> Fate<'a> {
        let id = tree.arg(block, Role::Id).map(|id| self.page.input.sources.slice(id)).unwrap_or_default();
        let model = self.page.model();
        if let Some(process) = self.page.input.program.names.get(id).and_then(|name| model.process(name)) {
            return Fate::Kept(process);
        }
        match self.former.get(id) {
            _ if !self.is_sole_base => Fate::Unknown,
            Some(process) if !self.collides(tree, block, process) => Fate::Renamed(process),
            _ => Fate::Gone,
        }
    }

    /// Whether what a block adds is there already under the present id of its process.
    fn collides(&self, tree: &Tree, block: NodeId, process: &Process) -> bool {
        let present = self.page.name(process.id);
        let is_new = |kind: Kind| matches!(kind, Kind::Outcome | Kind::Practice);
        let parts = tree.children(block).filter(|part| is_new(tree.node(*part).kind));
        let mut ids = parts.filter_map(|part| tree.arg(part, Role::Id)).map(|own| {
            let own = self.page.input.sources.slice(own);
            format!("{present}.{own}")
        });
        ids.any(|id| {
            let known = self.page.input.program.names.get(&id);
            self.taken.contains(&similar_key(&id))
                || known.is_some_and(|name| self.page.model().index.contains_key(&name))
        })
    }

    fn achieve(&mut self, tree: &Tree, block: NodeId, process: &Process) {
        let is_practice = |kind: Kind| matches!(kind, Kind::Practice | Kind::ReplacePractice);
        for practice in tree.children(block).filter(|child| is_practice(tree.node(*child).kind)) {
            for reference in tree.all(practice, Role::Achieved) {
                let outcome = self.outcome(process, self.page.input.sources.slice(reference));
                self.achieved.extend(outcome.map(|(name, _)| name));
            }
        }
    }

    /// Whether the files leave out a process, or a group around it.
    fn is_omitted(&self, process: &Process) -> bool {
        let parent = |group: &Name| self.page.model().group(*group).and_then(|group| group.parent);
        let mut around = std::iter::once(process.id).chain(std::iter::successors(process.group, parent));
        around.any(|id| self.omitted.contains(self.page.name(id)))
    }
}

/// Whether the model statement of a file extends the model asked for; `None` for a file without one.
pub(super) fn extends(page: &Page<'_>, tree: &Tree) -> Option<bool> {
    let model = tree.top().find(|node| tree.node(*node).kind == Kind::Model)?;
    Some(tree.all(model, Role::Base).any(|base| page.input.sources.slice(base) == page.name(page.head.id)))
}

/// The processes of the model asked for by their former ids; an id that is alive names nobody else.
fn former<'a>(page: &Page<'a>) -> FxHashMap<&'a str, &'a Process> {
    let mut former = FxHashMap::default();
    for process in &page.model().processes {
        for (id, _) in process.remarks.formerly() {
            if !matches!(page.model().index.get(id), Some(Element::Process(_))) {
                former.insert(page.name(*id), process);
            }
        }
    }
    former
}
