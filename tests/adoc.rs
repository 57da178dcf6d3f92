//! What the AsciiDoc of a document says is what its tree says: its lines are read back here, and, where it is installed,
//! by asciidoctor, which must not say a word.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use prm::document::adoc::adoc;
use prm::document::{
    Block, Code, Document, Figure, Inline, Key, List, Note, Part, References, Role, Side, Status, Table,
};
use prm::document::{Cell, Term, Work};
use prm::emit::{markdown, pam, soa};

use crate::support::Project;
use crate::worlds::world::World;

/// A text without its white space: where it stands is for each form to say.
fn bare(words: &str) -> String {
    words.chars().filter(|character| !character.is_whitespace()).collect()
}

/// What a line says: references to characters read, marks of ours dropped.
fn said(line: &str) -> String {
    let mut rest = line.replace("**", "").replace("__", "").replace("``", "").replace(" +\n", " ");
    for (before, until) in [("<<", ","), ("link:", "["), ("footnote:", "[")] {
        while let Some(at) = rest.find(before) {
            let end = at + rest[at..].find(until).unwrap() + until.len();
            rest.replace_range(at..end, "");
        }
    }
    let rest = rest.replace(">>", "").replace(']', "");
    let mut parts = rest.split("&#");
    let mut said = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, behind) = part.split_once(';').unwrap();
        said.push(char::from_u32(number.parse().unwrap()).unwrap());
        said.push_str(behind);
    }
    bare(&said)
}

/// How many columns and rows a cell takes, and its words.
type Drawn = (usize, usize, String);

/// The headings, and the cells of each table as they are drawn.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    headings: Vec<String>,
    tables: Vec<(String, Vec<Drawn>)>,
}

fn told(document: &Document) -> Told {
    let mut told = Told { headings: vec![bare(document.title.shown())], ..Told::default() };
    of_blocks(&document.blocks, &mut told);
    told
}

fn of_blocks(blocks: &[Block], told: &mut Told) {
    for block in blocks {
        match block {
            Block::Heading(heading) => told.headings.push(bare(heading.words.shown())),
            Block::List(list) => list.items.iter().for_each(|item| of_blocks(item, told)),
            Block::Quotation(blocks) => of_blocks(blocks, told),
            Block::Note(note) => of_blocks(&note.blocks, told),
            Block::Term(term) => of_blocks(&term.definition, told),
            Block::Table(table) => {
                let (head, rows) = table.drawn();
                let cell = |cell: &Cell| (cell.columns, cell.rows, bare(cell.words.shown()).replace("()", ""));
                let cells = head.iter().chain(&rows).flatten().map(cell).collect();
                told.tables.push((bare(table.caption.shown()), cells));
            }
            _ => {}
        }
    }
}

/// What refers to an annex without words, which the tool names, with the words.
fn named(text: &str) -> String {
    let mut text = text.to_owned();
    let annexes: Vec<String> =
        text.split("\n[[").filter_map(|rest| rest.split_once("]]\n[appendix")).map(|(id, _)| id.to_owned()).collect();
    let before = text.matches("\n[appendix").count() - annexes.len();
    for (number, id) in annexes.iter().enumerate() {
        text = text.replace(&format!("<<{id}>>"), &format!("Annex {}", prm::document::letters(before + number + 1)));
    }
    text
}

/// The same as a reader of the lines finds it; that the cells of each row fill it is seen to.
fn read(text: &str) -> Told {
    let text = named(text);
    let mut told = Told::default();
    let mut lines = text.lines().peekable();
    let (mut caption, mut columns) = (String::new(), 0);
    while let Some(line) = lines.next() {
        if line == "----" {
            assert!(lines.by_ref().any(|line| line == "----"));
        }
        let words = line.trim_start_matches('=');
        if line.starts_with('=') && words.starts_with(' ') && words != " About this document" {
            told.headings.push(said(words));
        }
        if let Some(widths) = line.strip_prefix("[cols=\"") {
            columns = widths.split('"').next().unwrap().split(',').count();
        } else if line == "|===" {
            told.tables.push((std::mem::take(&mut caption), cells(&mut lines, columns)));
        } else if !line.starts_with("[[") {
            caption =
                line.strip_prefix('.').filter(|words| !words.starts_with([' ', '.'])).map(said).unwrap_or_default();
        }
    }
    told
}

