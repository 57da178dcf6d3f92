//! What is not known because a line lost its meaning: one slip is one message.
//!
//! A line is lost where a message of P0xx or P1xx takes its meaning, whole or in part. Nobody is then told that its block
//! lacks something, nor that something is missing which the line names or may have meant.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Family};
use crate::model::{Name, Program, RequirementId};
use crate::package::Loaded;
use crate::resolve::Guesses;
use crate::source::Sources;
use crate::span::{FileId, Span};
use crate::syntax::statements::{self, Kind};
use crate::syntax::tree::{NodeId, Role, Tree};

/// What lost lines leave open.
#[derive(Debug, Default)]
pub struct Unknown {
    /// Whether a file could not be read, or lost its rest: anything may have stood there.
    is_all: bool,
    /// Models, groups, processes and what stands in them, by full id: those whose block lost a line, and those that a
    /// lost line names or may have meant.
    elements: FxHashSet<Name>,
    /// The requirements that a lost line names or may have meant, in order.
    requirements: Vec<RequirementId>,
    /// Whether a package that is used is not there.
    is_package_missing: bool,
    /// Whether it is one that a `use` names.
    is_used_missing: bool,
    /// Whether a model that is extended is not there.
    is_base_missing: bool,
    /// The words of fields whose declarations are broken.
    fields: FxHashSet<String>,
    /// What lines might have declared that say nothing: their words and texts, in lower case.
    declared: FxHashSet<String>,
    /// The kinds of statements of which one lacks its id.
    nameless: Vec<Kind>,
    /// The processes that are extended, and are not there.
    extended: FxHashSet<String>,
    /// Where something is said to be missing or too much, and it is not certain what was meant.
    guessed: Vec<Span>,
    /// The ids that are none as they stand.
    malformed: FxHashSet<Span>,
    /// The lines that are no statements as they stand.
    lines: Vec<Span>,
    /// The blocks of processes in which a line may have been an outcome.
    processes: Vec<Span>,
    /// The crosswalks of which a line does not name what stands on one of its sides, nor anything near it.
    crosswalks: Vec<Span>,
    /// Whether a line of an assessment is lost, or of its evidence or ratings.
    is_assessing: bool,
    /// Whether it is not known what a model covers.
    is_cover_lost: bool,
    /// The catalogs, by id, that are covered through a crosswalk which is not known.
    catalogs: FxHashSet<String>,
}

