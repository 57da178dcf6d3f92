//! The declarations with a fixed inner form: model statements, crosswalks and frameworks.

use super::ids::duplicate;
use super::{State, did_you_mean};
use crate::codes;
use crate::diagnostic::{Diagnostic, words};
use crate::index::Idx;
use crate::model::{
    Achievement, Attribute, Crosswalk, CrosswalkId, Decimal, FieldValue, Framework, FrameworkId, GenericPractice, Head,
    InnerNote, Level, Name, Notice, Order, Origin, Rating, Reached, Remarks, Text,
};
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::Kind;
use crate::syntax::tree::{NodeId, Role, Tree};

/// The text of the first statement of a kind in a block.
pub fn single_text(tree: &Tree, block: NodeId, kind: Kind) -> Option<Text> {
    tree.node(block).open?;
    let statement = tree.children(block).find(|child| tree.node(*child).kind == kind)?;
    tree.arg(statement, Role::Text)
}

/// The notes in a block, and those within it that belong to nothing else.
pub fn notes(tree: &Tree, block: NodeId, whose: Origin) -> Remarks {
    let mut remarks = Remarks::default();
    if tree.node(block).open.is_none() {
        return remarks;
    }
    for child in tree.children(block) {
        if tree.node(child).kind == Kind::Note {
            remarks.body().notes.extend(tree.arg(child, Role::Text));
        }
        if !tree.node(child).kind.keeps_notes() && tree.node(child).open.is_some() {
            inner_notes(tree, child, whose, &mut remarks.body().inner);
        }
    }
    remarks
}

/// The notes in the block of a statement that outputs have no object for.
pub fn inner_notes(tree: &Tree, block: NodeId, whose: Origin, found: &mut Vec<InnerNote>) {
    let within = tree.node(block).kind.word();
    let end = tree.node(block).subtree_end;
    let mut node = block + 1;
    while node < end {
        let statement = tree.node(node);
        let parent = statement.parent.map_or(within, |parent| tree.node(parent).kind.word());
        if statement.kind == Kind::Note {
            let note = |text| InnerNote { within: parent, text, origin: Origin { span: tree.head(node), ..whose } };
            found.extend(tree.arg(node, Role::Text).map(note));
        }
        node = if statement.kind.keeps_notes() { statement.subtree_end.max(node + 1) } else { node + 1 };
    }
}

/// Notes, fields and former ids in a block of a statement with this origin.
pub fn remarks(state: &mut State, tree: &Tree, block: NodeId, origin: Origin, sources: &Sources) -> Remarks {
    let mut remarks = notes(tree, block, origin);
    if tree.node(block).open.is_none() {
        return remarks;
    }
    for node in tree.children(block) {
        match tree.node(node).kind {
            Kind::Formerly => {
                let former = tree.all(node, Role::Former).map(|span| (name(state, sources, span), span));
                remarks.body().formerly.extend(former);
            }
            Kind::FieldValue => {
                if let (Some(id), Some(text)) = (tree.arg(node, Role::Id), tree.arg(node, Role::ExtraText)) {
                    let origin = Origin { span: tree.head(node), ..origin };
                    remarks.body().fields.push(FieldValue { field: name(state, sources, id), text, origin });
                }
            }
            _ => {}
        }
    }
    remarks
}

fn name(state: &mut State, sources: &Sources, span: Span) -> Name {
    state.program.names.intern(sources.slice(span))
}

