//! What a model claims of texts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Wording, by_ids};
use crate::model::{
    Action, AnyElement, Assessed, Crosswalk, Element, Head, Item, Line, Link, Member, Model, Origin, Outcome, Practice,
    Program, ReqKind, RequirementId, Subject, Target, Text,
};
use crate::package::lock::{Claim, Fingerprint, Mark, normal};
use crate::source::Sources;
use crate::span::Span;

/// Stands between an assessment, the process of which it rates something, and the instance: no id has it.
pub const RATED_OF: char = '@';

/// Every claim with its place, sorted and each once, and the texts on which they rest.
pub fn of(program: &Program, sources: &Sources) -> (Vec<(Claim, Span)>, BTreeMap<String, Wording>) {
    let Some(root) = program.root() else { return Default::default() };
    let mut reader = Reader { program, sources, model: &root.model, texts: BTreeMap::new() };
    let mut links = Vec::new();
    KINDS.iter().for_each(|kind| (kind.find)(&mut reader, &root.model, &mut links));
    // What is said twice is judged once.
    links.sort_by(|(a, at), (b, and)| order(a, b).then(at.cmp(and)));
    links.dedup_by(|(a, _), (b, _)| a == b);
    (links, reader.texts)
}

/// The order of claims: links before others, and crosswalks last; ids in their natural order.
pub fn order(a: &Claim, b: &Claim) -> Ordering {
    let crosswalks = a.crosswalk.cmp(&b.crosswalk);
    let sides = by_ids(&a.left[..a.left.len().min(1)], &b.left[..b.left.len().min(1)]).then(by_ids(&a.right, &b.right));
    a.entry()
        .cmp(&b.entry())
        .then(crosswalks)
        .then(sides)
        .then_with(|| a.relation.cmp(&b.relation))
        .then_with(|| by_ids(&a.left, &b.left))
}

/// The present id of each process that says what it was called.
pub fn former_processes<'a>(program: &'a Program, model: &'a Model) -> BTreeMap<&'a str, &'a str> {
    let own = program.assessments.iter().filter(|row| Some(row.origin.package) == program.root_id());
    let assessed = own.filter_map(|row| Some(&program.package(row.of?.model).model));
    let names = std::iter::once(model).chain(assessed).flat_map(|model| &model.processes).flat_map(|process| {
        process.remarks.formerly().iter().map(|(former, _)| (program.name(*former), program.name(process.id)))
    });
    names.collect()
}

/// Reads claims, and the texts on which they rest.
pub struct Reader<'a> {
    program: &'a Program,
    sources: &'a Sources,
    model: &'a Model,
    texts: BTreeMap<String, Wording>,
}

/// A claim with its place.
type Found = Vec<(Claim, Span)>;

/// A kind of claim.
pub struct Kind {
    /// What stands between both sides; none for lines of crosswalks, whose relations are many.
    pub words: &'static [&'static str],
    /// The texts on which it rests: a judgement holds as long as these say the same.
    pub rests_on: &'static str,
    find: fn(&mut Reader<'_>, &Model, &mut Found),
}

