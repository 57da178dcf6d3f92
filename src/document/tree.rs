//! The nodes of a document, and how one is built from top to bottom.

use rustc_hash::FxHashMap;

use super::drawing::Drawing;
use super::inline::{Inline, Key};
use super::words::{self, Words};

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What it is called.
    pub title: Inline,
    /// The language of our words in it, as a tag of BCP 47; what authors wrote may be in another.
    pub language: String,
    /// The language of what authors wrote in it; empty where it is that of our words.
    pub texts: String,
    /// Which edition it calls itself; may be empty.
    pub edition: Inline,
    /// What a reader has to know before all else.
    pub notice: Option<Inline>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block of a document, or of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; none stands within another block.
    Heading(Heading),
    /// Words.
    Paragraph(Inline),
    /// Items.
    List(List),
    /// What another says.
    Quotation(Vec<Block>),
    /// What a machine reads.
    Code(Code),
    /// A line across.
    Rule,
    /// Rows and columns.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// A remark beside what is said.
    Note(Note),
    /// What stands below the heading of a term.
    Term(Term),
    /// Documents that are cited.
    References(References),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 for a chapter, up to 6; the title of the document is 1.
    pub level: usize,
    /// What references may lead here by.
    pub keys: Vec<Key>,
    /// What stands before its words.
    pub numbering: Numbering,
    /// What the chapter is in every standard, if it is such a one.
    pub role: Option<Role>,
    /// Its words, without a number.
    pub words: Inline,
}

/// A chapter that standards have, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The foreword.
    Foreword,
    /// The introduction.
    Introduction,
    /// The scope.
    Scope,
    /// The normative references.
    References,
    /// The terms and definitions.
    Terms,
    /// The bibliography.
    Bibliography,
}

impl Role {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Foreword => "foreword",
            Role::Introduction => "introduction",
            Role::Scope => "scope",
            Role::References => "references",
            Role::Terms => "terms",
            Role::Bibliography => "bibliography",
        }
    }
}

/// What stands before the words of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Nothing.
    None,
    /// A number within the heading above: 5.2, A.1.
    Counted,
    /// The letter of an annex, and what it is.
    Annex(Status),
}

/// What an annex is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It binds.
    Normative,
    /// It explains.
    Informative,
}

impl Status {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Normative => "normative",
            Status::Informative => "informative",
        }
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The number of the first item; `None` where items are not numbered.
    pub start: Option<u64>,
    /// Whether paragraphs within it stand close together.
    pub is_tight: bool,
    /// The blocks of each item.
    pub items: Vec<Vec<Block>>,
}

/// Lines of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The language that it is in; may be empty.
    pub language: String,
    /// The lines, each with its line break.
    pub text: String,
}

/// A remark: "Note 2 to entry:", and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What stands before it.
    pub label: Inline,
    /// What it is a note to, as the label says it behind the number; may be empty.
    pub to: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// An entry of a terminology, without its heading, which is the term (ISO 10241-1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// The names that are admitted for it.
    pub admitted: Vec<Inline>,
    /// What it means.
    pub definition: Vec<Block>,
    /// What is said of the entry itself; may be empty.
    pub remark: Inline,
    /// The notes to the entry.
    pub notes: Vec<Note>,
    /// Where it is from; may be empty.
    pub source: Inline,
}

impl Term {
    /// The blocks that stand in it.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.definition.iter().chain(self.notes.iter().flat_map(|note| &note.blocks))
    }

    /// The entry in words, for forms that have no other way to lay it out.
    pub fn shown(&self, words: &Words) -> Vec<Block> {
        let lines = |words: &[Inline]| -> Vec<Block> {
            words.iter().filter(|words| !words.is_empty()).cloned().map(Block::Paragraph).collect()
        };
        let source = match self.source.is_empty() {
            true => Inline::default(),
            false => Inline::filled(words.term_source, &[&self.source]),
        };
        let mut shown = lines(&self.admitted);
        shown.extend(self.definition.iter().cloned());
        shown.extend(lines(std::slice::from_ref(&self.remark)));
        shown.extend(self.notes.iter().cloned().map(Block::Note));
        shown.extend(lines(&[source]));
        shown
    }
}

