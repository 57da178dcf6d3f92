//! `prm why`.

use super::args::{Color, WhyArguments};
use super::failure::Failure;
use super::{Exit, Run, output};
use crate::compile::Checked;
use crate::diagnostic::words;
use crate::emit::why;
use crate::model::{CatalogId, RequirementId};

/// Shows the proof for a requirement, or what would have to be added.
pub fn run(arguments: &WhyArguments, color: Color) -> Result<Exit, Failure> {
    let run = Run::new(&arguments.input, color);
    let Some(checked) = run.compilation.checked() else { return run.report() };
    run.has_model()?;
    let answer = answer(&checked, &arguments.reference)?;
    output::stdout(answer.as_bytes())?;
    Ok(run.exit())
}

fn answer(input: &Checked<'_>, reference: &str) -> Result<String, Failure> {
    if let Some(answer) = element(input, reference) {
        return Ok(answer);
    }
    match requirements(input, reference).as_slice() {
        [] => {
            let gone = input.program.names.get(reference).and_then(|id| why::omitted(input, id));
            gone.ok_or_else(|| unknown(input, reference))
        }
        [id] => Ok(why::requirement(input, *id)),
        several => {
            let names: Vec<String> = several.iter().map(|id| input.program.full_id(*id)).collect();
            Err(Failure::new(
                format!("`{reference}` could be {}", words::list(&names, "or", 6)),
                "write the catalog before it, with a colon between",
            ))
        }
    }
}

fn element(input: &Checked<'_>, reference: &str) -> Option<String> {
    let id = input.program.names.get(reference)?;
    why::element(input, id)
}

/// The requirements with an id, in the catalogs that are seen; those of covered catalogs before others.
fn requirements(input: &Checked<'_>, reference: &str) -> Vec<RequirementId> {
    let (catalog, id) = match reference.split_once(':') {
        Some((catalog, id)) => (Some(catalog), id),
        None => (None, reference),
    };
    let Some(root) = input.program.root() else { return Vec::new() };
    let is_meant = |seen: &&CatalogId| {
        catalog.is_none_or(|catalog| input.program.name(input.program.catalog(**seen).id) == catalog)
    };
    let rows = root.sees.iter().filter(is_meant).flat_map(|catalog| input.program.catalog(*catalog).requirements());
    let found: Vec<RequirementId> =
        rows.filter(|row| input.program.name(input.program.requirement(*row).id) == id).collect();
    let is_covered = |id: &&RequirementId| {
        let catalog = input.program.requirement(**id).catalog;
        input.coverage.catalogs.iter().any(|covered| covered.catalog == catalog)
    };
    let covered: Vec<RequirementId> = found.iter().filter(is_covered).copied().collect();
    if covered.len() == 1 { covered } else { found }
}

fn unknown(input: &Checked<'_>, reference: &str) -> Failure {
    let id = reference.rsplit(':').next().unwrap_or(reference);
    let rows = input.program.root().map(|root| root.sees.as_slice()).unwrap_or_default();
    let names = rows.iter().flat_map(|catalog| input.program.catalog(*catalog).requirements());
    let names = names.map(|row| input.program.requirement(row).id);
    let elements = input.program.root().into_iter().flat_map(|root| root.model.index.keys().copied());
    let near = words::nearest(id, names.chain(elements).map(|name| input.program.name(name)));
    let help = near.map_or_else(
        || "name a requirement of a catalog that the model covers, or an element of the model".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Failure::new(format!("there is no `{reference}`"), help)
}
