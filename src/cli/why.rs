//! `prm why`.

use super::args::{Color, WhyArguments};
use super::failure::Failure;
use super::{Exit, Run, output};
use crate::compile::Checked;
use crate::diagnostic::words;
use crate::emit::{assessment, notice, why};
use crate::model::{FieldKind, RequirementId, Want};

/// Shows the proof for a requirement, or what would have to be added.
pub fn run(arguments: &WhyArguments, color: Color) -> Result<Exit, Failure> {
    let run = Run::new(&arguments.input, color);
    let Some(checked) = run.compilation.checked() else { return run.report() };
    run.say_overlooked();
    if let Some(id) = &arguments.assessment {
        output::write_text(None, &[], &rated(&checked, id, &arguments.reference)?, false)?;
        return Ok(run.exit());
    }
    run.has_model()?;
    let answer = notice::above(&checked) + &answer(&checked, &arguments.reference)?;
    output::write_text(None, &[], &answer, false)?;
    Ok(run.exit())
}

/// How something came to its rating in an assessment.
fn rated(input: &Checked<'_>, id: &str, reference: &str) -> Result<String, Failure> {
    let view = assessment::pick(input, Some(id)).map_err(|refused| Failure::new(refused.problem, refused.help))?;
    let view = view.in_english();
    let notices: String = view.notices().iter().map(|told| notice::line(&view.page, told) + "\n").collect();
    let notices = if notices.is_empty() { notices } else { notices + "\n" };
    why::rated(&view, reference).map(|answer| notices + &answer).ok_or_else(|| {
        let processes: Vec<&str> = view.wholes().map(|profile| input.program.name(profile.process)).collect();
        let near = words::nearest(reference, processes.iter().copied());
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Failure::new(
            format!("`{id}` rates no `{reference}`"),
            format!(
                "{near}it looks at {}; behind a point stands what is rated of one, as in `{}.PA.1.1`",
                words::list(&processes, "and", 9),
                processes.first().unwrap_or(&"TEC.04")
            ),
        )
    })
}

/// What is to be said of a reference.
pub fn answer(input: &Checked<'_>, reference: &str) -> Result<String, Failure> {
    if let Some(answer) = element(input, reference) {
        return Ok(answer);
    }
    match requirements(input, reference).as_slice() {
        [] => {
            let gone = input.program.names.get(reference).and_then(|id| why::omitted(input, id));
            let gone = gone.or_else(|| why::renamed(input, reference));
            gone.or_else(|| why::others(input, reference)).ok_or_else(|| unknown(input, reference))
        }
        [id] => Ok(why::requirement(input, *id)),
        several => Err(ambiguous(input, reference, several)),
    }
}

/// The one requirement, control or clause that a reference names.
pub fn requirement(input: &Checked<'_>, reference: &str) -> Result<RequirementId, Failure> {
    match requirements(input, reference).as_slice() {
        [] => Err(unknown(input, reference)),
        [id] => Ok(*id),
        several => Err(ambiguous(input, reference, several)),
    }
}

fn ambiguous(input: &Checked<'_>, reference: &str, several: &[RequirementId]) -> Failure {
    let names: Vec<String> = several.iter().map(|id| input.program.full_id(*id)).collect();
    Failure::new(
        format!("`{reference}` could be {}", words::list(&names, "or", 6)),
        "write the catalog before it, with a colon between",
    )
}

fn element(input: &Checked<'_>, reference: &str) -> Option<String> {
    let id = input.program.names.get(reference)?;
    why::element(input, id)
}

/// The requirements with an id, in the catalogs that are seen; those of covered catalogs before others.
fn requirements(input: &Checked<'_>, reference: &str) -> Vec<RequirementId> {
    let Some(root) = input.program.root_id() else { return Vec::new() };
    let found = input.program.sight(root).requirement(reference, false).all();
    let is_covered = |id: &&RequirementId| {
        let catalog = input.program.requirement(**id).catalog;
        input.coverage.catalogs.iter().any(|covered| covered.catalog == catalog)
    };
    let covered: Vec<RequirementId> = found.iter().filter(is_covered).copied().collect();
    if covered.len() == 1 { covered } else { found }
}

fn unknown(input: &Checked<'_>, reference: &str) -> Failure {
    let id = reference.rsplit(':').next().unwrap_or(reference);
    let sight = input.program.root_id().map(|root| input.program.sight(root));
    let wanted = [Want::Text, Want::Model, Want::Catalog, Want::Crosswalk, Want::Framework];
    let wanted = wanted.into_iter().chain(FieldKind::ALL.map(Want::Field));
    let known = sight.into_iter().flat_map(|sight| {
        wanted.clone().flat_map(move |want| sight.candidates(want)).filter_map(move |thing| sight.id(thing))
    });
    let near = words::nearest(id, known);
    let help = near.map_or_else(
        || "name a requirement, an element of the model, or a catalog, crosswalk, framework, field or term that it sees".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::new(format!("there is no `{reference}`"), help)
}
