//! The statement as a document: what it is about, a summary, and a table for each clause.

use super::super::{judged, notice};
use super::row::{Row, rows};
use super::table::{Column, capability_told, columns, heading};
use crate::coverage::CatalogCoverage;
use crate::document::words::{Words, fill};
use crate::document::{Cell, Document, Inline, Table};
use crate::emit::markdown::{context, crosswalks, dropped, findings, front, notes_on, notes_on_scope, statements};
use crate::emit::naming::named_catalog;
use crate::emit::page::Page;
use crate::emit::remark::Notes;
use crate::model::{FieldKind, ReqKind, RequirementId};

/// The document.
pub fn document(page: &Page<'_>) -> Document {
    let words = page.words;
    let title = Inline::filled(words.soa, &[&page.text(page.head.title)]);
    let mut document = page.document(title);
    notice::at_head(page, &mut document);
    statements(page, &mut document);
    front(page, &mut document);
    document.chapter([], words.general);
    context(page, &mut document);
    notes_on_scope(page, &mut document);
    document.paragraph(Inline::plain(words.soa_statuses));
    document.paragraph(capability_told(page).map(|told| Inline::plain(&told)).unwrap_or_default());
    if let Some(judged) = judged::sentences(page) {
        document.paragraph(Inline::plain(&judged));
    }
    let catalogs: Vec<&CatalogCoverage> = page.input.catalogs().collect();
    if catalogs.is_empty() {
        document.paragraph(Inline::plain(words.soa_nothing));
    }
    dropped(page, &mut document);
    summary(page, &mut document);
    crosswalks(page, &mut document);
    let columns = columns(page);
    for coverage in catalogs {
        catalog(page, &mut document, coverage, &columns);
    }
    findings(page, &mut document);
    document.settle();
    document
}

fn summary(page: &Page<'_>, document: &mut Document) {
    let words = page.words;
    let rows = page.input.catalogs().map(|coverage| {
        let counts = Counts::of(page, coverage);
        let mut cells = vec![page.catalog_titled(coverage.catalog)];
        cells.extend(counts.columns(words).map(|(_, count)| Inline::plain(&count.to_string())));
        cells
    });
    let titles: Vec<&str> =
        std::iter::once(words.catalog).chain(Counts::default().columns(words).map(|(title, _)| title)).collect();
    document.told_table(words.told_soa_counts, words.soa_counts_caption, &titles, rows);
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage, columns: &[Column<'_>]) {
    let catalog = page.input.program.catalog(coverage.catalog);
    let (named, words) = (page.designation(coverage.catalog), page.words);
    document.chapter([], page.catalog_titled(coverage.catalog).shown());
    let rows: Vec<Row<'_>> = rows(page, coverage).collect();
    // A clause that is alone needs no heading of its own.
    let is_parted = rows.iter().any(|row| rows.first().is_some_and(|first| first.clause != row.clause));
    if is_parted {
        document.section(Vec::new(), Inline::plain(words.general));
    }
    document.paragraph(Inline::filled(words.catalog_is, &[&named_catalog(page, coverage.catalog)]));
    if let Some(scope) = scope(page, coverage) {
        document.paragraph(Inline::plain(&scope));
    }
    Notes::new(page).of(&catalog.remarks, "").print(document);
    let columns: Vec<&Column<'_>> = columns.iter().filter(|column| !column.is_clause()).collect();
    let mut clause: Option<Option<RequirementId>> = None;
    let mut section: Vec<Row<'_>> = Vec::new();
    for row in rows {
        if clause != Some(row.clause) {
            table(page, document, coverage, &columns, &std::mem::take(&mut section));
            if !is_parted {
                let within = row.clause.map(|clause| heading(page, clause));
                let within = within.map(|clause| Inline::filled(words.stands_in, &[&clause]));
                document.paragraph(within.unwrap_or_default());
            }
            if is_parted {
                let within = row.clause.map(|clause| Inline::plain(named).then(", ").and(&heading(page, clause)));
                let within = within.unwrap_or_else(|| Inline::plain(&fill(words.outside_clauses, &[named])));
                document.section(Vec::new(), within);
            }
            clause = Some(row.clause);
        }
        section.push(row);
    }
    table(page, document, coverage, &columns, &section);
}

fn table(
    page: &Page<'_>,
    document: &mut Document,
    coverage: &CatalogCoverage,
    columns: &[&Column<'_>],
    rows: &[Row<'_>],
) {
    // A column with nothing in it would only take room.
    let cells: Vec<Vec<Inline>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| Inline::join(column.cell(page, row), " · ")).collect())
        .collect();
    let is_used = |at: &usize| cells.iter().any(|row: &Vec<Inline>| row.get(*at).is_some_and(|cell| !cell.is_empty()));
    let used: Vec<usize> = (0..columns.len()).filter(is_used).collect();
    let header: Vec<Inline> = used.iter().filter_map(|at| Some(columns.get(*at)?.title.clone())).collect();
    let kept = cells.iter().map(|row| used.iter().filter_map(|at| row.get(*at).cloned()).collect());
    let clause = rows.first().and_then(|row| row.clause).map(|clause| format!(", {}", page.label(clause)));
    let of = format!("{}{}", page.designation(coverage.catalog), clause.unwrap_or_default());
    let rows_kept = kept.map(|row: Vec<Inline>| row.into_iter().map(Cell::from).collect()).collect();
    let table = Table::under(header, rows_kept);
    let [caption, told] = [page.words.controls_caption, page.words.told_controls].map(|told| fill(told, &[&of]));
    let caption = Inline::plain(&caption);
    document.push_told_table(&told, Table { caption, is_landscape: true, ..table });
    let mut notes = Notes::new(page);
    rows.iter().filter_map(|row| row.clause).take(1).for_each(|clause| notes_on(page, &mut notes, clause));
    for row in rows {
        notes_on(page, &mut notes, row.requirement);
        for apply in &row.applied {
            notes.with_fields(
                &apply.remarks,
                FieldKind::Control,
                &fill(page.words.applies_of, &[page.label(row.requirement)]),
            );
        }
    }
    notes.print(document);
}

/// How the rows of a catalog fare.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// The counts, as in a coverage.
    pub summary: crate::coverage::Summary,
}

