//! From ratings to a capability profile (ISO/IEC 33020): attributes, levels, and what holds a process back.
//!
//! Exact, and without a word of output: weights are whole millionths, and each step is kept as it was taken, so that
//! whoever prints the arithmetic need not do it again. What is not rated leaves an interval open, from what comes out with
//! the lowest rating in its place to what comes out with the highest.

mod gaps;
mod profile;
mod scale;
mod scope;

use rustc_hash::{FxHashMap, FxHashSet};

pub use profile::{AttributeRating, Gap, Lowering, Measured, Profile, Step, Term, TermOf, VerdictAt};
pub use scale::{Interval, Joined, Rank, Scale};
pub use scope::Scope;

use crate::model::{
    AchievementAt, Assessed, Assessment, AssessmentId, AttributeAt, Framework, Joining, Level, Name, Program,
    RatingMethod, Subject, Verdict,
};
use crate::span::narrow;

/// What comes of the assessments of a program, each behind those that it takes.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    of: FxHashMap<AssessmentId, Measured>,
}

impl Measures {
    /// What came of an assessment; `None` where it is not known of what it is, or the scale has no ratings.
    pub fn of(&self, assessment: AssessmentId) -> Option<&Measured> {
        self.of.get(&assessment)
    }
}

/// Measures all assessments of a program.
pub fn measure(program: &Program) -> Measures {
    let mut measures = Measures::default();
    let mut stated = Stated::of(program);
    for id in in_order(program) {
        let measured = measure_one(program, id, &measures, stated.take(id));
        measures.of.extend(measured.map(|measured| (id, measured)));
    }
    measures
}

/// The assessments, each behind those that it takes; none takes itself.
fn in_order(program: &Program) -> Vec<AssessmentId> {
    let count = program.assessments.len();
    let mut open: Vec<usize> = program.assessments.iter().map(|assessment| assessment.takes.len()).collect();
    let mut taken_by: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, assessment) in program.assessments.iter().enumerate() {
        for (taken, _) in &assessment.takes {
            taken_by[taken.0 as usize].push(at);
        }
    }
    let mut order: Vec<usize> = (0..count).filter(|at| open[*at] == 0).collect();
    let mut next = 0;
    while let Some(at) = order.get(next).copied() {
        next += 1;
        for above in &taken_by[at] {
            open[*above] -= 1;
            if open[*above] == 0 {
                order.push(*above);
            }
        }
    }
    order.into_iter().map(|at| AssessmentId(narrow(at))).collect()
}

/// The ratings as they are written, by what they rate.
#[derive(Default)]
struct Stated {
    of: FxHashMap<AssessmentId, ByPlace>,
}

type ByPlace = FxHashMap<(Name, Option<Name>, Subject), VerdictAt>;

impl Stated {
    fn of(program: &Program) -> Stated {
        let mut stated = Stated::default();
        for (rate, row) in program.rates.iter().enumerate() {
            let of = stated.of.entry(row.assessment).or_default();
            let instance = row.instance.map(|(name, _)| name);
            for (verdict, line) in row.verdicts.iter().enumerate() {
                // Of what is rated twice, which is reported, the first counts.
                of.entry((row.process, instance, line.subject)).or_insert(VerdictAt { rate, verdict });
            }
        }
        stated
    }

    fn take(&mut self, assessment: AssessmentId) -> ByPlace {
        self.of.remove(&assessment).unwrap_or_default()
    }
}

impl VerdictAt {
    /// The line.
    pub fn line(self, program: &Program) -> Option<&Verdict> {
        program.rates.get(self.rate)?.verdicts.get(self.verdict)
    }
}

fn measure_one(program: &Program, id: AssessmentId, below: &Measures, stated: ByPlace) -> Option<Measured> {
    let assessment = program.assessment(id);
    let of = assessment.of?;
    let framework = program.framework(of.framework);
    let mut instances: FxHashMap<Name, Vec<Name>> = FxHashMap::default();
    for line in &assessment.instances {
        instances.entry(line.process).or_default().extend(line.names.iter().map(|(name, _)| *name));
    }
    let meter = Meter {
        program,
        assessment,
        instances,
        of,
        framework,
        levels: levels(program, framework),
        scale: Scale::of(framework)?,
        scope: Scope::of(program, assessment)?,
        below,
        stated,
    };
    let profiles: Vec<Profile> =
        meter.scope.targets.iter().flat_map(|(process, target)| meter.process(*process, *target)).collect();
    let gaps = gaps::gaps(&meter.scale, &profiles);
    // A name that stands twice is one instance, and there is one profile of it.
    let at = profiles.iter().enumerate().map(|(at, profile)| ((profile.process, profile.instance), at)).collect();
    Some(Measured { assessment: id, scale: meter.scale, profiles, gaps, at })
}

