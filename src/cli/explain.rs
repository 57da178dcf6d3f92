//! `prm explain`.

use super::args::{Color, ExplainArguments};
use super::failure::Failure;
use super::{Exit, output, terminal};
use crate::codes;
use crate::diagnostic::Code;
use crate::emit::meaning::{Meaning, REFERENCE, meaning};

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
    match meaning(wanted) {
        Ok(Meaning::Code(code)) if color => Ok(coloured(code)),
        Ok(meaning) => Ok(meaning.text()),
        Err((problem, help)) => Err(Failure::new(problem, help)),
    }
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

/// A page with headings and examples set off.
fn coloured(code: &Code) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in code.page.lines() {
        let is_fence = line.starts_with("```");
        in_example ^= is_fence;
        let style = match line {
            _ if is_fence => "2",
            _ if in_example => "36",
            _ if line.starts_with('#') => "1",
            _ => "",
        };
        match style {
            "" => text.push_str(line),
            _ => text.push_str(&format!("\x1b[{style}m{line}\x1b[0m")),
        }
        text.push('\n');
    }
    text.push_str(&format!("\n{REFERENCE}\n"));
    text
}
