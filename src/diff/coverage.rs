//! What the differences did to coverage.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Reader, sort_key};
use super::{CatalogChange, Effect, Renames, StatusChange};
use crate::compile::Checked;
use crate::coverage::{CatalogCoverage, Status};
use crate::model::RequirementId;

/// The catalogs whose coverage differs, by id.
pub fn coverage(old: &Checked<'_>, new: &Checked<'_>, renames: &Renames) -> Vec<CatalogChange> {
    let (olds, news) = (catalogs(old), catalogs(new));
    let known = Known {
        old_ids: full_ids(old),
        new_ids: full_ids(new),
        back: renames.iter().map(|(old, new)| (new.clone(), old.clone())).collect(),
    };
    let mut ids: Vec<&String> = olds.keys().chain(news.keys()).collect();
    ids.sort();
    ids.dedup();
    let compare = |id: &String| {
        let (before, after) = (olds.get(id).copied(), news.get(id).copied());
        let rows = Rows { old, new, before, after, renames, known: &known }.changes();
        let summaries = (before.map(|one| one.summary), after.map(|one| one.summary));
        if rows.is_empty() && summaries.0 == summaries.1 {
            return None;
        }
        let title = |input: &Checked<'_>, one: &CatalogCoverage| {
            Reader { input }.text(input.program.catalog(one.catalog).title).into_owned()
        };
        let title = after.map(|one| title(new, one)).or_else(|| before.map(|one| title(old, one)));
        Some(CatalogChange {
            catalog: id.clone(),
            title: title.unwrap_or_default(),
            old: summaries.0,
            new: summaries.1,
            requirements: rows,
        })
    };
    ids.into_iter().filter_map(compare).collect()
}

fn catalogs<'a>(input: &Checked<'a>) -> BTreeMap<String, &'a CatalogCoverage> {
    let id = |one: &CatalogCoverage| input.program.name(input.program.catalog(one.catalog).id).to_owned();
    input.coverage.catalogs.iter().map(|one| (id(one), one)).collect()
}

fn full_ids(input: &Checked<'_>) -> FxHashSet<String> {
    let catalogs = input.program.catalogs.iter();
    catalogs.flat_map(|catalog| catalog.requirements()).map(|id| input.program.full_id(id)).collect()
}

struct Rows<'a> {
    old: &'a Checked<'a>,
    new: &'a Checked<'a>,
    before: Option<&'a CatalogCoverage>,
    after: Option<&'a CatalogCoverage>,
    renames: &'a Renames,
    known: &'a Known,
}

/// The requirements of all catalogs, counted or not, and the old ids of those that were renamed.
struct Known {
    old_ids: FxHashSet<String>,
    new_ids: FxHashSet<String>,
    back: Renames,
}

impl Rows<'_> {
    fn changes(&self) -> Vec<StatusChange> {
        // Old requirements are known by what their ids are now.
        let now = |id: RequirementId| {
            let full = self.old.program.full_id(id);
            self.renames.get(&full).cloned().unwrap_or(full)
        };
        let counted = |one: Option<&CatalogCoverage>| one.map(|one| one.requirements.clone()).unwrap_or_default();
        let (olds, news) = (counted(self.before), counted(self.after));
        let by_id: FxHashMap<String, RequirementId> = olds.iter().map(|id| (now(*id), *id)).collect();
        let mut told: FxHashSet<String> = FxHashSet::default();
        let mut rows = Vec::new();
        for id in &news {
            let full = self.new.program.full_id(*id);
            rows.extend(self.change(by_id.get(&full).copied(), Some(*id)));
            told.insert(full);
        }
        for id in olds.iter().filter(|id| !told.contains(&now(**id))) {
            rows.extend(self.change(Some(*id), None));
        }
        // Both sides decide the order, so that a difference and its mirror image have one.
        rows.sort_by_cached_key(|row: &StatusChange| {
            let key = |id: &Option<String>| id.as_deref().map(sort_key);
            key(&row.new_id).into_iter().chain(key(&row.old_id)).min()
        });
        rows
    }

    fn change(&self, old: Option<RequirementId>, new: Option<RequirementId>) -> Option<StatusChange> {
        let before = old.map(|id| self.old.coverage.status(id));
        let after = new.map(|id| self.new.coverage.status(id));
        if before == after {
            return None;
        }
        let own =
            |input: &Checked<'_>, id: RequirementId| input.program.name(input.program.requirement(id).id).to_owned();
        let title = |input: &Checked<'_>, id: RequirementId| {
            Reader { input }.text(input.program.requirement(id).title).into_owned()
        };
        let title = new.map(|id| title(self.new, id)).or_else(|| old.map(|id| title(self.old, id)));
        // A side that does not count the requirement may still have it.
        let (old_ids, new_ids) = (&self.known.old_ids, &self.known.new_ids);
        let old_id = old
            .map(|id| own(self.old, id))
            .or_else(|| self.elsewhere(&self.new.program.full_id(new?), &self.known.back, old_ids));
        let new_id = new
            .map(|id| own(self.new, id))
            .or_else(|| self.elsewhere(&self.old.program.full_id(old?), self.renames, new_ids));
        let effect = self.effect(before, after, old_id.is_some(), new_id.is_some());
        Some(StatusChange {
            old_id,
            new_id,
            title: title.unwrap_or_default(),
            old: before,
            new: after,
            effect,
            old_outcomes: old.map(|id| outcomes(self.old, id)).unwrap_or_default(),
            new_outcomes: new.map(|id| outcomes(self.new, id)).unwrap_or_default(),
        })
    }

    /// The id of a requirement on the other side, if that has it without counting it.
    fn elsewhere(&self, full: &str, renames: &Renames, ids: &FxHashSet<String>) -> Option<String> {
        let full = renames.get(full).map_or(full, String::as_str);
        ids.contains(full).then(|| full.split_once(':').map_or(full, |(_, own)| own).to_owned())
    }

    fn effect(&self, old: Option<Status>, new: Option<Status>, was_there: bool, is_there: bool) -> Effect {
        let rank = |status: Option<Status>| match status {
            Some(Status::Covered | Status::Excluded) => 2,
            Some(Status::Partial) => 1,
            Some(Status::Uncovered) | None => 0,
        };
        // Of a catalog that is covered no more, all is lost, even if the package does not see it any more.
        let (was_there, is_there) = (was_there || self.before.is_none(), is_there || self.after.is_none());
        match (old, new) {
            (None, _) if !was_there || rank(new) == 0 => Effect::New,
            (_, None) if !is_there || rank(old) == 0 => Effect::Gone,
            _ if rank(new) > rank(old) => Effect::Gained,
            _ if rank(new) < rank(old) => Effect::Lost,
            _ => Effect::Changed,
        }
    }
}

/// The outcomes that a status rests on, by all its proofs.
fn outcomes(input: &Checked<'_>, id: RequirementId) -> Vec<String> {
    let grounds = input.coverage.grounds(input.program, id);
    grounds.outcomes().into_iter().map(|name| input.program.name(name).to_owned()).collect()
}
