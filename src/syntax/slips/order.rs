//! What stands in another place of a statement, or in the place of another: reasons, second statements, lines of crosswalks.

use super::super::lexer::{terminal, terminal_of};
use super::super::statements::{Kind, Statement, begins_relation};
use super::super::tree::Role;
use super::super::words::{self, Begins};
use super::{Mended, Slip, Token, clip};
use crate::codes;
use crate::span::Span;

impl Slip<'_> {
    /// A reason that stands behind the links, where it stands right behind the text; or before what it is for.
    pub(super) fn reason_elsewhere(&self) -> Option<Mended> {
        let because = (1..self.tokens.len()).rev().find(|at| self.word(&self.tokens[*at]) == "because")?;
        self.is_text(because + 1).then_some(())?;
        let mut rest = self.tokens.to_vec();
        let reason: Vec<Token> = rest.drain(because..because + 2).collect();
        let moved = |to: usize| {
            let mut tokens = rest.clone();
            tokens.splice(to..to, reason.iter().cloned());
            (self.reads)(&tokens).filter(|kind| *kind == self.kind).map(|_| tokens)
        };
        let text = rest[..because].iter().position(|token| token.kind == terminal::QUOTED);
        let behind_text = text.and_then(|text| (text + 1..rest.len()).find(|at| rest[*at].kind != terminal::QUOTED));
        let end = rest.iter().rposition(|token| !matches!(token.kind, terminal::END | terminal::OPEN))? + 1;
        let (tokens, label) = match behind_text.and_then(moved) {
            Some(tokens) => (tokens, "expected right behind the text"),
            None => (moved(end)?, "expected behind what it is the reason for"),
        };
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(because, because + 2),
            format!("this reason stands in another place of `{}`", self.kind.word()),
            label,
            &format!("it is written `{}`", self.kind.row()?.shape()),
        );
        self.done(tokens, says, true)
    }

    /// `satisfies A.5.2 in part`: what `partly` says stands behind.
    pub(super) fn in_part(&self) -> Option<Mended> {
        let is_part = |at: &usize| {
            self.word(&self.tokens[*at]) == "in" && self.get(at + 1).is_some_and(|next| self.word(next) == "part")
        };
        let at = (2..self.tokens.len()).find(is_part)?;
        let satisfies = (1..at).rev().find(|at| self.word(&self.tokens[*at]) == "satisfies")?;
        let mut tokens = self.tokens.to_vec();
        tokens.drain(at..at + 2);
        tokens.insert(satisfies, self.missing(satisfies, terminal_of("partly"), "partly"));
        (self.reads)(&tokens).filter(|kind| *kind == self.kind)?;
        let place = self.span(at, at + 2);
        let help = "write `partly` before `satisfies`";
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            place,
            "`in part` stands behind what is met",
            "expected `partly satisfies`",
            help,
        );
        self.done(tokens, says, true)
    }

    /// Two statements on one line; what speaks of the first stands in a block of it.
    pub(super) fn second_statement(&self) -> Option<Mended> {
        let next = self.get(self.at).filter(|next| words::begins(next.kind) == Begins::Statement)?;
        let place = self.get(self.at.checked_sub(1)?)?.end;
        if let Some(mended) = self.inner_statement(place) {
            return Some(mended);
        }
        if let Some(mended) = self.before_brace(place) {
            return Some(mended);
        }
        let end = Token { kind: terminal::END, start: place, end: place, meant: None };
        let tokens = self.with(self.at, self.at, vec![end])?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(self.at, self.at + 1),
            format!("`{}` begins a second statement on this line", self.word(next)),
            "expected on a line of its own",
            "give each statement a line of its own",
        );
        self.done(tokens, says, true)
    }

    /// `model keys "Keys" edition "2026" {`: what is said of it stands before the brace.
    fn before_brace(&self, place: u32) -> Option<Mended> {
        let last = self.tokens.len().checked_sub(1).filter(|last| self.tokens[*last].kind == terminal::OPEN)?;
        let next = self.get(self.at).filter(|_| last > self.at)?;
        let word = self.word(next);
        Kind::of_word(word).filter(|kind| kind.may_stand_in(Some(self.kind)) && !kind.is_container())?;
        let open = Token { kind: terminal::OPEN, start: place.checked_sub(1)?, end: place, meant: None };
        let mut inner = self.tokens.get(self.at..last)?.to_vec();
        let end = inner.last()?.end;
        let written = self.text.get(next.start as usize..end as usize)?;
        inner.push(Token { kind: terminal::END, start: end, end, meant: None });
        let mut tokens = self.tokens[..self.at].to_vec();
        tokens.push(open);
        tokens.extend(inner);
        (self.reads)(&tokens).filter(|kind| *kind == self.kind)?;
        let outer = self.kind.word();
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                self.span(self.at, self.at + 1),
                format!("`{word}` stands before the block of this `{outer}`, not in it"),
                "expected `{`",
                &format!("what is said of a `{outer}` stands in its block, on a line of its own"),
            )
            .with_edit(Span { start: place, ..self.span(last, last + 1) }, format!(" {{\n  {written}"));
        Some(Mended { tokens, says: Some(says) })
    }

    /// `requirement 4.1 "Custody" label "4.1"`: what is said of it stands between braces.
    fn inner_statement(&self, place: u32) -> Option<Mended> {
        let next = self.get(self.at)?;
        let declares = |row: &'static Statement| row.first_role().is_some_and(|role| row.declares(role));
        let kind = Kind::of_word(self.word(next)).filter(|kind| !kind.row().is_some_and(declares))?;
        let last = self.tokens.len().checked_sub(2).filter(|last| *last > self.at)?;
        let is_ended = self.get(last + 1).is_some_and(|end| end.kind == terminal::END);
        let end = self.get(last)?.end;
        let is_inner = kind.may_stand_in(Some(self.kind)) && self.kind.row().is_some_and(declares);
        if !is_inner || !is_ended || self.text.get(place as usize..end as usize)?.contains('\n') {
            return None;
        }
        let mark = |kind: u8, start: u32| Token { kind, start, end: start, meant: None };
        let mut tokens = self.with(self.at, self.at, vec![mark(terminal::OPEN, place.checked_sub(1)?)])?;
        // The brace that closes it may be there.
        let line = self.text.get(..self.tokens[0].start as usize)?.rsplit('\n').next()?;
        let is_closed =
            !line.contains('{') && self.text.get(end as usize..)?.trim_start_matches([' ', '\t']).starts_with('}');
        let written = self.text.get(next.start as usize..end as usize)?;
        let (span, text) = match is_closed {
            true => (Span { end: next.start, ..self.span(self.at, self.at + 1) }, "{ ".to_owned()),
            false => (self.span(self.at, last + 1), format!("{{ {written} }}")),
        };
        if !is_closed {
            tokens.push(mark(terminal::CLOSE, end.checked_sub(1)?));
        }
        let (inner, outer) = (self.word(next), self.kind.word());
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                self.span(self.at, self.at + 1),
                format!("this `{inner}` stands in no block of its `{outer}`"),
                "expected between braces",
                &format!("what is said of a `{outer}` stands between `{{` and `}}`"),
            )
            .with_edit(span, text);
        Some(Mended { tokens, says: Some(says) })
    }

    /// `4.2 subset of A.2 4.3 equals A.3`: a line of a crosswalk that begins on another.
    pub(super) fn second_line(&self, relation: usize) -> Option<Mended> {
        let is_relation = |at: &usize| begins_relation(self.word(&self.tokens[*at]));
        let second = (relation + 2..self.tokens.len()).find(is_relation)?.checked_sub(1)?;
        let place = self.get(second.checked_sub(1)?)?.end;
        let end = Token { kind: terminal::END, start: place, end: place, meant: None };
        // A semicolon may stand between them.
        let last = &self.tokens[second - 1];
        let bare = self.word(last).trim_end_matches(';');
        let before = if bare == self.word(last) { last.clone() } else { Self::other(last, last.kind, bare) };
        let tokens = self.with(second - 1, second, vec![before, end])?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(second, second + 1),
            "a second line of the crosswalk begins here",
            "expected on a line of its own",
            "give each pair a line of its own",
        );
        self.done(tokens, says, true)
    }

    /// `- 4.2 subset of A.2`, `| 4.2 | subset of | A.2 |`: bullets and bars in a line of a crosswalk.
    pub(super) fn bullet_before_line(&self) -> Option<Mended> {
        let is_bullet = |token: &Token| {
            let word = self.raw(token);
            let is_number =
                word.strip_suffix([')', '.']).is_some_and(|number| number.bytes().all(|c| c.is_ascii_digit()));
            token.kind == terminal::WORD && (is_number || !word.contains(char::is_alphanumeric))
        };
        let is_bar = |token: &Token| token.kind == terminal::WORD && self.raw(token) == "|";
        is_bullet(self.get(0)?).then_some(())?;
        let rest: Vec<Token> = self.tokens[1..].iter().filter(|token| !is_bar(token)).cloned().collect();
        (self.reads)(&rest).filter(|kind| *kind == Kind::Line)?;
        let says = self.says(
            &codes::NOT_A_STATEMENT,
            self.span(0, 1),
            format!("`{}` begins no line of a crosswalk", clip(self.raw(&self.tokens[0]))),
            "expected an id",
            "begin the line with the id: bullets, numbers of lists and bars of tables mean nothing here",
        );
        self.done(rest, says, true)
    }

    /// `process LOCK,1 "Lock upkeep"`, `rating N "…" 0 15,5`: a comma within what is one word.
    pub(super) fn comma_for_stop(&self) -> Option<Mended> {
        let at = (1..self.tokens.len().checked_sub(1)?).find(|at| {
            let (before, comma, next) = (&self.tokens[at - 1], &self.tokens[*at], &self.tokens[at + 1]);
            comma.kind == terminal::COMMA
                && before.end == comma.start
                && comma.end == next.start
                && self.is_word(at - 1)
                && self.is_word(at + 1)
        })?;
        let (before, next) = (&self.tokens[at - 1], &self.tokens[at + 1]);
        let meant = format!("{}.{}", self.word(before), self.word(next));
        let word = Token { kind: terminal::WORD, start: before.start, end: next.end, meant: Some(meant.clone()) };
        let tokens = self.with(at - 1, at + 2, vec![word])?;
        let code = match (self.role)(&tokens, at - 1) {
            Some(Role::Number) => &codes::MALFORMED_NUMBER,
            _ => &codes::MALFORMED_ID,
        };
        let message = format!("a comma stands in `{},{}`", self.word(before), self.word(next));
        let says = self.says(code, self.span(at - 1, at + 2), message, "expected a stop", &format!("write `{meant}`"));
        self.done(tokens, says, false)
    }

    /// Commas and bars between the parts of a statement, as between the cells of a table.
    pub(super) fn marks_between(&self) -> Option<Mended> {
        let is_edge = |at: usize| self.get(at).is_some_and(|token| words::begins(token.kind) == Begins::Clause);
        let is_idle = |at: &usize| {
            let is_comma = self.tokens[*at].kind == terminal::COMMA;
            is_comma && (self.is_text(at - 1) || self.is_text(at + 1) || is_edge(at + 1))
                || *at > 0 && self.is_mark_of_layout(&self.tokens[*at])
        };
        let idle: Vec<usize> = (1..self.tokens.len()).filter(is_idle).collect();
        let (first, last) = (*idle.first()?, *idle.last()?);
        (last > first).then_some(())?;
        let rest = (0..self.tokens.len()).filter(|at| !idle.contains(at)).map(|at| self.tokens[at].clone());
        let tokens: Vec<Token> = rest.collect();
        (self.reads)(&tokens).filter(|kind| *kind == self.kind)?;
        let mark = if self.tokens[first].kind == terminal::COMMA { "," } else { self.raw(&self.tokens[first]) };
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(first, last + 1),
            format!("`{mark}` stands between the parts of this `{}`", self.kind.word()),
            "blanks are enough",
            "delete it: commas stand in lists of names alone",
        );
        self.done(tokens, says, true)
    }
}
