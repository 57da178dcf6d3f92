//! What there is to know of a name, for hovers, lenses and hints: how a requirement fares, what an outcome proves.

use std::sync::Arc;

use super::names::{Names, Symbol, requirement};
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::codes;
use crate::coverage::{Reason, Status, Step};
use crate::diagnostic::words::{count, list};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Link, Outcome, PackageId, Process, ReqKind, RequirementId, Strength};
use crate::review::{Change, Review, State};
use crate::span::Span;

/// How a requirement fares in one model.
pub struct Fate {
    /// The model.
    pub model: String,
    /// Its status there.
    pub status: Status,
    /// Whether the model asks for it.
    pub is_counted: bool,
    /// The outcomes that its status rests on, by all its proofs.
    pub outcomes: Vec<String>,
    /// The proofs, the shortest first, a line for each step.
    pub proofs: Vec<Vec<String>>,
}

/// How a requirement fares in each model that has to do with a package: in its own, that of one compilation first, and in
/// those that it is built on, or that are built on it: a layer may have another view of it than its base.
pub fn fates(workspace: &Workspace, own: &Snapshot, viewer: PackageId, symbol: &Symbol) -> Vec<Fate> {
    let mut fates: Vec<Fate> = Vec::new();
    let has = |snapshot: &Snapshot, home: &str| {
        let mut packages = (0..).map(PackageId).take(snapshot.loaded.len());
        packages.any(|package| Names { snapshot, package }.home(package) == home)
    };
    let home = |snapshot: &Snapshot, package: PackageId| Names { snapshot, package }.home(package);
    let viewer = home(own, viewer);
    let knows = |other: &&Snapshot| has(other, &viewer) || has(own, &home(other, other.root_package()));
    let others = workspace.all_snapshots().map(Arc::as_ref).filter(knows);
    for snapshot in std::iter::once(own).chain(others) {
        let found = requirement(snapshot, symbol).and_then(|id| fate(snapshot, id));
        fates.extend(found.filter(|fate| fates.iter().all(|known| known.model != fate.model)));
    }
    fates
}

/// How a requirement fares in the model of a compilation; nothing for a heading, or without a model.
pub fn fate(snapshot: &Snapshot, id: RequirementId) -> Option<Fate> {
    let program = snapshot.program();
    let package = program.root()?;
    let head = package.model.head.as_ref()?;
    if program.requirement(id).kind == ReqKind::Clause
        || !package.scope.catalogs.contains(&program.requirement(id).catalog)
    {
        return None;
    }
    let coverage = &snapshot.compilation.coverage;
    let status = coverage.status(id);
    let is_counted = coverage.catalogs.iter().any(|catalog| catalog.requirements.binary_search(&id).is_ok());
    let outcomes = coverage.grounds(program, id).outcomes();
    let outcomes = outcomes.into_iter().map(|outcome| program.name(outcome).to_owned()).collect();
    let words = |proof: &Vec<Step>| proof.iter().map(|step| step_words(snapshot, step)).collect();
    let proofs = coverage.witnesses(program, id).iter().map(words).collect();
    Some(Fate { model: program.name(head.id).to_owned(), status, is_counted, outcomes, proofs })
}

/// A step of a proof, in words.
fn step_words(snapshot: &Snapshot, step: &Step) -> String {
    let program = snapshot.program();
    let own = program.name(program.requirement(step.requirement).id);
    let ids = |ids: &[RequirementId]| {
        let names: Vec<&str> = ids.iter().map(|id| program.name(program.requirement(*id).id)).collect();
        list(&names, "and", 9)
    };
    match &step.reason {
        Reason::Outcome { outcome, strength } => {
            let verb = strength.verb();
            let outcome_text = program.root().and_then(|package| package.model.outcome(*outcome));
            let says = outcome_text.map(|outcome| snapshot.compilation.sources.text(outcome.text)).unwrap_or_default();
            format!("`{}` {verb} `{own}`: “{says}”", program.name(*outcome))
        }
        Reason::Joint { outcomes } => {
            let names: Vec<&str> = outcomes.iter().map(|member| program.name(member.id)).collect();
            let missing = outcomes.iter().filter(|member| !member.is_there);
            let gone: Vec<&str> = missing.map(|member| program.name(member.id)).collect();
            let gap =
                if gone.is_empty() { String::new() } else { format!(", but {} is missing", list(&gone, "and", 9)) };
            format!("{} together satisfy `{own}`{gap}", list(&names, "and", 9))
        }
        Reason::Above { whole } => format!("`{own}` stands in {}", ids(&[*whole])),
        Reason::Parts { parts } => format!("`{own}` has the parts {}", ids(parts)),
        Reason::Line { crosswalk, others, .. } => {
            let crosswalk = program.name(program.crosswalk(*crosswalk).id);
            let others: Vec<String> = others.iter().map(|id| program.full_id(*id)).collect();
            format!("the crosswalk `{crosswalk}` ties `{own}` to {}", list(&others, "and", 9))
        }
        Reason::Exclusion { excluded } => format!("the model excludes {}", ids(&[*excluded])),
    }
}

