//! What becomes of a compiled model: documents, data, pictures. Emitters are pure: they write text, nobody's files.
//!
//! What `prm build` can write is one row each in [`ALL`].

pub mod assessment;
pub mod comments;
mod csv;
pub mod diff;
pub mod draft;
mod figures;
pub mod graph;
pub mod json;
mod judged;
mod judgement;
pub mod markdown;
pub mod meaning;
mod naming;
pub mod notice;
mod order;
#[cfg(feature = "oscal")]
mod oscal;
pub mod output;
mod page;
pub mod pam;
pub mod pictures;
pub mod proof;
pub mod provenance;
mod remark;
pub mod report;
pub mod review;
pub mod said;
#[cfg(feature = "schema")]
mod schema;
pub mod soa;
mod tables;
pub mod telling;
pub mod web;
pub mod why;
#[cfg(feature = "xlsx")]
mod workbook;

use crate::checks;
use crate::diagnostic::words;
use crate::document::html::write as write_page;
use crate::document::{ADOC, DOCX, Document, Figure, HTML, MARKDOWN, Unprintable};
use output::{Form, Output, Refused, Request, file, written};

/// What emitters look at: a model that may be shown.
pub use crate::compile::Checked as Input;

/// What makes a form, where the program was built with a feature; else it is known, and says so.
macro_rules! built {
    ($feature:literal, $make:expr) => {{
        #[cfg(feature = $feature)]
        const MAKE: output::Make = $make;
        #[cfg(not(feature = $feature))]
        const MAKE: output::Make = |_, _| Err(Unprintable::unbuilt($feature).into());
        MAKE
    }};
}

