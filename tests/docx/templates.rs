//! Templates: what is taken of them, and what is refused, with nothing written.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use prm::document::docx::docx;
use prm::document::{Document, Inline, Key, Setting, Status, Template, Unprintable};
use tempfile::TempDir;

use super::read::Parts;
use crate::trees::{squeezed, told};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a small template, as another program might write it.
struct File(Vec<(String, Vec<u8>)>);

impl File {
    fn new() -> File {
        let styles = format!(
            "<x:styles xmlns:x=\"{W}\"><x:docDefaults><x:rPrDefault><x:rPr><x:sz x:val=\"21\"/><x:lang x:val=\"de-DE\"/>\
             </x:rPr></x:rPrDefault></x:docDefaults><x:style x:type=\"paragraph\" x:default=\"1\" x:styleId=\"Standard\">\
             <x:name x:val=\"Normal\"/></x:style><x:style x:type=\"paragraph\" x:styleId=\"berschrift1\">\
             <x:name x:val=\"Heading 1,Clause\"/><x:rPr><x:color x:val=\"FF0000\"/></x:rPr></x:style>\
             <x:style x:type=\"paragraph\" x:styleId=\"BodyText\"><x:name x:val=\"Something else\"/></x:style></x:styles>"
        );
        let document = format!(
            "<w:document xmlns:w=\"{W}\" xmlns:r=\"{TYPE}\"><w:body><w:p/><w:sectPr><w:headerReference w:type=\"default\" \
             r:id=\"h\"/><w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" \
             w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
        );
        let rels = |rows: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rows}</Relationships>"
            )
        };
        let row = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>")
        };
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        File(Vec::new())
            .with(
                "[Content_Types].xml",
                &format!(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override \
                     PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
                ),
            )
            .with("_rels/.rels", &rels(&row("r", "officeDocument", "/word/document.xml")))
            .with("word/document.xml", &document)
            .with(
                "word/_rels/document.xml.rels",
                &rels(
                    &(row("s", "styles", "styles.xml")
                        + &row("h", "header", "header9.xml")
                        + &row("n", "numbering", "numbering.xml")),
                ),
            )
            .with("word/styles.xml", &styles)
            .with(
                "word/numbering.xml",
                &format!(
                    "<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"7\"/><w:num w:numId=\"4\">\
                     <w:abstractNumId w:val=\"7\"/></w:num><w:numIdMacAtCleanup w:val=\"1\"/></w:numbering>"
                ),
            )
            .with(
                "word/header9.xml",
                &format!("<w:hdr xmlns:w=\"{W}\" xmlns:r=\"{TYPE}\"><w:p><w:r><w:t>House</w:t></w:r></w:p></w:hdr>"),
            )
            .with("word/_rels/header9.xml.rels", &rels(&row("i", "image", "media/figure1.png")))
            .with("word/media/figure1.png", "a logo")
    }

    fn with(mut self, path: &str, text: &str) -> File {
        self.0.retain(|(other, _)| other != path);
        self.0.push((path.to_owned(), text.as_bytes().to_vec()));
        self
    }

    fn replaced(self, path: &str, from: &str, to: &str) -> File {
        let text = String::from_utf8(self.0.iter().find(|(other, _)| other == path).unwrap().1.clone()).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        self.with(path, &text.replace(from, to))
    }

    fn without(mut self, path: &str) -> File {
        self.0.retain(|(other, _)| other != path);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in &self.0 {
            let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            zip.start_file(path.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn document() -> Document {
    let mut document = Document::new(Inline::plain("T"));
    document.chapter([], "One");
    document.section(vec![Key("x".into())], Inline::plain("Below"));
    document.paragraph(Inline::link(&Key("x".into()), "1.1"));
    document.list([Inline::plain("item")]);
    document.annex(Key("a".into()), Status::Normative, Inline::plain("Rules"));
    document.section(Vec::new(), Inline::plain("Of the annex"));
    document
}

fn with(bytes: &[u8]) -> Result<Vec<u8>, Unprintable> {
    let template = Some(Template { path: "house.docx", bytes });
    docx(&document(), &Setting { template, ..Setting::default() })
}

#[test]
fn a_template_gives_its_looks() {
    let parts = Parts::of(&with(&File::new().bytes()).unwrap());
    parts.assert_sound("template");
    let styles = parts.text("word/styles.xml");
    let tree = roxmltree::Document::parse(&styles).unwrap();
    let named = |name: &str| {
        let names = tree.descendants().filter(|node| node.has_tag_name((W, "name")));
        let found: Vec<_> = names.filter(|node| node.attribute((W, "val")) == Some(name)).collect();
        assert!(found.len() <= 1, "{name}");
        found.first().and_then(|node| node.parent()?.attribute((W, "styleId"))).map(str::to_owned)
    };
    assert!(styles.contains("FF0000") && styles.contains("w:val=\"en\"") && !styles.contains("de-DE"));
    assert_eq!(named("Heading 1,Clause").as_deref(), Some("berschrift1"));
    assert_eq!((named("heading 1"), named("heading 2").as_deref()), (None, Some("Heading2")));
    // Its id was taken, by a style that is none of ours.
    assert_eq!(named("Body Text").as_deref(), Some("BodyText_"));
    assert_eq!(tree.descendants().filter(|node| node.attribute((W, "default")) == Some("1")).count(), 1);
    let text = parts.text("word/document.xml");
    assert!(text.contains("w:val=\"berschrift1\"") && text.contains("<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"));
    assert_eq!(parts.paragraphs("BodyText_"), ["1.1"]);
    // Its styles have no numbers: each heading says itself which list counts it, behind those of the template.
    assert!(
        text.contains("<w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/>") && text.contains("<w:numId w:val=\"6\"/>"),
        "{text}"
    );
    let numbering = parts.text("word/numbering.xml");
    let order = |words: &str| numbering.find(words).unwrap_or_else(|| panic!("{words} in {numbering}"));
    assert!(
        order("w:abstractNumId=\"8\"") < order("w:numId=\"4\"") && order("w:numId=\"5\"") < order("numIdMacAtCleanup")
    );
    assert!(parts.text("word/header1.xml").contains("House"));
    assert_eq!(parts.bytes("word/media/figure1.png"), b"a logo");
}

/// What we wrote, and somebody then changed, is a template like any other: its headings are counted by its own lists.
#[test]
fn our_own_document_is_a_template() {
    let ours = docx(&document(), &Setting::default()).unwrap();
    let again = Parts::of(&with(&ours).unwrap());
    again.assert_sound("our own");
    let mut wanted = told(&document()).headings;
    wanted.remove(0);
    assert_eq!(again.said().headings, wanted);
    let first = Parts::of(&ours);
    assert_eq!(again.text("word/theme/theme1.xml"), first.text("word/theme/theme1.xml"));
    assert_eq!(again.text("word/document.xml").matches("w:numId").count(), 1, "of the list alone");
    assert_eq!(squeezed(&again.titles().join(" ")), "T T");
}

/// A part that is packed a thousand times smaller than it is.
fn bomb() -> String {
    format!("<w:styles xmlns:w=\"{W}\">{}</w:styles>", " ".repeat(20 << 20))
}

#[test]
fn hostile_templates_are_refused() {
    let deep =
        |count: usize| format!("<w:hdr xmlns:w=\"{W}\">{}{}</w:hdr>", "<w:p>".repeat(count), "</w:p>".repeat(count));
    let field = |words: &str| {
        format!("<w:hdr xmlns:w=\"{W}\"><w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p></w:hdr>")
    };
    let external = "Target=\"media/figure1.png\" TargetMode=\"External\"";
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "is no Word document"),
        (b"PK\x03\x04 and nothing more".to_vec(), "is no Word document"),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1], "old kind"),
        (File::new().without("_rels/.rels").bytes(), "is no Word document"),
        (
            File::new().replaced("[Content_Types].xml", "wordprocessingml.document", "spreadsheetml.sheet").bytes(),
            "no Word",
        ),
        (
            File::new()
                .replaced(
                    "[Content_Types].xml",
                    "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    "vnd.ms-word.document.macroEnabled.main",
                )
                .bytes(),
            "has macros",
        ),
        (File::new().with("word/vbaProject.bin", "x").bytes(), "has macros"),
        (File::new().with("word/styles.xml", "<w:styles").bytes(), "is damaged at `word/styles.xml`"),
        (File::new().with("word/styles.xml", "<!DOCTYPE a [<!ENTITY b \"b\">]><a/>").bytes(), "is damaged at"),
        (File::new().with("word/styles.xml", "<styles/>").bytes(), "not as Word writes them"),
        (File::new().with("word/styles.xml", &bomb()).bytes(), "too large"),
        (File::new().without("word/styles.xml").bytes(), "has no styles"),
        (File::new().without("word/header9.xml").bytes(), "lacks `word/header9.xml`"),
        (File::new().without("word/media/figure1.png").bytes(), "lacks `word/media/figure1.png`"),
        (
            File::new().replaced("word/_rels/header9.xml.rels", "Target=\"media/figure1.png\"", external).bytes(),
            "leads out of itself",
        ),
        (
            File::new().replaced("word/_rels/header9.xml.rels", "/image\"", "/oleObject\"").bytes(),
            "cannot be taken: oleObject",
        ),
        (
            File::new().replaced("word/_rels/header9.xml.rels", "media/figure1.png", "../../figure.exe").bytes(),
            "cannot be taken",
        ),
        (File::new().with("word/header9.xml", &field("DDEAUTO cmd")).bytes(), "brings in other files"),
        (File::new().with("word/header9.xml", &field("INCLUDETEXT c:\\\\x")).bytes(), "brings in other files"),
        (
            (0..5000)
                .fold(File::new(), |mut file, at| {
                    file.0.push((format!("x{at}"), vec![]));
                    file
                })
                .bytes(),
            "too many parts",
        ),
    ];
    for (bytes, words) in cases {
        let error = with(&bytes).unwrap_err();
        assert!(
            error.problem.contains(words) && error.problem.starts_with("the template `house.docx`"),
            "{words}: {error:?}"
        );
    }
    // Deep or large as it is, it ends.
    for count in [1_000, 100_000] {
        let _ = with(&File::new().with("word/header9.xml", &deep(count)).bytes());
    }
    // A file cut anywhere is refused, or taken; it never stops the program.
    let whole = File::new().bytes();
    for end in (0..whole.len()).step_by(61) {
        let _ = with(&whole[..end]);
        let mut turned = whole.clone();
        turned[end] ^= 0x55;
        let _ = with(&turned);
    }
}

