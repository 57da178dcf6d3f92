//! What differs between two assessments: process by process, what rose and fell, and on which ratings.

use rustc_hash::FxHashMap;

use crate::compile::Checked;
use crate::measure::{Interval, Measured, Profile, Rank};
use crate::model::{Assessment, AssessmentId, AttributeAt, Framework, Name, Program, Subject};

/// What differs between two assessments.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AssessmentDiff {
    /// The assessment as it was: its id and its title.
    pub old: (String, String),
    /// As it is.
    pub new: (String, String),
    /// The processes in which something differs, in the order of the new model; those that are looked at no more come last.
    pub processes: Vec<ProcessChange>,
    /// How many processes are the same on both sides.
    pub same: usize,
}

/// What differs in a process.
#[derive(Debug, PartialEq, Eq)]
pub struct ProcessChange {
    /// Its id, on the new side if it is there.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The lowest and the highest level that it may have had, and the target; `None` where it was not looked at.
    pub old: Option<Level>,
    /// The same now.
    pub new: Option<Level>,
    /// Which way its level went.
    pub way: Way,
    /// The attributes of the process as a whole that differ, in the order of the framework.
    pub attributes: Vec<RatingChange>,
    /// The ratings that were made, and differ.
    pub ratings: Vec<RatingChange>,
}

/// The level of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The lowest and the highest that it may be.
    pub reached: (u32, u32),
    /// What is wanted.
    pub target: u32,
}

/// A rating that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct RatingChange {
    /// The unit or the instance of which it is; empty for the process as a whole.
    pub place: String,
    /// The full id of what is rated.
    pub subject: String,
    /// What it was, from the lowest to the highest; `None` where nothing was rated.
    pub old: Option<Ends>,
    /// What it is.
    pub new: Option<Ends>,
    /// Which way it went.
    pub way: Way,
}

/// The lowest and the highest rating that something may have, by their ids.
pub type Ends = (String, String);

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Neither end is lower, and one is higher.
    Rose,
    /// Neither end is higher, and one is lower.
    Fell,
    /// It is the same.
    Same,
    /// It is there on one side only, or one end is higher and the other lower, or the scales differ.
    Other,
}

impl Way {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Way::Rose => "rose",
            Way::Fell => "fell",
            Way::Same => "same",
            Way::Other => "other",
        }
    }

    fn of<T: Ord>(old: (T, T), new: (T, T)) -> Way {
        match (new.0.cmp(&old.0), new.1.cmp(&old.1)) {
            (std::cmp::Ordering::Equal, std::cmp::Ordering::Equal) => Way::Same,
            (low, high) if low.is_ge() && high.is_ge() => Way::Rose,
            (low, high) if low.is_le() && high.is_le() => Way::Fell,
            _ => Way::Other,
        }
    }
}

/// What differs between two assessments, each of a side; `None` where one of them gives nothing that can be compared.
pub fn assessments(old: (&Checked<'_>, AssessmentId), new: (&Checked<'_>, AssessmentId)) -> Option<AssessmentDiff> {
    let (old, new) = (Rated::of(old.0, old.1)?, Rated::of(new.0, new.1)?);
    let former = former(&new);
    let is_comparable = old.scale() == new.scale();
    let mut diff = AssessmentDiff { old: old.named(), new: new.named(), ..AssessmentDiff::default() };
    let mut told: Vec<&str> = Vec::new();
    for id in new.processes() {
        let before = former.get(id).copied().filter(|former| old.whole(former).is_some()).unwrap_or(id);
        told.push(before);
        diff.add(process(&old, &new, before, id, is_comparable));
    }
    for id in old.processes().filter(|id| !told.contains(id)) {
        diff.add(process(&old, &new, id, id, is_comparable));
    }
    Some(diff)
}

impl AssessmentDiff {
    fn add(&mut self, change: ProcessChange) {
        let is_same = change.old == change.new && change.attributes.is_empty() && change.ratings.is_empty();
        if is_same { self.same += 1 } else { self.processes.push(change) }
    }
}

fn process(old: &Rated<'_>, new: &Rated<'_>, before: &str, id: &str, is_comparable: bool) -> ProcessChange {
    let (was, is) = (old.whole(before), new.whole(id));
    let level = |profile: &Profile| Level { reached: profile.level, target: profile.target };
    let (old_level, new_level) = (was.map(level), is.map(level));
    let way = match (old_level, new_level) {
        (Some(old), Some(new)) if is_comparable => Way::of(old.reached, new.reached),
        _ => Way::Other,
    };
    let attributes = compared(&old.attributes(was), &new.attributes(is), is_comparable);
    // The ids of outcomes begin with that of their process.
    let ratings = compared(&old.ratings(before, id), &new.ratings(id, id), is_comparable);
    let title = if is.is_some() { new.title(id) } else { old.title(before) };
    ProcessChange { id: id.to_owned(), title, old: old_level, new: new_level, way, attributes, ratings }
}

/// What is rated at a place, in order.
type Rows = Vec<((String, String), (Interval, Ends))>;

