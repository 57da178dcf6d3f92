//! Colours by meaning: statement and clause words, names by what they name, texts with the references in them.

use std::ops::Range;

use lsp_types as lsp;

use super::Fault;
use crate::lsp::names::{Mention, What};
use crate::lsp::workspace::{View, Workspace};
use crate::span::narrow;
use crate::syntax::colours::{Colour, Stretch, stretches};
use crate::syntax::tree::{Arg, NodeId, Role};

/// The kinds of tokens, in the order of their numbers.
pub const TYPES: &[&str] = &[
    "keyword",
    "string",
    "comment",
    "namespace",
    "class",
    "property",
    "method",
    "variable",
    "enumMember",
    "number",
    "type",
];

/// The marks on tokens, in the order of their bits.
pub const MODIFIERS: &[&str] = &["declaration", "defaultLibrary"];

const KEYWORD: u32 = 0;
const STRING: u32 = 1;
const COMMENT: u32 = 2;
const VARIABLE: u32 = 7;
const NUMBER: u32 = 9;

/// A kind of token, and its marks.
#[derive(Clone, Copy)]
struct Look {
    kind: u32,
    modifiers: u32,
}

/// A token: its bytes and its look.
type Token = Stretch<Look>;

impl From<Colour> for Look {
    fn from(colour: Colour) -> Look {
        let kind = match colour {
            Colour::Keyword => KEYWORD,
            Colour::Text => STRING,
            Colour::Comment => COMMENT,
            Colour::Number => NUMBER,
            Colour::Id | Colour::Name => VARIABLE,
        };
        Look { kind, modifiers: 0 }
    }
}

/// `textDocument/semanticTokens/full`.
pub fn full(workspace: &Workspace, params: lsp::SemanticTokensParams) -> Result<Option<lsp::SemanticTokens>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let data = encode(&view, &tokens(&view, 0..view.text().len()));
    let result_id = workspace.remember_tokens(&params.text_document.uri.0, data.clone());
    Ok(Some(lsp::SemanticTokens { result_id: Some(result_id), data }))
}

/// `textDocument/semanticTokens/range`.
pub fn range(
    workspace: &Workspace,
    params: lsp::SemanticTokensRangeParams,
) -> Result<Option<lsp::SemanticTokens>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let bytes = view.offset(params.range.start)..view.offset(params.range.end);
    Ok(Some(lsp::SemanticTokens { result_id: None, data: encode(&view, &tokens(&view, bytes)) }))
}

/// `textDocument/semanticTokens/full/delta`.
pub fn delta(
    workspace: &Workspace,
    params: lsp::SemanticTokensDeltaParams,
) -> Result<Option<lsp::SemanticTokensDeltaResponse>, Fault> {
    let Some(view) = workspace.view(&params.text_document.uri) else { return Ok(None) };
    let data = encode(&view, &tokens(&view, 0..view.text().len()));
    let uri = &params.text_document.uri.0;
    let old = workspace.remembered_tokens(uri, &params.previous_result_id);
    let result_id = Some(workspace.remember_tokens(uri, data.clone()));
    let Some(old) = old else { return Ok(Some(lsp::SemanticTokens { result_id, data }.into())) };
    let same = old.iter().zip(&data).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(data.len()) - same;
    let same_end = old.iter().rev().zip(data.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let new = &data[same..data.len() - same_end];
    let numbers = |token: &lsp::SemanticToken| {
        [token.delta_line, token.delta_start, token.length, token.token_type, token.token_modifiers_bitset]
    };
    let edit = lsp::SemanticTokensEdit {
        start: narrow(5 * same),
        delete_count: narrow(5 * (old.len() - same - same_end)),
        data: (!new.is_empty()).then(|| new.iter().flat_map(numbers).collect()),
    };
    let edits = if edit.delete_count == 0 && edit.data.is_none() { Vec::new() } else { vec![edit] };
    Ok(Some(lsp::SemanticTokensDelta { result_id, edits }.into()))
}

/// The tokens that touch some bytes, in order; none holds another.
fn tokens(view: &View<'_>, bytes: Range<usize>) -> Vec<Token> {
    stretches(view.text(), &view.tree, bytes, &mut |node, arg| names(view, node, arg))
}

/// The names in an argument, by what they name.
fn names(view: &View<'_>, node: NodeId, arg: &Arg) -> Vec<Token> {
    let declares = arg.role == Role::Id;
    let token = |mention: Mention| {
        let symbol = mention.symbols.first();
        let standard = symbol.is_some_and(|symbol| view.workspace.is_standard(&symbol.home));
        let kind = symbol.map_or(VARIABLE, |symbol| kind_of(symbol.what));
        (mention.bytes, Look { kind, modifiers: u32::from(declares) | (2 * u32::from(standard)) })
    };
    view.names().mentions(view.text(), &view.tree, node, arg).into_iter().map(token).collect()
}

fn kind_of(what: What) -> u32 {
    match what {
        What::Package | What::Alias | What::Model | What::Catalog | What::Crosswalk | What::Framework | What::Group => {
            3
        }
        What::Process => 4,
        What::Outcome | What::Field => 5,
        What::Practice => 6,
        What::Check => 8,
        What::Requirement => 10,
        // Items, terms and all else that stands beside the processes.
        _ => VARIABLE,
    }
}

/// As the protocol wants them: each relative to the one before, none over several lines.
fn encode(view: &View<'_>, tokens: &[Token]) -> Vec<lsp::SemanticToken> {
    let (text, lines, positions) = (view.text(), view.lines(), view.positions());
    let mut encoded = Vec::with_capacity(tokens.len());
    let mut last = lsp::Position::new(0, 0);
    for (bytes, look) in tokens {
        for line in lines.line(bytes.start)..=lines.line(bytes.end.saturating_sub(1).max(bytes.start)) {
            let of_line = lines.range(text, line);
            let part = bytes.start.max(of_line.start)..bytes.end.min(of_line.end);
            if part.is_empty() {
                continue;
            }
            let (start, end) = (positions.position(part.start), positions.position(part.end));
            let is_same_line = start.line == last.line;
            encoded.push(lsp::SemanticToken {
                delta_line: start.line - last.line,
                delta_start: if is_same_line { start.character - last.character } else { start.character },
                length: end.character - start.character,
                token_type: look.kind,
                token_modifiers_bitset: look.modifiers,
            });
            last = start;
        }
    }
    encoded
}
