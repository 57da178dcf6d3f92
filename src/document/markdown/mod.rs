//! Writes a document as CommonMark with GFM tables, so that every renderer shows it as it is meant.
//!
//! Nothing of the author's reaches it but as words that are escaped, or as one of the nodes of the tree.

mod escape;
mod line;
mod slug;

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::inline::{Inline, Key};
use super::tree::{self, Block, Code, Document, Figure, Heading, List, Note, Side, Table};
use super::words::Words;
use line::Place;
use slug::Slugs;

/// The document.
pub fn markdown(document: &Document) -> String {
    let writer = Writer::of(document);
    let mut blocks = vec![format!("# {}{}", writer.anchors.title, writer.line(&document.title, Place::Line))];
    blocks.extend(document.notice.as_ref().map(|notice| writer.line(notice, Place::Paragraph)));
    let mut headings = writer.anchors.headings.iter();
    let mut marks = Marks::default();
    for block in &document.blocks {
        let other_mark = marks.turn(block);
        match block {
            Block::Heading(heading) => {
                let (number, anchor) = headings.next().map_or(("", ""), |(number, anchor)| (number, anchor));
                blocks.push(writer.heading(heading, number, anchor));
            }
            other => blocks.extend(writer.block(other, other_mark)),
        }
    }
    blocks.join("\n\n") + "\n"
}

/// Where references lead, and what stands before the words of each heading.
#[derive(Default)]
struct Anchors {
    of: FxHashMap<String, String>,
    /// An anchor of ours for the title, where renderers may give it another.
    title: String,
    /// The number of each heading with a space behind it, and an anchor of ours.
    headings: Vec<(String, String)>,
}

struct Writer {
    anchors: Anchors,
    /// What stands before the captions that are not written yet, the next one last.
    labels: RefCell<Vec<String>>,
    words: &'static Words,
}

impl Writer {
    fn of(document: &Document) -> Writer {
        let mut anchors = Anchors::default();
        let mut slugs = Slugs::default();
        anchors.title = anchors.add(&mut slugs, document.title.shown(), &[]);
        let headings = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        for (heading, number) in headings.zip(document.numbers()) {
            let number = number.map_or(String::new(), |number| number + " ");
            let anchor = anchors.add(&mut slugs, &format!("{number}{}", heading.words.shown()), &heading.keys);
            anchors.headings.push((number, anchor));
        }
        anchors.of_blocks(&document.blocks);
        let labels = document.labels().into_iter().rev().collect();
        Writer { anchors, labels: RefCell::new(labels), words: document.words() }
    }

    fn line(&self, line: &Inline, place: Place) -> String {
        line::write(line, place, &self.anchors.of)
    }

    fn heading(&self, heading: &Heading, number: &str, anchor: &str) -> String {
        let words = Inline::plain(number).then(" ").and(&heading.words);
        let words = if number.is_empty() { heading.words.clone() } else { words };
        format!("{} {anchor}{}", "#".repeat(heading.level), self.line(&words, Place::Line))
    }

    /// The blocks within another, each with a blank line before it, or close together where nothing else is meant.
    fn blocks(&self, blocks: &[Block], is_tight: bool) -> String {
        let mut out = String::new();
        let mut before: Option<&Block> = None;
        let mut marks = Marks::default();
        for block in blocks {
            let other_mark = marks.turn(block);
            let Some(written) = self.block(block, other_mark) else { continue };
            if let Some(before) = before {
                out.push_str(if is_tight && may_touch(before, block) { "\n" } else { "\n\n" });
            }
            out.push_str(&written);
            before = Some(block);
        }
        out
    }

    /// A block without the line break behind it; nothing where it shows nothing.
    fn block(&self, block: &Block, other_mark: bool) -> Option<String> {
        let written = match block {
            Block::Heading(heading) => self.heading(heading, "", ""),
            Block::Paragraph(line) => self.line(line, Place::Paragraph),
            Block::List(list) => self.list(list, other_mark),
            Block::Quotation(blocks) => indented(&self.blocks(blocks, false), "> ", "> "),
            Block::Code(code) => fenced(code),
            Block::Rule => "***".to_owned(),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Note(note) => self.note(note),
            Block::Term(term) => self.blocks(&term.shown(self.words), false),
            Block::References(references) => return self.block(&references.shown(self.words), other_mark),
        };
        (!written.is_empty()).then_some(written)
    }

    fn list(&self, list: &List, other_mark: bool) -> String {
        let marks = if other_mark { ("*", ")") } else { ("-", ".") };
        let items = list.items.iter().enumerate().map(|(number, item)| {
            let mark = match list.start {
                None => marks.0.to_owned(),
                Some(start) => format!("{}{}", start.saturating_add(number as u64), marks.1),
            };
            let written = self.blocks(item, list.is_tight);
            if written.is_empty() {
                return mark;
            }
            indented(&written, &format!("{mark} "), &" ".repeat(mark.len() + 1))
        });
        items.collect::<Vec<_>>().join(if list.is_tight { "\n" } else { "\n\n" })
    }

