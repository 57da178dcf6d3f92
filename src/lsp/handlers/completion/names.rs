//! The names that are due at a place, each with what it names.

use lsp_types::CompletionItemKind as ItemKind;

use super::slot::{Due, Slot};
use super::{Offer, own_process};
use crate::codes;
use crate::coverage::Status;
use crate::lsp::workspace::View;
use crate::model::{Element, FieldKind, ReqKind, RequirementId, Sight, State, Thing, Want, What};
use crate::package::standard_names;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role};

/// The kinds of information items that people use.
const ITEM_KINDS: &[&str] =
    &["plan", "policy", "procedure", "record", "register", "report", "requirement", "specification"];

/// The names that are due.
pub fn offers(view: &View<'_>, slot: &Slot, due: Due) -> Vec<Offer> {
    let offerer = Offerer { view, sight: view.names().sight() };
    let element = |what| Want::Element(Some(what));
    match due {
        Due::Package => offerer.packages(),
        Due::Requirement | Due::Excluded | Due::Left | Due::Right => {
            let sought = offerer.sought(slot.node, due);
            sought.map(|want| offerer.requirements(want, due == Due::Excluded)).unwrap_or_default()
        }
        Due::Outcome => offerer.all(element(What::Outcome)),
        Due::Item => offerer.all(element(What::Item)),
        Due::Process => offerer.all(element(What::Process)),
        Due::Group => offerer.all(element(What::Group)),
        Due::OwnOutcome => offerer.own_outcomes(slot.node),
        Due::Omitted => offerer.all(Want::OfBase(None)),
        Due::OfBase(kind) => offerer.of_base(kind, slot.node),
        Due::Model => offerer.all(Want::Base),
        Due::Crosswalk => offerer.all(Want::Crosswalk),
        Due::Framework => offerer.all(Want::Framework),
        Due::Catalog => offerer.all(Want::Catalog),
        Due::Dropped => offerer.covered_by_bases(),
        Due::Covered => {
            let mut offers = offerer.all(Want::Catalog);
            offers.extend(offerer.clauses());
            offers
        }
        Due::ItemKind => plain(ITEM_KINDS.iter().copied()),
        Due::FieldKind => plain(FieldKind::ALL.map(FieldKind::word)),
        Due::OrderKey => plain(["id", "title", "source"]),
        Due::Language => plain(["en"]),
        Due::State => plain(State::ALL.map(State::word)),
        Due::Check => checks(),
        Due::NewNumber(kind) => {
            let parent = slot.node.and_then(|node| view.tree.node(node).parent);
            let number = parent.and_then(|parent| next_number(view, parent, kind));
            plain(number.iter().map(String::as_str))
        }
        Due::InText => offerer.in_text(slot),
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
    sight: Sight<'a>,
}

impl Offerer<'_> {
    fn say(&self, span: Span) -> String {
        self.view.snapshot.compilation.sources.text(span).replace('\n', " ")
    }

    /// All things that could stand at a place, by their ids.
    fn all(&self, want: Want<'_>) -> Vec<Offer> {
        self.sight.candidates(want).filter_map(|thing| self.offer(thing)).collect()
    }

    fn offer(&self, thing: Thing) -> Option<Offer> {
        let program = self.view.snapshot.program();
        let (title, kind) = match thing {
            Thing::Model(package) => (self.sight.model(package).head.as_ref()?.title, ItemKind::Module),
            Thing::Element(home, element, _) => (
                self.sight.model(home).at(element)?.title(),
                match element {
                    Element::Group(_) => ItemKind::Folder,
                    Element::Process(_) => ItemKind::Class,
                    Element::Outcome(..) => ItemKind::Property,
                    Element::Practice(..) => ItemKind::Method,
                    Element::Item(_) | Element::Annex(_) | Element::Reference(_) => ItemKind::File,
                },
            ),
            Thing::Catalog(id) => (program.catalog(id).title, ItemKind::Module),
            Thing::Crosswalk(id) => (program.crosswalk(id).title, ItemKind::Interface),
            Thing::Framework(id) => (program.framework(id).title, ItemKind::Interface),
            Thing::Requirement(id) => (program.requirement(id).title, ItemKind::Folder),
            Thing::Package(_) | Thing::Alias(_) | Thing::Term(..) | Thing::Field(..) => return None,
        };
        Some(Offer {
            label: self.sight.id(thing)?.to_owned(),
            detail: self.say(title),
            also: self.say(title),
            kind: Some(kind),
            ..Offer::default()
        })
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
    fn requirements(&self, want: Want<'_>, to_exclude: bool) -> Vec<Offer> {
        let snapshot = &self.view.snapshot;
        let program = snapshot.program();
        let coverage = &snapshot.compilation.coverage;
        let counted: Vec<&Vec<RequirementId>> = coverage.catalogs.iter().map(|catalog| &catalog.requirements).collect();
        let mut offers = Vec::new();
        for thing in self.sight.candidates(want) {
            let Thing::Requirement(id) = thing else { continue };
            let row = program.requirement(id);
            let of = program.catalog(row.catalog);
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
            let label = match want {
                Want::RequirementOf(_) => program.name(row.id).to_owned(),
                _ => self.sight.reference(id),
            };
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

    /// What is looked for where a requirement is due: in a crosswalk, one of the catalog of its side.
    fn sought(&self, node: Option<NodeId>, due: Due) -> Option<Want<'static>> {
        let role = match (due, node.map(|node| self.view.tree.node(node).kind)) {
            (Due::Left, _) | (_, Some(Kind::Withdrawn)) => Role::FromCatalog,
            (Due::Right, _) | (_, Some(Kind::New)) => Role::ToCatalog,
            _ => return Some(Want::Requirement),
        };
        let is_crosswalk = |node: &NodeId| self.view.tree.node(*node).kind == Kind::Crosswalk;
        let crosswalk = std::iter::once(node?).chain(self.view.tree.around(node?)).find(is_crosswalk)?;
        let catalog = self.view.text().get(self.view.tree.arg(crosswalk, role)?.range())?;
        self.sight.catalog(catalog).first().map(Want::RequirementOf)
    }

    /// The outcomes of the own process by their numbers.
    fn own_outcomes(&self, node: Option<NodeId>) -> Vec<Offer> {
        let Some(process) = own_process(self.view, node) else { return Vec::new() };
        let mut offers = self.all(Want::OutcomeOf(&process));
        offers.iter_mut().for_each(|offer| offer.label = offer.label[process.len() + 1..].to_owned());
        offers
    }

    fn of_base(&self, kind: Kind, node: Option<NodeId>) -> Vec<Offer> {
        // The name of a term is a text, and texts are not offered.
        if kind == Kind::ReplaceTerm {
            return Vec::new();
        }
        let what = match kind {
            Kind::ExtendProcess => What::Process,
            Kind::ExtendGroup => What::Group,
            Kind::ExtendItem | Kind::ReplaceItem => What::Item,
            Kind::ExtendOutcome | Kind::ReplaceOutcome => What::Outcome,
            _ => What::Practice,
        };
        let mut offers = self.all(Want::OfBase(Some(what)));
        if matches!(kind, Kind::ExtendOutcome | Kind::ReplaceOutcome | Kind::ReplacePractice) {
            // Within the process, its number is enough.
            let prefix = own_process(self.view, node).map(|id| format!("{id}.")).unwrap_or_default();
            let number = |offer: &Offer| {
                offer.label.strip_prefix(&prefix).filter(|number| !number.contains('.')).map(str::to_owned)
            };
            offers = offers.into_iter().filter_map(|offer| Some(Offer { label: number(&offer)?, ..offer })).collect();
        }
        offers
    }

    /// The catalogs that the bases of the model cover.
    fn covered_by_bases(&self) -> Vec<Offer> {
        let package = self.sight.package_of(self.view.package);
        let heads = package.scope.bases.iter().filter_map(|base| self.sight.model(*base).head.as_ref());
        let covered: Vec<_> = heads.flat_map(|head| &head.covers).map(|cover| cover.catalog).collect();
        let catalogs = self.sight.candidates(Want::Catalog);
        let is_covered = |thing: &Thing| matches!(thing, Thing::Catalog(id) if covered.contains(id));
        catalogs.filter(is_covered).filter_map(|thing| self.offer(thing)).collect()
    }

    fn clauses(&self) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let clauses = self.sight.candidates(Want::Requirement).filter_map(|thing| match thing {
            Thing::Requirement(id) if program.requirement(id).kind == ReqKind::Clause => {
                Some(Offer { label: program.full_id(id), rank: 1, ..self.offer(thing)? })
            }
            _ => None,
        });
        clauses.collect()
    }

    /// Elements, requirements and terms, closed with the brackets that still lack.
    fn in_text(&self, slot: &Slot) -> Vec<Offer> {
        let mut offers = self.all(Want::Element(None));
        let mut requirements = self.requirements(Want::Requirement, false);
        requirements.iter_mut().for_each(|offer| offer.rank = 2);
        offers.extend(requirements);
        let terms = self.sight.candidates(Want::Term).filter_map(|thing| match thing {
            Thing::Term(home, at) => self.sight.term(home, at),
            _ => None,
        });
        let named = terms.flat_map(|term| std::iter::once(&term.term).chain(&term.also).map(move |name| (*name, term)));
        offers.extend(named.map(|(name, term)| Offer {
            label: self.say(name),
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