fn cells<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>, columns: usize) -> Vec<Drawn> {
    let (mut cells, mut covered, mut column) = (Vec::new(), vec![0; columns], 0);
    while let Some(line) = lines.next().filter(|line| *line != "|===") {
        let (span, words) = line.split_once('|').unwrap_or_else(|| panic!("no cell: {line}"));
        let mut words = words.to_owned();
        while lines.peek().is_some_and(|next| !next.contains('|')) {
            words = words + "\n" + lines.next().unwrap();
        }
        let span = span.trim_end_matches('+');
        let (wide, tall) = span.split_once('.').unwrap_or((span, ""));
        let [wide, tall] = [wide, tall].map(|count| count.parse().unwrap_or(1));
        while covered[column] > 0 {
            covered[column] -= 1;
            column = (column + 1) % columns;
        }
        covered[column..column + wide].iter_mut().for_each(|rows| {
            assert_eq!(*rows, 0, "a cell reaches into another: {line}");
            *rows = tall - 1;
        });
        column = (column + wide) % columns;
        cells.push((wide, tall, said(&words)));
    }
    while column > 0 {
        assert!(covered[column] > 0, "the last row is not filled");
        covered[column] -= 1;
        column = (column + 1) % columns;
    }
    assert!(covered.iter().all(|rows| *rows == 0), "a cell reaches out of the table");
    cells
}

/// What asciidoctor makes of it; nothing where it is not installed.
fn docbook(text: &str) -> Option<String> {
    let arguments = ["-v", "--failure-level=INFO", "-a", "attribute-missing=warn", "-b", "docbook5", "-o", "-", "-"];
    let spawned = Command::new("asciidoctor")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        eprintln!("asciidoctor is not installed: passed over");
        return None;
    };
    let (mut input, text) = (child.stdin.take().unwrap(), text.to_owned());
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && messages.is_empty(), "{messages}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn compare(project: &Project, what: &str, with_tool: bool) -> usize {
    let compiled = project.compile();
    let Some(input) = compiled.0.checked() else { return 0 };
    let documents = [markdown::document(&input, true), pam::document(&input, false), soa::document(&input)];
    let mut count = 0;
    for document in documents.into_iter().flatten() {
        let text = adoc(&document);
        let told = told(&document);
        assert_eq!(told, read(&text), "{what}");
        count += told.tables.len();
        let text = named(&text);
        let Some(book) = with_tool.then(|| docbook(&text)).flatten() else { continue };
        let book = roxmltree::Document::parse(&book).unwrap();
        let cells: Vec<String> =
            book.descendants().filter(|node| node.has_tag_name((DOCBOOK, "entry"))).map(words).collect();
        let wanted: Vec<String> =
            told.tables.iter().flat_map(|(_, cells)| cells).map(|(_, _, words)| words.clone()).collect();
        assert_eq!(wanted, cells, "{what}");
        // Three begin a page.
        assert_eq!(text.replace("<<<", "").matches("<<").count(), links(&book), "{what}");
    }
    count
}

const DOCBOOK: &str = "http://docbook.org/ns/docbook";

fn links(book: &roxmltree::Document<'_>) -> usize {
    let leads = |node: &roxmltree::Node<'_, '_>| node.has_tag_name((DOCBOOK, "xref")) || node.has_attribute("linkend");
    book.descendants().filter(leads).count()
}

fn words(node: roxmltree::Node<'_, '_>) -> String {
    bare(&node.descendants().filter(|node| node.is_text()).map(|node| node.text().unwrap()).collect::<String>())
}

