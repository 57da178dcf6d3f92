//! The capability dimension: levels, attributes, achievements and generic practices of the measurement framework.

use crate::document::{Document, Inline};
use crate::emit::naming::edition_of;
use crate::emit::page::{Page, chapter_key};
use crate::emit::remark::Notes;
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
        let ids = if ids.is_empty() { "no attributes".to_owned() } else { ids.join(", ") };
        Inline::plain(&format!("level {}: {ids}", page.name(level.id)))
    });
    Some(Inline::join(levels, "; "))
}

/// Chapter: the framework; without one, a sentence that says so.
pub(super) fn capability(page: &Page<'_>, document: &mut Document) {
    document.chapter([chapter_key("capability")], "Capability dimension and indicators of process capability");
    let Some(framework) = framework(page) else {
        document.paragraph(Inline::plain(
            "The capability dimension is left out: the model does not say by which framework it is measured.",
        ));
        return;
    };
    document.section(Vec::new(), Inline::plain("General"));
    let named = edition_of(page, framework.id, framework.source, framework.edition);
    let named = Inline::plain("Capability is measured by").then(" ").and(&named).told(&page.text(framework.title));
    document.paragraph(if named.shown().ends_with('.') { named } else { named.then(".") });
    let of_scale = |within: &str| within == "scale";
    Notes::new(page).some_of(&framework.remarks, "", |within| !of_scale(within)).print(document);
    document.section(Vec::new(), Inline::plain("Rating scale"));
    let rows = framework.ratings.iter().enumerate().map(|(number, rating)| row_of(page, rating, number == 0));
    document.told_table("lists the ratings", "Ratings", &["Rating", "Name", "Achievement", "Meaning"], rows);
    let mut notes = Notes::new(page);
    notes.inner(&framework.remarks, "", of_scale);
    for rating in &framework.ratings {
        notes.inner(&rating.remarks, rating_label(page, rating).shown(), |_| true);
    }
    notes.print(document);
    for level in &framework.levels {
        level_section(page, document, level);
    }
}

fn row_of(page: &Page<'_>, rating: &Rating, is_lowest: bool) -> Vec<Inline> {
    let begins = if is_lowest { "from" } else { "above" };
    let meaning = Inline::join(rating.remarks.notes().iter().map(|note| page.text(*note)), " ");
    vec![
        rating_label(page, rating),
        page.text(rating.title),
        Inline::plain(&format!("{begins} {} % up to {} %", rating.from, rating.to)),
        meaning,
    ]
}

/// What documents print for a rating.
pub(super) fn rating_label(page: &Page<'_>, rating: &Rating) -> Inline {
    let label = page.text_if(rating.label);
    if label.is_empty() { Inline::plain(page.name(rating.id)) } else { label }
}

fn level_section(page: &Page<'_>, document: &mut Document, level: &Level) {
    let number = page.name(level.id);
    document.section(Vec::new(), Inline::plain(&format!("Level {number}:")).then(" ").and(&page.text(level.title)));
    let attributes = level.attributes.iter().map(|attribute| page.titled(page.name(attribute.id), attribute.title));
    // An attribute that is alone needs no heading of its own.
    let is_parted = level.attributes.len() > 1;
    if is_parted {
        document.subsection(Vec::new(), Inline::plain("General"));
    }
    document.paragraph(match level.attributes.len() {
        0 => Inline::plain("This level has no attributes, and no indicators."),
        1 => Inline::plain("The attribute of this level is").then(" ").and(&Inline::join(attributes, "")).then("."),
        _ => Inline::plain("The attributes of this level are").then(" ").and(&Inline::join(attributes, ", ")).then("."),
    });
    Notes::new(page).of(&level.remarks, "").print(document);
    for attribute in &level.attributes {
        if is_parted {
            document.subsection(Vec::new(), page.titled(page.name(attribute.id), attribute.title));
        }
        attribute_tables(page, document, attribute);
        attribute_notes(page, attribute).print(document);
        if number == PERFORMED {
            let chapter = Inline::link(&chapter_key("processes"), "process dimension");
            document.paragraph(Inline::plain("At this level, the indicators of a process are its own: its base practices and information items, in the chapter on the")
                    .then(" ")
                    .and(&chapter)
                    .then(". The generic practice is carried out by carrying out the base practices."),
            );
        }
    }
}

fn attribute_tables(page: &Page<'_>, document: &mut Document, attribute: &Attribute) {
    let achievements = attribute
        .achievements
        .iter()
        .map(|achievement| vec![Inline::plain(page.name(achievement.id)), page.text(achievement.text)]);
    let id = page.name(attribute.id);
    let told = format!("lists what {id} asks for");
    document.told_table(&told, &format!("Achievements of {id}"), &["Achievement", "What is achieved"], achievements);
    let practices = attribute.practices.iter().map(|practice| {
        let achieves = practice.achieves.iter().map(|achievement| Inline::plain(page.name(*achievement)));
        let text = page.text_if(practice.name).told(&page.text(practice.text));
        vec![Inline::plain(page.name(practice.id)), text, Inline::join(achieves, ", ")]
    });
    let caption = format!("Generic practices of {id}");
    let told = format!("lists the generic practices by which {id} is achieved");
    document.told_table(&told, &caption, &["ID", "Generic practice", "Shows achievement"], practices);
}

fn attribute_notes<'p, 'a>(page: &'p Page<'a>, attribute: &Attribute) -> Notes<'p, 'a> {
    let mut notes = Notes::new(page);
    notes.of(&attribute.remarks, "");
    for achievement in &attribute.achievements {
        notes.of(&achievement.remarks, &format!("achievement {}", page.name(achievement.id)));
    }
    for practice in &attribute.practices {
        notes.of(&practice.remarks, page.name(practice.id));
    }
    notes
}
