//! Tokens to statements: runs the grammar, and turns what it matched into flat statements.
//!
//! pest stops at the first error, so the tokens go to it in groups of some thousand; a group that fails is run again
//! statement by statement, and each broken one gives its own diagnostic and is saved by `recover`.

mod arguments;

use std::borrow::Cow;
use std::sync::LazyLock;

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use rustc_hash::{FxBuildHasher, FxHashMap};

use arguments::is_plain_id;
use usual::Usual;

use super::lexer::{Tokens, terminal, terminal_of};
use super::recover;
use super::slips::{Mended, Slip, Token, may_be_glued};
use super::statements::{ALL, Kind};
use super::tree::{Arg, Node, Role};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Meant;
use crate::span::{FileId, Span, narrow};

mod complaint;
mod lists;
mod usual;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/prm.pest"]
struct Grammar;

/// How far one looks back for the process of a line, or for the outcome before it.
const NEAR: usize = 1000;

/// How many broken statements of a file are looked at for what was meant; with more, it is broken in another way.
pub const MENDED: usize = 5000;

/// How many tokens go to pest at a time: enough to make the call cheap, few enough to run again.
const GROUP: usize = 2048;

/// The statements of a file one after the other, not yet nested.
pub struct Flat {
    /// The file.
    pub file: FileId,
    /// The statements; `parent` and `subtree_end` are still empty.
    pub nodes: Vec<Node>,
    /// Their arguments.
    pub args: Vec<Arg>,
    /// The closing braces: before which statement each stands, and its byte.
    pub closes: Vec<(u32, u32)>,
    /// The words that are read as others.
    pub meant: Meant,
}

/// Parses the tokens of a file.
pub fn parse(file: FileId, text: &str, tokens: &Tokens) -> (Flat, Vec<Diagnostic>) {
    let estimate = tokens.places.len() / 4;
    let flat = Flat {
        file,
        nodes: Vec::with_capacity(estimate),
        args: Vec::with_capacity(tokens.places.len() / 4 * 3),
        closes: Vec::new(),
        meant: tokens.meant.clone(),
    };
    let mut parser = Builder {
        flat,
        text,
        tokens,
        diagnostics: Findings::default(),
        failed: Failed::default(),
        marks: 0,
        closed: Vec::new(),
        is_mended: false,
        mends: MENDED,
        taken: 0,
        found: Vec::new(),
    };
    let mut start = 0;
    while start < tokens.places.len() {
        let end = group_end(&tokens.kinds, start);
        parser.group(start, end);
        start = end;
    }
    parser.open_texts();
    parser.flat.nodes.shrink_to_fit();
    parser.flat.args.shrink_to_fit();
    (parser.flat, parser.diagnostics.into_kept())
}

fn group_end(kinds: &[u8], start: usize) -> usize {
    let from = (start + GROUP).min(kinds.len());
    statement_end(kinds, from.max(start + 1) - 1)
}

/// One past the token that ends the statement in which token `from` stands.
fn statement_end(kinds: &[u8], from: usize) -> usize {
    let rest = &kinds[from..];
    from + memchr::memchr3(terminal::END, terminal::OPEN, terminal::CLOSE, rest).map_or(rest.len(), |at| at + 1)
}

/// Tokens as pest sees them: a character each.
fn spelled(kinds: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(kinds) {
        Ok(ascii) if ascii.is_ascii() => Cow::Borrowed(ascii),
        _ => kinds.iter().copied().map(char::from).collect::<String>().into(),
    }
}

/// Finds the tokens of what pest matched, one after the other.
struct Cursor<'a> {
    /// Nothing where all characters are ASCII: then each is one byte.
    spelled: &'a [u8],
    byte: usize,
    token: usize,
}