impl Unknown {
    /// What the lines leave open of which diagnostics speak.
    pub fn find(
        program: &Program,
        sources: &Sources,
        loaded: &[Loaded],
        guesses: Guesses,
        diagnostics: &[&Diagnostic],
        is_unreadable: bool,
    ) -> Unknown {
        let mut unknown = Unknown { is_all: is_unreadable, ..Unknown::default() };
        unknown.elements.extend(guesses.elements);
        unknown.requirements = guesses.requirements;
        let mut trees: FxHashMap<FileId, &Tree> = FxHashMap::default();
        let mut seen: FxHashSet<(FileId, NodeId)> = FxHashSet::default();
        let mut named: FxHashSet<Name> = FxHashSet::default();
        let mut lost: FxHashSet<(FileId, NodeId)> = FxHashSet::default();
        let mut crosswalks: FxHashSet<&str> = FxHashSet::default();
        let is_slip = |found: &&&Diagnostic| {
            matches!(found.code.family, Family::Syntax | Family::Names) || *found.code == codes::DUPLICATE_ID
        };
        let is_said = |code: &Code| diagnostics.iter().any(|found| found.code == code);
        unknown.is_base_missing = is_said(&codes::UNKNOWN_BASE);
        unknown.is_used_missing = is_said(&codes::UNKNOWN_PACKAGE);
        unknown.is_package_missing = unknown.is_used_missing;
        // What a manifest says of other packages may be what is missing.
        if is_said(&codes::MISSING_DEPENDENCY) || loaded.iter().any(|package| package.manifest.is_unsure) {
            (unknown.is_used_missing, unknown.is_package_missing, unknown.is_base_missing) = (true, true, true);
        }
        // What is proposed for a package that is not there may be known by its name elsewhere.
        let packages = diagnostics.iter().filter(|found| *found.code == codes::UNKNOWN_PACKAGE);
        unknown.declared.extend(packages.filter_map(|found| Some(found.edit.as_ref()?.text.to_lowercase())));
        for found in diagnostics.iter().filter(is_slip) {
            let place = found.primary.span;
            if *found.code == codes::MALFORMED_ID {
                unknown.malformed.insert(place);
                // What has a blank may be referred to as it was meant.
                let written = sources.as_written(place).to_lowercase();
                unknown.declared.extend(["-", ".", "_", ""].map(|mark| written.replace(' ', mark)));
            }
            let is_shape = found.code.family == Family::Syntax || *found.code == codes::UNKNOWN_STATEMENT;
            if trees.is_empty() {
                trees.extend(loaded.iter().flat_map(|package| &package.trees).map(|tree| (tree.file, &**tree)));
            }
            let Some(tree) = trees.get(&place.file) else { continue };
            let is_shape = is_shape || *found.code == codes::UNKNOWN_KIND;
            if is_shape && let Some(node) = at(tree, place.start) {
                unknown.declares(&sources.file(tree.file).text[tree.head(node).range()], tree.node(node).kind);
            }
            let Some(node) = at(tree, place.start) else { continue };
            let node = behind_mark(tree, &sources.file(tree.file).text, node, place).unwrap_or(node);
            let (text, kind) = (&sources.file(tree.file).text, tree.node(node).kind);
            // What stands in a block that belongs nowhere, or that another of its name has, counts nowhere.
            let is_lost = match *found.code == codes::UNKNOWN_ELEMENT {
                true => kind.word().starts_with("extend") || kind.word().starts_with("replace"),
                false => matches!(kind, Kind::Other | Kind::Garbage) || *found.code == codes::DUPLICATE_ID,
            };
            if is_lost && lost.insert((tree.file, node)) {
                let inside = node + 1..tree.node(node).subtree_end;
                for inner in inside {
                    unknown.names(program, text, tree, inner, &mut named);
                    unknown.declared.extend(tree.arg(inner, Role::Id).map(|id| text[id.range()].to_lowercase()));
                }
                // What is certainly meant is spoken of by its own id.
                let is_meant = found.edit.as_ref().is_some_and(|edit| edit.is_certain);
                let id = tree.arg(node, Role::Id).filter(|_| kind == Kind::ExtendProcess && !is_meant);
                unknown.extended.extend(id.map(|id| text[id.range()].to_owned()));
            }
            if !seen.insert((tree.file, node)) {
                continue;
            }
            unknown.line(program, text, tree, node, &text[tree.head(node).range()], &mut named);
            if kind == Kind::Line && *found.code == codes::UNKNOWN_REQUIREMENT && found.edit.is_none() {
                unknown.crosswalks.extend(tree.around(node).next().map(|block| tree.head(block)));
            }
            // Cells of a table may name what the line was to say.
            if kind == Kind::Garbage {
                let cells = text[tree.head(node).range()].split('"').skip(1).step_by(2);
                cells.for_each(|cell| unknown.name(program, cell.trim(), &mut named));
            }
            // Of two that share an id, neither is known.
            if *found.code == codes::DUPLICATE_ID && matches!(kind, Kind::Clause | Kind::Requirement | Kind::Control) {
                let id = tree.arg(node, Role::Id).and_then(|id| program.names.get(&text[id.range()]));
                let rows = (0..).map(RequirementId).zip(&program.requirements);
                unknown.requirements.extend(rows.filter(|(_, row)| Some(row.id) == id).map(|(row, _)| row));
            }
            // An id that is typed half may become any.
            let is_half = sources.as_written(place).ends_with('.') && kind != Kind::Use;
            if *found.code == codes::MALFORMED_ID && (found.edit.is_none() || is_half) {
                unknown.nameless.push(kind);
            }
            let is_shape = is_shape && *found.code != codes::UNCLOSED_BLOCK;
            if is_shape || *found.code == codes::MISPLACED_STATEMENT || *found.code == codes::DUPLICATE_ID {
                unknown.outcome(tree, node);
            }
            if found.code.family == Family::Syntax {
                unknown.lines.push(tree.head(node));
            }
            let is_guess = found.edit.as_ref().is_none_or(|edit| !edit.is_certain);
            if is_guess && *found.code == codes::MALFORMED_STATEMENT && kind.row().is_some() {
                unknown.guessed.push(place);
            }
            unknown.is_cover_lost |= kind == Kind::Covers;
            // A model that says something else behind its title may have named its base there.
            unknown.is_base_missing |=
                kind == Kind::Model && found.code.family == Family::Syntax && is_base_lost(tree, node, text);
            match kind {
                Kind::Crosswalk => crosswalks.extend(tree.arg(node, Role::Id).map(|id| &text[id.range()])),
                Kind::Covers if *found.code == codes::UNKNOWN_CROSSWALK => unknown.covered(program, tree, node, text),
                _ => {}
            }
        }
        for tree in trees.values().filter(|_| !crosswalks.is_empty()) {
            let text = &sources.file(tree.file).text;
            for node in tree.ids().filter(|node| tree.node(*node).kind == Kind::Covers) {
                if words(&text[tree.head(node).range()]).any(|word| crosswalks.contains(word)) {
                    unknown.covered(program, tree, node, text);
                }
            }
        }
        unknown.is_all |= trees.values().any(|tree| tree.is_cut_off);
        unknown.requirements.sort_unstable();
        unknown.requirements.dedup();
        unknown
    }

