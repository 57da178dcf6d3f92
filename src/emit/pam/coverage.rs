//! From requirements to practices, and, for those who still work on the model, what is open.

use rustc_hash::FxHashMap;

use super::indicators::{BasePractice, Indicators};
use crate::coverage::{CatalogCoverage, Status};
use crate::document::words::fill;
use crate::document::{Document, Inline};
use crate::emit::markdown::{notes_on, requirement_row, requirements_head, summary};
use crate::emit::page::{Page, requirement_key};
use crate::emit::remark::Notes;
use crate::model::{Name, ReqKind, RequirementId};

/// A section for each catalog that the model covers: by which practices its requirements are reached; for those who
/// still work on the model, the counts besides, and what is not covered, or in part only.
pub(super) fn coverage(page: &Page<'_>, document: &mut Document, indicators: &[Indicators<'_>]) {
    let mut practices: Achieved<'_> = FxHashMap::default();
    for practice in indicators.iter().flat_map(|indicators| &indicators.practices) {
        for outcome in &practice.achieves {
            practices.entry(*outcome).or_default().push(practice);
        }
    }
    for coverage in &page.input.coverage.catalogs {
        catalog(page, document, coverage, &practices);
    }
}

/// The practices that achieve an outcome.
type Achieved<'a> = FxHashMap<Name, Vec<&'a BasePractice<'a>>>;

/// The row of a requirement: the outcomes that meet it or contribute to it, and the practices that achieve these.
fn reached(page: &Page<'_>, row: RequirementId, achieved: &Achieved<'_>) -> Vec<Inline> {
    let (requirement, words) = (page.input.program.requirement(row), page.words);
    let title = page.text(requirement.title);
    if requirement.kind == ReqKind::Clause {
        return vec![Inline::strong(page.label(row)), title];
    }
    let outcomes = page.input.coverage.grounds(page.input.program, row).outcomes();
    let mut practices: Vec<Inline> = Vec::new();
    for practice in outcomes.iter().filter_map(|outcome| achieved.get(outcome)).flatten() {
        let named = Inline::plain(&practice.id);
        let named = if practice.is_draft { named.draft(words.draft) } else { named };
        if !practices.contains(&named) {
            practices.push(named);
        }
    }
    let status = page.input.coverage.status(row);
    let met = Inline::join(outcomes.iter().map(|outcome| page.outcome_link(*outcome)), ", ");
    let met = match status {
        Status::Covered => met,
        Status::Partial => Inline::strong(words.in_part_only).then(words.colon).and(&met),
        Status::Uncovered => Inline::strong(words.none),
        Status::Excluded => Inline::strong(words.excluded_mark),
    };
    let is_open = practices.is_empty() && !outcomes.is_empty();
    let practices = if is_open { Inline::strong(words.none) } else { Inline::join(practices, ", ") };
    vec![Inline::plain(page.label(row)).then(" ").and(&title), met, practices]
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage, achieved: &Achieved<'_>) {
    let is_open = |status| matches!(status, Status::Uncovered | Status::Partial);
    let open = coverage.requirements.iter().copied().filter(|row| is_open(page.input.coverage.status(*row)));
    let open: Vec<_> = open.collect();
    let keys = coverage.requirements.iter().map(|row| requirement_key(page.input.program, *row)).collect();
    let (named, words) = (page.designation(coverage.catalog), page.words);
    document.section(keys, Inline::plain(&fill(words.requirements_to_practices, &[named])));
    let rows = coverage.requirements.iter().map(|row| reached(page, *row, achieved));
    let head = [words.requirement, words.outcomes, words.practices];
    let [told, caption] = [words.told_to_practices, words.to_practices_caption].map(|told| fill(told, &[named]));
    document.told_table(&told, &caption, &head, rows);
    if page.telling.draft {
        document.paragraph(Inline::plain(&summary(words, &coverage.summary)));
        let rows = open.iter().map(|row| requirement_row(page, *row));
        let caption = fill(words.open_caption, &[named]);
        document.told_table(words.told_open, &caption, &requirements_head(page), rows);
    }
    let mut notes = Notes::new(page);
    open.iter().for_each(|row| notes_on(page, &mut notes, *row));
    notes.print(document);
}
