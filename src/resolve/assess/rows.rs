//! What an assessment says before anything is rated, and what rules ask of it.

use super::Binder;
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::model::{
    AssessmentInput, Assessor, Class, Independence, Joining, Method, Name, OfRules, RatingMethod, Rules,
};
use crate::resolve::did_you_mean;
use crate::resolve::heads::single_text;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

impl Binder<'_> {
    pub(super) fn input(&mut self, tree: &Tree, node: NodeId) -> AssessmentInput {
        let text = |kind: Kind| single_text(tree, node, kind);
        let of_kind = |kind: Kind| tree.children(node).filter(move |child| tree.node(*child).kind == kind);
        let class = of_kind(Kind::Class).find_map(|child| tree.arg(child, Role::ClassWord));
        let independence = of_kind(Kind::Independence).next();
        let method = of_kind(Kind::Method).next();
        AssessmentInput {
            sponsor: text(Kind::Sponsor),
            purpose: text(Kind::Purpose).or_else(|| text(Kind::AmendedPurpose)),
            unit: text(Kind::Unit),
            period: text(Kind::Period),
            constraints: of_kind(Kind::Constraint).filter_map(|child| tree.arg(child, Role::Text)).collect(),
            documented: text(Kind::Documented),
            confidentiality: text(Kind::Confidentiality),
            class: class.map(|span| (self.name(span), span)),
            independence: independence.and_then(|child| self.independence(tree, child)),
            assessors: of_kind(Kind::Assessor).filter_map(|child| assessor(tree, child)).collect(),
            method: method.and_then(|child| self.method(tree, child)),
        }
    }

    pub(super) fn independence(&mut self, tree: &Tree, node: NodeId) -> Option<Independence> {
        let span = tree.arg(node, Role::IndependenceWord)?;
        Some(Independence { word: self.name(span), text: tree.arg(node, Role::Text), span })
    }

    fn method(&mut self, tree: &Tree, node: NodeId) -> Option<Method> {
        let span = tree.arg(node, Role::MethodWord)?;
        let rating = self.word(span, "method", &RatingMethod::ALL, RatingMethod::word);
        let joining = tree.arg(node, Role::Joining);
        let joining = joining.map(|span| self.word(span, "way to join ratings", &Joining::ALL, Joining::word));
        // Of what is not known nothing is computed.
        Some(Method { rating: rating?, joining: joining.flatten(), span: tree.head(node) })
    }

    /// One of a few words.
    fn word<T: Copy>(&mut self, span: Span, what: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
        let written = self.slice(span);
        let found = all.iter().copied().find(|one| word(*one) == written);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|one| word(*one)).collect();
            let diagnostic = Diagnostic::new(&codes::UNKNOWN_RULE, span, format!("there is no {what} `{written}`"))
                .label(format!("expected {}", words::list(&known, "or", 3)));
            self.state.report(match words::nearest(written, known.iter().copied()) {
                Some(near) => did_you_mean(diagnostic, written, near),
                None => diagnostic.help(format!("write {}", words::list(&known, "or", 3))),
            });
        }
        found
    }

    pub(super) fn class(&mut self, tree: &Tree, node: NodeId) -> Option<Class> {
        let span = tree.arg(node, Role::ClassWord)?;
        let (mut instances, mut kinds) = (None, None);
        for child in tree.children(node) {
            let mut counts = tree.all(child, Role::Count).map(|span| self.slice(span).parse().ok());
            match tree.node(child).kind {
                Kind::ClassInstances => {
                    instances = instances.or(counts.next().flatten());
                    kinds = kinds.or(counts.next().flatten());
                }
                Kind::ClassKinds => kinds = kinds.or(counts.next().flatten()),
                _ => {}
            }
        }
        Some(Class { word: self.name(span), instances, kinds, span })
    }

    /// Of the rules that a package sees none define one class, or one kind of independence, twice.
    pub(super) fn defined_twice(&mut self, rules: &Rules) {
        let sight = self.sight();
        let both = [OfRules::Class, OfRules::Independence].into_iter();
        let seen = both.flat_map(|what| sight.defined_by_rules(what).map(move |(word, span, _)| (what, word, span)));
        let mut seen: Vec<(OfRules, Name, Span)> = seen.collect();
        let own_classes = rules.classes.iter().map(|class| (OfRules::Class, class.word, class.span));
        let own = own_classes.chain(rules.independences.iter().map(|one| (OfRules::Independence, one.word, one.span)));
        for (what, word, span) in own {
            if let Some((_, _, first)) = seen.iter().find(|(other, named, _)| *other == what && *named == word) {
                let message = format!("the {} `{}` is defined twice", what.word(), self.state.program.name(word));
                self.state.report(
                    Diagnostic::new(&codes::DEFINED_TWICE, span, message)
                        .label("the second time")
                        .also(*first, "the first time")
                        .help("keep one of the two, or use one of the packages only"),
                );
            }
            seen.push((what, word, span));
        }
    }

    /// A class, or a kind of independence, as the rules in sight name it; where there are none, any word will do.
    pub(super) fn of_rules(&mut self, tree: &Tree, node: NodeId) {
        let (what, role) = match tree.node(node).kind {
            Kind::Class => (OfRules::Class, Role::ClassWord),
            _ => (OfRules::Independence, Role::IndependenceWord),
        };
        let Some(span) = tree.arg(node, role) else { return };
        let known = self.sight().defined_by_rules(what);
        let known: Vec<String> = known.map(|(word, ..)| self.state.program.name(word).to_owned()).collect();
        if !known.is_empty() && !known.iter().any(|word| word == self.slice(span)) {
            self.unknown(&codes::UNKNOWN_RULE, what.word(), span, &known);
        }
        let requirement =
            tree.children(node).find(|child| matches!(tree.node(*child).kind, Kind::ClassInstances | Kind::ClassKinds));
        if let Some(requirement) = requirement {
            self.state.report(
                Diagnostic::new(
                    &codes::MISPLACED_STATEMENT,
                    tree.head(requirement),
                    "an assessment does not say what its class asks for",
                )
                .label("not in an assessment")
                .also(tree.head(node), "in this block")
                .help("its place is a class in a block of `rules`"),
            );
        }
    }

    /// One assessor leads.
    pub(super) fn leads(&mut self, tree: &Tree, node: NodeId) {
        let is_lead = |child: &NodeId| tree.node(*child).kind == Kind::Assessor && tree.has(*child, Role::Lead);
        let mut leads = tree.children(node).filter(is_lead);
        if let (Some(first), Some(second)) = (leads.next(), leads.next()) {
            self.state.report(
                Diagnostic::new(&codes::REPEATED_STATEMENT, tree.head(second), "two assessors lead this assessment")
                    .label("the second")
                    .also(tree.head(first), "the first")
                    .help("one leads; leave `lead` out of the other lines"),
            );
        }
    }
}

fn assessor(tree: &Tree, node: NodeId) -> Option<Assessor> {
    let mut texts = tree.all(node, Role::Text);
    Some(Assessor { is_lead: tree.has(node, Role::Lead), name: texts.next()?, competence: texts.next() })
}
