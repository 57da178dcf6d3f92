//! Spreadsheets of LibreOffice (.ods): a table for each sheet. What is shown of a number is kept beside it.

use rustc_hash::FxHashSet;

use super::archive::Archive;
use super::eaten;
use super::report::{Action, Line};
use super::rows;
use super::table::{Cell, Eaten, Merge, Sheet, Size, Table, Tables, column};
use super::xml::{Piece, Tag, Xml};
use super::{File, Options, Reading, Refused};

/// Rows and columns of a sheet.
const ROWS: usize = 1 << 20;
const COLUMNS: usize = 1 << 14;
const CONTENT: u64 = 256 << 20;

const WHAT: &str = "a spreadsheet (.ods)";

/// Reads a spreadsheet.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    let Tables { tables, lines, remarks } = tables(file, options)?;
    Ok(Reading::of(rows::read(tables, &options.mapping)).with(lines, remarks))
}

/// The tables of a spreadsheet.
///
/// # Errors
/// Where it is no spreadsheet, or too large.
pub(super) fn tables(file: &File<'_>, options: &Options) -> Result<Tables, Refused> {
    let mut archive = Archive::open(file.bytes, WHAT)?;
    let list = archive.text("META-INF/manifest.xml", 16 << 20)?.unwrap_or_default();
    if list.contains("encryption-data") {
        return Err(Refused::new("it is protected by a password", "save it without one"));
    }
    let name = "content.xml";
    let text = archive
        .text(name, CONTENT)?
        .ok_or_else(|| Refused::new("it holds no spreadsheet", format!("save it as {WHAT}")))?;
    let mut reader = Reader { prefix: options.within(file, ""), ..Reader::default() };
    let mut xml = Xml::new(&text, name);
    while let Some(piece) = xml.next()? {
        reader.piece(&piece)?;
    }
    let Reader { tables, lines, .. } = reader;
    Ok(Tables { tables, lines, remarks: Vec::new() })
}

#[derive(Default)]
struct Reader {
    prefix: String,
    tables: Vec<Table>,
    lines: Vec<Line>,
    size: Size,
    /// Styles of sheets that are hidden, and of words that are struck through; and the style that is being read.
    hidden: FxHashSet<String>,
    struck: FxHashSet<String>,
    style: String,
    /// The sheet that is being read, and how deep in tables.
    open: Option<Open>,
    depth: usize,
}

/// A sheet that is being read.
#[derive(Default)]
struct Open {
    name: String,
    sheet: Sheet,
    notes: Vec<String>,
    hidden: usize,
    row: usize,
    rows: usize,
    column: usize,
    cell: Option<InCell>,
}

/// A cell that is being read.
#[derive(Default)]
struct InCell {
    columns: usize,
    spanned: usize,
    kind: String,
    value: String,
    has_formula: bool,
    words: String,
    struck: String,
    note: String,
    has_paragraph: bool,
    is_paragraph: bool,
    is_note: bool,
    spans: Vec<bool>,
}

impl InCell {
    fn of(tag: &Tag<'_>) -> InCell {
        let value = ["value", "date-value", "time-value", "boolean-value", "string-value"];
        InCell {
            columns: tag.number("number-columns-repeated", COLUMNS).unwrap_or(1).max(1),
            spanned: tag.number("number-rows-spanned", ROWS).unwrap_or(1),
            kind: tag.get("value-type").unwrap_or_default().into_owned(),
            value: value.iter().find_map(|name| tag.get(name)).unwrap_or_default().into_owned(),
            has_formula: tag.get("formula").is_some(),
            ..InCell::default()
        }
    }

    fn push(&mut self, text: &str) {
        match () {
            () if self.is_note => self.note.push_str(text),
            () if !self.is_paragraph => {}
            () if self.spans.contains(&true) => self.struck.push_str(text),
            () => self.words.push_str(text),
        }
    }

    /// What it says, and what the spreadsheet made of what was typed.
    fn said(&mut self) -> (String, Option<Eaten>) {
        let shown = std::mem::take(&mut self.words);
        let value = self.value.trim();
        match (self.kind.as_str(), value.parse::<f64>()) {
            ("float", Ok(number)) => {
                let shown = shown.trim().replace(',', ".");
                let is_number = !shown.is_empty() && shown.parse::<f64>().is_ok();
                let (words, eaten) = eaten::number(number, Some(shown).filter(|_| is_number || !self.has_paragraph));
                (words, Some(eaten))
            }
            ("date", _) => {
                let (words, eaten) = eaten::iso(value);
                (words, Some(eaten))
            }
            ("time", _) => {
                let holds = format!("the time {} here", shown.trim());
                (shown, Some(Eaten { holds, ..Eaten::default() }))
            }
            ("boolean", _) => {
                let (words, eaten) = eaten::truth(value == "true");
                (words, Some(eaten))
            }
            (_, _) if shown.trim().is_empty() && self.struck.is_empty() => (value.to_owned(), None),
            _ => (shown, None),
        }
    }
}

