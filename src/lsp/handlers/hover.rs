//! What stands under the pointer: a name with its title, text and coverage; a word of the language with its help.

use lsp_types as lsp;

use super::{Fault, manifest};
use crate::codes;
use crate::coverage::Status;
use crate::diagnostic::words::{count, list};
use crate::lsp::documents::Document;
use crate::lsp::facts;
use crate::lsp::names::{Symbol, What, declarations, requirement};
use crate::lsp::positions::{self, Positions};
use crate::lsp::snapshot::Snapshot;
use crate::lsp::workspace::{View, Workspace};
use crate::lsp::{address, convert};
use crate::model::{Element, Member, Name, PackageId, ReqKind};
use crate::span::{Span, narrow};
use crate::syntax::statements::{Kind, clause_word};

/// How many proofs of a status a hover tells, and how many steps of each.
const PROOFS: usize = 4;
const STEPS: usize = 6;

/// `textDocument/hover`.
pub fn hover(workspace: &Workspace, params: lsp::HoverParams) -> Result<Option<lsp::Hover>, Fault> {
    let at = params.text_document_position_params;
    if let Some(document) = manifest::of(workspace, &address::path(&at.text_document.uri.0)) {
        return Ok(in_manifest(workspace, document, at.position));
    }
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let offset = view.offset(at.position);
    let (bytes, text) = match view.mention_at(offset) {
        Some(mention) => {
            let told =
                mention.symbols.iter().filter_map(|symbol| describe(workspace, &view.snapshot, view.package, symbol));
            let place = Span::new(view.file, mention.bytes.start, mention.bytes.end);
            let suspicion = Some(place).filter(|_| view.is_fresh);
            let suspicion = suspicion.and_then(|place| facts::suspicion(&view.snapshot, place));
            (mention.bytes, suspicion.into_iter().chain(told).collect::<Vec<_>>().join("\n\n---\n\n"))
        }
        None => match word(&view, offset) {
            Some((bytes, text)) => (bytes, text),
            None => return Ok(None),
        },
    };
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(lsp::Hover { contents: convert::markup(workspace, text).into(), range: Some(view.range(bytes)) }))
}

/// What a word of a manifest means.
fn in_manifest(workspace: &Workspace, document: &Document, at: lsp::Position) -> Option<lsp::Hover> {
    let (text, lines, encoding) = (document.text(), &document.lines, workspace.client.encoding);
    let (bytes, told) = manifest::hover(document, positions::offset(text, lines, at, encoding))?;
    let range = Positions::new(text, lines, encoding).range(bytes);
    Some(lsp::Hover { contents: convert::markup(workspace, told).into(), range: Some(range) })
}

/// A word of the language: its shape and its help.
fn word(view: &View<'_>, offset: usize) -> Option<(std::ops::Range<usize>, String)> {
    let text = view.text();
    let is_part = |c: char| c.is_ascii_lowercase();
    let start = offset - text[..offset].chars().rev().take_while(|c| is_part(*c)).count();
    let end = offset + text[offset..].chars().take_while(|c| is_part(*c)).count();
    let node = view.node_at(offset)?;
    let statement = view.tree.node(node);
    let is_in_text = view.tree.args(node).iter().any(|arg| {
        let is_mark = text.get(arg.start as usize..arg.end as usize) == Some(&text[start..end]);
        !is_mark && (arg.start as usize) <= start && end <= arg.end as usize
    });
    let in_comment = view.tree.comments.iter().any(|(from, to)| (*from as usize..*to as usize).contains(&start));
    if start == end || is_in_text || in_comment || end > (statement.end as usize).max(statement.start as usize) {
        return None;
    }
    let row = statement.kind.row().filter(|row| !row.word.is_empty());
    let first = statement.start as usize..statement.start as usize + row.map_or(0, |row| row.word.len());
    let (shape, meaning) = match row.filter(|_| first.contains(&start)) {
        Some(row) => (row.shape(), row.meaning),
        None => clause_word(&text[start..end]).map(|word| (word.shape(), word.meaning))?,
    };
    Some((start..end, format!("```prm\n{shape}\n```\n\n{meaning}")))
}

