//! Annex A: every requirement of the catalogs that the model covers, and the outcomes that satisfy it.

use super::links::others;
use super::matrix;
use crate::coverage::{Basis, Carried, CatalogCoverage, Reason, Status, Step, Summary, Way};
use crate::document::words::{Words, counted, fill};
use crate::document::{self, Document, Inline, Key};
use crate::emit::naming::edition_of;
use crate::emit::page::{Page, chapter_key, requirement_key};
use crate::emit::remark::Notes;
use crate::emit::report::place;
use crate::emit::said;
use crate::index::get;
use crate::model::{CatalogId, Crosswalk, ReqKind, RequirementId, Strength};

/// The annex.
pub(super) fn annex_a(page: &Page<'_>, document: &mut Document) {
    document.annex(chapter_key("annex A"), document::Status::Informative, Inline::plain(page.words.annex_a));
    let catalogs = &page.input.coverage.catalogs;
    if !catalogs.is_empty() {
        document.section(Vec::new(), Inline::plain(page.words.general));
    }
    document.paragraph(Inline::plain(match catalogs.is_empty() {
        true => page.words.covers_nothing,
        false => page.words.annex_a_lead,
    }));
    dropped(page, document);
    crosswalks(page, document);
    for coverage in catalogs {
        catalog(page, document, coverage);
    }
    if !catalogs.is_empty() {
        matrix::back(page, document);
    }
}

/// What the model and its bases do not cover any more, and why.
pub(in crate::emit) fn dropped(page: &Page<'_>, document: &mut Document) {
    let mut notes = Notes::new(page);
    for drop in &page.head.drops {
        let catalog = page.input.program.catalog(drop.catalog);
        let by = drop.origin.layer.map(|layer| page.quoted(layer)).unwrap_or_default();
        let named = edition_of(page, catalog.title, catalog.source, catalog.edition);
        let told = Inline::filled(page.words.drops, &[&Inline::plain(&by), &named]);
        document.paragraph(told.told(&page.text_if(drop.because)));
        notes.at(drop.origin, &fill(page.words.dropped_of, &[page.designation(drop.catalog)]));
    }
    notes.print(document);
}

/// The crosswalks in force.
pub(in crate::emit) fn crosswalks(page: &Page<'_>, document: &mut Document) {
    let program = page.input.program;
    let in_force = page.head.crosswalks_in_force();
    let in_force = || in_force.iter().map(|id| program.crosswalk(*id));
    let catalog = |side: Option<CatalogId>| side.map(|id| page.designation(id)).unwrap_or_default();
    let row = |crosswalk: &Crosswalk| {
        let [called, from, to] =
            [page.called(crosswalk.id), catalog(crosswalk.from), catalog(crosswalk.to)].map(Inline::plain);
        vec![called, from, to, page.text_if(crosswalk.source)]
    };
    let words = page.words;
    let head = [words.crosswalk, words.from, words.to, words.source];
    document.told_table(words.told_crosswalks, words.crosswalks_caption, &head, in_force().map(row));
    let mut notes = Notes::new(page);
    for crosswalk in in_force() {
        notes.of(&crosswalk.remarks, &page.quoted(crosswalk.id));
    }
    notes.print(document);
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage) {
    let catalog = page.input.program.catalog(coverage.catalog);
    let (sections, words) = (sections(page, coverage), page.words);
    let named = page.designation(coverage.catalog);
    // A clause that is alone needs no heading of its own.
    let is_parted = sections.len() > 1;
    let own = sections.iter().filter(|_| !is_parted).flat_map(|section| keys(page, section));
    document.section(own.collect(), page.catalog_titled(coverage.catalog));
    if is_parted {
        document.subsection(Vec::new(), Inline::plain(page.words.general));
        document.paragraph(Inline::plain(&fill(words.clause_by_clause, &[named])));
    }
    if page.telling.draft {
        document.paragraph(Inline::plain(&summary(words, &coverage.summary)));
    }
    let clauses = coverage.clauses.iter().map(|clause| Inline::plain(page.label(*clause)));
    let clauses = Inline::join(clauses, ", ");
    if !clauses.is_empty() {
        document.paragraph(Inline::filled(words.only_clauses, &[&clauses]));
    }
    Notes::new(page).of(&catalog.remarks, "").print(document);
    for section in &sections {
        if is_parted {
            let heading = match section.clause {
                Some(clause) => {
                    let title = page.text(page.input.program.requirement(clause).title);
                    Inline::plain(&format!("{named}, {}", page.label(clause))).then(" ").and(&title)
                }
                None => Inline::plain(&fill(words.outside_clauses, &[named])),
            };
            document.subsection(keys(page, section), heading);
        }
        let of = match section.clause {
            Some(clause) => format!("{named}, {}", page.label(clause)),
            None => named.to_owned(),
        };
        // A clause without a heading is told by a row, as those within one are.
        let clause = section.clause.iter().filter(|_| !is_parted);
        let rows = clause.chain(&section.rows).map(|row| requirement_row(page, *row));
        let [told, caption] = [words.told_requirements, words.requirements_caption].map(|told| fill(told, &[&of]));
        document.told_table(&told, &caption, &requirements_head(page), rows);
        let mut notes = Notes::new(page);
        section.clause.iter().chain(&section.rows).for_each(|row| notes_on(page, &mut notes, *row));
        notes.print(document);
    }
}

