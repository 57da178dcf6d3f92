//! The statement as a table: its columns, and the lines of their cells.

use super::row::{Row, asked_by, field_values, fields, layers_of, processes_of};
use crate::coverage::{Basis, Carried, Claim, Status};
use crate::document::Inline;
use crate::emit::page::Page;
use crate::emit::report::miss_words;
use crate::model::{Exclusion, Field, Member, Name, RequirementId, Text};

/// A cell, a line each.
pub type Cell = Vec<Inline>;

/// A column, and how wide a sheet shows it, in characters.
pub struct Column<'a> {
    /// Its heading.
    pub title: Inline,
    /// Its width.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "a workbook alone has widths"))]
    pub width: u8,
    content: Content<'a>,
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Clause,
    Control,
    Title,
    Applicable,
    Inclusion,
    Exclusion,
    State,
    Status,
    Processes,
    Outcomes,
    Through,
    Layer,
    Field(&'a Field),
    Missing,
}

/// The columns, those of the model's fields before the last.
pub fn columns<'a>(page: &Page<'a>) -> Vec<Column<'a>> {
    let fixed = |title: &str, width: u8, content: Content<'a>| Column { title: Inline::plain(title), width, content };
    let mut columns = vec![
        fixed("Clause", 22, Content::Clause),
        fixed("Control", 10, Content::Control),
        fixed("Title", 32, Content::Title),
        fixed("Applicable", 11, Content::Applicable),
        fixed("Justification for inclusion", 28, Content::Inclusion),
        fixed("Justification for exclusion", 28, Content::Exclusion),
        fixed("State", 13, Content::State),
        fixed("Status", 11, Content::Status),
        fixed("Processes", 26, Content::Processes),
        fixed("Outcomes", 56, Content::Outcomes),
        fixed("Through", 32, Content::Through),
        fixed("Layer", 14, Content::Layer),
    ];
    columns.push(fixed("Missing", 36, Content::Missing));
    let fields = fields(page);
    let made: Vec<String> = columns.iter().map(|column| column.title.shown().to_owned()).collect();
    let made: Vec<&str> = std::iter::once("Catalog").chain(made.iter().map(String::as_str)).collect();
    let of_fields = fields.iter().map(|field| Column {
        title: page.field_title_beside(field, fields.iter().copied(), &made),
        width: 22,
        content: Content::Field(field),
    });
    let last = columns.len() - 1;
    columns.splice(last..last, of_fields.collect::<Vec<_>>());
    columns
}

impl Column<'_> {
    /// The column of the clauses, which documents show as headings.
    pub fn is_clause(&self) -> bool {
        matches!(self.content, Content::Clause)
    }

    /// What the column says of a row.
    pub fn cell(&self, page: &Page<'_>, row: &Row<'_>) -> Cell {
        let requirement = page.input.program.requirement(row.requirement);
        match self.content {
            Content::Clause => row.clause.map(|clause| heading(page, clause)).into_iter().collect(),
            Content::Control => vec![Inline::plain(&page.label(row.requirement))],
            Content::Title => vec![page.text(requirement.title)],
            Content::Applicable => vec![Inline::plain(if row.applies() { "yes" } else { "no" })],
            Content::Inclusion => inclusion(page, row),
            Content::Exclusion => exclusion(page, row),
            Content::State => row.state().map(|state| Inline::plain(state.word())).into_iter().collect(),
            Content::Status => vec![match row.status {
                Status::Uncovered | Status::Partial => Inline::strong(row.status.word()),
                _ => Inline::plain(row.status.word()),
            }],
            Content::Processes => processes_of(page, row)
                .into_iter()
                .map(|process| page.titled(page.name(process.id), process.title))
                .collect(),
            Content::Outcomes => outcomes(page, row),
            Content::Through => row.grounds.lines.iter().map(|line| through(page, line)).collect(),
            Content::Layer => layers_of(page, row).into_iter().map(Inline::plain).collect(),
            Content::Field(field) => of_field(page, row, field),
            Content::Missing => missing(page, row),
        }
    }
}

/// A clause with its title.
pub fn heading(page: &Page<'_>, clause: RequirementId) -> Inline {
    page.titled(&page.label(clause), page.input.program.requirement(clause).title)
}

