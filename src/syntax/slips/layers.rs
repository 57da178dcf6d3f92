//! What layers say of a base: `extend` and `replace`, and what of it they mean.

use super::super::lexer::{terminal, terminal_of};
use super::super::statements::{ALL, Kind};
use super::{Mended, Slip, Token};
use crate::codes;
use crate::diagnostic::words;
use crate::span::Span;

/// What may be extended or replaced: the second words of the statements that begin with this one.
fn objects(action: &str) -> impl Iterator<Item = &'static str> {
    let rows = ALL.iter().filter_map(|row| row.word.split_once(' '));
    let action = action.to_owned();
    rows.filter(move |(word, _)| *word == action).map(|(_, object)| object)
}

/// How many letters the word of another statement has in common with what stands there.
const ALIKE: usize = 3;

/// The word that begins the statement which was meant by another form of it.
fn action(word: &str) -> Option<&'static str> {
    match word {
        "extends" | "extend" => Some("extend"),
        "replaces" | "replace" => Some("replace"),
        _ => None,
    }
}

impl Slip<'_> {
    /// `extend KEY.1 {`, `replace contxt "…"`: what is extended or replaced has to be said.
    pub(super) fn object(&self) -> Option<Mended> {
        let action = action(self.word(self.get(0)?)).filter(|action| *action == self.raw(&self.tokens[0]))?;
        let written = self.get(1).filter(|token| token.kind >= terminal::WORD)?;
        let word = self.word(written).to_lowercase();
        let near = words::nearest(&word, objects(action)).filter(|near| *near != self.word(written));
        if let Some(near) = near {
            let mut tokens = self.tokens.to_vec();
            tokens[1] = Self::other(written, terminal_of(near), near);
            self.reads_as(&tokens, action, near).then_some(())?;
            let message = format!("`{action}` takes `{near}`, not `{}`", self.word(written));
            let known: Vec<&str> = objects(action).collect();
            let help = format!("what can be meant by `{action}` is {}", words::list(&known, "or", 9));
            let says =
                self.says(&codes::MALFORMED_STATEMENT, self.span(1, 2), message, &format!("expected `{near}`"), &help);
            return self.done(tokens, says, true);
        }
        if objects(action).any(|object| object == word) {
            return None;
        }
        let object = match (action, self.word(written)) {
            (_, id) if id.bytes().all(|byte| byte.is_ascii_digit()) => "outcome",
            ("replace", _) => "practice",
            (_, id) if id.contains('.') => "process",
            (_, id) if id.bytes().any(|byte| byte.is_ascii_lowercase()) => "item",
            _ => "group",
        };
        let mut tokens = self.tokens.to_vec();
        tokens.insert(1, self.missing(1, terminal_of(object), object));
        self.reads_as(&tokens, action, object).then_some(())?;
        let message = format!("`{action}` does not say what `{}` is", self.word(written));
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(1, 2),
            message,
            &format!("expected `{object}` before this"),
            &format!("it is written `{action} {object} …`"),
        );
        self.done(tokens, says, false)
    }

    fn reads_as(&self, tokens: &[Token], action: &str, object: &str) -> bool {
        (self.reads)(tokens).is_some_and(|kind| kind.word() == format!("{action} {object}"))
    }

    /// `extends process KEY.1 {`: the word of a clause where a statement begins; the line above does not go on with it.
    pub(super) fn other_form(&self) -> Option<Mended> {
        let at = (0..self.tokens.len().saturating_sub(1)).find(|at| {
            let (word, object) = (self.word(&self.tokens[*at]), self.word(&self.tokens[at + 1]));
            action(word).is_some_and(|action| action != word && objects(action).any(|known| known == object))
        })?;
        let token = &self.tokens[at];
        let meant = action(self.word(token))?;
        let mut tokens = self.tokens.to_vec();
        tokens[at] = Self::other(token, terminal_of(meant), meant);
        if at > 0 {
            let place = self.tokens[at - 1].end;
            tokens.insert(at, Token { kind: terminal::END, start: place, end: place, meant: None });
        }
        (self.reads)(&tokens)?;
        let place = self.span(at, at + 1);
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                place,
                format!("`{}` begins no statement; `{meant}` does", self.word(token)),
                &format!("expected `{meant}`"),
                &format!("write `{meant} {} …`", self.word(&self.tokens[at + 1])),
            )
            .with_edit(place, meant);
        Some(Mended { tokens, says: Some(says) })
    }

    /// `rating KEY.1 in A26 {`: the word of another statement, which begins alike.
    pub(super) fn word_alike(&self) -> Option<Mended> {
        let first = self.get(0).filter(|first| first.kind >= terminal::WORD)?;
        let written = self.word(first);
        let stem = written.get(..ALIKE)?;
        let others = ALL.iter().map(|row| row.word).filter(|word| *word != written && word.starts_with(stem));
        let meant = others.into_iter().find_map(|word| {
            let mut tokens = self.tokens.to_vec();
            tokens[0] = Self::other(first, terminal_of(word), word);
            (self.reads)(&tokens).filter(|kind| kind.word() == word).map(|_| (word, tokens))
        });
        let (word, tokens) = meant?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(0, 1),
            format!("this is no `{written}`, but a `{word}`"),
            &format!("expected `{word}`"),
            &format!("write `{word}`"),
        );
        self.done(tokens, says, false)
    }

    /// `process KEY.1 {` where the block changes what a base says.
    pub(super) fn extend_forgotten(&self) -> Option<Mended> {
        if self.kind != Kind::Process || !self.changes_base {
            return None;
        }
        let mut tokens = self.tokens.to_vec();
        tokens.insert(
            0,
            Token {
                kind: terminal_of("extend"),
                start: tokens[0].start,
                end: tokens[0].start,
                meant: Some("extend".to_owned()),
            },
        );
        self.reads_as(&tokens, "extend", "process").then_some(())?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(0, 1),
            "`process` declares a new process, and this block changes one of a base",
            "expected `extend process`",
            "write `extend process` before the id of a process of a base",
        );
        let place = Span { end: self.tokens[0].start, ..self.span(0, 1) };
        Some(Mended { tokens, says: Some(says.with_edit(place, "extend ")) })
    }
}