/// The position of the lowest level that has attributes: there, outcomes stand in the place of achievements.
pub fn lowest_level(program: &Program, framework: &Framework) -> Option<u32> {
    let mut levels = levels(program, framework).into_iter().map(|(_, level)| level);
    levels.find(|level| framework.level_at(*level).is_some_and(|level| !level.attributes.is_empty()))
}

/// The levels above 0, by their numbers, the lowest first, each with its position.
fn levels(program: &Program, framework: &Framework) -> Vec<(u32, u32)> {
    let number = |(at, level): (u32, &Level)| Some((program.name(level.id).parse().ok()?, at));
    let mut levels: Vec<(u32, u32)> = (0..).zip(&framework.levels).filter_map(number).collect();
    levels.retain(|(number, _)| *number > 0);
    levels.sort_unstable();
    levels
}

/// What an attribute is rated, of one instance or of all.
struct Settled {
    interval: Interval,
    is_rated: bool,
    stated: Option<VerdictAt>,
    computed: Option<Step>,
}

struct Meter<'a> {
    program: &'a Program,
    assessment: &'a Assessment,
    /// The instances of each process that are named.
    instances: FxHashMap<Name, Vec<Name>>,
    of: Assessed,
    framework: &'a Framework,
    levels: Vec<(u32, u32)>,
    scale: Scale,
    scope: Scope,
    below: &'a Measures,
    stated: ByPlace,
}

