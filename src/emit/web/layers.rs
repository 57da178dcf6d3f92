//! The elements of a model that stands on others, each with the layer that it comes from.

use super::Web;
use crate::document::Inline;
use crate::document::html::Section;
use crate::document::words::{Pages, Words};
use crate::emit::order;
use crate::model::{Name, Origin};

/// The layers; none where all elements come from one.
pub(super) fn section(web: &Web<'_, '_>) -> Option<Section> {
    let rows = elements(web);
    let mut layers: Vec<Name> = Vec::new();
    for (layer, ..) in &rows {
        if !layers.contains(layer) {
            layers.push(*layer);
        }
    }
    if layers.len() < 2 {
        return None;
    }
    let boxes: String = layers.iter().enumerate().map(|(number, layer)| {
        let layer = web.words(web.page.called(*layer));
        format!(
            "<label for=\"layer-{number}\"><input type=\"checkbox\" id=\"layer-{number}\" data-layer=\"\" value=\"{layer}\" checked=\"checked\"/> {layer}</label>"
        )
    }).collect();
    let rows: String = rows
        .into_iter()
        .map(|(layer, id, text)| {
            let layer = web.words(web.page.called(layer));
            format!(
                "<tr data-of=\"{layer}\"><td>{}</td><td>{}</td><td>{layer}</td></tr>\n",
                web.link(id),
                web.words(text.shown())
            )
        })
        .collect();
    let Words { element, layer, .. } = web.page.words;
    let Pages { layers_shown, what_it_is, .. } = web.page.words.pages;
    let content = format!(
        "<fieldset class=\"bar\" hidden=\"hidden\"><legend>{layers_shown}</legend>{boxes}</fieldset>\n\
         <div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{element}</th><th scope=\"col\">{what_it_is}</th>\
         <th scope=\"col\">{layer}</th></tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    );
    Some(Section { id: "more-layers", title: web.page.words.pages.elements_by_layer, content })
}

/// Processes with what stands in them, and items: the layer, the id, and a text.
fn elements(web: &Web<'_, '_>) -> Vec<(Name, Name, Inline)> {
    let page = web.page;
    let mut rows = Vec::new();
    let mut add = |origin: Origin, id: Name, text: Inline| {
        rows.extend(origin.layer.map(|layer| (layer, id, text)));
    };
    for process in order::processes(&page.input) {
        add(process.origin, process.id, page.text(process.title));
        for outcome in &process.outcomes {
            add(outcome.origin, outcome.id, page.text(outcome.text));
        }
        for practice in &process.practices {
            add(practice.origin, practice.id, page.text(practice.name.unwrap_or(practice.text)));
        }
    }
    for item in &page.model().items {
        add(item.origin, item.id, page.text(item.title));
    }
    rows
}
