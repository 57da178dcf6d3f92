//! Writes a document as AsciiDoc, as Metanorma takes it for standards of ISO.
//!
//! What that tool makes by itself is not written: numbers of clauses, "Annex A", labels of tables, figures and notes, and
//! what it says before the source of a term. What the tree does not say (the stage, the committee) is left out.

mod escape;
mod line;
mod list;

use std::rc::Rc;

use super::ids::{self, Ids};
use super::inline::{Inline, Part};
use super::setting::{Setting, Unprintable};
use super::template::{self, Printer};
use super::tree::{
    Block, Cell, Code, Document, Figure, Heading, Note, Numbering, References, Role, Row, Side, Table, Term, Work,
};
use super::words::Words;

/// The document.
pub fn adoc(document: &Document) -> String {
    let mut page = Page::of(document);
    let mut blocks = vec![page.writer.head(document), page.front(document)];
    blocks.extend(document.notice.as_ref().map(|notice| page.writer.line(notice)));
    blocks.extend(document.blocks.iter().map(|block| page.at_top(block)));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// The document, laid out by the template where there is one.
///
/// # Errors
/// Where the template cannot be used.
pub fn write(document: &Document, setting: &Setting<'_>) -> Result<Vec<u8>, Unprintable> {
    match &setting.template {
        None => Ok(adoc(document).into_bytes()),
        Some(template) => template::render(template, document, &mut Page::of(document), Vec::new()),
    }
}

/// How far a document is written.
#[derive(Clone)]
struct Page<'a> {
    writer: Rc<Writer<'a>>,
    headings: usize,
    level: usize,
    role: Option<Role>,
    is_list_above: bool,
}

impl<'a> Page<'a> {
    fn of(document: &'a Document) -> Page<'a> {
        let writer = Rc::new(Writer { ids: ids::of(document), works: works(document), our_words: document.words() });
        Page { writer, headings: 0, level: 1, role: None, is_list_above: false }
    }

    /// The heading above what stands before the first one; nothing where nothing does.
    fn front(&mut self, document: &Document) -> String {
        let begins = document.blocks.first().is_none_or(|block| matches!(block, Block::Heading(_)));
        if document.notice.is_none() && begins {
            return String::new();
        }
        self.level = 2;
        format!("[.preface]\n== {}", document.words().about_document)
    }

    /// A block of the document itself; nothing where it shows nothing.
    fn at_top(&mut self, block: &Block) -> String {
        let is_list = matches!(block, Block::List(_));
        let is_second = std::mem::replace(&mut self.is_list_above, is_list) && is_list;
        let written = match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(words) if matches!(self.role, Some(Role::References | Role::Terms)) => {
                format!("[.boilerplate]\n--\n{}\n--", self.writer.line(words))
            }
            other => self.writer.block(other, Place::default()).unwrap_or_default(),
        };
        if is_second && !written.is_empty() { format!("//\n\n{written}") } else { written }
    }

    fn heading(&mut self, heading: &Heading) -> String {
        let id = self.writer.ids.headings.get(self.headings).filter(|(_, is_named)| *is_named);
        self.headings += 1;
        // No level is passed over; what stands below is a section all the same.
        self.level = heading.level.clamp(2, 6).min(self.level + 1);
        self.role = heading.role;
        self.writer.heading(heading, id.map(|(id, _)| id.as_str()), self.level)
    }
}

impl Printer for Page<'_> {
    fn line(&mut self, line: &Inline) -> String {
        self.writer.line(line)
    }

    fn block(&mut self, block: &Block, is_at_top: bool) -> String {
        if is_at_top { self.at_top(block) } else { self.writer.block(block, Place::default()).unwrap_or_default() }
    }

    fn fork(&self) -> Box<dyn Printer + '_> {
        Box::new(self.clone())
    }

    fn escape(&self) -> fn(&str) -> String {
        |text| {
            let mut out = String::new();
            escape::push(&mut out, text, true);
            out
        }
    }

    fn before(&mut self, document: &Document) -> Vec<(&'static str, String)> {
        vec![("head", self.writer.head(document)), ("front", self.front(document))]
    }
}

struct Writer<'a> {
    ids: Ids,
    /// The documents that are cited, each with its id.
    works: Vec<(&'a Work, String)>,
    our_words: &'static Words,
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// In how many lists.
    lists: usize,
    /// Whether within an open block, in which no other can stand.
    is_open: bool,
    /// In how many blocks whose fences are told apart by their length.
    fences: usize,
}

impl Place {
    fn fence(self, mark: char) -> (String, Place) {
        let fence = mark.to_string().repeat(4 + self.fences);
        (fence, Place { fences: self.fences + 1, lists: 0, ..self })
    }
}

fn works(document: &Document) -> Vec<(&Work, String)> {
    let lists = document.blocks.iter().filter_map(|block| match block {
        Block::References(references) => Some(references),
        _ => None,
    });
    lists
        .flat_map(|references| &references.works)
        .zip(1..)
        .map(|(work, number)| (work, ids::work(work, number)))
        .collect()
}

