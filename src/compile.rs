//! The pipeline: files in; a resolved model, its coverage and everything there is to say about it out.

mod home;
pub mod reworded;

use std::ops::Deref;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::checks::{self, Context, Survey};
use crate::codes;
use crate::coverage::{self, CatalogCoverage, Coverage};
use crate::diagnostic::{self, Code, Diagnostic, Findings, Severity};
use crate::graph;
use crate::measure::{self, Measures};
use crate::model::{AssessmentId, CatalogId, PackageId, Program};
use crate::package::gate;
use crate::package::manifest::{Format, Manifest};
use crate::package::{self, Loaded, Locked, Parse, Unreadable};
use crate::pictures::{self, Pictures};
use crate::resolve;
use crate::review::{self, Review};
use crate::source::{Files, Sources};
use crate::span::{Span, narrow};
use crate::unknown::Unknown;

pub use crate::resolve::Allow;

/// Which checks look: those of the codes for which it says `true`, told how grave a finding of the code is at most.
pub type Asks<'a> = dyn Fn(&Code, Severity) -> bool + 'a;

/// The pipeline: compiles the package at a path, and keeps the trees where the parser wants them kept.
///
/// Every phase gives its product and its diagnostics, and none stops the next. The formats are those that manifests may
/// name; the parser may know files already; only checks look whose codes `asks` wants, each with how grave a finding of it
/// is at most; `go_on` may interrupt between phases.
///
/// # Errors
/// What `go_on` says.
pub fn analyze<Interrupted>(
    files: &dyn Files,
    path: &str,
    formats: &[Format],
    parser: &mut dyn Parse,
    asks: &Asks<'_>,
    go_on: &dyn Fn() -> Result<(), Interrupted>,
) -> Result<Analysis, Interrupted> {
    let mut sources = Sources::default();
    let (mut packages, mut loading) = package::load(files, path, formats, parser, &mut sources);
    let (pictures, found) = pictures::look(files, &packages.loaded, &sources);
    loading.extend(found);
    if let Some(root) = packages.loaded.last() {
        let others = pictures.files().chain([packages.locked.path.clone()]);
        loading.extend(gate::check(files, &root.manifest, &sources, others));
    }
    go_on()?;
    let (resolved, resolving) = resolve::resolve(&mut packages.loaded, &sources);
    go_on()?;
    let program = resolved.program;
    let graph = program.root().map(|package| graph::build(&program, &package.model)).unwrap_or_default();
    let slips: Vec<&Diagnostic> = loading.iter().chain(&resolving).collect();
    let is_unreadable = !packages.unreadable.is_empty();
    let unknown = Unknown::find(&program, &sources, &packages.loaded, resolved.guesses, &slips, is_unreadable);
    if !parser.keeps_trees() {
        packages.loaded.iter_mut().for_each(|package| package.trees = Vec::new());
    }
    let coverage = coverage::cover(&program, graph, unknown.requirements());
    go_on()?;
    let locked = &packages.locked;
    let records = locked.lock.as_ref().map_or(&[][..], |lock| &lock.records);
    // A lock file that only records assessments is no judgement of links.
    let judged = locked.lock.as_ref().filter(|lock| lock.records.is_empty() || !lock.judgements.is_empty());
    let review = judged.map(|lock| review::review(&program, &sources, lock, &locked.others));
    let measures = measure::measure(&program);
    let context = Context {
        program: &program,
        sources: &sources,
        package: program.root_id().unwrap_or(PackageId(0)),
        coverage: Some(&coverage),
        measures: &measures,
        review: review.as_ref(),
        records,
        unknown: &unknown,
        hands: parser.hands(),
        whole: false,
    };
    let (checking, survey, quiet) = check(&context, &packages.loaded, asks);
    let resolving = resolving.into_iter().filter(|found| !unknown.may_know(&sources, found));
    let found = loading.into_iter().chain(resolving).chain(checking);
    let allows = resolved.allows;
    let diagnostics = settle(found.collect(), &program, &allows);
    let package::Packages { loaded, unreadable, overlooked, locked } = packages;
    let switched_off = switched_off(&loaded);
    let manifest = loaded.last().map(|package| package.manifest.clone()).unwrap_or_default();
    let compilation = Compilation {
        sources,
        program,
        coverage,
        measures,
        allows,
        switched_off,
        quiet,
        diagnostics,
        unreadable,
        overlooked,
        pictures,
        manifest,
        locked,
        review,
    };
    let learnt = Learnt { survey, unknown, purposes: OnceLock::new() };
    Ok(Analysis { compilation, loaded, learnt })
}