    /// Takes in the catalogs of a `covers` of which the crosswalks are not known.
    fn covered(&mut self, program: &Program, tree: &Tree, node: NodeId, text: &str) {
        let sight = program.package_of(tree.head(node)).map(|package| program.sight(package));
        for word in words(&text[tree.head(node).range()]) {
            let found = sight.iter().flat_map(|sight| sight.catalog(word).all());
            self.catalogs.extend(found.map(|id| program.name(program.catalog(id).id).to_owned()));
        }
    }

    /// Takes in that of a statement that says something else now, in its head, a name means nothing.
    pub fn takes_in(&mut self, program: &Program, text: &str, tree: &Tree, node: NodeId, head: &str) {
        self.line(program, text, tree, node, head, &mut FxHashSet::default());
        self.requirements.sort_unstable();
        self.requirements.dedup();
    }

    /// Takes in a lost line: the blocks that it stands in, and what its head names. What is named already is not looked up
    /// again, for thousands of catalogs may have it.
    fn line(
        &mut self,
        program: &Program,
        text: &str,
        tree: &Tree,
        node: NodeId,
        head: &str,
        named: &mut FxHashSet<Name>,
    ) {
        let kind = tree.node(node).kind;
        if tree.arg(node, Role::Id).is_none_or(|id| id.start == id.end) {
            self.nameless.push(kind);
        }
        // A block that belongs to nothing may be that of anything.
        if kind == Kind::Garbage && tree.node(node).open.is_some() {
            let around = tree.around(node).next().map(|block| tree.node(block).kind);
            self.nameless.extend(statements::standing_in(around).map(|row| row.kind));
        }
        // A line that is nothing may have been a clause of the statement before it.
        let before =
            matches!(tree.node(node).kind, Kind::Garbage | Kind::Other).then(|| tree.sibling_before(node)).flatten();
        let blocks = std::iter::once(node).chain(before).chain(tree.around(node));
        let ids: Vec<String> = blocks.filter_map(|block| tree.full_id(block, text)).collect();
        let is_part = |kind: Kind| matches!(kind, Kind::Process | Kind::ExtendProcess);
        let process = tree.around(node).find(|block| is_part(tree.node(*block).kind));
        let process = process.and_then(|process| tree.full_id(process, text)).unwrap_or_default();
        let is_of_assessment = |kind: Kind| matches!(kind, Kind::Assessment | Kind::Exhibit | Kind::Rate);
        self.is_assessing |=
            std::iter::once(node).chain(tree.around(node)).any(|block| is_of_assessment(tree.node(block).kind));
        for word in ids.iter().map(String::as_str).chain(words(head)) {
            self.name(program, word, named);
            self.elements.extend(program.names.get(&format!("{process}.{word}")));
        }
    }

