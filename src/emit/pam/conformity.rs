//! Annex A: the statement of conformity to clause 6 of ISO/IEC 33004.

use super::reference::models;
use crate::codes;
use crate::diagnostic::words;
use crate::document::{Document, Inline, Status};
use crate::emit::markdown::{Clause, Means, conformity, is_below, notes_on_conformity};
use crate::emit::page::{Page, chapter_key};
use crate::emit::{draft, judged};
use crate::model::{Achievement, Practice};

const SCOPE: (&str, &str) = ("scope", "Scope");
const PROCESSES: (&str, &str) = ("processes", "Process dimension");
const CAPABILITY: (&str, &str) = ("capability", "Capability dimension");
const HERE: (&str, &str) = ("", "This annex");

/// A row of the scope table that ISO/IEC 33004, 6.3.5 asks for.
const fn declared(id: &'static str, label: &'static str, asks: &'static str, means: Means) -> Clause {
    Clause { id, label, asks, means, codes: &[], by: "", shown_in: SCOPE }
}

/// What clause 6 asks of a process assessment model.
const CLAUSES: &[Clause] = &[
    Clause {
        id: "6.1",
        label: "6.1",
        asks: "The quality characteristic that the model serves to assess, and the domain",
        means: Means::Shown(domain),
        codes: &[],
        by: "",
        shown_in: SCOPE,
    },
    Clause {
        id: "6.2.processes",
        label: "6.2 (processes)",
        asks: "Processes from a reference model that conforms to clause 5",
        means: Means::Author,
        codes: &[
            &codes::MISSING_DOMAIN,
            &codes::MISSING_CONTEXT,
            &codes::MISSING_COMMUNITY,
            &codes::MISSING_CONSENSUS,
            &codes::MISSING_ARCHITECTURE,
            &codes::MISSING_PURPOSE,
            &codes::MISSING_OUTCOMES,
            &codes::REPEATED_TITLE,
            &codes::REPEATED_PURPOSE,
            &codes::UNSTATED_CONFORMITY,
        ],
        by: "",
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.2.quality",
        label: "6.2 (quality)",
        asks: "A quality characteristic from a framework that conforms to ISO/IEC 33003",
        means: Means::Author,
        codes: &[],
        by: "",
        shown_in: HERE,
    },
    Clause {
        id: "6.3.1",
        label: "6.3.1",
        asks: "A relation to a quality characteristic of processes",
        means: Means::Shown(|page| {
            framework(page, "the levels and attributes of the framework are printed as the capability of each process")
        }),
        codes: &[],
        by: "",
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2",
        label: "6.3.2",
        asks: "A measurement framework built in",
        means: Means::Shown(|page| framework(page, "the framework is printed in full")),
        codes: &[],
        by: "",
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.3",
        label: "6.3.3",
        asks: "A reference model and a framework, named with their editions",
        means: Means::Shown(editions),
        codes: &[],
        by: "",
        shown_in: SCOPE,
    },
    Clause {
        id: "6.3.4",
        label: "6.3.4",
        asks: "How the processes correspond to those of the reference model",
        means: Means::Shown(correspondence),
        codes: &[],
        by: "",
        shown_in: PROCESSES,
    },
    declared(
        "6.3.5.a",
        "6.3.5 a)",
        "Declared: quality characteristic",
        Means::Shown(|page| framework(page, "row a of the scope")),
    ),
    declared(
        "6.3.5.b",
        "6.3.5 b)",
        "Declared: measurement framework",
        Means::Shown(|page| framework(page, "row b of the scope")),
    ),
    declared(
        "6.3.5.c",
        "6.3.5 c)",
        "Declared: process reference model",
        Means::Shown(|_| Ok("row c of the scope".to_owned())),
    ),
    declared(
        "6.3.5.d",
        "6.3.5 d)",
        "Declared: selected processes",
        Means::Shown(|_| Ok("row d of the scope".to_owned())),
    ),
    declared(
        "6.3.5.e",
        "6.3.5 e)",
        "Declared: attributes and levels, without a gap from the lowest up",
        Means::Shown(|page| framework(page, "row e of the scope; the levels follow each other without a gap")),
    ),
    Clause {
        id: "6.3.1-indicators.a",
        label: "6.3.1 (assessment indicators) a)",
        asks: "Indicators of performance for the outcomes of every process",
        means: Means::Checked(without_indicators),
        codes: &[&codes::MISSING_OUTCOMES, &codes::UNACHIEVED_OUTCOME],
        by: "",
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.3.1-indicators.b",
        label: "6.3.1 (assessment indicators) b)",
        asks: "Indicators of capability for the achievements of every attribute",
        means: Means::Shown(generic_practices),
        codes: &[],
        by: "",
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2-mapping",
        label: "6.3.2 (mapping)",
        asks: "Each indicator tied to the outcomes or achievements that it shows",
        means: Means::Checked(without_ties),
        codes: &[&codes::IDLE_PRACTICE, &codes::FOREIGN_OUTCOME, &codes::UNUSED_ITEM],
        by: "",
        shown_in: ("annex C", "Annex C"),
    },
    Clause {
        id: "6.3.3-results",
        label: "6.3.3 (assessment results)",
        asks: "Results as a set of attribute ratings for each process",
        means: Means::Shown(|page| {
            framework(page, "the rating sheet has a place for each; the attributes are those of the framework")
        }),
        codes: &[],
        by: "",
        shown_in: ("annex D", "Annex D"),
    },
    Clause {
        id: "6.4",
        label: "6.4",
        asks: "Who verified the conformity, and on which evidence",
        means: Means::Verified,
        codes: &[],
        by: "",
        shown_in: HERE,
    },
];

