//! What a crosswalk says nothing of: the rows of a catalog that stand on none of its lines.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::checks::Context;
use crate::coverage::judge;
use crate::diagnostic::{Code, Diagnostic, SubjectKind, words};
use crate::model::{CatalogId, Crosswalk, Program, ReqKind, RequirementId};
use crate::span::Span;

/// One side of a crosswalk.
pub struct Side<'a> {
    /// The crosswalk.
    pub crosswalk: &'a Crosswalk,
    /// The catalog of this side.
    pub catalog: CatalogId,
    /// The catalog of the other side.
    pub other: Option<CatalogId>,
    /// What lines and statements name on this side.
    pub named: Vec<RequirementId>,
    /// The statement for what has no counterpart.
    pub word: &'static str,
}

impl<'a> Side<'a> {
    /// The left side, with what was withdrawn.
    pub fn left(context: &Context<'_>, crosswalk: &'a Crosswalk) -> Option<Side<'a>> {
        let lines = crosswalk.lines.iter().flat_map(|line| &line.left);
        let named = named(context, lines.chain(&crosswalk.withdrawn));
        Some(Side { crosswalk, catalog: crosswalk.from?, other: crosswalk.to, named, word: "withdrawn" })
    }

    /// The right side, with what is new.
    pub fn right(context: &Context<'_>, crosswalk: &'a Crosswalk) -> Option<Side<'a>> {
        let lines = crosswalk.lines.iter().flat_map(|line| &line.right);
        let named = named(context, lines.chain(&crosswalk.new));
        Some(Side { crosswalk, catalog: crosswalk.to?, other: crosswalk.from, named, word: "new" })
    }
}

fn named<'a>(context: &Context<'_>, rows: impl Iterator<Item = &'a (RequirementId, Span)>) -> Vec<RequirementId> {
    rows.map(|(id, _)| *id).chain(context.unknown.requirements().iter().copied()).collect()
}

/// The crosswalks that a package declares itself: these are looked at, whether a model puts them in force or not.
pub fn own<'a>(context: &'a Context<'a>) -> impl Iterator<Item = &'a Crosswalk> {
    context.program.crosswalks.iter().filter(|crosswalk| context.is_own(crosswalk.origin))
}

/// Reports what one side of a crosswalk leaves out, one report for each branch.
pub fn report(context: &Context<'_>, code: &'static Code, side: &Side<'_>, found: &mut Vec<Diagnostic>) {
    let program = context.program;
    // What a catalog is to itself needs no telling, and what it is to one that is not there cannot be told.
    if side.other.is_none_or(|other| other == side.catalog) {
        return;
    }
    let catalog = program.catalog(side.catalog);
    let (crosswalk, whole) = (program.name(side.crosswalk.id), program.name(catalog.id));
    let rows = Rows::of(context, side);
    if rows.are_all_bare() {
        let count = words::count(rows.requirements.iter().sum::<u32>() as usize, "requirement");
        found.push(
            Diagnostic::new(
                code,
                side.crosswalk.origin.span,
                format!("no line of `{crosswalk}` names anything of `{whole}` ({count})"),
            )
            .about(SubjectKind::Crosswalk, crosswalk)
            .label("nothing of it has a counterpart here")
            .also(catalog.origin.span, "the catalog that is left out")
            .help("add the lines that say what its requirements are to those of the other catalog"),
        );
        return;
    }
    let tops = rows.tops();
    let titles = if tops.is_empty() { FxHashMap::default() } else { titles(context, side) };
    let likely = if tops.is_empty() { Vec::new() } else { titles_in_words(context, side) };
    for (number, id) in tops.into_iter().enumerate() {
        let row = program.requirement(id);
        let (name, title) = (program.name(row.id), context.sources.text(row.title));
        let has_more = program.below(id).any(|below| program.requirement(below).kind != ReqKind::Clause);
        let more = if has_more { ", nor is anything below it" } else { "" };
        let twin = titles.get(&title).copied().flatten().map(|twin| program.name(program.requirement(twin).id));
        let near = match twin {
            None if number < COMPARED => near(&likely, &words_of(&title)),
            _ => Vec::new(),
        };
        let twin = twin.map(|twin| format!(" (`{twin}` has the same title)")).unwrap_or_else(|| alike(program, &near));
        let word = row.kind.word();
        let message = format!("no line of `{crosswalk}` names `{name}` “{title}” of `{whole}`{more}");
        let diagnostic = Diagnostic::new(code, side.crosswalk.origin.span, message)
            .about(SubjectKind::Requirement, program.full_id(id))
            .label(format!("says nothing of this {word}"))
            .also(row.origin.span, format!("the {word} that is left out"))
            .help(format!("add a line that names it{twin}, or say that it has no counterpart: `{} {name}`", side.word));
        found.push(with_lines(program, side, &near, diagnostic));
    }
}

