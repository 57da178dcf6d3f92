//! Tables with a shape of their own: crosswalks, items, terms.

use super::super::draft::{Draft, Fact, Relation, Said, Tie, What};
use super::super::heads::{self, Head};
use super::super::settle::refs;
use super::{Headed, Mapping, Rows};

/// What people write for the relation of two sides.
const RELATIONS: &[(Relation, &[&str])] = &[
    (
        Relation::Equals,
        &[
            "equals",
            "equal",
            "equal-to",
            "equal to",
            "identical",
            "same",
            "=",
            "gleich",
            "identisch",
            "égal",
            "identique",
        ],
    ),
    (
        Relation::Equivalent,
        &["equivalent to", "equivalent", "equivalent-to", "gleichwertig", "äquivalent", "équivalent"],
    ),
    (Relation::Subset, &["subset of", "subset", "subset-of", "subset_of", "teilmenge", "sous-ensemble", "⊂", "⊆"]),
    (
        Relation::Superset,
        &["superset of", "superset", "superset-of", "superset_of", "obermenge", "sur-ensemble", "⊃", "⊇"],
    ),
    (
        Relation::Intersects,
        &[
            "intersects",
            "intersect",
            "intersects-with",
            "intersects with",
            "overlap",
            "overlaps",
            "related",
            "related to",
            "relates to",
            "maps to",
            "partial",
            "überschneidung",
            "überschneidet",
            "recoupe",
            "∩",
        ],
    ),
    (Relation::Withdrawn, &["withdrawn", "deleted", "removed", "no counterpart", "entfallen", "supprimé"]),
    (Relation::New, &["new", "added", "neu", "nouveau"]),
];

/// The relation that is meant by words.
pub(in crate::import) fn relation(words: &str) -> Option<Relation> {
    let words = heads::plain(words);
    RELATIONS.iter().find(|(_, known)| known.contains(&words.as_str())).map(|(relation, _)| *relation)
}

pub(super) fn crosswalk(headed: &Headed, mapping: &Mapping, is_named: bool, rows: &mut Rows) {
    const USED: &[Head] = &[Head::Left, Head::Right, Head::Relation, Head::Reason, Head::Note];
    let of_all = mapping.relation.as_deref().and_then(relation);
    let mut crosswalk = Draft::new(What::Crosswalk);
    for row in &headed.rows {
        let mut line = Draft::new(What::Correspondence);
        line.refs.extend(headed.cells(row, Head::Left).into_iter().map(|said| refs(Tie::Left, said.clone())));
        line.refs.extend(headed.cells(row, Head::Right).into_iter().map(|said| refs(Tie::Right, said.clone())));
        let stated = headed.cell(row, Head::Relation);
        line.facts.extend(headed.cells(row, Head::Reason).into_iter().map(|said| (Fact::Reason, said.clone())));
        line.facts.extend(headed.cells(row, Head::Note).into_iter().map(|said| (Fact::Note, said.clone())));
        line.fields = headed.others(row, USED);
        let found = stated.and_then(|said| relation(&said.words));
        line.relation = match found {
            Some(relation) => Some((relation, stated.cloned())),
            None => of_all.map(|relation| (relation, None)),
        };
        if found.is_none() {
            line.fields.extend(stated.map(|said| ("relation".to_owned(), said.clone())));
        }
        if !line.refs.is_empty() || line.relation.is_some() || !line.fields.is_empty() || !line.facts.is_empty() {
            crosswalk.inner.push(line);
        }
    }
    if !crosswalk.inner.is_empty() {
        crosswalk.title = is_named.then(|| super::catalog::of_sheet(&headed.name));
        rows.drafts.push(crosswalk);
    }
}

pub(super) fn items(headed: &Headed, rows: &mut Rows) {
    const USED: &[Head] = &[Head::Id, Head::Item, Head::Title, Head::Text, Head::Kind, Head::Note];
    for row in &headed.rows {
        let mut draft = Draft::new(What::Item);
        draft.id = headed.cell(row, Head::Id).cloned();
        draft.title = headed.cell(row, Head::Item).or_else(|| headed.cell(row, Head::Title)).cloned();
        draft.text = headed.cell(row, Head::Text).cloned();
        draft.facts.extend(headed.cell(row, Head::Kind).map(|said| (Fact::Kind, said.clone())));
        draft.facts.extend(headed.cells(row, Head::Note).into_iter().map(|said| (Fact::Note, said.clone())));
        draft.fields = headed.others(row, USED);
        let second = headed.cell(row, Head::Title).filter(|_| headed.cell(row, Head::Item).is_some());
        draft.fields.extend(second.map(|said| ("Title".to_owned(), said.clone())));
        push(draft, rows);
    }
}

pub(super) fn terms(headed: &Headed, rows: &mut Rows) {
    const USED: &[Head] =
        &[Head::Id, Head::Term, Head::Title, Head::Definition, Head::Text, Head::Also, Head::Source, Head::Note];
    for row in &headed.rows {
        let mut draft = Draft::new(What::Term);
        draft.id = headed.cell(row, Head::Id).cloned();
        draft.title = headed.cell(row, Head::Term).or_else(|| headed.cell(row, Head::Title)).cloned();
        let [definition, text] = [Head::Definition, Head::Text].map(|head| headed.cell(row, head).cloned());
        draft.facts.extend(text.clone().filter(|_| definition.is_some()).map(|said| (Fact::Note, said)));
        draft.text = definition.or(text);
        for said in headed.cells(row, Head::Also) {
            let names = super::super::ids::listed(&said.words);
            let part = |(at, name): (usize, String)| {
                if at == 0 { Said { words: name, ..said.clone() } } else { said.part(name) }
            };
            draft.facts.extend(names.into_iter().enumerate().map(|name| (Fact::Also, part(name))));
        }
        for (head, fact) in [(Head::Source, Fact::Source), (Head::Note, Fact::Note)] {
            draft.facts.extend(headed.cells(row, head).into_iter().map(|said| (fact, said.clone())));
        }
        draft.fields = headed.others(row, USED);
        let second = headed.cell(row, Head::Title).filter(|_| headed.cell(row, Head::Term).is_some());
        draft.fields.extend(second.map(|said| ("Title".to_owned(), said.clone())));
        push(draft, rows);
    }
}

/// Adds an element, if it has a title; else what it says is left out.
fn push(draft: Draft, rows: &mut Rows) {
    if draft.title.is_some() {
        rows.drafts.push(draft);
        return;
    }
    let own = [draft.id, draft.text].into_iter().flatten();
    let others = draft.facts.into_iter().map(|(_, said)| said).chain(draft.fields.into_iter().map(|(_, said)| said));
    let why = format!("its row does not say what the {} is called", draft.what.word());
    for said in own.chain(others) {
        rows.leave(&said, "cell", &why);
    }
}
