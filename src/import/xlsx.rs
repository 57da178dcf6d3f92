//! Workbooks of Excel (.xlsx, .xlsm): a table for each sheet, with what the eye does not see of them told.

use rustc_hash::FxHashMap;

use super::archive::{Archive, Related};
use super::eaten::{self, Shown};
use super::report::{Action, Line};
use super::rows;
use super::table::{Cell, Eaten, Merge, Sheet, Size, Tables, column};
use super::xml::{Piece, Tag, Xml};
use super::{File, Options, Reading, Refused};

/// Cells that a sheet may tell of, empty ones too; strings that a workbook may share; rows and columns of a sheet.
const SEEN: usize = 5_000_000;
const STRINGS: usize = 1_000_000;
const ROWS: usize = 1 << 20;
const COLUMNS: usize = 1 << 14;
/// Bytes of a part that is kept in memory as a whole, and of a sheet.
const PART: u64 = 64 << 20;
const SHEET: u64 = 256 << 20;

const WHAT: &str = "a workbook (.xlsx)";

/// Reads a workbook.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    let Tables { tables, lines, remarks } = tables(file, options)?;
    Ok(Reading::of(rows::read(tables, &options.mapping)).with(lines, remarks))
}

/// The tables of a workbook.
///
/// # Errors
/// Where it is no workbook, or too large.
pub(super) fn tables(file: &File<'_>, options: &Options) -> Result<Tables, Refused> {
    let mut archive = Archive::open(file.bytes, WHAT)?;
    let (sheets, related, is_1904) = workbook(&mut archive)?;
    let part = |kind: &str| related.iter().find(|part| part.kind == kind).map(|part| part.name.clone());
    let mut book = Book { is_1904, ..Book::default() };
    if let Some(name) = part("styles")
        && let Some(text) = archive.text(&name, PART)?
    {
        book.styles = styles(&text, &name)?;
    }
    if let Some(name) = part("sharedStrings")
        && let Some(text) = archive.text(&name, PART)?
    {
        book.strings = strings(&text, &name)?;
    }
    let (mut tables, mut lines, mut size, mut seen) = (Vec::new(), Vec::new(), Size::default(), 0_usize);
    let mut remarks = Vec::new();
    for (name, id, is_hidden) in sheets {
        let Some(part) = related.iter().find(|part| part.id == id) else { continue };
        if part.kind != "worksheet" {
            remarks.push(format!("{name}: it is no sheet of cells, and is left out"));
            continue;
        }
        let Some(text) = archive.text(&part.name, SHEET)? else {
            return Err(Refused::new(format!("its sheet {name} is missing"), format!("save it again as {WHAT}")));
        };
        let name = options.within(file, &name);
        let mut reader = SheetReader::new(&book, &name, &mut size, &mut seen);
        reader.read(&text, &part.name)?;
        let SheetReader { sheet, mut notes, lines: errors, .. } = reader;
        lines.extend(errors);
        let mut table = sheet.table(&name, &mut size)?;
        if is_hidden {
            notes.insert(0, "the sheet is hidden; it was read".to_owned());
        }
        table.remarks.extend(notes);
        tables.push(table);
        for beside in archive.related(&part.name)? {
            if matches!(beside.kind.as_str(), "comments" | "threadedComment")
                && let Some(text) = archive.text(&beside.name, PART)?
            {
                lines.extend(comments(&text, &beside.name, &name)?);
            }
        }
    }
    Ok(Tables { tables, lines, remarks })
}

/// The sheets of a workbook, each with its name, the id of its part, and whether it is hidden; the parts; and whether
/// its days are counted from 1904.
type Contents = (Vec<(String, String, bool)>, Vec<Related>, bool);

fn workbook(archive: &mut Archive<'_>) -> Result<Contents, Refused> {
    let missing = || Refused::new("it holds no workbook", format!("save it as {WHAT}"));
    let roots = archive.related("")?;
    let root = roots.into_iter().find(|part| part.kind == "officeDocument").ok_or_else(missing)?;
    let text = archive.text(&root.name, PART)?.ok_or_else(missing)?;
    let mut xml = Xml::new(&text, &root.name);
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        if tag.is("sheet") {
            let is_hidden = tag.get("state").is_some_and(|state| state != "visible");
            let [name, id] = ["name", "id"].map(|name| tag.get(name).unwrap_or_default().into_owned());
            sheets.push((name, id, is_hidden));
        } else if tag.is("workbookPr") {
            is_1904 = tag.has("date1904");
        }
    }
    if sheets.is_empty() {
        return Err(missing());
    }
    let related = archive.related(&root.name)?;
    Ok((sheets, related, is_1904))
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Book {
    strings: Vec<Words>,
    styles: Vec<(Shown, bool)>,
    is_1904: bool,
}

