//! What the checks say of all that a document prints, for documents that have to answer for it.
//!
//! The findings of a compilation are no answer: the warnings of a base are not among them, nor is what somebody allowed
//! or switched off. Here the checks look at the whole model, and what was set aside is counted with who did so and why.

use super::Input;
use crate::checks;
use crate::codes;
use crate::compile::Allow;
use crate::diagnostic::{Code, Diagnostic, Family};
use crate::document::words::Words;
use crate::model::{Name, Package, PackageId};
use crate::span::Span;

/// What checks found in all that a document prints.
pub struct Judgement<'a> {
    input: Input<'a>,
    findings: Vec<Finding<'a>>,
}

/// A finding, and what became of it.
pub struct Finding<'a> {
    /// The check.
    pub code: &'static Code,
    /// By what it was set aside, if it was.
    pub set_aside: Option<SetAside<'a>>,
}

/// How a finding was set aside.
#[derive(Clone, Copy)]
pub enum SetAside<'a> {
    /// By an `allow` statement.
    Allowed(&'a Allow),
    /// By the `[lints]` of a package.
    SwitchedOff(PackageId),
}

impl SetAside<'_> {
    /// The package that did so.
    pub fn package(&self) -> PackageId {
        match self {
            SetAside::Allowed(allow) => allow.origin.package,
            SetAside::SwitchedOff(package) => *package,
        }
    }
}

impl<'a> Judgement<'a> {
    /// Lets some checks look at all that the model asked for holds.
    pub fn new(input: Input<'a>, codes: &[&'static Code]) -> Judgement<'a> {
        // All that a model on no base holds was looked at when it was compiled.
        let stands_alone = input.program.root().is_some_and(|package| package.scope.stands_on.is_empty());
        let is_quiet = |code: &&'static Code| stands_alone && input.quiet.contains(code);
        let codes: Vec<&'static Code> = codes.iter().copied().filter(|code| !is_quiet(code)).collect();
        let found = checks::on_the_whole(input.program, input.sources, input.coverage, &codes);
        let finding = |found: Diagnostic| Finding { code: found.code, set_aside: set_aside(input, &found) };
        Judgement { input, findings: found.into_iter().map(finding).collect() }
    }

    /// What one of some checks found.
    pub fn of(&self, codes: &[&'static Code]) -> impl Iterator<Item = &Finding<'a>> {
        self.findings.iter().filter(move |finding| codes.contains(&finding.code))
    }

    /// The package whose `[lints]` keep a check from the model asked for.
    pub fn switched_off(&self, code: &Code) -> Option<PackageId> {
        let root = self.input.program.root_id()?;
        is_switched_off(self.input, root, code).then_some(root)
    }

    /// Why a check had nothing to look at, where that is so.
    pub fn idle(&self, words: &Words, code: &Code) -> Option<&'static str> {
        if let Some(why) = self.lacks(words, code) {
            return Some(why);
        }
        let is_foreign = !self.unread(code).is_empty() && self.unread(code).len() == self.printed().count();
        is_foreign.then_some(words.idle_language)
    }
}

impl Judgement<'_> {
    /// What a check looks at, where the model has none of it.
    fn lacks(&self, words: &Words, code: &Code) -> Option<&'static str> {
        let model = &self.input.program.root()?.model;
        let processes = &model.processes;
        let has_practices = processes.iter().any(|process| !process.practices.is_empty());
        let coverage = self.input.coverage;
        let is = |codes: &[&'static Code]| codes.contains(&code);
        let is_of_requirements = is(&[&codes::UNCOVERED_REQUIREMENT, &codes::PARTIAL_REQUIREMENT]);
        let is_of_relations = is(&[&codes::MISSING_ARCHITECTURE, &codes::REPEATED_TITLE, &codes::REPEATED_PURPOSE]);
        let is_of_processes = is(&[
            &codes::MISSING_PURPOSE,
            &codes::MISSING_OUTCOMES,
            &codes::UNLINKED_OUTCOME,
            &codes::UNACHIEVED_OUTCOME,
        ]);
        match processes.len() {
            _ if (is_of_requirements || is(&[&codes::UNLINKED_OUTCOME])) && coverage.catalogs.is_empty() => {
                Some(words.idle_covers_nothing)
            }
            _ if is_of_requirements && coverage.catalogs.iter().all(|catalog| catalog.summary.total == 0) => {
                Some(words.idle_asks_nothing)
            }
            0 if is_of_processes || is_of_relations || code.family == Family::Description => {
                Some(words.idle_no_process)
            }
            1 if is_of_relations => Some(words.idle_one_process),
            _ if is(&[&codes::UNACHIEVED_OUTCOME, &codes::IDLE_PRACTICE, &codes::FOREIGN_OUTCOME])
                && !has_practices =>
            {
                Some(words.idle_no_practice)
            }
            _ if is(&[&codes::UNUSED_ITEM]) && model.items.is_empty() => Some(words.idle_no_item),
            _ => None,
        }
    }
}

impl<'a> Judgement<'a> {
    /// The packages whose texts a document of the model prints: its own, and those of its bases.
    fn printed(&self) -> impl Iterator<Item = &'a Package> + use<'a> {
        let program = self.input.program;
        let bases = program.root().into_iter().flat_map(|root| &root.scope.stands_on);
        program.root().into_iter().chain(bases.map(|base| program.package(*base)))
    }

    /// The models whose texts a check cannot read, since they are in another language than English.
    pub fn unread(&self, code: &Code) -> Vec<Name> {
        let is_read = |package: &&Package| checks::description::reads(package, self.input.sources, code);
        let unread = self.printed().filter(|package| code.family == Family::Description && !is_read(package));
        unread.filter_map(|package| Some(package.model.head.as_ref()?.id)).collect()
    }
}

fn is_switched_off(input: Input<'_>, package: PackageId, code: &Code) -> bool {
    input.switched_off.iter().any(|(by, off)| *by == package && *off == code)
}

/// What sets a finding aside: an `allow` around its place, or of the model of its package or of the one asked for; or the
/// `[lints]` of either.
fn set_aside<'a>(input: Input<'a>, found: &Diagnostic) -> Option<SetAside<'a>> {
    let of: Vec<Option<PackageId>> = std::iter::once(input.program.root_id())
        .chain(found.places().map(|place| input.program.package_of(place)))
        .collect();
    let is_around = |allow: &&Allow| {
        let block = allow.block;
        let holds = |place: Span| block.file == place.file && block.start <= place.start && place.start < block.end;
        found.places().any(holds) || allow.package.is_some_and(|package| of.contains(&Some(PackageId(package))))
    };
    let mut allows = input.allows.iter().filter(|allow| allow.code == found.code);
    if let Some(allow) = allows.find(is_around) {
        return Some(SetAside::Allowed(allow));
    }
    let switched_off = of.into_iter().flatten().find(|package| is_switched_off(input, *package, found.code));
    switched_off.map(SetAside::SwitchedOff)
}
