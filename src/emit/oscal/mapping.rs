//! Crosswalks as a mapping collection.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::tokens::{Place, Tokens, place};
use super::words::{BackMatter, Document, Prop, Resources, Subject, line_or, text, uuid};
use crate::emit::Input;
use crate::model::{CatalogId, Crosswalk, CrosswalkId, Line, Relation, ReqKind, RequirementId};
use crate::span::Span;

/// The matter of a mapping collection.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Body {
    provenance: Provenance,
    mappings: Vec<Mapping>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back_matter: Option<BackMatter>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Provenance {
    method: &'static str,
    matching_rationale: &'static str,
    status: &'static str,
    mapping_description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Mapping {
    uuid: String,
    source_resource: Side,
    target_resource: Side,
    maps: Vec<Map>,
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_gap_summary: Option<Gap>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_gap_summary: Option<Gap>,
}

#[derive(Serialize)]
struct Side {
    r#type: &'static str,
    href: String,
}

#[derive(Serialize)]
struct Map {
    uuid: String,
    relationship: &'static str,
    sources: Vec<Item>,
    targets: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item {
    r#type: &'static str,
    id_ref: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Gap {
    uuid: String,
    unmapped_controls: Vec<WithIds>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WithIds {
    with_ids: Vec<String>,
}

/// The document of crosswalks, of which each has a line.
pub fn document(input: &Input<'_>, ids: &[CrosswalkId], epoch: Option<u64>) -> Document<Body> {
    let program = input.program;
    let all: Vec<&Crosswalk> = ids.iter().map(|id| program.crosswalk(*id)).collect();
    let sides = all.iter().flat_map(|crosswalk| [crosswalk.from, crosswalk.to]).flatten();
    let tokens = Tokens::of(program, sides.collect::<FxHashSet<CatalogId>>());
    let mut resources = Resources::default();
    let mappings: Vec<Mapping> =
        all.iter().map(|crosswalk| mapping(input, crosswalk, &tokens, &mut resources)).collect();
    let titles: Vec<String> =
        all.iter().map(|crosswalk| line_or(&text(input, crosswalk.title), program.name(crosswalk.id))).collect();
    let is_whole = all.iter().all(|crosswalk| is_whole(input, crosswalk));
    let provenance = Provenance {
        // A package is written by people, for what is meant; whoever made it otherwise says so in its notice.
        method: "human",
        matching_rationale: "semantic",
        status: if is_whole { "complete" } else { "not-complete" },
        mapping_description: titles.join("\n\n"),
    };
    let package = all.first().map(|crosswalk| program.package(crosswalk.origin.package));
    let package = package.or(program.root()).unwrap_or(&program.packages[0]);
    let subject = Subject {
        kind: "mapping-collection",
        package,
        id: all.first().map_or("", |crosswalk| program.name(crosswalk.id)),
        title: titles.join("; "),
        edition: None,
        notice: None,
        props: Vec::new(),
        epoch,
    };
    subject.with(Body { provenance, mappings, back_matter: resources.back_matter() })
}

fn mapping(input: &Input<'_>, crosswalk: &Crosswalk, tokens: &Tokens, resources: &mut Resources) -> Mapping {
    let program = input.program;
    let package = &program.package(crosswalk.origin.package).name;
    let id = program.name(crosswalk.id);
    let mut side = |catalog: Option<CatalogId>| Side {
        r#type: "catalog",
        href: catalog.map(|catalog| resources.catalog(input, catalog)).unwrap_or_else(|| "#".to_owned()),
    };
    let (source_resource, target_resource) = (side(crosswalk.from), side(crosswalk.to));
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let maps = crosswalk.lines.iter().map(|line| map(input, line, tokens, &[package, id], &mut seen)).collect();
    let mut props = vec![Prop::own("id", id), Prop::own("title", &text(input, crosswalk.title))];
    props.extend(crosswalk.source.map(|source| Prop::own("source", &text(input, source))));
    props.extend(crosswalk.remarks.notes().iter().map(|note| Prop::own("note", &text(input, *note))));
    for (name, rows) in [("source-id", &crosswalk.withdrawn), ("target-id", &crosswalk.new)] {
        let renamed = rows.iter().map(|(row, _)| tokens.with_id(program, *row));
        props.extend(renamed.filter_map(|(token, id)| Some(Prop::of(name, token, id?))));
    }
    let gap = |word: &str, rows: &[(RequirementId, Span)]| {
        let with_ids: Vec<String> = rows.iter().map(|(row, _)| tokens.get(*row).to_owned()).collect();
        (!with_ids.is_empty())
            .then(|| Gap { uuid: uuid(&["gap", package, id, word]), unmapped_controls: vec![WithIds { with_ids }] })
    };
    Mapping {
        uuid: uuid(&["mapping", package, id]),
        source_resource,
        target_resource,
        maps,
        props,
        remarks: crosswalk.notice.map(|notice| text(input, notice)),
        source_gap_summary: gap("source", &crosswalk.withdrawn),
        target_gap_summary: gap("target", &crosswalk.new),
    }
}

fn map(
    input: &Input<'_>,
    line: &Line,
    tokens: &Tokens,
    within: &[&str; 2],
    seen: &mut FxHashMap<String, usize>,
) -> Map {
    let program = input.program;
    let words = program.line_words(line, line.relation.words());
    let time = seen.entry(words.clone()).or_default();
    *time += 1;
    let items = |rows: &[(RequirementId, Span)]| {
        let item = |(row, _): &(RequirementId, Span)| {
            let (token, id) = tokens.with_id(program, *row);
            Item {
                r#type: if place(program, *row) == Place::Part { "statement" } else { "control" },
                id_ref: token.to_owned(),
                props: id.map(|id| Prop::own("id", id)).into_iter().collect(),
            }
        };
        rows.iter().map(item).collect()
    };
    Map {
        uuid: uuid(&["map", within[0], within[1], &words, &time.to_string()]),
        relationship: relation(line.relation),
        sources: items(&line.left),
        targets: items(&line.right),
        props: line.remarks.notes().iter().map(|note| Prop::own("note", &text(input, *note))).collect(),
        remarks: line.because.map(|because| text(input, because)),
    }
}

/// The words of OSCAL for a relation.
fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equals => "equal-to",
        Relation::EquivalentTo => "equivalent-to",
        Relation::SubsetOf => "subset-of",
        Relation::SupersetOf => "superset-of",
        Relation::Intersects => "intersects-with",
    }
}

/// Whether a crosswalk says something of all that either catalog requires.
fn is_whole(input: &Input<'_>, crosswalk: &Crosswalk) -> bool {
    let program = input.program;
    let named = |side: fn(&Line) -> &[(RequirementId, Span)], others: &[(RequirementId, Span)]| {
        let lines = crosswalk.lines.iter().flat_map(side).chain(others);
        lines.map(|(row, _)| *row).collect::<FxHashSet<RequirementId>>()
    };
    let left = named(|line| &line.left, &crosswalk.withdrawn);
    let right = named(|line| &line.right, &crosswalk.new);
    [(crosswalk.from, left), (crosswalk.to, right)].into_iter().all(|(catalog, named)| {
        catalog.is_some_and(|catalog| {
            let mut rows = program.catalog(catalog).requirements();
            rows.all(|row| {
                program.requirement(row).kind == ReqKind::Clause
                    || named.contains(&row)
                    || program.standing_in(row).any(|above| named.contains(&above))
                    || program.below(row).any(|below| named.contains(&below))
            })
        })
    })
}
