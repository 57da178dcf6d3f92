//! What is printed: nothing in it acts, and what could not be done is said in the form that is asked for.

use std::fs;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::rim::{MANIFEST, command, package};

/// What acts where it is printed, or cannot be seen: a list of its own.
fn acts(character: char) -> bool {
    matches!(u32::from(character),
        0..0x20 | 0x7f..0xa0 | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfeff
        | 0xe0000..=0xe007f)
}

fn run(place: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(place, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// A package whose titles and file names hold what acts, as far as they can.
fn loud() -> TempDir {
    let place = package(&[]);
    let marks = [0x200b, 0x200f, 0x202e, 0x2066, 0x2062, 0x206a, 0x180e, 0x3164, 0xfeff, 0xe0041, 0xad, 0x61c];
    let escapes: String = marks.iter().map(|mark| format!("\\u{{{mark:x}}}")).collect();
    let model = format!(
        "catalog c \"Rules {escapes}\" {{\n  control A.1 \"Locks {escapes} ##vso[task.setvariable variable=a]b\"\n  control A.2 \"Bars {escapes}\"\n}}\n\
         model m \"Model {escapes}\" {{\n  covers c\n}}\n\
         process K.1 \"Keys {escapes} ##teamcity[pwned]\" {{\n  purpose \"\"\"\n    To keep {escapes} keys.\n    ::error::pwned\n    ##[error]pwned\n    \"\"\"\n  \
         outcome 1 \"\"\"\n    Keys are cut.\n    ::error::pwned\n    \"\"\" satisfies A.1 because \"::error::pwned {escapes}\"\n}}\n"
    );
    for (path, text) in [
        ("p/a.prm", model.as_str()),
        ("p/\u{1b}[2J\u{1b}[31m\u{202e}.prm", "term  \"lock\" \"Thing that keys open.\"\n"),
        ("p/x\n::error file=x::pwned.prm", "term  \"bar\" \"Thing that stops.\"\n"),
        ("p/a ##vso[task.setvariable variable=a]b.prm", "term  \"wall\" \"Thing that stands.\" ##vso[a]\n"),
        ("p/::error::pwned.prm", "term  \"door\" \"Thing that opens.\"\n/*\n::error::pwned\n\u{1b}[2J */\n"),
    ] {
        fs::write(place.path().join(path), text).unwrap();
    }
    place
}

/// Holds what was printed to the rule; colours of our own are allowed where they are asked for.
fn assert_harmless(said: &str, what: &str) {
    let said = said.replace("\u{1b}[0m", "");
    let (mut plain, mut rest) = (String::new(), said.as_str());
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let end = rest[at..].find('m').unwrap_or_else(|| panic!("{what}: {said:?}"));
        assert!(rest[at + 2..at + end].chars().all(|c| c.is_ascii_digit() || c == ';'), "{what}: {said:?}");
        rest = &rest[at + end + 1..];
    }
    plain.push_str(rest);
    if let Some(found) = plain.chars().find(|character| acts(*character) && !matches!(character, '\n' | '\t')) {
        panic!("{what}: {found:?} in {plain}");
    }
    // GitHub looks at the beginning of a line, Azure and TeamCity anywhere in it.
    let is_inner = |rest: &str| rest.trim_start_matches(|next: char| next.is_ascii_alphabetic()).starts_with('[');
    let is_command = |line: &&str| line.trim_start().starts_with("::") || line.split("##").skip(1).any(is_inner);
    if let Some(line) = plain.lines().find(is_command) {
        panic!("{what}: a command to a log: {line:?}");
    }
}

#[test]
fn nothing_that_is_printed_acts() {
    for color in ["never", "always"] {
        let place = loud();
        for arguments in [
            &["check", "p"][..],
            &["check", "p", "--message-format", "plain"],
            &["check", "p", "--message-format", "short"],
            &["check", "p/x\n::error file=x::pwned.prm"],
            &["check", "p/\u{1b}[2J\u{202e}not there"],
            &["coverage", "p"],
            &["why", "A.1", "p"],
            &["why", "A.2", "p"],
            &["why", "K.1", "p"],
            &["why", "K.1.1", "p"],
            &["why", "\u{202e}\u{1b}[2J", "p"],
            &["graph", "p", "--format", "dot"],
            &["graph", "p", "--format", "mermaid"],
            &["graph", "p", "--format", "svg"],
            &["graph", "p", "--view", "trace"],
            &["graph", "p", "--view", "trace", "--format", "mermaid"],
            &["graph", "p", "--view", "trace", "--format", "svg"],
            &["diff", "p/::error::pwned.prm", "p"],
            &["diff", "p", "p/::error::pwned.prm"],
            &["review", "p"],
            &["review", "p", "--accept-all", "--because", "They hold."],
            &["fmt", "--check", "p"],
            &["build", "p", "--format", "json", "-o", "\u{1b}[2J\u{202e}/not there"],
            &["fmt", "p"],
            &["explain", "\u{202e}::x"],
            &["--\u{1b}[2J\u{202e}\u{200b}"],
            &["build", "p", "--format", "\n::error::\u{202e}\u{1b}[2J"],
            &["\n##[error]\u{2066}"],
        ] {
            let (code, out, err) = run(&place, &[arguments, &["--color", color]].concat());
            assert!(code.is_some_and(|code| code <= 2), "{arguments:?}");
            assert_harmless(&out, &format!("{arguments:?}"));
            assert_harmless(&err, &format!("{arguments:?}"));
            assert!(!(out + &err).is_empty() || arguments[0] == "fmt", "{arguments:?}");
        }
        // For machines, it is said as their form says.
        for form in ["json", "sarif"] {
            let (_, out, _) = run(&place, &["check", "p", "--message-format", form]);
            assert!(out.chars().all(|character| !acts(character) || character == '\n'), "{out}");
            assert!(out.contains("\\u202e") || out.contains("%E2%80%AE"), "{out}");
            assert!(!out.contains("##vso[") && !out.contains("##teamcity["), "{out}");
        }
        let (_, out, _) = run(&place, &["check", "p", "--message-format", "github"]);
        assert!(
            out.lines().all(|line| line.starts_with("::warning file=p/") || line.starts_with("::error file=p/"))
                && !out.contains("##vso["),
            "{out}"
        );
        assert!(out.chars().all(|character| !acts(character) || character == '\n'), "{out}");
    }
}

/// An author may say such characters in texts: outputs keep what letters need, and nothing that turns round or hides more
/// than the letters beside it; where a form has numbers for characters, they stand as those.
#[test]
fn nothing_acts_in_an_output() {
    let marks =
        ["2028", "202a", "202e", "2066", "2069", "2062", "206a", "fff9", "e0041", "200b", "200d", "200f", "ad", "feff"];
    let said: String = marks.iter().map(|mark| format!("\\u{{{mark}}}")).collect();
    let place = package(&[]);
    let model = format!(
        "field own \"Own {said}\" on process\nterm \"key {said}\" \"Thing {said} that opens.\"\n\
         catalog c \"Rules {said}\" {{\n  control A.1 \"Locks {said}\"\n  control A.2 \"Bars {said}\"\n}}\n\
         model m \"Model {said}\" {{\n  covers c\n  measured by f\n  exclude A.2 because \"None {said}.\"\n  scope \"\"\"\n    `code {said}` [link {said}](https://a.b/{said} \"title {said}\") *{said}x{said}*\n\n        more {said}\n    \"\"\"\n}}\n\
         process K.1 \"Keys {said}\" {{\n  purpose \"To keep {said} keys.\"\n  own \"=1+1 {said}\"\n  \
         outcome 1 \"Keys are {said} cut.\" satisfies A.1 because \"So {said}.\"\n  practice P1 \"Cut {said}\" \"Cut {said} keys.\" achieves 1\n  \
         note \"Of {said} keys.\"\n}}\n\
         framework f \"Frame {said}\" {{\n  scale {{\n    rating N \"Not {said}\" 0 50\n    rating F \"Fully {said}\" 50 100\n  }}\n  \
         level 0 \"None {said}\"\n  level 1 \"Some {said}\" {{\n    attribute PA.1 \"Done {said}\" {{ achievement a \"It is {said} done.\" }}\n  }}\n}}\n\
         assessment a \"Spring {said}\" of m {{\n  sponsor \"Ann {said}\"\n  unit \"Unit {said}\"\n  assessor lead \"Bob {said}\" \"Able {said}\"\n  \
         method R1 mean\n  target K.1 level 1\n}}\n\
         exhibit E1 \"Book {said}\" kind record {{ at \"Shelf {said}\" }}\n\
         rate K.1 in a {{\n  outcome 1 rated F by E1 because \"Seen {said}.\"\n  strength \"Good {said}.\"\n}}\n"
    );
    fs::write(place.path().join("p/a.prm"), model).unwrap();
    fs::create_dir(place.path().join("q")).unwrap();
    fs::write(place.path().join("q/a.prm"), "model m \"Model\" { }\n").unwrap();
    fs::write(place.path().join("q/prm.toml"), MANIFEST).unwrap();
    let mut wanted: Vec<Vec<&str>> = Vec::new();
    for output in prm::OUTPUTS {
        for form in output.forms {
            let form = if output.has_forms() { vec!["--as", form.name] } else { vec![] };
            wanted.push([&["build", "p", "--format", output.format][..], &form].concat());
        }
    }
    let others: &[&[&str]] = &[
        &["graph", "p", "--format", "dot"],
        &["graph", "p", "--format", "mermaid"],
        &["graph", "p", "--format", "svg"],
        &["graph", "p", "--view", "trace", "--format", "svg"],
        &["coverage", "p", "--format", "json"],
        &["coverage", "p", "--format", "csv"],
        &["diff", "q", "p", "--format", "json"],
        &["diff", "q", "p", "--format", "markdown"],
    ];
    wanted.extend(others.iter().map(|command| command.to_vec()));
    for arguments in wanted {
        let out = place.path().join("out");
        let (code, _, err) = run(&place, &[&arguments[..], &["-o", "out"]].concat());
        // There is no crosswalk that it could be of; Parquet is not always built in.
        if arguments.contains(&"mapping") || arguments.contains(&"parquet") && !cfg!(feature = "parquet") {
            assert_eq!(code, Some(2), "{arguments:?}: {err}");
            continue;
        }
        assert_eq!(code, Some(0), "{arguments:?}: {err}");
        let texts: Vec<String> = match fs::read(&out).unwrap() {
            bytes if bytes.starts_with(b"PK") => unpacked(bytes),
            bytes => vec![String::from_utf8(bytes).unwrap()],
        };
        let is_json = arguments.contains(&"json");
        for text in &texts {
            // What stands as a number in XML or HTML acts all the same.
            for mark in marks.iter().take(9) {
                let number = u32::from_str_radix(mark, 16).unwrap();
                assert!(
                    !text.contains(&format!("&#{number};")) && !text.contains(&format!("&#x{mark};")),
                    "{arguments:?}: {mark}"
                );
            }
            let stays = |c: char| "\u{200b}\u{200d}\u{200f}\u{ad}\u{feff}".contains(c) && !is_json;
            let found = text.chars().find(|c| {
                (acts(*c) || "\u{2028}\u{fff9}".contains(*c)) && !matches!(c, '\n' | '\t' | '\r') && !stays(*c)
            });
            assert_eq!(found, None, "{arguments:?}: {text}");
        }
        fs::remove_file(&out).unwrap();
    }
}

/// The texts of an archive.
fn unpacked(bytes: Vec<u8>) -> Vec<String> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let texts = (0..archive.len()).map(|at| {
        let mut bytes = Vec::new();
        let mut part = archive.by_index(at).unwrap();
        part.read_to_end(&mut bytes).unwrap();
        // A metafile is drawn, and no text.
        let is_drawn = part.name().unwrap().ends_with(".emf");
        String::from_utf8(if is_drawn { Vec::new() } else { bytes }).unwrap()
    });
    texts.collect()
}

