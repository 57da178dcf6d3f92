//! The model's own document as a page, and behind it what a page can show and paper cannot: coverage with its proofs, a
//! matrix, drawings to zoom, elements by layer. All numbers are those of the report on coverage.

mod coverage;
mod layers;
mod matrix;

use super::graph::{GraphFormat, GraphScope, TracePart, render, trace_parts};
use super::page::{Page, process_key};
use super::{Input, markdown};
use crate::document::html::{Section, Targets, escape, write};
use crate::document::words::{Pages, fill};
use crate::document::{Document, Setting};
use crate::model::{Element, Name};

/// The page; `None` for a package without a model.
pub fn html(input: &Input<'_>, with_provenance: bool) -> Option<String> {
    let document = markdown::document(input, with_provenance)?;
    let written = write(&document, &sections(input, &document)?, &Setting::default()).ok()?;
    String::from_utf8(written).ok()
}

/// What stands behind the document on its page; `None` for a package without a model.
pub fn sections(input: &Input<'_>, document: &Document) -> Option<Vec<Section>> {
    let targets = Targets::of(document);
    let web = Web { page: &Page::new(*input)?, targets: &targets };
    let mut sections = vec![coverage::section(&web)];
    sections.extend(matrix::section(&web));
    let map = render(input, GraphFormat::Svg, GraphScope::Map, None);
    let title = web.page.words.pages.map_drawn;
    sections.push(Section { id: "more-map", title, content: drawing(&web, "more-map", title, &map) });
    sections.push(trace(&web));
    sections.extend(layers::section(&web));
    Some(sections)
}

/// What sections are made of.
struct Web<'w, 'a> {
    page: &'w Page<'a>,
    targets: &'w Targets,
}

impl Web<'_, '_> {
    /// A text of ours or an id, as it is shown.
    fn words(&self, words: &str) -> String {
        escape(words)
    }

    /// The process that an element is, or stands in.
    fn process_of(&self, element: Name) -> Option<Name> {
        match self.page.model().index.get(&element)? {
            Element::Process(at) | Element::Outcome(at, _) | Element::Practice(at, _) => {
                Some(self.page.model().process_at(*at)?.id)
            }
            _ => None,
        }
    }

    /// An element by its id, which leads to the description of its process.
    fn link(&self, element: Name) -> String {
        let words = self.words(self.page.name(element));
        let key = self.process_of(element).map(|process| process_key(self.page.name(process)));
        match key.and_then(|key| self.targets.id(&key)) {
            Some(id) => format!("<a href=\"#{id}\">{words}</a>"),
            None => words,
        }
    }
}

/// The trace; where it is long, one drawing for each clause, behind a click.
fn trace(web: &Web<'_, '_>) -> Section {
    let (id, title) = ("more-trace", web.page.words.pages.trace_drawn);
    let parts = trace_parts(web.page);
    let is_whole = parts.iter().all(|part| part.called.is_empty());
    let mut content = String::new();
    for (number, TracePart { called, svg }) in parts.iter().enumerate() {
        if is_whole {
            content.push_str(&drawing(web, id, title, svg));
            continue;
        }
        // All have the styles of the first.
        let styles = svg.find("<style>").zip(svg.find("</style>")).filter(|_| number > 0);
        let bare = styles.map(|(from, to)| format!("{}{}", &svg[..from], &svg[to + "</style>".len()..]));
        let called = web.words(called);
        let drawn = drawing(web, &format!("{id}-{number}"), &called, bare.as_ref().unwrap_or(svg));
        content.push_str(&format!("<details class=\"drawn\"><summary>{called}</summary>\n{drawn}</details>\n"));
    }
    Section { id, title, content }
}

/// A drawing with the means to zoom it. Its title is written already.
fn drawing(web: &Web<'_, '_>, id: &str, title: &str, svg: &str) -> String {
    // Two drawings on one page must not share the ids of their arrowheads.
    let svg = svg.replace("\"prm-", &format!("\"{id}-")).replace("(#prm-", &format!("(#{id}-"));
    let svg = svg.replace(&format!("class=\"{id}-graph\""), "class=\"prm-graph\"");
    let Pages { nearer, farther, fit, zoom, .. } = web.page.words.pages;
    let label = fill(zoom, &[title]);
    format!(
        "<div class=\"bar\" hidden=\"hidden\"><button type=\"button\" data-zoom=\"1.25\">{nearer}</button>\
         <button type=\"button\" data-zoom=\"0.8\">{farther}</button><button type=\"button\" data-zoom=\"0\">{fit}</button></div>\n\
         <div class=\"drawing\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\n{svg}</div>\n"
    )
}
