//! Requirements by processes: which process has an outcome on which the status of a requirement rests.

use rustc_hash::FxHashMap;

use super::Web;
use super::coverage::{called, title};
use crate::coverage::CatalogCoverage;
use crate::document::html::Section;
use crate::emit::order;
use crate::emit::report::by_clause;
use crate::model::{Name, RequirementId, Strength};

/// The matrix of each catalog; none where there is nothing to set against each other.
pub(super) fn section(web: &Web<'_, '_>) -> Option<Section> {
    let processes: Vec<Name> = order::processes(&web.page.input).into_iter().map(|process| process.id).collect();
    let catalogs: Vec<&CatalogCoverage> =
        web.page.input.catalogs().filter(|one| !one.requirements.is_empty()).collect();
    if processes.is_empty() || catalogs.is_empty() {
        return None;
    }
    let mut content = String::from(
        "<p>● in full, ◐ in part or together with others. The title of a column sorts the rows of each clause.</p>\n\
         <div class=\"bar\" hidden=\"hidden\"><button type=\"button\" data-gaps=\"yes\" aria-pressed=\"false\">Only gaps</button>\
         <button type=\"button\" data-fold=\"all\">Fold all</button><button type=\"button\" data-fold=\"none\">Unfold all</button></div>\n",
    );
    catalogs.iter().for_each(|covered| matrix(web, covered, &processes, &mut content));
    Some(Section { id: "more-matrix", title: "Requirements by processes", content })
}

fn matrix(web: &Web<'_, '_>, covered: &CatalogCoverage, processes: &[Name], out: &mut String) {
    let named = called(web, covered.catalog);
    out.push_str(&format!(
        "<h3>{named}</h3>\n<div class=\"scroll matrix\" role=\"region\" tabindex=\"0\" aria-label=\"{named}: requirements by processes\">\
         <table>\n<thead><tr><th scope=\"col\">Requirement</th>"
    ));
    for process in processes {
        let title = web.page.model().process(*process).map(|process| web.page.text(process.title)).unwrap_or_default();
        let (id, title) = (web.words(web.page.name(*process)), web.words(title.shown()));
        out.push_str(&format!("<th scope=\"col\"><button type=\"button\">{id} {title}</button></th>"));
    }
    out.push_str("</tr></thead>\n");
    for (clause, rows) in by_clause(&web.page.input, covered) {
        out.push_str("<tbody data-clause=\"\">\n");
        let named = clause.map_or_else(|| "In no clause".to_owned(), |clause| title(web, clause));
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
    let status = coverage.status(id).word();
    let mut marks: FxHashMap<Name, bool> = FxHashMap::default();
    for claim in coverage.grounds(web.page.input.program, id).claims() {
        let is_full = claim.strength == Strength::Full && claim.members.len() == 1;
        for process in claim.members.iter().filter_map(|member| web.process_of(member.id)) {
            *marks.entry(process).or_default() |= is_full;
        }
    }
    out.push_str(&format!(
        "<tr data-status=\"{status}\"><th scope=\"row\">{} <span class=\"status {status}\">{status}</span></th>",
        title(web, id)
    ));
    for process in processes {
        let mark = match marks.get(process) {
            Some(true) => "<span aria-hidden=\"true\">●</span><span class=\"away\">in full</span>",
            Some(false) => "<span aria-hidden=\"true\">◐</span><span class=\"away\">in part</span>",
            None => "",
        };
        out.push_str(&format!("<td>{mark}</td>"));
    }
    out.push_str("</tr>\n");
}
