//! What a page in a browser says besides what all documents say, in each language.

words! {
    /// What a page in a browser says besides.
    Pages:
    words
    to_text, search, back_up, places_found, places_listed, place_found, no_place_found, only_gaps,
    web_covers_nothing, nothing_to_cover, counts, more_proofs, nearest, nearest_at, outcomes_are, nothing_meets,
    layers_shown, what_it_is, elements_by_layer, matrix_web, matrix_web_lead, matrix_web_of, fold_all, unfold_all,
    in_no_clause, map_drawn, trace_drawn, nearer, farther, fit, zoom;
    counted;
}

/// English.
pub static EN: Pages = Pages {
    to_text: "To the text",
    search: "Search",
    back_up: "Back",
    places_found: "{0} places",
    places_listed: "{0} places, of which {1} are listed",
    place_found: "1 place",
    no_place_found: "no places",
    only_gaps: "Only gaps",
    web_covers_nothing: "The model covers no catalog.",
    nothing_to_cover: "nothing to cover",
    counts: "{0}: {1} covered, {2} partial, {3} excluded, {4} uncovered",
    more_proofs: "and {0} more proofs like these",
    nearest: "nearest: {0}",
    nearest_at: "nearest: {0} ({1})",
    outcomes_are: "Outcomes: {0}",
    nothing_meets: "Nothing meets it.",
    layers_shown: "Layers shown",
    what_it_is: "What it is",
    elements_by_layer: "Elements by layer",
    matrix_web: "Requirements by processes",
    matrix_web_lead: "● in full, ◐ in part or together with others. The title of a column sorts the rows of each \
        clause.",
    matrix_web_of: "{0}: requirements by processes",
    fold_all: "Fold all",
    unfold_all: "Unfold all",
    in_no_clause: "In no clause",
    map_drawn: "Process map, drawn",
    trace_drawn: "Traceability, drawn",
    nearer: "Nearer",
    farther: "Farther",
    fit: "Fit",
    zoom: "{0}: plus and minus zoom",
};

/// German.
pub static DE: Pages = Pages {
    to_text: "Zum Text",
    search: "Suche",
    back_up: "Zurück",
    places_found: "{0} Stellen",
    places_listed: "{0} Stellen, davon {1} aufgeführt",
    place_found: "1 Stelle",
    no_place_found: "keine Stellen",
    only_gaps: "Nur Lücken",
    web_covers_nothing: "Das Modell deckt keinen Katalog ab.",
    nothing_to_cover: "nichts abzudecken",
    counts: "{0}: {1} abgedeckt, {2} teilweise, {3} ausgeschlossen, {4} nicht abgedeckt",
    more_proofs: "und {0} weitere Nachweise wie diese",
    nearest: "am nächsten: {0}",
    nearest_at: "am nächsten: {0} ({1})",
    outcomes_are: "Ergebnisse: {0}",
    nothing_meets: "Nichts erfüllt sie.",
    layers_shown: "Gezeigte Schichten",
    what_it_is: "Was es ist",
    elements_by_layer: "Elemente nach Schichten",
    matrix_web: "Anforderungen nach Prozessen",
    matrix_web_lead: "● vollständig, ◐ teilweise oder gemeinsam mit anderen. Der Titel einer Spalte sortiert die \
        Zeilen jedes Abschnitts.",
    matrix_web_of: "{0}: Anforderungen nach Prozessen",
    fold_all: "Alle zuklappen",
    unfold_all: "Alle aufklappen",
    in_no_clause: "In keinem Abschnitt",
    map_drawn: "Prozesslandkarte, gezeichnet",
    trace_drawn: "Rückverfolgbarkeit, gezeichnet",
    nearer: "Näher",
    farther: "Weiter weg",
    fit: "Einpassen",
    zoom: "{0}: Plus und Minus vergrößern und verkleinern",
};

/// French.
pub static FR: Pages = Pages {
    to_text: "Aller au texte",
    search: "Rechercher",
    back_up: "Retour",
    places_found: "{0} endroits",
    places_listed: "{0} endroits, dont {1} énumérés",
    place_found: "1 endroit",
    no_place_found: "aucun endroit",
    only_gaps: "Lacunes seulement",
    web_covers_nothing: "Le modèle ne couvre aucun catalogue.",
    nothing_to_cover: "rien à couvrir",
    counts: "{0}\u{a0}: {1} couvertes, {2} partielles, {3} exclues, {4} non couvertes",
    more_proofs: "et {0} autres preuves semblables",
    nearest: "au plus près\u{a0}: {0}",
    nearest_at: "au plus près\u{a0}: {0} ({1})",
    outcomes_are: "Résultats\u{a0}: {0}",
    nothing_meets: "Rien n’y satisfait.",
    layers_shown: "Couches affichées",
    what_it_is: "Ce que c’est",
    elements_by_layer: "Éléments par couche",
    matrix_web: "Exigences par processus",
    matrix_web_lead: "● entièrement, ◐ en partie ou conjointement avec d’autres. Le titre d’une colonne trie les \
        lignes de chaque article.",
    matrix_web_of: "{0}\u{a0}: exigences par processus",
    fold_all: "Tout replier",
    unfold_all: "Tout déplier",
    in_no_clause: "Dans aucun article",
    map_drawn: "Cartographie des processus, dessinée",
    trace_drawn: "Traçabilité, dessinée",
    nearer: "Plus près",
    farther: "Plus loin",
    fit: "Ajuster",
    zoom: "{0}\u{a0}: plus et moins agrandissent et réduisent",
};
