//! Small random models: catalogs, crosswalks, outcomes, exclusions, and how they are written.

use std::fmt::Write;

use crate::support::Project;

/// A model in a few vectors. Rows, outcomes and the like are named by their positions.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Whether each catalog is tailorable.
    pub catalogs: Vec<bool>,
    pub rows: Vec<Row>,
    pub crosswalks: Vec<Crosswalk>,
    /// The links of each outcome.
    pub outcomes: Vec<Vec<Link>>,
    /// What is covered: a catalog, and perhaps a clause of it.
    pub covers: Vec<(usize, Option<usize>)>,
    pub exclusions: Vec<usize>,
    /// The outcomes that a layer above leaves out.
    pub omitted: Vec<usize>,
    /// The outcomes that a layer above states anew, each with its links there.
    pub replaced: Vec<(usize, Vec<Link>)>,
    /// Whether statements are written in another order.
    shuffle: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Clause,
    Requirement,
    Control,
}

/// A row of a catalog; parents stand before their children.
#[derive(Clone, Debug)]
pub struct Row {
    pub catalog: usize,
    pub kind: Kind,
    pub parent: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Crosswalk {
    pub from: usize,
    pub to: usize,
    /// Whether some `through` names it.
    pub in_force: bool,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub left: Vec<usize>,
    pub relation: &'static str,
    pub right: Vec<usize>,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub rows: Vec<usize>,
    pub partly: bool,
    /// The other members of a joint set.
    pub together: Vec<usize>,
}

const RELATIONS: &[&str] = &["equals", "equivalent to", "subset of", "superset of", "intersects"];

impl World {
    /// The model of a seed: small ones first.
    pub fn random(seed: u64) -> World {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed);
        let size = 1 + dice.below(2 + (seed as usize / 400).min(8));
        let mut world = World::default();
        // Chains that lead round catalogs take many of them.
        let catalogs = if dice.chance(20) { 4 + dice.below(3) } else { 1 + dice.below(4) };
        for catalog in 0..catalogs {
            world.catalogs.push(dice.chance(25));
            world.random_rows(catalog, 2 * size, &mut dice);
        }
        for number in 0..dice.below(2 * catalogs) + 1 {
            // Crosswalks in a row make long chains.
            let (from, to) = match catalogs {
                2.. if dice.chance(50) => (number % (catalogs - 1), number % (catalogs - 1) + 1),
                _ => (dice.below(catalogs), dice.below(catalogs)),
            };
            let lines = (0..dice.below(size + 2)).map(|_| Line {
                left: world.pick(from, &mut dice),
                relation: RELATIONS[dice.below(RELATIONS.len())],
                right: world.pick(to, &mut dice),
            });
            let lines = lines.filter(|line| !line.left.is_empty() && !line.right.is_empty()).collect();
            world.crosswalks.push(Crosswalk { from, to, in_force: dice.chance(85), lines });
        }
        let outcomes = 1 + dice.below(size + 2);
        for outcome in 0..outcomes {
            let links = (0..dice.below(3)).map(|_| world.random_link(outcome, outcomes, &mut dice)).collect();
            world.outcomes.push(links);
        }
        for catalog in 0..catalogs {
            if catalog == 0 || dice.chance(50) {
                let clauses: Vec<usize> = world.of(catalog, |row| row.kind == Kind::Clause);
                let clause = (!clauses.is_empty() && dice.chance(25)).then(|| clauses[dice.below(clauses.len())]);
                world.covers.push((catalog, clause));
            }
        }
        for _ in 0..dice.below(size.min(3) + 1) {
            let row = dice.below(world.rows.len());
            // What cannot be excluded is a fault; a few are enough.
            let is_fixed = world.rows[row].kind == Kind::Requirement && !world.catalogs[world.rows[row].catalog];
            if !is_fixed || dice.chance(20) {
                world.exclusions.push(row);
            }
        }
        world.exclusions.sort_unstable();
        world.exclusions.dedup();
        if dice.chance(20) {
            world.omitted = (0..outcomes).filter(|_| dice.chance(30)).collect();
        }
        if dice.chance(20) {
            for outcome in (0..outcomes).filter(|outcome| !world.omitted.contains(outcome)) {
                if dice.chance(30) {
                    let mut links: Vec<Link> =
                        (0..dice.below(3)).map(|_| world.random_link(outcome, outcomes, &mut dice)).collect();
                    // A layer does not see what it leaves out.
                    links.iter_mut().for_each(|link| link.together.retain(|other| !world.omitted.contains(other)));
                    world.replaced.push((outcome, links));
                }
            }
        }
        world
    }

