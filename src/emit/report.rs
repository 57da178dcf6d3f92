//! The coverage of a model as a report: text with a bar for each catalog, or a table for a spreadsheet.

use super::{csv, naming, notice};
use crate::compile::Checked;
use crate::coverage::{Basis, CatalogCoverage, Coverage, Miss, Status, Summary};
use crate::document::words::{EN, Words, counted, fill};
use crate::emit::said;
use crate::model::{Member, Program, ReqKind, RequirementId};
use crate::span::Span;

/// How wide the bar of a catalog is, in characters.
const BAR: usize = 40;

/// Which requirements a report lists.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Those that nothing meets.
    pub uncovered: bool,
    /// Those that are met in part.
    pub partial: bool,
    /// Those that are met or excluded.
    pub rest: bool,
}

impl Filter {
    /// Whether a requirement with a status is listed.
    pub fn keeps(self, status: Status) -> bool {
        match status {
            Status::Uncovered => self.uncovered,
            Status::Partial => self.partial,
            Status::Covered | Status::Excluded => self.rest,
        }
    }
}

/// The report as text: per catalog the counts, then what the filter keeps, grouped by clause.
pub fn text(input: &Checked<'_>, filter: Filter, color: bool) -> String {
    let mut report = Report { input, color, text: notice::above(input) };
    for (number, catalog) in input.catalogs().enumerate() {
        if number > 0 {
            report.text.push('\n');
        }
        report.catalog(catalog, filter);
    }
    if input.coverage.catalogs.is_empty() {
        report.text.push_str("the model covers no catalog; say `covers CATALOG` in its block\n");
    }
    report.text
}

/// The report as comma-separated values, a row for each requirement that the filter keeps.
pub fn csv(input: &Checked<'_>, filter: Filter) -> String {
    let mut table = String::new();
    csv::push(&mut table, ["catalog", "id", "label", "kind", "title", "status", "outcomes", "ways"]);
    for catalog in input.catalogs() {
        let name = input.program.name(input.program.catalog(catalog.catalog).id);
        for id in catalog.requirements.iter().copied() {
            let status = input.coverage.status(id);
            if !filter.keeps(status) {
                continue;
            }
            let row = input.program.requirement(id);
            let label = row.label.map(|label| input.sources.text(label).into_owned()).unwrap_or_default();
            let title = input.sources.text(row.title);
            let grounds = input.coverage.grounds(input.program, id);
            let outcomes: Vec<&str> =
                grounds.outcomes().into_iter().map(|outcome| input.program.name(outcome)).collect();
            let in_part = grounds.choice(false).into_iter().map(|way| format!("in part {}", way_words(input, &way)));
            let ways: Vec<String> =
                grounds.choice(true).iter().map(|way| way_words(input, way)).chain(in_part).collect();
            let cells = [
                name,
                input.program.name(row.id),
                &label,
                row.kind.word(),
                &title,
                status.word(),
                &outcomes.join(" "),
                &ways.join("; "),
            ];
            csv::push(&mut table, cells);
        }
    }
    table
}

/// A way in which a requirement is met: what is needed together has a plus between, what would do by itself an `or`.
fn way_words(input: &Checked<'_>, basis: &Basis) -> String {
    let inner = |part: &Basis| match part {
        Basis::Any(_) => format!("({})", way_words(input, part)),
        _ => way_words(input, part),
    };
    let list = |parts: &[Basis], between: &str| parts.iter().map(inner).collect::<Vec<String>>().join(between);
    match basis {
        Basis::Claim(claim) => {
            let named = |member: &Member| {
                let gap = if member.is_there { "" } else { " (which is not there)" };
                format!("{}{gap}", input.program.name(member.id))
            };
            claim.members.iter().map(named).collect::<Vec<String>>().join(" + ")
        }
        Basis::All(parts) => list(parts, " + "),
        Basis::Any(parts) => list(parts, " or "),
    }
}

/// How much of a catalog is met or excluded, in per cent; `None` where there is nothing to cover.
pub fn percent(counts: &Summary) -> Option<usize> {
    ((counts.covered + counts.excluded) * 100).checked_div(counts.total)
}

/// The counts in words.
pub fn counts(words: &Words, counts: &Summary) -> String {
    let Summary { total, covered, partial, excluded, uncovered } = *counts;
    let total = counted(&words.requirements_counted, total, &[]);
    let [covered, partial, excluded, uncovered] =
        [covered, partial, excluded, uncovered].map(|count: usize| count.to_string());
    fill(words.pages.counts, &[&total, &covered, &partial, &excluded, &uncovered])
}

/// The requirements of a catalog in its order, by the clauses that they stand in.
pub fn by_clause(input: &Checked<'_>, catalog: &CatalogCoverage) -> Vec<(Option<RequirementId>, Vec<RequirementId>)> {
    let mut clauses: Vec<(Option<RequirementId>, Vec<RequirementId>)> = Vec::new();
    for id in catalog.requirements.iter().copied() {
        let clause = clause_of(input, id);
        match clauses.last_mut() {
            Some((last, rows)) if *last == clause => rows.push(id),
            _ => clauses.push((clause, vec![id])),
        }
    }
    clauses
}

/// The clause that a requirement stands in, if it stands in one.
fn clause_of(input: &Checked<'_>, id: RequirementId) -> Option<RequirementId> {
    input.program.standing_in(id).find(|row| input.program.requirement(*row).kind == ReqKind::Clause)
}

struct Report<'a> {
    input: &'a Checked<'a>,
    color: bool,
    text: String,
}

