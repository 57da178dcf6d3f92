//! Writes a document as a page for browsers: one file that asks for nothing else, is read without scripts, and prints.
//!
//! It is well-formed XML too, so that any program can read it.

mod escape;
mod line;

pub use escape::escape;

use super::ids::{self, Ids};
use super::inline::{Inline, Key};
use super::setting::{Picture, PictureKind, Setting, Unprintable};
use super::template::{self, Printer};
use super::tree::Numbering;
use super::tree::{
    Block, Cell, Document, Figure, Heading, List, Note, References, Row, Side, Status, Table, Term, Work,
};
use super::words::{Pages, Words, fill};
use escape::direction;
use line::Lines;

/// What a page looks like.
const STYLE: &str = include_str!("page.css");
/// What a page does where scripts run.
const SCRIPT: &str = include_str!("page.js");

/// The page may ask for nothing, and nothing of it may be asked for elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// More than the document says, behind it on its page.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its id; no id of the document begins as it does.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What stands below the heading, as HTML that is XML too.
    pub content: String,
}

/// The ids on the page of a document.
pub struct Targets(Ids);

impl Targets {
    /// Those of a document.
    pub fn of(document: &Document) -> Targets {
        Targets(ids::of(document))
    }

    /// Where a reference leads.
    pub fn id(&self, key: &Key) -> Option<&str> {
        self.0.of.get(key).map(String::as_str)
    }
}

/// The page of a document.
pub fn html(document: &Document) -> String {
    page(document, &[], &Setting::default())
}

/// The page of a document with sections behind it, laid out by the template where there is one.
///
/// # Errors
/// Where the template cannot be used.
pub fn write(document: &Document, sections: &[Section], setting: &Setting<'_>) -> Result<Vec<u8>, Unprintable> {
    let Some(template) = &setting.template else { return Ok(page(document, sections, setting).into_bytes()) };
    let mut writer = Writer::of(document, setting);
    let shown = sections.iter().map(|section| [section.id, section.title, section.content.as_str()]).collect();
    template::render(template, document, &mut writer, shown)
}

fn page(document: &Document, sections: &[Section], setting: &Setting<'_>) -> String {
    let mut writer = Writer::of(document, setting);
    let words = writer.words;
    let title = writer.lines.line(&document.title);
    let mut body = format!("<h1{}>{title}</h1>\n", direction(document.title.shown()));
    if !document.edition.is_empty() {
        body.push_str(&format!(
            "<p class=\"edition\">{}</p>\n",
            fill(words.edition_is, &[&writer.lines.line(&document.edition)])
        ));
    }
    if let Some(notice) = &document.notice {
        body.push_str(&format!("<p class=\"notice\">{}</p>\n", writer.lines.line(notice)));
    }
    document.blocks.iter().for_each(|block| body.push_str(&writer.at_top(block)));
    body.push_str(&writer.end());
    body.push_str(&writer.footnotes());
    let more: String = sections.iter().map(section).collect();
    let contents = writer.contents(sections.iter().map(|section| (section.id, section.title)));
    let language = escape(&document.language);
    let texts =
        if document.texts.is_empty() { String::new() } else { format!(" lang=\"{}\"", escape(&document.texts)) };
    let (shown, to_text) = (escape(document.title.shown()), words.pages.to_text);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <title>{shown}</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n\
         <style>/*<![CDATA[*/\n{STYLE}/*]]>*/</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#text\">{to_text}</a>\n{contents}<main id=\"text\" tabindex=\"-1\">\n\
         <article{texts}>\n{body}</article>\n{more}</main>\n\
         <script>/*<![CDATA[*/\n{SCRIPT}/*]]>*/</script>\n</body>\n</html>\n"
    )
}

fn section(section: &Section) -> String {
    let Section { id, title, content } = section;
    format!("<section class=\"more\" id=\"{id}\">\n<h2>{title}</h2>\n{content}</section>\n")
}

#[derive(Clone)]
struct Writer<'a> {
    lines: Lines,
    picture: &'a dyn Fn(&Figure) -> Option<Picture>,
    /// The levels of the sections that are open.
    open: Vec<usize>,
    /// The headings: the level, the id, and the words as they are printed.
    headings: Vec<(usize, String, String)>,
    numbers: std::vec::IntoIter<Option<String>>,
    labels: std::vec::IntoIter<String>,
    works: usize,
    words: &'static Words,
}

