//! The body of a document: its paragraphs and tables, in order, with what is changed, deleted or hidden looked after.

use super::super::Refused;
use super::super::report::{Action, Line, counted};
use super::super::table::{Cell, column};
use super::super::xml::{Piece, Tag, Xml};
use super::styles::{InList, Styles};

/// Columns that a cell may span.
const SPAN: usize = 63;

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) words: String,
    pub(super) place: String,
    /// The level, where it is a heading.
    pub(super) level: Option<usize>,
    /// Whether all of it is bold.
    pub(super) is_bold: bool,
}

/// A table: its rows, and whether all of a row is one cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) name: String,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A piece of the body.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Grid(Grid),
}

impl Block {
    /// Where its values stand.
    pub(super) fn places(&self) -> Vec<String> {
        match self {
            Block::Paragraph(paragraph) if paragraph.words.trim().is_empty() => Vec::new(),
            Block::Paragraph(paragraph) => vec![paragraph.place.clone()],
            Block::Grid(grid) => {
                let cells = grid.rows.iter().flatten().filter(|cell| !cell.is_blank() && !cell.said.is_told);
                cells.map(|cell| cell.said.place.clone()).collect()
            }
        }
    }
}

/// What stands in a document.
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) remarks: Vec<String>,
}

/// What is open: a paragraph.
#[derive(Default)]
struct Open {
    words: String,
    style: String,
    list: Option<InList>,
    has_list: bool,
    outline: Option<usize>,
    bold: usize,
    plain: usize,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    number: usize,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Option<OpenCell>,
}

#[derive(Default)]
struct OpenCell {
    words: String,
    span: usize,
    goes_on: bool,
}

struct Reader {
    styles: Styles,
    prefix: String,
    blocks: Vec<Block>,
    paragraphs: Vec<Open>,
    tables: Vec<OpenTable>,
    counts: (usize, usize),
    /// How many elements are open whose text is none of the document.
    skipped: usize,
    is_text: bool,
    is_run: bool,
    is_bold: bool,
    is_hidden: bool,
    inserted: usize,
    deleted: usize,
    hidden: usize,
    numbered: usize,
}

/// Elements whose text is no longer, or not yet, a text of the document.
const SKIPPED: &[&str] = &["del", "moveFrom", "instrText", "Fallback", "delText", "delInstrText"];

/// Reads the body of a document.
pub(super) fn read(text: &str, name: &str, styles: Styles, prefix: &str) -> Result<Body, Refused> {
    let mut xml = Xml::new(text, name);
    let mut reader = Reader {
        styles,
        prefix: prefix.to_owned(),
        blocks: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        counts: (0, 0),
        skipped: 0,
        is_text: false,
        is_run: false,
        is_bold: false,
        is_hidden: false,
        inserted: 0,
        deleted: 0,
        hidden: 0,
        numbered: 0,
    };
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Open(tag) => reader.begin(tag),
            Piece::Close(end) => reader.end(end.local()),
            Piece::Text(text) => reader.text(text),
        }
    }
    let mut remarks = Vec::new();
    for (count, one, words) in [
        (reader.inserted, "tracked insertion", "kept"),
        (reader.deleted, "tracked deletion", "left out"),
        (reader.hidden, "hidden text", "left out"),
        (reader.numbered, "mark of a list", "counted, since it stands nowhere in the text"),
    ] {
        if count > 0 {
            let count = counted(count, one).replace("mark of a lists", "marks of lists");
            remarks.push(format!("{count}: {words}"));
        }
    }
    Ok(Body { blocks: reader.blocks, remarks })
}

impl Reader {
    fn push(&mut self, words: &str) {
        if self.skipped > 0 {
            return;
        }
        let Some(open) = self.paragraphs.last_mut() else { return };
        if self.is_hidden {
            self.hidden += usize::from(!words.trim().is_empty());
            return;
        }
        open.words.push_str(words);
        let count = words.chars().filter(|character| !character.is_whitespace()).count();
        if self.is_bold { open.bold += count } else { open.plain += count }
    }

