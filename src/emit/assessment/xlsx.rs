//! The report as a workbook: a sheet for each of its tables, in which the profile has its shades.

use std::io;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{View, conformity, document, drawing, tables};
use crate::document::{Inline, Table};
use crate::emit::soa::xlsx::{LONGEST_CELL, Names, clipped, height, set_height};
use crate::measure::{Profile, Rank};
use crate::span::narrow;

/// The narrowest and the widest column, in characters.
const NARROWEST: usize = 9;
const WIDEST: usize = 56;

/// Writes the workbook.
pub fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = workbook(view).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(view: &View<'_>) -> Result<Vec<u8>, XlsxError> {
    let words = view.words();
    let mut workbook = Workbook::new();
    // The file has to be the same on every run: no clock.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = view.page.text(view.assessment.title);
    workbook.set_properties(&DocProperties::new().set_title(clipped(title.shown(), 255)).set_creation_datetime(&date));
    let first = (words.process, document::process as fn(&View<'_>, &Profile) -> Inline);
    let instances = view.measured.profiles.iter().filter(|profile| profile.instance.is_some());
    let of_instance = (words.instance, instance as fn(&View<'_>, &Profile) -> Inline);
    let sheets = [
        (words.input_chapter, tables::noticed_input(view)),
        (words.results, tables::profile(view, words.profile_caption, view.wholes(), first)),
        (words.instances, tables::profile(view, words.instances, instances, of_instance)),
        (words.gaps, tables::gaps(view)),
        (words.observations, tables::observations(view)),
        (words.ratings, tables::all_ratings(view)),
        (words.register, tables::register(view)),
        (words.rating_scale, tables::scale(view)),
        (words.conformity_33002, conformity::table(view)),
    ];
    let mut names = Names::default();
    for (number, (name, table)) in sheets.iter().enumerate().filter(|(_, (_, table))| !table.rows.is_empty()) {
        let sheet = workbook.add_worksheet();
        // A sheet takes no name with these signs.
        sheet.set_name(names.next(&name.replace(['/', '\\', '?', '*', '[', ']', ':'], "-")))?;
        write_table(view, sheet, table, matches!(number, 1 | 2))?;
    }
    workbook.save_to_buffer()
}

fn instance(view: &View<'_>, profile: &Profile) -> Inline {
    let name = profile.instance.map_or("", |name| view.page.name(name));
    view.process(profile.process).then(&format!(" ({name})"))
}

/// A table with a head that stays, a filter, and words in lines.
fn write_table(view: &View<'_>, sheet: &mut Worksheet, table: &Table, is_shaded: bool) -> Result<(), XlsxError> {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let cell = cell.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_C7D0));
    let head = cell.clone().set_bold().set_background_color(Color::RGB(0x00D9_E2EC));
    let titles: Vec<String> = table.head.iter().flatten().map(|cell| cell.words.with_addresses()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.words.with_addresses()).collect()).collect();
    let mut widths = Vec::new();
    for (column, title) in titles.iter().enumerate() {
        let longest = rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count()).max();
        let width = longest.unwrap_or_default().max(title.chars().count() + 2).clamp(NARROWEST, WIDEST);
        let width = u8::try_from(width).unwrap_or(u8::MAX);
        sheet.set_column_width(index(column), width)?;
        sheet.write_string_with_format(0, index(column), clipped(title, LONGEST_CELL), &head)?;
        widths.push(width);
    }
    let shades = Shades::of(view);
    for (at, row) in (1..).zip(&rows) {
        for (column, text) in row.iter().enumerate() {
            let shaded =
                (is_shaded && column > 0 && column + 2 < row.len()).then(|| shades.format(&cell, text)).flatten();
            sheet.write_string_with_format(
                at,
                index(column),
                clipped(text, LONGEST_CELL),
                shaded.as_ref().unwrap_or(&cell),
            )?;
        }
        let lines = row.iter().zip(&widths).map(|(text, width)| height(text, *width)).max();
        set_height(sheet, at, lines.unwrap_or(1))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    if let (Some(last), rows @ 1..) = (titles.len().checked_sub(1), rows.len()) {
        sheet.autofilter(0, 0, narrow(rows), index(last))?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn index(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The ratings by what is printed for them, with their shades.
struct Shades(Vec<(String, [u8; 3])>);

impl Shades {
    fn of(view: &View<'_>) -> Shades {
        let scale = view.measured.scale.open();
        let ranks = (scale.low.0..=scale.high.0).map(Rank);
        Shades(ranks.map(|rank| (view.rank(rank), drawing::shade(rank, scale.high))).collect())
    }

    fn format(&self, cell: &Format, text: &str) -> Option<Format> {
        let color = |[red, green, blue]: [u8; 3]| Color::RGB(u32::from_be_bytes([0, red, green, blue]));
        let (_, shade) = self.0.iter().find(|(rating, _)| rating == text)?;
        let format = cell.clone().set_bold().set_align(FormatAlign::Center);
        Some(format.set_background_color(color(*shade)).set_font_color(color(drawing::on(*shade))))
    }
}