impl<'a> Writer<'a> {
    fn of(document: &Document, setting: &Setting<'a>) -> Writer<'a> {
        let numbers = document.numbers().into_iter();
        let labels = document.labels().into_iter();
        let ids: Ids = ids::of(document);
        let (lines, headings, open) = (Lines::new(ids), Vec::new(), Vec::new());
        Writer { lines, picture: setting.picture, open, headings, numbers, labels, works: 0, words: document.words() }
    }

    /// A block of the document itself: a heading opens a section, and closes those that it does not stand in.
    fn at_top(&mut self, block: &Block) -> String {
        let Block::Heading(heading) = block else { return self.block(block) };
        let mut out = String::new();
        let level = heading.level.clamp(2, 6);
        while self.open.pop_if(|above| *above >= level).is_some() {
            out.push_str("</section>\n");
        }
        // No level is passed over.
        let level = level.min(self.open.last().map_or(2, |above| above + 1));
        self.open.push(level);
        out + &self.heading(heading, level)
    }

    /// What closes the sections that are open.
    fn end(&mut self) -> String {
        "</section>\n".repeat(std::mem::take(&mut self.open).len())
    }

    fn heading(&mut self, heading: &Heading, level: usize) -> String {
        let id = self.lines.ids.headings.get(self.headings.len()).map(|(id, _)| id.clone()).unwrap_or_default();
        let number = self.numbers.next().flatten();
        let words = self.lines.line(&heading.words);
        let number =
            number.map_or(String::new(), |number| format!("<span class=\"number\">{}</span> ", escape(&number)));
        let class = match (heading.role, heading.numbering) {
            (Some(role), _) => role.word(),
            (None, Numbering::Annex(Status::Normative)) => "annex normative",
            (None, Numbering::Annex(Status::Informative)) => "annex informative",
            (None, _) => "clause",
        };
        self.headings.push((level, id.clone(), format!("{number}{}", plain(&heading.words))));
        let direction = direction(heading.words.shown());
        format!("<section class=\"{class}\" id=\"{id}\">\n<h{level}{direction}>{number}{words}</h{level}>\n")
    }

    /// The list of contents: chapters, and the sections in them.
    fn contents<'s>(&self, sections: impl Iterator<Item = (&'s str, &'s str)>) -> String {
        let contents = self.words.contents;
        let Pages { search, places_found, places_listed, place_found, no_place_found, .. } = self.words.pages;
        let mut out = format!(
            "<nav aria-label=\"{contents}\">\n<div class=\"tools\" hidden=\"hidden\"><label for=\"search\">{search}</label>\
             <input id=\"search\" type=\"search\" autocomplete=\"off\"/><p id=\"found\" role=\"status\" data-several=\"{places_found}\" \
             data-most=\"{places_listed}\" data-one=\"{place_found}\" data-none=\"{no_place_found}\"></p><ol id=\"finds\"></ol></div>\n\
             <details open=\"open\" id=\"contents\"><summary>{contents}</summary>\n<ol>"
        );
        let shown = self.headings.iter().filter(|(level, ..)| *level <= 3);
        let mut is_below = false;
        let mut is_first = true;
        for (level, id, words) in shown {
            match (*level == 3, is_below) {
                (true, true) => out.push_str("</li>\n"),
                (true, false) => out.push_str("\n<ol>"),
                (false, true) => out.push_str("</li></ol></li>\n"),
                (false, false) if is_first => {}
                (false, false) => out.push_str("</li>\n"),
            }
            (is_below, is_first) = (*level == 3, false);
            out.push_str(&format!("<li><a href=\"#{id}\">{words}</a>"));
        }
        out.push_str(if is_below { "</li></ol>" } else { "" });
        out.push_str(if is_first { "" } else { "</li>\n" });
        let before = out.len();
        out.extend(sections.map(|(id, title)| format!("<li><a href=\"#{id}\">{title}</a></li>\n")));
        if is_first && out.len() == before {
            out.push_str(&format!("<li><a href=\"#text\">{}</a></li>", self.words.text));
        }
        out + "</ol></details>\n</nav>\n"
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            // None stands within another block.
            Block::Heading(heading) => self.paragraph(&heading.words, ""),
            Block::Paragraph(line) => self.paragraph(line, ""),
            Block::List(list) => self.list(list),
            Block::Quotation(blocks) => format!("<blockquote>\n{}</blockquote>\n", self.blocks(blocks)),
            Block::Code(code) => format!("<pre><code>{}</code></pre>\n", escape(&code.text)),
            Block::Rule => "<hr/>\n".to_owned(),
            Block::Table(table) => self.table(table, &[]),
            Block::Figure(figure) => self.figure(figure),
            Block::Note(note) => self.note(note),
            Block::Term(term) => self.term(term),
            Block::References(references) => self.references(references),
        }
    }

    fn paragraph(&mut self, line: &Inline, class: &str) -> String {
        if line.is_empty() {
            return String::new();
        }
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        format!("<p{class}{}>{}</p>\n", direction(line.shown()), self.lines.line(line))
    }

    fn list(&mut self, list: &List) -> String {
        let items: String = list.items.iter().map(|item| self.item(item, list.is_tight)).collect();
        match list.start {
            None => format!("<ul>\n{items}</ul>\n"),
            Some(1) => format!("<ol>\n{items}</ol>\n"),
            Some(start) => format!("<ol start=\"{start}\">\n{items}</ol>\n"),
        }
    }

    fn item(&mut self, blocks: &[Block], is_tight: bool) -> String {
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph(words), rest)) if is_tight => (Some(words), rest),
            _ => (None, blocks),
        };
        let direction = first.map_or("", |words| direction(words.shown()));
        let words = first.map(|words| self.lines.line(words)).unwrap_or_default();
        let rest = self.blocks(rest);
        let between = if words.is_empty() || rest.is_empty() { "" } else { "\n" };
        format!("<li{direction}>{words}{between}{rest}</li>\n")
    }

    /// The label stands before the first words.
    fn note(&mut self, note: &Note) -> String {
        let label = format!("<span class=\"label\">{}</span>", self.lines.line(&note.label));
        let (first, rest) = match note.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) => (Some(first), rest),
            _ => (None, note.blocks.as_slice()),
        };
        let side = first.map_or("", |words| direction(words.shown()));
        let first = first.map(|words| format!(" {}", self.lines.line(words))).unwrap_or_default();
        format!("<div class=\"note\" role=\"note\">\n<p{side}>{label}{first}</p>\n{}</div>\n", self.blocks(rest))
    }

    fn term(&mut self, term: &Term) -> String {
        let mut out: String = term.admitted.iter().map(|name| self.paragraph(name, "admitted")).collect();
        out.push_str(&format!("<div class=\"definition\">\n{}</div>\n", self.blocks(&term.definition)));
        out.push_str(&self.paragraph(&term.remark, ""));
        out.extend(term.notes.iter().map(|note| self.note(note)).collect::<Vec<_>>());
        if !term.source.is_empty() {
            let source = Inline::filled(self.words.term_source, &[&term.source]);
            out.push_str(&self.paragraph(&source, "source"));
        }
        out
    }

    fn references(&mut self, references: &References) -> String {
        let ids: Vec<String> = references.works.iter().map(|work| self.work(work)).collect();
        match references.shown(self.words) {
            Block::Table(table) => self.table(&table, &ids),
            Block::List(list) => {
                let items = list.items.iter().zip(&ids);
                let items: String = items
                    .map(|(item, id)| self.item(item, true).replacen("<li", &format!("<li id=\"{id}\""), 1))
                    .collect();
                let tag = if list.start.is_some() { "ol" } else { "ul" };
                format!("<{tag} class=\"works\">\n{items}</{tag}>\n")
            }
            other => self.block(&other),
        }
    }

    fn work(&mut self, work: &Work) -> String {
        self.works += 1;
        ids::work(work, self.works)
    }

    fn figure(&mut self, figure: &Figure) -> String {
        let id = self.id(&figure.key);
        let alternative = escape(&figure.alternative);
        let picture = match (self.picture)(figure) {
            Some(picture) => embedded(&picture, &alternative),
            None => format!("<p class=\"picture\"><a href=\"{}\">{alternative}</a></p>", escape(&figure.file)),
        };
        let caption = self.caption(&figure.caption);
        let caption = if caption.is_empty() { caption } else { format!("<figcaption>{caption}</figcaption>\n") };
        format!("<figure{id}>\n{picture}\n{caption}</figure>\n")
    }

    fn id(&self, key: &Option<Key>) -> String {
        let id = key.as_ref().and_then(|key| self.lines.ids.of.get(key));
        id.map_or(String::new(), |id| format!(" id=\"{id}\""))
    }

    /// The next caption behind its label; nothing where there is none.
    fn caption(&mut self, words: &Inline) -> String {
        if words.is_empty() {
            return String::new();
        }
        let label = escape(&self.labels.next().unwrap_or_default());
        format!("<span class=\"label\">{label} —</span> {}", self.lines.line(words))
    }

    /// A table, whose rows may have ids.
    fn table(&mut self, table: &Table, ids: &[String]) -> String {
        let (head, rows) = table.drawn();
        let caption = self.caption(&table.caption);
        let is_wide = table.columns.len() > 3;
        let class = match (table.is_landscape, is_wide) {
            (true, _) => "scroll wide landscape",
            (false, true) => "scroll wide",
            (false, false) => "scroll",
        };
        let named = match table.caption.is_empty() {
            true => self.words.table.to_owned(),
            false => escape(table.caption.shown()),
        };
        let region = format!(" role=\"region\" tabindex=\"0\" aria-label=\"{named}\"");
        let region = if is_wide { region } else { String::new() };
        let whole: usize = table.columns.iter().map(|column| column.share.max(1)).sum();
        let column = |share: usize| format!("<col style=\"width:{}%\"/>", (share.max(1) * 100).div_ceil(whole.max(1)));
        let columns: String = table.columns.iter().map(|one| column(one.share)).collect();
        let mut out = format!("<div class=\"{class}\"{region}><table{}>\n", self.id(&table.key));
        if !caption.is_empty() {
            out.push_str(&format!("<caption{}>{caption}</caption>\n", direction(table.caption.shown())));
        }
        out.push_str(&format!("<colgroup>{columns}</colgroup>\n"));
        if !head.is_empty() {
            let head: String = head.iter().map(|row| self.row(row, true, "", table)).collect();
            out.push_str(&format!("<thead>\n{head}</thead>\n"));
        }
        let rows: String = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let id = ids.get(at).map_or(String::new(), |id| format!(" id=\"{id}\""));
                self.row(row, false, &id, table)
            })
            .collect();
        out.push_str(&format!("<tbody>\n{rows}</tbody>\n"));
        if !table.notes.is_empty() {
            let notes: String = table.notes.iter().map(|note| self.paragraph(note, "")).collect();
            let columns = table.columns.len();
            out.push_str(&format!("<tfoot><tr><td colspan=\"{columns}\">\n{notes}</td></tr></tfoot>\n"));
        }
        out + "</table></div>\n"
    }

    fn row(&mut self, row: &Row, is_head: bool, id: &str, table: &Table) -> String {
        let mut column = 0;
        let cells: String = row
            .iter()
            .map(|cell| {
                let side = table.columns.get(column).map_or(Side::Start, |column| column.side);
                column += cell.columns;
                self.cell(cell, is_head, side)
            })
            .collect();
        format!("<tr{id}>{cells}</tr>\n")
    }

    fn cell(&mut self, cell: &Cell, is_head: bool, side: Side) -> String {
        let span = |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
        let spans = span("colspan", cell.columns) + &span("rowspan", cell.rows);
        let side = match side {
            Side::Start => "",
            Side::Left => " class=\"left\"",
            Side::Center => " class=\"center\"",
            Side::Right => " class=\"right\"",
        };
        let direction = direction(cell.words.shown());
        let words = self.lines.line(&cell.words);
        match is_head && !words.is_empty() {
            true => format!("<th scope=\"col\"{spans}{side}{direction}>{words}</th>"),
            false => format!("<td{spans}{side}{direction}>{words}</td>"),
        }
    }

    /// The remarks, each with a way back.
    fn footnotes(&mut self) -> String {
        let back = self.words.pages.back_up;
        let item = |(number, words): (usize, &String)| {
            format!(
                "<li id=\"remark-{number}\">{words} <a href=\"#remark-at-{number}\" aria-label=\"{back}\">↩</a></li>\n"
            )
        };
        let items: String = (1..).zip(&self.lines.footnotes).map(item).collect();
        if items.is_empty() {
            items
        } else {
            format!("<section class=\"remarks\"><hr/>\n<ol>\n{items}</ol></section>\n")
        }
    }
}

