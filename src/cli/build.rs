//! `prm build` and `prm schema`.

use std::io::IsTerminal;

use super::args::{BuildArguments, Color, SchemaArguments};
use super::disk::Disk;
use super::failure::Failure;
use super::output::{Staged, Target};
use super::{Exit, Run, existing, output, watch};
use crate::compile::Checked;
use crate::diagnostic::{Diagnostic, Severity, words};
use crate::emit::output::{Artifact, Form, Output, Request, find};
use crate::emit::{self, pam};
use crate::package::files::unreadable;
use crate::package::manifest::Options;
use crate::source::{Files, join, normalize};

/// What is written, and where.
struct Product {
    output: &'static Output,
    form: &'static Form,
    options: Options,
    path: Option<String>,
    /// The folder of the manifest that asks for it.
    below: Option<String>,
}

impl Product {
    /// Where it goes, as seen from here.
    fn place(&self) -> Option<String> {
        Some(join(self.below.as_deref().unwrap_or_default(), self.path.as_deref()?))
    }

    /// The bytes of its template.
    fn read_template(&self) -> Result<Option<Vec<u8>>, Failure> {
        let Some(path) = &self.options.template else { return Ok(None) };
        let place = join(self.below.as_deref().unwrap_or_default(), path);
        let read = if self.below.is_some() { Disk.read(&place) } else { Disk.read_given(&place) };
        let bytes = read.map_err(|error| {
            let told = unreadable(place, &error);
            Failure::unreadable(&told).with_help("nothing was written; name a file that can be read as the template")
        })?;
        Ok(Some(bytes))
    }

    /// The way from the folder in which it stands to that of the package, from which its pictures are named. What goes to
    /// standard output stands where the package does.
    fn way(&self, run: &Run) -> String {
        match self.target() {
            Target::StandardOutput => String::new(),
            Target::Below(_, path) => "../".repeat(normalize(path).matches('/').count()),
            Target::Path(path) => output::way(path, run.package_folder()),
        }
    }

    fn target(&self) -> Target<'_> {
        match (self.path.as_deref(), self.below.as_deref()) {
            (None, _) => Target::StandardOutput,
            (Some(path), None) => Target::Path(path),
            (Some(path), Some(folder)) => Target::Below(folder, path),
        }
    }
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
    if let Some(path) = &arguments.output {
        let keeps_edits = products.iter().any(|product| product.form.keeps_edits);
        output::may_replace(path, &run.compilation, keeps_edits)?;
        if arguments.template.as_deref().is_some_and(|template| Disk.real(template) == Disk.real(path)) {
            return Err(Failure::new(
                format!("`{path}` would take the place of its template"),
                "nothing was written; choose another path with `-o`",
            ));
        }
    }
    let of_all: Vec<Diagnostic> =
        run.shown.iter().filter(|diagnostic| diagnostic.severity != Severity::Hint).cloned().collect();
    run.ask(&products);
    let existing = run.read_existing(&products)?;
    let exit = run.report()?;
    if existing.iter().flatten().any(|existing| existing.is_broken) {
        return Ok(exit);
    }
    let Some(checked) = run.compilation.checked() else { return Ok(exit) };
    if products.iter().any(|product| product.output.needs_model) {
        run.has_model()?;
    }
    if let Some(product) = products.iter().find(|product| product.form.is_binary && product.path.is_none())
        && std::io::stdout().is_terminal()
    {
        let name = if product.output.has_forms() { product.output.format } else { "model" };
        return Err(Failure::new(
            format!("a file of the form `{}` is no text for a terminal", product.form.name),
            format!("name a file, as in `-o {name}.{}`", product.form.name),
        ));
    }
    let mut staged = Staged::default();
    for (product, standing) in products.iter().zip(&existing) {
        // What one output asks of checks is no part of the others.
        let diagnostics = product.output.findings(&run.compilation, &product.options, &of_all);
        let way = product.way(&run);
        let input = checked.with_diagnostics(&diagnostics).with_way(&way);
        let artifacts = emit(product, standing.as_ref(), &input)?;
        staged.add(product.target(), product.form.keeps_edits, &run.compilation, artifacts)?;
    }
    staged.commit()?;
    Ok(exit)
}

/// The source of an assessment model that stands where it is to be written.
struct Standing {
    existing: pam::Existing,
    is_broken: bool,
    has_byte_order_mark: bool,
}

fn emit<'a>(
    product: &Product,
    standing: Option<&Standing>,
    input: &'a Checked<'a>,
) -> Result<Vec<Artifact<'a>>, Failure> {
    let template = product.read_template()?;
    let existing = standing.map(|standing| &standing.existing);
    let epoch = if product.form.is_dated { epoch()? } else { None };
    let request = Request { options: &product.options, epoch, existing, template: template.as_deref() };
    let mut artifacts = product.form.make(input, &request).map_err(|refused| {
        let place = product.place().map_or("to standard output".to_owned(), |path| format!("`{path}`"));
        let help = format!("nothing was written; {}", refused.help);
        Failure::new(format!("cannot write {place}: {}", refused.problem), help)
    })?;
    if standing.is_some_and(|standing| standing.has_byte_order_mark) {
        for artifact in &mut artifacts {
            let write = std::mem::replace(&mut artifact.write, Box::new(|_| Ok(())));
            artifact.write = Box::new(|out| out.write_all("\u{feff}".as_bytes()).and_then(|()| write(out)));
        }
    }
    Ok(artifacts)
}

