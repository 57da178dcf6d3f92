//! What objects are, by what stands around them: a heading with outcomes below it is a process, one with processes a
//! group; what stands below the heading "Outcomes" are outcomes.

use rustc_hash::FxHashSet;

use super::super::draft::{Draft, Fact, Said, What};
use super::super::ids;
use super::names::{self, Role};

/// An object, and what stands below it.
pub struct Node {
    /// Which object.
    pub at: usize,
    /// What it is, as far as it is known.
    pub role: Option<Role>,
    /// Whether an attribute says so.
    pub is_sure: bool,
    /// Whether it has the title of a chapter.
    pub is_chapter: bool,
    /// What it says.
    pub draft: Draft,
    /// The attribute that its id is from.
    pub id_name: String,
    /// What identifies it in the file, which is its id where no attribute is.
    pub identifier: Option<Said>,
    /// What stands below it.
    pub inner: Vec<Node>,
}

impl Node {
    /// An object of which nothing is known yet but its type.
    pub fn new(at: usize, role: Option<Role>) -> Node {
        Node {
            at,
            role,
            is_sure: false,
            is_chapter: false,
            draft: Draft::new(What::Requirement),
            id_name: String::new(),
            identifier: None,
            inner: Vec::new(),
        }
    }

    /// What stands below it by its words, where it is the heading of a part of a process.
    pub fn section(&self) -> Option<Role> {
        let is_heading = matches!(self.role, None | Some(Role::Is(What::Clause)));
        let words = self.draft.title.as_ref().or(self.draft.text.as_ref())?;
        names::section(&words.words).filter(|_| is_heading)
    }

    /// Whether it is of a kind that the file names as one that is asked for.
    pub fn is_asked(&self) -> bool {
        matches!(self.role, Some(Role::Is(What::Requirement | What::Control)))
    }

    /// Whether it tells of the process that it stands in or behind.
    fn is_of_process(&self) -> bool {
        matches!(self.role, Some(Role::Says(_) | Role::Is(What::Outcome | What::Practice)))
    }

    /// Settles what it is and what stands below it, and gives it its id.
    pub fn settle(&mut self) {
        match self.role {
            Some(Role::Is(What::Process)) => {
                self.split_title();
                let mut counts = [0; 2];
                settle_within(&mut self.inner, None, &mut counts);
            }
            Some(Role::Is(What::Group)) => {
                self.split_title();
                self.inner.iter_mut().for_each(Node::settle);
            }
            _ => {
                if self.draft.id.is_none()
                    && !matches!(self.role, Some(Role::Says(_) | Role::Is(What::Item | What::Term)))
                {
                    self.draft.id = self.identifier.take();
                }
                // The words of what is but a heading are its title.
                if self.role == Some(Role::Is(What::Clause)) && self.draft.title.is_none() {
                    self.draft.title = self.draft.text.take();
                }
                self.inner.iter_mut().for_each(Node::settle);
            }
        }
    }

