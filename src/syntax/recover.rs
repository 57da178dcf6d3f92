//! What can be saved of a statement that the grammar refuses: its id, its texts, its references.
//!
//! A broken statement still declares its id and keeps its links, so that one slip never causes a second message.

use super::lexer::{terminal, terminal_of};
use super::statements::{ALL, Kind, Statement, role_behind};
use super::tree::{Arg, NodeId, Role, Tree};
use crate::span::narrow;

/// A token with what it says.
pub struct Piece<'a> {
    /// Its character in the grammar.
    pub terminal: u8,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What stands there.
    pub text: &'a str,
}

impl Piece<'_> {
    fn is_word(&self) -> bool {
        self.terminal >= terminal::WORD
    }

    /// Whether it is a text without its closing quote.
    pub fn is_unclosed(&self) -> bool {
        self.terminal == terminal::QUOTED
            && (self.text.len() < 2
                || !self.text.ends_with('"')
                || self.text.ends_with("\\\"") && !self.text.ends_with("\\\\\""))
    }
}

/// Which statement the words at the start of a line mean.
pub fn kind_of(pieces: &[Piece<'_>]) -> Kind {
    let first = &pieces[0];
    if !first.is_word() {
        return Kind::Garbage;
    }
    let object = pieces.get(1).filter(|piece| piece.is_word()).map_or("", |piece| piece.text);
    let begins = |row: &&'static Statement| row.word.split_once(' ').is_some_and(|(word, _)| word == first.text);
    Kind::of_word(&format!("{} {object}", first.text))
        .or_else(|| Kind::of_word(first.text))
        .or_else(|| ALL.iter().find(begins).map(|row| row.kind))
        .unwrap_or(Kind::Other)
}

/// The arguments of a broken statement, each with its likely role.
pub fn arguments(kind: Kind, pieces: &[Piece<'_>]) -> Vec<Arg> {
    let mut args = Vec::new();
    let has_title = kind.row().is_some_and(|row| row.part(Role::Title).is_some());
    let mut role = kind.row().and_then(Statement::first_role).filter(|role| !matches!(role, Role::Title | Role::Text));
    let mut texts = 0;
    let words = 1 + usize::from(kind.word().contains(' '));
    for (number, piece) in pieces.iter().enumerate().skip(words.min(pieces.len())) {
        let mut push = |role: Role| args.push(Arg { role, start: piece.start, end: piece.end });
        if piece.terminal == terminal::QUOTED {
            if role == Some(Role::Reason) {
                push(Role::Reason);
                role = None;
            } else if !piece.is_unclosed() || texts == 0 {
                push(if texts == 0 && has_title { Role::Title } else { Role::Text });
                texts += 1;
                role = None;
            }
            continue;
        }
        if !piece.is_word() {
            continue;
        }
        // Where an id is due, even a word of the language is one; afterwards it begins its clause.
        if role == Some(Role::Id) {
            push(Role::Id);
            role = None;
            continue;
        }
        match role_behind(kind, piece.text) {
            // A word has to follow: of `partly satisfies` the first word is the mark.
            Some(None) => {
                if let Some(mark) = Role::of_mark(piece.text) {
                    push(mark);
                    role = Some(mark);
                }
            }
            Some(next) => {
                let is_led = role.is_some_and(Role::is_mark);
                Role::of_mark(piece.text).filter(|_| !is_led).into_iter().for_each(push);
                role = next;
            }
            None => {
                // Members of a list have commas between them; what follows one without is none.
                let before = &pieces[number - 1];
                let is_member = !before.is_word() || number <= words || role_behind(kind, before.text).is_some();
                if let Some(role) = role.filter(|role| is_member && *role != Role::Reason && !role.is_mark()) {
                    push(role);
                }
            }
        }
    }
    args
}

/// Takes a broken statement for another of its word: what it says is given the roles that it has there.
pub fn recover_as(tree: &mut Tree, node: NodeId, text: &str, kind: Kind) {
    let head = tree.node(node).start..tree.node(node).start;
    let mut pieces = pieces(tree, node, text);
    // `arguments` passes over the word that begins the statement.
    pieces.insert(0, Piece { terminal: terminal::WORD, start: head.start, end: head.end, text: "" });
    let args = arguments(kind, &pieces);
    if let Some(statement) = tree.nodes.get_mut(node as usize) {
        statement.kind = kind;
    }
    replace_args(tree, node, args);
}

/// Takes a line whose first word means nothing for the statement that was meant.
pub fn recover(tree: &mut Tree, node: NodeId, text: &str, kind: Kind) {
    let args = arguments(kind, &pieces(tree, node, text));
    if let Some(statement) = tree.nodes.get_mut(node as usize) {
        statement.kind = kind;
    }
    replace_args(tree, node, args);
}

/// Takes a line whose first word is a misspelt clause word for a part of the statement above it.
pub fn recover_clause(tree: &mut Tree, above: NodeId, node: NodeId, text: &str, clause: &str) {
    let mut pieces = pieces(tree, node, text);
    let Some(first) = pieces.first() else { return };
    // `arguments` passes over the word that begins a statement: here the clause stands where that would.
    let (start, end) = (first.start, first.end);
    pieces[0] = Piece { terminal: terminal_of(clause), start, end, text: clause };
    pieces.insert(0, Piece { terminal: terminal::WORD, start, end: start, text: "" });
    let mut args = tree.args(above).to_vec();
    args.extend(arguments(Kind::Other, &pieces));
    replace_args(tree, above, args);
}

fn pieces<'a>(tree: &Tree, node: NodeId, text: &'a str) -> Vec<Piece<'a>> {
    let piece = |arg: &Arg| {
        let slice = text.get(arg.start as usize..arg.end as usize).unwrap_or_default();
        let is_text = arg.role.is_text();
        Piece {
            terminal: if is_text { terminal::QUOTED } else { terminal_of(slice) },
            start: arg.start,
            end: arg.end,
            text: slice,
        }
    };
    tree.args(node).iter().map(piece).collect()
}

fn replace_args(tree: &mut Tree, node: NodeId, args: Vec<Arg>) {
    let first_arg = narrow(tree.args.len());
    let count = narrow(args.len());
    tree.args.extend(args);
    if let Some(statement) = tree.nodes.get_mut(node as usize) {
        statement.broken = true;
        statement.first_arg = first_arg;
        statement.args = count;
    }
}
