//! A stack of layers as packages.

use std::fmt::Write;

use super::stack::{CONTROLS, Deed, Element, FIELD, Link, Stack};
use crate::support::Project;

impl Stack {
    /// The packages; `turned`, with bases, uses and dependencies the other way round.
    pub fn project(&self, turned: bool) -> Project {
        let mut project = Project::new();
        for layer in 0..self.layers.len() {
            let folder = format!("l{layer}");
            let (manifest, text) = (self.manifest(layer, turned), self.source(layer, turned));
            project =
                project.with(&format!("{folder}/prm.toml"), manifest).with(&format!("{folder}/{folder}.prm"), text);
        }
        project.at(&format!("l{}", self.layers.len() - 1))
    }

    /// The packages with one more on top that changes nothing.
    pub fn with_idle_layer(&self) -> Project {
        let last = self.layers.len() - 1;
        let manifest = format!(
            "[package]\nname = \"idle\"\nversion = \"1.0.0\"\n[dependencies]\nl{last} = {{ path = \"../l{last}\" }}\n"
        );
        let text = format!("use l{last}\nmodel idle \"Idle\" extends l{last}\n");
        self.project(false).with("idle/prm.toml", manifest).with("idle/idle.prm", text).at("idle")
    }

    /// All of it, to be read.
    pub fn text(&self) -> String {
        (0..self.layers.len()).map(|layer| format!("// l{layer}\n{}", self.source(layer, false))).collect()
    }

    fn bases(&self, layer: usize, turned: bool) -> Vec<usize> {
        let mut bases = self.layers[layer].extends.clone();
        if turned {
            bases.reverse();
        }
        bases
    }

    fn manifest(&self, layer: usize, turned: bool) -> String {
        let mut text = format!("[package]\nname = \"l{layer}\"\nversion = \"1.0.0\"\n[dependencies]\n");
        for base in self.bases(layer, turned) {
            writeln!(text, "l{base} = {{ path = \"../l{base}\" }}").unwrap();
        }
        text
    }

    fn source(&self, layer: usize, turned: bool) -> String {
        let bases: Vec<String> = self.bases(layer, turned).iter().map(|base| format!("l{base}")).collect();
        let mut text: String = bases.iter().map(|base| format!("use {base}\n")).collect();
        let extends = if bases.is_empty() { String::new() } else { format!(" extends {}", bases.join(", ")) };
        writeln!(text, "model l{layer} \"Layer {layer}\"{extends} {{").unwrap();
        text.push_str(if layer == 0 { "  covers c\n" } else { "" });
        text.push_str(if self.layers[layer].covers_through { "  covers d through x\n" } else { "" });
        for control in &self.layers[layer].excluded {
            writeln!(text, "  exclude R{control} because \"Not here.\"").unwrap();
        }
        text.push_str("}\n");
        if layer == 0 {
            base(&mut text);
        }
        writeln!(text, "term \"term of layer {layer}\" \"Defined by {layer}.\"").unwrap();
        let mut done: Vec<&str> = Vec::new();
        for (id, _) in self.layers[layer].deeds.iter() {
            // What is in a process is written with it; a group in a group with that one.
            let top = id.split_once('.').map_or(id.as_str(), |(process, _)| process);
            if !done.contains(&top) && !self.is_inner_group(layer, top) {
                done.push(top);
                self.element(layer, top, 0, &mut text);
            }
        }
        for (id, _) in self.layers[layer].deeds.iter().filter(|(_, deed)| *deed == Deed::Omit) {
            writeln!(text, "omit {id} because \"Not here.\"").unwrap();
        }
        text
    }

    fn is_inner_group(&self, layer: usize, id: &str) -> bool {
        self.stated(layer, id).is_some_and(|element| matches!(element, Element::Group { inside: Some(_) }))
    }

    fn stated(&self, layer: usize, id: &str) -> Option<&Element> {
        let deeds = self.layers[layer].deeds.iter();
        deeds.filter(|(other, _)| other == id).find_map(|(_, deed)| match deed {
            Deed::State(element) => Some(element),
            _ => None,
        })
    }

