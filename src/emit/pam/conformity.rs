//! Annex A: the statement of conformity to clause 6 of ISO/IEC 33004.

use super::reference::models;
use crate::codes;
use crate::document::words::{Counted, counted, fill};
use crate::document::{Document, Inline, Status};
use crate::emit::markdown::{Clause, Means, Word, conformity, is_below, notes_on_conformity};
use crate::emit::page::{Page, chapter_key};
use crate::emit::{draft, judged};
use crate::model::{Achievement, Practice};

const SCOPE: (&str, Word) = ("scope", |words| words.scope);
const PROCESSES: (&str, Word) = ("processes", |words| words.process_dimension);
const CAPABILITY: (&str, Word) = ("capability", |words| words.capability_dimension);
const HERE: (&str, Word) = ("", |words| words.this_annex);

/// A row of the scope table that ISO/IEC 33004, 6.3.5 asks for.
const fn declared(id: &'static str, label: &'static str, asks: Word, means: Means) -> Clause {
    Clause { id, label, asks, means, codes: &[], is_by_word_lists: false, shown_in: SCOPE }
}

/// What clause 6 asks of a process assessment model.
const CLAUSES: &[Clause] = &[
    Clause {
        id: "6.1",
        label: "6.1",
        asks: |words| words.asks_quality_and_domain,
        means: Means::Shown(domain),
        codes: &[],
        is_by_word_lists: false,
        shown_in: SCOPE,
    },
    Clause {
        id: "6.2.processes",
        label: "6.2 (processes)",
        asks: |words| words.asks_processes,
        means: Means::Author,
        codes: &[
            &codes::MISSING_DOMAIN,
            &codes::MISSING_CONTEXT,
            &codes::MISSING_COMMUNITY,
            &codes::MISSING_CONSENSUS,
            &codes::MISSING_ARCHITECTURE,
            &codes::MISSING_PURPOSE,
            &codes::MISSING_OUTCOMES,
            &codes::REPEATED_TITLE,
            &codes::REPEATED_PURPOSE,
            &codes::UNSTATED_CONFORMITY,
        ],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.2.quality",
        label: "6.2 (quality)",
        asks: |words| words.asks_quality,
        means: Means::Author,
        codes: &[],
        is_by_word_lists: false,
        shown_in: HERE,
    },
    Clause {
        id: "6.3.1",
        label: "6.3.1",
        asks: |words| words.asks_quality_relation,
        means: Means::Shown(|page| framework(page, page.words.shows_quality_relation.to_owned())),
        codes: &[],
        is_by_word_lists: false,
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2",
        label: "6.3.2",
        asks: |words| words.asks_framework,
        means: Means::Shown(|page| framework(page, page.words.shows_framework.to_owned())),
        codes: &[],
        is_by_word_lists: false,
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.3",
        label: "6.3.3",
        asks: |words| words.asks_editions,
        means: Means::Shown(editions),
        codes: &[],
        is_by_word_lists: false,
        shown_in: SCOPE,
    },
    Clause {
        id: "6.3.4",
        label: "6.3.4",
        asks: |words| words.asks_correspondence,
        means: Means::Shown(correspondence),
        codes: &[],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    declared(
        "6.3.5.a",
        "6.3.5 a)",
        |words| words.declared_quality,
        Means::Shown(|page| framework(page, row_of_scope(page, "a"))),
    ),
    declared(
        "6.3.5.b",
        "6.3.5 b)",
        |words| words.declared_framework,
        Means::Shown(|page| framework(page, row_of_scope(page, "b"))),
    ),
    declared("6.3.5.c", "6.3.5 c)", |words| words.declared_model, Means::Shown(|page| Ok(row_of_scope(page, "c")))),
    declared("6.3.5.d", "6.3.5 d)", |words| words.declared_processes, Means::Shown(|page| Ok(row_of_scope(page, "d")))),
    declared(
        "6.3.5.e",
        "6.3.5 e)",
        |words| words.declared_attributes,
        Means::Shown(|page| framework(page, fill(page.words.scope_row_levels, &["e"]))),
    ),
    Clause {
        id: "6.3.1-indicators.a",
        label: "6.3.1 (assessment indicators) a)",
        asks: |words| words.asks_performance,
        means: Means::Checked(without_indicators),
        codes: &[&codes::MISSING_OUTCOMES, &codes::UNACHIEVED_OUTCOME],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.3.1-indicators.b",
        label: "6.3.1 (assessment indicators) b)",
        asks: |words| words.asks_capability,
        means: Means::Shown(generic_practices),
        codes: &[],
        is_by_word_lists: false,
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2-mapping",
        label: "6.3.2 (mapping)",
        asks: |words| words.asks_ties,
        means: Means::Checked(without_ties),
        codes: &[&codes::IDLE_PRACTICE, &codes::FOREIGN_OUTCOME, &codes::UNUSED_ITEM],
        is_by_word_lists: false,
        shown_in: ("annex C", |words| words.annex),
    },
    Clause {
        id: "6.3.3-results",
        label: "6.3.3 (assessment results)",
        asks: |words| words.asks_results,
        means: Means::Shown(|page| framework(page, page.words.shows_results.to_owned())),
        codes: &[],
        is_by_word_lists: false,
        shown_in: ("annex D", |words| words.annex),
    },
    Clause {
        id: "6.4",
        label: "6.4",
        asks: |words| words.asks_verified,
        means: Means::Verified,
        codes: &[],
        is_by_word_lists: false,
        shown_in: HERE,
    },
];

/// How something is met once the model names a measurement framework.
fn framework(page: &Page<'_>, why: String) -> Result<String, String> {
    page.head.measured_by.map(|_| why).ok_or_else(|| page.words.lacks_framework.to_owned())
}

fn row_of_scope(page: &Page<'_>, row: &str) -> String {
    fill(page.words.scope_row, &[row])
}

fn domain(page: &Page<'_>) -> Result<String, String> {
    match page.head.domain {
        Some(_) => framework(page, page.words.shows_domain.to_owned()),
        None => Err(page.words.lacks_domain.to_owned()),
    }
}

fn editions(page: &Page<'_>) -> Result<String, String> {
    let without = models(page).into_iter().filter(|model| model.edition.is_none()).map(|model| page.quoted(model.id));
    let framework_of = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    let unstated = framework_of
        .filter(|framework| framework.edition.is_none())
        .map(|framework| fill(page.words.quoted, &[page.text(framework.title).shown()]));
    let without: Vec<String> = without.chain(unstated).collect();
    match without.as_slice() {
        [] => framework(page, page.words.shows_editions.to_owned()),
        without => Err(fill(page.words.lacks_editions, &[&without.join(", ")])),
    }
}

/// The processes are printed as the reference model has them; what that model follows is another matter.
fn correspondence(page: &Page<'_>) -> Result<String, String> {
    let models = models(page);
    let names = models.iter().map(|model| Inline::filled(page.words.quoted, &[&page.text(model.title)]));
    let names = Inline::join(names, ", ").shown().to_owned();
    let follows = models.iter().any(|model| model.source.is_some());
    let shown = if follows { page.words.shows_correspondence_after } else { page.words.shows_correspondence };
    Ok(fill(shown, &[&names]))
}

fn generic_practices(page: &Page<'_>) -> Result<String, String> {
    framework(page, String::new())?;
    let framework = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    let attributes = framework.into_iter().flat_map(|framework| &framework.levels).flat_map(|level| &level.attributes);
    let (mut all, mut without) = (0, 0);
    for attribute in attributes {
        let is_shown = |achievement: &Achievement| {
            attribute.practices.iter().any(|practice| practice.achieves.contains(&achievement.id))
        };
        all += attribute.achievements.len();
        without += attribute.achievements.iter().filter(|achievement| !is_shown(achievement)).count();
    }
    match without {
        0 => Ok(counted(&page.words.shows_capability, all, &[])),
        _ => {
            let all = counted(&page.words.achievements, all, &[]);
            Err(counted(&page.words.lacks_capability, without, &[&all]))
        }
    }
}

/// The outcomes that no indicator shows as they are worded now: drafts are none, and a practice that was stated for an
/// earlier wording is none until somebody has judged it again.
fn without_indicators(page: &Page<'_>) -> Option<String> {
    let (mut all, mut drafts, mut earlier, mut with_items) = (0, 0, 0, 0);
    for process in &page.model().processes {
        let practices = process.practices.iter().filter(|practice| !draft::is_marked(&page.input, practice));
        let written: Vec<_> = practices.map(|practice| (practice, judged::reworded(&page.input, practice))).collect();
        for outcome in &process.outcomes {
            let achieves = |practice: &Practice| practice.achieves.iter().any(|target| target.id == outcome.id);
            let mut of_it = written.iter().filter(|(practice, _)| achieves(practice));
            all += 1;
            match of_it.next() {
                None => drafts += 1,
                Some((_, first))
                    if first.contains(&outcome.id) && of_it.all(|(_, more)| more.contains(&outcome.id)) =>
                {
                    earlier += 1;
                }
                Some(_) => continue,
            }
            with_items += usize::from(!outcome.produces.is_empty());
        }
    }
    let words = page.words;
    let all = counted(&words.outcomes_counted, all, &[]);
    let of = |number: usize, forms: &Counted| (number > 0).then(|| counted(forms, number, &[&all]));
    let lacks = [of(drafts, &words.drafts_only), of(earlier, &words.earlier_only)];
    let lacks: Vec<String> = lacks.into_iter().flatten().collect();
    let beside = match with_items {
        0 => String::new(),
        number => counted(&words.with_items, number, &[]),
    };
    (!lacks.is_empty()).then(|| format!("{}{beside}", lacks.join("; ")))
}

/// Where all practices are drafts, there is nothing that could be tied to an outcome; nor is a tie to other words one.
fn without_ties(page: &Page<'_>) -> Option<String> {
    let practices = page.model().processes.iter().flat_map(|process| &process.practices);
    let written: Vec<_> = practices.filter(|practice| !draft::is_marked(&page.input, practice)).collect();
    if written.is_empty() {
        return Some(page.words.lacks_ties.to_owned());
    }
    let all: usize = written.iter().map(|practice| practice.achieves.len()).sum();
    let earlier: usize = written.iter().map(|practice| judged::reworded(&page.input, practice).len()).sum();
    let words = page.words;
    (earlier > 0).then(|| counted(&words.ties_earlier, earlier, &[&counted(&words.ties, all, &[])]))
}

/// The annex.
pub(super) fn annex_a(page: &Page<'_>, document: &mut Document) {
    let title = Inline::plain(page.words.conformity);
    document.annex(chapter_key("annex A"), Status::Informative, title);
    document.paragraph(Inline::plain(page.words.conformity_lead_6));
    conformity(page, document, CLAUSES);
    notes_on_conformity(page, document, |stated| stated.is_some_and(|stated| is_below(stated, "6")));
}
