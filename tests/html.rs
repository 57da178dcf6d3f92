//! What the page of a document says is what its tree says: it is read back as XML, and headings, cells, captions, links and
//! figures are compared; that browsers find nothing amiss is looked at by `tests/page/check.mjs`.

use std::collections::HashMap;
use std::path::Path;

use prm::document::html::html;
use prm::document::{
    Block, Document, Figure, Inline, Key, Line, List, Note, Part, References, Status, Table, Term, Work,
};
use prm::emit::report::{self, Filter};
use prm::emit::{markdown, pam, soa, web};
use roxmltree::{Node, ParsingOptions};

use crate::support::Project;
use crate::worlds::world::World;

/// How many columns and rows a cell takes, and its words.
type Drawn = (usize, usize, String);

#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    headings: Vec<String>,
    /// The caption of each table, and its cells: how many columns and rows each takes, and its words.
    tables: Vec<(String, Vec<Drawn>)>,
    figures: Vec<(String, String)>,
    /// The words of each link within the document, and the heading, table or figure that it leads to.
    links: Vec<(String, String)>,
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn told(document: &Document) -> Said {
    let mut said = Said { headings: vec![squeezed(document.title.shown())], ..Said::default() };
    let mut leads = Vec::new();
    let mut numbers = document.numbers().into_iter();
    let mut labels = document.labels().into_iter();
    // What is cited is led to where it is listed, whatever else has its key.
    for block in &document.blocks {
        if let Block::References(references) = block {
            leads.extend(references.works.iter().filter_map(|work| Some((work.key.clone()?, squeezed(&shown(work))))));
        }
    }
    for block in &document.blocks {
        if let Block::Heading(heading) = block {
            let words =
                squeezed(&format!("{} {}", numbers.next().flatten().unwrap_or_default(), heading.words.shown()));
            leads.extend(heading.keys.iter().map(|key| (key.clone(), words.clone())));
            said.headings.push(words);
        }
    }
    of_blocks(&document.blocks, &mut labels, &mut said, &mut leads);
    let mut lines = vec![&document.title];
    lines.extend(&document.notice);
    lines_of(&document.blocks, &mut lines);
    // Of several that have one key, the first is led to.
    let leads: HashMap<Key, String> = leads.into_iter().rev().collect();
    lines.into_iter().for_each(|line| links(line.as_line(), &leads, &mut said.links));
    said.links.sort();
    said
}