    /// What a layer says of an element, and of what stands in it.
    fn element(&self, layer: usize, id: &str, depth: usize, text: &mut String) {
        let indent = "  ".repeat(depth);
        let own: Vec<&Deed> =
            self.layers[layer].deeds.iter().filter(|(other, _)| other == id).map(|(_, deed)| deed).collect();
        let is_new = layer == 0 || id.ends_with(&format!("l{layer}")) || id.contains(&format!("l{layer}."));
        let head = match self.stated(layer, id) {
            Some(element) => head(id, element, is_new),
            None if own.iter().any(|deed| **deed != Deed::Omit) || self.is_extended(layer, id) => {
                let word = match id.as_bytes()[0] {
                    b'G' => "group",
                    b'P' => "process",
                    _ => "item",
                };
                format!("extend {word} {id}")
            }
            None => return,
        };
        writeln!(text, "{indent}{head} {{").unwrap();
        for deed in own {
            match deed {
                Deed::State(Element::Item { characteristics, .. }) => {
                    characteristics
                        .iter()
                        .for_each(|words| writeln!(text, "{indent}  characteristic \"{words}\"").unwrap());
                }
                Deed::State(_) | Deed::Omit => {}
                Deed::Text(what, words, false) => writeln!(text, "{indent}  {what} \"{words}\"").unwrap(),
                Deed::Text(what, words, true) => {
                    writeln!(text, "{indent}  replace {what} \"{words}\" because \"Better.\"").unwrap();
                }
                Deed::Field(words) => writeln!(text, "{indent}  {FIELD} \"{words}\"").unwrap(),
                Deed::Note(words) => writeln!(text, "{indent}  note \"{words}\"").unwrap(),
                Deed::Characteristic(words) => writeln!(text, "{indent}  characteristic \"{words}\"").unwrap(),
                Deed::Relation(target) => writeln!(text, "{indent}  supports {target}").unwrap(),
            }
        }
        for (inner, deed) in &self.layers[layer].deeds {
            let is_inner = match deed {
                Deed::State(Element::Group { inside }) => inside.as_deref() == Some(id),
                Deed::State(_) => inner.split_once('.').is_some_and(|(process, _)| process == id),
                _ => false,
            };
            if is_inner {
                self.element(layer, inner, depth + 1, text);
            }
        }
        writeln!(text, "{indent}}}").unwrap();
    }
}

/// The first lines of an element, up to its block.
fn head(id: &str, element: &Element, is_new: bool) -> String {
    let (replace, because) = if is_new { ("", "") } else { ("replace ", " because \"Better.\"") };
    let number = id.split_once('.').map_or(id, |(_, number)| number);
    let list = |word: &str, ids: &[String]| match ids {
        [] => String::new(),
        _ => format!("\n    {word} {}", ids.join(", ")),
    };
    match element {
        Element::Group { .. } => format!("group {id} \"Group\""),
        Element::Process { inside } => {
            let inside = inside.as_ref().map(|group| format!(" in {group}")).unwrap_or_default();
            format!("process {id} \"Process {id}\"{inside}")
        }
        Element::Outcome { text, links, produces } => {
            let links: String = links.iter().map(link).collect();
            format!("{replace}outcome {number} \"{text}\"{because}{links}{}", list("produces", produces))
        }
        Element::Practice { text, achieves, consumes, produces } => format!(
            "{replace}practice {number} \"{text}\"{because}{}{}{}",
            list("achieves", achieves),
            list("consumes", consumes),
            list("produces", produces)
        ),
        Element::Item { title, kind, .. } => {
            let kind = kind.map(|kind| format!(" kind {kind}")).unwrap_or_default();
            format!("{replace}item {id} \"{title}\"{kind}{because}")
        }
    }
}

/// Catalogs, a crosswalk and fields.
fn base(text: &mut String) {
    for (catalog, letter) in [("c", 'R'), ("d", 'D')] {
        writeln!(text, "catalog {catalog} \"Catalog\" {{").unwrap();
        (0..CONTROLS).for_each(|row| writeln!(text, "  control {letter}{row} \"Row {row}\"").unwrap());
        text.push_str("}\n");
    }
    text.push_str("crosswalk x \"Crosswalk\" from c to d {\n");
    (0..CONTROLS).for_each(|row| writeln!(text, "  R{row} equals D{row}").unwrap());
    text.push_str("}\n");
    for kind in ["process", "outcome", "group", "item"] {
        writeln!(text, "field {FIELD} \"Owner\" on {kind}").unwrap();
    }
}

fn link(link: &Link) -> String {
    let word = if link.partly { "partly satisfies" } else { "satisfies" };
    let together = match link.together.as_slice() {
        [] => String::new(),
        ids => format!(" together with {}", ids.join(", ")),
    };
    format!("\n    {word} R{}{together}", link.control)
}
