//! `prm coverage`.

use super::args::{Color, CoverageArguments, CoverageFormat};
use super::failure::Failure;
use super::{Exit, Run, output, terminal};
use crate::codes;
use crate::emit::json;
use crate::emit::keep_to;
use crate::emit::report::{self, Filter};

/// Shows how far a model covers its catalogs.
pub fn run(arguments: &CoverageArguments, color: Color) -> Result<Exit, Failure> {
    if arguments.compact && arguments.format != CoverageFormat::Json {
        return Err(Failure::new(
            "`--compact` goes with `--format json`",
            "leave it out; the other formats have no such option",
        ));
    }
    let run = Run::new(&arguments.input, color);
    // What is not covered is the result itself, and would only be said twice.
    let exit = run.report_some(|diagnostic| {
        *diagnostic.code != codes::UNCOVERED_REQUIREMENT && *diagnostic.code != codes::PARTIAL_REQUIREMENT
    })?;
    let Some(checked) = run.compilation.checked() else { return Ok(exit) };
    run.has_model()?;
    let checked = match arguments.catalog.as_deref() {
        None => checked,
        Some(catalog) => keep_to(&checked, catalog).map_err(|refused| Failure::new(refused.problem, refused.help))?,
    };
    let checked = checked.with_compact(arguments.compact);
    let path = arguments.output.as_deref();
    let chosen = arguments.uncovered || arguments.partial;
    let gaps = Filter { uncovered: arguments.uncovered || !chosen, partial: arguments.partial || !chosen, rest: false };
    // Tables for machines hold every row unless they are filtered.
    let filter = Filter { rest: !chosen, ..gaps };
    match arguments.format {
        CoverageFormat::Text => {
            let color = path.is_none() && terminal::stdout_color(color);
            let text = report::text(&checked, gaps, color);
            output::write_text(path, &[&run.compilation], &text, color)?;
        }
        CoverageFormat::Csv => {
            let table = report::csv(&checked, filter);
            output::write(path, &[&run.compilation], |out| out.write_all(table.as_bytes()))?;
        }
        CoverageFormat::Json => output::write(path, &[&run.compilation], |out| {
            json::write_coverage(&checked, |status| filter.keeps(status), out)
        })?,
    }
    Ok(exit)
}
