//! Annex A: every requirement of the catalogs that the model covers, and the outcomes that satisfy it.

use super::links::others;
use crate::coverage::{CatalogCoverage, Reason, Status, Step, Summary};
use crate::document::{self, Document, Inline, Key};
use crate::emit::page::{Page, chapter_key, requirement_key};
use crate::emit::report::place;
use crate::index::get;
use crate::model::{ReqKind, RequirementId, Strength};

/// More chains than this tell a reader nothing new.
const MOST_CHAINS: usize = 3;

/// The annex.
pub(super) fn annex_a(page: &Page<'_>, document: &mut Document) {
    document.annex(
        chapter_key("annex A"),
        document::Status::Informative,
        "Requirements and the outcomes that satisfy them",
    );
    let catalogs = &page.input.coverage.catalogs;
    if catalogs.is_empty() {
        document.paragraph(Inline::plain("This model covers no catalog."));
        return;
    }
    document.paragraph(Inline::plain(
        "An outcome satisfies a requirement in full, unless it says in part or together with others. A requirement that \
         nothing satisfies is marked as uncovered.",
    ));
    for coverage in catalogs {
        catalog(page, document, coverage);
    }
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage) {
    let catalog = page.input.program.catalog(coverage.catalog);
    let sections = sections(page, coverage);
    // What stands under no clause is listed right below the catalog's heading.
    let loose = sections.iter().filter(|section| section.clause.is_none()).flat_map(|section| keys(page, section));
    document.section(loose.collect(), page.titled(page.name(catalog.id), catalog.title));
    document.paragraph(Inline::plain(&summary(&coverage.summary)));
    let clauses = coverage.clauses.iter().map(|clause| Inline::plain(&page.label(*clause)));
    let clauses = Inline::join(clauses, ", ");
    if !clauses.is_empty() {
        document.paragraph(Inline::plain("Of this catalog, the model covers only").then(" ").and(&clauses).then("."));
    }
    for section in &sections {
        if let Some(clause) = section.clause {
            let title = page.text(page.input.program.requirement(clause).title);
            let words = Inline::plain(page.name(catalog.id))
                .then(": ")
                .and(&Inline::plain(&page.label(clause)))
                .then(" ")
                .and(&title);
            document.heading(4, keys(page, section), words);
        }
        let rows = section.rows.iter().map(|row| requirement_row(page, *row));
        document.table(&["Requirement", "What it asks for", "Status", "Outcomes"], rows);
    }
}

/// The counts of a catalog as a sentence.
pub(in crate::emit) fn summary(summary: &Summary) -> String {
    let Summary { total, covered, partial, excluded, uncovered } = summary;
    let counted = if *total == 1 { "requirement or control" } else { "requirements and controls" };
    format!("{total} {counted}: {covered} covered, {partial} partial, {excluded} excluded, {uncovered} uncovered.")
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
        return vec![Inline::strong(&label), title];
    }
    let asked = title.told(&page.text_if(requirement.text));
    let status = page.input.coverage.status(row);
    let word = match status {
        Status::Uncovered => Inline::strong(status.word()),
        _ => Inline::plain(status.word()),
    };
    vec![Inline::plain(&label), asked, word, met_by(page, row, status)]
}

fn met_by(page: &Page<'_>, row: RequirementId, status: Status) -> Inline {
    match status {
        Status::Excluded => reason(page, row),
        Status::Uncovered => Inline::plain("none"),
        Status::Covered | Status::Partial => {
            Inline::join(linked(page, row).into_iter().chain(carried(page, row, status)), "; ")
        }
    }
}

/// Why a requirement does not apply.
fn reason(page: &Page<'_>, row: RequirementId) -> Inline {
    let Some(excluded) = page.input.coverage.excluded_by(row) else {
        return Inline::plain("all its parts are excluded");
    };
    let exclusion = page.head.exclusions.iter().find(|exclusion| exclusion.requirement == excluded);
    let because = exclusion.and_then(|exclusion| exclusion.because);
    let because =
        because.map(|because| Inline::plain("Reason:").then(" ").and(&page.text(because))).unwrap_or_default();
    let because = match exclusion.filter(|_| page.with_provenance) {
        Some(exclusion) => {
            let by = page.layer(exclusion.origin).map_or(String::new(), |layer| format!("by {layer}, "));
            because.then(&format!(" (excluded {by}{})", place(&page.input, exclusion.span)))
        }
        None => because,
    };
    if excluded == row {
        return because;
    }
    Inline::plain("with").then(" ").and(&page.requirement_link(excluded)).then(". ").and(&because)
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
            Strength::Partial => Inline::plain("in part").then(" ").and(&outcome),
        };
        Some(match others(page, stating, link) {
            Some(others) => outcome.then(" together with ").and(&others),
            None => outcome,
        })
    };
    incoming.iter().filter_map(cite).collect()
}

/// What carries the status over from elsewhere, where no outcome that names the requirement proves it.
fn carried(page: &Page<'_>, row: RequirementId, status: Status) -> Vec<Inline> {
    let chains = page.input.coverage.witnesses(page.input.program, row);
    let is_direct = |step: &Step| matches!(step.reason, Reason::Outcome { .. } | Reason::Joint { .. });
    if chains.iter().any(|chain| chain.first().is_some_and(is_direct)) {
        return Vec::new();
    }
    chains
        .iter()
        .take(MOST_CHAINS)
        .filter_map(|chain| chain.split_first())
        .filter_map(|(first, rest)| tell(page, first, rest, status))
        .collect()
}

fn tell(page: &Page<'_>, first: &Step, rest: &[Step], status: Status) -> Option<Inline> {
    let list = |all: &[RequirementId]| Inline::join(all.iter().map(|one| page.requirement_link(*one)), ", ");
    let told = match &first.reason {
        Reason::Above { whole } => Inline::plain("with").then(" ").and(&list(&[*whole])),
        Reason::Parts { parts } if status == Status::Partial => {
            return Some(Inline::plain("in part by").then(" ").and(&list(parts)));
        }
        Reason::Parts { .. } => return Some(Inline::plain("by its parts")),
        Reason::Line { crosswalk, others, .. } => {
            let crosswalk = page.name(page.input.program.crosswalk(*crosswalk).id);
            Inline::plain(&format!("through {crosswalk} from")).then(" ").and(&list(others))
        }
        Reason::Outcome { .. } | Reason::Joint { .. } | Reason::Exclusion { .. } => return None,
    };
    let outcomes = rest.iter().flat_map(|step| match &step.reason {
        Reason::Outcome { outcome, .. } => vec![*outcome],
        Reason::Joint { outcomes, .. } => outcomes.clone(),
        _ => Vec::new(),
    });
    let outcomes = Inline::join(outcomes.map(|outcome| page.outcome_link(outcome)), ", ");
    Some(if outcomes.is_empty() { told } else { told.then(" (").and(&outcomes).then(")") })
}