/// What was learnt of the package asked for, and helps to check one process of it anew.
#[derive(Debug)]
pub struct Learnt {
    survey: Survey,
    unknown: Unknown,
    /// The goals of its processes; found out at the first question.
    purposes: OnceLock<Vec<u64>>,
}

/// A compilation, and the trees that it came from.
#[derive(Debug)]
pub struct Analysis {
    /// The compilation.
    pub compilation: Compilation,
    /// The packages as they were written, in the order of the program's; without trees if the parser keeps none.
    pub loaded: Vec<Loaded>,
    /// What was learnt on the way.
    pub learnt: Learnt,
}

/// What a compilation gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Compilation {
    /// The files.
    pub sources: Sources,
    /// The packages with their names connected; the one asked for is last.
    #[doc(hidden)]
    pub program: Program,
    /// How its model covers its catalogs.
    pub coverage: Coverage,
    /// What comes of its assessments.
    #[doc(hidden)]
    pub measures: Measures,
    /// The checks that do not apply somewhere.
    #[doc(hidden)]
    pub allows: Vec<Allow>,
    /// The checks that the `[lints]` of a package switch off.
    #[doc(hidden)]
    pub switched_off: Vec<(PackageId, &'static Code)>,
    /// The checks that looked at the package asked for and found nothing, not even what is allowed.
    #[doc(hidden)]
    pub quiet: Vec<&'static Code>,
    /// Everything there is to say, in the order of the files; hints too.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Files that were not read, whose names are nearly those of sources.
    pub overlooked: Vec<String>,
    /// The pictures that texts name.
    #[doc(hidden)]
    pub pictures: Pictures,
    /// The manifest of the package asked for.
    #[doc(hidden)]
    pub manifest: Manifest,
    /// Its lock file.
    #[doc(hidden)]
    pub locked: Locked,
    /// What became of the judgements of its claims, where it has a lock file.
    #[doc(hidden)]
    pub review: Option<Review>,
}

/// A compilation whose model may be shown: it has no error of the families P0xx to P2xx, and every file was read.
///
/// [`Compilation::checked`] alone makes one, so that no output of a broken model can be written by mistake: its field is
/// private, and what it holds is read through it.
///
/// ```
/// fn said(checked: &prm::Checked<'_>) -> usize {
///     let facts: &prm::Facts<'_> = checked;
///     facts.diagnostics.len()
/// }
/// ```
///
/// ```compile_fail,E0423
/// fn forged(facts: prm::Facts<'_>) -> prm::Checked<'_> {
///     prm::Checked(facts)
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Checked<'a>(Facts<'a>);

/// What a compilation found out, as an output reads it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// The packages.
    #[doc(hidden)]
    pub program: &'a Program,
    /// The files.
    pub sources: &'a Sources,
    /// How the model covers its catalogs.
    pub coverage: &'a Coverage,
    /// What comes of its assessments.
    #[doc(hidden)]
    pub measures: &'a Measures,
    /// The checks that do not apply somewhere.
    #[doc(hidden)]
    pub allows: &'a [Allow],
    /// The checks that the `[lints]` of a package switch off.
    #[doc(hidden)]
    pub switched_off: &'a [(PackageId, &'static Code)],
    /// The checks that looked at the package asked for and found nothing, not even what is allowed.
    #[doc(hidden)]
    pub quiet: &'a [&'static Code],
    /// Errors and warnings that remain, such as uncovered requirements.
    pub diagnostics: &'a [Diagnostic],
    /// The pictures that texts name.
    #[doc(hidden)]
    pub pictures: &'a Pictures,
    /// The way from the folder in which an output stands to that of the package asked for, with `/`; empty where they are
    /// one.
    pub way: &'a str,
    /// What became of the judgements of the model's claims, where its package has a lock file.
    #[doc(hidden)]
    pub review: Option<&'a Review>,
    /// Whether data are written without blanks and line breaks between values.
    #[doc(hidden)]
    pub is_compact: bool,
    /// The assessment whose ratings an output tells beside what it is about.
    #[doc(hidden)]
    pub rated: Option<AssessmentId>,
    /// The catalog that an output keeps to.
    only: Option<CatalogId>,
}

