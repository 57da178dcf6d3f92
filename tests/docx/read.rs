//! Reads a document as a word processor does: parts, styles, lists that count, marks and fields.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

use crate::trees::{Said, squeezed};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a file.
pub struct Parts(BTreeMap<String, Vec<u8>>, Vec<String>);

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

fn all<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(node, name))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((W, name))
}

/// The value of a property of a paragraph.
fn property<'a>(paragraph: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let properties = paragraph.children().find(|node| is(node, "pPr"))?;
    attribute(properties.descendants().find(|node| is(node, name))?, "val")
}

/// The words of a node, without what fields are told.
fn words(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for node in node.descendants() {
        match node.tag_name().name() {
            "t" => words.push_str(node.text().unwrap_or_default()),
            "br" | "tab" if node.parent().is_some_and(|parent| is(&parent, "r")) => words.push(' '),
            _ => {}
        }
    }
    squeezed(&words)
}

impl Parts {
    pub fn of(bytes: &[u8]) -> Parts {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let (mut parts, mut names) = (BTreeMap::new(), Vec::new());
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).unwrap();
            let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
            part.read_to_end(&mut bytes).unwrap();
            names.push(name.clone());
            assert!(parts.insert(name, bytes).is_none());
        }
        assert_eq!(names[0], "[Content_Types].xml");
        Parts(parts, names)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.1.iter().map(String::as_str)
    }

    pub fn bytes(&self, path: &str) -> &[u8] {
        &self.0[path]
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap_or_else(|_| panic!("{path}"))
    }

    /// The name that our text has for each style id.
    fn styles(&self) -> BTreeMap<String, String> {
        let text = self.text("word/styles.xml");
        let tree = Document::parse(&text).unwrap();
        let styles = all(tree.root(), "style").map(|style| {
            let name = all(style, "name").next().and_then(|name| attribute(name, "val")).unwrap();
            (attribute(style, "styleId").unwrap().to_owned(), name.to_owned())
        });
        styles.collect()
    }

    /// The words of the paragraphs in a style.
    pub fn paragraphs(&self, style: &str) -> Vec<String> {
        let text = self.text("word/document.xml");
        let tree = Document::parse(&text).unwrap();
        all(tree.root(), "p").filter(|p| property(*p, "pStyle") == Some(style)).map(words).collect()
    }

    /// The words of all paragraphs, a line each.
    pub fn plain(&self) -> String {
        let text = self.text("word/document.xml");
        let tree = Document::parse(&text).unwrap();
        all(tree.root(), "p").map(|paragraph| words(paragraph) + "\n").collect()
    }

    /// The titles on the cover and above the text.
    pub fn titles(&self) -> Vec<String> {
        let mut titles = self.paragraphs("zzCover");
        titles.extend(self.paragraphs("zzSTDTitle"));
        assert!(!titles.is_empty());
        titles
    }

    pub fn footnotes(&self) -> Vec<String> {
        let text = self.text("word/footnotes.xml");
        let tree = Document::parse(&text).unwrap();
        all(tree.root(), "footnote").filter(|note| attribute(*note, "type").is_none()).map(words).collect()
    }

    /// What stands for each picture where it is not seen.
    pub fn figures(&self) -> Vec<String> {
        let text = self.text("word/document.xml");
        let tree = Document::parse(&text).unwrap();
        let pictures = tree.descendants().filter(|node| node.tag_name().name() == "docPr");
        pictures.map(|node| node.attribute("descr").unwrap().to_owned()).collect()
    }

    /// Each part is sound, and what one names is there, once.
    pub fn assert_sound(&self, what: &str) {
        let mut texts = BTreeMap::new();
        for (path, bytes) in &self.0 {
            if path.ends_with(".xml") || path.ends_with(".rels") {
                texts.insert(path.as_str(), std::str::from_utf8(bytes).unwrap());
            }
        }
        let trees: BTreeMap<&str, Document<'_>> = texts
            .iter()
            .map(|(path, text)| (*path, Document::parse(text).unwrap_or_else(|e| panic!("{what}: {path}: {e}"))))
            .collect();
        self.assert_types(&trees, what);
        self.assert_relationships(&trees, what);
        let main = trees["word/document.xml"].root();
        let values = |path: &str, element: &'static str, name: &str| -> Vec<String> {
            all(trees[path].root(), element).filter_map(|node| attribute(node, name)).map(str::to_owned).collect()
        };
        let unique = |values: Vec<String>| {
            let set: BTreeSet<String> = values.iter().cloned().collect();
            assert_eq!(set.len(), values.len(), "{what}: {values:?}");
            set
        };
        let marks = unique(values("word/document.xml", "bookmarkStart", "name"));
        assert!(
            marks.iter().all(|mark| mark.len() <= 40 && mark.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        );
        let opened = unique(values("word/document.xml", "bookmarkStart", "id"));
        assert_eq!(opened, unique(values("word/document.xml", "bookmarkEnd", "id")), "{what}");
        let pictures = main.descendants().filter(|node| node.tag_name().name() == "docPr");
        unique(pictures.map(|node| node.attribute("id").unwrap().to_owned()).collect());
        let notes = unique(values("word/footnotes.xml", "footnote", "id"));
        let lists = unique(values("word/numbering.xml", "num", "numId"));
        let definitions = unique(values("word/numbering.xml", "abstractNum", "abstractNumId"));
        let styles = unique(values("word/styles.xml", "style", "styleId"));
        for path in ["word/document.xml", "word/footnotes.xml"] {
            for (element, name, known) in [
                ("hyperlink", "anchor", &marks),
                ("footnoteReference", "id", &notes),
                ("numId", "val", &lists),
                ("pStyle", "val", &styles),
                ("rStyle", "val", &styles),
                ("tblStyle", "val", &styles),
            ] {
                let lost: Vec<String> =
                    values(path, element, name).into_iter().filter(|value| !known.contains(value)).collect();
                assert!(lost.is_empty(), "{what}: {path}: {element} {lost:?}");
            }
            for instruction in all(trees[path].root(), "instrText").filter_map(|node| node.text()) {
                let parts: Vec<&str> = instruction.split_whitespace().collect();
                let leads = matches!(parts[0], "REF" | "PAGEREF");
                assert!(!leads || marks.contains(parts[1]), "{what}: {instruction}");
            }
            let kinds = values(path, "fldChar", "fldCharType");
            let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
            assert!(count("begin") == count("end") && count("begin") == count("separate"), "{what}");
        }
        let used = values("word/numbering.xml", "abstractNumId", "val");
        assert!(used.iter().all(|used| definitions.contains(used)), "{what}");
        for element in ["basedOn", "next", "link"] {
            assert!(values("word/styles.xml", element, "val").iter().all(|style| styles.contains(style)), "{what}");
        }
        // A cell ends with a paragraph, and all rows are as wide as their table.
        for table in all(main, "tbl") {
            let columns = all(table, "gridCol").count();
            for row in all(table, "tr") {
                let spans = all(row, "tc").map(|cell| {
                    assert!(cell.last_element_child().is_some_and(|last| is(&last, "p")), "{what}");
                    all(cell, "gridSpan").next().and_then(|span| attribute(span, "val")?.parse().ok()).unwrap_or(1)
                });
                assert_eq!(spans.sum::<usize>(), columns, "{what}");
            }
        }
    }

    fn assert_types(&self, trees: &BTreeMap<&str, Document<'_>>, what: &str) {
        let types = trees["[Content_Types].xml"].root();
        let get = |name: &str| -> BTreeSet<String> {
            types.descendants().filter_map(|node| node.attribute(name)).map(str::to_owned).collect()
        };
        let (endings, parts) = (get("Extension"), get("PartName"));
        for path in self.0.keys().filter(|path| *path != "[Content_Types].xml") {
            let ending = path.rsplit('.').next().unwrap();
            assert!(parts.contains(&format!("/{path}")) || endings.contains(ending), "{what}: {path}");
        }
        assert!(parts.iter().all(|part| self.0.contains_key(&part[1..])), "{what}");
    }

    fn assert_relationships(&self, trees: &BTreeMap<&str, Document<'_>>, what: &str) {
        for (path, tree) in trees.iter().filter(|(path, _)| path.ends_with(".rels")) {
            let folder = path.split("_rels/").next().unwrap();
            let mut ids = BTreeSet::new();
            for node in tree.descendants().filter(|node| node.tag_name().name() == "Relationship") {
                assert!(ids.insert(node.attribute("Id").unwrap()), "{what}: {path}");
                let target = node.attribute("Target").unwrap();
                let is_there = self.0.contains_key(&format!("{folder}{target}"));
                assert!(is_there || node.attribute("TargetMode") == Some("External"), "{what}: {path}: {target}");
            }
            let part = path.replacen("_rels/", "", 1);
            let Some(tree) = trees.get(part.trim_end_matches(".rels")) else { continue };
            for attribute in tree.descendants().flat_map(|node| node.attributes()).filter(|a| a.namespace() == Some(R))
            {
                assert!(ids.contains(attribute.value()), "{what}: {part}: {}", attribute.value());
            }
        }
    }

    /// What a reader sees.
    pub fn said(&self) -> Said {
        let text = self.text("word/document.xml");
        let tree = Document::parse(&text).unwrap();
        let body = all(tree.root(), "body").next().unwrap();
        let mut reader = Reader { styles: self.styles(), ..Reader::default() };
        all(body, "p").for_each(|paragraph| reader.mark(paragraph));
        for paragraph in all(body, "p") {
            reader.paragraph(paragraph);
        }
        for table in all(body, "tbl") {
            reader.said.tables.push(read_table(table, &reader.styles));
        }
        reader.said
    }
}

