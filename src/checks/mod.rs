//! The checks: one file each, all in one list.

mod description;

use crate::coverage::Coverage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Origin, Package, PackageId, Process, Program};
use crate::source::Sources;

/// What a check looks at: one package of a resolved program.
pub struct Context<'a> {
    /// Everything that is known.
    pub program: &'a Program,
    /// The texts.
    pub sources: &'a Sources,
    /// The package that is checked.
    pub package: PackageId,
    /// Its coverage; judged for the package asked for only.
    pub coverage: Option<&'a Coverage>,
}

impl<'a> Context<'a> {
    /// The package that is checked.
    pub fn package(&self) -> &'a Package {
        self.program.package(self.package)
    }

    /// Whether something was written in the package itself, not in a base of its model.
    pub fn is_own(&self, origin: Origin) -> bool {
        origin.package == self.package
    }

    /// The processes that the package itself declares.
    pub fn own_processes(&self) -> impl Iterator<Item = &'a Process> + '_ {
        self.package().model.processes.iter().filter(|process| self.is_own(process.origin))
    }
}

/// A check.
pub struct Check {
    /// The codes that it can give.
    pub codes: &'static [&'static Code],
    /// Looks, and adds what it finds.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// Every check. Adding a line here is the whole registration.
pub const ALL: &[Check] = &[
    // P4xx: how processes are described; the list of these checks is `description::LOOKS`.
    Check { codes: &description::CODES, run: description::check },
];
