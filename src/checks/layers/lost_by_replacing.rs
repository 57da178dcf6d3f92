//! Finds what an element loses because a layer states it anew: links, items, what it achieved, characteristics, a source.

use rustc_hash::FxHashSet;

use crate::checks::{Check, Context};
use crate::codes::LOST_BY_REPLACING;
use crate::coverage::{Cause, Status};
use crate::diagnostic::{Diagnostic, words};
use crate::model::{Element, Model, Name, Replaced, RequirementId, Strength, Target};
use crate::span::Span;

/// P709: once for each statement that replaces; the coverage that is lost with a link is told by P702.
pub const CHECK: Check = Check { code: &LOST_BY_REPLACING, run: check };

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(coverage) = context.coverage else { return };
    let model = &context.package().model;
    if model.replaced.is_empty() {
        return;
    }
    let told: FxHashSet<(Span, Span)> = coverage
        .losses(context.program)
        .into_iter()
        .filter_map(|loss| match loss.cause {
            Cause::Link(lost) => Some((lost.link, lost.by)),
            Cause::Exclusion(_) => None,
        })
        .collect();
    // What a line says that lost its meaning is not known.
    for replaced in model.replaced.iter().filter(|replaced| !context.unknown.has(replaced.id)) {
        let home = context.program.package_of(replaced.by).map(|home| &context.program.package(home).model);
        // What a layer above states again is not lost.
        let Some(here) = Now::of(model, replaced.id) else { continue };
        let now: Vec<Now> = home.and_then(|home| Now::of(home, replaced.id)).into_iter().chain([here]).collect();
        let is_there = |target: &Target| model.index.contains_key(&target.id);
        let links = replaced.links.iter().filter(|link| {
            let is_excluded = coverage.status(link.requirement) == Status::Excluded;
            let is_stated = now.iter().any(|now| now.links.contains(&link.requirement));
            !is_excluded && !is_stated && !told.contains(&(link.span, replaced.by))
        });
        let said = replaced
            .said
            .iter()
            .filter(|said| is_there(&said.1) && now.iter().all(|now| !now.said.contains(&(said.0, said.1.id))));
        let texts = replaced.texts.iter().filter(|text| now.iter().all(|now| !now.has(context, **text)));
        let links = links.map(|link| {
            let word = if link.strength == Strength::Partial { "partly satisfies" } else { "satisfies" };
            (format!("{word} {}", context.program.full_id(link.requirement)), link.span)
        });
        let said = said.map(|(word, target)| (format!("{word} {}", context.program.name(target.id)), target.span));
        let texts = texts.map(|(word, text)| (format!("{word} {}", context.sources.slice(*text)), *text));
        let lost: Vec<(String, Span)> = links.chain(said).chain(texts).collect();
        found.extend(lost.first().map(|(_, place)| diagnostic(context, replaced, &lost, *place)));
    }
}

/// What an element says now, of what a layer that states it anew has to say again.
#[derive(Default)]
struct Now {
    links: Vec<RequirementId>,
    said: Vec<(&'static str, Name)>,
    texts: Vec<(&'static str, Span)>,
}

impl Now {
    /// What the element or term with an id says in a model; none if it has none.
    fn of(model: &Model, id: Name) -> Option<Now> {
        let mut now = Now::default();
        let mut say = |word: &'static str, targets: &[Target]| {
            now.said.extend(targets.iter().map(|target| (word, target.id)));
        };
        match model.index.get(&id) {
            Some(Element::Outcome(process, at)) => {
                let outcome = model.outcome_at(*process, *at)?;
                say("produces", &outcome.produces);
                now.links.extend(outcome.links.iter().map(|link| link.requirement));
            }
            Some(Element::Practice(process, at)) => {
                let practice = model.practice_at(*process, *at)?;
                say("achieves", &practice.achieves);
                say("consumes", &practice.consumes);
                say("produces", &practice.produces);
            }
            Some(Element::Item(_)) => {
                let texts = model.item(id)?.characteristics.iter();
                now.texts.extend(texts.map(|text| ("characteristic", *text)));
            }
            _ => {
                let term = model.terms.iter().find(|term| term.key == id)?;
                now.texts.extend(term.source.map(|text| ("source", text)));
            }
        }
        Some(now)
    }

    fn has(&self, context: &Context<'_>, (word, text): (&str, Span)) -> bool {
        let says = |one: Span| context.sources.text(one);
        self.texts.iter().any(|(other, stated)| *other == word && says(*stated) == says(text))
    }
}

fn diagnostic(context: &Context<'_>, replaced: &Replaced, lost: &[(String, Span)], place: Span) -> Diagnostic {
    let words: Vec<&str> = lost.iter().map(|(words, _)| words.as_str()).collect();
    let message = format!("`{}` loses what its old wording had", context.program.name(replaced.id));
    Diagnostic::new(&LOST_BY_REPLACING, replaced.by, message)
        .label("stated anew, without it")
        .also(place, "such as this")
        .help(format!("state again what still holds: {}", words::list(&words, "and", 6)))
}
