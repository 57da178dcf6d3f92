//! How documents name, show and link what a model says.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::telling::Telling;
use super::{Input, order, said};
use crate::document::words::{self, Words, fill};
use crate::document::{Document, Inline, Key, Marked, Resolve, Shown, letters};
use crate::index::get;
use crate::model::{
    Catalog, CatalogId, Element, Field, FieldKind, Found, Head, Member, Model, Name, Origin, Outcome, Package,
    PackageId, Program, RequirementId, Text, Thing, Want,
};
use crate::pictures::Picture;
use crate::source::join;
use crate::span::narrow;

/// The model asked for, and what is looked up in it over and over.
pub struct Page<'a> {
    /// What the emitter works from.
    pub input: Input<'a>,
    /// Our words in the language of the document.
    pub words: &'static Words,
    /// The package asked for.
    pub package: &'a Package,
    /// Its model statement.
    pub head: &'a Head,
    /// What documents tell besides what they are about.
    pub telling: Telling,
    /// Whether the document is about measuring: a reference model prescribes no framework.
    pub measures: bool,
    /// How many annexes the document has before those of the author's; `None` where it has none of these.
    pub made_annexes: Option<usize>,
    terms: FxHashMap<String, Text>,
    joined: FxHashMap<Name, Vec<(Name, RequirementId)>>,
    names_catalogs: bool,
    /// What documents call each catalog.
    designations: Vec<String>,
    /// What they call each model and each crosswalk: by its title.
    called: FxHashMap<Name, String>,
    /// How they cite each requirement, found out at the first question.
    cites: Vec<Cite>,
    /// Where references to each process lead, found out at the first question.
    process_keys: Vec<OnceCell<Key>>,
}

/// How documents cite a requirement.
#[derive(Clone, Default)]
struct Cite {
    label: OnceCell<String>,
    /// The label, and what it leads to.
    link: OnceCell<Inline>,
    /// The same behind its catalog.
    full: OnceCell<Inline>,
}

impl<'a> Page<'a> {
    /// The page of the model asked for; `None` for a package without a model.
    pub fn new(input: Input<'a>) -> Option<Page<'a>> {
        Page::of(input, input.program.root()?)
    }

    /// The page of the model of a package; `None` for one without a model.
    pub fn of(input: Input<'a>, package: &'a Package) -> Option<Page<'a>> {
        let head = package.model.head.as_ref()?;
        let terms = package.model.terms.iter();
        let names = terms.flat_map(|term| std::iter::once(&term.term).chain(&term.also).map(|name| (*name, term.term)));
        let terms = names.map(|(name, term)| (term_key(&input.sources.text(name)), term)).collect();
        let mut page = Page {
            input,
            words: said::of_model(&input, Some(head)),
            package,
            head,
            telling: Telling::default(),
            measures: false,
            made_annexes: None,
            terms,
            joined: joined(&input),
            names_catalogs: links_to_several_catalogs(input.program, &package.model),
            designations: Vec::new(),
            called: FxHashMap::default(),
            cites: vec![Cite::default(); input.program.requirements.len()],
            process_keys: vec![OnceCell::new(); package.model.processes.len()],
        };
        page.designations = designations(&page);
        page.called = called(&page);
        Some(page)
    }

