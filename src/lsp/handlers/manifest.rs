//! `prm.toml`: completion of its tables, keys and values, and what they mean. Works on any text, since only the line of
//! the cursor and the heads above it are looked at.

use std::ops::Range;

use lsp_types::CompletionItemKind as ItemKind;

use super::offer::Offer;
use crate::codes;
use crate::diagnostic::Family;
use crate::emit;
use crate::emit::assessment;
use crate::emit::output::{Output, find, formats};
use crate::lsp::documents::Document;
use crate::lsp::facts;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::Workspace;
use crate::package::keys::{self, DEPENDENCIES, Key, LEVELS, LINTS, OUTPUT, PACKAGE, TABLES, Table, Takes};
use crate::package::manifest::{dependency_line, keys_of_output};

/// The manifest of a path, if it is one that is open.
pub fn of<'a>(workspace: &'a Workspace, path: &str) -> Option<&'a Document> {
    let is_manifest = path.rsplit('/').next() == Some("prm.toml");
    workspace.documents.get(path).filter(|_| is_manifest).map(AsRef::as_ref)
}

/// Where a cursor is in a manifest.
struct Place<'a> {
    /// The lines of the table up to the next.
    section: &'a str,
    /// What the head above names, such as `dependencies.base`; nothing above the first.
    head: &'a str,
    /// What is written before the cursor in its line, or in the inline table of the line.
    before: &'a str,
    /// Whether it is in an inline table.
    is_inline: bool,
}

impl<'a> Place<'a> {
    fn at(text: &'a str, offset: usize) -> Option<Place<'a>> {
        let line = text.get(..offset)?.rfind('\n').map_or(0, |end| end + 1);
        let line_text = &text[line..offset];
        let (mut is_quoted, mut inline) = (false, None);
        for (at, character) in line_text.char_indices() {
            match character {
                '"' => is_quoted = !is_quoted,
                '#' if !is_quoted => return None,
                '{' | ',' if !is_quoted => inline = Some(at + 1),
                '}' if !is_quoted => inline = None,
                _ => {}
            }
        }
        let mut starts = Vec::new();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            if line.trim_start().starts_with('[') {
                starts.push(from);
            }
            from += line.len();
        }
        let above = starts.iter().rfind(|start| **start < line).copied();
        let section = above.unwrap_or(0);
        let end = starts.into_iter().find(|start| *start > section || above.is_none()).unwrap_or(text.len());
        let section = text.get(section..end)?;
        let head = section.lines().next().filter(|_| above.is_some()).unwrap_or_default();
        Some(Place {
            section,
            head: head.split('#').next()?.trim().trim_matches(['[', ']']).trim(),
            before: inline.map_or(line_text, |at| &line_text[at..]),
            is_inline: inline.is_some(),
        })
    }

    /// The table that the head names, or the inline table is one of.
    fn table(&self) -> Option<&'static Table> {
        let name = self.head.split('.').next().unwrap_or_default();
        TABLES.iter().copied().find(|table| table.name == name)
    }

    /// Whether what is written are the keys of one dependency.
    fn is_dependency(&self) -> bool {
        self.is_inline || self.head.contains('.')
    }

    /// The value of a key in the section.
    fn value(&self, key: &str) -> Option<&'a str> {
        let pairs = self.section.lines().filter_map(|line| line.split_once('='));
        let value = pairs.into_iter().find(|(name, _)| name.trim() == key)?.1;
        value.split('"').nth(1)
    }

    /// The format that the section names, and its form.
    fn output(&self) -> (Option<&'static Output>, Option<&'a str>) {
        (self.value("format").and_then(find), self.value("as"))
    }
}

/// `textDocument/completion`.
pub fn offers(
    workspace: &Workspace,
    path: &str,
    document: &Document,
    offset: usize,
) -> Option<(Range<usize>, Vec<Offer>)> {
    let text = document.text();
    let place = Place::at(text, offset)?;
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let begun = offset - (place.before.len() - place.before.trim_end_matches(is_of_key).len());
    let written = place.before.trim_start();
    if written.starts_with('[') && !place.is_inline && !written.contains(']') {
        let rest = text[offset..].len() - text[offset..].trim_start_matches(']').len();
        return Some((offset - written.len()..offset + rest, heads(text)));
    }
    let Some((key, value)) = place.before.split_once('=') else {
        let offers = keys(workspace, path, text, &place);
        // A name that is given already, or one of several words, is none that could be completed.
        return (begun == offset - written.len()).then_some((begun..offset, offers));
    };
    let offers = values(workspace, path, &place, key.trim());
    let value = value.trim_start();
    let Some(open) = value.strip_prefix('"') else {
        return (begun == offset - value.len()).then_some((begun..offset, offers));
    };
    let closed = text[offset..].lines().next().and_then(|rest| rest.find('"')).unwrap_or(0);
    let bare = |offer: Offer| Offer { insert: offer.insert.map(|text| text.trim_matches('"').to_owned()), ..offer };
    let bare = |offer: Offer| Offer { snippet: None, ..bare(offer) };
    (!open.contains('"')).then(|| (offset - open.len()..offset + closed, offers.into_iter().map(bare).collect()))
}

