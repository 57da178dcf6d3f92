//! The statuses of generated models, beside a second, naive computation of the table in section 4 of the contract.
//!
//! The second computation knows the generator's own data alone: it shares nothing with the compiler but the names of
//! the statuses, and tries every rule on every requirement, and every path through the crosswalks, until nothing
//! changes.

use std::collections::{BTreeMap, BTreeSet};

use prm::compile::Compilation;
use prm::coverage::{Reason, Status, Step, Summary};
use prm::model::{Name, RequirementId, Strength};
use prm::source::Memory;

const SEEDS: u64 = 3_000;

#[test]
fn statuses_and_summaries_are_those_of_the_table() {
    for seed in 0..SEEDS {
        let world = World::generate(seed);
        let compiled = Compiled::new(&world, None);
        let expected = statuses(&world);
        compiled.assert_statuses(&expected);
        compiled.assert_summaries(&expected);
    }
}

#[test]
fn each_witness_proves_its_status() {
    for seed in 0..SEEDS {
        let world = World::generate(seed);
        let compiled = Compiled::new(&world, None);
        let expected = statuses(&world);
        for (row, status) in world.judged().map(|row| (row, expected[row])) {
            let witnesses = compiled.witnesses(row);
            let is_proved = match status {
                Status::Covered => witnesses.iter().all(|steps| Proof::new(&compiled, &expected).covers(row, steps)),
                Status::Partial => witnesses.iter().all(|steps| Proof::new(&compiled, &expected).ties(row, steps)),
                Status::Excluded => witnesses.iter().all(|steps| compiled.excludes(row, steps)),
                _ => true,
            };
            if !is_proved || witnesses.is_empty() != (status == Status::Uncovered) {
                compiled.fail(&format!("{} is {}, but {witnesses:#?}", world.full_id(row), status.word()));
            }
        }
    }
}

#[test]
fn order_and_files_do_not_matter() {
    for seed in 0..SEEDS / 3 {
        let world = World::generate(seed);
        let expected = statuses(&world);
        for round in 0..2 {
            let compiled = Compiled::new(&world, Some(Random::new(seed * 2 + round)));
            compiled.assert_statuses(&expected);
            compiled.assert_summaries(&expected);
        }
    }
}

/// A generator that makes all alike would prove nothing.
#[test]
fn generated_models_show_every_status_and_every_proof() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..SEEDS / 3 {
        let world = World::generate(seed);
        let compiled = Compiled::new(&world, None);
        let expected = statuses(&world);
        for row in world.judged() {
            let status = expected[row].word();
            *seen.entry(status.to_owned()).or_default() += 1;
            for steps in compiled.witnesses(row) {
                let lines = steps.iter().filter(|step| matches!(step.reason, Reason::Line { .. })).count();
                *seen.entry(format!("{status} over {} lines", lines.min(3))).or_default() += 1;
                for step in steps {
                    let reason = match step.reason {
                        Reason::Outcome { .. } => "an outcome",
                        Reason::Joint { missing, .. } if missing.is_empty() => "a joint set",
                        Reason::Joint { .. } => "an incomplete joint set",
                        Reason::Above { .. } => "something above",
                        Reason::Parts { .. } => "parts",
                        Reason::Line { .. } => "a line",
                        Reason::Exclusion { .. } => "an exclusion",
                    };
                    *seen.entry(format!("{status} by {reason}")).or_default() += 1;
                }
            }
        }
    }
    let rare = [
        "uncovered",
        "excluded by an exclusion",
        "covered by a joint set",
        "covered by something above",
        "covered by parts",
        "covered over 2 lines",
        "covered over 3 lines",
        "partial by an incomplete joint set",
        "partial by something above",
        "partial by parts",
        "partial over 2 lines",
        "partial over 3 lines",
    ];
    for kind in rare {
        assert!(seen.get(kind).is_some_and(|count| *count >= 5), "too few are {kind}: {seen:#?}");
    }
}

// The generated models.

/// Numbers that look random: xorshift64*.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// So many of the items, or all there are, in any order.
    fn some<T: Copy>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut items = items.to_vec();
        self.shuffle(&mut items);
        items.truncate(count);
        items
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Clause,
    Requirement,
    Control,
}

/// A row of a catalog; rows, outcomes and the like go by their positions in the [`World`].
struct Row {
    catalog: usize,
    kind: Kind,
    id: String,
    parent: Option<usize>,
}

struct Catalog {
    id: String,
    tailorable: bool,
}

const RELATIONS: [&str; 5] = ["equals", "equivalent to", "subset of", "superset of", "intersects"];

struct Line {
    left: Vec<usize>,
    relation: &'static str,
    right: Vec<usize>,
}

struct Crosswalk {
    id: String,
    from: usize,
    to: usize,
    lines: Vec<Line>,
}

struct Cover {
    catalog: usize,
    clause: Option<usize>,
    through: Vec<usize>,
    on_top: bool,
}

struct Exclusion {
    rows: Vec<usize>,
    on_top: bool,
}

