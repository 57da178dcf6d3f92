//! What must hold for any bytes: one function a target, for libFuzzer and for `driver.rs` alike.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Cursor, Read, Write};
use std::mem::discriminant;

use prm::Diagnostic;
use prm::import;
use prm::package::{lock, manifest};
use prm::source::Memory;
use prm::span::FileId;
use prm::syntax::{self, Change};
use prm::{MessageFormat, formatter, render};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A target: its name, what its seeds are called (`xlsx!xml` are the parts in XML of workbooks), and what it tries.
pub type Target = (&'static str, &'static str, fn(&[u8]) -> Facts);

/// Numbers for what was found out about an input: one with a new one among them is worth going on from.
pub type Facts = Vec<u64>;

/// Every target.
pub const ALL: &[Target] = &[
    ("parse", ".prm", parse),
    ("compile", ".prm", compile),
    ("fmt", ".prm", fmt),
    ("edit", ".prm", edit),
    ("manifest", "prm.toml", manifest),
    ("lock", ".lock", lock),
    ("csv", "sv", csv),
    ("oscal", ".json", oscal),
    ("ciso", ".yaml", ciso),
    ("xlsx", ".xlsx!xml", xlsx),
    ("ods", ".ods!xml", ods),
    ("docx", ".docx!xml", docx),
    ("reqif", ".reqif", reqif),
    ("archive", ".xlsx", archive),
];

/// Any text has a tree, and its places lie in it.
pub fn parse(bytes: &[u8]) -> Facts {
    let Ok(text) = str::from_utf8(bytes) else { return Vec::new() };
    let (tree, found) = syntax::parse(FileId(0), text);
    let args = tree.args.iter().map(|arg| (arg.start, arg.end));
    let nodes = tree.nodes.iter().map(|node| (node.start, node.end));
    let diagnostics = found.iter().map(|found| (found.primary.span.start, found.primary.span.end));
    for (start, end) in args.chain(nodes).chain(diagnostics) {
        assert!(text.get(start as usize..end as usize).is_some(), "{start}..{end}");
    }
    let pairs = tree.nodes.iter().zip(tree.nodes.iter().skip(1));
    let pairs = pairs.map(|(one, next)| number((discriminant(&one.kind), one.broken, discriminant(&next.kind))));
    pairs.chain(facts(&found)).collect()
}

/// Any bytes compile to something, which can be shown.
pub fn compile(bytes: &[u8]) -> Facts {
    show(&[("main.prm", bytes)], "main.prm")
}

/// Any text is laid out, and stays so. That it says the same, `format` proves itself.
pub fn fmt(bytes: &[u8]) -> Facts {
    let Ok(text) = str::from_utf8(bytes) else { return Vec::new() };
    let once = formatter::format(text).unwrap();
    assert_eq!(formatter::format(&once.text).unwrap().text, once.text);
    parse(bytes)
}

/// A buffer that is edited has the tree of its text. The last bytes say what is edited.
pub fn edit(bytes: &[u8]) -> Facts {
    let Ok(text) = str::from_utf8(bytes) else { return Vec::new() };
    let mut facts = Vec::new();
    let mut text = text.to_owned();
    let parsed = |text: &str| syntax::parse(FileId(0), text);
    let (mut tree, mut found) = parsed(&text);
    for step in bytes.rchunks(4).take(4).filter(|step| step.len() == 4) {
        let at = usize::from(step[0]) * 256 + usize::from(step[1]);
        let start = text.floor_char_boundary(at % (text.len() + 1));
        let end = text.ceil_char_boundary((start + usize::from(step[2] % 16)).min(text.len()));
        let new = PIECES[usize::from(step[3]) % PIECES.len()];
        text.replace_range(start..end, new);
        let change = Change { start, removed: end - start, inserted: new.len() };
        let whole = parsed(&text);
        if let Some((patch, mut some)) = syntax::reparse(&tree, &found, &text, change) {
            let mut part = tree.clone();
            patch.apply(&mut part);
            let mut all = whole.1.clone();
            prm::diagnostic::sort(&mut some);
            prm::diagnostic::sort(&mut all);
            assert_eq!(some, all, "{text}");
            assert_eq!(format!("{part:?}"), format!("{:?}", whole.0), "{text}");
            facts.extend(parse(text.as_bytes()));
        }
        (tree, found) = whole;
    }
    facts
}

