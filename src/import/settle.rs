//! Drafts become statements: ids that the language has, texts that say something, links that lead somewhere; and what
//! became of each value is told.

mod catalog;
mod cover;
mod crosswalk;
mod model;

use rustc_hash::FxHashMap;
use std::cell::Cell;

use super::draft::{Draft, Fact, Refs, Said, Tie, What};
use super::ids::{self, Taken};
use super::known::Known;
use super::report::{Action, Line, Report};
use crate::syntax::statements::Kind;
use crate::writer::{Entry, Statement};

/// What is wanted of an import, besides what the source says.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The id of the catalog or the model that is made.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The catalog that references of outcomes are of.
    pub covers: Option<String>,
    /// The catalogs of the left and the right side of a crosswalk.
    pub sides: (Option<String>, Option<String>),
}

/// The statements of an import, and what became of the source.
pub struct Settled {
    /// The statements.
    pub entries: Vec<Entry>,
    /// What became of each value.
    pub report: Report,
}

/// So many requirements are read from ranges in all: each word of a small file could name a thousand.
const MOST_IN_RANGES: usize = 100_000;

/// Makes statements of drafts; `stem` is the name of the source, of which ids are made where nothing else is said.
pub fn settle(drafts: &[Draft], stem: &str, wanted: &Wanted, known: &[Known], report: Report) -> Settled {
    let mut known: Vec<Known> = known.to_vec();
    let mut top = Taken::default();
    let brought = catalog::brought(drafts, stem, wanted, &mut top);
    let ids: Vec<String> = brought.iter().map(|known| known.id.clone()).collect();
    known.extend(brought);
    let mut settler = Settler {
        stem,
        wanted,
        known,
        top,
        uses: Vec::new(),
        ranged: Cell::default(),
        report,
        fields: FxHashMap::default(),
    };
    let mut entries = Vec::new();
    for (draft, id) in drafts.iter().filter(|draft| draft.what == What::Catalog).zip(ids) {
        entries.push(settler.catalog(draft, id).into());
    }
    for draft in drafts.iter().filter(|draft| draft.what == What::Crosswalk) {
        entries.extend(settler.crosswalk(draft).map(Entry::from));
    }
    let of_model: Vec<&Draft> =
        drafts.iter().filter(|draft| !matches!(draft.what, What::Catalog | What::Crosswalk)).collect();
    if !of_model.is_empty() {
        entries.extend(settler.model(&of_model));
    }
    let mut uses = settler.uses;
    uses.sort();
    uses.dedup();
    let uses: Vec<Entry> = uses.into_iter().map(|package| Statement::new(Kind::Use).id(package).into()).collect();
    let between = if uses.is_empty() { None } else { Some(Entry::Blank) };
    Settled { entries: uses.into_iter().chain(between).chain(entries).collect(), report: settler.report }
}

struct Settler<'a> {
    stem: &'a str,
    wanted: &'a Wanted,
    known: Vec<Known>,
    /// The ids of catalogs, crosswalks and the model.
    top: Taken,
    /// The packages that the statements need.
    uses: Vec<String>,
    /// How many requirements were read from ranges.
    ranged: Cell<usize>,
    report: Report,
    /// Fields by the head that they are made of and the kind that carries them, and their ids.
    fields: FxHashMap<(String, &'static str), String>,
}