#[test]
fn asciidoc_of_examples_says_what_their_trees_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["stdlib/iso33052", "examples/assessment"] {
        assert!(compare(&Project::read(&root.join(name)), name, true) > 100, "{name}");
    }
    for at in ["group", "subsidiary", "unit"] {
        assert!(compare(&Project::read(&root.join("examples/meridian")).at(at), at, false) > 100, "{at}");
    }
}

#[test]
fn asciidoc_of_random_models_says_what_their_trees_say() {
    let tables: usize =
        (0..40).map(|seed| compare(&World::random(seed).project(), &format!("seed {seed}"), seed < 3)).sum();
    assert!(tables > 200, "{tables}");
}

/// Bits of text that mean something in AsciiDoc, and characters that do.
const BITS: &[&str] = &[
    "include::x[]",
    "|===",
    "ifdef::x[]",
    "((x))",
    "endif::[]",
    "----",
    "====",
    "* ",
    ". ",
    "1. ",
    "a) ",
    "iv) ",
    "[[x]]",
    "<<x>>",
    "[x]",
    "image::x[]",
    "link:x[y]",
    "footnote:[x]",
    "{docdir}",
    "{x}",
    "NOTE: ",
    "NOTE:",
    ":x: y",
    "::",
    ";;",
    "x:: ",
    "(C)",
    "(R)",
    "(TM)",
    "...",
    "->",
    "=>",
    "--",
    "'''",
    "***",
    "- - -",
    "//",
    "+",
    " +",
    "\\",
    "`",
    "``",
    "**",
    "__",
    "##",
    "^x^",
    "~x~",
    "pass:[x]",
    "+++x+++",
    "http://x.y",
    "a@b.cd",
    "mailto:x",
    "|",
    "a|",
    "2+|",
    ".2+|",
    "&amp;",
    "&#65;",
    "<b>",
    "\"`x`\"",
    "'`x`'",
    "= x",
    "== x",
    "#",
    "%",
    "$$",
    "!===",
    ",===",
    ":===",
    ">",
    "> x",
    "```",
    "word",
    "word",
    " ",
    " ",
    " ",
    "ä",
    "字",
    "\u{a0}",
    "x",
    "y.",
    "A",
    "(",
    ")",
    ":",
    "stem:[x]",
    "kbd:[x]",
    "indexterm:[x]",
    "term:[x]",
    "{{x}}",
    "<1>",
    "xref:x[]",
    "[appendix]",
    "<<<",
    ".Title",
    "\u{feff}",
];

/// A text of bits, by a seed.
fn text(seed: &mut u64) -> String {
    let mut next = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below
    };
    let mut text = String::new();
    for _ in 0..1 + next(7) {
        text.push_str(BITS[next(BITS.len())]);
    }
    text
}

