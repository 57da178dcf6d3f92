//! What differs between two models: what was added, removed, reworded, moved or renamed, and what this did to coverage.
//!
//! Layout, comments, and the order of statements and files make no difference; white space in texts counts as one
//! space. Elements are matched first (`matching`), then compared fact by fact (`facts`).

pub mod assessments;
mod coverage;
mod elements;
mod facts;
mod matching;
mod names;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::compile::Checked;
use crate::coverage::{Status, Summary};
use facts::{Element, Fact, Reader, flat, renamed};
use matching::Match;

pub use crate::model::What;
pub use facts::Place;
pub use matching::How;
pub use words::{Word, words};

/// What differs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// The elements that differ: the model, groups, processes with what stands in them, and so on, in the order of
    /// their kinds and ids.
    pub changes: Vec<Change>,
    /// The catalogs whose coverage differs, by id.
    pub coverage: Vec<CatalogChange>,
    /// The titles of the processes and catalogs in which something differs, by what they are and the ids of the new side.
    pub titles: BTreeMap<(What, String), String>,
}

/// An element that differs. One that was added has no old side, one that was removed no new side.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is.
    pub kind: What,
    /// What it was.
    pub old: Option<Side>,
    /// What it is now.
    pub new: Option<Side>,
    /// How the two sides were found to be one element, where its own id is another now.
    pub renamed: Option<How>,
    /// Where it stood and where it stands, if that is elsewhere: a group, process, clause; `None` is outside of all.
    pub moved: Option<(Option<String>, Option<String>)>,
    /// What it says otherwise; of what was added or removed, all that it says.
    pub facts: Vec<FactChange>,
}

/// An element on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its full id; a requirement's with its catalog; the term itself.
    pub id: String,
    /// Its id within its process or catalog, or its full id.
    pub own_id: String,
    /// Its title, or its text where it has no title.
    pub title: String,
    /// The process, catalog or nothing in which it is shown, by the ids of the new side.
    pub within: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// A statement of an element that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FactChange {
    /// The word of the statement.
    pub property: &'static str,
    /// What it is about, if a block may hold several: the requirement of a link, the process of a relation.
    pub key: String,
    /// What it said; `None` if it was not there.
    pub old: Option<String>,
    /// What it says; `None` if it is not there.
    pub new: Option<String>,
}

/// A catalog whose coverage differs.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogChange {
    /// Its id.
    pub catalog: String,
    /// Its title.
    pub title: String,
    /// The counts before; `None` if the catalog was not covered.
    pub old: Option<Summary>,
    /// The counts now; `None` if the catalog is covered no more.
    pub new: Option<Summary>,
    /// The requirements whose status differs, in the order of the catalog.
    pub requirements: Vec<StatusChange>,
}

/// A requirement whose status differs.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusChange {
    /// Its id before, without the catalog's; `None` if the catalog did not have it.
    pub old_id: Option<String>,
    /// Its id now; `None` if the catalog does not have it any more.
    pub new_id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its status before; `None` if it was not counted.
    pub old: Option<Status>,
    /// Its status now; `None` if it is not counted.
    pub new: Option<Status>,
    /// What that means.
    pub effect: Effect,
    /// The outcomes that proved the old status.
    pub old_outcomes: Vec<String>,
    /// The outcomes that prove the new status.
    pub new_outcomes: Vec<String>,
}

/// What a change of status means. Covered and excluded count as settled, above partial, and that above uncovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is better settled than before.
    Gained,
    /// It is less settled than before, or not counted any more although the catalog has it.
    Lost,
    /// From covered to excluded, or the other way.
    Changed,
    /// It was not there, or was not counted and is uncovered.
    New,
    /// It is not there any more, or was uncovered and is not counted any more.
    Gone,
}

impl Effect {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Effect::Gained => "gained",
            Effect::Lost => "lost",
            Effect::Changed => "changed",
            Effect::New => "new",
            Effect::Gone => "gone",
        }
    }
}

impl Change {
    /// What it is shown in: outcomes and practices in their process, requirements in their catalog.
    pub fn section(&self) -> What {
        match self.kind {
            What::Outcome | What::Practice => What::Process,
            What::Requirement => What::Catalog,
            own => own,
        }
    }
}

