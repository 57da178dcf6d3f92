//! The targets of `tests/fuzz` for a moment, on every run of the tests; `tests/fuzz/run` gives them hours.

#[path = "fuzz/driver.rs"]
mod driver;
#[path = "fuzz/targets.rs"]
mod targets;

use std::collections::BTreeMap;
use std::path::Path;

use driver::{seeds, try_out};
use targets::ALL;

#[test]
fn every_target_takes_mutated_seeds() {
    for target in ALL {
        let mut seeds = seeds(Path::new(env!("CARGO_MANIFEST_DIR")), target.1);
        assert!(!seeds.is_empty(), "{}", target.0);
        // They are tried themselves, too, by the longer runs; here all the time is for what is new.
        seeds.sort_by_key(Vec::len);
        seeds.truncate(40);
        let done = try_out(target, seeds, 0, |done| done < 120);
        assert!(done.kept > 0, "{}", target.0);
        assert_eq!(done.failures, BTreeMap::new(), "{}", target.0);
    }
}
