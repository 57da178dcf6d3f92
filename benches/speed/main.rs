//! How fast the compiler is: `cargo bench` prints ratios, each beside its target. Nothing here is a test.
//!
//! `cargo bench` takes about two minutes; `cargo bench -- --large` adds the models of 100,000 processes.

mod counter;
mod model;
mod pathology;
mod phases;

use std::hint::black_box;
use std::path::{Path, PathBuf};

use counter::{run, work};
use model::Model;
use prm::span::FileId;

const PRM: &str = env!("CARGO_BIN_EXE_prm");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run", ..] => counter::run_here(&arguments[1..]),
        ["read", path] => drop(black_box(read(path))),
        ["parse", path] => drop(black_box(prm::syntax::parse(FileId(0), &read(path)))),
        ["json", path] => drop(black_box(serde_json::from_str::<Model>(&read(path)).expect("it was just written"))),
        ["phases", path] => phases::print(path),
        ["write", path, processes, rest @ ..] => {
            write(Path::new(path), processes.parse().expect("a number of processes"), rest == ["gaps"])
        }
        _ => measure(words.contains(&"--large")),
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).expect("the file can be read")
}

fn write(path: &Path, processes: usize, gaps: bool) {
    let model = Model::new(processes, gaps);
    std::fs::write(path, model.prm()).expect("the folder can be written");
    std::fs::write(path.with_extension("json"), model.json()).expect("the folder can be written");
}

/// A model on the disk.
struct Sample {
    prm: PathBuf,
    bytes: f64,
}

impl Sample {
    fn new(folder: &Path, processes: usize, gaps: bool) -> Sample {
        let prm = folder.join(format!("house-{processes}{}.prm", if gaps { "-gaps" } else { "" }));
        write(&prm, processes, gaps);
        let bytes = std::fs::metadata(&prm).expect("it was just written").len();
        Sample { prm, bytes: bytes as f64 }
    }

    fn prm(&self) -> &str {
        self.prm.to_str().expect("the folder of temporary files has a plain name")
    }

    fn json(&self) -> String {
        self.prm().replace(".prm", ".json")
    }
}

fn measure(large: bool) {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let this = std::env::current_exe().expect("the running program is a file");
    let this = this.to_str().expect("the folder of the build has a plain name");
    let unit = if *counter::COUNTS { "instructions" } else { "processor time" };
    let small = Sample::new(folder.path(), 1_000, false);
    let gaps = Sample::new(folder.path(), 1_000, true);
    let middle = Sample::new(folder.path(), 10_000, false);

    println!("{unit}; a model of 1,000 processes has {:.1} MB\n", small.bytes / 1e6);
    let parse = work(&[this, "parse", small.prm()]) - work(&[this, "read", small.prm()]);
    let json = work(&[this, "json", &small.json()]) - work(&[this, "read", &small.json()]);
    row("parse / serde_json", parse / json, 1.1);
    note("parse, per byte of source", parse / small.bytes);
    note("serde_json, per byte of source", json / small.bytes);

    let check = work(&[PRM, "check", small.prm()]);
    let checks = work(&[PRM, "check", middle.prm()]);
    row("check / parse, nothing to say", check / parse, 3.0);
    row("check / parse, about a thousand warnings", work(&[PRM, "check", gaps.prm()]) / parse, 3.0);
    row("growth from 1,000 to 10,000, exponent", exponent(check, &small, checks, &middle), 1.02);
    for (name, sample) in [("1,000", &small), ("10,000", &middle)] {
        row(
            &format!("peak memory / source, {name}"),
            run(&[PRM, "check", sample.prm()]).peak as f64 / sample.bytes,
            5.0,
        );
    }

    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib/iso33052");
    let library = library.to_str().expect("the folder of the sources has a plain name");
    let cold = (0..10).map(|_| run(&[PRM, "check", library]).time.as_secs_f64() * 1e3).fold(f64::INFINITY, f64::min);
    row("check of iso33052, ms of processor time", cold, 10.0);

    println!("\nms of processor time for 10,000 processes");
    phases::print(middle.prm());
    measure_pathology(folder.path());
    if large {
        measure_large(folder.path(), &middle, checks);
    }
}

/// Inputs made to be slow: how their cost grows when they are four times as large.
fn measure_pathology(folder: &Path) {
    println!("\ngrowth with inputs made to be slow, exponent");
    let path = folder.join("slow.prm");
    let name = path.to_str().expect("the folder of temporary files has a plain name");
    let cost = |text: &str| {
        std::fs::write(&path, text).expect("the folder can be written");
        work(&[PRM, "check", name])
    };
    let nothing = cost("");
    for (name, case) in pathology::CASES {
        let (small, large) = (case(1_000), case(4_000));
        let growth = ((cost(&large) - nothing) / (cost(&small) - nothing)).ln();
        row(name, growth / (large.len() as f64 / small.len() as f64).ln(), 1.15);
    }
}

/// 100,000 processes.
fn measure_large(folder: &Path, middle: &Sample, checks: f64) {
    println!("\n100,000 processes");
    let large = Sample::new(folder, 100_000, false);
    let out = folder.join("house.json");
    let out = out.to_str().expect("the folder of temporary files has a plain name");
    let build = run(&[PRM, "build", large.prm(), "--format", "json", "-o", out]);
    row("printed as JSON, peak GiB", build.peak as f64 / (1 << 30) as f64, 2.0);
    note("printed as JSON, s of processor time", build.time.as_secs_f64());
    let check = run(&[PRM, "check", large.prm()]);
    row("peak memory / source", check.peak as f64 / large.bytes, 5.0);
    let growth = exponent(checks, middle, work(&[PRM, "check", large.prm()]), &large);
    row("growth from 10,000 to 100,000, exponent", growth, 1.02);
}

fn exponent(small: f64, small_sample: &Sample, large: f64, large_sample: &Sample) -> f64 {
    (large / small).ln() / (large_sample.bytes / small_sample.bytes).ln()
}

fn row(name: &str, value: f64, target: f64) {
    let verdict = if value <= target { "met" } else { "MISSED" };
    println!("  {name:<48} {value:>9.3}   at most {target:<5} {verdict}");
}

fn note(name: &str, value: f64) {
    println!("  {name:<48} {value:>9.3}");
}
