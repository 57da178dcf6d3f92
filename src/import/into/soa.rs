//! Statements of applicability: whether a control applies, why, its state, and its fields.

use super::super::draft::Said;
use super::super::table::Table;
use super::super::{File, Options, Refused};
use super::against::{Change, Column, Part, plain};
use super::source::{self, Edits, Place};
use super::{Back, Told};
use crate::compile::Checked;
use crate::emit;
use crate::model::{Application, Exclusion, Field, FieldKind, Head, PackageId, RequirementId};
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::Statement;

const APPLICABLE: &str = "Applicable";
const INCLUSION: &str = "Justification for inclusion";
const EXCLUSION: &str = "Justification for exclusion";
const STATE: &str = "State";
const ELSEWHERE: &str = "it is excluded by what is above it, or by a base: change it there";
const STATES: [&str; 4] = ["implemented", "partial", "planned", "none"];

/// Its row.
pub const SOA: Back = Back {
    name: "soa",
    about: "Statements of applicability, edited, back into `apply`, `exclude` and fields (with --into)",
    made_by: "soa",
    parts: &[Part { keys: &["Catalog", "Control"], others: &[], marked: Vec::new, grows_by: &[] }],
    head: str::to_owned,
    now,
    column: |checked, _, head| column(checked, head),
    means: |_| Box::new(means),
    edit: |checked, changes, edits| changes.iter().map(|change| edit(checked, change, edits)).collect(),
};

fn now(checked: &Checked<'_>) -> Result<Vec<Table>, Refused> {
    let text = emit::soa::csv(checked);
    if text.is_empty() {
        return Err(Refused::new("the package has no model", "name the package that the table is from"));
    }
    let file = File { name: "now.csv", bytes: text.as_bytes() };
    Ok(super::csv::tables(&file, &Options::default())?.tables)
}

fn means(head: &str, one: &str, other: &str) -> bool {
    match head {
        APPLICABLE => yes(one).is_some_and(|says| yes(other) == Some(says)),
        STATE => one.to_lowercase() == other.to_lowercase(),
        _ => false,
    }
}

fn column(checked: &Checked<'_>, head: &str) -> Column {
    match head {
        "Catalog" | "Control" => Column::Key,
        APPLICABLE | INCLUSION | EXCLUSION | STATE => Column::Editable,
        "Processes" | "Outcomes" | "Through" | "Layer" => Column::Witness,
        _ if field(checked, head).is_some() => Column::Editable,
        _ => Column::Computed,
    }
}

/// The field of controls that a head is the title of.
fn field<'a>(checked: &Checked<'a>, head: &str) -> Option<&'a Field> {
    let program = checked.program;
    of_controls(checked).find(|field| {
        let title = plain(&checked.sources.text(field.title));
        title == head || format!("{title} (field {} on control)", program.name(field.id)) == head
    })
}

/// The fields that controls may have.
fn of_controls<'a>(checked: &Checked<'a>) -> impl Iterator<Item = &'a Field> {
    let fields = checked.program.root().map_or(&[][..], |root| &root.fields);
    fields.iter().filter(|field| field.on == FieldKind::Control)
}

/// What a cell says to the question whether something applies.
fn yes(words: &str) -> Option<bool> {
    match words.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "wahr" | "oui" | "vrai" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "falsch" | "non" | "faux" => Some(false),
        _ => None,
    }
}

/// A row that was edited, with what the model says of it.
struct Row<'a, 'c> {
    checked: &'a Checked<'a>,
    change: &'c Change,
    root: PackageId,
    head: &'a Head,
    requirement: RequirementId,
    told: Vec<Told>,
}

fn edit(checked: &Checked<'_>, change: &Change, edits: &mut Edits<'_>) -> Vec<Told> {
    let Some(mut row) = Row::of(checked, change) else { return Vec::new() };
    let applies = match change.edit(APPLICABLE) {
        Some(said) => match yes(&said.words) {
            Some(applies) => applies,
            None => {
                row.leave(APPLICABLE, "it is neither `yes` nor `no`");
                yes(&change.now.words(APPLICABLE)).unwrap_or(true)
            }
        },
        None => yes(&change.now.words(APPLICABLE)).unwrap_or(true),
    };
    if applies {
        row.included(edits)
    } else {
        row.excluded(edits)
    }
    row.told
}

impl<'a, 'c> Row<'a, 'c> {
    fn of(checked: &'a Checked<'a>, change: &'c Change) -> Option<Row<'a, 'c>> {
        let program = checked.program;
        let root = program.root_id()?;
        let head = program.root()?.model.head.as_ref()?;
        let [catalog, control] = change.now.key.as_slice() else { return None };
        let catalog = program.catalogs.iter().find(|row| program.name(row.id) == catalog)?;
        let requirement = catalog.requirements().find(|id| {
            let requirement = program.requirement(*id);
            let label = requirement.label.map(|label| plain(&checked.sources.text(label)));
            program.is_tailorable(*id) && label.as_deref().unwrap_or(program.name(requirement.id)) == control
        })?;
        Some(Row { checked, change, root, head, requirement, told: Vec::new() })
    }

