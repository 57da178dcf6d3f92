//! How fast the compiler is: `cargo bench` prints ratios, each beside its target. Nothing here is a test.
//!
//! `cargo bench` takes about two minutes; `cargo bench -- --large` adds the models of 100,000 processes.

mod counter;
mod model;
mod pathology;
mod phases;
mod samples;

use std::fs;
use std::hint::black_box;
use std::path::Path;

use counter::{run, work};
use model::{Model, Wording};
use prm::span::FileId;
use samples::Sample;

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
        ["write", folder, processes] => {
            drop(Samples::new(Path::new(folder), processes.parse().expect("a number of processes")))
        }
        _ => measure(words.contains(&"--large")),
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

/// A model of some size in all its guises.
struct Samples {
    clean: Sample,
    gaps: Sample,
    draft: Sample,
    switched_off: Sample,
    reworded: Sample,
    folder: Sample,
    layer: Sample,
}

impl Samples {
    fn new(folder: &Path, processes: usize) -> Samples {
        let package = Sample::folder(folder, processes);
        Samples {
            clean: Sample::new(folder, processes, Wording::Clean),
            gaps: Sample::new(folder, processes, Wording::Gaps),
            draft: Sample::new(folder, processes, Wording::Draft),
            switched_off: Sample::switched_off(folder, processes),
            reworded: Sample::reworded(folder, processes),
            layer: Sample::layer(folder, &package, processes),
            folder: package,
        }
    }
}

fn measure(large: bool) {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let folder = folder.path();
    let unit = if *counter::COUNTS { "instructions" } else { "processor time" };
    let (small, middle) = (Samples::new(folder, 1_000), Samples::new(folder, 10_000));
    println!("{unit}; a model of 1,000 processes has {:.1} MB\n", small.clean.bytes / 1e6);
    let check = measure_checks(&small);
    measure_outputs(folder, &small, check);
    measure_growth("1,000", &small, "10,000", &middle, FORMS);
    measure_memory(
        "10,000",
        [("one file", &middle.clean, 4.0), ("a folder", &middle.folder, 4.0), ("a layer", &middle.layer, 6.0)],
    );
    measure_start(folder);
    println!("\nms of processor time for 10,000 processes");
    phases::print(middle.clean.path());
    measure_pathology(folder);
    if large {
        measure_large(folder, &middle);
    }
}

/// What a parse costs, beyond reading the file.
fn parse(sample: &Sample) -> f64 {
    let this = this();
    work(&[&this, "parse", sample.path()]) - work(&[&this, "read", sample.path()])
}

fn this() -> String {
    let this = std::env::current_exe().expect("the running program is a file");
    this.into_os_string().into_string().expect("the folder of the build has a plain name")
}

fn check(sample: &Sample) -> f64 {
    work(&[PRM, "check", sample.path()])
}

/// Parse and check of a thousand processes; gives what the check costs where there is nothing to say.
fn measure_checks(small: &Samples) -> f64 {
    let this = this();
    let mut parses = [0.0; 2];
    for (at, (name, sample)) in [("clean", &small.clean), ("a draft", &small.draft)].into_iter().enumerate() {
        parses[at] = parse(sample);
        let json = work(&[&this, "json", &sample.json()]) - work(&[&this, "read", &sample.json()]);
        row(&format!("parse / serde_json, {name}"), parses[at] / json, 0.9);
        note("parse, per byte of source", parses[at] / sample.bytes);
    }
    let [clean, draft] = parses;
    let nothing = check(&small.clean);
    row("check / parse, nothing to say", nothing / clean, 1.6);
    row("check / parse, a warning a process", check(&small.gaps) / clean, 3.0);
    row("check / parse, ten warnings a process", check(&small.draft) / draft, 4.0);
    row("check / parse, those switched off", check(&small.switched_off) / draft, 1.8);
    nothing
}

/// Outputs, against a check.
fn measure_outputs(folder: &Path, small: &Samples, check: f64) {
    let path = small.clean.path();
    let out = folder.join("out");
    let out = out.to_str().expect("the folder of temporary files has a plain name");
    println!();
    let build = |arguments: &[&str]| work(&[&[PRM, "build", path, "-o", out, "--format"], arguments].concat());
    let json = build(&["json"]);
    let bytes = fs::metadata(out).expect("it was just written").len() as f64;
    row("build json - check, per byte written", (json - check) / bytes, 6.0);
    let coverage = work(&[PRM, "coverage", path, "--format", "json", "-o", out]);
    row("coverage --format json / check", coverage / check, 1.3);
    row("build markdown / check", build(&["markdown"]) / check, 1.8);
    row("build pam / check", build(&["pam"]) / check, 2.2);
    row("build soa / check", build(&["soa"]) / check, 1.4);
    row("diff of a model with itself / two checks", work(&[PRM, "diff", path, path]) / check / 2.0, 0.1);
    let copy = folder.join("copy.prm");
    fs::copy(path, &copy).expect("the folder can be written");
    let copy = copy.to_str().expect("the folder of temporary files has a plain name");
    row("diff of a model with its copy / two checks", work(&[PRM, "diff", path, copy]) / check / 2.0, 1.0);
    let reworded = small.reworded.path();
    row("diff, 2 % reworded / two checks", work(&[PRM, "diff", path, reworded]) / check / 2.0, 1.2);
}

