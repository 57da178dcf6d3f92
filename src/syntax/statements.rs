//! What is asked of the statements of the language and of the words in them, read off the rows in `table`.
//!
//! The grammar knows the syntax; the table knows the words, their places and what each part is for. It feeds the lexer,
//! the nesting of blocks, the messages, the recovery of broken lines, the formatter, hover, completion and outlines, and
//! what is made of it: the reference chapter of the manual, and the keyword lists of the editors.

use std::sync::LazyLock;

use super::shape::{self, Names, Part, Role};
pub use super::table::{ALL, Block, CLAUSE_WORDS, ClauseWord, Kind, Place, Statement, Symbol};
use Place::{AnyBlock, File, In};

impl Statement {
    /// How it is written, for people.
    pub fn shape(&self) -> &'static str {
        static SHAPES: LazyLock<Vec<String>> = LazyLock::new(|| ALL.iter().map(Statement::written).collect());
        SHAPES.get(self.kind as usize).map_or("", String::as_str)
    }

    fn written(&self) -> String {
        let block = match self.block {
            Block::None => String::new(),
            Block::Inline => "{ … }".to_owned(),
            Block::Lines(inside) => format!("{{ {inside} }}"),
        };
        let parts = [self.word.to_owned(), shape::shown(self.parts).text, block];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The role of its first argument.
    pub fn first_role(&self) -> Option<Role> {
        self.parts.iter().find(|part| !matches!(part, Part::Word(_))).and_then(Part::role)
    }

    /// Its argument of a role.
    pub fn part(&self, role: Role) -> Option<&'static Part> {
        shape::find(self.parts, &mut |part| (part.role() == Some(role)).then_some(part))
    }

    /// Whether its argument of a role is a name that it declares, and that others may write.
    pub fn declares(&self, role: Role) -> bool {
        let names = self.part(role).and_then(Part::names);
        matches!(names, Some(Names::New | Names::NewNumber))
    }
}

impl ClauseWord {
    /// The statements in which it may stand.
    pub fn of(&self) -> impl Iterator<Item = &'static Statement> + use<> {
        let word = self.word;
        ALL.iter().filter(move |row| shape::holds(row.parts, word))
    }

    /// How its clause is written, for people.
    pub fn shape(&self) -> &'static str {
        static SHAPES: LazyLock<Vec<String>> = LazyLock::new(|| CLAUSE_WORDS.iter().map(ClauseWord::written).collect());
        let at = CLAUSE_WORDS.iter().position(|row| row.word == self.word);
        at.and_then(|at| SHAPES.get(at)).map_or("", String::as_str)
    }

    fn written(&self) -> String {
        let clause = self.of().find_map(|row| shape::headed_by(row.parts, self.word));
        match clause.filter(|_| self.begins) {
            Some(parts) => shape::shown(parts).text,
            None => self.as_in.to_owned(),
        }
    }

    /// How it is begun: with the words that have to follow.
    pub fn beginning(&self, kind: Kind) -> Option<String> {
        let parts = shape::headed_by(kind.row()?.parts, self.word)?;
        let words = parts.iter().map_while(|part| match part {
            Part::Word(word) => Some(*word),
            _ => None,
        });
        Some(words.collect::<Vec<_>>().join(" "))
    }
}

/// The role of what follows a word that begins a clause, or that needs something behind it; `None` for other words.
pub fn role_behind(kind: Kind, word: &str) -> Option<Option<Role>> {
    let rows = kind.row().into_iter().chain(ALL);
    let next = rows
        .filter_map(|row| shape::behind(row.parts, word))
        .find(|next| !matches!(next, Part::Many(Role::Right, ..)))?;
    let is_known = clause_word(word).is_some_and(|row| row.begins || next.role().is_some());
    is_known.then(|| next.role())
}

/// Every word of the language once: those that begin a statement, those that begin a clause, the others.
pub fn words() -> impl Iterator<Item = &'static str> {
    statement_words().chain(CLAUSE_WORDS.iter().map(|row| row.word))
}

/// The words that begin a statement, once each; of `extend process`, the first.
pub fn statement_words() -> impl Iterator<Item = &'static str> {
    let first = |row: &'static Statement| row.word.split(' ').next().filter(|word| !word.is_empty());
    ALL.iter().enumerate().filter_map(move |(number, row)| {
        let word = first(row)?;
        ALL[..number].iter().all(|above| first(above) != Some(word)).then_some(word)
    })
}

/// The row of a word within statements.
pub fn clause_word(word: &str) -> Option<&'static ClauseWord> {
    CLAUSE_WORDS.iter().find(|row| row.word == word)
}

