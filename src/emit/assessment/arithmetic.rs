//! How an attribute came to its rating, in words.

use super::View;
use crate::document::words::fill;
use crate::measure::{AttributeRating, Interval, Joined, Profile, Rank, Step, Term, TermOf, VerdictAt};
use crate::model::{Decimal, Joining};

/// How one attribute of a process or of an instance came to its rating, a sentence each.
pub fn sentences(view: &View<'_>, profile: &Profile, result: &AttributeRating) -> Vec<String> {
    let words = view.words();
    let attribute = named(view, profile, result);
    let taken = profile.taken_from.map(|from| view.page.name(view.page.input.program.assessment(from).id));
    if let Some(from) = taken {
        return vec![fill(words.arithmetic_taken, &[&attribute, &view.result(result), from])];
    }
    let stated = result.stated.map(|at| (view.interval(result.interval), reason(view, at)));
    let computed = result.computed.as_ref().map(|step| step_words(view, step).into_iter());
    let of = |step: String| fill(words.arithmetic_step, &[&attribute, &step]);
    match (stated, computed) {
        (None, None) => vec![fill(words.arithmetic_open, &[&attribute])],
        (Some((rating, reason)), None) => vec![fill(words.arithmetic_stated, &[&attribute, &rating]) + &reason],
        (None, Some(steps)) => steps.map(of).collect(),
        (Some((rating, reason)), Some(steps)) => {
            steps.map(of).chain([fill(words.arithmetic_wins, &[&attribute, &rating]) + &reason]).collect()
        }
    }
}

fn named(view: &View<'_>, profile: &Profile, result: &AttributeRating) -> String {
    let attribute = view.attribute(result.attribute);
    match profile.instance {
        Some(instance) => format!("{attribute} ({})", view.page.name(instance)),
        None => attribute.to_owned(),
    }
}

fn reason(view: &View<'_>, at: VerdictAt) -> String {
    let because = at.line(view.page.input.program).and_then(|line| line.because);
    because.map_or_else(String::new, |because| {
        let because = view.page.text(because);
        format!(" {}", fill(view.words().reason_told, &[because.shown()]))
    })
}

fn step_words(view: &View<'_>, step: &Step) -> Vec<String> {
    let words = view.words();
    let terms = step.terms.iter().map(|term| term_words(view, step, term)).collect::<Vec<_>>().join(", ");
    if step.how.is_none() {
        return vec![fill(words.arithmetic_passed, &[&terms])];
    }
    let is_open = step.terms.iter().any(|term| term.interval.only().is_none());
    if !is_open {
        return vec![fill(words.arithmetic_of, &[&terms, &joined(view, step, step.low, |interval| interval.low)])];
    }
    vec![
        fill(words.arithmetic_of_open, &[&terms]),
        fill(words.arithmetic_low, &[&joined(view, step, step.low, |interval| interval.low)]),
        fill(words.arithmetic_high, &[&joined(view, step, step.high, |interval| interval.high)]),
    ]
}

/// "G.1.2 L (2)".
fn term_words(view: &View<'_>, step: &Step, term: &Term) -> String {
    let named = match term.of {
        TermOf::Subject(subject) => view.subject(subject),
        TermOf::Instance(name) => view.page.name(name).to_owned(),
    };
    if !term.is_rated {
        return format!("{named} {}", view.words().not_rated);
    }
    let weight = term.interval.only().filter(|_| step.how == Some(Joining::Mean)).map(|rank| weight(view, rank));
    let weight = weight.map_or_else(String::new, |weight| format!(" ({weight})"));
    format!("{named} {}{weight}", view.interval(term.interval))
}

fn joined(view: &View<'_>, step: &Step, joined: Joined, end: fn(Interval) -> Rank) -> String {
    let (words, rating) = (view.words(), view.rank(joined.rank));
    match step.how {
        Some(Joining::Mean) => {
            let weights: Vec<String> = step.terms.iter().map(|term| weight(view, end(term.interval))).collect();
            let sum = joined.sum.unwrap_or_default();
            let sum = format!("({}) / {} {}", weights.join(" + "), weights.len(), mean(sum, weights.len()));
            fill(words.arithmetic_mean, &[&sum, &rating, &weight(view, joined.rank)])
        }
        Some(Joining::Median) => fill(words.arithmetic_median, &[&rating]),
        Some(Joining::Lowest) | None => fill(words.arithmetic_lowest, &[&rating]),
    }
}

pub fn weight(view: &View<'_>, rank: Rank) -> String {
    decimal(i128::from(view.measured.scale.weight(rank)))
}

/// Millionths as a decimal number.
fn decimal(millionths: i128) -> String {
    let one = i128::from(Decimal::ONE);
    let written = format!("{}.{:06}", millionths / one, millionths % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A sum of millionths shared out: exact where it can be written so, and else to six decimals, with the sign for it.
fn mean(sum: i128, count: usize) -> String {
    let count = i128::try_from(count).unwrap_or(i128::MAX).max(1);
    let sign = if sum % count == 0 { "=" } else { "≈" };
    format!("{sign} {}", decimal(sum / count))
}
