//! Mappings: how the controls of two catalogs correspond.

use super::{Metadata, Resource, leave, line, metadata, pick, props, referred, resources};
use crate::import::draft::{Draft, Fact, Refs, Relation, Said, Tie, What};
use crate::import::report::{Action, Line};
use crate::import::tree::Node;

/// Reads the mappings of a collection, a crosswalk each.
pub fn read(mut node: Node, lines: &mut Vec<Line>) -> Vec<Draft> {
    let Metadata { title, edition, mut remarks, props: own } = metadata(&mut node, lines);
    // A crosswalk of ours says its title itself.
    let is_own = own.iter().any(|prop| prop.is_own);
    leave(own, lines);
    if let Some(said) = edition {
        line(Action::LeftOut, "version".to_owned(), said, "a crosswalk has no edition of its own", lines);
    }
    let resources = resources(&mut node, lines);
    let mut drafts: Vec<Draft> = Vec::new();
    for mapping in node.take_all("mappings", lines) {
        let mut draft = crosswalk(mapping, &resources, lines);
        if !is_own && let Some(said) = &title {
            draft.title = Some(Said { is_told: !drafts.is_empty(), ..said.clone() });
        }
        draft.facts.extend(remarks.take().map(|said| (Fact::Notice, said)));
        drafts.push(draft);
    }
    if is_own && let Some(said) = title {
        line(Action::Merged, "title".to_owned(), said, "each crosswalk says its own", lines);
    }
    node.leave("how a mapping was made is no part of a crosswalk", lines);
    drafts
}

fn crosswalk(mut node: Node, resources: &[Resource], lines: &mut Vec<Line>) -> Draft {
    let mut draft = Draft::new(What::Crosswalk);
    // Ids that are no tokens: the side, the token that stands for one, and the id.
    let mut tokens: Vec<(String, String, String)> = Vec::new();
    for prop in props(&mut node, lines) {
        match prop.name.as_str() {
            "id" if prop.is_own => draft.id = Some(prop.said),
            "title" if prop.is_own => draft.title = Some(prop.said),
            "source" if prop.is_own => draft.facts.push((Fact::Source, prop.said)),
            "note" if prop.is_own => draft.facts.push((Fact::Note, prop.said)),
            "source-id" | "target-id" if prop.is_own => {
                tokens.extend(
                    prop.class.as_ref().map(|token| (prop.name.clone(), token.clone(), prop.said.words.clone())),
                );
                leave(vec![prop], lines);
            }
            _ => leave(vec![prop], lines),
        }
    }
    draft.facts.extend(node.said("remarks", lines).map(|said| (Fact::Notice, said)));
    for (name, tie) in [("source-resource", Tie::Left), ("target-resource", Tie::Right)] {
        let Some(mut side) = node.take(name) else { continue };
        if let Some(said) = side.said("href", lines) {
            let ids = referred(&said, resources);
            draft.refs.push(Refs { tie, said, ids });
        }
        side.tell("type", Action::Merged, "it says what the reference leads to", lines);
        side.leave("the language has nothing for it", lines);
    }
    for map in node.take_all("maps", lines) {
        draft.inner.push(correspondence(map, lines));
    }
    for (name, tie, relation) in
        [("source-gap-summary", Tie::Left, Relation::Withdrawn), ("target-gap-summary", Tie::Right, Relation::New)]
    {
        let Some(mut gap) = node.take(name) else { continue };
        for mut ids in gap.take_all("unmapped-controls", lines) {
            for id in ids.take_list("with-ids") {
                let Some(word) = id.value.word().map(str::to_owned) else {
                    id.leave("it is no id", lines);
                    continue;
                };
                let side = if tie == Tie::Left { "source-id" } else { "target-id" };
                let meant = tokens.iter().find(|(name, token, _)| name == side && *token == word);
                let meant = meant.map_or(&word, |(_, _, id)| id).clone();
                let mut gap = Draft::new(What::Correspondence);
                gap.relation = Some((relation, None));
                gap.refs.push(Refs { tie, ids: vec![meant], said: Said::new(word, id.path) });
                draft.inner.push(gap);
            }
            ids.leave("only ids by themselves are taken", lines);
        }
        gap.leave("elements are known by their ids", lines);
    }
    node.tell("uuid", Action::LeftOut, "elements are known by their ids", lines);
    node.leave("how a mapping was made is no part of a crosswalk", lines);
    draft
}

/// The relations that the language has, by their words in OSCAL.
pub const RELATIONS: [(&str, Relation); 5] = [
    ("equal-to", Relation::Equals),
    ("equivalent-to", Relation::Equivalent),
    ("subset-of", Relation::Subset),
    ("superset-of", Relation::Superset),
    ("intersects-with", Relation::Intersects),
];

fn correspondence(mut node: Node, lines: &mut Vec<Line>) -> Draft {
    let mut draft = Draft::new(What::Correspondence);
    for (name, tie) in [("sources", Tie::Left), ("targets", Tie::Right)] {
        for mut side in node.take_all(name, lines) {
            let mut own = props(&mut side, lines);
            let id = pick(&mut own, "id", true);
            if let Some(said) = side.said("id-ref", lines) {
                let ids = vec![id.as_ref().unwrap_or(&said).words.clone()];
                draft.refs.push(Refs { tie, said, ids });
            }
            if let Some(said) = id {
                line(Action::Merged, "id".to_owned(), said, "it is what the reference stands for", lines);
            }
            leave(own, lines);
            side.tell("type", Action::Merged, "it says what the reference leads to", lines);
            side.leave("the language has nothing for it", lines);
        }
    }
    // The name of a relation is the namespace's, where one is named: only those of OSCAL are known.
    let relation = node.said("relationship", lines);
    if let Some(said) = relation {
        match RELATIONS.iter().find(|(word, _)| said.words.trim() == *word) {
            Some((_, relation)) => draft.relation = Some((*relation, Some(said))),
            None => {
                let note = format!("`{}` is no relation of a crosswalk", said.words.trim());
                line(Action::LeftOut, "relation of a line".to_owned(), said, &note, lines);
            }
        }
    }
    for prop in props(&mut node, lines) {
        match prop.name.as_str() {
            "note" if prop.is_own => draft.facts.push((Fact::Note, prop.said)),
            _ => leave(vec![prop], lines),
        }
    }
    draft.facts.extend(node.said("remarks", lines).map(|said| (Fact::Reason, said)));
    node.tell("uuid", Action::LeftOut, "elements are known by their ids", lines);
    for name in ["confidence-score", "coverage"] {
        let note = "a crosswalk says what corresponds, not how sure or how far";
        node.tell(name, Action::LeftOut, note, lines);
    }
    node.leave("the language has nothing for it", lines);
    draft
}