/// A text with the words in it that are struck through.
#[derive(Clone, Default)]
struct Words {
    text: String,
    struck: String,
}

/// Gathers the text of a string: runs, without the reading aids of East Asian texts.
#[derive(Default)]
struct Gather {
    words: Words,
    is_text: bool,
    is_aid: bool,
    is_struck: bool,
}

impl Gather {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) => match tag.local() {
                "t" => self.is_text = true,
                "rPh" => self.is_aid = true,
                "r" => self.is_struck = false,
                "strike" => self.is_struck = tag.is_on(),
                _ => {}
            },
            Piece::Close(end) => match end.local() {
                "t" => self.is_text = false,
                "rPh" => self.is_aid = false,
                "r" => self.is_struck = false,
                _ => {}
            },
            Piece::Text(text) if self.is_text && !self.is_aid => {
                if self.is_struck {
                    self.words.struck.push_str(text)
                } else {
                    self.words.text.push_str(text)
                }
            }
            Piece::Text(_) => {}
        }
    }

    /// The text; what is struck through as a whole is no slip of the pen, and is kept.
    fn done(&mut self) -> Words {
        let words = std::mem::take(self).words;
        let [text, struck] = [words.text, words.struck].map(|text| unescaped(&text));
        match text.trim().is_empty() {
            true => Words { text: text + &struck, struck: String::new() },
            false => Words { text, struck },
        }
    }
}

/// Control characters as they are written: `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut made = String::with_capacity(text.len());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                made.push_str(&rest[..at]);
                made.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                made.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    made + rest
}

fn strings(text: &str, name: &str) -> Result<Vec<Words>, Refused> {
    let mut xml = Xml::new(text, name);
    let (mut strings, mut gather) = (Vec::new(), Gather::default());
    while let Some(piece) = xml.next()? {
        gather.piece(&piece);
        if matches!(&piece, Piece::Close(end) if end.local() == "si") {
            if strings.len() >= STRINGS {
                return Err(Refused::new(
                    format!("it shares more than {STRINGS} texts"),
                    "split it into several files",
                ));
            }
            strings.push(gather.done());
        }
    }
    Ok(strings)
}

/// What the formats of cells show, and whether they strike it through.
fn styles(text: &str, name: &str) -> Result<Vec<(Shown, bool)>, Refused> {
    let mut xml = Xml::new(text, name);
    let mut codes: FxHashMap<usize, Shown> = FxHashMap::default();
    let (mut struck, mut styles): (Vec<bool>, Vec<(Shown, bool)>) = (Vec::new(), Vec::new());
    let (mut is_font, mut is_cell) = (false, false);
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Open(tag) => match tag.local() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (tag.number("numFmtId", usize::MAX), tag.get("formatCode")) {
                        codes.insert(id, eaten::format(&code));
                    }
                }
                "fonts" => is_font = true,
                "font" if is_font => struck.push(false),
                "strike" if is_font => {
                    if let Some(last) = struck.last_mut() {
                        *last = tag.is_on();
                    }
                }
                "cellXfs" => is_cell = true,
                "xf" if is_cell => {
                    let id = tag.number("numFmtId", usize::MAX).unwrap_or(0);
                    let shown = codes.get(&id).cloned().unwrap_or_else(|| built_in(id));
                    let font = tag.number("fontId", usize::MAX).unwrap_or(0);
                    styles.push((shown, struck.get(font).copied().unwrap_or(false)));
                }
                _ => {}
            },
            Piece::Close(end) => match end.local() {
                "fonts" => is_font = false,
                "cellXfs" => is_cell = false,
                _ => {}
            },
            Piece::Text(_) => {}
        }
    }
    Ok(styles)
}

/// What the formats show that each workbook has without saying so.
fn built_in(id: usize) -> Shown {
    match id {
        1 => eaten::format("0"),
        2 => eaten::format("0.00"),
        9 | 10 => Shown::Percent,
        14..=17 | 22 | 27..=31 | 36 | 50..=58 => Shown::Date,
        18..=21 | 32..=35 | 45..=47 => Shown::Time,
        _ => Shown::Other,
    }
}

