//! Tries all targets, or the one that is named, for so many seconds; or writes the seeds for libFuzzer.

mod driver;
mod targets;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs, panic};

use driver::{hash, seeds, try_out};
use targets::ALL;

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..");
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "corpus") {
        for (name, end, _) in ALL {
            write(&here.join("corpus").join(name), &seeds(&root, end));
        }
        return ExitCode::SUCCESS;
    }
    let seconds: u64 = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(60);
    let wanted: Vec<_> = ALL.iter().filter(|target| arguments.get(1).is_none_or(|name| name == target.0)).collect();
    let each = Duration::from_secs(seconds) / u32::try_from(wanted.len().max(1)).unwrap();
    // What panics is told once, with its input.
    panic::set_hook(Box::new(|_| {}));
    let (mut executions, mut failures) = (0, 0);
    for target in wanted {
        let began = Instant::now();
        // Every run tries others.
        let start = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let done = try_out(target, seeds(&root, target.1), start, |_| began.elapsed() < each);
        println!("{}: {} executions, {} kept, {} failures", target.0, done.executions, done.kept, done.failures.len());
        for (place, input) in &done.failures {
            let folder = here.join("artifacts").join(target.0);
            write(&folder, std::slice::from_ref(input));
            println!("  {place}: {}", folder.join(format!("{:016x}", hash(input))).display());
        }
        executions += done.executions;
        failures += done.failures.len();
    }
    println!("{executions} executions, {failures} failures");
    if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write(folder: &Path, inputs: &[Vec<u8>]) {
    fs::create_dir_all(folder).unwrap();
    for input in inputs {
        fs::write(folder.join(format!("{:016x}", hash(input))), input).unwrap();
    }
}
