//! Catalogs: groups are clauses, controls controls, the items of a statement what it asks for in parts.

use super::params::Params;
use super::{Metadata, Prop, id, leave, line, metadata, pick, props, resources};
use crate::import::draft::{Draft, Fact, Said, What};
use crate::import::report::{Action, Line};
use crate::import::tree::Node;

/// Reads a catalog.
pub fn read(mut node: Node, lines: &mut Vec<Line>) -> Draft {
    let params = Params::of(&node.value);
    let mut draft = Draft::new(What::Catalog);
    let Metadata { title, edition, remarks, props } = metadata(&mut node, lines);
    draft.title = title;
    draft.facts.extend(edition.map(|said| (Fact::Edition, said)));
    draft.facts.extend(remarks.map(|said| (Fact::Notice, said)));
    let mut rest = Vec::new();
    for prop in props {
        let fact = match prop.name.as_str() {
            "id" if prop.is_own => {
                draft.id = Some(prop.said);
                continue;
            }
            "source" if prop.is_own => Fact::Source,
            "note" if prop.is_own => Fact::Note,
            "tailorable" if prop.is_own => Fact::Tailorable,
            "for-models" if prop.is_own => Fact::ForModels,
            _ => {
                rest.push(prop);
                continue;
            }
        };
        draft.facts.push((fact, prop.said));
    }
    leave(rest, lines);
    let mut reader = Catalog { params, lines };
    reader.params.tell(&mut node, reader.lines);
    draft.inner = reader.children(&mut node);
    resources(&mut node, lines);
    node.leave("the language has nothing for it", lines);
    draft
}

struct Catalog<'a> {
    params: Params,
    lines: &'a mut Vec<Line>,
}

impl Catalog<'_> {
    /// What stands in the catalog or in a group.
    fn children(&mut self, of: &mut Node) -> Vec<Draft> {
        let groups =
            of.take_all("groups", self.lines).into_iter().flat_map(|group| self.group(group)).collect::<Vec<_>>();
        let controls = of.take_all("controls", self.lines);
        groups.into_iter().chain(controls.into_iter().flat_map(|control| self.control(control))).collect()
    }

    /// A clause; what stands in it, where `prm` made the group to hold what stands beside groups.
    fn group(&mut self, mut node: Node) -> Vec<Draft> {
        let mut props = props(&mut node, self.lines);
        if pick_told(&mut props, "loose", self.lines) {
            leave(props, self.lines);
            let found = self.children(&mut node);
            node.all(Action::Merged, "the group was made to hold what stands beside groups", self.lines);
            return found;
        }
        let mut draft = Draft::new(What::Clause);
        self.head(&mut node, &mut draft, &mut props);
        for part in node.take_all("parts", self.lines) {
            self.note(part, &mut draft);
        }
        draft.inner = self.children(&mut node);
        self.end(node, props);
        said(draft)
    }

    /// A control and what is left of it: one that was withdrawn is none, but those within it may be some.
    fn control(&mut self, mut node: Node) -> Vec<Draft> {
        if is_withdrawn(&node) {
            let inner =
                node.take_all("controls", self.lines).into_iter().flat_map(|control| self.control(control)).collect();
            node.leave("the control is withdrawn", self.lines);
            return inner;
        }
        let mut props = props(&mut node, self.lines);
        let is_requirement = pick_told(&mut props, "requirement", self.lines);
        let mut draft = Draft::new(if is_requirement { What::Requirement } else { What::Control });
        self.head(&mut node, &mut draft, &mut props);
        let label = label(&draft);
        let mut texts = Vec::new();
        for mut part in node.take_all("parts", self.lines) {
            match part.peek("name") {
                Some("statement") => {
                    texts.extend(self.prose(&mut part));
                    for item in part.take_all("parts", self.lines) {
                        self.part(item, &mut draft, label.as_deref());
                    }
                    self.end_part(part);
                }
                Some("item") => self.part(part, &mut draft, label.as_deref()),
                _ => self.note(part, &mut draft),
            }
        }
        draft.text = joined(texts, self.lines);
        let enhancements = node.take_all("controls", self.lines);
        draft.inner.extend(enhancements.into_iter().flat_map(|control| self.control(control)));
        let position =
            |draft: &Draft| draft.fields.iter().find(|(name, _)| name == POSITION)?.1.words.parse::<u32>().ok();
        if draft.inner.iter().any(|inner| position(inner).is_some()) {
            draft.inner.sort_by_key(|inner| position(inner).unwrap_or(u32::MAX));
        }
        draft.inner.iter_mut().for_each(|inner| inner.fields.retain(|(name, _)| name != POSITION));
        self.end(node, props);
        said(draft)
    }

    /// A part of a statement: what it says by itself, a text of its own around it, or a note.
    fn part(&mut self, mut node: Node, within: &mut Draft, label_of: Option<&str>) {
        if node.peek("name") != Some("item") {
            self.note(node, within);
            return;
        }
        let mut props = props(&mut node, self.lines);
        let mut draft = Draft::new(What::Requirement);
        let is_own = props.iter().any(|prop| prop.is_own);
        self.head(&mut node, &mut draft, &mut props);
        if let Some((_, said)) = draft.facts.iter_mut().find(|(fact, _)| *fact == Fact::Label)
            && let Some(before) = label_of.filter(|_| !is_own)
        {
            said.words = format!("{before} {}", said.words.trim());
            said.doubt = Some("it stands behind the label of what it is in".to_owned());
        }
        draft.text = joined(self.prose(&mut node).into_iter().collect(), self.lines);
        let label = label(&draft);
        for inner in node.take_all("parts", self.lines) {
            self.part(inner, &mut draft, label.as_deref());
        }
        leave(props, self.lines);
        self.end_part(node);
        within.inner.push(draft);
    }

    /// A part that explains: all that it says, in one note.
    fn note(&mut self, node: Node, within: &mut Draft) {
        let mut texts = Vec::new();
        self.gather(node, &mut texts);
        within.facts.extend(joined(texts, self.lines).map(|said| (Fact::Note, said)));
    }

    fn gather(&mut self, mut node: Node, texts: &mut Vec<Said>) {
        let props = props(&mut node, self.lines);
        texts.extend(node.said("title", self.lines));
        texts.extend(self.prose(&mut node));
        for part in node.take_all("parts", self.lines) {
            self.gather(part, texts);
        }
        leave(props, self.lines);
        self.end_part(node);
    }

    fn prose(&mut self, node: &mut Node) -> Option<Said> {
        node.said("prose", self.lines).map(|said| self.params.filled(said))
    }

    /// Id, title and label.
    fn head(&mut self, node: &mut Node, draft: &mut Draft, props: &mut Vec<Prop>) {
        self.params.tell(node, self.lines);
        let is_own = props.iter().any(|prop| prop.is_own);
        draft.id = id(node, props, self.lines);
        draft.title = node.said("title", self.lines).map(|said| self.params.filled(said));
        if let Some(label) = pick(props, "label", false) {
            match is_own && draft.id.as_ref().is_some_and(|id| id.words == label.words) {
                true => line(Action::Merged, "label".to_owned(), label, "it is the id", self.lines),
                false => draft.facts.push((Fact::Label, label)),
            }
        }
        if let Some(said) = pick(props, POSITION, true) {
            let told = said.part(said.words.clone());
            line(Action::Merged, "position".to_owned(), said, "it says in which order they stand", self.lines);
            draft.fields.push((POSITION.to_owned(), told));
        }
    }

    fn end(&mut self, mut node: Node, props: Vec<Prop>) {
        leave(props, self.lines);
        for link in node.take_all("links", self.lines) {
            link.leave("links within and between catalogs are no part of them", self.lines);
        }
        node.leave("the language has nothing for it", self.lines);
    }

    fn end_part(&mut self, mut node: Node) {
        node.tell("name", Action::Merged, "it says what the part is", self.lines);
        node.tell("id", Action::LeftOut, "only what is required has an id", self.lines);
        self.end(node, Vec::new());
    }
}

