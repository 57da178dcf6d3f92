//! Documents for word processors: their parts, read back, say what the tree says; nothing in them is broken, unnamed, or
//! leads nowhere; templates are taken, or refused whole.

pub mod read;
mod templates;

use std::path::Path;

use prm::document::docx::docx;
use prm::document::{
    Block, Code, Document, Figure, Inline, Key, List, Note, Part, Picture, PictureKind, References, Role, Setting,
    Status, Table, Term, Work,
};

use crate::support::Project;
use crate::trees::{all_nodes, documents, squeezed, told};
use crate::worlds::world::World;
use read::Parts;

fn written(document: &Document) -> Parts {
    Parts::of(&docx(document, &Setting::default()).unwrap())
}

/// Compares what a document says with what is read of its parts; how many links there were.
fn compare(document: &Document, what: &str) -> usize {
    let parts = written(document);
    parts.assert_sound(what);
    let (mut told, read) = (told(document), parts.said());
    // The title stands on the cover, and above the text.
    told.headings.remove(0);
    assert!(parts.titles().iter().all(|title| *title == squeezed(document.title.shown())), "{what}");
    // The title is no heading here.
    told.links.iter_mut().for_each(|(_, to)| *to = to.map(|to| to - 1));
    // What leads to a table or a figure is a field, whose mark is looked for with all others.
    told.links.retain(|(_, to)| to.is_some());
    assert_eq!(told.headings, read.headings, "{what}");
    assert_eq!(told.tables.len(), read.tables.len(), "{what}");
    for (told, read) in told.tables.iter().zip(&read.tables) {
        assert_eq!(told.0, read.0, "{what}");
        assert_eq!(told.1.len(), read.1.len(), "{what}");
        for (at, (told_row, row)) in told.1.iter().zip(&read.1).enumerate() {
            assert_eq!(told_row.len(), row.len(), "{what}");
            for (column, (cell, found)) in told_row.iter().zip(row).enumerate() {
                // A cell that reaches over more than a page is told again, and one that says the same as the cell
                // above it is read as if it were.
                let above = told.1[..at].iter().rev().find_map(|row| row.get(column).filter(|cell| !cell.is_empty()));
                let is_again = cell.is_empty() && Some(found) == above || found.is_empty() && Some(cell) == above;
                assert!(cell == found || is_again, "{what}: {cell} or {found}");
            }
        }
    }
    assert_eq!(told.links, read.links, "{what}");
    told.links.len()
}

#[test]
fn documents_of_examples_say_what_their_trees_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, links) in [("stdlib/iso33052", 1000), ("examples/acme", 100), ("examples/assessment", 100)] {
        let documents = documents(&Project::read(&root.join(name)));
        let count: usize = documents.iter().map(|document| compare(document, name)).sum();
        assert!(count >= links, "{name}: {count} links");
    }
    let holes = std::fs::read(root.join("examples/holes.prm")).unwrap();
    assert!(documents(&Project::text(holes)).iter().map(|document| compare(document, "holes")).sum::<usize>() > 0);
}

#[test]
fn documents_of_random_models_say_what_their_trees_say() {
    let of = |seed| documents(&World::random(seed).project());
    let links: usize = (0..20)
        .flat_map(|seed| of(seed).into_iter().map(move |document| compare(&document, &format!("seed {seed}"))))
        .sum();
    assert!(links > 300, "{links}");
}

#[test]
fn every_node_is_written() {
    let document = all_nodes();
    compare(&document, "all nodes");
    let parts = written(&document);
    assert_eq!(parts.footnotes(), ["a remark"]);
    assert_eq!(parts.figures(), ["A [box]"]);
    let text = parts.text("word/document.xml");
    // The label is one mark, which the reference by its own words does not repeat; in an annex it has its letter.
    assert!(
        text.contains("w:instr") && text.contains("SEQ Table \\* ARABIC") && text.contains("SEQ Figure_B \\* ARABIC")
    );
    assert_eq!(text.matches("w:orient=\"landscape\"").count(), 1);
    let titles: Vec<String> =
        parts.paragraphs("FigureTitle").into_iter().chain(parts.paragraphs("AnnexFigureTitle")).collect();
    assert_eq!(titles, ["Figure B.1 — A figure"]);
    assert_eq!(parts.paragraphs("TableFooter"), ["A note of the table."]);
}

fn blocks(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::new(Inline::plain("Title")) }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(Inline::plain(words))
}

