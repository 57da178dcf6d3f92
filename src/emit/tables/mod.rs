//! All that a model says, as tables for spreadsheets, databases and notebooks: a workbook, or a file for each table with a
//! descriptor beside them.

#[cfg(feature = "parquet")]
mod columns;
mod package;
#[cfg(feature = "xlsx")]
mod sheets;

use std::borrow::Cow;

#[cfg(feature = "parquet")]
pub use package::parquet;
pub use package::values;
#[cfg(feature = "xlsx")]
pub use sheets::workbook;

use super::{Input, order};
use crate::model::{Name, Program, Remarks, RequirementId, Strength, Text};
#[cfg(any(feature = "parquet", feature = "xlsx"))]
use crate::render::printable;
use crate::span::Span;

/// Tells the rows of a table, one after the other.
type Fill = fn(&Rows<'_>, &mut dyn FnMut(&[Cow<'_, str>]));

/// A table: a row of its columns for each thing that it tells of.
struct Table {
    name: &'static str,
    about: &'static str,
    /// The columns and what they say;
    columns: &'static [(&'static str, &'static str)],
    fill: Fill,
}

impl Table {
    /// The names of its columns.
    fn heads(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|(name, _)| *name)
    }

    /// Its rows, for forms that look at all of them before they write one.
    #[cfg(any(feature = "parquet", feature = "xlsx"))]
    fn rows(&self, input: &Input<'_>) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        (self.fill)(&Rows(*input), &mut |cells| {
            rows.push(cells.iter().map(|cell| shown(cell)).collect());
        });
        rows
    }
}

/// The words of a cell, without what would turn them round.
#[cfg(any(feature = "parquet", feature = "xlsx"))]
fn shown(cell: &str) -> String {
    printable::document(cell).into_owned()
}

/// The title of the model, or the name of the package.
fn title<'a>(input: &'a Input<'a>) -> Cow<'a, str> {
    let package = input.program.root();
    let head = package.and_then(|package| package.model.head.as_ref());
    let name = || package.map_or("", |package| &package.name).to_lowercase().into();
    head.map_or_else(name, |head| input.sources.text(head.title))
}

/// What rows are made of.
struct Rows<'a>(Input<'a>);

impl<'a> Rows<'a> {
    fn program(&self) -> &'a Program {
        self.0.program
    }

    fn name(&self, name: Name) -> Cow<'a, str> {
        self.program().name(name).into()
    }

    fn names(&self, name: Option<Name>) -> Cow<'a, str> {
        name.map(|name| self.name(name)).unwrap_or_default()
    }

    fn text(&self, text: Text) -> Cow<'a, str> {
        self.0.sources.text(text)
    }

    fn maybe(&self, text: Option<Text>) -> Cow<'a, str> {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    /// The catalog of a row, and its id.
    fn requirement(&self, row: RequirementId) -> (Cow<'a, str>, Cow<'a, str>) {
        let requirement = self.program().requirement(row);
        (self.name(self.program().catalog(requirement.catalog).id), self.name(requirement.id))
    }
}

