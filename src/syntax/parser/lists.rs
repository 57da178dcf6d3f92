//! What other programs write over several lines: lists with bullets, cells in quotes, objects of JSON.

use super::super::lexer::{terminal, terminal_of};
use super::super::recover;
use super::super::slips::{Mended, Token};
use super::super::statements::Kind;
use super::super::words::{self, Begins};
use super::{Builder, NEAR, reads, statement_end};
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::span::Span;

/// The members of a list, as what they are read as, and one past the last of their tokens.
pub(super) struct Members {
    ids: Vec<Token>,
    /// Whether nothing but ids and bullets stands there.
    is_plain: bool,
    past: usize,
    /// Whether the statement goes on behind them, with a clause.
    goes_on: bool,
}

impl Builder<'_> {
    /// Takes in the lines behind a statement that breaks off where a list is due, if they are the list.
    pub(super) fn takes_list(&mut self, start: usize, stop: usize) -> bool {
        let Some(Members { ids, is_plain, past, goes_on }) = self.members(stop) else { return false };
        let kind = recover::kind_of(&self.pieces(start, stop));
        let mut tokens: Vec<Token> = (start..stop - 1).map(|at| self.token(at)).collect();
        let comma = |at: u32| Token { kind: terminal::COMMA, start: at, end: at, meant: None };
        for (number, id) in ids.iter().enumerate() {
            tokens.extend((number > 0).then(|| comma(id.start)));
            tokens.push(id.clone());
        }
        let end = self.tokens.places[past - 1].1;
        match goes_on {
            true => tokens.extend((past..statement_end(&self.tokens.kinds, past)).map(|at| self.token(at))),
            false => tokens.push(Token { kind: terminal::END, start: end, end, meant: None }),
        }
        if reads(&tokens) != Some(kind) {
            return false;
        }
        let words: Vec<&str> =
            ids.iter().map(|id| id.meant.as_deref().unwrap_or(self.written(id.start, id.end))).collect();
        let last = self.tokens.places[stop - 2];
        let place = Span { file: self.flat.file, start: last.0, end: last.1 };
        let list = Span { start: last.1, end, ..place };
        let word = self.written(last.0, last.1);
        let says = Diagnostic::new(&codes::MALFORMED_STATEMENT, place, format!("the list behind `{word}` stands on lines of its own"))
            .label("expected its members here")
            .help("put commas between the members, and no bullets before them: behind a comma, a list goes on in the next line");
        let edit = Some(Edit { span: list, text: format!(" {}", words.join(", ")), is_certain: is_plain });
        let end = self.end_of(past, goes_on);
        self.take(Mended { tokens, says: Some(Diagnostic { edit, ..says }) });
        self.taken = end;
        true
    }

    /// Takes in the lines behind a line that means nothing, if they are a list that belongs to it.
    pub(super) fn take_members(&mut self, past: usize) {
        let Some(members) = self.members(past) else { return };
        let end = self.end_of(members.past, members.goes_on);
        if let Some(node) = self.flat.nodes.last_mut() {
            (node.end, node.broken) = (end, true);
        }
        self.taken = end;
    }

    /// Where the last line of a list ends, and what goes on behind it.
    fn end_of(&self, past: usize, goes_on: bool) -> u32 {
        let past = if goes_on { statement_end(&self.tokens.kinds, past) } else { past };
        self.tokens.places[past - 1].1
    }

    /// Takes in a statement that ends before a line of cells in quotes, with which it was to go on; tells where they begin.
    pub(super) fn before_cells(&mut self, start: usize, stop: usize) -> Option<usize> {
        let kinds = &self.tokens.kinds;
        let text = |at: usize| self.text.get(self.tokens.places[at].0 as usize..self.tokens.places[at].1 as usize);
        let begins = |at: &usize| kinds[*at] == terminal::QUOTED && text(*at).is_some_and(is_statement_in_quotes);
        let cells = (start + 2..stop).filter(begins).find(|at| self.begins_line(*at))?;
        let mut tokens: Vec<Token> = (start..cells).map(|at| self.token(at)).collect();
        let end = self.tokens.places[cells - 1].1;
        tokens.push(Token { kind: terminal::END, start: end, end, meant: None });
        reads(&tokens)?;
        self.take(Mended { tokens, says: None });
        Some(cells)
    }

    /// Where a line of cells in quotes ends: no statement begins with one, and behind its last comma begins another line.
    pub(super) fn end_of_cells(&self, start: usize) -> Option<usize> {
        let kinds = &self.tokens.kinds;
        let ends = |at: &usize| match kinds[at - 1] {
            terminal::COMMA => self.begins_line(*at),
            kind => matches!(kind, terminal::END | terminal::OPEN | terminal::CLOSE),
        };
        (kinds[start] == terminal::QUOTED).then(|| (start + 1..kinds.len()).find(ends)).flatten()
    }

    /// Whether a brace that begins a line opens a block which another ends at the same indent: the line that it belonged to
    /// is gone.
    pub(super) fn is_own_block(&self, open: usize) -> bool {
        // Asked first: what follows looks at the whole line before it.
        if !self.begins_line(open) {
            return false;
        }
        let mut depth = 0_usize;
        let closes = |at: &usize| {
            match self.tokens.kinds[*at] {
                terminal::OPEN => depth += 1,
                terminal::CLOSE => depth -= 1,
                _ => {}
            }
            depth == 0
        };
        let column = |at: usize| {
            let before = self.text.get(..self.tokens.places[at].0 as usize).unwrap_or_default();
            before.len() - before.trim_end_matches([' ', '\t']).len()
        };
        let line = self.text.get(..self.tokens.places[open - 1].0 as usize).unwrap_or_default();
        let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
        if column(open) <= line.len() - line.trim_start_matches([' ', '\t']).len() {
            return false;
        }
        let close = (open..self.tokens.kinds.len().min(open + NEAR)).find(closes);
        close.is_some_and(|close| self.begins_line(close) && column(open) == column(close))
    }

    fn begins_line(&self, at: usize) -> bool {
        let gap = self.tokens.places[at - 1].1 as usize..self.tokens.places[at].0 as usize;
        self.text.get(gap).is_some_and(|gap| gap.contains('\n'))
    }

    fn token(&self, at: usize) -> Token {
        let (start, end) = self.tokens.places[at];
        Token { kind: self.tokens.kinds[at], start, end, meant: self.tokens.meant.get(&(start, end)).cloned() }
    }

    /// Takes in an object of JSON, which is reported.
    pub(super) fn takes_object(&mut self, start: usize) -> bool {
        let kinds = &self.tokens.kinds[start..];
        let [terminal::OPEN, terminal::QUOTED, mark, ..] = kinds else { return false };
        let (first, second) = (self.tokens.places[start], self.tokens.places.get(start + 2));
        let is_object = *mark >= terminal::WORD
            && second.is_some_and(|place| self.text.as_bytes().get(place.0 as usize) == Some(&b':'));
        let inner = kinds.iter().skip(1).position(|kind| matches!(*kind, terminal::OPEN | terminal::CLOSE));
        let Some(close) =
            inner.map(|at| start + 1 + at).filter(|at| is_object && self.tokens.kinds[*at] == terminal::CLOSE)
        else {
            return false;
        };
        let behind =
            self.tokens.kinds[close + 1..].iter().take_while(|kind| matches!(**kind, terminal::COMMA | terminal::END));
        let end = self.tokens.places[close + behind.count()].1;
        self.open_statement(Kind::Garbage, first.0);
        if let Some(node) = self.flat.nodes.last_mut() {
            (node.end, node.broken) = (end, true);
        }
        let place = Span { file: self.flat.file, start: first.0, end: self.tokens.places[close].1 };
        self.diagnostics.push(
            Diagnostic::new(&codes::NOT_A_STATEMENT, place, "an object of JSON is no statement")
                .label("expected the word of a statement")
                .help("write the word of the statement and what it says, as in `outcome 1 \"…\"`"),
        );
        self.taken = end;
        true
    }

    /// The members of a list on the lines from a token on.
    pub(super) fn members(&self, from: usize) -> Option<Members> {
        let mut members = Members { ids: Vec::new(), is_plain: true, past: from, goes_on: false };
        while !members.goes_on && members.past < self.tokens.kinds.len() && self.take_line(&mut members) {}
        (!members.ids.is_empty()).then_some(members)
    }

    /// Takes in a line of a list, if it is one: ids with commas between; behind a bullet, an id and its title.
    fn take_line(&self, members: &mut Members) -> bool {
        let stop = statement_end(&self.tokens.kinds, members.past);
        let is_clause = |at: &usize| words::begins(self.tokens.kinds[*at]) == Begins::Clause && self.begins_line(*at);
        let clause = (members.past + 1..stop).find(is_clause);
        let line = members.past..clause.unwrap_or(stop.saturating_sub(1));
        if clause.is_none() && self.tokens.kinds.get(line.end) != Some(&terminal::END) {
            return false;
        }
        let word = |at: usize| self.written(self.tokens.places[at].0, self.tokens.places[at].1);
        let (mut ids, mut is_due, mut has_bullet, mut is_plain) = (Vec::new(), true, false, members.is_plain);
        for at in line {
            let kind = self.tokens.kinds[at];
            let (start, end) = self.tokens.places[at];
            if kind == terminal::COMMA {
                is_due = true;
            } else if kind < terminal::WORD || words::begins(kind) == Begins::Statement {
                return false;
            } else if is_bullet(word(at)) {
                (is_due, has_bullet) = (true, true);
            } else if is_due {
                let id = word(at).trim_end_matches([';', '.']);
                if !is_id(id) {
                    return false;
                }
                let meant = (id.len() < word(at).len()).then(|| id.to_owned());
                ids.push(Token { kind: terminal::WORD, start, end, meant });
                is_due = false;
            } else if has_bullet {
                is_plain = false;
            } else {
                return false;
            }
        }
        if ids.is_empty() {
            return false;
        }
        members.ids.extend(ids);
        (members.is_plain, members.past) = (is_plain, clause.unwrap_or(stop));
        members.goes_on = clause.is_some();
        true
    }
}

/// Whether a text begins with the word of a statement, as a cell of a table does, or a line that was put in quotes.
pub(super) fn is_statement_in_quotes(text: &str) -> bool {
    let inner = text.trim_matches('"').trim_start();
    let word = inner.split(' ').next().unwrap_or_default();
    let is_alone = word.len() == inner.len();
    let next = inner.get(word.len()..).unwrap_or_default().trim_start();
    words::begins(terminal_of(word)) == Begins::Statement
        && (is_alone || next.starts_with(|next: char| next.is_ascii_digit()))
}

/// Whether a word is no more than the sign or the number of a member of a list.
fn is_bullet(word: &str) -> bool {
    let number = word.trim_start_matches('(').strip_suffix([')', '.']);
    let is_number = |number: &str| {
        number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
            || number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    word == "o" || !word.contains(char::is_alphanumeric) || number.is_some_and(is_number)
}

/// Whether a word is an id, and no word of a sentence.
fn is_id(word: &str) -> bool {
    let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    word.bytes().all(is_of_id) && word.bytes().any(|byte| !byte.is_ascii_lowercase())
}