impl<'a> Cursor<'a> {
    fn new(spelled: &'a str, token: usize) -> Cursor<'a> {
        let spelled = if spelled.is_ascii() { &[] } else { spelled.as_bytes() };
        Cursor { spelled, byte: 0, token }
    }

    /// The token at a byte, which is not before the last that was asked for.
    fn token(&mut self, byte: usize) -> usize {
        if self.spelled.is_empty() {
            return self.token + byte;
        }
        let passed = self.spelled.get(self.byte..byte).unwrap_or_default();
        self.byte = byte;
        self.token += passed.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count();
        self.token
    }
}

/// Why pest did not match the last statement that is broken. The next may be broken alike, as the lines of what is no `.prm`
/// often are, and pest takes its time.
#[derive(Default)]
struct Failed {
    /// The statement, a character a token; empty before any.
    spelled: String,
    /// The byte of it at which something else was expected.
    at: usize,
    /// What was expected there.
    expected: Vec<Rule>,
}

impl Failed {
    fn new(spelled: String, variant: ErrorVariant<Rule>, location: &InputLocation) -> Failed {
        let expected = match variant {
            ErrorVariant::ParsingError { positives, .. } => positives,
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Failed { spelled, at: position(location), expected }
    }
}

struct Builder<'a> {
    flat: Flat,
    text: &'a str,
    tokens: &'a Tokens,
    diagnostics: Findings,
    failed: Failed,
    /// The clauses that the statement under way has had, a bit each.
    marks: u8,
    /// The statements in which a text was open, and it was said where it begins or ends.
    closed: Vec<std::ops::Range<u32>>,
    /// Whether what a statement says was said to be otherwise: one slip is one message.
    is_mended: bool,
    /// How many broken statements may still be looked at for what was meant.
    mends: usize,
    /// Up to which byte lines were taken in with a statement before them.
    taken: u32,
    /// The arguments of the usual statement that was read last, with their tokens.
    found: Vec<(Role, usize)>,
}

impl Builder<'_> {
    /// Reads the usual statements of a group directly; what stands between them goes to pest.
    fn group(&mut self, mut start: usize, end: usize) {
        let tokens = self.tokens;
        // A text that is open may be meant otherwise than it is read.
        let is_usual = tokens.unclosed.is_empty() && tokens.places[start].0 >= self.taken;
        while start < end {
            let (mut stop, mut usual) = (start, None);
            while stop < end && usual.is_none() {
                usual = if is_usual { usual::read(&tokens.kinds, stop, &mut self.found) } else { None };
                if usual.is_none() {
                    stop = statement_end(&tokens.kinds, stop);
                }
            }
            if start < stop && !self.by_grammar(start, stop) {
                return self.one_by_one(start, end);
            }
            start = usual.map_or(stop, |usual| self.take_usual(stop, usual));
        }
    }

    /// Takes in what was just read; gives the token behind it.
    fn take_usual(&mut self, start: usize, Usual { kind, past }: Usual) -> usize {
        let tokens = self.tokens;
        let place = tokens.places[start].0;
        let Some(kind) = kind else {
            self.flat.closes.push((self.next_node(), place));
            return past;
        };
        if place < self.taken {
            return past;
        }
        self.open_statement(kind, place);
        let found = std::mem::take(&mut self.found);
        for (role, at) in &found {
            let (start, end) = tokens.places[*at];
            self.argument(*role, start, end);
        }
        self.found = found;
        self.close_statement(past, tokens);
        self.look_before(start, past, tokens);
        past
    }

    /// Reads whole statements by the grammar, if it knows them all and no text is open.
    fn by_grammar(&mut self, start: usize, end: usize) -> bool {
        let spelled = spelled(&self.tokens.kinds[start..end]);
        let Ok(pairs) = Grammar::parse(Rule::file, &spelled) else { return false };
        let is_whole = !self.has_open_text(start, end);
        if is_whole {
            self.lower(pairs, Cursor::new(&spelled, start), self.tokens);
        }
        is_whole
    }

    fn one_by_one(&mut self, mut start: usize, end: usize) {
        while start < end {
            let stop = self.end_of_cells(start).unwrap_or_else(|| statement_end(&self.tokens.kinds, start));
            if self.tokens.places[start].0 < self.taken
                || self.tokens.kinds[start] == terminal::END && self.tokens.places[start].0 == self.taken
            {
                start += 1;
                continue;
            }
            let spelled = spelled(&self.tokens.kinds[start..stop]);
            // A text that is open may hold the brace that follows it.
            let closed = if self.has_open_text(start, stop) { self.mended(start, stop, start, false) } else { None };
            let parsed = match self.failed.spelled == spelled {
                true => Err(()),
                false => Grammar::parse(Rule::single, &spelled)
                    .map_err(|error| self.failed = Failed::new(spelled.to_string(), error.variant, &error.location)),
            };
            match parsed {
                Ok(_) if closed.is_some() => closed.into_iter().for_each(|closed| self.take(closed)),
                Ok(pairs) => self.lower(pairs, Cursor::new(&spelled, start), self.tokens),
                Err(()) => {
                    if let Some(next) = self.before_cells(start, stop) {
                        start = next;
                        continue;
                    }
                    let at = Cursor::new(&spelled, start).token(self.failed.at);
                    if at + 1 == stop && self.takes_list(start, stop) || self.takes_object(start) {
                        start = stop;
                        continue;
                    }
                    let expected = self.failed.expected.clone();
                    let extra = self.first_too_many(start, stop, at);
                    match (self.mended(start, stop, extra.unwrap_or(at), false), extra) {
                        (Some(mended), _) => self.take(mended),
                        (None, Some(extra)) => self.broken(start, stop, extra, &[]),
                        (None, None) => self.broken(start, stop, at, &expected),
                    }
                }
            }
            start = stop;
        }
    }