/// How something is met once the model names a measurement framework.
fn framework(page: &Page<'_>, why: &str) -> Result<String, String> {
    let lack = || "the model names no measurement framework".to_owned();
    page.head.measured_by.map(|_| why.to_owned()).ok_or_else(lack)
}

fn domain(page: &Page<'_>) -> Result<String, String> {
    match page.head.domain {
        Some(_) => framework(page, "the scope names process capability and the reference model with its domain"),
        None => Err("the reference model states no domain".to_owned()),
    }
}

fn editions(page: &Page<'_>) -> Result<String, String> {
    let without: Vec<&str> =
        models(page).iter().filter(|model| model.edition.is_none()).map(|model| page.name(model.id)).collect();
    let framework_of = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    let unstated =
        framework_of.filter(|framework| framework.edition.is_none()).map(|framework| page.name(framework.id));
    let without: Vec<&str> = without.into_iter().chain(unstated).collect();
    match without.as_slice() {
        [] => framework(page, "both are named, with their editions"),
        without => Err(format!("no edition is stated by {}", without.join(", "))),
    }
}

/// The processes are printed as the reference model has them; what that model follows is another matter.
fn correspondence(page: &Page<'_>) -> Result<String, String> {
    let models = models(page);
    let names = models.iter().map(|model| Inline::plain("“").and(&page.text(model.title)).then("”"));
    let names = Inline::join(names, ", ").shown().to_owned();
    Ok(match models.iter().any(|model| model.source.is_some()) {
        true => format!(
            "processes, purposes and outcomes are printed as {names} words them; nothing is said of how they are worded in \
             the document that {names} follows"
        ),
        false => format!("processes, purposes and outcomes are printed as {names} words them"),
    })
}

fn generic_practices(page: &Page<'_>) -> Result<String, String> {
    framework(page, "")?;
    let framework = page.head.measured_by.map(|(framework, _)| page.input.program.framework(framework));
    let attributes = framework.into_iter().flat_map(|framework| &framework.levels).flat_map(|level| &level.attributes);
    let (mut all, mut without) = (0, 0);
    for attribute in attributes {
        let is_shown = |achievement: &Achievement| {
            attribute.practices.iter().any(|practice| practice.achieves.contains(&achievement.id))
        };
        all += attribute.achievements.len();
        without += attribute.achievements.iter().filter(|achievement| !is_shown(achievement)).count();
    }
    match without {
        0 if all == 1 => Ok("a generic practice shows the one achievement".to_owned()),
        0 => Ok(format!("a generic practice shows each of the {all} achievements")),
        _ => {
            let have = if without == 1 { "has" } else { "have" };
            Err(format!("{without} of {} {have} no generic practice", words::count(all, "achievement")))
        }
    }
}