/// How many differences there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Elements that were added.
    pub added: usize,
    /// Elements that were removed.
    pub removed: usize,
    /// Elements that are there on both sides, and differ.
    pub changed: usize,
    /// Requirements that gained coverage.
    pub gained: usize,
    /// Requirements that lost coverage.
    pub lost: usize,
    /// Requirements that are excluded, and were not.
    pub excluded: usize,
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.coverage.is_empty()
    }

    /// How many differences there are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            match (&change.old, &change.new) {
                (None, _) => counts.added += 1,
                (_, None) => counts.removed += 1,
                _ => counts.changed += 1,
            }
        }
        for row in self.coverage.iter().flat_map(|catalog| &catalog.requirements) {
            counts.gained += usize::from(row.effect == Effect::Gained);
            counts.lost += usize::from(row.effect == Effect::Lost);
            counts.excluded += usize::from(row.new == Some(Status::Excluded));
        }
        counts
    }
}

/// Ids of the old side, by what they are on the new side.
pub(crate) type Renames = FxHashMap<String, String>;

/// What differs between two models.
pub fn diff(old: &Checked<'_>, new: &Checked<'_>) -> Diff {
    if old.sources.are_same(new.sources) {
        return Diff::default();
    }
    let (old_elements, new_elements) = (elements::elements(old), elements::elements(new));
    let matches = matching::matches(&old_elements, &new_elements);
    let renames = renames(&old_elements, &new_elements, &matches);
    let (old_read, new_read) = (Reader { input: old }, Reader { input: new });
    let sides = Sides { old: &old_elements, new: &new_elements, old_read, new_read, renames: &renames };
    let mut changes: Vec<Change> = matches.iter().filter_map(|one| sides.change(one)).collect();
    changes.sort_by_cached_key(order);
    let titles = sides.titles(&changes);
    Diff { changes, coverage: coverage::coverage(old, new, &renames), titles }
}

fn order(change: &Change) -> (What, Vec<u8>, Vec<u8>) {
    let key = |side: &Option<Side>| side.as_ref().map(|side| facts::sort_key(&side.id)).unwrap_or_default();
    let (old, new) = (key(&change.old), key(&change.new));
    // The smaller id first, so that a difference and its mirror image have one order.
    match (old.is_empty(), new.is_empty()) {
        (true, _) => (change.kind, new, Vec::new()),
        (_, true) => (change.kind, old, Vec::new()),
        _ => (change.kind, old.clone().min(new.clone()), old.max(new)),
    }
}

fn renames(old: &[Element<'_>], new: &[Element<'_>], matches: &[Match]) -> Renames {
    let pairs = matches.iter().filter_map(|one| Some((old.get(one.old?)?, new.get(one.new?)?)));
    pairs
        .filter(|(old, new)| old.id != new.id && old.kind != What::Term)
        .map(|(old, new)| (old.id.to_string(), new.id.to_string()))
        .collect()
}

struct Sides<'a> {
    old: &'a [Element<'a>],
    new: &'a [Element<'a>],
    old_read: Reader<'a>,
    new_read: Reader<'a>,
    renames: &'a Renames,
}