/// What texts of authors hold, and roles that only some models have.
#[test]
fn blocks_have_their_styles() {
    let list = |start, items: Vec<Vec<Block>>| Block::List(List { start, is_tight: true, items });
    let inner = list(Some(3), vec![vec![paragraph("third")], vec![]]);
    let mut document = blocks(vec![paragraph("Before all")]);
    document.notice = Some(Inline::plain("Look."));
    document.heading(2, Vec::new(), Inline::plain("Foreword"));
    document.is(Role::Foreword);
    document.blocks.push(paragraph("Forwards"));
    document.heading(2, Vec::new(), Inline::plain("Introduction"));
    document.is(Role::Introduction);
    document.chapter([], "Scope");
    document.blocks.extend([
        list(None, vec![vec![paragraph("one"), paragraph("more"), inner]]),
        list(Some(1), vec![vec![paragraph("first")], vec![Block::Rule]]),
        Block::Quotation(vec![paragraph("said")]),
        Block::Code(Code { language: "sh".to_owned(), text: "a\tb\n c\n".to_owned() }),
        Block::Note(Note {
            label: Inline::plain("NOTE"),
            to: String::new(),
            blocks: vec![paragraph("noted"), paragraph("again")],
        }),
    ]);
    document.section(vec![Key("term x".into())], Inline::plain("x"));
    document.blocks.push(Block::Term(Term {
        admitted: vec![Inline::plain("y")],
        definition: vec![paragraph("what it is")],
        source: Inline::plain("z"),
        ..Term::default()
    }));
    document.annex(Key("a".into()), Status::Informative, Inline::plain("More"));
    document.heading(2, Vec::new(), Inline::plain("Bibliography"));
    document.is(Role::Bibliography);
    let work = Work { named: Inline::plain("cited"), ..Work::default() };
    document.blocks.push(Block::References(References { works: vec![work], ..References::default() }));
    compare(&document, "styles");
    let parts = written(&document);
    for (style, words) in [
        ("zzCover", &["Title"][..]),
        ("zzSTDTitle", &["Title"]),
        ("zzWarning", &["Look."]),
        ("BodyText", &["Before all"]),
        ("ForewordTitle", &["Foreword"]),
        ("ForewordText", &["Forwards"]),
        ("IntroTitle", &["Introduction"]),
        ("Heading1", &["Scope"]),
        ("ListContinue1", &["one"]),
        ("BodyTextIndent1", &["more"]),
        ("ListNumber2", &["third", ""]),
        ("ListNumber1", &["first", ""]),
        ("Quote", &["said"]),
        ("Code", &["a b c"]),
        ("Note", &["NOTE noted"]),
        ("NoteContinued", &["again"]),
        ("TermNum", &[""]),
        ("Terms", &["x"]),
        ("AdmittedTerm", &["y"]),
        ("Definition", &["what it is"]),
        ("Source", &["[SOURCE: z]"]),
        ("BiblioTitle", &["Bibliography"]),
        ("BiblioEntry", &["cited"]),
        ("TOC1", &["Foreword", "Introduction", "1 Scope", "Annex A (informative) More", "Bibliography"]),
    ] {
        assert_eq!(parts.paragraphs(style), words, "{style}");
    }
    let numbering = parts.text("word/numbering.xml");
    assert!(numbering.contains("<w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"3\"/>"), "{numbering}");
    let core = parts.text("docProps/core.xml");
    assert!(core.contains("<dc:title>Title</dc:title>") && core.contains("<dc:language>en</dc:language>"), "{core}");
}

#[test]
fn words_are_written_the_way_of_their_script() {
    let rtl = "מודל ISO של תהליך";
    let mut document = blocks(vec![paragraph(rtl), paragraph("連絡事項が plain"), paragraph("a\u{1}b\u{fffe}\u{7}")]);
    document.language = "zh".to_owned();
    let parts = written(&document);
    parts.assert_sound("scripts");
    assert_eq!(parts.paragraphs("BodyText")[..2], [rtl, "連絡事項が plain"]);
    let text = parts.text("word/document.xml");
    assert_eq!(text.matches("<w:bidi/>").count(), 1);
    assert_eq!(text.matches("<w:rtl/>").count(), 2);
    assert!(text.contains("<w:rFonts w:hint=\"eastAsia\"/>") && text.contains("<w:lang w:eastAsia=\"ja-JP\"/>"));
    assert!(parts.text("word/styles.xml").contains("<w:lang w:val=\"zh\" w:eastAsia=\"zh\" w:bidi=\"ar-SA\"/>"));
}

