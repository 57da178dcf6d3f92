//! The file of a template, opened with care: it may be anything.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::document::setting::{Template, Unprintable};

/// The largest part that is read, and how much is read of all, in bytes; a part may be packed a thousand times smaller.
const LARGEST: u64 = 16 << 20;
const MOST: u64 = 64 << 20;
/// How many parts a file may have.
const PARTS: usize = 4_096;
/// How many elements a part may have.
const NODES: u32 = 2_000_000;

/// The parts of a file.
pub(super) struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Related {
    pub id: String,
    /// What it is: the last part of its type.
    pub kind: String,
    /// The path of the other part, or the address of what is none.
    pub target: String,
    pub is_external: bool,
}

impl<'a> Archive<'a> {
    pub(super) fn open(template: Template<'a>) -> Result<Archive<'a>, Unprintable> {
        let refused = |problem: &str| refused(template.path, problem);
        if template.bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(refused("is a Word file of the old kind, or locked by a password"));
        }
        let zip = ZipArchive::new(Cursor::new(template.bytes)).map_err(|_| refused("is no Word document"))?;
        if zip.len() > PARTS {
            return Err(refused("has too many parts"));
        }
        Ok(Archive { name: template.path, zip, left: MOST })
    }

    /// What is said where the template cannot be taken.
    pub(super) fn refuses(&self, problem: &str) -> Unprintable {
        refused(self.name, problem)
    }

    /// Whether there is a part whose name ends so.
    pub(super) fn has(&self, ending: &str) -> bool {
        let names = self.zip.file_names_raw().map(|name| String::from_utf8_lossy(name).to_lowercase());
        names.into_iter().any(|name| name.ends_with(ending))
    }

    /// The bytes of a part; `None` where there is none of this name.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, Unprintable> {
        let refused = |problem: &str| refused(self.name, problem);
        let Some(at) = self.zip.index_for_name(path) else { return Ok(None) };
        let limit = LARGEST.min(self.left);
        let mut bytes = Vec::new();
        let part = self.zip.by_index(at).map_err(|_| refused(&format!("is damaged at `{path}`")))?;
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|_| refused(&format!("is damaged at `{path}`")))?;
        if bytes.len() as u64 > limit {
            return Err(refused(&format!("is too large: `{path}` has more than {} MiB", limit >> 20)));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The text of a part, which is sound XML.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Unprintable> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let broken = |problem: String| refused(self.name, &format!("is damaged at `{path}`: {problem}"));
        let text = String::from_utf8(bytes).map_err(|_| broken("its text is not UTF-8".to_owned()))?;
        let text = text.trim_start_matches('\u{feff}').to_owned();
        parse(&text).map_err(|error| broken(error.to_string()))?;
        Ok(Some(text))
    }

    /// The relationships of a part.
    pub(super) fn related(&mut self, path: &str) -> Result<(Option<String>, Vec<Related>), Unprintable> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok((None, Vec::new()));
        };
        let mut all = Vec::new();
        if let Ok(tree) = parse(&text) {
            for node in tree.descendants().filter(|node| node.tag_name().name() == "Relationship") {
                let get = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
                let is_external = node.attribute("TargetMode") == Some("External");
                let target = if is_external { get("Target") } else { resolved(folder, &get("Target")) };
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                all.push(Related { id: get("Id"), kind, target, is_external });
            }
        }
        Ok((Some(text), all))
    }
}

/// Reads XML; what refers to entities of its own is not read.
pub(super) fn parse(text: &str) -> Result<roxmltree::Document<'_>, roxmltree::Error> {
    let options = roxmltree::ParsingOptions { nodes_limit: NODES, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options)
}

fn refused(name: &str, problem: &str) -> Unprintable {
    Unprintable {
        problem: format!("the template `{name}` {problem}"),
        help:
            "open it in a word processor and save it as a Word document (.docx) without macros and links to other files"
                .to_owned(),
    }
}

/// The path of a part, as named from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}
