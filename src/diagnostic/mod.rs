//! What the compiler has to say: plain data, until `render` or an editor shows it.

pub mod words;

use crate::span::Span;

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

/// A kind of diagnostic: a row of the register in [`codes`](crate::codes).
#[derive(Debug)]
#[non_exhaustive]
pub struct Code {
    /// `P301`.
    pub code: &'static str,
    /// `uncovered-requirement`.
    pub name: &'static str,
    /// The severity when nothing else is said.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// The page of `prm explain`, in Markdown.
    pub page: &'static str,
}

impl Code {
    /// Whether the code is of the families P0xx to P2xx, which forbid output and cannot be allowed.
    pub fn forbids_output(&self) -> bool {
        matches!(self.code.as_bytes().get(1), Some(b'0'..=b'2'))
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.code == other.code
    }
}

impl Eq for Code {}

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
    /// The edit that does it, where one is certain.
    pub edit: Option<Edit>,
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
        }
    }

    /// What to say beside the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
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

    /// Replacing the primary place with `text` would mend it.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Diagnostic {
        self.edit = Some(Edit { span: self.primary.span, text: text.into() });
        self
    }
}

/// Sorts by place, then by code, then by the other places: findings about the requirements of a catalog follow the
/// catalog. The order in which phases found things never shows.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let place = |of: &Diagnostic| (of.primary.span, of.code.code);
        let others = a.secondary.iter().map(|label| label.span).cmp(b.secondary.iter().map(|label| label.span));
        place(a).cmp(&place(b)).then(others).then_with(|| a.message.cmp(&b.message))
    });
}
