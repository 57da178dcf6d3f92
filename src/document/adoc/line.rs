//! Writes what stands on one line.

use super::escape;
use crate::document::ids::Ids;
use crate::document::inline::{Inline, Line, Part};

/// The line; references lead to the ids of their keys, and are words where there is none. Where it may not be broken, a
/// break is a space.
pub(super) fn write(line: &Inline, breaks: bool, ids: &Ids) -> String {
    let mut pen = Pen { out: String::new(), breaks, ids, is_strong: false, is_stressed: false, is_linked: false };
    pen.inline(line.as_line());
    pen.out.truncate(pen.out.trim_end_matches([' ', '\n']).len());
    // A break with nothing behind it would be read as a plus.
    while let Some(rest) = pen.out.strip_suffix(" +") {
        pen.out.truncate(rest.trim_end_matches([' ', '\n']).len());
    }
    pen.out
}

struct Pen<'a> {
    out: String,
    breaks: bool,
    ids: &'a Ids,
    is_strong: bool,
    is_stressed: bool,
    /// Whether it stands within words that lead somewhere, where nothing else can.
    is_linked: bool,
}

impl Pen<'_> {
    fn inline(&mut self, line: Line<'_>) {
        line.parts().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Text(words) => self.words(words),
            Part::Draft(mark) => self.words(mark),
            Part::Strong(words) => {
                let around = std::mem::replace(&mut self.is_strong, true);
                self.marked(words, "**", around);
                self.is_strong = around;
            }
            Part::Emphasis(words) => {
                let around = std::mem::replace(&mut self.is_stressed, true);
                self.marked(words, "__", around);
                self.is_stressed = around;
            }
            Part::Inserted(words) => self.in_role(words, "underline"),
            Part::Struck(words) => self.in_role(words, "line-through"),
            Part::Code(code) => {
                let marks = if code.trim().is_empty() || self.out.ends_with([']', '`']) { "" } else { "``" };
                self.out.push_str(marks);
                let starts = marks.is_empty() && self.starts();
                escape::push(&mut self.out, code, starts);
                self.out.push_str(marks);
            }
            Part::Link { address, words, .. } if !self.is_linked => {
                self.out.push_str("link:");
                self.out.push_str(&escape::code(address));
                self.leading(words, "[", "]");
            }
            Part::Link { words, .. } => self.inline(words),
            Part::Reference { key, words } => match self.ids.of.get(key).filter(|_| !self.is_linked) {
                Some(id) if self.ids.labels.get(id).is_some_and(|label| label == words.shown()) => {
                    self.out.push_str(&format!("<<{id}>>"));
                }
                Some(id) => self.leading(words, &format!("<<{id},"), ">>"),
                None => self.inline(words),
            },
            Part::Footnote(words) if !self.is_linked => self.leading(words, "footnote:[", "]"),
            Part::Footnote(words) => {
                self.words(" (");
                self.inline(words);
                self.words(")");
            }
            Part::Break if self.breaks && !self.is_linked => {
                let end = self.out.trim_end_matches(' ').len();
                self.out.truncate(end);
                // A line that is nothing but a break would be read as the end of an item.
                if !self.starts() {
                    self.out.push_str(" +\n");
                }
            }
            Part::Break => self.words(" "),
        }
    }

    /// Words that a role lays out.
    fn in_role(&mut self, words: Line<'_>, role: &str) {
        if words.shown().trim().is_empty() {
            return self.inline(words);
        }
        self.out.push_str(&format!("[.{role}]##"));
        self.inline(words);
        self.out.push_str("##");
    }

    fn starts(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    fn words(&mut self, words: &str) {
        let starts = self.starts();
        escape::push(&mut self.out, words, starts);
    }

    fn leading(&mut self, words: Line<'_>, before: &str, behind: &str) {
        self.out.push_str(before);
        let around = std::mem::replace(&mut self.is_linked, true);
        self.inline(words);
        self.is_linked = around;
        self.out.push_str(behind);
    }

    /// Words between marks; none where they stand within such already, and none behind a bracket, which would be read as
    /// what the marks are to look like.
    fn marked(&mut self, words: Line<'_>, mark: &str, is_within: bool) {
        if is_within || self.out.ends_with(']') || words.shown().trim().is_empty() {
            return self.inline(words);
        }
        self.out.push_str(mark);
        let begun = self.out.len();
        self.inline(words);
        if self.out.len() == begun {
            self.out.truncate(begun - mark.len());
        } else {
            self.out.push_str(mark);
        }
    }
}