    /// The same in English, whatever the language of the model.
    #[must_use]
    pub fn in_english(self) -> Page<'a> {
        Page { words: &words::EN, ..self }
    }

    /// The same for a table that is read back: in English, and catalogs, models and crosswalks are called by their ids.
    #[must_use]
    pub fn by_id(self) -> Page<'a> {
        let mut page = self.in_english();
        let program = page.input.program;
        page.designations = program.catalogs.iter().map(|row| program.name(row.id).to_owned()).collect();
        page.called.clear();
        page
    }

    /// A document of the model.
    pub fn document(&self, title: Inline) -> Document {
        let own = |text: &Text| self.base_of(*text).is_none();
        let texts = self.head.language.map_or(words::EN.tag, |place| self.input.sources.slice(place));
        // Where we have words in the language, they are in all regions of it.
        let is_ours = words::of(texts).tag == texts.split('-').next().unwrap_or_default().to_lowercase();
        let (language, texts) = if is_ours { (texts, "") } else { (self.words.tag, texts) };
        let (language, texts) = (language.to_owned(), texts.to_owned());
        let edition = self.text_if(self.head.edition.filter(own));
        Document { language, texts, edition, ..Document::new(title) }
    }

    /// The model.
    pub fn model(&self) -> &'a Model {
        &self.package.model
    }

    /// The models that this one stands on, the nearest first, each with its package.
    pub fn bases(&self) -> impl Iterator<Item = (&'a Head, &'a Package)> + '_ {
        let packages = self.package.scope.stands_on.iter().rev().map(|base| self.input.program.package(*base));
        packages.filter_map(|package| Some((package.model.head.as_ref()?, package)))
    }

    /// The model below this one in whose package a text stands.
    pub fn base_of(&self, text: Text) -> Option<&'a Head> {
        let home = self.input.program.package_of(text)?;
        let home = self.input.program.package(home);
        self.bases().find(|(_, package)| std::ptr::eq(*package, home)).map(|(head, _)| head)
    }

    /// What an id says.
    pub fn name(&self, name: Name) -> &'a str {
        self.input.program.name(name)
    }

    /// A text of the author's, with its references.
    ///
    /// They mean what they mean in the package that the text stands in, whatever this one sees.
    pub fn marked(&self, text: Text) -> Marked {
        let program = self.input.program;
        let home = program.package_of(text);
        let sight = home.map(|home| program.sight(home));
        Marked::with(self.input.sources.slice(text), |target| match sight?.find(Want::Text, target) {
            Found::One(Thing::Requirement(id)) => Some(program.full_id(id)),
            // An annex is in the document of its own model alone.
            Found::One(Thing::Element(package, Element::Annex(at), _)) if program.root_id() != Some(package) => {
                let base = &program.package(package).model;
                let title = self.text(get(&base.annexes, at)?.title);
                Some(fill(self.words.annex_of, &[title.shown(), &self.quoted(base.head.as_ref()?.id)]))
            }
            // What a layer left out is named, and leads nowhere, whatever has the id now.
            Found::One(Thing::Element(_, _, id)) => {
                self.model().omission_for(program, home?, id).map(|_| format!("{NOWHERE}{target}"))
            }
            _ => None,
        })
        .standing(text)
    }

    /// A text of the author's on one line.
    pub fn text(&self, text: Text) -> Inline {
        let unmarked = Inline::unmarked(self.input.sources.slice(text));
        unmarked.unwrap_or_else(|| Inline::text(&self.marked(text), self))
    }

    /// A text by which references are shown: references in it are shown as they are written, so that no text needs itself.
    fn name_text(&self, text: Text) -> String {
        Inline::text(&self.marked(text), &AsWritten).shown().to_owned()
    }

    /// A text of the author's on one line; nothing where there is none.
    pub fn text_if(&self, text: Option<Text>) -> Inline {
        text.map(|text| self.text(text)).unwrap_or_default()
    }

    /// An id and a title.
    pub fn titled(&self, id: &str, title: Text) -> Inline {
        Inline::plain(id).then(" ").and(&self.text(title))
    }

    /// A process, by its id.
    pub fn process_link(&self, process: Name) -> Inline {
        Inline::link(&process_key(self.name(process)), self.name(process))
    }

    /// An outcome, by its full id; the link leads to its process.
    pub fn outcome_link(&self, outcome: Name) -> Inline {
        match self.element_key(outcome) {
            Some(link) => Inline::link(&link, self.name(outcome)),
            None => Inline::plain(self.name(outcome)),
        }
    }

    /// A member of a joint set: its outcome, or that it is not there.
    pub fn member_link(&self, member: Member) -> Inline {
        if member.is_there {
            return self.outcome_link(member.id);
        }
        Inline::filled(self.words.not_there, &[&Inline::plain(self.name(member.id))])
    }

    /// An information item, by its title.
    pub fn item_link(&self, item: Name) -> Inline {
        let title = self.model().item(item).map(|item| self.text(item.title));
        let words = title
            .filter(|title| !title.is_empty())
            .map_or_else(|| self.name(item).to_owned(), |title| title.shown().to_owned());
        Inline::link(&item_key(self.name(item)), &words)
    }

    /// What documents print for a requirement: its label, or its id.
    pub fn label(&self, requirement: RequirementId) -> &str {
        let label = || {
            let requirement = self.input.program.requirement(requirement);
            let label = requirement.label.map(|label| self.name_text(label));
            label.filter(|label| !label.is_empty()).unwrap_or_else(|| self.name(requirement.id).to_owned())
        };
        once(&self.cites[requirement.0 as usize].label, label).as_str()
    }

    /// A requirement within its catalog's own section.
    pub fn requirement_link(&self, requirement: RequirementId) -> &Inline {
        once(&self.cites[requirement.0 as usize].link, || {
            Inline::link(&requirement_key(self.input.program, requirement), self.label(requirement))
        })
    }

    /// A requirement behind its catalog.
    fn full_link(&self, requirement: RequirementId) -> &Inline {
        let link = || Inline::link(&requirement_key(self.input.program, requirement), &self.cited(requirement));
        once(&self.cites[requirement.0 as usize].full, link)
    }

    /// A requirement, with its catalog where the model's outcomes link to several.
    pub fn requirement_cite(&self, requirement: RequirementId) -> Inline {
        self.requirement_cites([requirement])
    }

    /// Requirements one after the other, each with its catalog where the model's outcomes link to several, and the one
    /// before it is of another.
    pub fn requirement_cites(&self, requirements: impl IntoIterator<Item = RequirementId>) -> Inline {
        let mut last = None;
        let cites = requirements.into_iter().map(|requirement| {
            let catalog = self.input.program.requirement(requirement).catalog;
            match !self.names_catalogs || last.replace(catalog) == Some(catalog) {
                true => self.requirement_link(requirement),
                false => self.full_link(requirement),
            }
        });
        Inline::join(cites, ", ")
    }

    /// What documents call a catalog: the document that it follows; its title, where it follows none.
    pub fn designation(&self, catalog: CatalogId) -> &str {
        self.designations.get(catalog.0 as usize).map_or("", String::as_str)
    }

    /// What documents call each model, crosswalk and catalog that is known, by its id.
    pub fn names(&self) -> Vec<(String, String)> {
        let models = self.called.iter().map(|(id, called)| (self.name(*id).to_owned(), called.clone()));
        let ids = self.input.program.catalogs.iter().map(|row| self.name(row.id).to_owned());
        models.chain(ids.zip(self.designations.iter().cloned())).collect()
    }

    /// A catalog with its title, where it is not called by that already.
    pub fn catalog_titled(&self, catalog: CatalogId) -> Inline {
        let (row, called) = (self.input.program.catalog(catalog), self.designation(catalog));
        let is_called = row.source.is_none() && !self.called.is_empty();
        if is_called { Inline::plain(called) } else { self.titled(called, row.title) }
    }

    /// A requirement with its catalog: "ISO/IEC 27001:2022, A.5.1"; in a table that is read back, its full id.
    pub fn cited(&self, id: RequirementId) -> String {
        match self.called.is_empty() {
            true => self.input.program.full_id(id),
            false => format!("{}, {}", self.designation(self.input.program.requirement(id).catalog), self.label(id)),
        }
    }

    /// The id of a catalog.
    pub fn catalog_id(&self, catalog: CatalogId) -> &'a str {
        self.name(self.input.program.catalog(catalog).id)
    }

    /// The number of an outcome, as written.
    pub fn number(&self, outcome: &Outcome) -> &'a str {
        self.input.sources.slice(outcome.number)
    }

    /// The joint sets that name an outcome: who states them, and for which requirement.
    pub fn joined_by(&self, outcome: Name) -> &[(Name, RequirementId)] {
        self.joined.get(&outcome).map_or(&[], Vec::as_slice)
    }

    /// The title of a field; with its id where the documents, or another field, have a row of that name.
    pub fn field_title(&self, field: Name, kind: FieldKind) -> Inline {
        let declared = self.package.fields.iter().filter(|declared| declared.id == field);
        let declared = declared.clone().find(|declared| declared.on == kind).or_else(|| declared.clone().next());
        let Some(declared) = declared else { return Inline::plain(self.name(field)) };
        let beside = self.package.fields.iter().filter(|other| other.on == kind);
        self.field_title_beside(declared, beside, &self.made_rows(kind))
    }

    /// The rows that documents have of themselves where they print the fields of a block.
    fn made_rows(&self, kind: FieldKind) -> Vec<&'static str> {
        let words = self.words;
        match kind {
            FieldKind::Process | FieldKind::Outcome => vec![
                words.process_id,
                words.name,
                words.group,
                words.reference_model,
                words.purpose,
                words.context,
                words.outcomes,
                words.traceability,
                words.evidence,
                words.formerly,
                words.provenance,
                words.stated_by,
                words.changed_by_layers,
            ],
            FieldKind::Model => vec![
                words.model,
                words.edition,
                words.source,
                words.version,
                words.extends,
                words.domain,
                words.context,
                words.community,
                words.consensus,
                words.measurement_framework,
            ],
            FieldKind::Item => vec![words.id, words.kind, words.provenance],
            FieldKind::Group | FieldKind::Control => Vec::new(),
        }
    }

    /// The title of a field beside others, and beside what is made.
    pub fn field_title_beside<'f>(
        &self,
        field: &Field,
        others: impl IntoIterator<Item = &'f Field>,
        made: &[&str],
    ) -> Inline {
        let title = self.text(field.title);
        let is_same = |other: &str| other.to_lowercase() == title.shown().trim().to_lowercase();
        let is_another = |other: &&Field| (other.id, other.on) != (field.id, field.on);
        let is_taken = made.iter().any(|made| is_same(made))
            || others.into_iter().filter(is_another).any(|other| is_same(self.text(other.title).shown().trim()));
        match is_taken {
            true => {
                let named = [self.name(field.id), self.words.statement(field.on.word())].map(Inline::plain);
                Inline::filled(self.words.field_on, &[&title, &named[0], &named[1]])
            }
            false => title,
        }
    }

    /// The id of the model that put something there.
    pub fn layer(&self, origin: Origin) -> Option<&'a str> {
        origin.layer.map(|layer| self.name(layer))
    }

    /// What documents call a model or a crosswalk.
    pub fn called(&self, id: Name) -> &str {
        self.called.get(&id).map_or_else(|| self.name(id), String::as_str)
    }

    /// The same within a sentence, where a title stands between marks.
    pub fn quoted(&self, id: Name) -> String {
        self.called.get(&id).map_or_else(|| self.name(id).to_owned(), |title| fill(self.words.quoted, &[title]))
    }

    /// What documents print for an annex of the author's: "Annex C", or its title in one that does not have it.
    fn annex(&self, id: Name) -> Option<String> {
        let at = self.model().annexes.iter().position(|annex| annex.id == id)?;
        let title = || self.name_text(self.model().annexes[at].title);
        Some(self.made_annexes.map_or_else(title, |made| format!("{} {}", self.words.annex, letters(made + at + 1))))
    }

    fn element_key(&self, id: Name) -> Option<Key> {
        match self.model().index.get(&id)? {
            Element::Process(at) | Element::Outcome(at, _) | Element::Practice(at, _) => {
                let process = self.model().process_at(*at)?;
                Some(once(self.process_keys.get(at.at())?, || process_key(self.name(process.id))).clone())
            }
            other => Some(Key(format!("{} {}", other.what().word(), self.name(id)).into())),
        }
    }

    /// The requirement that a reference names: as `marked` puts it, by its catalog; in the draft of a practice, as the
    /// author of the outcome wrote it, where another package's alias may stand before it.
    fn requirement(&self, target: &str) -> Option<RequirementId> {
        let program = self.input.program;
        let sight = program.sight(program.root_id()?);
        let Some((catalog, id)) = target.split_once(':') else { return sight.requirement(target, false).first() };
        let of_catalog = program.names.get(catalog).and_then(|catalog| program.index.catalog(catalog));
        let found = of_catalog.and_then(|catalog| program.requirement_of(catalog, program.names.get(id)?));
        found.or_else(|| sight.requirement(id, false).first())
    }
}

