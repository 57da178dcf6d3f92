//! Every form of `--message-format` over one hand-made set of diagnostics.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::Value;

use prm::codes;
use prm::diagnostic::{Diagnostic, Severity};
use prm::render::json::{self, Naming};
use prm::render::{self, MessageFormat};
use prm::source::Sources;
use prm::span::{FileId, Span};

use crate::random;
use crate::support::assert_follows;

#[test]
fn human_shows_source_in_frames() {
    assert_snapshot!(Example::new().models(MessageFormat::Human), @r#"
    error[P301]: no outcome meets `7.4.a` of `iso27001-2022`
      ┌─ modelle/kälte 1.prm:2:3
      │
    2 │   covers iso27001-2022
      │   ^^^^^^^^^^^^^^^^^^^^ all of `iso27001-2022` is to be covered
      │
      ┌─ modelle/catalogs/iso.prm:3:4
      │
    3 │       requirement 7.4.a "Größe"
      │       ------------------------- this requirement
      │
      = help: write `satisfies 7.4.a` at the outcome that meets it,
        or exclude it with a reason
      = uncovered-requirement: see `prm explain P301`

    error[P104]: there is no requirement `7.4.x`
      ┌─ modelle/kälte 1.prm:6:46
      │
    6 │     outcome 1 "Überall wird geredet." satisfies 7.4.x
      │                -------                          ^^^^^ not in any catalog that the package sees
      │                │
      │                in this outcome
      │
      = help: did you mean `7.4.a`?
      = unknown-requirement: see `prm explain P104`

    hint[P436]: where is `東京`?
      ┌─ modelle/kälte 1.prm:7:14
      │
    7 │   outcome 2 "東京 wird erreicht." satisfies 7.4
      │              ^^^^ a vague place
      │
      = vague-outcome: see `prm explain P436`

    error[P003]: the block of `process COM.01` is not closed
      ┌─ modelle/kälte 1.prm:8:1
      │
    5 │ process COM.01 "Kommunikation" {
      │                                - it opens here
      ·
    8 │
      │ ^ `}` was expected here
      │
      = unclosed-block: see `prm explain P003`

    warning[P303]: about 50 % too much
      ┌─ modelle/catalogs/iso.prm:2:2
      │
    2 │ ╭     requirement 7.4 "Kommunikation" {
    3 │ │       requirement 7.4.a "Größe"
    4 │ │   }
      │ ╰───^ has parts
      │
      = coarse-link: see `prm explain P303`

    error[P301]: in two lines
      ┌─ modelle/catalogs/iso.prm:3:16
      │
    3 │       requirement 7.4.a "Größe"
      │                   ^^^^^
    "#);
}

#[test]
fn human_shows_manifests_like_toml_tools() {
    assert_snapshot!(Example::new().manifests(MessageFormat::Human), @r#"
    error[P021]

      × `nam` means nothing in `[package]`
       ╭─[modelle/prm.toml:2:1]
     1 │ [package]
     2 │ nam = "kälte"
       · ─┬─
       ·  ╰── not a key
     3 │
       ╰────
      help: did you mean `name`?
      unknown-manifest-key: see `prm explain P021`

    error[P118]

      × `base` is called `basis`
       ╭─[modelle/prm.toml:5:1]
     4 │ [dependencies]
     5 │ base = { path = "../base" }
       · ──┬─
       ·   ╰── the key
       ╰────
      ☞ the name of the package
       ╭─[base/prm.toml:2:8]
     1 │ [package]
     2 │ name = "basis"
       ·        ───────
       ╰────
      package-name-mismatch: see `prm explain P118`
    "#);
}

#[test]
fn plain_draws_in_ascii() {
    let mut example = Example::new();
    example.diagnostics.drain(..4);
    assert_snapshot!(example.all(MessageFormat::Plain), @r#"
    warning[P303]: about 50 % too much
      --> modelle/catalogs/iso.prm:2:2
      |
    2 | /     requirement 7.4 "Kommunikation" {
    3 | |       requirement 7.4.a "Größe"
    4 | |   }
      | \---^ has parts
      |
      = coarse-link: see `prm explain P303`

    error[P301]: in two lines
      --> modelle/catalogs/iso.prm:3:16
      |
    3 |       requirement 7.4.a "Größe"
      |                   ^^^^^
      |
      = uncovered-requirement: see `prm explain P301`

    error[P021]

      x `nam` means nothing in `[package]`
       ,-[modelle/prm.toml:2:1]
     1 | [package]
     2 | nam = "kälte"
       : ^|^
       :  `-- not a key
     3 |
       `----
      help: did you mean `name`?
      unknown-manifest-key: see `prm explain P021`

    error[P118]

      x `base` is called `basis`
       ,-[modelle/prm.toml:5:1]
     4 | [dependencies]
     5 | base = { path = "../base" }
       : ^^|^
       :   `-- the key
       `----
      > the name of the package
       ,-[base/prm.toml:2:8]
     1 | [package]
     2 | name = "basis"
       :        ^^^^^^^
       `----
      package-name-mismatch: see `prm explain P118`
    "#);
}

#[test]
fn colour_only_adds_escapes() {
    let example = Example::new();
    for format in MessageFormat::ALL.iter().filter(|format| **format != MessageFormat::Human) {
        assert_eq!(render::diagnostics(*format, &example.diagnostics, &example.sources, true), example.all(*format));
    }
    let coloured = render::diagnostics(MessageFormat::Human, &example.diagnostics, &example.sources, true);
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let trimmed: String = stripped.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    assert_ne!(coloured, stripped);
    assert_eq!(trimmed, example.all(MessageFormat::Human));
}

#[test]
fn short_is_one_line_each() {
    assert_snapshot!(Example::new().all(MessageFormat::Short), @r"
    modelle/kälte 1.prm:2:3: error[P301]: no outcome meets `7.4.a` of `iso27001-2022`
    modelle/kälte 1.prm:6:46: error[P104]: there is no requirement `7.4.x`
    modelle/kälte 1.prm:7:14: hint[P436]: where is `東京`?
    modelle/kälte 1.prm:8:1: error[P003]: the block of `process COM.01` is not closed
    modelle/catalogs/iso.prm:2:2: warning[P303]: about 50 % too much
    modelle/catalogs/iso.prm:3:16: error[P301]: in two lines
    modelle/prm.toml:2:1: error[P021]: `nam` means nothing in `[package]`
    modelle/prm.toml:5:1: error[P118]: `base` is called `basis`
    ");
}

#[test]
fn json_is_one_object_a_line() {
    let mut example = Example::new();
    example.diagnostics.truncate(2);
    assert_snapshot!(example.all(MessageFormat::Json), @r#"
    {"code":"P301","name":"uncovered-requirement","severity":"error","message":"no outcome meets `7.4.a` of `iso27001-2022`","file":"modelle/kälte 1.prm","line":2,"column":3,"end_line":2,"end_column":23,"help":"write `satisfies 7.4.a` at the outcome that meets it,\nor exclude it with a reason","label":"all of `iso27001-2022` is to be covered","related":[{"file":"modelle/catalogs/iso.prm","line":3,"column":4,"end_line":3,"end_column":29,"label":"this requirement"}],"edit":null,"fingerprint":"prm/v1:105271dbe39b09cb:1"}
    {"code":"P104","name":"unknown-requirement","severity":"error","message":"there is no requirement `7.4.x`","file":"modelle/kälte 1.prm","line":6,"column":46,"end_line":6,"end_column":51,"help":"did you mean `7.4.a`?","label":"not in any catalog that the package sees","related":[{"file":"modelle/kälte 1.prm","line":6,"column":13,"end_line":6,"end_column":20,"label":"in this outcome"}],"edit":{"file":"modelle/kälte 1.prm","line":6,"column":46,"end_line":6,"end_column":51,"text":"7.4.a","certain":false},"fingerprint":"prm/v1:b60f2e6bbd4408e9:1"}
    "#);
}

#[test]
fn json_keeps_to_its_schema() {
    let schema = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = schema.into_root_schema_for::<json::Diagnostic>();
    for line in Example::new().all(MessageFormat::Json).lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_follows(schema.as_value(), &object);
    }
}

#[test]
fn json_names_files_from_either_folder() {
    let Example { sources, diagnostics } = Example::new();
    let file = |naming| json::Diagnostic::new(&diagnostics[0], &sources, naming).place.file;
    assert_eq!(file(Naming::CurrentFolder), "modelle/kälte 1.prm");
    assert_eq!(file(Naming::Package), "kälte 1.prm");
}

#[test]
fn sarif_tells_place_related_places_and_fix() {
    let log: Value = serde_json::from_str(&Example::new().all(MessageFormat::Sarif)).unwrap();
    assert_snapshot!(log["runs"][0]["results"][1], @r#"{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"modelle/k%C3%A4lte%201.prm","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"endColumn":51,"endLine":6,"startColumn":46,"startLine":6},"insertedContent":{"text":"7.4.a"}}]}],"description":{"text":"did you mean `7.4.a`?"},"properties":{"certain":false}}],"level":"error","locations":[{"message":{"text":"not in any catalog that the package sees"},"physicalLocation":{"artifactLocation":{"uri":"modelle/k%C3%A4lte%201.prm","uriBaseId":"%SRCROOT%"},"region":{"endColumn":51,"endLine":6,"startColumn":46,"startLine":6}}}],"message":{"text":"there is no requirement `7.4.x`\nhelp: did you mean `7.4.a`?"},"partialFingerprints":{"primaryLocationLineHash":"b60f2e6bbd4408e9:1","prm/v1":"b60f2e6bbd4408e9:1"},"relatedLocations":[{"message":{"text":"in this outcome"},"physicalLocation":{"artifactLocation":{"uri":"modelle/k%C3%A4lte%201.prm","uriBaseId":"%SRCROOT%"},"region":{"endColumn":20,"endLine":6,"startColumn":13,"startLine":6}}}],"ruleId":"P104","ruleIndex":2}"#);
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).unwrap();
    let example = Example::new();
    for diagnostics in [&example.diagnostics[..], &[]] {
        let text = render::diagnostics(MessageFormat::Sarif, diagnostics, &example.sources, false);
        let log: Value = serde_json::from_str(&text).unwrap();
        assert_follows(&schema, &log);
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), diagnostics.len());
    }
}

#[test]
fn sarif_describes_the_codes_that_occur() {
    let log: Value = serde_json::from_str(&Example::new().all(MessageFormat::Sarif)).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let code = codes::find(rule["id"].as_str().unwrap()).unwrap();
        let page = Some(code.page).filter(|page| !page.is_empty());
        assert_eq!(rule["name"], code.name);
        assert_eq!(rule["shortDescription"]["text"], code.summary);
        let properties = &rule["properties"];
        assert_eq!(
            (properties["family"].as_str(), properties["since"].as_str()),
            (Some(code.family.word()), Some(code.since))
        );
        assert_eq!(properties["source"].as_str(), code.source);
        assert_eq!(rule["help"]["markdown"].as_str(), page);
    }
    let used = run["results"].as_array().unwrap().iter().map(|result| {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        index
    });
    assert_eq!(used.collect::<std::collections::BTreeSet<_>>().len(), rules.len());
}

#[test]
fn github_escapes_what_commands_cannot_hold() {
    let mut example = Example::new();
    example.sources = Sources::default();
    example.sources.add("", "a,b:c%.prm", MODEL.to_owned());
    example.sources.add("modelle", "iso.prm", CATALOG.to_owned());
    example.diagnostics.truncate(5);
    assert_snapshot!(example.all(MessageFormat::Github), @r"
    ::error file=a%2Cb%3Ac%25.prm,line=2,col=3,endLine=2,endColumn=23,title=P301 uncovered-requirement::no outcome meets `7.4.a` of `iso27001-2022`%0Ahelp: write `satisfies 7.4.a` at the outcome that meets it,%0Aor exclude it with a reason
    ::error file=a%2Cb%3Ac%25.prm,line=6,col=46,endLine=6,endColumn=51,title=P104 unknown-requirement::there is no requirement `7.4.x`%0Ahelp: did you mean `7.4.a`?
    ::notice file=a%2Cb%3Ac%25.prm,line=7,col=14,endLine=7,endColumn=16,title=P436 vague-outcome::where is `東京`?
    ::error file=a%2Cb%3Ac%25.prm,line=8,col=1,endLine=8,endColumn=1,title=P003 unclosed-block::the block of `process COM.01` is not closed
    ::warning file=modelle/iso.prm,line=2,endLine=5,title=P303 coarse-link::about 50 %25 too much
    ");
}

#[test]
fn summary_counts() {
    let diagnostics = Example::new().diagnostics;
    assert_eq!(render::summary(&diagnostics), "6 errors, 1 warning, 1 hint");
    assert_eq!(render::summary(&diagnostics[..1]), "1 error");
    assert_eq!(render::summary(&[]), "");
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{}MISTAKE{}", "Wörter und ".repeat(50_000), " und mehr".repeat(50_000));
    let start = text.find("MISTAKE").unwrap();
    let mut sources = Sources::default();
    let file = sources.add("", "a.prm", text);
    let diagnostic = Diagnostic::new(&codes::NOT_A_STATEMENT, Span::new(file, start, start + 7), "no")
        .also(Span::new(file, 0, 7), "far away");
    assert_snapshot!(render::diagnostics(MessageFormat::Plain, &[diagnostic], &sources, false), @r"
    error[P001]: no
      --> a.prm:1:550001
      |
    1 | Wörter und Wörter und Wörter und Wörter und Wörter und Wörter und ...r und Wörter und Wörter und Wörter und Wörter und Wörter und MISTAKE und mehr und mehr und mehr und mehr und mehr und mehr und m...
      | ------                                                                                                                            ^^^^^^^
      | |
      | far away
      |
      = not-a-statement: see `prm explain P001`
    ");
}

#[test]
fn the_middle_of_a_long_label_is_left_out() {
    let text = "line\n".repeat(100_000);
    let mut sources = Sources::default();
    let file = sources.add("", "a.prm", text.clone());
    let manifest = sources.add("", "prm.toml", text.clone());
    let diagnostics = [file, manifest]
        .map(|file| Diagnostic::new(&codes::UNCLOSED_TEXT, Span::new(file, 50, text.len()), "long").label("all of it"));
    assert_snapshot!(render::diagnostics(MessageFormat::Human, &diagnostics, &sources, false), @r"
    error[P005]: long
           ┌─ a.prm:11:1
           │
        11 │ ╭ line
        12 │ │ line
        13 │ │ line
        14 │ │ line
           · │
     99999 │ │ line
    100000 │ │ line
           │ ╰────^ all of it
           │
           = unclosed-text: see `prm explain P005`

    error[P005]

      × long
        ╭─[prm.toml:11:1]
     10 │ line
     11 │ line
        · ──┬─
        ·   ╰── all of it
     12 │ line
        ╰────
    ");
}

#[test]
fn many_places_are_counted_instead_of_shown() {
    let mut sources = Sources::default();
    let file = sources.add("", "a.prm", "process X\n".repeat(100));
    let mut diagnostic = Diagnostic::new(&codes::DUPLICATE_ID, Span::new(file, 8, 9), "the id `X` occurs 100 times");
    for line in 1..100 {
        diagnostic = diagnostic.also(Span::new(file, line * 10 + 8, line * 10 + 9), "");
    }
    let text = render::diagnostics(MessageFormat::Human, &[diagnostic], &sources, false);
    assert!(text.contains("= and 87 places more\n") && text.lines().count() < 40, "{text}");
}

#[test]
fn text_of_users_does_not_act_on_the_terminal() {
    let mut sources = Sources::default();
    let file = sources.add("", "a.prm", "note \"\u{1b}[2J\u{202e}\"\n".to_owned());
    let diagnostic = Diagnostic::new(&codes::CONTROL_CHARACTER, Span::new(file, 6, 7), "what is `\u{1b}`?");
    for format in MessageFormat::ALL {
        let text = render::diagnostics(*format, std::slice::from_ref(&diagnostic), &sources, false);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{}: {text}", format.word());
    }
}

proptest! {
    #![proptest_config(random::cases(256))]

    #[test]
    fn any_text_and_any_place_can_be_shown(
        text in "([a\"é東😀\t\r\n\u{1b}\u{301}]|\r\n|[x]{150}){0,40}",
        places in proptest::collection::vec((0usize..700, 0usize..700, "(|two\nlines|ä)"), 1..6),
        path in r"(a\.prm|prm\.toml)",
    ) {
        let mut sources = Sources::default();
        let files = [sources.add("", &path, text.clone()), sources.add("b", "prm.toml", text)];
        let span = |index: usize| Span::new(files[index % 2], places[index].0, places[index].1);
        let first = Diagnostic::new(&codes::CYCLE, span(0), "message").label(&*places[0].2);
        let diagnostic = (1..places.len()).fold(first, |diagnostic, index| diagnostic.also(span(index), &*places[index].2));
        for format in MessageFormat::ALL {
            let text = render::diagnostics(*format, std::slice::from_ref(&diagnostic), &sources, false);
            prop_assert!(text.contains("P115") && text.contains("message"));
            // A report without a frame would be one that could not be drawn.
            prop_assert!(!format.for_people() || text.contains(['|', '│']), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(random::cases(512))]

    /// Without colour most frames are drawn in another way than with it, and look the same.
    #[test]
    fn color_adds_nothing_but_color(
        text in "([a-z\"]{1,9}( |\n|\r\n)|[a-z]{1,3}\n|\n|é|\t|##\\[|[x]{150}){0,60}",
        places in proptest::collection::vec((0usize..400, 0usize..9, "(|said|two\nlines|ä |\t)"), 1..4),
        message in "(plain|two\nlines| |ends in a blank )",
        help in proptest::option::of("(do it|do\n\nit|do \n it )"),
        severity in 0usize..4,
        more in 0usize..2,
    ) {
        let mut sources = Sources::default();
        let file = sources.add("", "a.prm", text);
        let span = |index: usize| Span::new(file, places[index].0, places[index].0 + places[index].1);
        let first = Diagnostic::new(&codes::CYCLE, span(0), message).label(&*places[0].2);
        let mut diagnostic = (1..places.len()).fold(first, |diagnostic, at| diagnostic.also(span(at), &*places[at].2));
        diagnostic.help = help;
        diagnostic.more = more;
        diagnostic.severity = [Severity::Error, Severity::Warning, Severity::Hint, Severity::Off][severity];
        let both = [diagnostic.clone(), diagnostic];
        let show = |color| render::diagnostics(MessageFormat::Human, &both, &sources, color);
        let bare = anstream::adapter::strip_str(&show(true)).to_string();
        let bare: String = bare.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
        prop_assert_eq!(show(false), bare);
    }
}

/// Two models, two manifests and what is wrong with them.
struct Example {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

const MODEL: &str = "\
model kälte \"Kältemodell\" {
  covers iso27001-2022
}

process COM.01 \"Kommunikation\" {
\toutcome 1 \"Überall wird geredet.\" satisfies 7.4.x
  outcome 2 \"東京 wird erreicht.\" satisfies 7.4
";

const CATALOG: &str = "\
catalog iso27001-2022 \"Anforderungen\" {\r
\trequirement 7.4 \"Kommunikation\" {\r
\t  requirement 7.4.a \"Größe\"\r
  }\r
}\r
";

const MANIFEST: &str = "\
[package]
nam = \"kälte\"

[dependencies]
base = { path = \"../base\" }
";

const BASE: &str = "\
[package]
name = \"basis\"
";

impl Example {
    fn new() -> Example {
        let mut sources = Sources::default();
        let model = sources.add("modelle", "kälte 1.prm", MODEL.to_owned());
        let catalog = sources.add("modelle", "catalogs/iso.prm", format!("\u{feff}{CATALOG}"));
        let manifest = sources.add("modelle", "prm.toml", MANIFEST.to_owned());
        let base = sources.add("base", "prm.toml", BASE.to_owned());
        let at = |file: FileId, needle: &str| {
            let start = sources.file(file).text.find(needle).unwrap();
            Span::new(file, start, start + needle.len())
        };
        let end = Span::new(model, MODEL.len(), MODEL.len());
        let brace = at(model, "\"Kommunikation\" ").after();
        let several_lines = at(catalog, CATALOG.split_inclusive('{').nth(1).unwrap().trim_start())
            .join(at(catalog, "\"Größe\"\r\n  }\r\n"));
        let mut diagnostics = vec![
            Diagnostic::new(
                &codes::UNCOVERED_REQUIREMENT,
                at(model, "covers iso27001-2022"),
                "no outcome meets `7.4.a` of `iso27001-2022`",
            )
            .label("all of `iso27001-2022` is to be covered")
            .also(at(catalog, "requirement 7.4.a \"Größe\""), "this requirement")
            .help("write `satisfies 7.4.a` at the outcome that meets it,\nor exclude it with a reason"),
            Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, at(model, "7.4.x"), "there is no requirement `7.4.x`")
                .label("not in any catalog that the package sees")
                .also(at(model, "Überall"), "in this outcome")
                .help("did you mean `7.4.a`?")
                .perhaps("7.4.a"),
            Diagnostic::new(&codes::VAGUE_OUTCOME, at(model, "東京"), "where is `東京`?").label("a vague place"),
            Diagnostic::new(&codes::UNCLOSED_BLOCK, end, "the block of `process COM.01` is not closed")
                .label("`}` was expected here")
                .also(brace, "it opens here"),
            Diagnostic::new(&codes::COARSE_LINK, several_lines, "about 50 % too much").label("has parts"),
            Diagnostic::new(&codes::UNCOVERED_REQUIREMENT, at(catalog, "7.4.a"), "in two\nlines"),
            Diagnostic::new(&codes::UNKNOWN_MANIFEST_KEY, at(manifest, "nam"), "`nam` means nothing in `[package]`")
                .label("not a key")
                .help("did you mean `name`?")
                .replace_with("name"),
            Diagnostic::new(&codes::PACKAGE_NAME_MISMATCH, at(manifest, "base"), "`base` is called `basis`")
                .label("the key")
                .also(at(base, "\"basis\""), "the name of the package"),
        ];
        diagnostics[2].severity = Severity::Hint;
        Example { sources, diagnostics }
    }

    fn all(&self, format: MessageFormat) -> String {
        render::diagnostics(format, &self.diagnostics, &self.sources, false)
    }

    fn models(&self, format: MessageFormat) -> String {
        render::diagnostics(format, &self.diagnostics[..6], &self.sources, false)
    }

    fn manifests(&self, format: MessageFormat) -> String {
        render::diagnostics(format, &self.diagnostics[6..], &self.sources, false)
    }
}
