//! What a file has that is not its text: styles, pages, heads and feet, ours or those of a template.
//!
//! Of a template nothing is taken but these, and nothing that acts or leads elsewhere.

mod archive;
mod merge;

use archive::{Archive, Related, parse};

use super::numbering::Numbers;
use super::styles::{self, Names};
use super::xml::{self, put};
use super::{HEAD, RELATIONSHIPS, WORD};
use crate::document::setting::{Template, Unprintable};
use crate::document::tree::Document;

/// What a file has that is not its text.
pub(super) struct Frame {
    pub page: Page,
    pub names: Names,
    pub numbers: Numbers,
    pub styles: String,
    pub theme: String,
    pub fonts: String,
    pub heads: Vec<Head>,
    /// The relationships of parts, by what these are.
    pub related: Vec<(&'static str, String)>,
    /// What heads and other parts of the template show: paths and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether pages to the left have heads of their own.
    pub has_even: bool,
}

/// The head or the foot of pages.
pub(super) struct Head {
    pub is_header: bool,
    /// Of which pages: `default`, `first` or `even`.
    pub kind: &'static str,
    pub number: usize,
    pub xml: String,
    pub related: Option<String>,
}

impl Head {
    /// The name of its element.
    pub(super) fn element(&self) -> &'static str {
        if self.is_header { "header" } else { "footer" }
    }
}

/// A page, upright: its size and margins, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    size: (usize, usize),
    /// Above, right, below, left.
    margins: [usize; 4],
    /// Of the head and of the foot from the edge.
    edges: (usize, usize),
}

/// A4, with the margins of the templates of ISO.
const A4: Page = Page { size: (11_906, 16_838), margins: [1_361, 1_077, 1_077, 1_077], edges: (680, 567) };

impl Page {
    /// How wide text is.
    pub(super) fn text_width(&self, is_landscape: bool) -> usize {
        let width = if is_landscape { self.size.1 } else { self.size.0 };
        width.saturating_sub(self.margins[1] + self.margins[3]).max(1_440)
    }

    /// How high text is.
    pub(super) fn text_height(&self, is_landscape: bool) -> usize {
        let height = if is_landscape { self.size.0 } else { self.size.1 };
        height.saturating_sub(self.margins[0] + self.margins[2]).max(1_440)
    }

    /// The elements of a section.
    pub(super) fn write(&self, out: &mut String, is_landscape: bool) {
        let (width, height) = self.size;
        let [above, right, below, left] = self.margins;
        let (head, foot) = self.edges;
        match is_landscape {
            true => put!(*out, "<w:pgSz w:w=\"{height}\" w:h=\"{width}\" w:orient=\"landscape\"/>"),
            false => put!(*out, "<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>"),
        }
        put!(
            *out,
            "<w:pgMar w:top=\"{above}\" w:right=\"{right}\" w:bottom=\"{below}\" w:left=\"{left}\" w:header=\"{head}\" \
             w:footer=\"{foot}\" w:gutter=\"0\"/>"
        );
    }
}

impl Frame {
    /// Ours.
    pub(super) fn of_ours(document: &Document) -> Frame {
        Frame {
            page: A4,
            names: Names::default(),
            numbers: Numbers::default(),
            styles: styles::part(&document.language),
            theme: include_str!("theme.xml").to_owned(),
            fonts: include_str!("fonts.xml").to_owned(),
            heads: heads(document, &Names::default()),
            related: Vec::new(),
            files: Vec::new(),
            has_even: false,
        }
    }
}

/// Our heads and feet: the title, and the number of the page.
fn heads(document: &Document, names: &Names) -> Vec<Head> {
    let open = |root: &str, style: &str| {
        let style = names.id(style);
        format!("{HEAD}<w:{root} xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")
    };
    let mut header = open("hdr", "Header");
    header.push_str("<w:r><w:t xml:space=\"preserve\">");
    xml::push(&mut header, document.title.shown());
    header.push_str("</w:t></w:r></w:p></w:hdr>");
    let mut footer = open("ftr", "Footer");
    footer.push_str("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE ");
    footer.push_str("</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>");
    footer.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>");
    let head = |is_header, xml| Head { is_header, kind: "default", number: 1, xml, related: None };
    vec![head(true, header), head(false, footer)]
}

