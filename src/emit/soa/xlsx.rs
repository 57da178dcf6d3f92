//! The statement as a workbook, by rust_xlsxwriter. Cells are written as text, so that none is run as a formula.

use std::io;

use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet, XlsxError};

use super::csv::lines;
use super::document::{Counts, scope};
use super::row::{Row, rows};
use super::table::{Cell, Column, capability_told, columns};
use crate::coverage::CatalogCoverage;
use crate::emit::markdown::statement_rows;
use crate::emit::page::Page;
use crate::emit::workbook::{self, LONGEST_CELL, Names, clipped, height, set_height};
use crate::emit::{judged, notice};
use crate::span::narrow;

/// A4, in the numbers of ECMA-376.
const A4: u8 = 9;
/// A3, for the wide tables.
const A3: u8 = 8;
/// The longest address of a hyperlink, in UTF-16 units, and how many a sheet holds (Excel's limits, with room to spare).
const LONGEST_ADDRESS: usize = 2_000;
const LINKS: usize = 60_000;
/// How wide a column without a word in it is, beside its title.
const EMPTY: u8 = 12;
/// The longest heading of a printed page (Excel's limit is 255).
const LONGEST_HEAD: usize = 120;
const MOST_LINES: usize = 27;
/// The widest that a column is made, for texts that are too high else.
const WIDEST: u8 = 200;
/// How wide the facts of the first sheet are: the columns behind the first together.
const FACTS: u8 = 168;

/// Writes the workbook.
pub fn write(page: &Page<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    workbook::write(book(page), out)
}

struct Formats {
    title: Format,
    header: Format,
    cell: Format,
    /// For numbers, which would else touch the words behind them.
    number: Format,
    /// For a cell that is one link.
    link: Format,
    /// For what is neither met in full nor excluded.
    open: Format,
}

fn book(page: &Page<'_>) -> Result<Vec<u8>, XlsxError> {
    let [header, cell] = workbook::looks();
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        header,
        number: cell.clone().set_align(FormatAlign::Center),
        link: cell.clone().set_hyperlink(),
        open: cell.clone().set_bold().set_background_color(0x00FF_E3DC),
        cell,
    };
    let title = format!("Statement of applicability: {}", page.text(page.head.title).shown());
    let mut workbook = workbook::titled(&title)?;
    let mut names = Names::default();
    let sheet = workbook.add_worksheet();
    sheet.set_name(names.next("Summary"))?;
    summary(page, sheet, &formats, &title)?;
    print_setup(page, sheet, A4);
    let columns = columns(page);
    for coverage in page.input.catalogs() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.next(page.catalog_id(coverage.catalog)))?;
        catalog(page, sheet, &formats, coverage, &columns)?;
        print_setup(page, sheet, A3);
    }
    workbook.save_to_buffer()
}

fn summary(page: &Page<'_>, sheet: &mut Worksheet, formats: &Formats, title: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, clipped(title, LONGEST_CELL), &formats.title)?;
    let notices = notice::of_all(&page.input).into_iter();
    let notices = notices.map(|told| (format!("Notice of {}", page.name(told.of)), page.text(told.text)));
    let stated = statement_rows(page).into_iter().map(|(name, text)| (name.shown().to_owned(), text));
    let facts = notices.map(|(name, text)| (name, text.shown().to_owned()));
    let model = [("Model".to_owned(), page.name(page.head.id).to_owned())];
    let context = [("Context".to_owned(), page.text_if(page.head.context).shown().to_owned())];
    let stated = stated.map(|(name, text)| (name, text.shown().to_owned())).chain(context);
    let statuses = ("Statuses".to_owned(), page.words.soa_statuses.to_owned());
    let judged = judged::sentences(page).map(|told| ("Judgements".to_owned(), told));
    let capability = capability_told(page).map(|told| (page.words.capability_column.to_owned(), told));
    let stated = stated.chain([statuses]).chain(capability).chain(judged);
    let mut at = 1;
    for (name, fact) in facts.chain(model).chain(stated).filter(|(_, fact)| !fact.is_empty()) {
        sheet.write_string_with_format(at, 0, clipped(&name, LONGEST_CELL), &formats.cell)?;
        sheet.merge_range(at, 1, at, 8, &clipped(&fact, LONGEST_CELL), &formats.cell)?;
        set_height(sheet, at, height(&fact, FACTS).max(height(&name, 18)))?;
        at += 1;
    }
    at += 1;
    if page.input.coverage.catalogs.is_empty() {
        sheet.write_string(at, 0, "This model covers no catalog, so that there is nothing to state.")?;
    }
    let titles = Counts::default().columns(page.words).map(|(title, _)| title);
    for (column, title) in (0u16..).zip(["Catalog", "Title"].into_iter().chain(titles).chain(["Remark"])) {
        sheet.write_string_with_format(at, column, title, &formats.header)?;
    }
    for (column, width) in [(0, 18), (1, 48), (2, 12), (3, 12), (4, 12), (5, 12), (6, 12), (7, 12), (8, 48)] {
        sheet.set_column_width(column, width)?;
    }
    for coverage in page.input.catalogs() {
        at += 1;
        let catalog = page.input.program.catalog(coverage.catalog);
        sheet.write_string_with_format(at, 0, page.name(catalog.id), &formats.cell)?;
        let title = page.text(catalog.title);
        sheet.write_string_with_format(at, 1, clipped(title.shown(), LONGEST_CELL), &formats.cell)?;
        for (column, (_, count)) in (2u16..).zip(Counts::of(page, coverage).columns(page.words)) {
            sheet.write_number_with_format(at, column, narrow(count), &formats.number)?;
        }
        let remark = scope(page, coverage).unwrap_or_default();
        set_height(sheet, at, height(&remark, 48).max(height(title.shown(), 48)))?;
        sheet.write_string_with_format(at, 8, remark, &formats.cell)?;
    }
    approval(sheet, at + 2, formats)
}