/// Texts in each place stand there letter for letter, and asciidoctor has nothing to say of them.
#[test]
fn what_means_something_in_asciidoc_means_itself() {
    let mut seed = 7;
    let mut document = Document::new(Inline::plain("Title"));
    let mut wanted: Vec<(&str, String)> = Vec::new();
    for number in 0..150 {
        let mut draw = |place: &'static str| {
            let text = text(&mut seed);
            let text = if text.trim().is_empty() || number == 0 { format!("x{text}") } else { text };
            wanted.push((place, bare(&text)));
            text
        };
        document.chapter([Key(format!("chapter {number} ü").into())], &draw("title"));
        document.paragraph(Inline::plain(&draw("simpara")));
        let [strong, stressed, code] = ["simpara", "", ""].map(&mut draw);
        let mixed = Inline::plain("a ")
            .and(&Inline::strong(&strong))
            .and(&Inline::of(Part::Emphasis(Inline::plain(&stressed).as_line())));
        document.paragraph(mixed.and(&Inline::of(Part::Code(&code))));
        let items = [draw("listitem"), draw("listitem")];
        document.list(items.map(|item| Inline::plain(&item)));
        let remark = Inline::of(Part::Footnote(Inline::plain(&draw("footnote")).as_line()));
        let address = "https://x.example/a_b*c(d)?e=f&g#h";
        let link = Inline::of(Part::Link { address, title: "", words: Inline::plain(&draw("link")).as_line() });
        document.paragraph(Inline::plain("Remark").and(&remark).then(" and ").and(&link).then("."));
        let caption = draw("caption");
        let rows = vec![vec![Inline::plain(&draw("entry")).into(), Inline::plain(&draw("entry")).into()]];
        let table = Table::under(["A", "B"].map(Inline::plain), rows);
        document.push_table(Table {
            caption: Inline::plain(&caption),
            key: Some(Key(format!("table {number}").into())),
            ..table
        });
        document.paragraph(Inline::link(&Key(format!("table {number}").into()), &draw("to")));
        let label = draw("note");
        document.blocks.push(Block::Note(Note {
            label: Inline::plain("NOTE"),
            to: String::new(),
            blocks: vec![Block::Paragraph(Inline::plain(&label))],
        }));
        let text = draw("code") + "\n----\ninclude::x[]\n";
        document.blocks.push(Block::Code(Code { language: "sh".to_owned(), text }));
    }
    let Some(book) = docbook(&adoc(&document)) else { return };
    let book = roxmltree::Document::parse(&book).unwrap_or_else(|fault| panic!("{fault}\n{book}"));
    let all: Vec<String> = book.descendants().filter(roxmltree::Node::is_element).map(words).collect();
    for (place, text) in &wanted {
        let is_part = place.is_empty() || *place == "simpara" || *place == "code";
        let found = all.iter().any(|words| if is_part { words.contains(text) } else { words == text });
        assert!(found, "{place}: {text}");
    }
    for (element, count) in [("section", 150), ("footnote", 150), ("table", 150), ("listitem", 300), ("note", 150)] {
        let found = book.descendants().filter(|node| node.has_tag_name((DOCBOOK, element))).count();
        assert_eq!(found, count, "{element}");
    }
}

