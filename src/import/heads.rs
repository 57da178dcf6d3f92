//! What the heads of columns mean, in English, German and French.

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Head {
    /// The id of what the row is about.
    Id,
    /// Its title or name.
    Title,
    /// Its text.
    Text,
    /// What kind of row it is: clause, requirement, control.
    Kind,
    /// The id of what it stands in.
    Parent,
    /// A heading of a catalog, or what stands in it, by its level: 1 to 3.
    Level(u8),
    /// The id of a process group, or its name.
    Group,
    /// The id or the name of a process.
    Process,
    /// The name of a process, where its id has a column of its own.
    ProcessName,
    /// The purpose of a process.
    Purpose,
    /// The context of a process.
    Context,
    /// The number of an outcome.
    OutcomeNumber,
    /// The text of an outcome.
    Outcome,
    /// The id of a practice.
    PracticeId,
    /// The text of a practice.
    Practice,
    /// Outcomes that a practice achieves.
    Achieves,
    /// Requirements that are met.
    Requirements,
    /// Requirements that are met in part.
    Partly,
    /// An information item.
    Item,
    /// Items that are consumed.
    Consumes,
    /// Items that are produced.
    Produces,
    /// A term.
    Term,
    /// The definition of a term.
    Definition,
    /// Another name.
    Also,
    /// Where it is from.
    Source,
    /// The left side of a crosswalk.
    Left,
    /// What the left side is to the right side.
    Relation,
    /// The right side of a crosswalk.
    Right,
    /// A reason.
    Reason,
    /// A note.
    Note,
    /// Nothing that is kept: it is told as left out.
    Ignored,
}

/// Each head by its name in `--map`, with what people write over such columns.
pub const HEADS: &[(Head, &str, &[&str])] = &[
    (
        Head::Id,
        "id",
        &[
            "id",
            "no",
            "nr",
            "no.",
            "nr.",
            "number",
            "identifier",
            "ref",
            "ref.",
            "reference",
            "ref id",
            "control id",
            "control number",
            "control no",
            "control no.",
            "control ref",
            "control identifier",
            "requirement no",
            "requirement no.",
            "requirement number",
            "requirement identifier",
            "anforderungs-id",
            "anforderungsnummer",
            "maßnahmen-id",
            "maßnahmennummer",
            "lfd. nr.",
            "id exigence",
            "id mesure",
            "requirement id",
            "kennung",
            "nummer",
            "kennzeichen",
            "numéro",
            "n°",
            "identifiant",
            "référence",
            "clause no",
            "code",
        ],
    ),
    (
        Head::Title,
        "title",
        &[
            "title",
            "name",
            "control",
            "control name",
            "control title",
            "requirement",
            "requirement title",
            "heading",
            "titel",
            "bezeichnung",
            "überschrift",
            "maßnahme",
            "anforderung",
            "titre",
            "nom",
            "intitulé",
            "mesure",
            "exigence",
        ],
    ),
    (
        Head::Text,
        "text",
        &[
            "text",
            "description",
            "requirement text",
            "control text",
            "statement",
            "beschreibung",
            "wortlaut",
            "anforderungstext",
            "texte",
            "libellé",
            "énoncé",
        ],
    ),
    (Head::Kind, "kind", &["kind", "type", "art", "typ", "category", "kategorie", "nature", "catégorie"]),
    (
        Head::Parent,
        "parent",
        &[
            "parent",
            "within",
            "part of",
            "clause",
            "section",
            "chapter",
            "kapitel",
            "abschnitt",
            "chapitre",
            "rubrique",
            "family",
        ],
    ),
    (Head::Level(1), "level-1", &["function", "funktion", "fonction"]),
    // "Category" is one only beside others, and says else what kind of row it is.
    (Head::Level(2), "level-2", &[]),
    (Head::Level(3), "level-3", &["subcategory", "sub-category", "unterkategorie", "sous-catégorie"]),
    (
        Head::Group,
        "group",
        &["group", "process group", "gruppe", "prozessgruppe", "domain", "domäne", "groupe", "groupe de processus"],
    ),
    (
        Head::Process,
        "process",
        &[
            "process",
            "process id",
            "process no",
            "process identifier",
            "prozess",
            "prozess-id",
            "prozess id",
            "prozessnummer",
            "processus",
            "id processus",
            "identifiant du processus",
        ],
    ),
    (
        Head::ProcessName,
        "process-name",
        &[
            "process name",
            "process title",
            "name of process",
            "name of the process",
            "prozessname",
            "prozesstitel",
            "prozessbezeichnung",
            "nom du processus",
            "intitulé du processus",
        ],
    ),
    (
        Head::Purpose,
        "purpose",
        &["purpose", "process purpose", "zweck", "prozesszweck", "ziel", "but", "finalité", "objet", "objectif"],
    ),
    (Head::Context, "context", &["context", "process context", "kontext", "contexte", "background"]),
    (
        Head::OutcomeNumber,
        "outcome-number",
        &[
            "outcome no",
            "outcome no.",
            "outcome number",
            "outcome id",
            "ergebnis nr",
            "ergebnis-nr",
            "ergebnis-nr.",
            "ergebnisnummer",
            "numéro du résultat",
            "n° résultat",
        ],
    ),
    (
        Head::Outcome,
        "outcome",
        &[
            "outcome",
            "outcomes",
            "process outcome",
            "process outcomes",
            "result",
            "results",
            "ergebnis",
            "ergebnisse",
            "prozessergebnis",
            "prozessergebnisse",
            "résultat",
            "résultats",
            "résultat attendu",
            "résultats attendus",
        ],
    ),
    (
        Head::PracticeId,
        "practice-id",
        &["practice id", "practice no", "bp", "bp id", "base practice id", "praktik-id", "praktik id", "id pratique"],
    ),
    (
        Head::Practice,
        "practice",
        &[
            "practice",
            "base practice",
            "base practices",
            "activity",
            "activities",
            "praktik",
            "basispraktik",
            "aktivität",
            "pratique",
            "pratique de base",
            "activité",
        ],
    ),
    (
        Head::Achieves,
        "achieves",
        &[
            "achieves",
            "outcomes achieved",
            "achieved outcomes",
            "erreichte ergebnisse",
            "erreicht",
            "résultats obtenus",
        ],
    ),
    (
        Head::Requirements,
        "requirements",
        &[
            "requirements",
            "satisfies",
            "requirements traceability",
            "traceability",
            "requirement ref",
            "requirement reference",
            "references",
            "iso 27001",
            "clauses",
            "controls",
            "anforderungen",
            "erfüllt",
            "rückverfolgbarkeit",
            "nachverfolgbarkeit",
            "verweise",
            "exigences",
            "satisfait",
            "traçabilité",
            "références",
        ],
    ),
    (
        Head::Partly,
        "partly",
        &[
            "partly satisfies",
            "partly",
            "contributes to",
            "partial",
            "teilweise erfüllt",
            "teilweise",
            "satisfait en partie",
            "partiellement",
        ],
    ),
    (
        Head::Item,
        "item",
        &[
            "item",
            "information item",
            "work product",
            "artefact",
            "document",
            "informationselement",
            "arbeitsergebnis",
            "élément d'information",
            "produit",
        ],
    ),
    (Head::Consumes, "consumes", &["consumes", "inputs", "input", "eingaben", "eingang", "entrées"]),
    (
        Head::Produces,
        "produces",
        &[
            "produces",
            "outputs",
            "output",
            "evidence",
            "ausgaben",
            "ausgang",
            "nachweise",
            "nachweis",
            "sorties",
            "preuves",
        ],
    ),
    (Head::Term, "term", &["term", "begriff", "benennung", "terme"]),
    (Head::Definition, "definition", &["definition", "definition of the term", "définition", "begriffsbestimmung"]),
    (
        Head::Also,
        "also",
        &[
            "also",
            "synonym",
            "synonyms",
            "abbreviation",
            "admitted term",
            "synonym(e)",
            "synonyme",
            "abkürzung",
            "synonymes",
            "abréviation",
        ],
    ),
    (Head::Source, "source", &["source", "quelle", "origin", "herkunft"]),
    (
        Head::Left,
        "left",
        &[
            "left",
            "from",
            "source control",
            "source id",
            "source requirement",
            "focal document element",
            "old",
            "alt",
            "von",
            "ancien",
            "de",
        ],
    ),
    (
        Head::Relation,
        "relation",
        &[
            "relation",
            "relationship",
            "mapping type",
            "strength of relationship",
            "beziehung",
            "verhältnis",
            "relationen",
            "lien",
        ],
    ),
    (
        Head::Right,
        "right",
        &[
            "right",
            "to",
            "target",
            "target control",
            "target id",
            "target requirement",
            "reference document element",
            "new",
            "neu",
            "nach",
            "zu",
            "nouveau",
            "vers",
            "à",
        ],
    ),
    (
        Head::Reason,
        "because",
        &["because", "reason", "rationale", "justification", "begründung", "grund", "raison", "motif"],
    ),
    (
        Head::Note,
        "note",
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "anmerkung",
            "anmerkungen",
            "bemerkung",
            "bemerkungen",
            "kommentar",
            "remarque",
            "remarques",
            "commentaire",
        ],
    ),
    (Head::Ignored, "ignore", &[]),
];

