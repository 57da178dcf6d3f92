//! Texts of authors come out as they went in: over the examples of the CommonMark specification, and random ones, what
//! we write is read by another parser as what was typed, block by block.

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options};
use prm::document::markdown::markdown;
use prm::document::{Block, Document, Inline, Key, Marked, Resolve, read};

struct Nothing;

impl Resolve for Nothing {
    fn resolve(&self, target: &str) -> (Option<Key>, String) {
        (None, format!("‹{target}›"))
    }
}

/// What we write of a literal in block position.
fn literal(literal: &str) -> String {
    let mut document = Document::new(Inline::plain("Title"));
    document.text(&Marked::of_literal(literal), &Nothing);
    markdown(&document).strip_prefix("# Title\n\n").unwrap_or_default().to_owned()
}

/// What we write of a literal where there is one line only.
fn line(literal: &str) -> String {
    let mut document = Document::new(Inline::plain("Title"));
    document.table("", &["Cell"], [vec![Inline::text(&Marked::of_literal(literal), &Nothing)]]);
    let written = markdown(&document);
    let cell = written.lines().last().and_then(|row| row.strip_prefix("| ")?.strip_suffix(" |"));
    cell.unwrap_or_default().to_owned()
}

fn blocks(text: &str) -> Vec<Block> {
    read(&Marked::from_marked(text.to_owned()), &Nothing)
}

/// What we write of a text, behind a title.
fn written(text: &str) -> String {
    let mut document = Document::new(Inline::plain("Title"));
    document.blocks = blocks(text);
    markdown(&document)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options
}

/// What a reader sees: each block on a line, indented by what it stands in. Headings and raw HTML are paragraphs.
struct Outline {
    blocks: String,
    /// Whether lines hold something that is shown as it was typed: pictures, and links to neither page nor mailbox.
    is_typed: bool,
    with_words: bool,
}

fn outline(text: &str, with_words: bool) -> Outline {
    let arena = Arena::new();
    let mut outline = Outline { blocks: String::new(), is_typed: false, with_words };
    for block in comrak::parse_document(&arena, text, &options()).children() {
        outline.block(block, 0);
    }
    outline
}

impl Outline {
    fn block<'a>(&mut self, node: &'a AstNode<'a>, depth: usize) {
        let name = match &node.data.borrow().value {
            NodeValue::Paragraph | NodeValue::Heading(_) => return self.words(node, "words", depth),
            NodeValue::TableCell => return self.words(node, "cell", depth),
            NodeValue::HtmlBlock(html) => {
                let words = squeezed(&html.literal);
                if !words.is_empty() {
                    self.line(depth, &format!("words {words}"));
                }
                return;
            }
            NodeValue::CodeBlock(code) => format!("code {:?}", code.literal),
            NodeValue::List(list) => {
                let start =
                    if list.list_type == ListType::Ordered { format!(" from {}", list.start) } else { String::new() };
                format!("list{start}")
            }
            NodeValue::Table(table) => format!("table {:?}", table.alignments),
            NodeValue::Item(_) => "item".to_owned(),
            NodeValue::BlockQuote => "quotation".to_owned(),
            NodeValue::ThematicBreak => "rule".to_owned(),
            NodeValue::TableRow(_) => "row".to_owned(),
            other => format!("{other:?}"),
        };
        self.line(depth, &name);
        node.children().for_each(|child| self.block(child, depth + 1));
    }

    fn words<'a>(&mut self, node: &'a AstNode<'a>, name: &str, depth: usize) {
        let mut words = String::new();
        node.children().for_each(|child| self.inline(child, &mut words));
        let words = squeezed(&words);
        if name == "cell" || !words.is_empty() {
            let words = if self.with_words { words } else { String::new() };
            self.line(depth, &format!("{name} {words}"));
        }
    }

    fn line(&mut self, depth: usize, words: &str) {
        let words = if self.with_words { words } else { words.split(' ').next().unwrap() };
        self.blocks.push_str(&format!("{}{}\n", "  ".repeat(depth), words.trim_end()));
    }

    fn inline<'a>(&mut self, node: &'a AstNode<'a>, words: &mut String) {
        let (open, close) = match &node.data.borrow().value {
            NodeValue::Text(text) => (text.to_string(), String::new()),
            NodeValue::HtmlInline(html) => (html.clone(), String::new()),
            NodeValue::SoftBreak => (" ".to_owned(), String::new()),
            NodeValue::LineBreak => (" / ".to_owned(), String::new()),
            // Renderers of tables do not agree on bars in code: there it is shown as it was typed.
            NodeValue::Code(code) if code.literal.contains('|') => (format!("`{}`", code.literal), String::new()),
            NodeValue::Code(code) => (format!("‹{}›", code.literal), String::new()),
            NodeValue::Emph => ("<em>".to_owned(), "</em>".to_owned()),
            NodeValue::Strong => ("<strong>".to_owned(), "</strong>".to_owned()),
            NodeValue::Image(_) => {
                self.is_typed = true;
                ("picture".to_owned(), String::new())
            }
            NodeValue::Link(link) => {
                let is_plain = |character: char| {
                    !character.is_whitespace() && !character.is_control() && !"<>|\\`".contains(character)
                };
                let leads = ["https://", "http://", "mailto:"].iter().any(|scheme| link.url.starts_with(scheme));
                self.is_typed |= !leads || !link.url.chars().all(is_plain) || node.first_child().is_none();
                let mut shown = if node.first_child().is_none() { "link".to_owned() } else { String::new() };
                node.children().for_each(|child| self.inline(child, &mut shown));
                // What looks like an address is one, wherever it stands.
                words.push_str(&match shown == link.url {
                    true => shown,
                    false => format!("<a {} {}>{shown}</a>", link.url, link.title),
                });
                return;
            }
            other => (format!("{other:?}"), String::new()),
        };
        words.push_str(&open);
        node.children().for_each(|child| self.inline(child, words));
        words.push_str(&close);
    }
}

