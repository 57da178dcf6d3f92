//! The report on an assessment (ISO/IEC 33002, 33020): its input, the profile, gaps, ratings with their evidence and how they
//! were joined, and whether all is stated that is to be recorded.

pub mod arithmetic;
mod conformity;
mod csv;
mod document;
mod drawing;
mod outcomes;
pub mod sheet;
mod tables;
mod view;
#[cfg(feature = "xlsx")]
mod workbook;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io;

use super::Input;
use super::output::Refused;
use crate::diagnostic::words;
use crate::document::Document;
use crate::model::{Assessment, AssessmentId, Program};
pub use outcomes::{OutcomeRatings, Rated};
pub use view::View;

/// The assessment that is asked for; the only one of the package, or else that it sees, where none is named.
///
/// # Errors
/// Where there is none, or it is not clear which, or nothing can be computed of it.
pub fn pick<'a>(input: &Input<'a>, wanted: Option<&str>) -> Result<View<'a>, Refused> {
    let seen = seen(input.program);
    let id = |row: &(AssessmentId, &'a Assessment)| input.program.name(row.1.id);
    let of_ids = |rows: &[(AssessmentId, &'a Assessment)]| rows.iter().map(id).collect::<Vec<_>>();
    let found = match wanted {
        Some(wanted) => match seen.iter().find(|row| id(row) == wanted) {
            Some(found) => found.0,
            None => return Err(unknown(wanted, &of_ids(&seen))),
        },
        None => {
            let own: Vec<_> = seen.iter().filter(|row| Some(row.1.origin.package) == input.program.root_id()).collect();
            match (own.as_slice(), seen.as_slice()) {
                ([only], _) => only.0,
                ([], [only]) => only.0,
                ([], []) => return Err(none()),
                _ => {
                    return Err(Refused {
                        problem: format!("it could be of {}", words::list(&of_ids(&seen), "or", 9)),
                        help: "name one with `--assessment`".to_owned(),
                    });
                }
            }
        }
    };
    View::new(input, found).ok_or_else(|| Refused {
        problem: format!("nothing can be computed of `{}`", input.program.name(input.program.assessment(found).id)),
        help: "its framework has no ratings; it needs a `scale`".to_owned(),
    })
}

/// The assessments that the package sees.
pub fn seen(program: &Program) -> Vec<(AssessmentId, &Assessment)> {
    let seen = program.root().map_or(&[][..], |package| &package.scope.packages);
    let all = (0..).map(AssessmentId).zip(&program.assessments);
    all.filter(|(_, row)| seen.binary_search(&row.origin.package).is_ok()).collect()
}

fn none() -> Refused {
    Refused {
        problem: "this package has no assessment".to_owned(),
        help: "add an `assessment` statement, and `rate` statements for what was rated".to_owned(),
    }
}

fn unknown(wanted: &str, known: &[&str]) -> Refused {
    let near = words::nearest(wanted, known.iter().copied()).map(|near| format!("did you mean `{near}`? "));
    let there = match known {
        [] => "there is none".to_owned(),
        known => format!("there is {}", words::list(known, "and", 9)),
    };
    Refused {
        problem: format!("there is no assessment `{wanted}`"),
        help: format!("{}{there}", near.unwrap_or_default()),
    }
}

/// The report as a document.
pub fn document(view: &View<'_>) -> Document {
    document::document(view)
}

/// The profile as comma-separated values: a row for each attribute of each process and instance.
pub fn csv(view: &View<'_>) -> String {
    csv::csv(view)
}

/// Writes the report as an Excel workbook (ISO/IEC 29500), a sheet for each of its tables.
///
/// # Errors
/// Where `out` cannot be written.
#[cfg(feature = "xlsx")]
pub fn write_xlsx(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    xlsx::write(view, out)
}

/// Writes an Excel workbook to rate in, which is read back.
///
/// # Errors
/// Where `out` cannot be written.
#[cfg(feature = "xlsx")]
pub fn write_sheet(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    workbook::write(view, out)
}

/// Writes what is known of the assessment as JSON.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_json(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    super::json::write_assessment(&view.page.input, view.id, &view.notices(), out)
}