    /// Whether a text is open to the end of its line among some tokens.
    fn has_open_text(&self, start: usize, stop: usize) -> bool {
        let place = |at: usize| self.tokens.places.get(at).map_or(u32::MAX, |place| place.0);
        let before = |to: u32| self.tokens.unclosed.partition_point(|found| found.start < to);
        !self.tokens.unclosed.is_empty() && before(place(start)) < before(place(stop))
    }

    /// The token with which a statement is one too long: what stands before it would do, and goes further than pest
    /// has found anything to expect.
    fn first_too_many(&self, start: usize, stop: usize, at: usize) -> Option<usize> {
        // Longer statements are lists, in which pest finds its way.
        let last = stop.checked_sub(1).filter(|last| last - start <= 64)?;
        let would_do = |end: &usize| {
            let mut kinds = self.tokens.kinds[start..*end].to_owned();
            kinds.push(terminal::END);
            Grammar::parse(Rule::single, &spelled(&kinds)).is_ok()
        };
        (at + 1..last).rev().find(would_do)
    }

    /// What pest matched, as statements. The rules that carry meaning are statements, arguments and marks.
    fn lower(&mut self, pairs: pest::iterators::Pairs<'_, Rule>, mut cursor: Cursor<'_>, tokens: &Tokens) {
        // A statement ends where the next one begins, or a closing brace, or the input ends: that is a token too.
        let (mut is_open, mut first, mut is_taken) = (false, 0, false);
        let meanings = MEANINGS.as_slice();
        for token in pairs.tokens() {
            let pest::Token::Start { rule, pos } = token else { continue };
            let at = cursor.token(pos.pos());
            let meaning = meanings.get(rule as usize).copied().unwrap_or(Meaning::Nothing);
            if is_open && matches!(meaning, Meaning::Statement(_) | Meaning::Close | Meaning::End) {
                self.close_statement(at, tokens);
                self.look_before(first, at, tokens);
                is_open = false;
            }
            match meaning {
                Meaning::Statement(_) if tokens.places[at].0 < self.taken => is_taken = true,
                Meaning::Argument(_) if is_taken => {}
                Meaning::Statement(kind) => {
                    is_taken = false;
                    self.open_statement(kind, tokens.places[at].0);
                    is_open = true;
                    first = at;
                }
                Meaning::Argument(role) => {
                    let (start, end) = tokens.places[at];
                    self.argument(role, start, end);
                }
                Meaning::Close => self.flat.closes.push((self.next_node(), tokens.places[at].0)),
                Meaning::End | Meaning::Nothing => {}
            }
        }
    }

    fn next_node(&self) -> u32 {
        narrow(self.flat.nodes.len())
    }

    fn open_statement(&mut self, kind: Kind, start: u32) {
        self.marks = 0;
        self.flat.nodes.push(Node {
            kind,
            broken: false,
            start,
            end: start,
            first_arg: narrow(self.flat.args.len()),
            args: 0,
            parent: None,
            subtree_end: 0,
            open: None,
            close: None,
        });
    }

    /// Ends the last statement; `past` is one past its last token, which is an end or an opening brace.
    fn close_statement(&mut self, past: usize, tokens: &Tokens) {
        let args = narrow(self.flat.args.len());
        let last = tokens.places[past - 1];
        let is_open = tokens.kinds[past - 1] == terminal::OPEN;
        let end = if is_open && past >= 2 { tokens.places[past - 2].1 } else { last.0 };
        if let Some(node) = self.flat.nodes.last_mut() {
            node.args = args - node.first_arg;
            node.end = end.max(node.start);
            node.open = is_open.then_some(last.0);
        }
    }

