//! How processes are described, after ISO/IEC/IEEE 24774 (P4xx). Limits and word lists are our own.
//!
//! All checks of the family share one pass: a process's texts are cut into words once, and each check looks at those.
//! What a check has to know of all processes at once is in [`Survey`].

mod definitions;
mod prose;
mod survey;

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Context;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Subject, SubjectKind};
use crate::english::Classes;
use crate::hands;
use crate::model::{Name, Outcome, Package, PackageId, Practice, Process, Text};
use crate::source::Sources;
use crate::span::narrow;
use prose::{Cutter, Prose, TextId};
use survey::OutcomeKey;
pub use survey::Survey;

/// What a check looks at, and how.
#[derive(Clone, Copy)]
pub enum Look {
    /// At a process that the package itself declares.
    Process(fn(&Described<'_, '_>, &mut Vec<Diagnostic>)),
    /// At a purpose.
    Purpose(fn(&Described<'_, '_>, &Prose<'_>, &mut Vec<Diagnostic>)),
    /// At an outcome.
    Outcome(fn(&Described<'_, '_>, &Outcome, &Prose<'_>, &mut Vec<Diagnostic>)),
    /// At a practice.
    Practice(fn(&Described<'_, '_>, PracticeProse<'_>, &mut Vec<Diagnostic>)),
    /// At the package as a whole, after its processes.
    Package(fn(&Context<'_>, &Survey, &mut Vec<Diagnostic>)),
}

/// A check of the family.
type Check = super::Check<Look>;

/// The checks that heed no words: what they find is a fault in every language. The others know English alone.
const IN_ANY_LANGUAGE: &[&Code] = &[
    &codes::TITLE_IS_ID,
    &codes::NUMBER_OF_OUTCOMES,
    &codes::REPEATED_OUTCOME,
    &codes::OUTCOME_ORDER,
    &codes::UNEVEN_FULL_STOPS,
    &codes::UNPRODUCED_ITEM,
    &codes::SEVERAL_PARAGRAPHS,
    &codes::CIRCULAR_DEFINITION,
];

include!(concat!(env!("OUT_DIR"), "/description.rs"));

/// A process with its texts cut into words.
pub struct Described<'s, 'a> {
    context: &'s Context<'a>,
    survey: &'s Survey,
    process: &'a Process,
    /// Its position in the model.
    index: u32,
    /// Whether the package itself declares it, and not a base of its model.
    is_own: bool,
    cutter: &'s Cutter<'a>,
    texts: &'s Texts,
}

/// The texts of a process, in the order of its parts.
#[derive(Default)]
struct Texts {
    title: Option<TextId>,
    purpose: Option<TextId>,
    /// Where the purpose names its goal: behind `is to`.
    opening: Option<purpose_opening::Opening>,
    outcomes: Vec<TextId>,
    practices: Vec<(Option<TextId>, TextId)>,
    /// The first outcome of each wording, by hash; made for the first practice that asks.
    wordings: OnceCell<FxHashMap<u64, usize>>,
}

/// The texts of a practice.
#[derive(Clone, Copy)]
pub struct PracticeProse<'p> {
    /// Its name, where it has one.
    name: Option<Prose<'p>>,
    /// What is done.
    text: Prose<'p>,
}

impl<'s, 'a> Described<'s, 'a> {
    fn new(
        context: &'s Context<'a>,
        survey: &'s Survey,
        (index, process): (u32, &'a Process),
        cutter: &'s Cutter<'a>,
        texts: &'s Texts,
    ) -> Described<'s, 'a> {
        let is_own = context.is_own(process.origin);
        Described { context, survey, process, index, is_own, cutter, texts }
    }
}

impl<'s> Described<'s, '_> {
    fn title(&self) -> Option<Prose<'s>> {
        self.texts.title.map(|id| self.cutter.prose(id))
    }

    fn purpose(&self) -> Option<Prose<'s>> {
        self.texts.purpose.map(|id| self.cutter.prose(id))
    }

    /// The position of the word with which the purpose names its goal.
    fn goal(&self) -> Option<usize> {
        self.texts.opening.as_ref().map(|opening| opening.goal)
    }

    /// The outcomes with their texts, those of bases and broken ones included.
    fn outcomes(&self) -> impl Iterator<Item = (&'s Outcome, Prose<'s>)> + use<'s, '_> {
        self.process.outcomes.iter().zip(&self.texts.outcomes).map(|(outcome, id)| (outcome, self.cutter.prose(*id)))
    }

    /// The title without a `process` at its end.
    fn name(&self) -> &'s str {
        self.title().map_or("", |title| match title.words {
            [_, .., last] if last.is(Classes::PROCESS) => title.before(title.words.len() - 1),
            _ => title.text,
        })
    }
}

/// Whether a check of the family can read the texts of a package: one that heeds words knows English alone.
pub fn reads(package: &Package, sources: &Sources, code: &Code) -> bool {
    is_in_english(package, sources) || IN_ANY_LANGUAGE.iter().any(|known| **known == *code)
}

/// Whether the texts of a package are in English, as they are where its model does not say otherwise.
pub fn is_in_english(package: &Package, sources: &Sources) -> bool {
    let language = package.model.head.as_ref().and_then(|head| head.language);
    let word = language.map(|word| sources.slice(word).split('-').next().unwrap_or_default());
    word.is_none_or(|word| word.eq_ignore_ascii_case("en"))
}

/// Looks at all that the package says of its processes; gives what was learnt of all of them.
pub fn run(context: &Context<'_>, is_wanted: impl Fn(&Code) -> bool, found: &mut Vec<Diagnostic>) -> Survey {
    let foreign = foreign(context);
    let heeds_words = |code: &Code| IN_ANY_LANGUAGE.iter().all(|known| **known != *code);
    let all_foreign = foreign.len() == context.program.packages.len();
    let is_meant = |code: &Code| is_wanted(code) && !(all_foreign && heeds_words(code));
    let wanted: Vec<&Check> = ALL.iter().filter(|check| is_meant(check.code)).collect();
    if wanted.is_empty() {
        return Survey::default();
    }
    let before = found.len();
    let mut survey = Survey::new(context);
    let parts = context.hands.parts(context.sources.iter().map(|(_, source)| source.text.len()).sum());
    let look = |range| look(context, &survey, &wanted, range);
    for (outcomes, new) in hands::share(context.hands, context.package().model.processes.len(), parts, look) {
        survey.outcomes.extend(outcomes);
        found.extend(new);
    }
    for check in wanted {
        if let Look::Package(look) = check.run {
            look(context, &survey, found);
        }
    }
    if !foreign.is_empty() {
        // Each text is in the language of the package that it stands in.
        let of = |place| context.program.package_of(place).is_some_and(|package| foreign.contains(&package));
        let mut new = found.split_off(before);
        new.retain(|diagnostic| !(heeds_words(diagnostic.code) && of(diagnostic.primary.span)));
        found.append(&mut new);
    }
    survey
}

/// Looks at one process, at its position, where all packages are in English.
pub fn run_on(
    context: &Context<'_>,
    survey: &Survey,
    (index, process): (u32, &Process),
    is_wanted: impl Fn(&Code) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    if is_wanted(&codes::REQUIREMENT_IN_NOTE) {
        requirement_in_note::of_process(context, process, found);
    }
    let wanted: Vec<&Check> = ALL.iter().filter(|check| is_wanted(check.code)).collect();
    let (mut cutter, mut texts) = (Cutter::default(), Texts::default());
    cut(context, process, &mut cutter, &mut texts);
    Described::new(context, survey, (index, process), &cutter, &texts).check(&wanted, found);
}

/// Whether each of some outcomes of a process has words that no other outcome of the model has.
pub fn are_alone(
    context: &Context<'_>,
    survey: &Survey,
    (index, process): (u32, &Process),
    is_meant: &dyn Fn(Text) -> bool,
) -> bool {
    let mut cutter = Cutter::default();
    let mut meant: Vec<(u64, u32)> = Vec::new();
    for (outcome, position) in process.outcomes.iter().zip(0..).filter(|(outcome, _)| is_meant(outcome.text)) {
        let id = cutter.cut(context.sources, outcome.text);
        meant.push((cutter.hash(id), position));
    }
    let is_other = |key: &OutcomeKey| key.process != index || meant.iter().all(|(_, own)| *own != key.outcome);
    let others = || survey.outcomes.iter().filter(|key| is_other(key)).map(|key| key.hash);
    let twice = meant.iter().enumerate().any(|(at, (hash, _))| meant[..at].iter().any(|(other, _)| other == hash));
    !twice && (meant.is_empty() || others().all(|other| meant.iter().all(|(hash, _)| *hash != other)))
}

/// Looks at some of the processes; gives their outcomes and what was found.
fn look(
    context: &Context<'_>,
    survey: &Survey,
    wanted: &[&Check],
    range: Range<usize>,
) -> (Vec<OutcomeKey>, Vec<Diagnostic>) {
    let (mut outcomes, mut found) = (Vec::new(), Vec::new());
    let (mut cutter, mut texts) = (Cutter::default(), Texts::default());
    let processes = context.package().model.processes.iter().skip(range.start).take(range.len());
    for (process, index) in processes.zip(narrow(range.start)..) {
        if process.broken {
            continue;
        }
        cut(context, process, &mut cutter, &mut texts);
        outcomes.extend(survey::outcomes(index, process, texts.outcomes.iter().map(|id| cutter.hash(*id))));
        Described::new(context, survey, (index, process), &cutter, &texts).check(wanted, &mut found);
    }
    (outcomes, found)
}

/// The packages whose texts are in another language than English.
pub fn foreign(context: &Context<'_>) -> Vec<PackageId> {
    let packages = (0..).map(PackageId).zip(&context.program.packages);
    packages.filter(|(_, package)| !is_in_english(package, context.sources)).map(|(id, _)| id).collect()
}

/// Cuts the texts of a process.
fn cut<'a>(context: &Context<'a>, process: &Process, cutter: &mut Cutter<'a>, texts: &mut Texts) {
    let sources = context.sources;
    cutter.clear();
    texts.title = Some(cutter.cut(sources, process.title));
    texts.purpose = process.purpose.map(|purpose| cutter.cut(sources, purpose.text));
    texts.opening = texts.purpose.and_then(|purpose| purpose_opening::read(cutter.prose(purpose)));
    texts.outcomes.clear();
    texts.outcomes.extend(process.outcomes.iter().map(|outcome| cutter.cut(sources, outcome.text)));
    texts.practices.clear();
    for practice in &process.practices {
        let name = practice.name.map(|name| cutter.cut(sources, name));
        texts.practices.push((name, cutter.cut(sources, practice.text)));
    }
}

impl Described<'_, '_> {
    fn check(&self, wanted: &[&Check], found: &mut Vec<Diagnostic>) {
        let is_own = |origin| self.context.is_own(origin);
        let mut about = |kind: SubjectKind, id: Name, look: &dyn Fn(Look, &mut Vec<Diagnostic>)| {
            let before = found.len();
            wanted.iter().for_each(|check| look(check.run, found));
            for diagnostic in found.iter_mut().skip(before) {
                diagnostic.subject = Some(Subject { kind, id: self.context.program.name(id).to_owned() });
            }
        };
        if self.is_own {
            about(SubjectKind::Process, self.process.id, &|look, found| {
                if let Look::Process(look) = look {
                    look(self, found);
                }
            });
        }
        if let Some(purpose) = self.purpose().filter(|purpose| !purpose.words.is_empty())
            && self.process.purpose.is_some_and(|purpose| is_own(purpose.origin))
        {
            about(SubjectKind::Process, self.process.id, &|look, found| {
                if let Look::Purpose(look) = look {
                    look(self, &purpose, found);
                }
            });
        }
        for (outcome, prose) in self.outcomes() {
            if outcome.broken || !is_own(outcome.origin) || prose.words.is_empty() {
                continue;
            }
            about(SubjectKind::Outcome, outcome.id, &|look, found| {
                if let Look::Outcome(look) = look {
                    look(self, outcome, &prose, found);
                }
            });
        }
        for (practice, prose) in self.practices() {
            if practice.broken || !is_own(practice.origin) || prose.text.words.is_empty() {
                continue;
            }
            about(SubjectKind::Practice, practice.id, &|look, found| {
                if let Look::Practice(look) = look {
                    look(self, prose, found);
                }
            });
        }
    }

    fn practices(&self) -> impl Iterator<Item = (&Practice, PracticeProse<'_>)> {
        self.process.practices.iter().zip(&self.texts.practices).map(|(practice, (name, text))| {
            let name = name.map(|name| self.cutter.prose(name));
            (practice, PracticeProse { name, text: self.cutter.prose(*text) })
        })
    }
}
