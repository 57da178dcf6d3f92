//! What a comment is about: the clause, table, figure or element of the model's document that its row names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Column, Comment, squeezed};
use crate::document::words::{self, Words, counted, fill};
use crate::document::{Block, Document, Key, Resolve};
use crate::emit::page::{Page, process_key};
use crate::emit::telling::Telling;
use crate::emit::{Input, markdown, report};
use crate::model::{Element, Name};

/// Comments, each with what it is tied to, in the order of the document: first those on the whole, last those that are
/// tied to nothing.
#[derive(Debug)]
pub struct Ties<'c> {
    /// What the document is called.
    pub title: String,
    /// What is said of them is said in these words.
    pub words: &'static Words,
    /// The comments.
    pub rows: Vec<(&'c Comment, Tied)>,
}

/// What a comment is tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tied {
    /// The document as a whole.
    Whole,
    /// A place of it; and what else there is to know of that.
    At(Place, Option<String>),
    /// Nothing, and why.
    Nothing(String),
}

/// A place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which block of it.
    at: usize,
    /// Which element within that block, in the order of the source.
    within: usize,
    /// What it is called: its number and its title.
    pub called: String,
    /// The full id of the element, where it is one.
    pub id: Option<String>,
    /// Where that stands in the source.
    pub source: Option<String>,
}

impl Tied {
    /// What stands above the comments on it.
    pub(super) fn head(&self, words: &Words) -> String {
        match self {
            Tied::Whole => words.comments.whole.to_owned(),
            Tied::At(place, _) => place.told(),
            Tied::Nothing(_) => words.comments.nothing.to_owned(),
        }
    }

    /// What else there is to say of it.
    pub(super) fn remark(&self) -> Option<&str> {
        match self {
            Tied::Whole => None,
            Tied::At(_, remark) => remark.as_deref(),
            Tied::Nothing(why) => Some(why),
        }
    }

    /// All of it on one line.
    pub(super) fn told(&self, words: &Words) -> String {
        match self.remark() {
            Some(remark) => format!("{}{}{remark}", self.head(words), words.colon),
            None => self.head(words),
        }
    }
}

impl Place {
    fn told(&self) -> String {
        let mut told = self.called.clone();
        if let Some(id) = self.id.as_ref().filter(|id| !told.split(' ').any(|word| word == id.as_str())) {
            told = format!("{told}, {id}");
        }
        match &self.source {
            Some(source) => format!("{told} ({source})"),
            None => told,
        }
    }
}

