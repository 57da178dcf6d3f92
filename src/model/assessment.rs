//! Assessments (ISO/IEC 33002, 33020): how far processes do what they should, as assessors judged it.
//!
//! What is rated is of the model that is assessed, and of its framework: elements by their full ids, parts of the
//! framework by position. What comes of the ratings is computed elsewhere.

use super::process::{Origin, Remarks, Target};
use super::{Framework, FrameworkId, Name, PackageId, Text};
use crate::index::{Idx, each, get};
use crate::span::Span;

use super::framework::{Achievement, Attribute, Level, Rating};

/// An assessment, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssessmentId(pub u32);

/// An exhibit, by its position in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExhibitId(pub u32);

/// An assessment of the processes of a model.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The package of the model that is assessed, and the framework that measures it; `None` where that is not known.
    pub of: Option<Assessed>,
    /// What ISO/IEC 33002 asks to be settled before.
    pub input: AssessmentInput,
    /// What is looked at, and wanted.
    pub aims: Vec<Aim>,
    /// The named instances of processes.
    pub instances: Vec<Instances>,
    /// The assessments whose profiles it takes, each with its place; none of them takes this one.
    pub takes: Vec<(AssessmentId, Span)>,
    /// When and by whom it was closed.
    pub closed: Option<Text>,
    /// The lines of its block that a record holds.
    pub lines: Vec<RecordedLine>,
    /// Whether all lines of its block are known: else nothing is said to be missing in it.
    pub is_whole: bool,
    /// Whether all ratings that may be of it are known: else nothing is said to be unrated.
    pub has_all_ratings: bool,
    /// Notes.
    pub remarks: Remarks,
    /// Where it stands.
    pub origin: Origin,
}

/// The model that is assessed, and the framework that measures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// The package of the model.
    pub model: PackageId,
    /// The framework.
    pub framework: FrameworkId,
}

/// The input of an assessment (ISO/IEC 33002, 4.2).
#[derive(Clone, Debug, Default)]
pub struct AssessmentInput {
    /// Who wants it.
    pub sponsor: Option<Text>,
    /// What it is for.
    pub purpose: Option<Text>,
    /// The part of the organization.
    pub unit: Option<Text>,
    /// When.
    pub period: Option<Text>,
    /// What the assessors had to do without.
    pub constraints: Vec<Text>,
    /// The documented assessment process.
    pub documented: Option<Text>,
    /// Who may see what came of it.
    pub confidentiality: Option<Text>,
    /// The class, as rules in sight name it.
    pub class: Option<(Name, Span)>,
    /// How independent the assessors are, as rules in sight name it.
    pub independence: Option<Independence>,
    /// The assessors, in source order.
    pub assessors: Vec<Assessor>,
    /// How ratings are made and joined.
    pub method: Option<Method>,
}

/// A kind of independence: of an assessment, or what rules say of one.
#[derive(Clone, Copy, Debug)]
pub struct Independence {
    /// The word for it.
    pub word: Name,
    /// What there is to say of it.
    pub text: Option<Text>,
    /// The place of the word.
    pub span: Span,
}

/// An assessor.
#[derive(Clone, Copy, Debug)]
pub struct Assessor {
    /// Whether it is the one who leads.
    pub is_lead: bool,
    /// A name or a role.
    pub name: Text,
    /// What makes them competent.
    pub competence: Option<Text>,
}

/// How ratings are made, and how several become one.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// What is rated.
    pub rating: RatingMethod,
    /// How ratings become one; without it nothing is computed.
    pub joining: Option<Joining>,
    /// The statement.
    pub span: Span,
}

/// What is rated (ISO/IEC 33020, rating methods).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingMethod {
    /// Outcomes and achievements, for each instance.
    R1,
    /// Attributes, for each instance.
    R2,
    /// Attributes, once for all instances.
    R3,
}

impl RatingMethod {
    /// All of them.
    pub const ALL: [RatingMethod; 3] = [RatingMethod::R1, RatingMethod::R2, RatingMethod::R3];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            RatingMethod::R1 => "R1",
            RatingMethod::R2 => "R2",
            RatingMethod::R3 => "R3",
        }
    }
}

/// How several ratings become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// The rating whose weight is nearest to the mean of the weights, the lower of two.
    Mean,
    /// The one in the middle; of an even number the lower.
    Median,
    /// The lowest.
    Lowest,
}

impl Joining {
    /// All of them.
    pub const ALL: [Joining; 3] = [Joining::Mean, Joining::Median, Joining::Lowest];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Joining::Mean => "mean",
            Joining::Median => "median",
            Joining::Lowest => "lowest",
        }
    }
}

/// A `target` line: the highest level that is looked at, and wanted.
#[derive(Clone, Debug)]
pub struct Aim {
    /// Processes, and groups for all their processes.
    pub of: Vec<Target>,
    /// The number of the level.
    pub level: u32,
    /// The statement.
    pub span: Span,
}

/// An `instances` line.
#[derive(Clone, Debug)]
pub struct Instances {
    /// Their names, each with its place.
    pub names: Vec<(Name, Span)>,
    /// The process.
    pub process: Name,
}

