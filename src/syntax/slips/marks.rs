//! Marks that stand where they mean nothing: brackets, commas, quotes, bullets.

use super::super::lexer::{terminal, terminal_of};
use super::super::statements::Kind;
use super::super::tree::Role;
use super::super::words::{self, Begins};
use super::{Mended, Slip, Token, clip};
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::alike;
use crate::span::Span;

impl Slip<'_> {
    /// `process K.1 "Keys" (` or `"Keys":` for an opening brace.
    pub(super) fn bracket_for_brace(&self) -> Option<Mended> {
        let last = self.tokens.len().checked_sub(2)?;
        let token = self.get(last)?;
        let row = self.kind.row()?;
        if !matches!(self.word(token), "(" | "[" | ":" | "=" | "<" | "begin" | "is") {
            return None;
        }
        let open = Token { kind: terminal::OPEN, start: token.start, end: token.end, meant: None };
        let tokens = self.with(last, last + 2, vec![open])?;
        let message = format!("the block of this `{}` begins with `{}`", row.word, self.word(token));
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(last, last + 1),
            message,
            "expected `{`",
            "a block stands between `{` and `}`",
        );
        self.done(tokens, says, true)
    }

    /// `{ label "4.1" ]`: another bracket for the closing brace.
    pub(super) fn bracket_for_closing(&self) -> Option<Mended> {
        let last = self.tokens.len().checked_sub(2)?;
        let token = self.get(last).filter(|token| matches!(self.raw(token), ")" | "]" | ">"))?;
        let before = self.text.get(..token.start as usize)?;
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        (line.matches('{').count() > line.matches('}').count()).then_some(())?;
        let end = Token { kind: terminal::END, start: token.start, end: token.start, meant: None };
        let close = Token { kind: terminal::CLOSE, ..token.clone() };
        let tokens = self.with(last, last + 2, vec![end, close])?;
        let message = format!("a block ends with `}}`, not with `{}`", self.raw(token));
        let place = self.span(last, last + 1);
        let says =
            self.says(&codes::NOT_A_STATEMENT, place, message, "expected `}`", "a block stands between `{` and `}`");
        Some(Mended { tokens, says: Some(says.replace_with("}")) })
    }

    /// A comma behind which a clause or another statement begins.
    pub(super) fn comma_before_clause(&self) -> Option<Mended> {
        let comma = (0..=self.at.min(self.tokens.len() - 1)).rev().find(|at| {
            self.tokens[*at].kind == terminal::COMMA
                && self
                    .get(at + 1)
                    .is_some_and(|next| words::begins(next.kind) != Begins::Nothing || next.kind != terminal::WORD)
        })?;
        let next = self.get(comma + 1)?;
        let place = self.span(comma, comma + 1);
        let is_new_line = self.text.get(place.end as usize..next.start as usize).is_some_and(|gap| gap.contains('\n'));
        let says = match comma {
            0 => self.says(
                &codes::NOT_A_STATEMENT,
                place,
                "a comma begins no statement",
                "expected the word of a statement",
                "delete the comma",
            ),
            _ => self.says(
                &codes::MALFORMED_STATEMENT,
                place,
                "nothing follows this comma",
                "one more name would follow",
                "delete the comma",
            ),
        };
        if let Some(tokens) = self.with(comma, comma + 1, Vec::new()) {
            return self.done(tokens, says, true);
        }
        let end = Token { kind: terminal::END, start: place.start, end: place.start, meant: None };
        let tokens = self.with(comma, comma + 1, vec![end]).filter(|_| is_new_line)?;
        let edit = Some(Edit { span: place, text: String::new(), is_certain: true });
        let says = Diagnostic { edit, ..says.help("delete the comma: with one, a statement goes on in the next line") };
        Some(Mended { tokens, says: Some(says) })
    }

    /// Quotes within a text end it, and words stick to them.
    pub(super) fn inner_quotes(&self) -> Option<Mended> {
        let glued = |at: &usize| {
            let (Some(one), Some(next)) = (self.get(*at), self.get(at + 1)) else { return false };
            let is_end = matches!(next.kind, terminal::END | terminal::OPEN | terminal::CLOSE | terminal::COMMA);
            let is_quote = one.kind == terminal::QUOTED || next.kind == terminal::QUOTED;
            is_quote
                && !is_end
                && one.end == next.start
                && self.raw(next).chars().any(|c| c.is_alphanumeric() || c == '"')
        };
        let first_glued = (0..self.tokens.len()).find(glued)?;
        let first = (0..=first_glued).rev().find(|at| self.is_text(*at))?;
        let last = (first + 1..self.tokens.len()).rev().filter(|at| self.is_text(*at));
        let whole = |last: usize| {
            let (start, end) = (self.tokens[first].start, self.tokens[last].end);
            let is_line = !self.text.get(start as usize..end as usize)?.contains('\n');
            let text = Token { kind: terminal::QUOTED, start, end, meant: None };
            Some((last, self.with(first, last + 1, vec![text]).filter(|_| is_line)?))
        };
        let (last, tokens) = last.filter_map(whole).next()?;
        let place = self.span(first, last + 1);
        let meant = alike::literal(self.text.get(place.range())?);
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                place,
                "a quote within this text ends it",
                "one text is meant",
                "a quote within a text is written `\\\"`",
            )
            .with_edit(place, meant);
        Some(Mended { tokens, says: Some(says) })
    }

    /// An id that stands in quotes, or a title where an id is due: who knows the titles has to tell.
    pub(super) fn quoted_id(&self) -> Option<Mended> {
        let token = self.get(self.at).filter(|token| token.kind == terminal::QUOTED)?;
        let inner = self.raw(token).trim_matches('"');
        let is_id =
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        let is_first = (1..self.at).all(|at| words::begins(self.tokens[at].kind) != Begins::Nothing);
        let declares = is_first && self.kind.row().is_some_and(|row| row.first_role() == Some(Role::Id));
        // Words in quotes, and a text behind them, are a title: what lacks is the id.
        let is_plain =
            inner.bytes().all(|byte| byte.is_ascii_alphabetic()) && inner.bytes().any(|byte| byte.is_ascii_lowercase());
        if declares
            && is_plain
            && self.is_text(self.at + 1)
            && inner.starts_with(|first: char| first.is_ascii_uppercase())
        {
            return None;
        }
        if declares || self.kind == Kind::Use {
            let tokens =
                self.with(self.at, self.at + 1, vec![Self::other(token, terminal::WORD, inner)]).filter(|_| is_id)?;
            let says = self.says(
                &codes::MALFORMED_ID,
                self.span(self.at, self.at + 1),
                format!("the id `{inner}` stands in quotes"),
                "expected an id",
                "an id stands without quotes; titles and texts stand in them",
            );
            return self.done(tokens, says, true);
        }
        let tokens = self.with(self.at, self.at + 1, vec![Token { kind: terminal::WORD, ..token.clone() }])?;
        Some(Mended { tokens, says: None })
    }

    /// `exclude A.5.3: "Keys are not lent."`: a colon where the reason begins.
    pub(super) fn colon_for_because(&self) -> Option<Mended> {
        let at =
            (1..self.tokens.len()).find(|at| self.is_text(*at) && self.word(&self.tokens[at - 1]).ends_with(':'))?;
        let before = &self.tokens[at - 1];
        let bare = self.word(before).trim_end_matches(':');
        let because = self.missing(at, terminal_of("because"), "because");
        let new =
            if bare.is_empty() { vec![because] } else { vec![Self::other(before, terminal_of(bare), bare), because] };
        let tokens = self.with(at - 1, at, new)?;
        self.is_of_language(&tokens, at - usize::from(bare.is_empty())).then_some(())?;
        let place = Span { start: before.end - 1, ..self.span(at - 1, at) };
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            place,
            "a reason begins with `because`, not with a colon",
            "expected `because`",
            "it is written `because \"…\"`",
        );
        self.done(tokens, says, true)
    }

    /// `exclude A.5.3 – not lent`, `exclude A.5.3 (not lent)`: a reason that a dash or brackets tell from what it is for.
    pub(super) fn dash_for_because(&self) -> Option<Mended> {
        // Two of them begin a comment elsewhere.
        let is_dash = |token: &Token| {
            let mut marks = self.raw(token).chars();
            marks.next().is_some_and(|mark| mark == '-' || mark == '=' || mark == ':' || alike::is_dash(mark))
                && marks.next().is_none()
        };
        let at = (2..self.tokens.len()).find(|at| {
            let token = &self.tokens[*at];
            token.kind >= terminal::WORD && (is_dash(token) || self.raw(token).starts_with('('))
        })?;
        let first = if is_dash(&self.tokens[at]) { at + 1 } else { at };
        let is_text = self.is_text(first);
        let to = match is_text {
            true => first + 1,
            false => (first..self.tokens.len()).find(|at| {
                let kind = self.tokens[*at].kind;
                kind < terminal::WORD && kind != terminal::COMMA
            })?,
        };
        let (start, end) = (self.get(first)?.start, self.get(to.checked_sub(1)?)?.end);
        let words = self.text.get(start as usize..end as usize)?;
        // `A.5.1 – A.5.4` is a range.
        let begins = words.trim_start_matches('(').split_whitespace().next().unwrap_or_default();
        let is_reason = is_text || begins.len() > 1 && begins.chars().all(char::is_alphabetic);
        if !is_reason || words.contains('\n') || words.starts_with('(') != words.ends_with(')') {
            return None;
        }
        let because = self.missing(at, terminal_of("because"), "because");
        let tokens = self.with(at, to, vec![because, Token { kind: terminal::QUOTED, start, end, meant: None }])?;
        self.is_of_language(&tokens, at).then_some(())?;
        let place = self.span(at, to);
        let bare = words.strip_prefix('(').and_then(|words| words.strip_suffix(')')).unwrap_or(words);
        let reason = if is_text { words.to_owned() } else { alike::literal(bare) };
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                place,
                "a reason begins with `because`, and stands in quotes",
                "expected `because` and a text",
                &format!("write `because {reason}`"),
            )
            .with_edit(place, format!("because {reason}"));
        Some(Mended { tokens, says: Some(says) })
    }

    /// `practice BP1 "…" [1, 2]`, `exclude A.1 ("Not lent.")`: brackets where a clause is due.
    pub(super) fn in_brackets(&self) -> Option<Mended> {
        let is_word = |token: &&Token| token.kind >= terminal::WORD;
        let opens = |token: &Token| is_word(&token) && self.word(token).starts_with(['(', '[']);
        let closes = |token: &Token| is_word(&token) && self.word(token).ends_with([')', ']']);
        let first = self.tokens.iter().position(opens).filter(|first| *first > 0)?;
        let last = self.tokens.iter().rposition(closes).filter(|last| *last >= first)?;
        // The mark of a footnote.
        if self.kind == Kind::Outcome
            && first == last
            && self.bare(&self.tokens[first]).bytes().all(|c| c.is_ascii_digit())
        {
            let tokens = self.with(first, last + 1, Vec::new())?;
            let message = format!("`{}` means nothing here", self.word(&self.tokens[first]));
            let place = self.span(first, last + 1);
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        let mut inner = Vec::new();
        for token in &self.tokens[first..=last] {
            let bare = self.word(token).trim_matches(['(', '[', ')', ']']);
            if token.kind < terminal::WORD {
                inner.push(token.clone());
            } else if !bare.is_empty() && !matches!(bare.to_lowercase().as_str(), "outcome" | "outcomes") {
                inner.push(Self::other(token, terminal_of(bare), bare));
            }
        }
        if let Some(mended) = self.remark(first, last) {
            return Some(mended);
        }
        let (word, tokens) = ["because", "achieves", "satisfies"].into_iter().find_map(|word| {
            // Behind an id, brackets may hold its title.
            (word == "because" || self.is_text(first - 1)).then_some(())?;
            let mut new = vec![self.missing(first, terminal_of(word), word)];
            new.extend(inner.iter().cloned());
            let tokens = self.with(first, last + 1, new)?;
            self.is_of_language(&tokens, first).then_some((word, tokens))
        })?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(first, last + 1),
            format!("`{word}` stands before this, not brackets around it"),
            &format!("expected `{word}`"),
            &format!("write `{word}` in place of the brackets"),
        );
        self.done(tokens, says, false)
    }

    /// `outcome 3 "…" (AN: really?)`: words in brackets behind a text, none of them an id.
    fn remark(&self, first: usize, last: usize) -> Option<Mended> {
        let is_plain = |token: &Token| {
            let begins = words::begins(terminal_of(self.bare(token)));
            token.kind >= terminal::WORD && begins == Begins::Nothing && !self.word(token).contains(char::is_numeric)
        };
        let is_remark = self.is_text(first - 1) && last > first && self.tokens[first..=last].iter().all(is_plain);
        let tokens = self.with(first, last + 1, Vec::new()).filter(|_| is_remark)?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(first, last + 1),
            "a remark in brackets means nothing here",
            "nothing is expected here",
            "delete it; what readers need stands in a `note`, what authors need behind `//`",
        );
        self.done(tokens, says, false)
    }

    /// Something before the word of a statement: a bullet, a number of a list, the bars of a table.
    pub(super) fn junk_before(&self) -> Option<Mended> {
        let is_junk = |token: &Token| {
            let word = self.raw(token);
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            token.kind >= terminal::WORD
                && letters <= 3
                && !word
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphabetic() && letters == word.chars().count() && letters > 1)
        };
        let begins = |token: &Token| {
            token.kind >= terminal::WORD && words::begins(terminal_of(self.bare(token))) == Begins::Statement
        };
        let first =
            self.tokens.iter().take(4).position(begins).filter(|first| self.tokens[..*first].iter().all(is_junk))?;
        let word = self.bare(&self.tokens[first]);
        let what = self.raw(&self.tokens[0]);
        if first == 0 && self.word(&self.tokens[0]) == word {
            return None;
        }
        let mut rest = self.tokens[first..].to_vec();
        rest.retain(|token| !self.is_mark_of_layout(token));
        if let Some(token) = rest.first_mut().filter(|token| self.raw(token) != word) {
            *token = Self::other(token, terminal_of(word), word);
        }
        for word in rest.iter_mut().skip(1).filter(|token| token.kind >= terminal::WORD) {
            let bare = self.raw(word).trim_matches(['*', '|']).to_owned();
            if bare != self.raw(word) && !bare.is_empty() {
                *word = Self::other(word, terminal_of(&bare), bare);
            }
        }
        let is_whole = (self.reads)(&rest).is_some();
        let rest = if is_whole { rest } else { self.mended_rest(&rest)? };
        let (place, message) = match first {
            0 => (self.span(0, 1), format!("more than the word `{word}` stands here")),
            _ => (self.span(0, first), format!("`{}` begins no statement", clip(what))),
        };
        // A word that could be an id could be that of a field, too: who knows those would tell.
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        let could_be_field =
            first > 0 && what.chars().all(is_id) && what.ends_with(|c: char| c.is_ascii_alphanumeric());
        let code = if could_be_field { &codes::UNKNOWN_STATEMENT } else { &codes::NOT_A_STATEMENT };
        let says = self.says(
            code,
            place,
            message,
            "expected the word of a statement",
            &format!("begin the line with `{word}`: bullets, numbers of lists and bars of tables mean nothing here"),
        );
        let has_tags = rest.iter().skip(1).any(|token| self.raw(token).contains("</"));
        self.done(rest, says, is_whole && !has_tags && (first > 0 || what.contains(word)))
    }

    /// What stands behind the bullet, itself mended: a number that the list gave, a text without its quotes.
    fn mended_rest(&self, rest: &[Token]) -> Option<Vec<Token>> {
        let two = format!("{} {}", self.word(rest.first()?), rest.get(1).map_or("", |second| self.word(second)));
        let kind = Kind::of_word(&two).or_else(|| Kind::of_word(self.word(&rest[0])))?;
        let few = rest.len().min(FEW);
        (1..few).find_map(|at| Slip { tokens: rest, kind, at, ..*self }.mend()).map(|mended| mended.tokens)
    }

    /// A bar of a table, a mark of bold type, a tag of a web page.
    pub(super) fn is_mark_of_layout(&self, token: &Token) -> bool {
        let word = self.raw(token);
        token.kind >= terminal::WORD
            && (matches!(word, "|" | "**" | "*") || word.len() > 2 && word.starts_with('<') && word.ends_with('>'))
    }
}

/// How many tokens a line has at most of which more than a bullet is mended.
const FEW: usize = 24;
