//! A component definition: each process is a component, and implements the requirements that its outcomes satisfy.

use serde::Serialize;

use super::tokens::{Place, Tokens, control_of, place};
use super::words::{BackMatter, Document, Prop, Resources, Subject, line_or, text, uuid};
use crate::emit::{Input, order};
use crate::model::{CatalogId, Outcome, Process, RequirementId, Strength};

/// The matter of a component definition.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Body {
    components: Vec<Component>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back_matter: Option<BackMatter>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Component {
    uuid: String,
    r#type: &'static str,
    title: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    control_implementations: Vec<Implementation>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Implementation {
    uuid: String,
    source: String,
    description: String,
    implemented_requirements: Vec<Implemented>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Implemented {
    uuid: String,
    control_id: String,
    description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statements: Vec<Statement>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Statement {
    statement_id: String,
    uuid: String,
    description: String,
    props: Vec<Prop>,
}

/// What an outcome does for a requirement.
struct Claim<'a> {
    outcome: &'a Outcome,
    requirement: RequirementId,
    /// The name of the property that says so.
    word: &'static str,
}

/// The document of a model; `None` where it has no process.
pub fn document(input: &Input<'_>, epoch: Option<u64>) -> Option<Document<Body>> {
    let program = input.program;
    let package = program.root()?;
    let head = package.model.head.as_ref()?;
    let processes = order::processes(input);
    if processes.is_empty() {
        return None;
    }
    let links = package.model.processes.iter().flat_map(|process| &process.outcomes).flat_map(|outcome| &outcome.links);
    let mut catalogs: Vec<CatalogId> = links.map(|link| program.requirement(link.requirement).catalog).collect();
    catalogs.sort_unstable();
    catalogs.dedup();
    let tokens = Tokens::of(program, catalogs.iter().copied());
    let mut resources = Resources::default();
    let model = program.name(head.id);
    let writer = Writer { input, tokens, catalogs, model };
    let components = processes.into_iter().map(|process| writer.component(process, &mut resources)).collect();
    let subject = Subject {
        kind: "component-definition",
        package,
        id: model,
        title: text(input, head.title),
        edition: head.edition.map(|edition| text(input, edition)),
        notice: super::notices(input),
        props: head.source.map(|source| Prop::own("source", &text(input, source))).into_iter().collect(),
        epoch,
    };
    Some(subject.with(Body { components, back_matter: resources.back_matter() }))
}

struct Writer<'a> {
    input: &'a Input<'a>,
    tokens: Tokens,
    catalogs: Vec<CatalogId>,
    model: &'a str,
}

impl Writer<'_> {
    fn component(&self, process: &Process, resources: &mut Resources) -> Component {
        let input = self.input;
        let id = input.program.name(process.id);
        let title = line_or(&text(input, process.title), id);
        let purpose = process.purpose.as_ref().map(|purpose| text(input, purpose.text));
        let outcomes = process.outcomes.iter().map(|outcome| self.outcome(outcome));
        let description: Vec<String> = purpose.clone().into_iter().chain(outcomes).collect();
        let implementations =
            self.catalogs.iter().filter_map(|catalog| self.implementation(process, *catalog, resources));
        Component {
            uuid: uuid(&["component", self.model, id]),
            r#type: "process-procedure",
            description: line_or_all(&description, &title),
            title,
            purpose: purpose.map(|purpose| line_or(&purpose, id)),
            props: vec![Prop::own("id", id)],
            control_implementations: implementations.collect(),
        }
    }

    /// `COM.01.1: What is true.`
    fn outcome(&self, outcome: &Outcome) -> String {
        format!("{}: {}", self.input.program.name(outcome.id), text(self.input, outcome.text))
    }

    fn implementation(
        &self,
        process: &Process,
        catalog: CatalogId,
        resources: &mut Resources,
    ) -> Option<Implementation> {
        let program = self.input.program;
        let mut claims: Vec<Claim<'_>> = Vec::new();
        for outcome in &process.outcomes {
            for link in &outcome.links {
                let word = match (link.strength, link.joint_set) {
                    (Strength::Partial, _) => "partly-satisfied-by",
                    (Strength::Full, Some(_)) => "jointly-satisfied-by",
                    (Strength::Full, None) => "satisfied-by",
                };
                if program.requirement(link.requirement).catalog != catalog {
                    continue;
                }
                // A clause is no control: what stands in it is meant.
                let meant: Vec<RequirementId> = match place(program, link.requirement) {
                    Place::Group => {
                        program.below(link.requirement).filter(|row| place(program, *row) == Place::Control).collect()
                    }
                    _ => vec![link.requirement],
                };
                claims.extend(meant.into_iter().map(|requirement| Claim { outcome, requirement, word }));
            }
        }
        // In the order of the catalog, those of one control together.
        claims.sort_by_key(|claim| (control_of(program, claim.requirement), claim.requirement));
        let groups = claims
            .chunk_by(|one, other| control_of(program, one.requirement) == control_of(program, other.requirement));
        let (process_id, catalog_id) = (program.name(process.id), program.name(program.catalog(catalog).id));
        let implemented_requirements: Vec<Implemented> =
            groups.map(|group| self.implemented(process_id, catalog_id, group)).collect();
        (!implemented_requirements.is_empty()).then(|| Implementation {
            uuid: uuid(&["implementation", self.model, process_id, catalog_id]),
            source: resources.catalog(self.input, catalog),
            description: line_or(&text(self.input, program.catalog(catalog).title), catalog_id),
            implemented_requirements,
        })
    }

    fn implemented(&self, process: &str, catalog: &str, claims: &[Claim<'_>]) -> Implemented {
        let program = self.input.program;
        let control = claims.first().map_or(RequirementId(0), |claim| control_of(program, claim.requirement));
        let token = self.tokens.get(control);
        let rows = claims.chunk_by(|one, other| one.requirement == other.requirement);
        let (mut own, mut statements) = (&claims[..0], Vec::new());
        for row in rows {
            let Some(part) = row.first().map(|claim| claim.requirement) else { continue };
            if part == control {
                own = row;
                continue;
            }
            let token = self.tokens.get(part);
            statements.push(Statement {
                statement_id: token.to_owned(),
                uuid: uuid(&["statement", self.model, process, catalog, token]),
                description: self.description(row),
                props: self.props(row),
            });
        }
        Implemented {
            uuid: uuid(&["implemented", self.model, process, catalog, token]),
            control_id: token.to_owned(),
            description: self.description(if own.is_empty() { claims } else { own }),
            props: self.props(own),
            statements,
        }
    }

    fn description(&self, claims: &[Claim<'_>]) -> String {
        let mut lines: Vec<String> = claims.iter().map(|claim| self.outcome(claim.outcome)).collect();
        lines.dedup();
        lines.join("\n\n")
    }

    fn props(&self, claims: &[Claim<'_>]) -> Vec<Prop> {
        claims.iter().map(|claim| Prop::own(claim.word, self.input.program.name(claim.outcome.id))).collect()
    }
}

fn line_or_all(paragraphs: &[String], otherwise: &str) -> String {
    if paragraphs.is_empty() { otherwise.to_owned() } else { paragraphs.join("\n\n") }
}