#[derive(Clone)]
struct Link {
    rows: Vec<usize>,
    full: bool,
    together: Vec<usize>,
}

struct Outcome {
    process: usize,
    number: usize,
    links: Vec<Link>,
    /// The links that the upper layer gives it instead.
    replaced: Option<Vec<Link>>,
    /// Whether the upper layer leaves it out.
    omitted: bool,
}

/// A model over catalogs and crosswalks, in one package or in a base with a layer on top.
struct World {
    seed: u64,
    layered: bool,
    catalogs: Vec<Catalog>,
    rows: Vec<Row>,
    crosswalks: Vec<Crosswalk>,
    covers: Vec<Cover>,
    exclusions: Vec<Exclusion>,
    /// Whether each process belongs to the layer on top.
    processes: Vec<bool>,
    outcomes: Vec<Outcome>,
}

impl World {
    fn generate(seed: u64) -> World {
        let mut random = Random::new(seed);
        let mut world = World {
            seed,
            layered: random.chance(35),
            catalogs: Vec::new(),
            rows: Vec::new(),
            crosswalks: Vec::new(),
            covers: Vec::new(),
            exclusions: Vec::new(),
            processes: Vec::new(),
            outcomes: Vec::new(),
        };
        for number in 0..random.between(1, 4) {
            world.add_catalog(number, &mut random);
        }
        if world.catalogs.len() > 1 {
            for number in 0..random.between(1, 3) {
                world.add_crosswalk(number, &mut random);
            }
        }
        for _ in 0..random.between(1, 3) {
            world.add_cover(&mut random);
        }
        for _ in 0..random.below(3) {
            let count = random.between(1, 2);
            let rows = random.some(&(0..world.rows.len()).collect::<Vec<_>>(), count);
            world.exclusions.push(Exclusion { rows, on_top: world.layered && random.chance(50) });
        }
        world.add_processes(&mut random);
        world
    }

    fn add_catalog(&mut self, number: usize, random: &mut Random) {
        self.catalogs.push(Catalog { id: format!("cat{number}"), tailorable: random.chance(35) });
        // Without a prefix, an id occurs in several catalogs.
        let prefix = if random.chance(50) { String::new() } else { ["K", "L", "M", "N"][number].to_owned() };
        let end = self.rows.len() + random.between(3, 13);
        let kind = if random.chance(50) { Kind::Requirement } else { Kind::Control };
        self.rows.push(Row { catalog: number, kind, id: format!("{prefix}1"), parent: None });
        for top in 2..=random.between(2, 4) {
            self.add_row(number, None, format!("{prefix}{top}"), end, random);
        }
        while self.rows.len() < end {
            let first = self.rows_of(number)[0];
            let parent = random.between(first, self.rows.len() - 1);
            let brothers = self.rows.iter().filter(|row| row.parent == Some(parent)).count();
            let id = format!("{}.{}", self.rows[parent].id, brothers + 1);
            self.add_row(number, Some(parent), id, end, random);
        }
    }

    fn add_row(&mut self, catalog: usize, parent: Option<usize>, id: String, end: usize, random: &mut Random) {
        let kinds = match parent.map(|parent| self.rows[parent].kind) {
            None | Some(Kind::Clause) => &[Kind::Clause, Kind::Requirement, Kind::Control][..],
            Some(Kind::Control) => &[Kind::Requirement, Kind::Control],
            Some(Kind::Requirement) => &[Kind::Requirement],
        };
        if self.rows.len() < end {
            self.rows.push(Row { catalog, kind: kinds[random.below(kinds.len())], id, parent });
        }
    }

    fn add_crosswalk(&mut self, number: usize, random: &mut Random) {
        let catalogs: Vec<usize> = (0..self.catalogs.len()).collect();
        // Crosswalks in a row make long chains.
        let in_a_row = if random.chance(60) { catalogs.get(number..number + 2) } else { None };
        let [from, to] = in_a_row.map_or_else(|| random.some(&catalogs, 2), <[usize]>::to_vec)[..] else { return };
        let [from, to] = if random.chance(50) { [from, to] } else { [to, from] };
        let lines = (0..random.below(6))
            .map(|_| {
                let left = self.side(from, random);
                let right = self.side(to, random);
                Line { left, relation: RELATIONS[random.below(RELATIONS.len())], right }
            })
            .collect();
        self.crosswalks.push(Crosswalk { id: format!("walk{number}"), from, to, lines });
    }

    fn side(&self, catalog: usize, random: &mut Random) -> Vec<usize> {
        let with_clauses = random.chance(8);
        let rows: Vec<usize> =
            self.rows_of(catalog).into_iter().filter(|row| with_clauses || !self.is_clause(*row)).collect();
        let count = if random.chance(60) { 1 } else { random.between(2, 3) };
        random.some(&rows, count)
    }