/// What a head means; `None` where it is not known.
pub fn find(words: &str) -> Option<Head> {
    let known = |words: &str| HEADS.iter().find(|(_, _, known)| known.contains(&words)).map(|(head, _, _)| *head);
    let words = plain(words);
    known(&words).or_else(|| known(&without_brackets(&words)))
}

/// Words without what stands in brackets: "control (or enhancement) name", "text (normative)".
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let kept = words.chars().filter(|character| {
        depth += usize::from(matches!(character, '(' | '['));
        let is_kept = depth == 0;
        depth = depth.saturating_sub(usize::from(matches!(character, ')' | ']')));
        is_kept
    });
    plain(&kept.collect::<String>())
}

/// The number of the outcome that words name: "Outcome 1", "Ergebnis b)".
pub fn numbered(words: &str) -> Option<&str> {
    let words = words.trim().trim_end_matches([':', '.', ')']);
    let (name, number) = words.rsplit_once(char::is_whitespace)?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit()) || number.chars().count() == 1;
    (find(name) == Some(Head::Outcome) && is_number).then_some(number)
}

/// The head of a name in `--map`.
pub fn named(name: &str) -> Option<Head> {
    HEADS.iter().find(|(_, known, _)| *known == name).map(|(head, _, _)| *head)
}

/// The name of a head in `--map`.
pub fn name(head: Head) -> &'static str {
    HEADS.iter().find(|(other, _, _)| *other == head).map_or("", |(_, name, _)| *name)
}

/// The words of a head without blanks at the ends, marks behind them, and capitals.
pub fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.trim_end_matches([':', '*', '#']).trim().to_owned()
}