impl Counts {
    /// Counts the rows of a catalog.
    pub fn of(page: &Page<'_>, coverage: &CatalogCoverage) -> Counts {
        let mut counts = Counts::default();
        let program = page.input.program;
        for id in coverage.requirements.iter().filter(|id| program.is_tailorable(**id)) {
            counts.summary.count(page.input.coverage.status(*id));
        }
        counts
    }

    /// The counts with their headings.
    pub fn columns(self, words: &Words) -> impl Iterator<Item = (&'static str, usize)> + use<> {
        let counts = self.summary;
        [
            (words.controls, counts.total),
            (words.applicable, counts.total - counts.excluded),
            (words.excluded_head, counts.excluded),
            (words.covered_head, counts.covered),
            (words.partial_head, counts.partial),
            (words.uncovered_head, counts.uncovered),
        ]
        .into_iter()
    }
}

/// What of a catalog the statement is not about.
pub fn scope(page: &Page<'_>, coverage: &CatalogCoverage) -> Option<String> {
    let (mut told, words) = (Vec::new(), page.words);
    let clauses: Vec<&str> = coverage.clauses.iter().map(|clause| page.label(*clause)).collect();
    if !clauses.is_empty() {
        told.push(fill(words.soa_only, &[&clauses.join(", ")]));
    }
    let program = page.input.program;
    if program.catalog(coverage.catalog).tailorable {
        told.push(words.soa_tailorable.to_owned());
    }
    let is_listed = |id: &&RequirementId| program.is_tailorable(**id);
    // A part of a control belongs to its row.
    let is_part =
        |id: RequirementId| program.above(id).any(|above| program.requirement(above).kind == ReqKind::Control);
    let listed = coverage.requirements.iter().filter(is_listed).count();
    let others = coverage.requirements.iter().filter(|id| !is_listed(id) && !is_part(**id)).count();
    match (listed, others) {
        (_, 0) => {}
        (0, _) => told.push(words.soa_no_controls.to_owned()),
        (_, 1) => told.push(words.soa_one_other.to_owned()),
        (_, others) => told.push(fill(words.soa_others, &[&others.to_string()])),
    }
    (!told.is_empty()).then(|| told.join(" "))
}