    fn add_cover(&mut self, random: &mut Random) {
        let catalog = random.below(self.catalogs.len());
        let clauses: Vec<usize> = self.rows_of(catalog).into_iter().filter(|row| self.is_clause(*row)).collect();
        let clause = if random.chance(35) { random.some(&clauses, 1).pop() } else { None };
        let through = (0..self.crosswalks.len()).filter(|_| random.chance(70)).collect();
        self.covers.push(Cover { catalog, clause, through, on_top: self.layered && random.chance(40) });
    }

    fn add_processes(&mut self, random: &mut Random) {
        for process in 0..random.between(1, 4) {
            self.processes.push(self.layered && process > 0 && random.chance(35));
            for number in 1..=random.between(1, 4) {
                let omitted = self.layered && !self.processes[process] && random.chance(20);
                self.outcomes.push(Outcome { process, number, links: Vec::new(), replaced: None, omitted });
            }
        }
        let most = random.below(4);
        for outcome in 0..self.outcomes.len() {
            let on_top = self.processes[self.outcomes[outcome].process];
            self.outcomes[outcome].links = self.links(outcome, on_top, most, random);
            if self.layered && !on_top && !self.outcomes[outcome].omitted && random.chance(15) {
                self.outcomes[outcome].replaced = Some(self.links(outcome, true, most, random));
            }
        }
    }

    /// Links for an outcome, stated in the base or on top: the base does not see what is on top, the top not what it
    /// leaves out.
    fn links(&self, outcome: usize, on_top: bool, most: usize, random: &mut Random) -> Vec<Link> {
        let partners: Vec<usize> = (0..self.outcomes.len())
            .filter(|other| *other != outcome)
            .filter(|other| on_top || !self.processes[self.outcomes[*other].process])
            .filter(|other| !on_top || !self.outcomes[*other].omitted)
            .collect();
        (0..random.between(0, most))
            .map(|_| {
                let with_clauses = random.chance(15);
                let rows: Vec<usize> =
                    (0..self.rows.len()).filter(|row| with_clauses || !self.is_clause(*row)).collect();
                let count = random.between(1, 3);
                let rows = random.some(&rows, count);
                let full = random.chance(65);
                let count = if full && random.chance(35) { random.between(1, 2) } else { 0 };
                Link { rows, full, together: random.some(&partners, count) }
            })
            .collect()
    }

    fn is_clause(&self, row: usize) -> bool {
        self.rows[row].kind == Kind::Clause
    }

    fn rows_of(&self, catalog: usize) -> Vec<usize> {
        (0..self.rows.len()).filter(|row| self.rows[*row].catalog == catalog).collect()
    }

    /// The requirements and controls.
    fn judged(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(|row| !self.is_clause(*row))
    }

    fn full_id(&self, row: usize) -> String {
        format!("{}:{}", self.catalogs[self.rows[row].catalog].id, self.rows[row].id)
    }

    fn outcome_id(&self, outcome: usize) -> String {
        format!("{}.{}", process_id(self.outcomes[outcome].process), self.outcomes[outcome].number)
    }

    /// The links that an outcome has in the end, layers and all.
    fn links_of(&self, outcome: usize) -> &[Link] {
        let outcome = &self.outcomes[outcome];
        match &outcome.replaced {
            _ if outcome.omitted => &[],
            Some(links) => links,
            None => &outcome.links,
        }
    }
}

fn process_id(process: usize) -> String {
    ["PA", "PB", "PC", "PD"][process].to_owned()
}

// The generated models as text.

/// A statement with its block.
struct Statement {
    head: String,
    block: Option<Vec<Statement>>,
}

fn statement(head: String) -> Statement {
    Statement { head, block: None }
}

impl Statement {
    fn print(&self, indent: &str, text: &mut String) {
        let deeper = format!("{indent}  ");
        *text += indent;
        *text += &self.head;
        if let Some(block) = &self.block {
            *text += " {\n";
            block.iter().for_each(|statement| statement.print(&deeper, text));
            *text += indent;
            *text += "}";
        }
        *text += "\n";
    }
}

fn shuffle(statements: &mut [Statement], random: &mut Random) {
    random.shuffle(statements);
    statements.iter_mut().filter_map(|statement| statement.block.as_mut()).for_each(|block| shuffle(block, random));
}

