//! Which element of one model is which of the other: by id, then by `formerly`, then by equal wording.
//!
//! Within a process, an outcome that keeps its number and its wording is settled first, then one that keeps its
//! wording under another number, and only then one that keeps its number: so a row of outcomes in which one was
//! inserted is renumbered, not reworded from top to bottom. Everything here treats the two sides alike, so that the
//! difference from new to old is the mirror image of that from old to new.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Element, sort_key};
use crate::model::What;

/// How two elements were found to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// They have one id.
    Id,
    /// One says that it formerly had the id of the other.
    Formerly,
    /// They have the same wording.
    Wording,
}

impl How {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            How::Id => "id",
            How::Formerly => "formerly",
            How::Wording => "wording",
        }
    }
}

/// An element on both sides, or on one of them, by position.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub how: How,
    /// Whether it came or went with the catalog that it stands in, which tells it.
    pub is_told_elsewhere: bool,
}

/// Every element of both sides, once.
pub fn matches(old: &[Element], new: &[Element]) -> Vec<Match> {
    let mut matcher = Matcher { old, new, of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    matcher.models();
    let kinds: BTreeSet<What> = old.iter().chain(new).map(|element| element.kind).collect();
    let in_others = [What::Model, What::Requirement, What::Outcome, What::Practice];
    for kind in kinds.into_iter().filter(|kind| !in_others.contains(kind)) {
        matcher.by(kind, How::Id, |element| Some(element.own_id.clone()));
        matcher.by_former_id(kind);
        matcher.by(kind, How::Wording, worded);
    }
    matcher.by(What::Requirement, How::Id, |element| Some(element.id.clone()));
    matcher.by(What::Requirement, How::Wording, |element| within(element, worded(element)?));
    for kind in [What::Outcome, What::Practice] {
        matcher.in_processes(kind);
        matcher.by(kind, How::Wording, worded);
    }
    matcher.finish()
}

/// What elements are compared by.
type Key = fn(&Element) -> Option<String>;

fn worded(element: &Element) -> Option<String> {
    (!element.wording.trim().is_empty()).then(|| element.wording.clone())
}

fn within(element: &Element, key: String) -> Option<String> {
    Some(format!("{}\n{key}", element.within.as_deref().unwrap_or_default()))
}

struct Matcher<'a> {
    old: &'a [Element],
    new: &'a [Element],
    of_old: Vec<Option<(usize, How)>>,
    of_new: Vec<Option<usize>>,
}

