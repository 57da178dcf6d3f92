//! What several bases say of one control: one excludes what another applies, or they apply it differently.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Application, Head, PackageId, Program, RequirementId};
use crate::resolve::State;
use crate::source::Sources;
use crate::span::Span;

/// A statement that decides about a control.
#[derive(Clone, Copy)]
struct Decision<'a> {
    package: PackageId,
    /// What it names: the control, or what it stands in.
    named: RequirementId,
    place: Span,
    /// None where it excludes.
    applies: Option<&'a Application>,
}

/// Reports what the bases decide differently, neither above the other, and the model does not decide itself.
pub fn disagreements(state: &mut State, sources: &Sources, head: &Head, bases: &[Head]) {
    if bases.len() < 2 {
        return;
    }
    let program = &state.program;
    let own =
        head.exclusions.iter().map(|row| row.requirement).chain(head.applications.iter().map(|row| row.requirement));
    let settled: FxHashSet<RequirementId> = own.flat_map(|named| program.exclusion_reach(named)).collect();
    let mut told: FxHashSet<(Span, Span)> = FxHashSet::default();
    let mut found = Vec::new();
    for (control, decisions) in decisions(program, bases) {
        if settled.contains(&control) {
            continue;
        }
        let nearest = nearest(program, &decisions);
        let Some((first, others)) = nearest.split_first() else { continue };
        let other = others.iter().find(|other| !says_same(sources, first, other));
        if let Some(other) = other.filter(|other| told.insert((first.place, other.place))) {
            found.push(diagnostic(program, head, control, first, other));
        }
    }
    state.diagnostics.extend(found);
}

/// For each control the statements that reach it, in the order of their packages; of one package the one that names the
/// least around it.
fn decisions<'a>(program: &Program, bases: &'a [Head]) -> Vec<(RequirementId, Vec<Decision<'a>>)> {
    let excluded = bases.iter().flat_map(|base| &base.exclusions).map(|row| Decision {
        package: row.origin.package,
        named: row.requirement,
        place: row.span,
        applies: None,
    });
    let applied = bases.iter().flat_map(|base| &base.applications).map(|row| Decision {
        package: row.origin.package,
        named: row.requirement,
        place: row.span,
        applies: Some(row),
    });
    let mut all: Vec<Decision<'_>> = excluded.chain(applied).collect();
    all.sort_by_key(|decision| (decision.package, decision.named, decision.place));
    all.dedup_by_key(|decision| decision.place);
    let mut of: FxHashMap<RequirementId, Vec<Decision<'_>>> = FxHashMap::default();
    if all.iter().any(|decision| decision.package != all[0].package) {
        for decision in all {
            for control in program.exclusion_reach(decision.named) {
                let known = of.entry(control).or_default();
                // A row stands behind what it stands in.
                known.retain(|known| known.package != decision.package);
                known.push(decision);
            }
        }
    }
    let mut of: Vec<_> = of.into_iter().collect();
    of.sort_by_key(|(control, _)| *control);
    of
}

/// The statements over which none of another stands.
fn nearest<'a>(program: &Program, decisions: &[Decision<'a>]) -> Vec<Decision<'a>> {
    let is_covered =
        |below: &Decision<'_>| decisions.iter().any(|other| program.is_above(other.package, below.package));
    decisions.iter().filter(|decision| !is_covered(decision)).copied().collect()
}

fn says_same(sources: &Sources, one: &Decision<'_>, other: &Decision<'_>) -> bool {
    let text = |place: Option<Span>| place.map(|place| sources.text(place));
    let fields = |row: &Application| {
        let mut fields: Vec<_> =
            row.remarks.fields().iter().map(|value| (value.field, sources.text(value.text).into_owned())).collect();
        fields.sort_unstable();
        fields
    };
    match (one.applies, other.applies) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            one.state == other.state && text(one.because) == text(other.because) && fields(one) == fields(other)
        }
        _ => false,
    }
}

fn diagnostic(
    program: &Program,
    head: &Head,
    control: RequirementId,
    one: &Decision<'_>,
    other: &Decision<'_>,
) -> Diagnostic {
    let id = program.full_id(control);
    let message = match (one.applies, other.applies) {
        (Some(_), Some(_)) => format!("the bases of this model apply `{id}` differently"),
        _ => format!("one base of this model excludes `{id}`, another applies it"),
    };
    Diagnostic::new(&codes::CONFLICTING_LAYERS, head.origin.span, message)
        .label("expected its own statement")
        .also(one.place, "one base")
        .also(other.place, "another")
        .help(format!("settle it: state `apply {id} because \"…\"`, or `exclude {id} because \"…\"`, in this model"))
}