#[derive(Default)]
struct Reader {
    styles: BTreeMap<String, String>,
    said: Said,
    /// The number of each mark's heading.
    marks: BTreeMap<String, Option<usize>>,
    heading_count: usize,
    counts: [[usize; 6]; 2],
    /// The number of a term, whose name is the next paragraph.
    number: Option<(usize, String)>,
    /// The cells that stand again, because the page ended.
    again: BTreeSet<usize>,
}

/// The levels of the styles that begin something.
fn level_of(style: &str) -> Option<(usize, usize)> {
    let number = |rest: &str| rest.parse::<usize>().ok();
    match style {
        "ANNEX" => Some((1, 0)),
        "Foreword Title" | "Intro Title" | "Biblio Title" => Some((2, 0)),
        _ => match style.strip_prefix("heading ").and_then(number) {
            Some(level) => Some((0, level - 1)),
            None => style.strip_prefix('a').and_then(number).map(|level| (1, level - 1)),
        },
    }
}

impl Reader {
    fn style(&self, paragraph: Node<'_, '_>) -> String {
        property(paragraph, "pStyle").and_then(|style| self.styles.get(style)).cloned().unwrap_or_default()
    }

    /// Notes which heading the marks in a paragraph stand for.
    fn mark(&mut self, paragraph: Node<'_, '_>) {
        let style = self.style(paragraph);
        let heading = (level_of(&style).is_some() || style == "Term(s)").then_some(self.heading_count);
        for mark in all(paragraph, "bookmarkStart") {
            self.marks.insert(attribute(mark, "name").unwrap().to_owned(), heading);
        }
        self.heading_count += usize::from(heading.is_some());
    }

