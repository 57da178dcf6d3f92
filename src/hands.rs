//! Who does work that can be cut into parts: one hand in the core, several at once where the rim has threads. What comes of
//! it is the same.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Hands that share work.
pub trait Hands: Sync {
    /// Into how many parts work on so many bytes of source is cut.
    fn parts(&self, bytes: usize) -> usize;

    /// Does each of so many parts once, in whatever order, perhaps several at a time.
    fn share(&self, parts: usize, work: &(dyn Fn(usize) + Sync));
}

/// One hand, which does one thing after the other.
pub struct One;

impl Hands for One {
    fn parts(&self, _: usize) -> usize {
        1
    }

    fn share(&self, parts: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..parts).for_each(work);
    }
}

/// What comes of work on things that follow each other, part by part, in their order.
pub fn share<T: Send>(
    hands: &dyn Hands,
    things: usize,
    parts: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts = parts.min(things);
    let results: Vec<Mutex<Option<T>>> = (0..parts).map(|_| Mutex::default()).collect();
    let start = |part: usize| things * part / parts;
    hands.share(parts, &|part| {
        let result = work(start(part)..start(part + 1));
        if let Some(place) = results.get(part) {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
    });
    results.into_iter().filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}
