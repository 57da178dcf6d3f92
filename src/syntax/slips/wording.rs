//! Words that stand where they mean nothing, or that are missing: ids in pieces, nouns, phrases, texts without quotes.

use super::super::lexer::{terminal, terminal_of};
use super::super::statements::{ALL, CLAUSE_WORDS, Kind, Statement, begins_relation};
use super::super::tree::Role;
use super::super::words::{self, Begins};
use super::{FILLERS, JOINERS, Mended, Slip, Token, clip};
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::alike;
use crate::span::{Span, narrow};

/// How far above a statement its block is looked for.
const LINES_ABOVE: usize = 200;

impl Slip<'_> {
    /// A word without the marks that stick to it.
    pub(super) fn bare<'b>(&'b self, token: &'b Token) -> &'b str {
        let word = self.word(token);
        // A tag of a web page.
        let word = word.strip_prefix('<').and_then(|tag| tag.split_once('>')).map_or(word, |(_, word)| word);
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
    }

    /// A word that stands there twice.
    pub(super) fn doubled_word(&self) -> Option<Mended> {
        let word = |at: usize| self.word(&self.tokens[at]);
        let is_same = |at: usize| match at {
            1 => word(1).eq_ignore_ascii_case(word(0)) && words::begins(self.tokens[0].kind) == Begins::Statement,
            _ => word(at) == word(at - 1),
        };
        let at = (1..self.tokens.len()).find(|at| self.is_word(*at) && self.is_word(at - 1) && is_same(*at))?;
        let tokens = self.with(at, at + 1, Vec::new())?;
        let message = format!("`{}` stands here twice", clip(word(at)));
        let says = self.says(
            &codes::MALFORMED_STATEMENT,
            self.span(at, at + 1),
            message,
            "once is enough",
            "delete one of the two",
        );
        self.done(tokens, says, true)
    }

    /// `processLOCK.1 "Lock upkeep"`: no blank behind the word of a statement.
    pub(super) fn glued_id(&self) -> Option<Mended> {
        let first = self.get(0).filter(|token| token.kind >= terminal::WORD)?;
        let written = self.word(first);
        let names = |row: &&Statement| row.first_role().is_some_and(|role| row.declares(role));
        let word = ALL.iter().filter(names).map(|row| row.word).find(|word| {
            let rest = written.strip_prefix(*word).filter(|_| !word.is_empty()).unwrap_or_default();
            rest.contains('.') && rest.starts_with(|next: char| next.is_ascii_uppercase() || next.is_ascii_digit())
        })?;
        let edge = first.start + narrow(word.len());
        let two = vec![
            Token { kind: terminal_of(word), start: first.start, end: edge, meant: None },
            Token { kind: terminal::WORD, start: edge, end: first.end, meant: None },
        ];
        let mut tokens = two;
        tokens.extend_from_slice(&self.tokens[1..]);
        (self.reads)(&tokens).filter(|kind| kind.word() == word && first.meant.is_none())?;
        let place = Span { end: edge, ..self.span(0, 1) };
        let says = self
            .says(
                &codes::UNKNOWN_STATEMENT,
                self.span(0, 1),
                format!("a blank is missing behind `{word}`"),
                "two words",
                "put a blank between the word and the id",
            )
            .with_edit(place, format!("{word} "));
        Some(Mended { tokens, says: Some(says) })
    }

    /// `measured by ISO/IEC 33020:2015`: the name of a package as its standard is cited.
    pub(super) fn name_of_package(&self) -> Option<Mended> {
        let from = match self.kind {
            Kind::Use => 1,
            Kind::Measured => 2,
            _ => return None,
        };
        let to = (from..self.tokens.len()).find(|at| !self.is_word(*at)).filter(|to| *to > from + 1)?;
        let words: Vec<String> = self.tokens[from..to].iter().map(|token| self.word(token).to_lowercase()).collect();
        let is_year = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        if !(words[0].starts_with("iso") || words[1..].iter().all(is_year))
            || self.tokens[from..to].iter().any(|token| words::begins(token.kind) == Begins::Clause)
        {
            return None;
        }
        let cited = words.concat().replace(':', "-").replace("/iec", "").replace("/ts", "").replace("iects", "");
        let meant = if words.concat().contains('/') || words[0] == "iso" { cited } else { words.join("-") };
        let id = Token {
            kind: terminal::WORD,
            start: self.tokens[from].start,
            end: self.tokens[to - 1].end,
            meant: Some(meant.clone()),
        };
        let tokens = self.with(from, to, vec![id])?;
        let says = self.says(
            &codes::MALFORMED_ID,
            self.span(from, to),
            format!("the name `{}` has a blank", self.text.get(self.span(from, to).range()).map_or("", |text| text)),
            "expected one word",
            &format!("a package is named by one word: `{meant}`"),
        );
        self.done(tokens, says, false)
    }

    /// `process COM 1 "Title"`.
    pub(super) fn blank_in_id(&self) -> Option<Mended> {
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
        if parts[1..].iter().any(|part| FILLERS.contains(part)) {
            return None;
        }
        // `control A.5.4 Wear "…"` has an id, and a title without its quotes.
        let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit(parts[0]) && !parts[1..].iter().any(|part| has_digit(part)) && row.part(Role::Title).is_some() {
            return None;
        }
        if matches!(parts[0].to_lowercase().as_str(), "no" | "no." | "nr" | "nr." | "number" | "num.") {
            let tokens = self.with(from, from + 1, Vec::new())?;
            let message = format!("`{}` stands before a number", parts[0]);
            let place = self.span(from, from + 1);
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        // A blank behind the dot of an id is the whole slip.
        let parts: Vec<&str> = parts.into_iter().map(|part| part.trim_matches('.')).collect();
        let ends = self.is_text(to) || row.word.starts_with("extend ");
        if !ends || !parts.iter().all(is_part) || row.first_role() != Some(Role::Id) {
            return None;
        }
        let is_number = matches!(self.kind, Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome);
        let is_dotted =
            self.word(&self.tokens[from]).ends_with('.') || self.word(&self.tokens[from + 1]).starts_with('.');
        let joiner =
            if is_dotted || !is_number && parts[1].starts_with(|c: char| c.is_ascii_digit()) { "." } else { "-" };
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
    pub(super) fn one_each(&self) -> Option<Mended> {
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
    pub(super) fn noun_before_id(&self) -> Option<Mended> {
        let noun = self.at.checked_sub(1)?;
        let word = self.word(self.get(noun)?);
        let singular = word.strip_suffix("es").filter(|word| is_noun(word)).or(word.strip_suffix('s')).unwrap_or(word);
        if !self.is_word(self.at) || !(is_noun(word) || is_noun(singular)) || noun == 0 || self.kind == Kind::Field {
            return None;
        }
        let joined = || {
            let comma = |token: &Token| match JOINERS.contains(&self.word(token)) && token.kind >= terminal::WORD {
                true => Token { kind: terminal::COMMA, meant: None, ..token.clone() },
                false => token.clone(),
            };
            self.with(noun, self.tokens.len(), self.tokens[self.at..].iter().map(comma).collect())
        };
        let tokens = self.with(noun, self.at, Vec::new()).or_else(joined)?;
        let message = format!("`{word}` stands before an id");
        let place = self.span(noun, self.at);
        let says =
            self.says(&codes::MALFORMED_STATEMENT, place, message, "expected the id alone", "write the id alone");
        self.done(tokens, says, true)
    }

    /// Words where a reference to a catalog is due: as a standard prints it, or several without a comma. Who knows the
    /// catalogs has to tell.
    pub(super) fn phrase(&self) -> Option<Mended> {
        let last = self.at.min(self.tokens.len() - 1);
        let is_edge = |at: usize| {
            let (token, word) = (&self.tokens[at], self.word(&self.tokens[at]));
            let before = at.checked_sub(1).map_or("", |before| self.word(&self.tokens[before]));
            // `A.1 to A.4` is a range.
            let is_to = word == "to" && !matches!(before, "equivalent") && self.kind != Kind::Crosswalk;
            token.kind < terminal::WORD
                || begins_relation(word)
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
        // `1 to 4` are numbers of outcomes.
        let is_range = to == from + 3
            && (self.role)(&tokens, from) == Some(Role::Achieved)
            && matches!(self.word(&self.tokens[from + 1]), "to" | "bis" | "-" | "\u{2013}");
        let is_title = || {
            let is_plain = |token: &Token| self.word(token).bytes().all(|byte| byte.is_ascii_lowercase());
            matches!((self.role)(&tokens, from), Some(Role::Produced | Role::Consumed | Role::Target))
                && self.tokens[from..to].iter().any(is_plain)
                && self.tokens[from..to].iter().all(|token| !JOINERS.contains(&self.word(token)))
        };
        (is_range || self.is_reference(&tokens, from) || is_title()).then_some(Mended { tokens, says: None })
    }

    /// `satisfies A.5.1 "Policies"`.
    pub(super) fn title_behind_reference(&self) -> Option<Mended> {
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

    /// Whether a word may be left out without loss; `because` is one only before a text.
    fn is_filler(&self, at: usize) -> bool {
        let word = self.word(&self.tokens[at]);
        FILLERS.contains(&word) && (word != "because" || self.is_text(at + 1))
    }

    /// One word or comma too few, one too many, or one in the place of another.
    pub(super) fn one_token(&self) -> Option<Mended> {
        let here = self.get(self.at)?;
        let before = self.at.checked_sub(1).and_then(|at| self.get(at))?;
        let name = self.kind.row().filter(|row| !row.word.is_empty());
        let name = name.map_or_else(|| "this line".to_owned(), |row| format!("`{}`", row.word));
        let place = self.span(self.at, self.at + 1);
        let label = |text: &str| format!("expected {text}");
        // Marks of footnotes say nothing either.
        let is_mark = |mark: char| {
            !mark.is_alphanumeric() || matches!(mark, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}')
        };
        let odd = |token: &Token| self.word(token).chars().all(is_mark) || self.is_mark_of_layout(token);
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
        let is_idle = here.kind >= terminal::WORD && (odd(here) || self.is_filler(self.at));
        if (is_idle || here.kind == terminal::COMMA)
            && let Some(tokens) = self.with(self.at, self.at + 1, Vec::new())
        {
            let written = if here.kind == terminal::COMMA { "," } else { self.word(here) };
            let message = format!("{name} does not go on with `{written}`");
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        if self.at > 1
            && self.is_filler(self.at - 1)
            && let Some(tokens) = self.with(self.at - 1, self.at, Vec::new())
        {
            let message = format!("{name} does not go on with `{}`", self.word(before));
            let place = self.span(self.at - 1, self.at);
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        if self.at > 1
            && before.kind >= terminal::WORD
            && !self.word(before).contains(char::is_alphanumeric)
            && !self.word(before).chars().all(|mark| mark == '-' || alike::is_dash(mark))
            && let Some(tokens) = self.with(self.at - 1, self.at, Vec::new())
        {
            let message = format!("`{}` means nothing here", self.word(before));
            let place = self.span(self.at - 1, self.at);
            let says = self.says(&codes::MALFORMED_STATEMENT, place, message, "nothing is expected here", "delete it");
            return self.done(tokens, says, true);
        }
        if self.is_word(self.at) && before.kind >= terminal::WORD && words::begins(before.kind) == Begins::Nothing {
            let comma = self.missing(self.at, terminal::COMMA, ",");
            let bare = self.word(before).trim_end_matches([';', '.']);
            let member =
                if bare == self.word(before) { before.clone() } else { Self::other(before, before.kind, bare) };
            if let Some(tokens) = self.with(self.at - 1, self.at, vec![member, comma]) {
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
        // What stands once in a statement is not what lacks a second time.
        let is_said = |word: &str| {
            matches!(word, "achieves" | "consumes" | "produces")
                && self.tokens.iter().any(|token| self.word(token) == word)
        };
        // What may be meant by several words is certain for none.
        let missing = CLAUSE_WORDS.iter().filter(|row| !is_said(row.word)).filter_map(|row| {
            let token = self.missing(self.at, terminal_of(row.word), row.word);
            let tokens = self.with(self.at, self.at, vec![token])?;
            // The word before it is no name where it begins a clause itself.
            let is_name = words::begins(before.kind) == Begins::Clause && !self.is_of_language(&tokens, self.at - 1);
            (!is_name && self.is_of_language(&tokens, self.at)).then_some((row, tokens))
        });
        let mut missing = missing.take(2).collect::<Vec<_>>().into_iter();
        if let Some((row, tokens)) = missing.next() {
            let message = format!("{name} needs `{}` before this", row.word);
            let statement = (self.reads)(&tokens).and_then(Kind::row).map(Statement::shape);
            let is_own = |shape: &&str| !shape.contains(row.shape()) && shape.contains(&format!(" {} ", row.word));
            let help = format!("it is written `{}`", statement.filter(is_own).unwrap_or(row.shape()));
            let says =
                self.says(&codes::MALFORMED_STATEMENT, place, message, &label(&format!("`{}`", row.word)), &help);
            let is_plain = !self.word(here).starts_with(['(', '[']);
            return self.done(tokens, says, is_plain && missing.next().is_none());
        }
        let replaced = CLAUSE_WORDS.iter().filter(|row| here.kind >= terminal::WORD && !is_said(row.word));
        let replaced = replaced.filter_map(|row| {
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
    pub(super) fn glued_line(&self) -> Option<Mended> {
        let bare = self.tokens.first().map_or("", |token| self.bare(token));
        if words::begins(terminal_of(bare)) == Begins::Nothing { None } else { self.glued_marks() }
    }

    /// Brackets, colons and stops that stick to words.
    pub(super) fn glued_marks(&self) -> Option<Mended> {
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

    /// Whether the block around it is of ratings, where `outcome` and `attribute` have no texts: by the last line above that is
    /// not indented.
    pub(super) fn is_in_rate(&self) -> bool {
        let start = self.tokens.first().map_or(0, |token| token.start as usize);
        let above = self.text.get(..start).unwrap_or_default();
        let mut lines = above
            .lines()
            .rev()
            .take(LINES_ABOVE)
            .skip_while(|line| !line.starts_with(|first: char| first.is_ascii_lowercase()));
        lines.next().is_some_and(|line| line.starts_with("rate "))
    }

    /// Words where a text is due.
    pub(super) fn text_without_quotes(&self) -> Option<Mended> {
        let first = self.get(self.at).filter(|first| first.kind >= terminal::WORD)?;
        if words::begins(first.kind) == Begins::Clause || self.is_in_rate() {
            return None;
        }
        let ends = self.at + 1..self.tokens.len();
        let run = |to: &usize| {
            self.tokens[self.at..*to].iter().all(|token| token.kind >= terminal::WORD || token.kind == terminal::COMMA)
        };
        let (to, tokens) = ends.take_while(run).find_map(|to| {
            let text = Token { kind: terminal::QUOTED, start: first.start, end: self.tokens[to - 1].end, meant: None };
            Some((to, self.with(self.at, to, vec![text])?))
        })?;
        let place = self.span(self.at, to);
        let meant = alike::literal(&self.text.get(place.range())?.replace('\\', "\\\\"));
        let name = self.kind.row().map_or("", |row| row.word);
        let what = if (self.role)(&tokens, self.at) == Some(Role::Title) { "title" } else { "text" };
        let message = match name {
            "" => format!("this {what} stands in no quotes"),
            name => format!("the {what} of this `{name}` stands in no quotes"),
        };
        // Cells of a table, or an id behind a sentence, may be more than the text.
        let is_id =
            |token: &Token| self.word(token).bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        let text = self.text.get(place.range())?;
        let is_certain = !text.contains('\t')
            && text.contains(char::is_alphabetic)
            && self.tokens[..self.at].iter().all(|token| token.kind != terminal::WORD || is_id(token));
        let says = self
            .says(
                &codes::MALFORMED_STATEMENT,
                place,
                message,
                "expected in quotes",
                "titles and texts stand between straight quotes: `\"…\"`",
            )
            .with_edit(place, meant);
        let edit = says.edit.clone().map(|edit| Edit { is_certain, ..edit });
        Some(Mended { tokens, says: Some(Diagnostic { edit, ..says }) })
    }

    /// A text that stands before the id, or behind what should follow it.
    pub(super) fn other_order(&self) -> Option<Mended> {
        let from = (1..self.tokens.len()).find(|at| self.is_text(*at))?;
        let to = 2.min(self.tokens.len() - 1);
        // The word of a clause is no id that a text could stand behind.
        if from == to
            || words::begins(self.tokens[1].kind) == Begins::Clause
            || words::begins(self.tokens[to].kind) == Begins::Clause && from == 1
        {
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
    pub(super) fn without_id(&self) -> Option<Mended> {
        // Levels and achievements are counted by their ids.
        let counts = matches!(self.kind, Kind::Level | Kind::Achievement | Kind::Rating | Kind::Attribute);
        let row = self.kind.row().filter(|row| row.first_role() == Some(Role::Id) && !counts)?;
        let number = self.next_number.filter(|_| self.kind == Kind::Outcome).map(|number| number.to_string());
        let id = self.missing(1, terminal::WORD, number.as_deref().unwrap_or_default());
        let title = || {
            row.part(Role::Title)?;
            self.with(1, 1, vec![id.clone(), self.missing(1, terminal::QUOTED, "")])
        };
        let tokens = self.with(1, 1, vec![id.clone()]).or_else(title)?;
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

/// Whether a word is what an element is called: that of a statement that declares an id. `control A.5.4` is how standards
/// print what stands in a catalog, and read as that.
fn is_noun(word: &str) -> bool {
    let names = |row: &Statement| {
        let is_printed = matches!(row.kind, Kind::Clause | Kind::Requirement | Kind::Control);
        // `rules A.5.4` is how people read out what a document of rules asks for.
        !is_printed && row.kind != Kind::Rules && row.first_role().is_some_and(|role| row.declares(role))
    };
    word == "package" || Kind::of_word(word).and_then(Kind::row).is_some_and(names)
}
