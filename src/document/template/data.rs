//! A document as data. The names are a promise: `docs/documents.md` has them all, and a test holds the two together.

use minijinja::Value;

use super::Printer;
use crate::document::ids::{self, Ids};
use crate::document::inline::{Inline, Key};
use crate::document::tree::{Block, Cell, Document, Numbering, Row, Side, Table};

/// The document, and what there is besides.
pub(super) fn of(document: &Document, printer: &mut dyn Printer, sections: &[[&str; 3]]) -> Value {
    let mut data = Data {
        ids: ids::of(document),
        labels: document.labels().into_iter(),
        numbers: document.numbers().into_iter(),
        headings: 0,
        works: 0,
    };
    let mut all = vec![
        ("title", line(printer, &document.title)),
        ("language", document.language.clone().into()),
        ("texts", document.texts.clone().into()),
        ("edition", line(printer, &document.edition)),
        ("notice", line(printer, &document.notice.clone().unwrap_or_default())),
    ];
    let titles: Vec<(&str, &str)> = sections.iter().map(|[id, title, _]| (*id, *title)).collect();
    all.extend(printer.before(document).into_iter().map(|(name, part)| (name, safe(part))));
    let blocks: Vec<Value> = document.blocks.iter().map(|block| data.block(printer, block, true)).collect();
    all.push(("blocks", blocks.into()));
    all.extend(printer.behind(&titles).into_iter().map(|(name, part)| (name, safe(part))));
    let section = |[id, title, content]: &[&str; 3]| {
        object(vec![("id", (*id).into()), ("title", (*title).into()), ("content", safe((*content).to_owned()))])
    };
    all.push(("sections", sections.iter().map(section).collect::<Vec<_>>().into()));
    object(all)
}

struct Data {
    ids: Ids,
    labels: std::vec::IntoIter<String>,
    numbers: std::vec::IntoIter<Option<String>>,
    headings: usize,
    works: usize,
}

impl Data {
    /// A block: its kind, how it is printed, and what is in it.
    fn block(&mut self, printer: &mut dyn Printer, block: &Block, is_at_top: bool) -> Value {
        let (kind, mut fields) = self.fields(&mut *printer.fork(), block);
        fields.push(("kind", kind.into()));
        fields.push(("written", safe(printer.block(block, is_at_top))));
        object(fields)
    }

    fn blocks(&mut self, printer: &mut dyn Printer, blocks: &[Block]) -> Value {
        blocks.iter().map(|block| self.block(printer, block, false)).collect::<Vec<_>>().into()
    }

