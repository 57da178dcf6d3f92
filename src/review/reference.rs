//! What a reference on the command line means by a link.

use std::collections::BTreeSet;

use super::Review;
use crate::package::lock::{Claim, Mark};

/// Why a reference means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// No link has to do with it.
    Unknown,
    /// Several catalogs have a requirement of this id.
    Ambiguous(Vec<String>),
}

impl Review {
    /// Settles what a reference means: an element, a requirement, a crosswalk, a model, or, as `LEFT/RIGHT`, the claim
    /// between two of them.
    ///
    /// # Errors
    /// Where no link, judged or not, has to do with it, or where it could be several things.
    pub fn settle(&self, reference: &str) -> Result<(), Lost> {
        let claims = || self.links.iter().map(|link| &link.claim).chain(self.vanished.iter().map(|old| &old.claim));
        for part in reference.splitn(2, '/') {
            let ids: BTreeSet<&str> =
                claims().flat_map(Claim::marks).map(|mark| mark.id.as_str()).filter(|id| is_bare(id, part)).collect();
            if ids.len() > 1 && claims().all(|claim| claim.marks().all(|mark| mark.id != part)) {
                return Err(Lost::Ambiguous(ids.into_iter().map(str::to_owned).collect()));
            }
        }
        if claims().any(|claim| means(reference, claim)) { Ok(()) } else { Err(Lost::Unknown) }
    }

    /// Everything that a reference could be, for finding the nearest.
    pub fn known(&self) -> BTreeSet<&str> {
        let marks = self.links.iter().flat_map(|link| link.claim.marks());
        let models = self.links.iter().filter_map(|link| link.claim.model());
        marks.flat_map(|mark| [mark.id.as_str(), bare(&mark.id)]).chain(models).collect()
    }
}

/// Whether a reference means a claim.
pub fn means(reference: &str, claim: &Claim) -> bool {
    match reference.split_once('/') {
        Some((left, right)) => {
            let is_left = claim.left.iter().any(|mark| is(left, mark)) || is_said_by(left, claim);
            is_left && claim.right.iter().any(|mark| is(right, mark))
        }
        None => {
            claim.crosswalk.as_deref() == Some(reference)
                || claim.marks().any(|mark| is(reference, mark))
                || is_said_by(reference, claim)
        }
    }
}

fn is(reference: &str, mark: &Mark) -> bool {
    mark.id == reference || is_bare(&mark.id, reference)
}

/// Whether an id is that of a requirement, given without its catalog.
fn is_bare(id: &str, reference: &str) -> bool {
    id.split_once(':').is_some_and(|(_, own)| own == reference)
}

fn bare(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, own)| own)
}

/// Whether a claim is that of a model, or of something in a process.
fn is_said_by(reference: &str, claim: &Claim) -> bool {
    if let Some(model) = claim.model() {
        return model == reference;
    }
    let outcome = claim.left.first().filter(|_| claim.crosswalk.is_none());
    outcome.is_some_and(|outcome| outcome.id.rsplit_once('.').is_some_and(|(process, _)| process == reference))
}
