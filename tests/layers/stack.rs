//! A random stack of layers over one base, and what it leaves, computed without a thought for speed.
//!
//! The second opinion reads the rules of layers literally. Of all that layers did to a thing, what a layer above
//! undid does not count; if more than one deed is left, the layers disagree, unless all say the same.

use std::collections::{BTreeMap, BTreeSet};

use prm::coverage::Status;

use crate::worlds::world::Dice;

pub const CONTROLS: usize = 6;
pub const FIELD: &str = "owner";

/// A link of an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub control: usize,
    pub partly: bool,
    /// The other members of a joint set.
    pub together: Vec<String>,
}

/// An element as a layer declares it, or states it anew.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    Group { inside: Option<String> },
    Process { inside: Option<String> },
    Outcome { text: String, links: Vec<Link>, produces: Vec<String> },
    Practice { text: String, achieves: Vec<String>, consumes: Vec<String>, produces: Vec<String> },
    Item { title: String, kind: Option<&'static str>, characteristics: Vec<String> },
}

/// What a layer does to an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    State(Element),
    Omit,
    /// A purpose or a context; whether it is stated anew.
    Text(&'static str, String, bool),
    Field(String),
    Note(String),
    Characteristic(String),
    /// It supports another process.
    Relation(String),
}

#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The layers right below.
    pub extends: Vec<usize>,
    /// What it does, each with the id of the element.
    pub deeds: Vec<(String, Deed)>,
    pub excluded: Vec<usize>,
    pub covers_through: bool,
}

/// A stack: the first layer is the base, the last the model asked for.
#[derive(Clone, Debug)]
pub struct Stack {
    pub layers: Vec<Layer>,
}

/// What a stack leaves.
pub struct Left {
    /// All that is said of elements, in order of the words.
    pub facts: Vec<String>,
    pub statuses: BTreeMap<String, Status>,
}

/// What some layers say of a thing.
#[derive(Clone, Debug, PartialEq)]
enum Said<T> {
    Nothing,
    One(T),
    /// They disagree.
    Disputed,
}
use Said::{Disputed, Nothing, One};

type Layers = BTreeSet<usize>;

// What the rules say.

impl Stack {
    /// The layers that a layer stands on.
    fn below(&self, layer: usize) -> Layers {
        let bases = &self.layers[layer].extends;
        bases.iter().flat_map(|base| self.below(*base).into_iter().chain([*base])).collect()
    }

    fn with_below(&self, layer: usize) -> Layers {
        let mut layers = self.below(layer);
        layers.insert(layer);
        layers
    }

    /// Of some layers that did something, those above which none of them did.
    fn last(&self, layers: Vec<usize>) -> Vec<usize> {
        let hidden: Layers = layers.iter().flat_map(|layer| self.below(*layer)).collect();
        layers.into_iter().filter(|layer| !hidden.contains(layer)).collect()
    }

    /// What a layer does to an element, in the order in which it is written.
    fn deeds<'a>(&'a self, layer: usize, id: &'a str) -> impl Iterator<Item = &'a Deed> {
        self.layers[layer].deeds.iter().filter(move |(other, _)| other == id).map(|(_, deed)| deed)
    }

    /// What layers say of one thing, each with the layer, where a layer above says nothing else.
    fn one<T: PartialEq>(&self, layers: &Layers, says: impl Fn(usize) -> Option<T>) -> Said<(usize, T)> {
        let who: Vec<usize> = layers.iter().copied().filter(|layer| says(*layer).is_some()).collect();
        let mut said: Vec<(usize, T)> =
            self.last(who).into_iter().filter_map(|layer| Some((layer, says(layer)?))).collect();
        match said.len() {
            0 => Nothing,
            _ if said.iter().all(|(_, other)| *other == said[0].1) => One(said.remove(0)),
            _ => Disputed,
        }
    }

    /// The ids of all elements that some layers declare.
    fn ids(&self, layers: &Layers) -> BTreeSet<String> {
        let all = layers.iter().flat_map(|layer| &self.layers[*layer].deeds);
        all.filter(|(_, deed)| matches!(deed, Deed::State(_))).map(|(id, _)| id.clone()).collect()
    }

