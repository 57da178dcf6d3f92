//! From the events of the parser to blocks and lines.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::address::{bare_address, has_scheme, is_address};
use super::{Resolve, Source};
use crate::document::inline::{Inline, Part};
use crate::document::text::REFERENCE_OPENS;
use crate::document::tree::{Block, Cell, Code, Column, Figure, Heading, List, Numbering, Row, Side, Table};
use crate::render::printable;

/// Lists and quotations that stand deeper are read as if they stood here, emphasis as if it were none.
const DEEPEST: usize = 8;

/// A line with more bars than this makes no table: its rows would be filled up to as many cells.
const MOST_BARS: usize = 100;

/// Reads the events of a text.
pub(super) struct Reader<'a> {
    source: &'a Source,
    resolve: &'a dyn Resolve,
    /// Whether a line may be broken.
    breaks: bool,
    /// Whether headings are such.
    has_headings: bool,
    events: std::iter::Peekable<OffsetIter<'a>>,
    /// Words that no event has ended yet.
    words: String,
    /// Whether these words are those of a link, in which no link can stand.
    in_link: bool,
    /// How many quotations stand around.
    quotations: usize,
    /// The picture read last: where, its file or address, and its text.
    picture: Option<(Range<usize>, String, String)>,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    pub(super) fn new(source: &'a Source, resolve: &'a dyn Resolve, breaks: bool) -> Reader<'a> {
        let has_tables = breaks && source.text.lines().all(|line| line.matches('|').count() <= MOST_BARS);
        let options = if has_tables { Options::ENABLE_TABLES } else { Options::empty() };
        let events = Parser::new_ext(&source.text, options).into_offset_iter().peekable();
        let (has_headings, words, in_link, quotations, picture) = (false, String::new(), false, 0, None);
        Reader { source, resolve, breaks, has_headings, events, words, in_link, quotations, picture }
    }

    /// The same of a text that headings part.
    pub(super) fn with_headings(self) -> Reader<'a> {
        Reader { has_headings: true, ..self }
    }

    /// The blocks of the text.
    pub(super) fn blocks(mut self) -> Vec<Block> {
        self.blocks_within(0)
    }

    /// The text as one line.
    pub(super) fn line(mut self) -> Inline {
        let mut line = Inline::default();
        while let Some((event, _)) = self.events.peek() {
            match is_inline(event) {
                true => self.inline(&mut line, 0),
                false => drop(self.events.next()),
            }
        }
        line
    }

    /// The blocks up to the end of what holds them, which is taken too.
    fn blocks_within(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut passed_over = 0;
        while let Some((event, _)) = self.events.peek() {
            if is_inline(event) {
                self.paragraph(&mut blocks);
                continue;
            }
            let Some((event, range)) = self.events.next() else { break };
            match event {
                Event::Start(Tag::Paragraph) => {
                    self.picture = None;
                    let before = blocks.len();
                    self.paragraph(&mut blocks);
                    self.events.next();
                    if let Some(figure) = self.figure(range) {
                        blocks.truncate(before);
                        blocks.push(Block::Figure(figure));
                    }
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    match self.has_headings && depth == 0 {
                        true => self.heading(level as usize, &mut blocks),
                        false => self.paragraph(&mut blocks),
                    }
                    self.events.next();
                }
                Event::Start(Tag::CodeBlock(kind)) => blocks.push(Block::Code(self.code(&kind))),
                Event::Start(Tag::HtmlBlock) => self.html(&mut blocks),
                Event::Start(Tag::Table(sides)) => blocks.push(Block::Table(self.table(&sides))),
                Event::Start(Tag::BlockQuote(_)) if depth < DEEPEST => {
                    self.quotations += 1;
                    blocks.push(Block::Quotation(self.blocks_within(depth + 1)));
                    self.quotations -= 1;
                }
                Event::Start(Tag::List(start)) if depth < DEEPEST => {
                    blocks.push(Block::List(self.list(start, depth + 1)));
                }
                Event::Start(_) => passed_over += 1,
                Event::End(_) if passed_over == 0 => break,
                Event::End(_) => passed_over -= 1,
                Event::Rule => blocks.push(Block::Rule),
                _ => {}
            }
        }
        blocks
    }

    fn heading(&mut self, level: usize, blocks: &mut Vec<Block>) {
        let mut words = Inline::default();
        self.inline(&mut words, 0);
        if !words.is_empty() {
            let (keys, numbering) = (Vec::new(), Numbering::Counted);
            blocks.push(Block::Heading(Heading { level, keys, numbering, role: None, words }));
        }
    }

    fn paragraph(&mut self, blocks: &mut Vec<Block>) {
        let mut line = Inline::default();
        self.inline(&mut line, 0);
        if !line.is_empty() {
            blocks.push(Block::Paragraph(line));
        }
    }

    /// The figure that a paragraph is, if it has nothing but a picture that can be shown.
    fn figure(&mut self, paragraph: Range<usize>) -> Option<Figure> {
        let (range, address, text) = self.picture.take()?;
        let all = self.source.text.get(paragraph)?.trim();
        if self.source.text.get(range)? != all {
            return None;
        }
        let place = self.source.place?;
        let (file, picture) = match has_scheme(&address) {
            true => (Some(address).filter(|address| is_address(address))?, None),
            false => {
                let shown = self.resolve.picture(place, &address)?;
                (shown.file, Some(shown.picture))
            }
        };
        self.words = text;
        let mut caption = Inline::default();
        self.flush(&mut caption);
        Some(Figure { key: None, file, picture, drawing: None, alternative: caption.shown().to_owned(), caption })
    }

    fn list(&mut self, start: Option<u64>, depth: usize) -> List {
        let mut list = List { start, is_tight: true, items: Vec::new() };
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            // In a tight list, the parser gives no paragraphs.
            let is_loose = |(event, _): &(Event<'_>, Range<usize>)| matches!(event, Event::Start(Tag::Paragraph));
            list.is_tight &= !self.events.peek().is_some_and(is_loose);
            list.items.push(self.blocks_within(depth));
        }
        list
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Code {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let mut text = String::new();
        while let Some((Event::Text(more), _)) = self.events.next() {
            text.push_str(&more);
        }
        let is_name = |character: char| !character.is_control() && !matches!(character, '`' | '\\' | '&');
        let language = if language.chars().all(is_name) { language.to_owned() } else { String::new() };
        Code { language, text: printable::document(&self.source.typed(&text)).into_owned() }
    }

    fn html(&mut self, blocks: &mut Vec<Block>) {
        while let Some((Event::Html(line) | Event::Text(line), _)) = self.events.next() {
            self.words.push_str(line.trim());
            self.words.push(' ');
        }
        self.words.truncate(self.words.trim_end().len());
        let mut line = Inline::default();
        self.flush(&mut line);
        if !line.is_empty() {
            blocks.push(Block::Paragraph(line));
        }
    }

    fn table(&mut self, sides: &[Alignment]) -> Table {
        let mut rows: Vec<Row> = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut row = Row::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                let mut cell = Inline::default();
                let breaks = std::mem::replace(&mut self.breaks, false);
                self.inline(&mut cell, 0);
                self.breaks = breaks;
                self.events.next();
                row.push(Cell::from(cell));
            }
            rows.push(row);
        }
        let mut rows = rows.into_iter();
        let head = rows.next().unwrap_or_default();
        let table = Table::under(head.into_iter().map(|cell| cell.words), rows.collect());
        let columns = table.columns.iter().zip(sides).map(|(column, side)| Column { side: side_of(*side), ..*column });
        Table { columns: columns.collect(), ..table }
    }

    /// What stands within lines, up to where a block begins or ends, or the emphasis or link around it ends.
    fn inline(&mut self, line: &mut Inline, depth: usize) {
        let mut passed_over = 0;
        while let Some((event, _)) = self.events.peek() {
            if !is_inline(event) && (passed_over == 0 || !is_end_of_inline(event)) {
                break;
            }
            let Some((event, range)) = self.events.next() else { break };
            match event {
                Event::Text(words) => self.text(&words, range),
                Event::InlineHtml(html) => self.typed(&html),
                Event::SoftBreak => self.words.push(' '),
                Event::HardBreak if self.breaks => {
                    self.flush(line);
                    line.push_part(Part::Break);
                }
                Event::HardBreak => self.words.push(' '),
                Event::Code(code) => {
                    self.flush(line);
                    line.push_part(Part::Code(&self.source.typed(&code)));
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let text = self.skip();
                    self.picture = Some((range.clone(), dest_url.into_string(), text));
                    self.typed_at(range);
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    self.flush(line);
                    let address = address_of(link_type, &dest_url);
                    self.link(line, address, &title, range, depth);
                }
                Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) if depth < DEEPEST => {
                    self.flush(line);
                    let mut words = Inline::default();
                    self.inline(&mut words, depth + 1);
                    self.events.next();
                    let words = words.as_line();
                    line.push_part(if tag == Tag::Strong { Part::Strong(words) } else { Part::Emphasis(words) });
                }
                Event::Start(_) => passed_over += 1,
                Event::End(_) => passed_over -= 1,
                _ => {}
            }
        }
        self.flush(line);
    }

    fn link(&mut self, line: &mut Inline, address: String, title: &str, range: Range<usize>, depth: usize) {
        let mut words = Inline::default();
        let around = std::mem::replace(&mut self.in_link, true);
        self.inline(&mut words, depth);
        self.in_link = around;
        self.events.next();
        if self.in_link || words.shown().trim().is_empty() || !is_address(&address) {
            self.typed_at(range);
        } else {
            let title = self.source.typed(title).replace(char::is_control, " ");
            line.push_part(Part::Link { address: &address, title: &title, words: words.as_line() });
        }
    }

    fn text(&mut self, words: &str, range: Range<usize>) {
        if self.source.text.get(range) == Some(words) {
            self.words.push_str(words);
        } else {
            // What a character reference stands for may be a mark of ours.
            self.words.push_str(&words.replace(char::is_control, " "));
        }
    }

    /// Words that stand as they were typed.
    fn typed_at(&mut self, range: Range<usize>) {
        let source = self.source;
        self.typed(source.text.get(range).unwrap_or_default());
    }

    /// The same, without the marks of the quotations that each line stands in.
    fn typed(&mut self, words: &str) {
        for (number, line) in words.lines().enumerate() {
            let mut line = line.trim_matches([' ', '\t']);
            if number > 0 {
                self.words.push(' ');
                for _ in 0..self.quotations {
                    line = line.strip_prefix('>').unwrap_or(line).trim_start_matches([' ', '\t']);
                }
            }
            self.words.push_str(line);
        }
    }

    /// Passes over what is left of what has just begun, its end included; gives the words in it.
    fn skip(&mut self) -> String {
        let (mut open, mut words) = (1, String::new());
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some((Event::Text(more) | Event::Code(more), _)) => words.push_str(&more),
                Some((Event::SoftBreak | Event::HardBreak, _)) => words.push(' '),
                Some(_) => {}
                None => break,
            }
        }
        words
    }

    /// Puts the words so far behind a line, its references and bare addresses as what they are.
    fn flush(&mut self, line: &mut Inline) {
        let words = std::mem::take(&mut self.words);
        let mut rest = words.as_str();
        while let Some(at) = rest.find(REFERENCE_OPENS) {
            self.push_words(line, &rest[..at]);
            let (target, behind) = self.source.reference(&rest[at..]);
            rest = behind;
            match self.resolve.resolve(target) {
                // The first in a line that has to stay one stands for nothing, and the space behind it too.
                _ if target.is_empty() => rest = rest.strip_prefix(' ').unwrap_or(rest),
                (Some(key), shown) if !self.in_link => line.push(&Inline::link(&key, &shown)),
                (_, shown) => line.push(&Inline::plain(&shown)),
            }
        }
        self.push_words(line, rest);
    }

    fn push_words(&self, line: &mut Inline, words: &str) {
        let mut rest = words;
        while let Some(range) = bare_address(rest).filter(|_| !self.in_link) {
            line.push_part(Part::Text(&rest[..range.start]));
            let address = &rest[range.clone()];
            let words = Inline::of(Part::Text(address));
            line.push_part(Part::Link { address, title: "", words: words.as_line() });
            rest = &rest[range.end..];
        }
        line.push_part(Part::Text(rest));
    }
}

fn address_of(kind: LinkType, address: &str) -> String {
    if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() }
}

/// Whether an event is one that stands within lines, or begins such.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }) => true,
        Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

fn is_end_of_inline(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image))
}

fn side_of(side: Alignment) -> Side {
    match side {
        Alignment::None => Side::Start,
        Alignment::Left => Side::Left,
        Alignment::Center => Side::Center,
        Alignment::Right => Side::Right,
    }
}
