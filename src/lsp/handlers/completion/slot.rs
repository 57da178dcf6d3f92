//! Where a cursor is: what may be written there. Works on any text, since only the statement under way is looked at.

use std::ops::Range;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lsp::workspace::View;
use crate::model::OfRules;
use crate::span::FileId;
use crate::syntax::lexer::{self, Tokens, terminal};
use crate::syntax::shape::{self, Names, Part};
use crate::syntax::statements::{ALL, Kind, Statement, standing_in};
use crate::syntax::tree::{NodeId, Role};

/// A place where something may be written.
pub struct Slot {
    /// The bytes of what has been begun, which a completion replaces.
    pub bytes: Range<usize>,
    /// What may stand there.
    pub wants: Wants,
    /// The statement under way, or the one in whose block another may begin.
    pub node: Option<NodeId>,
    /// The first byte of the statement under way, or of the one above.
    pub from: usize,
}

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A statement in a block of this kind, or at the top; or a clause of the statement above.
    Statement { parent: Option<Kind>, above: Option<Kind> },
    /// A clause of this statement.
    Clause(Kind),
    /// This word.
    Word(&'static str),
    /// The second word of a statement that begins with this one.
    Second { parent: Option<Kind>, first: &'static str },
    /// A text.
    Text,
    /// A name.
    Name(Due),
}

/// Which names are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Due {
    Package,
    Requirement,
    Excluded,
    Outcome,
    OwnOutcome,
    Item,
    Process,
    Group,
    Model,
    Crosswalk,
    Catalog,
    Covered,
    /// A catalog that a base covers.
    Dropped,
    Framework,
    ItemKind,
    FieldKind,
    Check,
    OrderKey,
    State,
    Omitted,
    /// The number of a new outcome, or the id of a new practice.
    NewNumber(Kind),
    /// An element of a base, of the kind that `extend` or `replace` speaks of.
    OfBase(Kind),
    /// A language.
    Language,
    Measured,
    Assessment,
    Exhibit,
    Shown,
    Method,
    Joining,
    /// A class or a kind of independence.
    OfRules(OfRules),
    /// The name of an instance.
    Instance,
    /// A part of the model that is assessed, or of its framework.
    Assessed(Names),
    /// What may stand in double brackets.
    InText,
    /// The left or right side of a crosswalk's line.
    Left,
    Right,
}

/// The statement under way at a byte, or the one above where another may begin.
pub struct UnderWay {
    /// How much has been begun of a name.
    begun: usize,
    /// What it is, or the one above.
    node: Option<NodeId>,
    /// Where that begins.
    start: usize,
    /// Its text from there on up to the byte, with a word where none has been begun, and its tokens.
    pub probe: String,
    pub tokens: Tokens,
    /// What the lexer had to say.
    found: Vec<Diagnostic>,
    /// The token at the byte, and the first of its statement.
    pub last: usize,
    pub first: usize,
}

impl UnderWay {
    /// What is under way at a byte; nothing in a comment.
    pub fn at(view: &View<'_>, offset: usize) -> Option<UnderWay> {
        let text = view.text();
        let begun = offset - text.get(..offset)?.trim_end_matches(is_of_id).len();
        // The statement before what has been begun: the statement under way, or the one above.
        let node = (offset - begun).checked_sub(1).and_then(|before| view.node_at(before));
        let start = node.map_or(0, |node| view.tree.node(node).start as usize);
        let line = text.get(start..offset)?;
        // A word is put where none has been begun: then the lexer tells whether a statement begins there.
        let probe = if begun == 0 { format!("{line}x") } else { line.to_owned() };
        let (tokens, found) = lexer::lex(FileId(0), &probe);
        let last = (0..tokens.places.len()).rfind(|at| tokens.kinds[*at] != terminal::END)?;
        if tokens.places[last].1 as usize != probe.len() {
            return None;
        }
        let first = statement_start(&tokens, last);
        Some(UnderWay { begun, node, start, probe, tokens, found, last, first })
    }

    /// What a token is.
    pub fn token(&self, at: usize) -> &str {
        let (start, end) = self.tokens.places[at];
        &self.probe[start as usize..end as usize]
    }