/// The heads of the tables that may follow.
fn heads(text: &str) -> Vec<Offer> {
    let is_new = |table: &&&Table| table.name == OUTPUT.name || !text.lines().any(|line| line.trim() == table.head);
    let head = |table: &&Table| Offer {
        label: table.head.to_owned(),
        kind: Some(ItemKind::Module),
        detail: table.meaning.to_owned(),
        rank: 1,
        ..Offer::default()
    };
    TABLES.iter().filter(is_new).map(head).collect()
}

/// The keys that may follow.
fn keys(workspace: &Workspace, path: &str, text: &str, place: &Place<'_>) -> Vec<Offer> {
    let mut offers = match place.table() {
        None => Vec::new(),
        Some(_) if place.is_dependency() => DEPENDENCIES.keys.iter().map(key).collect(),
        Some(table) if table.name == LINTS.name => lints(),
        Some(table) if table.name == DEPENDENCIES.name => dependencies(workspace, path),
        Some(table) if table.name == OUTPUT.name => {
            let (output, form) = place.output();
            let format = formats().into_iter().find(|format| Some(format.name) == output.map(|output| output.format));
            let had = keys_of_output(format.as_ref(), form);
            OUTPUT.keys.iter().filter(|key| had.contains(&key.name)).map(key).collect()
        }
        Some(_) => PACKAGE.keys.iter().map(key).collect(),
    };
    offers.retain(|offer| place.value(&offer.label).is_none());
    if !place.is_inline {
        offers.extend(heads(text));
    }
    offers
}

fn key(key: &Key) -> Offer {
    Offer {
        label: key.name.to_owned(),
        insert: Some(format!("{} = ", key.name)),
        snippet: Some(if key.takes == Takes::Flag {
            format!("{} = ${{1|true,false|}}", key.name)
        } else {
            format!("{} = \"$1\"", key.name)
        }),
        kind: Some(ItemKind::Property),
        detail: key.meaning.to_owned(),
        ..Offer::default()
    }
}

/// The checks whose gravity may be changed, and their families.
fn lints() -> Vec<Offer> {
    let levels: Vec<&str> = LEVELS.iter().map(|(level, _)| *level).collect();
    let offer = |label: &str, detail: String, also: &str| Offer {
        label: label.to_owned(),
        insert: Some(format!("{label} = \"{}\"", levels[0])),
        snippet: Some(format!("{label} = \"${{1|{}|}}\"", levels.join(","))),
        kind: Some(ItemKind::EnumMember),
        detail,
        also: also.to_owned(),
        ..Offer::default()
    };
    let codes = codes::ALL.iter().filter(|code| !code.forbids_output());
    let codes = codes.map(|code| offer(code.name, format!("{}: {}", code.code, code.summary), code.code));
    let families = Family::ALL.into_iter().filter(|family| !family.forbids_output());
    let families = families.map(|family| offer(family.word(), "all checks of the family".to_owned(), ""));
    codes.chain(families).collect()
}

/// The other packages that are known, with their folders from here.
fn dependencies(workspace: &Workspace, path: &str) -> Vec<Offer> {
    let offer = |(name, folder): (String, String)| Offer {
        insert: Some(dependency_line(&name, &folder)),
        label: name,
        kind: Some(ItemKind::Module),
        detail: folder,
        ..Offer::default()
    };
    packages(workspace, path).map(offer).collect()
}

/// The names of the other packages that are known, and their folders from the manifest's.
fn packages<'a>(workspace: &'a Workspace, path: &'a str) -> impl Iterator<Item = (String, String)> + 'a {
    let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let others = workspace.all_snapshots().filter(move |snapshot| snapshot.root != own);
    others.filter_map(move |snapshot| {
        let name = snapshot.compilation.manifest.name.clone()?;
        Some((name, from_folder(own, &snapshot.root)))
    })
}

/// A folder, as seen from another.
fn from_folder(own: &str, other: &str) -> String {
    let (own, other): (Vec<&str>, Vec<&str>) = (own.split('/').collect(), other.split('/').collect());
    let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = own[shared..].iter().map(|_| "..");
    let steps: Vec<&str> = up.chain(other[shared..].iter().copied()).collect();
    if steps.is_empty() { ".".to_owned() } else { steps.join("/") }
}

