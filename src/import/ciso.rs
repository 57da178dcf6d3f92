//! Libraries of CISO Assistant, in YAML: frameworks as catalogs, mappings between frameworks as crosswalks.

use rustc_hash::FxHashMap;

use super::draft::{Draft, Fact, Refs, Relation, Said, Tie, What};
use super::oscal;
use super::report::{Action, Line};
use super::tree::{Node, Value, text};
use super::{File, Options, Reading, Refused};

/// How deep nodes may stand in each other.
const DEPTH: usize = 100;

/// What a file may hold: honest ones of 10 MB have more nodes than the limits that the reader has by itself.
fn limits() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 5_000_000,
            max_events: 10_000_000,
            max_depth: 64,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_recorded_anchor_events: 100_000,
            max_total_scalar_bytes: 64 << 20,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 8,
        },
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

/// What is text though it may look like a number: `5.10` is no 5.1.
const TEXTS: [&str; 18] = [
    "annotation",
    "copyright",
    "description",
    "locale",
    "name",
    "packager",
    "parent_urn",
    "provider",
    "publication_date",
    "rationale",
    "ref_id",
    "relationship",
    "source_framework_urn",
    "source_requirement_urn",
    "strength_of_relationship",
    "target_framework_urn",
    "target_requirement_urn",
    "urn",
];

/// Reads a library.
pub(super) fn read(file: &File<'_>, _: &Options) -> Result<Reading, Refused> {
    let text = text(file.bytes)?;
    let read = |from: serde_saphyr::Deserializer<'_, '_>| Value::read(from, |name| TEXTS.contains(&name));
    let value = serde_saphyr::with_deserializer_from_str_with_options(text, limits(), read).map_err(|error| {
        let error = error.to_string();
        let first = error.lines().next().unwrap_or_default().trim_start_matches("error: ");
        Refused::new(
            format!("it is no YAML that can be read: {first}"),
            "look whether it is whole, and a library of CISO Assistant",
        )
    })?;
    let mut root = Node::root(value);
    let Some(mut objects) = root.take("objects") else {
        if let Some(document) = oscal::DOCUMENTS.iter().find(|document| root.value.get(document).is_some()) {
            return Err(Refused::new(format!("it is OSCAL in YAML, a `{document}`"), oscal::IN_JSON));
        }
        return Err(Refused::new("it has no `objects`", "look whether it is a library of CISO Assistant"));
    };
    let mut reading = Reading::default();
    let lines = &mut reading.lines;
    let mut sets = objects.take_all("requirement_mapping_set", lines);
    sets.extend(objects.take_all("requirement_mapping_sets", lines));
    let mut frameworks = objects.take_all("framework", lines);
    frameworks.extend(objects.take_all("frameworks", lines));
    let mut head = Head {
        edition: root.said("version", lines),
        notice: root.said("copyright", lines),
        name: root.said("name", lines),
        source: root.said("provider", lines),
    };
    for framework in frameworks {
        reading.drafts.push(framework_of(framework, &mut head, lines));
    }
    for set in sets {
        reading.drafts.push(crosswalk_of(set, &mut head, lines));
    }
    if reading.drafts.is_empty() {
        return Err(Refused::new("it has neither a framework nor a mapping", "of libraries, these are read"));
    }
    for said in [head.edition, head.notice, head.name, head.source].into_iter().flatten() {
        left(said, "what is in the library says it itself", lines);
    }
    objects.leave("of libraries, frameworks and mappings are read", lines);
    root.leave("it tells of the library, not of what is in it", lines);
    Ok(reading)
}

/// What the library says of all that is in it: the first that it goes with tells of it.
struct Head {
    edition: Option<Said>,
    notice: Option<Said>,
    name: Option<Said>,
    source: Option<Said>,
}

fn left(said: Said, note: &str, lines: &mut Vec<Line>) {
    let place = said.place;
    let what = format!("“{place}”");
    lines.push(Line { action: Action::LeftOut, what, id: String::new(), place, note: note.to_owned() });
}

fn framework_of(mut node: Node, head: &mut Head, lines: &mut Vec<Line>) -> Draft {
    let mut draft = Draft::new(What::Catalog);
    draft.id = node.said("ref_id", lines);
    draft.title = node.said("name", lines).or_else(|| head.name.take());
    draft.facts.extend(head.edition.take().map(|said| (Fact::Edition, said)));
    draft.facts.extend(head.source.take().map(|said| (Fact::Source, said)));
    draft.facts.extend(head.notice.take().map(|said| (Fact::Notice, said)));
    draft.facts.extend(node.said("description", lines).map(|said| (Fact::Note, said)));
    draft.inner = nodes(node.take_all("requirement_nodes", lines), lines);
    if let Some(urn) = node.said("urn", lines) {
        match &draft.id {
            Some(_) => left(urn, "the framework is known by its id", lines),
            None => draft.id = Some(Said { words: last(&urn.words).to_owned(), ..urn }),
        }
    }
    node.leave("the language has nothing for it", lines);
    draft
}

