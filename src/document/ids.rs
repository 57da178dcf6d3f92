//! The ids of what references lead to, for forms that have such: letters, digits, hyphens and low lines, of which the first is a letter.

use rustc_hash::{FxHashMap, FxHashSet};

use super::inline::Key;
use super::tree::{Block, Document, Numbering, Work};
use super::words::Words;

/// Where references lead.
#[derive(Default)]
pub(super) struct Ids {
    /// The id of each key.
    pub(super) of: FxHashMap<Key, String>,
    /// The id of each heading, in order, and whether references may lead to it.
    pub(super) headings: Vec<(String, bool)>,
    /// What a tool that numbers by itself prints for an id that is referred to without words.
    pub(super) labels: FxHashMap<String, String>,
}

/// The ids of all that references may lead to.
pub(super) fn of(document: &Document) -> Ids {
    let mut names = Names { ids: Ids::default(), taken: FxHashSet::default(), words: document.words() };
    let mut works = 0;
    for block in &document.blocks {
        if let Block::References(references) = block {
            for one in &references.works {
                works += 1;
                let id = work(one, works);
                names.taken.insert(id.clone());
                names.ids.labels.insert(id.clone(), one.designation.clone());
                if let Some(key) = &one.key {
                    names.ids.of.entry(key.clone()).or_insert(id);
                }
            }
        }
    }
    let mut numbers = document.numbers().into_iter();
    for block in &document.blocks {
        let Block::Heading(heading) = block else { continue };
        let number = numbers.next().flatten();
        let free = heading.keys.iter().find(|key| !names.ids.of.contains_key(key));
        let id = names.next(free.map_or_else(|| heading.words.shown(), |key| &key.0));
        names.ids.headings.push((id.clone(), free.is_some()));
        // What looks like the number of a clause here may be that of a clause elsewhere.
        let is_annex = matches!(heading.numbering, Numbering::Annex(_));
        let label = number.filter(|_| is_annex).and_then(|number| Some(number.split_once(" (")?.0.to_owned()));
        label.into_iter().for_each(|label| drop(names.ids.labels.insert(id.clone(), label)));
        for key in &heading.keys {
            names.ids.of.entry(key.clone()).or_insert_with(|| id.clone());
        }
    }
    let mut labels = document.labels().into_iter();
    names.blocks(&document.blocks, &mut labels);
    names.ids
}

/// The id of a document that is cited, by its place among them.
pub(super) fn work(work: &Work, number: usize) -> String {
    let named = work.key.as_ref().map_or(work.designation.as_str(), |key| key.0.trim_start_matches("reference "));
    format!("ref-{number}-{}", plain(named)).trim_end_matches('-').to_owned()
}

fn plain(key: &str) -> String {
    let mut id = String::new();
    for character in key.chars() {
        if character.is_ascii_alphanumeric() || character == '_' {
            id.push(character);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

struct Names {
    ids: Ids,
    taken: FxHashSet<String>,
    words: &'static Words,
}

impl Names {
    fn next(&mut self, key: &str) -> String {
        let plain = plain(key);
        let base =
            if plain.starts_with(|first: char| first.is_ascii_alphabetic()) { plain } else { format!("id-{plain}") };
        let base = base.trim_end_matches('-').to_owned();
        let mut id = base.clone();
        let mut count = 1;
        while !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{base}-{count}");
        }
        id
    }

    fn blocks(&mut self, blocks: &[Block], labels: &mut dyn Iterator<Item = String>) {
        for block in blocks {
            let (key, caption) = match block {
                Block::Table(table) => (&table.key, &table.caption),
                Block::Figure(figure) => (&figure.key, &figure.caption),
                Block::List(list) => {
                    list.items.iter().for_each(|item| self.blocks(item, labels));
                    continue;
                }
                Block::Quotation(blocks) => {
                    self.blocks(blocks, labels);
                    continue;
                }
                Block::Note(note) => {
                    self.blocks(&note.blocks, labels);
                    continue;
                }
                Block::Term(term) => {
                    self.blocks(&term.definition, labels);
                    term.notes.iter().for_each(|note| self.blocks(&note.blocks, labels));
                    continue;
                }
                Block::References(references) => {
                    self.blocks(&[references.shown(self.words)], labels);
                    continue;
                }
                _ => continue,
            };
            let label = if caption.is_empty() { None } else { labels.next() };
            let Some(key) = key.as_ref().filter(|key| !self.ids.of.contains_key(key)) else { continue };
            let id = self.next(&key.0);
            self.ids.of.insert(key.clone(), id.clone());
            label.into_iter().for_each(|label| drop(self.ids.labels.insert(id.clone(), label)));
        }
    }
}
