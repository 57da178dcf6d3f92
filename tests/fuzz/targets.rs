//! What must hold for any bytes: one function a target, for libFuzzer and for `tests/fuzz.rs` alike.

use prm::package::{lock, manifest};
use prm::source::Memory;
use prm::span::FileId;
use prm::syntax::{self, Change};
use prm::{MessageFormat, formatter, render};

/// A target: its name, what its seeds are called, and what it tries.
pub type Target = (&'static str, &'static str, fn(&[u8]));

/// Every target. Importers come here, with files of their kinds as seeds.
pub const ALL: &[Target] = &[
    ("parse", ".prm", parse),
    ("compile", ".prm", compile),
    ("fmt", ".prm", fmt),
    ("edit", ".prm", edit),
    ("manifest", "prm.toml", manifest),
    ("lock", ".lock", lock),
];

/// Any text has a tree, and its places lie in it.
pub fn parse(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let (tree, found) = syntax::parse(FileId(0), text);
    let args = tree.args.iter().map(|arg| (arg.start, arg.end));
    let nodes = tree.nodes.iter().map(|node| (node.start, node.end));
    let diagnostics = found.iter().map(|found| (found.primary.span.start, found.primary.span.end));
    for (start, end) in args.chain(nodes).chain(diagnostics) {
        assert!(text.get(start as usize..end as usize).is_some(), "{start}..{end}");
    }
}

/// Any bytes compile to something, which can be shown.
pub fn compile(bytes: &[u8]) {
    show(&[("main.prm", bytes)], "main.prm");
}

/// Any text is laid out, and stays so. That it says the same, `format` proves itself.
pub fn fmt(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let once = formatter::format(text).unwrap().text;
    assert_eq!(formatter::format(&once).unwrap().text, once);
}

/// A buffer that is edited has the tree of its text. The last bytes say what is edited.
pub fn edit(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
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
        if let Some((part, mut some)) = syntax::reparse(&tree, &found, &text, change) {
            let mut all = whole.1.clone();
            prm::diagnostic::sort(&mut some);
            prm::diagnostic::sort(&mut all);
            assert_eq!(some, all, "{text}");
            assert_eq!(format!("{part:?}"), format!("{:?}", whole.0), "{text}");
        }
        (tree, found) = whole;
    }
}

/// Any manifest is read, and what is wrong in it can be shown.
pub fn manifest(bytes: &[u8]) {
    show(&[("prm.toml", bytes), ("main.prm", b"model m \"M\" { }\n")], "");
    if let Ok(text) = str::from_utf8(bytes) {
        manifest::read(FileId(0), text, "folder", &[]);
    }
}

/// Any lock file is read, and one without a fault is written as it is read.
pub fn lock(bytes: &[u8]) {
    let model = b"model m \"M\" { covers iso27001-2022 }\nuse iso27001-2022\n\
        process COM.01 \"Keys\" { outcome 1 \"Keys are kept.\" satisfies 7.4.a }\n";
    show(&[("prm.toml", b"[package]\nname = \"m\"\nversion = \"1.0.0\"\n"), ("m.prm", model), ("prm.lock", bytes)], "");
    let read = |text: &str| lock::read(FileId(0), text).ok();
    if let Some(said) = str::from_utf8(bytes).ok().and_then(read) {
        assert_eq!(read(&lock::write(&said)), Some(said));
    }
}

fn show(files: &[(&str, &[u8])], path: &str) {
    let files = Memory(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect());
    let compiled = prm::compile(&files, path);
    for format in [MessageFormat::Plain, MessageFormat::Json] {
        render(format, &compiled.diagnostics, &compiled.sources, false);
    }
    if let Some(checked) = compiled.checked() {
        prm::write_json(&checked, &mut std::io::sink()).unwrap();
    }
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
];