/// A name, for people.
pub fn describe(workspace: &Workspace, snapshot: &Snapshot, viewer: PackageId, symbol: &Symbol) -> Option<String> {
    match symbol.what {
        What::Requirement => describe_requirement(workspace, snapshot, viewer, symbol),
        What::Check => codes::find(&symbol.id).map(facts::describe_code),
        What::Package
        | What::Alias
        | What::Model
        | What::Catalog
        | What::Crosswalk
        | What::Framework
        | What::Assessment
        | What::Exhibit => describe_whole(snapshot, viewer, symbol),
        What::Level | What::Attribute | What::Achievement | What::Rating => {
            let (_, head) = declarations(snapshot, viewer, symbol).into_iter().next()?;
            let (tree, node) = snapshot.statement(head)?;
            let title = tree.args(node).iter().find(|arg| arg.role.is_text()).map(|arg| tree.span(arg))?;
            let id = symbol.id.split_once(':').map_or("", |(_, id)| id);
            Some(format!("{}{}", heading(snapshot, symbol.what.word(), id, title), origin(snapshot, head)))
        }
        What::Term | What::Field => {
            let (id, head) = declarations(snapshot, viewer, symbol).into_iter().next()?;
            let (tree, node) = snapshot.statement(head)?;
            let role = if symbol.what == What::Term {
                crate::syntax::tree::Role::Text
            } else {
                crate::syntax::tree::Role::Title
            };
            let sources = &snapshot.compilation.sources;
            let title =
                if symbol.what == What::Term { sources.text(id).into_owned() } else { format!("`{}`", symbol.id) };
            let text = tree.arg(node, role).map(|span| sources.text(span).into_owned()).unwrap_or_default();
            Some(format!("**{}** {title}\n\n{text}{}", symbol.what.word(), origin(snapshot, head)))
        }
        // All others are elements of models.
        _ => describe_element(snapshot, viewer, symbol),
    }
}

fn heading(snapshot: &Snapshot, word: &str, id: &str, title: Span) -> String {
    format!("**{word}** `{id}` {}", snapshot.compilation.sources.text(title))
}

/// Where something is declared, as the last line.
fn origin(snapshot: &Snapshot, head: Span) -> String {
    let source = snapshot.source(head.file);
    let line = snapshot.source(head.file).position(head.start as usize).line;
    let package = snapshot.tree(head.file).and_then(|(package, _)| snapshot.loaded.get(package.0 as usize));
    let package = package.map_or("", |package| package.name.as_str());
    format!("\n\n*{package}, {}:{line}*", source.path)
}

fn describe_requirement(
    workspace: &Workspace,
    snapshot: &Snapshot,
    viewer: PackageId,
    symbol: &Symbol,
) -> Option<String> {
    let program = snapshot.program();
    let sources = &snapshot.compilation.sources;
    let id = requirement(snapshot, symbol)?;
    let row = program.requirement(id);
    let mut text = heading(snapshot, row.kind.word(), program.name(row.id), row.title);
    if let Some(body) = row.text {
        text.push_str(&format!("\n\n{}", sources.text(body)));
    }
    if row.kind == ReqKind::Clause {
        let below = program.below(id).filter(|row| program.requirement(*row).kind != ReqKind::Clause).count();
        text.push_str(&format!("\n\nA heading with {} below it.", count(below, "requirement")));
    }
    for fate in facts::fates(workspace, snapshot, viewer, symbol) {
        let asked = if fate.is_counted { "" } else { " (which `covers` does not ask for)" };
        text.push_str(&format!("\n\n**{}** in `{}`{asked}", fate.status.word(), fate.model));
        text.push_str(&proofs(&fate.proofs));
        if fate.status == Status::Uncovered && fate.is_counted {
            text.push_str(&format!("\n- no outcome has `satisfies {}`", program.name(row.id)));
        }
    }
    let catalog = program.catalog(row.catalog);
    text.push_str(&format!("\n\n*{} `{}`*", sources.text(catalog.title), program.name(catalog.id)));
    Some(text)
}

