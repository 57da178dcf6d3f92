//! Documents of Word (.docx): the tables of process descriptions, of traceability and of catalogs, and terms with their
//! definitions. Headings above tables of processes are their groups.

mod body;
mod styles;
mod terms;

use body::{Block, Grid, Paragraph};

use super::archive::Archive;
use super::card;
use super::draft::Said;
use super::heads::{self, Head};
use super::report::{Action, Line};
use super::rows;
use super::table::{Cell, Size, Table, Tables};
use super::{File, Options, Reading, Refused};

/// Bytes of the text of a document, and of what stands beside it.
const BODY: u64 = 64 << 20;

const WHAT: &str = "a document (.docx)";

/// Reads a document.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    let (body::Body { blocks, mut remarks }, mut lines) = body(file, options)?;
    if remarks.is_empty() && blocks.is_empty() {
        remarks.push("it is empty".to_owned());
    }
    let places: Vec<String> = blocks.iter().flat_map(Block::places).collect();
    let tables = headed(blocks, &mut lines)?;
    let mut reading = Reading::of(rows::read(tables, &options.mapping)).with(lines, remarks);
    reading.places = places;
    Ok(reading)
}

/// Its tables as they stand.
pub(super) fn tables(file: &File<'_>, options: &Options) -> Result<Tables, Refused> {
    let (mut tables, mut size) = (Vec::new(), Size::default());
    for block in body(file, options)?.0.blocks {
        if let Block::Grid(Grid { name, rows }) = block {
            count(&rows, &mut size)?;
            tables.push(Table { name, rows, ..Table::default() });
        }
    }
    Ok(Tables { tables, ..Tables::default() })
}

/// What is in a document, and what stands beside it.
fn body(file: &File<'_>, options: &Options) -> Result<(body::Body, Vec<Line>), Refused> {
    let mut archive = Archive::open(file.bytes, WHAT)?;
    let missing = || Refused::new("it holds no document", format!("save it as {WHAT}"));
    let roots = archive.related("")?;
    let root = roots.into_iter().find(|part| part.kind == "officeDocument").ok_or_else(missing)?;
    let text = archive.text(&root.name, BODY)?.ok_or_else(missing)?;
    let related = archive.related(&root.name)?;
    let mut styles = styles::Styles::default();
    for (kind, is_numbering) in [("styles", false), ("numbering", true)] {
        let Some(part) = related.iter().find(|part| part.kind == kind) else { continue };
        let Some(text) = archive.text(&part.name, BODY)? else { continue };
        if is_numbering { styles.numbering(&text, &part.name)? } else { styles.read(&text, &part.name)? }
    }
    let body = body::read(&text, &root.name, styles, &options.within(file, ""))?;
    let mut lines = Vec::new();
    for (kind, what, element) in BESIDE {
        let mut number = 0;
        for part in related.iter().filter(|part| part.kind == *kind) {
            if let Some(text) = archive.text(&part.name, BODY)? {
                lines.extend(body::beside(&text, &part.name, (what, element), &mut number)?);
            }
        }
    }
    Ok((body, lines))
}

/// What stands beside the text of a document: the kind of its part, what one of it is, and the element of one.
const BESIDE: &[(&str, &str, &str)] = &[
    ("comments", "comment", "comment"),
    ("footnotes", "footnote", "footnote"),
    ("endnotes", "endnote", "endnote"),
    ("header", "page header", "hdr"),
    ("footer", "page footer", "ftr"),
];

/// Counts what a table holds.
fn count(rows: &[Vec<Cell>], size: &mut Size) -> Result<(), Refused> {
    size.row(rows.iter().map(Vec::len).sum())?;
    rows.iter().flatten().filter(|cell| !cell.is_blank()).try_for_each(|_| size.cell())
}