/// Every output that can be built. Adding a row here is the whole registration: the command and manifests read it.
pub const ALL: &[Output] = &[
    Output {
        format: "json",
        about: "The resolved model with its coverage",
        forms: &[Form {
            options: &["compact"],
            ..Form::data("json", "Data, described by a schema", |input, request| {
                let input = input.with_compact(request.options.compact);
                written(move |out| json::write(&input, out))
            })
        }],
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: Some(json::schema),
    },
    Output {
        format: "markdown",
        about: "The document, with annexes A and B",
        forms: &[Form::document(&MARKDOWN, &["provenance", "draft"], own_document)],
        needs_model: true,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "docx",
        about: "The document for word processors",
        forms: &[Form::document(&DOCX, &["provenance", "draft", "template"], own_document)],
        needs_model: true,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "adoc",
        about: "The document in AsciiDoc, for Metanorma",
        forms: &[Form::document(&ADOC, &["provenance", "draft", "template"], own_document)],
        needs_model: true,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "html",
        about: "The document as a page for browsers, in one file",
        forms: &[Form {
            options: &["provenance", "draft", "template"],
            ..Form::data("html", HTML.about, |input, request| {
                let document = own_document(input, request)?;
                let sections = web::sections(input, &document).ok_or_else(no_model)?;
                let picture = |figure: &Figure| pictures::shown(input, figure);
                file(write_page(&document, &sections, &request.setting(&picture))?)
            })
        }],
        needs_model: true,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "pam",
        about: "The process assessment model, for its authors to complete",
        forms: &[
            Form::document(&MARKDOWN, &["provenance", "draft"], assessment_document),
            Form::document(&DOCX, &["provenance", "draft", "template"], assessment_document),
            Form::document(&ADOC, &["provenance", "draft", "template"], assessment_document),
            Form::document(&HTML, &["provenance", "draft", "template"], assessment_document),
            Form {
                options: &["compact"],
                ..Form::data("json", "Data, described by a schema", |input, request| {
                    let input = input.with_compact(request.options.compact);
                    written(move |out| json::write_pam(&input, out))
                })
            },
            Form {
                keeps_edits: true,
                ..Form::data("prm", "Source that extends the model", |input, request| match request.existing {
                    None => file(pam::pam_prm(input)),
                    Some(existing) => file(pam::pam_prm_over(input, existing).ok_or_else(|| no_layer(input))?),
                })
            },
        ],
        needs_model: true,
        asks: |compilation, _, found| {
            let crate::compile::Compilation { program, sources, coverage, .. } = compilation;
            found.extend(checks::for_assessment_model(program, sources, coverage));
        },
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "soa",
        about: "The statement of applicability: each control, why it applies or not, and what meets it",
        forms: &[
            Form::document(&MARKDOWN, &["draft", "catalog", "assessment"], statement_document),
            Form::document(&DOCX, &["draft", "catalog", "assessment", "template"], statement_document),
            Form::document(&ADOC, &["draft", "catalog", "assessment", "template"], statement_document),
            Form::document(&HTML, &["draft", "catalog", "assessment", "template"], statement_document),
            Form {
                options: &["catalog", "assessment"],
                ..Form::data("csv", "A table for spreadsheets", |input, request| {
                    file(soa::csv(&stated(input, request)?))
                })
            },
            Form {
                options: &["catalog", "assessment", "compact"],
                ..Form::data("json", "Data, described by a schema", |input, request| {
                    let input = stated(input, request)?.with_compact(request.options.compact);
                    written(move |out| soa::write_json(&input, out))
                })
            },
            Form {
                options: &["catalog", "assessment"],
                is_binary: true,
                ..Form::data(
                    "xlsx",
                    "An Excel workbook, with a sheet for each catalog",
                    built!("xlsx", |input, request| {
                        let input = stated(input, request)?;
                        written(move |out| soa::write_xlsx(&input, out))
                    }),
                )
            },
        ],
        needs_model: true,
        asks: soa::ask,
        #[cfg(feature = "schema")]
        schema: Some(soa::schema),
    },
    Output {
        format: "assessment",
        about: "The report on an assessment: profile, levels beside targets, gaps, ratings with their evidence",
        forms: &[
            Form::document(&MARKDOWN, &["assessment"], report),
            Form::document(&DOCX, &["assessment", "template"], report),
            Form::document(&ADOC, &["assessment", "template"], report),
            Form::document(&HTML, &["assessment", "template"], report),
            Form {
                options: &["assessment"],
                ..Form::data("csv", "A table for spreadsheets", |input, request| {
                    file(assessment::csv(&picked(input, request)?.in_english()))
                })
            },
            Form {
                options: &["assessment", "compact"],
                ..Form::data("json", "Data, described by a schema", |input, request| {
                    let view = picked(&input.with_compact(request.options.compact), request)?;
                    written(move |out| assessment::write_json(&view, out))
                })
            },
            Form {
                options: &["assessment"],
                is_binary: true,
                ..Form::data(
                    "xlsx",
                    "An Excel workbook",
                    built!("xlsx", |input, request| {
                        let view = picked(input, request)?;
                        written(move |out| assessment::write_xlsx(&view, out))
                    }),
                )
            },
            Form {
                options: &["assessment"],
                is_binary: true,
                ..Form::data(
                    "sheet",
                    "An Excel workbook to rate in, which `prm import` reads back",
                    built!("xlsx", |input, request| {
                        let view = picked(input, request)?;
                        written(move |out| assessment::write_sheet(&view, out))
                    }),
                )
            },
        ],
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: Some(json::assessment_schema),
    },
    Output {
        format: "csv",
        about: "All tables: separated values beside a datapackage.json, where they say that ids are text",
        forms: &[Form::data("csv", "Tables for spreadsheets, databases and notebooks", |input, _| {
            tables::values(input)
        })],
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "xlsx",
        about: "All tables in an Excel workbook, with a sheet for each",
        forms: &[Form {
            is_binary: true,
            ..Form::data("xlsx", "An Excel workbook", built!("xlsx", |input, _| tables::workbook(input)))
        }],
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    Output {
        format: "parquet",
        about: "All tables as Parquet beside a datapackage.json, by a program that was built with the feature `parquet`",
        forms: &[Form {
            is_binary: true,
            ..Form::data(
                "parquet",
                "Tables for databases and notebooks",
                built!("parquet", |input, _| tables::parquet(input)),
            )
        }],
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
    #[cfg(feature = "oscal")]
    Output {
        format: "oscal",
        about: "OSCAL 1.2.1, for other tools of governance: catalog, profile, mapping, components",
        forms: oscal::FORMS,
        needs_model: false,
        asks: |_, _, _| {},
        #[cfg(feature = "schema")]
        schema: None,
    },
];

/// The document with our own drawings: in it, or as files beside it.
fn own_document(input: &Input<'_>, request: &Request<'_>) -> Result<Document, Refused> {
    let telling = telling::Telling { drawings: true, ..request.options.into() };
    markdown::document(input, telling).ok_or_else(no_model)
}

fn assessment_document(input: &Input<'_>, request: &Request<'_>) -> Result<Document, Refused> {
    pam::document(input, request.options).ok_or_else(no_model)
}

fn statement_document(input: &Input<'_>, request: &Request<'_>) -> Result<Document, Refused> {
    soa::document_told(&stated(input, request)?, request.options).ok_or_else(no_model)
}

fn picked<'a>(input: &Input<'a>, request: &Request<'_>) -> Result<assessment::View<'a>, Refused> {
    assessment::pick(input, request.options.assessment.as_deref())
}

fn report(input: &Input<'_>, request: &Request<'_>) -> Result<Document, Refused> {
    Ok(assessment::document(&picked(input, request)?))
}

/// A JSON Schema that can be printed.
#[cfg(feature = "schema")]
pub struct Schema {
    /// Its name.
    pub name: &'static str,
    /// What it describes.
    pub about: String,
    /// The schema.
    pub text: fn() -> String,
}

/// The schemas of all outputs that are described by one, that of differences, and that of manifests.
#[cfg(feature = "schema")]
pub fn schemas() -> Vec<Schema> {
    let about = |output: &Output| match output.has_forms() {
        true => format!("What `prm build --format {} --as json` writes", output.format),
        false => format!("What `prm build --format {}` writes", output.format),
    };
    let outputs = ALL
        .iter()
        .filter_map(|output| Some(Schema { name: output.format, about: about(output), text: output.schema? }));
    let diff = Schema { name: "diff", about: "What `prm diff --format json` writes".to_owned(), text: diff::schema };
    let assessments = Schema {
        name: "assessment-diff",
        about: "What `prm diff --assessment … --format json` writes".to_owned(),
        text: diff::assessments::schema,
    };
    let manifest =
        Schema { name: "manifest", about: "What `prm.toml` says, for editors".to_owned(), text: schema::manifest };
    outputs.chain([diff, assessments, manifest]).collect()
}

/// What an output keeps to, where it is asked to keep to one catalog.
fn kept<'a>(input: &Input<'a>, request: &Request<'_>) -> Result<Input<'a>, Refused> {
    request.options.catalog.as_deref().map_or(Ok(*input), |catalog| keep_to(input, catalog))
}

/// The same, with the ratings of the assessment that is asked for.
fn stated<'a>(input: &Input<'a>, request: &Request<'_>) -> Result<Input<'a>, Refused> {
    let kept = kept(input, request)?;
    match &request.options.assessment {
        Some(id) => Ok(kept.with_assessment(assessment::pick(input, Some(id))?.id)),
        None => Ok(kept),
    }
}

/// A model that keeps to one of the catalogs that it covers, by its id.
///
/// # Errors
/// Where it covers none of that id.
pub fn keep_to<'a>(input: &Input<'a>, catalog: &str) -> Result<Input<'a>, Refused> {
    let covered = || input.coverage.catalogs.iter().map(|covered| covered.catalog);
    let id = |catalog| input.program.name(input.program.catalog(catalog).id);
    if let Some(found) = covered().find(|covered| id(*covered) == catalog) {
        return Ok(input.with_catalog(found));
    }
    let ids: Vec<&str> = covered().map(id).collect();
    let covers = match ids.as_slice() {
        [] => "it covers none".to_owned(),
        ids => format!("it covers {}", words::list(ids, "and", 9)),
    };
    let near = words::nearest(catalog, ids.iter().copied()).map(|near| format!("did you mean `{near}`? "));
    Err(Refused {
        problem: format!("the model covers no catalog `{catalog}`"),
        help: format!("{}{covers}", near.unwrap_or_default()),
    })
}

/// Documents are of models.
fn no_model() -> Refused {
    Refused {
        problem: "this package describes no model".to_owned(),
        help: "add a `model` statement; without one there is only `prm build --format json`".to_owned(),
    }
}

/// The source of an assessment model is not written over what is none.
fn no_layer(input: &Input<'_>) -> Refused {
    let model = input.program.root().and_then(|package| package.model.head.as_ref());
    let model = model.map(|head| input.program.name(head.id)).unwrap_or_default();
    Refused {
        problem: format!("it is there already, and is no assessment model of `{model}`"),
        help: format!("choose another path, or a file whose model `extends {model}`"),
    }
}