impl<'a> Writer<'a> {
    /// The title and the attributes of the document, of which each is one line.
    fn head(&self, document: &Document) -> String {
        let title = &document.title;
        let mut lines = vec![format!("= {}", self.words(title))];
        let mut attribute = |name: &str, value: &str| {
            let value = raw(value);
            lines.push(if value.is_empty() { format!(":{name}:") } else { format!(":{name}: {value}") });
        };
        let language = &document.language;
        if !document.edition.is_empty() {
            attribute("edition", document.edition.shown());
        }
        attribute("language", language);
        attribute(&format!("title-main-{language}"), title.shown());
        attribute("mn-document-class", "iso");
        attribute("mn-output-extensions", "xml,html,doc,pdf");
        attribute("no-isobib", "");
        lines.join("\n")
    }

    /// A line that may be broken.
    fn line(&self, line: &Inline) -> String {
        line::write(line, true, &self.ids)
    }

    /// A line that may not, where there has to be one.
    fn words(&self, line: &Inline) -> String {
        let words = line::write(line, false, &self.ids);
        if words.is_empty() { "&#160;".to_owned() } else { words }
    }

    fn heading(&self, heading: &Heading, id: Option<&str>, level: usize) -> String {
        let mut lines: Vec<String> = id.map(|id| format!("[[{id}]]")).into_iter().collect();
        lines.extend(match (heading.numbering, heading.role) {
            (Numbering::Annex(status), _) => Some(format!("[appendix,obligation={}]", status.word())),
            (_, Some(Role::References | Role::Bibliography)) => Some("[bibliography]".to_owned()),
            (_, Some(Role::Foreword | Role::Introduction)) => None,
            (Numbering::None, _) => Some("[%unnumbered]".to_owned()),
            (Numbering::Counted, _) => None,
        });
        lines.push(format!("{} {}", "=".repeat(level), self.words(&heading.words)));
        lines.join("\n")
    }

    /// Blocks within another, each with a blank line before it.
    fn blocks(&self, blocks: &[Block], place: Place) -> String {
        let mut written: Vec<String> = Vec::new();
        let mut is_list_above = false;
        for block in blocks {
            let is_list = matches!(block, Block::List(_));
            if is_list && is_list_above {
                written.push("//".to_owned());
            }
            is_list_above = is_list;
            written.extend(self.block(block, place));
        }
        written.join("\n\n")
    }

    /// A block; nothing where it shows nothing.
    fn block(&self, block: &Block, place: Place) -> Option<String> {
        let written = match block {
            // None stands within another block.
            Block::Heading(heading) => self.line(&heading.words),
            Block::Paragraph(line) => self.line(line),
            Block::List(list) => self.list(list, place),
            Block::Quotation(blocks) => {
                let (fence, within) = place.fence('_');
                let written = self.blocks(blocks, within);
                if written.is_empty() { written } else { format!("[quote]\n{fence}\n{written}\n{fence}") }
            }
            Block::Code(code) => fenced(code),
            Block::Rule => "'''".to_owned(),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Note(note) => self.note(note, place),
            Block::Term(term) => self.term(term, place),
            Block::References(references) => self.references(references),
        };
        (!written.is_empty()).then_some(written)
    }

