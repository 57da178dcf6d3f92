//! The table of the manual, section 4, word for word. What a world says as it stands is looked up once; the rest is done
//! without a thought for speed.

use std::collections::BTreeSet;

use prm::coverage::Status;

use super::world::{Kind, Line, World};

/// The status of each row; none for clauses.
pub fn judge(world: &World) -> Vec<Option<Status>> {
    let facts = Facts::of(world);
    let judge = Judge::new(&facts);
    (0..world.rows.len()).map(|row| (world.rows[row].kind != Kind::Clause).then(|| judge.status(row))).collect()
}

/// Where chains begin: at what is covered, or partial without any line.
pub fn begins(world: &World) -> Vec<bool> {
    Judge::new(&Facts::of(world)).begins
}

/// What the proofs of each row have to begin with, one for each link and line that gives its status by itself or to
/// something above, and one for its parts; a line or parts that rest on the row itself give nothing.
pub fn witnesses(world: &World) -> Vec<BTreeSet<String>> {
    let facts = Facts::of(world);
    let judge = Judge::new(&facts);
    let named = |row: usize| match judge.status(row) {
        _ if judge.is(row, Kind::Clause) => BTreeSet::new(),
        Status::Covered => judge.witnesses(row, true),
        Status::Partial => judge.witnesses(row, false),
        Status::Excluded => [if judge.is_named(row) { "exclusion" } else { "parts" }.to_owned()].into(),
        _ => BTreeSet::new(),
    };
    judge.all().map(named).collect()
}

/// The rows that count in a catalog.
pub fn counted(world: &World, catalog: usize) -> Vec<usize> {
    let asks: Vec<Option<usize>> =
        world.covers.iter().filter(|(other, _)| *other == catalog).map(|(_, clause)| *clause).collect();
    let is_asked =
        |row: usize| asks.iter().any(|clause| clause.is_none_or(|clause| ancestors(world, row).contains(&clause)));
    (0..world.rows.len())
        .filter(|row| world.rows[*row].catalog == catalog && world.rows[*row].kind != Kind::Clause && is_asked(*row))
        .collect()
}

/// How often each code of coverage has to be said.
pub fn diagnostics(world: &World) -> Vec<(&'static str, usize)> {
    let facts = Facts::of(world);
    let judge = Judge::new(&facts);
    let counted: Vec<usize> = (0..world.catalogs.len()).flat_map(|catalog| counted(world, catalog)).collect();
    let bare = |row: usize| judge.is_bare(row);
    let speaks = |row: &&usize| judge.status(**row) == Status::Uncovered && !judge.whole(**row).is_some_and(bare);
    let partial = |row: &&usize| judge.status(**row) == Status::Partial;
    let there: Vec<usize> = (0..world.outcomes.len()).filter(|at| !world.omitted.contains(at)).collect();
    let joined: BTreeSet<usize> =
        there.iter().flat_map(|at| world.links_of(*at)).flat_map(|link| link.together.clone()).collect();
    let unlinked = there.iter().filter(|at| world.links_of(**at).is_empty() && !joined.contains(at)).count();
    vec![
        ("P301", counted.iter().filter(speaks).count()),
        ("P302", counted.iter().filter(partial).count()),
        ("P304", if world.covers.is_empty() { 0 } else { unlinked }),
        ("P305", world.exclusions.iter().map(|row| judge.refused(*row)).sum()),
    ]
}