/// The proofs of a status: an item for each, what it rests on below it.
fn proofs(proofs: &[Vec<String>]) -> String {
    let mut text = String::new();
    for proof in proofs.iter().take(PROOFS) {
        for (number, line) in proof.iter().take(STEPS).enumerate() {
            text.push_str(if number == 0 { "\n- " } else { "\n  - " });
            text.push_str(line);
        }
        if proof.len() > STEPS {
            text.push_str(&format!("\n  - and {}", count(proof.len() - STEPS, "more step")));
        }
    }
    if proofs.len() > PROOFS {
        text.push_str(&format!("\n- and {}", count(proofs.len() - PROOFS, "more proof")));
    }
    text
}

fn describe_element(snapshot: &Snapshot, viewer: PackageId, symbol: &Symbol) -> Option<String> {
    let program = snapshot.program();
    let sources = &snapshot.compilation.sources;
    let name = program.names.get(&symbol.id)?;
    // An element that this layer leaves out is still described by its base.
    let packages = std::iter::once(viewer).chain(program.package(viewer).scope.stands_on.iter().rev().copied());
    let mut models =
        packages.filter_map(|package| program.packages.get(package.0 as usize)).map(|package| &package.model);
    let (model, element) = models.find_map(|model| Some((model, *model.index.get(&name)?)))?;
    let one = model.at(element)?;
    let say = |span: Span| sources.text(span).into_owned();
    let mut text = heading(snapshot, element.what().word(), &symbol.id, one.title());
    match element {
        Element::Group(_) => {
            let group = model.group(name)?;
            text.push_str(&group.text.map(|body| format!("\n\n{}", say(body))).unwrap_or_default());
            let inside = model.processes.iter().filter(|process| process.group == Some(name)).count();
            text.push_str(&format!("\n\n{}", count(inside, "process")));
        }
        Element::Process(_) => {
            let process = model.process(name)?;
            text.push_str(&process.purpose.map(|purpose| format!("\n\n{}", say(purpose.text))).unwrap_or_default());
            for outcome in &process.outcomes {
                text.push_str(&format!("\n- `{}` {}", sources.slice(outcome.number), say(outcome.text)));
            }
            let linked = facts::linked(snapshot, process).len();
            text.push_str(&format!(
                "\n\n{}, linked to {}",
                count(process.outcomes.len(), "outcome"),
                count(linked, "requirement")
            ));
        }
        Element::Outcome(..) => {
            let outcome = model.outcome(name)?;
            text = format!("**outcome** `{}`\n\n{}", symbol.id, say(outcome.text));
            for link in &outcome.links {
                let row = program.requirement(link.requirement);
                let verb = link.strength.verb();
                let named = |member: Member| {
                    let gap = if member.is_there { "" } else { " (which is not there)" };
                    format!("{}{gap}", program.name(member.id))
                };
                let partners: Vec<String> = model.partners(outcome, link).map(named).collect();
                let together = if partners.is_empty() {
                    String::new()
                } else {
                    format!(" together with {}", list(&partners, "and", 9))
                };
                text.push_str(&format!("\n- {verb} `{}` {}{together}", program.name(row.id), say(row.title)));
            }
        }
        Element::Practice(process, practice) => {
            let practice = model.practice_at(process, practice)?;
            text = format!("**practice** `{}`", symbol.id);
            text.push_str(&practice.name.map(|title| format!(" {}", say(title))).unwrap_or_default());
            text.push_str(&format!("\n\n{}", say(practice.text)));
            for target in &practice.achieves {
                let outcome = model.outcome(target.id).map(|outcome| say(outcome.text)).unwrap_or_default();
                text.push_str(&format!("\n- achieves `{}` {outcome}", program.name(target.id)));
            }
        }
        Element::Item(_) => {
            let item = model.item(name)?;
            text.push_str(&item.kind.map(|kind| format!(" ({})", program.name(kind))).unwrap_or_default());
            for characteristic in &item.characteristics {
                text.push_str(&format!("\n- {}", say(*characteristic)));
            }
            text.push_str(&item_uses(snapshot, model, name));
        }
        Element::Reference(_) => {
            let cited = model.reference(name)?;
            text.push_str(&cited.title.map(|title| format!("\n\n{}", say(title))).unwrap_or_default());
            text.push_str(if cited.normative { "\n\nnormative" } else { "" });
        }
        _ => {}
    }
    for change in one.remarks().history() {
        let layer = change.origin.layer.map_or("a layer", |layer| program.name(layer));
        let what = change.what.map(|what| format!(" its {what}")).unwrap_or_default();
        let because = change.because.map(|because| format!(": {}", say(because))).unwrap_or_default();
        text.push_str(&format!("\n\n{}{what} by `{layer}`{because}", change.action.word()));
    }
    text.push_str(&origin(snapshot, one.origin().span));
    Some(text)
}

