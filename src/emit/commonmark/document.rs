//! A document, written from top to bottom; links find their headings when it is finished.

use rustc_hash::FxHashMap;

use super::block::{Block, blocks};
use super::inline::{Inline, LINK_CLOSES, LINK_OPENS, LINK_TURNS, Link, Resolve};
use super::slug::Slugs;
use crate::emit::text::{Marked, REFERENCE_CLOSES, REFERENCE_OPENS};

/// A document in the making.
#[derive(Default)]
pub struct Document {
    out: String,
    slugs: Slugs,
    anchors: FxHashMap<String, String>,
}

impl Document {
    /// A heading of level 1 to 6 that links may lead to.
    pub fn heading(&mut self, level: usize, keys: &[Link], words: &Inline) {
        self.begin_block();
        self.out.extend(std::iter::repeat_n('#', level));
        self.out.push(' ');
        let anchor = self.slugs.next(&words.shown).unwrap_or_else(|| {
            let anchor = format!("anchor-{}", self.anchors.len() + 1);
            self.out.push_str(&format!("<a id=\"{anchor}\"></a>"));
            anchor
        });
        for key in keys {
            self.anchors.entry(key.0.clone()).or_insert_with(|| anchor.clone());
        }
        self.out.push_str(&words.markdown);
        self.out.push('\n');
    }

    /// A paragraph; none where there is nothing to say.
    pub fn paragraph(&mut self, words: &Inline) {
        if !words.is_empty() {
            self.begin_block();
            self.out.push_str(&words.markdown);
            self.out.push('\n');
        }
    }

    /// A list with a point for each item.
    pub fn list(&mut self, items: impl IntoIterator<Item = Inline>) {
        let mut items = items.into_iter().filter(|item| !item.is_empty()).peekable();
        if items.peek().is_some() {
            self.begin_block();
        }
        for item in items {
            self.out.push_str(&format!("- {}\n", item.markdown));
        }
    }

    /// A table; none where it has no rows. A row that is too short is filled up.
    pub fn table(&mut self, header: &[&str], rows: impl IntoIterator<Item = Vec<Inline>>) {
        let header: Vec<Inline> = header.iter().map(|cell| Inline::plain(cell)).collect();
        self.table_under(&header, rows);
    }

    /// A table under a header that is not ours.
    pub fn table_under(&mut self, header: &[Inline], rows: impl IntoIterator<Item = Vec<Inline>>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        self.begin_block();
        self.row(header, header.len());
        self.out.push('|');
        self.out.push_str(&" --- |".repeat(header.len()));
        self.out.push('\n');
        for row in rows {
            self.row(&row, header.len());
        }
    }

    fn row(&mut self, cells: &[Inline], columns: usize) {
        self.out.push('|');
        for column in 0..columns {
            let cell = cells.get(column).map_or("", |cell| &cell.markdown);
            self.out.push(' ');
            self.out.push_str(cell);
            self.out.push_str(if cell.is_empty() { "|" } else { " |" });
        }
        self.out.push('\n');
    }

    /// A text of the author's in block position, behind words of ours.
    pub fn blocks(&mut self, before: &str, text: &Marked, resolve: &dyn Resolve) {
        let mut blocks = blocks(text.marked()).into_iter().peekable();
        let mut lead = Inline::plain(before);
        let mut in_list: Vec<usize> = Vec::new();
        if !matches!(blocks.peek(), Some(Block::Paragraph(_)) | None) {
            self.paragraph(&std::mem::take(&mut lead));
        }
        for block in blocks {
            if let Block::Item { depth, mark, words } = block {
                self.item(&mut in_list, depth, &mark, &Inline::line(&words, resolve));
                continue;
            }
            in_list.clear();
            match block {
                Block::Paragraph(words) => {
                    let mut line = std::mem::take(&mut lead);
                    if !line.is_empty() {
                        line = line.then(" ");
                    }
                    self.paragraph(&line.and(&Inline::line(&words, resolve)));
                }
                Block::Quotation(words) => {
                    self.begin_block();
                    self.out.push_str(&format!("> {}\n", Inline::line(&words, resolve).markdown));
                }
                Block::Code(lines) => self.code(&lines),
                Block::Item { .. } => {}
            }
        }
    }

    /// An item of an author's list; `in_list` holds how far the items that it stands in are indented.
    fn item(&mut self, in_list: &mut Vec<usize>, depth: usize, mark: &str, words: &Inline) {
        if in_list.is_empty() {
            self.begin_block();
        }
        in_list.truncate(depth);
        let indent: usize = in_list.iter().sum();
        in_list.push(mark.len() + 1);
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(&format!("{mark} {}\n", words.markdown));
    }

    fn code(&mut self, lines: &[String]) {
        let longest = lines.iter().flat_map(|line| line.split(|character| character != '`')).map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        self.begin_block();
        self.out.push_str(&format!("{fence}\n"));
        for line in lines {
            self.out.push_str(&line.replace(REFERENCE_OPENS, "[[").replace(REFERENCE_CLOSES, "]]"));
            self.out.push('\n');
        }
        self.out.push_str(&format!("{fence}\n"));
    }

    fn begin_block(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// The document, with its links; one that leads nowhere is words.
    pub fn finish(self) -> String {
        let mut finished = String::with_capacity(self.out.len());
        let mut rest = self.out.as_str();
        while let Some((before, after)) = rest.split_once(LINK_OPENS) {
            finished.push_str(before);
            let Some((key, after)) = after.split_once(LINK_TURNS) else { break };
            let Some((words, after)) = after.split_once(LINK_CLOSES) else { break };
            match self.anchors.get(key) {
                Some(anchor) => finished.push_str(&format!("[{words}](#{anchor})")),
                None => finished.push_str(words),
            }
            rest = after;
        }
        finished.push_str(rest);
        finished
    }
}
