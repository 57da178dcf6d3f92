//! Lines of crosswalks in one form, so that they can be held against each other.

use rustc_hash::FxHashSet;

use crate::checks::Context;
use crate::model::{CatalogId, Crosswalk, CrosswalkId, Line, Program, Relation, RequirementId};
use crate::span::Span;

/// A line, seen from the catalog that is declared first: a crosswalk holds in both directions.
pub struct Claim<'a> {
    /// The crosswalk.
    pub crosswalk: CrosswalkId,
    /// The line as it is written.
    pub line: &'a Line,
    /// The two catalogs.
    pub catalogs: (CatalogId, CatalogId),
    /// The side in the first, in order.
    pub left: Vec<RequirementId>,
    /// What it is to the other side.
    pub relation: Relation,
    /// The side in the second, in order.
    pub right: Vec<RequirementId>,
}

impl<'a> Claim<'a> {
    fn new(crosswalk: CrosswalkId, from: CatalogId, to: CatalogId, line: &'a Line) -> Claim<'a> {
        let (left, right) = (ids(&line.left), ids(&line.right));
        if to < from {
            let relation = line.relation.reversed();
            return Claim { crosswalk, line, catalogs: (to, from), left: right, relation, right: left };
        }
        Claim { crosswalk, line, catalogs: (from, to), left, relation: line.relation, right }
    }

    /// The line in words: "`A.5.1.1`, `A.5.1.2` equals `A.5.1`".
    pub fn words(&self, program: &Program) -> String {
        let side = |side: &[(RequirementId, Span)]| {
            let names: Vec<&str> =
                side.iter().take(6).map(|(id, _)| program.name(program.requirement(*id).id)).collect();
            format!("{}{}", names.join(", "), if side.len() > names.len() { ", …" } else { "" })
        };
        format!("`{} {} {}`", side(&self.line.left), self.line.relation.words(), side(&self.line.right))
    }
}

fn ids(side: &[(RequirementId, Span)]) -> Vec<RequirementId> {
    let mut ids: Vec<RequirementId> = side.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The crosswalks that concern a package: those that it declares, and those that its model puts in force, wherever they
/// are declared.
pub struct Judged {
    crosswalks: Vec<CrosswalkId>,
    own: FxHashSet<CrosswalkId>,
    in_force: FxHashSet<CrosswalkId>,
}

impl Judged {
    /// The crosswalks of the package that is checked.
    pub fn of(context: &Context<'_>) -> Judged {
        let head = context.package().model.head.as_ref().filter(|_| context.coverage.is_some());
        let covers = head.into_iter().flat_map(|head| &head.covers);
        let in_force: FxHashSet<CrosswalkId> = covers.flat_map(|cover| cover.through.iter().copied()).collect();
        let all = (0..).map(CrosswalkId).zip(&context.program.crosswalks);
        let own: FxHashSet<CrosswalkId> =
            all.filter(|(_, crosswalk)| context.is_own(crosswalk.origin)).map(|(id, _)| id).collect();
        let mut crosswalks: Vec<CrosswalkId> = own.union(&in_force).copied().collect();
        crosswalks.sort_unstable();
        Judged { crosswalks, own, in_force }
    }

    /// The crosswalks, in order.
    pub fn crosswalks<'a>(&self, program: &'a Program) -> impl Iterator<Item = (CrosswalkId, &'a Crosswalk)> {
        self.crosswalks.iter().map(|id| (*id, program.crosswalk(*id)))
    }

    /// Whether what two crosswalks say is held against each other: within one of the package's own, and between two
    /// that are both its own or both in force. Of other people's crosswalks that are merely seen, nothing is said.
    pub fn are_one_matter(&self, a: CrosswalkId, b: CrosswalkId) -> bool {
        let both = |set: &FxHashSet<CrosswalkId>| set.contains(&a) && set.contains(&b);
        both(&self.own) || (a != b && both(&self.in_force))
    }

    /// Their lines.
    pub fn claims<'a>(&self, program: &'a Program) -> Vec<Claim<'a>> {
        let lines = self.crosswalks(program).filter_map(|(id, crosswalk)| {
            let (from, to) = (crosswalk.from?, crosswalk.to?);
            Some(crosswalk.lines.iter().map(move |line| Claim::new(id, from, to, line)))
        });
        lines.flatten().collect()
    }
}
