//! Joins the styles and lists of a template with ours: what it has is its own, what it lacks is ours.

use rustc_hash::FxHashSet;

use super::super::WORD;
use super::super::numbering::Numbers;
use super::super::styles::{self, Names, Style};
use super::archive::parse;

/// The joined styles, what they are called, and how headings are numbered.
pub(super) struct Merged {
    pub styles: String,
    pub names: Names,
    pub numbers: Numbers,
}

type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// Joins them.
pub(super) fn styles(text: &str, numbering: Option<&str>, language: &str) -> Result<Merged, &'static str> {
    const STRANGE: &str =
        "has styles that are not as Word writes them; a strict document has to be saved as a usual one";
    let tree = parse(text).map_err(|_| STRANGE)?;
    let root = tree.root_element();
    if !root.has_tag_name((WORD, "styles")) {
        return Err(STRANGE);
    }
    let theirs: Vec<Node<'_, '_>> = root.children().filter(|node| node.has_tag_name((WORD, "style"))).collect();
    let mut names = Names::default();
    let mut ids: FxHashSet<String> =
        theirs.iter().filter_map(|style| attribute(*style, "styleId")).map(str::to_lowercase).collect();
    let mut lacking: Vec<&'static Style> = Vec::new();
    for ours in styles::ALL {
        match theirs.iter().find(|style| is(**style, ours)).and_then(|style| attribute(*style, "styleId")) {
            Some(id) => {
                names.0.insert(ours.id, super::xml::escaped(id));
            }
            None => {
                let mut id = ours.id.to_owned();
                while !ids.insert(id.to_lowercase()) {
                    id.push('_');
                }
                names.0.insert(ours.id, id);
                lacking.push(ours);
            }
        }
    }
    let mut added = String::new();
    for style in lacking {
        let mut written = String::new();
        style.write(&mut written, &|id| names.id(id).to_owned());
        if let (Some(from), Some(to)) = (written.find("<w:numPr>"), written.find("</w:numPr>")) {
            // Its paragraphs say it themselves.
            written.replace_range(from..to + "</w:numPr>".len(), "");
        }
        // There may be one default of each kind.
        added.push_str(&written.replace(" w:default=\"1\"", ""));
    }
    let numbers = numbers(numbering, &theirs, &names)?;
    let end = text[..root.range().end].rfind("</").filter(|end| *end >= root.range().start);
    let Some(end) = end.filter(|_| !theirs.is_empty()) else { return Err(STRANGE) };
    let mut joined = text.to_owned();
    joined.insert_str(end, &added);
    speak(&mut joined, root, language);
    Ok(Merged { styles: joined, names, numbers })
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((WORD, name))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|node| node.has_tag_name((WORD, name)))
}

/// Whether a style is the one that we call so.
fn is(style: Node<'_, '_>, ours: &Style) -> bool {
    let name = child(style, "name").and_then(|name| attribute(name, "val")).unwrap_or_default();
    // A name may have others behind it.
    let name = name.split(',').next().unwrap_or_default().trim();
    attribute(style, "type") == Some(ours.kind.word()) && name.to_lowercase() == ours.name.to_lowercase()
}

/// Says in which language words are that say nothing of theirs: what stands last is changed first.
fn speak(text: &mut String, root: Node<'_, '_>, language: &str) {
    let language = styles::language(language).replace("<w:lang ", &format!("<w:lang xmlns:w=\"{WORD}\" "));
    let defaults = child(root, "docDefaults").and_then(|node| child(node, "rPrDefault"));
    let words = defaults.and_then(|node| child(node, "rPr"));
    if let Some(lang) = words.and_then(|words| child(words, "lang")) {
        text.replace_range(lang.range(), &language);
    } else if let Some(last) = words.and_then(|words| words.last_element_child()) {
        text.insert_str(last.range().end, &language);
    } else if child(root, "docDefaults").is_none()
        && let Some(first) = root.first_element_child()
    {
        let defaults = format!(
            "<w:docDefaults xmlns:w=\"{WORD}\"><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>"
        );
        text.insert_str(first.range().start, &defaults);
    }
}

/// The lists of the template with places for ours, and which of them count headings.
fn numbers(text: Option<&str>, theirs: &[Node<'_, '_>], names: &Names) -> Result<Numbers, &'static str> {
    const STRANGE: &str = "has lists that are not as Word writes them";
    let mut numbers = Numbers { has_template: true, ..Numbers::default() };
    let Some(text) = text else { return Ok(numbers) };
    let tree = parse(text).map_err(|_| STRANGE)?;
    let root = tree.root_element();
    if !root.has_tag_name((WORD, "numbering")) {
        return Err(STRANGE);
    }
    let most = |element: &str, id: &str| {
        let all = root.children().filter(|node| node.has_tag_name((WORD, element)));
        all.filter_map(|node| attribute(node, id)?.parse::<usize>().ok()).filter(|id| *id < 1 << 30).max().unwrap_or(0)
    };
    numbers.before = (most("abstractNum", "abstractNumId"), most("num", "numId"));
    for (list, group) in [["Heading1", "Heading2", "Heading3"], ["ANNEX", "a2", "a3"]].iter().enumerate() {
        let of: Vec<Option<usize>> = group.iter().map(|style| list_of(theirs, names.id(style))).collect();
        numbers.of_styles[list] = of.first().copied().flatten().filter(|_| of.iter().all(Option::is_some));
    }
    let children = || root.children().filter(|node| node.is_element());
    let is_before = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "numPicBullet" | "abstractNum");
    let lists = || children().filter(|node| node.has_tag_name((WORD, "num")));
    let definitions = children().rfind(is_before).map(|node| node.range().end);
    // Where there is nothing to keep, the part is ours.
    if let Some(definitions) = definitions.or_else(|| lists().next().map(|node| node.range().start)) {
        let end = lists().next_back().map_or(definitions, |node| node.range().end);
        let pieces = [text.get(..definitions), text.get(definitions..end), text.get(end..)];
        numbers.template = Some(pieces.map(|piece| piece.unwrap_or_default().to_owned()));
    }
    Ok(numbers)
}

/// The list that counts paragraphs of a style, which it may have from one that it is based on.
fn list_of(theirs: &[Node<'_, '_>], id: &str) -> Option<usize> {
    let mut id = id.to_owned();
    for _ in 0..10 {
        let style = theirs.iter().find(|style| attribute(**style, "styleId") == Some(&id))?;
        let list = child(*style, "pPr").and_then(|node| child(node, "numPr")).and_then(|node| child(node, "numId"));
        if let Some(list) = list {
            return attribute(list, "val")?.parse().ok().filter(|list| *list > 0);
        }
        id = attribute(child(*style, "basedOn")?, "val")?.to_owned();
    }
    None
}
