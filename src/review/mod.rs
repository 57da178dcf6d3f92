//! Which claims rest on texts that have changed since somebody judged them.
//!
//! A link is a claim about texts: that what an outcome says meets what a requirement says; so is what a practice
//! achieves, or the reason of an exclusion. [`KINDS`] has a row for each kind. Whoever judged a claim judged
//! those words; ids are only their names. So a judgement is found again by its texts first, wherever they stand now,
//! and by ids, former ones included, where the texts have changed; then the claim is suspect until it is judged anew.

pub mod closed;
mod links;
mod pairs;
pub mod reference;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Name, Program, natural_order};
use crate::package::lock::{Claim, Entry, Fingerprint, Judgement, Lock, Mark, Record};

use crate::source::Sources;
use crate::span::Span;
pub use links::{KINDS, Kind};

/// The claims of a model, each with what is known of its judgement.
#[derive(Debug, Default)]
pub struct Review {
    /// The claims: the links of outcomes by outcome, then those of other kinds, then the lines of crosswalks in force.
    pub links: Vec<Reviewed>,
    /// Judgements of claims that are no more.
    pub vanished: Vec<Judgement>,
    /// The texts on which claims rest, by id.
    pub texts: BTreeMap<String, Wording>,
    /// The texts that the lock file holds.
    locked: BTreeMap<Mark, String>,
    /// Whether the lock file has judgements, and of links alone: other claims were not reviewed once.
    is_of_links_alone: bool,
    /// The records of closed assessments that the lock file holds.
    records: Vec<Record>,
}

/// A claim, and what became of it.
#[derive(Debug)]
pub struct Reviewed {
    /// What it claims now.
    pub claim: Claim,
    /// Where it stands.
    pub span: Span,
    /// The judgement of it, if there is one.
    pub judgement: Option<Judgement>,
    /// The base in whose lock file that stands; `None` for the one of the package asked for.
    pub judged_by: Option<Name>,
    /// What has changed since; empty for a link without a judgement.
    pub changes: Vec<Change>,
}

/// Whether a link has been judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Judged, and nothing has changed since.
    Judged,
    /// Judged so by a base, and not by the package asked for.
    Inherited,
    /// Judged, but on other texts.
    Suspect,
    /// Never judged.
    New,
}

/// What a judgement was made without knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A text says something else.
    Reworded {
        /// The full id of what says it.
        id: String,
        /// The old wording, where the lock file has it.
        old: Option<String>,
    },
    /// The link rests on a text on which it did not rest: a part, a member of a joint set.
    Added {
        /// The full id of what says it.
        id: String,
    },
    /// The link no longer rests on a text.
    Gone {
        /// The full id of what said it.
        id: String,
        /// The old wording, where the lock file has it.
        old: Option<String>,
    },
    /// It claims something else: in full what was in part, or with other partners.
    Claimed {
        /// What it claimed.
        old: String,
    },
}

/// A text on which links rest.
#[derive(Clone, Debug)]
pub struct Wording {
    /// What it says, white space collapsed; of a requirement its title, and after a colon its text.
    pub text: String,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Where it stands.
    pub span: Span,
}

impl State {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            State::Judged => "judged",
            State::Inherited => "inherited",
            State::Suspect => "suspect",
            State::New => "new",
        }
    }
}

impl Change {
    /// The text that has changed.
    pub fn id(&self) -> Option<&str> {
        match self {
            Change::Reworded { id, .. } | Change::Added { id } | Change::Gone { id, .. } => Some(id),
            Change::Claimed { .. } => None,
        }
    }
}

impl Reviewed {
    /// Whether it has been judged.
    pub fn state(&self) -> State {
        match (&self.judgement, self.changes.is_empty()) {
            (None, _) => State::New,
            (Some(_), true) if self.judged_by.is_some() => State::Inherited,
            (Some(_), true) => State::Judged,
            (Some(_), false) => State::Suspect,
        }
    }

    /// Whether it waits for a judgement.
    pub fn is_open(&self) -> bool {
        matches!(self.state(), State::Suspect | State::New)
    }
}