    fn leave(&mut self, head: &str, why: impl Into<String>) {
        if let Some(said) = self.change.edit(head).cloned() {
            self.told.push(Told { head: head.to_owned(), said, outcome: Err(why.into()), wanted: None });
        }
    }

    /// Tells that a cell is left out, or where it was emptied that it goes with what it belongs to.
    fn leave_unless_blank(&mut self, head: &str, why: &str) {
        match self.change.edit(head).is_some_and(|said| !says(&said.words)) {
            true => self.take(head, "it goes with what it belongs to"),
            false => self.leave(head, why),
        }
    }

    fn take(&mut self, head: &str, note: &'static str) {
        if let Some(said) = self.change.edit(head).cloned() {
            self.told.push(Told { head: head.to_owned(), said, outcome: Ok(note), wanted: None });
        }
    }

    /// The exclusion of this control alone that the package itself states.
    fn own_exclusion(&self) -> Option<&'a Exclusion> {
        let is_own = |row: &&Exclusion| row.origin.package == self.root && row.requirement == self.requirement;
        self.head.exclusions.iter().find(is_own)
    }

    fn own_application(&self) -> Option<&'a Application> {
        let is_own = |row: &&Application| row.origin.package == self.root && row.requirement == self.requirement;
        self.head.applications.iter().find(is_own)
    }

    /// The fields of controls that were edited, by their heads.
    fn edited_fields(&self) -> Vec<(String, &'a Field, Said)> {
        let found = |(head, said): &(String, Said)| Some((head.clone(), field(self.checked, head)?, said.clone()));
        self.change.edits.iter().filter_map(found).collect()
    }

    /// A control that does not apply.
    fn excluded(&mut self, edits: &mut Edits<'_>) {
        let fields = self.edited_fields().into_iter().map(|(head, ..)| head);
        for head in [INCLUSION.to_owned(), STATE.to_owned()].into_iter().chain(fields) {
            self.leave_unless_blank(&head, "what does not apply has none");
        }
        let reason = one_line(&self.change.wants(EXCLUSION));
        let was = yes(&self.change.now.words(APPLICABLE)) == Some(false);
        if self.change.edit(APPLICABLE).is_none() && self.change.edit(EXCLUSION).is_none() {
            return;
        }
        if !says(&reason) {
            let why = "an exclusion has to say why, under “Justification for exclusion”";
            self.leave(APPLICABLE, why);
            self.leave(EXCLUSION, why);
            return;
        }
        let own = self.own_exclusion();
        if was && own.is_none() {
            self.leave(EXCLUSION, ELSEWHERE);
            return;
        }
        let statement = Statement::new(Kind::Exclude).word(Role::Ref, self.reference()).because(&*reason);
        let done = match own {
            Some(own) => self.restate(edits, own.span, &reason, |reference| {
                source::lines(&Statement::new(Kind::Exclude).word(Role::Ref, reference).because(&*reason), &[]).ok()
            }),
            None => {
                if let Some(own) = self.own_application()
                    && let Some(place) = edits.statement(own.span, &[Kind::Apply])
                {
                    edits.take_out(place, own.span);
                }
                source::lines(&statement, &[]).ok().is_some_and(|lines| self.add(edits, Kind::Exclude, &lines))
            }
        };
        self.outcome(done, &[APPLICABLE, EXCLUSION]);
    }

    /// A control that applies.
    fn included(&mut self, edits: &mut Edits<'_>) {
        self.leave_unless_blank(EXCLUSION, "what applies has none: say `no` under “Applicable”");
        let was = yes(&self.change.now.words(APPLICABLE)) == Some(true);
        if !was {
            let Some(own) = self.own_exclusion() else {
                let heads = self.change.edits.iter().map(|(head, _)| head.as_str()).filter(|head| *head != EXCLUSION);
                heads.for_each(|head| self.leave(head, ELSEWHERE));
                return;
            };
            if let Some(place) = edits.statement(own.span, &[Kind::Exclude]) {
                edits.take_out(place, own.span);
            }
            self.take(APPLICABLE, "");
        }
        let fields = self.edited_fields();
        if self.change.edit(INCLUSION).is_none() && self.change.edit(STATE).is_none() && fields.is_empty() {
            return;
        }
        let state = self.change.edit(STATE).map(|said| plain(&said.words).to_lowercase());
        if state.as_deref().is_some_and(|state| !state.is_empty() && !STATES.contains(&state)) {
            self.leave(STATE, "a state is `implemented`, `partial`, `planned` or `none`");
        }
        let state = state.filter(|state| state.is_empty() || STATES.contains(&state.as_str()));
        match self.own_application() {
            Some(own) => self.change_application(edits, own, state, fields),
            None => self.new_application(edits, state, fields),
        }
    }

    /// An `apply` of its own for a control that had none.
    fn new_application(
        &mut self,
        edits: &mut Edits<'_>,
        state: Option<String>,
        fields: Vec<(String, &'a Field, Said)>,
    ) {
        // What is computed where nobody says why is no reason.
        let program = self.checked.program;
        let reaches = |row: &Application| {
            row.requirement == self.requirement || program.above(self.requirement).any(|above| above == row.requirement)
        };
        let is_said = self.change.edit(INCLUSION).is_some() || self.head.applications.iter().any(reaches);
        let reason = one_line(&self.change.wants(INCLUSION));
        if !is_said || !says(&reason) {
            let why = "that it applies has to have a reason, under “Justification for inclusion”";
            [INCLUSION, STATE].into_iter().for_each(|head| self.leave(head, why));
            fields.iter().for_each(|(head, ..)| self.leave(head, why));
            return;
        }
        let head = Statement::new(Kind::Apply).word(Role::Ref, self.reference()).because(&*reason);
        let inner = self.inner(state.as_deref(), &fields);
        let done = source::lines(&head, &inner).ok().is_some_and(|lines| self.add(edits, Kind::Apply, &lines));
        let is_state = state.is_some();
        self.outcome(done, &[INCLUSION]);
        if is_state {
            self.outcome(done, &[STATE]);
        }
        for (head, ..) in &fields {
            self.outcome(done, &[head]);
        }
    }

    fn inner(&self, state: Option<&str>, fields: &[(String, &'a Field, Said)]) -> Vec<Statement> {
        let state = state.filter(|state| !state.is_empty());
        let state = state.map(|state| Statement::new(Kind::State).word(Role::Key, state));
        let said = fields.iter().filter(|(_, _, said)| says(&said.words));
        let fields =
            said.map(|(_, field, said)| Statement::field(self.checked.program.name(field.id), plain(&said.words)));
        state.into_iter().chain(fields).collect()
    }

    /// Edits of an `apply` that the package has for this control.
    fn change_application(
        &mut self,
        edits: &mut Edits<'_>,
        own: &Application,
        state: Option<String>,
        fields: Vec<(String, &'a Field, Said)>,
    ) {
        let Some(place) = edits.statement(own.span, &[Kind::Apply]) else { return };
        if edits.refs(place).len() > 1 {
            return self.split_application(edits, place, own, state, fields);
        }
        if self.change.edit(INCLUSION).is_some() {
            let reason = one_line(&self.change.wants(INCLUSION));
            let literal = source::literal(&*reason).ok().filter(|_| says(&reason));
            match (literal, edits.tree(place.file).arg(place.node, Role::Reason)) {
                (Some(literal), Some(at)) => {
                    edits.replace(at, literal);
                    self.take(INCLUSION, "");
                }
                _ => self.leave(INCLUSION, "that it applies has to have a reason; delete the statement in the source"),
            }
        }
        if let Some(state) = state {
            let inner = children(edits, place, Kind::State).into_iter().next();
            let at = inner.and_then(|inner| edits.tree(inner.file).arg(inner.node, Role::Key));
            match (at, inner, state.is_empty()) {
                (_, Some(inner), true) => {
                    edits.remove(inner);
                    self.take(STATE, "");
                }
                (Some(at), _, _) => {
                    edits.replace(at, state);
                    self.take(STATE, "");
                }
                (None, _, true) => self.leave(STATE, "it is said by a base: change it there"),
                (None, ..) => {
                    let line = Statement::new(Kind::State).word(Role::Key, state).line();
                    let done = line.is_ok_and(|line| {
                        edits.within(place, &[line]);
                        true
                    });
                    self.outcome(done, &[STATE]);
                }
            }
        }
        for (head, field, said) in fields {
            self.change_field(edits, place, &head, field, &said);
        }
    }

    fn change_field(&mut self, edits: &mut Edits<'_>, place: Place, head: &str, field: &Field, said: &Said) {
        let id = self.checked.program.name(field.id);
        let words = plain(&said.words);
        let mut inner = children(edits, place, Kind::Other).into_iter();
        let inner = inner.find(|inner| {
            let word = edits.tree(inner.file).node(inner.node).start;
            let text = &self.checked.sources.file(inner.file).text;
            text[word as usize..].strip_prefix(id).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        });
        let at = inner.and_then(|inner| edits.tree(inner.file).arg(inner.node, Role::ExtraText));
        match (at, inner, says(&words)) {
            (_, Some(inner), false) => {
                edits.remove(inner);
                self.take(head, "");
            }
            (Some(at), _, true) => {
                let literal = source::literal(&*words);
                let done = literal.is_ok_and(|literal| {
                    edits.replace(at, literal);
                    true
                });
                self.outcome(done, &[head]);
            }
            (None, _, true) => {
                let line = Statement::field(id, words).line();
                let done = line.is_ok_and(|line| {
                    edits.within(place, &[line]);
                    true
                });
                self.outcome(done, &[head]);
            }
            (_, None, false) => self.leave(head, "it is said by a base: change it there"),
        }
    }

    /// Of a statement for several controls, the one that was edited gets one of its own.
    fn split_application(
        &mut self,
        edits: &mut Edits<'_>,
        place: Place,
        own: &Application,
        state: Option<String>,
        mut fields: Vec<(String, &'a Field, Said)>,
    ) {
        let state_now = own.state.map(|state| state.word().to_owned());
        let edited: Vec<String> = fields.iter().map(|(head, ..)| head.clone()).collect();
        let is_state = state.is_some();
        let state = state.or(state_now);
        for value in own.remarks.fields() {
            let declared = of_controls(self.checked).find(|field| field.id == value.field);
            if let Some(field) = declared.filter(|field| fields.iter().all(|(_, other, _)| other.id != field.id)) {
                let said = Said::new(self.checked.sources.text(value.text), "");
                fields.push((String::new(), field, said));
            }
        }
        let reason = match self.change.edit(INCLUSION) {
            Some(said) => one_line(&said.words),
            None => own.because.map(|because| self.checked.sources.text(because).into_owned()).unwrap_or_default(),
        };
        if !says(&reason) {
            return self.leave(INCLUSION, "that it applies has to have a reason; delete the statement in the source");
        }
        let reference = self.checked.sources.as_written(own.span).to_owned();
        let head = Statement::new(Kind::Apply).word(Role::Ref, reference).because(&*reason);
        let inner = self.inner(state.as_deref(), &fields);
        let done = source::lines(&head, &inner).is_ok_and(|lines| {
            edits.take_out(place, own.span);
            edits.behind(place, &lines);
            true
        });
        self.outcome(done, &[INCLUSION]);
        if is_state {
            self.outcome(done, &[STATE]);
        }
        for head in edited {
            self.outcome(done, &[&head]);
        }
    }

    /// Another reason for an exclusion: of a list, the control gets a statement of its own.
    fn restate(
        &self,
        edits: &mut Edits<'_>,
        at: Span,
        reason: &str,
        lines: impl Fn(String) -> Option<Vec<String>>,
    ) -> bool {
        let Some(place) = edits.statement(at, &[Kind::Exclude]) else { return false };
        if edits.refs(place).len() > 1 {
            let reference = self.checked.sources.as_written(at).to_owned();
            let Some(lines) = lines(reference) else { return false };
            edits.take_out(place, at);
            edits.behind(place, &lines);
            return true;
        }
        match (edits.tree(place.file).arg(place.node, Role::Reason), source::literal(reason)) {
            (Some(at), Ok(literal)) => {
                edits.replace(at, literal);
                true
            }
            _ => false,
        }
    }

    /// A statement in the model, behind others of its kind.
    fn add(&self, edits: &mut Edits<'_>, kind: Kind, lines: &[String]) -> bool {
        let Some(model) = edits.statement(self.head.origin.span, &[Kind::Model]) else { return false };
        let kinds = match kind {
            Kind::Exclude => [Kind::Exclude, Kind::Covers, Kind::Apply],
            _ => [Kind::Apply, Kind::Exclude, Kind::Covers],
        };
        match edits.last_in(model, &kinds) {
            Some(last) => edits.behind(last, lines),
            None => edits.within(model, lines),
        }
        true
    }

    fn outcome(&mut self, is_done: bool, heads: &[&str]) {
        for head in heads {
            match is_done {
                true => self.take(head, ""),
                false => self.leave(head, "the language has no text for it"),
            }
        }
    }

    fn reference(&self) -> String {
        self.checked.program.sight(self.root).reference(self.requirement)
    }
}

/// The statements of a kind in a block.
fn children(edits: &mut Edits<'_>, block: Place, kind: Kind) -> Vec<Place> {
    let tree = edits.tree(block.file);
    let of_kind = tree.children(block.node).filter(|child| tree.node(*child).kind == kind);
    of_kind.map(|node| Place { node, ..block }).collect()
}

fn one_line(words: &str) -> String {
    plain(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}