    fn argument(&mut self, role: Role, start: u32, end: u32) {
        match role {
            Role::Achieves | Role::Consumes | Role::Produces => self.check_repeated(role, start, end),
            Role::Text
            | Role::Reason
            | Role::Amendment
            | Role::ExtraText
            | Role::ExtraWord
            | Role::Check
            | Role::Key
            | Role::Percent => {}
            _ if role.is_mark() => {}
            _ => self.check(role, start, end),
        }
        self.flat.args.push(Arg { role, start, end });
    }

    /// A line that begins with no word of the language may be a statement before which something else stands.
    fn look_before(&mut self, first: usize, past: usize, tokens: &Tokens) {
        let Some(node) = self.flat.nodes.last().filter(|node| matches!(node.kind, Kind::Other | Kind::Garbage)) else {
            return;
        };
        // Most of these lines are fields: a word and a text.
        let (is_garbage, arg) = (node.kind == Kind::Garbage, node.first_arg);
        let is_field = !is_garbage
            && past - first == 3
            && !may_be_glued(self.written(tokens.places[first].0, tokens.places[first].1));
        if is_field || !std::ptr::eq(tokens, self.tokens) {
            return;
        }
        if past - first == 2 && self.closes_block(first) {
            self.flat.nodes.pop();
            self.flat.args.truncate(arg as usize);
            self.flat.closes.push((self.next_node(), tokens.places[first].0));
            return;
        }
        if let Some(mended) = self.mended(first, past, first, true) {
            self.flat.nodes.pop();
            self.flat.args.truncate(arg as usize);
            return self.take(mended);
        }
        let (start, end) = tokens.places[first];
        // Control characters are reported by the lexer, at their place.
        if is_garbage && !self.written(start, end).chars().any(char::is_control) {
            let mut says = complaint::of_garbage(self.flat.file, &self.pieces(first, past));
            // Where a list follows on lines of its own, that is to be mended too.
            let is_all = self.members(past).is_none();
            says.edit.iter_mut().for_each(|edit| edit.is_certain &= is_all);
            self.diagnostics.push(says);
        }
        self.take_members(past);
    }

    /// Whether a line is another sign for the end of a block, which is reported.
    fn closes_block(&mut self, token: usize) -> bool {
        let (start, end) = self.tokens.places[token];
        let sign = self.written(start, end);
        if !matches!(sign, ")" | "]" | "end" | "End" | "END" | ">" | "```") {
            return false;
        }
        let span = Span { file: self.flat.file, start, end };
        let message = format!("a block ends with `}}`, not with `{sign}`");
        self.diagnostics.push(
            Diagnostic::new(&codes::NOT_A_STATEMENT, span, message)
                .label("expected `}`")
                .help("a block stands between `{` and `}`")
                .replace_with("}"),
        );
        true
    }

    /// What is read where something stands.
    fn written(&self, start: u32, end: u32) -> &str {
        let meant = if self.flat.meant.is_empty() { None } else { self.flat.meant.get(&(start, end)) };
        meant.map_or_else(|| &self.text[start as usize..end as usize], String::as_str)
    }

    /// A statement as it was meant, if one change of its words makes it one.
    fn mended(&mut self, start: usize, stop: usize, at: usize, is_unknown: bool) -> Option<Mended> {
        self.mends = self.mends.checked_sub(1)?;
        let pieces = self.pieces(start, stop);
        let token = |(number, piece): (usize, &recover::Piece<'_>)| {
            let (start, end) = self.tokens.places[start + number];
            Token { kind: piece.terminal, start, end, meant: self.tokens.meant.get(&(start, end)).cloned() }
        };
        let tokens: Vec<Token> = pieces.iter().enumerate().map(token).collect();
        let slip = Slip {
            file: self.flat.file,
            text: self.text,
            kind: recover::kind_of(&pieces),
            tokens: &tokens,
            at: at.saturating_sub(start).min(tokens.len().saturating_sub(1)),
            next_number: self.next_number(),
            changes_base: self.changes_base(stop),
            reads: &reads,
            role: &role,
        };
        match pieces.iter().any(recover::Piece::is_unclosed) {
            true => slip.missing_quote(),
            false if is_unknown => slip.unknown_line(),
            false => slip.mend(),
        }
    }

