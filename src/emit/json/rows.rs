//! The rows that many others hold. The names are the contract; the comments are the descriptions in the JSON Schema.

use std::borrow::Cow;

use serde::Serialize;

/// A text of the author's.
pub type Words<'a> = Cow<'a, str>;

/// What elements carry beside what they say.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarriedRow<'a> {
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Values of declared fields.
    pub fields: Vec<FieldRow<'a>>,
    /// What each layer did to it.
    pub history: Vec<ChangeRow<'a>>,
    /// Where its present text stands.
    pub origin: OriginRow<'a>,
}

/// A note: its text, or, of one in a block that has no object here, what it is a note to.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Note"))]
#[serde(untagged)]
pub enum NoteRow<'a> {
    /// What it says.
    Text(Words<'a>),
    /// One in a block within this one.
    Inner {
        /// The word of the statement in whose block it stands.
        #[serde(rename = "in")]
        within: &'a str,
        /// What it says.
        text: Words<'a>,
        /// Where it stands.
        origin: OriginRow<'a>,
    },
}

/// Where something comes from.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Origin"))]
pub struct OriginRow<'a> {
    /// The package.
    pub package: &'a str,
    /// The file, relative to the folder of the package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The id of the model that put it there; null in a package without a model.
    pub layer: Option<&'a str>,
}

/// What a layer did to an element.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Change"))]
pub struct ChangeRow<'a> {
    /// The id of the model.
    pub layer: Option<&'a str>,
    /// What it did.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["added", "extended", "replaced", "omitted", "stated"])))]
    pub action: &'static str,
    /// `purpose` or `context`, where not the element as a whole is meant.
    pub what: Option<&'static str>,
    /// Why.
    pub because: Option<Words<'a>>,
    /// The file, relative to the folder of its package.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
}

/// The value of a field that the model or one of its bases declares.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Field"))]
pub struct FieldRow<'a> {
    /// The field.
    pub id: &'a str,
    /// What documents print for it; null if the declaration is not at hand.
    pub title: Option<Words<'a>>,
    /// What it says.
    pub text: Words<'a>,
    /// Notes.
    pub notes: Vec<NoteRow<'a>>,
    /// Where it stands.
    pub origin: OriginRow<'a>,
}
