//! What a layer does to the elements of its bases.

use rustc_hash::{FxHashMap, FxHashSet};

use super::gone::{Gone, drop_references, lose_links};
use super::index;
use super::join::{Conflict, Matter};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::index::{Idx, each, get, get_mut};
use crate::model::{
    Action, AnyElement, Change, Element, Fate, Item, Model, Name, Omission, Origin, Outcome, Process, Remarks,
    Replaced, Stated, Term, Text, What, term_key,
};
use crate::resolve::collect::{Addition, Declared, Extension, Layering, Pending, Replacing, Restated};
use crate::resolve::ids::{duplicate, twice};
use crate::resolve::{State, commas, did_you_mean, tell_fate};
use crate::source::Sources;
use crate::span::Span;

/// A model in the making: the bases joined, the own elements added, the layer's statements done one by one.
pub struct Layers<'a> {
    state: &'a mut State,
    sources: &'a Sources,
    model: Model,
    /// The ids of the package's own elements, and where these are declared.
    own: FxHashMap<Name, Span>,
    /// What the layer left out, with all that went along, and the statements that did so.
    gone: Gone,
    /// What the layer itself settled, so that a disagreement of its bases is none any more.
    settled: FxHashSet<(Name, Settled)>,
    /// What the layer did, and where.
    done: FxHashMap<(Name, Deed), Span>,
}

/// What a layer does to a thing once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Deed {
    /// It leaves it out.
    Omitted,
    /// It states it anew, or extends an outcome.
    Changed,
    /// It states its purpose or context.
    Text(&'static str),
    /// It states a field of it.
    Field(Name),
}

/// What a layer decides about an element, so that a disagreement of its bases is none any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Settled {
    /// It is left out.
    Omitted,
    /// It is extended, so that it stays.
    Kept,
    /// This is stated anew.
    Stated(Matter),
}

