//! The elements of a model with their facts. What comes with the compiler is left out: it is the same on both sides.

use super::facts::{Element, Facts, Piece, Reader, Words};
use crate::compile::Checked;
use crate::model::{
    Action, Annex, Catalog, Crosswalk, Field, Framework, Group, Head, Item, Line, Link, Model, Order, Outcome, Package,
    Practice, Process, Reference, Remarks, ReqKind, RequirementId, Strength, Target, Term, What,
};

/// The elements of the model asked for, and of the catalogs, crosswalks and frameworks of all packages.
pub fn elements(input: &Checked<'_>) -> Vec<Element> {
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

fn model(read: Reader<'_>, package: &Package, elements: &mut Vec<Element>) {
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
fn element(kind: What, id: String, title: String, facts: Facts<'_>, place: super::Place) -> Element {
    Element {
        kind,
        own_id: id.clone(),
        id,
        within: None,
        parent: None,
        title,
        wording: String::new(),
        formerly: Vec::new(),
        facts: facts.facts,
        place,
    }
}

/// What is said in fields of a control that applies, or is excluded.
fn fields_of(facts: &mut Facts<'_>, control: &str, remarks: &Remarks) {
    let read = facts.read;
    for value in remarks.fields() {
        let field = Piece::Text(format!("{} of ", read.name(value.field)));
        facts.add("field", vec![field, Piece::Ids(vec![control.to_owned()])], read.words(value.text));
    }
}

fn remarks(facts: &mut Facts<'_>, remarks: &Remarks) {
    let read = facts.read;
    remarks.notes().iter().for_each(|note| facts.text("note", Some(*note)));
    remarks.inner().iter().for_each(|note| facts.text("note", Some(note.text)));
    for value in remarks.fields() {
        facts.listed("field", read.name(value.field), Some(value.text));
    }
    for (id, _) in remarks.formerly() {
        // A former id is not that of an element, so no renaming reaches it.
        facts.add("formerly", vec![Piece::Text(read.name(*id))], Words::new());
    }
    for change in remarks.history().iter().filter(|change| change.action == Action::Replaced) {
        let layer = change.origin.layer.map(|layer| read.name(layer)).unwrap_or_default();
        let what = change.what.map(|what| format!("{what} ")).unwrap_or_default();
        let because = change.because.map(|because| read.words(because)).unwrap_or_default();
        facts.add("replace", vec![Piece::Text(format!("{what}by {layer}"))], because);
    }
}

fn formerly(read: Reader<'_>, remarks: &Remarks) -> Vec<String> {
    remarks.formerly().iter().map(|(id, _)| read.name(*id)).collect()
}

fn head(read: Reader<'_>, model: &Model, head: &Head) -> Element {
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
        facts.add("notice", vec![Piece::Text(read.name(notice.of))], read.words(notice.text));
    }
    for drop in &head.drops {
        facts.listed("drops", read.name(program.catalog(drop.catalog).id), drop.because);
    }
    if !head.order_groups.is_empty() {
        let groups = head.order_groups.iter().map(|group| read.name(*group)).collect();
        facts.add("order groups", Words::new(), vec![Piece::Ids(groups)]);
    }
    head.extends.iter().for_each(|base| facts.listed("extends", read.name(*base), None));
    for cover in &head.covers {
        let what = match cover.clause {
            Some(clause) => program.full_id(clause),
            None => read.name(program.catalog(cover.catalog).id),
        };
        let through: Vec<String> =
            cover.through.iter().map(|crosswalk| read.name(program.crosswalk(*crosswalk).id)).collect();
        let value = match through.is_empty() {
            true => Vec::new(),
            false => vec![Piece::Text("through ".to_owned()), Piece::Ids(through)],
        };
        facts.add("covers", vec![Piece::Ids(vec![what])], value);
    }
    for exclusion in &head.exclusions {
        let id = program.full_id(exclusion.requirement);
        fields_of(&mut facts, &id, &exclusion.remarks);
        facts.listed("exclude", id, exclusion.because);
    }
    for application in &head.applications {
        let id = program.full_id(application.requirement);
        if let Some(state) = application.state {
            let state = vec![Piece::Text(state.word().to_owned())];
            facts.add("state", vec![Piece::Ids(vec![id.clone()])], state);
        }
        fields_of(&mut facts, &id, &application.remarks);
        facts.listed("apply", id, application.because);
    }
    for omission in &model.omissions {
        facts.listed("omit", read.name(omission.id), omission.because);
    }
    if let Some((framework, _)) = head.measured_by {
        facts.plain("measured by", &read.name(program.framework(framework).id));
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
    element(What::Model, read.name(head.id), read.text(head.title), facts, read.place(head.origin))
}

fn field(read: Reader<'_>, field: &Field) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(field.title));
    if field.required {
        facts.plain("required", "yes");
    }
    let id = format!("{} on {}", read.name(field.id), field.on.word());
    element(What::Field, id, read.text(field.title), facts, read.place(field.origin))
}

fn group(read: Reader<'_>, group: &Group) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(group.title));
    facts.text("text", group.text);
    remarks(&mut facts, &group.remarks);
    let title = read.text(group.title);
    Element {
        parent: group.parent.map(|parent| read.name(parent)),
        wording: title.clone(),
        formerly: formerly(read, &group.remarks),
        ..element(What::Group, read.name(group.id), title, facts, read.place(group.origin))
    }
}

fn process(read: Reader<'_>, process: &Process) -> Element {
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
    let wording = if purpose.is_empty() { String::new() } else { format!("{title}\n{purpose}") };
    let id = read.name(process.id);
    Element {
        within: Some(id.clone()),
        parent: process.group.map(|group| read.name(group)),
        wording,
        formerly: formerly(read, &process.remarks),
        ..element(What::Process, id, title, facts, read.place(process.origin))
    }
}

/// What stands in a process: its own id is what stands behind that of the process.
fn of_process(read: Reader<'_>, process: &Process, element: Element) -> Element {
    let process = read.name(process.id);
    let own_id = element.id.strip_prefix(&process).and_then(|rest| rest.strip_prefix('.'));
    Element {
        own_id: own_id.map_or_else(|| element.id.clone(), str::to_owned),
        within: Some(process.clone()),
        parent: Some(process),
        ..element
    }
}

fn outcome(read: Reader<'_>, process: &Process, outcome: &Outcome) -> Element {
    let mut facts = Facts::new(read);
    facts.text("text", Some(outcome.text));
    for link in &outcome.links {
        let requirement = read.input.program.full_id(link.requirement);
        facts.add("satisfies", vec![Piece::Ids(vec![requirement])], how_far(read, outcome, link));
    }
    targets(&mut facts, "produces", &outcome.produces);
    remarks(&mut facts, &outcome.remarks);
    let text = read.text(outcome.text);
    let place = read.place(outcome.origin);
    let element =
        Element { wording: text.clone(), ..element(What::Outcome, read.name(outcome.id), text, facts, place) };
    of_process(read, process, element)
}

fn how_far(read: Reader<'_>, outcome: &Outcome, link: &Link) -> Words {
    let strength = if link.strength == Strength::Full { "in full" } else { "in part" };
    let mut words = vec![Piece::Text(strength.to_owned())];
    if let Some(set) = link.joint_set.and_then(|set| outcome.joint_sets.get(set as usize)) {
        words.push(Piece::Text(" together with ".to_owned()));
        words.push(Piece::Ids(set.iter().map(|member| read.name(member.id)).collect()));
    }
    if let Some(because) = link.because {
        words.push(Piece::Text(" because ".to_owned()));
        words.extend(read.words(because));
    }
    words
}

fn targets(facts: &mut Facts<'_>, property: &'static str, targets: &[Target]) {
    let read = facts.read;
    targets.iter().for_each(|target| facts.listed(property, read.name(target.id), None));
}

fn practice(read: Reader<'_>, process: &Process, practice: &Practice) -> Element {
    let mut facts = Facts::new(read);
    facts.text("name", practice.name);
    facts.text("text", Some(practice.text));
    targets(&mut facts, "achieves", &practice.achieves);
    targets(&mut facts, "consumes", &practice.consumes);
    targets(&mut facts, "produces", &practice.produces);
    remarks(&mut facts, &practice.remarks);
    let name = practice.name.map(|name| read.text(name));
    let text = read.text(practice.text);
    let wording = format!("{}\n{text}", name.as_deref().unwrap_or_default());
    let place = read.place(practice.origin);
    let shown = name.unwrap_or(text);
    let element = Element { wording, ..element(What::Practice, read.name(practice.id), shown, facts, place) };
    of_process(read, process, element)
}

fn item(read: Reader<'_>, item: &Item) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(item.title));
    if let Some(kind) = item.kind {
        facts.plain("kind", &read.name(kind));
    }
    item.characteristics.iter().for_each(|text| facts.text("characteristic", Some(*text)));
    remarks(&mut facts, &item.remarks);
    let title = read.text(item.title);
    Element { wording: title.clone(), ..element(What::Item, read.name(item.id), title, facts, read.place(item.origin)) }
}

fn annex(read: Reader<'_>, annex: &Annex) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(annex.title));
    facts.text("text", Some(annex.text));
    remarks(&mut facts, &annex.remarks);
    let title = read.text(annex.title);
    Element {
        wording: read.text(annex.text),
        ..element(What::Annex, read.name(annex.id), title, facts, read.place(annex.origin))
    }
}

fn reference(read: Reader<'_>, cited: &Reference) -> Element {
    let mut facts = Facts::new(read);
    facts.text("designation", Some(cited.designation));
    facts.text("title", cited.title);
    if cited.normative {
        facts.plain("normative", "yes");
    }
    remarks(&mut facts, &cited.remarks);
    let title = read.text(cited.designation);
    Element {
        wording: title.clone(),
        ..element(What::Reference, read.name(cited.id), title, facts, read.place(cited.origin))
    }
}

fn term(read: Reader<'_>, term: &Term) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(term.term));
    facts.text("definition", Some(term.text));
    facts.text("source", term.source);
    term.also.iter().for_each(|name| facts.text("also", Some(*name)));
    remarks(&mut facts, &term.remarks);
    let words = read.text(term.term);
    let own_id = words.to_lowercase();
    Element {
        own_id,
        wording: read.text(term.text),
        ..element(What::Term, words.clone(), words, facts, read.place(term.origin))
    }
}

fn catalog_itself(read: Reader<'_>, catalog: &Catalog) -> Element {
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
    Element {
        within: Some(id.clone()),
        ..element(What::Catalog, id, read.text(catalog.title), facts, read.place(catalog.origin))
    }
}

fn requirement(read: Reader<'_>, catalog: &Catalog, id: RequirementId) -> Element {
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
    let wording = format!("{title}\n{}", row.text.map(|text| read.text(text)).unwrap_or_default());
    Element {
        own_id: read.name(row.id),
        within: Some(read.name(catalog.id)),
        parent: row.parent.map(|parent| program.full_id(parent)),
        wording,
        ..element(What::Requirement, program.full_id(id), title, facts, read.place(row.origin))
    }
}

fn crosswalk(read: Reader<'_>, crosswalk: &Crosswalk) -> Element {
    let program = read.input.program;
    let mut facts = Facts::new(read);
    facts.text("title", Some(crosswalk.title));
    facts.text("source", crosswalk.source);
    facts.text("notice", crosswalk.notice);
    for (property, catalog) in [("from", crosswalk.from), ("to", crosswalk.to)] {
        if let Some(catalog) = catalog {
            facts.plain(property, &read.name(program.catalog(catalog).id));
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
    element(What::Crosswalk, read.name(crosswalk.id), title, facts, read.place(crosswalk.origin))
}

fn line_of(read: Reader<'_>, line: &Line) -> (Words, Words) {
    let side = |ids: &[(RequirementId, crate::span::Span)]| {
        Piece::Ids(ids.iter().map(|(id, _)| read.input.program.full_id(*id)).collect())
    };
    let key = vec![side(&line.left), Piece::Text(" – ".to_owned()), side(&line.right)];
    let mut value = vec![Piece::Text(line.relation.words().to_owned())];
    if let Some(because) = line.because {
        value.push(Piece::Text(" because ".to_owned()));
        value.extend(read.words(because));
    }
    (key, value)
}

fn framework(read: Reader<'_>, framework: &Framework) -> Element {
    let mut facts = Facts::new(read);
    facts.text("title", Some(framework.title));
    facts.text("edition", framework.edition);
    facts.text("source", framework.source);
    facts.text("notice", framework.notice);
    for rating in &framework.ratings {
        let id = format!("rating {}", read.name(rating.id));
        let label = rating.label.map(|label| format!(", label {}", read.text(label))).unwrap_or_default();
        let value = format!("{} from {} to {}{label}", read.text(rating.title), rating.from, rating.to);
        facts.add("line", vec![Piece::Text(id)], vec![Piece::Text(value)]);
    }
    let mut listed = |key: String, text: Words| facts.add("line", vec![Piece::Text(key)], text);
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
    element(What::Framework, read.name(framework.id), title, facts, read.place(framework.origin))
}
