//! What documents with the comments of a ballot say, in each language.

words! {
    /// What documents with the comments of a ballot say.
    Comments:
    words
    titled, comments, told, summary_loose, summary_tied, whole, nothing, within, no_clause, eaten, could_be, also_on,
    only_above, not_there, elsewhere, and_more, place;
    counted comments_counted;
    /// The heads of the columns, as ISO and IEC have them.
    heads: [&'static str; 8],
}

/// English.
pub static EN: Comments = Comments {
    titled: "Comments on {0}",
    comments: "Comments",
    told: "lists the comments in the order of the document",
    summary_loose: "{0}, {1} of them tied to nothing",
    summary_tied: "{0}, tied to their places",
    whole: "the whole document",
    nothing: "tied to nothing",
    within: "{0} in {1}",
    no_clause: "there is no clause “{0}”, nor what else may have been typed there",
    eaten: "the spreadsheet holds “{0}”, where {1} may have been typed; format the column as text",
    could_be: "“{0}” could be {1}",
    also_on: "also on {0}",
    only_above: "there is no “{0}” in the document, only {1}",
    not_there: "there is no “{0}” in the document",
    elsewhere: "“{0}” is elsewhere: {1}",
    and_more: "{0} and {1} more",
    place: "Place in the model",
    comments_counted: ["0 comments", "1 comment", "{0} comments"],
    heads: [
        "MB/NC",
        "Line number",
        "Clause/Subclause",
        "Paragraph/Figure/Table",
        "Type of comment",
        "Comments",
        "Proposed change",
        "Observations of the secretariat",
    ],
};

/// German.
pub static DE: Comments = Comments {
    titled: "Kommentare zu {0}",
    comments: "Kommentare",
    told: "führt die Kommentare in der Reihenfolge des Dokuments auf",
    summary_loose: "{0}, davon {1} ohne Stelle",
    summary_tied: "{0}, jeweils mit ihrer Stelle",
    whole: "das ganze Dokument",
    nothing: "ohne Stelle",
    within: "{0} in {1}",
    no_clause: "es gibt keinen Abschnitt „{0}“ und auch nicht, was dort sonst getippt worden sein kann",
    eaten: "in der Tabelle steht „{0}“, wo {1} getippt worden sein kann; die Spalte ist als Text zu formatieren",
    could_be: "„{0}“ könnte sein: {1}",
    also_on: "auch zu {0}",
    only_above: "„{0}“ gibt es im Dokument nicht, nur {1}",
    not_there: "„{0}“ gibt es im Dokument nicht",
    elsewhere: "„{0}“ steht woanders: {1}",
    and_more: "{0} und {1} weitere",
    place: "Stelle im Modell",
    comments_counted: ["0 Kommentare", "1 Kommentar", "{0} Kommentare"],
    heads: [
        "MB/NC",
        "Zeilennummer",
        "Abschnitt/Unterabschnitt",
        "Absatz/Bild/Tabelle",
        "Kommentarart",
        "Kommentar",
        "Vorgeschlagene Änderung",
        "Stellungnahme des Sekretariats",
    ],
};

/// French.
pub static FR: Comments = Comments {
    titled: "Commentaires sur {0}",
    comments: "Commentaires",
    told: "énumère les commentaires dans l’ordre du document",
    summary_loose: "{0}, dont {1} sans endroit",
    summary_tied: "{0}, chacun à son endroit",
    whole: "le document entier",
    nothing: "sans endroit",
    within: "{0} dans {1}",
    no_clause: "il n’y a ni article «\u{a0}{0}\u{a0}», ni ce qui a pu être saisi d’autre à cet endroit",
    eaten: "le tableur contient «\u{a0}{0}\u{a0}», là où {1} a pu être saisi; mettre la colonne au format texte",
    could_be: "«\u{a0}{0}\u{a0}» pourrait être {1}",
    also_on: "aussi sur {0}",
    only_above: "il n’y a pas de «\u{a0}{0}\u{a0}» dans le document, seulement {1}",
    not_there: "il n’y a pas de «\u{a0}{0}\u{a0}» dans le document",
    elsewhere: "«\u{a0}{0}\u{a0}» se trouve ailleurs\u{a0}: {1}",
    and_more: "{0} et {1} autres",
    place: "Endroit dans le modèle",
    comments_counted: ["0 commentaire", "1 commentaire", "{0} commentaires"],
    heads: [
        "MB/NC",
        "Numéro de ligne",
        "Article/Paragraphe",
        "Alinéa/Figure/Tableau",
        "Type de commentaire",
        "Commentaires",
        "Modification proposée",
        "Observations du secrétariat",
    ],
};