    fn fields(&mut self, printer: &mut dyn Printer, block: &Block) -> (&'static str, Vec<(&'static str, Value)>) {
        match block {
            Block::Heading(heading) => {
                let id = self.ids.headings.get(self.headings).map(|(id, _)| id.clone()).unwrap_or_default();
                self.headings += 1;
                let number = self.numbers.next().flatten().unwrap_or_default();
                let annex = match heading.numbering {
                    Numbering::Annex(status) => status.word(),
                    Numbering::None | Numbering::Counted => "",
                };
                let fields = vec![
                    ("level", heading.level.into()),
                    ("id", id.into()),
                    ("number", number.into()),
                    ("annex", annex.into()),
                    ("role", heading.role.map_or("", |role| role.word()).into()),
                    ("words", line(printer, &heading.words)),
                ];
                ("heading", fields)
            }
            Block::Paragraph(words) => ("paragraph", vec![("words", line(printer, words))]),
            Block::List(list) => {
                let items: Vec<Value> = list.items.iter().map(|item| self.blocks(printer, item)).collect();
                ("list", vec![("start", list.start.map_or(Value::from(()), Value::from)), ("items", items.into())])
            }
            Block::Quotation(blocks) => ("quotation", vec![("blocks", self.blocks(printer, blocks))]),
            Block::Code(code) => {
                ("code", vec![("language", code.language.clone().into()), ("text", code.text.clone().into())])
            }
            Block::Rule => ("rule", Vec::new()),
            Block::Table(table) => ("table", self.table(printer, table)),
            Block::Figure(figure) => {
                let fields = vec![
                    ("id", self.id(&figure.key)),
                    ("label", self.label(&figure.caption)),
                    ("caption", line(printer, &figure.caption)),
                    ("file", figure.file.clone().into()),
                    ("alternative", figure.alternative.clone().into()),
                ];
                ("figure", fields)
            }
            Block::Note(note) => {
                let fields = vec![
                    ("label", line(printer, &note.label)),
                    ("to", note.to.clone().into()),
                    ("blocks", self.blocks(printer, &note.blocks)),
                ];
                ("note", fields)
            }
            Block::Term(term) => {
                let notes = term.notes.iter().cloned().map(Block::Note).collect::<Vec<_>>();
                let fields = vec![
                    ("admitted", term.admitted.iter().map(|name| line(printer, name)).collect::<Vec<_>>().into()),
                    ("definition", self.blocks(printer, &term.definition)),
                    ("remark", line(printer, &term.remark)),
                    ("notes", self.blocks(printer, &notes)),
                    ("source", line(printer, &term.source)),
                ];
                ("term", fields)
            }
            Block::References(references) => {
                let label = self.label(&references.caption);
                let mut work = |work: &crate::document::tree::Work| {
                    self.works += 1;
                    object(vec![
                        ("id", ids::work(work, self.works).into()),
                        ("designation", work.designation.clone().into()),
                        ("named", line(printer, &work.named)),
                        ("title", line(printer, &work.title)),
                        ("role", line(printer, &work.role)),
                    ])
                };
                let works: Vec<Value> = references.works.iter().map(&mut work).collect();
                let caption = line(printer, &references.caption);
                ("references", vec![("label", label), ("caption", caption), ("works", works.into())])
            }
        }
    }

    fn table(&mut self, printer: &mut dyn Printer, table: &Table) -> Vec<(&'static str, Value)> {
        let (head, rows) = table.drawn();
        let column = |column: &crate::document::tree::Column| {
            let side = match column.side {
                Side::Start => "start",
                Side::Left => "left",
                Side::Center => "center",
                Side::Right => "right",
            };
            object(vec![("share", column.share.into()), ("side", side.into())])
        };
        let columns: Vec<Value> = table.columns.iter().map(column).collect();
        let (label, caption) = (self.label(&table.caption), line(printer, &table.caption));
        let mut all = |rows: &[Row]| -> Value { rows.iter().map(|one| row(printer, one)).collect::<Vec<_>>().into() };
        let (head, rows) = (all(&head), all(&rows));
        let notes: Vec<Value> = table.notes.iter().map(|note| line(printer, note)).collect();
        vec![
            ("id", self.id(&table.key)),
            ("label", label),
            ("caption", caption),
            ("columns", columns.into()),
            ("head", head),
            ("rows", rows),
            ("notes", notes.into()),
            ("landscape", table.is_landscape.into()),
        ]
    }

    fn id(&self, key: &Option<Key>) -> Value {
        key.as_ref().and_then(|key| self.ids.of.get(key)).map_or("", String::as_str).into()
    }

    fn label(&mut self, caption: &Inline) -> Value {
        if caption.is_empty() { "".into() } else { self.labels.next().unwrap_or_default().into() }
    }
}

fn row(printer: &mut dyn Printer, row: &Row) -> Value {
    let mut cell = |cell: &Cell| {
        object(vec![
            ("words", line(printer, &cell.words)),
            ("rows", cell.rows.into()),
            ("columns", cell.columns.into()),
        ])
    };
    row.iter().map(&mut cell).collect::<Vec<_>>().into()
}

/// A line: what a reader sees, and how it is printed.
fn line(printer: &mut dyn Printer, line: &Inline) -> Value {
    object(vec![("text", line.shown().into()), ("written", safe(printer.line(line)))])
}

fn safe(written: String) -> Value {
    Value::from_safe_string(written)
}

fn object(fields: Vec<(&'static str, Value)>) -> Value {
    Value::from_pairs(fields)
}