    /// The links that an outcome has in the end.
    pub fn links_of(&self, outcome: usize) -> &[Link] {
        let anew = self.replaced.iter().find(|(other, _)| *other == outcome);
        anew.map_or(&self.outcomes[outcome], |(_, links)| links)
    }

    /// Whether there is a layer above.
    fn is_layered(&self) -> bool {
        !self.omitted.is_empty() || !self.replaced.is_empty()
    }

    fn random_rows(&mut self, catalog: usize, most: usize, dice: &mut Dice) {
        let first = self.rows.len();
        for _ in 0..1 + dice.below(most) {
            let around = first + dice.below(self.rows.len() + 1 - first);
            let parent = (around < self.rows.len() && dice.chance(75)).then_some(around);
            let kinds: &[Kind] = match parent.map(|parent| self.rows[parent].kind) {
                None | Some(Kind::Clause) => &[Kind::Clause, Kind::Requirement, Kind::Requirement, Kind::Control],
                Some(Kind::Requirement) => &[Kind::Requirement],
                Some(Kind::Control) => &[Kind::Requirement, Kind::Requirement, Kind::Control],
            };
            self.rows.push(Row { catalog, kind: kinds[dice.below(kinds.len())], parent });
        }
    }

    fn of(&self, catalog: usize, is_meant: impl Fn(&Row) -> bool) -> Vec<usize> {
        (0..self.rows.len()).filter(|row| self.rows[*row].catalog == catalog && is_meant(&self.rows[*row])).collect()
    }

    /// One to three rows of a catalog, rarely a clause.
    fn pick(&self, catalog: usize, dice: &mut Dice) -> Vec<usize> {
        let with_clauses = dice.chance(5);
        let rows = self.of(catalog, |row| with_clauses || row.kind != Kind::Clause);
        if rows.is_empty() {
            return Vec::new();
        }
        let count = [1, 1, 1, 2, 2, 3][dice.below(6)];
        let mut picked: Vec<usize> = (0..count).map(|_| rows[dice.below(rows.len())]).collect();
        picked.sort_unstable();
        picked.dedup();
        picked
    }

    fn random_link(&self, outcome: usize, outcomes: usize, dice: &mut Dice) -> Link {
        let rows = (0..1 + dice.below(2)).map(|_| dice.below(self.rows.len())).collect();
        let partly = dice.chance(30);
        let others: Vec<usize> = (0..outcomes).filter(|other| *other != outcome && dice.chance(40)).collect();
        let together = if !partly && dice.chance(30) { others } else { Vec::new() };
        Link { rows, partly, together }
    }

    /// The same model, written in another order.
    pub fn shuffled(&self, seed: u64) -> World {
        World { shuffle: Some(seed), ..self.clone() }
    }

    /// A smaller model of which the same holds.
    pub fn shrink(mut self, holds: impl Fn(&World) -> bool) -> World {
        loop {
            let smaller = self.smaller().into_iter().find(|world| holds(world));
            match smaller {
                Some(world) => self = world,
                None => return self,
            }
        }
    }