/// The values that a key may have.
fn values(workspace: &Workspace, path: &str, place: &Place<'_>, key: &str) -> Vec<Offer> {
    let offer = |label: &str, detail: &str| Offer {
        label: label.to_owned(),
        insert: Some(format!("\"{label}\"")),
        kind: Some(ItemKind::Value),
        detail: detail.to_owned(),
        ..Offer::default()
    };
    let Some(table) = place.table() else { return Vec::new() };
    if table.name == LINTS.name {
        return LEVELS.iter().map(|(level, meaning)| offer(level, meaning)).collect();
    }
    match table.keys.iter().find(|known| known.name == key).map(|known| known.takes) {
        Some(Takes::Flag) => {
            let flag = |label: &str| Offer { insert: None, ..offer(label, "") };
            vec![flag("true"), flag("false")]
        }
        Some(Takes::Format) => emit::ALL.iter().map(|output| offer(output.format, output.about)).collect(),
        Some(Takes::Form) => {
            let outputs = place.output().0.map_or(emit::ALL, std::slice::from_ref);
            let forms = outputs.iter().filter(|output| output.has_forms()).flat_map(|output| output.forms);
            forms.map(|form| offer(form.name, form.about)).collect()
        }
        Some(takes @ (Takes::Catalog | Takes::Assessment)) => {
            let snapshot =
                workspace.all_snapshots().find(|snapshot| path.strip_suffix("/prm.toml") == Some(&snapshot.root));
            let named = if takes == Takes::Catalog { covered } else { assessments };
            snapshot
                .map(|snapshot| named(snapshot))
                .into_iter()
                .flatten()
                .map(|(id, title)| offer(&id, &title))
                .collect()
        }
        Some(Takes::Path) if place.is_dependency() => {
            packages(workspace, path).map(|(name, folder)| offer(&folder, &name)).collect()
        }
        _ => Vec::new(),
    }
}

/// The catalogs that a model covers.
fn covered(snapshot: &Snapshot) -> Vec<(String, String)> {
    let program = snapshot.program();
    let catalogs = snapshot.compilation.coverage.catalogs.iter().map(|covered| program.catalog(covered.catalog));
    let title = |span| snapshot.compilation.sources.text(span).into_owned();
    catalogs.map(|catalog| (program.name(catalog.id).to_owned(), title(catalog.title))).collect()
}

/// The assessments that a package sees.
fn assessments(snapshot: &Snapshot) -> Vec<(String, String)> {
    let program = snapshot.program();
    let title = |span| snapshot.compilation.sources.text(span).into_owned();
    let seen = assessment::seen(program).into_iter();
    seen.map(|(_, row)| (program.name(row.id).to_owned(), title(row.title))).collect()
}

/// `textDocument/hover`: what the word at the cursor means.
pub fn hover(document: &Document, offset: usize) -> Option<(Range<usize>, String)> {
    let text = document.text();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = offset + text[offset..].chars().take_while(|c| is_part(*c)).count();
    let start = text[..offset].trim_end_matches(is_part).len();
    let (place, word) = (Place::at(text, start)?, &text[start..end]);
    if word.is_empty() {
        return None;
    }
    let is_head = place.before.trim_start().starts_with('[');
    let told = if is_head {
        TABLES.iter().find(|table| table.name == word).map(|table| table.meaning.to_owned())
    } else if let Some((key, _)) = place.before.split_once('=') {
        meaning_of_value(place.table()?, key.trim(), word)
    } else if place.table().is_some_and(|table| table.name == LINTS.name) {
        codes::find(word).map(facts::describe_code)
    } else {
        place.table()?.keys.iter().find(|key| key.name == word).map(|key| key.meaning.to_owned())
    };
    told.map(|told| (start..end, told))
}

fn meaning_of_value(table: &Table, key: &str, word: &str) -> Option<String> {
    if table.name == keys::LINTS.name {
        return LEVELS.iter().find(|(level, _)| *level == word).map(|(_, meaning)| (*meaning).to_owned());
    }
    let takes = table.keys.iter().find(|known| known.name == key)?.takes;
    find(word).filter(|_| takes == Takes::Format).map(|output| format!("{}.", output.about))
}

#[cfg(test)]
mod tests {
    use super::{Place, from_folder};

    #[test]
    fn folders_are_seen_from_others() {
        for (own, other, seen) in
            [("/a/b", "/a/c", "../c"), ("/a", "/a/c/d", "c/d"), ("/a/b/c", "/a", "../.."), ("/a", "/a", ".")]
        {
            assert_eq!(from_folder(own, other), seen);
        }
    }

    #[test]
    fn a_place_knows_its_table() {
        let text =
            "# m\n[package]\nname = \"a # b\" # [lints]\n\n[dependencies]\nb = { path = \"../b\" }\n[[output]]\nx";
        let head = |before: &str| {
            let at = text.find(before).unwrap() + before.len();
            Place::at(text, at).map(|place| (place.head, place.is_inline))
        };
        assert_eq!(head(""), Some(("", false)));
        assert_eq!(head("# m"), None);
        assert_eq!(head("name"), Some(("package", false)));
        assert_eq!(head("a # b"), Some(("package", false)));
        assert_eq!(head("# [lints"), None);
        assert_eq!(head("[depend"), Some(("package", false)));
        assert_eq!(head("{ pa"), Some(("dependencies", true)));
        assert_eq!(head("../b\" }"), Some(("dependencies", false)));
        assert_eq!(head("]]\nx"), Some(("output", false)));
        assert_eq!(Place::at(text, text.len()).unwrap().section, "[[output]]\nx");
        assert_eq!(Place::at(text, text.find("name").unwrap()).unwrap().section.lines().count(), 3);
    }
}
