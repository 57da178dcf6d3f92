//! Annex B: the statement of conformity to ISO/IEC 33004, one row for each of its requirements.

use super::head::chapter;
use crate::codes;
use crate::diagnostic::Code;
use crate::document::words::{Words, counted, fill};
use crate::document::{Document, Inline, Status};
use crate::emit::judged;
use crate::emit::judgement::{Judgement, SetAside};
use crate::emit::page::{Page, chapter_key};
use crate::emit::remark::Notes;
use crate::model::{Conformity, Head, Name, Package, PackageId, Text};

/// The catalog whose requirements authors speak to with `conforms`.
const CATALOG: &str = "iso33004";

/// A requirement of ISO/IEC 33004, and how a model meets it.
pub(in crate::emit) struct Clause {
    /// Its id in the catalog.
    pub(in crate::emit) id: &'static str,
    /// What is printed for it where no package uses the catalog.
    pub(in crate::emit) label: &'static str,
    /// What it asks for, in our words.
    pub(in crate::emit) asks: Word,
    /// How it is met.
    pub(in crate::emit) means: Means,
    /// What is checked for it.
    pub(in crate::emit) codes: &'static [&'static Code],
    /// What those checks go by, where it proves little: word lists.
    pub(in crate::emit) is_by_word_lists: bool,
    /// The chapter that shows it, and what the document calls it.
    pub(in crate::emit) shown_in: (&'static str, Word),
}