impl World {
    /// The files of the packages, and the path to compile: one file where nothing asks for more, or all statements in
    /// any order, spread over several files.
    fn files(&self, mut order: Option<Random>) -> (Memory, &'static str) {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let (path, base_folder) = match (self.layered, &order) {
            (true, _) => ("top", "base/"),
            (false, Some(_)) => ("", ""),
            (false, None) => ("model.prm", ""),
        };
        let mut packages = vec![("base", base_folder, self.base(), "")];
        if self.layered {
            packages.push(("top", "top/", self.top(), "[dependencies]\nbase = { path = \"../base\" }\n"));
        }
        for (name, folder, mut statements, dependencies) in packages {
            if path != "model.prm" {
                let manifest = format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{dependencies}");
                files.insert(format!("{folder}prm.toml"), manifest.into_bytes());
            }
            let mut texts = vec![String::new(); 1];
            if let Some(random) = &mut order {
                shuffle(&mut statements, random);
                texts.resize(random.between(1, 3), String::new());
            }
            for statement in statements {
                let file = order.as_mut().map_or(0, |random| random.below(texts.len()));
                statement.print("", &mut texts[file]);
            }
            for (file, text) in ["model.prm", "a/first.prm", "z/last.prm"].iter().zip(texts) {
                files.insert(format!("{folder}{file}"), text.into_bytes());
            }
        }
        (Memory(files), path)
    }

    fn base(&self) -> Vec<Statement> {
        let catalogs = self.catalogs.iter().enumerate().map(|(number, catalog)| {
            let mut block = self.print_rows(number, None);
            if catalog.tailorable {
                block.insert(0, statement("tailorable".to_owned()));
            }
            Statement { head: format!("catalog {} \"Catalog\"", catalog.id), block: Some(block) }
        });
        let crosswalks = self.crosswalks.iter().map(|crosswalk| {
            let (from, to) = (&self.catalogs[crosswalk.from].id, &self.catalogs[crosswalk.to].id);
            let head = format!("crosswalk {} \"Crosswalk\" from {from} to {to}", crosswalk.id);
            let lines = crosswalk.lines.iter().map(|line| {
                let side = |rows: &[usize]| rows.iter().map(|row| self.side_id(*row)).collect::<Vec<_>>().join(", ");
                statement(format!("{} {} {}", side(&line.left), line.relation, side(&line.right)))
            });
            Statement { head, block: Some(lines.collect()) }
        });
        let model = Statement { head: "model base \"Model\"".to_owned(), block: Some(self.print_model(false)) };
        catalogs.chain(crosswalks).chain([model]).chain(self.print_processes(false)).collect()
    }

    fn top(&self) -> Vec<Statement> {
        let model =
            Statement { head: "model top \"Layer\" extends base".to_owned(), block: Some(self.print_model(true)) };
        let mut statements = vec![statement("use base".to_owned()), model];
        statements.extend(self.print_processes(true));
        for number in 0..self.outcomes.len() {
            let outcome = &self.outcomes[number];
            if outcome.omitted {
                statements.push(statement(format!("omit {} because \"Not here.\"", self.outcome_id(number))));
            }
            if let Some(links) = &outcome.replaced {
                let head = format!("replace outcome {} \"This is so.\" because \"Better.\"", outcome.number);
                let replaced = statement(head + &self.print_links(links));
                let head = format!("extend process {}", process_id(outcome.process));
                statements.push(Statement { head, block: Some(vec![replaced]) });
            }
        }
        statements
    }

    fn print_rows(&self, catalog: usize, parent: Option<usize>) -> Vec<Statement> {
        let rows = self.rows_of(catalog).into_iter().filter(|row| self.rows[*row].parent == parent);
        rows.map(|row| {
            let word = match self.rows[row].kind {
                Kind::Clause => "clause",
                Kind::Requirement => "requirement",
                Kind::Control => "control",
            };
            let below = self.print_rows(catalog, Some(row));
            let block = if below.is_empty() { None } else { Some(below) };
            Statement { head: format!("{word} {} \"Title\"", self.rows[row].id), block }
        })
        .collect()
    }

    fn print_model(&self, on_top: bool) -> Vec<Statement> {
        let covers = self.covers.iter().filter(|cover| cover.on_top == on_top).map(|cover| {
            let clause = cover.clause.map(|clause| format!(":{}", self.rows[clause].id)).unwrap_or_default();
            let through: Vec<&str> =
                cover.through.iter().map(|crosswalk| self.crosswalks[*crosswalk].id.as_str()).collect();
            let through = if through.is_empty() { String::new() } else { format!(" through {}", through.join(", ")) };
            statement(format!("covers {}{clause}{through}", self.catalogs[cover.catalog].id))
        });
        let exclusions = self.exclusions.iter().filter(|exclusion| exclusion.on_top == on_top).map(|exclusion| {
            let rows: Vec<String> = exclusion.rows.iter().map(|row| self.reference(*row)).collect();
            statement(format!("exclude {} because \"Does not apply.\"", rows.join(", ")))
        });
        covers.chain(exclusions).collect()
    }

    fn print_processes(&self, on_top: bool) -> Vec<Statement> {
        let processes = (0..self.processes.len()).filter(|process| self.processes[*process] == on_top);
        processes
            .map(|process| {
                let outcomes = self.outcomes.iter().filter(|outcome| outcome.process == process).map(|outcome| {
                    let links = self.print_links(&outcome.links);
                    statement(format!("outcome {} \"It is so.\"{links}", outcome.number))
                });
                Statement {
                    head: format!("process {} \"Process\"", process_id(process)),
                    block: Some(outcomes.collect()),
                }
            })
            .collect()
    }

    fn print_links(&self, links: &[Link]) -> String {
        let print = |link: &Link| {
            let rows: Vec<String> = link.rows.iter().map(|row| self.reference(*row)).collect();
            let partners: Vec<String> = link.together.iter().map(|outcome| self.outcome_id(*outcome)).collect();
            let partners =
                if partners.is_empty() { String::new() } else { format!(" together with {}", partners.join(", ")) };
            let partly = if link.full { "" } else { "partly " };
            format!("\n    {partly}satisfies {}{partners}", rows.join(", "))
        };
        links.iter().map(print).collect()
    }

    /// A reference with its catalog where it must be, and sometimes else.
    fn reference(&self, row: usize) -> String {
        let is_ambiguous = self.rows.iter().filter(|other| other.id == self.rows[row].id).count() > 1;
        if is_ambiguous { self.full_id(row) } else { self.side_id(row) }
    }

    fn side_id(&self, row: usize) -> String {
        if row.is_multiple_of(4) { self.full_id(row) } else { self.rows[row].id.clone() }
    }
}