    /// What an element stands in, from the inside.
    fn around<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::successors(self.inside(id), |inside| self.inside(inside))
    }

    fn inside<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        let declared = self.layers.iter().flat_map(|layer| &layer.deeds).find(|(other, _)| other == id);
        match declared.map(|(_, deed)| deed) {
            Some(Deed::State(Element::Group { inside } | Element::Process { inside })) => inside.as_deref(),
            _ => id.split_once('.').map(|(process, _)| process),
        }
    }

    /// "One omits what the other replaces or extends": whether an element is there. Who leaves out what is around it
    /// leaves it out, who changes what is in it changes it.
    fn is_there(&self, layers: &Layers, id: &str) -> Said<(usize, bool)> {
        let around: Vec<&str> = self.around(id).collect();
        self.one(layers, |layer| {
            let mut is_changed = false;
            for (other, deed) in &self.layers[layer].deeds {
                let omits = *deed == Deed::Omit;
                if omits && (other == id || around.contains(&other.as_str())) {
                    return Some(false);
                }
                is_changed = is_changed || !omits && (other == id || self.around(other).any(|around| around == id));
            }
            is_changed.then_some(true)
        })
    }

    fn is_surely_there(&self, layers: &Layers, id: &str) -> bool {
        matches!(self.is_there(layers, id), One((_, true)))
    }

    /// The version of an element that counts.
    fn version(&self, layers: &Layers, id: &str) -> Said<(usize, Element)> {
        self.one(layers, |layer| {
            self.deeds(layer, id).find_map(|deed| match deed {
                Deed::State(element) => Some(element.clone()),
                _ => None,
            })
        })
    }

    fn stated_text(&self, layers: &Layers, id: &str, what: &str) -> Said<(usize, String)> {
        self.one(layers, |layer| {
            self.deeds(layer, id).find_map(|deed| match deed {
                Deed::Text(word, text, _) if *word == what => Some(text.clone()),
                _ => None,
            })
        })
    }

    fn field(&self, layers: &Layers, id: &str) -> Said<(usize, String)> {
        self.one(layers, |layer| {
            self.deeds(layer, id).find_map(|deed| match deed {
                Deed::Field(text) => Some(text.clone()),
                _ => None,
            })
        })
    }

    /// "An item its kind where none is stated."
    fn kind(&self, layer: usize, id: &str) -> Option<&'static str> {
        match self.deeds(layer, id).next() {
            Some(Deed::State(Element::Item { kind: Some(kind), .. })) => Some(kind),
            _ => match self.version(&self.below(layer), id) {
                One((layer, _)) => self.kind(layer, id),
                _ => None,
            },
        }
    }

    /// Whether some layers disagree about anything.
    fn is_disputed(&self, layers: &Layers) -> bool {
        self.ids(layers).iter().any(|id| match self.is_there(layers, id) {
            One((_, false)) | Nothing => false,
            Disputed => true,
            One((_, true)) => {
                self.version(layers, id) == Disputed
                    || self.field(layers, id) == Disputed
                    || ["purpose", "context"].iter().any(|what| self.stated_text(layers, id, what) == Disputed)
            }
        })
    }

    /// What the stack leaves; none where layers disagree somewhere.
    pub fn expected(&self) -> Option<Left> {
        let mut stacks = (0..self.layers.len()).map(|layer| self.with_below(layer));
        if stacks.any(|layers| self.is_disputed(&layers)) {
            return None;
        }
        let all = self.with_below(self.layers.len() - 1);
        let there: BTreeSet<String> = self.ids(&all).into_iter().filter(|id| self.is_surely_there(&all, id)).collect();
        let mut facts: Vec<String> = there.iter().flat_map(|id| self.facts(&all, &there, id)).collect();
        facts.extend(all.iter().map(|layer| format!("term of layer {layer}: Defined by {layer}.")));
        facts.extend(["catalog c", "catalog d", "crosswalk x"].map(str::to_owned));
        facts.sort();
        Some(Left { facts, statuses: self.statuses(&all, &there) })
    }

    /// All that is said of an element.
    fn facts(&self, layers: &Layers, there: &BTreeSet<String>, id: &str) -> Vec<String> {
        let One((by, element)) = self.version(layers, id) else { return Vec::new() };
        let mut facts = vec![format!("put there by l{by}")];
        let mut list = |what: &str, ids: &[String]| {
            facts.extend(ids.iter().filter(|id| there.contains(*id)).map(|id| format!("{what} {id}")));
        };
        match &element {
            Element::Group { inside } | Element::Process { inside } => list("in", inside.as_slice()),
            Element::Outcome { produces, .. } => list("produces", produces),
            Element::Practice { achieves, consumes, produces, .. } => {
                list("achieves", achieves);
                list("consumes", consumes);
                list("produces", produces);
            }
            Element::Item { .. } => {}
        }
        match element {
            Element::Group { .. } | Element::Process { .. } => {}
            Element::Practice { text, .. } => facts.push(text),
            Element::Outcome { text, links, .. } => {
                facts.push(text);
                facts.extend(links.iter().map(Link::fact));
            }
            Element::Item { title, characteristics, .. } => {
                facts.push(title);
                facts.extend(self.kind(by, id).map(|kind| format!("kind {kind}")));
                facts.extend(characteristics.iter().map(|text| format!("characteristic {text}")));
            }
        }
        for what in ["purpose", "context"] {
            if let One((layer, text)) = self.stated_text(layers, id, what) {
                facts.push(format!("{what} {text} (l{layer})"));
            }
        }
        if let One((layer, text)) = self.field(layers, id) {
            facts.push(format!("{FIELD} {text} (l{layer})"));
        }
        let under = self.below(by);
        for layer in layers {
            for deed in self.deeds(*layer, id) {
                match deed {
                    Deed::Note(text) => facts.push(format!("note {text}")),
                    // "No characteristic" of those that were there below.
                    Deed::Characteristic(text) if !under.contains(layer) => {
                        facts.push(format!("characteristic {text}"))
                    }
                    Deed::Relation(target) if there.contains(target) => facts.push(format!("supports {target}")),
                    _ => {}
                }
            }
            facts.extend(self.history(*layer, id));
        }
        facts.into_iter().map(|fact| format!("{id}: {fact}")).collect()
    }

    /// "What each layer did to it", and why.
    fn history(&self, layer: usize, id: &str) -> Vec<String> {
        let is_declared_below = self.ids(&self.below(layer)).contains(id);
        if !is_declared_below {
            return Vec::new();
        }
        let mut history: Vec<String> = self
            .deeds(layer, id)
            .filter_map(|deed| match deed {
                Deed::State(_) => Some(format!("replaced by l{layer} because Better.")),
                Deed::Text(what, _, true) => Some(format!("{what} replaced by l{layer} because Better.")),
                _ => None,
            })
            .collect();
        if self.is_extended(layer, id) {
            history.push(format!("extended by l{layer}"));
        }
        history
    }

    /// Whether a layer has an `extend` of an element of a base.
    pub fn is_extended(&self, layer: usize, id: &str) -> bool {
        let is_process = !id.contains('.');
        let is_stated = self.deeds(layer, id).any(|deed| matches!(deed, Deed::State(_)));
        !is_stated
            && (self.deeds(layer, id).any(|deed| *deed != Deed::Omit)
                || (is_process
                    && self.layers[layer].deeds.iter().any(|(other, deed)| {
                        *deed != Deed::Omit && other.split_once('.').is_some_and(|(process, _)| process == id)
                    })))
    }

    fn statuses(&self, layers: &Layers, there: &BTreeSet<String>) -> BTreeMap<String, Status> {
        let links: Vec<Link> = there
            .iter()
            .flat_map(|id| match self.version(layers, id) {
                One((_, Element::Outcome { links, .. })) => links,
                _ => Vec::new(),
            })
            .collect();
        let mut statuses = BTreeMap::new();
        let in_force = layers.iter().any(|layer| self.layers[*layer].covers_through);
        for control in 0..CONTROLS {
            let links: Vec<&Link> = links.iter().filter(|link| link.control == control).collect();
            let in_full = |link: &&Link| !link.partly && link.together.iter().all(|id| there.contains(id));
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
}

impl Link {
    /// As it is told among the facts.
    pub fn fact(&self) -> String {
        let strength = if self.partly { "in part" } else { "in full" };
        let mut together = self.together.clone();
        together.sort();
        format!("satisfies R{} {strength} {}", self.control, together.join(" ")).trim_end().to_owned()
    }
}

// The dice.

const KINDS: [&str; 3] = ["plan", "record", "register"];

impl Stack {
    pub fn random(seed: u64) -> Stack {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1a7e);
        let mut stack = Stack { layers: vec![Layer::default()] };
        stack.base(&mut dice);
        let shapes: [&[&[usize]]; 5] = [
            &[&[0]],
            &[&[0], &[1]],
            &[&[0], &[0], &[1, 2]],
            &[&[0], &[0], &[2, 1], &[3]],
            &[&[0], &[0], &[1], &[2, 3]],
        ];
        for bases in shapes[dice.below(shapes.len())] {
            stack.layers.push(Layer { extends: bases.to_vec(), ..Layer::default() });
            let layer = stack.layers.len() - 1;
            let mut change = Change { below: stack.below(layer), omitted: BTreeSet::new(), stack: &mut stack, layer };
            change.all(&mut dice);
        }
        stack
    }

    fn base(&mut self, dice: &mut Dice) {
        let mut state = |id: &str, element: Element| self.layers[0].deeds.push((id.to_owned(), Deed::State(element)));
        let inside = |group: &str| Some(group.to_owned());
        state("GA", Element::Group { inside: None });
        state("GB", Element::Group { inside: inside("GA") });
        state("GC", Element::Group { inside: None });
        let groups = [inside("GA"), inside("GB"), None];
        for (process, inside) in groups.into_iter().enumerate() {
            state(&format!("P{process}"), Element::Process { inside });
        }
        for (item, kind) in KINDS.into_iter().enumerate().take(3) {
            let characteristics = if dice.chance(50) { vec![format!("Of item {item}.")] } else { Vec::new() };
            let kind = Some(kind);
            state(&format!("i{item}"), Element::Item { title: format!("Item {item}"), kind, characteristics });
        }
        let mut change = Change { below: Layers::new(), omitted: BTreeSet::new(), stack: self, layer: 0 };
        for process in 0..3 {
            let id = format!("P{process}");
            change.push(&id, Deed::Text("purpose", format!("Base purpose {process}."), false));
            if dice.chance(50) {
                change.push(&id, Deed::Text("context", format!("Base context {process}."), false));
            }
            for number in 1..3 + dice.below(2) {
                let element = change.outcome(&format!("Base {process} {number} is so."), dice);
                change.push(&format!("{id}.{number}"), Deed::State(element));
            }
            let element = change.practice(&id, &format!("Do {process}."), dice);
            change.push(&format!("{id}.BP1"), Deed::State(element));
            change.additions(&id, dice);
        }
        for id in ["GA", "GB", "i0", "i1", "P0.1", "P1.1", "P1.BP1"] {
            change.additions(id, dice);
        }
    }
}

