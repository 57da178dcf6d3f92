//! Whether arguments are what they have to be: ids, titles, numbers.

use super::{Builder, NEAR, clip};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::alike;
use crate::span::Span;
use crate::syntax::statements::Kind;
use crate::syntax::tree::{Node, Role};

impl Builder<'_> {
    /// Whether an argument is what it has to be: an id, a title or a number.
    pub(super) fn check(&mut self, role: Role, start: u32, end: u32) {
        // What is not there was reported.
        if start == end {
            return;
        }
        let meant = self.flat.meant.get(&(start, end)).cloned();
        let written = meant.as_deref().unwrap_or(&self.text[start as usize..end as usize]);
        // Nearly every argument is an id, and nearly every id is one.
        if !matches!(role, Role::Number | Role::Count | Role::Amount) && is_plain_id(written) && !self.begins_outcome()
        {
            return;
        }
        let span = Span { file: self.flat.file, start, end };
        match role {
            Role::Title => self.check_title(span, written),
            // Who looks them up tells what is wrong with them.
            Role::Ref
            | Role::Left
            | Role::Right
            | Role::Achieved
            | Role::Partner
            | Role::Consumed
            | Role::Produced
            | Role::Target
            | Role::InGroup
            | Role::Through
            | Role::FromCatalog
            | Role::ToCatalog
            | Role::Base
            | Role::Assessed
            | Role::ClassWord
            | Role::IndependenceWord
            | Role::MethodWord
            | Role::Joining
            | Role::Aimed
            | Role::Grade
            | Role::Instanced
            | Role::Taken
            | Role::Shown
            | Role::Subject
            | Role::InAssessment
            | Role::ForInstance
            | Role::Value
            | Role::CitedExhibit
            | Role::OfSubject
            | Role::OwnLeast
            | Role::LowerLeast => {}
            Role::Number => self.check_number(span, written),
            Role::Count => self.check_count(span, written),
            Role::Amount => self.check_amount(span, written),
            Role::Id if self.is_no_word(written) => {}
            // Of a path or an address, who looks for packages tells that it is no name of one.
            Role::Id if written.contains('/') && self.flat.nodes.last().is_some_and(|node| node.kind == Kind::Use) => {}
            _ => self.check_id(span, written, false),
        }
    }

    /// A line that begins with something that is no word at all says nothing that could be looked up.
    fn is_no_word(&mut self, written: &str) -> bool {
        let Some(node) = self.flat.nodes.last_mut().filter(|node| node.kind == Kind::Other) else { return false };
        if id_problem(written, true).is_none() {
            return false;
        }
        // What it is, and what to say, is seen when it ends.
        node.kind = Kind::Garbage;
        true
    }

    fn check_id(&mut self, span: Span, written: &str, qualified: bool) {
        // Control characters are reported by the lexer, at their place.
        if written.chars().any(char::is_control) {
            return;
        }
        let (problem, label, help) = match id_problem(written, qualified) {
            None if self.begins_outcome() && written.contains('.') => (
                format!("`{}` is no number for an outcome", clip(written)),
                "expected one number or name without dots",
                "write only the last part, as in `outcome 1`; the id of the process is put before it",
            ),
            None => return,
            Some(problem) => (
                format!("`{}` is no id: {problem}", clip(written)),
                "expected an id",
                "an id is made of letters, digits, `-` and `_`, in segments with a dot between them, as in `COM.01`",
            ),
        };
        let diagnostic = Diagnostic::new(&codes::MALFORMED_ID, span, problem).label(label);
        // What is typed half has no end yet.
        let is_process = self.flat.nodes.last().is_some_and(|node| node.kind == Kind::Process);
        let is_half = is_process && written.ends_with('.') && !written.bytes().any(|byte| byte.is_ascii_digit());
        let meant = meant_id(written, self.begins_outcome().then(|| self.process_above())).filter(|_| !is_half);
        let says = match &meant {
            Some((meant, is_certain)) => {
                let says = diagnostic.help(format!("write `{meant}`: {help}"));
                if *is_certain { says.replace_with(meant) } else { says.perhaps(meant) }
            }
            None => diagnostic.help(help),
        };
        if !self.is_mended {
            self.diagnostics.push(says);
        }
        self.flat.meant.extend(meant.map(|(meant, _)| ((span.start, span.end), meant)));
    }

    /// The id of the process above.
    fn process_above(&self) -> &str {
        let is_process = |node: &&Node| matches!(node.kind, Kind::Process | Kind::ExtendProcess);
        let process = self.flat.nodes.iter().rev().take(NEAR).find(is_process);
        let id = process.and_then(|process| self.flat.args.get(process.first_arg as usize));
        id.map_or("", |id| self.written(id.start, id.end))
    }

    fn check_title(&mut self, span: Span, written: &str) {
        let has_letter = written.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
            || crate::source::text::value(written).chars().any(char::is_alphabetic);
        if !has_letter && !self.is_mended {
            self.diagnostics.push(
                Diagnostic::new(&codes::EMPTY_TITLE, span, "this title has no letter")
                    .label("expected a title")
                    .help("give it the name by which people speak of it"),
            );
        }
    }

    fn check_number(&mut self, span: Span, written: &str) {
        // Two with signs of percent are one slip.
        let before = self.flat.args.last().filter(|arg| arg.role == Role::Number && written.ends_with('%'));
        if before.is_some_and(|before| self.written(before.start, before.end).ends_with('%')) {
            return;
        }
        if !written.parse::<f64>().is_ok_and(|number| (0.0..=100.0).contains(&number)) {
            self.diagnostics.push(
                Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{}` is no percentage", clip(written)))
                    .label("expected a number from 0 to 100")
                    .help("write it in digits, with a point before decimals, as in `32.5`"),
            );
        }
    }

    fn check_count(&mut self, span: Span, written: &str) {
        if !written.bytes().all(|byte| byte.is_ascii_digit()) || !written.parse().is_ok_and(|count: u32| count > 0) {
            self.diagnostics.push(
                Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{}` is no number of things", clip(written)))
                    .label("expected a whole number from 1")
                    .help("write it in digits, as in `4`"),
            );
        }
    }

    fn check_amount(&mut self, span: Span, written: &str) {
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
        if !digits(whole, 9) || !digits(decimals, 6) {
            self.diagnostics.push(
                Diagnostic::new(&codes::MALFORMED_NUMBER, span, format!("`{}` is no weight", clip(written)))
                    .label("expected a number from 0")
                    .help("write it in digits, with a point before at most six decimals, as in `1.5`"),
            );
        }
    }
}

