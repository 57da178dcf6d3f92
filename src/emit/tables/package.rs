//! A file for each table, and a descriptor (Data Package 2.0, of the Frictionless standards) that says of every column that it
//! is text. Where a reader guesses, `5.10` becomes 5.1.

use std::borrow::Cow;
use std::io;

use serde::Serialize;

use super::{Rows, TABLES, Table, title};
use crate::emit::output::{Artifact, Refused};
use crate::emit::{Input, csv, json, notice};

/// A form of the files.
struct Form {
    format: &'static str,
    mediatype: &'static str,
    encoding: Option<&'static str>,
    write: fn(&Table, &Input<'_>, &mut dyn io::Write) -> io::Result<()>,
}

/// The tables as separated values.
pub fn values<'a>(input: &'a Input<'a>) -> Result<Vec<Artifact<'a>>, Refused> {
    Ok(files(input, &Form { format: "csv", mediatype: "text/csv", encoding: Some("utf-8"), write: write_values }))
}

/// The tables as Parquet.
#[cfg(feature = "parquet")]
pub fn parquet<'a>(input: &'a Input<'a>) -> Result<Vec<Artifact<'a>>, Refused> {
    Ok(files(
        input,
        &Form {
            format: "parquet",
            mediatype: "application/vnd.apache.parquet",
            encoding: None,
            write: super::columns::write,
        },
    ))
}

fn write_values(table: &Table, input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut text = String::new();
    csv::push(&mut text, table.heads());
    let mut written = Ok(());
    (table.fill)(&Rows(*input), &mut |cells| {
        csv::push(&mut text, cells);
        if written.is_ok() && text.len() > 1 << 16 {
            written = out.write_all(text.as_bytes());
            text.clear();
        }
    });
    written?;
    out.write_all(text.as_bytes())
}

/// The tables beside their descriptor.
fn files<'a>(input: &'a Input<'a>, form: &Form) -> Vec<Artifact<'a>> {
    let write = form.write;
    let table = |table: &'static Table| Artifact {
        path: path(table, form),
        write: Box::new(move |out| write(table, input, out)),
    };
    // The descriptor is written last: it stands where the output does, in a folder that the tables have made.
    let descriptor = descriptor(input, form);
    let descriptor = Artifact {
        path: String::new(),
        write: Box::new(move |out| json::print(&descriptor, json::Layout::Lines, out)),
    };
    TABLES.iter().map(table).chain([descriptor]).collect()
}

fn path(table: &Table, form: &Form) -> String {
    format!("{}.{}", table.name, form.format)
}

/// What says how the tables are to be read.
#[derive(Serialize)]
struct Descriptor<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    notices: Vec<Cow<'a, str>>,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    name: &'static str,
    description: &'static str,
    path: String,
    r#type: &'static str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    schema: Schema,
}

#[derive(Serialize)]
struct Schema {
    fields: Vec<Column>,
}

#[derive(Serialize)]
struct Column {
    name: &'static str,
    description: &'static str,
    r#type: &'static str,
}

fn descriptor<'a>(input: &'a Input<'a>, form: &Form) -> Descriptor<'a> {
    let package = input.program.root();
    let resource = |table: &Table| Resource {
        name: table.name,
        description: table.about,
        path: path(table, form),
        r#type: "table",
        format: form.format,
        mediatype: form.mediatype,
        encoding: form.encoding,
        schema: Schema {
            fields: table
                .columns
                .iter()
                .map(|(name, description)| Column { name, description, r#type: "string" })
                .collect(),
        },
    };
    let texts = notice::of_all(input).iter().map(|told| input.sources.text(told.text)).collect();
    Descriptor {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: package.map_or("", |package| &package.name).to_lowercase(),
        title: title(input),
        version: package.and_then(|package| package.version.as_deref()),
        notices: texts,
        resources: TABLES.iter().map(resource).collect(),
    }
}
