//! What a kind of diagnostic is: a row of the register, of one of the families.

use super::Severity;

/// What diagnostics are about: the first digit of their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Family {
    /// P0xx: syntax and files.
    Syntax,
    /// P1xx: names and references.
    Names,
    /// P2xx: the structure of models, catalogs, crosswalks and frameworks.
    Structure,
    /// P3xx: coverage.
    Coverage,
    /// P4xx: how processes are described, after ISO/IEC/IEEE 24774.
    Description,
    /// P5xx: what a reference model states (ISO/IEC 33004, clause 5).
    Reference,
    /// P6xx: assessment models (ISO/IEC 33004, clause 6).
    Assessment,
    /// P7xx: layers and crosswalks.
    Layers,
    /// P8xx: ratings and what they rest on.
    Ratings,
}

impl Family {
    /// Every family, in order.
    pub const ALL: [Family; 9] = [
        Family::Syntax,
        Family::Names,
        Family::Structure,
        Family::Coverage,
        Family::Description,
        Family::Reference,
        Family::Assessment,
        Family::Layers,
        Family::Ratings,
    ];

    /// The family of a code of the register. A code of none stops the compilation of the compiler.
    pub(crate) const fn of(code: &str) -> Family {
        Family::ALL[(code.as_bytes()[1] - b'0') as usize]
    }

    /// The word for all its codes: `P4xx`.
    pub const fn word(self) -> &'static str {
        ["P0xx", "P1xx", "P2xx", "P3xx", "P4xx", "P5xx", "P6xx", "P7xx", "P8xx"][self as usize]
    }

    /// The family with this word.
    pub fn find(word: &str) -> Option<Family> {
        Family::ALL.into_iter().find(|family| family.word() == word)
    }

    /// Whether its errors forbid output and cannot be allowed: what is written is then not known for certain.
    pub const fn forbids_output(self) -> bool {
        matches!(self, Family::Syntax | Family::Names | Family::Structure)
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
    /// What it is about.
    pub family: Family,
    /// The severity when nothing else is said.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// The version of the compiler that brought it.
    pub since: &'static str,
    /// Whether it says that something is missing: then it says nothing where a line that may have been that is lost.
    pub is_lack: bool,
    /// The clause of a standard that it rests on, where there is one: `ISO/IEC 33004:2015, 5.3.1`.
    pub source: Option<&'static str>,
    /// Names that it had before, which still work wherever a name is written.
    pub formerly: &'static [&'static str],
    /// The version that no longer gives it. What names it is still understood.
    pub retired: Option<&'static str>,
    /// The page of `prm explain`, in Markdown.
    pub page: &'static str,
}

impl Code {
    /// Whether its family forbids output.
    pub fn forbids_output(&self) -> bool {
        self.family.forbids_output()
    }

    /// Whether it is a warning that is an error in a model that claims conformity, unless its package says otherwise.
    pub fn is_held_to_claims(&self) -> bool {
        self.family == Family::Reference && self.severity == Severity::Warning
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.code == other.code
    }
}

impl Eq for Code {}
