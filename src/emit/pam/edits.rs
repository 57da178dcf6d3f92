//! Edits of a file that leave all else in it as it is, to the byte.

use std::ops::Range;

/// The edits of a text.
pub(super) struct Edits<'a> {
    text: &'a str,
    /// What is replaced by what; none overlaps another.
    edits: Vec<(Range<usize>, String)>,
    below: String,
    /// What a line of the text ends with.
    line_break: &'static str,
}

impl<'a> Edits<'a> {
    /// No edits yet.
    pub(super) fn new(text: &'a str) -> Edits<'a> {
        let first_line = text.split_inclusive('\n').next().unwrap_or_default();
        let line_break = if first_line.ends_with("\r\n") { "\r\n" } else { "\n" };
        Edits { text, edits: Vec::new(), below: String::new(), line_break }
    }

    /// Puts something in the place of something else.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Puts lines below the text.
    pub(super) fn append(&mut self, lines: &str) {
        self.below.push_str(&lines.replace('\n', self.line_break));
    }

    /// Puts statements at the end of a block, which begins at `start`; its last statement begins at `last`.
    pub(super) fn add_to_block(&mut self, start: u32, last: Option<u32>, close: Option<u32>, statements: &[String]) {
        let Some(close) = close.map(|close| close as usize) else { return };
        let outer = self.indent(start as usize).to_owned();
        let inner = last.map(|last| last as usize).filter(|last| self.begins_line(*last));
        let inner = inner.map_or_else(|| format!("{outer}  "), |last| self.indent(last).to_owned());
        let line_break = self.line_break;
        let lines: String = statements.iter().map(|statement| format!("{inner}{statement}{line_break}")).collect();
        if self.begins_line(close) {
            self.insert(self.line_start(close), lines);
        } else {
            self.insert(close, format!("{line_break}{lines}{outer}"));
        }
    }

    /// Puts a comment before a statement: a line of its own, where the statement begins its line.
    pub(super) fn comment_before(&mut self, start: u32, comment: &str) {
        let start = start as usize;
        let comment = if self.begins_line(start) {
            format!("// {comment}{}{}", self.line_break, self.indent(start))
        } else {
            format!("/* {comment} */ ")
        };
        self.insert(start, comment);
    }

    /// Puts comments, a line each, in the place of one that ends its line.
    pub(super) fn comment_anew(&mut self, start: usize, length: usize, lines: &[String]) {
        let between = format!("{}{}", self.line_break, self.indent(start));
        let lines: Vec<String> = lines.iter().map(|line| format!("// {line}")).collect();
        self.replace(start..start + length, lines.join(&between));
    }

    /// Turns whole statements into comments, under a line that says why.
    pub(super) fn comment_out(&mut self, start: u32, end: u32, why: &str) {
        let (start, end) = (start as usize, end as usize);
        let line_break = self.line_break;
        let (first, above) = if self.begins_line(start) { (self.line_start(start), "") } else { (start, line_break) };
        self.insert(first, format!("{above}// {why}{line_break}// "));
        let breaks = self.text[start..end].match_indices('\n').map(|(at, _)| start + at + 1);
        for line in breaks.collect::<Vec<_>>() {
            let is_empty = self.text[line..].starts_with(['\r', '\n']);
            self.insert(line, if is_empty { "//".to_owned() } else { "// ".to_owned() });
        }
        // What follows on the last line stays what it is: the line of the comment ends before it.
        let rest = self.text[end..].split('\n').next().unwrap_or_default().trim();
        if !rest.is_empty() && !rest.starts_with("//") {
            self.insert(end, line_break.to_owned());
        }
    }

    /// States a clause anew, from its word to the end of its list; comments within it stay.
    pub(super) fn rewrite_list(&mut self, clause: Range<usize>, anew: &str, comments: &[&(u32, u32)]) {
        let Some((first, more)) = comments.split_first() else { return self.rewrite_clause(clause, anew) };
        self.replace(clause.start..first.0 as usize, format!("{anew} "));
        let mut at = first.1 as usize;
        for comment in more {
            self.replace(at..comment.0 as usize, self.break_in(at..comment.0 as usize));
            at = comment.1 as usize;
        }
        self.replace(at..clause.end, self.break_in(at..clause.end));
    }

    /// The line break that ends a comment; a blank where there is none.
    fn break_in(&self, range: Range<usize>) -> &'static str {
        if self.text[range].contains('\n') { self.line_break } else { " " }
    }

    fn rewrite_clause(&mut self, clause: Range<usize>, anew: &str) {
        let mut range = clause;
        if anew.is_empty() {
            let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
            let bytes = self.text.as_bytes();
            let begins = self.begins_line(range.start);
            let behind = bytes[range.end..].iter().take_while(|byte| is_blank(byte)).count();
            let ends = self.text[range.end + behind..].starts_with(['\r', '\n']);
            if begins && ends {
                // A line that held nothing else goes with its break.
                let rest = &self.text[range.end..];
                range = self.line_start(range.start)..range.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
            } else if begins {
                range.end += behind;
            } else {
                range.start -= bytes[..range.start].iter().rev().take_while(|byte| is_blank(byte)).count();
            }
        }
        self.replace(range, anew);
    }

    /// The text with its edits.
    pub(super) fn finish(mut self) -> String {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut edited = String::with_capacity(self.text.len() + self.below.len());
        let mut at = 0;
        for (range, text) in &self.edits {
            edited.push_str(self.text.get(at..range.start).unwrap_or_default());
            edited.push_str(text);
            at = range.end;
        }
        edited.push_str(self.text.get(at..).unwrap_or_default());
        if !self.below.is_empty() && !edited.is_empty() && !edited.ends_with('\n') {
            edited.push_str(self.line_break);
        }
        edited + &self.below
    }

    fn insert(&mut self, at: usize, text: String) {
        self.edits.push((at..at, text));
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    /// Whether nothing but blanks stands before a place on its line.
    fn begins_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim().is_empty()
    }

    /// The blanks at the beginning of the line of a place.
    fn indent(&self, at: usize) -> &'a str {
        let line = &self.text[self.line_start(at)..at];
        &line[..line.len() - line.trim_start().len()]
    }
}