/// For how many rows that are left out titles are compared word by word.
const COMPARED: usize = 200;

/// How many rows of like titles are named.
const NAMED: usize = 3;

/// The words of a title that say what it is about.
type Words = BTreeSet<String>;

fn words_of(title: &str) -> Words {
    let words = title.split(|character: char| !character.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.len() > 3 || !is_small(word)).collect()
}

/// Whether a word says nothing of the subject.
fn is_small(word: &str) -> bool {
    matches!(word, "" | "a" | "an" | "and" | "as" | "at" | "by" | "for" | "in" | "of" | "on" | "or" | "the" | "to")
}

/// The requirements of the other side with the words of their titles.
fn titles_in_words(context: &Context<'_>, side: &Side<'_>) -> Vec<(RequirementId, Words)> {
    let rows = side.other.into_iter().flat_map(|other| context.program.catalog(other).requirements());
    let rows = rows.filter(|id| context.program.requirement(*id).kind != ReqKind::Clause);
    rows.map(|id| (id, words_of(&context.sources.text(context.program.requirement(id).title)))).collect()
}

/// The rows whose title holds all words of another, or the other way round; one word in common says nothing.
fn near(rows: &[(RequirementId, Words)], title: &Words) -> Vec<RequirementId> {
    let is_near =
        |other: &Words| title.len().min(other.len()) > 1 && (title.is_subset(other) || other.is_subset(title));
    rows.iter().filter(|(_, words)| is_near(words)).map(|(id, _)| *id).take(NAMED).collect()
}

fn alike(program: &Program, near: &[RequirementId]) -> String {
    let names: Vec<&str> = near.iter().map(|id| program.name(program.requirement(*id).id)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!(" (the title of `{one}` has the same words)"),
        _ => format!(" (the titles of {} have the same words)", words::list(&names, "and", NAMED)),
    }
}

/// Shows the lines that name rows of like titles, and say that these are something else.
fn with_lines(program: &Program, side: &Side<'_>, near: &[RequirementId], mut diagnostic: Diagnostic) -> Diagnostic {
    let is_left = side.word == "withdrawn";
    for line in &side.crosswalk.lines {
        let (far, own) = if is_left { (&line.right, &line.left) } else { (&line.left, &line.right) };
        if let Some((id, span)) = far.iter().find(|(id, _)| near.contains(id)) {
            let own: Vec<&str> = own.iter().map(|(id, _)| program.name(program.requirement(*id).id)).collect();
            let (id, own) = (program.name(program.requirement(*id).id), words::list(&own, "and", NAMED));
            diagnostic = diagnostic.also(*span, format!("`{id}` stands on a line to {own}: is that meant?"));
        }
    }
    diagnostic
}

