//! Workbooks to rate in: ratings with their evidence and reasons, strengths and weaknesses, new evidence.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::table::{Cell, Table};
use super::super::{Refused, is_id};
use super::against::{Change, Column, Part, names, plain};
use super::source::{self, Edits, Place};
use super::{Back, Told};
use crate::compile::Checked;
use crate::diagnostic::words;
use crate::emit::assessment::sheet::{
    self, ASSESSMENT, AT, EVIDENCE, ID, INSTANCE, KIND, MADE, OF, PROCESS, RATING, REASON, SHOWS, SUBJECT, Sheet, TEXT,
    TITLE,
};
use crate::emit::assessment::{View, seen};
use crate::measure::Profile;
use crate::model::{Exhibit, Observation, Rate, Subject, Verdict};
use crate::source::text::Piece;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::Role;
use crate::writer::{Statement, Text};

/// The parts, by their positions.
const OF_RATINGS: usize = 0;
const OF_OBSERVATIONS: usize = 1;

const CLOSED: &str = "the assessment is closed: change it in the source, with `amended because`";
const ELSEWHERE: &str = "another package says it: change it there";
const UNSAYABLE: &str = "the language has no text for it";
const COMMENT: &str = "a comment or a note would go with it: change it in the source";

/// Its row.
pub const RATINGS: Back = Back {
    name: "ratings",
    about: "Workbooks to rate in, filled in, back into `rate` and `exhibit` (with --into)",
    made_by: "assessment --as sheet",
    parts: &[
        Part {
            keys: &[ASSESSMENT, PROCESS, INSTANCE, ID],
            others: &[RATING],
            marked: || sheet::marked(sheet::OF_RATINGS).collect(),
            grows_by: &[],
        },
        Part {
            keys: &[ASSESSMENT, PROCESS, INSTANCE, ID],
            others: &[TEXT],
            marked: || sheet::marked(sheet::OF_OBSERVATIONS).collect(),
            grows_by: &[TEXT, OF],
        },
        Part {
            keys: &[ID],
            others: &[TITLE, KIND],
            marked: || sheet::marked(sheet::OF_EVIDENCE).collect(),
            grows_by: &[ID, TITLE, KIND, SHOWS, AT],
        },
    ],
    head: |words| sheet::head(words).map_or_else(|| words.to_owned(), str::to_owned),
    now,
    column: |_, part, head| column(part, head),
    means: |checked| {
        let views = views(checked);
        Box::new(move |head, one, other| means(&views, head, one, other))
    },
    edit,
};

fn column(part: usize, head: &str) -> Column {
    match (part, head) {
        (_, MADE) => Column::Marks,
        (OF_RATINGS, SUBJECT) => Column::Ground,
        (OF_RATINGS, RATING | REASON) | (OF_OBSERVATIONS, TEXT | KIND) => Column::Editable,
        (OF_RATINGS, EVIDENCE) | (OF_OBSERVATIONS, OF) => Column::Names,
        (OF_RATINGS | OF_OBSERVATIONS, ASSESSMENT | PROCESS | INSTANCE | ID) | (_, ID) => Column::Key,
        (_, TITLE | KIND | AT) => Column::Editable,
        (_, SHOWS) => Column::Names,
        _ => Column::Computed,
    }
}

fn means(views: &[View<'_>], head: &str, one: &str, other: &str) -> bool {
    match head {
        EVIDENCE | OF | SHOWS => names(one).eq(names(other)),
        KIND => sheet::is_strength(one).is_some_and(|is| sheet::is_strength(other) == Some(is)),
        RATING => views.iter().any(|view| {
            let [one, other] = [one, other].map(|words| value(view, words).ok());
            one.zip(other).is_some_and(|(one, other)| one.written() == other.written())
        }),
        _ => false,
    }
}

/// The assessments that the package sees.
fn views<'a>(checked: &Checked<'a>) -> Vec<View<'a>> {
    seen(checked.program).into_iter().filter_map(|(id, _)| View::new(checked, id)).collect()
}

/// The tables of all assessments that the package sees, and all the evidence.
fn now(checked: &Checked<'_>) -> Result<Vec<Table>, Refused> {
    let views = views(checked);
    let first = views.first().ok_or_else(|| {
        Refused::new("the package has no assessment", "name the package whose assessment the workbook is of")
    })?;
    let sight = &checked.program.root().map_or(&[][..], |package| &package.scope.packages);
    let exhibits = checked.program.exhibits.iter().filter(|row| sight.binary_search(&row.origin.package).is_ok());
    let evidence = sheet::evidence(first, exhibits);
    Ok(views.iter().flat_map(sheet::sheets).chain([evidence]).map(table).collect())
}

