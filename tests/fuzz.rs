//! The targets of `tests/fuzz` on a stable compiler: the cases are mutated, and what makes the compiler say something new
//! is mutated further. `tests/fuzz/run` gives them hours; every run of the tests, a moment.

mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, panic};

use targets::{ALL, PIECES, Target};

/// Inputs larger than this tell nothing new, and take long.
const LONGEST: usize = 8_000;

#[test]
fn every_target_takes_its_seeds() {
    for target in ALL {
        let seeds = seeds(target.1);
        assert!(seeds.len() > 10, "{}", target.0);
        let done = try_out(target, seeds, |done| done < 40);
        assert_eq!(done.failures, BTreeMap::new(), "{}", target.0);
    }
}

/// `tests/fuzz/run SECONDS`: so many seconds for all targets together.
#[test]
#[ignore = "takes as long as it is given"]
fn run() {
    let seconds: u64 = env::var("PRM_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let each = Duration::from_secs(seconds) / u32::try_from(ALL.len()).unwrap();
    let mut failures = 0;
    for target in ALL {
        let start = Instant::now();
        let done = try_out(target, seeds(target.1), |_| start.elapsed() < each);
        println!("{}: {} executions, {} kept, {} failures", target.0, done.executions, done.kept, done.failures.len());
        for (place, input) in &done.failures {
            let path = Path::new("tests/fuzz/artifacts").join(format!("{}-{:016x}", target.0, hash(input)));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, input).unwrap();
            println!("  {place}: {}", path.display());
        }
        failures += done.failures.len();
    }
    assert_eq!(failures, 0, "inputs that failed lie in tests/fuzz/artifacts");
}

/// `tests/fuzz/run corpus`: the seeds as files, for libFuzzer.
#[test]
#[ignore = "writes files"]
fn corpus() {
    for (name, end, _) in ALL {
        let folder = Path::new("tests/fuzz/corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for seed in seeds(end) {
            fs::write(folder.join(format!("{:016x}", hash(&seed))), seed).unwrap();
        }
    }
}

#[derive(Default)]
struct Done {
    executions: usize,
    kept: usize,
    /// The shortest input for each place that failed.
    failures: BTreeMap<String, Vec<u8>>,
}

fn try_out(target: &Target, mut pool: Vec<Vec<u8>>, go_on: impl Fn(usize) -> bool) -> Done {
    let mut done = Done::default();
    let mut dice = Dice(hash(target.0.as_bytes()));
    let mut seen: BTreeSet<u64> = pool.iter().map(|seed| novelty(seed)).collect();
    while go_on(done.executions) {
        let input = mutated(&pool, &mut dice);
        done.executions += 1;
        let outcome = panic::catch_unwind(|| (target.2)(&input));
        if let Err(said) = outcome {
            let said =
                said.downcast_ref::<String>().cloned().or_else(|| Some((*said.downcast_ref::<&str>()?).to_owned()));
            let place: String = said.unwrap_or_default().chars().take(60).collect();
            let shortest = done.failures.entry(place).or_insert_with(|| input.clone());
            if input.len() < shortest.len() {
                *shortest = input.clone();
            }
        }
        if seen.insert(novelty(&input)) && pool.len() < 20_000 {
            pool.push(input);
            done.kept += 1;
        }
    }
    done
}

/// What the compiler says of a text, by codes and kinds of statements: what is new there is worth going on from.
fn novelty(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let (tree, found) = prm::syntax::parse(prm::span::FileId(0), &text);
    let codes: BTreeSet<&str> = found.iter().map(|found| found.code.code).collect();
    let kinds: BTreeSet<String> = tree.nodes.iter().map(|node| format!("{:?}", node.kind)).collect();
    hash(format!("{codes:?}{kinds:?}{}", tree.is_orderly).as_bytes())
}

fn mutated(pool: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut input = pool[dice.below(pool.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(input.len() + 1);
        let end = (at + 1 + dice.below(24)).min(input.len());
        match dice.below(8) {
            0 => drop(input.splice(at..end, [])),
            1 => {
                let part = input[at.min(end)..end].to_vec();
                let to = dice.below(input.len() + 1);
                input.splice(to..to, part);
            }
            2 => {
                let other = &pool[dice.below(pool.len())];
                let from = dice.below(other.len() + 1);
                let part = other[from..(from + dice.below(200)).min(other.len())].to_vec();
                input.splice(at..at, part);
            }
            3 if at < input.len() => input[at] ^= 1 << dice.below(8),
            4 => input.truncate(at),
            _ => drop(input.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
        }
    }
    input.truncate(LONGEST);
    input
}

/// The files of this kind of all cases, examples and standard packages.
fn seeds(end: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for folder in ["tests/cases", "examples", "stdlib"] {
        files(Path::new(folder), &mut found);
    }
    found.sort();
    let named = found.into_iter().filter(|path| path.to_str().is_some_and(|path| path.ends_with(end)));
    named.map(|path| fs::read(path).unwrap()).filter(|seed| seed.len() <= LONGEST).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => files(&entry.path(), found),
            kind if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
}

struct Dice(u64);

impl Dice {
    /// xorshift64*.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % bound.max(1)
    }
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
