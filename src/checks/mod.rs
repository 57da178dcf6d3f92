//! The checks: one file each, all in one list.

mod assessment;
mod coverage;
mod description;
mod layers;
mod reference;
mod structure;

use crate::codes;
use crate::coverage::Coverage;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Origin, Package, PackageId, Process, Program};
use crate::review::Review;
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
    /// What became of its judgements; for the package asked for only, where it has a lock file.
    pub review: Option<&'a Review>,
    /// The checks that are off by default and switched on.
    pub enabled: &'a [&'static Code],
    /// Whether all that the model holds is looked at, what it has from its bases too, and not the package's own alone.
    pub whole: bool,
}

impl<'a> Context<'a> {
    /// The package that is checked.
    pub fn package(&self) -> &'a Package {
        self.program.package(self.package)
    }

    /// Whether something is looked at for its own sake: what was written in the package itself, not in a base of its
    /// model, unless the whole model is looked at.
    pub fn is_own(&self, origin: Origin) -> bool {
        self.whole || origin.package == self.package
    }

    /// The processes that are looked at for their own sake.
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
    Check { codes: &[&codes::LEVEL_GAP], run: structure::level_gap },
    Check { codes: &[&codes::ATTRIBUTE_LEVEL], run: structure::attribute_level },
    Check { codes: &[&codes::ACHIEVEMENT_ORDER], run: structure::achievement_order },
    Check { codes: &[&codes::RATING_BAND], run: structure::rating_band },
    Check { codes: &[&codes::UNPRACTISED_ACHIEVEMENT], run: structure::unpractised_achievement },
    Check { codes: &[&codes::UNCOVERED_REQUIREMENT], run: coverage::uncovered_requirement },
    Check { codes: &[&codes::PARTIAL_REQUIREMENT], run: coverage::partial_requirement },
    Check { codes: &[&codes::COARSE_LINK], run: coverage::coarse_link },
    Check { codes: &[&codes::UNLINKED_OUTCOME], run: coverage::unlinked_outcome },
    Check { codes: &[&codes::EXCLUDED_REQUIREMENT], run: coverage::excluded_requirement },
    Check { codes: &[&codes::SOLE_OUTCOME], run: coverage::sole_outcome },
    // How processes are described: these checks share one pass, and `description::LOOKS` lists them.
    Check { codes: &description::CODES, run: description::check },
    Check { codes: &[&codes::MISSING_DOMAIN], run: reference::missing_domain },
    Check { codes: &[&codes::MISSING_CONTEXT], run: reference::missing_context },
    Check { codes: &[&codes::MISSING_COMMUNITY], run: reference::missing_community },
    Check { codes: &[&codes::MISSING_CONSENSUS], run: reference::missing_consensus },
    Check { codes: &[&codes::MISSING_ARCHITECTURE], run: reference::missing_architecture },
    Check { codes: &[&codes::UNRELATED_PROCESS], run: reference::unrelated_process },
    Check { codes: &[&codes::MISSING_PURPOSE], run: reference::missing_purpose },
    Check { codes: &[&codes::MISSING_OUTCOMES], run: reference::missing_outcomes },
    Check { codes: &[&codes::REPEATED_TITLE], run: reference::repeated_title },
    Check { codes: &[&codes::REPEATED_PURPOSE], run: reference::repeated_purpose },
    Check { codes: &[&codes::UNMET_PURPOSE], run: reference::unmet_purpose },
    Check { codes: &[&codes::MISSING_FIELD], run: reference::missing_field },
    Check { codes: &[&codes::UNSTATED_CONFORMITY], run: reference::unstated_conformity },
    Check { codes: &[&codes::UNACHIEVED_OUTCOME], run: assessment::unachieved_outcome },
    Check { codes: &[&codes::IDLE_PRACTICE], run: assessment::idle_practice },
    Check { codes: &[&codes::FOREIGN_OUTCOME], run: assessment::foreign_outcome },
    Check { codes: &[&codes::UNUSED_ITEM], run: assessment::unused_item },
    Check { codes: &[&codes::LINE_TO_HEADING], run: layers::line_to_heading },
    Check { codes: &[&codes::LOST_COVERAGE], run: layers::lost_coverage },
    Check { codes: &[&codes::REPLACED_PARTNER], run: layers::replaced_partner },
    Check { codes: &[&codes::DROPPED_REFERENCE], run: layers::dropped_reference },
    Check { codes: &[&codes::DROPPED_SOURCE], run: layers::dropped_source },
    Check { codes: &[&codes::UNREACHED_TARGET], run: layers::unreached_target },
    Check { codes: &[&codes::CONTRADICTING_LINES], run: layers::contradicting_lines },
    Check { codes: &[&codes::REPEATED_EQUALS], run: layers::repeated_equals },
    Check { codes: &[&codes::SUSPECT_LINK], run: layers::suspect_link },
    Check { codes: &[&codes::UNJUDGED_LINK], run: layers::unjudged_link },
];

/// Runs every check.
pub fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_wanted = |code: &&Code| code.severity != Severity::Off || context.enabled.contains(code);
    for check in ALL.iter().filter(|check| check.codes.iter().any(is_wanted)) {
        (check.run)(context, found);
    }
}

/// What an assessment model lacks; asked when one is written.
pub fn for_assessment_model(program: &Program, sources: &Sources, coverage: &Coverage) -> Vec<Diagnostic> {
    asked(program, sources, coverage, false, |context, found| assessment::missing_framework(context, found))
}

/// What a statement of applicability lacks; asked when one is written.
pub fn for_statement(program: &Program, sources: &Sources, coverage: &Coverage) -> Vec<Diagnostic> {
    asked(program, sources, coverage, false, |context, found| coverage::empty_statement(context, found))
}

/// What some checks find in all that the model asked for holds, be it its own or a base's, whoever allows it.
pub fn on_the_whole(
    program: &Program,
    sources: &Sources,
    coverage: &Coverage,
    codes: &[&'static Code],
) -> Vec<Diagnostic> {
    let checks = || ALL.iter().filter(|check| check.codes.iter().any(|code| codes.contains(code)));
    let mut found = asked(program, sources, coverage, true, |context, found| {
        checks().for_each(|check| (check.run)(context, found));
    });
    found.retain(|diagnostic| codes.contains(&diagnostic.code));
    crate::diagnostic::sort(&mut found);
    found.dedup();
    found
}

/// Makes errors of the findings on rows of a statement of applicability that are met only in part.
pub fn hold_to_statement(program: &Program, coverage: &Coverage, found: &mut [Diagnostic]) {
    coverage::hold_to_statement(program, coverage, found);
}

fn asked(
    program: &Program,
    sources: &Sources,
    coverage: &Coverage,
    whole: bool,
    check: impl Fn(&Context<'_>, &mut Vec<Diagnostic>),
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(package) = program.root_id() {
        let context =
            Context { program, sources, package, coverage: Some(coverage), review: None, enabled: &[], whole };
        check(&context, &mut found);
    }
    found
}
