//! Ids as OSCAL has them: tokens begin with a letter or `_`, and ids of the language may begin with a digit.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{CatalogId, Program, ReqKind, RequirementId};

/// The tokens of the rows of catalogs.
#[derive(Default)]
pub struct Tokens(FxHashMap<RequirementId, String>);

impl Tokens {
    /// Those of some catalogs.
    pub fn of(program: &Program, catalogs: impl IntoIterator<Item = CatalogId>) -> Tokens {
        let mut tokens = FxHashMap::default();
        for catalog in catalogs {
            let rows = || program.catalog(catalog).requirements();
            let name = |row: RequirementId| program.name(program.requirement(row).id);
            let all: FxHashSet<&str> = rows().map(name).collect();
            for row in rows() {
                let mut token = name(row).to_owned();
                if !token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
                    token.insert(0, '_');
                    while all.contains(token.as_str()) {
                        token.insert(0, '_');
                    }
                }
                tokens.insert(row, token);
            }
        }
        Tokens(tokens)
    }

    /// The token of a row.
    pub fn get(&self, row: RequirementId) -> &str {
        self.0.get(&row).map_or("_", String::as_str)
    }

    /// The same, and the id where that is another.
    pub fn with_id<'a>(&'a self, program: &'a Program, row: RequirementId) -> (&'a str, Option<&'a str>) {
        let (token, id) = (self.get(row), program.name(program.requirement(row).id));
        (token, (token != id).then_some(id))
    }
}

/// What a row is in OSCAL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A group.
    Group,
    /// A control.
    Control,
    /// A part of the statement of a control.
    Part,
}

/// What a row is in OSCAL: a requirement within another, or within a control, is a part of what that asks for.
pub fn place(program: &Program, row: RequirementId) -> Place {
    let requirement = program.requirement(row);
    let is_within = || requirement.parent.is_some_and(|parent| program.requirement(parent).kind != ReqKind::Clause);
    match requirement.kind {
        ReqKind::Clause => Place::Group,
        ReqKind::Requirement if is_within() => Place::Part,
        _ => Place::Control,
    }
}

/// The control that a row is, or is a part of.
pub fn control_of(program: &Program, row: RequirementId) -> RequirementId {
    let is_part = |row: &RequirementId| place(program, *row) == Place::Part;
    std::iter::successors(Some(row), |row| program.requirement(*row).parent.filter(|_| is_part(row)))
        .last()
        .unwrap_or(row)
}