    fn text(&mut self, text: &str) {
        if self.is_text {
            self.push(text);
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let name = tag.local();
        if SKIPPED.contains(&name) {
            // A mark in the properties of a row or a paragraph has the same name, and holds nothing.
            self.skipped += 1;
            self.deleted += usize::from(matches!(name, "del" | "moveFrom"));
            return;
        }
        let value = || tag.get("val").unwrap_or_default().into_owned();
        match name {
            "ins" | "moveTo" => self.inserted += 1,
            "p" => self.paragraphs.push(Open::default()),
            "r" => (self.is_run, self.is_bold, self.is_hidden) = (true, false, false),
            "t" => self.is_text = true,
            "tab" if self.is_run => self.push("\t"),
            "br" | "cr" if self.is_run => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "b" if self.is_run => self.is_bold = tag.is_on(),
            "rStyle" if self.is_run => self.is_bold |= self.styles.is_bold(&value()),
            "vanish" if self.is_run => self.is_hidden = tag.is_on(),
            "tbl" => {
                self.counts.1 += 1;
                self.tables.push(OpenTable { number: self.counts.1, ..OpenTable::default() });
            }
            _ => {}
        }
        if let Some(open) = self.paragraphs.last_mut().filter(|_| !self.is_run) {
            match name {
                "pStyle" => open.style = value(),
                "numId" => {
                    let level = open.list.take().map_or(0, |(_, level)| level);
                    open.list = Some((value(), level));
                    open.has_list = true;
                }
                "ilvl" => {
                    let list = open.list.take().map(|(list, _)| list).unwrap_or_default();
                    open.list = Some((list, tag.number("val", 8).unwrap_or(0)));
                }
                "outlineLvl" => open.outline = tag.number("val", 9).filter(|level| *level < 9).map(|level| level + 1),
                _ => {}
            }
        }
        if let Some(table) = self.tables.last_mut() {
            match (name, &mut table.cell) {
                ("tr", _) => table.row = Vec::new(),
                ("tc", cell) => *cell = Some(OpenCell { span: 1, ..OpenCell::default() }),
                ("gridSpan", Some(cell)) => cell.span = tag.number("val", SPAN).unwrap_or(1).max(1),
                ("vMerge", Some(cell)) => cell.goes_on = tag.get("val").is_none_or(|value| value != "restart"),
                ("gridBefore", None) => {
                    let before = tag.number("val", SPAN).unwrap_or(0);
                    table.row.resize(before, Cell::default());
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &str) {
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        match name {
            "r" => (self.is_run, self.is_bold, self.is_hidden) = (false, false, false),
            "t" => self.is_text = false,
            "p" => self.paragraph(),
            "tc" => self.cell(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => self.table(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        let is_blank = open.words.trim().is_empty();
        let list = if open.has_list { open.list } else { self.styles.list(&open.style) };
        let level = open.outline.or_else(|| self.styles.heading(&open.style));
        let in_list = list.filter(|(list, _)| !is_blank && list != "0" && !list.is_empty());
        let mark = in_list.and_then(|list| self.styles.mark(&list));
        let is_bold = !is_blank && (open.plain == 0 || self.styles.is_bold(&open.style));
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            if !cell.words.is_empty() {
                cell.words.push('\n');
            }
            if let Some(mark) = mark {
                self.numbered += usize::from(mark != "•");
                cell.words.push_str(&mark);
                cell.words.push(' ');
            }
            cell.words.push_str(&open.words);
            return;
        }
        self.counts.0 += 1;
        let place = format!("{}paragraph {}", self.prefix, self.counts.0);
        let words = match mark.filter(|_| level.is_some() || !is_blank) {
            Some(mark) if level.is_some() => format!("{mark} {}", open.words),
            _ => open.words,
        };
        self.blocks.push(Block::Paragraph(Paragraph { words, place, level, is_bold }));
    }

    fn cell(&mut self) {
        let prefix = self.prefix.clone();
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        let at = table.row.len();
        let above = table.rows.last().and_then(|row| row.get(at));
        let place = format!("{prefix}table {}, {}{}", table.number, column(at), table.rows.len() + 1);
        let made = match above.filter(|above| cell.goes_on && !above.is_blank()) {
            Some(above) if cell.words.trim().is_empty() => Cell::covered(above),
            _ => Cell::new(cell.words, place),
        };
        table.row.push(made);
        table.row.resize(at + cell.span, Cell::default());
    }

    fn table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        if let Some(outer) = self.tables.last_mut().and_then(|outer| outer.cell.as_mut()) {
            // A table in a cell is lines of that cell.
            for row in table.rows {
                let words: Vec<&str> =
                    row.iter().map(|cell| cell.said.words.trim()).filter(|words| !words.is_empty()).collect();
                if !words.is_empty() {
                    if !outer.words.is_empty() {
                        outer.words.push('\n');
                    }
                    outer.words.push_str(&words.join(" "));
                }
            }
            return;
        }
        let name = format!("{}table {}", self.prefix, table.number);
        self.blocks.push(Block::Grid(Grid { name, rows: table.rows }));
    }
}

/// What stands beside the text of a document, as comments and footnotes do: each is left out, and told.
pub(super) fn beside(
    text: &str,
    name: &str,
    (what, element): (&str, &str),
    number: &mut usize,
) -> Result<Vec<Line>, Refused> {
    let mut xml = Xml::new(text, name);
    let (mut lines, mut words, mut is_text) = (Vec::new(), String::new(), false);
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Open(tag) if tag.is("t") => is_text = true,
            Piece::Text(text) if is_text => words.push_str(text),
            Piece::Close(end) if end.local() == "t" => is_text = false,
            Piece::Close(end) if end.local() == "p" => words.push(' '),
            Piece::Close(end) if end.local() == element => {
                let said = std::mem::take(&mut words).split_whitespace().collect::<Vec<_>>().join(" ");
                if !said.is_empty() {
                    *number += 1;
                    lines.push(Line {
                        action: Action::LeftOut,
                        what: what.to_owned(),
                        id: String::new(),
                        place: format!("{what} {number}"),
                        note: format!("{what}s are not taken: “{said}”"),
                    });
                }
            }
            _ => {}
        }
    }
    Ok(lines)
}
