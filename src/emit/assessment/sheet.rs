//! The tables to rate in: what a workbook holds for assessors, and what is read back from it.
//!
//! Each row carries what names it, and marks of what it said when it was written: so rows may be moved, sheets be renamed,
//! and the workbooks of several assessors be read one after another, and it is known of each cell whether it was edited.

use super::View;
use crate::document::words::{ALL, Words, fill};
use crate::measure::{Profile, lowest_level};
use crate::model::{
    AchievementAt, AttributeAt, Exhibit, Name, Observation, Rate, RatingMethod, Subject, Text, Verdict,
};
use crate::package::lock::Fingerprint;
use crate::render::printable;
use crate::span::narrow;

/// The assessment.
pub const ASSESSMENT: &str = "Assessment";
/// The process.
pub const PROCESS: &str = "Process";
/// Its instance.
pub const INSTANCE: &str = "Instance";
/// The full id of what is rated; of an exhibit, its id; of a strength or a weakness, the mark of what it said.
pub const ID: &str = "ID";
/// The wording of what is rated.
pub const SUBJECT: &str = "What is rated";
/// The rating.
pub const RATING: &str = "Rating";
/// The exhibits that it rests on.
pub const EVIDENCE: &str = "Evidence";
/// Why.
pub const REASON: &str = "Reason";
/// Whether it is a strength or a weakness; of an exhibit, its kind.
pub const KIND: &str = "Kind";
/// What a strength or a weakness says.
pub const TEXT: &str = "Text";
/// What it speaks of.
pub const OF: &str = "Speaks of";
/// The title of an exhibit.
pub const TITLE: &str = "Title";
/// The information items that an exhibit shows.
pub const SHOWS: &str = "Shows";
/// Where an exhibit is kept.
pub const AT: &str = "Kept at";
/// The marks of what the row said when it was written.
pub const MADE: &str = "As made";

/// A word of ours in a language.
type Said = fn(&Words) -> &'static str;

/// The heads, each with its words in a language.
const HEADS: [(&str, Said); 15] = [
    (ASSESSMENT, |words| words.assessment),
    (PROCESS, |words| words.process),
    (INSTANCE, |words| words.instance),
    (ID, |words| words.id),
    (SUBJECT, |words| words.what_is_rated),
    (RATING, |words| words.rating),
    (EVIDENCE, |words| words.evidence),
    (REASON, |words| words.reason),
    (KIND, |words| words.kind),
    (TEXT, |words| words.text),
    (OF, |words| words.speaks_of),
    (TITLE, |words| words.title),
    (SHOWS, |words| words.shows),
    (AT, |words| words.kept_at),
    (MADE, |words| words.as_made),
];

/// The columns of ratings.
pub const OF_RATINGS: &[&str] = &[PROCESS, INSTANCE, ID, SUBJECT, RATING, EVIDENCE, REASON, ASSESSMENT, MADE];
/// The columns of strengths and weaknesses.
pub const OF_OBSERVATIONS: &[&str] = &[PROCESS, INSTANCE, KIND, TEXT, OF, ASSESSMENT, ID, MADE];
/// The columns of the register of evidence.
pub const OF_EVIDENCE: &[&str] = &[ID, TITLE, KIND, SHOWS, AT, MADE];

/// The head that some words stand for, in whatever language.
pub fn head(words: &str) -> Option<&'static str> {
    let is_of = |(_, of): &&(&str, Said)| ALL.into_iter().any(|language| of(language) == words);
    HEADS.iter().find(is_of).map(|(head, _)| *head)
}

