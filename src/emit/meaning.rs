//! What a word means: the page of a code, or how a statement is written.

use crate::codes;
use crate::diagnostic::Code;
use crate::syntax::statements;

/// Where all statements are described.
pub const REFERENCE: &str = "The reference, docs/language.md, has every statement.";

/// What a word means, or what to do about one that means nothing.
///
/// # Errors
/// What is wrong with the word, and what may help.
pub fn meaning(wanted: &str) -> Result<Meaning, (String, String)> {
    if let Some(statement) = statement(wanted) {
        return Ok(Meaning::Statement(statement));
    }
    let upper = wanted.to_uppercase();
    codes::find(wanted).or_else(|| codes::find(&upper)).map(Meaning::Code).ok_or_else(|| {
        let help = match codes::nearest(wanted) {
            Some(near) => format!("did you mean `{near}`? `prm explain` lists all"),
            None => "`prm explain` lists all codes and names".to_owned(),
        };
        (format!("there is no diagnostic `{wanted}`"), help)
    })
}

/// What a word means.
pub enum Meaning {
    /// It is a code, which has a page.
    Code(&'static Code),
    /// It begins statements, or a clause: how they are written.
    Statement(String),
}

impl Meaning {
    /// It as Markdown.
    pub fn text(&self) -> String {
        match self {
            Meaning::Code(code) => format!("{}\n\n{REFERENCE}\n", code.page.trim_end_matches('\n')),
            Meaning::Statement(text) => text.clone(),
        }
    }
}

/// How a statement is written, or a clause, and what it means.
fn statement(word: &str) -> Option<String> {
    let rows =
        statements::ALL.iter().filter(|row| !row.word.is_empty() && row.word.split(' ').any(|part| part == word));
    let rows: Vec<String> = rows.map(|row| format!("{}\n\n  {}\n\n", row.shape(), row.meaning)).collect();
    let clause = statements::clause_word(word).filter(|_| rows.is_empty());
    let clause = clause.map(|row| format!("{}\n\n  {}\n\n", row.shape(), row.meaning));
    let said = rows.into_iter().chain(clause).collect::<String>();
    (!said.is_empty()).then(|| format!("{said}{REFERENCE}\n"))
}
