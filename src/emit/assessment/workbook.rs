//! The workbook to rate in: a sheet for each process, one for strengths and weaknesses, one for the evidence.
//!
//! What assessors write is white, and has the format of text, so that nothing is made of it; ratings have the list of the
//! scale. What is grey is there to be read, and protected against slips, without a password.

use std::io;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, ProtectionOptions, Worksheet,
    XlsxError,
};

use super::sheet::{self, Sheet};
use super::{View, tables};
use crate::document::Table;
use crate::document::words::fill;
use crate::emit::workbook::{self, LONGEST_CELL, Names, clipped, height, set_height};
use crate::span::narrow;

/// Where the heads of a table stand, from 0; above are its title and what is told of it.
const HEAD: u32 = 2;
/// Rows for more evidence than there is.
const MORE: usize = 40;

/// Writes the workbook.
pub fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    workbook::write(book(view), out)
}

struct Formats {
    title: Format,
    told: Format,
    head: Format,
    /// For what is read only, for what marks a row, and for what is typed; of attributes each in bold.
    read: [Format; 2],
    mark: Format,
    typed: [Format; 2],
}

impl Formats {
    fn new() -> Formats {
        let [head, cell] = workbook::looks();
        let read = cell.clone().set_background_color(Color::RGB(0x00F2_F4F6));
        let typed = cell.set_num_format("@").set_unlocked();
        Formats {
            title: Format::new().set_bold().set_font_size(14),
            told: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            head,
            mark: read.clone().set_font_color(Color::RGB(0x0099_A3AD)).set_font_size(7),
            read: [read.clone(), read.set_bold()],
            typed: [typed.clone(), typed.set_bold()],
        }
    }
}

fn book(view: &View<'_>) -> Result<Vec<u8>, XlsxError> {
    let (words, formats) = (view.words(), Formats::new());
    let title = view.page.text(view.assessment.title);
    let mut workbook = workbook::titled(title.shown())?;
    let mut names = Names::default();
    let mut evidence = sheet::evidence(view, view.exhibits().into_iter().map(|(exhibit, _)| exhibit));
    let scale = tables::scale(view);
    // The names of processes come behind those that the sheets tell of.
    let [input, evidence_name, scale_name] =
        [words.input_chapter, &evidence.name, words.rating_scale].map(|name| names.next(name));
    let first = workbook.add_worksheet().set_name(&input)?;
    let how = [
        words.sheet_rate.to_owned(),
        fill(words.sheet_evidence, &[&evidence_name]),
        words.sheet_attributes.to_owned(),
        words.sheet_grey.to_owned(),
    ];
    let facts = how.into_iter().map(|told| [words.sheet_how.to_owned(), told]);
    let input = cells(&tables::noticed_input(view));
    front(first, &formats, title.shown(), facts.chain(input))?;
    let list = list(&scale_name, scale.rows.len());
    for table in sheet::sheets(view) {
        let name = names.next(&table.name);
        write_table(view, workbook.add_worksheet().set_name(&name)?, &table, &list, &formats)?;
    }
    let blank = sheet::Row { cells: vec![String::new(); evidence.heads.len()], is_whole: false };
    evidence.rows.extend(std::iter::repeat_n(blank, MORE));
    write_table(view, workbook.add_worksheet().set_name(&evidence_name)?, &evidence, &list, &formats)?;
    let last = workbook.add_worksheet().set_name(&scale_name)?;
    let heads = scale.head.iter().flatten().map(|cell| cell.words.shown().to_owned()).collect::<Vec<_>>();
    let rows = scale.rows.iter().map(|row| row.iter().map(|cell| cell.words.shown().to_owned()).collect());
    for (at, row) in (0..).zip(std::iter::once(heads).chain(rows)) {
        for (column, text) in (0..).zip(&row) {
            let format = if at == 0 { &formats.head } else { &formats.read[0] };
            last.write_string_with_format(at, column, clipped(text, LONGEST_CELL), format)?;
        }
    }
    last.set_column_width(1, 40)?;
    workbook.save_to_buffer()
}

/// The words of a table of two columns.
fn cells(table: &Table) -> Vec<[String; 2]> {
    let words = |row: &[crate::document::Cell], at: usize| row.get(at).map(|cell| cell.words.with_addresses());
    table.rows.iter().map(|row| [0, 1].map(|at| words(row, at).unwrap_or_default())).collect()
}

