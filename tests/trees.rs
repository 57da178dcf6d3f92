//! What the Markdown of a document says is what its tree says: headings, cells, captions and links, read back by another
//! parser, for the documents of all examples and of random models.

use std::path::Path;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options};
use prm::Compilation;
use prm::document::markdown::markdown;
use prm::document::{Block, Cell, Document, Figure, Inline, Key, Line, Note, Numbering, Part, Side, Status, Table};
use prm::emit::telling::Telling;
use prm::emit::{diff, pam, soa};

use crate::support::Project;
use crate::worlds::world::World;

/// What both sides say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The level and the words of each heading.
    pub headings: Vec<(usize, String)>,
    /// The cells of each table, row by row, behind its caption.
    pub tables: Vec<(String, Vec<Vec<String>>)>,
    /// The words of each link within the document, and the heading that it leads to.
    pub links: Vec<(String, Option<usize>)>,
}

pub fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a tree says.
pub fn told(document: &Document) -> Said {
    let mut said = Said { headings: vec![(1, squeezed(document.title.shown()))], ..Said::default() };
    let mut keys: Vec<Vec<Key>> = vec![Vec::new()];
    for (heading, number) in headings(document).zip(document.numbers()) {
        let words = format!("{} {}", number.unwrap_or_default(), heading.words.shown());
        said.headings.push((heading.level, squeezed(&words)));
        keys.push(heading.keys.clone());
    }
    let mut lines = vec![&document.title];
    lines.extend(&document.notice);
    of_blocks(&document.blocks, &mut lines, &mut document.labels().into_iter(), &mut said);
    let others = labelled(document);
    let leads_to = |key: &Key| {
        let heading = keys.iter().position(|keys| keys.contains(key));
        heading.map(Some).or_else(|| others.iter().any(|(other, _)| *other == Some(key)).then_some(None))
    };
    lines.into_iter().for_each(|line| links(line.as_line(), &leads_to, &mut said.links));
    said
}

fn headings(document: &Document) -> impl Iterator<Item = &prm::document::Heading> {
    document.blocks.iter().filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None })
}

fn of_blocks<'a>(
    blocks: &'a [Block],
    lines: &mut Vec<&'a Inline>,
    labels: &mut impl Iterator<Item = String>,
    said: &mut Said,
) {
    for block in blocks {
        match block {
            Block::Heading(heading) => lines.push(&heading.words),
            Block::Paragraph(words) => lines.push(words),
            Block::List(list) => list.items.iter().for_each(|item| of_blocks(item, lines, labels, said)),
            Block::Quotation(blocks) => of_blocks(blocks, lines, labels, said),
            Block::Note(note) => of_blocks(&note.blocks, lines, labels, said),
            Block::Term(term) => {
                // Notes and the source stand in the order of the entry.
                lines.extend(&term.admitted);
                of_blocks(&term.definition, lines, labels, said);
                lines.push(&term.remark);
                term.notes.iter().for_each(|note| of_blocks(&note.blocks, lines, labels, said));
                lines.push(&term.source);
            }
            Block::References(references) => {
                if let Block::Table(table) = references.shown(&prm::document::words::EN) {
                    let caption = labels.next().unwrap() + " — " + table.caption.shown();
                    said.tables.push((squeezed(&caption), grid(&table)));
                }
                for work in &references.works {
                    lines.extend([&work.named, &work.title, &work.role]);
                }
            }
            Block::Figure(figure) => {
                lines.push(&figure.caption);
                let _ = (!figure.caption.is_empty()).then(|| labels.next());
            }
            Block::Table(table) => {
                let label = (!table.caption.is_empty()).then(|| labels.next().unwrap() + " — ");
                said.tables.push((squeezed(&(label.unwrap_or_default() + table.caption.shown())), grid(table)));
                lines.push(&table.caption);
                lines.extend(table.head.iter().chain(&table.rows).flatten().map(|cell| &cell.words));
                lines.extend(&table.notes);
            }
            Block::Code(_) | Block::Rule => {}
        }
    }
}

