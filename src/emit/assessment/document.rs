//! The report as a document: results first, then what they rest on.

use super::{View, arithmetic, conformity, drawing, tables};
use crate::document::words::{counted, fill};
use crate::document::{Block, Document, Figure, Inline, Key, Table};
use crate::emit::notice;
use crate::emit::page::{FIGURES, process_key};
use crate::emit::remark::Notes;
use crate::measure::Profile;

/// The document.
pub fn document(view: &View<'_>) -> Document {
    let (page, words) = (&view.page, view.words());
    let title = Inline::filled(words.assessment_titled, &[&page.text(view.assessment.title)]);
    let mut document = page.document(title);
    // The edition is that of the model, and no part of the assessment.
    document.edition = Inline::default();
    document.notice = view.assessment.closed.is_none().then(|| Inline::plain(words.assessment_open));
    notice::print(page, &mut document, view.notices());
    results(view, &mut document);
    document.chapter([], words.input_chapter);
    document.push_told_table(words.told_input, tables::input(view));
    Notes::new(page).of(&view.assessment.remarks, "").print(&mut document);
    chapter(&mut document, words.gaps, words.told_gaps, tables::gaps(view), words.gaps_nothing);
    let observed = tables::observations(view);
    chapter(&mut document, words.observations, words.told_observations, observed, words.observations_nothing);
    seen_elsewhere(view, &mut document);
    ratings(view, &mut document);
    method(view, &mut document);
    chapter(&mut document, words.register, words.told_register, tables::register(view), words.register_nothing);
    seen_elsewhere(view, &mut document);
    document.chapter([], words.conformity_33002);
    document.paragraph(Inline::plain(words.conformity_33002_lead));
    document.push_told_table(words.told_conformity_33002, conformity::table(view));
    document.settle();
    document
}

/// Where an assessment takes the results of others, that what was seen for them stands there.
fn seen_elsewhere(view: &View<'_>, document: &mut Document) {
    if let Some(said) = tables::seen_in_taken(view) {
        document.paragraph(Inline::plain(&said));
    }
}

/// A chapter that is a table, or says that there is nothing in it.
fn chapter(document: &mut Document, title: &str, told: &str, table: Table, nothing: &str) {
    document.chapter([], title);
    if table.rows.is_empty() {
        document.paragraph(Inline::plain(nothing));
    }
    document.push_told_table(told, table);
}

fn results(view: &View<'_>, document: &mut Document) {
    let words = view.words();
    document.chapter([], words.results);
    let of = |is_so: fn(&Profile) -> bool| view.wholes().filter(|profile| is_so(profile)).count();
    let all = of(|_| true);
    let (reached, below) =
        (of(|profile| profile.level.0 >= profile.target), of(|profile| profile.level.1 < profile.target));
    let open = all - reached - below;
    let mut told = vec![counted(&words.processes_assessed, all, &[])];
    if all > 0 {
        told.push(counted(&words.reach_target, reached, &[]));
        told.push(counted(&words.below_target, below, &[]));
    }
    if open > 0 {
        told.push(counted(&words.open_target, open, &[]));
    }
    document.paragraph(Inline::plain(&told.join(" ")));
    let id = view.page.name(view.assessment.id);
    for (number, drawn) in (1..).zip(drawing::drawings(view)) {
        let key = Key(format!("profile {number}").into());
        document.paragraph(Inline::filled(words.told_drawing, &[&Inline::link(&key, "")]));
        document.blocks.push(Block::Figure(Figure {
            key: Some(key),
            file: format!("{FIGURES}/assessment-{id}-{number}.svg"),
            picture: None,
            drawing: Some(drawn.drawing),
            alternative: drawn.told,
            caption: Inline::plain(words.drawing_caption),
        }));
    }
    let first = (words.process, process as fn(&View<'_>, &Profile) -> Inline);
    document.push_told_table(words.told_profile, tables::profile(view, words.profile_caption, view.wholes(), first));
    document.paragraph(Inline::plain(words.capability_only));
}

/// The cell of a process, and of an instance.
pub fn process(view: &View<'_>, profile: &Profile) -> Inline {
    view.process(profile.process)
}

fn instance(view: &View<'_>, profile: &Profile) -> Inline {
    Inline::plain(profile.instance.map_or("", |name| view.page.name(name)))
}

fn ratings(view: &View<'_>, document: &mut Document) {
    let words = view.words();
    document.chapter([], words.ratings_chapter);
    for profile in view.wholes() {
        let id = view.page.name(profile.process);
        let title = view.page.model().process(profile.process).map(|row| view.page.text(row.title));
        let title = Inline::plain(id).then(" ").and(&title.unwrap_or_default());
        document.section(vec![process_key(id)], title);
        document.paragraph(Inline::plain(&fill(words.level_is, &[&view.level(profile), &profile.target.to_string()])));
        let instances = tables::profile(
            view,
            &fill(words.instances_of, &[id]),
            view.instances(profile.process),
            (words.instance, instance),
        );
        document.push_told_table(&fill(words.told_instances, &[id]), instances);
        let given = tables::ratings(view, profile.process);
        if given.rows.is_empty() && view.instances(profile.process).all(|instance| instance.taken_from.is_none()) {
            document.paragraph(Inline::plain(words.nothing_rated));
        }
        document.push_told_table(&fill(words.told_ratings_of, &[id]), given);
        document.paragraph(Inline::plain(words.arithmetic_lead));
        let profiles = view.instances(profile.process).chain([profile]);
        let told = profiles.flat_map(|profile| {
            profile
                .attributes
                .iter()
                .flat_map(|result| arithmetic::sentences(view, profile, result))
                .collect::<Vec<_>>()
        });
        document.list(told.map(|told| Inline::plain(&told)));
        let mut notes = Notes::new(&view.page);
        for rate in view.rates().filter(|rate| rate.process == profile.process) {
            notes.of(&rate.remarks, "");
            for line in &rate.verdicts {
                notes.of(&line.remarks, &view.subject(line.subject));
            }
            rate.observations.iter().for_each(|line| {
                notes.of(&line.remarks, if line.is_strength { words.strength } else { words.weakness });
            });
        }
        notes.print(document);
    }
}

fn method(view: &View<'_>, document: &mut Document) {
    let (words, scale) = (view.words(), &view.measured.scale);
    document.chapter([], words.method_chapter);
    document.paragraph(
        tables::method(view).map_or_else(|| Inline::plain(words.no_method), |method| Inline::plain(&method)),
    );
    document.paragraph(Inline::plain(words.open_explained));
    document.paragraph(Inline::plain(&fill(words.level_rule, &[&view.rank(scale.own), &view.rank(scale.lower)])));
    document.push_told_table(words.told_scale, tables::scale(view));
}
