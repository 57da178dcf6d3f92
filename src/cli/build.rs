//! `prm build` and `prm schema`.

use std::io::{self, IsTerminal, Write};

use super::args::{BuildArguments, BuildForm, BuildFormat, Color, SchemaArguments, SchemaFormat};
use super::failure::Failure;
use super::{Exit, Run, existing, output, watch};
use crate::checks;
use crate::codes;
use crate::compile::Checked;
use crate::diagnostic::{Severity, words};
use crate::emit::{json, markdown, pam, soa};
use crate::source::join;

/// What is written, and where.
struct Product {
    format: BuildFormat,
    form: BuildForm,
    path: Option<String>,
    with_provenance: bool,
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
    // What only a statement of applicability asks for is no part of the other outputs.
    let written: Vec<_> =
        run.shown.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).cloned().collect();
    if products.iter().any(|product| product.format == BuildFormat::Soa) {
        run.ask_for_settled_controls();
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
    let checked = checked.with_diagnostics(&written);
    if let Some(product) = products.iter().find(|product| product.is_binary() && product.path.is_none())
        && std::io::stdout().is_terminal()
    {
        return Err(Failure::new(
            format!("`--as {}` is no text for a terminal", word(product.form)),
            "name a file, as in `-o soa.xlsx`",
        ));
    }
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
        (BuildFormat::Markdown, _) => out.write_all(markdown::markdown(input, product.with_provenance).as_bytes()),
        (BuildFormat::Pam, BuildForm::Json) => json::write_pam(input, out),
        (BuildFormat::Pam, BuildForm::Prm) => out.write_all(pam::pam_prm(input).as_bytes()),
        (BuildFormat::Pam, _) => out.write_all(pam::pam(input, product.with_provenance).as_bytes()),
        (BuildFormat::Soa, BuildForm::Csv) => out.write_all(soa::csv(input).as_bytes()),
        (BuildFormat::Soa, BuildForm::Json) => soa::write_json(input, out),
        (BuildFormat::Soa, BuildForm::Xlsx) => soa::write_xlsx(input, out),
        (BuildFormat::Soa, _) => out.write_all(soa::markdown(input).as_bytes()),
    }
}

/// The product of the command line, or those of the manifest.
fn products(arguments: &BuildArguments, run: &Run) -> Result<Vec<Product>, Failure> {
    let with_provenance = arguments.provenance;
    if let Some(format) = arguments.format {
        let form = form(format, arguments.form)?;
        return Ok(vec![Product { format, form, path: arguments.output.clone(), with_provenance }]);
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
                .unwrap_or(BuildForm::Markdown),
            path: Some(join(&folder, &output.path)),
            with_provenance,
        })
    });
    Ok(products.collect())
}

/// The form that is asked for, if the format has it.
fn form(format: BuildFormat, asked: Option<BuildForm>) -> Result<BuildForm, Failure> {
    let forms = format.forms();
    match asked {
        None => Ok(forms.first().copied().unwrap_or(BuildForm::Markdown)),
        Some(form) if forms.contains(&form) => Ok(form),
        Some(form) if forms.is_empty() => Err(Failure::new(
            format!("`--as {}` goes with `--format pam` and `--format soa`", word(form)),
            "leave it out; the other formats have one form only",
        )),
        Some(form) => {
            let known: Vec<String> = forms.iter().map(|form| format!("`{}`", word(*form))).collect();
            Err(Failure::new(
                format!("`--format {}` has no form `{}`", word(format), word(form)),
                format!("it has {}", words::list(&known, "and", 9)),
            ))
        }
    }
}

/// How a choice is written on the command line.
fn word(choice: impl clap::ValueEnum) -> String {
    choice.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

impl Product {
    fn is_binary(&self) -> bool {
        self.form == BuildForm::Xlsx
    }
}

impl Run {
    /// Every row of a statement of applicability is settled: what is met only in part is an error there, unless
    /// `[lints]` says otherwise.
    fn ask_for_settled_controls(&mut self) {
        let crate::compile::Compilation { program, sources, coverage, manifest, .. } = &self.compilation;
        if manifest.lints.level(&codes::PARTIAL_REQUIREMENT).is_none() {
            checks::hold_to_statement(program, coverage, &mut self.shown);
        }
        self.shown.extend(checks::for_statement(program, sources, coverage));
        crate::diagnostic::sort(&mut self.shown);
    }

    /// What stands where the products are to be written, as far as it is kept; what is wrong with it is shown.
    fn read_existing(&mut self, products: &[Product]) -> Result<Vec<Option<Standing>>, Failure> {
        let mut all = Vec::new();
        for product in products {
            let is_source = product.format == BuildFormat::Pam && product.form == BuildForm::Prm;
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
    let schema = match arguments.format {
        SchemaFormat::Json => json::schema(),
        SchemaFormat::Soa => soa::schema(),
        SchemaFormat::Diff => crate::emit::diff::schema(),
    };
    output::write(arguments.output.as_deref(), |out| writeln!(out, "{}", schema.trim_end()))?;
    Ok(Exit::Fine)
}
