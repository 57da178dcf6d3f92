//! Whether colour is wanted.

use std::io::IsTerminal;

use super::args::Color;

/// Whether standard error gets colour.
pub fn stderr_color(color: Color) -> bool {
    wanted(color, std::io::stderr().is_terminal())
}

/// Whether standard output gets colour.
pub fn stdout_color(color: Color) -> bool {
    wanted(color, std::io::stdout().is_terminal())
}

fn wanted(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            is_terminal && !off && !dumb
        }
    }
}