/// What is found out at the first question. Finding it out may ask for the same of others.
fn once<T>(known: &OnceCell<T>, find: impl FnOnce() -> T) -> &T {
    match known.get() {
        Some(found) => found,
        None => {
            let found = find();
            known.get_or_init(|| found)
        }
    }
}

/// Stands before a reference that leads nowhere; no reference of an author's begins with it.
const NOWHERE: char = ' ';

/// Shows references as they are written.
struct AsWritten;

impl Resolve for AsWritten {
    fn resolve(&self, target: &str) -> (Option<Key>, String) {
        (None, target.trim_start_matches(NOWHERE).to_owned())
    }
}

impl Resolve for Page<'_> {
    fn resolve(&self, target: &str) -> (Option<Key>, String) {
        if let Some(words) = target.strip_prefix(NOWHERE) {
            return (None, words.to_owned());
        }
        let id = self.input.program.names.get(target);
        if let Some((id, link)) = id.and_then(|id| Some((id, self.element_key(id)?))) {
            let words = self.model().reference(id).map(|reference| self.name_text(reference.designation));
            let words = words.or_else(|| self.annex(id)).unwrap_or_else(|| target.to_owned());
            return (Some(link), words);
        }
        if let Some(requirement) = self.requirement(target) {
            return (Some(requirement_key(self.input.program, requirement)), self.label(requirement).to_owned());
        }
        let term = term_key(target);
        (self.terms.get(&term).map(|term| term_link(&self.input.sources.text(*term))), target.to_owned())
    }

    fn picture(&self, text: Text, address: &str) -> Option<Shown> {
        let pictures = self.input.pictures;
        let number = pictures.named(text, address)?;
        Some(Shown { file: picture_file(&self.input, pictures.get(number)?), picture: number })
    }
}

