//! Notes in their places: gathered for a section of a document, and numbered through it as standards do.

use super::page::Page;
use crate::document::words::{Words, fill};
use crate::document::{Document, Note};
use crate::model::{FieldKind, Origin, Remarks, Text};

/// The notes of a section: each with what it is a note to, where that is not the section itself.
pub struct Notes<'p, 'a> {
    page: &'p Page<'a>,
    all: Vec<(String, Text)>,
}

impl<'p, 'a> Notes<'p, 'a> {
    /// None yet.
    pub fn new(page: &'p Page<'a>) -> Notes<'p, 'a> {
        Notes { page, all: Vec::new() }
    }

    /// Those in a block, and in the blocks of statements in it that are printed with it.
    pub fn of(&mut self, remarks: &Remarks, to: &str) -> &mut Self {
        self.some_of(remarks, to, |_| true)
    }

    /// The same, of the inner ones those alone that stand in statements with one of these words.
    pub fn some_of(&mut self, remarks: &Remarks, to: &str, within: impl Fn(&str) -> bool) -> &mut Self {
        self.all.extend(remarks.notes().iter().map(|note| (to.to_owned(), *note)));
        self.inner(remarks, to, within)
    }

    /// Those in the blocks of statements with one of these words that stand in a block.
    pub fn inner(&mut self, remarks: &Remarks, to: &str, within: impl Fn(&str) -> bool) -> &mut Self {
        let inner = remarks.inner().iter().filter(|note| within(note.within));
        let words = self.page.words;
        self.all.extend(inner.map(|note| (named(words, words.statement(note.within), to), note.text)));
        self
    }

    /// Those in a block that has fields, and in the blocks of these.
    pub fn with_fields(&mut self, remarks: &Remarks, kind: FieldKind, to: &str) -> &mut Self {
        self.of(remarks, to).fields(remarks, kind, to)
    }

    /// Those in the blocks of fields.
    pub fn fields(&mut self, remarks: &Remarks, kind: FieldKind, to: &str) -> &mut Self {
        for value in remarks.fields() {
            let title = self.page.field_title(value.field, kind);
            self.at(value.origin, &named(self.page.words, title.shown(), to));
        }
        self
    }

    /// Those in the block of a statement that carries nothing else.
    pub fn at(&mut self, origin: Origin, to: &str) -> &mut Self {
        match self.page.input.program.notes.get(&origin.span) {
            Some(remarks) => self.of(remarks, to),
            None => self,
        }
    }

    /// Prints them: "NOTE" alone, or numbered, with what each is a note to.
    pub fn print(&self, document: &mut Document) {
        let is_one = self.all.len() == 1;
        for (number, (to, text)) in self.all.iter().enumerate() {
            let words = self.page.words;
            let number = if is_one { String::new() } else { format!(" {}", number + 1) };
            let to = if to.is_empty() { String::new() } else { fill(words.note_to, &[to]) };
            let between = if to.is_empty() { "" } else { " " };
            document.note(&format!("{}{number}{between}{to}", words.note), &to, &self.page.marked(*text), self.page);
        }
    }

    /// The same as notes to an entry, which are always numbered.
    pub fn to_entry(&self) -> Vec<Note> {
        let note = |(number, (to, text)): (usize, &(String, Text))| {
            let (words, number) = (self.page.words, (number + 1).to_string());
            let label = match to.as_str() {
                "" => fill(words.entry_note, &[&number]),
                to => fill(words.entry_note_to, &[&number, to]),
            };
            Note::read(&label, to, &self.page.marked(*text), self.page)
        };
        self.all.iter().enumerate().map(note).collect()
    }
}

/// "purpose", or "purpose of outcome 2".
fn named(words: &Words, what: &str, of: &str) -> String {
    if of.is_empty() { what.to_owned() } else { fill(words.of, &[what, of]) }
}
