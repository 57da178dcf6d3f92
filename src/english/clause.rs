//! The clauses of a sentence: which verb makes the statement, and what depends on another clause.
//!
//! No list of words is enough to parse English. So a sentence is read several times, each time with more words taken
//! for verbs, until a statement is found; what the first readings find is sure.

use super::{Classes, Key, Marks, Word, key, keys};

/// So many words of a text are read; of longer sentences only their length is told.
const LONGEST: usize = 256;

/// Modal verbs of either strength.
pub const MODALS: Classes = Classes::STRONG_MODAL.and(Classes::WEAK_MODAL);

/// What stands outside of the sentence's own words.
const OUTSIDE: Marks = Marks::ASIDE.union(Marks::OPAQUE);

/// Which words are taken for the verb of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verbs {
    /// Those which are nothing but verbs: `is`, `shall`, `contains`.
    Pure,
    /// Besides, in clauses that depend on another, those which may be nouns too, and unknown words that look like a verb.
    LikelyInClauses,
    /// These everywhere.
    Likely,
}

/// What is taken for the beginning and the end of a clause that depends on another.
#[derive(Clone, Copy)]
struct Bounds {
    /// `before` and its like, which may stand before a noun, begin one.
    with_before: bool,
    /// Each ends at a comma, with or without a verb: `Once approved, …`
    with_comma: bool,
}

/// The ways to read a sentence, the surest first.
const WAYS: [Bounds; 3] = [
    Bounds { with_before: true, with_comma: false },
    Bounds { with_before: false, with_comma: false },
    Bounds { with_before: false, with_comma: true },
];

/// Some of the words, a bit each.
#[derive(Default)]
struct Places([u64; LONGEST / 64]);

impl Places {
    fn add(&mut self, at: usize) {
        if let Some(bits) = self.0.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Their positions, in order.
    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().zip(0..).flat_map(|(bits, block)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let at = (left != 0).then(|| block * 64 + left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at)
            })
        })
    }
}

/// The words at which the reader of a sentence has to stop; all others are skipped.
#[derive(Default)]
struct Stops {
    /// Where a clause begins that depends on another.
    openings: Places,
    /// These, where a comma stands before, and what may be a verb to one who takes nothing but verbs for such.
    pure: Places,
    /// These, and what else may be a verb.
    likely: Places,
    /// Whether one of the openings may stand before a noun.
    has_before: bool,
    has_comma: bool,
}

impl Stops {
    fn of(words: &[Word]) -> Stops {
        let mut stops = Stops::default();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.marks.any(OUTSIDE)) {
            let is_comma = word.marks.any(Marks::COMMA);
            let is_opening = word.is(MAY_OPEN) && opens(words, at);
            stops.has_comma |= is_comma;
            if is_opening {
                stops.openings.add(at);
                stops.has_before |= word.is(Classes::PREPOSITION);
            }
            if is_opening || is_comma || word.is(MAY_BE_PURE) {
                stops.pure.add(at);
                stops.likely.add(at);
            } else if word.classes == Classes::NONE || word.is_participle() {
                stops.likely.add(at);
            }
        }
        stops
    }

    /// The ways to read the sentence that differ.
    fn ways(&self) -> impl Iterator<Item = Bounds> {
        let differs = |way: &Bounds| match way {
            Bounds { with_comma: true, .. } => self.has_comma && !self.openings.is_empty(),
            Bounds { with_before: false, .. } => self.has_before,
            Bounds { with_before: true, .. } => true,
        };
        WAYS.into_iter().filter(differs)
    }
}

/// Reads a sentence: marks what depends on another clause, and returns the position of the verb of the statement.
pub fn read(words: &mut [Word]) -> Option<usize> {
    let end = words.len().min(LONGEST);
    let words = words.get_mut(..end).unwrap_or_default();
    let stops = Stops::of(words);
    let each = |bounds: Bounds| [Verbs::Pure, Verbs::LikelyInClauses, Verbs::Likely].map(|verbs| (bounds, verbs));
    let verb = stops.ways().flat_map(each).find_map(|(bounds, verbs)| statement(words, &stops, bounds, verbs));
    let verb = verb.or_else(|| last_certain(words));
    if !stops.openings.is_empty() {
        mark(words, &stops.openings, verb.unwrap_or(end));
    }
    verb
}