/// The words over a column.
pub fn title(head: &'static str, words: &Words) -> &'static str {
    HEADS.iter().find(|(other, _)| *other == head).map_or(head, |(_, of)| of(words))
}

/// Whether words say `strength`, in whatever language; nothing for what is neither that nor a weakness.
pub fn is_strength(words: &str) -> Option<bool> {
    let is = |of: Said| ALL.into_iter().any(|language| of(language).eq_ignore_ascii_case(words));
    match (is(|words| words.strength), is(|words| words.weakness)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The mark of what a cell says: blanks do not count, nor what keeps a spreadsheet from running it.
pub fn mark(words: &str) -> String {
    let plain: String = words.chars().filter(|sign| !sign.is_whitespace() && *sign != '\'').collect();
    if plain.is_empty() { "-".to_owned() } else { Fingerprint::of(&plain).to_string().chars().take(10).collect() }
}

/// The columns of which marks are kept.
pub fn marked(heads: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    heads.iter().copied().filter(|head| ![ASSESSMENT, PROCESS, INSTANCE, ID, MADE].contains(head))
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What stands under each head.
    pub cells: Vec<String>,
    /// Whether it is of an attribute, under which others stand.
    pub is_whole: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// What stands above it.
    pub title: String,
    /// What is told below that.
    pub told: String,
    /// Its heads.
    pub heads: &'static [&'static str],
    /// Its rows.
    pub rows: Vec<Row>,
}

/// The tables of an assessment: one for each process, then strengths and weaknesses.
pub fn sheets(view: &View<'_>) -> Vec<Sheet> {
    let process = |whole: &Profile| view.page.model().process(whole.process);
    let purpose = |whole: &Profile| process(whole).and_then(|row| Some(row.purpose?.text));
    let of_process = |whole: &Profile| Sheet {
        name: view.page.name(whole.process).to_owned(),
        title: view.process(whole.process).shown().to_owned(),
        told: view.page.text_if(purpose(whole)).shown().to_owned(),
        heads: OF_RATINGS,
        rows: places(view, whole.process).flat_map(|profile| ratings(view, profile)).collect(),
    };
    let observed = Sheet {
        name: view.words().observations.to_owned(),
        title: view.words().observations.to_owned(),
        told: view.words().observations_caption.to_owned(),
        heads: OF_OBSERVATIONS,
        rows: view
            .wholes()
            .flat_map(|whole| places(view, whole.process))
            .flat_map(|at| observations(view, at))
            .collect(),
    };
    view.wholes().map(of_process).filter(|sheet| !sheet.rows.is_empty()).chain([observed]).collect()
}

/// Where ratings of a process may stand: its own instances, and the process as a whole.
fn places<'a>(view: &View<'a>, process: Name) -> impl Iterator<Item = &'a Profile> + use<'a> {
    let profiles = view.measured.profiles.iter();
    profiles.filter(move |profile| profile.process == process && profile.taken_from.is_none())
}

/// The `rate` statements of a process, or of one instance of it.
pub fn rates<'a>(view: &View<'a>, profile: &Profile) -> impl Iterator<Item = &'a Rate> + use<'a> {
    let (process, instance) = (profile.process, profile.instance);
    view.rates().filter(move |rate| rate.process == process && rate.instance.map(|(name, _)| name) == instance)
}

/// What may be rated of an instance, or of a process as a whole: what the method uses, and what is rated already.
pub fn subjects(view: &View<'_>, profile: &Profile) -> Vec<Subject> {
    let method = view.assessment.input.method.map(|method| method.rating);
    let has_instances = profile.instance.is_none() && view.instances(profile.process).next().is_some();
    let has_parts = !has_instances && matches!(method, None | Some(RatingMethod::R1));
    let is_once_for_all = profile.instance.is_some() && method == Some(RatingMethod::R3);
    let rated: Vec<Subject> = rates(view, profile).flat_map(|rate| &rate.verdicts).map(|line| line.subject).collect();
    let is_asked = |subject: &Subject| match subject {
        Subject::Attribute(at) => profile.result(*at).is_some() && !is_once_for_all,
        Subject::Achievement(at) => profile.result(at.of).is_some() && has_parts,
        Subject::Outcome(_) => !profile.attributes.is_empty() && has_parts,
    };
    let mut all = all_subjects(view, profile.process);
    all.retain(|subject| is_asked(subject) || rated.contains(subject));
    // An achievement of the lowest level is rated by none of its own.
    all.extend(rated.iter().filter(|subject| !all.contains(subject)).copied().collect::<Vec<_>>());
    all
}

/// What ratings of a process may be of, in the order of the framework: each attribute before what stands below it.
pub fn all_subjects(view: &View<'_>, process: Name) -> Vec<Subject> {
    let attributes = view.framework.attributes();
    attributes.flat_map(|(at, _)| std::iter::once(Subject::Attribute(at)).chain(below(view, process, at))).collect()
}

/// What stands below an attribute: of the lowest level that has attributes, the outcomes of the process.
fn below(view: &View<'_>, process: Name, at: AttributeAt) -> Vec<Subject> {
    if lowest_level(view.page.input.program, view.framework) == Some(at.level) {
        let outcomes = view.page.model().process(process).map_or(&[][..], |process| &process.outcomes);
        return outcomes.iter().map(|outcome| Subject::Outcome(outcome.id)).collect();
    }
    let count = view.framework.attribute(at).map_or(0, |attribute| attribute.achievements.len());
    (0..narrow(count)).map(|achievement| Subject::Achievement(AchievementAt { of: at, achievement })).collect()
}

