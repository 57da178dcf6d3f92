//! Signature help: how the statement under way is written, or the clause of it, with the place where the cursor is.

use lsp_types as lsp;

use super::Fault;
use super::completion::slot::UnderWay;
use crate::lsp::convert;
use crate::lsp::workspace::Workspace;
use crate::span::narrow;
use crate::syntax::lexer::terminal;
use crate::syntax::shape::{self, Part, Shown};
use crate::syntax::statements::{Kind, Statement, clause_word};
use crate::syntax::tree::Role;

/// `textDocument/signatureHelp`.
pub fn help(workspace: &Workspace, params: lsp::SignatureHelpParams) -> Result<Option<lsp::SignatureHelp>, Fault> {
    let at = params.text_document_position_params;
    let Some(view) = workspace.view(&at.text_document.uri) else { return Ok(None) };
    let Some(under) = UnderWay::at(&view, view.offset(at.position)) else { return Ok(None) };
    // What an author writes in a text is none of ours, unless it is asked for; an empty one is still to be written.
    let is_asked = params.context.is_none_or(|context| context.trigger_kind == lsp::SignatureHelpTriggerKind::Invoked);
    if under.is_in_text() && !is_asked && !matches!(under.token(under.last), "\"" | "\"x") {
        return Ok(None);
    }
    let Some(node) = under.statement(&view) else { return Ok(None) };
    let parent = view.tree.node(node).parent.map(|parent| view.tree.node(parent).kind);
    let kind = match view.tree.node(node).kind {
        Kind::Other if parent == Some(Kind::Crosswalk) => Kind::Line,
        kind => kind,
    };
    let Some(row) = kind.row() else { return Ok(None) };
    let Some(place) = place(row, &under) else { return Ok(None) };
    let (label, shown, meaning) = match place.clause.and_then(|word| Some((word, shape::headed_by(row.parts, word)?))) {
        Some((word, parts)) => (None, shape::shown(parts), clause_word(word).map_or("", |word| word.meaning)),
        None => (Some(row.shape()), shape::shown(row.parts), row.meaning),
    };
    let signature = signature(workspace, label, &shown, place.part, row.word, meaning);
    Ok(signature.map(|signature| lsp::SignatureHelp {
        active_parameter: signature.active_parameter,
        signatures: vec![signature],
        active_signature: Some(0),
    }))
}

/// A shape with its places; `label` is the whole of it, where it has more than the parts. None where no place is due.
fn signature(
    workspace: &Workspace,
    label: Option<&str>,
    shown: &Shown,
    due: &'static Part,
    word: &str,
    meaning: &str,
) -> Option<lsp::SignatureInformation> {
    let before = label.filter(|_| !word.is_empty()).map_or(0, |_| word.len() + 1);
    let label = label.unwrap_or(&shown.text);
    let units = |byte: usize| narrow(label.get(..before + byte).unwrap_or(label).encode_utf16().count());
    let parameters: Vec<lsp::ParameterInformation> = shown
        .places
        .iter()
        .map(|(bytes, part)| {
            let documentation = (!part.noun().is_empty()).then(|| convert::markup(workspace, part.noun().to_owned()));
            let label = lsp::ParameterInformationLabel::Tuple((units(bytes.start), units(bytes.end)));
            lsp::ParameterInformation { label, documentation: documentation.map(lsp::Documentation::MarkupContent) }
        })
        .collect();
    let active = shown.places.iter().position(|(_, part)| std::ptr::eq(*part, due))?;
    Some(lsp::SignatureInformation {
        label: label.to_owned(),
        documentation: Some(lsp::Documentation::MarkupContent(convert::markup(workspace, meaning.to_owned()))),
        parameters: Some(parameters),
        active_parameter: Some(narrow(active).into()),
    })
}

/// Where in a statement the cursor is.
struct Place {
    /// The word of the clause, if one has begun.
    clause: Option<&'static str>,
    /// What is due, or what is being written.
    part: &'static Part,
}

/// Goes through the parts of a statement with its tokens.
fn place(row: &'static Statement, under: &UnderWay) -> Option<Place> {
    let words = if row.word.is_empty() { 0 } else { row.word.split(' ').count() };
    let mut walk = Walk { row, parts: shape::in_a_row(row.parts), at: 0, is_filled: false, clause: None };
    for at in under.first + words..under.last {
        walk.step(under.tokens.kinds[at], under.token(at));
    }
    walk.here(under.tokens.kinds[under.last])
}

struct Walk {
    row: &'static Statement,
    /// The parts of the statement, or of the clause.
    parts: Vec<&'static Part>,
    /// The one that is due, or that was written last.
    at: usize,
    is_filled: bool,
    clause: Option<&'static str>,
}

impl Walk {
    fn part(&self) -> Option<&'static Part> {
        self.parts.get(self.at).copied()
    }

    fn step(&mut self, kind: u8, token: &str) {
        match kind {
            terminal::QUOTED => {
                self.go_to_text();
                self.is_filled = true;
            }
            terminal::COMMA => self.is_filled = false,
            _ => self.word(token),
        }
    }

    fn word(&mut self, word: &str) {
        let part = self.part();
        // The first id may be any word; elsewhere a word of a clause begins it.
        let is_id = !self.is_filled && part.and_then(Part::role) == Some(Role::Id);
        let next = shape::behind(self.row.parts, word).filter(|_| !is_id);
        let Some(next) = next else {
            // What is no text where one is due leaves it due.
            self.is_filled |= !part.is_some_and(is_text);
            return;
        };
        let ahead = self.parts.iter().skip(self.at).position(|part| matches!(part, Part::Word(own) if *own == word));
        let behind = ahead
            .map(|ahead| self.at + ahead + 1)
            .or_else(|| self.parts.iter().position(|part| std::ptr::eq(*part, next)));
        if let Some(behind) = behind {
            (self.at, self.is_filled) = (behind, false);
            return;
        }
        // Of a relation the rest is still to come.
        let clause = clause_word(word).filter(|clause| clause.begins);
        if let Some((clause, parts)) = clause.and_then(|clause| Some((clause, shape::headed_by(self.row.parts, word)?)))
        {
            (self.parts, self.at, self.is_filled) = (shape::in_a_row(parts), 1, false);
            self.clause = Some(clause.word);
        }
    }

    /// Goes on to the text that is due, past what is lacking before it.
    fn go_to_text(&mut self) {
        let from = self.at + usize::from(self.is_filled);
        if let Some(ahead) = self.parts.iter().skip(from).position(|part| is_text(part)) {
            self.at = from + ahead;
        }
    }

    /// What is due at the last token.
    fn here(mut self, kind: u8) -> Option<Place> {
        if kind == terminal::QUOTED {
            self.go_to_text();
        } else if self.is_filled {
            self.at += 1;
        }
        // A word that is due leads to what has to stand behind it.
        let part = self.parts.iter().skip(self.at).find(|part| !matches!(part, Part::Word(_) | Part::OneOf(_)))?;
        Some(Place { clause: self.clause, part })
    }
}

/// Whether a text is due, or may be left out there.
fn is_text(part: &Part) -> bool {
    match part {
        Part::May(inner) => inner.first().is_some_and(is_text),
        _ => matches!(part.role(), Some(Role::Title | Role::Text | Role::Reason | Role::Amendment)),
    }
}