/// The property of `prm` by which the order of parts and enhancements is known.
const POSITION: &str = "position";

/// Whether `prm` says so; the property is told then.
fn pick_told(props: &mut Vec<Prop>, name: &str, lines: &mut Vec<Line>) -> bool {
    let Some(said) = pick(props, name, true) else { return false };
    line(Action::Merged, format!("property “{name}”"), said, "it says what the element is", lines);
    true
}

/// An element, if it says anything.
fn said(draft: Draft) -> Vec<Draft> {
    let is_blank = draft.id.is_none() && draft.title.is_none() && draft.text.is_none() && draft.inner.is_empty();
    if is_blank && draft.facts.is_empty() { Vec::new() } else { vec![draft] }
}

fn is_withdrawn(node: &Node) -> bool {
    let props = node.value.get("props").map(crate::import::tree::Value::items).unwrap_or_default();
    let is = |prop: &crate::import::tree::Value, name: &str, word: &str| {
        prop.get(name).and_then(crate::import::tree::Value::word).is_some_and(|said| said.eq_ignore_ascii_case(word))
    };
    props.iter().any(|prop| is(prop, "name", "status") && is(prop, "value", "withdrawn"))
}

fn label(draft: &Draft) -> Option<String> {
    let label = draft.facts.iter().find(|(fact, _)| *fact == Fact::Label).map(|(_, said)| &said.words);
    label.or(draft.id.as_ref().map(|said| &said.words)).cloned()
}

/// Texts that become one, a paragraph each: it stands for the first, the others are told as merged with it.
fn joined(texts: Vec<Said>, lines: &mut Vec<Line>) -> Option<Said> {
    let words: Vec<String> = texts.iter().map(|said| said.words.trim().to_owned()).collect();
    let mut texts = texts.into_iter();
    let mut first = texts.next()?;
    for said in texts {
        let note = format!("it stands behind {}", first.place);
        first.doubt = first.doubt.take().or(said.doubt.clone());
        line(Action::Merged, "text".to_owned(), said, &note, lines);
    }
    first.words = words.join("\n\n");
    Some(first)
}
