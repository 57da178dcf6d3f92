//! What assessments of each class have to have.

use serde::Serialize;

use super::reader::Reader;
use super::rows::{NoteRow, OriginRow, Words};
use crate::model::Rules;

/// What assessments of each class have to have, and the kinds of independence.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Rules"))]
pub struct RulesRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The classes, in source order.
    pub classes: Vec<ClassRow<'a>>,
    /// The kinds of independence, in source order.
    pub independences: Vec<IndependenceRow<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A class of assessments.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ClassOfAssessments"))]
pub struct ClassRow<'a> {
    /// The word for it.
    pub word: &'a str,
    /// How many instances of each process are looked at; null where that is not said.
    pub instances: Option<u32>,
    /// How many kinds of evidence the ratings of a process rest on; null where that is not said.
    pub kinds: Option<u32>,
}

/// A kind of independence.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Independence"))]
pub struct IndependenceRow<'a> {
    /// The word for it.
    pub word: &'a str,
    /// What it is.
    pub text: Option<Words<'a>>,
}

/// The rows of the rules that the package sees, in the order of their packages.
pub fn rows<'a>(read: Reader<'a>) -> impl Iterator<Item = RulesRow<'a>> {
    let program = read.program();
    let seen = program.root().map_or(&[][..], |package| &package.scope.packages);
    let all = program.rules.iter().filter(|row| seen.binary_search(&row.origin.package).is_ok());
    all.map(move |rules| row(read, rules))
}

fn row<'a>(read: Reader<'a>, rules: &'a Rules) -> RulesRow<'a> {
    let class = rules.classes.iter().map(|class| ClassRow {
        word: read.name(class.word),
        instances: class.instances,
        kinds: class.kinds,
    });
    let independence =
        rules.independences.iter().map(|one| IndependenceRow { word: read.name(one.word), text: read.maybe(one.text) });
    RulesRow {
        id: read.name(rules.id),
        title: read.text(rules.title),
        classes: class.collect(),
        independences: independence.collect(),
        notes: read.notes(&rules.remarks),
        origin: read.origin(rules.origin),
    }
}
