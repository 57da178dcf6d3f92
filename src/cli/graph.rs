//! `prm graph`.

use super::args::{Color, GraphArguments, GraphForm, GraphView};
use super::failure::Failure;
use super::{Exit, Run, output, why};
use crate::diagnostic::words;
use crate::emit::graph::{self, GraphFormat, GraphScope};

/// Draws a model.
pub fn run(arguments: &GraphArguments, color: Color) -> Result<Exit, Failure> {
    let run = Run::new(&arguments.input, color);
    let exit = run.report()?;
    let Some(checked) = run.compilation.checked() else { return Ok(exit) };
    run.has_model()?;
    let format = match arguments.format {
        GraphForm::Dot => GraphFormat::Dot,
        GraphForm::Mermaid => GraphFormat::Mermaid,
        GraphForm::Svg => GraphFormat::Svg,
    };
    let scope = match (&arguments.clause, arguments.view) {
        (Some(clause), _) => GraphScope::Clause(why::requirement(&checked, clause)?),
        (None, GraphView::Map) => GraphScope::Map,
        (None, GraphView::Trace) => GraphScope::Traceability,
    };
    let process = match &arguments.process {
        None => None,
        Some(id) => {
            let model = checked.program.root().map(|root| &root.model);
            let name =
                checked.program.names.get(id).filter(|name| model.is_some_and(|model| model.process(*name).is_some()));
            let known =
                model.into_iter().flat_map(|model| &model.processes).map(|process| checked.program.name(process.id));
            let help = words::nearest(id, known).map_or_else(
                || "name a process of the model by its id".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Some(name.ok_or_else(|| Failure::new(format!("there is no process `{id}`"), help))?)
        }
    };
    let drawing = graph::render(&checked, format, scope, process);
    output::write(arguments.output.as_deref(), &[&run.compilation], |out| out.write_all(drawing.as_bytes()))?;
    Ok(exit)
}
