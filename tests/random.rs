//! How random tests run: what fails once is tried for ever.

use proptest::test_runner::{Config, FileFailurePersistence, RngSeed};

/// So many cases, the same on every run. With `PROPTEST_CASES=20000` in the environment, it is so many others; the seed of
/// one that fails is written to `tests/regressions.txt`, and what stands there is tried first from then on.
pub fn cases(cases: u32) -> Config {
    let given = Config::default();
    let (cases, rng_seed) = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => (given.cases, given.rng_seed),
        None => (cases, RngSeed::Fixed(0)),
    };
    let failures = FileFailurePersistence::Direct("tests/regressions.txt");
    Config { cases, rng_seed, failure_persistence: Some(Box::new(failures)), ..given }
}
