//! The statement as a document: what it is about, a summary, and a table for each clause.

use super::super::{judged, notice};
use super::row::{Row, rows};
use super::table::{Column, columns, heading};
use crate::coverage::CatalogCoverage;
use crate::document::{Document, Inline};
use crate::emit::markdown::{context, crosswalks, dropped, front, notes_on, notes_on_scope, statements};
use crate::emit::naming::named_catalog;
use crate::emit::page::Page;
use crate::emit::remark::Notes;
use crate::model::{FieldKind, ReqKind, RequirementId};

/// The document.
pub fn document(page: &Page<'_>) -> Document {
    let title = Inline::plain("Statement of applicability:").then(" ").and(&page.text(page.head.title));
    let mut document = page.document(title);
    notice::at_head(page, &mut document);
    statements(page, &mut document);
    context(page, &mut document);
    notes_on_scope(page, &mut document);
    front(page, &mut document);
    document.heading(2, Vec::new(), Inline::plain("General"));
    document.paragraph(Inline::plain(
        "A control is covered where the model claims that outcomes of its processes meet it in full, partial where \
         they are claimed to contribute to it only, uncovered where none is, and excluded where the model says so and \
         why. Whether the claims hold is for their reader to judge, and whether the processes are performed for an \
         assessment to find.",
    ));
    if let Some(judged) = judged::sentences(&page.input) {
        document.paragraph(Inline::plain(&judged));
    }
    let catalogs: Vec<&CatalogCoverage> = page.input.catalogs().collect();
    if catalogs.is_empty() {
        document.paragraph(Inline::plain("This model covers no catalog, so that there is nothing to state."));
    }
    dropped(page, &mut document);
    summary(page, &mut document);
    crosswalks(page, &mut document);
    let columns = columns(page);
    for coverage in catalogs {
        catalog(page, &mut document, coverage, &columns);
    }
    document
}

fn summary(page: &Page<'_>, document: &mut Document) {
    let rows = page.input.catalogs().map(|coverage| {
        let counts = Counts::of(page, coverage);
        let catalog = page.input.program.catalog(coverage.catalog);
        let mut cells = vec![page.titled(page.name(catalog.id), catalog.title)];
        cells.extend(counts.columns().map(|(_, count)| Inline::plain(&count.to_string())));
        cells
    });
    let titles: Vec<&str> =
        std::iter::once("Catalog").chain(Counts::default().columns().map(|(title, _)| title)).collect();
    document.table("Controls by status", &titles, rows);
}

fn catalog(page: &Page<'_>, document: &mut Document, coverage: &CatalogCoverage, columns: &[Column<'_>]) {
    let catalog = page.input.program.catalog(coverage.catalog);
    document.heading(2, Vec::new(), page.titled(page.name(catalog.id), catalog.title));
    document.paragraph(Inline::plain("Catalog:").then(" ").and(&named_catalog(page, coverage.catalog)).then("."));
    if let Some(scope) = scope(page, coverage) {
        document.paragraph(Inline::plain(&scope));
    }
    Notes::new(page).of(&catalog.remarks, "").print(document);
    let columns: Vec<&Column<'_>> = columns.iter().filter(|column| !column.is_clause()).collect();
    let mut clause: Option<Option<RequirementId>> = None;
    let mut section: Vec<Row<'_>> = Vec::new();
    for row in rows(page, coverage) {
        if clause != Some(row.clause) {
            table(page, document, coverage, &columns, &std::mem::take(&mut section));
            if let Some(clause) = row.clause {
                let words = Inline::plain(page.name(catalog.id)).then(": ").and(&heading(page, clause));
                document.heading(3, Vec::new(), words);
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
    let clause = rows.first().and_then(|row| row.clause).map(|clause| format!(" {}", page.label(clause)));
    let caption = format!("Controls of {}{}", page.catalog_id(coverage.catalog), clause.unwrap_or_default());
    document.table_under(Inline::plain(&caption), header, kept);
    let mut notes = Notes::new(page);
    rows.iter().filter_map(|row| row.clause).take(1).for_each(|clause| notes_on(page, &mut notes, clause));
    for row in rows {
        notes_on(page, &mut notes, row.requirement);
        for apply in &row.applied {
            notes.with_fields(
                &apply.remarks,
                FieldKind::Control,
                &format!("what applies of {}", page.label(row.requirement)),
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
    pub fn columns(self) -> impl Iterator<Item = (&'static str, usize)> {
        let counts = self.summary;
        [
            ("Controls", counts.total),
            ("Applicable", counts.total - counts.excluded),
            ("Excluded", counts.excluded),
            ("Covered", counts.covered),
            ("Partial", counts.partial),
            ("Uncovered", counts.uncovered),
        ]
        .into_iter()
    }
}

/// What of a catalog the statement is not about.
pub fn scope(page: &Page<'_>, coverage: &CatalogCoverage) -> Option<String> {
    let mut told = Vec::new();
    let clauses: Vec<String> = coverage.clauses.iter().map(|clause| page.label(*clause)).collect();
    if !clauses.is_empty() {
        told.push(format!("The model covers only {} of this catalog.", clauses.join(", ")));
    }
    let program = page.input.program;
    if program.catalog(coverage.catalog).tailorable {
        told.push("Its requirements may be excluded like controls, and are listed and counted with them.".to_owned());
    }
    let is_listed = |id: &&RequirementId| program.is_tailorable(**id);
    // A part of a control belongs to its row.
    let is_part =
        |id: RequirementId| program.above(id).any(|above| program.requirement(above).kind == ReqKind::Control);
    let listed = coverage.requirements.iter().filter(is_listed).count();
    let others = coverage.requirements.iter().filter(|id| !is_listed(id) && !is_part(**id)).count();
    match (listed, others) {
        (_, 0) => {}
        (0, _) => {
            told.push("It has no controls: its requirements cannot be excluded, and all of them apply.".to_owned())
        }
        (_, 1) => {
            told.push("A requirement that is no control cannot be excluded; it applies and is not listed.".to_owned())
        }
        (_, others) => told.push(format!(
            "Its {others} requirements that are no controls cannot be excluded; they all apply and are not listed."
        )),
    }
    (!told.is_empty()).then(|| told.join(" "))
}