#[test]
fn a_long_cell_over_rows_is_told_again() {
    let words = "a sentence of an outcome that takes a line or two of the page it stands on ".repeat(3);
    let mut rows: Vec<Vec<prm::document::Cell>> = (0..40).map(|_| vec![Inline::plain(&words).into()]).collect();
    rows[0].insert(0, prm::document::Cell { words: Inline::plain("Outcomes"), rows: 40, columns: 1 });
    let document = blocks(vec![Block::Table(Table::under(["X", "Y"].map(Inline::plain), rows))]);
    compare(&document, "a long cell");
    let again = written(&document).paragraphs("TableBody").iter().filter(|words| *words == "Outcomes").count();
    assert!((3..20).contains(&again), "{again}");
}

/// Cells beside each other that reach down alike stay two; one over two columns stays one.
#[test]
fn cells_over_rows_stay_apart() {
    let cell = |words: &str, rows, columns| prm::document::Cell { words: Inline::plain(words), rows, columns };
    let rows = vec![
        vec![cell("a", 2, 1), cell("b", 2, 1), cell("wide", 2, 2)],
        vec![],
        vec![cell("c", 1, 1), cell("d", 1, 3)],
    ];
    let document = blocks(vec![Block::Table(Table::under(["1", "2", "3", "4"].map(Inline::plain), rows))]);
    compare(&document, "cells");
    let text = written(&document).text("word/document.xml");
    assert_eq!([text.matches("\"restart\"").count(), text.matches("<w:vMerge/>").count()], [3, 3], "{text}");
    assert_eq!([text.matches("gridSpan w:val=\"2\"").count(), text.matches("gridSpan w:val=\"3\"").count()], [2, 1]);
}

#[test]
fn links_lead_where_they_say() {
    let link = |address: &str| {
        Inline::of(Part::Link { address, title: "a \"title\"", words: Inline::plain("words").as_line() })
    };
    let far = format!("https://example.org/{}", "x".repeat(3000));
    let line = link("https://example.org/a?b&c")
        .and(&link(&far))
        .and(&Inline::of(Part::Footnote(link("mailto:a@example.org").as_line())));
    let parts = written(&blocks(vec![Block::Paragraph(line)]));
    parts.assert_sound("links");
    assert!(parts.text("word/_rels/document.xml.rels").contains("Target=\"https://example.org/a?b&amp;c\""));
    assert!(
        !parts.text("word/_rels/document.xml.rels").contains("xxx") && parts.text("word/document.xml").contains("xxx")
    );
    assert!(parts.text("word/_rels/footnotes.xml.rels").contains("mailto:a@example.org"));
}

#[test]
fn references_that_say_a_number_are_fields() {
    let to = |key: &str, words: &str| Inline::link(&Key(key.into()), words).then(" ");
    let mut document = Document::new(Inline::plain("T"));
    document.chapter([Key("one".into())], "One");
    document.section(vec![Key("below".into())], Inline::plain("Below"));
    document.paragraph(to("below", "1.1").and(&to("below", "see")).and(&to("t", "Table 1")).and(&to("a", "Annex A")));
    let row = vec![vec![Inline::plain("x").into()]];
    let table =
        Table { key: Some(Key("t".into())), caption: Inline::plain("C"), ..Table::under([Inline::plain("h")], row) };
    document.push_table(table);
    document.annex(Key("a".into()), Status::Normative, Inline::plain("More"));
    compare(&document, "fields");
    let text = written(&document).text("word/document.xml");
    assert_eq!(text.matches(" \\r \\h ").count(), 2, "{text}");
    assert_eq!(text.matches(" REF r_").count(), 3);
}

#[test]
fn pictures_are_held() {
    let figure = |file: &str| {
        let (file, alternative) = (file.to_owned(), "Other text".to_owned());
        Block::Figure(Figure {
            key: None,
            file,
            picture: None,
            drawing: None,
            alternative,
            caption: Inline::plain("C"),
        })
    };
    let document = blocks(vec![figure("a.png"), figure("b.svg"), figure("c.svg"), figure("none.jpg")]);
    let picture = |figure: &Figure| {
        let kind = match figure.file.rsplit('.').next() {
            Some("png") => PictureKind::Png,
            Some("svg") => PictureKind::Svg,
            _ => return None,
        };
        let metafile = (figure.file == "c.svg").then(|| b"its own".to_vec());
        Some(Picture { kind, size: (4000.0, 100.0), bytes: figure.file.clone().into_bytes(), metafile })
    };
    let setting = Setting { picture: &picture, ..Setting::default() };
    let parts = Parts::of(&docx(&document, &setting).unwrap());
    parts.assert_sound("pictures");
    assert_eq!(parts.figures(), ["Other text"; 4]);
    let media: Vec<String> = parts.names().filter(|name| name.contains("/media/")).map(str::to_owned).collect();
    let endings: Vec<&str> = media.iter().map(|name| name.rsplit('.').next().unwrap()).collect();
    assert_eq!(endings, ["png", "emf", "svg", "emf", "svg", "emf"]);
    assert_eq!(parts.bytes(&media[3]), b"its own");
    assert_eq!(parts.bytes(&media[2]), b"b.svg");
    // Too wide for its page, it is as wide as the text.
    assert!(parts.text("word/document.xml").contains("cx=\"6192520\""));
}