/// A picture within the page. As an image, a drawing runs no scripts and asks for nothing, whatever is in it.
fn embedded(picture: &Picture, alternative: &str) -> String {
    let kind = match picture.kind {
        PictureKind::Png => "png",
        PictureKind::Jpeg => "jpeg",
        PictureKind::Svg => "svg+xml",
    };
    let (width, height) = picture.size;
    let size = if width < 1.0 || height < 1.0 {
        String::new()
    } else {
        format!(" width=\"{width:.0}\" height=\"{height:.0}\"")
    };
    let source = format!("data:image/{kind};base64,{}", base64(&picture.bytes));
    format!("<img src=\"{source}\" alt=\"{alternative}\"{size}/>")
}

/// Bytes as text (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all = (0..3).fold(0_u32, |all, at| all << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for digit in 0..4 {
            let at = (all >> (18 - 6 * digit)) as usize & 63;
            out.push(if digit <= three.len() { char::from(DIGITS[at]) } else { '=' });
        }
    }
    out
}

impl Printer for Writer<'_> {
    fn line(&mut self, line: &Inline) -> String {
        self.lines.line(line)
    }

    fn block(&mut self, block: &Block, is_at_top: bool) -> String {
        if is_at_top { self.at_top(block) } else { Writer::block(self, block) }
    }

    fn fork(&self) -> Box<dyn Printer + '_> {
        Box::new(self.clone())
    }

    fn escape(&self) -> fn(&str) -> String {
        escape
    }

    fn behind(&mut self, sections: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        vec![
            ("end", self.end()),
            ("remarks", self.footnotes()),
            ("contents", self.contents(sections.iter().copied())),
            ("style", STYLE.to_owned()),
            ("script", SCRIPT.to_owned()),
            ("policy", POLICY.to_owned()),
        ]
    }
}

/// Words without links, for a list in which each item is one.
fn plain(words: &Inline) -> String {
    escape(words.shown())
}