/// The requirement of the other side with each title; none where several have it.
fn titles<'a>(context: &Context<'a>, side: &Side<'_>) -> FxHashMap<Cow<'a, str>, Option<RequirementId>> {
    let mut titles = FxHashMap::default();
    let rows = side.other.into_iter().flat_map(|other| context.program.catalog(other).requirements());
    for id in rows.filter(|id| context.program.requirement(*id).kind != ReqKind::Clause) {
        let title = context.sources.text(context.program.requirement(id).title);
        titles.entry(title).and_modify(|known| *known = None).or_insert(Some(id));
    }
    titles
}

/// The rows of a catalog as one side of a crosswalk leaves them, by position in the catalog.
struct Rows<'a> {
    context: &'a Context<'a>,
    first: u32,
    /// Whether each row is a requirement or control that nothing reaches.
    open: Vec<bool>,
    /// How many requirements and controls are on each row and below it that nothing reaches.
    open_below: Vec<u32>,
    /// How many there are at all.
    requirements_below: Vec<u32>,
    /// One for each requirement or control.
    requirements: Vec<u32>,
}

impl<'a> Rows<'a> {
    /// A row is reached if it, or what is above it, is named.
    fn of(context: &'a Context<'a>, side: &Side<'_>) -> Rows<'a> {
        let program = context.program;
        let range = program.catalog(side.catalog).rows.clone();
        let count = range.len();
        let mut reached = vec![false; count];
        for id in side.named.iter().filter(|id| range.contains(&id.0)) {
            reached[(id.0 - range.start) as usize] = true;
        }
        judge::hand_down(program, range.clone(), &mut reached);
        let mut rows = Rows {
            context,
            first: range.start,
            open: vec![false; count],
            open_below: vec![0; count],
            requirements_below: vec![0; count],
            requirements: vec![0; count],
        };
        // What is below a row stands behind it, so going backwards sees that first.
        for (at, id) in range.map(RequirementId).enumerate().rev() {
            let row = program.requirement(id);
            let counts = row.kind != ReqKind::Clause;
            rows.open[at] = counts && !reached[at];
            rows.requirements[at] = u32::from(counts);
            rows.open_below[at] += u32::from(rows.open[at]);
            rows.requirements_below[at] += u32::from(counts);
            if let Some(parent) = row.parent {
                let parent = (parent.0 - rows.first) as usize;
                rows.open_below[parent] += rows.open_below[at];
                rows.requirements_below[parent] += rows.requirements_below[at];
            }
        }
        rows
    }

    /// Whether nothing reaches the row, nor anything below it; a heading of nothing is not meant.
    fn is_bare(&self, row: usize) -> bool {
        self.requirements_below[row] > 0 && self.open_below[row] == self.requirements_below[row]
    }

    /// Whether nothing of a catalog of several requirements is reached.
    fn are_all_bare(&self) -> bool {
        let total: u32 = self.requirements.iter().sum();
        let open = self.open.iter().filter(|open| **open).count();
        total > 1 && open == total as usize
    }

    /// The tops of the branches that nothing reaches; of a whole that is reached in part, the parts that are not: all parts
    /// speak for their whole.
    fn tops(&self) -> Vec<RequirementId> {
        let program = self.context.program;
        let mut is_told = vec![false; self.open.len()];
        let mut tops = Vec::new();
        let mut next = self.first;
        while let Some(open) = self.open.get((next - self.first) as usize) {
            let (at, id) = ((next - self.first) as usize, RequirementId(next));
            let row = program.requirement(id);
            let told_by_whole = row.kind == ReqKind::Requirement
                && row.parent.is_some_and(|whole| is_told[(whole.0 - self.first) as usize]);
            let is_bare = self.is_bare(at);
            // Where enhancements of a control are reached and it is not, it speaks for its parts all the same.
            let speaks =
                is_bare || (*open && program.parts(id).all(|part| self.is_bare((part.0 - self.first) as usize)));
            if speaks && !told_by_whole {
                is_told[at] = true;
                tops.push(id);
            }
            next = if is_bare { row.subtree_end.0 } else { next + 1 };
        }
        tops
    }
}