    /// Whether the byte lies in a text that is being written.
    pub fn is_in_text(&self) -> bool {
        let place = self.tokens.places[self.last];
        let mut reported = self.found.iter();
        self.tokens.kinds[self.last] == terminal::QUOTED
            && (reported.any(|found| *found.code == codes::UNCLOSED_TEXT && found.primary.span.start == place.0)
                || self.tokens.unclosed.iter().any(|open| open.start == place.0))
    }

    /// The statement, if what is under way does not begin one.
    pub fn statement(&self, view: &View<'_>) -> Option<NodeId> {
        view.tree.begins_at(self.tokens.places[self.first].0 as usize + self.start).filter(|_| self.first < self.last)
    }
}

/// The place at a byte; none in a comment, in a text, or where an author makes up a name.
pub fn find(view: &View<'_>, offset: usize) -> Option<Slot> {
    let under = UnderWay::at(view, offset)?;
    let UnderWay { begun, node, start, ref probe, ref tokens, last, first: statement, .. } = under;
    let mut node = node;
    if tokens.kinds[last] == terminal::QUOTED {
        let line = view.text().get(start..offset)?;
        let quote = tokens.places[last].0 as usize;
        return under.is_in_text().then(|| in_text(line, quote, start, offset, node)).flatten();
    }
    let bytes = offset - begun..offset;
    if statement == last {
        let closed = last > 0 && tokens.kinds[last - 1] != terminal::END;
        let (parent, above) = (block_at(view, node, bytes.start), node.filter(|_| !closed));
        let goes_on = |above: &NodeId| view.tree.node(*above).open.is_none();
        let kind = |node: NodeId| view.tree.node(node).kind;
        let above = above.filter(goes_on).map(kind);
        let wants = Wants::Statement { parent: parent.map(kind), above };
        return Some(Slot { bytes, wants, node: parent, from: start });
    }
    let first = tokens.places[statement].0 as usize + start;
    node = view.tree.begins_at(first);
    let second = || second(view, node?, probe, tokens.places[statement]).filter(|_| statement + 1 == last);
    let wants = match second() {
        Some(second) => second,
        None => due(view, node?, tokens, probe, statement, last)?,
    };
    Some(Slot { bytes, wants, node, from: first })
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':')
}

/// In a text that is being written: within double brackets, what they may hold.
fn in_text(line: &str, quote: usize, start: usize, offset: usize, node: Option<NodeId>) -> Option<Slot> {
    let written = &line[quote..];
    let open =
        written.rfind("[[").filter(|open| !written[*open..].contains("]]") && !written[*open..].contains('\n'))?;
    let bytes = start + quote + open + 2..offset;
    Some(Slot { bytes, wants: Wants::Name(Due::InText), node, from: start })
}

/// The second word, where the first begins statements of two.
fn second(view: &View<'_>, node: NodeId, probe: &str, first: (u32, u32)) -> Option<Wants> {
    let parent = view.tree.node(node).parent.map(|parent| view.tree.node(parent).kind);
    let written = &probe[first.0 as usize..first.1 as usize];
    let first = standing_in(parent)
        .find_map(|row| seconds(row).next().map(|(first, _)| first).filter(|first| *first == written))?;
    Some(Wants::Second { parent, first })
}

/// The first and the second word of a statement that begins with two.
pub fn seconds(row: &'static Statement) -> impl Iterator<Item = (&'static str, &'static str)> {
    let in_word = row.word.split_once(' ');
    let in_parts = match row.parts.first() {
        // `order by` and `order groups` are two statements of one word.
        Some(Part::Word(second)) if ALL.iter().filter(|other| other.word == row.word).count() > 1 => {
            Some((row.word, *second))
        }
        _ => None,
    };
    in_word.or(in_parts).into_iter()
}

/// The token with which the statement of a token begins.
fn statement_start(tokens: &Tokens, at: usize) -> usize {
    let ends = [terminal::END, terminal::OPEN, terminal::CLOSE];
    tokens.kinds[..at].iter().rposition(|kind| ends.contains(kind)).map_or(0, |end| end + 1)
}

/// The statement in whose block a byte lies.
fn block_at(view: &View<'_>, node: Option<NodeId>, offset: usize) -> Option<NodeId> {
    let holds = |node: &NodeId| {
        let statement = view.tree.node(*node);
        let is_behind = |open: u32| (open as usize) < offset;
        statement.open.is_some_and(is_behind) && statement.close.is_none_or(|close| offset <= close as usize)
    };
    std::iter::successors(node, |node| view.tree.node(*node).parent).find(holds)
}