fn prm(place: &TempDir, arguments: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_prm")).args(arguments).current_dir(place).output().unwrap();
    (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
}

const MODEL: &str = "model m \"M\"\nprocess P \"Pack\" {\n  purpose \"The purpose of pack is to pack.\"\n  outcome 1 \"Things are packed.\"\n}\n";

#[test]
fn the_command_takes_a_template() {
    let place = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| fs::write(place.path().join(path), bytes).unwrap();
    let is_there = |path: &str| place.path().join(path).exists();
    write("m.prm", MODEL.as_bytes());
    write("house.docx", &File::new().bytes());
    write("bad.docx", b"no");
    let build = ["build", "m.prm", "--format", "docx"];
    let of = |more: &[&str]| prm(&place, &[&build[..], more].concat());
    assert_eq!(of(&["--template", "house.docx", "-o", "out.docx"]).0, 0);
    Parts::of(&fs::read(place.path().join("out.docx")).unwrap()).assert_sound("out");
    for (more, words) in [
        (&["--template", "bad.docx", "-o", "x.docx"][..], "the template `bad.docx` is no Word document"),
        (&["--template", "none.docx", "-o", "x.docx"], "cannot read `none.docx`"),
        (&["--template", ".", "-o", "x.docx"], "cannot read `.`"),
        (&["--template", "house.docx", "-o", "house.docx"], "take the place of its template"),
    ] {
        let (code, said) = of(more);
        assert!(code == 2 && said.contains(words) && !is_there("x.docx"), "{more:?} {said}");
    }
    let (code, said) = prm(&place, &["build", "m.prm", "--format", "markdown", "--template", "house.docx"]);
    assert!(code == 2 && said.contains("`--template` goes with `--format docx`"), "{said}");
    let wide = format!("|{}\n|{}\n|{}\n", " a |".repeat(60), " - |".repeat(60), " b |".repeat(60));
    write("m.prm", format!("{MODEL}annex x \"Wide\" \"\"\"\n{wide}\"\"\"\n").as_bytes());
    let (code, said) = of(&["-o", "x.docx"]);
    assert!(code == 2 && said.contains("no page holds the 60 columns") && !is_there("x.docx"), "{said}");
}

#[test]
fn a_manifest_names_a_template_of_its_own() {
    let place = tempfile::tempdir().unwrap();
    let root: &Path = place.path();
    let build = |output: &str| {
        let manifest =
            format!("[package]\nname = \"p\"\nversion = \"1.0.0\"\n[[output]]\nformat = \"docx\"\n{output}\n");
        fs::create_dir_all(root.join("p")).unwrap();
        fs::write(root.join("p/prm.toml"), manifest).unwrap();
        fs::write(root.join("p/m.prm"), MODEL).unwrap();
        prm(&place, &["build", "p"])
    };
    fs::write(root.join("house.docx"), File::new().bytes()).unwrap();
    for (output, words) in [
        ("path = \"out.docx\"\ntemplate = \"../house.docx\"", "is no file of the package's own"),
        ("path = \"out.docx\"\ntemplate = \"out.docx\"", "take the place of its template"),
        ("path = \"out.docx\"\ntemplate = true", "`template` is no text"),
    ] {
        let (code, said) = build(output);
        assert!(code == 1 && said.contains(words) && said.contains("prm.toml:"), "{output}: {said}");
    }
    assert!(!root.join("p/out.docx").exists());
    fs::copy(root.join("house.docx"), root.join("p/house.docx")).unwrap();
    let (code, said) = build("path = \"out.docx\"\ntemplate = \"house.docx\"");
    assert!(code == 0 && root.join("p/out.docx").exists(), "{said}");
}
