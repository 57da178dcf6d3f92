//! Assessments: what was settled before, what was rated, and what came of it.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::reader::Reader;
use super::rows::{NoteRow, OriginRow, Words};
use crate::index::Idx;
use crate::measure::{AttributeRating, Gap, Interval, Measured, Profile, Rank};
use crate::model::{
    Assessed, Assessment, AssessmentId, AttributeAt, Exhibit, ExhibitId, Joining, Name, Observation, Rate, Rating,
    RatingMethod, Subject, Verdict,
};
use crate::syntax::statements::Kind;

/// An assessment of the processes of a model.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Assessment"))]
pub struct AssessmentRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// The id of the model that is assessed.
    pub model: Option<&'a str>,
    /// The id of the framework that measures it.
    pub framework: Option<&'a str>,
    /// What was settled before.
    pub input: InputRow<'a>,
    /// The highest levels that are looked at, and wanted, as written.
    pub targets: Vec<TargetRow<'a>>,
    /// The named instances of processes, as written.
    pub instances: Vec<InstancesRow<'a>>,
    /// The assessments whose profiles it takes.
    pub takes: Vec<&'a str>,
    /// When and by whom it was closed.
    pub closed: Option<Words<'a>>,
    /// The ratings, in source order.
    pub ratings: Vec<RatingRow<'a>>,
    /// Strengths and weaknesses, in source order.
    pub observations: Vec<ObservationRow<'a>>,
    /// The profiles: of each process those of its named instances, then its own.
    pub profiles: Vec<ProfileRow<'a>>,
    /// The attributes that hold processes back from their targets.
    pub gaps: Vec<GapRow<'a>>,
    /// The evidence: what its ratings cite, and what its package has that none cites.
    pub exhibits: Vec<ExhibitRow<'a>>,
    /// The lines that were changed after it was closed, those of its `rate` statements among them, in source order.
    pub amendments: Vec<AmendmentRow<'a>>,
    /// Notes, those of its `rate` statements among them.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A line that was changed after the assessment was closed.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Amendment"))]
pub struct AmendmentRow<'a> {
    /// The line, as it is written.
    pub said: &'a str,
    /// Why it was changed.
    pub because: Words<'a>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// The input of an assessment, as ISO/IEC 33002 asks for it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AssessmentInput"))]
pub struct InputRow<'a> {
    /// Who wants it.
    pub sponsor: Option<Words<'a>>,
    /// What it is for.
    pub purpose: Option<Words<'a>>,
    /// The part of the organization.
    pub unit: Option<Words<'a>>,
    /// When.
    pub period: Option<Words<'a>>,
    /// What the assessors had to do without.
    pub constraints: Vec<Words<'a>>,
    /// The documented assessment process.
    pub documented: Option<Words<'a>>,
    /// Who may see what came of it.
    pub confidentiality: Option<Words<'a>>,
    /// The class.
    pub class: Option<&'a str>,
    /// The kind of independence.
    pub independence: Option<&'a str>,
    /// What is said of the independence.
    pub independence_note: Option<Words<'a>>,
    /// The assessors.
    pub assessors: Vec<AssessorRow<'a>>,
    /// The rating method.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["R1", "R2", "R3", null])))]
    pub method: Option<&'static str>,
    /// How several ratings become one; null where nothing is computed.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["mean", "median", "lowest", null])))]
    pub joining: Option<&'static str>,
}

/// An assessor.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Assessor"))]
pub struct AssessorRow<'a> {
    /// A name or a role.
    pub name: Words<'a>,
    /// What makes them competent.
    pub competence: Option<Words<'a>>,
    /// Whether they lead.
    pub lead: bool,
}

/// A target.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Target"))]
pub struct TargetRow<'a> {
    /// The process, or the group for all its processes.
    pub id: &'a str,
    /// The number of the level.
    pub level: u32,
}

/// The instances of a process.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Instances"))]
pub struct InstancesRow<'a> {
    /// The process.
    pub process: &'a str,
    /// Their names.
    pub names: Vec<&'a str>,
}