const TABLES: &[Table] = &[
    Table {
        name: "processes",
        about: "Processes, in the order of documents",
        columns: &[
            ("id", "Id"),
            ("group", "Id of the group"),
            ("title", "Title"),
            ("purpose", "Purpose"),
            ("context", "Context"),
        ],
        fill: |rows, push| {
            for process in order::processes(&rows.0) {
                let [purpose, context] = [&process.purpose, &process.context]
                    .map(|stated| rows.maybe(stated.as_ref().map(|said| said.text)));
                push(&[rows.name(process.id), rows.names(process.group), rows.text(process.title), purpose, context]);
            }
        },
    },
    Table {
        name: "outcomes",
        about: "Outcomes of processes",
        columns: &[("id", "Full id"), ("process", "Id of the process"), ("text", "What is observably true")],
        fill: |rows, push| {
            for process in order::processes(&rows.0) {
                for outcome in &process.outcomes {
                    push(&[rows.name(outcome.id), rows.name(process.id), rows.text(outcome.text)]);
                }
            }
        },
    },
    Table {
        name: "links",
        about: "What outcomes satisfy",
        columns: &[
            ("outcome", "Full id of the outcome"),
            ("catalog", "Id of the catalog"),
            ("requirement", "Id of the requirement or control, within the catalog"),
            ("strength", "full or partial"),
            ("together_with", "Full ids of the outcomes that it takes besides"),
            ("because", "Why, or how far"),
        ],
        fill: |rows, push| {
            for outcome in order::processes(&rows.0).into_iter().flat_map(|process| &process.outcomes) {
                for link in &outcome.links {
                    let (catalog, requirement) = rows.requirement(link.requirement);
                    let strength = if link.strength == Strength::Full { "full" } else { "partial" };
                    let partners = outcome.partners(link).iter().map(|partner| rows.name(partner.id));
                    let partners = partners.collect::<Vec<_>>().join(" ");
                    let because = rows.maybe(link.because);
                    push(&[rows.name(outcome.id), catalog, requirement, strength.into(), partners.into(), because]);
                }
            }
        },
    },
    Table {
        name: "practices",
        about: "Practices of processes",
        columns: &[
            ("id", "Full id"),
            ("process", "Id of the process"),
            ("name", "Name"),
            ("text", "What is done"),
            ("achieves", "Full ids of the outcomes that it achieves"),
        ],
        fill: |rows, push| {
            for process in order::processes(&rows.0) {
                for practice in &process.practices {
                    let achieved = practice.achieves.iter().map(|outcome| rows.name(outcome.id));
                    let achieved = achieved.collect::<Vec<_>>().join(" ");
                    let (id, name) = (rows.name(practice.id), rows.maybe(practice.name));
                    push(&[id, rows.name(process.id), name, rows.text(practice.text), achieved.into()]);
                }
            }
        },
    },
    Table {
        name: "items",
        about: "Information items",
        columns: &[("id", "Id"), ("title", "Title"), ("kind", "Kind")],
        fill: |rows, push| {
            for item in rows.program().root().into_iter().flat_map(|package| &package.model.items) {
                push(&[rows.name(item.id), rows.text(item.title), rows.names(item.kind)]);
            }
        },
    },
    Table {
        name: "flows",
        about: "Which outcomes and practices need and make information items",
        columns: &[
            ("element", "Full id of the outcome or practice"),
            ("direction", "consumes or produces"),
            ("item", "Id of the item"),
        ],
        fill: |rows, push| {
            let mut tell = |element: Name, direction: &'static str, items: &[crate::model::Target]| {
                for item in items {
                    push(&[rows.name(element), direction.into(), rows.name(item.id)]);
                }
            };
            for process in order::processes(&rows.0) {
                for outcome in &process.outcomes {
                    tell(outcome.id, "produces", &outcome.produces);
                }
                for practice in &process.practices {
                    tell(practice.id, "consumes", &practice.consumes);
                    tell(practice.id, "produces", &practice.produces);
                }
            }
        },
    },
    Table {
        name: "fields",
        about: "What elements say in fields of the author's: owners, dates of review, evidence",
        columns: &[
            ("kind", "What carries it: model, group, process, outcome, item or control"),
            ("id", "Its id; of a control, behind that of its catalog and a colon"),
            ("field", "Id of the field"),
            ("text", "What it says"),
        ],
        fill: fill_fields,
    },
    Table {
        name: "applications",
        about: "Controls that are said to apply, as the nearest model says it",
        columns: &[
            ("catalog", "Id of the catalog"),
            ("requirement", "Id of the control, or of what stands above those that are meant"),
            ("state", "How far it is put into practice"),
            ("because", "Why it applies"),
        ],
        fill: |rows, push| {
            let head = rows.program().root().and_then(|package| package.model.head.as_ref());
            for application in head.into_iter().flat_map(|head| &head.applications) {
                let (catalog, requirement) = rows.requirement(application.requirement);
                let state = application.state.map(|state| state.word()).unwrap_or_default();
                push(&[catalog, requirement, state.into(), rows.maybe(application.because)]);
            }
        },
    },
    Table {
        name: "requirements",
        about: "Clauses, requirements and controls of the catalogs",
        columns: &[
            ("catalog", "Id of the catalog"),
            ("id", "Id, within the catalog"),
            ("kind", "clause, requirement or control"),
            ("parent", "Id of what it stands in"),
            ("label", "What documents print for the id"),
            ("title", "Title"),
            ("text", "What is required"),
        ],
        fill: |rows, push| {
            for row in order::catalogs(&rows.0).into_iter().flat_map(|id| rows.program().catalog(id).requirements()) {
                let of = rows.program().requirement(row);
                let (catalog, id) = rows.requirement(row);
                let parent = of.parent.map(|parent| rows.requirement(parent).1).unwrap_or_default();
                let (label, text) = (rows.maybe(of.label), rows.maybe(of.text));
                push(&[catalog, id, of.kind.word().into(), parent, label, rows.text(of.title), text]);
            }
        },
    },
    Table {
        name: "coverage",
        about: "How the requirements and controls of the covered catalogs fare",
        columns: &[
            ("catalog", "Id of the catalog"),
            ("requirement", "Id of the requirement or control"),
            ("status", "excluded, covered, partial or uncovered"),
            ("outcomes", "Full ids of the outcomes that it rests on"),
        ],
        fill: |rows, push| {
            for row in rows.0.catalogs().flat_map(|covered| &covered.requirements) {
                let (catalog, requirement) = rows.requirement(*row);
                let status = rows.0.coverage.status(*row).word();
                let outcomes = rows.0.coverage.grounds(rows.program(), *row).outcomes();
                let outcomes = outcomes.into_iter().map(|outcome| rows.name(outcome)).collect::<Vec<_>>().join(" ");
                push(&[catalog, requirement, status.into(), outcomes.into()]);
            }
        },
    },
    Table {
        name: "correspondences",
        about: "Lines of the crosswalks: a row for each pair of a left and a right side",
        columns: &[
            ("crosswalk", "Id of the crosswalk"),
            ("line", "Number of the line in it; what has the same number is meant as a whole"),
            ("from_catalog", "Id of the catalog of the left side"),
            ("from_requirement", "Id on the left side; empty for what is new"),
            ("relation", "What the left side is to the right side, new, or withdrawn"),
            ("to_catalog", "Id of the catalog of the right side"),
            ("to_requirement", "Id on the right side; empty for what is withdrawn"),
            ("because", "Why"),
        ],
        fill: fill_correspondences,
    },
];

