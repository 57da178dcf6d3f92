//! The Zed extension: says how the language server is started.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Prm;

impl zed::Extension for Prm {
    fn new() -> Self {
        Prm
    }

    /// The program that the settings name (`lsp.prm.binary.path`), or `prm` on the search path.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        let set = settings.binary.and_then(|binary| binary.path);
        let command = set
            .or_else(|| worktree.which("prm"))
            .ok_or("there is no program `prm`: install it, or set `lsp.prm.binary.path`")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Prm);
