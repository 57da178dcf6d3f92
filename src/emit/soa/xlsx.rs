//! The statement as a workbook, by rust_xlsxwriter. Cells are written as text, so that none is run as a formula.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::csv::lines;
use super::document::{Counts, scope};
use super::row::rows;
use super::table::{Column, columns};
use crate::coverage::CatalogCoverage;
use crate::emit::markdown::statement_rows;
use crate::emit::notice;
use crate::emit::page::Page;
use crate::span::narrow;

/// The longest text that a cell can hold, in UTF-16 units (ECMA-376, Excel's limit).
const LONGEST_CELL: usize = 32_767;
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// A4, in the numbers of ECMA-376.
const A4: u8 = 9;
/// A3, for the wide tables.
const A3: u8 = 8;
/// The height of a line of text, in points.
const LINE: f64 = 15.0;
/// The greatest height of a row, in points (ECMA-376, Excel's limit).
const HIGHEST: f64 = 409.0;

/// Writes the workbook.
pub fn write(page: &Page<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = workbook(page).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

struct Formats {
    title: Format,
    header: Format,
    cell: Format,
    /// For what is neither met in full nor excluded.
    open: Format,
}

fn workbook(page: &Page<'_>) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        header: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(0x00D9_E2EC),
        cell: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        open: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_bold().set_background_color(0x00FF_E3DC),
    };
    let mut workbook = Workbook::new();
    // The file has to be the same on every run: no clock.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = format!("Statement of applicability: {}", page.text(page.head.title).shown());
    workbook.set_properties(&DocProperties::new().set_title(clipped(&title, 255)).set_creation_datetime(&date));
    let mut names = Names::default();
    let sheet = workbook.add_worksheet();
    sheet.set_name(names.next("Summary"))?;
    summary(page, sheet, &formats, &title)?;
    let columns = columns(page);
    for coverage in &page.input.coverage.catalogs {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.next(page.catalog_id(coverage.catalog)))?;
        catalog(page, sheet, &formats, coverage, &columns)?;
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
    let mut at = 1;
    for (name, fact) in facts.chain(model).chain(stated).filter(|(_, fact)| !fact.is_empty()) {
        sheet.write_string_with_format(at, 0, clipped(&name, LONGEST_CELL), &formats.cell)?;
        sheet.write_string_with_format(at, 1, clipped(&fact, LONGEST_CELL), &formats.cell)?;
        set_height(sheet, at, height(&fact, 48))?;
        at += 1;
    }
    at += 1;
    if page.input.coverage.catalogs.is_empty() {
        sheet.write_string(at, 0, "This model covers no catalog, so that there is nothing to state.")?;
    }
    let titles = Counts::default().columns().map(|(title, _)| title);
    for (column, title) in (0u16..).zip(["Catalog", "Title"].into_iter().chain(titles).chain(["Remark"])) {
        sheet.write_string_with_format(at, column, title, &formats.header)?;
    }
    for (column, width) in [(0, 18), (1, 48), (2, 12), (3, 12), (4, 12), (5, 12), (6, 12), (7, 12), (8, 48)] {
        sheet.set_column_width(column, width)?;
    }
    for coverage in &page.input.coverage.catalogs {
        at += 1;
        let catalog = page.input.program.catalog(coverage.catalog);
        sheet.write_string_with_format(at, 0, page.name(catalog.id), &formats.cell)?;
        let title = page.text(catalog.title);
        sheet.write_string_with_format(at, 1, clipped(title.shown(), LONGEST_CELL), &formats.cell)?;
        for (column, (_, count)) in (2u16..).zip(Counts::of(page, coverage).columns()) {
            sheet.write_number_with_format(at, column, narrow(count), &formats.cell)?;
        }
        let remark = scope(page, coverage).unwrap_or_default();
        set_height(sheet, at, height(&remark, 48).max(height(title.shown(), 48)))?;
        sheet.write_string_with_format(at, 8, remark, &formats.cell)?;
    }
    approval(sheet, at + 2, formats)?;
    print_setup(sheet, A4);
    Ok(())
}

fn catalog(
    page: &Page<'_>,
    sheet: &mut Worksheet,
    formats: &Formats,
    coverage: &CatalogCoverage,
    columns: &[Column<'_>],
) -> Result<(), XlsxError> {
    for (at, column) in (0u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, clipped(column.title.shown(), LONGEST_CELL), &formats.header)?;
    }
    let mut last = 0;
    for (at, row) in (1u32..).zip(rows(page, coverage)) {
        let is_open = matches!(row.status, crate::coverage::Status::Partial | crate::coverage::Status::Uncovered);
        let format = if is_open { &formats.open } else { &formats.cell };
        let mut tallest = 1;
        for (column, shown) in (0u16..).zip(columns) {
            let text = clipped(&lines(&shown.cell(page, &row)), LONGEST_CELL);
            tallest = tallest.max(height(&text, shown.width));
            sheet.write_string_with_format(at, column, text, format)?;
        }
        set_height(sheet, at, tallest)?;
        last = at;
    }
    // The heading, and the clause, the control and its title, stay in sight.
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, last, u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX))?;
    sheet.set_repeat_rows(0, 0)?;
    print_setup(sheet, A3);
    Ok(())
}

/// Who stands for the statement: to be filled in by hand.
fn approval(sheet: &mut Worksheet, mut at: u32, formats: &Formats) -> Result<(), XlsxError> {
    for (column, title) in [(0, "Approval"), (1, "Name, date and signature")] {
        sheet.write_string_with_format(at, column, title, &formats.header)?;
    }
    for who in ["Prepared by", "Reviewed by", "Approved by"] {
        at += 1;
        sheet.write_string_with_format(at, 0, who, &formats.cell)?;
        set_height(sheet, at, 2)?;
    }
    Ok(())
}

/// How many lines a text takes in a column. Words are not cut, so that some room is left at the end of a line.
fn height(text: &str, width: u8) -> usize {
    let room = usize::from(width).saturating_sub(2).max(1);
    text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum()
}

/// LibreOffice takes the height of a row as it is written, and does not fit it to the text.
fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    sheet.set_row_height(row, (f64::from(lines) * LINE).min(HIGHEST))?;
    Ok(())
}

fn print_setup(sheet: &mut Worksheet, paper: u8) {
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
}

/// A text as far as a cell can hold it.
fn clipped(text: &str, longest: usize) -> String {
    let mut units = 0;
    let mut fits = |character: &char| {
        units += character.len_utf16();
        units < longest
    };
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut clipped: String = text.chars().take_while(&mut fits).collect();
    clipped.push('…');
    clipped
}

/// Names of sheets: short enough, and no two alike without regard to case.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn next(&mut self, wanted: &str) -> String {
        let short: String = wanted.chars().take(LONGEST_NAME).collect();
        let mut name = short.clone();
        // A catalog may be called as a sheet of ours or, reserved by Excel, `History`.
        for number in 2.. {
            let key = name.to_lowercase();
            if key != "history" && !self.0.contains(&key) {
                self.0.push(key);
                break;
            }
            let suffix = format!("~{number}");
            name = short.chars().take(LONGEST_NAME - suffix.len()).collect::<String>() + &suffix;
        }
        name
    }
}
