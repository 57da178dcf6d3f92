//! The names that are due at a place, each with what it names.

use lsp_types::CompletionItemKind as ItemKind;

use super::slot::{Due, Slot};
use super::{Offer, own_process};
use crate::codes;
use crate::coverage::Status;
use crate::lsp::workspace::View;
use crate::model::{Element, FieldKind, Model, Name, Package, ReqKind, RequirementId};
use crate::package::standard_names;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role};

/// The kinds of information items that people use.
const ITEM_KINDS: &[&str] =
    &["plan", "policy", "procedure", "record", "register", "report", "requirement", "specification"];

/// The names that are due.
pub fn offers(view: &View<'_>, slot: &Slot, due: Due) -> Vec<Offer> {
    let offerer = Offerer { view };
    let Some(package) = view.snapshot.program().packages.get(view.package.0 as usize) else { return Vec::new() };
    let model = &package.model;
    match due {
        Due::Package => offerer.packages(),
        Due::Requirement => offerer.requirements(package, None, false),
        Due::Excluded => offerer.requirements(package, None, true),
        Due::Left => offerer.requirements(package, offerer.side(slot.node, Role::FromCatalog), false),
        Due::Right => offerer.requirements(package, offerer.side(slot.node, Role::ToCatalog), false),
        Due::Outcome => offerer.elements(model, |element| matches!(element, Element::Outcome(..))),
        Due::Item => offerer.elements(model, |element| matches!(element, Element::Item(_))),
        Due::Process => offerer.elements(model, |element| matches!(element, Element::Process(_))),
        Due::Group => offerer.elements(model, |element| matches!(element, Element::Group(_))),
        Due::OwnOutcome => offerer.own_outcomes(model, slot.node),
        Due::Omitted => offerer.of_bases(|_| true),
        Due::OfBase(kind) => offerer.of_base(kind, slot.node),
        Due::Model => offerer.models(),
        Due::Crosswalk => offerer.crosswalks(),
        Due::Framework => offerer.frameworks(),
        Due::Catalog => offerer.catalogs(package),
        Due::Covered => {
            let mut offers = offerer.catalogs(package);
            offers.extend(offerer.clauses(package));
            offers
        }
        Due::ItemKind => plain(ITEM_KINDS.iter().copied()),
        Due::FieldKind => plain(FieldKind::ALL.map(FieldKind::word)),
        Due::OrderKey => plain(["id", "title", "source"]),
        Due::Check => checks(),
        Due::NewNumber(kind) => {
            let parent = slot.node.and_then(|node| view.tree.node(node).parent);
            let number = parent.and_then(|parent| next_number(view, parent, kind));
            plain(number.iter().map(String::as_str))
        }
        Due::InText => offerer.in_text(package, slot),
    }
}

/// The next free number of an outcome, or id of a practice, in a block.
pub fn next_number(view: &View<'_>, block: NodeId, kind: Kind) -> Option<String> {
    let is_process = matches!(view.tree.node(block).kind, Kind::Process | Kind::ExtendProcess);
    if !is_process || !matches!(kind, Kind::Outcome | Kind::Practice) {
        return None;
    }
    let prefix = if kind == Kind::Practice { "BP" } else { "" };
    let ids = view.tree.children(block).filter(|node| view.tree.node(*node).kind == kind);
    let ids = ids.filter_map(|node| view.text().get(view.tree.arg(node, Role::Id)?.range()));
    let highest = ids.filter_map(|id| id.strip_prefix(prefix)?.parse::<u32>().ok()).max().unwrap_or(0);
    Some(format!("{prefix}{}", highest.saturating_add(1)))
}

fn plain<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Offer> {
    let offer = |word: &str| Offer { label: word.to_owned(), kind: Some(ItemKind::Value), ..Offer::default() };
    words.into_iter().map(offer).collect()
}

fn checks() -> Vec<Offer> {
    let allowed = codes::ALL.iter().filter(|code| !code.forbids_output());
    allowed
        .map(|code| Offer {
            label: code.name.to_owned(),
            snippet: Some(format!("{} because \"$1\"", code.name)),
            kind: Some(ItemKind::EnumMember),
            detail: format!("{}: {}", code.code, code.summary),
            also: code.code.to_owned(),
            ..Offer::default()
        })
        .collect()
}

struct Offerer<'a> {
    view: &'a View<'a>,
}