impl<'a> Layers<'a> {
    /// Begins with the joined bases; the ids of the own elements are known, the elements themselves come later.
    pub fn new(state: &'a mut State, base: Model, own: &Model, sources: &'a Sources) -> Layers<'a> {
        let own = own.index.keys().filter_map(|id| Some((*id, own.element(*id)?.origin().span))).collect();
        let (settled, done) = (FxHashSet::default(), FxHashMap::default());
        Layers { state, sources, model: base, own, gone: Gone::default(), settled, done }
    }

    /// Adds the own elements behind those of the bases; the own head takes the place of theirs.
    pub fn add_own(&mut self, mut own: Model, pending: Vec<Pending>) -> Vec<Pending> {
        for (element, id) in own.elements() {
            // What stands in a process that a base has is told with it.
            if let Element::Outcome(process, _) | Element::Practice(process, _) = element
                && own.process_at(process).is_some_and(|process| self.position(process.id).is_some())
            {
                continue;
            }
            let first = self.model.element(id).map(|element| element.origin().span);
            if let (Some(first), Some(span)) = (first, own.at(element).map(AnyElement::id_span)) {
                let (what, text) = (element.what().word(), self.state.program.name(id).to_owned());
                let help = match element {
                    Element::Group(_) | Element::Process(_) | Element::Item(_) => format!(
                        "a base declares it; to change it write `extend {what} {text}`, or give this one another id"
                    ),
                    _ => "a base declares it; give this one another id".to_owned(),
                };
                self.state.report(duplicate(what, &text, span, first).help(help));
            }
        }
        for term in &own.terms {
            self.refuse_restated(term);
        }
        self.model.head = own.head.take();
        let moved = |what: Declared| match what {
            Declared::Element(element) => Declared::Element(element.behind(&self.model)),
            Declared::Addition(process, outcome) => {
                Declared::Addition(process.behind(self.model.processes.len()), outcome)
            }
            other => other,
        };
        let pending = pending.into_iter().map(|statement| Pending { what: moved(statement.what), ..statement });
        let pending = pending.collect();
        self.settled.extend(own.terms.iter().map(|term| (term.key, Settled::Stated(Matter::Term))));
        self.model.terms.append(&mut own.terms);
        self.model.append(&mut own);
        index(&mut self.model);
        pending
    }

    /// A term that a base defines is stated anew with `replace`.
    fn refuse_restated(&mut self, term: &Term) {
        let names = |term: &Term| std::iter::once(term.term).chain(term.also.iter().copied()).collect::<Vec<_>>();
        let key = |name: &Text| term_key(&self.sources.text(*name));
        let own: FxHashSet<String> = names(term).iter().map(key).collect();
        let Some(known) =
            self.model.terms.iter().find(|known| names(known).iter().any(|name| own.contains(&key(name))))
        else {
            return;
        };
        let written = self.sources.text(term.term);
        self.state.report(
            Diagnostic::new(&codes::RESTATED_TEXT, term.term, format!("a base defines the term “{written}” already"))
                .label("a second definition")
                .also(known.term, "the base's")
                .help(format!("to state it anew write `replace term \"{written}\" \"…\" because \"…\"`")),
        );
    }

    /// Does what a statement says.
    pub fn apply(&mut self, statement: Layering, pending: &mut Vec<Pending>) {
        match statement {
            Layering::Process(extension) => self.extend_process(*extension, pending),
            Layering::Group { id, remarks, origin } => {
                self.name_at(id).into_iter().for_each(|name| self.fields_once(name, &remarks));
                let group = self.target(id, Some(What::Group));
                if let Some(Element::Group(group)) = group
                    && let Some(group) = get_mut(&mut self.model.groups, group)
                {
                    self.settled.extend(settled_by_extending(group.id, &remarks));
                    add_remarks(&mut group.remarks, &remarks);
                    note(&mut group.remarks, Action::Extended, None, None, origin, None);
                }
            }
            Layering::Item { id, characteristics, remarks, origin } => {
                self.name_at(id).into_iter().for_each(|name| self.fields_once(name, &remarks));
                if let Some(Element::Item(item)) = self.target(id, Some(What::Item))
                    && let Some(item) = get_mut(&mut self.model.items, item)
                {
                    self.settled.extend(settled_by_extending(item.id, &remarks));
                    item.characteristics.extend(characteristics);
                    add_remarks(&mut item.remarks, &remarks);
                    note(&mut item.remarks, Action::Extended, None, None, origin, None);
                }
            }
            Layering::ReplaceItem { item, because } => self.replace_item(item, because),
            Layering::Term { term, because } => self.replace_term(term, because),
            // Done before anything else, by `omit`.
            Layering::Omit { .. } => {}
        }
    }

    /// Notes what the layer does to a thing; none, and reported, if it has done so before.
    fn once(&mut self, id: Name, deed: Deed, place: Span) -> Option<()> {
        let first = *self.done.entry((id, deed)).or_insert(place);
        if first == place {
            return Some(());
        }
        let name = |id: Name| self.state.program.name(id);
        let message = match deed {
            Deed::Omitted => format!("this package leaves out `{}` twice", name(id)),
            Deed::Changed => format!("this package replaces or extends `{}` twice", name(id)),
            Deed::Text(what) => format!("this package states the {what} of `{}` twice", name(id)),
            Deed::Field(field) => format!("this package states the field `{}` of `{}` twice", name(field), name(id)),
        };
        self.state.report(twice(message, place, first));
        None
    }

    fn name_at(&self, id: Span) -> Option<Name> {
        self.state.program.names.get(self.sources.slice(id))
    }

    /// The fields that a block states.
    fn fields_once(&mut self, id: Name, remarks: &Remarks) {
        let mut stated: FxHashMap<Name, Span> = FxHashMap::default();
        for value in remarks.fields() {
            // Twice in one block is said of the block.
            let place = *stated.entry(value.field).or_insert(value.origin.span);
            let _ = self.once(id, Deed::Field(value.field), place);
        }
    }

    /// The element of a base that a statement is about.
    fn target(&mut self, span: Span, what: Option<What>) -> Option<Element> {
        let written = self.sources.slice(span);
        let name = self.state.program.names.get(written);
        if let Some(name) = name.filter(|name| self.own.contains_key(name)) {
            let place = self.model.element(name).map(|element| element.origin().span);
            let mut diagnostic =
                Diagnostic::new(&codes::OWN_ELEMENT, span, format!("`{written}` is declared in this package"))
                    .label("not of a base")
                    .help("`extend`, `replace` and `omit` are for what a base declares; change the declaration itself");
            if let Some(place) = place {
                diagnostic = diagnostic.also(place, "declared here");
            }
            self.state.report(diagnostic);
            return None;
        }
        let element = name.and_then(|name| self.position(name));
        if element.is_none_or(|element| !element.may_be(what)) {
            if name.is_none_or(|name| self.refuse_gone(name, span).is_some()) {
                self.unknown(span, what);
            }
            return None;
        }
        element
    }

    /// What the layer leaves out is not changed or added by it.
    fn refuse_gone(&mut self, id: Name, place: Span) -> Option<()> {
        let Some(by) = self.gone.get(&id).copied() else { return Some(()) };
        self.out_and_in(id, by, place);
        None
    }

    /// Reports what one package leaves out and changes, or adds.
    fn out_and_in(&mut self, id: Name, out: Span, place: Span) {
        let id = self.state.program.name(id);
        let message = format!("this package leaves out `{id}`, and speaks of it as if it were there");
        self.state.report(
            Diagnostic::new(&codes::STATED_TWICE, place, message)
                .label("changed or added here")
                .also(out, "left out here")
                .help("keep one of the two: where statements stand among the files means nothing; what has nothing to do with the element of the base gets an id of its own"),
        );
    }

    /// Where an element stands now; positions move as others are left out.
    fn position(&self, id: Name) -> Option<Element> {
        self.model.index.get(&id).copied()
    }

    fn unknown(&mut self, span: Span, what: Option<What>) {
        let written = self.sources.slice(span);
        let noun = words::article(what.map_or("element", What::word));
        let message = format!("no base has {noun} `{written}`");
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_ELEMENT, span, message).label("not there");
        if let Some(diagnostic) = self.with_fate(diagnostic.clone(), written, written) {
            return self.state.report(diagnostic);
        }
        let of_kind = self.model.index.iter().filter(|(name, at)| at.may_be(what) && !self.own.contains_key(name));
        let mut names: Vec<&str> = of_kind.map(|(name, _)| self.state.program.name(*name)).collect();
        names.sort_unstable();
        let near = words::nearest(written, names).map(str::to_owned);
        self.state.report(match near {
            Some(near) => did_you_mean(diagnostic, written, &near),
            None => diagnostic.help(format!("declare it anew, or name {noun} of a base")),
        });
    }

    /// With what became of the element that was meant, if that is known.
    fn with_fate(&self, diagnostic: Diagnostic, id: &str, written: &str) -> Option<Diagnostic> {
        Some(match self.model.fate(&self.state.program, id)? {
            Fate::LeftOut(place) => {
                diagnostic.also(place, "a base leaves it out here").help("declare it anew, with an id of its own")
            }
            renamed => tell_fate(diagnostic, written, &renamed),
        })
    }

    fn extend_process(&mut self, extension: Extension, pending: &mut Vec<Pending>) {
        let Some(Element::Process(number)) = self.target(extension.id, Some(What::Process)) else { return };
        let Some(mut process) = self.model.process_at(number).cloned() else { return };
        let Extension { tree, node, purpose, context, outcomes, additions, practices, remarks, origin, .. } = extension;
        self.restate("purpose", purpose, &mut process.purpose, &mut process.remarks, process.id);
        self.restate("context", context, &mut process.context, &mut process.remarks, process.id);
        for (child, outcome, replacing) in outcomes {
            let (span, by) = (outcome.number, outcome.origin.span);
            if let Some((at, old)) = self.put("outcome", &mut process.outcomes, (outcome, span), replacing) {
                if let Some(old) = old {
                    lose_links(&mut self.model, &old, by);
                    let said = old.produces.iter().map(|item| ("produces", *item)).collect();
                    self.model.replaced.push(Replaced { id: old.id, by, links: old.links, said, texts: Vec::new() });
                }
                pending.push(Pending { tree, node: child, what: Declared::Element(Element::Outcome(number, at)) });
            }
        }
        for addition in additions {
            let child = addition.node;
            if let Some(at) = self.add_to_outcome(&mut process, addition) {
                pending.push(Pending { tree, node: child, what: Declared::Addition(number, at) });
            }
        }
        for (child, practice, replacing) in practices {
            let (span, by) = (practice.own_id, practice.origin.span);
            if let Some((at, old)) = self.put("practice", &mut process.practices, (practice, span), replacing) {
                if let Some(old) = old {
                    let lists = [("achieves", old.achieves), ("consumes", old.consumes), ("produces", old.produces)];
                    let said = lists.into_iter().flat_map(|(word, of)| of.into_iter().map(move |one| (word, one)));
                    let (said, links, texts) = (said.collect(), Vec::new(), Vec::new());
                    self.model.replaced.push(Replaced { id: old.id, by, links, said, texts });
                }
                pending.push(Pending { tree, node: child, what: Declared::Element(Element::Practice(number, at)) });
            }
        }
        pending.push(Pending { tree, node, what: Declared::Element(Element::Process(number)) });
        self.fields_once(process.id, &remarks);
        self.settled.extend(settled_by_extending(process.id, &remarks));
        add_remarks(&mut process.remarks, &remarks);
        note(&mut process.remarks, Action::Extended, None, None, origin, None);
        each(&process.outcomes).for_each(|(at, outcome)| {
            self.model.index.entry(outcome.id).or_insert(Element::Outcome(number, at));
        });
        each(&process.practices).for_each(|(at, practice)| {
            self.model.index.entry(practice.id).or_insert(Element::Practice(number, at));
        });
        self.model.processes[number.at()] = process;
    }

    fn restate(
        &mut self,
        what: &'static str,
        new: Option<Restated>,
        old: &mut Option<Stated>,
        remarks: &mut Remarks,
        id: Name,
    ) {
        let Some(Restated { stated, replacing }) = new else { return };
        if self.once(id, Deed::Text(what), stated.origin.span).is_none() {
            return;
        }
        let place = old.map(|old| old.origin.span);
        match (replacing, place) {
            (Replacing::No, Some(place)) => {
                self.state.report(
                    Diagnostic::new(
                        &codes::RESTATED_TEXT,
                        stated.origin.span,
                        format!("the base states a {what} already"),
                    )
                    .label(format!("a second {what}"))
                    .also(place, "the base's")
                    .help(format!("to state it anew write `replace {what} \"…\" because \"…\"`")),
                );
                return;
            }
            (Replacing::Because(_), None) => {
                self.state.report(
                    Diagnostic::new(
                        &codes::UNKNOWN_ELEMENT,
                        stated.origin.span,
                        format!("the base states no {what} that could be replaced"),
                    )
                    .label("nothing to replace")
                    .help(format!("write `{what} \"…\"` without `replace`")),
                );
            }
            (Replacing::Because(because), Some(_)) => {
                self.settled.insert((id, Settled::Stated(Matter::Text(what))));
                note(remarks, Action::Replaced, Some(what), because, stated.origin, place);
            }
            (Replacing::No, None) => {}
        }
        *old = Some(stated);
    }

    /// Adds an outcome or a practice, or puts it in the place of the base's; gives its position, and what stood there.
    fn put<T: AnyElement>(
        &mut self,
        what: &str,
        elements: &mut Vec<T>,
        (mut new, span): (T, Span),
        replacing: Replacing,
    ) -> Option<(Idx<T>, Option<T>)> {
        let (id, origin) = (new.id(), new.origin());
        let at = elements.iter().position(|old| old.id() == id);
        match (replacing, at) {
            (Replacing::No, None) => {
                self.refuse_taken(id, span, what)?;
                let _ = self.refuse_gone(id, span);
                self.own.insert(id, span);
                elements.push(new);
                Some((Idx::new(elements.len() - 1), None))
            }
            (Replacing::No, Some(at)) => {
                self.taken(what, id, span, elements[at].origin().span);
                None
            }
            (Replacing::Because(_), None) => {
                self.refuse_gone(id, span)?;
                self.not_there(what, "replace", id, span);
                None
            }
            (Replacing::Because(because), Some(at)) => {
                self.refuse_own(id, span)?;
                self.once(id, Deed::Changed, span)?;
                let old = &mut elements[at];
                self.settled.extend(settled_by_replacing(id, new.remarks()));
                self.forget_dropped(old.origin().span);
                keep_remarks(new.remarks_mut(), old.remarks());
                note(new.remarks_mut(), Action::Replaced, None, because, origin, Some(old.origin().span));
                Some((Idx::new(at), Some(std::mem::replace(old, new))))
            }
        }
    }

    /// Adds to an outcome of the base; gives its position.
    fn add_to_outcome(&mut self, process: &mut Process, addition: Addition) -> Option<Idx<Outcome>> {
        let Addition { id, number, remarks, origin, .. } = addition;
        self.refuse_own(id, number)?;
        let Some(at) = process.outcomes.iter().position(|old| old.id == id) else {
            self.refuse_gone(id, number)?;
            self.not_there("outcome", "extend", id, number);
            return None;
        };
        self.once(id, Deed::Changed, number)?;
        let outcome = &mut process.outcomes[at];
        self.settled.extend(settled_by_extending(id, &remarks));
        add_remarks(&mut outcome.remarks, &remarks);
        note(&mut outcome.remarks, Action::Extended, None, None, origin, None);
        Some(Idx::new(at))
    }

    fn not_there(&mut self, what: &str, word: &str, id: Name, span: Span) {
        let written = self.sources.slice(span);
        let message = format!("the process of the base has no {what} `{written}`");
        let number = written.rsplit('.').next().unwrap_or(written);
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_ELEMENT, span, message)
            .label(format!("nothing to {word}"))
            .help(format!("to add it write `{what} {number} \"…\"` without `{word}`"));
        let known = self.with_fate(diagnostic.clone(), self.state.program.name(id), written);
        self.state.report(known.unwrap_or(diagnostic));
    }

    fn taken(&mut self, what: &str, id: Name, span: Span, first: Span) {
        let text = self.state.program.name(id).to_owned();
        let written = self.sources.slice(span);
        self.state.report(duplicate(what, &text, span, first).help(format!(
            "to state it anew write `replace {what} {written} \"…\" because \"…\"`, or give this one another id"
        )));
    }

    /// An id that another element has.
    fn refuse_taken(&mut self, id: Name, span: Span, what: &str) -> Option<()> {
        match self.model.element(id).map(|element| element.origin().span) {
            None => Some(()),
            Some(first) => {
                self.taken(what, id, span, first);
                None
            }
        }
    }

    fn refuse_own(&mut self, id: Name, span: Span) -> Option<()> {
        if !self.own.contains_key(&id) {
            return Some(());
        }
        let written = self.state.program.name(id).to_owned();
        self.state.report(
            Diagnostic::new(&codes::OWN_ELEMENT, span, format!("`{written}` is declared in this package"))
                .label("not of a base")
                .help("change the declaration itself"),
        );
        None
    }

    /// What was dropped from a statement matters no more when the statement itself is gone.
    fn forget_dropped(&mut self, statement: Span) {
        let stood_there =
            |place: Span| place.file == statement.file && statement.range().contains(&(place.start as usize));
        self.model.dropped.retain(|dropped| !stood_there(dropped.reference));
    }

    fn replace_item(&mut self, mut item: Item, because: Option<Span>) {
        let Some(Element::Item(number)) = self.target(item.id_span, Some(What::Item)) else { return };
        if self.once(item.id, Deed::Changed, item.id_span).is_none() {
            return;
        }
        let Some(old) = get(&self.model.items, number) else { return };
        self.settled.extend(settled_by_replacing(item.id, &item.remarks));
        item.kind = item.kind.or(old.kind);
        keep_remarks(&mut item.remarks, &old.remarks);
        note(&mut item.remarks, Action::Replaced, None, because, item.origin, Some(old.origin.span));
        let (links, said) = (Vec::new(), Vec::new());
        let texts = old.characteristics.iter().map(|text| ("characteristic", *text)).collect();
        self.model.replaced.push(Replaced { id: item.id, by: item.origin.span, links, said, texts });
        self.model.items[number.at()] = item;
    }

    fn replace_term(&mut self, mut term: Term, because: Option<Span>) {
        let key_of = |name: Text| term_key(&self.sources.text(name));
        let key = key_of(term.term);
        let is_of_base = |known: &&mut Term| known.origin.package != term.origin.package;
        let mut known = self.model.terms.iter_mut().filter(is_of_base);
        let found = known.find(|known| key_of(known.term) == key || known.also.iter().any(|name| key_of(*name) == key));
        let Some(old) = found else { return self.unknown_term(&term) };
        // What it was called before, it may still be called.
        let names = std::iter::once(old.term).chain(old.also.iter().copied());
        let stated: Vec<String> = std::iter::once(key).chain(term.also.iter().map(|name| key_of(*name))).collect();
        term.also.splice(0..0, names.filter(|name| !stated.contains(&key_of(*name))));
        keep_remarks(&mut term.remarks, &old.remarks);
        note(&mut term.remarks, Action::Replaced, None, because, term.origin, Some(old.origin.span));
        self.settled.extend([old.key, term.key].map(|key| (key, Settled::Stated(Matter::Term))));
        let (links, said) = (Vec::new(), Vec::new());
        let texts = old.source.iter().map(|text| ("source", *text)).collect();
        let replaced = Replaced { id: term.key, by: term.origin.span, links, said, texts };
        *old = term;
        self.model.replaced.push(replaced);
    }

    fn unknown_term(&mut self, term: &Term) {
        let written = self.sources.text(term.term);
        let is_name = |name: &Text| term_key(&self.sources.text(*name)) == term_key(&written);
        let names = |known: &&Term| std::iter::once(&known.term).chain(&known.also).any(is_name);
        if let Some(own) = self.model.terms.iter().find(names) {
            // An admitted name of an own term is told as one that two terms have.
            if is_name(&own.term) {
                let message = format!("the term “{written}” is declared in this package");
                let found = Diagnostic::new(&codes::OWN_ELEMENT, term.term, message).label("not of a base");
                let help = "`replace term` is for what a base defines; change the declaration itself";
                self.state.report(found.also(own.term, "declared here").help(help));
            }
            return;
        }
        let names: Vec<String> =
            self.model.terms.iter().map(|term| self.sources.text(term.term).into_owned()).collect();
        let near = words::nearest(&written, names.iter().map(String::as_str));
        let message = format!("no base has the term “{written}”");
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_ELEMENT, term.term, message).label("nothing to replace");
        let diagnostic = diagnostic.help(match near {
            Some(near) => format!("did you mean “{near}”?"),
            None => "to add it write `term` without `replace`".to_owned(),
        });
        self.state.report(diagnostic);
    }

    /// Leaves out what the `omit` statements name, and all that stands in it.
    pub fn omit(&mut self, statements: &[Layering]) {
        // What is gone, each with the statement that left it out.
        let mut gone = Gone::default();
        for statement in statements {
            let Layering::Omit { ids, because, origin } = statement else { continue };
            for span in ids {
                if self.comma_in_element(*span) {
                    continue;
                }
                let Some(element) = self.omitted(*span) else { continue };
                let Some(id) = self.name_at(*span) else { continue };
                if self.once(id, Deed::Omitted, *span).is_none() {
                    continue;
                }
                self.model.omissions.push(Omission { id, span: *span, because: *because, origin: *origin });
                gone.insert(id, origin.span);
                if let Element::Group(_) = element {
                    let below = self.model.groups_from(id);
                    gone.extend(below.into_iter().map(|group| (group, origin.span)));
                }
            }
        }
        if !gone.is_empty() {
            self.take_out(gone);
        }
    }

    /// Whether a comma stands where a stop is meant, which is reported.
    fn comma_in_element(&mut self, span: Span) -> bool {
        let find = |id: &str| self.state.program.names.get(id).filter(|id| self.position(*id).is_some());
        let Some((place, meant)) = commas::meant(self.sources, span, |id| find(id).is_some()) else { return false };
        let found = find(&meant);
        self.state.guesses.elements.extend(found);
        commas::report(self.sources, place, meant, &mut self.state.diagnostics);
        true
    }

    /// The element that an `omit` names. One that is added anew is left out all the same, so that there is one of the id.
    fn omitted(&mut self, place: Span) -> Option<Element> {
        let id = self.name_at(place);
        match id.and_then(|id| Some((id, *self.own.get(&id)?, self.position(id)?))) {
            Some((id, declared, element)) => {
                self.out_and_in(id, place, declared);
                Some(element)
            }
            None => self.target(place, None),
        }
    }

    fn take_out(&mut self, mut gone: Gone) {
        let mut lost: Vec<(Outcome, Span)> = Vec::new();
        for process in &mut self.model.processes {
            let by_group = process.group.and_then(|group| gone.get(&group)).copied();
            let whole = gone.get(&process.id).copied().or(by_group);
            if let Some(by) = whole {
                gone.insert(process.id, by);
                gone.extend(process.practices.iter().map(|practice| (practice.id, by)));
            }
            let (out, kept): (Vec<Outcome>, Vec<Outcome>) = std::mem::take(&mut process.outcomes)
                .into_iter()
                .partition(|outcome| whole.is_some() || gone.contains_key(&outcome.id));
            process.outcomes = kept;
            for outcome in out {
                let by = whole.or_else(|| gone.get(&outcome.id).copied()).unwrap_or(outcome.origin.span);
                gone.insert(outcome.id, by);
                lost.push((outcome, by));
            }
        }
        lost.iter().for_each(|(outcome, by)| lose_links(&mut self.model, outcome, *by));
        self.model.retain(|id, _| !gone.contains_key(&id));
        // Nothing of the layer itself is there yet.
        drop_references(&mut self.model, &gone, |_, _| true);
        self.settled.extend(gone.keys().map(|id| (*id, Settled::Omitted)));
        index(&mut self.model);
        self.gone = gone;
    }

    /// Reports what the bases disagree about and the layer does not settle.
    pub fn report_conflicts(&mut self, conflicts: &[Conflict]) {
        let at = self.model.head.as_ref().map(|head| head.origin.span);
        for conflict in conflicts {
            if self.is_settled(conflict) {
                continue;
            }
            let name = |id: Name| self.state.program.name(id).to_owned();
            let id = name(conflict.id);
            let gone = format!("`omit {id} because \"…\"`");
            let anew_or_gone = format!("state it anew with `replace`, or leave it out: {gone}");
            let gone_or_kept = format!("leave it out: {gone}, or keep it with `extend` or `replace`");
            let (message, help) = match conflict.what {
                Matter::Element => (format!("the bases disagree on `{id}`"), anew_or_gone),
                Matter::Text(what) => (
                    format!("the bases disagree on the {what} of `{id}`"),
                    format!("state it anew: `extend process {id} {{ replace {what} \"…\" because \"…\" }}`"),
                ),
                Matter::Field(field) => (
                    format!("the bases disagree on the field `{}` of `{id}`", name(field)),
                    "state the field in an `extend` of the element".to_owned(),
                ),
                Matter::Term => (
                    format!("the bases define the term “{id}” differently"),
                    format!("state it anew: `replace term \"{id}\" \"…\" because \"…\"`"),
                ),
                Matter::Extension => (format!("one base states `{id}` anew, another adds to it"), anew_or_gone),
                Matter::Omission if conflict.changed == conflict.id => {
                    (format!("one base leaves out `{id}`, another changes it"), gone_or_kept)
                }
                Matter::Omission => (
                    format!("one base leaves out `{id}`, another changes `{}` in it", name(conflict.changed)),
                    gone_or_kept,
                ),
            };
            let help = format!("settle it in this model: {help}");
            let diagnostic = Diagnostic::new(&codes::CONFLICTING_LAYERS, at.unwrap_or(conflict.one), message)
                .label("extends both")
                .also(conflict.one, "one base")
                .also(conflict.other, "another")
                .help(help);
            self.state.report(diagnostic);
        }
    }

    fn is_settled(&self, conflict: &Conflict) -> bool {
        let is = |id: Name, settled: Settled| self.settled.contains(&(id, settled));
        [conflict.id, conflict.changed].into_iter().any(|id| {
            let stays = is(id, Settled::Kept) && conflict.what == Matter::Omission;
            let what = if conflict.what == Matter::Extension { Matter::Element } else { conflict.what };
            is(id, Settled::Omitted) || stays || is(id, Settled::Stated(what))
        })
    }

    /// The model as the layer leaves it.
    pub fn finish(self) -> Model {
        self.model
    }
}

