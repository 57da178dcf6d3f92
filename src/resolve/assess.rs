//! Assessments: their statements declared, and connected with the model that is assessed and its framework.
//!
//! It comes last for each package, since it has to be known by which framework a model is measured.

mod rate;
mod rows;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ids::duplicate;
use super::{State, did_you_mean, heads};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, words};
use crate::index::{Idx, each};
use crate::model::{
    Aim, Assessed, Assessment, AssessmentId, Element, Exhibit, ExhibitId, Fate, Found, FrameworkId, Instances, Name,
    Origin, PackageId, Rating, RecordedLine, Rules, Sight, Subject, Target, Thing, Want, What,
};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

/// Of how many names that mean nothing it is told what could stand there.
const SUGGESTIONS: usize = 300;

/// Takes up the assessments of a package that is in the program already.
pub fn assess(state: &mut State, id: PackageId, loaded: &Loaded, sources: &Sources) {
    let mut binder = Binder {
        state,
        id,
        sources,
        parts: FxHashMap::default(),
        named: FxHashMap::default(),
        suggestions: SUGGESTIONS,
    };
    let mut pending = Vec::new();
    for tree in &loaded.trees {
        for node in tree.top() {
            match tree.node(node).kind {
                Kind::Assessment => pending.extend(binder.declare(tree, node).map(|at| (tree, node, at))),
                Kind::Exhibit => binder.exhibit(tree, node),
                Kind::Rules => binder.rules(tree, node),
                _ => {}
            }
        }
    }
    let mut takes = FxHashMap::default();
    for (tree, node, at) in pending {
        binder.assessment(tree, node, at, &mut takes);
    }
    binder.without_circles(&takes);
    for tree in &loaded.trees {
        for node in tree.top().filter(|node| tree.node(*node).kind == Kind::Rate) {
            binder.rate(tree, node);
        }
    }
    binder.rated_twice();
}

/// What can be rated in a framework, and how, by what is written.
#[derive(Default)]
struct Parts {
    measures: FxHashMap<String, Subject>,
    ratings: FxHashMap<Name, Idx<Rating>>,
}

struct Binder<'a> {
    state: &'a mut State,
    id: PackageId,
    sources: &'a Sources,
    parts: FxHashMap<FrameworkId, Parts>,
    /// The instances that assessments name, each with its process; those taken from other assessments are of any.
    named: FxHashMap<AssessmentId, FxHashSet<(Option<Name>, Name)>>,
    suggestions: usize,
}