fn fill_fields(rows: &Rows<'_>, push: &mut dyn FnMut(&[Cow<'_, str>])) {
    let Some(package) = rows.program().root() else { return };
    let model = &package.model;
    let mut tell = |kind: &'static str, id: Cow<'_, str>, remarks: &Remarks| {
        for value in remarks.fields() {
            push(&[kind.into(), id.clone(), rows.name(value.field), rows.text(value.text)]);
        }
    };
    if let Some(head) = &model.head {
        tell("model", rows.name(head.id), &head.remarks);
        for application in &head.applications {
            let id = rows.program().full_id(application.requirement);
            tell("control", id.into(), &application.remarks);
        }
    }
    for group in &model.groups {
        tell("group", rows.name(group.id), &group.remarks);
    }
    for process in order::processes(&rows.0) {
        tell("process", rows.name(process.id), &process.remarks);
        for outcome in &process.outcomes {
            tell("outcome", rows.name(outcome.id), &outcome.remarks);
        }
    }
    for item in &model.items {
        tell("item", rows.name(item.id), &item.remarks);
    }
}

fn fill_correspondences(rows: &Rows<'_>, push: &mut dyn FnMut(&[Cow<'_, str>])) {
    let program = rows.program();
    for crosswalk in order::crosswalks(&rows.0).into_iter().map(|id| program.crosswalk(id)) {
        let catalog = |side: Option<crate::model::CatalogId>| rows.names(side.map(|id| program.catalog(id).id));
        let (from, to) = (catalog(crosswalk.from), catalog(crosswalk.to));
        let mut number = 0_usize;
        let mut line = |left: &[(RequirementId, Span)],
                        relation: &'static str,
                        right: &[(RequirementId, Span)],
                        why: Option<Text>| {
            number += 1;
            let side = |ids: &[(RequirementId, Span)]| {
                let ids: Vec<Cow<'_, str>> = ids.iter().map(|(row, _)| rows.requirement(*row).1).collect();
                if ids.is_empty() { vec![Cow::Borrowed("")] } else { ids }
            };
            let right = side(right);
            for one in side(left) {
                for other in &right {
                    let (id, number) = (rows.name(crosswalk.id), number.to_string());
                    let sides = [from.clone(), one.clone(), relation.into(), to.clone(), other.clone()];
                    let [from, one, relation, to, other] = sides;
                    push(&[id, number.into(), from, one, relation, to, other, rows.maybe(why)]);
                }
            }
        };
        for row in &crosswalk.lines {
            line(&row.left, row.relation.words(), &row.right, row.because);
        }
        for row in &crosswalk.withdrawn {
            line(std::slice::from_ref(row), "withdrawn", &[], None);
        }
        for row in &crosswalk.new {
            line(&[], "new", std::slice::from_ref(row), None);
        }
    }
}
