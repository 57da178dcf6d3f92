//! Finds outcome texts that occur twice (PD-O13).

use super::prose::{is_same, quote};
use super::survey::{OutcomeKey, Survey};
use super::{Check, Look};
use crate::checks::Context;
use crate::codes;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::Outcome;

/// P434.
pub const CHECK: Check = Check { code: &codes::REPEATED_OUTCOME, run: Look::Package(check) };

/// Sorts the outcomes by their words, so that equal ones come to stand together.
fn check(context: &Context<'_>, survey: &Survey, diagnostics: &mut Vec<Diagnostic>) {
    let mut keys = survey.outcomes.clone();
    keys.sort_unstable();
    for same in keys.chunk_by(|one, other| one.hash == other.hash) {
        let [first, rest @ ..] = same else { continue };
        for later in rest {
            report(context, first, later, diagnostics);
        }
    }
}

fn report(context: &Context<'_>, first: &OutcomeKey, later: &OutcomeKey, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(one), Some(other)) = (find(context, first), find(context, later)) else { return };
    let (text, other_text) = (context.sources.text(one.text), context.sources.text(other.text));
    // One that stands there twice is reported as such.
    if one.id == other.id || !context.is_own(other.origin) || !is_same(&text, &other_text) {
        return;
    }
    let id = context.program.name(one.id);
    let where_ = if first.process == later.process { "in this process" } else { "in another process" };
    diagnostics.push(
        Diagnostic::new(
            &codes::REPEATED_OUTCOME,
            other.text,
            format!("the outcome {} stands {where_} already, as `{id}`", quote(&other_text)),
        )
        .about(SubjectKind::Outcome, context.program.name(other.id))
        .label("the same text again")
        .also(one.text, "it stands here first")
        .help("say what is special about this one, or leave out the one that is not at home here"),
    );
}

fn find<'a>(context: &Context<'a>, key: &OutcomeKey) -> Option<&'a Outcome> {
    let model = &context.program.package(context.package).model;
    model.processes.get(key.process as usize)?.outcomes.get(key.outcome as usize)
}