/// The position of the verb, where some words are sure to be a statement of their own.
pub fn sure_statement(words: &[Word]) -> Option<usize> {
    let words = words.get(..words.len().min(LONGEST))?;
    statement(words, &Stops::of(words), WAYS[0], Verbs::Pure)
}

/// The position of the verb, where some words may well be a statement of their own.
pub fn likely_statement(words: &[Word]) -> Option<usize> {
    let words = words.get(..words.len().min(LONGEST))?;
    let stops = Stops::of(words);
    [Verbs::Pure, Verbs::LikelyInClauses].into_iter().find_map(|verbs| statement(words, &stops, WAYS[0], verbs))
}

/// The classes of words that may be verbs to one who takes nothing but verbs for such.
const MAY_BE_PURE: Classes =
    Classes::IS.and(Classes::WAS).and(Classes::HAVE).and(MODALS).and(Classes::THIRD).and(Classes::BASE);

/// The first verb that no clause needs which depends on another.
fn statement(words: &[Word], stops: &Stops, bounds: Bounds, verbs: Verbs) -> Option<usize> {
    // Where the clauses begin that are open, and whether they have their verb.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut last = None;
    let places = if verbs == Verbs::Pure { &stops.pure } else { &stops.likely };
    for at in places.iter() {
        let Some(word) = words.get(at) else { continue };
        if stops.openings.has(at) && (bounds.with_before || !word.is(Classes::PREPOSITION)) {
            open.push((at, false));
            continue;
        }
        if bounds.with_comma && word.marks.any(Marks::COMMA) {
            open.clear();
        }
        let is_main = || open.iter().all(|(_, has_verb)| *has_verb);
        let is_none = match verbs {
            Verbs::Pure => !word.is(MAY_BE_PURE),
            Verbs::LikelyInClauses => is_main() && !is_pure(words, at),
            Verbs::Likely => false,
        };
        let from = open.last().filter(|(_, has_verb)| !has_verb).map_or(0, |(from, _)| from + 1);
        if is_none || !(Candidate { words, from, at, last }.is_finite(verbs)) {
            continue;
        }
        last = Some(at);
        // `are kept and are renewed`: the verb joins the one before.
        let before = words.get(..at).and_then(|before| before.iter().rfind(|word| !word.is_adverb()));
        if before.is_some_and(|before| before.is(Classes::CONJUNCTION) && !before.marks.any(OUTSIDE)) && from == 0 {
            continue;
        }
        while open.last().is_some_and(|(_, has_verb)| *has_verb) {
            open.pop();
        }
        match open.last_mut() {
            Some((_, has_verb)) => *has_verb = true,
            None => return Some(at),
        }
    }
    None
}

/// Where no reading finds a statement, a clause has a verb that no list knows: `Staff who went are removed.`
fn last_certain(words: &[Word]) -> Option<usize> {
    let certain = Classes::IS.and(Classes::WAS).and(Classes::HAVE).and(MODALS);
    let at = (1..words.len()).rev().find(|at| words.get(*at).is_some_and(|word| word.is(certain)))?;
    let from = (0..at).rev().find(|from| opens(words, *from))?;
    let is_subject = is(words, from, const { &keys(["who", "which"]) });
    (at - from > if is_subject { 1 } else { 2 }).then_some(at)
}

/// Marks what depends on the clause with the verb.
fn mark(words: &mut [Word], openings: &Places, verb: usize) {
    let mut inside = None;
    for (at, word) in words.iter_mut().enumerate() {
        let opened = openings.has(at).then_some(at);
        let is_end = match inside {
            // `If a key is lost, the lock …`
            Some(0) if at < verb => word.marks.any(Marks::COMMA),
            // `… when staff leave, and …`, but not `… that staff leave, and …`
            Some(_) if at > verb => {
                word.marks.any(Marks::COMMA) && word.is(Classes::CONJUNCTION) && !word.is(Classes::RELATIVE)
            }
            _ => at == verb,
        };
        inside = opened.or(inside.filter(|_| !is_end));
        if inside.is_some() {
            word.marks.add(Marks::SUBORDINATE);
        }
    }
}