/// The head of a table of requirements.
pub(in crate::emit) fn requirements_head(page: &Page<'_>) -> Vec<&'static str> {
    let words = page.words;
    let status = page.telling.draft.then_some(words.status);
    [Some(words.requirement), Some(words.asks_for), status, Some(words.outcomes)].into_iter().flatten().collect()
}

/// Notes on a requirement, control or clause, and on its exclusion.
pub(in crate::emit) fn notes_on(page: &Page<'_>, notes: &mut Notes<'_, '_>, row: RequirementId) {
    let label = page.label(row);
    notes.of(&page.input.program.requirement(row).remarks, label);
    for exclusion in page.head.exclusions.iter().filter(|exclusion| exclusion.requirement == row) {
        notes.at(exclusion.origin, &fill(page.words.exclusion_of, &[label]));
    }
}

/// The counts of a catalog as a sentence.
pub(in crate::emit) fn summary(words: &Words, summary: &Summary) -> String {
    let Summary { total, covered, partial, excluded, uncovered } = *summary;
    let total = counted(&words.requirements_or_controls, total, &[]);
    let [covered, partial, excluded, uncovered] =
        [covered, partial, excluded, uncovered].map(|count: usize| count.to_string());
    fill(words.summary, &[&total, &covered, &partial, &excluded, &uncovered])
}

/// A clause at the top of a catalog with what is listed of it.
struct Section {
    clause: Option<RequirementId>,
    rows: Vec<RequirementId>,
}

/// What is counted of a catalog, and the clauses around it, in source order.
fn sections(page: &Page<'_>, coverage: &CatalogCoverage) -> Vec<Section> {
    let program = page.input.program;
    let mut counted = coverage.requirements.iter().copied().peekable();
    let mut sections: Vec<Section> = Vec::new();
    for row in program.catalog(coverage.catalog).requirements() {
        let requirement = program.requirement(row);
        let is_counted = counted.next_if_eq(&row).is_some();
        let holds_counted = counted.peek().is_some_and(|next| *next < requirement.subtree_end);
        let is_clause = requirement.kind == ReqKind::Clause;
        if requirement.parent.is_none() && is_clause && holds_counted {
            sections.push(Section { clause: Some(row), rows: Vec::new() });
        } else if is_counted || is_clause && holds_counted {
            let is_loose =
                requirement.parent.is_none() && sections.last().is_none_or(|section| section.clause.is_some());
            if is_loose {
                sections.push(Section { clause: None, rows: Vec::new() });
            }
            if let Some(section) = sections.last_mut() {
                section.rows.push(row);
            }
        }
    }
    sections
}

/// References to a requirement lead to the heading that it is listed under.
fn keys(page: &Page<'_>, section: &Section) -> Vec<Key> {
    section.clause.iter().chain(&section.rows).map(|row| requirement_key(page.input.program, *row)).collect()
}

/// The row of a requirement: what it asks for, its status, and what it is met by.
pub(in crate::emit) fn requirement_row(page: &Page<'_>, row: RequirementId) -> Vec<Inline> {
    let requirement = page.input.program.requirement(row);
    let label = page.label(row);
    let title = page.text(requirement.title);
    if requirement.kind == ReqKind::Clause {
        return vec![Inline::strong(label), title];
    }
    let asked = title.told(&page.text_if(requirement.text));
    let status = page.input.coverage.status(row);
    let met = met_by(page, row, status);
    let label = Inline::plain(label);
    if page.telling.draft {
        let word = match status {
            Status::Uncovered => Inline::strong(said::status(page.words, status)),
            _ => Inline::plain(said::status(page.words, status)),
        };
        return vec![label, asked, word, met];
    }
    vec![label, asked, marked(page.words, status, met)]
}

/// What a requirement is met by, with the word for what is not met, or in part only, in its place.
fn marked(words: &Words, status: Status, met: Inline) -> Inline {
    match status {
        Status::Covered => met,
        Status::Uncovered => Inline::strong(words.none),
        Status::Partial => Inline::strong(words.in_part_only).then(words.colon).and(&met),
        Status::Excluded => Inline::strong(words.excluded_mark).then(words.colon).and(&met),
    }
}

fn met_by(page: &Page<'_>, row: RequirementId, status: Status) -> Inline {
    match status {
        Status::Excluded => reason(page, row),
        Status::Uncovered => Inline::plain(page.words.none_lower),
        Status::Covered | Status::Partial => {
            let grounds = page.input.coverage.grounds(page.input.program, row);
            let told = linked(page, row).into_iter().chain(carried(page, grounds.ways, status));
            Inline::join(std::iter::once(Inline::join(told, "; ")).chain(reasons(page, &grounds.lines)), ". ")
        }
    }
}

/// Why the lines of crosswalks by which a status is carried over say what they say, each once.
fn reasons(page: &Page<'_>, lines: &[Carried]) -> Vec<Inline> {
    let mut told: Vec<Inline> = Vec::new();
    for at in lines.iter().map(|carried| carried.at) {
        let crosswalk = page.input.program.crosswalk(at.crosswalk);
        let Some(line) = crosswalk.lines.get(at.line as usize) else { continue };
        let Some(because) = line.because else { continue };
        let words = page.input.program.line_words(line, said::relation(page.words, line.relation));
        let reason = Inline::plain(&format!("{}, {words}", page.quoted(crosswalk.id))).told(&page.text(because));
        if !told.contains(&reason) {
            told.push(reason);
        }
    }
    told
}

/// Why a requirement does not apply.
fn reason(page: &Page<'_>, row: RequirementId) -> Inline {
    let stated = page.input.coverage.exclusions(page.input.program, row);
    if stated.is_empty() {
        return Inline::plain(page.words.all_parts_excluded);
    }
    let words = page.words;
    let told = stated.into_iter().map(|exclusion| {
        let because = exclusion.because.map(|because| Inline::filled(words.reason_is, &[&page.text(because)]));
        let because = because.unwrap_or_default();
        let because = if page.telling.provenance {
            let at = Inline::plain(&place(&page.input, exclusion.span));
            match page.layer(exclusion.origin).map(Inline::plain) {
                Some(layer) => Inline::filled(words.excluded_by, &[&because, &layer, &at]),
                None => Inline::filled(words.excluded_at, &[&because, &at]),
            }
        } else {
            because
        };
        if exclusion.requirement == row {
            return because;
        }
        Inline::filled(words.with, &[page.requirement_link(exclusion.requirement)]).then(". ").and(&because)
    });
    Inline::join(told, "; ")
}

/// The outcomes that name the requirement itself.
fn linked(page: &Page<'_>, row: RequirementId) -> Vec<Inline> {
    let incoming = page.input.coverage.incoming(page.input.program, row);
    let cite = |incoming: &crate::graph::Incoming| {
        let outcome = page.outcome_link(incoming.outcome);
        let stating = page.model().outcome(incoming.outcome)?;
        let link = get(&stating.links, incoming.link)?;
        let outcome = match link.strength {
            Strength::Full => outcome,
            Strength::Partial => Inline::filled(page.words.in_part, &[&outcome]),
        };
        Some(match others(page, stating, link) {
            Some(others) => outcome.then(page.words.together).and(&others),
            None => outcome,
        })
    };
    incoming.iter().filter_map(cite).collect()
}

/// What carries the status over from elsewhere: once for each rule, with all outcomes that it rests on.
fn carried(page: &Page<'_>, ways: Vec<Way>, status: Status) -> Vec<Inline> {
    let mut rules: Vec<(Step, Vec<Basis>)> = Vec::new();
    for way in ways {
        let Some(first) = way.head.into_iter().next() else { continue };
        match rules.iter_mut().find(|(rule, _)| *rule == first) {
            Some((_, bases)) => bases.push(way.basis),
            None => rules.push((first, vec![way.basis])),
        }
    }
    rules.into_iter().filter_map(|(first, bases)| tell(page, &first, Basis::any(bases), status)).collect()
}

fn tell(page: &Page<'_>, first: &Step, basis: Basis, status: Status) -> Option<Inline> {
    // What is needed does not look like a choice.
    let between = if status == Status::Covered { page.words.and } else { ", " };
    let list = |all: &[RequirementId]| Inline::join(all.iter().map(|one| page.requirement_link(*one)), between);
    let told = match &first.reason {
        Reason::Above { whole } => Inline::filled(page.words.with, &[&list(&[*whole])]),
        Reason::Parts { parts } if status == Status::Partial => {
            return Some(Inline::filled(page.words.in_part_by, &[&list(parts)]));
        }
        Reason::Parts { .. } => return Some(Inline::plain(page.words.by_its_parts)),
        Reason::Line { crosswalk, others, .. } => {
            let crosswalk = page.quoted(page.input.program.crosswalk(*crosswalk).id);
            Inline::filled(page.words.through, &[&Inline::plain(&crosswalk), &list(others)])
        }
        Reason::Outcome { .. } | Reason::Joint { .. } | Reason::Exclusion { .. } => return None,
    };
    Some(told.then(" (").and(&outcomes(page, &basis, false)).then(")"))
}

/// The outcomes of a proof.
fn outcomes(page: &Page<'_>, basis: &Basis, is_inner: bool) -> Inline {
    let list = |parts: &[Basis], between| Inline::join(parts.iter().map(|part| outcomes(page, part, true)), between);
    match basis {
        Basis::Claim(claim) => {
            Inline::join(claim.members.iter().map(|member| page.member_link(*member)), page.words.together)
        }
        Basis::All(parts) => list(parts, page.words.and),
        Basis::Any(parts) if is_inner => Inline::plain("(").and(&list(parts, "; ")).then(")"),
        Basis::Any(parts) => list(parts, "; "),
    }
}
