//! Which words of a text changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// More words than this on a side are not compared word by word: it would take long, and nobody would read it.
const MOST_WORDS: usize = 4_000;

/// One word in so many has to be shared, or the texts are shown whole.
const LEAST_SHARED: usize = 3;

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// On both sides.
    Same(String),
    /// On the old side only.
    Old(String),
    /// On the new side only.
    New(String),
}

/// The words of two texts, the shared ones once; of what changed in one place, the old words come first.
pub fn words(old: &str, new: &str) -> Vec<Word> {
    // One order of the sides, whichever is asked for, so that a difference and its mirror image fit.
    if old > new {
        return in_order(compare(new, old).into_iter().map(mirrored).collect());
    }
    in_order(compare(old, new))
}

fn compare(old: &str, new: &str) -> Vec<Word> {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    if olds.len() > MOST_WORDS || news.len() > MOST_WORDS {
        return vec![Word::Old(old.to_owned()), Word::New(new.to_owned())];
    }
    let mut words = Vec::new();
    let mut shared = 0;
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        let (old, new) = (olds[op.old_range()].join(" "), news[op.new_range()].join(" "));
        match op {
            DiffOp::Equal { len, .. } => {
                shared += len;
                words.push(Word::Same(old));
            }
            DiffOp::Delete { .. } => words.push(Word::Old(old)),
            DiffOp::Insert { .. } => words.push(Word::New(new)),
            DiffOp::Replace { .. } => words.extend([Word::Old(old), Word::New(new)]),
        }
    }
    // Of two texts with next to nothing in common, scattered words would only hide what each says.
    if shared * LEAST_SHARED < olds.len().max(news.len()) {
        return vec![Word::Old(olds.join(" ")), Word::New(news.join(" "))];
    }
    words
}

fn mirrored(word: Word) -> Word {
    match word {
        Word::Old(text) => Word::New(text),
        Word::New(text) => Word::Old(text),
        same => same,
    }
}

/// Between two shared stretches, one old and one new at most.
fn in_order(words: Vec<Word>) -> Vec<Word> {
    let mut ordered: Vec<Word> = Vec::with_capacity(words.len());
    let (mut old, mut new): (Vec<String>, Vec<String>) = Default::default();
    for word in words.into_iter().map(Some).chain([None]) {
        match word {
            Some(Word::Old(text)) => old.push(text),
            Some(Word::New(text)) => new.push(text),
            same => {
                ordered.extend((!old.is_empty()).then(|| Word::Old(std::mem::take(&mut old).join(" "))));
                ordered.extend((!new.is_empty()).then(|| Word::New(std::mem::take(&mut new).join(" "))));
                ordered.extend(same);
            }
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_stand_between_shared_ones() {
        let words = words("Events are triaged within one day.", "Events are triaged and told within one hour.");
        let text: Vec<String> = words
            .iter()
            .map(|word| match word {
                Word::Same(text) => text.clone(),
                Word::Old(text) => format!("[-{text}-]"),
                Word::New(text) => format!("{{+{text}+}}"),
            })
            .collect();
        assert_eq!(text.join(" "), "Events are triaged {+and told+} within one [-day.-] {+hour.+}");
    }

    #[test]
    fn long_or_unlike_texts_are_not_compared_word_by_word() {
        let (a, b) = ("a ".repeat(MOST_WORDS + 1), "b".to_owned());
        assert_eq!(words(&a, &b).len(), 2);
        assert_eq!(words("Made for improving things", "Not for audits of any other sort").len(), 2);
    }
}
