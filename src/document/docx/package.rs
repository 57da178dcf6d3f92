//! Puts the parts of a file together, always in one order and without a clock: the same bytes on every run.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::template::{ENDINGS, Frame};
use super::xml::{self, put};
use super::{Book, HEAD, RELATIONSHIPS, WORD, numbering};
use crate::document::tree::Document;

const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const OF_PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A part of a file.
struct Part {
    path: String,
    /// The type of its content, where its ending does not tell it.
    kind: Option<String>,
    bytes: Vec<u8>,
}

/// The parts that the text refers to by what they are: their names in relationships, their paths, their types.
const PARTS: [(&str, &str, &str); 6] = [
    ("styles", "styles.xml", "wordprocessingml.styles+xml"),
    ("numbering", "numbering.xml", "wordprocessingml.numbering+xml"),
    ("settings", "settings.xml", "wordprocessingml.settings+xml"),
    ("footnotes", "footnotes.xml", "wordprocessingml.footnotes+xml"),
    ("fontTable", "fontTable.xml", "wordprocessingml.fontTable+xml"),
    ("theme", "theme/theme1.xml", "theme+xml"),
];

/// The bytes of the file.
pub(super) fn bytes(document: &Document, frame: &Frame, book: &Book<'_>) -> io::Result<Vec<u8>> {
    let mut parts = Vec::new();
    let mut add = |path: &str, kind: &str, text: String| {
        let kind = (!kind.is_empty()).then(|| kind.to_owned());
        parts.push(Part { path: path.to_owned(), kind, bytes: text.into_bytes() });
    };
    add("_rels/.rels", "", of_package());
    add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core(document));
    add("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", application());
    add("word/document.xml", &format!("{TYPES}document.main+xml"), text(book));
    let prefix = prefix(frame);
    add("word/_rels/document.xml.rels", "", relationships(frame, book, &prefix));
    for (name, path, kind) in PARTS {
        let content = match name {
            "styles" => frame.styles.clone(),
            "numbering" => numbers(book),
            "settings" => settings(document, frame),
            "footnotes" => footnotes(book),
            "fontTable" => frame.fonts.clone(),
            _ => frame.theme.clone(),
        };
        add(&format!("word/{path}"), &format!("application/vnd.openxmlformats-officedocument.{kind}"), content);
        let related = frame.related.iter().find(|(part, _)| *part == name);
        if let Some((_, related)) = related {
            add(&related_path(path), "", related.clone());
        }
    }
    if !book.links[1].addresses.is_empty() {
        let mut links = opened();
        put_links(&mut links, &book.links[1].addresses);
        add("word/_rels/footnotes.xml.rels", "", links + "</Relationships>");
    }
    for head in &frame.heads {
        let path = format!("{}{}.xml", head.element(), head.number);
        add(&format!("word/{path}"), &format!("{TYPES}{}+xml", head.element()), head.xml.clone());
        if let Some(related) = &head.related {
            add(&related_path(&path), "", related.clone());
        }
    }
    for (path, bytes) in &frame.files {
        parts.push(Part { path: path.clone(), kind: None, bytes: bytes.clone() });
    }
    for (at, (ending, bytes)) in book.pictures.iter().enumerate() {
        let path = format!("word/media/{prefix}{}.{ending}", at + 1);
        parts.push(Part { path, kind: None, bytes: bytes.clone() });
    }
    zipped(&parts)
}

fn related_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("word/{folder}/_rels/{name}.rels"),
        None => format!("word/_rels/{path}.rels"),
    }
}

/// What the names of pictures begin with: no file of the template has it.
fn prefix(frame: &Frame) -> String {
    let mut prefix = "figure".to_owned();
    while frame.files.iter().any(|(path, _)| path.to_lowercase().starts_with(&format!("word/media/{prefix}"))) {
        prefix.push('_');
    }
    prefix
}