    /// A note, whose label is made by the tool; what it is a note to is not.
    fn note(&self, note: &Note, place: Place) -> String {
        let to = match note.to.as_str() {
            "" => Inline::default(),
            to => Inline::plain(to).then(": "),
        };
        if let [Block::Paragraph(words)] = note.blocks.as_slice() {
            return format!("NOTE: {}", self.words_of(&to.and(words)));
        }
        let (fence, within) = place.fence('=');
        let to = self.line(&to);
        let parts = [to, self.blocks(&note.blocks, within)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { format!("[NOTE]\n{fence}\n{}\n{fence}", parts.join("\n\n")) }
    }

    /// A line that may be broken, where there has to be one.
    fn words_of(&self, line: &Inline) -> String {
        let words = self.line(line);
        if words.is_empty() { "&#160;".to_owned() } else { words }
    }

    fn term(&self, term: &Term, place: Place) -> String {
        let admitted: Vec<String> =
            term.admitted.iter().map(|name| format!("admitted:[{}]", self.words(name))).collect();
        let mut parts = vec![admitted.join("\n"), self.blocks(&term.definition, place), self.line(&term.remark)];
        parts.extend(term.notes.iter().map(|note| self.note(note, place)));
        parts.push(self.source(&term.source));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// Where a term is from: the tool wants a document that is cited, and the clause in it. What is no such is words.
    fn source(&self, source: &Inline) -> String {
        let shown = source.shown();
        if shown.is_empty() {
            return String::new();
        }
        let told = |(work, id): &(&'a Work, String)| {
            let rest = shown.strip_prefix(work.designation.as_str()).filter(|_| !work.designation.is_empty())?;
            let (clause, text) = match rest.strip_prefix(", ") {
                Some(rest) => {
                    let (first, text) = rest.split_once(", ").unwrap_or((rest, ""));
                    let is_clause = first.chars().all(|part| part.is_ascii_alphanumeric() || part == '.');
                    if is_clause { (first, text) } else { ("", rest) }
                }
                None if rest.is_empty() => ("", ""),
                None => return None,
            };
            let clause = if clause.is_empty() { String::new() } else { format!(",clause={clause}") };
            let text = if text.is_empty() { String::new() } else { format!(", {}", self.line(&Inline::plain(text))) };
            Some(format!("[.source]\n<<{id}{clause}>>{text}"))
        };
        let words = || self.line(&Inline::filled(self.our_words.source_is, &[source]));
        self.works.iter().find_map(told).unwrap_or_else(words)
    }

    fn references(&self, references: &References) -> String {
        let id = |wanted: &Work| self.works.iter().find(|(work, _)| std::ptr::eq(*work, wanted)).map(|(_, id)| id);
        let line = |work: &Work| {
            let id = id(work).map_or("", String::as_str);
            let named = if work.designation.is_empty() { work.named.shown() } else { &work.designation };
            let mut line = format!("* [[[{id},{}]]]", self.words(&Inline::plain(named)));
            if !work.title.is_empty() {
                line.push_str(&format!(", {}", self.line(&Inline::of(Part::Emphasis(work.title.as_line())))));
            }
            line
        };
        references.works.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn figure(&self, figure: &Figure) -> String {
        let mut lines = self.titled(figure.key.as_ref().and_then(|key| self.ids.of.get(key)), &figure.caption);
        let alternative = escape::code(figure.alternative.trim());
        lines.push(format!("image::{}[\"{alternative}\"]", addressed(&figure.file)));
        lines.join("\n")
    }

    /// The lines above a table or a figure: its id and its caption.
    fn titled(&self, id: Option<&String>, caption: &Inline) -> Vec<String> {
        let id = id.map(|id| format!("[[{id}]]"));
        let caption = (!caption.is_empty()).then(|| format!(".{}", self.words(caption)));
        id.into_iter().chain(caption).collect()
    }

    fn table(&self, table: &Table) -> String {
        let (head, rows) = table.drawn();
        let mut lines = self.titled(table.key.as_ref().and_then(|key| self.ids.of.get(key)), &table.caption);
        let mut columns: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let side = match column.side {
                    Side::Start | Side::Left => "",
                    Side::Center => "^",
                    Side::Right => ">",
                };
                format!("{side}{}", column.share.max(1))
            })
            .collect();
        if let [only] = columns.as_mut_slice() {
            // A number alone would be taken for that of columns.
            *only = "1*".to_owned();
        }
        let options = match head.len() {
            0 => String::new(),
            1 => ",options=\"header\"".to_owned(),
            several => format!(",options=\"header\",headerrows={several}"),
        };
        if columns.is_empty() || head.is_empty() && rows.is_empty() {
            return String::new();
        }
        lines.push(format!("[cols=\"{}\"{options}]", columns.join(",")));
        lines.push("|===".to_owned());
        lines.extend(head.iter().chain(&rows).flat_map(|row| self.row(row)));
        lines.push("|===".to_owned());
        let notes = table.notes.iter().map(|note| format!("NOTE: {}", self.words_of(note)));
        let mut parts: Vec<String> = std::iter::once(lines.join("\n")).chain(notes).collect();
        if table.is_landscape {
            parts.insert(0, "[%landscape]\n<<<".to_owned());
            parts.push("[%portrait]\n<<<".to_owned());
        }
        parts.join("\n\n")
    }

    /// A line for each cell.
    fn row(&self, row: &Row) -> Vec<String> {
        let cell = |cell: &Cell| {
            let span = match (cell.columns, cell.rows) {
                (1, 1) => String::new(),
                (columns, 1) => format!("{columns}+"),
                (1, rows) => format!(".{rows}+"),
                (columns, rows) => format!("{columns}.{rows}+"),
            };
            format!("{span}|{}", self.line(&cell.words))
        };
        row.iter().map(cell).collect()
    }
}

/// Lines of code, in which nothing is put in place of anything but the references to characters.
fn fenced(code: &Code) -> String {
    let text = escape::code(code.text.strip_suffix('\n').unwrap_or(&code.text));
    if text.trim().is_empty() {
        return String::new();
    }
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    let language = Some(&code.language).filter(|language| !language.is_empty() && language.chars().all(is_name));
    let language = language.map_or(String::new(), |language| format!(",{language}"));
    format!("[source{language},subs=\"specialchars,replacements\"]\n----\n{text}\n----")
}

/// A file as the target of a picture.
fn addressed(file: &str) -> String {
    let mut address = String::new();
    for character in file.chars() {
        match character {
            '[' | ']' | '{' | '}' | '\\' | '<' | '>' | '"' => {
                address.push_str(&format!("%{:02X}", u32::from(character)))
            }
            _ if character.is_control() => address.push(' '),
            other => address.push(other),
        }
    }
    address.trim().to_owned()
}

/// A value of an attribute of the document: it stands as it is, on one line, and names no other attribute.
fn raw(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    // A backslash at the end would take the next line in, one before a brace keeps it from being a name.
    let line = line.replace('{', "\\{");
    if line.ends_with(['\\', '+']) { line + "&#8203;" } else { line }
}