/// A rating.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RatingGiven"))]
pub struct RatingRow<'a> {
    /// The process.
    pub process: &'a str,
    /// The instance; null for the process as a whole, and where there is one.
    pub instance: Option<&'a str>,
    /// The full id of what is rated: an outcome, an achievement, an attribute.
    pub subject: String,
    /// The rating; null for a percentage that falls into none.
    pub rating: Option<&'a str>,
    /// The percentage, where it was written as one.
    #[serde(serialize_with = "super::framework::maybe_percentage")]
    pub percent: Option<f64>,
    /// The ids of the evidence.
    pub exhibits: Vec<&'a str>,
    /// The reason.
    pub because: Option<Words<'a>>,
    /// Why it was changed after the assessment was closed.
    pub amended: Option<Words<'a>>,
    /// What the method gives for the attribute; null for other subjects, where nothing is computed, and where that is
    /// open.
    pub computed: Option<&'a str>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// A strength or a weakness.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Observation"))]
pub struct ObservationRow<'a> {
    /// The process.
    pub process: &'a str,
    /// The instance; null for the process as a whole, and where there is one.
    pub instance: Option<&'a str>,
    /// Which of the two.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["strength", "weakness"])))]
    pub kind: &'static str,
    /// What it says.
    pub text: Words<'a>,
    /// The full ids of what it speaks of.
    pub of: Vec<String>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// The ratings of the attributes of a process, or of an instance of it, up to its target.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Profile"))]
pub struct ProfileRow<'a> {
    /// The process.
    pub process: &'a str,
    /// The instance; null for the process.
    pub instance: Option<&'a str>,
    /// The attributes, in the order of the levels.
    pub attributes: Vec<AttributeRatingRow<'a>>,
    /// The level.
    pub level: LevelRow,
}

/// What an attribute is rated.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AttributeRating"))]
pub struct AttributeRatingRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// The rating; null where low and high differ, or nothing is rated.
    pub rating: Option<&'a str>,
    /// What comes out with the lowest rating in the place of each that is missing.
    pub low: Option<&'a str>,
    /// What comes out with the highest.
    pub high: Option<&'a str>,
}

/// The level of a process: one where low and high are the same.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LevelReached"))]
pub struct LevelRow {
    /// The level with all that is lowest.
    pub low: u32,
    /// The level with all that is highest.
    pub high: u32,
    /// The level that is wanted.
    pub target: u32,
}

/// An attribute that holds a process back.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Gap"))]
pub struct GapRow<'a> {
    /// The process.
    pub process: &'a str,
    /// The attribute.
    pub attribute: &'a str,
    /// The rating that it would need at least.
    pub wanted: Option<&'a str>,
    /// The lowest that it may have.
    pub low: Option<&'a str>,
    /// The highest.
    pub high: Option<&'a str>,
    /// The full ids of what is rated lower than that, or not at all; the attribute itself where it was rated as a whole.
    pub lowered_by: Vec<String>,
}

/// A piece of evidence.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Exhibit"))]
pub struct ExhibitRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Words<'a>,
    /// What kind of evidence it is.
    pub kind: Option<&'a str>,
    /// The ids of the information items that it is, or shows.
    pub shows: Vec<&'a str>,
    /// Where it is kept.
    pub at: Option<Words<'a>>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}

/// The rows of the assessments that the package sees, in the order of their packages.
pub fn rows<'a>(read: Reader<'a>) -> impl Iterator<Item = AssessmentRow<'a>> {
    let program = read.program();
    let seen = program.root().map_or(&[][..], |package| &package.scope.packages);
    let all = (0..).map(AssessmentId).zip(&program.assessments);
    all.filter(|(_, row)| seen.binary_search(&row.origin.package).is_ok()).map(move |(id, _)| row(read, id))
}

/// The row of one assessment.
pub fn row(read: Reader<'_>, id: AssessmentId) -> AssessmentRow<'_> {
    AssessmentReader { read, id, assessment: read.program().assessment(id) }.row()
}

struct AssessmentReader<'a> {
    read: Reader<'a>,
    id: AssessmentId,
    assessment: &'a Assessment,
}