impl Offerer<'_> {
    fn say(&self, span: Span) -> String {
        self.view.snapshot.compilation.sources.text(span).replace('\n', " ")
    }

    fn name(&self, name: Name) -> String {
        self.view.snapshot.program().name(name).to_owned()
    }

    fn named(&self, id: Name, title: Span, kind: ItemKind) -> Offer {
        Offer {
            label: self.name(id),
            detail: self.say(title),
            also: self.say(title),
            kind: Some(kind),
            ..Offer::default()
        }
    }

    fn packages(&self) -> Vec<Offer> {
        let loaded = self.view.snapshot.loaded.get(self.view.package.0 as usize);
        let own = loaded.into_iter().flat_map(|package| &package.manifest.dependencies);
        let own = own.map(|dependency| (dependency.name.clone(), "dependency"));
        let standard = standard_names().into_iter().map(|name| (name.to_owned(), "standard library"));
        own.chain(standard)
            .map(|(label, detail)| Offer {
                label,
                detail: detail.to_owned(),
                kind: Some(ItemKind::Module),
                ..Offer::default()
            })
            .collect()
    }

    /// The requirements, the uncovered ones first; for exclusions, what may be excluded first.
    fn requirements(&self, package: &Package, catalog: Option<String>, to_exclude: bool) -> Vec<Offer> {
        let snapshot = &self.view.snapshot;
        let program = snapshot.program();
        let coverage = &snapshot.compilation.coverage;
        let counted: Vec<&Vec<RequirementId>> = coverage.catalogs.iter().map(|catalog| &catalog.requirements).collect();
        let mut offers = Vec::new();
        for id in package.sees.iter().flat_map(|catalog| program.catalog(*catalog).requirements()) {
            let row = program.requirement(id);
            let of = program.catalog(row.catalog);
            if catalog.as_ref().is_some_and(|catalog| *catalog != program.name(of.id)) {
                continue;
            }
            let is_counted = counted.iter().any(|ids| ids.binary_search(&id).is_ok());
            let is_excludable = row.kind != ReqKind::Requirement || of.tailorable;
            let status = (row.kind != ReqKind::Clause).then(|| coverage.status(id));
            let rank = match status {
                _ if to_exclude && !is_excludable => 6,
                None => 5,
                Some(Status::Uncovered) if is_counted => 0,
                Some(Status::Partial) if is_counted => 1,
                Some(Status::Uncovered | Status::Partial) => 2,
                Some(Status::Covered) => 3,
                Some(Status::Excluded) => 4,
            };
            let same = snapshot
                .requirements(row.id)
                .iter()
                .filter(|other| package.sees.contains(&program.requirement(**other).catalog));
            let is_ambiguous = catalog.is_none() && same.count() > 1;
            let label = if is_ambiguous { program.full_id(id) } else { self.name(row.id) };
            let title = self.say(row.title);
            let state = status.filter(|_| is_counted).map_or(row.kind.word(), Status::word);
            offers.push(Offer {
                label,
                detail: format!("{title} ({state})"),
                documentation: row.text.map(|text| self.say(text)).unwrap_or_default(),
                also: title,
                kind: Some(if row.kind == ReqKind::Clause { ItemKind::Folder } else { ItemKind::Reference }),
                rank,
                ..Offer::default()
            });
        }
        offers
    }

    /// The catalog of one side of the crosswalk in which a statement stands.
    fn side(&self, node: Option<NodeId>, role: Role) -> Option<String> {
        let is_crosswalk = |node: &NodeId| self.view.tree.node(*node).kind == Kind::Crosswalk;
        let node = node?;
        let crosswalk =
            std::iter::once(node).chain(crate::lsp::names::around(&self.view.tree, node)).find(is_crosswalk)?;
        self.view.text().get(self.view.tree.arg(crosswalk, role)?.range()).map(str::to_owned)
    }

    /// The elements of a model, in its order.
    fn elements(&self, model: &Model, is_meant: impl Fn(Element) -> bool) -> Vec<Offer> {
        let mut offers = Vec::new();
        for (number, group) in (0..).zip(&model.groups) {
            if is_meant(Element::Group(number)) {
                offers.push(self.named(group.id, group.title, ItemKind::Folder));
            }
        }
        for (number, process) in (0..).zip(&model.processes) {
            if is_meant(Element::Process(number)) {
                offers.push(self.named(process.id, process.title, ItemKind::Class));
            }
            for (at, outcome) in (0..).zip(&process.outcomes).filter(|(at, _)| is_meant(Element::Outcome(number, *at)))
            {
                let _: u32 = at;
                offers.push(self.named(outcome.id, outcome.text, ItemKind::Property));
            }
            for (at, practice) in
                (0..).zip(&process.practices).filter(|(at, _)| is_meant(Element::Practice(number, *at)))
            {
                let _: u32 = at;
                offers.push(self.named(practice.id, practice.name.unwrap_or(practice.text), ItemKind::Method));
            }
        }
        for (number, item) in (0..).zip(&model.items) {
            if is_meant(Element::Item(number)) {
                offers.push(self.named(item.id, item.title, ItemKind::File));
            }
        }
        offers
    }

    /// The outcomes of the own process by their numbers.
    fn own_outcomes(&self, model: &Model, node: Option<NodeId>) -> Vec<Offer> {
        let process = own_process(self.view, node);
        let process = process.and_then(|id| model.process(self.view.snapshot.program().names.get(&id)?));
        let sources = &self.view.snapshot.compilation.sources;
        let outcomes = process.into_iter().flat_map(|process| &process.outcomes);
        outcomes
            .map(|outcome| Offer {
                label: sources.slice(outcome.number).to_owned(),
                ..self.named(outcome.id, outcome.text, ItemKind::Property)
            })
            .collect()
    }

    fn of_bases(&self, is_meant: impl Fn(Element) -> bool + Copy) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let bases = self.view.snapshot.bases(self.view.package).iter().rev();
        let mut offers: Vec<Offer> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        for base in bases {
            let found = self.elements(&program.package(*base).model, is_meant);
            offers.extend(found.into_iter().filter(|offer| seen.insert(offer.label.clone())));
        }
        offers
    }

    fn of_base(&self, kind: Kind, node: Option<NodeId>) -> Vec<Offer> {
        let is_meant = move |element: Element| match kind {
            Kind::ExtendProcess => matches!(element, Element::Process(_)),
            Kind::ExtendGroup => matches!(element, Element::Group(_)),
            Kind::ExtendItem | Kind::ReplaceItem => matches!(element, Element::Item(_)),
            Kind::ReplaceOutcome => matches!(element, Element::Outcome(..)),
            _ => matches!(element, Element::Practice(..)),
        };
        let mut offers = self.of_bases(is_meant);
        if matches!(kind, Kind::ReplaceOutcome | Kind::ReplacePractice) {
            // Within the process, its number is enough.
            let prefix = own_process(self.view, node).map(|id| format!("{id}.")).unwrap_or_default();
            offers.retain(|offer| offer.label.starts_with(&prefix));
            offers.iter_mut().for_each(|offer| offer.label = offer.label[prefix.len()..].to_owned());
        }
        offers
    }

    fn models(&self) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let heads = program.packages.iter().enumerate().filter(|(number, _)| *number != self.view.package.0 as usize);
        let heads = heads.filter_map(|(_, package)| package.model.head.as_ref());
        heads.map(|head| self.named(head.id, head.title, ItemKind::Module)).collect()
    }

    fn crosswalks(&self) -> Vec<Offer> {
        let all = self.view.snapshot.program().crosswalks.iter();
        all.map(|crosswalk| self.named(crosswalk.id, crosswalk.title, ItemKind::Interface)).collect()
    }

    fn frameworks(&self) -> Vec<Offer> {
        let all = self.view.snapshot.program().frameworks.iter();
        all.map(|framework| self.named(framework.id, framework.title, ItemKind::Interface)).collect()
    }

    fn catalogs(&self, package: &Package) -> Vec<Offer> {
        let all = package.sees.iter().map(|id| self.view.snapshot.program().catalog(*id));
        all.map(|catalog| self.named(catalog.id, catalog.title, ItemKind::Module)).collect()
    }

    fn clauses(&self, package: &Package) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let rows = package.sees.iter().flat_map(|id| program.catalog(*id).requirements());
        let clauses = rows.filter(|id| program.requirement(*id).kind == ReqKind::Clause);
        clauses
            .map(|id| Offer {
                label: program.full_id(id),
                rank: 1,
                ..self.named(program.requirement(id).id, program.requirement(id).title, ItemKind::Folder)
            })
            .collect()
    }

    /// Elements, requirements and terms, closed with the brackets that still lack.
    fn in_text(&self, package: &Package, slot: &Slot) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let mut offers = self.elements(&package.model, |_| true);
        let mut requirements = self.requirements(package, None, false);
        requirements.iter_mut().for_each(|offer| offer.rank = 2);
        offers.extend(requirements);
        let terms = program.packages.iter().flat_map(|package| &package.model.terms);
        offers.extend(terms.map(|term| Offer {
            label: self.say(term.term),
            detail: self.say(term.text),
            kind: Some(ItemKind::Text),
            rank: 1,
            ..Offer::default()
        }));
        if !self.view.text()[slot.bytes.end..].starts_with("]]") {
            offers.iter_mut().for_each(|offer| offer.insert = Some(format!("{}]]", offer.label)));
        }
        offers
    }
}
