//! A profile: the catalogs that a model covers, and what it excludes of them.

use serde::Serialize;

use super::tokens::{Place, Tokens, place};
use super::words::{BackMatter, Document, Prop, Resources, Subject, text};
use crate::coverage::{CatalogCoverage, Status};
use crate::emit::Input;
use crate::model::RequirementId;

/// The matter of a profile.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Body {
    imports: Vec<Import>,
    merge: Merge,
    #[serde(skip_serializing_if = "Option::is_none")]
    back_matter: Option<BackMatter>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Import {
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_all: Option<All>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    include_controls: Vec<WithIds>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclude_controls: Vec<WithIds>,
}

#[derive(Serialize)]
struct All {}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WithIds {
    with_ids: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Merge {
    as_is: bool,
}

/// The document of a model; `None` where it covers no catalog.
pub fn document(input: &Input<'_>, epoch: Option<u64>) -> Option<Document<Body>> {
    let program = input.program;
    let package = program.root()?;
    let head = package.model.head.as_ref()?;
    let covered = &input.coverage.catalogs;
    if covered.is_empty() {
        return None;
    }
    let tokens = Tokens::of(program, covered.iter().map(|covered| covered.catalog));
    let (mut resources, mut props) = (Resources::default(), Vec::new());
    props.extend(head.source.map(|source| Prop::own("source", &text(input, source))));
    let imports = covered.iter().map(|covered| import(input, covered, &tokens, &mut resources, &mut props)).collect();
    let subject = Subject {
        kind: "profile",
        package,
        id: program.name(head.id),
        title: text(input, head.title),
        edition: head.edition.map(|edition| text(input, edition)),
        notice: super::notices(input),
        props,
        epoch,
    };
    Some(subject.with(Body { imports, merge: Merge { as_is: true }, back_matter: resources.back_matter() }))
}

fn import(
    input: &Input<'_>,
    covered: &CatalogCoverage,
    tokens: &Tokens,
    resources: &mut Resources,
    props: &mut Vec<Prop>,
) -> Import {
    let program = input.program;
    // What is a part of a control is chosen with it.
    let controls: Vec<RequirementId> =
        covered.requirements.iter().copied().filter(|row| place(program, *row) == Place::Control).collect();
    let excluded = controls.iter().copied().filter(|row| input.coverage.status(*row) == Status::Excluded);
    let excluded: Vec<RequirementId> = excluded.collect();
    let is_whole = covered.clauses.is_empty();
    let named = if is_whole { &excluded } else { &controls };
    for (token, id) in named.iter().map(|row| tokens.with_id(program, *row)) {
        props.extend(id.map(|id| Prop::of("id", token, id)));
    }
    for row in &excluded {
        let reasons = input.coverage.exclusions(program, *row);
        let reason = reasons.iter().find_map(|exclusion| exclusion.because);
        props.extend(reason.map(|reason| Prop::of("exclude", tokens.get(*row), &text(input, reason))));
    }
    let with_ids = |rows: &[RequirementId]| {
        let with_ids: Vec<String> = rows.iter().map(|row| tokens.get(*row).to_owned()).collect();
        if with_ids.is_empty() { Vec::new() } else { vec![WithIds { with_ids }] }
    };
    Import {
        href: resources.catalog(input, covered.catalog),
        include_all: is_whole.then_some(All {}),
        include_controls: if is_whole { Vec::new() } else { with_ids(&controls) },
        exclude_controls: with_ids(&excluded),
    }
}
