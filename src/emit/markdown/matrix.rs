//! Annex A the other way round: what each process does for the requirements, and a matrix of processes and clauses.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::coverage::CatalogCoverage;
use crate::document::words::fill;
use crate::document::{Column, Document, Inline, Row, Side, Table};
use crate::emit::order;
use crate::emit::page::Page;
use crate::model::{Element, Name, Process, ReqKind, RequirementId, Strength};

/// How far a process satisfies a requirement, by what its outcomes claim; the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    /// One of its outcomes does, by itself.
    Full,
    /// Its outcomes do together, or with those of other processes.
    Together,
    /// In part.
    Part,
}

type Shares = FxHashMap<Name, BTreeMap<RequirementId, Share>>;

/// The sections.
pub(super) fn back(page: &Page<'_>, document: &mut Document) {
    let processes = order::processes(&page.input);
    let shares = shares(page, &processes);
    let words = page.words;
    document.section(Vec::new(), Inline::plain(words.back));
    if shares.is_empty() {
        document.paragraph(Inline::plain(words.back_nothing));
        return;
    }
    document.paragraph(Inline::plain(words.back_lead));
    let rows = processes.iter().map(|process| {
        let of = shares.get(&process.id);
        let kept = |share: Share| {
            let kept = of.into_iter().flatten().filter(move |(_, other)| **other == share);
            page.requirement_cites(kept.map(|(requirement, _)| *requirement))
        };
        let title = page.process_link(process.id).then(" ").and(&page.text(process.title));
        vec![title, kept(Share::Full), kept(Share::Together), kept(Share::Part)]
    });
    let head = [words.process, words.in_full_head, words.together_head, words.in_part_head];
    document.told_table(words.told_back, words.back_caption, &head, rows);
    let columns: Vec<_> =
        page.input.coverage.catalogs.iter().map(|coverage| (coverage, columns(page, coverage))).collect();
    if columns.iter().all(|(_, columns)| columns.len() < 2) {
        return;
    }
    document.section(Vec::new(), Inline::plain(words.matrix));
    document.paragraph(Inline::plain(words.matrix_lead));
    for (coverage, columns) in columns.iter().filter(|(_, columns)| columns.len() > 1) {
        matrix(page, document, coverage, columns, &processes, &shares);
    }
}

fn shares(page: &Page<'_>, processes: &[&Process]) -> Shares {
    let mut shares = Shares::default();
    let mut add = |process: Name, requirement: RequirementId, share: Share| {
        let known = shares.entry(process).or_default().entry(requirement).or_insert(share);
        *known = share.min(*known);
    };
    for process in processes {
        for outcome in &process.outcomes {
            for link in &outcome.links {
                let partners: Vec<_> = page.model().partners(outcome, link).collect();
                let share = match link.strength {
                    Strength::Partial => Share::Part,
                    Strength::Full if partners.iter().any(|member| !member.is_there) => Share::Part,
                    Strength::Full if link.joint_set.is_some() => Share::Together,
                    Strength::Full => Share::Full,
                };
                add(process.id, link.requirement, share);
                for member in partners.iter().filter(|member| member.is_there) {
                    let Some(Element::Outcome(at, _)) = page.model().index.get(&member.id) else { continue };
                    if let Some(partner) = page.model().process_at(*at) {
                        add(partner.id, link.requirement, share);
                    }
                }
            }
        }
    }
    shares
}

/// The clause by which a matrix tells of a requirement: `None` for one that stands in none.
type Clause = Option<RequirementId>;