    /// Takes in that a line may have been an outcome of the process around it.
    fn outcome(&mut self, tree: &Tree, node: NodeId) {
        let is_process = |block: &NodeId| matches!(tree.node(*block).kind, Kind::Process | Kind::ExtendProcess);
        if matches!(tree.node(node).kind, Kind::Other | Kind::Garbage | Kind::Outcome | Kind::ReplaceOutcome) {
            self.processes.extend(tree.around(node).find(is_process).map(|block| tree.whole(block)));
        }
    }

    /// Takes in what a line names.
    fn names(&mut self, program: &Program, text: &str, tree: &Tree, node: NodeId, named: &mut FxHashSet<Name>) {
        words(&text[tree.head(node).range()]).for_each(|word| self.name(program, word, named));
    }

    fn name(&mut self, program: &Program, word: &str, named: &mut FxHashSet<Name>) {
        let Some(name) = program.names.get(word).filter(|name| named.insert(*name)) else { return };
        self.requirements.extend(program.index.requirements(name));
        self.elements.insert(name);
    }

    /// The requirements that lost lines name or may have meant, in order.
    pub fn requirements(&self) -> &[RequirementId] {
        &self.requirements
    }

    /// Whether the block of an element lost a line, or a lost line may have spoken of it.
    pub fn has(&self, element: Name) -> bool {
        self.is_all || self.elements.contains(&element)
    }

    /// Takes in what a line might have declared.
    fn declares(&mut self, line: &str, kind: Kind) {
        let first = line.split_whitespace().next().unwrap_or_default().to_lowercase();
        self.is_package_missing |=
            kind == Kind::Use || ["import", "include", "uses", "using", "use", "require"].contains(&first.as_str());
        if kind == Kind::Field {
            self.fields.extend(line.split_whitespace().nth(1).map(str::to_owned));
        }
        if matches!(kind, Kind::Other | Kind::FieldValue) && line.contains("\" on ") {
            self.fields.insert(first.clone());
        }
        // A term whose name stands in no quotes: nobody knows where it ends.
        if kind == Kind::Term && !line.starts_with("term \"") {
            let words: Vec<String> = line.split_whitespace().skip(1).take(4).map(str::to_lowercase).collect();
            self.declared.extend((1..=words.len()).map(|count| words[..count].join(" ")));
        }
        if matches!(kind, Kind::Other | Kind::Garbage | Kind::Use) {
            let is_mark = |character: char| !character.is_alphanumeric();
            self.declared.extend(line.split_whitespace().take(4).map(|word| word.trim_matches(is_mark).to_lowercase()));
            self.declared.extend(line.split('"').skip(1).step_by(2).map(str::to_lowercase));
        }
    }

