//! The report as a workbook: a sheet for each of its tables, in which the profile has its shades.

use std::io;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::{View, conformity, document, drawing, tables};
use crate::document::{Inline, Table};
use crate::emit::workbook::{self, Names};
use crate::measure::{Profile, Rank};

/// Writes the workbook.
pub fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    workbook::write(book(view), out)
}

fn book(view: &View<'_>) -> Result<Vec<u8>, XlsxError> {
    let words = view.words();
    let mut workbook = workbook::titled(view.page.text(view.assessment.title).shown())?;
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
        sheet.set_name(names.next(name))?;
        write_table(view, sheet, table, matches!(number, 1 | 2))?;
    }
    workbook.save_to_buffer()
}

fn instance(view: &View<'_>, profile: &Profile) -> Inline {
    let name = profile.instance.map_or("", |name| view.page.name(name));
    view.process(profile.process).then(&format!(" ({name})"))
}

fn write_table(view: &View<'_>, sheet: &mut Worksheet, table: &Table, is_shaded: bool) -> Result<(), XlsxError> {
    let [head, cell] = workbook::looks();
    let titles: Vec<String> = table.head.iter().flatten().map(|cell| cell.words.with_addresses()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.words.with_addresses()).collect()).collect();
    let shades = Shades::of(view, &cell);
    workbook::table(sheet, &titles, &rows, &head, |row, column| {
        let is_rating = is_shaded && column > 0 && column + 2 < row.len();
        row.get(column).filter(|_| is_rating).and_then(|text| shades.format(text)).unwrap_or(&cell)
    })
}

/// The ratings by what is printed for them, and how they look.
struct Shades(Vec<(String, Format)>);

impl Shades {
    fn of(view: &View<'_>, cell: &Format) -> Shades {
        let scale = view.measured.scale.open();
        let color = |[red, green, blue]: [u8; 3]| Color::RGB(u32::from_be_bytes([0, red, green, blue]));
        let format = cell.clone().set_bold().set_align(FormatAlign::Center);
        let shaded = |rank| {
            let shade = drawing::shade(rank, scale.high);
            let format = format.clone().set_background_color(color(shade)).set_font_color(color(drawing::on(shade)));
            (view.rank(rank), format)
        };
        Shades((scale.low.0..=scale.high.0).map(Rank).map(shaded).collect())
    }

    fn format(&self, text: &str) -> Option<&Format> {
        self.0.iter().find(|(rating, _)| rating == text).map(|(_, format)| format)
    }
}
