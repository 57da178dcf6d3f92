//! The tables of the report, which the document and the workbook share.

use super::View;
use crate::document::words::fill;
use crate::document::{Cell, Inline, Side, Table};
use crate::measure::{Lowering, Profile};
use crate::model::{Name, Observation, Rate, RatingMethod, Subject, Verdict};

/// A table of words under a caption.
fn table(caption: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<Inline>>) -> Table {
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
    let table = Table::under(head.iter().map(|cell| Inline::plain(cell)), rows);
    Table { caption: Inline::plain(caption), ..table }
}

/// The input, a row for each thing that is settled before.
pub fn input(view: &View<'_>) -> Table {
    let words = view.words();
    let rows = facts(view).into_iter().map(|(name, fact)| {
        let fact = if fact.is_empty() { Inline::plain(words.not_stated) } else { fact };
        vec![Inline::plain(name), fact]
    });
    table(words.input_caption, &[words.settled, words.as_stated], rows)
}

/// The same for a workbook, which has no head: what readers must be told comes first.
#[cfg(feature = "xlsx")]
pub fn noticed_input(view: &View<'_>) -> Table {
    let mut table = input(view);
    let told = view.notices().into_iter().map(|told| {
        let row =
            Inline::filled(view.words().notice_of, &[&Inline::plain(view.page.name(told.of)), &Inline::default()]);
        [row, view.page.text(told.text)].map(Cell::from).into()
    });
    table.rows.splice(0..0, told.collect::<Vec<_>>());
    table
}

/// What is settled before an assessment, each with what is said of it; nothing where nothing is said.
pub fn facts(view: &View<'_>) -> Vec<(&'static str, Inline)> {
    let (page, words, input) = (&view.page, view.words(), &view.assessment.input);
    let class = input.class.map(|(word, _)| Inline::plain(page.name(word))).unwrap_or_default();
    let independence = input.independence.map(|one| Inline::plain(page.name(one.word)).told(&page.text_if(one.text)));
    let assessors = |is_lead: bool| {
        let those = input.assessors.iter().filter(|one| one.is_lead == is_lead);
        let told = those.map(|one| page.text(one.name).told(&page.text_if(one.competence)));
        Inline::join(told.collect::<Vec<_>>(), "; ")
    };
    let model = crate::emit::naming::named(page, page.head);
    vec![
        (words.sponsor, page.text_if(input.sponsor)),
        (words.purpose, page.text_if(input.purpose)),
        (words.unit, page.text_if(input.unit)),
        (words.assessed_model, model),
        (words.measurement_framework, crate::emit::naming::framework_of(page, view.framework)),
        (words.scope, scope(view)),
        (words.instances, instances(view)),
        (words.takes, takes(view)),
        (words.class, class),
        (words.independence, independence.unwrap_or_default()),
        (words.lead_assessor, assessors(true)),
        (words.assessors, assessors(false)),
        (words.period, page.text_if(input.period)),
        (words.constraints, Inline::join(input.constraints.iter().map(|text| page.text(*text)), "; ")),
        (words.documented, page.text_if(input.documented)),
        (words.confidentiality, page.text_if(input.confidentiality)),
        (words.method, method(view).map(|method| Inline::plain(&method)).unwrap_or_default()),
        (words.closed, page.text_if(view.assessment.closed)),
    ]
    .into_iter()
    // What an assessment need not have is told where it has it.
    .filter(|(name, fact)| !fact.is_empty() || ![words.instances, words.takes, words.assessors].contains(name))
    .collect()
}

fn scope(view: &View<'_>) -> Inline {
    let aims = view.assessment.aims.iter().map(|aim| {
        let of = aim.of.iter().map(|of| Inline::plain(view.page.name(of.id)));
        Inline::filled(view.words().to_level, &[&Inline::join(of, ", "), &Inline::plain(&aim.level.to_string())])
    });
    Inline::join(aims, "; ")
}

fn instances(view: &View<'_>) -> Inline {
    let lines = view.assessment.instances.iter().map(|line| {
        let names: Vec<&str> = line.names.iter().map(|(name, _)| view.page.name(*name)).collect();
        Inline::plain(view.page.name(line.process)).then(": ").then(&names.join(", "))
    });
    Inline::join(lines, "; ")
}

fn takes(view: &View<'_>) -> Inline {
    let program = view.page.input.program;
    let taken = view.assessment.takes.iter().map(|(id, _)| {
        let taken = program.assessment(*id);
        view.page.titled(view.page.name(taken.id), taken.title)
    });
    Inline::join(taken, "; ")
}

/// That what was seen stands in the assessments whose results are taken, if some are.
pub fn seen_in_taken(view: &View<'_>) -> Option<String> {
    let taken = takes(view);
    (!taken.is_empty()).then(|| fill(view.words().seen_in_taken, &[taken.shown()]))
}