/// The clauses of a catalog, in its order: those at its top, and for one that holds more than a third of all, its own.
fn columns(page: &Page<'_>, coverage: &CatalogCoverage) -> Vec<(Clause, Vec<RequirementId>)> {
    let program = page.input.program;
    let is_clause = |id: RequirementId| program.requirement(id).kind == ReqKind::Clause;
    let clauses = |id: RequirementId| -> Vec<RequirementId> {
        let mut above: Vec<_> = program.standing_in(id).filter(|above| is_clause(*above)).collect();
        above.sort_unstable();
        above
    };
    let mut held: BTreeMap<RequirementId, usize> = BTreeMap::new();
    for top in coverage.requirements.iter().filter_map(|id| clauses(*id).first().copied()) {
        *held.entry(top).or_default() += 1;
    }
    let large: BTreeSet<RequirementId> =
        held.into_iter().filter(|(_, held)| held * 3 > coverage.requirements.len()).map(|(id, _)| id).collect();
    let mut columns: Vec<(Clause, Vec<RequirementId>)> = Vec::new();
    let mut places: FxHashMap<Clause, usize> = FxHashMap::default();
    for id in coverage.requirements.iter().copied() {
        let clauses = clauses(id);
        let top = clauses.first().copied();
        let inner = top.filter(|top| large.contains(top)).and_then(|_| clauses.get(1).copied());
        let clause = inner.or(top);
        let place = *places.entry(clause).or_insert(columns.len());
        match columns.get_mut(place) {
            Some((_, rows)) => rows.push(id),
            None => columns.push((clause, vec![id])),
        }
    }
    columns
}

/// The columns that a claim reaches, so that no process looks at all requirements.
struct Reach {
    columns: usize,
    /// The column of each requirement.
    places: FxHashMap<RequirementId, usize>,
    /// The requirements that stand in each clause or requirement.
    below: FxHashMap<RequirementId, Vec<RequirementId>>,
}

impl Reach {
    fn new(page: &Page<'_>, columns: &[(Clause, Vec<RequirementId>)]) -> Reach {
        let mut reach = Reach { columns: columns.len(), places: FxHashMap::default(), below: FxHashMap::default() };
        for (column, (_, rows)) in columns.iter().enumerate() {
            for row in rows {
                reach.places.insert(*row, column);
                for up in page.input.program.above(*row) {
                    reach.below.entry(up).or_default().push(*row);
                }
            }
        }
        reach
    }

    /// The best that a process claims in each column.
    fn marks(&self, page: &Page<'_>, of: Option<&BTreeMap<RequirementId, Share>>) -> Vec<Option<Share>> {
        let mut marks = vec![None; self.columns];
        let Some(of) = of else { return marks };
        // What names a clause names all that stands in it, but for what is named itself.
        let claim =
            |row: RequirementId| of.get(&row).or_else(|| page.input.program.above(row).find_map(|up| of.get(&up)));
        for row in of.keys().flat_map(|named| self.below.get(named).into_iter().flatten().chain([named])) {
            let mark = self.places.get(row).and_then(|column| marks.get_mut(*column));
            if let (Some(mark), Some(share)) = (mark, claim(*row)) {
                *mark = Some(mark.map_or(*share, |known: Share| known.min(*share)));
            }
        }
        marks
    }
}

fn matrix(
    page: &Page<'_>,
    document: &mut Document,
    coverage: &CatalogCoverage,
    columns: &[(Clause, Vec<RequirementId>)],
    processes: &[&Process],
    shares: &Shares,
) {
    let reach = Reach::new(page, columns);
    let rows: Vec<Row> = processes
        .iter()
        .map(|process| {
            let marks = reach.marks(page, shares.get(&process.id)).into_iter().map(|mark| match mark {
                None => Inline::default(),
                Some(Share::Part) => Inline::plain(page.words.part),
                Some(Share::Full | Share::Together) => Inline::plain("x"),
            });
            std::iter::once(page.process_link(process.id)).chain(marks).map(Into::into).collect()
        })
        .collect();
    let head = columns.iter().map(|(clause, _)| match clause {
        Some(clause) => Inline::plain(page.label(*clause)),
        None => Inline::plain(page.words.none_lower),
    });
    let named = page.designation(coverage.catalog);
    let table = Table::under(std::iter::once(Inline::plain(page.words.process)).chain(head), rows);
    let mut sides: Vec<Column> = table.columns.iter().map(|column| Column { side: Side::Center, ..*column }).collect();
    if let Some(first) = sides.first_mut() {
        first.side = Side::Start;
    }
    let caption = Inline::filled(page.words.matrix_caption, &[&Inline::plain(named)]);
    let told = fill(page.words.told_matrix, &[named]);
    document.push_told_table(&told, Table { caption, columns: sides, is_landscape: true, ..table });
}