/// Any manifest is read, and what is wrong in it can be shown.
pub fn manifest(bytes: &[u8]) -> Facts {
    let mut shown = show(&[("prm.toml", bytes), ("main.prm", b"model m \"M\" { }\n")], "");
    let Ok(text) = str::from_utf8(bytes) else { return shown };
    let (manifest, found) = manifest::read(FileId(0), text, "folder", &[]);
    shown.extend(facts(&found));
    shown.push(number((manifest.outputs.len(), manifest.dependencies.len(), manifest.name.is_some())));
    shown
}

/// Any lock file is read, and one without a fault is written as it is read.
pub fn lock(bytes: &[u8]) -> Facts {
    let model = b"model m \"M\" { covers c }\ncatalog c \"C\" { requirement a.b \"A\" }\n\
        process COM.01 \"Keys\" { outcome 1 \"Keys are kept.\" satisfies a.b }\n";
    let mut facts = show(
        &[("prm.toml", b"[package]\nname = \"m\"\nversion = \"1.0.0\"\n"), ("m.prm", model), ("prm.lock", bytes)],
        "",
    );
    let Ok(text) = str::from_utf8(bytes) else { return facts };
    match lock::read(FileId(0), text) {
        Ok(said) => {
            facts.push(number(said.judgements.len().min(4)));
            assert_eq!(lock::read(FileId(0), &lock::write(&said)).ok(), Some(said));
        }
        Err(found) => {
            facts.extend(found.iter().map(|found| number(found.message.split('`').next())));
        }
    }
    facts
}

/// Any bytes are a table, or are refused.
pub fn csv(bytes: &[u8]) -> Facts {
    imported("csv", bytes)
}

/// Any bytes are OSCAL, or are refused.
pub fn oscal(bytes: &[u8]) -> Facts {
    imported("oscal", bytes)
}

/// Any bytes are a library, or are refused.
pub fn ciso(bytes: &[u8]) -> Facts {
    imported("ciso", bytes)
}

/// Any part of a workbook is read, or refused.
pub fn xlsx(bytes: &[u8]) -> Facts {
    let name = part(
        bytes,
        &[("<sst", "xl/sharedStrings.xml"), ("<workbook", "xl/workbook.xml"), ("<styleSheet", "xl/styles.xml")],
    );
    imported("xlsx", &with(include_bytes!("../import/sheets.xlsx"), name.unwrap_or("xl/worksheets/sheet1.xml"), bytes))
}

/// Any part of a spreadsheet is read, or refused.
pub fn ods(bytes: &[u8]) -> Facts {
    imported("ods", &with(include_bytes!("../import/canteen.ods"), "content.xml", bytes))
}

/// Any part of a document is read, or refused.
pub fn docx(bytes: &[u8]) -> Facts {
    let name = part(bytes, &[("<w:numbering", "word/numbering.xml"), ("<w:styles", "word/styles.xml")]);
    imported("docx", &with(include_bytes!("../import/model.docx"), name.unwrap_or("word/document.xml"), bytes))
}

/// Any bytes are ReqIF, or are refused.
pub fn reqif(bytes: &[u8]) -> Facts {
    imported("reqif", bytes)
}

/// Any bytes are an archive with a workbook, or are refused.
pub fn archive(bytes: &[u8]) -> Facts {
    imported("xlsx", bytes)
}

/// What is read can be written, is the same each time, and is well formed; what became of each value can be told.
fn imported(form: &str, bytes: &[u8]) -> Facts {
    let importer = import::find(form).unwrap();
    let read = || {
        let file = import::File { name: "input", bytes };
        import::import(importer, &[file], &import::Options::default(), &[])
    };
    match read() {
        Ok(found) => {
            assert_eq!(found.text, read().unwrap().text);
            let (_, said) = syntax::parse(FileId(0), &found.text);
            assert!(said.is_empty(), "{}", found.text);
            found.report.json().unwrap();
            let told = found.report.text();
            let told = told.lines().chain(found.findings.iter().map(String::as_str));
            // The words, without what is quoted and counted.
            told.map(|line| number(line.split(['`', '"']).step_by(2).collect::<String>())).collect()
        }
        Err((_, refused)) => {
            assert!(!refused.problem.contains("fault of prm") && !refused.help.contains("fault of prm"), "{refused:?}");
            vec![number(refused.problem.split(['`', '"']).step_by(2).collect::<String>())]
        }
    }
}

