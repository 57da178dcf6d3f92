//! What became of a source: a line for each of its values, and the counts that add up to what it holds.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde::Serialize;

/// What became of a value of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It stands in the text as it was.
    Taken,
    /// It stands there otherwise than it was.
    Changed,
    /// It stands there as a part of something else.
    Merged,
    /// It does not stand there.
    LeftOut,
}

impl Action {
    /// All of them, in the order in which they are told.
    pub const ALL: [Action; 4] = [Action::Taken, Action::Changed, Action::Merged, Action::LeftOut];

    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Action::Taken => "taken",
            Action::Changed => "changed",
            Action::Merged => "merged",
            Action::LeftOut => "left out",
        }
    }
}

/// A value of the source, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What became of it.
    pub action: Action,
    /// What it is, as in "title of a requirement".
    pub what: String,
    /// The id of what it belongs to, as it stands in the text; empty where it belongs to nothing.
    pub id: String,
    /// Where it stands in the source: sheet and cell, path, or line.
    pub place: String,
    /// What there is to say about it; may be empty.
    pub note: String,
}

/// What became of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// A line for each value, in the order of the source.
    pub lines: Vec<Line>,
    /// What else there is to tell of it as a whole: hidden sheets, the encoding that it was taken for.
    pub remarks: Vec<String>,
}

impl Report {
    /// Puts its lines in the order of the places of a source, and tells of values of which nothing was told.
    pub(super) fn order(&mut self, places: &[String]) {
        let mut at: FxHashMap<&str, usize> = FxHashMap::default();
        for (number, place) in places.iter().enumerate() {
            at.entry(place).or_insert(number);
        }
        let mut is_told = vec![false; places.len()];
        for line in &self.lines {
            if let Some(at) = at.get(line.place.as_str()) {
                is_told[*at] = true;
            }
        }
        for (place, _) in places.iter().zip(&is_told).filter(|(place, is_told)| !**is_told && !place.is_empty()) {
            self.lines.push(Line {
                action: Action::LeftOut,
                what: "cell".to_owned(),
                id: String::new(),
                place: place.clone(),
                note: "nothing here has a place for it".to_owned(),
            });
        }
        self.lines.sort_by_cached_key(|line| at.get(line.place.as_str()).copied().unwrap_or(usize::MAX));
    }

    /// How many values it holds of which this became.
    pub fn count(&self, action: Action) -> usize {
        self.lines.iter().filter(|line| line.action == action).count()
    }

    /// The report for machines: an object a line.
    ///
    /// # Errors
    /// Never, but for values that JSON has no form for.
    pub fn json(&self) -> serde_json::Result<String> {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&serde_json::to_string(line)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// The report for people: the counts, what was changed, merged or left out, and what else there is to tell.
    pub fn text(&self) -> String {
        let mut text = format!("{} of the source:", counted(self.lines.len(), "value"));
        for action in Action::ALL {
            let _ = write!(
                text,
                " {} {}{}",
                self.count(action),
                action.words(),
                if action == Action::LeftOut { "\n" } else { "," }
            );
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "  {remark}");
        }
        for action in &Action::ALL[1..] {
            for lines in alike(self.lines.iter().filter(|line| line.action == *action)) {
                let (first, last) = (lines[0], lines[lines.len() - 1]);
                let note = if first.note.is_empty() { String::new() } else { format!(": {}", first.note) };
                let id = if first.id.is_empty() { String::new() } else { format!(" `{}`", first.id) };
                let _ = match lines.len() {
                    1..=SHOWN => lines.iter().try_for_each(|line| {
                        let id = if line.id.is_empty() { String::new() } else { format!(" `{}`", line.id) };
                        writeln!(text, "  {}: {}, {}{id}{note}", line.place, action.words(), line.what)
                    }),
                    count => writeln!(
                        text,
                        "  {} to {}: {}, {count} times {}, the first{id}{note}",
                        first.place,
                        last.place,
                        action.words(),
                        first.what
                    ),
                };
            }
        }
        text
    }
}

/// How many lines that say the same are shown one by one.
const SHOWN: usize = 3;

/// Lines that say the same of values of one kind, together, in the order of the first of each.
fn alike<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Vec<&'a Line>> {
    let mut groups: Vec<Vec<&Line>> = Vec::new();
    let mut at: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for line in lines {
        let group = *at.entry((&line.what, &line.note)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// "1 value", "3 values"
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
