//! What a model statement refers to, and the relations of processes.

use rustc_hash::FxHashMap;

use super::Binder;
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::index::Idx;
use crate::model::{
    Application, Conformity, Cover, Drop, Exclusion, FrameworkId, Head, Origin, Process, ProcessRelation, RelationKind,
    ReqKind, RequirementId, State, Target, Want, What,
};
use crate::resolve::heads;
use crate::resolve::ids::twice;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

impl Binder<'_> {
    pub(super) fn model(&mut self, tree: &Tree, node: NodeId) {
        let Some(mut head) = self.package.model.head.take() else { return };
        for child in tree.children(node) {
            let origin = Origin { span: tree.head(child), ..head.origin };
            match tree.node(child).kind {
                Kind::Language => self.language(tree, child),
                Kind::Drops => self.drops(tree, child, origin, &mut head),
                Kind::OrderGroups => self.order_groups(tree, child, &mut head),
                Kind::Covers => {
                    let cover = self.cover(tree, child, origin);
                    head.covers.extend(cover);
                }
                Kind::Measured => match self.framework_named(tree, child) {
                    None => self.state.unknown_measures.push(self.id),
                    found => head.measured_by = found,
                },
                Kind::Conforms => {
                    head.conforms.extend(self.conformity(tree, child, origin));
                }
                Kind::Exclude => self.exclusions(tree, child, origin, &mut head),
                Kind::Apply => self.applications(tree, child, origin, &mut head),
                Kind::Order => self.order(tree, child),
                _ => {}
            }
        }
        self.said_twice(&head);
        self.package.model.head = Some(head);
    }

    /// Of one requirement a package says once whether it applies, and once how the model conforms to it.
    fn said_twice(&mut self, head: &Head) {
        let exclusions = head.exclusions.iter().map(|row| (row.requirement, row.span));
        let applications = head.applications.iter().map(|row| (row.requirement, row.span));
        let mut found = Vec::new();
        let mut first: FxHashMap<RequirementId, Span> = FxHashMap::default();
        for (requirement, place) in exclusions.chain(applications) {
            let first = *first.entry(requirement).or_insert(place);
            if first != place {
                let id = self.state.program.full_id(requirement);
                found.push(twice(format!("this package excludes or applies `{id}` twice"), place, first));
            }
        }
        first.clear();
        for row in &head.conforms {
            let first = *first.entry(row.requirement).or_insert(row.origin.span);
            if first != row.origin.span {
                let id = self.state.program.full_id(row.requirement);
                found.push(twice(
                    format!("this package speaks of its conformity to `{id}` twice"),
                    row.origin.span,
                    first,
                ));
            }
        }
        self.state.diagnostics.extend(found);
    }

    /// Only what could be excluded is said to apply.
    fn refuse_fixed(&mut self, requirement: RequirementId, span: Span) -> Option<()> {
        let program = &self.state.program;
        let row = program.requirement(requirement);
        let could_be = match row.kind {
            ReqKind::Clause => program.below(requirement).any(|id| program.is_tailorable(id)),
            _ => program.is_tailorable(requirement),
        };
        if could_be {
            return Some(());
        }
        let message = match row.kind {
            ReqKind::Clause => format!("`{}` holds nothing that could be excluded", program.full_id(requirement)),
            _ => format!("`{}` is a requirement, and applies to everyone", program.full_id(requirement)),
        };
        let diagnostic = Diagnostic::new(&codes::APPLIED_REQUIREMENT, span, message)
            .label("no control")
            .also(row.origin.span, "declared here")
            .help(
                "take it out of the list: `apply` speaks of controls, and of the requirements of a tailorable catalog",
            );
        self.report(diagnostic);
        None
    }

    fn cover(&mut self, tree: &Tree, node: NodeId, origin: Origin) -> Option<Cover> {
        let span = tree.arg(node, Role::Ref)?;
        let through = tree.all(node, Role::Through).filter_map(|span| self.through(span)).collect();
        let written = self.slice(span);
        let Some((prefix, _)) = written.split_once(':') else {
            return Some(Cover { catalog: self.linkable_catalog(span)?, clause: None, through, origin });
        };
        let catalog_span = Span { end: span.start + narrow(prefix.len()), ..span };
        let clause = self.requirement(span)?;
        let requirement = self.state.program.requirement(clause);
        if requirement.kind != ReqKind::Clause {
            let word = requirement.kind.word();
            let rest = Span { start: catalog_span.end + 1, ..span };
            let id = self.slice(rest);
            self.report(
                Diagnostic::new(&codes::WRONG_KIND, rest, format!("`{id}` is a {word}, not a clause"))
                    .label("expected a clause")
                    .help("a part of a catalog is named by the clause that holds it"),
            );
            return None;
        }
        Some(Cover { catalog: requirement.catalog, clause: Some(clause), through, origin })
    }

    fn framework_named(&mut self, tree: &Tree, node: NodeId) -> Option<(FrameworkId, Span)> {
        let span = tree.arg(node, Role::Ref)?;
        let found = self.sight().framework(self.slice(span));
        if found.is_none() {
            self.unknown_name(&codes::UNKNOWN_FRAMEWORK, What::Framework, Want::Framework, span);
        }
        found.map(|framework| (framework, tree.head(node)))
    }

    fn conformity(&mut self, tree: &Tree, node: NodeId, origin: Origin) -> Option<Conformity> {
        let requirement = self.conformed(tree.arg(node, Role::Ref)?)?;
        Some(Conformity { requirement, text: tree.arg(node, Role::Text)?, origin })
    }

    fn exclusions(&mut self, tree: &Tree, node: NodeId, origin: Origin, head: &mut Head) {
        let because = tree.arg(node, Role::Reason);
        let remarks = heads::remarks(self.state, tree, node, origin, self.sources);
        for span in tree.all(node, Role::Ref) {
            for requirement in self.linkable(span) {
                head.exclusions.push(Exclusion { requirement, span, because, remarks: remarks.clone(), origin });
            }
        }
    }

    fn drops(&mut self, tree: &Tree, node: NodeId, origin: Origin, head: &mut Head) {
        let Some(catalog) = tree.arg(node, Role::Ref).and_then(|span| self.catalog(span)) else { return };
        if let Some(first) = head.drops.iter().find(|drop| drop.catalog == catalog) {
            let first = first.origin.span;
            return self.report(
                Diagnostic::new(&codes::REPEATED_STATEMENT, origin.span, "this catalog is dropped twice")
                    .label("the second time")
                    .also(first, "the first time")
                    .help("keep one of the two"),
            );
        }
        head.drops.push(Drop { catalog, because: tree.arg(node, Role::Reason), origin });
    }

    fn order_groups(&mut self, tree: &Tree, node: NodeId, head: &mut Head) {
        for span in tree.all(node, Role::InGroup) {
            match self.element(self.slice(span), What::Group) {
                Some(group) if head.order_groups.contains(&group) => self.report(
                    Diagnostic::new(&codes::REPEATED_STATEMENT, span, "this group is named twice")
                        .label("the second time")
                        .help("keep one of the two"),
                ),
                Some(group) => head.order_groups.push(group),
                None => self.unknown_element(&codes::UNKNOWN_GROUP, What::Group, span),
            }
        }
    }

    fn applications(&mut self, tree: &Tree, node: NodeId, origin: Origin, head: &mut Head) {
        let because = tree.arg(node, Role::Reason);
        let statement = tree.children(node).find(|child| tree.node(*child).kind == Kind::State);
        let state = statement.and_then(|node| tree.arg(node, Role::Key)).and_then(|span| self.state_named(span));
        let remarks = heads::remarks(self.state, tree, node, origin, self.sources);
        for span in tree.all(node, Role::Ref) {
            for requirement in self.linkable(span) {
                if self.refuse_fixed(requirement, span).is_some() {
                    let remarks = remarks.clone();
                    head.applications.push(Application { requirement, span, state, because, remarks, origin });
                }
            }
        }
    }

    fn language(&mut self, tree: &Tree, node: NodeId) {
        let Some(span) = tree.arg(node, Role::Tag) else { return };
        let tag = self.slice(span);
        if !is_language(tag) {
            self.report(
                Diagnostic::new(&codes::MALFORMED_STATEMENT, span, format!("`{tag}` is no language"))
                    .label("expected a language, as in BCP 47")
                    .help("write the code of the language, as in `en`, `de` or `pt-BR`"),
            );
        }
    }

    /// How far a control is put into practice.
    fn state_named(&mut self, span: Span) -> Option<State> {
        let written = self.slice(span);
        let found = State::ALL.into_iter().find(|state| state.word() == written);
        if found.is_none() {
            let known = State::ALL.map(State::word);
            let diagnostic =
                Diagnostic::new(&codes::MALFORMED_STATEMENT, span, format!("`{written}` is no state of a control"))
                    .label("expected `implemented`, `partial`, `planned` or `none`");
            self.report(match words::nearest(written, known) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace_with(near),
                None => diagnostic.help("a field says more: `field status \"Status\" on control`"),
            });
        }
        found
    }

    fn order(&mut self, tree: &Tree, node: NodeId) {
        let Some(span) = tree.arg(node, Role::Key) else { return };
        let key = self.slice(span);
        if !matches!(key, "id" | "title" | "source") {
            self.report(
                Diagnostic::new(&codes::MALFORMED_STATEMENT, span, format!("processes cannot be ordered by `{key}`"))
                    .label("expected `id`, `title` or `source`")
                    .help("`order by id` sorts by id, `order by title` by title, `order by source` keeps the order of the text"),
            );
        }
    }

    pub(super) fn relation(&mut self, tree: &Tree, node: NodeId, process: Idx<Process>) {
        let kind = match tree.node(node).kind {
            Kind::Supports => RelationKind::Supports,
            Kind::Informs => RelationKind::Informs,
            Kind::Follows => RelationKind::Follows,
            _ => return,
        };
        let Some(origin) = self.package.model.process_at(process).map(|process| process.origin) else {
            return;
        };
        let origin = Origin { span: tree.head(node), ..origin };
        let text = tree.arg(node, Role::Text);
        for span in tree.all(node, Role::Target) {
            let Some(id) = self.element(self.slice(span), What::Process) else {
                self.unknown_element(&codes::UNKNOWN_PROCESS, What::Process, span);
                continue;
            };
            let relation = ProcessRelation { kind, target: Target::new(id, span), text, origin };
            if let Some(process) = self.package.model.processes.get_mut(process.at()) {
                process.relations.push(relation);
            }
        }
    }
}

/// Whether a word has the shape of a language tag (BCP 47): a code of two or three letters, and subtags of up to eight
/// letters and digits.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_code = |code: &str| matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_subtag = |tag: &str| matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_code) && parts.all(is_subtag)
}