/// How ratings are made and joined, in words.
pub fn method(view: &View<'_>) -> Option<String> {
    use crate::model::Joining;
    let (method, words) = (view.assessment.input.method?, view.words());
    let rated = match method.rating {
        RatingMethod::R1 => words.method_r1,
        RatingMethod::R2 => words.method_r2,
        RatingMethod::R3 => words.method_r3,
    };
    let joined = match method.joining {
        Some(Joining::Mean) => words.joining_mean,
        Some(Joining::Median) => words.joining_median,
        Some(Joining::Lowest) => words.joining_lowest,
        None => words.joining_none,
    };
    Some(format!("{rated} {joined}"))
}

/// The profile: attributes by process, levels beside targets.
pub fn profile<'p>(
    view: &View<'_>,
    caption: &str,
    profiles: impl Iterator<Item = &'p Profile>,
    first: (&str, fn(&View<'_>, &Profile) -> Inline),
) -> Table {
    let (words, columns) = (view.words(), view.columns());
    let attributes = columns.iter().map(|at| view.attribute(*at));
    let head: Vec<&str> = std::iter::once(first.0).chain(attributes).chain([words.level_head, words.target]).collect();
    let rows = profiles.map(|profile| {
        let results = columns.iter().map(|at| profile.result(*at).map(|result| Inline::plain(&view.result(result))));
        let ends = [view.level(profile), profile.target.to_string()].map(|end| Inline::plain(&end));
        let results = results.map(Option::unwrap_or_default);
        std::iter::once(first.1(view, profile)).chain(results).chain(ends).collect()
    });
    let mut table = table(caption, &head, rows);
    table.columns.iter_mut().skip(1).for_each(|column| column.side = Side::Center);
    table.is_landscape = columns.len() > 7;
    table
}

/// What holds processes back from their targets.
pub fn gaps(view: &View<'_>) -> Table {
    let words = view.words();
    let rows = view.measured.gaps.iter().map(|gap| {
        let attribute = view.framework.attribute(gap.attribute).map(|attribute| attribute.title);
        let attribute = Inline::plain(view.attribute(gap.attribute)).then(" ").and(&view.page.text_if(attribute));
        let of = view.measured.profile(gap.process, None).and_then(|profile| profile.result(gap.attribute));
        let has = of.map(|result| view.result(result)).unwrap_or_default();
        let lowered = gap.lowered_by.iter().map(|lowering| Inline::plain(&lowering_words(view, lowering)));
        vec![
            view.process(gap.process),
            attribute,
            Inline::plain(&fill(words.at_least, &[&view.rank(gap.wanted)])),
            Inline::plain(&has),
            Inline::join(lowered, "; "),
        ]
    });
    let head = [words.process, words.attribute, words.wanted, words.rated, words.lowered_by];
    table(words.gaps_caption, &head, rows)
}

fn lowering_words(view: &View<'_>, lowering: &Lowering) -> String {
    let instance = lowering.instance.map(|name| format!(" ({})", view.page.name(name))).unwrap_or_default();
    let rating = match lowering.verdict {
        None if lowering.interval == view.measured.scale.open() => view.words().not_rated.to_owned(),
        _ => view.interval(lowering.interval),
    };
    format!("{}{instance}: {rating}", view.subject(lowering.subject))
}

/// Strengths and weaknesses.
pub fn observations(view: &View<'_>) -> Table {
    let words = view.words();
    let lines = view.rates().flat_map(|rate| rate.observations.iter().map(move |line| (rate, line)));
    let rows = lines.map(|(rate, line): (&Rate, &Observation)| {
        let of = line.of.iter().map(|subject| Inline::plain(&view.subject(*subject)));
        let kind = if line.is_strength { words.strength } else { words.weakness };
        vec![of_instance(view, rate), Inline::plain(kind), view.page.text(line.text), Inline::join(of, ", ")]
    });
    table(words.observations_caption, &[words.process, words.kind, words.text, words.speaks_of], rows)
}

fn of_instance(view: &View<'_>, rate: &Rate) -> Inline {
    let instance = rate.instance.map(|(name, _)| format!(" ({})", view.page.name(name))).unwrap_or_default();
    view.process(rate.process).then(&instance)
}

/// The ratings of a process with their evidence and reasons.
pub fn ratings(view: &View<'_>, process: Name) -> Table {
    let words = view.words();
    let rates: Vec<&Rate> = view.rates().filter(|rate| rate.process == process).collect();
    let has_instances = rates.iter().any(|rate| rate.instance.is_some());
    let rows = rates.iter().flat_map(|rate| rate.verdicts.iter().map(move |line| (rate, line))).map(|(rate, line)| {
        let instance = rate.instance.map_or("–", |(name, _)| view.page.name(name));
        let instance = has_instances.then(|| Inline::plain(instance));
        instance.into_iter().chain(rating(view, rate, line)).collect()
    });
    let head = has_instances.then_some(words.instance);
    let head: Vec<&str> =
        head.into_iter().chain([words.what_is_rated, words.rating, words.evidence, words.reason]).collect();
    let named = view.page.name(process);
    table(&fill(words.ratings_of, &[named]), &head, rows)
}

/// All ratings, as a table for those who sort and filter.
#[cfg(feature = "xlsx")]
pub fn all_ratings(view: &View<'_>) -> Table {
    let words = view.words();
    let lines = view.rates().flat_map(|rate| rate.verdicts.iter().map(move |line| (rate, line)));
    let rows = lines.map(|(rate, line)| {
        let instance = rate.instance.map_or("", |(name, _)| view.page.name(name));
        [view.process(rate.process), Inline::plain(instance)].into_iter().chain(rating(view, rate, line)).collect()
    });
    let head = [words.process, words.instance, words.what_is_rated, words.rating, words.evidence, words.reason];
    table(words.ratings, &head, rows)
}

/// What is rated, the rating, the evidence, and the reason with all else that is to be told of it.
fn rating(view: &View<'_>, rate: &Rate, line: &Verdict) -> [Inline; 4] {
    let (page, words) = (&view.page, view.words());
    let program = page.input.program;
    let evidence = line.exhibits.iter().map(|(id, _)| Inline::plain(page.name(program.exhibit(*id).id)));
    let amended = line.amended.map(|amended| Inline::filled(words.amended, &[&page.text(amended)]));
    let unused = unused(view, rate, line).map(Inline::plain);
    let older = view.is_on_older_wording(line).then(|| Inline::plain(words.older_wording));
    let reasons = [line.because.map(|because| page.text(because)), amended, older, unused].into_iter().flatten();
    [
        Inline::plain(&view.subject(line.subject)).then(" ").and(&view.subject_text(line.subject)),
        Inline::plain(&view.verdict(line)),
        Inline::join(evidence, ", "),
        Inline::join(reasons, " "),
    ]
}

/// Why a rating is shown and not counted, if that is so.
fn unused(view: &View<'_>, rate: &Rate, line: &Verdict) -> Option<&'static str> {
    let words = view.words();
    let profile = view.measured.profile(rate.process, rate.instance.map(|(name, _)| name));
    let Some(profile) = profile else { return Some(words.not_in_scope) };
    let at = match line.subject {
        Subject::Attribute(at) => at,
        Subject::Achievement(at) => at.of,
        Subject::Outcome(_) => profile.attributes.first()?.attribute,
    };
    let Some(result) = profile.result(at) else { return Some(words.beyond_target) };
    let is_used = match line.subject {
        Subject::Attribute(_) => result.stated.is_some(),
        _ => result.computed.is_some(),
    };
    (!is_used).then_some(words.not_counted)
}

/// The register of evidence.
pub fn register(view: &View<'_>) -> Table {
    let (page, words) = (&view.page, view.words());
    let rows = view.exhibits().into_iter().map(|(exhibit, cited)| {
        let shows = exhibit.shows.iter().map(|item| page.item_link(item.id));
        let cited = cited.into_iter().map(|(rate, line)| {
            let instance = rate.instance.map(|(name, _)| format!(" ({})", page.name(name))).unwrap_or_default();
            let subject = view.subject(line.subject);
            // An outcome has the id of its process in its own.
            let process = if matches!(line.subject, Subject::Outcome(_)) { "" } else { page.name(rate.process) };
            Inline::plain(format!("{process} {subject}{instance}").trim())
        });
        vec![
            Inline::plain(page.name(exhibit.id)),
            page.text(exhibit.title),
            exhibit.kind.map(|kind| Inline::plain(page.name(kind))).unwrap_or_default(),
            Inline::join(shows, ", "),
            page.text_if(exhibit.at),
            Inline::join(exhibit.remarks.notes().iter().map(|note| page.text(*note)), " "),
            Inline::join(cited, ", "),
        ]
    });
    let head = [words.id, words.title, words.kind, words.shows, words.kept_at, words.remarks, words.cited_for];
    Table { is_landscape: true, ..table(words.register, &head, rows) }
}

/// The rating scale, with what each rating counts in a mean.
pub fn scale(view: &View<'_>) -> Table {
    let words = view.words();
    let scale = &view.measured.scale;
    let ranks = scale.open().low.0..=scale.open().high.0;
    let rows = ranks.rev().map(crate::measure::Rank).map(|rank| {
        let rating = scale.rating(rank).and_then(|at| view.framework.rating(at));
        let title = view.page.text_if(rating.map(|rating| rating.title));
        let band = rating.map(|rating| format!("{}–{}\u{a0}%", rating.from, rating.to)).unwrap_or_default();
        vec![
            Inline::plain(&view.rank(rank)),
            title,
            Inline::plain(&band),
            Inline::plain(&super::arithmetic::weight(view, rank)),
        ]
    });
    table(words.rating_scale, &[words.rating, words.meaning, words.band, words.weight], rows)
}