impl Sides<'_> {
    fn titles(&self, changes: &[Change]) -> BTreeMap<(What, String), String> {
        let holds = |element: &&Element<'_>| matches!(element.kind, What::Process | What::Catalog);
        let mut known: FxHashMap<(What, &str), &str> = FxHashMap::default();
        for element in self.old.iter().filter(holds) {
            known.insert((element.kind, renamed(&element.id, self.renames)), &element.title);
        }
        known.extend(self.new.iter().filter(holds).map(|element| ((element.kind, &*element.id), &*element.title)));
        let used = changes.iter().flat_map(|change| {
            let sides = [&change.old, &change.new].into_iter().flatten();
            sides.filter_map(|side| Some((change.section(), side.within.as_deref()?)))
        });
        used.filter_map(|(kind, id)| Some(((kind, id.to_owned()), (*known.get(&(kind, id))?).to_owned()))).collect()
    }

    fn change(&self, one: &Match) -> Option<Change> {
        let old = one.old.and_then(|at| self.old.get(at));
        let new = one.new.and_then(|at| self.new.get(at));
        let change = |renamed, moved, facts| Change {
            kind: old.or(new).map_or(What::Model, |element| element.kind),
            old: old.map(|old| side(old, old.within.map(|within| facts::renamed(within, self.renames)), self.old_read)),
            new: new.map(|new| side(new, new.within, self.new_read)),
            renamed,
            moved,
            facts,
        };
        let (Some(old), Some(new)) = (old, new) else {
            let facts = match (old, new) {
                (Some(old), _) => compare(&old.facts, &[], self.renames),
                (_, Some(new)) => compare(&[], &new.facts, self.renames),
                _ => return None,
            };
            return (!one.is_told_elsewhere).then(|| change(None, None, facts));
        };
        let parent = old.parent.as_deref().map(|parent| renamed(parent, self.renames));
        let is_moved = parent != new.parent.as_deref();
        // What only follows the new id of its process is not renamed itself.
        let is_renamed = old.own_id != new.own_id || (is_moved && old.id != new.id);
        let mut facts = compare(&old.facts, &new.facts, self.renames);
        if one.how == How::Formerly {
            // The statement that told the new id is the renaming itself.
            facts.retain(|fact| fact.property != "formerly" || (fact.key != old.id && fact.key != new.id));
        }
        let owned = |parent: &Option<Cow<'_, str>>| parent.as_deref().map(str::to_owned);
        let moved = || is_moved.then(|| (owned(&old.parent), owned(&new.parent)));
        (is_renamed || is_moved || !facts.is_empty()).then(|| change(is_renamed.then_some(one.how), moved(), facts))
    }
}

fn side(element: &Element<'_>, within: Option<&str>, read: Reader<'_>) -> Side {
    Side {
        id: element.id.to_string(),
        own_id: element.own_id.to_string(),
        title: element.title.to_string(),
        within: within.map(str::to_owned),
        place: read.place(element.span),
    }
}

/// What statements say, by what they are about: as it is compared, and as it is shown.
type Statements = BTreeMap<(usize, &'static str, String), Vec<Said>>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    /// With the ids of the new side.
    compared: String,
    key: String,
    value: String,
}

fn compare(old: &[Fact<'_>], new: &[Fact<'_>], renames: &Renames) -> Vec<FactChange> {
    if facts::are_same(old, new, renames) {
        return Vec::new();
    }
    let (mut old, mut new) = (statements(old, renames), statements(new, &Renames::default()));
    let mut keys: Vec<(usize, &'static str, String)> = old.keys().chain(new.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    let mut changes = Vec::new();
    for key in keys {
        let (mut before, mut after) = (old.remove(&key).unwrap_or_default(), new.remove(&key).unwrap_or_default());
        without_shared(&mut before, &mut after);
        let pairs = before.len().max(after.len());
        let (mut before, mut after) = (before.into_iter(), after.into_iter());
        for (before, after) in (0..pairs).map(|_| (before.next(), after.next())) {
            let told = after.as_ref().or(before.as_ref()).map(|said| said.key.clone());
            changes.push(FactChange {
                property: key.1,
                key: told.unwrap_or_default(),
                old: before.map(|said| said.value),
                new: after.map(|said| said.value),
            });
        }
    }
    changes
}

fn statements(facts: &[Fact<'_>], renames: &Renames) -> Statements {
    let none = Renames::default();
    let mut statements = Statements::default();
    for fact in facts {
        let key = (facts::position(fact.property), fact.property, flat(&fact.key, renames));
        statements.entry(key).or_default().push(Said {
            compared: flat(&fact.value, renames),
            key: flat(&fact.key, &none),
            value: flat(&fact.value, &none),
        });
    }
    statements
}

/// Takes out what is on both sides, as often as it is on both, and puts the rest in order.
fn without_shared(old: &mut Vec<Said>, new: &mut Vec<Said>) {
    old.sort();
    new.sort();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    new.iter().for_each(|said| *counts.entry(said.compared.clone()).or_default() += 1);
    let mut shared: FxHashMap<String, usize> = FxHashMap::default();
    old.retain(|said| match counts.get_mut(&said.compared) {
        Some(count) if *count > 0 => {
            *count -= 1;
            *shared.entry(said.compared.clone()).or_default() += 1;
            false
        }
        _ => true,
    });
    new.retain(|said| match shared.get_mut(&said.compared) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
}