/// The cells of a table by row and column, drawn one after the other into a grid.
fn grid(table: &Table) -> Vec<Vec<String>> {
    let rows: Vec<&Vec<Cell>> = table.head.iter().chain(&table.rows).collect();
    let mut grid = vec![vec![None; table.columns.len()]; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        for cell in *row {
            let Some(column) = grid[at].iter().position(Option::is_none) else { break };
            for line in grid.iter_mut().skip(at).take(cell.rows) {
                line.iter_mut().skip(column).take(cell.columns).for_each(|place| *place = Some(String::new()));
            }
            grid[at][column] = Some(squeezed(cell.words.shown()));
        }
    }
    grid.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

fn links(line: Line<'_>, leads_to: &dyn Fn(&Key) -> Option<Option<usize>>, found: &mut Vec<(String, Option<usize>)>) {
    for part in line.parts() {
        match part {
            Part::Reference { key, words } => {
                let to = leads_to(key);
                found.extend(to.map(|to| (squeezed(words.shown()), to)));
            }
            Part::Strong(words)
            | Part::Emphasis(words)
            | Part::Inserted(words)
            | Part::Struck(words)
            | Part::Footnote(words) => links(words, leads_to, found),
            Part::Link { .. } | Part::Text(_) | Part::Code(_) | Part::Draft(_) | Part::Break => {}
        }
    }
}

/// What a reader of the Markdown sees.
fn read(text: &str) -> Said {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.header_ids = Some(String::new());
    let html = comrak::markdown_to_html(text, &options);
    // The anchor of each heading: ours, or that of the renderer.
    let headings = html.split("<h").skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let heading = |rest: &str| rest.split("</h").next().unwrap().to_owned();
    let anchors: Vec<String> = headings.map(heading).collect();
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options);
    let mut said = Said::default();
    let mut before = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Heading(heading) => said.headings.push((heading.level.into(), shown(node))),
            NodeValue::Table(_) => {
                let rows = node.children().map(|row| row.children().map(|cell| shown(cell)).collect()).collect();
                said.tables.push((std::mem::take(&mut before), rows));
            }
            NodeValue::Link(link) if link.url.starts_with('#') => {
                let to = anchors.iter().position(|ids| ids.contains(&format!("id=\"{}\"", &link.url[1..])));
                said.links.push((shown(node), to));
            }
            _ => {}
        }
        if node.parent().is_some_and(|parent| parent.parent().is_none()) {
            before = caption(node);
        }
    }
    said
}

fn shown<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    squeezed(&text)
}

/// The words of a paragraph that is nothing but bold, behind an anchor of ours.
fn caption<'a>(node: &'a AstNode<'a>) -> String {
    let is = |node: &'a AstNode<'a>, wanted: fn(&NodeValue) -> bool| wanted(&node.data.borrow().value);
    let mut words = node.children().filter(|child| is(child, |value| !matches!(value, NodeValue::HtmlInline(_))));
    let only = words.next().filter(|_| words.next().is_none());
    let bold = only.filter(|only| is(only, |value| matches!(value, NodeValue::Strong)));
    bold.filter(|_| is(node, |value| matches!(value, NodeValue::Paragraph))).map(shown).unwrap_or_default()
}

/// The key of each table and figure at the top of a document that has a caption, and what stands before that; but for
/// lists of what is cited, which the sentence above them is about, and which are no table in all forms.
fn labelled(document: &Document) -> Vec<(Option<&Key>, String)> {
    let keys = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) if !table.caption.is_empty() => Some(Some(table.key.as_ref())),
        Block::Figure(figure) if !figure.caption.is_empty() => Some(Some(figure.key.as_ref())),
        Block::References(references) if !references.caption.is_empty() => Some(None),
        _ => None,
    });
    keys.zip(document.labels()).filter_map(|(key, label)| Some((key?, label))).collect()
}

