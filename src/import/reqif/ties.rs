//! Relations: outcomes that satisfy requirements, practices that achieve outcomes and make items; all else is told.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::{Refs, Tie, What};
use super::super::report::Action;
use super::names::Role;
use super::nodes::Node;
use super::objects::Objects;
use super::source::Source;

/// What is known of an object that relations may name.
#[derive(Clone)]
struct End {
    role: Option<Role>,
    id: String,
}

/// Ties objects by the relations of the file; gives those that are satisfied.
pub fn attach<'a>(source: &Source<'a>, objects: &mut Objects<'a>, nodes: &mut [Node]) -> FxHashSet<usize> {
    let mut ends: FxHashMap<usize, End> = FxHashMap::default();
    gather(nodes, &mut ends);
    let mut refs: FxHashMap<usize, Vec<Refs>> = FxHashMap::default();
    let mut targets = FxHashSet::default();
    for relation in &source.relations {
        let of_type = relation.refers("TYPE");
        let kind = if of_type.is_empty() { "" } else { source.name(of_type) };
        let place = format!("relation {}", relation.id);
        let [from, to] = ["SOURCE", "TARGET"].map(|side| relation.refers(side));
        let said = objects.said(format!("{from} → {to}"), &place);
        objects.leave(relation, "relation", "relations have no values of their own");
        let what = if kind.is_empty() { "relation".to_owned() } else { format!("relation “{kind}”") };
        let [Some(from), Some(to)] = [from, to].map(|id| source.at.get(id).copied()) else {
            objects.line(Action::LeftOut, &what, said, "it names an object that is not there");
            continue;
        };
        let tie = |of: usize, with: usize| Some((of, tie(ends.get(&of)?.role?, ends.get(&with)?.role, kind)?, with));
        match tie(from, to).or_else(|| tie(to, from)) {
            Some((of, tie, with)) => {
                targets.insert(with);
                let ids = ends.get(&with).map(|end| end.id.clone()).into_iter().collect();
                refs.entry(of).or_default().push(Refs { tie, said, ids });
            }
            None => {
                objects.line(Action::LeftOut, &what, said, "the language has no such relation between these two");
            }
        }
    }
    for group in &source.groups {
        objects.leave(group, "relation group", "relations have no groups; those of it are read");
    }
    put(nodes, &mut refs);
    targets
}

fn gather(nodes: &[Node], ends: &mut FxHashMap<usize, End>) {
    for node in nodes {
        // Items are known by their names as well.
        let id = node
            .draft
            .id
            .as_ref()
            .or(node.draft.title.as_ref())
            .map(|said| said.words.trim().to_owned())
            .unwrap_or_default();
        ends.insert(node.at, End { role: node.role, id });
        gather(&node.inner, ends);
    }
}

fn put(nodes: &mut [Node], refs: &mut FxHashMap<usize, Vec<Refs>>) {
    for node in nodes {
        node.draft.refs.extend(refs.remove(&node.at).into_iter().flatten());
        put(&mut node.inner, refs);
    }
}

/// How an object is tied to another by a relation of this name.
fn tie(of: Role, with: Option<Role>, kind: &str) -> Option<Tie> {
    let kind = kind.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    match (of, with) {
        (Role::Is(What::Outcome), None | Some(Role::Is(What::Requirement | What::Control | What::Clause))) => {
            let is_part = says(&["part", "contribut", "teilweise"]);
            Some(if is_part { Tie::Partly } else { Tie::Satisfies })
        }
        (Role::Is(What::Practice), Some(Role::Is(What::Outcome))) => Some(Tie::Achieves),
        (Role::Is(What::Practice), Some(Role::Is(What::Item))) if says(&["consum", "input", "need", "use"]) => {
            Some(Tie::Consumes)
        }
        (Role::Is(What::Practice | What::Outcome), Some(Role::Is(What::Item))) => Some(Tie::Produces),
        _ => None,
    }
}