    /// Whether it has no id but a number that the tool has given it.
    fn is_numbered_by_tool(&self) -> bool {
        self.draft.id.as_ref().is_none_or(|id| id.words.trim().bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Takes an id that stands at the begin of its title.
    fn split_title(&mut self) {
        let is_of_tool = self.is_numbered_by_tool();
        self.draft.title = self.draft.title.take().or_else(|| self.draft.text.take());
        let Some(title) = self.draft.title.as_mut().filter(|_| is_of_tool) else { return };
        if let (Some(id), rest) = ids::split(&title.words) {
            let (id, rest) = (title.part(id), rest.to_owned());
            title.words = rest;
            self.own(id);
        }
    }

    /// Takes an id; the one that it had becomes a field.
    fn own(&mut self, id: Said) {
        if let Some(other) = self.draft.id.replace(id) {
            self.draft.fields.push((std::mem::take(&mut self.id_name), other));
        }
    }

    /// Gives an outcome or a practice a number: its own, the one that its text begins with, or that of its place.
    fn number(&mut self, prefix: &str, place: usize) {
        let (is_of_tool, has_id) = (self.is_numbered_by_tool(), self.draft.id.is_some());
        let said = if self.draft.text.is_some() { &mut self.draft.text } else { &mut self.draft.title };
        let Some(said) = said else { return };
        if let Some((id, rest)) = numbered(&said.words).filter(|_| is_of_tool) {
            let (id, rest) = (said.part(id), rest.to_owned());
            said.words = rest;
            self.own(id);
        } else if !has_id {
            self.draft.id = Some(said.part(format!("{prefix}{place}")));
        }
    }
}

/// A number or an id with a mark behind it, and the words behind that: "1) Keys are kept.", "SYS.2.BP1: Keep keys."
fn numbered(words: &str) -> Option<(&str, &str)> {
    let (first, rest) = words.trim().split_once(char::is_whitespace)?;
    let id = first.trim_start_matches('(').strip_suffix([')', '.', ':'])?;
    let is_short = id.chars().count() <= 2 || id.bytes().any(|byte| byte.is_ascii_digit());
    let is_meant = is_short && super::super::ids::is_legal(id) && rest.chars().any(char::is_alphabetic);
    is_meant.then_some((id, rest.trim()))
}

/// Settles what stands in a process: what has no kind of its own is what the heading above it says, and a note outside of
/// such headings. `counts` are the outcomes and the practices so far.
fn settle_within(nodes: &mut [Node], section: Option<Role>, counts: &mut [usize; 2]) {
    for node in nodes {
        let below = node.section().filter(|_| !node.inner.is_empty() || node.draft.text.is_some());
        match node.role {
            Some(Role::Is(What::Process | What::Group)) => {
                node.settle();
                continue;
            }
            None | Some(Role::Is(What::Clause | What::Requirement | What::Control)) if below.is_none() => {
                let is_heading = node.is_chapter || node.role == Some(Role::Is(What::Clause));
                let otherwise = Role::Says(Fact::Note);
                node.role = Some(section.filter(|_| !is_heading).unwrap_or(otherwise));
            }
            _ => {}
        }
        match node.role {
            Some(Role::Is(What::Outcome)) => {
                counts[0] += 1;
                node.number("", counts[0]);
            }
            Some(Role::Is(What::Practice)) => {
                counts[1] += 1;
                node.number("BP", counts[1]);
            }
            _ => {}
        }
        settle_within(&mut node.inner, below.or(section), counts);
    }
}

/// Whether it is a process.
pub fn is_process(node: &Node) -> bool {
    node.role == Some(Role::Is(What::Process))
}

/// Whether it, or something below it, is so.
pub fn has(nodes: &[Node], is_so: impl Fn(&Node) -> bool + Copy) -> bool {
    nodes.iter().any(|node| is_so(node) || has(&node.inner, is_so))
}

/// Takes the places away of identifiers that nobody has as id.
pub fn without_unused(nodes: &[Node], order: &mut Vec<String>) {
    fn gather<'a>(nodes: &'a [Node], unused: &mut FxHashSet<&'a str>) {
        for node in nodes {
            unused.extend(node.identifier.as_ref().map(|said| said.place.as_str()));
            gather(&node.inner, unused);
        }
    }
    let mut unused = FxHashSet::default();
    gather(nodes, &mut unused);
    order.retain(|place| !unused.contains(place.as_str()));
}

/// What tells of a process and stands behind it, below it.
pub fn adopted(nodes: Vec<Node>) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in nodes {
        node.inner = adopted(node.inner);
        match kept.last_mut().filter(|last| is_process(last)) {
            Some(process) if node.is_of_process() => process.inner.push(node),
            _ => kept.push(node),
        }
    }
    kept
}

/// Finds processes and groups among headings; whether there is a process.
pub fn find_processes(nodes: &mut [Node]) -> bool {
    let mut has = false;
    for node in nodes {
        if is_process(node) {
            has = true;
            continue;
        }
        let is_heading = matches!(node.role, None | Some(Role::Is(What::Clause | What::Group)));
        if find_processes(&mut node.inner) {
            has = true;
            if is_heading || node.is_asked() {
                node.role = Some(Role::Is(What::Group));
            }
            continue;
        }
        let tells = |inner: &Node| {
            let outcome_or_purpose = [Role::Is(What::Outcome), Role::Says(Fact::Purpose)];
            inner.section().or(inner.role).is_some_and(|role| outcome_or_purpose.contains(&role))
        };
        if is_heading && node.section().is_none() && node.inner.iter().any(tells) {
            node.role = Some(Role::Is(What::Process));
            has = true;
        }
    }
    has
}
