//! `prm build` and `prm schema`.

use std::io::{self, Write};

use super::args::{BuildArguments, BuildFormat, Color, PamForm, SchemaArguments};
use super::failure::Failure;
use super::{Exit, Run, existing, output, watch};
use crate::checks;
use crate::compile::Checked;
use crate::diagnostic::Severity;
use crate::emit::{json, markdown, pam};
use crate::source::join;

/// What is written, and where.
struct Product {
    format: BuildFormat,
    form: PamForm,
    path: Option<String>,
}

/// Writes the outputs that are asked for.
pub fn run(arguments: &BuildArguments, color: Color) -> Result<Exit, Failure> {
    if arguments.watch {
        return watch::run(&arguments.input, false, color, |run| once(arguments, run));
    }
    once(arguments, Run::new(&arguments.input, color))
}

fn once(arguments: &BuildArguments, mut run: Run) -> Result<Exit, Failure> {
    let products = products(arguments, &run)?;
    if products.iter().any(|product| product.format == BuildFormat::Pam) {
        run.ask_for_framework();
    }
    let existing = run.read_existing(&products)?;
    let exit = run.report();
    if existing.iter().flatten().any(|existing| existing.is_broken) {
        return Ok(exit);
    }
    let Some(checked) = run.compilation.checked() else { return Ok(exit) };
    if products.iter().any(|product| product.format != BuildFormat::Json) {
        run.has_model()?;
    }
    let written: Vec<_> =
        run.shown.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).cloned().collect();
    let checked = Checked { diagnostics: &written, ..checked };
    let renewed =
        existing.iter().zip(&products).map(|(existing, product)| renewed(product, existing.as_ref(), &checked));
    let renewed: Vec<Option<String>> = renewed.collect::<Result<_, Failure>>()?;
    for (product, renewed) in products.iter().zip(renewed) {
        output::write(product.path.as_deref(), |out| match renewed {
            Some(text) => out.write_all(text.as_bytes()),
            None => emit(product, &checked, out),
        })?;
    }
    Ok(exit)
}

/// The source of an assessment model that stands where it is to be written.
struct Standing {
    existing: pam::Existing,
    is_broken: bool,
    has_byte_order_mark: bool,
}

/// The text of a file that is written over; `None` where nothing of its old text is kept.
fn renewed(product: &Product, standing: Option<&Standing>, input: &Checked<'_>) -> Result<Option<String>, Failure> {
    let Some(standing) = standing else { return Ok(None) };
    let mark = if standing.has_byte_order_mark { "\u{feff}" } else { "" };
    match pam::pam_prm_over(input, &standing.existing) {
        Some(text) => Ok(Some(format!("{mark}{text}"))),
        None => {
            let path = product.path.as_deref().unwrap_or_default();
            let model = input.program.root().and_then(|package| package.model.head.as_ref());
            let model = model.map(|head| input.program.name(head.id)).unwrap_or_default();
            Err(Failure::new(
                format!("`{path}` is there already, and is no assessment model of `{model}`"),
                format!("nothing was written; choose another path, or a file whose model `extends {model}`"),
            ))
        }
    }
}

fn emit(product: &Product, input: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
    match (product.format, product.form) {
        (BuildFormat::Json, _) => json::write(input, out),
        (BuildFormat::Markdown, _) => out.write_all(markdown::markdown(input).as_bytes()),
        (BuildFormat::Pam, PamForm::Markdown) => out.write_all(pam::pam(input).as_bytes()),
        (BuildFormat::Pam, PamForm::Prm) => out.write_all(pam::pam_prm(input).as_bytes()),
        (BuildFormat::Pam, PamForm::Json) => json::write_pam(input, out),
    }
}

/// The product of the command line, or those of the manifest.
fn products(arguments: &BuildArguments, run: &Run) -> Result<Vec<Product>, Failure> {
    if let Some(format) = arguments.format {
        if arguments.form.is_some() && format != BuildFormat::Pam {
            return Err(Failure::new(
                "`--as` goes with `--format pam`",
                "leave it out; the other formats have one form only",
            ));
        }
        let form = arguments.form.unwrap_or(PamForm::Markdown);
        return Ok(vec![Product { format, form, path: arguments.output.clone() }]);
    }
    let manifest = &run.compilation.manifest;
    let broken = run.compilation.checked().is_none();
    if manifest.outputs.is_empty() && !broken {
        return Err(Failure::new(
            "there is nothing to write: neither `--format` nor an `[[output]]` in prm.toml",
            "name a format, as in `prm build --format markdown -o model.md`",
        ));
    }
    let folder = manifest.file.map(|file| run.compilation.sources.file(file).folder.clone()).unwrap_or_default();
    let products = manifest.outputs.iter().filter_map(|output| {
        Some(Product {
            format: clap::ValueEnum::from_str(&output.format, false).ok()?,
            form: output
                .form
                .as_deref()
                .and_then(|form| clap::ValueEnum::from_str(form, false).ok())
                .unwrap_or(PamForm::Markdown),
            path: Some(join(&folder, &output.path)),
        })
    });
    Ok(products.collect())
}

impl Run {
    /// What stands where the products are to be written, as far as it is kept; what is wrong with it is shown.
    fn read_existing(&mut self, products: &[Product]) -> Result<Vec<Option<Standing>>, Failure> {
        let mut all = Vec::new();
        for product in products {
            let is_source = product.format == BuildFormat::Pam && product.form == PamForm::Prm;
            let path = product.path.as_deref().filter(|_| is_source);
            let read = path.map(|path| existing::read(path, &mut self.compilation.sources)).transpose()?.flatten();
            all.push(read.map(|(existing, has_byte_order_mark, found)| {
                let is_broken = !found.is_empty();
                self.shown.extend(found);
                Standing { existing, is_broken, has_byte_order_mark }
            }));
        }
        Ok(all)
    }

    /// An assessment model wants a measurement framework; other outputs do not.
    fn ask_for_framework(&mut self) {
        let crate::compile::Compilation { program, sources, coverage, .. } = &self.compilation;
        let found = checks::for_assessment_model(program, sources, coverage);
        self.shown.extend(found);
        crate::diagnostic::sort(&mut self.shown);
    }
}

/// Prints the JSON Schema of the JSON output.
pub fn schema(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    let schema = json::schema();
    output::write(arguments.output.as_deref(), |out| writeln!(out, "{}", schema.trim_end()))?;
    Ok(Exit::Fine)
}
