//! The elements of a ReqIF file: their ids, names and values; of texts in XHTML, the words and their lines.

use super::super::Refused;
use super::super::xml::{Piece, Xml};

/// How many elements a file may have; a real one has 80 bytes for each.
const MOST: usize = 1_000_000;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, without a prefix.
    pub name: String,
    /// Its `IDENTIFIER`.
    pub id: String,
    /// Its `LONG-NAME`.
    pub long: String,
    /// Its `DESC`.
    pub about: String,
    /// Its `THE-VALUE`, as an attribute, or as XHTML in it.
    pub value: Option<String>,
    /// The words of its `THE-ORIGINAL-VALUE`: what its value was before a tool made it simpler.
    pub original: Option<String>,
    /// The text in it.
    pub text: String,
    /// What its text names that is no text: files.
    pub files: Vec<String>,
    /// What stands in it.
    pub children: Vec<Element>,
}

impl Element {
    /// The child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// What stands in the child of this name.
    pub fn all(&self, name: &str) -> &[Element] {
        self.child(name).map_or(&[], |child| &child.children)
    }

    /// The id that the child of this name refers to.
    pub fn refers(&self, name: &str) -> &str {
        self.all(name).first().map_or("", |named| &named.text)
    }
}

/// Elements of XHTML that begin a line of their own.
const LINES: [&str; 14] = ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"];

/// Reads a file; `name` is what it is called where something is wrong with it.
pub fn read(text: &str, name: &str) -> Result<Element, Refused> {
    let mut xml = Xml::new(text, name);
    let mut open: Vec<Element> = Vec::new();
    let (mut root, mut left) = (None, MOST);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(tag) => {
                left = left.checked_sub(1).ok_or_else(|| {
                    Refused::new(format!("it has more than {MOST} elements"), "split it into several files")
                })?;
                let is_original = tag.is("THE-ORIGINAL-VALUE");
                if let Some(around) = open.last_mut().filter(|_| is_original || tag.is("THE-VALUE")) {
                    let (words, files) = words(&mut xml)?;
                    *if is_original { &mut around.original } else { &mut around.value } = Some(words);
                    around.files.extend(files);
                    continue;
                }
                let get = |name: &str| tag.get(name).map(|value| value.into_owned());
                open.push(Element {
                    name: tag.local().to_owned(),
                    id: get("IDENTIFIER").unwrap_or_default(),
                    long: get("LONG-NAME").unwrap_or_default(),
                    about: get("DESC").unwrap_or_default(),
                    value: get("THE-VALUE"),
                    ..Element::default()
                });
            }
            Piece::Text(words) => {
                if let Some(around) = open.last_mut()
                    && !(around.text.is_empty() && words.trim().is_empty())
                {
                    around.text.push_str(&words);
                }
            }
            Piece::Close(_) => {
                let Some(mut element) = open.pop() else { continue };
                element.text.truncate(element.text.trim_end().len());
                match open.last_mut() {
                    Some(around) => around.children.push(element),
                    None => root = root.or(Some(element)),
                }
            }
        }
    }
    root.ok_or_else(|| Refused::new("it has no element", "look whether it is the right file"))
}

/// The words of a text in XHTML, and the files that it names.
fn words(xml: &mut Xml<'_>) -> Result<(String, Vec<String>), Refused> {
    let (mut out, mut files, mut depth) = (String::new(), Vec::new(), 0_usize);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(tag) => {
                depth += 1;
                let name = tag.local().to_lowercase();
                if LINES.contains(&name.as_str()) && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                match name.as_str() {
                    "li" => out.push_str("- "),
                    "td" | "th" if !out.is_empty() && !out.ends_with('\n') => out.push_str(" | "),
                    "object" | "img" => files.extend(tag.get("data").or(tag.get("src")).map(|file| file.into_owned())),
                    _ => {}
                }
            }
            Piece::Close(_) if depth == 0 => break,
            Piece::Close(tag) => {
                depth -= 1;
                // A paragraph ends with a blank line, which the next one needs.
                if tag.local().eq_ignore_ascii_case("p") {
                    out.push_str("\n\n");
                }
            }
            Piece::Text(words) => {
                let words = words.replace(['\t', '\n', '\r', '\u{a0}'], " ");
                let is_layout = words.trim().is_empty() && (out.is_empty() || out.ends_with(['\n', ' ']));
                if !is_layout {
                    out.push_str(if out.ends_with('\n') { words.trim_start() } else { &words });
                }
            }
        }
    }
    Ok((tidy(&out), files))
}

/// Lines without blanks at their ends and doubled within, at most one blank line between two.
fn tidy(words: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in words.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}