// The table of the contract, section 4.

impl World {
    /// Clauses pass on to all, requirements to what is in them, controls to their parts only.
    fn above(&self, row: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut only_parts = self.rows[row].kind == Kind::Requirement;
        let mut next = self.rows[row].parent;
        while let Some(whole) = next {
            if self.is_clause(whole) || only_parts {
                above.push(whole);
            }
            only_parts &= self.rows[whole].kind == Kind::Requirement;
            next = self.rows[whole].parent;
        }
        above
    }

    fn itself_and_above(&self, row: usize) -> Vec<usize> {
        std::iter::once(row).chain(self.above(row)).collect()
    }

    fn parts(&self, row: usize) -> Vec<usize> {
        let is_part = |part: &usize| self.rows[*part].parent == Some(row) && self.rows[*part].kind == Kind::Requirement;
        (0..self.rows.len()).filter(|_| !self.is_clause(row)).filter(is_part).collect()
    }

    fn is_named_by_exclusion(&self, row: usize) -> bool {
        self.exclusions.iter().any(|exclusion| exclusion.rows.contains(&row))
    }

    /// Whether an exclusion may take it, itself or with its clause; else it is P305.
    fn may_be_excluded(&self, row: usize) -> bool {
        match self.rows[row].kind {
            Kind::Clause => false,
            Kind::Control => true,
            Kind::Requirement => self.catalogs[self.rows[row].catalog].tailorable,
        }
    }

    fn is_complete(&self, link: &Link) -> bool {
        link.together.iter().all(|outcome| !self.outcomes[*outcome].omitted)
    }

    fn all_links(&self) -> impl Iterator<Item = &Link> {
        (0..self.outcomes.len()).flat_map(|outcome| self.links_of(outcome))
    }

    fn is_satisfied(&self, row: usize) -> bool {
        self.all_links().any(|link| link.full && self.is_complete(link) && link.rows.contains(&row))
    }

    fn is_contributed_to(&self, row: usize) -> bool {
        self.all_links().any(|link| !(link.full && self.is_complete(link)) && link.rows.contains(&row))
    }

    /// The lines that decide something, in both directions: what one side is to the other.
    fn directed_lines(&self) -> Vec<(&[usize], &'static str, &[usize])> {
        let in_force: BTreeSet<usize> = self.covers.iter().flat_map(|cover| cover.through.iter().copied()).collect();
        let lines = in_force.into_iter().flat_map(|crosswalk| &self.crosswalks[crosswalk].lines);
        let mut directed = Vec::new();
        for line in lines.filter(|line| !line.left.iter().chain(&line.right).any(|row| self.is_clause(*row))) {
            let turned = match line.relation {
                "subset of" => "superset of",
                "superset of" => "subset of",
                same => same,
            };
            directed.push((&line.left[..], line.relation, &line.right[..]));
            directed.push((&line.right[..], turned, &line.left[..]));
        }
        directed
    }
}

/// The status of each row; `Uncovered` for clauses.
fn statuses(world: &World) -> Vec<Status> {
    let lines = world.directed_lines();
    let excluded = until_stable(world, |row, excluded| {
        let parts = world.parts(row);
        let is_taken_with = |above: usize| match world.rows[above].kind {
            Kind::Clause => world.is_named_by_exclusion(above) && world.may_be_excluded(row),
            _ => excluded[above],
        };
        (world.is_named_by_exclusion(row) && world.may_be_excluded(row))
            || world.above(row).into_iter().any(is_taken_with)
            || (!parts.is_empty() && parts.iter().all(|part| excluded[*part]))
    });
    let covered = until_stable(world, |row, covered| {
        let parts = world.parts(row);
        let is_carried = |row: usize| {
            lines.iter().any(|(side, relation, other)| {
                other.contains(&row)
                    && ["equals", "equivalent to", "superset of"].contains(relation)
                    && side.iter().all(|row| covered[*row])
            })
        };
        !excluded[row]
            && (world.itself_and_above(row).into_iter().any(|row| world.is_satisfied(row) || is_carried(row))
                || (parts.iter().any(|part| covered[*part])
                    && parts.iter().all(|part| covered[*part] || excluded[*part])))
    });
    let mut partial = until_stable(world, |row, partial| {
        !excluded[row]
            && (world.itself_and_above(row).into_iter().any(|row| world.is_contributed_to(row))
                || world.parts(row).into_iter().any(|part| covered[part] || partial[part]))
    });
    let starts: Vec<usize> = world.judged().filter(|row| covered[*row] || partial[*row]).collect();
    for start in starts {
        follow(world, &lines, start, &excluded, &[world.rows[start].catalog], &mut partial);
    }
    let status = |row: usize| match () {
        () if excluded[row] => Status::Excluded,
        () if covered[row] => Status::Covered,
        () if partial[row] => Status::Partial,
        () => Status::Uncovered,
    };
    (0..world.rows.len()).map(status).collect()
}

