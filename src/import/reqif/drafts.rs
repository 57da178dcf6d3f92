//! Objects become drafts: a model where there are processes, and a catalog of what is asked for.

use rustc_hash::FxHashSet;

use super::super::draft::{Draft, Fact, Said, What};
use super::super::report::{Action, Line};
use super::names::Role;
use super::nodes::{self, Node};

/// What is made of the objects.
#[derive(Default)]
pub struct Made {
    /// What became of values that no element has.
    lines: Vec<Line>,
    /// The objects that outcomes satisfy.
    targets: FxHashSet<usize>,
    /// Whether there is a process.
    is_model: bool,
    model: Vec<Draft>,
    catalog: Vec<Draft>,
    beside: Vec<Draft>,
    /// What the file says outside of all elements.
    notes: Vec<(Fact, Said)>,
}

impl Made {
    /// Nothing is made yet; `targets` are the objects that outcomes satisfy.
    pub fn new(lines: Vec<Line>, targets: FxHashSet<usize>, is_model: bool) -> Made {
        Made { lines, targets, is_model, ..Made::default() }
    }

    /// Reads what stands at the top.
    pub fn read(&mut self, nodes: Vec<Node>) {
        for node in nodes {
            match node.role {
                Some(Role::Is(What::Process)) => self.process(node, None),
                Some(Role::Is(What::Group)) => self.group(node, None),
                _ => self.other(node, None),
            }
        }
    }

    /// The drafts, and what became of the other values; `model` and `catalog` are what the file says of itself.
    pub fn finish(mut self, mut model: Draft, mut catalog: Draft) -> (Vec<Draft>, Vec<Line>) {
        let notes = std::mem::take(&mut self.notes);
        if self.is_model { &mut model } else { &mut catalog }.facts.extend(notes);
        let mut drafts = Vec::new();
        catalog.inner = self.catalog;
        // Without rows it would be a catalog of nothing.
        let says = |draft: &Draft| draft.title.is_some() || !draft.facts.is_empty();
        match catalog.inner.is_empty() {
            true if says(&catalog) => {
                model.facts.extend(catalog.title.into_iter().map(|said| (Fact::Note, said)).chain(catalog.facts))
            }
            true => {}
            false => drafts.push(catalog),
        }
        if self.is_model || says(&model) {
            drafts.push(model);
        }
        drafts.extend(self.model);
        drafts.extend(self.beside);
        (drafts, self.lines)
    }

    fn line(&mut self, action: Action, what: &str, said: Said, note: &str) {
        if !said.is_told {
            let (what, note) = (what.to_owned(), note.to_owned());
            self.lines.push(Line { action, what, id: String::new(), place: said.place, note });
        }
    }

    fn put(&mut self, draft: Draft, within: Option<&mut Draft>) {
        match within {
            Some(around) => around.inner.push(draft),
            None => self.model.push(draft),
        }
    }

    fn group(&mut self, node: Node, within: Option<&mut Draft>) {
        let mut draft = plain(node.draft, What::Group);
        for inner in node.inner {
            match inner.role {
                Some(Role::Is(What::Process)) => self.process(inner, Some(&mut draft)),
                Some(Role::Is(What::Group)) => self.group(inner, Some(&mut draft)),
                _ => self.other(inner, Some(&mut draft)),
            }
        }
        self.put(draft, within);
    }

    /// What is neither a process nor a group, nor part of one: of the catalog, or else a note on what is around it.
    fn other(&mut self, node: Node, around: Option<&mut Draft>) {
        let is_asked = |node: &Node| node.is_asked() || self.targets.contains(&node.at);
        match node.role {
            Some(Role::Is(What::Item | What::Term)) => self.beside(node),
            Some(Role::Says(_)) => self.said(node, around),
            _ if !self.is_model || nodes::has(std::slice::from_ref(&node), is_asked) => {
                let draft = self.row(node);
                self.catalog.push(draft);
            }
            _ => self.said(node, around),
        }
    }

    /// An element that stands at the top, whatever it stands in.
    fn beside(&mut self, node: Node) {
        let what = if node.role == Some(Role::Is(What::Term)) { What::Term } else { What::Item };
        let draft = plain(node.draft, what);
        self.beside.push(draft);
        node.inner.into_iter().for_each(|inner| self.other(inner, None));
    }

