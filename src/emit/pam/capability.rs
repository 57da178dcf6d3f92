//! The capability dimension: levels, attributes, achievements and generic practices of the measurement framework.

use crate::document::words::fill;
use crate::document::{Cell, Document, Inline, Row, Table};
use crate::emit::naming::edition_of;
use crate::emit::page::{Page, chapter_key};
use crate::emit::remark::Notes;
use crate::index::{Idx, get};
use crate::model::{Attribute, Framework, Level, Rating};

/// The level whose achievement is that the outcomes come about: the base practices are its indicators.
const PERFORMED: &str = "1";

/// The framework that measures the model.
pub(super) fn framework<'a>(page: &Page<'a>) -> Option<&'a Framework> {
    page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework))
}

/// "Level 1: PA.1.1; level 2: PA.2.1, PA.2.2"
pub(super) fn attributes(page: &Page<'_>) -> Option<Inline> {
    let levels = framework(page)?.levels.iter().map(|level| {
        let ids: Vec<&str> = level.attributes.iter().map(|attribute| page.name(attribute.id)).collect();
        let ids = if ids.is_empty() { page.words.no_attributes.to_owned() } else { ids.join(", ") };
        Inline::plain(&fill(page.words.level, &[page.name(level.id), &ids]))
    });
    Some(Inline::join(levels, "; "))
}

/// Chapter: the framework; without one, a sentence that says so.
pub(super) fn capability(page: &Page<'_>, document: &mut Document) {
    let words = page.words;
    document.chapter([chapter_key("capability")], words.capability);
    let Some(framework) = framework(page) else {
        document.paragraph(Inline::plain(words.capability_left_out));
        return;
    };
    document.section(Vec::new(), Inline::plain(page.words.general));
    let named = edition_of(page, framework.title, framework.source, framework.edition);
    let title = framework.source.map_or(Inline::default(), |_| page.text(framework.title));
    let named = Inline::filled(words.measured_by, &[&named]).told(&title);
    document.paragraph(if named.shown().ends_with('.') { named } else { named.then(".") });
    let of_scale = |within: &str| within == "scale";
    Notes::new(page).some_of(&framework.remarks, "", |within| !of_scale(within)).print(document);
    document.section(Vec::new(), Inline::plain(words.rating_scale));
    let rows = framework.ratings.iter().enumerate().map(|(number, rating)| row_of(page, rating, number == 0));
    let head = [words.rating, words.name, words.achievement, words.meaning];
    document.told_table(words.told_ratings, words.ratings, &head, rows);
    let mut notes = Notes::new(page);
    notes.inner(&framework.remarks, "", of_scale);
    for rating in &framework.ratings {
        notes.inner(&rating.remarks, rating_label(page, rating).shown(), |_| true);
    }
    notes.print(document);
    levels(page, document, framework);
    for level in &framework.levels {
        level_section(page, document, level);
    }
}

/// Section: from the ratings of attributes to the level of a process, by the rule of the framework; none without one.
fn levels(page: &Page<'_>, document: &mut Document, framework: &Framework) {
    let Some(reached) = framework.reached else { return };
    let words = page.words;
    let at_least = |least| at_least(page, framework, least);
    document.section(Vec::new(), Inline::plain(words.levels_titled));
    let (own, lower) = (at_least(reached.own), at_least(reached.lower));
    document.paragraph(Inline::filled(words.levels_lead, &[&own, &lower]));
    let mut below: Vec<&Attribute> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for level in framework.levels.iter().filter(|level| !level.attributes.is_empty()) {
        let titled =
            Inline::filled(words.level_titled, &[&Inline::plain(page.name(level.id)), &page.text(level.title)]);
        let asked =
            below.iter().copied().map(|one| (one, &lower)).chain(level.attributes.iter().map(|one| (one, &own)));
        let asked: Vec<Row> = asked
            .map(|(one, rating)| vec![page.titled(page.name(one.id), one.title).into(), rating.clone().into()])
            .collect();
        let mut first = Some(Cell { words: titled, rows: asked.len(), columns: 1 });
        rows.extend(asked.into_iter().map(|row| first.take().into_iter().chain(row).collect()));
        below.extend(&level.attributes);
    }
    let head = [words.level_head, words.attribute, words.rating].map(Inline::plain);
    let caption = Inline::plain(words.levels_caption);
    document.push_told_table(words.told_levels, Table { caption, ..Table::under(head, rows) });
}