/// The requirements that an outcome proves, alone or with others: those of its full links that are covered.
pub fn proved(snapshot: &Snapshot, outcome: &Outcome) -> Vec<RequirementId> {
    let coverage = &snapshot.compilation.coverage;
    let full = outcome.links.iter().filter(|link| link.strength == Strength::Full && is_meant(snapshot, link));
    let mut proved: Vec<RequirementId> = full.map(|link| link.requirement).collect();
    proved.retain(|id| {
        let is_clause = snapshot.program().requirement(*id).kind == ReqKind::Clause;
        is_clause || coverage.status(*id) == Status::Covered
    });
    proved.sort_unstable();
    proved.dedup();
    proved
}

/// Whether a link names its requirement; of a misspelt name, the compiler takes what may have been meant.
fn is_meant(snapshot: &Snapshot, link: &Link) -> bool {
    let id = snapshot.program().name(snapshot.program().requirement(link.requirement).id);
    snapshot.compilation.sources.slice(link.span).ends_with(id)
}

/// The requirements that the outcomes of a process are linked to.
pub fn linked(snapshot: &Snapshot, process: &Process) -> Vec<RequirementId> {
    let links = process.outcomes.iter().flat_map(|outcome| &outcome.links);
    let links = links.filter(|link| is_meant(snapshot, link));
    let mut linked: Vec<RequirementId> = links.map(|link| link.requirement).collect();
    linked.sort_unstable();
    linked.dedup();
    linked
}

/// What is known of the judgements of the links, where the package keeps any.
pub fn review(snapshot: &Snapshot) -> Option<&Review> {
    snapshot.compilation.review.as_ref()
}

/// Why the link at a place is suspect: the reason for which it was accepted, and the old texts beside the new, a line
/// each.
pub fn suspicion(snapshot: &Snapshot, place: Span) -> Option<String> {
    let is_here = |found: &Diagnostic| *found.code == codes::SUSPECT_LINK && found.primary.span.holds(place);
    snapshot.compilation.diagnostics.iter().find(|found| is_here(found))?;
    let review = review(snapshot)?;
    let link = review.links.iter().find(|link| link.state() == State::Suspect && link.span.holds(place))?;
    let mut text = format!("**suspect**: `{}`", link.claim);
    if let Some(judgement) = &link.judgement {
        let by = link.judged_by.map(|base| format!(" by `{}`", snapshot.compilation.program.name(base)));
        text.push_str(&format!("\n- accepted{} because “{}”", by.unwrap_or_default(), judgement.because));
    }
    for change in &link.changes {
        let says = |id: &str| review.texts.get(id).map_or("", |wording| wording.text.as_str()).to_owned();
        let said = |old: &Option<String>| old.as_ref().map_or_else(String::new, |old| format!(" said “{old}”"));
        text.push_str(&match change {
            Change::Reworded { id, old } => format!("\n- `{id}`{}; now it says “{}”", said(old), says(id)),
            Change::Added { id } => format!("\n- new beside it is `{id}`: “{}”", says(id)),
            Change::Gone { id, old } => format!("\n- `{id}`{}; it is gone", said(old)),
            Change::Claimed { old } => format!("\n- what was judged was `{old}`"),
        });
    }
    Some(text)
}

/// A check, for people.
pub fn describe_code(code: &Code) -> String {
    format!("**{}** `{}`\n\n{}\n\n{}", code.code, code.name, code.summary, code.page)
}

/// The counts of a catalog's coverage, in words.
pub fn summary(catalog: &crate::coverage::CatalogCoverage) -> String {
    let counts = catalog.summary;
    let mut parts = vec![format!("{} of {} covered", counts.covered, count(counts.total, "requirement"))];
    for (number, word) in [(counts.partial, "partial"), (counts.excluded, "excluded"), (counts.uncovered, "uncovered")]
    {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    parts.join(", ")
}