/// All nodes that no model makes, and those it does.
pub fn of_every_kind() -> Document {
    let plain = Inline::plain;
    let key = |key: &str| Key(key.into());
    let mut document = Document::new(plain("All *nodes* of {docdir} \\"));
    document.edition = plain("2");
    document.notice = Some(plain("A draft."));
    document.paragraph(plain("What stands before all chapters."));
    document.heading(2, Vec::new(), plain("Foreword"));
    document.is(Role::Foreword);
    document.paragraph(plain("Words."));
    document.chapter([key("references")], "Normative references");
    document.is(Role::References);
    document.paragraph(plain("These are needed."));
    let work = |id: &str, designation: &str| Work {
        key: Some(key(id)),
        designation: designation.to_owned(),
        named: plain(designation),
        title: plain("What it *is* called"),
        role: plain("Covered"),
    };
    let works = vec![work("reference a", "ISO/IEC 27000:2018"), work("reference b", "NIST [CSF] 2.0")];
    document.blocks.push(Block::References(References { caption: plain("Needed"), works }));
    document.chapter([key("terms")], "Terms and definitions");
    document.is(Role::Terms);
    document.paragraph(plain("In this document, these mean what is said here."));
    let note = |to: &str, words: &str| Note {
        label: plain("Note 1 to entry:"),
        to: to.to_owned(),
        blocks: vec![Block::Paragraph(plain(words))],
    };
    for (number, source) in
        ["ISO/IEC 27000:2018, 3.1, modified — shorter", "ISO/IEC 27000:2018", "Somebody's book"].iter().enumerate()
    {
        document.section(vec![key(&format!("term {number}"))], plain("key"));
        document.blocks.push(Block::Term(Term {
            admitted: vec![plain("secret [key]"), plain("opener")],
            definition: vec![Block::Paragraph(plain("what opens something"))],
            remark: Inline::default(),
            notes: vec![note("", "A key is secret."), note("source", "It is old.")],
            source: plain(source),
        }));
    }
    document.chapter([key("one")], "First");
    document.heading(5, vec![key("deep")], plain("Deep"));
    let to = |to: &str, words: &str| Inline::link(&key(to), words);
    let all = [
        to("one", "4"),
        to("one", "the first"),
        to("table", "Table 2"),
        to("reference a", "ISO/IEC 27000:2018"),
        to("none", "nowhere"),
    ];
    document.paragraph(Inline::join(all, ", ").and(&Inline::of(Part::Break)).then("- next").draft("(draft)"));
    let cell = |words: &str, rows, columns| Cell { words: plain(words), rows, columns };
    let rows = vec![
        vec![cell("tall", 2, 1), cell("wide", 1, 2)],
        vec![cell("a", 1, 1), cell("b|c", 9, 1)],
        vec![cell("all", 2, 3)],
        vec![],
        vec![cell("short", 1, 1)],
    ];
    let mut table = Table::under(["X", "Y", "Z"].map(Inline::plain), rows);
    table.columns[1].side = Side::Center;
    table.columns[2].side = Side::Right;
    let notes = vec![plain("A note of the table.")];
    let named = Table { key: Some(key("table")), caption: plain("What it shows"), notes, is_landscape: true, ..table };
    document.push_table(named);
    document.push_table(Table::under([plain("Alone")], vec![vec![plain("x").into()]]));
    let figure = |file: &str| {
        Block::Figure(Figure {
            key: None,
            picture: None,
            drawing: None,
            file: file.to_owned(),
            alternative: "A [box], \"b\"".to_owned(),
            caption: plain("A figure"),
        })
    };
    let paragraph = |words: &str| Block::Paragraph(plain(words));
    let list = |start, items| Block::List(List { start, is_tight: true, items });
    let inner = || {
        list(
            Some(3),
            vec![vec![paragraph("three")], vec![paragraph("four"), list(None, vec![vec![paragraph("deep")]])]],
        )
    };
    document.blocks.push(list(
        None,
        vec![
            vec![
                paragraph("one"),
                inner(),
                paragraph("behind"),
                inner(),
                Block::Quotation(vec![inner(), paragraph("said")]),
            ],
            vec![Block::Code(Code { language: "x y".to_owned(), text: "a <1>\n----\n".to_owned() }), inner()],
            vec![],
            vec![paragraph("last")],
        ],
    ));
    document.blocks.push(list(Some(1), vec![vec![paragraph("another list")]]));
    document.blocks.push(Block::Quotation(vec![paragraph("said"), Block::Quotation(vec![paragraph("within")])]));
    document.blocks.push(Block::Rule);
    document.blocks.push(Block::Note(Note { blocks: vec![paragraph("a"), paragraph("b")], ..note("purpose", "") }));
    document.blocks.push(figure("a b/c{d}.svg"));
    document.annex(key("a"), Status::Normative, plain("Rules"));
    document.section(Vec::new(), plain("Of the annex"));
    document.heading(2, Vec::new(), plain("Bibliography"));
    document.is(Role::Bibliography);
    document.blocks.push(Block::References(References { works: vec![work("", "")], ..References::default() }));
    document
}

#[test]
fn every_node_is_written_in_asciidoc() {
    let document = of_every_kind();
    let text = adoc(&document);
    assert_eq!(told(&document), read(&text));
    if let Some(book) = docbook(&text) {
        let book = roxmltree::Document::parse(&book).unwrap();
        let count = |name: &str| book.descendants().filter(|node| node.has_tag_name((DOCBOOK, name))).count();
        let counts = ["orderedlist", "blockquote", "table", "informaltable", "figure", "note"].map(count);
        assert_eq!(counts, [5, 3, 1, 1, 1, 8]);
    }
    insta::assert_snapshot!(text);
}
