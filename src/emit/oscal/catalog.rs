//! A catalog: clauses are groups, what must be covered controls, and what stands in that parts of their statements.

use serde::Serialize;

use super::tokens::{Place, Tokens, place};
use super::words::{Document, Prop, Subject, line_or, text};
use crate::emit::Input;
use crate::model::{CatalogId, ReqKind, RequirementId};

/// The matter of a catalog.
#[derive(Serialize)]
pub struct Body {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<Control>,
}

#[derive(Serialize)]
struct Group {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
    #[serde(flatten)]
    body: Body,
}

#[derive(Serialize)]
struct Control {
    id: String,
    title: String,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<Control>,
}

#[derive(Default, Serialize)]
struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
}

/// The document of a catalog.
pub fn document(input: &Input<'_>, id: CatalogId, epoch: Option<u64>) -> Document<Body> {
    let program = input.program;
    let catalog = program.catalog(id);
    let mut props: Vec<Prop> =
        catalog.source.map(|source| Prop::own("source", &text(input, source))).into_iter().collect();
    props.extend(catalog.tailorable.then(|| Prop::own("tailorable", "yes")));
    props.extend(catalog.for_models.then(|| Prop::own("for-models", "yes")));
    props.extend(catalog.remarks.notes().iter().map(|note| Prop::own("note", &text(input, *note))));
    let subject = Subject {
        kind: "catalog",
        package: program.package(catalog.origin.package),
        id: program.name(catalog.id),
        title: text(input, catalog.title),
        edition: catalog.edition.map(|edition| text(input, edition)),
        notice: catalog.notice.map(|notice| text(input, notice)),
        props,
        epoch,
    };
    let tokens = Tokens::of(program, [id]);
    let writer = Writer { input, tokens };
    let top: Vec<RequirementId> =
        catalog.requirements().filter(|row| program.requirement(*row).parent.is_none()).collect();
    let title = text(input, catalog.title);
    subject.with(writer.body(&top, &line_or(&title, program.name(catalog.id))))
}

struct Writer<'a> {
    input: &'a Input<'a>,
    tokens: Tokens,
}

impl Writer<'_> {
    /// What stands in a catalog or a clause. A group has groups or controls: beside groups, controls stand in groups that
    /// are made for them.
    fn body(&self, rows: &[RequirementId], title: &str) -> Body {
        let is_group = |row: &RequirementId| place(self.input.program, *row) == Place::Group;
        if !rows.iter().any(is_group) {
            return Body { groups: Vec::new(), controls: rows.iter().map(|row| self.control(*row, None)).collect() };
        }
        let runs = rows.chunk_by(|one, other| !is_group(one) && !is_group(other));
        let group = |run: &[RequirementId]| match run {
            [row] if is_group(row) => self.group(*row),
            run => Group {
                id: None,
                title: title.to_owned(),
                props: vec![Prop::own("loose", "yes")],
                parts: Vec::new(),
                body: self.body(run, title),
            },
        };
        Body { groups: runs.map(group).collect(), controls: Vec::new() }
    }

    fn group(&self, row: RequirementId) -> Group {
        let children: Vec<RequirementId> = self.input.program.children(row).collect();
        let title = self.title(row);
        let body = self.body(&children, &title);
        Group { id: Some(self.tokens.get(row).to_owned()), title, props: self.props(row), parts: self.notes(row), body }
    }

    fn control(&self, row: RequirementId, position: Option<usize>) -> Control {
        let program = self.input.program;
        let requirement = program.requirement(row);
        let mut props = self.props(row);
        if requirement.kind == ReqKind::Requirement {
            props.push(Prop::own("requirement", "yes"));
        }
        props.extend(position.map(|position| Prop::own("position", &position.to_string())));
        let (items, controls) = self.children(row);
        let prose = requirement.text.map(|words| text(self.input, words));
        let statement = (prose.is_some() || !items.is_empty()).then(|| Part {
            name: "statement",
            prose,
            parts: items,
            ..Part::default()
        });
        Control {
            id: self.tokens.get(row).to_owned(),
            title: self.title(row),
            props,
            parts: statement.into_iter().chain(self.notes(row)).collect(),
            controls,
        }
    }

    /// Its parts and what adds to it; where these do not follow those, each says where it stands.
    fn children(&self, row: RequirementId) -> (Vec<Part>, Vec<Control>) {
        let program = self.input.program;
        let children: Vec<(RequirementId, Place)> =
            program.children(row).map(|row| (row, place(program, row))).collect();
        let is_sorted = children.is_sorted_by_key(|(_, place)| *place == Place::Control);
        let (mut parts, mut controls) = (Vec::new(), Vec::new());
        for (at, (row, place)) in children.into_iter().enumerate() {
            let position = (!is_sorted).then_some(at);
            match place {
                Place::Part => parts.push(self.item(row, position)),
                _ => controls.push(self.control(row, position)),
            }
        }
        (parts, controls)
    }

    fn item(&self, row: RequirementId, position: Option<usize>) -> Part {
        let mut props = self.props(row);
        props.extend(position.map(|position| Prop::own("position", &position.to_string())));
        let (items, _) = self.children(row);
        Part {
            id: Some(self.tokens.get(row).to_owned()),
            name: "item",
            title: Some(self.title(row)),
            props,
            prose: self.input.program.requirement(row).text.map(|words| text(self.input, words)),
            parts: items.into_iter().chain(self.notes(row)).collect(),
        }
    }

    fn title(&self, row: RequirementId) -> String {
        let requirement = self.input.program.requirement(row);
        line_or(&text(self.input, requirement.title), self.input.program.name(requirement.id))
    }

    /// The id as it is, and what documents print for it.
    fn props(&self, row: RequirementId) -> Vec<Prop> {
        let requirement = self.input.program.requirement(row);
        let id = self.input.program.name(requirement.id);
        let label = requirement.label.map(|label| text(self.input, label));
        vec![Prop::label(label.as_deref().unwrap_or(id)), Prop::own("id", id)]
    }

    fn notes(&self, row: RequirementId) -> Vec<Part> {
        let notes = self.input.program.requirement(row).remarks.notes().iter();
        notes.map(|note| Part { name: "guidance", prose: Some(text(self.input, *note)), ..Part::default() }).collect()
    }
}
