//! Assessments that are closed: what was recorded of them, and what is said now.

use rustc_hash::FxHashMap;

use crate::model::{AssessmentId, Program, RecordedLine};
use crate::package::lock::{Record, normal};
use crate::source::Sources;
use crate::span::Span;

/// A line of an assessment as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it says, white space collapsed; of a rating behind the process and the instance.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it says why it was changed.
    pub is_amended: bool,
}

/// What differs from a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A line that is new, or says something else, and does not say why.
    Changed(Line),
    /// A line that is no more.
    Gone(String),
}

/// The lines of an assessment, in the order of the program.
pub fn lines(program: &Program, sources: &Sources, id: AssessmentId) -> Vec<Line> {
    let line = |place: &str, line: &RecordedLine| Line {
        text: format!("{place}{}", normal(sources.slice(line.said))),
        span: line.said,
        is_amended: line.amended.is_some(),
    };
    let own = program.assessment(id).lines.iter().map(|row| line("", row));
    let rates = program.rates.iter().filter(|rate| rate.assessment == id).flat_map(|rate| {
        let instance = rate.instance.map(|(name, _)| format!(" for {}", program.name(name)));
        let place = format!("{}{}: ", program.name(rate.process), instance.unwrap_or_default());
        rate.lines.iter().map(|row| line(&place, row)).collect::<Vec<_>>()
    });
    own.chain(rates).collect()
}

/// What differs from the record of an assessment. A line that says why it was changed stands for the one that it was.
pub fn differences(record: &Record, lines: Vec<Line>) -> Vec<Difference> {
    let mut left: FxHashMap<&str, usize> = FxHashMap::default();
    for text in &record.lines {
        *left.entry(text).or_default() += 1;
    }
    let mut other: Vec<Line> = Vec::new();
    for line in lines {
        match left.get_mut(line.text.as_str()).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => other.push(line),
        }
    }
    // In the order of the record, those that nothing says any more.
    let mut gone: Vec<&str> = Vec::new();
    for text in &record.lines {
        if let Some(count) = left.get_mut(text.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            gone.push(text);
        }
    }
    for line in &other {
        if let Some(at) = gone.iter().position(|text| key(text) == key(&line.text)) {
            gone.remove(at);
        }
    }
    let changed = other.into_iter().filter(|line| !line.is_amended).map(Difference::Changed);
    changed.chain(gone.into_iter().map(|text| Difference::Gone(text.to_owned()))).collect()
}

/// What a line speaks of: what is rated, else its first word.
fn key(text: &str) -> &str {
    let words = text.split_once('"').map_or(text, |(words, _)| words);
    match words.split_once(" rated ") {
        Some((key, _)) => key,
        None => {
            let from = words.find(": ").map_or(0, |colon| colon + 2);
            let length = words[from..].find(' ').unwrap_or(words.len() - from);
            &words[..from + length]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    fn line(text: &str, is_amended: bool) -> Line {
        Line { text: text.to_owned(), span: Span::new(FileId(0), 0, 0), is_amended }
    }

    #[test]
    fn what_is_changed_without_a_word_is_told_once() {
        let lines = ["unit \"North\"", "K.1: outcome 1 rated F", "K.1: outcome 2 rated P by E1"];
        let record = Record { assessment: "a".to_owned(), lines: lines.map(str::to_owned).to_vec() };
        let differ = |lines: &[(&str, bool)]| {
            differences(&record, lines.iter().map(|(text, is_amended)| line(text, *is_amended)).collect())
        };
        let [unit, first, second] = lines;
        assert_eq!(differ(&[(second, false), (unit, false), (first, false)]), []);
        let better = "K.1: outcome 1 rated L";
        assert_eq!(
            differ(&[(unit, false), (better, false), (second, false)]),
            [Difference::Changed(line(better, false))]
        );
        assert_eq!(differ(&[(unit, false), (better, true), (second, false)]), []);
        assert_eq!(differ(&[(unit, false), (second, false)]), [Difference::Gone(first.to_owned())]);
        let twice = [(unit, false), (first, false), (first, false), (second, false)];
        assert_eq!(differ(&twice), [Difference::Changed(line(first, false))]);
    }
}
