//! What is to be written: statements with their arguments and blocks, and what stands between them.

use super::Text;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;

/// A statement: its arguments in the order in which they are written, and what stands in its block.
///
/// The arguments are those of the syntax tree: `practice BP1 "Count." achieves 1, 2` has an id, a text, the mark of
/// the clause, and two that are achieved. The words of clauses and the commas come by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub(super) kind: Kind,
    pub(super) args: Vec<(Role, Value)>,
    pub(super) block: Option<Vec<Entry>>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Word(String),
    Text(Text),
    /// The word of a clause, before what belongs to it.
    Mark,
}

/// What may stand in a file, or in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A statement.
    Statement(Statement),
    /// Lines that each begin with `//`.
    Comment(String),
    /// What stands between `/*` and `*/`, to the letter.
    BlockComment(String),
    /// A blank line, where the layout leaves the choice.
    Blank,
}

impl From<Statement> for Entry {
    fn from(statement: Statement) -> Entry {
        Entry::Statement(statement)
    }
}

impl Statement {
    /// A statement that has no arguments yet.
    pub fn new(kind: Kind) -> Statement {
        Statement { kind, args: Vec::new(), block: None }
    }

    /// What a block says by a field of that name.
    pub fn field(name: impl Into<String>, text: impl Into<Text>) -> Statement {
        Statement::new(Kind::Other).id(name).quoted(Role::ExtraText, text)
    }

    /// The line of a crosswalk: what the left side is to the right side.
    pub fn correspondence<S: Into<String>>(
        left: impl IntoIterator<Item = S>,
        relation: Role,
        right: impl IntoIterator<Item = S>,
    ) -> Statement {
        Statement::new(Kind::Line).words(Role::Left, left).mark(relation).words(Role::Right, right)
    }

    /// Adds a word: an id, a number.
    pub fn word(mut self, role: Role, word: impl Into<String>) -> Statement {
        self.args.push((role, Value::Word(word.into())));
        self
    }

    /// Adds words, with commas between.
    pub fn words<S: Into<String>>(self, role: Role, words: impl IntoIterator<Item = S>) -> Statement {
        words.into_iter().fold(self, |statement, word| statement.word(role, word))
    }

    /// Adds a text.
    pub fn quoted(mut self, role: Role, text: impl Into<Text>) -> Statement {
        self.args.push((role, Value::Text(text.into())));
        self
    }

    /// Adds the word of a clause whose words or texts come next.
    pub fn mark(mut self, role: Role) -> Statement {
        self.args.push((role, Value::Mark));
        self
    }

    /// Adds the id.
    pub fn id(self, id: impl Into<String>) -> Statement {
        self.word(Role::Id, id)
    }

    /// Adds a title.
    pub fn title(self, title: impl Into<Text>) -> Statement {
        self.quoted(Role::Title, title)
    }

    /// Adds a text that is no title.
    pub fn text(self, text: impl Into<Text>) -> Statement {
        self.quoted(Role::Text, text)
    }

    /// Adds `because "…"`.
    pub fn because(self, reason: impl Into<Text>) -> Statement {
        self.quoted(Role::Reason, reason)
    }

    /// Adds `satisfies REF, …`.
    pub fn satisfies<S: Into<String>>(self, references: impl IntoIterator<Item = S>) -> Statement {
        self.mark(Role::Satisfies).words(Role::Ref, references)
    }

    /// Adds `partly satisfies REF, …`.
    pub fn partly_satisfies<S: Into<String>>(self, references: impl IntoIterator<Item = S>) -> Statement {
        self.mark(Role::Partly).satisfies(references)
    }

    /// Adds `achieves N, …`.
    pub fn achieves<S: Into<String>>(self, outcomes: impl IntoIterator<Item = S>) -> Statement {
        self.mark(Role::Achieves).words(Role::Achieved, outcomes)
    }

    /// Adds something to the block.
    pub fn with(mut self, entry: impl Into<Entry>) -> Statement {
        self.block.get_or_insert_default().push(entry.into());
        self
    }

    /// Adds all of this to the block, which is there then, though it may be empty.
    pub fn with_all<E: Into<Entry>>(mut self, entries: impl IntoIterator<Item = E>) -> Statement {
        self.block.get_or_insert_default().extend(entries.into_iter().map(Into::into));
        self
    }
}

/// The words of a mark.
pub(super) fn words_of_mark(role: Role) -> &'static str {
    match role {
        Role::Satisfies => "satisfies",
        Role::Partly => "partly",
        Role::Achieves => "achieves",
        Role::Consumes => "consumes",
        Role::Produces => "produces",
        Role::Required => "required",
        Role::Normative => "normative",
        Role::Equals => "equals",
        Role::Equivalent => "equivalent to",
        Role::Subset => "subset of",
        Role::Superset => "superset of",
        Role::Intersects => "intersects",
        Role::Lead => "lead",
        Role::Percent => "%",
        _ => "",
    }
}

/// Whether a text may have several paragraphs, and so stands on lines of its own where it has several lines.
pub(super) fn is_free_text(kind: Kind, role: Role) -> bool {
    use Kind::{Outcome, Practice, ReplaceOutcome, ReplacePractice};
    matches!(role, Role::Text | Role::ExtraText)
        && !matches!(kind, Outcome | Practice | ReplaceOutcome | ReplacePractice)
}
