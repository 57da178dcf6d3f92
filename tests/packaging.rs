//! What people install and what pipelines include: that its versions are one, and that nothing in it is stale.

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every place that has to name the version of this package, as it is written there.
#[test]
fn the_version_is_one() {
    let version = env!("CARGO_PKG_VERSION");
    for (path, written, times) in [
        ("packaging/npm/prm/package.json", format!("\"version\": \"{version}\""), 1),
        ("packaging/npm/prm/package.json", format!("-x64\": \"{version}\""), 3),
        ("packaging/npm/prm/package.json", format!("-arm64\": \"{version}\""), 2),
        ("editors/vscode/package.json", format!("\"version\": \"{version}\""), 1),
        ("action.yml", format!("default: \"{version}\""), 1),
        ("packaging/gitlab/prm.yml", format!("PRM_VERSION: \"{version}\""), 1),
        ("packaging/gitlab/prm.yml", format!("prm/v{version}/packaging"), 1),
        ("examples/pipeline/.github/workflows/model.yml", format!("prm-lang/prm@v{version}"), 1),
        ("examples/pipeline/.gitlab-ci.yml", format!("prm/v{version}/packaging"), 1),
        ("examples/pipeline/.gitlab-ci.yml", format!("prm-lang=={version}"), 1),
        ("examples/pipeline/.pre-commit-config.yaml", format!("rev: v{version}"), 1),
    ] {
        assert_eq!(read(path).matches(&written).count(), times, "{path}: {written}");
    }
    assert!(
        !read("pyproject.toml").lines().any(|line| line.starts_with("version")),
        "the wheel has that of Cargo.toml"
    );
}

/// Each tag of a version has its chapter in the changelog, and the newest chapter is of the version at hand.
#[test]
fn the_changelog_knows_every_tag() {
    let changelog = read("CHANGELOG.md");
    let chapters: Vec<&str> = changelog.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let names = |version: &str| chapters.iter().any(|chapter| chapter.split(' ').next() == Some(version));
    assert_eq!(chapters.first().and_then(|chapter| chapter.split(' ').next()), Some(env!("CARGO_PKG_VERSION")));
    // A source archive has no tags: then there are none to hold it to.
    let said = Command::new("git").args(["tag", "--list", "v*"]).current_dir(ROOT).output();
    let tags = said.map(|said| String::from_utf8_lossy(&said.stdout).into_owned()).unwrap_or_default();
    for tag in tags.lines() {
        assert!(names(&tag[1..]), "{tag} has no chapter");
    }
}

/// The types for Python and TypeScript are of the schema as it is.
#[test]
fn the_types_of_other_languages_are_of_this_schema() {
    let schema = Command::new(env!("CARGO_BIN_EXE_prm")).arg("schema").output().unwrap().stdout;
    let digest: String = hmac_sha256::Hash::hash(&schema).iter().map(|byte| format!("{byte:02x}")).collect();
    for path in ["packaging/python/prm/model.py", "packaging/npm/prm/model.d.ts"] {
        let text = read(path);
        let head = text.lines().next().unwrap_or_default();
        assert!(head.contains(&digest), "{path} is of another schema: run packaging/generate");
    }
}

/// A module for other languages asks for options that the program has.
#[test]
fn modules_and_hooks_name_commands_that_there_are() {
    let arguments = ["\"build\", path, \"--format\", \"json\", \"--message-format\", \"json\""];
    assert!(read("packaging/python/prm/__init__.py").contains(arguments[0]));
    assert!(read("packaging/npm/prm/index.js").contains(arguments[0]));
    for entry in ["check", "fmt"] {
        assert!(read(".pre-commit-hooks.yaml").contains(&format!("entry: prm {entry}\n")));
        let done = Command::new(env!("CARGO_BIN_EXE_prm")).args([entry, "--help"]).output().unwrap();
        assert!(done.status.success());
    }
}
