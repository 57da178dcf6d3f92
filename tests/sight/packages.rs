//! Random packages that use and extend each other, say things, and name what they see and what they do not.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::support::Project;
use crate::worlds::world::Dice;

#[derive(Debug, Default)]
struct Package {
    uses: BTreeSet<usize>,
    /// Those among them that have an alias.
    aliases: BTreeSet<usize>,
    /// The models that it extends, if it has one.
    extends: Option<BTreeSet<usize>>,
    /// What it names, in the order of its lines.
    names: Vec<Named>,
}

/// A name of something that a package declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Requirement,
    Qualified,
    Aliased,
    Shared,
    Term,
    Field,
    Crosswalk,
    Framework,
    Covered,
}

const SORTS: [Sort; 9] = [
    Sort::Requirement,
    Sort::Qualified,
    Sort::Aliased,
    Sort::Shared,
    Sort::Term,
    Sort::Field,
    Sort::Crosswalk,
    Sort::Framework,
    Sort::Covered,
];

#[derive(Clone, Copy, Debug)]
struct Named {
    sort: Sort,
    of: usize,
}

/// Packages, each after those that it may use.
pub struct Packages(Vec<Package>);

impl Packages {
    pub fn random(seed: u64) -> Packages {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51e7);
        let count = 3 + dice.below(4);
        let mut packages: Vec<Package> = Vec::new();
        for number in 0..count {
            let mut package = Package::default();
            let last = number + 1 == count;
            for other in 0..number {
                // The last uses the one before it, so that there is always something to see through.
                if dice.chance(40) || (last && other + 1 == number) {
                    package.uses.insert(other);
                    if dice.chance(40) {
                        package.aliases.insert(other);
                    }
                }
            }
            if dice.chance(80) || last {
                let with_model = |other: &usize| packages[*other].extends.is_some();
                let can_be: Vec<usize> = (0..number).filter(with_model).collect();
                let bases = can_be.into_iter().filter(|other| {
                    let percent = if package.uses.contains(other) { 65 } else { 10 };
                    dice.chance(percent)
                });
                package.extends = Some(bases.collect());
            }
            for sort in SORTS {
                for _ in 0..1 + dice.below(2) {
                    package.names.push(Named { sort, of: dice.below(count) });
                }
            }
            packages.push(package);
        }
        Packages(packages)
    }

    /// What a package sees, by the words of the rules: what it declares, what it uses, and what the bases of its
    /// model see.
    fn sees(&self, package: usize) -> BTreeSet<usize> {
        let Package { uses, extends, .. } = &self.0[package];
        let mut seen: BTreeSet<usize> = uses.iter().copied().chain([package]).collect();
        // A base is a model that is seen.
        loop {
            let bases: Vec<usize> = extends.iter().flatten().copied().filter(|base| seen.contains(base)).collect();
            let more: BTreeSet<usize> = bases.into_iter().flat_map(|base| self.sees(base)).collect();
            if more.is_subset(&seen) {
                return seen;
            }
            seen.extend(more);
        }
    }

    fn is_seen(&self, package: usize, name: Named) -> bool {
        let seen = self.sees(package);
        match name.sort {
            Sort::Aliased => self.0[package].aliases.contains(&name.of),
            // Every catalog has it.
            Sort::Shared => seen.len() == 1,
            _ => seen.contains(&name.of),
        }
    }

    /// The packages that the last one needs.
    fn needed(&self) -> BTreeSet<usize> {
        let mut needed = BTreeSet::from([self.0.len() - 1]);
        for number in (0..self.0.len()).rev() {
            if needed.contains(&number) {
                needed.extend(&self.0[number].uses);
            }
        }
        needed
    }

    /// The packages with lines on which something is named, and whether they see it.
    pub fn expected(&self) -> Vec<(usize, usize, bool)> {
        let mut expected = Vec::new();
        for number in self.needed() {
            let package = &self.0[number];
            for (at, line) in self.source(number).lines().enumerate() {
                let Some((_, name)) = line.split_once("// name ") else { continue };
                let name = package.names[name.parse::<usize>().unwrap()];
                expected.push((number, at + 1, self.is_seen(number, name)));
            }
        }
        expected
    }

    fn source(&self, number: usize) -> String {
        let Package { uses, aliases, extends, names } = &self.0[number];
        let mut text = String::new();
        for used in uses {
            let alias = if aliases.contains(used) { format!(" as a{used}") } else { String::new() };
            writeln!(text, "use p{used}{alias}").unwrap();
        }
        writeln!(
            text,
            "catalog c{number} \"Rules\" {{\n  requirement R{number} \"Keys\"\n  requirement S \"Doors\"\n}}"
        )
        .unwrap();
        writeln!(text, "crosswalk x{number} \"Same\" from c{number} to c{number} {{ S equals S }}").unwrap();
        writeln!(text, "framework w{number} \"Ladder\" {{ scale {{ rating N \"No\" 0 100 }} level 0 \"None\" }}")
            .unwrap();
        writeln!(text, "term \"t{number}\" \"A word.\"\nfield f{number} \"Owner\" on process").unwrap();
        let named = |text: &mut String, is_meant: fn(Sort) -> bool, line: &dyn Fn(Named) -> String| {
            for (at, name) in names.iter().enumerate().filter(|(_, name)| is_meant(name.sort)) {
                writeln!(text, "  {} // name {at}", line(*name)).unwrap();
            }
        };
        if let Some(bases) = extends {
            let bases: Vec<String> = bases.iter().map(|base| format!("p{base}")).collect();
            let extends = if bases.is_empty() { String::new() } else { format!(" extends {}", bases.join(", ")) };
            writeln!(text, "model p{number} \"Model\"{extends} {{").unwrap();
            let is_of_model = |sort| matches!(sort, Sort::Crosswalk | Sort::Framework | Sort::Covered);
            named(&mut text, is_of_model, &|Named { sort, of }| match sort {
                Sort::Crosswalk => format!("covers c{number} through x{of}"),
                Sort::Framework => format!("measured by w{of}"),
                _ => format!("covers c{of}"),
            });
            text.push_str("}\n");
        }
        writeln!(text, "process P{number} \"Process\" {{").unwrap();
        named(&mut text, |sort| sort == Sort::Field, &|Named { of, .. }| format!("f{of} \"Somebody\""));
        let is_of_outcomes =
            |sort| matches!(sort, Sort::Requirement | Sort::Qualified | Sort::Aliased | Sort::Shared | Sort::Term);
        let outcome = std::cell::Cell::new(0);
        named(&mut text, is_of_outcomes, &|Named { sort, of }| {
            outcome.set(outcome.get() + 1);
            let number = outcome.get();
            match sort {
                Sort::Requirement => format!("outcome {number} \"It is so.\" satisfies R{of}"),
                Sort::Qualified => format!("outcome {number} \"It is so, see [[c{of}:S]].\" satisfies c{of}:S"),
                Sort::Aliased => format!("outcome {number} \"It is so.\" satisfies a{of}:S"),
                Sort::Shared => format!("outcome {number} \"It is so.\" satisfies S"),
                _ => format!("outcome {number} \"It is [[t{of}]].\""),
            }
        });
        text.push_str("}\n");
        text
    }

    /// The packages, the last of which is asked for.
    pub fn project(&self) -> Project {
        let mut project = Project::new();
        for (number, package) in self.0.iter().enumerate() {
            let mut manifest = format!("[package]\nname = \"p{number}\"\nversion = \"1.0.0\"\n[dependencies]\n");
            for used in &package.uses {
                writeln!(manifest, "p{used} = {{ path = \"../p{used}\" }}").unwrap();
            }
            let file = format!("p{number}/p{number}.prm");
            project = project.with(&format!("p{number}/prm.toml"), manifest).with(&file, self.source(number));
        }
        project.at(&format!("p{}", self.0.len() - 1))
    }

    pub fn text(&self) -> String {
        (0..self.0.len()).map(|number| format!("--- p{number}\n{}", self.source(number))).collect()
    }
}