/// Whether a word is nothing but a verb.
fn is_pure(words: &[Word], at: usize) -> bool {
    let certain = Classes::IS.and(Classes::WAS).and(Classes::HAVE);
    words.get(at).is_some_and(|word| word.is(certain) || word.is(Classes::PURE) && !word.is(Classes::PLURAL))
        || is_modal(words, at)
}

/// Whether a word is one of these.
fn is(words: &[Word], at: usize, names: &[Key]) -> bool {
    words.get(at).is_some_and(|word| names.contains(&word.key))
}

/// The word before a position, adverbs left out.
fn follows(words: &[Word], at: usize) -> Option<&Word> {
    words.get(..at)?.iter().rev().find(|word| !word.is_adverb() && !word.marks.any(Marks::ASIDE))
}

/// The word behind a position, adverbs left out.
fn precedes(words: &[Word], at: usize) -> Option<&Word> {
    words.get(at + 1..)?.iter().find(|word| !word.is_adverb() && !word.marks.any(Marks::ASIDE))
}

/// The classes of words at which a clause may begin that depends on another.
const MAY_OPEN: Classes = Classes::SUBORDINATOR.and(Classes::PRONOUN).and(Classes::PREPOSITION);

/// Whether a clause begins that depends on another.
pub fn opens(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.is(MAY_OPEN)) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    match () {
        () if word.marks.any(OUTSIDE) => false,
        // `as the law may require`, but not `such as keys`
        () if is(words, at, const { &keys(["as", "than", "like"]) }) => compares(words, at),
        // `so staff can find them`, but not `so far`
        () if is(words, at, const { &keys(["so"]) }) => {
            let subject = Classes::DETERMINER.and(Classes::PRONOUN).and(Classes::PLURAL);
            let is_joined = before.is_none_or(|before| before.is(Classes::CONJUNCTION));
            !is_joined && words.get(at + 1).is_some_and(|next| next.is(subject) || next.is_plural())
        }
        // `the parts they join`
        () if !word.is(Classes::SUBORDINATOR) => {
            is(words, at, const { &keys(["they", "we", "he", "she"]) })
                && !word.marks.any(Marks::COMMA.union(Marks::SEMICOLON).union(Marks::STOP))
                && before.is_some_and(|before| before.is_content() && !before.is(Classes::PURE))
        }
        // `in that case`
        () if is(words, at, const { &keys(["that"]) }) => !before.is_some_and(|before| before.is(Classes::PREPOSITION)),
        () if is(words, at, const { &keys(["because"]) }) => !is(words, at + 1, const { &keys(["of"]) }),
        // `once a year`, `at once`
        () if is(words, at, const { &keys(["once"]) }) => {
            let is_count = words.get(at + 1).is_none_or(|next| next.is(Classes::ADVERB))
                || is(words, at + 1, const { &keys(["a", "per", "each", "every", "in", "and", "for"]) })
                || before.is_some_and(|before| before.is(Classes::PREPOSITION));
            at == 0 || !is_count
        }
        () => true,
    }
}

/// Whether a comparison goes on with a verb.
fn compares(words: &[Word], at: usize) -> bool {
    const LONGEST: usize = 6;
    let is_fixed =
        at > 0 && is(words, at - 1, const { &keys(["such", "well", "soon", "far", "long", "much", "many", "same"]) });
    let end = Classes::PREPOSITION.and(Classes::CONJUNCTION).and(Classes::SUBORDINATOR);
    for next in at + 1..(at + 1 + LONGEST).min(words.len()) {
        let Some(word) = words.get(next).filter(|word| !word.is(end) && !word.marks.any(Marks::COMMA)) else { break };
        let is_verb = word.is(Classes::THIRD) && word.is(Classes::PURE) && !word.is(Classes::PLURAL);
        if next > at + 1 && (is_verb || is_modal(words, next) || word.is(Classes::IS.and(Classes::HAVE))) {
            return !is_fixed;
        }
    }
    false
}