/// The name of the part that this is, by what stands in it.
fn part(bytes: &[u8], parts: &[(&str, &'static str)]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    parts.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
}

/// An archive with another part in the place of one, and without those that are large, which take long.
fn with(archive: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let file_name = file.name().unwrap().into_owned();
        if file.size() > 100_000 {
            continue;
        }
        let mut bytes = Vec::new();
        match file_name == name {
            true => bytes.extend(part),
            false => drop(file.read_to_end(&mut bytes).unwrap()),
        }
        to.start_file(&*file_name, stored).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn show(files: &[(&str, &[u8])], path: &str) -> Facts {
    let files = Memory(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect());
    let compiled = prm::compile(&files, path);
    for format in [MessageFormat::Plain, MessageFormat::Json] {
        render(format, &compiled.diagnostics, &compiled.sources, false);
    }
    if let Some(checked) = compiled.checked() {
        prm::write_json(&checked, &mut std::io::sink()).unwrap();
    }
    facts(&compiled.diagnostics)
}

/// What was said, each by itself and with what was said next.
fn facts(found: &[Diagnostic]) -> Facts {
    let alone = found.iter().map(|found| number(found.code.code));
    let pairs = found.iter().zip(found.iter().skip(1)).map(|(one, next)| number((one.code.code, next.code.code)));
    alone.chain(pairs).collect()
}

fn number(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// What mutations put in: what the language, TOML and terminals give a meaning.
pub const PIECES: &[&str] = &[
    "",
    " ",
    "\n",
    "\n  ",
    "}",
    "{",
    "\"",
    "\"\"\"",
    ",",
    "//",
    "/*",
    "*/",
    "\\",
    "[[",
    "]]",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{202e}",
    "\u{feff}",
    "\r",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{2028}",
    "“",
    "”",
    "’",
    "«",
    "–",
    "`",
    "\\u{202e}",
    "A–B",
    "allow P301 because \"x\"",
    "note \"\"\"\n  x\n  \"\"\"",
    "// x\n",
    "/* x */",
    ",\n",
    "6.1.2 c) 1)",
    "é",
    "😀",
    ":",
    ".",
    "-",
    "=",
    "[",
    "]",
    "'",
    "#",
    "0",
    "99999999999999999999",
    "because \"x\"",
    "satisfies ",
    "partly ",
    "together with ",
    "in G",
    "outcome 1 \"So.\"",
    "process K.1 \"K\" {",
    "extends m",
    "omit ",
    "replace ",
    "extend ",
    "term \"a\" \"b\"",
    "use iso27001-2022 as i",
    "equals ",
    "supports ",
    "achieves ",
    "[package]\n",
    "[[output]]\n",
    "[lints]\nP301 = \"deny\"\n",
    "[[link]]\n",
    "version = 1\n",
    "path = \"..\"",
    ";",
    "=HYPERLINK(\"x\")",
    "2026-01-02",
    "5.10",
    "&amp;",
    "&#x110000;",
    "<!DOCTYPE x [<!ENTITY e \"x\">]>",
    "]]>",
    "<w:p><w:r><w:t>",
    "</w:tc></w:tr>",
    "<CHILDREN><SPEC-HIERARCHY>",
    "</SPEC-OBJECT>",
    "LONG-NAME=\"Process\"",
    "<w:gridSpan w:val=\"9\"/><w:vMerge/>",
    "<c r=\"ZZZ9\" t=\"s\"><v>7</v></c>",
    "<row r=\"1048577\">",
    "table:number-columns-repeated=\"99999\"",
    "&a [*a, *a]",
    "null",
    "\"id\": ",
    "\"parts\": [",
];
