//! The checks: one file each.

mod assessment;
mod coverage;
pub(crate) mod description;
mod layers;
mod ratings;
mod reference;
mod structure;

use crate::codes;
use crate::coverage::Coverage;
use crate::diagnostic::{Code, Diagnostic};
use crate::hands::{Hands, One};
use crate::measure::Measures;
use crate::model::{Origin, Package, PackageId, Process, Program, Text};
use crate::package::lock::Record;
use crate::review::Review;
use crate::source::Sources;
use crate::unknown::Unknown;

pub use description::Survey;
pub use reference::purposes;

/// What a check looks at: one package of a resolved program.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Everything that is known.
    pub program: &'a Program,
    /// The texts.
    pub sources: &'a Sources,
    /// The package that is checked.
    pub package: PackageId,
    /// Its coverage; judged for the package asked for only.
    pub coverage: Option<&'a Coverage>,
    /// What comes of the assessments of all packages.
    pub measures: &'a Measures,
    /// What became of its judgements; for the package asked for only, where it has a lock file.
    pub review: Option<&'a Review>,
    /// What was recorded of assessments that are closed; of the package asked for only.
    pub records: &'a [Record],
    /// What is not known because lines are broken.
    pub unknown: &'a Unknown,
    /// Who does the work that can be shared.
    pub hands: &'a dyn Hands,
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

/// A check: what it finds, and how it looks. Its file has it as `CHECK`, and the build lists the files of each family.
pub struct Check<Look = fn(&Context<'_>, &mut Vec<Diagnostic>)> {
    /// The code that it gives.
    pub code: &'static Code,
    /// Looks, and adds what it finds.
    pub run: Look,
}

/// The families that look at a package as a whole.
const FAMILIES: [&[Check]; 6] =
    [structure::ALL, coverage::ALL, reference::ALL, assessment::ALL, layers::ALL, ratings::ALL];

/// Runs every check that is wanted; gives what was learnt of all processes on the way.
pub fn run(context: &Context<'_>, is_wanted: impl Fn(&Code) -> bool, found: &mut Vec<Diagnostic>) -> Survey {
    for check in FAMILIES.into_iter().flatten().filter(|check| is_wanted(check.code)) {
        (check.run)(context, found);
    }
    description::run(context, is_wanted, found)
}

/// The families that look at links, and at what comes of them: the only ones.
const OF_LINKS: &[&[Check]] = &[coverage::ALL, layers::ALL];

/// Those that ask what lost lines leave open while they look: the others leave that to whoever hears them.
const OF_LOST_LINES: &[&[Check]] = &[structure::ALL, assessment::ALL];

/// The checks that may find something else where links are others, and, with them, what lost lines leave open.
fn of_links(with_lost_lines: bool) -> impl Iterator<Item = &'static Check> {
    let others = if with_lost_lines { OF_LOST_LINES } else { &[] };
    OF_LINKS.iter().chain(others).copied().flatten()
}

/// Runs the checks that are wanted of those, as [`run`] would.
pub fn run_on_links(
    context: &Context<'_>,
    with_lost_lines: bool,
    is_wanted: impl Fn(&Code) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    for check in of_links(with_lost_lines).filter(|check| is_wanted(check.code)) {
        (check.run)(context, found);
    }
}

/// Whether a code is that of one of those.
pub fn looks_at_links(code: &Code, with_lost_lines: bool) -> bool {
    of_links(with_lost_lines).any(|check| check.code == code)
}

/// Whether all packages are in English.
pub fn is_all_english(context: &Context<'_>) -> bool {
    description::foreign(context).is_empty()
}

/// What the checks find in the purpose, the outcomes and the practices of one process, as [`run`] would: all that they
/// find by the words of these, but for those that compare each with all others, which [`are_alone`] is for.
pub fn run_on_texts(
    context: &Context<'_>,
    survey: &Survey,
    (index, process): (u32, &Process),
    is_wanted: impl Fn(&Code) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    if is_wanted(&codes::UNMET_PURPOSE) {
        reference::unmet_purpose(context, process, found);
    }
    description::run_on(context, survey, (index, process), is_wanted, found);
}

/// Whether of a process, at its position, no other says what some of its texts say as its purpose and its outcomes, nor it
/// itself, so that nothing is to be said of another text for these. The process may differ from that of the model.
pub fn are_alone(
    context: &Context<'_>,
    (survey, purposes): (&Survey, &[u64]),
    (index, process): (u32, &Process),
    is_meant: &dyn Fn(Text) -> bool,
) -> bool {
    description::are_alone(context, survey, (index, process), is_meant)
        && (!process.purpose.is_some_and(|purpose| is_meant(purpose.text))
            || reference::is_alone(context, purposes, index, process))
}

/// What an assessment model lacks; asked when one is written.
pub fn for_assessment_model(program: &Program, sources: &Sources, coverage: &Coverage) -> Vec<Diagnostic> {
    asked(program, sources, coverage, false, assessment::missing_framework)
}

/// What a statement of applicability lacks; asked when one is written.
pub fn for_statement(program: &Program, sources: &Sources, coverage: &Coverage) -> Vec<Diagnostic> {
    asked(program, sources, coverage, false, coverage::empty_statement)
}

/// What some checks find in all that the model asked for holds, be it its own or a base's, whoever allows it.
pub fn on_the_whole(
    program: &Program,
    sources: &Sources,
    coverage: &Coverage,
    codes: &[&'static Code],
) -> Vec<Diagnostic> {
    let is_wanted = |code: &Code| codes.contains(&code);
    let mut found = asked(program, sources, coverage, true, |context, found| {
        run(context, is_wanted, found);
    });
    crate::diagnostic::sort(&mut found);
    found.dedup();
    found
}

/// Makes errors of the findings on rows of a statement of applicability that are met only in part.
pub fn hold_to_statement(program: &Program, coverage: &Coverage, catalog: Option<&str>, found: &mut [Diagnostic]) {
    coverage::hold_to_statement(program, coverage, catalog, found);
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
        let (unknown, measures) = (&Unknown::default(), &Measures::default());
        let coverage = Some(coverage);
        let (review, records, hands) = (None, &[][..], &One);
        let context = Context { program, sources, package, coverage, measures, review, records, unknown, hands, whole };
        check(&context, &mut found);
    }
    found
}
