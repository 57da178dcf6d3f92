//! Templates of the user's own: they are given all that `docs/documents.md` says, and what is wrong with one is told at its
//! line.

use std::collections::BTreeSet;
use std::path::Path;

use prm::document::{ADOC, Block, Code, Document, HTML, Inline, Setting, Template, Writer};
use prm::emit::{markdown, pam, soa};

use crate::support::Project;

fn written(writer: &Writer, document: &Document, template: Option<&str>) -> Result<String, String> {
    let template = template.map(|text| Template { path: "mine", bytes: text.as_bytes() });
    let written = (writer.write)(document, &Setting { template, ..Setting::default() });
    written.map(|bytes| String::from_utf8(bytes).unwrap()).map_err(|fault| format!("{}\n{}", fault.problem, fault.help))
}

fn document() -> Document {
    let project = Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/assessment"));
    markdown::document(&project.compile().0.checked().unwrap(), false).unwrap()
}

const PAGE: &str = include_str!("../docs/templates/page.html");
const ASCIIDOC: &str = include_str!("../docs/templates/document.adoc");

#[test]
fn the_templates_that_come_along_write_what_is_written_without() {
    let project = Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/assessment")).compile();
    let input = project.0.checked().unwrap();
    let mut all = vec![markdown::document(&input, false), pam::document(&input, false), soa::document(&input)];
    let mut other = Document::new(Inline::plain("A <b>"));
    other.heading(2, Vec::new(), Inline::plain("One"));
    other.heading(5, Vec::new(), Inline::plain("Deep"));
    other.list([Inline::plain("a")]);
    other.list([Inline::plain("b")]);
    other.texts = "de".to_owned();
    all.push(Some(other));
    for document in all.into_iter().flatten() {
        for (writer, template) in [(&HTML, PAGE), (&ADOC, ASCIIDOC)] {
            let (plain, laid) =
                (written(writer, &document, None).unwrap(), written(writer, &document, Some(template)).unwrap());
            let differs = plain.lines().zip(laid.lines()).find(|(one, other)| one != other);
            assert!(plain == laid, "{}: {differs:?} {} {}", writer.name, plain.len(), laid.len());
        }
    }
}

/// What is wrong is told at its line, with what to do.
#[test]
fn faults_of_templates_are_told_at_their_lines() {
    let mut document = Document::new(Inline::plain("A"));
    document.paragraph(Inline::plain("B"));
    for (template, told) in [
        ("one\n{{ titel }}\n", "line 2 (`{{ titel }}`)"),
        ("{{ title.shown }}", "docs/documents.md"),
        ("{{ title.txt.more }}", "line 1"),
        ("a\n\n{% for block in blocks %}\n", "line 3"),
        ("{{ title.text | nofilter }}", "nofilter"),
        ("{% include \"other\" %}", "one file"),
        ("{{ open('x') }}", "open"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}", "look at its loops"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "line 1"),
    ] {
        for writer in [&HTML, &ADOC] {
            let fault = written(writer, &document, Some(template)).unwrap_err();
            assert!(fault.contains("`mine`") && fault.contains(told), "{template}: {fault}");
        }
    }
    let no_text = Template { path: "mine", bytes: &[0xff, 0xfe] };
    let fault = (HTML.write)(&document, &Setting { template: Some(no_text), ..Setting::default() }).unwrap_err();
    assert!(fault.problem.contains("is no text"), "{fault:?}");
}

/// Words mean themselves where a template puts them; what is printed already is not escaped again.
#[test]
fn words_in_templates_mean_themselves() {
    let document = Document::new(Inline::plain("<b> & *c*"));
    assert_eq!(
        written(&HTML, &document, Some("{{ title.text }}|{{ title.written }}")).unwrap(),
        "&lt;b&gt; &amp; *c*|&lt;b&gt; &amp; *c*"
    );
    assert_eq!(written(&ADOC, &document, Some("{{ title.text }}")).unwrap(), "&#60;b&#62; &#38; &#42;c&#42;");
    assert_eq!(written(&HTML, &document, Some("{{ blocks | length }}\n")).unwrap(), "0\n");
}

/// The names in the data are those of the chapter, for each kind of block.
#[test]
fn data_of_templates_are_documented() {
    let chapter = include_str!("../docs/documents.md");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let listed: BTreeSet<(String, String)> = rows
        .flat_map(|(kind, rest)| {
            // What stands in brackets is told of a name, and not one of the block itself.
            let mut depth = 0;
            let mut outer = rest.to_owned();
            outer.retain(|letter| {
                depth += i32::from(letter == '(');
                let is_outer = depth == 0;
                depth -= i32::from(letter == ')');
                is_outer
            });
            let names: Vec<String> = outer.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            names.into_iter().map(move |name| (kind.to_owned(), name))
        })
        .collect();
    let template =
        "{% for block in blocks %}{% for name in block %}{{ block.kind }} {{ name }}\n{% endfor %}{% endfor %}";
    let mut document = document();
    document.blocks.extend(crate::adoc::of_every_kind().blocks);
    document.blocks.push(Block::Code(Code { language: "sh".to_owned(), text: "prm\n".to_owned() }));
    let text = written(&HTML, &document, Some(template)).unwrap();
    let given: BTreeSet<(String, String)> = text
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(kind, name)| (kind.to_owned(), name.to_owned()))
        .collect();
    let is_common = |name: &String| name == "kind" || name == "written";
    let given: BTreeSet<_> = given.into_iter().filter(|(_, name)| !is_common(name)).collect();
    let blocks: BTreeSet<&String> = given.iter().map(|(kind, _)| kind).collect();
    let listed_of_blocks: BTreeSet<_> = listed.iter().filter(|(kind, _)| blocks.contains(kind)).cloned().collect();
    assert_eq!(given, listed_of_blocks);
    assert_eq!(blocks.len(), 10, "{blocks:?}");
    for name in [
        "title", "language", "texts", "edition", "notice", "blocks", "sections", "end", "remarks", "contents", "style",
        "script", "policy",
    ] {
        assert!(chapter.contains(&format!("`{name}`")), "{name}");
        assert!(written(&HTML, &document, Some(&format!("{{{{ {name} }}}}"))).is_ok(), "{name}");
    }
    for name in ["head", "front"] {
        assert!(chapter.contains(&format!("`{name}`")), "{name}");
        assert!(written(&ADOC, &document, Some(&format!("{{{{ {name} }}}}"))).is_ok(), "{name}");
    }
}