/// Reviews the links of the package asked for, those of its bases included. `others` are the lock files of the packages
/// before it: what a base has judged holds, where the package itself has not judged the link.
pub fn review(program: &Program, sources: &Sources, lock: &Lock, others: &[Option<Lock>]) -> Review {
    let Some(root) = program.root() else { return Review::default() };
    let (found, texts) = links::of(program, sources);
    let former = links::former_processes(program, &root.model);
    let mut vanished: Vec<bool> = vec![true; lock.judgements.len()];
    let mut links: Vec<Reviewed> = found
        .into_iter()
        .map(|(claim, span)| Reviewed { claim, span, judgement: None, judged_by: None, changes: Vec::new() })
        .collect();
    for (link, own) in judged(&links, lock, &texts, &former).into_iter().enumerate() {
        if let Some((at, changes)) = own {
            vanished[at] = false;
            links[link].judgement = Some(lock.judgements[at].clone());
            links[link].changes = changes;
        }
    }
    inherit(program, &mut links, others, &texts, &former);
    let gone = lock.judgements.iter().zip(vanished).filter(|(_, is_gone)| *is_gone);
    let vanished = gone.map(|(judgement, _)| judgement.clone()).collect();
    let is_of_links_alone = !lock.judgements.is_empty() && lock.is_of_links_alone();
    let records = lock.records.clone();
    Review { links, vanished, texts, locked: lock.texts.clone(), is_of_links_alone, records }
}

/// The position of the judgement that each link has in a lock file, with what has changed since.
fn judged(
    links: &[Reviewed],
    lock: &Lock,
    texts: &BTreeMap<String, Wording>,
    former: &BTreeMap<&str, &str>,
) -> Vec<Option<(usize, Vec<Change>)>> {
    let past = Past::new(lock, texts);
    let old: Vec<Claim> = lock.judgements.iter().map(|judgement| renamed(&judgement.claim, texts, former)).collect();
    let live: Vec<&Claim> = links.iter().map(|link| &link.claim).collect();
    let since = |(claim, partner): (&&Claim, Option<pairs::Partner>)| {
        let at = partner?;
        let is_other = !at.is_same || claim.marks().any(|mark| past.is_other_text(mark));
        let changes = if is_other { changes(claim, &old[at.judgement], &past) } else { Vec::new() };
        Some((at.judgement, changes))
    };
    live.iter().zip(pairs::pair(&live, &old)).map(since).collect()
}

/// Gives the links that the package has not judged the judgements of its bases: first those on the texts of today, then
/// those on others; each of the nearest base that has one.
fn inherit(
    program: &Program,
    links: &mut [Reviewed],
    others: &[Option<Lock>],
    texts: &BTreeMap<String, Wording>,
    former: &BTreeMap<&str, &str>,
) {
    let stands_on = program.root().map(|root| root.scope.stands_on.as_slice()).unwrap_or_default();
    let mut bases = Vec::new();
    for base in stands_on.iter().rev() {
        let lock = others.get(base.0 as usize).and_then(Option::as_ref);
        if let Some((lock, head)) = lock.zip(program.package(*base).model.head.as_ref()) {
            bases.push((head.id, lock, judged(links, lock, texts, former)));
        }
    }
    for is_same in [true, false] {
        for (base, lock, judged) in &bases {
            for (link, found) in links.iter_mut().zip(judged).filter(|(link, _)| link.judgement.is_none()) {
                if let Some((at, changes)) = found.as_ref().filter(|(_, changes)| changes.is_empty() == is_same) {
                    link.judgement = Some(lock.judgements[*at].clone());
                    link.judged_by = Some(*base);
                    link.changes = changes.clone();
                }
            }
        }
    }
}

/// The texts on which links were judged, beside those of today.
struct Past<'a> {
    /// Those of the lock file. Ids may be those of today; these stand under the ids of their time.
    texts: FxHashMap<Fingerprint, &'a str>,
    /// The fingerprints that several texts have: whoever writes a text can make a second one of that kind, have the
    /// first one judged, and put the other in its place.
    shared: FxHashSet<Fingerprint>,
    lock: &'a Lock,
    present: &'a BTreeMap<String, Wording>,
}

