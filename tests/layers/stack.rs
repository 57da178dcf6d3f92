//! A random stack of layers over one base, and what it leaves, computed without a thought for speed.
//!
//! Of all that layers did to a thing, what a layer above undid does not count; if more than one deed is left, the layers
//! disagree, unless they all left it out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use prm::coverage::Status;

use crate::support::Project;
use crate::worlds::world::Dice;

const CONTROLS: usize = 6;
const PROCESSES: usize = 3;

/// A link of an outcome.
#[derive(Clone, Debug)]
struct Link {
    control: usize,
    partly: bool,
    /// The other members of a joint set.
    together: Vec<String>,
}

/// What a layer does to an outcome.
#[derive(Clone, Debug)]
enum Deed {
    /// It adds it, or states it anew: its text and links.
    State(String, Vec<Link>),
    Omit,
}

#[derive(Clone, Debug, Default)]
struct Layer {
    /// The layers right below.
    extends: Vec<usize>,
    outcomes: Vec<(String, Deed)>,
    omitted_processes: Vec<usize>,
    excluded: Vec<usize>,
    covers_through: bool,
}

/// A stack: the first layer is the base, the last the model asked for.
#[derive(Clone, Debug)]
pub struct Stack {
    layers: Vec<Layer>,
}

/// What a stack leaves.
pub struct Left {
    /// The text of each outcome.
    pub outcomes: BTreeMap<String, String>,
    pub statuses: BTreeMap<String, Status>,
}

/// Whether a thing is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum There {
    Yes,
    No,
    Disputed,
}

fn process_of(outcome: &str) -> usize {
    outcome[1..].split('.').next().unwrap().parse().unwrap()
}