/// Applies a rule to all requirements and controls until it gives nothing new.
fn until_stable(world: &World, rule: impl Fn(usize, &[bool]) -> bool) -> Vec<bool> {
    let mut holds = vec![false; world.rows.len()];
    loop {
        let new: Vec<usize> = world.judged().filter(|row| !holds[*row] && rule(*row, &holds)).collect();
        if new.is_empty() {
            return holds;
        }
        new.into_iter().for_each(|row| holds[row] = true);
    }
}

/// Walks all chains of lines that go on from a row, and notes what they make partial.
fn follow(
    world: &World,
    lines: &[(&[usize], &'static str, &[usize])],
    from: usize,
    excluded: &[bool],
    passed: &[usize],
    partial: &mut [bool],
) {
    for (_, _, others) in lines.iter().filter(|(side, ..)| side.contains(&from)) {
        for tied in others.iter().copied().filter(|tied| !passed.contains(&world.rows[*tied].catalog)) {
            let passed = [passed, &[world.rows[tied].catalog]].concat();
            let mut reached: BTreeSet<usize> = BTreeSet::new();
            for row in world.judged().filter(|row| world.itself_and_above(*row).contains(&tied)) {
                // Its wholes become partial with it.
                let mut next = Some(row);
                while let Some(whole) = next.filter(|whole| !world.is_clause(*whole) && !excluded[*whole]) {
                    reached.insert(whole);
                    next = world.rows[whole].parent.filter(|_| world.rows[whole].kind == Kind::Requirement);
                }
            }
            for row in reached {
                partial[row] = true;
                follow(world, lines, row, excluded, &passed, partial);
            }
        }
    }
}

// What the compiler says.

struct Compiled<'a> {
    world: &'a World,
    text: String,
    compilation: Compilation,
    ids: Vec<RequirementId>,
    rows: BTreeMap<RequirementId, usize>,
}

impl Compiled<'_> {
    fn new(world: &World, order: Option<Random>) -> Compiled<'_> {
        let (files, path) = world.files(order);
        let print = |(path, bytes): (&String, &Vec<u8>)| format!("// {path}\n{}\n", String::from_utf8_lossy(bytes));
        let text: String = files.0.iter().map(print).collect();
        let compilation = prm::compile(&files, path);
        let program = &compilation.program;
        let by_id: BTreeMap<String, RequirementId> =
            (0..).map(RequirementId).take(program.requirements.len()).map(|id| (program.full_id(id), id)).collect();
        let ids: Vec<RequirementId> = (0..world.rows.len()).map(|row| by_id[&world.full_id(row)]).collect();
        let rows = ids.iter().copied().zip(0..).collect();
        let compiled = Compiled { world, text, compilation, ids, rows };
        // The text must say what the generator means.
        if let Some(broken) = compiled.compilation.diagnostics.iter().find(|found| found.code.forbids_output()) {
            compiled.fail(&format!("{}: {}", broken.code.code, broken.message));
        }
        compiled
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{}\nseed {}: {what}", self.text, self.world.seed)
    }

    fn assert_statuses(&self, expected: &[Status]) {
        for row in self.world.judged() {
            let found = self.compilation.coverage.status(self.ids[row]);
            if found != expected[row] {
                let id = self.world.full_id(row);
                self.fail(&format!("{id} is {} by the table, {} here", expected[row].word(), found.word()));
            }
        }
    }

    fn assert_summaries(&self, expected: &[Status]) {
        let world = self.world;
        let mut summaries: BTreeMap<&str, Summary> = BTreeMap::new();
        for cover in &world.covers {
            summaries.insert(&world.catalogs[cover.catalog].id, Summary::default());
        }
        for row in world.judged() {
            let mut stands_in = Vec::new();
            let mut next = world.rows[row].parent;
            while let Some(parent) = next {
                stands_in.push(parent);
                next = world.rows[parent].parent;
            }
            let is_counted = |cover: &Cover| {
                cover.catalog == world.rows[row].catalog
                    && cover.clause.is_none_or(|clause| stands_in.contains(&clause))
            };
            if world.covers.iter().any(is_counted) {
                summaries.get_mut(world.catalogs[world.rows[row].catalog].id.as_str()).unwrap().count(expected[row]);
            }
        }
        let program = &self.compilation.program;
        let found: BTreeMap<&str, Summary> = self
            .compilation
            .coverage
            .catalogs
            .iter()
            .map(|entry| (program.name(program.catalog(entry.catalog).id), entry.summary))
            .collect();
        if found != summaries || self.compilation.coverage.catalogs.len() != summaries.len() {
            self.fail(&format!("by the table {summaries:#?}, here {found:#?}"));
        }
    }

    fn witnesses(&self, row: usize) -> Vec<Vec<Step>> {
        self.compilation.coverage.witnesses(&self.compilation.program, self.ids[row])
    }

    fn outcome(&self, name: Name) -> Option<usize> {
        let id = self.compilation.program.name(name);
        (0..self.world.outcomes.len()).find(|outcome| self.world.outcome_id(*outcome) == id)
    }

    /// Whether this is the proof of an exclusion: one step, to a statement that names it or something around it, or,
    /// for what has its parts excluded, something in it.
    fn excludes(&self, row: usize, steps: &[Step]) -> bool {
        let [Step { reason: Reason::Exclusion { excluded }, requirement, span }] = steps else { return false };
        let named = self.rows[excluded];
        let has_it_in_a_part = self
            .world
            .judged()
            .any(|part| self.world.above(part).contains(&row) && named_around(self.world, part, named));
        *requirement == self.ids[row]
            && self.compilation.sources.slice(*span) == self.world.reference(named)
            && self.world.is_named_by_exclusion(named)
            && (named_around(self.world, row, named) || has_it_in_a_part)
    }
}

