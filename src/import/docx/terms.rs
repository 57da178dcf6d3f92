//! Terms and definitions, which standards print as paragraphs: a number, the term, what it means, notes, the source.

use super::super::draft::Said;
use super::super::ids::split;
use super::super::table::{Cell, Table};
use super::Paragraph;

/// What such a clause is called.
const TITLES: &[&str] = &["terms and definitions", "begriffe", "begriffe und definitionen", "termes et définitions"];

/// The terms that are gathered.
#[derive(Default)]
pub(super) struct Terms {
    /// The level of the heading of the clause, while it lasts.
    within: Option<usize>,
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    id: Option<Said>,
    term: Option<Said>,
    also: Vec<Said>,
    text: Option<Said>,
    notes: Vec<Said>,
    source: Option<Said>,
}

impl Terms {
    /// Takes a paragraph that belongs to a term; gives others back.
    pub(super) fn take(&mut self, paragraph: Paragraph) -> Option<Paragraph> {
        let words = paragraph.words.trim();
        if let Some(level) = paragraph.level {
            let title =
                split(words).1.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
            if TITLES.contains(&title.trim().to_lowercase().as_str()) {
                self.within = Some(level);
                return Some(paragraph);
            }
            if self.within.is_some_and(|within| level <= within) {
                self.within = None;
            }
        }
        if self.within.is_none() || words.is_empty() {
            return Some(paragraph);
        }
        let said = Said::new(words, &paragraph.place);
        let is_number = words.chars().all(|character| character.is_ascii_digit() || character == '.')
            && words.chars().any(|character| character.is_ascii_digit());
        let is_name = paragraph.is_bold || paragraph.level.is_some();
        let lower = words.to_lowercase();
        let last = self.rows.last_mut();
        match last {
            _ if is_number => self.rows.push(Row { id: Some(said), ..Row::default() }),
            Some(row) if row.term.is_none() => row.term = Some(said),
            Some(row) if is_name && row.text.is_none() && paragraph.level.is_none() => row.also.push(said),
            _ if is_name => {
                let (id, term) = split(words);
                let term = Said { words: term.to_owned(), ..said.clone() };
                self.rows.push(Row { id: id.map(|id| said.part(id)), term: Some(term), ..Row::default() });
            }
            None => return Some(paragraph),
            Some(row) if row.text.is_none() => row.text = Some(said),
            Some(row) if lower.starts_with("[source") || lower.starts_with("[quelle") => {
                let source = words.trim_matches(['[', ']']).split_once(':').map_or(words, |(_, source)| source.trim());
                row.source = Some(Said { words: source.to_owned(), ..said });
            }
            Some(row) => {
                let is_note = ["note", "anmerkung", "example", "beispiel"].iter().any(|word| lower.starts_with(word));
                let note =
                    words.split_once(':').filter(|_| is_note && !lower.starts_with("ex") && !lower.starts_with("be"));
                let note = note.map_or(words, |(_, note)| note.trim()).to_owned();
                row.notes.push(Said { words: note, ..said });
            }
        }
        None
    }

    /// The table of the terms; none where there are none.
    pub(super) fn table(self) -> Option<Table> {
        let told = |words: &str| Cell {
            said: Said { words: words.to_owned(), is_told: true, ..Said::default() },
            ..Cell::default()
        };
        let most = |count: fn(&Row) -> usize| self.rows.iter().map(count).max().unwrap_or(0);
        let (also, notes) = (most(|row| row.also.len()), most(|row| row.notes.len()));
        let names = ["Id", "Term", "Definition", "Source"].into_iter();
        let names = names.chain(vec!["Synonym"; also]).chain(vec!["Note"; notes]);
        let mut rows: Vec<Vec<Cell>> = vec![names.map(told).collect()];
        let cell = |said: Option<Said>| Cell { said: said.unwrap_or_default(), ..Cell::default() };
        let count = self.rows.len();
        for row in self.rows {
            let mut cells: Vec<Cell> = [row.id, row.term, row.text, row.source].map(cell).into();
            let mut also: Vec<Cell> = row.also.into_iter().map(|said| cell(Some(said))).collect();
            also.resize(rows[0].len() - 4 - notes, Cell::default());
            cells.extend(also);
            cells.extend(row.notes.into_iter().map(|said| cell(Some(said))));
            rows.push(cells);
        }
        (count > 0).then(|| Table { name: "terms and definitions".to_owned(), rows, ..Table::default() })
    }
}
