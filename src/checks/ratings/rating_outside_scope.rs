//! Finds ratings of what an assessment does not look at, or not in this way.

use rustc_hash::FxHashSet;

use super::{own_rates, scopes};
use crate::checks::{Check, Context};
use crate::codes::RATING_OUTSIDE_SCOPE;
use crate::diagnostic::Diagnostic;
use crate::model::{Assessment, AssessmentId, Framework, Name, Rate, Subject};
use crate::span::Span;

/// P804.
pub const CHECK: Check = Check { code: &RATING_OUTSIDE_SCOPE, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let scopes = scopes(context);
    let named = with_instances(context);
    // Without any target, that is what is said.
    for (rate, assessment) in own_rates(context).filter(|(_, row)| row.is_whole && !row.aims.is_empty()) {
        let Some(of) = assessment.of else { continue };
        let process = context.program.name(rate.process);
        let is_in = scopes.get(&rate.assessment).is_some_and(|scope| scope.target(rate.process).is_some());
        if !is_in && !rate.verdicts.is_empty() {
            let id = context.program.name(assessment.id);
            found.push(
                outside(rate.process_span, format!("`{process}` is rated, and `{id}` does not look at it"), assessment)
                    .help(format!("give it a target in the assessment, `target {process} level 1`, or leave it out")),
            );
            continue;
        }
        let has_instances = named.contains(&(rate.assessment, rate.process)) || !assessment.takes.is_empty();
        if rate.instance.is_none() && has_instances {
            of_the_whole(context, rate, assessment, found);
        }
        of_lowest(context, context.program.framework(of.framework), rate, assessment, found);
    }
}

/// The processes of which instances are named, each with the assessment.
fn with_instances(context: &Context<'_>) -> FxHashSet<(AssessmentId, Name)> {
    let all = (0..).map(AssessmentId).zip(&context.program.assessments);
    all.flat_map(|(id, row)| row.instances.iter().map(move |line| (id, line.process))).collect()
}

fn outside(place: Span, message: String, assessment: &Assessment) -> Diagnostic {
    Diagnostic::new(&RATING_OUTSIDE_SCOPE, place, message)
        .label("counts nowhere")
        .also(assessment.origin.span, "the assessment")
}

/// Of a process with instances, outcomes and achievements are rated for each of these.
fn of_the_whole(context: &Context<'_>, rate: &Rate, assessment: &Assessment, found: &mut Vec<Diagnostic>) {
    let parts = rate.verdicts.iter().filter(|verdict| !matches!(verdict.subject, Subject::Attribute(_)));
    if let Some(first) = parts.into_iter().next() {
        let process = context.program.name(rate.process);
        let message = format!("`{process}` has instances, and this is rated for none of them");
        found.push(
            outside(first.span, message, assessment).help(
                "say for which, `rate … in … for INSTANCE`; of the process as a whole, attributes alone are rated",
            ),
        );
    }
}

/// The attribute of the lowest level is rated by the outcomes of the process, not by achievements.
fn of_lowest(
    context: &Context<'_>,
    framework: &Framework,
    rate: &Rate,
    assessment: &Assessment,
    found: &mut Vec<Diagnostic>,
) {
    let lowest = crate::measure::lowest_level(context.program, framework);
    for verdict in &rate.verdicts {
        let Subject::Achievement(at) = verdict.subject else { continue };
        if Some(at.of.level) != lowest {
            continue;
        }
        let attribute = framework.attribute(at.of).map_or("", |attribute| context.program.name(attribute.id));
        let message = format!("`{attribute}` is rated by the outcomes of the process, not by its achievements");
        found.push(outside(verdict.span, message, assessment).help(
            "rate the outcomes, as in `outcome 1 rated F`: the achievement of the lowest level is to reach them",
        ));
    }
}