/// What an `extend` decides: the element stays, and its fields are as it says.
fn settled_by_extending(id: Name, remarks: &Remarks) -> Vec<(Name, Settled)> {
    let fields = remarks.fields().iter().map(|value| (id, Settled::Stated(Matter::Field(value.field))));
    fields.chain([(id, Settled::Kept)]).collect()
}

/// What a `replace` decides: the element is as it says, and so are the fields that it states.
fn settled_by_replacing(id: Name, remarks: &Remarks) -> Vec<(Name, Settled)> {
    let mut settled = settled_by_extending(id, remarks);
    settled.push((id, Settled::Stated(Matter::Element)));
    settled
}

/// Adds notes, fields and former ids; a field is simply stated anew.
fn add_remarks(remarks: &mut Remarks, more: &Remarks) {
    if more.0.is_none() {
        return;
    }
    let body = remarks.body();
    body.notes.extend(more.notes());
    body.inner.extend(more.inner());
    body.formerly.extend(more.formerly());
    let stated: FxHashMap<Name, ()> = more.fields().iter().map(|value| (value.field, ())).collect();
    body.fields.retain(|value| !stated.contains_key(&value.field));
    body.fields.extend(more.fields().iter().cloned());
}

/// A replaced element keeps its history, its notes, and the fields that are not stated anew.
fn keep_remarks(remarks: &mut Remarks, old: &Remarks) {
    if old.0.is_none() {
        return;
    }
    let body = remarks.body();
    body.history = old.history().to_vec();
    body.notes.splice(0..0, old.notes().iter().copied());
    body.inner.splice(0..0, old.inner().iter().copied());
    let stated = std::mem::take(&mut body.fields);
    body.fields = old.fields().iter().filter(|old| stated.iter().all(|new| new.field != old.field)).cloned().collect();
    body.fields.extend(stated);
}

fn note(
    remarks: &mut Remarks,
    action: Action,
    what: Option<&'static str>,
    because: Option<Span>,
    origin: Origin,
    old: Option<Span>,
) {
    remarks.body().history.push(Change { action, what, because, origin, old });
}