    /// What a list shows, counting it.
    fn count(&mut self, list: usize, level: usize) -> String {
        let counts = &mut self.counts[list];
        counts[level] += 1;
        counts[level + 1..].fill(0);
        let first = match list {
            0 => counts[0].to_string(),
            _ => char::from(b'A' + u8::try_from((counts[0] - 1) % 26).unwrap())
                .to_string()
                .repeat((counts[0] - 1) / 26 + 1),
        };
        first + &counts[1..=level].iter().map(|count| format!(".{count}")).collect::<String>()
    }

    fn paragraph(&mut self, paragraph: Node<'_, '_>) {
        let style = self.style(paragraph);
        let direct = property(paragraph, "numId").and_then(|list| list.parse::<usize>().ok());
        if style == "TermNum" {
            let level: usize = property(paragraph, "ilvl").map_or(1, |level| level.parse().unwrap());
            let number = if direct.is_some() { self.count(0, level) } else { words(paragraph) };
            self.number = Some((level + 2, number));
        } else if style == "Term(s)" {
            let (level, number) = self.number.take().unwrap_or((3, String::new()));
            self.said.headings.push((level, squeezed(&format!("{number} {}", words(paragraph)))));
        } else if let Some((list, level)) = level_of(&style) {
            let number = if direct.is_none() && list < 2 { self.count(list, level) } else { String::new() };
            let annex = if style == "ANNEX" && direct.is_none() { "Annex " } else { "" };
            self.said.headings.push((level + 2, squeezed(&format!("{annex}{number} {}", words(paragraph)))));
        }
        if !style.starts_with("toc ") && !self.is_again(paragraph) {
            self.links(paragraph);
        }
    }

