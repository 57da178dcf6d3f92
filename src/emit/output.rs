//! What a row of [`ALL`](super::ALL) says: an output that can be built, its forms, and what they want.

use std::io;

use super::{ALL, Input, pam};
use crate::compile::Compilation;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Document, Figure, Picture, Setting, Template, Unprintable, Writer};
use crate::package::manifest::{self, Options};

/// An output that can be built.
#[derive(Debug)]
#[non_exhaustive]
pub struct Output {
    /// Its name: the value of `--format`, and of `format` in `[[output]]`.
    pub format: &'static str,
    /// What it is.
    pub about: &'static str,
    /// The forms that it has, the usual one first. One alone is not named: it takes no `--as`.
    pub forms: &'static [Form],
    /// Whether there has to be a model.
    pub needs_model: bool,
    /// What it asks of checks besides what is asked of every model: it may add to the findings, and judge them anew.
    pub asks: fn(&Compilation, &Options, &mut Vec<Diagnostic>),
    /// The JSON Schema of its form `json`, or of the only form.
    #[cfg(feature = "schema")]
    pub schema: Option<fn() -> String>,
}

/// A form of an output.
#[derive(Debug)]
#[non_exhaustive]
pub struct Form {
    /// Its name: the value of `--as`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// The options that it has, each by its name on the command line and in `[[output]]`.
    pub options: &'static [&'static str],
    /// Whether it is no text, and nothing for a terminal.
    pub is_binary: bool,
    /// Whether it is written over a file that its authors have edited, and keeps what they wrote.
    pub keeps_edits: bool,
    /// Whether it says when it was made.
    pub is_dated: bool,
    /// Makes it of a model.
    pub emit: Emit,
}

/// Makes an output of a model.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Emit {
    /// A document, and what prints it.
    Document(Tree, &'static Writer),
    /// What is no document.
    Data(Make),
}

/// Builds the document of a model.
pub type Tree = fn(&Input<'_>, &Request<'_>) -> Result<Document, Refused>;

/// Makes the files of an output.
pub type Make = for<'a> fn(&'a Input<'a>, &Request<'_>) -> Result<Vec<Artifact<'a>>, Refused>;

/// How an output is wanted.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The options, of which a form heeds those that it has.
    pub options: &'a Options,
    /// When it is said to be made, in seconds since 1970: outputs look at no clock.
    pub epoch: Option<u64>,
    /// What stands where it is to be written, for a form that keeps edits.
    #[doc(hidden)]
    pub existing: Option<&'a pam::Existing>,
    /// The bytes of the file that the option `template` names.
    pub template: Option<&'a [u8]>,
}

impl<'a> Request<'a> {
    /// For an output that is written anew.
    pub fn new(options: &'a Options) -> Request<'a> {
        Request { options, epoch: None, existing: None, template: None }
    }

    /// What a document is printed with.
    pub(super) fn setting<'s>(&'s self, picture: &'s dyn Fn(&Figure) -> Option<Picture>) -> Setting<'s> {
        let path = self.options.template.as_deref().unwrap_or("template");
        Setting { template: self.template.map(|bytes| Template { path, bytes }), picture }
    }
}

/// A file of an output.
#[non_exhaustive]
pub struct Artifact<'a> {
    /// Where it goes, seen from the folder in which the output stands, with `/`; empty for the output itself.
    pub path: String,
    /// Writes its bytes. They are not held before: the data of a large model are larger than the model.
    pub write: Write<'a>,
}

/// Writes bytes.
pub type Write<'a> = Box<dyn FnOnce(&mut dyn io::Write) -> io::Result<()> + 'a>;

/// Why an output is not made, though its model may be shown.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refused {
    /// What is in the way, as said of the place where it is to be written.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

impl From<Unprintable> for Refused {
    fn from(Unprintable { problem, help }: Unprintable) -> Refused {
        Refused { problem, help }
    }
}

impl Form {
    /// A document in the form of a writer.
    pub(super) const fn document(writer: &'static Writer, options: &'static [&'static str], tree: Tree) -> Form {
        let Writer { name, about, is_binary, .. } = *writer;
        Form {
            name,
            about,
            options,
            is_binary,
            keeps_edits: false,
            is_dated: false,
            emit: Emit::Document(tree, writer),
        }
    }

    /// What is no document; a row states what is else to be said.
    pub(super) const fn data(name: &'static str, about: &'static str, make: Make) -> Form {
        Form {
            name,
            about,
            options: &[],
            is_binary: false,
            keeps_edits: false,
            is_dated: false,
            emit: Emit::Data(make),
        }
    }

    /// Makes it of a model.
    ///
    /// # Errors
    /// Where the model may be shown, and this output of it not be made.
    pub fn make<'a>(&self, input: &'a Input<'a>, request: &Request<'_>) -> Result<Vec<Artifact<'a>>, Refused> {
        match self.emit {
            Emit::Document(tree, writer) => {
                let document = tree(input, request)?;
                let picture = |figure: &Figure| super::pictures::shown(input, figure);
                let mut artifacts = file((writer.write)(&document, &request.setting(&picture))?)?;
                if writer.holds_pictures {
                    return Ok(artifacts);
                }
                let pictures = super::pictures::beside(input, &document).into_iter();
                artifacts.extend(
                    pictures.map(|(path, bytes)| Artifact { path, write: Box::new(move |out| out.write_all(&bytes)) }),
                );
                Ok(artifacts)
            }
            Emit::Data(make) => make(input, request),
        }
    }

    /// An option that is wanted, and that it does not have.
    pub fn lacks(&self, options: &Options) -> Option<&'static str> {
        options.set().find(|option| !self.options.contains(option))
    }
}

impl Output {
    /// The form of a name; the usual one where none is named.
    pub fn form(&self, name: Option<&str>) -> Option<&'static Form> {
        match name {
            None => self.forms.first(),
            Some(name) => self.forms.iter().find(|form| self.has_forms() && form.name == name),
        }
    }

    /// The findings that it tells of: those of every model, and what it asks besides, in order.
    pub fn findings(&self, compilation: &Compilation, options: &Options, of_all: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut findings = of_all.to_vec();
        (self.asks)(compilation, options, &mut findings);
        diagnostic::sort(&mut findings);
        findings
    }

    /// Whether there is a choice of forms.
    pub fn has_forms(&self) -> bool {
        self.forms.len() > 1
    }
}

/// The output of a name.
pub fn find(format: &str) -> Option<&'static Output> {
    ALL.iter().find(|output| output.format == format)
}

/// What manifests may name.
pub fn formats() -> Vec<manifest::Format> {
    let form = |form: &Form| manifest::Form { name: form.name, options: form.options };
    ALL.iter()
        .map(|output| manifest::Format { name: output.format, forms: output.forms.iter().map(form).collect() })
        .collect()
}

/// An output that is one file.
pub(super) fn file<'a>(content: impl Into<Vec<u8>>) -> Result<Vec<Artifact<'a>>, Refused> {
    let bytes = content.into();
    written(move |out| out.write_all(&bytes))
}

/// An output that is one file, and is written bit by bit.
pub(super) fn written<'a>(
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()> + 'a,
) -> Result<Vec<Artifact<'a>>, Refused> {
    Ok(vec![Artifact { path: String::new(), write: Box::new(write) }])
}