impl Report<'_> {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn catalog(&mut self, catalog: &CatalogCoverage, filter: Filter) {
        let head = self.input.program.catalog(catalog.catalog);
        let name = self.paint("1", self.input.program.name(head.id));
        let title = self.input.sources.text(head.title);
        self.text.push_str(&format!("{name}  {title}\n"));
        if let Some(source) = head.source {
            let (before, behind) = naming::around(self.input.sources, head.notice);
            self.text.push_str(&format!("{before}{}{behind}\n", self.input.sources.text(source)));
        }
        if !catalog.clauses.is_empty() {
            let clauses: Vec<&str> = catalog
                .clauses
                .iter()
                .map(|id| self.input.program.name(self.input.program.requirement(*id).id))
                .collect();
            self.text.push_str(&format!("only {}\n", clauses.join(", ")));
        }
        let bar = self.bar(catalog);
        let counts = catalog.summary;
        match percent(&counts) {
            Some(percent) => self.text.push_str(&format!("{bar}  {percent:>3} %\n")),
            None => self.text.push_str("nothing to cover\n"),
        }
        self.text.push_str(&format!("{}\n", self::counts(&EN, &counts)));
        self.rows(catalog, filter);
    }

    fn bar(&self, catalog: &CatalogCoverage) -> String {
        let counts = catalog.summary;
        let share = |number: usize| (number * BAR).checked_div(counts.total).unwrap_or(0);
        // What is missing always shows, be it ever so little.
        let uncovered = share(counts.uncovered).max(usize::from(counts.uncovered > 0));
        let partial = share(counts.partial).max(usize::from(counts.partial > 0));
        let excluded = share(counts.excluded);
        let covered = BAR.saturating_sub(uncovered + partial + excluded);
        let part = |code: &str, sign: &str, width: usize| self.paint(code, &sign.repeat(width));
        format!(
            "{}{}{}{}",
            part("32", "█", covered),
            part("90", "▒", excluded),
            part("33", "▓", partial),
            part("31", "░", uncovered)
        )
    }

    fn rows(&mut self, catalog: &CatalogCoverage, filter: Filter) {
        let mut clause = None;
        for id in catalog.requirements.iter().copied() {
            let status = self.input.coverage.status(id);
            if !filter.keeps(status) {
                continue;
            }
            let heading = clause_of(self.input, id);
            if clause != Some(heading) {
                clause = Some(heading);
                self.heading(heading);
            }
            self.row(id, status);
        }
    }

    fn heading(&mut self, clause: Option<RequirementId>) {
        let Some(clause) = clause else { return self.text.push('\n') };
        let row = self.input.program.requirement(clause);
        let heading = format!("{} {}", self.input.program.name(row.id), self.input.sources.text(row.title));
        self.text.push_str(&format!("\n  {}\n", self.paint("1", &heading)));
    }

    fn row(&mut self, id: RequirementId, status: Status) {
        let row = self.input.program.requirement(id);
        let code = match status {
            Status::Covered => "32",
            Status::Excluded => "90",
            Status::Partial => "33",
            Status::Uncovered => "31",
        };
        let word = self.paint(code, &format!("{:9}", status.word()));
        let title = self.input.sources.text(row.title);
        self.text.push_str(&format!("    {word}  {:14}  {title}\n", self.input.program.name(row.id)));
        if matches!(status, Status::Partial | Status::Uncovered) {
            for miss in self.input.coverage.misses(self.input.program, id).iter().take(3) {
                let (words, place) = miss_words(self.input, &EN, miss);
                let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
                self.text.push_str(&format!("               {}\n", self.paint("2", &format!("{words}{place}"))));
            }
        }
    }
}

/// A nearest miss in words, and where to look.
pub fn miss_words(input: &Checked<'_>, words: &Words, miss: &Miss) -> (String, Option<String>) {
    let (told, span) = miss_and_place(input.program, input.coverage, words, miss);
    (told, span.map(|span| place(input, span)))
}

/// A nearest miss in words, and the place to look at.
pub fn miss_and_place(program: &Program, coverage: &Coverage, words: &Words, miss: &Miss) -> (String, Option<Span>) {
    let name = |name| program.name(name);
    let id = |id: RequirementId| name(program.requirement(id).id);
    match miss {
        Miss::Part { part, status } => (fill(words.miss_part, &[id(*part), said::status(words, *status)]), None),
        Miss::Contribution { outcome, span } => (fill(words.miss_contribution, &[name(*outcome)]), Some(*span)),
        Miss::Incomplete { outcome, missing, span } => {
            let missing: Vec<&str> = missing.iter().map(|id| name(*id)).collect();
            (fill(words.miss_incomplete, &[name(*outcome), &missing.join(", ")]), Some(*span))
        }
        Miss::Line { crosswalk, line, is_from_left, span } => {
            let lacking = coverage.lacking(program, *crosswalk, *line, *is_from_left);
            let lacking: Vec<String> = lacking.map(|id| program.full_id(id)).collect();
            let crosswalk = name(program.crosswalk(*crosswalk).id);
            (fill(words.miss_line, &[crosswalk, &lacking.join(", ")]), Some(*span))
        }
        Miss::Neighbour { requirement, outcome, span } => {
            (fill(words.miss_neighbour, &[id(*requirement), name(*outcome)]), Some(*span))
        }
    }
}

/// `com.prm:12`, with the package before it where it is not the one asked for.
pub fn place(input: &Checked<'_>, span: Span) -> String {
    let path = &input.sources.file(span.file).path;
    let line = input.sources.line(span);
    match input.program.package_of(span).filter(|package| package.0 as usize + 1 != input.program.packages.len()) {
        Some(package) => format!("{}: {path}:{line}", input.program.package(package).name),
        None => format!("{path}:{line}"),
    }
}
