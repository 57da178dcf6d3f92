//! The links of a model as claims about texts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Wording, by_ids};
use crate::model::{Action, Crosswalk, Head, Line, Link, Member, Model, Outcome, Program, ReqKind, RequirementId};
use crate::package::lock::{Claim, Fingerprint, Mark, normal};
use crate::source::Sources;
use crate::span::Span;

/// Every link with its place, sorted and each once, and the texts on which they rest.
pub fn of(program: &Program, sources: &Sources) -> (Vec<(Claim, Span)>, BTreeMap<String, Wording>) {
    let Some(root) = program.root() else { return Default::default() };
    let mut reader = Reader { program, sources, model: &root.model, texts: BTreeMap::new() };
    let mut links = Vec::new();
    for outcome in root.model.processes.iter().flat_map(|process| &process.outcomes) {
        links.extend(outcome.links.iter().map(|link| (reader.link(outcome, link), link.span)));
    }
    for crosswalk in root.model.head.iter().flat_map(Head::crosswalks_in_force) {
        let crosswalk = program.crosswalk(crosswalk);
        let lines = crosswalk.lines.iter().filter(|line| !line.left.is_empty() && !line.right.is_empty());
        links.extend(lines.map(|line| (reader.line(crosswalk, line), line.span)));
    }
    // What is said twice is judged once.
    links.sort_by(|(a, at), (b, and)| order(a, b).then(at.cmp(and)));
    links.dedup_by(|(a, _), (b, _)| a == b);
    (links, reader.texts)
}

/// The order of claims: outcomes before crosswalks, ids in their natural order.
pub fn order(a: &Claim, b: &Claim) -> Ordering {
    let crosswalks = a.crosswalk.cmp(&b.crosswalk);
    let sides = by_ids(&a.left[..a.left.len().min(1)], &b.left[..b.left.len().min(1)]).then(by_ids(&a.right, &b.right));
    crosswalks.then(sides).then_with(|| a.relation.cmp(&b.relation)).then_with(|| by_ids(&a.left, &b.left))
}

/// The present id of each process that says what it was called.
pub fn former_processes<'a>(program: &'a Program, model: &Model) -> BTreeMap<&'a str, &'a str> {
    let names = model.processes.iter().flat_map(|process| {
        process.remarks.formerly().iter().map(|(former, _)| (program.name(*former), program.name(process.id)))
    });
    names.collect()
}

struct Reader<'a> {
    program: &'a Program,
    sources: &'a Sources,
    model: &'a Model,
    texts: BTreeMap<String, Wording>,
}

impl Reader<'_> {
    fn link(&mut self, outcome: &Outcome, link: &Link) -> Claim {
        let mut partners: Vec<Mark> = self.model.partners(outcome, link).map(|member| self.partner(member)).collect();
        partners.sort_by(|a, b| by_ids(std::slice::from_ref(a), std::slice::from_ref(b)));
        partners.dedup();
        let relation = link.strength.verb();
        Claim {
            crosswalk: None,
            relation: relation.to_owned(),
            left: std::iter::once(self.outcome(outcome)).chain(partners).collect(),
            right: vec![self.requirement(link.requirement)],
            parts: self.parts(&[link.requirement]),
            replaces: self.replaced(outcome).into_iter().collect(),
        }
    }

    /// The wording of a base that the outcome's has replaced: who replaced it judged it, too.
    fn replaced(&mut self, outcome: &Outcome) -> Option<Mark> {
        let program = self.program;
        let old = outcome.remarks.history().iter().rfind(|change| change.action == Action::Replaced)?.old?;
        let was =
            |model: &Model| model.outcome(outcome.id).filter(|base| base.origin.span == old).map(|base| base.text);
        let mut bases =
            program.packages.iter().filter_map(|package| package.model.head.as_ref().zip(was(&package.model)));
        let (base, text) = bases.next()?;
        let id = format!("{}:{}", program.name(base.id), program.name(outcome.id));
        let sources = self.sources;
        Some(self.mark(id, text, || normal(&sources.text(text))))
    }

    fn line(&mut self, crosswalk: &Crosswalk, line: &Line) -> Claim {
        let side = |side: &[(RequirementId, Span)]| side.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let (left, right) = (side(&line.left), side(&line.right));
        Claim {
            crosswalk: Some(self.program.name(crosswalk.id).to_owned()),
            relation: line.relation.words().to_owned(),
            left: self.side(&left),
            right: self.side(&right),
            parts: self.parts(&[left, right].concat()),
            replaces: Vec::new(),
        }
    }

    /// The order in which a side is written means nothing.
    fn side(&mut self, ids: &[RequirementId]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = ids.iter().map(|id| self.requirement(*id)).collect();
        marks.sort_by(|a, b| by_ids(std::slice::from_ref(a), std::slice::from_ref(b)));
        marks.dedup();
        marks
    }

    fn partner(&mut self, member: Member) -> Mark {
        match self.model.outcome_of(member) {
            Some(outcome) => self.outcome(outcome),
            None => Mark { id: self.program.name(member.id).to_owned(), fingerprint: None },
        }
    }

    fn outcome(&mut self, outcome: &Outcome) -> Mark {
        let sources = self.sources;
        let id = self.program.name(outcome.id).to_owned();
        self.mark(id, outcome.text, || normal(&sources.text(outcome.text)))
    }

    fn requirement(&mut self, id: RequirementId) -> Mark {
        let (row, sources) = (self.program.requirement(id), self.sources);
        self.mark(self.program.full_id(id), row.origin.span, || {
            let title = normal(&sources.text(row.title));
            match row.text {
                Some(text) => format!("{title}: {}", normal(&sources.text(text))),
                None => title,
            }
        })
    }

    /// What goes with requirements because it stands below them ("above"). Clauses require nothing.
    fn parts(&mut self, wholes: &[RequirementId]) -> Vec<Mark> {
        let program = self.program;
        let mut parts = Vec::new();
        for whole in wholes {
            parts.extend(program.reach(*whole).filter(|id| program.requirement(*id).kind != ReqKind::Clause));
        }
        parts.retain(|part| !wholes.contains(part));
        self.side(&parts)
    }

    fn mark(&mut self, id: String, span: Span, text: impl FnOnce() -> String) -> Mark {
        let wording = self.texts.entry(id.clone()).or_insert_with(|| {
            let text = text();
            Wording { fingerprint: Fingerprint::of(&text), text, span }
        });
        Mark { id, fingerprint: Some(wording.fingerprint) }
    }
}
