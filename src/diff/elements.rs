//! The elements of a model with their facts. What comes with the compiler is left out: it is the same on both sides.

use std::borrow::Cow;

use super::facts::{Element, Facts, Piece, Reader, Wording, Words};
use crate::compile::Checked;
use crate::model::{
    Action, Annex, Catalog, Crosswalk, Field, Framework, Group, Head, Item, Line, Link, Model, Name, Order, Origin,
    Outcome, Package, Practice, Process, Reference, Remarks, ReqKind, RequirementId, Strength, Target, Term, What,
};

/// The elements of the model asked for, and of the catalogs, crosswalks and frameworks of all packages.
pub fn elements<'a>(input: &'a Checked<'a>) -> Vec<Element<'a>> {
    let read = Reader { input };
    let mut elements = Vec::new();
    if let Some(package) = input.program.root() {
        model(read, package, &mut elements);
    }
    let is_ours = |package| !input.program.package(package).is_standard;
    for catalog in input.program.catalogs.iter().filter(|catalog| is_ours(catalog.origin.package)) {
        elements.push(catalog_itself(read, catalog));
        elements.extend(catalog.requirements().map(|id| requirement(read, catalog, id)));
    }
    let crosswalks = input.program.crosswalks.iter().filter(|crosswalk| is_ours(crosswalk.origin.package));
    elements.extend(crosswalks.map(|one| crosswalk(read, one)));
    let frameworks = input.program.frameworks.iter().filter(|framework| is_ours(framework.origin.package));
    elements.extend(frameworks.map(|one| framework(read, one)));
    elements
}

fn model<'a>(read: Reader<'a>, package: &'a Package, elements: &mut Vec<Element<'a>>) {
    let model = &package.model;
    elements.extend(model.head.as_ref().map(|one| head(read, model, one)));
    elements.extend(package.fields.iter().map(|one| field(read, one)));
    elements.extend(model.groups.iter().map(|one| group(read, one)));
    for one in &model.processes {
        elements.push(process(read, one));
        elements.extend(one.outcomes.iter().map(|outcome| self::outcome(read, one, outcome)));
        elements.extend(one.practices.iter().map(|practice| self::practice(read, one, practice)));
    }
    elements.extend(model.items.iter().map(|one| item(read, one)));
    elements.extend(model.annexes.iter().map(|one| annex(read, one)));
    elements.extend(model.references.iter().map(|one| reference(read, one)));
    elements.extend(model.terms.iter().map(|one| term(read, one)));
}

/// What every element has; the rest is filled in by its kind.
fn element<'a>(
    kind: What,
    id: impl Into<Cow<'a, str>>,
    title: Cow<'a, str>,
    facts: Facts<'a>,
    origin: Origin,
) -> Element<'a> {
    let id = id.into();
    Element {
        kind,
        own_id: id.clone(),
        id,
        within: None,
        parent: None,
        title,
        wording: Wording::default(),
        formerly: Vec::new(),
        facts: facts.facts,
        span: origin.span,
    }
}

/// What is said in fields of a control that applies, or is excluded.
fn fields_of<'a>(facts: &mut Facts<'a>, control: &str, remarks: &Remarks) {
    let read = facts.read;
    for value in remarks.fields() {
        let field = Piece::Text(format!("{} of ", read.name(value.field)).into());
        facts.add("field", vec![field, Piece::Id(control.to_owned().into())], read.words(value.text));
    }
}

fn remarks<'a>(facts: &mut Facts<'a>, remarks: &'a Remarks) {
    let read = facts.read;
    remarks.notes().iter().for_each(|note| facts.text("note", Some(*note)));
    remarks.inner().iter().for_each(|note| facts.text("note", Some(note.text)));
    for value in remarks.fields() {
        facts.listed("field", read.name(value.field), Some(value.text));
    }
    for (id, _) in remarks.formerly() {
        // A former id is not that of an element, so no renaming reaches it.
        facts.add("formerly", vec![Piece::Text(read.name(*id).into())], Words::new());
    }
    for change in remarks.history().iter().filter(|change| change.action == Action::Replaced) {
        let layer = change.origin.layer.map(|layer| read.name(layer)).unwrap_or_default();
        let what = change.what.map(|what| format!("{what} ")).unwrap_or_default();
        let because = change.because.map(|because| read.words(because)).unwrap_or_default();
        facts.add("replace", vec![Piece::Text(format!("{what}by {layer}").into())], because);
    }
}

fn formerly<'a>(read: Reader<'a>, remarks: &Remarks) -> Vec<&'a str> {
    remarks.formerly().iter().map(|(id, _)| read.name(*id)).collect()
}