impl Meter<'_> {
    /// The profiles of the instances of a process, and behind them that of the process.
    fn process(&self, process: Name, target: u32) -> Vec<Profile> {
        let taken = self.assessment.takes.iter().filter_map(|(id, _)| self.taken(*id, process, target));
        let mut profiles: Vec<Profile> = taken.collect();
        let mut known: FxHashSet<Option<Name>> = profiles.iter().map(|profile| profile.instance).collect();
        for name in self.instances.get(&process).into_iter().flatten() {
            // A name that stands twice is one instance.
            if known.insert(Some(*name)) {
                profiles
                    .push(self.profile(process, Some(*name), target, |at| self.of_instance(process, Some(*name), at)));
            }
        }
        let whole = match profiles.as_slice() {
            [] => self.profile(process, None, target, |at| self.of_instance(process, None, at)),
            instances => self.profile(process, None, target, |at| self.across(process, instances, at)),
        };
        profiles.push(whole);
        profiles
    }

    /// The profile of an assessment that is taken; what is beyond its target is not rated.
    fn taken(&self, id: AssessmentId, process: Name, target: u32) -> Option<Profile> {
        let whole = self.below.of(id)?.profile(process, None)?;
        let name = self.program.assessment(id).id;
        let of = |at: AttributeAt| {
            let result = whole.result(at);
            let interval = result.map_or(self.scale.open(), |result| result.interval);
            let is_rated = result.is_some_and(|result| result.is_rated);
            Settled { interval, is_rated, stated: None, computed: None }
        };
        let mut profile = self.profile(process, Some(name), target, of);
        profile.taken_from = Some(id);
        Some(profile)
    }

    fn profile(
        &self,
        process: Name,
        instance: Option<Name>,
        target: u32,
        of: impl Fn(AttributeAt) -> Settled,
    ) -> Profile {
        let mut attributes = Vec::new();
        for (number, level) in self.levels.iter().filter(|(number, _)| *number <= target) {
            let count = self.framework.level_at(*level).map_or(0, |level| level.attributes.len());
            attributes.extend((0..narrow(count)).map(|attribute| {
                let attribute = AttributeAt { level: *level, attribute };
                let Settled { interval, is_rated, stated, computed } = of(attribute);
                AttributeRating { attribute, level: *number, interval, is_rated, stated, computed }
            }));
        }
        let level = (
            self.level(&attributes, target, |interval| interval.low),
            self.level(&attributes, target, |interval| interval.high),
        );
        Profile { process, instance, taken_from: None, target, attributes, level }
    }

    /// The highest level of which all holds that is asked, of it and of all levels below.
    fn level(&self, attributes: &[AttributeRating], target: u32, of: impl Fn(Interval) -> Rank) -> u32 {
        let mut reached = 0;
        for (number, _) in self.levels.iter().filter(|(number, _)| *number <= target) {
            let is_enough = |result: &AttributeRating| match result.level.cmp(number) {
                std::cmp::Ordering::Less => of(result.interval) >= self.scale.lower,
                std::cmp::Ordering::Equal => of(result.interval) >= self.scale.own,
                std::cmp::Ordering::Greater => true,
            };
            if !attributes.iter().all(is_enough) {
                break;
            }
            reached = *number;
        }
        reached
    }

    fn verdict(&self, process: Name, instance: Option<Name>, subject: Subject) -> Option<(VerdictAt, Rank)> {
        let at = *self.stated.get(&(process, instance, subject))?;
        let rating = at.line(self.program)?.rating?;
        Some((at, self.scale.rank(rating)?))
    }

    /// Within an instance: what is stated of an attribute wins over what comes of its achievements.
    fn of_instance(&self, process: Name, instance: Option<Name>, attribute: AttributeAt) -> Settled {
        let stated = self.verdict(process, instance, Subject::Attribute(attribute));
        let method = self.assessment.input.method;
        let joins = method.is_some_and(|method| method.rating == RatingMethod::R1);
        let how = method.and_then(|method| method.joining).filter(|_| joins);
        let computed = how.and_then(|how| {
            let terms = self.below(process, attribute).into_iter().map(|subject| {
                let found = self.verdict(process, instance, subject);
                Term {
                    of: TermOf::Subject(subject),
                    interval: found.map_or(self.scale.open(), |(_, rank)| Interval::at(rank)),
                    is_rated: found.is_some(),
                    verdict: found.map(|(at, _)| at),
                }
            });
            self.step(Some(how), terms.collect())
        });
        self.settle(stated, computed)
    }

    /// Across instances: what is stated of the process as a whole wins over what comes of its instances.
    fn across(&self, process: Name, instances: &[Profile], attribute: AttributeAt) -> Settled {
        let stated = self.verdict(process, None, Subject::Attribute(attribute));
        let method = self.assessment.input.method;
        let is_once_for_all = method.is_some_and(|method| method.rating == RatingMethod::R3);
        // One rating is passed on as it is; several are joined where it is said how.
        let how = method.and_then(|method| method.joining).filter(|_| instances.len() > 1);
        let computed = (!is_once_for_all && (how.is_some() || instances.len() == 1)).then(|| {
            let terms = instances.iter().filter_map(|instance| {
                let result = instance.result(attribute)?;
                Some(Term {
                    of: TermOf::Instance(instance.instance?),
                    interval: result.interval,
                    is_rated: result.is_rated,
                    verdict: result.stated,
                })
            });
            self.step(how, terms.collect())
        });
        self.settle(stated, computed.flatten())
    }

    /// What stands below an attribute: of the lowest level that has attributes, the outcomes of the process.
    fn below(&self, process: Name, attribute: AttributeAt) -> Vec<Subject> {
        if lowest_level(self.program, self.framework) == Some(attribute.level) {
            let model = &self.program.package(self.of.model).model;
            let outcomes = model.process(process).map_or(&[][..], |process| &process.outcomes);
            return outcomes.iter().map(|outcome| Subject::Outcome(outcome.id)).collect();
        }
        let count = self.framework.attribute(attribute).map_or(0, |attribute| attribute.achievements.len());
        let all = 0..narrow(count);
        all.map(|achievement| Subject::Achievement(AchievementAt { of: attribute, achievement })).collect()
    }

    /// Ratings joined; nothing where none of them is there.
    fn step(&self, how: Option<Joining>, terms: Vec<Term>) -> Option<Step> {
        if !terms.iter().any(|term| term.is_rated) {
            return None;
        }
        let join = |of: fn(Interval) -> Rank| {
            let ranks: Vec<Rank> = terms.iter().map(|term| of(term.interval)).collect();
            match how {
                Some(how) => self.scale.join(how, &ranks),
                None => Some(Joined { rank: *ranks.first()?, sum: None }),
            }
        };
        let (low, high) = (join(|interval| interval.low)?, join(|interval| interval.high)?);
        Some(Step { how, terms, low, high })
    }

    fn settle(&self, stated: Option<(VerdictAt, Rank)>, computed: Option<Step>) -> Settled {
        let interval = match (&stated, &computed) {
            (Some((_, rank)), _) => Interval::at(*rank),
            (None, Some(step)) => step.interval(),
            (None, None) => self.scale.open(),
        };
        Settled {
            interval,
            is_rated: stated.is_some() || computed.is_some(),
            stated: stated.map(|(at, _)| at),
            computed,
        }
    }
}