impl Stack {
    pub fn random(seed: u64) -> Stack {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1a7e);
        let mut stack = Stack { layers: vec![Layer::default()] };
        for process in 0..PROCESSES {
            for number in 1..3 + dice.below(2) {
                let links = stack.links(0, &mut dice);
                let text = format!("Base {process} {number} is so.");
                stack.layers[0].outcomes.push((format!("P{process}.{number}"), Deed::State(text, links)));
            }
        }
        let shapes: [&[&[usize]]; 5] = [
            &[&[0]],
            &[&[0], &[1]],
            &[&[0], &[0], &[1, 2]],
            &[&[0], &[0], &[2, 1], &[3]],
            &[&[0], &[0], &[1], &[2, 3]],
        ];
        for bases in shapes[dice.below(shapes.len())] {
            stack.layers.push(Layer { extends: bases.to_vec(), ..Layer::default() });
            stack.change(stack.layers.len() - 1, &mut dice);
        }
        stack
    }

    /// Lets a layer change a little of what stands below it, and settle most of what is disputed there.
    fn change(&mut self, layer: usize, dice: &mut Dice) {
        let mut below: BTreeSet<usize> = BTreeSet::new();
        for base in self.layers[layer].extends.clone() {
            below.extend(self.below(base));
            below.insert(base);
        }
        for process in 0..PROCESSES {
            let there = self.process(&below, process);
            let omits = match there {
                There::Disputed => dice.chance(60),
                There::Yes => dice.chance(10),
                There::No => false,
            };
            if omits {
                self.layers[layer].omitted_processes.push(process);
            }
            if omits || there != There::Yes {
                continue;
            }
            for outcome in self.outcomes_of(&below, process) {
                let there = self.outcome(&below, &outcome).0;
                let (replace, omit) = if there == There::Disputed { (70, 92) } else { (18, 28) };
                let roll = dice.below(100);
                if there != There::No && roll < replace {
                    let links = self.links(layer, dice);
                    let deed = Deed::State(format!("Layer {layer} states {outcome} anew."), links);
                    self.layers[layer].outcomes.push((outcome, deed));
                } else if there != There::No && roll < omit {
                    self.layers[layer].outcomes.push((outcome, Deed::Omit));
                }
            }
            if dice.chance(15) {
                let links = self.links(layer, dice);
                let deed = Deed::State(format!("Layer {layer} adds to {process}."), links);
                self.layers[layer].outcomes.push((format!("P{process}.l{layer}"), deed));
            }
        }
        if dice.chance(20) {
            self.layers[layer].excluded.push(dice.below(CONTROLS));
        }
        self.layers[layer].covers_through = dice.chance(30);
    }

    fn links(&self, layer: usize, dice: &mut Dice) -> Vec<Link> {
        let count = dice.below(3);
        let base: Vec<&String> = self.layers[0].outcomes.iter().map(|(id, _)| id).collect();
        let links = (0..count).map(|_| Link {
            control: dice.below(CONTROLS),
            partly: dice.chance(25),
            // Only layers right over the base can be sure that all of its outcomes are there.
            together: if layer == 0 && !base.is_empty() && dice.chance(30) {
                vec![base[dice.below(base.len())].clone()]
            } else {
                Vec::new()
            },
        });
        let mut links: Vec<Link> = links.collect();
        links.iter_mut().filter(|link| link.partly).for_each(|link| link.together.clear());
        links
    }

    /// The layers that a layer stands on.
    fn below(&self, layer: usize) -> BTreeSet<usize> {
        let bases = &self.layers[layer].extends;
        bases.iter().flat_map(|base| self.below(*base).into_iter().chain([*base])).collect()
    }

    /// Of some layers that did something, those above which none of them did.
    fn last(&self, layers: Vec<usize>) -> Vec<usize> {
        let hidden: BTreeSet<usize> = layers.iter().flat_map(|layer| self.below(*layer)).collect();
        layers.into_iter().filter(|layer| !hidden.contains(layer)).collect()
    }

    fn process(&self, layers: &BTreeSet<usize>, process: usize) -> There {
        let omits = |layer: &usize| self.layers[*layer].omitted_processes.contains(&process);
        // What a layer omits by a single `omit` is no `extend` of the process.
        let extends = |layer: &usize| {
            let outcomes = self.layers[*layer].outcomes.iter();
            *layer == 0
                || outcomes.clone().any(|(id, deed)| process_of(id) == process && matches!(deed, Deed::State(..)))
        };
        let did: Vec<usize> = layers.iter().copied().filter(|layer| omits(layer) || extends(layer)).collect();
        let last = self.last(did);
        match (last.iter().any(omits), last.iter().any(|layer| !omits(layer))) {
            (true, true) => There::Disputed,
            (true, false) => There::No,
            _ => There::Yes,
        }
    }

    fn outcomes_of(&self, layers: &BTreeSet<usize>, process: usize) -> BTreeSet<String> {
        let all = layers.iter().flat_map(|layer| &self.layers[*layer].outcomes);
        all.map(|(id, _)| id.clone()).filter(|id| process_of(id) == process).collect()
    }

    /// Whether an outcome is there, and what is said of it last.
    fn outcome(&self, layers: &BTreeSet<usize>, id: &str) -> (There, Option<&Deed>) {
        let deed =
            |layer: &usize| self.layers[*layer].outcomes.iter().find(|(other, _)| other == id).map(|(_, deed)| deed);
        let did: Vec<usize> = layers.iter().copied().filter(|layer| deed(layer).is_some()).collect();
        let last: Vec<&Deed> = self.last(did).iter().filter_map(deed).collect();
        match last.as_slice() {
            [only @ Deed::State(..)] => (There::Yes, Some(only)),
            several if several.iter().all(|deed| matches!(deed, Deed::Omit)) => (There::No, None),
            _ => (There::Disputed, None),
        }
    }

    /// What the stack leaves; none where layers disagree somewhere.
    pub fn expected(&self) -> Option<Left> {
        for layer in 0..self.layers.len() {
            let mut stack = self.below(layer);
            stack.insert(layer);
            for process in 0..PROCESSES {
                match self.process(&stack, process) {
                    There::Disputed => return None,
                    There::No => continue,
                    There::Yes => {}
                }
                let ids = self.outcomes_of(&stack, process);
                if ids.iter().any(|id| self.outcome(&stack, id).0 == There::Disputed) {
                    return None;
                }
            }
        }
        let all: BTreeSet<usize> =
            self.below(self.layers.len() - 1).into_iter().chain([self.layers.len() - 1]).collect();
        let there = (0..PROCESSES).filter(|process| self.process(&all, *process) == There::Yes);
        let ids: Vec<String> = there.flat_map(|process| self.outcomes_of(&all, process)).collect();
        let stated = ids.iter().filter_map(|id| match self.outcome(&all, id).1 {
            Some(Deed::State(text, links)) => Some((id.clone(), (text.clone(), links.clone()))),
            _ => None,
        });
        let stated: BTreeMap<String, (String, Vec<Link>)> = stated.collect();
        let outcomes = stated.iter().map(|(id, (text, _))| (id.clone(), text.clone())).collect();
        Some(Left { outcomes, statuses: self.statuses(&all, &stated) })
    }

    fn statuses(
        &self,
        layers: &BTreeSet<usize>,
        stated: &BTreeMap<String, (String, Vec<Link>)>,
    ) -> BTreeMap<String, Status> {
        let mut statuses = BTreeMap::new();
        let in_force = layers.iter().any(|layer| self.layers[*layer].covers_through);
        for control in 0..CONTROLS {
            let links: Vec<&Link> =
                stated.values().flat_map(|(_, links)| links).filter(|link| link.control == control).collect();
            let in_full = |link: &&Link| !link.partly && link.together.iter().all(|id| stated.contains_key(id));
            let status = if layers.iter().any(|layer| self.layers[*layer].excluded.contains(&control)) {
                Status::Excluded
            } else if links.iter().any(in_full) {
                Status::Covered
            } else if links.is_empty() {
                Status::Uncovered
            } else {
                Status::Partial
            };
            statuses.insert(format!("R{control}"), status);
            let carried = if in_force && status != Status::Excluded { status } else { Status::Uncovered };
            statuses.insert(format!("D{control}"), carried);
        }
        statuses
    }

    /// The packages; `turned`, with bases, uses and dependencies the other way round.
    pub fn project(&self, turned: bool) -> Project {
        let mut project = Project::new();
        for layer in 0..self.layers.len() {
            let folder = format!("l{layer}");
            let (manifest, text) = (self.manifest(layer, turned), self.source(layer, turned));
            project =
                project.with(&format!("{folder}/prm.toml"), manifest).with(&format!("{folder}/{folder}.prm"), text);
        }
        project.at(&format!("l{}", self.layers.len() - 1))
    }

    /// The packages with one more on top that changes nothing.
    pub fn with_idle_layer(&self) -> Project {
        let last = self.layers.len() - 1;
        let manifest = format!(
            "[package]\nname = \"idle\"\nversion = \"1.0.0\"\n[dependencies]\nl{last} = {{ path = \"../l{last}\" }}\n"
        );
        let text = format!("use l{last}\nmodel idle \"Idle\" extends l{last}\n");
        self.project(false).with("idle/prm.toml", manifest).with("idle/idle.prm", text).at("idle")
    }

    fn bases(&self, layer: usize, turned: bool) -> Vec<usize> {
        let mut bases = self.layers[layer].extends.clone();
        if turned {
            bases.reverse();
        }
        bases
    }

    fn manifest(&self, layer: usize, turned: bool) -> String {
        let mut text = format!("[package]\nname = \"l{layer}\"\nversion = \"1.0.0\"\n[dependencies]\n");
        for base in self.bases(layer, turned) {
            writeln!(text, "l{base} = {{ path = \"../l{base}\" }}").unwrap();
        }
        text
    }

    fn source(&self, layer: usize, turned: bool) -> String {
        let Layer { outcomes, omitted_processes, excluded, covers_through, .. } = &self.layers[layer];
        let bases: Vec<String> = self.bases(layer, turned).iter().map(|base| format!("l{base}")).collect();
        let mut text: String = bases.iter().map(|base| format!("use {base}\n")).collect();
        let extends = if bases.is_empty() { String::new() } else { format!(" extends {}", bases.join(", ")) };
        writeln!(text, "model l{layer} \"Layer {layer}\"{extends} {{").unwrap();
        text.push_str(if layer == 0 { "  covers c\n" } else { "" });
        text.push_str(if *covers_through { "  covers d through x\n" } else { "" });
        excluded.iter().for_each(|control| writeln!(text, "  exclude R{control} because \"Not here.\"").unwrap());
        text.push_str("}\n");
        if layer == 0 {
            catalogs(&mut text);
        }
        for process in 0..PROCESSES {
            let own: Vec<_> = outcomes.iter().filter(|(id, _)| process_of(id) == process).collect();
            let stated: Vec<_> = own.iter().filter(|(_, deed)| matches!(deed, Deed::State(..))).collect();
            if layer == 0 {
                writeln!(text, "process P{process} \"Process {process}\" {{\n  purpose \"For all.\"").unwrap();
            } else if !stated.is_empty() {
                writeln!(text, "extend process P{process} {{").unwrap();
            }
            for (id, deed) in &stated {
                let Deed::State(words, links) = deed else { continue };
                let number = id.split_once('.').unwrap().1;
                let is_new = layer == 0 || number == format!("l{layer}");
                let (replace, because) = if is_new { ("", "") } else { ("replace ", " because \"Better.\"") };
                writeln!(text, "  {replace}outcome {number} \"{words}\"{because}").unwrap();
                links.iter().for_each(|link| text.push_str(&line(link, id)));
            }
            text.push_str(if layer == 0 || !stated.is_empty() { "}\n" } else { "" });
            for (id, _) in own.iter().filter(|(_, deed)| matches!(deed, Deed::Omit)) {
                writeln!(text, "omit {id} because \"Not here.\"").unwrap();
            }
            if omitted_processes.contains(&process) {
                writeln!(text, "omit P{process} because \"Not here.\"").unwrap();
            }
        }
        text
    }

    /// All of it, to be read.
    pub fn text(&self) -> String {
        (0..self.layers.len()).map(|layer| format!("// l{layer}\n{}", self.source(layer, false))).collect()
    }
}

fn catalogs(text: &mut String) {
    for (catalog, letter) in [("c", 'R'), ("d", 'D')] {
        writeln!(text, "catalog {catalog} \"Catalog\" {{").unwrap();
        (0..CONTROLS).for_each(|row| writeln!(text, "  control {letter}{row} \"Row {row}\"").unwrap());
        text.push_str("}\n");
    }
    text.push_str("crosswalk x \"Crosswalk\" from c to d {\n");
    (0..CONTROLS).for_each(|row| writeln!(text, "  R{row} equals D{row}").unwrap());
    text.push_str("}\n");
}

fn line(link: &Link, own: &str) -> String {
    let together: Vec<&str> = link.together.iter().map(String::as_str).filter(|id| *id != own).collect();
    let word = if link.partly { "partly satisfies" } else { "satisfies" };
    let together = if together.is_empty() { String::new() } else { format!(" together with {}", together.join(", ")) };
    format!("    {word} R{}{together}\n", link.control)
}
