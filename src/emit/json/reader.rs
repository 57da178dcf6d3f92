//! From the model to the words and places of the output.

use crate::diagnostic::Diagnostic;
use crate::emit::Input;
use crate::model::{
    Action, Application, Field, InnerNote, Link, Model, Name, Origin, Outcome, Program, Remarks, RequirementId,
    Strength, Target, Text,
};
use crate::render::json;
use crate::span::Span;

use super::rows::{CarriedRow, ChangeRow, FieldRow, NoteRow, OriginRow, Words};

/// What rows are made from; passed on by value, since it only points.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What is written.
    pub input: Input<'a>,
    /// The model of the package asked for.
    pub model: Option<&'a Model>,
    /// Whether processes without practices get drafts, as in an assessment model.
    pub with_drafts: bool,
}

impl<'a> Reader<'a> {
    /// A reader of the package asked for.
    pub fn new(input: Input<'a>) -> Reader<'a> {
        Reader { input, model: input.program.root().map(|package| &package.model), with_drafts: false }
    }

    /// Everything that is known.
    pub fn program(self) -> &'a Program {
        self.input.program
    }

    /// A list of the model; empty where there is none.
    pub fn list<T>(self, of: impl Fn(&'a Model) -> &'a [T]) -> &'a [T] {
        self.model.map_or(&[], of)
    }

    /// What an id says.
    pub fn name(self, name: Name) -> &'a str {
        self.program().name(name)
    }

    /// What ids say.
    pub fn names(self, names: &[Name]) -> Vec<&'a str> {
        names.iter().map(|name| self.name(*name)).collect()
    }

    /// The full ids that references name.
    pub fn targets(self, targets: &[Target]) -> Vec<&'a str> {
        targets.iter().map(|target| self.name(target.id)).collect()
    }

    /// The other members of the joint set of a link that are not there.
    pub fn missing(self, outcome: &Outcome, link: &Link) -> Vec<&'a str> {
        let model = self.program().root().map(|package| &package.model);
        let partners = model.into_iter().flat_map(|model| model.partners(outcome, link));
        partners.filter(|member| !member.is_there).map(|member| self.name(member.id)).collect()
    }

    /// What a text says.
    pub fn text(self, text: Text) -> Words<'a> {
        self.input.sources.text(text)
    }

    /// What a text says, if there is one.
    pub fn maybe(self, text: Option<Text>) -> Option<Words<'a>> {
        text.map(|text| self.text(text))
    }

    /// What texts say.
    pub fn texts(self, texts: &[Text]) -> Vec<Words<'a>> {
        texts.iter().map(|text| self.text(*text)).collect()
    }

    /// The id of a requirement, without its catalog's.
    pub fn requirement(self, id: RequirementId) -> &'a str {
        self.name(self.program().requirement(id).id)
    }

    /// The ids of requirements whose catalog is known.
    pub fn requirements(self, ids: &[(RequirementId, Span)]) -> Vec<&'a str> {
        ids.iter().map(|(id, _)| self.requirement(*id)).collect()
    }

    /// The id of the catalog of a requirement.
    pub fn catalog_of(self, id: RequirementId) -> &'a str {
        let program = self.program();
        self.name(program.catalog(program.requirement(id).catalog).id)
    }

    /// Where something comes from.
    pub fn origin(self, origin: Origin) -> OriginRow<'a> {
        let (file, line) = self.place(origin.span);
        OriginRow {
            package: &self.program().package(origin.package).name,
            file,
            line,
            layer: origin.layer.map(|layer| self.name(layer)),
        }
    }

    /// The file, relative to the folder of its package, and the line.
    pub fn place(self, span: Span) -> (&'a str, usize) {
        (&self.input.sources.file(span.file).path, self.input.sources.line(span))
    }

    /// Notes.
    pub fn notes(self, remarks: &Remarks) -> Vec<NoteRow<'a>> {
        let own = remarks.notes().iter().map(|note| NoteRow::Text(self.text(*note)));
        own.chain(self.inner_notes(remarks.inner())).collect()
    }

    /// Notes in blocks that have no object.
    pub fn inner_notes(self, notes: &[InnerNote]) -> impl Iterator<Item = NoteRow<'a>> {
        notes.iter().map(move |note| NoteRow::Inner {
            within: note.within,
            text: self.text(note.text),
            origin: self.origin(note.origin),
        })
    }

    /// The notes in the block of a statement that carries nothing else.
    pub fn notes_at(self, origin: Origin) -> Vec<NoteRow<'a>> {
        self.program().notes.get(&origin.span).map(|remarks| self.notes(remarks)).unwrap_or_default()
    }

    /// What an element carries beside what it says.
    pub fn carried(self, remarks: &Remarks, origin: Origin) -> CarriedRow<'a> {
        CarriedRow {
            notes: self.notes(remarks),
            fields: self.fields(remarks),
            history: self.history(remarks, origin),
            origin: self.origin(origin),
        }
    }

    /// Former ids.
    pub fn formerly(self, remarks: &Remarks) -> Vec<&'a str> {
        remarks.formerly().iter().map(|(name, _)| self.name(*name)).collect()
    }

    /// Values of fields.
    pub fn fields(self, remarks: &Remarks) -> Vec<FieldRow<'a>> {
        let declared = || self.fields_declared().iter();
        let values = remarks.fields().iter();
        values
            .map(|value| FieldRow {
                id: self.name(value.field),
                title: declared().find(|field| field.id == value.field).map(|field| self.text(field.title)),
                text: self.text(value.text),
                notes: self.notes_at(value.origin),
                origin: self.origin(value.origin),
            })
            .collect()
    }

    /// What each layer did to an element that some layer changed, the lowest first: one added it, and one stated each
    /// text that was replaced by itself.
    pub fn history(self, remarks: &Remarks, origin: Origin) -> Vec<ChangeRow<'a>> {
        let changes = remarks.history();
        let row = |action: &'static str, what, because: Option<Text>, origin: Origin| {
            let (file, line) = self.place(origin.span);
            let layer = origin.layer.map(|layer| self.name(layer));
            ChangeRow { layer, action, what, because: self.maybe(because), file, line }
        };
        let first = |what: Option<&str>| {
            let replaced = changes.iter().find(|change| change.what == what && change.action == Action::Replaced);
            replaced.and_then(|change| change.old).map(|old| self.program().origin_of(old, origin))
        };
        let mut rows = Vec::new();
        if !changes.is_empty() {
            rows.push(row("added", None, None, first(None).unwrap_or(origin)));
        }
        for what in ["purpose", "context"] {
            rows.extend(first(Some(what)).map(|origin| row("stated", Some(what), None, origin)));
        }
        rows.extend(changes.iter().map(|change| row(change.action.word(), change.what, change.because, change.origin)));
        rows
    }

    /// What the model says of controls that apply.
    pub fn applications(self) -> &'a [Application] {
        self.list(|model| model.head.as_ref().map_or(&[], |head| &head.applications))
    }

    /// The fields that elements may carry.
    pub fn fields_declared(self) -> &'a [Field] {
        self.program().root().map_or(&[], |package| &package.fields)
    }

    /// A finding.
    pub fn diagnostic(self, found: &Diagnostic) -> json::Diagnostic {
        json::Diagnostic::new(found, self.input.sources, json::Naming::Package)
    }
}

/// The word for how far a link goes.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Full => "full",
        Strength::Partial => "partial",
    }
}