/// Holds a document to the rules of drafting: no text hangs above subclauses, no subclause is alone, and the text refers
/// to each table by its number. The entries of terms are no subclauses.
fn laid_out(document: &Document, what: &str) {
    let mut open: Vec<(usize, &prm::document::Heading, bool, usize)> = Vec::new();
    let close = |open: &mut Vec<(usize, &prm::document::Heading, bool, usize)>, level: usize| {
        while let Some((_, heading, has_text, below)) = open.pop_if(|(own, ..)| *own >= level) {
            let words = heading.words.shown();
            assert!(below != 1, "{what}: {words} has a single subclause");
            assert!(below == 0 || !has_text, "{what}: text hangs in {words}");
        }
    };
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                close(&mut open, heading.level);
                if let Some((_, above, _, below)) = open.last_mut() {
                    let are_terms = above.keys.contains(&Key("chapter terms".into()));
                    *below += usize::from(!are_terms);
                }
                open.push((heading.level, heading, false, 0));
            }
            _ => open
                .last_mut()
                .into_iter()
                .filter(|(.., below)| *below == 0)
                .for_each(|(_, _, has_text, _)| *has_text = true),
        }
    }
    close(&mut open, 0);
    let mut lines = Vec::new();
    of_blocks(&document.blocks, &mut lines, &mut document.labels().into_iter(), &mut Said::default());
    let refers = |key: &Key, label: &str| {
        let is_it =
            |part: Part<'_>| matches!(part, Part::Reference { key: to, words } if to == key && words.shown() == label);
        lines.iter().any(|line| line.parts().any(is_it))
    };
    for (key, label) in labelled(document) {
        assert!(key.is_some_and(|key| refers(key, &label)), "{what}: nothing refers to {label}");
    }
}

/// All documents of a model; none where it may not be shown.
pub fn documents(project: &Project) -> Vec<Document> {
    documents_of(&project.compile().0)
}

fn documents_of(compilation: &Compilation) -> Vec<Document> {
    let Some(input) = compilation.checked() else { return Vec::new() };
    let mut documents = Vec::new();
    for (provenance, draft) in [(false, false), (true, false), (false, true)] {
        let telling = Telling { provenance, draft, drawings: false };
        documents.push(prm::emit::markdown::document(&input, telling));
        documents.push(pam::document(&input, telling));
        documents.push(soa::document_told(&input, telling));
    }
    documents.into_iter().flatten().collect()
}

/// Compares all documents of a model with what is read of them; how many links there were.
fn compare(project: &Project, what: &str) -> usize {
    let mut count = 0;
    for document in documents(project) {
        laid_out(&document, what);
        let text = markdown(&document);
        let (told, read) = (told(&document), read(&text));
        assert_eq!(told.headings, read.headings, "{what}");
        assert_eq!(told.links, read.links, "{what}");
        for (told, read) in told.tables.iter().zip(&read.tables) {
            assert_eq!(told, read, "{what}");
        }
        assert_eq!(told.tables.len(), read.tables.len(), "{what}");
        count += told.links.len();
    }
    count
}

#[test]
fn documents_of_examples_say_what_their_trees_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, links) in [("stdlib/iso33052", 1000), ("examples/acme", 100), ("examples/assessment", 100)] {
        let count = compare(&Project::read(&root.join(name)), name);
        assert!(count >= links, "{name}: {count} links");
    }
    let holes = std::fs::read(root.join("examples/holes.prm")).unwrap();
    assert!(compare(&Project::text(holes), "holes") > 0);
}

#[test]
fn documents_of_random_models_say_what_their_trees_say() {
    let links: usize = (0..60).map(|seed| compare(&World::random(seed).project(), &format!("seed {seed}"))).sum();
    assert!(links > 1000, "{links}");
}