impl<'a> Past<'a> {
    fn new(lock: &'a Lock, present: &'a BTreeMap<String, Wording>) -> Past<'a> {
        let mut texts: FxHashMap<Fingerprint, &str> = FxHashMap::default();
        let mut shared = FxHashSet::default();
        let old = lock.texts.iter().filter_map(|(mark, text)| Some((mark.fingerprint?, text.as_str())));
        for (fingerprint, text) in old {
            if *texts.entry(fingerprint).or_insert(text) != text {
                shared.insert(fingerprint);
            }
        }
        let is_other = |now: &&Wording| texts.get(&now.fingerprint).is_some_and(|text| *text != now.text);
        shared.extend(present.values().filter(is_other).map(|now| now.fingerprint));
        Past { texts, shared, lock, present }
    }

    /// Whether something says another text today than the lock file has for it, though the fingerprint is the same.
    fn is_other_text(&self, mark: &Mark) -> bool {
        let is_shared = mark.fingerprint.is_some_and(|fingerprint| self.shared.contains(&fingerprint));
        is_shared && self.lock.texts.get(mark) != self.present.get(&mark.id).map(|now| &now.text)
    }
}

/// An old claim with the present ids of processes that had others.
fn renamed(claim: &Claim, texts: &BTreeMap<String, Wording>, former: &BTreeMap<&str, &str>) -> Claim {
    let mut claim = claim.clone();
    for mark in claim.left.iter_mut().chain(&mut claim.right).filter(|mark| !texts.contains_key(&mark.id)) {
        let outcome = mark.id.rsplit_once('.');
        let outcome =
            outcome.and_then(|(process, number)| former.get(process).map(|present| format!("{present}.{number}")));
        let renamed = outcome.or_else(|| renamed_rating(&mark.id, former));
        mark.id = renamed.unwrap_or_else(|| mark.id.clone());
    }
    claim
}

/// What rates something of a process, with the present id of that process.
fn renamed_rating(id: &str, former: &BTreeMap<&str, &str>) -> Option<String> {
    let (assessment, rest) = id.strip_suffix(':')?.split_once(links::RATED_OF)?;
    let process = rest.split(links::RATED_OF).next()?;
    let behind = rest.strip_prefix(process)?;
    Some(format!("{assessment}{}{}{behind}:", links::RATED_OF, former.get(process)?))
}

/// What a claim rests on now, compared with what it rested on.
fn changes(claim: &Claim, old: &Claim, past: &Past<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if claim.to_string() != old.to_string() {
        changes.push(Change::Claimed { old: old.to_string() });
    }
    let wording = |fingerprint: Fingerprint| past.texts.get(&fingerprint).map(|text| (*text).to_owned());
    let stated = |claim: &'_ Claim| -> BTreeMap<String, Option<Fingerprint>> {
        claim.stated().map(|mark| (mark.id.clone(), mark.fingerprint)).collect()
    };
    let (then, now) = (stated(old), stated(claim));
    for mark in claim.stated().filter(|mark| mark.fingerprint.is_some()) {
        match then.get(mark.id.as_str()) {
            Some(fingerprint) if *fingerprint == mark.fingerprint && !past.is_other_text(mark) => {}
            Some(Some(fingerprint)) => {
                changes.push(Change::Reworded { id: mark.id.clone(), old: wording(*fingerprint) });
            }
            _ => changes.push(Change::Added { id: mark.id.clone() }),
        }
    }
    for (mark, fingerprint) in old.stated().filter_map(|mark| Some((mark, mark.fingerprint?))) {
        if now.get(mark.id.as_str()).copied().flatten().is_none() {
            changes.push(Change::Gone { id: mark.id.clone(), old: wording(fingerprint) });
        }
    }
    // Whoever wrote the outcome anew knew what it replaces; so this counts only where the outcome stayed as it was.
    if let (Some(base), Some(old_base)) = (claim.replaces.first(), old.replaces.first())
        && claim.left.first() == old.left.first()
        && (base.fingerprint != old_base.fingerprint || past.is_other_text(base))
    {
        changes.push(Change::Reworded { id: base.id.clone(), old: old_base.fingerprint.and_then(wording) });
    }
    changes
}

impl Review {
    /// How many links are in a state.
    pub fn count(&self, state: State) -> usize {
        self.links.iter().filter(|link| link.state() == state).count()
    }

    /// The new claims of kinds that were not reviewed when the lock file was written, as far as it tells.
    pub fn unknown_to_lock(&self) -> usize {
        let is_other = |link: &&Reviewed| link.state() == State::New && link.claim.entry() == Entry::Claim;
        if self.is_of_links_alone { self.links.iter().filter(is_other).count() } else { 0 }
    }

