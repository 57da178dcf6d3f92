//! Annex A: the statement of conformity to clause 6 of ISO/IEC 33004.

use super::findings;
use crate::codes;
use crate::document::{Document, Inline, Status};
use crate::emit::markdown::{Clause, Means, conformity};
use crate::emit::page::{Page, chapter_key};

const SCOPE: (&str, &str) = ("scope", "Scope");
const PROCESSES: (&str, &str) = ("processes", "Process dimension");
const CAPABILITY: (&str, &str) = ("capability", "Capability dimension");
const HERE: (&str, &str) = ("", "This annex");

/// A row of the scope table that ISO/IEC 33004, 6.3.5 asks for.
const fn declared(id: &'static str, asks: &'static str, means: Means) -> Clause {
    Clause { id, asks, means, codes: &[], shown_in: SCOPE }
}

/// What clause 6 asks of a process assessment model.
const CLAUSES: &[Clause] = &[
    Clause {
        id: "6.1",
        asks: "The quality characteristic that the model serves to assess, and the domain",
        means: Means::Framework("the scope names process capability and the reference model with its domain"),
        codes: &[&codes::MISSING_FRAMEWORK],
        shown_in: SCOPE,
    },
    Clause {
        id: "6.2.processes",
        asks: "Processes from a reference model that conforms to clause 5",
        means: Means::Checked,
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
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.2.quality",
        asks: "A quality characteristic from a framework that conforms to ISO/IEC 33003",
        means: Means::Author,
        codes: &[],
        shown_in: HERE,
    },
    Clause {
        id: "6.3.1",
        asks: "A relation to a quality characteristic of processes",
        means: Means::Framework("the framework measures process capability"),
        codes: &[],
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2",
        asks: "A measurement framework built in",
        means: Means::Framework("the framework is printed in full"),
        codes: &[],
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.3",
        asks: "A reference model and a framework, named with their editions",
        means: Means::Framework("both are named"),
        codes: &[],
        shown_in: SCOPE,
    },
    Clause {
        id: "6.3.4",
        asks: "How the processes correspond to those of the reference model",
        means: Means::Construction("they are identical, purposes and outcomes included"),
        codes: &[],
        shown_in: PROCESSES,
    },
    declared("6.3.5.a", "Declared: quality characteristic", Means::Construction("row a of the scope")),
    declared("6.3.5.b", "Declared: measurement framework", Means::Framework("row b of the scope")),
    declared("6.3.5.c", "Declared: process reference model", Means::Construction("row c of the scope")),
    declared("6.3.5.d", "Declared: selected processes", Means::Construction("row d of the scope")),
    declared(
        "6.3.5.e",
        "Declared: attributes and levels, without a gap from the lowest up",
        Means::Framework("row e of the scope; a framework with a gap does not compile"),
    ),
    Clause {
        id: "6.3.1-indicators.a",
        asks: "Indicators of performance for the outcomes of every process",
        means: Means::Checked,
        codes: &[&codes::UNACHIEVED_OUTCOME, &codes::MISSING_OUTCOMES],
        shown_in: PROCESSES,
    },
    Clause {
        id: "6.3.1-indicators.b",
        asks: "Indicators of capability for the achievements of every attribute",
        means: Means::Framework("a framework with an achievement that no generic practice shows does not compile"),
        codes: &[],
        shown_in: CAPABILITY,
    },
    Clause {
        id: "6.3.2-mapping",
        asks: "Each indicator tied to the outcomes or achievements that it shows",
        means: Means::Checked,
        codes: &[&codes::IDLE_PRACTICE, &codes::FOREIGN_OUTCOME, &codes::UNUSED_ITEM],
        shown_in: ("annex C", "Annex C"),
    },
    Clause {
        id: "6.3.3-results",
        asks: "Results as a set of attribute ratings for each process",
        means: Means::Framework("the rating sheet has a place for each; the attributes are those of the framework"),
        codes: &[],
        shown_in: ("annex D", "Annex D"),
    },
    Clause {
        id: "6.4",
        asks: "Who verified the conformity, and on which evidence",
        means: Means::Author,
        codes: &[],
        shown_in: HERE,
    },
];

/// The annex.
pub(super) fn annex_a(page: &Page<'_>, document: &mut Document) {
    let title = "Statement of conformity to ISO/IEC 33004";
    document.annex(chapter_key("annex A"), Status::Informative, title);
    document.paragraph(Inline::plain(
        "This annex goes through clause 6 of ISO/IEC 33004 and says of each requirement how this model meets it. \
         Practices marked (draft) are no indicators until their authors have completed them.",
    ));
    conformity(page, document, CLAUSES);
    findings::errors(page, document);
}
