//! What comes of an assessment: the profile of each process and instance, with each step that led to it.

use rustc_hash::FxHashMap;

use super::scale::{Interval, Joined, Rank, Scale};
use crate::model::{AssessmentId, AttributeAt, Joining, Name, Subject};

/// What comes of an assessment.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The assessment.
    pub assessment: AssessmentId,
    /// The scale of its framework.
    pub scale: Scale,
    /// The profiles, by the order of processes in the model: of each the named instances, then the process itself.
    pub profiles: Vec<Profile>,
    /// The attributes that hold processes back from their targets, in the order of the processes and the framework.
    pub gaps: Vec<Gap>,
    /// The positions of profiles.
    pub(super) at: FxHashMap<(Name, Option<Name>), usize>,
}

/// The ratings of all attributes of a process, or of one instance of it, up to its target.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The process.
    pub process: Name,
    /// The instance; `None` for the process as a whole.
    pub instance: Option<Name>,
    /// The assessment from which it is taken.
    pub taken_from: Option<AssessmentId>,
    /// The highest level that is looked at.
    pub target: u32,
    /// The attributes of the levels up to the target, in the order of the levels.
    pub attributes: Vec<AttributeRating>,
    /// The lowest and the highest level that it may have reached; one where all is rated.
    pub level: (u32, u32),
}

/// What an attribute is rated in the end.
#[derive(Clone, Debug)]
pub struct AttributeRating {
    /// The attribute.
    pub attribute: AttributeAt,
    /// The number of its level.
    pub level: u32,
    /// Its rating, or those that it may have.
    pub interval: Interval,
    /// Whether anything of it is rated at all.
    pub is_rated: bool,
    /// The line that rates it as a whole, which wins.
    pub stated: Option<VerdictAt>,
    /// What the method gives, whether it wins or not; `None` where nothing below it is rated, or nothing is computed.
    pub computed: Option<Step>,
}

/// A rating as it was written: the position of its `rate` in the program, and its own in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictAt {
    /// The `rate` statement.
    pub rate: usize,
    /// The line.
    pub verdict: usize,
}

/// Several ratings that became one.
#[derive(Clone, Debug)]
pub struct Step {
    /// How; `None` where there was one only, which was passed on.
    pub how: Option<Joining>,
    /// Of what.
    pub terms: Vec<Term>,
    /// What came out with the lowest rating in the place of each that is missing.
    pub low: Joined,
    /// What came out with the highest.
    pub high: Joined,
}

impl Step {
    /// What came out.
    pub fn interval(&self) -> Interval {
        Interval { low: self.low.rank, high: self.high.rank }
    }
}

/// One of several ratings that became one.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// What is rated: an outcome or an achievement, or an instance.
    pub of: TermOf,
    /// Its rating, or those that it may have.
    pub interval: Interval,
    /// Whether anything of it is rated.
    pub is_rated: bool,
    /// The line that rates it; of an instance, if one does.
    pub verdict: Option<VerdictAt>,
}

/// What is rated where ratings are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermOf {
    /// An outcome or an achievement of one instance.
    Subject(Subject),
    /// An instance of the process.
    Instance(Name),
}

/// An attribute that holds a process back.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The process.
    pub process: Name,
    /// The attribute.
    pub attribute: AttributeAt,
    /// The rating that it would need at least.
    pub wanted: Rank,
    /// What it has, or may have.
    pub interval: Interval,
    /// What lowers it.
    pub lowered_by: Vec<Lowering>,
}

/// A rating, or the lack of one, that lowers an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lowering {
    /// The instance, if it is one of several.
    pub instance: Option<Name>,
    /// What is rated.
    pub subject: Subject,
    /// Its rating, or those that it may have.
    pub interval: Interval,
    /// The line that rates it; `None` where none does.
    pub verdict: Option<VerdictAt>,
}

impl Measured {
    /// The profile of a process as a whole, or of one instance of it.
    pub fn profile(&self, process: Name, instance: Option<Name>) -> Option<&Profile> {
        self.profiles.get(*self.at.get(&(process, instance))?)
    }
}

impl Profile {
    /// What came of an attribute.
    pub fn result(&self, attribute: AttributeAt) -> Option<&AttributeRating> {
        self.attributes.iter().find(|result| result.attribute == attribute)
    }
}