/// The last part of a name such as `urn:intuitem:risk:framework:iso27001-2022`.
fn last(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or(urn)
}

/// The nodes of a framework, each in the one that it names.
fn nodes(nodes: Vec<Node>, lines: &mut Vec<Line>) -> Vec<Draft> {
    let mut by_urn: FxHashMap<String, usize> = FxHashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(urn) = node.peek("urn") {
            by_urn.entry(urn.to_lowercase()).or_insert(at);
        }
    }
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut top = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let parent = node.peek("parent_urn").and_then(|urn| by_urn.get(&urn.to_lowercase()));
        match parent {
            Some(parent) if *parent != at => below[*parent].push(at),
            _ => top.push(at),
        }
    }
    let mut reader = Nodes { left: nodes.into_iter().map(Some).collect(), below, lines };
    let drafts = top.into_iter().filter_map(|at| reader.draft(at, DEPTH)).collect();
    for node in reader.left.into_iter().flatten() {
        node.leave("it stands in itself, or too deep", reader.lines);
    }
    drafts
}

struct Nodes<'a> {
    left: Vec<Option<Node>>,
    below: Vec<Vec<usize>>,
    lines: &'a mut Vec<Line>,
}

impl Nodes<'_> {
    fn draft(&mut self, at: usize, depth: usize) -> Option<Draft> {
        if depth == 0 {
            return None;
        }
        let mut node = self.left.get_mut(at)?.take()?;
        let is_asked = node.peek("assessable") == Some("true");
        let mut draft = Draft::new(if is_asked { What::Requirement } else { What::Clause });
        draft.id = node.said("ref_id", self.lines);
        if let Some(urn) = node.said("urn", self.lines) {
            match &draft.id {
                Some(_) => left(urn, "the node is known by its id", self.lines),
                None => {
                    let doubt = Some("it has no ref_id; this is the end of its urn".to_owned());
                    draft.id = Some(Said { words: last(&urn.words).to_owned(), doubt, ..urn });
                }
            }
        }
        draft.title = node.said("name", self.lines);
        draft.text = node.said("description", self.lines);
        draft.facts.extend(node.said("annotation", self.lines).map(|said| (Fact::Note, said)));
        node.tell("assessable", Action::Merged, "it says what the node is", self.lines);
        node.tell("parent_urn", Action::Merged, "it says what the node stands in", self.lines);
        node.tell("depth", Action::Merged, "it says what the node stands in", self.lines);
        if let Some(translations) = node.take("translations") {
            translations.leave("a package has texts of one language", self.lines);
        }
        node.leave("the language has nothing for it", self.lines);
        let below = std::mem::take(&mut self.below[at]);
        draft.inner = below.into_iter().filter_map(|inner| self.draft(inner, depth - 1)).collect();
        Some(draft)
    }
}

fn crosswalk_of(mut node: Node, head: &mut Head, lines: &mut Vec<Line>) -> Draft {
    let mut draft = Draft::new(What::Crosswalk);
    draft.id = node.said("ref_id", lines);
    draft.title = node.said("name", lines).or_else(|| head.name.take());
    draft.facts.extend(head.source.take().map(|said| (Fact::Source, said)));
    draft.facts.extend(head.notice.take().map(|said| (Fact::Notice, said)));
    draft.facts.extend(node.said("description", lines).map(|said| (Fact::Note, said)));
    for (name, tie) in [("source_framework_urn", Tie::Left), ("target_framework_urn", Tie::Right)] {
        if let Some(said) = node.said(name, lines) {
            draft.refs.push(Refs { tie, ids: vec![last(&said.words).to_owned()], said });
        }
    }
    for mapping in node.take_all("requirement_mappings", lines) {
        draft.inner.push(correspondence(mapping, lines));
    }
    node.leave("the language has nothing for it", lines);
    draft
}

/// The relations that the language has, by their words in libraries.
const RELATIONS: [(&str, Relation); 4] = [
    ("equal", Relation::Equals),
    ("subset", Relation::Subset),
    ("superset", Relation::Superset),
    ("intersect", Relation::Intersects),
];

fn correspondence(mut node: Node, lines: &mut Vec<Line>) -> Draft {
    let mut draft = Draft::new(What::Correspondence);
    for (name, tie) in [("source_requirement_urn", Tie::Left), ("target_requirement_urn", Tie::Right)] {
        if let Some(said) = node.said(name, lines) {
            draft.refs.push(Refs { tie, ids: vec![last(&said.words).to_owned()], said });
        }
    }
    if let Some(said) = node.said("relationship", lines) {
        match RELATIONS.iter().find(|(word, _)| said.words.trim() == *word) {
            Some((_, relation)) => draft.relation = Some((*relation, Some(said))),
            None => left(said, "it is no relation of a crosswalk", lines),
        }
    }
    draft.facts.extend(node.said("rationale", lines).map(|said| (Fact::Reason, said)));
    node.tell(
        "strength_of_relationship",
        Action::LeftOut,
        "a crosswalk says what corresponds, not how strongly",
        lines,
    );
    node.leave("the language has nothing for it", lines);
    draft
}
