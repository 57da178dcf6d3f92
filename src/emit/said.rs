//! What documents call the kinds of things that models have, in the words of a language.

use super::Input;
use crate::coverage::Status;
use crate::document::words::{self, Words};
use crate::model::{Head, Relation, RelationKind, State};

/// Our words in the language of the model asked for.
pub fn words(input: &Input<'_>) -> &'static Words {
    of_model(input, input.program.root().and_then(|package| package.model.head.as_ref()))
}

/// Our words in the language of a model; English where there is none.
pub fn of_model(input: &Input<'_>, head: Option<&Head>) -> &'static Words {
    let language = head.and_then(|head| head.language).map(|place| input.sources.slice(place));
    language.map_or(&words::EN, words::of)
}

/// How a requirement fares.
pub fn status(words: &Words, status: Status) -> &'static str {
    match status {
        Status::Covered => words.covered,
        Status::Partial => words.partial,
        Status::Excluded => words.excluded,
        Status::Uncovered => words.uncovered,
    }
}

/// How far a control is put into practice.
pub fn state(words: &Words, state: State) -> &'static str {
    match state {
        State::Implemented => words.state_implemented,
        State::Partial => words.state_partial,
        State::Planned => words.state_planned,
        State::None => words.state_none,
    }
}

/// What one side of a line of a crosswalk is to the other.
pub fn relation(words: &Words, relation: Relation) -> &'static str {
    match relation {
        Relation::Equals => words.equals,
        Relation::EquivalentTo => words.equivalent_to,
        Relation::SubsetOf => words.subset_of,
        Relation::SupersetOf => words.superset_of,
        Relation::Intersects => words.intersects,
    }
}

/// What a process is to another.
pub fn verb(words: &Words, kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supports => words.supports,
        RelationKind::Informs => words.informs,
        RelationKind::Follows => words.follows,
    }
}