fn table(sheet: Sheet) -> Table {
    let heads = sheet.heads.iter().map(|head| Cell::new(*head, "now")).collect();
    let rows = sheet.rows.into_iter().map(|row| row.cells.into_iter().map(|words| Cell::new(words, "now")).collect());
    Table { name: sheet.name, rows: std::iter::once(heads).chain(rows).collect(), ..Table::default() }
}

fn edit(checked: &Checked<'_>, changes: &[Change], edits: &mut Edits<'_>) -> Vec<Vec<Told>> {
    let views = views(checked).into_iter().map(|view| (view.page.name(view.assessment.id).to_owned(), Rc::new(view)));
    let mut room = Room { checked: *checked, views: views.collect(), added: FxHashSet::default(), edits };
    // What ratings rest on is there before them.
    let mut told: Vec<Vec<Told>> = changes.iter().map(|change| room.exhibit(change)).collect();
    for (change, told) in changes.iter().zip(&mut told) {
        match change.now.part {
            OF_RATINGS => told.extend(room.rating(change)),
            OF_OBSERVATIONS => told.extend(room.observation(change)),
            _ => {}
        }
    }
    told
}

struct Room<'a, 'e, 's> {
    checked: Checked<'a>,
    views: FxHashMap<String, Rc<View<'a>>>,
    /// The ids of exhibits that are new.
    added: FxHashSet<String>,
    edits: &'e mut Edits<'s>,
}

/// A cell that was edited is left out.
fn left(change: &Change, head: &str, why: impl Into<String>) -> Option<Told> {
    let said = change.edit(head)?.clone();
    Some(Told { head: head.to_owned(), said, outcome: Err(why.into()), wanted: None })
}

/// A cell that was edited is taken, as the table says it then.
fn taken(change: &Change, head: &str, wanted: impl Into<String>) -> Option<Told> {
    let said = change.edit(head)?.clone();
    Some(Told { head: head.to_owned(), said, outcome: Ok(""), wanted: Some(wanted.into()) })
}

fn all_left(change: &Change, why: &str) -> Vec<Told> {
    change.edits.iter().filter_map(|(head, _)| left(change, head, why)).collect()
}

/// All edits of a row are taken, or none for want of a text in the language.
fn all_done(change: &Change, is_done: bool, wanted: &[(&str, String)]) -> Vec<Told> {
    if !is_done {
        return all_left(change, UNSAYABLE);
    }
    let of = |head: &str| wanted.iter().find(|(other, _)| *other == head).map(|(_, words)| words.clone());
    let told = change.edits.iter().map(|(head, said)| (head, said, of(head)));
    told.map(|(head, said, wanted)| Told { head: head.clone(), said: said.clone(), outcome: Ok(""), wanted }).collect()
}

/// Where a row of an assessment belongs.
struct At<'a> {
    view: Rc<View<'a>>,
    profile: &'a Profile,
}

impl<'a> Room<'a, '_, '_> {
    fn at(&self, change: &Change) -> Result<At<'a>, &'static str> {
        let [assessment, process, instance, ..] = change.now.key.as_slice() else { return Err("it has no place") };
        if assessment.is_empty() {
            return Err("it does not say of which assessment it is");
        }
        let view = Rc::clone(self.views.get(assessment).ok_or("there is no such assessment")?);
        if view.assessment.closed.is_some() {
            return Err(CLOSED);
        }
        let is_it = |profile: &&Profile| {
            view.page.name(profile.process) == process
                && profile.taken_from.is_none()
                && profile.instance.map_or("", |name| view.page.name(name)) == instance
        };
        let profile = view.measured.profiles.iter().find(is_it);
        let profile = profile.ok_or("the assessment does not look at this process, or this instance")?;
        Ok(At { view, profile })
    }

    /// Whether a statement is of the package itself, which alone is changed.
    fn is_own(&self, rate: &Rate) -> bool {
        Some(rate.origin.package) == self.checked.program.root_id()
    }

