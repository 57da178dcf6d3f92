//! `prm completions` and `prm man`.

use clap::CommandFactory;

use super::args::{Arguments, CompletionsArguments};
use super::failure::Failure;
use super::{Exit, output};

/// Prints the completions for a shell.
pub fn completions(arguments: &CompletionsArguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "prm", &mut script);
    output::stdout(&script)?;
    Ok(Exit::Fine)
}

/// Prints the manual page: the command, then each of its parts.
pub fn manual() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = Arguments::command();
    let mut render = |command: clap::Command| clap_mangen::Man::new(command).render(&mut page);
    let mut result = render(command.clone());
    for part in command.get_subcommands() {
        let name: &'static str = Box::leak(format!("prm-{}", part.get_name()).into_boxed_str());
        result = result.and(render(part.clone().name(name)));
    }
    result.map_err(|error| {
        Failure::new(format!("cannot print the manual page: {error}"), "this should not happen; please report it")
    })?;
    output::stdout(&page)?;
    Ok(Exit::Fine)
}
