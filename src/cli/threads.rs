//! The cores of the machine, for work on much source.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::hands::Hands;

/// Less source, in bytes, is done with before a second thread would be of use.
const FEW: usize = 1 << 20;

/// More threads would wait for each other's memory.
const MOST: usize = 8;

/// Parts for each thread, so that none waits long for another that has the larger ones.
const PARTS: usize = 8;

/// What the main thread has.
const STACK: usize = 8 << 20;

/// So many threads.
pub struct Threads(usize);

impl Threads {
    /// As many as this process may run at a time.
    pub fn new() -> Threads {
        Threads(thread::available_parallelism().map_or(1, usize::from).min(MOST))
    }
}

impl Hands for Threads {
    fn parts(&self, bytes: usize) -> usize {
        if self.0 == 1 || bytes < FEW { 1 } else { self.0 * PARTS }
    }

    fn share(&self, parts: usize, work: &(dyn Fn(usize) + Sync)) {
        let next = AtomicUsize::new(0);
        let take =
            || (0..parts).map(|_| next.fetch_add(1, Ordering::Relaxed)).take_while(|part| *part < parts).for_each(work);
        thread::scope(|scope| {
            // A thread that cannot be started leaves its work to the others.
            let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok();
            let helpers: Vec<_> = (1..self.0.min(parts)).filter_map(start).collect();
            take();
            for helper in helpers {
                // What went wrong was told where it did.
                if let Err(panic) = helper.join() {
                    resume_unwind(panic);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn each_part_is_done_once_and_little_work_is_not_shared() {
        for threads in [1, 2, 5] {
            let threads = Threads(threads);
            assert_eq!(threads.parts(FEW - 1), 1);
            assert_eq!(threads.parts(FEW) > 1, threads.0 > 1);
            for parts in [0, 1, 3, 200] {
                let done = Mutex::new(Vec::new());
                threads.share(parts, &|part| done.lock().unwrap().push(part));
                let mut done = done.into_inner().unwrap();
                done.sort_unstable();
                assert_eq!(done, (0..parts).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_goes_wrong_in_a_thread_goes_wrong_in_all() {
        let threads = Threads(3);
        let work = |part| assert_ne!(part, 7, "the eighth part is bad");
        let said = catch_unwind(AssertUnwindSafe(|| threads.share(20, &work))).unwrap_err();
        assert!(said.downcast_ref::<String>().is_some_and(|said| said.contains("eighth")));
    }
}
