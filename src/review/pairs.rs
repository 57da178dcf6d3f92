//! Which judgement belongs to which link.

use std::collections::VecDeque;
use std::fmt::Write;

use rustc_hash::FxHashMap;

use crate::package::lock::{Claim, Mark};

/// The judgement that a link has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its position.
    pub judgement: usize,
    /// Whether it was made on the texts of today.
    pub is_same: bool,
}

/// What a claim is recognized by.
type Sign = fn(&Claim) -> String;

/// Finds the judgement of each claim; each judgement is given once.
///
/// From the surest sign to the weakest: everything is the same; the texts are, under other ids; the ids are, with
/// other texts; outcome and requirement are, and the claim is another.
pub fn pair(live: &[&Claim], judged: &[Claim]) -> Vec<Option<Partner>> {
    let signs: [(Sign, bool); 4] = [(whole, true), (texts, true), (ids, false), (ends, false)];
    let mut partners: Vec<Option<Partner>> = vec![None; live.len()];
    let mut is_open = vec![true; judged.len()];
    for (sign, is_same) in signs {
        let mut open: FxHashMap<String, VecDeque<usize>> = FxHashMap::default();
        for (judgement, claim) in judged.iter().enumerate().filter(|(judgement, _)| is_open[*judgement]) {
            open.entry(sign(claim)).or_default().push_back(judgement);
        }
        for (claim, partner) in live.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            if let Some(judgement) = open.get_mut(&sign(claim)).and_then(VecDeque::pop_front) {
                *partner = Some(Partner { judgement, is_same });
                is_open[judgement] = false;
            }
        }
    }
    partners
}

fn whole(claim: &Claim) -> String {
    let mut key = head(claim);
    let others = [&claim.right, &claim.parts, &claim.replaces].into_iter().flat_map(|marks| sorted(marks, 0));
    for mark in sorted(&claim.left, fixed(claim)).chain(others) {
        // Writing to a String cannot fail.
        let _ = write!(key, "\n{mark}");
    }
    key
}

/// The texts, and the catalogs that they stand in; not their ids.
fn texts(claim: &Claim) -> String {
    let mut key = head(claim);
    let mut add = |marks: &[Mark], fixed: usize| {
        let (first, rest) = marks.split_at(fixed.min(marks.len()));
        let mut rest: Vec<String> = rest.iter().map(text).collect();
        rest.sort_unstable();
        key.push_str("\n|");
        for text in first.iter().map(text).chain(rest) {
            let _ = write!(key, "\n{text}");
        }
    };
    add(&claim.left, fixed(claim));
    add(&claim.right, 0);
    add(&claim.parts, 0);
    add(&claim.replaces, 0);
    key
}

fn text(mark: &Mark) -> String {
    let catalog = mark.id.split_once(':').map_or("", |(catalog, _)| catalog);
    match mark.fingerprint {
        Some(fingerprint) => format!("{catalog} {fingerprint}"),
        None => mark.id.clone(),
    }
}

fn ids(claim: &Claim) -> String {
    let mut key = head(claim);
    for mark in sorted(&claim.left, fixed(claim)).chain(sorted(&claim.right, 0)) {
        let _ = write!(key, "\n{}", mark.id);
    }
    key
}

fn ends(claim: &Claim) -> String {
    format!("{}\n{}", claim.crosswalk.as_deref().unwrap_or_default(), claim.reference())
}

fn head(claim: &Claim) -> String {
    format!("{} {}", claim.crosswalk.as_deref().unwrap_or_default(), claim.relation)
}

/// How many marks on the left have a part of their own to play: the outcome that states the link.
fn fixed(claim: &Claim) -> usize {
    usize::from(claim.crosswalk.is_none())
}

/// Marks in an order of their own, but for the first few.
fn sorted(marks: &[Mark], fixed: usize) -> impl Iterator<Item = &Mark> {
    let (first, rest) = marks.split_at(fixed.min(marks.len()));
    let mut rest: Vec<&Mark> = rest.iter().collect();
    rest.sort_unstable();
    first.iter().chain(rest)
}