fn squeezed(words: &str) -> String {
    words
        .split(|character: char| character.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The outline of what we write, without the title.
fn outline_of_written(written: &str, with_words: bool) -> String {
    outline(written.strip_prefix("# Title\n").unwrap(), with_words).blocks
}

/// The examples, their links leading to pages.
fn examples() -> Vec<String> {
    let examples: Vec<String> = serde_json::from_str(include_str!("commonmark/spec.json")).unwrap();
    let led = |text: String| text.replace("(/u", "(https://e.org/u").replace(": /u", ": https://e.org/u");
    // The other parser reads the stars of this one otherwise: they stand in brackets that are no link.
    let is_read_alike = |text: &String| !text.starts_with("[foo *[bar [baz]");
    examples.into_iter().filter(is_read_alike).map(led).collect()
}

/// Compares what was typed with what we write of it; whether every word of it was compared.
fn compare(text: &str, faults: &mut Vec<String>) -> bool {
    let written = written(text);
    let meant = outline(text, true);
    let with_words = !meant.is_typed;
    let meant = outline(text, with_words).blocks;
    let read = outline_of_written(&written, with_words);
    if meant != read {
        faults.push(format!("{text:?}\nis written\n{written}\nmeant\n{meant}\nread\n{read}"));
    }
    with_words
}

#[test]
fn examples_of_the_specification_come_out_as_they_went_in() {
    let mut faults = Vec::new();
    let whole = examples().iter().filter(|text| compare(text, &mut faults)).count();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n----\n"));
    assert!(whole >= 500, "{whole}");
}

#[test]
fn examples_come_out_of_lists_and_quotations_as_they_went_in() {
    let mut faults = Vec::new();
    let behind = |text: &str, first: &str, rest: &str| {
        let lines = text.lines().enumerate();
        lines.map(|(number, line)| format!("{}{line}\n", if number == 0 { first } else { rest })).collect::<String>()
    };
    // Parsers do not agree on an item that begins with two blank lines.
    for text in examples().iter().filter(|text| !text.trim_start_matches(' ').starts_with('\n')) {
        let quoted = behind(text, "> ", "> ");
        let item = behind(text, "- ", "  ");
        let deep = behind(&item, "> 3. ", ">    ");
        for text in [quoted, item.clone(), deep, format!("{item}\n  behind\n- next\n\nlast\n")] {
            compare(&text, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n----\n"));
}

#[test]
fn safe_markup_stays_on_a_line_and_the_rest_is_shown() {
    for (typed, written) in [
        (r#""an *apt* **and `safe`** text""#, "an *apt* **and `safe`** text"),
        (r#""a *b, `c, __d*""#, r"a *b, \`c, \_\_d*"),
        (r#""`a|b` 2 * 3""#, r"\`a\|b\` 2 \* 3"),
        (r#""<b>x</b> <https://a.example/?b&c>""#, "&lt;b>x&lt;/b> <https://a.example/?b&amp;c>"),
        (r#""[a](javascript:b) ![c](https://d)""#, r"\[a\](javascript:b) !\[c\](<https://d>)"),
        (r#""one\ntwo\\\n  three \\*x\\*""#, r"one two three \*x\*"),
        (r##""# one\n\n- two\n> three\n1. four\n---""##, r"\# one - two > three 1. four ---"),
        (r#""[a]: https://b.example \"c\"""#, r#"\[a\]: <https://b.example> "c""#),
        (r#""<!-- one""#, "&lt;!-- one"),
        (r#""***both***""#, "***both***"),
        (r#""**_both_** and *__a__* b""#, "**_both_** and *__a__* b"),
        (r#""&copy; &#2;0&#3; &#10;x""#, "©  0   x"),
    ] {
        assert_eq!(line(typed), written, "{typed}");
    }
}

#[test]
fn references_are_found_wherever_text_stands() {
    let typed = "\"\"\"\n- *see [[A.1]]*, [[B|C]] and \\[[D]], `[[E]]`\n\n  | x |\n  | - |\n  | [[p\\|q]] [[r|s]] |\n\n      [[F]]\n\n\
                 <b>[[G]]</b> [x](https://e.org/[[H]])\n\"\"\"";
    let written = "- *see ‹A.1›*, ‹B\\|C› and \\[\\[D\\]\\], `[[E]]`\n\n  | x |\n  | --- |\n  | ‹p\\|q› ‹r\\|s› |\n\n  ```\n  \
                   [[F]]\n  ```\n\n&lt;b>‹G›&lt;/b> \\[x\\](<https://e.org/>‹H›)\n";
    assert_eq!(literal(typed), written);
}

#[test]
fn hostile_texts_take_time_and_room_in_proportion() {
    type Grown = fn(usize) -> String;
    let hostile: [(&str, Grown); 15] = [
        ("quotations", |size| format!("{}a", ">".repeat(size))),
        ("items", |size| format!("{}a", "- ".repeat(size / 2))),
        ("deep items", |size| {
            (0..(size as f64).sqrt() as usize).map(|depth| format!("{}- a\n", " ".repeat(2 * depth))).collect()
        }),
        ("stars", |size| "*a **b ".repeat(size / 7)),
        ("runs", |size| "*".repeat(size)),
        ("pairs", |size| format!("{}a{}", "*".repeat(size / 2), "*".repeat(size / 2))),
        ("nested", |size| format!("{}a{}", "*a _b ".repeat(size / 12), "_ *".repeat(size / 12))),
        ("brackets", |size| "[".repeat(size)),
        ("pictures", |size| "![a".repeat(size / 3)),
        ("ticks", |size| (1..(size as f64).sqrt() as usize).map(|length| format!("a{}", "`".repeat(length))).collect()),
        ("columns", |size| format!("{}\n{}\n{}", "a|".repeat(size / 6), "-|".repeat(size / 6), "a\n".repeat(size / 6))),
        ("rows", |size| format!("{}\n{}\n{}", "a|".repeat(90), "-|".repeat(90), "a\n".repeat(size / 2))),
        ("links", |size| format!("[a]: https://e.org/{}\n\n{}", "a".repeat(size / 2), "[a] ".repeat(size / 8))),
        ("addresses", |size| "http".repeat(size / 4)),
        ("broken addresses", |size| "-http://a".repeat(size / 9) + "|"),
    ];
    for (name, text) in hostile {
        let time = |size: usize| {
            let text = text(size);
            let started = std::time::Instant::now();
            let length = written(&text).len();
            (started.elapsed().as_secs_f64(), length as f64)
        };
        let (_, small) = time(10_000);
        let (seconds, large) = time(80_000);
        println!("{name}: {seconds:.3} s, {large} bytes");
        assert!(seconds < 4.0, "{name}: {seconds} s");
        assert!(large < 100.0 * 80_000.0 && large < 20.0 * small.max(10_000.0), "{name}: {small} to {large} bytes");
    }
}
