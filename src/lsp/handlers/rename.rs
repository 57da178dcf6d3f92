//! Renaming, through all files and layers. A rename proves itself before it is given: the packages are compiled with
//! it, and where anything would be wrong that is not wrong now, it is refused with what would be said.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types as lsp;
use rustc_hash::FxHashMap;

use super::Fault;
use crate::coverage::Summary;
use crate::lsp::documents::{Buffer, Parsed};
use crate::lsp::edits::Edits;
use crate::lsp::names::{Symbol, What};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::uses::{self, Use};
use crate::lsp::worker::{self, Job};
use crate::lsp::workspace::{View, Workspace};
use crate::model::{Process, term_key};
use crate::span::FileId;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::Statement;

/// `textDocument/prepareRename`.
pub fn prepare(
    workspace: &Workspace,
    params: lsp::PrepareRenameParams,
) -> Result<Option<lsp::PrepareRenameResult>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some((symbol, bytes)) = renamed(&view, view.offset(at.position)) else { return Ok(None) };
    refuse_foreign(workspace, &symbol)?;
    let placeholder = view.text()[bytes.clone()].to_owned();
    Ok(Some(lsp::PrepareRenamePlaceholder { range: view.range(bytes), placeholder }.into()))
}

/// `textDocument/rename`.
pub fn rename(workspace: &Workspace, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    if !view.is_fresh {
        return Err(Fault::refused("the text is still being read: try again in a moment"));
    }
    let nothing = || Fault::refused("there is no name here that could be changed");
    let (symbol, _) = renamed(&view, view.offset(at.position)).ok_or_else(nothing)?;
    refuse_foreign(workspace, &symbol)?;
    let new = new_name(&symbol, params.new_name.trim())?;
    if renamed_to(&symbol, &new) == symbol.id {
        return Ok(None);
    }
    let edits = edits(workspace, &symbol, &new);
    if edits.paths().any(|path| workspace.is_standard(path)) {
        return Err(Fault::refused("the standard library cannot be changed"));
    }
    prove(workspace, &symbol, &new, &edits)?;
    workspace.remember_rename(&symbol, renamed_to(&symbol, &new));
    let snapshots: Vec<Arc<Snapshot>> = workspace.all_snapshots().cloned().collect();
    let text = |path: &str| {
        let known = snapshots.iter().find_map(|snapshot| Some((snapshot, snapshot.file(path)?)));
        known.map(|(snapshot, file)| (snapshot.source(file).text.as_str(), snapshot.source(file).lines()))
    };
    Ok(Some(edits.for_client(workspace, text)))
}

/// The symbol at a byte, and the bytes of the part that would change: of a full id its last segment, of a term what
/// stands between its quotes.
fn renamed(view: &View<'_>, offset: usize) -> Option<(Symbol, std::ops::Range<usize>)> {
    let mention = view.mention_at(offset)?;
    let symbol = match mention.symbols.as_slice() {
        [only] => only.clone(),
        _ => return None,
    };
    let written = &view.text()[mention.bytes.clone()];
    let bytes = changing(&symbol, written);
    Some((symbol, mention.bytes.start + bytes.start..mention.bytes.start + bytes.end))
}

/// The full id of a symbol with another name.
fn renamed_to(symbol: &Symbol, new: &str) -> String {
    let id = symbol.id.as_str();
    match symbol.what {
        What::Outcome | What::Practice => id.rsplit_once('.').map(|(process, _)| format!("{process}.{new}")),
        What::Requirement => id.split_once(':').map(|(catalog, _)| format!("{catalog}:{new}")),
        What::Term => Some(term_key(new)),
        _ => None,
    }
    .unwrap_or_else(|| new.to_owned())
}

/// The part of what is written that changes with the name of the symbol.
fn changing(symbol: &Symbol, written: &str) -> std::ops::Range<usize> {
    match symbol.what {
        What::Outcome | What::Practice => written.rfind('.').map_or(0, |dot| dot + 1)..written.len(),
        What::Term if written.starts_with('"') => 1..written.len().saturating_sub(1).max(1),
        What::Requirement => written.rfind(':').map_or(0, |colon| colon + 1)..written.len(),
        _ => 0..written.len(),
    }
}

