//! The statement as a table: its columns, and the lines of their cells.

use super::row::{Row, asked_by, field_values, fields, layers_of, processes_of};
use crate::coverage::{Basis, Carried, Claim, Status};
use crate::document::Inline;
use crate::document::words::fill;
use crate::emit::assessment::{OutcomeRatings, Rated};
use crate::emit::page::Page;
use crate::emit::report::miss_words;
use crate::emit::said;
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
    /// How far outcomes were rated, for the column that says it.
    ratings: Option<OutcomeRatings>,
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
    Capability,
    Processes,
    Outcomes,
    Through,
    Layer,
    Field(&'a Field),
    Missing,
}

/// The columns, those of the model's fields before the last.
pub fn columns<'a>(page: &Page<'a>) -> Vec<Column<'a>> {
    let of = |title: Inline, width: u8, content: Content<'a>| Column { title, width, content, ratings: None };
    let fixed = |title: &str, width: u8, content: Content<'a>| of(Inline::plain(title), width, content);
    let words = page.words;
    let mut columns = vec![
        fixed(words.clause, 22, Content::Clause),
        fixed(words.control, 10, Content::Control),
        fixed(words.title, 32, Content::Title),
        fixed(words.applicable, 11, Content::Applicable),
        fixed(words.inclusion, 28, Content::Inclusion),
        fixed(words.exclusion, 28, Content::Exclusion),
        fixed(words.state, 13, Content::State),
        fixed(words.status, 11, Content::Status),
        fixed(words.processes_head, 26, Content::Processes),
        fixed(words.outcomes, 56, Content::Outcomes),
        fixed(words.through_head, 32, Content::Through),
        fixed(words.layer, 14, Content::Layer),
    ];
    if let Some(ratings) = OutcomeRatings::asked(&page.input, page.model()) {
        let capability = fixed(words.capability_column, 11, Content::Capability);
        columns.insert(8, Column { ratings: Some(ratings), ..capability });
    }
    columns.push(fixed(words.missing, 36, Content::Missing));
    let fields = fields(page);
    let made: Vec<String> = columns.iter().map(|column| column.title.shown().to_owned()).collect();
    let made: Vec<&str> = std::iter::once(words.catalog).chain(made.iter().map(String::as_str)).collect();
    let of_fields = fields
        .iter()
        .map(|field| of(page.field_title_beside(field, fields.iter().copied(), &made), 22, Content::Field(field)));
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
        let (requirement, words) = (page.input.program.requirement(row.requirement), page.words);
        match self.content {
            Content::Clause => row.clause.map(|clause| heading(page, clause)).into_iter().collect(),
            Content::Control => vec![Inline::plain(page.label(row.requirement))],
            Content::Title => vec![page.text(requirement.title)],
            Content::Applicable => vec![Inline::plain(if row.applies() { words.yes } else { words.no })],
            Content::Inclusion => inclusion(page, row),
            Content::Exclusion => exclusion(page, row),
            Content::State => row.state().map(|state| Inline::plain(said::state(words, state))).into_iter().collect(),
            Content::Status => vec![match row.status {
                Status::Uncovered | Status::Partial => Inline::strong(said::status(words, row.status)),
                _ => Inline::plain(said::status(words, row.status)),
            }],
            Content::Capability => self.capability(page, row),
            Content::Processes => processes_of(page, row)
                .into_iter()
                .map(|process| page.titled(page.name(process.id), process.title))
                .collect(),
            Content::Outcomes => outcomes(page, row),
            Content::Through => row.grounds.lines.iter().map(|line| through(page, line)).collect(),
            Content::Layer => layers_of(page, row).into_iter().map(|layer| Inline::plain(page.called(layer))).collect(),
            Content::Field(field) => of_field(page, row, field),
            Content::Missing => missing(page, row),
        }
    }
}

impl Column<'_> {
    /// How far what meets a row was rated; nothing of one that does not apply, or that nothing meets.
    fn capability(&self, page: &Page<'_>, row: &Row<'_>) -> Cell {
        let ratings =
            self.ratings.as_ref().and_then(|ratings| Some((ratings, ratings.of_row(row.status, &row.grounds)?)));
        let rated = ratings.map(|(ratings, rated)| match rated {
            Rated::As(rank) => Inline::plain(ratings.label(rank)),
            Rated::Open => Inline::plain(page.words.open),
            Rated::Not => Inline::plain(page.words.not_rated),
        });
        rated.into_iter().collect()
    }
}

/// The column on capability, told: of which assessment it is, and what it is no evidence of.
pub fn capability_told(page: &Page<'_>) -> Option<String> {
    let assessment = page.input.program.assessment(page.input.rated?);
    let title = page.text(assessment.title);
    let named = fill(page.words.capability_told, &[page.words.capability_column, title.shown()]);
    Some(format!("{named} {}", page.words.capability_only))
}

/// A clause with its title.
pub fn heading(page: &Page<'_>, clause: RequirementId) -> Inline {
    page.titled(page.label(clause), page.input.program.requirement(clause).title)
}

