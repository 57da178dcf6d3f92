//! Writes what stands on one line, and keeps the footnotes in it.

use std::rc::Rc;

use super::escape::escape;
use crate::document::ids::Ids;
use crate::document::inline::{Inline, Line, Part};

/// Writes lines; remarks wait in it until the end of the page.
#[derive(Clone)]
pub(super) struct Lines {
    pub(super) ids: Rc<Ids>,
    /// The remarks so far, each as it is printed.
    pub(super) footnotes: Vec<String>,
    /// Whether what is written stands within words that lead somewhere, where nothing else can.
    is_linked: bool,
}

impl Lines {
    pub(super) fn new(ids: Ids) -> Lines {
        Lines { ids: Rc::new(ids), footnotes: Vec::new(), is_linked: false }
    }

    /// The line.
    pub(super) fn line(&mut self, line: &Inline) -> String {
        self.words(line.as_line())
    }

    fn words(&mut self, line: Line<'_>) -> String {
        line.parts().map(|part| self.part(part)).collect()
    }

    fn part(&mut self, part: Part<'_>) -> String {
        match part {
            Part::Text(words) => escape(words),
            Part::Draft(mark) => format!("<span class=\"draft\">{}</span>", escape(mark)),
            Part::Strong(words) => format!("<strong>{}</strong>", self.words(words)),
            Part::Emphasis(words) => format!("<em>{}</em>", self.words(words)),
            Part::Inserted(words) => format!("<ins>{}</ins>", self.words(words)),
            Part::Struck(words) => format!("<del>{}</del>", self.words(words)),
            Part::Code(code) => format!("<code>{}</code>", escape(code)),
            Part::Link { address, title, words } => {
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
                self.leading(words, &format!("<a href=\"{}\" rel=\"noreferrer\"{title}>", escape(address)))
            }
            Part::Reference { key, words } => match self.ids.of.get(key).cloned() {
                Some(id) => self.leading(words, &format!("<a href=\"#{id}\">")),
                None => self.words(words),
            },
            Part::Footnote(words) if self.is_linked => format!(" ({})", self.words(words)),
            Part::Footnote(words) => {
                self.footnotes.push(String::new());
                let number = self.footnotes.len();
                let words = self.words(words);
                self.footnotes[number - 1] = words;
                format!("<sup><a id=\"remark-at-{number}\" href=\"#remark-{number}\">{number}</a></sup>")
            }
            Part::Break => "<br/>".to_owned(),
        }
    }

    /// Words that lead somewhere; no such stands within another.
    fn leading(&mut self, words: Line<'_>, tag: &str) -> String {
        if self.is_linked {
            return self.words(words);
        }
        self.is_linked = true;
        let words = self.words(words);
        self.is_linked = false;
        format!("{tag}{words}</a>")
    }
}