/// A list of documents that are cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// What the table of them shows; empty where they are a numbered list.
    pub caption: Inline,
    /// The documents.
    pub works: Vec<Work>,
}

/// A document that is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// What references may lead here by.
    pub key: Option<Key>,
    /// What it is called by those who cite it; may be empty.
    pub designation: String,
    /// The same, with what it is known by here.
    pub named: Inline,
    /// Its title; may be empty.
    pub title: Inline,
    /// What it is to the document; may be empty.
    pub role: Inline,
}

impl References {
    /// The list for forms that have no other way to lay it out: a table or a list.
    pub fn shown(&self, words: &Words) -> Block {
        if self.caption.is_empty() {
            let item = |work: &Work| {
                let between = if work.title.is_empty() { "" } else { ", " };
                vec![Block::Paragraph(work.named.clone().then(between).and(&work.title))]
            };
            // A bibliography is numbered; what a document needs is named by its designation.
            let start = self.works.iter().all(|work| work.role.is_empty()).then_some(1);
            return Block::List(List { start, is_tight: true, items: self.works.iter().map(item).collect() });
        }
        let row = |work: &Work| [&work.named, &work.title, &work.role].map(|cell| Cell::from(cell.clone())).into();
        let rows = self.works.iter().map(row).collect();
        let table = Table::under([words.document, words.title, words.role].map(Inline::plain), rows);
        Block::Table(Table { caption: self.caption.clone(), ..table })
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What references may lead here by.
    pub key: Option<Key>,
    /// Its file, from the folder of the document, or its address.
    pub file: String,
    /// Where it is a file, which it is of the pictures that were looked at.
    pub picture: Option<usize>,
    /// Where it is drawn for the document, the drawing, which is then written to that file.
    pub drawing: Option<Drawing>,
    /// What one reads who does not see it.
    pub alternative: String,
    /// What it shows; may be empty.
    pub caption: Inline,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What references may lead here by.
    pub key: Option<Key>,
    /// What it shows; may be empty.
    pub caption: Inline,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows of its head.
    pub head: Vec<Row>,
    /// The rows below.
    pub rows: Vec<Row>,
    /// Remarks on it, which stay with it.
    pub notes: Vec<Inline>,
    /// Whether it is too wide for an upright page.
    pub is_landscape: bool,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its share of the width, in proportion to the others.
    pub share: usize,
    /// The side at which its cells begin.
    pub side: Side,
}

/// Where the words of a cell stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Where the reader's language begins.
    #[default]
    Start,
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// A row: its cells from the first column on, without those that a cell of a row above, or before, reaches over.
pub type Row = Vec<Cell>;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub words: Inline,
    /// How many rows it reaches over, at least 1.
    pub rows: usize,
    /// How many columns it reaches over, at least 1.
    pub columns: usize,
}

impl From<Inline> for Cell {
    fn from(words: Inline) -> Cell {
        Cell { words, rows: 1, columns: 1 }
    }
}

/// What stands at a place of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// A cell, and how many columns it takes.
    Cell(&'a Cell, usize),
    /// The cell before it.
    Before,
    /// The cell that begins at that row and column, above it.
    Above(usize, usize),
    /// Nothing: the row is too short.
    Nothing,
}