/// A model statement; what it refers to is connected later.
pub fn model(
    state: &mut State,
    tree: &Tree,
    node: NodeId,
    origin: Origin,
    remarks: Remarks,
    sources: &Sources,
) -> Option<Head> {
    let id_span = tree.arg(node, Role::Id)?;
    let text = |kind: Kind| single_text(tree, node, kind);
    let order = tree.children(node).find(|child| tree.node(*child).kind == Kind::Order);
    let order_stated = order.map(|order| tree.head(order));
    let order = order.and_then(|order| tree.arg(order, Role::Key)).map_or("", |span| sources.slice(span));
    let child = |kind: Kind| tree.children(node).find(|child| tree.node(*child).kind == kind);
    let id = name(state, sources, id_span);
    let notice = child(Kind::Notice).and_then(|notice| {
        let origin = Origin { span: tree.head(notice), ..origin };
        Some(Notice { of: id, text: tree.arg(notice, Role::Text)?, origin })
    });
    Some(Head {
        id,
        language: child(Kind::Language).and_then(|language| tree.arg(language, Role::Tag)),
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        extends: tree.all(node, Role::Base).map(|span| name(state, sources, span)).collect(),
        edition: text(Kind::Edition),
        source: text(Kind::Source),
        domain: text(Kind::Domain),
        context: text(Kind::Context),
        community: text(Kind::Community),
        consensus: text(Kind::Consensus),
        foreword: text(Kind::Foreword),
        introduction: text(Kind::Introduction),
        scope: text(Kind::Scope),
        overview: text(Kind::Overview),
        notices: notice.into_iter().collect(),
        covers: Vec::new(),
        drops: Vec::new(),
        dropped_through: Vec::new(),
        measured_by: None,
        conforms: Vec::new(),
        exclusions: Vec::new(),
        applications: Vec::new(),
        order: match order {
            "id" => Order::Id,
            "title" => Order::Title,
            _ => Order::Source,
        },
        order_stated,
        order_groups: Vec::new(),
        order_groups_stated: child(Kind::OrderGroups).map(|order| tree.head(order)),
        remarks,
        origin,
    })
}

/// Declares a crosswalk; its lines are connected later.
pub fn crosswalk(state: &mut State, tree: &Tree, node: NodeId, origin: Origin, sources: &Sources) -> Option<u32> {
    let id_span = tree.arg(node, Role::Id)?;
    let id = name(state, sources, id_span);
    let position = narrow(state.program.crosswalks.len());
    if let Some(first) = state.program.index.add_crosswalk(id, CrosswalkId(position)) {
        let first = state.program.crosswalk(first).origin.span;
        state.report(duplicate("crosswalk", sources.slice(id_span), id_span, first));
    }
    let crosswalk = Crosswalk {
        id,
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        from: None,
        to: None,
        lines: Vec::new(),
        new: Vec::new(),
        withdrawn: Vec::new(),
        source: single_text(tree, node, Kind::Source),
        notice: single_text(tree, node, Kind::Notice),
        remarks: notes(tree, node, origin),
        origin,
    };
    state.program.crosswalks.push(crosswalk);
    Some(position)
}

/// Declares a framework.
pub fn framework(state: &mut State, tree: &Tree, node: NodeId, origin: Origin, sources: &Sources) -> Option<u32> {
    let id_span = tree.arg(node, Role::Id)?;
    let id = name(state, sources, id_span);
    let position = narrow(state.program.frameworks.len());
    if let Some(first) = state.program.index.add_framework(id, FrameworkId(position)) {
        let first = state.program.framework(first).origin.span;
        state.report(duplicate("framework", sources.slice(id_span), id_span, first));
    }
    let mut framework = Framework {
        id,
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        edition: single_text(tree, node, Kind::Edition),
        source: single_text(tree, node, Kind::Source),
        notice: single_text(tree, node, Kind::Notice),
        ratings: Vec::new(),
        levels: Vec::new(),
        reached: None,
        remarks: notes(tree, node, origin),
        origin,
    };
    for child in tree.children(node) {
        match tree.node(child).kind {
            Kind::Scale => {
                let ratings = tree.children(child).filter(|rating| tree.node(*rating).kind == Kind::Rating);
                framework.ratings.extend(ratings.filter_map(|node| rating(state, tree, node, origin, sources)));
            }
            Kind::Level => framework.levels.extend(level(state, tree, child, origin, sources)),
            _ => {}
        }
    }
    let statement = tree.children(node).find(|child| tree.node(*child).kind == Kind::Reached);
    framework.reached = statement.and_then(|statement| reached(state, tree, statement, &framework, sources));
    state.program.frameworks.push(framework);
    Some(position)
}