/// A rating and those above it: "L or F".
fn at_least(page: &Page<'_>, framework: &Framework, least: Idx<Rating>) -> Inline {
    let Some(from) = get(&framework.ratings, least).map(|rating| rating.from) else { return Inline::default() };
    let mut enough: Vec<&Rating> = framework.ratings.iter().filter(|rating| rating.from >= from).collect();
    enough.sort_by(|a, b| a.from.total_cmp(&b.from));
    Inline::join(enough.into_iter().map(|rating| rating_label(page, rating)), page.words.or)
}

fn row_of(page: &Page<'_>, rating: &Rating, is_lowest: bool) -> Vec<Inline> {
    let holds = if is_lowest { page.words.from_up_to } else { page.words.above_up_to };
    let meaning = Inline::join(rating.remarks.notes().iter().map(|note| page.text(*note)), " ");
    vec![
        rating_label(page, rating),
        page.text(rating.title),
        Inline::plain(&fill(holds, &[&rating.from.to_string(), &rating.to.to_string()])),
        meaning,
    ]
}

/// What documents print for a rating.
pub(super) fn rating_label(page: &Page<'_>, rating: &Rating) -> Inline {
    let label = page.text_if(rating.label);
    if label.is_empty() { Inline::plain(page.name(rating.id)) } else { label }
}

fn level_section(page: &Page<'_>, document: &mut Document, level: &Level) {
    let (number, words) = (page.name(level.id), page.words);
    document
        .section(Vec::new(), Inline::filled(words.level_titled, &[&Inline::plain(number), &page.text(level.title)]));
    let attributes = level.attributes.iter().map(|attribute| page.titled(page.name(attribute.id), attribute.title));
    // An attribute that is alone needs no heading of its own.
    let is_parted = level.attributes.len() > 1;
    if is_parted {
        document.subsection(Vec::new(), Inline::plain(page.words.general));
    }
    document.paragraph(match level.attributes.len() {
        0 => Inline::plain(words.level_empty),
        1 => Inline::filled(words.level_attribute, &[&Inline::join(attributes, "")]),
        _ => Inline::filled(words.level_attributes, &[&Inline::join(attributes, ", ")]),
    });
    Notes::new(page).of(&level.remarks, "").print(document);
    for attribute in &level.attributes {
        if is_parted {
            document.subsection(Vec::new(), page.titled(page.name(attribute.id), attribute.title));
        }
        attribute_tables(page, document, attribute);
        attribute_notes(page, attribute).print(document);
        if number == PERFORMED {
            let chapter = Inline::link(&chapter_key("processes"), words.performed_chapter);
            document.paragraph(Inline::filled(words.performed, &[&chapter]));
        }
    }
}

fn attribute_tables(page: &Page<'_>, document: &mut Document, attribute: &Attribute) {
    let achievements = attribute
        .achievements
        .iter()
        .map(|achievement| vec![Inline::plain(page.name(achievement.id)), page.text(achievement.text)]);
    let id = page.name(attribute.id);
    let words = page.words;
    let filled = |told: &str| fill(told, &[id]);
    let head = [words.achievement, words.achieved];
    document.told_table(&filled(words.told_achievements), &filled(words.achievements_caption), &head, achievements);
    let practices = attribute.practices.iter().map(|practice| {
        let achieves = practice.achieves.iter().map(|achievement| Inline::plain(page.name(*achievement)));
        let text = page.text_if(practice.name).told(&page.text(practice.text));
        vec![Inline::plain(page.name(practice.id)), text, Inline::join(achieves, ", ")]
    });
    let head = [words.id, words.generic_practice, words.shows_achievement];
    document.told_table(&filled(words.told_generic), &filled(words.generic_caption), &head, practices);
}

fn attribute_notes<'p, 'a>(page: &'p Page<'a>, attribute: &Attribute) -> Notes<'p, 'a> {
    let mut notes = Notes::new(page);
    notes.of(&attribute.remarks, "");
    for achievement in &attribute.achievements {
        notes.of(&achievement.remarks, &fill(page.words.the_achievement, &[page.name(achievement.id)]));
    }
    for practice in &attribute.practices {
        notes.of(&practice.remarks, page.name(practice.id));
    }
    notes
}