impl<'a> Binder<'a> {
    fn sight(&self) -> Sight<'_> {
        self.state.program.sight(self.id)
    }

    fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    fn name(&mut self, span: Span) -> Name {
        self.state.program.names.intern(self.sources.slice(span))
    }

    fn origin(&self, tree: &Tree, node: NodeId) -> Origin {
        let layer = self.state.program.package(self.id).model.head.as_ref().map(|head| head.id);
        Origin { package: self.id, span: tree.head(node), layer }
    }

    /// Reports a name that means nothing, with the nearest of those that could stand there.
    fn unknown(&mut self, code: &'static Code, what: &str, span: Span, known: &[String]) {
        let written = self.slice(span);
        let diagnostic =
            Diagnostic::new(code, span, format!("there is no {what} `{written}`")).label(format!("unknown {what}"));
        let Some(left) = self.suggestions.checked_sub(1) else { return self.state.report(diagnostic) };
        self.suggestions = left;
        self.state.report(match words::nearest(written, known.iter().map(String::as_str)) {
            Some(near) => did_you_mean(diagnostic, written, near),
            None if known.is_empty() => {
                diagnostic.help(format!("the package sees no {what}; declare it, or bring it in with `use`"))
            }
            None => diagnostic.help(format!("there is {}", words::list(known, "and", 9))),
        });
    }

    /// The ids of all that could stand at a place, as long as they are told.
    fn known(&self, want: Want<'_>) -> Vec<String> {
        if self.suggestions == 0 {
            return Vec::new();
        }
        let sight = self.sight();
        sight.candidates(want).filter_map(|thing| sight.full_id(thing)).collect()
    }

    fn declare(&mut self, tree: &Tree, node: NodeId) -> Option<AssessmentId> {
        let id_span = tree.arg(node, Role::Id)?;
        let id = self.name(id_span);
        let (input, origin) = (self.input(tree, node), self.origin(tree, node));
        let at = AssessmentId(narrow(self.state.program.assessments.len()));
        if let Some(first) = self.state.program.index.add_assessment(id, at) {
            let first = self.state.program.assessment(first).origin.span;
            self.state.report(duplicate("assessment", self.slice(id_span), id_span, first));
        }
        self.state.program.assessments.push(Assessment {
            id,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            of: None,
            input,
            aims: Vec::new(),
            instances: Vec::new(),
            takes: Vec::new(),
            closed: heads::single_text(tree, node, Kind::Closed),
            lines: tree.children(node).filter_map(|child| recorded(tree, child)).collect(),
            is_whole: !tree.node(node).broken && is_whole(tree, node),
            has_all_ratings: true,
            remarks: heads::notes(tree, node, origin),
            origin,
        });
        Some(at)
    }

    fn exhibit(&mut self, tree: &Tree, node: NodeId) {
        let Some(id_span) = tree.arg(node, Role::Id) else { return };
        let id = self.name(id_span);
        let twins = self.state.program.index.exhibits(id).iter();
        let first = twins.map(|twin| self.state.program.exhibit(*twin).origin).find(|origin| origin.package == self.id);
        if let Some(first) = first {
            self.state.report(duplicate("exhibit", self.slice(id_span), id_span, first.span));
        }
        let origin = self.origin(tree, node);
        let of_kind = |kind: Kind| tree.children(node).filter(move |child| tree.node(*child).kind == kind);
        let shown: Vec<Span> = of_kind(Kind::Shows).flat_map(|child| tree.all(child, Role::Shown)).collect();
        let shows = shown.into_iter().filter_map(|span| self.shown(span)).collect();
        let places = tree.children(node).filter(|child| matches!(tree.node(*child).kind, Kind::Shows | Kind::At));
        let places: Vec<(Span, NodeId)> = places.filter_map(|at| Some((tree.arg(at, Role::Text)?, at))).collect();
        // Two lines `at` are told apart elsewhere.
        if let [(first, _), others @ ..] = places.as_slice()
            && let Some((second, _)) = others.iter().find(|(_, at)| tree.node(*at).kind == Kind::Shows)
        {
            let message = "it is said twice where this exhibit is kept";
            self.state.report(
                Diagnostic::new(&codes::REPEATED_STATEMENT, *second, message)
                    .label("the second time")
                    .also(*first, "the first time")
                    .help("keep one of the two"),
            );
        }
        let at = ExhibitId(narrow(self.state.program.exhibits.len()));
        self.state.program.index.add_exhibit(id, at);
        let kind = tree.arg(node, Role::ItemKind).map(|span| self.name(span));
        self.state.program.exhibits.push(Exhibit {
            id,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            kind,
            shows,
            at: places.first().map(|(text, _)| *text),
            remarks: heads::notes(tree, node, origin),
            origin,
        });
    }

    /// An item of a model in sight.
    fn shown(&mut self, span: Span) -> Option<Target> {
        if let Some(Thing::Element(_, _, id)) = self.sight().find(Want::Shown, self.slice(span)).first() {
            return Some(Target::new(id, span));
        }
        let known = self.known(Want::Shown);
        self.unknown(&codes::UNKNOWN_ITEM, "item", span, &known);
        None
    }

    fn rules(&mut self, tree: &Tree, node: NodeId) {
        let Some(id_span) = tree.arg(node, Role::Id) else { return };
        let origin = self.origin(tree, node);
        let id = self.name(id_span);
        let mut rules = Rules {
            id,
            title: tree.arg(node, Role::Title).unwrap_or(id_span),
            classes: Vec::new(),
            independences: Vec::new(),
            remarks: heads::notes(tree, node, origin),
            origin,
        };
        for child in tree.children(node) {
            match tree.node(child).kind {
                Kind::Class => rules.classes.extend(self.class(tree, child)),
                Kind::Independence => rules.independences.extend(self.independence(tree, child)),
                _ => {}
            }
        }
        self.defined_twice(&rules);
        self.state.program.rules.push(rules);
    }

    /// The assessed model, and what is said of its processes.
    fn assessment(
        &mut self,
        tree: &Tree,
        node: NodeId,
        at: AssessmentId,
        takes: &mut FxHashMap<AssessmentId, Vec<(AssessmentId, Span)>>,
    ) {
        let of = tree.arg(node, Role::Assessed).and_then(|span| self.assessed(span));
        let (mut aims, mut instances, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_whole = of.is_some();
        for child in tree.children(node) {
            match tree.node(child).kind {
                Kind::Aim => {
                    let aim = of.and_then(|of| self.aim(tree, child, of));
                    is_whole &= aim.as_ref().is_some_and(|aim| aim.of.len() == tree.all(child, Role::Aimed).count());
                    aims.extend(aim);
                }
                Kind::Instances => {
                    let found = of.and_then(|of| self.instances(tree, child, of));
                    is_whole &= found.is_some();
                    instances.extend(found);
                }
                Kind::Takes => {
                    let spans: Vec<Span> = tree.all(child, Role::Taken).collect();
                    let found = spans.iter().filter_map(|span| Some((self.assessment_named(*span)?, *span)));
                    let found: Vec<_> = found.collect();
                    is_whole &= found.len() == spans.len();
                    taken.extend(found);
                }
                Kind::Class | Kind::Independence => self.of_rules(tree, child),
                Kind::Method => is_whole &= self.state.program.assessment(at).input.method.is_some(),
                _ => {}
            }
        }
        self.leads(tree, node);
        let named = taken.len();
        let taken = self.comparable(of, taken);
        let has_all_ratings = taken.len() == named;
        takes.insert(at, taken);
        if let Some(assessment) = self.state.program.assessments.get_mut(at.0 as usize) {
            (assessment.of, assessment.aims, assessment.instances) = (of, aims, instances);
            assessment.is_whole &= is_whole;
            assessment.has_all_ratings &= has_all_ratings;
        }
    }

    /// The model that is assessed, with the framework that measures it.
    fn assessed(&mut self, span: Span) -> Option<Assessed> {
        let written = self.slice(span);
        let Some(Thing::Model(model)) = self.sight().find(Want::Model, written).first() else {
            let known = self.known(Want::Measured);
            self.unknown(&codes::UNKNOWN_MODEL, "model", span, &known);
            return None;
        };
        let head = self.state.program.package(model).model.head.as_ref()?;
        if let Some((framework, _)) = head.measured_by {
            return Some(Assessed { model, framework });
        }
        // A framework that is not there is a slip of its own.
        let stands_on = &self.state.program.package(model).scope.stands_on;
        let is_slip = |home: &PackageId| *home == model || stands_on.contains(home);
        if !self.state.unknown_measures.iter().any(is_slip) {
            let diagnostic = Diagnostic::new(
                &codes::UNMEASURED_MODEL,
                span,
                format!("the model `{written}` is measured by no framework"),
            );
            let place = head.origin.span;
            let near = self.known(Want::Measured);
            let help = match near.as_slice() {
                [] => {
                    "say in the model by which framework its processes are measured, as in `measured by iso33020-2015`"
                        .to_owned()
                }
                near => format!("assess a model that is measured: {}", words::list(near, "or", 6)),
            };
            self.state.report(diagnostic.label("cannot be assessed").also(place, "this model").help(help));
        }
        None
    }

    fn aim(&mut self, tree: &Tree, node: NodeId, of: Assessed) -> Option<Aim> {
        let spans: Vec<Span> = tree.all(node, Role::Aimed).collect();
        let aimed = spans
            .into_iter()
            .filter_map(|span| self.element(of, span, &[What::Process, What::Group]).map(|id| Target::new(id, span)));
        let aimed: Vec<Target> = aimed.collect();
        let span = tree.arg(node, Role::Grade)?;
        let want = Want::Level(of.framework);
        let found = self.sight().find(want, self.slice(span)).first();
        let level = found.and_then(|_| self.slice(span).parse().ok());
        if level.is_none() {
            let known = self.known(want);
            self.unknown(&codes::UNKNOWN_MEASURE, "level", span, &known);
        }
        Some(Aim { of: aimed, level: level?, span: tree.head(node) })
    }

    fn instances(&mut self, tree: &Tree, node: NodeId, of: Assessed) -> Option<Instances> {
        let process = self.element(of, tree.arg(node, Role::Instanced)?, &[What::Process])?;
        let names: Vec<Span> = tree.all(node, Role::Instance).collect();
        Some(Instances { names: names.into_iter().map(|span| (self.name(span), span)).collect(), process })
    }

    /// An element of the assessed model; an id that it had earlier stands for the present one.
    fn element(&mut self, of: Assessed, span: Span, kinds: &[What]) -> Option<Name> {
        let written = self.slice(span);
        let is_meant = |element: &Element| kinds.contains(&element.what());
        let found = |id: &str| match self.sight().find(Want::ElementOf(of.model, None), id) {
            Found::One(Thing::Element(_, element, name)) => Some(name).filter(|_| is_meant(&element)),
            _ => None,
        };
        let fate = || self.state.program.package(of.model).model.fate(&self.state.program, written);
        let renamed = || match fate()? {
            Fate::Renamed { now, .. } => found(&now),
            Fate::LeftOut(_) => None,
        };
        let name = found(written).or_else(renamed);
        if name.is_none() {
            let wanted = kinds.iter().map(|what| what.word()).collect::<Vec<_>>().join(" or ");
            let known = kinds.iter().flat_map(|what| self.known(Want::ElementOf(of.model, Some(*what))));
            let known: Vec<String> = known.collect();
            self.unknown(&codes::UNKNOWN_PROCESS, &wanted, span, &known);
        }
        name
    }

    fn assessment_named(&mut self, span: Span) -> Option<AssessmentId> {
        let found = self.sight().assessment(self.slice(span));
        if found.is_none() {
            let known = self.known(Want::Assessment);
            self.unknown(&codes::UNKNOWN_ASSESSMENT, "assessment", span, &known);
        }
        found
    }

    /// Of the assessments that one takes, those of the same model and framework.
    fn comparable(&mut self, of: Option<Assessed>, taken: Vec<(AssessmentId, Span)>) -> Vec<(AssessmentId, Span)> {
        let mut kept = Vec::new();
        for (id, span) in taken {
            let other = self.state.program.assessment(id);
            // Those below, and of this package those that come later, are bound when all are.
            match (of, other.of) {
                (Some(one), Some(of_other)) if one != of_other => {
                    let place = other.origin.span;
                    let message = format!("`{}` assesses another model, or by another framework", self.slice(span));
                    self.state.report(
                        Diagnostic::new(&codes::OTHER_MEASURE, span, message)
                            .label("cannot be joined with this one")
                            .also(place, "the other assessment")
                            .help("take assessments of the same model, measured by the same framework"),
                    );
                }
                _ => kept.push((id, span)),
            }
        }
        kept
    }

    /// Settles which assessments take which; one that would take itself, directly or through others, does not.
    fn without_circles(&mut self, takes: &FxHashMap<AssessmentId, Vec<(AssessmentId, Span)>>) {
        let mut order: Vec<AssessmentId> = takes.keys().copied().collect();
        order.sort_unstable();
        let mut done: FxHashSet<AssessmentId> = FxHashSet::default();
        for root in order {
            let mut path: Vec<(AssessmentId, usize)> = vec![(root, 0)];
            let mut open: FxHashSet<AssessmentId> = [root].into_iter().collect();
            while let Some((at, next)) = path.last_mut() {
                let (at, number) = (*at, *next);
                *next += 1;
                let taken = takes.get(&at).filter(|_| !done.contains(&at)).and_then(|taken| taken.get(number));
                let Some((taken, span)) = taken.copied() else {
                    done.insert(at);
                    open.remove(&at);
                    path.pop();
                    continue;
                };
                if open.contains(&taken) {
                    let message = format!("the assessment `{}` would take itself", self.slice(span));
                    self.state.report(
                        Diagnostic::new(&codes::CYCLE, span, message)
                            .label("goes round in a circle")
                            .help("leave one of the `takes` out: a profile is taken from below"),
                    );
                    continue;
                }
                let assessment = self.state.program.assessments.get_mut(at.0 as usize);
                // Named twice, it is taken once.
                if let Some(row) = assessment.filter(|row| row.takes.iter().all(|(other, _)| *other != taken)) {
                    row.takes.push((taken, span));
                }
                if !done.contains(&taken) {
                    open.insert(taken);
                    path.push((taken, 0));
                }
            }
        }
    }

    /// What can be rated in a framework, and how.
    fn parts(&mut self, framework: FrameworkId) -> &Parts {
        let program = &self.state.program;
        self.parts.entry(framework).or_insert_with(|| {
            let sight = program.sight(self.id);
            let mut parts = Parts::default();
            for thing in sight.candidates(Want::Measure(framework)) {
                if let (Thing::Measure(_, subject), Some(id)) = (thing, sight.full_id(thing)) {
                    parts.measures.entry(id).or_insert(subject);
                }
            }
            for (at, rating) in each(&program.framework(framework).ratings) {
                parts.ratings.entry(rating.id).or_insert(at);
            }
            parts
        })
    }
}

/// What a line says that a closed assessment is held to, without the reason for which it was changed.
fn recorded(tree: &Tree, node: NodeId) -> Option<RecordedLine> {
    let row = tree.node(node).kind.row()?;
    if matches!(row.kind, Kind::Note | Kind::Allow | Kind::Closed) {
        return None;
    }
    let said = tree.args(node).iter().filter(|arg| arg.role != Role::Amendment);
    let end = said.map(|arg| arg.end).max()?;
    Some(RecordedLine { said: Span { end, ..tree.head(node) }, amended: tree.arg(node, Role::Amendment) })
}

/// Whether all lines of a block are what they seem.
fn is_whole(tree: &Tree, block: NodeId) -> bool {
    let mut inside = block + 1..tree.node(block).subtree_end;
    inside.all(|node| !tree.node(node).broken && !matches!(tree.node(node).kind, Kind::Other | Kind::Garbage))
}
