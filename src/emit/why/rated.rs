//! How something came to its rating in an assessment, or a process to its level.

use super::tree::Tree;
use crate::emit::assessment::{View, arithmetic};
use crate::emit::report::place;
use crate::measure::{AttributeRating, Profile};
use crate::model::{AttributeAt, Name, Rate, Subject, Verdict};

/// The answer; `None` where nothing in the scope of the assessment is named so. What is named is a process, or what is rated
/// of it behind its id and a point; an outcome has that id anyway.
pub fn rated(view: &View<'_>, reference: &str) -> Option<String> {
    let whole = view.wholes().find(|profile| {
        let rest = reference.strip_prefix(view.page.name(profile.process));
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('.') && !names_another(view, reference, profile.process)
        })
    })?;
    let id = view.page.name(whole.process);
    let within = reference.strip_prefix(id).unwrap_or_default().trim_start_matches('.');
    if within.is_empty() {
        return Some(level(view, whole));
    }
    let results = whole.attributes.iter();
    match results.clone().find(|result| view.attribute(result.attribute) == within) {
        Some(result) => Some(attribute(view, whole, result)),
        None => subject(view, whole, reference, within),
    }
}

/// Whether a reference begins with the longer id of another process.
fn names_another(view: &View<'_>, reference: &str, process: Name) -> bool {
    let own = view.page.name(process);
    view.wholes().map(|profile| view.page.name(profile.process)).any(|id| {
        id.len() > own.len() && reference.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn named(view: &View<'_>) -> String {
    format!("in {} “{}”", view.page.name(view.assessment.id), view.page.text(view.assessment.title).shown())
}

/// The level of a process, and what comes of each of its attributes.
fn level(view: &View<'_>, whole: &Profile) -> String {
    let mut tree = Tree::default();
    for result in &whole.attributes {
        let scale = &view.measured.scale;
        let wanted = if result.level == whole.target { scale.own } else { scale.lower };
        let title = view.subject_text(Subject::Attribute(result.attribute));
        let gap = match (result.interval.low < wanted, result.interval.high < wanted) {
            (_, true) => ", which it has not",
            (true, false) => ", which is open",
            (false, false) => "",
        };
        let is = view.result(result);
        let told = format!(
            "{} “{}”: {is}; the target needs at least {}{gap}",
            view.attribute(result.attribute),
            title.shown(),
            view.rank(wanted)
        );
        tree.add(0, told);
    }
    let process = view.process(whole.process);
    let (level, target) = (view.level(whole), whole.target);
    format!("{} {} is at level {level}; its target is {target}\n{}", process.shown(), named(view), tree.draw())
}

/// What an attribute is rated, with each step that led to it.
fn attribute(view: &View<'_>, whole: &Profile, result: &AttributeRating) -> String {
    let mut tree = Tree::default();
    add(view, whole, result.attribute, 0, &mut tree);
    let title = view.subject_text(Subject::Attribute(result.attribute));
    let id = view.page.name(whole.process);
    let attribute = view.attribute(result.attribute);
    let came = view.result(result);
    format!("{id}.{attribute} “{}” {} is {came}\n{}", title.shown(), named(view), tree.draw())
}

/// The steps of a process, those of its instances and the ratings below.
fn add(view: &View<'_>, whole: &Profile, at: AttributeAt, depth: usize, tree: &mut Tree) {
    let Some(result) = whole.result(at) else { return };
    arithmetic::sentences(view, whole, result).into_iter().for_each(|told| tree.add(depth, told));
    for instance in view.instances(whole.process) {
        let Some(result) = instance.result(at) else { continue };
        arithmetic::sentences(view, instance, result).into_iter().for_each(|told| tree.add(depth, told));
        let below = instance.taken_from.and_then(|from| View::new(&view.page.input, from)).map(View::in_english);
        if let Some(below) = below
            && let Some(whole) = below.measured.profile(whole.process, None)
        {
            add(&below, whole, at, depth + 1, tree);
        }
    }
    lines(view, whole.process, |line| of_attribute(whole, line, at)).for_each(|told| tree.add(depth, told));
}

/// Whether a line rates an attribute, or what stands below it.
fn of_attribute(whole: &Profile, line: &Verdict, at: AttributeAt) -> bool {
    match line.subject {
        Subject::Attribute(of) => of == at,
        Subject::Achievement(achievement) => achievement.of == at,
        // Outcomes stand in the place of achievements of the lowest level.
        Subject::Outcome(_) => whole.attributes.first().is_some_and(|first| first.attribute.level == at.level),
    }
}

/// The ratings of what has an id.
fn subject(view: &View<'_>, whole: &Profile, reference: &str, within: &str) -> Option<String> {
    let is_it = |line: &Verdict| {
        let id = view.subject(line.subject);
        id == reference || id == within
    };
    let mut tree = Tree::default();
    lines(view, whole.process, is_it).for_each(|told| tree.add(0, told));
    let drawn = tree.draw();
    (!drawn.is_empty()).then(|| format!("{reference} {} was rated so\n{drawn}", named(view)))
}

/// Ratings of a process as they were written: of what, on which evidence, why and where.
fn lines<'v>(
    view: &'v View<'_>,
    process: Name,
    is_told: impl Fn(&Verdict) -> bool + 'v,
) -> impl Iterator<Item = String> + 'v {
    let rates = view.rates().filter(move |rate| rate.process == process);
    let lines = rates.flat_map(|rate| rate.verdicts.iter().map(move |line| (rate, line)));
    lines.filter(move |(_, line)| is_told(line)).map(|(rate, line)| told(view, rate, line))
}

fn told(view: &View<'_>, rate: &Rate, line: &Verdict) -> String {
    let (page, program) = (&view.page, view.page.input.program);
    let instance = rate.instance.map_or_else(String::new, |(name, _)| format!(" ({})", page.name(name)));
    let by: Vec<&str> = line.exhibits.iter().map(|(id, _)| page.name(program.exhibit(*id).id)).collect();
    let by = if by.is_empty() { ", on no evidence".to_owned() } else { format!(" by {}", by.join(", ")) };
    let because = line.because.map_or_else(String::new, |because| format!(" because “{}”", page.text(because).shown()));
    let text = view.subject_text(line.subject);
    let place = place(&page.input, line.span);
    let (subject, rating) = (view.subject(line.subject), view.verdict(line));
    format!("{subject}{instance} “{}” rated {rating}{by}{because} ({place})", text.shown())
}
