//! What every reader must be told of the origin and the rights of the texts in an output.

use std::borrow::Cow;

use serde::Serialize;

use super::naming::{after, named, named_as};
use super::page::Page;
use super::{Input, order};
use crate::document::{Document, Inline};
use crate::model::{Framework, Head, Name, Origin, Program, Text, What};

/// A notice, and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The model, catalog, framework or crosswalk.
    pub of: Name,
    /// Which of these.
    pub what: What,
    /// What it says.
    pub text: Text,
    /// Where it stands.
    pub origin: Origin,
}

/// The notices of all that the resolved model holds: of models, the lowest first, of catalogs, frameworks, crosswalks.
pub fn of_all(input: &Input<'_>) -> Vec<Told> {
    let program = input.program;
    let catalogs = order::catalogs(input).into_iter().map(|id| program.catalog(id));
    let crosswalks = order::crosswalks(input).into_iter().map(|id| program.crosswalk(id));
    let told = |of, what, text: Option<Text>, origin: Origin| {
        text.map(|text| Told { of, what, text, origin: Origin { span: text, ..origin } })
    };
    let mut all = of_models(input);
    all.extend(catalogs.filter_map(|row| told(row.id, What::Catalog, row.notice, row.origin)));
    all.extend(of_framework(input));
    all.extend(crosswalks.filter_map(|row| told(row.id, What::Crosswalk, row.notice, row.origin)));
    all
}

/// Tells a document's readers at its head.
pub fn at_head(page: &Page<'_>, document: &mut Document) {
    print(page, document, of_all(&page.input));
}

/// The notices of a model and of the framework that measures it.
pub fn of_assessed(head: &Head, framework: &Framework) -> Vec<Told> {
    of_model(head).chain(told_by(framework)).collect()
}

fn of_model(head: &Head) -> impl Iterator<Item = Told> + '_ {
    head.notices.iter().map(|row| Told { of: row.of, what: What::Model, text: row.text, origin: row.origin })
}

/// Tells a document's readers some of them.
pub fn print(page: &Page<'_>, document: &mut Document, all: Vec<Told>) {
    for told in all {
        document.paragraph(Inline::filled(page.words.notice_of, &[&called(page, &told), &page.text(told.text)]));
    }
}

/// What a notice is about, in a document: "the catalog after ISO/IEC 27001:2022"; by its title, where it follows none.
fn called(page: &Page<'_>, told: &Told) -> Inline {
    let named = match told.found(page.input.program) {
        Some((_, Some(source))) => after(page, source, Some(told.text)),
        Some((title, None)) => Inline::filled(page.words.quoted, &[&page.text(title)]),
        None => Inline::plain(page.name(told.of)),
    };
    let kind = match told.what {
        What::Catalog => page.words.the_catalog,
        What::Framework => page.words.the_framework,
        What::Crosswalk => page.words.the_crosswalk,
        _ => page.words.the_model,
    };
    Inline::filled(kind, &[&named])
}

/// What a report says before all else, a line each: which documents the model and those that it extends follow, and all
/// notices. Empty where there is nothing to tell.
pub fn lines(input: &Input<'_>) -> Vec<String> {
    let Some(page) = Page::new(*input).map(Page::in_english) else { return Vec::new() };
    let bases = page.bases().map(|(base, _)| ("extends ", base));
    let heads = std::iter::once(("", page.head)).chain(bases).filter(|(_, head)| head.source.is_some());
    let lines = heads.map(|(extends, head)| {
        let named = named_as(&page, head, Inline::plain(page.name(head.id)));
        format!("{extends}{}", named.shown())
    });
    let mut lines: Vec<String> = lines.collect();
    lines.extend(of_all(input).iter().map(|told| line(&page, told)));
    lines
}

/// The same for a drawing, in the words of its document.
pub fn drawn(page: &Page<'_>) -> Vec<String> {
    let titled = |head: &Head| named(page, head);
    let bases = page.bases().filter(|(base, _)| base.source.is_some());
    let own = page.head.source.map(|_| titled(page.head));
    let bases = bases.map(|(base, _)| Inline::plain(page.words.drawn_extends).then(" ").and(&titled(base)));
    let notices = of_all(&page.input).into_iter();
    let notices =
        notices.map(|told| Inline::filled(page.words.notice_of, &[&called(page, &told), &page.text(told.text)]));
    own.into_iter().chain(bases).chain(notices).map(|line| line.shown().to_owned()).collect()
}

/// A notice as a line of a report.
pub fn line(page: &Page<'_>, told: &Told) -> String {
    format!("Notice of {}: {}", page.name(told.of), page.text(told.text).shown())
}

/// What readers must be told of the texts of a model, catalog, framework or crosswalk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Notice"))]
pub struct Said<'a> {
    /// The id of what it is about.
    pub of: &'a str,
    /// What that is.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["model", "catalog", "framework", "crosswalk"])))]
    pub kind: &'static str,
    /// What it says.
    pub text: Cow<'a, str>,
    /// What documents call what it is about.
    #[serde(skip)]
    pub called: Cow<'a, str>,
}

impl Told {
    /// The title of what it is about, and the document that this follows.
    fn found(&self, program: &Program) -> Option<(Text, Option<Text>)> {
        let is_it = |id: Name| id == self.of;
        let mut heads = program.packages.iter().filter_map(|package| package.model.head.as_ref());
        match self.what {
            What::Catalog => program.catalogs.iter().find(|row| is_it(row.id)).map(|row| (row.title, row.source)),
            What::Framework => program.frameworks.iter().find(|row| is_it(row.id)).map(|row| (row.title, row.source)),
            What::Crosswalk => program.crosswalks.iter().find(|row| is_it(row.id)).map(|row| (row.title, None)),
            _ => heads.find(|row| is_it(row.id)).map(|row| (row.title, row.source)),
        }
    }

    /// In words.
    pub fn said<'a>(&self, input: &Input<'a>) -> Said<'a> {
        let title = self.found(input.program).map(|(title, _)| input.sources.text(title));
        let of = input.program.name(self.of);
        let called = title.unwrap_or(Cow::Borrowed(of));
        Said { of, kind: self.what.word(), text: input.sources.text(self.text), called }
    }
}

/// The notices of several models, each once.
pub fn said<'a>(inputs: &[&Input<'a>]) -> Vec<Said<'a>> {
    let mut all: Vec<Said<'a>> = Vec::new();
    for input in inputs {
        for said in of_all(input).iter().map(|told| told.said(input)) {
            if !all.contains(&said) {
                all.push(said);
            }
        }
    }
    all
}

/// The same above a report: a blank line stands below.
pub fn above(input: &Input<'_>) -> String {
    let lines = lines(input);
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n\n" }
}

fn of_models(input: &Input<'_>) -> Vec<Told> {
    let head = input.program.root().and_then(|package| package.model.head.as_ref());
    head.into_iter().flat_map(of_model).collect()
}

fn of_framework(input: &Input<'_>) -> Option<Told> {
    let head = input.program.root()?.model.head.as_ref()?;
    told_by(input.program.framework(head.measured_by?.0))
}

fn told_by(framework: &Framework) -> Option<Told> {
    let text = framework.notice?;
    let origin = Origin { span: text, ..framework.origin };
    Some(Told { of: framework.id, what: What::Framework, text, origin })
}