/// Reads the cells of one sheet.
struct SheetReader<'a> {
    book: &'a Book,
    name: &'a str,
    size: &'a mut Size,
    seen: &'a mut usize,
    sheet: Sheet,
    notes: Vec<String>,
    lines: Vec<Line>,
    at: (usize, usize),
    hidden: (Vec<String>, Vec<String>),
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    value: String,
    inline: Gather,
    is_value: bool,
    has_value: bool,
    has_formula: bool,
}

impl<'a> SheetReader<'a> {
    fn new(book: &'a Book, name: &'a str, size: &'a mut Size, seen: &'a mut usize) -> SheetReader<'a> {
        SheetReader {
            book,
            name,
            size,
            seen,
            sheet: Sheet::default(),
            notes: Vec::new(),
            lines: Vec::new(),
            at: (0, 0),
            hidden: (Vec::new(), Vec::new()),
        }
    }

    fn place(&self) -> String {
        format!("{}!{}{}", self.name, column(self.at.1), self.at.0 + 1)
    }

    fn read(&mut self, text: &str, part: &str) -> Result<(), Refused> {
        let mut xml = Xml::new(text, part);
        let (mut open, mut next_row): (Option<Open>, usize) = (None, 0);
        while let Some(piece) = xml.next()? {
            if let Some(cell) = &mut open {
                match &piece {
                    Piece::Open(tag) if tag.is("v") => (cell.is_value, cell.has_value) = (true, false),
                    Piece::Open(tag) if tag.is("f") => cell.has_formula = true,
                    Piece::Close(end) if end.local() == "v" => cell.is_value = false,
                    Piece::Text(text) if cell.is_value => {
                        cell.value.push_str(text);
                        cell.has_value = true;
                    }
                    Piece::Close(end) if end.local() == "c" => {
                        if let Some(cell) = open.take() {
                            self.cell(cell)?;
                        }
                        self.at.1 += 1;
                    }
                    other => cell.inline.piece(other),
                }
                continue;
            }
            let Piece::Open(tag) = piece else { continue };
            match tag.local() {
                "row" => {
                    let row = tag.number("r", usize::MAX).map_or(next_row, |number| number.saturating_sub(1));
                    self.at = (row, 0);
                    next_row = row.saturating_add(1);
                    if tag.has("hidden") && self.hidden.0.len() < 1000 {
                        self.hidden.0.push((row.saturating_add(1)).to_string());
                    }
                }
                "col" if tag.has("hidden") => {
                    let [min, max] = ["min", "max"].map(|name| tag.number(name, COLUMNS).unwrap_or(1).max(1));
                    let (first, last) = (column(min - 1), column(max.max(min) - 1));
                    self.hidden.1.push(if first == last { first } else { format!("{first} to {last}") });
                }
                "c" => open = Some(self.begin(&tag)?),
                "mergeCell" => {
                    let merged = tag.get("ref").and_then(|words| {
                        let (from, to) = words.split_once(':')?;
                        Some(Merge { from: reference(from)?, to_row: reference(to)?.0 })
                    });
                    self.sheet.merges.extend(merged);
                }
                _ => {}
            }
        }
        for (what, hidden) in [("row", &self.hidden.0), ("column", &self.hidden.1)] {
            if !hidden.is_empty() {
                let words =
                    crate::diagnostic::words::list(&hidden.iter().map(String::as_str).collect::<Vec<_>>(), "and", 8);
                let (plural, are) = if hidden.len() == 1 { ("", "is") } else { ("s", "are") };
                self.notes.push(format!("{what}{plural} {words} {are} hidden; what stands there was read"));
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: &Tag<'_>) -> Result<Open, Refused> {
        if let Some(at) = tag.get("r").and_then(|words| reference(&words)) {
            self.at = at;
        }
        *self.seen += 1;
        if self.at.0 >= ROWS || self.at.1 >= COLUMNS || *self.seen > SEEN {
            return Err(Refused::new(
                format!("its sheet {} has more rows, columns or cells than a sheet can have", self.name),
                "delete what is formatted and empty below its tables, and save it again",
            ));
        }
        let kind = tag.get("t").unwrap_or_default().into_owned();
        Ok(Open { kind, style: tag.number("s", usize::MAX).unwrap_or(0), ..Open::default() })
    }

    fn cell(&mut self, mut open: Open) -> Result<(), Refused> {
        let place = self.place();
        let (shown, is_struck) = self.book.styles.get(open.style).cloned().unwrap_or((Shown::Other, false));
        if open.has_formula && !open.has_value && !matches!(open.kind.as_str(), "str" | "inlineStr") {
            return Err(Refused::new(
                format!("{place} holds a formula without its value"),
                "open it once in Excel or LibreOffice, and save it",
            ));
        }
        let (mut words, mut struck, mut eaten) = (String::new(), String::new(), None);
        let value = open.value.trim();
        match open.kind.as_str() {
            "s" => {
                let text = value.parse::<usize>().ok().and_then(|at| self.book.strings.get(at));
                if let Some(text) = text {
                    (words, struck) = (text.text.clone(), text.struck.clone());
                } else if open.has_value {
                    return Err(Refused::new(
                        format!("{place} names a text that the workbook does not have"),
                        format!("save it again as {WHAT}"),
                    ));
                }
            }
            "inlineStr" => Words { text: words, struck } = open.inline.done(),
            "str" => words = unescaped(&open.value),
            "b" => eaten = open.has_value.then(|| eaten::truth(value == "1" || value == "true")),
            "d" => eaten = open.has_value.then(|| eaten::iso(value)),
            "e" => {
                if open.has_value {
                    self.lines.push(Line {
                        action: Action::LeftOut,
                        what: "cell".to_owned(),
                        id: String::new(),
                        place,
                        note: format!("it holds the error {value}"),
                    });
                }
                return Ok(());
            }
            _ => eaten = self.number(value, &shown),
        }
        let eaten = eaten.map(|(text, eaten)| {
            words = text;
            Box::new(eaten)
        });
        if words.trim().is_empty() {
            return Ok(());
        }
        self.size.cell()?;
        let mut cell = Cell::new(words, place);
        cell.eaten = eaten;
        if !struck.trim().is_empty() {
            cell.said.doubt = Some(format!("“{}” in it is struck through, and left out", struck.trim()));
        } else if is_struck {
            cell.said.doubt = Some("it is struck through".to_owned());
        }
        self.sheet.cells.push((self.at.0, self.at.1, cell));
        Ok(())
    }

    fn number(&self, value: &str, shown: &Shown) -> Option<(String, Eaten)> {
        if value.is_empty() {
            return None;
        }
        let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return Some((value.to_owned(), Eaten { is_sure: true, ..Eaten::default() }));
        };
        let days = if self.book.is_1904 { number + 1462.0 } else { number };
        Some(match shown {
            Shown::Date => eaten::moment(days, true),
            Shown::Time => eaten::moment(number, number >= 1.0),
            Shown::Digits(signs) => eaten::number(number, eaten::in_digits(signs, number)),
            Shown::Percent => eaten::number(number, Some(format!("{} %", eaten::general(number * 100.0)))),
            Shown::Other => eaten::number(number, None),
        })
    }
}

