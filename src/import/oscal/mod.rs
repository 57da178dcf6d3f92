//! OSCAL in JSON (NIST, 1.0 to 1.2): catalogs, mappings between catalogs, and profiles.
//!
//! Much of what is published is not valid by its own schema. Each piece is taken for what it is; what is missing, stands
//! twice or is of the wrong kind is told where it stands.

mod catalog;
mod mapping;
mod params;
mod profile;

use super::draft::{Said, What};
use super::report::{Action, Line};
use super::tree::{Node, Value, text};
use super::{File, Options, Reading, Refused};
use crate::package::OSCAL_NAMESPACE as NAMESPACE;

/// What to do about the other forms that OSCAL has.
pub(super) const IN_JSON: &str = "OSCAL is read as JSON: convert it, as with `oscal-cli convert --to json`";

/// The documents that OSCAL has.
pub(super) const DOCUMENTS: &[&str] = &[
    "catalog",
    "profile",
    "mapping-collection",
    "component-definition",
    "system-security-plan",
    "assessment-plan",
    "assessment-results",
    "plan-of-action-and-milestones",
];

/// Reads a document.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    let text = text(file.bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(Refused::new("it is XML", IN_JSON));
    }
    let mut from = serde_json::Deserializer::from_str(text);
    let value = Value::read(&mut from, |_| false).and_then(|value| from.end().map(|()| value)).map_err(|error| {
        Refused::new(
            format!("it is no JSON, or not all of it: {error}"),
            format!("look whether it is whole; {IN_JSON}"),
        )
    })?;
    let mut root = Node::root(value);
    let mut reading = Reading::default();
    if let Some(node) = root.take("catalog") {
        let mut draft = catalog::read(node, &mut reading.lines);
        if options.is_one_of_several && draft.id.is_none() {
            // Profiles and mappings beside it name it by its file.
            draft.id =
                names(file.name).into_iter().next().map(|words| Said { words, is_told: true, ..Said::default() });
        }
        reading.drafts.push(draft);
    } else if let Some(node) = root.take("mapping-collection") {
        reading.drafts.extend(mapping::read(node, &mut reading.lines));
    } else if let Some(node) = root.take("profile") {
        reading.drafts.push(profile::read(node, &mut reading.lines));
    } else {
        let Value::Object(fields) = &root.value else { return Err(other("")) };
        return Err(other(fields.first().map_or("", |(name, _)| name)));
    }
    if options.is_one_of_several {
        // Each is called by its own file; so profiles and mappings beside a catalog name it.
        let stem = names(file.name).into_iter().next().map(|words| Said { words, is_told: true, ..Said::default() });
        for draft in reading.drafts.iter_mut().filter(|draft| draft.id.is_none() && draft.what != What::Crosswalk) {
            draft.id.clone_from(&stem);
        }
    }
    root.leave("it is no part of the document", &mut reading.lines);
    if reading.drafts.is_empty() {
        return Err(Refused::new("it maps nothing", "look whether it is whole"));
    }
    Ok(reading)
}

fn other(name: &str) -> Refused {
    let problem = match name {
        "" => "it is no OSCAL".to_owned(),
        name => format!("it begins with `{}`", name.chars().take(60).collect::<String>()),
    };
    Refused::new(problem, "of OSCAL, a `catalog`, a `profile` or a `mapping-collection` is read")
}

/// What a property says, and where.
struct Prop {
    name: String,
    class: Option<String>,
    is_own: bool,
    said: Said,
}

/// The properties of something; of each, what is not its value says what the value is.
fn props(of: &mut Node, lines: &mut Vec<Line>) -> Vec<Prop> {
    let mut found = Vec::new();
    for mut node in of.take_all("props", lines) {
        let is_own = node.peek("ns") == Some(NAMESPACE);
        let name = node.peek("name").unwrap_or_default().to_owned();
        let class = node.peek("class").map(str::to_owned);
        // What a value cannot hold, several lines say, stands beside it.
        let said = match node.peek("remarks").filter(|_| is_own) {
            Some(_) => {
                node.tell("value", Action::Merged, "the whole of it stands beside it", lines);
                node.said("remarks", lines)
            }
            None => node.said("value", lines),
        };
        let Some(said) = said else {
            node.leave("it has no value", lines);
            continue;
        };
        for name in ["name", "ns", "class"] {
            node.tell(name, Action::Merged, "it says what the value beside it is", lines);
        }
        node.leave("the language has nothing for it", lines);
        found.push(Prop { name, class, is_own, said });
    }
    found
}