fn refuse_foreign(workspace: &Workspace, symbol: &Symbol) -> Result<(), Fault> {
    if workspace.is_standard(&symbol.home) {
        return Err(Fault::refused(format!(
            "`{}` belongs to the standard library, which cannot be changed",
            symbol.id
        )));
    }
    match symbol.what {
        What::Package => Err(Fault::refused("a package is named in its `prm.toml`, and in those of its users")),
        What::Check => Err(Fault::refused("the names of checks are the compiler's")),
        What::Level | What::Attribute | What::Achievement | What::Rating => {
            Err(Fault::refused("the parts of a framework are what its standard calls them"))
        }
        _ => Ok(()),
    }
}

/// A new name, if it is one.
fn new_name(symbol: &Symbol, new: &str) -> Result<String, Fault> {
    if symbol.what == What::Term {
        // In texts of one line and of several, and between brackets, it is then written in the same way.
        let term = Statement::new(Kind::Term).title(new).text("…").line();
        let is_plain = !new.contains(['[', ']']) && term.is_ok_and(|term| term.starts_with(&format!("term \"{new}\"")));
        return is_plain.then(|| new.to_owned()).ok_or_else(|| Fault::refused("a term is plain text on one line"));
    }
    // Who writes the full id of an outcome means its last part.
    let process = symbol.id.rsplit_once('.').map_or("", |(process, _)| process);
    let is_part = matches!(symbol.what, What::Outcome | What::Practice);
    let new = new.strip_prefix(process).and_then(|rest| rest.strip_prefix('.')).filter(|_| is_part).unwrap_or(new);
    let is_segment = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let is_id = new.split('.').all(is_segment) && !(is_part && new.contains('.'));
    let advice = if is_part { "without dots" } else { "in segments with a dot between them" };
    is_id
        .then(|| new.to_owned())
        .ok_or_else(|| Fault::refused(format!("`{new}` is no id: letters, digits, `-` and `_`, {advice}")))
}

/// All changes that go with a rename.
fn edits(workspace: &Workspace, symbol: &Symbol, new: &str) -> Edits {
    let prefix = format!("{}.", symbol.id);
    let has_parts = symbol.what == What::Process;
    let is_part = |other: &Symbol| {
        has_parts
            && matches!(other.what, What::Outcome | What::Practice)
            && other.id.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('.'))
    };
    let found =
        uses::find(workspace, &|word| uses::may_be(symbol, word) || has_parts && word.starts_with(&prefix), &|other| {
            other == symbol || is_part(other)
        });
    let mut edits = Edits::default();
    for found in &found {
        let path = workspace.real_path(&found.snapshot.source(found.span.file).display());
        let (written, start) = (found.written(), found.span.start as usize);
        if found.symbol == *symbol {
            let part = changing(symbol, written);
            edits.add(&path, start + part.start..start + part.end, new);
        } else if written.starts_with(&prefix) {
            // The full id of an outcome or practice begins with that of its process.
            edits.add(&path, start..start + symbol.id.len(), new);
        }
    }
    if matches!(symbol.what, What::Group | What::Process) {
        keep_groups(workspace, symbol, new, &found, &mut edits);
    }
    edits
}

/// Processes that belong to a group by their ids alone, and would no longer, say so from now on: `in GROUP`.
fn keep_groups(workspace: &Workspace, symbol: &Symbol, new: &str, found: &[Use], edits: &mut Edits) {
    let mut snapshots: Vec<&Arc<Snapshot>> = found.iter().map(|found| &found.snapshot).collect();
    snapshots.dedup_by(|a, b| Arc::ptr_eq(a, b));
    let now =
        |what: What, id: &str| if symbol.what == what && symbol.id == id { new.to_owned() } else { id.to_owned() };
    for snapshot in snapshots {
        let program = snapshot.program();
        for model in program.packages.iter().map(|package| &package.model) {
            let groups: Vec<String> =
                model.groups.iter().map(|group| now(What::Group, program.name(group.id))).collect();
            for process in &model.processes {
                let Some(group) = process.group.map(|group| now(What::Group, program.name(group))) else { continue };
                let id = now(What::Process, program.name(process.id));
                let by_id =
                    groups.iter().filter(|group| id.strip_prefix(*group).is_some_and(|rest| rest.starts_with('.')));
                if by_id.max_by_key(|group| group.len()) == Some(&group) {
                    continue;
                }
                let Some((tree, node)) = snapshot.statement(process.origin.span) else { continue };
                let mut around = tree.around(node).map(|parent| tree.node(parent).kind);
                let stands_in = around.any(|kind| matches!(kind, Kind::Group | Kind::ExtendGroup));
                if stands_in || tree.arg(node, Role::InGroup).is_some() || tree.node(node).kind != Kind::Process {
                    continue;
                }
                let path = workspace.real_path(&snapshot.source(tree.file).display());
                let end = tree.node(node).end as usize;
                let member = Statement::new(Kind::Process).id("K").title("K").word(Role::InGroup, group);
                if let Ok(clause) = member.clauses() {
                    edits.add(&path, end..end, format!(" {clause}"));
                }
            }
        }
    }
}

