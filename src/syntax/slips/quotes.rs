//! Quotes that are missing before a text or behind it, and texts in pieces.

use super::super::lexer::{self, terminal, terminal_of};
use super::super::statements::Kind;
use super::super::tree::Role;
use super::super::words::{self, Begins};
use super::{MOST, Mended, Slip, Token};
use crate::codes;
use crate::source::alike;
use crate::span::Span;

impl Slip<'_> {
    /// A text that lacks one of its quotes, and is open to the end of its line.
    pub fn missing_quote(&self) -> Option<Mended> {
        if self.tokens.len() > MOST {
            return None;
        }
        let is_open = |token: &Token| self.raw(token).strip_prefix('"').is_some_and(|rest| !rest.contains('"'));
        let open = self.tokens.iter().position(|token| token.kind == terminal::QUOTED && is_open(token))?;
        self.quote_before(open).or_else(|| self.quote_behind(open))
    }

    /// Words that a quote ends, and none begins. From there on, what stands between the texts was taken for them.
    fn quote_before(&self, open: usize) -> Option<Mended> {
        let at = (1..=open).find(|at| {
            let (before, token) = (&self.tokens[at - 1], &self.tokens[*at]);
            token.kind == terminal::QUOTED && before.end == token.start && before.kind >= terminal::WORD
        })?;
        let behind = self.behind(self.tokens[at].start + 1, self.tokens[open].end);
        // A text among them is closed.
        let first = (1..at).rev().take_while(|at| self.tokens[*at].kind != terminal::QUOTED).last()?;
        let text = |from: usize| {
            let (start, end) = (self.tokens[from].start, self.tokens[at].start + 1);
            Token { kind: terminal::QUOTED, start, end, meant: None }
        };
        let whole = (first..at).find_map(|from| Some((from, self.split(from, open, text(from), &behind)?)));
        // A field is a word and a text; who knows the fields tells which there are.
        let field = || {
            let rest =
                self.tokens.get(open + 1..).filter(|_| self.kind == Kind::Other && first == 1 && behind.is_empty())?;
            Some((1, [&self.tokens[..1], &[text(1)], rest].concat()))
        };
        let (from, tokens) = whole.or_else(field)?;
        let mut place = self.span(from, at);
        place.end += 1;
        let meant = alike::literal(self.text.get(place.range())?);
        let says = self
            .says(
                &codes::UNCLOSED_TEXT,
                place,
                "this text has no quote before it",
                "a text stands between two",
                "put a `\"` before its first word",
            )
            .with_edit(place, meant);
        Some(Mended { tokens, says: Some(says) })
    }

    /// A text that nothing closes before the block or the clause that follows it on its line.
    fn quote_behind(&self, open: usize) -> Option<Mended> {
        let token = &self.tokens[open];
        let inner = self.behind(token.start + 1, token.end);
        let before = |at: usize| Token { end: inner[at - 1].end, ..token.clone() };
        let is_whole = self.with(open, open + 1, vec![token.clone()]).is_some();
        let is_title = self.kind.row().is_some_and(|row| row.part(Role::Title).is_some())
            && !(1..open).any(|before| self.is_text(before));
        // A clause is told from words of the text by the sentence that ends before it, by the id behind it, or because
        // nothing else can follow.
        let begins = |at: usize| {
            let word = self.raw(&inner[at]);
            let is_word = words::begins(inner[at].kind) == Begins::Clause || matches!(word, "required" | "normative");
            let is_id = |token: &Token| {
                let id = self.raw(token);
                id.bytes().any(|byte| byte.is_ascii_digit()) || !id.bytes().any(|byte| byte.is_ascii_lowercase())
            };
            let is_clause = !is_whole
                || self.raw(&before(at)).ends_with(['.', '!', '?'])
                || is_title && (word == "extends" || inner.get(at + 1).is_some_and(is_id));
            is_word && is_clause
        };
        let is_brace = |at: usize| matches!(inner[at].kind, terminal::OPEN | terminal::CLOSE);
        let split = |at: usize| Some((at, self.split(open, open, before(at), &inner[at..])?));
        let places = || (1..inner.len()).rev();
        let clause = places().filter(|at| begins(*at)).find_map(split);
        let is_certain = clause.is_none();
        let (at, tokens) = clause.or_else(|| places().filter(|at| is_brace(*at)).find_map(split))?;
        let end = inner[at - 1].end;
        let place = Span { file: self.file, start: end, end };
        let quote = Span { file: self.file, start: token.start, end: token.start + 1 };
        let next = match inner[at].kind {
            terminal::OPEN => "{",
            _ => self.raw(&inner[at]),
        };
        let help = format!("put a `\"` behind its last word, before `{next}`");
        let mut says = self
            .says(&codes::UNCLOSED_TEXT, quote, "this text is never closed", "opened here", &help)
            .with_edit(place, "\"");
        says.edit.iter_mut().for_each(|edit| edit.is_certain = is_certain);
        Some(Mended { tokens, says: Some(says) })
    }

    /// The tokens with a text from one of them to another, and what stands behind it, if they are a statement then.
    fn split(&self, from: usize, to: usize, text: Token, behind: &[Token]) -> Option<Vec<Token>> {
        let end = Token { kind: terminal::END, start: text.end, end: text.end, meant: None };
        let mut new = vec![text];
        new.extend(behind.first().filter(|next| next.kind == terminal::CLOSE).map(|_| end));
        new.extend(behind.iter().cloned());
        let is_ended = new.last().is_some_and(|last| matches!(last.kind, terminal::OPEN | terminal::CLOSE));
        let follows = self.get(to + 1).is_some_and(|next| next.kind == terminal::END);
        self.with(from, to + 1 + usize::from(is_ended && follows), new)
    }

    /// The tokens in a part of a text that is none.
    fn behind(&self, start: u32, end: u32) -> Vec<Token> {
        let (tokens, _) = lexer::lex(self.file, self.text.get(start as usize..end as usize).unwrap_or_default());
        let places = tokens.places.iter().map(|(from, to)| (start + from, start + to));
        let mut all: Vec<Token> = tokens
            .kinds
            .iter()
            .zip(places)
            .map(|(kind, (start, end))| Token { kind: *kind, start, end, meant: None })
            .collect();
        all.pop_if(|last| last.kind == terminal::END);
        all
    }

    /// `"outcome","1","Keys are known."`: the cells of a table, or of JSON, each in quotes.
    pub(super) fn quoted_cells(&self) -> Option<Mended> {
        let inner = |token: &Token| self.raw(token).trim_matches('"').trim().to_owned();
        let is_mark = |token: &&Token| {
            token.kind == terminal::COMMA
                || token.kind >= terminal::WORD && !self.raw(token).contains(char::is_alphanumeric)
        };
        let mut cells: Vec<Token> = self.tokens.iter().filter(|token| !is_mark(token)).cloned().collect();
        let kind = Kind::of_word(&inner(cells.first().filter(|first| first.kind == terminal::QUOTED)?))?;
        if cells.last().is_some_and(|last| !matches!(last.kind, terminal::END | terminal::OPEN | terminal::CLOSE)) {
            let end = self.tokens.last().map_or(0, |last| last.end);
            cells.push(Token { kind: terminal::END, start: end, end, meant: None });
        }
        let bare = |count: usize| {
            let mut tokens = cells.clone();
            for token in tokens.iter_mut().take(count).filter(|token| token.kind == terminal::QUOTED) {
                let word = inner(token);
                *token = Self::other(token, terminal_of(&word), word);
            }
            tokens
        };
        let tokens = (1..cells.len()).map(bare).find(|tokens| (self.reads)(tokens) == Some(kind))?;
        let says = self.says(
            &codes::NOT_A_STATEMENT,
            self.span(0, 1),
            format!("the word `{}` stands in quotes", kind.word()),
            "expected the word of a statement",
            "only titles and texts stand in quotes, with blanks between what a statement says",
        );
        self.done(tokens, says, true)
    }

    /// `satisfies "A.5.1" and "A.5.2"`: references in quotes.
    pub(super) fn quoted_ids(&self) -> Option<Mended> {
        let inner = |at: usize| self.raw(&self.tokens[at]).trim_matches('"').trim();
        let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
        let is_quoted = |at: usize| self.is_text(at) && !inner(at).is_empty() && inner(at).bytes().all(is_of_id);
        let is_between = |at: usize| {
            let token = &self.tokens[at];
            token.kind == terminal::COMMA || self.is_word(at) && matches!(self.raw(token), "and" | "or" | "&" | ";")
        };
        let first = (1..self.tokens.len()).find(|at| is_quoted(*at))?;
        let past = (first..self.tokens.len()).find(|at| !is_quoted(*at) && !is_between(*at))?;
        let ids: Vec<usize> = (first..past).filter(|at| is_quoted(*at)).collect();
        let mut bare = Vec::new();
        for at in ids.iter().copied().filter(|_| ids.len() > 1) {
            let token = &self.tokens[at];
            bare.extend((at > first).then_some(Token {
                kind: terminal::COMMA,
                start: token.start,
                end: token.start,
                meant: None,
            }));
            bare.push(Self::other(token, terminal_of(inner(at)), inner(at)));
        }
        let tokens = self.with(first, past, bare).filter(|tokens| self.is_reference(tokens, first))?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(first, past),
            "ids stand in quotes",
            "expected ids with commas between them",
            "write them without quotes: only titles and texts stand in quotes",
        );
        self.done(tokens, says, true)
    }

    /// `"Keys" + "are known."`: a text in two pieces.
    pub(super) fn text_in_pieces(&self) -> Option<Mended> {
        let is_plus = |at: usize| self.is_word(at) && matches!(self.raw(&self.tokens[at]), "+" | "&" | ".");
        // A text alone on a line may have been meant for a line of its own.
        let is_line = |first: usize, second: usize| {
            let (end, start) = (self.tokens[first].end as usize, self.tokens[second].start as usize);
            self.text.get(end..start).is_some_and(|gap| !gap.contains('\n'))
        };
        let pair = |first: usize| {
            let is_joined = is_plus(first + 1);
            let second = first + 1 + usize::from(is_joined);
            (self.is_text(first) && self.is_text(second) && (is_joined || is_line(first, second))).then_some(second)
        };
        (1..self.tokens.len()).rev().find_map(|first| {
            let second = pair(first)?;
            let (one, other) = (self.raw(&self.tokens[first]), self.raw(&self.tokens[second]));
            if one.starts_with("\"\"\"") || other.starts_with("\"\"\"") {
                return None;
            }
            let (one, other) = (one.strip_suffix('"')?, other.strip_prefix('"')?);
            let meant = format!("{} {}", one.trim_end(), other.trim_start());
            let (start, end) = (self.tokens[first].start, self.tokens[second].end);
            let text = Token { kind: terminal::QUOTED, start, end, meant: Some(meant) };
            let tokens = self.with(first, second + 1, vec![text])?;
            ((self.role)(&tokens, first) != Some(Role::Title)).then_some(())?;
            let says = self.says(
                &codes::MALFORMED_STATEMENT,
                self.span(first, second + 1),
                "this text stands in two pieces",
                "one text is expected",
                "make one text of them; what is said beside it stands in a `note`",
            );
            self.done(tokens, says, false)
        })
    }

    /// `Together With`, `BECAUSE`: words of the language in capitals.
    pub(super) fn words_in_capitals(&self) -> Option<Mended> {
        let mut tokens = self.tokens.to_vec();
        let mut changed = Vec::new();
        for (at, token) in tokens.iter_mut().enumerate().skip(1).filter(|(_, token)| token.kind == terminal::WORD) {
            let small = self.word(token).to_lowercase();
            if small != self.word(token) && words::begins(terminal_of(&small)) != Begins::Nothing
                || matches!(small.as_str(), "with" | "by" | "of" | "to" | "required" | "normative")
            {
                changed.push((at, small.clone()));
                *token = Self::other(token, terminal_of(&small), small);
            }
        }
        let ((first, _), (last, _)) = (changed.first()?, changed.last()?);
        let first_word = |kind: Kind| kind.word().split(' ').next();
        (self.reads)(&tokens)
            .filter(|kind| first_word(*kind) == first_word(self.kind) || self.kind.word().is_empty())?;
        changed.iter().all(|(at, _)| self.is_of_language(&tokens, *at)).then_some(())?;
        let words: Vec<&str> = changed.iter().map(|(_, word)| word.as_str()).collect();
        let written: Vec<&str> = changed.iter().map(|(at, _)| self.raw(&self.tokens[*at])).collect();
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(*first, last + 1),
            format!("`{}` is written in small letters", written.join(" ")),
            &format!("expected `{}`", words.join(" ")),
            &format!("write `{}`", words.join(" ")),
        );
        self.done(tokens, says, true)
    }
}