/// A word that may be the verb of a clause.
struct Candidate<'w> {
    words: &'w [Word],
    /// Where its clause begins.
    from: usize,
    at: usize,
    /// The verb before.
    last: Option<usize>,
}

impl Candidate<'_> {
    fn is_finite(&self, verbs: Verbs) -> bool {
        let (words, at) = (self.words, self.at);
        let Some(word) = words.get(at) else { return false };
        if word.is(Classes::IS.and(Classes::WAS)) || is_modal(words, at) {
            return at > 0;
        }
        // Behind what opens a clause, a verb needs a subject.
        let is_opened = self.from == at
            && self
                .from
                .checked_sub(1)
                .and_then(|opener| words.get(opener))
                .is_some_and(|it| it.is(Classes::SUBORDINATOR));
        if is_opened && !self.has_relative_subject() && !word.is(Classes::HAVE) {
            return false;
        }
        let Some(before) = follows(words, at) else { return false };
        // `to keep`, `shall keep`, `does keep`
        let is_bare = before.is(MODALS.and(Classes::HAVE)) || before.key == const { key("to") };
        if word.is(Classes::HAVE) || is_bare {
            return word.is(Classes::HAVE) && !is_bare;
        }
        let is_pure = is_pure(words, at);
        let is_sure = verbs == Verbs::Pure;
        if word.is(Classes::THIRD) {
            return is_pure || !is_sure && self.is_likely_third(before);
        }
        if word.is(Classes::BASE) {
            return (is_pure && !word.marks.any(Marks::COMMA) || !is_sure) && self.is_base(before);
        }
        !is_sure && self.is_unknown(before)
    }

    /// Whether it stands right behind `who`, `which` or `that`, which is its subject.
    fn has_relative_subject(&self) -> bool {
        let subject = self.from.checked_sub(1);
        // `Ensuring that changes are …`: what is ensured has a subject of its own.
        let is_said = |that: usize| {
            let before = that.checked_sub(1).and_then(|before| self.words.get(before));
            is(self.words, that, const { &keys(["that"]) })
                && before.is_some_and(|before| before.is_gerund() && !before.is(Classes::NOUN_IN_ING))
        };
        !subject.is_some_and(is_said)
            && subject.is_some_and(|subject| {
                is(self.words, subject, const { &keys(["who", "which", "that", "whoever", "what"]) })
            })
            && self.words.get(self.from..self.at).is_some_and(|between| between.iter().all(Word::is_adverb))
    }

    fn number(&self) -> Option<Number> {
        number(self.words.get(self.from..self.at)?)
    }

    /// Whether a noun cannot stand between the word before and this one, so that it is the noun itself.
    fn is_behind_opening(&self, before: &Word) -> bool {
        let opening = Classes::PREPOSITION.and(Classes::DETERMINER).and(Classes::NEGATION).and(Classes::CONJUNCTION);
        let is_noun = before.is(Classes::PRONOUN.and(Classes::PLURAL));
        // `meeting tolerances`, `to keep records`: an object; but `Spending stays …`
        let start = self.words.get(self.from..self.at).map_or(0, <[Word]>::len);
        let is_gerund = start > 1 && before.is_gerund() && !before.is(Classes::NOUN_IN_ING);
        let is_infinitive = before.is(Classes::BASE)
            && self.at.checked_sub(2).and_then(|to| self.words.get(to)).is_some_and(|to| to.key == const { key("to") });
        let is_owner = before.ends_with(b"'s") || before.ends_with(b"\xb9s");
        before.is(opening) && !is_noun || is_owner || is_gerund || is_infinitive || self.lacks_object()
    }

    /// Whether the preposition before still lacks its noun: `in first aid`.
    fn lacks_object(&self) -> bool {
        let words = self.words.get(self.from..self.at).unwrap_or_default();
        let noun = |word: &Word| word.is_content() && !word.is_adverb() || word.is(Classes::PRONOUN);
        words
            .iter()
            .rposition(|word| word.is(Classes::PREPOSITION))
            .is_some_and(|preposition| !words.get(preposition + 1..).unwrap_or_default().iter().any(noun))
    }

    /// Whether the word before is a verb already, so that this one is what it acts on.
    fn is_behind_verb(&self) -> bool {
        self.last.is_some_and(|last| last + 1 == self.at)
    }

    /// `The plan names owners`: of `plans` and its like, which are nouns too.
    fn is_likely_third(&self, before: &Word) -> bool {
        let (words, at) = (self.words, self.at);
        if self.has_relative_subject() {
            return true;
        }
        let is_in_list = words.get(at).is_some_and(|word| word.marks.any(Marks::COMMA))
            && words.get(at + 1).is_none_or(|next| next.is(Classes::CONJUNCTION) || next.marks.any(Marks::COMMA));
        if is_in_list
            || self.is_behind_verb()
            || self.is_behind_opening(before)
            || self.is_behind_adjective(before)
            || self.is_noun()
        {
            return false;
        }
        before.is(Classes::PLURAL) || self.number() != Some(Number::Plural)
    }

    /// `approved changes`, but not `the approach chosen suits …`, where a noun stands before the participle.
    fn is_behind_adjective(&self, before: &Word) -> bool {
        let noun = self.at.checked_sub(2).filter(|noun| *noun >= self.from).and_then(|noun| self.words.get(noun));
        // `What is bought matches …`: the participle belongs to a verb.
        let is_of_verb = self.last.is_some_and(|last| last + 3 > self.at);
        let is_apart = is_of_verb || self.words.get(self.at).is_some_and(|word| word.marks.any(Marks::COMMA));
        before.is_participle()
            && !is_apart
            && !noun.is_some_and(|noun| noun.is_content() && !noun.is_adverb() && !noun.is_participle())
    }

    /// Whether a word for several is followed by its own verb: `change requests need …`.
    fn is_noun(&self) -> bool {
        let verbs = Classes::IS.and(Classes::WAS).and(Classes::HAVE);
        if self.is_of_relative() {
            return false;
        }
        let Some(next) = precedes(self.words, self.at) else {
            // `Supplier audits.` has no verb, `The machine stops.` has one.
            const ENDING: [Key; 8] = keys(["stops", "starts", "ends", "works", "rises", "falls", "changes", "fails"]);
            let has_article = self.words.get(self.from).is_some_and(|first| first.is(Classes::DETERMINER));
            return !has_article && !is(self.words, self.at, &ENDING);
        };
        let is_verb = next.is(Classes::BASE) && !next.is(Classes::DETERMINER.and(Classes::PREPOSITION));
        next.is(verbs) || is_verb && !next.marks.any(Marks::COMMA)
    }

    /// `Resources that the team needs are …`: behind a noun, `that` and a subject, the verb of the clause is due first.
    fn is_of_relative(&self) -> bool {
        let is_noun = |word: &Word| word.is_content() && !word.is_adverb() && !word.is(Classes::PURE);
        let before = |back: usize| self.from.checked_sub(back).and_then(|at| self.words.get(at));
        before(1).is_some_and(|opener| opener.is(Classes::RELATIVE))
            && before(2).is_some_and(is_noun)
            && self.words.get(self.from..self.at).is_some_and(|between| between.iter().any(is_noun))
    }

    /// `Staff agree`: the form that stands behind `to`, too.
    fn is_base(&self, before: &Word) -> bool {
        // Where the number is unsure, some noun for several is enough: `Metadata sufficient to … accompany …`
        let has_plural = || self.words.get(self.from..self.at).is_some_and(|words| words.iter().any(Word::is_plural));
        let plural =
            || before.is(Classes::PLURAL) || self.number().map_or_else(has_plural, |number| number == Number::Plural);
        let is_pure = self.words.get(self.at).is_some_and(|word| word.is(Classes::PURE));
        // `Risk register and risk treatment plan` has no verb, `Staff agree` has one.
        const ENDING: [Key; 8] = keys(["stop", "start", "end", "work", "rise", "fall", "change", "fail"]);
        if !is_pure && precedes(self.words, self.at).is_none() && !is(self.words, self.at, &ENDING) {
            return false;
        }
        self.has_relative_subject()
            || !self.is_behind_opening(before) && (is_pure || !self.is_behind_verb()) && plural()
    }

    /// A verb that the table does not know; of nouns only the usual endings can be told.
    fn is_unknown(&self, before: &Word) -> bool {
        const NOUN_ENDINGS: [&[u8]; 9] =
            [b"ss", b"ions", b"ments", b"ities", b"ers", b"ors", b"nesses", b"ances", b"ives"];
        const ADJECTIVE_ENDINGS: [&[u8]; 9] = [b"ed", b"ing", b"ble", b"ful", b"ous", b"ive", b"al", b"ent", b"ant"];
        const DEED_ENDINGS: [&[u8]; 9] = [b"ion", b"ment", b"ness", b"ity", b"ance", b"ence", b"ship", b"ware", b"ism"];
        let Some(word) = self.words.get(self.at) else { return false };
        if self.has_relative_subject() && word.is_participle() {
            return true;
        }
        if word.classes != Classes::NONE || word.marks.any(Marks::CAPITAL.union(Marks::COMMA).union(Marks::HYPHEN)) {
            return false;
        }
        if self.is_behind_verb() || self.is_behind_opening(before) || before.is(Classes::DETERMINER) {
            return false;
        }
        if word.ends_with(b"s") {
            let is_followed = self.words.get(self.at + 1).is_some_and(|next| !next.is_participle());
            return is_followed && !NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending));
        }
        // `To keep records safe`: what follows tells a verb from an adjective.
        let has_object = precedes(self.words, self.at).is_some_and(|next| {
            next.is(Classes::DETERMINER.and(Classes::PRONOUN).and(Classes::PREPOSITION)) || next.is_plural()
        });
        before.is_plural()
            && has_object
            && !is(self.words, self.at, const { &keys(["due", "ready", "prone", "fit", "eligible"]) })
            && !DEED_ENDINGS.iter().any(|ending| word.ends_with(ending))
            && !ADJECTIVE_ENDINGS.iter().any(|ending| word.ends_with(ending))
    }
}