/// Row and column of a reference such as `B7`, from 0.
fn reference(words: &str) -> Option<(usize, usize)> {
    let words = words.trim();
    let letters = words.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = words.split_at(letters);
    if letters.is_empty() || letters.len() > 4 {
        return None;
    }
    let column =
        letters.bytes().fold(0_usize, |sum, byte| sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row = digits.parse::<u32>().ok().filter(|row| *row > 0)?;
    Some((usize::try_from(row).ok()? - 1, column - 1))
}

/// The comments of a sheet: they are left out, and told.
fn comments(text: &str, name: &str, sheet: &str) -> Result<Vec<Line>, Refused> {
    let mut xml = Xml::new(text, name);
    let (mut lines, mut at, mut words, mut is_text) = (Vec::new(), None, String::new(), false);
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Open(tag) => match tag.local() {
                "comment" | "threadedComment" => at = tag.get("ref").map(|place| place.into_owned()),
                "t" | "text" => is_text = true,
                _ => {}
            },
            Piece::Text(text) if is_text && at.is_some() => words.push_str(text),
            Piece::Close(end) => match end.local() {
                "comment" | "threadedComment" => {
                    let said = std::mem::take(&mut words).split_whitespace().collect::<Vec<_>>().join(" ");
                    // Where a thread hangs on a cell, its old form says only that it does.
                    let is_shadow = said.starts_with("[Threaded comment]");
                    if let Some(place) = at.take().filter(|_| !said.is_empty() && !is_shadow) {
                        lines.push(Line {
                            action: Action::LeftOut,
                            what: "comment".to_owned(),
                            id: String::new(),
                            place: format!("{sheet}!{place}"),
                            note: format!("comments are not taken: “{said}”"),
                        });
                    }
                }
                "t" | "text" => is_text = false,
                _ => {}
            },
            Piece::Text(_) => {}
        }
    }
    Ok(lines)
}