    fn rating(&mut self, change: &Change) -> Vec<Told> {
        let At { view, profile } = match self.at(change) {
            Ok(at) => at,
            Err(why) => return all_left(change, why),
        };
        let view = &*view;
        let subjects = sheet::subjects(view, profile);
        let id = change.now.key.last().map_or("", String::as_str);
        let Some(subject) = subjects.iter().copied().find(|subject| view.subject(*subject) == id) else {
            return all_left(change, "the assessment does not rate it here");
        };
        let lines = sheet::rates(view, profile).flat_map(|rate| rate.verdicts.iter().map(move |line| (rate, line)));
        let lines: Vec<(&Rate, &Verdict)> = lines.collect();
        let rating = change.edit(RATING).filter(|said| !said.is_blank()).map(|said| value(view, &plain(&said.words)));
        let evidence = self.evidence(change);
        match lines.iter().find(|(_, line)| line.subject == subject) {
            Some((rate, _)) if !self.is_own(rate) => all_left(change, ELSEWHERE),
            Some((_, line)) => self.change_rating(change, line.span, rating, evidence),
            None => {
                let before = |(rate, line): &&(&Rate, &Verdict)| {
                    let place = |wanted: Subject| subjects.iter().position(|subject| *subject == wanted);
                    self.is_own(rate) && place(line.subject) < place(subject)
                };
                let behind = lines.iter().rfind(before).map(|(_, line)| line.span);
                let subject = local_id(view, profile, subject);
                let place = Placed::new(view, profile, self);
                self.new_rating(change, subject, rating, evidence, (behind, place))
            }
        }
    }

    /// The exhibits that a cell names; nothing where it was not edited.
    fn evidence(&self, change: &Change) -> Option<Result<Vec<String>, String>> {
        let said = plain(&change.edit(EVIDENCE)?.words);
        let mut ids: Vec<String> = Vec::new();
        for id in names(&said) {
            let root = self.checked.program.root_id()?;
            if !self.added.contains(id) && self.checked.program.sight(root).exhibit(id).is_none() {
                return Some(Err(format!("there is no evidence `{id}`: give it a row in the register of evidence")));
            }
            if !ids.iter().any(|other| other == id) {
                ids.push(id.to_owned());
            }
        }
        Some(Ok(ids))
    }

    fn new_rating(
        &mut self,
        change: &Change,
        (kind, subject): (Kind, String),
        rating: Option<Result<Value, String>>,
        evidence: Option<Result<Vec<String>, String>>,
        (behind, place): (Option<Span>, Placed),
    ) -> Vec<Told> {
        let value = match rating {
            Some(Ok(value)) => value,
            Some(Err(why)) => {
                let others = [EVIDENCE, REASON].map(|head| left(change, head, "its row has no rating that is taken"));
                return left(change, RATING, why).into_iter().chain(others.into_iter().flatten()).collect();
            }
            None => return all_left(change, "its row has no rating"),
        };
        let (ids, unknown) = match evidence {
            Some(Err(why)) => (Vec::new(), left(change, EVIDENCE, why)),
            Some(Ok(ids)) => (ids, None),
            None => (Vec::new(), None),
        };
        let mut statement = Statement::new(kind).word(Role::Subject, subject).word(Role::Value, value.word.clone());
        if value.is_percent {
            statement = statement.mark(Role::Percent);
        }
        statement = statement.words(Role::CitedExhibit, ids.clone());
        let reason = change.edit(REASON).map(|said| one_line(&said.words)).filter(|reason| says(reason));
        if let Some(reason) = &reason {
            statement = statement.quoted(Role::Reason, text(reason));
        }
        let Ok(line) = statement.line() else { return all_left(change, UNSAYABLE) };
        if !place.put(self.edits, line, behind) {
            return all_left(change, UNSAYABLE);
        }
        let taken = [
            taken(change, RATING, value.shown),
            unknown.or_else(|| taken(change, EVIDENCE, ids.join(", "))),
            taken(change, REASON, reason.unwrap_or_default()),
        ];
        taken.into_iter().flatten().collect()
    }

