//! Statements as values, and the one way in which the program writes `.prm`.
//!
//! `statement` holds what is to be said, `literal` puts texts between quotes, and `read_back` is the proof: what was
//! written is parsed, and has to be what was given. Whatever would say something else is a [`Fault`], and never text.
//!
//! ```
//! use prm::syntax::statements::Kind;
//! use prm::writer::{self, Statement};
//!
//! let requirement = Statement::new(Kind::Requirement).id("R1").title("Keys").text("Every \"key\" is [[known]].");
//! let catalog = Statement::new(Kind::Catalog).id("house").title("Rules of the house").with(requirement);
//! assert_eq!(
//!     writer::file(&[catalog.into()])?,
//!     r#"catalog house "Rules of the house" {
//!   requirement R1 "Keys" "Every \"key\" is \[[known]]."
//! }
//! "#
//! );
//! # Ok::<(), writer::Fault>(())
//! ```

mod literal;
mod read_back;
mod statement;

use std::fmt;

use crate::formatter;
use crate::syntax::DEPTH;
use crate::syntax::shape::{self, Part};
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
pub use literal::{Text, must_be_escaped};
use statement::Value;
pub use statement::{Entry, Statement};

/// Why something cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which statement it is: counted from 0, in the order in which they would stand, those in blocks included.
    pub statement: usize,
    /// What is wrong with it, as in "`a b` is no id".
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.problem)
    }
}

impl std::error::Error for Fault {}

/// A whole file, in its canonical layout.
///
/// # Errors
/// For values that the language has no text for: an id with a blank, an empty title, a statement in a block where it
/// may not stand.
pub fn file(entries: &[Entry]) -> Result<String, Fault> {
    let mut writer =
        Writer { text: String::new(), statements: Vec::new(), comments: Vec::new(), closed: 0, is_file: true };
    for entry in entries {
        writer.entry(entry, None, 0)?;
    }
    let text =
        formatter::format(&writer.text).map_err(|_| writer.fault("it would be laid out as something else"))?.text;
    read_back::prove(&writer, &text)?;
    Ok(text)
}

impl Statement {
    /// The statement on one line, for a file that has its own layout.
    ///
    /// # Errors
    /// Like those of [`file`], but wherever it may stand; and where more than one statement is in its block.
    pub fn line(&self) -> Result<String, Fault> {
        Ok(self.on_a_line()?.0)
    }

    /// What stands behind its id and its texts, to be put behind them: `satisfies R1`.
    ///
    /// # Errors
    /// Like those of [`Statement::line`].
    pub fn clauses(&self) -> Result<String, Fault> {
        let (line, head) = self.on_a_line()?;
        Ok(line[head..].trim_start().to_owned())
    }

    /// The statement on one line, and where its clauses begin.
    fn on_a_line(&self) -> Result<(String, usize), Fault> {
        let mut writer =
            Writer { text: String::new(), statements: Vec::new(), comments: Vec::new(), closed: 0, is_file: false };
        let head = writer.statement(self, None, 0)?;
        read_back::prove(&writer, &writer.text)?;
        Ok((writer.text, head))
    }
}

/// The words of statements, not yet laid out, and what has to be read in them.
struct Writer<'a> {
    text: String,
    /// The statements so far, each with the one in whose block it stands.
    statements: Vec<(&'a Statement, Option<usize>)>,
    comments: Vec<Comment>,
    /// How many blocks have ended.
    closed: usize,
    /// Whether it is a file, or a statement on one line.
    is_file: bool,
}

/// A comment, and how many statements begin and how many blocks end before it.
#[derive(Debug, PartialEq, Eq)]
struct Comment {
    words: String,
    statements: usize,
    closed: usize,
}

impl<'a> Writer<'a> {
    fn entry(&mut self, entry: &'a Entry, parent: Option<usize>, depth: usize) -> Result<(), Fault> {
        match entry {
            Entry::Statement(statement) => {
                self.statement(statement, parent, depth)?;
                self.text.push('\n');
            }
            Entry::Comment(words) => {
                for line in words.split('\n') {
                    self.comment(if line.is_empty() { "//".to_owned() } else { format!("// {line}") })?;
                }
            }
            Entry::BlockComment(words) if words.contains("*/") => return Err(self.fault("`*/` would end the comment")),
            Entry::BlockComment(words) => self.comment(format!("/*{words}*/"))?,
            Entry::Blank => self.text.push('\n'),
        }
        Ok(())
    }

