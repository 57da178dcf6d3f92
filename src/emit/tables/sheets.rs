//! The tables as a workbook: a sheet for each, behind one that says what they are.

use rust_xlsxwriter::XlsxError;

use super::{TABLES, Table, shown, title};
use crate::emit::output::{Artifact, Refused, written};
use crate::emit::workbook::{self, HIGHEST_ROW, LONGEST_CELL};
use crate::emit::{Input, notice};

/// What a sheet holds: its name, its heads and its rows.
type Sheet = (&'static str, Vec<&'static str>, Vec<Vec<String>>);

/// The tables in one file. What is more than a workbook holds is not cut off.
pub fn workbook<'a>(input: &'a Input<'a>) -> Result<Vec<Artifact<'a>>, Refused> {
    let tables = TABLES.iter().map(|table| (table.name, table.heads().collect(), table.rows(input)));
    let sheets: Vec<Sheet> = [about(input)].into_iter().chain(tables).collect();
    if let Some(problem) = sheets.iter().find_map(too_large) {
        return Err(Refused { problem, help: "take `--format csv`, which has no such limit".to_owned() });
    }
    written(move |out| workbook::write(book(&shown(&title(input)), &sheets), out))
}

/// What readers have to be told, and what the sheets and their columns are.
fn about(input: &Input<'_>) -> Sheet {
    let row = |sheet: &str, column: &str, about: &str| [sheet, column, about].map(str::to_owned).to_vec();
    let of_table = |table: &Table| {
        let columns = table.columns.iter().map(|(column, about)| row(table.name, column, about));
        [row(table.name, "", table.about)].into_iter().chain(columns).collect::<Vec<_>>()
    };
    let notices = notice::of_all(input).into_iter();
    let notices = notices.map(|told| row(input.program.name(told.of), "", &input.sources.text(told.text)));
    let head = [row("", "", &title(input))];
    let rows = head.into_iter().chain(notices).chain(TABLES.iter().flat_map(of_table));
    let rows = rows.map(|cells| cells.iter().map(|cell| shown(cell)).collect());
    ("about", vec!["of", "column", "about"], rows.collect())
}

/// What a workbook cannot hold.
fn too_large((name, heads, rows): &Sheet) -> Option<String> {
    if rows.len() >= HIGHEST_ROW {
        return Some(format!("`{name}` has {} rows, and a sheet holds {HIGHEST_ROW}", rows.len() + 1));
    }
    let cells = rows.iter().zip(2..).flat_map(|(row, number)| row.iter().zip(heads).map(move |cell| (cell, number)));
    cells.into_iter().find_map(|((cell, head), number)| {
        let length = cell.encode_utf16().count();
        let told =
            || format!("`{head}` of row {number} of `{name}` has {length} characters, and a cell holds {LONGEST_CELL}");
        (length > LONGEST_CELL).then(told)
    })
}

fn book(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook::titled(title)?;
    // As text, ids stay what they are where somebody edits them.
    let [head, cell] = workbook::looks();
    let cell = cell.set_num_format("@");
    for (name, heads, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name)?;
        workbook::table(sheet, heads, rows, &head, |_, _| &cell)?;
    }
    book.save_to_buffer()
}