fn head<'a>(read: Reader<'a>, model: &'a Model, head: &'a Head) -> Element<'a> {
    let program = read.input.program;
    let mut facts = Facts::new(read);
    facts.text("title", Some(head.title));
    facts.text("edition", head.edition);
    facts.text("source", head.source);
    facts.text("domain", head.domain);
    facts.text("context", head.context);
    facts.text("community", head.community);
    facts.text("consensus", head.consensus);
    if let Some(language) = head.language {
        facts.plain("language", read.input.sources.slice(language));
    }
    facts.text("foreword", head.foreword);
    facts.text("introduction", head.introduction);
    facts.text("scope", head.scope);
    facts.text("overview", head.overview);
    for notice in &head.notices {
        // Whose notice it is stays what it is, where the model asked for has another id.
        facts.add("notice", vec![Piece::Text(read.name(notice.of).into())], read.words(notice.text));
    }
    for drop in &head.drops {
        facts.listed("drops", read.name(program.catalog(drop.catalog).id), drop.because);
    }
    if !head.order_groups.is_empty() {
        let groups = head.order_groups.iter().map(|group| read.name(*group).into()).collect();
        facts.add("order groups", Words::new(), vec![Piece::Ids(groups)]);
    }
    head.extends.iter().for_each(|base| facts.listed("extends", read.name(*base), None));
    for cover in &head.covers {
        let what = match cover.clause {
            Some(clause) => program.full_id(clause).into(),
            None => read.name(program.catalog(cover.catalog).id).into(),
        };
        let through: Vec<Cow<'_, str>> =
            cover.through.iter().map(|crosswalk| read.name(program.crosswalk(*crosswalk).id).into()).collect();
        let value = match through.is_empty() {
            true => Vec::new(),
            false => vec![Piece::Text("through ".into()), Piece::Ids(through)],
        };
        facts.add("covers", vec![Piece::Id(what)], value);
    }
    for exclusion in &head.exclusions {
        let id = program.full_id(exclusion.requirement);
        fields_of(&mut facts, &id, &exclusion.remarks);
        facts.listed("exclude", id, exclusion.because);
    }
    for application in &head.applications {
        let id = program.full_id(application.requirement);
        if let Some(state) = application.state {
            let state = vec![Piece::Text(state.word().into())];
            facts.add("state", vec![Piece::Id(id.clone().into())], state);
        }
        fields_of(&mut facts, &id, &application.remarks);
        facts.listed("apply", id, application.because);
    }
    for omission in &model.omissions {
        facts.listed("omit", read.name(omission.id), omission.because);
    }
    if let Some((framework, _)) = head.measured_by {
        facts.plain("measured by", read.name(program.framework(framework).id));
    }
    for conformity in &head.conforms {
        facts.listed("conforms", program.full_id(conformity.requirement), Some(conformity.text));
    }
    match head.order {
        Order::Id => facts.plain("order by", "id"),
        Order::Title => facts.plain("order by", "title"),
        Order::Source => {}
    }
    remarks(&mut facts, &head.remarks);
    element(What::Model, read.name(head.id), read.text(head.title), facts, head.origin)
}

fn field<'a>(read: Reader<'a>, field: &'a Field) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(field.title));
    if field.required {
        facts.plain("required", "yes");
    }
    let id = format!("{} on {}", read.name(field.id), field.on.word());
    element(What::Field, id, read.text(field.title), facts, field.origin)
}

fn group<'a>(read: Reader<'a>, group: &'a Group) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(group.title));
    facts.text("text", group.text);
    remarks(&mut facts, &group.remarks);
    let title = read.text(group.title);
    Element {
        parent: group.parent.map(|parent| read.name(parent).into()),
        wording: (title.clone(), Cow::default()),
        formerly: formerly(read, &group.remarks),
        ..element(What::Group, read.name(group.id), title, facts, group.origin)
    }
}

fn process<'a>(read: Reader<'a>, process: &'a Process) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(process.title));
    facts.text("purpose", process.purpose.map(|purpose| purpose.text));
    facts.text("context", process.context.map(|context| context.text));
    for relation in &process.relations {
        facts.listed(relation.kind.word(), read.name(relation.target.id), relation.text);
    }
    remarks(&mut facts, &process.remarks);
    let title = read.text(process.title);
    let purpose = process.purpose.map(|purpose| read.text(purpose.text)).unwrap_or_default();
    let id = read.name(process.id);
    Element {
        within: Some(id),
        parent: process.group.map(|group| read.name(group).into()),
        wording: if purpose.is_empty() { Wording::default() } else { (title.clone(), purpose) },
        formerly: formerly(read, &process.remarks),
        ..element(What::Process, id, title, facts, process.origin)
    }
}