    /// Whether a name that is said to mean nothing may be declared where something was lost.
    pub fn may_know(&self, sources: &Sources, diagnostic: &Diagnostic) -> bool {
        let of_packages = [
            &codes::UNKNOWN_REQUIREMENT,
            &codes::UNKNOWN_CATALOG,
            &codes::UNKNOWN_FRAMEWORK,
            &codes::UNKNOWN_CROSSWALK,
            &codes::UNKNOWN_TEXT_REFERENCE,
            &codes::UNKNOWN_ELEMENT,
        ];
        let of_models = [
            &codes::UNKNOWN_OUTCOME,
            &codes::UNKNOWN_ITEM,
            &codes::UNKNOWN_PROCESS,
            &codes::UNKNOWN_GROUP,
            &codes::UNKNOWN_ACHIEVEMENT,
            &codes::UNKNOWN_ASSESSMENT,
            &codes::UNKNOWN_EXHIBIT,
            &codes::UNKNOWN_MEASURE,
            &codes::UNKNOWN_INSTANCE,
            &codes::UNKNOWN_RULE,
        ];
        if *diagnostic.code == codes::UNKNOWN_STATEMENT || *diagnostic.code == codes::MISPLACED_STATEMENT {
            return self.fields.contains(sources.slice(diagnostic.primary.span));
        }
        if *diagnostic.code == codes::UNKNOWN_BASE {
            return self.is_all || self.is_package_missing;
        }
        let place = diagnostic.primary.span;
        let holds = |block: &Span| block.file == place.file && block.range().contains(&(place.start as usize));
        if *diagnostic.code == codes::DUPLICATE_ID {
            return self.lines.iter().any(holds);
        }
        let is_of_package = of_packages.contains(&diagnostic.code);
        if !is_of_package && !of_models.contains(&diagnostic.code) {
            return false;
        }
        // Of what is no id as it stands, that was said; and so it was of words of which it is not known what they are.
        let is_name = *diagnostic.code != codes::UNKNOWN_ELEMENT;
        if self.malformed.contains(&place)
            || is_name && self.guessed.iter().any(|guess| touches(sources, place, *guess))
        {
            return true;
        }
        // A base would bring these.
        if self.is_base_missing && (!is_of_package || *diagnostic.code == codes::UNKNOWN_ELEMENT) {
            return true;
        }
        let written = sources.slice(place);
        let process = if *diagnostic.code == codes::UNKNOWN_PROCESS { Some(written) } else { None };
        let process = process.or(written.rsplit_once('.').map(|(process, _)| process));
        if *diagnostic.code != codes::UNKNOWN_ELEMENT && process.is_some_and(|process| self.extended.contains(process))
        {
            return true;
        }
        if *diagnostic.code == codes::UNKNOWN_OUTCOME && self.processes.iter().any(holds) {
            return true;
        }
        let name = || {
            let written = sources.slice(diagnostic.primary.span).trim_matches(['[', ']', ' ']).to_lowercase();
            let process = written.rsplit_once('.').map(|(process, _)| process);
            let process = process.filter(|_| *diagnostic.code == codes::UNKNOWN_OUTCOME);
            self.declared.contains(&written) || process.is_some_and(|process| self.declared.contains(process))
        };
        let kinds: &[Kind] = match diagnostic.code {
            code if *code == codes::UNKNOWN_PROCESS => &[Kind::Process],
            code if *code == codes::UNKNOWN_OUTCOME => &[Kind::Process, Kind::Outcome],
            code if *code == codes::UNKNOWN_ITEM => &[Kind::Item],
            code if *code == codes::UNKNOWN_GROUP => &[Kind::Group],
            code if *code == codes::UNKNOWN_ACHIEVEMENT => &[Kind::Achievement],
            code if *code == codes::UNKNOWN_REQUIREMENT => &[Kind::Clause, Kind::Requirement, Kind::Control],
            code if *code == codes::UNKNOWN_CATALOG => &[Kind::Catalog],
            code if *code == codes::UNKNOWN_CROSSWALK => &[Kind::Crosswalk],
            code if *code == codes::UNKNOWN_FRAMEWORK => &[Kind::Framework],
            code if *code == codes::UNKNOWN_ASSESSMENT => &[Kind::Assessment],
            code if *code == codes::UNKNOWN_EXHIBIT => &[Kind::Exhibit],
            code if *code == codes::UNKNOWN_INSTANCE => &[Kind::Instances],
            code if *code == codes::UNKNOWN_RULE => &[Kind::Rules],
            _ => &[],
        };
        self.is_all
            || kinds.iter().any(|kind| self.nameless.contains(kind))
            || is_of_package && self.is_package_missing
            || !self.declared.is_empty() && name()
    }

