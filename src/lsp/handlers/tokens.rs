//! Colours by meaning: statement and clause words, names by what they name, texts with the references in them.

use std::ops::Range;

use lsp_types as lsp;

use super::Fault;
use crate::lsp::names::{What, is_name_of_term};
use crate::lsp::workspace::{View, Workspace};
use crate::span::narrow;
use crate::syntax::lexer::{self, terminal};
use crate::syntax::statements::Kind;
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
const NUMBER: u32 = 9;

/// A token: its bytes, its kind and its marks.
type Token = (Range<usize>, u32, u32);

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
    let (text, tree) = (view.text(), &view.tree);
    // The statement that the stretch begins in, and the first behind it.
    let first = view.node_at(bytes.start).unwrap_or(0);
    let last = tree.before(bytes.end).end;
    let from = tree.nodes.get(first as usize).map_or(0, |node| node.start as usize).min(bytes.start);
    let to = tree.nodes.get(last as usize).map_or(text.len(), |node| node.start as usize).max(bytes.end);
    let mut tokens: Vec<Token> = Vec::new();
    for node in first..last {
        let statement = tree.node(node);
        for arg in tree.args(node) {
            argument(view, node, arg, &mut tokens);
        }
        // What is left over of a statement's words are those of the language.
        let head = statement.start as usize..(statement.end as usize).min(to);
        if matches!(statement.kind, Kind::Garbage) {
            continue;
        }
        if matches!(statement.kind, Kind::Other | Kind::FieldValue) {
            continue;
        }
        let Some(written) = text.get(head.clone()) else { continue };
        let (lexed, _) = lexer::lex(crate::span::FileId(0), written);
        for (place, kind) in lexed.places.iter().zip(lexed.kinds.iter().copied()) {
            if kind > terminal::WORD {
                tokens.push((head.start + place.0 as usize..head.start + place.1 as usize, KEYWORD, 0));
            }
        }
    }
    let comments = tree.comments.iter().map(|(start, end)| *start as usize..*end as usize);
    tokens.extend(
        comments.filter(|comment| comment.start < to && from < comment.end).map(|comment| (comment, COMMENT, 0)),
    );
    // Of two at one place the name counts, and not the word.
    tokens.sort_by_key(|(bytes, kind, _)| (bytes.start, *kind == KEYWORD));
    let mut end = 0;
    tokens.retain(|(token, ..)| {
        let is_free = token.start >= end && !token.is_empty();
        end = if is_free { token.end } else { end };
        is_free
    });
    tokens.retain(|(token, ..)| token.start < bytes.end && bytes.start < token.end);
    tokens
}

fn argument(view: &View<'_>, node: NodeId, arg: &Arg, tokens: &mut Vec<Token>) {
    let (text, tree) = (view.text(), &view.tree);
    let bytes = arg.start as usize..arg.end as usize;
    let is_text = arg.role.is_text();
    let written = text.get(bytes.clone()).unwrap_or_default();
    if !is_text && arg.role.is_mark() {
        return;
    }
    if arg.role == Role::Number {
        tokens.push((bytes, NUMBER, 0));
        return;
    }
    if is_text && (is_name_of_term(tree, node, arg.role) || !written.contains("[[")) {
        tokens.push((bytes, STRING, 0));
        return;
    }
    let mut from = bytes.start;
    for mention in view.names().mentions(text, tree, node, arg) {
        if is_text && from < mention.bytes.start {
            tokens.push((from..mention.bytes.start, STRING, 0));
        }
        from = mention.bytes.end;
        let symbol = mention.symbols.first();
        let declares = arg.role == Role::Id && !is_text;
        let modifiers =
            u32::from(declares) | symbol.map_or(0, |symbol| 2 * u32::from(view.workspace.is_standard(&symbol.home)));
        let kind = symbol.map_or(7, |symbol| kind_of(symbol.what));
        tokens.push((mention.bytes, kind, modifiers));
    }
    if is_text && from < bytes.end {
        tokens.push((from..bytes.end, STRING, 0));
    }
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
        _ => 7,
    }
}

/// As the protocol wants them: each relative to the one before, none over several lines.
fn encode(view: &View<'_>, tokens: &[Token]) -> Vec<lsp::SemanticToken> {
    let (text, lines, positions) = (view.text(), view.lines(), view.positions());
    let mut encoded = Vec::with_capacity(tokens.len());
    let mut last = lsp::Position::new(0, 0);
    for (bytes, token_type, modifiers) in tokens {
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
                token_type: *token_type,
                token_modifiers_bitset: *modifiers,
            });
            last = start;
        }
    }
    encoded
}