/// What a world says as it stands.
struct Facts<'a> {
    world: &'a World,
    above: Vec<Vec<usize>>,
    parts: Vec<Vec<usize>>,
    /// The rows of the links that are there; whether each link is one in full.
    links: Vec<(&'a [usize], bool)>,
    /// The lines in force, each with the numbers of its crosswalk and its own.
    lines: Vec<(usize, usize, &'a Line)>,
}

impl<'a> Facts<'a> {
    fn of(world: &'a World) -> Facts<'a> {
        let rows = || 0..world.rows.len();
        let parts = |row| rows().filter(|part| whole(world, *part) == Some(row)).collect();
        Facts {
            world,
            above: rows().map(|row| above(world, row)).collect(),
            parts: rows().map(parts).collect(),
            links: links(world),
            lines: numbered_lines(world),
        }
    }
}

struct Judge<'a> {
    world: &'a World,
    facts: &'a Facts<'a>,
    excluded: Vec<bool>,
    covered: Vec<bool>,
    partial: Vec<bool>,
    begins: Vec<bool>,
    /// The lines that make something partial: the crosswalk, the line, and the row that it enters.
    ties: BTreeSet<(usize, usize, usize)>,
    /// A row that does not count, nor what links and lines say of it and what is above it, to what is below it.
    without: Vec<usize>,
    /// Each row, and what is above it and counts.
    rows: Vec<Vec<usize>>,
}

impl<'a> Judge<'a> {
    fn new(facts: &'a Facts<'a>) -> Judge<'a> {
        Judge::without(facts, Vec::new())
    }

    fn without(facts: &'a Facts<'a>, without: Vec<usize>) -> Judge<'a> {
        let mut judge = Judge::covering(facts, without);
        judge.contribute();
        judge.chains();
        judge
    }

    /// Without what is partial.
    fn covering(facts: &'a Facts<'a>, without: Vec<usize>) -> Judge<'a> {
        let world = facts.world;
        let nothing = vec![false; world.rows.len()];
        let (excluded, covered, partial) = (nothing.clone(), nothing.clone(), nothing.clone());
        let counts = |row: usize, above: &usize| *above == row || !without.contains(above);
        let itself_and_above = |(row, above): (usize, &Vec<usize>)| {
            [vec![row], above.clone()].concat().into_iter().take_while(|above| counts(row, above)).collect()
        };
        let rows = facts.above.iter().enumerate().map(itself_and_above).collect();
        let ties = BTreeSet::new();
        let mut judge = Judge { world, facts, excluded, covered, partial, begins: nothing, ties, without, rows };
        judge.exclude();
        judge.cover();
        judge
    }

    /// The first that holds counts.
    fn status(&self, row: usize) -> Status {
        if self.excluded[row] {
            Status::Excluded
        } else if self.covered[row] {
            Status::Covered
        } else if self.partial[row] {
            Status::Partial
        } else {
            Status::Uncovered
        }
    }

    fn all(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.world.rows.len()
    }

    fn is(&self, row: usize, kind: Kind) -> bool {
        self.world.rows[row].kind == kind
    }

    fn witnesses(&self, row: usize, in_full: bool) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let there = |outcome: &usize| !self.world.omitted.contains(outcome);
        for target in self.rows[row].iter().copied() {
            for outcome in (0..self.world.outcomes.len()).filter(there) {
                for link in self.world.links_of(outcome).iter().filter(|link| link.rows.contains(&target)) {
                    if !in_full || (!link.partly && link.together.iter().all(there)) {
                        found.insert(format!("R{target} by {outcome} with {:?}", link.together));
                    }
                }
            }
            for (crosswalk, number, line) in self.facts.lines.iter().copied() {
                let gives = match in_full {
                    true => {
                        self.carries(line, target)
                            && Judge::covering(self.facts, vec![row, target]).carries(line, target)
                    }
                    false => self.ties.contains(&(crosswalk, number, target)),
                };
                if gives {
                    found.insert(format!("R{target} by line {number} of {crosswalk}"));
                }
            }
        }
        let without = Judge::without(self.facts, vec![row]);
        let is_met = |part: &usize| without.covered[*part] || without.partial[*part];
        let has_parts = if in_full { without.has_met_parts(row) } else { self.parts(row).iter().any(is_met) };
        if has_parts {
            found.insert("parts".to_owned());
        }
        found
    }

    /// "Parts" are the requirements directly below a requirement or control.
    fn parts(&self, row: usize) -> &[usize] {
        &self.facts.parts[row]
    }

    fn whole(&self, part: usize) -> Option<usize> {
        whole(self.world, part)
    }

    fn is_part_of_control(&self, row: usize) -> bool {
        self.is(row, Kind::Requirement) && ancestors(self.world, row).iter().any(|above| self.is(*above, Kind::Control))
    }

    fn is_tailorable(&self, row: usize) -> bool {
        self.world.catalogs[self.world.rows[row].catalog]
    }

    /// For how many requirements an exclusion is refused.
    fn refused(&self, named: usize) -> usize {
        if self.is_tailorable(named) || self.is(named, Kind::Control) {
            return 0;
        }
        if self.is(named, Kind::Requirement) {
            return 1;
        }
        let below = self.all().filter(|row| ancestors(self.world, *row).contains(&named));
        below.filter(|row| self.is(*row, Kind::Requirement) && !self.is_part_of_control(*row)).count()
    }

    fn exclude(&mut self) {
        self.excluded = self.all().map(|row| !self.is(row, Kind::Clause) && self.is_named(row)).collect();
        while let Some(whole) = self.all().find(|row| {
            let parts = self.parts(*row);
            !self.excluded[*row] && !parts.is_empty() && parts.iter().all(|part| self.excluded[*part])
        }) {
            self.excluded[whole] = true;
        }
    }

    /// Whether an exclusion names it, or something above it.
    fn is_named(&self, row: usize) -> bool {
        [vec![row], self.facts.above[row].clone()]
            .concat()
            .iter()
            .filter(|named| self.world.exclusions.contains(named))
            .any(|named| match self.world.rows[*named].kind {
                Kind::Control => true,
                Kind::Requirement => self.is_tailorable(row),
                Kind::Clause => self.is_tailorable(row) || self.is(row, Kind::Control) || self.is_part_of_control(row),
            })
    }

    fn is_linked(&self, row: usize, in_full: bool) -> bool {
        let targets = &self.rows[row];
        self.facts.links.iter().any(|(rows, full)| *full == in_full && rows.iter().any(|row| targets.contains(row)))
    }

    fn is_carried(&self, row: usize) -> bool {
        self.rows[row].iter().any(|row| self.facts.lines.iter().any(|(.., line)| self.carries(line, *row)))
    }

    fn carries(&self, line: &Line, row: usize) -> bool {
        let all_covered = |side: &[usize]| side.iter().all(|row| self.covered[*row]);
        let to_right = matches!(line.relation, "equals" | "equivalent to" | "superset of");
        let to_left = matches!(line.relation, "equals" | "equivalent to" | "subset of");
        (to_right && line.right.contains(&row) && all_covered(&line.left))
            || (to_left && line.left.contains(&row) && all_covered(&line.right))
    }

    fn has_met_parts(&self, row: usize) -> bool {
        let parts = self.parts(row);
        parts.iter().all(|part| self.covered[*part] || self.excluded[*part])
            && parts.iter().any(|part| self.covered[*part])
    }

    /// The least that fulfils the table: rows are added until none can be.
    fn cover(&mut self) {
        let is_covered = |judge: &Self, row: usize| {
            !judge.is(row, Kind::Clause)
                && !judge.without.contains(&row)
                && !judge.excluded[row]
                && !judge.covered[row]
                && (judge.is_linked(row, true) || judge.has_met_parts(row) || judge.is_carried(row))
        };
        while let found = self.all().filter(|row| is_covered(self, *row)).collect::<Vec<_>>()
            && !found.is_empty()
        {
            found.into_iter().for_each(|row| self.covered[row] = true);
        }
    }

    /// Partial by its own links and parts.
    fn contribute(&mut self) {
        let is_partial = |judge: &Self, row: usize| {
            let has_met_part = || judge.parts(row).iter().any(|part| judge.covered[*part] || judge.partial[*part]);
            !judge.is(row, Kind::Clause)
                && !judge.without.contains(&row)
                && judge.status(row) == Status::Uncovered
                && (judge.is_linked(row, false) || has_met_part())
        };
        while let found = self.all().filter(|row| is_partial(self, *row)).collect::<Vec<_>>()
            && !found.is_empty()
        {
            found.into_iter().for_each(|row| self.partial[row] = true);
        }
    }

    /// All chains of lines: where each began, which catalogs it entered, and where it stands. What it makes partial is in
    /// a catalog that it did not enter before; it may go on through others all the same.
    fn chains(&mut self) {
        self.begins = self.all().map(|row| self.covered[row] || self.partial[row]).collect();
        let begins = self.all().filter(|row| self.begins[*row]);
        // The catalogs that were entered, a bit for each.
        let mut known: BTreeSet<(usize, u32, usize)> = BTreeSet::new();
        let mut open: Vec<(usize, u32, usize)> = begins.map(|row| (self.world.rows[row].catalog, 0, row)).collect();
        let mut ties: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        let mut ends: Vec<usize> = Vec::new();
        while let Some((began_in, entered, row)) = open.pop() {
            if !known.insert((began_in, entered, row)) {
                continue;
            }
            let entries = self
                .facts
                .lines
                .iter()
                .flat_map(|(at, line, sides)| across(sides, row).into_iter().map(move |row| (*at, *line, row)));
            for (at, line, tied) in entries {
                let catalog = self.world.rows[tied].catalog;
                if catalog == began_in || self.excluded[tied] {
                    continue;
                }
                let is_new = entered & 1 << catalog == 0;
                if is_new {
                    ties.insert((at, line, tied));
                }
                let below = self.all().filter(|row| self.rows[*row].contains(&tied));
                let wholes = std::iter::successors(self.whole(tied), |whole| self.whole(*whole));
                for row in below.chain(wholes).filter(|row| !self.excluded[*row]) {
                    if is_new {
                        ends.push(row);
                    }
                    open.push((began_in, entered | 1 << catalog, row));
                }
            }
        }
        ends.into_iter().filter(|row| !self.without.contains(row)).for_each(|row| self.partial[row] = true);
        self.ties = ties;
    }

    /// Whether a row is uncovered with all its parts, and theirs.
    fn is_bare(&self, row: usize) -> bool {
        self.status(row) == Status::Uncovered && self.parts(row).iter().all(|part| self.is_bare(*part))
    }
}