/// The folder beside a document that holds the pictures of other packages.
pub const FIGURES: &str = "figures";

/// How a document names a picture, from the folder that it stands in.
pub fn picture_file(input: &Input<'_>, picture: &Picture) -> String {
    let package = PackageId(narrow(picture.package));
    if input.program.root_id() == Some(package) {
        return join(input.way, &picture.path);
    }
    format!("{FIGURES}/{}/{}", input.program.package(package).name, picture.path)
}

/// The heading of a process.
pub fn process_key(id: &str) -> Key {
    Key(format!("process {id}").into())
}

/// The heading of a group.
pub fn group_key(id: &str) -> Key {
    Key(format!("group {id}").into())
}

/// The heading of an information item.
pub fn item_key(id: &str) -> Key {
    Key(format!("item {id}").into())
}

/// The heading of an annex.
pub fn annex_key(id: &str) -> Key {
    Key(format!("annex {id}").into())
}

/// The place where a document that is cited is listed.
pub fn reference_key(id: &str) -> Key {
    Key(format!("reference {id}").into())
}

/// The heading of a term.
pub fn term_link(term: &str) -> Key {
    Key(format!("term {}", term_key(term)).into())
}

/// The heading under which a requirement is listed.
pub fn requirement_key(program: &Program, requirement: RequirementId) -> Key {
    Key(format!("requirement {}", program.full_id(requirement)).into())
}