    /// Edits of a rating that is there.
    fn change_rating(
        &mut self,
        change: &Change,
        span: Span,
        rating: Option<Result<Value, String>>,
        evidence: Option<Result<Vec<String>, String>>,
    ) -> Vec<Told> {
        let kinds = [Kind::RateOutcome, Kind::RateAchievement, Kind::RateAttribute];
        let Some(place) = self.edits.statement(span, &kinds) else { return all_left(change, UNSAYABLE) };
        if [RATING, EVIDENCE, REASON].iter().all(|head| !says(&change.wants(head))) {
            return self.remove(change, place);
        }
        let mut told = Vec::new();
        let tree = self.edits.tree(place.file);
        let Some(value) = tree.arg(place.node, Role::Value) else { return all_left(change, UNSAYABLE) };
        let value = Span { end: tree.arg(place.node, Role::Percent).map_or(value.end, |percent| percent.end), ..value };
        let cited: Vec<Span> = tree.all(place.node, Role::CitedExhibit).collect();
        let reason = tree.arg(place.node, Role::Reason);
        match rating {
            Some(Ok(new)) => {
                self.edits.replace(value, new.written());
                told.extend(taken(change, RATING, new.shown));
            }
            Some(Err(why)) => told.extend(left(change, RATING, why)),
            None => {
                let why = "a rating that is taken away takes its evidence and its reason along: empty these too";
                told.extend(left(change, RATING, why));
            }
        }
        match evidence {
            Some(Ok(ids)) => {
                let shown = ids.join(", ");
                let wanted = (!ids.is_empty()).then(|| shown.clone());
                let there = cited.first().zip(cited.last()).map(|(first, last)| Span { end: last.end, ..*first });
                let is_done = self.clause(place, value.end, there, "by", wanted);
                told.extend(if is_done { taken(change, EVIDENCE, shown) } else { left(change, EVIDENCE, COMMENT) });
            }
            Some(Err(why)) => told.extend(left(change, EVIDENCE, why)),
            None => {}
        }
        if let Some(said) = change.edit(REASON) {
            let words = one_line(&said.words);
            let literal = says(&words).then(|| source::literal(text(&words))).transpose();
            let before = cited.last().map_or(value.end, |last| last.end);
            let outcome = literal.map(|literal| self.clause(place, before, reason, "because", literal));
            told.extend(match outcome {
                Ok(true) => taken(change, REASON, if says(&words) { words } else { String::new() }),
                Ok(false) => left(change, REASON, COMMENT),
                Err(_) => left(change, REASON, UNSAYABLE),
            });
        }
        told
    }

    /// Puts other words into a clause of a line, makes one behind a place, or takes it away with its word.
    fn clause(&mut self, place: Place, before: u32, there: Option<Span>, word: &str, wanted: Option<String>) -> bool {
        let behind = Span { file: place.file, start: before, end: before };
        let (at, words) = match (there, wanted) {
            (Some(at), Some(wanted)) => (at, wanted),
            (Some(at), None) => (Span { start: before, ..at }, String::new()),
            (None, Some(wanted)) => (behind, format!(" {word} {wanted}")),
            (None, None) => return true,
        };
        let is_safe = self.edits.keeps(place, at);
        if is_safe {
            self.edits.replace(at, words);
        }
        is_safe
    }

    /// Takes a line away, where nothing goes with it that the table does not show.
    fn remove(&mut self, change: &Change, place: Place) -> Vec<Told> {
        let tree = self.edits.tree(place.file);
        let (whole, has_block) = (tree.whole(place.node), tree.children(place.node).next().is_some());
        if has_block || tree.has(place.node, Role::Amendment) || !self.edits.keeps(place, whole) {
            return all_left(change, COMMENT);
        }
        self.edits.remove(place);
        change.edits.iter().filter_map(|(head, _)| taken(change, head, "")).collect()
    }