/// Paths that cannot be read, or where nothing can be written, with the command's arguments.
const FAILING: &[&[&str]] = &[
    &["check", "nowhere.prm"],
    &["check", "p"],
    &["build", "p", "--format", "json"],
    &["build", "q", "--format", "json", "-o", "no/such/folder"],
    &["build", "q"],
    &["coverage", "q", "-o", "no/such/folder"],
    &["coverage", "p"],
    &["coverage", "p", "--frobnicate"],
    &["why", "A.9", "q"],
    &["graph", "q", "--process", "K.9"],
    &["diff", "nowhere", "q"],
    &["diff", "HEAD:nowhere", "q"],
    &["review", "q", "--because", "x"],
];

#[test]
fn what_could_not_be_done_is_said_in_the_form_that_is_asked_for() {
    let place = package(&[]);
    fs::rename(place.path().join("p"), place.path().join("q")).unwrap();
    fs::create_dir(place.path().join("p")).unwrap();
    fs::write(place.path().join("p/prm.toml"), MANIFEST).unwrap();
    fs::write(place.path().join("p/bad.prm"), b"\xff").unwrap();
    fs::write(place.path().join("p/term.prm"), "term \"key\"\n").unwrap();
    for arguments in FAILING {
        let said = |form: &str| {
            let (code, out, err) = run(&place, &[arguments, &["--message-format", form][..]].concat());
            assert_eq!(code, Some(2), "{arguments:?} {form}: {out}{err}");
            if arguments[0] == "check" {
                assert_eq!(err, "")
            } else {
                assert_eq!(out, "", "{arguments:?}")
            }
            out + &err
        };
        let json = said("json");
        let rows: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let failure = rows.iter().find(|row| row["code"].is_null()).unwrap_or_else(|| panic!("{arguments:?}: {json}"));
        for key in ["code", "name", "file", "line", "column", "help"] {
            assert!(failure.get(key).is_some_and(Value::is_null), "{key} of {failure}");
        }
        let message = failure["message"].as_str().unwrap();
        assert_eq!(failure["severity"], "error");
        let short = said("short");
        assert!(short.lines().any(|line| line == format!("error: {message}")), "{short}");
        let github = said("github");
        assert!(github.lines().any(|line| line == format!("::error::{}", message.replace('%', "%25"))), "{github}");
        let sarif: Value =
            serde_json::from_str(&said("sarif")).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
        let invocation = &sarif["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        assert_eq!(invocation["toolExecutionNotifications"][0]["message"]["text"], message);
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().is_empty(), rows.len() == 1, "{sarif:#}");
    }
    // Where all went well, there is no more to say.
    let (_, out, _) = run(&place, &["check", "q", "--message-format", "sarif"]);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["runs"][0]["invocations"], serde_json::json!([{ "executionSuccessful": true }]));
}
