//! What prints a document, a row for each form. Every document has every form.

#[cfg(feature = "docx")]
use super::docx::docx;
use super::markdown::markdown;
use super::setting::{Setting, Unprintable};
use super::tree::Document;
use super::{adoc, html};

/// What prints a document in one form.
#[derive(Debug)]
pub struct Writer {
    /// The name of the form: the value of `--as`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Whether it is no text, and nothing for a terminal.
    pub is_binary: bool,
    /// Whether it holds the pictures that it shows; others name them, and they stand beside it.
    pub holds_pictures: bool,
    /// Prints the whole document, or says what is in the way.
    pub write: fn(&Document, &Setting<'_>) -> Result<Vec<u8>, Unprintable>,
}

/// CommonMark with the tables of GFM.
pub const MARKDOWN: Writer = Writer {
    name: "markdown",
    about: "A document",
    is_binary: false,
    holds_pictures: false,
    write: |document, _| Ok(markdown(document).into_bytes()),
};

/// AsciiDoc, as Metanorma takes it for standards of ISO.
pub const ADOC: Writer = Writer {
    name: "adoc",
    about: "A document in AsciiDoc, for Metanorma",
    is_binary: false,
    holds_pictures: false,
    write: |document, setting| adoc::write(document, setting),
};

/// A page for browsers, and for print.
pub const HTML: Writer = Writer {
    name: "html",
    about: "A page for browsers, in one file",
    is_binary: false,
    holds_pictures: true,
    write: |document, setting| html::write(document, &[], setting),
};

/// Office Open XML, as word processors have it.
pub const DOCX: Writer = Writer {
    name: "docx",
    about: "A document for word processors",
    is_binary: true,
    holds_pictures: true,
    #[cfg(feature = "docx")]
    write: docx,
    #[cfg(not(feature = "docx"))]
    write: |_, _| Err(Unprintable::unbuilt("docx")),
};
