//! What a page asks.

use std::collections::BTreeMap;

use prm::{Compilation, Memory};
use serde::Deserialize;

/// Files, and what of them is compiled.
#[derive(Deserialize)]
pub struct Package {
    /// The texts, by path.
    files: BTreeMap<String, String>,
    /// The file or folder that is compiled; empty for the folder that holds all.
    path: String,
}

/// What `check` is asked.
#[derive(Deserialize)]
pub struct Check {
    /// What is compiled.
    #[serde(flatten)]
    pub package: Package,
    /// The file that is coloured.
    pub open: String,
    /// Whether hints are wanted too.
    #[serde(default)]
    pub pedantic: bool,
}

/// What `build` is asked.
#[derive(Deserialize)]
pub struct Build {
    /// What is compiled.
    #[serde(flatten)]
    pub package: Package,
    /// The format of an output; `map` and `trace` are drawings.
    pub format: String,
    /// The form of it; the usual one where none is named.
    pub form: Option<String>,
}

/// What `format` is asked.
#[derive(Deserialize)]
pub struct Format {
    /// The text.
    pub text: String,
}

impl Package {
    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Compiles it.
    pub fn compile(self) -> Compilation {
        let files = self.files.into_iter().map(|(path, text)| (path, text.into_bytes()));
        prm::compile(&Memory(files.collect()), &self.path)
    }
}