/// The first sheet: how to fill in the others, and what was settled before.
fn front(
    sheet: &mut Worksheet,
    formats: &Formats,
    title: &str,
    facts: impl Iterator<Item = [String; 2]>,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, clipped(title, LONGEST_CELL), &formats.title)?;
    for (column, width) in [(0, 30), (1, 100)] {
        sheet.set_column_width(column, width)?;
    }
    let mut before = String::new();
    for (at, [name, told]) in (1..).zip(facts) {
        let shown = if name == before { "" } else { &name };
        sheet.write_string_with_format(at, 0, clipped(shown, LONGEST_CELL), &formats.head)?;
        sheet.write_string_with_format(at, 1, clipped(&told, LONGEST_CELL), &formats.read[0])?;
        set_height(sheet, at, height(&told, 100).max(height(&name, 30)))?;
        before = name;
    }
    print_setup(sheet);
    Ok(())
}

/// The list of the scale: a warning and no more, since a percentage is a rating too.
fn list(scale: &str, count: usize) -> DataValidation {
    let range = format!("='{}'!$A$2:$A${}", scale.replace('\'', "''"), count + 1);
    DataValidation::new().allow_list_formula(Formula::new(range)).set_error_style(DataValidationErrorStyle::Warning)
}

/// How wide a column is.
fn width(head: &str) -> u8 {
    match head {
        sheet::SUBJECT | sheet::TEXT => 56,
        sheet::REASON | sheet::TITLE => 44,
        sheet::EVIDENCE | sheet::OF | sheet::SHOWS | sheet::AT => 24,
        sheet::MADE => 8,
        _ => 13,
    }
}

/// Whether something is typed under a head.
fn is_typed(table: &Sheet, head: &str) -> bool {
    let is_of_ratings = table.heads == sheet::OF_RATINGS;
    match head {
        sheet::RATING | sheet::EVIDENCE | sheet::REASON => true,
        _ => !is_of_ratings && head != sheet::MADE,
    }
}

/// Whether under a head stands what a strength or a weakness is known by.
fn is_mark(table: &Sheet, head: &str) -> bool {
    table.heads == sheet::OF_OBSERVATIONS && head == sheet::ID
}

fn write_table(
    view: &View<'_>,
    sheet: &mut Worksheet,
    table: &Sheet,
    list: &DataValidation,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, clipped(&table.title, LONGEST_CELL), &formats.title)?;
    let (across, before) = (6.min(narrow(table.heads.len()).saturating_sub(1)), table.heads.iter().take(7));
    let across = u16::try_from(across).unwrap_or(1);
    sheet.merge_range(1, 0, 1, across, &clipped(&table.told, LONGEST_CELL), &formats.told)?;
    let wide: u32 = before.map(|head| u32::from(width(head))).sum();
    set_height(sheet, 1, height(&table.told, u8::try_from(wide).unwrap_or(u8::MAX)))?;
    for (column, head) in (0..).zip(table.heads) {
        let title = sheet::title(head, view.words());
        sheet.set_column_width(column, width(head))?;
        sheet.write_string_with_format(HEAD, column, title, &formats.head)?;
    }
    for (at, row) in (HEAD + 1..).zip(&table.rows) {
        let mut tallest = 1;
        for ((column, head), text) in (0..).zip(table.heads).zip(&row.cells) {
            let whole = usize::from(row.is_whole);
            let format = match () {
                () if *head == sheet::MADE || is_mark(table, head) => &formats.mark,
                () if is_typed(table, head) => &formats.typed[whole],
                () => &formats.read[whole],
            };
            sheet.write_string_with_format(at, column, clipped(text, LONGEST_CELL), format)?;
            if *head != sheet::MADE {
                tallest = tallest.max(height(text, width(head)));
            }
        }
        set_height(sheet, at, tallest)?;
    }
    let last = HEAD + narrow(table.rows.len());
    let rating = table.heads.iter().position(|head| *head == sheet::RATING).and_then(|at| u16::try_from(at).ok());
    if let (Some(rating), false) = (rating, table.rows.is_empty()) {
        sheet.add_data_validation(HEAD + 1, rating, last, rating, list)?;
    }
    if table.heads == sheet::OF_OBSERVATIONS && !table.rows.is_empty() {
        let kinds = DataValidation::new().allow_list_strings(&[view.words().strength, view.words().weakness])?;
        sheet.add_data_validation(HEAD + 1, 2, last, 2, &kinds)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet.autofilter(HEAD, 0, last, u16::try_from(table.heads.len().saturating_sub(1)).unwrap_or(u16::MAX))?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    print_setup(sheet);
    if rating.is_some() {
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
    }
    Ok(())
}

/// As wide as the paper, which is A4 and lies.
fn print_setup(sheet: &mut Worksheet) {
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_header("&R&A")
        .set_footer("&RPage &P of &N");
}
