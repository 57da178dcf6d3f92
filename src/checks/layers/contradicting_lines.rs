//! Finds what crosswalks say that cannot all be true: two relations between the same sides, or a requirement without a
//! counterpart that has one.

use rustc_hash::FxHashMap;

use super::claim::{Claim, Judged};
use crate::checks::{Check, Context};
use crate::codes::CONTRADICTING_LINES;
use crate::diagnostic::{Diagnostic, SubjectKind};
use crate::model::{CatalogId, CrosswalkId, Relation, ReqKind, RequirementId};
use crate::span::Span;

/// How many lines with a requirement in common are held against a line.
const LOOKED_AT: usize = 64;

/// P707.
pub const CHECK: Check = Check { code: &CONTRADICTING_LINES, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let judged = Judged::of(context);
    let claims = judged.claims(context.program);
    relations(context, &judged, &claims, found);
    counterparts(context, &judged, found);
}

/// Two lines about the same sides, or of which one side holds the other's.
fn relations(context: &Context<'_>, judged: &Judged, claims: &[Claim<'_>], found: &mut Vec<Diagnostic>) {
    let mut by_sides: FxHashMap<_, &Claim<'_>> = FxHashMap::default();
    let mut by_left: FxHashMap<(RequirementId, CatalogId), Vec<usize>> = FxHashMap::default();
    for (number, claim) in claims.iter().enumerate() {
        let first = *by_sides.entry((claim.catalogs, &claim.left, &claim.right)).or_insert(claim);
        let is_meant = |other: &&Claim<'_>| judged.are_one_matter(other.crosswalk, claim.crosswalk);
        let same = Some(first).filter(is_meant).filter(|other| other.relation != claim.relation);
        let near = claim.left.iter().flat_map(|id| by_left.get(&(*id, claim.catalogs.1)).into_iter().flatten());
        let near = near.take(LOOKED_AT).filter_map(|at| claims.get(*at)).filter(is_meant);
        if let Some(other) = same.or_else(|| near.into_iter().find(|other| exclude_each_other(other, claim))) {
            let (words, others) = (claim.words(context.program), other.words(context.program));
            found.push(
                Diagnostic::new(&CONTRADICTING_LINES, claim.line.span, format!("{words} contradicts {others}"))
                    .label("cannot hold")
                    .also(other.line.span, "where this holds")
                    .help("decide which of the two is true, and take the other out"),
            );
        }
        for id in &claim.left {
            by_left.entry((*id, claim.catalogs.1)).or_default().push(number);
        }
    }
}

/// Whether one line makes a side strictly more than the other, or each more than the other, where the other line, about
/// more of the lesser side or less of the greater, makes it no more.
fn exclude_each_other(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    denies(a, b) || denies(b, a)
}

fn denies(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    let is_less = matches!(b.relation, Relation::SubsetOf | Relation::Equals | Relation::EquivalentTo);
    let is_more = matches!(b.relation, Relation::SupersetOf | Relation::Equals | Relation::EquivalentTo);
    let less = is_less && holds(&b.left, &a.left) && holds(&a.right, &b.right);
    let more = is_more && holds(&b.right, &a.right) && holds(&a.left, &b.left);
    match a.relation {
        Relation::SupersetOf => less,
        Relation::SubsetOf => more,
        Relation::Intersects => less || more,
        Relation::Equals | Relation::EquivalentTo => false,
    }
}

/// Whether a side, in order, has all that another has.
fn holds(whole: &[RequirementId], part: &[RequirementId]) -> bool {
    part.iter().all(|id| whole.binary_search(id).is_ok())
}

/// A place on a line of a crosswalk.
#[derive(Clone, Copy)]
struct Mention {
    crosswalk: CrosswalkId,
    row: RequirementId,
    span: Span,
    /// Whether the line has a counterpart for all of it.
    in_whole: bool,
}

/// The mentions of each requirement, by it and the catalog of the other side.
#[derive(Default)]
struct Mentions {
    all: FxHashMap<(RequirementId, CatalogId), Vec<Mention>>,
    /// Whether a crosswalk has a counterpart for all, of those that mention it.
    known: FxHashMap<(RequirementId, CatalogId, CrosswalkId), Option<bool>>,
}

impl Mentions {
    /// One mention from each crosswalk will do, and one that has a counterpart for all.
    fn add(&mut self, row: RequirementId, other: CatalogId, mention: Mention) {
        let known = self.known.entry((row, other, mention.crosswalk)).or_default();
        if *known < Some(mention.in_whole) {
            *known = Some(mention.in_whole);
            self.all.entry((row, other)).or_default().push(mention);
        }
    }

    fn of(&self, row: RequirementId, other: CatalogId) -> impl Iterator<Item = Mention> {
        self.all.get(&(row, other)).into_iter().flatten().copied()
    }
}

/// What was withdrawn, or is new, and yet has a counterpart: by itself, in a part of it, or as a part of something that
/// has one for all of it.
fn counterparts(context: &Context<'_>, judged: &Judged, found: &mut Vec<Diagnostic>) {
    let program = context.program;
    let (mut on, mut below) = (Mentions::default(), Mentions::default());
    for (crosswalk, row) in judged.crosswalks(program) {
        let (Some(from), Some(to)) = (row.from, row.to) else { continue };
        for line in &row.lines {
            let (left, right) = (line.relation.carries_left(), line.relation.carries_right());
            for (side, other, in_whole) in [(&line.left, to, left), (&line.right, from, right)] {
                for (row, span) in side {
                    let in_whole = in_whole && program.requirement(*row).kind != ReqKind::Clause;
                    let mention = Mention { crosswalk, row: *row, span: *span, in_whole };
                    on.add(*row, other, mention);
                    program.above(*row).for_each(|above| below.add(above, other, mention));
                }
            }
        }
    }
    for (crosswalk, row) in judged.crosswalks(program) {
        for (word, denied, other) in [("withdrawn", &row.withdrawn, row.to), ("new", &row.new, row.from)] {
            let Some(other) = other else { continue };
            for (id, span) in denied {
                let wholes = program.above(*id).flat_map(|above| on.of(above, other)).filter(|whole| whole.in_whole);
                let mut mentions = on.of(*id, other).chain(below.of(*id, other)).chain(wholes);
                let mention = mentions.find(|mention| judged.are_one_matter(crosswalk, mention.crosswalk));
                found.extend(mention.map(|mention| has_counterpart(context, word, *id, *span, mention)));
            }
        }
    }
}

fn has_counterpart(context: &Context<'_>, word: &str, id: RequirementId, span: Span, mention: Mention) -> Diagnostic {
    let name = |id: RequirementId| context.program.name(context.program.requirement(id).id);
    let (own, row) = (name(id), name(mention.row));
    let how = match mention.row {
        row if row == id => "and yet it stands on a line".to_owned(),
        row if row > id => format!("and yet `{}`, below it, stands on a line", name(row)),
        _ => format!("and yet a line has a counterpart for all of `{row}`, which it is a part of"),
    };
    Diagnostic::new(&CONTRADICTING_LINES, span, format!("`{own}` is said to be {word}, {how}"))
        .about(SubjectKind::Requirement, context.program.full_id(id))
        .label("has no counterpart, by this")
        .also(mention.span, "has one, by this")
        .help(format!(
            "take `{word} {own}` out, or the line; where only a part is meant, say `subset of` or `superset of`"
        ))
}