impl Table {
    /// What stands at each place, row by row, the rows of the head first.
    pub fn grid(&self) -> Vec<Vec<Place<'_>>> {
        let columns = self.columns.len();
        // How many rows are still to be reached over, and from which row and column.
        let mut covered = vec![(0_usize, 0_usize, 0_usize); columns];
        let mut grid = Vec::new();
        for (number, row) in self.head.iter().chain(&self.rows).enumerate() {
            let mut cells = row.iter();
            let mut line = vec![Place::Nothing; columns];
            let mut column = 0;
            while column < columns {
                let (rows, row, from) = covered[column];
                if rows > 0 {
                    line[column] = Place::Above(row, from);
                    covered[column].0 -= 1;
                    column += 1;
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                let width = cell.columns.clamp(1, columns - column);
                line[column..column + width].fill(Place::Before);
                line[column] = Place::Cell(cell, width);
                covered[column..column + width].fill((cell.rows.saturating_sub(1), number, column));
                column += width;
            }
            // Where a row is too short, what reaches over the rest of it still does so.
            for place in column..columns {
                let (rows, row, from) = covered[place];
                if rows > 0 {
                    line[place] = Place::Above(row, from);
                    covered[place].0 -= 1;
                }
            }
            grid.push(line);
        }
        grid
    }

    /// A table of columns that share the width by the length of their longest words, in all bounds.
    pub fn under(head: impl IntoIterator<Item = Inline>, rows: Vec<Row>) -> Table {
        let head: Row = head.into_iter().map(Cell::from).collect();
        let mut shares = vec![0; head.len()];
        for row in std::iter::once(&head).chain(&rows).filter(|row| row.len() == head.len()) {
            for (share, cell) in shares.iter_mut().zip(row) {
                *share = cell.words.shown().chars().count().max(*share);
            }
        }
        // A text of many lines gets more room than others, but not all of it.
        let share = |longest: usize| if longest > 60 { (longest * 60).isqrt() } else { longest };
        let columns =
            shares.into_iter().map(|longest| Column { share: share(longest).clamp(5, 600), side: Side::Start });
        let columns = columns.collect();
        Table { columns, head: vec![head], rows, ..Table::default() }
    }

    /// The rows of the head and those below as they can be drawn: every place of the grid is taken by one cell, and no
    /// cell reaches out of its part of the table or into another; what is missing is empty, what is too much is cut.
    pub fn drawn(&self) -> (Vec<Row>, Vec<Row>) {
        (drawn(&self.head, self.columns.len()), drawn(&self.rows, self.columns.len()))
    }
}

fn drawn(rows: &[Row], columns: usize) -> Vec<Row> {
    let mut drawn: Vec<Row> = Vec::new();
    // For each column how many rows are still taken by a cell from above, and which cell that is.
    let mut covered = vec![(0_usize, (0_usize, 0_usize)); columns];
    for (at, row) in rows.iter().enumerate() {
        if covered.iter().all(|(rows, _)| *rows > 0) {
            // A row must have a cell of its own, or no form can draw it.
            for (left, (above, cell)) in &mut covered {
                *left = 0;
                drawn[*above][*cell].rows = at - *above;
            }
        }
        let mut cells = row.iter();
        let mut line = Row::new();
        let mut column = 0;
        while column < columns {
            if covered[column].0 > 0 {
                covered[column].0 -= 1;
                column += 1;
                continue;
            }
            let free = covered[column..].iter().take_while(|(rows, _)| *rows == 0).count();
            let cell = cells.next().cloned().unwrap_or_else(|| Inline::default().into());
            let (reach, down) = (cell.columns.clamp(1, free), cell.rows.clamp(1, rows.len() - at));
            covered[column..column + reach].fill((down - 1, (at, line.len())));
            line.push(Cell { rows: down, columns: reach, ..cell });
            column += reach;
        }
        drawn.push(line);
    }
    drawn
}

impl Document {
    /// A document in our words, which are English where nothing else is said.
    pub fn new(title: Inline) -> Document {
        Document { title, language: words::EN.tag.to_owned(), ..Document::default() }
    }

