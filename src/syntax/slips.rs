//! What was meant by a statement that the grammar refuses: the one change of its words after which it is a statement.
//!
//! Each way to mend a statement is tried on its tokens, and the grammar judges whether that does it. What is mended is
//! read as it was meant, and said in one message with the edit that does the same.

use super::lexer::{terminal, terminal_of};
use super::statements::{CLAUSE_WORDS, Kind};
use super::tree::Role;
use super::words::{self, Begins};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::span::{FileId, Span};

/// A token of a statement, as it stands or as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its character in the grammar.
    pub kind: u8,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte; its first where it is not there.
    pub end: u32,
    /// What is read instead of what stands there.
    pub meant: Option<String>,
}

/// A statement as it was meant.
pub struct Mended {
    /// Its tokens; there may be two statements.
    pub tokens: Vec<Token>,
    /// What to say; nothing where who knows the names has to tell.
    pub says: Option<Diagnostic>,
}

/// A statement that the grammar refuses.
pub struct Slip<'a> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'a str,
    /// Which statement its words mean.
    pub kind: Kind,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The first that cannot stand where it stands.
    pub at: usize,
    /// The number that the next outcome has.
    pub next_number: Option<u32>,
    /// The first statement that tokens make, if they are whole statements, all of them known.
    pub reads: &'a dyn Fn(&[Token]) -> Option<Kind>,
    /// What a token is read as, if it is an argument.
    pub role: &'a dyn Fn(&[Token], usize) -> Option<Role>,
}

/// The most tokens of a statement that is looked at so closely.
const MOST: usize = 200;

/// Words that join names in a sentence.
const JOINERS: [&str; 12] = ["and", "&", "+", ";", "/", "|", "or", "und", "et", "y", "·", "as well as"];

/// The words that begin a relation.
const RELATIONS: [&str; 5] = ["equals", "equivalent", "subset", "superset", "intersects"];

/// What elements are called.
const NOUNS: [&str; 12] = [
    "process",
    "outcome",
    "group",
    "item",
    "practice",
    "model",
    "catalog",
    "framework",
    "crosswalk",
    "package",
    "term",
    "annex",
];

/// What may be left out without loss.
const FILLERS: [&str; 4] = ["of", "the", "is", "to"];