/// What is due at the last token of a statement.
fn due(view: &View<'_>, node: NodeId, tokens: &Tokens, probe: &str, first: usize, last: usize) -> Option<Wants> {
    let parent = view.tree.node(node).parent.map(|parent| view.tree.node(parent).kind);
    let kind = match view.tree.node(node).kind {
        Kind::Other if parent == Some(Kind::Crosswalk) => Kind::Line,
        kind => kind,
    };
    let words = if kind == Kind::Line { 0 } else { kind.word().split(' ').count() };
    let mut wants = first_due(kind, parent);
    let mut is_due = true;
    for at in first + words..last {
        let place = tokens.places[at];
        let token = &probe[place.0 as usize..place.1 as usize];
        match tokens.kinds[at] {
            terminal::QUOTED => {
                is_due = false;
                wants = None;
            }
            terminal::COMMA => is_due = true,
            _ => match wants {
                // An id may be any word; elsewhere a word of a clause begins it.
                Some(Wants::Name(Due::NewNumber(_) | Due::OfBase(_))) if is_due => (wants, is_due) = (None, false),
                _ => match clause_due(kind, token) {
                    Some(next) => (wants, is_due) = (Some(next), true),
                    None => is_due = false,
                },
            },
        }
    }
    match wants {
        Some(wants) if is_due => Some(wants),
        // Between a word and the text that has to follow it, nothing can be offered.
        None if is_due => None,
        _ => Some(Wants::Clause(kind)),
    }
}

/// What is due directly behind the word of a statement.
fn first_due(kind: Kind, parent: Option<Kind>) -> Option<Wants> {
    // The achievements of an attribute are named by their ids; its practices are not counted.
    let is_counted = kind != Kind::Practice || parent != Some(Kind::Attribute);
    wants(kind, kind.row()?.parts.first()?).filter(|_| is_counted)
}

/// What a word within a statement makes due.
fn clause_due(kind: Kind, word: &str) -> Option<Wants> {
    wants(kind, shape::behind(kind.row()?.parts, word)?)
}

fn wants(kind: Kind, part: &Part) -> Option<Wants> {
    if let Part::Word(word) = part {
        return Some(Wants::Word(word));
    }
    if matches!(
        (part.role(), part.names()),
        (Some(Role::Title | Role::Text | Role::Reason | Role::Amendment), Some(Names::Nothing))
    ) {
        return Some(Wants::Text);
    }
    Some(Wants::Name(match part.names()? {
        Names::NewNumber => Due::NewNumber(kind),
        Names::OfBase => Due::OfBase(kind),
        Names::Omitted => Due::Omitted,
        Names::OwnOutcome => Due::OwnOutcome,
        Names::Excluded => Due::Excluded,
        Names::Covered => Due::Covered,
        Names::Dropped => Due::Dropped,
        Names::Left => Due::Left,
        Names::Right => Due::Right,
        Names::OrderKey => Due::OrderKey,
        Names::Language => Due::Language,
        Names::State => Due::State,
        Names::ItemKind => Due::ItemKind,
        Names::FieldKind => Due::FieldKind,
        Names::Check => Due::Check,
        Names::Package => Due::Package,
        Names::Model => Due::Model,
        Names::Catalog => Due::Catalog,
        Names::Requirement => Due::Requirement,
        Names::Crosswalk => Due::Crosswalk,
        Names::Framework => Due::Framework,
        Names::Group => Due::Group,
        Names::Process => Due::Process,
        Names::Outcome => Due::Outcome,
        Names::Item => Due::Item,
        Names::Measured => Due::Measured,
        Names::Assessment => Due::Assessment,
        Names::Exhibit => Due::Exhibit,
        Names::Shown => Due::Shown,
        Names::Class => Due::OfRules(OfRules::Class),
        Names::Independence => Due::OfRules(OfRules::Independence),
        Names::Instance => Due::Instance,
        Names::Method => Due::Method,
        Names::Joining => Due::Joining,
        names @ (Names::Aimed
        | Names::Assessed
        | Names::Level
        | Names::Rating
        | Names::OfInstances
        | Names::Subject) => Due::Assessed(names),
        Names::Nothing | Names::New | Names::Own | Names::Former | Names::Percentage | Names::Count => return None,
    }))
}