    /// Our words in it.
    pub fn words(&self) -> &'static Words {
        words::of(&self.language)
    }

    /// A heading of level 2 to 6 without a number, that references may lead to.
    pub fn heading(&mut self, level: usize, keys: Vec<Key>, words: Inline) {
        self.head(level, keys, Numbering::None, words);
    }

    /// The heading of a chapter.
    pub fn chapter(&mut self, keys: impl IntoIterator<Item = Key>, title: &str) {
        self.head(2, keys.into_iter().collect(), Numbering::Counted, Inline::plain(title));
    }

    /// The heading of an annex.
    pub fn annex(&mut self, key: Key, status: Status, words: Inline) {
        self.annex_of(vec![key], status, words);
    }

    /// The heading of an annex that several things lead to.
    pub fn annex_of(&mut self, keys: Vec<Key>, status: Status, words: Inline) {
        self.head(2, keys, Numbering::Annex(status), words);
    }

    /// The heading of a section of a chapter or an annex.
    pub fn section(&mut self, keys: Vec<Key>, words: Inline) {
        self.head(3, keys, Numbering::Counted, words);
    }

    /// The heading of a part of a section.
    pub fn subsection(&mut self, keys: Vec<Key>, words: Inline) {
        self.head(4, keys, Numbering::Counted, words);
    }

    fn head(&mut self, level: usize, keys: Vec<Key>, numbering: Numbering, words: Inline) {
        self.blocks.push(Block::Heading(Heading { level, keys, numbering, role: None, words }));
    }

    /// Says what the chapter is whose heading was put there last.
    pub fn is(&mut self, role: Role) {
        let heading = self.blocks.iter_mut().rev().find_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        heading.into_iter().for_each(|heading| heading.role = Some(role));
    }

    /// A paragraph; none where there is nothing to say.
    pub fn paragraph(&mut self, words: Inline) {
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// A list with a point for each item; none where there is nothing to say.
    pub fn list(&mut self, items: impl IntoIterator<Item = Inline>) {
        let items = items.into_iter().filter(|item| !item.is_empty());
        let items: Vec<Vec<Block>> = items.map(|item| vec![Block::Paragraph(item)]).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(List { start: None, is_tight: true, items }));
        }
    }

    /// A table under its caption; none where it has no rows. A row that is too short is filled up.
    pub fn table(&mut self, caption: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<Inline>>) {
        self.table_under(Inline::plain(caption), head.iter().map(|cell| Inline::plain(cell)), rows);
    }

    /// A table under a caption or a head that is not ours.
    pub fn table_under(
        &mut self,
        caption: Inline,
        head: impl IntoIterator<Item = Inline>,
        rows: impl IntoIterator<Item = Vec<Inline>>,
    ) {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect());
        self.push_table(Table { caption, ..Table::under(head, rows.collect()) });
    }

    /// A table; none where it has no rows.
    pub fn push_table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// The same, as `table` makes it, behind a sentence that refers to it: "Table 3 lists …".
    pub fn told_table(
        &mut self,
        told: &str,
        caption: &str,
        head: &[&str],
        rows: impl IntoIterator<Item = Vec<Inline>>,
    ) {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect());
        let table = Table::under(head.iter().map(|cell| Inline::plain(cell)), rows.collect());
        self.push_told_table(told, Table { caption: Inline::plain(caption), ..table });
    }

    /// A table behind a sentence that begins with its number and goes on with words; none where it has no rows.
    pub fn push_told_table(&mut self, told: &str, mut table: Table) {
        if table.rows.is_empty() {
            return;
        }
        let key = table.key.get_or_insert_with(|| Key(format!("table {}", self.blocks.len()).into()));
        let sentence = Inline::filled(words::of(&self.language).told, &[&Inline::link(key, ""), &Inline::plain(told)]);
        self.paragraph(sentence);
        self.push_table(table);
    }

    /// Gives references without words the numbers of the tables and figures that they lead to. To be called once all is
    /// there.
    pub fn settle(&mut self) {
        let captions = Captions::of(self);
        let labels: FxHashMap<Key, String> =
            captions.labels.into_iter().filter_map(|(key, label)| Some((key?, label))).collect();
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(words) => words.settle(&labels),
                Block::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| cell.words.settle(&labels));
                }
                _ => {}
            }
        }
    }

    /// What stands before the caption of each table and figure that has one, in order: "Table 3", "Figure A.1".
    pub fn labels(&self) -> Vec<String> {
        Captions::of(self).labels.into_iter().map(|(_, label)| label).collect()
    }

    /// The same, each with the position of the block of the document that it stands in.
    pub fn labels_by_block(&self) -> Vec<(usize, String)> {
        let mut captions = Captions::none(self.words());
        let mut labels = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            captions.block(block);
            labels.extend(captions.labels.drain(..).map(|(_, label)| (at, label)));
        }
        labels
    }

    /// What stands before the words of each heading, in order: "5.2", "Annex A (informative)", or nothing.
    pub fn numbers(&self) -> Vec<Option<String>> {
        let words = self.words();
        let mut counts = [0_usize; 7];
        let (mut annexes, mut prefix) = (0_usize, None);
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        let number = |heading: &Heading| {
            let level = heading.level.clamp(2, 6);
            counts[level + 1..].fill(0);
            match heading.numbering {
                Numbering::None => return None,
                Numbering::Annex(status) => {
                    annexes += 1;
                    prefix = Some(letters(annexes));
                    let status = match status {
                        Status::Normative => words.normative,
                        Status::Informative => words.informative,
                    };
                    return Some(format!("{} {} ({status})", words.annex, letters(annexes)));
                }
                Numbering::Counted => counts[level] += 1,
            }
            if level == 2 {
                prefix = None;
            }
            let chapter = prefix.clone().unwrap_or_else(|| counts[2].to_string());
            let below = counts[3..level + 1].iter().map(|count| format!(".{count}"));
            Some(chapter + &below.collect::<String>())
        };
        headings.map(number).collect()
    }
}