    /// The models that lack one thing.
    fn smaller(&self) -> Vec<World> {
        let mut worlds = Vec::new();
        let mut without = |remove: &dyn Fn(&mut World)| {
            let mut world = self.clone();
            remove(&mut world);
            worlds.push(world);
        };
        for at in 0..self.omitted.len() {
            without(&|world| _ = world.omitted.remove(at));
        }
        for at in 0..self.replaced.len() {
            without(&|world| _ = world.replaced.remove(at));
        }
        for at in 0..self.exclusions.len() {
            without(&|world| _ = world.exclusions.remove(at));
        }
        for at in 0..self.covers.len() {
            without(&|world| _ = world.covers.remove(at));
        }
        for (at, crosswalk) in self.crosswalks.iter().enumerate() {
            without(&|world| _ = world.crosswalks.remove(at));
            for line in 0..crosswalk.lines.len() {
                without(&|world| _ = world.crosswalks[at].lines.remove(line));
            }
        }
        for (at, links) in self.outcomes.iter().enumerate() {
            for (number, link) in links.iter().enumerate() {
                without(&|world| _ = world.outcomes[at].remove(number));
                if link.rows.len() > 1 {
                    without(&|world| _ = world.outcomes[at][number].rows.pop());
                }
                if !link.together.is_empty() {
                    without(&|world| _ = world.outcomes[at][number].together.pop());
                }
            }
        }
        if let Some(last) = self.rows.len().checked_sub(1).filter(|last| !self.mentions(*last)) {
            without(&|world| world.rows.truncate(last));
        }
        worlds
    }

    fn mentions(&self, row: usize) -> bool {
        let lines = self.crosswalks.iter().flat_map(|crosswalk| &crosswalk.lines);
        lines.flat_map(|line| line.left.iter().chain(&line.right)).any(|other| *other == row)
            || self.outcomes.iter().flatten().flat_map(|link| &link.rows).any(|other| *other == row)
            || self.replaced.iter().flat_map(|(_, links)| links).any(|link| link.rows.contains(&row))
            || self.exclusions.contains(&row)
            || self.covers.iter().any(|(_, clause)| *clause == Some(row))
    }

    /// The project: one file, or a base with a layer that omits and replaces some of its outcomes.
    pub fn project(&self) -> Project {
        let statements = self.statements();
        let half = if self.shuffle.is_some() { statements.len() / 2 } else { 0 };
        let (one, other) = (statements[..half].concat(), statements[half..].concat());
        let manifest = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n{rest}");
        if !self.is_layered() {
            return Project::new().with("prm.toml", manifest("m", "")).with("a.prm", one).with("z.prm", other);
        }
        let dependency = "[dependencies]\nm = { path = \"base\" }\n";
        Project::new()
            .with("prm.toml", manifest("layer", dependency))
            .with("layer.prm", self.layer())
            .with("base/prm.toml", manifest("m", ""))
            .with("base/a.prm", one)
            .with("base/z.prm", other)
    }

    /// The layer above: every other `covers` and exclusion is its own, as if the base did not ask for them.
    fn layer(&self) -> String {
        let mut text = format!("use m\nmodel layer \"Layer\" extends m {{\n{}}}\n", self.head(1));
        for outcome in &self.omitted {
            writeln!(text, "omit P.{outcome} because \"Not here.\"").unwrap();
        }
        if !self.replaced.is_empty() {
            let replaced = self.replaced.iter().map(|(outcome, links)| {
                format!("  replace outcome {outcome} \"Something else is so.\" because \"Better.\"\n{}", written(links))
            });
            writeln!(text, "extend process P {{\n{}}}", replaced.collect::<String>()).unwrap();
        }
        text
    }

    /// All of it, to be read.
    pub fn text(&self) -> String {
        let layer = if self.is_layered() { format!("// The layer above.\n{}", self.layer()) } else { String::new() };
        self.statements().concat() + &layer
    }

