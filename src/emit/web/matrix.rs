//! Requirements by processes: which process has an outcome on which the status of a requirement rests.

use rustc_hash::FxHashMap;

use super::Web;
use super::coverage::{called, title};
use crate::coverage::CatalogCoverage;
use crate::document::html::Section;
use crate::document::words::{Pages, fill};
use crate::emit::order;
use crate::emit::report::by_clause;
use crate::emit::said;
use crate::model::{Name, RequirementId, Strength};

/// The matrix of each catalog; none where there is nothing to set against each other.
pub(super) fn section(web: &Web<'_, '_>) -> Option<Section> {
    let processes: Vec<Name> = order::processes(&web.page.input).into_iter().map(|process| process.id).collect();
    let catalogs: Vec<&CatalogCoverage> =
        web.page.input.catalogs().filter(|one| !one.requirements.is_empty()).collect();
    if processes.is_empty() || catalogs.is_empty() {
        return None;
    }
    let Pages { matrix_web_lead, only_gaps, fold_all, unfold_all, matrix_web, .. } = web.page.words.pages;
    let mut content = format!(
        "<p>{matrix_web_lead}</p>\n\
         <div class=\"bar\" hidden=\"hidden\"><button type=\"button\" data-gaps=\"yes\" aria-pressed=\"false\">{only_gaps}</button>\
         <button type=\"button\" data-fold=\"all\">{fold_all}</button><button type=\"button\" data-fold=\"none\">{unfold_all}</button></div>\n"
    );
    catalogs.iter().for_each(|covered| matrix(web, covered, &processes, &mut content));
    Some(Section { id: "more-matrix", title: matrix_web, content })
}

fn matrix(web: &Web<'_, '_>, covered: &CatalogCoverage, processes: &[Name], out: &mut String) {
    let (named, words) = (called(web, covered.catalog), web.page.words);
    let label = fill(words.pages.matrix_web_of, &[&named]);
    out.push_str(&format!(
        "<h3>{named}</h3>\n<div class=\"scroll matrix\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\
         <table>\n<thead><tr><th scope=\"col\">{}</th>",
        words.requirement
    ));
    for process in processes {
        let title = web.page.model().process(*process).map(|process| web.page.text(process.title)).unwrap_or_default();
        let (id, title) = (web.words(web.page.name(*process)), web.words(title.shown()));
        out.push_str(&format!("<th scope=\"col\"><button type=\"button\">{id} {title}</button></th>"));
    }
    out.push_str("</tr></thead>\n");
    for (clause, rows) in by_clause(&web.page.input, covered) {
        out.push_str("<tbody data-clause=\"\">\n");
        let named = clause.map_or_else(|| words.pages.in_no_clause.to_owned(), |clause| title(web, clause));
        out.push_str(&format!(
            "<tr class=\"fold\"><th scope=\"rowgroup\"><button type=\"button\" aria-expanded=\"true\">{named}</button></th>\
             <td colspan=\"{}\"></td></tr>\n",
            processes.len()
        ));
        rows.iter().for_each(|row| requirement(web, *row, processes, out));
        out.push_str("</tbody>\n");
    }
    out.push_str("</table></div>\n");
}

fn requirement(web: &Web<'_, '_>, id: RequirementId, processes: &[Name], out: &mut String) {
    let coverage = &web.page.input.coverage;
    let (words, status) = (web.page.words, coverage.status(id));
    let (said, status) = (said::status(words, status), status.word());
    let mut marks: FxHashMap<Name, bool> = FxHashMap::default();
    for claim in coverage.grounds(web.page.input.program, id).claims() {
        let is_full = claim.strength == Strength::Full && claim.members.len() == 1;
        for process in claim.members.iter().filter_map(|member| web.process_of(member.id)) {
            *marks.entry(process).or_default() |= is_full;
        }
    }
    out.push_str(&format!(
        "<tr data-status=\"{status}\"><th scope=\"row\">{} <span class=\"status {status}\">{said}</span></th>",
        title(web, id)
    ));
    for process in processes {
        let mark = |mark: &str, word: &str| {
            format!("<span aria-hidden=\"true\">{mark}</span><span class=\"away\">{word}</span>")
        };
        let mark = match marks.get(process) {
            Some(true) => mark("●", words.in_full),
            Some(false) => mark("◐", words.in_part_word),
            None => String::new(),
        };
        out.push_str(&format!("<td>{mark}</td>"));
    }
    out.push_str("</tr>\n");
}