    /// Whether a statement of the block that was opened just before a token changes what a base says.
    fn changes_base(&self, from: usize) -> bool {
        let near = &self.tokens.kinds[from..self.tokens.kinds.len().min(from + NEAR)];
        let inside = near.iter().take_while(|kind| **kind != terminal::CLOSE);
        let mut begins = self.tokens.kinds[from - 1] == terminal::OPEN;
        let changes = [terminal_of("extend"), terminal_of("replace")];
        inside.into_iter().any(|kind| std::mem::replace(&mut begins, *kind == terminal::END) && changes.contains(kind))
    }

    /// The number of the next outcome.
    fn next_number(&self) -> Option<u32> {
        let before = self.flat.nodes.iter().rev().take(NEAR).take_while(|node| node.kind != Kind::Process);
        let last = before.into_iter().find(|node| node.kind == Kind::Outcome);
        let Some(last) = last else { return Some(1) };
        let id = self.flat.args.get(last.first_arg as usize)?;
        self.written(id.start, id.end).parse::<u32>().ok()?.checked_add(1)
    }

    /// Takes in a statement as it was meant, and says so.
    fn take(&mut self, Mended { tokens, says }: Mended) {
        let kinds: Vec<u8> = tokens.iter().map(|token| token.kind).collect();
        let places = tokens.iter().map(|token| (token.start, token.end)).collect();
        let whole = tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end);
        let meant = tokens.into_iter().filter_map(|token| Some(((token.start, token.end), token.meant?)));
        self.flat.meant.extend(meant);
        let first = self.flat.nodes.len();
        let spelled = spelled(&kinds).into_owned();
        self.is_mended = says.is_some();
        if let Ok(pairs) = Grammar::parse(Rule::file, &spelled) {
            self.lower(pairs, Cursor::new(&spelled, 0), &Tokens { kinds, places, ..Tokens::default() });
        }
        self.is_mended = false;
        self.flat.nodes[first..].iter_mut().for_each(|node| node.broken = true);
        if let Some(says) = &says
            && *says.code == codes::UNCLOSED_TEXT
        {
            self.closed.push(whole);
        }
        says.into_iter().for_each(|says| self.diagnostics.push(says));
    }

    fn pieces(&self, start: usize, stop: usize) -> Vec<recover::Piece<'_>> {
        let places = self.tokens.places[start..stop].iter();
        let pieces = places.zip(self.tokens.kinds[start..stop].iter());
        pieces
            .map(|(place, kind)| recover::Piece {
                terminal: *kind,
                start: place.0,
                end: place.1,
                text: self.written(place.0, place.1),
            })
            .collect()
    }

    /// Whether the next argument is the number of an outcome, which has no dots.
    fn begins_outcome(&self) -> bool {
        self.flat.nodes.last().is_some_and(|node| {
            matches!(node.kind, Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome)
                && narrow(self.flat.args.len()) == node.first_arg
        })
    }

    fn check_repeated(&mut self, role: Role, start: u32, end: u32) {
        let bit = match role {
            Role::Achieves => 1,
            Role::Consumes => 2,
            _ => 4,
        };
        if self.marks & bit != 0 {
            let span = Span { file: self.flat.file, start, end };
            let written = &self.text[start as usize..end as usize];
            self.diagnostics.push(
                Diagnostic::new(&codes::REPEATED_CLAUSE, span, format!("`{written}` stands twice in one statement"))
                    .label("the second time")
                    .help(format!("put everything behind one `{written}`, with commas between")),
            );
        }
        self.marks |= bit;
    }

    /// Reports the texts that are open to the ends of their lines; their statements are broken.
    fn open_texts(&mut self) {
        for unclosed in &self.tokens.unclosed {
            let place = unclosed.start;
            // They come in the order of the text.
            let before = self.closed.partition_point(|closed| closed.start <= place);
            if before.checked_sub(1).is_none_or(|last| !self.closed[last].contains(&place)) {
                self.diagnostics.push(unclosed.diagnostic(self.flat.file));
            }
            let at = self.flat.nodes.partition_point(|node| node.start <= place);
            if let Some(node) = at.checked_sub(1).and_then(|at| self.flat.nodes.get_mut(at)) {
                node.broken = true;
            }
        }
    }

    /// Reports a statement that the grammar refuses, and saves what can be saved of it.
    fn broken(&mut self, start: usize, stop: usize, at: usize, expected: &[Rule]) {
        let is_second = self.tokens.kinds[start] == terminal::OPEN
            && start.checked_sub(1).is_some_and(|before| self.tokens.kinds[before] == terminal::OPEN)
            && !self.is_own_block(start);
        if is_second {
            let (start, end) = self.tokens.places[start];
            let span = Span { file: self.flat.file, start, end };
            self.diagnostics.push(
                Diagnostic::new(&codes::NOT_A_STATEMENT, span, "a second brace opens this block")
                    .label("one is enough")
                    .help("delete it")
                    .replace_with(""),
            );
            return;
        }
        let pieces = self.pieces(start, stop);
        let kind = recover::kind_of(&pieces);
        let found = &pieces[(at - start).min(pieces.len() - 1)];
        let diagnostic = complaint::complaint(self.flat.file, kind, &pieces, found, expected);
        let (first, args) = (pieces[0].start, recover::arguments(kind, &pieces));
        let is_open = pieces.iter().any(recover::Piece::is_unclosed);
        self.open_statement(kind, first);
        self.flat.args.extend(args);
        self.close_statement(stop, self.tokens);
        if let Some(node) = self.flat.nodes.last_mut() {
            node.broken = true;
        }
        // A quote that is never closed swallows what follows it, and has been reported.
        if !is_open {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The first statement that tokens make, if they are whole statements of the language.
fn reads(tokens: &[Token]) -> Option<Kind> {
    let kinds: Vec<u8> = tokens.iter().map(|token| token.kind).collect();
    let spelled = spelled(&kinds);
    let pairs = Grammar::parse(Rule::file, &spelled).ok()?;
    let statements = pairs.filter_map(|pair| match meaning(pair.as_rule()) {
        Meaning::Statement(kind) => Some(kind),
        _ => None,
    });
    let statements: Vec<Kind> = statements.collect();
    statements.first().copied().filter(|_| !statements.contains(&Kind::Other))
}

/// What a token is read as, if it is an argument.
fn role(tokens: &[Token], at: usize) -> Option<Role> {
    let kinds: Vec<u8> = tokens.iter().map(|token| token.kind).collect();
    let spelled = spelled(&kinds);
    let pairs = Grammar::parse(Rule::file, &spelled).ok()?;
    let mut cursor = Cursor::new(&spelled, 0);
    pairs.tokens().find_map(|token| match token {
        pest::Token::Start { rule, pos } if cursor.token(pos.pos()) == at => match meaning(rule) {
            Meaning::Argument(role) => Some(role),
            _ => None,
        },
        _ => None,
    })
}

fn position(location: &InputLocation) -> usize {
    match location {
        InputLocation::Pos(at) => *at,
        InputLocation::Span((start, _)) => *start,
    }
}

/// A word of the author's, short enough for a message.
fn clip(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &written[..at]),
        None => written.to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Meaning {
    Statement(Kind),
    Argument(Role),
    Close,
    End,
    Nothing,
}

/// What the rules of the grammar mean for the tree, by their numbers: the only place where rules and the tree meet.
///
/// The rule of a statement or of an argument has the name of its kind or role, with `_` behind it where Rust means
/// something else by it; the rule of a mark is that of its word.
static MEANINGS: LazyLock<Vec<Meaning>> = LazyLock::new(|| {
    let kinds = ALL.iter().map(|row| row.kind).chain([Kind::Other]);
    let kinds = kinds.map(|kind| (format!("{kind:?}"), Meaning::Statement(kind)));
    let roles = Role::ALL.iter().map(|role| {
        let word = if role.is_mark() { "k" } else { "" };
        (format!("{word}{role:?}"), Meaning::Argument(*role))
    });
    let known = kinds.chain(roles).chain([("close".to_owned(), Meaning::Close), ("eoi".to_owned(), Meaning::End)]);
    // It is made at each start: each name is one text, changed in its place.
    let mut by_name = FxHashMap::with_capacity_and_hasher(ALL.len() + Role::ALL.len() + 3, FxBuildHasher);
    for (mut name, meaning) in known {
        name.make_ascii_lowercase();
        by_name.insert(name, meaning);
    }
    let mut meanings = Vec::new();
    for rule in Rule::all_rules().iter().chain([&Rule::EOI]) {
        let number = *rule as usize;
        meanings.resize(meanings.len().max(number + 1), Meaning::Nothing);
        let mut name = format!("{rule:?}");
        name.retain(|letter| letter != '_');
        name.make_ascii_lowercase();
        meanings[number] = by_name.get(&name).copied().unwrap_or(Meaning::Nothing);
    }
    meanings
});

fn meaning(rule: Rule) -> Meaning {
    MEANINGS.get(rule as usize).copied().unwrap_or(Meaning::Nothing)
}