fn shown(work: &Work) -> String {
    match Block::References(References { works: vec![work.clone()], ..References::default() }) {
        Block::References(references) => match references.shown(&prm::document::words::EN) {
            Block::List(list) => match &list.items[0][0] {
                Block::Paragraph(words) => words.shown().to_owned(),
                _ => String::new(),
            },
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn of_blocks(
    blocks: &[Block],
    labels: &mut dyn Iterator<Item = String>,
    said: &mut Said,
    leads: &mut Vec<(Key, String)>,
) {
    for block in blocks {
        match block {
            Block::List(list) => list.items.iter().for_each(|item| of_blocks(item, labels, said, leads)),
            Block::Quotation(blocks) => of_blocks(blocks, labels, said, leads),
            Block::Note(note) => of_blocks(&note.blocks, labels, said, leads),
            Block::Term(term) => of_blocks(&term.shown(&prm::document::words::EN), labels, said, leads),
            Block::References(references) => {
                of_blocks(&[references.shown(&prm::document::words::EN)], labels, said, leads)
            }
            Block::Table(table) => {
                let caption = caption(&table.caption, labels);
                let (head, rows) = table.drawn();
                let cells = head.iter().chain(&rows).flatten();
                let cells = cells.map(|cell| (cell.columns, cell.rows, squeezed(cell.words.shown()))).collect();
                leads.extend(table.key.clone().map(|key| (key, caption.clone())));
                said.tables.push((caption, cells));
            }
            Block::Figure(figure) => {
                let caption = caption(&figure.caption, labels);
                leads.extend(figure.key.clone().map(|key| (key, caption.clone())));
                said.figures.push((figure.alternative.clone(), caption));
            }
            _ => {}
        }
    }
}

fn caption(words: &Inline, labels: &mut dyn Iterator<Item = String>) -> String {
    if words.is_empty() {
        String::new()
    } else {
        squeezed(&format!("{} — {}", labels.next().unwrap(), words.shown()))
    }
}

fn lines_of<'a>(blocks: &'a [Block], lines: &mut Vec<&'a Inline>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => lines.push(&heading.words),
            Block::Paragraph(words) => lines.push(words),
            Block::List(list) => list.items.iter().for_each(|item| lines_of(item, lines)),
            Block::Quotation(blocks) => lines_of(blocks, lines),
            Block::Note(note) => lines_of(&note.blocks, lines),
            Block::Term(term) => {
                lines.extend(term.admitted.iter().chain([&term.remark, &term.source]));
                lines_of(&term.definition, lines);
                term.notes.iter().for_each(|note| lines_of(&note.blocks, lines));
            }
            Block::References(references) => {
                references.works.iter().for_each(|work| lines.extend([&work.named, &work.title, &work.role]));
            }
            Block::Table(table) => {
                lines.push(&table.caption);
                lines.extend(table.head.iter().chain(&table.rows).flatten().map(|cell| &cell.words));
                lines.extend(&table.notes);
            }
            Block::Figure(figure) => lines.push(&figure.caption),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn links(line: Line<'_>, leads: &HashMap<Key, String>, found: &mut Vec<(String, String)>) {
    for part in line.parts() {
        match part {
            Part::Reference { key, words } => {
                found.extend(leads.get(key).map(|to| (squeezed(words.shown()), to.clone())));
            }
            Part::Strong(words)
            | Part::Emphasis(words)
            | Part::Inserted(words)
            | Part::Struck(words)
            | Part::Footnote(words) => links(words, leads, found),
            _ => {}
        }
    }
}

fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match node.text().filter(|_| node.is_text()) {
            Some(words) => text.push_str(words),
            None if node.has_tag_name("br") || node.tag_name().name() == "br" => text.push(' '),
            None => {}
        }
    }
    squeezed(&text)
}

/// What a reader of the article sees; sections behind it are not the tree's.
fn read(page: &str) -> Said {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let page = roxmltree::Document::parse_with_options(page, options).unwrap_or_else(|fault| panic!("{fault}\n{page}"));
    let name = |node: &Node<'_, '_>| node.tag_name().name().to_owned();
    let article = page.descendants().find(|node| name(node) == "article").unwrap();
    let all = |wanted: &'static [&'static str]| {
        article.descendants().filter(move |node| wanted.contains(&node.tag_name().name()))
    };
    let mut said =
        Said { headings: all(&["h1", "h2", "h3", "h4", "h5", "h6"]).map(words).collect(), ..Said::default() };
    for table in all(&["table"]) {
        let of = |wanted: &'static [&'static str]| {
            table.descendants().filter(move |node| wanted.contains(&node.tag_name().name()))
        };
        let is_note = |node: &Node<'_, '_>| node.ancestors().any(|above| name(&above) == "tfoot");
        let span = |cell: Node<'_, '_>, name: &str| cell.attribute(name).map_or(1, |count| count.parse().unwrap());
        let cells = of(&["th", "td"]).filter(|cell| !is_note(cell));
        let cells = cells.map(|cell| (span(cell, "colspan"), span(cell, "rowspan"), words(cell))).collect();
        said.tables.push((of(&["caption"]).map(words).collect(), cells));
    }
    for figure in all(&["figure"]) {
        let of = |wanted: &'static str| figure.descendants().filter(move |node| node.tag_name().name() == wanted);
        let picture =
            of("img").filter_map(|img| img.attribute("alt").map(squeezed)).chain(of("a").map(words)).collect();
        said.figures.push((picture, of("figcaption").map(words).collect()));
    }
    let mut ids: HashMap<&str, Node<'_, '_>> = HashMap::new();
    for node in page.descendants() {
        let Some(id) = node.attribute("id") else { continue };
        assert!(ids.insert(id, node).is_none(), "several have the id {id}");
    }
    for link in all(&["a"]) {
        let Some(id) = link.attribute("href").and_then(|to| to.strip_prefix('#')) else { continue };
        let target = *ids.get(id).unwrap_or_else(|| panic!("nothing has the id {id}"));
        if id.starts_with("remark-") {
            continue;
        }
        let is_named = |node: &Node<'_, '_>| {
            let name = name(node);
            ["caption", "figcaption"].contains(&name.as_str()) || name.starts_with('h') && name.len() == 2
        };
        let named = match name(&target).as_str() {
            "tr" => words(target),
            "li" => words(target),
            _ => target.descendants().find(is_named).map(words).unwrap_or_default(),
        };
        said.links.push((words(link), named));
    }
    said.links.sort();
    // All that the page leads to by its contents is there too.
    for link in page.descendants().filter_map(|node| node.attribute("href")?.strip_prefix('#')) {
        assert!(ids.contains_key(link), "{link}");
    }
    said
}