impl<'a> Facts<'a> {
    /// The covered catalogs that an output tells of: all, unless it keeps to one.
    pub fn catalogs(&self) -> impl Iterator<Item = &'a CatalogCoverage> + use<'a> {
        let only = self.only;
        self.coverage.catalogs.iter().filter(move |covered| only.is_none_or(|only| covered.catalog == only))
    }
}

impl<'a> Deref for Checked<'a> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.0
    }
}

impl<'a> Checked<'a> {
    /// The same with other findings beside it, for outputs that show fewer.
    #[must_use]
    pub fn with_diagnostics(self, diagnostics: &'a [Diagnostic]) -> Self {
        Self(Facts { diagnostics, ..self.0 })
    }

    /// The same, for an output from whose folder this is the way to that of the package.
    #[must_use]
    pub fn with_way(self, way: &'a str) -> Self {
        Self(Facts { way, ..self.0 })
    }

    /// The same, for data that are written on one line, if they are to be.
    #[must_use]
    pub fn with_compact(self, is_compact: bool) -> Self {
        Self(Facts { is_compact, ..self.0 })
    }

    /// The same, telling the ratings of an assessment too.
    #[must_use]
    pub fn with_assessment(self, rated: AssessmentId) -> Self {
        Self(Facts { rated: Some(rated), ..self.0 })
    }

    /// The same, keeping to one of the covered catalogs.
    #[must_use]
    pub fn with_catalog(self, catalog: CatalogId) -> Self {
        Self(Facts { only: Some(catalog), ..self.0 })
    }
}