    fn statements(&self) -> Vec<String> {
        let mut statements = vec![self.model()];
        for (catalog, tailorable) in self.catalogs.iter().enumerate() {
            let mut text = format!("catalog c{catalog} \"Catalog\" {{\n");
            if *tailorable {
                text.push_str("  tailorable\n");
            }
            for row in self.of(catalog, |row| row.parent.is_none()) {
                self.row(row, 1, &mut text);
            }
            statements.push(text + "}\n");
        }
        for (number, crosswalk) in self.crosswalks.iter().enumerate() {
            let Crosswalk { from, to, lines, .. } = crosswalk;
            let lines = lines
                .iter()
                .map(|line| format!("  {} {} {}\n", names(&line.left, "R"), line.relation, names(&line.right, "R")));
            let lines = self.ordered(lines.collect()).concat();
            statements.push(format!("crosswalk x{number} \"Crosswalk\" from c{from} to c{to} {{\n{lines}}}\n"));
        }
        let outcomes = self
            .outcomes
            .iter()
            .enumerate()
            .map(|(outcome, links)| format!("  outcome {outcome} \"Something is so.\"\n{}", written(links)));
        let outcomes = self.ordered(outcomes.collect()).concat();
        statements.push(format!("process P \"Process\" {{\n  purpose \"For all.\"\n{outcomes}}}\n"));
        self.ordered(statements)
    }

    fn model(&self) -> String {
        format!("model m \"Model\" {{\n{}}}\n", self.head(0))
    }

    /// What the model of the base, or of the layer above it, covers and excludes.
    fn head(&self, layer: usize) -> String {
        let is_here = |number: usize| !self.is_layered() || number % 2 == layer;
        let in_force: Vec<usize> =
            (0..self.crosswalks.len()).filter(|number| self.crosswalks[*number].in_force).collect();
        let mut lines = Vec::new();
        for (number, (catalog, clause)) in self.covers.iter().enumerate().filter(|(number, _)| is_here(*number)) {
            let clause = clause.map(|clause| format!(":R{clause}")).unwrap_or_default();
            // Crosswalks serve all catalogs, whichever `covers` names them.
            let mine: Vec<usize> = in_force.iter().copied().filter(|at| at % self.covers.len() == number).collect();
            let through = if mine.is_empty() { String::new() } else { format!(" through {}", names(&mine, "x")) };
            lines.push(format!("  covers c{catalog}{clause}{through}\n"));
        }
        for (_, row) in self.exclusions.iter().enumerate().filter(|(number, _)| is_here(*number)) {
            lines.push(format!("  exclude R{row} because \"Not here.\"\n"));
        }
        self.ordered(lines).concat()
    }

    fn row(&self, row: usize, depth: usize, text: &mut String) {
        let word = match self.rows[row].kind {
            Kind::Clause => "clause",
            Kind::Requirement => "requirement",
            Kind::Control => "control",
        };
        let indent = "  ".repeat(depth);
        let children: Vec<usize> = (0..self.rows.len()).filter(|child| self.rows[*child].parent == Some(row)).collect();
        write!(text, "{indent}{word} R{row} \"Row {row}\"").unwrap();
        if children.is_empty() {
            text.push('\n');
            return;
        }
        text.push_str(" {\n");
        children.into_iter().for_each(|child| self.row(child, depth + 1, text));
        writeln!(text, "{indent}}}").unwrap();
    }

    fn ordered(&self, mut statements: Vec<String>) -> Vec<String> {
        if let Some(seed) = self.shuffle {
            let mut dice = Dice(seed ^ 0x0dd);
            for at in (1..statements.len()).rev() {
                statements.swap(at, dice.below(at + 1));
            }
        }
        statements
    }
}

fn written(links: &[Link]) -> String {
    let line = |link: &Link| {
        let word = if link.partly { "partly satisfies" } else { "satisfies" };
        let together = match link.together.as_slice() {
            [] => String::new(),
            together => format!(" together with {}", names(together, "P.")),
        };
        format!("    {word} {}{together}\n", names(&link.rows, "R"))
    };
    links.iter().map(line).collect()
}

fn names(numbers: &[usize], prefix: &str) -> String {
    numbers.iter().map(|number| format!("{prefix}{number}")).collect::<Vec<_>>().join(", ")
}

/// A small generator of numbers; the same for the same seed, everywhere.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, and without, the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
