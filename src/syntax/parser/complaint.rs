//! What there is to say of a statement that the grammar refuses, and of a line that begins with no word.

use super::super::lexer::terminal;
use super::super::recover::Piece;
use super::super::statements::{ALL, Kind, Statement, clause_word};
use super::{Meaning, Rule, clip, is_plain_id, meaning};
use crate::codes;
use crate::diagnostic::{Diagnostic, words as grammar};
use crate::span::{FileId, Span};

/// What there is to say of a statement that the grammar refuses at `found`, where it expected something else.
pub(super) fn complaint(
    file: FileId,
    kind: Kind,
    pieces: &[Piece<'_>],
    found: &Piece<'_>,
    expected: &[Rule],
) -> Diagnostic {
    let place = |piece: &Piece<'_>| Span { file, start: piece.start, end: piece.end };
    let first = &pieces[0];
    let Some(row) = kind.row() else {
        let (message, help) = match first.terminal {
            terminal::OPEN => (
                "this block belongs to no statement",
                "a block follows the statement that it belongs to, as in `process COM.01 \"Title\" { … }`",
            ),
            terminal::QUOTED => (
                "a text that belongs to no statement",
                "begin the line with a word, such as `note`; a text alone says nothing",
            ),
            _ => ("a line begins with a word", "delete what stands here, or put the word of a statement before it"),
        };
        return Diagnostic::new(&codes::NOT_A_STATEMENT, place(first), message)
            .label("expected the word of a statement")
            .help(help);
    };
    let at_end = matches!(found.terminal, terminal::END | terminal::OPEN | terminal::CLOSE);
    let span = if at_end { Span { start: found.start, end: found.start, file } } else { place(found) };
    let wants_reason =
        expected.contains(&Rule::reason) || (expected.contains(&Rule::k_because) && at_end && kind != Kind::Line);
    if wants_reason {
        return Diagnostic::new(&codes::MISSING_REASON, span, format!("`{}` lacks its reason", row.word))
            .label("expected `because` and a text")
            .help(format!("say why, for those who ask later: `{}`", with_reason(row, pieces, found)));
    }
    let wanted = wanted(kind, expected);
    let message = match (wanted.as_slice(), at_end) {
        ([], _) => format!("`{}` does not go on like this", row.word),
        ([first, ..], true) => format!("`{}` lacks {first}", row.word),
        ([first, ..], false) => format!("`{}` needs {first} before this", row.word),
    };
    let label = if wanted.is_empty() {
        "nothing more is expected here".to_owned()
    } else {
        format!("expected {}", either(&wanted))
    };
    Diagnostic::new(&codes::MALFORMED_STATEMENT, span, message)
        .label(label)
        .help(format!("it is written `{}`", clause_before(row, pieces, found).unwrap_or(row.shape())))
}

/// How what lacks its reason is written: a statement, or a clause of it.
fn with_reason(row: &'static Statement, pieces: &[Piece<'_>], found: &Piece<'_>) -> &'static str {
    let before = pieces.iter().skip(1).take_while(|piece| piece.start < found.start && piece.text != "because");
    let clause = before.filter_map(|piece| clause_word(piece.text).filter(|row| row.begins)).last();
    clause.map(|clause| clause.shape()).filter(|_| !row.shape().contains("because")).unwrap_or(row.shape())
}

/// How the clause is written in which a statement breaks off.
fn clause_before(row: &'static Statement, pieces: &[Piece<'_>], found: &Piece<'_>) -> Option<&'static str> {
    let before = pieces.iter().skip(1).take_while(|piece| piece.start < found.start);
    let clause = before.filter_map(|piece| clause_word(piece.text).filter(|row| row.begins)).last()?;
    // Another statement may have the word for something else.
    let is_own = row.shape().contains(clause.shape()) || !row.shape().contains(&format!(" {} ", clause.word));
    is_own.then(|| clause.shape())
}

/// What there is to say of a line that begins with what is no word.
pub(super) fn of_garbage(file: FileId, pieces: &[Piece<'_>]) -> Diagnostic {
    let first = &pieces[0];
    let span = Span { file, start: first.start, end: first.end };
    let bare = |piece: &Piece<'_>| piece.text.trim_matches(|mark: char| !mark.is_alphanumeric()).to_lowercase();
    let found = Diagnostic::new(&codes::NOT_A_STATEMENT, span, format!("`{}` begins no statement", clip(first.text)))
        .label("expected the word of a statement");
    let is_clause = |piece: &&Piece<'_>| {
        matches!(bare(piece).as_str(), "satisfies" | "partly" | "together" | "achieves" | "consumes" | "produces")
    };
    if let Some(clause) = pieces.iter().take(2).find(is_clause).filter(|clause| is_alone(pieces, clause)) {
        let word = bare(clause);
        let place = Span { end: clause.end, ..span };
        return found
            .help(format!("begin the line with `{word}`: the statement above goes on with it"))
            .with_edit(place, word);
    }
    if first.text.chars().all(char::is_alphabetic) {
        return found.help("the words of the language are English, such as `outcome` or `satisfies`");
    }
    if ["<<<<<<<", "=======", ">>>>>>>"].contains(&first.text) {
        return found.help("two versions were merged and differ here: keep one, and delete these marks");
    }
    let field = first.text.strip_suffix(':').filter(|word| is_plain_id(word));
    match (pieces, field) {
        ([_, text, _], Some(word)) if text.terminal == terminal::QUOTED => {
            found.help(format!("a field stands without a colon: `{word} \"…\"`")).perhaps(word)
        }
        ([_, end], Some(_)) if end.terminal == terminal::END => {
            found.help("headings mean nothing here: delete it, or begin it with `//`, as a comment")
        }
        ([_, end], None) if end.terminal == terminal::END && bare(first).is_empty() => {
            found.help("it means nothing here: delete it, or begin it with `//`, as a comment")
        }
        _ => found.help("begin the line with a word such as `outcome` or `note`; a comment begins with `//`"),
    }
}

/// Whether nothing but marks and numbers stands before a word.
fn is_alone(pieces: &[Piece<'_>], word: &Piece<'_>) -> bool {
    pieces.iter().take_while(|piece| piece.start < word.start).all(|piece| !piece.text.contains(char::is_alphabetic))
}

fn either(wanted: &[String]) -> String {
    match wanted.split_last() {
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What the grammar would have taken, in an author's words, the required before the possible.
fn wanted(kind: Kind, expected: &[Rule]) -> Vec<String> {
    let possible = |rule: &&Rule| matches!(rule, Rule::k_because | Rule::k_together) && expected.len() > 1;
    let mut wanted: Vec<String> = Vec::new();
    // Any line might be one of a crosswalk to the grammar; only one that is lacks a relation.
    let of_lines = |rule: &&Rule| {
        kind != Kind::Line
            && matches!(
                rule,
                Rule::k_equals | Rule::k_equivalent | Rule::k_subset | Rule::k_superset | Rule::k_intersects
            )
    };
    // What only other statements have is called as it is there.
    let rows = kind.row().into_iter().chain(ALL);
    for rule in expected.iter().filter(|rule| !possible(rule) && !of_lines(rule)) {
        let word = match (meaning(*rule), format!("{rule:?}").strip_prefix("k_")) {
            (_, Some(word)) => format!("`{word}`"),
            (Meaning::Argument(role), None) => match rows.clone().find_map(|row| row.part(role)) {
                Some(part) => part.noun().to_owned(),
                None => continue,
            },
            _ => continue,
        };
        if !wanted.contains(&word) {
            wanted.push(word);
        }
    }
    // A relation may be any of five words; naming one family is enough.
    if wanted.iter().any(|word| word == "`equals`") {
        return vec![grammar::list(&["equals", "equivalent to", "subset of", "superset of", "intersects"], "or", 9)];
    }
    wanted
}
