//! Writes a document as Office Open XML (ECMA-376), in the styles of the templates of ISO, for word processors.
//!
//! The order of elements is that of the schema: programs swallow another order, or call the file broken.

mod body;
mod figure;
mod inline;
mod numbering;
mod package;
mod plan;
mod script;
mod styles;
mod table;
mod template;
mod widths;
mod xml;

use rustc_hash::FxHashMap;

use super::setting::{Setting, Unprintable};
use super::tree::{Block, Document};
use super::words::Words;
use plan::Plan;
use template::Frame;

/// The names of elements.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// What each part begins with.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The document as the bytes of a file.
///
/// # Errors
/// Where no page holds one of its tables, or the template is none that can be taken.
pub fn docx(document: &Document, setting: &Setting<'_>) -> Result<Vec<u8>, Unprintable> {
    let document = &laid_out(document);
    let frame = match setting.template {
        None => Frame::of_ours(document),
        Some(template) => template::read(template, document)?,
    };
    let mut book = Book::new(document, &frame, setting);
    book.document(document)?;
    package::bytes(document, &frame, &book).map_err(|error| Unprintable {
        problem: format!("the parts cannot be put together: {error}"),
        help: "name another form with `--as`".to_owned(),
    })
}

/// The document with tables and lists in the place of what is cited.
fn laid_out(document: &Document) -> Document {
    let shown = |block: &Block| match block {
        Block::References(references) => references.shown(document.words()),
        other => other.clone(),
    };
    Document { blocks: document.blocks.iter().map(shown).collect(), ..document.clone() }
}

/// A file on its way: what its parts say so far.
struct Book<'a> {
    frame: &'a Frame,
    setting: &'a Setting<'a>,
    /// Our words.
    words: &'static Words,
    plan: Plan,
    /// What is being written: the text, or a footnote.
    out: String,
    /// How many headings and captions stand there already.
    headings: usize,
    captions: usize,
    /// The lists of items.
    lists: Vec<numbering::List>,
    /// The footnotes, and how many they are.
    footnotes: String,
    footnote_count: usize,
    is_in_footnote: bool,
    /// Where links of the text lead, and those of footnotes.
    links: [Links; 2],
    /// The pictures: their endings and bytes.
    pictures: Vec<(&'static str, Vec<u8>)>,
    /// How many marks and drawings have a number.
    marks: usize,
    drawings: usize,
    /// Whether the pages that are written lie on their side.
    is_landscape: bool,
    /// Whether a section is ended, and one of the body.
    has_section: bool,
    has_body: bool,
}

/// The addresses that links of a part lead to, each once.
#[derive(Default)]
struct Links {
    addresses: Vec<String>,
    numbers: FxHashMap<String, usize>,
}

impl Links {
    /// The number of an address, from 0.
    fn number(&mut self, address: &str) -> usize {
        if let Some(number) = self.numbers.get(address) {
            return *number;
        }
        let number = self.addresses.len();
        self.addresses.push(address.to_owned());
        self.numbers.insert(address.to_owned(), number);
        number
    }
}

impl<'a> Book<'a> {
    fn new(document: &Document, frame: &'a Frame, setting: &'a Setting<'a>) -> Book<'a> {
        Book {
            frame,
            setting,
            words: document.words(),
            plan: Plan::of(document),
            out: String::new(),
            headings: 0,
            captions: 0,
            lists: Vec::new(),
            footnotes: String::new(),
            footnote_count: 0,
            is_in_footnote: false,
            links: Default::default(),
            pictures: Vec::new(),
            marks: 0,
            drawings: 0,
            is_landscape: false,
            has_section: false,
            has_body: false,
        }
    }

    /// The width of the text on the pages that are written, in twentieths of a point.
    fn width(&self) -> usize {
        self.frame.page.text_width(self.is_landscape)
    }
}