fn catalog(
    page: &Page<'_>,
    sheet: &mut Worksheet,
    formats: &Formats,
    coverage: &CatalogCoverage,
    columns: &[Column<'_>],
) -> Result<(), XlsxError> {
    let rows: Vec<Row<'_>> = rows(page, coverage).collect();
    let cells: Vec<Vec<Cell>> =
        rows.iter().map(|row| columns.iter().map(|column| column.cell(page, row)).collect()).collect();
    let mut widths: Vec<u8> = Vec::new();
    let mut tallest = 1;
    for (at, column) in (0u16..).zip(columns) {
        let texts: Vec<String> =
            cells.iter().filter_map(|row| row.get(usize::from(at))).map(|cell| lines(cell)).collect();
        let is_used = texts.iter().any(|text| !text.is_empty());
        let width = if is_used { width_for(&texts, column.width) } else { column.width.min(EMPTY) };
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, clipped(column.title.shown(), LONGEST_CELL), &formats.header)?;
        tallest = tallest.max(height(column.title.shown(), width));
        widths.push(width);
    }
    set_height(sheet, 0, tallest)?;
    let mut links = 0;
    let mut last = 0;
    for ((at, row), cells) in (1u32..).zip(&rows).zip(&cells) {
        let is_open = matches!(row.status, crate::coverage::Status::Partial | crate::coverage::Status::Uncovered);
        let format = if is_open { &formats.open } else { &formats.cell };
        let mut tallest = 1;
        for ((column, cell), width) in (0u16..).zip(cells).zip(&widths) {
            let shown = match link(cell).filter(|_| links < LINKS) {
                Some((address, words)) => {
                    links += 1;
                    let words = clipped(words, LONGEST_CELL);
                    let url = Url::new(address).set_text(&words);
                    sheet.write_url_with_format(at, column, url, &formats.link)?;
                    words
                }
                None => {
                    let text = clipped(&lines(cell), LONGEST_CELL);
                    sheet.write_string_with_format(at, column, &text, format)?;
                    text
                }
            };
            tallest = tallest.max(height(&shown, *width));
        }
        set_height(sheet, at, tallest)?;
        last = at;
    }
    // The heading, and the clause, the control and its title, stay in sight.
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last, u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX))?;
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// The address and the words of a cell that is one link, and nothing besides.
fn link(cell: &Cell) -> Option<(&str, &str)> {
    match cell.as_slice() {
        [only] => only.only_link().filter(|(address, _)| address.encode_utf16().count() <= LONGEST_ADDRESS),
        _ => None,
    }
}

/// Who stands for the statement: to be filled in by hand.
fn approval(sheet: &mut Worksheet, mut at: u32, formats: &Formats) -> Result<(), XlsxError> {
    for (column, title) in [(0, "Approval"), (1, "Name, date and signature")] {
        sheet.write_string_with_format(at, column, title, &formats.header)?;
    }
    for who in ["Prepared by", "Reviewed by", "Approved by"] {
        at += 1;
        sheet.write_string_with_format(at, 0, who, &formats.cell)?;
        sheet.write_blank(at, 1, &formats.cell)?;
        set_height(sheet, at, 2)?;
    }
    Ok(())
}

/// How wide a column has to be, at least as wide as it should be, so that no cell of it is higher than a row can be.
fn width_for(texts: &[String], wanted: u8) -> u8 {
    let is_enough = |width: u8| texts.iter().all(|text| height(text, width) <= MOST_LINES);
    (wanted..=WIDEST).step_by(8).find(|width| is_enough(*width)).unwrap_or(WIDEST.max(wanted))
}

/// As wide as the paper, the title of the statement above each page and its number below.
fn print_setup(page: &Page<'_>, sheet: &mut Worksheet, paper: u8) {
    let edition = page.text_if(page.head.edition);
    let edition = if edition.is_empty() { String::new() } else { format!(", edition {}", edition.shown()) };
    let head = format!("{}{edition}", page.text(page.head.title).shown());
    // An ampersand begins a code of the page.
    let head = clipped(&head, LONGEST_HEAD).replace('&', "&&");
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&LStatement of applicability: {head}&R&A")).set_footer("&RPage &P of &N");
}