/// The outcomes that no indicator shows as they are worded now: drafts are none, and a practice that was stated for an
/// earlier wording is none until somebody has judged it again.
fn without_indicators(page: &Page<'_>) -> Option<String> {
    let (mut all, mut drafts, mut earlier, mut with_items) = (0, 0, 0, 0);
    for process in &page.model().processes {
        let practices = process.practices.iter().filter(|practice| !draft::is_marked(&page.input, practice));
        let written: Vec<_> = practices.map(|practice| (practice, judged::reworded(&page.input, practice))).collect();
        for outcome in &process.outcomes {
            let achieves = |practice: &Practice| practice.achieves.iter().any(|target| target.id == outcome.id);
            let mut of_it = written.iter().filter(|(practice, _)| achieves(practice));
            all += 1;
            match of_it.next() {
                None => drafts += 1,
                Some((_, first))
                    if first.contains(&outcome.id) && of_it.all(|(_, more)| more.contains(&outcome.id)) =>
                {
                    earlier += 1;
                }
                Some(_) => continue,
            }
            with_items += usize::from(!outcome.produces.is_empty());
        }
    }
    let of = |number: usize, what: &str| {
        let have = if number == 1 { "has" } else { "have" };
        (number > 0).then(|| format!("{number} of {} {have} {what}", words::count(all, "outcome")))
    };
    let lacks = [of(drafts, "drafts only"), of(earlier, "only practices that were stated for an earlier wording")];
    let lacks: Vec<String> = lacks.into_iter().flatten().collect();
    let beside = match with_items {
        0 => String::new(),
        1 => "; 1 of them has an information item to show".to_owned(),
        _ => format!("; {with_items} of them have an information item to show"),
    };
    (!lacks.is_empty()).then(|| format!("{}{beside}", lacks.join("; ")))
}

/// Where all practices are drafts, there is nothing that could be tied to an outcome; nor is a tie to other words one.
fn without_ties(page: &Page<'_>) -> Option<String> {
    let practices = page.model().processes.iter().flat_map(|process| &process.practices);
    let written: Vec<_> = practices.filter(|practice| !draft::is_marked(&page.input, practice)).collect();
    if written.is_empty() {
        return Some("there are no indicators but drafts".to_owned());
    }
    let all: usize = written.iter().map(|practice| practice.achieves.len()).sum();
    let earlier: usize = written.iter().map(|practice| judged::reworded(&page.input, practice).len()).sum();
    let were = if earlier == 1 { "was" } else { "were" };
    (earlier > 0).then(|| {
        let ties = words::count(all, "tie");
        format!(
            "{earlier} of {ties} between practices and outcomes {were} stated for an earlier wording of the outcome"
        )
    })
}

/// The annex.
pub(super) fn annex_a(page: &Page<'_>, document: &mut Document) {
    let title = Inline::plain("Statement of conformity to ISO/IEC 33004");
    document.annex(chapter_key("annex A"), Status::Informative, title);
    document.paragraph(Inline::plain(
        "This annex goes through clause 6 of ISO/IEC 33004 and says of each requirement what is shown of it in this model. \
         Where it says that a requirement is not stated, nothing is shown of it. Practices marked (draft) are no indicators \
         until their authors have completed them, nor are those stated for an earlier wording of an outcome until they have \
         been judged again.",
    ));
    conformity(page, document, CLAUSES);
    notes_on_conformity(page, document, |stated| stated.is_some_and(|stated| is_below(stated, "6")));
}
