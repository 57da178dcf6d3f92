//! What documents are printed with: files of the user's own.

use super::tree::Figure;

/// What a document is printed with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// A file of the user's own whose styles are taken.
    pub template: Option<Template<'a>>,
    /// Finds what a figure shows; `None` where it is not at hand.
    pub picture: &'a dyn Fn(&Figure) -> Option<Picture>,
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Setting { template: None, picture: &|_| None }
    }
}

/// A file of the user's own.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// Its path, as messages name it.
    pub path: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What its bytes are.
    pub kind: PictureKind,
    /// Its width and height, in pixels of CSS (96 of them are an inch).
    pub size: (f64, f64),
    /// The file.
    pub bytes: Vec<u8>,
    /// The same as a metafile, for programs that do not show lines otherwise.
    pub metafile: Option<Vec<u8>>,
}

/// What a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// Dots.
    Png,
    /// A photograph.
    Jpeg,
    /// Lines.
    Svg,
}

/// Why a document cannot be printed in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprintable {
    /// What is in the way.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

impl Unprintable {
    /// The program was built without a feature that the form needs.
    pub fn unbuilt(feature: &str) -> Unprintable {
        let help = format!(
            "build a program that has it, `cargo install --locked prm --features {feature}`, or take another format"
        );
        Unprintable { problem: format!("this program was built without the feature `{feature}`"), help }
    }
}