impl Reader {
    fn piece(&mut self, piece: &Piece<'_>) -> Result<(), Refused> {
        match piece {
            Piece::Open(tag) => self.begin(tag),
            Piece::Close(end) => self.end(end.local()),
            Piece::Text(text) => {
                if let Some(cell) = self.open.as_mut().and_then(|open| open.cell.as_mut()) {
                    cell.push(text);
                }
                Ok(())
            }
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) -> Result<(), Refused> {
        let name = tag.local();
        if name == "table" {
            self.depth += 1;
        }
        let Some(open) = &mut self.open else {
            match name {
                "style" => self.style = tag.get("name").unwrap_or_default().into_owned(),
                "table-properties" if tag.get("display").as_deref() == Some("false") => {
                    self.hidden.insert(self.style.clone());
                }
                "text-properties"
                    if tag.get("text-line-through-style").is_some_and(|style| style != "none")
                        || tag.get("text-line-through-type").is_some_and(|style| style != "none") =>
                {
                    self.struck.insert(self.style.clone());
                }
                "table" => {
                    let is_hidden = tag.get("style-name").is_some_and(|style| self.hidden.contains(style.as_ref()));
                    let name = format!("{}{}", self.prefix, tag.get("name").unwrap_or_default());
                    let notes =
                        if is_hidden { vec!["the sheet is hidden; it was read".to_owned()] } else { Vec::new() };
                    self.open = Some(Open { name, notes, ..Open::default() });
                }
                _ => {}
            }
            return Ok(());
        };
        if let Some(cell) = &mut open.cell {
            match name {
                "annotation" => cell.is_note = true,
                "p" | "h" if self.depth == 1 => {
                    if cell.has_paragraph && !cell.is_note {
                        cell.words.push('\n');
                    }
                    cell.has_paragraph |= !cell.is_note;
                    cell.is_paragraph = true;
                }
                "span" => {
                    let style = tag.get("style-name").unwrap_or_default();
                    cell.spans.push(self.struck.contains(style.as_ref()));
                }
                "s" => cell.push(&" ".repeat(tag.number("c", 1000).unwrap_or(1))),
                "tab" => cell.push("\t"),
                "line-break" => cell.push("\n"),
                _ => {}
            }
            return Ok(());
        }
        match name {
            "table-row" => {
                open.rows = tag.number("number-rows-repeated", ROWS).unwrap_or(1).max(1);
                open.column = 0;
                open.hidden += usize::from(tag.get("visibility").is_some_and(|said| said != "visible"));
            }
            "table-column" if tag.get("visibility").is_some_and(|said| said != "visible") => {
                open.notes.push("there are hidden columns; what stands there was read".to_owned());
            }
            "table-cell" | "covered-table-cell" => open.cell = Some(InCell::of(tag)),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refused> {
        if name == "table" {
            self.depth = self.depth.saturating_sub(1);
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        match name {
            "annotation" | "p" | "h" | "span" => {
                let Some(cell) = &mut open.cell else { return Ok(()) };
                match name {
                    "annotation" => cell.is_note = false,
                    "span" => drop(cell.spans.pop()),
                    _ => cell.is_paragraph = cell.is_note,
                }
            }
            "table-cell" | "covered-table-cell" if self.depth == 1 => {
                if let Some(cell) = open.cell.take() {
                    close(open, cell, &mut self.size, &mut self.lines)?;
                }
            }
            "table-row" if self.depth == 1 => open.row = open.row.saturating_add(open.rows),
            "table" if self.depth == 0 => {
                if let Some(open) = self.open.take() {
                    let mut table = open.sheet.table(&open.name, &mut self.size)?;
                    if open.hidden > 0 {
                        table.remarks.push("there are hidden rows; what stands there was read".to_owned());
                    }
                    table.remarks.extend(open.notes);
                    self.tables.push(table);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Puts a cell into its sheet, as often as it is repeated; what says nothing is repeated nowhere.
fn close(open: &mut Open, mut cell: InCell, size: &mut Size, lines: &mut Vec<Line>) -> Result<(), Refused> {
    let place = |row: usize, at: usize| format!("{}!{}{}", open.name, column(at), row + 1);
    let (first_row, first_column) = (open.row, open.column);
    open.column = open.column.saturating_add(cell.columns);
    let first = || place(first_row.min(ROWS), first_column.min(COLUMNS));
    if cell.has_formula && cell.kind.is_empty() && !cell.has_paragraph {
        return Err(Refused::new(
            format!("{} holds a formula without its value", first()),
            "open it once in LibreOffice or Excel, and save it",
        ));
    }
    let note = cell.note.split_whitespace().collect::<Vec<_>>().join(" ");
    if !note.is_empty() {
        lines.push(Line {
            action: Action::LeftOut,
            what: "comment".to_owned(),
            id: String::new(),
            place: first(),
            note: format!("comments are not taken: “{note}”"),
        });
    }
    let (mut words, eaten) = cell.said();
    let mut struck = std::mem::take(&mut cell.struck);
    if words.trim().is_empty() {
        // What is struck through as a whole is no slip of the pen.
        words = std::mem::take(&mut struck);
    }
    if words.trim().is_empty() {
        return Ok(());
    }
    if first_row.saturating_add(open.rows) > ROWS || first_column.saturating_add(cell.columns) > COLUMNS {
        return Err(Refused::new(
            format!("its sheet {} has more rows or columns than a sheet can have", open.name),
            "delete what stands below its tables, and save it again",
        ));
    }
    let mut made = Vec::new();
    for row in first_row..first_row + open.rows {
        for at in first_column..first_column + cell.columns {
            size.cell()?;
            let mut one = Cell::new(words.clone(), place(row, at));
            one.eaten = eaten.clone().map(Box::new);
            if !struck.trim().is_empty() {
                one.said.doubt = Some(format!("“{}” in it is struck through, and left out", struck.trim()));
            }
            made.push((row, at, one));
        }
    }
    open.sheet.cells.extend(made);
    if cell.spanned > 1 {
        let to_row = first_row.saturating_add(cell.spanned - 1);
        open.sheet.merges.push(Merge { from: (first_row, first_column), to_row });
    }
    Ok(())
}