/// A layer that changes a little of what stands below it, and settles most of what is disputed there.
struct Change<'a> {
    stack: &'a mut Stack,
    layer: usize,
    below: Layers,
    omitted: BTreeSet<String>,
}

impl Change<'_> {
    fn push(&mut self, id: &str, deed: Deed) {
        self.stack.layers[self.layer].deeds.push((id.to_owned(), deed));
    }

    /// Whether the layer leaves out what an element stands in.
    fn is_omitted_around(&self, id: &str) -> bool {
        self.stack.around(id).any(|around| self.omitted.contains(around))
    }

    /// The elements that are there for the layer, of one sort.
    fn seen(&self, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
        let own = Layers::from([self.layer]);
        let there = self.stack.ids(&self.below).into_iter().filter(|id| self.stack.is_surely_there(&self.below, id));
        let is_kept = |id: &String| !self.omitted.contains(id) && !self.is_omitted_around(id);
        there.chain(self.stack.ids(&own)).filter(|id| is_meant(id)).filter(is_kept).collect()
    }

    fn all(&mut self, dice: &mut Dice) {
        let ids: Vec<String> = self.stack.ids(&self.below).into_iter().collect();
        for id in &ids {
            let chance = match self.stack.is_there(&self.below, id) {
                Disputed => 60,
                One((_, true)) if self.stack.version(&self.below, id) == Disputed => 25,
                One((_, true)) if id.starts_with('G') => 4,
                One((_, true)) => 8,
                _ => 0,
            };
            // Where it is disputed whether the whole is there, only the whole is left out.
            let is_open = self.stack.around(id).all(|around| self.stack.is_surely_there(&self.below, around));
            if dice.chance(chance) && is_open && !self.is_omitted_around(id) {
                self.omitted.insert(id.clone());
            }
        }
        for id in self.omitted.clone() {
            // What is in it goes along.
            if !self.is_omitted_around(&id) {
                self.push(&id, Deed::Omit);
            }
        }
        for id in &ids {
            let is_omitted = self.omitted.contains(id) || self.is_omitted_around(id);
            let is_around_there = self.stack.around(id).all(|around| self.stack.is_surely_there(&self.below, around));
            if !is_omitted && is_around_there {
                self.one(id, dice);
            }
        }
        for process in self.seen(|id| id.starts_with('P') && !id.contains('.')) {
            if dice.chance(15) && self.stack.is_surely_there(&self.below, &process) {
                let (layer, number) = (self.layer, format!("{process}.l{}", self.layer));
                let element = self.outcome(&format!("Layer {layer} adds to {process}."), dice);
                self.push(&number, Deed::State(element));
                let element = self.practice(&process, &format!("Do what {layer} adds."), dice);
                self.push(&format!("{process}.BPl{layer}"), Deed::State(element));
            }
        }
        self.new_elements(dice);
        if dice.chance(20) {
            let control = dice.below(CONTROLS);
            self.stack.layers[self.layer].excluded.push(control);
        }
        self.stack.layers[self.layer].covers_through = dice.chance(30);
    }

    fn new_elements(&mut self, dice: &mut Dice) {
        let layer = self.layer;
        if dice.chance(25) {
            let group = format!("Gl{layer}");
            self.push(&group, Deed::State(Element::Group { inside: None }));
            let groups = self.seen(|id| id.starts_with('G'));
            let inside = Some(groups[dice.below(groups.len())].clone());
            let process = format!("Pl{layer}");
            self.push(&process, Deed::State(Element::Process { inside }));
            self.push(&process, Deed::Text("purpose", format!("Purpose of layer {layer}."), false));
            let element = self.outcome(&format!("Layer {layer} has its own."), dice);
            self.push(&format!("{process}.1"), Deed::State(element));
        }
        if dice.chance(25) {
            let (title, kind) = (format!("Item of layer {layer}"), Some(KINDS[dice.below(3)]));
            let element = Element::Item { title, kind, characteristics: vec!["New.".to_owned()] };
            self.push(&format!("il{layer}"), Deed::State(element));
        }
    }

    /// Changes one element, or settles what is disputed about it.
    fn one(&mut self, id: &str, dice: &mut Dice) {
        let there = self.stack.is_there(&self.below, id);
        let version = self.stack.version(&self.below, id);
        let is_unsettled = there == Disputed || version == Disputed;
        if there != Disputed && !matches!(there, One((_, true))) {
            return;
        }
        let can_be_replaced = id.contains('.') || id.starts_with('i');
        if can_be_replaced && dice.chance(if is_unsettled { 75 } else { 15 }) {
            let element = self.anew(id, is_unsettled, dice);
            self.push(id, Deed::State(element));
            self.additions(id, dice);
            return;
        }
        // What is in a process or a group may still be disputed; only leaving it out settles that here.
        if is_unsettled {
            return;
        }
        let layer = self.layer;
        for what in ["purpose", "context"].into_iter().filter(|_| id.starts_with('P') && !id.contains('.')) {
            let (chance, anew) = match self.stack.stated_text(&self.below, id, what) {
                Disputed => (75, true),
                One(_) => (12, true),
                Nothing => (8, false),
            };
            if dice.chance(chance) {
                let by = if dice.chance(60) { format!("layer {layer}") } else { "many layers".to_owned() };
                self.push(id, Deed::Text(what, format!("The {what} of {by}."), anew));
            }
        }
        if id.contains('.') {
            return;
        }
        self.additions(id, dice);
        if id.starts_with('i') && dice.chance(15) {
            self.push(id, Deed::Characteristic(format!("Added by {layer}.")));
        }
        let others = self.seen(|other| other.starts_with('P') && !other.contains('.') && other != id);
        if id.starts_with('P') && !others.is_empty() && dice.chance(10) {
            self.push(id, Deed::Relation(others[dice.below(others.len())].clone()));
        }
    }

    /// Fields and notes.
    fn additions(&mut self, id: &str, dice: &mut Dice) {
        let layer = self.layer;
        let has_field = !id.contains(".BP");
        let chance = match self.stack.field(&self.below, id) {
            Disputed => 80,
            _ if layer == 0 => 40,
            _ => 12,
        };
        if has_field && dice.chance(chance) {
            let who = if dice.chance(60) { format!("Of layer {layer}") } else { "Anna".to_owned() };
            self.push(id, Deed::Field(who));
        }
        if dice.chance(if layer == 0 { 40 } else { 10 }) {
            self.push(id, Deed::Note(format!("Noted by {layer} at {id}.")));
        }
    }

    fn anew(&self, id: &str, with_kind: bool, dice: &mut Dice) -> Element {
        // Two layers may say the same.
        let by = if dice.chance(80) { format!("Layer {}", self.layer) } else { "One of the layers".to_owned() };
        let text = format!("{by} states {id} anew.");
        if id.starts_with('i') {
            let kind = (with_kind || dice.chance(50)).then(|| KINDS[dice.below(3)]);
            let characteristics = if dice.chance(30) { vec![format!("Anew by {by}.")] } else { Vec::new() };
            return Element::Item { title: text, kind, characteristics };
        }
        match id.split_once('.') {
            Some((process, number)) if number.starts_with("BP") => self.practice(process, &text, dice),
            _ => self.outcome(&text, dice),
        }
    }

    fn some(&self, ids: &[String], percent: usize, dice: &mut Dice) -> Vec<String> {
        ids.iter().filter(|_| dice.chance(percent)).cloned().collect()
    }

    fn practice(&self, process: &str, text: &str, dice: &mut Dice) -> Element {
        let items = self.seen(|id| id.starts_with('i'));
        let outcomes =
            self.seen(|id| id.split_once('.').is_some_and(|(of, number)| of == process && !number.starts_with("BP")));
        Element::Practice {
            text: text.to_owned(),
            achieves: self.some(&outcomes, 50, dice),
            consumes: self.some(&items, 20, dice),
            produces: self.some(&items, 30, dice),
        }
    }

    fn outcome(&self, text: &str, dice: &mut Dice) -> Element {
        let items = self.seen(|id| id.starts_with('i'));
        let produces = self.some(&items, 20, dice);
        let base =
            self.stack.layers[0].deeds.iter().filter(|(_, deed)| matches!(deed, Deed::State(Element::Outcome { .. })));
        let base: Vec<&String> = base.map(|(id, _)| id).collect();
        let links = (0..dice.below(3)).map(|_| {
            let (control, partly) = (dice.below(CONTROLS), dice.chance(25));
            // Only the base can be sure that all of its outcomes are there.
            let is_joint = self.layer == 0 && !base.is_empty() && dice.chance(30) && !partly;
            let together = if is_joint { vec![base[dice.below(base.len())].clone()] } else { Vec::new() };
            Link { control, partly, together }
        });
        Element::Outcome { text: text.to_owned(), links: links.collect(), produces }
    }
}