    fn observation(&mut self, change: &Change) -> Vec<Told> {
        let At { view, profile } = match self.at(change) {
            Ok(at) => at,
            Err(why) => return all_left(change, why),
        };
        let view = &*view;
        if !change.is_new() {
            let id = change.now.key.last().map_or("", String::as_str);
            let lines =
                sheet::rates(view, profile).flat_map(|rate| rate.observations.iter().map(move |line| (rate, line)));
            let line = lines.into_iter().find(|(_, line)| sheet::observation_mark(view, line) == id);
            return match line {
                Some((rate, line)) if self.is_own(rate) => self.change_observation(change, line),
                _ => all_left(change, ELSEWHERE),
            };
        }
        if !says(&change.wants(TEXT)) {
            return all_left(change, "it says nothing under “Text”");
        }
        let Some(is_strength) = sheet::is_strength(&change.wants(KIND)) else {
            return all_left(change, "it says under “Kind” neither that it is a strength nor a weakness");
        };
        let wanted = plain(&change.wants(OF));
        let of: Result<Vec<Subject>, &str> = names(&wanted).map(|id| spoken_of(view, profile, id).ok_or(id)).collect();
        let of = match of {
            Ok(of) => of,
            Err(id) => return all_left(change, &format!("it speaks of `{id}`, which is not rated here")),
        };
        let ids = of.iter().map(|subject| local_id(view, profile, *subject).1);
        let shown = of.iter().map(|subject| view.subject(*subject)).collect::<Vec<_>>().join(", ");
        let kind = if is_strength { Kind::Strength } else { Kind::Weakness };
        let words = one_line(&change.wants(TEXT));
        let statement = Statement::new(kind).text(text(&words)).words(Role::OfSubject, ids);
        let place = Placed::new(view, profile, self);
        let line = statement.line();
        let is_done = line.is_ok_and(|line| place.put(self.edits, line, None));
        let kind = if is_strength { view.words().strength } else { view.words().weakness };
        all_done(change, is_done, &[(TEXT, words), (OF, shown), (KIND, kind.to_owned())])
    }

    fn change_observation(&mut self, change: &Change, line: &Observation) -> Vec<Told> {
        let Some(place) = self.edits.statement(line.span, &[Kind::Strength, Kind::Weakness]) else {
            return all_left(change, UNSAYABLE);
        };
        let words = one_line(&change.wants(TEXT));
        if change.edit(TEXT).is_some() && !says(&words) {
            return self.remove(change, place);
        }
        let told =
            [KIND, OF].iter().filter_map(|head| left(change, head, "of what is there, the text alone is changed here"));
        let mut told: Vec<Told> = told.collect();
        if change.edit(TEXT).is_some() {
            let at = self.edits.tree(place.file).arg(place.node, Role::Text);
            told.extend(self.put_text(change, TEXT, at, words));
        }
        told
    }

    /// Another text in the place of one.
    fn put_text(&mut self, change: &Change, head: &str, at: Option<Span>, words: String) -> Option<Told> {
        match (at, source::literal(text(&words))) {
            (Some(at), Ok(literal)) => {
                self.edits.replace(at, literal);
                taken(change, head, words)
            }
            _ => left(change, head, UNSAYABLE),
        }
    }

    /// A row of the register of evidence.
    fn exhibit(&mut self, change: &Change) -> Vec<Told> {
        if matches!(change.now.part, OF_RATINGS | OF_OBSERVATIONS) {
            return Vec::new();
        }
        let id = change.now.key.first().map_or("", String::as_str);
        if change.is_new() { self.new_exhibit(change, id) } else { self.change_exhibit(change, id) }
    }

    fn new_exhibit(&mut self, change: &Change, id: &str) -> Vec<Told> {
        let kind = change.wants(KIND);
        let why = match () {
            () if id.is_empty() => "it has no id",
            () if !says(&change.wants(TITLE)) => "it has no title",
            () if !is_id(id) => "its id is none: it has letters, digits, `-` and `_`, with dots between",
            () if !is_id(&kind) => "its kind is no word, such as `interview` or `document`",
            () => "",
        };
        if !why.is_empty() {
            return all_left(change, why);
        }
        let mut statement = Statement::new(Kind::Exhibit).id(id).title(text(&one_line(&change.wants(TITLE))));
        statement = statement.word(Role::ItemKind, &*kind);
        let shows: Vec<String> = names(&change.wants(SHOWS)).map(str::to_owned).collect();
        let mut inner = Vec::new();
        if !shows.is_empty() {
            inner.push(Statement::new(Kind::Shows).words(Role::Shown, shows.clone()));
        }
        let at = one_line(&change.wants(AT));
        if says(&at) {
            inner.push(Statement::new(Kind::At).text(text(&at)));
        }
        let lines = source::lines(&statement, &inner);
        let is_done = lines.is_ok_and(|lines| {
            let found = self.exhibits_end();
            found.is_some_and(|place| {
                self.edits.behind(place, &lines);
                true
            })
        });
        if is_done {
            self.added.insert(id.to_owned());
        }
        all_done(change, is_done, &[(SHOWS, shows.join(", ")), (AT, at), (TITLE, one_line(&change.wants(TITLE)))])
    }

