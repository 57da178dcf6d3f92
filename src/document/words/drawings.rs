//! What drawings of a model say, in each language: what they show, and the words of their keys.

words! {
    /// What drawings of a model say.
    Drawings:
    words
    key, map_told, neighbours_told, trace_told, trace_of_process, trace_of_clause, process, practice, outcome,
    requirement, has, achieves, satisfies, partly_satisfies, jointly_satisfies;
    counted;
}

/// English.
pub static EN: Drawings = Drawings {
    key: "Key",
    map_told: "Process map of {0}: the process groups, their processes and the relations between them.",
    neighbours_told: "Process {0} and the processes related to it.",
    trace_told: "Traceability of {0}: processes, practices, outcomes and the requirements that they satisfy.",
    trace_of_process: "Traceability of process {0}.",
    trace_of_clause: "Traceability of {0}, {1}: processes, practices, outcomes and the requirements that they satisfy.",
    process: "process",
    practice: "practice",
    outcome: "outcome",
    requirement: "requirement",
    has: "has",
    achieves: "achieves",
    satisfies: "satisfies",
    partly_satisfies: "partly satisfies",
    jointly_satisfies: "satisfies with others",
};

/// German.
pub static DE: Drawings = Drawings {
    key: "Legende",
    map_told: "Prozesslandkarte von {0}: die Prozessgruppen, ihre Prozesse und die Beziehungen zwischen ihnen.",
    neighbours_told: "Prozess {0} und die Prozesse, die mit ihm in Beziehung stehen.",
    trace_told: "Rückverfolgbarkeit von {0}: Prozesse, Praktiken, Ergebnisse und die Anforderungen, die sie erfüllen.",
    trace_of_process: "Rückverfolgbarkeit des Prozesses {0}.",
    trace_of_clause: "Rückverfolgbarkeit von {0}, {1}: Prozesse, Praktiken, Ergebnisse und die Anforderungen, die sie \
        erfüllen.",
    process: "Prozess",
    practice: "Praktik",
    outcome: "Ergebnis",
    requirement: "Anforderung",
    has: "hat",
    achieves: "erreicht",
    satisfies: "erfüllt",
    partly_satisfies: "erfüllt teilweise",
    jointly_satisfies: "erfüllt mit anderen",
};

/// French.
pub static FR: Drawings = Drawings {
    key: "Légende",
    map_told: "Cartographie des processus de {0}\u{a0}: les groupes de processus, leurs processus et les relations entre eux.",
    neighbours_told: "Le processus {0} et les processus qui lui sont liés.",
    trace_told: "Traçabilité de {0}\u{a0}: processus, pratiques, résultats et exigences auxquelles ils satisfont.",
    trace_of_process: "Traçabilité du processus {0}.",
    trace_of_clause: "Traçabilité de {0}, {1}\u{a0}: processus, pratiques, résultats et exigences auxquelles ils satisfont.",
    process: "processus",
    practice: "pratique",
    outcome: "résultat",
    requirement: "exigence",
    has: "a",
    achieves: "réalise",
    satisfies: "satisfait à",
    partly_satisfies: "satisfait en partie à",
    jointly_satisfies: "satisfait avec d’autres à",
};