/// Who makes and who needs an information item.
fn item_uses(snapshot: &Snapshot, model: &crate::model::Model, item: Name) -> String {
    let program = snapshot.program();
    let (mut makers, mut users) = (Vec::new(), Vec::new());
    for process in &model.processes {
        let makes = |targets: &[crate::model::Target]| targets.iter().any(|target| target.id == item);
        let outcomes = process.outcomes.iter().filter(|outcome| makes(&outcome.produces)).map(|outcome| outcome.id);
        let practices =
            process.practices.iter().filter(|practice| makes(&practice.produces)).map(|practice| practice.id);
        makers.extend(outcomes.chain(practices).map(|id| program.name(id)));
        let needs = process.practices.iter().filter(|practice| makes(&practice.consumes));
        users.extend(needs.map(|practice| program.name(practice.id)));
    }
    let mut text = String::new();
    for (who, verb) in [(makers, "produced"), (users, "consumed")] {
        if !who.is_empty() {
            text.push_str(&format!("\n\n{verb} by {}", list(&who, "and", 9)));
        }
    }
    text
}

/// A package, a model, a catalog, a crosswalk, a framework.
fn describe_whole(snapshot: &Snapshot, viewer: PackageId, symbol: &Symbol) -> Option<String> {
    let program = snapshot.program();
    let (_, head) = declarations(snapshot, viewer, symbol).into_iter().next()?;
    if matches!(symbol.what, What::Package | What::Alias) {
        // An alias stands in the own package, and for another.
        let package = match symbol.what {
            What::Alias => program.sight(viewer).alias(&symbol.id),
            _ => snapshot.tree(head.file).map(|(package, _)| package),
        };
        let package = package.or_else(|| package_of_manifest(snapshot, head))?;
        let catalogs = program.catalogs.iter().filter(|catalog| catalog.origin.package == package);
        let contents = catalogs.map(|catalog| heading(snapshot, "catalog", program.name(catalog.id), catalog.title));
        let model = program
            .package(package)
            .model
            .head
            .iter()
            .map(|head| heading(snapshot, "model", program.name(head.id), head.title));
        let contents: Vec<String> = model.chain(contents).map(|line| format!("\n- {line}")).collect();
        let name = match symbol.what {
            What::Alias => format!(" for `{}`", program.package(package).name),
            _ => String::new(),
        };
        return Some(format!("**{}** `{}`{name}{}", symbol.what.word(), symbol.id, contents.concat()));
    }
    let (tree, node) = snapshot.statement(head)?;
    let title = tree.arg(node, crate::syntax::tree::Role::Title)?;
    let mut text = heading(snapshot, symbol.what.word(), &symbol.id, title);
    if tree.node(node).kind == Kind::Catalog {
        for catalog in &snapshot.compilation.coverage.catalogs {
            if program.name(program.catalog(catalog.catalog).id) == symbol.id {
                text.push_str(&format!("\n\n{}", facts::summary(catalog)));
            }
        }
    }
    text.push_str(&origin(snapshot, head));
    Some(text)
}

fn package_of_manifest(snapshot: &Snapshot, place: Span) -> Option<PackageId> {
    let position = snapshot.loaded.iter().position(|package| package.manifest.file == Some(place.file))?;
    Some(PackageId(narrow(position)))
}