/// When outputs say that they are made: what `SOURCE_DATE_EPOCH` of the environment says, if anything.
fn epoch() -> Result<Option<u64>, Failure> {
    let Some(said) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    // What is further off than the year 2999 is no date of OSCAL's.
    let seconds =
        said.to_str().and_then(|said| said.trim().parse::<u64>().ok()).filter(|seconds| *seconds < 32_472_144_000);
    seconds.map(Some).ok_or_else(|| {
        Failure::new(
            format!("SOURCE_DATE_EPOCH of the environment is no moment: `{}`", said.to_string_lossy()),
            "nothing was written; it is a number of seconds since the beginning of 1970, as in 1700000000",
        )
    })
}

/// The product of the command line, or those of the manifest.
fn products(arguments: &BuildArguments, run: &Run) -> Result<Vec<Product>, Failure> {
    if let Some(output) = arguments.format {
        let form = form(output, arguments.form.as_deref())?;
        let options = Options {
            provenance: arguments.provenance,
            draft: arguments.draft,
            compact: arguments.compact,
            catalog: arguments.catalog.clone(),
            assessment: arguments.assessment.clone(),
            template: arguments.template.clone(),
        };
        if let Some(option) = form.lacks(&options) {
            return Err(no_option(option));
        }
        return Ok(vec![Product { output, form, options, path: arguments.output.clone(), below: None }]);
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
    let products = manifest.outputs.iter().filter_map(|wanted| {
        let output = find(&wanted.format)?;
        let form = output.form(wanted.form.as_deref())?;
        let (options, path) = (wanted.options.clone(), Some(wanted.path.clone()));
        Some(Product { output, form, options, path, below: Some(folder.clone()) })
    });
    Ok(products.collect())
}

/// The form that is asked for, if the format has it.
fn form(output: &'static Output, asked: Option<&str>) -> Result<&'static Form, Failure> {
    if let Some(form) = output.form(asked) {
        return Ok(form);
    }
    let asked = asked.unwrap_or_default();
    Err(if output.has_forms() {
        let forms: Vec<&str> = output.forms.iter().map(|form| form.name).collect();
        Failure::new(
            format!("`--format {}` has no form `{asked}`", output.format),
            format!("it has {}", words::list(&forms, "and", 9)),
        )
    } else {
        let with_forms = emit::ALL.iter().filter(|output| output.has_forms());
        let with_forms: Vec<String> = with_forms.map(|output| format!("--format {}", output.format)).collect();
        Failure::new(
            format!("`--as {asked}` goes with {}", words::list(&with_forms, "and", 9)),
            "leave it out; the other formats have one form only",
        )
    })
}

/// An option that goes with other formats and forms than with those asked for.
fn no_option(option: &str) -> Failure {
    let with_it = emit::ALL.iter().flat_map(|output| output.forms.iter().map(move |form| (output, form)));
    let with_it: Vec<String> = with_it
        .filter(|(_, form)| form.options.contains(&option))
        .map(|(output, form)| match output.has_forms() {
            true => format!("--format {} --as {}", output.format, form.name),
            false => format!("--format {}", output.format),
        })
        .collect();
    Failure::new(
        format!("`--{option}` goes with {}", words::list(&with_it, "and", 9)),
        "leave it out; what is asked for has no such option",
    )
}

impl Run {
    /// What the outputs that are wanted ask of checks, each once.
    fn ask(&mut self, products: &[Product]) {
        for product in products {
            (product.output.asks)(&self.compilation, &product.options, &mut self.shown);
        }
        crate::diagnostic::sort(&mut self.shown);
        self.shown.dedup();
    }

    /// What stands where the products are to be written, as far as it is kept; what is wrong with it is shown.
    fn read_existing(&mut self, products: &[Product]) -> Result<Vec<Option<Standing>>, Failure> {
        let mut all = Vec::new();
        for product in products {
            let path = product.place().filter(|_| product.form.keeps_edits);
            let read = path.map(|path| existing::read(&path, &mut self.compilation.sources)).transpose()?.flatten();
            all.push(read.map(|(existing, has_byte_order_mark, found)| {
                let is_broken = !found.is_empty();
                self.shown.extend(found);
                Standing { existing, is_broken, has_byte_order_mark }
            }));
        }
        Ok(all)
    }
}

/// Prints the JSON Schema of an output.
pub fn schema(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    let schema = emit::schemas().into_iter().find(|schema| schema.name == arguments.format);
    let text = schema.map(|schema| (schema.text)()).unwrap_or_default();
    output::write(arguments.output.as_deref(), &[], |out| writeln!(out, "{}", text.trim_end()))?;
    Ok(Exit::Fine)
}