/// What a template has; what it lacks is ours.
///
/// # Errors
/// Where it is no document of Word, is damaged or too large, has macros, or leads to what is not in it.
pub(super) fn read(template: Template<'_>, document: &Document) -> Result<Frame, Unprintable> {
    let mut archive = Archive::open(template)?;
    let main = main_part(&mut archive)?;
    let (_, related) = archive.related(&main)?;
    let part_of = |kind: &str| related.iter().find(|part| part.kind == kind && !part.is_external);
    let Some(styles) = part_of("styles") else { return Err(archive.refuses("has no styles")) };
    let Some(styles) = archive.text(&styles.target)? else { return Err(archive.refuses("has no styles")) };
    let mut frame = Frame::of_ours(document);
    let mut taken = Taken::default();
    let numbering = match part_of("numbering") {
        Some(part) => taken.part(&mut archive, "numbering", &part.target)?,
        None => None,
    };
    let merged = merge::styles(&styles, numbering.as_deref(), &document.language);
    let merged = merged.map_err(|problem| archive.refuses(problem))?;
    (frame.styles, frame.names, frame.numbers) = (merged.styles, merged.names, merged.numbers);
    for (kind, ours) in [("theme", &mut frame.theme), ("fontTable", &mut frame.fonts)] {
        if let Some(part) = part_of(kind)
            && let Some(text) = taken.part(&mut archive, kind, &part.target)?
        {
            *ours = text;
        }
    }
    let heads = taken.pages(&mut archive, &main, &related, &mut frame.page)?;
    frame.heads = if heads.is_empty() { self::heads(document, &frame.names) } else { heads };
    if let Some(part) = part_of("settings")
        && let Some(text) = archive.text(&part.target)?
    {
        frame.has_even = text.contains("evenAndOddHeaders");
    }
    (frame.related, frame.files) = (taken.related, taken.files);
    Ok(frame)
}

/// The part that has the text.
fn main_part(archive: &mut Archive<'_>) -> Result<String, Unprintable> {
    if archive.has("vbaproject.bin") {
        return Err(archive.refuses("has macros"));
    }
    let (_, related) = archive.related("")?;
    let main = related.into_iter().find(|part| part.kind == "officeDocument" && !part.is_external);
    let types = archive.text("[Content_Types].xml")?;
    let (Some(main), Some(types)) = (main, types) else { return Err(archive.refuses("is no Word document")) };
    let tree = parse(&types).map_err(|_| archive.refuses("is no Word document"))?;
    let mut overrides = tree.descendants().filter(|node| node.tag_name().name() == "Override");
    let own = overrides.find(|node| node.attribute("PartName") == Some(&format!("/{}", main.target)));
    let kind = own.and_then(|node| node.attribute("ContentType")).unwrap_or_default();
    if kind.contains("macroEnabled") {
        return Err(archive.refuses("has macros"));
    }
    let kinds = ["wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"];
    if kinds.iter().any(|known| kind.ends_with(known)) {
        Ok(main.target)
    } else {
        Err(archive.refuses("is no Word document"))
    }
}