fn inclusion(page: &Page<'_>, row: &Row<'_>) -> Cell {
    if !row.applies() {
        return Vec::new();
    }
    if let Some(reason) = row.reason() {
        return vec![page.text_if(reason.because)];
    }
    let asked = asked_by(page, row).into_iter().map(|cover| {
        let catalog = page.designation(cover.catalog);
        let clause = cover.clause.map(|clause| format!(":{}", page.name(page.input.program.requirement(clause).id)));
        let model = page.layer(cover.origin).unwrap_or_else(|| page.name(page.head.id));
        Inline::plain(&format!("{model} covers {catalog}{}", clause.unwrap_or_default()))
    });
    let mut lines: Cell = Vec::new();
    for line in asked {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn exclusion(page: &Page<'_>, row: &Row<'_>) -> Cell {
    let line = |exclusion: &&Exclusion| {
        let because = page.text_if(exclusion.because);
        match exclusion.requirement == row.requirement {
            true => because,
            false => Inline::plain(&page.label(exclusion.requirement)).told(&because),
        }
    };
    row.excluded.iter().map(line).collect()
}

/// What meets a row, a line for each way, and what contributes to it. What is needed together is in one line.
fn outcomes(page: &Page<'_>, row: &Row<'_>) -> Cell {
    let telling = Telling { page, row: row.requirement };
    let full = row.grounds.choice(true).into_iter().enumerate().map(|(number, way)| {
        let words = telling.basis(&way, false);
        if number == 0 { words } else { Inline::plain("or").then(" ").and(&words) }
    });
    let partial = row.grounds.choice(false);
    full.chain(partial.iter().map(|way| Inline::plain("in part").then(" ").and(&telling.basis(way, true)))).collect()
}

struct Telling<'a> {
    page: &'a Page<'a>,
    row: RequirementId,
}

impl Telling<'_> {
    fn basis(&self, basis: &Basis, is_inner: bool) -> Inline {
        let (parts, between) = match basis {
            Basis::Claim(claim) => return self.claim(claim),
            Basis::All(parts) => (parts, " – and "),
            Basis::Any(parts) => (parts, " – or "),
        };
        let words = Inline::join(parts.iter().map(|part| self.basis(part, true)), between);
        if is_inner { Inline::plain("(").and(&words).then(")") } else { words }
    }

    fn claim(&self, claim: &Claim) -> Inline {
        let members = claim.members.iter().map(|member| outcome(self.page, *member));
        let words = Inline::join(members, " – together with ");
        let mut ids: Vec<RequirementId> = claim.links.iter().map(|(of, _)| *of).collect();
        ids.dedup();
        let others: Vec<String> =
            ids.iter().filter(|of| **of != self.row).map(|of| cited(self.page, self.row, *of)).collect();
        let is_direct = others.len() < ids.len();
        let of = match others.as_slice() {
            [] => String::new(),
            others if is_direct => format!(" (also {})", others.join(", ")),
            others => format!(" ({})", others.join(", ")),
        };
        let mut reasons: Vec<Inline> = Vec::new();
        for because in claim.links.iter().filter_map(|(_, because)| *because) {
            let because = self.page.text(because);
            if !reasons.contains(&because) {
                reasons.push(because);
            }
        }
        let because = Inline::join(reasons, " ");
        let words = words.then(&of);
        if because.is_empty() { words } else { words.then(" (because:").then(" ").and(&because).then(")") }
    }
}

fn outcome(page: &Page<'_>, member: Member) -> Inline {
    let id = member.id;
    match page.model().outcome_of(member) {
        Some(outcome) => Inline::plain(page.name(id)).then(" ").and(&page.text(outcome.text)),
        None => Inline::plain(page.name(id)).then(" (which is not there)"),
    }
}

/// A requirement, with its catalog where that is not the row's own.
fn cited(page: &Page<'_>, row: RequirementId, id: RequirementId) -> String {
    let program = page.input.program;
    let catalog = program.requirement(id).catalog;
    let is_own = program.requirement(row).catalog == catalog;
    if is_own { page.label(id) } else { format!("{} {}", page.designation(catalog), page.label(id)) }
}

fn through(page: &Page<'_>, line: &Carried) -> Inline {
    let crosswalk = page.input.program.crosswalk(line.at.crosswalk);
    let full = |id: RequirementId| {
        format!("{} {}", page.designation(page.input.program.requirement(id).catalog), page.label(id))
    };
    let from: Vec<String> = line.from.iter().map(|id| full(*id)).collect();
    let words = format!("{}: {} from {}", page.name(crosswalk.id), full(line.to), from.join(", "));
    let row = crosswalk.lines.get(line.at.line as usize);
    let relation = row.map_or("", |line| line.relation.words());
    let because = page.text_if(row.and_then(|line| line.because));
    Inline::plain(&format!("{words} ({relation})")).told(&because)
}

fn of_field(page: &Page<'_>, row: &Row<'_>, field: &Field) -> Cell {
    let values = field_values(page, row, field);
    let several = values.len() > 1;
    let line = |(id, said): &(Name, Option<Text>)| {
        let said = said.map_or_else(|| Inline::plain("not stated"), |said| page.text(said));
        if several { Inline::plain(page.name(*id)).then(": ").and(&said) } else { said }
    };
    values.iter().map(line).collect()
}

fn missing(page: &Page<'_>, row: &Row<'_>) -> Cell {
    if !matches!(row.status, Status::Partial | Status::Uncovered) {
        return Vec::new();
    }
    let told = match row.status {
        Status::Uncovered => "neither met by an outcome nor excluded with a reason",
        _ => "met only in part, and not excluded",
    };
    let misses = page.input.coverage.misses(page.input.program, row.requirement);
    let misses = misses.iter().take(3).map(|miss| Inline::plain(&miss_words(&page.input, miss).0));
    std::iter::once(Inline::plain(told)).chain(misses).collect()
}