fn compare(project: &Project, what: &str) -> usize {
    let compiled = project.compile();
    let Some(input) = compiled.0.checked() else { return 0 };
    let documents = [markdown::document(&input, false), pam::document(&input, true), soa::document(&input)];
    let mut count = 0;
    for document in documents.into_iter().flatten() {
        let told = told(&document);
        assert_eq!(told, read(&html(&document)), "{what}");
        count += told.links.len();
    }
    let page = web::html(&input, false).unwrap_or_default();
    if !page.is_empty() {
        assert_eq!(told(&markdown::document(&input, false).unwrap()), read(&page), "{what}");
        let all = Filter { uncovered: true, partial: true, rest: true };
        for line in report::text(&input, all, false).lines().filter(|line| line.contains(" covered, ")) {
            assert!(page.contains(line), "{what}: the page has other numbers than `{line}`");
        }
        let gaps = report::csv(&input, Filter { rest: false, ..all }).lines().count() - 1;
        let shown =
            ["uncovered", "partial"].map(|status| page.matches(&format!("<details data-status=\"{status}\"")).count());
        assert_eq!(shown.iter().sum::<usize>(), gaps, "{what}");
    }
    count
}

#[test]
fn pages_of_examples_say_what_their_trees_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(compare(&Project::read(&root.join("examples/assessment")), "assessment") > 1000);
    assert!(compare(&Project::read(&root.join("examples/meridian")).at("unit"), "unit") > 1000);
    compare(&Project::text(std::fs::read(root.join("examples/holes.prm")).unwrap()), "holes");
}

#[test]
fn pages_of_random_models_say_what_their_trees_say() {
    let links: usize = (0..25).map(|seed| compare(&World::random(seed).project(), &format!("seed {seed}"))).sum();
    assert!(links > 200, "{links}");
}

/// Of a model that covers two editions of one standard, each part of the page has a name of its own.
#[test]
fn parts_of_a_page_have_names_of_their_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiled = Project::read(&root.join("examples/meridian")).at("unit").compile();
    let page = web::html(&compiled.0.checked().unwrap(), false).unwrap();
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let tree = roxmltree::Document::parse_with_options(&page, options).unwrap();
    let regions = tree.descendants().filter(|node| node.attribute("role") == Some("region"));
    let mut names: Vec<&str> = regions.map(|node| node.attribute("aria-label").unwrap()).collect();
    assert!(names.len() > 3, "{names:?}");
    names.sort_unstable();
    let twice: Vec<&[&str]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// Nodes that no model makes, and texts that would act on a page.
#[test]
fn every_node_is_shown_and_none_acts() {
    let plain = Inline::plain;
    let key = |key: &str| Key(key.into());
    let mut document = Document::new(plain("A </title><script>alert(1)</script> & \"b\" \u{1}\u{fffe}"));
    document.notice = Some(plain("<b>"));
    document.chapter([key("one")], "Fi<r>st");
    document.heading(5, Vec::new(), plain("متن"));
    document.paragraph(plain("שלום, <img src=x onerror=alert(1)>"));
    let remark = Inline::of(Part::Footnote(plain("a remark").as_line()));
    document.paragraph(plain("Words").and(&remark).and(&Inline::of(Part::Break)).draft("(draft)"));
    let address = "https://x.example/?a=\"b\"&c";
    let within = Inline::link(&key("one"), "within");
    let words = plain("out ").and(&within);
    document.paragraph(Inline::of(Part::Link { address, title: "t\"", words: words.as_line() }));
    document.paragraph(Inline::link(&key("none"), "nowhere").then(" ").and(&Inline::link(&key("table"), "Table 1")));
    let row = |words: &[&str]| words.iter().map(|words| plain(words).into()).collect();
    let table =
        Table::under(["A", "", "C", "D"].map(Inline::plain), vec![row(&["1", "<2>"]), row(&["1", "2", "3", "4"])]);
    let notes = vec![plain("Of the table.")];
    document.push_table(Table {
        key: Some(key("table")),
        caption: plain("Sh<o>wn"),
        notes,
        is_landscape: true,
        ..table
    });
    let paragraph = |words: &str| Block::Paragraph(plain(words));
    let items = vec![vec![paragraph("a"), Block::Rule], vec![], vec![Block::Quotation(vec![paragraph("b")])]];
    document.blocks.push(Block::List(List { start: Some(4), is_tight: true, items }));
    let (file, alternative) = ("a\"b.png".to_owned(), "a [box]".to_owned());
    document.blocks.push(Block::Figure(Figure {
        key: None,
        picture: None,
        drawing: None,
        file,
        alternative,
        caption: plain("Figure"),
    }));
    document.blocks.push(Block::Note(Note { label: plain("NOTE"), to: String::new(), blocks: vec![Block::Rule] }));
    document.blocks.push(Block::Term(Term {
        admitted: vec![plain("other")],
        source: plain("ISO 1"),
        ..Term::default()
    }));
    document.annex(key("a"), Status::Normative, plain("Rules"));
    let page = html(&document);
    let read = read(&page);
    assert_eq!(told(&document).tables, read.tables);
    assert_eq!(told(&document).figures, read.figures);
    let (_, article) = page.split_once("<article").unwrap();
    let (article, _) = article.split_once("</article>").unwrap();
    insta::assert_snapshot!(article);
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(!page.contains("alert(1)</script>"));
}