impl Compilation {
    /// The compilation as something that may be shown.
    pub fn checked(&self) -> Option<Checked<'_>> {
        let broken = self.diagnostics.iter().any(|diagnostic| diagnostic.code.forbids_output());
        let facts = Facts {
            program: &self.program,
            sources: &self.sources,
            coverage: &self.coverage,
            measures: &self.measures,
            allows: &self.allows,
            switched_off: &self.switched_off,
            quiet: &self.quiet,
            diagnostics: &self.diagnostics,
            pictures: &self.pictures,
            way: "",
            review: self.review.as_ref(),
            is_compact: false,
            rated: None,
            only: None,
        };
        (!broken && self.unreadable.is_empty()).then_some(Checked(facts))
    }

    /// The files that were read beside sources and manifests, and the lock file, whether it is there or not.
    #[doc(hidden)]
    pub fn other_files(&self) -> impl Iterator<Item = String> {
        self.pictures.files().chain([self.locked.path.clone()])
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Runs the checks on each package. Of the packages used, only errors count, so that nothing else is looked for there. What
/// was learnt, and which checks found nothing, is of the last.
fn check(of_root: &Context<'_>, loaded: &[Loaded], asks: &Asks<'_>) -> (Vec<Diagnostic>, Survey, Vec<&'static Code>) {
    let (mut all, mut survey, mut quiet) = (Vec::new(), Survey::default(), Vec::new());
    for (number, package) in loaded.iter().enumerate() {
        let id = PackageId(narrow(number));
        let is_root = number + 1 == loaded.len();
        let context = match is_root {
            true => *of_root,
            false => Context { package: id, coverage: None, review: None, records: &[], ..*of_root },
        };
        let gravest = |code: &Code| severity(code, gravest(code), &context, &package.manifest);
        let counts = |severity| severity != Severity::Off && (is_root || severity == Severity::Error);
        let is_wanted = |code: &Code| {
            let gravest = gravest(code);
            package.manifest.lints.wants(code) && counts(gravest) && asks(code, gravest)
        };
        let mut found = Vec::new();
        survey = checks::run(&context, is_wanted, &mut found);
        let loud: FxHashSet<&str> = found.iter().map(|found| found.code.code).collect();
        quiet = codes::ALL.iter().copied().filter(|code| is_wanted(code) && !loud.contains(code.code)).collect();
        weigh(&mut found, &context, &package.manifest);
        found.retain(|diagnostic| counts(diagnostic.severity));
        all.append(&mut found);
    }
    (all, survey, quiet)
}

/// Leaves out what lost lines explain and what nobody wants to hear, and says how grave the rest is.
fn weigh(found: &mut Vec<Diagnostic>, context: &Context<'_>, manifest: &Manifest) {
    found.retain(|diagnostic| !context.unknown.explains(context.program, diagnostic));
    for diagnostic in found.iter_mut() {
        let code = diagnostic.code;
        debug_assert!(diagnostic.severity >= gravest(code), "{} is graver than known", code.code);
        diagnostic.severity = severity(code, diagnostic.severity, context, manifest);
    }
    found.retain(|diagnostic| diagnostic.severity != Severity::Off);
}

/// How grave a finding of a code is at most, as far as its check says so: an assessment that is closed has no way back.
fn gravest(code: &Code) -> Severity {
    if *code == codes::UNRATED_PROCESS { Severity::Error } else { code.severity }
}

/// The checks that packages switch off.
fn switched_off(loaded: &[Loaded]) -> Vec<(PackageId, &'static Code)> {
    let off = |package: &Loaded| {
        let lints = package.manifest.lints.clone();
        codes::ALL.iter().copied().filter(move |code| code.severity != Severity::Off && !lints.wants(code))
    };
    loaded
        .iter()
        .zip(0..)
        .flat_map(|(package, number)| off(package).map(move |code| (PackageId(number), code)))
        .collect()
}

/// How grave a finding is, by its check and by its package: who claims conformity is held to it, and `[lints]` has the last
/// word.
fn severity(code: &Code, found: Severity, context: &Context<'_>, manifest: &Manifest) -> Severity {
    if let Some(severity) = manifest.lints.level(code) {
        return severity;
    }
    let claims_conformity = context.package().model.head.as_ref().is_some_and(|head| !head.conforms.is_empty());
    if claims_conformity && code.is_held_to_claims() {
        return Severity::Error;
    }
    found
}

/// Drops what is allowed, and puts the rest in order.
fn settle(mut diagnostics: Vec<Diagnostic>, program: &Program, allows: &[Allow]) -> Vec<Diagnostic> {
    let allowed = Allowed::new(program, allows);
    diagnostics.retain(|diagnostic| !allowed.holds(diagnostic));
    diagnostic::sort(&mut diagnostics);
    diagnostics.dedup();
    diagnostics.into_iter().collect::<Findings>().into_kept()
}

/// What authors allow.
struct Allowed<'a> {
    program: &'a Program,
    /// The outermost blocks of each file in which a check does not apply.
    blocks: FxHashMap<(u32, &'a str), Vec<Span>>,
    /// The packages in which one does not apply at all.
    whole: Vec<(u32, &'a str)>,
}

impl<'a> Allowed<'a> {
    fn new(program: &'a Program, allows: &'a [Allow]) -> Allowed<'a> {
        let mut blocks: FxHashMap<(u32, &str), Vec<Span>> = FxHashMap::default();
        for allow in allows {
            blocks.entry((allow.block.file.0, allow.code.code)).or_default().push(allow.block);
        }
        blocks.values_mut().for_each(|blocks| *blocks = outermost(std::mem::take(blocks)));
        let whole = allows.iter().filter_map(|allow| Some((allow.package?, allow.code.code))).collect();
        Allowed { program, blocks, whole }
    }

    /// The `allow`s of a model reach what begins in its package, and those of the model asked for reach all.
    fn holds(&self, diagnostic: &Diagnostic) -> bool {
        let code = diagnostic.code;
        let root = narrow(self.program.packages.len().saturating_sub(1));
        let is_whole = |package: u32| self.whole.contains(&(package, code.code));
        let is_allowed = |place: Span| {
            let in_block = self.blocks.get(&(place.file.0, code.code)).is_some_and(|blocks| holds(blocks, place));
            in_block || self.program.package_of(place).is_some_and(|package| is_whole(package.0))
        };
        !code.forbids_output() && (is_whole(root) || diagnostic.places().any(is_allowed))
    }
}

/// Of blocks that stand in each other, the outermost, in order.
fn outermost(mut blocks: Vec<Span>) -> Vec<Span> {
    blocks.sort_by_key(|block| (block.start, std::cmp::Reverse(block.end)));
    let mut kept: Vec<Span> = Vec::new();
    for block in blocks {
        if kept.last().is_none_or(|last| last.end < block.end) {
            kept.push(block);
        }
    }
    kept
}

/// Whether one of some blocks, in order, holds a place.
fn holds(blocks: &[Span], place: Span) -> bool {
    let next = blocks.partition_point(|block| block.start <= place.start);
    next.checked_sub(1).and_then(|at| blocks.get(at)).is_some_and(|block| place.start < block.end)
}
