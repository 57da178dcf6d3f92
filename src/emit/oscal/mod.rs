//! OSCAL 1.2.1 (NIST): catalogs, profiles, mappings and component definitions, in JSON.
//!
//! Ids become tokens; what a token or a property cannot say stands in properties of our own, so that what was exported
//! can be imported again as it was. UUIDs are derived, and no clock is looked at.

mod catalog;
mod component;
mod mapping;
mod profile;
mod tokens;
mod words;

use super::Input;
use super::output::{Artifact, Form, Make, Refused, Request, written};
use crate::diagnostic::words as say;
use crate::model::{CatalogId, CrosswalkId};
use words::Document;

/// The documents that can be written.
pub const FORMS: &[Form] = &[
    Form {
        options: &["catalog"],
        ..dated("catalog", "An OSCAL catalog: the one that the package declares or covers", |input, request| {
            let catalog = one_catalog(input, request)?;
            document(catalog::document(input, catalog, request.epoch))
        })
    },
    dated("profile", "An OSCAL profile: what the model takes of the catalogs that it covers", |input, request| {
        let made = profile::document(input, request.epoch).ok_or_else(|| Refused {
            problem: "the model covers no catalog".to_owned(),
            help: "a profile says what is taken of catalogs: name one with `covers`".to_owned(),
        })?;
        document(made)
    }),
    dated("mapping", "An OSCAL mapping collection: the crosswalks of the package", |input, request| {
        let crosswalks = crosswalks(input)?;
        document(mapping::document(input, &crosswalks, request.epoch))
    }),
    dated(
        "component",
        "An OSCAL component definition: the processes, and the requirements that they satisfy",
        |input, request| {
            let made = component::document(input, request.epoch).ok_or_else(|| Refused {
                problem: "this package describes no process".to_owned(),
                help: "components are made of the processes of a model".to_owned(),
            })?;
            document(made)
        },
    ),
];

const fn dated(name: &'static str, about: &'static str, make: Make) -> Form {
    Form { is_dated: true, ..Form::data(name, about, make) }
}

fn document<'a, Body: serde::Serialize + 'a>(made: Document<Body>) -> Result<Vec<Artifact<'a>>, Refused> {
    written(move |out| super::json::print(&made, super::json::Layout::Lines, out))
}

/// The catalog that is asked for, or the only one: of those that the package declares, else of those that it covers.
fn one_catalog(input: &Input<'_>, request: &Request<'_>) -> Result<CatalogId, Refused> {
    let program = input.program;
    let own: Vec<CatalogId> = program.root_id().into_iter().flat_map(|root| program.catalogs_of(root)).collect();
    let covered: Vec<CatalogId> = input.coverage.catalogs.iter().map(|covered| covered.catalog).collect();
    let id = |catalog: &CatalogId| program.name(program.catalog(*catalog).id);
    if let Some(asked) = request.options.catalog.as_deref() {
        let mut all = own.iter().chain(&covered);
        return all.find(|catalog| id(catalog) == asked).copied().ok_or_else(|| {
            let ids: Vec<&str> = own.iter().chain(&covered).map(id).collect();
            let near = say::nearest(asked, ids.iter().copied()).map(|near| format!("did you mean `{near}`? "));
            Refused {
                problem: format!("the package neither declares nor covers a catalog `{asked}`"),
                help: format!("{}it has {}", near.unwrap_or_default(), listed(&ids)),
            }
        });
    }
    match (if own.is_empty() { &covered } else { &own }).as_slice() {
        [one] => Ok(*one),
        [] => Err(Refused {
            problem: "the package neither declares nor covers a catalog".to_owned(),
            help: "an OSCAL catalog is made of a `catalog` statement".to_owned(),
        }),
        several => {
            let ids: Vec<&str> = several.iter().map(id).collect();
            Err(Refused {
                problem: "an OSCAL catalog is one, and there are several".to_owned(),
                help: format!("say with `--catalog` which one is meant: {}", listed(&ids)),
            })
        }
    }
}

/// What readers of the processes of a model must be told, that of its bases first.
fn notices(input: &Input<'_>) -> Option<String> {
    let head = input.program.root()?.model.head.as_ref()?;
    let notices: Vec<String> = head.notices.iter().map(|notice| words::text(input, notice.text)).collect();
    (!notices.is_empty()).then(|| notices.join("\n\n"))
}

fn listed(ids: &[&str]) -> String {
    if ids.is_empty() { "none".to_owned() } else { say::list(ids, "and", 9) }
}

/// The crosswalks that the package declares; of one that declares none, those that its model goes through.
fn crosswalks(input: &Input<'_>) -> Result<Vec<CrosswalkId>, Refused> {
    let program = input.program;
    let root = program.root_id();
    let all = || (0..).map(CrosswalkId).zip(&program.crosswalks);
    let mut found: Vec<CrosswalkId> =
        all().filter(|(_, crosswalk)| Some(crosswalk.origin.package) == root).map(|(id, _)| id).collect();
    if found.is_empty()
        && let Some(head) = program.root().and_then(|package| package.model.head.as_ref())
    {
        let through = head.covers.iter().flat_map(|cover| &cover.through).copied();
        found.extend(through.chain(head.dropped_through.iter().copied()));
        found.sort_unstable();
        found.dedup();
    }
    let name = |id: &CrosswalkId| program.name(program.crosswalk(*id).id);
    if let Some(empty) = found.iter().find(|id| program.crosswalk(**id).lines.is_empty()) {
        return Err(Refused {
            problem: format!("`{}` has no line", name(empty)),
            help: "an OSCAL mapping relates something to something".to_owned(),
        });
    }
    if found.is_empty() {
        return Err(Refused {
            problem: "the package has no crosswalk".to_owned(),
            help: "an OSCAL mapping is made of a `crosswalk` statement".to_owned(),
        });
    }
    Ok(found)
}
