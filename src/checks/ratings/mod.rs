//! P8xx: assessments, their ratings and what these rest on (ISO/IEC 33002, 33020).

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Check, Context};
use crate::measure::{Measured, Scope};
use crate::model::{Assessment, AssessmentId, Class, Exhibit, ExhibitId, Name, Rate};
use crate::span::Span;

include!(concat!(env!("OUT_DIR"), "/ratings.rs"));

/// The assessments of the package.
fn own_assessments<'a>(context: &Context<'a>) -> impl Iterator<Item = (AssessmentId, &'a Assessment)> {
    let package = context.package;
    let all = (0..).map(AssessmentId).zip(&context.program.assessments);
    all.filter(move |(_, assessment)| assessment.origin.package == package)
}

/// What came of the assessments of the package of which all lines are known.
fn own_measured<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Assessment, &'a Measured)> {
    let measures = context.measures;
    let whole = own_assessments(context).filter(|(_, assessment)| assessment.is_whole && assessment.has_all_ratings);
    whole.filter_map(move |(id, assessment)| Some((assessment, measures.of(id)?)))
}

/// The ratings that the package makes, each with the assessment.
fn own_rates<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Rate, &'a Assessment)> {
    let (program, package) = (context.program, context.package);
    let own = program.rates.iter().filter(move |rate| rate.origin.package == package);
    own.map(|rate| (rate, program.assessment(rate.assessment)))
}

/// What each assessment that is rated in the package looks at, where its model is known.
fn scopes(context: &Context<'_>) -> FxHashMap<AssessmentId, Scope> {
    let rated: FxHashSet<AssessmentId> = own_rates(context).map(|(rate, _)| rate.assessment).collect();
    let scope = |id: AssessmentId| Some((id, Scope::of(context.program, context.program.assessment(id))?));
    rated.into_iter().filter_map(scope).collect()
}

/// The ratings of an assessment, whoever makes them.
fn rates_of<'a>(context: &Context<'a>, id: AssessmentId) -> impl Iterator<Item = &'a Rate> {
    context.program.rates.iter().filter(move |rate| rate.assessment == id)
}

/// The exhibits of the package.
fn own_exhibits<'a>(context: &Context<'a>) -> impl Iterator<Item = (ExhibitId, &'a Exhibit)> {
    let package = context.package;
    let all = (0..).map(ExhibitId).zip(&context.program.exhibits);
    all.filter(move |(_, exhibit)| exhibit.origin.package == package)
}

/// The processes that an assessment looks at.
fn processes(measured: &Measured) -> impl Iterator<Item = Name> {
    measured.profiles.iter().filter(|profile| profile.instance.is_none()).map(|profile| profile.process)
}

/// The kinds of the evidence that some ratings cite.
fn kinds<'a>(context: &Context<'a>, rates: impl Iterator<Item = &'a Rate>) -> FxHashSet<Name> {
    let cited = rates.flat_map(|rate| &rate.verdicts).flat_map(|verdict| &verdict.exhibits);
    cited.filter_map(|(id, _)| context.program.exhibit(*id).kind).collect()
}

/// The number of instances or kinds that the class of an assessment asks for, with the place of the class.
fn asked<'a>(
    context: &Context<'a>,
    assessment: &Assessment,
    of: impl Fn(&Class) -> Option<u32>,
) -> Option<(usize, Span, Span)> {
    let (word, span) = assessment.input.class?;
    let class = context.program.class(context.package(), word)?;
    Some((of(class)? as usize, span, class.span))
}