/// A `rate` statement: ratings of a process, or of one instance of it.
#[derive(Clone, Debug)]
pub struct Rate {
    /// The assessment.
    pub assessment: AssessmentId,
    /// The process, by the id that it has in the model that is assessed.
    pub process: Name,
    /// The place of its id, which may be one that the process had earlier.
    pub process_span: Span,
    /// The instance.
    pub instance: Option<(Name, Span)>,
    /// The ratings, in source order.
    pub verdicts: Vec<Verdict>,
    /// Strengths and weaknesses, in source order.
    pub observations: Vec<Observation>,
    /// The lines of its block that a record holds.
    pub lines: Vec<RecordedLine>,
    /// Whether all its lines are known.
    pub is_whole: bool,
    /// Notes.
    pub remarks: Remarks,
    /// Where it stands.
    pub origin: Origin,
}

/// A line that the record of a closed assessment holds.
#[derive(Clone, Copy, Debug)]
pub struct RecordedLine {
    /// What it says, without the reason for which it was changed.
    pub said: Span,
    /// Why it was changed after the assessment was closed.
    pub amended: Option<Text>,
}

/// What is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An outcome, by its full id.
    Outcome(Name),
    /// An achievement of an attribute.
    Achievement(AchievementAt),
    /// An attribute as a whole.
    Attribute(AttributeAt),
}

/// An attribute, by the positions of its level in the framework and of itself in the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttributeAt {
    /// The level.
    pub level: u32,
    /// The attribute.
    pub attribute: u32,
}

/// An achievement, by its attribute and its position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AchievementAt {
    /// The attribute.
    pub of: AttributeAt,
    /// The position.
    pub achievement: u32,
}

/// A rating of something.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What is rated.
    pub subject: Subject,
    /// The rating, by its position in the framework; `None` for what is none of the scale, or falls into none.
    pub rating: Option<Idx<Rating>>,
    /// The percentage, where it is written as one.
    pub percent: Option<f64>,
    /// The place of the rating.
    pub value_span: Span,
    /// The evidence, each with its place.
    pub exhibits: Vec<(ExhibitId, Span)>,
    /// The reason.
    pub because: Option<Text>,
    /// Why it was changed after the assessment was closed.
    pub amended: Option<Text>,
    /// Notes.
    pub remarks: Remarks,
    /// Whether the line was malformed, and may have said more.
    pub broken: bool,
    /// The statement.
    pub span: Span,
}

/// A strength or a weakness.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Which of the two.
    pub is_strength: bool,
    /// What it says.
    pub text: Text,
    /// The outcomes, achievements and attributes that it speaks of.
    pub of: Vec<Subject>,
    /// Notes.
    pub remarks: Remarks,
    /// The statement.
    pub span: Span,
}

/// Objective evidence: what was seen or heard.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// What kind of evidence it is.
    pub kind: Option<Name>,
    /// The information items that it is, or shows.
    pub shows: Vec<Target>,
    /// Where it is kept.
    pub at: Option<Text>,
    /// Notes.
    pub remarks: Remarks,
    /// Where it stands.
    pub origin: Origin,
}

/// What assessments of each class have to have.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The classes, in source order.
    pub classes: Vec<Class>,
    /// The kinds of independence, in source order.
    pub independences: Vec<Independence>,
    /// Notes.
    pub remarks: Remarks,
    /// Where it stands.
    pub origin: Origin,
}

/// A class of assessments.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// The word for it.
    pub word: Name,
    /// How many instances of each process are looked at.
    pub instances: Option<u32>,
    /// How many kinds of evidence each rating rests on.
    pub kinds: Option<u32>,
    /// The place of the word.
    pub span: Span,
}

impl Framework {
    /// The level at a position.
    pub fn level_at(&self, level: u32) -> Option<&Level> {
        self.levels.get(level as usize)
    }

    /// An attribute.
    pub fn attribute(&self, at: AttributeAt) -> Option<&Attribute> {
        self.level_at(at.level)?.attributes.get(at.attribute as usize)
    }

    /// An achievement.
    pub fn achievement(&self, at: AchievementAt) -> Option<&Achievement> {
        self.attribute(at.of)?.achievements.get(at.achievement as usize)
    }

    /// A rating.
    pub fn rating(&self, at: Idx<Rating>) -> Option<&Rating> {
        get(&self.ratings, at)
    }

    /// The rating into which a percentage falls: above its first figure and up to its second, the lowest also at its
    /// first.
    pub fn band(&self, percent: f64) -> Option<Idx<Rating>> {
        let lowest = self.ratings.iter().map(|rating| rating.from).min_by(f64::total_cmp);
        let holds = |rating: &Rating| {
            (rating.from < percent || rating.from == percent && Some(percent) == lowest) && percent <= rating.to
        };
        each(&self.ratings).find(|(_, rating)| holds(rating)).map(|(at, _)| at)
    }

    /// The attributes, in source order, each with its position.
    pub fn attributes(&self) -> impl Iterator<Item = (AttributeAt, &Attribute)> {
        (0..).zip(&self.levels).flat_map(|(level, row)| {
            (0..).zip(&row.attributes).map(move |(attribute, one)| (AttributeAt { level, attribute }, one))
        })
    }
}
