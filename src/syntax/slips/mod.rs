//! What was meant by a statement that the grammar refuses: the one change of its words after which it is a statement.
//!
//! Each way to mend a statement is tried on its tokens, and the grammar judges whether that does it. What is mended is
//! read as it was meant, and said in one message with the edit that does the same.

mod layers;
mod marks;
mod order;
mod quotes;
mod wording;

use super::lexer::terminal;
use super::statements::{Kind, begins_relation};
use super::tree::Role;
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
    /// Whether a statement behind it, in its block, changes what a base says.
    pub changes_base: bool,
    /// The first statement that tokens make, if they are whole statements, all of them known.
    pub reads: &'a dyn Fn(&[Token]) -> Option<Kind>,
    /// What a token is read as, if it is an argument.
    pub role: &'a dyn Fn(&[Token], usize) -> Option<Role>,
}

/// The most tokens of a statement that is looked at so closely.
const MOST: usize = 200;

/// Words that join names in a sentence.
const JOINERS: [&str; 12] = ["and", "&", "+", ";", "/", "|", "or", "und", "et", "y", "·", "as well as"];

/// What may be left out without loss.
const FILLERS: [&str; 10] = ["of", "the", "is", "to", "with", "as", "by", "no", "are", "because"];

impl Slip<'_> {
    /// The statement as it was meant, if one change does it.
    pub fn mend(&self) -> Option<Mended> {
        if self.tokens.len() > MOST {
            return None;
        }
        let line = || self.line().filter(|mended| (self.reads)(&mended.tokens) == Some(Kind::Line));
        self.quoted_cells()
            .or_else(|| self.bracket_for_brace())
            .or_else(|| self.bracket_for_closing())
            .or_else(|| self.doubled_word())
            .or_else(|| self.words_in_capitals())
            .or_else(|| self.other_form())
            .or_else(|| self.extend_forgotten())
            .or_else(|| self.reason_elsewhere())
            .or_else(line)
            .or_else(|| self.comma_before_clause())
            .or_else(|| self.comma_for_stop())
            .or_else(|| self.marks_between())
            .or_else(|| self.inner_quotes())
            .or_else(|| self.in_part())
            .or_else(|| self.quoted_id())
            .or_else(|| self.junk_before())
            .or_else(|| self.colon_for_because())
            .or_else(|| self.dash_for_because())
            .or_else(|| self.in_brackets())
            .or_else(|| self.blank_in_id())
            .or_else(|| self.object())
            .or_else(|| self.name_of_package())
            .or_else(|| self.second_statement())
            .or_else(|| self.noun_before_id())
            .or_else(|| self.one_each())
            .or_else(|| self.one_token().filter(|_| self.kind == Kind::Covers))
            .or_else(|| self.phrase())
            .or_else(|| self.title_behind_reference())
            .or_else(|| self.glued_marks())
            .or_else(|| self.quoted_ids())
            .or_else(|| self.text_in_pieces())
            .or_else(|| self.one_token())
            .or_else(|| self.text_without_quotes())
            .or_else(|| self.other_order())
            .or_else(|| self.without_id())
            .or_else(|| self.word_alike())
    }

    /// A line whose first word means nothing: something stands before the statement, or sticks to its word.
    pub fn unknown_line(&self) -> Option<Mended> {
        if self.tokens.len() > MOST {
            return None;
        }
        let doubled = self.doubled_word().or_else(|| self.other_form()).or_else(|| self.glued_id());
        doubled.or_else(|| self.junk_before()).or_else(|| self.glued_line()).or_else(|| self.line())
    }

    /// A line of a crosswalk that lacks a comma or `because`, or names things as standards print them.
    fn line(&self) -> Option<Mended> {
        let is_relation = |token: &Token| begins_relation(self.word(token));
        let relation = self.tokens.iter().position(is_relation)?;
        let text = (relation..self.tokens.len()).find(|at| self.is_text(*at));
        let at = |at: usize| Slip { at, kind: Kind::Other, ..*self };
        if let Some(mended) = at(0).bullet_before_line().or_else(|| at(0).second_line(relation)) {
            return Some(mended);
        }
        let because = self.tokens.iter().position(|token| self.word(token) == "because");
        let bare = because
            .filter(|because| self.is_word(because + 1))
            .and_then(|because| at(because + 1).text_without_quotes());
        if let Some(mended) = bare.or_else(|| at(0).dash_for_because()) {
            return Some(mended);
        }
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
        // Statements of one word differ by where they stand.
        let is_rating = || self.kind.word() == kind.word() && self.is_in_rate();
        (self.kind.word().is_empty() || self.kind == kind || is_rating()).then_some(tokens)
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
                terminal::CLOSE => "}",
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
}

/// Whether the word of a statement and an id may be one word: an id with a dot, and a capital or a digit before it.
pub fn may_be_glued(word: &str) -> bool {
    word.split_once('.').is_some_and(|(before, _)| before.bytes().any(|byte| !byte.is_ascii_lowercase()))
}

/// A word of the author's, short enough for a message.
fn clip(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &written[..at]),
        None => written.to_owned(),
    }
}
