//! Finds requirements that a crosswalk declares equal to two different things, on two lines.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::correspondence::own;
use crate::checks::{Check, Context};
use crate::codes::REPEATED_EQUALS;
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Line, Program, Relation, RequirementId};
use crate::span::Span;

/// One side of a line.
type Row = [(RequirementId, Span)];

/// Of longer sides, the first ids tell.
const LOOKED_AT: usize = 16;

/// P708: on the right, an id that two such lines name; on the left, several ids count as one, since together they may
/// equal one thing and each of them another.
pub const CHECK: Check = Check { code: &REPEATED_EQUALS, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_equal = |line: &&Line| matches!(line.relation, Relation::Equals | Relation::EquivalentTo);
    for crosswalk in own(context) {
        let lines = || crosswalk.lines.iter().filter(is_equal);
        let mut told: FxHashSet<(Span, Span)> = FxHashSet::default();
        let mut rights: FxHashMap<RequirementId, (&Line, Span)> = FxHashMap::default();
        for (line, (id, span)) in lines().flat_map(|line| line.right.iter().map(move |named| (line, *named))) {
            let (first, first_span) = *rights.entry(id).or_insert((line, span));
            if are_two(context.program, (first, &first.left), (line, &line.left))
                && told.insert((first.span, line.span))
            {
                found.push(diagnostic(context, &[id], span, first_span));
            }
        }
        let mut lefts: FxHashMap<Vec<RequirementId>, &Line> = FxHashMap::default();
        for line in lines() {
            let mut ids: Vec<RequirementId> = line.left.iter().map(|(id, _)| *id).collect();
            ids.sort_unstable();
            let first = *lefts.entry(ids.clone()).or_insert(line);
            if are_two(context.program, (first, &first.right), (line, &line.right))
                && told.insert((first.span, line.span))
            {
                found.push(diagnostic(context, &ids, line.span, first.span));
            }
        }
    }
}

/// Whether two lines claim two different things; `far` is the side that is not shared.
fn are_two(program: &Program, (one, one_far): (&Line, &Row), (other, other_far): (&Line, &Row)) -> bool {
    one.span != other.span && !are_nested(program, one_far, other_far) && !is_contradiction(one, other)
}

/// Whether one side names a whole of which the other names a part: both may equal one thing, each in its catalog.
fn are_nested(program: &Program, one: &Row, other: &Row) -> bool {
    let holds = |wholes: &Row, part: RequirementId| {
        program.above(part).any(|above| wholes.iter().take(LOOKED_AT).any(|(whole, _)| *whole == above))
    };
    one.iter().take(LOOKED_AT).any(|(id, _)| holds(other, *id))
        || other.iter().take(LOOKED_AT).any(|(id, _)| holds(one, *id))
}

/// Whether two lines say different things of the same sides, which P707 tells.
fn is_contradiction(one: &Line, other: &Line) -> bool {
    let ids = |row: &Row| row.iter().map(|(id, _)| *id).collect::<BTreeSet<RequirementId>>();
    let same = |a: &Row, b: &Row| a.len() == b.len() && ids(a) == ids(b);
    one.relation != other.relation && same(&one.left, &other.left) && same(&one.right, &other.right)
}

fn diagnostic(context: &Context<'_>, ids: &[RequirementId], span: Span, first: Span) -> Diagnostic {
    let names: Vec<&str> = ids.iter().map(|id| context.program.name(context.program.requirement(*id).id)).collect();
    let names = words::list(&names, "and", 6);
    Diagnostic::new(&REPEATED_EQUALS, span, format!("two lines declare {names} equal to different things"))
        .label("the second line")
        .also(first, "the first line")
        .help("make one line of both, with all ids on its side, or say `subset of` or `superset of` where a part is meant")
}