    /// Behind what new evidence comes: other evidence, or else an assessment.
    fn exhibits_end(&mut self) -> Option<Place> {
        let program = self.checked.program;
        let root = program.root_id();
        let mut exhibits = program.exhibits.iter().map(|row| row.origin).filter(|origin| Some(origin.package) == root);
        if let Some(last) = exhibits.next_back() {
            return self.edits.statement(last.span, &[Kind::Exhibit]);
        }
        own_end(self)
    }

    fn change_exhibit(&mut self, change: &Change, id: &str) -> Vec<Told> {
        let root = self.checked.program.root_id();
        let own = |row: &&Exhibit| self.checked.program.name(row.id) == id && Some(row.origin.package) == root;
        let Some(exhibit) = self.checked.program.exhibits.iter().find(own) else {
            return all_left(change, ELSEWHERE);
        };
        let Some(place) = self.edits.statement(exhibit.origin.span, &[Kind::Exhibit]) else {
            return all_left(change, UNSAYABLE);
        };
        let tree = self.edits.tree(place.file);
        let (title, kind) = (tree.arg(place.node, Role::Title), tree.arg(place.node, Role::ItemKind));
        let kept = tree.children(place.node).find(|child| tree.node(*child).kind == Kind::At);
        let kept = kept.and_then(|node| tree.arg(node, Role::Text));
        let mut told = Vec::new();
        for (head, at) in [(TITLE, title), (AT, kept)] {
            let Some(said) = change.edit(head) else { continue };
            let words = one_line(&said.words);
            let told_now = match at {
                _ if !says(&words) => left(change, head, "it is not taken away here: change it in the source"),
                None => {
                    let line = Statement::new(Kind::At).text(text(&words)).line();
                    let is_done = line.is_ok_and(|line| {
                        self.edits.within(place, &[line]);
                        true
                    });
                    if is_done { taken(change, head, words) } else { left(change, head, UNSAYABLE) }
                }
                at => self.put_text(change, head, at, words),
            };
            told.extend(told_now);
        }
        if let Some(said) = change.edit(KIND) {
            let word = plain(&said.words);
            told.extend(match kind.filter(|_| is_id(&word)) {
                Some(at) => {
                    self.edits.replace(at, word.clone());
                    taken(change, KIND, word)
                }
                None => left(change, KIND, "a kind is a word, such as `interview` or `document`"),
            });
        }
        told.extend(left(change, SHOWS, "what it shows is changed in the source"));
        told
    }
}

/// Behind the last assessment of the package, or what else stands in it.
fn own_end(room: &mut Room<'_, '_, '_>) -> Option<Place> {
    let program = room.checked.program;
    let root = program.root_id()?;
    let assessments = program.assessments.iter().map(|row| (row.origin, Kind::Assessment));
    let exhibits = program.exhibits.iter().map(|row| (row.origin, Kind::Exhibit));
    let rates = program.rates.iter().map(|row| (row.origin, Kind::Rate));
    let mut own = assessments.chain(exhibits).chain(rates).filter(|(origin, _)| origin.package == root);
    if let Some((origin, kind)) = own.next() {
        return room.edits.statement(origin.span, &[kind]);
    }
    let span = program.package(root).model.head.as_ref()?.origin.span;
    room.edits.statement(span, &[Kind::Model])
}

/// Where lines about an instance, or about a process as a whole, come.
struct Placed {
    /// The block of a statement that is there.
    block: Option<Place>,
    /// What a new one comes behind.
    behind: Option<Place>,
    /// The head of a new one.
    head: String,
}

impl Placed {
    fn new(view: &View<'_>, profile: &Profile, room: &mut Room<'_, '_, '_>) -> Placed {
        let own = |rate: &&Rate| room.is_own(rate);
        let [of_place, of_assessment] =
            [sheet::rates(view, profile).filter(own).last(), view.rates().filter(own).last()]
                .map(|rate| rate.map(|rate| rate.origin.span));
        let assessment = view.assessment.origin;
        let is_own = Some(assessment.package) == room.checked.program.root_id();
        let head = Statement::new(Kind::Rate)
            .word(Role::Subject, view.page.name(profile.process))
            .word(Role::InAssessment, view.page.name(view.assessment.id));
        let head = profile.instance.iter().fold(head, |head, name| head.word(Role::ForInstance, view.page.name(*name)));
        let behind = match of_assessment {
            Some(span) => room.edits.statement(span, &[Kind::Rate]),
            None if is_own => room.edits.statement(assessment.span, &[Kind::Assessment]),
            None => own_end(room),
        };
        Placed {
            block: of_place.and_then(|span| room.edits.statement(span, &[Kind::Rate])),
            behind,
            head: head.line().unwrap_or_default(),
        }
    }