/// Whether a word is a modal verb, and not the noun `will`, `can` or `may`.
pub fn is_modal(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    if !word.is(MODALS) || word.marks.any(Marks::HYPHEN) {
        return false;
    }
    if is(words, at, const { &keys(["shall", "should", "would", "could", "cannot"]) }) {
        return true;
    }
    // The month.
    if word.key == const { key("may") } && word.marks.any(Marks::CAPITAL) && at > 0 {
        return false;
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    if before.is_some_and(|before| {
        before.is(Classes::DETERMINER.and(Classes::PREPOSITION))
            && !before.is(Classes::SUBORDINATOR.and(Classes::PRONOUN).and(Classes::PLURAL))
    }) {
        return false;
    }
    let no_verb = Classes::IS
        .and(Classes::WAS)
        .and(Classes::PREPOSITION)
        .and(Classes::DETERMINER)
        .and(Classes::CONJUNCTION)
        .and(Classes::THIRD)
        .and(MODALS);
    words.get(at + 1).is_some_and(|next| {
        next.is(Classes::BASE.and(Classes::BE).and(Classes::HAVE).and(Classes::NEGATION)) || !next.is(no_verb)
    })
}

/// Whether a sentence begins with a verb in the imperative: `Ensure …`, `Review the …`, `Document and approve …`, but not
/// `Review results …`.
pub fn is_imperative(words: &[Word]) -> bool {
    let Some(first) = words.first().filter(|first| first.is(Classes::BASE) && !is_joined(words, 0)) else {
        return false;
    };
    let is_article =
        |at: usize| words.get(at).is_some_and(|word| word.is(Classes::DETERMINER) && !word.is(Classes::NEGATION));
    if first.is(Classes::PURE) || is_article(1) && !first.is(Classes::DETERMINER) {
        return true;
    }
    let is_verb = |word: &Word| word.is(Classes::BASE.and(Classes::CONJUNCTION));
    let end = words.iter().position(|word| !is_verb(word)).unwrap_or(words.len());
    let (Some(verbs), Some(last)) = (words.get(1..end), words.get(end.saturating_sub(1))) else { return false };
    let is_sure = is_article(end) || last.is(Classes::PURE);
    is_sure
        && last.is(Classes::BASE)
        && verbs.iter().any(|word| word.is(Classes::CONJUNCTION))
        && sure_statement(words).is_none()
}

/// Whether a hyphen or a slash ties a word to the next.
pub fn is_joined(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| next.marks.any(Marks::HYPHEN.union(Marks::SLASH)))
}

