//! What may stand in `prm.toml`: the tables and their keys, a row each. The reader tells by it what it knows, the editor
//! offers it, and the JSON Schema is made of it.

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// A path, from the folder of the manifest.
    Path,
    /// `true` or `false`.
    Flag,
    /// The name of a format that `prm build` writes.
    Format,
    /// A form of that format.
    Form,
    /// The id of a catalog that the model covers.
    Catalog,
    /// The id of an assessment that the package sees.
    Assessment,
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether its table needs it.
    pub is_needed: bool,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// A table of the manifest.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The line that begins it.
    pub head: &'static str,
    /// Its keys: of a dependency those of its value, of `[lints]` none, since the register of codes has them.
    pub keys: &'static [Key],
    /// What it says, in one sentence.
    pub meaning: &'static str,
}

impl Table {
    /// The names of its keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

const fn needed(name: &'static str, takes: Takes, meaning: &'static str) -> Key {
    Key { name, takes, is_needed: true, meaning }
}

const fn free(name: &'static str, takes: Takes, meaning: &'static str) -> Key {
    Key { name, takes, is_needed: false, meaning }
}

/// What package it is.
pub const PACKAGE: Table = Table {
    name: "package",
    head: "[package]",
    keys: &[
        needed("name", Takes::Text, "The name by which other packages use this one."),
        free("version", Takes::Text, "The version, as documents and data show it."),
    ],
    meaning: "What this package is called.",
};

/// Which packages it uses.
pub const DEPENDENCIES: Table = Table {
    name: "dependencies",
    head: "[dependencies]",
    keys: &[needed("path", Takes::Path, "The folder of the package, from this one.")],
    meaning: "The packages in other folders that this one may use.",
};

/// How grave findings are.
pub const LINTS: Table = Table {
    name: "lints",
    head: "[lints]",
    keys: &[],
    meaning: "How grave findings are taken to be, by code, name or family.",
};

/// What is written.
pub const OUTPUT: Table = Table {
    name: "output",
    head: "[[output]]",
    keys: &[
        needed("format", Takes::Format, "What is written."),
        needed("path", Takes::Path, "The file, from the folder of the package."),
        free("as", Takes::Form, "The form, of formats that have several."),
        free("provenance", Takes::Flag, "Whether it says of each element which layer added, replaced or left it out."),
        free(
            "draft",
            Takes::Flag,
            "Whether it tells statuses, gaps and findings, for those who still work on the model.",
        ),
        free("compact", Takes::Flag, "Whether data are written without blanks and line breaks between values."),
        free("catalog", Takes::Catalog, "The id of the one covered catalog that is told of."),
        free("assessment", Takes::Assessment, "The id of the assessment that is told of."),
        free(
            "template",
            Takes::Path,
            "A file of this package by which a document is laid out, or whose styles it takes.",
        ),
    ],
    meaning: "A file that `prm build` writes; there may be several.",
};

/// All tables, in their usual order.
pub const TABLES: &[&Table] = &[&PACKAGE, &DEPENDENCIES, &LINTS, &OUTPUT];

/// The levels of `[lints]`, with what each means.
pub const LEVELS: &[(&str, &str)] =
    &[("allow", "It is not told."), ("warn", "It is a warning."), ("deny", "It is an error.")];
