//! Words that stand where they mean nothing, or that are missing: ids in pieces, nouns, phrases, texts without quotes.

use super::super::lexer::{terminal, terminal_of};
use super::super::statements::{CLAUSE_WORDS, Kind, Statement, begins_relation};
use super::super::tree::Role;
use super::super::words::{self, Begins};
use super::{FILLERS, JOINERS, Mended, Slip, Token, clip};
use crate::codes;
impl Slip<'_> {
    /// A word without the marks that stick to it.
    pub(super) fn bare<'b>(&'b self, token: &'b Token) -> &'b str {
        self.word(token).trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
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
        if !self.is_word(self.at) || !is_noun(word) || noun == 0 {
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
    pub(super) fn second_statement(&self) -> Option<Mended> {
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
        self.is_reference(&tokens, from).then_some(Mended { tokens, says: None })
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

    /// One word or comma too few, one too many, or one in the place of another.
    pub(super) fn one_token(&self) -> Option<Mended> {
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

    /// Words where a text is due.
    pub(super) fn text_without_quotes(&self) -> Option<Mended> {
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
    pub(super) fn other_order(&self) -> Option<Mended> {
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
    pub(super) fn without_id(&self) -> Option<Mended> {
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

/// Whether a word is what an element is called: that of a statement that declares an id. `control A.5.4` is how standards
/// print what stands in a catalog, and read as that.
fn is_noun(word: &str) -> bool {
    let names = |row: &Statement| {
        let is_printed = matches!(row.kind, Kind::Clause | Kind::Requirement | Kind::Control);
        !is_printed && row.first_role().is_some_and(|role| row.declares(role))
    };
    word == "package" || Kind::of_word(word).and_then(Kind::row).is_some_and(names)
}
