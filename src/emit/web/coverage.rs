//! Coverage by clause: each requirement with its status, and on a click the proofs of it, or what is nearest to it.

use super::Web;
use crate::coverage::{CatalogCoverage, Status, Summary};
use crate::document::html::Section;
use crate::document::words::fill;
use crate::emit::naming::named_catalog;
use crate::emit::proof::sentence;
use crate::emit::report::{by_clause, counts, miss_words, percent, place};
use crate::emit::said;
use crate::model::{CatalogId, RequirementId};

/// How many proofs of a requirement are told.
const PROOFS: usize = 12;

pub(super) fn section(web: &Web<'_, '_>) -> Section {
    let words = web.page.words;
    let mut content = format!(
        "<div class=\"bar\" hidden=\"hidden\"><button type=\"button\" data-gaps=\"yes\" aria-pressed=\"false\">{}</button></div>\n",
        words.pages.only_gaps
    );
    let catalogs: Vec<&CatalogCoverage> = web.page.input.catalogs().collect();
    if catalogs.is_empty() {
        content.push_str(&format!("<p>{}</p>\n", words.pages.web_covers_nothing));
    }
    catalogs.iter().for_each(|covered| catalog(web, covered, &mut content));
    Section { id: "more-coverage", title: words.coverage, content }
}

/// What a catalog is called in headings: editions of a standard have one title.
pub(super) fn called(web: &Web<'_, '_>, catalog: CatalogId) -> String {
    web.words(web.page.catalog_titled(catalog).shown())
}

fn catalog(web: &Web<'_, '_>, covered: &CatalogCoverage, out: &mut String) {
    let named = named_catalog(web.page, covered.catalog);
    out.push_str(&format!("<h3>{}</h3>\n<p>{}</p>\n", called(web, covered.catalog), web.words(named.shown())));
    out.push_str(&meter(&covered.summary));
    let done = percent(&covered.summary)
        .map_or(web.page.words.pages.nothing_to_cover.to_owned(), |percent| format!("{percent} %"));
    out.push_str(&format!("<p><strong>{done}</strong> · {}</p>\n", counts(web.page.words, &covered.summary)));
    for (clause, rows) in by_clause(&web.page.input, covered) {
        out.push_str("<div class=\"rows\" data-clause=\"\">\n");
        out.push_str(&clause.map(|clause| format!("<h4>{}</h4>\n", self::title(web, clause))).unwrap_or_default());
        rows.iter().for_each(|row| requirement(web, *row, out));
        out.push_str("</div>\n");
    }
}

/// The label and the title of a requirement or clause.
pub(super) fn title(web: &Web<'_, '_>, id: RequirementId) -> String {
    let title = web.page.text(web.page.input.program.requirement(id).title);
    format!("{} {}", web.words(web.page.label(id)), web.words(title.shown()))
}

/// A bar whose parts are as wide as their shares.
fn meter(summary: &Summary) -> String {
    let shares = [
        ("covered", summary.covered),
        ("excluded", summary.excluded),
        ("partial", summary.partial),
        ("uncovered", summary.uncovered),
    ];
    let part = |(name, count): (&str, usize)| format!("<span class=\"{name}\" style=\"flex-grow:{count}\"></span>");
    let parts: String = shares.into_iter().filter(|(_, count)| *count > 0).map(part).collect();
    format!("<div class=\"meter\" aria-hidden=\"true\">{parts}</div>\n")
}

fn requirement(web: &Web<'_, '_>, id: RequirementId, out: &mut String) {
    let status = web.page.input.coverage.status(id);
    let (said, status) = (said::status(web.page.words, status), status.word());
    let title = web.page.text(web.page.input.program.requirement(id).title);
    out.push_str(&format!(
        "<details data-status=\"{status}\"><summary><span class=\"id\">{}</span> \
         <span class=\"status {status}\">{said}</span> {}</summary>\n{}</details>\n",
        web.words(web.page.label(id)),
        web.words(title.shown()),
        witnesses(web, id)
    ));
}

/// The proofs of a status, or what is nearest to one.
fn witnesses(web: &Web<'_, '_>, id: RequirementId) -> String {
    let (input, ours) = (&web.page.input, web.page.words);
    let home = input.program.requirement(id).catalog;
    let proofs = input.coverage.witnesses(input.program, id);
    let mut items: Vec<String> = Vec::new();
    for proof in proofs.iter().take(PROOFS) {
        let mut steps = proof.iter().map(|step| {
            let words = format!("{} ({})", sentence(input, ours, step, Some(home)), place(input, step.span));
            web.words(&words)
        });
        let first = steps.next().unwrap_or_default();
        let rest: String = steps.map(|step| format!("<li>{step}</li>")).collect();
        items.push(if rest.is_empty() { first } else { format!("{first}<ul>{rest}</ul>") });
    }
    if proofs.len() > PROOFS {
        items.push(fill(ours.pages.more_proofs, &[&(proofs.len() - PROOFS).to_string()]));
    }
    if matches!(input.coverage.status(id), Status::Partial | Status::Uncovered) {
        let misses = input.coverage.misses(input.program, id);
        items.extend(misses.iter().map(|miss| {
            let (told, at) = miss_words(input, ours, miss);
            web.words(&match at {
                Some(at) => fill(ours.pages.nearest_at, &[&told, &at]),
                None => fill(ours.pages.nearest, &[&told]),
            })
        }));
    }
    let named = input.coverage.grounds(input.program, id).outcomes();
    let links: Vec<String> = named.into_iter().map(|outcome| web.link(outcome)).collect();
    if !links.is_empty() {
        items.push(fill(ours.pages.outcomes_are, &[&links.join(", ")]));
    }
    if items.is_empty() {
        items.push(ours.pages.nothing_meets.to_owned());
    }
    let items: String = items.into_iter().map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<ul>\n{items}</ul>\n")
}
