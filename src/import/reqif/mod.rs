//! ReqIF (OMG, 1.0 to 1.2): specifications with their objects, as catalogs; where objects are processes and outcomes, as
//! models.
//!
//! What an attribute means is known by the name of its definition, which differs from tool to tool; what none of the
//! known names has is kept under its name. What an object is, its type says, or an attribute for it, or where it stands.

mod drafts;
mod names;
mod nodes;
mod objects;
mod source;
mod ties;
mod tree;

use super::archive::Archive;
use super::draft::{Draft, What};
use super::{File, Options, Reading, Refused, xml};
use objects::Objects;
use source::Source;
use tree::Element;

/// Bytes of one file of an archive.
const PART: u64 = 200 << 20;

const WHAT: &str = "an archive of ReqIF (.reqifz)";

/// Reads a file, or an archive of some that belong together.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    let mut remarks = Vec::new();
    let roots = if file.bytes.starts_with(b"PK") {
        packed(file, &mut remarks)?
    } else {
        vec![root(&xml::decoded(file.bytes.to_vec(), "it")?, "it")?]
    };
    let source = Source::of(&roots);
    if source.objects.is_empty() {
        return Err(Refused::new("it has no object", "look whether it is whole, and not a part of an exchange"));
    }
    Ok(reading(&source, Objects::new(&source, options.within(file, ""), remarks)))
}

/// The files of ReqIF in an archive; what else is in it is told.
fn packed(file: &File<'_>, remarks: &mut Vec<String>) -> Result<Vec<Element>, Refused> {
    let mut archive = Archive::open(file.bytes, WHAT)?;
    // What a Mac puts beside each file is none of them.
    let is_file = |name: &String| !name.ends_with('/') && !name.split('/').any(|part| part.starts_with("._"));
    let (mut read, others): (Vec<String>, Vec<String>) =
        archive.names().into_iter().filter(is_file).partition(|name| name.to_lowercase().ends_with(".reqif"));
    read.sort();
    if read.is_empty() {
        return Err(Refused::new("it holds no file of ReqIF", format!("save it as {WHAT}")));
    }
    if let Some(first) = others.first() {
        let count = super::report::counted(others.len(), "file");
        remarks.push(format!("{count} beside the text is left out: `{first}`{}", more(others.len())));
    }
    let mut roots = Vec::new();
    for name in read {
        let text = archive.text(&name, PART)?.unwrap_or_default();
        roots.push(root(&text, &name)?);
    }
    Ok(roots)
}

/// ", and more", where there are several.
fn more(count: usize) -> &'static str {
    if count > 1 { ", and more" } else { "" }
}

fn root(text: &str, name: &str) -> Result<Element, Refused> {
    let root = tree::read(text, name)?;
    if root.name == "REQ-IF" {
        return Ok(root);
    }
    let begin: String = root.name.chars().take(60).collect();
    Err(Refused::new(format!("it is no ReqIF: it begins with `{begin}`"), "look whether it is the right file"))
}

/// What the file says, as drafts.
fn reading<'a>(source: &Source<'a>, mut objects: Objects<'a>) -> Reading {
    let header = objects.header();
    let mut heads = Vec::new();
    let mut nodes = Vec::new();
    for specification in &source.specifications {
        let head = objects.specification(specification);
        let mut of_it = nodes::adopted(objects.hierarchy(specification));
        heads.push((nodes::find_processes(&mut of_it), head));
        nodes.extend(of_it);
    }
    let mut others = nodes::adopted(objects.rest());
    nodes::find_processes(&mut others);
    nodes.extend(others);
    let is_model = nodes::has(&nodes, nodes::is_process);
    nodes.iter_mut().for_each(nodes::Node::settle);
    let targets = ties::attach(source, &mut objects, &mut nodes);
    objects.tell_defaults();
    // What a specification without processes says of itself is said of the catalog.
    let mut model = Draft::new(What::Model);
    let mut catalog = Draft::new(What::Catalog);
    heads.push((is_model, header));
    for (is_of_model, head) in heads {
        objects.merge(if is_of_model { &mut model } else { &mut catalog }, head);
    }
    let Objects { lines, remarks, mut order, .. } = objects;
    nodes::without_unused(&nodes, &mut order);
    let mut made = drafts::Made::new(lines, targets, is_model);
    made.read(nodes);
    let (drafts, lines) = made.finish(model, catalog);
    Reading { drafts, lines, remarks, places: order, ..Reading::default() }
}