    /// Whether it stands in a cell that is told again.
    fn is_again(&mut self, paragraph: Node<'_, '_>) -> bool {
        let Some(cell) = paragraph.ancestors().find(|node| is(node, "tc")) else { return false };
        if self.again.is_empty() {
            let body = paragraph.ancestors().last().unwrap();
            self.again.insert(usize::MAX);
            for table in all(body, "tbl") {
                self.again.extend(told_again(table));
            }
        }
        self.again.contains(&cell.range().start)
    }

    fn links(&mut self, paragraph: Node<'_, '_>) {
        let mut found: Vec<(usize, (String, Option<usize>))> = Vec::new();
        for link in all(paragraph, "hyperlink") {
            if let Some(Some(to)) = attribute(link, "anchor").and_then(|mark| self.marks.get(mark)) {
                found.push((link.range().start, (words(link), Some(*to))));
            }
        }
        // A field and what it shows are runs beside each other.
        let mut field: Option<(Option<usize>, String)> = None;
        for run in paragraph.descendants().filter(|node| is(node, "r")) {
            if let Some(instruction) = all(run, "instrText").next().and_then(|node| node.text()) {
                let mark = instruction.trim().strip_prefix("REF ").and_then(|rest| rest.split(' ').next());
                let to = mark.and_then(|mark| self.marks.get(mark).copied().flatten());
                field = to.map(|to| (Some(to), String::new()));
            } else if all(run, "fldChar").any(|node| attribute(node, "fldCharType") == Some("end")) {
                if let Some((to, shown)) = field.take() {
                    found.push((run.range().start, (squeezed(&shown), to)));
                }
            } else if let Some((_, shown)) = &mut field {
                shown.push_str(&words(run));
            }
        }
        found.sort();
        self.said.links.extend(found.into_iter().map(|(_, link)| link));
    }
}

/// A cell of a row: where it begins, how many columns it has, and whether it is joined with those above.
fn cells<'a, 'i>(row: Node<'a, 'i>) -> Vec<(usize, usize, bool, Node<'a, 'i>)> {
    let mut column = 0;
    let mut found = Vec::new();
    for cell in row.children().filter(|node| is(node, "tc")) {
        let span = all(cell, "gridSpan").next().and_then(|span| attribute(span, "val")?.parse().ok()).unwrap_or(1);
        let merge = all(cell, "vMerge").next();
        found.push((column, span, merge.is_some_and(|merge| attribute(merge, "val").is_none()), cell));
        column += span;
    }
    found
}

/// The places of the cells that are told again: as the cell above, which reached down to them.
fn told_again(table: Node<'_, '_>) -> Vec<usize> {
    let mut above: BTreeMap<usize, (String, bool)> = BTreeMap::new();
    let mut again = Vec::new();
    for row in all(table, "tr") {
        for (column, _, is_joined, cell) in cells(row) {
            let reaches = all(cell, "vMerge").next().is_some();
            let shown = words(cell);
            let is_again = !is_joined
                && above.get(&column).is_some_and(|(words, reached)| *reached && !shown.is_empty() && *words == shown);
            if is_again {
                again.push(cell.range().start);
            }
            if !is_joined {
                above.insert(column, (shown, reaches));
            }
        }
    }
    again
}

fn read_table(table: Node<'_, '_>, styles: &BTreeMap<String, String>) -> (String, Vec<Vec<String>>) {
    let named = |paragraph: &Node<'_, '_>| {
        property(*paragraph, "pStyle").and_then(|style| styles.get(style)).map(String::as_str)
    };
    let before = table.prev_sibling_element().filter(|node| is(node, "p"));
    let caption = before.filter(|node| matches!(named(node), Some("Table title" | "Annex Table Title"))).map(words);
    let again = told_again(table);
    let columns = all(table, "gridCol").count();
    let mut grid = Vec::new();
    for row in all(table, "tr") {
        if all(row, "p").any(|node| named(&node) == Some("Table footer")) {
            continue;
        }
        let mut line = vec![String::new(); columns];
        for (column, _, is_joined, cell) in cells(row) {
            if !is_joined && !again.contains(&cell.range().start) {
                line[column] = words(cell);
            }
        }
        grid.push(line);
    }
    (caption.unwrap_or_default(), grid)
}
