//! What attributes and types of objects mean, by the names that tools and people give them.

use super::super::draft::{Fact, What};
use super::super::heads::{self, Head};
use super::super::ids;

/// What an attribute means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The id of the object.
    Id,
    /// The title of a heading, which makes the object one.
    Chapter,
    /// The title.
    Title,
    /// The text.
    Text,
    /// What kind of object it is.
    Kind,
    /// Something else that the language has.
    Of(Fact),
    /// Who wrote it when: nothing that a catalog says.
    OfFile,
}

/// The names that attributes have, without `ReqIF.`, capitals, blanks and marks.
const NAMES: &[(Meaning, &[&str])] = &[
    (Meaning::Id, &["foreignid", "iepuid", "requirementid", "reqid", "id", "identifier", "uid", "nummer", "kennung"]),
    (Meaning::Chapter, &["chaptername", "heading", "objectheading", "überschrift"]),
    (Meaning::Title, &["name", "title", "titel", "bezeichnung", "titre", "shorttext", "objectshorttext"]),
    (
        Meaning::Text,
        &["text", "description", "statement", "objecttext", "beschreibung", "definition", "anforderung", "texte"],
    ),
    (
        Meaning::Kind,
        &["type", "kind", "objecttype", "objektart", "typ", "art", "artifacttype", "artefacttype", "category"],
    ),
    (Meaning::Of(Fact::Purpose), &["purpose", "processpurpose", "zweck", "finalité"]),
    (Meaning::Of(Fact::Context), &["context", "processcontext", "kontext", "contexte"]),
    (
        Meaning::Of(Fact::Note),
        &["note", "notes", "comment", "comments", "remark", "remarks", "rationale", "bemerkung", "kommentar"],
    ),
    (
        Meaning::OfFile,
        &[
            "foreigncreatedby",
            "foreigncreatedon",
            "foreignmodifiedby",
            "foreignmodifiedon",
            "foreignrevision",
            "createdby",
            "createdon",
            "createdthru",
            "lastmodifiedby",
            "lastmodifiedon",
            "chapternumber",
            "prefix",
        ],
    ),
];

/// What an attribute of this name means: the whole of it, or what stands behind its last `_`.
pub fn meaning(name: &str) -> Option<Meaning> {
    let bare = |name: &str| -> String {
        name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let name = name.strip_prefix("ReqIF.").unwrap_or(name);
    let find = |word: &str| NAMES.iter().find(|(_, words)| words.contains(&word)).map(|(meaning, _)| *meaning);
    find(&bare(name)).or_else(|| find(&bare(name.rsplit('_').next().unwrap_or(name))))
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An element of the language.
    Is(What),
    /// Something that the element around it says: a purpose, a context, a note.
    Says(Fact),
}

/// The names that types of objects have.
const TYPES: &[(Role, &[&str])] = &[
    (Role::Is(What::Clause), &["heading", "chapter", "section", "title", "clause", "überschrift", "kapitel"]),
    (Role::Is(What::Requirement), &["requirement", "system requirement", "anforderung", "exigence"]),
    (Role::Is(What::Control), &["control", "maßnahme", "mesure"]),
    (Role::Is(What::Group), &["process group", "group", "prozessgruppe", "groupe de processus"]),
    (Role::Is(What::Process), &["process", "processe", "prozess", "prozesse", "processus"]),
    (
        Role::Is(What::Outcome),
        &["outcome", "process outcome", "result", "ergebnis", "prozessergebnis", "résultat", "résultat attendu"],
    ),
    (
        Role::Is(What::Practice),
        &["practice", "base practice", "bp", "activity", "praktik", "basispraktik", "pratique", "pratique de base"],
    ),
    (
        Role::Is(What::Item),
        &["information item", "work product", "output work product", "informationselement", "arbeitsergebnis"],
    ),
    (Role::Is(What::Term), &["term", "glossary entry", "begriff", "terme"]),
    (Role::Says(Fact::Purpose), &["purpose", "process purpose", "prozesszweck", "zweck", "finalité"]),
    (Role::Says(Fact::Context), &["context", "process context", "kontext", "contexte"]),
    (
        Role::Says(Fact::Note),
        &["note", "information", "info", "comment", "remark", "explanation", "description", "hinweis", "anmerkung"],
    ),
];

/// What objects of a type, or with this word as their kind, are: one or several of them.
pub fn role(name: &str) -> Option<Role> {
    let name = heads::plain(name).replace(['_', '-'], " ");
    let one = name.strip_suffix('s').unwrap_or(&name);
    TYPES.iter().find(|(_, names)| names.contains(&&*name) || names.contains(&one)).map(|(role, _)| *role)
}

/// What stands below a heading within a process, by its words: "Process outcomes", "3.2 Base practices".
pub fn section(title: &str) -> Option<Role> {
    let head = heads::find(title).or_else(|| heads::find(ids::split(title).1))?;
    match head {
        Head::Purpose => Some(Role::Says(Fact::Purpose)),
        Head::Context => Some(Role::Says(Fact::Context)),
        Head::Note => Some(Role::Says(Fact::Note)),
        Head::Outcome => Some(Role::Is(What::Outcome)),
        Head::Practice => Some(Role::Is(What::Practice)),
        _ => None,
    }
}