/// The page holds its pictures, as images, in which nothing acts; other forms name them.
#[test]
fn pages_hold_their_pictures() {
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><script>alert(1)</script></svg>";
    let model = "model m \"M\"\nannex a \"A\" \"\"\"\n  Before.\n\n  ![Two \"boxes\"](boxes.svg)\n  \"\"\"\n";
    let manifest = "[package]\nname = \"p\"\nversion = \"1\"\n";
    let project = Project::new().with("prm.toml", manifest).with("m.prm", model).with("boxes.svg", picture).at("");
    let compiled = project.compile();
    let input = compiled.0.checked().unwrap_or_else(|| panic!("{}", compiled.lines()));
    let made = |format: &str| {
        let options = prm::Options::default();
        let form = prm::output(format).unwrap().form(None).unwrap();
        let mut bytes = Vec::new();
        let artifacts = form.make(&input, &prm::Request::new(&options)).unwrap();
        artifacts.into_iter().for_each(|artifact| (artifact.write)(&mut bytes).unwrap());
        String::from_utf8(bytes).unwrap()
    };
    let page = made("html");
    let (_, source) = page.split_once("<img src=\"data:image/svg+xml;base64,").unwrap();
    assert!(
        source.starts_with("PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0MCIg"),
        "{source:.100}"
    );
    assert!(!page.contains("alert(1)"), "a picture acts");
    assert!(source.contains("alt=\"Two &quot;boxes&quot;\" width=\"40\" height=\"20\"/>"));
    assert!(
        page.contains("<figcaption><span class=\"label\">Figure C.1 —</span> Two &quot;boxes&quot;</figcaption>"),
        "{page}"
    );
    assert!(
        made("adoc").contains(".Two &#34;boxes&#34;\nimage::boxes.svg[\"Two &#34;boxes&#34;\"]\n"),
        "{}",
        made("adoc")
    );
}

/// A trace that no page holds is drawn clause by clause, a long clause in parts; each requirement stands in one of them.
#[test]
fn a_long_trace_is_drawn_clause_by_clause() {
    let requirement = |number: usize| format!("requirement R.{number} \"Rule {number}\"\n");
    let of = |from: usize, to: usize| (from..to).map(requirement).collect::<String>();
    let model = format!(
        "model m \"M\" {{ covers c }}\ncatalog c \"C\" {{\n source \"ISO 1\"\n clause 4 \"Four\" {{\n{}}}\n clause 5 \"Five\" {{\n{}}}\n{}}}\n\
         process P.1 \"First\" {{\n purpose \"To do.\"\n outcome 1 \"It is done.\"\n satisfies R.1, R.50\n}}\n",
        of(0, 10),
        of(10, 60),
        of(60, 62)
    );
    let page = |model: &str| web::html(&Project::text(model).compile().0.checked().unwrap(), false).unwrap();
    let long = page(&model);
    let drawn: Vec<&str> = long.split("<details class=\"drawn\"><summary>").skip(1).collect();
    let called: Vec<&str> = drawn.iter().map(|part| part.split('<').next().unwrap()).collect();
    assert_eq!(called, ["ISO 1, 4 Four", "ISO 1, R.10 – R.49", "ISO 1, R.50 – R.59", "ISO 1, R.60 – R.61"]);
    for number in 0..62 {
        let title = format!("Rule {number}</text>");
        assert_eq!(drawn.iter().filter(|part| part.contains(&title)).count(), 1, "{title}");
    }
    // What satisfies it stands where it is shown, and nowhere else.
    assert_eq!(
        drawn.iter().map(|part| part.contains(">It is done.</text>")).collect::<Vec<_>>(),
        [true, false, true, false]
    );
    // Arrowheads are each drawing's own, styles those of the first.
    for (number, part) in drawn.iter().enumerate() {
        assert_eq!(part.contains("<style>"), number == 0);
        assert!(part.contains(&format!("<marker id=\"more-trace-{number}-full\"")), "{part:.600}");
    }
    let short = page("model m \"M\" { covers c }\ncatalog c \"C\" { requirement R.1 \"Rule\" }\n");
    assert!(!short.contains("class=\"drawn\"") && short.contains("<marker id=\"more-trace-full\""));
    let bare: String = (0..50).map(|number| format!("outcome {number} \"It is done.\"\n")).collect();
    let bare = page(&format!("model m \"M\"\nprocess P.1 \"First\" {{\n purpose \"To do.\"\n{bare}}}\n"));
    assert!(bare.contains("<marker id=\"more-trace-full\""), "without a catalog there is one drawing");
}