/// Whether a noun is for one or for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// `is`
    Singular,
    /// `are`
    Plural,
}

/// The number of the noun that some words are about, where it is sure.
pub fn number(words: &[Word]) -> Option<Number> {
    let skipped = Classes::NEGATION.and(Classes::CONJUNCTION);
    let start = words.iter().position(|word| {
        !word.is_adverb() && (!word.is(skipped) || word.is(Classes::PRONOUN)) && !word.marks.any(Marks::ASIDE)
    })?;
    let words = words.get(start..)?;
    const ONE: [Key; 12] = keys([
        "each", "every", "a", "an", "another", "this", "either", "it", "whoever", "everyone", "nobody", "nothing",
    ]);
    if is(words, 0, &ONE) {
        return Some(Number::Singular);
    }
    if is(words, 0, const { &keys(["these", "those", "both", "many", "few", "several", "two", "three", "they", "we"]) })
    {
        return Some(Number::Plural);
    }
    // `all of the data`
    if is(words, 0, const { &keys(["all", "some", "any", "most", "more", "none", "half", "one"]) })
        && is(words, 1, const { &keys(["of"]) })
    {
        return None;
    }
    let ends = |word: &Word| {
        word.is(Classes::PREPOSITION.and(Classes::SUBORDINATOR))
            || word.key == const { key("to") }
            || word.is_gerund() && !word.is(Classes::NOUN_IN_ING)
    };
    let end = words.iter().skip(1).position(ends).map_or(words.len(), |end| end + 1);
    let (phrase, rest) = words.split_at(end);
    let is_noun = |word: &Word| !word.is(Classes::CONJUNCTION) && !word.is_participle();
    if !phrase.iter().any(is_noun) {
        return None;
    }
    let is_and = |word: &Word| word.key == const { key("and") };
    if let Some(joiner) = phrase.iter().rposition(|word| word.is(Classes::CONJUNCTION)) {
        // `Keys or a card is …`: the last one counts.
        let is_both = phrase.get(joiner).is_some_and(is_and);
        return if is_both { Some(Number::Plural) } else { number(phrase.get(joiner + 1..)?) };
    }
    const ADJECTIVE_ENDINGS: [&[u8]; 4] = [b"ble", b"ful", b"ous", b"less"];
    let is_behind = |word: &Word| {
        word.is_participle()
            || word.is_adverb()
            || word.marks.any(Marks::ASIDE)
            || ADJECTIVE_ENDINGS.iter().any(|ending| word.ends_with(ending))
    };
    let head = phrase.iter().rposition(|word| !is_behind(word)).unwrap_or(phrase.len().saturating_sub(1));
    if phrase.get(head)?.is_plural() {
        return Some(Number::Plural);
    }
    let is_unsure = phrase.get(..head)?.iter().any(Word::is_plural)
        || is(phrase, head, const { &keys(["number", "majority", "rest", "range", "variety", "percentage", "total"]) })
        || rest.iter().any(is_and) && !is(rest, 0, const { &keys(["between"]) });
    (!is_unsure).then_some(Number::Singular)
}