/// Whether a word begins the relation of a line of a crosswalk.
pub fn begins_relation(word: &str) -> bool {
    let Part::OneOf(relations) = super::table::RELATION else { return false };
    relations.iter().any(|relation| matches!(relation.first(), Some(Part::Word(first)) if *first == word))
}

impl Kind {
    /// Its row, if it is a statement of the language.
    pub fn row(self) -> Option<&'static Statement> {
        // The kinds are made of the rows, in their order.
        ALL.get(self as usize)
    }

    /// The word, or words, that it begins with.
    pub fn word(self) -> &'static str {
        self.row().map_or("", |row| row.word)
    }

    /// Whether it may stand in a block of `parent`, or at the top of a file for `None`.
    pub fn may_stand_in(self, parent: Option<Kind>) -> bool {
        let Some(row) = self.row() else { return true };
        row.places.iter().any(|place| match place {
            File => parent.is_none(),
            AnyBlock => parent.is_some(),
            In(kind) => parent == Some(*kind),
        })
    }

    /// The other statement of its word that may stand in a block of `parent`.
    pub fn namesake_in(self, parent: Option<Kind>) -> Option<Kind> {
        let word = Some(self.word()).filter(|word| !word.is_empty())?;
        standing_in(parent).find(|row| row.word == word && row.kind != self).map(|row| row.kind)
    }

    /// Whether outputs have an object for it, in which the notes of its block stand; those of others stand in the nearest
    /// object around them.
    pub fn keeps_notes(self) -> bool {
        self == Kind::FieldValue || self.row().is_some_and(|row| row.keeps_notes)
    }

    /// Whether it is there for what stands in its block.
    pub fn is_container(self) -> bool {
        self.row().is_some_and(|row| matches!(row.block, Block::Lines(_)))
    }

    /// The statement of this word in a block of `parent`; for `extend` and `replace`, the words with their object.
    pub fn of_word(word: &str) -> Option<Kind> {
        ALL.iter().find(|row| row.word == word && !word.is_empty()).map(|row| row.kind)
    }
}

