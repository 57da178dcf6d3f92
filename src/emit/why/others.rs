//! What a model, a catalog, a crosswalk, a framework or a part of it, a field or a term is, and what rests on it.

use super::PROOFS;
use super::element::told;
use super::tree::Tree;
use crate::compile::Checked;
use crate::document::words::EN;
use crate::emit::provenance;
use crate::emit::report::place;
use crate::model::{
    Attribute, CatalogId, CrosswalkId, Field, FieldKind, Framework, FrameworkId, GenericPractice, Head, Name,
    PackageId, Remarks, Sight, Term, Text, Thing, Want,
};
use crate::span::Span;

/// The answer for whatever a word names that is neither an element of the model nor a requirement; all of them, if it
/// names several. `None` if it names nothing.
pub fn others(input: &Checked<'_>, reference: &str) -> Option<String> {
    let root = input.program.root_id()?;
    let telling = Telling { input, sight: input.program.sight(root), head: input.program.root()?.model.head.as_ref()? };
    let mut answers: Vec<String> = Vec::new();
    let wanted = [Want::Model, Want::Catalog, Want::Crosswalk, Want::Framework].into_iter();
    for want in wanted.chain(FieldKind::ALL.map(Want::Field)) {
        let named = telling.sight.candidates(want).filter(|thing| telling.sight.id(*thing) == Some(reference));
        answers.extend(named.filter_map(|thing| telling.thing(thing)));
    }
    for framework in telling.sight.candidates(Want::Framework) {
        if let Thing::Framework(framework) = framework {
            telling.parts(framework, reference, &mut answers);
        }
    }
    if let Some(Thing::Term(home, at)) = telling.sight.find(Want::Term, reference).first() {
        answers.extend(telling.sight.term(home, at).map(|term| telling.term(term)));
    }
    (!answers.is_empty()).then(|| answers.join("\n"))
}

struct Telling<'a> {
    input: &'a Checked<'a>,
    sight: Sight<'a>,
    head: &'a Head,
}

