//! An assessment as reports look at it, and how they name what is in it.

use crate::document::Inline;
use crate::document::words::{Words, fill};
use crate::emit::Input;
use crate::emit::notice::{self, Told};
use crate::emit::page::Page;
use crate::measure::{AttributeRating, Interval, Measured, Profile, Rank};
use crate::model::{
    Assessment, AssessmentId, AttributeAt, Class, Exhibit, ExhibitId, Framework, FrameworkId, Name, Rate, Subject,
    Verdict,
};
use crate::review::State;

/// An assessment, with what came of it.
pub struct View<'a> {
    /// The assessed model, in whose language the report is.
    pub page: Page<'a>,
    /// The assessment.
    pub id: AssessmentId,
    /// The same.
    pub assessment: &'a Assessment,
    /// The framework by which it is measured.
    pub framework: &'a Framework,
    framework_id: FrameworkId,
    /// What came of it.
    pub measured: &'a Measured,
}

impl<'a> View<'a> {
    /// The view; `None` where it is not known of what the assessment is, or its scale has no ratings.
    pub fn new(input: &Input<'a>, id: AssessmentId) -> Option<View<'a>> {
        let program = input.program;
        let assessment = program.assessment(id);
        let of = assessment.of?;
        let page = Page::of(*input, program.package(of.model))?;
        let framework = program.framework(of.framework);
        let measured = input.measures.of(id)?;
        Some(View { page, id, assessment, framework, framework_id: of.framework, measured })
    }

    /// What the rules in its sight ask of its class.
    pub fn class(&self) -> Option<&'a Class> {
        let program = self.page.input.program;
        program.class(program.package(self.assessment.origin.package), self.assessment.input.class?.0)
    }

    /// The same in English, whatever the language of the model.
    #[must_use]
    pub fn in_english(self) -> View<'a> {
        View { page: self.page.in_english(), ..self }
    }

    /// What readers must be told of the texts of the model and the framework.
    pub fn notices(&self) -> Vec<Told> {
        notice::of_assessed(self.page.head, self.framework)
    }

    /// Our words.
    pub fn words(&self) -> &'static Words {
        self.page.words
    }

    /// The profiles of the processes as a whole.
    pub fn wholes(&self) -> impl Iterator<Item = &'a Profile> + use<'a> {
        self.measured.profiles.iter().filter(|profile| profile.instance.is_none())
    }

    /// The profiles of the instances of a process.
    pub fn instances(&self, process: Name) -> impl Iterator<Item = &'a Profile> + use<'a> {
        let profiles = self.measured.profiles.iter();
        profiles.filter(move |profile| profile.process == process && profile.instance.is_some())
    }

    /// The attributes up to the highest target, in the order of the levels.
    pub fn columns(&self) -> Vec<AttributeAt> {
        let widest = self.measured.profiles.iter().max_by_key(|profile| profile.attributes.len());
        widest.map_or_else(Vec::new, |profile| profile.attributes.iter().map(|result| result.attribute).collect())
    }

    /// The `rate` statements of the assessment.
    pub fn rates(&self) -> impl Iterator<Item = &'a Rate> + use<'a> {
        let id = self.id;
        self.page.input.program.rates.iter().filter(move |rate| rate.assessment == id)
    }

    /// The evidence that its ratings cite, and what its package has that none cites; each with what cites it.
    pub fn exhibits(&self) -> Vec<(&'a Exhibit, Vec<(&'a Rate, &'a Verdict)>)> {
        let program = self.page.input.program;
        let is_cited = |id| program.rates.iter().any(|rate| rate.verdicts.iter().any(|line| cites(line, id)));
        let all = (0..).map(ExhibitId).zip(&program.exhibits);
        let rows = all.map(|(id, exhibit)| {
            let lines = self.rates().flat_map(|rate| rate.verdicts.iter().map(move |line| (rate, line)));
            (id, exhibit, lines.filter(|(_, line)| cites(line, id)).collect::<Vec<_>>())
        });
        let home = self.assessment.origin.package;
        rows.filter(|(id, exhibit, cited)| !cited.is_empty() || exhibit.origin.package == home && !is_cited(*id))
            .map(|(_, exhibit, cited)| (exhibit, cited))
            .collect()
    }

    /// A process, by its id and its title.
    pub fn process(&self, process: Name) -> Inline {
        let title = self.page.model().process(process).map(|row| self.page.text(row.title)).unwrap_or_default();
        self.page.process_link(process).then(" ").and(&title)
    }

    /// The id of an attribute.
    pub fn attribute(&self, at: AttributeAt) -> &'a str {
        self.framework.attribute(at).map_or("", |attribute| self.page.name(attribute.id))
    }

    /// The full id of what is rated.
    pub fn subject(&self, subject: Subject) -> String {
        self.page.input.program.subject_id(self.framework_id, subject)
    }

    /// What is rated, in its words.
    pub fn subject_text(&self, subject: Subject) -> Inline {
        let text = match subject {
            Subject::Outcome(id) => self.page.model().outcome(id).map(|outcome| outcome.text),
            Subject::Achievement(at) => self.framework.achievement(at).map(|achievement| achievement.text),
            Subject::Attribute(at) => self.framework.attribute(at).map(|attribute| attribute.title),
        };
        self.page.text_if(text)
    }

    /// A rating, by its label or its id.
    pub fn rank(&self, rank: Rank) -> String {
        let rating = self.measured.scale.rating(rank).and_then(|at| self.framework.rating(at));
        rating.map_or_else(String::new, |rating| {
            let label = self.page.text_if(rating.label);
            if label.is_empty() { self.page.name(rating.id).to_owned() } else { label.shown().to_owned() }
        })
    }

    /// The rating, or those from the lowest to the highest that it may be.
    pub fn interval(&self, interval: Interval) -> String {
        match interval.only() {
            Some(rank) => self.rank(rank),
            None => fill(self.words().from_to, &[&self.rank(interval.low), &self.rank(interval.high)]),
        }
    }

    /// What an attribute came to.
    pub fn result(&self, result: &AttributeRating) -> String {
        if result.is_rated { self.interval(result.interval) } else { self.words().not_rated.to_owned() }
    }

    /// The level of a process, or those that it may have.
    pub fn level(&self, profile: &Profile) -> String {
        match profile.level {
            (low, high) if low == high => low.to_string(),
            (low, high) => fill(self.words().from_to, &[&low.to_string(), &high.to_string()]),
        }
    }

    /// Whether a rating was made on another wording than the present one, as far as somebody has reviewed it.
    pub fn is_on_older_wording(&self, line: &Verdict) -> bool {
        let links = self.page.input.review.map_or(&[][..], |review| &review.links);
        links.iter().any(|link| link.span == line.span && link.state() == State::Suspect)
    }

    /// A rating as it was written: with its percentage, where it is one.
    pub fn verdict(&self, line: &Verdict) -> String {
        let rank = line.rating.and_then(|rating| self.measured.scale.rank(rating));
        let rating = rank.map(|rank| self.rank(rank)).unwrap_or_default();
        line.percent.map_or(rating.clone(), |percent| format!("{rating} ({percent}\u{a0}%)"))
    }
}

fn cites(line: &Verdict, id: ExhibitId) -> bool {
    line.exhibits.iter().any(|(exhibit, _)| *exhibit == id)
}
