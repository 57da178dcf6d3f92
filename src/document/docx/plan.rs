//! What is known of a document before it is written: what stands before its headings and captions, and where references
//! lead.

use rustc_hash::FxHashMap;

use super::numbering::{ANNEXES, CLAUSES};
use crate::document::inline::Key;
use crate::document::tree::{Block, Document, Figure, Numbering, Role, Table};
use crate::document::words::Words;

/// What is known of a document.
pub(super) struct Plan {
    words: &'static Words,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its captions, in order.
    pub captions: Vec<Caption>,
    /// What each key leads to.
    pub targets: FxHashMap<Key, Target>,
}

/// What a heading begins, as far as it is laid out in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A chapter or a section like any other.
    Section,
    /// A chapter that standards have.
    Is(Role),
    /// The entry of a term, up to the next heading.
    Term,
}

/// What is known of a heading.
pub(super) struct Heading {
    /// What it begins.
    pub kind: Kind,
    /// The name of its style.
    pub style: &'static str,
    /// How deep it stands, from 0, and the list that counts it.
    pub level: usize,
    pub list: usize,
    /// What stands before its words.
    pub number: Option<String>,
    /// Whether the list says the same; else it is written out.
    pub is_counted: bool,
    /// The mark around its words.
    pub mark: String,
    /// Whether it stands in the table of contents.
    pub is_in_contents: bool,
}

/// What is known of a caption.
pub(super) struct Caption {
    /// "Table A.3".
    pub label: String,
    /// The mark around the label, if references may lead here.
    pub mark: Option<String>,
}

/// Where a reference leads.
pub(super) struct Target {
    /// The mark.
    pub mark: String,
    /// The style of words that lead here.
    pub style: &'static str,
    /// What a field that refers here shows by itself, and the switch that makes it do so.
    pub shows: Option<(String, &'static str)>,
}

impl Plan {
    pub(super) fn of(document: &Document) -> Plan {
        let mut plan =
            Plan { words: document.words(), headings: Vec::new(), captions: Vec::new(), targets: FxHashMap::default() };
        plan.headings(document);
        let mut labels = document.labels().into_iter();
        document.blocks.iter().for_each(|block| plan.captions(block, &mut labels));
        plan
    }

    /// A name for a mark: letters, digits and low lines, at most 40 of them, and each once.
    fn mark(&self, key: Option<&Key>) -> String {
        let number = self.headings.len() + self.captions.len() + self.targets.len();
        let Some(key) = key else { return format!("_Toc{number:08}") };
        let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
        let words: String = key.0.chars().map(plain).take(24).collect();
        format!("r_{words}_{number}")
    }

    fn headings(&mut self, document: &Document) {
        let headings = document.blocks.iter().enumerate().filter_map(|(at, block)| match block {
            Block::Heading(heading) => Some((heading, matches!(document.blocks.get(at + 1), Some(Block::Term(_))))),
            _ => None,
        });
        let mut counts = Counts::default();
        for ((heading, is_term), number) in headings.zip(document.numbers()) {
            let kind = if is_term { Kind::Term } else { heading.role.map_or(Kind::Section, Kind::Is) };
            let level = heading.level.clamp(2, 6) - 2;
            if level == 0 {
                counts.is_annex = matches!(heading.numbering, Numbering::Annex(_));
            }
            let mark = self.mark(heading.keys.first());
            let is_counted = number.as_ref().is_some_and(|number| counts.count(level, number, self.words));
            let shows = number.as_ref().filter(|_| is_counted && !is_term);
            let shows = shows.map(|number| (number.split(" (").next().unwrap_or_default().to_owned(), " \\r"));
            let style = if counts.is_annex { "CiteApp" } else { "CiteSec" };
            for key in &heading.keys {
                let target = Target { mark: mark.clone(), style, shows: shows.clone() };
                self.targets.entry(key.clone()).or_insert(target);
            }
            self.headings.push(Heading {
                kind,
                style: style_of(kind, level, counts.is_annex),
                level,
                list: counts.list(),
                number,
                is_counted,
                mark,
                is_in_contents: level < 2 && !is_term,
            });
        }
    }

    fn captions(&mut self, block: &Block, labels: &mut impl Iterator<Item = String>) {
        match block {
            Block::List(list) => list.items.iter().flatten().for_each(|block| self.captions(block, labels)),
            Block::Quotation(blocks) => blocks.iter().for_each(|block| self.captions(block, labels)),
            Block::Note(note) => note.blocks.iter().for_each(|block| self.captions(block, labels)),
            Block::Term(term) => term.blocks().for_each(|block| self.captions(block, labels)),
            Block::Table(Table { key, caption, .. }) => {
                self.caption(key.as_ref(), !caption.is_empty(), "CiteTbl", labels)
            }
            Block::Figure(Figure { key, caption, .. }) => {
                self.caption(key.as_ref(), !caption.is_empty(), "CiteFig", labels);
            }
            _ => {}
        }
    }

    fn caption(
        &mut self,
        key: Option<&Key>,
        is_there: bool,
        style: &'static str,
        labels: &mut impl Iterator<Item = String>,
    ) {
        let label = is_there.then(|| labels.next()).flatten();
        let mark = key.map(|key| self.mark(Some(key)));
        if let (Some(key), Some(mark)) = (key, &mark) {
            let shows = label.clone().map(|label| (label, ""));
            self.targets.entry(key.clone()).or_insert_with(|| Target { mark: mark.clone(), style, shows });
        }
        self.captions.push(Caption { label: label.unwrap_or_default(), mark });
    }
}

/// How a word processor counts the headings of both lists.
#[derive(Default)]
struct Counts {
    counts: [[usize; 6]; 2],
    is_annex: bool,
}

impl Counts {
    fn list(&self) -> usize {
        if self.is_annex { ANNEXES } else { CLAUSES }
    }

    /// Counts a heading, if what its list then shows is its number; what stands below nothing is not counted.
    fn count(&mut self, level: usize, number: &str, words: &Words) -> bool {
        let counts = &mut self.counts[usize::from(self.is_annex)];
        let mut next = *counts;
        next[level] += 1;
        next[level + 1..].fill(0);
        let mut numbers = next.iter().take(level + 1).map(usize::to_string);
        let mut shown = numbers.by_ref().take(1).collect::<String>();
        if self.is_annex {
            let letter = u8::try_from(next[0].saturating_sub(1) % 26).unwrap_or_default();
            shown = char::from(b'A' + letter).to_string().repeat(next[0].saturating_sub(1) / 26 + 1);
        }
        let rest: String = numbers.map(|number| format!(".{number}")).collect();
        let is_same = match (self.is_annex, level) {
            (true, 0) => number.strip_prefix(words.annex).is_some_and(|rest| rest.split(' ').nth(1) == Some(&shown)),
            _ => number == shown + &rest,
        };
        let is_same = is_same && next.iter().take(level).all(|count| *count > 0);
        if is_same {
            *counts = next;
        }
        is_same
    }
}

fn style_of(kind: Kind, level: usize, is_annex: bool) -> &'static str {
    match (kind, level) {
        (Kind::Is(Role::Foreword), 0) => "ForewordTitle",
        (Kind::Is(Role::Introduction), 0) => "IntroTitle",
        (Kind::Is(Role::Bibliography), 0) => "BiblioTitle",
        (Kind::Term, _) => "TermNum",
        _ if is_annex => ["ANNEX", "a2", "a3", "a4", "a5"][level],
        _ => ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5"][level],
    }
}
