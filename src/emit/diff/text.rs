//! A difference as text for people, with the words that changed.

use super::sections::{
    Section, fact_name, is_listed, links, moving, own_id, renaming, requirement_id, sections, squeezed, status_words,
    summary, totals,
};
use crate::diff::{CatalogChange, Change, Diff, Effect, FactChange, Word, words};
use crate::document::words::EN;
use crate::emit::notice::Said;

/// The difference, grouped by process, behind the notices of both sides; coverage comes last, where the eye rests.
pub fn text(diff: &Diff, notices: &[Said<'_>], color: bool) -> String {
    let mut report = Report { color, text: String::new() };
    for notice in notices {
        report.line(0, &format!("Notice of {}: {}", notice.of, squeezed(&notice.text)));
    }
    if !notices.is_empty() {
        report.text.push('\n');
    }
    for section in sections(diff) {
        report.section(&section);
    }
    if !diff.coverage.is_empty() {
        report.line(0, &report.paint(BOLD, "coverage"));
        diff.coverage.iter().for_each(|catalog| report.coverage(catalog));
        report.text.push('\n');
    }
    report.line(0, &totals(&EN, diff));
    report.text
}

const BOLD: &str = "1";
const GREEN: &str = "32";
const RED: &str = "31";
const YELLOW: &str = "33";

struct Report {
    color: bool,
    text: String,
}

impl Report {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn section(&mut self, section: &Section<'_>) {
        let heading = format!("{} {}", section.kind.word(), section.id);
        // A term is its own title.
        let heading = if section.id == section.title { heading } else { format!("{heading} {}", section.title) };
        match section.own {
            Some(change) => {
                self.headed(0, change, section, &heading);
            }
            None => self.line(0, &self.paint(BOLD, &format!("  {heading}"))),
        }
        for change in &section.below {
            self.below(change, section);
        }
        self.text.push('\n');
    }

    fn below(&mut self, change: &Change, section: &Section<'_>) {
        let Some(side) = change.new.as_ref().or(change.old.as_ref()) else { return };
        let own = own_id(side, section);
        let is_on_both = change.old.is_some() && change.new.is_some();
        let is_reworded =
            is_on_both && change.facts.iter().any(|fact| matches!(fact.property, "text" | "name" | "title"));
        let title = if is_reworded { String::new() } else { format!(" {}", side.title) };
        self.headed(1, change, section, &format!("{} {own}{title}", change.kind.word()));
    }

    fn headed(&mut self, depth: usize, change: &Change, section: &Section<'_>, heading: &str) {
        let (sign, code) = match (&change.old, &change.new) {
            (None, _) => ("+", GREEN),
            (_, None) => ("-", RED),
            _ => ("~", YELLOW),
        };
        let told: Vec<String> = renaming(&EN, change, section).into_iter().chain(moving(&EN, change)).collect();
        let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join("; ")) };
        self.line(depth, &format!("{}{told}", self.paint(code, &format!("{sign} {heading}"))));
        if sign != "~" {
            if let Some(links) = links(&EN, change) {
                self.line(depth + 2, &self.paint(code, &format!("{sign} {links}")));
            }
            return;
        }
        for fact in &change.facts {
            self.fact(depth + 2, fact);
        }
    }

    fn fact(&mut self, depth: usize, fact: &FactChange) {
        let name = fact_name(&EN, fact);
        let told = |value: &str| if value.is_empty() { name.clone() } else { format!("{name}: {value}") };
        let line = match (&fact.old, &fact.new) {
            (Some(old), Some(new)) => {
                format!("{} {}", self.paint(YELLOW, &format!("~ {name}:")), self.changed(old, new))
            }
            (None, Some(new)) => self.paint(GREEN, &format!("+ {}", told(new))),
            (Some(old), None) => self.paint(RED, &format!("- {}", told(old))),
            (None, None) => return,
        };
        self.line(depth, &line);
    }

    /// The words that changed, between those that did not.
    fn changed(&self, old: &str, new: &str) -> String {
        let mark = |code: &str, text: &str, before: &str, after: &str| match self.color {
            true => self.paint(code, text),
            false => format!("{before}{text}{after}"),
        };
        let parts = words(old, new).into_iter().map(|word| match word {
            Word::Same(text) => text,
            Word::Old(text) => mark("9;31", &text, "[-", "-]"),
            Word::New(text) => mark(GREEN, &text, "{+", "+}"),
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    fn coverage(&mut self, catalog: &CatalogChange) {
        let name = self.paint(BOLD, &catalog.catalog);
        let colon = if is_listed(catalog) { ":" } else { "" };
        self.line(1, &format!("{name}{colon} {}", summary(&EN, catalog)));
        if !is_listed(catalog) {
            return;
        }
        for row in &catalog.requirements {
            let (sign, code) = match row.effect {
                Effect::Gained => ("+", GREEN),
                Effect::Lost => ("-", RED),
                _ => ("~", YELLOW),
            };
            let id = self.paint(code, &format!("{sign} {}", requirement_id(&EN, row)));
            self.line(2, &format!("{id} {}: {}", row.title, status_words(&EN, row)));
        }
    }
}