    /// The label stands before the first words.
    fn note(&self, note: &Note) -> String {
        let (first, rest) = match note.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) => (note.label.clone().then(" ").and(first), rest),
            _ => (note.label.clone(), note.blocks.as_slice()),
        };
        let (first, rest) = (self.line(&first, Place::Paragraph), self.blocks(rest, false));
        [first, rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn figure(&self, figure: &Figure) -> String {
        let picture = self.anchor(&figure.key) + &line::picture(&figure.alternative, &figure.file);
        [picture, self.caption(&figure.caption)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// The anchor of a table or a figure, which renderers give none.
    fn anchor(&self, key: &Option<Key>) -> String {
        let anchor = key.as_ref().and_then(|key| self.anchors.of.get(&key.0));
        anchor.map_or(String::new(), |anchor| format!("<a id=\"{anchor}\"></a>"))
    }

    /// The next caption, in bold behind its number; nothing where there is none.
    fn caption(&self, words: &Inline) -> String {
        if words.is_empty() {
            return String::new();
        }
        let label = self.labels.borrow_mut().pop().unwrap_or_default();
        let words = Inline::plain(&label).then(" — ").and(words);
        self.line(&Inline::of(super::inline::Part::Strong(words)), Place::Paragraph)
    }

    fn table(&self, table: &Table) -> String {
        let mut rows = table.grid().into_iter();
        let mut lines = vec![self.row(&rows.next().unwrap_or_default())];
        let sides = table.columns.iter().map(|column| match column.side {
            Side::Start => " --- |",
            Side::Left => " :-- |",
            Side::Center => " :-: |",
            Side::Right => " --: |",
        });
        lines.push(std::iter::once("|").chain(sides).collect());
        lines.extend(rows.map(|row| self.row(&row)));
        let notes = table.notes.iter().map(|note| self.line(note, Place::Paragraph));
        let parts = std::iter::once(self.anchor(&table.key) + &self.caption(&table.caption))
            .chain([lines.join("\n")])
            .chain(notes);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn row(&self, places: &[tree::Place<'_>]) -> String {
        let mut row = String::from("|");
        for place in places {
            let cell = match place {
                tree::Place::Cell(cell, _) => self.line(&cell.words, Place::Cell),
                _ => String::new(),
            };
            row.push(' ');
            row.push_str(&cell);
            row.push_str(if cell.is_empty() { "|" } else { " |" });
        }
        row
    }
}

impl Anchors {
    /// Notes where a heading is found; the anchor that it needs of ours, if any.
    fn add(&mut self, slugs: &mut Slugs, shown: &str, keys: &[Key]) -> String {
        let slug = slugs.next(shown);
        let anchor = slug.clone().unwrap_or_else(|| format!("anchor-{}", self.of.len() + 1));
        for key in keys {
            self.of.entry(key.0.clone()).or_insert_with(|| anchor.clone());
        }
        if slug.is_some() { String::new() } else { format!("<a id=\"{anchor}\"></a>") }
    }

    /// Gives each table and figure that references may lead to an anchor of ours.
    fn of_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let (Block::Table(Table { key: Some(key), .. }) | Block::Figure(Figure { key: Some(key), .. })) = block
            else {
                continue;
            };
            let anchor = format!("anchor-{}", self.of.len() + 1);
            self.of.entry(key.0.clone()).or_insert(anchor);
        }
    }
}

/// Two lists of one kind behind each other are told apart by their marks.
#[derive(Default)]
struct Marks {
    /// Whether the list right above is numbered, and has the other mark.
    above: Option<(bool, bool)>,
}

impl Marks {
    /// Whether a block, if it is a list, has the other mark.
    fn turn(&mut self, block: &Block) -> bool {
        let Block::List(list) = block else {
            self.above = None;
            return false;
        };
        let is_numbered = list.start.is_some();
        let other = self.above.is_some_and(|(numbered, other)| numbered == is_numbered && !other);
        self.above = Some((is_numbered, other));
        other
    }
}

/// Whether a block may stand right below another, without a blank line, and still be read as what it is.
fn may_touch(above: &Block, below: &Block) -> bool {
    match (above, below) {
        (_, Block::Paragraph(_) | Block::Table(_) | Block::Note(_) | Block::Figure(_)) => {
            matches!(above, Block::Code(_) | Block::Rule) && matches!(below, Block::Paragraph(_))
        }
        (Block::Table(_) | Block::Note(_), _) => false,
        (_, Block::List(list)) => list.start.is_none_or(|start| start == 1) && begins(list),
        (Block::Quotation(_), Block::Quotation(_)) => false,
        _ => true,
    }
}

/// Whether the first item of a list says something on its first line: else it ends no paragraph.
fn begins(list: &List) -> bool {
    list.items.first().is_some_and(|item| !item.is_empty())
}

/// Lines behind a mark: the first with the one, those below with the other.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for (number, line) in text.split('\n').enumerate() {
        let mark = if number == 0 { first } else { rest };
        if number > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { mark.trim_end() } else { mark });
        out.push_str(line);
    }
    out
}

fn fenced(code: &Code) -> String {
    let longest = code.text.split(|character| character != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
    if code.text.is_empty() {
        return format!("{fence}{}\n{fence}", code.language);
    }
    format!("{fence}{}\n{text}\n{fence}", code.language)
}