impl<'a> AssessmentReader<'a> {
    fn row(&self) -> AssessmentRow<'a> {
        let (read, assessment) = (self.read, self.assessment);
        let of = assessment.of;
        let head = of.and_then(|of| read.program().package(of.model).model.head.as_ref());
        let measured = read.input.measures.of(self.id);
        AssessmentRow {
            id: read.name(assessment.id),
            title: read.text(assessment.title),
            model: head.map(|head| read.name(head.id)),
            framework: of.map(|of| read.name(read.program().framework(of.framework).id)),
            input: self.input(),
            targets: assessment
                .aims
                .iter()
                .flat_map(|aim| aim.of.iter().map(|of| (of.id, aim.level)))
                .map(|(id, level)| TargetRow { id: read.name(id), level })
                .collect(),
            instances: assessment
                .instances
                .iter()
                .map(|line| InstancesRow {
                    process: read.name(line.process),
                    names: line.names.iter().map(|(name, _)| read.name(*name)).collect(),
                })
                .collect(),
            takes: assessment.takes.iter().map(|(id, _)| read.name(read.program().assessment(*id).id)).collect(),
            closed: read.maybe(assessment.closed),
            ratings: self
                .rates()
                .flat_map(|rate| rate.verdicts.iter().filter_map(move |line| self.rating(rate, line)))
                .collect(),
            observations: self
                .rates()
                .flat_map(|rate| rate.observations.iter().map(move |line| self.observation(rate, line)))
                .collect(),
            profiles: measured.map_or_else(Vec::new, |measured| {
                measured.profiles.iter().filter_map(|profile| self.profile(measured, profile)).collect()
            }),
            gaps: measured.map_or_else(Vec::new, |measured| {
                measured.gaps.iter().filter_map(|gap| self.gap(measured, gap)).collect()
            }),
            exhibits: self.exhibits().map(|exhibit| self.exhibit(exhibit)).collect(),
            amendments: self.amendments(),
            notes: self.notes(),
            origin: read.origin(assessment.origin),
        }
    }

    /// The amended lines of the assessment and of its ratings.
    fn amendments(&self) -> Vec<AmendmentRow<'a>> {
        let (read, own) = (self.read, (self.assessment.origin, &self.assessment.lines));
        let blocks = std::iter::once(own).chain(self.rates().map(|rate| (rate.origin, &rate.lines)));
        let lines = blocks.flat_map(|(origin, lines)| lines.iter().map(move |line| (origin, line)));
        let amended = lines.filter_map(|(origin, line)| Some((origin, line.said, line.amended?)));
        let row = |(whose, said, because)| AmendmentRow {
            said: read.input.sources.as_written(said),
            because: read.text(because),
            origin: read.origin(read.program().origin_of(said, whose)),
        };
        amended.map(row).collect()
    }

    /// Its notes, and those of its `rate` statements, which have no object of their own.
    fn notes(&self) -> Vec<NoteRow<'a>> {
        let read = self.read;
        let mut notes = read.notes(&self.assessment.remarks);
        for rate in self.rates() {
            notes.extend(rate.remarks.notes().iter().map(|note| NoteRow::Inner {
                within: Kind::Rate.word(),
                text: read.text(*note),
                origin: read.origin(read.program().origin_of(*note, rate.origin)),
            }));
            notes.extend(read.inner_notes(rate.remarks.inner()));
        }
        notes
    }

    fn rates(&self) -> impl Iterator<Item = &'a Rate> + use<'a> {
        let id = self.id;
        self.read.program().rates.iter().filter(move |rate| rate.assessment == id)
    }

    fn input(&self) -> InputRow<'a> {
        let (read, input) = (self.read, &self.assessment.input);
        InputRow {
            sponsor: read.maybe(input.sponsor),
            purpose: read.maybe(input.purpose),
            unit: read.maybe(input.unit),
            period: read.maybe(input.period),
            constraints: read.texts(&input.constraints),
            documented: read.maybe(input.documented),
            confidentiality: read.maybe(input.confidentiality),
            class: input.class.map(|(word, _)| read.name(word)),
            independence: input.independence.map(|one| read.name(one.word)),
            independence_note: input.independence.and_then(|one| read.maybe(one.text)),
            assessors: input
                .assessors
                .iter()
                .map(|one| AssessorRow {
                    name: read.text(one.name),
                    competence: read.maybe(one.competence),
                    lead: one.is_lead,
                })
                .collect(),
            method: input.method.map(|method| RatingMethod::word(method.rating)),
            joining: input.method.and_then(|method| method.joining).map(Joining::word),
        }
    }

    fn subject(&self, subject: Subject) -> String {
        self.assessment.of.map_or_else(String::new, |of| self.read.program().subject_id(of.framework, subject))
    }

    fn instance(&self, rate: &Rate) -> Option<&'a str> {
        rate.instance.map(|(name, _)| self.read.name(name))
    }

    fn rating_id(&self, of: Assessed, rating: Option<Idx<Rating>>) -> Option<&'a str> {
        Some(self.read.name(self.read.program().framework(of.framework).rating(rating?)?.id))
    }

    fn rank(&self, measured: &Measured, rank: Option<Rank>) -> Option<&'a str> {
        self.rating_id(self.assessment.of?, measured.scale.rating(rank?))
    }

    fn rating(&self, rate: &'a Rate, line: &'a Verdict) -> Option<RatingRow<'a>> {
        let read = self.read;
        let computed = match line.subject {
            Subject::Attribute(at) => self.read.input.measures.of(self.id).and_then(|measured| {
                let profile = measured.profile(rate.process, rate.instance.map(|(name, _)| name))?;
                let interval = profile.result(at)?.computed.as_ref()?.interval();
                self.rank(measured, interval.only())
            }),
            _ => None,
        };
        Some(RatingRow {
            process: read.name(rate.process),
            instance: self.instance(rate),
            subject: self.subject(line.subject),
            rating: self.rating_id(self.assessment.of?, line.rating),
            percent: line.percent,
            exhibits: line.exhibits.iter().map(|(id, _)| read.name(read.program().exhibit(*id).id)).collect(),
            because: read.maybe(line.because),
            amended: read.maybe(line.amended),
            computed,
            notes: read.notes(&line.remarks),
            origin: read.origin(read.program().origin_of(line.span, rate.origin)),
        })
    }

    fn observation(&self, rate: &'a Rate, line: &'a Observation) -> ObservationRow<'a> {
        let read = self.read;
        ObservationRow {
            process: read.name(rate.process),
            instance: self.instance(rate),
            kind: if line.is_strength { "strength" } else { "weakness" },
            text: read.text(line.text),
            of: line.of.iter().map(|subject| self.subject(*subject)).collect(),
            notes: read.notes(&line.remarks),
            origin: read.origin(read.program().origin_of(line.span, rate.origin)),
        }
    }

    fn profile(&self, measured: &Measured, profile: &Profile) -> Option<ProfileRow<'a>> {
        let (low, high) = profile.level;
        let attribute = |result: &AttributeRating| {
            let Interval { low, high } = result.interval;
            Some(AttributeRatingRow {
                id: self.attribute(result.attribute)?,
                rating: self.rank(measured, result.interval.only().filter(|_| result.is_rated)),
                low: self.rank(measured, Some(low)),
                high: self.rank(measured, Some(high)),
            })
        };
        Some(ProfileRow {
            process: self.read.name(profile.process),
            instance: profile.instance.map(|name| self.read.name(name)),
            attributes: profile.attributes.iter().filter_map(attribute).collect(),
            level: LevelRow { low, high, target: profile.target },
        })
    }

    fn attribute(&self, at: AttributeAt) -> Option<&'a str> {
        let framework = self.read.program().framework(self.assessment.of?.framework);
        framework.attribute(at).map(|attribute| self.read.name(attribute.id))
    }

    fn gap(&self, measured: &Measured, gap: &Gap) -> Option<GapRow<'a>> {
        let mut lowered_by: Vec<String> = Vec::new();
        for lowering in &gap.lowered_by {
            let id = self.subject(lowering.subject);
            if !lowered_by.contains(&id) {
                lowered_by.push(id);
            }
        }
        Some(GapRow {
            process: self.read.name(gap.process),
            attribute: self.attribute(gap.attribute)?,
            wanted: self.rank(measured, Some(gap.wanted)),
            low: self.rank(measured, Some(gap.interval.low)),
            high: self.rank(measured, Some(gap.interval.high)),
            lowered_by,
        })
    }

    /// What its ratings cite, and what its package has that none cites.
    fn exhibits(&self) -> impl Iterator<Item = &'a Exhibit> + use<'a> {
        let program = self.read.program();
        let cited = |rates: &mut dyn Iterator<Item = &'a Rate>| -> FxHashSet<ExhibitId> {
            rates.flat_map(|rate| &rate.verdicts).flat_map(|line| &line.exhibits).map(|(id, _)| *id).collect()
        };
        let (own, all) = (cited(&mut self.rates()), cited(&mut program.rates.iter()));
        let home = self.assessment.origin.package;
        let exhibits = (0..).map(ExhibitId).zip(&program.exhibits);
        exhibits
            .filter(move |(id, row)| own.contains(id) || row.origin.package == home && !all.contains(id))
            .map(|(_, row)| row)
    }

    fn exhibit(&self, exhibit: &'a Exhibit) -> ExhibitRow<'a> {
        let read = self.read;
        ExhibitRow {
            id: read.name(exhibit.id),
            title: read.text(exhibit.title),
            kind: exhibit.kind.map(|kind: Name| read.name(kind)),
            shows: read.targets(&exhibit.shows),
            at: read.maybe(exhibit.at),
            notes: read.notes(&exhibit.remarks),
            origin: read.origin(exhibit.origin),
        }
    }
}
