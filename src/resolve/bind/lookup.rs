//! Finding what a name means, and saying so where it means nothing.

use std::rc::Rc;

use super::Binder;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Edit, words};
use crate::model::{
    AnyElement, CatalogId, Element, Fate, Found, Name, Outcome, RequirementId, Thing, Want, What, term_key,
};
use crate::resolve::{commas, did_you_mean, tell_fate};
use crate::source::alike;
use crate::span::{Span, narrow};
use crate::syntax::lexer;
use crate::syntax::statements::Kind;

/// What there is to say of a reference that several catalogs could mean.
pub(super) struct Ambiguity {
    /// The full ids of the first, and how many more.
    names: String,
    /// The first of them by full id, each with its place.
    named: Vec<(String, Span)>,
}

impl Binder<'_> {
    /// The element of the model with this full id, if it is of the kind that is meant.
    pub(super) fn element(&self, id: &str, what: What) -> Option<Name> {
        self.sight().element(id, Some(what)).map(|(_, id)| id)
    }

    /// A requirement, control or clause of the catalogs that are seen: `7.4.a` or `iso27001-2013:7.4.a`.
    ///
    /// A wrong name is reported, and what may have been meant is noted: it proves nothing, and is not said to be missing.
    /// What is made of models is reported too.
    pub(super) fn requirement(&mut self, span: Span) -> Option<RequirementId> {
        self.requirements(span, false).first()
    }

    /// What a model may conform to, as `requirement`.
    pub(super) fn conformed(&mut self, span: Span) -> Option<RequirementId> {
        self.requirements(span, true).first()
    }

    /// As `requirement`; of references that lack their commas, all that are there.
    pub(super) fn linkable(&mut self, span: Span) -> Found<RequirementId> {
        self.requirements(span, false)
    }

    /// As `catalog`, of which the requirements may be linked to.
    pub(super) fn linkable_catalog(&mut self, span: Span) -> Option<CatalogId> {
        let catalog = self.catalog(span)?;
        if !self.state.program.catalog(catalog).for_models {
            return Some(catalog);
        }
        self.for_models(span, catalog);
        None
    }

    fn for_models(&mut self, span: Span, catalog: CatalogId) {
        let place = self.state.program.catalog(catalog).origin.span;
        let (written, catalog) = (self.slice(span), self.catalog_name(catalog));
        let message = if written == catalog {
            format!("the requirements of `{catalog}` are made of models, not of what processes achieve")
        } else {
            format!("`{written}` of `{catalog}` is required of models, not of what processes achieve")
        };
        self.report(
            Diagnostic::new(&codes::REQUIREMENT_OF_MODELS, span, message)
                .label("for models")
                .also(place, "this catalog is `for models`")
                .help("say in the model how it meets it: `conforms REF \"…\"`; here name a requirement of another catalog"),
        );
    }

    fn requirements(&mut self, span: Span, models_first: bool) -> Found<RequirementId> {
        let written = self.slice(span);
        if let Some(known) = self.ambiguities[usize::from(models_first)].get(written).cloned() {
            let (_, id) = self.parts(span);
            self.ambiguous(&codes::AMBIGUOUS_REQUIREMENT, id, &known);
            return Found::None;
        }
        if self.comma_in_reference(span, |binder, id| binder.sight().requirement(id, false).all()) {
            return Found::None;
        }
        match self.sight().requirement(written, models_first) {
            Found::One(one) => {
                let catalog = self.state.program.requirement(one).catalog;
                if models_first || !self.state.program.catalog(catalog).for_models {
                    self.report_dash(span);
                    return Found::One(one);
                }
                self.for_models(span, catalog);
            }
            Found::Several(several) => {
                let (_, id) = self.parts(span);
                let known = self.ambiguity(&several);
                self.ambiguities[usize::from(models_first)].insert(written.to_owned(), Rc::clone(&known));
                self.ambiguous(&codes::AMBIGUOUS_REQUIREMENT, id, &known);
                self.state.guesses.requirements.extend(several);
            }
            Found::None => {
                let (prefix, id) = self.parts(span);
                let is_for_models = |catalog: &CatalogId| self.state.program.catalog(*catalog).for_models;
                if models_first && prefix.is_none() && !self.package.scope.catalogs.iter().any(is_for_models) {
                    let message = format!("no catalog in sight is for models, and has `{}`", self.slice(id));
                    self.report(
                        Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, id, message)
                            .label("unknown requirement")
                            .help("bring one in: `use iso33004`"),
                    );
                    return Found::None;
                }
                let catalogs = match prefix {
                    Some(prefix) => self.catalogs(prefix),
                    None => Some(self.package.scope.catalogs.clone()),
                };
                if let Some(catalogs) = catalogs {
                    let printed = if prefix.is_none() { self.as_printed(span, &catalogs) } else { None };
                    return match printed {
                        Some(found) => found.into(),
                        None => {
                            self.unknown_requirement(id, &catalogs);
                            Found::None
                        }
                    };
                }
            }
        }
        Found::None
    }

    /// Whether a comma stands where a stop is meant, which is reported.
    fn comma_in_reference(&mut self, span: Span, find: impl Fn(&Self, &str) -> Vec<RequirementId>) -> bool {
        let Some((place, meant)) = commas::meant(self.sources, span, |id| !find(self, id).is_empty()) else {
            return false;
        };
        let found = find(self, &meant);
        self.state.guesses.requirements.extend(found);
        commas::report(self.sources, place, meant, &mut self.state.diagnostics);
        true
    }

    /// As `comma_in_reference`, of an outcome.
    pub(super) fn comma_in_outcome(&mut self, span: Span) -> bool {
        let find = |id: &str| self.element(id, What::Outcome);
        let Some((place, meant)) = commas::meant(self.sources, span, |id| find(id).is_some()) else { return false };
        let found = find(&meant);
        self.state.guesses.elements.extend(found);
        commas::report(self.sources, place, meant, &mut self.state.diagnostics);
        true
    }

    /// A dash that only looks like one, where it might have meant a range and did not.
    fn report_dash(&mut self, span: Span) {
        let (written, meant) = (self.sources.as_written(span), self.slice(span));
        if written.is_ascii() {
            return;
        }
        let dash = written.chars().find(|character| alike::is_dash(*character));
        if let Some(dash) = dash.filter(|_| lexer::is_range(written)) {
            self.report(lexer::look_alike(span, dash, meant));
        }
    }

    /// The places of the catalog and of the id in a reference.
    fn parts(&self, span: Span) -> (Option<Span>, Span) {
        let is_id = |catalog: &str| !catalog.contains(|c: char| c.is_whitespace() || c == '/');
        let parts = self.sources.as_written(span).split_once(':').filter(|(catalog, _)| is_id(catalog));
        let Some((catalog, _)) = parts else { return (None, span) };
        let end = span.start + narrow(catalog.len());
        (Some(Span { end, ..span }), Span { start: end + 1, ..span })
    }

    /// A requirement of one catalog, in a crosswalk; the catalog may be written before it.
    pub(super) fn requirement_in(
        &mut self,
        span: Span,
        catalog: CatalogId,
        other: Option<CatalogId>,
        kind: Kind,
    ) -> Vec<RequirementId> {
        if let Some(found) = self.sight().requirement_of(catalog, self.slice(span)) {
            self.report_dash(span);
            return vec![found];
        }
        let find = |binder: &Self, id: &str| binder.sight().requirement_of(catalog, id).into_iter().collect();
        if self.comma_in_reference(span, find) {
            return Vec::new();
        }
        let of_other = other.filter(|other| self.sight().requirement_of(*other, self.slice(span)).is_some());
        if let Some(other) = of_other {
            self.of_other_side(span, catalog, other, kind);
            return Vec::new();
        }
        let (prefix, id) = self.parts(span);
        if prefix.is_some_and(|prefix| self.catalogs(prefix).is_none()) {
            return Vec::new();
        }
        let printed = if prefix.is_none() { self.as_printed(span, &[catalog]) } else { None };
        printed.unwrap_or_else(|| {
            self.unknown_requirement(id, &[catalog]);
            Vec::new()
        })
    }

    /// Reports a requirement of the catalog on the other side of a crosswalk.
    fn of_other_side(&mut self, span: Span, catalog: CatalogId, other: CatalogId, kind: Kind) {
        let (catalog, other) = (self.catalog_name(catalog), self.catalog_name(other));
        let written = self.slice(span);
        let help = match kind {
            Kind::New => format!("what has no counterpart in the second catalog is `withdrawn {written}`"),
            Kind::Withdrawn => format!("what has no counterpart in the first catalog is `new {written}`"),
            _ => format!("name something of `{catalog}` here, or turn the line round"),
        };
        self.report(
            Diagnostic::new(
                &codes::UNKNOWN_REQUIREMENT,
                span,
                format!("`{written}` is of `{other}`, not of `{catalog}`"),
            )
            .label(format!("expected something of `{catalog}`"))
            .help(help),
        );
    }

    /// The catalog with an id or alias.
    pub(super) fn catalog(&mut self, span: Span) -> Option<CatalogId> {
        let found = self.catalogs(span)?;
        if let [_, _, ..] = found.as_slice() {
            let names: Vec<String> = found.iter().map(|id| self.catalog_name(*id)).collect();
            self.report(
                Diagnostic::new(
                    &codes::AMBIGUOUS_REQUIREMENT,
                    span,
                    format!("`{}` stands for several catalogs", self.slice(span)),
                )
                .label(format!("could be {}", words::list(&names, "or", 6)))
                .help("write the id of the catalog"),
            );
        }
        found.first().copied()
    }

    /// The catalogs with an id or alias; `None`, which is reported, where it is neither.
    fn catalogs(&mut self, span: Span) -> Option<Vec<CatalogId>> {
        let written = self.slice(span);
        let found = self.sight().catalog(written).all();
        if found.is_empty() && self.sight().alias(written).is_none() {
            self.unknown_name(&codes::UNKNOWN_CATALOG, What::Catalog, Want::Catalog, span);
            return None;
        }
        Some(found)
    }

    pub(super) fn catalog_name(&self, id: CatalogId) -> String {
        self.state.program.name(self.state.program.catalog(id).id).to_owned()
    }

    /// Reports a name of which there is none of its kind.
    pub(super) fn unknown_name(&mut self, code: &'static Code, what: What, want: Want<'_>, span: Span) {
        let written = self.slice(span).to_owned();
        let unknown = format!("there is no {} `{written}`", what.word());
        let diagnostic = Diagnostic::new(code, span, unknown).label(format!("unknown {}", what.word()));
        if self.search(0).is_none() {
            return self.report(diagnostic.help(format!("declare the {}, or name one that is there", what.word())));
        }
        let sight = self.sight();
        // An alias is as good as a catalog.
        let aliases = (want == Want::Catalog).then(|| sight.candidates(Want::Alias));
        let all = sight.candidates(want).chain(aliases.into_iter().flatten());
        let mut known: Vec<String> = all.filter_map(|thing| sight.id(thing)).map(str::to_owned).collect();
        known.sort_unstable();
        self.looks = self.looks.saturating_sub(known.len());
        let what = what.word();
        self.report(match words::nearest(&written, known.iter().map(String::as_str)) {
            Some(near) => did_you_mean(diagnostic, &written, near),
            None if known.is_empty() => diagnostic.help(format!("the package sees no {what}; bring one in with `use`")),
            None => diagnostic.help(format!("the package sees {}", words::list(&known, "and", 6))),
        });
    }

    /// Reports an id that is none of the model's, or one of another kind.
    pub(super) fn unknown_element(&mut self, code: &'static Code, what: What, span: Span) {
        let written = self.slice(span);
        if let Some(kind) = self.kind_of(written) {
            return self.wrong_kind(span, kind, what);
        }
        if let Some(id) = self.titled(written, what) {
            let message = format!("`{written}` is a title; its id is `{id}`");
            let diagnostic =
                Diagnostic::new(code, span, message).label(format!("expected the id of the {}", what.word()));
            self.guess(Some(&id));
            return self.report(diagnostic.help(format!("write its id: `{id}`")).replace_with(id));
        }
        let (word, is_item) = (what.word(), what == What::Item);
        let diagnostic =
            Diagnostic::new(code, span, format!("there is no {word} `{written}`")).label(format!("unknown {word}"));
        if let Some(fate) = self.fate(written) {
            return self.report(tell_fate(diagnostic, written, &fate));
        }
        let near = self.nearest_element(written, what);
        self.guess(near.as_deref());
        self.report(match near {
            Some(near) => did_you_mean(diagnostic, written, &near),
            None if is_item && written.is_ascii() => {
                diagnostic.help(format!("declare it: `item {written} \"…\" kind record`"))
            }
            None => diagnostic.help(format!("declare the {word}, or name one that is there")),
        });
    }

    /// What became of an id that no element has; what it has become may have been meant.
    fn fate(&mut self, id: &str) -> Option<Fate> {
        let fate = self.package.model.fate(&self.state.program, id)?;
        if let Fate::Renamed { now, .. } = &fate {
            self.guess(Some(now));
        }
        Some(fate)
    }

    /// The nearest id of the model, of the kind that is meant.
    fn nearest_element(&mut self, wrong: &str, what: What) -> Option<String> {
        self.search(self.package.model.index.len())?;
        let sight = self.sight();
        let ids = sight.candidates(Want::Element(Some(what))).filter_map(|thing| sight.id(thing));
        words::nearest(wrong, ids).map(str::to_owned)
    }

    /// The id of the one element of a kind with a title, where something stands in quotes, or several words do.
    fn titled(&self, written: &str, what: What) -> Option<String> {
        let inner = written.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
        let title = term_key(inner.or(Some(written).filter(|words| words.contains(' ')))?.trim());
        let model = &self.package.model;
        let same = |(element, _): &(Element, Name)| {
            let text = model.at(*element).filter(|_| element.what() == what).map(AnyElement::title);
            text.is_some_and(|text| term_key(self.sources.text(text).trim()) == title)
        };
        let mut found = model.elements().filter(same);
        let (_, id) = found.next().filter(|_| found.next().is_none())?;
        Some(self.state.program.name(id).to_owned())
    }

    /// Notes an element that may have been meant.
    fn guess(&mut self, near: Option<&str>) {
        self.state.guesses.elements.extend(near.and_then(|near| self.state.program.names.get(near)));
    }

    fn wrong_kind(&mut self, span: Span, is: What, wanted: What) {
        let (is, wanted) = (is.word(), wanted.word());
        let message = format!("`{}` is {}, not {}", self.slice(span), words::article(is), words::article(wanted));
        self.report(
            Diagnostic::new(&codes::WRONG_KIND, span, message)
                .label(format!("expected {}", words::article(wanted)))
                .help(format!("write the id of {} here", words::article(wanted))),
        );
    }

    /// What an id of the model is.
    fn kind_of(&self, id: &str) -> Option<What> {
        self.sight().element(id, None).map(|(element, _)| element.what())
    }

    /// Reports an outcome that is not there; `near` is the process, or an outcome of it, in which it was written.
    pub(super) fn unknown_outcome(&mut self, span: Span, near: Name) {
        let written = self.slice(span);
        if let Some(kind) = self.kind_of(written).filter(|kind| *kind != What::Outcome) {
            return self.wrong_kind(span, kind, What::Outcome);
        }
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_OUTCOME, span, format!("there is no outcome `{written}`"))
            .label("unknown outcome");
        if let Some(fate) = self.fate(written) {
            return self.report(tell_fate(diagnostic, written, &fate));
        }
        // A bare number is a slip of form where the full id is asked for.
        let full = self.process_of(near).map(|process| self.state.program.name(process.id).to_owned());
        let full = full.map(|process| format!("{process}.{written}")).filter(|_| !written.contains('.'));
        let same_number = full.filter(|full| self.element(full, What::Outcome).is_some());
        let near = match same_number {
            Some(same_number) => Some(same_number),
            None => self.nearest_element(written, What::Outcome),
        };
        self.guess(near.as_deref());
        self.report(match near {
            Some(near) => did_you_mean(diagnostic, written, &near),
            None => diagnostic.help("an outcome is named by its full id, as in `COM.01.1`"),
        });
    }

    /// Reports an outcome that a practice cannot achieve, since its process has none of that number.
    pub(super) fn unknown_number(&mut self, span: Span, process: Name) {
        let written = self.slice(span);
        let outcomes = self.process_of(process).map_or(&[][..], |process| &process.outcomes);
        let numbers: Vec<&str> = outcomes.iter().map(|outcome| self.slice(outcome.number)).collect();
        // Of outcomes whose numbers are broken it may be one.
        let is_odd = |outcome: &Outcome| self.sources.as_written(outcome.number) != self.slice(outcome.number);
        let is_twice = |one: &&Outcome| outcomes.iter().filter(|other| other.id == one.id).take(2).count() > 1;
        let few = &outcomes[..outcomes.len().min(100)];
        if few.iter().any(is_odd) || few.iter().any(|outcome| is_twice(&outcome)) {
            return;
        }
        if let Some(ids) = range_of(written, &numbers).map(|all| all.to_vec()) {
            let (help, ids) = (words::list(&ids, "and", 24), ids.join(", "));
            let message = format!("`{}` is a range, and no number of an outcome", self.sources.as_written(span));
            return self.report(
                Diagnostic::new(&codes::UNKNOWN_OUTCOME, span, message)
                    .label("expected each number")
                    .help(format!("write each of them: {help}"))
                    .replace_with(ids),
            );
        }
        if written.contains('.') || self.kind_of(written).is_some() {
            return self.unknown_outcome(span, process);
        }
        let id = self.state.program.name(process);
        // Of one character, any other is as near.
        let near = words::nearest(written, numbers.iter().copied()).filter(|_| written.len() > 1);
        let full = near.map(|near| format!("{id}.{near}"));
        let message = format!("the process `{id}` has no outcome `{written}`");
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_OUTCOME, span, message).label("unknown outcome");
        let diagnostic = match near {
            Some(near) if numbers.len() > 1 => did_you_mean(diagnostic, written, near)
                .help(format!("did you mean `{near}`? The outcomes are {}", words::list(&numbers, "and", 12))),
            Some(near) => did_you_mean(diagnostic, written, near),
            None if numbers.is_empty() => {
                let number = written.rsplit('.').next().unwrap_or(written);
                diagnostic.help(format!("write the outcome: `outcome {number} \"…\"`"))
            }
            None => diagnostic.help(format!("its outcomes are {}", words::list(&numbers, "and", 12))),
        };
        self.guess(full.as_deref());
        self.report(diagnostic);
    }

    fn process_of(&self, id: Name) -> Option<&crate::model::Process> {
        match self.package.model.index.get(&id)? {
            Element::Process(process) | Element::Outcome(process, _) | Element::Practice(process, _) => {
                self.package.model.process_at(*process)
            }
            _ => None,
        }
    }

    /// What there is to say of an ambiguous reference, the same at all places that have it.
    fn ambiguity(&self, several: &[RequirementId]) -> Rc<Ambiguity> {
        let program = &self.state.program;
        let mut named: Vec<(String, Span)> =
            several.iter().map(|id| (program.full_id(*id), program.requirement(*id).origin.span)).collect();
        named.sort();
        let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
        let names = words::list(&names, "or", 6);
        named.truncate(4);
        Rc::new(Ambiguity { names, named })
    }

    fn ambiguous(&mut self, code: &'static Code, span: Span, known: &Ambiguity) {
        let mut diagnostic = Diagnostic::new(code, span, format!("`{}` could be {}", self.slice(span), known.names))
            .label("more than one catalog has it")
            .help("write the catalog before it, with a colon between");
        for (name, place) in &known.named {
            diagnostic = diagnostic.also(*place, format!("`{name}`"));
        }
        self.report(diagnostic);
    }

    /// Reports a requirement that the catalogs do not have, and notes those that may have been meant.
    fn unknown_requirement(&mut self, span: Span, catalogs: &[CatalogId]) {
        self.unknown_member(span, catalogs, |edit| edit);
    }

    /// As `unknown_requirement`; the edit that is proposed may do more.
    pub(super) fn unknown_member(&mut self, span: Span, catalogs: &[CatalogId], widened: impl Fn(Edit) -> Edit) {
        let written = self.slice(span);
        if let Some(kind) = self.kind_of(written) {
            return self.wrong_kind(span, kind, What::Requirement);
        }
        if matches!(written, "satisfies" | "partly" | "because" | "together" | "produces") {
            let message = format!("`{written}` stands where a requirement is due");
            return self.report(
                Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, message)
                    .label("expected the id of a requirement")
                    .help("write the id that is missing before it, or delete the comma"),
            );
        }
        let count = catalogs.iter().map(|catalog| self.state.program.catalog(*catalog).rows.len()).sum();
        let is_searched = self.search(count).is_some();
        let catalog_names: Vec<String> = catalogs.iter().map(|id| self.catalog_name(*id)).collect();
        let program = &self.state.program;
        let rows = || catalogs.iter().flat_map(|catalog| program.catalog(*catalog).requirements());
        let id_of = |row: &RequirementId| program.name(program.requirement(*row).id);
        let nearest: Vec<String> = if is_searched && !is_nothing(written) {
            let ids = rows().map(|row| program.name(program.requirement(row).id));
            words::all_nearest(written, ids).into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        let found: Vec<RequirementId> = if nearest.is_empty() {
            Vec::new()
        } else {
            rows().filter(|row| nearest.iter().any(|near| near == id_of(row))).collect()
        };
        let message = match catalog_names.as_slice() {
            [only] => format!("`{only}` has no requirement `{written}`"),
            _ => format!("there is no requirement `{written}`"),
        };
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_REQUIREMENT, span, message).label("unknown requirement");
        let mut diagnostic = match nearest.as_slice() {
            [near] => {
                let title = found.first().map(|id| self.sources.text(self.state.program.requirement(*id).title));
                did_you_mean(diagnostic, written, near)
                    .help(format!("did you mean `{near}`, “{}”?", title.unwrap_or_default()))
            }
            [] if is_nothing(written) => diagnostic
                .help("leave it out; in a crosswalk, what has no counterpart stands behind `new` or `withdrawn`"),
            [_, ..] => diagnostic.help(format!("did you mean {}?", words::list(&nearest, "or", 4))),
            [] if catalog_names.is_empty() => {
                diagnostic.help("the package sees no catalog; bring one in, as with `use iso27001-2022`")
            }
            [] => diagnostic.help(format!("the package sees {}", words::list(&catalog_names, "and", 6))),
        };
        diagnostic.edit = diagnostic.edit.map(widened);
        self.report(diagnostic);
        self.state.guesses.requirements.extend(found);
    }

    /// What a reference in a text finds: nothing to say if one thing.
    pub(super) fn text_reference(&mut self, target: &str, span: Span) {
        if let Some(known) = self.ambiguities_of_texts.get(target).cloned() {
            return self.ambiguous(&codes::AMBIGUOUS_TEXT_REFERENCE, span, &known);
        }
        match self.sight().find(Want::Text, target) {
            Found::One(_) => {}
            Found::Several(several) => {
                let is_requirement = |thing: &Thing| match thing {
                    Thing::Requirement(id) => Some(*id),
                    _ => None,
                };
                if let Some(Thing::Term(..)) = several.first() {
                    return self.unclear_term(target, span, &several);
                }
                let several: Vec<RequirementId> = several.iter().filter_map(is_requirement).collect();
                let known = self.ambiguity(&several);
                self.ambiguities_of_texts.insert(target.to_owned(), Rc::clone(&known));
                self.ambiguous(&codes::AMBIGUOUS_TEXT_REFERENCE, span, &known);
            }
            Found::None => self.unknown_text_reference(target, span),
        }
    }

    /// Reports a term that several packages define differently.
    fn unclear_term(&mut self, target: &str, span: Span, several: &[Thing]) {
        let message = format!("`[[{target}]]` could be several terms");
        let mut diagnostic = Diagnostic::new(&codes::AMBIGUOUS_TEXT_REFERENCE, span, message)
            .label("more than one package defines it")
            .help(format!("say what it means here: `term \"{target}\" \"…\"`"));
        for thing in several {
            let Thing::Term(home, at) = thing else { continue };
            let place = self.sight().term(*home, *at).map(|term| term.term);
            diagnostic = place.into_iter().fold(diagnostic, |diagnostic, place| diagnostic.also(place, "defined here"));
        }
        self.report(diagnostic);
    }

    fn unknown_text_reference(&mut self, target: &str, span: Span) {
        let diagnostic =
            Diagnostic::new(&codes::UNKNOWN_TEXT_REFERENCE, span, format!("`[[{target}]]` refers to nothing"))
                .label("neither an id, nor a requirement, nor a term");
        if let Some(fate) = self.fate(target) {
            return self.report(tell_fate(diagnostic, target, &fate));
        }
        let scope = &self.package.scope;
        let rows = scope.catalogs.iter().map(|catalog| self.state.program.catalog(*catalog).rows.len());
        let count = self.package.model.index.len() + rows.sum::<usize>() + scope.terms.len();
        let near = self.search(count).and_then(|()| {
            let sight = self.sight();
            let ids = sight.candidates(Want::Text).filter_map(|thing| sight.id(thing));
            words::nearest(target, ids.chain(self.package.scope.terms.keys().map(String::as_str))).map(str::to_owned)
        });
        self.report(match near {
            Some(near) => did_you_mean(diagnostic, target, &near).help(format!("did you mean `[[{near}]]`?")),
            None => diagnostic
                .help(format!("declare it, as in `term \"{target}\" \"…\"`; two brackets as such are written `\\[[`")),
        });
    }
}

/// Whether people write this where there is nothing to name.
fn is_nothing(written: &str) -> bool {
    let word = written.to_lowercase();
    matches!(
        word.as_str(),
        "none" | "nothing" | "n/a" | "na" | "nil" | "-" | "\u{2013}" | "\u{2014}" | "keine" | "aucun"
    )
}

/// The numbers from the one to the other, as `1-4` or `1 to 4` says.
fn range_of<'n>(written: &str, numbers: &'n [&'n str]) -> Option<&'n [&'n str]> {
    let at = |number: &str| numbers.iter().position(|known| *known == number.trim());
    let ends = |joiner: &str| {
        let (from, to) = written.split_once(joiner)?;
        Some((at(from)?, at(to)?))
    };
    let (from, to) = ["-", "\u{2013}", " to ", " bis ", "..."].into_iter().find_map(ends)?;
    numbers.get(from..=to).filter(|all| all.len() > 1)
}
