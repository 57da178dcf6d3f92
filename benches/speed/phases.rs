//! The time of each phase of a compilation, within one process.

use prm::checks::{self, Context};
use prm::diagnostic::Severity;
use prm::model::PackageId;
use prm::source::{Memory, Sources};
use prm::unknown::Unknown;
use prm::{coverage, graph, measure, package, resolve};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The phases in the order of the pipeline.
const PHASES: [&str; 5] = ["load and parse", "resolve", "graph", "coverage", "checks"];

/// Prints the processor time of each phase: the least of some runs.
pub fn print(path: &str) {
    let text = std::fs::read(path).expect("the file can be read");
    let files = Memory([("house.prm".to_owned(), text)].into());
    let runs: Vec<[f64; 5]> = (0..5).map(|_| once(&files)).collect();
    for (number, name) in PHASES.into_iter().enumerate() {
        let least = runs.iter().map(|run| run[number]).fold(f64::INFINITY, f64::min);
        println!("  {name:<48} {least:>9.1}");
    }
}

fn once(files: &Memory) -> [f64; 5] {
    let mut times = [now(); 6];
    let mut sources = Sources::default();
    let (mut packages, _) = package::load(files, "house.prm", &[], &mut package::Anew(&prm::hands::One), &mut sources);
    times[1] = now();
    let (resolved, _) = resolve::resolve(&mut packages.loaded, &sources);
    times[2] = now();
    let program = resolved.program;
    let graph = program.root().map(|package| graph::build(&program, &package.model)).unwrap_or_default();
    times[3] = now();
    let coverage = coverage::cover(&program, graph, &[]);
    times[4] = now();
    let measures = measure::measure(&program);
    let context = Context {
        measures: &measures,
        records: &[],
        program: &program,
        sources: &sources,
        package: PackageId(0),
        coverage: Some(&coverage),
        review: None,
        unknown: &Unknown::default(),
        hands: &prm::hands::One,
        whole: false,
    };
    checks::run(&context, |code| code.severity != Severity::Off, &mut Vec::new());
    times[5] = now();
    std::array::from_fn(|phase| times[phase + 1] - times[phase])
}

/// The processor time of this process so far, in milliseconds.
fn now() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("every process has this");
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e3
}
