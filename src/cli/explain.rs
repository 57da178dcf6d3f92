//! `prm explain`.

use super::args::{Color, ExplainArguments};
use super::failure::Failure;
use super::{Exit, output, terminal};
use crate::codes;
use crate::diagnostic::Code;
use crate::syntax::statements;

/// Prints the page of a code, or the list of all.
pub fn run(arguments: &ExplainArguments, color: Color) -> Result<Exit, Failure> {
    let color = terminal::stdout_color(color);
    let text = match &arguments.code {
        None => list(color),
        Some(wanted) => answer(wanted, color)?,
    };
    output::write_text(None, &[], &text, true)?;
    Ok(Exit::Fine)
}

/// The page of a code, or how a statement is written.
pub fn answer(wanted: &str, color: bool) -> Result<String, Failure> {
    statement(wanted).map_or_else(|| Ok(page(find(wanted)?, color)), Ok)
}

fn find(wanted: &str) -> Result<&'static Code, Failure> {
    let upper = wanted.to_uppercase();
    codes::find(wanted).or_else(|| codes::find(&upper)).ok_or_else(|| {
        let help = match codes::nearest(wanted) {
            Some(near) => format!("did you mean `{near}`? `prm explain` lists all"),
            None => "`prm explain` lists all codes and names".to_owned(),
        };
        Failure::new(format!("there is no diagnostic `{wanted}`"), help)
    })
}

/// Where all statements are described.
const REFERENCE: &str = "The reference, docs/language.md, has every statement.";

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

fn list(color: bool) -> String {
    let width = codes::ALL.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for code in codes::ALL {
        let (bold, plain) = if color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        text.push_str(&format!(
            "{bold}{}{plain}  {:width$}  {:8} {}\n",
            code.code,
            code.name,
            code.severity.word(),
            code.summary
        ));
    }
    text
}

/// A page as it is, with headings and examples set off where there is colour.
fn page(code: &Code, color: bool) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in code.page.lines() {
        let is_fence = line.starts_with("```");
        in_example ^= is_fence;
        if !color {
            text.push_str(line);
        } else if is_fence {
            text.push_str(&format!("\x1b[2m{line}\x1b[0m"));
        } else if in_example {
            text.push_str(&format!("\x1b[36m{line}\x1b[0m"));
        } else if line.starts_with('#') {
            text.push_str(&format!("\x1b[1m{line}\x1b[0m"));
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text.push_str(&format!("\n{REFERENCE}\n"));
    text
}
