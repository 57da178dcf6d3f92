//! The names that are due at a place, each with what it names.

use std::collections::BTreeSet;

use lsp_types::CompletionItemKind as ItemKind;

use super::slot::{Due, Slot};
use super::{Offer, own_process};
use crate::codes;
use crate::coverage::{Status, statuses_without};
use crate::lsp::workspace::View;
use crate::model::{
    Assessed, Element, FieldKind, Joining, Name, OfRules, RatingMethod, ReqKind, RequirementId, Sight, State, Subject,
    Thing, Want, What,
};
use crate::package::standard_names;
use crate::span::Span;
use crate::syntax::shape::Names;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Arg, NodeId, Role};

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
            sought.map(|want| offerer.requirements(slot, want, due == Due::Excluded)).unwrap_or_default()
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
        Due::Covered => offerer.to_cover(slot),
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
        Due::Measured => offerer.all(Want::Measured),
        Due::Assessment => offerer.all(Want::Assessment),
        Due::Exhibit => offerer.all(Want::Exhibit),
        Due::Shown => offerer.all(Want::Shown),
        Due::Assessed(part) => offerer.assessed(slot.node, part),
        Due::OfRules(what) => offerer.of_rules(slot.node, what),
        Due::Instance => offerer.instances(),
        Due::Method => plain(RatingMethod::ALL.map(RatingMethod::word)),
        Due::Joining => plain(Joining::ALL.map(Joining::word)),
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
                    _ => ItemKind::File,
                },
            ),
            Thing::Catalog(id) => (program.catalog(id).title, ItemKind::Module),
            Thing::Crosswalk(id) => (program.crosswalk(id).title, ItemKind::Interface),
            Thing::Framework(id) => (program.framework(id).title, ItemKind::Interface),
            Thing::Requirement(id) => (program.requirement(id).title, ItemKind::Folder),
            Thing::Assessment(id) => (program.assessment(id).title, ItemKind::Module),
            Thing::Exhibit(id) => (program.exhibit(id).title, ItemKind::File),
            Thing::Measure(..) | Thing::Rating(..) | Thing::Level(..) => {
                (self.sight.title(thing)?, ItemKind::EnumMember)
            }
            Thing::Package(_) | Thing::Alias(_) | Thing::Term(..) | Thing::Field(..) => return None,
        };
        Some(Offer {
            label: self.sight.full_id(thing)?,
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

    /// The requirements: of what the model covers the uncovered ones first, then all others; for exclusions, what may be
    /// excluded. The link under the cursor does not count, and what the statement names already is left out.
    fn requirements(&self, slot: &Slot, want: Want<'_>, to_exclude: bool) -> Vec<Offer> {
        let snapshot = &self.view.snapshot;
        let program = snapshot.program();
        let coverage = &snapshot.compilation.coverage;
        let without = self.under_cursor(slot).map(|place| statuses_without(program, place));
        let status_of = |id: RequirementId| match &without {
            Some(statuses) => statuses.get(id.0 as usize).copied().unwrap_or(Status::Uncovered),
            None => coverage.status(id),
        };
        let counted: Vec<&Vec<RequirementId>> = coverage.catalogs.iter().map(|catalog| &catalog.requirements).collect();
        let conforms = want == Want::Conformity;
        let heads = self.sight.model(self.view.package).head.iter().flat_map(|head| &head.conforms);
        let stated: Vec<RequirementId> = heads.map(|row| row.requirement).filter(|_| conforms).collect();
        let named = self.named(slot);
        let mut offers = Vec::new();
        for (id, label) in self.labelled(slot, want) {
            let row = program.requirement(id);
            let of = program.catalog(row.catalog);
            let is_excludable = row.kind != ReqKind::Requirement || of.tailorable;
            // What is made of models is what they conform to, and nothing else.
            let is_out = (of.for_models != conforms && !matches!(want, Want::RequirementOf(_)))
                || (to_exclude && !is_excludable);
            if is_out || named.contains(&id) {
                continue;
            }
            let is_counted = counted.iter().any(|ids| ids.binary_search(&id).is_ok());
            let status = (row.kind != ReqKind::Clause).then(|| status_of(id));
            let rank = match status {
                None => 6,
                Some(_) if conforms => {
                    if stated.contains(&id) {
                        2
                    } else {
                        0
                    }
                }
                Some(Status::Uncovered) if is_counted => 0,
                Some(Status::Partial) if is_counted => 1,
                Some(Status::Covered) if is_counted => 2,
                Some(Status::Excluded) if is_counted => 3,
                Some(Status::Uncovered | Status::Partial) => 4,
                Some(Status::Covered | Status::Excluded) => 5,
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

    /// The requirements that may stand at a place, each as it is written there: behind a catalog or an alias, those of
    /// it.
    fn labelled(&self, slot: &Slot, want: Want<'_>) -> Vec<(RequirementId, String)> {
        let program = self.view.snapshot.program();
        let begun = self.view.text().get(slot.bytes.clone()).unwrap_or_default();
        let is_one = |label: &str, id: RequirementId| match want {
            Want::RequirementOf(side) => self.sight.requirement_of(side, label) == Some(id),
            _ => self.sight.requirement(label, want == Want::Conformity).all() == [id],
        };
        let named = |want: Want<'_>| {
            self.sight.candidates(want).filter_map(|thing| match thing {
                Thing::Requirement(id) => Some(id),
                _ => None,
            })
        };
        let full = |id: RequirementId, label: String| if is_one(&label, id) { label } else { program.full_id(id) };
        match begun.split_once(':') {
            Some((catalog, _)) => {
                let catalogs = self.sight.catalog(catalog).all().into_iter();
                let catalogs = catalogs.filter(|of| !matches!(want, Want::RequirementOf(side) if side != *of));
                let label = |id: RequirementId| format!("{catalog}:{}", program.name(program.requirement(id).id));
                catalogs.flat_map(|of| named(Want::RequirementOf(of))).map(|id| (id, full(id, label(id)))).collect()
            }
            None => named(want).map(|id| (id, full(id, program.name(program.requirement(id).id).to_owned()))).collect(),
        }
    }

    /// The place, in the last compilation, of the link or the exclusion that the cursor is in.
    fn under_cursor(&self, slot: &Slot) -> Option<Span> {
        let View { snapshot, file, tree, .. } = self.view;
        let program = snapshot.program();
        let model = &program.root()?.model;
        let seen = self.view.workspace.seen(snapshot, *file);
        let is_here = |span: &Span| {
            let now = || seen.now(*span);
            span.file == *file && now().start <= slot.bytes.end && slot.bytes.start <= now().end
        };
        let outcome = slot.node.and_then(|node| tree.full_id(node, self.view.text()));
        let outcome = outcome.and_then(|id| model.outcome(program.names.get(&id)?));
        let mut links = outcome.into_iter().flat_map(|outcome| &outcome.links).map(|link| link.span);
        let mut exclusions = model.head.iter().flat_map(|head| &head.exclusions).map(|exclusion| exclusion.span);
        links.find(is_here).or_else(|| exclusions.find(is_here))
    }

    /// The requirements that the statement names elsewhere than at the cursor.
    fn named(&self, slot: &Slot) -> Vec<RequirementId> {
        let Some(node) = slot.node else { return Vec::new() };
        let (text, tree) = (self.view.text(), &self.view.tree);
        let is_other = |arg: &&Arg| {
            let is_name = matches!(arg.role, Role::Ref | Role::Left | Role::Right);
            is_name && ((arg.end as usize) < slot.bytes.start || slot.bytes.end < arg.start as usize)
        };
        let others = tree.args(node).iter().filter(is_other);
        let words = others.filter_map(|arg| text.get(arg.start as usize..arg.end as usize));
        words.flat_map(|word| self.sight.requirement(word, tree.node(node).kind == Kind::Conforms).all()).collect()
    }

    /// What a model may cover, its catalogs first: those that it covers not yet before the others.
    fn to_cover(&self, slot: &Slot) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let covers = self.sight.model(self.view.package).head.iter().flat_map(|head| &head.covers);
        let covered: Vec<_> = covers.map(|cover| cover.catalog).collect();
        let catalogs = self.sight.candidates(Want::Catalog).filter_map(|thing| match thing {
            Thing::Catalog(id) if !program.catalog(id).for_models => {
                Some(Offer { rank: u8::from(covered.contains(&id)), ..self.offer(thing)? })
            }
            _ => None,
        });
        let catalogs: Vec<Offer> = catalogs.collect();
        let begun = self.view.text().get(slot.bytes.clone()).unwrap_or_default();
        let all = Slot { bytes: slot.bytes.start..slot.bytes.start, ..*slot };
        let rows = self.labelled(if begun.contains(':') { slot } else { &all }, Want::Requirement);
        let clauses = rows.into_iter().filter_map(|(id, label)| {
            let row = program.requirement(id);
            let is_clause = row.kind == ReqKind::Clause && !program.catalog(row.catalog).for_models;
            let label = if label.contains(':') { label } else { program.full_id(id) };
            is_clause.then(|| Some(Offer { label, rank: 2, ..self.offer(Thing::Requirement(id))? })).flatten()
        });
        catalogs.into_iter().filter(|_| !begun.contains(':')).chain(clauses).collect()
    }

    /// What is looked for where a requirement is due: in a crosswalk, one of the catalog of its side.
    fn sought(&self, node: Option<NodeId>, due: Due) -> Option<Want<'static>> {
        let role = match (due, node.map(|node| self.view.tree.node(node).kind)) {
            (Due::Left, _) | (_, Some(Kind::Withdrawn)) => Role::FromCatalog,
            (Due::Right, _) | (_, Some(Kind::New)) => Role::ToCatalog,
            (_, Some(Kind::Conforms)) => return Some(Want::Conformity),
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

    /// What may be named of the model that is assessed, and of its framework.
    fn assessed(&self, node: Option<NodeId>, part: Names) -> Vec<Offer> {
        let (names, tree) = (self.view.names(), &self.view.tree);
        if part == Names::Rating
            && let Some(framework) = node.and_then(|node| names.framework_around(self.view.text(), tree, node))
        {
            return self.all(Want::Rating(framework));
        }
        let Some(of) = node.and_then(|node| names.assessed(self.view.text(), tree, node)) else { return Vec::new() };
        let element = |what| Want::ElementOf(of.model, Some(what));
        match part {
            Names::Aimed => [What::Process, What::Group].map(|what| self.all(element(what))).concat(),
            Names::Assessed => self.all(element(What::Process)),
            Names::Level => self.all(Want::Level(of.framework)),
            Names::Rating => self.all(Want::Rating(of.framework)),
            Names::OfInstances => {
                let named = node.map(|node| names.instances(self.view.text(), tree, node)).unwrap_or_default();
                plain(named.iter().map(String::as_str))
            }
            _ => self.subjects(node, of),
        }
    }

    /// What the rules in sight define; where they do so themselves, nothing.
    fn of_rules(&self, node: Option<NodeId>, what: OfRules) -> Vec<Offer> {
        let tree = &self.view.tree;
        let parent = node.and_then(|node| tree.node(node).parent);
        if parent.is_none_or(|parent| tree.node(parent).kind != Kind::Assessment) {
            return Vec::new();
        }
        let program = self.view.snapshot.program();
        let offer = |(word, _, text): (Name, Span, Option<Span>)| Offer {
            label: program.name(word).to_owned(),
            detail: text.map(|text| self.say(text)).unwrap_or_default(),
            kind: Some(ItemKind::EnumMember),
            ..Offer::default()
        };
        self.sight.defined_by_rules(what).map(offer).collect()
    }

    /// The names of instances that assessments in sight have: of one place to the next they stay the same.
    fn instances(&self) -> Vec<Offer> {
        let program = self.view.snapshot.program();
        let all = self.sight.candidates(Want::Assessment).filter_map(|thing| match thing {
            Thing::Assessment(id) => Some(program.assessment(id)),
            _ => None,
        });
        let names = all.flat_map(|row| &row.instances).flat_map(|line| &line.names);
        let names: BTreeSet<&str> = names.map(|(name, _)| program.name(*name)).collect();
        plain(names)
    }

    /// What a line of a `rate` may speak of: outcomes by their numbers, achievements, attributes.
    fn subjects(&self, node: Option<NodeId>, of: Assessed) -> Vec<Offer> {
        let kind = node.map(|node| self.view.tree.node(node).kind);
        let is_meant = |thing: &Thing| match (kind, thing) {
            (Some(Kind::RateAchievement), Thing::Measure(_, subject)) => matches!(subject, Subject::Achievement(_)),
            (Some(Kind::RateAttribute), Thing::Measure(_, subject)) => matches!(subject, Subject::Attribute(_)),
            _ => true,
        };
        let process = node.and_then(|node| self.view.names().rated(self.view.text(), &self.view.tree, node));
        let outcomes = process.filter(|_| !matches!(kind, Some(Kind::RateAchievement | Kind::RateAttribute)));
        let mut offers = match outcomes {
            Some(process) => {
                let mut offers = self.all(Want::OutcomeIn(of.model, process));
                offers.iter_mut().for_each(|offer| offer.label = offer.label[process.len() + 1..].to_owned());
                offers
            }
            None => Vec::new(),
        };
        if kind != Some(Kind::RateOutcome) {
            let measures = self.sight.candidates(Want::Measure(of.framework)).filter(is_meant);
            offers.extend(measures.filter_map(|thing| self.offer(thing)));
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

    /// Elements, requirements and terms, closed with the brackets that still lack.
    fn in_text(&self, slot: &Slot) -> Vec<Offer> {
        let mut offers = self.all(Want::Element(None));
        let mut requirements = self.requirements(slot, Want::Requirement, false);
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