/// Takes the value of a property away.
fn pick(props: &mut Vec<Prop>, name: &str, is_own: bool) -> Option<Said> {
    let at = props.iter().position(|prop| prop.name == name && prop.is_own == is_own)?;
    Some(props.remove(at).said)
}

/// The id of something: what `prm` wrote of it, else what it has.
fn id(of: &mut Node, props: &mut Vec<Prop>, lines: &mut Vec<Line>) -> Option<Said> {
    match pick(props, "id", true) {
        Some(own) => {
            of.tell("id", Action::Merged, "the id as it was stands in a property of prm", lines);
            Some(own)
        }
        None => of.said("id", lines),
    }
}

/// What is left of properties: what they say has no place in a catalog.
fn leave(props: Vec<Prop>, lines: &mut Vec<Line>) {
    for Prop { name, is_own, said, .. } in props {
        let (action, note) = match is_own {
            true => (Action::Merged, "it says how prm wrote the document"),
            false => (Action::LeftOut, "the language has nothing for it"),
        };
        line(action, format!("property “{name}”"), said, note, lines);
    }
}

/// Tells what became of a value that no element has.
fn line(action: Action, what: String, said: Said, note: &str, lines: &mut Vec<Line>) {
    if !said.is_told {
        lines.push(Line { action, what, id: String::new(), place: said.place, note: note.to_owned() });
    }
}

/// What a document says of itself.
#[derive(Default)]
struct Metadata {
    title: Option<Said>,
    edition: Option<Said>,
    remarks: Option<Said>,
    props: Vec<Prop>,
}

fn metadata(of: &mut Node, lines: &mut Vec<Line>) -> Metadata {
    of.tell("uuid", Action::LeftOut, "elements are known by their ids", lines);
    let Some(mut node) = of.take("metadata") else { return Metadata::default() };
    let mut props = props(&mut node, lines);
    let is_own = props.iter().any(|prop| prop.is_own);
    let edition = match is_own {
        false => node.said("version", lines),
        true => {
            node.tell("version", Action::Merged, "the edition as it was stands in a property of prm", lines);
            pick(&mut props, "edition", true)
        }
    };
    let found = Metadata { title: node.said("title", lines), edition, remarks: node.said("remarks", lines), props };
    for name in ["last-modified", "published", "oscal-version"] {
        node.tell(name, Action::LeftOut, "it tells of the file, not of what is in it", lines);
    }
    node.leave("the language has nothing for it", lines);
    found
}

/// What a way of reference leads to: the catalog of that name, as `prm` wrote it, or as the file is called.
fn referred(href: &Said, resources: &[Resource]) -> Vec<String> {
    let found = href.words.strip_prefix('#').and_then(|uuid| resources.iter().find(|resource| resource.uuid == uuid));
    match found {
        Some(Resource { id: Some(id), .. }) => vec![id.clone()],
        Some(resource) => resource.hrefs.iter().flat_map(|href| names(href)).collect(),
        None => names(&href.words),
    }
}

/// What the catalog of a file may be called: as the file is, and without the word that says what it is.
fn names(href: &str) -> Vec<String> {
    let file = href.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let bare = ["_catalog", "-catalog"].iter().find_map(|end| stem.strip_suffix(end));
    std::iter::once(stem).chain(bare).map(str::to_owned).collect()
}

/// A document that another one names.
struct Resource {
    uuid: String,
    id: Option<String>,
    hrefs: Vec<String>,
}

/// The documents that are named behind the matter itself; what they say is told where it is not looked up.
fn resources(of: &mut Node, lines: &mut Vec<Line>) -> Vec<Resource> {
    let Some(mut node) = of.take("back-matter") else { return Vec::new() };
    let mut found = Vec::new();
    for mut resource in node.take_all("resources", lines) {
        let uuid = resource.peek("uuid").unwrap_or_default().to_owned();
        let links = resource.value.get("rlinks").map(Value::items).unwrap_or_default();
        let hrefs = links.iter().filter_map(|link| link.get("href")?.word()).map(str::to_owned).collect();
        let mut own = props(&mut resource, lines);
        let id = pick(&mut own, "id", true);
        found.push(Resource { uuid, id: id.as_ref().map(|said| said.words.clone()), hrefs });
        if let Some(said) = id {
            line(Action::Merged, "id of a document".to_owned(), said, "it is what references lead to", lines);
        }
        leave(own, lines);
        resource.all(Action::LeftOut, "documents that are named are no part of a catalog", lines);
    }
    node.leave("the language has nothing for it", lines);
    found
}