    /// Puts a line behind one that is there, or else at the end of the block.
    fn put(self, edits: &mut Edits<'_>, line: String, line_before: Option<Span>) -> bool {
        let kinds = [Kind::RateOutcome, Kind::RateAchievement, Kind::RateAttribute];
        match (line_before.and_then(|span| edits.statement(span, &kinds)), self.block, self.behind) {
            (Some(place), ..) => edits.behind(place, &[line]),
            (None, Some(block), _) => edits.within(block, &[line]),
            (None, None, Some(place)) => edits.in_new(place, self.head, line),
            (None, None, None) => return false,
        }
        true
    }
}

/// The statement that rates something, and its id there.
fn local_id(view: &View<'_>, profile: &Profile, subject: Subject) -> (Kind, String) {
    let id = view.subject(subject);
    match subject {
        Subject::Outcome(_) => {
            let local = id.strip_prefix(view.page.name(profile.process)).and_then(|rest| rest.strip_prefix('.'));
            (Kind::RateOutcome, local.unwrap_or(&id).to_owned())
        }
        Subject::Achievement(_) => (Kind::RateAchievement, id),
        Subject::Attribute(_) => (Kind::RateAttribute, id),
    }
}

/// What a strength or a weakness speaks of, by its id in full or within the process.
fn spoken_of(view: &View<'_>, profile: &Profile, id: &str) -> Option<Subject> {
    let all = sheet::all_subjects(view, profile.process);
    all.into_iter().find(|subject| view.subject(*subject) == id || local_id(view, profile, *subject).1 == id)
}

/// A rating as it is written.
struct Value {
    word: String,
    is_percent: bool,
    /// As the table says it.
    shown: String,
}

impl Value {
    fn written(&self) -> String {
        if self.is_percent { format!("{} %", self.word) } else { self.word.clone() }
    }
}

/// What a cell says of a rating: one of the scale by its id, its label or its title, or a percentage.
fn value(view: &View<'_>, words: &str) -> Result<Value, String> {
    if words.is_empty() {
        return Err("it is blank".to_owned());
    }
    let ratings = &view.framework.ratings;
    if let Some(number) = words.strip_suffix('%') {
        let number = number.trim().replace(',', ".");
        let percent: Option<f64> = number.parse().ok();
        let is_written = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        return match percent.filter(|percent| is_written && view.framework.band(*percent).is_some()) {
            Some(percent) => Ok(Value { word: percent.to_string(), is_percent: true, shown: format!("{percent} %") }),
            None => Err(format!("`{words}` falls into no rating of the scale")),
        };
    }
    let spellings = |at: usize| {
        let rating = &ratings[at];
        let [label, title] = [rating.label, Some(rating.title)].map(|text| view.page.text_if(text).shown().to_owned());
        [view.page.name(rating.id).to_owned(), label, title]
    };
    let exact = (0..ratings.len()).find(|at| spellings(*at).iter().any(|word| word == words));
    let alike: Vec<usize> = (0..ratings.len())
        .filter(|at| spellings(*at).iter().any(|word| word.to_lowercase() == words.to_lowercase()))
        .collect();
    let found = exact.or(match alike.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let Some(at) = found else {
        let known: Vec<String> = (0..ratings.len()).map(|at| spellings(at)[0].clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return Err(format!(
            "`{words}` is no rating of the scale: it has {}, and percentages such as `63 %`",
            words::list(&known, "and", 12)
        ));
    };
    let [id, label, _] = spellings(at);
    Ok(Value { shown: if label.is_empty() { id.clone() } else { label }, word: id, is_percent: false })
}

/// A text, in which `[[ID]]` is a reference as it is in sources.
fn text(words: &str) -> Text {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once("[[") {
        let Some((target, behind)) = behind.split_once("]]") else { break };
        pieces.extend([Piece::Words(before.to_owned()), Piece::Reference(target.to_owned())]);
        rest = behind;
    }
    pieces.push(Piece::Words(rest.to_owned()));
    Text::of(pieces)
}

fn one_line(words: &str) -> String {
    plain(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}
