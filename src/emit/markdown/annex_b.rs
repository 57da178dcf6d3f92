//! Annex B: the statement of conformity to ISO/IEC 33004, one row for each of its requirements.

use super::head::chapter;
use crate::codes;
use crate::diagnostic::{Code, Severity, words};
use crate::document::{Document, Inline, Status};
use crate::emit::page::{Page, chapter_key};
use crate::model::{Conformity, Head, Text};

/// The catalog whose requirements authors speak to with `conforms`.
const CATALOG: &str = "iso33004";

/// A requirement of ISO/IEC 33004, and how a model meets it.
pub(in crate::emit) struct Clause {
    /// Its id in the catalog.
    pub(in crate::emit) id: &'static str,
    /// What it asks for, in our words.
    pub(in crate::emit) asks: &'static str,
    /// How it is met.
    pub(in crate::emit) means: Means,
    /// What is checked for it.
    pub(in crate::emit) codes: &'static [&'static Code],
    /// The chapter that shows it, and what the document calls it.
    pub(in crate::emit) shown_in: (&'static str, &'static str),
}

/// How a requirement is met.
pub(in crate::emit) enum Means {
    /// It cannot be otherwise.
    Construction(&'static str),
    /// It cannot be otherwise once the model names a measurement framework.
    Framework(&'static str),
    /// By a text of the model statement.
    Stated(fn(&Head) -> Option<Text>),
    /// By checks.
    Checked,
    /// By nothing but the author's word.
    Author,
}

const OVERVIEW: (&str, &str) = ("overview", "Overview");
const PROCESSES: (&str, &str) = ("processes", "Process descriptions");
const TOP: (&str, &str) = ("", "Table below the title");
const HERE: (&str, &str) = ("", "This annex");

/// What clause 5 asks of a process reference model.
const CLAUSES: &[Clause] = &[
    Clause {
        id: "5.3.1.domain",
        asks: "The domain for which the model is made",
        means: Means::Stated(|head| head.domain),
        codes: &[&codes::MISSING_DOMAIN],
        shown_in: TOP,
    },
    Clause {
        id: "5.3.1.context",
        asks: "How the model relates to the context in which it is used",
        means: Means::Stated(|head| head.context),
        codes: &[&codes::MISSING_CONTEXT],
        shown_in: ("scope", "Scope"),
    },
    Clause {
        id: "5.3.1.relations",
        asks: "How the processes relate to each other",
        means: Means::Checked,
        codes: &[&codes::MISSING_ARCHITECTURE],
        shown_in: OVERVIEW,
    },
    Clause {
        id: "5.3.1.descriptions",
        asks: "A description of each process in scope",
        means: Means::Construction("every process is printed with its description"),
        codes: &[&codes::MISSING_PURPOSE, &codes::MISSING_OUTCOMES],
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.3.2.community",
        asks: "The community of interest",
        means: Means::Stated(|head| head.community),
        codes: &[&codes::MISSING_COMMUNITY],
        shown_in: TOP,
    },
    Clause {
        id: "5.3.2.consensus",
        asks: "How far that community agreed, or that no agreement was sought",
        means: Means::Stated(|head| head.consensus),
        codes: &[&codes::MISSING_CONSENSUS],
        shown_in: TOP,
    },
    Clause {
        id: "5.3.3.identification",
        asks: "An identification of its own for each process",
        means: Means::Construction("a model in which two processes share an id does not compile"),
        codes: &[],
        shown_in: OVERVIEW,
    },
    Clause {
        id: "5.3.3.unique",
        asks: "A description of its own for each process",
        means: Means::Checked,
        codes: &[&codes::REPEATED_TITLE, &codes::REPEATED_PURPOSE],
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.elements",
        asks: "A purpose and outcomes in each description",
        means: Means::Checked,
        codes: &[&codes::MISSING_PURPOSE, &codes::MISSING_OUTCOMES],
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.sufficient",
        asks: "Outcomes that are each needed for the purpose, and together enough for it",
        means: Means::Author,
        codes: &[&codes::UNCOVERED_REQUIREMENT, &codes::UNLINKED_OUTCOME, &codes::NUMBER_OF_OUTCOMES],
        shown_in: ("annex A", "Annex A"),
    },
    Clause {
        id: "5.4.basic-level",
        asks: "Nothing in a description above the basic level of the measurement framework",
        means: Means::Checked,
        codes: &[&codes::ABOVE_BASIC_LEVEL],
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.4.outcome-kind",
        asks: "Outcomes that are things produced, changes of state, or constraints met",
        means: Means::Checked,
        codes: &[&codes::OUTCOME_NOT_A_STATEMENT, &codes::OUTCOME_IS_ACTIVITY],
        shown_in: PROCESSES,
    },
    Clause {
        id: "5.5",
        asks: "Who verified the conformity, and on which evidence",
        means: Means::Author,
        codes: &[&codes::UNSTATED_CONFORMITY],
        shown_in: HERE,
    },
];

/// The annex.
pub(super) fn annex_b(page: &Page<'_>, document: &mut Document) {
    document.annex(chapter_key("annex B"), Status::Informative, "Statement of conformity to ISO/IEC 33004");
    document.paragraph(Inline::plain(
        "This annex goes through clause 5 of ISO/IEC 33004 and says of each requirement how this model meets it: by \
         construction, by checks made when this document was built, or by a statement of the author's.",
    ));
    conformity(page, document, CLAUSES);
    further_statements(page, document);
}

/// The table of a statement of conformity.
pub(in crate::emit) fn conformity(page: &Page<'_>, document: &mut Document, clauses: &[Clause]) {
    let rows = clauses.iter().map(|clause| {
        let (key, place) = clause.shown_in;
        vec![Inline::plain(&label(page, clause.id)), Inline::plain(clause.asks), how(page, clause), chapter(key, place)]
    });
    document.table(&["Clause", "What it asks for", "How it is met", "Where"], rows);
}

/// The label of the catalog, where the model sees it; else the number of the clause.
fn label(page: &Page<'_>, id: &str) -> String {
    let catalogs = &page.input.program.catalogs;
    let catalog = catalogs.iter().find(|catalog| page.name(catalog.id) == CATALOG);
    let mut requirements = catalog.into_iter().flat_map(|catalog| catalog.requirements());
    let requirement = requirements.find(|requirement| page.name(page.input.program.requirement(*requirement).id) == id);
    requirement.map_or_else(|| id.to_owned(), |requirement| page.label(requirement))
}

fn how(page: &Page<'_>, clause: &Clause) -> Inline {
    let statement = statement(page, clause.id);
    let is_stated = !statement.is_empty();
    let mut told: Vec<Inline> = Vec::new();
    match clause.means {
        Means::Construction(why) => told.push(Inline::plain(&format!("By construction: {why}."))),
        Means::Framework(why) if page.head.measured_by.is_some() => {
            told.push(Inline::plain(&format!("By construction: {why}.")));
        }
        Means::Framework(_) => told.push(Inline::strong("Not met").then(": the model names no measurement framework.")),
        Means::Stated(text) if text(page.head).is_some() && !is_stated => {
            told.push(Inline::plain("Stated by the author."))
        }
        Means::Stated(_) | Means::Author if !is_stated => told.push(Inline::strong("Not stated").then(".")),
        Means::Stated(_) | Means::Author | Means::Checked => {}
    }
    if is_stated {
        told.push(Inline::plain("The author's statement:").then(" ").and(&statement));
    }
    let found = findings(page, clause.codes);
    match clause.means {
        Means::Checked => {
            told.push(Inline::plain(&format!("Checked: {}.", found.unwrap_or_else(|| "no findings".to_owned()))))
        }
        // A missing text is told already.
        Means::Stated(_) => {}
        _ => told.extend(found.map(|found| Inline::plain(&format!("Checked: {found}.")))),
    }
    Inline::join(told, " ")
}

/// "2 findings (P301)"; nothing where there are none.
fn findings(page: &Page<'_>, codes: &[&Code]) -> Option<String> {
    let counts = |severity: Severity| matches!(severity, Severity::Error | Severity::Warning);
    let found = page.input.diagnostics.iter().filter(|diagnostic| counts(diagnostic.severity));
    let mut found: Vec<&str> =
        found.map(|diagnostic| diagnostic.code).filter(|code| codes.contains(code)).map(|code| code.code).collect();
    let number = found.len();
    found.sort_unstable();
    found.dedup();
    (number > 0).then(|| format!("{} ({})", words::count(number, "finding"), found.join(", ")))
}

/// What the author says of a requirement, or of one that it is a part of.
fn statement(page: &Page<'_>, id: &str) -> Inline {
    let speaks = |conformity: &&Conformity| {
        of_catalog(page, conformity)
            .is_some_and(|stated| id.strip_prefix(stated).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    Inline::join(page.head.conforms.iter().filter(speaks).map(|conformity| page.text(conformity.text)), " ")
}

/// The id of the requirement of ISO/IEC 33004 that a statement speaks to.
fn of_catalog<'a>(page: &Page<'a>, conformity: &Conformity) -> Option<&'a str> {
    let requirement = page.input.program.requirement(conformity.requirement);
    (page.catalog_id(requirement.catalog) == CATALOG).then(|| page.name(requirement.id))
}

/// Statements on other requirements, so that none is lost.
fn further_statements(page: &Page<'_>, document: &mut Document) {
    let is_shown = |conformity: &&Conformity| {
        of_catalog(page, conformity).is_some_and(|stated| {
            CLAUSES.iter().any(|clause| {
                clause.id.strip_prefix(stated).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    };
    let further = page.head.conforms.iter().filter(|conformity| !is_shown(conformity));
    let rows: Vec<Vec<Inline>> = further
        .map(|conformity| {
            vec![Inline::plain(&page.input.program.full_id(conformity.requirement)), page.text(conformity.text)]
        })
        .collect();
    if !rows.is_empty() {
        document.paragraph(Inline::plain("Further statements of the author's:"));
        document.table(&["Requirement", "Statement"], rows);
    }
}