/// Whether a word is an id without a catalog: segments of letters, digits, `-` and `_`, with a dot between.
pub(super) fn is_plain_id(written: &str) -> bool {
    let mut is_segment = false;
    for byte in written.bytes() {
        is_segment = match byte {
            b'.' if is_segment => false,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => true,
            _ => return false,
        };
    }
    is_segment
}

/// What a word that is no id lacks.
fn id_problem(written: &str, qualified: bool) -> Option<&'static str> {
    let bytes = written.as_bytes();
    let mut previous = b'.';
    let mut colons = 0;
    for &byte in bytes {
        match byte {
            b'.' if previous == b'.' || previous == b':' => return Some("a segment is empty"),
            b':' => {
                colons += 1;
                if !qualified || colons > 1 {
                    return Some("a colon stands only between a catalog and a requirement");
                }
                if previous == b'.' {
                    return Some("nothing stands before the colon");
                }
            }
            b'.' | b'-' | b'_' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return Some("a character that ids cannot have"),
        }
        previous = byte;
    }
    matches!(previous, b'.' | b':').then_some("the last segment is empty")
}

/// The id that a word without what sticks to it makes, and whether nothing else can have been meant.
fn meant_id(written: &str, process: Option<&str>) -> Option<(String, bool)> {
    let latin: String = written.chars().map(|character| alike::latin(character).unwrap_or(character)).collect();
    let bare = latin.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    let of_process = process.and_then(|process| bare.strip_prefix(process)?.strip_prefix('.'));
    let last = of_process.unwrap_or(bare);
    if process.is_some() && last.contains('.') {
        return None;
    }
    let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let stands_for = |character: char| match character {
        _ if is_part(character) => character,
        '(' | ')' | '[' | ']' => '.',
        _ => '-',
    };
    let meant: String = last.chars().map(stands_for).collect();
    let meant = meant.split('.').filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join(".");
    (meant != written && is_plain_id(&meant)).then(|| {
        let is_number = process.is_none() || meant.bytes().all(|byte| byte.is_ascii_digit());
        let is_certain = last.chars().all(is_part) && latin == written && is_number;
        (meant, is_certain)
    })
}