/// What `build --format docx` makes of a project.
fn made(project: &Project) -> Parts {
    let compiled = project.compile();
    let checked = compiled.0.checked().unwrap();
    let options = prm::Options::default();
    let form = prm::output("docx").unwrap().form(None).unwrap();
    let mut artifacts = form.make(&checked, &prm::Request::new(&options)).unwrap();
    assert_eq!(artifacts.len(), 1);
    let mut bytes = Vec::new();
    (artifacts.remove(0).write)(&mut bytes).unwrap();
    Parts::of(&bytes)
}

/// What we draw ourselves is numbered, names each standard and each process, stays on its page, and is a metafile too.
#[test]
fn our_own_figures_are_drawn() {
    let project = Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/acme"));
    let parts = made(&project);
    parts.assert_sound("our own figures");
    let captions = ["How the standards that the model uses relate", "Processes by group"];
    assert_eq!(parts.figures(), captions);
    assert_eq!(parts.paragraphs("FigureTitle"), [1, 2].map(|at| format!("Figure {at} — {}", captions[at - 1])));
    let compiled = project.compile();
    let model = &compiled.0.program.root().unwrap().model;
    let ids = model.processes.iter().map(|process| compiled.0.program.name(process.id).to_owned()).collect();
    let standards = ["extends", "covers", "ISO/IEC 27001"].map(str::to_owned).to_vec();
    for (number, named) in [(1, standards), (2, ids)] {
        let svg = String::from_utf8(parts.bytes(&format!("word/media/figure{}.svg", number * 2)).to_vec()).unwrap();
        let drawing = roxmltree::Document::parse(&svg).unwrap();
        let lines: Vec<&str> =
            drawing.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
        let words = lines.join(" ");
        for name in named {
            assert!(words.contains(&name), "{name}: {words}");
        }
        let size =
            |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap_or("0").parse::<f64>().unwrap();
        let page = ["width", "height"].map(|side| size(drawing.root_element(), side));
        for node in drawing.descendants().filter(|node| node.has_tag_name("rect") || node.has_tag_name("text")) {
            let ends = [size(node, "x") + size(node, "width"), size(node, "y") + size(node, "height")];
            assert!(ends[0] <= page[0] && ends[1] <= page[1], "{node:?}");
        }
        assert_eq!(&parts.bytes(&format!("word/media/figure{}.emf", number * 2 - 1))[40..44], b" EMF");
    }
}

/// A page of a hundred processes could not be read, one of one shows nothing; nor is there a figure of no standards.
#[test]
fn figures_that_show_nothing_are_not_drawn() {
    for count in [1, 81] {
        let processes =
            (0..count).map(|at| format!("process P.{at} \"P{at}\" {{ purpose \"P.\"\n outcome 1 \"Done.\"\n}}\n"));
        let text = format!("model m \"M\" {{ }}\n{}", processes.collect::<String>());
        assert_eq!(made(&Project::text(text)).figures(), [""; 0], "{count}");
    }
}

/// Of the pictures that a package names, none is left beside the document.
#[test]
fn pictures_of_texts_are_in_the_file() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\"/>";
    let project = Project::new()
        .with("prm.toml", "[package]\nname = \"p\"\nversion = \"1.0.0\"\n")
        .with("m.prm", "model m \"M\" {\n  foreword \"![The way](way.svg)\"\n}\n")
        .with("way.svg", svg)
        .at("");
    let parts = made(&project);
    parts.assert_sound("a picture");
    assert_eq!(parts.bytes("word/media/figure2.svg"), svg.as_bytes());
    assert!(parts.text("word/document.xml").contains("<wp:extent cx=\"914400\" cy=\"457200\"/>"));
    assert_eq!(
        (parts.figures(), parts.paragraphs("FigureTitle")),
        (vec!["The way".to_owned()], vec!["Figure 1 — The way".to_owned()])
    );
}

#[test]
fn the_same_bytes_on_every_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of = || {
        let documents = documents(&Project::read(&root.join("examples/acme")));
        documents.iter().map(|document| docx(document, &Setting::default()).unwrap()).collect::<Vec<_>>()
    };
    assert!(of() == of());
}