/// The table of what the model says of itself.
pub fn statements_key() -> Key {
    Key("statements".into())
}

/// A chapter of a document.
pub fn chapter_key(chapter: &str) -> Key {
    Key(format!("chapter {chapter}").into())
}

fn term_key(term: &str) -> String {
    term.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// For each member of a joint set that another outcome states: that outcome, and what it is for.
fn joined(input: &Input<'_>) -> FxHashMap<Name, Vec<(Name, RequirementId)>> {
    let mut joined: FxHashMap<Name, Vec<(Name, RequirementId)>> = FxHashMap::default();
    for outcome in order::processes(input).into_iter().flat_map(|process| &process.outcomes) {
        for link in &outcome.links {
            for member in outcome.partners(link).iter().filter(|member| !member.gone) {
                joined.entry(member.id).or_default().push((outcome.id, link.requirement));
            }
        }
    }
    joined
}

/// What documents call each catalog of the program: the document that it follows, or its title, where it follows none; with
/// the id where several are called so.
fn designations(page: &Page<'_>) -> Vec<String> {
    let catalogs = &page.input.program.catalogs;
    let called = |row: &Catalog| page.text(row.source.unwrap_or(row.title)).shown().to_owned();
    let followed: Vec<String> = catalogs.iter().map(called).collect();
    let mut alike: FxHashMap<&str, usize> = FxHashMap::default();
    followed.iter().for_each(|called| *alike.entry(called).or_default() += 1);
    let named = catalogs.iter().zip(&followed).map(|(row, called)| {
        if alike.get(called.as_str()).is_some_and(|many| *many > 1) {
            format!("{called} ({})", page.name(row.id))
        } else {
            called.clone()
        }
    });
    named.collect()
}

/// What documents call the models and crosswalks of the program: their titles, with the edition where several have one
/// title, and with the id where they have one edition too.
fn called(page: &Page<'_>) -> FxHashMap<Name, String> {
    let program = page.input.program;
    let heads = program.packages.iter().filter_map(|package| package.model.head.as_ref());
    let models = heads.map(|head| (head.id, head.title, own_edition(page, head)));
    let crosswalks = program.crosswalks.iter().map(|row| (row.id, row.title, None));
    let all: Vec<(Name, String, Inline)> = models
        .chain(crosswalks)
        .map(|(id, title, edition)| (id, page.text(title).shown().to_owned(), page.text_if(edition)))
        .collect();
    let mut alike: FxHashMap<(&str, Option<&str>), usize> = FxHashMap::default();
    for (_, title, edition) in &all {
        *alike.entry((title, None)).or_default() += 1;
        *alike.entry((title, Some(edition.shown()))).or_default() += 1;
    }
    let count = |title, edition| alike.get(&(title, edition)).copied();
    let named = all.iter().map(|(id, title, edition)| {
        let title = match (count(title, None), count(title, Some(edition.shown()))) {
            (Some(1), _) => title.clone(),
            (_, Some(1)) if !edition.is_empty() => {
                format!("{title}, {}", Inline::filled(page.words.edition_lower, &[edition]).shown())
            }
            _ => format!("{title} ({})", page.name(*id)),
        };
        (*id, title)
    });
    named.collect()
}

/// The edition that a model states itself.
fn own_edition(page: &Page<'_>, head: &Head) -> Option<Text> {
    let program = page.input.program;
    head.edition.filter(|text| program.package_of(*text) == program.package_of(head.origin.span))
}

fn links_to_several_catalogs(program: &Program, model: &Model) -> bool {
    let links = model.processes.iter().flat_map(|process| &process.outcomes).flat_map(|outcome| &outcome.links);
    let mut catalogs = links.map(|link| program.requirement(link.requirement).catalog);
    let first = catalogs.next();
    catalogs.any(|catalog| Some(catalog) != first)
}