/// What is taken of a template besides texts.
#[derive(Default)]
struct Taken {
    related: Vec<(&'static str, String)>,
    files: Vec<(String, Vec<u8>)>,
}

/// The endings of files whose type is told by them; others are not taken from templates.
pub(super) const ENDINGS: [(&str, &str); 13] = [
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("xml", "application/xml"),
    ("bmp", "image/bmp"),
    ("emf", "image/x-emf"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("wmf", "image/x-wmf"),
];

/// What a field may not do: bring in what is elsewhere.
const FIELDS: [&str; 5] = ["DDE", "INCLUDE", "DATABASE", "IMPORT", "ASK"];

impl Taken {
    /// The text of a part, with what it shows; nothing in it leads elsewhere.
    fn part(
        &mut self,
        archive: &mut Archive<'_>,
        kind: &'static str,
        path: &str,
    ) -> Result<Option<String>, Unprintable> {
        let text = archive.text(path)?;
        if text.is_some()
            && let Some(related) = self.related_of(archive, path)?
        {
            self.related.push((kind, related));
        }
        Ok(text)
    }

    /// The relationships of a part, once what they lead to is taken.
    fn related_of(&mut self, archive: &mut Archive<'_>, path: &str) -> Result<Option<String>, Unprintable> {
        let (text, related) = archive.related(path)?;
        for other in related {
            let is_page = ["https://", "http://", "mailto:"].iter().any(|scheme| other.target.starts_with(scheme));
            if other.is_external && other.kind == "hyperlink" && is_page {
                continue;
            }
            if other.is_external {
                let target = crate::render::printable::line(&other.target).into_owned();
                return Err(archive.refuses(&format!("leads out of itself, to `{target}` from `{path}`")));
            }
            let ending = other.target.rsplit('.').next().unwrap_or_default().to_lowercase();
            let is_known = ENDINGS.iter().skip(2).any(|(known, _)| *known == ending);
            if !matches!(other.kind.as_str(), "image" | "font") || !is_known || !is_plain(&other.target) {
                return Err(archive.refuses(&format!("has in `{path}` what cannot be taken: {}", other.kind)));
            }
            let Some(bytes) = archive.bytes(&other.target)? else {
                return Err(archive.refuses(&format!("lacks `{}`", other.target)));
            };
            if self.files.iter().all(|(path, _)| *path != other.target) {
                self.files.push((other.target, bytes));
            }
        }
        Ok(text)
    }

    /// The heads and feet of the last section, and the size of its pages.
    fn pages(
        &mut self,
        archive: &mut Archive<'_>,
        main: &str,
        related: &[Related],
        page: &mut Page,
    ) -> Result<Vec<Head>, Unprintable> {
        let Some(text) = archive.text(main)? else { return Err(archive.refuses("has no text")) };
        let tree = parse(&text).map_err(|error| archive.refuses(&format!("is damaged: {error}")))?;
        let Some(section) = tree.descendants().rfind(|node| node.has_tag_name((WORD, "sectPr"))) else {
            return Ok(Vec::new());
        };
        if let Some(taken) = page_of(section) {
            *page = taken;
        }
        let mut heads: Vec<Head> = Vec::new();
        for node in section.children().filter(|node| node.tag_name().namespace() == Some(WORD)) {
            let is_header = node.tag_name().name() == "headerReference";
            if !is_header && node.tag_name().name() != "footerReference" {
                continue;
            }
            let kind = match node.attribute((WORD, "type")) {
                Some("first") => "first",
                Some("even") => "even",
                _ => "default",
            };
            let id = node.attribute((RELATIONSHIPS, "id"));
            let part = related.iter().find(|part| Some(part.id.as_str()) == id && !part.is_external);
            let Some(part) = part.filter(|part| part.kind == if is_header { "header" } else { "footer" }) else {
                return Err(archive.refuses("lacks the head of a page"));
            };
            let Some(xml) = archive.text(&part.target)? else {
                return Err(archive.refuses(&format!("lacks `{}`", part.target)));
            };
            if acts(&xml) {
                return Err(archive.refuses(&format!("has in `{}` a field that brings in other files", part.target)));
            }
            let related = self.related_of(archive, &part.target)?;
            let number = 1 + heads.iter().filter(|head| head.is_header == is_header).count();
            heads.push(Head { is_header, kind, number, xml, related });
        }
        heads.sort_by_key(|head| !head.is_header);
        Ok(heads)
    }
}

/// Whether a path of a part is one that programs agree on.
fn is_plain(path: &str) -> bool {
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_');
    path.starts_with("word/") && path.bytes().all(is_usual)
}

/// Whether a head has a field that brings in what is elsewhere.
fn acts(xml: &str) -> bool {
    let Ok(tree) = parse(xml) else { return true };
    let mut instructions = String::new();
    for node in tree.descendants() {
        if node.has_tag_name((WORD, "instrText")) {
            instructions.push_str(node.text().unwrap_or_default());
        }
        if let Some(instruction) = node.attribute((WORD, "instr")) {
            instructions.push_str(instruction);
        }
    }
    let instructions = instructions.to_uppercase();
    FIELDS.iter().any(|field| instructions.contains(field))
        || instructions.split_whitespace().any(|word| word == "LINK")
}

/// The page of a section, upright; nothing where it is none that holds text.
fn page_of(section: roxmltree::Node<'_, '_>) -> Option<Page> {
    let find = |name: &str| section.children().find(|node| node.has_tag_name((WORD, name)));
    let (size, margins) = (find("pgSz")?, find("pgMar")?);
    let number = |node: roxmltree::Node<'_, '_>, name: &str| -> Option<usize> {
        node.attribute((WORD, name))?.trim_start_matches('-').parse().ok().filter(|number| *number <= 31_680)
    };
    let (width, height) = (number(size, "w")?, number(size, "h")?);
    let edges = (number(margins, "header").unwrap_or(A4.edges.0), number(margins, "footer").unwrap_or(A4.edges.1));
    let sides = ["top", "right", "bottom", "left"].map(|name| number(margins, name));
    let [Some(above), Some(right), Some(below), Some(left)] = sides else { return None };
    let is_turned = width > height;
    let margins = if is_turned { [right, below, left, above] } else { [above, right, below, left] };
    let page = Page { size: (width.min(height), width.max(height)), margins, edges };
    let holds = page.size.0 > margins[1] + margins[3] + 2_880 && page.size.1 > margins[0] + margins[2] + 2_880;
    holds.then_some(page)
}