    /// What the claims are called together.
    pub fn noun(&self) -> &'static str {
        noun(self.links.iter().map(|link| &link.claim).chain(self.vanished.iter().map(|gone| &gone.claim)))
    }

    /// The acts by which several links were accepted at once, as far as the lock files tell: the base whose act it was,
    /// how many at once, the reason, and how many of those judgements are still there.
    pub fn acts(&self) -> BTreeMap<(Option<Name>, u32, &str), usize> {
        let mut acts = BTreeMap::new();
        let judged = self.links.iter().filter_map(|link| Some((link.judged_by, link.judgement.as_ref()?)));
        for (by, judgement) in judged.chain(self.vanished.iter().map(|judgement| (None, judgement))) {
            if let Some(at_once) = judgement.at_once {
                *acts.entry((by, at_once, judgement.because.as_str())).or_default() += 1;
            }
        }
        acts
    }

    /// How many links each base has judged for the package asked for.
    pub fn inherited(&self) -> BTreeMap<Name, usize> {
        let mut bases = BTreeMap::new();
        for link in self.links.iter().filter(|link| link.state() == State::Inherited) {
            link.judged_by.into_iter().for_each(|base| *bases.entry(base).or_default() += 1);
        }
        bases
    }

    /// Whether nothing waits for a judgement.
    pub fn is_settled(&self) -> bool {
        self.vanished.is_empty() && !self.links.iter().any(Reviewed::is_open)
    }

    /// The lock after open links were judged: those that are chosen are accepted as they are, and forgotten where they
    /// are no more. Every other judgement is kept as it was. Those of bases stay theirs.
    pub fn accept(&self, chosen: impl Fn(&Claim) -> bool, because: &str) -> Lock {
        let mut judgements: Vec<Judgement> = Vec::new();
        // What a judgement that stays as it was rests on, the lock file knows better than the texts of today.
        let mut kept: Vec<Judgement> = self.vanished.iter().filter(|gone| !chosen(&gone.claim)).cloned().collect();
        let accepted = self.links.iter().filter(|link| link.is_open() && chosen(&link.claim)).count();
        let at_once = u32::try_from(accepted).ok().filter(|accepted| *accepted > 1);
        for link in &self.links {
            let claim = || link.claim.clone();
            match &link.judgement {
                Some(judgement) if link.state() == State::Judged => {
                    judgements.push(Judgement { claim: claim(), ..judgement.clone() });
                }
                _ if link.is_open() && chosen(&link.claim) => {
                    judgements.push(Judgement { claim: claim(), because: because.to_owned(), at_once });
                }
                Some(judgement) if link.judged_by.is_none() => kept.push(judgement.clone()),
                _ => {}
            }
        }
        let mut texts = BTreeMap::new();
        for (some, is_kept) in [(&judgements, false), (&kept, true)] {
            let marks = some.iter().flat_map(|judgement| judgement.claim.marks());
            texts.extend(marks.filter_map(|mark| Some((mark.clone(), self.wording(mark, is_kept)?))));
        }
        judgements.extend(kept);
        judgements.sort_by(|a, b| links::order(&a.claim, &b.claim));
        Lock { judgements, texts, records: self.records.clone() }
    }

    /// What a text said at the time of a mark.
    fn wording(&self, mark: &Mark, is_kept: bool) -> Option<String> {
        let locked = self.locked.get(mark).cloned();
        if is_kept && locked.is_some() {
            return locked;
        }
        let present = self.texts.get(&mark.id).filter(|wording| Some(wording.fingerprint) == mark.fingerprint);
        present.map(|wording| wording.text.clone()).or(locked)
    }
}

/// What some claims are called together: links, where there are no others.
pub fn noun<'a>(mut claims: impl Iterator<Item = &'a Claim>) -> &'static str {
    claims.find(|claim| claim.entry() == Entry::Claim).map_or("link", Claim::noun)
}

/// `COM.2` before `COM.10`, and a short list before a longer one.
fn by_ids(a: &[Mark], b: &[Mark]) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).map(|(a, b)| natural_order(&a.id, &b.id));
    pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then(a.len().cmp(&b.len()))
}