    /// A row of a catalog.
    fn row(&mut self, node: Node) -> Draft {
        let what = match node.role {
            Some(Role::Is(What::Control)) => What::Control,
            Some(Role::Is(What::Clause | What::Group)) => What::Clause,
            None if node.is_chapter => What::Clause,
            _ => What::Requirement,
        };
        let mut draft = plain(node.draft, what);
        for inner in node.inner {
            match inner.role {
                Some(Role::Is(What::Item | What::Term)) => self.beside(inner),
                Some(Role::Says(_)) => self.said(inner, Some(&mut draft)),
                _ => {
                    let inner = self.row(inner);
                    draft.inner.push(inner);
                }
            }
        }
        draft
    }

    fn process(&mut self, node: Node, within: Option<&mut Draft>) {
        let mut draft = node.draft;
        draft.what = What::Process;
        let mut others = Vec::new();
        self.within(node.inner, &mut draft, &mut others);
        self.put(draft, within);
        // A process holds no other: what stands in it stands behind it.
        self.read(others);
    }

    /// What stands in a process, at any depth.
    fn within(&mut self, nodes: Vec<Node>, process: &mut Draft, others: &mut Vec<Node>) {
        for mut node in nodes {
            let inner = std::mem::take(&mut node.inner);
            match node.role {
                Some(Role::Is(What::Process | What::Group)) => {
                    node.inner = inner;
                    others.push(node);
                    continue;
                }
                Some(Role::Is(What::Item | What::Term)) => self.beside(node),
                Some(Role::Is(what @ (What::Outcome | What::Practice))) => process.inner.push(plain(node.draft, what)),
                Some(Role::Says(_)) => self.said(node, Some(process)),
                _ => self.section(node, process),
            }
            self.within(inner, process, others);
        }
    }

    /// The heading of a part of a process, which says what stands below it; a text of its own may be what it is about.
    fn section(&mut self, mut node: Node, process: &mut Draft) {
        let says = match node.section() {
            Some(Role::Says(fact)) => fact,
            _ => Fact::Note,
        };
        let title = if node.draft.title.is_some() { node.draft.title.take() } else { node.draft.text.take() };
        if let Some(title) = title {
            self.line(Action::Merged, "heading", title, "it says what stands below it");
        }
        node.role = Some(Role::Says(says));
        self.said(node, Some(process));
    }

    /// What an object says of the element around it, with all that stands below it.
    fn said(&mut self, node: Node, mut around: Option<&mut Draft>) {
        let fact = match node.role {
            Some(Role::Says(fact)) => fact,
            _ => Fact::Note,
        };
        let mut draft = node.draft;
        if let Some(id) = draft.id.take() {
            self.line(Action::LeftOut, "id of a note", id, "what is said of an element has no id");
        }
        let (title, text) = (draft.title.take(), draft.text.take());
        let is_process = around.as_ref().is_some_and(|around| around.what == What::Process);
        let is_said = |facts: &[(Fact, Said)]| facts.iter().any(|(other, _)| *other == fact);
        let fact = match &around {
            Some(around) if is_process && !is_said(&around.facts) => fact,
            _ => Fact::Note,
        };
        let said = match (title, text) {
            (Some(title), Some(mut text)) => {
                if fact == Fact::Note {
                    text.words = format!("{}: {}", title.words.trim(), text.words);
                }
                self.line(Action::Merged, "title of a note", title, "it stands before the text, or says what it is");
                Some(text)
            }
            (title, text) => title.or(text),
        };
        let other = plain(draft, What::Requirement);
        let (facts, fields) = match around.as_deref_mut() {
            Some(around) => (&mut around.facts, Some(&mut around.fields)),
            None => (&mut self.notes, None),
        };
        facts.extend(said.map(|said| (fact, said)));
        facts.extend(other.facts);
        match fields {
            Some(fields) => fields.extend(other.fields),
            None => {
                let named = |(name, said): (String, Said)| {
                    (Fact::Note, Said { words: format!("{name}: {}", said.words), ..said })
                };
                facts.extend(other.fields.into_iter().map(named));
            }
        }
        for refs in other.refs {
            self.line(Action::LeftOut, refs.tie.words(), refs.said, "what is said of an element is tied to nothing");
        }
        for inner in node.inner {
            match around.as_deref_mut() {
                Some(around) => self.said(inner, Some(around)),
                None => self.said(inner, None),
            }
        }
    }
}

/// An element that is no process: what only processes say of themselves are fields of it.
fn plain(mut draft: Draft, what: What) -> Draft {
    let (facts, others) = std::mem::take(&mut draft.facts)
        .into_iter()
        .partition(|(fact, _)| !matches!(fact, Fact::Purpose | Fact::Context));
    draft.facts = facts;
    let others: Vec<(Fact, Said)> = others;
    draft.fields.extend(others.into_iter().map(|(fact, said)| (fact.word().to_owned(), said)));
    draft.what = what;
    draft
}