/// The statements that may stand in a block of `parent`, or at the top of a file for `None`.
pub fn standing_in(parent: Option<Kind>) -> impl Iterator<Item = &'static Statement> {
    ALL.iter().filter(move |row| row.kind.may_stand_in(parent))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::span::FileId;
    use crate::syntax::parse;

    #[test]
    fn help_is_one_sentence_and_words_stand_in_their_shapes() {
        let clauses = CLAUSE_WORDS.iter().map(|row| (row.word, row.shape(), row.meaning));
        for (word, shape, meaning) in ALL.iter().map(|row| (row.word, row.shape(), row.meaning)).chain(clauses) {
            assert!(shape.contains(word) && !shape.is_empty(), "{word}: {shape}");
            assert!(meaning.ends_with(['.', '…']) && !meaning.contains(". "), "{meaning}");
        }
    }

    #[test]
    fn shapes_are_read_off_the_parts() {
        let shape = |kind: Kind| kind.row().unwrap().shape();
        assert_eq!(shape(Kind::Outcome), "outcome N \"Text\" (satisfies REF, …)");
        assert_eq!(shape(Kind::Process), "process ID \"Title\" (in GROUP) { … }");
        assert_eq!(shape(Kind::Scale), "scale { rating … }");
        assert_eq!(shape(Kind::ReplaceItem), "replace item ID \"Title\" (kind WORD) because \"Text\" { … }");
        assert_eq!(
            shape(Kind::Line),
            "REF, … equals | equivalent to | subset of | superset of | intersects REF, … (because \"Text\")"
        );
        let clause = |word: &str| clause_word(word).unwrap().shape();
        assert_eq!(clause("satisfies"), "satisfies REF, … (together with OUTCOME, …) (because \"Text\")");
        assert_eq!(clause("to"), "to CATALOG");
    }

    /// What the grammar's rule of a statement holds, all rules within it resolved: words of the language, and roles.
    fn of_grammar(rules: &BTreeMap<&str, &str>, rule: &str, found: &mut BTreeSet<String>) {
        for name in rules[rule].split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            match name.strip_prefix("k_") {
                Some(word) => drop(found.insert(word.to_owned())),
                None if matches!(name, "ends" | "comma" | "") => {}
                None if rules.get(name).is_some_and(|body| matches!(body.trim(), "word" | "quoted" | "sign")) => {
                    found.insert(name.replace('_', ""));
                }
                None => of_grammar(rules, name, found),
            }
        }
    }

    fn of_parts(parts: &'static [Part]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        shape::find(parts, &mut |part| -> Option<()> {
            match part {
                Part::Word(word) => drop(found.insert((*word).to_owned())),
                _ => found.extend(part.role().map(|role| format!("{role:?}").to_lowercase())),
            }
            None
        });
        found
    }

    #[test]
    fn grammar_and_table_have_the_same_parts() {
        let grammar = include_str!("../../grammar/prm.pest");
        let lines = grammar.lines().filter_map(|line| line.split_once('='));
        let rules: BTreeMap<&str, &str> =
            lines.map(|(name, body)| (name.trim(), body.trim_matches(|c| " _{}".contains(c)))).collect();
        for row in ALL {
            let is_rule = |rule: &&&str| rule.replace('_', "").eq_ignore_ascii_case(&format!("{:?}", row.kind));
            let rule = rules.keys().find(is_rule).unwrap_or_else(|| panic!("no rule for {:?}", row.kind));
            let mut in_grammar = BTreeSet::new();
            of_grammar(&rules, rule, &mut in_grammar);
            let mut in_table = of_parts(row.parts);
            in_table.extend(row.word.split(' ').filter(|word| !word.is_empty()).map(str::to_owned));
            assert_eq!(in_grammar, in_table, "{:?}", row.kind);
        }
    }

    /// A statement as its parts say: with or without what may be left out, with one of a list or two, and with one of its
    /// alternatives.
    struct Sample {
        is_full: bool,
        are_many: bool,
        way: usize,
    }

    impl Sample {
        fn write(&self, parts: &[Part], words: &mut Vec<String>, roles: &mut Vec<Role>) {
            for part in parts {
                match part {
                    Part::Word(word) => {
                        words.push((*word).to_owned());
                        roles.extend(Role::of_mark(word));
                    }
                    Part::One(role, ..) => {
                        words.push(argument(*role));
                        roles.push(*role);
                    }
                    Part::Many(role, ..) => {
                        words.push(if self.are_many { format!("{0}, {0}", argument(*role)) } else { argument(*role) });
                        roles.extend([*role].repeat(1 + usize::from(self.are_many)));
                    }
                    Part::May(parts) | Part::Urged(parts) | Part::Unsaid(parts) if self.is_full => {
                        self.write(parts, words, roles);
                    }
                    Part::May(_) | Part::Urged(_) | Part::Unsaid(_) => {}
                    Part::Must(parts) => self.write(parts, words, roles),
                    Part::OneOf(ways) => self.write(ways[self.way % ways.len()], words, roles),
                }
            }
        }
    }

    fn argument(role: Role) -> String {
        match role {
            Role::Title | Role::Text | Role::Reason | Role::Amendment => "\"Text\"".to_owned(),
            Role::Number | Role::Count | Role::Amount => "50".to_owned(),
            Role::Percent => "%".to_owned(),
            _ => "a1".to_owned(),
        }
    }

    /// The kind and the roles of the one statement of a text, if it is well-formed.
    fn read(text: &str) -> Option<(Kind, Vec<Role>)> {
        let (tree, diagnostics) = parse(FileId(0), text);
        let roles = tree.args(0).iter().map(|arg| arg.role).collect();
        (diagnostics.is_empty() && tree.nodes.len() == 1).then(|| (tree.node(0).kind, roles))
    }

    #[test]
    fn the_parser_takes_what_the_table_says_and_nothing_less_or_more() {
        for row in ALL {
            for number in 0..8 {
                let sample = Sample { is_full: number % 2 == 1, are_many: number / 2 % 2 == 1, way: number };
                let mut words: Vec<String> =
                    row.word.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
                let begins = words.len();
                let mut roles = Vec::new();
                sample.write(row.parts, &mut words, &mut roles);
                let text = words.join(" ");
                assert_eq!(read(&text), Some((row.kind, roles)), "{text}");
                if sample.is_full || sample.are_many {
                    continue;
                }
                for at in begins..words.len() {
                    let mut fewer = words.clone();
                    fewer.remove(at);
                    assert_ne!(read(&fewer.join(" ")).map(|found| found.0), Some(row.kind), "{text}, without {at}");
                }
            }
            // Of what stands once a second is refused.
            shape::find(row.parts, &mut |part| -> Option<()> {
                let Part::One(role, ..) = part else { return None };
                let sample = Sample { is_full: true, are_many: false, way: 0 };
                let (mut words, mut roles) = (vec![row.word.to_owned()], Vec::new());
                sample.write(row.parts, &mut words, &mut roles);
                let text = words.join(" ").replacen(&argument(*role), &format!("{0}, {0}", argument(*role)), 1);
                let lists = |part: &'static Part| matches!(part, Part::Many(..)).then_some(());
                if shape::find(row.parts, &mut { lists }).is_none() {
                    assert_eq!(read(&text), None, "{text}");
                }
                None
            });
        }
    }
}
