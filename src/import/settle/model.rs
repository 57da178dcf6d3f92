//! Models: groups, processes with outcomes and practices, items, terms.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, Fact, Said, Tie, What};
use super::super::ids::{self, Taken};
use super::super::report::Action;
use super::catalog::otherwise;
use super::{Found, Settler, as_title, clean, fact, in_doubt, one_line, says_something, tied};
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::{Entry, Statement, Text};

/// Kinds of information items, and the words that others have for them.
const ITEM_KINDS: [(&str, &[&str]); 7] = [
    ("plan", &["plan", "programme", "program"]),
    ("policy", &["policy", "politique", "richtlinie", "leitlinie"]),
    ("record", &["record", "log", "minutes", "nachweis", "protokoll", "aufzeichnung", "enregistrement"]),
    ("report", &["report", "bericht", "rapport"]),
    ("register", &["register", "inventory", "list", "verzeichnis", "liste", "registre", "inventaire"]),
    ("procedure", &["procedure", "verfahren", "procédure", "instruction"]),
    ("requirement", &["requirement", "requirements", "specification", "anforderung", "exigence"]),
];

/// What the elements of a model are called by the source, and by their ids.
#[derive(Default)]
struct Names {
    items: FxHashMap<String, String>,
}

impl Settler<'_> {
    /// The statements of a model and of what belongs to it.
    pub(super) fn model(&mut self, drafts: &[&Draft]) -> Vec<Entry> {
        let mut taken = Taken::default();
        let (mut body, mut names) = (Vec::new(), Names::default());
        let items: Vec<&&Draft> = drafts.iter().filter(|draft| draft.what == What::Item).collect();
        let mut later: Vec<Entry> = Vec::new();
        for item in items {
            later.extend(self.item(item, &mut taken, &mut names));
        }
        for draft in drafts {
            match draft.what {
                What::Group => body.extend(self.group(draft, &mut taken, &mut names)),
                What::Process => body.extend(self.process(draft, &mut taken, &mut names)),
                What::Term => later.extend(self.term(draft)),
                What::Item | What::Model => {}
                _ => self.left_out(draft, "it stands in nothing that could hold it"),
            }
        }
        let head = drafts.iter().find(|draft| draft.what == What::Model);
        let is_model = head.is_some() || !body.is_empty();
        let mut entries = Vec::new();
        if is_model {
            entries.push(self.head(head.copied()).into());
        }
        let mut fields: Vec<((String, &'static str), String)> = std::mem::take(&mut self.fields).into_iter().collect();
        fields.sort_by(|one, other| one.1.cmp(&other.1));
        for ((head, carrier), id) in fields {
            let field = Statement::new(Kind::Field)
                .id(id)
                .title(Text::from(as_title(&head, "Column")))
                .word(Role::OnKind, carrier);
            entries.push(field.into());
        }
        entries.extend(body);
        entries.extend(later);
        entries
    }

    fn head(&mut self, draft: Option<&Draft>) -> Statement {
        let own = draft.and_then(|draft| draft.id.as_ref()).map(|said| ids::legal(&said.words).into_owned());
        let own = own.filter(|id| !id.is_empty());
        let id = self.wanted.id.clone().or(own).unwrap_or_else(|| otherwise(&ids::legal(self.stem), "model"));
        let id = self.top.free(&id);
        if let Some(said) = draft.and_then(|draft| draft.id.as_ref()) {
            let action = if said.words.trim() == id { Action::Taken } else { Action::Changed };
            self.tell(action, "id of a model".to_owned(), &id, said, "");
        }
        let title = draft.and_then(|draft| self.title(draft, &id));
        let title = self.wanted.title.clone().or(title).unwrap_or_else(|| format!("Model {}", self.stem));
        let mut statement = Statement::new(Kind::Model)
            .id(&id)
            .title(Text::from(as_title(&title, "Model")))
            .with_all(Vec::<Entry>::new());
        if let Some(draft) = draft {
            for (wanted, kind) in [(Fact::Context, Kind::Context)] {
                if let Some(said) = fact(draft, wanted) {
                    let words = self.free(said, format!("{} of a model", wanted.word()), &id);
                    statement = statement.with_all(words.map(|words| Statement::new(kind).text(words)));
                }
            }
            statement = statement.with_all(self.facts(draft, &id, Some("model")));
            for inner in &draft.inner {
                match inner.what {
                    What::Cover => statement = statement.with_all(self.cover(inner)),
                    _ => self.left_out(inner, "the head of a model holds no such thing"),
                }
            }
        }
        if let Some(covers) = self.wanted.covers.clone().filter(|id| self.known.iter().any(|known| known.id == *id)) {
            self.see(&covers);
            statement = statement.with(Statement::new(Kind::Covers).word(Role::Ref, covers));
        }
        statement
    }

    fn group(&mut self, draft: &Draft, taken: &mut Taken, names: &mut Names) -> Option<Entry> {
        let title_words = draft.title.as_ref().map(|said| one_line(&clean(&said.words))).unwrap_or_default();
        let (id, written) = self.id(draft, taken, || initials(&title_words, "G"));
        let title = self.title(draft, &id).unwrap_or_else(|| format!("Group {id}"));
        let mut statement = Statement::new(Kind::Group).id(&id).title(Text::from(title));
        if let Some(text) = draft.text.as_ref().and_then(|said| self.free(said, "text of a group".to_owned(), &id)) {
            statement = statement.text(text);
        }
        let mut block = self.said_before(written);
        block.extend(self.facts(draft, &id, Some("group")));
        for inner in &draft.inner {
            match inner.what {
                What::Group => block.extend(self.group(inner, taken, names)),
                What::Process => block.extend(self.process(inner, taken, names)),
                _ => self.left_out(inner, "a group holds groups and processes"),
            }
        }
        Some(statement.with_all(block).into())
    }

    /// That the source had another id.
    fn said_before(&self, written: Option<String>) -> Vec<Entry> {
        let note = |written: String| {
            let written = one_line(&clean(&written));
            Statement::new(Kind::Note).text(format!("Id in the source: {written}")).into()
        };
        written.map(note).into_iter().collect()
    }

    fn process(&mut self, draft: &Draft, taken: &mut Taken, names: &mut Names) -> Option<Entry> {
        let title_words = draft.title.as_ref().map(|said| one_line(&clean(&said.words))).unwrap_or_default();
        let (id, written) = self.id(draft, taken, || initials(&title_words, "P"));
        let title = self.title(draft, &id).unwrap_or_else(|| format!("Process {id}"));
        let mut block = self.said_before(written);
        let purpose = fact(draft, Fact::Purpose).or(draft.text.as_ref());
        for (said, kind, name) in
            [(purpose, Kind::Purpose, "purpose"), (fact(draft, Fact::Context), Kind::Context, "context")]
        {
            let words = said.and_then(|said| match kind {
                Kind::Purpose => self.paragraph(said, format!("{name} of a process"), &id),
                _ => self.free(said, format!("{name} of a process"), &id),
            });
            block.extend(words.map(|words| Entry::from(Statement::new(kind).text(words))));
        }
        if let Some(said) = draft.text.as_ref().filter(|_| fact(draft, Fact::Purpose).is_some()) {
            let words = self.free(said, "text of a process".to_owned(), &id);
            block.extend(words.map(|words| Entry::from(Statement::new(Kind::Note).text(words))));
        }
        let mut numbers: FxHashMap<String, String> = FxHashMap::default();
        let mut own = Taken::default();
        let of = |what: What| draft.inner.iter().filter(move |inner| inner.what == what).enumerate();
        for (at, outcome) in of(What::Outcome) {
            block.extend(self.outcome((at, outcome), draft, &id, &mut own, &mut numbers, names));
        }
        for (at, practice) in of(What::Practice) {
            block.extend(self.practice((at, practice), &id, &mut own, &numbers, names));
        }
        for other in draft.inner.iter().filter(|inner| !matches!(inner.what, What::Outcome | What::Practice)) {
            self.left_out(other, "a process holds outcomes and practices");
        }
        block.extend(self.facts(draft, &id, Some("process")));
        Some(Statement::new(Kind::Process).id(&id).title(Text::from(title)).with_all(block).into())
    }

    fn outcome(
        &mut self,
        (at, draft): (usize, &Draft),
        process: &Draft,
        within: &str,
        own: &mut Taken,
        numbers: &mut FxHashMap<String, String>,
        names: &Names,
    ) -> Option<Entry> {
        let Some(said) = draft.text.as_ref().or(draft.title.as_ref()).filter(|said| says_something(said)) else {
            self.left_out(draft, "an outcome has to say something");
            return None;
        };
        let process_id = process.id.as_ref().map(|said| said.words.trim().to_owned()).unwrap_or_default();
        let number = self.number(draft, &process_id, within, own, at + 1, "outcome");
        numbers.insert(number.clone(), number.clone());
        if let Some(said) = &draft.id {
            numbers.insert(one_line(&said.words).to_lowercase(), number.clone());
        }
        let full = format!("{within}.{number}");
        let text = self.paragraph(said, "text of an outcome".to_owned(), &full)?;
        let text = match draft.title.as_ref().filter(|_| draft.text.is_some()) {
            None => text,
            Some(title) => match self.merged(title, "name of an outcome", &full) {
                Some(name) => format!("{name}: {text}"),
                None => text,
            },
        };
        let mut statement = Statement::new(Kind::Outcome).id(number).text(text);
        let mut notes = Vec::new();
        for (tie, is_full) in [(Tie::Satisfies, true), (Tie::Partly, false)] {
            let (found, kept) = self.linked(draft, tie, &full);
            notes.extend(kept);
            if !found.is_empty() {
                statement = if is_full { statement.satisfies(found) } else { statement.partly_satisfies(found) };
            }
        }
        statement = self.items(statement, draft, Tie::Produces, &full, names);
        notes.extend(self.facts(draft, &full, Some("outcome")));
        Some(if notes.is_empty() { statement.into() } else { statement.with_all(notes).into() })
    }

    fn practice(
        &mut self,
        (at, draft): (usize, &Draft),
        within: &str,
        own: &mut Taken,
        numbers: &FxHashMap<String, String>,
        names: &Names,
    ) -> Option<Entry> {
        let Some(said) = draft.text.as_ref().or(draft.title.as_ref()).filter(|said| says_something(said)) else {
            self.left_out(draft, "a practice has to say something");
            return None;
        };
        let number = self.number(draft, within, within, own, at + 1, "practice");
        let full = format!("{within}.{number}");
        let text = self.paragraph(said, "text of a practice".to_owned(), &full)?;
        let name = draft.title.as_ref().filter(|_| draft.text.is_some());
        let name = name.and_then(|said| self.paragraph(said, "name of a practice".to_owned(), &full));
        let mut statement = Statement::new(Kind::Practice).id(number);
        if let Some(name) = name {
            statement = statement.text(name);
        }
        statement = statement.text(text);
        let mut achieved: Vec<String> = Vec::new();
        for refs in tied(draft, Tie::Achieves) {
            let bare = |id: &String| {
                let id = id.to_lowercase();
                let last =
                    id.rsplit(['.', ' ']).next().unwrap_or_default().trim_matches(['(', ')', '[', ']']).to_owned();
                numbers.get(&id).or_else(|| numbers.get(&last)).cloned()
            };
            let found: Vec<String> = refs.ids.iter().filter_map(bare).collect();
            let (action, note) = match found.len() {
                0 => (Action::LeftOut, "the process has no such outcome"),
                count if count < refs.ids.len() => (Action::Changed, "some of them are no outcomes of the process"),
                _ => (Action::Taken, ""),
            };
            self.tell(action, "outcomes of a practice".to_owned(), &full, &refs.said, note);
            achieved.extend(found);
        }
        achieved.dedup();
        if !achieved.is_empty() {
            statement = statement.achieves(achieved);
        }
        statement = self.items(statement, draft, Tie::Consumes, &full, names);
        statement = self.items(statement, draft, Tie::Produces, &full, names);
        let notes = self.facts(draft, &full, None);
        Some(if notes.is_empty() { statement.into() } else { statement.with_all(notes).into() })
    }

    /// The number of an outcome or the id of a practice: one segment, of what the source has behind the id of the
    /// process.
    fn number(&mut self, draft: &Draft, process: &str, within: &str, own: &mut Taken, at: usize, word: &str) -> String {
        let said = draft.id.as_ref().filter(|said| !said.is_blank());
        let Some(said) = said else {
            let first = if word == "practice" { format!("BP{at}") } else { at.to_string() };
            return own.free(&first);
        };
        let written = one_line(&clean(&said.words));
        let behind = [process, within].iter().find_map(|id| written.strip_prefix(id).filter(|_| !id.is_empty()));
        let behind = behind.unwrap_or(&written).trim_matches(['.', ')', '(', ' ', ':', '-', '–', '_']);
        let legal = ids::legal(behind).replace('.', "-");
        let wanted = if legal.is_empty() { at.to_string() } else { legal };
        let id = own.free(&wanted);
        let is_kept = written.trim_end_matches(['.', ')']).trim_start_matches('(').ends_with(&id);
        let (action, note) =
            if is_kept { (Action::Taken, "") } else { (Action::Changed, "it is no number of its own") };
        self.tell(action, format!("number of {}", draft.what.one()), &format!("{within}.{id}"), said, note);
        id
    }

    /// A value that becomes a part of another, told so.
    fn merged(&mut self, said: &Said, what: &str, id: &str) -> Option<String> {
        let words = one_line(&clean(&said.words));
        if !words.chars().any(char::is_alphanumeric) {
            self.tell(Action::LeftOut, what.to_owned(), id, said, "it has no letter and no digit");
            return None;
        }
        self.tell(Action::Merged, what.to_owned(), id, said, "it stands before the text");
        Some(words)
    }

    /// The requirements that are linked by a tie, and notes that keep what leads nowhere.
    fn linked(&mut self, draft: &Draft, tie: Tie, id: &str) -> (Vec<String>, Vec<Entry>) {
        let (mut all, mut notes) = (Vec::new(), Vec::new());
        let what = "requirements of an outcome".to_owned();
        for refs in tied(draft, tie) {
            if refs.ids.is_empty() {
                self.tell(Action::Merged, what.clone(), id, &refs.said, "it says that there is none");
                continue;
            }
            let Found { ids: found, lost, notes: read, doubt } = match &self.wanted.covers {
                Some(catalog) => self.requirements(refs, catalog),
                None => self.requirements(refs, &self.own_catalog().unwrap_or_default()),
            };
            if let Some(meant) = doubt {
                self.tell(Action::LeftOut, what.clone(), id, &refs.said, in_doubt(&meant));
                continue;
            }
            let kept = |ids: &[String]| {
                Statement::new(Kind::Note).text(format!("Traceability in the source: {}", ids.join(", ")))
            };
            match (found.is_empty(), lost.is_empty()) {
                (_, true) if read.is_empty() => self.tell(Action::Taken, what.clone(), id, &refs.said, ""),
                (_, true) => self.tell(Action::Changed, what.clone(), id, &refs.said, read.join("; ")),
                (false, false) => {
                    let note = format!("{} led nowhere, and stand in a note", lost.join(", "));
                    let note = read.iter().cloned().chain([note]).collect::<Vec<_>>().join("; ");
                    self.tell(Action::Changed, what.clone(), id, &refs.said, note);
                    notes.push(kept(&lost).into());
                }
                (true, false) => {
                    let note = match &self.wanted.covers {
                        // What was found is not read: then it is said why.
                        _ if !read.is_empty() => format!("{}; they stand in a note", read.join("; ")),
                        Some(catalog) => format!("`{catalog}` has none of them; they stand in a note"),
                        None => format!("they stand in a note; {}", self.proposal(&lost)),
                    };
                    self.tell(Action::Changed, what.clone(), id, &refs.said, note);
                    notes.push(kept(&lost).into());
                }
            }
            for id in found {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        (all, notes)
    }

    /// The catalog that the source brings along, where it is one alone.
    fn own_catalog(&self) -> Option<String> {
        let mut own = self.known.iter().filter(|known| known.package.is_none());
        own.next().filter(|_| own.next().is_none()).map(|known| known.id.clone())
    }

    fn items(&mut self, mut statement: Statement, draft: &Draft, tie: Tie, id: &str, names: &Names) -> Statement {
        let mut found: Vec<String> = Vec::new();
        for refs in tied(draft, tie) {
            let known: Vec<String> =
                refs.ids.iter().filter_map(|id| names.items.get(&id.to_lowercase()).cloned()).collect();
            let (action, note) = match known.len() {
                0 => (Action::LeftOut, "the source describes no such item"),
                count if count < refs.ids.len() => (Action::Changed, "some of them are no items of the source"),
                _ => (Action::Taken, ""),
            };
            self.tell(action, refs.tie.words().to_owned(), id, &refs.said, note);
            found.extend(known.into_iter().filter(|id| !found.contains(id)).collect::<Vec<_>>());
        }
        if !found.is_empty() {
            let (mark, each) = match tie {
                Tie::Consumes => (Role::Consumes, Role::Consumed),
                _ => (Role::Produces, Role::Produced),
            };
            statement = statement.mark(mark).words(each, found);
        }
        statement
    }

    fn item(&mut self, draft: &Draft, taken: &mut Taken, names: &mut Names) -> Option<Entry> {
        let title_words = draft.title.as_ref().map(|said| one_line(&clean(&said.words))).unwrap_or_default();
        let slug = ids::legal(&title_words.to_lowercase().replace(' ', "-")).replace('.', "-");
        let (id, written) = self.id(draft, taken, || otherwise(&slug, "item"));
        let title = self.title(draft, &id).unwrap_or_else(|| format!("Item {id}"));
        for name in [Some(&title), written.as_ref(), Some(&id)].into_iter().flatten() {
            names.items.entry(name.to_lowercase()).or_insert_with(|| id.clone());
        }
        let kind = fact(draft, Fact::Kind);
        let word = kind.map(|said| one_line(&said.words).to_lowercase()).unwrap_or_else(|| title.to_lowercase());
        let found = ITEM_KINDS
            .iter()
            .find(|(_, words)| words.iter().any(|known| word.split_whitespace().any(|part| part == *known)));
        let name = found.map_or("record", |(name, _)| *name);
        if let Some(said) = kind {
            let action = if word == name { Action::Taken } else { Action::Changed };
            self.tell(
                action,
                "kind of an item".to_owned(),
                &id,
                said,
                if word == name { "" } else { "the nearest kind that the language has" },
            );
        }
        let mut statement = Statement::new(Kind::Item).id(&id).title(Text::from(title)).word(Role::ItemKind, name);
        let mut block = self.said_before(written);
        if let Some(text) = draft.text.as_ref().and_then(|said| self.free(said, "text of an item".to_owned(), &id)) {
            block.push(Statement::new(Kind::Characteristic).text(text).into());
        }
        block.extend(self.facts(draft, &id, Some("item")));
        if !block.is_empty() {
            statement = statement.with_all(block);
        }
        Some(statement.into())
    }

    fn term(&mut self, draft: &Draft) -> Option<Entry> {
        let said = |said: &Option<Said>| said.clone().filter(says_something);
        let has_letter = |term: &Said| clean(&term.words).chars().any(char::is_alphabetic);
        let (Some(term), Some(definition)) = (said(&draft.title).filter(has_letter), said(&draft.text)) else {
            self.left_out(draft, "a term has a name with a letter, and a definition with a letter or a digit");
            return None;
        };
        let name = one_line(&clean(&term.words));
        let words = self.paragraph(&term, "term".to_owned(), &name)?;
        let text = self.free(&definition, "definition of a term".to_owned(), &name)?;
        if let Some(said) = &draft.id {
            self.tell(Action::LeftOut, "number of a term".to_owned(), &name, said, "terms are numbered by their order");
        }
        let block = self.facts(draft, &name, None);
        let statement = Statement::new(Kind::Term).title(Text::from(words)).text(text);
        Some(if block.is_empty() { statement.into() } else { statement.with_all(block).into() })
    }
}

/// An id of the first letters of a title.
fn initials(title: &str, otherwise: &str) -> String {
    let letters = title.split(|character: char| !character.is_alphanumeric()).filter_map(|word| word.chars().next());
    let letters: String =
        letters.filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase()).take(4).collect();
    if letters.is_empty() { otherwise.to_owned() } else { letters }
}
