//! The statements of which nearly all files are made, read without pest.
//!
//! The grammar says what they are, and here it is said once more, so that one look at each token is enough; a test holds
//! that both read the same. What is not read here goes to pest: all other statements, and every slip.

use super::super::lexer::terminal;
use super::super::statements::{ALL, Kind};
use super::super::tree::Role;
use super::super::words::terminal_of_first;
use Step::{Links, MayText, Text, Word, Words, Work};

/// What follows the word of a statement.
#[derive(Clone, Copy)]
enum Step {
    /// A word.
    Word(Role),
    /// Words with commas between.
    Words(Role),
    /// A text.
    Text(Role),
    /// A text that may be left out.
    MayText(Role),
    /// What an outcome satisfies and produces, in any order.
    Links,
    /// What a practice achieves, consumes and produces, in any order.
    Work,
}

const ROW: &[Step] = &[Word(Role::Id), Text(Role::Title), MayText(Role::Text)];
const TITLED: &[Step] = &[Word(Role::Id), Text(Role::Title)];
const SAID: &[Step] = &[Text(Role::Text)];
const RELATION: &[Step] = &[Words(Role::Target), MayText(Role::Text)];

const USUAL: &[(Kind, &[Step])] = &[
    (Kind::Outcome, &[Word(Role::Id), Text(Role::Text), Links]),
    (Kind::Practice, &[Word(Role::Id), Text(Role::Text), MayText(Role::Text), Work]),
    (Kind::Requirement, ROW),
    (Kind::Control, ROW),
    (Kind::Group, ROW),
    (Kind::Process, TITLED),
    (Kind::Clause, TITLED),
    (Kind::Purpose, SAID),
    (Kind::Context, SAID),
    (Kind::Note, SAID),
    (Kind::Label, SAID),
    (Kind::Characteristic, SAID),
    (Kind::Supports, RELATION),
    (Kind::Informs, RELATION),
    (Kind::Follows, RELATION),
    (Kind::Term, &[Text(Role::Title), Text(Role::Text)]),
];

/// The same, by the terminals of their words.
static STEPS: [Option<(Kind, &[Step])>; 256] = {
    let mut steps: [Option<(Kind, &[Step])>; 256] = [None; 256];
    let mut at = 0;
    while at < USUAL.len() {
        steps[terminal_of_first(ALL[USUAL[at].0 as usize].word) as usize] = Some(USUAL[at]);
        at += 1;
    }
    steps
};

const SATISFIES: u8 = terminal_of_first("satisfies");
const PARTLY: u8 = terminal_of_first("partly");
const TOGETHER: u8 = terminal_of_first("together");
const WITH: u8 = terminal_of_first("with");
const BECAUSE: u8 = terminal_of_first("because");
const ACHIEVES: u8 = terminal_of_first("achieves");
const CONSUMES: u8 = terminal_of_first("consumes");
const PRODUCES: u8 = terminal_of_first("produces");

/// A statement that was read, or a closing brace.
pub(super) struct Usual {
    /// Which statement; none of a brace.
    pub kind: Option<Kind>,
    /// One past its last token.
    pub past: usize,
}

/// Reads what begins at a token, if it is a usual statement or a closing brace; the arguments of a statement are put down
/// with their tokens.
pub(super) fn read(kinds: &[u8], start: usize, found: &mut Vec<(Role, usize)>) -> Option<Usual> {
    found.clear();
    let first = *kinds.get(start)?;
    let mut reader = Reader { kinds, at: start, found };
    let kind = match STEPS[usize::from(first)] {
        Some((kind, steps)) => {
            reader.at += 1;
            steps.iter().try_for_each(|step| reader.step(*step))?;
            kind
        }
        None if first == terminal::CLOSE => return Some(Usual { kind: None, past: start + 1 }),
        // No other statement begins with a word that the language gives no meaning, and a text.
        None if first == terminal::WORD => {
            reader.word(Role::Id)?;
            reader.text(Role::ExtraText)?;
            Kind::Other
        }
        None => return None,
    };
    reader.next(|kind| matches!(kind, terminal::END | terminal::OPEN))?;
    Some(Usual { kind: Some(kind), past: reader.at })
}