fn inclusion(page: &Page<'_>, row: &Row<'_>) -> Cell {
    if !row.applies() {
        return Vec::new();
    }
    if let Some(reason) = row.reason() {
        return vec![page.text_if(reason.because)];
    }
    let asked = asked_by(page, row).into_iter().map(|cover| {
        let catalog =
            cover.clause.map_or_else(|| page.designation(cover.catalog).to_owned(), |clause| page.cited(clause));
        let model = page.quoted(cover.origin.layer.unwrap_or(page.head.id));
        Inline::plain(&fill(page.words.covers, &[&model, &catalog]))
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
            false => Inline::plain(page.label(exclusion.requirement)).told(&because),
        }
    };
    row.excluded.iter().map(line).collect()
}

/// What meets a row, a line for each way, and what contributes to it. What is needed together is in one line.
fn outcomes(page: &Page<'_>, row: &Row<'_>) -> Cell {
    let telling = Telling { page, row: row.requirement };
    let full = row.grounds.choice(true).into_iter().enumerate().map(|(number, way)| {
        let words = telling.basis(&way, false);
        if number == 0 { words } else { Inline::filled(page.words.or_way, &[&words]) }
    });
    let partial = row.grounds.choice(false);
    full.chain(partial.iter().map(|way| Inline::filled(page.words.in_part, &[&telling.basis(way, true)]))).collect()
}

struct Telling<'a> {
    page: &'a Page<'a>,
    row: RequirementId,
}

impl Telling<'_> {
    fn basis(&self, basis: &Basis, is_inner: bool) -> Inline {
        let (parts, between) = match basis {
            Basis::Claim(claim) => return self.claim(claim),
            Basis::All(parts) => (parts, self.page.words.all_of),
            Basis::Any(parts) => (parts, self.page.words.any_of),
        };
        let words = Inline::join(parts.iter().map(|part| self.basis(part, true)), between);
        if is_inner { Inline::plain("(").and(&words).then(")") } else { words }
    }

    fn claim(&self, claim: &Claim) -> Inline {
        let ours = self.page.words;
        let members = claim.members.iter().map(|member| outcome(self.page, *member));
        let words = Inline::join(members, ours.together_dash);
        let mut ids: Vec<RequirementId> = claim.links.iter().map(|(of, _)| *of).collect();
        ids.dedup();
        let others: Vec<String> =
            ids.iter().filter(|of| **of != self.row).map(|of| cited(self.page, self.row, *of)).collect();
        let is_direct = others.len() < ids.len();
        let of = Inline::plain(&others.join(", "));
        let words = match (of.is_empty(), is_direct) {
            (true, _) => words,
            (false, true) => Inline::filled(ours.also_of, &[&words, &of]),
            (false, false) => words.then(" (").and(&of).then(")"),
        };
        let mut reasons: Vec<Inline> = Vec::new();
        for because in claim.links.iter().filter_map(|(_, because)| *because) {
            let because = self.page.text(because);
            if !reasons.contains(&because) {
                reasons.push(because);
            }
        }
        let because = Inline::join(reasons, " ");
        if because.is_empty() { words } else { Inline::filled(ours.because, &[&words, &because]) }
    }
}

fn outcome(page: &Page<'_>, member: Member) -> Inline {
    let id = member.id;
    match page.model().outcome_of(member) {
        Some(outcome) => Inline::plain(page.name(id)).then(" ").and(&page.text(outcome.text)),
        None => Inline::filled(page.words.not_there, &[&Inline::plain(page.name(id))]),
    }
}

/// A requirement, with its catalog where that is not the row's own.
fn cited(page: &Page<'_>, row: RequirementId, id: RequirementId) -> String {
    let program = page.input.program;
    let catalog = program.requirement(id).catalog;
    let is_own = program.requirement(row).catalog == catalog;
    if is_own { page.label(id).to_owned() } else { format!("{} {}", page.designation(catalog), page.label(id)) }
}

fn through(page: &Page<'_>, line: &Carried) -> Inline {
    let crosswalk = page.input.program.crosswalk(line.at.crosswalk);
    let full = |id: RequirementId| {
        format!("{} {}", page.designation(page.input.program.requirement(id).catalog), page.label(id))
    };
    let from: Vec<String> = line.from.iter().map(|id| full(*id)).collect();
    let words = fill(page.words.line_from, &[&page.quoted(crosswalk.id), &full(line.to), &from.join(", ")]);
    let row = crosswalk.lines.get(line.at.line as usize);
    let relation = row.map_or("", |line| said::relation(page.words, line.relation));
    let because = page.text_if(row.and_then(|line| line.because));
    Inline::plain(&format!("{words} ({relation})")).told(&because)
}

fn of_field(page: &Page<'_>, row: &Row<'_>, field: &Field) -> Cell {
    let values = field_values(page, row, field);
    let several = values.len() > 1;
    let line = |(id, said): &(Name, Option<Text>)| {
        let said = said.map_or_else(|| Inline::plain(page.words.not_stated_lower), |said| page.text(said));
        if several { Inline::plain(page.name(*id)).then(page.words.colon).and(&said) } else { said }
    };
    values.iter().map(line).collect()
}

fn missing(page: &Page<'_>, row: &Row<'_>) -> Cell {
    if !matches!(row.status, Status::Partial | Status::Uncovered) {
        return Vec::new();
    }
    let told = match row.status {
        Status::Uncovered => page.words.not_met_not_excluded,
        _ => page.words.met_in_part_only,
    };
    let misses = page.input.coverage.misses(page.input.program, row.requirement);
    let misses = misses.iter().take(3).map(|miss| Inline::plain(&miss_words(&page.input, page.words, miss).0));
    std::iter::once(Inline::plain(told)).chain(misses).collect()
}
