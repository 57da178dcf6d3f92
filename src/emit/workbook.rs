//! What workbooks have in common, by rust_xlsxwriter: what cells and rows hold, names of sheets, tables. Cells are written
//! as text, so that none is run as a formula.

use std::io;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::span::narrow;

/// The longest text that a cell can hold, in UTF-16 units (ECMA-376, Excel's limit).
pub const LONGEST_CELL: usize = 32_767;
/// The longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// How many rows a sheet can hold (ECMA-376, Excel's limit).
pub const HIGHEST_ROW: usize = 1 << 20;
/// The height of a line of text, in points.
const LINE: f64 = 15.0;
/// The greatest height of a row, in points (ECMA-376, Excel's limit), and in lines.
const HIGHEST: f64 = 409.0;
/// The narrowest and the widest column of a table, in characters.
const NARROWEST: usize = 9;
const WIDEST: usize = 56;

/// Writes a workbook that could be made.
pub fn write(made: Result<Vec<u8>, XlsxError>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(&made.map_err(io::Error::other)?)
}

/// A workbook without sheets.
pub fn titled(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // The file has to be the same on every run: no clock.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(clipped(title, 255)).set_creation_datetime(&date));
    Ok(workbook)
}

/// How the heads of tables look, and their cells.
pub fn looks() -> [Format; 2] {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let cell = cell.set_border(FormatBorder::Thin).set_border_color(0x00BF_C7D0);
    [cell.clone().set_bold().set_background_color(0x00D9_E2EC), cell]
}

/// A table with a head that stays, a filter, and words in lines; `look` says how a cell of a row and a column looks.
pub fn table<'f>(
    sheet: &mut Worksheet,
    heads: &[impl AsRef<str>],
    rows: &[Vec<String>],
    head: &Format,
    look: impl Fn(&[String], usize) -> &'f Format,
) -> Result<(), XlsxError> {
    let mut widths = Vec::new();
    for (column, title) in heads.iter().map(AsRef::as_ref).enumerate() {
        let longest = rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count()).max();
        let width = longest.unwrap_or_default().max(title.chars().count() + 2).clamp(NARROWEST, WIDEST);
        let width = u8::try_from(width).unwrap_or(u8::MAX);
        sheet.set_column_width(index(column), width)?;
        sheet.write_string_with_format(0, index(column), clipped(title, LONGEST_CELL), head)?;
        widths.push(width);
    }
    for (at, row) in (1..).zip(rows) {
        for (column, text) in row.iter().enumerate() {
            sheet.write_string_with_format(at, index(column), clipped(text, LONGEST_CELL), look(row, column))?;
        }
        let lines = row.iter().zip(&widths).map(|(text, width)| height(text, *width)).max();
        set_height(sheet, at, lines.unwrap_or(1))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    if let (Some(last), rows @ 1..) = (heads.len().checked_sub(1), rows.len()) {
        sheet.autofilter(0, 0, narrow(rows), index(last))?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// How many lines a text takes in a column, as words are put into lines.
pub fn height(text: &str, width: u8) -> usize {
    let width = usize::from(width).max(1);
    let lines = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let length: usize = word.chars().map(signs).sum();
            let between = usize::from(used > 0);
            if used + between + length <= width {
                used += between + length;
                continue;
            }
            lines += between + length.saturating_sub(1) / width;
            used = if length > width { length % width } else { length };
        }
        lines
    };
    text.split('\n').map(lines).sum()
}

/// How many columns of a line a character takes: those of East Asia are twice as wide as digits (Unicode, UAX #11).
fn signs(character: char) -> usize {
    if matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
    {
        2
    } else {
        1
    }
}

/// LibreOffice takes the height of a row as it is written, and does not fit it to the text.
pub fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    sheet.set_row_height(row, (f64::from(lines) * LINE).min(HIGHEST))?;
    Ok(())
}

/// A text as far as a cell can hold it.
pub fn clipped(text: &str, longest: usize) -> String {
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

/// Names of sheets: short enough, without the signs that none takes, and no two alike without regard to case.
#[derive(Default)]
pub struct Names(Vec<String>);

impl Names {
    pub fn next(&mut self, wanted: &str) -> String {
        let plain = wanted.replace(['/', '\\', '?', '*', '[', ']', ':'], "-");
        let short: String = plain.chars().take(LONGEST_NAME).collect();
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