/// When a level is reached, by ratings of the scale.
fn reached(state: &mut State, tree: &Tree, node: NodeId, framework: &Framework, sources: &Sources) -> Option<Reached> {
    let mut least = |role: Role| {
        let span = tree.arg(node, role)?;
        let written = sources.slice(span);
        let names = framework.ratings.iter().map(|rating| state.program.name(rating.id));
        let known: Vec<&str> = names.collect();
        let found = known.iter().position(|id| *id == written);
        if found.is_none() {
            let diagnostic =
                Diagnostic::new(&codes::UNKNOWN_MEASURE, span, format!("there is no rating `{written}` in this scale"))
                    .label("unknown rating");
            let diagnostic = match words::nearest(written, known.iter().copied()) {
                Some(near) => did_you_mean(diagnostic, written, near),
                None => diagnostic.help(format!("name a rating of the scale: {}", words::list(&known, "or", 9))),
            };
            state.report(diagnostic);
        }
        found.map(Idx::new)
    };
    let (own, lower) = (least(Role::OwnLeast), least(Role::LowerLeast));
    Some(Reached { own: own?, lower: lower?, span: tree.head(node) })
}

fn rating(state: &mut State, tree: &Tree, node: NodeId, whose: Origin, sources: &Sources) -> Option<Rating> {
    let id_span = tree.arg(node, Role::Id)?;
    // What is no percentage, or lacks, has been reported; the checks pass over it.
    let percentage = |span: Span| sources.slice(span).parse().ok().filter(|number| (0.0..=100.0).contains(number));
    let mut numbers = tree.all(node, Role::Number).map(|span| percentage(span).unwrap_or(f64::NAN));
    let (from, to) = (numbers.next().unwrap_or(f64::NAN), numbers.next().unwrap_or(f64::NAN));
    let weight = tree.children(node).find(|child| tree.node(*child).kind == Kind::Weight);
    let weight = weight.and_then(|weight| tree.arg(weight, Role::Amount));
    Some(Rating {
        id: name(state, sources, id_span),
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        from,
        to,
        label: single_text(tree, node, Kind::Label),
        weight: weight.and_then(|span| Some((Decimal::read(sources.slice(span))?, span))),
        remarks: notes(tree, node, whose),
        span: tree.head(node),
    })
}

fn level(state: &mut State, tree: &Tree, node: NodeId, whose: Origin, sources: &Sources) -> Option<Level> {
    let id_span = tree.arg(node, Role::Id)?;
    let attributes = tree.children(node).filter(|child| tree.node(*child).kind == Kind::Attribute);
    let attributes = attributes.filter_map(|child| attribute(state, tree, child, whose, sources)).collect();
    Some(Level {
        id: name(state, sources, id_span),
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        attributes,
        remarks: notes(tree, node, whose),
        span: tree.head(node),
    })
}

fn attribute(state: &mut State, tree: &Tree, node: NodeId, whose: Origin, sources: &Sources) -> Option<Attribute> {
    let id_span = tree.arg(node, Role::Id)?;
    let mut attribute = Attribute {
        id: name(state, sources, id_span),
        title: tree.arg(node, Role::Title).unwrap_or(id_span),
        achievements: Vec::new(),
        practices: Vec::new(),
        remarks: notes(tree, node, whose),
        span: tree.head(node),
    };
    for child in tree.children(node) {
        let Some(id_span) = tree.arg(child, Role::Id) else { continue };
        let id = name(state, sources, id_span);
        let texts: Vec<Span> = tree.all(child, Role::Text).collect();
        let Some(first) = texts.first().copied() else { continue };
        match tree.node(child).kind {
            Kind::Achievement => attribute.achievements.push(Achievement {
                id,
                text: first,
                remarks: notes(tree, child, whose),
                span: tree.head(child),
            }),
            Kind::Practice => attribute.practices.push(GenericPractice {
                id,
                name: texts.get(1).map(|_| first),
                text: texts.get(1).copied().unwrap_or(first),
                achieves: tree.all(child, Role::Achieved).map(|span| name(state, sources, span)).collect(),
                remarks: notes(tree, child, whose),
                span: tree.head(child),
            }),
            _ => {}
        }
    }
    Some(attribute)
}