/// The tables of a document, each with the group that the headings above it name; what stands outside of them is told.
fn headed(blocks: Vec<Block>, lines: &mut Vec<Line>) -> Result<Vec<Table>, Refused> {
    let mut tables = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    let mut terms = terms::Terms::default();
    let mut size = Size::default();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if let Some(rest) = terms.take(paragraph) {
                    outside(rest, &mut headings, lines);
                }
            }
            Block::Grid(grid) => {
                count(&grid.rows, &mut size)?;
                let is_said = |row: &Vec<Cell>| row.iter().any(|cell| !cell.is_blank());
                let rows = card::table(grid.rows.into_iter().filter(is_said).collect());
                let mut table = Table { name: grid.name, rows, ..Table::default() };
                group(&mut table, &mut headings);
                tables.push(table);
            }
        }
    }
    for heading in headings.into_iter().filter(|heading| !heading.is_used) {
        left_out(&heading.said, lines);
    }
    tables.extend(terms.table());
    Ok(tables)
}

/// A heading above.
struct Heading {
    level: usize,
    said: Said,
    is_used: bool,
}

/// A paragraph outside of tables: a heading, or what is left out.
fn outside(paragraph: Paragraph, headings: &mut Vec<Heading>, lines: &mut Vec<Line>) {
    let said = Said::new(paragraph.words, paragraph.place);
    if said.is_blank() {
        return;
    }
    let Some(level) = paragraph.level else {
        left_out(&said, lines);
        return;
    };
    while let Some(last) = headings.pop_if(|last| last.level >= level) {
        if !last.is_used {
            left_out(&last.said, lines);
        }
    }
    headings.push(Heading { level, said, is_used: false });
}

fn left_out(said: &Said, lines: &mut Vec<Line>) {
    lines.push(Line {
        action: Action::LeftOut,
        what: "text outside of tables".to_owned(),
        id: String::new(),
        place: said.place.clone(),
        note: "only tables, and terms with their definitions, are taken".to_owned(),
    });
}

/// What headings say above all processes, which are no groups of them.
const ALL: &[&str] =
    &["processes", "process descriptions", "process reference model", "prozesse", "prozessbeschreibungen", "processus"];

/// What headings of annexes begin with, which are no groups of processes either.
const ANNEXES: &[&str] = &["annex", "appendix", "anhang", "annexe"];

/// Gives a table of processes the column of the group that the headings above it name.
fn group(table: &mut Table, headings: &mut [Heading]) {
    let Some(head) = table.rows.first() else { return };
    let has = |wanted: &[Head]| {
        head.iter().filter_map(|cell| heads::find(&cell.said.words)).any(|head| wanted.contains(&head))
    };
    if !has(&[Head::Purpose, Head::Outcome]) || has(&[Head::Group]) {
        return;
    }
    // The heading right above a card is that of its process.
    let own: Vec<String> =
        table.rows.get(1).into_iter().flatten().map(|cell| cell.said.words.trim().to_lowercase()).collect();
    let is_own = |words: &str| {
        let words = words.to_lowercase();
        own.iter().any(|own| own.len() > 1 && words.contains(own.as_str()))
    };
    let found = headings.iter_mut().rev().find(|heading| !is_own(&heading.said.words));
    let Some(heading) = found else { return };
    let Some(words) = named(&heading.said.words) else { return };
    let mut said = Said { words, ..heading.said.clone() };
    said.is_told = heading.is_used;
    heading.is_used = true;
    for (at, row) in table.rows.iter_mut().enumerate() {
        let cell = match at {
            0 => Cell { said: Said { words: "Group".to_owned(), is_told: true, ..Said::default() }, ..Cell::default() },
            _ => Cell { said: Said { is_told: said.is_told || at > 1, ..said.clone() }, ..Cell::default() },
        };
        row.insert(0, cell);
    }
}

/// The name of a group, from a heading: without its number, with its code in front.
fn named(words: &str) -> Option<String> {
    let words = words.trim();
    let numbers = words.split_whitespace().next().unwrap_or_default();
    let is_number = numbers.chars().all(|character| character.is_ascii_digit() || character == '.');
    let name = if is_number { words[numbers.len()..].trim() } else { words };
    let name = match name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
        Some((name, code)) if (1..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            format!("{code} {}", name.trim())
        }
        _ => name.to_owned(),
    };
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_of_all = ALL.contains(&name.to_lowercase().as_str()) || ANNEXES.contains(&first.as_str());
    (name.chars().any(char::is_alphabetic) && !is_of_all).then_some(name)
}