/// What differs: in the order of the new side, then what is there no more.
fn compared(old: &Rows, new: &Rows, is_comparable: bool) -> Vec<RatingChange> {
    let find =
        |rows: &Rows, key: &(String, String)| rows.iter().find(|(known, _)| known == key).map(|(_, row)| row.clone());
    let gone = old.iter().filter(|(key, _)| new.iter().all(|(known, _)| known != key));
    let keys = new.iter().chain(gone).map(|(key, _)| key);
    let changes = keys.map(|key| {
        let (old, new) = (find(old, key), find(new, key));
        let way = match (&old, &new) {
            (Some((old, _)), Some((new, _))) if is_comparable => Way::of((old.low, old.high), (new.low, new.high)),
            (Some((_, old)), Some((_, new))) if old == new => Way::Same,
            _ => Way::Other,
        };
        let (place, subject) = key.clone();
        RatingChange { place, subject, old: old.map(|row| row.1), new: new.map(|row| row.1), way }
    });
    changes.filter(|change| change.way != Way::Same).collect()
}

/// For each process of the new side the id that it had on an older one.
fn former<'a>(new: &Rated<'a>) -> FxHashMap<&'a str, &'a str> {
    let model = new.assessment.of.map(|of| &new.program.package(of.model).model);
    let processes = model.into_iter().flat_map(|model| &model.processes);
    let former = processes.flat_map(|process| {
        let formerly = process.remarks.formerly().iter();
        formerly.map(|(former, _)| (new.program.name(process.id), new.program.name(*former)))
    });
    former.collect()
}

/// An assessment of one side.
struct Rated<'a> {
    program: &'a Program,
    input: Checked<'a>,
    id: AssessmentId,
    assessment: &'a Assessment,
    framework: &'a Framework,
    measured: &'a Measured,
}

impl<'a> Rated<'a> {
    fn of(input: &Checked<'a>, id: AssessmentId) -> Option<Rated<'a>> {
        let program = input.program;
        let assessment = program.assessment(id);
        let framework = program.framework(assessment.of?.framework);
        Some(Rated { program, input: *input, id, assessment, framework, measured: input.measures.of(id)? })
    }

    fn named(&self) -> (String, String) {
        let title = self.input.sources.text(self.assessment.title).into_owned();
        (self.program.name(self.assessment.id).to_owned(), title)
    }

    /// The ids of the ratings, the lowest first: what two sides are compared by.
    fn scale(&self) -> Vec<&'a str> {
        let scale = self.measured.scale.open();
        (scale.low.0..=scale.high.0).map(|rank| self.rank(Rank(rank))).collect()
    }

    fn rank(&self, rank: Rank) -> &'a str {
        let rating = self.measured.scale.rating(rank).and_then(|at| self.framework.rating(at));
        rating.map_or("", |rating| self.program.name(rating.id))
    }

    fn ends(&self, interval: Interval) -> Ends {
        (self.rank(interval.low).to_owned(), self.rank(interval.high).to_owned())
    }

    fn wholes(&self) -> impl Iterator<Item = &'a Profile> + use<'a> {
        self.measured.profiles.iter().filter(|profile| profile.instance.is_none())
    }

    fn processes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let program = self.program;
        self.wholes().map(|profile| program.name(profile.process))
    }

    fn whole(&self, id: &str) -> Option<&'a Profile> {
        self.wholes().find(|profile| self.program.name(profile.process) == id)
    }

    fn title(&self, id: &str) -> String {
        let model = self.assessment.of.map(|of| &self.program.package(of.model).model);
        let process = model.and_then(|model| model.process(self.program.names.get(id)?));
        process.map_or_else(String::new, |process| self.input.sources.text(process.title).into_owned())
    }

    /// The attributes of a process as a whole.
    fn attributes(&self, profile: Option<&Profile>) -> Rows {
        let results = profile.into_iter().flat_map(|profile| &profile.attributes);
        let rows = results.filter(|result| result.is_rated).map(|result| {
            let id = self.attribute(result.attribute);
            ((String::new(), id.to_owned()), (result.interval, self.ends(result.interval)))
        });
        rows.collect()
    }

    fn attribute(&self, at: AttributeAt) -> &'a str {
        self.framework.attribute(at).map_or("", |attribute| self.program.name(attribute.id))
    }

    /// The ratings that were made of a process, here and in the assessments that this one takes; outcomes as if the process
    /// were called by another id.
    fn ratings(&self, process: &str, called: &str) -> Rows {
        let mut rows = Rows::new();
        self.gather(self.program.names.get(process), self.id, "", &mut rows);
        for ((_, subject), _) in &mut rows {
            if let Some(own) = subject.strip_prefix(process).filter(|_| process != called) {
                *subject = format!("{called}{own}");
            }
        }
        rows
    }

    fn gather(&self, process: Option<Name>, id: AssessmentId, within: &str, rows: &mut Rows) {
        let Some(of) = self.program.assessment(id).of else { return };
        for rate in self.program.rates.iter().filter(|rate| rate.assessment == id && Some(rate.process) == process) {
            let instance = rate.instance.map_or("", |(name, _)| self.program.name(name));
            let place = [within, instance].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            for line in &rate.verdicts {
                let rank = line.rating.and_then(|rating| self.measured.scale.rank(rating));
                let Some(interval) = rank.map(Interval::at) else { continue };
                let subject = match line.subject {
                    Subject::Outcome(id) => self.program.name(id).to_owned(),
                    other => self.program.subject_id(of.framework, other),
                };
                rows.push(((place.clone(), subject), (interval, self.ends(interval))));
            }
        }
        for (taken, _) in &self.program.assessment(id).takes {
            // A unit is the same in both years, whatever its assessments are called.
            let taken_one = self.program.assessment(*taken);
            let unit = taken_one.input.unit.map(|unit| self.input.sources.text(unit).into_owned());
            let unit = unit.unwrap_or_else(|| self.program.name(taken_one.id).to_owned());
            self.gather(process, *taken, &unit, rows);
        }
    }
}
