//! The pictures that texts name: which are shown, how a document names them from where it stands, and what is said of the
//! others.

use std::fs;
use std::path::Path;
use std::process::Command;

use prm::document::Block;
use prm::emit::markdown;
use prm::pictures::{Kind, Picture};
use tempfile::TempDir;

use crate::support::Project;

const SVG: &str = "<svg width=\"20\" height=\"10\"/>";
const MANIFEST: &str = "[package]\nname = \"m\"\n";
const MODEL: &str =
    "model m \"M\"\nprocess K.1 \"Keys\" {\n  purpose \"To keep.\"\n  outcome 1 \"Keys are kept.\"\n}\n";

fn annex(text: &str) -> String {
    let lines: String = text.lines().map(|line| format!("  {line}\n")).collect();
    format!("annex a \"Annex\" \"\"\"\n{lines}  \"\"\"\n")
}

fn project(text: &str) -> Project {
    Project::new().with("prm.toml", MANIFEST).with("m.prm", MODEL).with("sub/a.prm", annex(text)).at("")
}

#[test]
fn a_picture_alone_in_its_paragraph_is_a_figure() {
    let text = "Before ![inside](one.svg) words.\n\n![The way of [[K.1]]](pictures/two.svg)\n\n![](../a%20plan.svg)\n\n\
                ![Elsewhere](https://x.example/three.gif)\n\n![Not shown](data:image/png;base64,x)\n\n`![code](four.svg)`";
    let compiled = project(text).with("sub/pictures/two.svg", SVG).with("a plan.svg", SVG).compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let document = markdown::document(&input, false).unwrap();
    let figures = document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some((figure.file.as_str(), figure.picture, figure.caption.shown())),
        _ => None,
    });
    let expected = [
        ("sub/pictures/two.svg", Some(0), "The way of K.1"),
        ("a plan.svg", Some(1), ""),
        ("https://x.example/three.gif", None, "Elsewhere"),
    ];
    assert_eq!(figures.collect::<Vec<_>>(), expected);
    let two = Picture {
        package: 0,
        folder: String::new(),
        path: "sub/pictures/two.svg".to_owned(),
        kind: Kind::Svg,
        size: Some((20, 10)),
        bytes: SVG.into(),
    };
    assert_eq!(input.pictures.get(0), Some(&two));
    let text = markdown::markdown(&input, false);
    for words in [
        "![The way of K.1](<sub/pictures/two.svg>)\n\n**Figure C.1 — The way of [K.1](#52-k1-keys)**",
        "![](<a plan.svg>)",
        "Before !\\[inside\\](one.svg) words.",
        "!\\[Not shown\\](data:image/png;base64,x)",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn what_cannot_be_shown_is_told_where_it_is_named() {
    let there = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
    let files = [
        there("sub/ways.svg", SVG.as_bytes()),
        there("sub/page.svg", b"<html/>"),
        there("sub/photo.png", b"\xff\xd8\xff\xe0"),
        there("sub/movie.gif", b"GIF89a"),
        there("sub/.git/token.svg", SVG.as_bytes()),
        there("sub/folder.svg/x", b""),
    ];
    for (address, says) in [
        ("way.svg", "there is no picture `way.svg`"),
        ("Ways.svg", "there is no picture `Ways.svg`"),
        ("../../out.svg", "the picture `../../out.svg` is not in the package"),
        ("/etc/passwd.svg", "the picture `/etc/passwd.svg` is not in the package"),
        ("c:\\out.svg", "is not in the package"),
        (".git/token.svg", "the picture `.git/token.svg` is not in the package"),
        ("page.svg", "`page.svg` is no SVG, PNG or JPEG"),
        ("photo.png", "`photo.png` is no SVG, PNG or JPEG"),
        ("movie.gif", "`movie.gif` is no SVG, PNG or JPEG"),
        ("../m.prm", "`../m.prm` is no SVG, PNG or JPEG"),
        ("folder.svg", "it is a folder"),
    ] {
        let project = project(&format!("Twice:\n\n![Known](ways.svg)\n\n![One]({address})\n\n![Two]({address})"));
        let project = files.iter().fold(project, |project, (path, bytes)| project.with(path, bytes.clone()));
        let compiled = project.compile();
        let lines = compiled.lines();
        let told: Vec<&str> = lines.lines().filter(|line| line.contains("P127")).collect();
        assert!(told.len() == 2 && told.iter().all(|line| line.contains(says)), "{address}: {lines}");
        if !address.contains('\\') {
            assert!(told[0].contains(":6:10:") && told[1].contains(":8:10:"), "{lines}");
        }
        assert!(compiled.0.checked().is_none(), "{address}");
        // One letter off is told.
        let help = compiled.shown().find(|found| found.code.code == "P127").and_then(|found| found.help.clone());
        let help = help.map(|help| format!("{help:?}")).unwrap_or_default();
        assert_eq!(help.contains("did you mean `ways.svg`?"), matches!(address, "way.svg" | "Ways.svg"), "{help}");
    }
}

fn put(place: &TempDir, path: &str, text: &str) {
    let path = place.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn prm(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// A layer with an annex of its own over a base whose context, which is passed on, has a figure.
fn layer() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    put(&place, "base/prm.toml", "[package]\nname = \"keys\"\n");
    put(
        &place,
        "base/keys.prm",
        "model keys \"Keys\" {\n  context \"\"\"\n    ![A house](plans/house.svg)\n    \"\"\"\n}\n",
    );
    put(&place, "base/plans/house.svg", SVG);
    let outputs = "\n[dependencies]\nkeys = { path = \"../base\" }\n[[output]]\nformat = \"markdown\"\npath = \"out/docs/m.md\"\n";
    put(&place, "layer/prm.toml", &format!("{MANIFEST}{outputs}"));
    put(&place, "layer/m.prm", &format!("use keys\n{}", MODEL.replace("\"M\"", "\"M\" extends keys")));
    put(&place, "layer/a.prm", &annex("![Own](own/plan.svg)"));
    put(&place, "layer/own/plan.svg", SVG);
    place
}

#[test]
fn pictures_are_named_from_where_the_document_stands() {
    let place = layer();
    let here = place.path();
    let read = |path: &str| fs::read_to_string(here.join(path)).unwrap();
    let (code, _, told) = prm(here, &["build", "layer"]);
    assert_eq!(code, 0, "{told}");
    let text = read("layer/out/docs/m.md");
    assert!(text.contains("![Own](<../../own/plan.svg>)"), "{text}");
    assert!(text.contains("![A house](<figures/keys/plans/house.svg>)"), "{text}");
    assert_eq!(read("layer/out/docs/figures/keys/plans/house.svg"), SVG);
    for format in ["markdown", "pam"] {
        for (from, output, own) in [
            (here, "elsewhere.md", "![Own](<layer/own/plan.svg>)"),
            (here, "base/../layer/beside.md", "![Own](<own/plan.svg>)"),
            (&here.join("layer/own"), "../../up.md", "![Own](<layer/own/plan.svg>)"),
            (&here.join("layer/own"), "here.md", "![Own](<../own/plan.svg>)"),
        ] {
            let path = if from == here { "layer" } else { ".." };
            let (code, _, told) = prm(from, &["build", path, "--format", format, "-o", output]);
            assert_eq!(code, 0, "{told}");
            let text = fs::read_to_string(from.join(output)).unwrap();
            assert!(text.contains(own), "{format} {output}: {text}");
            let beside = from.join(output).with_file_name("figures/keys/plans/house.svg");
            assert_eq!(fs::read_to_string(beside).unwrap(), SVG, "{format} {output}");
        }
    }
    // What goes to standard output is named from the package.
    let (_, text, _) = prm(here, &["build", "layer", "--format", "markdown"]);
    assert!(text.contains("![Own](<own/plan.svg>)") && text.contains("<figures/keys/plans/house.svg>"), "{text}");
}

#[test]
fn no_output_takes_the_place_of_a_picture() {
    let place = layer();
    for (path, output) in [("layer", "layer/own/plan.svg"), ("layer", "base/plans/house.svg")] {
        let (code, _, told) = prm(place.path(), &["build", path, "--format", "markdown", "-o", output]);
        assert!(code == 2 && told.contains("would take the place of"), "{told}");
    }
    put(&place, "layer/figures/keys/plans/house.svg", SVG);
    put(&place, "layer/a.prm", &annex("![Own](figures/keys/plans/house.svg)"));
    let (code, _, told) = prm(place.path(), &["build", "layer", "--format", "markdown", "-o", "layer/m.md"]);
    assert!(code == 2 && told.contains("would take the place of"), "{told}");
    put(&place, "layer/a.prm", &annex("![Own](own/plan.svg)"));
    let manifest = fs::read_to_string(place.path().join("layer/prm.toml")).unwrap();
    put(&place, "layer/prm.toml", &manifest.replace("out/docs/m.md", "own/plan.svg"));
    let (code, told, _) = prm(place.path(), &["check", "layer", "--message-format", "short"]);
    assert!(code == 1 && told.contains("an output would take the place of `layer/own/plan.svg`"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed_out_of_the_package() {
    let place = layer();
    let own = place.path().join("layer/own");
    for (kind, says) in [("out", "is not in the package"), ("other", "it is a link to a file of another kind")] {
        let _ = fs::remove_file(own.join("plan.svg"));
        let target = if kind == "out" { "../../base/plans/house.svg" } else { "../m.prm" };
        std::os::unix::fs::symlink(target, own.join("plan.svg")).unwrap();
        let (code, told, _) = prm(place.path(), &["check", "layer", "--message-format", "short"]);
        assert!(code == 1 && told.contains("P127") && told.contains(says), "{told}");
    }
    fs::remove_file(own.join("plan.svg")).unwrap();
    assert!(Command::new("mkfifo").arg(own.join("plan.svg")).status().unwrap().success());
    let (code, told, _) = prm(place.path(), &["check", "layer", "--message-format", "short"]);
    assert!(code == 1 && told.contains("it is a pipe, a socket or a device"), "{told}");
    // A link to another picture of the package is that picture.
    fs::remove_file(own.join("plan.svg")).unwrap();
    put(&place, "layer/pictures/real.svg", SVG);
    std::os::unix::fs::symlink("../pictures/real.svg", own.join("plan.svg")).unwrap();
    let (code, told, _) = prm(place.path(), &["check", "layer", "--message-format", "short"]);
    assert!(code == 0 && !told.contains("P127"), "{told}");
}

/// What a document draws itself stands beside its Markdown and its AsciiDoc, under the name that it is shown by, for each model
/// its own; on standard output it is named, and told to be missing.
#[test]
fn what_a_document_draws_stands_beside_it() {
    let place = TempDir::new().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let build = |model: &str, format: &str, output: &str| {
        let model = examples.join(model);
        let (code, _, err) = prm(place.path(), &["build", model.to_str().unwrap(), "--format", format, "-o", output]);
        assert_eq!(code, 0, "{err}");
        std::fs::read_to_string(place.path().join(output)).unwrap()
    };
    let figures = || {
        let folder = std::fs::read_dir(place.path().join("figures")).into_iter().flatten();
        let mut names: Vec<_> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let acme = examples.join("acme");
    let acme = acme.to_str().unwrap();
    let (code, told, err) = prm(place.path(), &["build", acme, "--format", "markdown"]);
    assert!(code == 0 && err.contains("figures/acme-processes.svg") && err.contains("are not written"), "{err}");
    assert!(figures().is_empty());
    assert_eq!(told, build("acme", "markdown", "acme.md"));
    let in_markdown: Vec<&str> = told.split("![").skip(1).map(|rest| rest.split(['<', '>']).nth(1).unwrap()).collect();
    let named: Vec<String> = figures().iter().map(|name| format!("figures/{name}")).collect();
    assert!(named.len() == 2 && named.iter().all(|name| in_markdown.contains(&name.as_str())), "{in_markdown:?}");
    let mut shown = Vec::new();
    for (model, output) in [("acme", "acme.adoc"), ("pipeline", "pipeline.adoc")] {
        let document = build(model, "adoc", output);
        let named = document.lines().filter_map(|line| line.strip_prefix("image::")?.split('[').next());
        shown.extend(named.map(|name| name.strip_prefix("figures/").unwrap().to_owned()));
    }
    shown.sort();
    assert!(shown.len() >= 3, "{shown:?}");
    assert_eq!(figures(), shown);
    for name in shown {
        assert!(std::fs::read_to_string(place.path().join("figures").join(name)).unwrap().starts_with("<svg"));
    }
}
