//! How near requirements are to words: by the words that they share, rare ones counting more. It is a help for finding, and
//! shows nothing.

use std::collections::{BTreeMap, BTreeSet};

/// Texts in which words are looked for.
pub struct Texts {
    words: Vec<BTreeSet<String>>,
    /// In how many texts each word stands.
    frequency: BTreeMap<String, usize>,
}

impl Texts {
    /// Takes texts in.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Texts {
        let words: Vec<BTreeSet<String>> = texts.into_iter().map(words_of).collect();
        let mut frequency = BTreeMap::new();
        for word in words.iter().flatten() {
            *frequency.entry(word.clone()).or_default() += 1;
        }
        Texts { words, frequency }
    }

    /// The texts that share words with another, nearest first: the number of each, and the words.
    pub fn nearest(&self, to: &str) -> Vec<(usize, Vec<&str>)> {
        let wanted = words_of(to);
        let mut found: Vec<(f64, usize, Vec<&str>)> = Vec::new();
        for (at, words) in self.words.iter().enumerate() {
            let shared: Vec<&str> = words.iter().filter(|word| wanted.contains(*word)).map(String::as_str).collect();
            if !shared.is_empty() {
                found.push((shared.iter().map(|word| self.weight(word)).sum(), at, shared));
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        found.into_iter().map(|(_, at, shared)| (at, shared)).collect()
    }

    /// A word that stands in few texts tells more.
    fn weight(&self, word: &str) -> f64 {
        let (all, these) = (self.words.len() as f64, self.frequency.get(word).copied().unwrap_or(1) as f64);
        (1.0 + all / these).ln()
    }
}

/// The words of a text by their beginnings, so that "policy" and "policies" are one; short ones tell nothing.
fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.to_lowercase().chars().take(5).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn rare_words_count_more_and_forms_of_a_word_are_one() {
        let texts = Texts::new(["Keys are kept", "Policies are kept", "Doors are kept, and locked"]);
        let found: Vec<usize> = texts.nearest("The policy is kept.").into_iter().map(|(at, _)| at).collect();
        assert_eq!(found, [1, 0, 2]);
        assert!(texts.nearest("of the and").is_empty());
    }
}
