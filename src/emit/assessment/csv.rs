//! The profile as comma-separated values, for those who go on computing.

use super::View;
use crate::emit::csv::push;

/// The heads of the columns: the contract for those who read them.
const COLUMNS: [&str; 11] = [
    "assessment",
    "process",
    "title",
    "instance",
    "attribute",
    "rating",
    "low",
    "high",
    "level_low",
    "level_high",
    "target",
];

/// The table; a rating is empty where it is open, or nothing is rated.
pub fn csv(view: &View<'_>) -> String {
    let page = &view.page;
    let mut table = String::new();
    push(&mut table, COLUMNS);
    for profile in &view.measured.profiles {
        let title = page.model().process(profile.process).map(|process| page.text(process.title)).unwrap_or_default();
        for result in &profile.attributes {
            let rating = result.interval.only().filter(|_| result.is_rated).map(|rank| view.rank(rank));
            push(
                &mut table,
                [
                    page.name(view.assessment.id),
                    page.name(profile.process),
                    title.shown(),
                    profile.instance.map_or("", |instance| page.name(instance)),
                    view.attribute(result.attribute),
                    &rating.unwrap_or_default(),
                    &view.rank(result.interval.low),
                    &view.rank(result.interval.high),
                    &profile.level.0.to_string(),
                    &profile.level.1.to_string(),
                    &profile.target.to_string(),
                ],
            );
        }
    }
    table
}