fn zipped(parts: &[Part]) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("[Content_Types].xml", options)?;
    zip.write_all(content_types(parts).as_bytes())?;
    for part in parts {
        zip.start_file(part.path.as_str(), options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types(parts: &[Part]) -> String {
    let mut out = format!("{HEAD}<Types xmlns=\"{OF_PACKAGE}/content-types\">");
    for (ending, kind) in ENDINGS {
        let has = |part: &Part| part.path.to_lowercase().rsplit('.').next() == Some(ending);
        if parts.iter().any(has) {
            put!(out, "<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
        }
    }
    for part in parts {
        if let Some(kind) = &part.kind {
            put!(out, "<Override PartName=\"/{}\" ContentType=\"{kind}\"/>", part.path);
        }
    }
    out + "</Types>"
}

fn opened() -> String {
    format!("{HEAD}<Relationships xmlns=\"{OF_PACKAGE}/relationships\">")
}

fn of_package() -> String {
    let mut out = opened();
    put!(out, "<Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"word/document.xml\"/>");
    put!(
        out,
        "<Relationship Id=\"rId2\" Type=\"{OF_PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/>"
    );
    put!(out, "<Relationship Id=\"rId3\" Type=\"{RELATIONSHIPS}/extended-properties\" Target=\"docProps/app.xml\"/>");
    out + "</Relationships>"
}

fn put_links(out: &mut String, addresses: &[String]) {
    for (number, address) in addresses.iter().enumerate() {
        put!(*out, "<Relationship Id=\"link{number}\" Type=\"{RELATIONSHIPS}/hyperlink\" Target=\"");
        xml::push(out, address);
        out.push_str("\" TargetMode=\"External\"/>");
    }
}

fn relationships(frame: &Frame, book: &Book<'_>, prefix: &str) -> String {
    let mut out = opened();
    for (name, path, _) in PARTS {
        put!(out, "<Relationship Id=\"{name}\" Type=\"{RELATIONSHIPS}/{name}\" Target=\"{path}\"/>");
    }
    for head in &frame.heads {
        let name = format!("{}{}", head.element(), head.number);
        put!(out, "<Relationship Id=\"{name}\" Type=\"{RELATIONSHIPS}/{}\" Target=\"{name}.xml\"/>", head.element());
    }
    put_links(&mut out, &book.links[0].addresses);
    for (at, (ending, _)) in book.pictures.iter().enumerate() {
        let number = at + 1;
        put!(
            out,
            "<Relationship Id=\"picture{number}\" Type=\"{RELATIONSHIPS}/image\" Target=\"media/{prefix}{number}.{ending}\"/>"
        );
    }
    out + "</Relationships>"
}

/// What the document is called and written in. Who wrote it, and when, is not for a program to say; but the properties
/// have a date, and so it is always the same.
fn core(document: &Document) -> String {
    let mut out = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{OF_PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"
    );
    xml::push(&mut out, document.title.shown());
    out.push_str("</dc:title><dc:language>");
    xml::push(&mut out, &document.language);
    out.push_str("</dc:language>");
    for element in ["created", "modified"] {
        put!(out, "<dcterms:{element} xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:{element}>");
    }
    out + "</cp:coreProperties>"
}

fn application() -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>prm</Application></Properties>"
    )
}

/// The names that the text and the footnotes use.
fn names() -> String {
    format!(
        "xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONSHIPS}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
    )
}

fn text(book: &Book<'_>) -> String {
    format!("{HEAD}<w:document {}><w:body>{}</w:body></w:document>", names(), book.out)
}

fn footnotes(book: &Book<'_>) -> String {
    let mut out = format!("{HEAD}<w:footnotes {}>", names());
    for (id, kind, element) in [(-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator")] {
        put!(
            out,
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" \
             w:lineRule=\"auto\"/></w:pPr><w:r><w:{element}/></w:r></w:p></w:footnote>"
        );
    }
    out.push_str(&book.footnotes);
    out + "</w:footnotes>"
}

/// Our lists, among those of a template.
fn numbers(book: &Book<'_>) -> String {
    let numbers: &numbering::Numbers = &book.frame.numbers;
    let (definitions, lists) = numbers.write(&book.lists, book.words.annex);
    match &numbers.template {
        None => format!("{HEAD}<w:numbering xmlns:w=\"{WORD}\">{definitions}{lists}</w:numbering>"),
        Some([before, between, behind]) => format!("{before}{definitions}{between}{lists}{behind}"),
    }
}

fn settings(document: &Document, frame: &Frame) -> String {
    let mut out = format!("{HEAD}<w:settings xmlns:w=\"{WORD}\">");
    out.push_str("<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"403\"/>");
    out.push_str(if frame.has_even { "<w:evenAndOddHeaders/>" } else { "" });
    out.push_str("<w:characterSpacingControl w:val=\"doNotCompress\"/><w:updateFields w:val=\"true\"/>");
    out.push_str("<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat>");
    put!(
        out,
        "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
    );
    out.push_str("</w:compat>");
    // In this element the names are the same, and the first is that of the language of Europe.
    let language = super::styles::language(&document.language);
    out.push_str(&language.replace("<w:lang ", "<w:themeFontLang "));
    out.push_str("<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/>");
    out + "</w:settings>"
}