/// What stands in a process: its own id is what stands behind that of the process.
fn of_process<'a>(read: Reader<'a>, process: &Process, id: Name, element: Element<'a>) -> Element<'a> {
    let process = read.name(process.id);
    let own_id = read.name(id).strip_prefix(process).and_then(|rest| rest.strip_prefix('.'));
    Element {
        own_id: own_id.map_or(element.own_id, Cow::Borrowed),
        within: Some(process),
        parent: Some(process.into()),
        ..element
    }
}

fn outcome<'a>(read: Reader<'a>, process: &'a Process, outcome: &'a Outcome) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("text", Some(outcome.text));
    for link in &outcome.links {
        let requirement = read.input.program.full_id(link.requirement);
        facts.add("satisfies", vec![Piece::Id(requirement.into())], how_far(read, outcome, link));
    }
    targets(&mut facts, "produces", &outcome.produces);
    remarks(&mut facts, &outcome.remarks);
    let text = read.text(outcome.text);
    let origin = outcome.origin;
    let element = Element {
        wording: (Cow::default(), text.clone()),
        ..element(What::Outcome, read.name(outcome.id), text, facts, origin)
    };
    of_process(read, process, outcome.id, element)
}

fn how_far<'a>(read: Reader<'a>, outcome: &Outcome, link: &Link) -> Words<'a> {
    let strength = if link.strength == Strength::Full { "in full" } else { "in part" };
    let mut words = vec![Piece::Text(strength.into())];
    if let Some(set) = link.joint_set.and_then(|set| outcome.joint_sets.get(set as usize)) {
        words.push(Piece::Text(" together with ".into()));
        words.push(Piece::Ids(set.iter().map(|member| read.name(member.id).into()).collect()));
    }
    if let Some(because) = link.because {
        words.push(Piece::Text(" because ".into()));
        words.extend(read.words(because));
    }
    words
}

fn targets(facts: &mut Facts<'_>, property: &'static str, targets: &[Target]) {
    let read = facts.read;
    targets.iter().for_each(|target| facts.listed(property, read.name(target.id), None));
}

fn practice<'a>(read: Reader<'a>, process: &'a Process, practice: &'a Practice) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("name", practice.name);
    facts.text("text", Some(practice.text));
    targets(&mut facts, "achieves", &practice.achieves);
    targets(&mut facts, "consumes", &practice.consumes);
    targets(&mut facts, "produces", &practice.produces);
    remarks(&mut facts, &practice.remarks);
    let name = practice.name.map(|name| read.text(name));
    let text = read.text(practice.text);
    let shown = name.as_ref().unwrap_or(&text).clone();
    let wording = (name.unwrap_or_default(), text);
    let element = Element { wording, ..element(What::Practice, read.name(practice.id), shown, facts, practice.origin) };
    of_process(read, process, practice.id, element)
}

fn item<'a>(read: Reader<'a>, item: &'a Item) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(item.title));
    if let Some(kind) = item.kind {
        facts.plain("kind", read.name(kind));
    }
    item.characteristics.iter().for_each(|text| facts.text("characteristic", Some(*text)));
    remarks(&mut facts, &item.remarks);
    let title = read.text(item.title);
    Element {
        wording: (title.clone(), Cow::default()),
        ..element(What::Item, read.name(item.id), title, facts, item.origin)
    }
}

fn annex<'a>(read: Reader<'a>, annex: &'a Annex) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(annex.title));
    facts.text("text", Some(annex.text));
    remarks(&mut facts, &annex.remarks);
    let title = read.text(annex.title);
    Element {
        wording: (Cow::default(), read.text(annex.text)),
        ..element(What::Annex, read.name(annex.id), title, facts, annex.origin)
    }
}

fn reference<'a>(read: Reader<'a>, cited: &'a Reference) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("designation", Some(cited.designation));
    facts.text("title", cited.title);
    if cited.normative {
        facts.plain("normative", "yes");
    }
    remarks(&mut facts, &cited.remarks);
    let title = read.text(cited.designation);
    Element {
        wording: (title.clone(), Cow::default()),
        ..element(What::Reference, read.name(cited.id), title, facts, cited.origin)
    }
}

fn term<'a>(read: Reader<'a>, term: &'a Term) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(term.term));
    facts.text("definition", Some(term.text));
    facts.text("source", term.source);
    term.also.iter().for_each(|name| facts.text("also", Some(*name)));
    remarks(&mut facts, &term.remarks);
    let words = read.text(term.term);
    let own_id = words.to_lowercase().into();
    Element {
        own_id,
        wording: (Cow::default(), read.text(term.text)),
        ..element(What::Term, words.clone(), words, facts, term.origin)
    }
}