    /// Whether a finding may be the consequence of a lost line: it says that something is missing which may stand there.
    pub fn explains(&self, program: &Program, diagnostic: &Diagnostic) -> bool {
        let is_of = |id: &str| program.names.get(id).is_some_and(|name| self.elements.contains(&name));
        let code = diagnostic.code;
        if *code == codes::UNREACHED_LINK || *code == codes::APPLIED_OUTSIDE {
            return self.is_cover_lost || self.is_base_missing || self.is_used_missing;
        }
        let place = diagnostic.primary.span;
        let holds = |head: &Span| head.file == place.file && head.range().contains(&(place.start as usize));
        if (*code == codes::DROPPED_SOURCE || *code == codes::UNREACHED_TARGET) && self.crosswalks.iter().any(holds) {
            return true;
        }
        let subject = diagnostic.subject.as_ref();
        if *code == codes::UNCOVERED_REQUIREMENT || *code == codes::PARTIAL_REQUIREMENT {
            let catalog = subject.and_then(|subject| Some(subject.id.split_once(':')?.0));
            // Where a package or a base is missing, what it would have covered is not known.
            if self.is_used_missing || self.is_base_missing || catalog.is_some_and(|id| self.catalogs.contains(id)) {
                return true;
            }
        }
        if code.is_lack && code.family == Family::Ratings && self.is_assessing {
            return true;
        }
        code.is_lack && (self.is_all || subject.is_some_and(|subject| is_of(&subject.id)))
    }
}

/// Whether a model has words behind its title, and extends nothing.
fn is_base_lost(tree: &Tree, node: NodeId, text: &str) -> bool {
    let title = tree.arg(node, Role::Title);
    let behind = title.and_then(|title| text.get(title.end as usize..tree.head(node).end as usize));
    !tree.has(node, Role::Base) && behind.is_some_and(|behind| behind.contains(char::is_alphabetic))
}

/// Whether a name stands at a place, or right before it.
fn touches(sources: &Sources, name: Span, place: Span) -> bool {
    let is_within = place.start <= name.start && name.end <= place.end;
    let gap = || sources.file(name.file).text.get(name.end as usize..place.start as usize);
    name.file == place.file && (is_within || gap().is_some_and(|gap| gap.chars().all(|blank| blank == ' ')))
}

/// The statement at a place: the innermost that begins before it and does not end before it.
fn at(tree: &Tree, place: u32) -> Option<NodeId> {
    let last = tree.at(place as usize)?;
    let holds = |id: &NodeId| tree.whole(*id).end >= place;
    std::iter::once(last).chain(tree.around(last)).find(holds).or(Some(last))
}

/// The statement behind a place that belongs to none, on the same line: a bullet stands before it.
fn behind_mark(tree: &Tree, text: &str, before: NodeId, place: Span) -> Option<NodeId> {
    let next = tree.before(place.end as usize + 1).end;
    let node = tree.nodes.get(next as usize).or_else(|| tree.nodes.get(tree.at(place.end as usize)? as usize))?;
    let gap = text.get(place.end as usize..node.start as usize)?;
    let is_behind = gap.trim().is_empty() && !gap.contains('\n') && tree.head(before).end <= place.start;
    is_behind.then(|| tree.begins_at(node.start as usize))?
}

/// The words of a line outside of its texts; those of a text that is not closed too.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split('"').collect::<Vec<_>>();
    let last = parts.len() - 1;
    let outside = parts.into_iter().enumerate().filter(move |(at, _)| at % 2 == 0 || *at == last);
    let is_between = |character: char| !character.is_alphanumeric() && !matches!(character, '.' | '-' | '_');
    outside.flat_map(move |(_, part)| part.split(is_between)).map(|word| word.trim_end_matches('.'))
}
