//! What the compiler has to say: plain data, until `render` or an editor shows it.

mod code;
pub mod words;

pub use code::{Code, Family};

use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::span::{FileId, Span};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Forbids success: the exit code is 1.
    Error,
    /// Shown; forbids success only under `--deny warnings`.
    Warning,
    /// Shown under `--pedantic` only.
    Hint,
    /// Shown only where `[lints]` asks for it.
    Off,
}

impl Severity {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
            Severity::Off => "off",
        }
    }
}

/// A place and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words beside it; may be empty.
    pub text: String,
}

/// A change of source text that would mend a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is inserted.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// Whether it is certain that this was meant. A guess is proposed, and never made unasked.
    pub is_certain: bool,
}

/// What a finding is about: it stays the same when the text moves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its full id: `COM.01.1`, `iso27001-2022:7.4.a`.
    pub id: String,
}

/// What a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the words of the language, without more to say")]
pub enum SubjectKind {
    Model,
    Group,
    Process,
    Outcome,
    Practice,
    Item,
    Requirement,
    Crosswalk,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The row of the register.
    pub code: &'static Code,
    /// The severity, after `[lints]`.
    pub severity: Severity,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// Where, and what was expected there.
    pub primary: Label,
    /// Other places that have to do with it, in any file.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The edit that does it, where there is one.
    pub edit: Option<Edit>,
    /// The element or the requirement that it is about, where it is about one.
    pub subject: Option<Subject>,
    /// Where it begins in a base, if that is not its place: what is allowed there is allowed.
    pub begins: Option<Span>,
    /// How many more of the code there are in the file, which nobody kept: see [`Findings`].
    pub more: usize,
}

impl Diagnostic {
    /// A finding with the severity of its row and an empty label.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: None,
            edit: None,
            subject: None,
            begins: None,
            more: 0,
        }
    }

    /// What to say beside the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
    }

    /// The place in a base where it begins.
    #[must_use]
    pub fn begins(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.begins = Some(span);
        self.also(span, text)
    }

    /// Its place, and the one in a base where it begins.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.primary.span).chain(self.begins)
    }

    /// A further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Replacing the primary place with `text` mends it, and nothing else can have been meant.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Diagnostic {
        self.edit = Some(Edit { span: self.primary.span, text: text.into(), is_certain: true });
        self
    }

    /// Replacing another place with `text` mends it, and nothing else can have been meant.
    #[must_use]
    pub fn with_edit(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.edit = Some(Edit { span, text: text.into(), is_certain: true });
        self
    }

    /// Replacing the primary place with `text` would mend it, if that was meant.
    #[must_use]
    pub fn perhaps(mut self, text: impl Into<String>) -> Diagnostic {
        self.edit = Some(Edit { span: self.primary.span, text: text.into(), is_certain: false });
        self
    }

    /// What it is about, by its full id.
    #[must_use]
    pub fn about(mut self, kind: SubjectKind, id: impl Into<String>) -> Diagnostic {
        self.subject = Some(Subject { kind, id: id.into() });
        self
    }

    /// Whether something is broken, from which other findings may come: it is told before them.
    pub fn is_cause(&self) -> bool {
        matches!(self.code.family, Family::Syntax | Family::Names)
    }

    /// What there is to say of those of its code that nobody kept: `and 90 more of P104 in this file`.
    pub fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more of {} in this file", self.more, self.code.code))
    }

    /// The message, and behind it what there is to say of the rest.
    pub fn message_with_rest(&self) -> Cow<'_, str> {
        match self.rest() {
            None => Cow::Borrowed(&self.message),
            Some(rest) => Cow::Owned(format!("{} ({rest})", self.message)),
        }
    }
}

/// How many there are, those that nobody kept among them.
pub fn count<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> usize {
    diagnostics.into_iter().map(|diagnostic| 1 + diagnostic.more).sum()
}

/// How many of one code are kept for one file.
///
/// Nobody reads more, and a file that is none of this language could otherwise fill the memory.
pub const KEPT: usize = 10_000;

/// Findings as they come. Of what forbids output, the first [`KEPT`] of each code and file are kept, and the last of them
/// tells how many more there were. What checks find of a model that is whole, outputs count and list: that is all kept.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    lots: FxHashMap<(FileId, &'static str), Lot>,
}

/// The findings of one code in one file.
#[derive(Debug, Default)]
struct Lot {
    kept: usize,
    /// The position of the last that was kept.
    last: usize,
    more: usize,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if diagnostic.code.forbids_output() {
            let lot = self.lots.entry((diagnostic.primary.span.file, diagnostic.code.code)).or_default();
            lot.more += std::mem::take(&mut diagnostic.more);
            if lot.kept == KEPT {
                lot.more += 1;
                return;
            }
            lot.kept += 1;
            lot.last = self.kept.len();
        }
        self.kept.push(diagnostic);
    }

    /// The last that was kept.
    pub fn last(&self) -> Option<&Diagnostic> {
        self.kept.last()
    }

    /// What was kept, in the order in which it came.
    pub fn into_kept(mut self) -> Vec<Diagnostic> {
        for lot in self.lots.values() {
            if let Some(last) = self.kept.get_mut(lot.last) {
                last.more = lot.more;
            }
        }
        self.kept
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl FromIterator<Diagnostic> for Findings {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Findings {
        let mut findings = Findings::default();
        findings.extend(diagnostics);
        findings
    }
}

/// Sorts what is broken before what may come of it, then by place, then by code, then by the other places: findings about
/// the requirements of a catalog follow the catalog. The order in which phases found things never shows.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|one, other| order(one, other, |span| span));
}

/// Which of two findings comes first, as [`sort`] has them, if their places are where somebody says.
pub fn order<Place: Ord>(one: &Diagnostic, other: &Diagnostic, at: impl Fn(Span) -> Place) -> Ordering {
    let place = |of: &Diagnostic| (!of.is_cause(), at(of.primary.span), of.code.code);
    let by_others = || {
        let others = one.secondary.iter().map(|label| at(label.span));
        others.cmp(other.secondary.iter().map(|label| at(label.span)))
    };
    place(one).cmp(&place(other)).then_with(by_others).then_with(|| one.message.cmp(&other.message))
}