    fn comment(&mut self, words: String) -> Result<(), Fault> {
        if !self.is_file {
            return Err(self.fault("a comment would take a line of its own"));
        }
        let hidden = |character: &char| *character != '\n' && literal::must_be_escaped(*character);
        if let Some(character) = words.chars().find(hidden) {
            return Err(self.fault(format!("a comment cannot hold the character U+{:04X}", u32::from(character))));
        }
        self.text.push_str(&words);
        self.text.push('\n');
        self.comments.push(Comment { words, statements: self.statements.len(), closed: self.closed });
        Ok(())
    }

    /// Writes a statement; gives where its clauses begin.
    fn statement(&mut self, statement: &'a Statement, parent: Option<usize>, depth: usize) -> Result<usize, Fault> {
        let number = self.statements.len();
        self.statements.push((statement, parent));
        self.place(statement.kind, parent, depth)?;
        self.text.push_str(statement.kind.word());
        let parts = statement.kind.row().map_or(&[][..], |row| row.parts);
        // What takes nothing but words has to have them.
        for part in parts.iter().take_while(|_| statement.args.is_empty()) {
            if let Part::Word(word) = part {
                self.word(word);
            }
        }
        let mut clauses = None;
        let mut previous: Option<&(Role, Value)> = None;
        for arg in &statement.args {
            let (lead, part) = shape::with_lead(parts, arg.0).unzip();
            let is_listed = matches!(part, Some(Part::Many(..)));
            match previous {
                Some((role, _)) if *role == arg.0 && is_listed => self.text.push(','),
                // The mark is the lead, or a part of it; the sign of percent belongs to what stands before it.
                Some((role, Value::Mark)) if *role != Role::Percent => {}
                _ => {
                    if matches!(arg.1, Value::Mark) || lead.is_some_and(|lead| !lead.is_empty()) {
                        clauses.get_or_insert(self.text.len());
                    }
                    for word in lead.into_iter().flatten() {
                        if let Part::Word(word) = word {
                            self.word(word);
                        }
                    }
                }
            }
            self.argument(statement.kind, arg)?;
            previous = Some(arg);
        }
        let clauses = clauses.unwrap_or(self.text.len());
        if let Some(block) = &statement.block {
            self.block(block, number, depth)?;
        }
        Ok(clauses)
    }

    fn argument(&mut self, kind: Kind, (role, value): &(Role, Value)) -> Result<(), Fault> {
        match value {
            Value::Mark => self.word(statement::words_of_mark(*role)),
            Value::Word(word) => {
                self.check_word(word)?;
                self.word(word);
            }
            Value::Text(text) => {
                let is_free = self.is_file && statement::is_free_text(kind, *role);
                let literal = text.written(is_free).map_err(|problem| self.fault(problem))?;
                self.word(&literal);
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &'a [Entry], number: usize, depth: usize) -> Result<(), Fault> {
        if !self.is_file && block.len() > 1 {
            return Err(self.fault("a block of several statements has no room on one line"));
        }
        self.text.push_str(match (self.is_file, block.is_empty()) {
            (true, _) => " {\n",
            (false, true) => " {",
            (false, false) => " { ",
        });
        for entry in block {
            match entry {
                Entry::Statement(inner) if !self.is_file => {
                    self.statement(inner, Some(number), depth + 1)?;
                    self.text.push(' ');
                }
                entry => self.entry(entry, Some(number), depth + 1)?,
            }
        }
        self.text.push('}');
        self.closed += 1;
        Ok(())
    }

    /// Whether a statement may stand where it is put.
    fn place(&self, kind: Kind, parent: Option<usize>, depth: usize) -> Result<(), Fault> {
        if depth > DEPTH {
            return Err(self.fault("too many blocks stand in each other"));
        }
        let outer = parent.map(|parent| self.statements[parent].0.kind);
        let fits = if kind == Kind::Other { outer.is_some() } else { kind.may_stand_in(outer) };
        if (self.is_file || parent.is_some()) && !fits {
            let what = if kind.word().is_empty() { "such a line".to_owned() } else { format!("`{}`", kind.word()) };
            let place = outer.map_or("at the top of a file".to_owned(), |outer| format!("in `{}`", outer.word()));
            return Err(self.fault(format!("{what} may not stand {place}")));
        }
        Ok(())
    }

    fn check_word(&self, word: &str) -> Result<(), Fault> {
        let may_hold = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
        if word.is_empty() || !word.bytes().all(may_hold) {
            let id = literal::shown(word);
            let problem = format!("`{id}` is no id: letters, digits, `-` and `_`, in segments with a dot between them");
            return Err(self.fault(problem));
        }
        Ok(())
    }

    /// Writes a word or a literal, with a blank before it.
    fn word(&mut self, word: &str) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// What is wrong with the last statement.
    fn fault(&self, problem: impl Into<String>) -> Fault {
        Fault { statement: self.statements.len().saturating_sub(1), problem: problem.into() }
    }
}