/// The rows on the other side of a line.
fn across(line: &Line, row: usize) -> Vec<usize> {
    let mut rows = Vec::new();
    if line.left.contains(&row) {
        rows.extend(&line.right);
    }
    if line.right.contains(&row) {
        rows.extend(&line.left);
    }
    rows
}

/// What a row stands in, the nearest first.
fn ancestors(world: &World, row: usize) -> Vec<usize> {
    std::iter::successors(world.rows[row].parent, |parent| world.rows[*parent].parent).collect()
}

/// "Above" are the requirements, controls and clauses that it stands in, except, for an enhancement and what is below it,
/// the controls that it enhances.
fn above(world: &World, row: usize) -> Vec<usize> {
    let is_control = |row: usize| world.rows[row].kind == Kind::Control;
    let mut above = Vec::new();
    let mut enhances = false;
    let mut child = row;
    for parent in ancestors(world, row) {
        enhances |= is_control(child) && is_control(parent);
        if !(enhances && is_control(parent)) {
            above.push(parent);
        }
        child = parent;
    }
    above
}

fn whole(world: &World, part: usize) -> Option<usize> {
    let parent = world.rows[part].parent?;
    (world.rows[part].kind == Kind::Requirement && world.rows[parent].kind != Kind::Clause).then_some(parent)
}

/// The links of the outcomes that are there.
fn links(world: &World) -> Vec<(&[usize], bool)> {
    let there = |outcome: &usize| !world.omitted.contains(outcome);
    (0..world.outcomes.len())
        .filter(there)
        .flat_map(|outcome| world.links_of(outcome))
        .map(|link| (link.rows.as_slice(), !link.partly && link.together.iter().all(there)))
        .collect()
}

/// A line with a clause on it decides nothing.
fn numbered_lines(world: &World) -> Vec<(usize, usize, &Line)> {
    let in_force = world.crosswalks.iter().enumerate().filter(|(_, crosswalk)| crosswalk.in_force);
    let lines = in_force.flat_map(|(at, crosswalk)| (0..).zip(&crosswalk.lines).map(move |(n, line)| (at, n, line)));
    let is_clause = |row: &usize| world.rows[*row].kind == Kind::Clause;
    lines
        .filter(|_| !world.covers.is_empty())
        .filter(|(.., line)| !line.left.iter().chain(&line.right).any(is_clause))
        .collect()
}