impl Matcher<'_> {
    /// A package describes one model, whatever it is called.
    fn models(&mut self) {
        self.by(What::Model, How::Id, |element| Some(element.id.clone()));
        self.by(What::Model, How::Id, |_| Some(String::new()));
    }

    /// Matches what is still open and has one key; where several have it, in the order of their ids.
    fn by(&mut self, kind: What, how: How, key: impl Fn(&Element) -> Option<String>) {
        self.by_keys(kind, how, &key, &key);
    }

    fn by_keys(
        &mut self,
        kind: What,
        how: How,
        old_key: impl Fn(&Element) -> Option<String>,
        new_key: impl Fn(&Element) -> Option<String>,
    ) {
        let mut news: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for at in open(self.new, kind, |at| self.of_new[at].is_none()) {
            if let Some(key) = new_key(&self.new[at]) {
                news.entry(key).or_default().push(at);
            }
        }
        let mut taken: FxHashMap<String, usize> = FxHashMap::default();
        for at in open(self.old, kind, |at| self.of_old[at].is_none()) {
            let Some(key) = old_key(&self.old[at]) else { continue };
            let Some(candidates) = news.get(&key) else { continue };
            let next = taken.entry(key).or_default();
            if let Some(partner) = candidates.get(*next) {
                *next += 1;
                self.pair(at, *partner, how);
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize, how: How) {
        self.of_old[old] = Some((new, how));
        self.of_new[new] = Some(old);
    }

    /// Either side may be the one that was renamed.
    fn by_former_id(&mut self, kind: What) {
        let mut pairs: Vec<(String, String, usize, usize)> = Vec::new();
        let olds = open(self.old, kind, |at| self.of_old[at].is_none());
        let news = open(self.new, kind, |at| self.of_new[at].is_none());
        let by_id = |elements: &[Element], open: &[usize]| -> FxHashMap<String, usize> {
            open.iter().map(|at| (elements[*at].id.clone(), *at)).collect()
        };
        let (old_ids, new_ids) = (by_id(self.old, &olds), by_id(self.new, &news));
        let mut note = |old: usize, new: usize| {
            let (a, b) = (self.old[old].id.clone(), self.new[new].id.clone());
            pairs.push((a.clone().min(b.clone()), a.max(b), old, new));
        };
        for new in &news {
            self.new[*new].formerly.iter().filter_map(|id| old_ids.get(id)).for_each(|old| note(*old, *new));
        }
        for old in &olds {
            self.old[*old].formerly.iter().filter_map(|id| new_ids.get(id)).for_each(|new| note(*old, *new));
        }
        pairs.sort();
        for (_, _, old, new) in pairs {
            if self.of_old[old].is_none() && self.of_new[new].is_none() {
                self.pair(old, new, How::Formerly);
            }
        }
    }

    /// What stands in processes that are one.
    fn in_processes(&mut self, kind: What) {
        let processes = self.of_old.iter().zip(self.old).filter(|(_, old)| old.kind == What::Process);
        let renamed: FxHashMap<&str, &str> = processes
            .filter_map(|(partner, old)| Some((old.id.as_str(), self.new.get(partner.as_ref()?.0)?.id.as_str())))
            .collect();
        let keys: [(How, Key); 3] = [
            (How::Id, |element| Some(format!("{}\n{}", element.own_id, element.wording))),
            (How::Wording, worded),
            (How::Id, |element| Some(element.own_id.clone())),
        ];
        for (how, key) in keys {
            // Old elements are looked up by the process that theirs is now; what has lost its process waits.
            let old_key =
                |element: &Element| Some(format!("{}\n{}", renamed.get(element.within.as_deref()?)?, key(element)?));
            self.by_keys(kind, how, old_key, |element| within(element, key(element)?));
        }
    }

    fn finish(self) -> Vec<Match> {
        let mut matches = Vec::new();
        let gone = |elements: &[Element], is_open: &dyn Fn(usize) -> bool| -> FxHashSet<String> {
            open(elements, What::Catalog, is_open).into_iter().map(|at| elements[at].id.clone()).collect()
        };
        let lost = gone(self.old, &|at| self.of_old[at].is_none());
        let added = gone(self.new, &|at| self.of_new[at].is_none());
        let told = |element: &Element, catalogs: &FxHashSet<String>| {
            element.kind == What::Requirement && element.within.as_ref().is_some_and(|within| catalogs.contains(within))
        };
        for (at, partner) in self.of_old.iter().enumerate() {
            matches.push(Match {
                old: Some(at),
                new: partner.map(|(new, _)| new),
                how: partner.map_or(How::Id, |(_, how)| how),
                is_told_elsewhere: told(&self.old[at], &lost),
            });
        }
        for (at, _) in self.of_new.iter().enumerate().filter(|(_, partner)| partner.is_none()) {
            let is_told_elsewhere = told(&self.new[at], &added);
            matches.push(Match { old: None, new: Some(at), how: How::Id, is_told_elsewhere });
        }
        matches
    }
}

/// What is still open of a kind, by id.
fn open(elements: &[Element], kind: What, is_open: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut open: Vec<usize> = (0..elements.len()).filter(|at| elements[*at].kind == kind && is_open(*at)).collect();
    open.sort_by_cached_key(|at| sort_key(&elements[*at].id));
    open
}