impl Slip<'_> {
    /// The statement as it was meant, if one change does it.
    pub fn mend(&self) -> Option<Mended> {
        if self.tokens.len() > MOST {
            return None;
        }
        let line = || self.line().filter(|mended| (self.reads)(&mended.tokens) == Some(Kind::Line));
        self.bracket_for_brace()
            .or_else(line)
            .or_else(|| self.comma_before_clause())
            .or_else(|| self.inner_quotes())
            .or_else(|| self.quoted_id())
            .or_else(|| self.junk_before())
            .or_else(|| self.blank_in_id())
            .or_else(|| self.second_statement())
            .or_else(|| self.noun_before_id())
            .or_else(|| self.one_each())
            .or_else(|| self.phrase())
            .or_else(|| self.title_behind_reference())
            .or_else(|| self.glued_marks())
            .or_else(|| self.one_token())
            .or_else(|| self.text_without_quotes())
            .or_else(|| self.other_order())
            .or_else(|| self.without_id())
    }

    /// A line whose first word means nothing: something stands before the statement, or sticks to its word.
    pub fn unknown_line(&self) -> Option<Mended> {
        if self.tokens.len() > MOST {
            return None;
        }
        self.junk_before().or_else(|| self.glued_line()).or_else(|| self.line())
    }

    /// A line of a crosswalk that lacks a comma or `because`, or names things as standards print them.
    fn line(&self) -> Option<Mended> {
        let is_relation = |token: &Token| RELATIONS.contains(&self.word(token));
        let relation = self.tokens.iter().position(is_relation)?;
        let text = (relation..self.tokens.len()).find(|at| self.is_text(*at));
        let at = |at: usize| Slip { at, kind: Kind::Other, ..*self };
        if self.tokens[..relation].iter().all(|token| token.kind >= terminal::WORD) && relation > 1 {
            let (start, end) = (self.tokens[0].start, self.tokens[relation - 1].end);
            let phrase = Token { kind: terminal::WORD, start, end, meant: None };
            let tokens = at(0).with(0, relation, vec![phrase]);
            if let Some(tokens) = tokens.filter(|tokens| (self.reads)(tokens) == Some(Kind::Line)) {
                return Some(Mended { tokens, says: None });
            }
        }
        let last = (0..self.tokens.len()).rev().find(|at| self.is_word(*at))?;
        let left = self.tokens.get(1).filter(|token| token.kind >= terminal::WORD && relation > 1).map(|_| 1);
        let mended = text.and_then(|text| at(text).one_token());
        mended.or_else(|| left.and_then(|left| at(left).phrase())).or_else(|| at(last).phrase())
    }

    /// Words that a quote ends, and none begins.
    pub fn missing_quote(&self) -> Option<Mended> {
        let at = (1..self.tokens.len()).find(|at| {
            let (before, token) = (&self.tokens[at - 1], &self.tokens[*at]);
            let is_alone = self.raw(token).trim_end() == "\""
                || self.raw(token).starts_with('"') && self.raw(token)[1..].trim().is_empty();
            token.kind == terminal::QUOTED && is_alone && before.end == token.start && before.kind >= terminal::WORD
        })?;
        let (from, tokens) = (1..at).find_map(|from| {
            let (start, end) = (self.tokens[from].start, self.tokens[at].start + 1);
            Some((from, self.with(from, at + 1, vec![Token { kind: terminal::QUOTED, start, end, meant: None }])?))
        })?;
        let mut place = self.span(from, at);
        place.end += 1;
        let meant = crate::source::alike::literal(self.text.get(place.range())?);
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

    fn word<'b>(&'b self, token: &'b Token) -> &'b str {
        match &token.meant {
            Some(meant) => meant,
            None => self.text.get(token.start as usize..token.end as usize).unwrap_or_default(),
        }
    }

    fn raw(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind >= terminal::WORD)
    }

    fn is_text(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == terminal::QUOTED)
    }

    /// The tokens with some of them replaced, if they are a statement then.
    fn with(&self, from: usize, to: usize, new: Vec<Token>) -> Option<Vec<Token>> {
        let mut tokens = self.tokens.get(..from)?.to_vec();
        tokens.extend(new);
        tokens.extend_from_slice(self.tokens.get(to..)?);
        let kind = (self.reads)(&tokens)?;
        (self.kind.word().is_empty() || self.kind == kind).then_some(tokens)
    }

    /// Whether a token is read as a reference that is looked up in catalogs.
    fn is_reference(&self, tokens: &[Token], at: usize) -> bool {
        matches!((self.role)(tokens, at), Some(Role::Ref | Role::Left | Role::Right))
    }

    /// Whether a token is read as a word of the language, and not as a name.
    fn is_of_language(&self, tokens: &[Token], at: usize) -> bool {
        (self.role)(tokens, at).is_none_or(Role::is_mark)
    }

    /// A token that is not there.
    fn missing(&self, at: usize, kind: u8, meant: &str) -> Token {
        let place = at.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |before| before.end);
        Token { kind, start: place, end: place, meant: Some(meant.to_owned()) }
    }

    /// A token that is read as another.
    fn other(token: &Token, kind: u8, meant: impl Into<String>) -> Token {
        Token { kind, meant: Some(meant.into()), ..*token }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.get(from).map_or(0, |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.get(last)).map_or(start, |token| token.end);
        Span { file: self.file, start, end: end.max(start) }
    }

    /// What to say of some tokens, with the edit that makes others of them.
    fn says(&self, code: &'static Code, at: Span, message: impl Into<String>, label: &str, help: &str) -> Diagnostic {
        Diagnostic::new(code, at, message).label(label).help(help)
    }

    fn done(&self, tokens: Vec<Token>, says: Diagnostic, is_certain: bool) -> Option<Mended> {
        let same = |(one, other): &(&Token, &Token)| one == other;
        let before = self.tokens.iter().zip(&tokens).take_while(same).count();
        let rest = self.tokens.len().min(tokens.len()) - before;
        let behind = self.tokens.iter().rev().zip(tokens.iter().rev()).take(rest).take_while(same).count();
        let (old, new) = (&self.tokens[before..self.tokens.len() - behind], &tokens[before..tokens.len() - behind]);
        let edge = before.checked_sub(1).and_then(|last| self.get(last)).map_or(0, |token| token.end);
        let mut start = old.first().map_or(edge, |token| token.start);
        let mut end = old.last().map_or(edge, |token| token.end);
        if old.is_empty() || old.iter().all(|token| token.kind == terminal::END) {
            (start, end) = (edge, edge);
        }
        let mut text = String::new();
        for token in new {
            let word = match token.kind {
                terminal::COMMA => ",",
                terminal::OPEN => "{",
                terminal::END => "\n",
                _ => self.word(token),
            };
            let is_glued = matches!(token.kind, terminal::COMMA | terminal::END) || text.is_empty() && start > edge;
            if !(is_glued || text.ends_with('\n') || text.is_empty() && start == end && before == 0) {
                text.push(' ');
            }
            text.push_str(word);
        }
        if new.is_empty() && start > edge && before > 0 {
            // The blank before it goes with it.
            start = edge;
        } else if new.is_empty() && before == 0 {
            end = self.get(old.len()).map_or(end, |next| next.start);
        }
        let span = Span { file: self.file, start, end };
        let edit = Some(Edit { span, text, is_certain });
        Some(Mended { tokens, says: Some(Diagnostic { edit, ..says }) })
    }

    /// `process K.1 "Keys" (` or `"Keys":` for an opening brace.
    fn bracket_for_brace(&self) -> Option<Mended> {
        let last = self.tokens.len().checked_sub(2)?;
        let token = self.get(last)?;
        let row = self.kind.row()?;
        if !matches!(self.word(token), "(" | "[" | ":" | "=" | "<" | "begin" | "is") || !self.kind.is_container() {
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

    /// A comma behind which a clause or another statement begins.
    fn comma_before_clause(&self) -> Option<Mended> {
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
    fn inner_quotes(&self) -> Option<Mended> {
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
        let meant = crate::source::alike::literal(self.text.get(place.range())?);
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
    fn quoted_id(&self) -> Option<Mended> {
        let token = self.get(self.at).filter(|token| token.kind == terminal::QUOTED)?;
        let inner = self.raw(token).trim_matches('"');
        let is_id =
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        let is_first = (1..self.at).all(|at| words::begins(self.tokens[at].kind) != Begins::Nothing);
        let declares = is_first && self.kind.row().is_some_and(|row| row.first_role() == Some(Role::Id));
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

    /// Something before the word of a statement: a bullet, a number of a list, the bars of a table.
    fn junk_before(&self) -> Option<Mended> {
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
        let begins = |token: &Token| words::begins(terminal_of(self.bare(token))) == Begins::Statement;
        let first =
            self.tokens.iter().take(4).position(begins).filter(|first| self.tokens[..*first].iter().all(is_junk))?;
        let mut rest = self.tokens[first..].to_vec();
        let is_bar = |token: &Token| matches!(self.raw(token), "|" | "**" | "*");
        rest.retain(|token| !is_bar(token));
        if let Some(word) = rest.first_mut() {
            let bare = self.bare(word).to_owned();
            if bare != self.raw(word) {
                *word = Self::other(word, terminal_of(&bare), bare);
            }
        }
        for word in rest.iter_mut().skip(1).filter(|token| token.kind >= terminal::WORD) {
            let bare = self.raw(word).trim_matches(['*', '|']).to_owned();
            if bare != self.raw(word) && !bare.is_empty() {
                *word = Self::other(word, terminal_of(&bare), bare);
            }
        }
        let what = self.raw(&self.tokens[0]);
        if rest == self.tokens || (self.reads)(&rest).is_none() {
            return None;
        }
        let word = self.bare(&self.tokens[first]);
        let (place, message) = match first {
            0 => (self.span(0, 1), format!("more than the word `{word}` stands here")),
            _ => (self.span(0, first), format!("`{}` begins no statement", clip(what))),
        };
        let says = self.says(
            &codes::NOT_A_STATEMENT,
            place,
            message,
            "expected the word of a statement",
            &format!("begin the line with `{word}`: bullets, numbers of lists and bars of tables mean nothing here"),
        );
        self.done(rest, says, first > 0 || what.contains(word))
    }

    /// A word without the marks that stick to it.
    fn bare<'b>(&'b self, token: &'b Token) -> &'b str {
        self.word(token).trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
    }

    /// `process COM 1 "Title"`.
    fn blank_in_id(&self) -> Option<Mended> {
        let row = self.kind.row()?;
        let from = row.word.split(' ').filter(|word| !word.is_empty()).count();
        let to =
            (from..self.tokens.len()).find(|at| !self.is_word(*at)).filter(|to| *to > from + 1 && *to < from + 5)?;
        if self.tokens[from..to].iter().any(|token| words::begins(token.kind) == Begins::Clause) {
            return None;
        }
        let parts: Vec<&str> = self.tokens[from..to].iter().map(|token| self.word(token)).collect();
        let is_part = |part: &&str| {
            part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
                && part.bytes().any(|byte| byte.is_ascii_alphanumeric())
        };
        if !self.is_text(to) || !parts.iter().all(is_part) || row.first_role() != Some(Role::Id) {
            return None;
        }
        let is_number = matches!(self.kind, Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome);
        let joiner = if !is_number && parts[1].starts_with(|c: char| c.is_ascii_digit()) { "." } else { "-" };
        let (start, end) = (self.tokens[from].start, self.tokens[to - 1].end);
        let id = Token { kind: terminal::WORD, start, end, meant: Some(parts.join(joiner)) };
        let tokens = self.with(from, to, vec![id])?;
        let message = format!("the id `{}` has a blank", parts.join(" "));
        let says = self.says(
            &codes::MALFORMED_ID,
            self.span(from, to),
            message,
            "expected one word",
            &format!("an id has no blanks: `{}` or `{}`", parts.join("."), parts.join("-")),
        );
        self.done(tokens, says, false)
    }

    /// `use a, b`: of what names one thing, a line for each.
    fn one_each(&self) -> Option<Mended> {
        let (word, comma) = (self.word(self.get(0)?), self.get(self.at)?);
        if comma.kind != terminal::COMMA || !matches!(self.kind, Kind::Use | Kind::Covers | Kind::Drops) {
            return None;
        }
        let end = Token { kind: terminal::END, start: comma.start, end: comma.start, meant: None };
        let again =
            Token { kind: self.tokens[0].kind, start: comma.start, end: comma.start, meant: Some(word.to_owned()) };
        let tokens = self.with(self.at, self.at + 1, vec![end, again])?;
        let message = format!("`{word}` names one, and no list");
        let place = self.span(self.at, self.at + 1);
        let help = format!("write a line for each: `{word} …`");
        let says = self
            .says(&codes::MALFORMED_STATEMENT, place, message, "one more is named", &help)
            .with_edit(place, format!("\n{word}"));
        Some(Mended { tokens, says: Some(says) })
    }

    /// `supports process COM.01`: what it is, where its id alone is due.
    fn noun_before_id(&self) -> Option<Mended> {
        let noun = self.at.checked_sub(1)?;
        let word = self.word(self.get(noun)?);
        if !self.is_word(self.at) || !NOUNS.contains(&word) || noun == 0 {
            return None;
        }
        let tokens = self.with(noun, self.at, Vec::new())?;
        let message = format!("`{word}` stands before an id");
        let place = self.span(noun, self.at);
        let says =
            self.says(&codes::MALFORMED_STATEMENT, place, message, "expected the id alone", "write the id alone");
        self.done(tokens, says, true)
    }

    /// Two statements on one line.
    fn second_statement(&self) -> Option<Mended> {
        let next = self.get(self.at).filter(|next| words::begins(next.kind) == Begins::Statement)?;
        let place = self.get(self.at.checked_sub(1)?)?.end;
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

    /// Words where a reference to a catalog is due: as a standard prints it, or several without a comma. Who knows the
    /// catalogs has to tell.
    fn phrase(&self) -> Option<Mended> {
        let last = self.at.min(self.tokens.len() - 1);
        let is_edge = |at: usize| {
            let (token, word) = (&self.tokens[at], self.word(&self.tokens[at]));
            let before = at.checked_sub(1).map_or("", |before| self.word(&self.tokens[before]));
            // `A.1 to A.4` is a range.
            let is_to = word == "to" && !matches!(before, "equivalent") && self.kind != Kind::Crosswalk;
            token.kind < terminal::WORD
                || RELATIONS.contains(&word)
                || word == "of" && matches!(before, "subset" | "superset")
                || !is_to && words::begins(token.kind) == Begins::Clause
        };
        let begins_line =
            words::begins(self.tokens[0].kind) == Begins::Nothing && self.tokens[0].kind >= terminal::WORD;
        let edge = (0..last).rev().find(|at| is_edge(*at)).map(|edge| edge + 1);
        let from = edge.unwrap_or(usize::from(!begins_line));
        let to = (last..self.tokens.len()).find(|at| is_edge(*at))?;
        if to < from + 2 || FILLERS.contains(&self.word(&self.tokens[from])) || self.word(&self.tokens[from]) == "with"
        {
            return None;
        }
        let (start, end) = (self.tokens[from].start, self.tokens[to - 1].end);
        let phrase = Token { kind: terminal::WORD, start, end, meant: None };
        let tokens = self.with(from, to, vec![phrase])?;
        self.is_reference(&tokens, from).then_some(Mended { tokens, says: None })
    }

    /// `satisfies A.5.1 "Policies"`.
    fn title_behind_reference(&self) -> Option<Mended> {
        let before = self.at.checked_sub(1)?;
        if !self.is_text(self.at) || !self.is_word(before) {
            return None;
        }
        let tokens = self.with(self.at, self.at + 1, Vec::new())?;
        self.is_reference(&tokens, before).then_some(())?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(self.at, self.at + 1),
            "a reference is an id without its title",
            "the title stands where it is declared",
            "delete the title; a reason stands behind `because`",
        );
        self.done(tokens, says, false)
    }

    /// One word or comma too few, one too many, or one in the place of another.
    fn one_token(&self) -> Option<Mended> {
        let here = self.get(self.at)?;
        let before = self.at.checked_sub(1).and_then(|at| self.get(at))?;
        let name = self.kind.row().filter(|row| !row.word.is_empty());
        let name = name.map_or_else(|| "this line".to_owned(), |row| format!("`{}`", row.word));
        let place = self.span(self.at, self.at + 1);
        let label = |text: &str| format!("expected {text}");
        let odd = |token: &Token| !self.word(token).chars().any(char::is_alphanumeric);
        if self.at >= 2 && self.word(before) == "partly" && self.word(&self.tokens[self.at - 2]) == "satisfies" {
            let swapped = vec![before.clone(), self.tokens[self.at - 2].clone()];
            let tokens = self.with(self.at - 2, self.at, swapped)?;
            let says = self.says(
                &codes::MALFORMED_STATEMENT,
                self.span(self.at - 2, self.at),
                "`partly` stands before `satisfies`",
                "in this order: `partly satisfies`",
                "write `partly satisfies REF`",
            );
            return self.done(tokens, says, true);
        }
        let is_joiner = JOINERS.contains(&self.word(here).to_lowercase().as_str());
        if is_joiner {
            let comma = Token { kind: terminal::COMMA, meant: None, ..here.clone() };
            if let Some(tokens) = self.with(self.at, self.at + 1, vec![comma]) {
                let message = format!("a comma stands between the members of a list, not `{}`", self.word(here));
                return self.done(
                    tokens,
                    self.says(
                        &codes::MALFORMED_STATEMENT,
                        place,
                        message,
                        "expected a comma",
                        "put commas between them",
                    ),
                    true,
                );
            }
        }
        let is_idle = here.kind >= terminal::WORD && (odd(here) || FILLERS.contains(&self.word(here)));
        if (is_idle || here.kind == terminal::COMMA)
            && let Some(tokens) = self.with(self.at, self.at + 1, Vec::new())
        {
            let written = if here.kind == terminal::COMMA { "," } else { self.word(here) };
            let message = format!("{name} does not go on with `{written}`");
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        if self.is_word(self.at) && before.kind >= terminal::WORD && words::begins(before.kind) == Begins::Nothing {
            let comma = self.missing(self.at, terminal::COMMA, ",");
            if let Some(tokens) = self.with(self.at, self.at, vec![comma]) {
                let message = format!("a comma is missing between `{}` and `{}`", self.word(before), self.word(here));
                return self.done(
                    tokens,
                    self.says(
                        &codes::MALFORMED_STATEMENT,
                        place,
                        message,
                        "expected a comma before this",
                        "put a comma between them",
                    ),
                    true,
                );
            }
        }
        // What may be meant by several words is certain for none.
        let missing = CLAUSE_WORDS.iter().filter_map(|row| {
            let token = self.missing(self.at, terminal_of(row.word), row.word);
            let tokens = self.with(self.at, self.at, vec![token])?;
            self.is_of_language(&tokens, self.at).then_some((row, tokens))
        });
        let mut missing = missing.take(2).collect::<Vec<_>>().into_iter();
        if let Some((row, tokens)) = missing.next() {
            let message = format!("{name} needs `{}` before this", row.word);
            let help = format!("it is written `{}`", row.shape());
            let says =
                self.says(&codes::MALFORMED_STATEMENT, place, message, &label(&format!("`{}`", row.word)), &help);
            return self.done(tokens, says, missing.next().is_none());
        }
        let replaced = CLAUSE_WORDS.iter().filter(|_| here.kind >= terminal::WORD).filter_map(|row| {
            let token = Self::other(here, terminal_of(row.word), row.word);
            let tokens = self.with(self.at, self.at + 1, vec![token])?;
            self.is_of_language(&tokens, self.at).then_some((row, tokens))
        });
        let mut replaced = replaced.take(2).collect::<Vec<_>>().into_iter();
        let (row, tokens) = replaced.next()?;
        let message = format!("{name} needs `{}` here, not `{}`", row.word, self.word(here));
        let help = format!("it is written `{}`", row.shape());
        let says = self.says(&codes::MALFORMED_STATEMENT, place, message, &label(&format!("`{}`", row.word)), &help);
        self.done(tokens, says, replaced.next().is_none())
    }

    /// The same of a line whose first word means nothing; not of a line of a crosswalk.
    fn glued_line(&self) -> Option<Mended> {
        let bare = self.tokens.first().map_or("", |token| self.bare(token));
        if words::begins(terminal_of(bare)) == Begins::Nothing { None } else { self.glued_marks() }
    }

    /// Brackets, colons and stops that stick to words.
    fn glued_marks(&self) -> Option<Mended> {
        let mut tokens = self.tokens.to_vec();
        let mut changed = Vec::new();
        for (at, token) in tokens.iter_mut().enumerate().filter(|(_, token)| token.kind >= terminal::WORD) {
            let word = self.word(token);
            let bare = word
                .trim_start_matches(['(', '[', '*', '#', '<', '\u{2022}'])
                .trim_end_matches([')', ']', ':', ';', '.', '=', '*', '>']);
            if bare != word && !bare.is_empty() {
                changed.push(at);
                *token = Self::other(token, terminal_of(bare), bare);
            }
        }
        let (first, last) = (*changed.first()?, *changed.last()?);
        if (self.reads)(&tokens).is_none_or(|kind| kind != self.kind && !self.kind.word().is_empty()) {
            return None;
        }
        let what = self.raw(&self.tokens[first]);
        let message = format!("more than `{}` stands in `{}`", self.word(&tokens[first]), clip(what));
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(first, last + 1),
            message,
            "marks that mean nothing",
            "words stand alone, without colons, stops and brackets",
        );
        self.done(tokens, says, true)
    }

    /// Words where a text is due.
    fn text_without_quotes(&self) -> Option<Mended> {
        if !self.is_word(self.at) {
            return None;
        }
        let first = &self.tokens[self.at];
        let ends = self.at + 1..self.tokens.len();
        let run = |to: &usize| {
            self.tokens[self.at..*to].iter().all(|token| token.kind >= terminal::WORD || token.kind == terminal::COMMA)
        };
        let (to, tokens) = ends.take_while(run).find_map(|to| {
            let text = Token { kind: terminal::QUOTED, start: first.start, end: self.tokens[to - 1].end, meant: None };
            Some((to, self.with(self.at, to, vec![text])?))
        })?;
        let place = self.span(self.at, to);
        let meant = crate::source::alike::literal(self.text.get(place.range())?);
        let name = self.kind.row().map_or("", |row| row.word);
        let what = if (self.role)(&tokens, self.at) == Some(Role::Title) { "title" } else { "text" };
        let message = format!("the {what} of this `{name}` stands in no quotes");
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                place,
                message,
                "expected in quotes",
                "titles and texts stand between straight quotes: `\"…\"`",
            )
            .with_edit(place, meant);
        Some(Mended { tokens, says: Some(says) })
    }

    /// A text that stands before the id, or behind what should follow it.
    fn other_order(&self) -> Option<Mended> {
        let from = (1..self.tokens.len()).find(|at| self.is_text(*at))?;
        let to = 2.min(self.tokens.len() - 1);
        if from == to {
            return None;
        }
        let mut tokens = self.tokens.to_vec();
        let text = tokens.remove(from);
        tokens.insert(to, text);
        if (self.reads)(&tokens).is_none_or(|kind| kind != self.kind) {
            return None;
        }
        let row = self.kind.row()?;
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(from, from + 1),
            format!("this text stands in another place of `{}`", row.word),
            "expected right behind the id",
            &format!("it is written `{}`", row.shape()),
        );
        self.done(tokens, says, false)
    }

    /// A statement without its id: it counts all the same for what it says.
    fn without_id(&self) -> Option<Mended> {
        // Levels and achievements are counted by their ids.
        let counts = matches!(self.kind, Kind::Level | Kind::Achievement | Kind::Rating | Kind::Attribute);
        let row = self.kind.row().filter(|row| row.first_role() == Some(Role::Id) && !counts)?;
        let number = self.next_number.filter(|_| self.kind == Kind::Outcome).map(|number| number.to_string());
        let id = self.missing(1, terminal::WORD, number.as_deref().unwrap_or_default());
        let tokens = self.with(1, 1, vec![id])?;
        let place = self.get(1).map_or(self.span(0, 1), |_| self.span(1, 2));
        let noun = row.first_role().and_then(|role| row.part(role)).map_or("its id", |part| part.noun());
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            place,
            format!("`{}` needs {noun} before this", row.word),
            &format!("expected {noun}"),
            &format!("it is written `{}`", row.shape()),
        );
        match number {
            Some(_) => self.done(tokens, says, false),
            None => Some(Mended { tokens, says: Some(says) }),
        }
    }
}

/// A word of the author's, short enough for a message.
fn clip(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &written[..at]),
        None => written.to_owned(),
    }
}
