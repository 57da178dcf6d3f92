//! Ratings, connected with what they rate and with the evidence for them.

use rustc_hash::FxHashMap;

use super::{Binder, is_whole, recorded};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::index::Idx;
use crate::model::{
    Assessed, AssessmentId, ExhibitId, Found, Name, Observation, PackageId, Rate, Rating, Subject, Thing, Verdict,
    Want, What,
};
use crate::resolve::heads;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

impl Binder<'_> {
    pub(super) fn rate(&mut self, tree: &Tree, node: NodeId) {
        let assessment = tree.arg(node, Role::InAssessment).and_then(|span| self.assessment_named(span));
        let Some(assessment) = assessment else {
            // What it rated is not known to be unrated.
            return self.state.program.assessments.iter_mut().for_each(|assessment| assessment.has_all_ratings = false);
        };
        let rate = self.rate_of(tree, node, assessment);
        if rate.as_ref().is_none_or(|rate| !rate.is_whole)
            && let Some(assessment) = self.state.program.assessments.get_mut(assessment.0 as usize)
        {
            assessment.has_all_ratings = false;
        }
        self.state.program.rates.extend(rate);
    }

    fn rate_of(&mut self, tree: &Tree, node: NodeId, assessment: AssessmentId) -> Option<Rate> {
        let of = self.state.program.assessment(assessment).of?;
        let process_span = tree.arg(node, Role::Subject)?;
        let process = self.element(of, process_span, &[What::Process])?;
        let instance = match tree.arg(node, Role::ForInstance) {
            Some(span) => Some((self.instance(assessment, process, span)?, span)),
            None => None,
        };
        let origin = self.origin(tree, node);
        let mut rate = Rate {
            assessment,
            process,
            process_span,
            instance,
            verdicts: Vec::new(),
            observations: Vec::new(),
            lines: tree.children(node).filter_map(|child| recorded(tree, child)).collect(),
            is_whole: is_whole(tree, node),
            remarks: heads::notes(tree, node, origin),
            origin,
        };
        for child in tree.children(node) {
            match tree.node(child).kind {
                Kind::RateOutcome | Kind::RateAchievement | Kind::RateAttribute => {
                    let verdict = self.verdict(tree, child, of, process, origin.span);
                    rate.is_whole &=
                        verdict.as_ref().is_some_and(|verdict| !verdict.broken && verdict.rating.is_some());
                    rate.verdicts.extend(verdict);
                }
                kind @ (Kind::Strength | Kind::Weakness) => {
                    let spans: Vec<Span> = tree.all(child, Role::OfSubject).collect();
                    let subjects = spans.into_iter().filter_map(|span| self.subject_of(of, process, span));
                    let subjects = subjects.collect();
                    rate.observations.extend(tree.arg(child, Role::Text).map(|text| Observation {
                        is_strength: kind == Kind::Strength,
                        text,
                        of: subjects,
                        remarks: heads::notes(tree, child, origin),
                        span: tree.head(child),
                    }));
                }
                _ => {}
            }
        }
        Some(rate)
    }

    /// A named instance of a process, or an assessment whose profile is taken as one.
    fn instance(&mut self, assessment: AssessmentId, process: Name, span: Span) -> Option<Name> {
        let written = self.slice(span);
        let name = self.state.program.names.get(written);
        let found = name.filter(|name| self.is_named(assessment, process, *name));
        if found.is_none() {
            let program = &self.state.program;
            let row = program.assessment(assessment);
            let named = row.instances.iter().filter(|line| line.process == process).flat_map(|line| &line.names);
            let taken = row.takes.iter().map(|(taken, _)| program.assessment(*taken).id);
            let mut known =
                named.map(|(name, _)| program.name(*name)).chain(taken.map(|id| program.name(id))).peekable();
            let is_nothing_named = known.peek().is_none();
            let most = if self.suggestions == 0 { 0 } else { usize::MAX };
            let names: Vec<String> = known.take(most).map(str::to_owned).collect();
            let process = program.name(process).to_owned();
            if is_nothing_named {
                let message = format!("no instances of `{process}` are named in this assessment");
                self.state.report(
                    Diagnostic::new(&codes::UNKNOWN_INSTANCE, span, message).label("unknown instance").help(format!(
                        "name it in the assessment, `instances {written} of {process}`, or leave `for` out"
                    )),
                );
            } else {
                self.unknown(&codes::UNKNOWN_INSTANCE, &format!("instance of `{process}` named"), span, &names);
            }
        }
        found
    }

    fn is_named(&mut self, assessment: AssessmentId, process: Name, name: Name) -> bool {
        let program = &self.state.program;
        let named = self.named.entry(assessment).or_insert_with(|| {
            let row = program.assessment(assessment);
            let own =
                row.instances.iter().flat_map(|line| line.names.iter().map(|(name, _)| (Some(line.process), *name)));
            own.chain(row.takes.iter().map(|(taken, _)| (None, program.assessment(*taken).id))).collect()
        });
        named.contains(&(Some(process), name)) || named.contains(&(None, name))
    }

    fn verdict(&mut self, tree: &Tree, node: NodeId, of: Assessed, process: Name, whose: Span) -> Option<Verdict> {
        let subject_span = tree.arg(node, Role::Subject)?;
        let subject = match tree.node(node).kind {
            Kind::RateOutcome => self.outcome(of, process, subject_span),
            kind => self.measure(of, subject_span, kind == Kind::RateAchievement),
        };
        let value_span = tree.arg(node, Role::Value).unwrap_or(subject_span);
        let is_percent = tree.has(node, Role::Percent);
        let (rating, percent) = match tree.arg(node, Role::Value) {
            Some(span) if is_percent => self.percentage(of, span),
            Some(span) => (self.rating(of, span), None),
            None => (None, None),
        };
        let cited: Vec<Span> = tree.all(node, Role::CitedExhibit).collect();
        let exhibits: Vec<(ExhibitId, Span)> =
            cited.iter().filter_map(|span| Some((self.exhibit_named(*span)?, *span))).collect();
        let origin = crate::model::Origin { span: whose, ..self.origin(tree, node) };
        Some(Verdict {
            subject: subject?,
            rating,
            percent,
            value_span,
            broken: tree.node(node).broken || exhibits.len() < cited.len() || rating.is_none() && percent.is_none(),
            exhibits,
            because: tree.arg(node, Role::Reason),
            amended: tree.arg(node, Role::Amendment),
            remarks: heads::notes(tree, node, origin),
            span: tree.head(node),
        })
    }

    /// An outcome of the process, by its number or its full id.
    fn outcome_if(&self, of: Assessed, process: Name, written: &str) -> Option<Subject> {
        let want = Want::OutcomeIn(of.model, self.state.program.name(process));
        let Found::One(Thing::Element(home, element, id)) = self.sight().find(want, written) else { return None };
        let model = &self.state.program.package(home).model;
        model.wholes(id).contains(&process).then_some(Subject::Outcome(id)).filter(|_| element.what() == What::Outcome)
    }

    fn outcome(&mut self, of: Assessed, process: Name, span: Span) -> Option<Subject> {
        let found = self.outcome_if(of, process, self.slice(span));
        if found.is_none() {
            let process = self.state.program.name(process).to_owned();
            let known = self.known(Want::OutcomeIn(of.model, &process));
            let known: Vec<String> =
                known.iter().filter_map(|id| Some(id.get(process.len() + 1..)?.to_owned())).collect();
            self.unknown(&codes::UNKNOWN_OUTCOME, &format!("outcome of `{process}` with the number"), span, &known);
        }
        found
    }

    /// An achievement or an attribute of the framework.
    fn measure(&mut self, of: Assessed, span: Span, is_achievement: bool) -> Option<Subject> {
        let written = self.slice(span);
        let is_meant = |subject: &Subject| matches!(subject, Subject::Achievement(_)) == is_achievement;
        let found = self.parts(of.framework).measures.get(written).copied().filter(is_meant);
        if found.is_none() {
            let what = if is_achievement { "achievement" } else { "attribute" };
            let all = self.parts(of.framework).measures.iter().filter(|(_, subject)| is_meant(subject));
            let mut known: Vec<(Subject, String)> = all.map(|(id, subject)| (*subject, id.clone())).collect();
            known.sort_unstable();
            let known: Vec<String> = known.into_iter().map(|(_, id)| id).collect();
            self.unknown(&codes::UNKNOWN_MEASURE, what, span, &known);
        }
        found
    }

    /// What a strength or a weakness speaks of.
    fn subject_of(&mut self, of: Assessed, process: Name, span: Span) -> Option<Subject> {
        let written = self.slice(span);
        let found = self.outcome_if(of, process, written);
        let found = found.or_else(|| self.parts(of.framework).measures.get(written).copied());
        found.or_else(|| self.outcome(of, process, span))
    }

    fn rating(&mut self, of: Assessed, span: Span) -> Option<Idx<Rating>> {
        let name = self.state.program.names.get(self.slice(span));
        let found = name.and_then(|name| self.parts(of.framework).ratings.get(&name).copied());
        if found.is_none() {
            let known = self.known(Want::Rating(of.framework));
            self.unknown(&codes::UNKNOWN_MEASURE, "rating", span, &known);
        }
        found
    }

    /// The rating into which a percentage falls, and the percentage.
    fn percentage(&mut self, of: Assessed, span: Span) -> (Option<Idx<Rating>>, Option<f64>) {
        let written = self.slice(span);
        let is_number = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let Some(percent) = written.parse().ok().filter(|_| is_number) else {
            self.state.report(
                Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{written}` is no percentage"))
                    .label("expected a number from 0 to 100")
                    .help("write it in digits, with a point before decimals, as in `32.5 %`"),
            );
            return (None, None);
        };
        (self.state.program.framework(of.framework).band(percent), Some(percent))
    }

    fn exhibit_named(&mut self, span: Span) -> Option<ExhibitId> {
        let found = self.sight().exhibit(self.slice(span));
        if found.is_none() {
            let known = self.known(Want::Exhibit);
            self.unknown(&codes::UNKNOWN_EXHIBIT, "exhibit", span, &known);
        }
        found
    }

    /// Nothing is rated twice: within a package no outcome, achievement or attribute of one instance, and no instance by
    /// two packages, nor one that is taken from another assessment.
    pub(super) fn rated_twice(&mut self) {
        type Place = (AssessmentId, Name, Option<Name>);
        let program = &self.state.program;
        let mut by_package: FxHashMap<Place, (PackageId, Span)> = FxHashMap::default();
        let mut by_subject: FxHashMap<(Place, Subject), Span> = FxHashMap::default();
        let mut found = Vec::new();
        for rate in program.rates.iter().filter(|rate| !rate.verdicts.is_empty()) {
            let place = (rate.assessment, rate.process, rate.instance.map(|(name, _)| name));
            let (home, first) = *by_package.entry(place).or_insert((rate.origin.package, rate.origin.span));
            if rate.origin.package != self.id {
                continue;
            }
            let process = program.name(rate.process);
            let assessment = program.assessment(rate.assessment);
            let mut taken = assessment
                .takes
                .iter()
                .filter(|(taken, _)| Some(program.assessment(*taken).id) == rate.instance.map(|(name, _)| name));
            if let Some((_, place)) = taken.next() {
                let message = format!("the ratings of `{process}` are taken from another assessment");
                found.push(twice(message, rate.origin.span, *place, "taken here"));
            } else if home != self.id {
                let message = format!("two packages rate one instance of `{process}`");
                found.push(twice(message, rate.origin.span, first, "rated here too"));
            } else {
                for verdict in &rate.verdicts {
                    let first = *by_subject.entry((place, verdict.subject)).or_insert(verdict.span);
                    if let (true, Some(of)) = (first != verdict.span, assessment.of) {
                        let id = program.subject_id(of.framework, verdict.subject);
                        let message = format!("`{id}` is rated twice for one instance of `{process}`");
                        found.push(twice(message, verdict.span, first, "the first time"));
                    }
                }
            }
        }
        self.state.diagnostics.extend(found);
    }
}

fn twice(message: String, place: Span, first: Span, label: &str) -> Diagnostic {
    Diagnostic::new(&codes::RATED_TWICE, place, message)
        .label("rated again here")
        .also(first, label)
        .help("keep one of the two ratings; what assessors saw apart are instances, named by `instances`")
}