/// Compiles every package with the changes, and refuses them where something would be wrong that is not wrong now.
fn prove(workspace: &Workspace, symbol: &Symbol, new: &str, edits: &Edits) -> Result<(), Fault> {
    let mut files = workspace.files();
    let mut touched: Vec<&Arc<Snapshot>> = Vec::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for path in edits.paths() {
        for snapshot in workspace.all_snapshots() {
            let Some(file) = snapshot.file(path) else { continue };
            texts.entry(path.to_owned()).or_insert_with(|| edits.applied(path, &snapshot.source(file).text));
            if !touched.iter().any(|known| Arc::ptr_eq(known, snapshot)) {
                touched.push(snapshot);
            }
        }
    }
    for (path, text) in texts {
        let parsed = Parsed::new(FileId(0), &text);
        files.open.insert(path, Buffer { text: Arc::new(text), parsed, revision: 0 });
    }
    for (number, snapshot) in touched.iter().enumerate() {
        workspace.asking.report(&format!("package {} of {}", number + 1, touched.len()));
        let job = Job {
            root: snapshot.root.clone(),
            number: 0,
            files: files.clone(),
            standard: None,
            is_stale: Arc::clone(&workspace.asking.is_cancelled),
        };
        let changed = worker::compile(job, &mut FxHashMap::default()).ok_or_else(Fault::cancelled)?;
        if let Some(message) = new_fault(snapshot, &changed) {
            return Err(Fault::refused(format!("with this name, {message}")));
        }
        if summaries(snapshot) != summaries(&changed) {
            return Err(Fault::refused(
                "with this name, another coverage would come out: the name means something already",
            ));
        }
        if let Some(message) = moved(snapshot, &changed, symbol, new) {
            return Err(Fault::refused(message));
        }
    }
    Ok(())
}

/// The first error that a change would bring.
fn new_fault(before: &Snapshot, after: &Snapshot) -> Option<String> {
    let faults = |snapshot: &Snapshot| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in &snapshot.compilation.diagnostics {
            if diagnostic.code.forbids_output() {
                *counts.entry(diagnostic.code.code).or_default() += 1;
            }
        }
        counts
    };
    let (before, counts) = (faults(before), faults(after));
    let (code, _) = counts.into_iter().find(|(code, count)| before.get(code).is_none_or(|before| before < count))?;
    let diagnostic = after.compilation.diagnostics.iter().find(|diagnostic| diagnostic.code.code == code)?;
    Some(diagnostic.message.clone())
}

/// A process that would belong to another group.
fn moved(before: &Snapshot, after: &Snapshot, symbol: &Symbol, new: &str) -> Option<String> {
    let now =
        |what: What, id: &str| if symbol.what == what && symbol.id == id { new.to_owned() } else { id.to_owned() };
    let groups = |snapshot: &Snapshot, now: &dyn Fn(What, &str) -> String| -> BTreeMap<String, Option<String>> {
        let program = snapshot.program();
        let processes = program.root().into_iter().flat_map(|package| &package.model.processes);
        let row = |process: &Process| {
            let group = process.group.map(|group| now(What::Group, program.name(group)));
            (now(What::Process, program.name(process.id)), group)
        };
        processes.map(row).collect()
    };
    let (then, then_now) = (groups(before, &now), groups(after, &|_, id| id.to_owned()));
    let (process, group) =
        then_now.into_iter().find(|(process, group)| then.get(process).is_some_and(|old| old != group))?;
    let group = group.map_or("no group".to_owned(), |group| format!("the group `{group}`"));
    Some(format!("with this name, the process `{process}` would belong to {group}: its id says so"))
}

fn summaries(snapshot: &Snapshot) -> Vec<Summary> {
    snapshot.compilation.coverage.catalogs.iter().map(|catalog| catalog.summary).collect()
}
