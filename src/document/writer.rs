//! What prints a document, a row for each form. Every document has every form.

use super::adoc::adoc;
use super::html::html;
use super::markdown::markdown;
use super::tree::Document;

/// What prints a document in one form.
#[derive(Debug)]
pub struct Writer {
    /// The name of the form: the value of `--as`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Whether it is no text, and nothing for a terminal.
    pub is_binary: bool,
    /// Prints the whole document.
    pub write: fn(&Document) -> Vec<u8>,
}

/// CommonMark with the tables of GFM.
pub const MARKDOWN: Writer = Writer {
    name: "markdown",
    about: "A document",
    is_binary: false,
    write: |document| markdown(document).into_bytes(),
};

/// AsciiDoc, as Metanorma takes it for standards of ISO.
pub const ADOC: Writer = Writer {
    name: "adoc",
    about: "A document in AsciiDoc, for Metanorma",
    is_binary: false,
    write: |document| adoc(document).into_bytes(),
};

/// A page for browsers, and for print.
pub const HTML: Writer = Writer {
    name: "html",
    about: "A page for browsers, in one file",
    is_binary: false,
    write: |document| html(document).into_bytes(),
};
