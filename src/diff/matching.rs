//! Which element of one model is which of the other: by id, then by `formerly`, then by equal wording.
//!
//! Within a process, an outcome that keeps its number and its wording is settled first, then one that keeps its
//! wording under another number, and only then one that keeps its number: so a row of outcomes in which one was
//! inserted is renumbered, not reworded from top to bottom. Everything here treats the two sides alike, so that the
//! difference from new to old is the mirror image of that from old to new.

use std::collections::BTreeSet;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Element, Wording, sort_key};
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
pub fn matches(old: &[Element<'_>], new: &[Element<'_>]) -> Vec<Match> {
    let mut matcher = Matcher { old, new, of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    matcher.models();
    let kinds: BTreeSet<What> = old.iter().chain(new).map(|element| element.kind).collect();
    let in_others = [What::Model, What::Requirement, What::Outcome, What::Practice];
    for kind in kinds.into_iter().filter(|kind| !in_others.contains(kind)) {
        matcher.by(kind, How::Id, |element| Some(&*element.own_id));
        matcher.by_former_id(kind);
        matcher.by(kind, How::Wording, worded);
    }
    matcher.by(What::Requirement, How::Id, |element| Some(&*element.id));
    matcher.by(What::Requirement, How::Wording, |element| Some((element.within, worded(element)?)));
    for kind in [What::Outcome, What::Practice] {
        matcher.in_processes(kind);
        matcher.by(kind, How::Wording, worded);
    }
    matcher.finish()
}

/// What an element in a process is compared by: its own id, its wording, or both.
type Key<'e> = fn(&'e Element<'e>) -> Option<(Option<&'e str>, Option<&'e Wording<'e>>)>;

fn worded<'e>(element: &'e Element<'_>) -> Option<&'e Wording<'e>> {
    let (title, text) = &element.wording;
    (!title.trim().is_empty() || !text.trim().is_empty()).then_some(&element.wording)
}

struct Matcher<'e> {
    old: &'e [Element<'e>],
    new: &'e [Element<'e>],
    of_old: Vec<Option<(usize, How)>>,
    of_new: Vec<Option<usize>>,
}

impl<'e> Matcher<'e> {
    /// A package describes one model, whatever it is called.
    fn models(&mut self) {
        self.by(What::Model, How::Id, |element| Some(&*element.id));
        self.by(What::Model, How::Id, |_| Some(()));
    }

    /// Matches what is still open and has one key; where several have it, in the order of their ids.
    fn by<K: Eq + Hash>(&mut self, kind: What, how: How, key: impl Fn(&'e Element<'e>) -> Option<K>) {
        self.by_keys(kind, how, &key, &key);
    }

    fn by_keys<K: Eq + Hash>(
        &mut self,
        kind: What,
        how: How,
        old_key: impl Fn(&'e Element<'e>) -> Option<K>,
        new_key: impl Fn(&'e Element<'e>) -> Option<K>,
    ) {
        let mut lots: FxHashMap<K, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for at in open(self.new, kind, |at| self.of_new[at].is_none()) {
            if let Some(key) = new_key(&self.new[at]) {
                lots.entry(key).or_default().1.push(at);
            }
        }
        for at in open(self.old, kind, |at| self.of_old[at].is_none()) {
            if let Some(lot) = old_key(&self.old[at]).and_then(|key| lots.get_mut(&key)) {
                lot.0.push(at);
            }
        }
        for (mut olds, mut news) in lots.into_values() {
            by_id(&mut olds, self.old);
            by_id(&mut news, self.new);
            olds.into_iter().zip(news).for_each(|(old, new)| self.pair(old, new, how));
        }
    }

    fn pair(&mut self, old: usize, new: usize, how: How) {
        self.of_old[old] = Some((new, how));
        self.of_new[new] = Some(old);
    }

    /// Either side may be the one that was renamed.
    fn by_former_id(&mut self, kind: What) {
        let mut pairs: Vec<(&str, &str, usize, usize)> = Vec::new();
        let olds: Vec<usize> = open(self.old, kind, |at| self.of_old[at].is_none()).collect();
        let news: Vec<usize> = open(self.new, kind, |at| self.of_new[at].is_none()).collect();
        let by_id = |elements: &'e [Element<'e>], open: &[usize]| -> FxHashMap<&'e str, usize> {
            open.iter().map(|at| (&*elements[*at].id, *at)).collect()
        };
        let (old_ids, new_ids) = (by_id(self.old, &olds), by_id(self.new, &news));
        let mut note = |old: usize, new: usize| {
            let (a, b) = (&*self.old[old].id, &*self.new[new].id);
            pairs.push((a.min(b), a.max(b), old, new));
        };
        for new in &news {
            self.new[*new].formerly.iter().filter_map(|id| old_ids.get(id)).for_each(|old| note(*old, *new));
        }
        for old in &olds {
            self.old[*old].formerly.iter().filter_map(|id| new_ids.get(id)).for_each(|new| note(*old, *new));
        }
        pairs.sort_unstable();
        for (_, _, old, new) in pairs {
            if self.of_old[old].is_none() && self.of_new[new].is_none() {
                self.pair(old, new, How::Formerly);
            }
        }
    }

    /// What stands in processes that are one.
    fn in_processes(&mut self, kind: What) {
        let processes = self.of_old.iter().zip(self.old).filter(|(_, old)| old.kind == What::Process);
        let renamed: FxHashMap<&str, &str> =
            processes.filter_map(|(partner, old)| Some((&*old.id, &*self.new.get(partner.as_ref()?.0)?.id))).collect();
        let keys: [(How, Key<'e>); 3] = [
            (How::Id, |element| Some((Some(&*element.own_id), Some(&element.wording)))),
            (How::Wording, |element| Some((None, Some(worded(element)?)))),
            (How::Id, |element| Some((Some(&*element.own_id), None))),
        ];
        for (how, key) in keys {
            // Old elements are looked up by the process that theirs is now; what has lost its process waits.
            let old_key = |element: &'e Element<'e>| Some((*renamed.get(element.within?)?, key(element)?));
            self.by_keys(kind, how, old_key, |element| Some((element.within.unwrap_or_default(), key(element)?)));
        }
    }

    fn finish(self) -> Vec<Match> {
        let mut matches = Vec::new();
        let gone = |elements: &'e [Element<'e>], is_open: &dyn Fn(usize) -> bool| -> FxHashSet<&'e str> {
            open(elements, What::Catalog, is_open).map(|at| &*elements[at].id).collect()
        };
        let lost = gone(self.old, &|at| self.of_old[at].is_none());
        let added = gone(self.new, &|at| self.of_new[at].is_none());
        let told = |element: &Element<'_>, catalogs: &FxHashSet<&str>| {
            element.kind == What::Requirement && element.within.is_some_and(|within| catalogs.contains(within))
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

/// What is still open of a kind.
fn open(elements: &[Element<'_>], kind: What, is_open: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
    (0..elements.len()).filter(move |at| elements[*at].kind == kind && is_open(*at))
}

/// Puts elements in the order of their ids.
fn by_id(positions: &mut [usize], elements: &[Element<'_>]) {
    if positions.len() > 1 {
        positions.sort_by_cached_key(|at| sort_key(&elements[*at].id));
    }
}