/// All kinds of claims that rest on what something else says.
pub const KINDS: [Kind; 9] = [
    Kind {
        words: &["satisfies", "partly satisfies"],
        rests_on: "the outcome; the title and the text of the requirement, and of the parts that stand below it and are \
                   claimed with it; with `together with`, the other outcomes",
        find: |reader, model, found| {
            for outcome in outcomes(model) {
                found.extend(outcome.links.iter().map(|link| (reader.link(outcome, link), link.span)));
            }
        },
    },
    Kind {
        words: &["achieves"],
        rests_on: "the name and the text of the practice; the outcome",
        find: |reader, model, found| {
            for practice in practices(model) {
                let there = practice.achieves.iter().filter_map(|target| Some((model.member(target)?, target.span)));
                found.extend(there.map(|(outcome, span)| {
                    let right = reader.outcome(outcome);
                    (reader.of_practice(practice, "achieves", right), span)
                }));
            }
        },
    },
    Kind {
        words: &["produces"],
        rests_on: "the outcome or the practice; the title and the characteristics of the item",
        find: |reader, model, found| {
            for outcome in outcomes(model) {
                let items = there(model, &outcome.produces);
                found.extend(items.map(|(item, span)| {
                    let (left, right) = (reader.outcome(outcome), reader.item(item));
                    let replaces = reader.replaced(outcome).into_iter().collect();
                    (Claim { replaces, ..plain(left, "produces", right) }, span)
                }));
            }
            for practice in practices(model) {
                found.extend(there(model, &practice.produces).map(|(item, span)| {
                    let right = reader.item(item);
                    (reader.of_practice(practice, "produces", right), span)
                }));
            }
        },
    },
    Kind {
        words: &["consumes"],
        rests_on: "the practice; the title and the characteristics of the item",
        find: |reader, model, found| {
            for practice in practices(model) {
                found.extend(there(model, &practice.consumes).map(|(item, span)| {
                    let right = reader.item(item);
                    (reader.of_practice(practice, "consumes", right), span)
                }));
            }
        },
    },
    Kind {
        words: &["excludes"],
        rests_on: "the reason; the title and the text of what is excluded, and of what goes with it",
        find: |reader, model, found| {
            for one in model.head.iter().flat_map(|head| &head.exclusions) {
                found.extend(reader.of_model(one.origin, "excludes", one.requirement, one.because, one.span));
            }
        },
    },
    Kind {
        words: &["applies"],
        rests_on: "the reason; the title and the text of what applies, and of what goes with it",
        find: |reader, model, found| {
            for one in model.head.iter().flat_map(|head| &head.applications) {
                found.extend(reader.of_model(one.origin, "applies", one.requirement, one.because, one.span));
            }
        },
    },
    Kind {
        words: &["conforms to"],
        rests_on: "the statement; the title and the text of the requirement, and of what stands below it",
        find: |reader, model, found| {
            for one in model.head.iter().flat_map(|head| &head.conforms) {
                let place = one.origin.span;
                found.extend(reader.of_model(one.origin, "conforms to", one.requirement, Some(one.text), place));
            }
        },
    },
    Kind {
        words: &["rates"],
        rests_on: "the outcome or the achievement that is rated; of an attribute its title and its achievements",
        find: |reader, _, found| found.extend(reader.ratings()),
    },
    Kind {
        words: &[],
        rests_on: "the titles and the texts of both sides, and of the parts below them",
        find: |reader, model, found| {
            for crosswalk in model.head.iter().flat_map(Head::crosswalks_in_force) {
                let crosswalk = reader.program.crosswalk(crosswalk);
                let lines = crosswalk.lines.iter().filter(|line| !line.left.is_empty() && !line.right.is_empty());
                found.extend(lines.map(|line| (reader.line(crosswalk, line), line.span)));
            }
        },
    },
];

fn outcomes(model: &Model) -> impl Iterator<Item = &Outcome> {
    model.processes.iter().flat_map(|process| &process.outcomes)
}

fn practices(model: &Model) -> impl Iterator<Item = &Practice> {
    model.processes.iter().flat_map(|process| &process.practices)
}

/// The items that are named and there.
fn there<'a>(model: &'a Model, targets: &'a [Target]) -> impl Iterator<Item = (&'a Item, Span)> {
    let named = targets.iter().filter(|target| !target.gone);
    named.filter_map(|target| Some((model.item(target.id)?, target.span)))
}

/// What one thing claims of another.
fn plain(left: Mark, relation: &str, right: Mark) -> Claim {
    Claim { relation: relation.to_owned(), left: vec![left], right: vec![right], ..Claim::default() }
}

