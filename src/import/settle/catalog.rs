//! Catalogs: clauses, requirements and controls.

use super::super::draft::{Draft, Fact, What};
use super::super::ids::{self, Taken};
use super::super::known::Known;
use super::{Settler, Wanted, as_title, clean, fact, first_words, one_line};
use crate::import::report::Action;
use crate::syntax::statements::Kind;
use crate::writer::{Entry, Statement, Text};

/// The catalogs that a source brings along, as what its own references may mean.
pub(super) fn brought(drafts: &[Draft], stem: &str, wanted: &Wanted, top: &mut Taken) -> Vec<Known> {
    let catalogs = drafts.iter().filter(|draft| draft.what == What::Catalog);
    let is_one = catalogs.clone().count() == 1;
    let known = |draft: &Draft| {
        let mut ids = Vec::new();
        let mut taken = Taken::default();
        // The ids are given out in the order in which they are written.
        gather(&draft.inner, "", &mut taken, &mut ids);
        let mut known = Known::of(&top.free(&id_of(draft, stem, wanted, is_one)), ids);
        // Ids are given out in the same order again.
        let mut taken = Taken::default();
        controls(&draft.inner, None, "", &mut taken, &mut known);
        known
    };
    catalogs.map(known).collect()
}

fn id_of(draft: &Draft, stem: &str, wanted: &Wanted, is_one: bool) -> String {
    let own = draft.id.as_ref().map(|said| ids::legal(&said.words).into_owned()).filter(|id| !id.is_empty());
    // Several are told apart by their titles.
    let title = draft.title.as_ref().filter(|_| !is_one).map(|said| slug(&said.words));
    let stem = || otherwise(&ids::legal(stem), "catalog");
    match (wanted.id.clone(), own, title) {
        (Some(id), _, Some(title)) => format!("{id}-{title}"),
        (Some(id), _, None) | (None, Some(id), _) => id,
        (None, None, title) => title.unwrap_or_else(stem),
    }
}

/// An id of a title.
pub(super) fn slug(title: &str) -> String {
    otherwise(&ids::legal(&one_line(&clean(title)).to_lowercase().replace(' ', "-")), "part")
}

pub(super) fn otherwise(id: &str, other: &str) -> String {
    if id.is_empty() { other.to_owned() } else { id.replace('.', "-") }
}

fn gather(drafts: &[Draft], parent: &str, taken: &mut Taken, found: &mut Vec<(String, String)>) {
    for (at, draft) in drafts.iter().enumerate() {
        let written = draft.id.as_ref().map(|said| one_line(&clean(&said.words))).unwrap_or_default();
        let id = given(draft, parent, at, taken);
        found.push((if written.is_empty() { id.clone() } else { written }, id.clone()));
        gather(&draft.inner, &id, taken, found);
    }
}

/// Tells which of its rows are controls, and what they stand in.
fn controls(drafts: &[Draft], within: Option<&str>, parent: &str, taken: &mut Taken, known: &mut Known) {
    for (at, draft) in drafts.iter().enumerate() {
        let id = given(draft, parent, at, taken);
        let is_control = draft.what == What::Control;
        if is_control {
            known.add_control(&id, within);
        }
        controls(&draft.inner, is_control.then_some(&*id).or(within), &id, taken, known);
    }
}

fn given(draft: &Draft, parent: &str, at: usize, taken: &mut Taken) -> String {
    let written = draft.id.as_ref().map(|said| one_line(&clean(&said.words))).unwrap_or_default();
    let legal = ids::legal(&written);
    taken.free(&if legal.is_empty() { below(parent, at) } else { legal.into_owned() })
}

/// The id of what stands in something and has none.
fn below(parent: &str, at: usize) -> String {
    if parent.is_empty() { format!("R{}", at + 1) } else { format!("{parent}.{}", at + 1) }
}

impl Settler<'_> {
    pub(super) fn catalog(&mut self, draft: &Draft, id: String) -> Statement {
        if let Some(said) = &draft.id {
            let action = if said.words.trim() == id { Action::Taken } else { Action::Changed };
            self.tell(action, "id of a catalog".to_owned(), &id, said, "");
        }
        let title = self.title(draft, &id);
        let is_one = self.known.iter().filter(|known| known.package.is_none()).count() == 1;
        let title = self
            .wanted
            .title
            .clone()
            .filter(|_| is_one || title.is_none())
            .or(title)
            .unwrap_or_else(|| format!("Catalog {}", self.stem));
        let mut statement = Statement::new(Kind::Catalog)
            .id(&id)
            .title(Text::from(as_title(&title, "Catalog")))
            .with_all(self.facts(draft, &id, None));
        let mut taken = Taken::default();
        for (at, inner) in draft.inner.iter().enumerate() {
            let entry = self.requirement(inner, What::Catalog, "", at, &mut taken);
            statement = statement.with_all(entry);
        }
        statement
    }

    /// A row of a catalog, with what stands in it.
    fn requirement(
        &mut self,
        draft: &Draft,
        within: What,
        parent: &str,
        at: usize,
        taken: &mut Taken,
    ) -> Option<Entry> {
        let (id, written) = self.id(draft, taken, || below(parent, at));
        // What asks for something cannot hold headings: a heading there is a requirement of its own.
        let what = match (draft.what, within) {
            (What::Clause, What::Requirement | What::Control) => What::Requirement,
            (What::Control, What::Requirement) => What::Requirement,
            (what, _) => what,
        };
        let mut title = self.title(draft, &id);
        if title.is_none() {
            title = draft
                .text
                .as_ref()
                .map(|said| first_words(&one_line(&clean(&said.words))))
                .filter(|title| !title.is_empty());
        }
        let title =
            title.filter(|title| title.chars().any(char::is_alphabetic)).unwrap_or_else(|| format!("Requirement {id}"));
        let kind = match what {
            What::Clause => Kind::Clause,
            What::Control => Kind::Control,
            _ => Kind::Requirement,
        };
        let mut statement = Statement::new(kind).id(&id).title(Text::from(title));
        let text = draft.text.as_ref().and_then(|said| self.free(said, format!("text of {}", draft.what.one()), &id));
        let mut block: Vec<Entry> = Vec::new();
        match text {
            Some(text) if kind == Kind::Clause => block.push(Statement::new(Kind::Note).text(text).into()),
            Some(text) => statement = statement.text(text),
            None => {}
        }
        if let Some(written) = written.filter(|_| fact(draft, Fact::Label).is_none()) {
            block.insert(0, Statement::new(Kind::Label).text(one_line(&clean(&written))).into());
        }
        block.extend(self.facts(draft, &id, None));
        for (at, inner) in draft.inner.iter().enumerate() {
            block.extend(self.requirement(inner, what, &id, at, taken));
        }
        if !block.is_empty() {
            statement = statement.with_all(block);
        }
        Some(statement.into())
    }
}