/// What a document says of the checks of a model is what they find if all of them look again, whatever they found before.
#[test]
fn quiet_checks_need_not_look_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| Project::read(&root.join(path));
    let slip =
        "process B \"B\" {\n  purpose \"The purpose of B is to keep keys.\"\n  outcome 1 \"Shall be kept.\"\n}\n";
    let base = Project::text(format!("model m \"M\"\n{slip}"));
    let layer = "[package]\nname = \"l\"\nversion = \"1.0.0\"\n[dependencies]\nb = { path = \"../b\" }\n";
    let layer = Project::new()
        .with("b/prm.toml", "[package]\nname = \"b\"\nversion = \"1.0.0\"\n")
        .with("b/m.prm", format!("model m \"M\"\n{slip}"))
        .with("l/prm.toml", layer)
        .with("l/l.prm", "use b\nmodel l \"L\" extends m\n")
        .at("l");
    let random = (0..20).map(|seed| World::random(seed).project());
    let mut quiet = [0, 0];
    for project in [base, layer, read("examples/acme"), read("examples/assessment")].into_iter().chain(random) {
        let mut compilation = project.compile().0;
        let before = documents_of(&compilation);
        quiet[usize::from(before.is_empty())] += compilation.quiet.len();
        compilation.quiet.clear();
        assert_eq!(before, documents_of(&compilation));
    }
    assert!(quiet[0] > 100, "{quiet:?}");
}

/// All nodes that no model makes, and those it does, in one document.
pub fn all_nodes() -> Document {
    let plain = Inline::plain;
    let mut document = Document::new(plain("All *nodes*"));
    document.notice = Some(plain("A draft."));
    document.chapter([Key("one".into())], "First");
    document.section(Vec::new(), plain("Below"));
    document.heading(4, Vec::new(), plain("Without a number"));
    let to = |key: &str, words: &str| Inline::link(&Key(key.into()), words);
    document.paragraph(to("one", "one").then(", ").and(&to("table", "table")).then(", ").and(&to("none", "nowhere")));
    document.paragraph(plain("Words").and(&Inline::of(Part::Footnote(plain("a remark").as_line()))).draft("(draft)"));
    let cell = |words: &str, rows, columns| Cell { words: plain(words), rows, columns };
    let rows = vec![
        vec![cell("tall", 2, 1), cell("wide", 1, 2)],
        vec![cell("a", 1, 1), cell("b|c", 1, 1)],
        vec![cell("short", 1, 1)],
    ];
    let mut table = Table::under(["X", "Y", "Z"].map(Inline::plain), rows);
    table.columns[1].side = Side::Center;
    table.columns[2].side = Side::Right;
    document.push_table(Table {
        key: Some(Key("table".into())),
        caption: plain("What it shows"),
        notes: vec![plain("A note of the table.")],
        is_landscape: true,
        ..table
    });
    document.annex(Key("a".into()), Status::Normative, Inline::plain("Rules"));
    document.section(Vec::new(), plain("Of the annex"));
    document.annex(Key("b".into()), Status::Informative, Inline::plain("More"));
    document.section(Vec::new(), plain("Of the other"));
    let figure = Figure {
        key: None,
        file: "a b/c>d.svg".to_owned(),
        picture: None,
        drawing: None,
        alternative: "A [box]".to_owned(),
        caption: plain("A figure"),
    };
    document.blocks.push(Block::Figure(figure));
    document.blocks.push(Block::Note(Note { label: plain("Note 1:"), to: String::new(), blocks: vec![Block::Rule] }));
    document.chapter([Key("two".into())], "After annexes");
    document
}

#[test]
fn every_node_is_printed() {
    let document = all_nodes();
    assert!(headings(&document).any(|heading| heading.numbering == Numbering::Annex(Status::Normative)));
    let told = told(&document);
    let text = markdown(&document);
    assert_eq!(told.headings, read(&text).headings);
    assert_eq!(told.tables, read(&text).tables);
    insta::assert_snapshot!(text);
}

#[test]
fn differences_say_what_their_trees_say() {
    let old =
        Project::text("model m \"M\"\nprocess P \"P\" {\n  purpose \"Old | text.\"\n  outcome 1 \"One *is*.\"\n}\n")
            .compile();
    let new = Project::text("model m \"M\"\nprocess P \"P\" {\n  purpose \"New.\"\n  outcome 2 \"Two <b> is.\"\n}\n")
        .compile();
    let found = prm::diff::diff(&old.0.checked().unwrap(), &new.0.checked().unwrap());
    let document = diff::document(&prm::document::words::EN, &found, &[], "old", "new");
    assert_eq!(told(&document), read(&markdown(&document)));
    assert!(!told(&document).tables.is_empty());
}
