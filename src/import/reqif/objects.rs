//! Objects with their values, in the order of the specifications; the place of each value, which no other has.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::{Draft, Fact, Said, What};
use super::super::report::{Action, Line, counted};
use super::more;
use super::names::{self, Meaning, meaning};
use super::nodes::Node;
use super::source::{self, Source};
use super::tree::Element;

/// The objects that are read, and what became of values that no element has.
pub struct Objects<'a> {
    source: &'a Source<'a>,
    /// What places begin with, where the file is one of several.
    within: String,
    placed: FxHashSet<usize>,
    /// How many values stand at what would be one place.
    places: FxHashMap<String, usize>,
    /// The places in the order in which they are read.
    pub order: Vec<String>,
    /// What became of values.
    pub lines: Vec<Line>,
    /// What else there is to tell.
    pub remarks: Vec<String>,
    /// The definitions whose default an object has.
    used: FxHashSet<&'a str>,
}

impl<'a> Objects<'a> {
    /// Nothing is read yet.
    pub fn new(source: &'a Source<'a>, within: String, remarks: Vec<String>) -> Objects<'a> {
        Objects {
            source,
            within,
            placed: FxHashSet::default(),
            places: FxHashMap::default(),
            order: Vec::new(),
            lines: Vec::new(),
            remarks,
            used: FxHashSet::default(),
        }
    }

    /// A value at a place that no other has.
    pub fn said(&mut self, words: impl Into<String>, place: &str) -> Said {
        let count = self.places.entry(place.to_owned()).or_default();
        *count += 1;
        let place = match *count {
            1 => format!("{}{place}", self.within),
            count => format!("{}{place} ({count})", self.within),
        };
        self.order.push(place.clone());
        Said::new(words, place)
    }

    /// Tells what became of a value.
    pub fn line(&mut self, action: Action, what: &str, said: Said, note: &str) {
        self.lines.push(Line {
            action,
            what: what.to_owned(),
            id: String::new(),
            place: said.place,
            note: note.to_owned(),
        });
    }

    /// What the headers say: the first title, and comments as notes.
    pub fn header(&mut self) -> Draft {
        let mut draft = Draft::new(What::Model);
        for element in &self.source.heads {
            let said = self.said(&element.text, &format!("header, {}", element.name));
            match element.name.as_str() {
                _ if said.is_blank() => self.line(Action::LeftOut, "header", said, "it says nothing"),
                "TITLE" if draft.title.is_none() => draft.title = Some(said),
                "TITLE" => self.line(Action::LeftOut, "title of a file", said, "another file has said one"),
                _ => draft.facts.push((Fact::Note, said)),
            }
        }
        if self.source.is_extended {
            self.remarks.push("what tools add for themselves (TOOL-EXTENSIONS) is left out".to_owned());
        }
        draft
    }

    /// What a specification says of itself.
    pub fn specification(&mut self, specification: &'a Element) -> Draft {
        let mut draft = Draft::new(What::Model);
        let place = format!("specification {}", specification.id);
        if !specification.long.trim().is_empty() {
            draft.title = Some(self.said(&specification.long, &format!("{place}, LONG-NAME")));
        }
        if !specification.about.trim().is_empty() {
            let said = self.said(&specification.about, &format!("{place}, DESC"));
            draft.facts.push((Fact::Note, said));
        }
        for value in specification.all("VALUES") {
            let (name, said) = self.value(&place, value);
            match meaning(&name) {
                _ if said.is_blank() => self.line(Action::LeftOut, &format!("“{name}”"), said, "it says nothing"),
                Some(Meaning::Title) if draft.title.is_none() => draft.title = Some(said),
                Some(Meaning::Text | Meaning::Of(_)) => draft.facts.push((Fact::Note, said)),
                _ => self.line(
                    Action::LeftOut,
                    &format!("“{name}”"),
                    said,
                    "it tells of the specification, not of what is in it",
                ),
            }
        }
        draft
    }

    /// Adds what a part of the file says of itself to what is said of the whole: the first title holds.
    pub fn merge(&mut self, whole: &mut Draft, part: Draft) {
        whole.facts.extend(part.facts);
        match part.title {
            Some(said) if whole.title.is_some() => {
                self.line(Action::LeftOut, "title of a part of the file", said, "another part has said one");
            }
            Some(said) => whole.title = Some(said),
            None => {}
        }
    }

    /// The objects that a specification names, with what stands below each.
    pub fn hierarchy(&mut self, specification: &'a Element) -> Vec<Node> {
        let (mut nodes, mut twice, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        self.below(specification, &mut nodes, &mut twice, &mut lost);
        self.remark(&twice, "named again, and standing at the first place");
        self.remark(&lost, "named by a specification, and not there");
        nodes
    }

    /// Tells of several objects at once.
    fn remark(&mut self, ids: &[&str], what: &str) {
        if let Some(first) = ids.first() {
            let count = counted(ids.len(), "object");
            self.remarks.push(format!("{}{count} {what}: {first}{}", self.within, more(ids.len())));
        }
    }

    fn below(&mut self, node: &'a Element, nodes: &mut Vec<Node>, twice: &mut Vec<&'a str>, lost: &mut Vec<&'a str>) {
        for inner in node.all("CHILDREN").iter().filter(|inner| inner.name == "SPEC-HIERARCHY") {
            self.leave(inner, "place", "what stands there says it itself");
            let named = inner.refers("OBJECT");
            match self.source.at.get(named).copied() {
                Some(at) if self.placed.insert(at) => {
                    let mut object = self.object(at);
                    self.below(inner, &mut object.inner, twice, lost);
                    nodes.push(object);
                    continue;
                }
                Some(_) => twice.push(named),
                None => lost.push(named),
            }
            self.below(inner, nodes, twice, lost);
        }
    }

    /// Objects that no specification names; those whose id another has are told.
    pub fn rest(&mut self) -> Vec<Node> {
        let source: &'a Source<'a> = self.source;
        let others: Vec<usize> = (0..source.objects.len()).filter(|at| !self.placed.contains(at)).collect();
        if !source.specifications.is_empty() {
            let ids: Vec<&str> = others.iter().map(|at| source.objects[*at].id.as_str()).collect();
            self.remark(&ids, "in no specification, and behind all others here");
        }
        let nodes = others.into_iter().map(|at| self.object(at)).collect();
        for object in &self.source.doubled {
            self.leave(object, "object", "another object has the same identifier");
        }
        nodes
    }

    /// Tells that all that an element says of itself is left out.
    pub fn leave(&mut self, element: &'a Element, what: &str, note: &str) {
        let place = format!("{what} {}", element.id);
        for value in element.all("VALUES") {
            let (name, said) = self.value(&place, value);
            self.line(Action::LeftOut, &format!("“{name}”"), said, note);
        }
        for (words, name, key) in [(&element.long, "name", "LONG-NAME"), (&element.about, "description", "DESC")] {
            if !words.trim().is_empty() {
                let said = self.said(words, &format!("{place}, {key}"));
                self.line(Action::LeftOut, &format!("{name} of {}", with_article(what)), said, note);
            }
        }
    }

    /// The name of an attribute, and what it says; files in its text are told.
    pub fn value(&mut self, of: &str, value: &'a Element) -> (String, Said) {
        let name = self.source.name(value.refers("DEFINITION")).to_owned();
        let said = self.said(self.source.words(value), &format!("{of}, {name}"));
        if let Some(original) = value.original.as_ref().filter(|words| !words.is_empty()) {
            let is_same = *original == said.words.trim();
            let original = self.said(original, &format!("{of}, {name}, THE-ORIGINAL-VALUE"));
            let (action, note) = match is_same {
                true => (Action::Merged, "the value says the same"),
                false => (Action::LeftOut, "the value that a tool has made of it is taken"),
            };
            self.line(action, "text before it was made simpler", original, note);
        }
        for file in &value.files {
            let file = self.said(file, &format!("{of}, {name}, file"));
            self.line(Action::LeftOut, "file in a text", file, "files are no part of a text");
        }
        (name, said)
    }

    /// An object with what it says.
    fn object(&mut self, at: usize) -> Node {
        let object = self.source.objects[at];
        let type_id = object.refers("TYPE");
        let mut node = Node::new(at, names::role(self.source.name(type_id)));
        let values = object.all("VALUES");
        let mut shared: FxHashMap<&str, usize> = FxHashMap::default();
        for value in values {
            *shared.entry(self.source.name(value.refers("DEFINITION"))).or_default() += 1;
        }
        let place = format!("object {}", object.id);
        for value in values {
            let definition = value.refers("DEFINITION");
            let (name, said) = self.value(&place, value);
            // Where two attributes have one name, what they are defined as tells them apart.
            let is_shared = shared.get(name.as_str()).is_some_and(|count| *count > 1);
            let by_id = meaning(definition);
            let means = if is_shared { by_id.or_else(|| meaning(&name)) } else { meaning(&name).or(by_id) };
            self.take(&mut node, name, means, said);
        }
        self.defaults(&mut node, type_id, values);
        for (words, name) in [(&object.long, "LONG-NAME"), (&object.about, "DESC")] {
            if words.trim().is_empty() {
                continue;
            }
            let said = self.said(words, &format!("{place}, {name}"));
            let means = if name == "DESC" { Meaning::Of(Fact::Note) } else { Meaning::Title };
            self.take(&mut node, name.to_owned(), Some(means), said);
        }
        node.identifier = (!object.id.is_empty()).then(|| Said {
            doubt: Some("no attribute is its id; this is the identifier of the object".to_owned()),
            ..self.said(&object.id, &format!("{place}, IDENTIFIER"))
        });
        node
    }

    /// Takes a value for what it means.
    fn take(&mut self, node: &mut Node, name: String, means: Option<Meaning>, said: Said) {
        if said.is_blank() {
            if !said.is_told {
                self.line(Action::LeftOut, &format!("“{name}”"), said, "it says nothing");
            }
            return;
        }
        let draft = &mut node.draft;
        match means {
            Some(Meaning::Id) if draft.id.is_none() => {
                draft.id = Some(said);
                node.id_name = name.trim_start_matches("ReqIF.").to_owned();
            }
            Some(Meaning::Chapter) if draft.title.is_none() => {
                draft.title = Some(said);
                node.is_chapter = true;
            }
            Some(Meaning::Title) if draft.title.is_none() => draft.title = Some(said),
            Some(Meaning::Text) if draft.text.is_none() => draft.text = Some(said),
            Some(Meaning::Kind) if names::role(&said.words).is_some() && !node.is_sure => {
                node.role = names::role(&said.words);
                node.is_sure = true;
                self.tell_unless_told(Action::Merged, &format!("“{name}”"), said, "it says what the object is");
            }
            Some(Meaning::Of(fact)) => draft.facts.push((fact, said)),
            Some(Meaning::OfFile) => {
                let note = "it tells of the file, not of what is in it";
                self.tell_unless_told(Action::LeftOut, &format!("“{name}”"), said, note);
            }
            _ => draft.fields.push((name.trim_start_matches("ReqIF.").to_owned(), said)),
        }
    }

    fn tell_unless_told(&mut self, action: Action, what: &str, said: Said, note: &str) {
        if !said.is_told {
            self.line(action, what, said, note);
        }
    }

    /// What the type of an object says for it where it says nothing itself.
    fn defaults(&mut self, node: &mut Node, type_id: &str, values: &'a [Element]) {
        let source: &'a Source<'a> = self.source;
        for source::Default { definition, value } in source.defaults.get(type_id).into_iter().flatten() {
            if values.iter().any(|value| value.refers("DEFINITION") == *definition) {
                continue;
            }
            self.used.insert(definition);
            let name = source.name(definition);
            let said = Said::new(source.words(value), format!("default of {name}")).part(source.words(value));
            self.take(node, name.to_owned(), meaning(name).or_else(|| meaning(definition)), said);
        }
    }

    /// Tells of the defaults, each once.
    pub fn tell_defaults(&mut self) {
        let source: &'a Source<'a> = self.source;
        let mut all: Vec<&source::Default<'a>> = source.defaults.values().flatten().collect();
        all.sort_by_key(|default| default.definition);
        for source::Default { definition, value } in all {
            let said = self.said(source.words(value), &format!("default of {}", source.name(definition)));
            let (action, note) = match self.used.contains(definition) {
                true => (Action::Merged, "objects that say none of their own have it"),
                false => (Action::LeftOut, "no object is without one of its own"),
            };
            self.line(action, "default of an attribute", said, note);
        }
    }
}

fn with_article(what: &str) -> String {
    format!("{} {what}", if what.starts_with('o') { "an" } else { "a" })
}
