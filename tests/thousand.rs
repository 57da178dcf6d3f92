//! What engines for many tables say of many packages is what `prm coverage` says of each.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PACKAGES: usize = 8;

/// A Python that has a module: one of the tests' own, or that of the machine.
fn python_with(module: &str) -> Option<&'static str> {
    let has = |python: &&'static str| {
        let found = Command::new(python).args(["-c", &format!("import {module}")]).output();
        found.is_ok_and(|run| run.status.success())
    };
    [concat!(env!("CARGO_MANIFEST_DIR"), "/target/engines/bin/python"), "python3"].into_iter().find(has)
}

/// How many requirements fare how, in all packages together, as the program itself says of each.
fn counted(folder: &Path) -> BTreeMap<String, u64> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for number in 1..=PACKAGES {
        let package = folder.join(format!("packages/unit-{number}.prm"));
        let arguments = ["coverage", package.to_str().unwrap(), "--format", "json"];
        let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).output().unwrap();
        let said: Value = serde_json::from_slice(&run.stdout).unwrap();
        for catalog in said.as_array().unwrap() {
            for status in ["covered", "partial", "excluded", "uncovered"] {
                let number = catalog["summary"][status].as_u64().unwrap();
                *sums.entry(format!("{}\t{status}", catalog["catalog"].as_str().unwrap())).or_default() += number;
            }
        }
    }
    sums.retain(|_, number| *number > 0);
    sums
}

#[test]
fn engines_count_what_the_program_counts() {
    let engines = [("duckdb", python_with("duckdb")), ("spark", python_with("pyspark"))];
    if engines.iter().all(|(_, python)| python.is_none()) {
        eprintln!("passed over: no Python here has duckdb or pyspark");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/thousand");
    let run = |python: &str, script: &str, arguments: &[&str]| {
        let mut command = Command::new(python);
        command.arg(scripts.join(script)).args(arguments).env("PRM", env!("CARGO_BIN_EXE_prm"));
        let run = command.output().unwrap();
        assert!(run.status.success(), "{script}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    run("python3", "tables.py", &[folder.path().to_str().unwrap(), &PACKAGES.to_string()]);
    let sums: Vec<String> =
        counted(folder.path()).into_iter().map(|(what, number)| format!("{what}\t{number}")).collect();
    assert!(sums.len() > 2, "{sums:?}");
    let tables = folder.path().join("tables");
    for (engine, python) in engines {
        let Some(python) = python else {
            eprintln!("passed over: {engine}");
            continue;
        };
        let told = run(python, "coverage.py", &[tables.to_str().unwrap(), engine]);
        let told: Vec<&str> = told.lines().take_while(|line| !line.is_empty()).collect();
        assert_eq!(told, sums, "{engine}");
    }
}
