//! Writes a document as CommonMark with GFM tables, so that every renderer shows it as it is meant.
//!
//! Nothing of the author's reaches it but as words that are escaped, or as one of the nodes of the tree.

mod escape;
mod line;
mod slug;

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::inline::{Inline, Key};
use super::tree::{self, Block, Code, Document, Figure, Heading, List, Note, Side, Table};
use super::words::Words;
use line::Place;
use slug::Slugs;

/// The document.
pub fn markdown(document: &Document) -> String {
    let writer = Writer::of(document);
    let mut out = format!("# {}", writer.anchors.title);
    writer.line(&mut out, &document.title, Place::Line);
    if let Some(notice) = &document.notice {
        out.push_str("\n\n");
        writer.line(&mut out, notice, Place::Paragraph);
    }
    let mut headings = writer.anchors.headings.iter();
    let mut marks = Marks::default();
    for block in &document.blocks {
        let other_mark = marks.turn(block);
        part(&mut out, 0, |out| match block {
            Block::Heading(heading) => {
                let (number, anchor) = headings.next().map_or(("", ""), |(number, anchor)| (number, anchor));
                writer.heading(out, heading, number, anchor);
            }
            other => writer.block(out, other, other_mark),
        });
    }
    out.push('\n');
    out
}

/// Writes behind what stands from a place on, with a blank line between, if it writes anything.
fn part(out: &mut String, begun: usize, write: impl FnOnce(&mut String)) {
    let before = out.len();
    if before > begun {
        out.push_str("\n\n");
    }
    let from = out.len();
    write(out);
    if out.len() == from {
        out.truncate(before);
    }
}

/// Where references lead, and what stands before the words of each heading.
#[derive(Default)]
struct Anchors {
    of: FxHashMap<Key, Rc<str>>,
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

    fn line(&self, out: &mut String, line: &Inline, place: Place) {
        line::write(out, line.as_line(), place, &self.anchors.of);
    }

    fn heading(&self, out: &mut String, heading: &Heading, number: &str, anchor: &str) {
        out.extend(std::iter::repeat_n('#', heading.level));
        out.push(' ');
        out.push_str(anchor);
        match number {
            "" => self.line(out, &heading.words, Place::Line),
            number => self.line(out, &Inline::plain(number).then(" ").and(&heading.words), Place::Line),
        }
    }

    /// The blocks within another, each with a blank line before it, or close together where nothing else is meant.
    fn blocks(&self, blocks: &[Block], is_tight: bool) -> String {
        let mut out = String::new();
        let mut before: Option<&Block> = None;
        let mut marks = Marks::default();
        for block in blocks {
            let other_mark = marks.turn(block);
            let written = out.len();
            if let Some(before) = before {
                out.push_str(if is_tight && may_touch(before, block) { "\n" } else { "\n\n" });
            }
            let from = out.len();
            self.block(&mut out, block, other_mark);
            match out.len() == from {
                true => out.truncate(written),
                false => before = Some(block),
            }
        }
        out
    }

    /// A block without the line break behind it; nothing where it shows nothing.
    fn block(&self, out: &mut String, block: &Block, other_mark: bool) {
        match block {
            Block::Heading(heading) => self.heading(out, heading, "", ""),
            Block::Paragraph(line) => self.line(out, line, Place::Paragraph),
            Block::List(list) => out.push_str(&self.list(list, other_mark)),
            Block::Quotation(blocks) => out.push_str(&indented(&self.blocks(blocks, false), "> ", "> ")),
            Block::Code(code) => out.push_str(&fenced(code)),
            Block::Rule => out.push_str("***"),
            Block::Table(table) => self.table(out, table),
            Block::Figure(figure) => self.figure(out, figure),
            Block::Note(note) => self.note(out, note),
            Block::Term(term) => out.push_str(&self.blocks(&term.shown(self.words), false)),
            Block::References(references) => self.block(out, &references.shown(self.words), other_mark),
        }
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
    fn note(&self, out: &mut String, note: &Note) {
        let (first, rest) = match note.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) => (note.label.clone().then(" ").and(first), rest),
            _ => (note.label.clone(), note.blocks.as_slice()),
        };
        let begun = out.len();
        part(out, begun, |out| self.line(out, &first, Place::Paragraph));
        part(out, begun, |out| out.push_str(&self.blocks(rest, false)));
    }

    fn figure(&self, out: &mut String, figure: &Figure) {
        let begun = out.len();
        self.anchor(out, &figure.key);
        out.push_str(&line::picture(&figure.alternative, &figure.file));
        part(out, begun, |out| self.caption(out, &figure.caption));
    }

    /// The anchor of a table or a figure, which renderers give none.
    fn anchor(&self, out: &mut String, key: &Option<Key>) {
        if let Some(anchor) = key.as_ref().and_then(|key| self.anchors.of.get(key)) {
            out.push_str(&format!("<a id=\"{anchor}\"></a>"));
        }
    }

    /// The next caption, in bold behind its number; nothing where there is none.
    fn caption(&self, out: &mut String, words: &Inline) {
        if words.is_empty() {
            return;
        }
        let label = self.labels.borrow_mut().pop().unwrap_or_default();
        let words = Inline::plain(&label).then(" — ").and(words);
        self.line(out, &Inline::of(super::inline::Part::Strong(words.as_line())), Place::Paragraph);
    }

    fn table(&self, out: &mut String, table: &Table) {
        let begun = out.len();
        self.anchor(out, &table.key);
        self.caption(out, &table.caption);
        part(out, begun, |out| self.rows(out, table));
        for note in &table.notes {
            part(out, begun, |out| self.line(out, note, Place::Paragraph));
        }
    }

    fn rows(&self, out: &mut String, table: &Table) {
        let mut rows = table.grid().into_iter();
        self.row(out, &rows.next().unwrap_or_default());
        out.push_str("\n|");
        out.extend(table.columns.iter().map(|column| match column.side {
            Side::Start => " --- |",
            Side::Left => " :-- |",
            Side::Center => " :-: |",
            Side::Right => " --: |",
        }));
        for row in rows {
            out.push('\n');
            self.row(out, &row);
        }
    }

    fn row(&self, out: &mut String, places: &[tree::Place<'_>]) {
        out.push('|');
        for place in places {
            out.push(' ');
            let begun = out.len();
            if let tree::Place::Cell(cell, _) = place {
                self.line(out, &cell.words, Place::Cell);
            }
            out.push_str(if out.len() == begun { "|" } else { " |" });
        }
    }
}

impl Anchors {
    /// Notes where a heading is found; the anchor that it needs of ours, if any.
    fn add(&mut self, slugs: &mut Slugs, shown: &str, keys: &[Key]) -> String {
        let slug = slugs.next(shown);
        let anchor = slug.clone().unwrap_or_else(|| format!("anchor-{}", self.of.len() + 1).into());
        for key in keys {
            self.of.entry(key.clone()).or_insert_with(|| anchor.clone());
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
            self.of.entry(key.clone()).or_insert(anchor.into());
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