impl Settler<'_> {
    /// Tells what became of a value.
    fn tell(&mut self, action: Action, what: String, id: &str, said: &Said, note: impl Into<String>) {
        if said.is_told {
            return;
        }
        let note = note.into();
        let note = match &said.doubt {
            Some(doubt) if note.is_empty() => doubt.clone(),
            Some(doubt) => format!("{note}; {doubt}"),
            None => note,
        };
        let action = if said.doubt.is_some() && action == Action::Taken { Action::Changed } else { action };
        self.report.lines.push(Line { action, what, id: id.to_owned(), place: said.place.clone(), note });
    }

    /// A value that is one paragraph, told; `None` where it says nothing.
    fn paragraph(&mut self, said: &Said, what: String, id: &str) -> Option<String> {
        self.words(said, what, id, false)
    }

    /// A value that may have several paragraphs, told; `None` where it says nothing.
    fn free(&mut self, said: &Said, what: String, id: &str) -> Option<String> {
        self.words(said, what, id, true)
    }

    fn words(&mut self, said: &Said, what: String, id: &str, is_free: bool) -> Option<String> {
        let clean = clean(&said.words);
        let words = if is_free { clean.clone() } else { one_line(&clean) };
        if !words.chars().any(char::is_alphanumeric) {
            self.tell(Action::LeftOut, what, id, said, "it has no letter and no digit");
            return None;
        }
        let is_joined = words.trim() != clean.trim();
        let lost =
            said.words.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'));
        let (action, note) = match (is_joined, lost) {
            (_, true) => (Action::Changed, "control characters are left away"),
            (true, _) => (Action::Changed, "its lines are one paragraph"),
            _ => (Action::Taken, ""),
        };
        self.tell(action, what, id, said, note);
        Some(words)
    }

    /// A title, or one that is made of the text; `None` where there is neither. The value of the title is told.
    fn title(&mut self, draft: &Draft, id: &str) -> Option<String> {
        let what = format!("title of {}", draft.what.one());
        if let Some(said) = &draft.title
            && let Some(words) = self.paragraph(said, what, id)
        {
            return Some(if words.chars().any(char::is_alphabetic) { words } else { format!("No. {words}") });
        }
        let text = draft.text.as_ref().map(|said| one_line(&clean(&said.words)))?;
        let title = first_words(&text);
        title.chars().any(char::is_alphabetic).then_some(title)
    }

    /// What an element says besides, as statements of its block; `skip` tells what has been said already.
    fn facts(&mut self, draft: &Draft, id: &str, carrier: Option<&'static str>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (fact, said) in &draft.facts {
            let kind = match fact {
                Fact::Note => Kind::Note,
                Fact::Edition => Kind::Edition,
                Fact::Source => Kind::Source,
                Fact::Notice => Kind::Notice,
                Fact::Characteristic => Kind::Characteristic,
                Fact::Also => Kind::Also,
                Fact::Label => Kind::Label,
                Fact::Tailorable | Fact::ForModels => {
                    let kind = if *fact == Fact::Tailorable { Kind::Tailorable } else { Kind::ForModels };
                    self.tell(Action::Taken, format!("{} of {}", fact.word(), draft.what.one()), id, said, "");
                    entries.push(Statement::new(kind).into());
                    continue;
                }
                Fact::Purpose | Fact::Context | Fact::Kind | Fact::Language | Fact::Reason => continue,
            };
            let what = format!("{} of {}", fact.word(), draft.what.one());
            if let Some(words) = self.free(said, what, id) {
                entries.push(Statement::new(kind).text(words).into());
            }
        }
        let mut stated: Vec<String> = Vec::new();
        for (head, said) in &draft.fields {
            let head = &one_line(&clean(head));
            let what = format!("“{head}” of {}", draft.what.one());
            let Some(words) = self.free(said, what, id) else { continue };
            // A field stands once in a block.
            let field = carrier.and_then(|carrier| self.field(head, carrier)).filter(|field| !stated.contains(field));
            entries.push(match field {
                Some(field) => {
                    stated.push(field.clone());
                    Statement::field(field, words).into()
                }
                None => Statement::new(Kind::Note).text(format!("{head}: {words}")).into(),
            });
        }
        entries
    }

    /// The field that is made of a head, for the kind of elements that carries it; `None` where its id would mean
    /// something else.
    fn field(&mut self, head: &str, carrier: &'static str) -> Option<String> {
        if let Some(id) = self.fields.get(&(head.to_owned(), carrier)) {
            return Some(id.clone());
        }
        let id = ids::legal(&head.to_lowercase().replace(['.', '(', ')'], " ").trim().replace(' ', "-")).into_owned();
        let means = |id: &str| crate::syntax::statements::ALL.iter().any(|row| row.word == id);
        let is_word = crate::syntax::statements::CLAUSE_WORDS.iter().any(|row| row.word == id);
        let is_given = self.fields.values().any(|given| *given == id);
        if id.is_empty()
            || id.contains('.')
            || means(&id)
            || is_word
            || is_given
            || !head.chars().any(char::is_alphabetic)
        {
            return None;
        }
        self.fields.insert((head.to_owned(), carrier), id.clone());
        Some(id)
    }

    /// An id that the language has; what becomes of the value is told. With the value as label where it was changed.
    fn id(&mut self, draft: &Draft, taken: &mut Taken, otherwise: impl FnOnce() -> String) -> (String, Option<String>) {
        let what = format!("id of {}", draft.what.one());
        let said = draft.id.as_ref().filter(|said| !said.is_blank());
        let Some(said) = said else {
            let id = taken.free(&otherwise());
            if draft.id.is_some() || !draft.place().is_empty() {
                self.report.remarks.push(format!(
                    "{}: {} without an id: it is `{id}`",
                    draft.place(),
                    draft.what.one()
                ));
            }
            return (id, None);
        };
        let written = one_line(&clean(&said.words));
        let legal = ids::legal(&written);
        let wanted = if legal.is_empty() { otherwise() } else { legal.into_owned() };
        let id = taken.free(&wanted);
        if id == written {
            self.tell(Action::Taken, what, &id, said, "");
            return (id, None);
        }
        let why = if id == wanted { format!("`{written}` is no id") } else { taken.reason(&wanted) };
        self.tell(Action::Changed, what, &id, said, why);
        (id, Some(written))
    }

    /// The requirements that a value names, in a catalog, and those that it does not have.
    fn requirements(&self, refs: &Refs, catalog: &str) -> Found {
        let known = self.known.iter().find(|known| known.id == catalog);
        let mut found = Found::default();
        if let (Some(known), [_, ..]) = (known, refs.said.readings.as_slice()) {
            let mut ids: Vec<&str> = refs.said.readings.iter().filter_map(|reading| known.find(reading)).collect();
            ids.dedup();
            match ids.as_slice() {
                [only] => found.ids.push((*only).to_owned()),
                [] => found.lost.clone_from(&refs.ids),
                several => {
                    found.doubt = Some(several.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or "))
                }
            }
            return found;
        }
        for id in &refs.ids {
            match known.and_then(|known| known.find(id)) {
                Some(id) if found.ids.iter().any(|other| other == id) => {}
                Some(id) => found.ids.push(id.to_owned()),
                None => match known.map(|known| known.several(id)).unwrap_or_default() {
                    several if several.is_empty() => found.lost.push(id.clone()),
                    several if self.ranged.get() + several.len() > MOST_IN_RANGES => {
                        found
                            .notes
                            .push(format!("more than {MOST_IN_RANGES} requirements stand in ranges: no more are read"));
                        found.lost.push(id.clone());
                    }
                    several => {
                        self.ranged.set(self.ranged.get() + several.len());
                        found.notes.push(format!("`{id}` is {}", several.join(", ")));
                        let new = several.into_iter().filter(|id| !found.ids.iter().any(|other| other == id));
                        let new: Vec<String> = new.map(str::to_owned).collect();
                        found.ids.extend(new);
                    }
                },
            }
        }
        found
    }

    /// Sees to it that a catalog is seen.
    fn see(&mut self, catalog: &str) {
        let known = self.known.iter().find(|known| known.id == catalog);
        self.uses.extend(known.and_then(|known| known.package.clone()));
    }

    /// What might be meant where no catalog is named: the one that has most of these.
    fn proposal(&self, ids: &[String]) -> String {
        let written = || ids.iter().map(String::as_str);
        let best = self.known.iter().map(|known| (known.count(written()), known)).max_by_key(|(count, _)| *count);
        match best {
            Some((count, known)) if count > 0 => {
                format!(
                    "{count} of {} are ids of `{}`: say `--covers {}` if they are meant",
                    ids.len(),
                    known.id,
                    known.id
                )
            }
            _ => "say with `--covers CATALOG` which catalog they are of".to_owned(),
        }
    }
}