impl Reader<'_> {
    fn of_practice(&mut self, practice: &Practice, relation: &str, right: Mark) -> Claim {
        let replaces = self.replaced(practice).into_iter().collect();
        Claim { replaces, ..plain(self.practice(practice), relation, right) }
    }

    /// What a model says of a requirement; nothing, where it does not say why.
    fn of_model(
        &mut self,
        origin: Origin,
        relation: &str,
        of: RequirementId,
        text: Option<Text>,
        place: Span,
    ) -> Option<(Claim, Span)> {
        let (model, text) = (self.program.name(origin.layer?), text?);
        let sources = self.sources;
        let id = format!("{model}:{}", self.program.full_id(of));
        let left = self.mark(id, text, || normal(&sources.text(text)));
        let claim = Claim { parts: self.parts(&[of]), ..plain(left, relation, self.requirement(of)) };
        Some((claim, place))
    }

    /// The ratings that the package makes, each of what it rates.
    fn ratings(&mut self) -> Found {
        let program = self.program;
        let mut found = Found::new();
        for rate in program.rates.iter().filter(|rate| Some(rate.origin.package) == program.root_id()) {
            let assessment = program.assessment(rate.assessment);
            let Some(of) = assessment.of else { continue };
            let named = program.name(assessment.id).to_owned();
            let instance =
                rate.instance.map_or_else(String::new, |(name, _)| format!("{RATED_OF}{}", program.name(name)));
            let left = format!("{named}{RATED_OF}{}{instance}:", program.name(rate.process));
            for line in &rate.verdicts {
                let Some(right) = self.rated(of, line.subject) else { continue };
                let left = self.mark(left.clone(), rate.origin.span, || named.clone());
                found.push((plain(left, "rates", right), line.span));
            }
        }
        found
    }

    /// What is rated, in its words.
    fn rated(&mut self, of: Assessed, subject: Subject) -> Option<Mark> {
        let (program, sources) = (self.program, self.sources);
        let framework = program.framework(of.framework);
        let text = |text: Text| normal(&sources.text(text));
        let id = format!("{}:{}", program.name(framework.id), program.subject_id(of.framework, subject));
        Some(match subject {
            Subject::Outcome(id) => self.outcome(program.package(of.model).model.outcome(id)?),
            Subject::Achievement(at) => {
                let achievement = framework.achievement(at)?;
                self.mark(id, achievement.text, || text(achievement.text))
            }
            Subject::Attribute(at) => {
                let attribute = framework.attribute(at)?;
                let achievements: Vec<String> = attribute.achievements.iter().map(|one| text(one.text)).collect();
                self.mark(id, attribute.title, || said(text(attribute.title), &achievements.join(" ")))
            }
        })
    }

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
    fn replaced(&mut self, element: &dyn AnyElement) -> Option<Mark> {
        let (program, sources, id) = (self.program, self.sources, element.id());
        let old = element.remarks().history().iter().rfind(|change| change.action == Action::Replaced)?.old?;
        let was = |model: &Model| {
            let at = *model.index.get(&id)?;
            let is_old = model.at(at).is_some_and(|base| base.origin().span == old);
            wording_of(sources, model, at).filter(|_| is_old)
        };
        let mut bases =
            program.packages.iter().filter_map(|package| Some((package.model.head.as_ref()?, was(&package.model)?)));
        let (base, (place, wording)) = bases.next()?;
        let id = format!("{}:{}", program.name(base.id), program.name(id));
        Some(self.mark(id, place, || wording))
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

    fn practice(&mut self, practice: &Practice) -> Mark {
        let sources = self.sources;
        let id = self.program.name(practice.id).to_owned();
        self.mark(id, practice.text, || of_practice(sources, practice))
    }

    fn item(&mut self, item: &Item) -> Mark {
        let sources = self.sources;
        let id = self.program.name(item.id).to_owned();
        let characteristics: Vec<String> =
            item.characteristics.iter().map(|text| normal(&sources.text(*text))).collect();
        self.mark(id, item.title, || said(normal(&sources.text(item.title)), &characteristics.join(" ")))
    }

    fn requirement(&mut self, id: RequirementId) -> Mark {
        let (row, sources) = (self.program.requirement(id), self.sources);
        self.mark(self.program.full_id(id), row.origin.span, || {
            let text = row.text.map(|text| normal(&sources.text(text)));
            said(normal(&sources.text(row.title)), &text.unwrap_or_default())
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

/// What a practice says, its name before it.
fn of_practice(sources: &Sources, practice: &Practice) -> String {
    let text = normal(&sources.text(practice.text));
    match practice.name {
        Some(name) => said(normal(&sources.text(name)), &text),
        None => text,
    }
}

/// What an outcome or a practice says, and where.
fn wording_of(sources: &Sources, model: &Model, at: Element) -> Option<(Span, String)> {
    match at {
        Element::Outcome(process, own) => {
            let outcome = model.outcome_at(process, own)?;
            Some((outcome.text, normal(&sources.text(outcome.text))))
        }
        Element::Practice(process, own) => {
            let practice = model.practice_at(process, own)?;
            Some((practice.text, of_practice(sources, practice)))
        }
        _ => None,
    }
}

/// A title with what is said under it, if anything is.
fn said(title: String, text: &str) -> String {
    if text.is_empty() { title } else { format!("{title}: {text}") }
}