impl Telling<'_> {
    fn thing(&self, thing: Thing) -> Option<String> {
        Some(match thing {
            Thing::Model(home) => self.model(home)?,
            Thing::Catalog(id) => self.catalog(id),
            Thing::Crosswalk(id) => self.crosswalk(id),
            Thing::Framework(id) => self.framework(id),
            Thing::Field(home, at) => self.field(self.sight.field(home, at)?),
            _ => return None,
        })
    }

    fn name(&self, name: Name) -> &str {
        self.input.program.name(name)
    }

    fn quoted(&self, text: Text) -> String {
        self.input.sources.text(text).replace('\n', " ")
    }

    fn subject(&self, what: &str, id: Name, title: Text, at: Span) -> String {
        format!("{what} {} “{}” ({})\n", self.name(id), self.quoted(title), place(self.input, at))
    }

    fn catalog_id(&self, id: CatalogId) -> &str {
        self.name(self.input.program.catalog(id).id)
    }

    fn model(&self, home: PackageId) -> Option<String> {
        let head = self.sight.model(home).head.as_ref()?;
        let mut tree = Tree::default();
        head.extends.iter().for_each(|base| tree.add(0, format!("extends {}", self.name(*base))));
        for cover in &head.covers {
            let clause = cover.clause.map(|clause| self.name(self.input.program.requirement(clause).id));
            let clause = clause.map(|clause| format!(":{clause}")).unwrap_or_default();
            let through: Vec<&str> =
                cover.through.iter().map(|id| self.name(self.input.program.crosswalk(*id).id)).collect();
            let through = if through.is_empty() { String::new() } else { format!(" through {}", through.join(", ")) };
            let (catalog, at) = (self.catalog_id(cover.catalog), place(self.input, cover.origin.span));
            tree.add(0, format!("covers {catalog}{clause}{through} ({at})"));
        }
        if let Some((framework, at)) = head.measured_by {
            let framework = self.name(self.input.program.framework(framework).id);
            tree.add(0, format!("is measured by {framework} ({})", place(self.input, at)));
        }
        Some(self.subject("model", head.id, head.title, head.origin.span) + &tree.draw())
    }

    fn catalog(&self, id: CatalogId) -> String {
        let catalog = self.input.program.catalog(id);
        let mut tree = Tree::default();
        for cover in self.head.covers.iter().filter(|cover| cover.catalog == id) {
            let model = cover.origin.layer.map_or("", |layer| self.name(layer));
            tree.add(0, format!("{model} covers it ({})", place(self.input, cover.origin.span)));
        }
        if tree.is_empty() {
            tree.add(0, "the model does not cover it".to_owned());
        }
        self.subject("catalog", catalog.id, catalog.title, catalog.origin.span) + &tree.draw()
    }

    fn crosswalk(&self, id: CrosswalkId) -> String {
        let crosswalk = self.input.program.crosswalk(id);
        let mut tree = Tree::default();
        if let (Some(from), Some(to)) = (crosswalk.from, crosswalk.to) {
            tree.add(0, format!("from {} to {}", self.catalog_id(from), self.catalog_id(to)));
        }
        let (lines, new, gone) = (crosswalk.lines.len(), crosswalk.new.len(), crosswalk.withdrawn.len());
        tree.add(0, format!("lines: {lines}; new: {new}; withdrawn: {gone}"));
        let named = self.head.covers.iter().filter(|cover| cover.through.contains(&id));
        named.for_each(|cover| tree.add(0, format!("in force, named at {}", place(self.input, cover.origin.span))));
        if !self.head.crosswalks_in_force().contains(&id) {
            tree.add(0, "not in force: no `covers … through` of the model or its bases names it".to_owned());
        } else if self.head.dropped_through.contains(&id) {
            tree.add(0, "in force, named by a `covers` that is dropped".to_owned());
        }
        self.subject("crosswalk", crosswalk.id, crosswalk.title, crosswalk.origin.span) + &tree.draw()
    }

    fn framework(&self, id: FrameworkId) -> String {
        let framework = self.input.program.framework(id);
        let mut tree = Tree::default();
        match self.head.measured_by.filter(|(measure, _)| *measure == id) {
            Some((_, at)) => tree.add(0, format!("measures the model ({})", place(self.input, at))),
            None => tree.add(0, "does not measure the model".to_owned()),
        }
        for level in &framework.levels {
            tree.add(0, format!("level {} “{}”", self.name(level.id), self.quoted(level.title)));
            for attribute in &level.attributes {
                tree.add(1, format!("attribute {} “{}”", self.name(attribute.id), self.quoted(attribute.title)));
            }
        }
        self.subject("framework", framework.id, framework.title, framework.origin.span) + &tree.draw()
    }

    /// The attributes, achievements and generic practices of a framework that a word names.
    fn parts(&self, id: FrameworkId, reference: &str, answers: &mut Vec<String>) {
        let framework = self.input.program.framework(id);
        for attribute in framework.levels.iter().flat_map(|level| &level.attributes) {
            let own = self.name(attribute.id);
            let achievement = reference.strip_prefix(own).and_then(|rest| rest.strip_prefix('.'));
            if own == reference {
                answers.push(self.attribute(framework, attribute, None));
            } else if achievement.is_some_and(|letter| {
                attribute.achievements.iter().any(|achievement| self.name(achievement.id) == letter)
            }) {
                answers.push(self.attribute(framework, attribute, achievement));
            }
            let practices = attribute.practices.iter().filter(|practice| self.name(practice.id) == reference);
            answers.extend(practices.map(|practice| self.practice(framework, attribute, practice)));
        }
    }

    /// An attribute, with what is achieved and by which practices: all of it, or one achievement.
    fn attribute(&self, framework: &Framework, attribute: &Attribute, only: Option<&str>) -> String {
        let mut tree = Tree::default();
        tree.add(0, format!("in the framework {}", self.name(framework.id)));
        for one in &attribute.achievements {
            if only.is_some_and(|only| only != self.name(one.id)) {
                continue;
            }
            tree.add(0, format!("achievement {} “{}”", self.name(one.id), self.quoted(one.text)));
            for practice in attribute.practices.iter().filter(|practice| practice.achieves.contains(&one.id)) {
                let words = self.quoted(practice.name.unwrap_or(practice.text));
                tree.add(1, format!("is achieved by {} “{words}”", self.name(practice.id)));
            }
        }
        self.subject("attribute", attribute.id, attribute.title, attribute.span) + &tree.draw()
    }

    fn practice(&self, framework: &Framework, attribute: &Attribute, practice: &GenericPractice) -> String {
        let mut tree = Tree::default();
        if practice.name.is_some() {
            tree.add(0, format!("“{}”", self.quoted(practice.text)));
        }
        let of = format!("{} “{}”", self.name(attribute.id), self.quoted(attribute.title));
        tree.add(0, format!("of the attribute {of} in the framework {}", self.name(framework.id)));
        for one in attribute.achievements.iter().filter(|one| practice.achieves.contains(&one.id)) {
            tree.add(0, format!("achieves {} “{}”", self.name(one.id), self.quoted(one.text)));
        }
        let title = practice.name.unwrap_or(practice.text);
        self.subject("generic practice", practice.id, title, practice.span) + &tree.draw()
    }

    fn field(&self, field: &Field) -> String {
        let mut tree = Tree::default();
        let required = if field.required { ", required" } else { "" };
        tree.add(0, format!("on {}{required}", field.on.word()));
        let said = self.said(field);
        for (of, text) in said.iter().take(PROOFS) {
            tree.add(0, format!("{of}: “{}”", self.quoted(*text)));
        }
        match said.len() {
            0 => tree.add(0, "nothing states it".to_owned()),
            all if all > PROOFS => tree.add(0, format!("and {} more", all - PROOFS)),
            _ => {}
        }
        self.subject("field", field.id, field.title, field.origin.span) + &tree.draw()
    }

    /// What the blocks of a field's kind say in it.
    fn said(&self, field: &Field) -> Vec<(String, Text)> {
        let model = self.input.program.root().map(|package| &package.model);
        let processes = || model.iter().flat_map(|model| &model.processes);
        let blocks: Vec<(Name, &Remarks)> = match field.on {
            FieldKind::Process => processes().map(|process| (process.id, &process.remarks)).collect(),
            FieldKind::Outcome => processes()
                .flat_map(|process| &process.outcomes)
                .map(|outcome| (outcome.id, &outcome.remarks))
                .collect(),
            FieldKind::Model => vec![(self.head.id, &self.head.remarks)],
            FieldKind::Group => {
                model.iter().flat_map(|model| &model.groups).map(|group| (group.id, &group.remarks)).collect()
            }
            FieldKind::Item => {
                model.iter().flat_map(|model| &model.items).map(|item| (item.id, &item.remarks)).collect()
            }
            FieldKind::Control => {
                let of = |requirement| self.input.program.requirement(requirement).id;
                let applied = self.head.applications.iter().map(|one| (of(one.requirement), &one.remarks));
                let excluded = self.head.exclusions.iter().map(|one| (of(one.requirement), &one.remarks));
                applied.chain(excluded).collect()
            }
        };
        let says = |(id, remarks): (Name, &Remarks)| {
            let value = remarks.fields().iter().find(|value| value.field == field.id)?;
            Some((self.name(id).to_owned(), value.text))
        };
        blocks.into_iter().filter_map(says).collect()
    }

    fn term(&self, term: &Term) -> String {
        let mut tree = Tree::default();
        tree.add(0, format!("“{}”", self.quoted(term.text)));
        term.also.iter().for_each(|also| tree.add(0, format!("also “{}”", self.quoted(*also))));
        term.source.iter().for_each(|source| tree.add(0, format!("source: {}", self.quoted(*source))));
        let mut text =
            format!("term “{}” ({})\n{}", self.quoted(term.term), place(self.input, term.origin.span), tree.draw());
        if self.input.program.root().is_some_and(|package| !package.scope.stands_on.is_empty()) {
            let events = provenance::whole(self.input, &EN, "", term.origin, &term.remarks);
            text.push_str(&format!("history:\n{}", told(self.input, events).draw()));
        }
        text
    }
}