struct Reader<'r> {
    kinds: &'r [u8],
    at: usize,
    found: &'r mut Vec<(Role, usize)>,
}

impl Reader<'_> {
    fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Word(role) => self.word(role),
            Words(role) => self.words(role),
            Text(role) => self.text(role),
            MayText(role) => self.text(role).or(Some(())),
            Links => self.links(),
            Work => self.work(),
        }
    }

    /// The token that comes next, if it is one of these.
    fn next(&mut self, is_meant: impl FnOnce(u8) -> bool) -> Option<usize> {
        let at = self.at;
        is_meant(*self.kinds.get(at)?).then(|| {
            self.at += 1;
            at
        })
    }

    fn is(&mut self, terminal: u8) -> bool {
        self.next(|kind| kind == terminal).is_some()
    }

    fn argument(&mut self, role: Role, is_meant: impl FnOnce(u8) -> bool) -> Option<()> {
        let at = self.next(is_meant)?;
        self.found.push((role, at));
        Some(())
    }

    fn word(&mut self, role: Role) -> Option<()> {
        self.argument(role, |kind| kind >= terminal::WORD)
    }

    fn text(&mut self, role: Role) -> Option<()> {
        self.argument(role, |kind| kind == terminal::QUOTED)
    }

    /// A word of the language that counts.
    fn mark(&mut self, role: Role, terminal: u8) -> Option<()> {
        self.argument(role, |kind| kind == terminal)
    }

    fn words(&mut self, role: Role) -> Option<()> {
        self.word(role)?;
        while self.is(terminal::COMMA) {
            self.word(role)?;
        }
        Some(())
    }

    fn links(&mut self) -> Option<()> {
        loop {
            if self.mark(Role::Satisfies, SATISFIES).is_some() {
                self.words(Role::Ref)?;
                if self.is(TOGETHER) {
                    self.is(WITH).then(|| self.words(Role::Partner))??;
                }
                self.because()?;
            } else if self.mark(Role::Partly, PARTLY).is_some() {
                self.mark(Role::Satisfies, SATISFIES)?;
                self.words(Role::Ref)?;
                self.because()?;
            } else if self.mark(Role::Produces, PRODUCES).is_some() {
                self.words(Role::Produced)?;
            } else {
                return Some(());
            }
        }
    }

    fn because(&mut self) -> Option<()> {
        if self.is(BECAUSE) { self.text(Role::Reason) } else { Some(()) }
    }

    fn work(&mut self) -> Option<()> {
        const CLAUSES: [(Role, u8, Role); 3] = [
            (Role::Achieves, ACHIEVES, Role::Achieved),
            (Role::Consumes, CONSUMES, Role::Consumed),
            (Role::Produces, PRODUCES, Role::Produced),
        ];
        while let Some((_, _, named)) = CLAUSES.into_iter().find(|(mark, word, _)| self.mark(*mark, *word).is_some()) {
            self.words(named)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use pest::Parser;
    use proptest::prelude::*;

    use super::super::super::random;
    use super::super::{Cursor, Grammar, Meaning, Rule, meaning, spelled};
    use super::*;
    use crate::syntax::words;

    /// What pest reads: the statement, and its arguments with their tokens.
    fn by_grammar(kinds: &[u8]) -> Option<(Kind, Vec<(Role, usize)>)> {
        let spelled = spelled(kinds);
        let pairs = Grammar::parse(Rule::single, &spelled).ok()?;
        let (mut cursor, mut statement, mut found) = (Cursor::new(&spelled, 0), None, Vec::new());
        for token in pairs.tokens() {
            let pest::Token::Start { rule, pos } = token else { continue };
            match meaning(rule) {
                Meaning::Statement(kind) => statement = Some(kind),
                Meaning::Argument(role) => found.push((role, cursor.token(pos.pos()))),
                _ => {}
            }
        }
        Some((statement?, found))
    }

    fn directly(kinds: &[u8]) -> Option<(Kind, Vec<(Role, usize)>)> {
        let mut found = Vec::new();
        let usual = read(kinds, 0, &mut found)?;
        assert_eq!(usual.past, kinds.len());
        Some((usual.kind?, found))
    }

    fn token() -> impl Strategy<Value = u8> {
        let all: Vec<u8> = words::all().map(|(_, terminal)| terminal).collect();
        let plain = [terminal::WORD, terminal::QUOTED, terminal::COMMA];
        prop_oneof![3 => proptest::sample::select(plain.to_vec()), 1 => proptest::sample::select(all)]
    }

    /// A usual statement as the steps have it: what may be left out is there or not, lists have one member or two.
    fn statement() -> impl Strategy<Value = Vec<u8>> {
        let clause = |words: &[u8]| {
            let words = words.to_vec();
            (any::<bool>(), any::<bool>()).prop_map(move |(is_list, has_reason)| {
                let list: &[u8] =
                    if is_list { &[terminal::WORD, terminal::COMMA, SATISFIES] } else { &[terminal::WORD] };
                let takes_reason = words.contains(&SATISFIES) && has_reason;
                let reason: &[u8] = if takes_reason { &[BECAUSE, terminal::QUOTED] } else { &[] };
                [&words, list, reason].concat()
            })
        };
        let links = prop_oneof![clause(&[SATISFIES]), clause(&[PARTLY, SATISFIES]), clause(&[PRODUCES])];
        let work = prop_oneof![clause(&[ACHIEVES]), clause(&[CONSUMES]), clause(&[PRODUCES])];
        let clauses = |of| proptest::collection::vec(of, 0..3).prop_map(|clauses| clauses.concat());
        (0..=USUAL.len(), any::<bool>(), any::<bool>(), clauses(links.boxed()), clauses(work.boxed())).prop_map(
            |(number, is_full, is_open, links, work)| {
                let Some((kind, steps)) = USUAL.get(number) else {
                    return vec![terminal::WORD, terminal::QUOTED, terminal::END];
                };
                let mut kinds = vec![words::terminal_of(ALL[*kind as usize].word)];
                for step in *steps {
                    match step {
                        Word(_) => kinds.push(terminal::WORD),
                        Words(_) if is_full => kinds.extend([terminal::WORD, terminal::COMMA, terminal::WORD]),
                        Words(_) => kinds.push(terminal::WORD),
                        Text(_) => kinds.push(terminal::QUOTED),
                        MayText(_) => kinds.extend(is_full.then_some(terminal::QUOTED)),
                        Links => kinds.extend(&links),
                        Work => kinds.extend(&work),
                    }
                }
                kinds.push(if is_open { terminal::OPEN } else { terminal::END });
                kinds
            },
        )
    }

    proptest! {
        #![proptest_config(random::cases(5000))]

        #[test]
        fn usual_statements_are_those_of_the_grammar(
            kinds in statement(),
            changes in proptest::collection::vec((0_usize..12, 0_usize..3, token()), 0..3),
        ) {
            prop_assert_eq!(directly(&kinds), by_grammar(&kinds));
            prop_assert!(directly(&kinds).is_some());
            let mut changed = kinds;
            for (at, action, token) in changes {
                let at = at % (changed.len() - 1).max(1);
                match action {
                    0 => changed[at] = token,
                    1 => changed.insert(at, token),
                    _ if changed.len() > 2 => drop(changed.remove(at)),
                    _ => {}
                }
            }
            // What is not read here, the grammar may know.
            if let Some(read) = directly(&changed) {
                prop_assert_eq!(Some(read), by_grammar(&changed), "{:?}", changed);
            }
        }
    }
}