/// How a requirement is met.
pub(in crate::emit) enum Means {
    /// By the way in which the document is made: how, or what it lacks for that.
    Shown(fn(&Page<'_>) -> Result<String, String>),
    /// By a text of the model statement.
    Stated(fn(&Head) -> Option<Text>),
    /// By checks, which decide it; what it lacks besides.
    Checked(fn(&Page<'_>) -> Option<String>),
    /// By nothing but the author's word, whatever checks find.
    Author,
    /// By the author's word, beside which stands what people have judged of the model's claims.
    Verified,
}

/// A word of ours in the language of the document.
pub(in crate::emit) type Word = fn(&Words) -> &'static str;

const OVERVIEW: (&str, Word) = ("overview", |words| words.overview);
const PROCESSES: (&str, Word) = ("processes", |words| words.descriptions);
const TOP: (&str, Word) = ("", |words| words.below_title);
const HERE: (&str, Word) = ("", |words| words.this_annex);

/// What clause 5 asks of a process reference model.
const CLAUSES: &[Clause] = &[
    Clause {
        id: "5.3.1.domain",
        label: "5.3.1 (domain)",
        asks: |words| words.asks_domain,
        means: Means::Stated(|head| head.domain),
        codes: &[&codes::MISSING_DOMAIN],
        is_by_word_lists: false,
        shown_in: TOP,
    },
    Clause {
        id: "5.3.1.context",
        label: "5.3.1 (context)",
        asks: |words| words.asks_context,
        means: Means::Stated(|head| head.context),
        codes: &[&codes::MISSING_CONTEXT],
        is_by_word_lists: false,
        shown_in: ("scope", |words| words.scope),
    },
    Clause {
        id: "5.3.1.relations",
        label: "5.3.1 (relations)",
        asks: |words| words.asks_relations,
        means: Means::Shown(relations),
        codes: &[&codes::MISSING_ARCHITECTURE],
        is_by_word_lists: false,
        shown_in: OVERVIEW,
    },
    Clause {
        id: "5.3.1.descriptions",
        label: "5.3.1 (descriptions)",
        asks: |words| words.asks_descriptions,
        means: Means::Shown(|page| Ok(page.words.shows_descriptions.to_owned())),
        codes: &[&codes::MISSING_PURPOSE, &codes::MISSING_OUTCOMES],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.3.2.community",
        label: "5.3.2 (community)",
        asks: |words| words.asks_community,
        means: Means::Stated(|head| head.community),
        codes: &[&codes::MISSING_COMMUNITY],
        is_by_word_lists: false,
        shown_in: TOP,
    },
    Clause {
        id: "5.3.2.consensus",
        label: "5.3.2 (consensus)",
        asks: |words| words.asks_consensus,
        means: Means::Stated(|head| head.consensus),
        codes: &[&codes::MISSING_CONSENSUS],
        is_by_word_lists: false,
        shown_in: TOP,
    },
    Clause {
        id: "5.3.3.identification",
        label: "5.3.3 (identification)",
        asks: |words| words.asks_identification,
        means: Means::Shown(|page| Ok(page.words.shows_identification.to_owned())),
        codes: &[],
        is_by_word_lists: false,
        shown_in: OVERVIEW,
    },
    Clause {
        id: "5.3.3.unique",
        label: "5.3.3 (unique)",
        asks: |words| words.asks_unique,
        means: Means::Checked(|_| None),
        codes: &[&codes::REPEATED_TITLE, &codes::REPEATED_PURPOSE],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.elements",
        label: "5.4 (elements)",
        asks: |words| words.asks_elements,
        means: Means::Checked(|_| None),
        codes: &[&codes::MISSING_PURPOSE, &codes::MISSING_OUTCOMES],
        is_by_word_lists: false,
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.sufficient",
        label: "5.4 (sufficient)",
        asks: |words| words.asks_sufficient,
        means: Means::Author,
        codes: &[
            &codes::UNCOVERED_REQUIREMENT,
            &codes::PARTIAL_REQUIREMENT,
            &codes::UNLINKED_OUTCOME,
            &codes::NUMBER_OF_OUTCOMES,
        ],
        is_by_word_lists: false,
        shown_in: ("annex A", |words| words.annex),
    },
    Clause {
        id: "5.4.basic-level",
        label: "5.4 (basic level)",
        asks: |words| words.asks_basic_level,
        means: Means::Author,
        codes: &[&codes::ABOVE_BASIC_LEVEL],
        is_by_word_lists: true,
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.outcome-kind",
        label: "5.4 (outcome kind)",
        asks: |words| words.asks_outcome_kind,
        means: Means::Author,
        codes: &[&codes::OUTCOME_NOT_A_STATEMENT, &codes::OUTCOME_IS_ACTIVITY, &codes::INSTRUCTION_IN_OUTCOME],
        is_by_word_lists: true,
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.5",
        label: "5.5",
        asks: |words| words.asks_verified,
        means: Means::Verified,
        codes: &[],
        is_by_word_lists: false,
        shown_in: HERE,
    },
];

/// What the overview tells of relations; groups alone tell that processes belong together, and no more.
fn relations(page: &Page<'_>) -> Result<String, String> {
    let processes = &page.model().processes;
    let all = || processes.iter().flat_map(|process| process.relations.iter().map(|one| [process.id, one.target.id]));
    let mut related: Vec<Name> = all().flatten().collect();
    related.sort_unstable();
    related.dedup();
    let words = page.words;
    let counted_processes = |forms| counted(forms, processes.len(), &[]);
    match (all().count(), page.model().groups.is_empty()) {
        _ if processes.len() < 2 => Ok(fill(words.shows_few_processes, &[&counted_processes(&words.processes)])),
        (0, true) => Err(words.lacks_relations.to_owned()),
        (0, false) => Ok(words.shows_groups_alone.to_owned()),
        (number, _) => {
            let number = counted(&words.relations_counted, number, &[]);
            let related = related.len().to_string();
            Ok(fill(words.shows_relations, &[&number, &related, &counted_processes(&words.processes_counted)]))
        }
    }
}

/// The annex.
pub(super) fn annex_b(page: &Page<'_>, document: &mut Document) {
    let title = Inline::plain(page.words.conformity);
    document.annex(chapter_key("annex B"), Status::Informative, title);
    document.paragraph(Inline::plain(page.words.conformity_lead_5));
    conformity(page, document, CLAUSES);
    notes_on(page, document, |stated| stated.is_none_or(|stated| !is_below(stated, "6")));
    further_statements(page, document);
}

/// The table of a statement of conformity, and the checks that it names.
pub(in crate::emit) fn conformity(page: &Page<'_>, document: &mut Document, clauses: &[Clause]) {
    let words = page.words;
    document.paragraph(Inline::plain(words.conformity_checks));
    let mut codes: Vec<&'static Code> = clauses.iter().flat_map(|clause| clause.codes).copied().collect();
    codes.sort_unstable_by_key(|code| code.code);
    codes.dedup();
    let judgement = Judgement::new(page.input, &codes);
    let row = Row { page, judgement: &judgement };
    let rows = clauses.iter().map(|clause| {
        let (key, place) = clause.shown_in;
        let asks = Inline::plain((clause.asks)(words));
        vec![Inline::plain(&label(page, clause)), asks, row.how(clause), chapter(key, &place_of(words, key, place))]
    });
    let head = [words.clause, words.asks_for, words.shown_of_it, words.where_head];
    document.told_table(words.told_conformity, words.conformity_caption, &head, rows);
    let row = |code: &&Code| [code.code, code.name, words.check(code.code, code.summary)].map(Inline::plain).into();
    let head = [words.check, words.name, words.check_finds];
    document.told_table(words.told_checks, words.checks_caption, &head, codes.iter().map(row));
}

/// Notes on what the model and its bases say of requirements whose ids in ISO/IEC 33004 are among some, or that are in none.
pub(in crate::emit) fn notes_on(page: &Page<'_>, document: &mut Document, speaks_of: fn(Option<&str>) -> bool) {
    let mut notes = Notes::new(page);
    let is_meant = |row: &&Conformity| speaks_of(of_catalog(page, row));
    for row in own_statements(page, page.package).filter(is_meant) {
        notes.at(row.origin, page.label(row.requirement));
    }
    for (base, package) in page.bases() {
        for row in own_statements(page, package).filter(is_meant) {
            notes.at(row.origin, &fill(page.words.of_statement, &[page.label(row.requirement), &page.quoted(base.id)]));
        }
    }
    notes.print(document);
}

/// The label of the catalog, where a package uses it; ours else.
fn label(page: &Page<'_>, clause: &Clause) -> String {
    let catalogs = &page.input.program.catalogs;
    let catalog = catalogs.iter().find(|catalog| page.name(catalog.id) == CATALOG);
    let mut requirements = catalog.into_iter().flat_map(|catalog| catalog.requirements());
    let id = |requirement| page.name(page.input.program.requirement(requirement).id);
    let requirement = requirements.find(|requirement| id(*requirement) == clause.id);
    let written = requirement.map(|requirement| page.label(requirement)).filter(|label| *label != clause.id);
    let label = written.unwrap_or(clause.label);
    page.words.clause_label(label)
}

/// What the rows of a statement are told from.
struct Row<'r, 'a> {
    page: &'r Page<'a>,
    judgement: &'r Judgement<'a>,
}

impl Row<'_, '_> {
    fn how(&self, clause: &Clause) -> Inline {
        let (page, words) = (self.page, self.page.words);
        let own = statements(page, page.package, clause.id);
        let mut told: Vec<Inline> = Vec::new();
        match clause.means {
            Means::Shown(shown) => told.push(match shown(page) {
                Ok(why) => Inline::plain(&fill(words.by_construction, &[&why])),
                Err(lack) => not_met(words, &lack),
            }),
            Means::Stated(text) => match text(page.head) {
                Some(text) => told.extend(whose(page, text).filter(|_| own.is_empty())),
                None if own.is_empty() => told.push(not_stated(words)),
                None => {}
            },
            Means::Author | Means::Verified if own.is_empty() => told.push(not_stated(words)),
            Means::Checked(lack) => {
                let lack = lack(page);
                told.extend(lack.map(|lack| not_met(words, &lack)));
            }
            Means::Author | Means::Verified => {}
        }
        if !own.is_empty() {
            told.push(Inline::filled(words.authors_statement, &[&own]));
        }
        if matches!(clause.means, Means::Verified) {
            told.extend(judged::sentences(page).map(|judged| Inline::plain(&judged)));
        }
        // That a text is missing is told already.
        let is_told = matches!(clause.means, Means::Stated(_));
        let set_aside = self.judgement.of(clause.codes).any(|finding| finding.set_aside.is_some());
        if !is_told || set_aside {
            told.extend(self.looked(clause));
        }
        for (base, said) in of_bases(page, clause.id) {
            told.push(Inline::filled(words.statement_of_base, &[&Inline::plain(&base), &said]));
        }
        Inline::join(told, " ")
    }

    /// Which checks looked, and what they found: "P421, P429 (word lists): no findings."
    fn looked(&self, clause: &Clause) -> Vec<Inline> {
        let words = self.page.words;
        let by = if clause.is_by_word_lists { words.by_word_lists } else { words.by_check };
        let (mut off, mut partly, mut looking) = (Vec::new(), Vec::new(), Vec::new());
        // One after the other, by what they had nothing to look at for.
        let mut idle: Vec<(&str, Vec<&'static Code>)> = Vec::new();
        for code in clause.codes.iter().copied() {
            match code {
                _ if self.judgement.switched_off(code).is_some() => off.push(code),
                _ if let Some(why) = self.judgement.idle(words, code) => {
                    match idle.iter_mut().find(|(known, _)| *known == why) {
                        Some((_, codes)) => codes.push(code),
                        None => idle.push((why, vec![code])),
                    }
                }
                _ if !self.judgement.unread(code).is_empty() => partly.push(code),
                _ => looking.push(code),
            }
        }
        let idle = idle.into_iter().map(|(_, codes)| codes);
        let told = [looking, partly].into_iter().chain(idle).chain([off]).map(|codes: Vec<&'static Code>| {
            let names: Vec<&str> = codes.iter().map(|code| code.code).collect();
            let is_idle = codes.iter().any(|code| self.judgement.idle(words, code).is_some());
            let unread = codes.first().filter(|_| !is_idle).map(|code| {
                let unread = self.judgement.unread(code).into_iter();
                unread.map(|model| self.page.quoted(model)).collect::<Vec<_>>().join(", ")
            });
            let found = match unread.filter(|unread| !unread.is_empty()) {
                Some(unread) => Inline::filled(words.not_looked_at, &[&self.found(&codes), &Inline::plain(&unread)]),
                None => self.found(&codes),
            };
            (!names.is_empty()).then(|| Inline::filled(by, &[&Inline::plain(&names.join(", ")), &found]))
        });
        told.flatten().collect()
    }

    /// "2 findings (P301), and 1 finding, set aside: House style. (acme)"
    fn found(&self, codes: &[&'static Code]) -> Inline {
        let words = self.page.words;
        let (mut open, mut number): (Vec<&str>, usize) = (Vec::new(), 0);
        let mut aside: Vec<(Inline, usize)> = Vec::new();
        for finding in self.judgement.of(codes) {
            match &finding.set_aside {
                None => {
                    number += 1;
                    open.push(finding.code.code);
                }
                Some(set_aside) => {
                    let why = self.why(set_aside);
                    match aside.iter_mut().find(|(known, _)| known.shown() == why.shown()) {
                        Some((_, times)) => *times += 1,
                        None => aside.push((why, 1)),
                    }
                }
            }
        }
        open.sort_unstable();
        open.dedup();
        let mut told = Vec::new();
        if number > 0 {
            let number = counted(&words.findings_counted, number, &[]);
            told.push(Inline::plain(&fill(words.found_open, &[&number, &open.join(", ")])));
        }
        let aside = aside.into_iter();
        told.extend(aside.map(|(why, times)| {
            let times = Inline::plain(&counted(&words.findings_counted, times, &[]));
            Inline::filled(words.found_set_aside, &[&times, &why])
        }));
        if !told.is_empty() {
            return Inline::join(told, "; ");
        }
        let package = codes.iter().find_map(|code| self.judgement.switched_off(code));
        Inline::plain(&match package {
            Some(package) => format!("{} ({})", words.switched_off, self.package(package)),
            None => match codes.iter().find_map(|code| self.judgement.idle(words, code)) {
                Some(why) => fill(words.nothing_to_look_at, &[why]),
                None => words.no_findings.to_owned(),
            },
        })
    }

    fn why(&self, set_aside: &SetAside<'_>) -> Inline {
        let why = match set_aside {
            SetAside::Allowed(allow) => self.page.text_if(allow.because),
            SetAside::SwitchedOff(_) => Inline::plain(self.page.words.switched_off),
        };
        why.then(&format!(" ({})", self.package(set_aside.package())))
    }

    fn package(&self, package: PackageId) -> String {
        let package = self.page.input.program.package(package);
        package.model.head.as_ref().map_or_else(|| package.name.clone(), |head| self.page.quoted(head.id))
    }
}

fn not_stated(words: &Words) -> Inline {
    Inline::strong(words.not_stated).then(".")
}

fn not_met(words: &Words, lack: &str) -> Inline {
    Inline::strong(words.not_met).then(&format!("{}{lack}.", words.colon))
}

/// What a place is called: an annex that the document makes has its letter in its key.
fn place_of(words: &Words, key: &str, place: Word) -> String {
    match key.strip_prefix("annex ") {
        Some(letter) => format!("{} {letter}", place(words)),
        None => place(words).to_owned(),
    }
}

/// Whose words a statement is that the model has.
fn whose(page: &Page<'_>, text: Text) -> Option<Inline> {
    Some(match page.base_of(text) {
        None => Inline::plain(page.words.stated_by_author),
        Some(base) => Inline::plain(&fill(page.words.stated_by_base, &[&page.quoted(base.id)])),
    })
}

/// What a package says itself of a requirement, or of one that it is a part of.
fn statements(page: &Page<'_>, package: &Package, id: &str) -> Inline {
    let own = own_statements(page, package);
    let speaks = own.filter(|conformity| of_catalog(page, conformity).is_some_and(|stated| is_below(id, stated)));
    Inline::join(speaks.map(|conformity| page.text(conformity.text)), " ")
}

/// The statements that stand in a package itself.
fn own_statements<'a>(page: &Page<'a>, package: &'a Package) -> impl Iterator<Item = &'a Conformity> {
    let program = page.input.program;
    let is_own =
        move |place| program.package_of(place).is_some_and(|home| std::ptr::eq(program.package(home), package));
    let all = package.model.head.iter().flat_map(|head| &head.conforms);
    all.filter(move |conformity| is_own(conformity.origin.span))
}

/// What the bases say of themselves, the nearest first.
fn of_bases(page: &Page<'_>, id: &str) -> Vec<(String, Inline)> {
    let said = page.bases().map(|(base, package)| (page.quoted(base.id), statements(page, package, id)));
    said.filter(|(_, words)| !words.is_empty()).collect()
}

/// Whether a requirement is another one, or stands in it.
pub(in crate::emit) fn is_below(id: &str, stated: &str) -> bool {
    id.strip_prefix(stated).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The id of the requirement of ISO/IEC 33004 that a statement speaks to.
fn of_catalog<'a>(page: &Page<'a>, conformity: &Conformity) -> Option<&'a str> {
    let requirement = page.input.program.requirement(conformity.requirement);
    (page.catalog_id(requirement.catalog) == CATALOG).then(|| page.name(requirement.id))
}

/// Statements on other requirements, so that none is lost; those on assessment models stand in theirs.
fn further_statements(page: &Page<'_>, document: &mut Document) {
    let is_shown = |conformity: &&Conformity| {
        of_catalog(page, conformity)
            .is_some_and(|stated| is_below(stated, "6") || CLAUSES.iter().any(|clause| is_below(clause.id, stated)))
    };
    let words = page.words;
    let below = page.bases().map(|(base, package)| (Some(Inline::plain(&page.quoted(base.id))), package));
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    for (of, package) in std::iter::once((None, page.package)).chain(below) {
        rows.extend(own_statements(page, package).filter(|row| !is_shown(row)).map(|row| {
            let said = page.text(row.text);
            let said = of.as_ref().map_or(said.clone(), |base| Inline::filled(words.on_its_own, &[&said, base]));
            let catalog = page.input.program.requirement(row.requirement).catalog;
            let named = format!("{}, {}", page.designation(catalog), page.label(row.requirement));
            vec![Inline::plain(&named), said]
        }));
    }
    document.told_table(words.told_further, words.further_caption, &[words.requirement, words.statement], rows);
}