impl<'c> Ties<'c> {
    /// Ties comments to the document of the model asked for, and says in the words of a language where they stand; `None`
    /// for a package without a model.
    pub fn of(input: &Input<'_>, comments: &'c [Comment], words: &'static Words) -> Option<Ties<'c>> {
        let page = Page::new(*input)?;
        let document = markdown::document(input, Telling::default())?;
        let places = Places::of(&page, &document, words);
        let mut rows: Vec<(&Comment, Tied)> = comments.iter().map(|comment| (comment, places.tied(comment))).collect();
        rows.sort_by_key(|(_, tied)| match tied {
            Tied::Whole => (0, 0, 0),
            Tied::At(place, _) => (1, place.at, place.within),
            Tied::Nothing(_) => (2, 0, 0),
        });
        Some(Ties { title: document.title.shown().to_owned(), words, rows })
    }

    /// The comments that are tied to nothing, with the reasons.
    pub fn loose(&self) -> impl Iterator<Item = (&'c Comment, &str)> + '_ {
        self.rows.iter().filter_map(|(comment, tied)| match tied {
            Tied::Nothing(why) => Some((*comment, why.as_str())),
            _ => None,
        })
    }

    /// How many there are.
    pub fn summary(&self) -> String {
        let words = self.words.comments;
        let all = counted(&words.comments_counted, self.rows.len(), &[]);
        match self.loose().count() {
            0 => fill(words.summary_tied, &[&all]),
            loose => fill(words.summary_loose, &[&all, &loose.to_string()]),
        }
    }
}

/// What can be named in a document: a heading, or a table or figure with its label.
struct Target {
    at: usize,
    /// The heading that it stands under, or is.
    home: usize,
    /// "clause", "table" or "figure".
    kind: &'static str,
    number: String,
    called: String,
    title: String,
}

/// The places of a document.
struct Places<'p, 'a> {
    page: &'p Page<'a>,
    words: &'static Words,
    targets: Vec<Target>,
    /// Where each key leads.
    keys: FxHashMap<Key, usize>,
    /// The process that each heading is of.
    processes: FxHashMap<usize, Name>,
    /// Elements by their titles in lower case.
    titles: FxHashMap<String, Vec<Name>>,
}

/// What people write for the document as a whole.
const WHOLE: [&str; 12] = [
    "general",
    "general comment",
    "all",
    "whole document",
    "entire document",
    "whole",
    "document",
    "ge",
    "allgemein",
    "gesamtes dokument",
    "général",
    "tout le document",
];

/// What people write before a number of a clause, a table or a figure, besides the words of documents.
const BEFORE: [(&str, &str); 16] = [
    ("clause", "clause"),
    ("subclause", "clause"),
    ("clauses", "clause"),
    ("cl.", "clause"),
    ("section", "clause"),
    ("§", "clause"),
    ("abschnitt", "clause"),
    ("article", "clause"),
    ("paragraphe", "clause"),
    ("appendix", "clause"),
    ("tab.", "table"),
    ("tables", "table"),
    ("fig.", "figure"),
    ("figures", "figure"),
    ("abb.", "figure"),
    ("abbildung", "figure"),
];

impl<'p, 'a> Places<'p, 'a> {
    fn of(page: &'p Page<'a>, document: &Document, words: &'static Words) -> Places<'p, 'a> {
        let (mut targets, mut keys) = (Vec::new(), FxHashMap::default());
        let mut numbers = document.numbers().into_iter();
        let mut labels = document.labels_by_block().into_iter().peekable();
        let (mut home, mut under) = (0, String::new());
        for (at, block) in document.blocks.iter().enumerate() {
            if let Block::Heading(heading) = block {
                let said = numbers.next().flatten();
                let number = said.as_deref().map(|said| bare(said, document.words())).unwrap_or_default();
                let title = squeezed(heading.words.shown());
                let called = said.map_or_else(|| title.clone(), |said| format!("{said} {title}"));
                (home, under) = (at, called.clone());
                targets.push(Target { at, home, kind: "clause", number, called, title });
                keys.extend(heading.keys.iter().cloned().map(|key| (key, at)));
            }
            while let Some((_, label)) = labels.next_if(|(block, _)| *block == at) {
                let (word, number) = label.rsplit_once(' ').unwrap_or(("", &label));
                let kind = if word == document.words().table { "table" } else { "figure" };
                let called = match under.as_str() {
                    "" => label.clone(),
                    under => fill(words.comments.within, &[&label, under]),
                };
                targets.push(Target { at, home, kind, number: number.to_owned(), called, title: String::new() });
            }
        }
        let ids = page.model().processes.iter().map(|process| process.id);
        let processes = ids.filter_map(|id| Some((*keys.get(&process_key(page.name(id)))?, id))).collect();
        Places { page, words, targets, keys, processes, titles: titles(page) }
    }

    /// What a comment is about.
    fn tied(&self, comment: &Comment) -> Tied {
        let paragraph = comment.get(Column::Paragraph);
        let clause = match self.clause(comment) {
            Tied::At(place, remark) => (place, remark),
            other => {
                // A table, a figure or an id says where it is by itself.
                return match self.named(paragraph).as_slice() {
                    [place] => Tied::At(place.clone(), None),
                    _ => other,
                };
            }
        };
        match self.within(&clause.0, paragraph) {
            Some(Ok(place)) => Tied::At(place, clause.1),
            Some(Err(remark)) => Tied::At(clause.0, Some(remark)),
            None => Tied::At(clause.0, clause.1),
        }
    }

    /// What the column of clauses names.
    fn clause(&self, comment: &Comment) -> Tied {
        let said = comment.get(Column::Clause);
        if comment.readings.is_empty() {
            return self.all_of(said);
        }
        let mut found: Vec<(Place, &String)> = Vec::new();
        for reading in &comment.readings {
            if let Tied::At(place, _) = self.all_of(reading)
                && found.iter().all(|(other, _)| *other != place)
            {
                found.push((place, reading));
            }
        }
        match found.as_slice() {
            [(place, _)] => Tied::At(place.clone(), None),
            [] => Tied::Nothing(fill(self.words.comments.no_clause, &[said])),
            several => {
                let typed: Vec<String> = several.iter().map(|(_, reading)| (*reading).clone()).collect();
                Tied::Nothing(fill(self.words.comments.eaten, &[said, &self.list(&typed, self.words.or)]))
            }
        }
    }

    /// What a cell names: one thing, or several one after the other, of which the first counts.
    fn all_of(&self, said: &str) -> Tied {
        let said = squeezed(said);
        let is_whole = WHOLE.contains(&said.trim_end_matches('.').to_lowercase().as_str());
        if !is_said(&said) || is_whole && self.element(&said).is_none() {
            return Tied::Whole;
        }
        let parts: Vec<&str> = match self.named(&said).is_empty() {
            false => vec![&said],
            true => said.split([',', ';']).flat_map(|part| part.split(" and ")).map(str::trim).collect(),
        };
        let mut places: Vec<Place> = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let mut found = self.named(part);
            match (found.len(), found.pop()) {
                (1, Some(place)) => places.push(place),
                (0, _) => return Tied::Nothing(self.unknown(part)),
                (_, last) => {
                    let called: Vec<String> = found.into_iter().chain(last).map(|place| place.told()).collect();
                    let called = self.list(&called, self.words.or);
                    return Tied::Nothing(fill(self.words.comments.could_be, &[part, &called]));
                }
            }
        }
        places.sort_by_key(|place| (place.at, place.within));
        places.dedup();
        let others: Vec<String> = places.iter().skip(1).map(|place| place.called.clone()).collect();
        let remark =
            (!others.is_empty()).then(|| fill(self.words.comments.also_on, &[&self.list(&others, self.words.and)]));
        match places.into_iter().next() {
            Some(first) => Tied::At(first, remark),
            None => Tied::Whole,
        }
    }

    /// Why nothing is found.
    fn unknown(&self, said: &str) -> String {
        let mut number = numbered(said).1.split(' ').next().unwrap_or_default();
        while number.starts_with(|first: char| first.is_ascii_digit()) {
            if let Some(target) = self.targets.iter().find(|target| target.kind == "clause" && target.number == number)
            {
                return fill(self.words.comments.only_above, &[said, &target.called]);
            }
            number = number.rsplit_once('.').map_or("", |(above, _)| above);
        }
        fill(self.words.comments.not_there, &[said])
    }

    /// Some names one after the other, and how many more there are.
    fn list(&self, names: &[String], joiner: &str) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] if names.len() <= MOST => format!("{}{joiner}{last}", first.join(", ")),
            _ => {
                let rest = (names.len() - MOST).to_string();
                fill(self.words.comments.and_more, &[&names[..MOST].join(", "), &rest])
            }
        }
    }

    /// What words name: a number as documents print it, an id, or a title; a number with a title behind it.
    fn named(&self, said: &str) -> Vec<Place> {
        let said = squeezed(said);
        let said = said.trim_end_matches([':', '.', ')']);
        if !is_said(said) {
            return Vec::new();
        }
        let by_number = self.by_number(said);
        let found = if by_number.is_empty() { self.by_words(said) } else { by_number };
        if found.is_empty() { self.number_and_title(said) } else { found }
    }

    fn by_number(&self, said: &str) -> Vec<Place> {
        let (kind, number) = numbered(said);
        let is_named = |target: &&Target| {
            target.kind == kind.unwrap_or("clause") && !number.is_empty() && target.number.eq_ignore_ascii_case(number)
        };
        self.targets.iter().filter(is_named).map(|target| self.place(target)).collect()
    }

    fn by_words(&self, said: &str) -> Vec<Place> {
        if let Some(place) = self.element(said) {
            return vec![place];
        }
        let lower = said.to_lowercase();
        let is_titled =
            |target: &&Target| [&target.title, &target.called].iter().any(|own| own.to_lowercase() == lower);
        let titled: Vec<Place> = self.targets.iter().filter(is_titled).map(|target| self.place(target)).collect();
        if titled.is_empty() { self.titled(&lower) } else { titled }
    }

    /// A number with a title behind it: both have to mean the same, since numbers change from draft to draft.
    fn number_and_title(&self, said: &str) -> Vec<Place> {
        for (at, _) in said.match_indices(' ').take(2) {
            let (number, title) = said.split_at(at);
            let title = title.trim_start_matches(|first: char| !first.is_alphanumeric());
            let (mut found, titled) = (self.by_number(number), self.by_words(title));
            if !found.is_empty() && !titled.is_empty() {
                found.extend(titled);
                let mut seen = FxHashSet::default();
                found.retain(|place| seen.insert(place.at));
                return found;
            }
        }
        Vec::new()
    }

    /// Elements with a title.
    fn titled(&self, lower: &str) -> Vec<Place> {
        let ids = self.titles.get(lower).into_iter().flatten();
        ids.filter_map(|id| self.element(self.page.name(*id))).collect()
    }

    /// The element, requirement or term with an id.
    fn element(&self, said: &str) -> Option<Place> {
        let id = self.page.input.program.names.get(said).filter(|id| self.page.model().element(*id).is_some());
        // A bare number is one of the document: the requirement that has it is another standard's.
        if id.is_none() && said.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let (key, _) = self.page.resolve(said);
        let at = *self.keys.get(&key?)?;
        let mut place = self.place(self.targets.iter().find(|target| target.at == at)?);
        match id {
            Some(id) => self.describe(&mut place, id),
            None => {
                place.id = Some(said.to_owned()).filter(|_| !place.called.to_lowercase().contains(&said.to_lowercase()))
            }
        }
        Some(place)
    }

    /// A place of the document; where it is, or stands under, the heading of a process, that process.
    fn place(&self, target: &Target) -> Place {
        let mut place = Place { at: target.at, within: 0, called: target.called.clone(), id: None, source: None };
        if let Some(process) = self.processes.get(&target.home) {
            self.describe(&mut place, *process);
        }
        place
    }

    /// Says which element a place is.
    fn describe(&self, place: &mut Place, id: Name) {
        let model = self.page.model();
        let Some(element) = model.element(id) else { return };
        place.within = match model.index.get(&id) {
            Some(Element::Outcome(_, at)) => 1 + at.at(),
            Some(Element::Practice(_, at)) => 1 + PRACTICES + at.at(),
            _ => 0,
        };
        place.id = Some(self.page.name(id).to_owned());
        place.source = Some(report::place(&self.page.input, element.origin().span));
    }

    /// What the column of paragraphs names within a clause: an outcome or a practice of its process, or a table or a
    /// figure; what is to be said where that stands elsewhere; nothing where it names none.
    fn within(&self, clause: &Place, said: &str) -> Option<Result<Place, String>> {
        let said = squeezed(said);
        let said = said.trim_end_matches([':', '.', ')']);
        if !is_said(said) {
            return None;
        }
        if let Some(process) = &clause.id {
            let own = said.rsplit(' ').next().unwrap_or(said);
            let is_named =
                said.to_lowercase().starts_with("outcome") || own.starts_with(|first: char| first.is_alphabetic());
            let full = format!("{process}.{own}");
            if let Some(place) = self.element(&full).filter(|_| is_named && said.split(' ').count() <= 2) {
                return Some(Ok(place));
            }
        }
        let is_marked = numbered(said).0.is_some_and(|kind| kind != "clause");
        let found = if is_marked { self.named(said) } else { self.element(said).into_iter().collect() };
        let place = found.into_iter().next();
        let next = self
            .targets
            .iter()
            .filter(|target| target.kind == "clause" && target.at > clause.at)
            .map(|target| target.at)
            .min();
        match place {
            Some(place) if place.at >= clause.at && next.is_none_or(|next| place.at < next) => Some(Ok(place)),
            Some(place) => Some(Err(fill(self.words.comments.elsewhere, &[said, &place.told()]))),
            None if is_marked => Some(Err(fill(self.words.comments.not_there, &[said]))),
            None => None,
        }
    }
}