fn ratings<'v>(view: &'v View<'_>, profile: &'v Profile) -> impl Iterator<Item = Row> + use<'v> {
    let verdicts: Vec<&Verdict> = rates(view, profile).flat_map(|rate| &rate.verdicts).collect();
    subjects(view, profile).into_iter().map(move |subject| {
        let line = verdicts.iter().find(|line| line.subject == subject);
        let said = |of: fn(&View<'_>, &Verdict) -> String| line.map(|line| of(view, line)).unwrap_or_default();
        let cells = vec![
            view.page.name(profile.process).to_owned(),
            instance(view, profile),
            view.subject(subject),
            view.subject_text(subject).shown().to_owned(),
            said(rating),
            said(|view, line| {
                let ids = line.exhibits.iter().map(|(id, _)| view.page.name(view.page.input.program.exhibit(*id).id));
                ids.collect::<Vec<_>>().join(", ")
            }),
            said(|view, line| line.because.map(|because| source(view, because)).unwrap_or_default()),
            view.page.name(view.assessment.id).to_owned(),
        ];
        with_marks(OF_RATINGS, cells, matches!(subject, Subject::Attribute(_)))
    })
}

/// A rating as it is typed: one of the scale, or a percentage.
fn rating(view: &View<'_>, line: &Verdict) -> String {
    match (line.percent, line.rating.and_then(|rating| view.measured.scale.rank(rating))) {
        (Some(percent), _) => format!("{percent} %"),
        (None, rank) => rank.map(|rank| view.rank(rank)).unwrap_or_default(),
    }
}

/// A text as its author writes it, since it is edited, but for what would act where it is shown.
fn source(view: &View<'_>, text: Text) -> String {
    printable::document(&view.page.input.sources.text(text)).into_owned()
}

fn instance(view: &View<'_>, profile: &Profile) -> String {
    profile.instance.map_or("", |name| view.page.name(name)).to_owned()
}

/// The strengths and weaknesses of an instance, or of a process as a whole, and places for one more of each.
fn observations<'v>(view: &'v View<'_>, profile: &'v Profile) -> impl Iterator<Item = Row> + use<'v> {
    let there = rates(view, profile).flat_map(|rate| &rate.observations).map(|line| (line.is_strength, Some(line)));
    there.chain([(true, None), (false, None)]).map(move |(is_strength, line)| {
        let kind = if is_strength { view.words().strength } else { view.words().weakness };
        let cells = vec![
            view.page.name(profile.process).to_owned(),
            instance(view, profile),
            kind.to_owned(),
            line.map(|line| source(view, line.text)).unwrap_or_default(),
            line.map(|line| speaks_of(view, line)).unwrap_or_default(),
            view.page.name(view.assessment.id).to_owned(),
            line.map(|line| observation_mark(view, line)).unwrap_or_default(),
        ];
        with_marks(OF_OBSERVATIONS, cells, false)
    })
}

fn speaks_of(view: &View<'_>, line: &Observation) -> String {
    line.of.iter().map(|subject| view.subject(*subject)).collect::<Vec<_>>().join(", ")
}

/// What a strength or a weakness is known by: what it said.
pub fn observation_mark(view: &View<'_>, line: &Observation) -> String {
    let kind = if line.is_strength { '+' } else { '-' };
    mark(&format!("{kind}{}", source(view, line.text)))
}

/// The register of evidence.
pub fn evidence<'a>(view: &View<'_>, exhibits: impl IntoIterator<Item = &'a Exhibit>) -> Sheet {
    let page = &view.page;
    let rows = exhibits.into_iter().map(|exhibit| {
        let cells = vec![
            page.name(exhibit.id).to_owned(),
            source(view, exhibit.title),
            exhibit.kind.map_or("", |kind| page.name(kind)).to_owned(),
            exhibit.shows.iter().map(|item| page.name(item.id)).collect::<Vec<_>>().join(", "),
            exhibit.at.map(|at| source(view, at)).unwrap_or_default(),
        ];
        with_marks(OF_EVIDENCE, cells, false)
    });
    let words = view.words();
    Sheet {
        name: words.evidence.to_owned(),
        title: words.register.to_owned(),
        told: fill(words.sheet_evidence, &[words.evidence]),
        heads: OF_EVIDENCE,
        rows: rows.collect(),
    }
}

/// A row with the marks of what it says.
fn with_marks(heads: &'static [&'static str], mut cells: Vec<String>, is_whole: bool) -> Row {
    let said = |head: &str| heads.iter().position(|other| *other == head).and_then(|at| cells.get(at));
    let marks: Vec<String> = marked(heads).map(|head| mark(said(head).map_or("", String::as_str))).collect();
    cells.push(marks.join(" "));
    Row { cells, is_whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the language, a head is taken for one alone.
    #[test]
    fn heads_are_known_in_all_languages() {
        for (name, of) in HEADS {
            for language in ALL {
                assert_eq!(head(of(language)), Some(name), "{} {name}", language.tag);
            }
        }
        for language in ALL {
            assert_eq!(is_strength(language.strength), Some(true));
            assert_eq!(is_strength(language.weakness), Some(false));
        }
    }
}