/// What a value names, in a catalog.
#[derive(Default)]
struct Found {
    ids: Vec<String>,
    /// What the catalog does not have.
    lost: Vec<String>,
    /// What is read otherwise than it stands there: ranges.
    notes: Vec<String>,
    /// What may be meant, where it has several of what may have been typed.
    doubt: Option<String>,
}

/// What to say where a spreadsheet has made one thing of several that a catalog has.
fn in_doubt(meant: &str) -> String {
    format!("{meant} may be meant: format the column as Text, then type the ids again")
}

/// What ties an element to others by this tie.
fn tied(draft: &Draft, tie: Tie) -> impl Iterator<Item = &Refs> {
    draft.refs.iter().filter(move |refs| refs.tie == tie)
}

/// The fact of a draft.
fn fact(draft: &Draft, fact: Fact) -> Option<&Said> {
    draft.facts.iter().find(|(other, _)| *other == fact).map(|(_, said)| said)
}

/// Whether a value says something: it has a letter or a digit.
fn says_something(said: &Said) -> bool {
    clean(&said.words).chars().any(char::is_alphanumeric)
}

/// Line ends as the language has them, no control characters, no blanks that only look like some.
fn clean(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    let is_kept = |character: &char| matches!(character, '\n' | '\t') || !crate::writer::must_be_escaped(*character);
    let kept = words.chars().filter(is_kept);
    let words: String =
        kept.map(|character| if matches!(character, '\u{a0}' | '\t') { ' ' } else { character }).collect();
    words.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The words on one line.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title of words that are no value of an element, such as the head of a column: on one line, and with a letter.
fn as_title(words: &str, kind: &str) -> String {
    let words = one_line(&clean(words));
    match words.chars().any(char::is_alphabetic) {
        true => words,
        false => format!("{kind} {words}").trim_end().to_owned(),
    }
}

/// How long a title is at most that is made of a text, in characters.
const TITLE: usize = 60;

/// The first words of a text, for a title.
fn first_words(text: &str) -> String {
    let mut depth = 0_usize;
    let ends = |character: char| {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(character, '.' | ';' | ':')
    };
    let sentence = text.split(ends).map(str::trim).find(|part| part.chars().any(char::is_alphabetic));
    let sentence = sentence.unwrap_or(text);
    let mut title = String::new();
    for word in sentence.split_whitespace() {
        if !title.is_empty() && title.chars().count() + word.chars().count() > TITLE {
            title.push_str(" …");
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

/// What a value names, where it names several.
pub fn refs(tie: Tie, said: Said) -> Refs {
    let ids = ids::listed(&clean(&said.words));
    Refs { tie, said, ids }
}