/// Whether an exclusion that names the one takes the other.
fn named_around(world: &World, row: usize, named: usize) -> bool {
    let around = world.itself_and_above(row);
    around.contains(&named) || around.iter().any(|control| world.above(*control).contains(&named))
}

/// A proof that is read again, by the table: a step holds once all that it rests on is known from other steps.
struct Proof<'a> {
    compiled: &'a Compiled<'a>,
    expected: &'a [Status],
    /// Met by an outcome or a line, on the row itself or on something above it; what is below is met too.
    met: BTreeSet<usize>,
    /// Covered by parts.
    whole: BTreeSet<usize>,
    /// The same for partial.
    tied: BTreeSet<usize>,
    touched: BTreeSet<usize>,
}

impl<'a> Proof<'a> {
    fn new(compiled: &'a Compiled<'a>, expected: &'a [Status]) -> Proof<'a> {
        let [met, whole, tied, touched] = [const { BTreeSet::new() }; 4];
        Proof { compiled, expected, met, whole, tied, touched }
    }

    /// Whether the steps prove a row covered, each of them needed for something.
    fn covers(mut self, row: usize, steps: &[Step]) -> bool {
        self.begins_at(row, steps) && self.read(steps, false) && self.is_covered(row)
    }

    /// Whether the steps prove a row partial; the chain of lines, if there is one, never comes back to a catalog.
    fn ties(mut self, row: usize, steps: &[Step]) -> bool {
        if !self.begins_at(row, steps) || !self.read(steps, true) || !self.is_partial(row) {
            return false;
        }
        let row_of = |id: &RequirementId| self.compiled.rows[id];
        let mut passed = vec![self.compiled.world.rows[row].catalog];
        for step in steps.iter().filter(|step| !self.is_covered(row_of(&step.requirement))) {
            if let Reason::Line { others, .. } = &step.reason {
                passed.push(self.compiled.world.rows[row_of(&others[0])].catalog);
            }
        }
        passed.iter().collect::<BTreeSet<_>>().len() == passed.len()
    }

    fn begins_at(&self, row: usize, steps: &[Step]) -> bool {
        steps.first().is_some_and(|step| step.requirement == self.compiled.ids[row])
    }

    /// Reads the steps until no further one holds; whether all do.
    fn read(&mut self, steps: &[Step], for_partial: bool) -> bool {
        let mut open: Vec<&Step> = steps.iter().collect();
        loop {
            let before = open.len();
            open.retain(|step| !(self.hold(step) || (for_partial && self.hold_in_part(step))));
            if open.len() == before {
                return open.is_empty();
            }
        }
    }

    fn is_covered(&self, row: usize) -> bool {
        self.expected[row] == Status::Covered && (self.met.contains(&row) || self.whole.contains(&row))
    }

    fn is_partial(&self, row: usize) -> bool {
        self.is_covered(row)
            || (self.expected[row] == Status::Partial && (self.tied.contains(&row) || self.touched.contains(&row)))
    }

    /// Notes what a step of a proof of coverage shows, if what it rests on is known.
    fn hold(&mut self, step: &Step) -> bool {
        let world = self.compiled.world;
        let row = self.compiled.rows[&step.requirement];
        let holds = match &step.reason {
            Reason::Outcome { strength: Strength::Full, .. } | Reason::Joint { .. } => {
                self.link(step).is_some_and(|link| link.full && world.is_complete(link))
            }
            Reason::Above { whole } => {
                let whole = self.compiled.rows[whole];
                world.above(row).contains(&whole) && self.met.contains(&whole)
            }
            Reason::Parts { parts } => {
                let named: Vec<usize> = parts.iter().map(|part| self.compiled.rows[part]).collect();
                let is_met = |part: usize| match self.expected[part] {
                    Status::Excluded => !named.contains(&part),
                    _ => named.contains(&part) && self.is_covered(part),
                };
                let parts = world.parts(row);
                if !named.is_empty()
                    && parts.iter().all(|part| is_met(*part))
                    && named.iter().all(|n| parts.contains(n))
                {
                    self.whole.insert(row);
                    return true;
                }
                false
            }
            Reason::Line { others, .. } => self.line(step).is_some_and(|(far, relation)| {
                let named: BTreeSet<usize> = others.iter().map(|other| self.compiled.rows[other]).collect();
                ["equals", "equivalent to", "superset of"].contains(&relation)
                    && named == far.iter().copied().collect()
                    && far.iter().all(|other| self.is_covered(*other))
            }),
            Reason::Outcome { .. } | Reason::Exclusion { .. } => false,
        };
        if holds {
            self.met.insert(row);
        }
        holds
    }

    /// Notes what a step of a proof of a contribution shows.
    fn hold_in_part(&mut self, step: &Step) -> bool {
        let world = self.compiled.world;
        let row = self.compiled.rows[&step.requirement];
        let holds = match &step.reason {
            Reason::Outcome { .. } | Reason::Joint { .. } => self.link(step).is_some(),
            Reason::Above { whole } => {
                let whole = self.compiled.rows[whole];
                world.above(row).contains(&whole) && (self.met.contains(&whole) || self.tied.contains(&whole))
            }
            Reason::Parts { parts } => {
                let named: Vec<usize> = parts.iter().map(|part| self.compiled.rows[part]).collect();
                // A step may go down through several parts at once.
                let is_met = |part: &usize| world.above(*part).contains(&row) && self.is_partial(*part);
                if !named.is_empty() && named.iter().all(is_met) {
                    self.touched.insert(row);
                    return true;
                }
                false
            }
            Reason::Line { others, .. } => self.line(step).is_some_and(|(far, _)| {
                let named: Vec<usize> = others.iter().map(|other| self.compiled.rows[other]).collect();
                !named.is_empty() && named.iter().all(|other| far.contains(other) && self.is_partial(*other))
            }),
            Reason::Exclusion { .. } => false,
        };
        if holds {
            self.tied.insert(row);
        }
        holds
    }

    /// The link that a step speaks of, if it is there and the step tells it right.
    fn link(&self, step: &Step) -> Option<&'a Link> {
        let (compiled, world) = (self.compiled, self.compiled.world);
        let row = compiled.rows[&step.requirement];
        let (outcomes, missing, full) = match &step.reason {
            Reason::Outcome { outcome, strength } => (vec![*outcome], vec![], *strength == Strength::Full),
            Reason::Joint { outcomes, missing } => (outcomes.clone(), missing.clone(), true),
            _ => return None,
        };
        let outcomes: Vec<usize> = outcomes.into_iter().map(|name| compiled.outcome(name)).collect::<Option<_>>()?;
        let missing: Vec<usize> = missing.into_iter().map(|name| compiled.outcome(name)).collect::<Option<_>>()?;
        let (first, together) = outcomes.split_first()?;
        let omitted = together.iter().copied().filter(|outcome| world.outcomes[*outcome].omitted);
        let is_right = compiled.compilation.sources.slice(step.span) == world.reference(row) && omitted.eq(missing);
        let mut links = world.links_of(*first).iter();
        links.find(|link| is_right && link.full == full && link.together == together && link.rows.contains(&row))
    }

    /// The far side of the line that a step speaks of, and what it is to the row's side.
    fn line(&self, step: &Step) -> Option<(Vec<usize>, &'static str)> {
        let Reason::Line { crosswalk, line, others } = &step.reason else { return None };
        let (compiled, world) = (self.compiled, self.compiled.world);
        let program = &compiled.compilation.program;
        let id = program.name(program.crosswalk(*crosswalk).id);
        let crosswalk = world.crosswalks.iter().find(|other| other.id == id)?;
        let line = crosswalk.lines.get(*line as usize)?;
        let row = compiled.rows[&step.requirement];
        let other = compiled.rows[others.first()?];
        let text = compiled.compilation.sources.slice(step.span);
        let mut lines = world.directed_lines().into_iter();
        lines.find_map(|(far, relation, near)| {
            let is_it =
                (std::ptr::eq(far, &line.left[..]) || std::ptr::eq(far, &line.right[..])) && far.contains(&other);
            (is_it && near.contains(&row) && text.contains(line.relation)).then(|| (far.to_vec(), relation))
        })
    }
}