/// A form of a model, and which sample has it.
type Form = (&'static str, fn(&Samples) -> &Sample);

const FORMS: &[Form] = &[("one file", |all| &all.clean), ("a folder", |all| &all.folder)];

/// How checks grow, in instructions where they can be counted, and in processor time.
fn measure_growth(few: &str, small: &Samples, many: &str, large: &Samples, forms: &[Form]) {
    println!();
    for (name, of) in forms {
        let (small, large) = (of(small), of(large));
        let growth =
            |small_cost: f64, large_cost: f64| (large_cost / small_cost).ln() / (large.bytes / small.bytes).ln();
        let target = if few == "1,000" { 1.03 } else { 1.05 };
        row(&format!("growth {few} to {many}, {name}"), growth(check(small), check(large)), target);
        row(&format!("growth {few} to {many}, {name}, time"), growth(time(small), time(large)), target);
    }
}

/// The least processor time of five runs, in seconds.
fn time(sample: &Sample) -> f64 {
    (0..5).map(|_| run(&[PRM, "check", sample.path()]).time.as_secs_f64()).fold(f64::INFINITY, f64::min)
}

fn measure_memory<'s>(name: &str, samples: impl IntoIterator<Item = (&'s str, &'s Sample, f64)>) {
    println!();
    for (guise, sample, most) in samples {
        let peak = run(&[PRM, "check", sample.path()]).peak as f64;
        row(&format!("peak memory / source, {name}, {guise}"), peak / sample.bytes, most);
    }
}

/// What a run costs that has nearly nothing to do, and what one takes that has nothing to make sense of.
fn measure_start(folder: &Path) {
    println!();
    let tiny = folder.join("tiny.prm");
    let text =
        "use iso27001-2013\n\nterm \"key\" \"A secret that opens something.\"\nterm \"lock\" \"What a key opens.\"\n";
    fs::write(&tiny, text).expect("the folder can be written");
    let tiny = tiny.to_str().expect("the folder of temporary files has a plain name");
    if *counter::COUNTS {
        row("check of five lines, millions of instructions", work(&[PRM, "check", tiny]) / 1e6, 4.0);
    }
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib/iso33052");
    let library = library.to_str().expect("the folder of the sources has a plain name");
    let cold = (0..10).map(|_| run(&[PRM, "check", library]).time.as_secs_f64() * 1e3).fold(f64::INFINITY, f64::min);
    row("check of iso33052, ms of processor time", cold, 10.0);
    let broken = folder.join("broken.prm");
    for (name, text) in [("braces", "{"), ("quotes without end", "note \"\n"), ("blocks", "group a \"A\" {\n")] {
        fs::write(&broken, text.repeat(5_000_000 / text.len())).expect("the folder can be written");
        let path = broken.to_str().expect("the folder of temporary files has a plain name");
        let peak = run(&[PRM, "check", path, "--message-format", "short"]).peak as f64;
        row(&format!("5 MB of {name}, peak MiB"), peak / f64::from(1 << 20), 300.0);
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
        row(name, growth / (large.len() as f64 / small.len() as f64).ln(), 1.1);
    }
}

/// 100,000 processes: a folder, since one file of so many is not read.
fn measure_large(folder: &Path, middle: &Samples) {
    println!("\n100,000 processes");
    let large = Samples::new(folder, 100_000);
    let out = folder.join("house.json");
    let out = out.to_str().expect("the folder of temporary files has a plain name");
    let build = run(&[PRM, "build", large.folder.path(), "--format", "json", "-o", out]);
    row("printed as JSON, peak GiB", build.peak as f64 / (1 << 30) as f64, 2.0);
    note("printed as JSON, s of processor time", build.time.as_secs_f64());
    measure_memory("100,000", [("a folder", &large.folder, 4.0), ("a layer", &large.layer, 6.0)]);
    measure_growth("10,000", middle, "100,000", &large, &FORMS[1..]);
}

fn row(name: &str, value: f64, target: f64) {
    let verdict = if value <= target { "met" } else { "MISSED" };
    println!("  {name:<48} {value:>9.3}   at most {target:<5} {verdict}");
}

fn note(name: &str, value: f64) {
    println!("  {name:<48} {value:>9.3}");
}