fn catalog_itself<'a>(read: Reader<'a>, catalog: &'a Catalog) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(catalog.title));
    facts.text("edition", catalog.edition);
    facts.text("source", catalog.source);
    if catalog.tailorable {
        facts.plain("tailorable", "yes");
    }
    if catalog.for_models {
        facts.plain("for models", "yes");
    }
    facts.text("notice", catalog.notice);
    remarks(&mut facts, &catalog.remarks);
    let id = read.name(catalog.id);
    Element { within: Some(id), ..element(What::Catalog, id, read.text(catalog.title), facts, catalog.origin) }
}

fn requirement<'a>(read: Reader<'a>, catalog: &'a Catalog, id: RequirementId) -> Element<'a> {
    let program = read.input.program;
    let row = program.requirement(id);
    let mut facts = Facts::new(read);
    facts.text("title", Some(row.title));
    facts.text("text", row.text);
    facts.text("label", row.label);
    if row.kind != ReqKind::Requirement {
        facts.plain("kind", row.kind.word());
    }
    remarks(&mut facts, &row.remarks);
    let title = read.text(row.title);
    let wording = (title.clone(), row.text.map(|text| read.text(text)).unwrap_or_default());
    Element {
        own_id: read.name(row.id).into(),
        within: Some(read.name(catalog.id)),
        parent: row.parent.map(|parent| program.full_id(parent).into()),
        wording,
        ..element(What::Requirement, program.full_id(id), title, facts, row.origin)
    }
}

fn crosswalk<'a>(read: Reader<'a>, crosswalk: &'a Crosswalk) -> Element<'a> {
    let program = read.input.program;
    let mut facts = Facts::new(read);
    facts.text("title", Some(crosswalk.title));
    facts.text("source", crosswalk.source);
    facts.text("notice", crosswalk.notice);
    for (property, catalog) in [("from", crosswalk.from), ("to", crosswalk.to)] {
        if let Some(catalog) = catalog {
            facts.plain(property, read.name(program.catalog(catalog).id));
        }
    }
    for line in &crosswalk.lines {
        let (key, value) = line_of(read, line);
        facts.add("line", key, value);
        line.remarks.notes().iter().for_each(|note| facts.text("note", Some(*note)));
    }
    for (property, ids) in [("new", &crosswalk.new), ("withdrawn", &crosswalk.withdrawn)] {
        ids.iter().for_each(|(id, _)| facts.listed(property, program.full_id(*id), None));
    }
    remarks(&mut facts, &crosswalk.remarks);
    let title = read.text(crosswalk.title);
    element(What::Crosswalk, read.name(crosswalk.id), title, facts, crosswalk.origin)
}

fn line_of<'a>(read: Reader<'a>, line: &Line) -> (Words<'a>, Words<'a>) {
    let side = |ids: &[(RequirementId, crate::span::Span)]| {
        Piece::Ids(ids.iter().map(|(id, _)| read.input.program.full_id(*id).into()).collect())
    };
    let key = vec![side(&line.left), Piece::Text(" – ".into()), side(&line.right)];
    let mut value = vec![Piece::Text(line.relation.words().into())];
    if let Some(because) = line.because {
        value.push(Piece::Text(" because ".into()));
        value.extend(read.words(because));
    }
    (key, value)
}

fn framework<'a>(read: Reader<'a>, framework: &'a Framework) -> Element<'a> {
    let mut facts = Facts::new(read);
    facts.text("title", Some(framework.title));
    facts.text("edition", framework.edition);
    facts.text("source", framework.source);
    facts.text("notice", framework.notice);
    for rating in &framework.ratings {
        let id = format!("rating {}", read.name(rating.id));
        let label = rating.label.map(|label| format!(", label {}", read.text(label))).unwrap_or_default();
        let value = format!("{} from {} to {}{label}", read.text(rating.title), rating.from, rating.to);
        facts.add("line", vec![Piece::Text(id.into())], vec![Piece::Text(value.into())]);
    }
    let mut listed = |key: String, text: Words<'a>| facts.add("line", vec![Piece::Text(key.into())], text);
    for level in &framework.levels {
        listed(format!("level {}", read.name(level.id)), read.words(level.title));
        for attribute in &level.attributes {
            let own = format!("level {} attribute {}", read.name(level.id), read.name(attribute.id));
            listed(own.clone(), read.words(attribute.title));
            for achievement in &attribute.achievements {
                listed(format!("{own} achievement {}", read.name(achievement.id)), read.words(achievement.text));
            }
            for practice in &attribute.practices {
                listed(format!("{own} practice {}", read.name(practice.id)), read.words(practice.text));
            }
        }
    }
    remarks(&mut facts, &framework.remarks);
    let title = read.text(framework.title);
    element(What::Framework, read.name(framework.id), title, facts, framework.origin)
}