/// Counts tables and figures: through the body of a document, and through each annex.
struct Captions {
    words: &'static Words,
    body: (usize, usize),
    annex: (usize, usize),
    annexes: usize,
    is_in_annex: bool,
    labels: Vec<(Option<Key>, String)>,
}

impl Captions {
    fn none(words: &'static Words) -> Captions {
        Captions { words, body: (0, 0), annex: (0, 0), annexes: 0, is_in_annex: false, labels: Vec::new() }
    }

    fn of(document: &Document) -> Captions {
        let mut captions = Captions::none(document.words());
        document.blocks.iter().for_each(|block| captions.block(block));
        captions
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) if heading.level == 2 => {
                self.is_in_annex = matches!(heading.numbering, Numbering::Annex(_));
                self.annexes += usize::from(self.is_in_annex);
                self.annex = (0, 0);
            }
            Block::List(list) => list.items.iter().flatten().for_each(|block| self.block(block)),
            Block::Quotation(blocks) => blocks.iter().for_each(|block| self.block(block)),
            Block::Note(note) => note.blocks.iter().for_each(|block| self.block(block)),
            Block::Term(term) => term.blocks().for_each(|block| self.block(block)),
            Block::References(references) => self.block(&references.shown(self.words)),
            Block::Table(table) if !table.caption.is_empty() => {
                self.label(self.words.table, &table.key, |(tables, _)| tables)
            }
            Block::Figure(figure) if !figure.caption.is_empty() => {
                self.label(self.words.figure, &figure.key, |(_, figures)| figures);
            }
            _ => {}
        }
    }

    fn label(&mut self, word: &str, key: &Option<Key>, of: fn(&mut (usize, usize)) -> &mut usize) {
        let count = of(if self.is_in_annex { &mut self.annex } else { &mut self.body });
        *count += 1;
        let within = if self.is_in_annex { letters(self.annexes) + "." } else { String::new() };
        self.labels.push((key.clone(), format!("{word} {within}{count}")));
    }
}

/// What stands for an annex by its number, from 1: A, B, … Z, AA, AB, …
pub fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        number -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    letters
}
