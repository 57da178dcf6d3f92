//! Crosswalks: lines between two catalogs that are known.

use super::super::draft::{Draft, Fact, Relation, Tie, What};
use super::super::report::Action;
use super::catalog::{otherwise, slug};
use super::{Settler, as_title, fact, in_doubt, tied};
use crate::import::ids;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::{Statement, Text};

impl Settler<'_> {
    /// A crosswalk; `None` where a side is of no catalog that is known: then all of its lines are left out, and told.
    pub(super) fn crosswalk(&mut self, draft: &Draft) -> Option<Statement> {
        let (from, to) = (self.side(draft, Tie::Left), self.side(draft, Tie::Right));
        let (Some(from), Some(to)) = (from, to) else {
            self.left_out(draft, "the catalogs of its sides are not known: say `--from CATALOG --to CATALOG`");
            return None;
        };
        self.see(&from);
        self.see(&to);
        let own = draft.id.as_ref().map(|said| ids::legal(&said.words).into_owned()).filter(|id| !id.is_empty());
        let title = draft.title.as_ref().map(|said| slug(&said.words));
        let id = self.wanted.id.clone().or(own).or(title);
        let id = self.top.free(&id.unwrap_or_else(|| otherwise(&ids::legal(self.stem), "crosswalk")));
        if let Some(said) = &draft.id {
            let action = if said.words.trim() == id { Action::Taken } else { Action::Changed };
            self.tell(action, "id of a crosswalk".to_owned(), &id, said, "");
        }
        for refs in &draft.refs {
            let (catalog, what) = if refs.tie == Tie::Left { (&from, "left") } else { (&to, "right") };
            let action = if refs.said.words == *catalog { Action::Taken } else { Action::Changed };
            self.tell(action, format!("{what} side of a crosswalk"), &id, &refs.said, format!("it is `{catalog}`"));
        }
        let title = self.title(draft, &id);
        let title = self.wanted.title.clone().or(title).unwrap_or_else(|| format!("{from} and {to}"));
        let facts = self.facts(draft, &id, None);
        let mut statement = Statement::new(Kind::Crosswalk)
            .id(&id)
            .title(Text::from(as_title(&title, "Crosswalk")))
            .word(Role::FromCatalog, &from)
            .word(Role::ToCatalog, &to)
            .with_all(facts);
        for line in &draft.inner {
            if let Some(line) = self.correspondence(line, &id, &from, &to) {
                statement = statement.with(line);
            }
        }
        Some(statement)
    }

    /// The catalog of a side: the one that is asked for, else what the draft names, if it is known.
    fn side(&self, draft: &Draft, tie: Tie) -> Option<String> {
        let wanted = if tie == Tie::Left { &self.wanted.sides.0 } else { &self.wanted.sides.1 };
        let named = tied(draft, tie).flat_map(|refs| &refs.ids);
        let known = |id: &String| self.known.iter().find(|known| known.id == *id || known.id == *ids::legal(id));
        wanted.iter().chain(named).find_map(known).map(|known| known.id.clone())
    }

    fn correspondence(&mut self, line: &Draft, id: &str, from: &str, to: &str) -> Option<Statement> {
        let mut sides = [Vec::new(), Vec::new()];
        let (mut lost, mut doubt, mut read) = (Vec::new(), None, Vec::new());
        for (side, (tie, catalog)) in sides.iter_mut().zip([(Tie::Left, from), (Tie::Right, to)]) {
            for refs in tied(line, tie) {
                let found = self.requirements(refs, catalog);
                side.extend(found.ids);
                read.push(found.notes.join("; "));
                lost.extend(found.lost.into_iter().map(|id| (id, catalog.to_owned())));
                doubt = doubt.or(found.doubt);
            }
        }
        let [left, right] = sides;
        let relation = line.relation.as_ref().map(|(relation, _)| *relation);
        let is_whole = match relation {
            Some(Relation::Withdrawn) => !left.is_empty(),
            Some(Relation::New) => !right.is_empty(),
            Some(_) => !left.is_empty() && !right.is_empty(),
            None => false,
        };
        if !is_whole || !lost.is_empty() || doubt.is_some() {
            let why = match (lost.first(), doubt) {
                (_, Some(meant)) => in_doubt(&meant),
                (Some((id, catalog)), None) => format!("`{catalog}` has no `{id}`"),
                (None, None) if relation.is_none() => "it names no relation that is known".to_owned(),
                (None, None) => "a side of it is empty".to_owned(),
            };
            self.left_out(line, &why);
            return None;
        }
        let kind = match relation? {
            Relation::Withdrawn => Kind::Withdrawn,
            Relation::New => Kind::New,
            _ => Kind::Line,
        };
        let sides = [Tie::Left, Tie::Right].into_iter().flat_map(|tie| tied(line, tie));
        for (refs, read) in sides.zip(read) {
            let (action, note) = match read.as_str() {
                _ if refs.ids.is_empty() => (Action::Merged, "it says that there is none"),
                "" => (Action::Taken, ""),
                read => (Action::Changed, read),
            };
            self.tell(action, format!("{} of a line", refs.tie.words()), id, &refs.said, note);
        }
        if let Some((_, Some(said))) = &line.relation {
            self.tell(Action::Taken, "relation of a line".to_owned(), id, said, "");
        }
        let mut statement = match relation? {
            Relation::Withdrawn => Statement::new(kind).words(Role::Ref, left),
            Relation::New => Statement::new(kind).words(Role::Ref, right),
            other => Statement::correspondence(left, role(other), right),
        };
        let reason = fact(line, Fact::Reason).and_then(|said| self.paragraph(said, "reason of a line".to_owned(), id));
        match reason {
            Some(reason) if kind == Kind::Line => statement = statement.because(reason),
            Some(reason) => statement = statement.with(Statement::new(Kind::Note).text(reason)),
            None => {}
        }
        let facts = self.facts(line, id, None);
        Some(if facts.is_empty() { statement } else { statement.with_all(facts) })
    }

    /// Tells that an element is left out, with all that it says.
    pub(super) fn left_out(&mut self, draft: &Draft, why: &str) {
        let word = if draft.what == What::Correspondence { "line" } else { draft.what.word() };
        let own = [("id", &draft.id), ("title", &draft.title), ("text", &draft.text)];
        for (name, said) in own {
            if let Some(said) = said {
                self.tell(Action::LeftOut, format!("{name} of a {word}"), "", said, why);
            }
        }
        for (fact, said) in &draft.facts {
            self.tell(Action::LeftOut, format!("{} of a {word}", fact.word()), "", said, why);
        }
        for (head, said) in &draft.fields {
            self.tell(Action::LeftOut, format!("“{head}” of a {word}"), "", said, why);
        }
        for refs in &draft.refs {
            self.tell(Action::LeftOut, format!("{} of a {word}", refs.tie.words()), "", &refs.said, why);
        }
        if let Some((_, Some(said))) = &draft.relation {
            self.tell(Action::LeftOut, format!("relation of a {word}"), "", said, why);
        }
        for inner in &draft.inner {
            self.left_out(inner, why);
        }
    }
}

fn role(relation: Relation) -> Role {
    match relation {
        Relation::Equals => Role::Equals,
        Relation::Subset => Role::Subset,
        Relation::Superset => Role::Superset,
        Relation::Intersects => Role::Intersects,
        _ => Role::Equivalent,
    }
}