/// How many names are listed.
const MOST: usize = 6;

/// What has a title of its own, by that.
fn titles(page: &Page<'_>) -> FxHashMap<String, Vec<Name>> {
    let mut titles: FxHashMap<String, Vec<Name>> = FxHashMap::default();
    let own = |element: &Element| !matches!(element, Element::Outcome(..) | Element::Practice(..));
    for (_, id) in page.model().elements().filter(|(element, _)| own(element)) {
        let title = page.model().element(id).map(|one| squeezed(page.text(one.title()).shown()).to_lowercase());
        titles.entry(title.unwrap_or_default()).or_default().push(id);
    }
    titles
}

/// How many outcomes a process may have before its practices come.
const PRACTICES: usize = 1 << 16;

/// Whether a cell says something.
fn is_said(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

/// What a number is of, and the number: "Table A.3", "Clause 5.2", "Annex B".
fn numbered(said: &str) -> (Option<&'static str>, &str) {
    if let Some(rest) = said.strip_prefix('§') {
        return (Some("clause"), rest.trim());
    }
    let Some((word, rest)) = said.split_once(' ') else { return (None, said) };
    let word = word.to_lowercase();
    let ours = words::ALL.iter().find_map(|words| {
        let is = |own: &str| own.to_lowercase() == word;
        match () {
            () if is(words.table) => Some("table"),
            () if is(words.figure) => Some("figure"),
            () if is(words.annex) => Some("clause"),
            () => None,
        }
    });
    let kind = ours.or_else(|| BEFORE.iter().find(|(before, _)| *before == word).map(|(_, kind)| *kind));
    if kind.is_some() { (kind, rest.trim()) } else { (None, said) }
}

/// The number of a heading without what stands around it: of "Annex A (normative)", the letter.
fn bare(said: &str, words: &Words) -> String {
    let said = said.strip_prefix(words.annex).unwrap_or(said).trim();
    said.split(' ').next().unwrap_or_default().to_owned()
}
